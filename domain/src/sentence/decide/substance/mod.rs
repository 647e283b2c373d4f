//! Substance: what refuses an act taken through the register and becomes a finding of an existing fact.

mod sanction;
mod terms;

pub(super) use sanction::check as one_sanction;
pub(super) use terms::{remand, remand_differs};

use std::collections::BTreeSet;

use crate::act::{Door, Facts, Objection};
use crate::jurisdiction::{Ask, FactorDirection, Pack, codes_of, knows};
use crate::safeguards::{restorative, sentence as safeguards};
use crate::sentence::decision::{Count, Decision, SanctionKind};
use crate::sentence::refusal::{CodeList, Filing, SentenceRefusal};
use crate::values::{CivilDate, Code, IccsCode, PolicyVersion};

pub(super) type Objections = Vec<Objection<SentenceRefusal>>;

/// Everything of substance that stands against a decision taken on a date.
pub(super) fn objections(
    decision: &Decision,
    door: Door,
    decided: CivilDate,
    facts: &Facts,
) -> Objections {
    let law = facts.law.as_ref();
    let mut found = Vec::new();
    for count in &decision.counts {
        safeguards::offence(count, decided, law, &mut found);
        catalogued(count, law, &mut found);
        terms::range(count, &mut found);
        terms::departure(count, law, &mut found);
        terms::starting_point(count, &mut found);
        safeguards::maximum(count, law, &mut found);
        for component in &count.components {
            sanction::check(component, law, &mut found);
        }
    }
    too_young(decision, decided, facts, &mut found);
    safeguards::children(decision, decided, facts, &mut found);
    safeguards::cap(decision, law, &mut found);
    terms::runs(decision, facts, &mut found);
    if let Some(days) = decision.remand_days.value() {
        remand(decision, *days, decided, &mut found);
    }
    found.extend(restorative::grounds(decision, law));
    codes(decision, law, &mut found);
    safeguards::alternatives(decision, door, facts, &mut found);
    safeguards::weighed(decision, door, decided, facts, &mut found);
    // What is brought in from elsewhere is as complete as its source.
    if !facts.is_brought_in(door) {
        asked(decision, law, &mut found);
    }
    found
}

/// S-11: what a count says of its offence is what the catalogue says of it: a figure files the decision under both.
/// An international class may be told more broadly or more finely.
fn catalogued(count: &Count, law: &Pack, found: &mut Objections) {
    let offence = &count.offence;
    let Some(code) = offence.code.value() else {
        return;
    };
    let entry = law.catalogue.offence(code);
    let class = entry
        .and_then(|entry| entry.iccs.as_ref())
        .map(IccsCode::as_str);
    let category = entry
        .and_then(|entry| entry.category.as_ref())
        .map(Code::as_str);
    let level = count.gravity.as_ref().and_then(|gravity| {
        let mut policies = law.catalogue.gravity.iter();
        let policy = policies.find(|policy| policy.policy == gravity.policy)?;
        // A level that the policy does not have is told as that.
        let is_level = policy.levels.iter().any(|l| l.code == gravity.level);
        policy
            .offences
            .get(code)
            .map(Code::as_str)
            .filter(|_| is_level)
    });
    let agree = |said: &str, class: &str| said.starts_with(class) || class.starts_with(said);
    let differs = [
        (
            Filing::Class,
            offence.iccs.as_ref().map(IccsCode::as_str),
            class,
        ),
        (
            Filing::Category,
            offence.category.value().map(Code::as_str),
            category,
        ),
        (
            Filing::Gravity,
            count.gravity.as_ref().map(|g| g.level.as_str()),
            level,
        ),
    ];
    for (filing, said, catalogued) in differs {
        let (Some(said), Some(catalogued)) = (said, catalogued) else {
            continue;
        };
        if said != catalogued && !(filing == Filing::Class && agree(said, catalogued)) {
            found.push(Objection::hard(SentenceRefusal::CataloguedOtherwise {
                count: count.no,
                filing,
                given: said.to_owned(),
                catalogued: catalogued.to_owned(),
            }));
        }
    }
}

