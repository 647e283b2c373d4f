//! Read models: rebuilt they equal what they were, and damage stops only those that it concerns.

use domain::person::Person;
use domain::pretrial::Pretrial;
use domain::sentence::Sentence;
use domain::values::PersonId;
use infra::clock::Clock;
use infra::facts::{Cells, Selection};
use infra::registry::Registry;
use infra::store::{Append, CanonicalJson, Context, NewEvent, Store, StreamName};
use serde_json::{Value, json};
use tests::{Failure, NOON, Place, Served, dump_read_models, impose, person, receipt};

/// A little of everything: persons, decisions of several kinds, steps after them, orders and supervisions.
async fn a_busy_day(registry: &Registry) -> Result<(), Failure> {
    let sanctions = [
        json!({"fine": {"amount": {"minor": 20_000, "currency": "EUR"}}}),
        json!({"custody": {"term": "P3Y"}}),
        json!({"community_order": {"period": "P1Y", "requirements": [
            {"kind": "unpaid-work", "quantity": {"minutes": 6000}},
            {"kind": "supervision", "length": "P1Y"}]}}),
    ];
    for n in 0..12 {
        let person = person(registry, if n % 3 == 0 { "female" } else { "male" }).await?;
        let (case, open) = (
            registry.new_stream_id().to_string(),
            json!({"open": {
                "person": person, "done": "2024-04-02", "court": "ashby", "offences": ["M102"]
            }}),
        );
        receipt::<Pretrial>(registry, "judge", &case, open).await?;
        let detention = json!({"order_detention": {
            "decided": "2024-04-02", "basis": "pca-12", "grounds": [{"ground": "flight"}],
            "next_review": "2024-04-20", "until": "2024-06-30"
        }});
        receipt::<Pretrial>(registry, "judge", &case, detention).await?;
        let sanction = sanctions.get(n % 3).cloned().ok_or("a sanction")?;
        let (id, _) = impose(registry, person, sanction).await?;
        let step = match n % 4 {
            0 => json!({"lodge_appeal": {"lodged": "2024-05-10", "by": "person"}}),
            1 => json!({"pardon": {"pronounced": "2024-06-01"}}),
            2 => json!({"quash": {"pronounced": "2024-06-01"}}),
            _ => continue,
        };
        receipt::<Sentence>(registry, "judge", &id, step).await?;
        let circumstances = json!({"correct_attributes": {"sex": "declined", "reason": "typing"}});
        receipt::<Person>(registry, "clerk", &person.to_string(), circumstances).await?;
    }
    registry.processes().catch_up().await?;
    registry.projections().catch_up().await?;
    Ok(())
}

/// The figures by every column as of every index.
async fn figures(registry: &Registry) -> Result<Vec<Cells>, Failure> {
    let (head, _) = registry.head().await?;
    let facts = registry.projections().facts();
    let by = Selection {
        by: facts.dimensions().keys().cloned().collect(),
        filters: Vec::new(),
        ..Selection::default()
    };
    let cells = (0..head).map(|index| facts.cells(&by, index));
    Ok(cells.collect::<Result<_, _>>()?)
}

#[tokio::test]
async fn a_rebuild_equals_the_live_read_models_row_for_row() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        a_busy_day(&registry).await?;
        let database = place.database().await?;
        let (live, drawn) = (
            dump_read_models(&database).await?,
            figures(&registry).await?,
        );
        for table in ["caseload ", "cases "] {
            assert!(live.iter().any(|row| row.starts_with(table)), "{live:#?}");
        }
        let (head, _) = registry.head().await?;
        assert_eq!(registry.projections().rebuild().await?, head);

        assert_eq!(dump_read_models(&database).await?, live);
        let standings = registry.projections().standings().await?;
        let built: Vec<_> = standings.iter().filter(|s| s.name != "processes").collect();
        assert!(
            built.iter().all(|s| s.live && s.generation == 2),
            "{built:?}"
        );
        registry.projections().catch_up().await?;
        assert_eq!(figures(&registry).await?, drawn);

        // What comes afterwards is filed in the new generation.
        let person = person(&registry, "female").await?;
        impose(&registry, person, json!({"custody": {"term": "P1Y"}})).await?;
        registry.projections().catch_up().await?;
        let rows = dump_read_models(&database).await?;
        assert!(rows.iter().any(|row| row.contains(&person.to_string())));
    }
    Ok(())
}

