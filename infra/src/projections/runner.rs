//! What drives the projections: pages of the ledger in, rows and checkpoints out.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};
use std::time::Duration;

use domain::jurisdiction::Pack;
use serde::Serialize;
use tokio::sync::oneshot::{self, error::TryRecvError};
use tokio::sync::{Mutex, Notify, watch};
use tokio::task::JoinHandle;

use super::ahead::{Ahead, Handed, PAGE, Read};
use super::blocks::JOINED;
use super::filing::{Filing, FilingFacts, concerned};
use super::states::States;
use super::{READ_MODELS, signed};
use crate::bulk::Made;
use crate::clock::Clock;
use crate::error::{Damage, StoreError};
use crate::facts::FactTable;
use crate::packs::{Packs, PacksError};
use crate::record::Recorded;
use crate::store::database::{Batch, Value};
use crate::store::{Store, Stored};

const LEASE_US: i64 = 5_000_000;

/// How a projection stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// Its name.
    pub name: String,
    /// Which build of it.
    pub generation: i64,
    /// Every event below this index is filed.
    pub checkpoint: u64,
    /// Whether it answers; otherwise it is being built.
    pub live: bool,
    /// The event that stopped it, and why.
    pub poison: Option<String>,
}

/// The projections of one process; clones share them.
#[derive(Clone)]
pub struct Projections {
    pub(super) inner: Arc<Inner>,
}

pub(super) struct Inner {
    pub(super) store: Store,
    pub(super) packs: Packs,
    pub(super) clock: Clock,
    pub(super) holder: String,
    /// Which generation is filed here: the one that answers, or one beside it.
    pub(super) live: bool,
    pub(super) facts: RwLock<FactTable>,
    pub(super) progress: watch::Sender<u64>,
    pub(super) wake: Notify,
    pub(super) handed: Handed,
    pub(super) pass: Mutex<Pass>,
}

#[derive(Default)]
pub(super) struct Pass {
    states: States,
    /// Where the folded states stand.
    at: u64,
    lease_until: i64,
    models: Option<Vec<Model>>,
    ahead: Ahead,
    /// The page before, while it is stored.
    storing: Option<JoinHandle<Result<(), StoreError>>>,
}

impl Pass {
    /// Waits until the page before is stored.
    pub(super) async fn settle(&mut self) -> Result<(), StoreError> {
        match self.storing.take() {
            None => Ok(()),
            Some(storing) => match storing.await {
                Ok(stored) => stored,
                Err(stopped) => Err(StoreError::unavailable("filing a page", stopped)),
            },
        }
    }

    /// Forgets what was read: the next page begins from what is durable.
    pub(super) fn begin_anew(&mut self) {
        self.models = None;
        self.states.clear();
        self.lease_until = 0;
    }
}

#[derive(Debug, Clone)]
pub(super) struct Model {
    pub(super) name: String,
    pub(super) generation: i64,
    pub(super) checkpoint: u64,
    pub(super) poison: Option<String>,
}

/// The generation of a read model that answers.
pub(crate) fn generation(standings: &[Standing], name: &str) -> Result<i64, StoreError> {
    let live = standings.iter().find(|s| s.live && s.name == name);
    live.map(|s| s.generation)
        .ok_or_else(|| Damage::new(format!("projection {name} has no live generation")).into())
}

impl Projections {
    /// The projections over a store; the facts are read from their durable form.
    pub async fn open(
        store: Store,
        packs: Packs,
        clock: Clock,
        holder: String,
    ) -> Result<Self, StoreError> {
        let inner = Inner {
            facts: RwLock::new(FactTable::new()),
            store,
            packs,
            clock,
            holder,
            live: true,
            progress: watch::Sender::new(0),
            wake: Notify::new(),
            handed: Handed::default(),
            pass: Mutex::default(),
        };
        let projections = Self {
            inner: Arc::new(inner),
        };
        projections.prepare().await?;
        projections.reload_facts(false).await?;
        projections.tell().await?;
        Ok(projections)
    }

    async fn prepare(&self) -> Result<(), StoreError> {
        let mut batch = Batch::new();
        for model in &READ_MODELS {
            batch.run(
                "INSERT INTO projections (name, generation, checkpoint, live) SELECT $1, 1, 0, 1 \
                 WHERE NOT EXISTS (SELECT 1 FROM projections WHERE name = $2)",
                vec![model.name.into(), model.name.into()],
            );
        }
        batch.run(
            "INSERT INTO projection_lease (name, holder, until_us) VALUES ('live', '', 0) \
             ON CONFLICT (name) DO NOTHING",
            vec![],
        );
        self.inner.store.database().transaction(batch).await?;
        Ok(())
    }

