//! The life of a community order: appointments, attendance, hours, warnings, breaches, the end.

use domain::order::{
    Account, AllegeBreach, BreachDecision, Complete, CourtStep, Explanation, ExplanationForm,
    IssueWarning, Meeting, OrderCommand, ProveBreach, RecordAttendance, Requirement,
    ScheduleAppointment, Standing, WarningKind,
};
use domain::values::{
    AppointmentNo, BreachNo, ComponentNo, Day, Enforceable, Known, Occurred, Quantity,
    RequirementNo,
};

use super::chance::Chance;
use super::people::{code, judge, officer, words};
use crate::access::Call;
use crate::bulk::{Case, Refused};

/// Minutes of a day's work.
const DAY: u32 = 360;

/// An order on its way, up to today.
pub(super) struct Life<'a, 'c> {
    pub(super) case: &'a mut Case<'c>,
    pub(super) chance: &'a mut Chance,
    pub(super) officer: Call,
    pub(super) ends: Day,
    no: ComponentNo,
    court: &'static str,
    starts: Day,
    today: Day,
    /// Unacceptable failures that no warning has taken up.
    failures: Vec<AppointmentNo>,
    warned: bool,
}

impl<'a, 'c> Life<'a, 'c> {
    pub(super) fn of(
        case: &'a mut Case<'c>,
        no: ComponentNo,
        court: &'static str,
        today: Day,
        chance: &'a mut Chance,
    ) -> Option<Self> {
        let made = case.order_of(no)?.made()?;
        let (starts, ends) = (made.starts.day()?, made.ends?);
        let officer = officer(made.office.as_str(), chance);
        Some(Self {
            case,
            no,
            court,
            starts,
            ends,
            today,
            officer,
            chance,
            failures: Vec::new(),
            warned: false,
        })
    }

    /// Appointments and what followed from them, up to today.
    pub(super) fn attend_all(&mut self) -> Result<(), Refused> {
        for (requirement, step) in self.counted() {
            self.attend(requirement, step)?;
        }
        Ok(())
    }

    fn in_force(&self) -> bool {
        let made = self.case.order_of(self.no).and_then(|order| order.made());
        made.is_some_and(|made| made.standing == Standing::InForce)
    }

    /// The requirements that are fulfilled by attending, each with what a day gives.
    fn counted(&self) -> Vec<(RequirementNo, Quantity)> {
        let made = self.case.order_of(self.no).and_then(|order| order.made());
        let all = made.into_iter().flat_map(|made| &made.requirements);
        all.filter_map(|(no, requirement)| match requirement.terms.quantity? {
            Quantity::Minutes(_) => Some((*no, Quantity::Minutes(DAY))),
            Quantity::Days(_) => Some((*no, Quantity::Days(1))),
            Quantity::Sessions(_) => Some((*no, Quantity::Sessions(1))),
        })
        .collect()
    }

    fn owed(&self, no: RequirementNo) -> u32 {
        let made = self.case.order_of(self.no).and_then(|order| order.made());
        let requirement = made.and_then(|made| made.requirements.get(&no));
        requirement
            .and_then(Requirement::remaining)
            .map_or(0, Quantity::amount)
    }

    fn attend(&mut self, requirement: RequirementNo, step: Quantity) -> Result<(), Refused> {
        let mut day = self.starts.plus_days(self.chance.between(7, 24));
        let recent = self.today.minus_days(420);
        while day < self.today && day <= self.ends && self.owed(requirement) > 0 && self.in_force()
        {
            // Of older orders only what happened was brought in, not the plans.
            let meeting = if day > recent {
                self.schedule(requirement, day, day.minus_days(7))?
            } else {
                let on = day.into();
                Meeting::Unscheduled { requirement, on }
            };
            self.record(requirement, meeting, day, step)?;
            self.enforce(day)?;
            day = day.plus_days(self.chance.between(6, 9));
        }
        if self.in_force()
            && self.owed(requirement) > 0
            && day <= self.ends
            && self.ends > self.today
        {
            let next = if self.chance.happens(120) {
                self.today
            } else {
                day
            };
            self.schedule(requirement, next, self.today.minus_days(3))?;
        }
        Ok(())
    }

    fn schedule(
        &mut self,
        requirement: RequirementNo,
        on: Day,
        done: Day,
    ) -> Result<Meeting, Refused> {
        let done = if done < self.starts {
            self.starts
        } else {
            done
        };
        let wish = ScheduleAppointment {
            requirement,
            on,
            at: "09:00".parse().ok(),
            place: Some(code(self.chance.pick(&[
                "work-site-north",
                "work-site-mill",
                "office",
            ]))),
            enforceable: Known::Value(Enforceable::Yes),
            done: Occurred::On(done.into()),
        };
        let command = OrderCommand::ScheduleAppointment(wish);
        self.case.order(&self.officer, self.no, command)?;
        let last = self.last_appointment().unwrap_or(AppointmentNo(1));
        Ok(Meeting::Scheduled(last))
    }

    fn last_appointment(&self) -> Option<AppointmentNo> {
        let made = self.case.order_of(self.no)?.made()?;
        made.appointments.keys().next_back().copied()
    }

