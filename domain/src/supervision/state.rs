//! What a supervision is after what happened to it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::command::{
    AgreePlan, ContactKind, ContactOutcome, CorrectContact, Measured, RecallOutcome,
    RecordAssessment, RecordContact, RecordViolation, RequestRecall, StartSupervision,
    SupervisionCause,
};
use super::event::SupervisionEvent;
use crate::act::Finding;
use crate::personal::PersonalText;
use crate::values::{
    AssessmentNo, CivilDate, Code, ContactNo, Day, Enforceable, Known, Occurred, OfficeCode,
    PersonId, ProgrammeNo, RecallNo, SubjectId, ViolationNo,
};

/// A supervision in its life cycle.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Supervision {
    /// Nothing is recorded under this id.
    #[default]
    Unstarted,
    /// The supervision was started.
    Started(Box<Started>),
}

/// How a supervision stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SupervisionStanding {
    /// In force.
    InForce,
    /// The person was recalled.
    Recalled {
        /// When that was pronounced.
        pronounced: Occurred,
    },
    /// It ended.
    Ended {
        /// When.
        done: Occurred,
        /// Why, coded.
        reason: Code,
    },
}

impl SupervisionStanding {
    /// The words that people read.
    pub fn title(&self) -> &'static str {
        match self {
            Self::InForce => "in force",
            Self::Recalled { .. } => "recalled",
            Self::Ended { .. } => "ended",
        }
    }

    /// Since when nothing more is asked of the person.
    pub fn over(&self) -> Option<Occurred> {
        match self {
            Self::InForce => None,
            Self::Recalled { pronounced: done } | Self::Ended { done, .. } => Some(*done),
        }
    }
}

/// A supervision that was started.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Started {
    /// Whom it concerns.
    pub person: PersonId,
    /// What it hangs on.
    pub cause: SupervisionCause,
    /// The office that supervises.
    pub office: OfficeCode,
    /// Its first day.
    pub starts: CivilDate,
    /// Its last day, as the decision fixes it.
    pub expected_end: Option<Day>,
    /// How it stands.
    pub standing: SupervisionStanding,
    /// The officer, once one is assigned.
    pub officer: Option<Officer>,
    /// The level, as last assessed or changed.
    pub level: Option<Code>,
    /// The plan in force.
    pub plan: Option<AgreePlan>,
    /// When the last review was held.
    pub reviewed: Option<Occurred>,
    /// When the next review is due.
    pub next_review: Option<Day>,
    /// Assessments.
    pub assessments: BTreeMap<AssessmentNo, RecordAssessment>,
    /// Programmes.
    pub programmes: BTreeMap<ProgrammeNo, Programme>,
    /// Contacts.
    pub contacts: BTreeMap<ContactNo, Contact>,
    /// Violations.
    pub violations: BTreeMap<ViolationNo, RecordViolation>,
    /// Requests for recall.
    pub recalls: BTreeMap<RecallNo, Recall>,
    /// Findings of every event, oldest first.
    pub findings: Vec<Finding>,
}

/// The officer in charge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Officer {
    /// Who.
    pub subject: SubjectId,
    /// Of which office.
    pub office: OfficeCode,
    /// Since when.
    pub since: Occurred,
}

/// A programme and how far it has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Programme {
    /// Which, coded.
    pub programme: Code,
    /// When the person was referred to it.
    pub referred: Occurred,
    /// How far it has come.
    pub step: ProgrammeStep,
    /// What was measured before it started.
    #[serde(default)]
    pub before: Vec<Measured>,
    /// What was measured when it was completed, or ended before.
    #[serde(default)]
    pub after: Vec<Measured>,
}

/// How far a programme has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProgrammeStep {
    /// Referred to.
    Referred,
    /// Started.
    Started(Occurred),
    /// Completed.
    Completed(Occurred),
    /// Ended before it was completed, and why.
    Ended(Occurred, Code),
}

impl ProgrammeStep {
    /// The words that people read.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Referred => "referred",
            Self::Started(_) => "started",
            Self::Completed(_) => "completed",
            Self::Ended(..) => "ended",
        }
    }
}

