//! The two doors: an act taken through the register can be refused; a fact that already happened is recorded,
//! and what would have been a refusal of substance becomes a finding that someone must look at.
//!
//! Nobody picks a door. The time and manner of the act choose it: [`Facts::door`].

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::actor::Actor;
use crate::childhood::{Born, Minor};
use crate::jurisdiction::{Meaning, Pack};
pub use crate::person::Sex;
use crate::values::{
    CivilDate, Code, Day, EventId, FacilityCode, Instant, Known, Occurred, OrderId, PersonId,
    PretrialId, SentenceId, SubjectId,
};

/// Through which door a decision entered the register.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Door {
    /// Taken through the register: proposed before it was pronounced, or entered within minutes of it.
    Live,
    /// It had already happened.
    Existing,
    /// Live, and only held against the rules: nothing of substance refuses it, so that all that stands against it is told
    /// at once. No event holds it.
    #[serde(skip)]
    Looked,
}

impl Door {
    /// Whether it is an act taken through the register.
    pub fn is_live(self) -> bool {
        match self {
            Self::Live | Self::Looked => true,
            Self::Existing => false,
        }
    }
}

/// How much a finding weighs.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// Somebody should look at it.
    Notice,
    /// An act through the register would have been refused.
    Critical,
}

/// What the register noticed about a decision, kept with it for ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// The rule, by its stable code, for example `sentence.above-maximum`.
    pub code: String,
    /// The safeguard behind it, for example `PR-1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub safeguard: Option<String>,
    /// How much it weighs.
    pub weight: Weight,
    /// The values that made it a finding, in words; nothing personal.
    pub said: String,
}

/// A "no" from the law: it carries a rule and reaches the person who asked.
pub trait Refusal: std::error::Error + Clone + PartialEq {
    /// The stable code, for example `sentence.not-a-reduction`.
    fn code(&self) -> &'static str;
    /// The safeguard or rule behind it, for example `PR-1` or `S-4`.
    fn rule(&self) -> &'static str;
    /// The field it concerns, as a path in the request; empty when it concerns the whole.
    fn field(&self) -> String {
        String::new()
    }
    /// The field that what has this code concerns, whatever its values; nothing where that depends on them.
    fn field_of(_code: &str) -> Option<&'static str>
    where
        Self: Sized,
    {
        None
    }
    /// The value that it is about, where several fields could hold it: where it stands in the request is the field.
    fn named(&self) -> Option<String> {
        None
    }
}

/// The only value of a list, if it has one.
pub fn of<const N: usize>(values: [String; N]) -> Option<String> {
    values.into_iter().next()
}

/// The way out of a code that is in no list.
pub(crate) fn choose(known: &[Code]) -> String {
    let known: Vec<&str> = known.iter().map(Code::as_str).collect();
    match known.as_slice() {
        [] => "its rules list none: add it to them, or leave the code out".to_owned(),
        [only] => format!("use {only}"),
        several => format!("use one of {}", several.join(", ")),
    }
}

/// How firmly an objection stands in the way of an act taken through the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grade {
    /// Refused; an existing fact gets a critical finding.
    Hard,
    /// Refused until reasons are given; an existing fact gets a finding.
    Reasons,
    /// Never refused; a finding at both doors.
    Notice,
    /// Never refused; a critical finding at both doors.
    Alarm,
}

/// Something of substance that stands against an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection<R> {
    /// How firmly.
    pub grade: Grade,
    /// The rule and its values.
    pub refusal: R,
}

impl<R: Refusal> Objection<R> {
    /// It can only be refused or, at the second door, be critical.
    pub fn hard(refusal: R) -> Self {
        Self {
            grade: Grade::Hard,
            refusal,
        }
    }

    /// Reasons would overcome it, and none were given.
    pub fn reasons(refusal: R) -> Self {
        Self {
            grade: Grade::Reasons,
            refusal,
        }
    }

    /// It is only noticed.
    pub fn notice(refusal: R) -> Self {
        Self {
            grade: Grade::Notice,
            refusal,
        }
    }

    /// Whether it refuses a live act.
    fn refuses(&self) -> bool {
        matches!(self.grade, Grade::Hard | Grade::Reasons)
    }

