//! Operative paragraph 12: exchange of information with the United Nations, civil society and research.

use serde_json::{Value, json};
use tests::Failure;

use super::journey::{Journey, everywhere};

#[tokio::test]
async fn op_12_figures_are_exchanged_with_their_method_and_nobody_is_in_them() -> Result<(), Failure>
{
    everywhere(include_str!("op_12.toml"), async |it| {
        it.done("a clerk registers a woman by her name").await?;
        it.done("she is sentenced, with reasons about her").await?;
        let then = it.entry();

        // Research gets figures and no case.
        for case in [
            "/v1/persons/@person",
            "/v1/sentences/@sentence",
            "/v1/sentences",
            "/v1/events",
        ] {
            assert_eq!(it.asked("statistician", case).await?.status, 403, "{case}");
        }
        it.forbidden("a statistician wants to record something of her")
            .await?;
        no_case_in_a_figure(it).await?;

        // The same entry gives the same figures, to the byte, whatever is recorded afterwards.
        it.done("another person is registered").await?;
        let path = format!("/figures/disposals/csv?by=category&as_of={then}");
        let first = it.asked("statistician", &path).await?;
        it.done("another decision is recorded").await?;
        let again = it.asked("statistician", &path).await?;
        assert_eq!((first.status, first.body), (200, again.body));

        // What was published is written down, and what is taken back stays so.
        it.calls("entry", then);
        it.done("the register is opened for its own record").await?;
        it.done("figures are published as of an entry, with their method")
            .await?;
        it.done("the publication is withdrawn, because a figure could give somebody away")
            .await?;
        let register = it.get("oversight", "/v1/registers/@registry").await?;
        assert!(
            register["state"].to_string().contains("identifying"),
            "{register}"
        );
        Ok(())
    })
    .await
}

/// A figure says of itself what it counts, and under which rules; nobody's name, id or words are in it.
async fn no_case_in_a_figure(it: &Journey) -> Result<(), Failure> {
    for view in ["disposals", "proportionality", "gender"] {
        let figure = it.get("statistician", &format!("/v1/views/{view}")).await?;
        let header = &figure["header"];
        assert_eq!(header["policies"]["rules"], json!(["midland/1"]), "{view}");
        assert_ne!(header["as_of"]["index"], Value::Null, "{view}");
        let csv = it
            .asked("statistician", &format!("/figures/{view}/csv"))
            .await?
            .body;
        for somebody in [
            "Petronella",
            "three jobs",
            it.id("person")?,
            it.id("sentence")?,
        ] {
            assert!(
                !figure.to_string().contains(somebody),
                "{view} holds {somebody}"
            );
            assert!(
                !csv.contains(somebody),
                "the file of {view} holds {somebody}"
            );
        }
    }
    // Nothing is computed from so few.
    let view = it.get("statistician", "/v1/views/disposals?by=sex").await?;
    let custody = &view["groups"][0]["custody"];
    assert!(custody.to_string().contains("fewer_than_ten"), "{custody}");
    Ok(())
}
