//! Samples of lists, notices and progress. The people are invented.

use crate::pages::components::{
    Amount, Column, Condition, EventKind, History, HistoryEvent, Inset, Link, Moment, Pagination,
    Panel, Progress, Proof, Sheet, SummaryList, Table, Tag, Task, TaskList, Tone, Value, WorkGroup,
    WorkItem, Worklist,
};

#[expect(clippy::too_many_lines, reason = "a sample is read in one piece")]
pub(super) fn progress() -> Vec<Progress> {
    let row = |id: &str,
               name: &str,
               state: Tag,
               amounts: [(f64, &str); 4],
               left: &str,
               expected: Option<(f64, &str)>| {
        let [ordered, done, credited, owed] =
            amounts.map(|(value, words)| Amount::new(value, words));
        let expected = expected.map(|(value, words)| Amount::new(value, words));
        Progress {
            id: id.into(),
            name: Link::new(format!("/requirements/{id}"), name),
            state,
            ordered,
            done,
            credited,
            owed,
            left: left.into(),
            expected,
        }
    };
    vec![
        row(
            "work",
            "Unpaid work",
            Tag::new("6 h behind", Tone::Attention),
            [
                (80.0, "80 h"),
                (32.5, "32 h 30 min"),
                (3.5, "3 h 30 min"),
                (44.0, "44 h"),
            ],
            "58 days left, until 30 April 2026",
            Some((42.0, "42 h")),
        ),
        row(
            "rehab",
            "Rehabilitation activity",
            Tag::new("On course", Tone::Good),
            [
                (20.0, "20 days"),
                (12.0, "12 days"),
                (0.0, "none"),
                (8.0, "8 days"),
            ],
            "132 days left, until 13 July 2026",
            Some((11.0, "11 days")),
        ),
        row(
            "course",
            "Thinking skills course",
            Tag::new("Completed", Tone::Plain),
            [
                (12.0, "12 sessions"),
                (12.0, "12 sessions"),
                (0.0, "none"),
                (0.0, "none"),
            ],
            "Completed on 20 February 2026",
            None,
        ),
    ]
}

pub(super) fn summary() -> SummaryList {
    SummaryList::default()
        .row("Person", Value::name("Rowan Ash"))
        .row("Made by", "Northmoor Court, Judge H. Falk")
        .changeable(
            "Ends",
            Value::moment("2026-07-13", "13 July 2026"),
            Link::new("/orders/8f2c/correct", "Correct the end date"),
        )
        .row(
            "Requirements",
            Value::Many(vec![
                "Unpaid work, 80 hours".into(),
                "Rehabilitation activity, 20 days".into(),
            ]),
        )
        .row("State", Value::tag("In force", Tone::Good))
        .row("Dependent children", Value::NotRecorded)
        .row("Pregnant", Value::NotAsked)
        .row("Ethnicity", Value::Declined)
        .row(
            "Date of birth",
            Value::Erased {
                on: Moment::new("2026-02-01", "1 February 2026"),
                basis: "an order of 28 January 2026".into(),
            },
        )
        .row(
            "Ends, corrected",
            Value::Change {
                before: "13 June 2026".into(),
                after: "13 July 2026".into(),
            },
        )
        .row(
            "Entry",
            Value::Proof(Proof::Recorded {
                entry: 69_527,
                href: "/entries/69527".into(),
            }),
        )
}

pub(super) fn tables() -> Vec<Table> {
    let columns = vec![
        Column::text("Decision"),
        Column::text("Offence"),
        Column::text("Disposal"),
        Column::number("Days"),
        Column::text("State"),
    ];
    let register = Table::new("Sentences", columns)
        .row(vec![
            Value::link("/sentences/51ab", "NM-2026-00114"),
            "Theft".into(),
            "Community order".into(),
            Value::count(0),
            Value::tag("In force", Tone::Good),
        ])
        .row(vec![
            Value::link("/sentences/51ac", "NM-2026-00115"),
            "Robbery with a weapon in a dwelling at night".into(),
            "Custody".into(),
            Value::count(1_460),
            Value::tag("Appealed", Tone::Attention),
        ])
        .row(vec![
            Value::link("/sentences/51ad", "NM-2026-00116"),
            Value::NotRecorded,
            "Fine".into(),
            Value::None,
            Value::tag("Quashed", Tone::Grave),
        ]);
    let empty =
        Table::new("Breaches", vec![Column::text("Order")]).empty("No one is in breach today.");
    vec![register, empty]
}

