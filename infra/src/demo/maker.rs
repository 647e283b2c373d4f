//! The thread that makes the demonstration: cases in the order of their decisions, entries in the order of their
//! recording.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::jurisdiction::Pack;
use domain::person::PersonCommand;
use domain::sentence::{Impose, Propose, SentenceCommand, WithReason};
use domain::values::{Day, Instant, Known, Occurred, PersonId, SentenceId};
use tokio::sync::mpsc;

use super::chance::Chance;
use super::decision::{Convicted, Sketch};
use super::tale::{Present, Tale};
use super::{Demo, DemoFailure, people};
use crate::access::Call;
use crate::bulk::{self, Block, Case, Composer, Refused};
use crate::registry::Registry;

/// People decided on in the last so many days have names, and decisions on them reasons in words.
const NAMED: u32 = 800;
/// Drafts that wait for the sample judge.
pub(super) const DRAFTS: u32 = 6;
/// A decision is drafted at most so many days before it is pronounced.
const DRAFTED: u32 = 6;
/// Of a thousand adults with an earlier conviction, how many were convicted in the demonstration itself, at most.
const RETURNING: u32 = 600;
/// How often somebody is looked for who could have come back.
const TRIES: u32 = 6;
const DAY_US: i64 = 86_400_000_000;

/// What was entered on one day.
#[derive(Default)]
pub(super) struct Entered {
    /// The events, in the order of their recording, with the keys and the names that they need, or later ones will.
    pub(super) block: Block,
    /// How many sentences are told so far.
    pub(super) sentences: u64,
}

pub(super) type Made = Result<Entered, DemoFailure>;

/// Makes every case and puts its entries in order with those of the others.
pub(super) struct Maker {
    composer: Composer,
    demo: Demo,
    present: Present,
    chance: Chance,
    convicted: Vec<Convicted>,
    /// Entries of the cases told so far that lie after the last day sent.
    waiting: BTreeMap<(i64, u64), bulk::Made>,
    noted: u64,
    /// What goes with the entries and is not sent yet.
    beside: Block,
    sentences: u64,
    send: mpsc::Sender<Made>,
}

/// The one who waited is gone, or was told why there is nothing more to come.
struct Over;

impl Maker {
    pub(super) fn new(
        registry: &Registry,
        law: Arc<Pack>,
        demo: Demo,
        present: Present,
        send: mpsc::Sender<Made>,
    ) -> Self {
        Self {
            composer: Composer::new(registry, law),
            demo,
            present,
            chance: Chance::of(demo.seed, 0),
            convicted: Vec::new(),
            waiting: BTreeMap::new(),
            noted: 0,
            beside: Block::default(),
            sentences: 0,
            send,
        }
    }

    pub(super) fn run(mut self) {
        // Whoever waits notices an early end by what is missing.
        drop(self.make());
    }

    fn make(&mut self) -> Result<(), Over> {
        for (n, day) in (1_u64..).zip(self.days()) {
            // Nothing told from here on was entered earlier.
            self.send_before(Instant::start_of(day.minus_days(DRAFTED + 1)))?;
            let block = self.sentence(n, day);
            self.take(block)?;
        }
        for n in 0..DRAFTS {
            let block = self.draft(u64::from(n));
            self.take(block)?;
        }
        self.send_before(Instant::from_micros(i64::MAX))
    }

    fn take(&mut self, block: Result<Block, Refused>) -> Result<(), Over> {
        match block {
            Ok(block) => {
                self.sentences = self.sentences.saturating_add(1);
                self.beside.keys.extend(block.keys);
                self.beside.names.extend(block.names);
                for event in block.events {
                    self.noted = self.noted.saturating_add(1);
                    let at = event.sealed.recorded_us;
                    self.waiting.insert((at, self.noted), event.lean());
                }
                Ok(())
            }
            Err(refused) => {
                drop(self.send.blocking_send(Err(refused.into())));
                Err(Over)
            }
        }
    }

    /// Sends what was entered before a moment, day by day.
    fn send_before(&mut self, moment: Instant) -> Result<(), Over> {
        while let Some(((first, _), _)) = self.waiting.first_key_value() {
            let until = first.div_euclid(DAY_US).saturating_add(1) * DAY_US;
            if until > moment.micros() {
                return Ok(());
            }
            let mut block = std::mem::take(&mut self.beside);
            while let Some(next) = self.waiting.first_entry()
                && next.key().0 < until
            {
                block.events.push(next.remove());
            }
            let entered = Entered {
                block,
                sentences: self.sentences,
            };
            self.send.blocking_send(Ok(entered)).map_err(|_| Over)?;
        }
        Ok(())
    }

