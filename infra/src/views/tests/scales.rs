//! Penalties under the scales of the packs, by hand.

use domain::statistics::exact::Exact;
use domain::statistics::severity::Severity;
use serde_json::{Value, json};

use super::support::pack;
use crate::facts::Penalty;
use crate::views::severity::{weigh, weigh_custody};

fn weighed(name: &str, scale: &str, components: &Value) -> (Severity, Severity) {
    let pack = pack(name);
    let scale = pack.sentencing.scale(Some(scale)).unwrap();
    let penalty: Penalty =
        serde_json::from_value(json!({"principal": null, "components": components})).unwrap();
    (weigh(scale, &penalty), weigh_custody(scale, &penalty))
}

fn exact(name: &str, scale: &str, components: &Value) -> Option<Exact> {
    weighed(name, scale, components).0.exact
}

#[test]
fn a_calendar_term_and_a_decimal_of_one_unit_weigh_exactly() {
    let days = |term: &str| {
        let custody = json!([{"no": 1, "sanction": {"custody": {"term": term}}}]);
        exact("midland", "custody-day/1", &custody)
    };
    let expected = Exact::new(1461, 4) + Exact::from(6) * Exact::new(487, 16) + Exact::from(3);
    assert_eq!(days("P1Y6M3D"), Some(expected));
    assert_eq!(days("P7.4M"), Some(Exact::new(37, 5) * Exact::new(487, 16)));
    assert_eq!(days("P0M"), Some(Exact::from(0)));
}

#[test]
fn life_is_a_cap_at_the_top() {
    let life = json!([{"no": 1, "sanction": {"custody": {"term": "life"}}}]);
    let (severity, _) = weighed("midland", "custody-day/1", &life);
    assert_eq!(severity.exact, Some(Exact::from(14_305)));
    assert!(severity.ordinal_top);
    assert_eq!(exact("mongolia", "mongolia-study/1", &life), None);
}

#[test]
fn concurrent_terms_count_once_and_consecutive_ones_add() {
    let terms = json!([
        {"no": 1, "sanction": {"custody": {"term": "P100D"}}, "runs": "concurrent"},
        {"no": 2, "sanction": {"custody": {"term": "P200D"}}, "runs": "concurrent"},
        {"no": 3, "sanction": {"custody": {"term": "P30D"}}, "runs": {"consecutive_to": 2}},
        {"no": 4, "sanction": {"fine": {"amount": {"minor": 80_000, "currency": "EUR"}}}},
    ]);
    let (everything, custody) = weighed("midland", "custody-day/1", &terms);
    assert_eq!(everything.exact, Some(Exact::from(240)));
    assert_eq!(custody.exact, Some(Exact::from(230)));
    assert_eq!(
        exact("midland", "custody-only/1", &terms),
        Some(Exact::from(230))
    );
}

#[test]
fn an_order_weighs_its_requirements_and_supervision_lasts_as_long_as_the_order() {
    let order = json!([{"no": 1, "sanction": {"community_order": {"period": "P100D", "requirements": [
        {"kind": "unpaid-work", "quantity": {"minutes": 4_800}},
        {"kind": "supervision"},
        {"kind": "programme", "quantity": {"sessions": 12}},
    ]}}}]);
    let (severity, _) = weighed("midland", "custody-day/1", &order);
    assert_eq!(severity.exact, Some(Exact::from(10 + 5)));
    assert_eq!(severity.unconverted, 1);
}

#[test]
fn the_principal_component_alone_counts_where_the_scale_says_so() {
    let both = json!([
        {"no": 1, "sanction": {"suspended_custody": {"term": "P24M"}}},
        {"no": 2, "sanction": {"fine": {"amount": {"minor": 45_000_000, "currency": "MNT"}}}},
    ]);
    assert_eq!(
        exact("mongolia", "mongolia-study/1", &both),
        Some(Exact::from(12))
    );
    let by_the_code = Exact::from(24 * 15 + 30);
    assert_eq!(
        exact("mongolia", "mongolia-code/1", &both),
        Some(by_the_code)
    );
}

#[test]
fn a_missing_quantity_has_no_number() {
    let nothing = json!([{"no": 1, "sanction": {"community_order": {}}}]);
    let (severity, _) = weighed("mongolia", "mongolia-study/1", &nothing);
    assert!(severity.missing && severity.exact.is_none());
}
