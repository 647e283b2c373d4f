//! An event as recorded, whatever its stream.

use crate::act::Finding;
use crate::order::OrderEvent;
use crate::person::PersonEvent;
use crate::policy::PolicyEvent;
use crate::sentence::SentenceEvent;
use crate::stream::{Stream, StreamEvent};
use crate::supervision::SupervisionEvent;
use crate::values::Occurred;

/// An event of any stream; a stream that is added here breaks every match that has to consider it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnyEvent {
    /// Of a person.
    Person(PersonEvent),
    /// Of a sentence.
    Sentence(SentenceEvent),
    /// Of an order.
    Order(OrderEvent),
    /// Of a supervision.
    Supervision(SupervisionEvent),
    /// Of a jurisdiction's rules.
    Policy(PolicyEvent),
}

/// Why a stored event cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// No such stream.
    #[error("{0:?} is not a stream of this register")]
    UnknownStream(String),
    /// The payload does not fit the stream's events.
    #[error("the payload is not an event of {stream}: {source}")]
    Payload {
        /// The stream.
        stream: String,
        /// Where it differs.
        source: serde_json::Error,
    },
}

impl AnyEvent {
    /// Reads a stored payload.
    pub fn parse(stream: &str, payload: &str) -> Result<Self, Unreadable> {
        let read = |source| Unreadable::Payload {
            stream: stream.to_owned(),
            source,
        };
        match stream {
            crate::person::Person::TYPE => serde_json::from_str(payload)
                .map(Self::Person)
                .map_err(read),
            crate::sentence::Sentence::TYPE => serde_json::from_str(payload)
                .map(Self::Sentence)
                .map_err(read),
            crate::order::Order::TYPE => {
                serde_json::from_str(payload).map(Self::Order).map_err(read)
            }
            crate::supervision::Supervision::TYPE => serde_json::from_str(payload)
                .map(Self::Supervision)
                .map_err(read),
            crate::policy::Policy::TYPE => serde_json::from_str(payload)
                .map(Self::Policy)
                .map_err(read),
            other => Err(Unreadable::UnknownStream(other.to_owned())),
        }
    }

    /// The event as JSON, as it is stored.
    pub fn to_value(&self) -> serde_json::Value {
        let value = match self {
            Self::Person(event) => serde_json::to_value(event),
            Self::Sentence(event) => serde_json::to_value(event),
            Self::Order(event) => serde_json::to_value(event),
            Self::Supervision(event) => serde_json::to_value(event),
            Self::Policy(event) => serde_json::to_value(event),
        };
        value.unwrap_or_default()
    }

    /// The stored type.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Person(event) => event.name(),
            Self::Sentence(event) => event.name(),
            Self::Order(event) => event.name(),
            Self::Supervision(event) => event.name(),
            Self::Policy(event) => event.name(),
        }
    }

    /// When it was done, where that differs from when it was recorded.
    pub fn occurred(&self) -> Option<Occurred> {
        match self {
            Self::Person(event) => event.occurred(),
            Self::Sentence(event) => event.occurred(),
            Self::Order(event) => event.occurred(),
            Self::Supervision(event) => event.occurred(),
            Self::Policy(event) => event.occurred(),
        }
    }

    /// What the register noticed.
    pub fn findings(&self) -> &[Finding] {
        match self {
            Self::Person(event) => event.findings(),
            Self::Sentence(event) => event.findings(),
            Self::Order(event) => event.findings(),
            Self::Supervision(event) => event.findings(),
            Self::Policy(event) => event.findings(),
        }
    }
}
