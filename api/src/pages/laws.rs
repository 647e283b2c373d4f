//! The rules that words are taken from: those in force, and those a decision was taken under.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::jurisdiction::Pack;
use domain::values::PolicyVersion;
use infra::packs::PacksError;
use infra::record::Recorded;

use crate::state::AppState;

/// The packs that a list of entries was recorded under, by version.
pub(super) struct Laws(BTreeMap<String, Arc<Pack>>);

impl Laws {
    /// Reads what the entries name.
    pub(super) async fn of(app: &AppState, entries: &[Recorded]) -> Result<Self, PacksError> {
        let mut laws = BTreeMap::new();
        for named in entries
            .iter()
            .filter_map(|entry| entry.told.policy.as_deref())
        {
            if laws.contains_key(named) {
                continue;
            }
            if let Ok(version) = PolicyVersion::parse(named) {
                laws.insert(
                    named.to_owned(),
                    app.registry.packs().version(&version).await?,
                );
            }
        }
        Ok(Self(laws))
    }

    /// The pack an entry was recorded under.
    pub(super) fn at(&self, entry: &Recorded) -> Option<&Pack> {
        self.0.get(entry.told.policy.as_deref()?).map(AsRef::as_ref)
    }
}

/// The rules of the visitor's jurisdiction: the fictional one where several are adopted.
pub(super) async fn in_force(app: &AppState) -> Result<Arc<Pack>, PacksError> {
    let adopted = app.registry.packs().jurisdictions().await?;
    let chosen = match adopted.as_slice() {
        [] | [_] => None,
        several => several
            .iter()
            .find(|code| *code == "midland")
            .or(several.first()),
    };
    let code = chosen.and_then(|code| domain::values::JurisdictionCode::parse(code).ok());
    app.registry.packs().in_force(code.as_ref()).await
}
