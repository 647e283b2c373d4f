//! One order and every step on it.

use domain::order::Order;
use serde_json::json;

use crate::Failure;
use crate::desk::Desk;

type Fields = &'static [(&'static str, &'static str)];
/// Who, which step, what is typed, the field that is wrong, and a label with what must still stand under it.
type Refused = (
    &'static str,
    &'static str,
    Fields,
    &'static str,
    (&'static str, &'static str),
);
/// A step, what is typed, and what its confirmation says.
type Taken = (
    &'static str,
    Vec<(&'static str, &'static str)>,
    &'static str,
);

const REFUSED: [Refused; 12] = [
    (
        "probation",
        "attend",
        &[("meeting", "1"), ("outcome", "complied"), ("hours", "six")],
        "#f-hours",
        ("Hours credited", "six"),
    ),
    (
        "probation",
        "attend",
        &[
            ("meeting", "1"),
            ("outcome", "absent-medical"),
            ("hours", "6"),
        ],
        "#f-hours",
        ("What came of it", "Absent, medical"),
    ),
    (
        "probation",
        "attend-unscheduled",
        &[
            ("requirement", "1"),
            ("outcome", "complied"),
            ("on_year", "2026"),
        ],
        "#f-hours",
        ("Year", "2026"),
    ),
    (
        "probation",
        "schedule",
        &[
            ("requirement", "1"),
            ("on_day", "9"),
            ("on_month", "3"),
            ("on_year", "2026"),
            ("at", "9 o'clock"),
            ("enforceable", "yes"),
        ],
        "#f-at",
        ("Time", "9 o'clock"),
    ),
    (
        "probation",
        "credit",
        &[
            ("requirement", "1"),
            ("hours", "200"),
            ("reason", "travel"),
            ("note", "By bus"),
        ],
        "#f-hours",
        ("In words", "By bus"),
    ),
    (
        "probation",
        "reverse",
        &[
            ("requirement", "1"),
            ("hours", "2"),
            ("reason", "correction"),
        ],
        "#f-hours",
        ("Hours", "2"),
    ),
    (
        "probation",
        "warn",
        &[("kind", "first"), ("note", "Come in time")],
        "",
        ("What it says", "Come in time"),
    ),
    (
        "probation",
        "allege",
        &[("statement", "Twice absent")],
        "#f-requirement",
        ("What is put before the court", "Twice absent"),
    ),
    (
        "probation",
        "complete",
        &[],
        "#f-reason",
        ("Why it counts as complete", "Choose"),
    ),
    (
        "judge",
        "add",
        &[("kind", "unpaid-work"), ("hours", "1")],
        "#f-hours",
        ("Hours", "1"),
    ),
    (
        "judge",
        "vary",
        &[("requirement", "1"), ("hours", "40"), ("months", "many")],
        "#f-months",
        ("Length in months", "many"),
    ),
    (
        "judge",
        "revoke",
        &[("note", "It no longer works")],
        "#f-reason",
        ("Reasons in words", "It no longer works"),
    ),
];

