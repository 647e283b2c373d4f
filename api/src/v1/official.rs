//! The official tables that international bodies ask of a country.

use axum::Json;
use axum::extract::State;
use domain::official::{Cell, Definitions};
use domain::values::Day;
use infra::registry::{
    Crosswalk, OfficialQuery, OfficialTable, cell_name, cell_named, official_definitions,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::asked::{Path, Query};
use super::lists::filled;
use super::moment::{AsOfQuery, as_of};
use super::types::AsOfBody;
use crate::identity::Caller;
use crate::problem::Problem;
use crate::state::AppState;

/// How many records behind a cell are answered at once.
const RECORDS: u32 = 1_000;

/// The code of a table in an address.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(super) struct TablePath {
    /// The table, by its code, such as `sdg-16-3-2`.
    pub table: String,
}

/// Of when a table is, and of where.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct TableQuery {
    /// An entry number of the ledger, a day such as 2026-03-05, or an instant.
    pub as_of: Option<String>,
    /// The jurisdiction; the only one, without it.
    pub jurisdiction: Option<String>,
    /// The year of the table; the last whose day has come, without it.
    pub year: Option<String>,
    /// The day of its stock, instead of the usual one of the year.
    pub day: Option<String>,
}

/// Of which cell the records are asked.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct BehindQuery {
    /// An entry number of the ledger, a day such as 2026-03-05, or an instant.
    pub as_of: Option<String>,
    /// The jurisdiction; the only one, without it.
    pub jurisdiction: Option<String>,
    /// The year of the table; the last whose day has come, without it.
    pub year: Option<String>,
    /// The day of its stock, instead of the usual one of the year.
    pub day: Option<String>,
    /// The cell, by its name in the table, such as `HELD.sex:female`.
    pub cell: Option<String>,
    /// Records after this place of an earlier answer.
    pub after: Option<u32>,
}

/// The tables there are.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct TablesBody {
    /// As of when.
    pub as_of: AsOfBody,
    /// How they are defined.
    pub definitions: Definitions,
}

/// A cell of a table, with its name.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct CellBody {
    /// Its name, by which the records behind it are asked.
    pub name: String,
    /// What it says as it is shown: a number, `NAP`, `…` or `not computable`.
    pub shown: String,
    /// The cell.
    #[serde(flatten)]
    pub cell: Cell,
}

/// A table.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct TableBody {
    /// As of when.
    pub as_of: AsOfBody,
    /// How it is defined.
    pub table: domain::official::Table,
    /// The version of the definitions.
    pub definitions: String,
    /// The jurisdiction.
    pub jurisdiction: String,
    /// The version of its rules.
    pub rules: String,
    /// The day of the stock.
    pub day: Day,
    /// The year of the flows.
    pub year: i32,
    /// The cells, each line's total first.
    pub cells: Vec<CellBody>,
}

/// The records behind a cell.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct BehindBody {
    /// As of when.
    pub as_of: AsOfBody,
    /// The cell.
    pub cell: CellBody,
    /// The records, each by its kind and its id, such as `custody/ID`.
    pub records: Vec<String>,
    /// How many more are counted and closed to whoever asks.
    pub closed: u32,
    /// Where the next answer begins; absent in the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<u32>,
}

impl From<Cell> for CellBody {
    fn from(cell: Cell) -> Self {
        Self {
            name: cell_name(&cell.line, &cell.key),
            shown: cell.value.shown(),
            cell,
        }
    }
}

impl From<OfficialTable> for TableBody {
    fn from(made: OfficialTable) -> Self {
        Self {
            as_of: made.moment.into(),
            table: made.table.clone(),
            definitions: made.definitions,
            jurisdiction: made.jurisdiction,
            rules: made.rules,
            day: made.day,
            year: made.year,
            cells: made.cells.into_iter().map(CellBody::from).collect(),
        }
    }
}

