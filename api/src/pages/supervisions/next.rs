//! What follows from an entry of a supervision that was just recorded.

use domain::jurisdiction::title;
use domain::record::AnyEvent;
use domain::supervision::SupervisionEvent;
use infra::record::Recorded;

use super::show::Reading;
use crate::pages::page::day_in_words;

impl Reading<'_> {
    /// What follows from an entry that was just recorded.
    pub(super) fn next(&self, entry: &Recorded) -> Vec<String> {
        let AnyEvent::Supervision(event) = &entry.event else {
            return Vec::new();
        };
        let said = match event {
            SupervisionEvent::ContactRecorded { .. }
            | SupervisionEvent::ContactCorrected { .. }
            | SupervisionEvent::ViolationRecorded { .. } => {
                let months = self.law.orders.enforcement.within_months;
                let missed = self.started.failures(self.day, months).len();
                format!(
                    "Missed contacts that count: {missed} in {months} months. Nothing is decided by that."
                )
            }
            SupervisionEvent::ReviewHeld { .. } => match self.started.next_review {
                Some(due) => format!(
                    "The next review stands in the worklist from {} on.",
                    day_in_words(due.into())
                ),
                None => "No next review is set.".to_owned(),
            },
            SupervisionEvent::RecallRequested { .. } => {
                "Nothing is decided by that: the request waits for a court or board.".to_owned()
            }
            SupervisionEvent::Transferred { transfer, .. } => {
                let to = title(&self.law.offices, transfer.to.as_str());
                format!("{to} finds the supervision in its worklist and assigns an officer.")
            }
            SupervisionEvent::NeedsAssessed { .. } => {
                "A plan agreed with the person can rest on it.".to_owned()
            }
            SupervisionEvent::RecallDecided { .. } | SupervisionEvent::Ended { .. } => {
                format!("The supervision is {}.", self.started.title_on(self.day))
            }
            SupervisionEvent::Started { .. }
            | SupervisionEvent::EndMoved { .. }
            | SupervisionEvent::OfficerAssigned { .. }
            | SupervisionEvent::PlanAgreed { .. }
            | SupervisionEvent::ProgrammeReferred { .. }
            | SupervisionEvent::ProgrammeStarted { .. }
            | SupervisionEvent::ProgrammeCompleted { .. }
            | SupervisionEvent::ProgrammeEnded { .. }
            | SupervisionEvent::LevelChanged { .. } => return Vec::new(),
        };
        vec![said]
    }
}
