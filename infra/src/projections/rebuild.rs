//! A rebuild: a new generation of every read model, or of some, filled from the ledger beside the live one, which
//! answers until the new one has caught up and takes its place in one transaction.
//!
//! Stopped at any point, a rebuild leaves the live generation as it was; the next one clears what it left. A second
//! rebuild takes over from the first, which ends with an error.

use std::sync::{Arc, RwLock};
use std::time::Duration;

use tokio::sync::{Mutex, Notify, watch};

use super::ahead::Handed;
use super::runner::{Inner, Model, Pass, Projections};
use super::{READ_MODELS, ReadModel, signed};
use crate::error::{Damage, StoreError};
use crate::facts::FactTable;
use crate::store::database::{Batch, Value};

/// How long rows outlive their generation, for readers who looked it up a moment before.
const GRACE: Duration = Duration::from_secs(1);

/// Why nothing was rebuilt.
#[derive(Debug, thiserror::Error)]
pub enum RebuildError {
    /// No such read model.
    #[error("{name:?} is no list or figure that is kept: name one of {known}")]
    Unknown {
        /// The name given.
        name: String,
        /// The names there are.
        known: String,
    },
    /// The database failed, or an event stopped it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Projections {
    /// Builds every read model anew and puts it in the place of the live one; gives the length of the ledger that it
    /// was built from. A read model that an event stops keeps its live generation, and the event is named.
    pub async fn rebuild(&self) -> Result<u64, StoreError> {
        let all: Vec<&ReadModel> = READ_MODELS.iter().collect();
        self.rebuild_these(&all).await
    }

    /// Builds the read models of these names anew, as [`Projections::rebuild`] does with all of them.
    pub async fn rebuild_only(&self, names: &[String]) -> Result<u64, RebuildError> {
        let found = names.iter().map(|name| {
            let known = READ_MODELS.iter().find(|model| model.name == name);
            known.ok_or_else(|| RebuildError::Unknown {
                name: name.clone(),
                known: READ_MODELS.each_ref().map(|model| model.name).join(", "),
            })
        });
        let mut which = found.collect::<Result<Vec<_>, _>>()?;
        which.sort_unstable_by_key(|model| model.name);
        which.dedup_by_key(|model| model.name);
        Ok(self.rebuild_these(&which).await?)
    }

    async fn rebuild_these(&self, which: &[&ReadModel]) -> Result<u64, StoreError> {
        self.sweep().await?;
        let generation = self.begin_generation(which).await?;
        let beside = self.beside();
        let mut building = Pass::default();
        loop {
            self.file_all(&beside, &mut building, (generation, which))
                .await?;
            // Nothing is filed in this process while the generations change places.
            let mut pass = self.inner.pass.lock().await;
            pass.settle().await?;
            self.file_all(&beside, &mut building, (generation, which))
                .await?;
            match self.swap(generation, which).await {
                // Another process filed more meanwhile.
                Err(StoreError::Moved { .. }) => {}
                Err(other) => return Err(other),
                Ok(built) => {
                    // What is in memory is read again from the generation that answers now.
                    pass.begin_anew();
                    drop(pass);
                    // The blocks of the facts are read at a start only.
                    if which.iter().any(|model| model.file.is_some()) {
                        tokio::time::sleep(GRACE).await;
                    }
                    self.report(generation).await?;
                    self.sweep().await?;
                    return Ok(built);
                }
            }
        }
    }

    /// Removes what no generation that answers needs: of earlier rebuilds, finished or not.
    async fn sweep(&self) -> Result<(), StoreError> {
        let mut batch = Batch::new();
        for ReadModel { name, table, .. } in &READ_MODELS {
            let live = "(SELECT generation FROM projections WHERE name = $1 AND live = 1)";
            batch.run(
                format!("DELETE FROM {table} WHERE generation <> {live}"),
                vec![(*name).into()],
            );
            batch.run(
                "DELETE FROM projections WHERE name = $1 AND live = 0",
                vec![(*name).into()],
            );
        }
        self.inner.store.database().transaction(batch).await?;
        Ok(())
    }

    /// Begins a generation that no read model had yet.
    async fn begin_generation(&self, which: &[&ReadModel]) -> Result<i64, StoreError> {
        let newest = self.standings().await?.iter().map(|s| s.generation).max();
        let generation = newest.unwrap_or_default().saturating_add(1);
        let mut batch = Batch::new();
        for model in which {
            batch.run(
                "INSERT INTO projections (name, generation, checkpoint, live) VALUES ($1, $2, 0, 0)",
                vec![model.name.into(), generation.into()],
            );
        }
        self.inner.store.database().transaction(batch).await?;
        Ok(generation)
    }

    /// A runner of its own beside this one, with its own facts.
    fn beside(&self) -> Self {
        let inner = Inner {
            store: self.inner.store.clone(),
            packs: self.inner.packs.clone(),
            clock: self.inner.clock.clone(),
            holder: self.inner.holder.clone(),
            live: false,
            facts: RwLock::new(FactTable::new()),
            progress: watch::Sender::new(0),
            wake: Notify::new(),
            handed: Handed::default(),
            pass: Mutex::default(),
        };
        Self {
            inner: Arc::new(inner),
        }
    }

    /// Files whatever the ledger holds in the new generation.
    async fn file_all(
        &self,
        beside: &Self,
        building: &mut Pass,
        (generation, which): (i64, &[&ReadModel]),
    ) -> Result<(), StoreError> {
        loop {
            building.settle().await?;
            let models = self.new_models(generation, which).await?;
            if !beside.page(building, models).await? {
                return Ok(());
            }
        }
    }

    async fn new_models(
        &self,
        generation: i64,
        which: &[&ReadModel],
    ) -> Result<Vec<Model>, StoreError> {
        let models = self
            .models(&format!(
                "generation = {generation} AND live = 0 AND name <> 'processes'"
            ))
            .await?;
        if models.len() == which.len() {
            Ok(models)
        } else {
            Err(Damage::new("another rebuild began: this one gives way").into())
        }
    }

    /// Puts the new generation in the place of the live one, wherever no event stopped it and nothing is missing.
    async fn swap(&self, generation: i64, which: &[&ReadModel]) -> Result<u64, StoreError> {
        let mut batch = Batch::new();
        let mut built = 0;
        for model in self.new_models(generation, which).await? {
            if model.poison.is_some() {
                continue;
            }
            built = built.max(model.checkpoint);
            batch.run_expecting(
                1,
                "UPDATE projections SET live = 0 WHERE name = $1 AND live = 1 AND checkpoint <= $2",
                vec![model.name.as_str().into(), signed(model.checkpoint).into()],
            );
            batch.run_expecting(
                1,
                "UPDATE projections SET live = 1 WHERE name = $1 AND generation = $2",
                vec![model.name.as_str().into(), Value::Int(generation)],
            );
        }
        self.inner.store.database().transaction(batch).await?;
        Ok(built)
    }

    /// Names the event that kept a read model from being rebuilt.
    async fn report(&self, generation: i64) -> Result<(), StoreError> {
        let which = format!("generation = {generation} AND live = 0 AND poison IS NOT NULL");
        let stopped = self.models(&which).await?;
        let Some(model) = stopped.first() else {
            return Ok(());
        };
        let what = model.poison.as_deref().unwrap_or_default();
        let what = format!("{} keeps its earlier build: {what}", model.name);
        Err(Damage::new(what).into())
    }
}
