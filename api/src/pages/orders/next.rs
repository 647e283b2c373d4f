//! What follows from an entry of an order that was just recorded.

use domain::jurisdiction::title;
use domain::order::OrderEvent;
use domain::record::AnyEvent;
use infra::record::Recorded;

use super::show::{Reading, when};

impl Reading<'_> {
    /// What follows from an entry that was just recorded.
    pub(super) fn next(&self, entry: &Recorded) -> Vec<String> {
        let AnyEvent::Order(event) = &entry.event else {
            return Vec::new();
        };
        match event {
            OrderEvent::AttendanceRecorded { appointment, .. } => {
                let failed = self.made.appointments.get(appointment).filter(|a| a.is_failure());
                let failed = failed.map(|_| self.counted());
                failed.into_iter().chain([self.expected()]).collect()
            }
            OrderEvent::AppointmentScheduled { .. } => {
                vec!["On the day, the appointment stands in the worklist and on the session sheet.".to_owned()]
            }
            OrderEvent::WarningIssued { .. } => vec![self.counted()],
            OrderEvent::AttendanceCorrected { .. } | OrderEvent::WarningWithdrawn { .. } => {
                vec![self.counted()]
            }
            OrderEvent::HoursCredited { .. } | OrderEvent::HoursReversed { .. } => Vec::new(),
            OrderEvent::BreachAlleged { .. } => vec![
                "Nothing is decided by that: the allegation waits for the court, which finds it among its orders.".to_owned(),
            ],
            OrderEvent::BreachProven { .. } | OrderEvent::BreachNotProven { .. } => {
                vec!["The office sees the decision on the page of the order.".to_owned()]
            }
            OrderEvent::Transferred { transfer, .. } => {
                let to = title(&self.law.offices, transfer.to.as_str());
                vec![format!("{to} finds the order in its worklist and has its open appointments.")]
            }
            OrderEvent::Made { .. }
            | OrderEvent::PeriodVaried { .. }
            | OrderEvent::RequirementAdded { .. }
            | OrderEvent::RequirementVaried { .. }
            | OrderEvent::RequirementEnded { .. } => Vec::new(),
            OrderEvent::Revoked { .. }
            | OrderEvent::DischargedEarly { .. }
            | OrderEvent::Completed { .. }
            | OrderEvent::Ended(_) => {
                vec!["Nothing more is asked of the person under this order; a supervision that hangs on it ends with it.".to_owned()]
            }
        }
    }

    /// Who is expected next.
    fn expected(&self) -> String {
        match self.made.next_appointment(self.day) {
            Some((_, next)) => format!("The next appointment is on {}.", when(next)),
            None => "No further appointment is scheduled.".to_owned(),
        }
    }

    /// How many failures count, and how many the law asks.
    pub(super) fn counted(&self) -> String {
        let rule = &self.law.orders.enforcement;
        let failures = self.made.failures(self.day, rule.within_months).len();
        let needed = usize::try_from(rule.failures_before_breach).unwrap_or(usize::MAX);
        let so_far = format!(
            "{failures} of the {needed} failures within {} months that allow a breach to be alleged.",
            rule.within_months
        );
        if failures < needed {
            so_far
        } else {
            format!("{so_far} A breach may be alleged.")
        }
    }
}
