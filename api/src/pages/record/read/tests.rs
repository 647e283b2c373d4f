use domain::values::{Consent, Decimal, Length, Money, Quantity};

use super::*;

fn midland() -> Pack {
    let (_, text) = domain::jurisdiction::BUILT_IN[1];
    Pack::parse(text).unwrap()
}

fn read(more: &[(&str, &str)]) -> Result<Decision, Errors> {
    let base = [("court", "ashby"), ("offence", "M403")];
    let kept = base
        .iter()
        .filter(|(name, _)| !more.iter().any(|(n, _)| n == name));
    let all: Vec<_> = kept.chain(more).copied().collect();
    decision(&Typed::of(&all), &midland(), None)
}

#[test]
fn a_minor_fine_is_read_from_few_fields_with_gravity_from_the_pack() {
    let decision = read(&[("disposal", "fine"), ("amount", "250.50")]).unwrap();
    let count = &decision.counts[0];
    let amount = Money::from_major(Decimal::parse("250.50").unwrap(), midland().currency).unwrap();
    let fine = Sanction::Fine {
        amount: Some(amount),
    };
    assert_eq!(count.components[0].sanction, fine);
    assert_eq!(count.gravity.as_ref().unwrap().level.as_str(), "1");
    assert!(count.range.as_ref().unwrap().highest.is_zero());
}

#[test]
fn an_amount_is_read_with_a_comma_too_unless_it_may_mark_thousands() {
    let amount = |text| read(&[("disposal", "fine"), ("amount", text)]);
    assert_eq!(amount("250,50").unwrap(), amount("250.50").unwrap());
    assert_eq!(amount("250,5").unwrap(), amount("250.50").unwrap());
    for unclear in ["1,250", "1.250,50", "250,"] {
        let errors = amount(unclear).unwrap_err();
        assert_eq!(errors.0.keys().collect::<Vec<_>>(), ["amount"], "{unclear}");
    }
}

#[test]
fn an_amount_that_is_none_is_refused_at_its_field() {
    let errors = read(&[("disposal", "fine"), ("amount", "much")]).unwrap_err();
    assert_eq!(errors.0.keys().collect::<Vec<_>>(), ["amount"]);
}

#[test]
fn what_is_left_empty_is_not_recorded_and_left_to_the_rules() {
    let decision = read(&[("disposal", "fine"), ("offence", "")]).unwrap();
    assert_eq!(decision.counts[0].offence.code, Known::NotRecorded);
    let fine = Sanction::Fine { amount: None };
    assert_eq!(decision.counts[0].components[0].sanction, fine);
}

#[test]
fn unpaid_work_typed_in_hours_is_kept_in_minutes() {
    let decision = read(&[
        ("disposal", "community_order"),
        ("period_years", "1"),
        ("r1_kind", "unpaid-work"),
        ("r1_amount", "80.5"),
        ("r2_kind", "treatment"),
        ("r2_months", "6"),
        ("r2_consent", "refused"),
    ])
    .unwrap();
    let requirements = decision.counts[0].components[0].sanction.requirements();
    assert_eq!(requirements[0].quantity, Some(Quantity::Minutes(4830)));
    assert_eq!(requirements[1].consent, Known::Value(Consent::Refused));
    assert_eq!(
        requirements[1].length,
        Some("P6M".parse::<Length>().unwrap())
    );
}

#[test]
fn a_date_without_its_year_is_refused_not_guessed() {
    let errors = read(&[("disposal", "admonition"), ("committed_day", "3")]).unwrap_err();
    assert_eq!(errors.at("committed").as_deref(), Some("Give the year too"));
}

#[test]
fn a_decimal_stands_alone_and_is_never_converted() {
    let decision = read(&[("disposal", "custody"), ("term_months", "7.4")]).unwrap();
    let length = decision.counts[0].components[0].sanction.custody_length();
    assert_eq!(length.unwrap().to_string(), "P7.4M");
    let mixed = [
        ("disposal", "custody"),
        ("term_months", "7.4"),
        ("term_days", "2"),
    ];
    let errors = read(&mixed).unwrap_err();
    assert_eq!(errors.0.keys().collect::<Vec<_>>(), ["term"]);
}

#[test]
fn a_departure_says_which_way_and_is_refused_within_the_range() {
    let custody = |months: &str| {
        read(&[
            ("offence", "M102"),
            ("disposal", "custody"),
            ("term_months", months),
            ("departure", "totality"),
        ])
    };
    let above = custody("12").unwrap().counts[0].departure.clone().unwrap();
    assert_eq!(above.direction, domain::sentence::DepartureDirection::Above);
    let errors = custody("4").unwrap_err();
    assert_eq!(errors.0.keys().collect::<Vec<_>>(), ["departure"]);
}

#[test]
fn what_stands_typed_again_is_what_stands() {
    let text = r#"{"court":"ashby","case":"2026/114","hearing":"h-7","principal":3,
        "counts":[
          {"no":2,"offence":{"code":{"value":"M102"},"catalogue":"older-1","committed":{"value":"2024-05"}},
           "components":[
             {"no":3,"sanction":{"custody":{"term":"P7.4M"}},"uplift":"recidivism"},
             {"no":4,"sanction":{"community_order":{"period":"P2W","requirements":[
                {"kind":"unpaid-work","quantity":{"minutes":61}},{"kind":"curfew","length":"P10D"}]}}}]},
          {"no":5,"offence":{},"components":[
             {"no":9,"sanction":{"suspended_custody":{"term":"P1Y"}},"runs":{"consecutive_to":3}},
             {"no":10,"sanction":{"day_fine":{"units":30}}}]}],
        "circumstances":{"prior-record":{"value":"none"},"unlisted":"declined"},
        "aggravating":["planned","unlisted"],"remand_days":"not_asked"}"#;
    let stands: Decision = serde_json::from_str(text).unwrap();
    let typed = standing::typed(&stands);
    assert_eq!(decision(&typed, &midland(), Some(&stands)).unwrap(), stands);
}

#[test]
fn another_offence_takes_its_gravity_and_range_from_the_pack_and_the_rest_stays() {
    let text = r#"{"court":"ashby","counts":[{"no":1,"offence":{"code":{"value":"M403"}},
        "components":[{"no":1,"sanction":{"custody":{"term":"P7.4M"}}}]}]}"#;
    let stands: Decision = serde_json::from_str(text).unwrap();
    let typed = standing::typed(&stands).with("offence", "M202");
    let read = decision(&typed, &midland(), Some(&stands)).unwrap();
    assert_eq!(read.counts[0].gravity.as_ref().unwrap().level.as_str(), "3");
    assert!(read.counts[0].range.is_some());
    assert_eq!(read.counts[0].components, stands.counts[0].components);
}

#[test]
fn a_count_that_is_added_is_numbered_after_those_that_stand() {
    let text = r#"{"court":"ashby","counts":[{"no":4,"offence":{"code":{"value":"M403"}},
        "components":[{"no":7,"sanction":{"fine":{}}}]}]}"#;
    let stands: Decision = serde_json::from_str(text).unwrap();
    let typed = standing::typed(&stands).with("counts", "2");
    let typed = typed
        .with("offence_2", "M102")
        .with("disposal_2_1", "admonition");
    let read = decision(&typed, &midland(), Some(&stands)).unwrap();
    let numbers: Vec<_> = read.components().map(|(n, c)| (n.no.0, c.no.0)).collect();
    assert_eq!(numbers, [(4, 7), (5, 8)]);
}
