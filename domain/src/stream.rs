//! What every stream has in common: a name, events with names and versions, and the adapter to cqrs-es.

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::act::{
    Door, Facts, Finding, Objection, PersonAsked, PlaceAsked, Reference, Refusal, Weight, through,
};
use crate::actor::Role;
use crate::childhood::{Childhood, Hand};
use crate::jurisdiction::Pack;
use crate::record::AnyEvent;
use crate::values::{
    Code, Day, Known, Occurred, OfficeCode, PersonId, PretrialId, SentenceId, SubjectId,
};

/// What is read from JSON: an event from the ledger, a command from a request. A type reads itself in the crate that
/// defines it; made anew in every crate that reads it, the reading of all streams would be a third of the program.
pub trait FromJson: Sized {
    /// Reads what is stored or was sent.
    fn from_json(text: &str) -> serde_json::Result<Self>;
}

/// Lets types read themselves from JSON.
#[macro_export]
macro_rules! read_from_json {
    ($($told:ty),+) => {$(
        impl $crate::stream::FromJson for $told {
            #[inline(never)]
            fn from_json(text: &str) -> serde_json::Result<Self> {
                serde_json::from_str(text)
            }
        }
    )+};
}

/// The event of a stream: append-only, past tense, one per decision.
pub trait StreamEvent:
    FromJson
    + Serialize
    + DeserializeOwned
    + JsonSchema
    + Clone
    + PartialEq
    + std::fmt::Debug
    + Into<AnyEvent>
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
    /// Where it keeps what the register notices, if it does.
    fn findings_kept(&mut self) -> Option<&mut Vec<Finding>> {
        None
    }
}

/// Where the events of a stream keep what the register notices, and which of them keep nothing; said once, it is read and
/// written alike: `Self::Made { findings, .. } => findings, Self::Ended(_) => none`.
#[macro_export]
macro_rules! keeps_findings {
    ($kept:pat => $findings:ident $(, $none:pat => none)? $(,)?) => {
        fn findings(&self) -> &[$crate::act::Finding] {
            match self {
                $kept => $findings,
                $($none => &[],)?
            }
        }

        fn findings_kept(&mut self) -> Option<&mut Vec<$crate::act::Finding>> {
            match self {
                $kept => Some($findings),
                $($none => None,)?
            }
        }
    };
}

/// A stream: its state, what may be asked of it and what happened in it.
pub trait Stream: Default + Send + Sync + Clone + 'static {
    /// The stored type, for example `sentence`.
    const TYPE: &'static str;
    /// What may be asked.
    type Command: FromJson + JsonSchema + Send + Sync + 'static;
    /// What happened.
    type Event: StreamEvent;
    /// What may stand in the way.
    type Refusal: Refusal + Send + Sync + 'static;
    /// Whether what happens in it happens within somebody's life.
    const OF_PEOPLE: bool = true;

    /// What the command, asked of this state, refers to in other streams; whether it is in force there is a fact of
    /// the command.
    fn refers(&self, command: &Self::Command) -> Vec<Reference>;

    /// The finding that the command is about, by its entry in the ledger and its place there from 0; what the register
    /// holds of the entry is a fact of the command.
    fn asks_of_entry(&self, _command: &Self::Command) -> Option<(u64, u16)> {
        None
    }

    /// The officer to whose cases the command adds; how many there are already is a fact of the command.
    fn asks_of_cases<'a>(&self, _command: &'a Self::Command) -> Option<&'a SubjectId> {
        None
    }

    /// The programme that the command starts, and the office whose it is; how many take part in it there already is a
    /// fact of the command.
    fn asks_of_programme<'a>(
        &'a self,
        _command: &Self::Command,
    ) -> Option<(&'a Code, &'a OfficeCode)> {
        None
    }

    /// The place of detention in which the command lets somebody be; whom it is meant for is a fact of the command.
    fn asks_of_place(&self, _command: &Self::Command) -> Option<PlaceAsked> {
        None
    }

    /// The sentence and the kind of release from it of which the command records the first day; the day that the register
    /// works out is a fact of the command.
    fn asks_of_release(&self, _command: &Self::Command) -> Option<(SentenceId, Code)> {
        None
    }

    /// The case before judgment on which it rests; what was coded of the person there is a fact of every command.
    fn rests_on_case(&self) -> Option<PretrialId> {
        None
    }

    /// As of when the command asks what is coded of the person whom it concerns; it is a fact of the command.
    fn asks_of_person(&self, _command: &Self::Command) -> Option<PersonAsked> {
        None
    }

    /// Whether the command asks when the person whom it concerns was born; the date, where the register keeps it, is a fact
    /// of the command.
    fn asks_of_birth(&self, _command: &Self::Command) -> bool {
        false
    }

    /// Whether it may be, and what then happens; pure.
    fn decide(
        &self,
        command: Self::Command,
        facts: &Facts,
    ) -> Result<Vec<Self::Event>, Self::Refusal>;

    /// What the event means for the state; total, never judges.
    #[must_use]
    fn evolve(self, event: &Self::Event) -> Self;

    /// How it reads in the list of its kind; streams with a list of their own say nothing here.
    fn listed(&self) -> Option<Listed> {
        None
    }

    /// What has to happen by a day. A clock that has run out is a finding and a task; it never decides.
    fn clocks(&self, _law: &Pack) -> Vec<Clock> {
        Vec::new()
    }

    /// Whether it is a case of a child.
    fn childhood(&self, _law: &Pack) -> Childhood {
        Childhood::Untold
    }

    /// The official whom it is about and from whom it is kept.
    fn kept_from(&self, _law: &Pack) -> Option<&SubjectId> {
        None
    }

    /// The offices whose act the command is, the one that has the case in hand first; everybody's where there is none.
    fn offices<'a>(&'a self, _command: &'a Self::Command, _facts: &Facts) -> Vec<&'a str> {
        Vec::new()
    }

    /// The ages that the command tells, in completed years.
    fn ages(&self, _command: &Self::Command) -> Vec<Known<u16>> {
        Vec::new()
    }

    /// Who works on it.
    fn in_hand(&self) -> Hand {
        Hand::of(self.listed())
    }
}

