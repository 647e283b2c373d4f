//! What is asked of a view, and what may stand in the way.

use std::fmt;
use std::str::FromStr;

use domain::statistics::CountError;
use domain::statistics::Rational;
use domain::statistics::dispersion::QuantileType;
use domain::statistics::exact::Exact;
use domain::values::{CivilDate, Day};
use schemars::JsonSchema;
use serde::Serialize;

use crate::access::Denied;
use crate::error::StoreError;
use crate::facts::{Filter, Unfollowed, UnknownDimension};
use crate::packs::PacksError;

/// Which view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ViewName {
    /// What was imposed, by any columns.
    Disposals,
    /// What was imposed by gravity.
    Proportionality,
    /// Women and men among like cases.
    Gender,
    /// How often a measure without custody was chosen.
    Alternatives,
    /// Who was sentenced again within a window.
    Reconviction,
    /// Courts beside their mix of cases, and how far the penalties of like cases lie apart.
    Parity,
    /// Where sentences leave the guideline range, how far, and whether with reasons.
    Departures,
}

impl ViewName {
    /// Whether penalties are weighed in it.
    pub fn weighs(self) -> bool {
        match self {
            Self::Proportionality | Self::Gender | Self::Parity => true,
            Self::Disposals | Self::Alternatives | Self::Reconviction | Self::Departures => false,
        }
    }
}

impl ViewName {
    /// Every view.
    pub const ALL: [Self; 7] = [
        Self::Disposals,
        Self::Proportionality,
        Self::Gender,
        Self::Alternatives,
        Self::Reconviction,
        Self::Parity,
        Self::Departures,
    ];

    /// Its name, as addresses and commands have it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Disposals => "disposals",
            Self::Proportionality => "proportionality",
            Self::Gender => "gender",
            Self::Alternatives => "alternatives",
            Self::Reconviction => "reconviction",
            Self::Parity => "parity",
            Self::Departures => "departures",
        }
    }
}

impl fmt::Display for ViewName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for ViewName {
    type Err = ViewError;

    fn from_str(text: &str) -> Result<Self, ViewError> {
        let named = Self::ALL.into_iter().find(|view| view.word() == text);
        named.ok_or_else(|| ViewError::UnknownView(text.to_owned()))
    }
}

/// How a quantile between two values is taken, in the numbering of Hyndman and Fan (1996).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(into = "u8")]
#[schemars(with = "u8")]
pub enum Quantile {
    /// Type 1: always a penalty that was imposed.
    #[default]
    Lower,
    /// Type 2: averaged at ties.
    Averaged,
    /// Type 7: linear between neighbours.
    Linear,
}

impl From<Quantile> for u8 {
    fn from(quantile: Quantile) -> Self {
        match quantile {
            Quantile::Lower => 1,
            Quantile::Averaged => 2,
            Quantile::Linear => 7,
        }
    }
}

impl From<Quantile> for QuantileType {
    fn from(quantile: Quantile) -> Self {
        match quantile {
            Quantile::Lower => Self::Lower,
            Quantile::Averaged => Self::Averaged,
            Quantile::Linear => Self::Linear,
        }
    }
}

impl FromStr for Quantile {
    type Err = ViewError;

    fn from_str(text: &str) -> Result<Self, ViewError> {
        match text {
            "1" => Ok(Self::Lower),
            "2" => Ok(Self::Averaged),
            "7" => Ok(Self::Linear),
            _ => Err(ViewError::Quantile(text.to_owned())),
        }
    }
}

/// What is asked of a view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewRequest {
    /// Which view.
    pub view: ViewName,
    /// The columns of the groups, or of the strata of like cases; empty for those of the view.
    pub by: Vec<String>,
    /// Conditions, all of which hold.
    pub filters: Vec<Filter>,
    /// How medians and quartiles are taken.
    pub quantile: Quantile,
    /// The severity scale by its version; absent for the first of the rules.
    pub scale: Option<String>,
    /// Only decisions of this jurisdiction.
    pub jurisdiction: Option<String>,
    /// Severities above this count as this, in the unit of the scale; absent for severities as they are.
    pub at_most: Option<Exact>,
    /// An offence with fewer decisions than this is put together with the others of its chapter; absent for none.
    pub fewest: Option<u64>,
    /// Within how many days of a decision a person is said to be sentenced again; absent for two years.
    pub window: Option<u32>,
    /// Only decisions taken by this day, whatever is known of them at the moment asked for; absent for all.
    pub decided_until: Option<Day>,
}

