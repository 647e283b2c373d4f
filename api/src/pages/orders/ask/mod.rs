//! What the form of each step on an order asks.

mod attendance;
mod enforcement;

use std::collections::BTreeSet;

use domain::jurisdiction::Pack;
use domain::order::{Made, Order, Requirement};
use domain::values::Unit;

use self::attendance::{attend, attend_unscheduled, credit, schedule};
use self::enforcement::{
    allege, appeal_told, breach, failures, office, prove, rung, warning, with_terms,
};
use super::act::OrderAct;
use crate::pages::casework::{
    Asking, amounts_of, coded, done_field, in_words, note_field, options,
};
use crate::pages::components::Field;
use crate::pages::page::Typed;

type On<'a> = Asking<'a, Order>;

/// What is asked.
#[expect(clippy::too_many_lines, reason = "one arm for each step")]
pub(super) fn fields(act: OrderAct, asking: &On<'_>) -> Vec<Field> {
    let Some(made) = asking.state.made() else {
        return Vec::new();
    };
    let (law, typed) = (asking.law, asking.typed);
    let note = |label| note_field(typed, "note", label).optional();
    let correction = &law.orders.correction_reasons;
    let ending = &law.orders.ending_reasons;
    let mut fields = match act {
        OrderAct::Attend => return attend(made, asking),
        OrderAct::AttendUnscheduled => return attend_unscheduled(made, asking),
        OrderAct::Schedule => return schedule(made, asking),
        OrderAct::Credit | OrderAct::Reverse => credit(made, asking),
        OrderAct::Warn => vec![
            failures(made, asking, "Failures it is for"),
            rung(typed),
            note("What it says"),
        ],
        OrderAct::Withdraw => vec![
            warning(made, typed),
            coded(typed, "reason", "Reason", correction),
            note("In words"),
        ],
        OrderAct::Allege => allege(made, asking),
        OrderAct::Transfer => vec![office(made, law, typed)],
        OrderAct::Complete => vec![
            coded(
                typed,
                "reason",
                "Why it counts as complete although something is open",
                ending,
            )
            .optional(),
        ],
        OrderAct::Prove => prove(made, asking),
        OrderAct::NotProven => vec![breach(made, typed), note("Reasons in words")],
        OrderAct::Add => {
            let kinds = law.orders.requirements.iter();
            let kinds = kinds.map(|r| (r.kind.to_string(), r.title.clone()));
            let kind = Field::select("kind", "Kind of requirement", options(typed, "kind", kinds));
            with_terms(kind, every_unit(), typed)
        }
        OrderAct::Vary => with_terms(
            requirement(made, law, typed, |r| r.ended.is_none())
                .hint("What is left empty below stays as it is now"),
            amounts_of(made),
            typed,
        ),
        OrderAct::End => vec![
            requirement(made, law, typed, |r| r.ended.is_none()),
            coded(typed, "reason", "Reason", ending),
            note("Reasons in words"),
        ],
        OrderAct::Discharge | OrderAct::Revoke => {
            vec![
                coded(typed, "reason", "Reason", ending),
                appeal_told(typed),
                note("Reasons in words"),
            ]
        }
    };
    fields.push(done_field(typed, asking.law));
    fields
}

fn every_unit() -> BTreeSet<Unit> {
    BTreeSet::from([Unit::Minutes, Unit::Days, Unit::Sessions])
}

/// Numbered things of a case to choose one from: where there is only one, it is chosen.
fn one_of(typed: &Typed, name: &str, label: &str, all: Vec<(String, String)>) -> Field {
    let typed = match all.as_slice() {
        [(only, _)] if typed.get(name).is_none() => typed.clone().with(name, only),
        _ => typed.clone(),
    };
    Field::select(name, label, options(&typed, name, all))
}

fn requirement(
    made: &Made,
    law: &Pack,
    typed: &Typed,
    which: impl Fn(&Requirement) -> bool,
) -> Field {
    let all = made.requirements.iter().filter(|(_, r)| which(r));
    let all = all.map(|(no, r)| {
        let terms = in_words(&r.terms, Some(law));
        (no.to_string(), format!("{no}. {terms}"))
    });
    one_of(typed, "requirement", "Requirement", all.collect())
}
