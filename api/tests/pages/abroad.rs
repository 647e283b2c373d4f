//! Matters with other States: asked for, agreed to, decided and carried out by forms, and due in a worklist.

use crate::Failure;
use crate::desk::Desk;
use crate::html::Form;

const HOME: &str = "/matters-with-other-states";

/// France asks that somebody it sentenced to two years serves here.
async fn asked(desk: &Desk) -> Result<Form, Failure> {
    let person = desk.person("Ana Ash").await?;
    let page = format!("{HOME}/new/request?person={person}");
    let first = desk.get("clerk", &page).await?.form();
    let first = first
        .with("matter", "transfer")
        .with("direction", "inward")
        .with("state", "FR");
    // What is asked decides what else is asked; nothing is recorded by that.
    let grown = desk
        .post("clerk", &format!("{HOME}/new/request"), &first)
        .await?;
    assert_eq!(grown.status, 200, "{}", grown.text());
    let form = grown.form();
    let form = form
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

/// The request, recorded by its form; where the matter is.
async fn recorded(desk: &Desk) -> Result<String, Failure> {
    let begin = format!("{HOME}/new/request");
    let form = dated(
        asked(desk).await?,
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
    let said = desk.sent("clerk", &begin, &form).await?.text();
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
    Ok(list.link("Ana Ash").ok_or("it is listed")?.to_owned())
}

/// The court's grant, with each ground examined.
async fn by_court(desk: &Desk, grant: &str) -> Result<Form, Failure> {
    let form = desk.get("judge", grant).await?.form();
    Ok(form
        .with("by", "court")
        .with("examined", "discrimination")
        .also("examined", "torture")
        .also("examined", "double-criminality"))
}

/// The person agrees, and then both States.
async fn agreed(desk: &Desk, matter: &str) -> Result<(), Failure> {
    let grant = format!("{matter}/grant");
    let granted = by_court(desk, &grant).await?;
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
    let granted = by_court(desk, &grant).await?;
    desk.sent("judge", &grant, &granted).await?;
    let theirs = desk.get("clerk", &grant).await?.form();
    let theirs = theirs.with("by", "other_state");
    let theirs = dated(theirs, "carry_out_by", ["6", "3", "2026"]);
    desk.sent("clerk", &grant, &theirs).await?;
    desk.settle().await
}

#[tokio::test]
async fn the_form_asks_for_what_a_matter_needs_and_names_everything_that_is_missing()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let begin = format!("{HOME}/new/request");
    let inputs = |html: &str| -> usize {
        let all = ["<input", "<select", "<textarea"];
        let shown = all.iter().map(|kind| html.matches(kind).count());
        shown.sum::<usize>() - html.matches("type=\"hidden\"").count()
    };
    let first = desk.get("clerk", &begin).await?;
    assert!(inputs(&first.html) < 12, "{}", inputs(&first.html));
    let undecided = desk.post("clerk", &begin, &first.form()).await?;
    assert_eq!(undecided.status, 422);
    let said = undecided.text();
    assert!(said.contains("What is asked: fill this in"), "{said}");
    let to_france = first.form().with("state", "FR");
    for (matter, direction, most) in [
        ("extradition", "outward", 52),
        ("extradition", "inward", 38),
        ("transfer", "outward", 38),
        ("recognition", "inward", 60),
    ] {
        let asked = to_france.clone();
        let asked = asked.with("matter", matter).with("direction", direction);
        let grown = desk.post("clerk", &begin, &asked).await?;
        assert_eq!(grown.status, 200);
        let number = inputs(&grown.html);
        assert!(number <= most, "{matter} {direction}: {number}");
        if (matter, direction) == ("extradition", "outward") {
            assert!(!grown.html.contains("name=\"judgment.court\""));
            let more = grown.form().with("act", "add-judgment");
            let more = desk.post("clerk", &begin, &more).await?;
            assert!(more.html.contains("name=\"judgment.court\""));
        }
    }
    let asked = to_france
        .with("matter", "transfer")
        .with("direction", "outward");
    let grown = desk.post("clerk", &begin, &asked).await?.form();
    let grown = grown.with("state", "");
    let refused = desk.post("clerk", &begin, &grown).await?;
    assert_eq!(refused.status, 422);
    let said = refused.text();
    for missing in [
        "Whom it concerns: fill this in",
        "The other State: fill this in",
        "on which it rests: fill this in",
        "The authority, court or office of this State that has it: fill this in",
    ] {
        assert!(said.contains(missing), "{missing}: {said}");
    }
    Ok(())
}

#[tokio::test]
async fn what_the_state_of_a_matter_does_not_allow_is_not_offered() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let matter = recorded(&desk).await?;
    let open = desk.get("clerk", &matter).await?;
    let end = open
        .link("End it without carrying it out")
        .ok_or("it can end")?;
    assert!(
        open.link("Carry it out later").is_none(),
        "nothing is granted"
    );
    let form = desk.get("clerk", end).await?.form();
    let form = form.with("reason", "request-withdrawn");
    let ended = desk.sent("clerk", end, &form).await?;
    assert!(ended.text().contains("Ended"), "{}", ended.text());
    for act in ["End it without carrying it out", "Grant what is asked"] {
        assert!(ended.link(act).is_none(), "{act}: {}", ended.text());
    }
    Ok(())
}

#[tokio::test]
async fn a_transfer_is_asked_for_agreed_to_granted_and_carried_out_by_forms() -> Result<(), Failure>
{
    let desk = Desk::open().await?;
    let matter = recorded(&desk).await?;
    agreed(&desk, &matter).await?;
    let worklist = desk.get("clerk", "/").await?.text();
    assert!(
        worklist.contains("Carrying out what was granted between the States"),
        "{worklist}"
    );

    let effect = format!("{matter}/effect");
    let left = desk.get("prison", &effect).await?.form();
    let left = left
        .with("enforcement", "converted")
        .with("left.kind", "custody")
        .with("left.length", "P2Y1D");
    let heavier = desk.post("prison", &effect, &left).await?;
    assert_eq!(heavier.status, 422);
    let said = heavier.text();
    assert!(said.contains("heavier than what the judgment imposed"));
    let left = left.with("left.length", "P1Y2M");
    let done = desk.sent("prison", &effect, &left).await?.text();
    for words in ["Carried out", "1 year 2 months"] {
        assert!(done.contains(words), "{words}: {done}");
    }
    Ok(())
}
