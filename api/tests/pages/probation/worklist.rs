//! The worklist.

use domain::person::Person;
use serde_json::json;

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

#[tokio::test]
async fn an_absence_waits_for_its_evidence_until_its_deadline_and_a_day_of_it_is_named()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let case = desk.case("Ana Ash").await?;
    desk.expect(&case.order, "2026-02-20").await?;
    desk.expect(&case.order, "2026-02-26").await?;
    desk.attend(&case.order, 1, "awaiting-evidence").await?;
    desk.attend(&case.order, 2, "awaiting-evidence").await?;
    let list = desk.get("probation", "/").await?;
    let said = list.text();
    assert!(said.contains("2 absent, evidence awaited"), "{said}");
    // Five working days after Friday 20 February, and after Thursday 26 February.
    let past = "absent on 20 February 2026; evidence of an acceptable reason was due by · 27 February 2026";
    assert!(said.contains(past), "{said}");
    let due =
        "absent on 26 February 2026; evidence of an acceptable reason is due by · 5 March 2026";
    assert!(said.contains(due), "{said}");
    let told = desk.get("probation", "/v1/worklists/office").await?.html;
    let told: serde_json::Value = serde_json::from_str(&told)?;
    assert_eq!(told["unverified"]["of"], 2, "{told}");
    assert_eq!(
        told["unverified"]["rows"][1]["evidence_until"],
        "2026-03-05"
    );
    let link = "Record what was found : Ana Ash";
    let act = list.link(link).ok_or("the next act is offered")?;
    assert!(act.ends_with("/attendance/1"), "{act}");
    Ok(())
}

#[tokio::test]
async fn what_ends_this_month_is_a_group_of_its_own() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let quiet = desk.case("Tam Bramley").await?;
    let case = desk.case_of("Ana Ash", "P1M20D").await?;
    let list = desk.get("probation", "/").await?;
    let said = list.text();
    assert!(said.contains("2 ending this month"), "{said}");
    assert!(
        said.contains("Orders that end this month 1 Ana Ash"),
        "{said}"
    );
    assert!(
        said.contains("Supervisions that end this month 1 Ana Ash"),
        "{said}"
    );
    let told = desk.get("probation", "/v1/worklists/office").await?.html;
    let told: serde_json::Value = serde_json::from_str(&told)?;
    assert_eq!(told["orders_ending"]["rows"][0]["id"], case.order, "{told}");
    assert_eq!(told["ending"]["of"], 1, "{told}");
    assert_ne!(quiet.order, case.order);
    Ok(())
}

#[tokio::test]
async fn what_is_contested_says_so_in_every_list_of_an_office_until_it_is_settled()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let case = desk.case("Ana Ash").await?;
    desk.expect(&case.order, "2026-02-16").await?;
    let found = desk.order(&case.order).await?;
    let made = found.state.made().ok_or("it was made")?;
    let person = made.person.to_string();
    let pages = [
        "/".to_owned(),
        "/orders".to_owned(),
        format!("/orders/{}", case.order),
        "/sessions/sheet?day=2026-02-16&kind=unpaid-work&place=workshop".to_owned(),
    ];
    let shows = async |word: bool| -> Result<(), Failure> {
        for page in &pages {
            let said = desk.get("probation", page).await?.text();
            assert_eq!(said.contains("Contested"), word, "{page}: {said}");
        }
        let register = desk.get("judge", "/sentences").await?.text();
        assert_eq!(register.contains("Contested"), word, "{register}");
        for list in [
            "/v1/sentences",
            "/v1/orders",
            "/v1/supervisions",
            "/v1/worklists/office",
        ] {
            let told = desk.get("probation", list).await?.html;
            let told: serde_json::Value = serde_json::from_str(&told)?;
            let contesting = if word { vec![person.as_str()] } else { vec![] };
            assert_eq!(told["contested"], json!(contesting), "{list}: {told}");
        }
        let form = desk.get("judge", "/persons").await?.form();
        let form = form.with("who", "Ana Ash");
        let found = desk.post("judge", "/persons", &form).await?.text();
        assert_eq!(found.contains("Contested"), word, "{found}");
        Ok(())
    };
    shows(false).await?;
    for subject in ["order", "identity"] {
        let contest = json!({"contest_data": {"subject": subject}});
        desk.tell::<Person>("judge", &person, contest).await?;
    }
    desk.settle().await?;
    shows(true).await?;
    for subject in ["order", "identity"] {
        let settle = json!({"settle_contest": {"subject": subject, "outcome": "corrected"}});
        desk.tell::<Person>("judge", &person, settle).await?;
    }
    desk.settle().await?;
    shows(false).await
}
