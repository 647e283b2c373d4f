//! The steps of a calculation, as data and in words.

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

use crate::jurisdiction::{Fraction, Rounding};
use crate::values::{Day, Length, days_in_words as counted};

/// A step of the calculation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// A term from its first day to its last.
    Term {
        /// How long it is.
        length: Length,
        /// Its first day.
        from: Day,
        /// Its last day.
        to: Day,
    },
    /// A term added to those that it follows, from the first day of all of them to their last.
    Joined {
        /// How long it is.
        length: Length,
        /// The first day of all of them.
        from: Day,
        /// The last day of all of them.
        to: Day,
    },
    /// The days of terms under the same rule, added up.
    Together {
        /// How many terms.
        terms: usize,
        /// The day from which they count.
        from: Day,
        /// How many days.
        days: u32,
    },
    /// Its days, the first and the last included.
    Days {
        /// How many.
        days: u32,
    },
    /// The part that is served.
    Part {
        /// Which part.
        fraction: Fraction,
        /// Of how many days.
        of: u32,
        /// What became of a part of a day; nothing where none was left.
        rounded: Option<Rounding>,
        /// How many days it is.
        days: u32,
    },
    /// The law asks for more days than the part is.
    AtLeast {
        /// How many.
        days: u32,
    },
    /// The days that are served of what went before in the row.
    WithThoseBefore {
        /// How many went before.
        before: u32,
        /// Together.
        days: u32,
    },
    /// The day on which those days are served.
    Served {
        /// How many.
        days: u32,
        /// From which day on.
        from: Day,
        /// The last of them.
        to: Day,
    },
    /// Earlier detention is taken off the day of release.
    ReleaseLessRemand {
        /// How many days.
        remand: u32,
        /// The day it leads to.
        to: Day,
    },
    /// Earlier detention is taken off the end.
    EndLessRemand {
        /// How many days.
        remand: u32,
        /// The day from which it is taken off.
        from: Day,
        /// The day it leads to.
        to: Day,
    },
    /// More was spent in detention than there is to serve.
    NotBefore {
        /// The first day of the row.
        first: Day,
    },
}

/// A day as people write it.
pub(crate) struct Written(pub(crate) Day);

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let month = match self.0.month() {
            1 => "January",
            2 => "February",
            3 => "March",
            4 => "April",
            5 => "May",
            6 => "June",
            7 => "July",
            8 => "August",
            9 => "September",
            10 => "October",
            11 => "November",
            _ => "December",
        };
        write!(f, "{} {month} {}", self.0.day(), self.0.year())
    }
}

/// What became of a part of a day.
fn said(rounded: Rounding) -> &'static str {
    match rounded {
        Rounding::Up => ", rounded up",
        Rounding::Down => ", rounded down",
    }
}

/// Terms whose part is taken together.
fn together(terms: usize) -> String {
    match terms {
        1 => "the one term under a rule of its own".to_owned(),
        terms => format!("{terms} terms under the same rule"),
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Term { length, from, to } => write!(
                f,
                "{} from {} end on {}",
                length.in_words(),
                Written(from),
                Written(to)
            ),
            Self::Joined { length, from, to } => write!(
                f,
                "{} added to what went before: from {} to {}",
                length.in_words(),
                Written(from),
                Written(to)
            ),
            Self::Together { terms, from, days } => {
                let those = together(terms);
                write!(f, "{those}, from {}: {}", Written(from), counted(days))
            }
            Self::Days { days } => write!(f, "from the first to the last: {}", counted(days)),
            Self::Part {
                fraction,
                of,
                rounded,
                days,
            } => {
                let (part, of) = (fraction.in_words(), counted(of));
                let rounded = rounded.map_or("", said);
                write!(f, "{part} of {of}{rounded}: {}", counted(days))
            }
            Self::AtLeast { days } => write!(f, "the law asks for more: {}", counted(days)),
            Self::WithThoseBefore { before, days } => write!(
                f,
                "with the {} served of what went before: {}",
                counted(before),
                counted(days)
            ),
            Self::Served { days, from, to } => write!(
                f,
                "{} from {} are served on {}",
                counted(days),
                Written(from),
                Written(to)
            ),
            Self::ReleaseLessRemand { remand, to } => {
                write!(f, "less {} of detention: {}", counted(remand), Written(to))
            }
            Self::EndLessRemand { remand, from, to } => write!(
                f,
                "the end on {}, less {} of detention: {}",
                Written(from),
                counted(remand),
                Written(to)
            ),
            Self::NotBefore { first } => {
                write!(f, "no earlier than the first day, {}", Written(first))
            }
        }
    }
}
