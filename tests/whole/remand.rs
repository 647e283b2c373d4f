//! Detention before judgment that the register knows, beside the days that the court credits.

use domain::pretrial::Pretrial;
use domain::sentence::Sentence;
use infra::registry::{AsOf, FindingsQuery, ListedFinding, Registry};
use serde_json::json;
use tests::{Failure, Place, call, person, receipt, theft};

/// Somebody held from 10 January to 1 March 2026, 51 days, and sentenced then, with so many days credited.
async fn sentenced(registry: &Registry, credited: Option<u32>) -> Result<String, Failure> {
    let person = person(registry, "male").await?;
    let case = registry.new_stream_id().to_string();
    let open = json!({"open": {
        "person": person, "done": "2026-01-10", "court": "ashby", "offences": ["M102"]
    }});
    receipt::<Pretrial>(registry, "judge", &case, open).await?;
    let detain = json!({"order_detention": {
        "decided": "2026-01-10", "basis": "pca-12", "grounds": [{"ground": "flight"}],
        "next_review": "2026-02-05", "until": "2026-07-15"
    }});
    receipt::<Pretrial>(registry, "judge", &case, detain).await?;
    let mut decision = theft(json!({"custody": {"term": "P2Y"}}));
    if let Some((days, decision)) = credited.zip(decision.as_object_mut()) {
        decision.insert("remand_days".to_owned(), json!({"value": days}));
    }
    let sentence = registry.new_stream_id().to_string();
    let impose = json!({"impose": {
        "person": person, "pronounced": "2026-03-01", "decision": decision
    }});
    receipt::<Sentence>(registry, "judge", &sentence, impose).await?;
    let end = json!({"end": {"done": "2026-03-01", "how": {"sentenced": sentence}}});
    receipt::<Pretrial>(registry, "judge", &case, end).await?;
    registry.processes().catch_up().await?;
    Ok(sentence)
}

async fn listed(registry: &Registry, sentence: &str) -> Result<Vec<ListedFinding>, Failure> {
    registry.projections().catch_up().await?;
    let query = FindingsQuery {
        code: Some("sentence.remand-differs".to_owned()),
        limit: 100,
        ..FindingsQuery::default()
    };
    let found = registry.findings(&call("oversight")?, &query).await?.rows;
    Ok(found.into_iter().filter(|f| f.id == sentence).collect())
}

async fn credited(registry: &Registry, sentence: &str) -> Result<Option<u32>, Failure> {
    let found = registry
        .show::<Sentence>(&call("judge")?, sentence, AsOf::Now)
        .await?;
    let imposed = found.state.imposed().ok_or("imposed")?;
    Ok(imposed.remand_days.value().copied())
}

#[tokio::test]
async fn days_credited_that_differ_from_those_known_stand_in_the_list_until_they_are_equal()
-> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        for days in [0, 50, 500] {
            let sentence = sentenced(&registry, Some(days)).await?;
            let found = listed(&registry, &sentence).await?;
            let [finding] = found.as_slice() else {
                return Err(format!("{days}: {found:?}").into());
            };
            let (typed, known) = (format!("credits {days} days"), "knows of 51 days");
            assert!(
                finding.said.contains(&typed) && finding.said.contains(known),
                "{}",
                finding.said
            );
            assert_eq!(credited(&registry, &sentence).await?, Some(days));
            let credit =
                |days: u32| json!({"credit_remand": {"days": days, "pronounced": "2026-03-02"}});
            receipt::<Sentence>(&registry, "judge", &sentence, credit(52)).await?;
            let found = listed(&registry, &sentence).await?;
            assert_eq!(found.len(), 1, "the later one alone: {found:?}");
            receipt::<Sentence>(&registry, "judge", &sentence, credit(51)).await?;
            assert_eq!(listed(&registry, &sentence).await?, []);
        }
    }
    Ok(())
}

#[tokio::test]
async fn days_that_nobody_typed_are_credited_and_equal_days_are_not_noticed() -> Result<(), Failure>
{
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        for days in [None, Some(51)] {
            let sentence = sentenced(&registry, days).await?;
            assert_eq!(credited(&registry, &sentence).await?, Some(51));
            assert_eq!(listed(&registry, &sentence).await?, []);
        }
    }
    Ok(())
}
