//! The keys of one person while a command is sealed.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use domain::personal::{DataClass, Sealed, Sealer};
use domain::values::PersonId;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{index, kek};
use crate::ids::IdSource;

/// The longest text that is kept, in bytes.
pub const LONGEST: usize = 65_536;

/// Why a value could not be sealed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// A request carried a sealed value.
    #[error("this is a sealed value: send the text itself, the register seals it")]
    AlreadySealed,
    /// A value is longer than the register keeps.
    #[error(
        "this text has {length} bytes: shorten it to {LONGEST} (64 KiB) at most; nothing was recorded"
    )]
    TooLong {
        /// The length found.
        length: usize,
    },
}

/// The keys of one person; it makes those that are missing.
pub struct Keyring {
    person: PersonId,
    keys: BTreeMap<String, (Uuid, kek::Key)>,
    made: BTreeMap<String, Uuid>,
    /// The words of what was sealed of an identity, for the blind index.
    words: BTreeSet<String>,
    ids: IdSource,
}

impl Keyring {
    pub(super) fn new(
        person: PersonId,
        keys: BTreeMap<String, (Uuid, kek::Key)>,
        ids: IdSource,
    ) -> Self {
        Self {
            person,
            keys,
            made: BTreeMap::new(),
            words: BTreeSet::new(),
            ids,
        }
    }

    /// Whose keys these are.
    pub fn person(&self) -> PersonId {
        self.person
    }

    /// The words by which the person is to be found.
    pub(super) fn words(&self) -> impl Iterator<Item = &String> {
        self.words.iter()
    }

    /// The keys that were made and are not kept yet: class, id, key.
    pub(super) fn made(&self) -> Made<'_> {
        Made {
            ring: self,
            classes: self.made.iter(),
        }
    }

    fn key(&mut self, class: DataClass) -> (Uuid, kek::Key) {
        let word = class.word();
        if let Some((id, key)) = self.keys.get(word) {
            return (*id, key.clone());
        }
        let (id, key) = (self.ids.person_id(), Zeroizing::new(self.ids.bytes::<32>()));
        self.keys.insert(word.to_owned(), (id, key.clone()));
        self.made.insert(word.to_owned(), id);
        (id, key)
    }
}

/// The keys that a keyring made.
pub(super) struct Made<'a> {
    ring: &'a Keyring,
    classes: std::collections::btree_map::Iter<'a, String, Uuid>,
}

impl<'a> Iterator for Made<'a> {
    type Item = (&'a str, &'a Uuid, &'a kek::Key);

    fn next(&mut self) -> Option<Self::Item> {
        let (class, id) = self.classes.next()?;
        let (_, key) = self.ring.keys.get(class)?;
        Some((class, id, key))
    }
}

impl Sealer for Keyring {
    type Error = SealError;

    fn seal(&mut self, class: DataClass, clear: &str) -> Result<Sealed, SealError> {
        if clear.len() > LONGEST {
            return Err(SealError::TooLong {
                length: clear.len(),
            });
        }
        if class == DataClass::Identity {
            self.words.extend(index::words(clear));
        }
        let (key_id, key) = self.key(class);
        let id = self.ids.person_id();
        let bound = bound_to(id, self.person, class);
        let bytes = kek::seal(&key, &self.ids.bytes::<24>(), clear.as_bytes(), &bound);
        let sealed = STANDARD_NO_PAD.encode(bytes);
        Ok(Sealed {
            id,
            person: self.person,
            class,
            key: key_id,
            sealed,
        })
    }

    fn refuse_sealed(&mut self) -> SealError {
        SealError::AlreadySealed
    }
}

/// What a sealed value is bound to: its id, the person as sealed, the class.
fn bound_to(id: Uuid, person: PersonId, class: DataClass) -> Vec<u8> {
    [
        id.as_bytes().as_slice(),
        person.0.as_bytes(),
        class.word().as_bytes(),
    ]
    .concat()
}

pub(super) fn open(key: &kek::Key, value: &Sealed) -> Option<String> {
    let bytes = STANDARD_NO_PAD.decode(&value.sealed).ok()?;
    let plain = kek::open(key, &bytes, &bound_to(value.id, value.person, value.class))?;
    String::from_utf8(plain).ok()
}
