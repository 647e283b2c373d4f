//! Where the rows of lists are decided: what was decided and is not stored yet lies at hand, the rest is looked up.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::act::{Facts, Reference};
use domain::jurisdiction::Pack;
use domain::order::{Order, OrderEvent};
use domain::person::{Person, PersonCommand, Register};
use domain::pretrial::Pretrial;
use domain::release::Release;
use domain::sentence::Sentence;
use domain::stream::{Stream, StreamEvent};
use domain::values::{Instant, PersonId, SentenceId};
use uuid::Uuid;

use super::kind::Kind;
use super::kinds::RequirementRow;
use super::source::ListRow;
use crate::access::Call;
use crate::bulk::{Block, Growing, How, Refused};
use crate::error::StoreError;
use crate::import::record::{NO_SEX, Reservation, sex_of};
use crate::import::row::{self, Identity, RowKey, Word};
use crate::import::run::{derived_id, identity_token, row_token};
use crate::registry::{CommandError, Kept, Registry, Wish, about};

/// A stream that rows of lists go on with.
pub(super) trait Drawn: Kept {
    /// Where streams of its kind lie at hand.
    fn lying(memory: &Memory) -> &BTreeMap<String, Growing<Self>>;

    /// The same, to put one there.
    fn drawer(memory: &mut Memory) -> &mut BTreeMap<String, Growing<Self>>;

    /// The number that an event gave to a part of the stream, by which later rows find it.
    fn number(_event: &<Self as Stream>::Event) -> Option<u16> {
        None
    }
}

impl Drawn for Person {
    fn lying(memory: &Memory) -> &BTreeMap<String, Growing<Self>> {
        &memory.people
    }

    fn drawer(memory: &mut Memory) -> &mut BTreeMap<String, Growing<Self>> {
        &mut memory.people
    }
}

impl Drawn for Order {
    fn lying(memory: &Memory) -> &BTreeMap<String, Growing<Self>> {
        &memory.orders
    }

    fn drawer(memory: &mut Memory) -> &mut BTreeMap<String, Growing<Self>> {
        &mut memory.orders
    }

    fn number(event: &OrderEvent) -> Option<u16> {
        match event {
            OrderEvent::RequirementAdded { requirement, .. } => Some(requirement.0),
            OrderEvent::AppointmentScheduled { appointment, .. }
            | OrderEvent::AttendanceRecorded { appointment, .. } => Some(appointment.0),
            OrderEvent::BreachAlleged { breach, .. } => Some(breach.0),
            _ => None,
        }
    }
}

impl Drawn for Pretrial {
    fn lying(memory: &Memory) -> &BTreeMap<String, Growing<Self>> {
        &memory.pretrial
    }

    fn drawer(memory: &mut Memory) -> &mut BTreeMap<String, Growing<Self>> {
        &mut memory.pretrial
    }
}

impl Drawn for Release {
    fn lying(memory: &Memory) -> &BTreeMap<String, Growing<Self>> {
        &memory.releases
    }

    fn drawer(memory: &mut Memory) -> &mut BTreeMap<String, Growing<Self>> {
        &mut memory.releases
    }
}

/// Requirements by the key of their order.
pub(super) type OfOrders = BTreeMap<RowKey, Vec<ListRow<RequirementRow>>>;

/// What a step of a row became.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// The id of the stream.
    pub(super) stream: String,
    /// The number within it; zero for the stream as a whole.
    pub(super) number: u16,
}

/// What was decided and is not stored yet.
#[derive(Clone, Default)]
pub(super) struct Memory {
    rows: BTreeMap<[u8; 32], Found>,
    tokens: BTreeMap<[u8; 32], PersonId>,
    people: BTreeMap<String, Growing<Person>>,
    orders: BTreeMap<String, Growing<Order>>,
    pretrial: BTreeMap<String, Growing<Pretrial>>,
    releases: BTreeMap<String, Growing<Release>>,
}

