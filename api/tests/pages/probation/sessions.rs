//! The session sheet.

use domain::order::OrderEvent;
use domain::record::AnyEvent;
use domain::values::Quantity;

use super::case::Case;
use crate::Failure;
use crate::desk::Desk;
use crate::html::Answer;

const TODAY: &str = "2026-03-02";
const SHEET: &str = "/sessions/sheet?day=2026-03-02&kind=unpaid-work&place=workshop";

/// Three people who are due today.
async fn group(desk: &Desk) -> Result<Vec<Case>, Failure> {
    let mut cases = Vec::new();
    for name in ["Ana Ash", "Bo Birch", "Cy Cole"] {
        let case = desk.case(name).await?;
        desk.expect(&case.order, TODAY).await?;
        cases.push(case);
    }
    Ok(cases)
}

/// A form with a row for each person.
fn rows(cases: &[Case], said: &[(&str, &str)]) -> Vec<(String, String)> {
    let own = |name: String, value: &str| (name, value.to_owned());
    let rows = cases.iter().zip(said).flat_map(|(case, (outcome, hours))| {
        let row = format!("{}-1", case.order);
        [
            own("row".to_owned(), &row),
            own(format!("outcome-{row}"), outcome),
            own(format!("amount-{row}"), hours),
        ]
    });
    rows.chain([own("idempotency_key".to_owned(), "key-of-the-form")])
        .collect()
}

async fn send(desk: &Desk, fields: &[(String, String)]) -> Result<Answer, Failure> {
    let fields: Vec<_> = fields
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    desk.post("probation", SHEET, &fields).await
}

async fn attendances(desk: &Desk, order: &str) -> Result<usize, Failure> {
    let entries = desk.order(order).await?.entries;
    let recorded = |event: &AnyEvent| {
        matches!(
            event,
            AnyEvent::Order(OrderEvent::AttendanceRecorded { .. })
        )
    };
    Ok(entries
        .iter()
        .filter(|entry| recorded(&entry.event))
        .count())
}

async fn credited(desk: &Desk, order: &str) -> Result<Option<Quantity>, Failure> {
    let found = desk.order(order).await?;
    let made = found.state.made().ok_or("the order is made")?;
    Ok(made.appointments.values().next().and_then(|a| a.credited))
}

#[tokio::test]
async fn a_whole_group_is_recorded_in_one_go_and_each_row_is_reported() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let cases = group(&desk).await?;
    let groups = desk.get("probation", "/sessions").await?;
    assert!(
        groups.text().contains("3 of 3 to record"),
        "{}",
        groups.text()
    );
    let link = groups
        .link("Unpaid work, workshop")
        .ok_or("the group is listed")?;
    let sheet = desk.get("probation", &link.replace("&#38;", "&")).await?;
    assert_eq!(
        sheet.field("What came of it, Bo Birch").as_deref(),
        Some("Choose")
    );

    let mut fields = rows(
        &cases,
        &[
            ("complied", ""),
            ("complied", "4"),
            ("absent-unacceptable", ""),
        ],
    );
    fields.push(("amount".to_owned(), "6.5".to_owned()));
    let answer = send(&desk, &fields).await?;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let after = desk
        .get("probation", &answer.location.unwrap_or_default())
        .await?;
    let said = after.text();
    for words in [
        "3 outcomes are recorded",
        "One failure counts.",
        "every outcome is recorded",
        "Recorded as entry",
        "Came and complied",
        "6 h 30 min",
    ] {
        assert!(said.contains(words), "{words} in {said}");
    }
    assert!(after.link("Issue a warning: Cy Cole").is_some(), "{said}");
    assert_eq!(
        credited(&desk, &cases[0].order).await?,
        Some(Quantity::Minutes(390))
    );
    assert_eq!(
        credited(&desk, &cases[1].order).await?,
        Some(Quantity::Minutes(240))
    );
    assert_eq!(credited(&desk, &cases[2].order).await?, None);
    Ok(())
}

