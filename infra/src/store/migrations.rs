//! The schema, step by step, the same numbers on both databases.

use super::database::{Database, Value};
use crate::error::{SchemaMismatch, StoreError};

/// One step: its number and name, and its text for each database.
struct Migration {
    number: &'static str,
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

macro_rules! migration {
    ($number:literal, $name:literal) => {
        Migration {
            number: $number,
            name: $name,
            sqlite: include_str!(concat!(
                "../../migrations/sqlite/",
                $number,
                "_",
                $name,
                ".sql"
            )),
            postgres: include_str!(concat!(
                "../../migrations/postgres/",
                $number,
                "_",
                $name,
                ".sql"
            )),
        }
    };
}

/// All steps in their order. A step that has been released is never edited.
static MIGRATIONS: &[Migration] = &[
    migration!("20261201090000", "events"),
    migration!("20261201090100", "append"),
    migration!("20261201091000", "vault"),
    migration!("20261201092000", "projections"),
    migration!("20261201093000", "import"),
    migration!("20261201094000", "append_only"),
    migration!("20261201094100", "found_quickly"),
    migration!("20261201095000", "diary"),
    migration!("20261201095500", "import_reports"),
    migration!("20261201100000", "cases"),
    migration!("20261201110000", "findings"),
    migration!("20261201120000", "import_rows"),
    migration!("20261201130000", "stays"),
    migration!("20261201140000", "childs_cases"),
    migration!("20261201150000", "offences_served"),
    migration!("20261201160000", "possible"),
    migration!("20261201170000", "relied_on"),
    migration!("20261201180000", "less_is_filed"),
    migration!("20261201190000", "append_in_fewer_steps"),
    migration!("20261201200000", "heard_by"),
    migration!("20261201210000", "sentences_by_person"),
    migration!("20261201220000", "what_waits"),
    migration!("20261201230000", "kept_from"),
    migration!("20261201240000", "append_of_one"),
    migration!("20261201260000", "publications"),
    migration!("20261201270000", "versions_of_fact_segments"),
    migration!("20261201290000", "log"),
];

const TABLE: &str =
    "CREATE TABLE IF NOT EXISTS migrations (number TEXT PRIMARY KEY, name TEXT NOT NULL)";
/// The tables of a database, whoever made them.
const SQLITE_TABLES: &str = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
const POSTGRES_TABLES: &str =
    "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename";
const NOTED: &str = "INSERT INTO migrations (number, name) VALUES ($1, $2)";
/// One process migrates at a time; not the ledger's lock, which appenders hold.
const LOCK: &str = "SELECT pg_advisory_xact_lock(4702111234474983746)";

/// The steps that a database lacks, by number and name, in order. Changes nothing.
pub async fn pending(database: &Database) -> Result<Vec<String>, StoreError> {
    Ok(missing(database)
        .await?
        .into_iter()
        .map(|step| format!("{}_{}", step.number, step.name))
        .collect())
}

/// Takes the steps that a database lacks, all or none, and tells which. Taking none is success, and needs no right
/// but to look.
pub async fn migrate(database: &Database) -> Result<Vec<String>, StoreError> {
    if missing(database).await?.is_empty() {
        return Ok(Vec::new());
    }
    match database {
        Database::Sqlite(sqlite) => sqlite.write(on_sqlite).await,
        Database::Postgres(postgres) => {
            let failed = super::database::postgres::failed;
            let begun = postgres.pool().begin().await;
            let mut transaction = begun.map_err(failed("beginning a migration"))?;
            let taken = on_postgres(&mut transaction).await?;
            let committed = transaction.commit().await;
            committed.map_err(failed("committing a migration"))?;
            Ok(taken)
        }
    }
}

/// Refuses a database whose schema is older or newer than this program.
pub async fn require_current(database: &Database) -> Result<(), StoreError> {
    let missing = missing(database).await?;
    match missing.first() {
        None => Ok(()),
        Some(step) => Err(SchemaMismatch::Pending {
            count: missing.len(),
            first: step.number.to_owned(),
        }
        .into()),
    }
}

async fn missing(database: &Database) -> Result<Vec<&'static Migration>, StoreError> {
    let known = match database {
        Database::Sqlite(_) => {
            "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'migrations'"
        }
        Database::Postgres(_) => {
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tablename = 'migrations'"
        }
    };
    let exists = database.query_one(known, &[]).await?;
    if exists.is_none_or(|row| row.int(0).is_ok_and(|tables| tables == 0)) {
        let rows = match database {
            Database::Sqlite(_) => database.query(SQLITE_TABLES, &[]).await?,
            Database::Postgres(_) => database.query(POSTGRES_TABLES, &[]).await?,
        };
        let tables: Result<Vec<_>, _> = rows
            .iter()
            .map(|row| row.text(0).map(str::to_owned))
            .collect();
        only_ours(&tables?)?;
        return Ok(MIGRATIONS.iter().collect());
    }
    let rows = database
        .query("SELECT number FROM migrations ORDER BY number", &[])
        .await?;
    let taken: Result<Vec<String>, StoreError> = rows
        .iter()
        .map(|row| row.text(0).map(str::to_owned))
        .collect();
    Ok(lacking(&taken?)?)
}

