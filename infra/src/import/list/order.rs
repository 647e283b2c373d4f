//! What rows tell of orders: how they were made, what they asked, what came of it and how they ended.

use domain::order::{
    AddRequirement, AllegeBreach, BreachDecision, ClockTime, Complete, CourtStep, Explanation,
    Made, Make, Meeting, Order, OrderCommand, ProveBreach, RecordAttendance, Requirement,
    ScheduleAppointment, Terms,
};
use domain::values::{
    AppointmentNo, BreachNo, ComponentNo, CourtCode, Day, Known, OfficeCode, OrderId, RequirementNo,
};

use super::desk::{Found, Telling, refused};
use super::kind::Kind;
use super::kinds::{AppointmentRow, EndingRow, OrderRow, RequirementRow, ViolationRow};
use super::rules::{Found as Decided, OrderEnd};
use super::said::{answer, code, codes, done, done_if};
use super::source::ListRow;
use super::tell::Tells;
use crate::bulk::Refused;
use crate::import::record::{civil, length, quantity};
use crate::import::row::{self, RowKey};
use crate::processes::with_orders;

/// The steps of rows, by the words under which they are remembered.
const MADE: &str = "made";
const ADDED: &str = "added";
const MET: &str = "met";
const ALLEGED: &str = "alleged";
const DECIDED: &str = "decided";
const ENDED: &str = "ended";

impl Tells for OrderRow {
    async fn tell(&self, row: &mut Telling<'_>) -> Result<(), Refused> {
        if row.step_of(MADE).await?.is_some() {
            return Ok(());
        }
        let (sentence, state) = row.sentence(self.sentence.as_ref()).await?;
        let imposed = state.imposed();
        let mut component = self.component.value().map(|no| ComponentNo(*no));
        let mut id = OrderId(row.own_id());
        if let Some(imposed) = imposed {
            let first = with_orders(&imposed.decision).next().map(|c| c.no);
            component = component.or(first);
            // The order that the sentence states may have been made by it already.
            if let Some(no) = component {
                id = row.registry().processes().order_id(sentence, no);
            }
        }
        let person = imposed.map(|imposed| imposed.person);
        let id = id.to_string();
        if let Some(made) = row.stream::<Order>(&id).await?.state().made() {
            row.note(
                "orders.sentence",
                "its sentence made the order: the row adds nothing to that",
            );
            recognise(row, &id, made);
            return Ok(());
        }
        let person = row
            .person(self.identity.as_ref(), person, &self.sex)
            .await?;
        let (with, requirements) = self.with_requirements(row).await?;
        let make = Make {
            person,
            sentence,
            component: component.unwrap_or(ComponentNo(1)),
            made: done(self.made),
            court: self.court(row)?,
            office: OfficeCode::parse(&self.office)
                .map_err(|wrong| refused("orders.office", &self.office, wrong.to_string()))?,
            period: row.length("orders.period", &self.period),
            starts: civil(*self.starts.value().unwrap_or(&self.made)),
            ends: row.day("orders.ends", &self.ends),
            requirements,
        };
        row.step::<Order>(MADE, &id, OrderCommand::Make(make))
            .await?;
        remember(row, &id, with.iter().zip(1_u16..));
        Ok(())
    }
}

impl OrderRow {
    fn court(&self, row: &mut Telling<'_>) -> Result<CourtCode, Refused> {
        let court = row.code_or_not_recorded("orders.court", &self.court)?;
        let court = CourtCode::parse(court.as_str());
        court.map_err(|wrong| refused("orders.court", "", wrong.to_string()))
    }

    /// The requirements that the order was made with: those that no court added later.
    async fn with_requirements(
        &self,
        row: &mut Telling<'_>,
    ) -> Result<(Vec<RowKey>, Vec<Terms>), Refused> {
        let (mut with, mut terms) = (Vec::new(), Vec::new());
        for ListRow { key, said, .. } in row.requirements().to_vec() {
            let first = said.added.value().is_none_or(|added| *added == self.made);
            let known = row.found(Kind::Requirements, ADDED, &key).await?;
            if first && known.is_none() {
                with.push(key);
                terms.push(said.terms(row)?);
            }
        }
        Ok((with, terms))
    }
}

/// The order is there: requirements of other rows are recognised in it by their kind, each once.
fn recognise(row: &mut Telling<'_>, id: &str, made: &Made) {
    let mut free: Vec<_> = made.requirements.iter().collect();
    let mut found = Vec::new();
    for ListRow { key, said, .. } in row.requirements() {
        let is_it = |at: &(&RequirementNo, &Requirement)| at.1.terms.kind.as_str() == &*said.kind;
        if let Some(at) = free.iter().position(is_it) {
            found.push((key.clone(), free.remove(at).0.0));
        }
    }
    let key = row.key().clone();
    let whole = Found {
        stream: id.to_owned(),
        number: 0,
    };
    row.remember(Kind::Orders, MADE, &key, whole);
    remember(row, id, found.iter().map(|(key, no)| (key, *no)));
}

