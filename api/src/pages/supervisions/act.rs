//! The steps on a supervision: what each is called, who takes it, and the command that its form becomes.

use domain::supervision::{
    AgreePlan, AssignOfficer, ChangeLevel, DecideRecall, EndProgramme, EndSupervision, HoldReview,
    Measured, MoveProgramme, RecordAssessment, RecordContact, RecordViolation, ReferToProgramme,
    RequestRecall, Supervision, SupervisionCommand, TransferSupervision, TreatmentKind, Volunteer,
};
use domain::values::{Answer, Code, Instant, Known, Occurred};
use infra::access::Action;

use super::ask;
use crate::pages::casework::{
    Act, Asking, Wrong, chosen, day, every, known, numbered, when_done, words,
};
use crate::pages::components::{Field, Part};
use crate::pages::page::Typed;

/// A step on a supervision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SupervisionAct {
    Contact,
    Review,
    Assign,
    Assess,
    Plan,
    Level,
    Refer,
    StartProgramme,
    CompleteProgramme,
    EndProgramme,
    Violation,
    Recall,
    Transfer,
    End,
    DecideRecall,
}

impl Act for SupervisionAct {
    type Of = Supervision;
    const PATH: &'static str = "/supervisions";
    const BACK: &'static str = "Back to the supervision";

    fn all() -> impl Iterator<Item = Self> {
        [
            Self::Contact,
            Self::Review,
            Self::Assign,
            Self::Assess,
            Self::Plan,
            Self::Level,
            Self::Refer,
            Self::StartProgramme,
            Self::CompleteProgramme,
            Self::EndProgramme,
            Self::Violation,
            Self::Recall,
            Self::Transfer,
            Self::End,
            Self::DecideRecall,
        ]
        .into_iter()
    }

    fn word(self) -> &'static str {
        self.said().0
    }

    fn title(self) -> &'static str {
        self.said().1
    }

    fn action(self) -> Action {
        if self == Self::DecideRecall {
            Action::DecideRecall
        } else {
            Action::RunSupervision
        }
    }

    fn standing(asking: &Asking<'_, Supervision>) -> String {
        let started = asking.state.started();
        started.map_or_else(String::new, |s| {
            format!("The supervision is {}.", s.standing.title())
        })
    }

    fn before(self, asking: &Asking<'_, Supervision>) -> Vec<Part> {
        ask::before(self, asking)
    }

    fn fields(self, asking: &Asking<'_, Supervision>) -> Vec<Field> {
        ask::fields(self, asking)
    }

    #[expect(clippy::too_many_lines, reason = "one arm for each step")]
    fn command(
        self,
        asking: &Asking<'_, Supervision>,
        now: Instant,
    ) -> Result<SupervisionCommand, Wrong> {
        let typed = asking.typed;
        let done = when_done(typed, asking.law, now)?;
        Ok(match self {
            Self::Contact => SupervisionCommand::RecordContact(contact(asking, done)?),
            Self::Review => SupervisionCommand::HoldReview(review(typed, done)?),
            Self::Assign => SupervisionCommand::AssignOfficer(AssignOfficer {
                officer: chosen(
                    typed,
                    "officer",
                    "Enter who takes it over, such as officer-3",
                )?,
                office: chosen(typed, "office", "Choose the office")?,
                volunteer: volunteer(typed),
                done,
            }),
            Self::Assess => SupervisionCommand::RecordAssessment(assessment(typed, done)?),
            Self::Plan => SupervisionCommand::AgreePlan(AgreePlan {
                done,
                assessment: typed
                    .get("assessment")
                    .map(|_| numbered(typed, "assessment", "Choose one of the assessments"))
                    .transpose()?,
                goals: words(typed, "goals"),
            }),
            Self::Level => SupervisionCommand::ChangeLevel(ChangeLevel {
                level: chosen(typed, "level", "Choose the level")?,
                reason: reason(typed)?,
                done,
            }),
            Self::Refer => SupervisionCommand::ReferToProgramme(ReferToProgramme {
                programme: chosen(typed, "programme", "Choose the programme")?,
                treatment: known::<TreatmentKind>(typed, "treatment")?,
                contraindicated: known::<Answer>(typed, "contraindicated")?,
                done,
            }),
            Self::StartProgramme => SupervisionCommand::StartProgramme(programme(asking, done)?),
            Self::CompleteProgramme => {
                SupervisionCommand::CompleteProgramme(programme(asking, done)?)
            }
            Self::EndProgramme => SupervisionCommand::EndProgramme(EndProgramme {
                programme: numbered(typed, "programme", "Choose the programme")?,
                done,
                reason: reason(typed)?,
                measured: measured(asking)?,
                note: words(typed, "note"),
            }),
            Self::Violation => SupervisionCommand::RecordViolation(RecordViolation {
                on: day(typed, "on", "Enter the date, such as 5 3 2026")?,
                kind: chosen(typed, "kind", "Choose the kind")?,
                done,
                note: words(typed, "note"),
            }),
            Self::Recall => SupervisionCommand::RequestRecall(RequestRecall {
                done,
                grounds: every(typed, "grounds")?,
                alternatives_tried: every(typed, "alternatives_tried")?,
                note: words(typed, "note"),
            }),
            Self::Transfer => SupervisionCommand::Transfer(TransferSupervision {
                to: chosen(typed, "office", "Choose the office")?,
                done,
            }),
            Self::End => SupervisionCommand::End(EndSupervision {
                done,
                reason: reason(typed)?,
                note: words(typed, "note"),
            }),
            Self::DecideRecall => SupervisionCommand::DecideRecall(DecideRecall {
                recall: numbered(typed, "recall", "Choose the request")?,
                pronounced: done,
                outcome: chosen(typed, "outcome", "Choose the decision")?,
                reasons: words(typed, "reasons"),
            }),
        })
    }
}

