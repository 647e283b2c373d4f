//! The first page of a probation office: what is overdue, what is due today, what waits for the court, what is new;
//! each with the next act.

use domain::jurisdiction::{Fraction, Pack};
use domain::values::{CivilDate, Code, Day};
use infra::registry::{
    Counted, ListedAppointment, ListedOrder, ListedSupervision, Work, WorkQuery,
};

use super::casework::People;
use super::components::{Frame, Link, Moment, Tag, Tone, WorkGroup, WorkItem, Worklist};
use super::numbers::count;
use super::orders::{self, progress};
use super::page::{Page, PageError, Visitor, day_in_words};
use super::{laws, sessions, supervisions};
use crate::state::AppState;

/// Rows of a list before the rest is only counted.
const ROWS: u32 = 10;
/// Rows of a list when all were asked for.
const ALL: u32 = 1_000;

/// The pages of a probation office.
pub(super) fn probation_routes() -> axum::Router<AppState> {
    orders::routes()
        .merge(sessions::routes())
        .merge(supervisions::routes())
}

/// What is about somebody.
trait OfSomebody {
    /// What kind of record it is.
    const KIND: &'static str;

    /// Whom it is about.
    fn person(&self) -> &str;
}

impl OfSomebody for ListedAppointment {
    const KIND: &'static str = "order";

    fn person(&self) -> &str {
        &self.person
    }
}

impl OfSomebody for ListedOrder {
    const KIND: &'static str = "order";

    fn person(&self) -> &str {
        &self.person
    }
}

impl OfSomebody for ListedSupervision {
    const KIND: &'static str = "supervision";

    fn person(&self) -> &str {
        &self.person
    }
}

/// What waits, as somebody reads it.
struct Reading<'a> {
    visitor: &'a Visitor,
    law: &'a Pack,
    people: People,
    /// On which day.
    day: Day,
}

/// How much of it a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shows {
    /// What comes first.
    First,
    /// Everything, as far as a page can.
    All,
}

/// What waits in the visitor's office.
pub(super) async fn home(visitor: Visitor, shows: Shows) -> Result<Page, PageError> {
    let law = laws::in_force(&visitor.app).await?;
    let query = WorkQuery {
        as_of: visitor.as_of,
        office: visitor.sample.office.to_owned(),
        day: law.day(visitor.moment.instant),
        rows: match shows {
            Shows::All => ALL,
            Shows::First => ROWS,
        },
    };
    let work = visitor.app.registry.work(&visitor.call, &query).await?;
    let people = People::of(&visitor, persons(&work)).await?;
    let reading = Reading {
        visitor: &visitor,
        law: &law,
        people,
        day: query.day,
    };
    let list = reading.list(&work);
    let frame = frame(&visitor, &work);
    Ok(Page::new(frame).part(&list))
}

/// Everybody who is named in the lists.
fn persons(work: &Work) -> impl Iterator<Item = &str> {
    let appointments = [&work.overdue, &work.today, &work.unverified];
    let appointments = appointments.into_iter().flat_map(|list| &list.rows);
    let orders = [
        &work.orders_may_end,
        &work.orders_ending,
        &work.breaches,
        &work.unscheduled,
    ];
    let orders = orders.into_iter().flat_map(|list| &list.rows);
    let cases = [
        &work.reviews,
        &work.may_end,
        &work.ending,
        &work.recalls,
        &work.unassigned,
    ];
    let cases = cases.into_iter().flat_map(|list| &list.rows);
    appointments
        .map(|row| row.person.as_str())
        .chain(orders.map(|row| row.person.as_str()))
        .chain(cases.map(|row| row.person.as_str()))
}

