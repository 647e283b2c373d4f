//! The facts of an order.

use domain::jurisdiction::{Pack, title};
use domain::order::{
    AllegeBreach, Explanation, ExplanationForm, NotProvenGround, OrderEvent, ProveBreach, Terms,
};
use domain::sentence::length_in_words;
use domain::values::{AppointmentNo, Code, Known, Quantity, RequirementNo, Told};

use super::{Facts, by, joined, moved, office, written};
use crate::pages::page::day_in_words;
use crate::pages::register;

/// The facts of an entry of an order.
#[expect(clippy::too_many_lines, reason = "one arm for each kind of entry")]
pub(in crate::pages) fn of_order(event: &OrderEvent, law: Option<&Pack>) -> Facts {
    let ending = |reason: &Code| ("Reason", by(law, |l| &l.orders.ending_reasons, reason));
    match event {
        OrderEvent::Made { order, .. } => {
            let asked = order.requirements.iter().map(|terms| in_words(terms, law));
            vec![
                ("Office", office(law, order.office.as_str())),
                ("Asks", joined(asked)),
            ]
        }
        OrderEvent::PeriodVaried { variation, .. } => {
            vec![("Lasts", length_in_words(variation.period))]
        }
        OrderEvent::RequirementAdded {
            requirement,
            addition,
            ..
        } => {
            vec![(
                "Requirement",
                format!("{requirement}. {}", in_words(&addition.terms, law)),
            )]
        }
        OrderEvent::RequirementVaried { variation, .. } => {
            let terms = in_words(&variation.terms, law);
            vec![("Requirement", format!("{}. {terms}", variation.requirement))]
        }
        OrderEvent::RequirementEnded { end, .. } => {
            vec![
                ("Requirement", end.requirement.to_string()),
                ending(&end.reason),
            ]
        }
        OrderEvent::AppointmentScheduled {
            appointment,
            schedule,
            ..
        } => {
            let at = schedule.at.map_or_else(String::new, |at| format!(", {at}"));
            let day = written(schedule.on);
            vec![("Appointment", format!("{appointment}. {day}{at}"))]
        }
        OrderEvent::AttendanceRecorded {
            appointment,
            outcome,
            ..
        } => attendance(*appointment, outcome, None, law),
        OrderEvent::AttendanceCorrected {
            appointment,
            outcome,
            reason,
            ..
        } => attendance(*appointment, outcome, Some(reason), law),
        OrderEvent::HoursCredited {
            requirement,
            quantity,
            appointment,
            reason,
            ..
        } => credit(
            "Credited",
            *requirement,
            *quantity,
            *appointment,
            reason.as_ref(),
            law,
        ),
        OrderEvent::HoursReversed {
            requirement,
            quantity,
            appointment,
            reason,
            ..
        } => credit(
            "Reversed",
            *requirement,
            *quantity,
            *appointment,
            Some(reason),
            law,
        ),
        OrderEvent::WarningIssued { warning, issue, .. } => vec![
            ("Warning", format!("{warning}, {}", issue.kind.title())),
            ("For appointments", joined(&issue.appointments)),
        ],
        OrderEvent::WarningWithdrawn {
            withdrawal,
            answers,
            ..
        } => {
            let mut facts = vec![
                ("Warning", withdrawal.warning.to_string()),
                (
                    "Reason",
                    by(law, |l| &l.orders.correction_reasons, &withdrawal.reason),
                ),
            ];
            facts.extend(answers.map(|no| ("Answers appointment", no.to_string())));
            facts
        }
        OrderEvent::BreachAlleged {
            breach, allegation, ..
        } => {
            let mut facts = vec![("Breach", breach.to_string())];
            facts.extend(alleged(allegation));
            facts
        }
        OrderEvent::BreachProven { decision, .. } => proven(decision, law),
        OrderEvent::BreachNotProven { breach, ground, .. } => {
            let ground = match ground {
                NotProvenGround::Court => "The court found so".to_owned(),
                NotProvenGround::FailureCorrected { appointment, .. } => {
                    format!("Appointment {appointment} was corrected: the allegation is withdrawn")
                }
            };
            vec![("Breach", breach.to_string()), ("Ground", ground)]
        }
        OrderEvent::Revoked { step, .. } | OrderEvent::DischargedEarly { step, .. } => {
            let told = appeal_told(step.appeal_told);
            std::iter::once(ending(&step.reason)).chain(told).collect()
        }
        OrderEvent::Transferred { transfer, from, .. } => {
            moved(law, from.as_str(), transfer.to.as_str())
        }
        OrderEvent::Completed { completion, .. } => completion.reason.iter().map(ending).collect(),
        OrderEvent::Ended(end) => vec![("Cause", register::sentence_case(end.cause.title()))],
    }
}

