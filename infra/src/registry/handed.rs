//! What a person is handed on paper: everything that is recorded, and who read it.

use std::collections::{BTreeMap, BTreeSet};

use domain::childhood::Hand;
use domain::emergency::{Candidate, Emergency, PublishCriteria};
use domain::person::{Person, subject_of};
use domain::report::Reading;
use domain::stream::Stream;
use domain::values::{Code, PersonId};

use super::Registry;
use super::kept::Kept;
use super::moment::{AsOf, Moment};
use super::read::{Found, ReadError};
use crate::access::{Action, Call, Consultation, allow, by_look};
use crate::error::StoreError;
use crate::projections::AnyState;
use crate::record::{Recorded, by_record};
use crate::store::database::quoted;

/// How far back a sheet says who read the record: a year.
const LOOKED_BACK_US: i64 = 366 * 86_400_000_000;
/// The most consultations that are told of; whoever wants more asks the oversight body.
const MOST_LOOKS: i64 = 1_000;

/// What a list says beside somebody's name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonMarks {
    /// What the person contests and is not settled.
    pub contested: BTreeSet<Code>,
    /// Whether a child who depends on the person is said to have nobody who cares for it; a special category.
    pub child_alone: bool,
}

impl PersonMarks {
    /// Whether the person contests who the person is, or a record of this kind, and that is not settled.
    pub fn contests(&self, kind: &str) -> bool {
        let mut subjects = self.contested.iter().map(Code::as_str);
        subjects.any(|subject| subject == "identity" || subject == subject_of(kind))
    }
}

/// A record of a person, as it is told on paper.
#[derive(Debug, Clone)]
pub struct ToldRecord {
    /// The kind of stream.
    pub kind: String,
    /// Its id.
    pub id: String,
    /// Whether anything is still to come in it.
    pub goes_on: bool,
    /// Whether the person contests it, or something in it, and that is not settled.
    pub contested: bool,
    /// What happened in it, oldest first.
    pub entries: Vec<Recorded>,
    /// Of an emergency, by what the person was screened, and how the person's release stands.
    pub emergency: Option<ToldEmergency>,
}

/// What an emergency is to one person.
#[derive(Debug, Clone)]
pub struct ToldEmergency {
    /// The criteria that were published, oldest first.
    pub criteria: Vec<PublishCriteria>,
    /// How the person's release stands.
    pub candidate: Option<Candidate>,
}

/// Everything that goes on a person's sheet.
#[derive(Debug, Clone)]
pub struct Handed {
    /// The person's own record.
    pub person: Found<Person>,
    /// The other records, in the order in which they began.
    pub records: Vec<ToldRecord>,
    /// Who read any of it, newest first.
    pub looked: Vec<Consultation>,
}

impl Registry {
    /// Hands a person everything that the caller may see of the person's records, with who read it. Handing it over is a
    /// consultation of its own.
    pub async fn hand_sheet(
        &self,
        call: &Call,
        person: PersonId,
        as_of: AsOf,
    ) -> Result<Handed, ReadError> {
        allow(call, Action::HandSheet)?;
        let until = self.moment(as_of).await?.instant;
        let (found, entries) = self.timeline(call, person, as_of).await?;
        let entries = entries.into_iter().map(|entry| entry.recorded);
        let mut records = records(&found.state, person, entries.collect());
        self.add_emergencies(person, &mut records, found.moment)
            .await?;
        let ids = records.iter().map(|record| record.id.clone());
        let ids: Vec<String> = ids.chain([person.to_string()]).collect();
        let log = &self.inner.consultations;
        let since = until.micros().saturating_sub(LOOKED_BACK_US);
        let mut looked = by_look(log.of(&ids, since, MOST_LOOKS).await?);
        looked.retain(|look| look.at <= until);
        log.write(call, Action::HandSheet, vec![format!("person/{person}")])
            .await?;
        Ok(Handed {
            person: found,
            records,
            looked,
        })
    }

    /// Adds what only the emergency itself says, of which a person's record holds the entries that name the person: the
    /// criteria, whether it goes on, and how the person's release stands, under whichever record of the person.
    async fn add_emergencies(
        &self,
        person: PersonId,
        records: &mut [ToldRecord],
        moment: Moment,
    ) -> Result<(), ReadError> {
        let known = self.merged_into(person).await?;
        for record in records {
            if record.kind != <Emergency as Stream>::TYPE {
                continue;
            }
            let found = self.found::<Emergency>(&record.id, moment).await?;
            let Some(declared) = found.state.declared() else {
                continue;
            };
            record.goes_on = declared.ended.is_none();
            record.emergency = Some(ToldEmergency {
                criteria: declared.criteria.clone(),
                candidate: known
                    .iter()
                    .find_map(|person| declared.people.get(person).cloned()),
            });
        }
        Ok(())
    }

