//! The sheet of a group: a row for each person, with what came of it or the fields to say so.

use axum::http::StatusCode;
use domain::jurisdiction::Pack;
use domain::values::{Code, Quantity, Unit};
use infra::access::{Action, allow};
use infra::registry::ListedAppointment;
use serde::Deserialize;

use super::group::{self, Group};
use crate::pages::casework::{People, options, text};
use crate::pages::components::{
    Column, Field, Form, Frame, Inset, Link, Panel, Part, Proof, Table, Tone, Value,
};
use crate::pages::laws;
use crate::pages::orders::outcome_title;
use crate::pages::page::{Page, PageError, Typed, Visitor};
use crate::pages::query::Query;

/// Which group, and what was just recorded of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    day: String,
    kind: String,
    place: Option<String>,
    /// The entries of what was just recorded, as `from-to`.
    recorded: Option<String>,
}

impl Wanted {
    /// The group.
    pub(super) fn group(&self) -> Result<Group, PageError> {
        Ok(Group {
            day: group::parsed(&self.day)?,
            kind: self.kind.clone(),
            place: self.place.clone().filter(|place| !place.is_empty()),
        })
    }

    fn recorded(&self) -> Option<(u64, u64)> {
        let (from, to) = self.recorded.as_deref()?.split_once('-')?;
        Some((from.parse().ok()?, to.parse().ok()?))
    }
}

/// What is wrong with a row: where it is said, and what.
pub(super) struct WrongRow {
    pub(super) row: String,
    pub(super) at_amount: bool,
    pub(super) said: String,
}

/// A sheet as it is shown.
pub(super) struct Sheet<'a> {
    pub(super) visitor: &'a Visitor,
    pub(super) law: &'a Pack,
    pub(super) group: &'a Group,
    pub(super) due: Vec<ListedAppointment>,
    pub(super) people: People,
    pub(super) typed: &'a Typed,
}

/// The sheet.
pub(super) async fn get(Query(wanted): Query<Wanted>, visitor: Visitor) -> Result<Page, PageError> {
    let law = laws::in_force(&visitor.app).await?;
    let group = wanted.group()?;
    let typed = Typed::empty();
    let sheet = Sheet::of(&visitor, &law, &group, &typed).await?;
    let panel = wanted
        .recorded()
        .and_then(|entries| sheet.confirmation(entries));
    Ok(sheet.page(panel, Vec::new(), None))
}

/// The name of a row in the form.
pub(super) fn name(appointment: &ListedAppointment) -> String {
    format!("{}-{}", appointment.order, appointment.number)
}

impl<'a> Sheet<'a> {
    pub(super) async fn of(
        visitor: &'a Visitor,
        law: &'a Pack,
        group: &'a Group,
        typed: &'a Typed,
    ) -> Result<Self, PageError> {
        let mut due = group.appointments(visitor).await?;
        let people = People::of(visitor, due.iter().map(|a| a.person.as_str())).await?;
        due.sort_by_key(|a| (a.at.clone(), people.name(&a.person), a.number));
        Ok(Self {
            visitor,
            law,
            group,
            due,
            people,
            typed,
        })
    }

    /// The page: a confirmation where something was recorded, what is wrong with rows, what became of the others.
    pub(super) fn page(
        &self,
        panel: Option<Panel>,
        wrong: Vec<WrongRow>,
        report: Option<String>,
    ) -> Page {
        let frame = self.frame();
        let guard = self.visitor.guard(&frame);
        let mut page = Page::new(frame);
        if let Some(panel) = panel {
            page = page.part(&panel);
        }
        if !self.is_open() {
            page = page.part(&self.table(false, &wrong));
            return wrong.into_iter().fold(page, |page, wrong| {
                page.text(wrong.said)
                    .status(StatusCode::UNPROCESSABLE_ENTITY)
            });
        }
        let mut form = Form::new(self.group.address(), guard, "Record the session")
            .cancel(self.visitor.to(&self.back()), "Other groups");
        if let Some(text) = report {
            form = form.part(Part::Inset(Inset { text, source: None }));
        }
        if let Some(field) = self.common() {
            form = form.field(field);
        }
        for appointment in self.due.iter().filter(|a| a.waits) {
            form = form.carry("row", name(appointment));
        }
        let form = form.part(Part::Table(self.table(true, &wrong)));
        let lost = wrong.into_iter().filter(|w| !self.has_fields(&w.row));
        page.form(&lost.fold(form, |form, wrong| form.refused(wrong.said)))
    }

