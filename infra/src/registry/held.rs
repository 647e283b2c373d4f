//! A stream as a command finds it, and what this process remembers of the last ones.
//!
//! What is remembered is never the truth: the append relies on the version, so a decision made on an old state fails
//! there and is made again on what the database holds. It saves the reading, which is half the cost of a command.

use std::any::Any;
use std::sync::{Mutex, PoisonError};

use domain::stream::{FromJson, Stream};
use domain::values::{Instant, JurisdictionCode, PolicyVersion};
use hashlink::LruCache;

use crate::error::{Damage, StoreError};
use crate::record::Told;
use crate::store::{Loaded, StreamName};

/// Streams that are remembered; a sentence is a few kilobytes.
const REMEMBERED: usize = 4_096;

/// A stream as a command finds it.
#[derive(Debug, Clone)]
pub(super) struct Held<S> {
    /// What its events make it.
    pub(super) state: S,
    /// Its version.
    pub(super) version: u64,
    /// Under whose rules it stands, once it exists.
    pub(super) jurisdiction: Option<JurisdictionCode>,
    /// When its last proposal was entered.
    pub(super) proposed: Option<Instant>,
}

/// Whether an event puts something forward that is not yet decided.
pub(super) fn is_proposal(event_type: &str) -> bool {
    event_type.ends_with(".proposed")
}

/// Whose rules a version of them is.
pub(super) fn jurisdiction_of(version: &PolicyVersion) -> Option<JurisdictionCode> {
    JurisdictionCode::parse(version.as_str().split('/').next()?).ok()
}

/// The state of a loaded stream, by the library's `apply`.
pub(crate) fn fold<S>(stream: &StreamName, loaded: &Loaded) -> Result<S, StoreError>
where
    S: Stream + cqrs_es::Aggregate<Event = <S as Stream>::Event>,
{
    let mut state = S::default();
    for event in &loaded.events {
        let parsed = <S as Stream>::Event::from_json(&event.payload).map_err(|error| {
            Damage::new(format!("the payload cannot be read: {error}")).in_stream(
                &stream.kind,
                &stream.id,
                event.sequence,
            )
        })?;
        state.apply(parsed);
    }
    Ok(state)
}

/// Under which rules the stream's last event was recorded.
pub(super) fn policy_of(loaded: &Loaded) -> Result<Option<String>, StoreError> {
    let Some(last) = loaded.events.last() else {
        return Ok(None);
    };
    let told: Told = serde_json::from_str(&last.metadata)
        .map_err(|e| Damage::new(format!("the metadata cannot be read: {e}")))?;
    Ok(told.policy)
}

/// Under whose rules the stream's last event was recorded.
pub(super) fn rules_of(loaded: &Loaded) -> Result<Option<JurisdictionCode>, StoreError> {
    let policy = policy_of(loaded)?;
    let version = policy.and_then(|policy| PolicyVersion::parse(&policy).ok());
    Ok(version.as_ref().and_then(jurisdiction_of))
}

type Kept = Box<dyn Any + Send>;

/// The streams that were written last.
pub(super) struct Remembered(Mutex<LruCache<(&'static str, String), Kept>>);

impl Default for Remembered {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(REMEMBERED)))
    }
}

impl Remembered {
    /// Takes out what is remembered of a stream: of two at once, one reads.
    pub(super) fn take<S: Stream>(&self, id: &str) -> Option<Held<S>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let any = kept.remove(&(S::TYPE, id.to_owned()))?;
        any.downcast().ok().map(|held| *held)
    }

    /// Remembers a stream as it stands after what was stored.
    pub(super) fn put<S: Stream>(&self, id: &str, held: Held<S>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert((S::TYPE, id.to_owned()), Box::new(held));
    }
}
