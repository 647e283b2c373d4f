//! Bad input: each kind is told by its whole problem document, and nothing of it is kept.

mod cases;

use infra::registry::Registry;
use serde_json::{Value, json};
use tests::{Answer, Failure, Place, Served, Snapshots, dump_read_models, theft};

use self::cases::{Case, ERASED, EXPUNGED, ORDER, PERSON, SENTENCE, cases};
use super::fine;

const FOLDER: &str = "tests/whole/interface/bad_input/problems";

/// What is there before: two persons, one of them expunged, a sentence, an order that runs.
async fn begin(served: &Served) -> Result<(), Failure> {
    let impose = |sanction: Value| json!({"impose": {"person": PERSON, "pronounced": "2026-02-02", "decision": theft(sanction)}});
    let make = json!({"make": {
        "person": PERSON, "sentence": SENTENCE, "component": 1, "made": "2026-02-02", "court": "ashby",
        "office": "ashby-probation", "period": "P1Y", "starts": "2026-02-02",
        "requirements": [{"kind": "unpaid-work", "quantity": {"minutes": 6000}}]
    }});
    let erase = json!({"erase_data": {"classes": ["identity"], "basis": "data-act-17"}});
    for (path, body) in [
        (format!("/v1/persons/{PERSON}"), json!({"register": {}})),
        (
            format!("/v1/persons/{ERASED}"),
            json!({"register": {"identity": {"name": "Ann Example"}}}),
        ),
        (format!("/v1/persons/{ERASED}"), erase),
        (format!("/v1/persons/{EXPUNGED}"), json!({"register": {}})),
        (
            format!("/v1/persons/{EXPUNGED}"),
            json!({"expunge": {"basis": "expungement-act-3"}}),
        ),
        (format!("/v1/sentences/{SENTENCE}"), impose(fine(20_000))),
        (format!("/v1/orders/{ORDER}"), make),
    ] {
        served.post("judge", &path, &body).await?.done()?;
    }
    let key = "Idempotency-Key: used\r\n";
    let register = json!({"register": {}});
    served
        .post_with("judge", "/v1/persons", key, &register)
        .await?
        .done()?;
    Ok(())
}

/// The whole of what is kept: the ledger, what is filed from it, and the keys.
async fn kept(place: &Place, registry: &Registry) -> Result<(u64, Vec<String>), Failure> {
    registry.processes().catch_up().await?;
    registry.projections().catch_up().await?;
    let database = place.database().await?;
    let mut rows = dump_read_models(&database).await?;
    for row in database
        .query("SELECT * FROM vault_keys ORDER BY key_id", &[])
        .await?
    {
        rows.push(format!("vault_keys {:?}", row.into_values()));
    }
    Ok((registry.head().await?.0, rows))
}

/// The request and its whole answer, as they are committed.
fn told(case: &Case, answer: &Answer) -> Result<String, Failure> {
    let problem = serde_json::to_string_pretty(&answer.json()?)?;
    let kind = answer.header("content-type").unwrap_or_default();
    Ok(format!(
        "{}\n\n{} {kind}\n{problem}\n",
        case.in_words(),
        answer.status
    ))
}

#[tokio::test]
async fn bad_input_is_answered_by_its_rule_its_field_and_the_way_out() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let served = Served::within(registry.clone()).await?;
        begin(&served).await?;
        let before = kept(&place, &registry).await?;
        let mut snapshots = Snapshots::of(FOLDER);
        let mut kinds = 0;
        for case in cases() {
            let answer = served.send(&case.line, &case.headers(), &case.body).await?;
            assert!(
                (400..500).contains(&answer.status),
                "{}: {}",
                case.name,
                answer.body
            );
            snapshots.compare(case.name, &told(&case, &answer)?)?;
            assert_eq!(registry.head().await?.0, before.0, "{} was kept", case.name);
            kinds += 1;
        }
        assert!(kinds >= 30, "{kinds}");
        snapshots.finish()?;
        assert_eq!(kept(&place, &registry).await?, before);
    }
    Ok(())
}