/// Remembers under which numbers of an order the requirements of other rows stand.
fn remember<'k>(row: &mut Telling<'_>, order: &str, with: impl Iterator<Item = (&'k RowKey, u16)>) {
    for (key, number) in with {
        let stream = order.to_owned();
        row.remember(Kind::Requirements, ADDED, key, Found { stream, number });
    }
}

/// The order that a row goes on with.
async fn order_of(row: &Telling<'_>, rule: &'static str, key: &RowKey) -> Result<String, Refused> {
    let found = row.found(Kind::Orders, MADE, key).await?;
    let found = found.ok_or_else(|| not_there(rule, Kind::Orders, key))?;
    Ok(found.stream)
}

/// What a row of a later list would go on with is not there.
fn not_there(rule: &'static str, kind: Kind, key: &RowKey) -> Refused {
    let (one, several) = kind.nouns();
    let said = format!(
        "is the key of no {one} that this source brought in: bring the {several} in first, or correct the key; then \
         this file again with --from-start"
    );
    refused(rule, &key.in_words(), said)
}

impl Tells for RequirementRow {
    async fn tell(&self, row: &mut Telling<'_>) -> Result<(), Refused> {
        let order = order_of(row, "requirements.order", &self.order).await?;
        if row.step_of(ADDED).await?.is_some() {
            return Ok(());
        }
        let stream = row.stream::<Order>(&order).await?;
        let made = stream.state().made().map(|made| made.made);
        let Some(pronounced) = done_if(&self.added).or(made) else {
            return Err(not_there("requirements.order", Kind::Orders, &self.order));
        };
        let terms = self.terms(row)?;
        let add = OrderCommand::AddRequirement(AddRequirement { terms, pronounced });
        row.step::<Order>(ADDED, &order, add).await?;
        Ok(())
    }
}

impl RequirementRow {
    fn terms(&self, row: &mut Telling<'_>) -> Result<Terms, Refused> {
        let (amount, lasts) = match self.amount.value() {
            Some(said) => (quantity(said), length(said)),
            None => (None, None),
        };
        if self.amount.value().is_some() && amount.is_none() && lasts.is_none() {
            let said = "it is left out, since it is no whole amount and no length";
            row.note("requirements.amount", said);
        }
        let given = row.length("requirements.length", &self.length);
        // An amount in days counts days where the kind is counted, and lasts them where it is not.
        let kind = code("requirements.kind", &self.kind)?;
        let counted = row.law().orders.requirement(&kind);
        let counted = counted.is_none_or(|rule| rule.unit.is_some());
        let amount = amount.filter(|_| counted || lasts.is_none());
        Ok(Terms {
            kind,
            quantity: amount,
            length: given.or(lasts.filter(|_| amount.is_none())),
            starts: self.starts.value().map(|date| civil(*date)),
            ends: row.day("requirements.ends", &self.ends),
            consent: answer(&self.consent),
        })
    }
}

impl Tells for AppointmentRow {
    async fn tell(&self, row: &mut Telling<'_>) -> Result<(), Refused> {
        let rule = "appointments.requirement";
        let under = row.found(Kind::Requirements, ADDED, &self.requirement);
        let under = under.await?;
        let under = under.ok_or_else(|| not_there(rule, Kind::Requirements, &self.requirement))?;
        let requirement = RequirementNo(under.number);
        let order = under.stream;
        let mut meeting = Meeting::Unscheduled {
            requirement,
            on: civil(self.on),
        };
        if let Some(scheduled) = done_if(&self.scheduled) {
            let on = self.exact_day(row)?;
            let at = row.code("appointments.at", &self.at)?;
            let at = at.map(|at| at.as_str().parse::<ClockTime>()).transpose();
            let schedule = OrderCommand::ScheduleAppointment(ScheduleAppointment {
                requirement,
                on,
                at: at.map_err(|wrong| refused("appointments.at", "", wrong.to_string()))?,
                place: row.code("appointments.place", &self.place)?,
                enforceable: answer(&self.enforceable),
                done: scheduled,
            });
            let no = row.step::<Order>("scheduled", &order, schedule).await?;
            meeting = Meeting::Scheduled(AppointmentNo(no));
        } else if self.outcome.value().is_none() {
            let said = "says neither when the appointment was made nor what came of it: map scheduled or outcome, or pass \
                        over the row with when";
            return Err(refused("appointments.outcome", "", said.to_owned()));
        }
        let Some(outcome) = row.code("appointments.outcome", &self.outcome)? else {
            if self.credit.value().is_some() {
                row.note(
                    "appointments.credit",
                    "it is left out, since nothing came of it yet",
                );
            }
            return Ok(());
        };
        let met = OrderCommand::RecordAttendance(RecordAttendance {
            meeting,
            outcome,
            credit: row.quantity("appointments.credit", &self.credit),
            enforceable: answer(&self.enforceable),
            done: done_if(&self.noted).unwrap_or_else(|| done(self.on)),
            note: None,
        });
        row.step::<Order>(MET, &order, met).await?;
        Ok(())
    }
}

