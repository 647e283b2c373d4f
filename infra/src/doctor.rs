//! What an operator would look at first when something is wrong with an installation. Looking changes nothing.

use std::fmt::Display;
use std::path::Path;

use serde::Serialize;

use crate::error::{StoreError, chain};
use crate::registry::{Opening, Registry};
use crate::store::database::{Database, Value};
use crate::store::migrations;

/// Entries that projections may be behind before somebody should look.
const BEHIND: u64 = 100_000;
/// How far the machine's clock may be from the database's.
const CLOCKS_APART_US: i64 = 1_000_000;
/// Free space below which somebody should look: a country's import needs about so much.
const FREE_BYTES: u64 = 1024 * 1024 * 1024;

/// How something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Health {
    /// As it should be.
    Well,
    /// It works, and could be safer.
    Notice,
    /// It has to be mended.
    NotWell,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What.
    pub what: &'static str,
    /// How it stands.
    pub health: Health,
    /// What was found.
    pub found: String,
    /// What is wanted.
    pub wanted: &'static str,
    /// How to mend it.
    pub how_to_fix: &'static str,
}

/// Looks at everything that can be looked at without changing it.
pub async fn examine(opening: &Opening) -> Vec<Check> {
    let mut doctor = Doctor { checks: Vec::new() };
    let Some(database) = doctor.database(opening).await else {
        return doctor.checks;
    };
    let current = doctor.schema(&database).await;
    let keyed = doctor.key(&opening.key_path());
    doctor.settings(&database).await;
    doctor.pages(&database).await;
    if current {
        doctor.triggers(&database).await;
        doctor.grants(&database).await;
        doctor.ledger(&database).await;
        doctor.imports(&database).await;
    }
    doctor.clocks(&database, opening).await;
    doctor.space(opening);
    if current && keyed {
        let opening = Opening {
            migrate: false,
            ..opening.clone()
        };
        doctor.register(opening).await;
    }
    doctor.checks
}

struct Doctor {
    checks: Vec<Check>,
}

/// Whether an address is of a kind that holds a register.
fn is_address(url: &str) -> bool {
    ["sqlite://", "postgres://", "postgresql://"]
        .iter()
        .any(|kind| url.len() > kind.len() && url.starts_with(kind))
}

