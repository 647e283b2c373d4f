//! Exports for statistics: allowed, written down, then written into files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use uuid::Uuid;

use super::Registry;
use super::moment::AsOf;
use crate::access::{Action, Call, allow};
use crate::export::{
    About, ExportError, FORM, Format, INDICATORS, Laws, Pseudonyms, Rows, Unfinished, document,
    facts, folder_name, table, under, vacant,
};
use crate::facts::{FactTable, Version};
use crate::views::{Stamp, ViewName, ViewRequest, behind};

impl Registry {
    /// Every version of every decision as of a moment, into a folder of its own.
    pub async fn export_facts(
        &self,
        call: &Call,
        as_of: AsOf,
        format: Format,
        out: &Path,
    ) -> Result<About, ExportError> {
        allow(call, Action::ExportFigures).map_err(crate::views::ViewError::from)?;
        vacant(out)?;
        let (index, stamp) = self.exported_as_of(as_of).await?;
        let laws = self.laws_at(index).await?;
        let pseudonyms = self.pseudonyms().await?;
        self.told_export(call, format!("figures/facts?as_of={index}"))
            .await?;
        let mut into = Unfinished::beside(out)?;
        let about = {
            let table = self.projections().facts();
            let versions: Vec<Version<'_>> = table.versions(index).collect();
            let severities = &self.inner.severities;
            let rows = Rows::of(&table, &versions, &laws, severities, &pseudonyms)?;
            let about = about(FORM, (stamp, index), &laws);
            facts(&mut into, &rows, &versions, format, about)?
        };
        into.finish(out)?;
        Ok(about)
    }

    /// The decisions that stand at a moment under conditions, as one CSV table with its description beside it.
    pub async fn export_research(
        &self,
        call: &Call,
        request: &ViewRequest,
        as_of: AsOf,
        out: &Path,
    ) -> Result<About, ExportError> {
        allow(call, Action::ExportFigures).map_err(crate::views::ViewError::from)?;
        let name = out.file_name().and_then(|name| name.to_str());
        let name = name.ok_or_else(|| ExportError::NoName(out.to_owned()))?;
        let beside = out.with_file_name(format!("{name}-metadata.json"));
        vacant(out)?;
        vacant(&beside)?;
        let (index, stamp) = self.exported_as_of(as_of).await?;
        let laws = self.laws_at(index).await?;
        let packs = self.rules_of(request, Some(index)).await?;
        let pseudonyms = self.pseudonyms().await?;
        let (bytes, tabular, about) = {
            let all = self.projections().facts();
            let severities = &self.inner.severities;
            let everybody = (0, usize::MAX);
            let kept = behind(&all, request, &packs, (stamp, severities), everybody)?;
            let kept: BTreeSet<Uuid> = kept.into_iter().map(|id| id.0).collect();
            let versions: Vec<Version<'_>> = all.versions(index).collect();
            let rows = Rows::of(&all, &versions, &laws, severities, &pseudonyms)?;
            let stand =
                |one: &&Version<'_>| one.ended().is_none() && kept.contains(&one.decision());
            let standing: Vec<Version<'_>> = versions.iter().filter(stand).copied().collect();
            let mut about = about(FORM, (stamp, index), &laws);
            about.conditions = request.conditions();
            table(name, &rows, &standing, about)?
        };
        let line = request.line();
        let asked = line.split_once('?').map_or("", |(_, asked)| asked);
        self.told_export(call, format!("figures/research?{asked}&as_of={index}"))
            .await?;
        let mut into = Unfinished::beside(out)?;
        into.file("table", &bytes)?;
        into.file("description", &tabular)?;
        into.finish_files(&[("table", out), ("description", &beside)])?;
        Ok(about)
    }

    /// Every view as of a moment, each with its own columns, for each jurisdiction.
    pub async fn export_indicators(
        &self,
        call: &Call,
        as_of: AsOf,
        out: &Path,
    ) -> Result<About, ExportError> {
        allow(call, Action::ExportFigures).map_err(crate::views::ViewError::from)?;
        vacant(out)?;
        let (index, stamp) = self.exported_as_of(as_of).await?;
        let laws = self.laws_at(index).await?;
        let mut views = Vec::new();
        let mut shown = Vec::new();
        for jurisdiction in laws
            .iter()
            .filter_map(|(code, law)| law.as_ref().map(|_| code))
        {
            for name in ViewName::ALL {
                let mut request = ViewRequest::of(name);
                request.jurisdiction = Some(jurisdiction.clone());
                let packs = self.rules_of(&request, Some(index)).await?;
                let view = self.figure(&request, &packs, stamp).await?;
                views.push((format!("{}/{name}.json", folder_name(jurisdiction)), view));
                shown.push(format!("{}&as_of={index}", request.line()));
            }
        }
        let log = &self.inner.consultations;
        log.write(call, Action::ExportFigures, shown).await?;
        let mut into = Unfinished::beside(out)?;
        for (path, view) in &views {
            into.file(path, &document(view)?)?;
        }
        let mut about = about(INDICATORS, (stamp, index), &laws);
        about.files = into.files().to_vec();
        into.file("index.json", &document(&about)?)?;
        into.finish(out)?;
        Ok(about)
    }

    /// The last entry that counts, and as of when figures are told by it: the same whenever it is asked.
    async fn exported_as_of(&self, as_of: AsOf) -> Result<(u64, Stamp), ExportError> {
        self.projections().catch_up().await?;
        let asked = self.stamp(as_of).await?;
        if asked.behind > 0 {
            return Err(ExportError::Behind(asked.behind));
        }
        let index = asked.index.ok_or(ExportError::Nothing)?;
        let is_empty = {
            let facts = self.projections().facts();
            facts.versions(index).next().is_none()
        };
        if is_empty {
            return Err(ExportError::Nothing);
        }
        let stamp = Stamp {
            index: Some(index),
            instant: self.stored_at(index).await?,
            past: true,
            behind: 0,
        };
        Ok((index, stamp))
    }

    /// The rules in force at an entry of every jurisdiction that has a version of a decision by then.
    async fn laws_at(&self, index: u64) -> Result<Laws, ExportError> {
        let codes = jurisdictions(&self.projections().facts(), index);
        let mut laws = BTreeMap::new();
        for code in codes {
            let law = self.packs().known_at(&code, index).await?;
            laws.insert(code, law);
        }
        Ok(laws)
    }

    async fn pseudonyms(&self) -> Result<Pseudonyms, ExportError> {
        let secret = self.vault().secret(Pseudonyms::SECRET).await?;
        Ok(Pseudonyms::under(secret))
    }

    async fn told_export(&self, call: &Call, shown: String) -> Result<(), ExportError> {
        let log = &self.inner.consultations;
        Ok(log.write(call, Action::ExportFigures, vec![shown]).await?)
    }
}

fn jurisdictions(facts: &FactTable, index: u64) -> BTreeSet<String> {
    let words = facts.versions(index).map(|one| one.word("jurisdiction"));
    let words: BTreeSet<&str> = words.collect();
    words.into_iter().map(str::to_owned).collect()
}

fn about(form: &str, (stamp, index): (Stamp, u64), laws: &Laws) -> About {
    About {
        form: form.to_owned(),
        index,
        instant: stamp.instant,
        conditions: Vec::new(),
        jurisdictions: under(laws),
        rows: None,
        files: Vec::new(),
    }
}