/// A contact, as it reads after corrections.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// When it was.
    pub on: CivilDate,
    /// How.
    pub kind: ContactKind,
    /// What came of it.
    pub outcome: ContactOutcome,
    /// Whether missing it may be enforced.
    pub enforceable: Known<Enforceable>,
    /// What was said about it.
    pub note: Option<PersonalText>,
    /// How often it was corrected.
    pub corrections: u32,
}

/// A request for recall and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recall {
    /// The request.
    pub request: RequestRecall,
    /// The decision, once there is one.
    pub decided: Option<(Occurred, RecallOutcome)>,
}

impl Supervision {
    /// The words for the state, whatever the day.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Unstarted => "not recorded",
            Self::Started(started) => started.standing.title(),
        }
    }

    /// Whom it concerns.
    pub fn person(&self) -> Option<PersonId> {
        self.started().map(|started| started.person)
    }

    /// The supervision that was started.
    pub fn started(&self) -> Option<&Started> {
        match self {
            Self::Started(started) => Some(started),
            Self::Unstarted => None,
        }
    }

    pub(super) fn after(self, event: &SupervisionEvent) -> Self {
        match (self, event) {
            (
                _,
                SupervisionEvent::Started {
                    start, findings, ..
                },
            ) => Self::Started(Box::new(Started::of(start, findings))),
            (Self::Started(started), _) => Self::Started(Box::new(started.after(event))),
            (Self::Unstarted, _) => Self::Unstarted,
        }
    }
}

impl Started {
    fn of(start: &StartSupervision, findings: &[Finding]) -> Self {
        Self {
            person: start.person,
            cause: start.cause,
            office: start.office.clone(),
            starts: start.starts,
            expected_end: start.expected_end,
            standing: SupervisionStanding::InForce,
            officer: None,
            level: None,
            plan: None,
            reviewed: None,
            next_review: None,
            assessments: BTreeMap::new(),
            programmes: BTreeMap::new(),
            contacts: BTreeMap::new(),
            violations: BTreeMap::new(),
            recalls: BTreeMap::new(),
            findings: findings.to_vec(),
        }
    }

    fn after(mut self, event: &SupervisionEvent) -> Self {
        use crate::stream::StreamEvent;
        self.findings.extend(event.findings().iter().cloned());
        match event {
            SupervisionEvent::OfficerAssigned { assignment, .. } => {
                self.officer = Some(Officer {
                    subject: assignment.officer.clone(),
                    office: assignment.office.clone(),
                    since: assignment.done,
                });
            }
            SupervisionEvent::NeedsAssessed {
                assessment, record, ..
            } => self.assess(*assessment, record),
            SupervisionEvent::PlanAgreed { plan, .. } => self.plan = Some(plan.clone()),
            SupervisionEvent::ProgrammeReferred { .. }
            | SupervisionEvent::ProgrammeStarted { .. }
            | SupervisionEvent::ProgrammeCompleted { .. }
            | SupervisionEvent::ProgrammeEnded { .. } => self.programme(event),
            SupervisionEvent::ContactRecorded {
                contact, record, ..
            } => {
                self.contacts.insert(*contact, record.into());
            }
            SupervisionEvent::ContactCorrected { correction, .. } => self.correct(correction),
            SupervisionEvent::LevelChanged { change, .. } => {
                self.level = Some(change.level.clone());
            }
            SupervisionEvent::ReviewHeld { review, .. } => {
                self.reviewed = Some(review.done);
                self.next_review = review.next_review;
            }
            SupervisionEvent::ViolationRecorded {
                violation, record, ..
            } => {
                self.violations.insert(*violation, record.clone());
            }
            SupervisionEvent::RecallRequested { .. } | SupervisionEvent::RecallDecided { .. } => {
                self.recall(event);
            }
            SupervisionEvent::Transferred { transfer, .. } => {
                self.office = transfer.to.clone();
                // The new office assigns its own officer.
                self.officer = None;
            }
            SupervisionEvent::EndMoved { movement, .. } => {
                self.expected_end = Some(movement.expected_end);
            }
            // What has ended goes on standing as it did, whatever is told of it afterwards.
            SupervisionEvent::Ended { .. }
                if matches!(self.standing, SupervisionStanding::Ended { .. }) => {}
            SupervisionEvent::Ended { end, .. } => {
                self.standing = SupervisionStanding::Ended {
                    done: end.done,
                    reason: end.reason.clone(),
                };
            }
            SupervisionEvent::Started { .. } => {}
        }
        self
    }

