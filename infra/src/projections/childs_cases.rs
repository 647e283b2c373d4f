//! Which cases are a child's: by their own word, or by that of what they hang on. Who may see one is decided with it; and
//! which cases are kept from the official whom they are about.

use domain::childhood::{Childhood, Hand, Parent};
use domain::jurisdiction::Pack;
use domain::order::Order;
use domain::sentence::Sentence;
use domain::stream::Stream;
use domain::supervision::Supervision;

use super::changes::{Changes, Versioned};
use super::states::Folded;
use crate::packs::unruled;
use crate::record::Recorded;
use crate::store::database::Value;

static TABLE: Versioned = Versioned {
    table: "childs_cases",
    key: "case_id",
    columns: &[
        "generation",
        "case_id",
        "from_index",
        "to_index",
        "kind",
        "person_id",
        "jurisdiction",
        "of_child",
        "hangs_on",
        "had_by",
        "begun_by",
        "heard_by",
        "kept_from",
    ],
};

/// The events after the first that may change whose a case is or who works on it, of the kinds that have many others.
const CHANGING: [(&str, &[&str]); 3] = [
    (
        Sentence::TYPE,
        &[
            "sentence.proposed",
            "sentence.proposal_withdrawn",
            "sentence.imposed",
            "sentence.corrected",
            "sentence.varied_on_appeal",
            "sentence.resentenced",
            "sentence.quashed",
            "sentence.pardoned",
            "sentence.completed",
        ],
    ),
    (
        Order::TYPE,
        &[
            "order.transferred",
            "order.revoked",
            "order.discharged_early",
            "order.completed",
            "order.ended",
        ],
    ),
    (
        Supervision::TYPE,
        &[
            "supervision.transferred",
            "supervision.recall_decided",
            "supervision.ended",
        ],
    ),
];

/// Files a case that is a child's, hangs on another or is kept from somebody. What is none of it has no row, unless it was one before.
pub(super) fn file(
    changes: &mut Changes,
    recorded: &Recorded,
    folded: &Folded,
    law: Option<&Pack>,
) {
    let begins = recorded.sequence == 1;
    if !begins && !may_change(recorded) {
        return;
    }
    let told = match law {
        Some(law) => folded.state.childhood(law),
        None => folded.state.childhood(&unruled()),
    };
    let kept_from = match law {
        Some(law) => folded.state.kept_from(law),
        None => folded.state.kept_from(&unruled()),
    };
    let (of_child, hangs_on) = match told {
        Childhood::Child => (1, None),
        Childhood::As(Parent { id, .. }) => (0, Some(id)),
        Childhood::Untold if kept_from.is_some() => (0, None),
        Childhood::Untold if begins || recorded.stream_type != Sentence::TYPE => return,
        Childhood::Untold => (0, None),
    };
    let office = folded.office.clone();
    let (had_by, heard_by, begun_by) = match folded.state.in_hand() {
        Hand::Nobody => (None, None, None),
        Hand::Beginner => (None, None, office),
        Hand::At(place) => (Some(place), None, office),
        Hand::AtWithCourt { place, court } => (Some(place), Some(court), office),
    };
    let person = folded.state.person_shown(&recorded.stream_id);
    let row: Vec<Value> = vec![
        recorded.stream_type.as_str().into(),
        person.map(|person| person.to_string()).into(),
        recorded.jurisdiction().into(),
        Value::Int(of_child),
        hangs_on.into(),
        had_by.into(),
        begun_by.into(),
        heard_by.into(),
        kept_from.map(ToString::to_string).into(),
    ];
    changes.put(&TABLE, recorded, row);
}

fn may_change(recorded: &Recorded) -> bool {
    let kind = CHANGING
        .iter()
        .find(|(kind, _)| *kind == recorded.stream_type);
    kind.is_none_or(|(_, names)| names.contains(&recorded.event.name()))
}

#[cfg(test)]
mod tests {
    use domain::order::OrderEvent;
    use domain::sentence::SentenceEvent;
    use domain::stream::StreamEvent;
    use domain::supervision::SupervisionEvent;

    use super::*;

    #[test]
    fn what_may_change_whose_a_case_is_are_events_of_its_kind() {
        for (kind, names) in CHANGING {
            let known = match kind {
                Sentence::TYPE => SentenceEvent::names(),
                Order::TYPE => OrderEvent::names(),
                _ => SupervisionEvent::names(),
            };
            for name in names {
                assert!(known.contains(name), "{name}");
            }
        }
    }
}
