//! A case for another authority.

use aide::axum::ApiRouter;
use aide::axum::routing::get_with;
use axum::Json;
use axum::extract::State;
use domain::values::Code;
use schemars::JsonSchema;
use serde::Deserialize;

use super::asked::{IdPath, Path, Query};
use super::lists::filled;
use super::moment::as_of;
use super::operations::read;
use crate::export::{self, CaseExport, LANGUAGES, Wished};
use crate::identity::Caller;
use crate::problem::Problem;
use crate::state::AppState;

/// Where a case is exported.
pub(super) fn routes() -> ApiRouter<AppState> {
    let said = "A case for another authority, with its legal basis and its codes in two languages";
    let export = get_with(get, |o| read(o, "exportCase", said));
    ApiRouter::new().api_route("/cases/{id}/export", export)
}

/// What is asked of an export.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ExportQuery {
    /// An entry number of the ledger, a day such as 2026-03-05, or an instant; now without it.
    pub as_of: Option<String>,
    /// The languages in which codes are told, with a comma between them; `en,fr` without it.
    pub languages: Option<String>,
    /// The authority it goes to, by a code; it is written down with what is shown.
    pub recipient: Option<String>,
    /// Whether personal values are opened, as far as the role and purpose reach; each is a consultation of its own.
    pub disclose: bool,
}

/// A case for another authority: by the id of a record what hangs together with it, by a person's everything.
async fn get(
    caller: Caller,
    State(app): State<AppState>,
    Path(IdPath { id }): Path<IdPath>,
    Query(query): Query<ExportQuery>,
) -> Result<Json<CaseExport>, Problem> {
    let languages = filled(query.languages);
    let languages = export::languages(languages.as_deref().unwrap_or(LANGUAGES))
        .map_err(|said| Problem::usage("query", "languages", &said))?;
    let recipient = filled(query.recipient).map(|code| Code::parse(&code));
    let recipient = recipient
        .transpose()
        .map_err(|said| Problem::usage("query", "recipient", &said.to_string()))?;
    let wished = Wished {
        as_of: as_of(&app, query.as_of.as_deref()).await?,
        languages,
        recipient,
        disclose: query.disclose,
    };
    let case = export::case(&app.registry, &caller.call, &id.to_string(), &wished).await?;
    Ok(Json(case))
}
