use std::collections::BTreeMap;

use super::{
    appeal, appealed, held, impose, imposed, imposed_through, imposing, mark, propose, proposed,
    step,
};
use crate::act::{Door, Facts, Grade, Objection};
use crate::actor::Role;
use crate::childhood::Hand;
use crate::jurisdiction::Ask;
use crate::sentence::{
    Appeal, CodeList, CorrectSlip, Decision, Impose, RequirementTerms, Resentence, SanctionKind,
    Sentence, SentenceCommand, SentenceEvent, SentenceRefusal, Standing, Vary, WithReason,
};
use crate::stream::Stream;
use crate::testing::samples::known;
use crate::testing::samples::{
    actor, code, community_order, custody, decision, facts, fine, just_now, length, on, order_id,
    person, requirement, sealed, unpaid_work,
};
use crate::testing::{Then, given};
use crate::values::{ComponentNo, Known};

fn a_term() -> Decision {
    decision([custody(1, "P1Y")])
}

fn not_possible(state: &'static str, wish: &'static str) -> SentenceRefusal {
    SentenceRefusal::NotPossible { state, wish }
}

fn after<const N: usize>(history: [SentenceEvent; N], wish: SentenceCommand) -> Then<Sentence> {
    given(history).when(wish).at(facts())
}

fn correction(corrects: u64, decision: Decision) -> CorrectSlip {
    CorrectSlip {
        corrects,
        pronounced: just_now(),
        reason: code("typing"),
        decision,
    }
}

fn correct(corrects: u64, decision: Decision) -> SentenceCommand {
    SentenceCommand::CorrectSlip(correction(corrects, decision))
}

fn pardoned() -> SentenceEvent {
    SentenceEvent::Pardoned(super::taken(step(on("2026-02-20"))))
}

fn quashed() -> SentenceEvent {
    SentenceEvent::Quashed(super::taken(step(on("2026-02-20"))))
}

fn completed() -> SentenceEvent {
    SentenceEvent::Completed {
        on: on("2026-02-20"),
        findings: Vec::new(),
    }
}

fn in_custody() -> SentenceEvent {
    held(1, on("2026-02-02"))
}

/// S-16
#[test]
fn accepts_a_correction_of_an_event_of_this_sentence() {
    let decision = decision([custody(1, "P11M")]);
    after([imposing(custody(1, "P1Y"))], correct(1, decision.clone())).then_events([
        SentenceEvent::Corrected {
            corrects: 1,
            pronounced: just_now(),
            door: Door::Live,
            reason: code("typing"),
            decision: decision.into(),
            findings: vec![],
        },
    ]);
}

/// S-16
#[test]
fn sees_a_correction_that_turns_custody_into_a_fine_or_adds_to_it() {
    let alarm = |now: &str| {
        vec![Objection {
            grade: Grade::Alarm,
            refusal: SentenceRefusal::AnotherSanction {
                was: "immediate custody".to_owned(),
                now: now.to_owned(),
            },
        }]
    };
    for door in [Door::Live, Door::Existing] {
        let stood = || [imposed_through(door, decision([custody(1, "P6Y")]))];
        let fined = decision([fine(1, 10_000)]);
        after(stood(), correct(1, fined)).then_noticed(alarm("fine"));
        let both = decision([custody(1, "P6Y"), fine(2, 10_000)]);
        after(stood(), correct(1, both)).then_noticed(alarm("immediate custody, fine"));
    }
}

/// S-16
#[test]
fn refuses_a_correction_of_a_version_that_does_not_exist() {
    for version in [0, 2] {
        after([imposed(a_term())], correct(version, a_term()))
            .then_refused(SentenceRefusal::NothingToCorrect { version, last: 1 });
    }
}

/// S-11, S-16
#[test]
fn refuses_a_correction_for_a_reason_outside_the_list() {
    let wish = CorrectSlip {
        reason: code("regret"),
        ..correction(1, a_term())
    };
    let refusal = SentenceRefusal::UnknownCode {
        list: CodeList::Corrections,
        code: code("regret"),
        known: known(|law| &law.sentencing.correction_reasons),
    };
    after([imposed(a_term())], SentenceCommand::CorrectSlip(wish)).then_refused(refusal);
}

#[test]
fn the_reasons_in_words_stay_unless_they_are_given_anew() {
    let silent = Decision {
        reasons: None,
        ..a_term()
    };
    let state = after([imposed(a_term())], correct(1, silent)).then_state();
    let reasons = sealed(crate::personal::DataClass::Judgment);
    assert_eq!(state.decision().unwrap().reasons, Some(reasons));
}

