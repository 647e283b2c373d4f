//! One supervision: its state in one sentence, what is due, what can be done, what was agreed and what happened.

use axum::extract::{Path, State};
use domain::jurisdiction::{Pack, title};
use domain::supervision::{
    Contact, RecallOutcome, Started, Supervision, SupervisionCause, SupervisionStanding,
};
use domain::values::{CivilDate, ContactNo, Day, Occurred};
use infra::access::{Action, allow};
use infra::record::Recorded;
use infra::registry::Found;

use super::act::SupervisionAct;
use super::offers;
use crate::pages::casework::{Act, Led, People, confirmation, contested, history};
use crate::pages::components::{Column, Frame, Link, Pagination, SummaryList, Table, Tone, Value};
use crate::pages::laws::Laws;
use crate::pages::page::{Page, PageError, Visitor, day_in_words};
use crate::pages::query::Query;
use crate::pages::{laws, register, said};
use crate::problem::Problem;
use crate::state::AppState;

/// Contacts shown before the rest is asked for.
const SHOWN: usize = 6;

/// A supervision as somebody reads it.
pub(super) struct Reading<'a> {
    visitor: &'a Visitor,
    id: &'a str,
    pub(super) started: &'a Started,
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
    let found: Found<Supervision> = app.registry.show(&visitor.call, &id, visitor.as_of).await?;
    let law = laws::in_force(&app).await?;
    let told = Laws::of(&app, &found.entries).await?;
    let started = started(&found)?;
    let day = law.day(visitor.moment.instant);
    let person = started.person.to_string();
    let who = People::of(&visitor, [person.as_str()]).await?.name(&person);
    let reading = Reading {
        visitor: &visitor,
        id: &id,
        started,
        law: &law,
        day,
    };
    let mut page = Page::new(reading.frame(&who));
    let next = |entry: &Recorded| reading.next(entry);
    if let Some(panel) = confirmation(&visitor, ("/supervisions", &id), &found, led.recorded, next)
    {
        page = page.part(&panel);
    }
    page = page.heading("What is due").part(&reading.due());
    let tasks = offers::tasks(&visitor, &id, started, &law);
    if !tasks.tasks.is_empty() {
        page = page.heading("What can be done").part(&tasks);
    }
    page = page
        .heading("Contacts")
        .part(&reading.contacts(led.all.is_some()));
    if let Some(cut) = reading.cut(led.all.is_some()) {
        page = page.part(&cut);
    }
    page = reading.further(page);
    let case = format!("/supervisions/{id}");
    let history = history(&visitor, &found.entries, &told, &case).await?;
    Ok(page
        .heading("The supervision")
        .part(&contested(&visitor, &id, &found, reading.facts(&who)).await?)
        .heading("History")
        .part(&history))
}

/// The supervision of a stream that was begun.
pub(super) fn started(found: &Found<Supervision>) -> Result<&Started, PageError> {
    let said = "the supervision was never started";
    found
        .state
        .started()
        .ok_or_else(|| PageError(Problem::usage("supervision", "id", said)))
}

