//! The vault: keys per person and data class, wrapped by a key-encryption key that lies elsewhere.
//!
//! A key is made only when a first value needs it. Erasure destroys the wrapped key: the ledger keeps its bytes, its
//! order and its proofs, and nobody can read the value again.

mod index;
mod kek;
mod keyring;

use std::collections::{BTreeMap, BTreeSet};

use domain::person::{EraseData, Person, PersonEvent};
use domain::personal::{Disclosed, Sealed};
use domain::record::AnyEvent;
use domain::stream::Stream;
use domain::values::{Instant, PersonId};
use uuid::Uuid;
use zeroize::Zeroizing;

pub(crate) use index::INDEX_COLUMNS;
pub use kek::{Kek, KekError};
pub use keyring::{Keyring, LONGEST, SealError};

use crate::clock::Clock;
use crate::error::{Damage, StoreError};
use crate::ids::IdSource;
use crate::store::database::{Batch, Database, Row, Value};

/// The columns of a key that is kept.
pub(crate) const KEY_COLUMNS: &[&str] = &["key_id", "person", "class", "wrapped", "created_us"];

/// How many values are opened with one look for their keys.
const TOGETHER: usize = 500;

/// The vault of one register.
#[derive(Clone)]
pub struct Vault {
    database: Database,
    kek: Kek,
    clock: Clock,
    ids: IdSource,
    /// Under which the words of the blind index are hidden.
    index_key: [u8; 32],
}

impl Vault {
    /// A vault over a database, with the key that wraps its keys.
    pub fn new(database: Database, kek: Kek, clock: Clock, ids: IdSource) -> Self {
        Self {
            database,
            kek,
            clock,
            ids,
            index_key: [0; 32],
        }
    }

    /// The vault with the key of its blind index, derived from a secret of the register.
    #[must_use]
    pub fn indexed_under(mut self, secret: &[u8; 32]) -> Self {
        self.index_key = index::key(secret);
        self
    }

    /// The keys of a person, for sealing; classes without a key get one when they are first needed.
    pub async fn keyring(&self, person: PersonId) -> Result<Keyring, StoreError> {
        let rows = self
            .database
            .query(
                "SELECT key_id, class, wrapped FROM vault_keys \
                 WHERE person = $1 AND wrapped IS NOT NULL ORDER BY created_us, key_id",
                &[person.to_string().into()],
            )
            .await?;
        let mut keys = BTreeMap::new();
        for row in rows {
            let id = Uuid::parse_str(row.text(0)?).map_err(|_| unreadable("a key id"))?;
            let key = self
                .kek
                .unwrap_key(id, row.blob(2)?)
                .ok_or_else(|| unreadable("a wrapped key"))?;
            keys.insert(row.text(1)?.to_owned(), (id, key));
        }
        Ok(Keyring::new(person, keys, self.ids.clone()))
    }

    /// Keeps the keys that a keyring had to make. Done before the event that needs them is stored.
    pub async fn keep(&self, keyring: &Keyring) -> Result<(), StoreError> {
        let rows = self.rows(keyring);
        if !rows.is_empty() {
            self.database
                .insert_many("vault_keys", KEY_COLUMNS, rows)
                .await?;
        }
        self.index(keyring).await
    }

    /// The keyring of somebody who has no key yet.
    pub(crate) fn fresh(&self, person: PersonId) -> Keyring {
        Keyring::new(person, BTreeMap::new(), self.ids.clone())
    }

    /// The keys that a keyring had to make, as rows to be kept with the events that need them.
    pub(crate) fn rows(&self, keyring: &Keyring) -> Vec<Vec<Value>> {
        let now = self.clock.now_us();
        let made = keyring.made();
        made.map(|(class, id, key)| {
            vec![
                id.to_string().into(),
                keyring.person().to_string().into(),
                class.to_owned().into(),
                self.kek.wrap_key(*id, key, &self.ids).into(),
                Value::Int(now),
            ]
        })
        .collect()
    }

    /// Opens sealed values for somebody whom `access` has let through.
    pub async fn open(&self, values: &[Sealed]) -> Result<Vec<Disclosed<String>>, StoreError> {
        let mut opened = Vec::with_capacity(values.len());
        for some in values.chunks(TOGETHER) {
            let keys = self.keys_of(some).await?;
            for value in some {
                let key = keys.get(&value.key.to_string());
                let key = key.ok_or_else(|| unreadable("the key of a sealed value"))?;
                opened.push(self.open_one(value, key)?);
            }
        }
        Ok(opened)
    }

