//! What is stored together or not at all, and the storing of many.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::act::Finding;

use super::made::Made;
use crate::error::{Damage, StoreError};
use crate::registry::Registry;
use crate::store::database::{Batch, Value};
use crate::store::{Bulk, BulkOutcome, Stored, StreamName};

/// The events of one case, in their order, and the rows that commit with them.
#[derive(Debug, Default)]
pub(crate) struct Block {
    /// The events.
    pub(crate) events: Vec<Made>,
    /// Keys of the vault that its personal values need.
    pub(crate) keys: Vec<Vec<Value>>,
    /// Tokens of the blind index, by which its person is found.
    pub(crate) names: Vec<Vec<Value>>,
    /// Tokens by which its person is known again.
    pub(crate) tokens: Vec<Vec<Value>>,
    /// Tokens by which the row of a list that it was made from is known again.
    pub(crate) rows: Vec<Vec<Value>>,
    /// What the register noticed.
    pub(crate) findings: Vec<Finding>,
}

/// What became of blocks.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    /// Where the events stand; nothing when every stream existed already.
    pub(crate) stored: Option<Stored>,
    /// The blocks left out because their streams exist, by their place.
    pub(crate) existing: BTreeSet<usize>,
}

/// Stores blocks of new streams. Blocks whose streams exist are left out, by their place; `also` makes the rows that
/// commit with the others from what is left out.
pub(crate) async fn store_blocks(
    registry: &Registry,
    blocks: &[Block],
    also: impl Fn(&BTreeSet<usize>) -> Batch,
) -> Result<Kept, StoreError> {
    let mut kept = Kept::default();
    loop {
        let made = made_of(blocks, &kept.existing);
        let bulk = bulk_of(blocks, &made, &kept.existing, also(&kept.existing));
        if bulk.events.is_empty() {
            if !bulk.with.is_empty() {
                registry.store().database().transaction(bulk.with).await?;
            }
            return Ok(kept);
        }
        match registry.store().append_bulk(bulk).await? {
            BulkOutcome::Stored(stored) => {
                registry.projections().hand_over(stored, made);
                // A case holds what its decisions state.
                registry.processes().stated(stored.indexes()).await?;
                kept.stored = Some(stored);
                return Ok(kept);
            }
            BulkOutcome::Moved(moved) => {
                let moved: BTreeSet<StreamName> = moved.into_iter().map(|m| m.stream).collect();
                let before = kept.existing.len();
                let existing = |block: &Block| {
                    let mut streams = block.events.iter().map(|made| made.sealed.stream());
                    streams.any(|stream| moved.contains(stream))
                };
                let found = blocks
                    .iter()
                    .enumerate()
                    .filter(|(_, block)| existing(block));
                kept.existing.extend(found.map(|(at, _)| at));
                if kept.existing.len() == before {
                    let what = "a batch met streams that exist and that it does not hold";
                    return Err(Damage::new(what).into());
                }
            }
        }
    }
}

/// Stores blocks that go on with streams which may exist already, and the rows that commit with them. `None`: one of the
/// streams has moved meanwhile and nothing is stored. What the events state is still to be carried out.
pub(crate) async fn store_following(
    registry: &Registry,
    blocks: &[Block],
    also: Batch,
) -> Result<Option<Kept>, StoreError> {
    let made = made_of(blocks, &BTreeSet::new());
    let bulk = bulk_of(blocks, &made, &BTreeSet::new(), also);
    if bulk.events.is_empty() {
        registry.store().database().transaction(bulk.with).await?;
        return Ok(Some(Kept::default()));
    }
    match registry.store().append_bulk(bulk).await? {
        BulkOutcome::Stored(stored) => {
            registry.projections().hand_over(stored, made);
            Ok(Some(Kept {
                stored: Some(stored),
                existing: BTreeSet::new(),
            }))
        }
        BulkOutcome::Moved(_) => Ok(None),
    }
}

/// The events that are stored of these blocks.
fn made_of(blocks: &[Block], left_out: &BTreeSet<usize>) -> Vec<Made> {
    let mut events = Vec::with_capacity(blocks.iter().map(|block| block.events.len()).sum());
    for (at, block) in blocks.iter().enumerate() {
        if !left_out.contains(&at) {
            events.extend_from_slice(&block.events);
        } else if !block.tokens.is_empty() {
            // A person first recognised here: later rows refer to this registration.
            let is_registration = |made: &&Made| made.sealed.stream().kind == "person";
            events.extend(block.events.iter().filter(is_registration).cloned());
        }
    }
    events
}

fn bulk_of(blocks: &[Block], made: &[Made], left_out: &BTreeSet<usize>, mut with: Batch) -> Bulk {
    let (mut keys, mut tokens) = (Vec::new(), Vec::new());
    let (mut names, mut rows) = (Vec::new(), Vec::new());
    for (at, block) in blocks.iter().enumerate() {
        if !left_out.contains(&at) {
            keys.extend_from_slice(&block.keys);
            names.extend_from_slice(&block.names);
            rows.extend_from_slice(&block.rows);
        }
        tokens.extend_from_slice(&block.tokens);
    }
    if !keys.is_empty() {
        with.insert_many("vault_keys", crate::vault::KEY_COLUMNS, keys);
    }
    if !names.is_empty() {
        with.insert_many("vault_index", crate::vault::INDEX_COLUMNS, names);
    }
    if !tokens.is_empty() {
        with.insert_many("import_persons", &["token", "person"], tokens);
    }
    if !rows.is_empty() {
        with.insert_many("import_rows", &["token", "stream", "number"], rows);
    }
    Bulk {
        events: made.iter().map(|made| Arc::clone(&made.sealed)).collect(),
        with,
    }
}