    /// What is said of it to whoever only looks: critical is what the act would be refused for.
    fn looked_at(&self) -> Finding {
        Finding {
            weight: if self.refuses() {
                Weight::Critical
            } else {
                Weight::Notice
            },
            ..self.finding()
        }
    }

    pub(crate) fn finding(&self) -> Finding {
        Finding {
            code: self.refusal.code().to_owned(),
            safeguard: Some(self.refusal.rule().to_owned()),
            weight: match self.grade {
                Grade::Hard | Grade::Alarm => Weight::Critical,
                Grade::Reasons | Grade::Notice => Weight::Notice,
            },
            said: self.refusal.to_string(),
        }
    }
}

/// Lets an act through a door: live, the first objection that is more than a notice refuses it; existing, every
/// objection becomes a finding.
pub fn through<R: Refusal>(door: Door, objections: Vec<Objection<R>>) -> Result<Vec<Finding>, R> {
    let stands = |o: &&Objection<R>| door == Door::Live && o.refuses();
    match objections.iter().find(stands) {
        Some(objection) => Err(objection.refusal.clone()),
        None if door == Door::Looked => Ok(objections.iter().map(Objection::looked_at).collect()),
        None => Ok(objections.iter().map(Objection::finding).collect()),
    }
}

/// What a command is decided on besides its own words: resolved before it, recorded with its events.
#[derive(Debug, Clone)]
pub struct Facts {
    /// When the command was entered, by the register's clock.
    pub entered: Instant,
    /// The civil day of that moment in the jurisdiction.
    pub today: Day,
    /// Who acts.
    pub actor: Actor,
    /// The jurisdiction's rules in force.
    pub law: Arc<Pack>,
    /// The version of the stream it is decided on.
    pub version: u64,
    /// When the stream's last proposal was entered, if it holds one.
    pub proposed: Option<Instant>,
    /// Whether it is reported here and was not done here: a file brings it, or a decision states it. Dated today
    /// without its hour, it has happened all the same.
    pub reported: bool,
    /// Whether another decision of the register states it word for word, and what stands against its terms was noticed
    /// with that decision: it is not noticed once more.
    pub stated: bool,
    /// Whether it is only held against the rules and nothing is stored: nothing of substance refuses it, so that all that
    /// stands against it is told at once.
    pub checked: bool,
    /// What the command refers to in other streams and the register holds in force; never the stream itself, so
    /// that nothing is merged into itself or follows itself.
    pub found: BTreeSet<Reference>,
    /// What the command refers to that itself waits for this stream: a term there follows a term here, directly or
    /// through others.
    pub waiting: BTreeSet<Reference>,
    /// What is coded of the person it concerns, for a command that asks it ([`crate::stream::Stream::asks_of_person`]).
    pub about: About,
    /// When that person was born, opened for this decision alone, for a command that asks it
    /// ([`crate::stream::Stream::asks_of_birth`]).
    pub born: Option<Born>,
    /// The entry that the command is about, for a stream that asks it ([`crate::stream::Stream::asks_of_entry`]).
    pub entry: Option<Entry>,
    /// How many cases the officer has whom the command names ([`crate::stream::Stream::asks_of_cases`]).
    pub cases: Option<u32>,
    /// How many take part already, in the office, in the programme that the command starts
    /// ([`crate::stream::Stream::asks_of_programme`]).
    pub taking_part: Option<u32>,
    /// Whom the place is meant for in which the command lets somebody be, by the groups of the rules; nothing where the
    /// register does not hold it ([`crate::stream::Stream::asks_of_place`]).
    pub meant_for: Option<Vec<Code>>,
    /// The first day on which the release is possible that the command names, as the register works it out from the
    /// sentence ([`crate::stream::Stream::asks_of_release`]); nothing where it cannot be worked out.
    pub possible_from: Option<Day>,
}

/// A place of detention, or a part of it, in which a command lets somebody be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceAsked {
    /// The place.
    pub facility: FacilityCode,
    /// The part of it.
    pub unit: Option<Code>,
    /// From when on.
    pub from: Occurred,
}

/// As of when it is asked what is coded of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonAsked {
    /// As it stands.
    Now,
    /// As the register knew it on the day of an act: what was recorded later says nothing of then.
    When(Occurred),
}

