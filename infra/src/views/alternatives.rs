//! How often a measure without custody was chosen: at each stage, and at sentence by sex, age group, class of offence and
//! vulnerability.
//!
//! Before judgment and after the sentence the register of cases tells what was decided, and of whom; it holds no age, class
//! or vulnerability beside it, so these stages are counted whole.

use std::collections::{BTreeMap, BTreeSet};

use domain::jurisdiction::{Meaning, Pack};
use domain::sentence::SanctionKind;
use domain::statistics::alternatives::Chosen;
use domain::statistics::{CountError, Interval};
use schemars::JsonSchema;
use serde::Serialize;

use super::figure::{Reliability, Shown, interval_per_100, per_100};
use super::frame::{Frame, VULNERABILITY};
use super::header::{Header, Statement, header};
use super::request::ViewError;
use super::words::{Order, Term};
use crate::facts::NOT_RECORDED;

/// The columns that the groups are by themselves shown by.
const OWN: [&str; 4] = ["sex", "age-band", "category", VULNERABILITY];

/// How often a measure without custody was chosen.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Alternatives {
    /// What the view says of itself.
    pub header: Header,
    /// The stages, in the order of a case.
    pub stages: Vec<StageShare>,
    /// The columns of the groups.
    pub columns: Vec<Term>,
    /// At sentence, the groups.
    pub groups: Vec<GroupShare>,
    /// At sentence, everybody.
    pub total: GroupShare,
}

/// The stage of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Before judgment: whether the person was left at liberty, with or without measures.
    BeforeJudgment,
    /// At sentence: what the court imposed.
    Sentence,
    /// After the sentence: whether a release was granted to somebody who was considered for it.
    AfterSentence,
}

impl Stage {
    /// In words.
    pub fn title(self) -> &'static str {
        match self {
            Self::BeforeJudgment => "Before judgment",
            Self::Sentence => "At sentence",
            Self::AfterSentence => "After the sentence",
        }
    }
}

/// The share of one stage.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct StageShare {
    /// The stage.
    pub stage: Stage,
    /// In words.
    pub title: String,
    /// Its share.
    #[serde(flatten)]
    pub share: ChosenShare,
}

/// The share of one group.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct GroupShare {
    /// Its words, one for each column.
    pub key: Vec<Term>,
    /// Its share.
    #[serde(flatten)]
    pub share: ChosenShare,
}

/// How often a measure without custody was chosen, and of how many that is known.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ChosenShare {
    /// The counts.
    #[serde(flatten)]
    pub chosen: Chosen,
    /// Of 100 of which it is known, in how many a measure without custody was chosen.
    pub non_custodial_per_100: Shown<f64>,
    /// The Wilson interval at 95 %, of 100.
    pub interval_per_100: Shown<Interval>,
    /// Of 100, of how many it is known.
    pub known_per_100: Shown<f64>,
    /// Between which values, of 100, the share would lie if everything that is not recorded were custody, or none of it.
    pub bounds_per_100: Shown<Interval>,
    /// How far the share can be relied on.
    pub reliability: Reliability,
}

impl ChosenShare {
    fn of(chosen: Chosen) -> Result<Self, CountError> {
        let (known, all) = (chosen.known(), chosen.n());
        let share = chosen.share()?;
        Ok(Self {
            chosen,
            non_custodial_per_100: per_100(share.rate()).of_at_least_ten(known),
            interval_per_100: interval_per_100(share.wilson()).of_at_least_ten(known),
            known_per_100: per_100(chosen.coverage()?.rate()).of_at_least_ten(all),
            bounds_per_100: interval_per_100(chosen.bounds()?).of_at_least_ten(all),
            reliability: Reliability::of(known),
        })
    }
}

impl Alternatives {
    /// Puts the stages beside the sentence where they stand in a case.
    pub(crate) fn beside(&mut self, before: Chosen, after: Chosen) -> Result<(), CountError> {
        self.stages.insert(0, stage(Stage::BeforeJudgment, before)?);
        self.stages.push(stage(Stage::AfterSentence, after)?);
        Ok(())
    }
}

fn stage(stage: Stage, chosen: Chosen) -> Result<StageShare, CountError> {
    Ok(StageShare {
        stage,
        title: stage.title().to_owned(),
        share: ChosenShare::of(chosen)?,
    })
}

pub(super) fn alternatives(frame: &Frame<'_>) -> Result<Alternatives, ViewError> {
    let columns = if frame.request.by.is_empty() {
        OWN.map(str::to_owned).to_vec()
    } else {
        frame.columns("sex")?
    };
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    let counted = counted(frame, &columns)?;
    let total = counted
        .values()
        .copied()
        .fold(Chosen::default(), Chosen::merged);
    let lexicons = frame.lexicons(&columns);
    let mut groups: Vec<(Vec<(Order, String)>, Chosen)> = counted
        .into_iter()
        .map(|(words, chosen)| {
            let words = words.into_iter().zip(&lexicons);
            (
                words
                    .map(|(word, lexicon)| (lexicon.place(&word), word))
                    .collect(),
                chosen,
            )
        })
        .collect();
    groups.sort_by(|a, b| a.0.cmp(&b.0));
    let groups = groups.into_iter().map(|(words, chosen)| {
        let words = words.iter().zip(&lexicons);
        Ok(GroupShare {
            key: words
                .map(|((_, word), lexicon)| lexicon.term(word))
                .collect(),
            share: ChosenShare::of(chosen)?,
        })
    });
    let mut head = header(frame)?;
    head.statements.extend(statements(frame));
    Ok(Alternatives {
        header: head,
        stages: vec![stage(Stage::Sentence, total)?],
        columns: frame.titles(&columns),
        groups: groups.collect::<Result<_, CountError>>()?,
        total: GroupShare {
            key: Vec::new(),
            share: ChosenShare::of(total)?,
        },
    })
}

