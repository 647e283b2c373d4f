//! The life of a supervision: officer, assessment, plan, contacts, reviews.

use domain::supervision::{
    AgreePlan, AssignOfficer, ChangeLevel, Completeness, ContactKind, ContactOutcome, HoldReview,
    MoveProgramme, RecordAssessment, RecordContact, RecordViolation, ReferToProgramme,
    SupervisionCommand, SupervisionStanding,
};
use domain::values::{
    AssessmentNo, ComponentNo, Day, Enforceable, Known, Occurred, OfficeCode, ProgrammeNo,
};

use super::chance::Chance;
use super::people::{code, words};
use crate::access::Call;
use crate::bulk::{Case, Refused};

const GOALS: [&str; 5] = [
    "Keep every appointment; find work or training with the help of the office.",
    "Settle the rent arrears and keep the home.",
    "See the counsellor for substance use twice a month.",
    "Agree contact with the children and keep to it.",
    "Finish the course that was begun and plan what follows it.",
];

/// A supervision from its start to the end of its order or to today.
pub(super) struct Watch<'a, 'c> {
    case: &'a mut Case<'c>,
    no: ComponentNo,
    office: OfficeCode,
    officer: Call,
    starts: Day,
    until: Day,
    chance: &'a mut Chance,
}

impl<'a, 'c> Watch<'a, 'c> {
    /// The supervision of an order, where it started one; `until` is the day after the last that is told.
    pub(super) fn of(
        case: &'a mut Case<'c>,
        no: ComponentNo,
        officer: Call,
        until: Day,
        chance: &'a mut Chance,
    ) -> Option<Self> {
        let started = case.supervision_of(no)?.started()?;
        if started.standing != SupervisionStanding::InForce {
            return None;
        }
        let ends = started.expected_end.unwrap_or(until);
        Some(Self {
            office: started.office.clone(),
            starts: started.starts.day()?,
            until: until.min(ends),
            case,
            no,
            officer,
            chance,
        })
    }

    pub(super) fn run(&mut self) -> Result<(), Refused> {
        let day = self.starts.plus_days(self.chance.between(1, 5));
        self.wish(day, |officer, done, office| {
            SupervisionCommand::AssignOfficer(AssignOfficer {
                officer: officer.actor.subject.clone(),
                office: office.clone(),
                done,
            })
        })?;
        self.plan()?;
        if self.chance.happens(280) {
            self.programme()?;
        }
        self.contacts()
    }

    fn wish(
        &mut self,
        day: Day,
        of: impl FnOnce(&Call, Occurred, &OfficeCode) -> SupervisionCommand,
    ) -> Result<bool, Refused> {
        if day >= self.until {
            return Ok(false);
        }
        let command = of(&self.officer, Occurred::On(day.into()), &self.office);
        self.case.supervision(&self.officer, self.no, command)?;
        Ok(true)
    }

    fn plan(&mut self) -> Result<(), Refused> {
        let day = self.starts.plus_days(self.chance.between(8, 25));
        let level = code(
            self.chance
                .weighed(&[("low", 30), ("medium", 45), ("high", 25)]),
        );
        let needs = [
            "housing",
            "work",
            "money",
            "family",
            "mental-health",
            "substance-use",
        ];
        let needs = vec![code(self.chance.pick(&needs)), code("education")];
        let assessed = self.wish(day, |officer, done, _| {
            SupervisionCommand::RecordAssessment(RecordAssessment {
                instrument: code("midland-needs"),
                instrument_version: code("2"),
                on: day.into(),
                by: officer.actor.subject.clone(),
                completeness: Completeness::Complete,
                needs,
                level: Some(level),
                done,
                summary: None,
            })
        })?;
        if !assessed {
            return Ok(());
        }
        let goals = Some(words(self.chance.pick(&GOALS)));
        let agreed = day.plus_days(self.chance.between(1, 10));
        self.wish(agreed, |_, done, _| {
            SupervisionCommand::AgreePlan(AgreePlan {
                done,
                assessment: Some(AssessmentNo(1)),
                goals,
            })
        })?;
        Ok(())
    }

    fn programme(&mut self) -> Result<(), Refused> {
        let names = [
            "thinking-skills",
            "healthy-relationships",
            "work-readiness",
            "substance-recovery",
        ];
        let programme = code(self.chance.pick(&names));
        let no = ProgrammeNo(1);
        let day = self.starts.plus_days(self.chance.between(30, 60));
        let referred = self.wish(day, |_, done, _| {
            SupervisionCommand::ReferToProgramme(ReferToProgramme { programme, done })
        })?;
        let begun = day.plus_days(self.chance.between(10, 40));
        let begun = referred.then_some(begun);
        let Some(begun) = begun else { return Ok(()) };
        let started = self.wish(begun, |_, done, _| {
            SupervisionCommand::StartProgramme(MoveProgramme {
                programme: no,
                done,
            })
        })?;
        if started && self.chance.happens(700) {
            let finished = begun.plus_days(self.chance.between(60, 120));
            self.wish(finished, |_, done, _| {
                SupervisionCommand::CompleteProgramme(MoveProgramme {
                    programme: no,
                    done,
                })
            })?;
        }
        Ok(())
    }

    fn contacts(&mut self) -> Result<(), Refused> {
        let mut day = self.starts.plus_days(self.chance.between(5, 12));
        let mut review = self.starts.plus_days(90);
        while day < self.until {
            let kind = self.chance.weighed(&[
                (ContactKind::InPerson, 62),
                (ContactKind::Telephone, 20),
                (ContactKind::HomeVisit, 8),
                (ContactKind::Video, 8),
                (ContactKind::Written, 2),
            ]);
            let outcome = self.chance.weighed(&[
                (ContactOutcome::Completed, 87),
                (ContactOutcome::Missed, 9),
                (ContactOutcome::Attempted, 4),
            ]);
            self.wish(day, |_, done, _| {
                SupervisionCommand::RecordContact(RecordContact {
                    on: day.into(),
                    kind,
                    outcome,
                    enforceable: Known::Value(Enforceable::Yes),
                    done,
                    note: None,
                })
            })?;
            if day > review {
                self.review(day)?;
                review = day.plus_days(90);
            }
            day = day.plus_days(self.chance.between(12, 30));
        }
        Ok(())
    }

    fn review(&mut self, day: Day) -> Result<(), Refused> {
        let next = day.plus_days(90);
        self.wish(day, |_, done, _| {
            SupervisionCommand::HoldReview(HoldReview {
                done,
                next_review: Some(next),
                note: None,
            })
        })?;
        if self.chance.happens(60) {
            let kind = code(self.chance.pick(&["technical", "no-contact"]));
            self.wish(day, |_, done, _| {
                SupervisionCommand::RecordViolation(RecordViolation {
                    on: day.into(),
                    kind,
                    done,
                    note: None,
                })
            })?;
        }
        if self.chance.happens(180) {
            let level = code(self.chance.pick(&["minimum", "maximum"]));
            let held = self.case.supervision_of(self.no).and_then(|s| s.started());
            if held.is_some_and(|started| started.level.as_ref() != Some(&level)) {
                self.wish(day, |_, done, _| {
                    SupervisionCommand::ChangeLevel(ChangeLevel {
                        level,
                        reason: code("review"),
                        done,
                    })
                })?;
            }
        }
        Ok(())
    }
}
