//! The feed of events: pages, and a stream of CloudEvents that resumes where its reader left it.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

use aide::OperationInput;
use aide::generate::GenContext;
use aide::openapi::{MediaType, Operation, Response as Described, SchemaObject, StatusCode};
use aide::operation::{ParamLocation, add_parameters, parameters_from_schema};
use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use infra::access::Call;
use infra::record::Recorded;
use schemars::{JsonSchema, json_schema};
use serde::Deserialize;
use serde_json::json;

use super::asked::{Cursor, Query, Rows};
use super::moment::as_of;
use super::types::{Entries, Entry, address};
use crate::identity::{Caller, said};
use crate::problem::Problem;
use crate::state::AppState;

/// How many entries are read at once, and so at most held for one reader.
const PAGE: u32 = 200;
/// How long a reader at the head waits between two looks.
const PAUSE: Duration = Duration::from_millis(250);

/// Which entries of the ledger are read.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct EventsQuery {
    /// The first ledger entry; 0 without it.
    pub from: Option<Cursor>,
    /// How many, at most 1,000; 100 without it.
    pub limit: Option<Rows>,
    /// The last that counts: an entry number, a day or an instant; now without it.
    pub as_of: Option<String>,
}

/// A page of the ledger.
pub(super) async fn page(
    caller: Caller,
    State(app): State<AppState>,
    Query(query): Query<EventsQuery>,
) -> Result<Json<Entries>, Problem> {
    let as_of = as_of(&app, query.as_of.as_deref()).await?;
    let moment = app.registry.moment(as_of).await?;
    let from = query.from.map_or(0, Cursor::entry);
    let wanted = Rows::or(query.limit, 100);
    reached(&app, from, "from").await?;
    let left = moment
        .index
        .map_or(0, |last| last.saturating_add(1).saturating_sub(from));
    let limit = u32::try_from(left).map_or(wanted, |left| wanted.min(left));
    let read = entries(&app, &caller.call, from, limit).await?;
    Ok(Json(Entries {
        as_of: moment.into(),
        next: read
            .next
            .filter(|next| moment.index.is_some_and(|last| *next <= last)),
        contested: None,
        entries: read.open.iter().map(Entry::from).collect(),
    }))
}

/// Refuses a place that the ledger has not come to: whoever asks for it has the number from another register, or from
/// before a backup was put back.
async fn reached(app: &AppState, from: u64, field: &str) -> Result<(), Problem> {
    let (entries, _) = app.registry.head().await?;
    if from <= entries {
        return Ok(());
    }
    let said = format!(
        "the ledger holds {entries} entries, and {from} lies beyond them: go on from {entries} at most, and find out \
         where the number came from"
    );
    Err(Problem::usage("from-ahead", field, &said))
}

/// Entries of the ledger that are open to a reader, and where the next ones begin.
struct Read {
    open: Vec<Recorded>,
    next: Option<u64>,
}

/// Entries of the ledger; none are asked for where none are left.
async fn entries(app: &AppState, call: &Call, from: u64, limit: u32) -> Result<Read, Problem> {
    let fed = app.registry.feed(call, from, limit.max(1)).await?;
    let until = from.saturating_add(u64::from(limit));
    let wanted = fed.rows.iter().filter(|row| row.index < until);
    Ok(Read {
        open: wanted.map(Recorded::read_row).collect::<Result<_, _>>()?,
        next: fed.next.map(|next| next.min(until)),
    })
}

/// Where a feed begins.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct FeedQuery {
    /// The first ledger entry; 0 without it. `Last-Event-ID` goes before it.
    pub from: Option<Cursor>,
}

/// The last entry that a reader of the feed has seen.
pub(super) struct LastSeen(Option<u64>);

const LAST_SEEN: &str = "Last-Event-ID";

impl<S: Send + Sync> FromRequestParts<S> for LastSeen {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let Some(id) = said(&parts.headers, LAST_SEEN)? else {
            return Ok(Self(None));
        };
        let entry = id.trim().parse().ok();
        entry.map(|entry| Self(Some(entry))).ok_or_else(|| {
            let said = "send the id of the last event as it was received: an entry number";
            Problem::usage("last-event-id", LAST_SEEN, said)
        })
    }
}

