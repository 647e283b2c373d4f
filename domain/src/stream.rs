//! What every stream has in common: a name, events with names and versions, and the adapter to cqrs-es.

use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::act::{Facts, Finding, Reference};
use crate::values::Occurred;

/// The event of a stream: append-only, past tense, one per decision.
pub trait StreamEvent:
    Serialize
    + DeserializeOwned
    + JsonSchema
    + Clone
    + PartialEq
    + std::fmt::Debug
    + Send
    + Sync
    + 'static
{
    /// The stored type, for example `sentence.imposed`.
    fn name(&self) -> &'static str;
    /// The stored version of the type.
    fn version(&self) -> &'static str {
        Self::version_of(self.name())
    }
    /// The version under which a type is stored today; a stream names here the types that are past their first.
    fn version_of(_name: &str) -> &'static str {
        "1"
    }
    /// Every stored type of the stream.
    fn names() -> &'static [&'static str];
    /// When it was done, where that differs from when it was recorded.
    fn occurred(&self) -> Option<Occurred>;
    /// What the register noticed.
    fn findings(&self) -> &[Finding];
}

/// A stream: its state, what may be asked of it and what happened in it.
pub trait Stream: Default + Send + Sync + Clone + 'static {
    /// The stored type, for example `sentence`.
    const TYPE: &'static str;
    /// What may be asked.
    type Command: Send + Sync + 'static;
    /// What happened.
    type Event: StreamEvent;
    /// What may stand in the way.
    type Refusal: crate::act::Refusal + Send + Sync + 'static;

    /// What the command, asked of this state, refers to in other streams; whether it is in force there is a fact of
    /// the command.
    fn refers(&self, command: &Self::Command) -> Vec<Reference>;

    /// Whether it may be, and what then happens; pure.
    fn decide(
        &self,
        command: Self::Command,
        facts: &Facts,
    ) -> Result<Vec<Self::Event>, Self::Refusal>;

    /// What the event means for the state; total, never judges.
    #[must_use]
    fn evolve(self, event: &Self::Event) -> Self;
}

/// Implements the cqrs-es traits for a stream: `handle` loops over `decide` into the sink, `apply` is `evolve`.
#[macro_export]
macro_rules! adapt_to_cqrs_es {
    ($state:ty, $event:ty, $refusal:ty, $command:ty) => {
        impl cqrs_es::DomainEvent for $event {
            fn event_type(&self) -> String {
                $crate::stream::StreamEvent::name(self).to_owned()
            }

            fn event_version(&self) -> String {
                $crate::stream::StreamEvent::version(self).to_owned()
            }
        }

        impl cqrs_es::Aggregate for $state {
            const TYPE: &'static str = <$state as $crate::stream::Stream>::TYPE;
            type Command = $crate::act::Submitted<$command>;
            type Event = $event;
            type Error = $refusal;
            type Services = ();

            async fn handle(
                &mut self,
                submitted: Self::Command,
                _services: &Self::Services,
                sink: &cqrs_es::event_sink::EventSink<Self>,
            ) -> Result<(), Self::Error> {
                let $crate::act::Submitted { command, facts } = submitted;
                for event in $crate::stream::Stream::decide(self, command, &facts)? {
                    sink.write(event, self).await;
                }
                Ok(())
            }

            fn apply(&mut self, event: Self::Event) {
                let state = std::mem::take(self);
                *self = $crate::stream::Stream::evolve(state, &event);
            }
        }
    };
}
