//! Screening: what published criteria say of a person. A pure reading; somebody decides afterwards.
//!
//! A criterion reads one attribute of a person. Whoever meets an *exclusion* is excluded. Of the others, whoever meets
//! every *requirement* is eligible, and so is whoever is *protected*: a criterion that protects opens a way of its own,
//! and is the only one that may read a protected trait (Tokyo Rules 2.2). What is not known of a person answers no
//! criterion: where it matters, the person is neither eligible nor excluded until it is known.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{Code, Known};

/// What a criterion does to whoever meets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Everybody has to meet it.
    Requires,
    /// Whoever meets it is excluded.
    Excludes,
    /// Whoever meets it is eligible without the other requirements.
    Protects,
}

/// What is asked of an attribute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Asks {
    /// It is one of these.
    OneOf(Vec<Code>),
    /// It is so much at least.
    AtLeast(u32),
    /// It is so much at most.
    AtMost(u32),
}

/// A criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// The name of the criterion.
    pub code: Code,
    /// The attribute of a person that it reads.
    #[schemars(extend("x-list" = "emergency.attributes"))]
    pub reads: Code,
    /// What is asked of that attribute.
    pub asks: Asks,
    /// What it does.
    pub effect: Effect,
}

/// What is known of an attribute of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attribute {
    /// A code.
    Is(Code),
    /// A number: days, months, years.
    Counts(u32),
}

/// What is known of a person, by attribute.
pub type Attributes = BTreeMap<Code, Known<Attribute>>;

/// What the criteria say of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The person can be released.
    Eligible,
    /// The person cannot be released, for these criteria.
    Excluded(Vec<Code>),
    /// Nobody can say, until these criteria can be answered.
    Unclear(Vec<Code>),
}

/// Whether a criterion is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Met {
    Yes,
    No,
    Unknown,
}

fn met(criterion: &Criterion, attributes: &Attributes) -> Met {
    let Some(known) = attributes.get(&criterion.reads).and_then(Known::value) else {
        return Met::Unknown;
    };
    let holds = match (&criterion.asks, known) {
        (Asks::OneOf(codes), Attribute::Is(code)) => codes.contains(code),
        (Asks::AtLeast(least), Attribute::Counts(n)) => n >= least,
        (Asks::AtMost(most), Attribute::Counts(n)) => n <= most,
        // A code is no number, and a number no code: nothing can be said.
        (Asks::OneOf(_), Attribute::Counts(_))
        | (Asks::AtLeast(_) | Asks::AtMost(_), Attribute::Is(_)) => return Met::Unknown,
    };
    if holds { Met::Yes } else { Met::No }
}

/// What the criteria say of a person.
pub fn screen(criteria: &[Criterion], attributes: &Attributes) -> Outcome {
    let with = |effect: Effect, wanted: Met| -> Vec<Code> {
        let of_effect = criteria.iter().filter(|c| c.effect == effect);
        let found = of_effect.filter(|c| met(c, attributes) == wanted);
        found.map(|c| c.code.clone()).collect()
    };
    let excluded = with(Effect::Excludes, Met::Yes);
    if !excluded.is_empty() {
        return Outcome::Excluded(excluded);
    }
    let is_protected = !with(Effect::Protects, Met::Yes).is_empty();
    let maybe_protected = with(Effect::Protects, Met::Unknown);
    let failed = with(Effect::Requires, Met::No);
    let unanswered = with(Effect::Requires, Met::Unknown);
    let maybe_excluded = with(Effect::Excludes, Met::Unknown);
    let asks_something = criteria.iter().any(|c| c.effect == Effect::Requires);
    let open = if is_protected {
        Vec::new()
    } else if !asks_something || !failed.is_empty() {
        if maybe_protected.is_empty() {
            // Only those who are protected are asked for, and the person is not among them.
            let unprotected = with(Effect::Protects, Met::No);
            return Outcome::Excluded(if failed.is_empty() {
                unprotected
            } else {
                failed
            });
        }
        maybe_protected
    } else if unanswered.is_empty() {
        Vec::new()
    } else {
        [unanswered, maybe_protected].concat()
    };
    let open = [maybe_excluded, open].concat();
    if open.is_empty() {
        Outcome::Eligible
    } else {
        Outcome::Unclear(open)
    }
}
