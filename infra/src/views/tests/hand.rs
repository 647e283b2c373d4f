//! Sixty-five decisions whose figures were computed by hand.

use serde_json::{Value, json};
use uuid::Uuid;

use super::support::{Ledger, near};
use crate::views::figure::{Gap, Reliability, Why};
use crate::views::gender::Gender;
use crate::views::proportionality::Level;
use crate::views::{Disposals, Proportionality, Quantile, View, ViewError, ViewName, ViewRequest};

fn decision(offence: &str, level: &str, sanction: &Value) -> Value {
    json!({"court": "ashby", "counts": [{"no": 1,
        "offence": {"code": {"value": offence}, "category": {"value": "property"}},
        "gravity": {"policy": "midland-schedule-1/1", "level": level},
        "components": [{"no": 1, "sanction": sanction}]}]})
}

fn fine(euros: u64) -> Value {
    json!({"fine": {"amount": {"minor": euros * 100, "currency": "EUR"}}})
}

fn custody(term: &str) -> Value {
    json!({"custody": {"term": term}})
}

/// Level 1: 12 women and 3 of no recorded sex fined 80, 15 men fined 160, 5 men in custody for 10 days. Level 3: 4
/// women in custody for 30 days and 6 fined 80, 10 men in custody for 60 days and 10 with 60 days suspended.
pub(super) fn sixty_five() -> (Ledger, Uuid) {
    let mut ledger = Ledger::under("midland");
    let suspended = json!({"suspended_custody": {"term": "P60D"}});
    let mut last = Uuid::nil();
    for (count, sex, year, offence, level, sanction) in [
        (12, Some("female"), "2023", "M101", "1", fine(80)),
        (3, None, "2024", "M101", "1", fine(80)),
        (15, Some("male"), "2023", "M101", "1", fine(160)),
        (4, Some("female"), "2024", "M104", "3", custody("P30D")),
        (6, Some("female"), "2024", "M104", "3", fine(80)),
        (10, Some("male"), "2024", "M104", "3", custody("P60D")),
        (10, Some("male"), "2024", "M104", "3", suspended),
        (5, Some("male"), "2024", "M101", "1", custody("P10D")),
    ] {
        for _ in 0..count {
            last = ledger.imposed(sex, year, &decision(offence, level, &sanction));
        }
    }
    (ledger, last)
}

fn request(view: ViewName) -> ViewRequest {
    ViewRequest::of(view)
}

fn disposals(ledger: &Ledger, request: &ViewRequest, index: u64) -> Disposals {
    match ledger.view_as_of(request, Some(index)).unwrap() {
        View::Disposals(view) => view,
        other => panic!("{other:?}"),
    }
}

fn proportionality(ledger: &Ledger, request: &ViewRequest) -> Proportionality {
    match ledger.view(request).unwrap() {
        View::Proportionality(view) => view,
        other => panic!("{other:?}"),
    }
}

fn gender(ledger: &Ledger, request: &ViewRequest) -> Gender {
    match ledger.view(request).unwrap() {
        View::Gender(view) => *view,
        other => panic!("{other:?}"),
    }
}

#[test]
fn counts_what_was_imposed_by_sex_with_the_custody_rate() {
    let (ledger, _) = sixty_five();
    let view = disposals(&ledger, &request(ViewName::Disposals), ledger.last());
    let rows: Vec<(&str, u64, u64)> = view
        .groups
        .iter()
        .map(|g| (g.key[0].code.as_str(), g.n, g.custody.custody))
        .collect();
    assert_eq!(
        rows,
        [("female", 22, 4), ("male", 40, 15), ("not_recorded", 3, 0)]
    );
    near(view.groups[1].custody.per_100.value, 37.5);
    // Three decisions are counted, and nothing is computed from them.
    assert_eq!(view.groups[2].custody.per_100.value, None);
    assert_eq!(
        view.groups[2].custody.per_100.undefined,
        Some(Why::View(Gap::FewerThanTen))
    );
    assert_eq!(view.groups[0].reliability, Reliability::Few);
    let total: Vec<(&str, u64)> = view
        .total
        .disposals
        .iter()
        .map(|d| (d.disposal.code.as_str(), d.n))
        .collect();
    assert_eq!(
        total,
        [("custody", 19), ("suspended_custody", 10), ("fine", 36)]
    );
    let by_year: Vec<(&str, u64, u64)> = view
        .header
        .sex_not_recorded_by_year
        .iter()
        .map(|y| (y.year.code.as_str(), y.share.not_recorded, y.share.n))
        .collect();
    assert_eq!(by_year, [("2023", 0, 27), ("2024", 3, 38)]);
}