    fn assess(&mut self, no: AssessmentNo, record: &RecordAssessment) {
        use super::command::Completeness;
        if record.completeness == Completeness::Complete && record.level.is_some() {
            self.level.clone_from(&record.level);
        }
        self.assessments.insert(no, record.clone());
    }

    fn programme(&mut self, event: &SupervisionEvent) {
        let (no, step) = match event {
            SupervisionEvent::ProgrammeReferred {
                programme,
                referral,
                ..
            } => {
                let fresh = Programme {
                    programme: referral.programme.clone(),
                    referred: referral.done,
                    step: ProgrammeStep::Referred,
                    before: Vec::new(),
                    after: Vec::new(),
                };
                self.programmes.insert(*programme, fresh);
                return;
            }
            SupervisionEvent::ProgrammeStarted { step, .. } => {
                if let Some(programme) = self.programmes.get_mut(&step.programme) {
                    programme.before.clone_from(&step.measured);
                }
                (step.programme, ProgrammeStep::Started(step.done))
            }
            SupervisionEvent::ProgrammeCompleted { step, .. } => {
                if let Some(programme) = self.programmes.get_mut(&step.programme) {
                    programme.after.clone_from(&step.measured);
                }
                (step.programme, ProgrammeStep::Completed(step.done))
            }
            SupervisionEvent::ProgrammeEnded { end, .. } => {
                if let Some(programme) = self.programmes.get_mut(&end.programme) {
                    programme.after.clone_from(&end.measured);
                }
                let step = ProgrammeStep::Ended(end.done, end.reason.clone());
                (end.programme, step)
            }
            SupervisionEvent::Started { .. }
            | SupervisionEvent::OfficerAssigned { .. }
            | SupervisionEvent::NeedsAssessed { .. }
            | SupervisionEvent::PlanAgreed { .. }
            | SupervisionEvent::ContactRecorded { .. }
            | SupervisionEvent::ContactCorrected { .. }
            | SupervisionEvent::LevelChanged { .. }
            | SupervisionEvent::ReviewHeld { .. }
            | SupervisionEvent::ViolationRecorded { .. }
            | SupervisionEvent::RecallRequested { .. }
            | SupervisionEvent::RecallDecided { .. }
            | SupervisionEvent::Transferred { .. }
            | SupervisionEvent::EndMoved { .. }
            | SupervisionEvent::Ended { .. } => return,
        };
        if let Some(programme) = self.programmes.get_mut(&no) {
            programme.step = step;
        }
    }

    fn correct(&mut self, correction: &CorrectContact) {
        if let Some(contact) = self.contacts.get_mut(&correction.contact) {
            contact.kind = correction.kind;
            contact.outcome = correction.outcome;
            if !correction.enforceable.is_not_recorded() {
                contact.enforceable = correction.enforceable;
            }
            if correction.note.is_some() {
                contact.note.clone_from(&correction.note);
            }
            contact.corrections = contact.corrections.saturating_add(1);
        }
    }

    fn recall(&mut self, event: &SupervisionEvent) {
        if let SupervisionEvent::RecallRequested {
            recall, request, ..
        } = event
        {
            let fresh = Recall {
                request: request.clone(),
                decided: None,
            };
            self.recalls.insert(*recall, fresh);
        }
        if let SupervisionEvent::RecallDecided { decision, .. } = event {
            if let Some(recall) = self.recalls.get_mut(&decision.recall) {
                recall.decided = Some((decision.pronounced, decision.outcome));
            }
            let runs = self.standing == SupervisionStanding::InForce;
            if runs && decision.outcome == RecallOutcome::Granted {
                self.standing = SupervisionStanding::Recalled {
                    pronounced: decision.pronounced,
                };
            }
        }
    }
}

impl From<&RecordContact> for Contact {
    fn from(record: &RecordContact) -> Self {
        Self {
            on: record.on,
            kind: record.kind,
            outcome: record.outcome,
            enforceable: record.enforceable,
            note: record.note.clone(),
            corrections: 0,
        }
    }
}
