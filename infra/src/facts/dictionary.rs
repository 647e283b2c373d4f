//! Words and their codes.

use std::borrow::Borrow;
use std::hash::{BuildHasher, Hash, RandomState};
use std::ops::Range;
use std::sync::Arc;

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use indexmap::IndexSet;
use uuid::Uuid;

/// The word of code 0: the record is silent.
pub const NOT_RECORDED: &str = "not_recorded";

/// What has a code: its place in the order in which the ledger first named it.
#[derive(Debug, Clone)]
pub(super) struct Coded<T>(IndexSet<T>);

impl<T> Default for Coded<T> {
    fn default() -> Self {
        Self(IndexSet::default())
    }
}

impl<T: PartialEq> PartialEq for Coded<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0.iter().eq(&other.0)
    }
}

impl<T: Eq> Eq for Coded<T> {}

impl<T: Hash + Eq> Coded<T> {
    /// The code, given on first use, and whether this is that; `owned` makes what is kept then.
    pub(super) fn code<Q>(&mut self, of: &Q, owned: impl FnOnce() -> T) -> (u32, bool)
    where
        Q: Hash + Eq + ?Sized,
        T: Borrow<Q>,
    {
        let (at, is_new) = match self.0.get_index_of(of) {
            Some(at) => (at, false),
            None => self.0.insert_full(owned()),
        };
        (u32::try_from(at).unwrap_or(u32::MAX), is_new)
    }

    /// The code of what was named before.
    pub(super) fn find<Q>(&self, of: &Q) -> Option<u32>
    where
        Q: Hash + Eq + ?Sized,
        T: Borrow<Q>,
    {
        u32::try_from(self.0.get_index_of(of)?).ok()
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// What has a code.
    pub(super) fn get(&self, code: u32) -> Option<&T> {
        self.0.get_index(usize::try_from(code).ok()?)
    }

    /// In the order of their codes.
    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter()
    }
}

/// Ids with their codes. Where an id stands is found out when something is filed; a table that is only read needs it not.
#[derive(Debug, Clone, Default)]
pub(super) struct Ids {
    all: Vec<Uuid>,
    places: HashTable<u32>,
    hashing: RandomState,
}

impl PartialEq for Ids {
    fn eq(&self, other: &Self) -> bool {
        self.all == other.all
    }
}

impl Eq for Ids {}

impl Ids {
    /// The code, given on first use, and whether this is that.
    pub(super) fn code(&mut self, id: Uuid) -> (u32, bool) {
        self.find_places();
        let Self {
            all,
            places,
            hashing,
        } = self;
        let of = |code: u32| usize::try_from(code).ok().and_then(|at| all.get(at));
        let hash = |code: &u32| hashing.hash_one(of(*code));
        let sought = hashing.hash_one(Some(&id));
        match places.entry(sought, |code| of(*code) == Some(&id), hash) {
            Entry::Occupied(found) => (*found.get(), false),
            Entry::Vacant(free) => {
                let code = u32::try_from(all.len()).unwrap_or(u32::MAX);
                free.insert(code);
                all.push(id);
                (code, true)
            }
        }
    }

    /// Adds ids that are not among those before.
    pub(super) fn append(&mut self, more: impl Iterator<Item = Uuid>) {
        self.all.extend(more);
    }

    /// Room for so many in all.
    pub(super) fn make_room(&mut self, all: usize) {
        self.all.reserve_exact(all.saturating_sub(self.all.len()));
    }

    fn find_places(&mut self) {
        let known = self.places.len();
        if known == self.all.len() {
            return;
        }
        let (all, hashing) = (&self.all, &self.hashing);
        let hash = |code: &u32| {
            let id = usize::try_from(*code).ok().and_then(|at| all.get(at));
            hashing.hash_one(id)
        };
        self.places.reserve(all.len() - known, hash);
        for code in (0_u32..).take(all.len()).skip(known) {
            self.places.insert_unique(hash(&code), code, hash);
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// What has a code.
    pub(super) fn get(&self, code: u32) -> Option<&Uuid> {
        self.all.get(usize::try_from(code).ok()?)
    }

    /// Those of some codes, in their order.
    pub(super) fn among(&self, codes: Range<usize>) -> &[Uuid] {
        self.all.get(codes).unwrap_or_default()
    }
}

/// The words of one column, in the order in which the ledger first used them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dictionary(Coded<Arc<str>>);

impl Default for Dictionary {
    fn default() -> Self {
        let mut dictionary = Self(Coded::default());
        dictionary.code(NOT_RECORDED);
        dictionary
    }
}

impl Dictionary {
    /// The code of a word, given on first use.
    pub fn code(&mut self, word: &str) -> u32 {
        self.0.code(word, || Arc::from(word)).0
    }

    /// The code of a word that was used before.
    pub fn find(&self, word: &str) -> Option<u32> {
        self.0.find(word)
    }

    /// The word of a code; an unused code has no word.
    pub fn word(&self, code: u32) -> &str {
        self.0.get(code).map_or(NOT_RECORDED, |word| word)
    }

    /// How many words there are, the silent one included.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether no word was ever used.
    pub fn is_empty(&self) -> bool {
        self.len() <= 1
    }

    /// The words from a code on, in order.
    pub fn words_from(&self, code: usize) -> impl Iterator<Item = &str> {
        self.0.iter().skip(code).map(|word| &**word)
    }
}