#[tokio::test]
async fn a_rebuild_that_was_broken_off_leaves_the_live_rows_as_they_were() -> Result<(), Failure> {
    let mut place = Place::on_file()?;
    let registry = place.midland().await?;
    a_busy_day(&registry).await?;
    let database = place.database().await?;
    let live = dump_read_models(&database).await?;
    // What a rebuild leaves that was killed half-way: a generation that does not answer, with some rows.
    for sql in [
        "INSERT INTO projections (name, generation, checkpoint, live) VALUES ('person_timeline', 7, 1, 0)",
        "INSERT INTO person_timeline SELECT 7, person_id, stream_type, stream_id, from_index FROM person_timeline",
    ] {
        database.execute(sql, Vec::new()).await?;
    }
    assert_eq!(dump_read_models(&database).await?, live);
    registry.projections().rebuild().await?;
    assert_eq!(dump_read_models(&database).await?, live);
    let left = "SELECT count(*) FROM person_timeline WHERE generation IN (1, 7)";
    let row = database.query_one(left, &[]).await?.ok_or("a count")?;
    assert_eq!(row.int(0)?, 0);
    Ok(())
}

#[tokio::test]
async fn a_rebuild_puts_right_a_row_that_was_altered() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        a_busy_day(&registry).await?;
        let database = place.database().await?;
        let live = dump_read_models(&database).await?;
        let alter = "UPDATE sentence_register SET summary = 'nothing' WHERE disposal = 'custody'";
        assert!(database.execute(alter, Vec::new()).await? > 0);
        assert!(dump_read_models(&database).await? != live);
        registry.projections().rebuild().await?;
        assert_eq!(dump_read_models(&database).await?, live);
    }
    Ok(())
}

#[tokio::test]
async fn the_facts_alone_are_rebuilt_and_damage_of_their_blocks_is_put_right() -> Result<(), Failure>
{
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        a_busy_day(&registry).await?;
        let (drawn, (head, _)) = (figures(&registry).await?, registry.head().await?);
        let database = place.database().await?;
        let live = dump_read_models(&database).await?;
        let damage = "DELETE FROM fact_segments WHERE next_index = (SELECT min(next_index) FROM fact_segments)";
        assert_eq!(database.execute(damage, Vec::new()).await?, 1);
        let only = |names: &[&str]| {
            names
                .iter()
                .map(|name| (*name).to_owned())
                .collect::<Vec<_>>()
        };

        let projections = registry.projections();
        let rebuilt = projections.rebuild_only(&only(&["facts", "facts"])).await?;
        assert_eq!(rebuilt, head);
        let standings = projections.standings().await?;
        for standing in standings.iter().filter(|s| s.name != "processes") {
            let generation = if standing.name == "facts" { 2 } else { 1 };
            assert_eq!((standing.live, standing.generation), (true, generation));
        }
        let reopened = place.open().await?;
        assert_eq!(reopened.projections().facts().next_index(), head);
        assert_eq!(figures(&reopened).await?, drawn);
        assert_eq!(dump_read_models(&database).await?, live);

        let refused = projections.rebuild_only(&only(&["figures"])).await;
        let why = refused.err().ok_or("a name that nothing has")?.to_string();
        assert!(
            why.contains("\"figures\"") && why.contains("facts"),
            "{why}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn facts_read_from_their_durable_form_equal_those_in_memory() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        a_busy_day(&registry).await?;
        let drawn = figures(&registry).await?;
        let reopened = place.open().await?;
        let (head, _) = registry.head().await?;
        assert_eq!(reopened.projections().facts().next_index(), head);
        assert_eq!(figures(&reopened).await?, drawn);
    }
    Ok(())
}

