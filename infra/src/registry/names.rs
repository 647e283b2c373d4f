//! Who the people of a list are, for those who may know it.

use std::collections::{BTreeMap, BTreeSet};

use domain::person::Person;
use domain::personal::{Disclosed, Sealed};
use domain::values::PersonId;

use super::Registry;
use super::guarded::is_of_the_register;
use super::moment::Moment;
use super::read::{Found, ReadError};
use crate::access::{Action, Call, allow};

impl Registry {
    /// The names of persons as they were known at a moment. Whoever has none recorded, or whose record is closed to the
    /// caller, is left out; a caller who may not know names is told none.
    pub async fn names(
        &self,
        call: &Call,
        persons: &BTreeSet<PersonId>,
        moment: Moment,
    ) -> Result<BTreeMap<PersonId, Disclosed<String>>, ReadError> {
        if persons.is_empty() || allow(call, Action::ReadIdentity).is_err() {
            return Ok(BTreeMap::new());
        }
        let mut sealed = BTreeMap::new();
        let closed = self.closed_to(call, persons).await?;
        for person in persons.difference(&closed) {
            if let Some(name) = self.sealed_name(call, *person, moment).await? {
                sealed.insert(*person, name);
            }
        }
        let shown = sealed
            .keys()
            .map(|person| format!("person/{person}/identity"));
        self.inner
            .consultations
            .write(call, Action::ReadIdentity, shown.collect())
            .await?;
        let values: Vec<Sealed> = sealed.values().cloned().collect();
        let opened = self.inner.vault.open(&values).await?;
        Ok(sealed.into_keys().zip(opened).collect())
    }

    /// Those of some persons whose record is closed to the caller: sealed, expunged, or in the register by nothing but
    /// children's cases that are closed. To the caller they do not exist, in whatever list they stand.
    pub async fn closed_to(
        &self,
        call: &Call,
        persons: &BTreeSet<PersonId>,
    ) -> Result<BTreeSet<PersonId>, ReadError> {
        if persons.is_empty() || is_of_the_register(call) {
            return Ok(BTreeSet::new());
        }
        let guard = self.guard(call).await?;
        let all: Vec<PersonId> = persons.iter().copied().collect();
        let closed = self.closed_people(&guard, &all).await?;
        Ok(closed.iter().filter_map(|id| id.parse().ok()).collect())
    }

    /// A name as it was known; whether it may be seen is judged today.
    async fn sealed_name(
        &self,
        call: &Call,
        person: PersonId,
        moment: Moment,
    ) -> Result<Option<Sealed>, ReadError> {
        let id = person.to_string();
        let mut state: Person = self.look().state(&id).await?;
        if self.look().is_sealed_to(call, Some(person)).await? {
            return Ok(None);
        }
        if moment.past {
            match self.found::<Person>(&id, moment).await {
                Ok(Found { state: then, .. }) => state = then,
                // No rules are read for a record; without them there would be no name either.
                Err(ReadError::Denied(_) | ReadError::Unknown { .. } | ReadError::Rules(_)) => {
                    return Ok(None);
                }
                Err(error @ ReadError::Store(_)) => return Err(error),
            }
        }
        let identity = state.registered().and_then(|r| r.identity.as_ref());
        let name = identity.and_then(|identity| identity.name.as_ref());
        Ok(name.and_then(|name| name.sealed().cloned()))
    }
}
