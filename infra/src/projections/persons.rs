//! Persons whose record is guarded: sealed, expunged, or merged into another. Of everybody else nothing is kept here.

use domain::person::{Person, PersonEvent};
use domain::record::AnyEvent;

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
        "sealed",
        "surviving",
    ],
};

/// Files the state of a person after an event that guards the record, or while it is guarded; and once more when it no
/// longer is.
pub(super) fn file(changes: &mut Changes, recorded: &Recorded, state: &Person) {
    let (title, surviving, sealed) = match state {
        Person::Unregistered => return,
        Person::Registered(person) => ("registered", None, person.sealed.is_some()),
        Person::Merged { surviving } => ("merged", Some(surviving.to_string()), false),
        Person::Expunged => ("expunged", None, false),
    };
    let opened = matches!(
        recorded.event,
        AnyEvent::Person(PersonEvent::RecordUnsealed(_))
    );
    if title == "registered" && !sealed && !opened {
        return;
    }
    let row = vec![
        title.into(),
        Value::Int(i64::from(sealed)),
        surviving.into(),
    ];
    changes.put(&TABLE, recorded, row);
}
