//! What every published figure means: exact counts in, figures out.
//!
//! Projections keep integers only, and everything here is computed from them when it is read.
//! Counts merge by addition (shards), are retracted by subtraction (appeals, corrections,
//! expungements) and are summed up to a point for an as-of view; figures do none of this. A figure
//! that is undefined is null with a reason, never 0 and never NaN.
//!
//! | module | figures |
//! |---|---|
//! | [`ordinal`], [`association`] | pairs in and out of order; inversion and flat rate, tau-b, gamma, d |
//! | [`rank_order`], [`spacing`], [`offences`] | order and steps between levels and offences |
//! | [`dispersion`], [`moments`] | quantiles, spread, parity, position of a case in its cohort |
//! | [`departure`] | sentences against guideline ranges |
//! | [`rate`] | shares, their intervals and differences |
//! | [`alternatives`] | the share of measures without custody, its coverage and bounds |
//! | [`reconviction`] | who was sentenced again within a window, with censoring |
//! | [`unsentenced`] | the share of people held who have not been sentenced |
//! | [`strata`] | two groups within strata: Mantel–Haenszel, standardisation, decomposition |
//! | [`superiority`] | ordered outcomes without a scale |
//! | [`within`] | adjusted differences of means |
//! | [`multiple`], [`funnel`] | many comparisons, courts |
//! | [`severity`] | severity scales as data, and the combination of components |
//! | [`disclosure`] | what may be published, and how it is protected |
//! | [`normal`] | tails of distributions |
//! | [`exact`], [`undefined`], [`damage`] | exact numbers, figures and their absence, impossible counts |
#![expect(
    clippy::float_arithmetic,
    reason = "this is the place where exact counts become figures; nothing computed here is stored"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "counts are bounded by MOST_DECISIONS where they enter, so that sums and products fit"
)]
#![expect(
    clippy::indexing_slicing,
    reason = "positions come from the shape of the same table, checked where the table is built"
)]
#![expect(
    clippy::float_cmp,
    reason = "a denominator that is exactly zero is undefined; one that is nearly zero is not"
)]
#![expect(
    clippy::many_single_char_names,
    clippy::similar_names,
    reason = "the letters of the published formulas"
)]

pub mod alternatives;
pub mod association;
pub mod damage;
pub mod departure;
pub mod disclosure;
pub mod dispersion;
pub mod exact;
pub mod funnel;
pub mod missing;
pub mod moments;
pub mod multiple;
pub mod normal;
pub mod offences;
pub mod ordinal;
pub mod rank_order;
pub mod rate;
pub mod reconviction;
pub mod severity;
pub mod spacing;
pub mod strata;
pub mod superiority;
pub mod undefined;
pub mod unsentenced;
pub mod within;

#[cfg(test)]
mod golden_vectors;

pub use damage::CountError;
pub use exact::{Exact, Rational};
pub use undefined::{Figure, Interval, Undefined};
