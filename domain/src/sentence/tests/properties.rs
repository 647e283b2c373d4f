use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::act::Facts;
use crate::personal::{DataClass, Personal, Seal};
use crate::sentence::{
    ActivateSuspended, CorrectSlip, Decision, Resentence, Sentence, SentenceCommand, SentenceEvent,
    Vary,
};
use crate::stream::Stream;
use crate::testing::arbitrary::{self, facts};
use crate::testing::samples::{
    self, after, code, community_order, custody, decision, fine, just_now, length, on, sealed,
    suspended, unpaid_work,
};
use crate::testing::{state, stored};
use crate::values::{ComponentNo, Known, Occurred};

/// Whether the state says what the event said.
fn takes_effect(state: &Sentence, event: &SentenceEvent) -> bool {
    match event {
        SentenceEvent::Proposed { decision, .. } => {
            matches!(state, Sentence::Proposed(_)) && state.decision() == Some(decision)
        }
        SentenceEvent::ProposalWithdrawn(_) => matches!(state, Sentence::Withdrawn),
        SentenceEvent::Imposed { decision, .. }
        | SentenceEvent::Corrected { decision, .. }
        | SentenceEvent::VariedOnAppeal { decision, .. }
        | SentenceEvent::Resentenced { decision, .. } => {
            state.imposed().is_some_and(|i| &i.decision == decision)
        }
        SentenceEvent::Commuted { component, to, .. } => state
            .decision()
            .and_then(|d| d.component(*component))
            .is_some_and(|c| &c.sanction == to),
        SentenceEvent::CustodyStarted(start) => state
            .imposed()
            .is_some_and(|i| i.in_custody.get(&start.component) == Some(&start.on)),
        SentenceEvent::CustodyEnded(mark) => state
            .imposed()
            .is_some_and(|i| !i.in_custody.contains_key(&mark.component)),
        SentenceEvent::SuspendedTermActivated { activation, .. } => state
            .imposed()
            .is_some_and(|i| i.activated.get(&activation.component) == Some(&activation.part)),
        SentenceEvent::AppealLodged(_)
        | SentenceEvent::AppealDismissed(_)
        | SentenceEvent::Quashed(_)
        | SentenceEvent::Pardoned(_)
        | SentenceEvent::RemandCredited { .. }
        | SentenceEvent::RemandKnown { .. }
        | SentenceEvent::Completed { .. } => state.imposed().is_some(),
    }
}

/// A few decisions that may be taken: what follows needs something to follow.
fn lawful() -> impl Strategy<Value = Decision> {
    let suspended = decision([suspended(1, "P6M"), fine(2, 50_000)]);
    let custody = decision([custody(1, "P1Y"), after(1, custody(2, "P6M"))]);
    let order = decision([community_order(1, "P1Y", [unpaid_work(80)])]);
    select(vec![suspended, custody, order])
}

fn recently() -> impl Strategy<Value = Occurred> {
    select(vec![just_now(), on("2026-03-04"), on("2026-03")])
}

/// Commands that are often possible.
fn likely() -> impl Strategy<Value = SentenceCommand> {
    use SentenceCommand as Wish;
    let mark = || (1_u16..3, recently()).prop_map(|(component, on)| super::mark(component, on));
    let step = || recently().prop_map(super::step);
    prop_oneof![
        2 => lawful().prop_map(super::propose),
        2 => (lawful(), recently()).prop_map(|(decided, when)| super::impose(decided, when)),
        1 => recently().prop_map(|pronounced| Wish::ImposeProposed {
            pronounced,
            comparison: Known::NotRecorded,
        }),
        1 => step().prop_map(Wish::WithdrawProposal),
        1 => (lawful(), recently()).prop_map(|(decision, pronounced)| {
            let reason = code("typing");
            Wish::CorrectSlip(CorrectSlip { corrects: 1, pronounced, reason, decision })
        }),
        2 => recently().prop_map(|lodged| Wish::LodgeAppeal(super::appeal(lodged))),
        1 => step().prop_map(Wish::DismissAppeal),
        1 => (lawful(), recently())
            .prop_map(|(decision, pronounced)| Wish::VaryOnAppeal(Vary { pronounced, decision })),
        1 => (recently(), option::of(Just(length("P3M")))).prop_map(|(pronounced, part)| {
            let (component, note) = (ComponentNo(1), Some(sealed(DataClass::Judgment)));
            Wish::ActivateSuspended(ActivateSuspended { component, part, pronounced, note })
        }),
        1 => recently().prop_map(|when| super::commute(1, fine(1, 100).sanction, when)),
        2 => mark().prop_map(Wish::StartCustody),
        2 => mark().prop_map(Wish::EndCustody),
        1 => later(),
        1 => arbitrary::sentence::commands(),
    ]
}

