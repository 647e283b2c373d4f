//! Who is screened in an emergency, and what became of everybody: the register's own reading of its records.
//!
//! A screening lists; it decides nothing. Somebody with the right role asks for it, the criteria that are published are
//! put to what is recorded of everybody who is held, and what they say is recorded through the ordinary door. What the
//! register cannot say of somebody is left to people.

mod counted;
mod gather;
mod rehearsal;
mod stock;

use std::collections::{BTreeMap, BTreeSet};

use domain::custody::{Custody, Stay};
use domain::emergency::{
    Emergency, EmergencyCommand, EmergencyRefusal, LONGEST_LIST, Outcome, Screen, Screened,
};
use domain::stream::Stream;
use domain::values::{Code, Instant, JurisdictionCode, Occurred, PersonId};

pub use counted::{EmergencyCohort, ListedEmergency};
pub use rehearsal::{CriteriaTried, Rehearsed};
pub use stock::{HeldIn, HeldOn, Phase, Stock};

use self::gather::{HeldPeople, HeldPerson};
use super::moment::AsOf;
use super::read::{Found, ReadError};
use super::{CommandError, Options, Registry};
use crate::access::{Action, Call, allow};
use crate::error::{Damage, StoreError};
use crate::projections::OPEN;

/// How often what is new is looked for again when somebody else records in the emergency meanwhile.
const TRIES: u32 = 8;

/// What came of a screening.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Screening {
    /// How many people were screened: everybody who is held, but for those whose record is sealed to the caller.
    pub screened: usize,
    /// How many of them can be released.
    pub eligible: usize,
    /// How many cannot.
    pub excluded: usize,
    /// Of how many the register alone cannot say.
    pub unclear: usize,
    /// How many are held whose record is sealed to the caller; somebody who may lift seals screens them.
    pub sealed: usize,
    /// Of how many people something new was recorded.
    pub recorded: usize,
    /// The entries in which it was recorded, one for a list of a thousand at most.
    pub entries: Vec<u64>,
    /// The version of the emergency now.
    pub version: u64,
}

impl Screening {
    fn of(results: &[Screened], sealed: usize) -> Self {
        let count = |wanted: fn(&Outcome) -> bool| {
            let found = results.iter().filter(|result| wanted(&result.outcome));
            found.count()
        };
        Self {
            screened: results.len(),
            eligible: count(|outcome| matches!(outcome, Outcome::Eligible)),
            excluded: count(|outcome| matches!(outcome, Outcome::Excluded(_))),
            unclear: count(|outcome| matches!(outcome, Outcome::Unclear(_))),
            sealed,
            ..Self::default()
        }
    }
}

/// Why nobody can be screened.
type NotScreened = CommandError<EmergencyRefusal>;

impl Registry {
    /// Screens everybody who is held under the rules of an emergency by a version of its criteria, and records what is
    /// new in it. Asked again, it records nothing twice. A caller may name the version of the emergency that was seen.
    pub async fn screen(
        &self,
        call: &Call,
        id: &str,
        version: &Code,
        expected: Option<u64>,
    ) -> Result<Screening, NotScreened> {
        allow(call, Action::ScreenInEmergency)?;
        let found = self.emergency_now(id).await?;
        if let Some(expected) = expected.filter(|expected| *expected != found.version) {
            return Err(CommandError::Conflict {
                stream: <Emergency as Stream>::TYPE,
                expected,
                actual: found.version,
            });
        }
        let published = found.state.screening_by(version);
        let criteria = published.map_err(CommandError::Refused)?.criteria.clone();
        let law = self.packs().in_force(Some(&jurisdiction(&found)?)).await?;
        let held = self.everybody_held(call, law.jurisdiction.as_str()).await;
        let (held, sealed) = held.map_err(unread)?;
        let now = Instant::from_micros(self.clock().now_us());
        let results = self
            .screened_by(call, &law, law.day(now), &criteria, &held)
            .await
            .map_err(unread)?;
        let people = held.keys().map(|person| format!("person/{person}"));
        let shown = [format!("emergency/{id}")].into_iter().chain(people);
        let log = &self.inner.consultations;
        log.write(call, Action::ScreenInEmergency, shown.collect())
            .await?;
        let screening = Screening::of(&results, sealed);
        self.record_screening(call, id, version, results, screening)
            .await
    }

    async fn emergency_now(&self, id: &str) -> Result<Found<Emergency>, NotScreened> {
        let moment = self.moment(AsOf::Now).await?;
        self.found::<Emergency>(id, moment).await.map_err(unread)
    }