#[test]
fn shows_penalties_by_gravity_over_everybody_and_over_custody_alone() {
    let (ledger, _) = sixty_five();
    let view = proportionality(&ledger, &request(ViewName::Proportionality));
    let quantiles = |level: &Level| {
        let s = &level.severity;
        [&s.lower_quartile, &s.median, &s.upper_quartile].map(|q| q.exact.clone().unwrap())
    };
    assert_eq!(view.groups.len(), 2);
    assert_eq!((view.groups[0].n, view.groups[1].n), (35, 30));
    assert_eq!(quantiles(&view.groups[0]), ["1", "2", "2"]);
    assert_eq!(quantiles(&view.groups[1]), ["30", "30", "60"]);
    near(view.groups[0].custody.per_100.value, 500.0 / 35.0);
    let custody = &view.groups[1].given_custody;
    assert_eq!(custody.n, 14);
    assert_eq!(custody.median.exact.as_deref(), Some("60"));
    assert_eq!(custody.lower_quartile.exact.as_deref(), Some("30"));
    assert_eq!(custody.reliability, Reliability::Few);
    let sexes: Vec<(&str, u64)> = view.groups[0]
        .sexes
        .iter()
        .map(|s| (s.sex.code.as_str(), s.n))
        .collect();
    assert_eq!(sexes, [("female", 12), ("male", 20), ("not_recorded", 3)]);
}

#[test]
fn the_three_figures_of_order_stand_together() {
    let (ledger, _) = sixty_five();
    let order = proportionality(&ledger, &request(ViewName::Proportionality)).order;
    near(order.inversion_per_100.value, 12_000.0 / 1_050.0);
    near(order.flat_per_100.value, 9_000.0 / 1_050.0);
    near(
        order.tau_b.value,
        720.0 / (1_050.0_f64.sqrt() * 1_619.0_f64.sqrt()),
    );
    assert_eq!(order.not_compared, 0);
    let sentence = order.sentence.unwrap();
    assert!(
        sentence.contains("less in 11, the same in 9 and more in 80"),
        "{sentence}"
    );
}

#[test]
fn compares_women_and_men_among_like_cases_in_three_panels() {
    let (ledger, _) = sixty_five();
    let view = gender(&ledger, &request(ViewName::Gender));
    let custody = &view.custody;
    near(
        custody.crude.per_100.value,
        100.0 * (4.0 / 22.0 - 15.0 / 40.0),
    );
    near(custody.mantel_haenszel.per_100.value, -6_100.0 / 340.0);
    near(custody.standardised.women_per_100.value, 1_200.0 / 62.0);
    near(custody.standardised.men_per_100.value, 2_300.0 / 62.0);
    near(
        custody.standardised.difference.per_100.value,
        -1_100.0 / 62.0,
    );
    near(custody.strata[0].gap.per_100.value, -25.0);
    near(custody.strata[1].gap.per_100.value, -10.0);
    near(view.specialists.crude_odds_ratio.value, 100.0 / 270.0);
    near(
        view.specialists.mantel_haenszel_odds_ratio.value,
        32.0 / 93.0,
    );
    // Four women in custody are counted, and no length is computed from them.
    let lengths = &view.length.strata[1];
    assert_eq!(
        (lengths.sexes[0].spread.n, lengths.sexes[1].spread.n),
        (4, 10)
    );
    assert_eq!(
        lengths.gap_of_medians.undefined,
        Some(Why::View(Gap::FewerThanTen))
    );
    // Over everybody: women 1 × 12 and (1 × 6, 30 × 4), men (2 × 15, 10 × 5) and (60 × 10, 30 × 10).
    let everybody = &view.everybody;
    near(everybody.strata[0].gap_of_medians.value, 1.0 - 2.0);
    near(everybody.strata[0].gap_of_means.value, 1.0 - 4.0);
    near(everybody.strata[1].gap_of_means.value, 12.6 - 45.0);
    let (first, second) = (12.0 * 20.0 / 32.0, 10.0 * 20.0 / 30.0);
    let adjusted = (first * -3.0 + second * -32.4) / (first + second);
    near(everybody.adjusted.difference.value, adjusted);
    assert_eq!((view.comparable.women, view.comparable.of_women), (22, 22));
    assert_eq!(everybody.sexes.len(), 3);
}

