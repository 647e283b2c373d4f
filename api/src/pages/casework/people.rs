//! Who the people of a list are: by name for those who may know it, else by the end of the reference.

use std::collections::{BTreeMap, BTreeSet};

use domain::personal::Disclosed;
use domain::values::PersonId;

use super::Contested;
use crate::pages::components::{Tag, Value};
use crate::pages::page::{PageError, Visitor};
use crate::pages::register;

/// The people of a page.
pub(in crate::pages) struct People {
    names: BTreeMap<PersonId, Disclosed<String>>,
    contested: Contested,
}

impl People {
    /// Looks up the names of some people, as of the visitor's moment.
    pub(in crate::pages) async fn of<'a>(
        visitor: &Visitor,
        persons: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, PageError> {
        let persons: BTreeSet<&str> = persons.into_iter().collect();
        let contested = Contested::of(visitor, persons.iter().copied()).await?;
        let persons: BTreeSet<PersonId> = persons.iter().filter_map(|id| id.parse().ok()).collect();
        let registry = &visitor.app.registry;
        let names = registry
            .names(&visitor.call, &persons, visitor.moment)
            .await?;
        Ok(Self { names, contested })
    }

    /// The words beside the name of somebody in a list of records of a kind.
    pub(in crate::pages) fn tags(&self, person: &str, kind: &str) -> Vec<Tag> {
        self.contested.tags(person, kind)
    }

    /// A value of a record of this kind, with the words beside it.
    pub(in crate::pages) fn mark(&self, person: &str, kind: &str, value: Value) -> Value {
        self.contested.mark(person, kind, value)
    }

    /// What to call somebody.
    pub(in crate::pages) fn name(&self, person: &str) -> String {
        let reference = || format!("Person {}", register::short(person));
        let known = person
            .parse()
            .ok()
            .and_then(|id: PersonId| self.names.get(&id));
        match known {
            Some(Disclosed::Clear(name)) => name.clone(),
            Some(Disclosed::Erased { .. }) => format!("{} (name erased)", reference()),
            Some(Disclosed::Withheld) | None => reference(),
        }
    }
}