impl OperationInput for LastSeen {
    fn operation_input(ctx: &mut GenContext, operation: &mut Operation) {
        let header = json_schema!({"type": "object", "properties": {
            LAST_SEEN: {
                "type": "integer", "minimum": 0,
                "description": "The id of the last event received: the feed goes on with the one after it."
            }
        }});
        let header = parameters_from_schema(ctx, header, ParamLocation::Header);
        add_parameters(ctx, operation, header);
    }
}

/// The ledger as server-sent CloudEvents. At its head the feed waits for what comes.
pub(super) async fn stream(
    caller: Caller,
    State(app): State<AppState>,
    LastSeen(seen): LastSeen,
    Query(query): Query<FeedQuery>,
) -> Result<Feed, Problem> {
    let resumed = seen.map(|entry| entry.saturating_add(1));
    let next = resumed.or(query.from.map(Cursor::entry)).unwrap_or(0);
    let field = if resumed.is_some() { LAST_SEEN } else { "from" };
    reached(&app, next, field).await?;
    // Whoever may not read is told now and not by an empty stream.
    app.registry.feed(&caller.call, next, 1).await?;
    let follow = Follow {
        app,
        call: caller.call,
        next,
        waiting: VecDeque::new(),
        over: false,
    };
    let events = futures::stream::unfold(follow, |mut follow| async move {
        let event = follow.next().await?;
        Some((Ok::<_, Infallible>(event), follow))
    });
    let sse = Sse::new(events).keep_alive(KeepAlive::default());
    Ok(Feed(sse.into_response()))
}

/// A reader of the feed and how far it is.
struct Follow {
    app: AppState,
    call: Call,
    next: u64,
    waiting: VecDeque<Recorded>,
    over: bool,
}

impl Follow {
    /// The next event, once there is one; none when the register stops, or after what it could not read.
    async fn next(&mut self) -> Option<Event> {
        while !self.over {
            if let Some(recorded) = self.waiting.pop_front() {
                self.next = recorded.index.saturating_add(1);
                return Some(cloud_event(&recorded));
            }
            match entries(&self.app, &self.call, self.next, PAGE).await {
                Ok(Read { next: None, .. }) => self.over = self.app.stops_within(PAUSE).await,
                Ok(Read { open, next }) => {
                    // What is closed to the reader is passed over; what is told moves the place itself.
                    self.next = next.filter(|_| open.is_empty()).unwrap_or(self.next);
                    self.waiting = open.into();
                }
                Err(problem) => {
                    self.over = true;
                    let said = serde_json::to_string(&problem).unwrap_or_default();
                    return Some(Event::default().event("problem").data(said));
                }
            }
        }
        None
    }
}

fn cloud_event(recorded: &Recorded) -> Event {
    let entry = Entry::from(recorded);
    let body = json!({
        "specversion": "1.0",
        "id": recorded.told.event_id,
        "source": address(&recorded.stream_type, &recorded.stream_id),
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

/// A feed as an answer.
pub(super) struct Feed(Response);

impl IntoResponse for Feed {
    fn into_response(self) -> Response {
        self.0
    }
}

impl aide::OperationOutput for Feed {
    type Inner = String;

    fn inferred_responses(
        _ctx: &mut GenContext,
        _operation: &mut Operation,
    ) -> Vec<(Option<StatusCode>, Described)> {
        let schema = SchemaObject {
            json_schema: json_schema!({"type": "string"}),
            external_docs: None,
            example: None,
        };
        let media = MediaType {
            schema: Some(schema),
            ..MediaType::default()
        };
        let description = "Server-sent events: `id` is the ledger entry, `event` the event's name, `data` a CloudEvent \
                           (1.0, structured JSON) whose `data` is the entry. An event named `problem` carries a \
                           problem document and ends the feed.";
        let described = Described {
            description: description.to_owned(),
            content: std::iter::once(("text/event-stream".to_owned(), media)).collect(),
            ..Described::default()
        };
        vec![(Some(StatusCode::Code(200)), described)]
    }
}
