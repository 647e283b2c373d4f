use super::super::exact::{Exact, Rational};
use super::super::undefined::{Figure, Undefined};
use super::*;

fn days(kind: &str, days: i128) -> Component {
    Component::of(kind, Exact::from(days), Unit::Days)
}

fn custody_day() -> ScalePolicy {
    let policy: ScalePolicy = serde_json::from_value(serde_json::json!({
        "version": "severity/custody-day/1",
        "unit": "custody-day",
        "kinds": {
            "custody": { "converted": {
                "combine": "concurrent_unless_ordered",
                "weights": { "days": "1", "weeks": "7", "months": "487/16", "years": "1461/4" },
                "life": "14305"
            } },
            "suspended_custody": { "converted": {
                "combine": "consecutive_unless_ordered",
                "weights": { "days": "1/2", "months": "487/32" }
            } },
            "community_work": { "converted": { "combine": "add", "weights": { "hours": "1/8" } } },
            "fine": { "converted": { "combine": "add", "weights": { "minor:GBP": {
                "steps": [
                    { "up_to": "20000", "value": "7" },
                    { "up_to": "50000", "value": "14" }
                ],
                "above": "3650"
            } } } },
            "absolute_discharge": { "fixed": { "value": "0", "rank": 0 } },
            "conditional_discharge": { "fixed": { "value": "0", "rank": 1 } },
            "disqualification": "not_converted",
            "death": "above_all_numbers"
        }
    }))
    .unwrap();
    policy.validate().unwrap();
    policy
}

fn mongolian() -> ScalePolicy {
    serde_json::from_value(serde_json::json!({
        "version": "severity/mongolia-month/1",
        "unit": "month-equivalent",
        "kinds": {
            "imprisonment": { "converted": {
                "combine": "concurrent_unless_ordered", "weights": { "months": "1" } } },
            "suspended": { "converted": {
                "combine": "concurrent_unless_ordered", "weights": { "months": "1/2" } } },
            "fine": { "converted": { "combine": "add", "weights": { "minor:MNT": "1/45000000" } } },
            "community_service": { "converted": {
                "combine": "add", "weights": { "hours": "1/160" } } }
        }
    }))
    .unwrap()
}

fn number(components: &[Component]) -> Option<Exact> {
    severity(&custody_day(), components).exact
}

#[test]
fn a_group_counts_its_longest_term_and_groups_add() {
    let concurrent = |mut term: Component| {
        term.mode = Some(Mode::Concurrent);
        term
    };
    let consecutive = |mut term: Component| {
        term.mode = Some(Mode::Consecutive);
        term
    };
    let terms = [
        concurrent(days("custody", 365)),
        concurrent(days("custody", 730)),
        consecutive(days("custody", 90)),
    ];
    assert_eq!(number(&terms), Some(Exact::from(820)));
}

#[test]
fn named_groups_add_to_each_other() {
    let in_group = |name: &str, length: i128| Component {
        group: Some(name.to_owned()),
        mode: Some(Mode::Concurrent),
        ..days("custody", length)
    };
    let terms = [in_group("a", 10), in_group("a", 30), in_group("b", 5)];
    assert_eq!(number(&terms), Some(Exact::from(35)));
}

#[test]
fn kinds_add_each_by_its_weight() {
    let terms = [
        days("custody", 10),
        days("suspended_custody", 7),
        days("suspended_custody", 2),
    ];
    assert_eq!(number(&terms), Some(Exact::new(29, 2)));
}

#[test]
fn a_term_of_years_and_months_is_one_term() {
    let year = Amount {
        value: Exact::from(1),
        unit: Unit::Years,
    };
    let months = Amount {
        value: Exact::from(6),
        unit: Unit::Months,
    };
    let term = Component {
        amounts: vec![year, months],
        ..Component::without_amount("custody")
    };
    assert_eq!(
        number(&[term]),
        Some(Exact::new(1461, 4) + Exact::new(487 * 6, 16))
    );
}

#[test]
fn a_statutory_table_weighs_by_step() {
    let fine = |pence: i128| {
        Component::of(
            "fine",
            Exact::from(pence),
            Unit::MoneyMinor("GBP".to_owned()),
        )
    };
    for (pence, expected) in [(20_000, 7), (20_001, 14), (50_001, 3650)] {
        assert_eq!(
            number(&[fine(pence)]),
            Some(Exact::from(expected)),
            "{pence}"
        );
    }
}

#[test]
fn money_of_another_currency_has_no_weight() {
    let fine = Component::of("fine", Exact::from(1), Unit::MoneyMinor("EUR".to_owned()));
    let found = severity(&custody_day(), &[fine]);
    assert_eq!(found.exact, None);
    assert_eq!(found.unpriced, [Kind::from("fine")]);
    assert_eq!(
        found.figure().undefined(),
        Some(Undefined::NoWeightInPolicy)
    );
}

#[test]
fn a_sum_that_cannot_be_held_exactly_is_no_number() {
    let term = |length| Component {
        mode: Some(Mode::Consecutive),
        ..days("custody", length)
    };
    let found = severity(&custody_day(), &[term(i128::MAX), term(i128::MAX)]);
    assert_eq!(
        (found.exact, found.unpriced),
        (None, vec![Kind::from("custody")])
    );
}