impl Reading<'_> {
    fn frame(&self, who: &str) -> Frame {
        let (id, started) = (self.id, self.started);
        let until = match (&started.standing, started.expected_end) {
            (SupervisionStanding::InForce, Some(end)) => {
                let left = self.day.days_until(end).saturating_add(1);
                let end = day_in_words(end.into());
                match left {
                    ..=0 => format!(", its last day was {end}"),
                    1 => format!(", its last day is today, {end}"),
                    days => format!(", {days} days are left, until {end}"),
                }
            }
            (SupervisionStanding::InForce, None)
            | (SupervisionStanding::Recalled { .. } | SupervisionStanding::Ended { .. }, _) => {
                String::new()
            }
        };
        let officer = started.officer.as_ref();
        let officer = officer.map_or_else(
            || "No officer is assigned".to_owned(),
            |officer| format!("{} is the officer", officer.subject),
        );
        let state = started.title_on(self.day);
        let frame = self
            .visitor
            .frame(format!("Supervision {}", register::short(id)))
            .kicker("Supervision")
            .lede(format!(
                "{who}. The supervision is {state}{until}. {officer}."
            ))
            .trail(vec![Link::new(
                self.visitor.to("/supervisions"),
                "Caseload",
            )])
            .reference(register::short(id));
        let address = |act: SupervisionAct| format!("/supervisions/{id}/{}", act.word());
        let may = |action| allow(&self.visitor.call, action).is_ok();
        let runs = started.standing == SupervisionStanding::InForce;
        if may(Action::RunSupervision) && runs {
            frame.primary(
                address(SupervisionAct::Contact),
                SupervisionAct::Contact.title(),
            )
        } else if may(Action::DecideRecall) && started.open_recall().is_some() {
            let act = SupervisionAct::DecideRecall;
            frame.primary(address(act), act.title())
        } else {
            frame
        }
    }

    /// What waits, and the clocks.
    fn due(&self) -> SummaryList {
        let started = self.started;
        let review = match started.next_review {
            None => Value::text("None is set"),
            Some(next) => {
                let words = day_in_words(CivilDate::from(next));
                if started.is_review_overdue(self.day) {
                    Value::tag(format!("Overdue since {words}"), Tone::Attention)
                } else {
                    Value::text(words)
                }
            }
        };
        let met = started.last_contact();
        let met = met.map_or(Value::text("None took place yet"), |(_, contact)| {
            Value::text(format!(
                "{}, {}",
                day_in_words(contact.on),
                contact.kind.title()
            ))
        });
        let months = self.law.orders.enforcement.within_months;
        let missed = match started.failures(self.day, months).len() {
            0 => Value::text(format!("None in {months} months")),
            several => Value::tag(format!("{several} in {months} months"), Tone::Attention),
        };
        let level = register::sentence_case(&offers::level(started, self.law));
        let list = SummaryList::default()
            .row("Next review", review)
            .row("Last contact", met)
            .row("Missed contacts that count", missed)
            .row("Level", Value::text(level));
        match started.open_recall() {
            Some((no, recall)) => {
                let since = said::occurred(recall.request.done);
                let waits = Value::tag(
                    format!("Request {no} waits for its decision"),
                    Tone::Attention,
                );
                list.row("Recall", Value::Many(vec![waits, since]))
            }
            None => list,
        }
    }

    fn facts(&self, who: &str) -> SummaryList {
        let (visitor, started) = (self.visitor, self.started);
        let person = visitor.to(&format!("/persons/{}", started.person));
        let cause = match started.cause {
            SupervisionCause::Order(id) => {
                let name = format!("Order {}", register::short(&id.to_string()));
                Value::link(visitor.to(&format!("/orders/{id}")), name)
            }
            SupervisionCause::Sentence(id) => {
                let name = format!("Sentence {}", register::short(&id.to_string()));
                Value::link(visitor.to(&format!("/sentences/{id}")), name)
            }
        };
        let plan = started.plan.as_ref();
        let plan = plan.map_or(Value::text("Not agreed yet"), |plan| {
            said::occurred(plan.done)
        });
        let ends = started.expected_end.map_or(Value::NotRecorded, |end| {
            said::occurred(Occurred::On(end.into()))
        });
        SummaryList::default()
            .row("Person", Value::link(person, who))
            .row("It hangs on", cause)
            .row(
                "Office",
                Value::text(title(&self.law.offices, started.office.as_str())),
            )
            .row("Began", said::occurred(Occurred::On(started.starts)))
            .row("Last day", ends)
            .row("Plan agreed", plan)
    }

    fn contacts(&self, all: bool) -> Table {
        let columns = vec![
            Column::text("Contact"),
            Column::text("How"),
            Column::text("What came of it"),
            Column::text("Change"),
        ];
        let table = Table::new("Contacts, the latest first", columns)
            .quiet_caption()
            .empty("No contact recorded yet.");
        let shown = if all { usize::MAX } else { SHOWN };
        let latest = self.started.contacts.iter().rev().take(shown);
        latest.fold(table, |table, (no, contact)| {
            table.row(self.cells(*no, contact))
        })
    }

    fn cells(&self, no: ContactNo, contact: &Contact) -> Vec<Value> {
        let outcome = register::sentence_case(contact.outcome.title());
        let outcome = if contact.is_failure() {
            Value::tag(outcome, Tone::Attention)
        } else {
            Value::text(outcome)
        };
        let may = allow(&self.visitor.call, Action::RunSupervision).is_ok();
        let change = if may && !self.visitor.moment.past {
            Value::link(
                format!("/supervisions/{}/contact/{no}", self.id),
                format!("Change {no}"),
            )
        } else {
            Value::None
        };
        vec![
            Value::text(format!("{no}. {}", day_in_words(contact.on))),
            Value::text(register::sentence_case(contact.kind.title())),
            outcome,
            change,
        ]
    }

    /// The way to what the list of contacts leaves out.
    fn cut(&self, all: bool) -> Option<Pagination> {
        let of = self.started.contacts.len();
        if of <= SHOWN {
            return None;
        }
        let case = format!("/supervisions/{}", self.id);
        Some(Pagination {
            shown: if all {
                format!("All {of} contacts")
            } else {
                format!("The latest {SHOWN} of {of} contacts")
            },
            previous: all.then(|| Link::new(self.visitor.to(&case), "Show the latest only")),
            next: (!all).then(|| {
                let every = self.visitor.to(&format!("{case}?all=yes"));
                Link::new(every, format!("Show all {of}"))
            }),
        })
    }

    /// Programmes, violations and requests for recall, where there are any.
    fn further(&self, mut page: Page) -> Page {
        let rules = &self.law.supervision;
        let mut list = SummaryList::default();
        for (no, programme) in &self.started.programmes {
            let name = title(&rules.programmes, programme.programme.as_str());
            let state = register::sentence_case(programme.step.title());
            list = list.row(
                format!("Programme {no}"),
                Value::text(format!("{name}: {state}")),
            );
        }
        for (no, violation) in &self.started.violations {
            let kind = title(&rules.violations, violation.kind.as_str());
            let on = day_in_words(violation.on);
            list = list.row(
                format!("Violation {no}"),
                Value::text(format!("{kind}, {on}")),
            );
        }
        for (no, recall) in &self.started.recalls {
            let state = match recall.decided {
                None => "waits for its decision",
                Some((_, RecallOutcome::Granted)) => "granted",
                Some((_, RecallOutcome::Refused)) => "refused",
            };
            list = list.row(format!("Request for recall {no}"), Value::text(state));
        }
        if !list.rows.is_empty() {
            page = page.heading("Programmes, violations, recall").part(&list);
        }
        page
    }
}