#[test]
fn what_a_requirement_asks_in_words_stays_unless_it_is_said_anew_or_another_takes_its_place() {
    let says = |kind: &str, terms| RequirementTerms {
        terms,
        ..requirement(kind)
    };
    let words = || Some(sealed(crate::personal::DataClass::Judgment));
    let of = |first: RequirementTerms, second: RequirementTerms| {
        decision([community_order(1, "P1Y", [first, second])])
    };
    let stood = of(says("exclusion", words()), says("curfew", words()));
    let corrected = of(requirement("exclusion"), requirement("residence"));
    let state = after([imposed(stood)], correct(1, corrected)).then_state();
    let (_, component) = state.decision().unwrap().components().next().unwrap();
    let terms: Vec<_> = component.sanction.requirements().iter().collect();
    assert_eq!(terms[0].terms, words());
    assert_eq!(terms[1].terms, None);
}

/// PR-1
#[test]
fn refuses_a_correction_of_a_live_decision_to_what_it_could_not_have_been() {
    let above = decision([custody(1, "P8Y")]);
    after([imposed(a_term())], correct(1, above)).then_refused(SentenceRefusal::AboveMaximum {
        component: ComponentNo(1),
        term: "custody of 8 years".to_owned(),
        maximum: length("P7Y"),
    });
}

/// PR-1
#[test]
fn records_a_correction_of_an_existing_fact_as_an_existing_fact() {
    let bare = Decision {
        mitigating: vec![],
        aggravating: vec![],
        ..decision([custody(1, "P8Y")])
    };
    let above = SentenceRefusal::AboveMaximum {
        component: ComponentNo(1),
        term: "custody of 8 years".to_owned(),
        maximum: length("P7Y"),
    };
    after(
        [imposed_through(Door::Existing, a_term())],
        correct(1, bare),
    )
    .then_noticed(vec![
        Objection::hard(above),
        Objection::reasons(SentenceRefusal::Asked {
            kind: SanctionKind::Custody,
            ask: Ask::Factors,
        }),
    ]);
}

/// S-17
#[test]
fn refuses_every_step_before_a_decision_was_imposed() {
    for (wish, said) in [
        (correct(1, a_term()), "a correction"),
        (
            SentenceCommand::LodgeAppeal(appeal(just_now())),
            "an appeal",
        ),
        (
            SentenceCommand::DismissAppeal(step(just_now())),
            "dismissing an appeal",
        ),
        (SentenceCommand::Quash(step(just_now())), "quashing"),
        (SentenceCommand::Pardon(step(just_now())), "a pardon"),
        (
            SentenceCommand::StartCustody(mark(1, just_now())),
            "starting custody",
        ),
        (
            SentenceCommand::EndCustody(mark(1, just_now())),
            "ending custody",
        ),
        (SentenceCommand::Complete { on: just_now() }, "completion"),
        (
            SentenceCommand::ImposeProposed {
                pronounced: just_now(),
                comparison: Known::NotRecorded,
            },
            "imposing a proposal",
        ),
        (
            SentenceCommand::WithdrawProposal(step(just_now())),
            "withdrawing a proposal",
        ),
    ] {
        after([], wish).then_refused(not_possible("not recorded", said));
    }
}

/// S-17
#[test]
fn refuses_a_second_imposition() {
    after([imposed(a_term())], impose(a_term(), just_now()))
        .then_refused(not_possible("in force", "imposing a decision"));
    after([imposed(a_term())], propose(a_term()))
        .then_refused(not_possible("in force", "a proposal"));
}

/// S-17
#[test]
fn refuses_to_impose_on_another_person_than_was_proposed() {
    let on_another = SentenceCommand::Impose(Impose {
        person: person(2),
        pronounced: just_now(),
        decision: a_term(),
        comparison: Known::NotRecorded,
    });
    after([proposed(a_term())], on_another).then_refused(SentenceRefusal::AnotherPerson);
}

/// S-17
#[test]
fn accepts_a_proposal_revised_withdrawn_and_made_again() {
    let revised = decision([fine(1, 100)]);
    after([proposed(a_term())], propose(revised.clone())).then_events([proposed(revised)]);
    let withdrawn = step(just_now());
    let wish = SentenceCommand::WithdrawProposal(withdrawn.clone());
    after([proposed(a_term())], wish).then_events([SentenceEvent::ProposalWithdrawn(
        super::taken(withdrawn.clone()),
    )]);
    let history = [
        proposed(a_term()),
        SentenceEvent::ProposalWithdrawn(super::taken(withdrawn)),
    ];
    after(history, propose(a_term())).then_events([proposed(a_term())]);
}

