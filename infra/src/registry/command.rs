//! Commands: allowed, loaded, decided, stored.

use std::collections::BTreeSet;

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use domain::act::{About, Facts, Finding, PlaceAsked, Reference, Refusal, Submitted};
use domain::facility::Facility;
use domain::order::Order;
use domain::person::{Person, PersonEvent};
use domain::personal::{DataClass, Seal, Sealed, Sealer};
use domain::pretrial::Pretrial;
use domain::record::AnyEvent;
use domain::sentence::Sentence;
use domain::stream::{FromJson, Stream, StreamEvent};
use domain::supervision::SupervisionStanding;
use domain::values::{Code, EventId, Instant, JurisdictionCode, PersonId, PretrialId, SubjectId};
use hmac::{Hmac, Mac};
use sha2::Sha256;

use super::Registry;
use super::held::{Held, fold, is_proposal, jurisdiction_of, rules_of};
use super::kept::{Kept, No, Wish};
use super::looked::Look;
use super::moment::AsOf;
use super::read::ReadError;
use crate::access::{Call, Denied, allow};
use crate::error::StoreError;
use crate::packs::PacksError;
use crate::projections::OPEN;
use crate::store::{
    Append, CanonicalJson, Context, IdempotencyKey, KnownKey, Loaded, NewEvent, Outcome, Stored,
    StreamName,
};
use crate::vault::{Keyring, SealError};

/// How often a command is decided again when its stream moved meanwhile.
const TRIES: u32 = 8;

/// What a caller may add to a command.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The version the caller saw; another one is a conflict.
    pub expected: Option<u64>,
    /// The key by which the request is recognised if it comes again, and the request's own bytes.
    pub key: Option<(String, Vec<u8>)>,
    /// The jurisdiction, for a stream that does not exist yet.
    pub jurisdiction: Option<JurisdictionCode>,
    /// The event that this follows from.
    pub causation: Option<EventId>,
}

/// What became of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The stream.
    pub stream: String,
    /// Its id.
    pub id: String,
    /// Its version now.
    pub version: u64,
    /// The ledger indexes of what was recorded; empty when nothing had to be.
    pub indexes: std::ops::Range<u64>,
    /// What was recorded.
    pub events: Vec<&'static str>,
    /// What the register noticed.
    pub findings: Vec<Finding>,
    /// Whether the same request was answered before.
    pub repeated: bool,
}

/// Why a command was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum CommandError<R: std::error::Error> {
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// A rule stands in the way.
    #[error("{0}")]
    Refused(R),
    /// The stream has moved.
    #[error("the {stream} is at version {actual}, not {expected}: read it again and decide anew")]
    Conflict {
        /// The kind of stream.
        stream: &'static str,
        /// The version relied on.
        expected: u64,
        /// The version it is at.
        actual: u64,
    },
    /// The idempotency key was used for another request.
    #[error("this Idempotency-Key was used for another request: send a new key")]
    KeyReused,
    /// The person is not registered.
    #[error("no person is registered under {0}: register the person first")]
    UnknownPerson(PersonId),
    /// The person's record was expunged.
    #[error(
        "the record of {0} was expunged: nothing is recorded on it; a later case needs a record under a new id"
    )]
    Expunged(PersonId),
    /// The person's record goes on elsewhere.
    #[error("the record of {person} was merged into {surviving}: name that record")]
    Merged {
        /// The record named.
        person: PersonId,
        /// The record that goes on.
        surviving: PersonId,
    },
    /// Nothing has begun under the id that a step was asked of.
    #[error(
        "there is no {stream} {id} that you may see: check the id, come through the gate where it concerns a child, or, if \
         it has not begun, {}",
        beginning(stream)
    )]
    Unknown {
        /// The kind of stream.
        stream: &'static str,
        /// The id.
        id: String,
    },
    /// A personal value cannot be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The rules cannot be had.
    #[error(transparent)]
    Rules(#[from] PacksError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl<R: std::error::Error> CommandError<R> {
    /// Whether it says something of the records that were looked at, and not only of who asks and how.
    fn is_about_what_was_found(&self) -> bool {
        match self {
            Self::Refused(_)
            | Self::Conflict { .. }
            | Self::UnknownPerson(_)
            | Self::Expunged(_)
            | Self::Merged { .. }
            | Self::Unknown { .. } => true,
            Self::Denied(_) | Self::KeyReused | Self::Seal(_) | Self::Rules(_) | Self::Store(_) => {
                false
            }
        }
    }
}

