//! One person, one sentence and what follows from it, made in memory.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::act::{Facts, Reference};
use domain::childhood::Born;
use domain::jurisdiction::Pack;
use domain::order::{self, Order, OrderCommand};
use domain::person::{Person, PersonCommand};
use domain::personal::Seal;
use domain::sentence::{Sentence, SentenceCommand, Standing};
use domain::stream::{Stream, StreamEvent};
use domain::supervision::{Supervision, SupervisionCommand};
use domain::values::{ComponentNo, EventId, Instant, OrderId, PersonId, SentenceId};

use super::block::Block;
use super::growing::{Growing, Happened, How, Refused};
use crate::access::Call;
use crate::error::{Damage, StoreError};
use crate::processes::{
    Around, Consequence, Processes, as_existing_order, as_existing_supervision,
};
use crate::processes::{decision_of, of_order, of_sentence, with_orders};
use crate::registry::Registry;
use crate::vault::Keyring;

/// What cases are made with.
#[derive(Clone)]
pub(crate) struct Composer {
    registry: Registry,
    processes: Processes,
    law: Arc<Pack>,
}

impl Composer {
    pub(crate) fn new(registry: &Registry, law: Arc<Pack>) -> Self {
        Self {
            processes: registry.processes(),
            registry: registry.clone(),
            law,
        }
    }

    fn how<'a>(&'a self, call: &'a Call, causation: Option<EventId>) -> How<'a> {
        How {
            registry: &self.registry,
            call,
            causation,
        }
    }

    pub(crate) fn law(&self) -> &Arc<Pack> {
        &self.law
    }
}

/// A case in the making.
pub(crate) struct Case<'a> {
    with: &'a Composer,
    person: PersonId,
    known: bool,
    record: Growing<Person>,
    sentence: Growing<Sentence>,
    earlier: Vec<ComponentNo>,
    orders: BTreeMap<ComponentNo, Growing<Order>>,
    supervisions: BTreeMap<ComponentNo, Growing<Supervision>>,
    keyring: Option<Keyring>,
    entered: Option<Instant>,
    born: Option<Born>,
    block: Block,
}

impl<'a> Case<'a> {
    /// A case of a person; `known` where an earlier case registered them.
    pub(crate) fn new(
        with: &'a Composer,
        person: PersonId,
        known: bool,
        sentence: SentenceId,
    ) -> Self {
        Self {
            with,
            person,
            known,
            record: Growing::new(person.to_string()),
            sentence: Growing::new(sentence.to_string()),
            earlier: Vec::new(),
            orders: BTreeMap::new(),
            supervisions: BTreeMap::new(),
            keyring: None,
            entered: None,
            born: None,
            block: Block::default(),
        }
    }

    /// What is decided from here on is entered at this moment; without one, when it is decided.
    pub(crate) fn enter_at(&mut self, moment: Instant) {
        self.entered = Some(moment);
    }

    /// Whom it concerns was born then, as far as is known: what asks it is decided on it, and it is kept nowhere.
    pub(crate) fn born(&mut self, born: Option<Born>) {
        self.born = born;
    }

