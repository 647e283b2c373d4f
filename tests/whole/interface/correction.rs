//! A correction made today changes today's view and not yesterday's.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tests::{Client, Failure, NOON, Place, Served, theft};

use super::{entry, fine, recorded, registered};

const DAY: i64 = 86_400_000_000;

/// How many decisions a view counts as of a moment, by disposal.
async fn counted(client: &Client, as_of: &str) -> Result<BTreeMap<String, u64>, Failure> {
    let path = format!("/v1/views/disposals?as_of={as_of}");
    let view = client.get("statistician", &path).await?.done()?.json()?;
    let disposals = view.pointer("/total/disposals").and_then(Value::as_array);
    let disposals = disposals.ok_or_else(|| format!("no disposals in {view}"))?;
    let counted = disposals.iter().filter_map(|counted| {
        let code = counted.pointer("/disposal/code")?.as_str()?.to_owned();
        Some((code, counted.get("n")?.as_u64()?))
    });
    Ok(counted.filter(|(_, n)| *n > 0).collect())
}

fn counts(of: &[(&str, u64)]) -> BTreeMap<String, u64> {
    of.iter()
        .map(|(word, n)| ((*word).to_owned(), *n))
        .collect()
}

#[tokio::test]
async fn a_correction_of_today_changes_todays_view_and_not_yesterdays() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let served = Served::within(place.midland().await?).await?;
        let person = registered(&served, "female").await?;
        let first = recorded(&served, &person, fine(20_000)).await?;
        let second = recorded(&served, &person, fine(30_000)).await?;
        place.clock.advance(DAY);
        let correct = json!({"correct_slip": {
            "corrects": 1, "pronounced": "2026-03-03", "reason": "typing",
            "decision": theft(json!({"custody": {"term": "P3M"}}))
        }});
        let path = format!("/v1/sentences/{}", first.text("/id")?);
        let corrected = served.post("judge", &path, &correct).await?.done()?;
        assert_eq!(corrected.at("/events")?, json!(["sentence.corrected"]));

        // By the entry of the correction, by the one before it, and by instants of today and of yesterday.
        let [corrected, second] = [entry(&corrected)?, entry(&second)?];
        let today = counts(&[("custody", 1), ("fine", 1)]);
        let yesterday = counts(&[("fine", 2)]);
        assert_eq!(counted(&served, &corrected.to_string()).await?, today);
        assert_eq!(counted(&served, &second.to_string()).await?, yesterday);
        let noon = domain::values::Instant::from_micros(NOON + DAY / 2).to_string();
        assert_eq!(counted(&served, &noon).await?, yesterday);
        assert_eq!(counted(&served, "2026-03-02").await?, yesterday);
        assert_eq!(counted(&served, "2026-03-03").await?, today);

        let now = served.get("oversight", &path).await?.done()?;
        let then = served
            .get("oversight", &format!("{path}?as_of={noon}"))
            .await?
            .done()?;
        assert_eq!(
            (now.header("etag"), then.header("etag")),
            (Some("\"2\""), Some("\"1\""))
        );
        assert_eq!(
            (now.at("/as_of/past")?, then.at("/as_of/past")?),
            (json!(false), json!(true))
        );
        assert!(now.at("/state")?.to_string().contains("P3M"));
        assert!(
            !then.body.contains("P3M") && then.body.contains("20000"),
            "{}",
            then.body
        );
    }
    Ok(())
}

#[tokio::test]
async fn a_list_as_of_yesterday_shows_what_the_register_said_then() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let served = Served::within(place.midland().await?).await?;
        let person = registered(&served, "male").await?;
        let receipt = recorded(&served, &person, fine(20_000)).await?;
        let imposed = entry(&receipt)?;
        place.clock.advance(DAY);
        let quash = json!({"quash": {"pronounced": "2026-03-03"}});
        let path = format!("/v1/sentences/{}", receipt.text("/id")?);
        let quashed = entry(&served.post("judge", &path, &quash).await?.done()?)?;
        let mut states = Vec::new();
        for as_of in [imposed, quashed] {
            let list = served
                .get("judge", &format!("/v1/sentences?as_of={as_of}"))
                .await?;
            states.push(list.done()?.text("/rows/0/state")?);
        }
        assert_eq!(states, ["in force", "quashed"]);
    }
    Ok(())
}