    /// What is kept of the keys that seal some values, by key.
    async fn keys_of(&self, values: &[Sealed]) -> Result<BTreeMap<String, Row>, StoreError> {
        let ids: BTreeSet<String> = values.iter().map(|value| value.key.to_string()).collect();
        let places: Vec<String> = (1..=ids.len()).map(|n| format!("${n}")).collect();
        let sql = format!(
            "SELECT wrapped, destroyed_us, basis, key_id FROM vault_keys WHERE key_id IN ({})",
            places.join(", ")
        );
        let ids: Vec<Value> = ids.into_iter().map(Value::from).collect();
        let rows = self.database.query(&sql, &ids).await?;
        let by_key = rows
            .into_iter()
            .map(|row| Ok::<_, StoreError>((row.text(3)?.to_owned(), row)));
        by_key.collect()
    }

    fn open_one(&self, value: &Sealed, kept: &Row) -> Result<Disclosed<String>, StoreError> {
        let Some(wrapped) = kept.maybe_blob(0)? else {
            let basis = kept.maybe_text(2)?.unwrap_or_default().to_owned();
            return Ok(Disclosed::Erased {
                on: Instant::from_micros(kept.maybe_int(1)?.unwrap_or_default()),
                basis,
            });
        };
        let key = self
            .kek
            .unwrap_key(value.key, wrapped)
            .ok_or_else(|| unreadable("a wrapped key"))?;
        keyring::open(&key, value)
            .map(Disclosed::Clear)
            .ok_or_else(|| unreadable("a sealed value"))
    }

    /// Destroys the keys that a person's classes had when an erasure was entered; repeating it changes nothing, and
    /// keys that were made for later values stay.
    pub async fn destroy(
        &self,
        person: PersonId,
        erasure: &EraseData,
        entered_us: i64,
    ) -> Result<(), StoreError> {
        let now = self.clock.now_us();
        let mut batch = Batch::new();
        for class in &erasure.classes {
            batch.run(
                "UPDATE vault_keys SET wrapped = NULL, destroyed_us = $1, basis = $2 \
                 WHERE person = $3 AND class = $4 AND created_us <= $5 AND wrapped IS NOT NULL",
                vec![
                    now.into(),
                    erasure.basis.as_str().into(),
                    person.to_string().into(),
                    class.word().into(),
                    entered_us.into(),
                ],
            );
            batch.run(
                "DELETE FROM vault_index WHERE person = $1 AND class = $2",
                vec![person.to_string().into(), class.word().into()],
            );
        }
        self.database.transaction(batch).await?;
        self.database.scrub().await
    }

    /// Destroys whatever keys an erasure of the ledger names and the vault still holds: the program died between the
    /// two, or an older vault was put back. It reaches the records that were merged into the erased one before it. How
    /// many erasures that were.
    pub async fn finish_erasures(&self) -> Result<usize, StoreError> {
        let merged = Merged::read(&self.database).await?;
        let sql = "SELECT ledger_index, aggregate_id, payload, recorded_us FROM events \
                   WHERE event_type = 'person.data_erased' ORDER BY ledger_index";
        let mut unfinished = 0;
        for row in self.database.query(sql, &[]).await? {
            let erasure = match erasure(&row) {
                Ok(erasure) => erasure,
                // The read models stop at it and name it; the other erasures are finished all the same.
                Err(error) => {
                    tracing::error!(%error, "an erasure was not carried out");
                    continue;
                }
            };
            let (index, entered_us) = (row.int(0)?, row.int(3)?);
            let mut left = false;
            for person in merged.of_record_before(row.text(1)?, index) {
                if self.holds_of(&person, &erasure, entered_us).await? {
                    let person = person.parse().map_err(|_| unread("no person"))?;
                    self.destroy(person, &erasure, entered_us).await?;
                    left = true;
                }
            }
            unfinished += usize::from(left);
        }
        Ok(unfinished)
    }

