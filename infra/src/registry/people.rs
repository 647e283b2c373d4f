//! Looking somebody up by what is known of the person.

use domain::values::PersonId;

use super::Registry;
use super::read::ReadError;
use crate::access::{Action, Call, allow};

impl Registry {
    /// Everybody whose identity holds each word of a text: name, date of birth, number. Sealed records are found by those
    /// who guard them, expunged ones by nobody, and a child's by those to whom one of the cases is open. Whoever is found
    /// is written down before anything is returned.
    pub async fn find_people(&self, call: &Call, text: &str) -> Result<Vec<PersonId>, ReadError> {
        allow(call, Action::ReadIdentity)?;
        let mut found = Vec::new();
        for id in self.vault().find(text).await? {
            if !self.look().is_expunged(id).await?
                && !self.look().is_sealed_to(call, Some(id)).await?
                && !self.is_only_a_childs(call, id).await?
            {
                found.push(id);
            }
        }
        let shown = found.iter().map(|id| format!("person/{id}")).collect();
        let log = &self.inner.consultations;
        log.write(call, Action::ReadIdentity, shown).await?;
        Ok(found)
    }
}
