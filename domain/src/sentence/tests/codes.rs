use std::sync::Arc;

use super::{brought_in, existing, impose, live};
use crate::act::Objection;
use crate::jurisdiction::{Ask, FactorDirection, Pack};
use crate::sentence::{
    CodeList, Component, Decision, Departure, DepartureDirection, Filing, SanctionKind, Sentence,
    SentenceRefusal,
};
use crate::testing::given;
use crate::testing::samples::{
    code, community_order, count, custody, decision, decision_on, facts, fine, just_now, known,
    midland, midland_with, suspended, under, unpaid_work, with_count,
};
use crate::values::{Code, CountNo, CourtCode, Gravity, IccsCode, Known};

fn unknown(list: CodeList, text: &str) -> SentenceRefusal {
    let code = code(text);
    SentenceRefusal::UnknownCode {
        list,
        code,
        known: known_of(list, text),
    }
}

/// What the refusal of a code names instead.
fn known_of(list: CodeList, text: &str) -> Vec<Code> {
    let law = midland();
    let factors = |wanted| {
        let factors = law.sentencing.factors.iter();
        let factors = factors.filter(move |factor| factor.direction == wanted);
        factors.map(|factor| factor.code.clone()).collect()
    };
    match (list, text) {
        (CodeList::Courts, _) => known(|law| &law.courts),
        (CodeList::Aggravating, _) => factors(FactorDirection::Aggravating),
        (CodeList::Mitigating, _) => factors(FactorDirection::Mitigating),
        (CodeList::Departures, _) => {
            let reasons = law.sentencing.departure_reasons.iter();
            reasons.map(|reason| reason.code.clone()).collect()
        }
        (CodeList::Options, _) => known(|law| &law.sentencing.alternatives),
        (CodeList::Uplifts, _) => known(|law| &law.sentencing.uplifts),
        (CodeList::Categories, _) => known(|law| &law.sentencing.categories),
        (CodeList::Circumstances, "many") => {
            let record = law.sentencing.circumstance(&code("prior-record"));
            record
                .unwrap()
                .values
                .iter()
                .map(|v| v.code.clone())
                .collect()
        }
        (CodeList::Circumstances, _) => {
            let rules = law.sentencing.circumstances.iter();
            rules.map(|rule| rule.code.clone()).collect()
        }
        // A policy that is none has no levels.
        (CodeList::Gravity, "3") => Vec::new(),
        (CodeList::Gravity, _) => {
            let levels = law.catalogue.gravity.iter().flat_map(|g| &g.levels);
            levels.map(|level| level.code.clone()).collect()
        }
        (other, _) => panic!("{other}"),
    }
}

/// Refused live, and recorded with exactly that critical finding.
#[track_caller]
fn stands_against(decided: Decision, refusal: SentenceRefusal) {
    live(decided.clone()).then_refused(refusal.clone());
    existing(decided).then_noticed(vec![Objection::hard(refusal)]);
}

fn a_fine() -> Decision {
    decision([fine(1, 100)])
}

/// S-11
#[test]
fn refuses_factors_that_the_pack_does_not_list() {
    let aggravating = vec![code("rudeness")];
    let decided = Decision {
        aggravating,
        ..a_fine()
    };
    stands_against(decided, unknown(CodeList::Aggravating, "rudeness"));
}

/// S-11
#[test]
fn refuses_a_mitigating_factor_among_the_aggravating() {
    let decided = Decision {
        aggravating: vec![code("early-plea")],
        ..a_fine()
    };
    stands_against(decided, unknown(CodeList::Aggravating, "early-plea"));
    let decided = Decision {
        mitigating: vec![code("weapon")],
        ..a_fine()
    };
    stands_against(decided, unknown(CodeList::Mitigating, "weapon"));
}

/// S-11
#[test]
fn refuses_an_unknown_reason_for_departure() {
    let departed = with_count(a_fine(), |c| {
        c.departure = Some(Departure {
            direction: DepartureDirection::Below,
            reasons: vec![code("sympathy")],
        });
    });
    stands_against(departed, unknown(CodeList::Departures, "sympathy"));
}

/// S-11
#[test]
fn refuses_an_unknown_non_custodial_option() {
    let decided = Decision {
        alternatives_considered: vec![code("exile")],
        ..a_fine()
    };
    stands_against(decided, unknown(CodeList::Options, "exile"));
}

/// S-11
#[test]
fn refuses_an_unknown_circumstance_and_an_unknown_answer() {
    for (question, answer, wrong) in [
        ("shoe-size", Known::NotAsked, "shoe-size"),
        ("prior-record", Known::Value(code("many")), "many"),
    ] {
        let mut decided = a_fine();
        decided.circumstances.insert(code(question), answer);
        stands_against(decided, unknown(CodeList::Circumstances, wrong));
    }
}