/// How a stream begins, as a request.
fn beginning(stream: &str) -> &'static str {
    match stream {
        "sentence" => "impose the sentence",
        "order" => "make the order",
        "supervision" => "start the supervision",
        "pretrial" => "open the case",
        "diversion" => "offer or discharge",
        "report" => "request the report",
        "restorative" => "refer the case",
        "cooperation" => "record what is asked",
        "custody" => "record how the stay began",
        "release" => "record from which day it is possible",
        "emergency" => "declare the emergency",
        "facility" => "open the place",
        "complaint" => "submit the complaint",
        "finding" => "take it up",
        "registry" => "open the register",
        _ => "begin it",
    }
}

impl Registry {
    /// Carries a command out. What it recorded is durable when this returns.
    pub async fn command<S>(
        &self,
        call: &Call,
        id: &str,
        command: Wish<S>,
        options: Options,
    ) -> Result<Receipt, CommandError<No<S>>>
    where
        S: Kept,
    {
        allow(call, S::action(&command))?;
        let tried = self.carry_out::<S>(call, id, command, options).await;
        if let Err(CommandError::Refused(refusal)) = &tried
            && refusal.code().ends_with("not-possible")
            && !self
                .has_begun(&StreamName::new(<S as Stream>::TYPE, id))
                .await?
        {
            let stream = <S as Stream>::TYPE;
            let id = id.to_owned();
            return Err(CommandError::Unknown { stream, id });
        }
        tried
    }

    /// Carries out what was allowed already: a person's command, or what a decision states as its consequence.
    pub(crate) async fn carry_out<S>(
        &self,
        call: &Call,
        id: &str,
        command: Wish<S>,
        options: Options,
    ) -> Result<Receipt, CommandError<No<S>>>
    where
        S: Kept,
    {
        let stream = StreamName::new(<S as Stream>::TYPE, id);
        let key = options
            .key
            .as_ref()
            .map(|(key, request)| self.key(call, key, request));
        let mut held = self.inner.remembered.take::<S>(id);
        let mut look = self.remembering();
        for attempt in 0.. {
            let was_held = held.is_some();
            let held = match held.take() {
                Some(held) => held,
                None => match self.hold::<S>(&stream, key.as_ref()).await? {
                    Looked::Held(held) => held,
                    Looked::Repeated(stored) => return self.repeated::<S>(stored).await,
                    Looked::Reused => return Err(CommandError::KeyReused),
                },
            };
            let version = held.version;
            let tried = self
                .attempt::<S>(
                    call,
                    &stream,
                    held,
                    command.clone(),
                    &options,
                    key.clone(),
                    &look,
                )
                .await;
            let from_memory = was_held || look.is_from_memory();
            look = self.look();
            match tried {
                Ok(Tried::Done(receipt)) if !(from_memory && receipt.indexes.is_empty()) => {
                    return Ok(receipt);
                }
                Ok(Tried::Repeated(stored)) => return self.repeated::<S>(stored).await,
                // What was remembered may be old, and the request may have been answered before: whatever it says
                // but "stored" is asked again of the database.
                Ok(_) if from_memory => {}
                Err(error) if from_memory && error.is_about_what_was_found() => {}
                Ok(Tried::Overtaken) if attempt >= TRIES => return Err(restless().into()),
                Ok(Tried::Moved { actual }) if options.expected.is_some() || attempt >= TRIES => {
                    let stream = <S as Stream>::TYPE;
                    return Err(CommandError::Conflict {
                        stream,
                        expected: version,
                        actual,
                    });
                }
                Ok(_) => self.pause(attempt).await,
                Err(error) => return Err(error),
            }
        }
        Err(CommandError::KeyReused)
    }

