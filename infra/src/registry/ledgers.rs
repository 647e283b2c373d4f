//! The order ledger and the caseload, in pages.

use domain::values::PersonId;
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
    /// Rows before this place of an earlier page.
    pub before: Option<i64>,
    /// How many rows, at most 1,000.
    pub limit: u32,
}

/// A row of the order ledger.
#[derive(Debug, Clone, PartialEq, Serialize)]
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
}

/// A row of the caseload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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

const ORDER: &str = "order_id, first_index, person_id, sentence_id, jurisdiction, office, state, \
    starts, ends, progress, failures, warnings, breaches, next_on, findings";
const SUPERVISION: &str = "supervision_id, first_index, person_id, cause, jurisdiction, office, \
    officer, level, state, starts, ends, next_review, last_contact, recall_open, findings";

impl Registry {
    /// A page of the order ledger.
    pub async fn orders(
        &self,
        call: &Call,
        query: &LedgerQuery,
    ) -> Result<Page<ListedOrder>, ReadError> {
        let (rows, next, moment) = self
            .ledger(call, query, "order_ledger", ORDER, "sentence_id")
            .await?;
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
        let (rows, next, moment) = self
            .ledger(call, query, "caseload", SUPERVISION, "cause")
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
        table: &str,
        columns: &str,
        hangs_on: &str,
    ) -> Result<(Vec<Row>, Option<i64>, Moment), ReadError> {
        allow(call, Action::ReadRegister)?;
        let moment = self.moment(query.as_of).await?;
        let generation = self.projections().live_generation(table).await?;
        let last = moment.last();
        let mut params: Vec<Value> = vec![generation.into(), last.into(), last.into()];
        let mut sql = format!(
            "SELECT {columns} FROM {table} \
             WHERE generation = $1 AND from_index <= $2 AND to_index > $3"
        );
        for (column, wanted) in [
            ("office", query.office.clone()),
            ("state", query.state.clone()),
            ("person_id", query.person.map(|p| p.to_string())),
            (hangs_on, query.sentence.clone()),
        ] {
            if let Some(wanted) = wanted {
                params.push(wanted.into());
                sql.push_str(&format!(" AND {column} = ${}", params.len()));
            }
        }
        if let Some(before) = query.before {
            params.push(before.into());
            sql.push_str(&format!(" AND first_index < ${}", params.len()));
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

fn text(row: &Row, column: usize) -> Result<String, StoreError> {
    row.text(column).map(str::to_owned)
}

fn maybe(row: &Row, column: usize) -> Result<Option<String>, StoreError> {
    Ok(row.maybe_text(column)?.map(str::to_owned))
}

fn order(row: &Row) -> Result<ListedOrder, StoreError> {
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
    })
}

fn supervision(row: &Row) -> Result<ListedSupervision, StoreError> {
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
