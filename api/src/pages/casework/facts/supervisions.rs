//! The facts of a supervision.

use domain::jurisdiction::Pack;
use domain::supervision::{
    Completeness, RecallOutcome, RecordAssessment, RequestRecall, SupervisionEvent, TreatmentKind,
};
use domain::values::Known;

use super::{Facts, by, joined, moved, office, written};
use crate::pages::page::day_in_words;
use crate::pages::register;

/// The facts of an entry of a supervision.
#[expect(clippy::too_many_lines, reason = "one arm for each kind of entry")]
pub(in crate::pages) fn of_supervision(event: &SupervisionEvent, law: Option<&Pack>) -> Facts {
    match event {
        SupervisionEvent::Started { start, .. } => {
            vec![("Office", office(law, start.office.as_str()))]
        }
        SupervisionEvent::EndMoved { movement, from, .. } => {
            let before = from.map(|day| ("Before", day_in_words(day.into())));
            let last = ("Last day", day_in_words(movement.expected_end.into()));
            [last].into_iter().chain(before).collect()
        }
        SupervisionEvent::OfficerAssigned { assignment, .. } => vec![
            ("Officer", assignment.officer.to_string()),
            ("Office", office(law, assignment.office.as_str())),
        ],
        SupervisionEvent::NeedsAssessed { record, .. } => assessed(record, law),
        SupervisionEvent::PlanAgreed { plan, .. } => {
            let rests = plan
                .assessment
                .map(|no| ("Rests on assessment", no.to_string()));
            rests.into_iter().collect()
        }
        SupervisionEvent::ProgrammeReferred {
            programme,
            referral,
            ..
        } => {
            let title = by(law, |l| &l.supervision.programmes, &referral.programme);
            let mut facts = vec![("Programme", format!("{programme}. {title}"))];
            if let Known::Value(kind) = referral.treatment {
                facts.push(("Treatment", treatment(kind).to_owned()));
            }
            facts
        }
        SupervisionEvent::ProgrammeStarted { step, .. }
        | SupervisionEvent::ProgrammeCompleted { step, .. } => {
            let measured = step.measured.iter().map(|measured| {
                let title = by(law, |l| &l.supervision.measures, &measured.measure);
                ("Measured", format!("{title}: {}", measured.value))
            });
            std::iter::once(("Programme", step.programme.to_string()))
                .chain(measured)
                .collect()
        }
        SupervisionEvent::ProgrammeEnded { end, .. } => vec![
            ("Programme", end.programme.to_string()),
            (
                "Reason",
                by(law, |l| &l.supervision.programme_reasons, &end.reason),
            ),
        ],
        SupervisionEvent::ContactRecorded {
            contact, record, ..
        } => vec![
            ("Contact", format!("{contact}, {}", record.kind.title())),
            ("Outcome", register::sentence_case(record.outcome.title())),
        ],
        SupervisionEvent::ContactCorrected { correction, .. } => vec![
            (
                "Contact",
                format!("{}, {}", correction.contact, correction.kind.title()),
            ),
            (
                "Outcome",
                register::sentence_case(correction.outcome.title()),
            ),
            (
                "Reason",
                by(
                    law,
                    |l| &l.supervision.correction_reasons,
                    &correction.reason,
                ),
            ),
        ],
        SupervisionEvent::LevelChanged { change, .. } => vec![
            ("Level", by(law, |l| &l.supervision.levels, &change.level)),
            (
                "Reason",
                by(law, |l| &l.supervision.level_reasons, &change.reason),
            ),
        ],
        SupervisionEvent::ReviewHeld { review, .. } => {
            let next = review
                .next_review
                .map_or_else(|| "None is set".to_owned(), written);
            vec![("Next review", next)]
        }
        SupervisionEvent::ViolationRecorded {
            violation, record, ..
        } => {
            let kind = by(law, |l| &l.supervision.violations, &record.kind);
            vec![("Violation", format!("{violation}. {kind}"))]
        }
        SupervisionEvent::RecallRequested {
            recall, request, ..
        } => {
            let mut facts = vec![("Request", recall.to_string())];
            facts.extend(requested(request, law));
            facts
        }
        SupervisionEvent::RecallDecided { decision, .. } => vec![
            ("Request", decision.recall.to_string()),
            ("Decision", granted(decision.outcome).to_owned()),
        ],
        SupervisionEvent::Transferred { transfer, from, .. } => {
            moved(law, from.as_str(), transfer.to.as_str())
        }
        SupervisionEvent::Ended { end, .. } => {
            vec![(
                "Reason",
                by(law, |l| &l.supervision.ending_reasons, &end.reason),
            )]
        }
    }
}

fn treatment(kind: TreatmentKind) -> &'static str {
    match kind {
        TreatmentKind::Established => "Established",
        TreatmentKind::Pilot => "Tried out, watched and evaluated",
        TreatmentKind::Experiment => "An experiment",
    }
}

fn assessed(record: &RecordAssessment, law: Option<&Pack>) -> Facts {
    let instrument = by(law, |l| &l.supervision.instruments, &record.instrument);
    let mut facts = vec![
        (
            "Instrument",
            format!("{instrument}, version {}", record.instrument_version),
        ),
        ("Made by", record.by.to_string()),
    ];
    if record.completeness == Completeness::LockedIncomplete {
        facts.push(("Completed", "No: closed before it was complete".to_owned()));
    }
    let level = record.level.as_ref();
    let level = level.map(|code| by(law, |l| &l.supervision.levels, code));
    facts.extend(level.map(|level| ("Level found", level)));
    if !record.needs.is_empty() {
        let needs = record.needs.iter();
        let needs = needs.map(|code| by(law, |l| &l.supervision.needs, code));
        facts.push(("Needs found", joined(needs)));
    }
    facts
}

/// Why recall is requested, and what was tried before.
pub(in crate::pages) fn requested(request: &RequestRecall, law: Option<&Pack>) -> Facts {
    let grounds = request.grounds.iter();
    let grounds = grounds.map(|code| by(law, |l| &l.supervision.recall_grounds, code));
    let tried = request.alternatives_tried.iter();
    let tried = tried.map(|code| by(law, |l| &l.supervision.recall_alternatives, code));
    let tried = joined(tried);
    let tried = if tried.is_empty() {
        "Nothing".to_owned()
    } else {
        tried
    };
    vec![("Grounds", joined(grounds)), ("Tried before", tried)]
}

/// How a request for recall was decided.
fn granted(outcome: RecallOutcome) -> &'static str {
    match outcome {
        RecallOutcome::Granted => "Granted: the person is recalled",
        RecallOutcome::Refused => "Refused: the supervision goes on",
    }
}
