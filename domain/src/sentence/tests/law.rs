use super::{brought_in, existing, impose, live, propose};
use crate::act::{Facts, Objection};
use crate::jurisdiction::{DepartureReason, FactorDirection, FactorRule, Milder};
use crate::safeguards::milder_law;
use crate::sentence::{
    CodeList, Component, Decision, Departure, DepartureDirection, Sanction, Sentence,
    SentenceEvent, SentenceRefusal,
};
use crate::stream::Stream;
use crate::testing::given;
use crate::testing::samples::{
    code, component, count, custody, decision, decision_on, facts, fine, just_now, length,
    long_ago, midland, midland_with, suspended, under, with_count,
};
use crate::values::{ComponentNo, CountNo, Known};

/// Refused live, and recorded with exactly that critical finding.
#[track_caller]
fn stands_against(decided: Decision, refusal: SentenceRefusal) {
    live(decided.clone()).then_refused(refusal.clone());
    existing(decided).then_noticed(vec![Objection::hard(refusal)]);
}

fn a_fine_for(offence: &str) -> Decision {
    decision_on([count(1, offence, [fine(1, 100)])])
}

/// TR-3.1
#[test]
fn refuses_a_count_that_names_no_offence() {
    let count = CountNo(1);
    for absent in [Known::NotRecorded, Known::NotAsked, Known::Declined] {
        let nameless = with_count(a_fine_for("M104"), |c| c.offence.code = absent);
        stands_against(nameless, SentenceRefusal::OffenceMissing { count });
    }
}

/// TR-3.1
#[test]
fn refuses_an_offence_outside_a_complete_catalogue() {
    let refusal = SentenceRefusal::NotAnOffence {
        count: CountNo(1),
        offence: "X999".parse().unwrap(),
        on: "2025-01-10".parse().unwrap(),
    };
    stands_against(a_fine_for("X999"), refusal);
}

/// TR-3.1
#[test]
fn accepts_an_offence_of_the_catalogue() {
    live(a_fine_for("M104")).then_accepted();
}

/// TR-3.1
#[test]
fn accepts_an_offence_outside_a_catalogue_that_is_not_complete() {
    given::<Sentence>([])
        .when(impose(a_fine_for("X999"), just_now()))
        .at(under(midland_with(|pack| pack.catalogue.complete = false)))
        .then_accepted();
}

/// The facts under a law that knew the offence M104 from March to September 2025.
fn for_half_a_year() -> Facts {
    under(midland_with(|pack| {
        for entry in &mut pack.catalogue.offences {
            if entry.code.as_str() == "M104" {
                entry.from = Some("2025-03-01".parse().unwrap());
                entry.until = Some("2025-09-30".parse().unwrap());
            }
        }
    }))
}

fn committed(date: Known<&str>) -> Decision {
    with_count(a_fine_for("M104"), |c| {
        c.offence.committed = date.map(|date| date.parse().unwrap());
    })
}

/// TR-3.1
#[test]
fn refuses_an_offence_that_was_no_law_when_it_was_committed() {
    for date in ["2025-02-28", "2025-10-01", "2025-01", "2024"] {
        given::<Sentence>([])
            .when(impose(committed(Known::Value(date)), just_now()))
            .at(for_half_a_year())
            .then_refused(SentenceRefusal::NotAnOffence {
                count: CountNo(1),
                offence: "M104".parse().unwrap(),
                on: date.parse().unwrap(),
            });
    }
}

/// TR-3.1
#[test]
fn accepts_an_offence_that_may_have_been_law_when_it_was_committed() {
    for date in ["2025-03-01", "2025-09-30", "2025-03", "2025"] {
        given::<Sentence>([])
            .when(impose(committed(Known::Value(date)), just_now()))
            .at(for_half_a_year())
            .then_accepted();
    }
}

/// TR-3.1
#[test]
fn an_offence_without_its_date_is_judged_by_the_date_of_the_decision() {
    given::<Sentence>([])
        .when(impose(committed(Known::NotRecorded), just_now()))
        .at(for_half_a_year())
        .then_refused(SentenceRefusal::NotAnOffence {
            count: CountNo(1),
            offence: "M104".parse().unwrap(),
            on: "2026-03-05".parse().unwrap(),
        });
}

