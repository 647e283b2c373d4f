//! The feed of events: pages, and a stream that resumes where its reader left it.

use std::convert::Infallible;
use std::time::Duration;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::stream::Stream;
use infra::record::Recorded;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;

use super::types::Entry;
use crate::identity::Caller;
use crate::problem::Problem;
use crate::state::AppState;

/// From where the ledger is read.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct FeedQuery {
    /// The first ledger entry; 0 without it.
    pub from: Option<u64>,
    /// How many, at most 1,000; 100 without it.
    pub limit: Option<u32>,
}

/// A page of the ledger.
pub(super) async fn page(
    caller: Caller,
    State(app): State<AppState>,
    Query(query): Query<FeedQuery>,
) -> Result<Json<Vec<Entry>>, Problem> {
    let limit = query.limit.unwrap_or(100);
    let rows = app
        .registry
        .feed(&caller.call, query.from.unwrap_or(0), limit)
        .await?;
    let entries = rows
        .iter()
        .map(|row| Ok(Entry::from(&Recorded::read_row(row)?)));
    Ok(Json(
        entries.collect::<Result<_, infra::error::StoreError>>()?,
    ))
}

/// The ledger as server-sent CloudEvents; `Last-Event-ID` resumes after that entry.
pub(super) async fn stream(
    caller: Caller,
    State(app): State<AppState>,
    headers: HeaderMap,
    Query(query): Query<FeedQuery>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let last = headers.get("last-event-id").and_then(|v| v.to_str().ok());
    let resumed = last
        .and_then(|id| id.parse::<u64>().ok())
        .map(|id| id.saturating_add(1));
    let from = resumed.or(query.from).unwrap_or(0);
    // Whoever may not read is told now and not by an empty stream.
    app.registry.feed(&caller.call, from, 1).await?;
    let begin = Follow {
        app,
        caller,
        next: from,
        waiting: Vec::new(),
    };
    let events = futures::stream::unfold(begin, |mut follow| async move {
        let event = follow.next().await?;
        Some((Ok(event), follow))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()))
}

struct Follow {
    app: AppState,
    caller: Caller,
    next: u64,
    waiting: Vec<Event>,
}

impl Follow {
    /// The next event, once there is one; the end when the ledger cannot be read.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.waiting.pop() {
                return Some(event);
            }
            let rows = match self
                .app
                .registry
                .feed(&self.caller.call, self.next, 200)
                .await
            {
                Ok(rows) => rows,
                Err(error) => {
                    tracing::warn!(%error, "a feed broke off");
                    return None;
                }
            };
            if rows.is_empty() {
                tokio::time::sleep(Duration::from_millis(250)).await;
            }
            for row in rows.iter().rev() {
                let recorded = Recorded::read_row(row).ok()?;
                self.waiting.push(cloud_event(&recorded));
            }
            if let Some(last) = rows.last() {
                self.next = last.index.saturating_add(1);
            }
        }
    }
}

fn cloud_event(recorded: &Recorded) -> Event {
    let entry = Entry::from(recorded);
    let body = json!({
        "specversion": "1.0",
        "id": recorded.told.event_id,
        "source": format!("/v1/{}s/{}", recorded.stream_type, recorded.stream_id),
        "type": entry.event,
        "time": entry.recorded,
        "datacontenttype": "application/json",
        "sequence": recorded.index.to_string(),
        "data": entry,
    });
    Event::default()
        .id(recorded.index.to_string())
        .event(recorded.event.name())
        .data(body.to_string())
}
