//! What is asked of the store, and what it answers.

use std::ops::Range;

use super::envelope::{Context, NewEvent, SealedEvent, StreamName};
use crate::error::Unacceptable;

/// By what a repeated request is recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// Whose key it is.
    pub subject: String,
    /// The key as they gave it.
    pub key: String,
    /// A keyed hash of the request: the same key with another request is refused.
    pub request_hash: [u8; 32],
}

/// The events of one command on one stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Append {
    /// The stream.
    pub stream: StreamName,
    /// The version the command was decided on; 0 for a stream that does not exist.
    pub expected: u64,
    /// What it decided, in order; never empty.
    pub events: Vec<NewEvent>,
    /// Who, when and why.
    pub context: Context,
    /// How to recognise the request if it comes again.
    pub key: Option<IdempotencyKey>,
    /// Other streams that the decision relied on, each at the version it was found at.
    pub relied: Vec<(StreamName, u64)>,
}

/// An append whose events are checked and hashed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedAppend {
    pub(super) stream: StreamName,
    pub(super) expected: i64,
    pub(super) events: Vec<SealedEvent>,
    pub(super) key: Option<IdempotencyKey>,
    pub(super) relied: Vec<(StreamName, i64)>,
}

impl Append {
    /// Checks and hashes the events.
    pub fn seal(self) -> Result<SealedAppend, Unacceptable> {
        if self.events.is_empty() {
            return Err(Unacceptable::NoEvents);
        }
        if let Some(key) = &self.key {
            check_key(key)?;
        }
        let (stream, context) = (self.stream, self.context);
        let events = (self.expected + 1..)
            .zip(self.events)
            .map(|(sequence, event)| SealedEvent::seal(&stream, sequence, event, &context))
            .collect::<Result<Vec<_>, _>>()?;
        let version = |version: u64| {
            i64::try_from(version).map_err(|_| Unacceptable::LargeInteger {
                path: "/sequence".to_owned(),
            })
        };
        // The stream itself is expected at its version anyway.
        let relied = self
            .relied
            .into_iter()
            .filter(|(other, _)| *other != stream);
        let relied = relied.map(|(other, found)| Ok((other, version(found)?)));
        Ok(SealedAppend {
            expected: version(self.expected)?,
            relied: relied.collect::<Result<_, Unacceptable>>()?,
            stream,
            events,
            key: self.key,
        })
    }
}

fn check_key(key: &IdempotencyKey) -> Result<(), Unacceptable> {
    for (field, text) in [("key subject", &key.subject), ("idempotency key", &key.key)] {
        if text.is_empty() {
            return Err(Unacceptable::Empty { field });
        }
        if text.contains('\0') {
            return Err(Unacceptable::Nul { field });
        }
    }
    Ok(())
}

/// Where events stand in the ledger, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The ledger index of the first.
    pub first_index: u64,
    /// How many they are; their indexes follow one another.
    pub count: u64,
    /// When they were stored, UTC microseconds.
    pub stored_us: i64,
}

impl Stored {
    /// Their ledger indexes.
    pub fn indexes(&self) -> Range<u64> {
        self.first_index..self.first_index + self.count
    }

    /// The ledger index of the last.
    pub fn last_index(&self) -> u64 {
        self.first_index + self.count.saturating_sub(1)
    }
}

/// How an append ended. Durable when told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The events are in the ledger.
    Stored(Stored),
    /// The stream is not at the version expected; nothing was stored.
    Conflict {
        /// The version it is at.
        actual: u64,
    },
    /// A stream that the decision relied on has moved; nothing was stored.
    Overtaken,
    /// The same request was stored before; these are its events.
    Repeated(Stored),
    /// The key was used for another request; nothing was stored.
    KeyReused,
}
