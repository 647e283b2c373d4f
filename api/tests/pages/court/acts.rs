//! What follows after a decision was imposed: each act by its form, refused with what was typed, and confirmed.

use domain::sentence::{Appeal, Sanction, Standing};
use domain::values::{ComponentNo, Known};
use serde_json::{Value, json};

use super::acted;
use crate::Failure;
use crate::desk::Desk;

type Fields = &'static [(&'static str, &'static str)];

fn custody() -> Value {
    json!([{"no": 1, "sanction": {"custody": {"term": "P6M"}}}])
}

fn suspended() -> Value {
    json!([{"no": 1, "sanction": {"suspended_custody": {"term": "P6M", "operational_period": "P1Y"}}}])
}

/// Where an act has its form.
fn at(id: &str, act: &str) -> String {
    format!("/sentences/{id}/{act}")
}

#[tokio::test]
async fn every_step_after_the_imposition_ends_in_its_confirmation() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let id = desk.sentence(custody()).await?;
    let steps: [(&str, Fields, &str); 8] = [
        (
            "credit-remand",
            &[("days", "12")],
            "Time in custody credited",
        ),
        ("start-custody", &[], "Custody began"),
        ("end-custody", &[], "Custody ended"),
        ("appeal", &[("by", "person")], "Appeal lodged"),
        (
            "dismiss-appeal",
            &[("note", "No ground")],
            "Appeal dismissed or withdrawn",
        ),
        ("complete", &[], "Everything imposed is done"),
        ("pardon", &[("note", "By the president")], "Pardoned"),
        ("quash", &[("note", "Wrong person")], "Decision quashed"),
    ];
    for (act, fields, title) in steps {
        let said = acted(&desk, &at(&id, act), fields).await?;
        assert!(
            said.contains(title) && said.contains("Recorded as entry"),
            "{act}: {said}"
        );
    }
    let found = desk.standing(&id).await?;
    let imposed = found.state.imposed().ok_or("it is imposed")?;
    assert_eq!(imposed.standing, Standing::Quashed);
    assert_eq!(imposed.remand_days, Known::Value(12));
    assert_eq!(imposed.appeal, Some(Appeal::Allowed));
    let page = desk.get("judge", &format!("/sentences/{id}")).await?.text();
    for words in [
        "It is quashed",
        "No ground",
        "By the president",
        "Wrong person",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    Ok(())
}

#[tokio::test]
async fn a_step_without_its_reason_is_refused_at_its_field_and_keeps_what_was_typed()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let id = desk.sentence(suspended()).await?;
    let refused: [(&str, Fields, &str, (&str, &str)); 5] = [
        (
            "quash",
            &[("pronounced_year", "2026")],
            "#f-note",
            ("Year", "2026"),
        ),
        (
            "appeal",
            &[("pronounced_year", "2026")],
            "#f-by",
            ("Year", "2026"),
        ),
        (
            "pardon",
            &[("note", "Kept"), ("pronounced_year", "2031")],
            "#f-pronounced",
            ("Why", "Kept"),
        ),
        (
            "activate",
            &[("part_months", "9"), ("note", "Kept")],
            "#f-part",
            ("Months", "9"),
        ),
        (
            "commute",
            &[("note", "Kept")],
            "#f-disposal",
            ("Why", "Kept"),
        ),
    ];
    for (act, fields, wrong, (label, kept)) in refused {
        let path = format!("/sentences/{id}/{act}");
        let form = desk.get("judge", &path).await?.form();
        let form = fields.iter().fold(form, |form, (n, v)| form.with(n, v));
        let answer = desk.post("judge", &path, &form).await?;
        answer.refuses_at(act, wrong, (label, kept));
    }
    assert_eq!(desk.standing(&id).await?.version, 1);
    Ok(())
}

#[tokio::test]
async fn part_of_a_suspended_term_is_activated_and_custody_recorded_by_itself()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let id = desk.sentence(suspended()).await?;
    let page = desk.get("judge", &format!("/sentences/{id}")).await?;
    assert!(page.link("Record that custody began").is_none());
    let said = acted(
        &desk,
        &at(&id, "activate"),
        &[("part_months", "3"), ("note", "A new theft")],
    )
    .await?;
    for words in [
        "Suspended term activated",
        "record that custody began",
        "3 months",
        "A new theft",
    ] {
        assert!(said.contains(words), "{words} in {said}");
    }
    let found = desk.standing(&id).await?;
    let imposed = found.state.imposed().ok_or("it is imposed")?;
    assert!(imposed.activated.contains_key(&ComponentNo(1)));
    Ok(())
}

