use proptest::collection::vec;
use proptest::prelude::*;

use crate::act::Facts;
use crate::sentence::{Sentence, SentenceCommand, SentenceEvent};
use crate::stream::Stream;
use crate::testing::arbitrary::{self, facts};
use crate::testing::samples::sealed;
use crate::testing::{state, stored};

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
        SentenceEvent::CustodyStarted(mark) => state
            .imposed()
            .is_some_and(|i| i.in_custody.contains(&mark.component)),
        SentenceEvent::CustodyEnded(mark) => state
            .imposed()
            .is_some_and(|i| !i.in_custody.contains(&mark.component)),
        SentenceEvent::SuspendedTermActivated { activation, .. } => state
            .imposed()
            .is_some_and(|i| i.activated.get(&activation.component) == Some(&activation.part)),
        SentenceEvent::AppealLodged(_)
        | SentenceEvent::AppealDismissed(_)
        | SentenceEvent::Quashed(_)
        | SentenceEvent::Pardoned(_)
        | SentenceEvent::RemandCredited { .. }
        | SentenceEvent::Completed { .. } => state.imposed().is_some(),
    }
}

/// Commands that begin with a decision anybody may take, so that what follows has something to follow.
fn stories() -> impl Strategy<Value = Vec<(SentenceCommand, Facts)>> {
    let lawful = Just(super::impose(
        crate::testing::samples::decision([crate::testing::samples::suspended(1, "P6M")]),
        crate::testing::samples::on("2026-03-01"),
    ));
    let beginnings = prop_oneof![lawful, arbitrary::sentence::commands()];
    let rest = vec((arbitrary::sentence::commands(), facts()), 0..8);
    ((beginnings, facts()), rest).prop_map(|(first, mut rest)| {
        rest.insert(0, first);
        rest
    })
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
        for (command, facts) in story {
            for event in sentence.decide(command, &facts).unwrap_or_default() {
                stored::unchanged(&event)?;
                sentence = sentence.evolve(&event);
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
    use crate::personal::{DataClass, Personal, Seal};
    let mut wish = super::impose(
        crate::sentence::Decision {
            reasons: Some(Personal::Clear("he said he was sorry".to_owned())),
            ..crate::testing::samples::decision([crate::testing::samples::fine(1, 100)])
        },
        crate::testing::samples::just_now(),
    );
    let unsealed = Sentence::default().decide(wish.clone(), &crate::testing::samples::facts());
    assert!(serde_json::to_string(&unsealed.unwrap()).is_err());
    wish.seal(&mut stored::Sealing).unwrap();
    let events = Sentence::default().decide(wish, &crate::testing::samples::facts());
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