/// How much there is, in one sentence, and the act that most days begin with.
fn frame(visitor: &Visitor, work: &Work) -> Frame {
    let waits = [
        (work.overdue.of, "overdue"),
        (work.today.of, "due today"),
        (work.unverified.of, "absent, evidence awaited"),
        (work.reviews.of, "to review"),
        (
            work.may_end.of.saturating_add(work.orders_may_end.of),
            "to look at for an early end",
        ),
        (work.breaches.of, "in breach"),
        (work.recalls.of, "to recall or not"),
        (
            work.orders_ending.of.saturating_add(work.ending.of),
            "ending this month",
        ),
        (work.unscheduled.of, "without an appointment"),
        (work.unassigned.of, "without an officer"),
    ];
    let said: Vec<String> = waits
        .iter()
        .filter(|(of, _)| *of > 0)
        .map(|(of, what)| format!("{} {what}", count(*of)))
        .collect();
    let said = match said.as_slice() {
        [] => String::new(),
        waits => format!("{}.", waits.join(", ")),
    };
    let nobody = work.today.of == 0;
    let next = match work
        .next
        .as_deref()
        .and_then(|day| day.parse::<CivilDate>().ok())
    {
        Some(day) if nobody => {
            format!(
                " No one is due today; the next due date is {}.",
                day_in_words(day)
            )
        }
        None if nobody => " No one is due today, and nothing later is planned.".to_owned(),
        Some(_) | None => String::new(),
    };
    visitor
        .frame("Worklist")
        .lede(format!("{said}{next}").trim_start())
        .primary("/sessions", "Record attendance")
}