/// S-11: every code stands in its list of the pack.
fn codes(decision: &Decision, law: &Pack, found: &mut Objections) {
    let unknown = factors(&decision.aggravating, FactorDirection::Aggravating, law)
        .chain(factors(
            &decision.mitigating,
            FactorDirection::Mitigating,
            law,
        ))
        .chain(reasons_and_options(decision, law))
        .chain(purposes(decision, law))
        .chain(circumstances(decision, law))
        .chain(uplifts(decision, law))
        .chain(decision.counts.iter().flat_map(|c| ranking(c, law)));
    let courts = &law.courts;
    if let Ok(court) = Code::parse(decision.court.as_str())
        && !courts.is_empty()
        && !courts.iter().any(|known| known.code == court)
    {
        found.push(Objection::hard(SentenceRefusal::UnknownCode {
            list: CodeList::Courts,
            code: court,
            known: codes_of(courts),
        }));
    }
    for (list, code) in unknown {
        found.push(Objection::hard(SentenceRefusal::UnknownCode {
            list,
            code: code.clone(),
            known: known(list, decision, law),
        }));
    }
}

/// The codes of a list; the answers and levels of those circumstances and policies that the decision names.
fn known(list: CodeList, decision: &Decision, law: &Pack) -> Vec<Code> {
    let rules = &law.sentencing;
    let factors = |wanted| {
        let factors = rules.factors.iter().filter(move |f| f.direction == wanted);
        factors.map(|f| f.code.clone()).collect()
    };
    match list {
        CodeList::Courts => codes_of(&law.courts),
        CodeList::Aggravating => factors(FactorDirection::Aggravating),
        CodeList::Mitigating => factors(FactorDirection::Mitigating),
        CodeList::Departures => {
            let reasons = rules.departure_reasons.iter();
            reasons.map(|reason| reason.code.clone()).collect()
        }
        CodeList::Options => codes_of(&rules.alternatives),
        CodeList::Purposes => codes_of(&rules.purposes),
        CodeList::Categories => codes_of(&rules.categories),
        CodeList::Measures => codes_of(&rules.measures),
        CodeList::Uplifts => codes_of(&rules.uplifts),
        CodeList::Corrections => codes_of(&rules.correction_reasons),
        CodeList::Steps => codes_of(&rules.step_reasons),
        CodeList::Circumstances => answers(decision, law),
        CodeList::Gravity => levels(decision, law),
        CodeList::Currencies => Code::parse(law.currency.as_str()).into_iter().collect(),
    }
}

/// The circumstances, where one that was named is none; else the answers of those that were answered.
fn answers(decision: &Decision, law: &Pack) -> Vec<Code> {
    let rules = &law.sentencing.circumstances;
    let named = |code: &Code| rules.iter().find(|rule| &rule.code == code);
    if decision
        .circumstances
        .keys()
        .any(|code| named(code).is_none())
    {
        return rules.iter().map(|rule| rule.code.clone()).collect();
    }
    let asked = decision.circumstances.keys().filter_map(named);
    asked.flat_map(|rule| codes_of(&rule.values)).collect()
}

fn levels(decision: &Decision, law: &Pack) -> Vec<Code> {
    let used = |policy: &PolicyVersion| {
        let mut gravities = decision.counts.iter().filter_map(|c| c.gravity.as_ref());
        gravities.any(|gravity| &gravity.policy == policy)
    };
    let policies = law.catalogue.gravity.iter();
    let policies = policies.filter(|policy| used(&policy.policy));
    let levels = policies.flat_map(|policy| &policy.levels);
    levels.map(|level| level.code.clone()).collect()
}

type Unknown<'a> = (CodeList, &'a Code);

fn factors<'a>(
    named: &'a [Code],
    direction: FactorDirection,
    law: &'a Pack,
) -> impl Iterator<Item = Unknown<'a>> {
    let list = match direction {
        FactorDirection::Aggravating => CodeList::Aggravating,
        FactorDirection::Mitigating => CodeList::Mitigating,
    };
    let rules = &law.sentencing.factors;
    named
        .iter()
        .filter(move |code| {
            !rules
                .iter()
                .any(|rule| rule.direction == direction && &rule.code == *code)
        })
        .map(move |code| (list, code))
}

fn reasons_and_options<'a>(
    decision: &'a Decision,
    law: &'a Pack,
) -> impl Iterator<Item = Unknown<'a>> {
    let rules = &law.sentencing;
    let departures = decision.counts.iter().filter_map(|c| c.departure.as_ref());
    let departures = departures
        .flat_map(|d| &d.reasons)
        .filter(|code| !rules.departure_reasons.iter().any(|r| &r.code == *code))
        .map(|code| (CodeList::Departures, code));
    let options = decision
        .alternatives_considered
        .iter()
        .filter(|code| !rules.alternatives.iter().any(|a| &a.code == *code))
        .map(|code| (CodeList::Options, code));
    departures.chain(options)
}

