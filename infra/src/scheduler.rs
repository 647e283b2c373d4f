//! The scheduler: looks for what had to happen by a day that is over, and says so.
//!
//! It raises a finding, and nothing else: the record in which the clock ran out it only reads. A finding stands under
//! an id that is derived from its cause, so two services, or one that starts anew, raise nothing twice.

use std::collections::BTreeSet;
use std::time::Duration;

use domain::actor::{Actor, Purpose, Role};
use domain::finding::{Finding, FindingCommand, RaiseFinding};
use domain::jurisdiction::{Milder, milder_law};
use domain::order::Order;
use domain::safeguards;
use domain::sentence::{Sentence, Standing};
use domain::stream::{Clock, Stream};
use domain::supervision::Supervision;
use domain::values::{
    Code, CodeError, Day, Instant, JurisdictionCode, Occurred, OffenceCode, OfficeCode, PersonId,
    SubjectId,
};

use crate::access::Call;
use crate::error::{Damage, StoreError};
use crate::packs::PacksError;
use crate::processes::settled;
use crate::projections::sentence_register::pattern;
use crate::projections::{AnyState, OPEN, now_of};
use crate::registry::{Options, Registry};
use crate::store::StreamName;

/// How many records are looked at together.
const PAGE: usize = 500;
/// How often it is asked whether another day has begun.
const ONE_MINUTE: Duration = Duration::from_mins(1);
const ONE_DAY_US: i64 = 86_400_000_000;

/// The scheduler of a register.
#[derive(Clone)]
pub struct Scheduler {
    registry: Registry,
}

/// A kind of measure that may end early, and the read model that lists those in force.
struct Measure {
    kind: &'static str,
    table: &'static str,
    id: &'static str,
}

const MEASURES: [Measure; 2] = [
    Measure {
        kind: Order::TYPE,
        table: "order_ledger",
        id: "order_id",
    },
    Measure {
        kind: Supervision::TYPE,
        table: "caseload",
        id: "supervision_id",
    },
];

/// A record with a clock that may have run out.
struct Waiting {
    kind: String,
    id: String,
    jurisdiction: String,
}

impl Scheduler {
    pub(crate) fn new(registry: Registry) -> Self {
        Self { registry }
    }

    /// Looks now, and again once a day of the register's clock, for as long as the process lives.
    pub(crate) async fn every_day(self) {
        let mut looked = None;
        loop {
            let today = self.registry.clock().now_us().div_euclid(ONE_DAY_US);
            if looked != Some(today) {
                match self.run().await {
                    Ok(raised) => {
                        looked = Some(today);
                        tracing::info!(raised, "clocks were looked at");
                    }
                    Err(error) => {
                        tracing::error!(%error, "clocks could not be looked at; they are looked at again");
                    }
                }
            }
            tokio::time::sleep(ONE_MINUTE).await;
        }
    }

    /// Raises a finding for each clock that has run out and has none; how many were raised.
    pub async fn run(&self) -> Result<u64, StoreError> {
        let projections = self.registry.projections();
        projections.catch_up().await?;
        // Another process that waits for the same need not wait for the lease to run out.
        projections.release().await?;
        let mut raised = 0_u64;
        let mut after = String::new();
        loop {
            let page = self.waiting(&after).await?;
            for record in &page {
                raised = raised.saturating_add(self.look_at(record).await?);
            }
            match page.last() {
                Some(last) if page.len() == PAGE => after.clone_from(&last.id),
                _ => break,
            }
        }
        for measure in &MEASURES {
            raised = raised.saturating_add(self.measures(measure).await?);
        }
        Ok(raised.saturating_add(self.milder_law().await?))
    }

