//! The figures that the register shows, computed from the fact table when they are asked for.
//!
//! Command line, JSON and pages ask here, so their numbers are the same. A view is a pure function of the facts as of
//! an index, of the request and of the rules; it says of itself what was counted, as of when and under which
//! policies. What has no value is null with a reason.
//!
//! - [`disposals`]: what was imposed, by any columns;
//! - [`proportionality`]: what was imposed by gravity, and whether the graver case gets more;
//! - [`alternatives`]: how often a measure without custody was chosen, at each stage;
//! - [`reconviction`]: who was sentenced again within a window;
//! - [`between`]: any of them at two moments, and the decisions that changed it;
//! - [`departures`]: where sentences leave the guideline range, how far, and whether with reasons;
//! - [`parity`]: courts beside their mix of cases, and how far the penalties of like cases lie apart;
//! - [`gender`]: women and men among like cases, in three panels that stand together.

pub mod alternatives;
pub mod bands;
pub mod between;
pub mod comparable;
pub mod departures;
pub mod disposals;
pub mod figure;
pub mod gender;
pub mod header;
pub mod parity;
pub mod proportionality;
pub mod reconviction;
pub mod request;
pub mod sensitivity;
pub mod severity;
pub mod steps;

mod frame;
pub mod group;
mod offered;
#[cfg(test)]
pub(crate) mod tests;
pub mod words;

use std::sync::Arc;

use domain::jurisdiction::Pack;
use domain::values::SentenceId;
use schemars::JsonSchema;
use serde::Serialize;

pub use alternatives::Alternatives;
pub use between::Between;
pub use departures::Departures;
pub use disposals::Disposals;
pub use frame::jurisdictions;
pub use gender::Gender;
pub use header::{Header, Stamp};
pub use offered::{Offered, OfferedColumn, offered};
pub use parity::Parity;
pub use proportionality::Proportionality;
pub use reconviction::Reconviction;
pub use request::{Quantile, ViewError, ViewName, ViewRequest, parse_filter};
pub use severity::Severities;

use self::frame::Frame;
use crate::facts::{ChangedFact, FactTable};

/// A view with its figures; `header.view` says which.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum View {
    /// What was imposed.
    Disposals(Disposals),
    /// What was imposed by gravity.
    Proportionality(Proportionality),
    /// Women and men among like cases.
    Gender(Box<Gender>),
    /// How often a measure without custody was chosen.
    Alternatives(Alternatives),
    /// Who was sentenced again within a window.
    Reconviction(Reconviction),
    /// Courts beside their mix of cases, and how far the penalties of like cases lie apart.
    Parity(Parity),
    /// Where sentences leave the guideline range, how far, and whether with reasons.
    Departures(Departures),
}

impl View {
    /// What the view says of itself.
    pub fn header(&self) -> &Header {
        match self {
            Self::Disposals(view) => &view.header,
            Self::Proportionality(view) => &view.header,
            Self::Gender(view) => &view.header,
            Self::Alternatives(view) => &view.header,
            Self::Reconviction(view) => &view.header,
            Self::Parity(view) => &view.header,
            Self::Departures(view) => &view.header,
        }
    }
}

/// Computes a view from the facts, under the rules of the jurisdictions whose decisions it counts.
pub fn compute(
    facts: &FactTable,
    request: &ViewRequest,
    packs: &[Arc<Pack>],
    stamp: Stamp,
    severities: &Severities,
) -> Result<View, ViewError> {
    let frame = Frame::new(facts, request, packs, stamp, severities)?;
    match request.view {
        ViewName::Disposals => disposals::disposals(&frame).map(View::Disposals),
        ViewName::Proportionality => {
            proportionality::proportionality(&frame).map(View::Proportionality)
        }
        ViewName::Gender => gender::gender(&frame).map(|view| View::Gender(Box::new(view))),
        ViewName::Reconviction => reconviction::reconviction(&frame).map(View::Reconviction),
        ViewName::Departures => departures::departures(&frame).map(View::Departures),
        ViewName::Parity => parity::parity(&frame).map(View::Parity),
        ViewName::Alternatives => alternatives::alternatives(&frame).map(View::Alternatives),
    }
}

/// A page of the decisions that a view counts: so many left out, so many at most, the newest version first.
pub fn behind(
    facts: &FactTable,
    request: &ViewRequest,
    packs: &[Arc<Pack>],
    (stamp, severities): (Stamp, &Severities),
    page: (usize, usize),
) -> Result<Vec<SentenceId>, ViewError> {
    let counted = counted(request);
    Frame::new(facts, &counted, packs, stamp, severities)?.decisions(page)
}

/// Which decisions are counted is the same in every view; this one needs no scale but for a condition on the severity.
fn counted(request: &ViewRequest) -> ViewRequest {
    ViewRequest {
        view: ViewName::Disposals,
        at_most: None,
        fewest: None,
        window: None,
        ..request.clone()
    }
}

/// The decisions by which what a request counts differs between two moments, under the rules of each.
pub fn changes(
    facts: &FactTable,
    request: &ViewRequest,
    severities: &Severities,
    (earlier, rules_then): (Stamp, &[Arc<Pack>]),
    (later, rules_now): (Stamp, &[Arc<Pack>]),
) -> Result<Vec<ChangedFact>, ViewError> {
    let counted = counted(request);
    let then = Frame::new(facts, &counted, rules_then, earlier, severities)?;
    let now = Frame::new(facts, &counted, rules_now, later, severities)?;
    Ok(facts.changes(&then.counted(), &now.counted())?)
}
