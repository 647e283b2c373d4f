//! What happened to a person, across all streams.

use std::collections::BTreeSet;

use domain::emergency::Emergency;
use domain::person::Person;
use domain::record::AnyEvent;
use domain::restorative::RestorativeEvent;
use domain::stream::Stream;
use domain::values::PersonId;

use super::Registry;
use super::moment::{AsOf, Moment};
use super::read::{Found, ReadError, TimelineEntry};
use crate::access::{Action, Call};
use crate::error::StoreError;
use crate::projections::about_people;
use crate::record::Recorded;
use crate::store::StreamName;

/// What is about a person besides the person's own record.
#[derive(Default)]
struct About {
    /// The records under which the person is named: this one and those that were merged into it.
    people: BTreeSet<PersonId>,
    /// Streams that are about the person from their first entry to the last.
    streams: BTreeSet<StreamName>,
    /// Single entries of streams that are about many, each with the record it names.
    entries: BTreeSet<(u64, PersonId)>,
}

impl Registry {
    /// What happened to a person, across all streams, as of a moment.
    pub async fn timeline(
        &self,
        call: &Call,
        person: PersonId,
        as_of: AsOf,
    ) -> Result<(Found<Person>, Vec<TimelineEntry>), ReadError> {
        let found: Found<Person> = self.show(call, &person.to_string(), as_of).await?;
        let (others, shown) = self.entries_about(call, person, found.moment).await?;
        let mut entries = found.entries.clone();
        entries.extend(others);
        let log = &self.inner.consultations;
        log.write(call, Action::ReadCase, shown.into_iter().collect())
            .await?;
        entries.sort_by_key(|recorded| recorded.index);
        let entries = entries
            .into_iter()
            .map(|recorded| TimelineEntry { recorded })
            .collect();
        Ok((found, entries))
    }

    /// What happened to a person as of a moment besides the person's own record, as far as it is open to the call, and
    /// which records that shows. Whoever asks writes down what is shown of it.
    pub(super) async fn entries_about(
        &self,
        call: &Call,
        person: PersonId,
        moment: Moment,
    ) -> Result<(Vec<Recorded>, BTreeSet<String>), ReadError> {
        let index = moment.index.unwrap_or_default();
        let about = self.about_person(call, person, moment).await?;
        let (mut entries, mut shown) = (Vec::new(), BTreeSet::new());
        for stream in &about.streams {
            let events = self.store().stream_events(stream, index).await?;
            let events = events.iter().map(Recorded::read_row);
            let events: Vec<Recorded> = events.collect::<Result<_, StoreError>>()?;
            if self.may_see(call, &about.people, &events).await? {
                entries.extend(events);
                shown.insert(format!("{}/{}", stream.kind, stream.id));
            }
        }
        for (index, person) in &about.entries {
            for row in self.store().page(*index, 1).await? {
                let recorded = Recorded::read_row(&row)?;
                if let Some(event) = recorded.event.about(*person) {
                    shown.insert(format!("{}/{}", recorded.stream_type, recorded.stream_id));
                    entries.push(Recorded { event, ..recorded });
                }
            }
        }
        Ok((entries, shown))
    }

    /// Whether a case that is about somebody else first may be seen: where that record is sealed, whoever suffered the
    /// harm opens no way around the seal.
    async fn may_see(
        &self,
        call: &Call,
        people: &BTreeSet<PersonId>,
        events: &[Recorded],
    ) -> Result<bool, ReadError> {
        let first = match events.first().map(|recorded| &recorded.event) {
            Some(AnyEvent::Restorative(RestorativeEvent::Referred(entered))) => {
                Some(entered.told.person)
            }
            _ => None,
        };
        let Some(other) = first.filter(|first| !people.contains(first)) else {
            return Ok(true);
        };
        Ok(!self.look().is_sealed_to(call, Some(other)).await?)
    }

    /// The streams that are about a person from their first entry on, besides the person's own record, as far as
    /// they are open to the call.
    pub(super) async fn streams_about(
        &self,
        call: &Call,
        person: PersonId,
        moment: Moment,
    ) -> Result<BTreeSet<StreamName>, ReadError> {
        Ok(self.about_person(call, person, moment).await?.streams)
    }

    /// What is about a person as of a moment, what is about records that were merged into it included.
    async fn about_person(
        &self,
        call: &Call,
        person: PersonId,
        moment: Moment,
    ) -> Result<About, ReadError> {
        let guard = self.guard(call).await?.rows("person_id", "stream_id");
        let timeline = about_people(&self.projections().standings().await?)?;
        let about = format!(
            "SELECT stream_type, stream_id, from_index FROM {timeline} \
             WHERE person_id = $1 AND from_index <= $2{guard}"
        );
        let mut found = About {
            people: self.records_of(person, moment).await?,
            ..About::default()
        };
        for id in &found.people {
            let params = [id.to_string().into(), moment.last().into()];
            for row in self.store().database().query(&about, &params).await? {
                let stream = StreamName::new(row.text(0)?, row.text(1)?);
                if stream.kind == <Emergency as Stream>::TYPE {
                    found.entries.insert((row.count(2)?, *id));
                } else {
                    found.streams.insert(stream);
                }
            }
        }
        let merged = found.people.iter().filter(|id| **id != person);
        let own = merged.map(|id| StreamName::new(<Person as Stream>::TYPE, id.to_string()));
        found.streams.extend(own);
        Ok(found)
    }

    /// A record and those that were merged into it, directly or through others, as of a moment.
    pub(super) async fn records_of(
        &self,
        person: PersonId,
        moment: Moment,
    ) -> Result<BTreeSet<PersonId>, StoreError> {
        let mut all = BTreeSet::new();
        let mut next = vec![person];
        while let Some(id) = next.pop() {
            if all.insert(id) {
                next.extend(self.merged_by(id, moment).await?);
            }
        }
        Ok(all)
    }

    /// The records that were merged into one, as of a moment.
    async fn merged_by(&self, id: PersonId, moment: Moment) -> Result<Vec<PersonId>, StoreError> {
        let persons = self.projections().live_generation("persons").await?;
        let merged = "SELECT person_id FROM persons \
                      WHERE generation = $1 AND surviving = $2 AND from_index <= $3 AND to_index > $4";
        let last = moment.last();
        let params = [
            persons.into(),
            id.to_string().into(),
            last.into(),
            last.into(),
        ];
        let rows = self.store().database().query(merged, &params).await?;
        let mut people = Vec::new();
        for row in rows {
            people.extend(row.text(0)?.parse::<PersonId>().ok());
        }
        Ok(people)
    }
}