#[tokio::test]
async fn every_refused_step_says_what_is_wrong_at_its_field_and_keeps_what_was_typed()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let case = desk.case("Ana Ash").await?;
    desk.expect(&case.order, "2026-03-02").await?;
    for (by, act, fields, wrong, (label, kept)) in REFUSED {
        // The unscheduled attendance is refused by a rule on the hours, the others before that.
        let extra: Fields = if act == "attend-unscheduled" {
            &[("hours", "11"), ("enforceable", "yes")]
        } else {
            &[]
        };
        let fields = [fields, extra].concat();
        let path = format!("/orders/{}/{act}", case.order);
        let answer = desk.post(by, &path, &fields).await?;
        assert_eq!(answer.errors().len(), 1, "{act}: {:?}", answer.errors());
        assert!(answer.html.contains("<title>Error: "), "{act}");
        answer.refuses_at(act, wrong, (label, kept));
    }
    assert_eq!(
        desk.order(&case.order).await?.version,
        2,
        "a refused step records nothing"
    );
    Ok(())
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one row for each step")]
async fn every_step_of_the_office_ends_in_its_confirmation() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let case = desk.case("Ana Ash").await?;
    desk.expect(&case.order, "2026-03-02").await?;
    let day: Fields = &[("on_day", "27"), ("on_month", "2"), ("on_year", "2026")];
    let next: Fields = &[("on_day", "9"), ("on_month", "3"), ("on_year", "2026")];
    let steps: [Taken; 10] = [
        (
            "attend",
            vec![
                ("meeting", "1"),
                ("outcome", "absent-unacceptable"),
                ("note", "Nobody at home"),
            ],
            "Attendance recorded",
        ),
        (
            "attend-unscheduled",
            [
                day,
                &[
                    ("requirement", "1"),
                    ("outcome", "complied"),
                    ("hours", "6"),
                    ("enforceable", "no"),
                ],
            ]
            .concat(),
            "With it: hours credited",
        ),
        (
            "schedule",
            [
                next,
                &[
                    ("requirement", "1"),
                    ("at", "09:30"),
                    ("enforceable", "yes"),
                ],
            ]
            .concat(),
            "Appointment scheduled",
        ),
        (
            "credit",
            vec![
                ("requirement", "1"),
                ("hours", "0:30"),
                ("reason", "travel"),
            ],
            "Hours credited",
        ),
        (
            "reverse",
            vec![
                ("requirement", "1"),
                ("hours", "0:30"),
                ("reason", "correction"),
            ],
            "Hours reversed",
        ),
        (
            "warn",
            vec![("appointments", "1"), ("kind", "first")],
            "Warning issued",
        ),
        (
            "allege",
            vec![
                ("appointments", "1"),
                ("statement", "It is the second time"),
            ],
            "Breach alleged",
        ),
        (
            "withdraw",
            vec![("warning", "1"), ("reason", "entered-wrongly")],
            "Warning withdrawn",
        ),
        (
            "transfer",
            vec![("office", "calder-probation")],
            "Transferred",
        ),
        ("complete", vec![("reason", "left-country")], "Completed"),
    ];
    for (act, fields, title) in steps {
        let path = format!("/orders/{}/{act}", case.order);
        let page = desk.sent("probation", &path, &fields).await?;
        let said = page.text();
        assert_eq!(page.status, 200, "{act}");
        for words in [title, "Reference", "Recorded as entry"] {
            assert!(said.contains(words), "{act}: {words} in {said}");
        }
    }
    let page = desk
        .get("probation", &format!("/orders/{}", case.order))
        .await?;
    assert!(
        page.text().contains("Nobody at home"),
        "the note is read where it was made"
    );
    assert!(
        !page.text().contains("Reference"),
        "a confirmation is shown once"
    );
    Ok(())
}

#[tokio::test]
async fn a_court_hears_a_breach_and_an_office_may_not() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let case = desk.case("Ana Ash").await?;
    desk.expect(&case.order, "2026-02-16").await?;
    desk.attend(&case.order, 1, "absent-unacceptable").await?;
    let allege = json!({"allege_breach": {
        "appointments": [1], "alleged": "2026-02-25", "statement": "He did not come.",
        "explained": {"value": {"on": "2026-02-03", "form": "oral_and_written"}}
    }});
    desk.tell::<Order>("probation", &case.order, allege).await?;
    desk.settle().await?;

    let listed = desk.get("judge", "/orders?waits=yes").await?;
    assert!(listed.link("Ana Ash").is_some(), "{}", listed.text());
    let order = format!("/orders/{}", case.order);
    let page = desk.get("judge", &order).await?;
    let prove = page
        .link("Find a breach proven")
        .ok_or("the judge may decide")?;
    let form = desk.get("judge", prove).await?;
    for words in [
        "16 February 2026, 09:00: Absent, no acceptable reason",
        "Orally and in writing, 3 February 2026",
    ] {
        assert!(form.text().contains(words), "{words} in {}", form.text());
    }
    let path = format!("{order}/prove");
    assert_eq!(desk.get("probation", &path).await?.status, 403);
    let heard = [
        ("breach", "1"),
        ("officer_account", "given"),
        ("responses", "warning"),
    ];
    let refused = desk.post("judge", &path, &heard).await?;
    assert_eq!(
        (refused.status, refused.errors()[0].0.as_str()),
        (422, "#f-person-account")
    );
    let heard = [
        &heard[..],
        &[("person_account", "given"), ("note", "A first failure.")],
    ]
    .concat();
    let done = desk.sent("judge", &path, &heard).await?;
    assert!(done.text().contains("Breach proven"), "{}", done.text());
    assert!(
        done.text().contains("Warning by the court"),
        "{}",
        done.text()
    );
    let clerk = desk.get("clerk", &order).await?;
    assert!(
        !clerk.text().contains("What can be done"),
        "{}",
        clerk.text()
    );
    Ok(())
}

