//! Figures are published in releases that never change: made again from the ledger they are the same to the byte, no single
//! decision shows between two of them, and one that is withdrawn leaves its number behind.

use domain::sentence::Sentence;
use domain::values::PublicationNo;
use infra::registry::{AsOf, PublishError, Registry, bytes_of};
use infra::store::database::Database;
use serde_json::{Value, json};
use tests::{Failure, Place, Served, call, person, receipt, theft};

const QUARTER: i64 = 92 * 86_400_000_000;

/// Records so many decisions in two courts, each on somebody else; answers them.
async fn decisions(registry: &Registry, many: usize) -> Result<Vec<String>, Failure> {
    let mut ids = Vec::new();
    for at in 0..many {
        let who = person(registry, if at % 3 == 0 { "female" } else { "male" }).await?;
        let mut decision = theft(json!({"fine": {"amount": {"minor": 20_000, "currency": "EUR"}}}));
        if let Some(court) = decision.get_mut("court") {
            *court = Value::from(if at % 2 == 0 { "ashby" } else { "calder" });
        }
        let impose =
            json!({"impose": {"person": who, "pronounced": "2024-05-03", "decision": decision}});
        let id = registry.new_stream_id().to_string();
        receipt::<Sentence>(registry, "judge", &id, impose).await?;
        ids.push(id);
    }
    Ok(ids)
}

async fn quash(registry: &Registry, ids: &[String]) -> Result<(), Failure> {
    for id in ids {
        let quash = json!({"quash": {"pronounced": "2026-03-02"}});
        receipt::<Sentence>(registry, "judge", id, quash).await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_release_never_changes_and_one_decision_never_shows() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let statistician = call("statistician")?;
        let nothing = registry.publish(&statistician).await;
        assert!(matches!(nothing, Err(PublishError::Nothing)), "{nothing:?}");
        let ids = decisions(&registry, 60).await?;
        let unopened = registry.publish(&statistician).await;
        assert!(
            matches!(unopened, Err(PublishError::NotOpened)),
            "{unopened:?}"
        );
        let administrator = call("administrator")?;
        registry
            .open_own_record(&administrator, "midland-courts".parse()?)
            .await?;
        let judge = registry.publish(&call("judge")?).await;
        assert!(matches!(judge, Err(PublishError::Denied(_))), "{judge:?}");
        let first = registry.publish(&statistician).await?;
        let early = registry.publish(&statistician).await;
        assert!(
            matches!(early, Err(PublishError::TooEarly { .. })),
            "{early:?}"
        );

        quash(&registry, ids.get(..1).ok_or("one")?).await?;
        place.clock.advance(QUARTER);
        let second = registry.publish(&statistician).await?;
        assert_eq!(second.number, PublicationNo(2));
        assert_eq!(
            serde_json::to_value(&second.jurisdictions)?,
            serde_json::to_value(&first.jurisdictions)?
        );
        quash(&registry, ids.get(1..20).ok_or("nineteen")?).await?;
        place.clock.advance(QUARTER);
        let third = registry.publish(&statistician).await?;
        assert_ne!(third.jurisdictions, first.jurisdictions);

        for (number, published) in [(1, &first), (2, &second), (3, &third)] {
            let number = PublicationNo(number);
            assert!(
                registry.makes_again(&statistician, number).await?,
                "{number}"
            );
            let (_, kept) = registry
                .publication(&statistician, number, AsOf::Now)
                .await?;
            let kept = kept.ok_or("its figures")?;
            assert_eq!(bytes_of(&kept)?, bytes_of(published)?);
        }
        shown_to_everybody(&registry).await?;
        withdrawn(&place, &registry).await?;
        altered(&place, &registry).await?;
    }
    Ok(())
}

async fn shown_to_everybody(registry: &Registry) -> Result<(), Failure> {
    let served = Served::within(registry.clone()).await?;
    let list = served.get("probation", "/v1/publications").await?.json()?;
    let numbers = list
        .pointer("/releases")
        .and_then(Value::as_array)
        .ok_or("releases")?;
    assert_eq!(numbers.len(), 3);
    let one = served.get("probation", "/v1/publications/1").await?;
    assert_eq!(one.at("/figures/number")?, 1);
    let none = served.get("probation", "/v1/publications/9").await?;
    assert_eq!(none.status, 404, "{none:?}");
    let page = served.get("probation", "/publications/1").await?;
    assert!(
        page.body.contains("How these figures are protected"),
        "{}",
        page.body
    );
    let csv = served.get("probation", "/publications/1/csv").await?;
    assert!(
        csv.body.contains("midland,by-year,2024,,,all,all,60,"),
        "{}",
        csv.body
    );
    Ok(())
}

async fn withdrawn(place: &Place, registry: &Registry) -> Result<(), Failure> {
    let statistician = call("statistician")?;
    let two = PublicationNo(2);
    registry
        .withdraw_publication(&statistician, two, "wrong".parse()?)
        .await?;
    let (release, figures) = registry.publication(&statistician, two, AsOf::Now).await?;
    assert!(release.withdrawn.is_some() && figures.is_none());
    assert!(
        registry
            .makes_again(&statistician, PublicationNo(3))
            .await?
    );
    place.clock.advance(QUARTER);
    let next = registry.publish(&statistician).await?;
    assert_eq!(next.number, PublicationNo(4));
    Ok(())
}

/// Bytes that were altered past the register are an alarm and no answer.
async fn altered(place: &Place, registry: &Registry) -> Result<(), Failure> {
    let database = place.database().await?;
    let guard = match &database {
        Database::Sqlite(_) => "DROP TRIGGER publications_refuse_update",
        Database::Postgres(_) => "ALTER TABLE publications DISABLE TRIGGER USER",
    };
    let alter = "UPDATE publications SET document = $1";
    let refused = database.execute(alter, vec![b"{}".as_slice().into()]).await;
    assert!(refused.is_err(), "{refused:?}");
    database.script(guard.to_owned()).await?;
    database
        .execute(alter, vec![b"{}".as_slice().into()])
        .await?;
    let read = registry
        .publication(&call("statistician")?, PublicationNo(1), AsOf::Now)
        .await;
    let said = read.err().ok_or("an alarm")?.to_string();
    assert!(said.contains("was altered"), "{said}");
    Ok(())
}
