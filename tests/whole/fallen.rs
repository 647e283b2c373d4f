//! Whoever is held on a sentence that holds no custody any more is seen, under whichever record the stay stands.

use domain::actor::Role;
use domain::complaint::Complaint;
use domain::custody::Custody;
use domain::person::Person;
use domain::pretrial::Pretrial;
use domain::sentence::Sentence;
use domain::values::PersonId;
use infra::registry::{AsOf, Registry};
use serde_json::{Value, json};
use tests::{Failure, Place, call, impose, person, receipt, theft};

const FELL: &str = "held on a decision that fell";

/// A stay on a sentence since 1 March 2026.
async fn held(registry: &Registry, person: PersonId, sentence: &str) -> Result<String, Failure> {
    let admit = json!({"admit": {
        "person": person, "admitted": "2026-03-01", "facility": "calder-prison",
        "commitment": {"basis": {"sentence": sentence}, "authority": "ashby"}
    }});
    let stay = registry.new_stream_id().to_string();
    receipt::<Custody>(registry, "prison", &stay, admit).await?;
    Ok(stay)
}

async fn state(registry: &Registry, stay: &str) -> Result<(&'static str, usize), Failure> {
    registry.processes().catch_up().await?;
    let found = registry
        .show::<Custody>(&call("prison")?, stay, AsOf::Now)
        .await?;
    let critical = found.state.begun().ok_or("begun")?.weighing_now().len();
    Ok((found.state.title(), critical))
}

/// The decision as a fine.
fn fined() -> Value {
    theft(json!({"fine": {"amount": {"minor": 10_000, "currency": "EUR"}}}))
}

#[tokio::test]
async fn a_sentence_that_holds_no_custody_any_more_is_seen_in_the_stay_on_it() -> Result<(), Failure>
{
    let anew =
        |decision: Value| json!({"resentence": {"pronounced": "2026-03-01", "decision": decision}});
    let correct = |decision: Value| {
        json!({"correct_slip": {
            "corrects": 1, "pronounced": "2026-03-01", "reason": "typing", "decision": decision
        }})
    };
    let held_still = || theft(json!({"custody": {"term": "P1Y"}}));
    let lighter = json!({"fine": {"amount": {"minor": 10_000, "currency": "EUR"}}});
    let commute = json!({"commute": {"component": 1, "to": lighter, "pronounced": "2026-03-01"}});
    let vary = |decision: Value| json!({"vary_on_appeal": {"pronounced": "2026-03-01", "decision": decision}});
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        for (step, falls) in [
            (json!({"complete": {"on": "2026-03-01"}}), true),
            (commute.clone(), true),
            (anew(fined()), true),
            (vary(fined()), true),
            (correct(fined()), true),
            (anew(held_still()), false),
            (vary(held_still()), false),
        ] {
            let person = person(&registry, "male").await?;
            let custody = json!({"custody": {"term": "P2Y"}});
            let (sentence, _) = impose(&registry, person, custody).await?;
            let appeal = json!({"lodge_appeal": {"lodged": "2024-05-10", "by": "person"}});
            receipt::<Sentence>(&registry, "judge", &sentence, appeal).await?;
            let stay = held(&registry, person, &sentence).await?;
            assert_eq!(state(&registry, &stay).await?, ("held on an order", 0));
            receipt::<Sentence>(&registry, "judge", &sentence, step.clone()).await?;
            let expected = if falls {
                (FELL, 1)
            } else {
                ("held on an order", 0)
            };
            assert_eq!(state(&registry, &stay).await?, expected, "{step}");
        }
    }
    Ok(())
}

/// Somebody held since 10 January 2026 on an order of detention; the person, the case and the stay.
async fn detained(registry: &Registry) -> Result<(PersonId, String, String), Failure> {
    let person = person(registry, "male").await?;
    let case = registry.new_stream_id().to_string();
    for told in [
        json!({"open": {
            "person": person, "done": "2026-01-10", "court": "ashby", "offences": ["M102"]
        }}),
        json!({"order_detention": {
            "decided": "2026-01-10", "basis": "pca-12", "grounds": [{"ground": "flight"}],
            "next_review": "2026-02-05", "until": "2026-07-15"
        }}),
    ] {
        receipt::<Pretrial>(registry, "judge", &case, told).await?;
    }
    let admit = json!({"admit": {
        "person": person, "admitted": "2026-01-10", "facility": "calder-prison",
        "commitment": {"basis": {"pretrial": case}, "authority": "ashby"}
    }});
    let stay = registry.new_stream_id().to_string();
    receipt::<Custody>(registry, "prison", &stay, admit).await?;
    Ok((person, case, stay))
}

