//! A correction of today changes today's figures and no earlier ones.

use std::collections::BTreeMap;

use domain::sentence::Sentence;
use domain::values::Instant;
use infra::facts::Selection;
use infra::registry::{AsOf, Registry};
use serde_json::{Value, json};
use tests::{Failure, NOON, Place, Served, call, impose, person, receipt, theft};

const DAY: i64 = 86_400_000_000;

/// How many decisions stand at a moment, by disposal.
async fn disposals(registry: &Registry, as_of: AsOf) -> Result<BTreeMap<String, u64>, Failure> {
    registry.projections().catch_up().await?;
    let moment = registry.moment(as_of).await?;
    let by = Selection {
        by: vec!["disposal".to_owned()],
        filters: Vec::new(),
        ..Selection::default()
    };
    let index = moment.index.ok_or("the ledger is empty")?;
    let cells = registry.projections().facts().cells(&by, index)?;
    let counted = cells
        .groups
        .into_iter()
        .map(|(group, cells)| (group.join(" "), cells.values().sum()));
    Ok(counted.collect())
}

fn counts(of: &[(&str, u64)]) -> BTreeMap<String, u64> {
    of.iter()
        .map(|(word, n)| ((*word).to_owned(), *n))
        .collect()
}

#[tokio::test]
async fn a_correction_of_today_changes_todays_figure_and_not_yesterdays() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let person = person(&registry, "female").await?;
        let fine = json!({"fine": {"amount": {"minor": 20_000, "currency": "EUR"}}});
        let (id, first) = impose(&registry, person, fine.clone()).await?;
        let (_, second) = impose(&registry, person, fine).await?;
        place.clock.advance(DAY);
        let correct = json!({"correct_slip": {
            "corrects": 1, "pronounced": "2026-03-03", "reason": "typing",
            "decision": theft(json!({"custody": {"term": "P3M"}}))
        }});
        let corrected = receipt::<Sentence>(&registry, "judge", &id, correct).await?;
        assert_eq!(corrected.events, ["sentence.corrected"]);

        let yesterday = AsOf::Instant(Instant::from_micros(NOON + DAY / 2));
        assert_eq!(
            disposals(&registry, AsOf::Now).await?,
            counts(&[("custody", 1), ("fine", 1)])
        );
        assert_eq!(
            disposals(&registry, yesterday).await?,
            counts(&[("fine", 2)])
        );
        let between = AsOf::Index(second.indexes.start);
        assert_eq!(disposals(&registry, between).await?, counts(&[("fine", 2)]));
        let before = AsOf::Index(first.indexes.start);
        assert_eq!(disposals(&registry, before).await?, counts(&[("fine", 1)]));

        let oversight = call("oversight")?;
        let then = registry
            .show::<Sentence>(&oversight, &id, yesterday)
            .await?;
        let now = registry
            .show::<Sentence>(&oversight, &id, AsOf::Now)
            .await?;
        assert_eq!((then.version, now.version), (1, 2));
        assert_ne!(then.state, now.state);
    }
    Ok(())
}

/// How many decisions on custody the program's figures count, once every entry is in them.
async fn custody(served: &Served, as_of: &str) -> Result<u64, Failure> {
    for _ in 0..10_000 {
        let path = format!("/v1/views/disposals{as_of}");
        let view = served.get("statistician", &path).await?.json()?;
        if view.pointer("/header/as_of/behind") != Some(&json!(0)) {
            continue;
        }
        let disposals = view.pointer("/total/disposals").and_then(Value::as_array);
        let disposals = disposals.ok_or_else(|| format!("no disposals in {view}"))?;
        let custody = disposals
            .iter()
            .find(|count| count.pointer("/disposal/code") == Some(&json!("custody")));
        return Ok(custody.and_then(|count| count["n"].as_u64()).unwrap_or(0));
    }
    Err("the figures never caught up".into())
}

#[tokio::test]
async fn the_program_shows_a_sentence_as_it_read_before_its_correction() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let person = person(&registry, "male").await?;
        let fine = json!({"fine": {"amount": {"minor": 20_000, "currency": "EUR"}}});
        let (id, first) = impose(&registry, person, fine).await?;
        let served = Served::start(&place)?;
        let path = format!("/v1/sentences/{id}");
        let correct = json!({"correct_slip": {
            "corrects": 1, "pronounced": "2026-03-02", "reason": "typing",
            "decision": theft(json!({"custody": {"term": "P3M"}}))
        }});
        let answer = served.post("judge", &path, &correct).await?;
        assert!((200..300).contains(&answer.status), "{answer:?}");
        let now = served.get("judge", &path).await?.body;
        let then = format!("{path}?as_of={}", first.indexes.start);
        let then = served.get("judge", &then).await?.body;
        assert!(now.contains("P3M"), "{now}");
        assert!(!then.contains("P3M") && then.contains("20000"), "{then}");

        // The figures likewise: as of the entry and the day before the correction, and now.
        let now = custody(&served, "").await?;
        let earlier = custody(&served, &format!("?as_of={}", first.indexes.start)).await?;
        let yesterday = custody(&served, "?as_of=2026-03-02").await?;
        assert_eq!((now, earlier, yesterday), (1, 0, 0));
    }
    Ok(())
}

/// What the program answers to each question.
async fn answers(served: &Served, paths: &[String]) -> Result<Vec<String>, Failure> {
    let mut answers = Vec::new();
    for path in paths {
        let role = if path.contains("/views/") {
            "statistician"
        } else {
            "oversight"
        };
        let answer = served.get(role, path).await?;
        assert_eq!(answer.status, 200, "{path}: {answer:?}");
        answers.push(answer.body);
    }
    Ok(answers)
}

#[tokio::test]
async fn what_is_answered_as_of_the_last_entry_is_the_same_ever_after() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let person = person(&registry, "male").await?;
        let fine = json!({"fine": {"amount": {"minor": 20_000, "currency": "EUR"}}});
        let (id, recorded) = impose(&registry, person, fine.clone()).await?;
        registry.catch_up().await?;
        let last = recorded.indexes.end - 1;
        assert_eq!(registry.head().await?.0, last + 1);
        let stored = registry.moment(AsOf::Index(last)).await?;
        assert!(stored.past);
        let served = Served::within(registry.clone()).await?;
        let paths = [
            format!("/v1/sentences/{id}"),
            format!("/v1/persons/{person}/timeline"),
            "/v1/sentences".to_owned(),
            "/v1/findings".to_owned(),
            "/v1/places".to_owned(),
            "/v1/never-considered".to_owned(),
            "/v1/views/disposals".to_owned(),
        ]
        .map(|path| format!("{path}?as_of={last}"));
        let first = answers(&served, &paths).await?;
        place.clock.advance(3 * DAY);
        assert_eq!(answers(&served, &paths).await?, first, "three days later");
        impose(&registry, person, fine).await?;
        registry.catch_up().await?;
        assert_eq!(
            answers(&served, &paths).await?,
            first,
            "after another entry"
        );
        assert_eq!(registry.moment(AsOf::Index(last)).await?, stored);
        // An entry that is not there yet is as now is.
        let ahead = registry.moment(AsOf::Index(u64::MAX)).await?;
        assert!(!ahead.past && ahead.instant > stored.instant);
    }
    Ok(())
}
