//! The printed sheet of a decision: an order or a committal in plain words.

use axum::extract::{Path, State};
use domain::jurisdiction::Pack;
use domain::record::AnyEvent;
use domain::sentence::{
    Component, Decision, RequirementTerms, Sanction, SanctionKind, Sentence, SentenceEvent,
    Standing,
};
use domain::values::{CivilDate, Code, Instant, Occurred, OffenceCode, days_in_words};
use infra::access::Action;
use infra::registry::Found;

use super::components::{Condition, Link, Moment, Sheet, Value};
use super::laws::Laws;
use super::page::{Page, PageError, Visitor, day_in_words, in_words};
use super::{register, said, sentence};
use crate::problem::Problem;
use crate::state::AppState;

/// The sheet of a sentence.
pub(super) async fn get(
    State(app): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Page, PageError> {
    let found: Found<Sentence> = app.registry.show(&visitor.call, &id, visitor.as_of).await?;
    let laws = Laws::of(&app, &found.entries).await?;
    let law = found.entries.iter().rev().find_map(|entry| laws.at(entry));
    let Some((law, decision)) = law.zip(found.state.decision()) else {
        let nothing = Problem::usage(
            "sheet",
            "",
            "a withdrawn proposal has no sheet: look at its history",
        );
        return Err(PageError(nothing));
    };
    let name = name(&visitor, &found).await?;
    let asked = asked(&visitor, decision).await?;
    let mut sheet = sheet(&id, &found, law, decision, name, asked);
    let contested = visitor.app.registry.contested(&id, &found).await?;
    if !contested.is_empty() {
        sheet
            .facts
            .push(("Contested".to_owned(), super::person::contested()));
    }
    let frame = visitor
        .frame(sheet.title.clone())
        .kicker("Printed sheet")
        .lede("Print this page: only the sheet goes on paper.")
        .trail(vec![
            Link::new(visitor.to("/sentences"), "Register"),
            Link::new(visitor.to(&format!("/sentences/{id}")), "Sentence"),
        ])
        .reference(sheet.reference.clone());
    Ok(Page::new(frame).part(&sheet))
}

/// The person's name, for those entitled.
async fn name(visitor: &Visitor, found: &Found<Sentence>) -> Result<Value, PageError> {
    let Some(person) = found.state.person() else {
        return Ok(Value::NotRecorded);
    };
    let shown = visitor
        .app
        .registry
        .show::<domain::person::Person>(&visitor.call, &person.to_string(), visitor.as_of)
        .await?;
    let identity = shown.state.registered().and_then(|r| r.identity.clone());
    let sealed = identity
        .and_then(|i| i.name)
        .and_then(|name| name.sealed().cloned());
    let sealed: Vec<_> = sealed.into_iter().collect();
    let name = sentence::disclosed(visitor, Action::ReadIdentity, &sealed)
        .await?
        .pop();
    Ok(name
        .unwrap_or_else(|| Value::name(format!("Person {}", register::short(&person.to_string())))))
}

/// What each requirement asks in words, as far as the visitor may read it.
async fn asked(visitor: &Visitor, decision: &Decision) -> Result<Vec<Value>, PageError> {
    let words = sentence::asked(decision);
    let sealed: Vec<_> = words
        .iter()
        .filter_map(|(_, said)| said.sealed().cloned())
        .collect();
    sentence::disclosed(visitor, Action::ReadWords, &sealed).await
}

fn sheet(
    id: &str,
    found: &Found<Sentence>,
    law: &Pack,
    decision: &Decision,
    name: Value,
    asked: Vec<Value>,
) -> Sheet {
    let last = found.entries.last();
    let entry = last.map_or(0, |entry| entry.index);
    let recorded = Instant::from_micros(last.map_or(0, |entry| entry.recorded_us));
    let components = || decision.components().map(|(_, component)| component);
    let requirements = components().flat_map(|component| component.sanction.requirements());
    let mut asked = asked.into_iter();
    let conditions = requirements.map(|terms| {
        let said = terms.terms.as_ref().and_then(|_| asked.next());
        condition(law, terms, said)
    });
    let payments = components().filter_map(|component| payment(law, component));
    let is_proposal = found.state.imposed().is_none();
    // What was quashed asks nothing of anybody.
    let is_quashed = found
        .state
        .imposed()
        .is_some_and(|imposed| imposed.standing == Standing::Quashed);
    let stands = !is_proposal && !is_quashed;
    let decided_only = |all: Vec<String>| if stands { all } else { Vec::new() };
    let asked: Vec<Condition> = conditions.chain(payments).filter(|_| !is_quashed).collect();
    Sheet {
        is_proposal,
        court: law.court_title(decision.court.as_str()).to_owned(),
        title: title(found, decision).to_owned(),
        reference: decision
            .case
            .as_ref()
            .map_or_else(|| id.to_owned(), ToString::to_string),
        facts: facts(found, law, decision, name),
        decision: decided(found, law, decision),
        consequence: consequence(decision).filter(|_| stands),
        conditions: asked,
        review: decided_only(review(found, law)),
        entry,
        recorded: Moment::new(recorded.to_string(), in_words(recorded)),
        signatures: decided_only(vec![
            "For the court".to_owned(),
            "Received by the person".to_owned(),
        ]),
    }
}

/// Who it is about, when it was pronounced, for what, and how it stands where that is not plain.
fn facts(
    found: &Found<Sentence>,
    law: &Pack,
    decision: &Decision,
    name: Value,
) -> Vec<(String, Value)> {
    let mut facts = vec![("Person".to_owned(), name)];
    let pronounced = match found.state.imposed() {
        Some(imposed) => said::occurred(imposed.pronounced),
        None => Value::text("Not yet: this is a proposal"),
    };
    facts.push(("Pronounced".to_owned(), pronounced));
    let several = decision.counts.len() > 1;
    for count in &decision.counts {
        let code = count.offence.code.value();
        let offence = register::offence(Some(law), code.map(OffenceCode::as_str));
        let key = if several {
            format!("Offence, count {}", count.no)
        } else {
            "Offence".to_owned()
        };
        facts.push((key, offence));
    }
    let changed = found
        .entries
        .iter()
        .rev()
        .find_map(|entry| replaced(&entry.event, law));
    facts.extend(changed.map(|words| ("Replaces".to_owned(), Value::text(words))));
    let standing = found.state.imposed().map(|imposed| imposed.standing);
    if let Some(standing) = standing.filter(|standing| *standing != Standing::InForce) {
        let tone = register::tone(standing.title());
        let state = register::sentence_case(standing.title());
        facts.push(("State".to_owned(), Value::tag(state, tone)));
    }
    facts
}

/// That this sheet takes the place of one that may have been handed over before, where the decision was changed since.
fn replaced(event: &AnyEvent, law: &Pack) -> Option<String> {
    if let AnyEvent::Sentence(
        SentenceEvent::Corrected { pronounced, .. }
        | SentenceEvent::VariedOnAppeal { pronounced, .. }
        | SentenceEvent::Commuted { pronounced, .. }
        | SentenceEvent::Resentenced { pronounced, .. },
    ) = event
    {
        let changed = day_in_words(law.date(*pronounced));
        Some(format!(
            "Every earlier sheet of this decision, as it stood before {changed}"
        ))
    } else {
        None
    }
}

/// What was decided, one thought a paragraph.
fn decided(found: &Found<Sentence>, law: &Pack, decision: &Decision) -> Vec<String> {
    let quashed = found
        .state
        .imposed()
        .filter(|i| i.standing == Standing::Quashed);
    let quashed = quashed.map(|_| {
        "This decision was quashed: it stands no more, and nothing of it has to be done. It read:".to_owned()
    });
    let several = decision.counts.len() > 1;
    let words = decision.components().map(|(count, component)| {
        let words = register::sentence_case(&component.in_words(law));
        if several {
            format!("For count {}: {words}.", count.no)
        } else {
            format!("{words}.")
        }
    });
    let credited = found
        .state
        .imposed()
        .and_then(|i| i.remand_days.value().copied());
    let credited = credited.filter(|days| *days > 0);
    let credited = credited.map(|days| {
        format!(
            "Time already spent in custody counts towards it: {}.",
            days_in_words(days)
        )
    });
    quashed.into_iter().chain(words).chain(credited).collect()
}

/// What the sheet is called.
fn title(found: &Found<Sentence>, decision: &Decision) -> &'static str {
    if found.state.imposed().is_none() {
        return "Proposal, not yet pronounced";
    }
    match decision.disposal() {
        Some(SanctionKind::Custody) => "Committal to custody",
        Some(SanctionKind::SuspendedCustody) => "Suspended term",
        Some(SanctionKind::CommunityOrder) => "Community order",
        Some(SanctionKind::Fine | SanctionKind::DayFine) => "Notice of fine",
        Some(_) | None => "Record of decision",
    }
}

