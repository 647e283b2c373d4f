//! The outside shapes of answers.

use domain::act::Finding;
use infra::record::Recorded;
use infra::registry::{Moment, Page, Receipt};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

/// The address of a thing.
pub(super) fn address(stream: &str, id: &str) -> String {
    format!("/v1/{}/{id}", super::kinds::path(stream))
}

/// What became of a command.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct ReceiptBody {
    /// The kind of stream.
    pub stream: String,
    /// Its id.
    pub id: String,
    /// Its version now; also in the header `ETag`.
    pub version: u64,
    /// The ledger entries of what was recorded.
    pub entries: Vec<u64>,
    /// What was recorded.
    pub events: Vec<String>,
    /// What the register noticed.
    pub findings: Vec<Finding>,
    /// Whether the same request was answered before.
    pub repeated: bool,
}

impl From<Receipt> for ReceiptBody {
    fn from(receipt: Receipt) -> Self {
        Self {
            stream: receipt.stream,
            id: receipt.id,
            version: receipt.version,
            entries: receipt.indexes.collect(),
            events: receipt
                .events
                .iter()
                .map(|name| (*name).to_owned())
                .collect(),
            findings: receipt.findings,
            repeated: receipt.repeated,
        }
    }
}

/// As of when an answer holds.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct AsOfBody {
    /// The last ledger entry that counts.
    pub entry: Option<u64>,
    /// The instant.
    pub instant: String,
    /// Whether it is the past.
    pub past: bool,
}

impl From<Moment> for AsOfBody {
    fn from(moment: Moment) -> Self {
        Self {
            entry: moment.index,
            instant: moment.instant.to_string(),
            past: moment.past,
        }
    }
}

/// An entry of the ledger.
#[expect(
    clippy::struct_field_names,
    reason = "an entry's place is called its entry everywhere"
)]
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct Entry {
    /// Its place in the ledger.
    pub entry: u64,
    /// The kind of stream.
    pub stream: String,
    /// The stream.
    pub id: String,
    /// The version of the stream after it.
    pub version: u64,
    /// What happened, by its stable name.
    pub event: String,
    /// When the register was told.
    pub recorded: String,
    /// When it happened, as exactly as it is known.
    pub occurred: Option<String>,
    /// The subject who acted.
    pub actor: String,
    /// In which role.
    pub role: String,
    /// For which office.
    pub office: Option<String>,
    /// Why.
    pub purpose: Option<String>,
    /// Under which rules.
    pub policy: Option<String>,
    /// What happened, as it is stored: an object with the event's name as its one key. Personal values are sealed.
    #[schemars(schema_with = "domain::schemas::any_event")]
    pub payload: Value,
}

impl From<&Recorded> for Entry {
    fn from(recorded: &Recorded) -> Self {
        Self {
            entry: recorded.index,
            stream: recorded.stream_type.clone(),
            id: recorded.stream_id.clone(),
            version: recorded.sequence,
            event: recorded.event.name().to_owned(),
            recorded: domain::values::Instant::from_micros(recorded.recorded_us).to_string(),
            occurred: recorded.told.occurred.clone(),
            actor: recorded.told.actor.clone(),
            role: recorded.told.role.clone(),
            office: recorded.told.office.clone(),
            purpose: recorded.told.purpose.clone(),
            policy: recorded.told.policy.clone(),
            payload: recorded.event.to_value(),
        }
    }
}

/// One thing: its state and what happened to it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct Thing {
    /// Its id.
    pub id: String,
    /// Its version; also in the header `ETag`.
    pub version: u64,
    /// As of when.
    pub as_of: AsOfBody,
    /// Its state.
    pub state: Value,
    /// What the person concerned contests of it and is not settled: of a person's own record, each subject.
    pub contested: Vec<String>,
    /// What happened to it, oldest first.
    pub entries: Vec<Entry>,
}

/// A page of a list.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "ListOf{T}")]
pub(super) struct ListBody<T> {
    /// As of when.
    pub as_of: AsOfBody,
    /// The rows.
    pub rows: Vec<T>,
    /// Of the persons whom the rows are about, by id: who contests who they are, or a record of this kind, where that is
    /// not settled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contested: Option<Vec<String>>,
    /// The `before` of the next page; null on the last.
    pub next: Option<i64>,
}

impl<T> From<Page<T>> for ListBody<T> {
    fn from(page: Page<T>) -> Self {
        Self {
            as_of: page.moment.into(),
            rows: page.rows,
            contested: None,
            next: page.next,
        }
    }
}

/// Entries of the ledger, in its order.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[expect(
    clippy::struct_field_names,
    reason = "the entries are what a page of entries holds"
)]
pub(super) struct Entries {
    /// As of when.
    pub as_of: AsOfBody,
    /// The entries.
    pub entries: Vec<Entry>,
    /// Of a person's timeline: what the person contests and is not settled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contested: Option<Vec<String>>,
    /// The `from` of the next page; null when nothing follows yet.
    pub next: Option<u64>,
}
