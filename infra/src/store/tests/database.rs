//! One way of speaking SQL to either database.

use super::super::database::{Batch, Database, Row, Value};
use super::support::{Place, contract};
use crate::error::{StoreError, Unacceptable};

const COLUMNS: &[&str] = &["id", "name", "size", "bytes"];

async fn table(place: &Place) -> Database {
    let database = place.database().await;
    let bytes = match &database {
        Database::Sqlite(_) => "BLOB",
        Database::Postgres(_) => "BYTEA",
    };
    let sql = format!(
        "CREATE TABLE things (id BIGINT PRIMARY KEY, name TEXT, size BIGINT, bytes {bytes})"
    );
    database.script(sql).await.unwrap();
    database
}

fn row(id: i64) -> Vec<Value> {
    vec![
        id.into(),
        format!("tab\t, line\n, return\r, \\ and “Баатар” {id}").into(),
        Value::Null,
        vec![0, 255, b'\\'].into(),
    ]
}

contract! {
    every_kind_of_value_comes_back_as_it_went: every_kind_rule;
    parameters_go_by_their_number: parameters_rule;
    a_batch_is_all_or_nothing: a_batch_rule;
    a_batch_that_meets_another_number_of_rows_is_undone: an_expectation_rule;
    null_takes_the_type_of_its_place: null_rule;
    every_setting_that_promises_rest_on_is_looked_at: settings_rule;
}

async fn every_kind_rule(place: Place) {
    let database = table(&place).await;
    let rows: Vec<_> = (0..100).map(row).collect();
    let stored = database.insert_many("things", COLUMNS, rows.clone()).await;
    assert_eq!(stored.unwrap(), 100);
    let sql = "SELECT id, name, size, bytes FROM things ORDER BY id";
    let found = database.query(sql, &[]).await.unwrap();
    let found: Vec<_> = found.into_iter().map(Row::into_values).collect();
    assert_eq!(found, rows);
}

async fn parameters_rule(place: Place) {
    let database = table(&place).await;
    database
        .insert_many("things", COLUMNS, vec![row(1), row(2)])
        .await
        .unwrap();
    let sql = "SELECT id FROM things WHERE id > $2 AND id < $1 AND $1 > $2";
    let found = database
        .query(sql, &[3.into(), Value::Int(1)])
        .await
        .unwrap();
    assert_eq!(found[0].int(0).unwrap(), 2);
    assert!(matches!(found[0].text(0), Err(StoreError::Corrupt(_))));
}

async fn a_batch_rule(place: Place) {
    let database = table(&place).await;
    let mut batch = Batch::new();
    batch.insert_many("things", COLUMNS, vec![row(1)]);
    batch.run_each(
        "UPDATE things SET size = $2 WHERE id = $1",
        vec![vec![1.into(), 7.into()], vec![9.into(), 7.into()]],
    );
    batch.insert_many("things", COLUMNS, vec![row(1)]);
    let clash = database.transaction(batch.clone()).await;
    assert!(
        matches!(clash, Err(StoreError::Rejected { .. })),
        "{clash:?}"
    );
    assert_eq!(
        database.query("SELECT id FROM things", &[]).await.unwrap(),
        []
    );
    batch.run("DELETE FROM things WHERE id = $1", vec![1.into()]);
    let mut fine = Batch::new();
    fine.insert_many("things", COLUMNS, vec![row(1), row(2)]);
    fine.run("UPDATE things SET size = 3", vec![]);
    assert_eq!(database.transaction(fine).await.unwrap(), [2, 2]);
}

async fn an_expectation_rule(place: Place) {
    let database = table(&place).await;
    let mut batch = Batch::new();
    batch.insert_many("things", COLUMNS, vec![row(1)]);
    batch.run_expecting(
        1,
        "UPDATE things SET size = 1 WHERE id = $1",
        vec![2.into()],
    );
    let moved = database.transaction(batch).await;
    assert!(matches!(
        moved,
        Err(StoreError::Moved {
            expected: 1,
            actual: 0
        })
    ));
    assert_eq!(
        database.query("SELECT id FROM things", &[]).await.unwrap(),
        []
    );
}

