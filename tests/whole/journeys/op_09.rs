//! Operative paragraph 9: overcrowding; legal aid in time; cooperation between states; restorative justice; keeping
//! cases out of court.

use serde_json::json;
use tests::Failure;

use super::journey::{Journey, everywhere};

#[tokio::test]
async fn op_9_overcrowding_is_seen_and_legal_aid_and_restorative_justice_come_before_custody()
-> Result<(), Failure> {
    everywhere(include_str!("op_09.toml"), async |it| {
        overcrowding(it).await?;
        legal_aid(it).await?;
        out_of_court(it).await?;
        restorative(it).await?;

        // What another state is given is written down: to whom, on which basis, of whom.
        it.done("the register is opened for its own record").await?;
        it.done("a court abroad is given what it asked for, under the act on legal assistance")
            .await?;
        let register = it.get("oversight", "/v1/registers/@registry").await?;
        assert!(register["state"].to_string().contains("jra-21"));
        Ok(())
    })
    .await
}

/// Full by one definition and overcrowded by another: both are said.
async fn overcrowding(it: &mut Journey) -> Result<(), Failure> {
    it.done("a remand prison with a hundred places is entered in the register")
        .await?;
    it.done("its places are declared by two definitions")
        .await?;
    it.done("by the law's least room there are fewer").await?;
    it.noticed("a hundred and twenty people are in it", &["FA-7"])
        .await?;
    let findings = it
        .list("oversight", "/v1/findings?code=facility.overcrowded")
        .await?;
    assert_eq!(findings.len(), 1);
    let said = findings[0]["said"].as_str().unwrap_or_default();
    assert!(
        said.contains("120") && said.contains("100") && said.contains("legal-minimum"),
        "{said}"
    );
    Ok(())
}

/// Nobody goes into custody without counsel, or it is said why that cannot wait; and when counsel came.
async fn legal_aid(it: &mut Journey) -> Result<(), Failure> {
    it.done("a clerk registers a man").await?;
    it.done("he is brought before the court").await?;
    it.refused(
        "the court detains him; he has no lawyer, and nobody says why that cannot wait",
        "KD-LA",
    )
    .await?;
    it.noticed(
        "the court detains him until his lawyer comes, and says why it cannot wait",
        &["KD-LA"],
    )
    .await?;
    it.days_pass(1).await?;
    it.done("the next day legal aid is granted").await?;
    let case = it.get("oversight", "/v1/pretrial-cases/@pretrial").await?;
    assert_eq!(case["state"]["opened"]["counsel"], json!("granted"));
    let entries = case["entries"].as_array().ok_or("entries")?;
    assert_eq!(entries[2]["event"], json!("pretrial.legal_aid_recorded"));
    Ok(())
}

/// A prosecutor settles minor cases, by published criteria, with whoever agrees; agreeing can be taken back.
async fn out_of_court(it: &mut Journey) -> Result<(), Failure> {
    it.done("a young woman is registered").await?;
    it.refused(
        "the prosecution wants to settle a robbery without a court",
        "TR-3.3",
    )
    .await?;
    it.refused(
        "the prosecution offers an assault to be settled with whoever was hurt, under no published criterion",
        "TR-5.1",
    )
    .await?;
    it.meets(
        "the prosecution offers it by its published criteria",
        "TR-5.1",
    )
    .await?;
    it.refused("it is to begin before she has agreed", "TR-3.4")
        .await?;
    it.done("she agrees, informed of what follows").await?;
    it.done("it begins").await
}

/// Both sides take part of their own free will, and nothing of it makes a sentence heavier.
async fn restorative(it: &mut Journey) -> Result<(), Failure> {
    it.done("she and whoever was hurt are referred to a mediator")
        .await?;
    it.done("she consents to the mediation").await?;
    it.refused(
        "the mediation starts, and whoever was hurt was not asked",
        "RJ-1",
    )
    .await?;
    it.done("whoever was hurt consents too").await?;
    it.meets("the mediation starts", "RJ-1").await?;
    it.done("whoever was hurt wants it no longer, and need not say why")
        .await?;
    it.done("she herself would rather have a trial").await?;
    it.refused(
        "the prosecution takes the case back because she failed",
        "TR-3.4w",
    )
    .await?;
    it.done(
        "the prosecution takes the case back because she withdrew, which is held against nobody",
    )
    .await?;
    it.refused("the court counts the failed mediation against her", "RJ-2")
        .await?;
    it.meets("the court fines her for the assault alone", "RJ-2")
        .await
}