/// What is looked at, what is wanted, and how to get there.
struct Wish(&'static str, &'static str, &'static str);

impl Doctor {
    fn note(&mut self, health: Health, wish: Wish, found: impl Display) {
        let Wish(what, wanted, how_to_fix) = wish;
        let found = found.to_string();
        self.checks.push(Check {
            what,
            health,
            found,
            wanted,
            how_to_fix,
        });
    }

    fn judge(&mut self, well: bool, wish: Wish, found: impl Display) -> bool {
        let health = if well { Health::Well } else { Health::NotWell };
        self.note(health, wish, found);
        well
    }

    async fn database(&mut self, opening: &Opening) -> Option<Database> {
        let way_out = if !is_address(&opening.url) {
            "name one with --db or ASSIZE_DB: sqlite://FILE, or postgres://HOST/NAME"
        } else if opening.url.starts_with("postgres") {
            "check --db or ASSIZE_DB, and that the server answers; `assize migrate` makes a new register"
        } else {
            "check --db or ASSIZE_DB; `assize migrate` makes a new register"
        };
        let wish = Wish("database", "a register that can be opened", way_out);
        if let Some(file) = opening.missing_file() {
            self.judge(false, wish, format!("{file} is not there"));
            return None;
        }
        match Database::open(&opening.url).await {
            Ok(database) => {
                let kind = match database {
                    Database::Sqlite(_) => "SQLite, open",
                    Database::Postgres(_) => "PostgreSQL, connected",
                };
                self.judge(true, wish, kind);
                Some(database)
            }
            Err(error) => {
                self.judge(false, wish, chain(&error));
                None
            }
        }
    }

    async fn schema(&mut self, database: &Database) -> bool {
        let wish = Wish(
            "tables",
            "the migrations of this program, no more and no fewer",
            "run `assize migrate`, or the program that made them",
        );
        match migrations::pending(database).await {
            Ok(pending) if pending.is_empty() => self.judge(true, wish, "up to date"),
            Ok(pending) => self.judge(false, wish, format!("without {}", pending.join(", "))),
            Err(error) => self.judge(false, wish, chain(&error)),
        }
    }

    fn key(&mut self, path: &Path) -> bool {
        let wish = Wish(
            "key file",
            "a file that its owner alone can read, apart from the database",
            "put the key back where --key-file names it, and chmod 600 it; without it no personal value can be read",
        );
        match path.metadata() {
            Ok(file) => {
                let mode = mode(&file);
                self.judge(
                    mode.trailing_zeros() >= 6,
                    wish,
                    format!("its mode is {mode:o}"),
                );
                true
            }
            Err(error) => self.judge(false, wish, format!("{}: {error}", path.display())),
        }
    }

    async fn settings(&mut self, database: &Database) {
        let how = "what is stored may not survive a power cut: set it back in the database's configuration";
        let wish = Wish(
            "database settings",
            "what is committed stays, whatever happens",
            how,
        );
        match database.durability().await {
            Ok(settings) => {
                let well = settings.iter().all(|setting| setting.well);
                let found: Vec<String> = settings
                    .iter()
                    .map(|setting| format!("{} {}", setting.name, setting.found))
                    .collect();
                self.judge(well, wish, found.join(", "));
            }
            Err(error) => {
                self.judge(false, wish, chain(&error));
            }
        }
    }

    async fn pages(&mut self, database: &Database) {
        if matches!(database, Database::Postgres(_)) {
            // Its checksums are among the settings, and it looks at each page that it reads.
            return;
        }
        let wish = Wish(
            "pages",
            "sound, every one",
            "the file is damaged: stop writing, and restore the newest backup beside it to compare",
        );
        let found = match database.query_one("PRAGMA quick_check(1)", &[]).await {
            Ok(Some(row)) => row.text(0).unwrap_or_default().to_owned(),
            Ok(None) => "nothing".to_owned(),
            Err(error) => chain(&error),
        };
        self.judge(found == "ok", wish, found);
    }

    async fn triggers(&mut self, database: &Database) {
        let (sql, least) = match database {
            Database::Sqlite(_) => (
                "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' \
                 AND tbl_name IN ('events', 'log_nodes', 'log_checkpoints', 'log_keys')",
                8,
            ),
            Database::Postgres(_) => (
                "SELECT count(*) FROM pg_trigger WHERE tgrelid IN ('events'::regclass, \
                 'log_nodes'::regclass, 'log_checkpoints'::regclass, 'log_keys'::regclass) \
                 AND NOT tgisinternal AND tgenabled <> 'D'",
                4,
            ),
        };
        let there = number(database, sql).await;
        let wish = Wish(
            "triggers",
            "those that refuse UPDATE, DELETE and TRUNCATE of events and of the log",
            "somebody took them away: find out who, compare the ledger with a backup, then restore",
        );
        let well = there.as_ref().is_ok_and(|there| *there >= least);
        self.judge(well, wish, said(there, "in place"));
    }

    async fn grants(&mut self, database: &Database) {
        if matches!(database, Database::Sqlite(_)) {
            return;
        }
        let sql = "SELECT count(*) FROM unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) AS held \
                   WHERE has_table_privilege(current_user, 'events', held)";
        let held = number(database, sql).await;
        let wish = Wish(
            "grants",
            "a role that owns nothing and may only add events",
            "use another role than the one that migrates; the triggers refuse changes all the same",
        );
        let health = match held {
            Ok(0) => Health::Well,
            Ok(_) => Health::Notice,
            Err(_) => Health::NotWell,
        };
        self.note(health, wish, said(held, "rights to change events"));
    }

    async fn ledger(&mut self, database: &Database) {
        let sql = "SELECT count(*) - coalesce(max(ledger_index) + 1, 0) FROM events";
        let apart = number(database, sql).await;
        let wish = Wish(
            "ledger",
            "as many events as its last index says",
            "events are missing: stop writing, and restore the newest backup beside it to compare",
        );
        let well = matches!(apart, Ok(0));
        let found = match apart {
            Ok(0) => "without a gap".to_owned(),
            Ok(missing) => format!("{} events are missing", missing.abs()),
            Err(error) => chain(&error),
        };
        self.judge(well, wish, found);
    }

    async fn imports(&mut self, database: &Database) {
        let sql = "SELECT source FROM import_progress WHERE done = 0 ORDER BY source";
        let open = database.query(sql, &[]).await.unwrap_or_default();
        let open: Vec<&str> = open.iter().filter_map(|row| row.text(0).ok()).collect();
        let wish = Wish(
            "imports",
            "none that stopped before the end of its file",
            "give the command of that import again: it goes on where it stopped",
        );
        if open.is_empty() {
            self.note(Health::Well, wish, "none is unfinished");
        } else {
            self.note(
                Health::Notice,
                wish,
                format!("unfinished: {}", open.join(", ")),
            );
        }
    }

    async fn clocks(&mut self, database: &Database, opening: &Opening) {
        if matches!(database, Database::Sqlite(_)) {
            return;
        }
        let sql = "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint";
        let theirs = number(database, sql).await;
        let ours = opening.clock.now_us();
        let wish = Wish(
            "clock",
            "within a second of the database's",
            "let both machines follow the same time servers",
        );
        let apart = theirs.map(|theirs| ours.saturating_sub(theirs).saturating_abs());
        let well = matches!(apart, Ok(apart) if apart <= CLOCKS_APART_US);
        let apart = apart.map(|apart| apart / 1_000);
        self.judge(well, wish, said(apart, "ms apart"));
    }

    fn space(&mut self, opening: &Opening) {
        let Some(file) = opening.file() else { return };
        let wish = Wish(
            "disk",
            "1 GiB free beside the database",
            "free space, or move the file; when the disk is full nothing more is stored, and nothing is lost",
        );
        match rustix::fs::statvfs(file) {
            Ok(disk) => {
                let free = disk.f_bavail.saturating_mul(disk.f_frsize);
                let health = if free >= FREE_BYTES {
                    Health::Well
                } else {
                    Health::Notice
                };
                self.note(health, wish, format!("{} MiB free", free / (1024 * 1024)));
            }
            Err(error) => self.note(Health::NotWell, wish, error),
        }
    }

    async fn register(&mut self, opening: Opening) {
        let wish = Wish(
            "register",
            "keys that open its secrets, and rules that can be read",
            "name the key file that belongs to this database with --key-file",
        );
        match Registry::open(opening).await {
            Ok(registry) => {
                self.judge(true, wish, "opens");
                self.projections(&registry).await;
                self.consultations(&registry).await;
            }
            Err(error) => {
                self.judge(false, wish, chain(&error));
            }
        }
    }

    async fn consultations(&mut self, registry: &Registry) {
        let wish = Wish(
            "consultations",
            "entries that follow one another, none missing or altered",
            "somebody changed who consulted what: keep this database, and ask who had access to it",
        );
        let chained = registry.consultations_in_chains().await;
        let well = chained.is_ok();
        let found = chained.map_or_else(|error| chain(&error), |n| format!("{n} entries"));
        self.judge(well, wish, found);
    }

    async fn projections(&mut self, registry: &Registry) {
        let standings = registry.projections().standings().await;
        let standings = standings.unwrap_or_default();
        let stopped: Vec<String> = standings
            .iter()
            .filter_map(|s| Some(format!("{}: {}", s.name, s.poison.as_ref()?)))
            .collect();
        let wish = Wish(
            "projections",
            "none stopped",
            "look at the event that is named; nothing else is affected",
        );
        let found = if stopped.is_empty() {
            "none stopped".to_owned()
        } else {
            stopped.join("; ")
        };
        self.judge(stopped.is_empty(), wish, found);
        let head = registry.head().await.map_or(0, |(entries, _)| entries);
        let live = standings.iter().filter(|s| s.live);
        let behind = live.map(|s| head.saturating_sub(s.checkpoint)).max();
        let behind = behind.unwrap_or_default();
        let wish = Wish(
            "lists and figures",
            "at most 100,000 entries behind the ledger",
            "run `assize project --catch-up`, or `assize serve`",
        );
        self.judge(behind <= BEHIND, wish, format!("{behind} entries behind"));
    }
}

#[cfg(unix)]
fn mode(file: &std::fs::Metadata) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    file.permissions().mode() & 0o777
}

async fn number(database: &Database, sql: &str) -> Result<i64, StoreError> {
    let row = database.query_one(sql, &[]).await?;
    row.map_or(Ok(0), |row| match row.into_values().first() {
        Some(Value::Int(number)) => Ok(*number),
        _ => Ok(0),
    })
}

fn said(number: Result<i64, StoreError>, what: &str) -> String {
    number.map_or_else(|error| chain(&error), |number| format!("{number} {what}"))
}
