//! What is sealed or expunged: written on by nobody who may not read it, in no feed and no finding, on no worklist and
//! found by no name; and an erasure that was left half done reaches the records that were merged.

use domain::person::Person;
use domain::sentence::Sentence;
use domain::supervision::Supervision;
use domain::values::PersonId;
use infra::registry::{
    AsOf, CommandError, DiaryQuery, FindingsQuery, Options, Registry, WorkQuery,
};
use infra::store::database::{Database, Value};
use serde_json::json;
use tests::{Failure, Place, call, impose, person, receipt};

/// Somebody with an order and a supervision under it, and a finding on the sentence.
async fn ordered(registry: &Registry) -> Result<(PersonId, String), Failure> {
    let who = person(registry, "female").await?;
    let order = json!({"community_order": {"period": "P1Y", "requirements": [
        {"kind": "supervision", "length": "P1Y"}]}});
    let (id, _) = impose(registry, who, order).await?;
    registry.catch_up().await?;
    Ok((who, id))
}

async fn guard(registry: &Registry, who: PersonId, wish: serde_json::Value) -> Result<(), Failure> {
    receipt::<Person>(registry, "judge", &who.to_string(), wish).await?;
    registry.catch_up().await?;
    Ok(())
}

#[tokio::test]
async fn a_sealed_record_takes_nothing_from_whoever_may_not_read_it() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let (who, _) = ordered(&registry).await?;
        let seal = json!({"seal_record": {"basis": "youth"}});
        guard(&registry, who, seal).await?;
        let wish = || -> Result<_, Failure> {
            Ok(serde_json::from_value(
                json!({"give_consent": {"to": "treatment"}}),
            )?)
        };
        for id in [who.to_string(), registry.new_person_id().to_string()] {
            let told = registry
                .command::<Person>(&call("probation")?, &id, wish()?, Options::default())
                .await;
            // A record that is sealed answers as one that is not there.
            assert!(
                matches!(
                    told,
                    Err(CommandError::Unknown { .. } | CommandError::Refused(_))
                ),
                "{told:?}"
            );
            let said = told
                .err()
                .map(|error| error.to_string())
                .unwrap_or_default();
            assert!(!said.contains("seal"), "{said}");
        }
        let known = registry
            .show::<Person>(&call("judge")?, &who.to_string(), AsOf::Now)
            .await?;
        let consents = known.state.registered().map(|known| known.consents.len());
        assert_eq!(consents, Some(0));
        registry
            .command::<Person>(
                &call("judge")?,
                &who.to_string(),
                wish()?,
                Options::default(),
            )
            .await?;
    }
    Ok(())
}

/// A process remembers whom it worked for; what another one has sealed meanwhile is closed all the same, and opened again
/// all the same.
#[tokio::test]
async fn what_another_process_has_sealed_takes_nothing_from_one_that_remembers_it()
-> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let here = place.midland().await?;
        let there = place.open().await?;
        let (who, case) = ordered(&here).await?;
        let officer = call("probation")?;
        let id = here.new_stream_id().to_string();
        let start = json!({"start": {"person": who, "cause": {"sentence": case},
            "office": "ashby-probation", "done": "2026-03-02", "starts": "2026-03-02"}});
        receipt::<Supervision>(&here, "probation", &id, start).await?;
        let contact = async || -> Result<_, Failure> {
            let wish = json!({"record_contact": {"on": "2026-03-02", "kind": "telephone",
                "outcome": "completed", "done": "2026-03-02"}});
            let (wish, options) = (serde_json::from_value(wish)?, Options::default());
            Ok(here
                .command::<Supervision>(&officer, &id, wish, options)
                .await)
        };
        contact().await??;
        let seal = json!({"seal_record": {"basis": "youth"}});
        receipt::<Person>(&there, "judge", &who.to_string(), seal).await?;
        let closed = contact().await?;
        assert!(
            matches!(closed, Err(CommandError::Unknown { .. })),
            "{closed:?}"
        );
        let open = json!({"unseal_record": {"basis": "youth"}});
        receipt::<Person>(&there, "judge", &who.to_string(), open).await?;
        contact().await??;
    }
    Ok(())
}

#[tokio::test]
async fn sealed_cases_are_in_no_feed_and_no_finding() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let (who, case) = ordered(&registry).await?;
        // Above the maximum: the register notices.
        let (noticed, _) = impose(&registry, who, json!({"custody": {"term": "P9Y"}})).await?;
        registry.catch_up().await?;
        let query = FindingsQuery {
            limit: 1_000,
            ..FindingsQuery::default()
        };
        let oversight = call("oversight")?;
        let seen =
            |rows: &[infra::registry::ListedFinding]| rows.iter().any(|row| row.id == noticed);
        assert!(seen(&registry.findings(&oversight, &query).await?.rows));
        let seal = json!({"seal_record": {"basis": "youth"}});
        guard(&registry, who, seal).await?;
        assert!(!seen(&registry.findings(&oversight, &query).await?.rows));
        let fed = registry.feed(&oversight, 0, 1_000).await?;
        let person = who.to_string();
        for id in [&case, &noticed, &person] {
            assert!(!fed.rows.iter().any(|row| row.stream.id == *id), "{id}");
        }
        let (head, _) = registry.head().await?;
        assert_eq!(fed.next, Some(head));
    }
    Ok(())
}

