//! The durable form of the facts: blocks, one for each batch that added something.

use std::sync::PoisonError;

use super::runner::{Model, Projections};
use super::signed;
use crate::error::{Damage, StoreError};
use crate::facts::FactTable;
use crate::store::database::{Batch, Value};

/// Blocks that are read one by one at a start before they are joined.
const BLOCKS: usize = 256;
const SEGMENTS: &str = "fact_segments";
const SEGMENT: &[&str] = &["generation", "next_index", "bytes"];

fn segment(generation: i64, reached: u64, bytes: Vec<u8>) -> Vec<Value> {
    vec![generation.into(), signed(reached).into(), bytes.into()]
}

impl Projections {
    /// What the facts gained, if anything, as a block of its own.
    pub(super) fn put_segment(
        &self,
        batch: &mut Batch,
        generation: i64,
        reached: u64,
    ) -> Result<(), StoreError> {
        let mut facts = self
            .inner
            .facts
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        if facts.is_written() {
            return Ok(());
        }
        let block = facts.take_segment();
        let bytes = block.map_err(|e| Damage::new(e.to_string()))?;
        batch.insert_many(SEGMENTS, SEGMENT, vec![segment(generation, reached, bytes)]);
        Ok(())
    }

    /// Reads the facts from their durable form, and joins its blocks if they are many and nobody else files.
    pub(super) async fn reload_facts(&self, leads: bool) -> Result<(), StoreError> {
        let facts = self.live_facts().await?;
        let sql = "SELECT bytes FROM fact_segments WHERE generation = $1 ORDER BY next_index";
        let database = self.inner.store.database();
        let rows = database.query(sql, &[facts.generation.into()]).await?;
        let mut table = FactTable::new();
        for row in &rows {
            table
                .add_segment(row.blob(0)?)
                .map_err(|e| Damage::new(e.to_string()))?;
        }
        table.reach(facts.checkpoint);
        *self
            .inner
            .facts
            .write()
            .unwrap_or_else(PoisonError::into_inner) = table;
        if leads && rows.len() > BLOCKS {
            self.join_blocks(&facts).await?;
        }
        Ok(())
    }

    async fn live_facts(&self) -> Result<Model, StoreError> {
        let models = self.models("name = 'facts' AND live = 1").await?;
        let missing = || Damage::new("projection facts has no live generation").into();
        models.into_iter().next().ok_or_else(missing)
    }

    /// Puts one block in the place of many, so that a start stays quick however long the register is in use.
    async fn join_blocks(&self, live: &Model) -> Result<(), StoreError> {
        let whole = self.facts().whole();
        let bytes = whole.map_err(|e| Damage::new(e.to_string()))?;
        let mut batch = Batch::new();
        batch.run(
            "DELETE FROM fact_segments WHERE generation = $1",
            vec![live.generation.into()],
        );
        let block = segment(live.generation, live.checkpoint, bytes);
        batch.insert_many(SEGMENTS, SEGMENT, vec![block]);
        batch.run_expecting(
            1,
            "UPDATE projections SET live = 1 \
             WHERE name = 'facts' AND generation = $1 AND checkpoint = $2 AND live = 1",
            vec![live.generation.into(), signed(live.checkpoint).into()],
        );
        self.inner.store.database().transaction(batch).await?;
        Ok(())
    }
}
