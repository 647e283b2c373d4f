//! The facade: everything that may be asked of the register, and nothing else.
//!
//! Every call carries an actor and a purpose. One place allows it or not; whoever reads is written down before
//! anything is returned.

mod adoption;
mod cases;
mod checked;
mod cohort;
mod command;
mod compared;
mod diary;
mod export;
mod extracts;
mod figures;
mod findings;
mod guarded;
mod handed;
mod held;
pub(crate) mod imports;
mod kept;
mod ledgers;
mod looked;
mod many;
mod moment;
mod names;
mod official;
mod people;
mod places;
mod possible;
mod programmes;
mod publications;
mod read;
mod references;
mod serving;
mod stays;
#[cfg(test)]
mod tests;
mod timeline;
mod unconsidered;
mod work;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use domain::values::PersonId;

pub use cases::{CasesQuery, ListedCase, ListedClock};
pub use checked::Checked;
pub use cohort::{
    CriteriaTried, EmergencyCohort, HeldIn, HeldOn, ListedEmergency, Phase, Rehearsed, Screening,
    Stock,
};
pub use command::{CommandError, Options, Receipt};
pub(crate) use command::{about, context, hmac_under, is_personal};
pub use compared::{SentenceComparison, ShownAgain};
pub use diary::{DiaryQuery, ListedAppointment};
pub use export::{Exported, ExportedRecord};
pub use figures::Freshness;
pub use findings::{FindingsQuery, ListedFinding};
pub use handed::{Handed, PersonMarks, ToldEmergency, ToldRecord};
pub(crate) use held::fold;
pub use imports::{ImportState, ListedImport};
pub use kept::{Kept, No, Wish};
pub use ledgers::{CaseloadQuery, LedgerQuery, ListedOrder, ListedSupervision};
pub use moment::{AsOf, Moment};
pub use official::{
    BehindCell, CROSSWALK, Crosswalk, OfficialCell, OfficialError, OfficialExportError,
    OfficialQuery, OfficialTable, cell_name, cell_named, official_definitions,
};
pub use places::{
    CapacityFigures, Full, Occupied, OwnCount, PlaceByDay, PlaceFigures, PlacesByDay,
    PlacesFigures, Together,
};
pub use programmes::{ListedReferral, ProgrammesQuery};
pub use publications::{ListedPublication, PublishError, WithdrawnRelease, bytes_of};
pub use read::{
    Fed, Found, ListedSentence, LooksQuery, Page, ReadError, RegisterQuery, TimelineEntry,
};
pub use references::Referred;
pub use serving::{SentenceDates, SentenceSpent};
pub use stays::StayFallen;
pub use unconsidered::{NotWorkedOut, Unconsidered, UnconsideredPage};
pub use work::{Counted, CourtWork, Work, WorkQuery};

use self::held::Remembered;
use self::looked::Seen;
use crate::access::Consultations;
use crate::clock::Clock;
use crate::error::StoreError;
use crate::ids::IdSource;
use crate::ledger::{
    KeyFileError, Log, LogKey, SignedCheckpoint, Verified, VerifyError, read_key, verify,
};
use crate::packs::{Packs, PacksError};
use crate::processes::Processes;
use crate::projections::Projections;
use crate::scheduler::Scheduler;
use crate::store::database::Database;
use crate::store::{Store, migrations};
use crate::vault::{Kek, KekError, Vault};
use crate::views::Severities;

/// How often keys that are no longer kept are looked for.
const ONE_HOUR: Duration = Duration::from_hours(1);

/// How a register is opened.
#[derive(Debug, Clone)]
pub struct Opening {
    /// `sqlite://FILE` or `postgres://…`.
    pub url: String,
    /// Where the key-encryption key lies; beside an SQLite file by default.
    pub key_file: Option<PathBuf>,
    /// Where the key lies that signs the log; beside an SQLite file by default. Without one nothing is signed.
    pub log_key: Option<PathBuf>,
    /// The clock.
    pub clock: Clock,
    /// The source of ids.
    pub ids: IdSource,
    /// Whether migrations that are missing are carried out.
    pub migrate: bool,
}

