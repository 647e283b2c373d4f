//! The columns.

use std::borrow::{Borrow, Cow};
use std::collections::BTreeMap;

use domain::sentence::{Component, Decision, RequirementTerms, Sanction, SanctionKind};
use domain::values::{CivilDate, ComponentNo, PersonId, SentenceId};
use serde::{Deserialize, Serialize};

use super::codes::Codes;
use super::dictionary::{Dictionary, Ids};
use super::running::Known;
use super::segment::Written;

/// An open row has no end yet.
pub(super) const OPEN: u32 = u32::MAX;
/// A decision without an open row.
pub(super) const NONE: u32 = u32::MAX;

/// One coded column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dimension {
    /// Its words.
    pub words: Dictionary,
    /// The code of each row.
    pub(super) codes: Codes,
}

impl Dimension {
    /// The code of a row, with silence for rows that are older than the column.
    fn put(&mut self, row: usize, code: u32) {
        self.codes.pad(row);
        self.codes.push(code);
    }
}

/// Everything that one decision imposed: what severity is computed from. The components are its own, or the decision's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Penalty<C = Component> {
    /// The component that characterises it.
    pub principal: Option<ComponentNo>,
    /// The components of all counts.
    pub components: Vec<C>,
}

impl<'a> Penalty<Cow<'a, Component>> {
    /// What a decision imposes. What a requirement says in words weighs nothing, and no figure holds it.
    pub fn of(decision: &'a Decision) -> Self {
        let components = decision.components().map(|(_, component)| {
            let says = |required: &RequirementTerms| required.terms.is_some();
            if !component.sanction.requirements().iter().any(says) {
                return Cow::Borrowed(component);
            }
            let mut silent = component.clone();
            silent.sanction = without_words(silent.sanction);
            Cow::Owned(silent)
        });
        Self {
            principal: decision.principal,
            components: components.collect(),
        }
    }
}

/// A sanction without what its requirements say in words.
pub(super) fn without_words(mut sanction: Sanction) -> Sanction {
    for required in sanction.requirements_mut() {
        required.terms = None;
    }
    sanction
}

impl<C: Borrow<Component>> Penalty<C> {
    /// The component that characterises it.
    pub fn principal_component(&self) -> Option<&Component> {
        let mut components = self.components.iter().map(C::borrow);
        match self.principal {
            Some(no) => components.find(|c| c.no == no),
            None => components.min_by_key(|c| (c.sanction.kind(), c.no)),
        }
    }

    /// The disposal.
    pub fn disposal(&self) -> Option<SanctionKind> {
        self.principal_component().map(|c| c.sanction.kind())
    }
}

/// Columns that every row has, whatever the pack.
pub(crate) const FIXED: [&str; 13] = [
    "jurisdiction",
    "court",
    "offence",
    "category",
    "iccs",
    "gravity",
    "sex",
    "disposal",
    "departure",
    "departure_extent",
    "door",
    "standing",
    "year",
];

/// The fact table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FactTable {
    pub(super) from: Vec<u32>,
    pub(super) to: Vec<u32>,
    pub(super) decision: Vec<u32>,
    pub(super) person: Vec<u32>,
    /// The rows that have closed, in the order in which they did.
    pub(super) closings: Vec<u32>,
    /// Year, month and day as one number, zeros where unknown: 20240503, 20240500, 20240000.
    pub(super) date: Vec<u32>,
    /// The code of what was imposed.
    pub(super) penalty: Codes,
    pub(super) dimensions: BTreeMap<String, Dimension>,
    pub(super) penalties: Dictionary,
    pub(super) decisions: Ids,
    /// The open row of each decision, found out when something is filed; a table that is only read needs it not.
    pub(super) open: Vec<u32>,
    pub(super) persons: Ids,
    /// The sex of each person, in the words of the column `sex`.
    pub(super) person_sex: Vec<u16>,
    /// Every event below this index is in the table.
    pub(super) next_index: u64,
    /// What changed of earlier rows and persons since the last block.
    pub(super) closed: Vec<(u32, u32)>,
    pub(super) sexes: Vec<(u32, u32)>,
    pub(super) written: Written,
    pub(super) known: Known,
}