/// S-17
#[test]
fn accepts_an_appeal_and_each_of_its_ends() {
    let dismissal = step(just_now());
    after(
        [imposed(a_term()), appealed()],
        SentenceCommand::DismissAppeal(dismissal.clone()),
    )
    .then_events([SentenceEvent::AppealDismissed(super::taken(dismissal))]);
    let shorter = decision([custody(1, "P6M")]);
    let vary = SentenceCommand::VaryOnAppeal(Vary {
        pronounced: just_now(),
        decision: shorter.clone(),
    });
    let varied = after([imposed(a_term()), appealed()], vary).then_state();
    let varied = varied.imposed().unwrap();
    assert_eq!(
        (&varied.decision, &varied.appeal),
        (&shorter.into(), &Some(Appeal::Allowed))
    );
    let quash = SentenceCommand::Quash(step(just_now()));
    let gone = after([imposed(a_term()), appealed()], quash).then_state();
    assert_eq!(gone.imposed().unwrap().standing, Standing::Quashed);
}

/// S-17
#[test]
fn refuses_a_second_appeal_while_one_waits() {
    after(
        [imposed(a_term()), appealed()],
        SentenceCommand::LodgeAppeal(appeal(just_now())),
    )
    .then_refused(not_possible("under appeal", "another appeal"));
}

/// S-17
#[test]
fn refuses_to_end_an_appeal_that_nobody_lodged() {
    after(
        [imposed(a_term())],
        SentenceCommand::DismissAppeal(step(just_now())),
    )
    .then_refused(not_possible("not under appeal", "dismissing an appeal"));
    let vary = SentenceCommand::VaryOnAppeal(Vary {
        pronounced: just_now(),
        decision: a_term(),
    });
    after([imposed(a_term())], vary)
        .then_refused(not_possible("not under appeal", "varying on appeal"));
}

/// S-17
#[test]
fn refuses_any_change_of_a_quashed_decision() {
    for (wish, said) in [
        (correct(1, a_term()), "a correction"),
        (
            SentenceCommand::LodgeAppeal(appeal(just_now())),
            "an appeal",
        ),
        (SentenceCommand::Quash(step(just_now())), "quashing"),
        (SentenceCommand::Pardon(step(just_now())), "a pardon"),
        (
            SentenceCommand::CreditRemand {
                days: 3,
                pronounced: just_now(),
            },
            "crediting remand",
        ),
        (
            SentenceCommand::Resentence(Resentence {
                pronounced: just_now(),
                decision: a_term(),
                order: None,
            }),
            "resentencing",
        ),
    ] {
        after([imposed(a_term()), quashed()], wish).then_refused(not_possible("quashed", said));
    }
}

/// S-17
#[test]
fn accepts_a_pardon_after_everything_was_served_and_refuses_a_second() {
    let pardon = step(just_now());
    let wish = || SentenceCommand::Pardon(pardon.clone());
    after([imposed(a_term()), completed()], wish())
        .then_events([SentenceEvent::Pardoned(super::taken(pardon.clone()))]);
    after([imposed(a_term()), pardoned()], wish())
        .then_refused(not_possible("pardoned", "a pardon"));
}

/// S-17
#[test]
fn accepts_custody_that_starts_and_ends() {
    after(
        [imposed(a_term())],
        SentenceCommand::StartCustody(mark(1, just_now())),
    )
    .then_events([held(1, just_now())]);
    let end = mark(1, just_now());
    after(
        [imposed(a_term()), in_custody()],
        SentenceCommand::EndCustody(end.clone()),
    )
    .then_events([SentenceEvent::CustodyEnded(super::ended(end))]);
}

/// S-17
#[test]
fn refuses_custody_that_starts_twice_or_ends_unstarted() {
    after(
        [imposed(a_term()), in_custody()],
        SentenceCommand::StartCustody(mark(1, just_now())),
    )
    .then_refused(not_possible("being served in custody", "starting custody"));
    after(
        [imposed(a_term())],
        SentenceCommand::EndCustody(mark(1, just_now())),
    )
    .then_refused(not_possible(
        "not being served in custody",
        "ending custody",
    ));
}

/// S-17
#[test]
fn custody_under_one_component_ends_without_the_others() {
    let history = [
        imposed(decision([custody(1, "P1Y"), custody(2, "P1Y")])),
        in_custody(),
        held(2, on("2026-02-03")),
    ];
    let end = SentenceCommand::EndCustody(mark(1, just_now()));
    let state = after(history, end).then_state();
    let left = BTreeMap::from([(ComponentNo(2), on("2026-02-03"))]);
    assert_eq!(state.imposed().unwrap().in_custody, left);
}

