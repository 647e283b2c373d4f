//! Who consulted what is written down before anything is shown, and stays written.

use domain::person::Person;
use domain::sentence::Sentence;
use infra::registry::{
    AsOf, FindingsQuery, Freshness, LedgerQuery, ReadError, RegisterQuery, Registry,
};
use infra::store::database::Database;
use infra::views::{ViewName, ViewRequest};
use serde_json::json;
use tests::{Failure, Place, call, impose, person};

/// What each way of asking answers: nothing but the refusal, or something.
async fn asked(
    registry: &Registry,
    person: &str,
    sentence: &str,
) -> Result<Vec<(&'static str, bool)>, Failure> {
    let (judge, oversight) = (call("judge")?, call("oversight")?);
    let (register, ledger) = (RegisterQuery::default(), LedgerQuery::default());
    let view = ViewRequest::of(ViewName::Disposals);
    let view = registry
        .view(&call("statistician")?, &view, AsOf::Now, Freshness::AsFiled)
        .await;
    let shown = registry.show::<Sentence>(&judge, sentence, AsOf::Now).await;
    let whom = registry.show::<Person>(&judge, person, AsOf::Now).await;
    Ok(vec![
        ("a sentence", shown.is_ok()),
        ("a person", whom.is_ok()),
        (
            "a timeline",
            registry
                .timeline(&judge, person.parse()?, AsOf::Now)
                .await
                .is_ok(),
        ),
        (
            "the register",
            registry.sentences(&judge, &register).await.is_ok(),
        ),
        (
            "the order ledger",
            registry.orders(&judge, &ledger).await.is_ok(),
        ),
        (
            "the caseload",
            registry.supervisions(&judge, &ledger).await.is_ok(),
        ),
        (
            "findings",
            registry
                .findings(&judge, &FindingsQuery::default())
                .await
                .is_ok(),
        ),
        ("the feed", registry.feed(&oversight, 0, 10).await.is_ok()),
        (
            "the log itself",
            registry
                .consultations(&oversight, AsOf::Now, None, 10)
                .await
                .is_ok(),
        ),
        ("figures", view.is_ok()),
    ])
}

async fn rename(database: &Database, from: &str, to: &str) -> Result<(), Failure> {
    let sql = format!("ALTER TABLE {from} RENAME TO {to}");
    Ok(database.script(sql).await?)
}

/// DP-13, TR-3.12
#[tokio::test]
async fn nothing_is_shown_that_cannot_be_written_down() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let person = person(&registry, "female").await?;
        let fine = json!({"fine": {"amount": {"minor": 20_000, "currency": "EUR"}}});
        let (sentence, _) = impose(&registry, person, fine).await?;
        registry.projections().catch_up().await?;
        let person = person.to_string();
        let database = place.database().await?;
        rename(&database, "consultations", "gone").await?;
        for (what, answered) in asked(&registry, &person, &sentence).await? {
            assert!(!answered, "{what} was shown and not written down");
        }
        rename(&database, "gone", "consultations").await?;
        for (what, answered) in asked(&registry, &person, &sentence).await? {
            assert!(
                answered,
                "{what} is shown again once it can be written down"
            );
        }
    }
    Ok(())
}

/// DP-13
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn consultations_are_chained_and_an_altered_one_is_named() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let other = place.open().await?;
        let person = person(&registry, "male").await?.to_string();
        let asking = (0..20).map(|n| {
            let registry = if n % 2 == 0 { &registry } else { &other }.clone();
            let person = person.clone();
            tokio::spawn(async move {
                let judge = call("judge").map_err(|error| error.to_string())?;
                let found = registry.show::<Person>(&judge, &person, AsOf::Now).await;
                found.map(drop).map_err(|error| error.to_string())
            })
        });
        for asked in asking.collect::<Vec<_>>() {
            asked.await??;
        }
        place.clock.advance(86_400_000_000);
        let judge = call("judge")?;
        registry.show::<Person>(&judge, &person, AsOf::Now).await?;
        let operator = call("administrator")?;
        assert_eq!(registry.check_consultations(&operator).await?, 21);

        let database = place.database().await?;
        let one = "day = '2026-03-02' AND sequence = 4";
        for change in [
            format!("UPDATE consultations SET entry = '{{}}' WHERE {one}"),
            format!("DELETE FROM consultations WHERE {one}"),
        ] {
            let refused = database.execute(change.clone(), Vec::new()).await;
            assert!(refused.is_err(), "{change}");
        }
        let guards = match &database {
            Database::Sqlite(_) => "DROP TRIGGER consultations_refuse_delete",
            Database::Postgres(_) => "ALTER TABLE consultations DISABLE TRIGGER USER",
        };
        database.script(guards).await?;
        database
            .execute(format!("DELETE FROM consultations WHERE {one}"), Vec::new())
            .await?;
        let found = registry.check_consultations(&operator).await;
        let Err(ReadError::Store(damage)) = found else {
            return Err("a consultation went unnoticed".into());
        };
        let said = damage.to_string();
        assert!(said.contains("consultation 4 of 2026-03-02"), "{said}");
    }
    Ok(())
}

