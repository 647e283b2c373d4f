//! Samples of forms: one refused, one fresh, one filter.

use crate::pages::components::{
    Choice, Column, Control, Field, Filter, Form, Guard, Inset, Link, Part, Size, Table, Typed,
    TypedDate, Value,
};

pub(super) fn guard() -> Guard {
    Guard::open("sample-token")
        .for_version(7)
        .with_key("018f2c1a")
}

fn outcomes(chosen: &str) -> Vec<Choice> {
    [
        ("attended", "Attended and complied"),
        ("late", "Attended late"),
        ("absent", "Did not attend"),
    ]
    .map(|(value, label)| Choice::new(value, label).chosen_if(value == chosen))
    .to_vec()
}

pub(super) fn refused() -> Form {
    let error = |words: &str| Some(words.to_owned());
    Form::new("/orders/8f2c/attendance", guard(), "Record attendance")
        .refused("This session was closed on 2 March 2026; reopen it or choose another")
        .heading("The session")
        .field(
            Field::date("held_on", "When was the session?", TypedDate { day: "31".into(), month: "2".into(), year: "2026".into(), hour: None })
                .hint("For example, 27 3 2026")
                .error(error("February 2026 has 28 days; enter a day that exists")),
        )
        .field(Field::number("hours", "Time worked", "hours", "-3").hint("To the quarter hour, such as 6.25").error(error("Time worked must be 0 hours or more")))
        .field(
            Field::radios("outcome", "What happened?", vec![
                Choice::new("complied", "Attended and complied"),
                Choice::new("acceptable", "Absent, acceptable reason").hint("A reason shown later can still be recorded, and takes back what followed."),
                Choice::new("unacceptable", "Absent, no acceptable reason").hint("Counts towards breach. The person has five working days to answer."),
            ])
            .error(error("Choose what happened")),
        )
        .heading("What was said")
        .field(Field::checkboxes("circumstances", "Which of these were mentioned?", vec![
            Choice::new("work", "Shift work"),
            Choice::new("care", "Care of a child or relative").chosen_if(true),
            Choice::new("health", "Illness"),
        ]))
        .field(Field::select("place", "Place", vec![Choice::new("", "Choose a place"), Choice::new("a", "Quarry Lane allotments").chosen_if(true)]))
        .field(Field::reference("reference", "Letter reference", "NM/L/<114>").optional())
        .field(Field::new("town", "Town", Control::Text { typed: Typed::Words, size: Size::Few, value: String::new() }))
        .field(Field::textarea("reason", "Reason", 4, "Bus did not run.\nShowed the notice.").hint("Read by the person and by whoever reviews this."))
        .part(Part::Table(session_sheet()))
        .part(Part::Inset(Inset { text: "An outcome may be corrected at any time; the correction names what it corrects and why.".into(), source: None }))
        .carry("order", "8f2c")
        .cancel("/orders/8f2c", "Cancel")
}

fn session_sheet() -> Table {
    let columns = vec![
        Column::text("Person"),
        Column::text("Outcome"),
        Column::text("Hours"),
    ];
    let people = [
        ("R. Ash", "attended", "7"),
        ("T. Bramley", "absent", ""),
        ("J. Whin", "late", "9"),
    ];
    people.iter().enumerate().fold(
        Table::new("Saturday group, 28 February 2026", columns),
        |table, (row, (name, outcome, hours))| {
            let error = (*hours == "9")
                .then(|| "J. Whin: the session lasted 7 hours; enter 7 or fewer".to_owned());
            table.row(vec![
                Value::name(*name),
                Value::field(
                    Field::select(
                        format!("people[{row}].outcome"),
                        format!("Outcome of {name}"),
                        outcomes(outcome),
                    )
                    .quiet(),
                ),
                Value::field(
                    Field::number(
                        format!("people[{row}].hours"),
                        format!("Hours of {name}"),
                        "hours",
                        *hours,
                    )
                    .quiet()
                    .error(error),
                ),
            ])
        },
    )
}

pub(super) fn attendance(guard: Guard) -> Form {
    Form::new("/orders/8f2c/attendance", guard, "Record attendance")
        .heading("Record what happened")
        .field(Field::radios(
            "outcome",
            "Appointment of 2 March 2026",
            outcomes(""),
        ))
        .field(
            Field::number("hours", "Time worked", "hours", "")
                .hint("To the quarter hour, such as 6.25"),
        )
        .cancel("/orders/8f2c", "Cancel")
}

pub(super) fn filter() -> Filter {
    Filter {
        action: "/sentences".into(),
        fields: vec![
            Field::select(
                "gravity",
                "Gravity",
                vec![
                    Choice::new("", "Any"),
                    Choice::new("4", "Grave").chosen_if(true),
                ],
            ),
            Field::new(
                "offence",
                "Offence",
                Control::Text {
                    typed: Typed::Search,
                    size: Size::Half,
                    value: "theft".into(),
                },
            ),
            Field::select(
                "disposal",
                "Disposal",
                vec![Choice::new("", "Any"), Choice::new("custody", "Custody")],
            ),
        ],
        rows: Vec::new(),
        submit: "Show".into(),
        applied: vec![
            Link::new("/sentences?offence=theft", "Gravity: grave"),
            Link::new("/sentences?gravity=4", "Offence: theft"),
        ],
        clear: "/sentences".into(),
        carried: vec![("as_of".into(), "41220".into())],
    }
}
