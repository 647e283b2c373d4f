//! What may be published, and how it is protected (`docs/statistics.md` §4.2, §4.3).
//!
//! Rates, medians and gaps are computed from true counts and then rounded; counts are shown only
//! under a rule of this module. The thresholds are policy.

mod cell;
mod differencing;
mod rounding;
mod rules;
mod suppression;

pub use cell::{CountedCell, ShownCell};
pub use differencing::{Cell, Release, change_may_show, release};
pub use rounding::{CellKey, round_keyed};
pub use rules::{DisclosurePolicy, PolicyError, Reliability, ShownCount, ShownShare};
pub use suppression::{Position, Suppression, suppress};