impl Opening {
    /// A register at an address, with the machine's clock and chance.
    pub fn at(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            key_file: None,
            log_key: None,
            clock: Clock::System,
            ids: IdSource::random(),
            migrate: true,
        }
    }

    /// The file of an SQLite database.
    pub fn file(&self) -> Option<&str> {
        let path = self.url.strip_prefix("sqlite://")?;
        (path != ":memory:").then_some(path)
    }

    /// The file of an SQLite database, where it is not there: opening would make it.
    pub fn missing_file(&self) -> Option<&str> {
        self.file().filter(|file| !Path::new(file).exists())
    }

    /// Where the key lies that signs the log.
    pub fn log_key_path(&self) -> PathBuf {
        if let Some(path) = &self.log_key {
            return path.clone();
        }
        match self.file() {
            Some(path) => PathBuf::from(format!("{path}.log-key")),
            None => PathBuf::from("assize.log-key"),
        }
    }

    /// The key that signs the log, where one was made.
    fn log_key(&self) -> Result<Option<LogKey>, OpenError> {
        if self.url.ends_with(":memory:") && self.log_key.is_none() {
            return Ok(None);
        }
        let path = self.log_key_path();
        let key = read_key(&path)?;
        if key.is_none() && self.log_key.is_some() {
            return Err(OpenError::NoLogKey(path));
        }
        Ok(key)
    }

    pub(crate) fn key_path(&self) -> PathBuf {
        if let Some(path) = &self.key_file {
            return path.clone();
        }
        match self.file() {
            Some(path) => PathBuf::from(format!("{path}.key")),
            None => PathBuf::from("assize.key"),
        }
    }
}

/// Why a register cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The key-encryption key.
    #[error(transparent)]
    Kek(#[from] KekError),
    /// The key is none of this register's.
    #[error(
        "the key in {} does not open this register: name the register's own key with --key-file or \
         ASSIZE_KEY_FILE; if it is the right one, run assize doctor", .0.display()
    )]
    OtherKey(PathBuf),
    /// The key that signs the log.
    #[error(transparent)]
    LogKey(#[from] KeyFileError),
    /// It is named and not there.
    #[error(
        "the key file {} is not there: make the key that signs the log with `assize keys new`, or name another file", .0.display()
    )]
    NoLogKey(PathBuf),
    /// The rules.
    #[error(transparent)]
    Packs(#[from] PacksError),
}

/// A register; clones share it.
#[derive(Clone)]
pub struct Registry {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    log: Log,
    vault: Vault,
    packs: Packs,
    consultations: Consultations,
    projections: Projections,
    clock: Clock,
    ids: IdSource,
    severities: Severities,
    remembered: Remembered,
    seen: Seen,
    filling: tokio::sync::Mutex<()>,
    request_key: [u8; 32],
    process_key: [u8; 32],
}

