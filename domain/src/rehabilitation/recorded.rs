//! A decision of the register as a conviction: what is recorded of it, in the disposals of the pack's tables.
//!
//! The register holds the day on which a decision was pronounced and no other day of conviction. The age on that day is
//! known only where a stay in custody tells it.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Answer, Conviction, ConvictionNo, Disposal, End, LABEL, Outcome, Step, view};
use crate::jurisdiction::Pack;
use crate::sentence::{Component, Count, CustodyTerm, Runs, Sanction};
use crate::serving::Decided;
use crate::values::{CivilDate, Code, Day, Known, Length, PolicyVersion};

/// A decision, and what was worked out or recorded of its end.
#[derive(Debug, Clone)]
pub struct OfDecision<'a> {
    /// The decision.
    pub decided: Decided<'a>,
    /// The last day of its terms of custody, where it can be worked out.
    pub ends: Option<Day>,
    /// The day on which everything imposed was done.
    pub completed: Option<Day>,
}

/// When a conviction is spent, with every step in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Spent {
    /// What has to stand beside every day.
    pub label: &'static str,
    /// Under which rules.
    pub policy: PolicyVersion,
    /// The day whose law is applied.
    pub as_of: Day,
    /// How many decisions of the person the register holds, all of which were looked at.
    pub decisions: usize,
    /// The answer; several where it depends on what is not known.
    pub answers: Vec<SpentFrom>,
}

/// From which day a conviction is spent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SpentFrom {
    /// In which case it holds; in every case without it.
    pub provided: Option<&'static str>,
    /// The day, where there is one.
    pub day: Option<Day>,
    /// The answer in words.
    pub said: String,
    /// The steps.
    pub steps: Vec<String>,
}

/// What is taken to be so where ages decide and are not recorded.
#[derive(Clone, Copy)]
struct Case {
    /// In which case it holds.
    provided: &'static str,
    /// What a step says in place of an age that nobody recorded.
    taken: &'static str,
    /// The age that stands for all that are not recorded.
    age: u16,
}

