//! The demonstration: a fictional jurisdiction with years of invented decisions, the same for the same seed.
//!
//! Everything goes through the same rules as real decisions, by the second door: it has already happened. Nothing in it
//! is anybody: courts, offices and statutes are invented, and names are put together from invented syllables.

mod chance;
mod course;
mod decision;
mod order;
mod people;
mod supervision;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use domain::jurisdiction::{BUILT_IN, Pack};
use domain::person::PersonCommand;
use domain::sentence::{Impose, Propose, SentenceCommand};
use domain::values::{ComponentNo, Day, Instant, Known, Occurred, PersonId, SentenceId};
use serde::Serialize;
use tokio::sync::mpsc;

use self::chance::Chance;
use self::course::Course;
use self::decision::Sketch;
use self::order::Life;
use self::supervision::Watch;
use crate::bulk::{Block, Case, Composer, EVENTS_AT_ONCE, Refused, store_blocks};
use crate::error::StoreError;
use crate::import::ImportFailure;
use crate::registry::Registry;
use crate::store::database::Batch;

/// The sentences of a whole demonstration.
const SENTENCES: u32 = 20_000;
/// How many of the last ones have names, reasons and a close look.
const NAMED: u32 = 400;
/// Drafts that wait for the sample judge.
const DRAFTS: u32 = 6;

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
    /// Sentences, drafts included.
    pub sentences: u64,
    /// Sentences that were there already.
    pub existing: u64,
    /// Events.
    pub events: u64,
    /// Milliseconds it took.
    pub millis: u64,
}

/// Why there is no demonstration.
#[derive(Debug, thiserror::Error)]
pub enum DemoFailure {
    /// The pack of the fictional jurisdiction could not be adopted.
    #[error("the rules of the demonstration could not be adopted: {0}")]
    Rules(String),
    /// An invented decision that the rules refuse: a fault of the generator.
    #[error("the demonstration made a decision that its own rules refuse: {0}")]
    Refused(String),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The making ended without saying why.
    #[error(
        "the making of the demonstration stopped unexpectedly: start it again, what is stored is recognised"
    )]
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

impl Registry {
    /// Fills the register with the demonstration. What is there already is recognised and left out.
    pub async fn seed_demo(
        &self,
        demo: Demo,
        mut progress: impl FnMut(&DemoProgress) + Send,
    ) -> Result<DemoReport, DemoFailure> {
        let begun = self.clock().now_us();
        let law = self.midland().await?;
        let mut report = DemoReport::default();
        let (send, mut receive) = mpsc::channel(2);
        let maker = Maker::new(self, law, demo);
        let making = tokio::task::spawn_blocking(move || maker.run(&send));
        while let Some(blocks) = receive.recv().await {
            let blocks: Vec<Block> = blocks?;
            let kept = store_blocks(self, &blocks, |_| Batch::new()).await?;
            report.sentences = report.sentences.saturating_add(count(blocks.len()));
            report.existing = report.existing.saturating_add(count(kept.existing.len()));
            let stored = kept.stored.map_or(0, |stored| stored.count);
            report.events = report.events.saturating_add(stored);
            progress(&DemoProgress {
                sentences: report.sentences,
                of: u64::from(demo.sentences.saturating_add(DRAFTS)),
            });
        }
        making.await.map_err(|_| DemoFailure::Stopped)?;
        self.processes().catch_up().await?;
        let micros = self.clock().now_us().saturating_sub(begun);
        report.millis = u64::try_from(micros).unwrap_or_default().div_ceil(1_000);
        Ok(report)
    }

    async fn midland(&self) -> Result<Arc<Pack>, DemoFailure> {
        let said = |error: &dyn std::fmt::Display| DemoFailure::Rules(error.to_string());
        let built_in = BUILT_IN.iter().find(|(name, _)| *name == "midland");
        let (name, text) = built_in.ok_or_else(|| said(&"the pack is missing"))?;
        let pack = Pack::parse(text).map_err(|error| said(&error))?;
        if self.packs().version(&pack.version).await.is_err() {
            let administrator = people::administrator();
            let adopted = self.adopt_built_in(&administrator, name, text, &pack);
            adopted.await.map_err(|error: ImportFailure| said(&error))?;
        }
        let law = self.packs().version(&pack.version).await;
        law.map_err(|error| said(&error))
    }
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

type Made = Result<Vec<Block>, DemoFailure>;

/// The thread that makes the demonstration.
struct Maker {
    composer: Composer,
    demo: Demo,
    today: Day,
    chance: Chance,
}

impl Maker {
    fn new(registry: &Registry, law: Arc<Pack>, demo: Demo) -> Self {
        let now = Instant::from_micros(registry.clock().now_us());
        Self {
            today: law.day(now),
            composer: Composer::new(registry, law),
            demo,
            chance: Chance::of(demo.seed),
        }
    }