impl Registry {
    /// Opens a register. Its projections stand where they were left until [`Registry::start`] or a read moves them.
    pub async fn open(opening: Opening) -> Result<Self, OpenError> {
        let database = Database::open(&opening.url).await?;
        if opening.migrate {
            migrations::migrate(&database).await?;
        }
        let key_path = opening.key_path();
        let kek = if opening.url.ends_with(":memory:") && opening.key_file.is_none() {
            Kek::new(opening.ids.bytes())
        } else {
            let secrets = "SELECT COUNT(*) FROM vault_secrets";
            let secrets = database.query(secrets, &[]).await?;
            let is_new = secrets.first().map(|row| row.int(0)).transpose()? == Some(0);
            Kek::from_file(&key_path, &opening.ids, is_new)?
        };
        let log_key = opening.log_key()?;
        let Opening { clock, ids, .. } = opening;
        let store = Store::open(database.clone(), clock.clone()).await?;
        let log = Log::new(store.clone(), clock.clone(), log_key);
        let vault = Vault::new(database.clone(), kek, clock.clone(), ids.clone());
        let finished = vault.finish_erasures().await?;
        if finished > 0 {
            tracing::warn!(finished, "erasures that were left half done are done now");
        }
        if !vault.opens("requests").await? {
            return Err(OpenError::OtherKey(key_path));
        }
        let request_key = vault.secret("requests").await?;
        let vault = vault.indexed_under(&request_key);
        let process_key = vault.secret("processes").await?;
        let packs = Packs::new(store.clone());
        let holder = ids.person_id().to_string();
        let projections =
            Projections::open(store.clone(), packs.clone(), clock.clone(), holder).await?;
        let consultations = Consultations::new(database, clock.clone(), &ids);
        let inner = Inner {
            store,
            log,
            vault,
            packs,
            consultations,
            projections,
            clock,
            ids,
            severities: Severities::default(),
            remembered: Remembered::default(),
            seen: Seen::default(),
            filling: tokio::sync::Mutex::default(),
            request_key,
            process_key,
        };
        Ok(Self {
            inner: Arc::new(inner),
        })
    }

    /// Lets the log, projections and processes follow the ledger, looks at clocks once a day, and drops old idempotency keys, for
    /// as long as the process lives.
    pub fn start(&self) {
        tokio::spawn(self.inner.projections.clone().run());
        tokio::spawn(self.log().clone().follow());
        tokio::spawn(self.processes().run());
        tokio::spawn(self.scheduler().every_day());
        tokio::spawn(self.clone().forget_old_keys());
        tokio::spawn(self.clone().follow_possible());
    }

    async fn forget_old_keys(self) {
        loop {
            let now_us = self.clock().now_us();
            if let Err(error) = self.store().forget_old_keys(now_us).await {
                tracing::warn!(%error, "old idempotency keys could not be dropped");
            }
            tokio::time::sleep(ONE_HOUR).await;
        }
    }

    /// Carries out what follows from the ledger as it stands, files it, and leaves the filing to others.
    pub async fn catch_up(&self) -> Result<(), StoreError> {
        self.processes().catch_up().await?;
        self.projections().catch_up().await?;
        self.projections().release().await
    }

    /// The processes.
    pub fn processes(&self) -> Processes {
        Processes::new(self.clone(), self.inner.process_key)
    }

    /// The scheduler.
    pub fn scheduler(&self) -> Scheduler {
        Scheduler::new(self.clone())
    }

    /// Changes whenever this process knows of a longer ledger.
    pub(crate) fn store_grown(&self) -> tokio::sync::watch::Receiver<u64> {
        self.inner.projections.progress()
    }

    /// A new random pseudonym for a person.
    pub fn new_person_id(&self) -> PersonId {
        PersonId(self.inner.ids.person_id())
    }

    /// A new id for a stream that begins now.
    pub fn new_stream_id(&self) -> uuid::Uuid {
        self.inner.ids.stream_id(self.inner.clock.now_us())
    }

    /// The clock.
    pub fn clock(&self) -> &Clock {
        &self.inner.clock
    }

    /// The adopted rules.
    pub fn packs(&self) -> &Packs {
        &self.inner.packs
    }

    /// The log over the ledger.
    pub fn log(&self) -> &Log {
        &self.inner.log
    }

    /// Computes everything in the ledger again, or what follows a checkpoint, and names the first divergence.
    pub async fn verify(
        &self,
        keys: &[String],
        since: Option<&SignedCheckpoint>,
        seen: Arc<AtomicU64>,
    ) -> Result<Verified, VerifyError> {
        verify(self.store(), self.log(), keys, since, seen).await
    }

    /// The projections.
    pub fn projections(&self) -> &Projections {
        &self.inner.projections
    }

    /// The vault; for what is decided by the thousand.
    pub(crate) fn vault(&self) -> &Vault {
        &self.inner.vault
    }

    /// The event store; for import, replay and the service itself.
    pub(crate) fn store(&self) -> &Store {
        &self.inner.store
    }
}
