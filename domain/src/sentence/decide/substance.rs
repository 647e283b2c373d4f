//! Substance: what refuses an act taken through the register and becomes a finding of an existing fact.

use crate::act::{Door, Facts, Objection, Reference};
use crate::jurisdiction::{Ask, Pack};
use crate::sentence::decision::{
    Component, Consent, Count, CustodyTerm, Decision, RequirementTerms, Runs, Sanction,
    SanctionKind,
};
use crate::sentence::refusal::SentenceRefusal;
use crate::values::{CivilDate, Length, Unit};

type Objections = Vec<Objection<SentenceRefusal>>;

/// Everything of substance that stands against a decision.
pub(super) fn objections(
    decision: &Decision,
    door: Door,
    decided: Option<CivilDate>,
    facts: &Facts,
) -> Objections {
    let law = facts.law.as_ref();
    let mut found = Vec::new();
    for count in &decision.counts {
        offence(count, decided, law, &mut found);
        range(count, &mut found);
        for component in &count.components {
            sanction(component, law, &mut found);
            maximum(count, component, law, &mut found);
            requirements(component, law, &mut found);
        }
    }
    runs(decision, facts, &mut found);
    remand(decision, &mut found);
    codes(decision, law, &mut found);
    // What the policy asks is asked of those who can still be asked: an existing fact is as complete as it is.
    if door == Door::Live {
        asked(decision, law, &mut found);
    }
    found
}

fn offence(count: &Count, decided: Option<CivilDate>, law: &Pack, found: &mut Objections) {
    let Some(code) = count.offence.code.value() else {
        found.push(Objection::hard(SentenceRefusal::OffenceMissing {
            count: count.no,
        }));
        return;
    };
    let Some(on) = count.offence.committed.value().copied().or(decided) else {
        return;
    };
    let in_force = law
        .catalogue
        .offence(code)
        .map_or(!law.catalogue.complete, |entry| {
            let begun = entry.from.is_none_or(|from| on.latest() >= Some(from));
            let ended = entry.until.is_some_and(|until| on.earliest() > Some(until));
            begun && !ended
        });
    if !in_force {
        let refusal = SentenceRefusal::NotAnOffence {
            count: count.no,
            offence: code.clone(),
            on,
        };
        found.push(Objection::hard(refusal));
    }
}

fn range(count: &Count, found: &mut Objections) {
    let Some(range) = &count.range else { return };
    let reasoned = count
        .departure
        .as_ref()
        .is_some_and(|d| !d.reasons.is_empty());
    let lengths = || {
        count
            .components
            .iter()
            .filter_map(|c| immediate_custody(&c.sanction))
    };
    let above = lengths().any(|length| length.exceeds(range.highest));
    let below = !lengths().any(|length| !range.lowest.exceeds(length)) && !range.lowest.is_zero();
    let direction = if above { "above" } else { "below" };
    if (above || below) && !reasoned {
        found.push(Objection::reasons(SentenceRefusal::DepartureUnreasoned {
            count: count.no,
            direction,
            lowest: range.lowest,
            highest: range.highest,
        }));
    }
}

fn immediate_custody(sanction: &Sanction) -> Option<Length> {
    (sanction.kind() == SanctionKind::Custody)
        .then(|| sanction.custody_length())
        .flatten()
}

fn sanction(component: &Component, law: &Pack, found: &mut Objections) {
    let (no, kind) = (component.no, component.sanction.kind());
    let allowed = &law.sentencing.sanctions;
    let known = if allowed.is_empty() {
        kind != SanctionKind::Death
    } else {
        allowed.contains(&kind)
    };
    if !known {
        found.push(Objection::hard(SentenceRefusal::UnknownSanction { kind }));
    }
    match quantity(&component.sanction) {
        Owed::Missing => {
            found.push(Objection::hard(SentenceRefusal::QuantityMissing {
                component: no,
                kind,
            }));
        }
        Owed::Zero => {
            found.push(Objection::hard(SentenceRefusal::QuantityZero {
                component: no,
                kind,
            }));
        }
        Owed::Given | Owed::Nothing => {}
    }
    for length in lengths(&component.sanction) {
        if length.term().is_none() {
            let refusal = SentenceRefusal::NotACalendarTerm {
                component: no,
                length,
            };
            found.push(Objection::hard(refusal));
        }
    }
}

enum Owed {
    Nothing,
    Given,
    Missing,
    Zero,
}

impl Owed {
    fn of<T>(value: Option<T>, zero: impl FnOnce(T) -> bool) -> Self {
        match value.map(zero) {
            None => Self::Missing,
            Some(true) => Self::Zero,
            Some(false) => Self::Given,
        }
    }
}

