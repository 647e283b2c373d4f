//! Comparable past decisions: how often each disposal was imposed for the same offence. All disposals are shown,
//! none is recommended, and the person's sex plays no part.

use std::collections::BTreeMap;

use domain::jurisdiction::{ComparisonKey, Pack};
use domain::sentence::{Decision, SanctionKind, Shown};
use domain::values::{Code, Known, OffenceCode, PolicyVersion};
use infra::facts::FactTable;
use infra::views::comparable::counted;

use crate::pages::components::{Column, Part, Table, Value};
use crate::pages::numbers;
use crate::pages::page::{Typed, Visitor};
use crate::pages::register::sentence_case;

/// The distribution of one step of widening.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Comparable {
    /// The step, from 0.
    step: u16,
    /// What made the cases comparable, column and word.
    cohort: Vec<(String, String)>,
    /// Steps that had fewer than the policy's least, in words with their counts.
    narrower: Vec<String>,
    /// Decisions by disposal.
    counts: BTreeMap<String, u64>,
    /// As of which ledger index.
    index: u64,
    /// The policy's least.
    least: u64,
}

/// What makes a case comparable.
#[derive(Debug, Clone, Default)]
pub(super) struct Case {
    pub(super) offence: Option<OffenceCode>,
    pub(super) court: String,
    pub(super) prior: Option<String>,
}

/// Finds comparable decisions, widening as the policy says until there are enough.
pub(super) fn comparable(
    facts: &FactTable,
    law: &Pack,
    case: &Case,
    index: u64,
) -> Option<Comparable> {
    let rules = &law.sentencing.comparison;
    let least = u64::from(rules.least);
    let mut narrower = Vec::new();
    let mut found = None;
    for (step, keys) in rules.steps.iter().enumerate() {
        let Some(cohort) = cohort(law, case, keys) else {
            continue;
        };
        let counts = counted(facts, law, &cohort, index)?;
        let n: u64 = counts.values().sum();
        let words = in_words(keys);
        found = Some(Comparable {
            step: u16::try_from(step).unwrap_or(u16::MAX),
            cohort,
            narrower: narrower.clone(),
            counts,
            index,
            least,
        });
        if n >= least {
            break;
        }
        narrower.push(format!("{words}: {}", numbers::count(n)));
    }
    found
}

fn cohort(law: &Pack, case: &Case, keys: &[ComparisonKey]) -> Option<Vec<(String, String)>> {
    let offence = case.offence.as_ref()?;
    let entry = law.catalogue.offence(offence);
    let value = |key: &ComparisonKey| match key {
        ComparisonKey::Offence => Some(("offence", offence.to_string())),
        ComparisonKey::Category => Some(("category", entry?.category.as_ref()?.to_string())),
        ComparisonKey::Gravity => {
            let gravity = law.catalogue.gravity(offence)?;
            Some(("gravity", format!("{} {}", gravity.policy, gravity.level)))
        }
        ComparisonKey::Court => {
            Some(("court", Some(case.court.clone()).filter(|c| !c.is_empty())?))
        }
        ComparisonKey::PriorRecord => Some(("prior-record", case.prior.clone()?)),
    };
    keys.iter()
        .map(|key| value(key).map(|(name, word)| (name.to_owned(), word)))
        .collect()
}

pub(in crate::pages) fn in_words(keys: &[ComparisonKey]) -> String {
    let words: Vec<&str> = keys
        .iter()
        .map(|key| match key {
            ComparisonKey::Offence => "the same offence",
            ComparisonKey::Category => "the same category",
            ComparisonKey::Gravity => "the same gravity",
            ComparisonKey::Court => "the same court",
            ComparisonKey::PriorRecord => "the same earlier convictions",
        })
        .collect();
    words.join(", ")
}

impl Comparable {
    fn n(&self) -> u64 {
        self.counts.values().sum()
    }

    /// What the table shows, and how far the comparison was widened.
    pub(super) fn said(&self, law: &Pack) -> String {
        let keys = law.sentencing.comparison.steps.get(usize::from(self.step));
        let keys = keys.map(|keys| in_words(keys)).unwrap_or_default();
        let n = numbers::count(self.n());
        let least = numbers::count(self.least);
        let widened = if self.narrower.is_empty() {
            String::new()
        } else {
            format!(
                " Widened, because there were fewer than {least} with {}.",
                self.narrower.join("; with ")
            )
        };
        if self.n() < self.least {
            return format!(
                "Only {n} past decisions with {keys}: fewer than {least}, so no distribution is shown.{widened}"
            );
        }
        format!(
            "{n} past decisions with {keys}, whatever the disposal.{widened} They describe; they recommend nothing."
        )
    }

    /// The distribution over every disposal; nothing where there are too few.
    pub(super) fn table(&self, law: &Pack) -> Option<Table> {
        (self.n() >= self.least).then(|| distribution(law, &self.counts))
    }

