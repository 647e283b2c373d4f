//! What one page of the ledger changes, by read model.

use super::changes::Changes;
use super::runner::Model;
use super::{File, READ_MODELS};
use crate::error::StoreError;
use crate::facts::FactTable;
use crate::record::Recorded;
use crate::store::{RowRef, Visitor};

/// The changes of one page, by read model.
pub(super) struct Filing {
    pub(super) models: Vec<ModelFiling>,
}

pub(super) struct ModelFiling {
    pub(super) name: String,
    /// How it files an event; the facts are filed elsewhere.
    pub(super) file: Option<File>,
    checkpoint: u64,
    stopped: bool,
    pub(super) changes: Changes,
    pub(super) poisoned: Option<(u64, String)>,
}

impl Filing {
    pub(super) fn of(models: &[Model]) -> Self {
        let file = |name: &str| READ_MODELS.iter().find(|model| model.name == name)?.file;
        let models = models.iter().map(|model| ModelFiling {
            file: file(&model.name),
            name: model.name.clone(),
            checkpoint: model.checkpoint,
            stopped: model.poison.is_some(),
            changes: Changes::new(model.generation),
            poisoned: None,
        });
        Self {
            models: models.collect(),
        }
    }

    /// Whether nothing is filed but the facts.
    pub(super) fn is_of_facts_alone(&self) -> bool {
        self.models.iter().all(|model| model.file.is_none())
    }

    /// The read models that still have to file an event of this index.
    pub(super) fn due(&mut self, index: u64) -> impl Iterator<Item = &mut ModelFiling> {
        self.models
            .iter_mut()
            .filter(move |m| m.checkpoint <= index && !m.stopped && m.poisoned.is_none())
    }
}

/// The facts, filed as the ledger is read.
pub(super) struct FilingFacts {
    pub(super) facts: FactTable,
    pub(super) filing: Filing,
}

impl Visitor for FilingFacts {
    fn visit(&mut self, row: RowRef<'_>) -> Result<(), StoreError> {
        for model in self.filing.due(row.index) {
            if !concerned(&model.name, row.stream_type) {
                self.facts.reach(row.index.saturating_add(1));
                continue;
            }
            match Recorded::read(&row) {
                Ok(recorded) => self.facts.file(&recorded),
                Err(why) => model.poisoned = Some((row.index, why.to_string())),
            }
        }
        Ok(())
    }
}

/// Whether a read model cannot go on without an event of this kind of stream; of an unknown kind, none can.
pub(super) fn concerned(name: &str, stream: &str) -> bool {
    match stream {
        "person" => matches!(name, "persons" | "person_timeline" | "findings" | "facts"),
        "sentence" => matches!(
            name,
            "sentence_register" | "childs_cases" | "findings" | "serving" | "facts"
        ),
        "order" => matches!(
            name,
            "order_ledger" | "diary" | "childs_cases" | "person_timeline" | "findings"
        ),
        "supervision" => matches!(
            name,
            "caseload" | "childs_cases" | "person_timeline" | "findings"
        ),
        "policy" => name == "findings",
        "custody" => matches!(
            name,
            "cases" | "childs_cases" | "stays" | "person_timeline" | "findings"
        ),
        "pretrial" | "diversion" | "report" | "restorative" | "release" | "complaint"
        | "cooperation" | "emergency" | "finding" => {
            matches!(
                name,
                "cases" | "childs_cases" | "person_timeline" | "findings"
            )
        }
        "facility" | "registry" => matches!(name, "cases" | "findings"),
        _ => true,
    }
}
