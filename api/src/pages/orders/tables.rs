//! The tables of an order: its appointments, and the ladder of warnings and breaches.

use domain::jurisdiction::Pack;
use domain::order::Appointment;
use domain::values::AppointmentNo;
use infra::access::{Action, allow};

use super::show::{Reading, kind_title, outcome_title, when};
use crate::pages::components::{Column, Link, Pagination, Table, Tone, Value};
use crate::pages::{register, said};

/// Appointments shown before the rest is asked for.
const SHOWN: usize = 5;

impl Reading<'_> {
    pub(super) fn appointments(&self, all: bool) -> Table {
        let columns = vec![
            Column::text("Appointment"),
            Column::text("Requirement"),
            Column::text("What came of it"),
            Column::text("Credited"),
            Column::text("Change"),
        ];
        let table = Table::new("Appointments, the latest first", columns)
            .quiet_caption()
            .empty("No appointment is recorded.");
        let shown = if all { usize::MAX } else { SHOWN };
        let latest = self.made.appointments.iter().rev().take(shown);
        latest.fold(table, |table, (no, appointment)| {
            table.row(self.cells(*no, appointment))
        })
    }

    fn cells(&self, no: AppointmentNo, appointment: &Appointment) -> Vec<Value> {
        let requirement = self.made.requirements.get(&appointment.requirement);
        let kind = requirement.map_or(Value::None, |r| {
            Value::text(kind_title(self.law, &r.terms.kind))
        });
        let may = allow(&self.visitor.call, Action::RunOrder).is_ok() && !self.visitor.moment.past;
        let change = match &appointment.attendance {
            Some(_) if may => Value::link(
                format!("/orders/{}/attendance/{no}", self.id),
                format!("Change {no}"),
            ),
            Some(_) | None => Value::None,
        };
        let credited = appointment.credited;
        vec![
            Value::text(format!("{no}. {}", when(appointment))),
            kind,
            outcome(appointment, self.law),
            credited.map_or(Value::None, |q| Value::text(q.to_string())),
            change,
        ]
    }

    /// The way to what the list of appointments leaves out.
    pub(super) fn cut(&self, all: bool) -> Option<Pagination> {
        let of = self.made.appointments.len();
        if of <= SHOWN {
            return None;
        }
        let case = format!("/orders/{}", self.id);
        Some(Pagination {
            shown: if all {
                format!("All {of} appointments")
            } else {
                format!("The latest {SHOWN} of {of} appointments")
            },
            previous: all.then(|| Link::new(self.visitor.to(&case), "Show the latest only")),
            next: (!all).then(|| {
                let every = self.visitor.to(&format!("{case}?all=yes"));
                Link::new(every, format!("Show all {of}"))
            }),
        })
    }

    pub(super) fn ladder(&self) -> Table {
        let columns = vec![
            Column::text("Step"),
            Column::text("Date"),
            Column::text("For appointments"),
            Column::text("State"),
        ];
        let table = Table::new("Warnings and breaches", columns)
            .quiet_caption()
            .empty("No warning was issued and no breach alleged.");
        let table = self
            .made
            .warnings
            .iter()
            .fold(table, |table, (no, warning)| {
                let state = match &warning.withdrawn {
                    Some(_) => Value::text("Withdrawn"),
                    None => Value::tag("Stands", Tone::Attention),
                };
                table.row(vec![
                    Value::text(format!(
                        "{no}. {}",
                        register::sentence_case(warning.kind.title())
                    )),
                    said::occurred(warning.issued),
                    Value::text(numbers(&warning.appointments)),
                    state,
                ])
            });
        self.made
            .breaches
            .iter()
            .fold(table, |table, (no, breach)| {
                table.row(vec![
                    Value::text(format!("Breach {no}")),
                    said::occurred(breach.alleged),
                    Value::text(numbers(&self.made.failures_of(breach))),
                    Value::tag(
                        register::sentence_case(breach.step.title()),
                        Tone::Attention,
                    ),
                ])
            })
    }
}

fn outcome(appointment: &Appointment, law: &Pack) -> Value {
    let Some(attendance) = &appointment.attendance else {
        return Value::text("Not recorded");
    };
    let said = outcome_title(law, &attendance.outcome);
    if appointment.is_failure() {
        Value::tag(said, Tone::Attention)
    } else {
        Value::text(said)
    }
}

fn numbers(appointments: &[AppointmentNo]) -> String {
    let all: Vec<String> = appointments.iter().map(ToString::to_string).collect();
    all.join(", ")
}