/// S-3
#[test]
fn refuses_custody_of_a_component_that_does_not_exist() {
    let component = ComponentNo(5);
    for wish in [
        SentenceCommand::StartCustody(mark(5, just_now())),
        SentenceCommand::EndCustody(mark(5, just_now())),
    ] {
        after([imposed(a_term())], wish)
            .then_refused(SentenceRefusal::NoSuchComponent { component });
    }
}

/// S-17
#[test]
fn a_quashed_decision_ends_no_custody_and_its_end_is_still_recorded() {
    let history = [imposed(a_term()), in_custody(), quashed()];
    let state = crate::testing::state::<Sentence>(history.clone());
    let held = &state.imposed().unwrap().in_custody;
    assert!(held.contains_key(&ComponentNo(1)));
    let end = mark(1, just_now());
    after(history, SentenceCommand::EndCustody(end.clone()))
        .then_events([SentenceEvent::CustodyEnded(super::ended(end))]);
}

/// S-17
#[test]
fn custody_of_a_component_that_a_later_decision_dropped_can_end() {
    let resentenced = SentenceEvent::Resentenced {
        pronounced: on("2026-02-20"),
        door: Door::Existing,
        decision: decision([fine(2, 100)]).into(),
        order: None,
        findings: vec![],
    };
    let end = mark(1, just_now());
    after(
        [imposed(a_term()), in_custody(), resentenced],
        SentenceCommand::EndCustody(end.clone()),
    )
    .then_events([SentenceEvent::CustodyEnded(super::ended(end))]);
}

/// S-17
#[test]
fn refuses_completion_while_the_person_is_held() {
    after(
        [imposed(a_term()), in_custody()],
        SentenceCommand::Complete { on: just_now() },
    )
    .then_refused(not_possible("being served in custody", "completion"));
}

/// S-17
#[test]
fn accepts_completion_once() {
    let wish = || SentenceCommand::Complete { on: just_now() };
    after([imposed(a_term())], wish()).then_events([SentenceEvent::Completed {
        on: just_now(),
        findings: Vec::new(),
    }]);
    after([imposed(a_term()), completed()], wish())
        .then_refused(not_possible("completed", "completion"));
}

#[test]
fn credited_remand_replaces_what_was_credited_before() {
    let wish = SentenceCommand::CreditRemand {
        days: 12,
        pronounced: just_now(),
    };
    let state = after([imposed(a_term())], wish).then_state();
    assert_eq!(state.imposed().unwrap().remand_days, Known::Value(12));
}

/// S-6
#[test]
fn more_remand_than_the_term_lasts_is_noticed_when_it_is_credited_later() {
    let credit = |days| {
        let wish = SentenceCommand::CreditRemand {
            days,
            pronounced: just_now(),
        };
        after([imposed(a_term())], wish)
    };
    credit(366).then_accepted();
    credit(367).then_noticed(vec![Objection::notice(
        SentenceRefusal::RemandExceedsTerm {
            days: 367,
            component: ComponentNo(1),
        },
    )]);
}

/// S-5
#[test]
fn custody_before_the_decision_and_its_end_before_its_beginning_are_noticed() {
    let early = on("2026-02-01");
    let start = SentenceCommand::StartCustody(mark(1, early));
    let before = SentenceRefusal::BeforeTheDecision {
        given: early,
        decided: on("2026-02-02T10:00:00Z"),
    };
    after([imposed(a_term())], start).then_noticed(vec![Objection::hard(before)]);
    let end = SentenceCommand::EndCustody(mark(1, early));
    let before = SentenceRefusal::BeforeItBegan {
        given: early,
        what: "custody",
        happened: on("2026-02-02"),
    };
    after([imposed(a_term()), in_custody()], end).then_noticed(vec![Objection::hard(before)]);
}

/// S-5
#[test]
fn the_end_of_an_appeal_before_it_was_lodged_is_noticed() {
    let given = on("2026-02-09");
    let refusal = SentenceRefusal::BeforeItBegan {
        given,
        what: "appeal",
        happened: on("2026-02-10"),
    };
    let vary = SentenceCommand::VaryOnAppeal(Vary {
        pronounced: given,
        decision: a_term(),
    });
    for wish in [vary, SentenceCommand::DismissAppeal(step(given))] {
        after([imposed(a_term()), appealed()], wish)
            .then_noticed(vec![Objection::hard(refusal.clone())]);
    }
}