    /// The rules it is decided under.
    pub(crate) fn law(&self) -> &'a Pack {
        &self.with.law
    }

    /// The order of a component.
    pub(crate) fn order_id(&self, no: ComponentNo) -> OrderId {
        self.with.processes.order_id(self.sentence_id(), no)
    }

    /// The state of the order of a component.
    pub(crate) fn order_of(&self, no: ComponentNo) -> Option<&Order> {
        self.orders.get(&no).map(Growing::state)
    }

    /// The state of the supervision of a component's order.
    pub(crate) fn supervision_of(&self, no: ComponentNo) -> Option<&Supervision> {
        self.supervisions.get(&no).map(Growing::state)
    }

    /// The state of the sentence.
    pub(crate) fn sentence_state(&self) -> &Sentence {
        self.sentence.state()
    }

    /// Decides a command of the person's record.
    pub(crate) fn person(
        &mut self,
        call: &Call,
        mut command: PersonCommand,
    ) -> Result<(), Refused> {
        self.seal(&mut command)?;
        let facts = self.facts(call, self.record.state().refers(&command));
        let out = &mut self.block.events;
        let how = self.with.how(call, None);
        let happened = self.record.decide(&how, command, facts, out)?;
        self.known = true;
        self.notice(&happened);
        Ok(())
    }

    /// Decides a command of the sentence, and what the decision states about orders.
    pub(crate) fn sentence(
        &mut self,
        call: &Call,
        mut command: SentenceCommand,
    ) -> Result<(), Refused> {
        self.seal(&mut command)?;
        let mut facts = self.facts(call, self.sentence.state().refers(&command));
        let state = self.sentence.state();
        facts.born = self.born.filter(|_| state.asks_of_birth(&command));
        let out = &mut self.block.events;
        let how = self.with.how(call, None);
        let happened = self.sentence.decide(&how, command, facts, out)?;
        self.notice(&happened);
        for Happened { id, event } in happened {
            let had = decision_of(&event).into_iter().flat_map(with_orders);
            self.earlier.extend(had.map(|component| component.no));
            for consequence in self.stated(&event) {
                self.follow(call, id, consequence)?;
            }
        }
        Ok(())
    }

    fn stated(&self, event: &domain::sentence::SentenceEvent) -> Vec<Consequence> {
        let Some(imposed) = self.sentence.state().imposed() else {
            return Vec::new();
        };
        let around = Around {
            person: imposed.person,
            decision: &imposed.decision,
            earlier: self.earlier.clone(),
        };
        of_sentence(self.sentence_id(), event, &around, &self.with.law)
    }

    /// Decides a command of an order, and what it states about the supervision.
    pub(crate) fn order(
        &mut self,
        call: &Call,
        no: ComponentNo,
        command: OrderCommand,
    ) -> Result<(), Refused> {
        self.order_caused(call, no, command, None)
    }

    /// Decides a command of a supervision.
    pub(crate) fn supervision(
        &mut self,
        call: &Call,
        no: ComponentNo,
        command: SupervisionCommand,
    ) -> Result<(), Refused> {
        self.supervision_caused(call, no, command, None)
    }

    /// The block, complete.
    pub(crate) fn finish(mut self) -> Block {
        if let Some(keyring) = &self.keyring {
            let vault = self.with.registry.vault();
            self.block.keys = vault.rows(keyring);
            self.block.names = vault.tokens(keyring);
        }
        self.block
    }

    fn sentence_id(&self) -> SentenceId {
        self.sentence
            .id()
            .parse()
            .unwrap_or(SentenceId(uuid::Uuid::nil()))
    }

    /// As the process that carries consequences out does it: a refusal is an answer, after a second try as an
    /// existing fact.
    fn follow(&mut self, call: &Call, cause: EventId, what: Consequence) -> Result<(), Refused> {
        let mut call = call.clone();
        call.correlation = Some(cause.0);
        let cause = Some(cause);
        let tried = match what {
            Consequence::Order(_, no, command) => {
                let again = as_existing_order(&command);
                match (self.order_caused(&call, no, command, cause), again) {
                    (Err(Refused::Rule { .. }), Some(again)) => {
                        self.order_caused(&call, no, again, cause)
                    }
                    (tried, _) => tried,
                }
            }
            // No import brings cases before judgment together with the sentence.
            Consequence::Sentence(..) => return Ok(()),
            Consequence::Supervision(order, command) => {
                let no = self
                    .orders
                    .iter()
                    .find(|(_, o)| o.id() == order.to_string());
                let Some(no) = no.map(|(no, _)| *no) else {
                    return Ok(());
                };
                let again = as_existing_supervision(&command, &self.with.law);
                match (self.supervision_caused(&call, no, command, cause), again) {
                    (Err(Refused::Rule { .. }), Some(again)) => {
                        self.supervision_caused(&call, no, again, cause)
                    }
                    (tried, _) => tried,
                }
            }
        };
        match tried {
            Err(Refused::Store(error)) => Err(error.into()),
            Ok(()) | Err(Refused::Rule { .. }) => Ok(()),
        }
    }

    fn order_caused(
        &mut self,
        call: &Call,
        no: ComponentNo,
        mut command: OrderCommand,
        cause: Option<EventId>,
    ) -> Result<(), Refused> {
        self.seal(&mut command)?;
        let mut facts = self.facts(call, refers(self.orders.get(&no), &command));
        facts.stated = cause.is_some();
        let id = self.order_id(no);
        let growing = self.orders.entry(no);
        let growing = growing.or_insert_with(|| Growing::new(id.to_string()));
        let out = &mut self.block.events;
        let happened = growing.decide(&self.with.how(call, cause), command, facts, out)?;
        let mut stated = Vec::new();
        for Happened {
            id: event_id,
            event,
        } in &happened
        {
            let of = of_order(id, event, growing.state(), &self.with.law);
            stated.extend(of.into_iter().map(|consequence| (*event_id, consequence)));
        }
        self.notice(&happened);
        for (event_id, consequence) in stated {
            self.follow(call, event_id, consequence)?;
        }
        Ok(())
    }

    fn supervision_caused(
        &mut self,
        call: &Call,
        no: ComponentNo,
        mut command: SupervisionCommand,
        cause: Option<EventId>,
    ) -> Result<(), Refused> {
        self.seal(&mut command)?;
        let facts = self.facts(call, refers(self.supervisions.get(&no), &command));
        let processes = &self.with.processes;
        let id = processes.supervision_id(processes.order_id(self.sentence_id(), no));
        let growing = self.supervisions.entry(no);
        let growing = growing.or_insert_with(|| Growing::new(id.to_string()));
        let out = &mut self.block.events;
        let happened = growing.decide(&self.with.how(call, cause), command, facts, out)?;
        self.notice(&happened);
        Ok(())
    }

    fn notice<E: StreamEvent>(&mut self, happened: &[Happened<E>]) {
        let findings = happened.iter().flat_map(|h| h.event.findings());
        self.block.findings.extend(findings.cloned());
    }

    /// Personal values are sealed before any rule sees the command; a key is made only when one is needed.
    fn seal<C: Seal>(&mut self, command: &mut C) -> Result<(), Refused> {
        if !crate::registry::is_personal(command) {
            return Ok(());
        }
        let (with, person) = (self.with, self.person);
        let fresh = || with.registry.vault().fresh(person);
        let sealed = command.seal(self.keyring.get_or_insert_with(fresh));
        sealed.map_err(|error| Refused::Store(StoreError::from(Damage::new(error.to_string()))))
    }

    fn facts(&self, call: &Call, refers: Vec<Reference>) -> Facts {
        let now = || Instant::from_micros(self.with.registry.clock().now_us());
        let entered = self.entered.unwrap_or_else(now);
        let mut facts = Facts::at(entered, call.actor.clone(), Arc::clone(&self.with.law));
        facts.reported = true;
        facts.found = refers
            .into_iter()
            .filter(|reference| self.stands(*reference))
            .collect();
        facts
    }

    fn stands(&self, reference: Reference) -> bool {
        match reference {
            Reference::Person(person) => self.known && person == self.person,
            Reference::Unheld(_) | Reference::Pretrial(_) => false,
            Reference::Sentence(id) => {
                let imposed = self.sentence.state().imposed();
                id == self.sentence_id() && imposed.is_some_and(|i| i.standing != Standing::Quashed)
            }
            Reference::Order(id) => self.orders.values().any(|order| {
                let made = order.state().made();
                OrderId(order.id().parse().unwrap_or_default()) == id
                    && made.is_some_and(|made| made.standing == order::Standing::InForce)
            }),
        }
    }
}

/// What a command refers to, asked of a stream that may not exist yet.
fn refers<S: Stream>(growing: Option<&Growing<S>>, command: &S::Command) -> Vec<Reference> {
    growing.map_or_else(
        || S::default().refers(command),
        |growing| growing.state().refers(command),
    )
}