#[tokio::test]
async fn many_blocks_of_facts_become_one_and_say_the_same() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        a_busy_day(&registry).await?;
        for n in 0..260 {
            let id = person(&registry, if n % 3 == 0 { "female" } else { "male" }).await?;
            if n % 50 == 0 {
                impose(&registry, id, json!({"custody": {"term": "P1Y"}})).await?;
            }
            registry.projections().catch_up().await?;
        }
        let drawn = figures(&registry).await?;
        let blocks = "SELECT COUNT(*) FROM fact_segments";
        let database = place.database().await?;
        let many = database.query_one(blocks, &[]).await?.ok_or("a count")?;
        assert!(many.int(0)? > 256);
        registry.projections().release().await?;
        let reopened = place.open().await?;
        person(&reopened, "female").await?;
        reopened.projections().catch_up().await?;
        let few = database.query_one(blocks, &[]).await?.ok_or("a count")?;
        assert_eq!(few.int(0)?, 2, "the joined one and one more");
        let again = place.open().await?;
        let counted = figures(&again).await?;
        assert_eq!(counted.get(..drawn.len()), Some(drawn.as_slice()));
    }
    Ok(())
}

/// Stores an event of a person past the rules.
async fn store_past_the_rules(
    place: &Place,
    id: &str,
    version: u64,
    payload: Value,
) -> Result<u64, Failure> {
    store_into(place, "person", id, version, payload).await
}

async fn store_into(
    place: &Place,
    kind: &str,
    id: &str,
    version: u64,
    payload: Value,
) -> Result<u64, Failure> {
    let store = Store::open(place.database().await?, Clock::Fixed(place.clock.clone())).await?;
    let append = Append {
        stream: StreamName::new(kind, id),
        expected: version,
        events: vec![NewEvent {
            event_id: uuid::Uuid::from_u128(u128::from(version) + 77),
            event_type: format!("{kind}.recorded"),
            event_version: "1".to_owned(),
            occurred: None,
            payload: CanonicalJson::from_value(&payload)?,
        }],
        context: Context {
            recorded_us: NOON,
            actor: "nobody".to_owned(),
            role: "judge".to_owned(),
            office: Some("ashby".to_owned()),
            purpose: Some("hearing".to_owned()),
            policy: Some("midland/1".to_owned()),
            correlation: None,
            causation: None,
        },
        key: None,
        relied: Vec::new(),
    };
    store.append(append).await?;
    Ok(store.head().await?.saturating_sub(1))
}

#[tokio::test]
async fn damage_stops_the_read_models_it_concerns_and_names_itself() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let sane = person(&registry, "female").await?;
        let damaged = registry.new_person_id().to_string();
        let at = store_past_the_rules(&place, &damaged, 0, json!({"never_happened": {}})).await?;
        let readable = json!({"consent_given": {"to": "treatment"}});
        store_past_the_rules(&place, &damaged, 1, readable).await?;
        let fine = json!({"fine": {"amount": {"minor": 20_000, "currency": "EUR"}}});
        impose(&registry, sane, fine).await?;
        registry.projections().catch_up().await?;

        let (head, _) = registry.head().await?;
        let concerned = ["facts", "findings", "person_timeline", "persons"];
        for standing in registry.projections().standings().await? {
            let poison = standing.poison.unwrap_or_default();
            if concerned.contains(&standing.name.as_str()) {
                assert_eq!(standing.checkpoint, at, "{}", standing.name);
                assert!(poison.contains(&format!("ledger index {at}")), "{poison}");
                assert!(poison.contains(&damaged), "{poison}");
            } else {
                assert_eq!(
                    (standing.checkpoint, poison.as_str()),
                    (head, ""),
                    "{}",
                    standing.name
                );
            }
        }
        // A rebuild meets the same damage, says so, and takes nothing away.
        let rows = dump_read_models(&place.database().await?).await?;
        let refused = registry
            .projections()
            .rebuild()
            .await
            .unwrap_err()
            .to_string();
        assert!(refused.contains(&format!("ledger index {at}")), "{refused}");
        assert_eq!(dump_read_models(&place.database().await?).await?, rows);
    }
    Ok(())
}

