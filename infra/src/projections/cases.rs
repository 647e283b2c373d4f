//! Cases of every kind that has no list of its own, each with what has to happen in it by a day.

use domain::act::Weight;
use domain::jurisdiction::Pack;
use domain::stream::{Clock, Goes};
use serde_json::json;

use super::changes::{Changes, Versioned};
use super::signed;
use super::states::AnyState;
use crate::record::Recorded;
use crate::store::database::Value;

static TABLE: Versioned = Versioned {
    table: "cases",
    key: "case_id",
    columns: &[
        "generation",
        "case_id",
        "from_index",
        "to_index",
        "first_index",
        "kind",
        "person_id",
        "jurisdiction",
        "what",
        "place",
        "state",
        "goes_on",
        "since",
        "next_due",
        "clocks",
        "findings",
    ],
};

/// How many clocks a row holds, the most urgent first: an emergency has one for everybody who is out for a while.
const CLOCKS: usize = 50;

/// Files how a case reads after an event.
pub(super) fn file(
    changes: &mut Changes,
    recorded: &Recorded,
    state: &AnyState,
    first: u64,
    law: Option<&Pack>,
) {
    let Some(listed) = state.listed() else {
        return;
    };
    let mut clocks = law.map_or_else(Vec::new, |law| state.clocks(law));
    clocks.sort_unstable_by_key(|clock| clock.due);
    clocks.truncate(CLOCKS);
    let next_due = clocks.first().map(|clock| clock.due);
    let row = vec![
        signed(first).into(),
        recorded.stream_type.as_str().into(),
        listed.person.map(|person| person.to_string()).into(),
        recorded.jurisdiction().into(),
        listed.kind.map(|kind| kind.to_string()).into(),
        listed.place.into(),
        listed.state.into(),
        i64::from(listed.goes == Goes::On).into(),
        listed.since.to_string().into(),
        next_due.map(|due| due.to_string()).into(),
        written(&clocks).into(),
        Value::Int(i64::try_from(listed.findings).unwrap_or(i64::MAX)),
    ];
    changes.put(&TABLE, recorded, row);
}

fn written(clocks: &[Clock]) -> String {
    let one = |clock: &Clock| {
        let weight = match clock.weight {
            Weight::Notice => "notice",
            Weight::Critical => "critical",
        };
        json!({
            "safeguard": clock.safeguard,
            "code": clock.code,
            "nth": clock.nth,
            "due": clock.due.to_string(),
            "weight": weight,
            "role": clock.role.word(),
        })
    };
    clocks
        .iter()
        .map(one)
        .collect::<serde_json::Value>()
        .to_string()
}
