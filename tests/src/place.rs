//! A place for one register, gone with its guard.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use infra::clock::{Clock, FixedClock};
use infra::ids::IdSource;
use infra::registry::{Opening, Options, Registry};
use infra::store::database::Database;
use tempfile::TempDir;

use crate::{Failure, call};

/// The instant that every register here begins at: 2 March 2026, 10:00 UTC.
pub const NOON: i64 = 1_772_445_600_000_000;

/// A database of its own for one test, on a file or on the server, with the key and the clock of its register.
pub struct Place {
    url: String,
    folder: TempDir,
    /// The server and the database on it, to be dropped in the end.
    server: Option<(String, String)>,
    /// Moved by the test; every look at it takes one microsecond.
    pub clock: FixedClock,
    seed: u64,
}

/// What the tests are told from outside.
#[expect(
    clippy::disallowed_methods,
    reason = "the tests' server and size are named from outside"
)]
pub fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// What a test needs is not here: loudly nothing, or a failure where everything was to be run.
pub fn not_here<T>(which: &str, why: &str) -> Result<Option<T>, Failure> {
    if setting("ASSIZE_TESTS_RUN").is_some() {
        return Err(format!("{why}, and everything was to be run").into());
    }
    loud(&format!("NOT RUN {which}: {why}"));
    Ok(None)
}

impl Place {
    /// A place on a file.
    pub fn on_file() -> Result<Self, Failure> {
        let folder = tempfile::tempdir()?;
        let url = format!("sqlite://{}", folder.path().join("register.db").display());
        Ok(Self {
            url,
            folder,
            server: None,
            clock: FixedClock::stepping(NOON, 1),
            seed: 1,
        })
    }

    /// A place on the server that `TEST_DATABASE_URL` names, or none, said loudly.
    pub async fn on_server() -> Result<Option<Self>, Failure> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let Some(server) = setting("TEST_DATABASE_URL") else {
            return not_here("ON POSTGRESQL", "TEST_DATABASE_URL is not set");
        };
        let number = NUMBER.fetch_add(1, Ordering::SeqCst);
        let name = format!("assize_whole_{}_{number}", std::process::id());
        let (host, _) = server
            .rsplit_once('/')
            .ok_or("TEST_DATABASE_URL has no path")?;
        let url = format!("{host}/{name}");
        let database = Database::open(&server).await?;
        database
            .query(&format!("CREATE DATABASE {name}"), &[])
            .await?;
        Ok(Some(Self {
            url,
            folder: tempfile::tempdir()?,
            server: Some((server, name)),
            clock: FixedClock::stepping(NOON, 1),
            seed: 1,
        }))
    }

    /// A place on each database there is.
    pub async fn everywhere() -> Result<Vec<Self>, Failure> {
        let mut places = vec![Self::on_file()?];
        places.extend(Self::on_server().await?);
        Ok(places)
    }

    /// Whether it is on the server.
    pub fn is_on_server(&self) -> bool {
        self.server.is_some()
    }

    /// The address of the database.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The folder with the key and, on a file, the database.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The file of the key-encryption key.
    pub fn key_file(&self) -> PathBuf {
        self.folder.path().join("register.key")
    }

    /// The file of the key that signs the log; a test that wants one makes it.
    pub fn log_key(&self) -> PathBuf {
        self.folder.path().join("log.key")
    }

    /// Opens the register as a process that has just started would; each opening draws other ids.
    pub async fn open(&mut self) -> Result<Registry, Failure> {
        Ok(Registry::open(self.opening()).await?)
    }

    /// How the register is opened the next time.
    pub fn opening(&mut self) -> Opening {
        let seed = self.seed;
        self.seed = self.seed.saturating_add(1);
        Opening {
            url: self.url.clone(),
            key_file: Some(self.key_file()),
            log_key: Some(self.log_key()).filter(|path| path.exists()),
            clock: Clock::Fixed(self.clock.clone()),
            ids: IdSource::seeded(seed),
            migrate: true,
        }
    }

    /// Opens a new register under the rules of Midland.
    pub async fn midland(&mut self) -> Result<Registry, Failure> {
        let registry = self.open().await?;
        let built_in = domain::jurisdiction::BUILT_IN;
        let (_, text) = built_in
            .iter()
            .find(|(name, _)| *name == "midland")
            .ok_or("the rules of Midland are built in")?;
        registry
            .adopt(&call("administrator")?, text, Options::default())
            .await?;
        Ok(registry)
    }

    /// The database itself, past the register.
    pub async fn database(&self) -> Result<Database, Failure> {
        Ok(Database::open(&self.url).await?)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some((server, name)) = self.server.take() else {
            return;
        };
        let dropping = std::thread::spawn(move || drop_database(&server, &name));
        if !matches!(dropping.join(), Ok(Ok(()))) {
            loud("a test's database could not be dropped");
        }
    }
}

fn drop_database(server: &str, name: &str) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let database = Database::open(server).await?;
        let sql = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        database.query(&sql, &[]).await?;
        Ok(())
    })
}

/// Says that something was not run.
#[expect(clippy::print_stderr, reason = "a suite that is not run says so")]
pub fn loud(what: &str) {
    eprintln!("{what}");
}
