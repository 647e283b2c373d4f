//! What a judge was shown as comparable before deciding is shown again on appeal, the same to the last figure.

use domain::sentence::Sentence;
use infra::registry::{Options, Registry};
use serde_json::{Value, json};
use tests::{Failure, Place, Served, call, impose, person, receipt, theft};

fn fine() -> Value {
    json!({"fine": {"amount": {"minor": 20_000, "currency": "EUR"}}})
}

/// What a decision remembers of what was shown before it.
fn remembered(index: u64, decisions: u64) -> Value {
    json!({"value": {
        "cohort": {"offence": "M102"}, "step": 2, "index": index, "decisions": decisions, "policies": ["midland/1"]
    }})
}

/// Others are corrected and quashed, and other rules are adopted.
async fn changed_since(registry: &Registry, earlier: &[String]) -> Result<(), Failure> {
    let [quashed, corrected @ ..] = earlier else {
        return Err("nothing was decided".into());
    };
    for id in corrected.iter().take(3) {
        let correct = json!({"correct_slip": {
            "corrects": 1, "pronounced": "2026-03-01", "reason": "typing",
            "decision": theft(json!({"custody": {"term": "P6M"}}))
        }});
        receipt::<Sentence>(registry, "judge", id, correct).await?;
    }
    let quash = json!({"quash": {"pronounced": "2026-03-01"}});
    receipt::<Sentence>(registry, "judge", quashed, quash).await?;
    let midland = domain::jurisdiction::BUILT_IN;
    let (_, rules) = midland
        .iter()
        .find(|(name, _)| *name == "midland")
        .ok_or("built in")?;
    let other = rules
        .replace("version = \"midland/1\"", "version = \"midland/2\"")
        .replacen("\nleast = 10", "\nleast = 50", 1);
    registry
        .adopt(&call("administrator")?, &other, Options::default())
        .await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_shown_before_a_decision_is_the_same_on_appeal_whatever_changed_since()
-> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let woman = person(&registry, "female").await?;
        let mut earlier = Vec::new();
        for n in 0..12 {
            let sanction = if n < 9 {
                fine()
            } else {
                json!({"custody": {"term": "P3M"}})
            };
            earlier.push(impose(&registry, woman, sanction).await?.0);
        }
        registry.projections().catch_up().await?;
        let index = registry.head().await?.0 - 1;
        let decided = |n: u64| {
            json!({"impose": {
                "person": woman, "pronounced": "2024-06-03", "decision": theft(fine()), "comparison": remembered(index, n)
            }})
        };
        let id = registry.new_stream_id().to_string();
        receipt::<Sentence>(&registry, "judge", &id, decided(12)).await?;
        let served = Served::within(registry.clone()).await?;
        let path = format!("/v1/sentences/{id}/comparison");
        let before = served.get("judge", &path).await?.done()?;
        assert_eq!(before.at("/decisions")?, json!({"custody": 3, "fine": 9}));
        assert_eq!(before.at("/shown/index")?, json!(index));

        changed_since(&registry, &earlier).await?;
        impose(&registry, woman, fine()).await?;
        let appeal = json!({"lodge_appeal": {"lodged": "2026-03-01", "by": "person"}});
        receipt::<Sentence>(&registry, "judge", &id, appeal).await?;

        let after = served.get("judge", &path).await?.done()?;
        for pointer in ["/decisions", "/shown"] {
            assert_eq!(after.at(pointer)?, before.at(pointer)?, "{pointer}");
        }
        let page = format!("/sentences/{id}/comparison");
        let page = served
            .ask(&format!("GET {page}"), "judge", "Accept: text/html\r\n", "")
            .await?
            .done()?;
        for said in [
            "12 past decisions were shown",
            "the same offence",
            "midland/1",
        ] {
            assert!(page.body.contains(said), "{said}: {}", page.body);
        }

        // A count that nobody could have been shown is an alarm, and no table.
        let other = registry.new_stream_id().to_string();
        receipt::<Sentence>(&registry, "judge", &other, decided(13)).await?;
        let path = format!("/v1/sentences/{other}/comparison");
        let refused = served.get("judge", &path).await?;
        assert_eq!(refused.status, 500, "{}", refused.body);

        let first = earlier.first().ok_or("nothing was decided")?;
        // Whoever looked at nothing has nothing held against them.
        let path = format!("/v1/sentences/{first}/comparison");
        let none = served.get("judge", &path).await?.done()?;
        assert_eq!(none.at("/shown")?, Value::Null);
    }
    Ok(())
}
