//! What pages read off an order: progress, failures, what comes next. Each is computed for a day.

use super::state::{Appointment, Breach, BreachStep, Made, Requirement, Standing, Warning};
use crate::values::{
    AppointmentNo, BreachNo, CivilDate, Code, Day, Quantity, RequirementNo, Unit, WarningNo,
};

/// How far a requirement is fulfilled on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// Which requirement.
    pub requirement: RequirementNo,
    /// Its kind.
    pub kind: Code,
    /// What is owed; absent when it only lasts, or when the amount is not recorded.
    pub owed: Option<Quantity>,
    /// What is credited; absent when nothing is counted.
    pub credited: Option<Quantity>,
    /// What is left of what is owed.
    pub remaining: Option<Quantity>,
    /// Its first day.
    pub starts: CivilDate,
    /// Its last day: its own, or the order's.
    pub ends: Option<Day>,
    /// Days left, the day and the last day included; nothing once it is over.
    pub days_left: Option<u32>,
    /// Whether it was ended by decision.
    pub is_ended: bool,
}

impl Progress {
    /// What is credited of what is owed, in hundredths; at most 100.
    pub fn per_cent(&self) -> Option<u32> {
        let owed = u64::from(self.owed?.amount());
        let credited = u64::from(self.credited.map_or(0, Quantity::amount));
        let share = credited.saturating_mul(100).checked_div(owed)?;
        u32::try_from(share.min(100)).ok()
    }
}

impl Requirement {
    /// The unit it is counted in: that of what is owed, else the one credited so far.
    pub fn unit(&self) -> Option<Unit> {
        let credited = || self.credited.keys().next().copied();
        self.terms.quantity.map(Quantity::unit).or_else(credited)
    }

    /// What is left of what is owed; absent when nothing is counted.
    pub fn remaining(&self) -> Option<Quantity> {
        let owed = self.terms.quantity?;
        let left = owed.amount().saturating_sub(self.credited_in(owed.unit()));
        Some(Quantity::of(left, owed.unit()))
    }
}

impl Made {
    /// How far each requirement is fulfilled on a day.
    pub fn progress(&self, day: Day) -> Vec<Progress> {
        let of = |(no, requirement): (&RequirementNo, &Requirement)| {
            let ends = requirement.ends.or(self.ends);
            let unit = requirement.unit();
            Progress {
                requirement: *no,
                kind: requirement.terms.kind.clone(),
                owed: requirement.terms.quantity,
                credited: unit.map(|u| Quantity::of(requirement.credited_in(u), u)),
                remaining: requirement.remaining(),
                starts: requirement.starts,
                ends,
                days_left: ends.map(|end| days_left(day, end)),
                is_ended: requirement.ended.is_some(),
            }
        };
        self.requirements.iter().map(of).collect()
    }

    /// Warnings that were not withdrawn.
    pub fn open_warnings(&self) -> impl Iterator<Item = (WarningNo, &Warning)> {
        self.warnings
            .iter()
            .filter(|(_, warning)| warning.withdrawn.is_none())
            .map(|(no, warning)| (*no, warning))
    }

    /// Allegations of breach that wait for a decision.
    pub fn open_breaches(&self) -> impl Iterator<Item = (BreachNo, &Breach)> {
        self.breaches
            .iter()
            .filter(|(_, breach)| breach.step == BreachStep::Alleged)
            .map(|(no, breach)| (*no, breach))
    }

    /// Failures that may be enforced, in the months that end with a day.
    pub fn failures(&self, day: Day, months: u32) -> Vec<AppointmentNo> {
        let counts = |appointment: &Appointment| {
            let (Some(first), Some(last)) = (appointment.on.earliest(), appointment.on.latest())
            else {
                return false;
            };
            appointment.is_failure() && first <= day && last.plus_months(months) > day
        };
        self.appointments
            .iter()
            .filter(|(_, appointment)| counts(appointment))
            .map(|(no, _)| *no)
            .collect()
    }

    /// The next appointment from a day on whose outcome is not recorded.
    pub fn next_appointment(&self, day: Day) -> Option<(AppointmentNo, &Appointment)> {
        self.appointments
            .iter()
            .filter(|(_, a)| a.attendance.is_none() && a.on.latest() >= Some(day))
            .min_by_key(|(no, a)| (a.on.earliest(), a.at, **no))
            .map(|(no, appointment)| (*no, appointment))
    }

    /// Appointments before a day whose outcome is not recorded.
    pub fn unrecorded(&self, day: Day) -> impl Iterator<Item = (AppointmentNo, &Appointment)> {
        self.appointments
            .iter()
            .filter(move |(_, a)| a.attendance.is_none() && a.on.latest() < Some(day))
            .map(|(no, appointment)| (*no, appointment))
    }

    /// Whether its last day has passed while nothing else ended it.
    pub fn is_expired(&self, day: Day) -> bool {
        self.standing == Standing::InForce && self.ends.is_some_and(|end| end < day)
    }

    /// The words for how it stands on a day.
    pub fn title_on(&self, day: Day) -> &'static str {
        if self.is_expired(day) {
            "expired"
        } else {
            self.standing.title()
        }
    }
}

fn days_left(day: Day, end: Day) -> u32 {
    u32::try_from(day.days_until(end).saturating_add(1)).unwrap_or(0)
}
