//! The log that follows the ledger: hashes of full subtrees, signed checkpoints and proofs.
//!
//! Entries and their leaves are the ledger's own; kept beside them are only the hashes of full subtrees of 256, 65,536,
//! … entries, and the checkpoints. Two processes that extend the log at once write the same hashes, since the ledger says
//! them; the second is refused and goes on from there.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use tlog_tiles::{
    Error as TreeError, Hash, Tile, TileHashReader, TileReader, prove_record, prove_tree,
};

use super::Leaf;
use super::checkpoint::{LogKey, SignedCheckpoint};
use super::tree::{Node, Tree, WIDTH};
use crate::clock::Clock;
use crate::error::{Damage, StoreError};
use crate::store::Store;
use crate::store::database::{Batch, Database, Row, count};

/// Leaves that are read at once.
const PAGE: u64 = 65_536;
/// How long checkpoints wait for more entries of a busy moment.
const PATIENCE: Duration = Duration::from_millis(100);
/// How often entries of other processes are looked for.
const POLL: Duration = Duration::from_millis(500);
/// The height of a tile, and how many hashes that is.
const HEIGHT: u8 = 8;

/// The log over a ledger.
#[derive(Clone, Debug)]
pub struct Log {
    store: Store,
    clock: Clock,
    key: Option<LogKey>,
}

/// Why there is no proof.
#[derive(Debug, thiserror::Error)]
pub enum ProofError {
    /// There is no checkpoint yet.
    #[error("no checkpoint is signed yet: sign one with `assize log checkpoint`")]
    NoCheckpoint,
    /// The entry is not under the checkpoint.
    #[error("entry {index} is not under the checkpoint of {size} entries: its last one is {}", size.saturating_sub(1))]
    NotUnder {
        /// The entry.
        index: u64,
        /// The size of the checkpoint.
        size: u64,
    },
    /// An older size lies beyond the checkpoint.
    #[error("the checkpoint is of {size} entries, and {older} is not among the sizes before it")]
    NotBefore {
        /// The older size.
        older: u64,
        /// The size of the checkpoint.
        size: u64,
    },
    /// The database failed, or what is stored is not what was signed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A proof, as whoever checks takes it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Proof {
    /// That an entry is the one at its place in the ledger of a size (RFC 6962 §2.1.1).
    Inclusion {
        /// The place, from 0.
        index: u64,
        /// The number of entries.
        tree_size: u64,
        /// The hash of the entry, in base64.
        record_hash: String,
        /// The hashes of the path from the entry up, in base64.
        hashes: Vec<String>,
    },
    /// That the ledger of an earlier size is the beginning of the later one (RFC 6962 §2.1.2).
    Consistency {
        /// The earlier number of entries.
        from_size: u64,
        /// The root of the earlier tree, in base64.
        from_root: String,
        /// The later number of entries.
        tree_size: u64,
        /// The hashes, in base64.
        hashes: Vec<String>,
    },
}

impl Log {
    /// The log of a ledger; without a key nothing new is signed.
    pub(crate) fn new(store: Store, clock: Clock, key: Option<LogKey>) -> Self {
        Self { store, clock, key }
    }

    /// The key that signs, if there is one.
    pub fn key(&self) -> Option<&LogKey> {
        self.key.as_ref()
    }

    fn database(&self) -> &Database {
        self.store.database()
    }

    /// Signs what is added to the ledger for as long as the process lives.
    pub(crate) async fn follow(self) {
        if self.key.is_none() {
            return;
        }
        let mut growth = self.store.growth();
        loop {
            if let Err(error) = self.extend().await {
                tracing::error!(%error, "no checkpoint could be signed");
            }
            let grown = tokio::time::timeout(POLL, growth.changed()).await;
            match grown {
                Ok(Err(_)) => return,
                Ok(Ok(())) => tokio::time::sleep(PATIENCE).await,
                Err(_) => {}
            }
        }
    }