    /// What the person of a record contests of it; of the person's own record, everything that is contested.
    pub async fn contested<S: Kept>(
        &self,
        id: &str,
        found: &Found<S>,
    ) -> Result<BTreeSet<Code>, StoreError> {
        let Some(person) = found.state.person_shown(id) else {
            return Ok(BTreeSet::new());
        };
        let state = self.person_at(person, found.moment).await?;
        let Some(known) = state.registered() else {
            return Ok(BTreeSet::new());
        };
        let kind = <S as Stream>::TYPE;
        let concerns = |subject: &&Code| kind == Person::TYPE || known.contests(kind, subject);
        Ok(known.contested.iter().filter(concerns).cloned().collect())
    }

    /// What a list says beside the name of each of some persons, as it was known at a moment. Whoever there is nothing to
    /// say of, or whose record is closed to the caller, is left out; a caller who may not read records is told of nobody.
    pub async fn marks(
        &self,
        call: &Call,
        persons: &BTreeSet<PersonId>,
        moment: Moment,
    ) -> Result<BTreeMap<PersonId, PersonMarks>, ReadError> {
        if allow(call, Action::ReadRegister).is_err() {
            return Ok(BTreeMap::new());
        }
        let ever = self.ever_marked(persons).await?;
        let closed = self.closed_to(call, &ever).await?;
        let mut marked = BTreeMap::new();
        for person in ever.difference(&closed) {
            let state = self.person_at(*person, moment).await?;
            let marks = state.registered().map(|known| PersonMarks {
                contested: known.contested.clone(),
                child_alone: known.leaves_a_child_alone(),
            });
            if let Some(marks) = marks.filter(|marks| *marks != PersonMarks::default()) {
                marked.insert(*person, marks);
            }
        }
        Ok(marked)
    }

    /// Those of some persons who ever contested anything or told of children, and those whose record was merged: what is
    /// said of them stands in another.
    async fn ever_marked(
        &self,
        persons: &BTreeSet<PersonId>,
    ) -> Result<BTreeSet<PersonId>, StoreError> {
        if persons.is_empty() {
            return Ok(BTreeSet::new());
        }
        let sql = format!(
            "SELECT DISTINCT aggregate_id FROM events WHERE aggregate_type = 'person' AND aggregate_id IN ({}) \
             AND event_type IN ('person.data_contested', 'person.children_recorded', 'person.merged')",
            quoted(persons)
        );
        let rows = self.store().database().query(&sql, &[]).await?;
        let ids = rows.iter().map(|row| Ok(row.text(0)?.parse().ok()));
        let ids: Result<Vec<Option<PersonId>>, StoreError> = ids.collect();
        Ok(ids?.into_iter().flatten().collect())
    }

    /// A person as known at a moment, under whichever record goes on.
    async fn person_at(&self, person: PersonId, moment: Moment) -> Result<Person, StoreError> {
        let id = self.look().surviving(person).await?.to_string();
        if !moment.past {
            return self.look().state(&id).await;
        }
        match self.found::<Person>(&id, moment).await {
            Ok(found) => Ok(found.state),
            Err(ReadError::Store(error)) => Err(error),
            // No rules are read for a record.
            Err(ReadError::Denied(_) | ReadError::Unknown { .. } | ReadError::Rules(_)) => {
                Ok(Person::Unregistered)
            }
        }
    }
}

/// The records of a timeline, each with how it stands.
fn records(person: &Person, own: PersonId, entries: Vec<Recorded>) -> Vec<ToldRecord> {
    let own = own.to_string();
    let others = entries.into_iter().filter(|entry| entry.stream_id != own);
    by_record(others.collect())
        .into_iter()
        .filter_map(|entries| {
            let state = AnyState::of(&entries)?;
            let first = entries.first()?;
            let (kind, id) = (first.stream_type.clone(), first.stream_id.clone());
            let known = person.registered();
            let contested = known.is_some_and(|known| known.contests_any(&kind));
            Some(ToldRecord {
                contested: contested || has_contested(&state),
                goes_on: state.in_hand() != Hand::Nobody,
                kind,
                id,
                entries,
                emergency: None,
            })
        })
        .collect()
}

/// Whether a statement of a report is contested.
fn has_contested(state: &AnyState) -> bool {
    let AnyState::Report(report) = state else {
        return false;
    };
    let statements = report.requested().map(|inquiry| &inquiry.statements);
    let mut statements = statements.into_iter().flatten();
    statements.any(|statement| statement.reading() == Reading::Contested)
}