/// Refuses to make a register among somebody else's tables.
fn only_ours(tables: &[String]) -> Result<(), SchemaMismatch> {
    if tables.is_empty() || tables.iter().any(|table| table == "migrations") {
        return Ok(());
    }
    let named: Vec<&str> = tables.iter().map(String::as_str).take(3).collect();
    let more = if tables.len() > named.len() {
        ", …"
    } else {
        ""
    };
    let found = format!("{}{more}", named.join(", "));
    Err(SchemaMismatch::Foreign { found })
}

fn lacking(taken: &[String]) -> Result<Vec<&'static Migration>, SchemaMismatch> {
    let unknown = |number: &&String| MIGRATIONS.iter().all(|step| step.number != *number);
    if let Some(number) = taken.iter().find(unknown) {
        return Err(SchemaMismatch::Newer {
            number: number.clone(),
        });
    }
    let lacks = |step: &&Migration| taken.iter().all(|number| step.number != number);
    Ok(MIGRATIONS.iter().filter(lacks).collect())
}

fn on_sqlite(connection: &mut rusqlite::Connection) -> Result<Vec<String>, StoreError> {
    use super::database::sqlite::{begin, failed};
    let transaction = begin(connection)?;
    let taken = {
        let read = failed("reading the list of migrations");
        let mut tables = transaction.prepare(SQLITE_TABLES).map_err(&read)?;
        let rows = tables.query_map([], |row| row.get(0)).map_err(&read)?;
        only_ours(&rows.collect::<Result<Vec<String>, _>>().map_err(&read)?)?;
        transaction.execute_batch(TABLE).map_err(&read)?;
        let mut numbers = transaction
            .prepare("SELECT number FROM migrations")
            .map_err(&read)?;
        let rows = numbers.query_map([], |row| row.get(0)).map_err(&read)?;
        rows.collect::<Result<Vec<String>, _>>().map_err(&read)?
    };
    let mut names = Vec::new();
    for step in lacking(&taken)? {
        let change = failed("changing the schema");
        transaction.execute_batch(step.sqlite).map_err(&change)?;
        let noted = transaction.execute(NOTED, [step.number, step.name]);
        noted.map_err(&change)?;
        names.push(format!("{}_{}", step.number, step.name));
    }
    transaction
        .commit()
        .map_err(failed("committing a migration"))?;
    Ok(names)
}

async fn on_postgres(connection: &mut sqlx::PgConnection) -> Result<Vec<String>, StoreError> {
    use sqlx::Executor;

    use super::database::postgres::{apply, failed};
    let locked = connection.execute(LOCK).await;
    locked.map_err(failed("waiting for another migration"))?;
    let read = || failed("reading the list of migrations");
    let tables: Vec<String> = sqlx::query_scalar(POSTGRES_TABLES)
        .fetch_all(&mut *connection)
        .await
        .map_err(read())?;
    only_ours(&tables)?;
    connection.execute(TABLE).await.map_err(read())?;
    let taken: Vec<String> = sqlx::query_scalar("SELECT number FROM migrations")
        .fetch_all(&mut *connection)
        .await
        .map_err(read())?;
    let mut names = Vec::new();
    for step in lacking(&taken)? {
        let ran = connection.execute(step.postgres).await;
        ran.map_err(failed("changing the schema"))?;
        let mut noted = super::database::Batch::new();
        noted.run(NOTED, [step.number, step.name].map(Value::from).to_vec());
        apply(connection, &noted).await?;
        names.push(format!("{}_{}", step.number, step.name));
    }
    Ok(names)
}
