//! What drives the processes: one checkpoint, one holder at a time, sixty-four consequences at once.

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use domain::act::Refusal;
use domain::actor::{Actor, Purpose, Role};
use domain::custody::{Custody, CustodyCommand};
use domain::jurisdiction::Pack;
use domain::order::Order;
use domain::pretrial::Pretrial;
use domain::record::AnyEvent;
use domain::sentence::{Decision, Sentence, SentenceCommand, SentenceEvent};
use domain::stream::Stream;
use domain::supervision::{Supervision, SupervisionCommand};
use domain::values::{
    ComponentNo, EventId, JurisdictionCode, OfficeCode, OrderId, PretrialId, SentenceId, SubjectId,
};
use futures::StreamExt;
use hmac::Mac;
use uuid::Uuid;

use super::consequences::{
    Around, Consequence, end_of_what_hangs, falls, of_order, of_pretrial, of_sentence, with_orders,
};
use super::due::{Due, Stopped};
use super::existing::{as_existing_order, as_existing_supervision};
use crate::access::{Call, Gate};
use crate::error::{Damage, StoreError};
use crate::packs::PacksError;
use crate::projections::{OPEN, signed};
use crate::record::{Recorded, Told};
use crate::registry::{CommandError, Kept, Options, Registry, Wish, hmac_under};
use crate::store::StreamName;
use crate::store::database::Batch;

const PAGE: u64 = 2_000;
const AT_ONCE: usize = 64;

/// The processes of a register.
#[derive(Clone)]
pub struct Processes {
    registry: Registry,
    key: [u8; 32],
}

impl Processes {
    /// The processes over a register, with the secret that derives their ids.
    pub fn new(registry: Registry, key: [u8; 32]) -> Self {
        Self { registry, key }
    }

