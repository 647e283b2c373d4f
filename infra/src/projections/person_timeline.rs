//! The person's timeline: which streams are about whom, and which entries of an emergency, which is about nobody alone.
//! The entries themselves are read from the streams.

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

/// Files the first event of a stream under its person, and each event under whomever else it names; a person's own
/// stream is not listed under itself.
pub(super) fn file(changes: &mut Changes, recorded: &Recorded, state: &AnyState) {
    if recorded.stream_type == Person::TYPE {
        return;
    }
    let mut people = recorded.event.people_named();
    if recorded.sequence == 1 {
        people.extend(state.person_shown(&recorded.stream_id));
    }
    for person in people {
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
