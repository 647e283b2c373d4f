//! Sentences against the guideline range, computed by hand.

use serde_json::{Value, json};

use super::support::{Ledger, near};
use crate::views::figure::{Gap, Why};
use crate::views::{Departures, View, ViewName, ViewRequest};

/// Under a range of six months to two years.
fn decision(court: &str, term: &str, departure: Option<(&str, &[&str])>) -> Value {
    let mut first = json!({"no": 1,
        "offence": {"code": {"value": "M104"}, "category": {"value": "property"}},
        "range": {"guideline": "g/1", "lowest": "P6M", "highest": "P2Y"},
        "components": [{"no": 1, "sanction": {"custody": {"term": term}}}]});
    if let Some((direction, reasons)) = departure {
        first["departure"] = json!({"direction": direction, "reasons": reasons});
    }
    json!({"court": court, "counts": [first]})
}

/// Ashby: 8 of a year, 2 of four months with reasons and 1 without, 1 of three years with reasons that are no reasons for
/// more. The second court: 9 of four months without reasons, 1 for life with reasons, 1 without a range.
fn ledger() -> Ledger {
    let mut ledger = Ledger::under("midland");
    let no_range = json!({"court": "second", "counts": [{"no": 1,
        "offence": {"code": {"value": "M104"}, "category": {"value": "property"}},
        "components": [{"no": 1, "sanction": {"custody": {"term": "P1Y"}}}]}]});
    for (times, decision) in [
        (8, decision("ashby", "P1Y", None)),
        (
            2,
            decision("ashby", "P4M", Some(("below", &["cooperation"]))),
        ),
        (1, decision("ashby", "P4M", None)),
        (
            1,
            decision("ashby", "P3Y", Some(("below", &["cooperation"]))),
        ),
        (9, decision("second", "P4M", Some(("below", &[])))),
        (
            1,
            decision("second", "life", Some(("above", &["exceptional-gravity"]))),
        ),
        (1, no_range),
    ] {
        for _ in 0..times {
            ledger.imposed(Some("female"), "2024", &decision);
        }
    }
    ledger
}

fn departures(ledger: &Ledger, by: &str) -> Departures {
    let request = ViewRequest::of(ViewName::Departures).by(by);
    match ledger.view(&request).unwrap() {
        View::Departures(view) => view,
        other => panic!("{other:?}"),
    }
}

#[test]
fn sentences_lie_below_within_or_above_their_range_with_reasons_or_without() {
    let view = departures(&ledger(), "court");
    let counts: Vec<[u64; 7]> = view
        .groups
        .iter()
        .chain([&view.total])
        .map(|g| {
            [
                g.n,
                g.below,
                g.below_reasoned,
                g.within,
                g.above,
                g.above_reasoned,
                g.without_range,
            ]
        })
        .collect();
    assert_eq!(
        counts,
        [
            [12, 3, 2, 8, 1, 0, 0],
            [10, 9, 0, 0, 1, 1, 1],
            [22, 12, 2, 8, 2, 1, 1]
        ]
    );
    near(view.total.within_per_100.value, 800.0 / 22.0);
    near(view.total.reasoned_per_100.value, 300.0 / 14.0);
    assert_eq!(
        view.groups[0].reasoned_per_100.undefined,
        Some(Why::View(Gap::FewerThanTen))
    );
}

#[test]
fn the_extent_of_a_departure_is_told_and_its_mean_needs_ten() {
    let view = departures(&ledger(), "court");
    near(view.total.mean_below_per_100.value, -100.0 / 3.0);
    assert_eq!(view.total.mean_above_per_100.value, None);
    assert_eq!(view.total.without_extent, 1, "life is no number");
    let bands: Vec<(i32, u64)> = view
        .extents
        .iter()
        .filter(|band| band.n > 0)
        .map(|band| (band.from_per_100, band.n))
        .collect();
    assert_eq!(bands, [(-50, 12), (50, 1)]);
}