/// TR-3.1
#[test]
fn a_draft_shows_an_unknown_offence_before_its_date_is_known() {
    let undated = with_count(a_fine_for("X999"), |c| {
        c.offence.committed = Known::NotRecorded;
    });
    let refusal = SentenceRefusal::NotAnOffence {
        count: CountNo(1),
        offence: "X999".parse().unwrap(),
        on: "2026-03-05".parse().unwrap(),
    };
    given::<Sentence>([])
        .when(propose(undated))
        .at(facts())
        .then_noticed(vec![Objection::hard(refusal)]);
}

fn above(term: &str) -> SentenceRefusal {
    SentenceRefusal::AboveMaximum {
        component: ComponentNo(1),
        term: term.to_owned(),
        maximum: length("P7Y"),
    }
}

/// PR-1
#[test]
fn refuses_a_term_above_the_statutory_maximum() {
    for (term, said) in [
        ("P85M", "custody of 85 months"),
        ("P8Y", "custody of 8 years"),
        ("P7Y32D", "custody of 7 years 32 days"),
        ("life", "custody for life"),
        ("indeterminate", "custody for an indeterminate term"),
    ] {
        stands_against(decision([custody(1, term)]), above(said));
    }
    live(decision([suspended(1, "P8Y")])).then_refused(above("suspended custody of 8 years"));
}

/// PR-1
#[test]
fn refuses_a_decimal_of_years_above_the_maximum() {
    let decimal = SentenceRefusal::NotACalendarTerm {
        component: ComponentNo(1),
        length: length("P7.5Y"),
    };
    existing(decision([custody(1, "P7.5Y")])).then_noticed(vec![
        Objection::hard(above("custody of 7.5 years")),
        Objection::hard(decimal),
    ]);
}

/// PR-1
#[test]
fn accepts_a_term_at_the_statutory_maximum() {
    for term in ["P7Y", "P84M", "P6Y11M30D"] {
        live(decision([custody(1, term)])).then_accepted();
    }
}

/// PR-1
#[test]
fn accepts_a_term_above_the_maximum_that_cites_the_rule_allowing_it() {
    live(decision([Component {
        uplift: Some(code("recidivism")),
        ..custody(1, "P8Y")
    }]))
    .then_accepted();
}

/// PR-1
#[test]
fn refuses_custody_for_an_offence_that_allows_none() {
    for term in [custody(1, "P1D"), suspended(1, "P1M")] {
        let refusal = SentenceRefusal::NotImprisonable {
            component: ComponentNo(1),
            offence: "M403".parse().unwrap(),
        };
        stands_against(decision_on([count(1, "M403", [term])]), refusal);
    }
}

/// PR-1
#[test]
fn accepts_a_fine_for_an_offence_that_allows_no_custody() {
    live(a_fine_for("M403")).then_accepted();
}

fn nothing_considered(components: impl IntoIterator<Item = Component>) -> Decision {
    Decision {
        alternatives_considered: vec![],
        ..decision(components)
    }
}

/// TR-8.2
#[test]
fn refuses_custody_before_non_custodial_options_were_considered() {
    live(nothing_considered([custody(1, "P6M")]))
        .then_refused(SentenceRefusal::AlternativesNotConsidered);
}

/// TR-8.2
#[test]
fn refuses_custody_without_options_though_a_lighter_component_is_named_principal() {
    let named = Decision {
        principal: Some(ComponentNo(2)),
        ..nothing_considered([custody(1, "P6M"), fine(2, 100)])
    };
    live(named).then_refused(SentenceRefusal::AlternativesNotConsidered);
}

/// TR-8.2
#[test]
fn records_custody_without_options_with_a_notice() {
    existing(nothing_considered([custody(1, "P6M")])).then_noticed(vec![Objection::reasons(
        SentenceRefusal::AlternativesNotConsidered,
    )]);
}

/// TR-8.2
#[test]
fn records_custody_without_a_notice_where_the_source_holds_no_reasoning() {
    let silent = Decision {
        reasons: None,
        aggravating: vec![],
        mitigating: vec![],
        ..nothing_considered([custody(1, "P6M")])
    };
    brought_in(silent).then_accepted();
}

/// TR-8.2
#[test]
fn records_custody_with_a_notice_where_the_source_holds_any_of_the_reasoning() {
    let whole = || nothing_considered([custody(1, "P6M")]);
    let silent = || Decision {
        reasons: None,
        aggravating: vec![],
        mitigating: vec![],
        ..whole()
    };
    for told in [
        Decision {
            reasons: whole().reasons,
            ..silent()
        },
        Decision {
            aggravating: vec![code("planned")],
            ..silent()
        },
        Decision {
            mitigating: vec![code("remorse")],
            ..silent()
        },
    ] {
        let refusal = SentenceRefusal::AlternativesNotConsidered;
        brought_in(told).then_noticed(vec![Objection::reasons(refusal)]);
    }
}

