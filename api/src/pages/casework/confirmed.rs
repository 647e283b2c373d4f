//! The confirmation of a step, on the page of its case: reference, entry, what the register noticed, what comes next.

use std::collections::BTreeSet;

use infra::record::Recorded;
use infra::registry::{Found, Kept};
use serde::Deserialize;

use crate::pages::components::{Link, Panel, Proof};
use crate::pages::page::Visitor;
use crate::pages::{register, said};

/// What led to the page of a case.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::pages) struct Led {
    /// The first entry of what was just recorded.
    pub(in crate::pages) recorded: Option<u64>,
    /// Whether everything is shown that is otherwise cut.
    pub(in crate::pages) all: Option<String>,
}

/// The confirmation of what was recorded under an entry; `next` says what follows from its events. Nothing for an entry
/// of another case, and nothing in the past.
pub(in crate::pages) fn confirmation<S: Kept>(
    visitor: &Visitor,
    (path, id): (&str, &str),
    found: &Found<S>,
    recorded: Option<u64>,
    next: impl Fn(&Recorded) -> Vec<String>,
) -> Option<Panel> {
    let first = found
        .entries
        .iter()
        .find(|entry| Some(entry.index) == recorded && !visitor.moment.past)?;
    // Events of one command were recorded at one instant, one after the other.
    let step = found
        .entries
        .iter()
        .filter(|entry| entry.index >= first.index && entry.recorded_us == first.recorded_us);
    let mut said = Vec::new();
    let mut others = Vec::new();
    for entry in step {
        if entry.index > first.index {
            others.push(said::what_of(entry));
        }
        said.extend(next(entry));
        let findings = entry.event.findings().iter();
        said.extend(findings.map(|f| format!("The register noticed: {}.", f.said)));
    }
    // Two events of one step may have the same consequence.
    let mut known = BTreeSet::new();
    said.retain(|words| known.insert(words.clone()));
    if !others.is_empty() {
        said.insert(0, format!("With it: {}.", others.join(", ").to_lowercase()));
    }
    Some(Panel {
        title: said::what_of(first),
        reference: register::short(id),
        proof: Proof::Recorded {
            entry: first.index,
            href: visitor.to(&format!("{path}/{id}?as_of={}", first.index)),
        },
        next: said,
        links: vec![Link::new("/", "Back to the worklist")],
    })
}
