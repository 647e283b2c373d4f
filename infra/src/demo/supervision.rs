//! The life of a supervision: officer, assessment, plan, contacts, reviews.

use domain::supervision::{
    AgreePlan, AssignOfficer, ChangeLevel, Completeness, ContactKind, ContactOutcome, HoldReview,
    MoveProgramme, RecordAssessment, RecordContact, RecordViolation, ReferToProgramme, Started,
    SupervisionCommand, SupervisionStanding, TreatmentKind,
};
use domain::values::{
    AssessmentNo, Code, ComponentNo, Day, Enforceable, Known, Occurred, ProgrammeNo,
};

use super::people::{code, words};
use super::tale::{self, Tale};
use crate::bulk::Refused;

const FIRST: ComponentNo = ComponentNo(1);
const PROGRAMME: ProgrammeNo = ProgrammeNo(1);

const GOALS: [&str; 5] = [
    "Keep every appointment; find work or training with the help of the office.",
    "Settle the rent arrears and keep the home.",
    "See the counsellor for substance use twice a month.",
    "Agree contact with the children and keep to it.",
    "Finish the course that was begun and plan what follows it.",
];
const NEEDS: [&str; 6] = [
    "housing",
    "work",
    "money",
    "family",
    "mental-health",
    "substance-use",
];
const PROGRAMMES: [&str; 4] = [
    "thinking-skills",
    "healthy-relationships",
    "work-readiness",
    "substance-recovery",
];

/// Something that happens to a supervision.
#[derive(Clone, Copy)]
pub(super) enum Step {
    /// An officer takes it.
    Assign,
    /// Needs and risks are assessed.
    Assess,
    /// A plan is agreed.
    Agree,
    /// The person is referred to a programme.
    Refer,
    /// The programme begins.
    Begin,
    /// The programme is completed.
    Finish,
    /// A contact.
    Contact,
    /// A review.
    Review,
}

impl From<Step> for tale::Step {
    fn from(step: Step) -> Self {
        Self::Supervision(step)
    }
}