#[test]
fn life_is_the_cap_and_an_ordinal_top() {
    let life = Component {
        indeterminate: true,
        ..Component::without_amount("custody")
    };
    let found = severity(&custody_day(), &[life]);
    assert_eq!(
        (found.exact, found.ordinal_top),
        (Some(Exact::from(14_305)), true)
    );
    let long = severity(&custody_day(), &[days("custody", 30_000)]);
    assert!(found.order() > long.order());
}

#[test]
fn death_is_never_a_number_and_above_life() {
    let life = Component {
        indeterminate: true,
        ..Component::without_amount("custody")
    };
    let death = severity(&custody_day(), &[Component::without_amount("death")]);
    assert_eq!((death.exact, death.death), (None, 1));
    assert_eq!(death.figure().undefined(), Some(Undefined::DeathPenalty));
    assert!(death.order() > severity(&custody_day(), &[life]).order());
}

#[test]
fn a_conditional_discharge_ranks_above_an_absolute_one_at_the_same_number() {
    let ranked = |kind| severity(&custody_day(), &[Component::without_amount(kind)]);
    let (conditional, absolute) = (
        ranked("conditional_discharge"),
        ranked("absolute_discharge"),
    );
    assert_eq!(conditional.exact, absolute.exact);
    assert!(conditional.order() > absolute.order());
}

#[test]
fn what_is_not_converted_is_counted_beside() {
    let found = severity(
        &custody_day(),
        &[
            days("custody", 3),
            Component::without_amount("disqualification"),
        ],
    );
    assert_eq!((found.exact, found.unconverted), (Some(Exact::from(3)), 1));
}

#[test]
fn a_quantity_that_is_not_recorded_leaves_no_number() {
    let found = severity(
        &custody_day(),
        &[
            days("custody", 3),
            Component::without_amount("community_work"),
        ],
    );
    assert_eq!((found.exact, found.missing), (None, true));
    assert_eq!(found.figure().undefined(), Some(Undefined::MissingQuantity));
}

#[test]
fn a_recorded_total_wins_and_a_mismatch_shows() {
    let total = |length| RecordedTotal {
        kind: "custody".into(),
        amounts: vec![Amount {
            value: Exact::from(length),
            unit: Unit::Days,
        }],
    };
    let consecutive = |length| Component {
        mode: Some(Mode::Consecutive),
        ..days("custody", length)
    };
    let terms = [
        consecutive(300),
        consecutive(200),
        days("suspended_custody", 10),
    ];
    let adjusted = severity_as_totalled(&custody_day(), &terms, &total(400));
    assert_eq!(
        (adjusted.exact, adjusted.total_differs),
        (Some(Exact::from(405)), true)
    );
    let agreeing = severity_as_totalled(&custody_day(), &terms, &total(500));
    assert_eq!(
        (agreeing.exact, agreeing.total_differs),
        (Some(Exact::from(505)), false)
    );
}

#[test]
fn the_mongolian_scale_is_exact_in_months() {
    let policy = mongolian();
    let mnt = Unit::MoneyMinor("MNT".to_owned());
    let cases = [
        (
            Component::of("imprisonment", Exact::from(30), Unit::Months),
            Exact::from(30),
        ),
        (
            Component::of("suspended", Exact::from(7), Unit::Months),
            Exact::new(7, 2),
        ),
        (
            Component::of("fine", Exact::from(70_000_000), mnt),
            Exact::new(14, 9),
        ),
        (
            Component::of("community_service", Exact::from(240), Unit::Hours),
            Exact::new(3, 2),
        ),
    ];
    for (component, expected) in cases {
        assert_eq!(severity(&policy, &[component]).exact, Some(expected));
    }
    assert!(severity(&policy, &[Component::without_amount("fine")]).missing);
}

#[test]
fn refuses_a_policy_under_which_more_counts_for_less() {
    let mut policy = custody_day();
    let negative = Weight::PerUnit(Rational(Exact::from(-1)));
    if let Some(Rule::Converted(conversion)) = policy.kinds.get_mut(&Kind::from("custody")) {
        conversion.weights.insert(Unit::Days, negative);
    }
    assert_eq!(
        policy.validate(),
        Err(PolicyError::Unsound {
            kind: "custody".to_owned()
        })
    );
}

#[test]
fn refuses_units_that_no_amount_has() {
    for unit in ["fortnights", "minor:mnt", "minor:", "Days"] {
        let read: Result<Unit, _> = serde_json::from_value(serde_json::json!(unit));
        assert!(read.is_err(), "{unit}");
    }
}

#[test]
fn a_policy_reads_back_as_it_was_written() {
    let policy = custody_day();
    let text = serde_json::to_string(&policy).unwrap();
    assert_eq!(serde_json::from_str::<ScalePolicy>(&text).unwrap(), policy);
}

#[test]
fn a_sign_is_stable_where_other_scales_agree() {
    let others = [
        Figure::Value(-0.2),
        Figure::Value(0.1),
        Figure::Undefined(Undefined::NoDecisions),
    ];
    assert_eq!(
        sign_stability(Figure::Value(-1.0), &others),
        Figure::Value(SignStability {
            stable: 2,
            scales: 3
        })
    );
    assert_eq!(
        sign_stability(others[2], &others).undefined(),
        Some(Undefined::NoDecisions)
    );
}