    /// The facts as far as they are filed.
    pub fn facts(&self) -> RwLockReadGuard<'_, FactTable> {
        self.inner
            .facts
            .read()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// How far everything is filed, whenever that changes.
    pub(crate) fn progress(&self) -> watch::Receiver<u64> {
        self.inner.progress.subscribe()
    }

    /// Says that the ledger has grown by these events.
    pub(crate) fn hand_over(&self, stored: Stored, events: Vec<Made>) {
        self.inner.handed.add(stored, events);
        self.wake();
    }

    /// Says that the ledger has grown.
    pub fn wake(&self) {
        self.inner.wake.notify_one();
    }

    /// Files events for as long as the process lives.
    pub async fn run(self) {
        loop {
            let pause = match self.pass().await {
                Ok(true) => continue,
                Ok(false) => Duration::from_millis(500),
                Err(error) => {
                    tracing::error!(%error, "the projections stopped and try again");
                    Duration::from_secs(1)
                }
            };
            // A moment of patience makes larger batches of the events of busy hours.
            let woken = tokio::time::timeout(pause, self.inner.wake.notified()).await;
            if woken.is_ok() {
                tokio::time::sleep(Duration::from_millis(15)).await;
            }
        }
    }

    /// Files what some work adds to the ledger while the work goes on, at a distance.
    pub(crate) async fn follow_while<T>(&self, work: impl Future<Output = T>) -> T {
        let (going_on, mut over) = oneshot::channel::<()>();
        let projections = self.clone();
        // A task of its own, so that a page is filed while the next batch is made; it ends with the work, whatever
        // becomes of that.
        let filing = tokio::spawn(async move {
            while over.try_recv() == Err(TryRecvError::Empty) {
                // Work that stores nothing leaves everything as it is.
                tokio::select! {
                    () = projections.inner.wake.notified() => {}
                    _ = &mut over => return,
                }
                // What cannot be filed now is filed, or told, by whoever needs it.
                while over.try_recv() == Err(TryRecvError::Empty)
                    && projections.inner.handed.is_far_behind()
                    && matches!(projections.pass().await, Ok(true))
                {}
            }
        });
        let done = work.await;
        drop(going_on);
        drop(filing.await);
        done
    }

    /// Waits until every event below an index is filed, at most so long; says whether it is.
    pub async fn wait_for(&self, index: u64, at_most: Duration) -> bool {
        self.wake();
        let mut progress = self.inner.progress.subscribe();
        let reached = progress.wait_for(|filed| *filed >= index);
        tokio::time::timeout(at_most, reached)
            .await
            .is_ok_and(|r| r.is_ok())
    }