    /// Signs a checkpoint over everything in the ledger, unless the last one is; gives the last one.
    pub async fn extend(&self) -> Result<Option<SignedCheckpoint>, StoreError> {
        let last = self.latest().await?;
        let head = self.store.head().await?;
        let signed = last.as_ref().map_or(0, |last| last.size);
        if signed > head {
            return Err(cut(signed, head).into());
        }
        let Some(key) = self.key.as_ref().filter(|_| head > signed) else {
            return Ok(last);
        };
        let mut tree = self.tree_at(signed).await?;
        if let Some(last) = &last
            && tree.root() != last.root
        {
            let what = format!(
                "the first {signed} entries are not those of the checkpoint that was signed: run `assize verify`"
            );
            return Err(Damage::new(what).into());
        }
        let mut nodes = Vec::new();
        let mut from = signed;
        while from < head {
            let until = head.min(from + PAGE);
            for leaf in self.leaves(from, until).await? {
                tree.push(leaf, |node| nodes.push(node));
            }
            from = until;
        }
        let checkpoint = key.sign(head, tree.root());
        let checkpoint = checkpoint.map_err(|error| Damage::new(error.to_string()))?;
        self.keep(&nodes, &checkpoint, key).await?;
        Ok(Some(checkpoint))
    }

    async fn keep(
        &self,
        nodes: &[Node],
        checkpoint: &SignedCheckpoint,
        key: &LogKey,
    ) -> Result<(), StoreError> {
        let mut batch = Batch::new();
        // Whoever was quicker wrote the same.
        let node =
            "INSERT INTO log_nodes (level, nth, hash) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
        let rows = nodes.iter().map(|node| {
            let level = u64::try_from(node.level).unwrap_or(u64::MAX);
            vec![count(level), count(node.nth), node.hash.0.as_slice().into()]
        });
        batch.run_each(node, rows.collect());
        batch.run(
            "INSERT INTO log_keys (verifier, first_size) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            vec![key.verifier().into(), count(checkpoint.size)],
        );
        batch.run(
            "INSERT INTO log_checkpoints (size, signed_us, note) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            vec![
                count(checkpoint.size),
                self.clock.now_us().into(),
                checkpoint.note.as_str().into(),
            ],
        );
        self.database().transaction(batch).await.map(drop)
    }

    /// The public keys that signed, the first first; that of this process too.
    pub async fn verifiers(&self) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT verifier FROM log_keys ORDER BY first_size, verifier";
        let rows = self.database().query(sql, &[]).await?;
        let known = rows.iter().map(|row| Ok(row.text(0)?.to_owned()));
        let mut known = known.collect::<Result<Vec<_>, StoreError>>()?;
        if let Some(own) = &self.key
            && !known.iter().any(|key| key == own.verifier())
        {
            known.push(own.verifier().to_owned());
        }
        Ok(known)
    }

    /// The last checkpoint; one that no known key signed is damage.
    pub async fn latest(&self) -> Result<Option<SignedCheckpoint>, StoreError> {
        let sql = "SELECT size, note FROM log_checkpoints ORDER BY size DESC LIMIT 1";
        let row = self.database().query_one(sql, &[]).await?;
        self.read_one(row).await
    }

    /// The first checkpoint that is over an entry.
    pub async fn over(&self, index: u64) -> Result<Option<SignedCheckpoint>, StoreError> {
        let sql = "SELECT size, note FROM log_checkpoints WHERE size > $1 ORDER BY size LIMIT 1";
        let row = self.database().query_one(sql, &[count(index)]).await?;
        self.read_one(row).await
    }

    /// Every checkpoint, the smallest first, as stored: its size and its note.
    pub(super) async fn stored(&self) -> Result<Vec<(u64, String)>, StoreError> {
        let sql = "SELECT size, note FROM log_checkpoints ORDER BY size";
        let rows = self.database().query(sql, &[]).await?;
        let read = |row: &Row| Ok((row.count(0)?, row.text(1)?.to_owned()));
        rows.iter().map(read).collect()
    }

    /// The hashes that are kept, by level and number.
    pub(super) async fn nodes(&self) -> Result<BTreeMap<(usize, u64), Hash>, StoreError> {
        let sql = "SELECT hash, level, nth FROM log_nodes";
        let rows = self.database().query(sql, &[]).await?;
        let hashes = hashes(&rows)?;
        let read = |(row, hash): (&Row, Hash)| {
            let level = usize::try_from(row.count(1)?).unwrap_or(usize::MAX);
            Ok(((level, row.count(2)?), hash))
        };
        rows.iter().zip(hashes).map(read).collect()
    }

    async fn read_one(&self, row: Option<Row>) -> Result<Option<SignedCheckpoint>, StoreError> {
        let Some(row) = row else {
            return Ok(None);
        };
        let size = row.count(0)?;
        let read = SignedCheckpoint::read(row.text(1)?, &self.verifiers().await?);
        match read {
            Ok(read) if read.size == size => Ok(Some(read)),
            Ok(_) => Err(Damage::new(format!(
                "the checkpoint of {size} entries says another size"
            ))
            .into()),
            Err(error) => {
                Err(Damage::new(format!("the checkpoint of {size} entries: {error}")).into())
            }
        }
    }

    /// The right edge of the tree over the first entries.
    pub(super) async fn tree_at(&self, size: u64) -> Result<Tree, StoreError> {
        let mut edge = Vec::new();
        let mut whole = size;
        for (level, width) in Tree::widths(size).into_iter().enumerate() {
            let nth = whole / 256;
            edge.push(self.tile(level, nth, width).await?);
            whole = nth;
        }
        Ok(Tree::of(size, edge))
    }

    /// The leaves of some entries.
    async fn leaves(&self, from: u64, until: u64) -> Result<Vec<Leaf>, StoreError> {
        let sql = "SELECT leaf FROM events WHERE ledger_index >= $1 AND ledger_index < $2 ORDER BY ledger_index";
        let range = [count(from), count(until)];
        let rows = self.database().query(sql, &range).await?;
        let leaves: Vec<Leaf> = hashes(&rows)?
            .into_iter()
            .map(|hash| Leaf::from_bytes(hash.0))
            .collect();
        if u64::try_from(leaves.len()) == Ok(until - from) {
            Ok(leaves)
        } else {
            let what = "entries are missing from the ledger: run `assize verify`";
            Err(Damage::new(what).at(from).into())
        }
    }

    /// The first hashes of a tile of C2SP tlog-tiles: of leaves at level 0, of full tiles of the level below above it.
    pub(crate) async fn tile(
        &self,
        level: usize,
        nth: u64,
        width: usize,
    ) -> Result<Vec<Hash>, StoreError> {
        let from = nth.saturating_mul(256);
        let until = from.saturating_add(u64::try_from(width).unwrap_or(u64::MAX));
        if level == 0 {
            let leaves = self.leaves(from, until).await?.into_iter();
            return Ok(leaves.map(|leaf| Hash(*leaf.as_bytes())).collect());
        }
        let sql =
            "SELECT hash FROM log_nodes WHERE level = $1 AND nth >= $2 AND nth < $3 ORDER BY nth";
        let level = u64::try_from(level).unwrap_or(u64::MAX);
        let range = [count(level), count(from), count(until)];
        let found = hashes(&self.database().query(sql, &range).await?)?;
        if found.len() == width {
            Ok(found)
        } else {
            let what =
                format!("hashes of level {level} from {from} are missing: run `assize verify`");
            Err(Damage::new(what).into())
        }
    }

    /// The bytes of a tile under the last checkpoint; none where it has no such tile. A width is given of one that is not
    /// full.
    pub async fn tile_bytes(
        &self,
        level: u8,
        nth: u64,
        width: Option<u8>,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(last) = self.latest().await? else {
            return Ok(None);
        };
        let below = 256_u64.checked_pow(u32::from(level));
        let there = below.map_or(0, |below| last.size / below);
        let wanted = width.map_or(WIDTH, usize::from);
        let first = nth.checked_mul(256);
        let end = first.and_then(|first| first.checked_add(u64::try_from(wanted).ok()?));
        if wanted == 0 || end.is_none_or(|end| end > there) {
            return Ok(None);
        }
        let tile = self.tile(usize::from(level), nth, wanted).await?;
        Ok(Some(tile.iter().flat_map(|hash| hash.0).collect()))
    }

    /// That an entry is in the ledger of a checkpoint, at its place.
    pub async fn prove_inclusion(
        &self,
        under: &SignedCheckpoint,
        index: u64,
    ) -> Result<Proof, ProofError> {
        let size = under.size;
        if index >= size {
            return Err(ProofError::NotUnder { index, size });
        }
        let hashes = self
            .proved(under, |reader| prove_record(size, index, reader))
            .await?;
        let leaf = self.leaves(index, index + 1).await?;
        let leaf = leaf.first().map(|leaf| Hash(*leaf.as_bytes()));
        Ok(Proof::Inclusion {
            index,
            tree_size: size,
            record_hash: leaf.map(|leaf| leaf.to_string()).unwrap_or_default(),
            hashes: hashes.iter().map(Hash::to_string).collect(),
        })
    }

    /// That the ledger of an earlier size is the beginning of the one of a checkpoint.
    pub async fn prove_consistency(
        &self,
        under: &SignedCheckpoint,
        older: u64,
    ) -> Result<Proof, ProofError> {
        let size = under.size;
        if older == 0 || older > size {
            return Err(ProofError::NotBefore { older, size });
        }
        let hashes = self
            .proved(under, |reader| prove_tree(size, older, reader))
            .await?;
        let root = self.tree_at(older).await?.root();
        Ok(Proof::Consistency {
            from_size: older,
            from_root: root.to_string(),
            tree_size: size,
            hashes: hashes.iter().map(Hash::to_string).collect(),
        })
    }

    /// What is asked of the tree under a checkpoint. Every tile is checked against the root that was signed.
    async fn proved(
        &self,
        under: &SignedCheckpoint,
        ask: impl Fn(&TileHashReader<'_>) -> Result<Vec<Hash>, TreeError>,
    ) -> Result<Vec<Hash>, StoreError> {
        let mut tiles = Tiles::default();
        loop {
            let found = ask(&TileHashReader::new(under.size, under.root, &tiles));
            let missing = std::mem::take(
                &mut *tiles
                    .missing
                    .lock()
                    .unwrap_or_else(std::sync::PoisonError::into_inner),
            );
            match found {
                Ok(hashes) => return Ok(hashes),
                Err(_) if !missing.is_empty() => {
                    for tile in missing {
                        let width = usize::try_from(tile.width()).unwrap_or(WIDTH);
                        let level = usize::from(tile.level());
                        let hashes = self.tile(level, tile.level_index(), width).await?;
                        let bytes = hashes.iter().flat_map(|hash| hash.0).collect();
                        tiles.read.insert(tile.path(), bytes);
                    }
                }
                Err(error) => {
                    let what = format!(
                        "the entries are not those of the checkpoint of {} ({error}): run `assize verify`",
                        under.size
                    );
                    return Err(Damage::new(what).into());
                }
            }
        }
    }
}

