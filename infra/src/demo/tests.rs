//! The demonstration is plausible, repeats itself, and is recognised.

use std::collections::BTreeMap;

use super::*;
use crate::clock::Clock;
use crate::facts::Selection;
use crate::registry::Opening;

/// Noon of 24 November 2026.
const NOON: i64 = 1_795_521_600_000_000;

async fn register() -> Registry {
    let mut opening = Opening::at("sqlite://:memory:");
    opening.clock = Clock::fixed(NOON);
    Registry::open(opening).await.unwrap()
}

async fn by_event(registry: &Registry) -> BTreeMap<String, i64> {
    let sql = "SELECT event_type, COUNT(*) FROM events GROUP BY 1";
    let rows = registry.store().database().query(sql, &[]).await.unwrap();
    let counted = rows
        .iter()
        .map(|row| (row.text(0).unwrap().to_owned(), row.int(1).unwrap()));
    counted.collect()
}

fn small() -> Demo {
    Demo {
        sentences: 1_500,
        ..Demo::default()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_demonstration_holds_whole_lives_in_plausible_shares() {
    let registry = register().await;
    let report = registry.seed_demo(small(), |_| {}).await.unwrap();
    assert_eq!((report.sentences, report.existing), (1_506, 0));
    let events = by_event(&registry).await;
    println!("{report:?} {events:#?}");
    let many = |name: &str| events.get(name).copied().unwrap_or_default();
    assert_eq!(
        (many("sentence.imposed"), many("sentence.proposed")),
        (1_500, 6)
    );
    assert!(
        (200..320).contains(&many("order.made")),
        "{}",
        many("order.made")
    );
    for name in [
        "order.attendance_recorded",
        "order.hours_credited",
        "order.warning_issued",
        "order.breach_alleged",
        "order.completed",
        "supervision.started",
        "supervision.contact_recorded",
        "sentence.appeal_lodged",
        "sentence.corrected",
        "sentence.custody_started",
    ] {
        assert!(many(name) > 0, "{name}");
    }
    registry.projections().catch_up().await.unwrap();
    let by = vec!["sex".to_owned()];
    let selection = Selection {
        by,
        filters: vec![],
    };
    let cells = registry
        .projections()
        .facts()
        .cells(&selection, 1 << 30)
        .unwrap();
    let women: u64 = cells.groups[&vec!["female".to_owned()]].values().sum();
    assert!((150..270).contains(&women), "{women}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_seed_is_the_same_country_and_is_recognised() {
    let (one, other) = (register().await, register().await);
    let demo = Demo {
        sentences: 120,
        seed: 7,
    };
    one.seed_demo(demo, |_| {}).await.unwrap();
    other.seed_demo(demo, |_| {}).await.unwrap();
    assert_eq!(by_event(&one).await, by_event(&other).await);
    let head = one.store().head().await.unwrap();
    let again = one.seed_demo(demo, |_| {}).await.unwrap();
    assert_eq!((again.existing, again.events), (126, 0));
    assert_eq!(one.store().head().await.unwrap(), head);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_name_stands_clear_in_the_ledger() {
    let registry = register().await;
    let demo = Demo {
        sentences: 40,
        seed: 3,
    };
    registry.seed_demo(demo, |_| {}).await.unwrap();
    let rows = registry.store().page(0, 5_000).await.unwrap();
    let named = rows
        .iter()
        .filter(|row| row.payload.contains("\"identity\""));
    assert!(named.count() > 30);
    for row in &rows {
        for part in [
            "stead\"",
            "holt\"",
            "mere\"",
            "combe\"",
            "thwaite\"",
            "weighed",
        ] {
            assert!(!row.payload.contains(part), "{}", row.payload);
        }
    }
}