#[tokio::test]
async fn an_expunged_person_is_on_no_worklist_and_found_by_no_name() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let (who, _) = ordered(&registry).await?;
        let name = json!({"record_identity": {
            "identity": {"name": "Edda Elm"}, "reason": "typing"}});
        guard(&registry, who, name).await?;
        let judge = call("judge")?;
        let work = || -> Result<_, Failure> {
            Ok(WorkQuery {
                as_of: AsOf::Now,
                office: "ashby-probation".to_owned(),
                day: "2026-03-02".parse()?,
                rows: 100,
            })
        };
        let all = registry.work(&judge, &work()?).await?;
        assert_eq!((all.unassigned.of, all.unassigned.rows.len()), (1, 1));
        assert_eq!(registry.find_people(&judge, "Edda").await?.len(), 1);
        guard(&registry, who, json!({"expunge": {"basis": "amnesty"}})).await?;
        // Not even for whoever may lift seals.
        let left = registry.work(&judge, &work()?).await?;
        assert_eq!((left.unassigned.of, left.unassigned.rows.len()), (0, 0));
        assert!(registry.find_people(&judge, "Edda").await?.is_empty());
        let diary = DiaryQuery {
            as_of: AsOf::Now,
            office: "ashby-probation".to_owned(),
            day: "2026-03-02".parse()?,
        };
        assert!(registry.diary(&judge, &diary).await?.rows.is_empty());
    }
    Ok(())
}

/// How many keys of a person the vault still holds.
async fn keys(database: &Database, who: PersonId) -> Result<i64, Failure> {
    let sql = "SELECT COUNT(*) FROM vault_keys WHERE person = $1 AND wrapped IS NOT NULL";
    let row = database.query_one(sql, &[who.to_string().into()]).await?;
    Ok(row.ok_or("a count")?.int(0)?)
}

#[tokio::test]
async fn an_erasure_that_was_left_half_done_reaches_the_records_that_were_merged_before_it()
-> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let mut people = Vec::new();
        for name in ["Ana Ash", "Ana Ashe", "Anna Ash"] {
            let who = person(&registry, "female").await?;
            let name = json!({"record_identity": {
                "identity": {"name": name}, "reason": "typing"}});
            guard(&registry, who, name).await?;
            people.push(who);
        }
        let [surviving, before, later] = people[..] else {
            return Err("three people".into());
        };
        let database = place.database().await?;
        let merge = |into: PersonId| json!({"merge_into": {"surviving": into, "basis": "same"}});
        guard(&registry, before, merge(surviving)).await?;
        // What the vault held before the erasure, as an older vault that is put back would.
        let sql = "SELECT key_id, wrapped FROM vault_keys WHERE wrapped IS NOT NULL";
        let kept = database.query(sql, &[]).await?;
        let erase = json!({"erase_data": {"classes": ["identity"], "basis": "law"}});
        guard(&registry, surviving, erase).await?;
        guard(&registry, later, merge(surviving)).await?;
        assert_eq!(keys(&database, before).await?, 0);
        for row in kept {
            let values: Vec<Value> = row.into_values();
            let [id, wrapped] = <[Value; 2]>::try_from(values).map_err(|_| "two columns")?;
            let back = "UPDATE vault_keys SET wrapped = $1, destroyed_us = NULL, basis = NULL WHERE key_id = $2";
            database.execute(back, vec![wrapped, id]).await?;
        }
        assert_eq!(keys(&database, before).await?, 1);
        drop(registry);
        drop(place.open().await?);
        assert_eq!(keys(&database, surviving).await?, 0);
        assert_eq!(keys(&database, before).await?, 0);
        // Merged after the erasure: it was not erased with the others.
        assert_eq!(keys(&database, later).await?, 1);
    }
    Ok(())
}

#[tokio::test]
async fn what_is_contested_says_so_until_it_is_settled() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let (who, case) = ordered(&registry).await?;
        let judge = call("judge")?;
        let contest = json!({"contest_data": {"subject": "decision"}});
        guard(&registry, who, contest).await?;
        let found = registry.show::<Sentence>(&judge, &case, AsOf::Now).await?;
        let contested = registry.contested(&case, &found).await?;
        assert_eq!(contested.len(), 1);
        let id = who.to_string();
        let own = registry.show::<Person>(&judge, &id, AsOf::Now).await?;
        assert_eq!(registry.contested(&id, &own).await?.len(), 1);
        let settle = json!({"settle_contest": {"subject": "decision", "outcome": "corrected"}});
        guard(&registry, who, settle).await?;
        assert!(registry.contested(&case, &found).await?.is_empty());
    }
    Ok(())
}