    /// Whether a stream has an event: a "no" to a step of what has not begun means that there is no such thing.
    pub(crate) async fn has_begun(&self, stream: &StreamName) -> Result<bool, StoreError> {
        Ok(self.store().load(stream, None).await?.version() > 0)
    }

    /// The stream as the database has it, or what the same request was answered before.
    pub(super) async fn hold<S: Kept>(
        &self,
        stream: &StreamName,
        key: Option<&IdempotencyKey>,
    ) -> Result<Looked<S>, StoreError> {
        let loaded = self.store().load(stream, key).await?;
        match loaded.known {
            Some(KnownKey::Repeated(stored)) => return Ok(Looked::Repeated(stored)),
            Some(KnownKey::Reused) => return Ok(Looked::Reused),
            None => {}
        }
        Ok(Looked::Held(Held {
            state: fold(stream, &loaded)?,
            version: loaded.version(),
            jurisdiction: rules_of(&loaded)?,
            proposed: self.proposed(stream, &loaded).await?,
        }))
    }

    /// A stream as it stands, for whoever decides in memory: its state, its version, and when its last proposal was
    /// entered.
    pub(crate) async fn at_hand<S: Kept>(
        &self,
        id: &str,
    ) -> Result<(S, u64, Option<Instant>), StoreError> {
        let stream = StreamName::new(<S as Stream>::TYPE, id);
        let loaded = self.store().load(&stream, None).await?;
        let proposed = self.proposed(&stream, &loaded).await?;
        Ok((fold(&stream, &loaded)?, loaded.version(), proposed))
    }

    /// A little patience, different for everybody, before deciding again.
    async fn pause(&self, attempt: u32) {
        let [chance] = self.inner.ids.bytes::<1>();
        let millis = u64::from(chance % 8).saturating_add(u64::from(attempt).saturating_mul(3));
        tokio::time::sleep(std::time::Duration::from_millis(millis)).await;
    }

    fn key(&self, call: &Call, key: &str, request: &[u8]) -> IdempotencyKey {
        let hash = |text: &[u8]| {
            let mut hmac = hmac_under(&self.inner.request_key);
            hmac.update(text);
            hmac.finalize().into_bytes()
        };
        IdempotencyKey {
            subject: call.actor.subject.to_string(),
            // Whoever sends a key may have made it from a name.
            key: hex::encode(hash(key.as_bytes())),
            request_hash: hash(request).into(),
        }
    }

    /// What the same request was answered before, read from what it stored.
    async fn repeated<S: Kept>(&self, stored: Stored) -> Result<Receipt, CommandError<No<S>>> {
        let rows = self.store().page(stored.first_index, stored.count).await?;
        let mut receipt = Receipt {
            stream: <S as Stream>::TYPE.to_owned(),
            id: String::new(),
            version: 0,
            indexes: stored.indexes(),
            events: Vec::new(),
            findings: Vec::new(),
            repeated: true,
        };
        for row in rows {
            // The key served for a request on another kind of stream.
            if row.stream.kind != <S as Stream>::TYPE {
                return Err(CommandError::KeyReused);
            }
            let event = <S as Stream>::Event::from_json(&row.payload).map_err(|error| {
                let what = format!("the payload cannot be read: {error}");
                StoreError::from(row.as_ref().damage(what))
            })?;
            receipt.events.push(event.name());
            receipt.findings.extend(event.findings().iter().cloned());
            receipt.version = row.sequence;
            receipt.id = row.stream.id;
        }
        Ok(receipt)
    }