impl AppointmentRow {
    fn exact_day(&self, telling: &mut Telling<'_>) -> Result<Day, Refused> {
        let on = row::Known::Value(self.on);
        telling.day("appointments.on", &on).ok_or_else(|| {
            let said = "is not known to the day, and an appointment is made for a day";
            refused("appointments.on", &self.on.to_string(), said.to_owned())
        })
    }
}

impl Tells for ViolationRow {
    async fn tell(&self, row: &mut Telling<'_>) -> Result<(), Refused> {
        let order = order_of(row, "violations.order", &self.order).await?;
        let requirements = self.requirements(row, &order).await?;
        let explained = self.explained(row);
        let allege = OrderCommand::AllegeBreach(AllegeBreach {
            requirements,
            appointments: self.appointments(row).await?,
            alleged: done(self.alleged),
            explained,
            statement: None,
        });
        let breach = row.step::<Order>(ALLEGED, &order, allege).await?;
        let Some(pronounced) = done_if(&self.decided) else {
            return Ok(());
        };
        let breach = BreachNo(breach);
        let decision = match self.outcome.value() {
            Some(Decided::Proven) => OrderCommand::ProveBreach(ProveBreach {
                breach,
                pronounced,
                officer_account: answer(&self.officer_account),
                person_account: answer(&self.person_account),
                explained,
                responses: codes("violations.responses", &self.responses)?,
                alternatives_considered: codes("violations.alternatives", &self.alternatives)?,
                appeal_told: Known::NotRecorded,
                note: None,
            }),
            Some(Decided::NotProven) => OrderCommand::FindBreachNotProven(BreachDecision {
                breach,
                pronounced,
                note: None,
            }),
            None => {
                let said = "a decision is left out, since the row does not say what it was";
                row.note("violations.outcome", said);
                return Ok(());
            }
        };
        row.step::<Order>(DECIDED, &order, decision).await?;
        Ok(())
    }
}

impl ViolationRow {
    /// The requirement that the row names; of an order with one alone, that one.
    async fn requirements(
        &self,
        row: &Telling<'_>,
        order: &str,
    ) -> Result<Vec<RequirementNo>, Refused> {
        if let Some(key) = &self.requirement {
            let found = row.found(Kind::Requirements, ADDED, key).await?;
            let found = found.filter(|found| found.stream == order);
            let found = found
                .ok_or_else(|| not_there("violations.requirement", Kind::Requirements, key))?;
            return Ok(vec![RequirementNo(found.number)]);
        }
        let stream = row.stream::<Order>(order).await?;
        let made = stream.state().made();
        let numbers: Vec<_> = made
            .into_iter()
            .flat_map(|made| made.requirements.keys().copied())
            .collect();
        Ok(match numbers.as_slice() {
            [_] => numbers,
            _ => Vec::new(),
        })
    }

    async fn appointments(&self, row: &Telling<'_>) -> Result<Vec<AppointmentNo>, Refused> {
        let Some(key) = &self.appointment else {
            return Ok(Vec::new());
        };
        for step in ["scheduled", MET] {
            if let Some(found) = row.found(Kind::Appointments, step, key).await? {
                return Ok(vec![AppointmentNo(found.number)]);
            }
        }
        Err(not_there("violations.appointment", Kind::Appointments, key))
    }

    fn explained(&self, row: &mut Telling<'_>) -> Known<Explanation> {
        match (self.explained.value(), self.explained_how.value()) {
            (Some(on), Some(form)) => Known::Value(Explanation {
                on: civil(*on),
                form: *form,
            }),
            (None, None) => Known::NotRecorded,
            (Some(_), None) | (None, Some(_)) => {
                let said =
                    "an explanation is left out, since the row does not say both when and how";
                row.note("violations.explained", said);
                Known::NotRecorded
            }
        }
    }
}

impl Tells for EndingRow {
    async fn tell(&self, row: &mut Telling<'_>) -> Result<(), Refused> {
        let order = order_of(row, "endings.order", &self.order).await?;
        let when = done(self.ended);
        let step = match self.how {
            OrderEnd::Completed => OrderCommand::Complete(Complete {
                done: when,
                reason: row.code("endings.reason", &self.reason)?,
            }),
            OrderEnd::Discharged => OrderCommand::DischargeEarly(self.court_step(row)?),
            OrderEnd::Revoked => OrderCommand::Revoke(self.court_step(row)?),
        };
        row.step::<Order>(ENDED, &order, step).await?;
        Ok(())
    }
}

impl EndingRow {
    fn court_step(&self, row: &mut Telling<'_>) -> Result<CourtStep, Refused> {
        Ok(CourtStep {
            pronounced: done(self.ended),
            reason: row.code_or_not_recorded("endings.reason", &self.reason)?,
            appeal_told: Known::NotRecorded,
            note: None,
        })
    }
}
