//! The records behind a cell of an official table, for oversight.

use std::collections::BTreeMap;

use domain::official::{Cell, Key, Line};

use super::{OfficialError, OfficialQuery, OfficialTable, line_of};
use crate::access::{Action, Call, allow};
use crate::registry::Registry;
use crate::registry::moment::AsOf;
use crate::registry::read::ReadError;
use crate::store::StreamName;

/// Which cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficialCell {
    /// The line.
    pub line: String,
    /// Its word in each dimension by which it is broken down.
    pub key: Key,
}

/// What is behind a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BehindCell {
    /// The table.
    pub table: OfficialTable,
    /// The line.
    pub line: &'static Line,
    /// What the cell says.
    pub cell: Cell,
    /// The records, each as `custody/ID`, in their order: a page of them.
    pub records: Vec<String>,
    /// How many records of the page are closed to whoever asks; they are counted, and not named.
    pub closed: u32,
    /// The place of the first record of the next page.
    pub next: Option<u32>,
}

impl Registry {
    /// The records behind a cell, for somebody who may export figures and read the register.
    pub async fn official_behind(
        &self,
        call: &Call,
        query: &OfficialQuery,
        asked: &OfficialCell,
        as_of: AsOf,
        (skipped, most): (u32, u32),
    ) -> Result<BehindCell, OfficialError> {
        allow(call, Action::ExportFigures)?;
        allow(call, Action::ReadRegister)?;
        let (made, facts) = self.official_counted(query, as_of).await?;
        let unknown = || OfficialError::UnknownCell {
            table: query.table.clone(),
            wanted: cell_name(&asked.line, &asked.key),
        };
        let mut lines = made.table.lines.iter();
        let line = lines.find(|line| line.id == asked.line);
        let line = line.ok_or_else(unknown)?;
        let mut cells = made.cells.iter();
        let told = cells.find(|one| one.line == asked.line && one.key == asked.key);
        let told = told.cloned().ok_or_else(unknown)?;
        let counted = line.of.iter().chain(&line.less);
        let behind = counted.flat_map(|of| facts.behind(of, &told.key));
        let mut all: Vec<&str> = Vec::new();
        for record in behind.flat_map(|fact| &fact.behind) {
            if !all.contains(&record.as_str()) {
                all.push(record);
            }
        }
        let (skip, take) = (place(skipped), place(most));
        let page: Vec<String> = all
            .iter()
            .skip(skip)
            .take(take)
            .map(|one| (*one).to_owned())
            .collect();
        let more = all.len() > skip.saturating_add(page.len());
        let mut records = Vec::new();
        let mut closed = 0_u32;
        for record in page {
            if self.is_record_closed(call, &record).await? {
                closed = closed.saturating_add(1);
            } else {
                records.push(record);
            }
        }
        let mut shown = records.clone();
        shown.push(format!(
            "official/{}&cell={}",
            line_of(&made),
            cell_name(&asked.line, &asked.key)
        ));
        let log = &self.inner.consultations;
        log.write(call, Action::ReadRegister, shown).await?;
        Ok(BehindCell {
            table: made,
            line,
            cell: told,
            records,
            closed,
            next: more.then(|| skipped.saturating_add(most)),
        })
    }

    /// Whether a record that is counted is closed to a call: a child's case, or that of somebody whose record is sealed or
    /// expunged.
    async fn is_record_closed(&self, call: &Call, record: &str) -> Result<bool, ReadError> {
        let Some((kind, id)) = record.split_once('/') else {
            return Ok(true);
        };
        let person = self.person_behind(kind, id).await?;
        if self.look().is_sealed_to(call, person).await? {
            return Ok(true);
        }
        self.is_closed(call, &StreamName::new(kind, id)).await
    }
}

/// A cell in one word: the line and its words, `HELD.sex:female`.
pub fn cell_name(line: &str, key: &Key) -> String {
    let words = key.iter().map(|(name, word)| format!("{name}:{word}"));
    let words = std::iter::once(line.to_owned()).chain(words);
    words.collect::<Vec<_>>().join(".")
}

/// The cell of one word.
pub fn cell_named(text: &str) -> Option<OfficialCell> {
    let mut words = text.split('.');
    let line = words.next().filter(|line| !line.is_empty())?.to_owned();
    let key = words.map(|word| {
        let (name, word) = word.split_once(':')?;
        Some((name.to_owned(), word.to_owned()))
    });
    Some(OfficialCell {
        line,
        key: key.collect::<Option<BTreeMap<_, _>>>()?,
    })
}

fn place(n: u32) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}
