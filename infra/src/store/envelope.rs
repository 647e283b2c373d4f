//! What is known about an event beside its payload, and the bytes that are hashed.
//!
//! The columns hold the envelope exactly, so its canonical bytes can be made again from a row:
//! stream, version, type, payload and `recorded_us` have columns of their own, the rest are the
//! keys of the flat metadata object. An absent field is left out of both. The ledger index and the
//! instant of storing are not part of the envelope; the tree and the order say them.

use std::borrow::Cow;
use std::fmt::Write;

use serde::Deserialize;
use uuid::Uuid;

use super::RowRef;
use super::canonical::{CanonicalJson, write_string};
use crate::error::Unacceptable;
use crate::ledger::Leaf;

/// The name of a stream: what kind of thing it is about, and which one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StreamName {
    /// The aggregate's type, such as `sentence`.
    pub kind: String,
    /// The aggregate's id.
    pub id: String,
}

impl StreamName {
    /// Names a stream.
    pub fn new(kind: impl Into<String>, id: impl Into<String>) -> Self {
        Self {
            kind: kind.into(),
            id: id.into(),
        }
    }
}

/// Who recorded something, when, in what capacity and why. One for all events of a command.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// The instant the registry was told, UTC microseconds since 1970.
    pub recorded_us: i64,
    /// The subject who acted.
    pub actor: String,
    /// The capacity in which they acted.
    pub role: String,
    /// The court or authority they acted for.
    pub office: Option<String>,
    /// Why they used the registry.
    pub purpose: Option<String>,
    /// The policy version that was in force.
    pub policy: Option<String>,
    /// What ties the commands of one undertaking together.
    pub correlation: Option<String>,
    /// The event that this follows from.
    pub causation: Option<String>,
}

/// An event that is not stored yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEvent {
    /// Its id, from the id source: public leaf hashes must not be guessable.
    pub event_id: Uuid,
    /// Its stored type, such as `sentence.imposed`.
    pub event_type: String,
    /// The version of that type.
    pub event_version: String,
    /// When it happened outside the registry: a civil date in its precision, or an instant.
    pub occurred: Option<String>,
    /// What happened.
    pub payload: CanonicalJson,
}

/// One event with all that is hashed of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// The stream.
    pub stream: StreamName,
    /// The place in the stream, from 1.
    pub sequence: u64,
    /// The event.
    pub event: NewEvent,
    /// The circumstances of its recording.
    pub context: Context,
}

impl Envelope {
    /// The bytes that the leaf hashes: RFC 8785 over the envelope.
    pub fn canonical_bytes(&self) -> Vec<u8> {
        let id = self.event.event_id.to_string();
        let facts = Facts::of(&id, &self.event, &self.context);
        let mut out = String::new();
        write_canonical(&mut out, &self.frame(), &facts);
        out.into_bytes()
    }

    fn frame(&self) -> Frame<'_> {
        Frame::of(&self.stream, self.sequence, &self.event, &self.context)
    }
}

/// An event ready to be stored: checked, put in canonical form and hashed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedEvent {
    pub(crate) stream: StreamName,
    pub(crate) sequence: i64,
    pub(crate) event_type: String,
    pub(crate) event_version: String,
    pub(crate) payload: String,
    pub(crate) metadata: String,
    pub(crate) recorded_us: i64,
    pub(crate) leaf: Leaf,
}

