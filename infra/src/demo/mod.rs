//! The demonstration: a fictional jurisdiction with years of invented decisions, the same for the same seed.
//!
//! Everything goes through the same rules as real decisions, and is entered when it would have been: the register is
//! filled by a clock of its own that walks from the first decision to today, so that its past can be asked. Sentences and
//! what follows from them are made by chance, in thousands; of every other kind of case a few lives are told. Nothing
//! in it is anybody: courts, offices and statutes are invented, and names are put together from invented syllables.

mod chance;
mod course;
mod decision;
mod lives;
mod maker;
mod order;
mod people;
mod supervision;
mod tale;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use domain::jurisdiction::{BUILT_IN, Pack};
use domain::values::Instant;
use serde::Serialize;
use tokio::sync::mpsc;

use self::lives::Lives;
use self::maker::{DRAFTS, Maker};
use self::tale::Present;
use crate::bulk::{Block, Refused, store_blocks};
use crate::clock::{Clock, FixedClock};
use crate::error::{Damage, StoreError};
use crate::import::ImportFailure;
use crate::registry::{OpenError, Opening, ReadError, Registry};
use crate::store::database::{Batch, Value};

/// The sentences of a whole demonstration.
const SENTENCES: u32 = 20_000;
/// When the register of the demonstration begins: 14 December 2020, 09:00 UTC, three weeks before the first decision.
const BEGUN: i64 = 1_607_936_400_000_000;
/// Days that may be made before the first of them is stored.
const AHEAD: usize = 64;

/// How large a demonstration is, and which.
#[derive(Debug, Clone, Copy)]
pub struct Demo {
    /// Sentences.
    pub sentences: u32,
    /// The same seed gives the same people, decisions and lives, on the same day.
    pub seed: u64,
}

impl Default for Demo {
    fn default() -> Self {
        Self {
            sentences: SENTENCES,
            seed: 2026,
        }
    }
}

/// How far the making of the demonstration has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct DemoProgress {
    /// Sentences stored.
    pub sentences: u64,
    /// Of how many.
    pub of: u64,
}

/// What was made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct DemoReport {
    /// Sentences, drafts included; those of the lives not counted.
    pub sentences: u64,
    /// Lives that are told beside them: of people, places and emergencies.
    pub lives: u64,
    /// Events, those of the rules not counted.
    pub events: u64,
}

/// Why there is no demonstration.
#[derive(Debug, thiserror::Error)]
pub enum DemoFailure {
    /// The pack of the fictional jurisdiction could not be adopted.
    #[error("the rules of the demonstration could not be adopted: {0}")]
    Rules(String),
    /// Its figures could not be published.
    #[error("the figures of the demonstration could not be published: {0}")]
    Published(String),
    /// An invented decision that the rules refuse: a fault of the generator.
    #[error("the demonstration made a decision that its own rules refuse: {0}")]
    Refused(String),
    /// The register could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What was made could not be read.
    #[error(transparent)]
    Unread(Box<ReadError>),
    /// It was broken off while it was made.
    #[error(
        "the demonstration in this place was broken off while it was made: delete it and start again"
    )]
    HalfMade,
    /// The making ended without saying why.
    #[error("the making of the demonstration stopped unexpectedly: delete it and start again")]
    Stopped,
}

impl From<Refused> for DemoFailure {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Store(error) => Self::Store(error),
            Refused::Rule { code, said, .. } => Self::Refused(format!("{code}: {said}")),
        }
    }
}

/// Opens a register, on a file or a server, and fills it with the demonstration. A register that holds something is
/// opened as it is.
pub async fn open(
    opening: Opening,
    demo: Demo,
    progress: impl FnMut(&DemoProgress) + Send,
) -> Result<(Registry, DemoReport), DemoFailure> {
    let registry = Registry::open(opening.clone()).await?;
    if registry.store().head().await? > 0 {
        if is_half_made(&registry).await? {
            return Err(DemoFailure::HalfMade);
        }
        return Ok((registry, DemoReport::default()));
    }
    drop(registry);
    let hand = FixedClock::at(BEGUN);
    let mut filling = opening.clone();
    filling.clock = Clock::Fixed(hand.clone());
    let making = Making {
        registry: Registry::open(filling).await?,
        hand,
        shown: BEGUN,
    };
    let now = Instant::from_micros(opening.clock.now_us());
    let report = making.fill(demo, now, progress).await?;
    Ok((Registry::open(opening).await?, report))
}

const MARK: &str = "INSERT INTO import_progress (source, file_sha256, mapping_sha256, last_row, \
    decisions, rejected, done, updated_us) VALUES ('demonstration', '', '', 0, 0, 0, 0, $1)";
const MARKED: &str = "SELECT done FROM import_progress WHERE source = 'demonstration'";
const DONE: &str = "UPDATE import_progress SET done = 1 WHERE source = 'demonstration'";

