//! What is said beside the names of the people of a page: that something is contested, until it is settled, and that a
//! child has nobody who cares for it.

use std::collections::{BTreeMap, BTreeSet};

use domain::values::PersonId;
use infra::registry::{Found, Kept, PersonMarks};

use crate::pages::components::{SummaryList, Tag, Tone, Value};
use crate::pages::page::{PageError, Visitor};
use crate::pages::{person, sentence};

/// What is said beside the names of the people of a page.
#[derive(Default)]
pub(in crate::pages) struct Contested {
    marks: BTreeMap<PersonId, PersonMarks>,
    /// Whether the visitor may know what is told of children.
    sees_special: bool,
}

impl Contested {
    /// What is said of some people, as it was known at the visitor's moment.
    pub(in crate::pages) async fn of<'a>(
        visitor: &Visitor,
        persons: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, PageError> {
        let persons: BTreeSet<PersonId> = persons
            .into_iter()
            .filter_map(|id| id.parse().ok())
            .collect();
        let registry = &visitor.app.registry;
        let marks = registry
            .marks(&visitor.call, &persons, visitor.moment)
            .await?;
        Ok(Self {
            marks,
            sees_special: sentence::sees_special(visitor),
        })
    }

    /// The words beside the name of somebody in a list of records of a kind: that the person contests who the person is, or
    /// such a record; in lists of those who are under an order or supervised, that a child has nobody.
    pub(in crate::pages) fn tags(&self, person: &str, kind: &str) -> Vec<Tag> {
        let marks = person
            .parse()
            .ok()
            .and_then(|id: PersonId| self.marks.get(&id));
        let Some(marks) = marks else {
            return Vec::new();
        };
        let supervised = matches!(kind, "order" | "supervision" | "custody");
        let alone = marks.child_alone && supervised && self.sees_special;
        let contested = marks
            .contests(kind)
            .then(|| Tag::new("Contested", Tone::Attention));
        let alone = alone.then(|| Tag::new("Child without a carer", Tone::Grave));
        contested.into_iter().chain(alone).collect()
    }

    /// A value of a record of this kind, with the words beside it.
    pub(in crate::pages) fn mark(&self, person: &str, kind: &str, value: Value) -> Value {
        let tags = self.tags(person, kind);
        if tags.is_empty() {
            return value;
        }
        let mut values = match value {
            Value::Many(values) => values,
            value => vec![value],
        };
        values.extend(tags.into_iter().map(Value::Tag));
        Value::Many(values)
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