    fn frame(&self) -> Frame {
        let waiting = self.due.iter().filter(|a| a.waits).count();
        let day = self.group.day_in_words();
        let said = match (self.due.len(), waiting) {
            (0, _) => format!("Nobody is due in this group on {day}."),
            (_, 0) => format!("{day}: every outcome is recorded."),
            (1, _) => format!("{day}: one person is due."),
            (all, _) => format!("{day}: {all} due, {waiting} to record."),
        };
        self.visitor
            .frame(self.group.title(self.law))
            .kicker("Session sheet")
            .lede(said)
            .trail(vec![Link::new(
                self.visitor.to(&self.back()),
                "Other groups of the day",
            )])
    }

    fn back(&self) -> String {
        format!("/sessions?day={}", self.group.day)
    }

    /// Whether outcomes can be recorded here: somebody waits, the day has come, and the visitor may.
    fn is_open(&self) -> bool {
        let today = self.law.day(self.visitor.moment.instant);
        !self.visitor.moment.past
            && self.group.day <= today
            && self.due.iter().any(|a| a.waits)
            && allow(&self.visitor.call, Action::RunOrder).is_ok()
    }

    fn has_fields(&self, row: &str) -> bool {
        self.due.iter().any(|a| a.waits && name(a) == row)
    }

    /// Whom a row is about.
    pub(super) fn who(&self, row: &str) -> Option<String> {
        let appointment = self.due.iter().find(|a| name(a) == row)?;
        Some(self.people.name(&appointment.person))
    }

    /// What is credited to everybody who came, where a row says nothing else.
    fn common(&self) -> Option<Field> {
        let unit = self.group.unit(self.law)?;
        let (label, sign, usual) = match unit {
            Unit::Minutes => ("Hours of everybody who came", "h", ""),
            Unit::Days => ("Days of everybody who came", "days", "1"),
            Unit::Sessions => ("Sessions of everybody who came", "sessions", "1"),
        };
        let typed = self.typed.get("amount").unwrap_or(usual);
        let field = Field::number("amount", label, sign, typed);
        Some(field.hint(match unit {
            Unit::Minutes => {
                "A row that says otherwise stands. 6.5 or 6:30 is six hours and a half"
            }
            Unit::Days | Unit::Sessions => {
                "A row that says otherwise stands. They are counted whole"
            }
        }))
    }

    fn table(&self, open: bool, wrong: &[WrongRow]) -> Table {
        let amount = match self.group.unit(self.law) {
            Some(Unit::Minutes) => Some("Hours"),
            Some(Unit::Days) => Some("Days"),
            Some(Unit::Sessions) => Some("Sessions"),
            None => None,
        };
        let mut columns = vec![Column::text("Person"), Column::text("What came of it")];
        columns.extend(amount.map(Column::text));
        let table = Table::new(self.group.title(self.law), columns)
            .quiet_caption()
            .empty("Nobody is due.");
        self.due.iter().fold(table, |table, appointment| {
            let row = name(appointment);
            let wrong = wrong.iter().find(|w| w.row == row);
            let who = self.people.name(&appointment.person);
            let order = self.visitor.to(&format!("/orders/{}", appointment.order));
            let named = Value::link(order, &who);
            let mut cells = vec![self.people.mark(&appointment.person, "order", named)];
            if open && appointment.waits {
                cells.push(Value::field(self.outcome(&row, &who, wrong)));
                cells.extend(
                    amount.map(|label| Value::field(self.amount(&row, label, &who, wrong))),
                );
            } else {
                cells.push(self.recorded(appointment));
                cells.extend(amount.map(|_| credited(appointment.credited)));
            }
            table.row(cells)
        })
    }