    #[expect(clippy::too_many_arguments, reason = "one step of a path, called once")]
    async fn attempt<S>(
        &self,
        call: &Call,
        stream: &StreamName,
        held: Held<S>,
        mut command: Wish<S>,
        options: &Options,
        key: Option<IdempotencyKey>,
        look: &Look<'_>,
    ) -> Result<Tried, CommandError<No<S>>>
    where
        S: Kept,
    {
        let version = held.version;
        if let Some(expected) = options.expected
            && expected != version
        {
            let stream = <S as Stream>::TYPE;
            return Err(CommandError::Conflict {
                stream,
                expected,
                actual: version,
            });
        }
        // On the heap: what is rarely asked need not make every command's path wider.
        Box::pin(self.may_touch(call, stream, &held, &command, look)).await?;
        let utc = crate::packs::unruled().day(Instant::from_micros(self.clock().now_us()));
        S::check_clear(&command, utc.plus_days(1)).map_err(CommandError::Refused)?;
        let keys = self
            .seal(held.state.person(&stream.id, &command), &mut command)
            .await?;
        let facts = self
            .facts::<S>(call, stream, &held, &command, options, look)
            .await?;
        let Held {
            mut state,
            proposed,
            ..
        } = held;
        let sink = EventSink::<S>::default();
        let at = facts.clone();
        let submitted = Submitted { command, facts };
        Aggregate::handle(&mut state, submitted, &(), &sink)
            .await
            .map_err(CommandError::Refused)?;
        let events = sink.collect().await;
        // Before the event that needs them, and only for one that is.
        if let Some(keys) = keys {
            self.inner.vault.keep(&keys).await?;
        }
        let put_forward = events.iter().any(|event| is_proposal(event.name()));
        let tried = self
            .store_events::<S>(call, stream, version, events, &at, options, key, look)
            .await?;
        if let Tried::Done(receipt) = &tried {
            let held = Held {
                state,
                version: receipt.version,
                jurisdiction: jurisdiction_of(&at.law.version),
                proposed: if put_forward {
                    Some(at.entered)
                } else {
                    proposed
                },
            };
            self.inner.remembered.put(&stream.id, held);
        }
        Ok(tried)
    }

    #[expect(clippy::too_many_arguments, reason = "one step of a path, called once")]
    async fn store_events<S: Stream>(
        &self,
        call: &Call,
        stream: &StreamName,
        version: u64,
        events: Vec<<S as Stream>::Event>,
        facts: &Facts,
        options: &Options,
        key: Option<IdempotencyKey>,
        look: &Look<'_>,
    ) -> Result<Tried, CommandError<No<S>>> {
        let names: Vec<&'static str> = events.iter().map(StreamEvent::name).collect();
        let findings = events.iter().flat_map(|e| e.findings().to_vec()).collect();
        let receipt = Receipt {
            stream: stream.kind.clone(),
            id: stream.id.clone(),
            version: version.saturating_add(u64::try_from(events.len()).unwrap_or_default()),
            indexes: 0..0,
            events: names,
            findings,
            repeated: false,
        };
        if events.is_empty() {
            return Ok(Tried::Done(receipt));
        }
        let context = context(call, facts, <S as Stream>::TYPE, options.causation);
        let made = events
            .iter()
            .map(|event| self.new_event(event, facts))
            .collect::<Result<_, _>>();
        let append = Append {
            stream: stream.clone(),
            expected: version,
            events: made?,
            context,
            key,
            relied: look.relied(),
        };
        match self.store().append(append).await? {
            Outcome::Stored(stored) => {
                self.after::<S>(stream, &events, facts.entered).await?;
                Ok(Tried::Done(Receipt {
                    indexes: stored.indexes(),
                    ..receipt
                }))
            }
            Outcome::Repeated(stored) => Ok(Tried::Repeated(stored)),
            Outcome::Conflict { actual } => Ok(Tried::Moved { actual }),
            Outcome::Overtaken => Ok(Tried::Overtaken),
            Outcome::KeyReused => Err(CommandError::KeyReused),
        }
    }