/// What waits for the prison in the stay.
async fn waits(registry: &Registry, stay: &str) -> Result<Vec<String>, Failure> {
    registry.projections().catch_up().await?;
    let by = "2026-03-31".parse()?;
    let due = registry
        .due(&call("prison")?, AsOf::Now, Role::Prison, by)
        .await?;
    let of_stay = due.rows.into_iter().filter(|case| case.id == stay);
    Ok(of_stay
        .flat_map(|case| case.clocks)
        .map(|c| c.code)
        .collect())
}

#[tokio::test]
async fn whoever_is_sentenced_in_detention_is_held_on_the_order_no_longer() -> Result<(), Failure> {
    const UNCOMMITTED: &str = "held after a sentence without its committal";
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let custody = json!({"custody": {"term": "P2Y"}});
        let fine = json!({"fine": {"amount": {"minor": 10_000, "currency": "EUR"}}});
        for (sanction, stands, code) in [
            (custody, UNCOMMITTED, "custody.committal"),
            (fine, FELL, "custody.basis-fallen"),
        ] {
            let (person, case, stay) = detained(&registry).await?;
            let sentence = registry.new_stream_id().to_string();
            let impose = json!({"impose": {
                "person": person, "pronounced": "2026-03-01", "decision": theft(sanction)
            }});
            receipt::<Sentence>(&registry, "judge", &sentence, impose).await?;
            let end = json!({"end": {"done": "2026-03-01", "how": {"sentenced": sentence}}});
            receipt::<Pretrial>(&registry, "judge", &case, end).await?;
            assert_eq!(state(&registry, &stay).await?, (stands, 1));
            assert_eq!(waits(&registry, &stay).await?, [code]);
            // The committal, or any other order on which the stay goes on, settles it.
            let go_on = json!({"continue_on": {
                "done": "2026-03-01", "commitment": {"basis": {"sentence": sentence}, "authority": "ashby"}
            }});
            receipt::<Custody>(&registry, "prison", &stay, go_on).await?;
            assert_eq!(state(&registry, &stay).await?, ("held on an order", 0));
            assert_eq!(waits(&registry, &stay).await?, Vec::<String>::new());
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_stay_under_a_record_that_was_merged_is_found_under_the_one_that_remains()
-> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let gone = person(&registry, "male").await?;
        let remains = person(&registry, "male").await?;
        let custody = || json!({"custody": {"term": "P2Y"}});
        let (sentence, _) = impose(&registry, remains, custody()).await?;
        let (of_the_other, _) = impose(&registry, gone, custody()).await?;
        let stay = held(&registry, gone, &of_the_other).await?;
        let merge = json!({"merge_into": {"surviving": remains, "basis": "court-order"}});
        receipt::<Person>(&registry, "judge", &gone.to_string(), merge).await?;
        // The stay goes on, on the decision of the record that remains.
        let go_on = json!({"continue_on": {
            "done": "2026-03-01", "commitment": {"basis": {"sentence": sentence}, "authority": "ashby"}
        }});
        receipt::<Custody>(&registry, "prison", &stay, go_on).await?;
        // A case about nobody is nobody's.
        let complaint = registry.new_stream_id().to_string();
        let submit = json!({"submit_without_person": {
            "done": "2026-02-25", "by": "anonymous", "kind": "no-such-kind", "about": "other"
        }});
        receipt::<Complaint>(&registry, "oversight", &complaint, submit).await?;
        registry.projections().catch_up().await?;
        let about = registry
            .cases_about(&call("prison")?, remains, AsOf::Now)
            .await?;
        let found: Vec<&str> = about.rows.iter().map(|row| row.id.as_str()).collect();
        assert_eq!(found, [stay.as_str()]);
        let quash = json!({"quash": {"pronounced": "2026-03-01"}});
        receipt::<Sentence>(&registry, "judge", &sentence, quash).await?;
        assert_eq!(state(&registry, &stay).await?, (FELL, 1));
    }
    Ok(())
}
