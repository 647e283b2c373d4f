//! Bangkok Rules 53: a foreign woman is transferred home early, if she agrees, informed of what follows; and what goes
//! to the authority of another State.

use serde_json::{Value, json};
use tests::Failure;

use super::journey::{Journey, everywhere};
use super::seen::counted;

#[tokio::test]
async fn bangkok_53_a_woman_sentenced_abroad_goes_home_if_she_agrees_and_is_told_what_follows()
-> Result<(), Failure> {
    everywhere(include_str!("bangkok_53.toml"), async |it| {
        asked(it).await?;
        agreed(it).await?;
        handed_over(it).await?;
        exported(it).await?;
        told_of_a_judgment(it).await?;
        brought_unasked(it).await
    })
    .await
}

async fn asked(it: &mut Journey) -> Result<(), Failure> {
    it.done("a clerk registers a woman whose children are in France")
        .await?;
    it.done("a court sentences her to two years, and weighs that her children are abroad")
        .await?;
    it.refused(
        "her transfer is asked of France under a statute that is in force no more",
        "TR-3.1",
    )
    .await?;
    it.meets(
        "her transfer is asked of France, under the treaty",
        "TR-3.1",
    )
    .await?;
    assert_eq!(
        it.due("judge", "cooperation").await?,
        ["cooperation.decision"]
    );
    Ok(())
}

/// Both States and she herself have to agree, and she can change her mind until the last.
async fn agreed(it: &mut Journey) -> Result<(), Failure> {
    it.refused("the court grants it before anybody has asked her", "IC-9")
        .await?;
    it.done("she agrees, told in French what follows, with a lawyer beside her")
        .await?;
    it.refused(
        "the court grants it, and has not asked whether she would be treated humanely",
        "IC-8",
    )
    .await?;
    it.meets("the court grants it, and has examined each ground", "IC-9")
        .await?;
    it.refused("the prison hands her over before France has agreed", "IC-6")
        .await?;
    it.done("France agrees, and names the day by which she comes")
        .await?;
    assert_eq!(it.stands("cooperation").await?, "granted");
    assert_eq!(
        it.due("clerk", "cooperation").await?,
        ["cooperation.carrying-out"]
    );
    it.done("she wants it no longer, and need not say why")
        .await?;
    it.refused(
        "the prison hands her over although she wants it no longer",
        "IC-9",
    )
    .await?;
    it.done("her mother visits, and she agrees again").await
}

async fn handed_over(it: &mut Journey) -> Result<(), Failure> {
    it.meets(
        "she is handed over, and what is left is served there as it is",
        "IC-9",
    )
    .await?;
    assert_eq!(it.stands("cooperation").await?, "carried out");
    assert!(it.due("clerk", "cooperation").await?.is_empty());
    let page = it
        .page("clerk", "/matters-with-other-states/@cooperation")
        .await?;
    page.says("Multilateral Treaty on the Transfer of Sentenced Persons 2004, article 4")?;
    page.says("1 year 10 months")
}

/// What France is given: the case as of an entry, with the treaty and the codes in French.
async fn exported(it: &mut Journey) -> Result<(), Failure> {
    let entry = it.entry();
    let path = format!("/v1/cases/@sentence/export?as_of={entry}&recipient=FR/bepi");
    let case = it.get("clerk", &path).await?;
    let kinds: Vec<&Value> = case["records"]
        .as_array()
        .ok_or("records")?
        .iter()
        .map(|record| &record["kind"])
        .collect();
    assert_eq!(kinds, ["sentence", "cooperation"]);
    let asked = &case["records"][1]["events"][0];
    let basis = &asked["legal_basis"][0];
    assert_eq!(basis["code"], "transfer-treaty-4");
    let label = &basis["labels"][1];
    assert_eq!(label["language"], "fr");
    assert!(label["text"].to_string().contains("article 4"), "{label}");
    assert_eq!(asked["policy"], "midland/1");
    assert!(!case.to_string().contains("Quicksilver"));
    // The same of the same entry, to the byte, and closed to whoever may not hand it over.
    let once = it.asked("clerk", &path).await?.body;
    assert_eq!(it.asked("clerk", &path).await?.body, once);
    assert_eq!(it.asked("prison", &path).await?.status, 403);
    let log = it.list("oversight", "/v1/consultations").await?;
    let export = log.iter().find(|look| look["action"] == "ExportCase");
    let shown = export.ok_or("the export is written down")?["shown"].to_string();
    assert!(shown.contains("recipient/FR/bepi"), "{shown}");
    assert!(shown.contains(it.id("cooperation")?), "{shown}");
    Ok(())
}

/// A judgment of another State stands with the person and is no decision of this one.
async fn told_of_a_judgment(it: &mut Journey) -> Result<(), Failure> {
    it.done("another woman is registered").await?;
    let view = "/v1/views/disposals";
    let before = counted(&it.get("statistician", view).await?, "custody");
    it.done("France tells that one of its courts sentenced her last year")
        .await?;
    assert_eq!(it.stands("cooperation-2").await?, "told");
    let after = counted(&it.get("statistician", view).await?, "custody");
    assert_eq!(after, before);
    let timeline = it.get("clerk", "/v1/persons/@person-2/timeline").await?;
    let told = timeline["entries"].as_array().ok_or("entries")?.last();
    let told = told.ok_or("an entry")?;
    assert_eq!(told["event"], json!("cooperation.judgment_notified"));
    Ok(())
}

/// What happened all the same is recorded, and somebody has to look at it.
async fn brought_unasked(it: &mut Journey) -> Result<(), Failure> {
    it.done("France asks that she serve that year here").await?;
    it.noticed(
        "it is recorded later that she was brought here unasked, and that two years are left of one",
        &["IC-6", "IC-9", "IC-10"],
    )
    .await?;
    assert!(it.findings("cooperation-3").await?.contains("IC-9"));
    Ok(())
}
