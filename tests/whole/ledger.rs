//! The ledger: the same commands give the same leaves on both databases, and many writers lose nothing.

use domain::person::{Person, PersonCommand};
use domain::sentence::Sentence;
use infra::registry::{AsOf, CommandError, Opening, Options, Registry};
use infra::store::EventRow;
use infra::store::database::Database;
use serde_json::json;
use tests::{Failure, Place, call, dump_read_models, impose, person, receipt, setting};

const WRITERS: usize = 64;
const SHARED: usize = 8;

async fn whole(registry: &Registry) -> Result<Vec<EventRow>, Failure> {
    let oversight = call("oversight")?;
    let mut rows: Vec<EventRow> = Vec::new();
    loop {
        let from = u64::try_from(rows.len())?;
        let page = registry.feed(&oversight, from, 1_000).await?.rows;
        if page.is_empty() {
            return Ok(rows);
        }
        rows.extend(page);
    }
}

/// The same small story: a person with a name, a decision with words, a consequence, an erasure.
async fn story(place: &mut Place) -> Result<Vec<EventRow>, Failure> {
    let registry = place.midland().await?;
    let id = person(&registry, "female").await?;
    let order = json!({"community_order": {"period": "P1Y", "requirements": [
        {"kind": "supervision", "length": "P1Y"}]}});
    impose(&registry, id, order).await?;
    let named = registry.new_person_id().to_string();
    let register = json!({"register": {"identity": {"name": "Anna Ørsted"}}});
    receipt::<Person>(&registry, "clerk", &named, register).await?;
    let contest = json!({"contest_data": {"subject": "name", "statement": "Не так — \"Anne\""}});
    receipt::<Person>(&registry, "clerk", &named, contest).await?;
    let erase = json!({"erase_data": {"classes": ["identity"], "basis": "data-act-17"}});
    receipt::<Person>(&registry, "clerk", &named, erase).await?;
    whole(&registry).await
}

#[tokio::test]
async fn the_same_commands_give_the_same_leaves_on_both_databases() -> Result<(), Failure> {
    let on_file = story(&mut Place::on_file()?).await?;
    assert!(on_file.len() >= 6, "{} events", on_file.len());
    assert_eq!(story(&mut Place::on_file()?).await?, on_file, "run twice");
    if let Some(mut place) = Place::on_server().await? {
        let on_server = story(&mut place).await?;
        for (server, file) in on_server.iter().zip(&on_file) {
            assert_eq!(server.leaf, file.leaf, "{server:?}\n{file:?}");
        }
        assert_eq!(on_server.len(), on_file.len());
    }
    Ok(())
}

/// What one writer does: persons of its own, and consents on records that all writers share.
async fn write(
    registry: Registry,
    shared: Vec<String>,
    writer: usize,
    commands: usize,
) -> Result<Vec<usize>, Failure> {
    let mut written = vec![0; SHARED];
    for n in 0..commands {
        if n % 4 != 0 {
            person(&registry, "male").await?;
            continue;
        }
        let which = (writer + n) % SHARED;
        let (Some(id), Some(count)) = (shared.get(which), written.get_mut(which)) else {
            return Err("a shared record".into());
        };
        let code = format!("c{writer}-{n}");
        let consent: PersonCommand = serde_json::from_value(json!({"give_consent": {"to": code}}))?;
        loop {
            let tried = registry
                .command::<Person>(&call("clerk")?, id, consent.clone(), Options::default())
                .await;
            match tried {
                Ok(receipt) => *count += receipt.events.len(),
                // So many at once that even the facade's patience ran out: asked again, as a person would.
                Err(CommandError::Conflict { .. }) => continue,
                Err(other) => return Err(other.into()),
            }
            break;
        }
    }
    Ok(written)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_four_writers_lose_no_update_and_leave_no_gap() -> Result<(), Failure> {
    let Some(mut place) = Place::on_server().await? else {
        return Ok(());
    };
    let commands: usize = setting("ASSIZE_COMMANDS").map_or(Ok(2_000), |n| n.parse())?;
    let registry = place.midland().await?;
    let mut shared = Vec::new();
    for _ in 0..SHARED {
        shared.push(person(&registry, "female").await?.to_string());
    }
    let (begun, _) = registry.head().await?;
    let each = commands.div_ceil(WRITERS);
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| tokio::spawn(write(registry.clone(), shared.clone(), writer, each)))
        .collect();
    let mut written = vec![0; SHARED];
    for writer in writers {
        for (total, count) in written.iter_mut().zip(writer.await??) {
            *total += count;
        }
    }

    let rows = whole(&registry).await?;
    assert_eq!(rows.len(), usize::try_from(begun)? + each * WRITERS);
    for (row, index) in rows.iter().zip(0..) {
        assert_eq!(row.index, index);
        row.as_ref().check().map_err(|damage| damage.to_string())?;
    }
    for (id, count) in shared.iter().zip(written) {
        let found = registry
            .show::<Person>(&call("clerk")?, id, AsOf::Now)
            .await?;
        assert_eq!(found.version, u64::try_from(count)? + 1, "updates of {id}");
    }
    registry.projections().catch_up().await?;
    let database = place.database().await?;
    let live = dump_read_models(&database).await?;
    registry.projections().rebuild().await?;
    assert!(
        dump_read_models(&database).await? == live,
        "a rebuild differs from the live rows"
    );
    Ok(())
}

/// The rights of a service, as they are shipped, for a role of this test's own.
const RIGHTS: &str = include_str!("../../infra/service_role.sql");

#[tokio::test]
async fn the_service_does_its_work_without_the_right_to_change_an_event() -> Result<(), Failure> {
    let Some(mut place) = Place::on_server().await? else {
        return Ok(());
    };
    drop(place.midland().await?);
    let owner = place.database().await?;
    let role = format!(
        "service_of_{}",
        place.url().rsplit('/').next().unwrap_or_default()
    );
    owner
        .script(RIGHTS.replace("registry_service", &role))
        .await?;
    let url = format!("{}?options=-c%20role%3D{role}", place.url());
    let opening = Opening {
        key_file: Some(place.key_file()),
        ..Opening::at(url.clone())
    };
    let registry = Registry::open(opening).await?;
    let person = person(&registry, "female").await?;
    let order = json!({"community_order": {"period": "P1Y", "requirements": [
        {"kind": "supervision", "length": "P1Y"}]}});
    let (id, _) = impose(&registry, person, order).await?;
    registry.catch_up().await?;
    registry.projections().rebuild().await?;
    registry
        .show::<Sentence>(&call("judge")?, &id, AsOf::Now)
        .await?;
    let service = Database::open(&url).await?;
    for change in [
        "UPDATE events SET payload = '{}'",
        "DELETE FROM events",
        "TRUNCATE events",
        "INSERT INTO events SELECT * FROM events",
        "DELETE FROM consultations",
        "ALTER TABLE events DISABLE TRIGGER USER",
    ] {
        let refused = service.execute(change, Vec::new()).await;
        let said = format!("{:?}", refused.err());
        let denied = said.contains("permission denied") || said.contains("must be owner");
        assert!(denied, "{change}: {said}");
    }
    drop((registry, service));
    owner
        .script(format!("DROP OWNED BY {role}; DROP ROLE {role}"))
        .await?;
    Ok(())
}
