//! A circumstance that the register knows of a person is seen when custody is imposed, if it was known by then.

use domain::person::Person;
use domain::sentence::Sentence;
use domain::values::PersonId;
use infra::registry::Registry;
use serde_json::json;
use tests::{Failure, Place, person, receipt, theft};

/// The codes of what is noticed of two months of custody that are pronounced on a day.
async fn noticed(
    registry: &Registry,
    person: PersonId,
    pronounced: &str,
) -> Result<Vec<String>, Failure> {
    let mut decision = theft(json!({"custody": {"term": "P2M"}}));
    if let Some(said) = decision.as_object_mut() {
        said.insert("aggravating".to_owned(), json!(["weapon"]));
        said.insert(
            "weighed".to_owned(),
            json!({"review_told": {"value": "yes"}}),
        );
    }
    let impose = json!({"impose": {
        "person": person, "pronounced": pronounced, "decision": decision
    }});
    let sentence = registry.new_stream_id().to_string();
    let receipt = receipt::<Sentence>(registry, "judge", &sentence, impose).await?;
    Ok(receipt.findings.into_iter().map(|f| f.code).collect())
}

#[tokio::test]
async fn pregnancy_on_the_record_is_seen_in_a_decision_pronounced_after_it_was_recorded()
-> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let person = person(&registry, "female").await?;
        let answers = json!({"record_circumstances": {
            "answers": {"pregnant": {"value": "yes"}}, "basis": "reception"
        }});
        receipt::<Person>(&registry, "clerk", &person.to_string(), answers).await?;
        let unweighed =
            |found: Vec<String>| found.iter().any(|c| c == "sentence.carer-not-weighed");
        let yesterday = noticed(&registry, person, "2026-03-01").await?;
        assert!(!unweighed(yesterday), "nobody had said so by then");
        place.clock.advance(86_400_000_000);
        let afterwards = noticed(&registry, person, "2026-03-02").await?;
        assert!(unweighed(afterwards), "it stood in the record that day");
    }
    Ok(())
}
