//! The official tables that international bodies ask of a country: UN-CTS, indicator 16.3.2 of the Sustainable Development
//! Goals, SPACE I and II of the Council of Europe, and how domestic offences fit the International Classification of Crime.
//!
//! What a table counts is data ([`Definitions`]); how a jurisdiction's codes fit it stands in its rules
//! ([`crate::jurisdiction::OfficialRules`]). Counting is pure: facts in, cells out, each of which can name the records behind
//! it. A cell without a figure is one of three different things, and says why: the concept does not exist (`NAP`), there is
//! no figure (`…`), or there is nothing of which it could be a part (not computable). A zero is a true zero.

mod count;
mod definitions;
mod held;
mod iccs;
mod supervised;

pub use count::{Cell, Fact, Facts, Key, NOT_RECORDED, Nowhere, Rate, Value, cells, table};
pub use definitions::{
    Definitions, Dimension, Flow, Line, Missing, Nothing, Population, Selector, Table, Word,
    definitions_schema,
};
pub use held::{
    LegalStatus, age_group, age_on, age_status, length_band, section, section_of, sentence_behind,
    sex_word, status, status_of_group,
};
pub use iccs::{Class, Classes, Crossing};
pub use supervised::{
    Measure, order_measure, pretrial_measures, supervision_measure, told_categories,
};
