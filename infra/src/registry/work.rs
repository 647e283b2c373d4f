//! What waits in an office on a day: each list cut at a number of rows, and counted whole.

use domain::values::Day;
use schemars::JsonSchema;
use serde::Serialize;

use super::Registry;
use super::diary::{APPOINTMENT, ListedAppointment, appointment};
use super::guarded::Guard;
use super::ledgers::{ListedOrder, ListedSupervision, ORDER, SUPERVISION, order, supervision};
use super::moment::{AsOf, Moment};
use super::read::{ListedSentence, REGISTER_COLUMNS, ReadError, listed_sentence};
use crate::access::{Action, Call, allow};
use crate::error::StoreError;
use crate::store::database::{Row, Value};

/// Days after its start during which an order for which nothing is scheduled counts as new.
const NEW_DAYS: u32 = 28;

/// Whose work is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkQuery {
    /// As of when it was known.
    pub as_of: AsOf,
    /// Of which office or court.
    pub office: String,
    /// On which day.
    pub day: Day,
    /// How many rows of each list.
    pub rows: u32,
}

/// Rows of a list, and how many it has in all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "CountedListOf{T}")]
pub struct Counted<T> {
    /// The first rows.
    pub rows: Vec<T>,
    /// All of them.
    pub of: u64,
}

/// What waits for a court.
#[derive(Debug, Clone, PartialEq)]
pub struct CourtWork {
    /// Proposed decisions that wait for their pronouncement, the oldest first.
    pub proposed: Counted<ListedSentence>,
    /// Decisions of the court on which an appeal waits, the one lodged first coming first.
    pub appeals: Counted<ListedSentence>,
    /// Orders of the court with an alleged breach that waits for its hearing, the one alleged first coming first.
    pub breaches: Counted<ListedOrder>,
    /// The moment.
    pub moment: Moment,
}

/// What waits in an office on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Work {
    /// Appointments of earlier days without an outcome, the oldest first.
    pub overdue: Counted<ListedAppointment>,
    /// Appointments of the day without an outcome.
    pub today: Counted<ListedAppointment>,
    /// Absences for which evidence is awaited, the one that has to be in first coming first.
    pub unverified: Counted<ListedAppointment>,
    /// Orders in force whose last day is in the month of the day.
    pub orders_ending: Counted<ListedOrder>,
    /// Supervisions, likewise.
    pub ending: Counted<ListedSupervision>,
    /// Reviews that are due, the oldest first.
    pub reviews: Counted<ListedSupervision>,
    /// Supervisions of which enough is over that somebody asks whether they end early, until that was looked at.
    pub may_end: Counted<ListedSupervision>,
    /// Orders of which enough is over, likewise.
    pub orders_may_end: Counted<ListedOrder>,
    /// Orders with an alleged breach that waits for the court.
    pub breaches: Counted<ListedOrder>,
    /// Supervisions with a request for recall that waits.
    pub recalls: Counted<ListedSupervision>,
    /// New orders for which nothing is scheduled.
    pub unscheduled: Counted<ListedOrder>,
    /// Supervisions without an officer.
    pub unassigned: Counted<ListedSupervision>,
    /// The next day on which somebody is due or a review is.
    pub next: Option<String>,
    /// The moment.
    pub moment: Moment,
}

/// Whose work, as of when, and what of it is left out.
type At<'a> = (&'a WorkQuery, Moment, &'a Guard);

const CASELOAD: &str = "caseload";

/// Whose rows of a read model they are, and of which case.
#[derive(Clone, Copy)]
struct Model {
    table: &'static str,
    /// The column of the office or court.
    place: &'static str,
    /// The column of the case.
    case: &'static str,
}

const DIARY: Model = Model {
    table: "diary",
    place: "office",
    case: "order_id",
};
const ORDERS: Model = Model {
    table: "order_ledger",
    ..DIARY
};
const ORDERS_OF_COURT: Model = Model {
    place: "court",
    ..ORDERS
};
const CASES: Model = Model {
    table: CASELOAD,
    place: "office",
    case: "supervision_id",
};
const SENTENCES: Model = Model {
    table: "sentence_register",
    place: "court",
    case: "sentence_id",
};

/// Rows of a read model that wait.
struct Waiting {
    model: Model,
    columns: &'static str,
    /// With `?` in the place of each value.
    condition: &'static str,
    values: Vec<Value>,
    order: &'static str,
}

const ORDERS_UNSCHEDULED: &str = "state = 'in force' AND starts >= ? AND NOT EXISTS (SELECT 1 FROM diary \
     WHERE diary.generation = ? AND diary.order_id = order_ledger.order_id AND diary.from_index <= ?)";