/// TR-8.2
#[test]
fn accepts_custody_after_options_were_considered_and_any_other_sentence_without() {
    live(decision([custody(1, "P6M")])).then_accepted();
    live(nothing_considered([suspended(1, "P6M")])).then_accepted();
    let discharge = Sanction::Discharge {
        conditional_for: None,
    };
    live(nothing_considered([component(1, discharge)])).then_accepted();
}

/// A law under which a court might name such a ground at all.
fn a_law_that_lists(ground: &str) -> Facts {
    let ground = code(ground);
    under(midland_with(|pack| {
        let title = ground.to_string();
        pack.sentencing.departure_reasons.push(DepartureReason {
            code: ground.clone(),
            title: title.clone(),
            fits: None,
        });
        pack.sentencing.factors.push(FactorRule {
            code: ground,
            title,
            direction: FactorDirection::Aggravating,
        });
    }))
}

/// RJ-2
#[test]
fn refuses_to_hold_a_restorative_process_against_somebody() {
    for name in ["restorative-taken-part", "restorative-failed"] {
        let harsher = Decision {
            aggravating: vec![code("planned"), code(name)],
            ..a_fine_for("M104")
        };
        let above = with_count(a_fine_for("M104"), |count| {
            count.departure = Some(Departure {
                direction: DepartureDirection::Above,
                reasons: vec![code(name)],
            });
        });
        let named = [
            (harsher, CodeList::Aggravating),
            (above, CodeList::Departures),
        ];
        for (decided, list) in named {
            let ground = code(name);
            let refusal = SentenceRefusal::HeldAgainst { list, ground };
            given::<Sentence>([])
                .when(impose(decided.clone(), just_now()))
                .at(a_law_that_lists(name))
                .then_refused(refusal.clone());
            given::<Sentence>([])
                .when(impose(decided, long_ago()))
                .at(a_law_that_lists(name))
                .then_noticed(vec![Objection::hard(refusal.clone())]);
        }
    }
}

/// RJ-2
#[test]
fn accepts_a_restorative_process_that_makes_a_sentence_lighter() {
    let name = "restorative-taken-part";
    let below = with_count(a_fine_for("M104"), |count| {
        count.departure = Some(Departure {
            direction: DepartureDirection::Below,
            reasons: vec![code(name)],
        });
    });
    given::<Sentence>([])
        .when(impose(below, just_now()))
        .at(a_law_that_lists(name))
        .then_accepted();
}

/// TR-2.7
#[test]
fn a_sentence_in_force_is_looked_at_once_the_law_on_its_offence_became_milder() {
    let milder = |offence: &str, since: &str| Milder {
        offence: offence.parse().unwrap(),
        since: since.parse().unwrap(),
    };
    let due = |events: Vec<SentenceEvent>, changes: &[Milder]| -> Vec<String> {
        let sentence = events.iter().fold(Sentence::default(), Sentence::evolve);
        let clocks = milder_law(&sentence, changes, &midland()).into_iter();
        clocks
            .map(|clock| {
                format!(
                    "{} {} {} {}",
                    clock.safeguard, clock.code, clock.nth, clock.due
                )
            })
            .collect()
    };
    let two_counts = decision_on([
        count(1, "M101", [fine(1, 100)]),
        count(2, "M104", [custody(2, "P1Y")]),
    ]);
    // Pronounced on 2 February 2026.
    let imposed = || super::imposed(two_counts.clone());
    let found = due(vec![imposed()], &[milder("M104", "2026-02-03")]);
    assert_eq!(found, ["TR-2.7 sentence.milder-law 2 2026-02-02"]);
    let several = [
        milder("M101", "2026-03-01"),
        milder("M104", "2026-04-01"),
        milder("M104", "2026-05-01"),
        milder("M203", "2026-05-01"),
    ];
    assert_eq!(due(vec![imposed()], &several).len(), 3);
    // What was milder already when the court decided, the court knew.
    let earlier = [milder("M104", "2026-02-02"), milder("M104", "2020-01-01")];
    let nothing = Vec::<String>::new();
    assert_eq!(due(vec![imposed()], &earlier), nothing);
    let completed = SentenceEvent::Completed {
        on: crate::testing::samples::on("2026-02-10"),
        findings: Vec::new(),
    };
    assert_eq!(due(vec![imposed(), completed], &several), nothing);
    assert_eq!(due(Vec::new(), &several), nothing);
}
