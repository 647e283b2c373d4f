//! The sentence register: every decision, proposed or imposed, as it reads and stands.

use std::collections::BTreeSet;

use domain::jurisdiction::Pack;
use domain::sentence::{Decision, Imposed, Sentence};
use domain::values::{Occurred, OffenceCode};

use super::changes::{Changes, Versioned};
use super::signed;
use crate::record::Recorded;
use crate::store::database::Value;

static TABLE: Versioned = Versioned {
    table: "sentence_register",
    key: "sentence_id",
    columns: &[
        "generation",
        "sentence_id",
        "from_index",
        "to_index",
        "first_index",
        "person_id",
        "jurisdiction",
        "court",
        "decided",
        "state",
        "disposal",
        "offence",
        "category",
        "summary",
        "case_reference",
        "findings",
        "offences",
        "appealed",
    ],
};

/// Files the state of a sentence after an event. `first` is the index of the stream's first event.
pub(super) fn file(
    changes: &mut Changes,
    recorded: &Recorded,
    state: &Sentence,
    first: u64,
    law: Option<&Pack>,
) {
    let (Some(person), Some(decision)) = (state.person(), state.decision()) else {
        return file_withdrawn(changes, recorded, first);
    };
    let count = decision.principal_count();
    let findings = match state {
        Sentence::Imposed(imposed) => imposed.findings.len(),
        Sentence::Proposed(proposed) => proposed.findings.len(),
        Sentence::Unrecorded | Sentence::Withdrawn => 0,
    };
    let day =
        |done: Occurred| law.map_or_else(|| done.to_string(), |law| law.date(done).to_string());
    let decided = state.imposed().map(|imposed| day(imposed.pronounced));
    let appealed = state
        .imposed()
        .and_then(Imposed::pending_appeal)
        .map(|appeal| day(appeal.lodged));
    let summary = law.map_or_else(String::new, |law| decision.in_words(law));
    let offence = count
        .and_then(|c| c.offence.code.value())
        .map(ToString::to_string);
    let category = count
        .and_then(|c| c.offence.category.value())
        .map(ToString::to_string);
    let row = vec![
        signed(first).into(),
        person.to_string().into(),
        recorded.jurisdiction().into(),
        decision.court.as_str().into(),
        decided.into(),
        state.title().into(),
        decision
            .disposal()
            .map_or("not_recorded", |d| d.word())
            .into(),
        offence.into(),
        category.into(),
        summary.into(),
        decision.case.as_ref().map(ToString::to_string).into(),
        Value::Int(i64::try_from(findings).unwrap_or(i64::MAX)),
        offences(decision).into(),
        appealed.into(),
    ];
    changes.put(&TABLE, recorded, row);
}

fn file_withdrawn(changes: &mut Changes, recorded: &Recorded, first: u64) {
    let row = vec![
        signed(first).into(),
        "".into(),
        recorded.jurisdiction().into(),
        "".into(),
        Value::Null,
        "withdrawn".into(),
        "not_recorded".into(),
        Value::Null,
        Value::Null,
        "".into(),
        Value::Null,
        Value::Int(0),
        "".into(),
        Value::Null,
    ];
    changes.put(&TABLE, recorded, row);
}

/// The offences of every count between blanks, so that each is found between two of them.
fn offences(decision: &Decision) -> String {
    let counts = decision.counts.iter();
    let offences: BTreeSet<&str> = counts
        .filter_map(|count| count.offence.code.value())
        .map(OffenceCode::as_str)
        .collect();
    let mut words = String::from(" ");
    for offence in offences {
        words.push_str(offence);
        words.push(' ');
    }
    words
}

/// What is looked for to find an offence among others. `%` and `_` in its code find more than it: whoever looks closer
/// compares the codes.
pub(crate) fn pattern(offence: &OffenceCode) -> String {
    format!("% {offence} %")
}
