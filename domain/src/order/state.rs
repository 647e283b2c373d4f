//! What an order is after what happened to it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::command::{AllegeBreach, IssueWarning, Make, ScheduleAppointment};
use super::event::{NotProvenGround, OrderEvent};
use super::terms::{ClockTime, EndCause, Explanation, Terms, WarningKind};
use crate::act::Finding;
use crate::jurisdiction::OutcomeKind;
use crate::personal::PersonalText;
use crate::values::{
    AppointmentNo, BreachNo, CivilDate, Code, ComponentNo, CourtCode, Day, Enforceable, Known,
    Length, Occurred, OfficeCode, PersonId, Quantity, RequirementNo, SentenceId, Unit, WarningNo,
};

/// An order in its life cycle.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// Nothing is recorded under this id.
    #[default]
    Unmade,
    /// The order was made.
    Made(Box<Made>),
}

/// How an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// In force, unless its last day has passed.
    InForce,
    /// It ended.
    Over(Ending),
}

/// How an order ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// Everything owed is done.
    Completed,
    /// Discharged before its end.
    DischargedEarly,
    /// Revoked.
    Revoked,
    /// Ended with its sentence.
    WithSentence(EndCause),
}

impl Standing {
    /// The words that people read.
    pub fn title(self) -> &'static str {
        match self {
            Self::InForce => "in force",
            Self::Over(Ending::Completed) => "completed",
            Self::Over(Ending::DischargedEarly) => "discharged early",
            Self::Over(Ending::Revoked) => "revoked",
            Self::Over(Ending::WithSentence(_)) => "ended with its sentence",
        }
    }
}

/// An order that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// Whom it concerns.
    pub person: PersonId,
    /// The sentence that states it.
    pub sentence: SentenceId,
    /// The component of that sentence.
    pub component: ComponentNo,
    /// When it was made.
    pub made: Occurred,
    /// The court.
    pub court: CourtCode,
    /// The office that supervises it.
    pub office: OfficeCode,
    /// How long it lasts, as pronounced.
    pub period: Option<Length>,
    /// Its first day.
    pub starts: CivilDate,
    /// Its last day, as fixed or as the period says; absent when neither tells.
    pub ends: Option<Day>,
    /// How it stands.
    pub standing: Standing,
    /// When it ended otherwise than by its last day.
    pub over: Option<Occurred>,
    /// Its requirements.
    pub requirements: BTreeMap<RequirementNo, Requirement>,
    /// Its appointments, those that were not scheduled included.
    pub appointments: BTreeMap<AppointmentNo, Appointment>,
    /// Its warnings.
    pub warnings: BTreeMap<WarningNo, Warning>,
    /// Its alleged breaches.
    pub breaches: BTreeMap<BreachNo, Breach>,
    /// Findings of every event, oldest first.
    pub findings: Vec<Finding>,
}

/// A requirement, as it reads after variations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requirement {
    /// What it asks.
    pub terms: Terms,
    /// Its first day.
    pub starts: CivilDate,
    /// Its last day, as fixed or as its length says; without one it lasts as long as the order.
    pub ends: Option<Day>,
    /// What is credited, by unit.
    pub credited: BTreeMap<Unit, u64>,
    /// When it was ended, and why.
    pub ended: Option<(Occurred, Code)>,
}

/// An appointment and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    /// Under which requirement.
    pub requirement: RequirementNo,
    /// When.
    pub on: CivilDate,
    /// At what time.
    pub at: Option<ClockTime>,
    /// Where, coded.
    pub place: Option<Code>,
    /// Whether a failure may be enforced.
    pub enforceable: Known<Enforceable>,
    /// What came of it.
    pub attendance: Option<Attendance>,
    /// What is credited for it.
    pub credited: Option<Quantity>,
}

/// What came of an appointment, as it reads after corrections.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendance {
    /// The outcome.
    pub outcome: Code,
    /// What it counts as; absent where the pack did not know it.
    pub kind: Option<OutcomeKind>,
    /// What was said about it.
    pub note: Option<PersonalText>,
    /// How often it was corrected.
    pub corrections: u32,
}

/// A warning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// Which rung.
    pub kind: WarningKind,
    /// The failures it is for.
    pub appointments: Vec<AppointmentNo>,
    /// When it was issued.
    pub issued: Occurred,
    /// When it was withdrawn, and why.
    pub withdrawn: Option<(Occurred, Code)>,
}