/// When one of a person's decisions is spent, as the law stands on a day; nothing where the pack has no table.
///
/// Where it depends on ages that are not recorded there are two answers: for full age on each of those days, and for
/// full age on none of them.
pub fn spent(law: &Pack, all: &[OfDecision<'_>], which: usize, as_of: Day) -> Option<Spent> {
    law.rehabilitation.table(as_of)?;
    let convictions: Vec<Conviction> = (1..)
        .map(ConvictionNo)
        .zip(all)
        .map(|(no, decision)| conviction(no, decision, law))
        .collect();
    let own = convictions.get(which)?.no;
    let recorded = answer(law, &convictions, own, as_of)?;
    let is_silent = convictions.iter().any(|known| known.age.value().is_none());
    let answers = match recorded.outcome {
        Outcome::NotComputable(_) if is_silent => {
            let majority = law.ages.majority;
            let cases = [
                Case {
                    provided: "of full age on the day of each decision of which no age is recorded",
                    taken: "taken to be of full age",
                    age: majority,
                },
                Case {
                    provided: "of full age on none of those days",
                    taken: "taken not to be of full age",
                    age: majority.saturating_sub(1),
                },
            ];
            let in_case = |case| in_case(law, &convictions, own, as_of, case);
            cases.into_iter().filter_map(in_case).collect()
        }
        Outcome::NotComputable(_) | Outcome::SpentFrom(_) | Outcome::Never | Outcome::Open(_) => {
            vec![told(&recorded, None)]
        }
    };
    Some(Spent {
        label: LABEL,
        policy: law.version.clone(),
        as_of,
        decisions: all.len(),
        answers,
    })
}

fn answer(law: &Pack, all: &[Conviction], no: ConvictionNo, as_of: Day) -> Option<Answer> {
    let answers = view(law, all, as_of).into_iter();
    answers.into_iter().find(|answer| answer.no == no)
}

/// The answer where every age that is not recorded is taken to be another.
fn in_case(
    law: &Pack,
    all: &[Conviction],
    no: ConvictionNo,
    as_of: Day,
    case: Case,
) -> Option<SpentFrom> {
    let mut taken = all.to_vec();
    for conviction in &mut taken {
        if conviction.age.value().is_none() {
            conviction.age = Known::Value(case.age);
        }
    }
    let own = all.iter().find(|conviction| conviction.no == no)?;
    let case = (case, own.age.value().is_none());
    Some(told(&answer(law, &taken, no, as_of)?, Some(case)))
}

/// An answer in words; in a case, and whether the age of the conviction itself is one that was taken to be so.
fn told(answer: &Answer, case: Option<(Case, bool)>) -> SpentFrom {
    let day = match answer.outcome {
        Outcome::SpentFrom(day) => Some(day),
        Outcome::Never | Outcome::Open(_) | Outcome::NotComputable(_) => None,
    };
    let mut steps = answer.explained();
    if let Some((case, true)) = case {
        let ages = answer
            .steps
            .iter()
            .filter(|step| matches!(step, Step::Age { .. }));
        for age in ages.map(ToString::to_string) {
            for step in steps.iter_mut().filter(|step| **step == age) {
                case.taken.clone_into(step);
            }
        }
    }
    SpentFrom {
        provided: case.map(|(case, _)| case.provided),
        day,
        said: answer.outcome.to_string(),
        steps,
    }
}

fn conviction(no: ConvictionNo, decision: &OfDecision<'_>, law: &Pack) -> Conviction {
    let decided = &decision.decided;
    let on = law.date(decided.imposed.pronounced);
    Conviction {
        no,
        on,
        age: age_on(on, decided, law),
        offence: classes(&decided.imposed.decision.counts, law),
        disposals: disposals(decision, on, law),
    }
}

/// The age on the day of the decision, as far as the age when a stay began tells it.
fn age_on(on: CivilDate, decided: &Decided<'_>, law: &Pack) -> Known<u16> {
    let Known::Value(age) = decided.age else {
        return Known::NotRecorded;
    };
    let same_day = |began: &crate::values::Occurred| law.date(*began) == on;
    // Who was no adult later was none before; who was one later may have been none.
    if age < law.ages.majority || decided.admitted.iter().any(same_day) {
        Known::Value(age)
    } else {
        Known::NotRecorded
    }
}

/// The classes of the offences, where all of them fall into the same.
fn classes(counts: &[Count], law: &Pack) -> Known<BTreeSet<Code>> {
    let mut common: Option<BTreeSet<Code>> = None;
    for count in counts {
        let entry = count.offence.code.value();
        let Some(entry) = entry.and_then(|code| law.catalogue.offence(code)) else {
            return Known::NotRecorded;
        };
        let own: BTreeSet<Code> = entry.classes.iter().cloned().collect();
        match &common {
            Some(known) if *known != own => return Known::NotRecorded,
            Some(_) | None => common = Some(own),
        }
    }
    common.into()
}

/// What was imposed, in the disposals of the tables. Terms of custody that follow each other are one.
fn disposals(decision: &OfDecision<'_>, on: CivilDate, law: &Pack) -> Vec<Disposal> {
    let imposed = decision.decided.imposed;
    let all: Vec<&Component> = imposed.decision.components().map(|(_, c)| c).collect();
    let mut found: Vec<(Vec<&Component>, Disposal)> = Vec::new();
    for component in all {
        let own = disposal(component, decision, on, law);
        let row = found.iter_mut().find(|(row, known)| {
            let follows = |before: &&Component| {
                component.runs == Some(Runs::ConsecutiveTo(before.no)) && known.kind == own.kind
            };
            row.iter().any(follows)
        });
        match row {
            Some((row, known)) => {
                row.push(component);
                known.terms.extend(own.terms);
            }
            None => found.push((vec![component], own)),
        }
    }
    found.into_iter().map(|(_, disposal)| disposal).collect()
}

fn disposal(
    component: &Component,
    decision: &OfDecision<'_>,
    on: CivilDate,
    law: &Pack,
) -> Disposal {
    let named = |word: &str, length: Option<Length>| Disposal {
        kind: law.rehabilitation.disposal_of(word),
        terms: length.into_iter().collect(),
        begins: on.day(),
        end: End::ByTerm,
        paid: decision.completed,
    };
    match &component.sanction {
        Sanction::Custody { term } => match term {
            Some(CustodyTerm::Life | CustodyTerm::Indeterminate) => named("life", None),
            Some(CustodyTerm::Determinate(length)) => {
                in_custody(named("custody", Some(*length)), decision)
            }
            None => in_custody(named("custody", None), decision),
        },
        Sanction::SuspendedCustody { term, .. } => named("suspended_custody", *term),
        Sanction::CommunityOrder { period, .. } => named("community_order", *period),
        Sanction::Discharge { conditional_for } => match conditional_for {
            Some(_) => named("conditional_discharge", *conditional_for),
            None => named("absolute_discharge", None),
        },
        Sanction::Other { kind, length } | Sanction::Ancillary { kind, length } => {
            named(kind.as_str(), *length)
        }
        Sanction::Death {}
        | Sanction::Fine { .. }
        | Sanction::DayFine { .. }
        | Sanction::Compensation { .. }
        | Sanction::Admonition {}
        | Sanction::Deferred { .. } => named(component.sanction.kind().word(), None),
    }
}

/// Custody ends on the day that was worked out from its own beginning, and on none where that is not known.
fn in_custody(disposal: Disposal, decision: &OfDecision<'_>) -> Disposal {
    Disposal {
        begins: None,
        end: decision.ends.map_or(End::ByTerm, End::On),
        ..disposal
    }
}