impl ViewRequest {
    /// A view as it is by itself.
    pub fn of(view: ViewName) -> Self {
        Self {
            view,
            by: Vec::new(),
            filters: Vec::new(),
            quantile: Quantile::default(),
            scale: None,
            jurisdiction: None,
            at_most: None,
            fewest: None,
            window: None,
            decided_until: None,
        }
    }

    /// The same by further columns, separated by commas.
    #[must_use]
    pub fn by(mut self, columns: &str) -> Self {
        let columns = columns.split(',').map(str::trim).filter(|c| !c.is_empty());
        self.by.extend(columns.map(str::to_owned));
        self
    }

    /// The same with one more condition, `dimension=word,word` or `dimension!=word,word`.
    pub fn with(mut self, condition: &str) -> Result<Self, ViewError> {
        self.filters.push(parse_filter(condition)?);
        Ok(self)
    }

    /// The same with severities above a number counting as that number: `132`, `5.5` or `487/16`.
    pub fn at_most(mut self, number: &str) -> Result<Self, ViewError> {
        let read = number.parse::<Rational>().ok().map(|read| read.0);
        let above_zero = read.filter(|number| *number > Exact::from(0));
        self.at_most = Some(above_zero.ok_or_else(|| ViewError::AtMost(number.to_owned()))?);
        Ok(self)
    }

    /// The same with offences of fewer decisions put together by chapter.
    pub fn fewest(mut self, number: &str) -> Result<Self, ViewError> {
        let read = number.parse::<u64>().ok().filter(|number| *number > 0);
        self.fewest = Some(read.ok_or_else(|| ViewError::Fewest(number.to_owned()))?);
        Ok(self)
    }

    /// The same within so many days of a decision.
    pub fn window(mut self, days: &str) -> Result<Self, ViewError> {
        let read = days.parse::<u32>().ok().filter(|days| *days > 0);
        self.window = Some(read.ok_or_else(|| ViewError::Window(days.to_owned()))?);
        Ok(self)
    }

    /// The same of decisions taken by a day, or by the end of a month or year.
    pub fn decided_until(mut self, date: &str) -> Result<Self, ViewError> {
        let wrong = || ViewError::DecidedUntil(date.to_owned());
        let read = date.parse::<CivilDate>().map_err(|_| wrong())?;
        self.decided_until = Some(read.latest().ok_or_else(wrong)?);
        Ok(self)
    }

    /// Its conditions, as they are written.
    pub fn conditions(&self) -> Vec<String> {
        let written = |filter: &Filter| {
            let sign = if filter.keep { "=" } else { "!=" };
            format!("{}{sign}{}", filter.dimension, filter.words.join(","))
        };
        self.filters.iter().map(written).collect()
    }

    /// What is asked, in one line, as the log of consultations holds it.
    pub fn line(&self) -> String {
        let mut line = format!("figures/{}?by={}", self.view, self.by.join(","));
        for condition in self.conditions() {
            line.push_str(&format!("&where={condition}"));
        }
        if let Some(jurisdiction) = &self.jurisdiction {
            line.push_str(&format!("&jurisdiction={jurisdiction}"));
        }
        if let Some(scale) = &self.scale {
            line.push_str(&format!("&scale={scale}"));
        }
        if let Some(number) = self.at_most {
            line.push_str(&format!("&at_most={number}"));
        }
        if let Some(number) = self.fewest {
            line.push_str(&format!("&fewest={number}"));
        }
        if let Some(days) = self.window {
            line.push_str(&format!("&window={days}"));
        }
        if let Some(day) = self.decided_until {
            line.push_str(&format!("&decided_until={day}"));
        }
        if self.quantile != Quantile::default() {
            line.push_str(&format!("&quantile={}", u8::from(self.quantile)));
        }
        line
    }
}

/// Reads a condition: `sex=female`, `category=violent,property`, `sex!=not_recorded`.
pub fn parse_filter(text: &str) -> Result<Filter, ViewError> {
    let wrong = || ViewError::Condition(text.to_owned());
    let (left, words) = text.split_once('=').ok_or_else(wrong)?;
    let (dimension, keep) = match left.strip_suffix('!') {
        Some(dimension) => (dimension, false),
        None => (left, true),
    };
    let words: Vec<String> = words
        .split(',')
        .map(|word| word.trim().to_owned())
        .collect();
    let dimension = dimension.trim().to_owned();
    if dimension.is_empty() || words.iter().any(String::is_empty) {
        return Err(wrong());
    }
    Ok(Filter {
        dimension,
        words,
        keep,
    })
}