/// An alleged breach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breach {
    /// The requirements that are said to be breached.
    pub requirements: Vec<RequirementNo>,
    /// The appointments at which they were.
    pub appointments: Vec<AppointmentNo>,
    /// When it was alleged.
    pub alleged: Occurred,
    /// How the conditions had been explained.
    pub explained: Known<Explanation>,
    /// How far it has come.
    pub step: BreachStep,
}

/// How far an alleged breach has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BreachStep {
    /// It waits for a decision.
    Alleged,
    /// It was found proven.
    Proven {
        /// When.
        pronounced: Occurred,
        /// What the court did.
        responses: Vec<Code>,
    },
    /// It was found not proven, or the allegation was withdrawn.
    NotProven {
        /// When.
        done: Occurred,
        /// On what ground.
        ground: NotProvenGround,
    },
}

impl BreachStep {
    /// The words that people read.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Alleged => "alleged",
            Self::Proven { .. } => "proven",
            Self::NotProven {
                ground: NotProvenGround::Court,
                ..
            } => "not proven",
            Self::NotProven {
                ground: NotProvenGround::FailureCorrected { .. },
                ..
            } => "withdrawn",
        }
    }
}

impl Appointment {
    /// Whether it was missed or failed, and that may be enforced.
    pub fn is_failure(&self) -> bool {
        let failed = self
            .attendance
            .as_ref()
            .and_then(|a| a.kind)
            .is_some_and(OutcomeKind::is_failure);
        failed && self.enforceable == Known::Value(Enforceable::Yes)
    }
}

impl Order {
    /// The words for the state, whatever the day.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Unmade => "not recorded",
            Self::Made(made) => made.standing.title(),
        }
    }

    /// Whom it concerns.
    pub fn person(&self) -> Option<PersonId> {
        self.made().map(|made| made.person)
    }

    /// The order that was made.
    pub fn made(&self) -> Option<&Made> {
        match self {
            Self::Made(made) => Some(made),
            Self::Unmade => None,
        }
    }

    pub(super) fn after(self, event: &OrderEvent) -> Self {
        match (self, event) {
            (
                _,
                OrderEvent::Made {
                    order, findings, ..
                },
            ) => Self::Made(Box::new(Made::of(order, findings))),
            (Self::Made(made), _) => Self::Made(Box::new(made.after(event))),
            (Self::Unmade, _) => Self::Unmade,
        }
    }
}

/// The last day of something, where it is fixed or can be counted within the years that a date can be written in.
pub(super) fn last_day(
    starts: CivilDate,
    length: Option<Length>,
    fixed: Option<Day>,
) -> Option<Day> {
    let counted = || {
        let day = length?.term()?.last_day(starts.day()?);
        Day::of(day.year(), day.month(), day.day())
    };
    fixed.or_else(counted)
}

impl Requirement {
    pub(super) fn of(terms: &Terms, order_starts: CivilDate) -> Self {
        let starts = terms.starts.unwrap_or(order_starts);
        Self {
            terms: terms.clone(),
            starts,
            ends: last_day(starts, terms.length, terms.ends),
            credited: BTreeMap::new(),
            ended: None,
        }
    }

    /// What is credited in a unit; a sum beyond what one quantity can hold reads as the greatest it can.
    pub fn credited_in(&self, unit: Unit) -> u32 {
        let sum = self.credited.get(&unit).copied().unwrap_or_default();
        u32::try_from(sum).unwrap_or(u32::MAX)
    }
}

impl Made {
    fn of(order: &Make, findings: &[Finding]) -> Self {
        let numbers = std::iter::successors(Some(RequirementNo(1)), |no| Some(no.next()));
        let requirements = order.requirements.iter();
        Self {
            person: order.person,
            sentence: order.sentence,
            component: order.component,
            made: order.made,
            court: order.court.clone(),
            office: order.office.clone(),
            period: order.period,
            starts: order.starts,
            ends: last_day(order.starts, order.period, order.ends),
            standing: Standing::InForce,
            over: None,
            requirements: numbers
                .zip(requirements.map(|terms| Requirement::of(terms, order.starts)))
                .collect(),
            appointments: BTreeMap::new(),
            warnings: BTreeMap::new(),
            breaches: BTreeMap::new(),
            findings: findings.to_vec(),
        }
    }

