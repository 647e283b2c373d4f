//! The rules that words are taken from: those a thing was recorded under, and for something new those of the
//! visitor's office or of the visitor's choice.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::jurisdiction::Pack;
use domain::values::{JurisdictionCode, PolicyVersion};
use infra::packs::PacksError;
use infra::record::Recorded;
use infra::registry::ToldRecord;

use super::page::Visitor;
use crate::state::AppState;

/// The packs that a list of entries was recorded under, by version.
pub(super) struct Laws(BTreeMap<String, Arc<Pack>>);

impl Laws {
    /// Reads what the entries name.
    pub(super) async fn of(app: &AppState, entries: &[Recorded]) -> Result<Self, PacksError> {
        let mut laws = Self(BTreeMap::new());
        laws.read(app, entries).await?;
        Ok(laws)
    }

    /// Reads what the entries of some records name.
    pub(super) async fn of_records(
        app: &AppState,
        records: &[ToldRecord],
    ) -> Result<Self, PacksError> {
        let mut laws = Self(BTreeMap::new());
        for record in records {
            laws.read(app, &record.entries).await?;
        }
        Ok(laws)
    }

    async fn read(&mut self, app: &AppState, entries: &[Recorded]) -> Result<(), PacksError> {
        for named in entries
            .iter()
            .filter_map(|entry| entry.told.policy.as_deref())
        {
            if self.0.contains_key(named) {
                continue;
            }
            if let Ok(version) = PolicyVersion::parse(named) {
                let law = app.registry.packs().version(&version).await?;
                self.0.insert(named.to_owned(), law);
            }
        }
        Ok(())
    }

    /// The pack that the last of some entries was recorded under.
    pub(super) fn last(&self, entries: &[Recorded]) -> Option<&Pack> {
        entries.iter().rev().find_map(|entry| self.at(entry))
    }

    /// The pack an entry was recorded under.
    pub(super) fn at(&self, entry: &Recorded) -> Option<&Pack> {
        self.0.get(entry.told.policy.as_deref()?).map(AsRef::as_ref)
    }
}

/// The rules in force of every jurisdiction, for lists that hold several.
pub(crate) struct Books(BTreeMap<String, Arc<Pack>>);

impl Books {
    /// Those of every jurisdiction whose rules were adopted.
    pub(crate) async fn adopted(app: &AppState) -> Result<Self, PacksError> {
        let mut books = BTreeMap::new();
        for code in app.registry.packs().jurisdictions().await? {
            let law = in_force_in(app, &code).await?;
            books.insert(code, law);
        }
        Ok(Self(books))
    }

    /// The words for an office, by whichever rules name it.
    pub(super) fn office_title<'a>(&'a self, code: &'a str) -> &'a str {
        let titles = self.0.values().map(|law| law.office_title(code));
        titles
            .into_iter()
            .find(|title| *title != code)
            .unwrap_or(code)
    }

    /// The rules that name an office.
    pub(super) fn of_office(&self, code: &str) -> Option<&Pack> {
        self.all().find(|law| law.office_title(code) != code)
    }

    /// The rules of a jurisdiction.
    pub(crate) fn of(&self, jurisdiction: &str) -> Option<&Pack> {
        self.0.get(jurisdiction).map(AsRef::as_ref)
    }

    /// Every pack, by the jurisdiction's code.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Pack> {
        self.0.values().map(AsRef::as_ref)
    }
}

async fn in_force_in(app: &AppState, code: &str) -> Result<Arc<Pack>, PacksError> {
    let code =
        JurisdictionCode::parse(code).map_err(|_| PacksError::NotAdopted(code.to_owned()))?;
    app.registry.packs().in_force(Some(&code)).await
}

/// The rules under which something was last recorded: those its words are taken from.
pub(super) async fn of_entries(
    app: &AppState,
    entries: &[Recorded],
) -> Result<Arc<Pack>, PacksError> {
    let named = entries.iter().rev().find_map(|e| e.told.policy.as_deref());
    match named.map(PolicyVersion::parse) {
        Some(Ok(version)) => app.registry.packs().version(&version).await,
        Some(Err(_)) | None => in_force(app).await,
    }
}

/// The rules for something new: those named, else those that know the visitor's court or office, else the first.
pub(super) async fn chosen(
    app: &AppState,
    visitor: &Visitor,
    named: Option<&str>,
) -> Result<Arc<Pack>, PacksError> {
    if let Some(named) = named {
        return in_force_in(app, named).await;
    }
    let books = Books::adopted(app).await?;
    let office = visitor.sample.office;
    let knows = |law: &&Arc<Pack>| {
        let mut offices = law.courts.iter().chain(&law.offices);
        offices.any(|known| known.code.as_str() == office)
    };
    let own = books.0.values().find(knows).or(books.0.values().next());
    own.map(Arc::clone)
        .ok_or_else(|| PacksError::NotAdopted("any jurisdiction".to_owned()))
}

/// The jurisdictions to choose from, by code and title; none where there is only one.
pub(super) async fn choices(app: &AppState) -> Result<Vec<(String, String)>, PacksError> {
    let books = Books::adopted(app).await?;
    if books.0.len() < 2 {
        return Ok(Vec::new());
    }
    let titled = books.0.into_iter();
    Ok(titled
        .map(|(code, law)| (code, law.title.clone()))
        .collect())
}

/// The rules in force of the first jurisdiction, where nothing says which is meant.
pub(super) async fn in_force(app: &AppState) -> Result<Arc<Pack>, PacksError> {
    let adopted = app.registry.packs().jurisdictions().await?;
    match adopted.first() {
        Some(first) => in_force_in(app, first).await,
        None => app.registry.packs().in_force(None).await,
    }
}