/// Why a view cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum ViewError {
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// No such view.
    #[error("{0:?} is not a view: one of {views}", views = ViewName::ALL.map(ViewName::word).join(", "))]
    UnknownView(String),
    /// Not a condition.
    #[error(
        "where: {0:?} is not a condition: write dimension=word,word or dimension!=word,word, for example sex!=not_recorded"
    )]
    Condition(String),
    /// No such column.
    #[error("{asked}: {name:?} is no column of the figures: one of {known}")]
    Unknown {
        /// In what it was named.
        asked: &'static str,
        /// The name given.
        name: String,
        /// The names there are.
        known: String,
    },
    /// No such column in the facts.
    #[error(transparent)]
    Dimension(#[from] UnknownDimension),
    /// A word that the column does not know.
    #[error("where: {word:?} is not a word of {dimension}: one of {known}")]
    Word {
        /// The column.
        dimension: String,
        /// The word given.
        word: String,
        /// The words there are.
        known: String,
    },
    /// Not a type of quantile.
    #[error(
        "quantile: {0:?} is not offered: 1 (a penalty imposed), 2 (averaged at ties) or 7 (linear)"
    )]
    Quantile(String),
    /// No amount of severity.
    #[error(
        "at_most: {0:?} is not an amount: write a number above zero in the unit of the severity scale, such as 132, 5.5 or 487/16"
    )]
    AtMost(String),
    /// No number of decisions.
    #[error(
        "fewest: {0:?} is not a number of decisions: write a whole number above zero, such as 50"
    )]
    Fewest(String),
    /// No number of days.
    #[error(
        "window: {0:?} is not a number of days: write a whole number above zero, such as 730 for two years"
    )]
    Window(String),
    /// The earlier moment comes after the later one.
    #[error("from: it lies after the moment to compare with: exchange the two")]
    Backwards,
    /// No date.
    #[error(
        "decided_until: {0:?} is not a date: write a day, a month or a year, such as 2025-06-30, 2025-06 or 2025"
    )]
    DecidedUntil(String),
    /// A day that has not come.
    #[error(
        "decided_until: {until} has not come yet, and nobody knows what will have been decided: ask for a day up to {today}, or leave it out"
    )]
    DecidedAhead {
        /// The day given, or the last of the month or year given.
        until: Day,
        /// Today.
        today: Day,
    },
    /// Something is asked of a view that it has nothing to do with.
    #[error("{asked}: {why}")]
    NotAsked {
        /// What was asked.
        asked: &'static str,
        /// Why it is not, and what instead.
        why: &'static str,
    },
    /// No such scale.
    #[error("scale: {wanted:?} is not a severity scale of the rules in force: one of {known}")]
    Scale {
        /// The scale asked for.
        wanted: String,
        /// The scales there are.
        known: String,
    },
    /// No such jurisdiction.
    #[error("jurisdiction: the register holds no rules of {wanted:?}: one of {known}")]
    Jurisdiction {
        /// The jurisdiction asked for.
        wanted: String,
        /// Those whose rules were adopted.
        known: String,
    },
    /// A column that a view does not group by.
    #[error("by: {view} is not shown by {column:?}, {why}")]
    Column {
        /// The view.
        view: ViewName,
        /// The column asked for.
        column: String,
        /// Why not, and what instead.
        why: &'static str,
    },
    /// Severity and gravity are one jurisdiction's law.
    #[error(
        "jurisdiction: the decisions are of several jurisdictions ({0}), whose penalties have no common scale: name one"
    )]
    SeveralJurisdictions(String),
    /// Persons cannot be followed.
    #[error(transparent)]
    Unfollowed(#[from] Unfollowed),
    /// The rules cannot be had.
    #[error(transparent)]
    Rules(#[from] PacksError),
    /// The counts are beyond what the figures are exact for.
    #[error(transparent)]
    Count(#[from] CountError),
    /// The database failed, or what it holds is damaged.
    #[error(transparent)]
    Store(#[from] StoreError),
}
