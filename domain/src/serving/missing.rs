//! What is not recorded, or not ruled, so that a date cannot be worked out.

use schemars::JsonSchema;
use serde::Serialize;

use crate::release::dates::DatesError;
use crate::values::{CivilDate, ComponentNo, CountNo, Length};

/// Why a date cannot be worked out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Missing {
    /// The decision is not in force.
    #[error("nothing of it is left to serve: the decision is {state}")]
    Over {
        /// How it stands.
        state: &'static str,
    },
    /// No custody that is served.
    #[error("it imposes no custody that is served")]
    NoCustody,
    /// A term without an end.
    #[error(
        "component {no} has no length of which a part could be counted: it is for life or indeterminate"
    )]
    Unlimited {
        /// Which component.
        no: ComponentNo,
    },
    /// A term whose length is not recorded.
    #[error("the length of component {no} is not recorded: correct the entry")]
    Length {
        /// Which component.
        no: ComponentNo,
    },
    /// A term that is no calendar term.
    #[error(
        "component {no} lasts {length}, which no calendar can count: give years, months and days"
    )]
    NotCalendar {
        /// Which component.
        no: ComponentNo,
        /// Its length.
        length: Length,
    },
    /// Several terms, and nobody said how one of them runs.
    #[error("how component {no} runs beside the others is not recorded: correct the entry")]
    Runs {
        /// Which component.
        no: ComponentNo,
    },
    /// A term that follows what is not served.
    #[error(
        "component {no} follows component {after}, under which no custody is served: correct the entry"
    )]
    Follows {
        /// Which component.
        no: ComponentNo,
        /// What it follows.
        after: ComponentNo,
    },
    /// A term that follows a decision that is not there.
    #[error("component {no} follows a term of an earlier decision that cannot be read here")]
    Earlier {
        /// Which component.
        no: ComponentNo,
    },
    /// A term that follows a decision that no longer stands.
    #[error(
        "component {no} follows a term of an earlier decision that is {state}: correct the entry"
    )]
    EarlierOver {
        /// Which component.
        no: ComponentNo,
        /// How the earlier decision stands.
        state: &'static str,
    },
    /// A beginning that is not recorded.
    #[error(
        "when custody under component {no} began is not recorded: record that custody began, or the admission on \
         this decision"
    )]
    Begun {
        /// Which component.
        no: ComponentNo,
    },
    /// A beginning that is not known to the day.
    #[error("that custody under component {no} began is known only {}: give the day", .date.when())]
    BegunAbout {
        /// Which component.
        no: ComponentNo,
        /// As exactly as it is known.
        date: CivilDate,
    },
    /// Custody that began several times.
    #[error(
        "custody under component {no} began more than once: what lies between is not worked out"
    )]
    Interrupted {
        /// Which component.
        no: ComponentNo,
    },
    /// Whether detention is credited is not recorded.
    #[error(
        "how many days of earlier detention are credited is not recorded: credit them, 0 where there are none"
    )]
    Remand,
    /// Several rows, and no rule for which of them detention counts.
    #[error(
        "{days} days of detention are credited, and the rules do not say how they count for {rows} terms at the same time"
    )]
    SeveralRows {
        /// How many days.
        days: u32,
        /// How many rows.
        rows: usize,
    },
    /// No rule fits.
    #[error("none of the rules on it is about this term")]
    NoRule,
    /// Which rule holds is not in the register.
    #[error(
        "which of the rules holds depends on what the register does not hold: whoever certifies says so"
    )]
    Certified,
    /// The age decides.
    #[error(
        "which of the rules holds depends on the age when the stay began, which is not recorded"
    )]
    Age,
    /// The offence decides.
    #[error(
        "which of the rules holds depends on the offence of count {count}, whose code is not recorded"
    )]
    Offence {
        /// Which count.
        count: CountNo,
    },
    /// The terms cannot be counted.
    #[error(transparent)]
    Dates(#[from] DatesError),
}

/// Why a date cannot be worked out, in words, with a word by which the like are counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Reason {
    /// The word by which the like are counted.
    pub code: &'static str,
    /// What all of them have in common, in words.
    pub title: &'static str,
    /// Why.
    pub said: String,
}

impl Reason {
    pub(super) fn of(missing: &Missing) -> Self {
        Self {
            code: missing.code(),
            title: missing.title(),
            said: missing.to_string(),
        }
    }
}

impl Missing {
    /// What the like have in common.
    fn title(&self) -> &'static str {
        match self {
            Self::Over { .. } => "the decision is not in force",
            Self::NoCustody => "the decision imposes no custody that is served",
            Self::Unlimited { .. } => "a term is for life or indeterminate",
            Self::Length { .. } => "the length of a term is not recorded",
            Self::NotCalendar { .. } | Self::Dates(_) => "a term cannot be counted by the calendar",
            Self::Runs { .. } => "how a term runs beside the others is not recorded",
            Self::Follows { .. } => "a term follows one under which no custody is served",
            Self::Earlier { .. } | Self::EarlierOver { .. } => {
                "a term follows an earlier decision that cannot be read or does not stand"
            }
            Self::Begun { .. } => "the day on which custody began is not recorded",
            Self::BegunAbout { .. } => "the day on which custody began is not known exactly",
            Self::Interrupted { .. } => "custody began more than once",
            Self::Remand => "the days of earlier detention that are credited are not recorded",
            Self::SeveralRows { .. } => {
                "the rules do not say how detention counts for several terms at the same time"
            }
            Self::NoRule => "no rule is about the term",
            Self::Certified => "which rule holds depends on what the register does not hold",
            Self::Age => "which rule holds depends on an age that is not recorded",
            Self::Offence { .. } => "which rule holds depends on an offence that is not recorded",
        }
    }

    /// A stable word for it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Over { .. } => "over",
            Self::NoCustody => "no-custody",
            Self::Unlimited { .. } => "unlimited",
            Self::Length { .. } => "length",
            Self::NotCalendar { .. } | Self::Dates(_) => "not-countable",
            Self::Runs { .. } => "runs",
            Self::Follows { .. } => "follows",
            Self::Earlier { .. } | Self::EarlierOver { .. } => "earlier",
            Self::Begun { .. } => "begun",
            Self::BegunAbout { .. } => "begun-about",
            Self::Interrupted { .. } => "interrupted",
            Self::Remand => "remand",
            Self::SeveralRows { .. } => "several-rows",
            Self::NoRule => "no-rule",
            Self::Certified => "certified",
            Self::Age => "age",
            Self::Offence { .. } => "offence",
        }
    }
}
