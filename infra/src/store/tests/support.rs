//! A database of its own for each test.

use std::future::Future;
use std::sync::atomic::{AtomicU32, Ordering};

use super::super::Store;
use super::super::database::Database;
use super::super::migrations::migrate;
use crate::clock::Clock;

/// An instant that all fixed clocks here begin at.
pub(super) const NOON: i64 = 1_790_000_000_500_000;

/// A place for one database, gone with the guard.
pub(crate) struct Place {
    pub(crate) url: String,
    _folder: Option<tempfile::TempDir>,
}

impl Place {
    /// A database that is there already.
    pub(super) fn at(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            _folder: None,
        }
    }

    /// Opens what is there, as a process that has just started would.
    pub(super) async fn open(&self) -> Store {
        self.open_at(Clock::fixed(NOON)).await
    }

    pub(super) async fn open_at(&self, clock: Clock) -> Store {
        let database = self.database().await;
        migrate(&database).await.unwrap();
        Store::open(database, clock).await.unwrap()
    }

    pub(super) async fn database(&self) -> Database {
        Database::open(&self.url).await.unwrap()
    }
}

fn on_file() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("register.db");
    Place {
        url: format!("sqlite://{}", path.display()),
        _folder: Some(folder),
    }
}

/// A new database on the server that `TEST_DATABASE_URL` names, or none, said loudly.
pub(crate) async fn on_server() -> Option<Place> {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    #[expect(
        clippy::disallowed_methods,
        reason = "the tests' server is named from outside"
    )]
    let Ok(server) = std::env::var("TEST_DATABASE_URL") else {
        eprintln!("NOT RUN ON POSTGRESQL: TEST_DATABASE_URL is not set");
        return None;
    };
    let number = NUMBER.fetch_add(1, Ordering::SeqCst);
    let name = format!("assize_test_{}_{number}", std::process::id());
    let Database::Postgres(postgres) = Database::open(&server).await.unwrap() else {
        panic!("TEST_DATABASE_URL is no PostgreSQL address");
    };
    for sql in [
        format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
        format!("CREATE DATABASE {name}"),
    ] {
        sqlx::raw_sql(&sql).execute(postgres.pool()).await.unwrap();
    }
    let (host, _) = server.rsplit_once('/').unwrap();
    Some(Place {
        url: format!("{host}/{name}"),
        _folder: None,
    })
}

/// Runs a rule on SQLite, then on PostgreSQL.
pub(super) async fn on_both<F: Future<Output = ()>>(rule: impl Fn(Place) -> F) {
    rule(on_file()).await;
    if let Some(place) = on_server().await {
        rule(place).await;
    }
}

/// A rule as a test on each database.
macro_rules! contract {
    ($($(#[$attribute:meta])* $name:ident: $rule:expr;)*) => {$(
        $(#[$attribute])*
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() {
            $crate::store::tests::support::on_both($rule).await;
        }
    )*};
}
pub(super) use contract;
