//! An event as read from the ledger: typed once, with what its envelope says.

use std::collections::BTreeMap;

use domain::record::AnyEvent;
use domain::values::CivilDate;
use serde::Deserialize;
use uuid::Uuid;

use crate::error::StoreError;
use crate::store::{Context, EventRow, NewEvent, RowRef};

/// What an event's metadata say of its recording.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Told {
    /// The event's id.
    pub event_id: Uuid,
    /// When it happened outside the register.
    #[serde(default)]
    pub occurred: Option<String>,
    /// The subject who acted.
    pub actor: String,
    /// The role acted in.
    pub role: String,
    /// The office acted for.
    #[serde(default)]
    pub office: Option<String>,
    /// Why.
    #[serde(default)]
    pub purpose: Option<String>,
    /// The policy version in force.
    #[serde(default)]
    pub policy: Option<String>,
    /// What ties commands together.
    #[serde(default)]
    pub correlation: Option<String>,
    /// The event that this follows from.
    #[serde(default)]
    pub causation: Option<String>,
}

impl Told {
    /// What is told of a new event of a command.
    pub(crate) fn of(event: &NewEvent, context: &Context) -> Self {
        Self {
            event_id: event.event_id,
            occurred: event.occurred.clone(),
            actor: context.actor.clone(),
            role: context.role.clone(),
            office: context.office.clone(),
            purpose: context.purpose.clone(),
            policy: context.policy.clone(),
            correlation: context.correlation.clone(),
            causation: context.causation.clone(),
        }
    }
}

/// An event of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The ledger index.
    pub index: u64,
    /// The kind of stream.
    pub stream_type: String,
    /// The stream.
    pub stream_id: String,
    /// The version of the stream after it.
    pub sequence: u64,
    /// When the register was told, in UTC microseconds.
    pub recorded_us: i64,
    /// When it was stored, in UTC microseconds; never decreasing along the ledger.
    pub stored_us: i64,
    /// Who, why, under which policy.
    pub told: Told,
    /// What happened.
    pub event: AnyEvent,
}

impl Recorded {
    /// Reads a stored row.
    pub fn read(row: &RowRef<'_>) -> Result<Self, StoreError> {
        let event = AnyEvent::parse(row.stream_type, row.payload);
        let event = event.map_err(|e| row.damage(e.to_string()))?;
        let told = serde_json::from_str(row.metadata)
            .map_err(|e| row.damage(format!("the metadata cannot be read: {e}")))?;
        Ok(Self::of(row, told, event))
    }

    /// A stored row of which it is known what it tells.
    pub(crate) fn of(row: &RowRef<'_>, told: Told, event: AnyEvent) -> Self {
        Self {
            index: row.index,
            stream_type: row.stream_type.to_owned(),
            stream_id: row.stream_id.to_owned(),
            sequence: row.sequence,
            recorded_us: row.recorded_us,
            stored_us: row.stored_us,
            told,
            event,
        }
    }

    /// Reads a stored row that is kept.
    pub fn read_row(row: &EventRow) -> Result<Self, StoreError> {
        Self::read(&row.as_ref())
    }

    /// The stream's id as a UUID; streams named otherwise have none.
    pub fn stream_uuid(&self) -> Uuid {
        Uuid::parse_str(&self.stream_id).unwrap_or(Uuid::nil())
    }

    /// The jurisdiction, by the policy version it was recorded under.
    pub fn jurisdiction(&self) -> &str {
        let policy = self.told.policy.as_deref().unwrap_or_default();
        policy.split('/').next().unwrap_or_default()
    }

    /// The civil date it happened on, as exactly as it is known; the facade wrote it in the jurisdiction's zone.
    pub fn occurred_date(&self) -> Option<CivilDate> {
        self.told.occurred.as_deref()?.parse().ok()
    }
}

/// The entries of each record, oldest first; the records in the order in which they began.
pub(crate) fn by_record(mut entries: Vec<Recorded>) -> Vec<Vec<Recorded>> {
    entries.sort_by_key(|entry| entry.index);
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut records: Vec<Vec<Recorded>> = Vec::new();
    for entry in entries {
        let next = records.len();
        let place = *places.entry(entry.stream_id.clone()).or_insert(next);
        match records.get_mut(place) {
            Some(record) => record.push(entry),
            None => records.push(vec![entry]),
        }
    }
    records
}
