//! The words of an order: what a requirement asks, how something was explained, what a warning is.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{
    AppointmentNo, CivilDate, Code, Consent, Day, Known, Length, Quantity, RequirementNo,
};

/// What a requirement asks of the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// The kind, by the pack, for example `unpaid-work`.
    pub kind: Code,
    /// How much is owed, with its unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Quantity>,
    /// How long it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<Length>,
    /// From when, where it does not begin with the order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts: Option<CivilDate>,
    /// Its last day; without it the length says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<Day>,
    /// Whether the person agreed, where consent is needed.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub consent: Known<Consent>,
}

/// A time of day, written `09:30`.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", inline, extend("examples" = ["09:30"]))]
pub struct ClockTime {
    hour: u8,
    minute: u8,
}

impl ClockTime {
    /// The hour, from 0.
    pub fn hour(self) -> u32 {
        self.hour.into()
    }

    /// The minute, from 0.
    pub fn minute(self) -> u32 {
        self.minute.into()
    }
}

/// Why a text is not a time of day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a time of day: write hours and minutes as 09:30")]
pub struct ClockTimeError(String);

impl FromStr for ClockTime {
    type Err = ClockTimeError;
    fn from_str(text: &str) -> Result<Self, ClockTimeError> {
        let wrong = || ClockTimeError(text.to_owned());
        let two = |part: &str, below: u8| {
            let digits = part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
            let number = digits.then(|| part.parse::<u8>().ok()).flatten();
            number.filter(|n| *n < below)
        };
        let (hour, minute) = text.split_once(':').ok_or_else(wrong)?;
        Ok(Self {
            hour: two(hour, 24).ok_or_else(wrong)?,
            minute: two(minute, 60).ok_or_else(wrong)?,
        })
    }
}

impl fmt::Display for ClockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)
    }
}

impl TryFrom<String> for ClockTime {
    type Error = ClockTimeError;
    fn try_from(text: String) -> Result<Self, ClockTimeError> {
        text.parse()
    }
}

impl From<ClockTime> for String {
    fn from(time: ClockTime) -> Self {
        time.to_string()
    }
}

/// What an attendance was at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Meeting {
    /// An appointment that was scheduled.
    Scheduled(AppointmentNo),
    /// One that was not: it gets its number with the attendance.
    Unscheduled {
        /// Under which requirement.
        requirement: RequirementNo,
        /// When.
        on: CivilDate,
    },
}

/// The rung of a warning.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum WarningKind {
    /// The first.
    First,
    /// The second.
    Second,
    /// The last before the court.
    Final,
}

impl WarningKind {
    /// The words that people read.
    pub fn title(self) -> &'static str {
        match self {
            Self::First => "first warning",
            Self::Second => "second warning",
            Self::Final => "final warning",
        }
    }
}

/// The explanation of the conditions, of obligations and rights (Tokyo Rules 12.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Explanation {
    /// When.
    pub on: CivilDate,
    /// How.
    pub form: ExplanationForm,
}

/// How conditions were explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExplanationForm {
    /// Orally and in writing, as the rule asks.
    OralAndWritten,
    /// Only orally.
    Oral,
    /// Only in writing.
    Written,
}

/// What somebody had to say on an alleged breach (Tokyo Rules 14.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Account {
    /// It was given.
    Given,
    /// The chance to give it was declined.
    OpportunityDeclined,
    /// Whoever should give it cannot be found.
    Absconded,
}

/// What happened to the sentence that an order hangs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EndCause {
    /// Quashed: the order counts no more.
    Quashed,
    /// Varied on appeal to something without this order.
    Varied,
    /// Commuted.
    Commuted,
    /// Pardoned.
    Pardoned,
    /// Replaced by a new sentence after a breach.
    Resentenced,
    /// Corrected: the order was a slip.
    Corrected,
}

impl EndCause {
    /// The words that people read.
    pub fn title(self) -> &'static str {
        match self {
            Self::Quashed => "the sentence was quashed",
            Self::Varied => "the sentence was varied on appeal",
            Self::Commuted => "the sentence was commuted",
            Self::Pardoned => "the person was pardoned",
            Self::Resentenced => "the person was sentenced anew",
            Self::Corrected => "the sentence was corrected",
        }
    }
}
