//! Made-up commands.

use serde_json::json;
use uuid::Uuid;

use super::super::{Append, CanonicalJson, Context, IdempotencyKey, NewEvent, StreamName};

pub(in super::super) const KIND: &str = "sentence";

pub(in super::super) fn stream(id: &str) -> StreamName {
    StreamName::new(KIND, id)
}

pub(in super::super) fn event(n: u64) -> NewEvent {
    NewEvent {
        event_id: Uuid::new_v5(&Uuid::NAMESPACE_OID, &n.to_be_bytes()),
        event_type: "sentence.imposed".to_owned(),
        event_version: "1".to_owned(),
        occurred: Some("2026-03".to_owned()),
        payload: CanonicalJson::from_value(&json!({
            "days": n, "reason": "care of a dependent child — \"known\"", "court": "Аймаг\t1"
        }))
        .unwrap(),
    }
}

pub(in super::super) fn context() -> Context {
    Context {
        recorded_us: 1_790_000_000_000_000,
        actor: "judge-7".to_owned(),
        role: "judge".to_owned(),
        office: Some("first instance, Ulaanbaatar".to_owned()),
        purpose: Some("sentencing".to_owned()),
        policy: Some("mongolia/1".to_owned()),
        correlation: None,
        causation: None,
    }
}

/// `count` events whose ids follow from the stream and version.
pub(in super::super) fn append(id: &str, expected: u64, count: usize) -> Append {
    let events = (expected + 1..).take(count).map(|version| {
        let mut event = event(version);
        event.event_id = Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("{id}/{version}").as_bytes());
        event
    });
    Append {
        stream: stream(id),
        expected,
        events: events.collect(),
        context: context(),
        key: None,
        relied: Vec::new(),
    }
}

pub(in super::super) fn keyed(id: &str, expected: u64, key: &str, request: u8) -> Append {
    Append {
        key: Some(IdempotencyKey {
            subject: "judge-7".to_owned(),
            key: key.to_owned(),
            request_hash: [request; 32],
        }),
        ..append(id, expected, 1)
    }
}
