//! One supervision, every step on it, and the caseload.

use domain::supervision::Supervision;
use serde_json::json;

use crate::Failure;
use crate::desk::Desk;

type Fields = &'static [(&'static str, &'static str)];

/// A step, what is typed, the field that is wrong, and the label under which something typed must still stand.
const REFUSED: [(&str, Fields, &str, (&str, &str)); 9] = [
    (
        "contact",
        &[("kind", "in_person"), ("note", "Came early")],
        "#f-outcome",
        ("In words", "Came early"),
    ),
    (
        "contact",
        &[
            ("kind", "in_person"),
            ("outcome", "completed"),
            ("enforceable", "yes"),
            ("on_day", "9"),
            ("on_month", "9"),
            ("on_year", "2027"),
        ],
        "#f-on",
        ("Year", "2027"),
    ),
    (
        "assign",
        &[("officer", "officer 7"), ("office", "ashby-probation")],
        "#f-officer",
        ("Officer", "officer 7"),
    ),
    (
        "assess",
        &[
            ("instrument", "midland-needs"),
            ("instrument_version", "2"),
            ("on_year", "2026"),
            ("by", "officer-1"),
            ("completeness", "complete"),
            ("summary", "Housing"),
        ],
        "#f-level",
        ("Summary in words", "Housing"),
    ),
    ("plan", &[], "#f-goals", ("Goals agreed", "")),
    ("level", &[("level", "low")], "#f-reason", ("Level", "Low")),
    (
        "recall",
        &[("note", "Out of contact")],
        "#f-grounds",
        ("Why, in words", "Out of contact"),
    ),
    (
        "recall",
        &[("grounds", "residence")],
        "#f-alternatives-tried",
        ("Grounds", "residence"),
    ),
    (
        "end",
        &[("note", "All done")],
        "#f-reason",
        ("In words", "All done"),
    ),
];

