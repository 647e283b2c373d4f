//! Severities that count at most so much, conditions on the severity, and rare offences put together.

use serde_json::{Value, json};

use super::hand::sixty_five;
use super::support::{Ledger, near};
use crate::views::{Disposals, Gender, View, ViewName, ViewRequest};

fn gender(ledger: &Ledger, request: &ViewRequest) -> Gender {
    match ledger.view(request).unwrap() {
        View::Gender(view) => *view,
        other => panic!("{other:?}"),
    }
}

fn disposals(ledger: &Ledger, request: &ViewRequest) -> Disposals {
    match ledger.view(request).unwrap() {
        View::Disposals(view) => view,
        other => panic!("{other:?}"),
    }
}

fn by_article(article: &str, months: Option<u32>) -> Value {
    let term = months.map(|months| format!("P{months}M"));
    json!({"court": "court_1", "counts": [{"no": 1,
        "offence": {"code": {"value": article}, "category": {"value": "other"}},
        "components": [{"no": 1, "sanction": {"custody": {"term": term}}}]}]})
}

/// Of chapter 11 two articles with 24 and 6 decisions, of chapter 17 one with 8, women and men in turn; of one decision
/// in each chapter it is not known how long.
fn articles() -> Ledger {
    let mut ledger = Ledger::under("mongolia");
    for (article, decisions) in [("11.1", 24), ("11.2", 6), ("17.1", 8)] {
        for n in 0..decisions {
            let sex = if n % 2 == 0 { "female" } else { "male" };
            let months = (n > 0 || article == "11.2").then_some(n % 5 + 1);
            ledger.imposed(Some(sex), "2024", &by_article(article, months));
        }
    }
    ledger
}

#[test]
fn severities_above_a_number_count_as_that_number_everywhere_in_the_view() {
    let (ledger, _) = sixty_five();
    let plain = gender(&ledger, &ViewRequest::of(ViewName::Gender));
    let request = ViewRequest::of(ViewName::Gender).at_most("12.5").unwrap();
    let view = gender(&ledger, &request);
    // Women: 12 and 6 at 1, 4 of 30 days; men: 15 at 2, 5 at 10, 10 of 60 and 10 of 30 days.
    let means: Vec<f64> = view
        .everybody
        .sexes
        .iter()
        .take(2)
        .map(|sex| sex.spread.mean.value.unwrap())
        .collect();
    near(Some(means[0]), (18.0 + 4.0 * 12.5) / 22.0);
    near(Some(means[1]), (30.0 + 50.0 + 20.0 * 12.5) / 40.0);
    near(
        plain.everybody.sexes[0].spread.mean.value,
        (18.0 + 120.0) / 22.0,
    );
    assert_eq!(
        view.header.policies.severity_at_most.as_deref(),
        Some("25/2")
    );
    let said = view.header.statements.iter().find(|s| s.code == "at_most");
    assert!(said.unwrap().text.contains("above 25/2 days"), "{said:?}");
    assert_eq!(plain.header.policies.severity_at_most, None);
    // How many received custody does not depend on how long it is said to be.
    assert_eq!(view.custody, plain.custody);
}

#[test]
fn a_number_in_one_unit_says_nothing_of_a_scale_in_another() {
    let ledger = articles();
    let headline = |request: &ViewRequest| {
        let scales = gender(&ledger, request).sensitivity.unwrap().scales;
        scales
            .into_iter()
            .map(|under| under.headline)
            .collect::<Vec<_>>()
    };
    let plain = ViewRequest::of(ViewName::Gender).by("offence");
    let capped = plain.clone().at_most("1").unwrap();
    let (plain, capped) = (headline(&plain), headline(&capped));
    assert_ne!(plain[0], capped[0]);
    assert_eq!(plain[1], capped[1]);
}

#[test]
fn the_test_of_two_means_is_students_with_men_first() {
    let (ledger, _) = sixty_five();
    let view = gender(&ledger, &ViewRequest::of(ViewName::Gender));
    let (of_women, of_men) = (
        [(1.0, 18.0), (30.0, 4.0)],
        [(2.0, 15.0), (10.0, 5.0), (60.0, 10.0), (30.0, 10.0)],
    );
    let moments = |values: &[(f64, f64)]| {
        let n: f64 = values.iter().map(|(_, n)| n).sum();
        let mean = values.iter().map(|(x, n)| x * n).sum::<f64>() / n;
        let squares: f64 = values.iter().map(|(x, n)| (x - mean).powi(2) * n).sum();
        (n, mean, squares)
    };
    let ((n1, mean1, squares1), (n0, mean0, squares0)) = (moments(&of_women), moments(&of_men));
    let error = ((squares1 + squares0) / (n1 + n0 - 2.0) * (1.0 / n1 + 1.0 / n0)).sqrt();
    let student = &view.everybody.student;
    near(student.t.value, (mean0 - mean1) / error);
    assert_eq!(student.degrees_of_freedom.value, Some(60));
    // Four women in custody: nothing is computed from them.
    assert_eq!(view.length.student.t.value, None);
}

