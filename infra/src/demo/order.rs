//! The life of a community order: appointments, attendance, hours, warnings, breaches, the end.

use domain::order::{
    Account, AllegeBreach, Becomes, BreachDecision, Complete, CorrectAttendance, Explanation,
    ExplanationForm, IssueWarning, Made, Meeting, OrderCommand, ProveBreach, RecordAttendance,
    Requirement, ScheduleAppointment, Standing, WarningKind,
};
use domain::sentence::{Resentence, Sanction, SentenceCommand};
use domain::values::{
    AppointmentNo, BreachNo, ComponentNo, Day, Enforceable, Known, Occurred, Quantity,
    RequirementNo, Told,
};

use super::decision::term;
use super::people::{code, judge, officer};
use super::tale::{self, Tale};
use crate::access::Call;
use crate::bulk::Refused;

const FIRST: ComponentNo = ComponentNo(1);
/// Minutes of a day's work.
const A_DAYS_WORK: u32 = 360;
/// For so many days offices have entered appointments beforehand; of earlier ones only what came of them.
const BEFOREHAND: u32 = 420;

/// Something that happens to an order.
#[derive(Clone, Copy)]
pub(super) enum Step {
    /// An appointment is made for a day.
    Schedule(RequirementNo, Day),
    /// The person comes, or does not.
    Meet(RequirementNo, Option<AppointmentNo>),
    /// Evidence of an acceptable reason is brought for a failure.
    Excuse(AppointmentNo),
    /// Failures are answered: first by a warning, then before the court.
    Answer,
    /// The court hears an alleged breach.
    Hear(BreachNo),
    /// The order has run its time, or everything owed is done.
    End,
}

impl From<Step> for tale::Step {
    fn from(step: Step) -> Self {
        Self::Order(step)
    }
}

/// What is known of an order besides its events.
pub(super) struct Life {
    pub(super) officer: Call,
    pub(super) starts: Day,
    pub(super) ends: Day,
    /// Unacceptable failures that no warning has taken up.
    failures: Vec<AppointmentNo>,
    warned: bool,
}

