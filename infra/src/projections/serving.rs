//! Whose term is being served, by the marks of custody on the decision itself.

use domain::record::AnyEvent;
use domain::sentence::{Sentence, SentenceEvent};

use super::changes::{Changes, Versioned};
use crate::record::Recorded;
use crate::store::database::Value;

static TABLE: Versioned = Versioned {
    table: "serving",
    key: "sentence_id",
    columns: &[
        "generation",
        "sentence_id",
        "from_index",
        "to_index",
        "person_id",
        "jurisdiction",
        "serves",
    ],
};

/// Files a decision when custody under it begins or ends.
pub(super) fn file(changes: &mut Changes, recorded: &Recorded, sentence: &Sentence) {
    let (AnyEvent::Sentence(event), Some(imposed)) = (&recorded.event, sentence.imposed()) else {
        return;
    };
    if !matches!(
        event,
        SentenceEvent::CustodyStarted(_) | SentenceEvent::CustodyEnded(_)
    ) {
        return;
    }
    let row = vec![
        imposed.person.to_string().into(),
        recorded.jurisdiction().into(),
        Value::Int(i64::from(!imposed.in_custody.is_empty())),
    ];
    changes.put(&TABLE, recorded, row);
}