#[test]
fn a_correction_changes_the_view_of_today_and_not_that_of_yesterday() {
    let (mut ledger, last) = sixty_five();
    let before = ledger.last();
    let corrected = json!({"corrected": {"corrects": 1, "pronounced": "2024", "door": "existing",
        "reason": "typing", "decision": decision("M101", "1", &fine(160))}});
    ledger.file("sentence", last, "2024", &corrected);
    let view = request(ViewName::Disposals);
    let (today, yesterday) = (
        disposals(&ledger, &view, ledger.last()),
        disposals(&ledger, &view, before),
    );
    assert_eq!(
        (yesterday.groups[1].n, yesterday.groups[1].custody.custody),
        (40, 15)
    );
    assert_eq!(
        (today.groups[1].n, today.groups[1].custody.custody),
        (40, 14)
    );
    let view = ledger.view_as_of(&view, None).unwrap();
    assert_eq!(view.header().decisions, 0);
}

#[test]
fn without_a_gravity_policy_there_is_no_gravity_and_disposals_are_shown_by_offence() {
    let (mut ledger, _) = sixty_five();
    ledger.packs = vec![super::support::pack("mongolia")];
    let view = proportionality(&ledger, &request(ViewName::Proportionality));
    let json = serde_json::to_value(&view).unwrap();
    assert_eq!(
        json["header"]["policies"]["gravity"],
        json!({"value": null, "undefined": "no_gravity_policy"})
    );
    assert_eq!(view.columns[0].code, "category");
    let offences: Vec<&str> = view
        .offences
        .iter()
        .map(|o| o.key[1].code.as_str())
        .collect();
    assert_eq!(offences, ["M101", "M104"]);
    assert_eq!(
        view.order.tau_b.undefined,
        Some(Why::View(Gap::NoGravityPolicy))
    );
}

#[test]
fn columns_and_conditions_choose_the_groups() {
    let (ledger, _) = sixty_five();
    let by = request(ViewName::Proportionality)
        .by("sex, category")
        .with("sex!=not_recorded")
        .unwrap();
    let view = proportionality(&ledger, &by);
    let keys: Vec<Vec<&str>> = view
        .groups
        .iter()
        .map(|g| g.key.iter().map(|t| t.title.as_str()).collect())
        .collect();
    assert_eq!(keys, [["women", "Property"], ["men", "Property"]]);
    assert_eq!(view.header.decisions, 62);
    // A circumstance of the rules that no decision has told: everybody is silent.
    let silent = request(ViewName::Disposals).by("prior_record");
    let found = disposals(&ledger, &silent, ledger.last());
    assert_eq!((found.groups.len(), found.groups[0].n), (1, 65));
    let nobody = silent.with("prior-record=none").unwrap();
    assert_eq!(
        disposals(&ledger, &nobody, ledger.last()).header.decisions,
        0
    );
}

#[test]
fn a_wish_that_cannot_be_met_names_what_can() {
    let (ledger, _) = sixty_five();
    let refused = |request: ViewRequest| ledger.view(&request).unwrap_err().to_string();
    let error = refused(request(ViewName::Disposals).by("colour"));
    assert!(
        error.contains("\"colour\"") && error.contains("prior-record"),
        "{error}"
    );
    let error = refused(request(ViewName::Gender).with("sex=femal").unwrap());
    assert!(
        error.contains("\"femal\"") && error.contains("female"),
        "{error}"
    );
    let scale = ViewRequest {
        scale: Some("felt/1".to_owned()),
        ..request(ViewName::Gender)
    };
    let error = refused(scale);
    assert!(error.contains("custody-day/1, custody-only/1"), "{error}");
    let error = refused(request(ViewName::Gender).by("disposal"));
    assert!(
        error.contains("\"disposal\"") && error.contains("decided with the sentence"),
        "{error}"
    );
    let error = refused(request(ViewName::Disposals).by("disposal"));
    assert!(error.contains("ask for another column"), "{error}");
    assert!(matches!(
        request(ViewName::Gender).with("sex"),
        Err(ViewError::Condition(_))
    ));
    assert!("3".parse::<Quantile>().is_err());
}

#[test]
fn severities_of_several_jurisdictions_are_not_mixed() {
    let (mut ledger, _) = sixty_five();
    ledger.packs.push(super::support::pack("mongolia"));
    let error = ledger.view(&request(ViewName::Gender)).unwrap_err();
    assert!(error.to_string().contains("midland, mongolia"), "{error}");
    assert!(ledger.view(&request(ViewName::Disposals)).is_ok());
}

