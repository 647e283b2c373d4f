//! What an emergency came to: counted, never announced.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::command::{Closing, CutRight, Item, Screened, Verdict};
use super::event::EmergencyEvent;
use super::screening::Outcome;
use super::state::{Candidate, Declaration, Stage};
use crate::values::{Code, Day, Occurred, PersonId};

/// The people of an emergency, counted at every stage. What was announced stands beside what was done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
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
    /// Which criteria wait for an answer; somebody for whom two do is counted under both.
    pub unclear_by: BTreeMap<Code, usize>,
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

    /// What a screening by a version says that is not recorded yet. An answer that somebody gave stays where the
    /// register alone cannot say, and nobody is screened anew whose release is granted.
    pub fn unrecorded(&self, version: &Code, results: &[Screened]) -> Vec<Screened> {
        let is_new = |result: &&Screened| {
            let undecided = [Stage::Undecided, Stage::Refused].contains(&self.stage(result.person));
            let candidate = self.people.get(&result.person);
            let known = candidate.and_then(|candidate| candidate.screened.as_ref());
            let known = known
                .filter(|(by, _)| by == version)
                .map(|(_, known)| known);
            undecided
                && match (known, &result.outcome) {
                    (None, _) => true,
                    (Some(Outcome::Unclear(before)), Outcome::Unclear(now)) => before != now,
                    (Some(Outcome::Eligible | Outcome::Excluded(_)), Outcome::Unclear(_)) => false,
                    (Some(known), said) => known != said,
                }
        };
        results.iter().filter(is_new).cloned().collect()
    }
}

/// Whose right is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// Everybody's.
    Everybody,
    /// One person's.
    OnePerson,
}

/// A right that was cut, and what became of it; nobody is named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CutTold {
    /// The right.
    pub right: Code,
    /// Whose it is.
    pub whose: Whose,
    /// The provision it rests on.
    pub basis: Code,
    /// What makes it necessary.
    pub necessity: Option<Code>,
    /// Since when.
    pub since: Occurred,
    /// Its last day.
    pub until: Day,
    /// When it was given back, or what became of it was settled.
    pub over: Option<Occurred>,
    /// What became of it, where it was not simply given back.
    pub closing: Option<Closing>,
}

/// Every right that was cut, oldest first, with what became of it.
pub fn rights_cut<'a>(events: impl Iterator<Item = &'a EmergencyEvent>) -> Vec<CutTold> {
    let mut cuts: Vec<(Option<PersonId>, CutTold)> = Vec::new();
    for event in events {
        let (right, person, over, closing) = match event {
            EmergencyEvent::RightCut(entered) => {
                cuts.push((entered.told.person, CutTold::of(&entered.told)));
                continue;
            }
            EmergencyEvent::RightRestored(entered) => {
                let told = &entered.told;
                (&told.right, told.person, told.done, None)
            }
            EmergencyEvent::MeasureClosed(entered) => match &entered.told.item {
                Item::Right(of) => {
                    let told = &entered.told;
                    (&of.right, of.person, told.done, Some(told.closing))
                }
                Item::Criteria(_) | Item::Release(_) => continue,
            },
            EmergencyEvent::Declared(_)
            | EmergencyEvent::CriteriaPublished(_)
            | EmergencyEvent::Extended(_)
            | EmergencyEvent::Screened(_)
            | EmergencyEvent::ReleaseDecided(_)
            | EmergencyEvent::ReleaseEffected(_)
            | EmergencyEvent::Returned(_)
            | EmergencyEvent::Breached(_)
            | EmergencyEvent::Ended(_)
            | EmergencyEvent::EndedByLaw(_) => continue,
        };
        let is_it = |(of, cut): &&mut (Option<PersonId>, CutTold)| {
            *of == person && cut.right == *right && cut.over.is_none()
        };
        if let Some((_, cut)) = cuts.iter_mut().find(is_it) {
            cut.over = Some(over);
            cut.closing = closing;
        }
    }
    cuts.into_iter().map(|(_, cut)| cut).collect()
}

impl CutTold {
    fn of(told: &CutRight) -> Self {
        Self {
            right: told.right.clone(),
            whose: match told.person {
                Some(_) => Whose::OnePerson,
                None => Whose::Everybody,
            },
            basis: told.basis.clone(),
            necessity: told.necessity.clone(),
            since: told.decided,
            until: told.until,
            over: None,
            closing: None,
        }
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
                Outcome::Unclear(criteria) => {
                    one_more(&mut self.unclear);
                    for code in criteria {
                        one_more(self.unclear_by.entry(code.clone()).or_default());
                    }
                }
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