/// A row about to be opened: words for columns that differ from silence.
#[derive(Debug, Clone)]
pub(super) struct NewRow<'a> {
    pub(super) decision: SentenceId,
    pub(super) person: u32,
    pub(super) date: u32,
    pub(super) penalty: u32,
    /// The column and its word, each column once.
    pub(super) words: Vec<(Cow<'a, str>, Cow<'a, str>)>,
}

impl<'a> NewRow<'a> {
    pub(super) fn word(&self, column: &str) -> Option<&str> {
        let found = self.words.iter().find(|(name, _)| name == column);
        found.map(|(_, word)| &**word)
    }

    pub(super) fn put(&mut self, column: &'a str, word: impl Into<Cow<'a, str>>) {
        self.words.retain(|(name, _)| name != column);
        self.words.push((Cow::Borrowed(column), word.into()));
    }
}

impl FactTable {
    /// An empty table.
    pub fn new() -> Self {
        let dimensions = FIXED
            .iter()
            .map(|name| ((*name).to_owned(), Dimension::default()));
        Self {
            dimensions: dimensions.collect(),
            ..Self::default()
        }
    }

    /// An empty table with room for so many versions of decisions, and no more.
    pub fn with_room(rows: usize) -> Self {
        let mut table = Self::new();
        for column in [
            &mut table.from,
            &mut table.to,
            &mut table.decision,
            &mut table.person,
            &mut table.date,
        ] {
            column.reserve_exact(rows);
        }
        table.penalty.make_room(rows);
        // Room that nothing is written into costs nothing.
        table.decisions.make_room(rows);
        table.persons.make_room(rows);
        table.person_sex.reserve_exact(rows);
        for dimension in table.dimensions.values_mut() {
            dimension.codes.make_room(rows);
        }
        table
    }

    /// How many versions of decisions it holds.
    pub fn len(&self) -> usize {
        self.from.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.from.is_empty()
    }

    /// Every event below this ledger index is in the table.
    pub fn next_index(&self) -> u64 {
        self.next_index
    }

    /// Nothing of the events below this index is missing, though they added nothing.
    pub(crate) fn reach(&mut self, index: u64) {
        self.next_index = self.next_index.max(index);
    }

    /// The columns by name.
    pub fn dimensions(&self) -> &BTreeMap<String, Dimension> {
        &self.dimensions
    }

    /// The distinct penalties, by code from 1; code 0 stands for nothing.
    pub fn penalties(&self) -> &Dictionary {
        &self.penalties
    }

    /// The person's code, given on first use.
    pub(super) fn person_code(&mut self, person: PersonId) -> u32 {
        let (code, is_new) = self.persons.code(person.0);
        if is_new {
            self.person_sex.push(0);
        }
        code
    }

    pub(super) fn decision_code(&mut self, decision: SentenceId) -> u32 {
        let (code, is_new) = self.decisions.code(decision.0);
        if is_new {
            self.open.push(NONE);
        }
        code
    }

    /// Finds out which row of each decision is open, where that is not known yet.
    pub(super) fn find_open_rows(&mut self) {
        if self.open.len() == self.decisions.len() {
            return;
        }
        self.open.clear();
        self.open.resize(self.decisions.len(), NONE);
        let rows = (0_u32..).zip(self.to.iter().zip(&self.decision));
        for (row, (_, decision)) in rows.filter(|(_, (to, _))| **to == OPEN) {
            if let Some(open) = self.open.get_mut(index_of(*decision)) {
                *open = row;
            }
        }
    }

