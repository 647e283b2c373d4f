//! What drives the processes: one checkpoint, one holder at a time, sixty-four consequences at once.

use std::collections::BTreeMap;
use std::ops::Range;
use std::time::Duration;

use domain::act::Refusal;
use domain::actor::{Actor, Purpose, Role};
use domain::order::{Order, OrderCommand};
use domain::record::AnyEvent;
use domain::sentence::{Decision, Sentence, SentenceEvent};
use domain::stream::Stream;
use domain::supervision::{Supervision, SupervisionCommand};
use domain::values::{
    CivilDate, ComponentNo, EventId, JurisdictionCode, Occurred, OfficeCode, OrderId,
    PolicyVersion, SentenceId, SubjectId,
};
use futures::StreamExt;
use hmac::Mac;
use uuid::Uuid;

use super::consequences::{Around, Consequence, may_state, of_order, of_sentence, with_orders};
use crate::access::Call;
use crate::error::StoreError;
use crate::projections::signed;
use crate::record::Recorded;
use crate::registry::hmac_under;
use crate::registry::{CommandError, Options, Registry};
use crate::store::StreamName;

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
        self.move_on(entries.start, entries.end).await
    }

    async fn move_on(&self, from: u64, to: u64) -> Result<(), StoreError> {
        let moved = "UPDATE projections SET checkpoint = $1 \
                     WHERE name = 'processes' AND checkpoint = $2";
        let params = vec![signed(to).into(), signed(from).into()];
        self.registry
            .store()
            .database()
            .execute(moved, params)
            .await?;
        Ok(())
    }

    /// One page; says whether there may be more.
    async fn step(&self) -> Result<bool, StoreError> {
        let database = self.registry.store().database();
        let sql = "SELECT checkpoint FROM projections WHERE name = 'processes'";
        let from = if let Some(row) = database.query_one(sql, &[]).await? {
            row.count(0)?
        } else {
            let begin = "INSERT INTO projections (name, generation, checkpoint, live) \
                         VALUES ('processes', 1, 0, 0) ON CONFLICT (name, generation) DO NOTHING";
            database.execute(begin, vec![]).await?;
            0
        };
        let rows = self.registry.store().page(from, PAGE).await?;
        let Some(last) = rows.last() else {
            return Ok(false);
        };
        // What one stream states is carried out in its order; different streams do not wait for each other.
        let mut due: BTreeMap<String, Vec<Recorded>> = BTreeMap::new();
        for row in &rows {
            let recorded = Recorded::read_row(row)?;
            if may_state(&recorded.event) {
                due.entry(recorded.stream_id.clone())
                    .or_default()
                    .push(recorded);
            }
        }
        let tasks = due.into_values().map(|of_stream| {
            let processes = self.clone();
            async move {
                for recorded in &of_stream {
                    processes.carry_out(recorded).await?;
                }
                Ok::<(), StoreError>(())
            }
        });
        let mut carried = futures::stream::iter(tasks).buffer_unordered(AT_ONCE);
        while let Some(done) = carried.next().await {
            done?;
        }
        self.move_on(from, last.index.saturating_add(1)).await?;
        Ok(true)
    }

    async fn carry_out(&self, recorded: &Recorded) -> Result<(), StoreError> {
        let Some(call) = call_of(recorded) else {
            return Ok(());
        };
        for consequence in self.consequences(recorded).await? {
            let causation = Some(EventId(recorded.told.event_id));
            // Rules of several jurisdictions may be adopted; those of the decision hold for what follows.
            let options = Options {
                causation,
                jurisdiction: JurisdictionCode::parse(recorded.jurisdiction()).ok(),
                ..Options::default()
            };
            match consequence {
                Consequence::Order(sentence, component, command) => {
                    let id = self.order_id(sentence, component).to_string();
                    self.order(&call, &id, command, options).await?;
                }
                Consequence::Supervision(order, command) => {
                    let id = self.supervision_id(order).to_string();
                    self.supervision(&call, &id, command, options).await?;
                }
            }
        }
        Ok(())
    }

    async fn consequences(&self, recorded: &Recorded) -> Result<Vec<Consequence>, StoreError> {
        let version = recorded
            .told
            .policy
            .as_deref()
            .and_then(|p| PolicyVersion::parse(p).ok());
        let Some(version) = version else {
            return Ok(Vec::new());
        };
        let Ok(law) = self.registry.packs().version(&version).await else {
            return Ok(Vec::new());
        };
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
                    &law,
                ))
            }
            AnyEvent::Order(event) => {
                let order: Order = self.registry.state(&recorded.stream_id).await?;
                Ok(of_order(
                    OrderId(recorded.stream_uuid()),
                    event,
                    &order,
                    &law,
                ))
            }
            AnyEvent::Person(_) | AnyEvent::Supervision(_) | AnyEvent::Policy(_) => Ok(Vec::new()),
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

    async fn order(
        &self,
        call: &Call,
        id: &str,
        command: OrderCommand,
        options: Options,
    ) -> Result<(), StoreError> {
        let again = as_existing_order(&command);
        let tried = self
            .registry
            .carry_out::<Order>(call, id, command, options.clone())
            .await;
        match settled(tried)? {
            Some(refusal) if refusal.rule() != "O-1" && refusal.rule() != "O-17" => {
                let Some(again) = again else { return Ok(()) };
                let tried = self
                    .registry
                    .carry_out::<Order>(call, id, again, options)
                    .await;
                report(id, settled(tried)?);
                Ok(())
            }
            // It was carried out before, or there is nothing left to do.
            Some(_) | None => Ok(()),
        }
    }

    async fn supervision(
        &self,
        call: &Call,
        id: &str,
        command: SupervisionCommand,
        options: Options,
    ) -> Result<(), StoreError> {
        let again = as_existing_supervision(&command);
        let tried = self
            .registry
            .carry_out::<Supervision>(call, id, command, options.clone())
            .await;
        match settled(tried)? {
            Some(refusal) if refusal.rule() != "SU-1" && refusal.rule() != "SU-11" => {
                let Some(again) = again else { return Ok(()) };
                let tried = self
                    .registry
                    .carry_out::<Supervision>(call, id, again, options)
                    .await;
                report(id, settled(tried)?);
                Ok(())
            }
            Some(_) | None => Ok(()),
        }
    }

    /// The order of a component of a sentence.
    pub fn order_id(&self, sentence: SentenceId, component: ComponentNo) -> OrderId {
        OrderId(self.derived("order", &format!("{sentence}/{component}")))
    }

    /// The supervision of an order.
    pub fn supervision_id(&self, order: OrderId) -> Uuid {
        self.derived("supervision", &order.to_string())
    }

    fn derived(&self, kind: &str, of: &str) -> Uuid {
        let mut hmac = hmac_under(&self.key);
        hmac.update(kind.as_bytes());
        hmac.update(b"\0");
        hmac.update(of.as_bytes());
        let bytes = hmac.finalize().into_bytes();
        let mut id = [0_u8; 16];
        id.iter_mut().zip(bytes).for_each(|(to, from)| *to = from);
        Uuid::new_v8(id)
    }
}

