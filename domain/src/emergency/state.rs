//! What an emergency is after what happened in it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::command::{
    Closing, CutRight, DecideRelease, Declare, EndEmergency, Item, Period, PublishCriteria,
    RecordEmergencyReturn, RecordMeasureClosed, RightOf, Verdict,
};
use super::event::{EmergencyEvent, EndByLaw};
use super::screening::Outcome;
use crate::act::Finding;
use crate::stream::StreamEvent;
use crate::values::{Code, Day, Occurred, PersonId};

/// An emergency in its life cycle.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Emergency {
    /// Nothing is declared under this id.
    #[default]
    Undeclared,
    /// It is declared.
    Declared(Box<Declaration>),
}

/// An emergency that is declared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declaration {
    /// How it was declared.
    pub declared: Declare,
    /// Its last day, extensions counted.
    pub ends: Option<Day>,
    /// The versions of the criteria, oldest first.
    pub criteria: Vec<PublishCriteria>,
    /// Everybody who was screened or decided on.
    pub people: BTreeMap<PersonId, Candidate>,
    /// How many releases were granted.
    pub granted: u16,
    /// The rights that are cut now, oldest first.
    pub rights: Vec<Cut>,
    /// How many rights were cut in all.
    pub cuts: u16,
    /// What became of its measures, oldest first.
    pub closed: Vec<RecordMeasureClosed>,
    /// How it ended.
    pub ended: Option<Ended>,
    /// Findings of every event, oldest first.
    pub findings: Vec<Finding>,
}

/// How an emergency ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ended {
    /// With nothing left open.
    Settled(EndEmergency),
    /// By law, whatever was open.
    ByLaw(EndByLaw),
}

/// A right that is cut.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cut {
    /// Which of all the cuts it is, from 1.
    pub no: u16,
    /// How it was cut.
    pub told: CutRight,
}

/// How somebody's release stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Nothing is decided.
    Undecided,
    /// It was refused.
    Refused,
    /// It was granted; the person has not left.
    Granted,
    /// The person has left.
    Out,
    /// The person is back.
    Back,
    /// It is over, or went over into ordinary law.
    Closed,
}

/// Somebody who was screened or decided on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// The version of the criteria by which the person was screened last, and what they say.
    pub screened: Option<(Code, Outcome)>,
    /// What was decided last.
    pub decision: Option<DecideRelease>,
    /// Which of all the releases that were granted it is, from 1.
    pub no: u16,
    /// When the person left.
    pub effected: Option<Occurred>,
    /// How the person came back.
    pub returned: Option<RecordEmergencyReturn>,
    /// How often the terms of release were broken.
    pub breaches: u16,
    /// What became of the release.
    pub closed: Option<Closing>,
}

impl Emergency {
    /// The words for the state, whatever the day.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Undeclared => "not declared",
            Self::Declared(declaration) => match declaration.ended {
                None => "declared",
                Some(_) => "ended",
            },
        }
    }

    /// The emergency that is declared.
    pub fn declared(&self) -> Option<&Declaration> {
        match self {
            Self::Declared(declaration) => Some(declaration),
            Self::Undeclared => None,
        }
    }

    pub(super) fn after(self, event: &EmergencyEvent) -> Self {
        match (self, event) {
            (_, EmergencyEvent::Declared(entered)) => {
                let mut declaration = Declaration::of(&entered.told);
                declaration.findings.clone_from(&entered.findings);
                Self::Declared(Box::new(declaration))
            }
            (Self::Declared(mut declaration), _) => {
                declaration.take(event);
                Self::Declared(declaration)
            }
            (Self::Undeclared, _) => Self::Undeclared,
        }
    }
}

impl Candidate {
    /// How the release stands.
    pub fn stage(&self) -> Stage {
        let verdict = self.decision.as_ref().map(|decision| &decision.verdict);
        match verdict {
            None => Stage::Undecided,
            Some(Verdict::Refused(_)) => Stage::Refused,
            Some(Verdict::Granted(_)) if self.closed.is_some() => Stage::Closed,
            Some(Verdict::Granted(_)) if self.returned.is_some() => Stage::Back,
            Some(Verdict::Granted(_)) if self.effected.is_some() => Stage::Out,
            Some(Verdict::Granted(_)) => Stage::Granted,
        }
    }

    /// The day on which the person is back, of a release for a while.
    pub fn back_by(&self) -> Option<Day> {
        match self.period()? {
            Period::Final => None,
            Period::Temporary(while_) => while_.expires,
        }
    }

    /// Whether something is still to happen to it: the person has not left, or is out for a while.
    pub fn is_open(&self) -> bool {
        match self.stage() {
            Stage::Granted => true,
            Stage::Out => matches!(self.period(), Some(Period::Temporary(_))),
            Stage::Undecided | Stage::Refused | Stage::Back | Stage::Closed => false,
        }
    }

    fn period(&self) -> Option<&Period> {
        match &self.decision.as_ref()?.verdict {
            Verdict::Granted(granted) => Some(&granted.period),
            Verdict::Refused(_) => None,
        }
    }
}