/// S-11
#[test]
fn refuses_a_gravity_that_no_policy_of_the_pack_ranks() {
    for (policy, level) in [("midland-schedule-1/1", "7"), ("felt/1", "3")] {
        let ranked = with_count(a_fine(), |c| {
            c.gravity = Some(Gravity {
                policy: policy.parse().unwrap(),
                level: code(level),
            });
        });
        stands_against(ranked, unknown(CodeList::Gravity, level));
    }
}

fn filed(filing: Filing, given: &str, catalogued: &str) -> SentenceRefusal {
    SentenceRefusal::CataloguedOtherwise {
        count: CountNo(1),
        filing,
        given: given.to_owned(),
        catalogued: catalogued.to_owned(),
    }
}

/// S-11
#[test]
fn refuses_an_offence_filed_otherwise_than_the_catalogue_files_it() {
    let graver = with_count(a_fine(), |c| {
        c.gravity = Some(Gravity {
            policy: "midland-schedule-1/1".parse().unwrap(),
            level: code("6"),
        });
    });
    stands_against(graver, filed(Filing::Gravity, "6", "3"));
    let elsewhere = with_count(a_fine(), |c| {
        c.offence.category = Known::Value(code("violence"));
    });
    stands_against(elsewhere, filed(Filing::Category, "violence", "property"));
    let classed = |class: &str| {
        with_count(a_fine(), |c| {
            c.offence.iccs = Some(IccsCode::parse(class).unwrap());
        })
    };
    stands_against(classed("0101"), filed(Filing::Class, "0101", "0701"));
    for class in ["07", "0701", "07011"] {
        live(classed(class)).then_accepted();
    }
}

/// S-11
#[test]
fn refuses_a_term_above_the_maximum_under_a_rule_that_nobody_enacted() {
    let cited = Component {
        uplift: Some(code("anger")),
        ..custody(1, "P8Y")
    };
    stands_against(decision([cited]), unknown(CodeList::Uplifts, "anger"));
}

/// A law whose catalogue puts no offence into a category.
fn uncategorised() -> Arc<Pack> {
    midland_with(|pack| {
        for entry in &mut pack.catalogue.offences {
            entry.category = None;
        }
    })
}

/// S-11
#[test]
fn refuses_an_unknown_category_of_offence() {
    let filed = with_count(a_fine(), |c| {
        c.offence.category = Known::Value(code("weather"));
    });
    given::<Sentence>([])
        .when(impose(filed, just_now()))
        .at(under(uncategorised()))
        .then_refused(unknown(CodeList::Categories, "weather"));
}

/// S-11
#[test]
fn refuses_a_court_that_the_pack_does_not_know() {
    let mut decided = a_fine();
    decided.court = CourtCode::parse("jane.smith").unwrap();
    live(decided).then_refused(unknown(CodeList::Courts, "jane.smith"));
}

/// S-11
#[test]
fn accepts_codes_of_the_pack_and_every_kind_of_absence() {
    let mut decided = with_count(a_fine(), |c| {
        c.gravity = Some(Gravity {
            policy: "midland-schedule-1/1".parse().unwrap(),
            level: code("3"),
        });
        c.offence.category = Known::Value(code("property"));
    });
    for (question, answer) in [
        ("employed", Known::Declined),
        ("education", Known::NotAsked),
        ("carer", Known::NotRecorded),
        ("household", Known::Value(code("3"))),
    ] {
        decided.circumstances.insert(code(question), answer);
    }
    live(decided).then_accepted();
}

/// S-11
#[test]
fn accepts_any_category_where_the_pack_lists_none() {
    let filed = with_count(a_fine(), |c| {
        c.offence.category = Known::Value(code("weather"));
    });
    let mut open = Pack::clone(&uncategorised());
    open.sentencing.categories.clear();
    given::<Sentence>([])
        .when(impose(filed, just_now()))
        .at(under(Arc::new(open)))
        .then_accepted();
}

fn asked(kind: SanctionKind, ask: Ask) -> SentenceRefusal {
    SentenceRefusal::Asked { kind, ask }
}

fn lacking(decided: &Decision, ask: Ask) -> Decision {
    let mut lacking = decided.clone();
    match ask {
        Ask::Reasons => lacking.reasons = None,
        Ask::Alternatives => lacking.alternatives_considered.clear(),
        Ask::Committed => lacking = with_count(lacking, |c| c.offence.committed = Known::NotAsked),
        Ask::Range => lacking = with_count(lacking, |c| c.range = None),
        Ask::Factors => {
            lacking.aggravating.clear();
            lacking.mitigating.clear();
        }
        Ask::Remand => lacking.remand_days = Known::NotRecorded,
        Ask::Circumstances => lacking.circumstances.clear(),
        Ask::Lighter | Ask::Criteria | Ask::Victim => panic!("asked by a safeguard"),
    }
    lacking
}

