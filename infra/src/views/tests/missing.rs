//! What silence about the sex and the severity could hide.

use serde_json::{Value, json};

use super::support::{Ledger, near};
use crate::views::{Gender, View, ViewName, ViewRequest};

fn theft(sanction: &Value) -> Value {
    json!({"court": "ashby", "counts": [{"no": 1,
        "offence": {"code": {"value": "M101"}, "category": {"value": "property"}},
        "components": [{"no": 1, "sanction": sanction}]}]})
}

/// Ten women, ten men and four of whom no sex is recorded, with 3, 5 and 2 in custody for 10 days each; of the terms of the
/// first `silent` women in custody nothing is recorded.
fn ledger(silent: u32) -> Ledger {
    let mut ledger = Ledger::under("midland");
    for (sex, n, in_custody) in [(Some("female"), 10, 3), (Some("male"), 10, 5), (None, 4, 2)] {
        for no in 0..n {
            let unknown = sex == Some("female") && no < silent;
            let sanction = match (no < in_custody, unknown) {
                (true, true) => json!({"custody": {}}),
                (true, false) => json!({"custody": {"term": "P10D"}}),
                (false, _) => json!({"admonition": {}}),
            };
            ledger.imposed(sex, "2024", &theft(&sanction));
        }
    }
    ledger
}

fn gender(ledger: &Ledger) -> Gender {
    match ledger.view(&ViewRequest::of(ViewName::Gender)).unwrap() {
        View::Gender(view) => *view,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_difference_says_how_far_unrecorded_sexes_could_move_it() {
    let view = gender(&ledger(0));
    near(view.custody.crude.per_100.value, -20.0);
    let bounds = view.custody.crude_bounds_per_100.value.unwrap();
    // All with custody are women and the others men: 5/12 and 5/12; the other way round: 3/12 and 7/12.
    near(Some(bounds.high), 0.0);
    near(Some(bounds.low), -100.0 / 3.0);
    let said = view
        .header
        .statements
        .iter()
        .find(|s| s.code == "sex_bounds");
    assert!(
        said.unwrap().text.contains("between -33.3 and 0.0"),
        "{said:?}"
    );
}

#[test]
fn the_median_says_how_far_unrecorded_amounts_could_move_it() {
    let women = |ledger: &Ledger| gender(ledger).everybody.sexes[0].spread.clone();
    let known = women(&ledger(0));
    assert_eq!(known.known_per_100.value, Some(100.0));
    assert_eq!(known.median_at_least, known.median);
    assert_eq!(known.median_at_most, known.median);
    let mut more = ledger(3);
    for _ in 0..5 {
        more.imposed(
            Some("female"),
            "2024",
            &theft(&json!({"custody": {"term": "P20D"}})),
        );
    }
    // Seven admonitions and five of 20 days; three of which the length is not recorded.
    let unknown = women(&more);
    near(unknown.known_per_100.value, 80.0);
    assert_eq!(unknown.median.value, Some(0.0));
    assert_eq!(unknown.median_at_least.value, Some(0.0));
    assert_eq!(unknown.median_at_most.value, Some(20.0));
}
