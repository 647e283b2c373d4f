//! The rivals: scripts that print a line for each measure, and a server of their own.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tests::{Failure, setting};

use crate::measured::{Line, Measured};

/// The rivals' scripts, and the server that they and Assize use.
pub(crate) struct Rivals {
    folder: PathBuf,
    work: tempfile::TempDir,
}

impl Rivals {
    /// Starts the server; what the rivals install is kept in `BENCH_WORK`, if it is named, and gone otherwise.
    pub(crate) fn start(folder: &Path) -> Result<Self, Failure> {
        let work = tempfile::tempdir()?;
        // PostgreSQL refuses root and runs as somebody else, who must find the way to its folder.
        let open = std::os::unix::fs::PermissionsExt::from_mode(0o711);
        std::fs::set_permissions(work.path(), open)?;
        let rivals = Self {
            folder: folder.canonicalize()?,
            work,
        };
        rivals.script("postgres_cluster.sh", &["start"], Stdio::inherit())?;
        Ok(rivals)
    }

    /// The library as it is upstream, and the ceilings under it.
    pub(crate) fn postgres_es(&self, into: &mut Measured, events: u64) -> Result<(), Failure> {
        self.lines("postgres_es.sh", &[&events.to_string(), "1"], into)
    }

    /// A message store of server functions.
    pub(crate) fn message_db(&self, into: &mut Measured) -> Result<(), Failure> {
        self.lines("message_db.sh", &["20000", "1", "5"], into)
    }

    /// A well-known event store on the embedded database.
    pub(crate) fn eventsourcing(&self, into: &mut Measured) -> Result<(), Failure> {
        self.lines("eventsourcing_py.sh", &["20000", "1", "4000"], into)
    }

    /// A new database of a name; its address.
    pub(crate) fn database(&self, name: &str) -> Result<String, Failure> {
        self.sql("postgres", &format!("DROP DATABASE IF EXISTS {name}"))?;
        self.sql("postgres", &format!("CREATE DATABASE {name}"))?;
        Ok(format!("postgres://{USER}@{HOST}:{}/{name}", port()))
    }

    /// A statement or a command of `psql`.
    pub(crate) fn sql(&self, database: &str, sql: &str) -> Result<(), Failure> {
        let mut psql = Command::new("psql");
        psql.args(["-q", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", sql]);
        let status = self.surrounded(&mut psql).stdout(Stdio::null()).status()?;
        if !status.success() {
            return Err(format!("psql failed on {database}: {sql}").into());
        }
        Ok(())
    }

    /// A folder that goes with the sitting.
    pub(crate) fn folder(&self) -> &Path {
        self.work.path()
    }

    fn lines(&self, name: &str, words: &[&str], into: &mut Measured) -> Result<(), Failure> {
        let output = self.script(name, words, Stdio::piped())?;
        for line in output.lines().filter(|line| line.starts_with('{')) {
            into.keep(serde_json::from_str::<Line>(line)?);
        }
        Ok(())
    }

    fn script(&self, name: &str, words: &[&str], out: Stdio) -> Result<String, Failure> {
        let mut command = Command::new(self.folder.join(name));
        command.args(words).stdout(out);
        let output = self.surrounded(&mut command).spawn()?.wait_with_output()?;
        if !output.status.success() {
            return Err(format!("{name} ended with {}", output.status).into());
        }
        Ok(String::from_utf8(output.stdout)?)
    }

    fn surrounded<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        if setting("BENCH_WORK").is_none() {
            command.env("BENCH_WORK", self.work.path());
        }
        command
            .env("PGHOST", HOST)
            .env("PGUSER", USER)
            .env("PGPORT", port())
    }
}

impl Drop for Rivals {
    fn drop(&mut self) {
        if let Err(error) = self.script("postgres_cluster.sh", &["stop"], Stdio::inherit()) {
            crate::say(&format!("the rivals' server could not be stopped: {error}"));
        }
    }
}

const HOST: &str = "127.0.0.1";
const USER: &str = "postgres";

fn port() -> String {
    setting("PGPORT").unwrap_or_else(|| "5544".to_owned())
}
