//! From a mapping and a header to a plan.

mod cells;

use std::collections::BTreeMap;

use cells::mapped;

pub(in crate::import) use cells::Cells;

use super::Plan;
use super::condition::{All, AnyOf};
use super::decision::{CountPlan, DecisionPlan, DeparturePlan, PersonPlan, RangePlan};
use super::field::Field;
use super::imposed::{ComponentPlan, FactorPlan, Principal, RequirementPlan};
use super::values::{self, Codes};
use crate::import::error::MissingColumn;
use crate::import::mapping::{
    AnswerKind, CircumstanceRule, ComponentRule, CountRule, FactorRule, GravityRule, Mapping,
};
use crate::import::report::RuleReport;
use crate::import::row::{AnswerRow, Direction, Runs, Word};

/// The most years of age that are read as an age.
const OLDEST: u16 = 130;

/// A file's columns by name, and those that the mapping names in vain.
pub(in crate::import) struct Columns {
    by_name: BTreeMap<String, usize>,
    missing: Vec<MissingColumn>,
}

impl Columns {
    pub(in crate::import) fn new(header: &[String]) -> Self {
        let by_name = header
            .iter()
            .enumerate()
            .map(|(at, name)| (name.clone(), at))
            .collect();
        Self {
            by_name,
            missing: Vec::new(),
        }
    }

    /// The number of a column; a missing one is noted, and the plan is never used.
    pub(in crate::import) fn find(&mut self, name: &str, rule: &str) -> usize {
        if let Some(at) = self.by_name.get(name) {
            return *at;
        }
        match self
            .missing
            .iter_mut()
            .find(|missing| missing.column == name)
        {
            Some(known) => known.rules.push(rule.to_owned()),
            None => self
                .missing
                .push(MissingColumn::new(name, rule, self.by_name.keys())),
        }
        0
    }

    pub(in crate::import) fn into_missing(self) -> Vec<MissingColumn> {
        self.missing
    }
}

/// Compiles a checked mapping. The plan holds only if no column turns out to be missing.
pub(in crate::import) fn compile(mapping: &Mapping, columns: &mut Columns) -> Plan {
    let cells = Cells::new(&mapping.file, &mapping.missing, &mapping.yes_no, columns);
    Compiler { mapping, cells }.plan()
}

struct Compiler<'a> {
    mapping: &'a Mapping,
    cells: Cells<'a>,
}

