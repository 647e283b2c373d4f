//! Persons: coded attributes and what guards their record; no name.

use domain::person::Person;

use super::changes::{Changes, Versioned};
use crate::record::Recorded;
use crate::store::database::Value;

static TABLE: Versioned = Versioned {
    table: "persons",
    key: "person_id",
    columns: &[
        "generation",
        "person_id",
        "from_index",
        "to_index",
        "state",
        "sex",
        "sealed",
        "contested",
        "surviving",
    ],
};

/// Files the state of a person after an event.
pub(super) fn file(changes: &mut Changes, recorded: &Recorded, state: &Person) {
    let (title, surviving) = match state {
        Person::Unregistered => ("unregistered", None),
        Person::Registered(_) => ("registered", None),
        Person::Merged { surviving } => ("merged", Some(surviving.to_string())),
        Person::Expunged => ("expunged", None),
    };
    let registered = state.registered();
    let sex = registered
        .and_then(|r| r.sex.value())
        .map_or("not_recorded", |s| s.word());
    let flag = |set: bool| Value::Int(i64::from(set));
    let row = vec![
        title.into(),
        sex.into(),
        flag(registered.is_some_and(|r| r.sealed.is_some())),
        flag(registered.is_some_and(|r| !r.contested.is_empty())),
        surviving.into(),
    ];
    if recorded.sequence == 1 {
        changes.begin(&TABLE, &recorded.stream_id, recorded.index, row);
    } else {
        changes.open(&TABLE, &recorded.stream_id, recorded.index, row);
    }
}
