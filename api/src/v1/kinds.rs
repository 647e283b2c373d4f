//! Kinds of case that are all reached alike: a list, a beginning, one of them, an act on it.

use aide::axum::ApiRouter;
use aide::axum::routing::{get_with, post_with};
use axum::Json;
use axum::extract::State;
use domain::actor::Role;
use domain::complaint::Complaint;
use domain::cooperation::Cooperation;
use domain::custody::Custody;
use domain::diversion::Diversion;
use domain::emergency::Emergency;
use domain::facility::Facility;
use domain::pretrial::Pretrial;
use domain::registry::Register;
use domain::release::Release;
use domain::report::Report;
use domain::restorative::Restorative;
use domain::stream::Stream;
use domain::values::{Day, PersonId};
use infra::registry::{CasesQuery, Kept, ListedCase, Wish};
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::asked::{Cursor, Query, Rows};
use super::contested::{contesting, with_contested};
use super::lists::{PAGE, filled, office_known, person};
use super::moment::{Source, filed_as_of};
use super::operations::{command, list, read};
use super::types::ListBody;
use super::{commands, show};
use crate::identity::Caller;
use crate::problem::Problem;
use crate::state::AppState;

/// Where the cases of a kind of stream are, under `/v1` and among the pages.
pub(crate) fn path(stream: &str) -> String {
    match stream {
        "policy" => "policies".to_owned(),
        "pretrial" => "pretrial-cases".to_owned(),
        "restorative" => "restorative-processes".to_owned(),
        "cooperation" => "matters-with-other-states".to_owned(),
        "custody" => "stays-in-custody".to_owned(),
        "emergency" => "emergencies".to_owned(),
        "facility" => "facilities".to_owned(),
        "registry" => "registers".to_owned(),
        other => format!("{other}s"),
    }
}

/// Every kind.
pub(super) fn routes() -> ApiRouter<AppState> {
    let router = ApiRouter::new().api_route(
        "/due",
        get_with(due, |o| {
            list(o, "listDue", "What has to happen by a day, for a role")
        }),
    );
    let router = kind::<Pretrial>(
        router,
        "Pretrial",
        ("a case before judgment", "cases before judgment"),
    );
    let router = kind::<Diversion>(
        router,
        "Diversion",
        ("a case kept out of court", "cases kept out of court"),
    );
    let router = kind::<Report>(
        router,
        "Report",
        ("a report to a court", "reports to courts"),
    );
    let router = kind::<Restorative>(
        router,
        "Restorative",
        ("a restorative process", "restorative processes"),
    );
    let router = kind::<Custody>(router, "Custody", ("a stay in custody", "stays in custody"));
    let router = kind::<Release>(router, "Release", ("a release", "releases"));
    let router = kind::<Emergency>(router, "Emergency", ("an emergency", "emergencies"));
    let router = kind::<Facility>(
        router,
        "Facility",
        ("a place of detention", "places of detention"),
    );
    let router = kind::<Complaint>(router, "Complaint", ("a complaint", "complaints"));
    let router = kind::<Cooperation>(
        router,
        "Cooperation",
        ("a matter with another State", "matters with other States"),
    );
    let what = ("the register itself", "what the register records of itself");
    kind::<Register>(router, "Registry", what)
}

fn kind<S>(
    router: ApiRouter<AppState>,
    name: &'static str,
    (one, several): (&'static str, &'static str),
) -> ApiRouter<AppState>
where
    S: Kept,
    Wish<S>: DeserializeOwned + JsonSchema,
{
    let all = format!("/{}", path(<S as Stream>::TYPE));
    let each = format!("{all}/{{id}}");
    router
        .api_route(
            &all,
            get_with(cases::<S>, move |o| {
                list(o, &format!("list{name}"), &format!("List {several}"))
            })
            .post_with(commands::begin::<S>, move |o| {
                command(o, &format!("begin{name}"), &format!("Begin {one}"))
            }),
        )
        .api_route(
            &each,
            get_with(show::get::<S>, move |o| {
                read(o, &format!("get{name}"), &format!("Read {one}"))
            }),
        )
        .api_route(
            &each,
            post_with(commands::post::<S>, move |o| {
                command(o, &format!("actOn{name}"), &format!("Act on {one}"))
            }),
        )
}

/// What is looked for among the cases of a kind.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct CasesListQuery {
    /// An entry number of the ledger, a day such as 2026-03-05, or an instant.
    pub as_of: Option<String>,
    /// Only of this court, office or facility.
    pub place: Option<String>,
    /// Only in this state.
    pub state: Option<String>,
    /// Only of this person, by id.
    #[schemars(with = "Option<PersonId>")]
    pub person: Option<String>,
    /// Only what goes on.
    pub open: bool,
    /// The `next` of an earlier page.
    pub before: Option<Cursor>,
    /// How many rows, at most 1,000; 50 without it.
    pub limit: Option<Rows>,
}

async fn cases<S: Stream>(
    caller: Caller,
    State(app): State<AppState>,
    Query(query): Query<CasesListQuery>,
) -> Result<Json<ListBody<ListedCase>>, Problem> {
    let query = CasesQuery {
        as_of: filed_as_of(&app, query.as_of.as_deref(), Source::Model("cases")).await?,
        place: filled(query.place),
        state: filled(query.state),
        person: filled(query.person).map(|id| person(&id)).transpose()?,
        open: query.open,
        before: query.before.map(Cursor::signed),
        limit: Rows::or(query.limit, PAGE),
        ..CasesQuery::default()
    };
    let found = app.registry.cases::<S>(&caller.call, &query).await?;
    // Who answers complaints, asks other States or declares emergencies is named by no list of places.
    if matches!(
        <S as Stream>::TYPE,
        "pretrial" | "report" | "custody" | "facility"
    ) {
        office_known(&app, "place", query.place.as_deref(), found.rows.len()).await?;
    }
    let kind = <S as Stream>::TYPE;
    let body = with_contested(&app, &caller, found, kind, |row| row.person.as_deref());
    Ok(Json(body.await?))
}

/// What is asked of what has to happen.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct DueQuery {
    /// An entry number of the ledger, a day such as 2026-03-05, or an instant.
    pub as_of: Option<String>,
    /// By which day; today without it.
    #[schemars(with = "Option<Day>")]
    pub by: Option<String>,
    /// In whose worklist; in that of whoever asks without it.
    #[schemars(with = "Option<Role>")]
    pub role: Option<String>,
}

async fn due(
    caller: Caller,
    State(app): State<AppState>,
    Query(query): Query<DueQuery>,
) -> Result<Json<ListBody<ListedCase>>, Problem> {
    let as_of = filed_as_of(&app, query.as_of.as_deref(), Source::Model("cases")).await?;
    let by = match filled(query.by) {
        Some(text) => text
            .parse()
            .map_err(|_| Problem::usage("query", "by", "this is no day: write it as 2026-03-05"))?,
        None => app.registry.today(as_of).await?,
    };
    let role = match filled(query.role) {
        Some(text) => text
            .parse()
            .map_err(|said: String| Problem::usage("query", "role", &said))?,
        None => caller.call.actor.role,
    };
    let found = app.registry.due(&caller.call, as_of, role, by).await?;
    let told = found
        .rows
        .iter()
        .filter_map(|row| Some((row.person.as_deref()?, row.kind.as_str())));
    let contested = contesting(&app, &caller, told, found.moment).await?;
    Ok(Json(ListBody {
        contested: Some(contested),
        ..found.into()
    }))
}