impl Compiler<'_> {
    fn plan(&mut self) -> Plan {
        let mapping = self.mapping;
        Plan {
            decision: self.decision(),
            person: self.person(),
            counts: mapping.counts.iter().map(|rule| self.count(rule)).collect(),
            components: mapping
                .components
                .iter()
                .map(|rule| self.component(rule))
                .collect(),
            factors: mapping
                .factors
                .iter()
                .map(|rule| self.factor(rule))
                .collect(),
        }
    }

    fn decision(&mut self) -> DecisionPlan {
        let rule = &self.mapping.decision;
        DecisionPlan {
            decided: self.cells.date("decision.decided", &rule.decided),
            undated: RuleReport::default(),
            court: self.cells.code("decision.court", rule.court.as_ref()),
            hearing: self.cells.code("decision.hearing", rule.hearing.as_ref()),
            case: self.cells.code("decision.case", rule.case.as_ref()),
            remand_credit: self
                .cells
                .quantity("decision.remand_credit", rule.remand_credit.as_ref()),
        }
    }

    fn person(&mut self) -> PersonPlan {
        let mapping = self.mapping;
        let rule = &mapping.person;
        let identity = rule.identity.as_ref();
        let identity = identity.map(|rule| self.cells.identity("person.identity", rule));
        PersonPlan {
            identity,
            sex: self.cells.code("person.sex", rule.sex.as_ref()),
            born: rule
                .born
                .as_ref()
                .map(|born| self.cells.date("person.born", born).withheld()),
            age: rule
                .age
                .as_ref()
                .map(|age| self.cells.number("person.age", age, OLDEST)),
            circumstances: mapping
                .circumstances
                .iter()
                .map(|(name, rule)| (Word::from(name.as_str()), self.circumstance(name, rule)))
                .collect(),
        }
    }

    fn circumstance(&mut self, name: &str, rule: &CircumstanceRule) -> Field<AnswerRow> {
        let absent = self.cells.absent(rule.missing.as_ref());
        let parse = match rule.kind {
            AnswerKind::YesNo => {
                let parse =
                    self.cells
                        .yes_no(rule.yes.as_ref(), rule.no.as_ref(), rule.unlisted, absent);
                mapped(
                    parse,
                    |yes| if yes { AnswerRow::Yes } else { AnswerRow::No },
                )
            }
            AnswerKind::Code => {
                Codes::new(&rule.values, rule.unlisted, rule.rewrite, absent).answers()
            }
            AnswerKind::Number => {
                let most = u64::from(u32::MAX);
                let parse = values::whole(self.cells.marks, most, rule.unlisted, absent);
                mapped(parse, AnswerRow::Number)
            }
        };
        self.cells
            .one(&format!("circumstances.{name}"), &rule.column, parse)
    }

    fn count(&mut self, rule: &CountRule) -> CountPlan {
        let path = format!("counts.{}", rule.name);
        let catalogue = rule.catalogue.as_ref().or(self.mapping.catalogue.as_ref());
        CountPlan {
            when: All(self.cells.tests(&format!("{path}.when"), &rule.when)),
            offence: self
                .cells
                .code(&format!("{path}.offence"), rule.offence.as_ref()),
            catalogue: catalogue.map(|text| Word::from(text.as_str())),
            category: self
                .cells
                .code(&format!("{path}.category"), rule.category.as_ref()),
            iccs: self.cells.code(&format!("{path}.iccs"), rule.iccs.as_ref()),
            committed: rule
                .committed
                .as_ref()
                .map(|date| self.cells.date(&format!("{path}.committed"), date)),
            gravity: rule
                .gravity
                .iter()
                .map(|rule| self.gravity(&path, rule))
                .collect(),
            range: rule.range.as_ref().map(|range| RangePlan {
                guideline: Word::from(range.guideline.as_str()),
                lowest: self
                    .cells
                    .quantity(&format!("{path}.range.lowest"), range.lowest.as_ref()),
                highest: self
                    .cells
                    .quantity(&format!("{path}.range.highest"), range.highest.as_ref()),
                starting_point: self.cells.quantity(
                    &format!("{path}.range.starting_point"),
                    range.starting_point.as_ref(),
                ),
            }),
            departure: rule.departure.as_ref().map(|departure| DeparturePlan {
                direction: departure.direction.as_ref().map(|rule| {
                    self.cells
                        .choice(&format!("{path}.departure.direction"), rule, direction)
                }),
                reasons: departure
                    .reasons
                    .iter()
                    .filter_map(|rule| {
                        self.cells
                            .code(&format!("{path}.departure.reasons"), Some(rule))
                    })
                    .collect(),
            }),
        }
    }

    fn gravity(&mut self, path: &str, rule: &GravityRule) -> (Word, Field<Word>) {
        let path = format!("{path}.gravity.{}", rule.policy);
        let absent = self.cells.absent(rule.missing.as_ref());
        let field = match rule.columns.as_slice() {
            [column] => {
                let codes = Codes::new(&rule.values, rule.unlisted, None, absent);
                self.cells.one(&path, column, codes.parse())
            }
            columns => {
                let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
                self.cells
                    .several(&path, &columns, Codes::grid(rule, absent).parse())
            }
        };
        (Word::from(rule.policy.as_str()), field)
    }

    fn component(&mut self, rule: &ComponentRule) -> ComponentPlan {
        let path = format!("components.{}", rule.name);
        let marked = self
            .mapping
            .components
            .iter()
            .any(|rule| rule.principal_when.is_some());
        let principal = match &rule.principal_when {
            Some(list) => Principal::When(All(self
                .cells
                .tests(&format!("{path}.principal_when"), list))),
            None if marked => Principal::Never,
            None => Principal::NotStated,
        };
        let period = rule.operational_period.as_ref();
        let runs = rule.runs.as_ref();
        ComponentPlan {
            name: Word::from(rule.name.as_str()),
            kind: rule.kind,
            when: All(self.cells.tests(&format!("{path}.when"), &rule.when)),
            when_any: AnyOf(
                self.cells
                    .tests(&format!("{path}.when_any"), &rule.when_any),
            ),
            principal,
            count: self.count_rule(rule.count.as_ref()),
            code: self.cells.code(&format!("{path}.code"), rule.code.as_ref()),
            amount: self
                .cells
                .quantity(&format!("{path}.amount"), rule.amount.as_ref()),
            operational_period: self
                .cells
                .quantity(&format!("{path}.operational_period"), period),
            daily_rate: self
                .cells
                .quantity(&format!("{path}.daily_rate"), rule.daily_rate.as_ref()),
            runs: runs.map(|rule| self.cells.choice(&format!("{path}.runs"), rule, runs_word)),
            requirements: self.requirements(&path, rule),
            report: RuleReport {
                rule: path.as_str().into(),
                ..RuleReport::default()
            },
        }
    }

    fn requirements(&mut self, path: &str, rule: &ComponentRule) -> Vec<RequirementPlan> {
        let mut plans = Vec::with_capacity(rule.requirements.len());
        for rule in &rule.requirements {
            let path = format!("{path}.requirements.{}", rule.kind);
            plans.push(RequirementPlan {
                kind: Word::from(rule.kind.as_str()),
                when: All(self.cells.tests(&format!("{path}.when"), &rule.when)),
                amount: self
                    .cells
                    .quantity(&format!("{path}.amount"), rule.amount.as_ref()),
                period: self
                    .cells
                    .quantity(&format!("{path}.period"), rule.period.as_ref()),
            });
        }
        plans
    }

    fn factor(&mut self, rule: &FactorRule) -> FactorPlan {
        let absent = self.cells.absent(rule.missing.as_ref());
        let parse = self
            .cells
            .yes_no(rule.yes.as_ref(), rule.no.as_ref(), rule.unlisted, absent);
        FactorPlan {
            code: Word::from(rule.code.as_str()),
            effect: rule.effect,
            count: self.count_rule(rule.count.as_ref()),
            present: self
                .cells
                .one(&format!("factors.{}", rule.code), &rule.column, parse),
        }
    }

    fn count_rule(&self, name: Option<&String>) -> Option<usize> {
        name.and_then(|name| {
            self.mapping
                .counts
                .iter()
                .position(|count| count.name == *name)
        })
    }
}

fn direction(word: &str) -> Option<Direction> {
    match word {
        "below" => Some(Direction::Below),
        "within" => Some(Direction::Within),
        "above" => Some(Direction::Above),
        _ => None,
    }
}

fn runs_word(word: &str) -> Option<Runs> {
    match word {
        "forthwith" => Some(Runs::Forthwith),
        "concurrent" => Some(Runs::Concurrent),
        "consecutive" => Some(Runs::Consecutive),
        _ => None,
    }
}