    /// Records what is new, in lists as long as one may be.
    async fn record_screening(
        &self,
        call: &Call,
        id: &str,
        version: &Code,
        results: Vec<Screened>,
        mut screening: Screening,
    ) -> Result<Screening, NotScreened> {
        for attempt in 0.. {
            let found = self.emergency_now(id).await?;
            screening.version = found.version;
            let news = match found.state.declared() {
                Some(declaration) => declaration.unrecorded(version, &results),
                None => Vec::new(),
            };
            match self
                .record_lists(call, id, version, &news, &mut screening)
                .await
            {
                Err(CommandError::Conflict { .. }) if attempt < TRIES => {}
                Err(error) => return Err(error),
                Ok(()) => break,
            }
        }
        Ok(screening)
    }

    async fn record_lists(
        &self,
        call: &Call,
        id: &str,
        version: &Code,
        news: &[Screened],
        screening: &mut Screening,
    ) -> Result<(), NotScreened> {
        for list in news.chunks(LONGEST_LIST) {
            let wish = EmergencyCommand::Screen(Screen {
                done: Occurred::At(Instant::from_micros(self.clock().now_us())),
                version: version.clone(),
                results: list.to_vec(),
            });
            // What is new was found on this version: nothing that another screening records is recorded again.
            let options = Options {
                expected: Some(screening.version),
                ..Options::default()
            };
            let receipt = self.command::<Emergency>(call, id, wish, options).await?;
            screening.version = receipt.version;
            screening.entries.extend(receipt.indexes);
            screening.recorded = screening.recorded.saturating_add(list.len());
        }
        Ok(())
    }

    /// Everybody who is held in a jurisdiction now, and how many stays are of people whose record is sealed to the caller.
    async fn everybody_held(
        &self,
        call: &Call,
        jurisdiction: &str,
    ) -> Result<(HeldPeople, usize), ReadError> {
        self.projections().catch_up().await?;
        self.projections().release().await?;
        let guard = self.guard(call).await?.rows("person_id", "case_id");
        let all = self.stays_going_on(jurisdiction, "").await?.len();
        let open = self.stays_going_on(jurisdiction, &guard).await?;
        let sealed = all.saturating_sub(open.len());
        let stays = self.states::<Custody>(&open, u64::MAX).await?;
        let stays: Vec<&Stay> = stays.values().filter_map(Custody::begun).collect();
        let named: BTreeSet<PersonId> = stays.iter().map(|stay| stay.person).collect();
        let records = self.people(&named).await?;
        let mut held: HeldPeople = BTreeMap::new();
        for stay in stays {
            if let Some((person, record)) = records.get(&stay.person) {
                let known = held.get(person).map(|of| of.stay.began);
                // Of two stays that go on, by an error, the later one says where the person is.
                if known.is_none_or(|known| known.to_string() <= stay.began.to_string()) {
                    let (record, stay) = (record.clone(), stay.clone());
                    held.insert(*person, HeldPerson { record, stay });
                }
            }
        }
        Ok((held, sealed))
    }

    /// The stays in custody of a jurisdiction that go on now, as far as a condition lets them be seen.
    async fn stays_going_on(
        &self,
        jurisdiction: &str,
        guard: &str,
    ) -> Result<Vec<String>, StoreError> {
        let generation = self.projections().live_generation("cases").await?;
        let sql = format!(
            "SELECT case_id FROM cases WHERE generation = $1 AND to_index = $2 AND goes_on = 1 AND kind = $3 \
             AND jurisdiction = $4{guard}"
        );
        let params = [
            generation.into(),
            OPEN.into(),
            <Custody as Stream>::TYPE.into(),
            jurisdiction.into(),
        ];
        let rows = self.store().database().query(&sql, &params).await?;
        rows.iter().map(|row| Ok(row.text(0)?.to_owned())).collect()
    }
}

/// Under whose rules an emergency was declared.
fn jurisdiction(found: &Found<Emergency>) -> Result<JurisdictionCode, StoreError> {
    let named = found
        .entries
        .last()
        .map(crate::record::Recorded::jurisdiction);
    JurisdictionCode::parse(named.unwrap_or_default())
        .map_err(|error| Damage::new(format!("an emergency names no rules: {error}")).into())
}

fn unread(error: ReadError) -> NotScreened {
    match error {
        ReadError::Denied(denied) => CommandError::Denied(denied),
        ReadError::Store(error) => CommandError::Store(error),
        ReadError::Unknown { what, id, .. } => CommandError::Unknown { stream: what, id },
        ReadError::Rules(error) => CommandError::Rules(error),
    }
}