/// S-12
#[test]
fn refuses_a_disposal_that_lacks_what_the_policy_asks_for_it() {
    for ask in [
        Ask::Reasons,
        Ask::Committed,
        Ask::Factors,
        Ask::Remand,
        Ask::Circumstances,
    ] {
        let custodial = decision([custody(1, "P6M")]);
        live(lacking(&custodial, ask)).then_refused(asked(SanctionKind::Custody, ask));
    }
    for ask in [Ask::Reasons, Ask::Committed, Ask::Factors] {
        let hanging = decision([suspended(1, "P6M")]);
        live(lacking(&hanging, ask)).then_refused(asked(SanctionKind::SuspendedCustody, ask));
    }
}

/// S-12
#[test]
fn accepts_a_fine_without_what_is_asked_only_of_custody() {
    let mut bare = a_fine();
    for ask in [
        Ask::Reasons,
        Ask::Alternatives,
        Ask::Committed,
        Ask::Factors,
        Ask::Remand,
        Ask::Circumstances,
    ] {
        bare = lacking(&bare, ask);
    }
    live(bare).then_accepted();
}

/// S-12
#[test]
fn records_what_a_file_brings_as_complete_as_it_is_without_a_finding() {
    brought_in(bare()).then_accepted();
}

/// S-12, TR-8.2
#[test]
fn records_an_existing_fact_that_somebody_enters_here_with_all_that_a_live_act_would_have_lacked() {
    let asks = &midland().sentencing.asks[&SanctionKind::Custody];
    let refused = [
        Ask::Reasons,
        Ask::Committed,
        Ask::Factors,
        Ask::Remand,
        Ask::Circumstances,
    ];
    let of_list = asks.iter().filter(|ask| refused.contains(ask));
    let asked = of_list.map(|ask| Objection::reasons(asked(SanctionKind::Custody, *ask)));
    let options = Objection::reasons(SentenceRefusal::AlternativesNotConsidered);
    let expected: Vec<_> = [options].into_iter().chain(asked).collect();
    assert_eq!(expected.len(), 6);
    existing(bare()).then_noticed(expected);
}

/// Custody of which nothing is told but its length.
fn bare() -> Decision {
    let mut bare = Decision {
        alternatives_considered: Vec::new(),
        ..decision([custody(1, "P6M")])
    };
    for ask in [
        Ask::Reasons,
        Ask::Committed,
        Ask::Factors,
        Ask::Remand,
        Ask::Circumstances,
    ] {
        bare = lacking(&bare, ask);
    }
    bare
}

/// S-12
#[test]
fn refuses_a_lighter_principal_component_that_would_spare_the_questions_for_custody() {
    let named = Decision {
        principal: Some(crate::values::ComponentNo(2)),
        reasons: None,
        ..decision([custody(1, "P6M"), fine(2, 100)])
    };
    live(named).then_refused(asked(SanctionKind::Custody, Ask::Reasons));
}

/// S-12
#[test]
fn refuses_options_unsaid_where_a_policy_asks_for_them_beside_custody() {
    let strict = midland_with(|pack| {
        let asks = &mut pack.sentencing.asks;
        let order = asks.entry(SanctionKind::CommunityOrder).or_default();
        order.extend([Ask::Alternatives, Ask::Range]);
    });
    let ordered = decision([community_order(1, "P1Y", [unpaid_work(60)])]);
    given::<Sentence>([])
        .when(impose(lacking(&ordered, Ask::Alternatives), just_now()))
        .at(under(strict))
        .then_refused(asked(SanctionKind::CommunityOrder, Ask::Alternatives));
}

/// S-12
#[test]
fn shows_each_missing_answer_once_while_a_decision_is_drafted() {
    let counts = [
        count(1, "M104", [custody(1, "P6M")]),
        count(2, "M104", [community_order(2, "P1Y", [unpaid_work(60)])]),
    ];
    let bare = lacking(&lacking(&decision_on(counts), Ask::Reasons), Ask::Committed);
    given::<Sentence>([])
        .when(super::propose(bare))
        .at(facts())
        .then_noticed(vec![
            Objection::reasons(asked(SanctionKind::Custody, Ask::Reasons)),
            Objection::reasons(asked(SanctionKind::Custody, Ask::Committed)),
        ]);
}
