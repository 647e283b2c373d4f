//! What is looked at beside the stream that a command is for: the person, the sentence an order hangs on.
//!
//! A decision relies on it as much as on its own stream, so each is noted with the version it was found at, and the append
//! stores nothing if one has moved. That is why what this process remembers will do: of what is old nothing comes but
//! another look (docs/decisions/0020).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use domain::act::{About, Facts, PersonAsked, Reference};
use domain::childhood::{Childhood, Parent};
use domain::order::{self, Order};
use domain::person::Person;
use domain::pretrial::Pretrial;
use domain::record::AnyEvent;
use domain::sentence::{Decision, Sentence, Standing};
use domain::stream::Stream;
use domain::values::{Instant, PersonId};
use hashlink::LruCache;

use super::Registry;
use super::command::{CommandError, about, is_itself};
use super::guarded::is_of_the_register;
use super::held::policy_of;
use super::kept::Kept;
use crate::access::{Action, Call, allow};
use crate::error::StoreError;
use crate::projections::AnyState;
use crate::record::Recorded;
use crate::store::StreamName;

/// Streams that are remembered; a sentence is a few kilobytes.
const REMEMBERED: usize = 4_096;

/// A stream as it was found.
#[derive(Debug)]
struct Found {
    /// Its version; 0 if it has not begun.
    version: u64,
    /// What its events make it; none of what has not begun, or of a kind that the register does not know.
    state: Option<AnyState>,
    /// Under which rules its last event was recorded.
    policy: Option<String>,
}

/// The streams that were looked at last.
pub(super) struct Seen(Mutex<LruCache<StreamName, Arc<Found>>>);

impl Default for Seen {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(REMEMBERED)))
    }
}

impl Seen {
    fn get(&self, stream: &StreamName) -> Option<Arc<Found>> {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.get(stream).map(Arc::clone)
    }

    fn put(&self, stream: StreamName, found: Arc<Found>) {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.insert(stream, found);
    }

    /// Forgets a stream that has moved.
    pub(super) fn forget(&self, stream: &StreamName) {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.remove(stream);
    }
}

/// A state that is looked at where it is remembered.
struct Lent<S> {
    found: Arc<Found>,
    /// What a stream is that has not begun.
    nothing: S,
}

impl<S: Kept> Deref for Lent<S> {
    type Target = S;

    fn deref(&self) -> &S {
        let state = self.found.state.as_ref();
        state.and_then(AnyState::of_kind).unwrap_or(&self.nothing)
    }
}

/// One look at whatever is needed, each stream as it is found the first time.
pub(crate) struct Look<'r> {
    registry: &'r Registry,
    /// Whether what this process remembers will do.
    remembers: bool,
    /// Whether anything came from memory.
    from_memory: AtomicBool,
    found: Mutex<BTreeMap<StreamName, Arc<Found>>>,
}

impl Registry {
    /// Looks at the streams as the database has them.
    pub(crate) fn look(&self) -> Look<'_> {
        Look {
            registry: self,
            remembers: false,
            from_memory: AtomicBool::new(false),
            found: Mutex::default(),
        }
    }

    /// Looks at the streams as this process remembers them, for what is stored only if none has moved.
    pub(super) fn remembering(&self) -> Look<'_> {
        Look {
            remembers: true,
            ..self.look()
        }
    }
}