/// DP-13
#[tokio::test]
async fn a_look_is_told_once_on_whatever_pages_its_parts_fall() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let person = person(&registry, "male").await?.to_string();
        let oversight = call("oversight")?;
        let first = registry.consultations(&oversight, AsOf::Now, None, 100);
        let known = first.await?.rows.len();
        // Two looks that overlap, with three parts each, and one part that belongs to none.
        let (one, other) = (registry.new_stream_id(), registry.new_stream_id());
        for look in [
            Some(one),
            Some(other),
            None,
            Some(one),
            Some(other),
            Some(one),
            Some(other),
        ] {
            place.clock.advance(1);
            let mut judge = call("judge")?;
            judge.look = look;
            registry.show::<Person>(&judge, &person, AsOf::Now).await?;
        }
        for size in 1..=8 {
            place.clock.advance(3_600_000_000);
            let (mut told, mut before, mut pages) = (Vec::new(), None, 0);
            loop {
                let page = registry.consultations(&oversight, AsOf::Now, before, size);
                let page = page.await?;
                told.extend(page.rows.into_iter().filter(|look| look.role == "judge"));
                (before, pages) = (page.next, pages + 1);
                if before.is_none() || pages > 100 {
                    break;
                }
            }
            let times = |look| told.iter().filter(|told| told.look == look).count();
            let found = [times(Some(one)), times(Some(other))];
            assert_eq!(found, [1, 1], "in pages of {size}, beside {known}");
        }
    }
    Ok(())
}

/// BJ-21, HR-19
#[tokio::test]
async fn a_sealed_record_is_in_no_list_of_those_who_may_not_lift_the_seal() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let (open, sealed) = (
            person(&registry, "male").await?,
            person(&registry, "female").await?,
        );
        let duplicate = person(&registry, "female").await?;
        let order = json!({"community_order": {"period": "P1Y", "requirements": [
            {"kind": "supervision", "length": "P1Y"}]}});
        for whom in [open, sealed, duplicate] {
            impose(&registry, whom, order.clone()).await?;
        }
        registry.catch_up().await?;
        let before = registry.head().await?.0.checked_sub(1).ok_or("entries")?;
        for (whom, wish) in [
            (
                duplicate,
                json!({"merge_into": {"surviving": sealed, "basis": "duplicate"}}),
            ),
            (sealed, json!({"seal_record": {"basis": "youth"}})),
        ] {
            tests::receipt::<Person>(&registry, "judge", &whom.to_string(), wish).await?;
        }
        registry.catch_up().await?;
        for as_of in [AsOf::Now, AsOf::Index(before)] {
            for (by, seen) in [("judge", 3), ("probation", 1)] {
                let by = call(by)?;
                let ledger = LedgerQuery {
                    as_of,
                    limit: 10,
                    ..LedgerQuery::default()
                };
                let register = RegisterQuery {
                    as_of,
                    limit: 10,
                    ..RegisterQuery::default()
                };
                assert_eq!(registry.sentences(&by, &register).await?.rows.len(), seen);
                assert_eq!(registry.orders(&by, &ledger).await?.rows.len(), seen);
                assert_eq!(registry.supervisions(&by, &ledger).await?.rows.len(), seen);
            }
            let id = duplicate.to_string();
            let refused = registry
                .show::<Person>(&call("probation")?, &id, as_of)
                .await;
            assert!(
                matches!(refused, Err(ReadError::Unknown { .. })),
                "{refused:?}"
            );
        }
        // The one that goes on shows what happened under the other.
        let (_, entries) = registry
            .timeline(&call("judge")?, sealed, AsOf::Now)
            .await?;
        let imposed = entries
            .iter()
            .filter(|e| e.recorded.stream_type == "sentence");
        assert_eq!(imposed.count(), 2);
    }
    Ok(())
}
