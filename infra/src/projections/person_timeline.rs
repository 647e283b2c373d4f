//! The person's timeline: which streams are about whom. The entries themselves are read from the streams.

use domain::order::OrderEvent;
use domain::record::AnyEvent;
use domain::sentence::SentenceEvent;
use domain::supervision::SupervisionEvent;
use domain::values::PersonId;

use super::changes::{Appended, Changes};
use super::signed;
use crate::record::Recorded;

static TABLE: Appended = Appended {
    table: "person_timeline",
    columns: &[
        "generation",
        "person_id",
        "stream_type",
        "stream_id",
        "from_index",
    ],
};

/// Files the first event of a stream under its person.
pub(super) fn file(changes: &mut Changes, recorded: &Recorded) {
    if recorded.sequence != 1 {
        return;
    }
    if let Some(person) = person_of(&recorded.event) {
        changes.add(
            &TABLE,
            vec![
                person.to_string().into(),
                recorded.stream_type.as_str().into(),
                recorded.stream_id.as_str().into(),
                signed(recorded.index).into(),
            ],
        );
    }
}

/// Whom the first event of a stream is about; a person's own stream is not listed under itself.
fn person_of(event: &AnyEvent) -> Option<PersonId> {
    match event {
        AnyEvent::Person(_) | AnyEvent::Policy(_) => None,
        AnyEvent::Order(OrderEvent::Made { order, .. }) => Some(order.person),
        AnyEvent::Supervision(SupervisionEvent::Started { start, .. }) => Some(start.person),
        // A stream begins with the event that names the person; every other one follows it.
        AnyEvent::Order(_) | AnyEvent::Supervision(_) => None,
        AnyEvent::Sentence(event) => match event {
            SentenceEvent::Proposed { person, .. } | SentenceEvent::Imposed { person, .. } => {
                Some(*person)
            }
            SentenceEvent::ProposalWithdrawn(_)
            | SentenceEvent::Corrected { .. }
            | SentenceEvent::AppealLodged(_)
            | SentenceEvent::AppealDismissed(_)
            | SentenceEvent::VariedOnAppeal { .. }
            | SentenceEvent::Quashed(_)
            | SentenceEvent::Commuted { .. }
            | SentenceEvent::Pardoned(_)
            | SentenceEvent::RemandCredited { .. }
            | SentenceEvent::CustodyStarted(_)
            | SentenceEvent::CustodyEnded(_)
            | SentenceEvent::SuspendedTermActivated { .. }
            | SentenceEvent::Resentenced { .. }
            | SentenceEvent::Completed { .. } => None,
        },
    }
}
