//! The order ledger and the caseload, in pages.

use domain::values::{Day, PersonId};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value as Json;

use super::Registry;
use super::moment::{AsOf, Moment};
use super::read::{Page, ReadError};
use crate::access::{Action, Call, allow};
use crate::error::StoreError;
use crate::store::database::{Row, Value};

/// What is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LedgerQuery {
    /// As of when.
    pub as_of: AsOf,
    /// Only this office.
    pub office: Option<String>,
    /// Only this state.
    pub state: Option<String>,
    /// Only this person.
    pub person: Option<PersonId>,
    /// Only this sentence, or this cause of a supervision.
    pub sentence: Option<String>,
    /// A part of its id, or of the person's.
    pub text: Option<String>,
    /// Only what waits for a decision: an alleged breach, a request for recall.
    pub undecided: bool,
    /// Only orders of this court; a supervision is of none.
    pub court: Option<String>,
    /// Rows before this place of an earlier page.
    pub before: Option<i64>,
    /// How many rows, at most 1,000.
    pub limit: u32,
}

/// What is looked for in the caseload.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CaseloadQuery {
    /// As of when, where, in which state.
    pub ledger: LedgerQuery,
    /// Only this officer.
    pub officer: Option<String>,
    /// Only this level.
    pub level: Option<String>,
    /// Only what has a review due by this day.
    pub review_by: Option<Day>,
}

/// A row of the order ledger.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ListedOrder {
    /// The order.
    pub id: String,
    /// The ledger index of its first event.
    pub entry: i64,
    /// The person.
    pub person: String,
    /// The sentence that states it.
    pub sentence: String,
    /// The jurisdiction.
    pub jurisdiction: String,
    /// The office that supervises it.
    pub office: String,
    /// How it stands.
    pub state: String,
    /// Its first day.
    pub starts: String,
    /// Its last day.
    pub ends: Option<String>,
    /// The progress of each requirement.
    pub progress: Json,
    /// Failures that may be enforced, when the last event was recorded.
    pub failures: i64,
    /// Warnings that stand.
    pub warnings: i64,
    /// Allegations of breach that wait.
    pub breaches: i64,
    /// The next appointment.
    pub next_on: Option<String>,
    /// How many findings it has.
    pub findings: i64,
    /// The court that made it.
    pub court: String,
    /// When the oldest allegation of breach that waits was made.
    pub alleged: Option<String>,
}

/// A row of the caseload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ListedSupervision {
    /// The supervision.
    pub id: String,
    /// The ledger index of its first event.
    pub entry: i64,
    /// The person.
    pub person: String,
    /// What it hangs on.
    pub cause: String,
    /// The jurisdiction.
    pub jurisdiction: String,
    /// The office.
    pub office: String,
    /// The officer.
    pub officer: Option<String>,
    /// The level.
    pub level: Option<String>,
    /// How it stands.
    pub state: String,
    /// Its first day.
    pub starts: String,
    /// Its last day.
    pub ends: Option<String>,
    /// When the next review is due.
    pub next_review: Option<String>,
    /// When the last contact took place.
    pub last_contact: Option<String>,
    /// Whether a request for recall waits.
    pub recall_open: bool,
    /// How many findings it has.
    pub findings: i64,
}

pub(super) const ORDER: &str = "order_id, first_index, person_id, sentence_id, jurisdiction, office, state, \
    starts, ends, progress, failures, warnings, breaches, next_on, findings, court, alleged";
pub(super) const SUPERVISION: &str = "supervision_id, first_index, person_id, cause, jurisdiction, office, \
    officer, level, state, starts, ends, next_review, last_contact, recall_open, findings";

/// A read model that is listed page by page.
struct Ledger {
    table: &'static str,
    key: &'static str,
    columns: &'static str,
    /// A part of an id.
    like: &'static str,
    hangs_on: &'static str,
    undecided: &'static str,
}

const ORDERS: Ledger = Ledger {
    table: "order_ledger",
    key: "order_id",
    columns: ORDER,
    like: "(order_id LIKE ? OR person_id LIKE ?)",
    hangs_on: "sentence_id = ?",
    undecided: "breaches > ?",
};
const CASELOAD: Ledger = Ledger {
    table: "caseload",
    key: "supervision_id",
    columns: SUPERVISION,
    like: "(supervision_id LIKE ? OR person_id LIKE ?)",
    hangs_on: "cause = ?",
    undecided: "recall_open > ?",
};

impl Registry {
    /// A page of the order ledger.
    pub async fn orders(
        &self,
        call: &Call,
        query: &LedgerQuery,
    ) -> Result<Page<ListedOrder>, ReadError> {
        let own = query
            .court
            .as_ref()
            .map(|court| ("court = ?", court.clone().into()));
        let own = own.into_iter().collect();
        let (rows, next, moment) = self.ledger(call, query, &ORDERS, own).await?;
        let rows: Vec<ListedOrder> = rows.iter().map(order).collect::<Result<_, _>>()?;
        let shown = rows.iter().map(|row| format!("order/{}", row.id)).collect();
        self.inner
            .consultations
            .write(call, Action::ReadRegister, shown)
            .await?;
        Ok(Page { rows, next, moment })
    }

    /// A page of the caseload.
    pub async fn supervisions(
        &self,
        call: &Call,
        query: &LedgerQuery,
    ) -> Result<Page<ListedSupervision>, ReadError> {
        let query = CaseloadQuery {
            ledger: query.clone(),
            ..CaseloadQuery::default()
        };
        self.caseload(call, &query).await
    }

