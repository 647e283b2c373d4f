//! The durable form of the facts: blocks, one for each batch that added something.

use std::sync::PoisonError;

use super::runner::{Model, Projections};
use super::signed;
use crate::error::{Damage, StoreError};
use crate::facts::{Block, FactTable};
use crate::store::database::{Batch, Row, Value};

/// Blocks that are read one by one at a start before they are joined.
const BLOCKS: u64 = 256;
const SEGMENTS: &str = "fact_segments";
const SEGMENT: &[&str] = &["generation", "next_index", "versions", "bytes"];
/// Versions of decisions in a block that stands for many: few enough that reading one needs little room beside the facts.
pub(super) const JOINED: u64 = 1 << 20;

fn segment(generation: i64, reached: u64, block: Block) -> Vec<Value> {
    let versions = u64::try_from(block.versions).unwrap_or(u64::MAX);
    vec![
        generation.into(),
        signed(reached).into(),
        signed(versions).into(),
        block.bytes.into(),
    ]
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
        let block = block.map_err(|e| Damage::new(e.to_string()))?;
        batch.insert_many(SEGMENTS, SEGMENT, vec![segment(generation, reached, block)]);
        Ok(())
    }

    /// Reads the facts from their durable form, and joins its blocks if they are many and nobody else files.
    pub(super) async fn reload_facts(&self, leads: bool) -> Result<(), StoreError> {
        let (mut table, facts, read) = loop {
            let facts = self.live_facts().await?;
            let (blocks, versions) = self.extent(facts.generation).await?;
            let table = self.read_blocks(facts.generation, versions).await?;
            let (left, _) = self.extent(facts.generation).await?;
            // Where another process joined blocks meanwhile there are fewer of them now, and some were read twice.
            if left >= blocks {
                break (table, facts, blocks);
            }
        };
        table.reach(facts.checkpoint);
        *self
            .inner
            .facts
            .write()
            .unwrap_or_else(PoisonError::into_inner) = table;
        if leads && read > BLOCKS {
            self.join_blocks(&facts).await?;
        }
        Ok(())
    }

    /// How many blocks of a generation there are, and how many versions of decisions they say that they hold.
    async fn extent(&self, generation: i64) -> Result<(u64, u64), StoreError> {
        let sql = "SELECT COUNT(*), CAST(COALESCE(SUM(versions), 0) AS BIGINT) FROM fact_segments \
                   WHERE generation = $1";
        let row = self
            .inner
            .store
            .database()
            .query_one(sql, &[generation.into()])
            .await?;
        row.map_or(Ok((0, 0)), |row| Ok((row.count(0)?, row.count(1)?)))
    }

    /// The blocks one by one, so that the bytes of two are all that is held beside the facts: the next is read while one
    /// is added.
    async fn read_blocks(&self, generation: i64, versions: u64) -> Result<FactTable, StoreError> {
        let mut table = FactTable::with_room(usize::try_from(versions).unwrap_or_default());
        let mut next = self.clone().block_behind(generation, -1).await?;
        while let Some(block) = next {
            let reading = tokio::spawn(self.clone().block_behind(generation, block.int(0)?));
            let added = table.add_segment(block.blob(1)?);
            added.map_err(|e| Damage::new(e.to_string()))?;
            next = reading.await.map_err(|e| Damage::new(e.to_string()))??;
        }
        Ok(table)
    }

    /// The first block that reaches beyond an index: how far it does, and its bytes.
    async fn block_behind(self, generation: i64, index: i64) -> Result<Option<Row>, StoreError> {
        let sql = "SELECT next_index, bytes FROM fact_segments WHERE generation = $1 AND next_index > $2 \
                   ORDER BY next_index LIMIT 1";
        let database = self.inner.store.database();
        database
            .query_one(sql, &[generation.into(), index.into()])
            .await
    }

    async fn live_facts(&self) -> Result<Model, StoreError> {
        let models = self.models("name = 'facts' AND live = 1").await?;
        let missing = || Damage::new("projection facts has no live generation").into();
        models.into_iter().next().ok_or_else(missing)
    }

    /// Puts few blocks in the place of many, so that a start stays quick however long the register is in use.
    async fn join_blocks(&self, live: &Model) -> Result<(), StoreError> {
        let joined = usize::try_from(JOINED).unwrap_or(usize::MAX);
        let joined = self.facts().blocks(joined);
        let joined = joined.map_err(|e| Damage::new(e.to_string()))?.into_iter();
        let joined = joined.map(|block| segment(live.generation, block.next_index, block));
        let mut batch = Batch::new();
        batch.run(
            "DELETE FROM fact_segments WHERE generation = $1",
            vec![live.generation.into()],
        );
        batch.insert_many(SEGMENTS, SEGMENT, joined.collect());
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
