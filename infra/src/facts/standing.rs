//! Decisions one by one, for tables of which it matters who is counted in a cell.

use domain::sentence::SanctionKind;
use uuid::Uuid;

use super::dictionary::NOT_RECORDED;
use super::table::{Dimension, FactTable};

/// A decision that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingFact<'a> {
    /// The decision, by its number in the table: the same at every index.
    pub no: u32,
    /// The decision.
    pub decision: Uuid,
    /// The person, by the number in the table.
    pub person: u32,
    /// Year, month and day as one number, zeros where unknown.
    pub date: u32,
    /// The court.
    pub court: &'a str,
    /// Whether it is for immediate custody.
    pub is_custody: bool,
    /// Its words in the columns asked for; silence in a column that no decision has used.
    pub words: Vec<&'a str>,
}

impl FactTable {
    /// The decisions of a jurisdiction that stand at a ledger index, in the order of their first versions.
    pub fn facts_standing<'a>(
        &'a self,
        jurisdiction: &'a str,
        columns: &[&str],
        as_of: u64,
    ) -> impl Iterator<Item = StandingFact<'a>> + use<'a> {
        let column = |name: &str| self.dimensions.get(name);
        let asked: Vec<Option<&Dimension>> = columns.iter().map(|name| column(name)).collect();
        let (own, court, disposal) = (column("jurisdiction"), column("court"), column("disposal"));
        let standing = self.standing(as_of);
        standing.filter_map(move |row| {
            (word(own, row) == jurisdiction).then_some(())?;
            let no = *self.decision.get(row)?;
            Some(StandingFact {
                no,
                decision: *self.decisions.get(no)?,
                person: *self.person.get(row)?,
                date: *self.date.get(row)?,
                court: word(court, row),
                is_custody: word(disposal, row) == SanctionKind::Custody.word(),
                words: asked.iter().map(|column| word(*column, row)).collect(),
            })
        })
    }
}

fn word(column: Option<&Dimension>, row: usize) -> &str {
    let code = column.and_then(|column| column.codes.get(row));
    match (column, code) {
        (Some(column), Some(code)) => column.words.word(code),
        _ => NOT_RECORDED,
    }
}
