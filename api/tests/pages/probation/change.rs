//! Changing an outcome.

use domain::order::{BreachStep, Order};
use serde_json::json;

use super::case::Case;
use crate::Failure;
use crate::desk::Desk;

/// Somebody who failed twice, was warned for both failures and is alleged to be in breach of the second.
async fn in_breach(desk: &Desk) -> Result<Case, Failure> {
    let case = desk.case("Ana Ash").await?;
    for (no, day) in [(1, "2026-02-16"), (2, "2026-02-23")] {
        desk.expect(&case.order, day).await?;
        desk.attend(&case.order, no, "absent-unacceptable").await?;
    }
    let warn = |appointments: &[u16], kind: &str| json!({"issue_warning": {"appointments": appointments, "kind": kind, "done": "2026-02-24"}});
    desk.tell::<Order>("probation", &case.order, warn(&[1, 2], "first"))
        .await?;
    desk.tell::<Order>("probation", &case.order, warn(&[2], "second"))
        .await?;
    let allege = json!({"allege_breach": {"appointments": [2], "alleged": "2026-02-25"}});
    desk.tell::<Order>("probation", &case.order, allege).await?;
    desk.settle().await?;
    Ok(case)
}

#[tokio::test]
#[expect(
    clippy::too_many_lines,
    reason = "one story, from the outcome to the record"
)]
async fn changing_an_outcome_shows_all_that_it_touches_and_asks_one_reason() -> Result<(), Failure>
{
    let desk = Desk::open().await?;
    let case = in_breach(&desk).await?;
    let path = format!("/orders/{}/attendance/2", case.order);
    let form = desk.get("probation", &path).await?;
    assert_eq!(
        form.field("What really happened").as_deref(),
        Some("Absent, no acceptable reason")
    );

    let becomes = [("outcome", "complied"), ("hours", "6")];
    let shown = desk.post("probation", &path, &becomes).await?;
    let said = shown.text();
    assert_eq!(shown.status, 200, "{said}");
    for words in [
        "before: Absent, no acceptable reason → after: Came and complied",
        "before: nothing → after: 6 h",
        "before: 0 h of 100 h → after: 6 h of 100 h",
        "before: 2 in 12 months → after: 1 in 12 months",
        "Warning 1 before: stands → after: stands without this appointment: it rests on another failure too",
        "Warning 2 before: stands → after: withdrawn",
        "Breach 1 before: alleged → after: withdrawn",
    ] {
        assert!(said.contains(words), "{words} in {said}");
    }
    let version = shown
        .hidden("version")
        .ok_or("the form names its version")?
        .to_owned();
    let mut fields = becomes.to_vec();
    fields.extend([
        ("seen", "yes"),
        ("version", &version),
        ("note", "A doctor's letter"),
    ]);
    let asked = desk.post("probation", &path, &fields).await?;
    assert_eq!(asked.status, 422);
    assert_eq!(asked.errors()[0].1, "Choose one reason");
    assert_eq!(
        asked.field("In words").as_deref(),
        Some("A doctor's letter")
    );

    fields.push(("reason", "evidence-accepted"));
    let done = desk.sent("probation", &path, &fields).await?;
    let said = done.text();
    for words in [
        "Attendance corrected",
        "Recorded as entry",
        "warning withdrawn",
        "1 of the 2 failures within 12 months",
    ] {
        assert!(said.contains(words), "{words} in {said}");
    }
    assert!(said.contains("A doctor's letter"), "{said}");
    let found = desk.order(&case.order).await?;
    let made = found.state.made().ok_or("the order is made")?;
    assert_eq!(made.open_warnings().count(), 1);
    assert!(
        made.breaches
            .values()
            .all(|b| matches!(b.step, BreachStep::NotProven { .. }))
    );
    Ok(())
}

#[tokio::test]
async fn a_change_that_was_looked_at_before_another_is_shown_again() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let case = in_breach(&desk).await?;
    let path = format!("/orders/{}/attendance/1", case.order);
    let before = desk.order(&case.order).await?.version.to_string();
    desk.expect(&case.order, "2026-03-09").await?;
    let fields = [
        ("outcome", "absent-medical"),
        ("seen", "yes"),
        ("version", before.as_str()),
        ("reason", "evidence-accepted"),
    ];
    let again = desk.post("probation", &path, &fields).await?;
    assert_eq!(again.status, 422);
    assert!(
        again.errors()[0].1.contains("changed since you looked"),
        "{:?}",
        again.errors()
    );
    assert_ne!(again.hidden("version"), Some(before.as_str()));
    Ok(())
}

#[tokio::test]
async fn a_change_that_changes_nothing_is_said_before_anything_is_asked() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let case = in_breach(&desk).await?;
    let path = format!("/orders/{}/attendance/1", case.order);
    let same = [("outcome", "absent-unacceptable"), ("enforceable", "yes")];
    let answer = desk.post("probation", &path, &same).await?;
    assert_eq!(answer.status, 422);
    assert_eq!(answer.errors()[0].0, "#f-outcome");
    Ok(())
}

#[tokio::test]
async fn a_contact_is_corrected_with_its_reason() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let case = desk.case("Ana Ash").await?;
    let page = format!("/supervisions/{}", case.supervision);
    let contact = [
        ("kind", "telephone"),
        ("outcome", "missed"),
        ("enforceable", "yes"),
    ];
    desk.sent("probation", &format!("{page}/contact"), &contact)
        .await?;
    let path = format!("{page}/contact/1");
    let form = desk.get("probation", &path).await?;
    let standing = [
        ("kind", "telephone"),
        ("outcome", "completed"),
        ("enforceable", "yes"),
    ];
    assert_eq!(form.field("How").as_deref(), Some("telephone"));
    let asked = desk.post("probation", &path, &standing).await?;
    assert_eq!(
        (asked.status, asked.errors()[0].0.as_str()),
        (422, "#f-reason")
    );
    let mut fields = standing.to_vec();
    fields.push(("reason", "entered-wrongly"));
    let done = desk.sent("probation", &path, &fields).await?;
    assert!(done.text().contains("Contact corrected"), "{}", done.text());
    assert!(done.text().contains("Took place"), "{}", done.text());
    Ok(())
}