/// A measure in force of which something was noticed by a clock that nobody has closed.
macro_rules! noticed_of {
    ($id:literal) => {
        concat!(
            "state = 'in force' AND EXISTS (SELECT 1 FROM findings WHERE findings.generation = ? \
             AND findings.stream_id = ",
            $id,
            " AND findings.code = ? AND findings.state <> 'closed' AND findings.from_index <= ? \
             AND findings.to_index > ?)"
        )
    };
}

fn due(condition: &'static str, day: Day) -> Waiting {
    Waiting {
        model: DIARY,
        columns: APPOINTMENT,
        condition,
        values: vec![day.to_string().into()],
        order: "on_day, at_time, order_id, number",
    }
}

fn orders(condition: &'static str, values: Vec<Value>) -> Waiting {
    Waiting {
        model: ORDERS,
        columns: ORDER,
        condition,
        values,
        order: "first_index",
    }
}

fn cases(condition: &'static str, values: Vec<Value>, order: &'static str) -> Waiting {
    Waiting {
        model: CASES,
        columns: SUPERVISION,
        condition,
        values,
        order,
    }
}

fn sentences(condition: &'static str, order: &'static str) -> Waiting {
    Waiting {
        model: SENTENCES,
        columns: REGISTER_COLUMNS,
        condition,
        values: Vec::new(),
        order,
    }
}

/// The first and the last day of the month of a day.
fn month(day: Day) -> Vec<Value> {
    let first = day.minus_days(day.day().saturating_sub(1));
    let last = first.plus_months(1).minus_days(1);
    vec![first.to_string().into(), last.to_string().into()]
}

impl Registry {
    /// What waits in an office on a day.
    #[expect(clippy::too_many_lines, reason = "one list after the other")]
    pub async fn work(&self, call: &Call, query: &WorkQuery) -> Result<Work, ReadError> {
        allow(call, Action::ReadRegister)?;
        let moment = self.moment(query.as_of).await?;
        let day = query.day;
        let reviews = "state = 'in force' AND next_review <= ?";
        let reviews = cases(reviews, vec![day.to_string().into()], "next_review");
        let recalls = cases("recall_open = 1", Vec::new(), "first_index");
        let unassigned = "state = 'in force' AND officer IS NULL";
        let unassigned = cases(unassigned, Vec::new(), "first_index");
        let diary = self.projections().live_generation("diary").await?;
        let unscheduled = vec![
            day.minus_days(NEW_DAYS).to_string().into(),
            diary.into(),
            moment.last().into(),
        ];
        let unscheduled = orders(ORDERS_UNSCHEDULED, unscheduled);
        let findings = self.projections().live_generation("findings").await?;
        let noticed = |code: &str| {
            let last = moment.last();
            vec![findings.into(), code.into(), last.into(), last.into()]
        };
        let may_end = noticed("supervision.review-for-early-end");
        let may_end = cases(noticed_of!("supervision_id"), may_end, "ends");
        let orders_may_end = noticed("order.review-for-early-end");
        let orders_may_end = orders(noticed_of!("order_id"), orders_may_end);
        let ending = "state = 'in force' AND ends >= ? AND ends <= ?";
        let orders_ending = Waiting {
            order: "ends, first_index",
            ..orders(ending, month(day))
        };
        let ending = cases(ending, month(day), "ends, first_index");
        let unverified = Waiting {
            model: DIARY,
            columns: APPOINTMENT,
            condition: "evidence_until >= ''",
            values: Vec::new(),
            order: "evidence_until, on_day, order_id, number",
        };
        let overdue = due("waits = 1 AND on_day < ?", day);
        let today = due("waits = 1 AND on_day = ?", day);
        let breaches = orders("breaches > 0", Vec::new());
        let guard = self.guard(call).await?;
        let at = (query, moment, &guard);
        let work = Work {
            overdue: self.counted(at, overdue, appointment).await?,
            today: self.counted(at, today, appointment).await?,
            unverified: self.counted(at, unverified, appointment).await?,
            orders_ending: self.counted(at, orders_ending, order).await?,
            ending: self.counted(at, ending, supervision).await?,
            reviews: self.counted(at, reviews, supervision).await?,
            may_end: self.counted(at, may_end, supervision).await?,
            orders_may_end: self.counted(at, orders_may_end, order).await?,
            breaches: self.counted(at, breaches, order).await?,
            recalls: self.counted(at, recalls, supervision).await?,
            unscheduled: self.counted(at, unscheduled, order).await?,
            unassigned: self.counted(at, unassigned, supervision).await?,
            next: self.next_due(at).await?,
            moment,
        };
        self.inner
            .consultations
            .write(call, Action::ReadRegister, shown(&work))
            .await?;
        Ok(work)
    }