/// Whether a sanction has the quantity that it is measured by.
fn quantity(sanction: &Sanction) -> Owed {
    match sanction {
        Sanction::Custody {
            term: Some(CustodyTerm::Determinate(length)),
        } => Owed::of(Some(length), |l| l.is_zero()),
        Sanction::Custody { term } => Owed::of(*term, |_| false),
        Sanction::SuspendedCustody { term, .. } => Owed::of(*term, Length::is_zero),
        Sanction::CommunityOrder {
            period,
            requirements,
        } => {
            let amounts = || requirements.iter().filter_map(|r| r.quantity);
            if amounts().any(|q| q.amount() == 0) {
                Owed::Zero
            } else if amounts().next().is_some() || requirements.iter().any(|r| r.length.is_some())
            {
                Owed::Given
            } else {
                Owed::of(*period, Length::is_zero)
            }
        }
        Sanction::Fine { amount } | Sanction::Compensation { amount } => {
            Owed::of(amount.as_ref(), |a| a.minor == 0)
        }
        Sanction::DayFine { units, unit_value } => {
            let both = units.as_ref().zip(unit_value.as_ref());
            Owed::of(both, |(units, value)| *units == 0 || value.minor == 0)
        }
        Sanction::Deferred { until } => Owed::of(*until, |_| false),
        Sanction::Death {}
        | Sanction::Discharge { .. }
        | Sanction::Admonition {}
        | Sanction::Ancillary { .. }
        | Sanction::Other { .. } => Owed::Nothing,
    }
}

fn lengths(sanction: &Sanction) -> Vec<Length> {
    let own = match sanction {
        Sanction::SuspendedCustody {
            operational_period, ..
        } => *operational_period,
        Sanction::CommunityOrder { period, .. } => *period,
        Sanction::Discharge { conditional_for } => *conditional_for,
        Sanction::Ancillary { length, .. } | Sanction::Other { length, .. } => *length,
        Sanction::Death {}
        | Sanction::Custody { .. }
        | Sanction::Fine { .. }
        | Sanction::DayFine { .. }
        | Sanction::Compensation { .. }
        | Sanction::Admonition {}
        | Sanction::Deferred { .. } => None,
    };
    let requirements = sanction.requirements().iter().filter_map(|r| r.length);
    sanction
        .custody_length()
        .into_iter()
        .chain(own)
        .chain(requirements)
        .collect()
}

fn maximum(count: &Count, component: &Component, law: &Pack, found: &mut Objections) {
    let custodial = matches!(
        component.sanction.kind(),
        SanctionKind::Custody | SanctionKind::SuspendedCustody
    );
    let entry = count
        .offence
        .code
        .value()
        .and_then(|code| law.catalogue.offence(code));
    let Some(entry) = entry.filter(|_| custodial) else {
        return;
    };
    let Some(maximum) = entry.longest_custody else {
        let offence = entry.code.clone();
        let refusal = SentenceRefusal::NotImprisonable {
            component: component.no,
            offence,
        };
        found.push(Objection::notice(refusal));
        return;
    };
    let above = match &component.sanction {
        Sanction::Custody {
            term: Some(CustodyTerm::Life | CustodyTerm::Indeterminate),
        } => true,
        other => other
            .custody_length()
            .is_some_and(|length| length.exceeds(maximum)),
    };
    if above && component.uplift.is_none() {
        let term = match &component.sanction {
            Sanction::Custody { term: Some(term) } => term.to_string(),
            other => other
                .custody_length()
                .map(|l| l.to_string())
                .unwrap_or_default(),
        };
        let refusal = SentenceRefusal::AboveMaximum {
            component: component.no,
            term,
            maximum,
        };
        found.push(Objection::hard(refusal));
    }
}

fn requirements(component: &Component, law: &Pack, found: &mut Objections) {
    let no = component.no;
    let period = match &component.sanction {
        Sanction::CommunityOrder { period, .. } => *period,
        Sanction::SuspendedCustody {
            operational_period, ..
        } => *operational_period,
        _ => None,
    };
    if let (Some(order), Some(longest)) = (period, law.orders.longest)
        && component.sanction.kind() == SanctionKind::CommunityOrder
        && order.exceeds(longest)
    {
        found.push(Objection::hard(SentenceRefusal::OrderTooLong {
            component: no,
            order,
            longest,
        }));
    }
    for terms in component.sanction.requirements() {
        requirement(component, terms, law, found);
        if let (Some(order), Some(requirement)) = (period, terms.length)
            && requirement.exceeds(order)
        {
            found.push(Objection::hard(SentenceRefusal::OrderEndsFirst {
                component: no,
                order,
                kind: terms.kind.clone(),
                requirement,
            }));
        }
    }
}

fn requirement(
    component: &Component,
    terms: &RequirementTerms,
    law: &Pack,
    found: &mut Objections,
) {
    let (no, kind) = (component.no, || terms.kind.clone());
    let Some(rule) = law.orders.requirement(&terms.kind) else {
        found.push(Objection::hard(SentenceRefusal::UnknownRequirement {
            component: no,
            kind: kind(),
        }));
        return;
    };
    if let (Some(unit), Some(quantity)) = (rule.unit, terms.quantity) {
        let (least, most) = (rule.least.unwrap_or(0), rule.most.unwrap_or(u32::MAX));
        if quantity.unit() != unit {
            let unit = unit_title(unit).to_owned();
            found.push(Objection::hard(SentenceRefusal::WrongUnit {
                component: no,
                kind: kind(),
                unit,
            }));
        } else if !(least..=most).contains(&quantity.amount()) {
            found.push(Objection::hard(SentenceRefusal::OutsideLimits {
                component: no,
                kind: kind(),
                amount: quantity.amount(),
                least,
                most,
            }));
        }
    }
    if rule.consent && terms.consent.value() != Some(&Consent::Given) {
        found.push(Objection::hard(SentenceRefusal::ConsentMissing {
            component: no,
            kind: kind(),
        }));
    }
}