impl Memory {
    fn take(&mut self, mut row: Self) {
        self.rows.append(&mut row.rows);
        self.tokens.append(&mut row.tokens);
        self.people.append(&mut row.people);
        self.orders.append(&mut row.orders);
        self.pretrial.append(&mut row.pretrial);
        self.releases.append(&mut row.releases);
    }
}

/// Where rows are decided.
pub(super) struct Desk {
    pub(super) registry: Registry,
    pub(super) call: Call,
    pub(super) law: Arc<Pack>,
    source: String,
    import_key: [u8; 32],
    identity_key: [u8; 32],
    memory: Memory,
    /// The requirements that orders are made with, by the key of the order.
    pub(super) requirements: OfOrders,
}

impl Desk {
    /// A rehearsal makes no key: what the register has under one is found, and nothing else.
    pub(super) async fn new(
        registry: &Registry,
        call: &Call,
        law: Arc<Pack>,
        source: &str,
        rehearsal: bool,
    ) -> Result<Self, StoreError> {
        let vault = registry.vault();
        let mut keys = [[0; 32]; 2];
        for (key, name) in keys.iter_mut().zip(["import", "import-identity"]) {
            *key = if rehearsal {
                vault.known_secret(name).await?.unwrap_or_default()
            } else {
                vault.secret(name).await?
            };
        }
        let [import_key, identity_key] = keys;
        Ok(Self {
            registry: registry.clone(),
            call: call.clone(),
            law,
            source: source.to_owned(),
            import_key,
            identity_key,
            memory: Memory::default(),
            requirements: BTreeMap::new(),
        })
    }

    /// Forgets what was decided: it is stored, or it is decided again.
    pub(super) fn clear(&mut self) {
        self.memory = Memory::default();
    }

    /// Begins with a row.
    pub(super) fn row(&self, kind: Kind, key: &RowKey) -> Telling<'_> {
        Telling {
            desk: self,
            kind,
            key: key.clone(),
            new: Memory::default(),
            block: Block::default(),
            notes: Vec::new(),
        }
    }

    /// Keeps at hand what a row became.
    pub(super) fn keep(&mut self, told: Told) -> (Block, Vec<Reservation>) {
        self.memory.take(told.new);
        (told.block, told.notes)
    }

    fn token(&self, kind: Kind, step: &str, key: &RowKey) -> [u8; 32] {
        let what = format!("{}.{step}", kind.word());
        row_token(&self.import_key, &self.source, &what, key)
    }
}

/// What a row became, complete.
pub(super) struct Told {
    new: Memory,
    block: Block,
    notes: Vec<Reservation>,
}

impl Told {
    /// Whether all of it was recorded before.
    pub(super) fn is_known(&self) -> bool {
        self.block.events.is_empty() && self.block.rows.is_empty()
    }
}

/// A row as it is told: whole, or not at all.
pub(super) struct Telling<'d> {
    desk: &'d Desk,
    kind: Kind,
    key: RowKey,
    new: Memory,
    block: Block,
    notes: Vec<Reservation>,
}

