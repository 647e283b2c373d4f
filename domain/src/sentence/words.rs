//! A decision in plain words, for lists, pages and printed orders. Nothing personal is in it.

use super::decision::{Component, CustodyTerm, Decision, RequirementTerms, Runs, Sanction};
use crate::jurisdiction::{Coded, Pack, title};
use crate::values::Length;

/// A length in words: "1 year 6 months".
pub fn length_in_words(length: Length) -> String {
    length.in_words()
}

fn of(length: Option<Length>) -> String {
    length.map_or_else(
        || " (length not recorded)".to_owned(),
        |l| format!(" of {}", length_in_words(l)),
    )
}

impl Decision {
    /// What was imposed, in words, weightiest first.
    pub fn in_words(&self, law: &Pack) -> String {
        let mut components: Vec<&Component> = self.components().map(|(_, c)| c).collect();
        components.sort_by_key(|c| (c.sanction.kind(), c.no));
        let said: Vec<String> = components.iter().map(|c| c.in_words(law)).collect();
        said.join("; ")
    }
}

impl Component {
    /// What was imposed, in words.
    pub fn in_words(&self, law: &Pack) -> String {
        let runs = match self.runs {
            None => String::new(),
            Some(Runs::Concurrent) => ", concurrent".to_owned(),
            Some(Runs::ConsecutiveTo(no)) => format!(", consecutive to component {no}"),
            Some(Runs::ConsecutiveToEarlier(_)) => {
                ", consecutive to an earlier sentence".to_owned()
            }
        };
        format!("{}{runs}", self.sanction.in_words(law))
    }
}

impl Sanction {
    /// What was imposed, in words.
    pub fn in_words(&self, law: &Pack) -> String {
        match self {
            Self::Death {} => "death".to_owned(),
            Self::Custody { term } => custody_in_words(*term),
            Self::SuspendedCustody {
                term,
                operational_period,
                ..
            } => {
                let during = operational_period
                    .map(|p| format!(", suspended for {}", length_in_words(p)))
                    .unwrap_or_default();
                format!("suspended custody{}{during}", of(*term))
            }
            Self::CommunityOrder {
                period,
                requirements,
            } => {
                let lasting = period
                    .map(|p| format!(" of {}", length_in_words(p)))
                    .unwrap_or_default();
                let with: Vec<String> = requirements.iter().map(|r| r.in_words(law)).collect();
                let with = if with.is_empty() {
                    String::new()
                } else {
                    format!(" with {}", with.join(", "))
                };
                format!("community order{lasting}{with}")
            }
            Self::Fine { amount } => match amount {
                Some(amount) => format!("fine of {amount}"),
                None => "fine (amount not recorded)".to_owned(),
            },
            Self::DayFine { units, unit_value } => match (units, unit_value) {
                (Some(units), Some(value)) => format!("day-fine of {units} units of {value}"),
                (Some(units), None) => format!("day-fine of {units} units"),
                (None, _) => "day-fine (units not recorded)".to_owned(),
            },
            Self::Compensation { amount } => match amount {
                Some(amount) => format!("compensation of {amount}"),
                None => "compensation (amount not recorded)".to_owned(),
            },
            Self::Discharge { conditional_for } => match conditional_for {
                Some(period) => format!("conditional discharge for {}", length_in_words(*period)),
                None => "absolute discharge".to_owned(),
            },
            Self::Admonition {} => "admonition".to_owned(),
            Self::Deferred { until: Some(until) } => format!("sentence deferred until {until}"),
            Self::Deferred { until: None } => "sentence deferred".to_owned(),
            Self::Ancillary { kind, length } | Self::Other { kind, length } => {
                let lasting = length
                    .map(|l| format!(" for {}", length_in_words(l)))
                    .unwrap_or_default();
                let measure = title(&law.sentencing.measures, kind.as_str());
                format!("{measure}{lasting}")
            }
        }
    }
}

fn custody_in_words(term: Option<CustodyTerm>) -> String {
    match term {
        Some(CustodyTerm::Determinate(length)) => {
            format!("immediate custody of {}", length_in_words(length))
        }
        Some(endless) => endless.in_words(),
        None => "immediate custody (length not recorded)".to_owned(),
    }
}

impl RequirementTerms {
    /// The requirement in words.
    pub fn in_words(&self, law: &Pack) -> String {
        let kinds: Vec<Coded> = law
            .orders
            .requirements
            .iter()
            .map(|r| Coded {
                code: r.kind.clone(),
                title: r.title.clone(),
            })
            .collect();
        let name = title(&kinds, self.kind.as_str()).to_owned();
        match (self.quantity, self.length) {
            (Some(quantity), _) => format!("{name}, {quantity}"),
            (None, Some(length)) => format!("{name}, {}", length_in_words(length)),
            (None, None) => name,
        }
    }
}
