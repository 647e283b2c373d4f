//! The diary of an office: who is due on a day, and what came of it.

use domain::values::{Day, Quantity};
use schemars::JsonSchema;
use serde::Serialize;

use super::Registry;
use super::moment::{AsOf, Moment};
use super::read::{Page, ReadError};
use crate::access::{Action, Call, allow};
use crate::error::StoreError;
use crate::store::database::{Row, Value};

/// The most appointments that are listed of one day.
const MOST: usize = 1_000;

/// What is looked for in the diary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiaryQuery {
    /// As of when it was known.
    pub as_of: AsOf,
    /// Of which office.
    pub office: String,
    /// On which day.
    pub day: Day,
}

/// An appointment, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ListedAppointment {
    /// The order.
    pub order: String,
    /// The number of the appointment in it.
    pub number: i64,
    /// The person.
    pub person: String,
    /// The kind of requirement.
    pub kind: String,
    /// When, as exactly as it is known.
    pub on: String,
    /// At what time.
    pub at: Option<String>,
    /// Where, coded.
    pub place: Option<String>,
    /// What came of it, coded.
    pub outcome: Option<String>,
    /// Whether that is a failure that may be enforced.
    pub failed: bool,
    /// What is credited for it.
    pub credited: Option<Quantity>,
    /// Whether its outcome is still to be recorded.
    pub waits: bool,
    /// Of an absence for which evidence is awaited, the last day on which it is in time.
    pub evidence_until: Option<String>,
    /// The ledger index of the entry that made it read so.
    pub entry: i64,
}

pub(super) const APPOINTMENT: &str = "order_id, number, person_id, kind, on_day, at_time, place, outcome, failed, \
     credited, waits, from_index, evidence_until";

impl Registry {
    /// Everybody whom an office expects on a day, by time and place.
    pub async fn diary(
        &self,
        call: &Call,
        query: &DiaryQuery,
    ) -> Result<Page<ListedAppointment>, ReadError> {
        allow(call, Action::ReadRegister)?;
        let moment = self.moment(query.as_of).await?;
        let rows = self.day_of(call, query, moment).await?;
        let rows: Vec<ListedAppointment> =
            rows.iter().map(appointment).collect::<Result<_, _>>()?;
        let shown = rows.iter().map(|row| format!("order/{}", row.order));
        self.inner
            .consultations
            .write(call, Action::ReadRegister, shown.collect())
            .await?;
        let next = None;
        Ok(Page { rows, next, moment })
    }

    async fn day_of(
        &self,
        call: &Call,
        query: &DiaryQuery,
        moment: Moment,
    ) -> Result<Vec<Row>, ReadError> {
        let guard = self.guard(call).await?.work("person_id", "order_id");
        let generation = self.projections().live_generation("diary").await?;
        let sql = format!(
            "SELECT {APPOINTMENT} FROM diary WHERE generation = $1 AND from_index <= $2 AND to_index > $3 \
             AND office = $4 AND on_day = $5 AND (waits = 1 OR outcome IS NOT NULL){guard} \
             ORDER BY at_time, place, order_id, number LIMIT {MOST}"
        );
        let params: [Value; 5] = [
            generation.into(),
            moment.last().into(),
            moment.last().into(),
            query.office.as_str().into(),
            query.day.to_string().into(),
        ];
        Ok(self.store().database().query(&sql, &params).await?)
    }
}

pub(super) fn appointment(row: &Row) -> Result<ListedAppointment, StoreError> {
    let own = |column: usize| row.text(column).map(str::to_owned);
    let maybe = |column: usize| Ok::<_, StoreError>(row.maybe_text(column)?.map(str::to_owned));
    Ok(ListedAppointment {
        order: own(0)?,
        number: row.int(1)?,
        person: own(2)?,
        kind: own(3)?,
        on: own(4)?,
        at: maybe(5)?,
        place: maybe(6)?,
        outcome: maybe(7)?,
        failed: row.int(8)? == 1,
        credited: row
            .maybe_text(9)?
            .and_then(|text| serde_json::from_str(text).ok()),
        waits: row.int(10)? == 1,
        entry: row.int(11)?,
        evidence_until: maybe(12)?,
    })
}