impl SupervisionAct {
    /// The word in the address, and the words that people read.
    fn said(self) -> (&'static str, &'static str) {
        match self {
            Self::Contact => ("contact", "Record a contact"),
            Self::Review => ("review", "Record a review"),
            Self::Assign => ("assign", "Assign an officer"),
            Self::Assess => ("assess", "Record an assessment"),
            Self::Plan => ("plan", "Record the agreed plan"),
            Self::Level => ("level", "Change the level"),
            Self::Refer => ("refer", "Refer to a programme"),
            Self::StartProgramme => ("start-programme", "Record that a programme started"),
            Self::CompleteProgramme => (
                "complete-programme",
                "Record that a programme was completed",
            ),
            Self::EndProgramme => ("end-programme", "Record that a programme ended early"),
            Self::Violation => ("violation", "Record a violation"),
            Self::Recall => ("recall", "Request recall"),
            Self::Transfer => ("transfer", "Transfer to another office"),
            Self::End => ("end", "End the supervision"),
            Self::DecideRecall => ("decide-recall", "Decide on the recall"),
        }
    }
}

fn reason(typed: &Typed) -> Result<Code, Wrong> {
    chosen(typed, "reason", "Choose the reason")
}

/// A contact; without a date it was today.
fn contact(asking: &Asking<'_, Supervision>, done: Occurred) -> Result<RecordContact, Wrong> {
    let typed = asking.typed;
    Ok(RecordContact {
        on: match typed.date("on") {
            None => asking.day.into(),
            Some(_) => day(
                typed,
                "on",
                "Enter a date such as 5 3 2026, or leave it empty for today",
            )?,
        },
        kind: chosen(typed, "kind", "Choose how contact was made")?,
        outcome: chosen(typed, "outcome", "Choose what came of it")?,
        enforceable: Known::Value(chosen(
            typed,
            "enforceable",
            "Say whether missing it counts",
        )?),
        done,
        note: words(typed, "note"),
    })
}

