//! The same request twice, and a decision on a version that is no longer there.

use serde_json::{Value, json};
use tests::{Answer, Failure, Place, Served, theft};

use super::{fine, recorded, registered};

async fn entries(served: &Served) -> Result<Value, Failure> {
    served
        .get("oversight", "/v1/head")
        .await?
        .done()?
        .at("/entries")
}

fn without_repeated(answer: &Answer) -> Result<Value, Failure> {
    let mut body = answer.json()?;
    if let Some(fields) = body.as_object_mut() {
        fields.remove("repeated");
    }
    Ok(body)
}

#[tokio::test]
async fn a_request_that_is_sent_again_is_answered_alike_and_stored_once() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let served = Served::within(place.midland().await?).await?;
        let person = registered(&served, "male").await?;
        let impose = json!({"impose": {
            "person": person, "pronounced": "2026-02-02", "decision": theft(fine(20_000))
        }});
        let key = "Idempotency-Key: once\r\n";
        let send = || served.post_with("judge", "/v1/sentences", key, &impose);
        let first = send().await?.done()?;
        let stored = entries(&served).await?;
        let second = send().await?.done()?;
        assert_eq!((first.status, second.status), (201, 201));
        assert_eq!(without_repeated(&first)?, without_repeated(&second)?);
        assert_eq!(
            (first.at("/repeated")?, second.at("/repeated")?),
            (json!(false), json!(true))
        );
        assert_eq!(first.header("location"), second.header("location"));
        assert_eq!(entries(&served).await?, stored);
        // The key is the judge's own: a clerk's is another.
        let clerk = served
            .post_with("clerk", "/v1/persons", key, &json!({"register": {}}))
            .await?;
        assert_eq!(clerk.done()?.at("/repeated")?, json!(false));
    }
    Ok(())
}

#[tokio::test]
async fn a_key_stands_for_one_request_to_one_address() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let served = Served::within(place.midland().await?).await?;
        let person = registered(&served, "male").await?;
        let mut ids = Vec::new();
        for _ in 0..2 {
            ids.push(
                recorded(&served, &person, fine(20_000))
                    .await?
                    .text("/id")?,
            );
        }
        let complete = json!({"complete": {"on": "2026-03-01"}});
        let mut statuses = Vec::new();
        for id in ids {
            let path = format!("/v1/sentences/{id}");
            let key = "Idempotency-Key: completed\r\n";
            let answer = served.post_with("judge", &path, key, &complete).await?;
            statuses.push((answer.status, answer.at("/code").ok()));
        }
        assert_eq!(
            statuses,
            [(200, None), (422, Some(json!("request.key-reused")))]
        );
    }
    Ok(())
}

#[tokio::test]
async fn a_decision_on_a_version_that_has_moved_does_nothing() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let served = Served::within(place.midland().await?).await?;
        let person = registered(&served, "male").await?;
        let receipt = recorded(&served, &person, fine(20_000)).await?;
        let path = receipt.header("location").ok_or("a place")?.to_owned();
        let seen = receipt.header("etag").ok_or("a version")?.to_owned();
        let appeal = json!({"lodge_appeal": {"lodged": "2026-02-10", "by": "person"}});
        served.post("clerk", &path, &appeal).await?.done()?;
        let stored = entries(&served).await?;

        let quash = json!({"quash": {"pronounced": "2026-03-02"}});
        let condition = format!("If-Match: {seen}\r\n");
        let stale = served.post_with("judge", &path, &condition, &quash).await?;
        assert_eq!(
            (stale.status, stale.text("/code")?.as_str()),
            (412, "request.version-conflict")
        );
        assert_eq!(stale.text("/field")?, "If-Match");
        assert_eq!(entries(&served).await?, stored);

        let now = served.get("judge", &path).await?.done()?;
        let now = format!("If-Match: {}\r\n", now.header("etag").ok_or("a version")?);
        let fresh = served
            .post_with("judge", &path, &now, &quash)
            .await?
            .done()?;
        assert_eq!(fresh.header("etag"), Some("\"3\""));
    }
    Ok(())
}