pub(crate) fn decision_of(event: &SentenceEvent) -> Option<&Decision> {
    match event {
        SentenceEvent::Imposed { decision, .. }
        | SentenceEvent::Corrected { decision, .. }
        | SentenceEvent::VariedOnAppeal { decision, .. }
        | SentenceEvent::Resentenced { decision, .. } => Some(decision),
        _ => None,
    }
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
    Some(call)
}

/// A refusal is an answer; everything else that fails is tried again.
fn settled<R, T>(tried: Result<T, CommandError<R>>) -> Result<Option<R>, StoreError>
where
    R: Refusal,
{
    match tried {
        Ok(_) => Ok(None),
        Err(CommandError::Refused(refusal)) => Ok(Some(refusal)),
        Err(CommandError::Store(error)) => Err(error),
        Err(other) => {
            tracing::error!(error = %other, "a consequence could not be carried out");
            Ok(None)
        }
    }
}

fn report<R: Refusal>(id: &str, refused: Option<R>) {
    if let Some(refusal) = refused {
        tracing::error!(
            stream = id,
            code = refusal.code(),
            "a consequence was refused"
        );
    }
}

/// The same act as something that already happened: the decision stands, so what it states is recorded.
pub(crate) fn as_existing_order(command: &OrderCommand) -> Option<OrderCommand> {
    match command {
        OrderCommand::Make(make) => {
            let mut make = make.clone();
            make.made = Occurred::On(make.starts);
            Some(OrderCommand::Make(make))
        }
        OrderCommand::EndBySentence(end) => {
            let mut end = end.clone();
            end.done = dated(end.done)?;
            Some(OrderCommand::EndBySentence(end))
        }
        _ => None,
    }
}

pub(crate) fn as_existing_supervision(command: &SupervisionCommand) -> Option<SupervisionCommand> {
    match command {
        SupervisionCommand::Start(start) => {
            let mut start = start.clone();
            start.done = Occurred::On(start.starts);
            Some(SupervisionCommand::Start(start))
        }
        SupervisionCommand::End(end) => {
            let mut end = end.clone();
            end.done = dated(end.done)?;
            Some(SupervisionCommand::End(end))
        }
        _ => None,
    }
}

fn dated(done: Occurred) -> Option<Occurred> {
    match done {
        Occurred::On(_) => None,
        Occurred::At(instant) => instant
            .to_string()
            .get(..10)?
            .parse::<CivilDate>()
            .ok()
            .map(Occurred::On),
    }
}
