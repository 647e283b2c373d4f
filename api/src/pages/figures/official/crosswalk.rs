//! How domestic offences fit the International Classification of Crime.

use axum::extract::State;
use axum::http::header as http;
use axum::response::{IntoResponse, Response};
use infra::registry::CROSSWALK;
use serde::Deserialize;

use super::file::unwritten;
use super::{PATH, jurisdiction, trail};
use crate::pages::components::{Column, SummaryList, Table, Tone, Value};
use crate::pages::page::{Page, PageError, Visitor};
use crate::pages::query::Query;
use crate::state::AppState;

/// Where the crosswalk is asked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Where {
    jurisdiction: Option<String>,
}

/// How domestic offences fit the International Classification of Crime.
pub(super) async fn get(
    State(app): State<AppState>,
    Query(asked): Query<Where>,
    visitor: Visitor,
) -> Result<Page, PageError> {
    let registry = &app.registry;
    let own = jurisdiction(&app, &visitor, asked.jurisdiction.as_deref()).await?;
    let made = registry
        .crosswalk(&visitor.call, own.as_deref(), visitor.as_of)
        .await?;
    let columns = vec![
        Column::text("Offence"),
        Column::text("Name"),
        Column::text("Class"),
        Column::text("Name of the class"),
        Column::text("Checked"),
    ];
    let table = made.offences.iter().fold(
        Table::new("Offences and their classes", columns)
            .quiet_caption()
            .empty("The rules list no offence."),
        |table, one| {
            let said = |text: &Option<String>| match text {
                Some(text) => Value::text(text.clone()),
                None => Value::NotRecorded,
            };
            let checked = match (&one.iccs, one.verified) {
                (None, _) => Value::None,
                (Some(_), true) => Value::text("with the official text"),
                (Some(_), false) => Value::tag("Not yet", Tone::Attention),
            };
            table.row(vec![
                Value::text(one.offence.clone()),
                Value::text(one.title.clone()),
                said(&one.iccs),
                said(&one.class_title),
                checked,
            ])
        },
    );
    let frame = visitor
        .frame("Offences by international class")
        .kicker("Official table")
        .lede(format!(
            "{}: each offence of the rules {} with its class of {}. What is compared is the act, not its legal name.",
            made.jurisdiction_title, made.rules, made.classification
        ))
        .trail(trail(&visitor));
    let asked = serde_urlencoded::to_string([("jurisdiction", &made.jurisdiction)]);
    let asked = asked.unwrap_or_default();
    let csv = visitor.to(&format!("{PATH}/{CROSSWALK}/csv?{asked}"));
    let json = visitor.to(&format!("/v1/official/{CROSSWALK}?{asked}"));
    Ok(Page::new(frame).part(&table).part(
        &SummaryList::default()
            .row("Source", made.source.as_str())
            .row(
                "The same list",
                Value::Many(vec![
                    Value::link(csv, "Download as CSV"),
                    Value::link(json, "Show as JSON"),
                ]),
            ),
    ))
}

/// The crosswalk as CSV.
pub(super) async fn download(
    State(app): State<AppState>,
    Query(asked): Query<Where>,
    visitor: Visitor,
) -> Result<Response, PageError> {
    let own = jurisdiction(&app, &visitor, asked.jurisdiction.as_deref()).await?;
    let made = app
        .registry
        .crosswalk(&visitor.call, own.as_deref(), visitor.as_of)
        .await?;
    let bytes = infra::export::crosswalk(&made).map_err(unwritten)?;
    let name = format!(
        "attachment; filename=\"{CROSSWALK}-{}.csv\"",
        made.jurisdiction
    );
    let headers = [
        (http::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (http::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, bytes).into_response())
}