#[tokio::test]
async fn a_refused_row_keeps_what_was_typed_while_the_others_are_recorded() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let cases = group(&desk).await?;
    let fields = rows(
        &cases,
        &[
            ("complied", "6"),
            ("complied", "11"),
            ("absent-medical", ""),
        ],
    );
    let answer = send(&desk, &fields).await?;
    assert_eq!(answer.status, 422);
    let said = answer.text();
    assert!(said.contains("2 outcomes were recorded."), "{said}");
    let [(href, error)] = answer.errors().try_into().map_err(|e| format!("{e:?}"))?;
    assert!(
        error.starts_with("Bo Birch: 11 h is more than the 10 h"),
        "{error}"
    );
    assert!(
        answer
            .html
            .contains(&format!("id=\"{}\"", href.trim_start_matches('#')))
    );
    assert_eq!(answer.field("Hours, Bo Birch").as_deref(), Some("11"));
    assert_eq!(
        answer.field("What came of it, Bo Birch").as_deref(),
        Some("Came and complied")
    );
    assert_eq!(answer.field("What came of it, Ana Ash"), None);
    assert_eq!(
        credited(&desk, &cases[0].order).await?,
        Some(Quantity::Minutes(360))
    );
    assert_eq!(attendances(&desk, &cases[1].order).await?, 0);

    // Put right, the row alone is recorded.
    let again = rows(&cases[1..2], &[("complied", "10")]);
    assert_eq!(send(&desk, &again).await?.status, 303);
    assert_eq!(
        credited(&desk, &cases[1].order).await?,
        Some(Quantity::Minutes(600))
    );
    Ok(())
}

#[tokio::test]
async fn a_session_that_is_sent_again_records_nothing_twice() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let cases = group(&desk).await?;
    let fields = rows(
        &cases,
        &[("complied", "6"), ("absent-family", ""), ("complied", "6")],
    );
    let first = send(&desk, &fields).await?;
    let second = send(&desk, &fields).await?;
    assert_eq!((first.status, second.status), (303, 303));
    assert_eq!(first.location, second.location);
    for case in &cases {
        assert_eq!(attendances(&desk, &case.order).await?, 1);
    }
    // Another outcome under the same form is no second record either.
    let other = rows(&cases[..1], &[("absent-family", "")]);
    let answer = send(&desk, &other).await?;
    assert_eq!(answer.status, 422);
    assert!(
        answer.text().contains("recorded before, and stands"),
        "{}",
        answer.text()
    );
    assert_eq!(attendances(&desk, &cases[0].order).await?, 1);
    Ok(())
}

#[tokio::test]
async fn a_row_of_somebody_who_came_asks_for_the_hours() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let cases = group(&desk).await?;
    let answer = send(&desk, &rows(&cases[..1], &[("complied", "")])).await?;
    let errors = answer.errors();
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(errors[0].1.contains("enter the hours, or 0"), "{errors:?}");
    assert_eq!(attendances(&desk, &cases[0].order).await?, 0);
    // A nought that somebody wrote is an answer.
    let nought = send(&desk, &rows(&cases[..1], &[("complied", "0")])).await?;
    assert_eq!(nought.status, 303, "{}", nought.text());
    assert_eq!(credited(&desk, &cases[0].order).await?, None);
    Ok(())
}

#[tokio::test]
async fn an_empty_sheet_is_asked_for_one_outcome() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let cases = group(&desk).await?;
    let answer = send(&desk, &rows(&cases, &[("", ""), ("", ""), ("", "")])).await?;
    assert_eq!(answer.status, 422);
    assert!(
        answer.errors()[0].1.contains("at least one person"),
        "{:?}",
        answer.errors()
    );
    Ok(())
}

#[tokio::test]
async fn a_day_that_has_not_come_lists_who_is_expected_and_asks_nothing() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let case = desk.case("Ana Ash").await?;
    desk.expect(&case.order, "2026-03-09").await?;
    let path = "/sessions/sheet?day=2026-03-09&kind=unpaid-work&place=workshop";
    let sheet = desk.get("probation", path).await?;
    assert!(
        sheet.text().contains("Ana Ash") && !sheet.html.contains("<select"),
        "{}",
        sheet.text()
    );
    let wrong = desk.get("probation", "/sessions?day=tomorrow").await?;
    assert_eq!(wrong.status, 400);
    assert!(
        wrong.text().contains("write it as 2026-03-05"),
        "{}",
        wrong.text()
    );
    Ok(())
}

#[tokio::test]
async fn half_an_hour_is_credited_as_people_write_it() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let cases = group(&desk).await?;
    let fields = rows(
        &cases,
        &[
            ("complied", "6:30"),
            ("complied", "6,5"),
            ("complied", "6:75"),
        ],
    );
    let answer = send(&desk, &fields).await?;
    assert_eq!(answer.status, 422);
    let errors = answer.errors();
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(errors[0].1.contains("write 6, 6.5 or 6:30"), "{errors:?}");
    for case in &cases[..2] {
        assert_eq!(
            credited(&desk, &case.order).await?,
            Some(Quantity::Minutes(390))
        );
    }
    Ok(())
}