    /// TR-11.2: looks at every measure of one kind that is in force and not over, as its own list has it.
    async fn measures(&self, measure: &Measure) -> Result<u64, StoreError> {
        let Measure { kind, table, id } = *measure;
        let generation = self.registry.projections().live_generation(table).await?;
        let sql = format!(
            "SELECT {id}, jurisdiction FROM {table} WHERE generation = $1 AND to_index = $2 \
             AND state = 'in force' AND starts < $3 AND ends >= $4 AND {id} > $5 \
             ORDER BY {id} LIMIT {PAGE}"
        );
        let mut raised = 0_u64;
        let mut after = String::new();
        loop {
            let params = [
                generation.into(),
                OPEN.into(),
                self.day_beside(ONE_DAY_US).into(),
                // What is over is not ended early.
                self.day_beside(-ONE_DAY_US).into(),
                after.as_str().into(),
            ];
            let rows = self
                .registry
                .store()
                .database()
                .query(&sql, &params)
                .await?;
            for row in &rows {
                row.text(0)?.clone_into(&mut after);
                let record = Waiting {
                    kind: kind.to_owned(),
                    id: after.clone(),
                    jurisdiction: row.text(1)?.to_owned(),
                };
                raised = raised.saturating_add(self.look_at(&record).await?);
            }
            if rows.len() < PAGE {
                return Ok(raised);
            }
        }
    }

    /// TR-2.7: looks at every decision in force for an offence on which the law became milder.
    async fn milder_law(&self) -> Result<u64, StoreError> {
        let mut raised = 0_u64;
        for jurisdiction in self.registry.packs().jurisdictions().await? {
            let versions = match self.registry.packs().adopted(&jurisdiction).await {
                Ok(versions) => versions,
                Err(PacksError::Store(error)) => return Err(error),
                Err(missing) => {
                    tracing::error!(error = %missing, jurisdiction, "rules cannot be compared");
                    continue;
                }
            };
            let changes = milder_law(&versions);
            let offences: BTreeSet<&OffenceCode> =
                changes.iter().map(|change| &change.offence).collect();
            for offence in offences {
                for record in self.served_for(&jurisdiction, offence).await? {
                    let changes = Some(changes.as_slice());
                    let looked = self.look_at_under(&record, changes).await?;
                    raised = raised.saturating_add(looked);
                }
            }
        }
        Ok(raised)
    }

    /// The decisions in force for an offence.
    async fn served_for(
        &self,
        jurisdiction: &str,
        offence: &OffenceCode,
    ) -> Result<Vec<Waiting>, StoreError> {
        let name = "sentence_register";
        let generation = self.registry.projections().live_generation(name).await?;
        let sql = "SELECT sentence_id FROM sentence_register WHERE generation = $1 AND to_index = $2 \
                   AND state = $3 AND jurisdiction = $4 AND offences LIKE $5 ORDER BY sentence_id";
        let params = [
            generation.into(),
            OPEN.into(),
            Standing::InForce.title().into(),
            jurisdiction.into(),
            pattern(offence).into(),
        ];
        let rows = self.registry.store().database().query(sql, &params).await?;
        let waiting = |row: &crate::store::database::Row| {
            Ok(Waiting {
                kind: Sentence::TYPE.to_owned(),
                id: row.text(0)?.to_owned(),
                jurisdiction: jurisdiction.to_owned(),
            })
        };
        rows.iter().map(waiting).collect()
    }

    /// The day so long before or after this moment, in UTC: no place on earth is more than a day from it.
    fn day_beside(&self, micros: i64) -> String {
        let now = self.registry.clock().now_us();
        let beside = Instant::from_micros(now.saturating_add(micros)).to_string();
        beside.split('T').next().unwrap_or_default().to_owned()
    }

    /// Records in which something had to happen before tomorrow anywhere on earth, after one of them.
    async fn waiting(&self, after: &str) -> Result<Vec<Waiting>, StoreError> {
        let generation = self.registry.projections().live_generation("cases").await?;
        let sql = format!(
            "SELECT kind, case_id, jurisdiction FROM cases WHERE generation = $1 AND to_index = $2 \
             AND next_due < $3 AND kind <> $4 AND case_id > $5 ORDER BY case_id LIMIT {PAGE}"
        );
        let params = [
            generation.into(),
            OPEN.into(),
            self.day_beside(ONE_DAY_US).into(),
            // A finding that is late stays open; it raises no other.
            Finding::TYPE.into(),
            after.into(),
        ];
        let rows = self.registry.store().database().query(&sql, &params);
        let waiting = |row: &crate::store::database::Row| {
            Ok(Waiting {
                kind: row.text(0)?.to_owned(),
                id: row.text(1)?.to_owned(),
                jurisdiction: row.text(2)?.to_owned(),
            })
        };
        rows.await?.iter().map(waiting).collect()
    }

