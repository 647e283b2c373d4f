//! What a decision states about other streams is carried out once.

use domain::order::{self, Order};
use domain::sentence::Sentence;
use domain::supervision::Supervision;
use domain::values::{ComponentNo, OrderId};
use infra::registry::{AsOf, Registry};
use serde_json::{Value, json};
use tests::{Failure, Place, call, impose, person, receipt};

fn community_order() -> Value {
    json!({"community_order": {"period": "P1Y", "requirements": [
        {"kind": "unpaid-work", "quantity": {"minutes": 6000}},
        {"kind": "supervision", "length": "P1Y"}
    ]}})
}

/// A sentence with one community order; the ids of the sentence, the order and the supervision.
async fn sentenced(registry: &Registry) -> Result<(String, OrderId, String), Failure> {
    let person = person(registry, "male").await?;
    let (id, _) = impose(registry, person, community_order()).await?;
    registry.processes().catch_up().await?;
    let order = registry.processes().order_id(id.parse()?, ComponentNo(1));
    let supervision = registry.processes().supervision_id(order).to_string();
    Ok((id, order, supervision))
}

async fn standing(registry: &Registry, order: OrderId) -> Result<order::Standing, Failure> {
    let found = registry
        .show::<Order>(&call("probation")?, &order.to_string(), AsOf::Now)
        .await?;
    let made = found.state.made().ok_or("the order was not made")?;
    Ok(made.standing)
}

async fn is_over(registry: &Registry, supervision: &str) -> Result<bool, Failure> {
    let found = registry
        .show::<Supervision>(&call("probation")?, supervision, AsOf::Now)
        .await?;
    let started = found.state.started();
    let started = started.ok_or("the supervision was not started")?;
    Ok(started.standing.over().is_some())
}

#[tokio::test]
async fn a_community_order_is_made_and_its_supervision_started() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let (sentence, order, supervision) = sentenced(&registry).await?;
        assert_eq!(standing(&registry, order).await?, order::Standing::InForce);
        assert!(!is_over(&registry, &supervision).await?);
        let probation = call("probation")?;
        let found = registry
            .show::<Order>(&probation, &order.to_string(), AsOf::Now)
            .await?;
        let made = found.state.made().ok_or("made")?;
        assert_eq!(made.sentence.to_string(), sentence);
        assert_eq!(made.requirements.len(), 2);
        let told = &found.entries.first().ok_or("an entry")?.told;
        assert_eq!(told.actor, "sample-judge");
        assert!(
            told.causation.is_some(),
            "the order names the event it follows from"
        );
    }
    Ok(())
}

#[tokio::test]
async fn quashing_the_sentence_ends_its_order_and_its_supervision() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let (sentence, order, supervision) = sentenced(&registry).await?;
        let quash = json!({"quash": {"pronounced": "2026-03-02"}});
        receipt::<Sentence>(&registry, "judge", &sentence, quash).await?;
        registry.processes().catch_up().await?;
        let standing = standing(&registry, order).await?;
        assert!(matches!(standing, order::Standing::Over(_)), "{standing:?}");
        assert!(is_over(&registry, &supervision).await?);
    }
    Ok(())
}

#[tokio::test]
async fn consequences_carried_out_twice_change_nothing() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        sentenced(&registry).await?;
        let (before, _) = registry.head().await?;
        // As if the process had stopped before its checkpoint was written.
        let rewind = "UPDATE projections SET checkpoint = 0 WHERE name = 'processes'";
        place.database().await?.execute(rewind, Vec::new()).await?;
        registry.processes().catch_up().await?;
        assert_eq!(registry.head().await?.0, before);
    }
    Ok(())
}