impl SealedEvent {
    /// The event as the ledger holds it at its place.
    pub(crate) fn row(&self, index: u64, stored_us: i64) -> RowRef<'_> {
        RowRef {
            index,
            stream_type: &self.stream.kind,
            stream_id: &self.stream.id,
            sequence: u64::try_from(self.sequence).unwrap_or_default(),
            event_type: &self.event_type,
            event_version: &self.event_version,
            payload: &self.payload,
            metadata: &self.metadata,
            recorded_us: self.recorded_us,
            stored_us,
            leaf: self.leaf,
        }
    }

    /// Checks and hashes an event. Done before any lock is taken.
    pub fn seal(
        stream: &StreamName,
        sequence: u64,
        event: NewEvent,
        context: &Context,
    ) -> Result<Self, Unacceptable> {
        check(stream, &event, context)?;
        let id = event.event_id.to_string();
        let facts = Facts::of(&id, &event, context);
        let mut metadata = String::with_capacity(320);
        write_metadata(&mut metadata, &facts);
        let mut canonical = String::with_capacity(event.payload.as_str().len() + 384);
        write_canonical(
            &mut canonical,
            &Frame::of(stream, sequence, &event, context),
            &facts,
        );
        let too_far = |_| Unacceptable::LargeInteger {
            path: "/sequence".to_owned(),
        };
        Ok(Self {
            leaf: Leaf::of(canonical.as_bytes()),
            stream: stream.clone(),
            sequence: i64::try_from(sequence).map_err(too_far)?,
            event_type: event.event_type,
            event_version: event.event_version,
            payload: event.payload.into_string(),
            metadata,
            recorded_us: context.recorded_us,
        })
    }

    /// The stream the event belongs to.
    pub fn stream(&self) -> &StreamName {
        &self.stream
    }

    /// Its leaf.
    pub fn leaf(&self) -> Leaf {
        self.leaf
    }
}

fn check(stream: &StreamName, event: &NewEvent, context: &Context) -> Result<(), Unacceptable> {
    let said = [
        ("stream type", &stream.kind),
        ("stream id", &stream.id),
        ("event type", &event.event_type),
        ("event version", &event.event_version),
        ("actor", &context.actor),
        ("role", &context.role),
    ];
    if let Some((field, _)) = said.iter().find(|(_, text)| text.is_empty()) {
        return Err(Unacceptable::Empty { field });
    }
    let perhaps = [
        ("occurred", &event.occurred),
        ("office", &context.office),
        ("purpose", &context.purpose),
        ("policy", &context.policy),
        ("correlation", &context.correlation),
        ("causation", &context.causation),
    ];
    let given = perhaps
        .into_iter()
        .filter_map(|(field, text)| text.as_ref().map(|text| (field, text)));
    if let Some((field, _)) = said
        .into_iter()
        .chain(given)
        .find(|(_, text)| text.contains('\0'))
    {
        return Err(Unacceptable::Nul { field });
    }
    if context.recorded_us.unsigned_abs() >= 1 << 53 {
        return Err(Unacceptable::LargeInteger {
            path: "/recorded_us".to_owned(),
        });
    }
    Ok(())
}

/// The fields that have columns of their own.
pub(super) struct Frame<'a> {
    pub(super) stream_type: &'a str,
    pub(super) stream_id: &'a str,
    pub(super) sequence: u64,
    pub(super) event_type: &'a str,
    pub(super) event_version: &'a str,
    pub(super) recorded_us: i64,
    pub(super) payload: &'a str,
}

impl<'a> Frame<'a> {
    fn of(stream: &'a StreamName, sequence: u64, event: &'a NewEvent, context: &Context) -> Self {
        Self {
            stream_type: &stream.kind,
            stream_id: &stream.id,
            sequence,
            event_type: &event.event_type,
            event_version: &event.event_version,
            recorded_us: context.recorded_us,
            payload: event.payload.as_str(),
        }
    }
}

/// A text that stays where it was read from unless an escape had to be undone.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

impl Text<'_> {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The fields that stand in the metadata column.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts<'a> {
    /// The subject who acted.
    #[serde(borrow)]
    pub actor: Text<'a>,
    /// The event that this follows from.
    #[serde(borrow)]
    pub causation: Option<Text<'a>>,
    /// What ties the commands of one undertaking together.
    #[serde(borrow)]
    pub correlation: Option<Text<'a>>,
    /// The event's id.
    #[serde(borrow)]
    pub event_id: Text<'a>,
    /// When it happened outside the registry.
    #[serde(borrow)]
    pub occurred: Option<Text<'a>>,
    /// The court or authority acted for.
    #[serde(borrow)]
    pub office: Option<Text<'a>>,
    /// The policy version that was in force.
    #[serde(borrow)]
    pub policy: Option<Text<'a>>,
    /// Why the registry was used.
    #[serde(borrow)]
    pub purpose: Option<Text<'a>>,
    /// The capacity acted in.
    #[serde(borrow)]
    pub role: Text<'a>,
}

