//! The printed sheet of a decision: an order or a committal in plain words.

use axum::extract::{Path, State};
use domain::jurisdiction::Pack;
use domain::sentence::{Decision, RequirementTerms, Sanction, SanctionKind, Sentence};
use domain::values::Instant;
use infra::access::Action;
use infra::registry::Found;

use super::components::{Condition, Link, Moment, Sheet, Value};
use super::laws::Laws;
use super::page::{Page, PageError, Visitor, in_words};
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
        return Err(sentence::problem(nothing));
    };
    let name = name(&visitor, &found).await?;
    let sheet = sheet(&id, &found, law, decision, name);
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

fn sheet(id: &str, found: &Found<Sentence>, law: &Pack, decision: &Decision, name: Value) -> Sheet {
    let last = found.entries.last();
    let entry = last.map_or(0, |entry| entry.index);
    let recorded = Instant::from_micros(last.map_or(0, |entry| entry.recorded_us));
    let mut facts = vec![("Person".to_owned(), name)];
    if let Some(imposed) = found.state.imposed() {
        facts.push(("Pronounced".to_owned(), said::occurred(imposed.pronounced)));
    } else {
        facts.push((
            "Pronounced".to_owned(),
            Value::text("Not yet: this is a proposal"),
        ));
    }
    for count in &decision.counts {
        let code = count
            .offence
            .code
            .value()
            .map(domain::values::OffenceCode::as_str);
        facts.push(("Offence".to_owned(), register::offence(law, code)));
    }
    let words = decision
        .components()
        .map(|(_, c)| format!("{}.", register::sentence_case(&c.in_words(law))));
    let requirements = decision
        .components()
        .flat_map(|(_, c)| c.sanction.requirements());
    let conditions: Vec<Condition> = requirements.map(|terms| condition(law, terms)).collect();
    Sheet {
        court: law.court_title(decision.court.as_str()).to_owned(),
        title: title(decision).to_owned(),
        reference: decision
            .case
            .as_ref()
            .map_or_else(|| id.to_owned(), ToString::to_string),
        facts,
        decision: words.collect(),
        consequence: consequence(decision),
        conditions,
        review: review(),
        entry,
        recorded: Moment::new(recorded.to_string(), in_words(recorded)),
        signatures: vec![
            "For the court".to_owned(),
            "Received by the person".to_owned(),
        ],
    }
}

/// What the sheet is called.
fn title(decision: &Decision) -> &'static str {
    match decision.disposal() {
        Some(SanctionKind::Custody) => "Committal to custody",
        Some(SanctionKind::SuspendedCustody) => "Suspended term",
        Some(SanctionKind::CommunityOrder) => "Community order",
        Some(SanctionKind::Fine | SanctionKind::DayFine) => "Notice of fine",
        Some(_) | None => "Record of decision",
    }
}

fn condition(law: &Pack, terms: &RequirementTerms) -> Condition {
    let rule = law
        .orders
        .requirements
        .iter()
        .find(|rule| rule.kind == terms.kind);
    let title = rule.map_or_else(|| terms.kind.to_string(), |rule| rule.title.clone());
    let much = terms.quantity.map(|quantity| quantity.to_string());
    let long = terms
        .length
        .map(|length| format!("for {}", domain::sentence::length_in_words(length)));
    let words: Vec<String> = much.into_iter().chain(long).collect();
    let text = if words.is_empty() {
        "As the office that supervises you arranges.".to_owned()
    } else {
        format!(
            "{}, as the office that supervises you arranges.",
            register::sentence_case(&words.join(" "))
        )
    };
    Condition {
        title: format!("{title}."),
        text,
    }
}

fn consequence(decision: &Decision) -> Option<String> {
    let principal = decision.principal_component()?;
    let said = match &principal.sanction {
        Sanction::CommunityOrder { .. } => {
            "Failures without an acceptable reason are first answered by a warning; after repeated failures the court may be asked to deal with a breach."
        }
        Sanction::SuspendedCustody { .. } => {
            "If you offend again or break a requirement while the term is suspended, the court may order that it is served, in whole or in part."
        }
        Sanction::Fine { .. } | Sanction::DayFine { .. } => {
            "If you cannot pay in time, say so before the day: the court can look at your means again."
        }
        Sanction::Discharge {
            conditional_for: Some(_),
        } => {
            "If you offend again during the period, the court may sentence you for this offence too."
        }
        Sanction::Death {}
        | Sanction::Custody { .. }
        | Sanction::Compensation { .. }
        | Sanction::Discharge { .. }
        | Sanction::Admonition {}
        | Sanction::Deferred { .. }
        | Sanction::Ancillary { .. }
        | Sanction::Other { .. } => return None,
    };
    Some(said.to_owned())
}

fn review() -> Vec<String> {
    vec![
        "You may ask a higher court to review this decision. The court's office tells you until when, where, and how to be helped by a lawyer.".to_owned(),
        "If something on this sheet is a slip, a wrong date or a wrong name, ask the court's office to correct it: the correction is recorded, and what it replaces stays readable.".to_owned(),
    ]
}
