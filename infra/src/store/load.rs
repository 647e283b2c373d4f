//! What reading one stream gives.

use cqrs_es::persist::SerializedEvent;

use super::append::Stored;
use super::envelope::StreamName;
use crate::error::{Damage, StoreError};

/// An event of a stream, its JSON as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StreamEvent {
    /// The place in the stream, from 1.
    pub sequence: u64,
    /// The stored type.
    pub event_type: String,
    /// The version of that type.
    pub event_version: String,
    /// The payload's canonical text.
    pub payload: String,
    /// The metadata's canonical text.
    pub metadata: String,
}

/// What a stream holds, and whether a request was answered before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// The stream's events from the first to the last.
    pub events: Vec<StreamEvent>,
    /// What is known of the idempotency key that was asked about.
    pub known: Option<KnownKey>,
}

/// An idempotency key that was used before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KnownKey {
    /// For the same request, which stored these events.
    Repeated(Stored),
    /// For another request.
    Reused,
}

impl Loaded {
    /// The version the stream is at; 0 when it does not exist.
    pub fn version(&self) -> u64 {
        self.events.last().map_or(0, |event| event.sequence)
    }

    /// The events as cqrs-es and its upcasters take them.
    pub fn serialized(&self, stream: &StreamName) -> Result<Vec<SerializedEvent>, StoreError> {
        self.events
            .iter()
            .map(|event| serialized(stream, event))
            .collect()
    }

    /// A stream begins at 1 and has no holes; anything else is damage, never a shorter stream.
    pub(super) fn checked(mut self, stream: &StreamName) -> Result<Self, StoreError> {
        if !self.events.is_sorted_by_key(|event| event.sequence) {
            self.events.sort_by_key(|event| event.sequence);
        }
        let sequences = self.events.iter().map(|event| event.sequence);
        in_order(&stream.kind, &stream.id, sequences)?;
        Ok(self)
    }
}

/// Asserts that versions run from 1 without a hole.
pub(super) fn in_order<T: TryInto<u64>>(
    kind: &str,
    id: &str,
    sequences: impl Iterator<Item = T>,
) -> Result<(), StoreError> {
    for (expected, sequence) in (1..).zip(sequences) {
        if !sequence
            .try_into()
            .is_ok_and(|found: u64| found == expected)
        {
            let damage = Damage::new("an event of the stream is missing");
            return Err(damage.in_stream(kind, id, expected).into());
        }
    }
    Ok(())
}

fn serialized(stream: &StreamName, event: &StreamEvent) -> Result<SerializedEvent, StoreError> {
    let parse = |text: &str, what: &str| {
        serde_json::from_str(text).map_err(|error| {
            Damage::new(format!("the {what} cannot be read ({error})")).in_stream(
                &stream.kind,
                &stream.id,
                event.sequence,
            )
        })
    };
    Ok(SerializedEvent {
        aggregate_id: stream.id.clone(),
        sequence: usize::try_from(event.sequence).unwrap_or(usize::MAX),
        aggregate_type: stream.kind.clone(),
        event_type: event.event_type.clone(),
        event_version: event.event_version.clone(),
        payload: parse(&event.payload, "payload")?,
        metadata: parse(&event.metadata, "metadata")?,
    })
}
