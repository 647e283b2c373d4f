//! The worklist.

use crate::Failure;
use crate::desk::Desk;

#[tokio::test]
async fn an_older_outcome_that_is_missing_shows_although_a_later_appointment_is_planned()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let case = desk.case("Ana Ash").await?;
    desk.expect(&case.order, "2026-02-16").await?;
    desk.expect(&case.order, "2026-03-09").await?;
    let list = desk.get("probation", "/").await?;
    let said = list.text();
    assert!(said.contains("1 overdue, 1 without an officer."), "{said}");
    assert!(
        said.contains("the outcome is not recorded · 16 February 2026"),
        "{said}"
    );
    let act = list
        .link("Record what happened : Ana Ash")
        .ok_or("the next act is offered")?;
    let form = desk.get("probation", act).await?;
    assert_eq!(
        form.field("Appointment").as_deref(),
        Some("1. 16 February 2026, 09:00, Unpaid work"),
        "the oldest is chosen"
    );
    Ok(())
}

#[tokio::test]
async fn a_day_without_work_names_the_next_due_date() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let case = desk.case("Ana Ash").await?;
    desk.expect(&case.order, "2026-03-09").await?;
    let list = desk.get("probation", "/").await?;
    let said = "No one is due today; the next due date is 9 March 2026.";
    assert!(list.text().contains(said), "{}", list.text());
    Ok(())
}

#[tokio::test]
async fn a_list_that_is_cut_says_how_much_there_is() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let case = desk.case("Ana Ash").await?;
    for day in 10..22 {
        desk.expect(&case.order, &format!("2026-02-{day}")).await?;
    }
    let list = desk.get("probation", "/").await?;
    let said = list.text();
    assert!(
        said.contains("12 overdue") && said.contains("Overdue 12"),
        "{said}"
    );
    let rest = list
        .link("Show all 12, of which 10 are shown")
        .ok_or("the rest is offered")?;
    let all = desk.get("probation", rest).await?;
    assert_eq!(all.html.matches("the outcome is not recorded").count(), 12);
    Ok(())
}

#[tokio::test]
async fn a_past_worklist_keeps_its_moment_and_offers_no_act() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let case = desk.case("Ana Ash").await?;
    desk.expect(&case.order, "2026-02-16").await?;
    let then = desk.last_entry(&case.order).await?;
    desk.attend(&case.order, 1, "complied").await?;
    let now = desk.get("probation", "/").await?;
    assert!(!now.text().contains("overdue"), "{}", now.text());
    let past = desk.get("probation", &format!("/?as_of={then}")).await?;
    assert!(past.text().contains("1 overdue"), "{}", past.text());
    let link = past.link("Ana Ash").ok_or("she is listed")?;
    assert!(link.ends_with(&format!("?as_of={then}")), "{link}");
    assert_eq!(past.link("Record what happened : Ana Ash"), None);
    Ok(())
}

#[tokio::test]
async fn an_appointment_of_an_order_that_was_transferred_waits_in_the_other_office()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let case = desk.case("Ana Ash").await?;
    desk.expect(&case.order, "2026-03-02").await?;
    let fields = [("office", "calder-probation")];
    desk.sent(
        "probation",
        &format!("/orders/{}/transfer", case.order),
        &fields,
    )
    .await?;
    let list = desk.get("probation", "/").await?;
    assert!(!list.text().contains("1 due today"), "{}", list.text());
    Ok(())
}
