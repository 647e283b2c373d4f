use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::arbitrary::{commands, events, starts};
use super::{facts, facts_of};
use crate::actor::Role;
use crate::stream::{Stream, StreamEvent};
use crate::supervision::{Supervision, SupervisionCommand, SupervisionEvent};
use crate::values::Day;

fn roles() -> impl Strategy<Value = Role> {
    select(vec![Role::Judge, Role::Probation, Role::System])
}

fn read_everything(supervision: &Supervision) {
    let day = Day::of(2026, 3, 5).unwrap();
    let Some(started) = supervision.started() else {
        return;
    };
    assert!(started.failures(day, 12).len() <= started.contacts.len());
    assert!(started.open_programmes().count() <= started.programmes.len());
    assert!(!started.title_on(day).is_empty());
    let open = started.open_recall();
    assert!(open.is_none_or(|(_, recall)| recall.decided.is_none()));
    assert!(!started.is_review_overdue(day) || started.next_review.is_some());
}

proptest! {
    #[test]
    fn a_supervision_is_read_from_any_list_of_events(events in vec(events(), 0..40)) {
        let supervision = events.iter().fold(Supervision::default(), Supervision::evolve);
        read_everything(&supervision);
        let text = serde_json::to_string(&supervision).unwrap();
        prop_assert_eq!(serde_json::from_str::<Supervision>(&text).unwrap(), supervision);
    }

    #[test]
    fn a_decision_on_any_history_never_panics(
        events in vec(events(), 0..30), wish in commands(), role in roles(),
    ) {
        let supervision = events.iter().fold(Supervision::default(), Supervision::evolve);
        if let Ok(decided) = supervision.decide(wish, &facts_of(role)) {
            prop_assert_eq!(decided.len(), 1);
            read_everything(&decided.iter().fold(supervision, Supervision::evolve));
        }
    }

    #[test]
    fn whatever_is_decided_is_taken_up(
        start in starts(), wishes in vec((commands(), roles()), 0..40),
    ) {
        let first = SupervisionCommand::Start(start);
        let begun = Supervision::Unstarted.decide(first, &facts()).unwrap_or_default();
        let mut supervision = begun.iter().fold(Supervision::default(), Supervision::evolve);
        let mut findings: usize = begun.iter().map(|e| e.findings().len()).sum();
        for (wish, role) in wishes {
            let Ok(decided) = supervision.decide(wish, &facts_of(role)) else { continue };
            for event in &decided {
                findings = findings.saturating_add(event.findings().len());
                supervision = supervision.evolve(event);
            }
            let kept = supervision.started().map_or(0, |started| started.findings.len());
            prop_assert_eq!(kept, findings);
            read_everything(&supervision);
        }
    }

    #[test]
    fn every_event_is_written_and_read_again(event in events()) {
        let text = serde_json::to_string(&event).unwrap();
        prop_assert_eq!(&serde_json::from_str::<SupervisionEvent>(&text).unwrap(), &event);
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        prop_assert!(SupervisionEvent::names().contains(&event.name()));
        let word = value.as_object().and_then(|o| o.keys().next().cloned()).unwrap();
        prop_assert_eq!(format!("supervision.{word}"), event.name());
    }
}