    fn outcome(&self, row: &str, who: &str, wrong: Option<&WrongRow>) -> Field {
        let name = format!("outcome-{row}");
        let all = self.law.orders.outcomes.iter();
        let all = all.map(|o| (o.code.to_string(), o.title.clone()));
        let choices = options(self.typed, &name, all);
        let said = wrong.filter(|w| !w.at_amount).map(|w| w.said.clone());
        Field::select(name, format!("What came of it, {who}"), choices)
            .quiet()
            .error(said)
    }

    fn amount(&self, row: &str, label: &str, who: &str, wrong: Option<&WrongRow>) -> Field {
        let name = format!("amount-{row}");
        let typed = text(self.typed, &name);
        let said = wrong.filter(|w| w.at_amount).map(|w| w.said.clone());
        let sign = if label == "Hours" {
            "h".to_owned()
        } else {
            label.to_lowercase()
        };
        Field::number(name, format!("{label}, {who}"), sign, typed)
            .quiet()
            .error(said)
    }

    /// What came of an appointment, its entry, and the way to change it.
    fn recorded(&self, appointment: &ListedAppointment) -> Value {
        let Some(code) = appointment
            .outcome
            .as_deref()
            .and_then(|t| Code::parse(t).ok())
        else {
            return Value::text("Not recorded");
        };
        let outcome = outcome_title(self.law, &code);
        let outcome = if appointment.failed {
            Value::tag(outcome, Tone::Attention)
        } else {
            Value::text(outcome)
        };
        let order = format!("/orders/{}", appointment.order);
        let entry = u64::try_from(appointment.entry).unwrap_or_default();
        let mut said = vec![
            outcome,
            Value::Proof(Proof::Recorded {
                entry,
                href: self.visitor.to(&format!("{order}?as_of={entry}")),
            }),
        ];
        if !self.visitor.moment.past && allow(&self.visitor.call, Action::RunOrder).is_ok() {
            let change = format!("{order}/attendance/{}", appointment.number);
            said.push(Value::link(change, "Change"));
        }
        Value::Many(said)
    }

    /// What was just recorded of this group, by the entries it got.
    fn confirmation(&self, (from, to): (u64, u64)) -> Option<Panel> {
        if self.visitor.moment.past {
            return None;
        }
        let entry = |a: &ListedAppointment| u64::try_from(a.entry).unwrap_or_default();
        let now: Vec<_> = self
            .due
            .iter()
            .filter(|a| !a.waits && (from..=to).contains(&entry(a)))
            .collect();
        let last = now.iter().map(|a| entry(a)).max()?;
        let failed = now.iter().filter(|a| a.failed);
        let links = failed.clone().map(|a| {
            let who = self.people.name(&a.person);
            Link::new(
                format!("/orders/{}/warn", a.order),
                format!("Issue a warning: {who}"),
            )
        });
        let next = match failed.count() {
            0 => "No failure counts.".to_owned(),
            1 => "One failure counts.".to_owned(),
            several => format!("{several} failures count."),
        };
        Some(Panel {
            title: match now.len() {
                1 => "One outcome is recorded".to_owned(),
                several => format!("{several} outcomes are recorded"),
            },
            reference: format!(
                "{}, {}",
                self.group.title(self.law),
                self.group.day_in_words()
            ),
            proof: Proof::Recorded {
                entry: last,
                href: format!("{}&as_of={last}", self.group.address()),
            },
            next: vec![next],
            links: links
                .chain([Link::new("/", "Back to the worklist")])
                .collect(),
        })
    }
}

fn credited(credited: Option<Quantity>) -> Value {
    credited.map_or(Value::None, |quantity| Value::text(quantity.to_string()))
}
