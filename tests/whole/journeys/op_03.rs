//! Operative paragraph 3: infection in closed settings; lockdowns and bans of visits.

use serde_json::json;
use tests::Failure;

use super::journey::everywhere;

#[tokio::test]
async fn op_3_infection_and_lockdown_in_a_closed_place_are_seen_and_do_not_cut_people_off()
-> Result<(), Failure> {
    everywhere(include_str!("op_03.toml"), async |it| {
        it.done("the women's prison is entered in the register")
            .await?;

        // How full a place is cannot be said before its places are declared; then it is said.
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
        assert_eq!(
            place["state"]["Opened"]["health"][0]["status"],
            json!("outbreak")
        );

        // A ban of visits needs something in its place, or somebody looks at it.
        it.noticed(
            "visits are suspended for twenty days, with nothing in their place",
            &["FA-6"],
        )
        .await?;
        it.meets("visits become calls by video", "FA-6").await?;
        it.done("the prison locks down again until further notice, and forgets the calls")
            .await?;
        assert!(
            it.due("oversight", "facility")
                .await?
                .contains(&"facility.visits".to_owned())
        );
        it.days_pass(13).await?;
        let waits = "facility.visits".to_owned();
        assert!(!it.raised("facility").await?.contains(&waits));
        it.days_pass(2).await?;
        assert!(it.raised("facility").await?.contains(&waits));
        it.done("visitors come again").await?;
        assert!(
            !it.due("oversight", "facility")
                .await?
                .contains(&"facility.visits".to_owned())
        );

        // Isolation for the infection is seen by a doctor, and its days are counted.
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
        assert_eq!(it.raised("custody").await?, ["custody.isolation"]);
        it.days_pass(4).await?;
        assert_eq!(
            it.raised("custody").await?,
            ["custody.isolation", "custody.isolation"]
        );
        // The register only says so: she is where she was.
        assert_eq!(it.stands("custody").await?, "held on an order");

        let page = it.page("oversight", "/facilities/@facility").await?;
        page.says("Outbreak")?;
        page.says("Infection")?;
        page.says("Locked down")
    })
    .await
}