async fn null_rule(place: Place) {
    let database = table(&place).await;
    let sql = "INSERT INTO things (id, name, size, bytes) VALUES ($1, $2, $3, $4)";
    let nothing = vec![1.into(), Value::Null, Value::Null, Value::Null];
    database.execute(sql, nothing).await.unwrap();
    // The statement is remembered with the types of its places, so a value fits there too.
    database.execute(sql, row(2)).await.unwrap();
    let sql = "SELECT coalesce(size, $1) FROM things WHERE id = 1";
    let found = database.query(sql, &[Value::Int(5)]).await.unwrap();
    assert_eq!(found[0].maybe_int(0).unwrap(), Some(5));
}

#[tokio::test]
async fn an_unknown_address_is_refused_without_its_password() {
    let refused = Database::open("mysql://clerk:secret@host/register").await;
    let Err(StoreError::Unacceptable(Unacceptable::Address { kind })) = refused else {
        panic!("opened");
    };
    assert_eq!(kind, "mysql");
    let refused = Database::open("mysql://host/register?password=secret").await;
    assert!(!format!("{refused:?}").contains("secret"), "{refused:?}");
}

#[tokio::test]
async fn an_address_without_a_file_is_refused() {
    let refused = Database::open("sqlite://").await;
    assert!(
        matches!(refused, Err(StoreError::Unacceptable(_))),
        "{refused:?}"
    );
    let missing = Database::open("sqlite:///no/such/folder/register.db").await;
    assert!(
        matches!(missing, Err(StoreError::NoFolder { .. })),
        "{missing:?}"
    );
}

#[tokio::test]
async fn a_memory_database_is_one_database() {
    let database = Database::open("sqlite://:memory:").await.unwrap();
    database
        .script("CREATE TABLE things (id BIGINT)")
        .await
        .unwrap();
    database
        .execute("INSERT INTO things VALUES (7)", vec![])
        .await
        .unwrap();
    let found = database
        .clone()
        .query("SELECT id FROM things", &[])
        .await
        .unwrap();
    assert_eq!(found[0].int(0).unwrap(), 7);
}

#[cfg(unix)]
#[tokio::test]
async fn a_new_file_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("register.db");
    let url = format!("sqlite://{}", path.display());
    let database = Database::open(&url).await.unwrap();
    database
        .script("CREATE TABLE things (id BIGINT)")
        .await
        .unwrap();
    for name in ["register.db", "register.db-wal"] {
        let permissions = std::fs::metadata(folder.path().join(name))
            .unwrap()
            .permissions();
        assert_eq!(permissions.mode() & 0o777, 0o600, "{name}");
    }
}

async fn settings_rule(place: Place) {
    let database = place.database().await;
    let settings = database.durability().await.unwrap();
    let named: Vec<_> = settings.iter().map(|s| s.name.as_str()).collect();
    match database {
        Database::Sqlite(_) => {
            assert_eq!(named, ["journal_mode", "synchronous", "secure_delete"]);
            assert!(settings.iter().all(|setting| setting.well), "{settings:?}");
        }
        Database::Postgres(_) => assert_eq!(
            named,
            [
                "data_checksums",
                "fsync",
                "full_page_writes",
                "synchronous_commit"
            ]
        ),
    }
}

#[tokio::test]
async fn a_file_that_was_moved_away_is_neither_written_nor_read() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("register.db");
    let url = format!("sqlite://{}", file.display());
    let database = Database::open(&url).await.unwrap();
    let make = "CREATE TABLE things (id INTEGER PRIMARY KEY)";
    database.execute(make, Vec::new()).await.unwrap();
    let moved = folder.path().join("moved.db");
    std::fs::rename(&file, &moved).unwrap();
    let insert = "INSERT INTO things (id) VALUES (1)";
    let refused = database.execute(insert, Vec::new()).await.unwrap_err();
    assert!(
        refused.to_string().contains("was moved away or replaced"),
        "{refused}"
    );
    let refused = database.query("SELECT id FROM things", &[]).await;
    assert!(matches!(refused, Err(StoreError::Unavailable { .. })));
    std::fs::rename(&moved, &file).unwrap();
    database.execute(insert, Vec::new()).await.unwrap();
}