    /// Carries consequences out for as long as the process lives.
    pub async fn run(self) {
        let mut grown = self.registry.store_grown();
        loop {
            match self.step().await {
                Ok(true) => {}
                Ok(false) => {
                    let waited = tokio::time::timeout(Duration::from_millis(500), grown.changed());
                    if let Ok(Err(_closed)) = waited.await {
                        return;
                    }
                }
                Err(error) => {
                    tracing::error!(%error, "the processes stopped and try again");
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
            }
        }
    }

    /// Carries out every consequence of what the ledger holds now.
    pub async fn catch_up(&self) -> Result<(), StoreError> {
        while self.step().await? {}
        Ok(())
    }

    /// Passes over entries that were stored together with all they state, if nothing before them is due.
    pub(crate) async fn stated(&self, entries: Range<u64>) -> Result<(), StoreError> {
        self.move_on(entries.start, entries.end, None).await
    }

    /// One page; says whether there may be more.
    async fn step(&self) -> Result<bool, StoreError> {
        let from = self.checkpoint().await?;
        let rows = self.registry.store().page(from, PAGE).await?;
        let Some(last) = rows.last() else {
            return Ok(false);
        };
        let mut due = Due::of(&rows)?;
        let tasks = std::mem::take(&mut due.streams)
            .into_values()
            .map(|of_stream| self.clone().carry_out_all(of_stream));
        let mut carried = futures::stream::iter(tasks).buffer_unordered(AT_ONCE);
        while let Some(done) = carried.next().await {
            if let Some(stopped) = done? {
                due.stop(stopped);
            }
        }
        let next = match &due.stopped {
            Some((index, _)) => *index,
            None => last.index.saturating_add(1),
        };
        let why = due.stopped.map(|(_, why)| why);
        self.move_on(from, next, why.as_deref()).await?;
        Ok(why.is_none())
    }

    async fn checkpoint(&self) -> Result<u64, StoreError> {
        let database = self.registry.store().database();
        let sql = "SELECT checkpoint FROM projections WHERE name = 'processes'";
        if let Some(row) = database.query_one(sql, &[]).await? {
            return row.count(0);
        }
        let begin = "INSERT INTO projections (name, generation, checkpoint, live) \
                     VALUES ('processes', 1, 0, 0) ON CONFLICT (name, generation) DO NOTHING";
        database.execute(begin, vec![]).await?;
        Ok(0)
    }

    /// Writes how far everything is carried out, and what stands in the way of going on.
    async fn move_on(&self, from: u64, next: u64, why: Option<&str>) -> Result<(), StoreError> {
        let sql = "UPDATE projections SET checkpoint = $1, poison = $2 \
                   WHERE name = 'processes' AND checkpoint = $3 \
                   AND (checkpoint <> $4 OR poison IS NULL OR poison <> $5)";
        let why = why.unwrap_or_default();
        let poison = (!why.is_empty()).then_some(why);
        let params = vec![
            signed(next).into(),
            poison.into(),
            signed(from).into(),
            signed(next).into(),
            why.into(),
        ];
        let mut batch = Batch::new();
        // What is stated twice is carried out once.
        batch.can_be_redone().run(sql, params);
        let moved = self.registry.store().database().transaction(batch).await?;
        if moved.iter().any(|rows| *rows > 0) && poison.is_some() {
            tracing::error!(index = next, "the processes stopped at an event: {why}");
        }
        Ok(())
    }

    /// What one stream states, in its order; tells the event that stopped it, and why.
    async fn carry_out_all(self, events: Vec<Recorded>) -> Result<Option<Stopped>, StoreError> {
        for recorded in &events {
            match self.carry_out(recorded).await {
                Ok(()) => {}
                Err(StoreError::Corrupt(damage)) => {
                    return Ok(Some((recorded.index, damage.to_string())));
                }
                Err(other) => return Err(other),
            }
        }
        Ok(None)
    }

    async fn carry_out(&self, recorded: &Recorded) -> Result<(), StoreError> {
        let (Some(call), Some(law)) = (call_of(recorded), self.law(recorded).await?) else {
            return Ok(());
        };
        for consequence in self.consequences(recorded, &law).await? {
            let options = options(recorded);
            match consequence {
                Consequence::Order(sentence, component, command) => {
                    let id = self.order_id(sentence, component).to_string();
                    let again = as_existing_order(&command);
                    self.once::<Order>(&call, &id, (command, again), options)
                        .await?;
                }
                Consequence::Sentence(sentence, command) => {
                    self.credit(&call, sentence, command, options).await?;
                }
                Consequence::Supervision(order, command) => {
                    let id = self.supervision_id(order).to_string();
                    let again = as_existing_supervision(&command, &law);
                    self.once::<Supervision>(&call, &id, (command, again), options)
                        .await?;
                }
            }
        }
        self.end_hanging(recorded, &call, &law).await?;
        self.tell_stays(recorded, &call).await
    }

    /// Records on the stays that rest on a decision that it fell. Nobody is released by that: somebody has to see to it.
    /// Which stays they are is asked of those of the person that go on, once every entry is in the list.
    async fn tell_stays(&self, recorded: &Recorded, call: &Call) -> Result<(), StoreError> {
        let Some(fallen) = falls(&recorded.event, recorded.stream_uuid()) else {
            return Ok(());
        };
        let Some((person, fallen)) = self.registry.whom_it_held(fallen).await? else {
            return Ok(());
        };
        let projections = self.registry.projections();
        projections.catch_up().await?;
        projections.release().await?;
        for held in self
            .registry
            .stays_resting_on(person, fallen.decision)
            .await?
        {
            let command = CustodyCommand::RecordBasisFallen(fallen);
            self.once::<Custody>(call, &held.stay, (command, None), options(recorded))
                .await?;
        }
        Ok(())
    }

    /// Compares days in detention with what the court credits, which credits them where it has said nothing. Days that are
    /// not known exactly are only credited where it has said nothing.
    async fn credit(
        &self,
        call: &Call,
        sentence: SentenceId,
        command: SentenceCommand,
        options: Options,
    ) -> Result<(), StoreError> {
        let id = sentence.to_string();
        let state: Sentence = self.registry.look().state(&id).await?;
        let said = state.decision().map(|decision| decision.remand_days);
        let is_compared = matches!(command, SentenceCommand::CompareRemand(_));
        if is_compared || said.is_some_and(|days| days.value().is_none()) {
            self.once::<Sentence>(call, &id, (command, None), options)
                .await?;
        }
        Ok(())
    }

    /// Ends the supervisions that somebody hung on the sentence itself, when it is quashed or pardoned. Which they are
    /// is asked of the caseload, once every entry is in it.
    async fn end_hanging(
        &self,
        recorded: &Recorded,
        call: &Call,
        law: &Pack,
    ) -> Result<(), StoreError> {
        let AnyEvent::Sentence(event) = &recorded.event else {
            return Ok(());
        };
        let Some(end) = end_of_what_hangs(event) else {
            return Ok(());
        };
        let projections = self.registry.projections();
        projections.catch_up().await?;
        // Another process that waits for the same need not wait for the lease to run out.
        projections.release().await?;
        let generation = projections.live_generation("caseload").await?;
        let sql = "SELECT supervision_id FROM caseload \
                   WHERE generation = $1 AND cause = $2 AND to_index = $3";
        let cause = format!("{}/{}", <Sentence as Stream>::TYPE, recorded.stream_id);
        let params = [generation.into(), cause.into(), OPEN.into()];
        for row in self.registry.store().database().query(sql, &params).await? {
            let options = options(recorded);
            let command = SupervisionCommand::End(end.clone());
            let again = as_existing_supervision(&command, law);
            self.once::<Supervision>(call, row.text(0)?, (command, again), options)
                .await?;
        }
        Ok(())
    }

    /// The rules under which an event was recorded.
    async fn law(&self, recorded: &Recorded) -> Result<Option<Arc<Pack>>, StoreError> {
        let policy = recorded.told.policy.as_deref();
        match self.registry.packs().told(policy).await {
            Ok(law) => Ok(law),
            Err(PacksError::Store(error)) => Err(error),
            Err(missing) => Err(damage_at(recorded, &missing).into()),
        }
    }

    async fn consequences(
        &self,
        recorded: &Recorded,
        law: &Pack,
    ) -> Result<Vec<Consequence>, StoreError> {
        match &recorded.event {
            AnyEvent::Sentence(event) => {
                let history = self.history(recorded).await?;
                let sentence = history.iter().fold(Sentence::default(), Stream::evolve);
                let Some(imposed) = sentence.imposed() else {
                    return Ok(Vec::new());
                };
                let earlier = history.iter().filter_map(decision_of).flat_map(with_orders);
                let around = Around {
                    person: imposed.person,
                    decision: &imposed.decision,
                    earlier: earlier.map(|component| component.no).collect(),
                };
                Ok(of_sentence(
                    SentenceId(recorded.stream_uuid()),
                    event,
                    &around,
                    law,
                ))
            }
            AnyEvent::Order(event) => {
                let order: Order = self.registry.look().state(&recorded.stream_id).await?;
                Ok(of_order(
                    OrderId(recorded.stream_uuid()),
                    event,
                    &order,
                    law,
                ))
            }
            AnyEvent::Pretrial(event) => {
                let case: Pretrial = self.registry.look().state(&recorded.stream_id).await?;
                let id = PretrialId(recorded.stream_uuid());
                Ok(of_pretrial(id, event, &case, law).into_iter().collect())
            }
            _ => Ok(Vec::new()),
        }
    }

    /// The events of a sentence up to and with one of them.
    async fn history(&self, recorded: &Recorded) -> Result<Vec<SentenceEvent>, StoreError> {
        if recorded.sequence == 1
            && let AnyEvent::Sentence(event) = &recorded.event
        {
            return Ok(vec![event.clone()]);
        }
        let stream = StreamName::new(&recorded.stream_type, &recorded.stream_id);
        let rows = self
            .registry
            .store()
            .stream_events(&stream, recorded.index)
            .await?;
        let mut history = Vec::with_capacity(rows.len());
        for row in &rows {
            if let AnyEvent::Sentence(event) = Recorded::read_row(row)?.event {
                history.push(event);
            }
        }
        Ok(history)
    }

    /// Carries a consequence out unless the stream holds it already; what cannot be done live has happened all the
    /// same and is recorded so.
    async fn once<S: Kept>(
        &self,
        call: &Call,
        id: &str,
        (command, existing): (Wish<S>, Option<Wish<S>>),
        options: Options,
    ) -> Result<(), StoreError> {
        if self.is_done::<S>(id, options.causation).await? {
            return Ok(());
        }
        for wish in [Some(command), existing].into_iter().flatten() {
            let tried = self
                .registry
                .carry_out::<S>(call, id, wish, options.clone());
            match settled(tried.await)? {
                None => return Ok(()),
                Some(refusal) => {
                    let (code, rule) = (refusal.code(), refusal.rule());
                    tracing::info!(stream = id, code, rule, "a consequence was refused");
                }
            }
        }
        Ok(())
    }

    /// Whether a stream holds an event that follows from this one.
    async fn is_done<S: Kept>(&self, id: &str, cause: Option<EventId>) -> Result<bool, StoreError> {
        let stream = StreamName::new(<S as Stream>::TYPE, id);
        let cause = cause.map(|id| id.to_string());
        for event in self.registry.store().load(&stream, None).await?.events {
            let told: Told = serde_json::from_str(&event.metadata)
                .map_err(|error| Damage::new(format!("the metadata cannot be read: {error}")))?;
            if cause.is_some() && told.causation == cause {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The order of a component of a sentence.
    pub fn order_id(&self, sentence: SentenceId, component: ComponentNo) -> OrderId {
        OrderId(derived(
            &self.key,
            "order",
            &format!("{sentence}/{component}"),
        ))
    }

    /// The supervision of an order.
    pub fn supervision_id(&self, order: OrderId) -> Uuid {
        derived(&self.key, "supervision", &order.to_string())
    }
}

/// An id that is derived under a key from what something follows from, so that it is found again and never guessed.
pub(crate) fn derived(key: &[u8; 32], kind: &str, of: &str) -> Uuid {
    let mut hmac = hmac_under(key);
    hmac.update(kind.as_bytes());
    hmac.update(b"\0");
    hmac.update(of.as_bytes());
    let bytes = hmac.finalize().into_bytes();
    let mut id = [0_u8; 16];
    id.iter_mut().zip(bytes).for_each(|(to, from)| *to = from);
    Uuid::new_v8(id)
}

pub(crate) fn decision_of(event: &SentenceEvent) -> Option<&Decision> {
    match event {
        SentenceEvent::Imposed { decision, .. }
        | SentenceEvent::Corrected { decision, .. }
        | SentenceEvent::VariedOnAppeal { decision, .. }
        | SentenceEvent::Resentenced { decision, .. } => Some(decision),
        SentenceEvent::Proposed { .. }
        | SentenceEvent::ProposalWithdrawn(_)
        | SentenceEvent::AppealLodged(_)
        | SentenceEvent::AppealDismissed(_)
        | SentenceEvent::Quashed(_)
        | SentenceEvent::Commuted { .. }
        | SentenceEvent::Pardoned(_)
        | SentenceEvent::RemandCredited { .. }
        | SentenceEvent::RemandKnown { .. }
        | SentenceEvent::CustodyStarted(_)
        | SentenceEvent::CustodyEnded(_)
        | SentenceEvent::SuspendedTermActivated { .. }
        | SentenceEvent::Completed { .. } => None,
    }
}

fn damage_at(recorded: &Recorded, what: &impl std::fmt::Display) -> Damage {
    Damage::new(what.to_string())
        .in_stream(
            &recorded.stream_type,
            &recorded.stream_id,
            recorded.sequence,
        )
        .at(recorded.index)
}

/// The decision's own actor, who stated the consequence.
fn call_of(recorded: &Recorded) -> Option<Call> {
    let told = &recorded.told;
    let actor = Actor {
        subject: SubjectId::parse(&told.actor).ok()?,
        role: told.role.parse::<Role>().ok()?,
        office: OfficeCode::parse(told.office.as_deref().unwrap_or("register")).ok()?,
    };
    let purpose = told
        .purpose
        .as_deref()
        .and_then(|p| p.parse::<Purpose>().ok());
    let mut call = Call::new(actor, purpose.unwrap_or(Purpose::Administration));
    call.correlation = Some(recorded.told.event_id);
    call.gate = Gate::Consequence;
    Some(call)
}

/// Rules of several jurisdictions may be adopted; those of the decision hold for what follows.
fn options(recorded: &Recorded) -> Options {
    Options {
        causation: Some(EventId(recorded.told.event_id)),
        jurisdiction: JurisdictionCode::parse(recorded.jurisdiction()).ok(),
        ..Options::default()
    }
}

/// A refusal is an answer; everything else that fails is tried again.
pub(crate) fn settled<R, T>(tried: Result<T, CommandError<R>>) -> Result<Option<R>, StoreError>
where
    R: Refusal,
{
    match tried {
        Ok(_) => Ok(None),
        Err(CommandError::Refused(refusal)) => Ok(Some(refusal)),
        Err(CommandError::Store(error) | CommandError::Rules(PacksError::Store(error))) => {
            Err(error)
        }
        Err(CommandError::Conflict {
            expected, actual, ..
        }) => Err(StoreError::Moved { expected, actual }),
        Err(other) => {
            tracing::error!(error = %other, "a consequence could not be carried out");
            Ok(None)
        }
    }
}