    pub(crate) fn new_event<E: StreamEvent>(
        &self,
        event: &E,
        facts: &Facts,
    ) -> Result<NewEvent, StoreError> {
        Ok(NewEvent {
            event_id: self.inner.ids.event_id(facts.entered.micros()),
            event_type: event.name().to_owned(),
            event_version: event.version().to_owned(),
            // The civil date, in the jurisdiction's zone; the instant itself stands in the payload.
            occurred: event.occurred().map(|done| facts.date(done).to_string()),
            payload: CanonicalJson::of(event)?,
        })
    }

    /// What follows at once from what was stored; each step may be repeated.
    async fn after<S: Stream>(
        &self,
        stream: &StreamName,
        events: &[<S as Stream>::Event],
        entered: Instant,
    ) -> Result<(), StoreError> {
        self.projections().wake();
        self.inner.seen.forget(stream);
        match <S as Stream>::TYPE {
            "policy" => self.inner.packs.forget(&stream.id),
            "person" => self.destroy_erased(stream, events, entered).await?,
            _ => {}
        }
        Ok(())
    }

    /// Destroys the keys that an erasure names. An erasure whose keys are still there is found again at start.
    async fn destroy_erased<E: StreamEvent>(
        &self,
        stream: &StreamName,
        events: &[E],
        entered: Instant,
    ) -> Result<(), StoreError> {
        for event in events.iter().filter(|e| e.name() == "person.data_erased") {
            if let AnyEvent::Person(PersonEvent::DataErased(erasure)) = event.clone().into()
                && let Ok(person) = stream.id.parse()
            {
                let vault = &self.inner.vault;
                for person in self.merged_into(person).await? {
                    vault.destroy(person, &erasure, entered.micros()).await?;
                }
            }
        }
        Ok(())
    }

    /// A record and every record that was merged into it, directly or through others: each keeps its own keys.
    pub(super) async fn merged_into(
        &self,
        person: PersonId,
    ) -> Result<BTreeSet<PersonId>, StoreError> {
        self.projections().catch_up().await?;
        let now = self.moment(AsOf::Now).await?;
        self.records_of(person, now).await
    }

    /// Seals the personal values of a command; the keys made for it are kept once it is accepted.
    pub(super) async fn seal<C: Seal, R: std::error::Error>(
        &self,
        person: Option<PersonId>,
        command: &mut C,
    ) -> Result<Option<Keyring>, CommandError<R>> {
        match command.seal(&mut Probe) {
            Ok(()) => return Ok(None),
            Err(Probed::Sealed) => return Err(SealError::AlreadySealed.into()),
            Err(Probed::Clear) => {}
        }
        // A stream about nobody has not begun: its rules say so, and a clear value can be stored nowhere.
        let Some(person) = person else {
            return Ok(None);
        };
        let mut keyring = self.inner.vault.keyring(person).await?;
        command.seal(&mut keyring)?;
        Ok(Some(keyring))
    }

    /// When the stream's last proposal was entered.
    async fn proposed(
        &self,
        stream: &StreamName,
        loaded: &Loaded,
    ) -> Result<Option<Instant>, StoreError> {
        if !loaded
            .events
            .iter()
            .any(|event| is_proposal(&event.event_type))
        {
            return Ok(None);
        }
        let rows = self.store().stream_events(stream, u64::MAX).await?;
        let last = rows.iter().rev().find(|row| is_proposal(&row.event_type));
        Ok(last.map(|row| Instant::from_micros(row.recorded_us)))
    }

