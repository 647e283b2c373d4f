//! What hangs on an attendance: every credit, warning and breach step that a correction touches.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::command::CorrectAttendance;
use super::state::{Appointment, Breach, BreachStep, Made, Order};
use crate::jurisdiction::{OutcomeKind, Pack};
use crate::values::{
    AppointmentNo, BreachNo, Enforceable, Known, Quantity, RequirementNo, WarningNo,
};

/// What an attendance becomes by a correction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Becomes {
    /// What the outcome counts as; absent where the pack does not know it.
    pub kind: Option<OutcomeKind>,
    /// Whether a failure may be enforced; what stood holds where nothing is recorded here.
    pub enforceable: Known<Enforceable>,
    /// What is credited for it, in all.
    pub credit: Option<Quantity>,
}

impl Becomes {
    /// What a correction makes of an attendance under a pack.
    pub fn by(correction: &CorrectAttendance, law: &Pack) -> Self {
        Self {
            kind: law.orders.outcome(&correction.outcome).map(|o| o.kind),
            enforceable: correction.enforceable,
            credit: correction.credit,
        }
    }
}

/// Everything that hangs on an attendance and is touched by its correction.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Consequences {
    /// The credit that is reversed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reversed: Option<CreditMoved>,
    /// The credit that is given instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credited: Option<CreditMoved>,
    /// Warnings that were issued for it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<WarningTouched>,
    /// Alleged or proven breaches that rest on it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub breaches: Vec<BreachTouched>,
}

/// A credit that is reversed or given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreditMoved {
    /// Of which requirement.
    pub requirement: RequirementNo,
    /// How much.
    pub quantity: Quantity,
}

/// A warning that rests on a corrected failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WarningTouched {
    /// Which warning.
    pub warning: WarningNo,
    /// What becomes of it.
    pub then: Then,
}

/// A breach that rests on a corrected failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BreachTouched {
    /// Which breach.
    pub breach: BreachNo,
    /// What becomes of it.
    pub then: Then,
}

/// What becomes of a step that rests on a corrected failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Then {
    /// It is withdrawn: nothing is left that it rests on.
    Withdrawn,
    /// It rests on something else too, another failure or a requirement that is said to be breached, and stands without
    /// the corrected one.
    Stands,
    /// The court decided on it: only the court can change that, and somebody must look.
    ForTheCourt,
}

impl Then {
    fn with(rests_otherwise: bool) -> Self {
        if rests_otherwise {
            Self::Stands
        } else {
            Self::Withdrawn
        }
    }
}

impl Consequences {
    /// Whether nothing hangs on the attendance.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Order {
    /// Everything that hangs on an appointment and is touched when its outcome becomes another.
    pub fn consequences(&self, appointment: AppointmentNo, becomes: &Becomes) -> Consequences {
        self.made().map_or_else(Consequences::default, |made| {
            made.consequences(appointment, becomes)
        })
    }
}

impl Made {
    /// Everything that hangs on an appointment and is touched when its outcome becomes another.
    pub fn consequences(&self, no: AppointmentNo, becomes: &Becomes) -> Consequences {
        let Some(appointment) = self.appointments.get(&no) else {
            return Consequences::default();
        };
        let (reversed, credited) = self.credit_moves(appointment, becomes.credit);
        let enforceable = match becomes.enforceable {
            Known::NotRecorded => appointment.enforceable,
            said @ (Known::NotAsked | Known::Declined | Known::Value(_)) => said,
        };
        let fails = becomes.kind.is_some_and(OutcomeKind::is_failure)
            && enforceable == Known::Value(Enforceable::Yes);
        let excused = appointment.is_failure() && !fails;
        Consequences {
            reversed,
            credited,
            warnings: if excused {
                self.warnings_on(no)
            } else {
                Vec::new()
            },
            breaches: if excused {
                self.breaches_on(no)
            } else {
                Vec::new()
            },
        }
    }

    fn credit_moves(
        &self,
        appointment: &Appointment,
        credit: Option<Quantity>,
    ) -> (Option<CreditMoved>, Option<CreditMoved>) {
        if appointment.credited == credit {
            return (None, None);
        }
        let requirement = appointment.requirement;
        let moved = |quantity: Quantity| {
            (quantity.amount() > 0).then_some(CreditMoved {
                requirement,
                quantity,
            })
        };
        // A credit that was reversed by hand in the meantime is not reversed twice.
        let left = |old: Quantity| {
            let credited = self
                .requirements
                .get(&requirement)
                .map_or(0, |r| r.credited_in(old.unit()));
            Quantity::of(old.amount().min(credited), old.unit())
        };
        let reversed = appointment.credited.map(left).and_then(moved);
        (reversed, credit.and_then(moved))
    }

    fn warnings_on(&self, no: AppointmentNo) -> Vec<WarningTouched> {
        self.open_warnings()
            .filter(|(_, warning)| warning.appointments.contains(&no))
            .map(|(warning, w)| WarningTouched {
                warning,
                then: Then::with(self.fails_otherwise(&w.appointments, no)),
            })
            .collect()
    }

    fn breaches_on(&self, no: AppointmentNo) -> Vec<BreachTouched> {
        let touched = self
            .breaches
            .iter()
            .filter(|(_, breach)| breach.appointments.contains(&no));
        let then = |breach: &Breach| match breach.step {
            // A requirement that is said to be breached is alleged in its own right: no attendance answers it.
            BreachStep::Alleged => Some(Then::with(
                !breach.requirements.is_empty() || self.fails_otherwise(&breach.appointments, no),
            )),
            BreachStep::Proven { .. } => Some(Then::ForTheCourt),
            BreachStep::NotProven { .. } => None,
        };
        touched
            .filter_map(|(no, breach)| {
                let then = then(breach)?;
                Some(BreachTouched { breach: *no, then })
            })
            .collect()
    }

    /// The appointments on which a breach rests: an allegation not on those that were answered since, a decision on
    /// whatever it was taken on.
    pub fn failures_of(&self, breach: &Breach) -> Vec<AppointmentNo> {
        let all = breach.appointments.iter().copied();
        match breach.step {
            BreachStep::Alleged => all.filter(|no| self.fails(*no)).collect(),
            BreachStep::Proven { .. } | BreachStep::NotProven { .. } => all.collect(),
        }
    }

    fn fails(&self, no: AppointmentNo) -> bool {
        let appointment = self.appointments.get(&no);
        appointment.is_some_and(Appointment::is_failure)
    }

    fn fails_otherwise(&self, appointments: &[AppointmentNo], without: AppointmentNo) -> bool {
        let mut others = appointments.iter().filter(|no| **no != without);
        others.any(|no| self.fails(*no))
    }
}