/// Keeps findings with the first of some events that keeps any.
pub fn notice<E: StreamEvent>(found: impl Iterator<Item = Finding>, events: &mut [E]) {
    if let Some(findings) = events.iter_mut().find_map(StreamEvent::findings_kept) {
        findings.extend(found);
    }
}

/// How a stream reads in the list of its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Whom it concerns.
    pub person: Option<PersonId>,
    /// Which kind of its like it is, by the code of the pack, where there are several.
    pub kind: Option<Code>,
    /// The court, office or facility that has it.
    pub place: Option<String>,
    /// The words for its state, whatever the day.
    pub state: &'static str,
    /// Whether anything is still to come in it.
    pub goes: Goes,
    /// When it began.
    pub since: Occurred,
    /// How many findings it has.
    pub findings: usize,
}

/// Whether anything is still to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goes {
    /// It goes on.
    On,
    /// It is over.
    Over,
}

impl Goes {
    /// It is over once something is so.
    pub fn until(over: bool) -> Self {
        if over { Self::Over } else { Self::On }
    }
}

/// Something that has to happen by a day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clock {
    /// The safeguard behind it.
    pub safeguard: &'static str,
    /// What it waits for, by a stable word: `pretrial.review`.
    pub code: &'static str,
    /// Which of several it is, where a stream has more than one of a kind.
    pub nth: u16,
    /// The last day on which it can happen in time.
    pub due: Day,
    /// How much it weighs once the day has passed.
    pub weight: Weight,
    /// Whose worklist it stands in.
    pub role: Role,
}

/// Implements the cqrs-es traits for a stream: `handle` loops over `decide` into the sink, `apply` is `evolve`. What is
/// noticed of who acted, and of what is hardly possible, is kept with the first event. Events and commands read themselves from JSON.
#[macro_export]
macro_rules! adapt_to_cqrs_es {
    ($state:ty, $event:ty, $refusal:ty, $command:ty) => {
        $crate::read_from_json!($event, $command);

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
                let outside = $crate::office::outside(self, &command, &facts);
                let ages = $crate::stream::Stream::ages(self, &command);
                let mut events = $crate::stream::Stream::decide(self, command, &facts)?;
                let hardly = $crate::plausible::look::<Self>(&ages, &events, &facts);
                $crate::stream::notice(outside.into_iter().chain(hardly), &mut events);
                for event in events {
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

/// When something was done: what an event tells of it first.
pub trait Dated {
    /// When it was done.
    fn done(&self) -> Occurred;
}

/// What was told, through which door, and what the register noticed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Entered{T}")]
pub struct Entered<T> {
    /// What happened.
    pub told: T,
    /// Through which door it entered.
    pub door: Door,
    /// What the register noticed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
}

/// Lets what was told through a door: refused, or entered with what the register noticed.
pub(crate) fn entered<T, R: Refusal>(
    told: T,
    door: Door,
    found: Vec<Objection<R>>,
) -> Result<Entered<T>, R> {
    Ok(Entered {
        told,
        door,
        findings: through(door, found)?,
    })
}

/// The events of a stream whose every event is what was told, entered: `Opened(OpenCase) = "opened"`.
#[macro_export]
macro_rules! events {
    (
        $(#[$doc:meta])*
        $name:ident of $stream:literal {
            $($(#[$event_doc:meta])* $event:ident($told:ty) = $word:literal,)*
        }
    ) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
        )]
        #[serde(rename_all = "snake_case", deny_unknown_fields)]
        pub enum $name {
            $($(#[$event_doc])* #[serde(rename = $word)] $event($crate::stream::Entered<$told>),)*
        }

        impl $crate::stream::StreamEvent for $name {
            fn name(&self) -> &'static str {
                match self {
                    $(Self::$event(_) => concat!($stream, ".", $word),)*
                }
            }

            fn names() -> &'static [&'static str] {
                &[$(concat!($stream, ".", $word)),*]
            }

            fn occurred(&self) -> Option<$crate::values::Occurred> {
                Some(match self {
                    $(Self::$event(entered) => $crate::stream::Dated::done(&entered.told),)*
                })
            }

            fn findings(&self) -> &[$crate::act::Finding] {
                match self {
                    $(Self::$event(entered) => &entered.findings,)*
                }
            }

            fn findings_kept(&mut self) -> Option<&mut Vec<$crate::act::Finding>> {
                Some(match self {
                    $(Self::$event(entered) => &mut entered.findings,)*
                })
            }
        }
    };
}

/// Says of each command which field tells when it was done.
#[macro_export]
macro_rules! dated {
    ($($told:ty: $field:ident,)*) => {$(
        impl $crate::stream::Dated for $told {
            fn done(&self) -> $crate::values::Occurred {
                self.$field
            }
        }
    )*};
}