    /// What is kept with the decision, so that it can be shown again on appeal.
    fn shown(&self, law: &Pack) -> Known<Shown> {
        let code = |text: &str| Code::parse(text).ok();
        let cohort = self
            .cohort
            .iter()
            .filter_map(|(name, word)| Some((code(name)?, code(word)?)));
        let policies: Vec<PolicyVersion> = vec![law.version.clone()];
        Known::Value(Shown {
            cohort: cohort.collect(),
            step: self.step,
            index: self.index,
            decisions: self.n(),
            policies,
        })
    }
}

/// Decisions by disposal, every disposal of the rules among them.
pub(in crate::pages) fn distribution(law: &Pack, counts: &BTreeMap<String, u64>) -> Table {
    let columns = vec![
        Column::text("Disposal"),
        Column::number("Decisions"),
        Column::number("Of 100"),
    ];
    let kinds = SanctionKind::ALL
        .iter()
        .filter(|kind| law.sentencing.sanctions.contains(kind) || counts.contains_key(kind.word()));
    let all: u64 = counts.values().sum();
    let table = Table::new("Comparable past decisions", columns);
    kinds.fold(table, |table, kind| {
        let n = counts.get(kind.word()).copied().unwrap_or_default();
        // Rounded half up; the counts beside it are exact.
        let doubled = n.saturating_mul(200).saturating_add(all);
        let of_100 = doubled
            .checked_div(all.saturating_mul(2))
            .unwrap_or_default();
        table.row(vec![
            Value::text(sentence_case(kind.title())),
            Value::count(n),
            Value::count(of_100),
        ])
    })
}

/// The ledger index of the comparison that a form shows, by which the decision remembers it.
pub(super) const SHOWN_AT: &str = "shown_at";

/// What was shown as comparable before a form was sent.
pub(super) fn shown(visitor: &Visitor, law: &Pack, case: &Case, typed: &Typed) -> Known<Shown> {
    let index = typed.get(SHOWN_AT).and_then(|text| text.parse().ok());
    let newest = visitor.moment.index;
    let index = index.filter(|index| newest.is_some_and(|newest| *index <= newest));
    let found = index.and_then(|index| at(visitor, law, case, index));
    found.map_or(Known::NotRecorded, |found| found.shown(law))
}

fn at(visitor: &Visitor, law: &Pack, case: &Case, index: u64) -> Option<Comparable> {
    comparable(
        &visitor.app.registry.projections().facts(),
        law,
        case,
        index,
    )
}

/// The comparison as parts of a form; nothing where no offence is chosen.
pub(super) fn parts(visitor: &Visitor, law: &Pack, case: &Case) -> Vec<Part> {
    let index = visitor.moment.index;
    let Some(found) = index.and_then(|index| at(visitor, law, case, index)) else {
        return Vec::new();
    };
    let mut parts = vec![
        Part::Heading("Comparable past decisions".to_owned()),
        Part::Text(found.said(law)),
    ];
    let table = found.table(law);
    parts.extend(table.map(|table| Part::Table(table.quiet_caption())));
    parts
}

/// A case as far as it is typed, while it cannot be read as a decision.
pub(super) fn typed(typed: &Typed) -> Case {
    let offence = typed.get("offence");
    let prior = typed.get("c_prior-record").filter(|a| !a.starts_with('?'));
    Case {
        offence: offence.and_then(|code| OffenceCode::parse(code).ok()),
        court: typed.get("court").unwrap_or_default().to_owned(),
        prior: prior.map(str::to_owned),
    }
}

/// The part of a decision that decides what it is compared with.
pub(super) fn case(decision: &Decision) -> Case {
    let offence = decision
        .principal_count()
        .and_then(|c| c.offence.code.value().cloned());
    let prior = decision
        .circumstances
        .iter()
        .find(|(code, _)| code.as_str() == "prior-record")
        .and_then(|(_, answer)| answer.value().map(ToString::to_string));
    Case {
        offence,
        court: decision.court.to_string(),
        prior,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn midland() -> Pack {
        let (_, text) = domain::jurisdiction::BUILT_IN[1];
        Pack::parse(text).unwrap()
    }

    #[test]
    fn a_step_that_needs_what_is_not_known_is_left_out() {
        let law = midland();
        let case = Case {
            offence: Some(OffenceCode::parse("M101").unwrap()),
            ..Case::default()
        };
        let found = comparable(&FactTable::new(), &law, &case, 0).unwrap();
        assert_eq!(found.narrower, ["the same offence: 0"]);
    }

    /// PR-2
    #[test]
    fn too_few_cases_show_no_distribution_and_name_the_steps_widened() {
        let law = midland();
        let case = Case {
            offence: Some(OffenceCode::parse("M101").unwrap()),
            ..Case::default()
        };
        let found = comparable(&FactTable::new(), &law, &case, 0).unwrap();
        assert_eq!(found.table(&law), None);
        assert!(
            found.said(&law).contains("fewer than 10"),
            "{}",
            found.said(&law)
        );
    }
}
