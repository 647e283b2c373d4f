//! Views as a terminal and a spreadsheet show them. JSON is the view itself.

mod against;
mod alike;
mod between;
mod rows;
mod shares;
mod sheet;
#[cfg(test)]
mod tests;
mod text;

pub(crate) use between::{Difference, differences, read, sentence};
pub use between::{render_between, render_between_csv};
pub(crate) use rows::quoted;
pub use rows::render_csv;
pub use text::render_text;