impl Stage {
    /// The words that people read.
    pub fn title(self) -> &'static str {
        match self {
            Self::Undecided => "undecided",
            Self::Refused => "refused",
            Self::Granted => "granted",
            Self::Out => "carried out",
            Self::Back => "over, the person is back",
            Self::Closed => "closed",
        }
    }
}

impl Declaration {
    fn of(declared: &Declare) -> Self {
        Self {
            declared: declared.clone(),
            ends: declared.ends,
            criteria: Vec::new(),
            people: BTreeMap::new(),
            granted: 0,
            rights: Vec::new(),
            cuts: 0,
            closed: Vec::new(),
            ended: None,
            findings: Vec::new(),
        }
    }

    /// The criteria of a version.
    pub fn version(&self, version: &Code) -> Option<&PublishCriteria> {
        self.criteria.iter().find(|known| known.version == *version)
    }

    /// How somebody's release stands.
    pub fn stage(&self, person: PersonId) -> Stage {
        let candidate = self.people.get(&person);
        candidate.map_or(Stage::Undecided, Candidate::stage)
    }

    /// The cut of a right, if it is cut.
    pub fn cut(&self, right: &Code, person: Option<PersonId>) -> Option<&Cut> {
        let is_it = |cut: &&Cut| cut.told.right == *right && cut.told.person == person;
        self.rights.iter().find(is_it)
    }

    /// What is still open: the criteria in use, releases that are not over, rights that are cut.
    pub fn open(&self) -> Vec<Item> {
        let in_use = self.criteria.last().map(|last| last.version.clone());
        let criteria = in_use.map(Item::Criteria);
        let criteria = criteria.filter(|item| !self.closed.iter().any(|c| c.item == *item));
        let people = self.people.iter();
        let releases = people
            .filter(|(_, candidate)| candidate.is_open())
            .map(|(person, _)| Item::Release(*person));
        let rights = self.rights.iter().map(|cut| {
            Item::Right(RightOf {
                right: cut.told.right.clone(),
                person: cut.told.person,
            })
        });
        criteria.into_iter().chain(releases).chain(rights).collect()
    }

    fn take(&mut self, event: &EmergencyEvent) {
        self.findings.extend(event.findings().iter().cloned());
        match event {
            EmergencyEvent::CriteriaPublished(entered) => self.criteria.push(entered.told.clone()),
            EmergencyEvent::Extended(entered) => self.ends = Some(entered.told.ends),
            EmergencyEvent::Screened(entered) => {
                for result in &entered.told.results {
                    let candidate = self.people.entry(result.person).or_default();
                    let version = entered.told.version.clone();
                    candidate.screened = Some((version, result.outcome.clone()));
                }
            }
            EmergencyEvent::ReleaseDecided(entered) => self.decide(&entered.told),
            EmergencyEvent::ReleaseEffected(entered) => {
                self.candidate(entered.told.person).effected = Some(entered.told.done);
            }
            EmergencyEvent::Returned(entered) => {
                self.candidate(entered.told.person).returned = Some(entered.told);
            }
            EmergencyEvent::Breached(entered) => {
                let candidate = self.candidate(entered.told.person);
                candidate.breaches = candidate.breaches.saturating_add(1);
            }
            EmergencyEvent::RightCut(entered) => {
                self.cuts = self.cuts.saturating_add(1);
                self.rights.push(Cut {
                    no: self.cuts,
                    told: entered.told.clone(),
                });
            }
            EmergencyEvent::RightRestored(entered) => {
                self.restore(&entered.told.right, entered.told.person);
            }
            EmergencyEvent::MeasureClosed(entered) => self.close(&entered.told),
            EmergencyEvent::Ended(entered) => self.ended = Some(Ended::Settled(entered.told)),
            EmergencyEvent::EndedByLaw(entered) => {
                self.ended = Some(Ended::ByLaw(entered.told.clone()));
            }
            EmergencyEvent::Declared(_) => {}
        }
    }

    fn candidate(&mut self, person: PersonId) -> &mut Candidate {
        self.people.entry(person).or_default()
    }

    fn decide(&mut self, decision: &DecideRelease) {
        let no = match decision.verdict {
            Verdict::Granted(_) => self.granted.saturating_add(1),
            Verdict::Refused(_) => self.granted,
        };
        self.granted = no;
        let candidate = self.candidate(decision.person);
        candidate.no = no;
        candidate.decision = Some(decision.clone());
    }

    fn restore(&mut self, right: &Code, person: Option<PersonId>) {
        let stays = |cut: &Cut| cut.told.right != *right || cut.told.person != person;
        self.rights.retain(stays);
    }

    fn close(&mut self, told: &RecordMeasureClosed) {
        match &told.item {
            Item::Criteria(_) => {}
            Item::Release(person) => self.candidate(*person).closed = Some(told.closing),
            Item::Right(right) => self.restore(&right.right, right.person),
        }
        self.closed.push(told.clone());
    }
}
