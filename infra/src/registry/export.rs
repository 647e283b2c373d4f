//! A case as it is handed to another authority: every record of it, as far as it is open to whoever hands it over.
//!
//! A case is what hangs together: a record, what it names and what names it, of one person. By the person's own id it is
//! everything about the person.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::emergency::Emergency;
use domain::jurisdiction::Pack;
use domain::person::Person;
use domain::registry::Register;
use domain::stream::Stream;
use domain::values::{Code, Instant, PersonId};
use serde_json::Value;

use super::Registry;
use super::moment::{AsOf, Moment};
use super::read::{Found, ReadError};
use crate::access::{Action, Call, allow};
use crate::error::StoreError;
use crate::packs::PacksError;
use crate::projections::entire;
use crate::record::{Recorded, by_record};
use crate::store::StreamName;

/// A case as it is handed to another authority.
#[derive(Debug, Clone)]
pub struct Exported {
    /// The last ledger entry that counts.
    pub index: u64,
    /// When that entry was stored: the same whenever it is asked.
    pub instant: Instant,
    /// The register itself, by its id, and the name under which its proofs are published; none of one that was never opened.
    pub register: Option<(String, Code)>,
    /// The kind of record that was asked for.
    pub kind: String,
    /// Its id.
    pub id: String,
    /// Whom it concerns.
    pub person: PersonId,
    /// The person's own record as of the moment.
    pub known: Person,
    /// The records, in the order in which they began.
    pub records: Vec<ExportedRecord>,
    /// The rules under which something in it was recorded, by their version.
    pub laws: BTreeMap<String, Arc<Pack>>,
}

/// A record of a case.
#[derive(Debug, Clone)]
pub struct ExportedRecord {
    /// The kind of record.
    pub kind: String,
    /// Its id.
    pub id: String,
    /// What happened to it, oldest first.
    pub entries: Vec<Recorded>,
}

impl Registry {
    /// A case as of a moment, for another authority; written down before it is returned, with whom it goes to.
    pub async fn export_case(
        &self,
        call: &Call,
        id: &str,
        as_of: AsOf,
        recipient: Option<&Code>,
    ) -> Result<Exported, ReadError> {
        allow(call, Action::ExportCase)?;
        let moment = self.moment(as_of).await?;
        let no = || unknown(id, moment);
        let index = moment.index.ok_or_else(no)?;
        // Which cases are whose is filed as of now, whatever moment is asked about.
        self.projections().catch_up().await?;
        let kind = self.kind_of(id).await?.ok_or_else(no)?;
        let person = self.subject(&kind, id).await?.ok_or_else(no)?;
        let found = self.person_of_case(call, person, moment).await;
        let found = found.map_err(|error| hidden(error, id, moment))?;
        let (mut entries, _) = self.entries_about(call, person, moment).await?;
        let whole = kind == <Person as Stream>::TYPE;
        if whole {
            entries.extend(found.entries.iter().cloned());
        }
        let mut records = records(entries);
        if !whole {
            let together = hanging_together(&records, id);
            records.retain(|record| together.contains(&record.id));
        }
        if records.is_empty() {
            return Err(no());
        }
        let laws = self.laws_of(&records).await?;
        let register = self.register_itself(index).await?;
        let instant = self.stored_at(index).await?;
        let ids = records.iter().map(|r| format!("{}/{}", r.kind, r.id));
        let mut shown: Vec<String> = ids.chain([format!("person/{person}")]).collect();
        shown.dedup();
        shown.extend(recipient.map(|recipient| format!("recipient/{recipient}")));
        let log = &self.inner.consultations;
        log.write(call, Action::ExportCase, shown).await?;
        Ok(Exported {
            index,
            instant,
            register,
            kind,
            id: id.to_owned(),
            person,
            known: found.state,
            records,
            laws,
        })
    }

    /// Whom a record is about; nobody where it is about many or none.
    async fn subject(&self, kind: &str, id: &str) -> Result<Option<PersonId>, StoreError> {
        if kind == <Person as Stream>::TYPE {
            return Ok(id.parse().ok());
        }
        if kind == <Emergency as Stream>::TYPE {
            return Ok(None);
        }
        let now = entire(self.store(), &StreamName::new(kind, id)).await?;
        Ok(now.and_then(|now| now.state.person_shown(id)))
    }