#[tokio::test]
async fn every_refused_step_says_what_is_wrong_at_its_field_and_keeps_what_was_typed()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let case = desk.case("Ana Ash").await?;
    let before = desk.supervision(&case.supervision).await?.version;
    for (act, fields, wrong, (label, kept)) in REFUSED {
        let path = format!("/supervisions/{}/{act}", case.supervision);
        let answer = desk.post("probation", &path, fields).await?;
        assert_eq!(answer.errors().len(), 1, "{act}: {:?}", answer.errors());
        answer.refuses_at(act, wrong, (label, kept));
    }
    assert_eq!(desk.supervision(&case.supervision).await?.version, before);
    Ok(())
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one row for each step")]
async fn every_step_of_the_office_ends_in_its_confirmation() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let case = desk.case("Ana Ash").await?;
    let assessed: Fields = &[
        ("instrument", "midland-needs"),
        ("instrument_version", "2"),
        ("on_day", "16"),
        ("on_month", "2"),
        ("on_year", "2026"),
        ("by", "officer-1"),
        ("completeness", "complete"),
        ("level", "medium"),
        ("needs", "housing"),
    ];
    let steps: [(&str, Fields, &str); 14] = [
        (
            "assign",
            &[("officer", "officer-7"), ("office", "ashby-probation")],
            "Officer assigned",
        ),
        ("assess", assessed, "Needs assessed"),
        (
            "plan",
            &[("goals", "Keep the home"), ("assessment", "1")],
            "Plan agreed",
        ),
        (
            "contact",
            &[
                ("kind", "home_visit"),
                ("outcome", "missed"),
                ("enforceable", "yes"),
            ],
            "Contact recorded",
        ),
        (
            "review",
            &[
                ("next_review_day", "1"),
                ("next_review_month", "6"),
                ("next_review_year", "2026"),
            ],
            "Review held",
        ),
        (
            "level",
            &[("level", "high"), ("reason", "missed-contacts")],
            "Level changed",
        ),
        (
            "refer",
            &[("programme", "work-readiness")],
            "Programme referred",
        ),
        (
            "start-programme",
            &[("programme", "1")],
            "Programme started",
        ),
        (
            "complete-programme",
            &[("programme", "1")],
            "Programme completed",
        ),
        ("refer", &[("programme", "parenting")], "Programme referred"),
        (
            "end-programme",
            &[("programme", "2"), ("reason", "moved")],
            "Programme ended",
        ),
        (
            "violation",
            &[
                ("kind", "no-contact"),
                ("on_day", "1"),
                ("on_month", "3"),
                ("on_year", "2026"),
            ],
            "Violation recorded",
        ),
        (
            "recall",
            &[
                ("grounds", "out-of-contact"),
                ("alternatives_tried", "warning-letter"),
            ],
            "Recall requested",
        ),
        ("transfer", &[("office", "elmet-probation")], "Transferred"),
    ];
    for (act, fields, title) in steps {
        let path = format!("/supervisions/{}/{act}", case.supervision);
        let page = desk.sent("probation", &path, fields).await?;
        let said = page.text();
        for words in [title, "Reference", "Recorded as entry"] {
            assert!(said.contains(words), "{act}: {words} in {said}");
        }
    }
    let path = format!("/supervisions/{}/decide-recall", case.supervision);
    assert_eq!(desk.get("probation", &path).await?.status, 403);
    let decided = [
        ("recall", "1"),
        ("outcome", "refused"),
        ("reasons", "Contact was taken up again"),
    ];
    let done = desk.sent("judge", &path, &decided).await?;
    assert!(done.text().contains("Recall decided"), "{}", done.text());
    let path = format!("/supervisions/{}/end", case.supervision);
    let ended = desk
        .sent("probation", &path, &[("reason", "completed")])
        .await?;
    assert!(
        ended.text().contains("The supervision is ended"),
        "{}",
        ended.text()
    );
    assert!(
        ended.text().contains("Keep the home"),
        "the goals are read where they were agreed"
    );
    // A recall of what has ended is no act any more; one that happened is recorded, and noticed.
    let path = format!("/supervisions/{}/recall", case.supervision);
    let form = desk.get("probation", &path).await?.text();
    let late = "A recall is recorded only where it happened already";
    assert!(form.contains(late), "{form}");
    let fields = [
        ("grounds", "out-of-contact"),
        ("alternatives_tried", "warning-letter"),
    ];
    let asked = desk.get("probation", &path).await?.form();
    let asked = fields
        .iter()
        .fold(asked, |asked, (name, value)| asked.with(name, value));
    let live = desk.post("probation", &path, &asked).await?;
    assert_eq!(live.status, 422, "{}", live.text());
    let said = "The supervision is ended: requesting recall is not possible";
    assert!(live.text().contains(said), "{}", live.text());
    Ok(())
}

#[tokio::test]
async fn the_caseload_is_narrowed_by_officer_and_keeps_the_moment() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    for (name, officer) in [("Ana Ash", "sample-probation"), ("Bo Birch", "officer-7")] {
        let case = desk.case(name).await?;
        let fields = [("officer", officer), ("office", "ashby-probation")];
        desk.sent(
            "probation",
            &format!("/supervisions/{}/assign", case.supervision),
            &fields,
        )
        .await?;
    }
    let all = desk.get("probation", "/supervisions").await?;
    assert!(
        all.link("Ana Ash").is_some() && all.link("Bo Birch").is_some(),
        "{}",
        all.text()
    );
    let mine = desk.get("probation", "/supervisions?whose=mine").await?;
    assert!(
        mine.link("Ana Ash").is_some() && mine.link("Bo Birch").is_none(),
        "{}",
        mine.text()
    );
    assert!(
        mine.text().contains("The only supervision"),
        "{}",
        mine.text()
    );
    let past = desk.get("probation", "/supervisions?as_of=9").await?;
    let link = past.link("Ana Ash").ok_or("she was supervised then")?;
    assert!(link.ends_with("?as_of=9"), "{link}");
    assert_eq!(past.hidden("as_of"), Some("9"));
    Ok(())
}