impl<'a> Facts<'a> {
    fn of(event_id: &'a str, event: &'a NewEvent, context: &'a Context) -> Self {
        let text = |text: &'a str| Text(Cow::Borrowed(text));
        let perhaps = |given: &'a Option<String>| given.as_deref().map(text);
        Self {
            actor: text(&context.actor),
            causation: perhaps(&context.causation),
            correlation: perhaps(&context.correlation),
            event_id: text(event_id),
            occurred: perhaps(&event.occurred),
            office: perhaps(&context.office),
            policy: perhaps(&context.policy),
            purpose: perhaps(&context.purpose),
            role: text(&context.role),
        }
    }
}

/// Writes `,"name":` or, first, `"name":`, and then the value.
struct Fields<'o> {
    out: &'o mut String,
    first: bool,
}

impl<'o> Fields<'o> {
    fn open(out: &'o mut String) -> Self {
        out.push('{');
        Self { out, first: true }
    }

    fn name(&mut self, name: &str) -> &mut String {
        if !self.first {
            self.out.push(',');
        }
        self.first = false;
        self.out.push('"');
        self.out.push_str(name);
        self.out.push_str("\":");
        self.out
    }

    fn text(&mut self, name: &str, text: &str) {
        write_string(self.name(name), text);
    }

    fn perhaps(&mut self, name: &str, text: Option<&Text<'_>>) {
        if let Some(text) = text {
            self.text(name, text.as_str());
        }
    }

    fn integer(&mut self, name: &str, value: i128) {
        // Writing to a String does not fail.
        write!(self.name(name), "{value}").unwrap_or_default();
    }

    fn close(self) {
        self.out.push('}');
    }
}

/// The canonical envelope. The order of these lines is the order of the bytes that are hashed.
pub(super) fn write_canonical(out: &mut String, frame: &Frame<'_>, facts: &Facts<'_>) {
    let mut fields = Fields::open(out);
    fields.text("actor", facts.actor.as_str());
    fields.perhaps("causation", facts.causation.as_ref());
    fields.perhaps("correlation", facts.correlation.as_ref());
    fields.text("event_id", facts.event_id.as_str());
    fields.text("event_type", frame.event_type);
    fields.text("event_version", frame.event_version);
    fields.perhaps("occurred", facts.occurred.as_ref());
    fields.perhaps("office", facts.office.as_ref());
    fields.name("payload").push_str(frame.payload);
    fields.perhaps("policy", facts.policy.as_ref());
    fields.perhaps("purpose", facts.purpose.as_ref());
    fields.integer("recorded_us", frame.recorded_us.into());
    fields.text("role", facts.role.as_str());
    fields.integer("sequence", frame.sequence.into());
    fields.text("stream_id", frame.stream_id);
    fields.text("stream_type", frame.stream_type);
    fields.close();
}

/// The metadata column: canonical too, so that one row has one text.
pub(super) fn write_metadata(out: &mut String, facts: &Facts<'_>) {
    let mut fields = Fields::open(out);
    fields.text("actor", facts.actor.as_str());
    fields.perhaps("causation", facts.causation.as_ref());
    fields.perhaps("correlation", facts.correlation.as_ref());
    fields.text("event_id", facts.event_id.as_str());
    fields.perhaps("occurred", facts.occurred.as_ref());
    fields.perhaps("office", facts.office.as_ref());
    fields.perhaps("policy", facts.policy.as_ref());
    fields.perhaps("purpose", facts.purpose.as_ref());
    fields.text("role", facts.role.as_str());
    fields.close();
}