    /// The days of the decisions, in their order: working days since 2021.
    fn days(&mut self) -> Vec<Day> {
        let Some(first) = Day::of(2021, 1, 4) else {
            return Vec::new();
        };
        let span = u32::try_from(first.days_until(self.present.today))
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

    fn tale(&self, sketch: Sketch, mut chance: Chance) -> (Tale<'_>, PersonId) {
        let known = sketch.earlier.is_some();
        let person = sketch.earlier.unwrap_or_else(|| PersonId(chance.id()));
        let id = SentenceId(chance.id());
        let case = Case::new(&self.composer, person, known, id);
        (Tale::new(case, sketch, chance, self.present), person)
    }

    fn sentence(&mut self, n: u64, day: Day) -> Result<Block, Refused> {
        let mut chance = Chance::of(self.demo.seed, n);
        let named = day > self.present.today.minus_days(NAMED);
        let mut sketch = Sketch::of(day, named, self.composer.law(), &mut chance);
        let live = named && chance.happens(450);
        if let Some(earlier) = self.earlier(&sketch, &mut chance) {
            sketch.about(&earlier);
        }
        let (mut tale, person) = self.tale(sketch, chance);
        let convicted = Convicted::of(person, &tale.sketch);
        let judge = people::judge(tale.sketch.court, &mut tale.chance);
        let imposed = if live {
            tale.decide_live(person, &judge)?
        } else {
            tale.register(day)? && tale.impose(person, &judge)?
        };
        if imposed {
            tale.begin_order();
            tale.begin_supervision();
            tale.begin_course()?;
        }
        let block = tale.tell()?;
        if imposed {
            self.convicted.push(convicted);
        }
        Ok(block)
    }

    /// Of those with an earlier conviction some were convicted here.
    fn earlier(&self, sketch: &Sketch, chance: &mut Chance) -> Option<Convicted> {
        if self.convicted.is_empty() || !sketch.returns() || !chance.happens(RETURNING) {
            return None;
        }
        let mut found = (0..TRIES).map(|_| chance.pick(&self.convicted));
        found.find(|earlier| earlier.fits(sketch))
    }

    /// A decision that the sample judge has to take: drafted these days by the clerk.
    fn draft(&self, n: u64) -> Result<Block, Refused> {
        let mut chance = Chance::of(self.demo.seed, u64::MAX - n);
        let today = self.present.today;
        let sketch = loop {
            let sketch = Sketch::of(today, true, self.composer.law(), &mut chance);
            if sketch.court == "ashby" {
                break sketch;
            }
        };
        let (mut tale, person) = self.tale(sketch, chance);
        let drafted = today.minus_days(tale.chance.between(1, DRAFTED));
        if tale.register(drafted)? {
            tale.propose(person, drafted)?;
        }
        tale.tell()
    }
}

impl Tale<'_> {
    /// Registers the person, unless an earlier decision did.
    fn register(&mut self, day: Day) -> Result<bool, Refused> {
        if self.sketch.earlier.is_some() {
            return Ok(true);
        }
        let register = people::registration(&self.sketch, &mut self.chance);
        let clerk = people::clerk(self.sketch.court);
        let command = PersonCommand::Register(register);
        self.act(day, 0, |case| case.person(&clerk, command.clone()))
    }

    /// Entered when it had been pronounced, by date.
    fn impose(&mut self, person: PersonId, judge: &Call) -> Result<bool, Refused> {
        let decision = self.sketch.decide(self.case.law(), &mut self.chance);
        let day = self.sketch.day;
        let command = SentenceCommand::Impose(Impose {
            person,
            pronounced: Occurred::On(day.into()),
            decision,
            comparison: Known::NotRecorded,
        });
        let delay = self.delay();
        self.act(day, delay, |case| case.sentence(judge, command.clone()))
    }

    fn propose(&mut self, person: PersonId, day: Day) -> Result<bool, Refused> {
        let decision = self.sketch.decide(self.case.law(), &mut self.chance);
        let draft = SentenceCommand::Propose(Propose { person, decision });
        let clerk = people::clerk(self.sketch.court);
        self.act(day, 0, |case| case.sentence(&clerk, draft.clone()))
    }

    /// Drafted by the clerk, pronounced by the judge, and entered within the hour. A draft that may not be imposed is
    /// withdrawn, and what was pronounced is entered as it was.
    fn decide_live(&mut self, person: PersonId, judge: &Call) -> Result<bool, Refused> {
        let day = self.sketch.day;
        let drafted = day.minus_days(self.chance.between(1, DRAFTED));
        if !(self.register(drafted)? && self.propose(person, drafted)? && self.enter(day, 0)) {
            return Ok(false);
        }
        let ago = i64::from(self.chance.between(2, 40)) * 60_000_000;
        let at = Instant::from_micros(self.entered().micros() - ago);
        let pronounced = Occurred::At(at);
        let impose = SentenceCommand::ImposeProposed {
            pronounced,
            comparison: Known::NotRecorded,
        };
        match self.case.sentence(judge, impose) {
            Err(Refused::Rule { .. }) => {}
            other => return other.map(|()| true),
        }
        let withdraw = SentenceCommand::WithdrawProposal(WithReason {
            pronounced: Occurred::On(day.into()),
            reason: None,
            note: None,
        });
        self.act(day, 0, |case| case.sentence(judge, withdraw.clone()))?;
        self.impose(person, judge)
    }
}
