//! An event as it is stored.

use uuid::Uuid;

use super::canonical::CanonicalJson;
use super::envelope::{
    Context, Envelope, Facts, Frame, NewEvent, StreamName, Text, write_canonical, write_metadata,
};
use crate::error::Damage;
use crate::ledger::Leaf;

/// A stored event, lent for the length of a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowRef<'a> {
    /// The place in the ledger, from 0.
    pub index: u64,
    /// The kind of stream.
    pub stream_type: &'a str,
    /// Which stream.
    pub stream_id: &'a str,
    /// The place in the stream, from 1.
    pub sequence: u64,
    /// The stored type.
    pub event_type: &'a str,
    /// The version of that type.
    pub event_version: &'a str,
    /// The payload's canonical text.
    pub payload: &'a str,
    /// The metadata's canonical text.
    pub metadata: &'a str,
    /// When the registry was told, UTC microseconds.
    pub recorded_us: i64,
    /// When it was stored; never goes backwards along the ledger.
    pub stored_us: i64,
    /// The leaf as stored.
    pub leaf: Leaf,
}

impl<'a> RowRef<'a> {
    /// Who recorded it, when and why.
    pub fn facts(&self) -> Result<Facts<'a>, Damage> {
        serde_json::from_str(self.metadata)
            .map_err(|error| self.damage(format!("the metadata cannot be read ({error})")))
    }

    /// The bytes that the leaf hashes, made again from the columns.
    pub fn canonical_bytes(&self) -> Result<Vec<u8>, Damage> {
        let facts = self.facts()?;
        let mut out = String::with_capacity(self.payload.len() + 384);
        write_canonical(&mut out, &self.frame(), &facts);
        Ok(out.into_bytes())
    }

    /// Whether the stored leaf is the leaf of what is stored. The metadata must also be the one
    /// text that its fields have, since the leaf covers fields and not spaces.
    pub fn check(&self) -> Result<(), Damage> {
        let facts = self.facts()?;
        let mut text = String::with_capacity(self.payload.len() + 384);
        write_metadata(&mut text, &facts);
        if text != self.metadata {
            return Err(self.damage("the metadata is not in canonical form"));
        }
        text.clear();
        write_canonical(&mut text, &self.frame(), &facts);
        if Leaf::of(text.as_bytes()) != self.leaf {
            return Err(self.damage("the leaf is not the hash of the event"));
        }
        Ok(())
    }

    /// The whole envelope.
    pub fn envelope(&self) -> Result<Envelope, Damage> {
        let facts = self.facts()?;
        let event_id = Uuid::parse_str(facts.event_id.as_str())
            .map_err(|_| self.damage("the event id is not a UUID"))?;
        let payload = serde_json::from_str(self.payload)
            .ok()
            .and_then(|value| CanonicalJson::from_value(&value).ok())
            .filter(|payload| payload.as_str() == self.payload)
            .ok_or_else(|| self.damage("the payload is not in canonical form"))?;
        let own = |text: Option<&Text<'_>>| text.map(|text| text.as_str().to_owned());
        Ok(Envelope {
            stream: StreamName::new(self.stream_type, self.stream_id),
            sequence: self.sequence,
            event: NewEvent {
                event_id,
                event_type: self.event_type.to_owned(),
                event_version: self.event_version.to_owned(),
                occurred: own(facts.occurred.as_ref()),
                payload,
            },
            context: Context {
                recorded_us: self.recorded_us,
                actor: facts.actor.as_str().to_owned(),
                role: facts.role.as_str().to_owned(),
                office: own(facts.office.as_ref()),
                purpose: own(facts.purpose.as_ref()),
                policy: own(facts.policy.as_ref()),
                correlation: own(facts.correlation.as_ref()),
                causation: own(facts.causation.as_ref()),
            },
        })
    }

    /// Damage at this place.
    pub fn damage(&self, what: impl Into<String>) -> Damage {
        Damage::new(what)
            .in_stream(self.stream_type, self.stream_id, self.sequence)
            .at(self.index)
    }

    /// The row for keeping.
    pub fn to_row(&self) -> EventRow {
        EventRow {
            index: self.index,
            stream: StreamName::new(self.stream_type, self.stream_id),
            sequence: self.sequence,
            event_type: self.event_type.to_owned(),
            event_version: self.event_version.to_owned(),
            payload: self.payload.to_owned(),
            metadata: self.metadata.to_owned(),
            recorded_us: self.recorded_us,
            stored_us: self.stored_us,
            leaf: self.leaf,
        }
    }

    fn frame(&self) -> Frame<'a> {
        Frame {
            stream_type: self.stream_type,
            stream_id: self.stream_id,
            sequence: self.sequence,
            event_type: self.event_type,
            event_version: self.event_version,
            recorded_us: self.recorded_us,
            payload: self.payload,
        }
    }
}

/// A stored event, kept. Its fields are those of [`RowRef`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "said once, in RowRef")]
pub struct EventRow {
    pub index: u64,
    pub stream: StreamName,
    pub sequence: u64,
    pub event_type: String,
    pub event_version: String,
    pub payload: String,
    pub metadata: String,
    pub recorded_us: i64,
    pub stored_us: i64,
    pub leaf: Leaf,
}

impl EventRow {
    /// The row, lent.
    pub fn as_ref(&self) -> RowRef<'_> {
        RowRef {
            index: self.index,
            stream_type: &self.stream.kind,
            stream_id: &self.stream.id,
            sequence: self.sequence,
            event_type: &self.event_type,
            event_version: &self.event_version,
            payload: &self.payload,
            metadata: &self.metadata,
            recorded_us: self.recorded_us,
            stored_us: self.stored_us,
            leaf: self.leaf,
        }
    }
}