/// The decisions of each group, by its words.
fn counted(
    frame: &Frame<'_>,
    columns: &[&str],
) -> Result<BTreeMap<Vec<String>, Chosen>, ViewError> {
    let circumstances = vulnerable(frame);
    let mut asked: Vec<&str> = columns
        .iter()
        .copied()
        .filter(|c| *c != VULNERABILITY)
        .collect();
    asked.extend(circumstances.iter().map(String::as_str));
    asked.push("disposal");
    let mut counted: BTreeMap<Vec<String>, Chosen> = BTreeMap::new();
    for (mut words, n) in frame.counts(&asked)? {
        let disposal = words.pop().unwrap_or_default();
        let answers = words.split_off(words.len().saturating_sub(circumstances.len()));
        let mut told = words.into_iter();
        let key = columns.iter().map(|column| match *column {
            VULNERABILITY => vulnerability(&answers).to_owned(),
            _ => told.next().unwrap_or_default(),
        });
        let group = counted.entry(key.collect()).or_default();
        *group = group.merged(chosen(&disposal, n));
    }
    Ok(counted)
}

/// So many decisions of a disposal. A suspended term is no custody (Tokyo Rules 8.2 f); death is no measure at all.
fn chosen(disposal: &str, n: u64) -> Chosen {
    let kind = SanctionKind::ALL
        .into_iter()
        .find(|kind| kind.word() == disposal);
    let none = Chosen::default();
    match kind {
        Some(SanctionKind::Custody | SanctionKind::Death) => Chosen {
            custodial: n,
            ..none
        },
        Some(_) => Chosen {
            non_custodial: n,
            ..none
        },
        None => Chosen {
            not_recorded: n,
            ..none
        },
    }
}

/// The circumstances by which somebody is vulnerable under the rules, where the groups are asked for by it.
fn vulnerable(frame: &Frame<'_>) -> Vec<String> {
    let by = &frame.request.by;
    if !by.is_empty() && !by.iter().any(|column| column == VULNERABILITY) {
        return Vec::new();
    }
    let of_pack = |pack: &Pack| -> Vec<String> {
        let rules = pack.sentencing.circumstances.iter();
        let rules = rules.filter(|rule| rule.means.is_some_and(is_vulnerability));
        rules.map(|rule| rule.code.to_string()).collect()
    };
    let codes: BTreeSet<String> = frame.packs.iter().flat_map(|pack| of_pack(pack)).collect();
    codes.into_iter().collect()
}

/// Whether a circumstance is one of whoever needs care that custody endangers (Bangkok Rules 57 to 64).
fn is_vulnerability(meaning: Meaning) -> bool {
    match meaning {
        Meaning::Pregnant
        | Meaning::Breastfeeding
        | Meaning::DependentChild
        | Meaning::Carer
        | Meaning::ViolenceSuffered => true,
        Meaning::Counsel => false,
    }
}

/// Yes where one circumstance is told, no where each is told not to be; else it is not recorded.
fn vulnerability(answers: &[String]) -> &'static str {
    if answers.iter().any(|answer| answer == "yes") {
        "yes"
    } else if !answers.is_empty() && answers.iter().all(|answer| answer == "no") {
        "no"
    } else {
        NOT_RECORDED
    }
}

fn statements(frame: &Frame<'_>) -> Vec<Statement> {
    let mut statements = vec![Statement::new(
        "non_custodial",
        "Without custody is every disposal but immediate custody and death; a suspended term is one. A decision with \
         several penalties counts by its principal one.",
    )];
    let codes = vulnerable(frame);
    if !codes.is_empty() {
        let lexicon = |code: &String| frame.titles(&[code.as_str()]).pop().map(|term| term.title);
        let titles: Vec<String> = codes.iter().filter_map(lexicon).collect();
        statements.push(Statement::new(
            "vulnerability",
            format!(
                "Vulnerable is whoever one of these is recorded of: {}. It is no only where each is recorded not to be so.",
                titles.join("; ")
            ),
        ));
    }
    statements.push(Statement::new(
        "stages",
        "Before judgment a case counts by the last decision on liberty, and after the sentence by the last decision on a \
         release; neither is counted by sex, age, class of offence or vulnerability, which are not held beside it, and \
         conditions on sentences do not reach it.",
    ));
    statements
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_said_not_to_be_vulnerable_of_whom_something_is_not_recorded() {
        let told = |answers: &[&str]| {
            let answers: Vec<String> = answers.iter().map(|a| (*a).to_owned()).collect();
            vulnerability(&answers)
        };
        assert_eq!(told(&["no", "yes", NOT_RECORDED]), "yes");
        assert_eq!(told(&["no", "no"]), "no");
        assert_eq!(told(&["no", NOT_RECORDED]), NOT_RECORDED);
        assert_eq!(told(&["no", "declined"]), NOT_RECORDED);
        assert_eq!(told(&[]), NOT_RECORDED);
    }

    #[test]
    fn a_suspended_term_is_no_custody_and_death_is_no_alternative() {
        assert_eq!(chosen("suspended_custody", 3).non_custodial, 3);
        assert_eq!(chosen("death", 3).custodial, 3);
        assert_eq!(chosen("custody", 3).custodial, 3);
        assert_eq!(chosen(NOT_RECORDED, 3).not_recorded, 3);
    }
}