    /// Whether the vault still holds a key that an erasure names.
    async fn holds_of(
        &self,
        person: &str,
        erasure: &EraseData,
        entered_us: i64,
    ) -> Result<bool, StoreError> {
        let sql = "SELECT class FROM vault_keys WHERE person = $1 AND created_us <= $2 AND wrapped IS NOT NULL";
        let rows = self
            .database
            .query(sql, &[person.into(), entered_us.into()])
            .await?;
        for row in &rows {
            let class = row.text(0)?;
            if erasure.classes.iter().any(|erased| erased.word() == class) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether the key opens a secret of the register, if it was made.
    pub async fn opens(&self, name: &str) -> Result<bool, StoreError> {
        let id = Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes());
        let read = "SELECT wrapped FROM vault_secrets WHERE name = $1";
        match self.database.query_one(read, &[name.into()]).await? {
            Some(row) => Ok(self.kek.unwrap_key(id, row.blob(0)?).is_some()),
            None => Ok(true),
        }
    }

    /// A secret of the register, made on first use: the same for ever, in every process.
    pub async fn secret(&self, name: &str) -> Result<[u8; 32], StoreError> {
        let id = secret_id(name);
        for _ in 0..2 {
            if let Some(secret) = self.known_secret(name).await? {
                return Ok(secret);
            }
            let wrapped = self
                .kek
                .wrap_key(id, &Zeroizing::new(self.ids.bytes::<32>()), &self.ids);
            let insert = "INSERT INTO vault_secrets (name, wrapped) VALUES ($1, $2) \
                          ON CONFLICT (name) DO NOTHING";
            self.database
                .execute(insert, vec![name.into(), wrapped.into()])
                .await?;
        }
        Err(unreadable("a secret of the register"))
    }

    /// A secret of the register, if it was made before.
    pub async fn known_secret(&self, name: &str) -> Result<Option<[u8; 32]>, StoreError> {
        let read = "SELECT wrapped FROM vault_secrets WHERE name = $1";
        let Some(row) = self.database.query_one(read, &[name.into()]).await? else {
            return Ok(None);
        };
        let key = self.kek.unwrap_key(secret_id(name), row.blob(0)?);
        let key = key.ok_or_else(|| unreadable("a secret of the register"))?;
        Ok(Some(*key))
    }
}

fn secret_id(name: &str) -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes())
}

/// Which records were merged into which, and at which entry.
struct Merged(Vec<(i64, String, String)>);

impl Merged {
    async fn read(database: &Database) -> Result<Self, StoreError> {
        let sql = "SELECT ledger_index, aggregate_id, payload FROM events WHERE event_type = 'person.merged'";
        let rows = database.query(sql, &[]).await?;
        let mut merged = Vec::with_capacity(rows.len());
        for row in rows {
            // One that cannot be read is named by the read models.
            if let Ok(AnyEvent::Person(PersonEvent::Merged { surviving, .. })) =
                AnyEvent::parse(Person::TYPE, row.text(2)?)
            {
                merged.push((row.int(0)?, row.text(1)?.to_owned(), surviving.to_string()));
            }
        }
        Ok(Self(merged))
    }

    /// A record and all that were merged into it before an entry, directly or through others.
    fn of_record_before(&self, person: &str, index: i64) -> BTreeSet<String> {
        let mut all = BTreeSet::new();
        let mut next = vec![person.to_owned()];
        while let Some(person) = next.pop() {
            let before = self.0.iter();
            let into = before.filter(|(at, _, into)| *at < index && *into == person);
            next.extend(into.map(|(_, merged, _)| merged.clone()));
            all.insert(person);
        }
        all
    }
}

/// The erasure of an entry: its payload is the third column.
fn erasure(row: &Row) -> Result<EraseData, StoreError> {
    let event = AnyEvent::parse(Person::TYPE, row.text(2)?);
    match event.map_err(|error| unread(&error.to_string()))? {
        AnyEvent::Person(PersonEvent::DataErased(erasure)) => Ok(erasure),
        _ => Err(unread("the event is another one").into()),
    }
}

fn unread(what: &str) -> Damage {
    Damage::new(format!("an erasure cannot be read: {what}"))
}

fn unreadable(what: &str) -> StoreError {
    Damage::new(format!(
        "{what} cannot be opened: the key-encryption key is another one, or the vault is damaged"
    ))
    .into()
}