impl Reading<'_> {
    fn list(&self, work: &Work) -> Worklist {
        let groups = vec![
            self.group("Overdue", &work.overdue, |row| self.overdue(row)),
            self.group("Today", &work.today, |row| self.today(row)),
            self.group("Absent, evidence awaited", &work.unverified, |row| {
                self.unverified(row)
            }),
            self.group("Reviews due", &work.reviews, |row| self.review(row)),
            self.group("Supervisions that may end early", &work.may_end, |row| {
                self.may_end(row)
            }),
            self.group("Orders that may end early", &work.orders_may_end, |row| {
                self.order_may_end(row)
            }),
            self.group("In breach", &work.breaches, |row| self.breached(row)),
            self.group("Recall requested", &work.recalls, |row| self.recalled(row)),
            self.group("Orders that end this month", &work.orders_ending, |row| {
                self.order_ends(row)
            }),
            self.group("Supervisions that end this month", &work.ending, |row| {
                self.ends(row)
            }),
            self.group(
                "New orders, nothing scheduled yet",
                &work.unscheduled,
                |row| self.unscheduled(row),
            ),
            self.group("Without an officer", &work.unassigned, |row| {
                self.unassigned(row)
            }),
        ];
        Worklist {
            groups,
            empty: "Nothing waits: no outcome or review is due, and no breach is alleged."
                .to_owned(),
        }
    }

    /// A group of work; where not every row is shown, the way to all of them.
    fn group<T: OfSomebody>(
        &self,
        heading: &str,
        list: &Counted<T>,
        item: impl Fn(&T) -> WorkItem,
    ) -> WorkGroup {
        let items = list.rows.iter().map(|row| {
            let mut item = item(row);
            item.tags.extend(self.people.tags(row.person(), T::KIND));
            item
        });
        let items: Vec<WorkItem> = items.collect();
        let all = self.visitor.to("/?all=yes");
        WorkGroup::new(heading, items).of(list.of, all)
    }

    fn to_order(&self, id: &str, person: &str) -> Link {
        Link::new(
            self.visitor.to(&format!("/orders/{id}")),
            self.people.name(person),
        )
    }

    fn to_supervision(&self, row: &ListedSupervision) -> Link {
        let address = self.visitor.to(&format!("/supervisions/{}", row.id));
        Link::new(address, self.people.name(&row.person))
    }

    /// The next act; a past worklist has none.
    fn act(&self, address: String, text: &str) -> Option<Link> {
        (!self.visitor.moment.past).then(|| Link::new(address, text))
    }

    fn kind(&self, row: &ListedAppointment) -> String {
        let code = Code::parse(&row.kind).ok();
        let rule = code
            .as_ref()
            .and_then(|code| self.law.orders.requirement(code));
        rule.map_or_else(|| row.kind.clone(), |rule| rule.title.clone())
    }

    fn overdue(&self, row: &ListedAppointment) -> WorkItem {
        WorkItem {
            who: self.to_order(&row.order, &row.person),
            what: format!("{}: the outcome is not recorded", self.kind(row)),
            due: due(&row.on),
            tags: Vec::new(),
            next: self.act(
                format!("/orders/{}/attend", row.order),
                "Record what happened",
            ),
        }
    }

    /// An absence that is not verified, with the day until which evidence of an acceptable reason is in time.
    fn unverified(&self, row: &ListedAppointment) -> WorkItem {
        let absent = row.on.parse().map_or_else(|_| row.on.clone(), day_in_words);
        let until = row.evidence_until.as_deref();
        let over = until.is_some_and(|until| until < self.day.to_string().as_str());
        WorkItem {
            what: format!(
                "{}: absent on {absent}; evidence of an acceptable reason {}",
                self.kind(row),
                if over { "was due by" } else { "is due by" }
            ),
            due: until.and_then(due),
            tags: over
                .then(|| Tag::new("overdue", Tone::Attention))
                .into_iter()
                .collect(),
            next: self.act(
                format!("/orders/{}/attendance/{}", row.order, row.number),
                "Record what was found",
            ),
            ..self.overdue(row)
        }
    }

    fn order_ends(&self, row: &ListedOrder) -> WorkItem {
        WorkItem {
            what: format!("{}; the order ends", progress(self.law, &row.progress)),
            due: row.ends.as_deref().and_then(due),
            next: None,
            ..self.unscheduled(row)
        }
    }

    fn ends(&self, row: &ListedSupervision) -> WorkItem {
        WorkItem {
            what: "The supervision ends".to_owned(),
            due: row.ends.as_deref().and_then(due),
            next: None,
            ..self.review(row)
        }
    }

    fn today(&self, row: &ListedAppointment) -> WorkItem {
        let at = row
            .at
            .as_ref()
            .map_or_else(String::new, |at| format!(", {at}"));
        let place = row.place.as_ref();
        let place = place.map_or_else(String::new, |place| {
            format!(", {}", place.replace('-', " "))
        });
        WorkItem {
            what: format!("{}{at}{place}", self.kind(row)),
            due: None,
            ..self.overdue(row)
        }
    }

    fn review(&self, row: &ListedSupervision) -> WorkItem {
        WorkItem {
            who: self.to_supervision(row),
            what: "A review is due".to_owned(),
            due: row.next_review.as_deref().and_then(due),
            tags: Vec::new(),
            next: self.act(
                format!("/supervisions/{}/review", row.id),
                "Record the review",
            ),
        }
    }

    fn may_end(&self, row: &ListedSupervision) -> WorkItem {
        WorkItem {
            what: early(self.law.supervision.early_end),
            due: None,
            ..self.review(row)
        }
    }

    fn order_may_end(&self, row: &ListedOrder) -> WorkItem {
        WorkItem {
            who: self.to_order(&row.id, &row.person),
            what: early(self.law.orders.early_end),
            due: None,
            tags: Vec::new(),
            next: None,
        }
    }

    fn breached(&self, row: &ListedOrder) -> WorkItem {
        WorkItem {
            who: self.to_order(&row.id, &row.person),
            what: "An alleged breach waits for the court".to_owned(),
            due: None,
            tags: vec![Tag::new("breach", Tone::Attention)],
            next: None,
        }
    }

    fn recalled(&self, row: &ListedSupervision) -> WorkItem {
        WorkItem {
            who: self.to_supervision(row),
            what: "A request for recall waits for its decision".to_owned(),
            due: None,
            tags: vec![Tag::new("recall", Tone::Attention)],
            next: None,
        }
    }

    fn unscheduled(&self, row: &ListedOrder) -> WorkItem {
        WorkItem {
            who: self.to_order(&row.id, &row.person),
            what: progress(self.law, &row.progress),
            due: due(&row.starts),
            tags: Vec::new(),
            next: self.act(
                format!("/orders/{}/schedule", row.id),
                "Schedule an appointment",
            ),
        }
    }

    fn unassigned(&self, row: &ListedSupervision) -> WorkItem {
        WorkItem {
            who: self.to_supervision(row),
            what: "No officer is assigned".to_owned(),
            due: due(&row.starts),
            tags: Vec::new(),
            next: self.act(
                format!("/supervisions/{}/assign", row.id),
                "Assign an officer",
            ),
        }
    }
}

/// What is asked of a measure of which enough is over; whether it ends early, people decide.
fn early(part: Option<Fraction>) -> String {
    let part = part.map_or_else(|| "enough".to_owned(), Fraction::in_words);
    format!("Review due: {part} of it is over, and it may end early")
}

fn due(day: &str) -> Option<Moment> {
    let date: CivilDate = day.parse().ok()?;
    Some(Moment::new(date.to_string(), day_in_words(date)))
}