    /// Opens a row, closing the decision's open one.
    pub(super) fn open_row(&mut self, index: u32, row: &NewRow<'_>) {
        let decision = self.decision_code(row.decision);
        self.close(decision, index);
        let at = self.from.len();
        let sex = self
            .person_sex
            .get(index_of(row.person))
            .copied()
            .unwrap_or_default();
        for (name, word) in &row.words {
            let put = |dimension: &mut Dimension| {
                let code = narrow(dimension.words.code(word));
                dimension.put(at, u32::from(code));
            };
            match self.dimensions.get_mut(&**name) {
                Some(dimension) => put(dimension),
                None => put(self
                    .dimensions
                    .entry(name.clone().into_owned())
                    .or_default()),
            }
        }
        for (name, dimension) in &mut self.dimensions {
            // The sex is the person's, whatever the decision says; a column without a word is silent.
            if name == "sex" {
                dimension.put(at, u32::from(sex));
            }
            dimension.codes.pad(at.saturating_add(1));
        }
        self.from.push(index);
        self.to.push(OPEN);
        self.decision.push(decision);
        self.person.push(row.person);
        self.date.push(row.date);
        self.penalty.push(row.penalty);
        self.set_open(decision, u32::try_from(at).unwrap_or(NONE));
    }

    /// Closes the decision's open row, if it has one.
    pub(super) fn close(&mut self, decision: u32, index: u32) {
        let Some(row) = self
            .open
            .get(index_of(decision))
            .copied()
            .filter(|row| *row != NONE)
        else {
            return;
        };
        if let Some(to) = self.to.get_mut(index_of(row)) {
            *to = index;
        }
        self.closed.push((row, index));
        self.closings.push(row);
        self.set_open(decision, NONE);
    }

    /// A block named decisions and persons: which rows are open is found out again, and no sex is known yet.
    pub(super) fn ids_were_added(&mut self) {
        self.open = Vec::new();
        self.person_sex.resize(self.persons.len(), 0);
    }

    fn set_open(&mut self, decision: u32, row: u32) {
        if let Some(open) = self.open.get_mut(index_of(decision)) {
            *open = row;
        }
    }

    /// The open row of a decision as it would be opened again.
    pub(super) fn reopened(&self, decision: u32) -> Option<NewRow<'static>> {
        let row = self
            .open
            .get(index_of(decision))
            .copied()
            .filter(|row| *row != NONE)?;
        let at = index_of(row);
        let words = self.dimensions.iter().filter_map(|(name, dimension)| {
            let code = dimension.codes.get(at)?;
            (code != 0).then(|| {
                let word = dimension.words.word(code).to_owned();
                (name.clone().into(), word.into())
            })
        });
        Some(NewRow {
            decision: SentenceId(*self.decisions.get(decision)?),
            person: *self.person.get(at)?,
            date: *self.date.get(at)?,
            penalty: self.penalty.get(at)?,
            words: words.collect(),
        })
    }

    /// The open decisions of a person, oldest first.
    pub(super) fn open_decisions_of(&self, person: u32) -> Vec<u32> {
        self.person
            .iter()
            .zip(&self.to)
            .zip(&self.decision)
            .filter(|((p, to), _)| **p == person && **to == OPEN)
            .map(|(_, decision)| *decision)
            .collect()
    }
}

/// A code as a place in a vector.
pub(super) fn index_of(code: u32) -> usize {
    usize::try_from(code).unwrap_or(usize::MAX)
}

/// A column's code; a column with more words than fit would be damage, and reads as silence.
pub(super) fn narrow(code: u32) -> u16 {
    u16::try_from(code).unwrap_or_default()
}

/// A date as one number.
pub(super) fn number(date: CivilDate) -> u32 {
    let year = u32::try_from(date.year()).unwrap_or_default();
    match date {
        CivilDate::Year(_) => year * 10_000,
        CivilDate::Month { month, .. } => year * 10_000 + u32::from(month) * 100,
        CivilDate::Day(day) => year * 10_000 + day.month() * 100 + day.day(),
    }
}
