//! Lists in pages: nothing is lost between two, and nothing is shown twice.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tests::{Client, Failure, Place, Served};

use super::{fine, recorded, registered};

/// Every page of a list, in the order in which they follow each other.
async fn pages(client: &Client, by: &str, path: &str) -> Result<Vec<Vec<Value>>, Failure> {
    let mut pages = Vec::new();
    let mut next = path.to_owned();
    loop {
        let page = client.get(by, &next).await?.done()?.json()?;
        let rows = page.get("rows").and_then(Value::as_array);
        pages.push(rows.ok_or("a list has rows")?.clone());
        let Some(before) = page.get("next").and_then(Value::as_i64) else {
            return Ok(pages);
        };
        next = format!("{path}&before={before}");
    }
}

#[tokio::test]
async fn the_pages_of_the_register_follow_each_other() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let served = Served::within(place.midland().await?).await?;
        let person = registered(&served, "female").await?;
        let mut recorded_ids = Vec::new();
        for minor in [10_000, 20_000, 30_000, 40_000, 50_000] {
            recorded_ids.push(recorded(&served, &person, fine(minor)).await?.at("/id")?);
        }
        let pages = pages(&served, "judge", "/v1/sentences?limit=2").await?;
        let sizes: Vec<usize> = pages.iter().map(Vec::len).collect();
        assert_eq!(sizes, [2, 2, 1]);
        let mut listed: Vec<Value> = pages.concat().iter().map(|row| row["id"].clone()).collect();
        listed.reverse();
        assert_eq!(listed, recorded_ids);
    }
    Ok(())
}

#[tokio::test]
async fn the_findings_of_one_entry_stay_on_one_page() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let served = Served::within(place.midland().await?).await?;
        let person = registered(&served, "female").await?;
        let mut found = 0;
        for _ in 0..2 {
            // Above the maximum and without what the policy asks: more findings than one.
            let long = json!({"suspended_custody": {"term": "P9Y", "operational_period": "P20Y"}});
            let receipt = recorded(&served, &person, long).await?.at("/findings")?;
            found += receipt.as_array().ok_or("findings")?.len();
        }
        assert!(found >= 4, "{found}");
        let pages = pages(&served, "oversight", "/v1/findings?limit=1").await?;
        assert_eq!(pages.concat().len(), found);
        for page in pages {
            let entries: BTreeSet<String> =
                page.iter().map(|row| row["entry"].to_string()).collect();
            assert!(entries.len() <= 1, "{entries:?}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn the_pages_of_the_consultations_lose_no_look() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let served = Served::within(place.midland().await?).await?;
        let person = registered(&served, "female").await?;
        let path = format!("/v1/persons/{person}");
        for _ in 0..5 {
            served.get("judge", &path).await?.done()?;
        }
        let pages = pages(&served, "oversight", "/v1/consultations?limit=2").await?;
        let looks = pages.concat();
        let of_judge = looks
            .iter()
            .filter(|look| look["subject"] == "sample-judge");
        assert_eq!(of_judge.count(), 5);
    }
    Ok(())
}
