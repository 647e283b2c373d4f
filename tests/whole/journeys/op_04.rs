//! Operative paragraph 4: lessons learned; digital means; alternatives to custody; obstacles, funding included.

use serde_json::json;
use tests::Failure;

use super::journey::everywhere;

#[tokio::test]
async fn op_4_an_emergency_closes_with_what_came_of_each_measure_and_what_was_learnt()
-> Result<(), Failure> {
    everywhere(include_str!("op_04.toml"), async |it| {
        it.done("an emergency is declared for ninety days").await?;
        it.done("criteria of release are published").await?;
        it.done("a clerk registers a man in custody").await?;
        it.done("a clerk registers another man in custody").await?;
        it.done("both are screened: the one meets the criteria, the other is left out for danger")
            .await?;

        // People are released one by one, by somebody who is sure who they are, with an end and a place to go.
        it.refused("the board releases the man who was left out", "EM-3").await?;
        it.refused(
            "the board releases the other, and one officer alone has looked who he is",
            "EM-3",
        )
        .await?;
        it.refused("the board releases him for a while, and says not until when", "EM-4").await?;
        it.noticed(
            "the board releases him for six weeks, two officers knew him, and nobody knows where he will sleep",
            &["EM-4"],
        )
        .await?;
        it.done("the door opens for him").await?;
        let due = it.due("probation", "emergency").await?;
        assert_eq!(due, ["emergency.return"]);

        // A hearing by video is a right that is cut: for this case, for a reason, with counsel.
        it.refused(
            "the other man is to be heard by video, without counsel and without a word why",
            "EM-5",
        )
        .await?;
        it.done("he is to be heard by video: his wing is under quarantine, and his lawyer sits beside him")
            .await?;

        // Nothing is closed over what is open.
        it.refused("somebody closes the emergency, with all of this open", "EM-6").await?;
        it.days_pass(40).await?;
        assert!(it.raised("emergency").await?.contains(&"emergency.right".to_owned()));
        it.done("he comes back by himself, in time").await?;
        it.done("hearings take place in the court room again").await?;
        it.refused("now the emergency is closed", "EM-6").await?;
        it.done("the criteria are closed: what was missing was money, and they should be kept, changed")
            .await?;
        it.done("now the emergency is closed").await?;
        let closed = it.get("oversight", "/v1/emergencies/@emergency").await?;
        let learnt = &closed["state"]["declared"]["closed"][0];
        assert_eq!(learnt["obstacle"], json!("funding"));
        assert_eq!(learnt["lesson"], json!("keep-changed"));
        let page = it.page("oversight", "/emergencies/@emergency").await?;
        page.says("Funding")?;
        page.says("It should be kept and changed")?;

        // An end that the law itself brings is a fact of its own, and lists what was open.
        it.done("an earlier emergency is recorded that the law itself ended").await?;
        it.done("in it visits were cut").await?;
        it.done("it ended by law, and nobody had given the visits back").await?;
        let ended = it.get("oversight", "/v1/emergencies/@emergency-before").await?;
        let open = &ended["state"]["declared"]["ended"]["by_law"]["open"];
        assert_eq!(open, &json!([{"right": {"right": "visits"}}]));
        Ok(())
    })
    .await
}
