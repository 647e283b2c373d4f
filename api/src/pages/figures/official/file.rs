//! An official table as a file.

use axum::extract::{Path, State};
use axum::http::header as http;
use axum::response::{IntoResponse, Response};
use infra::export::{ExportError, OfficialFormat, official};

use super::Asked;
use crate::pages::page::{PageError, Visitor};
use crate::pages::query::Query;
use crate::problem::Problem;
use crate::state::AppState;

/// The table as CSV.
pub(super) async fn csv(
    State(app): State<AppState>,
    Query(asked): Query<Asked>,
    visitor: Visitor,
    Path(table): Path<String>,
) -> Result<Response, PageError> {
    download(&app, &asked, &visitor, &table, OfficialFormat::Csv).await
}

/// The table as SDMX-CSV.
pub(super) async fn sdmx(
    State(app): State<AppState>,
    Query(asked): Query<Asked>,
    visitor: Visitor,
    Path(table): Path<String>,
) -> Result<Response, PageError> {
    download(&app, &asked, &visitor, &table, OfficialFormat::SdmxCsv).await
}

async fn download(
    app: &AppState,
    asked: &Asked,
    visitor: &Visitor,
    table: &str,
    format: OfficialFormat,
) -> Result<Response, PageError> {
    let query = asked.query(app, visitor, table).await?;
    let made = app
        .registry
        .official(&visitor.call, &query, visitor.as_of)
        .await?;
    let bytes = official(&made, format).map_err(unwritten)?;
    let kind = match format {
        OfficialFormat::Csv => "text/csv; charset=utf-8",
        OfficialFormat::SdmxCsv => "application/vnd.sdmx.data+csv; version=2.0.0; charset=utf-8",
    };
    let (code, day) = (&made.table.code, made.day);
    let name = format!(
        "attachment; filename=\"{code}-{}-{day}.csv\"",
        made.jurisdiction
    );
    let headers = [
        (http::CONTENT_TYPE, kind.to_owned()),
        (http::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, bytes).into_response())
}

/// Why a table is not written, as a page says it.
pub(super) fn unwritten(error: ExportError) -> PageError {
    let said = format!("the table cannot be written: {error}");
    PageError(Problem::usage("official-file", "table", &said))
}
