use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::{
    assessments, assignments, contacts, corrections, days, decisions, ends, levels, movements,
    moves, number, offices, plans, programme_ends, referrals, requests, reviews, starts, transfers,
    violations,
};
use crate::act::{Door, Finding, Weight};
use crate::supervision::SupervisionEvent as Event;
use crate::values::{AssessmentNo, ContactNo, ProgrammeNo, RecallNo, ViolationNo};

/// A door and what was noticed at it.
fn entries() -> impl Strategy<Value = (Door, Vec<Finding>)> {
    let one = Finding {
        code: "supervision.after-the-end".to_owned(),
        safeguard: Some("TR-11.1".to_owned()),
        weight: Weight::Critical,
        said: "2026-02-21 lies after the end".to_owned(),
    };
    let findings = select(vec![Vec::new(), vec![one]]);
    (select(vec![Door::Live, Door::Existing]), findings)
}

macro_rules! happened {
    ($event:ident { $field:ident: $values:expr }) => {
        ($values, entries()).prop_map(|($field, (door, findings))| Event::$event {
            $field,
            door,
            findings,
        })
    };
    ($event:ident { $no:ident: $number:ident, $field:ident: $values:expr }) => {
        (number(), $values, entries()).prop_map(|(no, $field, (door, findings))| Event::$event {
            $no: $number(no),
            $field,
            door,
            findings,
        })
    };
}

fn programmes() -> impl Strategy<Value = Event> {
    prop_oneof![
        happened!(ProgrammeReferred {
            programme: ProgrammeNo,
            referral: referrals()
        }),
        happened!(ProgrammeStarted { step: moves() }),
        happened!(ProgrammeCompleted { step: moves() }),
        happened!(ProgrammeEnded {
            end: programme_ends()
        }),
    ]
}

fn facts() -> impl Strategy<Value = Event> {
    prop_oneof![
        happened!(NeedsAssessed {
            assessment: AssessmentNo,
            record: assessments()
        }),
        happened!(ContactRecorded {
            contact: ContactNo,
            record: contacts()
        }),
        happened!(ContactCorrected {
            correction: corrections()
        }),
        happened!(ViolationRecorded {
            violation: ViolationNo,
            record: violations()
        }),
    ]
}

fn steps() -> impl Strategy<Value = Event> {
    prop_oneof![
        happened!(OfficerAssigned {
            assignment: assignments()
        }),
        happened!(PlanAgreed { plan: plans() }),
        happened!(LevelChanged { change: levels() }),
        happened!(ReviewHeld { review: reviews() }),
        happened!(RecallRequested {
            recall: RecallNo,
            request: requests()
        }),
        happened!(RecallDecided {
            decision: decisions()
        }),
        (movements(), option::of(days()), entries()).prop_map(
            |(movement, from, (door, findings))| Event::EndMoved {
                movement,
                from,
                door,
                findings,
            }
        ),
        (transfers(), offices(), entries()).prop_map(|(transfer, from, (door, findings))| {
            Event::Transferred {
                transfer,
                from,
                door,
                findings,
            }
        }),
    ]
}

/// Events of every variant, with any number.
pub(in crate::supervision::tests) fn events() -> impl Strategy<Value = Event> {
    prop_oneof![
        1 => happened!(Started { start: starts() }),
        4 => programmes(),
        4 => facts(),
        4 => steps(),
        1 => happened!(Ended { end: ends() }),
    ]
}
