//! Streams as they were on a day, by what is known at a moment.

use std::collections::{BTreeMap, BTreeSet};

use domain::custody::Custody;
use domain::jurisdiction::Pack;
use domain::order::Order;
use domain::person::{Person, Sex};
use domain::pretrial::Pretrial;
use domain::report::Report;
use domain::sentence::Sentence;
use domain::stream::{FromJson, Stream, StreamEvent};
use domain::supervision::Supervision;
use domain::values::{Day, Known, PersonId};

use super::Asked;
use crate::error::{Damage, StoreError};
use crate::projections::signed;
use crate::registry::Registry;
use crate::registry::kept::Kept;

/// What happened in streams of a kind, by id, each from its first event.
pub(super) type Histories<S> = BTreeMap<String, Vec<<S as Stream>::Event>>;

/// A stream as it was at the end of a day: what happened later leaves it as it is. What was a slip was one from the
/// beginning, so that a correction counts whenever it was made. A time that is known less exactly than to the day counts by
/// its last day.
pub(super) fn on_day<S: Stream>(
    events: &[S::Event],
    day: Day,
    law: &Pack,
    is_slip: impl Fn(&S::Event) -> bool,
) -> S {
    let by_then = |event: &&S::Event| {
        let occurred = event.occurred().and_then(|done| law.date(done).latest());
        is_slip(event) || occurred.is_none_or(|occurred| occurred <= day)
    };
    let events = events.iter().filter(by_then);
    events.fold(S::default(), S::evolve)
}

/// A stream as it is known at the moment.
pub(super) fn as_known<S: Stream>(events: &[S::Event]) -> S {
    let begun = S::default();
    events.iter().fold(begun, S::evolve)
}

impl Registry {
    /// What happened in streams of a kind up to a ledger index; what has not begun then is left out.
    pub(super) async fn histories<S: Kept>(
        &self,
        ids: &BTreeSet<String>,
        up_to: u64,
    ) -> Result<Histories<S>, StoreError> {
        let kind = <S as Stream>::TYPE;
        let ids: Vec<String> = ids.iter().cloned().collect();
        let streams = self.store().payloads(kind, &ids, up_to).await?;
        let read = streams.into_iter().map(|(id, payloads)| {
            let events = (1..).zip(&payloads).map(|(sequence, payload)| {
                <S as Stream>::Event::from_json(payload).map_err(|e| {
                    let damage = Damage::new(format!("the payload cannot be read: {e}"));
                    StoreError::from(damage.in_stream(kind, &id, sequence))
                })
            });
            let events = events.collect::<Result<Vec<_>, _>>()?;
            Ok::<_, StoreError>((id, events))
        });
        read.collect()
    }

    /// The records of a read model that had begun by the moment, in the jurisdiction.
    pub(super) async fn ids_in(
        &self,
        model: &'static str,
        column: &'static str,
        kind: Option<&'static str>,
        asked: &Asked<'_>,
    ) -> Result<BTreeSet<String>, StoreError> {
        let generation = self.projections().live_generation(model).await?;
        let mut params = vec![
            generation.into(),
            signed(asked.index).into(),
            signed(asked.index).into(),
            asked.law.jurisdiction.as_str().into(),
        ];
        let mut sql = format!(
            "SELECT {column} FROM {model} WHERE generation = $1 AND from_index <= $2 AND to_index > $3 \
             AND jurisdiction = $4"
        );
        if let Some(kind) = kind {
            params.push(kind.into());
            sql.push_str(" AND kind = $5");
        }
        let rows = self.store().database().query(&sql, &params).await?;
        let ids = rows.iter().map(|row| row.text(0).map(str::to_owned));
        ids.collect()
    }

    /// Under which record each person goes on, and the sex that stands there, as known at a ledger index.
    pub(super) async fn standing_people(
        &self,
        named: &BTreeSet<PersonId>,
        up_to: u64,
    ) -> Result<BTreeMap<PersonId, (PersonId, Known<Sex>)>, StoreError> {
        let mut records: BTreeMap<PersonId, Person> = BTreeMap::new();
        let mut next: BTreeSet<PersonId> = named.clone();
        while !next.is_empty() {
            let ids = next.iter().map(ToString::to_string).collect();
            let found = self.histories::<Person>(&ids, up_to).await?;
            let asked = std::mem::take(&mut next);
            for id in asked {
                let events = found.get(&id.to_string());
                let record: Person = events.map_or_else(Person::default, |all| as_known(all));
                if let Person::Merged { surviving } = &record
                    && !records.contains_key(surviving)
                {
                    next.insert(*surviving);
                }
                records.insert(id, record);
            }
        }
        let standing = named.iter().map(|person| {
            let mut id = *person;
            // A chain of merged records is as long as there are records, at most.
            for _ in 0..=records.len() {
                match records.get(&id) {
                    Some(Person::Merged { surviving }) => id = *surviving,
                    Some(Person::Registered(record)) => return (*person, (id, record.sex)),
                    Some(Person::Unregistered | Person::Expunged) | None => break,
                }
            }
            (*person, (id, Known::NotRecorded))
        });
        Ok(standing.collect())
    }

    /// Whom a record concerns that a table counts, as it stands today.
    pub(super) async fn person_behind(
        &self,
        kind: &str,
        id: &str,
    ) -> Result<Option<PersonId>, StoreError> {
        let look = self.look();
        Ok(match kind {
            Custody::TYPE => look.state::<Custody>(id).await?.person(),
            Sentence::TYPE => look.state::<Sentence>(id).await?.person(),
            Pretrial::TYPE => look.state::<Pretrial>(id).await?.person(),
            Order::TYPE => look.state::<Order>(id).await?.person(),
            Supervision::TYPE => look.state::<Supervision>(id).await?.person(),
            Report::TYPE => look.state::<Report>(id).await?.person(),
            _ => None,
        })
    }
}
