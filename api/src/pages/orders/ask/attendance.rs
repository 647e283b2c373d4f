//! What is asked about appointments and credits.

use domain::jurisdiction::Pack;
use domain::order::{Appointment, Made, Requirement};
use domain::values::{AppointmentNo, Known};

use super::{On, requirement};
use crate::pages::casework::{
    amount_fields, amounts_of, coded, marked, note_field, options, text, typed_date,
};
use crate::pages::components::Field;
use crate::pages::orders::clocks::kind_of;
use crate::pages::orders::show::when;
use crate::pages::page::Typed;

/// An appointment by number, time and requirement.
fn named(made: &Made, law: &Pack, no: AppointmentNo, appointment: &Appointment) -> String {
    let kind = kind_of(made, law, appointment.requirement);
    format!("{no}. {}, {kind}", when(appointment))
}

fn outcomes(law: &Pack, typed: &Typed) -> Field {
    let all = law.orders.outcomes.iter();
    let all = all.map(|o| (o.code.to_string(), o.title.clone()));
    Field::select("outcome", "What came of it", options(typed, "outcome", all))
}

fn enforceable(typed: &Typed) -> Field {
    let all = [
        ("yes", "Yes: it is required"),
        ("no", "No: it is only offered"),
    ];
    let label = "Does a failure to come count?";
    Field::radios("enforceable", label, marked(typed, "enforceable", all))
}

/// What came of an appointment: those of past days first, the oldest of them chosen.
pub(super) fn attend(made: &Made, asking: &On<'_>) -> Vec<Field> {
    let (law, typed) = (asking.law, asking.typed);
    let open = made
        .appointments
        .iter()
        .filter(|(_, a)| a.attendance.is_none());
    let open: Vec<_> = open
        .map(|(no, a)| {
            (
                a.on.earliest(),
                no.to_string(),
                named(made, law, *no, a),
                a.enforceable,
            )
        })
        .collect();
    let due = open.iter().filter(|(on, ..)| *on <= Some(asking.day));
    let due = due.min_by_key(|(on, ..)| *on);
    let chosen = match (typed.get("meeting"), due) {
        (None, Some((_, no, ..))) => typed.clone().with("meeting", no),
        (Some(_), _) | (None, None) => typed.clone(),
    };
    let unmarked = open.iter().any(|(.., mark)| *mark == Known::NotRecorded);
    let all = open.into_iter().map(|(_, no, name, _)| (no, name));
    let meeting = Field::select("meeting", "Appointment", options(&chosen, "meeting", all));
    let mut fields = vec![meeting, outcomes(law, typed)];
    fields.extend(credited(made, typed));
    if unmarked {
        fields.push(enforceable(typed).optional());
    }
    fields.push(note_field(typed, "note", "In words").optional());
    fields
}

fn credited(made: &Made, typed: &Typed) -> impl Iterator<Item = Field> {
    let fields = amount_fields(typed, &amounts_of(made), "credited");
    fields.into_iter().map(Field::optional)
}

pub(super) fn attend_unscheduled(made: &Made, asking: &On<'_>) -> Vec<Field> {
    let (law, typed) = (asking.law, asking.typed);
    let mut fields = vec![
        requirement(made, law, typed, |_| true),
        Field::date("on", "Date", typed_date(typed, "on")),
        outcomes(law, typed),
    ];
    fields.extend(credited(made, typed));
    fields.push(enforceable(typed));
    fields.push(note_field(typed, "note", "In words").optional());
    fields
}

pub(super) fn schedule(made: &Made, asking: &On<'_>) -> Vec<Field> {
    let typed = asking.typed;
    vec![
        requirement(made, asking.law, typed, |r| r.ended.is_none()),
        Field::date("on", "Day", typed_date(typed, "on")),
        Field::reference("at", "Time", text(typed, "at"))
            .hint("Such as 09:30")
            .optional(),
        Field::reference("place", "Place", text(typed, "place"))
            .hint("By its code, such as workshop")
            .optional(),
        enforceable(typed),
    ]
}

pub(super) fn credit(made: &Made, asking: &On<'_>) -> Vec<Field> {
    let (law, typed) = (asking.law, asking.typed);
    let counted = |r: &Requirement| r.ended.is_none() && r.unit().is_some();
    let mut fields = vec![requirement(made, law, typed, counted)];
    fields.extend(amount_fields(typed, &amounts_of(made), ""));
    fields.push(coded(typed, "reason", "Reason", &law.orders.credit_reasons));
    fields.push(note_field(typed, "note", "In words").optional());
    fields
}
