//! Operative paragraph 5: alternatives from pretrial to after sentence, with regard to who somebody is.

use serde_json::json;
use tests::Failure;

use super::journey::everywhere;
use super::seen::{counted, group};

#[tokio::test]
async fn op_5_alternatives_are_considered_from_pretrial_to_after_sentence() -> Result<(), Failure> {
    everywhere(include_str!("op_05.toml"), async |it| {
        // Before judgment: detention needs every alternative, and why it does not suffice.
        it.done("a clerk registers a woman with a small child").await?;
        it.done("she is arrested, and brought before the court").await?;
        it.refused(
            "the prosecution asks for detention, and the judge orders it without a word on anything else",
            "TR-6.1",
        )
        .await?;
        it.refused("the judge names an alternative, and not why it does not suffice", "TR-6.1")
            .await?;
        it.refused("the judge lets her go home under supervision, and nobody asked her", "TR-3.4")
            .await?;
        it.meets("she agrees, with her lawyer beside her, and goes home under supervision", "TR-3.4")
            .await?;
        assert_eq!(it.stands("pretrial").await?, "at liberty under measures");

        // At sentence: custody needs the options that were considered.
        it.days_pass(60).await?;
        it.refused("two months later the court sends her to prison, and considers nothing else", "TR-8.2")
            .await?;
        it.done("the court makes a community order, in the aim that she makes the damage good and keeps her work")
            .await?;
        it.done("the case before judgment ends with that").await?;
        it.follows("order", "/v1/orders?sentence=@sentence").await?;
        assert_eq!(it.stands("order").await?, "in force");
        it.done("a clerk registers a man").await?;
        it.meets("the court sends him to prison, and says what else it considered", "TR-8.2").await?;

        // After sentence: release is considered, and a no has reasons and a way to have it reviewed.
        it.days_pass(150).await?;
        it.done("five months on, half of his term is served, and parole is possible").await?;
        it.days_pass(3).await?;
        assert_eq!(it.raised("release").await?, ["release.consideration"]);
        it.done("the board considers it").await?;
        it.refused("the board says no, and not why", "RL-9").await?;
        it.noticed("the board says no, says why, and forgets to say where that can be reviewed", &["TR-9.3"])
            .await?;
        it.done("the board considers it again").await?;
        it.noticed("the board lets him out on parole under a condition that says nothing", &["TR-12.2"])
            .await?;
        it.done("he leaves, with a room, a doctor and his papers").await?;

        // What was chosen is counted, by sex and by who somebody is; "not recorded" is a row of its own.
        let view = it.get("statistician", "/v1/views/disposals?by=sex").await?;
        assert_eq!((counted(&view, "community_order"), counted(&view, "custody")), (1, 1));
        let carers = it.get("statistician", "/v1/views/disposals?by=dependent-child").await?;
        assert_eq!(group(&carers, "yes")?["disposals"][0]["disposal"]["code"], json!("community_order"));
        assert_eq!(group(&carers, "no")?["disposals"][0]["disposal"]["code"], json!("custody"));
        Ok(())
    })
    .await
}
