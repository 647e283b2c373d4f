//! What an emergency came to: counted, never announced.

use std::collections::BTreeMap;

use serde::Serialize;

use super::command::Verdict;
use super::screening::Outcome;
use super::state::{Candidate, Declaration};
use crate::values::Code;

/// The people of an emergency, counted at every stage. What was announced stands beside what was done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Cohort {
    /// How many releases were announced.
    pub announced: Option<u32>,
    /// How many people were screened.
    pub screened: usize,
    /// How many of them can be released.
    pub eligible: usize,
    /// How many cannot.
    pub excluded: usize,
    /// By which criteria; somebody who fails two is counted under both.
    pub excluded_by: BTreeMap<Code, usize>,
    /// Of how many nobody can say.
    pub unclear: usize,
    /// How many releases were granted.
    pub granted: usize,
    /// How many were refused.
    pub refused: usize,
    /// On which grounds.
    pub refused_on: BTreeMap<Code, usize>,
    /// How many people left.
    pub effected: usize,
    /// How many came back.
    pub returned: usize,
    /// How many broke the terms of release.
    pub breached: usize,
}

impl Declaration {
    /// The people of the emergency, counted.
    pub fn cohort(&self) -> Cohort {
        let mut cohort = Cohort {
            announced: self.declared.announced,
            ..Cohort::default()
        };
        for candidate in self.people.values() {
            cohort.add(candidate);
        }
        cohort
    }
}

impl Cohort {
    fn add(&mut self, candidate: &Candidate) {
        if let Some((_, outcome)) = &candidate.screened {
            one_more(&mut self.screened);
            match outcome {
                Outcome::Eligible => one_more(&mut self.eligible),
                Outcome::Excluded(criteria) => {
                    one_more(&mut self.excluded);
                    for code in criteria {
                        one_more(self.excluded_by.entry(code.clone()).or_default());
                    }
                }
                Outcome::Unclear(_) => one_more(&mut self.unclear),
            }
        }
        match candidate
            .decision
            .as_ref()
            .map(|decision| &decision.verdict)
        {
            Some(Verdict::Granted(_)) => one_more(&mut self.granted),
            Some(Verdict::Refused(refused)) => {
                one_more(&mut self.refused);
                one_more(self.refused_on.entry(refused.ground.clone()).or_default());
            }
            None => {}
        }
        if candidate.effected.is_some() {
            one_more(&mut self.effected);
        }
        if candidate.returned.is_some() {
            one_more(&mut self.returned);
        }
        if candidate.breaches > 0 {
            one_more(&mut self.breached);
        }
    }
}

fn one_more(count: &mut usize) {
    *count = count.saturating_add(1);
}