    /// Raises what the clocks of a record ask, as they are now and under the rules in force now.
    async fn look_at(&self, record: &Waiting) -> Result<u64, StoreError> {
        self.look_at_under(record, None).await
    }

    /// The same, or what changes to a milder law ask of a decision.
    async fn look_at_under(
        &self,
        record: &Waiting,
        changes: Option<&[Milder]>,
    ) -> Result<u64, StoreError> {
        let Ok(jurisdiction) = JurisdictionCode::parse(&record.jurisdiction) else {
            return Ok(0);
        };
        let law = match self.registry.packs().in_force(Some(&jurisdiction)).await {
            Ok(law) => law,
            Err(PacksError::Store(error)) => return Err(error),
            Err(missing) => {
                tracing::error!(error = %missing, record = record.id, "a clock has no rules");
                return Ok(0);
            }
        };
        let stream = StreamName::new(&record.kind, &record.id);
        let Some(state) = now_of(self.registry.store(), &stream).await? else {
            return Ok(0);
        };
        let now = Instant::from_micros(self.registry.clock().now_us());
        let person = state.person_shown(&record.id);
        if let Some(person) = person
            && self.registry.look().is_expunged(person).await?
        {
            return Ok(0);
        }
        let mut raised = 0_u64;
        let clocks = match (changes, &state) {
            (Some(changes), AnyState::Sentence(sentence)) => {
                safeguards::milder_law(sentence, changes, &law)
            }
            (Some(_) | None, _) => state.clocks(&law),
        };
        for clock in run_out(clocks, law.day(now)) {
            let id = self
                .registry
                .finding_of_clock(&record.kind, &record.id, &clock);
            let id = id.to_string();
            let finding = StreamName::new(Finding::TYPE, &id);
            if self.registry.has_begun(&finding).await? {
                continue;
            }
            let wish = raise(record, &clock, person, now)?;
            let options = Options {
                jurisdiction: Some(jurisdiction.clone()),
                ..Options::default()
            };
            let call = call()?;
            let tried = self
                .registry
                .carry_out::<Finding>(&call, &id, wish, options);
            // What another service raised meanwhile stands already.
            if settled(tried.await)?.is_none() {
                raised = raised.saturating_add(1);
            }
        }
        Ok(raised)
    }
}

/// The clocks whose day is over.
fn run_out(clocks: Vec<Clock>, today: Day) -> impl Iterator<Item = Clock> {
    clocks.into_iter().filter(move |clock| clock.due < today)
}

fn raise(
    record: &Waiting,
    clock: &Clock,
    person: Option<PersonId>,
    now: Instant,
) -> Result<FindingCommand, StoreError> {
    let code = |text: &str| Code::parse(text).map_err(unreadable);
    Ok(FindingCommand::Raise(RaiseFinding {
        done: Occurred::At(now),
        kind: code(&record.kind)?,
        record: code(&record.id)?,
        person,
        safeguard: code(clock.safeguard)?,
        code: code(clock.code)?,
        nth: clock.nth,
        due: clock.due,
        weight: clock.weight,
        role: clock.role,
    }))
}

/// The register itself.
fn call() -> Result<Call, StoreError> {
    let actor = Actor {
        subject: SubjectId::parse("register").map_err(unreadable)?,
        role: Role::System,
        office: OfficeCode::parse("register").map_err(unreadable)?,
    };
    Ok(Call::new(actor, Purpose::Administration))
}

fn unreadable(error: CodeError) -> StoreError {
    Damage::new(error.to_string()).into()
}
