//! Screening: what published criteria say of a person. A pure reading; somebody decides afterwards.
//!
//! A criterion reads one attribute of a person. Whoever meets an *exclusion* is excluded. Of the others, whoever meets
//! every *requirement* is eligible, and so is whoever is *protected*: a criterion that protects opens a way of its own,
//! and is the only one that may read age, pregnancy, disability or health; by sex, nationality and the other traits of Tokyo
//! Rules 2.2 no criterion sets anybody above others. What is not known of a person answers no
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

/// What criteria come to when they are tried: people counted, nobody screened and nothing decided.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Rehearsal {
    /// On how many people they were tried.
    pub people: usize,
    /// How many of them could be released.
    pub eligible: usize,
    /// How many could not.
    pub excluded: usize,
    /// Of how many the register alone cannot say.
    pub unclear: usize,
    /// What each criterion comes to, in their order.
    pub criteria: Vec<Tried>,
}

/// What one criterion comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Tried {
    /// The criterion.
    pub criterion: Criterion,
    /// How many meet it.
    pub met: usize,
    /// How many do not.
    pub not_met: usize,
    /// Of how many the register does not know.
    pub unknown: usize,
    /// How many could not be released for it; somebody who fails two is counted under both.
    pub excluded_by: usize,
    /// How many wait for an answer to it; somebody for whom two do is counted under both.
    pub unclear_by: usize,
}

/// Tries criteria on people. Nothing is kept of whom they were tried on.
pub fn rehearse(criteria: &[Criterion], people: impl Iterator<Item = Attributes>) -> Rehearsal {
    let tried = |criterion: &Criterion| Tried {
        criterion: criterion.clone(),
        met: 0,
        not_met: 0,
        unknown: 0,
        excluded_by: 0,
        unclear_by: 0,
    };
    let mut rehearsal = Rehearsal {
        criteria: criteria.iter().map(tried).collect(),
        ..Rehearsal::default()
    };
    let add = |count: &mut usize| *count = count.saturating_add(1);
    for attributes in people {
        add(&mut rehearsal.people);
        let outcome = screen(criteria, &attributes);
        match outcome {
            Outcome::Eligible => add(&mut rehearsal.eligible),
            Outcome::Excluded(_) => add(&mut rehearsal.excluded),
            Outcome::Unclear(_) => add(&mut rehearsal.unclear),
        }
        for tried in &mut rehearsal.criteria {
            match met(&tried.criterion, &attributes) {
                Met::Yes => add(&mut tried.met),
                Met::No => add(&mut tried.not_met),
                Met::Unknown => add(&mut tried.unknown),
            }
            match &outcome {
                Outcome::Excluded(by) if by.contains(&tried.criterion.code) => {
                    add(&mut tried.excluded_by);
                }
                Outcome::Unclear(by) if by.contains(&tried.criterion.code) => {
                    add(&mut tried.unclear_by);
                }
                Outcome::Eligible | Outcome::Excluded(_) | Outcome::Unclear(_) => {}
            }
        }
    }
    rehearsal
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
