//! Courts beside their mix of cases, and how far the penalties of like cases lie apart, computed by hand.

use domain::statistics::funnel::Place;
use serde_json::{Value, json};

use super::support::{Ledger, near};
use crate::views::figure::{Gap, Why};
use crate::views::{Parity, View, ViewError, ViewName, ViewRequest};

fn decision(court: &str, offence: &str, sanctions: &[Value]) -> Value {
    let components: Vec<Value> = (1..)
        .zip(sanctions)
        .map(|(no, sanction)| json!({"no": no, "sanction": sanction}))
        .collect();
    json!({"court": court, "counts": [{"no": 1,
        "offence": {"code": {"value": offence}, "category": {"value": "property"}},
        "components": components}]})
}

/// A fine of 80 euros weighs one day under the scale of the rules.
fn fine() -> Value {
    json!({"fine": {"amount": {"minor": 8_000, "currency": "EUR"}}})
}

fn custody(term: &str) -> Value {
    json!({"custody": {"term": term}})
}

/// Of M101 Ashby sends 4 of 20 to custody and the second court none of 10; of M104 Ashby 6 of 10 and the second court 14 of 20. A third
/// court alone has M103.
fn three_courts() -> Ledger {
    let mut ledger = Ledger::under("midland");
    let disqualified = json!({"ancillary": {"kind": "disqualification"}});
    for (count, court, offence, sanctions) in [
        (16, "ashby", "M101", vec![fine()]),
        (4, "ashby", "M101", vec![custody("P30D")]),
        (10, "second", "M101", vec![fine()]),
        (4, "ashby", "M104", vec![fine()]),
        (6, "ashby", "M104", vec![custody("P10D")]),
        (6, "second", "M104", vec![fine()]),
        (4, "second", "M104", vec![custody("P10D")]),
        (10, "second", "M104", vec![custody("P20D")]),
        (12, "third", "M103", vec![fine(), disqualified]),
    ] {
        for _ in 0..count {
            let decision = decision(court, offence, &sanctions);
            ledger.imposed(Some("male"), "2024", &decision);
        }
    }
    ledger
}

fn parity(ledger: &Ledger) -> Parity {
    match ledger.view(&ViewRequest::of(ViewName::Parity)).unwrap() {
        View::Parity(view) => view,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_court_is_set_beside_what_all_courts_do_in_its_cases() {
    let view = parity(&three_courts());
    let courts: Vec<(&str, u64, u64, u64)> = view
        .courts
        .iter()
        .map(|c| (c.court.code.as_str(), c.n, c.custody, c.left_out))
        .collect();
    assert_eq!(
        courts,
        [
            ("ashby", 30, 10, 0),
            ("second", 30, 14, 0),
            ("third", 0, 0, 12)
        ]
    );
    // Of M101 4 of 30 and of M104 20 of 30 are sent to custody by all courts together.
    near(view.courts[0].per_100.value, 1_000.0 / 30.0);
    near(view.courts[0].expected_per_100.value, 2_800.0 / 90.0);
    near(view.courts[0].difference_per_100.value, 200.0 / 90.0);
    near(view.courts[1].difference_per_100.value, -200.0 / 90.0);
    assert_eq!(view.courts[0].place.value, Some(Place::Within));
    assert_eq!(view.courts[2].place.value, None);
    let limits = view.courts[0].limits_95.value.unwrap();
    assert!(limits.low < -10.0 && limits.high > 10.0, "{limits:?}");
}

#[test]
fn courts_together_are_counted_against_chance_and_never_ranked() {
    let view = parity(&three_courts());
    let found = &view.funnel;
    assert_eq!(
        (found.compared, found.outside_95, found.left_out),
        (2, 0, 12)
    );
    near(Some(found.outside_95_by_chance), 0.1);
    assert!(found.phi.value.unwrap() < 1.0);
    assert_eq!(
        found.outside_95_widened.undefined,
        Some(Why::View(Gap::NoMoreThanChance))
    );
    assert_eq!(
        found.sentence.as_deref(),
        Some("0 of 2 courts lie outside the limits at 95 %, where 0.1 would by chance.")
    );
}

#[test]
fn penalties_of_like_cases_spread_as_counted_by_hand() {
    let view = parity(&three_courts());
    let grave = view
        .groups
        .iter()
        .find(|group| group.key[0].code == "M104")
        .unwrap();
    let parts = [
        &grave.tenth,
        &grave.lower_quartile,
        &grave.median,
        &grave.upper_quartile,
        &grave.ninetieth,
    ];
    let parts = parts.map(|part| part.exact.clone().unwrap());
    assert_eq!(parts, ["1", "1", "10", "20", "20"]);
    near(grave.median_distance.value, 9.0);
    assert_eq!(
        (grave.ancillary, view.total.ancillary, view.total.n),
        (0, 12, 72)
    );
    // 435 pairs of M101, 435 of M104 and 66 of M103, of which 331, 135 and 66 received the same.
    near(view.different_per_100.value, 40_400.0 / 936.0);
}

#[test]
fn under_ten_decisions_a_court_and_a_group_have_counts_only() {
    let mut ledger = Ledger::under("midland");
    for court in ["ashby", "second"] {
        for _ in 0..4 {
            ledger.imposed(None, "2024", &decision(court, "M101", &[fine()]));
        }
    }
    let view = parity(&ledger);
    let few = Some(Why::View(Gap::FewerThanTen));
    assert_eq!(
        (view.courts[0].n, view.courts[0].per_100.undefined),
        (4, few)
    );
    assert_eq!(
        (view.groups[0].n, view.groups[0].median.undefined),
        (8, few)
    );
    assert_eq!(view.funnel.sentence, None);
}

#[test]
fn a_court_makes_no_cases_alike() {
    let request = ViewRequest::of(ViewName::Parity).by("court");
    let refused = three_courts().view(&request).unwrap_err();
    assert!(matches!(refused, ViewError::Column { .. }), "{refused}");
}