    /// What waits for a court.
    pub async fn court_work(&self, call: &Call, query: &WorkQuery) -> Result<CourtWork, ReadError> {
        allow(call, Action::ReadRegister)?;
        let moment = self.moment(query.as_of).await?;
        let guard = self.guard(call).await?;
        let at = (query, moment, &guard);
        let proposed = sentences("state = 'proposed'", "first_index");
        // Nothing is appealed any more once the decision is quashed.
        let appeals = sentences(
            "appealed >= '' AND state <> 'quashed'",
            "appealed, first_index",
        );
        let breaches = Waiting {
            model: ORDERS_OF_COURT,
            order: "alleged, first_index",
            ..orders("breaches > 0", Vec::new())
        };
        let work = CourtWork {
            proposed: self.counted(at, proposed, listed_sentence).await?,
            appeals: self.counted(at, appeals, listed_sentence).await?,
            breaches: self.counted(at, breaches, order).await?,
            moment,
        };
        let sentences = work.proposed.rows.iter().chain(&work.appeals.rows);
        let sentences = sentences.map(|row| format!("sentence/{}", row.id));
        let orders = work.breaches.rows.iter();
        let shown = sentences.chain(orders.map(|row| format!("order/{}", row.id)));
        self.inner
            .consultations
            .write(call, Action::ReadRegister, shown.collect())
            .await?;
        Ok(work)
    }

    async fn counted<T>(
        &self,
        at: At<'_>,
        waiting: Waiting,
        read: fn(&Row) -> Result<T, StoreError>,
    ) -> Result<Counted<T>, StoreError> {
        let Waiting {
            model,
            columns,
            condition,
            values,
            order,
        } = waiting;
        let (query, ..) = at;
        let (from, params) = self.holding(at, model, condition, values).await?;
        let database = self.store().database();
        let count = format!("SELECT count(*) {from}");
        let of = database.query_one(&count, &params).await?;
        let list = format!(
            "SELECT {columns} {from} ORDER BY {order} LIMIT {}",
            query.rows
        );
        let rows = database.query(&list, &params).await?;
        Ok(Counted {
            rows: rows.iter().map(read).collect::<Result<_, _>>()?,
            of: of.map_or(Ok(0), |row| row.count(0))?,
        })
    }

    /// `FROM … WHERE …` for the rows of an office that hold at a moment and meet a condition.
    async fn holding(
        &self,
        (query, moment, guard): At<'_>,
        Model { table, place, case }: Model,
        condition: &str,
        values: Vec<Value>,
    ) -> Result<(String, Vec<Value>), StoreError> {
        let generation = self.projections().live_generation(table).await?;
        let last = moment.last();
        let office = query.office.as_str();
        let mut params: Vec<Value> =
            vec![generation.into(), last.into(), last.into(), office.into()];
        let guard = guard.work("person_id", case);
        let mut sql = format!(
            "FROM {table} WHERE generation = $1 AND from_index <= $2 AND to_index > $3 AND {place} = $4{guard} \
             AND {condition}"
        );
        for value in values {
            params.push(value);
            sql = sql.replacen('?', &format!("${}", params.len()), 1);
        }
        Ok((sql, params))
    }

    /// The next day after the day on which somebody is due or a review is.
    async fn next_due(&self, at: At<'_>) -> Result<Option<String>, StoreError> {
        let (query, ..) = at;
        let mut days = Vec::new();
        for (model, column, condition) in [
            (DIARY, "on_day", "waits = 1 AND on_day > ?"),
            (
                CASES,
                "next_review",
                "state = 'in force' AND next_review > ?",
            ),
        ] {
            let day = vec![query.day.to_string().into()];
            let (from, params) = self.holding(at, model, condition, day).await?;
            let sql = format!("SELECT min({column}) {from}");
            if let Some(row) = self.store().database().query_one(&sql, &params).await? {
                days.extend(row.maybe_text(0)?.map(str::to_owned));
            }
        }
        Ok(days.into_iter().min())
    }
}

/// The cases that a reader of the work is shown.
fn shown(work: &Work) -> Vec<String> {
    let appointments = [&work.overdue, &work.today, &work.unverified];
    let appointments = appointments.into_iter().flat_map(|list| &list.rows);
    let orders = [
        &work.orders_may_end,
        &work.orders_ending,
        &work.breaches,
        &work.unscheduled,
    ];
    let orders = orders.into_iter().flat_map(|list| &list.rows);
    let orders = appointments
        .map(|row| &row.order)
        .chain(orders.map(|row| &row.id))
        .map(|id| format!("order/{id}"));
    let supervisions = [
        &work.reviews,
        &work.may_end,
        &work.ending,
        &work.recalls,
        &work.unassigned,
    ];
    let supervisions = supervisions.into_iter().flat_map(|list| {
        list.rows
            .iter()
            .map(|row| format!("supervision/{}", row.id))
    });
    orders.chain(supervisions).collect()
}