#[tokio::test]
async fn a_component_is_commuted_to_something_lighter_and_shown_before_and_after()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let id = desk.sentence(custody()).await?;
    let path = format!("/sentences/{id}/commute");
    let form = desk
        .get("judge", &path)
        .await?
        .form()
        .with("disposal", "custody");
    let asked = desk
        .post("judge", &path, &form.with("note", "Illness"))
        .await?;
    assert_eq!(asked.status, 200, "{}", asked.text());
    let heavier = asked.form().with("term_months", "8");
    let refused = desk.post("judge", &path, &heavier).await?;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.errors()[0].0, "#f-disposal");
    assert_eq!(refused.form().value("term_months"), Some("8"));
    let done = desk
        .sent("judge", &path, &refused.form().with("term_months", "3"))
        .await?;
    let said = done.text();
    assert!(
        said.contains(
            "before: Immediate custody of 6 months → after: Immediate custody of 3 months"
        ),
        "{said}"
    );
    Ok(())
}

#[tokio::test]
async fn a_slip_is_corrected_after_before_and_after_were_seen() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let id = desk.sentence(json!([{"no": 1, "sanction": {"fine": {"amount": {"minor": 25_000, "currency": "EUR"}}}}])).await?;
    let path = format!("/sentences/{id}/correct");
    let form = desk.get("judge", &path).await?.form();
    assert_eq!(form.value("amount"), Some("250"));
    let unchanged = desk
        .post("judge", &path, &form.clone().with("reason", "typing"))
        .await?;
    assert_eq!(unchanged.status, 422);
    assert!(unchanged.errors()[0].1.contains("Nothing is changed"));
    let unreasoned = desk
        .post("judge", &path, &form.clone().with("amount", "205"))
        .await?;
    assert_eq!(unreasoned.errors()[0].0, "#f-reason");
    assert_eq!(unreasoned.field("Amount").as_deref(), Some("205"));
    let review = desk
        .post(
            "judge",
            &path,
            &form.with("amount", "205").with("reason", "typing"),
        )
        .await?;
    assert_eq!(review.status, 200);
    let said = review.text();
    assert!(
        said.contains("before: Fine of 250 EUR → after: Fine of 205 EUR"),
        "{said}"
    );
    assert_eq!(desk.standing(&id).await?.version, 1);
    let done = desk.sent("judge", &path, &review.form()).await?;
    let said = done.text();
    for words in ["Slip corrected", "Typing error", "Fine of 205 EUR"] {
        assert!(said.contains(words), "{words} in {said}");
    }
    Ok(())
}

#[tokio::test]
async fn what_the_form_cannot_show_stays_when_something_else_is_corrected() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let id = desk
        .sentence(
            json!([{"no": 4, "sanction": {"custody": {"term": "P7.4M"}}},
        {"no": 7, "sanction": {"other": {"kind": "banishment", "length": "P2W"}}}]),
        )
        .await?;
    let path = format!("/sentences/{id}/correct");
    let form = desk.get("judge", &path).await?.form();
    let form = form.with("case", "2026/115").with("reason", "typing");
    let review = desk.post("judge", &path, &form).await?;
    let said = review.text();
    assert!(
        said.contains("before: 2026/114 → after: 2026/115"),
        "{said}"
    );
    desk.sent("judge", &path, &review.form()).await?;
    let found = desk.standing(&id).await?;
    let decision = found.state.decision().ok_or("it stands")?;
    let lengths: Vec<String> = decision
        .components()
        .map(|(_, c)| format!("{} {:?}", c.no, c.sanction))
        .collect();
    assert!(
        lengths[0].starts_with("4 ") && lengths[0].contains("Months"),
        "{lengths:?}"
    );
    assert!(
        lengths[1].starts_with("7 ") && lengths[1].contains("banishment"),
        "{lengths:?}"
    );
    Ok(())
}

