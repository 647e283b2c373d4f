//! Integrity: what no decision can be without, at either door.

use std::collections::{BTreeMap, BTreeSet};

use crate::act::{Facts, Reference};
use crate::sentence::decision::{Decision, Runs};
use crate::sentence::refusal::SentenceRefusal;
use crate::values::{CivilDate, ComponentNo};

/// Refuses a decision that contradicts itself; `decided` is absent while it is a draft.
pub(super) fn check(
    decision: &Decision,
    decided: Option<CivilDate>,
    facts: &Facts,
) -> Result<(), SentenceRefusal> {
    if decision.counts.is_empty() {
        return Err(SentenceRefusal::NoCount);
    }
    numbered_once(decision)?;
    references(decision)?;
    acyclic(decision)?;
    acyclic_with_earlier(decision, facts)?;
    decided.map_or(Ok(()), |date| offences_precede(decision, date))
}

fn numbered_once(decision: &Decision) -> Result<(), SentenceRefusal> {
    let (mut counts, mut components) = (BTreeSet::new(), BTreeSet::new());
    for count in &decision.counts {
        if count.components.is_empty() {
            return Err(SentenceRefusal::NothingImposed { count: count.no });
        }
        if count.no.0 == 0 || count.components.iter().any(|c| c.no.0 == 0) {
            return Err(SentenceRefusal::NumberedZero { count: count.no });
        }
        let fresh = counts.insert(count.no);
        if !fresh || !count.components.iter().all(|c| components.insert(c.no)) {
            return Err(SentenceRefusal::NumberedTwice { count: count.no });
        }
        if let Some(range) = &count.range
            && range.lowest.exceeds(range.highest)
        {
            return Err(SentenceRefusal::RangeReversed {
                count: count.no,
                lowest: range.lowest,
                highest: range.highest,
            });
        }
    }
    Ok(())
}

fn references(decision: &Decision) -> Result<(), SentenceRefusal> {
    let named = decision
        .principal
        .into_iter()
        .chain(successors(decision).into_values());
    for component in named {
        if decision.component(component).is_none() {
            return Err(SentenceRefusal::NoSuchComponent { component });
        }
    }
    Ok(())
}

/// Each component that follows another, with the one it follows.
fn successors(decision: &Decision) -> BTreeMap<ComponentNo, ComponentNo> {
    decision
        .components()
        .filter_map(|(_, component)| match component.runs {
            Some(Runs::ConsecutiveTo(before)) => Some((component.no, before)),
            Some(Runs::Concurrent | Runs::ConsecutiveToEarlier(_)) | None => None,
        })
        .collect()
}

fn acyclic(decision: &Decision) -> Result<(), SentenceRefusal> {
    let follows = successors(decision);
    for start in follows.keys() {
        let mut at = *start;
        for _ in 0..=follows.len() {
            match follows.get(&at) {
                Some(before) => at = *before,
                None => break,
            }
            if at == *start {
                return Err(SentenceRefusal::CircularTerms { component: *start });
            }
        }
    }
    Ok(())
}

/// A term of another sentence that waits for this one cannot be what a term here waits for.
fn acyclic_with_earlier(decision: &Decision, facts: &Facts) -> Result<(), SentenceRefusal> {
    for (_, component) in decision.components() {
        if let Some(Runs::ConsecutiveToEarlier(term)) = component.runs
            && facts.waiting.contains(&Reference::Sentence(term.sentence))
        {
            let component = component.no;
            return Err(SentenceRefusal::CircularTerms { component });
        }
    }
    Ok(())
}

fn offences_precede(decision: &Decision, decided: CivilDate) -> Result<(), SentenceRefusal> {
    for count in &decision.counts {
        if let Some(committed) = count.offence.committed.value()
            && decided.is_before(*committed)
        {
            return Err(SentenceRefusal::OffenceAfterDecision {
                count: count.no,
                committed: *committed,
                decided,
            });
        }
    }
    Ok(())
}
