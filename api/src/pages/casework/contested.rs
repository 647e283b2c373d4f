//! What the people of a page contest: it says so until it is settled, wherever it stands.

use std::collections::{BTreeMap, BTreeSet};

use domain::person::subject_of;
use domain::values::{Code, PersonId};
use infra::registry::{Found, Kept};

use crate::pages::components::{SummaryList, Tag, Tone, Value};
use crate::pages::page::{PageError, Visitor};
use crate::pages::person;

/// What is contested and not settled, by person.
#[derive(Default)]
pub(in crate::pages) struct Contested(BTreeMap<PersonId, BTreeSet<Code>>);

impl Contested {
    /// What some people contest, as it was known at the visitor's moment.
    pub(in crate::pages) async fn of<'a>(
        visitor: &Visitor,
        persons: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, PageError> {
        let persons: BTreeSet<PersonId> = persons
            .into_iter()
            .filter_map(|id| id.parse().ok())
            .collect();
        let registry = &visitor.app.registry;
        let contested = registry
            .contesting(&visitor.call, &persons, visitor.moment)
            .await?;
        Ok(Self(contested))
    }

    /// Whether somebody contests who the person is, or a record of this kind.
    fn concerns(&self, person: &str, kind: &str) -> bool {
        let subjects = person.parse().ok().and_then(|id: PersonId| self.0.get(&id));
        subjects.is_some_and(|subjects| {
            let mut subjects = subjects.iter().map(Code::as_str);
            subjects.any(|subject| subject == "identity" || subject == subject_of(kind))
        })
    }

    /// The word for it, where somebody contests who the person is, or a record of this kind.
    pub(in crate::pages) fn tag(&self, person: &str, kind: &str) -> Option<Tag> {
        let said = || Tag::new("Contested", Tone::Attention);
        self.concerns(person, kind).then(said)
    }

    /// A value of a record of this kind, and the word where it is contested.
    pub(in crate::pages) fn mark(&self, person: &str, kind: &str, value: Value) -> Value {
        match (self.tag(person, kind), value) {
            (None, value) => value,
            (Some(tag), Value::Many(mut values)) => {
                values.push(Value::Tag(tag));
                Value::Many(values)
            }
            (Some(tag), value) => Value::Many(vec![value, Value::Tag(tag)]),
        }
    }
}

/// Adds to the facts of a record that the person contests it, where that is not settled.
pub(in crate::pages) async fn contested<S: Kept>(
    visitor: &Visitor,
    id: &str,
    found: &Found<S>,
    facts: SummaryList,
) -> Result<SummaryList, PageError> {
    let contested = visitor.app.registry.contested(id, found).await?;
    Ok(if contested.is_empty() {
        facts
    } else {
        facts.row("Contested", person::contested())
    })
}
