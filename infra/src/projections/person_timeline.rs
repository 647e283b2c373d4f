//! The person's timeline: which streams are about whom. The entries themselves are read from the streams.

use domain::person::Person;
use domain::stream::Stream;

use super::changes::{Appended, Changes};
use super::signed;
use super::states::AnyState;
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

/// Files the first event of a stream under its person; a person's own stream is not listed under itself.
pub(super) fn file(changes: &mut Changes, recorded: &Recorded, state: &AnyState) {
    if recorded.sequence != 1 || recorded.stream_type == Person::TYPE {
        return;
    }
    if let Some(person) = state.person_shown(&recorded.stream_id) {
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
