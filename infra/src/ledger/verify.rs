//! Verification: every entry, every stream, every hash and every checkpoint computed again from what is stored, and the
//! first divergence named. It changes nothing.
//!
//! What the hashes say and what not: an entry's leaf covers its stream, its place in it, its event, its payload and who
//! recorded it when and why. Its place in the ledger is covered by the tree, which every checkpoint signs. The instant
//! of storing is not covered; it is only looked at whether it ever goes backwards.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use indexmap::IndexMap;
use serde::Serialize;
use tlog_tiles::Hash;

use super::checkpoint::SignedCheckpoint;
use super::log::{Log, cut};
use super::tree::{Node, Tree};
use crate::error::{Damage, StoreError};
use crate::record::Recorded;
use crate::store::{RowRef, Store, Visitor};

/// What was found whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// The first entry that was looked at.
    pub from: u64,
    /// The number of entries of the ledger.
    pub entries: u64,
    /// The streams that were met.
    pub streams: usize,
    /// The checkpoints that were met.
    pub checkpoints: usize,
    /// The last checkpoint's size; nothing is signed over the entries behind it.
    pub signed: u64,
    /// The root over all entries, in base64.
    pub root: String,
    /// The public keys that were believed.
    pub keys: Vec<String>,
}

/// Where what is stored is first not what it must be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Divergence {
    /// What is wrong.
    pub what: String,
    /// The place in the ledger, from 0; of several that cannot be told apart, the first.
    pub index: Option<u64>,
    /// Behind the last of several places that cannot be told apart.
    pub until: Option<u64>,
    /// The stream.
    pub stream: Option<String>,
    /// The place in the stream, from 1.
    pub version: Option<u64>,
    /// The event.
    pub event: Option<String>,
    /// What it must be.
    pub expected: Option<String>,
    /// What it is.
    pub found: Option<String>,
}

/// Why nothing was found whole.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// Something was altered.
    #[error("{}", .0.what)]
    Diverges(Box<Divergence>),
    /// The database could not be read.
    #[error(transparent)]
    Store(StoreError),
}

impl Divergence {
    fn of(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            index: None,
            until: None,
            stream: None,
            version: None,
            event: None,
            expected: None,
            found: None,
        }
    }

    fn unlike(mut self, expected: impl ToString, found: impl ToString) -> Self {
        self.expected = Some(expected.to_string());
        self.found = Some(found.to_string());
        self
    }

    fn within(mut self, from: u64, until: u64) -> Self {
        self.index = Some(from);
        self.until = Some(until);
        self
    }
}

impl From<Damage> for Divergence {
    fn from(damage: Damage) -> Self {
        let mut divergence = Self::of(damage.what);
        divergence.index = damage.index;
        divergence.stream = damage.stream.map(|(kind, id)| format!("{kind} {id}"));
        divergence.version = damage.sequence;
        divergence
    }
}

impl From<Divergence> for VerifyError {
    fn from(divergence: Divergence) -> Self {
        Self::Diverges(Box::new(divergence))
    }
}

impl From<StoreError> for VerifyError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Corrupt(damage) => Divergence::from(damage).into(),
            other => Self::Store(other),
        }
    }
}

/// Looks at the whole ledger, or at what follows a checkpoint that somebody kept; `seen` counts the entries.
pub async fn verify(
    store: &Store,
    log: &Log,
    keys: &[String],
    since: Option<&SignedCheckpoint>,
    seen: Arc<AtomicU64>,
) -> Result<Verified, VerifyError> {
    let head = store.head().await?;
    let mut marks = BTreeMap::new();
    for (size, note) in log.stored().await? {
        let read = SignedCheckpoint::read(&note, keys).map_err(|error| {
            let what = format!("the checkpoint of {size} entries: {error}");
            Divergence::of(what)
        })?;
        if read.size != size {
            let what = "a checkpoint stands at another size than it says";
            return Err(Divergence::of(what).unlike(size, read.size).into());
        }
        marks.insert(size, read.root);
    }
    if let Some(since) = since {
        let kept = marks.insert(since.size, since.root);
        if let Some(kept) = kept.filter(|kept| *kept != since.root) {
            let what = format!(
                "of {} entries another checkpoint is stored than the one given",
                since.size
            );
            return Err(Divergence::of(what).unlike(since.root, kept).into());
        }
    }
    let signed = marks.keys().next_back().copied().unwrap_or_default();
    if signed > head {
        return Err(Divergence::from(cut(signed, head))
            .unlike(signed, head)
            .into());
    }
    let from = since.map_or(0, |since| since.size);
    let tree = log.tree_at(from).await?;
    if let Some(since) = since.filter(|since| since.root != tree.root()) {
        let what = "the entries up to the checkpoint given are not those that it was signed over: look at the whole \
                    ledger, without --since";
        let divergence = Divergence::of(what).within(0, since.size);
        return Err(divergence.unlike(since.root, tree.root()).into());
    }
    let checkpoints = marks.len();
    let marks = marks.split_off(&(from + 1));
    let looking = Looking {
        tree,
        nodes: log.nodes().await?,
        marks,
        checked: from,
        streams: BTreeMap::new(),
        stored_us: i64::MIN,
        seen,
    };
    let (looked, _) = store
        .replay(from, Told(looking, None))
        .await
        .map_err(VerifyError::from)?;
    if let Some(divergence) = looked.1 {
        return Err((*divergence).into());
    }
    looked.0.whole(checkpoints, signed, from, keys)
}

