//! The feed: every entry once, in order, over restarts; at the head it waits.

use serde_json::json;
use tests::{Failure, Following, Place, Served, Told};

use super::registered;

async fn next(feed: &mut Following) -> Result<Told, Failure> {
    feed.next().await?.ok_or_else(|| "the feed ended".into())
}

#[tokio::test]
async fn a_reader_that_comes_back_after_a_restart_misses_nothing() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        drop(place.midland().await?);
        let served = Served::start(&place)?;
        for _ in 0..3 {
            registered(&served, "female").await?;
        }
        let mut feed = served.follow("oversight", "/v1/feed", "").await?;
        let mut seen = Vec::new();
        for _ in 0..2 {
            seen.push(next(&mut feed).await?);
        }
        served.kill()?;
        // What was on its way may still arrive; then the feed is over.
        while feed.next().await?.is_some() {}

        let served = Served::start(&place)?;
        registered(&served, "male").await?;
        let last = seen
            .last()
            .map(|told| told.id)
            .ok_or("something was seen")?;
        let resume = format!("Last-Event-ID: {last}\r\n");
        let mut feed = served.follow("oversight", "/v1/feed", &resume).await?;
        for _ in 0..3 {
            seen.push(next(&mut feed).await?);
        }
        let ids: Vec<u64> = seen.iter().map(|told| told.id).collect();
        assert_eq!(ids, [0, 1, 2, 3, 4]);
        // At the head it waits for what comes.
        let person = registered(&served, "male").await?;
        let told = next(&mut feed).await?;
        assert_eq!((told.id, told.name.as_str()), (5, "person.registered"));
        assert_eq!(told.data.pointer("/data/id"), Some(&json!(person)));
    }
    Ok(())
}

#[tokio::test]
async fn an_event_is_told_as_a_cloud_event_that_names_its_source() -> Result<(), Failure> {
    let mut place = Place::on_file()?;
    let served = Served::within(place.midland().await?).await?;
    let person = registered(&served, "female").await?;
    let mut feed = served.follow("oversight", "/v1/feed?from=1", "").await?;
    let told = next(&mut feed).await?;
    assert_eq!(told.name, "person.registered");
    for (pointer, value) in [
        ("/specversion", json!("1.0")),
        ("/type", json!("person.registered")),
        ("/source", json!(format!("/v1/persons/{person}"))),
        ("/sequence", json!("1")),
        ("/datacontenttype", json!("application/json")),
        ("/data/entry", json!(1)),
        (
            "/data/payload",
            json!({"registered": {"sex": {"value": "female"}}}),
        ),
    ] {
        assert_eq!(told.data.pointer(pointer), Some(&value), "{pointer}");
    }
    let mut adoption = served.follow("administrator", "/v1/feed", "").await?;
    let adopted = next(&mut adoption).await?;
    assert_eq!(
        adopted.data.pointer("/source"),
        Some(&json!("/v1/policies/midland"))
    );
    Ok(())
}

#[tokio::test]
async fn the_ledger_is_read_in_pages_that_follow_each_other() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let served = Served::within(place.midland().await?).await?;
        for _ in 0..6 {
            registered(&served, "female").await?;
        }
        let mut path = "/v1/events?limit=3&as_of=5".to_owned();
        let mut seen = Vec::new();
        loop {
            let page = served.get("oversight", &path).await?.done()?.json()?;
            let entries = page["entries"].as_array().ok_or("entries")?;
            seen.extend(entries.iter().filter_map(|entry| entry["entry"].as_u64()));
            let Some(next) = page["next"].as_u64() else {
                break;
            };
            path = format!("/v1/events?limit=3&as_of=5&from={next}");
        }
        assert_eq!(seen, [0, 1, 2, 3, 4, 5]);
    }
    Ok(())
}

#[tokio::test]
async fn a_server_that_is_stopped_ends_its_feeds_and_itself() -> Result<(), Failure> {
    let mut place = Place::on_file()?;
    drop(place.midland().await?);
    let served = Served::start(&place)?;
    let mut feed = served.follow("oversight", "/v1/feed", "").await?;
    next(&mut feed).await?;
    let ended = tokio::task::spawn_blocking(move || served.terminate()).await??;
    assert_eq!(ended, Some(0));
    assert_eq!(feed.next().await?, None);
    Ok(())
}