impl Tale<'_> {
    /// Notes what follows from an order, where the decision made one.
    pub(super) fn begin_order(&mut self) {
        let Some(made) = self.made() else { return };
        let (Some(starts), Some(ends)) = (made.starts.day(), made.ends) else {
            return;
        };
        let office = made.office.clone();
        let counted: Vec<RequirementNo> = counted(made).map(|(no, _)| no).collect();
        self.life = Some(Life {
            officer: officer(office.as_str(), &mut self.chance),
            starts,
            ends,
            failures: Vec::new(),
            warned: false,
        });
        for requirement in counted {
            let first = starts.plus_days(self.chance.between(7, 24));
            self.note_meeting(requirement, first.minus_days(6), first);
        }
        self.note(ends.plus_days(1), Step::End.into());
    }

    fn made(&self) -> Option<&Made> {
        self.case.order_of(FIRST)?.made()
    }

    fn running(&self) -> bool {
        self.made()
            .is_some_and(|made| made.standing == Standing::InForce)
    }

    fn owed(&self, no: RequirementNo) -> Option<Quantity> {
        let requirement = self.made()?.requirements.get(&no)?;
        requirement.remaining().filter(|owed| owed.amount() > 0)
    }

    /// Takes a step, if it is still possible.
    pub(super) fn order(&mut self, day: Day, step: Step) -> Result<(), Refused> {
        let Some(officer) = self.officer() else {
            return Ok(());
        };
        match step {
            Step::Excuse(appointment) => self.excuse(&officer, day, appointment),
            _ if !self.running() => Ok(()),
            Step::Hear(breach) => self.hear(day, breach),
            Step::Schedule(requirement, on) => self.schedule(&officer, day, requirement, on),
            Step::Meet(requirement, appointment) => {
                self.meet(&officer, day, requirement, appointment)
            }
            Step::Answer => self.answer(&officer, day),
            Step::End => self.end(&officer, day),
        }
    }

    /// An officer enters something.
    fn ordered(
        &mut self,
        officer: &Call,
        day: Day,
        delay: u32,
        command: OrderCommand,
    ) -> Result<bool, Refused> {
        self.act(day, delay, |case| {
            case.order(officer, FIRST, command.clone())
        })
    }

    fn note_meeting(&mut self, requirement: RequirementNo, from: Day, on: Day) {
        if on < self.present.today.minus_days(BEFOREHAND) {
            self.note(on, Step::Meet(requirement, None).into());
        } else {
            self.note(from, Step::Schedule(requirement, on).into());
        }
    }

    fn schedule(
        &mut self,
        officer: &Call,
        day: Day,
        requirement: RequirementNo,
        on: Day,
    ) -> Result<(), Refused> {
        if self.life.as_ref().is_none_or(|life| on > life.ends) {
            return Ok(());
        }
        let places = ["work-site-north", "work-site-mill", "office"];
        let command = OrderCommand::ScheduleAppointment(ScheduleAppointment {
            requirement,
            on,
            at: "09:00".parse().ok(),
            place: Some(code(self.chance.pick(&places))),
            enforceable: Known::Value(Enforceable::Yes),
            done: Occurred::On(day.into()),
        });
        if self.ordered(officer, day, 0, command)? {
            let appointment = self.last_appointment();
            self.note(on, Step::Meet(requirement, appointment).into());
        }
        Ok(())
    }

    fn last_appointment(&self) -> Option<AppointmentNo> {
        self.made()?.appointments.keys().next_back().copied()
    }

    fn meet(
        &mut self,
        officer: &Call,
        day: Day,
        requirement: RequirementNo,
        appointment: Option<AppointmentNo>,
    ) -> Result<(), Refused> {
        let Some(owed) = self.owed(requirement) else {
            return Ok(());
        };
        let outcome = self.chance.weighed(&OUTCOMES);
        let on = day.into();
        let unscheduled = Meeting::Unscheduled { requirement, on };
        let command = OrderCommand::RecordAttendance(RecordAttendance {
            meeting: appointment.map_or(unscheduled, Meeting::Scheduled),
            outcome: code(outcome),
            credit: credit(outcome, owed),
            enforceable: Known::Value(Enforceable::Yes),
            done: Occurred::On(on),
            note: None,
        });
        let delay = self.delay();
        if !self.ordered(officer, day, delay, command)? {
            return Ok(());
        }
        let entered = day.plus_days(delay);
        if matches!(outcome, "absent-unacceptable" | "failed") {
            self.failed(entered);
        }
        if self.owed(requirement).is_some() {
            let next = day.plus_days(self.chance.between(6, 9));
            let next = if next > entered { next } else { entered };
            self.note_meeting(requirement, entered, next);
        } else if self.is_done() {
            self.note_after(entered, (1, 6), Step::End.into());
        }
        Ok(())
    }

    fn failed(&mut self, entered: Day) {
        let last = self.last_appointment();
        if let Some(life) = &mut self.life {
            life.failures.extend(last);
        }
        self.note_after(entered, (2, 6), Step::Answer.into());
        if let Some(appointment) = last.filter(|_| self.chance.happens(120)) {
            self.note_after(entered, (3, 12), Step::Excuse(appointment).into());
        }
    }

    /// Whether nothing is owed and nothing only lasts.
    fn is_done(&self) -> bool {
        let made = self.made();
        made.is_some_and(|made| {
            made.requirements.values().all(|requirement| {
                requirement
                    .remaining()
                    .is_some_and(|owed| owed.amount() == 0)
            })
        })
    }

    /// A later acceptable reason: what hung on the failure is taken back with it.
    fn excuse(
        &mut self,
        officer: &Call,
        day: Day,
        appointment: AppointmentNo,
    ) -> Result<(), Refused> {
        let mut correction = CorrectAttendance {
            appointment,
            outcome: code("absent-medical"),
            credit: None,
            enforceable: Known::NotRecorded,
            reason: code("evidence-accepted"),
            done: Occurred::On(day.into()),
            note: None,
            consequences: domain::order::Consequences::default(),
        };
        let Some(made) = self.made() else {
            return Ok(());
        };
        let becomes = Becomes::by(&correction, self.case.law());
        correction.consequences = made.consequences(appointment, &becomes);
        let command = OrderCommand::CorrectAttendance(correction);
        if self.ordered(officer, day, 0, command)?
            && let Some(life) = &mut self.life
        {
            life.failures.retain(|failure| *failure != appointment);
        }
        Ok(())
    }

    /// A warning for the first failure; for the next the court, now and then.
    fn answer(&mut self, officer: &Call, day: Day) -> Result<(), Refused> {
        let Some(life) = &mut self.life else {
            return Ok(());
        };
        let appointments = std::mem::take(&mut life.failures);
        if appointments.is_empty() {
            return Ok(());
        }
        if !life.warned {
            life.warned = true;
            let command = OrderCommand::IssueWarning(IssueWarning {
                appointments,
                kind: WarningKind::First,
                done: Occurred::On(day.into()),
                note: None,
            });
            return self.ordered(officer, day, 0, command).map(drop);
        }
        if self.chance.happens(550) {
            return Ok(());
        }
        let command = OrderCommand::AllegeBreach(AllegeBreach {
            requirements: Vec::new(),
            appointments,
            alleged: Occurred::On(day.into()),
            explained: self.explained(),
            statement: None,
        });
        let alleged = self.ordered(officer, day, 0, command)?;
        let made = self.made().filter(|_| alleged);
        if let Some(breach) = made.and_then(|made| made.breaches.keys().next_back().copied()) {
            self.note_after(day, (14, 60), Step::Hear(breach).into());
        }
        Ok(())
    }

    /// The conditions were explained when the order began.
    fn explained(&self) -> Known<Explanation> {
        self.life
            .as_ref()
            .map_or(Known::NotRecorded, |life| Known::Value(explanation(life)))
    }

    fn hear(&mut self, day: Day, breach: BreachNo) -> Result<(), Refused> {
        let waits = self
            .made()
            .is_some_and(|made| made.open_breaches().any(|(no, _)| no == breach));
        if !waits {
            return Ok(());
        }
        let judge = judge(self.sketch.court, &mut self.chance);
        let pronounced = Occurred::On(day.into());
        if self.chance.happens(280) {
            let command = OrderCommand::FindBreachNotProven(BreachDecision {
                breach,
                pronounced,
                note: None,
            });
            return self.ordered(&judge, day, 0, command).map(drop);
        }
        let response = self.chance.weighed(&RESPONSES);
        let accounts = [Account::Given, Account::Given, Account::OpportunityDeclined];
        let command = OrderCommand::ProveBreach(ProveBreach {
            breach,
            pronounced,
            officer_account: Known::Value(Account::Given),
            person_account: Known::Value(self.chance.pick(&accounts)),
            explained: self.explained(),
            responses: vec![code(response)],
            alternatives_considered: vec![code("fine")],
            appeal_told: Known::Value(Told::Yes),
            note: None,
        });
        if self.ordered(&judge, day, 0, command)? && response == "resentence" && self.running() {
            return self.sentence_anew(day);
        }
        Ok(())
    }

    /// A short term in place of the order, which ends with the decision that made it.
    fn sentence_anew(&mut self, day: Day) -> Result<(), Refused> {
        let months = u16::try_from(self.chance.between(1, 3)).unwrap_or(1);
        let Some(mut decision) = self.decision() else {
            return Ok(());
        };
        for component in decision.counts.iter_mut().flat_map(|c| &mut c.components) {
            if component.no == FIRST
                && matches!(component.sanction, Sanction::CommunityOrder { .. })
            {
                component.sanction = term(months);
            }
        }
        let resentence = SentenceCommand::Resentence(Resentence {
            pronounced: Occurred::On(day.into()),
            decision,
            order: Some(self.case.order_id(FIRST)),
        });
        self.judged(day, resentence).map(drop)
    }

    /// An order ends when all is done or its time is over; a few end with something owed.
    fn end(&mut self, officer: &Call, day: Day) -> Result<(), Refused> {
        let Some(made) = self.made() else {
            return Ok(());
        };
        if made.open_breaches().next().is_some() {
            return Ok(());
        }
        let ends = made.ends.filter(|ends| *ends < day).unwrap_or(day);
        let owed = counted(made).any(|(_, owed)| owed.amount() > 0);
        let command = OrderCommand::Complete(Complete {
            done: Occurred::On(ends.into()),
            reason: owed.then(|| code("expired")),
        });
        self.ordered(officer, day, 0, command).map(drop)
    }
}