pub(super) fn proofs() -> Vec<Proof> {
    vec![
        Proof::Recorded {
            entry: 69_527,
            href: "/entries/69527".into(),
        },
        Proof::Checkpointed {
            entry: 41_220,
            checkpoint: 1_204,
            href: "/entries/41220".into(),
        },
        Proof::Broken {
            entry: 17,
            href: "/entries/17".into(),
        },
    ]
}

#[expect(clippy::too_many_lines, reason = "a sample is read in one piece")]
pub(super) fn history() -> History {
    let event = |kind, title: &str, on: (&str, &str), by: &str, entry: u64| HistoryEvent {
        kind,
        title: title.into(),
        on: Moment::new(on.0, on.1),
        recorded: None,
        by: by.into(),
        details: Vec::new(),
        proof: Proof::Checkpointed {
            entry,
            checkpoint: entry / 50,
            href: format!("/entries/{entry}"),
        },
    };
    let officer = "Ines Okafor, probation officer, Northmoor office";
    let mut corrected = event(
        EventKind::Correction,
        "Outcome of 14 February corrected",
        ("2026-02-20", "20 February 2026"),
        officer,
        69_101,
    );
    corrected.details = vec![
        (
            "Outcome".into(),
            Value::Change {
                before: "Absent, no acceptable reason".into(),
                after: "Absent, acceptable reason".into(),
            },
        ),
        (
            "Reason".into(),
            "Hospital letter of 14 February shown on 19 February.".into(),
        ),
        (
            "Takes back".into(),
            Value::Many(vec!["First warning".into(), "Enforcement letter".into()]),
        ),
    ];
    corrected.recorded = Some(Moment::new(
        "2026-02-21T08:40:00Z",
        "21 February 2026, 08:40",
    ));
    let mut latest = event(
        EventKind::Act,
        "Unpaid work credited: 6 hours 30 minutes",
        ("2026-02-28", "28 February 2026"),
        officer,
        69_527,
    );
    latest.proof = Proof::Recorded {
        entry: 69_527,
        href: "/entries/69527".into(),
    };
    let events = vec![
        event(
            EventKind::Decision,
            "Community order made: 80 hours of unpaid work, 20 days of rehabilitation activity",
            ("2026-01-12", "12 January 2026"),
            "Judge H. Falk, Northmoor Court",
            40_988,
        ),
        corrected,
        event(
            EventKind::Reversal,
            "First warning withdrawn",
            ("2026-02-20", "20 February 2026"),
            officer,
            69_102,
        ),
        event(
            EventKind::Finding,
            "No review was held within 8 weeks",
            ("2026-03-09", "9 March 2026"),
            "Safeguard TR-10.4",
            69_200,
        ),
        latest,
    ];
    History {
        events,
        empty: "Nothing has happened yet.".into(),
    }
}

pub(super) fn worklists() -> Vec<Worklist> {
    let item = |who: &str, what: &str, tag: Option<Tag>, next: &str| WorkItem {
        who: Link::new("/orders/8f2c", who),
        what: what.into(),
        due: Some(Moment::new("2026-03-03", "3 March 2026")),
        tags: tag.into_iter().collect(),
        next: Some(Link::new("/orders/8f2c/attendance", next)),
    };
    let overdue = vec![item(
        "Tam Bramley",
        "Enforcement letter due",
        Some(Tag::new("2 days late", Tone::Grave)),
        "Record the letter",
    )];
    let today = vec![
        item(
            "Rowan Ash",
            "Appointment at 10:30, Quarry Lane",
            None,
            "Record attendance",
        ),
        item(
            "Jo Whin",
            "First contact after sentence",
            Some(Tag::new("New", Tone::Plain)),
            "Record first contact",
        ),
    ];
    let full = vec![
        WorkGroup::new("Overdue", overdue).of(34, "#main"),
        WorkGroup::new("Today", today),
        WorkGroup::new("In breach", Vec::new()),
    ];
    vec![
        Worklist {
            groups: full,
            empty: String::new(),
        },
        Worklist {
            groups: Vec::new(),
            empty: "No one is due today. The next appointment is on 5 March 2026.".into(),
        },
    ]
}

