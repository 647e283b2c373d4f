//! The facts and clocks that stand before the form of a step.

use domain::jurisdiction::Pack;
use domain::order::{Made, Order};
use domain::values::{Enforceable, Known, Occurred, RequirementNo};

use super::act::OrderAct;
use super::show::{kind_title, outcome_title, when};
use crate::pages::casework::{Act, Asking, explained};
use crate::pages::components::{Inset, Link, Part, SummaryList, Value, Warning};
use crate::pages::said;

type On<'a> = Asking<'a, Order>;

/// The facts and clocks that a step rests on.
pub(super) fn before(act: OrderAct, asking: &On<'_>) -> Vec<Part> {
    let Some(made) = asking.state.made() else {
        return Vec::new();
    };
    match act {
        OrderAct::Attend if made.appointments.values().all(|a| a.attendance.is_some()) => {
            let text = "No appointment of this order waits for its outcome.".to_owned();
            let other = Link::new("attend-unscheduled", OrderAct::AttendUnscheduled.title());
            vec![Part::Inset(Inset {
                text,
                source: Some(other),
            })]
        }
        OrderAct::Warn | OrderAct::Allege => vec![Part::Summary(clocks(made, asking))],
        OrderAct::Prove | OrderAct::NotProven => vec![Part::Summary(allegations(made, asking))],
        OrderAct::Complete => vec![Part::Summary(open(made, asking)), warning(OVER)],
        OrderAct::Discharge | OrderAct::Revoke => vec![warning(OVER)],
        OrderAct::End => vec![warning("Only this requirement ends; the others go on.")],
        OrderAct::Attend
        | OrderAct::AttendUnscheduled
        | OrderAct::Schedule
        | OrderAct::Credit
        | OrderAct::Reverse
        | OrderAct::Withdraw
        | OrderAct::Transfer
        | OrderAct::Add
        | OrderAct::Vary => Vec::new(),
    }
}

const OVER: &str = "The order ends. What is still owed under it is asked no more, and a supervision that hangs on it ends \
                    with it.";

fn warning(text: &str) -> Part {
    Part::Warning(Warning {
        text: text.to_owned(),
    })
}

/// How many failures count, how many the law asks, and until when the oldest of them counts.
fn clocks(made: &Made, asking: &On<'_>) -> SummaryList {
    let rule = &asking.law.orders.enforcement;
    let counted = made.failures(asking.day, rule.within_months);
    let oldest = counted
        .iter()
        .filter_map(|no| made.appointments.get(no)?.on.latest())
        .min();
    let list = SummaryList::default()
        .row(
            "Failures that count",
            Value::text(format!(
                "{} in {} months",
                counted.len(),
                rule.within_months
            )),
        )
        .row(
            "The law asks",
            Value::text(format!(
                "{} failures in {} months; with fewer, a written statement",
                rule.failures_before_breach, rule.within_months
            )),
        )
        .row(
            "Evidence of an acceptable reason",
            Value::text(format!(
                "within {} working days of a failure",
                rule.days_for_evidence
            )),
        );
    match oldest {
        Some(day) => list.row(
            "The oldest counts until",
            said::occurred(Occurred::On(
                day.plus_months(rule.within_months).minus_days(1).into(),
            )),
        ),
        None => list,
    }
}

/// What is alleged, as it waits for the court.
fn allegations(made: &Made, asking: &On<'_>) -> SummaryList {
    made.open_breaches()
        .fold(SummaryList::default(), |list, (no, breach)| {
            let failures = made.failures_of(breach).into_iter().filter_map(|no| {
                let appointment = made.appointments.get(&no)?;
                let outcome = appointment.attendance.as_ref();
                let outcome =
                    outcome.map_or_else(String::new, |a| outcome_title(asking.law, &a.outcome));
                Some(Value::text(format!(
                    "{no}. {}: {outcome}",
                    when(appointment)
                )))
            });
            let requirements = breach
                .requirements
                .iter()
                .map(|no| Value::text(format!("{no}. {}", kind_of(made, asking.law, *no))));
            list.row(
                format!("Breach {no} alleged"),
                said::occurred(breach.alleged),
            )
            .row(
                "It rests on",
                Value::Many(failures.chain(requirements).collect()),
            )
            .row(
                "Conditions explained",
                Value::text(explained(breach.explained)),
            )
        })
}

/// What is still owed or lasts.
fn open(made: &Made, asking: &On<'_>) -> SummaryList {
    let progress = made
        .progress(asking.day)
        .into_iter()
        .filter(|p| !p.is_ended);
    progress.fold(SummaryList::default(), |list, progress| {
        let left = match (progress.remaining, progress.days_left) {
            (Some(left), _) => format!("{left} owed"),
            (None, Some(0)) => "over".to_owned(),
            (None, Some(days)) => format!("lasts {days} more days"),
            (None, None) => "no last day is recorded".to_owned(),
        };
        list.row(kind_title(asking.law, &progress.kind), Value::text(left))
    })
}

/// The words for the kind of a requirement.
pub(super) fn kind_of(made: &Made, law: &Pack, requirement: RequirementNo) -> String {
    let requirement = made.requirements.get(&requirement);
    requirement.map_or_else(String::new, |r| kind_title(law, &r.terms.kind))
}

/// Whether a mark says that a failure counts.
pub(super) fn counts(mark: Known<Enforceable>) -> &'static str {
    match mark {
        Known::Value(Enforceable::Yes) => "a failure counts",
        Known::Value(Enforceable::No) => "a failure does not count",
        Known::NotRecorded | Known::NotAsked | Known::Declined => {
            "whether a failure counts is not recorded"
        }
    }
}
