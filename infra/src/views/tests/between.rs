//! What changed between two moments, and decisions taken by a day.

use serde_json::{Value, json};

use super::support::Ledger;
use crate::facts::{Became, ChangedFact};
use crate::views::{Disposals, Severities, Stamp, View, ViewError, ViewName, ViewRequest, changes};

fn of(sanction: &Value) -> Value {
    json!({"court": "ashby", "counts": [{"no": 1,
        "offence": {"code": {"value": "M101"}, "category": {"value": "property"}},
        "components": [{"no": 1, "sanction": sanction}]}]})
}

fn fine() -> Value {
    of(&json!({"fine": {"amount": {"minor": 8_000, "currency": "EUR"}}}))
}

fn custody() -> Value {
    of(&json!({"custody": {"term": "P30D"}}))
}

fn corrected(decision: &Value) -> Value {
    json!({"corrected": {"corrects": 1, "pronounced": "2024-03-01", "door": "existing", "reason": "wrong-entry",
        "decision": decision}})
}

fn stamp(index: Option<u64>) -> Stamp {
    Stamp {
        index,
        instant: domain::values::Instant::from_micros(0),
        past: false,
        behind: 0,
    }
}

fn found(ledger: &Ledger, request: &ViewRequest, from: Option<u64>, to: u64) -> Vec<ChangedFact> {
    let rules = ledger.packs.as_slice();
    let moments = ((stamp(from), rules), (stamp(Some(to)), rules));
    changes(
        &ledger.facts,
        request,
        &Severities::default(),
        moments.0,
        moments.1,
    )
    .unwrap()
}

fn became(found: &[ChangedFact]) -> Vec<(Became, Vec<u64>)> {
    found
        .iter()
        .map(|change| (change.became, change.entries.clone()))
        .collect()
}

#[test]
fn what_came_in_what_was_revised_and_what_is_no_longer_counted_are_told_apart() {
    let mut ledger = Ledger::under("midland");
    let revised = ledger.imposed(Some("female"), "2024-02-01", &custody());
    let quashed = ledger.imposed(Some("male"), "2024-02-02", &custody());
    let then = ledger.last();
    let correction = corrected(&fine());
    ledger.file("sentence", revised, "2024-03-01", &correction);
    ledger.file(
        "sentence",
        quashed,
        "2024-03-02",
        &json!({"quashed": {"pronounced": "2024-03-02"}}),
    );
    let added = ledger.imposed(Some("female"), "2024-03-03", &fine());
    let all = ViewRequest::of(ViewName::Disposals);
    let now = ledger.last();
    let changed = found(&ledger, &all, Some(then), now);
    assert_eq!(
        became(&changed),
        [
            (Became::Revised, vec![then + 1]),
            (Became::Left, vec![then + 2]),
            (Became::Added, vec![now])
        ]
    );
    let ids: Vec<_> = changed.iter().map(|change| change.decision.0).collect();
    assert_eq!(ids, [revised, quashed, added]);
    // Under a condition the revised one is no longer counted.
    let in_custody = all.clone().with("disposal=custody").unwrap();
    let changed = found(&ledger, &in_custody, Some(then), now);
    let left = [
        (Became::Left, vec![then + 1]),
        (Became::Left, vec![then + 2]),
    ];
    assert_eq!(became(&changed), left);
    // From before the first entry everything that stands came in.
    let from_nothing = became(&found(&ledger, &all, None, now));
    assert!(
        from_nothing
            .iter()
            .all(|(became, _)| *became == Became::Added)
    );
    assert_eq!(from_nothing.len(), 2);
    assert_eq!(found(&ledger, &all, Some(now), now), []);
}

#[test]
fn what_is_entered_again_as_it_was_changes_nothing() {
    let mut ledger = Ledger::under("midland");
    let sentence = ledger.imposed(Some("female"), "2024-02-01", &fine());
    let then = ledger.last();
    let again = corrected(&fine());
    ledger.file("sentence", sentence, "2024-03-01", &again);
    let all = ViewRequest::of(ViewName::Disposals);
    assert_eq!(found(&ledger, &all, Some(then), ledger.last()), []);
}

fn decisions(ledger: &Ledger, request: &ViewRequest) -> Disposals {
    match ledger.view(request).unwrap() {
        View::Disposals(view) => view,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_known_now_of_an_earlier_time_leaves_out_what_may_have_been_decided_later() {
    let mut ledger = Ledger::under("midland");
    for day in ["2023-12-31", "2024-02", "2024-02-29", "2024-03-01", "2024"] {
        ledger.imposed(Some("male"), day, &fine());
    }
    let until = |date: &str| {
        let request = ViewRequest::of(ViewName::Disposals)
            .decided_until(date)
            .unwrap();
        let view = decisions(&ledger, &request);
        let said = view
            .header
            .statements
            .iter()
            .find(|s| s.code == "decided_until");
        (view.header.decisions, said.map(|said| said.text.clone()))
    };
    assert_eq!(until("2023").0, 1);
    let (counted, said) = until("2024-02-28");
    assert_eq!(counted, 1);
    assert!(said.unwrap().starts_with("2 decisions are left out"));
    assert_eq!(until("2024-02").0, 3);
    assert_eq!(until("2024-12-31"), (5, None));
    let request = ViewRequest::of(ViewName::Disposals)
        .decided_until("2024-02")
        .unwrap();
    let known = decisions(&ledger, &request).header.known;
    assert_eq!(known, "What is known now of decisions taken by 2024-02-29");
    let refused = ViewRequest::of(ViewName::Disposals).decided_until("soon");
    assert!(matches!(refused, Err(ViewError::DecidedUntil(_))));
}
