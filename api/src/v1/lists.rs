//! Lists, in pages.

use axum::Json;
use axum::extract::{Path, Query, State};
use domain::values::PersonId;
use infra::registry::{AsOf, LedgerQuery, Page, RegisterQuery};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::commands::IdPath;
use super::show::as_of;
use super::types::{AsOfQuery, Entry, ListBody};
use crate::identity::Caller;
use crate::problem::Problem;
use crate::state::AppState;

/// What is looked for in the sentence register.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct SentencesQuery {
    /// An entry number of the ledger, a day such as 2026-03-05, or an instant.
    pub as_of: Option<String>,
    /// A text that a reference, an offence or an id begins with.
    pub text: Option<String>,
    /// Only this court.
    pub court: Option<String>,
    /// Only this state.
    pub state: Option<String>,
    /// Only this disposal.
    pub disposal: Option<String>,
    /// Only this person.
    pub person: Option<String>,
    /// Only decisions with findings.
    pub with_findings: bool,
    /// The `next` of an earlier page.
    pub before: Option<i64>,
    /// How many rows, at most 1,000; 50 without it.
    pub limit: Option<u32>,
}

impl SentencesQuery {
    /// The query as the facade takes it.
    fn into_query(self) -> Result<RegisterQuery, Problem> {
        Ok(RegisterQuery {
            as_of: moment(self.as_of.as_deref())?,
            text: filled(self.text),
            court: filled(self.court),
            state: filled(self.state),
            disposal: filled(self.disposal),
            person: filled(self.person).map(|id| person(&id)).transpose()?,
            with_findings: self.with_findings,
            among: None,
            before: self.before,
            limit: self.limit.unwrap_or(50),
        })
    }
}

/// The sentence register.
pub(super) async fn sentences(
    caller: Caller,
    State(app): State<AppState>,
    Query(query): Query<SentencesQuery>,
) -> Result<Json<ListBody>, Problem> {
    let page = app
        .registry
        .sentences(&caller.call, &query.into_query()?)
        .await?;
    Ok(Json(list(page)))
}

/// What is looked for in the order ledger or the caseload.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct LedgerListQuery {
    /// An entry number of the ledger, a day such as 2026-03-05, or an instant.
    pub as_of: Option<String>,
    /// Only this office.
    pub office: Option<String>,
    /// Only this state.
    pub state: Option<String>,
    /// Only this person.
    pub person: Option<String>,
    /// Only this sentence.
    pub sentence: Option<String>,
    /// The `next` of an earlier page.
    pub before: Option<i64>,
    /// How many rows, at most 1,000; 50 without it.
    pub limit: Option<u32>,
}

impl LedgerListQuery {
    /// The query as the facade takes it.
    fn into_query(self) -> Result<LedgerQuery, Problem> {
        Ok(LedgerQuery {
            as_of: moment(self.as_of.as_deref())?,
            office: filled(self.office),
            state: filled(self.state),
            person: filled(self.person).map(|id| person(&id)).transpose()?,
            sentence: filled(self.sentence),
            before: self.before,
            limit: self.limit.unwrap_or(50),
            ..LedgerQuery::default()
        })
    }
}

/// The order ledger.
pub(super) async fn orders(
    caller: Caller,
    State(app): State<AppState>,
    Query(query): Query<LedgerListQuery>,
) -> Result<Json<ListBody>, Problem> {
    let page = app
        .registry
        .orders(&caller.call, &query.into_query()?)
        .await?;
    Ok(Json(list(page)))
}

/// The caseload.
pub(super) async fn supervisions(
    caller: Caller,
    State(app): State<AppState>,
    Query(query): Query<LedgerListQuery>,
) -> Result<Json<ListBody>, Problem> {
    let page = app
        .registry
        .supervisions(&caller.call, &query.into_query()?)
        .await?;
    Ok(Json(list(page)))
}

/// What happened to a person.
pub(super) async fn timeline(
    caller: Caller,
    State(app): State<AppState>,
    Path(path): Path<IdPath>,
    Query(query): Query<AsOfQuery>,
) -> Result<Json<Vec<Entry>>, Problem> {
    let id = person(&path.id)?;
    let (_, entries) = app
        .registry
        .timeline(&caller.call, id, as_of(&query)?)
        .await?;
    Ok(Json(
        entries
            .iter()
            .map(|entry| Entry::from(&entry.recorded))
            .collect(),
    ))
}

/// What is looked for among findings.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct FindingsQuery {
    /// An entry number of the ledger, a day such as 2026-03-05, or an instant.
    pub as_of: Option<String>,
    /// Only this rule, by its code.
    pub code: Option<String>,
    /// The `next` of an earlier page.
    pub before: Option<i64>,
    /// How many rows, at most 1,000; 50 without it.
    pub limit: Option<u32>,
}

/// What the register noticed.
pub(super) async fn findings(
    caller: Caller,
    State(app): State<AppState>,
    Query(query): Query<FindingsQuery>,
) -> Result<Json<ListBody>, Problem> {
    let moment = moment(query.as_of.as_deref())?;
    let code = filled(query.code);
    let limit = query.limit.unwrap_or(50);
    let found = app
        .registry
        .findings(&caller.call, moment, code.as_deref(), query.before, limit);
    Ok(Json(list(found.await?)))
}

/// How many consultations.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ConsultationsQuery {
    /// How many rows, at most 1,000; 50 without it.
    pub limit: Option<u32>,
}

/// Who consulted what.
pub(super) async fn consultations(
    caller: Caller,
    State(app): State<AppState>,
    Query(query): Query<ConsultationsQuery>,
) -> Result<Json<Vec<serde_json::Value>>, Problem> {
    let limit = query.limit.unwrap_or(50);
    let rows = app.registry.consultations(&caller.call, limit).await?;
    Ok(Json(rows.iter().map(value).collect()))
}

fn list<T: Serialize>(page: Page<T>) -> ListBody {
    ListBody {
        as_of: page.moment.into(),
        rows: page.rows.iter().map(value).collect(),
        next: page.next,
    }
}

fn value<T: Serialize>(row: &T) -> serde_json::Value {
    serde_json::to_value(row).unwrap_or_default()
}

fn moment(text: Option<&str>) -> Result<AsOf, Problem> {
    as_of(&AsOfQuery {
        as_of: text.map(str::to_owned),
    })
}

/// An empty field of a form says nothing.
fn filled(text: Option<String>) -> Option<String> {
    text.map(|t| t.trim().to_owned()).filter(|t| !t.is_empty())
}

fn person(id: &str) -> Result<PersonId, Problem> {
    id.parse().map_err(|_| {
        Problem::usage(
            "person",
            "person",
            &format!("{id:?} is not an id: it is a UUID"),
        )
    })
}