impl Telling<'_> {
    /// What the row became.
    pub(super) fn finish(self) -> Told {
        Told {
            new: self.new,
            block: self.block,
            notes: self.notes,
        }
    }

    /// The rules it is decided under.
    pub(super) fn law(&self) -> &Pack {
        &self.desk.law
    }

    /// The register.
    pub(super) fn registry(&self) -> &Registry {
        &self.desk.registry
    }

    /// What identifies the row.
    pub(super) fn key(&self) -> &RowKey {
        &self.key
    }

    /// The requirements that other rows tell of an order.
    pub(super) fn requirements(&self) -> &[ListRow<RequirementRow>] {
        let of_order = self.desk.requirements.get(&self.key);
        of_order.map_or(&[], Vec::as_slice)
    }

    /// Notes something that the register does not hold as the row has it.
    pub(super) fn note(&mut self, rule: &'static str, said: impl Into<String>) {
        let said = said.into();
        self.notes.push(Reservation { rule, said });
    }

    /// The id that the row gives to its stream.
    pub(super) fn own_id(&self) -> Uuid {
        let Desk {
            import_key, source, ..
        } = self.desk;
        derived_id(import_key, source, self.kind.word(), &self.key)
    }

    /// What a step of this row became, if it was recorded before.
    pub(super) async fn step_of(&self, step: &str) -> Result<Option<Found>, Refused> {
        self.found(self.kind, step, &self.key).await
    }

    /// What a step of a row became.
    pub(super) async fn found(
        &self,
        kind: Kind,
        step: &str,
        key: &RowKey,
    ) -> Result<Option<Found>, Refused> {
        let token = self.desk.token(kind, step, key);
        let at_hand = self.new.rows.get(&token);
        if let Some(found) = at_hand.or_else(|| self.desk.memory.rows.get(&token)) {
            return Ok(Some(found.clone()));
        }
        let sql = "SELECT stream, number FROM import_rows WHERE token = $1";
        let database = self.desk.registry.store().database();
        let row = database.query_one(sql, &[token.as_slice().into()]).await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(Found {
            stream: row.text(0)?.to_owned(),
            number: u16::try_from(row.int(1)?).unwrap_or_default(),
        }))
    }

    /// Remembers what a step of a row became.
    pub(super) fn remember(&mut self, kind: Kind, step: &str, key: &RowKey, found: Found) {
        let token = self.desk.token(kind, step, key);
        let stream = found.stream.clone();
        let number = i64::from(found.number);
        self.block
            .rows
            .push(vec![token.as_slice().into(), stream.into(), number.into()]);
        self.new.rows.insert(token, found);
    }

    /// A step of this row in a stream, recorded once; the number that it gave.
    pub(super) async fn step<S: Drawn>(
        &mut self,
        step: &str,
        stream: &str,
        command: Wish<S>,
    ) -> Result<u16, Refused> {
        if let Some(found) = self.step_of(step).await? {
            return Ok(found.number);
        }
        let number = self.decide::<S>(stream, command).await?;
        let stream = stream.to_owned();
        let (kind, key) = (self.kind, self.key.clone());
        self.remember(kind, step, &key, Found { stream, number });
        Ok(number)
    }

    async fn decide<S: Drawn>(&mut self, id: &str, command: Wish<S>) -> Result<u16, Refused> {
        let mut stream = self.stream::<S>(id).await?;
        let facts = self.facts::<S>(stream.state(), id, &command).await?;
        let how = How {
            registry: &self.desk.registry,
            call: &self.desk.call,
            causation: None,
        };
        let happened = stream.decide(&how, command, facts, &mut self.block.events)?;
        let found = happened.iter().flat_map(|h| h.event.findings());
        self.block.findings.extend(found.cloned());
        S::drawer(&mut self.new).insert(id.to_owned(), stream);
        let number = happened.iter().find_map(|h| S::number(&h.event));
        Ok(number.unwrap_or_default())
    }

    /// A stream as this row finds it.
    pub(super) async fn stream<S: Drawn>(&self, id: &str) -> Result<Growing<S>, Refused> {
        let memories = [&self.new, &self.desk.memory].into_iter();
        let mut lying = memories.filter_map(|memory| S::lying(memory).get(id));
        if let Some(stream) = lying.next() {
            return Ok(stream.clone());
        }
        let (state, version, proposed) = self.desk.registry.at_hand::<S>(id).await?;
        Ok(Growing::at(id, state, version, proposed))
    }

    async fn facts<S: Drawn>(
        &self,
        state: &S,
        id: &str,
        command: &Wish<S>,
    ) -> Result<Facts, Refused> {
        let Desk {
            registry,
            call,
            law,
            ..
        } = self.desk;
        let entered = Instant::from_micros(registry.clock().now_us());
        let mut facts = Facts::at(entered, call.actor.clone(), Arc::clone(law));
        facts.reported = true;
        let person = state.person(id, command);
        if let Some(person) = person.filter(|_| state.asks_of_person(command).is_some()) {
            facts.about = match self.new_person(person) {
                Some(stream) => about(stream.state()),
                None => registry.look().about(person).await?,
            };
        }
        if let Some(person) = person.filter(|_| state.asks_of_birth(command)) {
            facts.born = registry.birth(&registry.look(), person).await?;
        }
        for reference in state.refers(command) {
            let is_new = |person| self.new_person(person).is_some();
            if matches!(reference, Reference::Person(person) if is_new(person))
                || registry.look().stands(reference, person).await?
            {
                facts.found.insert(reference);
            } else if let Reference::Person(person) = reference {
                let why: CommandError<<S as Stream>::Refusal> =
                    registry.look().absent(person).await?;
                return Err(refused("person", "", why.to_string()));
            }
        }
        Ok(facts)
    }

    fn new_person(&self, person: PersonId) -> Option<&Growing<Person>> {
        let id = person.to_string();
        let people = [&self.new.people, &self.desk.memory.people];
        people.into_iter().find_map(|people| people.get(&id))
    }

    /// Whom a row is about: who was recognised before, else who the sentence is about, else somebody of their own.
    pub(super) async fn person(
        &mut self,
        identity: Option<&Identity>,
        of_sentence: Option<PersonId>,
        sex: &row::Known<Word>,
    ) -> Result<PersonId, Refused> {
        let token = identity.map(|i| identity_token(&self.desk.identity_key, i));
        let known = match &token {
            Some(token) => self.recognised(token).await?,
            None => None,
        };
        if let Some(known) = known {
            return Ok(self.desk.registry.look().surviving(known).await?);
        }
        let person = match of_sentence {
            Some(person) => self.desk.registry.look().surviving(person).await?,
            None => self.registered(sex).await?,
        };
        if let Some(token) = token {
            let row = vec![token.as_slice().into(), person.to_string().into()];
            self.block.tokens.push(row);
            self.new.tokens.insert(token, person);
        }
        Ok(person)
    }

    async fn registered(&mut self, sex: &row::Known<Word>) -> Result<PersonId, Refused> {
        let person = self.desk.registry.new_person_id();
        let sex = sex_of(sex);
        if sex.is_none() {
            self.note("person.sex", NO_SEX);
        }
        let register = PersonCommand::Register(Register {
            sex: sex.unwrap_or_default(),
            identity: None,
        });
        self.decide::<Person>(&person.to_string(), register).await?;
        Ok(person)
    }

    async fn recognised(&self, token: &[u8; 32]) -> Result<Option<PersonId>, Refused> {
        let tokens = [&self.new.tokens, &self.desk.memory.tokens];
        if let Some(person) = tokens.into_iter().find_map(|tokens| tokens.get(token)) {
            return Ok(Some(*person));
        }
        let sql = "SELECT person FROM import_persons WHERE token = $1";
        let database = self.desk.registry.store().database();
        let row = database.query_one(sql, &[token.as_slice().into()]).await?;
        Ok(match row {
            Some(row) => row.text(0)?.parse().ok(),
            None => None,
        })
    }

    /// The sentence behind a row, as the register has it. One that is not there keeps the id that its own import would
    /// give it.
    pub(super) async fn sentence(
        &self,
        said: Option<&(Word, RowKey)>,
    ) -> Result<(SentenceId, Sentence), Refused> {
        let Desk {
            import_key, source, ..
        } = self.desk;
        let id = if let Some((source, key)) = said {
            derived_id(import_key, source, "sentence", key)
        } else {
            let what = format!("sentence of {}", self.kind.word());
            derived_id(import_key, source, &what, &self.key)
        };
        let state = self.desk.registry.look().state(&id.to_string()).await?;
        Ok((SentenceId(id), state))
    }
}

/// A refusal of the import's own: what a row would go on with is not there.
pub(super) fn refused(rule: &'static str, value: &str, said: String) -> Refused {
    Refused::Rule {
        code: rule,
        rule,
        field: String::new(),
        named: Some(value.to_owned()),
        said,
    }
}
