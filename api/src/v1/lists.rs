//! Lists, in pages.

use axum::Json;
use axum::extract::State;
use domain::act::Weight;
use domain::values::PersonId;
use infra::access::Consultation;
use infra::registry::{
    AsOf, FindingsQuery, LedgerQuery, ListedFinding, ListedOrder, ListedSentence,
    ListedSupervision, RegisterQuery,
};
use schemars::JsonSchema;
use serde::Deserialize;

use super::asked::{Cursor, IdPath, Path, Query, Rows};
use super::moment::{AsOfQuery, Source, as_of, filed_as_of};
use super::types::{Entries, Entry, ListBody};
use crate::identity::Caller;
use crate::problem::Problem;
use crate::state::AppState;

/// How many rows a page has unless it is asked for more or fewer.
pub(super) const PAGE: u32 = 50;

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
    /// Only this person, by id.
    #[schemars(with = "Option<PersonId>")]
    pub person: Option<String>,
    /// Only decisions with findings.
    pub with_findings: bool,
    /// Only decisions of which a clock noticed this, by its code, and nobody has closed it.
    pub noticed: Option<String>,
    /// The `next` of an earlier page.
    pub before: Option<Cursor>,
    /// How many rows, at most 1,000; 50 without it.
    pub limit: Option<Rows>,
}

impl SentencesQuery {
    /// The query as the facade takes it.
    fn into_query(self, as_of: AsOf) -> Result<RegisterQuery, Problem> {
        Ok(RegisterQuery {
            as_of,
            text: filled(self.text),
            court: filled(self.court),
            state: filled(self.state),
            disposal: filled(self.disposal),
            person: filled(self.person).map(|id| person(&id)).transpose()?,
            with_findings: self.with_findings,
            noticed: filled(self.noticed),
            among: None,
            before: self.before.map(Cursor::signed),
            limit: Rows::or(self.limit, PAGE),
        })
    }
}

/// The sentence register.
pub(super) async fn sentences(
    caller: Caller,
    State(app): State<AppState>,
    Query(query): Query<SentencesQuery>,
) -> Result<Json<ListBody<ListedSentence>>, Problem> {
    let as_of = filed_as_of(
        &app,
        query.as_of.as_deref(),
        Source::Model("sentence_register"),
    )
    .await?;
    let query = query.into_query(as_of)?;
    Ok(Json(
        app.registry.sentences(&caller.call, &query).await?.into(),
    ))
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
    /// Only this person, by id.
    #[schemars(with = "Option<PersonId>")]
    pub person: Option<String>,
    /// Only this sentence.
    pub sentence: Option<String>,
    /// The `next` of an earlier page.
    pub before: Option<Cursor>,
    /// How many rows, at most 1,000; 50 without it.
    pub limit: Option<Rows>,
}

impl LedgerListQuery {
    /// The query as the facade takes it.
    fn into_query(self, as_of: AsOf) -> Result<LedgerQuery, Problem> {
        Ok(LedgerQuery {
            as_of,
            office: filled(self.office),
            state: filled(self.state),
            person: filled(self.person).map(|id| person(&id)).transpose()?,
            sentence: filled(self.sentence),
            before: self.before.map(Cursor::signed),
            limit: Rows::or(self.limit, PAGE),
            ..LedgerQuery::default()
        })
    }
}

/// The order ledger.
pub(super) async fn orders(
    caller: Caller,
    State(app): State<AppState>,
    Query(query): Query<LedgerListQuery>,
) -> Result<Json<ListBody<ListedOrder>>, Problem> {
    let as_of = filed_as_of(&app, query.as_of.as_deref(), Source::Model("order_ledger")).await?;
    let query = query.into_query(as_of)?;
    Ok(Json(
        app.registry.orders(&caller.call, &query).await?.into(),
    ))
}

