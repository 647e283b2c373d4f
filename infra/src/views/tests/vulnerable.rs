//! Measures without custody by vulnerability.

use serde_json::{Value, json};

use super::support::{Ledger, near};
use crate::views::{Alternatives, View, ViewName, ViewRequest};

fn theft(sanction: &Value, circumstances: &Value) -> Value {
    json!({"court": "ashby", "circumstances": circumstances, "counts": [{"no": 1,
        "offence": {"code": {"value": "M101"}, "category": {"value": "property"}},
        "components": [{"no": 1, "sanction": sanction}]}]})
}

fn fine() -> Value {
    json!({"fine": {"amount": {"minor": 8_000, "currency": "EUR"}}})
}

fn custody() -> Value {
    json!({"custody": {"term": "P30D"}})
}

#[test]
fn vulnerable_is_whoever_one_circumstance_is_told_of_and_silence_is_a_group() {
    let mut ledger = Ledger::under("midland");
    let told = |pairs: &[(&str, &str)]| -> Value {
        let answers = pairs
            .iter()
            .map(|(code, answer)| ((*code).to_owned(), json!({"value": answer})));
        Value::Object(answers.collect())
    };
    let none = [
        "carer",
        "dependent-child",
        "pregnant",
        "breastfeeding",
        "victim-of-violence",
    ]
    .map(|code| (code, "no"));
    for (persons, sanction, circumstances) in [
        (12, fine(), told(&[("carer", "yes"), ("pregnant", "no")])),
        (3, custody(), told(&[("pregnant", "yes")])),
        (10, custody(), told(&none)),
        (2, fine(), told(&[("carer", "no")])),
    ] {
        for _ in 0..persons {
            ledger.imposed(Some("female"), "2024", &theft(&sanction, &circumstances));
        }
    }
    let request = ViewRequest::of(ViewName::Alternatives).by("vulnerability");
    let view: Alternatives = match ledger.view(&request).unwrap() {
        View::Alternatives(view) => view,
        other => panic!("{other:?}"),
    };
    let groups: Vec<(&str, u64, u64)> = view
        .groups
        .iter()
        .map(|g| {
            (
                g.key[0].code.as_str(),
                g.share.chosen.non_custodial,
                g.share.chosen.custodial,
            )
        })
        .collect();
    assert_eq!(
        groups,
        [("yes", 12, 3), ("no", 0, 10), ("not_recorded", 2, 0)]
    );
    near(view.groups[0].share.non_custodial_per_100.value, 80.0);
    near(view.total.share.known_per_100.value, 100.0);
    let error = ledger.view(&ViewRequest::of(ViewName::Disposals).by("vulnerability"));
    assert!(
        error
            .unwrap_err()
            .to_string()
            .contains("the view alternatives")
    );
}
