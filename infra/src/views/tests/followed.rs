//! Persons followed from a decision.

use serde_json::{Value, json};
use uuid::Uuid;

use super::support::{Ledger, near};
use crate::views::reconviction::GroupBack;
use crate::views::{Reconviction, View, ViewName, ViewRequest};

fn theft(sanction: &Value) -> Value {
    json!({"court": "ashby", "counts": [{"no": 1,
        "offence": {"code": {"value": "M101"}, "category": {"value": "property"}},
        "components": [{"no": 1, "sanction": sanction}]}]})
}

fn fine() -> Value {
    json!({"fine": {"amount": {"minor": 8_000, "currency": "EUR"}}})
}

fn custody() -> Value {
    json!({"custody": {"term": "P30D"}})
}

/// Files what was imposed on somebody who is known already; gives the sentence.
fn again(ledger: &mut Ledger, person: Uuid, day: &str, sanction: &Value) -> Uuid {
    let sentence = Uuid::from_u128(u128::MAX - u128::from(ledger.last()));
    let imposed = json!({"imposed": {"person": person, "pronounced": day, "door": "existing",
        "decision": theft(sanction)}});
    ledger.file("sentence", sentence, day, &imposed);
    sentence
}

fn somebody(ledger: &mut Ledger, sex: &str) -> Uuid {
    let person = Uuid::from_u128(1_000_000 + u128::from(ledger.facts.next_index()));
    ledger.file(
        "person",
        person,
        "2020",
        &json!({"registered": {"sex": {"value": sex}}}),
    );
    person
}

/// Twelve men fined on 1 January 2022: three are sentenced again after 90 days, one after 900, the others never. Ten women in
/// custody on 1 January 2024, of whom one is sentenced again after 60 days. The last decision is of 1 July 2024, and of
/// one person only the year is known.
fn followed() -> (Ledger, Uuid) {
    let mut ledger = Ledger::under("midland");
    let mut back = Uuid::nil();
    for n in 0..12 {
        let man = somebody(&mut ledger, "male");
        again(&mut ledger, man, "2022-01-01", &fine());
        match n {
            0..3 => back = again(&mut ledger, man, "2022-04-01", &custody()),
            3 => _ = again(&mut ledger, man, "2024-06-19", &fine()),
            _ => {}
        }
    }
    for n in 0..10 {
        let woman = somebody(&mut ledger, "female");
        again(&mut ledger, woman, "2024-01-01", &custody());
        if n == 0 {
            again(&mut ledger, woman, "2024-03-01", &fine());
        }
    }
    let last = somebody(&mut ledger, "male");
    again(&mut ledger, last, "2024-07-01", &json!({"admonition": {}}));
    let silent = somebody(&mut ledger, "male");
    again(&mut ledger, silent, "2021", &fine());
    (ledger, back)
}

fn reconviction(ledger: &Ledger, request: &ViewRequest) -> Reconviction {
    match ledger.view(request).unwrap() {
        View::Reconviction(view) => view,
        other => panic!("{other:?}"),
    }
}

fn counts(group: &GroupBack) -> [u64; 4] {
    [
        group.at_risk,
        group.reconvicted,
        group.censored,
        group.not_reconvicted,
    ]
}

#[test]
fn each_person_is_followed_from_the_first_decision_to_the_next_or_to_the_last_day_known() {
    let (ledger, _) = followed();
    let view = reconviction(&ledger, &ViewRequest::of(ViewName::Reconviction));
    let columns: Vec<&str> = view.columns.iter().map(|c| c.code.as_str()).collect();
    assert_eq!(columns, ["disposal", "sex", "gravity"]);
    assert!(
        view.header.unit.starts_with("one person"),
        "{}",
        view.header.unit
    );
    assert_eq!((view.window_days, view.without_day), (730, 1));
    assert_eq!(view.followed_until.unwrap().to_string(), "2024-07-01");
    let keys: Vec<[&str; 2]> = view
        .groups
        .iter()
        .map(|group| [group.key[0].code.as_str(), group.key[1].code.as_str()])
        .collect();
    assert_eq!(
        keys,
        [
            ["custody", "female"],
            ["fine", "male"],
            ["admonition", "male"]
        ]
    );
    assert_eq!(counts(&view.groups[0]), [10, 1, 9, 0]);
    assert_eq!(counts(&view.groups[1]), [12, 3, 0, 9]);
    assert_eq!(counts(&view.groups[2]), [1, 0, 1, 0]);
    // Nobody is censored before the day on which one of ten came back.
    near(view.groups[0].per_100.value, 10.0);
    near(view.groups[1].per_100.value, 25.0);
    assert_eq!(view.groups[2].per_100.value, None);
    assert_eq!(counts(&view.total), [23, 4, 10, 9]);
    assert!(
        view.headed.starts_with("Not an effect of the sentence"),
        "{}",
        view.headed
    );
    let longer = ViewRequest::of(ViewName::Reconviction)
        .window("900")
        .unwrap();
    let view = reconviction(&ledger, &longer);
    assert_eq!(counts(&view.groups[1]), [12, 4, 0, 8]);
}

#[test]
fn a_quashed_decision_is_no_return_and_the_past_does_not_know_the_future() {
    let (mut ledger, back) = followed();
    let before = ledger.last();
    let quashed = json!({"quashed": {"pronounced": "2024-05-01"}});
    ledger.file("sentence", back, "2024-05-01", &quashed);
    let request = ViewRequest::of(ViewName::Reconviction).by("sex");
    let men = |index| match ledger.view_as_of(&request, Some(index)).unwrap() {
        View::Reconviction(view) => view.groups.iter().map(|g| g.reconvicted).max(),
        other => panic!("{other:?}"),
    };
    assert_eq!((men(before), men(ledger.last())), (Some(3), Some(2)));
    let nothing = ledger.view_as_of(&request, None).unwrap();
    assert_eq!(nothing.header().decisions, 0);
}