fn purposes<'a>(decision: &'a Decision, law: &'a Pack) -> impl Iterator<Item = Unknown<'a>> {
    let named = decision.weighed.purposes.iter();
    named
        .filter(|code| !knows(&law.sentencing.purposes, code.as_str()))
        .map(|code| (CodeList::Purposes, code))
}

/// Rules cited for a term above the maximum: one that nobody enacted lifts nothing.
fn uplifts<'a>(decision: &'a Decision, law: &'a Pack) -> impl Iterator<Item = Unknown<'a>> {
    let cited = decision.components().filter_map(|(_, c)| c.uplift.as_ref());
    cited
        .filter(|code| !law.sentencing.uplifts.iter().any(|u| &u.code == *code))
        .map(|code| (CodeList::Uplifts, code))
}

fn circumstances<'a>(decision: &'a Decision, law: &'a Pack) -> impl Iterator<Item = Unknown<'a>> {
    decision.circumstances.iter().filter_map(|(code, answer)| {
        let Some(rule) = law.sentencing.circumstance(code) else {
            return Some((CodeList::Circumstances, code));
        };
        let value = answer.value()?;
        (!rule.values.iter().any(|v| &v.code == value)).then_some((CodeList::Circumstances, value))
    })
}

/// A level outside its gravity policy, and a category outside the pack's: figures would count it beside the others.
fn ranking<'a>(count: &'a Count, law: &'a Pack) -> impl Iterator<Item = Unknown<'a>> {
    let level = count.gravity.as_ref().filter(|gravity| {
        !law.catalogue.gravity.iter().any(|policy| {
            policy.policy == gravity.policy
                && policy
                    .levels
                    .iter()
                    .any(|level| level.code == gravity.level)
        })
    });
    let categories = &law.sentencing.categories;
    let category = count.offence.category.value().filter(|category| {
        !categories.is_empty() && !categories.iter().any(|known| &known.code == *category)
    });
    let level = level.map(|gravity| (CodeList::Gravity, &gravity.level));
    level
        .into_iter()
        .chain(category.map(|category| (CodeList::Categories, category)))
}

/// S-18: no sanction is imposed on somebody who is certainly younger than the law allows. The age is told as a band.
fn too_young(decision: &Decision, decided: CivilDate, facts: &Facts, found: &mut Objections) {
    let rules = &facts.law.sentencing;
    let Some(oldest) = safeguards::oldest(decision, decided, facts) else {
        return;
    };
    for (_, component) in decision.components() {
        let kind = component.sanction.kind();
        let youngest = rules.limits.get(&kind).and_then(|limits| limits.youngest);
        if let Some(youngest) = youngest.filter(|youngest| oldest < *youngest) {
            found.push(Objection::hard(SentenceRefusal::TooYoung {
                component: component.no,
                kind,
                youngest,
            }));
        }
    }
}

/// S-12: what the policy asks for each sanction of the decision is there; naming a lighter principal component
/// spares no question. Of an existing fact that somebody records here it is a finding; of one that a file brings, which
/// is as complete as its source, it is not asked.
fn asked(decision: &Decision, law: &Pack, found: &mut Objections) {
    let kinds: BTreeSet<SanctionKind> = decision
        .components()
        .map(|(_, component)| component.sanction.kind())
        .collect();
    let mut told = BTreeSet::new();
    for kind in kinds {
        for ask in law.sentencing.asks.get(&kind).into_iter().flatten() {
            if is_missing(decision, kind, *ask) && told.insert(*ask) {
                found.push(Objection::reasons(SentenceRefusal::Asked {
                    kind,
                    ask: *ask,
                }));
            }
        }
    }
}

fn is_missing(decision: &Decision, kind: SanctionKind, ask: Ask) -> bool {
    match ask {
        Ask::Reasons => decision.reasons.is_none(),
        // For custody it is TR-8.2 and answered above.
        Ask::Alternatives => {
            kind != SanctionKind::Custody && decision.alternatives_considered.is_empty()
        }
        Ask::Committed => decision
            .counts
            .iter()
            .any(|c| c.offence.committed.value().is_none()),
        Ask::Range => decision.counts.iter().any(|c| c.range.is_none()),
        Ask::Factors => decision.aggravating.is_empty() && decision.mitigating.is_empty(),
        Ask::Remand => decision.remand_days.value().is_none(),
        Ask::Circumstances => decision.circumstances.is_empty(),
        // They are TR-2.6, TR-3.2 and TR-8.1, and answered there.
        Ask::Lighter | Ask::Criteria | Ask::Victim => false,
    }
}
