//! Do the penalties rise from level to level of gravity, and do the steps fit? (O7, S1 and S2)
//!
//! Whether they rise needs an order alone. How far they rise needs a scale whose numbers can be divided: the page names it.

use domain::jurisdiction::GravityPolicy;
use domain::statistics::rank_order::{self, rank_order};
use domain::statistics::spacing::spacing;
use domain::statistics::{Figure, Undefined};
use schemars::JsonSchema;
use serde::Serialize;

use super::figure::{FEWEST, Gap, Quantity, Reliability, Shown, Why};
use super::frame::Frame;
use super::group::Groups;
use super::request::ViewError;
use super::words::Term;

/// The medians from level to level of gravity.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Steps {
    /// The levels, ascending.
    pub levels: Vec<StepLevel>,
    /// Neighbouring levels, of which the graver has the lower median: the lighter and the graver.
    pub violations: Vec<[Term; 2]>,
    /// How much of the differences between medians the nearest rising medians leave unexplained: 0 where all rise, 1 where
    /// none does (isotonic loss).
    pub isotonic_loss: Shown<f64>,
    /// Steps between levels of the same median.
    pub flat_steps: usize,
    /// The largest step, as a ratio.
    pub largest_step: Shown<f64>,
    /// How unequal the steps are: standard deviation over mean of their logarithms (cliff index).
    pub cliff_index: Shown<f64>,
}

/// One level of gravity.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct StepLevel {
    /// The level.
    pub level: Term,
    /// Decisions with a severity.
    pub n: u64,
    /// Half of them received at most this; the quantile of the view.
    pub median: Quantity,
    /// The nearest median that rises, over all levels; null under 10 decisions.
    pub fit: Shown<f64>,
    /// How many times the median of the level before that has one.
    pub step: Shown<f64>,
    /// How far the figures can be relied on.
    pub reliability: Reliability,
}

/// A level with its decisions and their median.
type Known = (Term, u64, Quantity);

/// The steps of the levels with at least 10 decisions; null without a gravity policy or a scale.
pub(super) fn steps(frame: &Frame<'_>) -> Result<Shown<Steps>, ViewError> {
    let Some(policy) = frame.gravity() else {
        return Ok(Shown::none(Why::View(Gap::NoGravityPolicy)));
    };
    if frame.scale().is_none() {
        return Ok(Shown::none(Why::View(Gap::NoSeverityScale)));
    }
    Ok(Shown::some(stepped(&levels(frame, policy)?)))
}

/// The levels of the policy that decisions have, ascending.
fn levels(frame: &Frame<'_>, policy: &GravityPolicy) -> Result<Vec<Known>, ViewError> {
    let groups = Groups::by(frame, &["gravity"])?;
    let ranked = |term: &Term| {
        let named = |code: &str| format!("{} {code}", policy.policy);
        let mut levels = policy.levels.iter();
        levels.position(|level| named(level.code.as_str()) == term.code)
    };
    let mut found = Vec::new();
    for (mut key, group) in groups.sorted() {
        if let Some(term) = key.pop()
            && let Some(rank) = ranked(&term)
        {
            let spread = group.everybody.spread(frame.request.quantile)?;
            found.push((rank, (term, spread.n, spread.median)));
        }
    }
    found.sort_by_key(|(rank, _)| *rank);
    Ok(found.into_iter().map(|(_, level)| level).collect())
}

fn stepped(levels: &[Known]) -> Steps {
    let known: Vec<rank_order::Level> = levels
        .iter()
        .map(|(_, n, median)| rank_order::Level {
            median: median.value.unwrap_or_default(),
            n: if *n < FEWEST { 0 } else { *n },
        })
        .collect();
    let order = rank_order(&known);
    let occupied = || known.iter().enumerate().filter(|(_, level)| level.n > 0);
    let medians: Vec<f64> = occupied().map(|(_, level)| level.median).collect();
    let spacing = spacing(&medians, None);
    let step = |at: usize| {
        let place = occupied().position(|(own, _)| own == at);
        let before = place.and_then(|place| place.checked_sub(1));
        let ratio = before.and_then(|before| spacing.step_ratio.get(before).copied());
        ratio.unwrap_or(Figure::Undefined(Undefined::FewerThanTwoLevels))
    };
    let fit = |at: usize| {
        let fit = order.isotonic_fit.get(at).copied();
        fit.unwrap_or(Figure::Undefined(Undefined::NoDecisions))
    };
    let shown = levels.iter().enumerate();
    let shown = shown.map(|(at, (term, n, median))| StepLevel {
        level: term.clone(),
        n: *n,
        median: median.clone(),
        fit: of_ten(*n, fit(at)),
        step: of_ten(*n, step(at)),
        reliability: Reliability::of(*n),
    });
    let named = |at: usize| levels.get(at).map(|(term, ..)| term.clone());
    let violations = order
        .adjacent_violations
        .iter()
        .filter_map(|[lighter, graver]| Some([named(*lighter)?, named(*graver)?]));
    Steps {
        violations: violations.collect(),
        isotonic_loss: Shown::from(order.isotonic_loss_share),
        flat_steps: spacing.flat_steps,
        largest_step: Shown::from(spacing.max_step),
        cliff_index: Shown::from(spacing.log_step_cv),
        levels: shown.collect(),
    }
}

/// A figure of a level, withheld under 10 decisions.
fn of_ten(n: u64, figure: Figure) -> Shown<f64> {
    match n {
        0 => Shown::none(Why::Counts(Undefined::NoDecisions)),
        1..FEWEST => Shown::none(Why::View(Gap::FewerThanTen)),
        FEWEST.. => Shown::from(figure),
    }
}
