//! Which cells are no answer, and in which of the three ways.

use crate::import::mapping::MissingRule;
use crate::import::row::Known;

/// The cells that stand for an absent answer under one rule.
#[derive(Clone)]
pub(in crate::import) struct Absent {
    not_recorded: Vec<String>,
    not_asked: Vec<String>,
    declined: Vec<String>,
}

impl Absent {
    /// The mapping's cells, each kind replaced by the rule's own where it lists any.
    pub(super) fn new(mapping: &MissingRule, rule: Option<&MissingRule>) -> Self {
        let own = rule.cloned().unwrap_or_default();
        let pick = |own: Vec<String>, mapping: &Vec<String>| {
            if own.is_empty() { mapping.clone() } else { own }
        };
        Self {
            not_recorded: pick(own.not_recorded, &mapping.not_recorded),
            not_asked: pick(own.not_asked, &mapping.not_asked),
            declined: pick(own.declined, &mapping.declined),
        }
    }

    /// How a cell is absent; `None` if it is an answer. An empty one is never an answer.
    pub(in crate::import) fn of<T>(&self, cell: &str) -> Option<Known<T>> {
        let lists = |list: &[String]| list.iter().any(|listed| listed == cell);
        if lists(&self.declined) {
            Some(Known::Declined)
        } else if lists(&self.not_asked) {
            Some(Known::NotAsked)
        } else if cell.is_empty() || lists(&self.not_recorded) {
            Some(Known::NotRecorded)
        } else {
            None
        }
    }
}