async fn is_half_made(registry: &Registry) -> Result<bool, StoreError> {
    let mark = registry.store().database().query_one(MARKED, &[]).await?;
    mark.map_or(Ok(false), |row| Ok(row.int(0)? == 0))
}

/// A register that is being filled, and the clock that walks with what is entered.
struct Making {
    registry: Registry,
    hand: FixedClock,
    shown: i64,
}

impl Making {
    async fn fill(
        mut self,
        demo: Demo,
        now: Instant,
        mut progress: impl FnMut(&DemoProgress) + Send,
    ) -> Result<DemoReport, DemoFailure> {
        let database = self.registry.store().database().clone();
        database.execute(MARK, vec![Value::Int(BEGUN)]).await?;
        let law = midland(&self.registry).await?;
        // From here on the processes pass over what is stored together with all that it states.
        self.registry.processes().catch_up().await?;
        let rules = self.registry.store().head().await?;
        let present = Present {
            now,
            today: law.day(now),
        };
        let mut lives = Lives::plan(demo.seed, present)?;
        let (send, mut receive) = mpsc::channel(AHEAD);
        let maker = Maker::new(&self.registry, law, demo, present, send);
        let making = tokio::task::spawn_blocking(move || maker.run());
        let mut report = DemoReport {
            lives: lives.count(),
            ..DemoReport::default()
        };
        while let Some(entered) = receive.recv().await {
            let entered = entered?;
            report.sentences = entered.sentences;
            self.store(entered.block, &mut lives).await?;
            progress(&DemoProgress {
                sentences: report.sentences,
                of: u64::from(demo.sentences) + u64::from(DRAFTS),
            });
        }
        making.await.map_err(|_| DemoFailure::Stopped)?;
        while lives.next().is_some() {
            self.play(&mut lives).await?;
        }
        self.show(now.micros());
        self.registry.catch_up().await?;
        // What is late in the lives is found as in any register.
        self.registry.scheduler().run().await?;
        self.registry.catch_up().await?;
        let filled = self.registry.fill_possible().await;
        filled.map_err(|error| DemoFailure::Unread(Box::new(error)))?;
        self.publish().await?;
        let entries = self.registry.store().head().await?;
        report.events = entries.saturating_sub(rules);
        database.execute(DONE, Vec::new()).await?;
        Ok(report)
    }

    /// Publishes the first figures.
    async fn publish(&self) -> Result<(), DemoFailure> {
        let published = self.registry.publish(&people::administrator()).await;
        published
            .map(drop)
            .map_err(|error| DemoFailure::Published(error.to_string()))
    }

    /// Stores what was entered on one day, on that day, with what is played before and between.
    async fn store(&mut self, mut block: Block, lives: &mut Lives) -> Result<(), DemoFailure> {
        while let Some(last) = block.events.last()
            && let Some(next) = lives.next().filter(|next| *next < last.sealed.recorded_us)
        {
            let earlier = before(&mut block, next);
            self.keep(earlier).await?;
            self.play(lives).await?;
        }
        Ok(self.keep(block).await?)
    }

    async fn keep(&mut self, block: Block) -> Result<(), StoreError> {
        let Some(last) = block.events.last() else {
            return Ok(());
        };
        self.show(last.sealed.recorded_us);
        let kept = store_blocks(&self.registry, &[block], |_| Batch::new()).await?;
        kept.stored.map(drop).ok_or_else(|| {
            Damage::new("somebody else wrote into the demonstration while it was made").into()
        })
    }

    /// Lets the clock show a moment.
    fn show(&mut self, moment: i64) {
        self.hand.advance(moment.saturating_sub(self.shown));
        self.shown = moment;
    }
}

/// Takes what was entered before a moment out of a block, with all that goes with the block; nothing where nothing was.
fn before(block: &mut Block, moment: i64) -> Block {
    let earlier = block
        .events
        .partition_point(|e| e.sealed.recorded_us < moment);
    if earlier == 0 {
        return Block::default();
    }
    let events = block.events.split_off(earlier);
    let rest = Block {
        events,
        ..Block::default()
    };
    std::mem::replace(block, rest)
}

/// Adopts the rules of the fictional jurisdiction.
async fn midland(registry: &Registry) -> Result<Arc<Pack>, DemoFailure> {
    let said = |error: &dyn std::fmt::Display| DemoFailure::Rules(error.to_string());
    let built_in = BUILT_IN.iter().find(|(name, _)| *name == "midland");
    let (name, text) = built_in.ok_or_else(|| said(&"the pack is missing"))?;
    let pack = Pack::parse(text).map_err(|error| said(&error))?;
    let administrator = people::administrator();
    let adopted = registry.adopt_built_in(&administrator, name, text, &pack);
    adopted.await.map_err(|error: ImportFailure| said(&error))?;
    let law = registry.packs().version(&pack.version).await;
    law.map_err(|error| said(&error))
}
