use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::{closing, facts_of, giving_to, raising, reopen, taking_up};
use crate::act::Weight;
use crate::actor::Role;
use crate::finding::{Finding, FindingCommand, FindingEvent, Standing};
use crate::stream::{Stream, StreamEvent};
use crate::testing::doors::{just_now, long_ago};
use crate::testing::samples::{code, on};
use crate::testing::stored;
use crate::values::Occurred;

fn moments() -> impl Strategy<Value = Occurred> {
    select(vec![
        just_now(),
        long_ago(),
        on("2026-01"),
        on("2026-03-05"),
        on("2026-03-06"),
    ])
}

fn wishes() -> impl Strategy<Value = FindingCommand> {
    let one = (0_u8..7, any::<bool>(), 0_u16..3);
    (one, moments()).prop_map(|((kind, odd, nth), done)| match kind {
        0 => raising(move |wish| {
            wish.weight = [Weight::Critical, Weight::Notice][usize::from(odd)];
            wish.person = wish.person.filter(|_| nth > 0);
        })(done),
        1 => taking_up(nth)(done),
        2 => giving_to(["judge-1", "judge-3"][usize::from(odd)], "ashby")(done),
        3 | 4 => closing(move |wish| {
            wish.reasons = wish.reasons.take().filter(|_| !odd);
            wish.paper = odd.then(|| "2026/17".parse().unwrap());
        })(done),
        5 => closing(|wish| wish.disposition = code("forgotten"))(done),
        _ => reopen(done),
    })
}

fn roles() -> impl Strategy<Value = Role> {
    select(vec![Role::Judge, Role::Oversight, Role::System])
}

proptest! {
    #[test]
    fn no_sequence_of_commands_closes_a_finding_that_was_never_raised(
        wishes in vec((wishes(), roles()), 0..40),
    ) {
        let mut finding = Finding::default();
        let (mut stands, mut closed) = (false, false);
        for (wish, role) in wishes {
            let Ok(events) = finding.decide(wish, &facts_of(role)) else { continue };
            prop_assert_eq!(events.len(), 1);
            for event in &events {
                match event {
                    FindingEvent::Raised(_) => {
                        prop_assert!(!stands && role == Role::System);
                        stands = true;
                    }
                    FindingEvent::TakenUp(_) => {
                        prop_assert!(!stands && role != Role::System);
                        stands = true;
                    }
                    FindingEvent::Assigned(_) => prop_assert!(stands && !closed),
                    FindingEvent::Closed(_) => {
                        prop_assert!(stands && !closed && role != Role::System);
                        closed = true;
                    }
                    FindingEvent::Reopened(_) => {
                        prop_assert!(closed);
                        closed = false;
                    }
                }
                prop_assert!(FindingEvent::names().contains(&event.name()));
                stored::unchanged(event)?;
                finding = finding.evolve(event);
            }
            let standing = finding.stands().map(|matter| matter.standing);
            prop_assert_eq!(standing.is_some(), stands);
            prop_assert_eq!(standing == Some(Standing::Closed), closed);
        }
    }

    #[test]
    fn an_event_of_what_never_stood_changes_nothing(done in moments()) {
        let given = super::then(super::raised(), [super::assign(on("2026-02-11"))]);
        let close = given.decide(super::close(just_now()), &facts_of(Role::Judge)).unwrap();
        let never = close.iter().fold(Finding::default(), Stream::evolve);
        prop_assert_eq!(never, Finding::default());
        prop_assert!(Finding::default().decide(reopen(done), &facts_of(Role::Judge)).is_err());
    }
}
