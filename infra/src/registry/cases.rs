//! Cases of every kind that has no list of its own, and what has to happen in them by a day.

use std::collections::BTreeMap;

use domain::actor::Role;
use domain::stream::Stream;
use domain::values::{Day, PersonId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Registry;
use super::moment::AsOf;
use super::read::{Page, ReadError};
use crate::access::{Action, Call, allow};
use crate::error::{Damage, StoreError};
use crate::store::database::{Row, Value, quoted};

/// The most cases that are looked through for what is due.
const MOST: u32 = 1_000;

/// What is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CasesQuery {
    /// As of when.
    pub as_of: AsOf,
    /// Only of this court, office or facility.
    pub place: Option<String>,
    /// Only in this state.
    pub state: Option<String>,
    /// Only of this person.
    pub person: Option<PersonId>,
    /// Only what goes on.
    pub open: bool,
    /// Only those in which something was due before this day.
    pub due_before: Option<Day>,
    /// The oldest first, and not the latest.
    pub oldest_first: bool,
    /// Rows after the last one of an earlier page.
    pub before: Option<i64>,
    /// How many rows, at most 1,000.
    pub limit: u32,
}

/// Something that has to happen by a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListedClock {
    /// The safeguard behind it.
    pub safeguard: String,
    /// What it waits for: `pretrial.review`.
    pub code: String,
    /// Which of several it is.
    pub nth: u16,
    /// The last day on which it can happen in time.
    pub due: String,
    /// How much it weighs once the day has passed: `notice` or `critical`.
    pub weight: String,
    /// Whose worklist it stands in.
    pub role: String,
}

/// A case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ListedCase {
    /// Its id.
    pub id: String,
    /// The ledger index of its first event.
    pub entry: i64,
    /// What kind it is: `pretrial`.
    pub kind: String,
    /// Which of its kind, by the code of the rules, where there are several: `parole`.
    pub what: Option<String>,
    /// The person.
    pub person: Option<String>,
    /// The jurisdiction.
    pub jurisdiction: String,
    /// The court, office or facility that has it.
    pub place: Option<String>,
    /// How it stands.
    pub state: String,
    /// Whether anything is still to come in it.
    pub open: bool,
    /// When it began.
    pub since: String,
    /// What has to happen in it by a day, the earliest first.
    pub clocks: Vec<ListedClock>,
    /// How many findings it has.
    pub findings: i64,
}

const CASE: &str = "case_id, first_index, kind, what, person_id, jurisdiction, place, state, goes_on, since, clocks, \
                    findings";

impl Registry {
    /// A page of the cases of a kind, the latest first unless it is asked otherwise; what is due, the longest overdue
    /// first.
    pub async fn cases<S: Stream>(
        &self,
        call: &Call,
        query: &CasesQuery,
    ) -> Result<Page<ListedCase>, ReadError> {
        let wanted = [
            ("kind = ?", Some(S::TYPE.to_owned())),
            ("place = ?", query.place.clone()),
            ("state = ?", query.state.clone()),
            (
                "person_id = ?",
                query.person.map(|person| person.to_string()),
            ),
        ];
        let mut wanted: Vec<(&str, Value)> = wanted
            .into_iter()
            .filter_map(|(condition, value)| Some((condition, value?.into())))
            .collect();
        if query.open {
            wanted.push(("goes_on = ?", Value::Int(1)));
        }
        if let Some(before) = query.before {
            let beyond = if query.oldest_first {
                "first_index > ?"
            } else {
                "first_index < ?"
            };
            wanted.push((beyond, before.into()));
        }
        if let Some(day) = query.due_before {
            wanted.push(("next_due < ?", day.to_string().into()));
        }
        let order = match (query.due_before, query.oldest_first) {
            (Some(_), _) => "next_due, first_index",
            (None, true) => "first_index",
            (None, false) => "first_index DESC",
        };
        let action = match S::TYPE {
            "registry" => Action::ReadKeeping,
            "finding" => Action::ReadFindings,
            _ => Action::ReadRegister,
        };
        allow(call, action)?;
        let guard = self
            .guard(call)
            .await?
            .rows_or_nobody("person_id", "case_id");
        let wanted = (guard, wanted);
        self.listed_cases(call, query.as_of, wanted, order, query.limit)
            .await
    }

    /// The cases of a person, of every kind: what goes on first, then the latest first.
    pub async fn cases_about(
        &self,
        call: &Call,
        person: PersonId,
        as_of: AsOf,
    ) -> Result<Page<ListedCase>, ReadError> {
        allow(call, Action::ReadRegister)?;
        let guard = self
            .guard(call)
            .await?
            .rows_or_nobody("person_id", "case_id");
        // What was recorded under an id that was merged into this one stays under that id.
        let moment = self.moment(as_of).await?;
        let records = quoted(self.records_of(person, moment).await?);
        // What the register noticed has its own list, for those it is for.
        let about = format!("kind <> ? AND person_id IN ({records})");
        let wanted = vec![(about.as_str(), "finding".into())];
        let order = "goes_on DESC, first_index DESC";
        self.listed_cases(call, as_of, (guard, wanted), order, MOST)
            .await
    }

