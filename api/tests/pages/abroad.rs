//! Matters with other States: asked for, agreed to, decided and carried out by forms, and due in a worklist.

use crate::Failure;
use crate::desk::Desk;
use crate::html::Form;

const HOME: &str = "/matters-with-other-states";

/// France asks that somebody it sentenced to two years serves here.
async fn asked(desk: &Desk) -> Result<Form, Failure> {
    let person = desk.person("Ana Ash").await?;
    let page = format!("{HOME}/new/request?person={person}");
    let form = desk.get("clerk", &page).await?.form();
    let form = form
        .with("matter", "transfer")
        .with("direction", "inward")
        .with("state", "FR")
        .with("basis", "transfer-treaty-4")
        .with("office", "central-authority")
        .with("age", "34")
        .with("judgment.court", "tj-lille")
        .with("judgment.offences.0.code", "311-1")
        .with("judgment.offences.0.iccs", "0502")
        .with("judgment.penalties.0.kind", "custody")
        .with("judgment.penalties.0.length", "P2Y")
        .with("reasons", "Her sister lives here");
    Ok(dated(form, "judgment.final_since", ["21", "3", "2025"]))
}

fn dated(form: Form, name: &str, [day, month, year]: [&str; 3]) -> Form {
    form.with(&format!("{name}_day"), day)
        .with(&format!("{name}_month"), month)
        .with(&format!("{name}_year"), year)
}

#[tokio::test]
async fn a_transfer_is_asked_for_agreed_to_granted_and_carried_out_by_forms() -> Result<(), Failure>
{
    let desk = Desk::open().await?;
    let begin = format!("{HOME}/new/request");
    let form = dated(
        asked(&desk).await?,
        "judgment.pronounced",
        ["10", "3", "2025"],
    );
    let wrong = form
        .clone()
        .with("judgment.penalties.0.length", "two years");
    let refused = desk.post("clerk", &begin, &wrong).await?;
    assert!(
        refused.text().contains("is not a length"),
        "{}",
        refused.text()
    );
    let page = desk.sent("clerk", &begin, &form).await?;
    let said = page.text();
    for words in ["Recorded as entry", "2 years", "Her sister lives here"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    desk.settle().await?;
    let list = desk.get("clerk", HOME).await?;
    assert!(list.text().contains("Transfer of a sentenced person"));
    assert!(
        list.text()
            .contains("Midland Central Authority (fictional)")
    );
    let matter = list.link("Ana Ash").ok_or("it is listed")?.to_owned();

    let grant = format!("{matter}/grant");
    let granted = desk.get("judge", &grant).await?.form();
    let granted = granted
        .with("by", "court")
        .with("examined", "discrimination")
        .also("examined", "torture")
        .also("examined", "double-criminality");
    let unagreed = desk.post("judge", &grant, &granted).await?;
    assert_eq!(unagreed.status, 422);
    assert!(unagreed.text().contains("has not agreed, informed"));
    let consent = format!("{matter}/give-consent");
    let agrees = desk.get("prison", &consent).await?.form();
    let agrees = agrees
        .with("language", "fr")
        .with("consequences", "yes")
        .with("counsel", "granted");
    desk.sent("prison", &consent, &agrees).await?;
    // The matter has moved since: what stands now is read first.
    let again = desk.get("judge", &grant).await?.form();
    let again = ["torture", "double-criminality"].into_iter().fold(
        again.with("by", "court").with("examined", "discrimination"),
        |form, ground| form.also("examined", ground),
    );
    desk.sent("judge", &grant, &again).await?;
    let theirs = desk.get("clerk", &grant).await?.form();
    let theirs = dated(
        theirs.with("by", "other_state"),
        "carry_out_by",
        ["6", "3", "2026"],
    );
    desk.sent("clerk", &grant, &theirs).await?;
    desk.settle().await?;
    let worklist = desk.get("clerk", "/").await?.text();
    assert!(worklist.contains("Carrying out"), "{worklist}");

    let effect = format!("{matter}/effect");
    let left = desk.get("prison", &effect).await?.form();
    let left = left
        .with("enforcement", "converted")
        .with("left.kind", "custody")
        .with("left.length", "P2Y1D");
    let heavier = desk.post("prison", &effect, &left).await?;
    assert_eq!(heavier.status, 422);
    assert!(
        heavier
            .text()
            .contains("heavier than what the judgment imposed")
    );
    let left = left.with("left.length", "P1Y2M");
    let done = desk.sent("prison", &effect, &left).await?.text();
    assert!(
        done.contains("Carried out") && done.contains("1 year 2 months"),
        "{done}"
    );
    Ok(())
}
