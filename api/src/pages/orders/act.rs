//! The steps on an order: what each is called, who takes it, and the command that its form becomes.

use domain::order::{
    AddRequirement, BreachDecision, Complete, EndRequirement, Order, OrderCommand, TransferOrder,
    WithdrawWarning,
};
use domain::values::Instant;
use infra::access::Action;

use super::read::{
    added, allege, attended, court_step, credit, prove, reason, requirement, reverse, schedule,
    scheduled, unscheduled, varied, warn,
};
use super::show::lasting;
use super::{ask, clocks};
use crate::pages::casework::{Act, Asking, Wrong, chosen, numbered, when_done, words};
use crate::pages::components::{Field, Part};

/// A step on an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OrderAct {
    Attend,
    AttendUnscheduled,
    Schedule,
    Credit,
    Reverse,
    Warn,
    Withdraw,
    Allege,
    Transfer,
    Complete,
    Prove,
    NotProven,
    Add,
    Vary,
    End,
    Discharge,
    Revoke,
}

impl OrderAct {
    /// The steps of a probation office.
    pub(super) const OFFICE: [Self; 10] = [
        Self::Attend,
        Self::AttendUnscheduled,
        Self::Schedule,
        Self::Credit,
        Self::Reverse,
        Self::Warn,
        Self::Withdraw,
        Self::Allege,
        Self::Transfer,
        Self::Complete,
    ];
    /// The steps of a court.
    pub(super) const COURT: [Self; 7] = [
        Self::Prove,
        Self::NotProven,
        Self::Add,
        Self::Vary,
        Self::End,
        Self::Discharge,
        Self::Revoke,
    ];

    /// The word in the address, and the words that people read.
    fn said(self) -> (&'static str, &'static str) {
        match self {
            Self::Attend => ("attend", "Record what happened"),
            Self::AttendUnscheduled => ("attend-unscheduled", "Record an unscheduled attendance"),
            Self::Schedule => ("schedule", "Schedule an appointment"),
            Self::Credit => ("credit", "Credit time"),
            Self::Reverse => ("reverse", "Reverse a credit"),
            Self::Warn => ("warn", "Issue a warning"),
            Self::Withdraw => ("withdraw", "Withdraw a warning"),
            Self::Allege => ("allege", "Allege a breach"),
            Self::Transfer => ("transfer", "Transfer to another office"),
            Self::Complete => ("complete", "Record the completion"),
            Self::Prove => ("prove", "Find a breach proven"),
            Self::NotProven => ("not-proven", "Find a breach not proven"),
            Self::Add => ("add", "Add a requirement"),
            Self::Vary => ("vary", "Vary a requirement"),
            Self::End => ("end", "End a requirement"),
            Self::Discharge => ("discharge", "Discharge the order early"),
            Self::Revoke => ("revoke", "Revoke the order"),
        }
    }
}

impl Act for OrderAct {
    type Of = Order;
    const PATH: &'static str = "/orders";
    const BACK: &'static str = "Back to the order";

    fn all() -> impl Iterator<Item = Self> {
        Self::OFFICE.into_iter().chain(Self::COURT)
    }

