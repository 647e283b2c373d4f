//! What was imposed, by any columns.

use domain::statistics::rate::Share;
use schemars::JsonSchema;
use serde::Serialize;

use super::figure::{Rate, Reliability, Shown, per_100};
use super::frame::Frame;
use super::group::{DisposalCount, Group, Groups};
use super::header::{Header, header};
use super::request::ViewError;
use super::words::{Lexicon, Term};

/// What was imposed, by columns.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Disposals {
    /// What the view says of itself.
    pub header: Header,
    /// The columns of the groups.
    pub columns: Vec<Term>,
    /// The groups.
    pub groups: Vec<DisposalGroup>,
    /// Everybody.
    pub total: DisposalGroup,
}

/// What one group received.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct DisposalGroup {
    /// Its words, one for each column.
    pub key: Vec<Term>,
    /// Decisions.
    pub n: u64,
    /// Of 100 decisions counted, how many are of this group.
    pub of_all_per_100: Shown<f64>,
    /// Decisions by disposal.
    pub disposals: Vec<DisposalCount>,
    /// How many of 100 received immediate custody.
    pub custody: Rate,
    /// How far the rate can be relied on.
    pub reliability: Reliability,
}

pub(super) fn disposals(frame: &Frame<'_>) -> Result<Disposals, ViewError> {
    let columns = frame.columns("sex")?;
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    let lexicon = Lexicon::of(frame.packs, "disposal");
    let everybody = Groups::by(frame, &[])?;
    let everybody = everybody
        .sorted()
        .first()
        .map(|(_, group)| (*group).clone());
    let everybody = everybody.unwrap_or_default();
    let row = |key: Vec<Term>, group: &Group| -> Result<DisposalGroup, ViewError> {
        let of_all = Share::new(group.n, everybody.n)?.rate();
        Ok(DisposalGroup {
            key,
            n: group.n,
            of_all_per_100: per_100(of_all).of_at_least_ten(everybody.n),
            disposals: group.counts(&lexicon)?,
            custody: Rate::of(group.share()?),
            reliability: Reliability::of(group.n),
        })
    };
    let groups = Groups::by(frame, &columns)?;
    let total = row(Vec::new(), &everybody)?;
    let sorted = groups.sorted();
    let rows = sorted.into_iter().map(|(key, group)| row(key, group));
    Ok(Disposals {
        header: header(frame)?,
        columns: frame.titles(&columns),
        groups: rows.collect::<Result<_, _>>()?,
        total,
    })
}
