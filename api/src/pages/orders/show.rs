//! One order: its state in one sentence, how far each requirement is met, what can be done, what failed and what was
//! warned, what was planned, what happened.

use axum::extract::{Path, State};
use domain::jurisdiction::{Pack, title};
use domain::order::{Appointment, Made, Order, Standing};
use domain::values::{CivilDate, Code, Day, Occurred};
use infra::access::{Action, allow};
use infra::record::Recorded;
use infra::registry::Found;

use super::act::OrderAct;
use super::list::amounts;
use super::{offers, requirements};
use crate::pages::casework::{Act, Led, People, confirmation, contested, history};
use crate::pages::components::{Frame, Link, SummaryList, Value};
use crate::pages::laws::Laws;
use crate::pages::page::{Page, PageError, Visitor, day_in_words};
use crate::pages::query::Query;
use crate::pages::{laws, register, said};
use crate::problem::Problem;
use crate::state::AppState;

/// An order as somebody reads it.
pub(super) struct Reading<'a> {
    pub(super) visitor: &'a Visitor,
    pub(super) id: &'a str,
    pub(super) made: &'a Made,
    pub(super) law: &'a Pack,
    pub(super) day: Day,
}

/// The page.
pub(super) async fn get(
    State(app): State<AppState>,
    Query(led): Query<Led>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Page, PageError> {
    let found: Found<Order> = app.registry.show(&visitor.call, &id, visitor.as_of).await?;
    let law = laws::in_force(&app).await?;
    let told = Laws::of(&app, &found.entries).await?;
    let made = made(&found)?;
    let day = law.day(visitor.moment.instant);
    let person = made.person.to_string();
    let who = People::of(&visitor, [person.as_str()]).await?.name(&person);
    let reading = Reading {
        visitor: &visitor,
        id: &id,
        made,
        law: &law,
        day,
    };
    let mut page = Page::new(reading.frame(&who));
    let next = |entry: &Recorded| reading.next(entry);
    if let Some(panel) = confirmation(&visitor, ("/orders", &id), &found, led.recorded, next) {
        page = page.part(&panel);
    }
    page = requirements::parts(page, made, &law, day);
    page = reading.offers(page);
    page = page
        .heading("Warnings and breaches")
        .text(reading.counted())
        .part(&reading.ladder());
    page = page
        .heading("Appointments")
        .part(&reading.appointments(led.all.is_some()));
    if let Some(all) = reading.cut(led.all.is_some()) {
        page = page.part(&all);
    }
    let case = format!("/orders/{id}");
    let history = history(&visitor, &found.entries, &told, &case).await?;
    Ok(page
        .heading("The order")
        .part(&contested(&visitor, &id, &found, reading.facts(&who)).await?)
        .heading("History")
        .part(&history))
}

/// The order of a stream that was begun.
pub(super) fn made(found: &Found<Order>) -> Result<&Made, PageError> {
    found
        .state
        .made()
        .ok_or_else(|| PageError(Problem::usage("order", "id", "the order was never made")))
}

impl Reading<'_> {
    fn frame(&self, who: &str) -> Frame {
        let id = self.id;
        let made = self.made;
        let done: Vec<String> = made
            .progress(self.day)
            .iter()
            .filter(|p| p.owed.is_some())
            .map(|p| format!("{}: {}.", kind_title(self.law, &p.kind), amounts(p)))
            .collect();
        let frame = self
            .visitor
            .frame(format!("Order {}", register::short(id)))
            .kicker("Order")
            .lede(format!(
                "{who}. {} {}",
                lasting(made, self.day),
                done.join(" ")
            ))
            .trail(vec![Link::new(self.visitor.to("/orders"), "Orders")])
            .reference(register::short(id));
        let address = |act: OrderAct| format!("/orders/{id}/{}", act.word());
        let may = |action| allow(&self.visitor.call, action).is_ok();
        let open = made.appointments.values().any(|a| a.attendance.is_none());
        let runs = made.standing == Standing::InForce || open;
        // Whether a breach is proven is the court's to find: neither answer is offered before the other.
        if may(Action::RunOrder) && runs {
            frame.primary(address(OrderAct::Attend), OrderAct::Attend.title())
        } else {
            frame
        }
    }

    fn offers(&self, page: Page) -> Page {
        let tasks = offers::tasks(self.visitor, self.id, self.made, self.law, self.day);
        if tasks.tasks.is_empty() {
            page
        } else {
            page.heading("What can be done").part(&tasks)
        }
    }

    fn facts(&self, who: &str) -> SummaryList {
        let (visitor, made) = (self.visitor, self.made);
        let ends = made.ends.map_or(Value::NotRecorded, |end| {
            said::occurred(Occurred::On(end.into()))
        });
        let office = title(&self.law.offices, made.office.as_str());
        let person = visitor.to(&format!("/persons/{}", made.person));
        let sentence = visitor.to(&format!("/sentences/{}", made.sentence));
        let number = register::short(&made.sentence.to_string());
        SummaryList::default()
            .row("Person", Value::link(person, who))
            .row(
                "Sentence",
                Value::link(sentence, format!("Sentence {number}")),
            )
            .row(
                "State",
                Value::text(register::sentence_case(made.title_on(self.day))),
            )
            .row(
                "Court",
                Value::text(self.law.court_title(made.court.as_str())),
            )
            .row("Office", Value::text(office))
            .row("Made", said::occurred(made.made))
            .row("Last day", ends)
    }
}

/// How an order stands and how long it lasts, in a sentence.
pub(super) fn lasting(made: &Made, day: Day) -> String {
    let until = match (made.standing, made.ends) {
        (Standing::InForce, Some(end)) => {
            format!(", its last day is {}", day_in_words(CivilDate::from(end)))
        }
        (Standing::InForce, None) | (Standing::Over(_), _) => String::new(),
    };
    format!("The order is {}{until}.", made.title_on(day))
}

/// The words for a kind of requirement.
pub(super) fn kind_title(law: &Pack, kind: &Code) -> String {
    let rule = law.orders.requirement(kind);
    rule.map_or_else(|| kind.to_string(), |rule| rule.title.clone())
}

/// When an appointment is.
pub(super) fn when(appointment: &Appointment) -> String {
    let on = day_in_words(appointment.on);
    appointment
        .at
        .map_or_else(|| on.clone(), |at| format!("{on}, {at}"))
}

/// The words for an outcome.
pub(in crate::pages) fn outcome_title(law: &Pack, code: &Code) -> String {
    let rule = law.orders.outcome(code);
    rule.map_or_else(|| code.to_string(), |rule| rule.title.clone())
}
