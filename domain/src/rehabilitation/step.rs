//! The steps of the calculation, as data and in words.

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

use super::ConvictionNo;
use crate::release::dates::Written;
use crate::values::{CivilDate, Day, Length};

/// A step of the calculation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The row of the table that fits a disposal.
    Row {
        /// The disposal.
        disposal: String,
        /// Terms longer than this.
        over: Option<Length>,
        /// Terms no longer than this.
        up_to: Option<Length>,
        /// The provision.
        source: String,
        /// Whether the provision was checked.
        verified: bool,
    },
    /// The age decides which period holds.
    Age {
        /// The age on the day of the conviction.
        age: u16,
        /// From which age on somebody is an adult.
        majority: u16,
    },
    /// Terms that are served one after the other.
    OneTerm {
        /// The terms.
        terms: Vec<Length>,
        /// Together.
        whole: Length,
    },
    /// A term from its first day to its last.
    Term {
        /// How long it is.
        length: Length,
        /// Its first day.
        from: Day,
        /// Its last day.
        to: Day,
    },
    /// The last day of a sentence or an order, as it is known.
    Ended {
        /// The day.
        on: Day,
    },
    /// The order has no last day.
    NoLastDay,
    /// It was paid in full.
    Paid {
        /// On which day.
        on: Day,
    },
    /// A period, its first day included.
    Counted {
        /// How long it is.
        length: Length,
        /// Its first day.
        from: Day,
        /// Its last day.
        to: Day,
    },
    /// There is no period.
    AtOnce,
    /// The period never ends.
    Never,
    /// Of several disposals the longest period counts.
    LongestCounts {
        /// Its last day, where it has one.
        to: Option<Day>,
    },
    /// Another conviction prolongs the period.
    Prolonged {
        /// Which one.
        by: ConvictionNo,
        /// When it was.
        on: CivilDate,
        /// The new last day, where it has one.
        to: Option<Day>,
    },
    /// A further conviction in the period is never spent.
    KeptUnspent {
        /// Which one.
        by: ConvictionNo,
        /// When it was.
        on: CivilDate,
    },
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Row {
                disposal,
                over,
                up_to,
                source,
                verified,
            } => {
                f.write_str(disposal)?;
                if let Some(over) = over {
                    write!(f, ", over {}", over.in_words())?;
                }
                if let Some(up_to) = up_to {
                    write!(f, ", up to {}", up_to.in_words())?;
                }
                let mark = if *verified { "" } else { " (not verified)" };
                write!(f, ": {source}{mark}")
            }
            Self::Age { age, majority } if age < majority => {
                write!(f, "aged {age}, under {majority}")
            }
            Self::Age { age, majority } => write!(f, "aged {age}, {majority} or over"),
            Self::OneTerm { terms, whole } => {
                let terms: Vec<String> = terms.iter().map(|term| term.in_words()).collect();
                let whole = whole.in_words();
                write!(f, "{}, one after the other: {whole}", terms.join(" and "))
            }
            Self::Term { length, from, to } => write!(
                f,
                "{} from {} end on {}",
                length.in_words(),
                Written(*from),
                Written(*to)
            ),
            Self::Ended { on } => write!(f, "its last day is {}", Written(*on)),
            Self::NoLastDay => f.write_str("the order has no last day"),
            Self::Paid { on } => write!(f, "paid in full on {}", Written(*on)),
            Self::Counted { length, from, to } => write!(
                f,
                "{} that begin with {} end on {}",
                length.in_words(),
                Written(*from),
                Written(*to)
            ),
            Self::AtOnce => f.write_str("no period: it is spent at once"),
            Self::Never => f.write_str("the period never ends"),
            Self::LongestCounts { to } => {
                f.write_str("of several disposals the longest period counts")?;
                until(f, *to)
            }
            Self::Prolonged { by, on, to } => {
                write!(f, "prolonged by conviction {by} {}", on.when())?;
                until(f, *to)
            }
            Self::KeptUnspent { by, on } => {
                let when = on.when();
                write!(f, "conviction {by} {when} is never spent, and so this one")
            }
        }
    }
}

fn until(f: &mut fmt::Formatter<'_>, to: Option<Day>) -> fmt::Result {
    match to {
        Some(to) => write!(f, ": until {}", Written(to)),
        None => Ok(()),
    }
}
