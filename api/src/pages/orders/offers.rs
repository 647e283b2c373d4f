//! What can be done on an order now, each step with the fact it depends on.

use domain::jurisdiction::Pack;
use domain::order::{Made, Standing};
use domain::values::{Day, Quantity};
use infra::access::allow;

use super::act::OrderAct;
use super::show::when;
use crate::pages::casework::Act;
use crate::pages::components::{Tag, Task, TaskList, Tone};
use crate::pages::page::Visitor;

/// The steps that the visitor may take; none in the past.
pub(super) fn tasks(visitor: &Visitor, id: &str, made: &Made, law: &Pack, day: Day) -> TaskList {
    if visitor.moment.past {
        return TaskList::default();
    }
    let tasks = OrderAct::all()
        .filter(|act| allow(&visitor.call, act.action()).is_ok())
        .filter_map(|act| {
            let offer = offer(act, made, law, day)?;
            Some(Task {
                href: Some(format!("/orders/{id}/{}", act.word())),
                name: act.title().to_owned(),
                hint: None,
                state: Some(Tag::new(offer, Tone::Plain)),
            })
        });
    TaskList {
        tasks: tasks.collect(),
    }
}

/// The fact that a step depends on; nothing where it cannot be taken.
fn offer(act: OrderAct, made: &Made, law: &Pack, day: Day) -> Option<String> {
    let in_force = made.standing == Standing::InForce;
    if !in_force && needs_force(act) {
        return None;
    }
    let rule = &law.orders.enforcement;
    match act {
        OrderAct::Attend => {
            let open = made
                .appointments
                .values()
                .filter(|a| a.attendance.is_none());
            some(open.count(), "open appointment", "open appointments")
        }
        OrderAct::Schedule => Some(made.next_appointment(day).map_or_else(
            || "nothing is scheduled".to_owned(),
            |(_, next)| format!("next on {}", when(next)),
        )),
        OrderAct::Credit => owed(made, day),
        OrderAct::Complete => Some(owed(made, day).unwrap_or_else(|| "nothing is owed".to_owned())),
        OrderAct::Reverse => {
            let credited = made.progress(day).into_iter().filter_map(|p| p.credited);
            amounts(credited, "credited")
        }
        OrderAct::Warn => {
            let failed = made
                .appointments
                .values()
                .filter(|a| a.is_failure())
                .count();
            some(failed, "failure", "failures")
        }
        OrderAct::Withdraw => some(made.open_warnings().count(), "warning", "warnings"),
        OrderAct::Allege => {
            let counted = made.failures(day, rule.within_months).len();
            let needed = rule.failures_before_breach;
            Some(format!("{counted} of {needed} failures"))
        }
        OrderAct::Prove | OrderAct::NotProven => some(
            made.open_breaches().count(),
            "alleged breach",
            "alleged breaches",
        ),
        OrderAct::Vary | OrderAct::End => {
            let running = made.requirements.values().filter(|r| r.ended.is_none());
            some(running.count(), "requirement", "requirements")
        }
        OrderAct::AttendUnscheduled
        | OrderAct::Transfer
        | OrderAct::Add
        | OrderAct::Discharge
        | OrderAct::Revoke => Some(made.title_on(day).to_owned()),
    }
}

fn some(count: usize, one: &str, several: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        n => Some(format!("{n} {several}")),
    }
}

/// What is still owed under requirements that run.
fn owed(made: &Made, day: Day) -> Option<String> {
    let running = made.progress(day).into_iter().filter(|p| !p.is_ended);
    amounts(running.filter_map(|p| p.remaining), "owed")
}

fn amounts(all: impl Iterator<Item = Quantity>, what: &str) -> Option<String> {
    let all = all.filter(|quantity| quantity.amount() > 0);
    let all: Vec<String> = all.map(|quantity| format!("{quantity} {what}")).collect();
    (!all.is_empty()).then(|| all.join(", "))
}

/// Whether a step is taken only while the order is in force.
fn needs_force(act: OrderAct) -> bool {
    match act {
        OrderAct::Attend
        | OrderAct::AttendUnscheduled
        | OrderAct::Reverse
        | OrderAct::Withdraw
        | OrderAct::Prove
        | OrderAct::NotProven => false,
        OrderAct::Schedule
        | OrderAct::Credit
        | OrderAct::Warn
        | OrderAct::Allege
        | OrderAct::Transfer
        | OrderAct::Complete
        | OrderAct::Add
        | OrderAct::Vary
        | OrderAct::End
        | OrderAct::Discharge
        | OrderAct::Revoke => true,
    }
}