fn review(typed: &Typed, done: Occurred) -> Result<HoldReview, Wrong> {
    Ok(HoldReview {
        done,
        next_review: match typed.date("next_review") {
            None => None,
            Some(_) => day(
                typed,
                "next_review",
                "Enter the whole date, such as 5 3 2026",
            )?,
        },
        note: words(typed, "note"),
    })
}

fn assessment(typed: &Typed, done: Occurred) -> Result<RecordAssessment, Wrong> {
    Ok(RecordAssessment {
        instrument: chosen(typed, "instrument", "Choose the instrument")?,
        instrument_version: chosen(typed, "instrument_version", "Enter its version, such as 2")?,
        on: day(typed, "on", "Enter when it was made, such as 5 3 2026")?,
        by: chosen(typed, "by", "Enter who made it, such as officer-3")?,
        completeness: chosen(typed, "completeness", "Say whether it was completed")?,
        needs: every(typed, "needs")?,
        level: chosen(typed, "level", "Choose one of the levels")?,
        done,
        summary: words(typed, "summary"),
    })
}

/// What is ticked of a volunteer; nothing is ticked for an officer of the service.
fn volunteer(typed: &Typed) -> Option<Volunteer> {
    let ticked = |what: &str| typed.all("volunteer").any(|said| said == what);
    let answer = |what| {
        Known::Value(if ticked(what) {
            Answer::Yes
        } else {
            Answer::No
        })
    };
    typed.get("volunteer").map(|_| Volunteer {
        screened: answer("screened"),
        insured: answer("insured"),
    })
}

fn programme(asking: &Asking<'_, Supervision>, done: Occurred) -> Result<MoveProgramme, Wrong> {
    Ok(MoveProgramme {
        programme: numbered(asking.typed, "programme", "Choose the programme")?,
        done,
        measured: measured(asking)?,
    })
}

/// What each measure of the rules came to, as far as it was taken.
fn measured(asking: &Asking<'_, Supervision>) -> Result<Vec<Measured>, Wrong> {
    let mut measured = Vec::new();
    for measure in &asking.law.supervision.measures {
        let name = format!("measure_{}", measure.code);
        if let Some(text) = asking.typed.get(&name) {
            let said = "Enter a whole number, as the instrument counts it";
            measured.push(Measured {
                measure: measure.code.clone(),
                value: text.parse().map_err(|_| (name.clone(), said.to_owned()))?,
            });
        }
    }
    Ok(measured)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::casework::midland;
    use domain::supervision::{ContactKind, ContactOutcome};

    fn read(act: SupervisionAct, fields: &[(&str, &str)]) -> Result<SupervisionCommand, Wrong> {
        let (typed, law) = (Typed::of(fields), midland());
        let now = Instant::from_micros(1_772_000_000_000_000);
        let asking = Asking {
            state: &Supervision::default(),
            law: &law,
            day: law.day(now),
            typed: &typed,
            by: "officer-1",
        };
        act.command(&asking, now)
    }

    #[test]
    fn a_contact_without_a_date_was_today() {
        let fields = [
            ("kind", "in_person"),
            ("outcome", "completed"),
            ("enforceable", "yes"),
        ];
        let Ok(SupervisionCommand::RecordContact(contact)) = read(SupervisionAct::Contact, &fields)
        else {
            unreachable!("the form is not read");
        };
        assert_eq!(contact.on.to_string(), "2026-02-25");
        assert_eq!(
            (contact.kind, contact.outcome),
            (ContactKind::InPerson, ContactOutcome::Completed)
        );
    }

    #[test]
    fn a_contact_asks_whether_missing_it_counts() {
        let fields = [("kind", "in_person"), ("outcome", "missed")];
        assert_eq!(
            read(SupervisionAct::Contact, &fields).unwrap_err().0,
            "enforceable"
        );
    }

    #[test]
    fn every_step_has_a_word_of_its_own() {
        let words: std::collections::BTreeSet<_> = SupervisionAct::all().map(Act::word).collect();
        assert_eq!(words.len(), SupervisionAct::all().count());
    }
}