/// What was seen so far.
struct Looking {
    tree: Tree,
    /// The hashes that are kept, by level and number.
    nodes: BTreeMap<(usize, u64), Hash>,
    /// The roots that were signed, by size; those to come.
    marks: BTreeMap<u64, Hash>,
    /// The last size whose root was right.
    checked: u64,
    /// The last version of each stream, by kind.
    streams: BTreeMap<String, IndexMap<Box<str>, u64>>,
    stored_us: i64,
    seen: Arc<AtomicU64>,
}

/// A look that ends at the first divergence.
struct Told(Looking, Option<Box<Divergence>>);

impl Visitor for Told {
    fn visit(&mut self, row: RowRef<'_>) -> Result<(), StoreError> {
        if self.1.is_none() {
            self.1 = self.0.look(&row).err().map(|mut found| {
                if found.index.is_none_or(|index| index == row.index) {
                    found.index = Some(row.index);
                    found.stream = Some(format!("{} {}", row.stream_type, row.stream_id));
                    found.version = Some(row.sequence);
                    found.event = Some(row.event_type.to_owned());
                }
                found
            });
        }
        Ok(())
    }
}

impl Looking {
    fn look(&mut self, row: &RowRef<'_>) -> Result<(), Box<Divergence>> {
        self.seen.fetch_add(1, Ordering::Relaxed);
        row.check().map_err(Divergence::from)?;
        if let Err(error) = Recorded::read(row) {
            return Err(Box::new(Divergence::of(error.to_string())));
        }
        self.chained(row)?;
        if row.stored_us < self.stored_us {
            let what = "the instant of storing goes backwards";
            return Err(Box::new(
                Divergence::of(what).unlike(format!("{} or later", self.stored_us), row.stored_us),
            ));
        }
        self.stored_us = row.stored_us;
        let mut full = Vec::new();
        self.tree.push(row.leaf, |node| full.push(node));
        for node in full {
            self.kept(node)?;
        }
        self.signed()
    }

    /// The version is the one after the stream's last.
    fn chained(&mut self, row: &RowRef<'_>) -> Result<(), Divergence> {
        if !self.streams.contains_key(row.stream_type) {
            let kind = row.stream_type.to_owned();
            self.streams.insert(kind, IndexMap::new());
        }
        let streams = self.streams.get_mut(row.stream_type);
        let last = streams.and_then(|streams| match streams.get_mut(row.stream_id) {
            Some(last) => Some(std::mem::replace(last, row.sequence)),
            None => streams.insert(row.stream_id.into(), row.sequence),
        });
        // A stream that began before the part that is looked at goes on from where it was.
        let expected = match last {
            Some(last) => last + 1,
            None if self.checked > 0 => return Ok(()),
            None => 1,
        };
        if row.sequence == expected {
            return Ok(());
        }
        let what = "the entry is not the next one of its stream";
        Err(Divergence::of(what).unlike(expected, row.sequence))
    }

    fn kept(&mut self, node: Node) -> Result<(), Divergence> {
        let Some(kept) = self.nodes.remove(&(node.level, node.nth)) else {
            return Ok(());
        };
        if kept == node.hash {
            return Ok(());
        }
        let level = u32::try_from(node.level).unwrap_or(u32::MAX);
        let width = 256_u64.saturating_pow(level);
        let from = node.nth.saturating_mul(width);
        let what = format!(
            "the entries from {from} on, {width} of them, are not those over which their hash was kept: one of them was altered \
             and its leaf with it, or the hash was"
        );
        let divergence = Divergence::of(what).unlike(kept, node.hash);
        Err(divergence.within(from.max(self.checked), from.saturating_add(width)))
    }

    fn signed(&mut self) -> Result<(), Box<Divergence>> {
        let size = self.tree.size();
        let Some(root) = self.marks.remove(&size) else {
            return Ok(());
        };
        let found = self.tree.root();
        if root != found {
            let what = format!(
                "the checkpoint of {size} entries was signed over others: an entry behind the checkpoint of {} was altered, \
                 left out, put in or moved",
                self.checked
            );
            let divergence = Divergence::of(what).unlike(root, found);
            return Err(Box::new(divergence.within(self.checked, size)));
        }
        self.checked = size;
        Ok(())
    }

    /// Nothing is left over.
    fn whole(
        self,
        checkpoints: usize,
        signed: u64,
        from: u64,
        keys: &[String],
    ) -> Result<Verified, VerifyError> {
        let entries = self.tree.size();
        let full = |level: usize, nth: u64| {
            let level = u32::try_from(level).unwrap_or(u32::MAX);
            let width = 256_u64.saturating_pow(level);
            nth.saturating_add(1).saturating_mul(width)
        };
        let beyond = self
            .nodes
            .keys()
            .find(|(level, nth)| full(*level, *nth) > entries);
        if let Some((level, nth)) = beyond {
            let what = "a hash is kept over entries that are not there: the end of the ledger was taken away";
            let divergence = Divergence::of(what).unlike(full(*level, *nth), entries);
            return Err(divergence.within(entries, full(*level, *nth)).into());
        }
        Ok(Verified {
            from,
            entries,
            streams: self.streams.values().map(IndexMap::len).sum(),
            checkpoints,
            signed,
            root: self.tree.root().to_string(),
            keys: keys.to_vec(),
        })
    }
}