#[tokio::test]
async fn an_appeal_varies_the_decision_and_a_breach_replaces_it() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let id = desk.sentence(custody()).await?;
    acted(&desk, &at(&id, "appeal"), &[("by", "prosecution")]).await?;
    let path = format!("/sentences/{id}/vary");
    let form = desk
        .get("judge", &path)
        .await?
        .form()
        .with("term_months", "4");
    let form = form
        .with("pronounced_year", "2026")
        .with("pronounced_month", "3");
    // Some day of the month: what has happened is recorded as it is known.
    let review = desk.post("judge", &path, &form).await?;
    let done = desk.sent("judge", &path, &review.form()).await?;
    assert!(done.text().contains("Varied on appeal"), "{}", done.text());

    let path = format!("/sentences/{id}/resentence");
    let form = desk
        .get("judge", &path)
        .await?
        .form()
        .with("disposal", "fine");
    let asked = desk.post("judge", &path, &form).await?;
    let form = asked
        .form()
        .with("amount", "500")
        .with("pronounced_year", "2026");
    let review = desk
        .post("judge", &path, &form.with("pronounced_month", "3"))
        .await?;
    let done = desk.sent("judge", &path, &review.form()).await?;
    assert!(done.text().contains("Sentenced anew"), "{}", done.text());
    let found = desk.standing(&id).await?;
    let decision = found.state.decision().ok_or("it stands")?;
    assert!(matches!(
        decision.counts[0].components[0].sanction,
        Sanction::Fine { .. }
    ));
    Ok(())
}

#[tokio::test]
async fn an_act_is_offered_to_whom_it_is_open_and_only_in_the_present() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let id = desk.sentence(custody()).await?;
    let page = format!("/sentences/{id}");
    let judge = desk.get("judge", &page).await?;
    assert!(
        judge.link("Quash the decision").is_some() && judge.link("Dismiss the appeal").is_none()
    );
    let clerk = desk.get("clerk", &page).await?;
    assert!(clerk.link("Quash the decision").is_none() && clerk.link("Record an appeal").is_some());
    let oversight = desk.get("oversight", &page).await?;
    assert!(oversight.link("Record an appeal").is_none());
    let denied = desk.get("clerk", &format!("{page}/quash")).await?;
    assert_eq!(denied.status, 403);
    acted(&desk, &at(&id, "appeal"), &[("by", "other")]).await?;
    let before = desk.standing(&id).await?.entries[0].index;
    let past = desk.get("judge", &format!("{page}?as_of={before}")).await?;
    assert!(past.text().contains("Past view") && past.link("Quash the decision").is_none());
    assert!(!past.text().contains("Appeal lodged"));
    let form = desk
        .get("judge", &format!("{page}/quash?as_of={before}"))
        .await?;
    assert!(
        !form.html.contains("<form class=\"form\""),
        "{}",
        form.text()
    );
    assert!(form.link("Return to now to change something").is_some());
    Ok(())
}

#[tokio::test]
async fn the_sheet_says_the_decision_its_review_and_its_entry_in_plain_words() -> Result<(), Failure>
{
    let desk = Desk::open().await?;
    let id = desk
        .sentence(
            json!([{"no": 1, "sanction": {"community_order": {"period": "P1Y",
            "requirements": [{"kind": "unpaid-work", "quantity": {"minutes": 6000}}]}}}]),
        )
        .await?;
    let sheet = desk
        .get("judge", &format!("/sentences/{id}/sheet"))
        .await?
        .text();
    for words in [
        "Ashby District Court",
        "Community order",
        "Ana Ash",
        "Unpaid work.",
        "100 h",
        "Midland Court of Appeal",
        "within 28 days",
        "until 2 March 2026",
        "Recorded as entry",
        "For the court",
    ] {
        assert!(sheet.contains(words), "{words} in {sheet}");
    }
    acted(&desk, &at(&id, "quash"), &[("note", "Wrong person")]).await?;
    let sheet = desk
        .get("judge", &format!("/sentences/{id}/sheet"))
        .await?
        .text();
    assert!(sheet.contains("State Quashed"), "{sheet}");
    Ok(())
}