/// What is asked. Where the decision says exactly what, nobody else arranges it.
fn condition(law: &Pack, terms: &RequirementTerms, said: Option<Value>) -> Condition {
    let title = requirement_title(law, &terms.kind);
    let is_counted = law
        .orders
        .requirement(&terms.kind)
        .is_some_and(|rule| rule.unit.is_some());
    let much = terms.quantity.map(|quantity| quantity.to_string());
    let long = terms
        .length
        .map(|length| format!("for {}", domain::sentence::length_in_words(length)));
    let words: Vec<String> = much.into_iter().chain(long).collect();
    let much = register::sentence_case(&words.join(" "));
    let text = match (words.is_empty(), said.is_some(), is_counted) {
        (true, true, _) => String::new(),
        (false, true, _) => format!("{much}."),
        (true, false, true) => "As the office that supervises you arranges.".to_owned(),
        (false, false, true) => format!("{much}, as the office that supervises you arranges."),
        (true, false, false) => "The decision does not say exactly what: ask the court.".to_owned(),
        (false, false, false) => {
            format!("{much}. The decision does not say exactly what: ask the court.")
        }
    };
    Condition {
        title: format!("{title}."),
        text,
        said,
    }
}

/// What a requirement is called.
pub(super) fn requirement_title(law: &Pack, kind: &Code) -> String {
    let rule = law.orders.requirement(kind);
    rule.map_or_else(|| kind.to_string(), |rule| rule.title.clone())
}

