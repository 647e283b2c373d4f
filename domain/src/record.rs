//! An event as recorded, whatever its stream.

use std::collections::BTreeSet;

use crate::act::Finding;
use crate::for_every_stream;
use crate::restorative::RestorativeEvent;
use crate::stream::{FromJson, Stream, StreamEvent};
use crate::values::{Occurred, PersonId};

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

macro_rules! any_event {
    ($($stream:ident $module:ident $event:ident,)*) => {
        /// An event of any stream; a stream that is added breaks every match that has to consider it.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum AnyEvent {
            $(
                #[doc = concat!("Of the stream `", stringify!($module), "`.")]
                $stream(crate::$module::$event),
            )*
        }

        $(
            impl From<crate::$module::$event> for AnyEvent {
                fn from(event: crate::$module::$event) -> Self {
                    Self::$stream(event)
                }
            }
        )*

        impl AnyEvent {
            /// Reads a stored payload.
            pub fn parse(stream: &str, payload: &str) -> Result<Self, Unreadable> {
                let read = |source| Unreadable::Payload {
                    stream: stream.to_owned(),
                    source,
                };
                match stream {
                    $(crate::$module::$stream::TYPE => {
                        crate::$module::$event::from_json(payload).map(Self::$stream).map_err(read)
                    })*
                    other => Err(Unreadable::UnknownStream(other.to_owned())),
                }
            }

            /// The event as JSON, as it is stored.
            pub fn to_value(&self) -> serde_json::Value {
                let value = match self {
                    $(Self::$stream(event) => serde_json::to_value(event),)*
                };
                value.unwrap_or_default()
            }

            /// The stored type.
            pub fn name(&self) -> &'static str {
                match self {
                    $(Self::$stream(event) => event.name(),)*
                }
            }

            /// When it was done, where that differs from when it was recorded.
            pub fn occurred(&self) -> Option<Occurred> {
                match self {
                    $(Self::$stream(event) => event.occurred(),)*
                }
            }

            /// What the register noticed.
            pub fn findings(&self) -> &[Finding] {
                match self {
                    $(Self::$stream(event) => event.findings(),)*
                }
            }
        }
    };
}

for_every_stream!(any_event);

impl AnyEvent {
    /// Whom the event names besides the person its stream is about: whoever suffered the harm, everybody in an emergency.
    pub fn people_named(&self) -> BTreeSet<PersonId> {
        match self {
            Self::Emergency(event) => event.people(),
            Self::Restorative(RestorativeEvent::Referred(entered)) => {
                entered.told.victim.into_iter().collect()
            }
            Self::Restorative(_)
            | Self::Person(_)
            | Self::Sentence(_)
            | Self::Order(_)
            | Self::Supervision(_)
            | Self::Policy(_)
            | Self::Pretrial(_)
            | Self::Diversion(_)
            | Self::Report(_)
            | Self::Custody(_)
            | Self::Release(_)
            | Self::Facility(_)
            | Self::Complaint(_)
            | Self::Cooperation(_)
            | Self::Finding(_)
            | Self::Register(_) => BTreeSet::new(),
        }
    }

    /// The event as far as it is about somebody; only what lists many people tells less than it holds.
    #[must_use]
    pub fn about(self, person: PersonId) -> Option<Self> {
        if let Self::Emergency(event) = &self {
            return event.about(person).map(Self::Emergency);
        }
        Some(self)
    }
}
