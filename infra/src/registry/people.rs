//! Looking somebody up by what is known of the person.

use domain::person::Person;
use domain::values::PersonId;

use super::Registry;
use super::read::ReadError;
use crate::access::{Action, Call, allow};

impl Registry {
    /// Everybody whose identity holds each word of a text: name, date of birth, number. Sealed and expunged records
    /// are found by those who guard them; whoever is found is written down before anything is returned.
    pub async fn find_people(&self, call: &Call, text: &str) -> Result<Vec<PersonId>, ReadError> {
        allow(call, Action::ReadIdentity)?;
        let guards = allow(call, Action::GuardPerson).is_ok();
        let mut found = Vec::new();
        for id in self.vault().find(text).await? {
            let person: Person = self.state(&id.to_string()).await?;
            let is_open = person
                .registered()
                .is_some_and(|known| known.sealed.is_none());
            if guards || is_open || matches!(person, Person::Merged { .. }) {
                found.push(id);
            }
        }
        let shown = found.iter().map(|id| format!("person/{id}")).collect();
        let log = &self.inner.consultations;
        log.write(call, Action::ReadIdentity, shown).await?;
        Ok(found)
    }
}
