//! Everything that a register leaves anywhere, to be searched for a text: what is logged, and the files of its database.

use std::io::{ErrorKind, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use infra::store::database::Database;
use tests::Failure;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// Everything that the test program logs, at every level.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// The log of this program, kept from the first call on.
    pub(crate) fn kept() -> Self {
        static LOG: OnceLock<Log> = OnceLock::new();
        let log = LOG.get_or_init(|| {
            let log = Self::default();
            // sqlx is left out: what it logs at this level are our statements, whose values it does not print.
            let everything = EnvFilter::new("trace,sqlx=debug");
            tracing_subscriber::fmt()
                .with_env_filter(everything)
                .with_writer(log.clone())
                .init();
            log
        });
        log.clone()
    }

    pub(crate) fn text(&self) -> String {
        let bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// The digits of a text's bytes.
pub(crate) fn digits(clear: &str) -> String {
    let digits = clear.bytes().map(|byte| format!("{byte:02x}"));
    digits.collect::<Vec<_>>().concat()
}

/// Whether bytes hold a text, or the digits of its bytes, in which some dumps would show it.
pub(crate) fn holds(haystack: &[u8], clear: &str) -> bool {
    let text = String::from_utf8_lossy(haystack);
    text.contains(clear) || text.contains(&digits(clear))
}

/// A file's bytes; none if it went away meanwhile, as files of a database do.
pub(crate) fn bytes_of(path: &Path) -> Result<Vec<u8>, Failure> {
    match std::fs::read(path) {
        Err(gone) if gone.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        other => Ok(other?),
    }
}

pub(crate) fn files_that_hold(folder: &Path, clear: &str) -> Result<Vec<String>, Failure> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_file() && holds(&bytes_of(&path)?, clear) {
            found.push(path.display().to_string());
        }
    }
    Ok(found)
}

pub(crate) async fn text(database: &Database, sql: &str) -> Result<String, Failure> {
    let row = database.query_one(sql, &[]).await?.ok_or("a row")?;
    Ok(row.text(0)?.to_owned())
}

/// The server's own files of this database and of its log, where this user may read them.
pub(crate) async fn server_files(
    database: &Database,
    since: &str,
    clear: &str,
) -> Result<Vec<String>, Failure> {
    database.query("CHECKPOINT", &[]).await?;
    let data = text(database, "SELECT current_setting('data_directory')").await?;
    let own = "SELECT oid::text FROM pg_database WHERE datname = current_database()";
    let own = Path::new(&data)
        .join("base")
        .join(text(database, own).await?);
    if std::fs::read_dir(&own).is_err() {
        return Ok(Vec::new());
    }
    let mut found = files_that_hold(&own, clear)?;
    for entry in std::fs::read_dir(Path::new(&data).join("pg_wal"))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.as_str() >= since && name.len() == 24 && holds(&bytes_of(&entry.path())?, clear) {
            found.push(name);
        }
    }
    Ok(found)
}