/// What is to be paid.
fn payment(law: &Pack, component: &Component) -> Option<Condition> {
    let is_paid = matches!(
        component.sanction,
        Sanction::Fine { .. } | Sanction::DayFine { .. } | Sanction::Compensation { .. }
    );
    is_paid.then(|| Condition {
        title: format!("Pay the {}.", component.in_words(law)),
        text: "The court's office tells you how, and until when.".to_owned(),
        said: None,
    })
}

/// In which case something follows, and what.
fn consequence(decision: &Decision) -> Option<(String, String)> {
    let principal = decision.principal_component()?;
    let (when, said) = match &principal.sanction {
        Sanction::CommunityOrder { .. } => (
            "If you do not",
            "Failures without an acceptable reason are first answered by a warning; after repeated failures the court may be asked to deal with a breach.",
        ),
        Sanction::SuspendedCustody { .. } => (
            "If you offend again",
            "If you offend again or break a requirement while the term is suspended, the court may order that it is served, in whole or in part.",
        ),
        Sanction::Fine { .. } | Sanction::DayFine { .. } => (
            "If you cannot pay",
            "If you cannot pay in time, say so before the day: the court can look at your means again.",
        ),
        Sanction::Discharge {
            conditional_for: Some(_),
        } => (
            "If you offend again",
            "If you offend again during the period, the court may sentence you for this offence too.",
        ),
        Sanction::Death {}
        | Sanction::Custody { .. }
        | Sanction::Compensation { .. }
        | Sanction::Discharge { .. }
        | Sanction::Admonition {}
        | Sanction::Deferred { .. }
        | Sanction::Ancillary { .. }
        | Sanction::Other { .. } => return None,
    };
    Some((when.to_owned(), said.to_owned()))
}

/// How, where and until when the decision can be reviewed; a slip is put right by the court's office.
fn review(found: &Found<Sentence>, law: &Pack) -> Vec<String> {
    let slip = "If something on this sheet is a slip, a wrong date or a wrong name, ask the court's office to correct it: the correction is recorded, and what it replaces stays readable.".to_owned();
    let Some(rule) = &law.sentencing.review else {
        let asked = "You may ask a higher court to review this decision. The court's office tells you until when, where, and how to be helped by a lawyer.".to_owned();
        return vec![asked, slip];
    };
    let until = found.state.imposed().and_then(|imposed| {
        let day = match imposed.pronounced {
            Occurred::At(at) => law.day(at),
            Occurred::On(CivilDate::Day(day)) => day,
            Occurred::On(CivilDate::Year(_) | CivilDate::Month { .. }) => return None,
        };
        Some(day_in_words(CivilDate::Day(
            day.plus_days(rule.within_days),
        )))
    });
    let until = until.map_or_else(String::new, |day| format!(", that is until {day}"));
    let asked = format!(
        "You may ask the {} to review this decision, within {} days of the day it was pronounced{until}. {}",
        rule.to, rule.within_days, rule.how
    );
    vec![asked, slip]
}
