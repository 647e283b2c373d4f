//! Versions of decisions one by one: for exports, and for tables of which it matters who is counted in a cell.

use uuid::Uuid;

use super::dictionary::NOT_RECORDED;
use super::table::{FactTable, OPEN};

/// A version of a decision, as it is known at a ledger index.
#[derive(Clone, Copy)]
pub struct Version<'a> {
    facts: &'a FactTable,
    row: usize,
    as_of: u64,
}

impl FactTable {
    /// Every version of a decision that had begun by a ledger index, in the order of the ledger.
    pub fn versions(&self, as_of: u64) -> impl Iterator<Item = Version<'_>> {
        let began = self
            .from
            .iter()
            .take_while(move |from| u64::from(**from) <= as_of);
        began.enumerate().map(move |(row, _)| Version {
            facts: self,
            row,
            as_of,
        })
    }
}

impl<'a> Version<'a> {
    /// The entry with which it began.
    pub fn began(&self) -> u64 {
        self.of(&self.facts.from).map_or(0, u64::from)
    }

    /// The entry with which it ended; none where it stands at the index.
    pub fn ended(&self) -> Option<u64> {
        let ended = self.of(&self.facts.to).filter(|to| *to != OPEN);
        ended.map(u64::from).filter(|to| *to <= self.as_of)
    }

    /// The decision.
    pub fn decision(&self) -> Uuid {
        let code = self.of(&self.facts.decision);
        let found = code.and_then(|code| self.facts.decisions.get(code));
        found.copied().unwrap_or_default()
    }

    /// The person.
    pub fn person(&self) -> Uuid {
        let code = self.of(&self.facts.person);
        let found = code.and_then(|code| self.facts.persons.get(code));
        found.copied().unwrap_or_default()
    }

    /// The month of the decision from 1 to 12; none where it is not known.
    pub fn month(&self) -> Option<u32> {
        let month = self.of(&self.facts.date)? / 100 % 100;
        (month > 0).then_some(month)
    }

    /// The code of what was imposed.
    pub fn penalty(&self) -> u32 {
        self.facts.penalty.at(self.row)
    }

    /// Its word in a column; silence in a column that no decision has used.
    pub fn word(&self, column: &str) -> &'a str {
        let column = self.facts.dimensions.get(column);
        let code = column.and_then(|column| column.codes.get(self.row));
        match (column, code) {
            (Some(column), Some(code)) => column.words.word(code),
            _ => NOT_RECORDED,
        }
    }

    fn of(&self, column: &[u32]) -> Option<u32> {
        column.get(self.row).copied()
    }
}