/// A decision of the juvenile court about a child of sixteen.
async fn of_a_child(registry: &Registry, child: PersonId) -> Result<String, Failure> {
    let id = registry.new_stream_id().to_string();
    let impose = json!({"impose": {
    "person": child, "pronounced": "2026-02-02", "decision": {
        "court": "fenwick", "circumstances": {"age-band": {"value": "16-17"}},
        "counts": [{
            "no": 1,
            "offence": {"code": {"value": "M102"}, "category": {"value": "property"}},
            "components": [{"no": 1, "sanction": {"fine": {"amount": {"minor": 5_000, "currency": "EUR"}}}}]
        }]}}});
    receipt::<Sentence>(registry, "youth-judge", &id, impose).await?;
    Ok(id)
}

#[tokio::test]
async fn where_damage_stops_what_says_whose_record_is_closed_no_list_is_shown()
-> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let child = person(&registry, "male").await?;
        let served = Served::within(registry.clone()).await?;
        registry.catch_up().await?;
        let lists = [
            "/v1/sentences",
            "/v1/orders",
            "/v1/findings",
            "/v1/never-considered",
        ];
        for list in lists {
            let answer = served.get("judge", list).await?;
            assert_eq!(answer.status, 200, "{list}: {answer:?}");
        }
        // An order that cannot be read stops what says whose cases are children's; the register of sentences goes on.
        let damaged = registry.new_person_id().to_string();
        let at = store_into(&place, "order", &damaged, 0, json!({"never_happened": {}})).await?;
        let case = of_a_child(&registry, child).await?;
        registry.projections().catch_up().await?;
        for standing in registry.projections().standings().await? {
            if standing.name == "sentence_register" {
                assert!(standing.poison.is_none() && standing.checkpoint > at);
            }
            if standing.name == "childs_cases" {
                assert!(standing.poison.is_some());
                assert_eq!(standing.checkpoint, at);
            }
        }
        for list in lists {
            let answer = served.get("judge", list).await?;
            assert_eq!(answer.status, 503, "{list}: {answer:?}");
            assert!(!answer.body.contains(&case), "{}", answer.body);
            let problem = answer.json()?;
            assert_eq!(problem["code"], "register.unguarded");
            let detail = problem["detail"].as_str().unwrap_or_default();
            assert!(detail.contains(&format!("before entry {at}")), "{detail}");
        }
        // The juvenile court's own list is none either; the case itself is judged by what is stored of it.
        let answer = served.get("youth-judge", "/v1/sentences").await?;
        assert_eq!(answer.status, 503);
        let path = format!("/v1/sentences/{case}");
        assert_eq!(served.get("judge", &path).await?.status, 404);
        assert_eq!(served.get("youth-judge", &path).await?.status, 200);
    }
    Ok(())
}

#[tokio::test]
async fn damage_stops_the_processes_only_where_it_may_have_stated_something() -> Result<(), Failure>
{
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let damaged = registry.new_person_id().to_string();
        store_past_the_rules(&place, &damaged, 0, json!({"never_happened": {}})).await?;
        registry.processes().catch_up().await?;
        assert_eq!(process(&registry).await?, (registry.head().await?.0, None));

        let at = store_into(&place, "order", &damaged, 0, json!({"never_happened": {}})).await?;
        person(&registry, "female").await?;
        registry.processes().catch_up().await?;
        let (checkpoint, poison) = process(&registry).await?;
        let poison = poison.ok_or("the damage is named")?;
        assert_eq!(checkpoint, at);
        assert!(poison.contains(&format!("ledger index {at}")), "{poison}");
        registry.projections().catch_up().await?;
    }
    Ok(())
}

/// How far the processes are, and what stopped them.
async fn process(registry: &Registry) -> Result<(u64, Option<String>), Failure> {
    let standings = registry.projections().standings().await?;
    let standing = standings.into_iter().find(|s| s.name == "processes");
    let standing = standing.ok_or("the processes have a checkpoint")?;
    Ok((standing.checkpoint, standing.poison))
}
