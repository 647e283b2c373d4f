//! Lists, in pages.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::State;
use domain::act::Weight;
use domain::actor::Role;
use domain::sentence::SanctionKind;
use domain::values::{Day, PersonId};
use infra::access::Consultation;
use infra::registry::{
    AsOf, FindingsQuery, LedgerQuery, ListedFinding, ListedOrder, ListedSentence,
    ListedSupervision, LooksQuery, RegisterQuery,
};
use schemars::JsonSchema;
use serde::Deserialize;

use super::asked::{Cursor, IdPath, Path, Query, Rows, one_of};
use super::contested::with_contested;
use super::moment::{AsOfQuery, Source, as_of, filed_as_of};
use super::types::{Entries, Entry, ListBody};
use crate::identity::Caller;
use crate::pages::laws::Books;
use crate::problem::Problem;
use crate::state::AppState;

/// How many rows a page has unless it is asked for more or fewer.
pub(super) const PAGE: u32 = 50;

/// The states that a sentence can be in.
pub(crate) const SENTENCE_STATES: [&str; 6] = [
    "proposed",
    "in force",
    "completed",
    "pardoned",
    "quashed",
    "withdrawn",
];

/// The states that an order can be in.
pub(crate) const ORDER_STATES: [&str; 5] = [
    "in force",
    "completed",
    "discharged early",
    "revoked",
    "ended with its sentence",
];

/// The states that a supervision can be in.
pub(crate) const SUPERVISION_STATES: [&str; 3] = ["in force", "recalled", "ended"];

/// The states that a finding can be in.
pub(crate) const FINDING_STATES: [&str; 4] = ["open", "assigned", "reopened", "closed"];

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
    /// Only decisions on which an appeal waits.
    pub appealed: bool,
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
        one_of("state", self.state.as_deref(), &SENTENCE_STATES)?;
        let disposals = SanctionKind::ALL.map(SanctionKind::word);
        one_of("disposal", self.disposal.as_deref(), &disposals)?;
        Ok(RegisterQuery {
            as_of,
            text: filled(self.text),
            court: filled(self.court),
            state: filled(self.state),
            disposal: filled(self.disposal),
            person: filled(self.person).map(|id| person(&id)).transpose()?,
            decided: None,
            with_findings: self.with_findings,
            appealed: self.appealed,
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
    let found = app.registry.sentences(&caller.call, &query).await?;
    office_known(&app, "court", query.court.as_deref(), found.rows.len()).await?;
    let body = with_contested(&app, &caller, found, "sentence", |row| Some(&row.person));
    Ok(Json(body.await?))
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
    /// The query as the facade takes it; `states` are those that what is looked for can be in.
    fn into_query(self, as_of: AsOf, states: &[&str]) -> Result<LedgerQuery, Problem> {
        one_of("state", self.state.as_deref(), states)?;
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
    let query = query.into_query(as_of, &ORDER_STATES)?;
    let found = app.registry.orders(&caller.call, &query).await?;
    office_known(&app, "office", query.office.as_deref(), found.rows.len()).await?;
    let body = with_contested(&app, &caller, found, "order", |row| Some(&row.person));
    Ok(Json(body.await?))
}

/// The caseload.
pub(super) async fn supervisions(
    caller: Caller,
    State(app): State<AppState>,
    Query(query): Query<LedgerListQuery>,
) -> Result<Json<ListBody<ListedSupervision>>, Problem> {
    let as_of = filed_as_of(&app, query.as_of.as_deref(), Source::Model("caseload")).await?;
    let query = query.into_query(as_of, &SUPERVISION_STATES)?;
    let found = app.registry.supervisions(&caller.call, &query).await?;
    office_known(&app, "office", query.office.as_deref(), found.rows.len()).await?;
    let body = with_contested(&app, &caller, found, "supervision", |row| Some(&row.person));
    Ok(Json(body.await?))
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
    one_of("state", query.state.as_deref(), &FINDING_STATES)?;
    let query = FindingsQuery {
        as_of,
        code: filled(query.code),
        state: filled(query.state),
        weight: query.weight,
        at: None,
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
    /// Only from this day on, by the clocks of the jurisdiction.
    #[schemars(with = "Option<Day>")]
    pub from: Option<String>,
    /// Only up to the end of this day, by the clocks of the jurisdiction.
    #[schemars(with = "Option<Day>")]
    pub until: Option<String>,
    /// Only in this role.
    #[schemars(with = "Option<Role>")]
    pub role: Option<String>,
    /// Only of this person, by id: of the person's own record and of every record about the person.
    #[schemars(with = "Option<PersonId>")]
    pub person: Option<String>,
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
    let day = |name: &'static str, text: Option<String>| -> Result<Option<Day>, Problem> {
        let no_day = |_| Problem::usage("query", name, "this is no day: write it as 2026-03-05");
        filled(text)
            .map(|text| text.parse().map_err(no_day))
            .transpose()
    };
    let role = filled(query.role).map(|text| {
        text.parse()
            .map_err(|said: String| Problem::usage("query", "role", &said))
    });
    let query = LooksQuery {
        as_of,
        from: day("from", query.from)?,
        until: day("until", query.until)?,
        role: role.transpose()?,
        person: filled(query.person).map(|id| person(&id)).transpose()?,
        before: query.before.map(Cursor::signed),
        limit: Rows::or(query.limit, PAGE),
    };
    let found = app.registry.looks(&caller.call, &query).await?;
    Ok(Json(found.into()))
}

/// Refuses to say "none" of a court, an office or a place that no rules name: whoever misspells one would believe it.
/// What is recorded of one that no rules name is found all the same.
pub(super) async fn office_known(
    app: &AppState,
    field: &str,
    asked: Option<&str>,
    found: usize,
) -> Result<(), Problem> {
    let Some(asked) = asked.filter(|_| found == 0) else {
        return Ok(());
    };
    let books = Books::adopted(app).await?;
    let lists = books.all().flat_map(|law| match field {
        "court" => vec![&law.courts],
        "office" => vec![&law.offices],
        _ => vec![&law.courts, &law.offices, &law.facilities],
    });
    let named: BTreeSet<&str> = lists.flatten().map(|coded| coded.code.as_str()).collect();
    if named.is_empty() || named.contains(asked) {
        return Ok(());
    }
    let named: Vec<&str> = named.into_iter().collect();
    let said = format!(
        "no rules name this {field}, and nothing is recorded of it: use one of {}, or leave {field} out",
        named.join(", ")
    );
    Err(Problem::usage("unknown-value", field, &said))
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
