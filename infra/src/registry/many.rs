//! Many streams at once: what a question about many people folds, with a look for some hundreds of them together.

use std::collections::{BTreeMap, BTreeSet};

use domain::person::{Person, Registered};
use domain::stream::Stream;
use domain::values::PersonId;

use super::Registry;
use super::kept::Kept;
use crate::error::{Damage, StoreError};

impl Registry {
    /// The states of streams of a kind as of a ledger index, by id; what has not begun then is left out.
    pub(super) async fn states<S: Kept>(
        &self,
        ids: &[String],
        up_to: u64,
    ) -> Result<BTreeMap<String, S>, StoreError> {
        let kind = <S as Stream>::TYPE;
        let streams = self.store().payloads(kind, ids, up_to).await?;
        let folded = streams.into_iter().map(|(id, payloads)| {
            let mut state = S::default();
            for (sequence, payload) in (1..).zip(&payloads) {
                let event: <S as Stream>::Event = serde_json::from_str(payload).map_err(|e| {
                    let damage = Damage::new(format!("the payload cannot be read: {e}"));
                    StoreError::from(damage.in_stream(kind, &id, sequence))
                })?;
                state = state.evolve(&event);
            }
            Ok::<_, StoreError>((id, state))
        });
        folded.collect()
    }

    /// The records of people as they stand, each with the record under which it goes on; whoever has none is left out.
    pub(super) async fn people(
        &self,
        named: &BTreeSet<PersonId>,
    ) -> Result<BTreeMap<PersonId, (PersonId, Registered)>, StoreError> {
        let mut records: BTreeMap<String, Person> = BTreeMap::new();
        let mut asked: BTreeSet<String> = named.iter().map(ToString::to_string).collect();
        let mut next: Vec<String> = asked.iter().cloned().collect();
        while !next.is_empty() {
            let found = self.states::<Person>(&next, u64::MAX).await?;
            next.clear();
            for record in found.values() {
                if let Person::Merged { surviving } = record
                    && asked.insert(surviving.to_string())
                {
                    next.push(surviving.to_string());
                }
            }
            records.extend(found);
        }
        let standing = named.iter().filter_map(|person| {
            let mut id = *person;
            // A chain of merged records is as long as there are records, at most.
            for _ in 0..=records.len() {
                match records.get(&id.to_string())? {
                    Person::Merged { surviving } => id = *surviving,
                    Person::Registered(record) => {
                        return Some((*person, (id, record.as_ref().clone())));
                    }
                    Person::Unregistered | Person::Expunged => return None,
                }
            }
            None
        });
        Ok(standing.collect())
    }
}
