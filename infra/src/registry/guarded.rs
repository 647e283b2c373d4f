//! Whose record is guarded: sealed or expunged, as it stands today, whatever moment is asked about.

use domain::person::Person;
use domain::values::PersonId;

use super::Registry;
use super::read::ReadError;
use crate::access::{Action, Call, allow};
use crate::error::StoreError;
use crate::projections::OPEN;

impl Registry {
    /// Refuses a guarded record to whoever may not lift the seal. A merged record is guarded as the one that goes on.
    pub(super) async fn unsealed(
        &self,
        call: &Call,
        person: Option<PersonId>,
    ) -> Result<(), ReadError> {
        if allow(call, Action::GuardPerson).is_ok() {
            return Ok(());
        }
        let mut next = person;
        let mut seen = Vec::new();
        while let Some(id) = next.filter(|id| !seen.contains(id)) {
            seen.push(id);
            next = match self.state(&id.to_string()).await? {
                Person::Expunged => return Err(ReadError::Sealed),
                Person::Registered(record) if record.sealed.is_some() => {
                    return Err(ReadError::Sealed);
                }
                Person::Merged { surviving } => Some(surviving),
                Person::Registered(_) | Person::Unregistered => None,
            };
        }
        Ok(())
    }

    /// A condition of a list that leaves guarded persons out, for whoever may not lift the seal.
    pub(super) async fn unguarded(&self, call: &Call) -> Result<String, StoreError> {
        if allow(call, Action::GuardPerson).is_ok() {
            return Ok(String::new());
        }
        let generation = self.projections().live_generation("persons").await?;
        let now = format!("generation = {generation} AND to_index = {OPEN}");
        let guarded = format!(
            "SELECT person_id FROM persons WHERE {now} AND (sealed = 1 OR state = 'expunged')"
        );
        Ok(format!(
            " AND person_id NOT IN ({guarded}) AND person_id NOT IN \
             (SELECT person_id FROM persons WHERE {now} AND state = 'merged' AND surviving IN ({guarded}))"
        ))
    }
}
