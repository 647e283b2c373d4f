//! From which day a kind of release is possible, by the rule that fits the terms.

use schemars::JsonSchema;
use serde::Serialize;

use super::terms::{About, Gathered};
use super::{Decided, Missing, Reason, TermSteps};
use crate::jurisdiction::{Applies, Pack, ServedRule};
use crate::release::dates;
use crate::values::{Code, Day, Known};

/// From which day a kind of release is possible.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Possible {
    /// The kind of release.
    pub kind: Code,
    /// In words.
    pub title: String,
    /// Whether the law itself brings it, so that nobody has to consider it.
    pub by_law: bool,
    /// The day, where one rule certainly holds.
    pub eligible: Option<Day>,
    /// Why there is none.
    pub why_not: Option<Reason>,
    /// The day under the rule that holds, or under each that may.
    pub under: Vec<UnderRule>,
}

/// The day under a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct UnderRule {
    /// The rule in words, with its provision.
    pub rule: String,
    /// The day.
    pub eligible: Day,
    /// How it was worked out, term by term.
    pub steps: Vec<TermSteps>,
}

/// The kinds of release for which the rules name no part of a term.
pub(super) fn without_rule(law: &Pack) -> Vec<String> {
    let rules = &law.release.served;
    let kinds = law.release.kinds.iter();
    let bare = kinds.filter(|kind| !rules.iter().any(|rule| rule.kind == kind.code));
    bare.map(|kind| kind.title.clone()).collect()
}

/// Every kind of release for which the rules name a part of the term.
pub(super) fn of_every_kind(gathered: &Gathered<'_>, law: &Pack) -> Vec<Possible> {
    let mut kinds: Vec<&Code> = Vec::new();
    for rule in &law.release.served {
        if !kinds.contains(&&rule.kind) {
            kinds.push(&rule.kind);
        }
    }
    kinds
        .into_iter()
        .map(|kind| of_kind(gathered, law, kind))
        .collect()
}

/// The rules that may hold for a term, and what is not known where it is not certain that one does.
struct Candidates<'a> {
    rules: Vec<&'a ServedRule>,
    doubt: Option<Missing>,
}

fn of_kind(gathered: &Gathered<'_>, law: &Pack, kind: &Code) -> Possible {
    let rules = law.release.served.iter();
    let rules: Vec<&ServedRule> = rules.filter(|rule| &rule.kind == kind).collect();
    let all: Vec<Candidates<'_>> = gathered
        .about
        .iter()
        .map(|term| candidates(&rules, term, law))
        .collect();
    let mut possible = Possible {
        kind: kind.clone(),
        title: law.titled("release.kinds", kind.as_str()).to_owned(),
        by_law: law.release.by_law.contains(kind),
        eligible: None,
        why_not: None,
        under: Vec::new(),
    };
    let worked = match all.iter().find_map(|term| term.doubt.as_ref()) {
        None => certain(gathered, &all, law).map(|under| {
            possible.eligible = Some(under.eligible);
            possible.under.push(under);
        }),
        Some(doubt) => {
            possible.why_not = Some(Reason::of(doubt));
            each(gathered, &all, law).map(|under| possible.under = under)
        }
    };
    if let Err(missing) = worked {
        possible.why_not = Some(Reason::of(&missing));
    }
    possible
}

fn candidates<'a>(rules: &[&'a ServedRule], term: &About<'_>, law: &Pack) -> Candidates<'a> {
    let mut found = Candidates {
        rules: Vec::new(),
        doubt: None,
    };
    for rule in rules {
        match fits(rule, term, law) {
            Ok(false) => {}
            Ok(true) => {
                found.rules.push(rule);
                return found;
            }
            Err(unknown) => {
                found.rules.push(rule);
                found.doubt.get_or_insert(unknown);
            }
        }
    }
    if found.rules.is_empty() {
        found.doubt = Some(Missing::NoRule);
    }
    found
}

/// Whether a rule is about a term; what is missing where that is not known.
fn fits(rule: &ServedRule, term: &About<'_>, law: &Pack) -> Result<bool, Missing> {
    match &rule.applies {
        Applies::Certified => Err(Missing::Certified),
        Applies::Any => Ok(true),
        Applies::Children => is_child(term.decided, law),
        Applies::Offences(offences) => match &term.count.offence.code {
            Known::Value(code) => Ok(offences.contains(code)),
            Known::NotRecorded | Known::NotAsked | Known::Declined => Err(Missing::Offence {
                count: term.count.no,
            }),
        },
    }
}

/// Whether somebody was a child when the stay began. Who was of age at the decision was not: the stay began with it or
/// later.
fn is_child(decided: &Decided<'_>, law: &Pack) -> Result<bool, Missing> {
    let majority = law.ages.majority;
    if let Known::Value(age) = decided.age {
        return Ok(age < majority);
    }
    match law
        .sentencing
        .age_told(&decided.imposed.decision.circumstances)
    {
        Known::Value(band) if band.from >= majority => Ok(false),
        Known::Value(_) | Known::NotRecorded | Known::NotAsked | Known::Declined => {
            Err(Missing::Age)
        }
    }
}

/// The day under the one rule that holds for each term.
fn certain(
    gathered: &Gathered<'_>,
    all: &[Candidates<'_>],
    law: &Pack,
) -> Result<UnderRule, Missing> {
    let rules: Vec<&ServedRule> = all
        .iter()
        .filter_map(|term| term.rules.first().copied())
        .collect();
    let same = rules
        .first()
        .filter(|first| rules.iter().all(|rule| rule == *first));
    let said = if let Some(rule) = same {
        rule.title.clone()
    } else {
        let named = gathered.about.iter().zip(&rules);
        let named = named.map(|(term, rule)| format!("{}: {}", term.name, rule.title));
        named.collect::<Vec<_>>().join("; ")
    };
    under(gathered, said, rules.into_iter(), law)
}

/// The day under each rule that may hold, where the same ones may hold for every term.
fn each(
    gathered: &Gathered<'_>,
    all: &[Candidates<'_>],
    law: &Pack,
) -> Result<Vec<UnderRule>, Missing> {
    let Some(first) = all.first() else {
        return Ok(Vec::new());
    };
    if all.iter().any(|term| term.rules != first.rules) {
        return Ok(Vec::new());
    }
    let under_one = |rule: &&ServedRule| {
        let same = gathered.about.iter().map(|_| *rule);
        under(gathered, rule.title.clone(), same, law)
    };
    first.rules.iter().map(under_one).collect()
}

fn under<'a>(
    gathered: &Gathered<'_>,
    rule: String,
    rules: impl Iterator<Item = &'a ServedRule>,
    law: &Pack,
) -> Result<UnderRule, Missing> {
    let terms = gathered.with_shares(rules.map(|rule| rule.share));
    let dates = dates::calculate(&terms, law.release.consecutive)?;
    Ok(UnderRule {
        rule,
        eligible: dates.eligible,
        steps: gathered.steps(&dates),
    })
}