    fn after(mut self, event: &OrderEvent) -> Self {
        use crate::stream::StreamEvent;
        self.findings.extend(event.findings().iter().cloned());
        match event {
            OrderEvent::PeriodVaried { .. }
            | OrderEvent::RequirementAdded { .. }
            | OrderEvent::RequirementVaried { .. }
            | OrderEvent::RequirementEnded { .. } => self.asked(event),
            OrderEvent::AppointmentScheduled {
                appointment,
                schedule,
                ..
            } => {
                self.appointments.insert(*appointment, schedule.into());
            }
            OrderEvent::AttendanceRecorded { .. } | OrderEvent::AttendanceCorrected { .. } => {
                self.attended(event);
            }
            OrderEvent::HoursCredited {
                requirement,
                quantity,
                appointment,
                ..
            } => self.credit(*requirement, *quantity, *appointment),
            OrderEvent::HoursReversed {
                requirement,
                quantity,
                appointment,
                ..
            } => self.reverse(*requirement, *quantity, *appointment),
            OrderEvent::WarningIssued { warning, issue, .. } => {
                self.warnings.insert(*warning, issue.into());
            }
            OrderEvent::WarningWithdrawn { withdrawal, .. } => {
                if let Some(warning) = self.warnings.get_mut(&withdrawal.warning) {
                    warning.withdrawn = Some((withdrawal.done, withdrawal.reason.clone()));
                }
            }
            OrderEvent::BreachAlleged { .. }
            | OrderEvent::BreachProven { .. }
            | OrderEvent::BreachNotProven { .. } => self.breached(event),
            OrderEvent::Transferred { transfer, .. } => self.office = transfer.to.clone(),
            OrderEvent::Revoked { .. }
            | OrderEvent::DischargedEarly { .. }
            | OrderEvent::Completed { .. }
            | OrderEvent::Ended(_) => self.ended(event),
            OrderEvent::Made { .. } => {}
        }
        self
    }

    fn asked(&mut self, event: &OrderEvent) {
        if let OrderEvent::PeriodVaried { variation, .. } = event {
            self.period = Some(variation.period);
            self.ends = last_day(self.starts, self.period, None);
        }
        if let OrderEvent::RequirementAdded {
            requirement,
            addition,
            ..
        } = event
        {
            let added = Requirement::of(&addition.terms, self.starts);
            self.requirements.insert(*requirement, added);
        }
        if let OrderEvent::RequirementVaried { variation, .. } = event {
            self.varied(variation.requirement, &variation.terms);
        }
        if let OrderEvent::RequirementEnded { end, .. } = event
            && let Some(requirement) = self.requirements.get_mut(&end.requirement)
        {
            requirement.ended = Some((end.pronounced, end.reason.clone()));
        }
    }

    fn ended(&mut self, event: &OrderEvent) {
        let how = match event {
            OrderEvent::Revoked { .. } => Some(Ending::Revoked),
            OrderEvent::DischargedEarly { .. } => Some(Ending::DischargedEarly),
            OrderEvent::Completed { .. } => Some(Ending::Completed),
            OrderEvent::Ended(end) => Some(Ending::WithSentence(end.cause)),
            OrderEvent::Made { .. }
            | OrderEvent::PeriodVaried { .. }
            | OrderEvent::RequirementAdded { .. }
            | OrderEvent::RequirementVaried { .. }
            | OrderEvent::RequirementEnded { .. }
            | OrderEvent::AppointmentScheduled { .. }
            | OrderEvent::AttendanceRecorded { .. }
            | OrderEvent::AttendanceCorrected { .. }
            | OrderEvent::HoursCredited { .. }
            | OrderEvent::HoursReversed { .. }
            | OrderEvent::WarningIssued { .. }
            | OrderEvent::WarningWithdrawn { .. }
            | OrderEvent::BreachAlleged { .. }
            | OrderEvent::BreachProven { .. }
            | OrderEvent::BreachNotProven { .. }
            | OrderEvent::Transferred { .. } => None,
        };
        // What is over goes on standing as it did, whatever is told of it afterwards.
        if let Some(ending) = how
            && self.standing == Standing::InForce
        {
            self.standing = Standing::Over(ending);
            self.over = crate::stream::StreamEvent::occurred(event);
        }
    }

    fn varied(&mut self, no: RequirementNo, terms: &Terms) {
        let fresh = Requirement::of(terms, self.starts);
        if let Some(requirement) = self.requirements.get_mut(&no) {
            requirement.terms = fresh.terms;
            requirement.starts = fresh.starts;
            requirement.ends = fresh.ends;
        }
    }