    fn record(
        &mut self,
        requirement: RequirementNo,
        meeting: Meeting,
        day: Day,
        step: Quantity,
    ) -> Result<(), Refused> {
        let outcome = self.chance.weighed(&[
            ("complied", 830),
            ("late-complied", 35),
            ("absent-medical", 40),
            ("absent-employment", 20),
            ("absent-family", 18),
            ("moved-service", 15),
            ("absent-unacceptable", 34),
            ("failed", 8),
        ]);
        let came = matches!(outcome, "complied" | "late-complied");
        let amount = step.amount().min(self.owed(requirement));
        let late = outcome == "late-complied" && amount > 60;
        let amount = if late {
            amount.saturating_sub(30)
        } else {
            amount
        };
        let credit = came.then(|| Quantity::of(amount, step.unit()));
        let command = OrderCommand::RecordAttendance(RecordAttendance {
            meeting,
            outcome: code(outcome),
            credit,
            enforceable: Known::Value(Enforceable::Yes),
            done: Occurred::On(day.into()),
            note: None,
        });
        self.case.order(&self.officer, self.no, command)?;
        if matches!(outcome, "absent-unacceptable" | "failed") {
            self.failures.extend(self.last_appointment());
        }
        Ok(())
    }

    /// A warning for the first failure; for the next the court, now and then.
    fn enforce(&mut self, day: Day) -> Result<(), Refused> {
        let done = day.plus_days(self.chance.between(2, 6));
        if self.failures.is_empty() || done >= self.today {
            return Ok(());
        }
        let appointments = std::mem::take(&mut self.failures);
        let on = Occurred::On(done.into());
        if !self.warned {
            self.warned = true;
            let kind = WarningKind::First;
            let warning = IssueWarning {
                appointments,
                kind,
                done: on,
                note: None,
            };
            let command = OrderCommand::IssueWarning(warning);
            return self.case.order(&self.officer, self.no, command);
        }
        if self.chance.happens(450) {
            return self.breach(appointments, done);
        }
        Ok(())
    }

    fn breach(&mut self, appointments: Vec<AppointmentNo>, alleged: Day) -> Result<(), Refused> {
        let explained = Explanation {
            on: self.starts.into(),
            form: ExplanationForm::OralAndWritten,
        };
        let allege = OrderCommand::AllegeBreach(AllegeBreach {
            requirements: Vec::new(),
            appointments,
            alleged: Occurred::On(alleged.into()),
            explained: Known::Value(explained),
            statement: None,
        });
        self.case.order(&self.officer, self.no, allege)?;
        let heard = alleged.plus_days(self.chance.between(14, 60));
        if heard >= self.today {
            return Ok(());
        }
        let made = self.case.order_of(self.no).and_then(|order| order.made());
        let breach = made.and_then(|made| made.breaches.keys().next_back().copied());
        let breach = breach.unwrap_or(BreachNo(1));
        let pronounced = Occurred::On(heard.into());
        let judge = judge(self.court, self.chance);
        if self.chance.happens(280) {
            let decision = BreachDecision {
                breach,
                pronounced,
                note: None,
            };
            let command = OrderCommand::FindBreachNotProven(decision);
            return self.case.order(&judge, self.no, command);
        }
        let response = self.chance.weighed(&[
            ("warning", 40),
            ("more-onerous", 25),
            ("fine", 20),
            ("resentence", 10),
            ("no-action", 5),
        ]);
        let prove = OrderCommand::ProveBreach(ProveBreach {
            breach,
            pronounced,
            officer_account: Known::Value(Account::Given),
            person_account: Known::Value(self.chance.pick(&[
                Account::Given,
                Account::Given,
                Account::OpportunityDeclined,
            ])),
            explained: Known::Value(explained),
            responses: vec![code(response)],
            alternatives_considered: vec![code("fine")],
            note: None,
        });
        self.case.order(&judge, self.no, prove)?;
        if response == "resentence" {
            return self.revoke(&judge, heard);
        }
        Ok(())
    }

    fn revoke(&mut self, judge: &Call, on: Day) -> Result<(), Refused> {
        let step = CourtStep {
            pronounced: Occurred::On(on.into()),
            reason: code("breach"),
            note: Some(words(
                "The order is no longer workable after repeated failures.",
            )),
        };
        let command = OrderCommand::Revoke(step);
        self.case.order(judge, self.no, command)
    }

    /// An order ends when all is done and its time is over; a few end with something owed.
    pub(super) fn end(&mut self) -> Result<(), Refused> {
        if !self.in_force() || self.ends >= self.today {
            return Ok(());
        }
        let owed = self.counted().iter().any(|(no, _)| self.owed(*no) > 0);
        let waits = self.case.order_of(self.no).and_then(|order| order.made());
        let waits = waits.is_some_and(|made| made.open_breaches().next().is_some());
        if waits {
            return Ok(());
        }
        let reason = owed.then(|| code("expired"));
        let done = Occurred::On(self.ends.into());
        let command = OrderCommand::Complete(Complete { done, reason });
        self.case.order(&self.officer, self.no, command)
    }
}