    /// A page of the caseload, by officer, level and review too.
    pub async fn caseload(
        &self,
        call: &Call,
        query: &CaseloadQuery,
    ) -> Result<Page<ListedSupervision>, ReadError> {
        let own = [
            ("officer = ?", query.officer.clone()),
            ("level = ?", query.level.clone()),
            (
                "next_review <= ?",
                query.review_by.map(|day| day.to_string()),
            ),
        ];
        let own = own
            .into_iter()
            .filter_map(|(condition, value)| Some((condition, Value::from(value?))));
        let (rows, next, moment) = self
            .ledger(call, &query.ledger, &CASELOAD, own.collect())
            .await?;
        let rows: Vec<ListedSupervision> =
            rows.iter().map(supervision).collect::<Result<_, _>>()?;
        let shown = rows
            .iter()
            .map(|row| format!("supervision/{}", row.id))
            .collect();
        self.inner
            .consultations
            .write(call, Action::ReadRegister, shown)
            .await?;
        Ok(Page { rows, next, moment })
    }

    async fn ledger(
        &self,
        call: &Call,
        query: &LedgerQuery,
        ledger: &Ledger,
        own: Vec<(&'static str, Value)>,
    ) -> Result<(Vec<Row>, Option<i64>, Moment), ReadError> {
        allow(call, Action::ReadRegister)?;
        let Ledger { table, columns, .. } = ledger;
        let moment = self.moment(query.as_of).await?;
        let generation = self.projections().live_generation(table).await?;
        let last = moment.last();
        let mut params: Vec<Value> = vec![generation.into(), last.into(), last.into()];
        let mut sql = format!(
            "SELECT {columns} FROM {table} \
             WHERE generation = $1 AND from_index <= $2 AND to_index > $3"
        );
        sql.push_str(&self.guard(call).await?.rows("person_id", ledger.key));
        for (condition, value) in ledger.wanted(query).into_iter().chain(own) {
            params.push(value);
            let place = format!("${}", params.len());
            sql.push_str(&format!(" AND {}", condition.replace('?', &place)));
        }
        let limit = usize::try_from(query.limit.clamp(1, 1_000)).unwrap_or(1_000);
        sql.push_str(&format!(
            " ORDER BY first_index DESC LIMIT {}",
            limit.saturating_add(1)
        ));
        let mut rows = self.store().database().query(&sql, &params).await?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = match rows.last() {
            Some(row) if more => Some(row.int(1)?),
            _ => None,
        };
        Ok((rows, next, moment))
    }
}

impl Ledger {
    /// What a query asks of rows, with `?` in the place of the value.
    fn wanted(&self, query: &LedgerQuery) -> Vec<(&'static str, Value)> {
        let texts = [
            ("office = ?", query.office.clone()),
            ("state = ?", query.state.clone()),
            ("person_id = ?", query.person.map(|p| p.to_string())),
            (self.hangs_on, query.sentence.clone()),
        ];
        let mut wanted: Vec<(&'static str, Value)> = texts
            .into_iter()
            .filter_map(|(condition, text)| Some((condition, text?.into())))
            .collect();
        if let Some(text) = query
            .text
            .as_deref()
            .map(str::trim)
            .filter(|t| !t.is_empty())
        {
            let part = format!("%{}%", text.to_lowercase().replace(['%', '_'], ""));
            wanted.push((self.like, part.into()));
        }
        if query.undecided {
            wanted.push((self.undecided, Value::Int(0)));
        }
        if let Some(before) = query.before {
            wanted.push(("first_index < ?", before.into()));
        }
        wanted
    }
}

fn text(row: &Row, column: usize) -> Result<String, StoreError> {
    row.text(column).map(str::to_owned)
}

fn maybe(row: &Row, column: usize) -> Result<Option<String>, StoreError> {
    Ok(row.maybe_text(column)?.map(str::to_owned))
}

pub(super) fn order(row: &Row) -> Result<ListedOrder, StoreError> {
    Ok(ListedOrder {
        id: text(row, 0)?,
        entry: row.int(1)?,
        person: text(row, 2)?,
        sentence: text(row, 3)?,
        jurisdiction: text(row, 4)?,
        office: text(row, 5)?,
        state: text(row, 6)?,
        starts: text(row, 7)?,
        ends: maybe(row, 8)?,
        progress: serde_json::from_str(row.text(9)?).unwrap_or_default(),
        failures: row.int(10)?,
        warnings: row.int(11)?,
        breaches: row.int(12)?,
        next_on: maybe(row, 13)?,
        findings: row.int(14)?,
        court: text(row, 15)?,
        alleged: maybe(row, 16)?,
    })
}

pub(super) fn supervision(row: &Row) -> Result<ListedSupervision, StoreError> {
    Ok(ListedSupervision {
        id: text(row, 0)?,
        entry: row.int(1)?,
        person: text(row, 2)?,
        cause: text(row, 3)?,
        jurisdiction: text(row, 4)?,
        office: text(row, 5)?,
        officer: maybe(row, 6)?,
        level: maybe(row, 7)?,
        state: text(row, 8)?,
        starts: text(row, 9)?,
        ends: maybe(row, 10)?,
        next_review: maybe(row, 11)?,
        last_contact: maybe(row, 12)?,
        recall_open: row.int(13)? == 1,
        findings: row.int(14)?,
    })
}
