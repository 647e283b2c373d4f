//! The rules in force: adopted packs, kept beside the ledger under the hash that their adoption names.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use domain::jurisdiction::{Pack, PackError};
use domain::policy::Policy;
use domain::stream::Stream;
use domain::values::{JurisdictionCode, PolicyVersion};
use sha2::{Digest, Sha256};

use crate::error::{Damage, StoreError};
use crate::record::Recorded;
use crate::store::database::Database;
use crate::store::{Store, StreamName};

/// Why rules cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum PacksError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The pack cannot be read.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// No rules were adopted.
    #[error("no rules of {0} are adopted: adopt a pack with `assize policy adopt`")]
    NotAdopted(String),
    /// No rules were adopted of the jurisdiction named; of others they were.
    #[error(
        "no rules of {named} are adopted: name one of {known} in Assize-Jurisdiction, or leave it out; \
         an administrator adopts others"
    )]
    Unknown {
        /// The jurisdiction named.
        named: String,
        /// Those whose rules were adopted.
        known: String,
    },
    /// Several jurisdictions and none named.
    #[error("rules of several jurisdictions are adopted ({0}): name one")]
    Several(String),
}

/// SHA-256 of a pack's bytes, in hexadecimal.
pub fn pack_hash(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// The adopted packs of a register, read on first use.
#[derive(Clone, Debug)]
pub struct Packs {
    store: Store,
    read: Arc<RwLock<Read>>,
}

#[derive(Debug, Default)]
struct Read {
    by_version: BTreeMap<PolicyVersion, Arc<Pack>>,
    in_force: BTreeMap<String, PolicyVersion>,
    /// Every jurisdiction whose rules were adopted, since somebody last asked.
    adopted: Option<Vec<String>>,
}

impl Packs {
    /// The packs of a store.
    pub fn new(store: Store) -> Self {
        Self {
            store,
            read: Arc::default(),
        }
    }

    fn database(&self) -> &Database {
        self.store.database()
    }

    /// Keeps a pack's bytes; done before its adoption is recorded.
    pub async fn keep(&self, bytes: &[u8]) -> Result<String, StoreError> {
        let hash = pack_hash(bytes);
        let sql =
            "INSERT INTO policy_packs (hash, bytes) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING";
        self.database()
            .execute(sql, vec![hash.as_str().into(), bytes.into()])
            .await?;
        Ok(hash)
    }

    /// The pack of a version that was adopted at any time.
    pub async fn version(&self, version: &PolicyVersion) -> Result<Arc<Pack>, PacksError> {
        if let Some(pack) = self.peek(version) {
            return Ok(pack);
        }
        let jurisdiction = version
            .as_str()
            .split('/')
            .next()
            .unwrap_or_default()
            .to_owned();
        self.refresh(&jurisdiction).await?;
        self.peek(version)
            .ok_or(PacksError::NotAdopted(jurisdiction))
    }

    /// The pack under which something was recorded, by the version that its record names; none where it names none.
    pub(crate) async fn told(&self, policy: Option<&str>) -> Result<Option<Arc<Pack>>, PacksError> {
        match policy.and_then(|policy| PolicyVersion::parse(policy).ok()) {
            Some(version) => self.version(&version).await.map(Some),
            None => Ok(None),
        }
    }

    /// Every pack of a jurisdiction that was adopted at any time.
    pub async fn adopted(&self, jurisdiction: &str) -> Result<Vec<Arc<Pack>>, PacksError> {
        let policy = self.policy(jurisdiction, u64::MAX).await?;
        let mut packs = Vec::new();
        for version in policy.adopted.keys() {
            packs.push(self.version(version).await?);
        }
        Ok(packs)
    }

    /// The pack of a version, if it was read before.
    pub fn peek(&self, version: &PolicyVersion) -> Option<Arc<Pack>> {
        let read = self.read.read().unwrap_or_else(PoisonError::into_inner);
        read.by_version.get(version).cloned()
    }

    /// The pack in force in a jurisdiction; without one named, in the only jurisdiction there is.
    pub async fn in_force(
        &self,
        jurisdiction: Option<&JurisdictionCode>,
    ) -> Result<Arc<Pack>, PacksError> {
        let named = match jurisdiction {
            Some(code) => code.to_string(),
            None => self.only().await?,
        };
        if let Some(pack) = self.current(&named) {
            return Ok(pack);
        }
        self.refresh(&named).await?;
        match self.current(&named) {
            Some(pack) => Ok(pack),
            None => Err(self.unknown(named).await?),
        }
    }

    /// Why a jurisdiction has no rules.
    async fn unknown(&self, named: String) -> Result<PacksError, StoreError> {
        let known = self.jurisdictions().await?.join(", ");
        if known.is_empty() {
            return Ok(PacksError::NotAdopted(named));
        }
        Ok(PacksError::Unknown { named, known })
    }

    /// The pack that was in force in a jurisdiction as of a ledger index.
    pub async fn in_force_at(
        &self,
        jurisdiction: &JurisdictionCode,
        index: u64,
    ) -> Result<Arc<Pack>, PacksError> {
        let policy = self.policy(jurisdiction.as_str(), index).await?;
        let not_adopted = || PacksError::NotAdopted(jurisdiction.to_string());
        let adopted = policy.in_force().ok_or_else(not_adopted)?;
        self.version(&adopted.version).await
    }

    /// The same of a jurisdiction by its code; none before its rules were adopted, when it has no decision to count.
    pub(crate) async fn known_at(
        &self,
        code: &str,
        index: u64,
    ) -> Result<Option<Arc<Pack>>, PacksError> {
        let known =
            JurisdictionCode::parse(code).map_err(|_| PacksError::NotAdopted(code.to_owned()))?;
        match self.in_force_at(&known, index).await {
            Ok(pack) => Ok(Some(pack)),
            Err(PacksError::NotAdopted(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn current(&self, jurisdiction: &str) -> Option<Arc<Pack>> {
        let read = self.read.read().unwrap_or_else(PoisonError::into_inner);
        let version = read.in_force.get(jurisdiction)?;
        read.by_version.get(version).cloned()
    }

    async fn only(&self) -> Result<String, PacksError> {
        let known = {
            let read = self.read.read().unwrap_or_else(PoisonError::into_inner);
            read.adopted.clone()
        };
        let adopted = match known {
            Some(adopted) => adopted,
            None => self.jurisdictions().await?,
        };
        match adopted.as_slice() {
            [] => Err(PacksError::NotAdopted("any jurisdiction".to_owned())),
            [only] => Ok(only.clone()),
            several => Err(PacksError::Several(several.join(", "))),
        }
    }

    /// The jurisdictions whose rules were adopted, also by another process.
    pub async fn jurisdictions(&self) -> Result<Vec<String>, StoreError> {
        let sql =
            "SELECT DISTINCT aggregate_id FROM events WHERE aggregate_type = 'policy' ORDER BY 1";
        let rows = self.database().query(sql, &[]).await?;
        let adopted = rows.iter().map(|row| row.text(0).map(str::to_owned));
        let adopted: Vec<String> = adopted.collect::<Result<_, _>>()?;
        let mut read = self.read.write().unwrap_or_else(PoisonError::into_inner);
        read.adopted = Some(adopted.clone());
        Ok(adopted)
    }

    /// Forgets what was read of a jurisdiction: its rules have changed.
    pub fn forget(&self, jurisdiction: &str) {
        let mut read = self.read.write().unwrap_or_else(PoisonError::into_inner);
        read.in_force.remove(jurisdiction);
        read.adopted = None;
    }

    /// Reads a jurisdiction's rules again.
    pub async fn refresh(&self, jurisdiction: &str) -> Result<(), PacksError> {
        let policy = self.policy(jurisdiction, u64::MAX).await?;
        for adopted in policy.adopted.values() {
            if self.peek(&adopted.version).is_none() {
                let text = self.fetch(&adopted.hash).await?;
                let pack = Arc::new(Pack::parse(&text)?);
                let mut read = self.read.write().unwrap_or_else(PoisonError::into_inner);
                read.by_version.insert(adopted.version.clone(), pack);
            }
        }
        if let Some(current) = policy.in_force() {
            let mut read = self.read.write().unwrap_or_else(PoisonError::into_inner);
            read.in_force
                .insert(jurisdiction.to_owned(), current.version.clone());
        }
        Ok(())
    }

    /// Which versions were adopted up to a ledger index.
    async fn policy(&self, jurisdiction: &str, up_to: u64) -> Result<Policy, StoreError> {
        let stream = StreamName::new(Policy::TYPE, jurisdiction);
        let mut policy = Policy::default();
        for row in &self.store.stream_events(&stream, up_to).await? {
            if let domain::record::AnyEvent::Policy(event) = Recorded::read_row(row)?.event {
                policy = policy.evolve(&event);
            }
        }
        Ok(policy)
    }

    /// The text of a version that was adopted at any time.
    pub async fn text(&self, version: &PolicyVersion) -> Result<String, PacksError> {
        let jurisdiction = version.as_str().split('/').next().unwrap_or_default();
        let policy = self.policy(jurisdiction, u64::MAX).await?;
        match policy.adopted.get(version) {
            Some(adopted) => self.fetch(&adopted.hash).await,
            None => Err(PacksError::NotAdopted(version.to_string())),
        }
    }

    /// The text of a pack, as it was adopted.
    async fn fetch(&self, hash: &str) -> Result<String, PacksError> {
        let sql = "SELECT bytes FROM policy_packs WHERE hash = $1";
        let row = self.database().query_one(sql, &[hash.into()]).await?;
        let damaged = |what: &str| {
            PacksError::Store(Damage::new(format!("the bytes of pack {hash} {what}")).into())
        };
        let row = row.ok_or_else(|| damaged("are missing"))?;
        let bytes = row.blob(0)?;
        if pack_hash(bytes) != hash {
            return Err(damaged("do not match the hash of their adoption"));
        }
        let text = std::str::from_utf8(bytes).map_err(|_| damaged("are not text"))?;
        Ok(text.to_owned())
    }
}

/// The rules under which rules are adopted: none but the stream's own.
pub(crate) fn unruled() -> Arc<Pack> {
    static UNRULED: std::sync::OnceLock<Arc<Pack>> = std::sync::OnceLock::new();
    let text = "jurisdiction = \"none\"\nversion = \"none/0\"\ntitle = \"\"\nin_force_from = \"2000-01-01\"\n\
                zone = \"UTC\"\ncurrency = \"XXX\"\nlive_minutes = 0\n";
    Arc::clone(UNRULED.get_or_init(|| match Pack::parse(text) {
        Ok(pack) => Arc::new(pack),
        Err(error) => unreachable!("the empty pack is a pack: {error}"),
    }))
}