    #[expect(clippy::too_many_arguments, reason = "one step of a path, called once")]
    pub(super) async fn facts<S: Kept>(
        &self,
        call: &Call,
        stream: &StreamName,
        held: &Held<S>,
        command: &Wish<S>,
        options: &Options,
        look: &Look<'_>,
    ) -> Result<Facts, CommandError<No<S>>> {
        let entered = Instant::from_micros(self.clock().now_us());
        let entry = match held.state.asks_of_entry(command) {
            Some(asked) => match Box::pin(self.entry(call, stream, asked)).await {
                Ok(entry) => entry,
                Err(ReadError::Denied(denied)) => return Err(denied.into()),
                Err(ReadError::Rules(error)) => return Err(error.into()),
                Err(ReadError::Store(error)) => return Err(error.into()),
                Err(ReadError::Unknown { .. }) => None,
            },
            None => None,
        };
        let law = if <S as Stream>::TYPE == "policy" {
            crate::packs::unruled()
        } else {
            // What is begun about an entry is begun under the rules that hold for the entry.
            let of_entry = entry.as_ref().and_then(|(_, rules)| rules.as_ref());
            let named = held.jurisdiction.as_ref().or(of_entry);
            let named = named.or(options.jurisdiction.as_ref());
            self.packs().in_force(named).await?
        };
        let mut facts = Facts::at(entered, call.actor.clone(), law);
        facts.version = held.version;
        facts.proposed = held.proposed;
        facts.reported = options.causation.is_some();
        facts.stated = facts.reported;
        let person = held.state.person(&stream.id, command);
        if let Some((person, asked)) = person.zip(held.state.asks_of_person(command)) {
            facts.about = look.about_as_asked(person, asked, &facts).await?;
        }
        if let Some(case) = held.state.rests_on_case() {
            told_in_the_case(look, case, &mut facts).await?;
        }
        if let Some(person) = person.filter(|_| held.state.asks_of_birth(command)) {
            facts.born = self.birth(look, person).await?;
        }
        facts.entry = entry.map(|(entry, _)| entry);
        self.already(&held.state, command, &mut facts).await?;
        if let Some(asked) = held.state.asks_of_place(command) {
            facts.meant_for = self.meant_for(&asked, &facts, look).await?;
        }
        if let Some((sentence, kind)) = held.state.asks_of_release(command) {
            facts.possible_from = self.possible_from(sentence, &kind, &facts).await?;
        }
        for reference in held.state.refers(command) {
            // The rules cannot see their own id: a stream that refers to itself has found nothing.
            if is_itself(reference, stream) {
                continue;
            }
            if look.stands(reference, person).await? {
                facts.found.insert(reference);
                if held.version > 0 && look.waits_for(reference, stream).await? {
                    facts.waiting.insert(reference);
                }
            } else if let Reference::Person(person) = reference {
                return Err(look.absent(person).await?);
            }
        }
        Ok(facts)
    }

    /// How many there are already of what the command adds to.
    async fn already<S: Kept>(
        &self,
        state: &S,
        command: &Wish<S>,
        facts: &mut Facts,
    ) -> Result<(), StoreError> {
        if let Some(officer) = state.asks_of_cases(command) {
            facts.cases = Some(self.cases_of(officer).await?);
        }
        if let Some((programme, office)) = state.asks_of_programme(command) {
            let of = (programme, office, &facts.law.jurisdiction);
            facts.taking_part = Some(self.taking_part(of).await?);
        }
        Ok(())
    }