/// The caseload.
pub(super) async fn supervisions(
    caller: Caller,
    State(app): State<AppState>,
    Query(query): Query<LedgerListQuery>,
) -> Result<Json<ListBody<ListedSupervision>>, Problem> {
    let as_of = filed_as_of(&app, query.as_of.as_deref(), Source::Model("caseload")).await?;
    let query = query.into_query(as_of)?;
    Ok(Json(
        app.registry
            .supervisions(&caller.call, &query)
            .await?
            .into(),
    ))
}

/// What happened to a person.
pub(super) async fn timeline(
    caller: Caller,
    State(app): State<AppState>,
    Path(IdPath { id }): Path<IdPath>,
    Query(query): Query<AsOfQuery>,
) -> Result<Json<Entries>, Problem> {
    let source = Source::Model("person_timeline");
    let as_of = filed_as_of(&app, query.as_of.as_deref(), source).await?;
    let (found, entries) = app
        .registry
        .timeline(&caller.call, PersonId(id), as_of)
        .await?;
    let entries = entries.iter().map(|entry| Entry::from(&entry.recorded));
    let known = found.state.registered();
    let contested = known.into_iter().flat_map(|known| &known.contested);
    Ok(Json(Entries {
        contested: Some(contested.map(ToString::to_string).collect()),
        as_of: found.moment.into(),
        entries: entries.collect(),
        next: None,
    }))
}

/// What is looked for among findings.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct FindingsListQuery {
    /// An entry number of the ledger, a day such as 2026-03-05, or an instant.
    pub as_of: Option<String>,
    /// Only this rule, by its code.
    pub code: Option<String>,
    /// Only in this state: open, assigned, closed or reopened.
    pub state: Option<String>,
    /// Only of this weight.
    pub weight: Option<Weight>,
    /// The `next` of an earlier page.
    pub before: Option<Cursor>,
    /// How many rows, at most 1,000; 50 without it.
    pub limit: Option<Rows>,
}

/// What the register noticed: what is still open first, of it what weighs most and then the oldest; then what is closed,
/// the latest first.
pub(super) async fn findings(
    caller: Caller,
    State(app): State<AppState>,
    Query(query): Query<FindingsListQuery>,
) -> Result<Json<ListBody<ListedFinding>>, Problem> {
    let as_of = filed_as_of(&app, query.as_of.as_deref(), Source::Model("findings")).await?;
    let query = FindingsQuery {
        as_of,
        code: filled(query.code),
        state: filled(query.state),
        weight: query.weight,
        before: query.before.map(Cursor::signed),
        limit: Rows::or(query.limit, PAGE),
    };
    let found = app.registry.findings(&caller.call, &query).await?;
    Ok(Json(found.into()))
}

/// What is looked for among consultations.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ConsultationsQuery {
    /// Only those up to an entry number of the ledger, a day or an instant.
    pub as_of: Option<String>,
    /// The `next` of an earlier page.
    pub before: Option<Cursor>,
    /// How many rows, at most 1,000; 50 without it.
    pub limit: Option<Rows>,
}

/// Who consulted what.
pub(super) async fn consultations(
    caller: Caller,
    State(app): State<AppState>,
    Query(query): Query<ConsultationsQuery>,
) -> Result<Json<ListBody<Consultation>>, Problem> {
    let as_of = as_of(&app, query.as_of.as_deref()).await?;
    let before = query.before.map(Cursor::signed);
    let limit = Rows::or(query.limit, PAGE);
    let found = app
        .registry
        .consultations(&caller.call, as_of, before, limit)
        .await?;
    Ok(Json(found.into()))
}

/// An empty field of a form says nothing.
pub(super) fn filled(text: Option<String>) -> Option<String> {
    text.map(|t| t.trim().to_owned()).filter(|t| !t.is_empty())
}

pub(super) fn person(id: &str) -> Result<PersonId, Problem> {
    id.parse().map_err(|_| {
        Problem::usage(
            "query",
            "person",
            "this is not an id: send the person's id as the register gave it, such as \
             5b0f1c9e-5a3c-4f0e-9a51-000000000001, never a name",
        )
    })
}