#[tokio::test]
async fn a_past_order_shows_what_was_known_and_asks_nothing() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let case = desk.case("Ana Ash").await?;
    desk.expect(&case.order, "2026-02-16").await?;
    let then = desk.last_entry(&case.order).await?;
    desk.attend(&case.order, 1, "complied").await?;
    let past = desk
        .get("probation", &format!("/orders/{}?as_of={then}", case.order))
        .await?;
    let said = past.text();
    assert!(
        said.contains("Past view") && said.contains("Not recorded"),
        "{said}"
    );
    assert!(
        !said.contains("What can be done") && !past.html.contains("method=\"post\""),
        "{said}"
    );
    let form = desk
        .get(
            "probation",
            &format!("/orders/{}/attend?as_of={then}", case.order),
        )
        .await?;
    assert!(
        form.text().contains("Return to now to change something"),
        "{}",
        form.text()
    );
    Ok(())
}

#[tokio::test]
async fn a_form_that_is_sent_twice_is_recorded_once() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let case = desk.case("Ana Ash").await?;
    let path = format!("/orders/{}/credit", case.order);
    let form = desk.get("probation", &path).await?;
    let key = form.hidden("idempotency_key").ok_or("the form has a key")?;
    let fields = [
        ("requirement", "1"),
        ("hours", "2"),
        ("reason", "travel"),
        ("idempotency_key", key),
    ];
    let first = desk.post("probation", &path, &fields).await?;
    let second = desk.post("probation", &path, &fields).await?;
    assert_eq!((first.status, second.status), (303, 303));
    assert_eq!(first.location, second.location);
    let other = [
        ("requirement", "1"),
        ("hours", "3"),
        ("reason", "travel"),
        ("idempotency_key", key),
    ];
    let third = desk.post("probation", &path, &other).await?;
    assert_eq!(third.status, 422);
    assert_eq!(third.field("Hours").as_deref(), Some("3"));
    assert_eq!(desk.order(&case.order).await?.version, 2);
    Ok(())
}

#[tokio::test]
async fn a_step_is_checked_without_being_recorded() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let case = desk.case("Ana Ash").await?;
    desk.expect(&case.order, "2026-03-02").await?;
    let attend = format!("/orders/{}/attend", case.order);
    let before = desk.last_entry(&case.order).await?;
    let form = desk.get("probation", &attend).await?.form();
    let form = form
        .with("meeting", "1")
        .with("outcome", "absent-unacceptable")
        .with("note", "Nobody at home");
    let checked = desk
        .post("probation", &attend, &form.clone().also("act", "check"))
        .await?;
    assert_eq!(checked.status, 200, "{}", checked.text());
    let said = checked.text();
    assert!(said.contains("no rule stands in the way"), "{said}");
    assert_eq!(desk.last_entry(&case.order).await?, before);
    let wrong = form
        .clone()
        .with("outcome", "absent-medical")
        .with("hours", "6");
    let wrong = desk
        .post("probation", &attend, &wrong.also("act", "check"))
        .await?;
    assert_eq!(wrong.status, 422, "{}", wrong.text());
    assert_eq!(desk.last_entry(&case.order).await?, before);
    desk.sent("probation", &attend, &form).await?;
    assert!(desk.last_entry(&case.order).await? > before);
    Ok(())
}