    /// How many supervisions in force an officer has, as far as they are filed.
    async fn cases_of(&self, officer: &SubjectId) -> Result<u32, StoreError> {
        let generation = self.projections().live_generation("caseload").await?;
        let sql = "SELECT COUNT(*) FROM caseload \
                   WHERE generation = $1 AND to_index = $2 AND officer = $3 AND state = $4";
        let in_force = SupervisionStanding::InForce.title();
        let params = [
            generation.into(),
            OPEN.into(),
            officer.to_string().into(),
            in_force.into(),
        ];
        let rows = self.store().database().query(sql, &params).await?;
        let count = rows.first().map_or(Ok(0), |row| row.count(0))?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// Whom a place of detention is meant for, by the record of it that was opened last, as far as it is filed.
    async fn meant_for(
        &self,
        asked: &PlaceAsked,
        facts: &Facts,
        look: &Look<'_>,
    ) -> Result<Option<Vec<Code>>, StoreError> {
        let generation = self.projections().live_generation("cases").await?;
        let sql = "SELECT case_id FROM cases WHERE generation = $1 AND to_index = $2 \
                   AND kind = $3 AND place = $4 ORDER BY first_index DESC LIMIT 1";
        let params = [
            generation.into(),
            OPEN.into(),
            <Facility as Stream>::TYPE.into(),
            asked.facility.to_string().into(),
        ];
        let rows = self.store().database().query(sql, &params).await?;
        let Some(row) = rows.first() else {
            return Ok(None);
        };
        let facility: Facility = look.state(row.text(0)?).await?;
        let day = facts.date(asked.from).latest();
        Ok(facility
            .opened()
            .zip(day)
            .map(|(place, day)| place.meant_for(asked.unit.as_ref(), day).to_vec()))
    }
}

/// What is coded of a person.
pub(crate) fn about(person: &Person) -> About {
    let known = person.registered();
    known.map_or_else(About::default, |registered| About {
        sex: registered.sex,
        circumstances: registered.circumstances.clone(),
        dependent_children: registered.dependent_children,
    })
}

pub(super) fn is_itself(reference: Reference, stream: &StreamName) -> bool {
    let (kind, id) = match reference {
        Reference::Person(id) | Reference::Unheld(id) => (<Person as Stream>::TYPE, id.to_string()),
        Reference::Sentence(id) => (<Sentence as Stream>::TYPE, id.to_string()),
        Reference::Order(id) => (<Order as Stream>::TYPE, id.to_string()),
        Reference::Pretrial(id) => (<Pretrial as Stream>::TYPE, id.to_string()),
    };
    stream.kind == kind && stream.id == id
}

/// What the database says of a stream and a key.
pub(super) enum Looked<S> {
    Held(Held<S>),
    Repeated(Stored),
    Reused,
}

enum Tried {
    Done(Receipt),
    Repeated(Stored),
    Moved {
        actual: u64,
    },
    /// What the decision relied on beside its stream has moved.
    Overtaken,
}

fn restless() -> StoreError {
    let error = "what it relies on keeps changing: send the request again in a moment";
    StoreError::unavailable("deciding", std::io::Error::other(error))
}

/// HMAC-SHA-256 under a key of the register.
pub(crate) fn hmac_under(key: &[u8; 32]) -> Hmac<Sha256> {
    // A key shorter than a block is padded with zeros (RFC 2104), so this is the key itself.
    let mut block = [0_u8; 64];
    for (padded, byte) in block.iter_mut().zip(key) {
        *padded = *byte;
    }
    Hmac::new(&block.into())
}

/// Who, when, why and under which rules; rules are adopted under none.
pub(crate) fn context(
    call: &Call,
    facts: &Facts,
    stream_type: &str,
    causation: Option<EventId>,
) -> Context {
    let law = (stream_type != "policy").then(|| facts.law.version.to_string());
    Context {
        recorded_us: facts.entered.micros(),
        actor: call.actor.subject.to_string(),
        role: call.actor.role.to_string(),
        office: Some(call.actor.office.to_string()),
        purpose: Some(call.purpose.to_string()),
        policy: law,
        correlation: call.correlation.map(|c| c.to_string()),
        causation: causation.map(|c| c.to_string()),
    }
}

/// Adds what was told in the case before judgment on which a stream rests.
async fn told_in_the_case(
    look: &Look<'_>,
    case: PretrialId,
    facts: &mut Facts,
) -> Result<(), StoreError> {
    let case: Pretrial = look.state(&case.to_string()).await?;
    if let Some(case) = case.opened() {
        facts.about.add(&case.opening.circumstances);
    }
    Ok(())
}

/// Whether a command carries personal values.
pub(crate) fn is_personal<C: Seal>(command: &mut C) -> bool {
    command.seal(&mut Probe).is_err()
}

/// Finds out whether a command carries personal values, without touching any.
struct Probe;

enum Probed {
    Clear,
    Sealed,
}

impl Sealer for Probe {
    type Error = Probed;

    fn seal(&mut self, _class: DataClass, _clear: &str) -> Result<Sealed, Probed> {
        Err(Probed::Clear)
    }

    fn refuse_sealed(&mut self) -> Probed {
        Probed::Sealed
    }
}