impl Tale<'_> {
    /// Notes what follows from a supervision, where the order started one.
    pub(super) fn begin_supervision(&mut self) {
        let started = self.started().and_then(|started| started.starts.day());
        let Some(starts) = started else { return };
        self.note_after(starts, (1, 5), Step::Assign.into());
        self.note_after(starts, (8, 25), Step::Assess.into());
        self.note_after(starts, (5, 12), Step::Contact.into());
        if self.chance.happens(280) {
            self.note_after(starts, (30, 60), Step::Refer.into());
        }
    }

    fn started(&self) -> Option<&Started> {
        let started = self.case.supervision_of(FIRST)?.started()?;
        (started.standing == SupervisionStanding::InForce).then_some(started)
    }

    /// Takes a step, as long as the supervision lasts.
    pub(super) fn supervision(&mut self, day: Day, step: Step) -> Result<(), Refused> {
        let lasts = self
            .started()
            .is_some_and(|started| started.expected_end.is_none_or(|ends| day <= ends));
        if !lasts {
            return Ok(());
        }
        match step {
            Step::Assign => self.assign(day),
            Step::Assess => self.assess(day),
            Step::Agree => self.agree(day),
            Step::Refer => self.refer(day),
            Step::Begin => self.begin(day),
            Step::Finish => {
                let command = SupervisionCommand::CompleteProgramme(move_on(day));
                self.seen(day, command).map(drop)
            }
            Step::Contact => self.contact(day),
            Step::Review => self.review(day),
        }
    }

    /// The officer enters something.
    fn seen(&mut self, day: Day, command: SupervisionCommand) -> Result<bool, Refused> {
        let Some(officer) = self.officer() else {
            return Ok(false);
        };
        let delay = self.delay();
        self.act(day, delay, |case| {
            case.supervision(&officer, FIRST, command.clone())
        })
    }

    fn assign(&mut self, day: Day) -> Result<(), Refused> {
        let (Some(officer), Some(started)) = (self.officer(), self.started()) else {
            return Ok(());
        };
        let assignment = AssignOfficer {
            officer: officer.actor.subject,
            office: started.office.clone(),
            volunteer: None,
            done: Occurred::On(day.into()),
        };
        self.seen(day, SupervisionCommand::AssignOfficer(assignment))
            .map(drop)
    }

    fn assess(&mut self, day: Day) -> Result<(), Refused> {
        let Some(officer) = self.officer() else {
            return Ok(());
        };
        let level = self
            .chance
            .weighed(&[("low", 30), ("medium", 45), ("high", 25)]);
        let assessment = RecordAssessment {
            instrument: code("midland-needs"),
            instrument_version: code("2"),
            on: day.into(),
            by: officer.actor.subject,
            completeness: Completeness::Complete,
            needs: vec![code(self.chance.pick(&NEEDS)), code("education")],
            level: Some(code(level)),
            done: Occurred::On(day.into()),
            summary: None,
        };
        if self.seen(day, SupervisionCommand::RecordAssessment(assessment))? {
            self.note_after(day, (1, 10), Step::Agree.into());
        }
        Ok(())
    }

    fn agree(&mut self, day: Day) -> Result<(), Refused> {
        let plan = AgreePlan {
            done: Occurred::On(day.into()),
            assessment: Some(AssessmentNo(1)),
            goals: Some(words(self.chance.pick(&GOALS))),
        };
        if self.seen(day, SupervisionCommand::AgreePlan(plan))? {
            self.note_after(day, (60, 90), Step::Review.into());
        }
        Ok(())
    }

    fn refer(&mut self, day: Day) -> Result<(), Refused> {
        let referral = ReferToProgramme {
            programme: code(self.chance.pick(&PROGRAMMES)),
            treatment: Known::Value(TreatmentKind::Established),
            contraindicated: Known::NotRecorded,
            done: Occurred::On(day.into()),
        };
        if self.seen(day, SupervisionCommand::ReferToProgramme(referral))? {
            self.note_after(day, (10, 40), Step::Begin.into());
        }
        Ok(())
    }

    fn begin(&mut self, day: Day) -> Result<(), Refused> {
        let begun = self.seen(day, SupervisionCommand::StartProgramme(move_on(day)))?;
        if begun && self.chance.happens(700) {
            self.note_after(day, (60, 120), Step::Finish.into());
        }
        Ok(())
    }

    fn contact(&mut self, day: Day) -> Result<(), Refused> {
        let contact = RecordContact {
            on: day.into(),
            kind: self.chance.weighed(&[
                (ContactKind::InPerson, 62),
                (ContactKind::Telephone, 20),
                (ContactKind::HomeVisit, 8),
                (ContactKind::Video, 8),
                (ContactKind::Written, 2),
            ]),
            outcome: self.chance.weighed(&[
                (ContactOutcome::Completed, 87),
                (ContactOutcome::Missed, 9),
                (ContactOutcome::Attempted, 4),
            ]),
            enforceable: Known::Value(Enforceable::Yes),
            done: Occurred::On(day.into()),
            note: None,
        };
        if self.seen(day, SupervisionCommand::RecordContact(contact))? {
            self.note_after(day, (12, 30), Step::Contact.into());
        }
        Ok(())
    }

    /// A review fixes the next, which is held a little before its day or after it.
    fn review(&mut self, day: Day) -> Result<(), Refused> {
        let held = HoldReview {
            done: Occurred::On(day.into()),
            next_review: Some(day.plus_days(90)),
            note: None,
        };
        if !self.seen(day, SupervisionCommand::HoldReview(held))? {
            return Ok(());
        }
        self.note_after(day, (82, 97), Step::Review.into());
        if self.chance.happens(60) {
            let violation = RecordViolation {
                on: day.into(),
                kind: code(self.chance.pick(&["technical", "no-contact"])),
                done: Occurred::On(day.into()),
                note: None,
            };
            self.seen(day, SupervisionCommand::RecordViolation(violation))?;
        }
        if self.chance.happens(180) {
            self.change_level(day)?;
        }
        Ok(())
    }

    fn change_level(&mut self, day: Day) -> Result<(), Refused> {
        let level: Code = code(self.chance.pick(&["minimum", "maximum"]));
        if self
            .started()
            .is_none_or(|started| started.level.as_ref() == Some(&level))
        {
            return Ok(());
        }
        let change = ChangeLevel {
            level,
            reason: code("review"),
            done: Occurred::On(day.into()),
        };
        self.seen(day, SupervisionCommand::ChangeLevel(change))
            .map(drop)
    }
}

fn move_on(day: Day) -> MoveProgramme {
    MoveProgramme {
        measured: Vec::new(),
        programme: PROGRAMME,
        done: Occurred::On(day.into()),
    }
}
