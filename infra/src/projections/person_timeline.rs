//! The person's timeline: which streams are about whom, and which entries of an emergency, which is about nobody alone.
//! The entries themselves are read from the streams. Whom a sentence is about is told by the sentence register, which has
//! a row for each of them anyway.

use domain::person::Person;
use domain::sentence::Sentence;
use domain::stream::Stream;

use super::changes::{Appended, Changes};
use super::runner::{Standing, generation};
use super::signed;
use super::states::AnyState;
use crate::error::StoreError;
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

/// Which streams are about whom, as what a question reads `FROM`: `person_id`, `stream_type`, `stream_id`, `from_index`.
pub(crate) fn about_people(standings: &[Standing]) -> Result<String, StoreError> {
    let timeline = generation(standings, "person_timeline")?;
    let register = generation(standings, "sentence_register")?;
    Ok(format!(
        "(SELECT person_id, stream_type, stream_id, from_index FROM person_timeline WHERE generation = {timeline} \
         UNION ALL SELECT person_id, '{}', sentence_id, from_index FROM sentence_register \
         WHERE generation = {register} AND from_index = first_index) about",
        Sentence::TYPE
    ))
}

/// Files the first event of a stream under its person, and each event under whomever else it names; a person's own
/// stream is not listed under itself, and neither is a sentence.
pub(super) fn file(changes: &mut Changes, recorded: &Recorded, state: &AnyState) {
    if [Person::TYPE, Sentence::TYPE].contains(&recorded.stream_type.as_str()) {
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