fn later() -> impl Strategy<Value = SentenceCommand> {
    use SentenceCommand as Wish;
    let step = || recently().prop_map(super::step);
    prop_oneof![
        step().prop_map(Wish::Quash),
        step().prop_map(Wish::Pardon),
        recently().prop_map(|on| Wish::Complete { on }),
        recently().prop_map(|pronounced| Wish::CreditRemand {
            days: 3,
            pronounced
        }),
        (lawful(), recently()).prop_map(|(decision, pronounced)| {
            Wish::Resentence(Resentence {
                pronounced,
                decision,
                order: None,
            })
        }),
    ]
}

fn stories() -> impl Strategy<Value = Vec<(SentenceCommand, Facts)>> {
    let any = (arbitrary::sentence::commands(), facts());
    let usual = (likely(), Just(samples::facts()));
    vec(prop_oneof![1 => any, 4 => usual], 1..16)
}

proptest! {
    #[test]
    fn evolve_is_total_over_any_list_of_events(events in vec(arbitrary::sentence::events(), 0..12)) {
        let reached: Sentence = state(events);
        prop_assert_eq!(reached.person().is_some(), reached.decision().is_some());
    }

    #[test]
    fn every_event_is_stored_and_read_unchanged_without_floats(event in arbitrary::sentence::events()) {
        stored::unchanged(&event)?;
    }

    #[test]
    fn whatever_decide_emits_is_accepted_and_stored_unchanged(story in stories()) {
        let mut sentence = Sentence::default();
        let mut version = 0_u64;
        for (command, facts) in story {
            let facts = Facts { version, ..facts };
            for event in sentence.decide(command, &facts).unwrap_or_default() {
                stored::unchanged(&event)?;
                sentence = sentence.evolve(&event);
                version = version.saturating_add(1);
                prop_assert!(takes_effect(&sentence, &event), "{event:?} in {sentence:?}");
            }
        }
    }

    #[test]
    fn a_draft_is_never_refused_for_what_an_existing_fact_is_not(
        decision in arbitrary::sentence::decisions(), facts in facts(),
    ) {
        let nobody = Sentence::default();
        let recorded = nobody.decide(super::impose(decision.clone(), super::long_ago()), &facts);
        let drafted = nobody.decide(super::propose(decision), &facts);
        prop_assert!(recorded.is_err() || drafted.is_ok(), "{drafted:?}");
    }
}

#[test]
fn a_command_names_its_unknown_field() {
    for (text, field) in [
        (r#"{"complete":{"on":"2026-03-05","why":"done"}}"#, "why"),
        (
            r#"{"lodge_appeal":{"lodged":"2026-03-05","by":"person","note":"x"}}"#,
            "note",
        ),
        (
            r#"{"quash":{"pronounced":"2026-03-05","because":"error"}}"#,
            "because",
        ),
        (
            r#"{"commute":{"component":1,"to":{"fine":{"sum":3}},"pronounced":"2026-03-05"}}"#,
            "sum",
        ),
        (
            r#"{"propose":{"person":"00000000-0000-0000-0000-000000000001","decision":{"court":"a","counts":[{"no":1,"offence":{"article":"1"},"components":[]}]}}}"#,
            "article",
        ),
        (r#"{"acquit":{}}"#, "acquit"),
    ] {
        let error = serde_json::from_str::<SentenceCommand>(text)
            .unwrap_err()
            .to_string();
        assert!(error.contains(&format!("`{field}`")), "{error}");
    }
}

#[test]
fn a_time_that_cannot_be_read_is_named_with_the_way_to_write_it() {
    let error = serde_json::from_str::<SentenceCommand>(r#"{"complete":{"on":"5 March"}}"#);
    let error = error.unwrap_err().to_string();
    assert!(
        error.contains("\"5 March\"") && error.contains("2026-03-05"),
        "{error}"
    );
}

#[test]
fn clear_text_in_a_decision_reaches_no_event() {
    let mut wish = super::impose(
        Decision {
            reasons: Some(Personal::Clear("he said he was sorry".to_owned())),
            ..decision([fine(1, 100)])
        },
        just_now(),
    );
    let unsealed = Sentence::default().decide(wish.clone(), &samples::facts());
    assert!(serde_json::to_string(&unsealed.unwrap()).is_err());
    wish.seal(&mut stored::Sealing).unwrap();
    let events = Sentence::default().decide(wish, &samples::facts());
    let text = serde_json::to_string(&events.unwrap()).unwrap();
    assert!(!text.contains("sorry"), "{text}");
    assert!(
        text.contains(
            sealed(DataClass::Judgment)
                .sealed()
                .unwrap()
                .sealed
                .as_str()
        )
    );
}
