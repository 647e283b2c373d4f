//! Operative paragraph 7: a gender perspective; what women need.

use serde_json::json;
use tests::Failure;

use super::journey::{Journey, everywhere};
use super::seen::group;

#[tokio::test]
async fn op_7_what_women_need_is_asked_and_weighed_and_every_figure_tells_women_and_men_apart()
-> Result<(), Failure> {
    everywhere(include_str!("op_07.toml"), async |it| {
        before_judgment(it).await?;
        in_custody(it).await?;
        release(it).await?;

        // Figures tell women, men and those of whom it is not recorded apart.
        it.done("a man is registered").await?;
        it.done("somebody of whom no sex is recorded is registered")
            .await?;
        it.done("the man is fined").await?;
        it.done("the other is fined too").await?;
        let view = it.get("statistician", "/v1/views/disposals?by=sex").await?;
        for (sex, n) in [("female", 1), ("male", 1), ("not_recorded", 1)] {
            assert_eq!(group(&view, sex)?["n"], json!(n), "{sex}");
        }
        let gender = it.get("statistician", "/v1/views/gender").await?;
        assert_eq!(gender["comparable"]["of_women"], json!(1));
        assert_eq!(gender["comparable"]["of_men"], json!(1));
        it.page("oversight", "/figures/gender").await?.says("women")
    })
    .await
}

/// Pregnant women and women with children stay out of custody where it can be (Bangkok Rule 64).
async fn before_judgment(it: &mut Journey) -> Result<(), Failure> {
    it.done("a clerk registers a woman").await?;
    it.done("she says that two children depend on her, and nothing more")
        .await?;
    it.done("she is brought before the court").await?;
    it.refused(
        "the judge detains her, and says nothing of the children",
        "BR-64",
    )
    .await?;
    it.meets(
        "the judge detains her, says what makes it necessary, and what becomes of the children",
        "BR-64",
    )
    .await
}

/// She is asked after her children and classified as a woman; nobody isolates her, or holds her to protect her.
async fn in_custody(it: &mut Journey) -> Result<(), Failure> {
    it.done("a woman who serves a sentence is registered")
        .await?;
    it.done("her sentence of last year is recorded").await?;
    it.noticed(
        "she is received, and nobody asks after her children",
        &["BR-3"],
    )
    .await?;
    it.meets(
        "she is received; where each child is, is noted, and she need not tell more",
        "BR-3",
    )
    .await?;
    it.refused(
        "she is classified above the lowest level as a man would be",
        "BR-41",
    )
    .await?;
    it.meets("she is classified by what is true of women", "BR-41")
        .await?;
    it.noticed("pregnant, she is put into isolation", &["BR-22"])
        .await?;
    let critical = it.list("oversight", "/v1/findings?weight=critical").await?;
    assert!(
        critical
            .iter()
            .any(|finding| finding["safeguard"] == "BR-22")
    );
    it.done("the isolation ends").await?;

    it.done("another woman is registered, whose former husband threatens her")
        .await?;
    it.refused(
        "the police want to hold her for her own protection",
        "BR-59",
    )
    .await?;
    it.meets("she asks for it herself, and a court watches", "BR-59")
        .await?;
    it.done("she wants it no longer").await?;
    let due = it.due("prison", "custody-protected").await?;
    assert_eq!(due, ["custody.end-protection"]);
    Ok(())
}

/// Whom she cares for speaks for an early release (Bangkok Rule 63).
async fn release(it: &mut Journey) -> Result<(), Failure> {
    it.done("later she says that her mother and a son of four depend on her")
        .await?;
    it.done("parole is possible").await?;
    it.refused(
        "the board refuses it, and does not weigh whom she cares for",
        "BR-63",
    )
    .await?;
    it.meets(
        "the board puts it off for a month, and weighs whom she cares for",
        "BR-63",
    )
    .await
}
