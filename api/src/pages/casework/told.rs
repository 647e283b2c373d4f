//! The history of a case, with the notes that were made about it.

use domain::order::OrderEvent;
use domain::personal::{PersonalText, Sealed};
use domain::record::AnyEvent;
use domain::supervision::SupervisionEvent;
use infra::access::Action;
use infra::record::Recorded;

use crate::pages::components::History;
use crate::pages::laws::Laws;
use crate::pages::page::{PageError, Visitor};
use crate::pages::{kinds, said, sentence};

/// The history of a case with what was said in words, for those it is for; each entry leads to the case as it stood.
pub(in crate::pages) async fn history(
    visitor: &Visitor,
    entries: &[Recorded],
    laws: &Laws,
    case: &str,
) -> Result<History, PageError> {
    let mut history = said::history(entries, laws, |entry| {
        format!("{case}?as_of={}", entry.index)
    });
    let words = entries.iter().enumerate();
    let words = words.filter_map(|(place, entry)| Some((place, words_of(&entry.event)?)));
    let (places, sealed): (Vec<usize>, Vec<Sealed>) = words.unzip();
    let opened = sentence::disclosed(visitor, Action::ReadWords, &sealed).await?;
    for (place, value) in places.into_iter().zip(opened) {
        if let Some(event) = history.events.get_mut(place) {
            event.details.push(("In words".to_owned(), value));
        }
    }
    kinds::tell(visitor, entries, laws, &mut history).await?;
    Ok(history)
}

/// What was said in words with an entry.
fn words_of(event: &AnyEvent) -> Option<Sealed> {
    let words = match event {
        AnyEvent::Order(event) => words_of_order(event),
        AnyEvent::Supervision(event) => words_of_supervision(event),
        _ => None,
    };
    words?.sealed().cloned()
}

fn words_of_order(event: &OrderEvent) -> Option<&PersonalText> {
    match event {
        OrderEvent::RequirementEnded { end, .. } => end.note.as_ref(),
        OrderEvent::AttendanceRecorded { note, .. }
        | OrderEvent::AttendanceCorrected { note, .. }
        | OrderEvent::HoursCredited { note, .. }
        | OrderEvent::HoursReversed { note, .. }
        | OrderEvent::BreachNotProven { note, .. } => note.as_ref(),
        OrderEvent::WarningIssued { issue, .. } => issue.note.as_ref(),
        OrderEvent::WarningWithdrawn { withdrawal, .. } => withdrawal.note.as_ref(),
        OrderEvent::BreachAlleged { allegation, .. } => allegation.statement.as_ref(),
        OrderEvent::BreachProven { decision, .. } => decision.note.as_ref(),
        OrderEvent::Revoked { step, .. } | OrderEvent::DischargedEarly { step, .. } => {
            step.note.as_ref()
        }
        OrderEvent::Made { .. }
        | OrderEvent::PeriodVaried { .. }
        | OrderEvent::RequirementAdded { .. }
        | OrderEvent::RequirementVaried { .. }
        | OrderEvent::AppointmentScheduled { .. }
        | OrderEvent::Transferred { .. }
        | OrderEvent::Completed { .. }
        | OrderEvent::Ended(_) => None,
    }
}

fn words_of_supervision(event: &SupervisionEvent) -> Option<&PersonalText> {
    match event {
        SupervisionEvent::NeedsAssessed { record, .. } => record.summary.as_ref(),
        SupervisionEvent::PlanAgreed { plan, .. } => plan.goals.as_ref(),
        SupervisionEvent::ProgrammeEnded { end, .. } => end.note.as_ref(),
        SupervisionEvent::ContactRecorded { record, .. } => record.note.as_ref(),
        SupervisionEvent::ContactCorrected { correction, .. } => correction.note.as_ref(),
        SupervisionEvent::ReviewHeld { review, .. } => review.note.as_ref(),
        SupervisionEvent::ViolationRecorded { record, .. } => record.note.as_ref(),
        SupervisionEvent::RecallRequested { request, .. } => request.note.as_ref(),
        SupervisionEvent::RecallDecided { decision, .. } => decision.reasons.as_ref(),
        SupervisionEvent::Ended { end, .. } => end.note.as_ref(),
        SupervisionEvent::Started { .. }
        | SupervisionEvent::EndMoved { .. }
        | SupervisionEvent::OfficerAssigned { .. }
        | SupervisionEvent::ProgrammeReferred { .. }
        | SupervisionEvent::ProgrammeStarted { .. }
        | SupervisionEvent::ProgrammeCompleted { .. }
        | SupervisionEvent::LevelChanged { .. }
        | SupervisionEvent::Transferred { .. } => None,
    }
}