impl Look<'_> {
    /// Whether anything came from memory.
    pub(super) fn is_from_memory(&self) -> bool {
        self.from_memory.load(Ordering::Relaxed)
    }

    /// What was looked at, each at the version it was found at.
    pub(super) fn relied(&self) -> Vec<(StreamName, u64)> {
        let found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        let versions = found
            .iter()
            .map(|(stream, found)| (stream.clone(), found.version));
        versions.collect()
    }

    async fn seen(&self, stream: StreamName) -> Result<Arc<Found>, StoreError> {
        let noted = {
            let found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
            found.get(&stream).map(Arc::clone)
        };
        if let Some(found) = noted {
            return Ok(found);
        }
        let memory = &self.registry.inner.seen;
        let remembered = if self.remembers {
            memory.get(&stream)
        } else {
            None
        };
        let found = if let Some(found) = remembered {
            self.from_memory.store(true, Ordering::Relaxed);
            found
        } else {
            let loaded = self.registry.store().load(&stream, None).await?;
            let found = Arc::new(Found {
                version: loaded.version(),
                state: AnyState::loaded(&stream, &loaded)?,
                policy: policy_of(&loaded)?,
            });
            if found.version > 0 {
                memory.put(stream.clone(), Arc::clone(&found));
            }
            found
        };
        let mut all = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(stream, Arc::clone(&found));
        Ok(found)
    }

    /// The state of a stream, to keep.
    pub(crate) async fn state<S: Kept>(&self, id: &str) -> Result<S, StoreError> {
        self.lent(id).await.map(|lent: Lent<S>| (*lent).clone())
    }

    /// The state of a stream, to look at.
    async fn lent<S: Kept>(&self, id: &str) -> Result<Lent<S>, StoreError> {
        Ok(Lent {
            found: self.seen(StreamName::new(<S as Stream>::TYPE, id)).await?,
            nothing: S::default(),
        })
    }

    /// Whether what a command on somebody refers to is there, in force and of the same person.
    pub(crate) async fn stands(
        &self,
        reference: Reference,
        person: Option<PersonId>,
    ) -> Result<bool, StoreError> {
        match reference {
            Reference::Person(id) => {
                let person: Lent<Person> = self.lent(&id.to_string()).await?;
                Ok(person.registered().is_some())
            }
            Reference::Unheld(id) => self.is_unheld(id).await,
            Reference::Sentence(id) => {
                let sentence: Lent<Sentence> = self.lent(&id.to_string()).await?;
                let imposed = sentence.imposed();
                match imposed.filter(|i| i.standing != Standing::Quashed) {
                    Some(imposed) => self.is_same(person, imposed.person).await,
                    None => Ok(false),
                }
            }
            Reference::Pretrial(id) => {
                let case: Lent<Pretrial> = self.lent(&id.to_string()).await?;
                match case.opened().filter(|case| case.ended.is_none()) {
                    Some(case) => self.is_same(person, case.opening.person).await,
                    None => Ok(false),
                }
            }
            Reference::Order(id) => {
                let order: Lent<Order> = self.lent(&id.to_string()).await?;
                let made = order.made();
                match made.filter(|m| m.standing == order::Standing::InForce) {
                    Some(made) => self.is_same(person, made.person).await,
                    None => Ok(false),
                }
            }
        }
    }

    /// What is coded of a person, wherever the record was merged.
    pub(crate) async fn about(&self, id: PersonId) -> Result<About, StoreError> {
        let id = self.surviving(id).await?;
        Ok(about(&*self.lent(&id.to_string()).await?))
    }

    /// What is coded of a person as of when it is asked: what was recorded after the day of a past act says nothing of it.
    pub(crate) async fn about_as_asked(
        &self,
        id: PersonId,
        asked: PersonAsked,
        facts: &Facts,
    ) -> Result<About, StoreError> {
        let PersonAsked::When(done) = asked else {
            return self.about(id).await;
        };
        let Some(day) = facts.date(done).latest().filter(|day| *day < facts.today) else {
            return self.about(id).await;
        };
        let id = self.surviving(id).await?;
        let stream = StreamName::new(Person::TYPE, id.to_string());
        let rows = self
            .registry
            .store()
            .stream_events(&stream, u64::MAX)
            .await?;
        let mut person = Person::default();
        for row in &rows {
            let recorded = Recorded::read_row(row)?;
            let known = facts.law.day(Instant::from_micros(recorded.recorded_us)) <= day;
            if let AnyEvent::Person(event) = &recorded.event
                && known
            {
                person = person.evolve(event);
            }
        }
        Ok(about(&person))
    }

    /// Why nothing can be recorded on a person.
    pub(crate) async fn absent<R: std::error::Error>(
        &self,
        person: PersonId,
    ) -> Result<CommandError<R>, StoreError> {
        Ok(match self.state::<Person>(&person.to_string()).await? {
            Person::Expunged => CommandError::Expunged(person),
            Person::Merged { .. } => CommandError::Merged {
                person,
                surviving: self.surviving(person).await?,
            },
            Person::Registered(_) | Person::Unregistered => CommandError::UnknownPerson(person),
        })
    }

    /// Whether no legal hold stands on a person's record, wherever it was merged.
    async fn is_unheld(&self, id: PersonId) -> Result<bool, StoreError> {
        let id = self.surviving(id).await?;
        let person: Lent<Person> = self.lent(&id.to_string()).await?;
        Ok(person.registered().is_none_or(|p| p.held.is_empty()))
    }

    /// Whether two records are of one human being: the same, or merged into the same.
    async fn is_same(&self, one: Option<PersonId>, other: PersonId) -> Result<bool, StoreError> {
        match one {
            Some(one) if one != other => {
                Ok(self.surviving(one).await? == self.surviving(other).await?)
            }
            Some(_) | None => Ok(true),
        }
    }

    /// The record under which a person's record goes on, wherever it was merged.
    pub(crate) async fn surviving(&self, mut id: PersonId) -> Result<PersonId, StoreError> {
        let mut seen = BTreeSet::new();
        while seen.insert(id)
            && let Person::Merged { surviving } = &*self.lent(&id.to_string()).await?
        {
            id = *surviving;
        }
        Ok(id)
    }

    /// Whether a term of what is referred to follows a term of this sentence, directly or through others.
    pub(super) async fn waits_for(
        &self,
        reference: Reference,
        stream: &StreamName,
    ) -> Result<bool, StoreError> {
        let mut next = vec![reference];
        let mut seen = BTreeSet::new();
        while let Some(reference) = next.pop() {
            if is_itself(reference, stream) {
                return Ok(true);
            }
            if let Reference::Sentence(id) = reference
                && seen.insert(id)
            {
                let sentence: Lent<Sentence> = self.lent(&id.to_string()).await?;
                let decision = sentence.decision();
                next.extend(decision.into_iter().flat_map(Decision::earlier));
            }
        }
        Ok(false)
    }

    /// Whether a case is a child's, by its own word or by that of what it hangs on.
    pub(super) async fn is_of_child(&self, mut told: Childhood) -> Result<bool, StoreError> {
        let mut seen: Vec<Parent> = Vec::new();
        loop {
            let parent = match told {
                Childhood::Child => return Ok(true),
                Childhood::Untold => return Ok(false),
                Childhood::As(parent) => parent,
            };
            let stream = StreamName::new(&parent.kind, &parent.id);
            let found = self.seen(stream).await?;
            let state = found.state.as_ref();
            let Some(state) = state.filter(|_| !seen.contains(&parent)) else {
                return Ok(false);
            };
            let law = self.registry.law_told(found.policy.as_deref()).await?;
            told = state.childhood(&law);
            seen.push(parent);
        }
    }

    /// Whether a record is sealed or expunged to a call. A merged record is guarded as the one that goes on.
    pub(crate) async fn is_sealed_to(
        &self,
        call: &Call,
        person: Option<PersonId>,
    ) -> Result<bool, StoreError> {
        if is_of_the_register(call) || allow(call, Action::GuardPerson).is_ok() {
            return Ok(false);
        }
        let Some(person) = person else {
            return Ok(false);
        };
        let surviving = self.surviving(person).await?;
        let person: Lent<Person> = self.lent(&surviving.to_string()).await?;
        Ok(match &*person {
            Person::Expunged => true,
            Person::Registered(record) => record.sealed.is_some(),
            Person::Merged { .. } | Person::Unregistered => false,
        })
    }

    /// Whether a record was expunged, wherever it was merged.
    pub(crate) async fn is_expunged(&self, person: PersonId) -> Result<bool, StoreError> {
        let surviving = self.surviving(person).await?.to_string();
        Ok(self.state::<Person>(&surviving).await? == Person::Expunged)
    }
}