#[test]
fn a_condition_on_the_severity_keeps_decisions_with_or_without_a_number() {
    let ledger = articles();
    for (condition, expected) in [
        ("severity=known", 36),
        ("severity=not_known", 2),
        ("severity!=known", 2),
        ("severity=known,not_known", 38),
    ] {
        let request = ViewRequest::of(ViewName::Disposals)
            .with(condition)
            .unwrap();
        let view = disposals(&ledger, &request);
        assert_eq!(
            (view.total.n, view.header.decisions),
            (expected, expected),
            "{condition}"
        );
        let scale = view.header.policies.scale.unwrap().value.unwrap();
        assert_eq!(scale.version, "mongolia-study/1");
    }
    let request = ViewRequest::of(ViewName::Disposals)
        .with("severity=heavy")
        .unwrap();
    let error = ledger.view(&request).unwrap_err().to_string();
    assert!(
        error.contains("\"heavy\"") && error.contains("known, not_known"),
        "{error}"
    );
}

#[test]
fn disposals_by_severity_are_every_penalty_with_its_count_in_the_order_of_their_size() {
    let ledger = articles();
    let request = ViewRequest::of(ViewName::Disposals).by("severity");
    let view = disposals(&ledger, &request);
    let counted: Vec<(&str, u64)> = view
        .groups
        .iter()
        .map(|g| (g.key[0].code.as_str(), g.n))
        .collect();
    let expected = [
        ("1", 7),
        ("2", 8),
        ("3", 8),
        ("4", 7),
        ("5", 6),
        ("not_known", 2),
    ];
    assert_eq!(counted, expected);
    let capped = disposals(&ledger, &request.at_most("5/2").unwrap());
    let last = capped
        .groups
        .iter()
        .rfind(|group| group.key[0].code != "not_known")
        .unwrap();
    assert_eq!((last.key[0].code.as_str(), last.n), ("5/2", 21));
    let error = ledger
        .view(&ViewRequest::of(ViewName::Gender).by("severity"))
        .unwrap_err();
    assert!(
        error.to_string().contains("decided with the sentence"),
        "{error}"
    );
}

#[test]
fn an_offence_of_few_decisions_is_put_together_with_the_others_of_its_chapter() {
    let ledger = articles();
    let strata = |request: ViewRequest| -> Vec<(String, u64)> {
        let strata = gender(&ledger, &request).custody.strata;
        let n = |sexes: &[crate::views::gender::SexRate]| sexes.iter().map(|sex| sex.rate.n).sum();
        strata
            .iter()
            .map(|s| (s.key[0].code.clone(), n(&s.sexes)))
            .collect()
    };
    let own = |list: &[(&str, u64)]| -> Vec<(String, u64)> {
        list.iter()
            .map(|(code, n)| ((*code).to_owned(), *n))
            .collect()
    };
    let by_offence = ViewRequest::of(ViewName::Gender).by("offence");
    assert_eq!(
        strata(by_offence.clone()),
        own(&[("11.1", 24), ("11.2", 6), ("17.1", 8)])
    );
    let together = by_offence.clone().fewest("9").unwrap();
    assert_eq!(
        strata(together.clone()),
        own(&[("11.1", 24), ("chapter 11", 6), ("chapter 17", 8)])
    );
    // What is rare depends on the decisions that are counted.
    let women = together.with("sex=female").unwrap();
    assert_eq!(
        strata(women),
        own(&[("11.1", 12), ("chapter 11", 3), ("chapter 17", 4)])
    );
    let all = by_offence.fewest("30").unwrap();
    assert_eq!(strata(all), own(&[("chapter 11", 30), ("chapter 17", 8)]));
}

#[test]
fn what_a_view_or_the_rules_know_nothing_of_is_refused_with_the_way_out() {
    let (midland, _) = sixty_five();
    let refused =
        |ledger: &Ledger, request: ViewRequest| ledger.view(&request).unwrap_err().to_string();
    let rare = |view| ViewRequest::of(view).by("offence").fewest("50").unwrap();
    let error = refused(&midland, rare(ViewName::Gender));
    assert!(
        error.contains("fewest") && error.contains("leave it out"),
        "{error}"
    );
    let capped = ViewRequest::of(ViewName::Disposals).at_most("132").unwrap();
    let error = refused(&midland, capped);
    assert!(
        error.contains("at_most") && error.contains("disposals by severity"),
        "{error}"
    );
    let error = refused(&articles(), rare(ViewName::Disposals));
    assert!(error.contains("ask it of the view gender"), "{error}");
    for typed in ["", "0", "-1", "many"] {
        let error = ViewRequest::of(ViewName::Gender)
            .at_most(typed)
            .unwrap_err();
        assert!(error.to_string().contains("such as 132"), "{error}");
        let error = ViewRequest::of(ViewName::Gender).fewest(typed).unwrap_err();
        assert!(error.to_string().contains("such as 50"), "{error}");
    }
}