fn unit_title(unit: Unit) -> &'static str {
    match unit {
        Unit::Minutes => "minutes",
        Unit::Days => "days",
        Unit::Sessions => "sessions",
    }
}

fn runs(decision: &Decision, facts: &Facts, found: &mut Objections) {
    let terms: Vec<&Component> = decision
        .components()
        .map(|(_, component)| component)
        .filter(|c| matches!(c.sanction.kind(), SanctionKind::Custody))
        .collect();
    if let Some((_first, others)) = terms.split_first() {
        for component in others.iter().filter(|c| c.runs.is_none()) {
            found.push(Objection::hard(SentenceRefusal::RunsUnsaid {
                component: component.no,
            }));
        }
    }
    for (_, component) in decision.components() {
        if let Some(Runs::ConsecutiveToEarlier(term)) = component.runs
            && !facts.found.contains(&Reference::Sentence(term.sentence))
        {
            found.push(Objection::notice(SentenceRefusal::EarlierTermUnknown {
                component: component.no,
                earlier: term.sentence,
            }));
        }
    }
}

fn remand(decision: &Decision, found: &mut Objections) {
    let Some(days) = decision.remand_days.value().filter(|days| **days > 0) else {
        return;
    };
    let spent = Length::Calendar(crate::values::Term::of_days(*days));
    let terms = decision
        .components()
        .filter_map(|(_, c)| Some((c, c.sanction.custody_length()?)));
    let longest = terms.reduce(|a, b| if b.1.exceeds(a.1) { b } else { a });
    if let Some((component, length)) = longest
        && spent.exceeds(length)
    {
        let refusal = SentenceRefusal::RemandExceedsTerm {
            days: *days,
            component: component.no,
        };
        found.push(Objection::notice(refusal));
    }
}

fn codes(decision: &Decision, law: &Pack, found: &mut Objections) {
    let rules = &law.sentencing;
    let factors = decision.aggravating.iter().chain(&decision.mitigating);
    let unknown_factors = factors
        .filter(|code| !rules.factors.iter().any(|f| &f.code == *code))
        .map(|code| ("factors", code));
    let departures = decision.counts.iter().filter_map(|c| c.departure.as_ref());
    let unknown_departures = departures
        .flat_map(|d| &d.reasons)
        .filter(|code| !rules.departure_reasons.iter().any(|r| &r.code == *code))
        .map(|code| ("departure_reasons", code));
    let unknown_alternatives = decision
        .alternatives_considered
        .iter()
        .filter(|code| !rules.alternatives.iter().any(|a| &a.code == *code))
        .map(|code| ("alternatives", code));
    let unknown_circumstances = decision.circumstances.iter().filter_map(|(code, answer)| {
        let Some(rule) = rules.circumstance(code) else {
            return Some(("circumstances", code));
        };
        let value = answer.value()?;
        (!rule.values.iter().any(|v| &v.code == value)).then_some(("circumstances", value))
    });
    let unknown = unknown_factors
        .chain(unknown_departures)
        .chain(unknown_alternatives)
        .chain(unknown_circumstances);
    for (list, code) in unknown {
        let refusal = SentenceRefusal::UnknownCode {
            list,
            code: code.clone(),
        };
        found.push(Objection::hard(refusal));
    }
}

fn asked(decision: &Decision, law: &Pack, found: &mut Objections) {
    let Some(kind) = decision.disposal() else {
        return;
    };
    let rules = &law.sentencing;
    let missing = |ask: Ask| match ask {
        Ask::Reasons => decision
            .reasons
            .as_ref()
            .is_none_or(crate::personal::Personal::is_blank),
        Ask::Alternatives => false,
        Ask::Committed => decision
            .counts
            .iter()
            .any(|c| c.offence.committed.value().is_none()),
        Ask::Range => decision.counts.iter().any(|c| c.range.is_none()),
        Ask::Factors => decision.aggravating.is_empty() && decision.mitigating.is_empty(),
        Ask::Remand => decision.remand_days.value().is_none(),
        Ask::Circumstances => decision.circumstances.is_empty(),
    };
    let asks = rules.asks.get(&kind).into_iter().flatten();
    for ask in asks.filter(|ask| missing(**ask)) {
        found.push(Objection::reasons(SentenceRefusal::Asked {
            kind,
            ask: *ask,
        }));
    }
    let considered = !decision.alternatives_considered.is_empty();
    if kind == SanctionKind::Custody && rules.asks(kind, Ask::Alternatives) && !considered {
        found.push(Objection::reasons(
            SentenceRefusal::AlternativesNotConsidered,
        ));
    }
}