/// An entry, as far as the rules of another stream ask it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number in the ledger.
    pub index: u64,
    /// Its event.
    pub event: EventId,
    /// When the register was told.
    pub recorded: Instant,
    /// What happened, by the stored type of the event.
    pub happened: Code,
    /// The kind of record in which it happened.
    pub kind: Code,
    /// The id of the record.
    pub record: Code,
    /// Whose act it is.
    pub by: Option<SubjectId>,
    /// Whom it concerns.
    pub person: Option<PersonId>,
    /// What the register noticed.
    pub findings: Vec<Finding>,
}

/// What is coded of a person, as the rules need it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// The sex that is recorded.
    pub sex: Known<Sex>,
    /// The circumstances that are recorded.
    pub circumstances: BTreeMap<Code, Known<Code>>,
    /// How many children depend on the person.
    pub dependent_children: Known<u8>,
}

impl About {
    /// The answers that were given in a case and, where none was, those that the register knows of the person: that
    /// children depend on the person among them.
    pub fn with_answers(
        &self,
        told: &BTreeMap<Code, Known<Code>>,
        law: &Pack,
    ) -> BTreeMap<Code, Known<Code>> {
        let mut known = Self {
            circumstances: told.clone(),
            ..Self::default()
        };
        known.add(&self.circumstances);
        if self.dependent_children.value().is_some_and(|n| *n > 0) {
            known.add(&law.sentencing.affirmed(Meaning::DependentChild));
        }
        known.circumstances
    }

    /// Adds what was told in a case, where the person's own record says nothing.
    pub fn add(&mut self, told: &BTreeMap<Code, Known<Code>>) {
        for (question, answer) in told {
            let own = self.circumstances.get(question);
            if own.is_none_or(|own| own.value().is_none()) {
                self.circumstances.insert(question.clone(), answer.clone());
            }
        }
    }
}

/// Something in another stream that a command refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reference {
    /// A person who is registered.
    Person(PersonId),
    /// A person on whose record, wherever it was merged, no legal hold stands.
    Unheld(PersonId),
    /// A sentence of the same person that is in force.
    Sentence(SentenceId),
    /// An order of the same person that is in force.
    Order(OrderId),
    /// A case before judgment of the same person that has not ended.
    Pretrial(PretrialId),
}

impl Facts {
    /// The facts of a moment under a law.
    pub fn at(entered: Instant, actor: Actor, law: Arc<Pack>) -> Self {
        let today = law.day(entered);
        Self {
            entered,
            today,
            actor,
            law,
            version: 0,
            proposed: None,
            reported: false,
            stated: false,
            checked: false,
            found: BTreeSet::new(),
            waiting: BTreeSet::new(),
            about: About::default(),
            born: None,
            entry: None,
            cases: None,
            taking_part: None,
            meant_for: None,
            possible_from: None,
        }
    }

    /// Which door an act takes: live when a proposal preceded it, when it is entered within the policy's minutes of
    /// being done, or when it is dated today without its hour; existing otherwise.
    pub fn door(&self, done: Occurred) -> Door {
        self.door_after(self.proposed, done)
    }

    /// The door of an act that `proposed` may have preceded. Leaving out the hour opens no other door: what is dated
    /// today is live, and a standing proposal precedes unless the date certainly lies before it. What was done earlier
    /// today is recorded with its hour.
    pub fn door_after(&self, proposed: Option<Instant>, done: Occurred) -> Door {
        let preceded = proposed.is_some_and(|proposed| match done {
            Occurred::At(moment) => proposed <= moment,
            Occurred::On(date) => date.latest() >= Some(self.law.day(proposed)),
        });
        match preceded || self.is_fresh(done) {
            true if self.checked => Door::Looked,
            true => Door::Live,
            false => Door::Existing,
        }
    }

    /// Whether an act is entered within the policy's minutes of being done, as far as its time tells; what is only
    /// reported was not done here.
    fn is_fresh(&self, done: Occurred) -> bool {
        let moment = match done {
            Occurred::At(moment) => moment,
            Occurred::On(date) => return date == CivilDate::Day(self.today) && !self.reported,
        };
        let waited = self.entered.micros().saturating_sub(moment.micros());
        let allowed = i64::from(self.law.live_minutes).saturating_mul(60_000_000);
        (0..=allowed).contains(&waited)
    }

    /// Whether an act of the past is only brought in from elsewhere: by a file, or by another decision that states it. Its
    /// record is as complete as its source, and nobody can be asked for more. Whoever records it here by hand can be, and
    /// hears what a live act would have been asked.
    pub fn is_brought_in(&self, door: Door) -> bool {
        self.reported && door == Door::Existing
    }

