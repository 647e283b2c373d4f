//! Operative paragraph 3: infection in closed settings; lockdowns and bans of visits.

use serde_json::json;
use tests::Failure;

use super::journey::{Journey, everywhere};

#[tokio::test]
async fn op_3_infection_and_lockdown_in_a_closed_place_are_seen_and_do_not_cut_people_off()
-> Result<(), Failure> {
    everywhere(include_str!("op_03.toml"), async |it| {
        how_full_and_how_ill(it).await?;
        visits(it).await?;
        isolation(it).await?;
        let page = it.page("oversight", "/facilities/@facility").await?;
        page.says("Outbreak")?;
        page.says("Infection")?;
        page.says("Locked down")
    })
    .await
}

/// How full a place is cannot be said before its places are declared; then it is said.
async fn how_full_and_how_ill(it: &mut Journey) -> Result<(), Failure> {
    it.done("the women's prison is entered in the register")
        .await?;
    it.noticed(
        "the prison counts its people before anybody has said how many places it has",
        &["MR-10"],
    )
    .await?;
    it.done("the prison declares its places, by the law's least room for each")
        .await?;
    it.noticed("the prison counts its people again", &["FA-7"])
        .await?;
    it.done("an infection is found in the prison").await?;
    let place = it.get("oversight", "/v1/facilities/@facility").await?;
    let health = &place["state"]["opened"]["health"][0];
    assert_eq!(health["status"], json!("outbreak"));
    Ok(())
}

/// A ban of visits needs something in its place, or somebody looks at it.
async fn visits(it: &mut Journey) -> Result<(), Failure> {
    let waits = "facility.visits".to_owned();
    it.noticed(
        "visits are suspended for twenty days, with nothing in their place",
        &["FA-6"],
    )
    .await?;
    it.meets("visits become calls by video", "FA-6").await?;
    it.done("the prison locks down again until further notice, and forgets the calls")
        .await?;
    assert!(it.due("oversight", "facility").await?.contains(&waits));
    it.days_pass(13).await?;
    assert!(!it.raised("facility").await?.contains(&waits));
    it.days_pass(2).await?;
    assert!(it.raised("facility").await?.contains(&waits));
    it.done("visitors come again").await?;
    assert!(!it.due("oversight", "facility").await?.contains(&waits));
    Ok(())
}

/// Isolation for the infection is seen by a doctor, and its days are counted.
async fn isolation(it: &mut Journey) -> Result<(), Failure> {
    let days = "custody.isolation";
    it.done("a clerk registers a woman who serves a sentence")
        .await?;
    it.done("her sentence of last year is recorded").await?;
    it.done("she is received in the prison").await?;
    it.noticed(
        "she is kept alone for the infection, and no doctor has seen her",
        &["MR-44"],
    )
    .await?;
    it.days_pass(11).await?;
    assert_eq!(it.raised("custody").await?, [days]);
    it.days_pass(4).await?;
    assert_eq!(it.raised("custody").await?, [days, days]);
    // The register only says so: she is where she was.
    assert_eq!(it.stands("custody").await?, "held on an order");
    Ok(())
}
