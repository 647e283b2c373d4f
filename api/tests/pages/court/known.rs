//! What the register knows before a decision stands beside the questions of the form.

use domain::person::Person;
use domain::pretrial::Pretrial;
use serde_json::json;

use crate::Failure;
use crate::desk::Desk;
use crate::html::Answer;

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

/// The form of a decision on somebody, once custody for theft is chosen.
async fn asked_of_custody(desk: &Desk, person: &str) -> Result<Answer, Failure> {
    let empty = desk.get("judge", &format!("{NEW}?person={person}")).await?;
    let form = empty.form().with("offence", "M102");
    desk.post("judge", NEW, &form.with("disposal", "custody"))
        .await
}

#[tokio::test]
async fn a_known_circumstance_is_chosen_and_known_days_in_detention_are_said() -> Result<(), Failure>
{
    let desk = Desk::open().await?;
    let person = held(&desk).await?;
    let asked = asked_of_custody(&desk, &person).await?;
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
    let asked = asked_of_custody(&desk, &person).await?;
    let form = asked.form().with("c_pregnant", "").with("act", "check");
    let form = form.with("term_months", "6").with("reasons", "Kept words");
    let checked = desk.post("judge", NEW, &form).await?.text();
    assert!(checked.contains("Rule BR-64"), "{checked}");
    Ok(())
}

#[tokio::test]
async fn days_that_differ_from_those_that_are_known_are_said_while_drafting() -> Result<(), Failure>
{
    let desk = Desk::open().await?;
    let person = held(&desk).await?;
    let asked = asked_of_custody(&desk, &person).await?;
    let form = asked.form().also("act", "check").with("term_months", "6");
    for (days, is_said) in [("0", true), ("49", true), ("50", false)] {
        let checked = desk
            .post("judge", NEW, &form.clone().with("remand", days))
            .await?;
        let said = checked.text().contains("Rule S-20");
        assert_eq!(said, is_said, "{days}: {}", checked.text());
    }
    Ok(())
}

#[tokio::test]
async fn a_person_is_named_by_the_short_reference_and_a_wrong_one_is_said_at_once()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let person = held(&desk).await?;
    let end = person.rsplit('-').next().unwrap_or_default();
    let empty = desk.get("judge", NEW).await?;
    let form = empty
        .form()
        .with("offence", "M102")
        .with("disposal", "custody");
    let asked = desk
        .post("judge", NEW, &form.clone().with("person", end))
        .await?;
    assert_eq!(asked.form().value("person"), Some(person.as_str()));
    let wrong = desk
        .post("judge", NEW, &form.with("person", "abc"))
        .await?
        .text();
    assert!(
        wrong.contains("This is not a reference of a person"),
        "{wrong}"
    );
    Ok(())
}

#[tokio::test]
async fn whoever_is_registered_twice_with_a_decision_is_seen_before_and_after_it()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let mut pages = Vec::new();
    for _ in 0..2 {
        let empty = desk.get("judge", NEW).await?;
        let form = empty
            .form()
            .with("name", "Wren Ash")
            .with("offence", "M101");
        let form = form.with("disposal", "fine").with("born_year", "1990");
        let form = form.with("born_month", "3").with("born_day", "31");
        let asked = desk.post("judge", NEW, &form).await?;
        let form = asked.form().with("amount", "200");
        // It is said while the decision is drafted, with the way to the other record.
        let checked = desk
            .post("judge", NEW, &form.clone().also("act", "check"))
            .await?;
        assert_eq!(
            checked.text().contains("same name and date of birth"),
            !pages.is_empty(),
            "{}",
            checked.text()
        );
        assert_eq!(
            checked.text().contains("Possible duplicate"),
            !pages.is_empty()
        );
        pages.push(desk.sent("judge", NEW, &form).await?.text());
        desk.settle().await?;
    }
    assert!(!pages[0].contains("Possible duplicate"), "{}", pages[0]);
    assert!(pages[1].contains("Possible duplicate"), "{}", pages[1]);
    Ok(())
}
