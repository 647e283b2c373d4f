//! What is asked about warnings, breaches and the terms of an order.

use std::collections::BTreeSet;

use domain::jurisdiction::Pack;
use domain::order::Made;
use domain::values::Unit;

use super::{On, one_of};
use crate::pages::casework::{
    amount_fields, coded, in_words, marked, note_field, text, ticked, typed_date, yes_or_no,
};
use crate::pages::components::Field;
use crate::pages::orders::show::{outcome_title, when};
use crate::pages::page::Typed;

/// Failures that may be enforced, to be ticked.
pub(super) fn failures(made: &Made, asking: &On<'_>, label: &str) -> Field {
    let failed = made.appointments.iter().filter(|(_, a)| a.is_failure());
    let all = failed.map(|(no, a)| {
        let outcome = a
            .attendance
            .as_ref()
            .map(|a| outcome_title(asking.law, &a.outcome));
        let warned = made
            .open_warnings()
            .any(|(_, w)| w.appointments.contains(no));
        let warned = if warned { ", warned" } else { "" };
        (
            no.to_string(),
            format!("{no}. {}: {}{warned}", when(a), outcome.unwrap_or_default()),
        )
    });
    Field::checkboxes(
        "appointments",
        label,
        marked(asking.typed, "appointments", all),
    )
}

pub(super) fn rung(typed: &Typed) -> Field {
    let all = [("first", "First"), ("second", "Second"), ("final", "Final")];
    Field::radios("kind", "Which warning", marked(typed, "kind", all))
}

pub(super) fn warning(made: &Made, typed: &Typed) -> Field {
    let all = made
        .open_warnings()
        .map(|(no, w)| (no.to_string(), format!("{no}. {}", w.kind.title())));
    one_of(typed, "warning", "Warning", all.collect())
}

pub(super) fn allege(made: &Made, asking: &On<'_>) -> Vec<Field> {
    let (law, typed) = (asking.law, asking.typed);
    let requirements = made.requirements.iter().filter(|(_, r)| r.ended.is_none());
    let requirements = requirements.map(|(no, r)| {
        (
            no.to_string(),
            format!("{no}. {}", in_words(&r.terms, Some(law))),
        )
    });
    let mut fields = vec![
        failures(made, asking, "Failures it rests on").optional(),
        Field::checkboxes(
            "requirement",
            "Requirements breached otherwise",
            marked(typed, "requirement", requirements),
        )
        .optional(),
    ];
    fields.extend(explanation(typed));
    fields.push(note_field(typed, "statement", "What is put before the court").optional());
    fields
}

fn explanation(typed: &Typed) -> [Field; 2] {
    let all = [
        ("oral_and_written", "Orally and in writing"),
        ("oral", "Only orally"),
        ("written", "Only in writing"),
    ];
    let how = "How the conditions were explained to the person";
    [
        Field::radios("explained", how, marked(typed, "explained", all)).optional(),
        Field::date(
            "explained_on",
            "When they were explained",
            typed_date(typed, "explained_on"),
        )
        .optional(),
    ]
}

pub(super) fn office(made: &Made, law: &Pack, typed: &Typed) -> Field {
    let others: Vec<_> = law
        .offices
        .iter()
        .filter(|o| o.code.as_str() != made.office.as_str())
        .cloned()
        .collect();
    coded(typed, "office", "Office that takes it over", &others)
}

pub(super) fn breach(made: &Made, typed: &Typed) -> Field {
    let all = made
        .open_breaches()
        .map(|(no, _)| (no.to_string(), format!("Breach {no}")));
    one_of(typed, "breach", "Breach", all.collect())
}

fn account(typed: &Typed, name: &str, label: &str) -> Field {
    let all = [
        ("given", "It was given"),
        ("opportunity_declined", "The chance to give it was declined"),
        ("absconded", "Whoever should give it cannot be found"),
    ];
    Field::radios(name, label, marked(typed, name, all))
}

pub(super) fn appeal_told(typed: &Typed) -> Field {
    yes_or_no(typed, "appeal_told", "Was the person told how to appeal?")
}

pub(super) fn prove(made: &Made, asking: &On<'_>) -> Vec<Field> {
    let (law, typed) = (asking.law, asking.typed);
    let open: Vec<_> = made.open_breaches().collect();
    let told = !open.is_empty() && open.iter().all(|(_, b)| b.explained.value().is_some());
    let mut fields = vec![
        breach(made, typed),
        account(typed, "officer_account", "The officer's account"),
        account(typed, "person_account", "The person's account"),
        ticked(
            typed,
            "responses",
            "What the court does",
            &law.orders.breach_responses,
        ),
        ticked(
            typed,
            "alternatives_considered",
            "Considered instead of custody",
            &law.sentencing.alternatives,
        )
        .optional(),
    ];
    fields.push(appeal_told(typed));
    if !told || typed.get("explained").is_some() {
        fields.extend(explanation(typed));
    }
    fields.push(note_field(typed, "note", "Reasons in words").optional());
    fields
}

pub(super) fn with_terms(first: Field, units: BTreeSet<Unit>, typed: &Typed) -> Vec<Field> {
    let consent = [
        ("given", "Given, informed of the consequences"),
        ("refused", "Refused"),
    ];
    let mut fields = vec![first];
    fields.extend(
        amount_fields(typed, &units, "")
            .into_iter()
            .map(Field::optional),
    );
    fields.extend([
        Field::number("years", "Length in years", "years", text(typed, "years")).optional(),
        Field::number(
            "months",
            "Length in months",
            "months",
            text(typed, "months"),
        )
        .optional(),
        Field::date(
            "ends",
            "Last day, where no length is given",
            typed_date(typed, "ends"),
        )
        .optional(),
        Field::radios(
            "consent",
            "The person's consent, where it is needed",
            marked(typed, "consent", consent),
        )
        .optional(),
    ]);
    fields
}