#[tokio::test]
async fn a_programme_says_its_places_who_waits_and_since_when_and_what_was_measured()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let first = desk.case("Ana Ash").await?;
    let second = desk.case("Bea Birch").await?;
    for (case, day) in [(&first, "2026-02-10"), (&second, "2026-02-05")] {
        let refer =
            json!({"refer_to_programme": {"programme": "healthy-relationships", "done": day}});
        desk.tell::<Supervision>("probation", &case.supervision, refer)
            .await?;
    }
    desk.settle().await?;
    let page = desk.get("probation", "/programmes").await?;
    let said = page.text();
    assert!(said.contains("2 people wait for a place."), "{said}");
    assert!(said.contains("5 February 2026"), "{said}");
    let (_, waiting) = said.split_once("Who waits").ok_or(said.clone())?;
    let (before, _) = waiting.split_once("Ana Ash").ok_or(said.clone())?;
    assert!(before.contains("Bea Birch"), "{said}");

    let path = format!("/supervisions/{}/start-programme", second.supervision);
    let form = desk.get("probation", &path).await?.form();
    let wrong = form.clone().with("measure_wellbeing", "low");
    let refused = desk.post("probation", &path, &wrong).await?;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.errors()[0].0, "#f-measure-wellbeing");
    let form = form.with("measure_wellbeing", "17");
    desk.sent("probation", &path, &form).await?;
    let path = format!("/supervisions/{}/complete-programme", second.supervision);
    let form = desk.get("probation", &path).await?.form();
    let form = form.with("measure_wellbeing", "24");
    desk.sent("probation", &path, &form).await?;
    desk.settle().await?;
    let said = desk.get("probation", "/programmes").await?.text();
    assert!(said.contains("One person waits for a place."), "{said}");
    let measured =
        "Healthy relationships Well-being scale (fictional) 17, of one person 24, of one person";
    assert!(said.contains(measured), "{said}");
    let told = desk.get("probation", "/v1/programmes").await?.html;
    let told: serde_json::Value = serde_json::from_str(&told)?;
    let standing = &told["programmes"][0];
    assert_eq!(standing["places"], 10, "{told}");
    assert_eq!(
        (&standing["waiting"], &standing["completed"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(standing["waiting_since"], "2026-02-10");
    Ok(())
}

#[tokio::test]
async fn nobody_starts_a_full_programme_and_a_place_that_is_left_is_free_again()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let mut cases = Vec::new();
    for n in 0..11 {
        let case = desk.case(&format!("Ana Ash {n}")).await?;
        let programme = "healthy-relationships";
        let refer = json!({"refer_to_programme": {"programme": programme, "done": "2026-02-05"}});
        desk.tell::<Supervision>("probation", &case.supervision, refer)
            .await?;
        cases.push(case);
    }
    let (last, taking_part) = cases.split_last().ok_or("there are cases")?;
    let start = json!({"start_programme": {"programme": 1, "done": "2026-02-06"}});
    for case in taking_part {
        desk.tell::<Supervision>("probation", &case.supervision, start.clone())
            .await?;
    }
    desk.settle().await?;
    let path = format!("/supervisions/{}/start-programme", last.supervision);
    let form = desk.get("probation", &path).await?.form();
    let refused = desk.post("probation", &path, &form).await?;
    assert_eq!(refused.status, 422);
    let said = refused.text();
    let full = "All places of “Healthy relationships” are taken, of which there are 10";
    assert!(said.contains(full), "{said}");

    let left = &taking_part[0].supervision;
    let leave = format!("/supervisions/{left}/end-programme");
    let leaving = desk.get("probation", &leave).await?.form();
    let leaving = leaving
        .with("reason", "moved")
        .with("measure_wellbeing", "9");
    desk.sent("probation", &leave, &leaving).await?;
    desk.settle().await?;
    let said = desk.get("probation", "/programmes").await?.text();
    assert!(said.contains("Of nobody 9, of one person"), "{said}");
    desk.sent("probation", &path, &form).await?;
    Ok(())
}
