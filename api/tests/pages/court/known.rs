//! What the register knows before a decision stands beside the questions of the form.

use domain::person::Person;
use domain::pretrial::Pretrial;
use serde_json::json;

use crate::Failure;
use crate::desk::Desk;

const NEW: &str = "/sentences/new";

/// Somebody held before judgment since 12 January 2026, of whom it is recorded that she is pregnant.
async fn held(desk: &Desk) -> Result<String, Failure> {
    let person = desk.person("Wren Ash").await?;
    let answers = json!({"record_circumstances": {
        "answers": {"pregnant": {"value": "yes"}, "employed": {"value": "yes"}}, "basis": "reception"
    }});
    desk.tell::<Person>("clerk", &person, answers).await?;
    let case = desk.registry.new_stream_id().to_string();
    let open = json!({"open": {
        "person": person, "done": "2026-01-12", "court": "ashby", "offences": ["M102"]
    }});
    desk.tell::<Pretrial>("judge", &case, open).await?;
    let detain = json!({"order_detention": {
        "decided": "2026-01-12", "basis": "pca-12", "grounds": [{"ground": "flight"}],
        "next_review": "2026-02-05", "until": "2026-07-15"
    }});
    desk.tell::<Pretrial>("judge", &case, detain).await?;
    desk.settle().await?;
    Ok(person)
}

#[tokio::test]
async fn a_known_circumstance_is_chosen_and_known_days_in_detention_are_said() -> Result<(), Failure>
{
    let desk = Desk::open().await?;
    let person = held(&desk).await?;
    let empty = desk.get("judge", &format!("{NEW}?person={person}")).await?;
    let form = empty.form().with("offence", "M102");
    let form = form.with("disposal", "custody");
    let asked = desk.post("judge", NEW, &form).await?;
    assert_eq!(asked.status, 200, "{}", asked.text());
    let said = asked.text();
    assert!(
        said.contains("Known of the person to the register: Yes."),
        "{said}"
    );
    let days = "The register knows of 50 days of detention in this case (from 12 January 2026 to 2 March 2026).";
    assert!(said.contains(days), "{said}");
    let form = asked.form();
    assert_eq!(form.value("c_pregnant"), Some("yes"));
    // Whether she has work does not protect her: it is asked as ever.
    assert_ne!(form.value("c_employed"), Some("yes"));
    // What the judge answers stays as it was answered.
    let form = form.with("c_pregnant", "no").with("act", "check");
    let again = desk.post("judge", NEW, &form).await?;
    assert_eq!(again.form().value("c_pregnant"), Some("no"));
    Ok(())
}

#[tokio::test]
async fn the_safeguards_of_a_carer_speak_in_the_draft_though_nobody_answers_again()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let person = held(&desk).await?;
    let empty = desk.get("judge", &format!("{NEW}?person={person}")).await?;
    let form = empty
        .form()
        .with("offence", "M102")
        .with("disposal", "custody");
    let asked = desk.post("judge", NEW, &form).await?;
    let form = asked.form().with("c_pregnant", "").with("act", "check");
    let form = form.with("term_months", "6").with("reasons", "Kept words");
    let checked = desk.post("judge", NEW, &form).await?.text();
    assert!(checked.contains("Rule BR-64"), "{checked}");
    Ok(())
}