pub(super) fn tasks() -> TaskList {
    let task = |href: Option<&str>, name: &str, hint: Option<&str>, state: Tag| Task {
        href: href.map(str::to_owned),
        name: name.into(),
        hint: hint.map(str::to_owned),
        state: Some(state),
    };
    TaskList {
        tasks: vec![
            task(
                Some("/sentences/new/counts"),
                "Counts",
                Some("Theft, gravity 3"),
                Tag::new("Done", Tone::Good),
            ),
            task(
                Some("/sentences/new/components"),
                "Components",
                None,
                Tag::new("In progress", Tone::Attention),
            ),
            task(
                None,
                "Reasons",
                Some("After the components"),
                Tag::new("Cannot start yet", Tone::Plain),
            ),
        ],
    }
}

pub(super) fn insets() -> Vec<Inset> {
    vec![
        Inset { text: "An order ends no earlier than its longest requirement.".into(), source: Some(Link::new("/policy/S-4", "Rule S-4, policy of 1 January 2026")) },
        Inset { text: "These figures describe recorded decisions. They do not show why a difference exists.".into(), source: None },
    ]
}

pub(super) fn pagination() -> Vec<Pagination> {
    vec![
        Pagination {
            shown: "51 to 100 of 69,527 decisions".into(),
            previous: Some(Link::new("/sentences", "The newest")),
            next: Some(Link::new("/sentences?after=100", "Next page")),
        },
        Pagination {
            shown: "1 to 3 of 3 decisions".into(),
            previous: None,
            next: None,
        },
    ]
}

pub(super) fn panel() -> Panel {
    Panel {
        title: "The order is made".into(),
        reference: "NM-2026-00114".into(),
        proof: Proof::Recorded {
            entry: 69_528,
            href: "/entries/69528".into(),
        },
        next: vec![
            "The probation office sees it on its worklist now.".into(),
            "The first contact is due by 10 March 2026.".into(),
        ],
        links: vec![
            Link::new("/sentences/51ab/sheet", "Print the order"),
            Link::new("/", "Back to my list"),
        ],
    }
}

pub(super) fn sheet() -> Sheet {
    let condition = |title: &str, text: &str| Condition {
        title: title.into(),
        text: text.into(),
        said: None,
    };
    Sheet {
        court: "Northmoor Court".into(),
        title: "Community order".into(),
        is_proposal: false,
        reference: "NM-2026-00114".into(),
        facts: vec![
            ("Person".into(), Value::name("Rowan Ash")),
            ("Decided on".into(), Value::moment("2026-01-12", "12 January 2026")),
            ("By".into(), "Judge H. Falk".into()),
            ("For".into(), "Theft (gravity 3 under the policy of 1 January 2026)".into()),
        ],
        decision: vec!["You are not sent to prison. For 12 months you must do what is written below.".into()],
        conditions: vec![
            condition("Work without pay for 80 hours.", "You do it by 30 April 2026, on the days you are given by the probation office."),
            condition("Attend 20 days of rehabilitation activity.", "Your officer tells you when and where. Each day you attend is counted."),
        ],
        consequence: Some(("If you do not".into(), "If you miss an appointment without an acceptable reason you are warned. After a second time within 12 months you may be brought back to court.".into())),
        review: vec!["You can appeal to the Court of Appeal until 9 February 2026. Your lawyer or the court office helps you; it costs nothing to ask.".into()],
        entry: 40_988,
        recorded: Moment::new("2026-01-12T11:20:00Z", "12 January 2026, 11:20"),
        signatures: vec!["For the court".into(), "Received by the person named above".into()],
    }
}
