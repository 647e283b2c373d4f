//! What a decision states about other streams is carried out once.

use domain::custody::Custody;
use domain::order::{self, Order};
use domain::pretrial::Pretrial;
use domain::sentence::Sentence;
use domain::supervision::Supervision;
use domain::values::{ComponentNo, OrderId, PersonId};
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

/// S-9, O-6
#[tokio::test]
async fn what_stands_against_a_requirement_is_noticed_with_the_sentence_and_not_again_with_its_order()
-> Result<(), Failure> {
    let short = json!({"community_order": {"period": "P1Y", "requirements": [
        {"kind": "unpaid-work", "quantity": {"minutes": 1200}}]}});
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let person = person(&registry, "male").await?;
        let (id, _) = impose(&registry, person, short.clone()).await?;
        registry.processes().catch_up().await?;
        let sentence = registry
            .show::<Sentence>(&call("judge")?, &id, AsOf::Now)
            .await?;
        let imposed = sentence.state.imposed().ok_or("imposed")?;
        let mut noticed = imposed.findings.iter().map(|finding| finding.code.as_str());
        assert!(noticed.any(|code| code == "sentence.outside-limits"));
        let order = registry.processes().order_id(id.parse()?, ComponentNo(1));
        let order = registry
            .show::<Order>(&call("probation")?, &order.to_string(), AsOf::Now)
            .await?;
        let made = order.state.made().ok_or("made")?;
        assert!(made.findings.is_empty(), "{:?}", made.findings);
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
async fn quashing_the_sentence_ends_a_supervision_that_hangs_on_it_alone() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let person = person(&registry, "male").await?;
        let custody = json!({"custody": {"term": "P2Y"}});
        let (sentence, _) = impose(&registry, person, custody).await?;
        let licence = registry.new_stream_id().to_string();
        let start = json!({"start": {
            "person": person, "cause": {"sentence": sentence}, "office": "ashby-probation",
            "done": "2025-05-03", "starts": "2025-05-03"
        }});
        receipt::<Supervision>(&registry, "probation", &licence, start).await?;
        let quash = json!({"quash": {"pronounced": "2026-03-02"}});
        receipt::<Sentence>(&registry, "judge", &sentence, quash).await?;
        registry.processes().catch_up().await?;
        assert!(is_over(&registry, &licence).await?);
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_at_once_carry_out_each_consequence_once() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let other = place.open().await?;
        for _ in 0..6 {
            let person = person(&registry, "male").await?;
            impose(&registry, person, community_order()).await?;
        }
        let (one, two) = (registry.processes(), other.processes());
        let (one, two) = tokio::join!(one.catch_up(), two.catch_up());
        one?;
        two?;
        let count = "SELECT COUNT(*) FROM events WHERE event_type = ";
        let database = place.database().await?;
        for event in ["order.made", "supervision.started"] {
            let row = database
                .query_one(&format!("{count}'{event}'"), &[])
                .await?;
            assert_eq!(row.ok_or("a count")?.int(0)?, 6, "{event}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_supervision_follows_its_order_to_another_office_and_to_its_end() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let (_, order, supervision) = sentenced(&registry).await?;
        let id = order.to_string();
        let transfer = json!({"transfer": {"to": "calder-probation", "done": "2026-03-02"}});
        receipt::<Order>(&registry, "probation", &id, transfer).await?;
        registry.processes().catch_up().await?;
        let probation = call("probation")?;
        let found = registry
            .show::<Supervision>(&probation, &supervision, AsOf::Now)
            .await?;
        let started = found.state.started().ok_or("started")?;
        assert_eq!(started.office.as_str(), "calder-probation");
        let discharge =
            json!({"discharge_early": {"pronounced": "2026-03-02", "reason": "good-progress"}});
        receipt::<Order>(&registry, "judge", &id, discharge).await?;
        registry.processes().catch_up().await?;
        assert!(is_over(&registry, &supervision).await?);
    }
    Ok(())
}

#[tokio::test]
async fn quashing_a_sentence_ends_nobodys_custody() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let person = person(&registry, "male").await?;
        let (id, _) = impose(&registry, person, json!({"custody": {"term": "P6M"}})).await?;
        for step in [
            json!({"start_custody": {"component": 1, "on": "2024-05-03"}}),
            json!({"quash": {"pronounced": "2026-03-02"}}),
        ] {
            receipt::<Sentence>(&registry, "judge", &id, step).await?;
        }
        let (before, _) = registry.head().await?;
        registry.processes().catch_up().await?;
        assert_eq!(registry.head().await?.0, before);
        let judge = call("judge")?;
        let found = registry.show::<Sentence>(&judge, &id, AsOf::Now).await?;
        let imposed = found.state.imposed().ok_or("imposed")?;
        assert!(imposed.in_custody.contains_key(&ComponentNo(1)));
    }
    Ok(())
}

