//! Bulk import: from a file of an unknown country to typed, checked rows of decisions.

mod decimal;
mod row;

pub use decimal::Decimal;
pub use row::*;