/// DP-7
#[test]
fn no_software_decides_on_a_sentence() {
    let wishes = [
        propose(a_term()),
        impose(a_term(), just_now()),
        SentenceCommand::EndCustody(mark(1, just_now())),
        SentenceCommand::Pardon(step(just_now())),
    ];
    for wish in wishes {
        given::<Sentence>([imposed(a_term()), in_custody()])
            .when(wish)
            .at(Facts {
                actor: actor(Role::System),
                ..facts()
            })
            .then_refused(SentenceRefusal::NotForSoftware);
    }
    let end = SentenceCommand::EndCustody(mark(1, just_now()));
    after([imposed(a_term()), in_custody()], end).then_events([SentenceEvent::CustodyEnded(
        super::ended(mark(1, just_now())),
    )]);
}

#[test]
fn a_new_sentence_after_a_breach_replaces_the_decision_and_names_the_order() {
    let new = decision([custody(1, "P2M")]);
    let wish = SentenceCommand::Resentence(Resentence {
        pronounced: just_now(),
        decision: new.clone(),
        order: Some(order_id(4)),
    });
    after([imposed(decision([fine(1, 100)]))], wish).then_events([SentenceEvent::Resentenced {
        pronounced: just_now(),
        door: Door::Live,
        decision: new.into(),
        order: Some(order_id(4)),
        findings: vec![],
    }]);
}

/// S-2
#[test]
fn the_order_of_a_new_sentence_gets_a_number_of_its_own() {
    let order = |no| decision([community_order(no, "P1Y", [unpaid_work(80)])]);
    let anew = |no| {
        let wish = SentenceCommand::Resentence(Resentence {
            pronounced: just_now(),
            decision: order(no),
            order: Some(order_id(4)),
        });
        after([imposed(order(1))], wish)
    };
    let component = ComponentNo(1);
    anew(1).then_refused(SentenceRefusal::NumberedAsReplaced { component });
    anew(2).then_accepted();
}

/// S-11
#[test]
fn refuses_a_step_for_a_reason_outside_the_list_and_needs_none() {
    let because = |reason: &str| WithReason {
        reason: Some(code(reason)),
        ..step(just_now())
    };
    let refusal = SentenceRefusal::UnknownCode {
        list: CodeList::Steps,
        code: code("whim"),
        known: known(|law| &law.sentencing.step_reasons),
    };
    for (history, wish) in [
        (
            proposed(a_term()),
            SentenceCommand::WithdrawProposal(because("whim")),
        ),
        (imposed(a_term()), SentenceCommand::Quash(because("whim"))),
        (imposed(a_term()), SentenceCommand::Pardon(because("whim"))),
    ] {
        after([history], wish).then_refused(refusal.clone());
    }
    let dismissal = SentenceCommand::DismissAppeal(because("whim"));
    after([imposed(a_term()), appealed()], dismissal).then_refused(refusal);
    for quashing in [because("new-evidence"), step(just_now())] {
        let wish = SentenceCommand::Quash(quashing.clone());
        after([imposed(a_term())], wish)
            .then_events([SentenceEvent::Quashed(super::taken(quashing))]);
    }
}

#[test]
fn a_sentence_is_in_the_hands_of_its_court_as_a_draft_and_while_it_is_in_force() {
    let hand = |events: &[SentenceEvent]| {
        let sentence = events.iter().fold(Sentence::default(), Sentence::evolve);
        sentence.in_hand()
    };
    let court = || Hand::At("ashby".to_owned());
    let fined = || decision([fine(1, 10_000)]);
    assert_eq!(hand(&[]), Hand::Nobody);
    assert_eq!(hand(&[proposed(fined())]), court());
    assert_eq!(hand(&[imposed(fined())]), court());
    let quashed = SentenceEvent::Quashed(super::taken(step(on("2026-02-20"))));
    assert_eq!(hand(&[imposed(fined()), quashed]), Hand::Nobody);
}

#[test]
fn a_correction_that_says_nothing_of_remand_leaves_it_as_it_was_recorded() {
    let told = |days: Known<u32>| {
        let mut told = decision([fine(1, 10_000)]);
        told.remand_days = days;
        told
    };
    let after = |days| {
        let corrected = SentenceEvent::Corrected {
            corrects: 1,
            pronounced: on("2026-02-03"),
            reason: code("clerical"),
            door: Door::Live,
            decision: told(days).into(),
            findings: Vec::new(),
        };
        let events = [imposed(told(Known::Value(10))), corrected];
        let sentence = events.iter().fold(Sentence::default(), Sentence::evolve);
        sentence.imposed().unwrap().remand_days
    };
    assert_eq!(after(Known::NotRecorded), Known::Value(10));
    assert_eq!(after(Known::Value(12)), Known::Value(12));
}