#[test]
fn a_headline_says_under_how_many_scales_it_points_the_same_way() {
    let (ledger, _) = sixty_five();
    let view = proportionality(&ledger, &request(ViewName::Proportionality));
    let found = view.sensitivity.unwrap();
    let scales: Vec<&str> = found
        .scales
        .iter()
        .map(|under| under.scale.code.as_str())
        .collect();
    assert_eq!(scales, ["custody-day/1", "custody-only/1"]);
    assert_eq!(found.scales[0].headline, view.order.tau_b);
    let sign = found.sign.value.unwrap();
    assert_eq!((sign.stable, sign.scales), (2, 2));
    assert!(found.sentence.unwrap().contains("2 of 2 severity scales"));
    let view = gender(&ledger, &request(ViewName::Gender));
    let found = view.sensitivity.unwrap();
    assert_eq!(found.scales[0].headline, view.everybody.adjusted.difference);
}

#[test]
fn severities_are_counted_in_bands_with_life_apart() {
    let (mut ledger, _) = sixty_five();
    ledger.imposed(
        Some("male"),
        "2024",
        &decision("M701", "6", &custody("life")),
    );
    let view = proportionality(&ledger, &request(ViewName::Proportionality));
    let counts = |level: &Level| -> Vec<(String, u64)> {
        let bands = view.bands.iter().zip(&level.bands);
        let some = bands.filter(|(_, n)| **n > 0);
        some.map(|(band, n)| (band.title.clone(), *n)).collect()
    };
    let expected = [("to 1 week", 30), ("to 1 month", 5)].map(|(band, n)| (band.to_owned(), n));
    assert_eq!(counts(&view.groups[0]), expected);
    assert_eq!(counts(&view.groups[2]), [("life or death".to_owned(), 1)]);
}

#[test]
fn where_nothing_is_counted_the_way_out_is_said_in_place_of_figures() {
    let (ledger, _) = sixty_five();
    let header = |request: &ViewRequest, index| {
        let view = ledger.view_as_of(request, index).unwrap();
        view.header().nothing()
    };
    let all = request(ViewName::Disposals);
    assert_eq!(header(&all, Some(ledger.last())), None);
    let said = header(&all, None).unwrap();
    assert!(
        said.contains("No decision is in the register yet"),
        "{said}"
    );
    let nobody = all.with("disposal=death").unwrap();
    let said = header(&nobody, Some(ledger.last())).unwrap();
    assert!(said.contains("Take one away"), "{said}");
}

#[test]
fn the_median_rises_from_level_to_level_by_a_step_that_is_told() {
    let (ledger, _) = sixty_five();
    let view = proportionality(&ledger, &request(ViewName::Proportionality));
    let steps = view.steps.value.unwrap();
    let medians: Vec<(u64, Option<f64>, Option<f64>)> = steps
        .levels
        .iter()
        .map(|level| (level.n, level.median.value, level.step.value))
        .collect();
    assert_eq!(
        medians,
        [(35, Some(2.0), None), (30, Some(30.0), Some(15.0))]
    );
    assert!(steps.violations.is_empty());
    near(steps.isotonic_loss.value, 0.0);
    near(steps.largest_step.value, 15.0);
}

#[test]
fn a_graver_level_that_received_less_is_named() {
    let mut ledger = Ledger::under("midland");
    for (level, term) in [("1", "P30D"), ("2", "P90D"), ("3", "P60D")] {
        for _ in 0..10 {
            ledger.imposed(
                Some("male"),
                "2024",
                &decision("M101", level, &custody(term)),
            );
        }
    }
    let view = proportionality(&ledger, &request(ViewName::Proportionality));
    let steps = view.steps.value.unwrap();
    let pairs: Vec<[&str; 2]> = steps
        .violations
        .iter()
        .map(|[lighter, graver]| [lighter.code.as_str(), graver.code.as_str()])
        .collect();
    assert_eq!(
        pairs,
        [["midland-schedule-1/1 2", "midland-schedule-1/1 3"]]
    );
    near(steps.levels[2].fit.value, 75.0);
}

#[test]
fn what_kinds_of_cases_add_comes_to_the_crude_difference() {
    let (ledger, _) = sixty_five();
    let view = gender(&ledger, &request(ViewName::Gender));
    let found = view.custody.in_common.value.unwrap();
    let parts = found.mix.strata.iter();
    let total: f64 = parts
        .map(|part| part.like_cases_per_100 + part.mix_per_100)
        .sum();
    let few = &found.mix.few;
    let total = total + few.like_cases_per_100 + few.mix_per_100;
    near(Some(total), 100.0 * (4.0 / 22.0 - 15.0 / 40.0));
    near(Some(found.one_sex_alone_per_100), 0.0);
    assert_eq!((found.mix.strata.len(), few.strata), (2, 0));
}