    fn run(mut self, send: &mpsc::Sender<Made>) {
        let (mut blocks, mut events) = (Vec::new(), 0_usize);
        for (n, day) in (0_u32..).zip(self.days()) {
            let named = n.saturating_add(NAMED) >= self.demo.sentences;
            let made = self.sentence(day, named);
            match made {
                Ok(block) => {
                    events = events.saturating_add(block.events.len());
                    blocks.push(block);
                }
                Err(error) => {
                    drop(send.blocking_send(Err(error)));
                    return;
                }
            }
            if events >= EVENTS_AT_ONCE {
                events = 0;
                if send.blocking_send(Ok(std::mem::take(&mut blocks))).is_err() {
                    return;
                }
            }
        }
        let drafts: Result<Vec<Block>, _> = (0..DRAFTS).map(|_| self.draft()).collect();
        let last = drafts.map(|drafts| blocks.into_iter().chain(drafts).collect());
        drop(send.blocking_send(last));
    }

    /// The days of the decisions, in their order: working days since 2021.
    fn days(&mut self) -> Vec<Day> {
        let Some(first) = Day::of(2021, 1, 4) else {
            return Vec::new();
        };
        let span = u32::try_from(first.days_until(self.today))
            .unwrap_or(0)
            .saturating_sub(1);
        let mut days: Vec<Day> = (0..self.demo.sentences)
            .map(|_| {
                let at = self.chance.between(0, span);
                // The first day is a Monday; what falls on a weekend is decided on the Friday before.
                let past_friday = (at % 7).saturating_sub(4);
                first.plus_days(at.saturating_sub(past_friday))
            })
            .collect();
        days.sort_unstable();
        days
    }

    fn sentence(&mut self, day: Day, named: bool) -> Result<Block, DemoFailure> {
        let law = Arc::clone(self.composer.law());
        let sketch = Sketch::of(day, named, &law, &mut self.chance);
        let person = PersonId(self.chance.id());
        let id = SentenceId(self.chance.id());
        let mut case = Case::new(&self.composer, person, false, id);
        let judge = people::judge(sketch.court, &mut self.chance);
        register(&mut case, &sketch, &mut self.chance)?;
        let decision = sketch.decide(&law, &mut self.chance);
        let impose = SentenceCommand::Impose(Impose {
            person,
            pronounced: Occurred::On(day.into()),
            decision,
            comparison: Known::NotRecorded,
        });
        case.sentence(&judge, impose)?;
        live(&mut case, &sketch, self.today, &mut self.chance)?;
        Ok(case.finish())
    }

    /// A decision that the sample judge has to take: drafted today by the clerk.
    fn draft(&mut self) -> Result<Block, DemoFailure> {
        let law = Arc::clone(self.composer.law());
        let sketch = loop {
            let sketch = Sketch::of(self.today, true, &law, &mut self.chance);
            if sketch.court == "ashby" {
                break sketch;
            }
        };
        let person = PersonId(self.chance.id());
        let id = SentenceId(self.chance.id());
        let mut case = Case::new(&self.composer, person, false, id);
        register(&mut case, &sketch, &mut self.chance)?;
        let decision = sketch.decide(&law, &mut self.chance);
        let draft = SentenceCommand::Propose(Propose { person, decision });
        case.sentence(&people::clerk("ashby"), draft)?;
        Ok(case.finish())
    }
}

fn register(case: &mut Case<'_>, sketch: &Sketch, chance: &mut Chance) -> Result<(), Refused> {
    let register = people::registration(sketch.sex, sketch.named, sketch.age, sketch.day, chance);
    let clerk = people::clerk(sketch.court);
    case.person(&clerk, PersonCommand::Register(register))
}

/// What came after the decision: its orders with their supervisions first, then its own course.
fn live(
    case: &mut Case<'_>,
    sketch: &Sketch,
    today: Day,
    chance: &mut Chance,
) -> Result<(), Refused> {
    let first = ComponentNo(1);
    if let Some(mut life) = Life::of(case, first, sketch.court, today, chance) {
        life.attend_all()?;
        let (officer, ends) = (life.officer.clone(), life.ends);
        let until = ends.min(today);
        if let Some(mut watch) = Watch::of(life.case, first, officer, until, life.chance) {
            watch.run()?;
        }
        return life.end();
    }
    Course {
        case,
        sketch,
        today,
        chance,
    }
    .run()
}