    /// Files everything up to the head of the ledger, in this process or by waiting for another.
    pub async fn catch_up(&self) -> Result<u64, StoreError> {
        let head = self.inner.store.head().await?;
        while *self.inner.progress.borrow() < head {
            if !self.pass().await? {
                let standings = self.standings().await?;
                if standings.iter().any(|s| s.live && s.poison.is_some()) {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
        Ok(head)
    }

    /// How each projection stands.
    pub async fn standings(&self) -> Result<Vec<Standing>, StoreError> {
        let sql = "SELECT name, generation, checkpoint, live, poison FROM projections ORDER BY name, generation";
        let rows = self.inner.store.database().query(sql, &[]).await?;
        rows.iter()
            .map(|row| {
                Ok(Standing {
                    name: row.text(0)?.to_owned(),
                    generation: row.int(1)?,
                    checkpoint: row.count(2)?,
                    live: row.int(3)? == 1,
                    poison: row.maybe_text(4)?.map(str::to_owned),
                })
            })
            .collect()
    }

    /// The generation of a read model that answers.
    pub async fn live_generation(&self, name: &str) -> Result<i64, StoreError> {
        generation(&self.standings().await?, name)
    }

    /// One page, filed while the one before it is stored; says whether there may be more.
    async fn pass(&self) -> Result<bool, StoreError> {
        let mut pass = self.inner.pass.lock().await;
        if !self.lead(&mut pass).await? {
            return self.follow().await;
        }
        let models = match &pass.models {
            Some(models) => models.clone(),
            None => self.models("live = 1").await?,
        };
        let result = self.page(&mut pass, models).await;
        if result.is_err() {
            // What the page before came to is read again with everything else.
            drop(pass.settle().await);
            pass.models = None;
            pass.lease_until = 0;
        }
        let more = match result {
            Err(StoreError::Moved { .. }) => true,
            other => other?,
        };
        drop(pass);
        self.tell().await?;
        Ok(more)
    }

    /// Takes or keeps the lease; whoever takes it anew begins from what is durable.
    async fn lead(&self, pass: &mut Pass) -> Result<bool, StoreError> {
        let now = self.inner.clock.now_us();
        if pass.lease_until.saturating_sub(now) > LEASE_US / 2 {
            return Ok(true);
        }
        let until = now.saturating_add(LEASE_US);
        let holder = self.inner.holder.as_str();
        let sql = "UPDATE projection_lease SET holder = $1, until_us = $2 \
                   WHERE name = 'live' AND (holder = $3 OR until_us < $4)";
        let params = vec![holder.into(), until.into(), holder.into(), now.into()];
        let taken = self.inner.store.database().execute(sql, params).await? == 1;
        if taken && pass.lease_until < now {
            pass.models = None;
            pass.states.clear();
            self.reload_facts(true).await?;
        }
        pass.lease_until = if taken { until } else { 0 };
        Ok(taken)
    }

    /// Gives the lease back, so that another process need not wait for it to run out.
    pub async fn release(&self) -> Result<(), StoreError> {
        let mut pass = self.inner.pass.lock().await;
        pass.settle().await?;
        pass.lease_until = 0;
        let sql = "UPDATE projection_lease SET until_us = 0 WHERE name = 'live' AND holder = $1";
        self.inner
            .store
            .database()
            .execute(sql, vec![self.inner.holder.as_str().into()])
            .await?;
        Ok(())
    }

    /// Another process files the tables; the facts in memory are this one's own copy.
    async fn follow(&self) -> Result<bool, StoreError> {
        let from = self.facts().next_index();
        let rows = self.inner.store.page(from, PAGE).await?;
        let read: Vec<Recorded> = rows
            .iter()
            .map(Recorded::read_row)
            .collect::<Result<_, _>>()?;
        {
            let mut facts = self
                .inner
                .facts
                .write()
                .unwrap_or_else(PoisonError::into_inner);
            for recorded in &read {
                facts.file(recorded);
            }
        }
        self.tell().await?;
        Ok(!rows.is_empty())
    }

    pub(super) async fn models(&self, which: &str) -> Result<Vec<Model>, StoreError> {
        let sql =
            format!("SELECT name, generation, checkpoint, poison FROM projections WHERE {which}");
        let rows = self.inner.store.database().query(&sql, &[]).await?;
        rows.iter()
            .map(|row| {
                Ok(Model {
                    name: row.text(0)?.to_owned(),
                    generation: row.int(1)?,
                    checkpoint: row.count(2)?,
                    poison: row.maybe_text(3)?.map(str::to_owned),
                })
            })
            .collect()
    }

    /// Files one page in these read models; says whether there may be more.
    pub(super) async fn page(
        &self,
        pass: &mut Pass,
        models: Vec<Model>,
    ) -> Result<bool, StoreError> {
        let running = models
            .iter()
            .filter(|m| m.poison.is_none())
            .map(|m| m.checkpoint);
        let Some(start) = running.min() else {
            return Ok(false);
        };
        let mut filing = Filing::of(&models);
        if filing.is_of_facts_alone() {
            let (filing, end) = Box::pin(self.file_facts(filing, start)).await?;
            self.store(pass, models, filing, end).await?;
            pass.settle().await?;
            return Ok(end > start);
        }
        let page = pass
            .ahead
            .page(&self.inner.store, &self.inner.handed, start)
            .await?;
        let Some(last) = page.last() else {
            pass.settle().await?;
            pass.models = Some(models);
            return Ok(false);
        };
        if pass.at != start {
            pass.states.clear();
        }
        let end = last.index().saturating_add(1);
        for read in &page {
            self.file_read(pass, read, &mut filing).await?;
        }
        pass.at = end;
        self.store(pass, models, filing, end).await?;
        // After the last page nothing is filed meanwhile.
        if !pass.ahead.is_reading() {
            pass.settle().await?;
        }
        Ok(true)
    }

    /// Begins to store what was filed, as soon as what was filed before is stored.
    async fn store(
        &self,
        pass: &mut Pass,
        mut models: Vec<Model>,
        filing: Filing,
        end: u64,
    ) -> Result<(), StoreError> {
        pass.settle().await?;
        let batch = self.changes(&mut models, filing, end)?;
        let database = self.inner.store.database().clone();
        let storing = async move { database.transaction(batch).await.map(drop) };
        pass.storing = Some(tokio::spawn(storing));
        pass.models = Some(models);
        Ok(())
    }

    /// Files as many events as a block holds at most, where nothing is filed but the facts: they are told by the events
    /// themselves, so no stream is folded. Gives the index that they reach.
    async fn file_facts(&self, filing: Filing, start: u64) -> Result<(Filing, u64), StoreError> {
        let lock = || {
            let facts = self.inner.facts.write();
            facts.unwrap_or_else(PoisonError::into_inner)
        };
        let facts = std::mem::take(&mut *lock());
        let filed = FilingFacts { facts, filing };
        let (filed, seen) = self.inner.store.lend(start, JOINED, filed).await?;
        *lock() = filed.facts;
        Ok((filed.filing, start.saturating_add(seen)))
    }

    async fn file_read(
        &self,
        pass: &mut Pass,
        read: &Read,
        filing: &mut Filing,
    ) -> Result<(), StoreError> {
        // Damage stops the read models it concerns; anything else is tried again.
        let folded = match read {
            Read::Event(recorded) => {
                let folded = pass.states.after(&self.inner.store, recorded).await;
                folded.map(|folded| (recorded, folded))
            }
            Read::Damaged(damaged) => Err(damaged.why.clone()),
        };
        let ruled = match folded {
            Ok((recorded, folded)) => {
                let law = self.law(recorded).await;
                law.map(|law| (recorded, folded, law))
            }
            Err(error) => Err(error),
        };
        let filed = match ruled {
            Ok(filed) => Ok(filed),
            Err(damage @ StoreError::Corrupt(_)) => Err(damage.to_string()),
            Err(other) => return Err(other),
        };
        let mut facts = self
            .inner
            .facts
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        for model in filing.due(read.index()) {
            match &filed {
                Ok((recorded, folded, law)) => match model.file {
                    Some(file) => file(&mut model.changes, recorded, folded, law.as_deref()),
                    None => facts.file(recorded),
                },
                Err(damage) if concerned(&model.name, read.stream_type()) => {
                    model.poisoned = Some((read.index(), damage.clone()));
                }
                Err(_) => {}
            }
        }
        Ok(())
    }

    /// The rules that an event was recorded under; none for the adoption of rules.
    async fn law(&self, recorded: &Recorded) -> Result<Option<Arc<Pack>>, StoreError> {
        let policy = recorded.told.policy.as_deref();
        match self.inner.packs.told(policy).await {
            Ok(law) => Ok(law),
            Err(PacksError::Store(error)) => Err(error),
            Err(
                PacksError::Pack(_)
                | PacksError::NotAdopted(_)
                | PacksError::Unknown { .. }
                | PacksError::Several(_),
            ) => Ok(None),
        }
    }

    /// What a page changes, and how far the read models come by it.
    fn changes(&self, models: &mut [Model], filing: Filing, end: u64) -> Result<Batch, StoreError> {
        let mut batch = Batch::new();
        batch.can_be_redone();
        // Mostly all of them come equally far: then one statement says so.
        let mut moved: BTreeMap<_, Vec<Value>> = BTreeMap::new();
        for (model, filed) in models.iter_mut().zip(filing.models) {
            if model.poison.is_some() || model.checkpoint >= end {
                continue;
            }
            let (reached, poison) = match filed.poisoned {
                Some((index, what)) => (index, Some(what)),
                None => (end, None),
            };
            if let Some(what) = &poison {
                tracing::error!(projection = %model.name, index = reached, "stopped by an event: {what}");
            }
            filed.changes.put_into(&mut batch);
            if model.name == "facts" && reached > model.checkpoint {
                self.put_segment(&mut batch, model.generation, reached)?;
            }
            let step = (model.generation, model.checkpoint, reached, poison.clone());
            let names = moved.entry(step).or_default();
            names.push(model.name.as_str().into());
            model.checkpoint = reached;
            model.poison = poison;
        }
        for ((generation, from, reached, poison), names) in moved {
            let places: Vec<String> = (6..).take(names.len()).map(|n| format!("${n}")).collect();
            let sql = format!(
                "UPDATE projections SET checkpoint = $1, poison = $2 \
                 WHERE generation = $3 AND checkpoint = $4 AND live = $5 AND name IN ({})",
                places.join(", ")
            );
            let rows = u64::try_from(names.len()).unwrap_or(u64::MAX);
            let mut params = vec![
                signed(reached).into(),
                poison.into(),
                generation.into(),
                signed(from).into(),
                i64::from(self.inner.live).into(),
            ];
            params.extend(names);
            batch.run_expecting(rows, sql, params);
        }
        Ok(batch)
    }

    /// Tells those who wait how far everything is filed.
    async fn tell(&self) -> Result<(), StoreError> {
        let models = self.models("live = 1 AND poison IS NULL").await?;
        let filed = models
            .iter()
            .map(|m| m.checkpoint)
            .min()
            .unwrap_or_default();
        let filed = filed.min(self.facts().next_index());
        self.inner.progress.send_replace(filed);
        Ok(())
    }
}