/// The ledger ends before what was signed.
pub(super) fn cut(signed: u64, head: u64) -> Damage {
    let what = format!(
        "a checkpoint was signed over {signed} entries and the ledger has {head}: its end was taken away, or an older backup \
         was put in its place; run `assize verify` and bring the newest backup back"
    );
    Damage::new(what).at(head)
}

/// Tiles that were read, and those that are asked for.
#[derive(Default)]
struct Tiles {
    read: BTreeMap<String, Vec<u8>>,
    missing: Mutex<Vec<Tile>>,
}

impl TileReader for Tiles {
    fn height(&self) -> u8 {
        HEIGHT
    }

    fn read_tiles(&self, tiles: &[Tile]) -> Result<Vec<Vec<u8>>, TreeError> {
        let found = tiles
            .iter()
            .map(|tile| self.read.get(&tile.path()).cloned());
        if let Some(found) = found.collect::<Option<Vec<_>>>() {
            return Ok(found);
        }
        let unread = |tile: &&Tile| !self.read.contains_key(&tile.path());
        let mut missing = self
            .missing
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        missing.extend(tiles.iter().filter(unread));
        Err(TreeError::InvalidInput("not read yet".to_owned()))
    }

    fn save_tiles(&self, _: &[Tile], _: &[Vec<u8>]) {}
}

fn hashes(rows: &[Row]) -> Result<Vec<Hash>, StoreError> {
    let one = |row: &Row| {
        let bytes = row.blob(0)?.try_into();
        bytes
            .map(Hash)
            .map_err(|_| Damage::new("a hash has not 32 bytes").into())
    };
    rows.iter().map(one).collect()
}