/// Somebody held on a decision since 1 March 2026.
async fn held_on(registry: &Registry, person: PersonId, basis: Value) -> Result<String, Failure> {
    let stay = registry.new_stream_id().to_string();
    let admit = json!({"admit": {
        "person": person, "admitted": "2026-03-01", "facility": "ashby-remand",
        "commitment": {"basis": basis, "authority": "ashby"},
        "reception": {"age": {"value": 30}}
    }});
    receipt::<Custody>(registry, "prison", &stay, admit).await?;
    registry.processes().catch_up().await?;
    Ok(stay)
}

/// How a stay stands, and of what its findings about a decision that fell say that it did.
async fn stands(registry: &Registry, stay: &str) -> Result<(&'static str, Vec<String>), Failure> {
    let found = registry
        .show::<Custody>(&call("prison")?, stay, AsOf::Now)
        .await?;
    let begun = found.state.begun().ok_or("the stay did not begin")?;
    let about = begun.findings.iter();
    let about = about.filter(|finding| finding.code == "custody.held-on-what-fell");
    Ok((begun.title(), about.map(|f| f.said.clone()).collect()))
}

const FELL: &str = "held on a decision that fell";

#[tokio::test]
async fn whoever_is_held_on_a_sentence_that_is_quashed_is_seen_and_stays_held()
-> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let person = person(&registry, "male").await?;
        let (sentence, _) = impose(&registry, person, json!({"custody": {"term": "P6Y"}})).await?;
        let (another, _) = impose(&registry, person, json!({"custody": {"term": "P6Y"}})).await?;
        let stay = held_on(&registry, person, json!({"sentence": sentence})).await?;
        let on_another = held_on(&registry, person, json!({"sentence": another})).await?;
        let quash = json!({"quash": {"pronounced": "2026-03-02"}});
        receipt::<Sentence>(&registry, "judge", &sentence, quash).await?;
        registry.processes().catch_up().await?;
        let (state, findings) = stands(&registry, &stay).await?;
        assert_eq!((state, findings.len()), (FELL, 1));
        let said = findings.concat();
        assert!(said.contains("the sentence was quashed"), "{said}");
        let (state, findings) = stands(&registry, &on_another).await?;
        assert_eq!((state, findings.len()), ("held on an order", 0));
        // Said once, and settled by another order.
        registry.processes().catch_up().await?;
        assert_eq!(stands(&registry, &stay).await?.1.len(), 1);
        let go_on = json!({"continue_on": {
            "done": "2026-03-01", "commitment": {"basis": {"sentence": another}, "authority": "ashby"}
        }});
        receipt::<Custody>(&registry, "prison", &stay, go_on).await?;
        assert_eq!(stands(&registry, &stay).await?.0, "held on an order");
    }
    Ok(())
}

#[tokio::test]
async fn whoever_is_held_in_a_case_that_ends_without_a_sentence_is_seen() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        for (end, fell) in [
            (
                json!({"end": {"done": "2026-03-02", "how": "discontinued"}}),
                true,
            ),
            (json!({"end": {"done": "2026-03-02", "how": "died"}}), false),
            (
                json!({"release_unconditionally": {"decided": "2026-03-02"}}),
                true,
            ),
        ] {
            let person = person(&registry, "male").await?;
            let case = registry.new_stream_id().to_string();
            for step in [
                json!({"open": {
                    "person": person, "done": "2026-03-01", "court": "ashby", "offences": ["M102"]
                }}),
                json!({"order_detention": {
                    "decided": "2026-03-01", "basis": "pca-12", "grounds": [{"ground": "flight"}],
                    "next_review": "2026-03-20", "until": "2026-07-15"
                }}),
            ] {
                receipt::<Pretrial>(&registry, "judge", &case, step).await?;
            }
            let stay = held_on(&registry, person, json!({"pretrial": case})).await?;
            receipt::<Pretrial>(&registry, "judge", &case, end.clone()).await?;
            registry.processes().catch_up().await?;
            let (state, findings) = stands(&registry, &stay).await?;
            let expected = if fell {
                (FELL, 1)
            } else {
                ("held on an order", 0)
            };
            assert_eq!((state, findings.len()), expected, "{end}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn what_a_case_before_judgment_says_of_her_is_seen_when_she_is_isolated()
-> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let person = person(&registry, "female").await?;
        let case = registry.new_stream_id().to_string();
        let open = json!({"open": {
            "person": person, "done": "2026-03-01", "court": "ashby", "offences": ["M102"],
            "circumstances": {"pregnant": {"value": "yes"}}
        }});
        receipt::<Pretrial>(&registry, "judge", &case, open).await?;
        let stay = held_on(&registry, person, json!({"pretrial": case})).await?;
        let isolate = json!({"isolate": {
            "from": "2026-03-02", "hours_a_day": 23, "purpose": "sanction", "ground": "violence"
        }});
        receipt::<Custody>(&registry, "prison", &stay, isolate).await?;
        let found = registry
            .show::<Custody>(&call("prison")?, &stay, AsOf::Now)
            .await?;
        let stay = found.state.begun().ok_or("the stay did not begin")?;
        let weighs = stay.weighing_now();
        let code = weighs.first().map(|finding| finding.code.as_str());
        assert_eq!(code, Some("custody.carer-isolated"));
    }
    Ok(())
}
