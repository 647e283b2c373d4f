//! What a complaint is after what happened to it.

use serde::{Deserialize, Serialize};

use super::command::{
    About, AnswerComplaint, AssignComplaint, OnPaper, ResolveComplaint, SubmitComplaint,
    SubmitWithoutPerson, Submitter,
};
use super::event::{ComplaintEvent, Inquiry};
use crate::act::Finding;
use crate::personal::PersonalText;
use crate::stream::StreamEvent;
use crate::values::{CaseReference, Code, Occurred, OfficeCode, PersonId, SubjectId};

/// A complaint in its life cycle.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Complaint {
    /// Nothing was submitted under this id.
    #[default]
    Unsubmitted,
    /// The complaint was submitted.
    Submitted(Box<Matter>),
}

/// How a complaint stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It waits for an answer.
    Open,
    /// It was answered.
    Answered,
    /// It was settled.
    Resolved,
    /// It was withdrawn.
    Withdrawn,
}

/// Where it stands who the official is whom nobody could name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Described {
    /// In these words.
    InWords(PersonalText),
    /// On the paper of the complaint.
    OnPaper,
}

/// A complaint that was submitted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matter {
    /// Whom it concerns; it may name nobody.
    pub person: Option<PersonId>,
    /// When it was submitted.
    pub submitted: Occurred,
    /// Who complains.
    pub by: Submitter,
    /// What kind it is.
    pub kind: Code,
    /// What it is about.
    pub about: About,
    /// The official complained about.
    pub subject_of: Option<SubjectId>,
    /// How an official is described whom nobody could name.
    pub described: Option<Described>,
    /// The number of the paper that holds it.
    pub paper: Option<CaseReference>,
    /// How it stands.
    pub standing: Standing,
    /// Since when an answer is awaited: the submission, or the last step to a higher level or opening again.
    pub awaited: Occurred,
    /// Who is to answer.
    pub assigned: Option<AssignComplaint>,
    /// The level it was taken to last, and the office that answers there.
    pub level: Option<(Code, OfficeCode)>,
    /// How often an answer was awaited anew.
    pub rounds: u16,
    /// The answers, oldest first.
    pub answers: Vec<AnswerComplaint>,
    /// How it was settled.
    pub resolution: Option<ResolveComplaint>,
    /// When whoever complained withdrew it.
    pub withdrawn: Option<Occurred>,
    /// Findings of every event, oldest first.
    pub findings: Vec<Finding>,
}

impl Complaint {
    /// The words for the state, whatever the day.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Unsubmitted => "not submitted",
            Self::Submitted(matter) => matter.title(),
        }
    }

    /// Whom it concerns, if it names anybody.
    pub fn person(&self) -> Option<PersonId> {
        self.submitted().and_then(|matter| matter.person)
    }

    /// The complaint that was submitted.
    pub fn submitted(&self) -> Option<&Matter> {
        match self {
            Self::Submitted(matter) => Some(matter),
            Self::Unsubmitted => None,
        }
    }

    pub(super) fn after(self, event: &ComplaintEvent) -> Self {
        match (self, event) {
            (_, ComplaintEvent::Submitted(entered)) => {
                let mut matter = Matter::of(&entered.told);
                matter.findings.clone_from(&entered.findings);
                Self::Submitted(Box::new(matter))
            }
            (_, ComplaintEvent::SubmittedWithoutPerson(entered)) => {
                let mut matter = Matter::of_nobody(&entered.told);
                matter.findings.clone_from(&entered.findings);
                Self::Submitted(Box::new(matter))
            }
            (Self::Submitted(matter), _) => Self::Submitted(Box::new(matter.after(event))),
            (Self::Unsubmitted, _) => Self::Unsubmitted,
        }
    }
}

impl Matter {
    fn of(told: &SubmitComplaint) -> Self {
        let named = Self::of_nobody(&SubmitWithoutPerson {
            done: told.done,
            by: told.by,
            kind: told.kind.clone(),
            about: told.about.clone(),
            subject_of: told.subject_of.clone(),
            described: None,
            paper: told.paper.clone(),
        });
        Self {
            person: Some(told.person),
            described: told.described.clone().map(Described::InWords),
            ..named
        }
    }

    fn of_nobody(told: &SubmitWithoutPerson) -> Self {
        Self {
            person: None,
            submitted: told.done,
            by: told.by,
            kind: told.kind.clone(),
            about: told.about.clone(),
            subject_of: told.subject_of.clone(),
            described: told.described.map(|OnPaper::Described| Described::OnPaper),
            paper: told.paper.clone(),
            standing: Standing::Open,
            awaited: told.done,
            assigned: None,
            level: None,
            rounds: 1,
            answers: Vec::new(),
            resolution: None,
            withdrawn: None,
            findings: Vec::new(),
        }
    }

    /// The office that is to answer: that of the level it was taken to, or the one that was named.
    pub(super) fn answers(&self) -> Option<&OfficeCode> {
        let higher = self.level.as_ref().map(|(_, office)| office);
        higher.or(self.assigned.as_ref().map(|assigned| &assigned.office))
    }

    /// Whether the answer waits with the oversight body: the complaint was taken higher, or is about an official, a place, an
    /// office or a court, and nobody answers about oneself (TR-3.7).
    pub(super) fn is_for_a_higher_level(&self) -> bool {
        let is_about_somebody = self.subject_of.is_some() || self.described.is_some();
        self.level.is_some() || is_about_somebody || self.about.body().is_some()
    }

    /// The words that people read.
    pub fn title(&self) -> &'static str {
        match (self.standing, self.withdrawn) {
            (Standing::Open, None) => "open",
            (Standing::Open, Some(_)) => "withdrawn and looked into all the same",
            (Standing::Answered, _) => "answered",
            (Standing::Resolved, _) => "resolved",
            (Standing::Withdrawn, _) => "withdrawn",
        }
    }

    fn after(mut self, event: &ComplaintEvent) -> Self {
        self.findings.extend(event.findings().iter().cloned());
        match event {
            ComplaintEvent::Assigned(entered) => self.assigned = Some(entered.told.clone()),
            ComplaintEvent::Answered(entered) => {
                self.answers.push(entered.told.clone());
                self.standing = Standing::Answered;
            }
            ComplaintEvent::Escalated(entered) => {
                let told = &entered.told;
                self.level = Some((told.level.clone(), told.to.clone()));
                self.await_anew(told.done);
            }
            ComplaintEvent::Resolved(entered) => {
                self.resolution = Some(entered.told.clone());
                self.standing = Standing::Resolved;
            }
            ComplaintEvent::Reopened(entered) => {
                self.resolution = None;
                self.withdrawn = None;
                self.await_anew(entered.told.done);
            }
            ComplaintEvent::Withdrawn(entered) => {
                self.withdrawn = Some(entered.told.done);
                match entered.told.inquiry {
                    Inquiry::Ends => self.standing = Standing::Withdrawn,
                    Inquiry::GoesOn => {}
                }
            }
            ComplaintEvent::Submitted(_) | ComplaintEvent::SubmittedWithoutPerson(_) => {}
        }
        self
    }

    /// Somebody has to answer it anew; who that is has to be said again.
    fn await_anew(&mut self, since: Occurred) {
        self.standing = Standing::Open;
        self.assigned = None;
        self.awaited = since;
        self.rounds = self.rounds.saturating_add(1);
    }
}