    /// How many cases of each kind go on.
    pub async fn going_on(
        &self,
        call: &Call,
        as_of: AsOf,
    ) -> Result<BTreeMap<String, u64>, ReadError> {
        allow(call, Action::ReadRegister)?;
        let moment = self.moment(as_of).await?;
        let generation = self.projections().live_generation("cases").await?;
        let guard = self
            .guard(call)
            .await?
            .rows_or_nobody("person_id", "case_id");
        let sql = format!(
            "SELECT kind, COUNT(*) FROM cases WHERE generation = $1 AND from_index <= $2 AND to_index > $3 \
             AND goes_on = 1{guard} GROUP BY kind"
        );
        let params: Vec<Value> = vec![
            generation.into(),
            moment.last().into(),
            moment.last().into(),
        ];
        let rows = self.store().database().query(&sql, &params).await?;
        let counted = rows.iter().map(|row| {
            let number = u64::try_from(row.int(1)?).unwrap_or_default();
            Ok((row.text(0)?.to_owned(), number))
        });
        Ok(counted.collect::<Result<_, StoreError>>()?)
    }

    /// What has to happen by a day, for a role: the cases in which it waits, the most urgent first. Of each case only
    /// the clocks of the role that have run out by then are told.
    pub async fn due(
        &self,
        call: &Call,
        as_of: AsOf,
        role: Role,
        by: Day,
    ) -> Result<Page<ListedCase>, ReadError> {
        allow(call, Action::ReadRegister)?;
        let wanted = vec![("next_due <= ?", by.to_string().into())];
        let guard = self
            .guard(call)
            .await?
            .work_or_nobody("person_id", "case_id");
        let mut page = self
            .listed_cases(call, as_of, (guard, wanted), "next_due, first_index", MOST)
            .await?;
        let by = by.to_string();
        for case in &mut page.rows {
            case.clocks
                .retain(|clock| clock.role == role.word() && clock.due <= by);
        }
        page.rows.retain(|case| !case.clocks.is_empty());
        Ok(page)
    }

    async fn listed_cases(
        &self,
        call: &Call,
        as_of: AsOf,
        (guard, wanted): (String, Vec<(&str, Value)>),
        order: &str,
        limit: u32,
    ) -> Result<Page<ListedCase>, ReadError> {
        let moment = self.moment(as_of).await?;
        let generation = self.projections().live_generation("cases").await?;
        let mut params: Vec<Value> = vec![
            generation.into(),
            moment.last().into(),
            moment.last().into(),
        ];
        let mut sql = format!(
            "SELECT {CASE} FROM cases WHERE generation = $1 AND from_index <= $2 AND to_index > $3"
        );
        sql.push_str(&guard);
        for (condition, value) in wanted {
            params.push(value);
            let place = format!("${}", params.len());
            sql.push_str(&format!(" AND {}", condition.replace('?', &place)));
        }
        let limit = usize::try_from(limit.clamp(1, MOST)).unwrap_or(1);
        sql.push_str(&format!(
            " ORDER BY {order} LIMIT {}",
            limit.saturating_add(1)
        ));
        let mut found = self.store().database().query(&sql, &params).await?;
        let more = found.len() > limit;
        found.truncate(limit);
        let next = match found.last() {
            Some(row) if more => Some(row.int(1)?),
            _ => None,
        };
        let rows: Vec<ListedCase> = found.iter().map(case).collect::<Result<_, _>>()?;
        let shown = rows.iter().map(|row| format!("{}/{}", row.kind, row.id));
        self.inner
            .consultations
            .write(call, Action::ReadRegister, shown.collect())
            .await?;
        Ok(Page { rows, next, moment })
    }
}

fn case(row: &Row) -> Result<ListedCase, StoreError> {
    let text = |column| row.text(column).map(str::to_owned);
    let maybe = |column| Ok::<_, StoreError>(row.maybe_text(column)?.map(str::to_owned));
    let clocks: Vec<ListedClock> = serde_json::from_str(row.text(10)?)
        .map_err(|error| Damage::new(format!("clocks of a case cannot be read: {error}")))?;
    Ok(ListedCase {
        id: text(0)?,
        entry: row.int(1)?,
        kind: text(2)?,
        what: maybe(3)?,
        person: maybe(4)?,
        jurisdiction: text(5)?,
        place: maybe(6)?,
        state: text(7)?,
        open: row.int(8)? == 1,
        since: text(9)?,
        clocks,
        findings: row.int(11)?,
    })
}