/// The table that an address names, of the time and place that its query names.
pub(crate) fn query_of(
    table: &str,
    jurisdiction: Option<String>,
    (year, day): (Option<String>, Option<String>),
) -> Result<OfficialQuery, Problem> {
    let year = filled(year).map(|text| {
        text.parse()
            .map_err(|_| Problem::usage("query", "year", "this is no year: write it as 2026"))
    });
    let day = filled(day).map(|text| {
        text.parse()
            .map_err(|_| Problem::usage("query", "day", "this is no day: write it as 2026-03-05"))
    });
    Ok(OfficialQuery {
        table: table.to_owned(),
        jurisdiction: filled(jurisdiction),
        year: year.transpose()?,
        day: day.transpose()?,
    })
}

/// The tables that can be asked for, with what each line counts.
pub(super) async fn tables(
    caller: Caller,
    State(app): State<AppState>,
    Query(query): Query<AsOfQuery>,
) -> Result<Json<TablesBody>, Problem> {
    let as_of = as_of(&app, query.as_of.as_deref()).await?;
    infra::access::allow(&caller.call, infra::access::Action::ExportFigures)?;
    let moment = app.registry.moment(as_of).await?;
    Ok(Json(TablesBody {
        as_of: moment.into(),
        definitions: official_definitions()?.clone(),
    }))
}

/// One table.
pub(super) async fn table(
    caller: Caller,
    State(app): State<AppState>,
    Path(path): Path<TablePath>,
    Query(query): Query<TableQuery>,
) -> Result<Json<TableBody>, Problem> {
    let as_of = as_of(&app, query.as_of.as_deref()).await?;
    let asked = query_of(&path.table, query.jurisdiction, (query.year, query.day))?;
    let made = app.registry.official(&caller.call, &asked, as_of).await?;
    Ok(Json(made.into()))
}

/// Which jurisdiction.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct CrosswalkQuery {
    /// An entry number of the ledger, a day such as 2026-03-05, or an instant.
    pub as_of: Option<String>,
    /// The jurisdiction; the only one, without it.
    pub jurisdiction: Option<String>,
}

/// How domestic offences fit the International Classification of Crime.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct CrosswalkBody {
    /// As of when.
    pub as_of: AsOfBody,
    /// The crosswalk.
    #[serde(flatten)]
    pub crosswalk: Crosswalk,
}

/// The crosswalk.
pub(super) async fn crosswalk(
    caller: Caller,
    State(app): State<AppState>,
    Query(query): Query<CrosswalkQuery>,
) -> Result<Json<CrosswalkBody>, Problem> {
    let as_of = as_of(&app, query.as_of.as_deref()).await?;
    let jurisdiction = filled(query.jurisdiction);
    let crosswalk = app
        .registry
        .crosswalk(&caller.call, jurisdiction.as_deref(), as_of)
        .await?;
    Ok(Json(CrosswalkBody {
        as_of: crosswalk.moment.into(),
        crosswalk,
    }))
}

/// The records behind a cell.
pub(super) async fn behind(
    caller: Caller,
    State(app): State<AppState>,
    Path(path): Path<TablePath>,
    Query(query): Query<BehindQuery>,
) -> Result<Json<BehindBody>, Problem> {
    let as_of = as_of(&app, query.as_of.as_deref()).await?;
    let asked = query_of(&path.table, query.jurisdiction, (query.year, query.day))?;
    let cell = cell_of(query.cell.as_deref())?;
    let page = (query.after.unwrap_or_default(), RECORDS);
    let found = app
        .registry
        .official_behind(&caller.call, &asked, &cell, as_of, page)
        .await?;
    Ok(Json(BehindBody {
        as_of: found.table.moment.into(),
        cell: found.cell.into(),
        records: found.records,
        closed: found.closed,
        next: found.next,
    }))
}

/// The cell that is named.
pub(crate) fn cell_of(text: Option<&str>) -> Result<infra::registry::OfficialCell, Problem> {
    cell_named(text.unwrap_or_default()).ok_or_else(|| {
        let said = "name a cell of the table by its line and words, such as HELD.sex:female";
        Problem::usage("query", "cell", said)
    })
}
