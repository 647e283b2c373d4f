//! Operative paragraph 6: sentences proportionate to the gravity of the offence.

use serde_json::{Value, json};
use tests::Failure;

use super::journey::everywhere;

#[tokio::test]
async fn op_6_sentences_are_proportionate_to_gravity_and_whoever_departs_says_why()
-> Result<(), Failure> {
    everywhere(include_str!("op_06.toml"), async |it| {
        it.done("a clerk registers a man").await?;

        // The law's maximum holds; the guideline can be left, with a reason.
        it.refused(
            "the court gives three years for a theft that the law punishes with two at most",
            "PR-1",
        )
        .await?;
        it.refused(
            "the court gives a year, above the guideline, and not why",
            "S-13",
        )
        .await?;
        it.meets(
            "the court gives a year, above the guideline, and says which reason of the law it has",
            "S-13",
        )
        .await?;

        // Only a rule that was enacted lifts the maximum.
        it.done("another man is registered").await?;
        it.refused(
            "the court gives above the maximum under a rule that nobody enacted",
            "S-11",
        )
        .await?;
        it.meets(
            "the court gives above the maximum, and cites the rule on repeated offences",
            "PR-1",
        )
        .await?;

        // What a court did is recorded as it is: the register corrects nobody, and hides nothing.
        it.noticed(
            "a sentence of last year above the maximum is found in a drawer, and entered as it is",
            &["PR-1"],
        )
        .await?;
        let old = it.get("oversight", "/v1/sentences/@sentence-old").await?;
        assert!(old["state"].to_string().contains("P6M"));
        let critical = it.list("oversight", "/v1/findings?weight=critical").await?;
        assert!(
            critical
                .iter()
                .any(|finding| finding["code"] == "sentence.above-maximum")
        );

        // What comparable cases got is a distribution and a number, with nothing computed from so few; no score.
        let view = it.get("judge", "/v1/views/proportionality").await?;
        assert_eq!(view["total"]["n"], json!(3));
        let median = &view["total"]["severity"]["median"];
        assert_eq!(
            (&median["value"], &median["undefined"]),
            (&Value::Null, &json!("fewer_than_ten"))
        );
        for never in ["score", "recommend", "predict"] {
            assert!(!view.to_string().contains(never), "{never}");
        }
        let page = it.page("judge", "/figures/proportionality").await?;
        page.says("2, minor")
    })
    .await
}
