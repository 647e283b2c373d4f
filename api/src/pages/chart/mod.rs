//! Pictures of figures: pure layouts from typed values to marks, drawn as SVG by one template.
//!
//! Every form implements [`Chart`]: it says its title, describes itself in words, draws itself
//! for a wide and for a narrow page, and lays the same values out as a table with the same
//! rounding. [`Figure::of`](crate::pages::components::Figure::of) puts the four together.
//!
//! Women are a blue circle with a solid line, men a vermillion square with a dashed line, all
//! together a black diamond. A value that may not be shown is hatched and says so; a value that
//! cannot be computed is absent from the picture and gives its reason instead.

mod bars;
mod dots;
mod drawing;
mod funnel;
mod heat;
mod histogram;
mod multiples;
mod plot;
mod rows;
mod scale;
mod share;
mod stairs;
mod step;
mod strips;
mod timeline;
mod unit;
mod waterfall;

pub use bars::{Bar, Bars};
pub use dots::{DotRow, Dots, Estimate, Point, Reference};
pub use drawing::{Anchor, Drawing, Mark, Px};
pub use funnel::{Funnel, FunnelUnit, Placed};
pub use heat::{HeatCell, HeatMap, HeatRow};
pub use histogram::{Bin, Histogram, Note, Span};
pub use multiples::{Multiples, SmallPanel};
pub use scale::{Scale, ticks};
pub use share::{Category, Part, ShareBar, ShareRow};
pub use stairs::{Stair, StairRow, Stairs};
pub use step::{Level, Series, StepLine};
pub use strips::{Five, Strip, Strips};
pub use timeline::{CivilDay, Lane, Stretch, Timeline};
pub use unit::{Datum, Unit, Who};
pub use waterfall::{Fall, Waterfall};

use crate::pages::components::Table;

/// The page a picture is laid out for. A narrow page gets fewer ticks and labels above the
/// marks, never smaller letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    Wide,
    Narrow,
}

impl Room {
    /// Width of the drawing in its own units, which are pixels at the size it is meant for.
    pub fn width(self) -> f64 {
        match self {
            Self::Wide => 704.0,
            Self::Narrow => 288.0,
        }
    }

    /// Room at the start of each row for its label; none on a narrow page, where labels stand
    /// above.
    pub(crate) fn gutter(self) -> f64 {
        match self {
            Self::Wide => 196.0,
            Self::Narrow => 0.0,
        }
    }

    pub(crate) fn tick_count(self) -> u32 {
        match self {
            Self::Wide => 6,
            Self::Narrow => 3,
        }
    }
}

/// A picture of typed values.
pub trait Chart {
    /// What is shown, as a heading would say it.
    fn title(&self) -> &str;
    /// The picture in words, for those who do not see it.
    fn describe(&self) -> String;
    /// Whether no value can be shown, so that a picture would be empty.
    fn is_empty(&self) -> bool {
        false
    }
    /// How the marks are read, where they do not say so themselves.
    fn legend(&self) -> Option<String> {
        None
    }
    /// The marks, laid out for the given page.
    fn draw(&self, room: Room) -> Drawing;
    /// The same values as a table, rounded the same way.
    fn table(&self) -> Table;
}
