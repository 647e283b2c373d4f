//! A country's sentences: imported until a view answers, and the same rows by COPY.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use infra::clock::Clock;
use infra::import::{ImportRequest, Mapping};
use infra::registry::{AsOf, Freshness, Opening, Registry};
use infra::store::Store;
use infra::store::database::Database;
use infra::store::migrations::migrate;
use infra::views::{ViewName, ViewRequest};
use serde::{Deserialize, Serialize};
use tests::{Failure, call};

use crate::measured::{Line, Measured, memory};
use crate::rivals::Rivals;

const DATABASE: &str = "bench_country";

/// What an import in a process of its own tells.
#[derive(Debug, Serialize, Deserialize)]
struct Told {
    rows: u64,
    events: u64,
    /// Until every row was recorded.
    recorded: f64,
    /// Until a view answered from projections that are caught up.
    answered: f64,
    /// The most memory that the process ever held until then, in bytes.
    memory: u64,
    /// Every event of the ledger once, each to its type.
    replayed: f64,
    /// The table of facts from empty to caught up.
    rebuilt: f64,
}

/// Imports the country in a process of its own, and copies the same rows.
pub(crate) fn measure(rivals: &Rivals, into: &mut Measured, file: &Path) -> Result<(), Failure> {
    let url = rivals.database(DATABASE)?;
    let told = import_apart(rivals, &url, file)?;
    into.keep(Line::of(
        "assize",
        "import_recorded",
        told.events,
        1,
        told.recorded,
    ));
    let line = Line::of("assize", "import_answered", told.events, 1, told.answered);
    into.keep(line);
    into.keep(Line::of("assize", "import_memory", told.memory, 1, 1.0));
    into.keep(Line::of(
        "assize",
        "country_replayed",
        told.events,
        1,
        told.replayed,
    ));
    into.keep(Line::of(
        "assize",
        "facts_rebuilt",
        told.events,
        1,
        told.rebuilt,
    ));
    copy_again(rivals, into)
}

/// What the process apart does.
pub(crate) async fn import_and_tell(url: &str, file: &Path) -> Result<(), Failure> {
    let text = Mapping::built_in("mongolia").ok_or("the mapping is built in")?;
    let mapping = Mapping::parse("mongolia", text)?;
    // Both sides find their tables made.
    migrate(&Database::open(url).await?).await?;
    let began = Instant::now();
    let mut opening = Opening::at(url);
    opening.key_file = Some(std::env::temp_dir().join(format!("bench-{}.key", std::process::id())));
    let key = opening.key_file.clone();
    let registry = Registry::open(opening).await?;
    let loader = call("administrator")?;
    let request = ImportRequest::new(file, mapping);
    let report = registry.import(&loader, request, |_| {}).await?;
    let recorded = began.elapsed().as_secs_f64();
    registry.catch_up().await?;
    let request = ViewRequest::of(ViewName::Gender);
    let reader = call("statistician")?;
    registry
        .view(&reader, &request, AsOf::Now, Freshness::CaughtUp)
        .await?;
    let answered = began.elapsed().as_secs_f64();
    let (events, _) = registry.head().await?;
    let memory = memory("VmHWM:")?;
    let store = Store::open(Database::open(url).await?, Clock::System).await?;
    let began = Instant::now();
    store.replay(0, crate::replay::typed).await?;
    let replayed = began.elapsed().as_secs_f64();
    let began = Instant::now();
    let projections = registry.projections();
    projections.rebuild_only(&["facts".to_owned()]).await?;
    let rebuilt = began.elapsed().as_secs_f64();
    if let Some(key) = key {
        std::fs::remove_file(key)?;
    }
    print(&Told {
        rows: report.recorded,
        events,
        recorded,
        answered,
        memory,
        replayed,
        rebuilt,
    })
}

fn import_apart(rivals: &Rivals, url: &str, file: &Path) -> Result<Told, Failure> {
    let mut apart = Command::new(std::env::current_exe()?);
    apart.args(["--import-into", url, "--country"]).arg(file);
    apart.env("TMPDIR", rivals.folder());
    let output = apart.output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// The rows of the ledger into a table of the same columns, keys and checks.
fn copy_again(rivals: &Rivals, into: &mut Measured) -> Result<(), Failure> {
    let file = rivals.folder().join("events.copy");
    let path = file.display();
    let out = format!("\\copy (SELECT * FROM events ORDER BY ledger_index) TO '{path}'");
    rivals.sql(DATABASE, &out)?;
    let table = "DROP TABLE IF EXISTS again; CREATE TABLE again (LIKE events INCLUDING ALL)";
    rivals.sql(DATABASE, table)?;
    let n = std::io::BufRead::lines(std::io::BufReader::new(std::fs::File::open(&file)?)).count();
    let began = Instant::now();
    rivals.sql(DATABASE, &format!("\\copy again FROM '{path}'"))?;
    let seconds = began.elapsed().as_secs_f64();
    into.keep(Line::of("copy", "same_rows", u64::try_from(n)?, 1, seconds));
    std::fs::remove_file(file)?;
    Ok(())
}

#[expect(clippy::print_stdout, reason = "read by the process that asked")]
fn print(told: &Told) -> Result<(), Failure> {
    println!("{}", serde_json::to_string(told)?);
    Ok(())
}
