//! Views as a terminal and a spreadsheet show them. JSON is the view itself.

mod rows;
mod shares;
mod sheet;
#[cfg(test)]
mod tests;
mod text;

pub(crate) use rows::quoted;
pub use rows::render_csv;
pub use text::render_text;
