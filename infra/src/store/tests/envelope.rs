//! The bytes that are hashed, for ever the same.

use proptest::prelude::*;
use uuid::Uuid;

use super::super::{Append, CanonicalJson, Context, Envelope, NewEvent, RowRef, SealedEvent};
use super::sample::{append, context, event, stream};
use super::support::{Place, contract};
use crate::error::Unacceptable;
use crate::ledger::Leaf;

fn envelope() -> Envelope {
    Envelope {
        stream: stream("0192f0c1-0000-7000-8000-000000000001"),
        sequence: 1,
        event: NewEvent {
            event_id: Uuid::from_u128(0x0192_f0c1_0000_7000_8000_0000_0000_0002),
            ..event(30)
        },
        context: context(),
    }
}

fn bare() -> Envelope {
    let mut envelope = envelope();
    envelope.stream.kind = "order".to_owned();
    envelope.event.occurred = None;
    envelope.context = Context {
        recorded_us: 0,
        actor: "import".to_owned(),
        role: "system".to_owned(),
        ..Context::default()
    };
    envelope
}

const FULL_TEXT: &str = r#"{"actor":"judge-7","event_id":"0192f0c1-0000-7000-8000-000000000002","event_type":"sentence.imposed","event_version":"1","occurred":"2026-03","office":"first instance, Ulaanbaatar","payload":{"court":"Аймаг\t1","days":30,"reason":"care of a dependent child — \"known\""},"policy":"mongolia/1","purpose":"sentencing","recorded_us":1790000000000000,"role":"judge","sequence":1,"stream_id":"0192f0c1-0000-7000-8000-000000000001","stream_type":"sentence"}"#;
const FULL_LEAF: &str = "c311d27fd30309a957b73827d49aa93c85883dee9dccff8952835a7f5ad10436";
const BARE_LEAF: &str = "04bc6ef20f6970e1c277c9e2a502982b92e97da52e26b93286b11d709fee3d92";

#[test]
fn the_canonical_bytes_are_rfc_8785_over_the_envelope() {
    let text = String::from_utf8(envelope().canonical_bytes()).unwrap();
    assert_eq!(text, FULL_TEXT);
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(CanonicalJson::from_value(&value).unwrap().as_str(), text);
}

#[test]
fn known_envelopes_have_known_leaves() {
    for (envelope, leaf) in [(envelope(), FULL_LEAF), (bare(), BARE_LEAF)] {
        assert_eq!(Leaf::of(&envelope.canonical_bytes()).to_string(), leaf);
    }
}

contract! {
    the_database_keeps_known_leaves_and_gives_the_envelope_back: known_leaves_rule;
}

async fn known_leaves_rule(place: Place) {
    let store = place.open().await;
    let known = [(envelope(), FULL_LEAF), (bare(), BARE_LEAF)];
    for (index, (envelope, leaf)) in (0..).zip(known) {
        let append = Append {
            stream: envelope.stream.clone(),
            expected: 0,
            events: vec![envelope.event.clone()],
            context: envelope.context.clone(),
            key: None,
            relied: Vec::new(),
        };
        store.append(append).await.unwrap();
        let row = store.page(index, 1).await.unwrap().remove(0);
        row.as_ref().check().unwrap();
        assert_eq!(row.as_ref().envelope().unwrap(), envelope);
        assert_eq!(row.leaf.to_string(), leaf);
    }
}

#[test]
fn refuses_what_a_database_cannot_hold() {
    let sealing = |change: &dyn Fn(&mut Append)| {
        let mut append = append("a", 0, 1);
        change(&mut append);
        append.seal().unwrap_err()
    };
    let nul = sealing(&|append| append.context.purpose = Some("a\0b".to_owned()));
    assert_eq!(nul, Unacceptable::Nul { field: "purpose" });
    let empty = sealing(&|append| append.context.actor.clear());
    assert_eq!(empty, Unacceptable::Empty { field: "actor" });
    let none = sealing(&|append| append.events.clear());
    assert_eq!(none, Unacceptable::NoEvents);
    let far = sealing(&|append| append.context.recorded_us = 1 << 53);
    assert!(matches!(far, Unacceptable::LargeInteger { .. }));
}

proptest! {
    #[test]
    fn whatever_the_texts_the_row_gives_the_same_bytes(texts in prop::array::uniform5("[^\\x00]{1,12}")) {
        let mut envelope = envelope();
        let [id, actor, role, office, occurred] = texts;
        envelope.stream.id = id;
        envelope.context.actor = actor;
        envelope.context.role = role;
        envelope.context.office = Some(office);
        envelope.event.occurred = Some(occurred);
        let Envelope { stream, sequence, event, context } = envelope.clone();
        let sealed = SealedEvent::seal(&stream, sequence, event, &context).unwrap();
        let row = RowRef {
            index: 0,
            stream_type: &sealed.stream.kind,
            stream_id: &sealed.stream.id,
            sequence,
            event_type: &sealed.event_type,
            event_version: &sealed.event_version,
            payload: &sealed.payload,
            metadata: &sealed.metadata,
            recorded_us: sealed.recorded_us,
            stored_us: 0,
            leaf: sealed.leaf,
        };
        prop_assert_eq!(row.check(), Ok(()));
        prop_assert_eq!(row.envelope(), Ok(envelope));
    }
}
