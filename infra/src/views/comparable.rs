//! Comparable past decisions: how often each disposal was imposed among them, as of an index. All disposals are counted, none
//! is recommended, and the sex of the person is never a key.

use std::collections::BTreeMap;

use domain::jurisdiction::Pack;
use domain::sentence::Shown;

use crate::facts::{FactTable, Filter, Selection};

/// Decisions by disposal among those that share the words of the cohort in its columns, whatever became of them but
/// quashing; nothing where the facts do not reach the index.
pub fn counted(
    facts: &FactTable,
    law: &Pack,
    cohort: &[(String, String)],
    index: u64,
) -> Option<BTreeMap<String, u64>> {
    let filter = |dimension: &str, word: &str| Filter {
        dimension: dimension.to_owned(),
        words: vec![word.to_owned()],
        keep: true,
    };
    let mut filters = vec![
        filter("jurisdiction", law.jurisdiction.as_str()),
        Filter {
            keep: false,
            ..filter("standing", "quashed")
        },
    ];
    for (name, word) in cohort {
        if !facts.dimensions().contains_key(name) {
            return Some(BTreeMap::new());
        }
        filters.push(filter(name, word));
    }
    let selection = Selection {
        by: vec!["disposal".to_owned()],
        filters,
        decided_until: None,
    };
    let counts = facts.counts(&selection, index).ok()?.into_iter();
    let counts = counts.filter_map(|(group, n)| Some((group.first()?.clone(), n)));
    Some(counts.collect())
}

/// What was shown before a decision was final, counted again as of the index that the decision names.
pub fn shown_again(facts: &FactTable, law: &Pack, shown: &Shown) -> Option<BTreeMap<String, u64>> {
    let cohort = shown.cohort.iter();
    let cohort: Vec<(String, String)> = cohort
        .map(|(column, word)| (column.to_string(), word.to_string()))
        .collect();
    counted(facts, law, &cohort, shown.index)
}
