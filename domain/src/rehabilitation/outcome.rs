//! What comes of the calculation.

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

use super::{ConvictionNo, Step};
use crate::jurisdiction::PeriodTable;
use crate::values::{Code, Day, Length, PolicyVersion};

/// What a period waits for that has no last day yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Awaits {
    /// What was ordered is not paid in full.
    Payment,
    /// The order still runs.
    EndOfOrder,
}

/// What is not known, so that no day can be worked out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Gap {
    /// The pack has no table for the day.
    #[error("the law of that day is not in the pack")]
    NoTable,
    /// The day of the conviction is not known exactly.
    #[error("the day of the conviction is not known: give year, month and day")]
    DayOfConviction,
    /// Nothing was imposed, as far as is known.
    #[error("what was imposed is not known")]
    NoDisposal,
    /// A disposal that no row is about.
    #[error("the table has no row for {0}")]
    NoRow(Code),
    /// The age on the day of the conviction decides and is not known.
    #[error("the age on the day of the conviction is not known")]
    Age,
    /// The class of the offence decides and is not known.
    #[error("the class of the offence of conviction {0} is not known")]
    Offence(ConvictionNo),
    /// The term decides and is not known.
    #[error("the term of {0} is not known")]
    Term(Code),
    /// A term that is no calendar term.
    #[error("a term of {0} cannot be counted by the calendar: give years, months and days")]
    NotCalendar(Length),
    /// A term of days and a limit of months that only the first day sets apart.
    #[error("whether {term} are longer than {limit} depends on the first day, which is not known")]
    Between {
        /// The term.
        term: Length,
        /// The limit.
        limit: Length,
    },
    /// The end is not known and does not follow from the term.
    #[error("the end of {0} is not known")]
    End(Code),
    /// Another conviction on which it depends has no day.
    #[error("it depends on conviction {0}, whose period is not known")]
    Other(ConvictionNo),
}

/// Up to when a period lasts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Limit {
    /// Its last day.
    Last(Day),
    /// It cannot be told.
    Unknown(Gap),
    /// It still runs, and its end waits for something.
    Open(Awaits),
    /// It never ends.
    Never,
}

impl Limit {
    /// By length, the longest the greatest: what is not known may last longer than any day that is, but a period that
    /// still runs surely runs.
    pub(super) fn length(&self) -> (u8, Option<Day>) {
        match self {
            Self::Last(last) => (0, Some(*last)),
            Self::Unknown(_) => (1, None),
            Self::Open(_) => (2, None),
            Self::Never => (3, None),
        }
    }

    pub(super) fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown(_))
    }

    pub(super) fn last(&self) -> Option<Day> {
        match self {
            Self::Last(last) => Some(*last),
            Self::Unknown(_) | Self::Open(_) | Self::Never => None,
        }
    }

    pub(super) fn outcome(self) -> Outcome {
        match self {
            Self::Last(last) => Outcome::SpentFrom(last.plus_days(1)),
            Self::Unknown(gap) => Outcome::NotComputable(gap),
            Self::Open(awaits) => Outcome::Open(awaits),
            Self::Never => Outcome::Never,
        }
    }
}

/// When a conviction is spent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// From this day on, the first after its period.
    SpentFrom(Day),
    /// Never.
    Never,
    /// Not yet, and the day waits for something.
    Open(Awaits),
    /// It cannot be told, and why.
    NotComputable(Gap),
}

/// How a conviction stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It is disclosed as the law says.
    Active,
    /// It is held and not disclosed for ordinary purposes.
    Spent,
    /// It is held under seal, and whoever opens it is recorded.
    Sealed,
    /// It can be read no more.
    Expunged,
}

/// How the person's record is held, as its own stream says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// Neither sealed nor expunged.
    Ordinarily,
    /// Sealed.
    Sealed,
    /// Expunged.
    Expunged,
}

/// The table that was applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Applied {
    /// Its name and version.
    pub table: PolicyVersion,
    /// Its title.
    pub title: String,
    /// The first day on which it applies.
    pub from: Day,
    /// The statute behind it.
    pub source: String,
}

impl Applied {
    pub(super) fn of(table: &PeriodTable) -> Self {
        Self {
            table: table.table.clone(),
            title: table.title.clone(),
            from: table.from,
            source: table.source.clone(),
        }
    }
}

/// When a conviction is spent, as the law stands on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Answer {
    /// What has to stand beside it.
    pub label: &'static str,
    /// Which conviction it is.
    pub no: ConvictionNo,
    /// The day that was asked about.
    pub as_of: Day,
    /// The table of that day.
    pub table: Option<Applied>,
    /// What came out.
    pub outcome: Outcome,
    /// How it was worked out.
    pub steps: Vec<Step>,
}

impl Answer {
    /// How the conviction stands on the day that was asked about; nothing where that cannot be told.
    pub fn standing(&self, held: Held) -> Option<Standing> {
        match (held, &self.outcome) {
            (Held::Expunged, _) => Some(Standing::Expunged),
            (Held::Sealed, _) => Some(Standing::Sealed),
            (Held::Ordinarily, Outcome::SpentFrom(day)) if *day <= self.as_of => {
                Some(Standing::Spent)
            }
            (Held::Ordinarily, Outcome::SpentFrom(_) | Outcome::Never | Outcome::Open(_)) => {
                Some(Standing::Active)
            }
            (Held::Ordinarily, Outcome::NotComputable(_)) => None,
        }
    }

    /// The whole calculation in lines of text.
    pub fn explained(&self) -> Vec<String> {
        let written = crate::release::dates::Written;
        let mut lines = vec![format!(
            "conviction {}, as the law stands on {}",
            self.no,
            written(self.as_of)
        )];
        if let Some(applied) = &self.table {
            lines.push(format!(
                "{} ({}), from {}: {}",
                applied.title,
                applied.table,
                written(applied.from),
                applied.source
            ));
        }
        lines.extend(self.steps.iter().map(ToString::to_string));
        lines.push(format!("{} ({})", self.outcome, self.label));
        lines
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SpentFrom(day) => {
                write!(f, "spent from {}", crate::release::dates::Written(*day))
            }
            Self::Never => f.write_str("never spent"),
            Self::Open(Awaits::Payment) => f.write_str("not spent until it is paid in full"),
            Self::Open(Awaits::EndOfOrder) => f.write_str("not spent while the order runs"),
            Self::NotComputable(gap) => write!(f, "cannot be worked out: {gap}"),
        }
    }
}
