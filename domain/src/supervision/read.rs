//! What pages and caseloads read off a supervision, each for a day.

use super::command::{Completeness, ContactOutcome, RecordAssessment};
use super::state::{Contact, Programme, ProgrammeStep, Recall, Started, SupervisionStanding};
use crate::values::{AssessmentNo, ContactNo, Day, Enforceable, Known, ProgrammeNo, RecallNo};

impl Contact {
    /// Whether it was missed, and that may be enforced.
    pub fn is_failure(&self) -> bool {
        self.outcome == ContactOutcome::Missed && self.enforceable == Known::Value(Enforceable::Yes)
    }
}

impl Started {
    /// The latest assessment that was completed.
    pub fn latest_assessment(&self) -> Option<(AssessmentNo, &RecordAssessment)> {
        self.assessments
            .iter()
            .filter(|(_, a)| a.completeness == Completeness::Complete)
            .max_by_key(|(no, a)| (a.on.latest(), **no))
            .map(|(no, assessment)| (*no, assessment))
    }

    /// The last contact that took place.
    pub fn last_contact(&self) -> Option<(ContactNo, &Contact)> {
        self.contacts
            .iter()
            .filter(|(_, c)| c.outcome == ContactOutcome::Completed)
            .max_by_key(|(no, c)| (c.on.latest(), **no))
            .map(|(no, contact)| (*no, contact))
    }

    /// Missed contacts that may be enforced, in the months that end with a day.
    pub fn failures(&self, day: Day, months: u32) -> Vec<ContactNo> {
        let counts = |contact: &Contact| {
            let (Some(first), Some(last)) = (contact.on.earliest(), contact.on.latest()) else {
                return false;
            };
            contact.is_failure() && first <= day && last.plus_months(months) > day
        };
        self.contacts
            .iter()
            .filter(|(_, contact)| counts(contact))
            .map(|(no, _)| *no)
            .collect()
    }

    /// Programmes that are neither completed nor ended.
    pub fn open_programmes(&self) -> impl Iterator<Item = (ProgrammeNo, &Programme)> {
        self.programmes
            .iter()
            .filter(|(_, p)| matches!(p.step, ProgrammeStep::Referred | ProgrammeStep::Started(_)))
            .map(|(no, programme)| (*no, programme))
    }

    /// The request for recall that waits for a decision.
    pub fn open_recall(&self) -> Option<(RecallNo, &Recall)> {
        self.recalls
            .iter()
            .find(|(_, recall)| recall.decided.is_none())
            .map(|(no, recall)| (*no, recall))
    }

    /// Whether a review is overdue on a day while the supervision is in force.
    pub fn is_review_overdue(&self, day: Day) -> bool {
        self.standing == SupervisionStanding::InForce
            && self.next_review.is_some_and(|due| due < day)
    }

    /// Whether its last day has passed while nothing else ended it.
    pub fn is_expired(&self, day: Day) -> bool {
        self.standing == SupervisionStanding::InForce
            && self.expected_end.is_some_and(|end| end < day)
    }

    /// The words for how it stands on a day.
    pub fn title_on(&self, day: Day) -> &'static str {
        if self.is_expired(day) {
            "expired"
        } else {
            self.standing.title()
        }
    }
}