    fn word(self) -> &'static str {
        self.said().0
    }

    fn title(self) -> &'static str {
        self.said().1
    }

    fn action(self) -> Action {
        if Self::COURT.contains(&self) {
            Action::DecideOrder
        } else {
            Action::RunOrder
        }
    }

    fn standing(asking: &Asking<'_, Order>) -> String {
        let made = asking.state.made();
        made.map_or_else(String::new, |made| lasting(made, asking.day))
    }

    fn before(self, asking: &Asking<'_, Order>) -> Vec<Part> {
        clocks::before(self, asking)
    }

    fn fields(self, asking: &Asking<'_, Order>) -> Vec<Field> {
        ask::fields(self, asking)
    }

    fn command(self, asking: &Asking<'_, Order>, now: Instant) -> Result<OrderCommand, Wrong> {
        let typed = asking.typed;
        let done = when_done(typed, asking.law, now)?;
        Ok(match self {
            Self::Attend => {
                OrderCommand::RecordAttendance(attended(typed, scheduled(typed)?, done)?)
            }
            Self::AttendUnscheduled => {
                OrderCommand::RecordAttendance(attended(typed, unscheduled(typed)?, done)?)
            }
            Self::Schedule => OrderCommand::ScheduleAppointment(schedule(typed, done)?),
            Self::Credit => OrderCommand::CreditHours(credit(typed, done)?),
            Self::Reverse => OrderCommand::ReverseHours(reverse(typed, done)?),
            Self::Warn => OrderCommand::IssueWarning(warn(typed, done)?),
            Self::Withdraw => OrderCommand::WithdrawWarning(WithdrawWarning {
                warning: numbered(typed, "warning", "Choose the warning")?,
                reason: reason(typed)?,
                done,
                note: words(typed, "note"),
            }),
            Self::Allege => OrderCommand::AllegeBreach(allege(typed, done)?),
            Self::Transfer => OrderCommand::Transfer(TransferOrder {
                to: chosen(typed, "office", "Choose the office")?,
                done,
            }),
            Self::Complete => OrderCommand::Complete(Complete {
                done,
                reason: chosen(typed, "reason", "Choose one of the reasons")?,
            }),
            Self::Prove => OrderCommand::ProveBreach(prove(typed, done)?),
            Self::NotProven => OrderCommand::FindBreachNotProven(BreachDecision {
                breach: numbered(typed, "breach", "Choose the breach")?,
                pronounced: done,
                note: words(typed, "note"),
            }),
            Self::Add => OrderCommand::AddRequirement(AddRequirement {
                terms: added(typed)?,
                pronounced: done,
            }),
            Self::Vary => OrderCommand::VaryRequirement(varied(asking, done)?),
            Self::End => OrderCommand::EndRequirement(EndRequirement {
                requirement: requirement(typed)?,
                pronounced: done,
                reason: reason(typed)?,
                note: words(typed, "note"),
            }),
            Self::Discharge => OrderCommand::DischargeEarly(court_step(typed, done)?),
            Self::Revoke => OrderCommand::Revoke(court_step(typed, done)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::casework::midland;
    use crate::pages::page::Typed;
    use domain::order::Meeting;
    use domain::values::{Enforceable, Known, Occurred, Quantity};

    fn now() -> Instant {
        Instant::from_micros(1_772_000_000_000_000)
    }

    fn read(act: OrderAct, fields: &[(&str, &str)]) -> Result<OrderCommand, Wrong> {
        let (typed, law) = (Typed::of(fields), midland());
        let asking = Asking {
            state: &Order::default(),
            law: &law,
            day: law.day(now()),
            typed: &typed,
            by: "officer-1",
        };
        act.command(&asking, now())
    }

    #[test]
    fn hours_become_the_credit_of_an_unscheduled_attendance() {
        let fields = [
            ("requirement", "1"),
            ("on_year", "2026"),
            ("on_month", "3"),
            ("on_day", "5"),
            ("outcome", "complied"),
            ("hours", "6.5"),
            ("enforceable", "yes"),
        ];
        let Ok(OrderCommand::RecordAttendance(recorded)) =
            read(OrderAct::AttendUnscheduled, &fields)
        else {
            unreachable!("the form is not read");
        };
        assert_eq!(recorded.credit, Some(Quantity::Minutes(390)));
        assert_eq!(recorded.enforceable, Known::Value(Enforceable::Yes));
        assert!(matches!(recorded.meeting, Meeting::Unscheduled { .. }));
        assert_eq!(recorded.done, Occurred::At(now()));
    }

    #[test]
    fn an_attendance_without_an_outcome_is_asked_for_it() {
        let wrong = read(OrderAct::Attend, &[("meeting", "3")]).unwrap_err();
        assert_eq!(wrong.0, "outcome");
    }

    #[test]
    fn an_allegation_names_the_failures_that_were_ticked() {
        let fields = [
            ("appointments", "1"),
            ("appointments", "4"),
            ("statement", "Twice absent"),
        ];
        let Ok(OrderCommand::AllegeBreach(alleged)) = read(OrderAct::Allege, &fields) else {
            unreachable!("the form is not read");
        };
        assert_eq!(alleged.appointments.len(), 2);
        assert!(alleged.statement.is_some());
    }

    #[test]
    fn every_step_has_a_word_of_its_own() {
        let words: std::collections::BTreeSet<_> = OrderAct::all().map(Act::word).collect();
        assert_eq!(words.len(), OrderAct::all().count());
    }
}
