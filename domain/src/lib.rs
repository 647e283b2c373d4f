//! The rules of the register: what may be decided about a person's liberty, what each decision means,
//! and how the published figures are defined.
//!
//! Nothing here performs I/O, reads a clock or draws a random number. A stream is a folder with the same
//! eight files: a pure `decide(&State, Command) -> Result<Vec<Event>, Refusal>` and a total
//! `evolve(State, &Event) -> State`, with the cqrs-es trait implemented in one small adapter.
//!
//! - [`values`]: the words of the statutes, parsed and never wrong;
//! - [`personal`]: what is sealed before it is stored;
//! - [`actor`]: who acts, in which office and for which purpose;
//! - [`childhood`]: whether a case is one of a child, and who works on it;
//! - [`office`]: whose act it is, by the office that has a case in hand;
//! - [`plausible`]: what is hardly possible;
//! - [`act`]: the two doors, and what may stand in the way of an act;
//! - [`jurisdiction`]: a country's rules as versioned data;
//! - [`coded`]: the codes that an event holds, and whose they are;
//! - [`person`], [`sentence`], [`order`], [`supervision`], [`policy`]: the streams;
//! - [`waiting`]: what has to happen by a day, in words;
//! - [`serving`], [`rehabilitation`]: what is worked out for a day from what is recorded;
//! - [`official`]: the tables that international bodies ask of a country;
//! - [`invariants`], [`schemas`]: every rule that can refuse and every event that is stored, as data.
#![warn(
    missing_docs,
    clippy::arithmetic_side_effects,
    clippy::float_arithmetic,
    clippy::wildcard_enum_match_arm
)]

pub mod act;
pub mod actor;
pub mod childhood;
pub mod coded;
pub mod complaint;
pub mod cooperation;
pub mod custody;
pub mod diversion;
pub mod emergency;
pub mod facility;
pub mod finding;
pub mod invariants;
pub mod jurisdiction;
pub mod office;
pub mod official;
pub mod order;
pub mod person;
pub mod personal;
pub mod plausible;
pub mod policy;
pub mod pretrial;
pub mod record;
pub mod registry;
pub mod rehabilitation;
pub mod release;
pub mod report;
pub mod restorative;
pub mod safeguards;
pub mod schemas;
pub mod sentence;
pub mod serving;
pub mod statistics;
pub mod stream;
pub mod streams;
pub mod supervision;
#[cfg(test)]
mod testing;
pub mod values;
pub mod waiting;