    /// The civil date of an act, in the jurisdiction.
    pub fn date(&self, done: Occurred) -> CivilDate {
        match done {
            Occurred::On(date) => date,
            Occurred::At(instant) => CivilDate::Day(self.law.day(instant)),
        }
    }

    /// Whether an act lies in the future, which no record can hold.
    pub fn is_future(&self, done: Occurred) -> bool {
        match done {
            Occurred::At(instant) => instant > self.entered,
            Occurred::On(date) => date.is_after(self.today),
        }
    }

    /// When the person was a child, of an act that tells no day of an offence: as it is said, or as the date of birth says.
    pub(crate) fn minor(&self, said: Option<Minor>, done: Occurred) -> Option<Minor> {
        let by_birth = self
            .born
            .and_then(|born| born.minor([], self.date(done), &self.law));
        said.max(by_birth)
    }

    /// Whether somebody certainly was younger than this before an act: by the age that was told, or by the date of birth.
    pub(crate) fn is_under(&self, minimum: u16, told: Known<u16>, done: Occurred) -> bool {
        let by_birth = self.born.and_then(|born| born.oldest(self.date(done)));
        let ages = told.value().copied().into_iter().chain(by_birth);
        ages.min().is_some_and(|age| age < minimum)
    }

    /// Whether the date of birth contradicts an age of the time of an act.
    pub(crate) fn contradicts_age(&self, told: Known<u16>, done: Occurred) -> bool {
        let at = self.date(done);
        let youngest = self.born.and_then(|born| born.youngest(at));
        self.contradicts_earlier_age(told, done)
            || matches!((told, youngest), (Known::Value(age), Some(youngest)) if age < youngest)
    }

    /// Whether the date of birth contradicts an age of some time before an act: the person was never so old.
    pub(crate) fn contradicts_earlier_age(&self, told: Known<u16>, done: Occurred) -> bool {
        let oldest = self.born.and_then(|born| born.oldest(self.date(done)));
        matches!((told, oldest), (Known::Value(age), Some(oldest)) if age > oldest)
    }

    /// Whether something certainly was done before something else.
    pub fn is_before(&self, done: Occurred, other: Occurred) -> bool {
        match (done, other) {
            (Occurred::At(done), Occurred::At(other)) => done < other,
            (done, other) => self.date(done).is_before(self.date(other)),
        }
    }
}

/// A command with the facts it is decided on.
#[derive(Debug, Clone)]
pub struct Submitted<C> {
    /// What is wished.
    pub command: C,
    /// What is known.
    pub facts: Facts,
}

/// What may stand in the way of a stream, each with its rule, its code, the field it concerns and its words:
/// `"PT-3" "pretrial.no-such-measure" at "measure": NoSuchMeasure { measure: Code }, "there is no …";`
/// A value that many fields can hold is named after `where`: the field is wherever it stands in the request.
#[macro_export]
macro_rules! refusals {
    (
        $(#[$doc:meta])*
        $name:ident {
            $($rule:literal $code:literal at $field:literal: $refusal:ident $({ $($value:ident: $of:ty),* })? $(where $named:ident)?, $said:literal $(, $arg:expr)*;)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
        pub enum $name {
            $(
                #[doc = $rule]
                #[error($said $(, $arg)*)]
                $refusal $({
                    $(#[doc = concat!("The ", stringify!($value), ".")] $value: $of,)*
                })?,
            )*
        }

        impl $crate::act::Refusal for $name {
            fn code(&self) -> &'static str {
                match self {
                    $(Self::$refusal { .. } => $code,)*
                }
            }

            fn rule(&self) -> &'static str {
                match self {
                    $(Self::$refusal { .. } => $rule,)*
                }
            }

            fn field(&self) -> String {
                match self {
                    $(Self::$refusal { .. } => $field,)*
                }
                .to_owned()
            }

            fn field_of(code: &str) -> Option<&'static str> {
                match code {
                    $($code => Some($field),)*
                    _ => None,
                }
            }

            fn named(&self) -> Option<String> {
                match self {
                    $(Self::$refusal { $($named,)? .. } => $crate::act::of([$($named.to_string())?]),)*
                }
            }
        }
    };
}
