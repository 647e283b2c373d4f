//! A stream that is made in memory.

use domain::act::{Facts, Refusal};
use domain::stream::{Stream, StreamEvent};
use domain::values::{EventId, Instant};

use super::made::Made;
use crate::access::Call;
use crate::error::StoreError;
use crate::record::Told;
use crate::registry::{Registry, context};
use crate::store::{SealedEvent, StreamName};

/// Why something was not decided.
#[derive(Debug, Clone, thiserror::Error)]
pub(crate) enum Refused {
    /// A rule stands in the way.
    #[error("{said}")]
    Rule {
        /// Its stable code.
        code: &'static str,
        /// The rule's number.
        rule: &'static str,
        /// The field it concerns.
        field: String,
        /// The value it is about, where it names one.
        named: Option<String>,
        /// Why, in words.
        said: String,
    },
    /// It cannot be put into a form that is stored.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Refused {
    fn by<R: Refusal>(refusal: &R) -> Self {
        Self::Rule {
            code: refusal.code(),
            rule: refusal.rule(),
            field: refusal.field(),
            named: refusal.named(),
            said: refusal.to_string(),
        }
    }
}

/// The state of a stream and its version.
#[derive(Clone)]
pub(crate) struct Growing<S> {
    name: StreamName,
    state: S,
    version: u64,
    proposed: Option<Instant>,
}

/// With which register, on whose behalf and from which event's consequence something is decided.
pub(crate) struct How<'a> {
    pub(crate) registry: &'a Registry,
    pub(crate) call: &'a Call,
    pub(crate) causation: Option<EventId>,
}

/// An event that was decided, with its id.
pub(crate) struct Happened<E> {
    pub(crate) id: EventId,
    pub(crate) event: E,
}

impl<S: Stream> Growing<S> {
    pub(crate) fn new(id: impl Into<String>) -> Self {
        Self {
            name: StreamName::new(S::TYPE, id),
            state: S::default(),
            version: 0,
            proposed: None,
        }
    }

    /// A stream that exists, as it stands.
    pub(crate) fn at(
        id: impl Into<String>,
        state: S,
        version: u64,
        proposed: Option<Instant>,
    ) -> Self {
        Self {
            name: StreamName::new(S::TYPE, id),
            state,
            version,
            proposed,
        }
    }

    pub(crate) fn id(&self) -> &str {
        &self.name.id
    }

    pub(crate) fn state(&self) -> &S {
        &self.state
    }

    /// Decides a command, folds what happened into the state and adds it, sealed, to `out`.
    pub(crate) fn decide(
        &mut self,
        how: &How<'_>,
        command: S::Command,
        mut facts: Facts,
        out: &mut Vec<Made>,
    ) -> Result<Vec<Happened<S::Event>>, Refused> {
        facts.version = self.version;
        facts.proposed = self.proposed;
        let decided = self.state.decide(command, &facts);
        let events = decided.map_err(|refusal| Refused::by(&refusal))?;
        let context = context(how.call, &facts, S::TYPE, how.causation);
        let mut happened = Vec::with_capacity(events.len());
        for event in events {
            let made = how.registry.new_event(&event, &facts)?;
            let id = EventId(made.event_id);
            self.version = self.version.saturating_add(1);
            let told = Told::of(&made, &context);
            let sealed = SealedEvent::seal(&self.name, self.version, made, &context);
            let sealed = sealed.map_err(StoreError::from)?;
            out.push(Made::new(sealed, told, event.clone().into()));
            self.state = std::mem::take(&mut self.state).evolve(&event);
            if event.name().ends_with(".proposed") {
                self.proposed = Some(facts.entered);
            }
            happened.push(Happened { id, event });
        }
        Ok(happened)
    }
}