    async fn person_of_case(
        &self,
        call: &Call,
        person: PersonId,
        moment: Moment,
    ) -> Result<Found<Person>, ReadError> {
        let id = person.to_string();
        let found = self.found::<Person>(&id, moment).await?;
        self.let_to(call, &id, &found).await?;
        Ok(found)
    }

    /// The rules under which the entries were recorded.
    async fn laws_of(
        &self,
        records: &[ExportedRecord],
    ) -> Result<BTreeMap<String, Arc<Pack>>, ReadError> {
        let entries = records.iter().flat_map(|record| &record.entries);
        let versions = entries.filter_map(|entry| entry.told.policy.clone());
        let versions: BTreeSet<String> = versions.collect();
        let mut laws = BTreeMap::new();
        for version in versions {
            match self.packs().told(Some(&version)).await {
                Ok(Some(law)) => {
                    laws.insert(version, law);
                }
                Err(PacksError::Store(error)) => return Err(error.into()),
                // Its codes are handed over without words, and it is said why.
                Ok(None) | Err(_) => {}
            }
        }
        Ok(laws)
    }

    /// The register's own record as of an entry.
    async fn register_itself(&self, index: u64) -> Result<Option<(String, Code)>, StoreError> {
        let cases = self.projections().live_generation("cases").await?;
        let sql = "SELECT case_id FROM cases WHERE generation = $1 AND kind = $2 AND first_index <= $3 \
                   ORDER BY first_index LIMIT 1";
        let kind = <Register as Stream>::TYPE;
        let last = crate::projections::signed(index);
        let params = [cases.into(), kind.into(), last.into()];
        let row = self.store().database().query_one(sql, &params).await?;
        let Some(row) = row else {
            return Ok(None);
        };
        let id = row.text(0)?.to_owned();
        let register: Register = self.look().state(&id).await?;
        Ok(register
            .opened()
            .map(|opened| (id, opened.opening.name.clone())))
    }
}

fn unknown(id: &str, moment: Moment) -> ReadError {
    ReadError::Unknown {
        what: "case",
        id: id.to_owned(),
        past: moment.past,
    }
}

/// Whoever may not see the person learns nothing but that there is no such case.
fn hidden(error: ReadError, id: &str, moment: Moment) -> ReadError {
    match error {
        ReadError::Unknown { .. } => unknown(id, moment),
        other @ (ReadError::Denied(_) | ReadError::Rules(_) | ReadError::Store(_)) => other,
    }
}

/// The records of some entries, in the order in which they began.
fn records(entries: Vec<Recorded>) -> Vec<ExportedRecord> {
    let record = |entries: Vec<Recorded>| {
        let first = entries.first()?;
        Some(ExportedRecord {
            kind: first.stream_type.clone(),
            id: first.stream_id.clone(),
            entries,
        })
    };
    by_record(entries).into_iter().filter_map(record).collect()
}

/// The ids of the records that hang together with one: what it names, what names it, and so on.
fn hanging_together(records: &[ExportedRecord], id: &str) -> BTreeSet<String> {
    let ids: BTreeSet<&str> = records.iter().map(|record| record.id.as_str()).collect();
    let named: BTreeMap<&str, BTreeSet<String>> = records
        .iter()
        .map(|record| {
            let mut found = BTreeSet::new();
            for entry in &record.entries {
                names(&entry.event.to_value(), &ids, &mut found);
            }
            (record.id.as_str(), found)
        })
        .collect();
    let mut together = BTreeSet::new();
    let mut next: Vec<String> = ids.get(id).map(|id| (*id).to_owned()).into_iter().collect();
    while let Some(id) = next.pop() {
        if !together.insert(id.clone()) {
            continue;
        }
        next.extend(named.get(id.as_str()).into_iter().flatten().cloned());
        let naming = named.iter().filter(|(_, names)| names.contains(&id));
        next.extend(naming.map(|(other, _)| (*other).to_owned()));
    }
    together
}

/// The ids among some that a value holds.
fn names(value: &Value, ids: &BTreeSet<&str>, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if ids.contains(text.as_str()) => {
            found.insert(text.clone());
        }
        Value::Array(items) => items.iter().for_each(|item| names(item, ids, found)),
        Value::Object(fields) => fields.values().for_each(|field| names(field, ids, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