/// What came of appointments, with its share.
const OUTCOMES: [(&str, u32); 8] = [
    ("complied", 830),
    ("late-complied", 35),
    ("absent-medical", 40),
    ("absent-employment", 20),
    ("absent-family", 18),
    ("moved-service", 15),
    ("absent-unacceptable", 34),
    ("failed", 8),
];

/// What the court makes of a breach, with its share.
const RESPONSES: [(&str, u32); 5] = [
    ("warning", 40),
    ("more-onerous", 25),
    ("fine", 20),
    ("resentence", 10),
    ("no-action", 5),
];

/// The requirements that are fulfilled by attending, each with what is left of it.
fn counted(made: &Made) -> impl Iterator<Item = (RequirementNo, Quantity)> {
    let all = made.requirements.iter();
    all.filter_map(|(no, requirement)| Some((*no, Requirement::remaining(requirement)?)))
}

/// What a day gives: a day's work, a day, a session; half an hour less to whoever came late.
fn credit(outcome: &str, owed: Quantity) -> Option<Quantity> {
    let day = match owed {
        Quantity::Minutes(_) if outcome == "late-complied" => A_DAYS_WORK - 30,
        Quantity::Minutes(_) => A_DAYS_WORK,
        Quantity::Days(_) | Quantity::Sessions(_) => 1,
    };
    let came = matches!(outcome, "complied" | "late-complied");
    came.then(|| Quantity::of(day.min(owed.amount()), owed.unit()))
}

fn explanation(life: &Life) -> Explanation {
    Explanation {
        on: life.starts.into(),
        form: ExplanationForm::OralAndWritten,
    }
}