fn attendance(
    no: AppointmentNo,
    outcome: &Code,
    reason: Option<&Code>,
    law: Option<&Pack>,
) -> Facts {
    let rule = law.and_then(|law| law.orders.outcome(outcome));
    let outcome = rule.map_or_else(|| outcome.to_string(), |rule| rule.title.clone());
    let mut facts = vec![("Appointment", no.to_string()), ("Outcome", outcome)];
    let reason = reason.map(|code| by(law, |l| &l.orders.correction_reasons, code));
    facts.extend(reason.map(|reason| ("Reason", reason)));
    facts
}

fn credit(
    what: &'static str,
    requirement: RequirementNo,
    quantity: Quantity,
    appointment: Option<AppointmentNo>,
    reason: Option<&Code>,
    law: Option<&Pack>,
) -> Facts {
    let mut facts = vec![
        (what, quantity.to_string()),
        ("Requirement", requirement.to_string()),
    ];
    facts.extend(appointment.map(|no| ("Appointment", no.to_string())));
    // A correction gives its own reason, a credit apart from an attendance one of another list.
    let list = |law: &Pack| {
        let orders = &law.orders;
        [orders.credit_reasons.as_slice(), &orders.correction_reasons].concat()
    };
    let reason = reason.map(|code| match law {
        Some(law) => title(&list(law), code.as_str()).to_owned(),
        None => code.to_string(),
    });
    facts.extend(reason.map(|reason| ("Reason", reason)));
    facts
}

/// What a breach is alleged to be.
fn alleged(allegation: &AllegeBreach) -> Facts {
    let mut facts = Vec::new();
    if !allegation.appointments.is_empty() {
        facts.push(("Appointments", joined(&allegation.appointments)));
    }
    if !allegation.requirements.is_empty() {
        facts.push(("Requirements", joined(&allegation.requirements)));
    }
    facts.push(("Conditions explained", explained(allegation.explained)));
    facts
}

/// How and when conditions were explained.
pub(in crate::pages) fn explained(said: Known<Explanation>) -> String {
    let Known::Value(explanation) = said else {
        return "Not recorded".to_owned();
    };
    let how = match explanation.form {
        ExplanationForm::OralAndWritten => "orally and in writing",
        ExplanationForm::Oral => "only orally",
        ExplanationForm::Written => "only in writing",
    };
    register::sentence_case(&format!("{how}, {}", day_in_words(explanation.on)))
}

fn proven(decision: &ProveBreach, law: Option<&Pack>) -> Facts {
    let responses = decision.responses.iter();
    let responses = responses.map(|code| by(law, |l| &l.orders.breach_responses, code));
    let considered = decision.alternatives_considered.iter();
    let considered = considered.map(|code| by(law, |l| &l.sentencing.alternatives, code));
    let mut facts = vec![
        ("Breach", decision.breach.to_string()),
        ("Response", joined(responses)),
    ];
    if !decision.alternatives_considered.is_empty() {
        facts.push(("Considered instead of custody", joined(considered)));
    }
    facts.extend(appeal_told(decision.appeal_told));
    facts
}

/// Whether the person was told how to appeal, where that is recorded.
fn appeal_told(told: Known<Told>) -> Option<(&'static str, String)> {
    let words = match told.value()? {
        Told::Yes => "Yes",
        Told::No => "No",
    };
    Some(("Told how to appeal", words.to_owned()))
}

/// What a requirement asks: *Unpaid work, 80 h*, *Curfew, 6 months*.
pub(in crate::pages) fn in_words(terms: &Terms, law: Option<&Pack>) -> String {
    let rule = law.and_then(|law| law.orders.requirement(&terms.kind));
    let mut said = rule.map_or_else(|| terms.kind.to_string(), |rule| rule.title.clone());
    let amount = terms.quantity.map(|quantity| quantity.to_string());
    let until = terms.ends.map(|ends| format!("until {}", written(ends)));
    for part in [amount, terms.length.map(length_in_words), until]
        .into_iter()
        .flatten()
    {
        said.push_str(", ");
        said.push_str(&part);
    }
    said
}