    fn attended(&mut self, event: &OrderEvent) {
        if let OrderEvent::AttendanceRecorded {
            appointment,
            requirement,
            on,
            outcome,
            kind,
            enforceable,
            note,
            ..
        } = event
        {
            let kept = self
                .appointments
                .entry(*appointment)
                .or_insert_with(|| Appointment::unscheduled(*requirement, *on));
            kept.enforceable = *enforceable;
            kept.attendance = Some(Attendance {
                outcome: outcome.clone(),
                kind: *kind,
                note: note.clone(),
                corrections: 0,
            });
        }
        if let OrderEvent::AttendanceCorrected {
            appointment,
            outcome,
            kind,
            enforceable,
            note,
            ..
        } = event
            && let Some(kept) = self.appointments.get_mut(appointment)
        {
            let before = kept.attendance.take();
            kept.enforceable = *enforceable;
            kept.attendance = Some(Attendance {
                outcome: outcome.clone(),
                kind: *kind,
                corrections: before
                    .as_ref()
                    .map_or(0, |a| a.corrections)
                    .saturating_add(1),
                note: note.clone().or(before.and_then(|a| a.note)),
            });
        }
    }

    fn credit(&mut self, no: RequirementNo, quantity: Quantity, at: Option<AppointmentNo>) {
        if let Some(requirement) = self.requirements.get_mut(&no) {
            let sum = requirement.credited.entry(quantity.unit()).or_default();
            *sum = sum.saturating_add(u64::from(quantity.amount()));
        }
        if let Some(appointment) = at.and_then(|at| self.appointments.get_mut(&at)) {
            let before = hanging(appointment.credited, quantity.unit());
            let amount = before.saturating_add(quantity.amount());
            appointment.credited = Some(Quantity::of(amount, quantity.unit()));
        }
    }

    fn reverse(&mut self, no: RequirementNo, quantity: Quantity, at: Option<AppointmentNo>) {
        if let Some(requirement) = self.requirements.get_mut(&no) {
            let sum = requirement.credited.entry(quantity.unit()).or_default();
            *sum = sum.saturating_sub(u64::from(quantity.amount()));
        }
        if let Some(appointment) = at.and_then(|at| self.appointments.get_mut(&at)) {
            let before = hanging(appointment.credited, quantity.unit());
            let amount = before.saturating_sub(quantity.amount());
            appointment.credited = (amount > 0).then(|| Quantity::of(amount, quantity.unit()));
        }
    }

    fn breached(&mut self, event: &OrderEvent) {
        if let OrderEvent::BreachAlleged {
            breach, allegation, ..
        } = event
        {
            self.breaches.insert(*breach, allegation.into());
        }
        if let OrderEvent::BreachProven { decision, .. } = event
            && let Some(breach) = self.breaches.get_mut(&decision.breach)
        {
            breach.step = BreachStep::Proven {
                pronounced: decision.pronounced,
                responses: decision.responses.clone(),
            };
        }
        if let OrderEvent::BreachNotProven {
            breach,
            done,
            ground,
            ..
        } = event
            && let Some(breach) = self.breaches.get_mut(breach)
        {
            breach.step = BreachStep::NotProven {
                done: *done,
                ground: ground.clone(),
            };
        }
    }
}

fn hanging(credited: Option<Quantity>, unit: Unit) -> u32 {
    credited
        .filter(|c| c.unit() == unit)
        .map_or(0, Quantity::amount)
}

impl Appointment {
    fn unscheduled(requirement: RequirementNo, on: CivilDate) -> Self {
        Self {
            requirement,
            on,
            at: None,
            place: None,
            enforceable: Known::NotRecorded,
            attendance: None,
            credited: None,
        }
    }
}

impl From<&ScheduleAppointment> for Appointment {
    fn from(schedule: &ScheduleAppointment) -> Self {
        Self {
            at: schedule.at,
            place: schedule.place.clone(),
            enforceable: schedule.enforceable,
            ..Self::unscheduled(schedule.requirement, schedule.on.into())
        }
    }
}

impl From<&IssueWarning> for Warning {
    fn from(issue: &IssueWarning) -> Self {
        Self {
            kind: issue.kind,
            appointments: issue.appointments.clone(),
            issued: issue.done,
            withdrawn: None,
        }
    }
}

impl From<&AllegeBreach> for Breach {
    fn from(allegation: &AllegeBreach) -> Self {
        Self {
            requirements: allegation.requirements.clone(),
            appointments: allegation.appointments.clone(),
            alleged: allegation.alleged,
            explained: allegation.explained,
            step: BreachStep::Alleged,
        }
    }
}
