//! One sentence: its state in a sentence, its facts, what hangs on it, its history.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use domain::jurisdiction::{Pack, title};
use domain::personal::Sealed;
use domain::sentence::{Decision, Sentence, SentenceCommand};
use domain::values::{Instant, Known, Occurred};
use infra::access::{Action, allow};
use infra::registry::{CommandError, Found, LedgerQuery};
use serde::Deserialize;

use super::components::{Column, Form, Frame, Link, Panel, Proof, SummaryList, Table, Tone, Value};
use super::laws::Laws;
use super::page::{Page, PageError, Typed, Visitor, day_in_words, in_words};
use super::{done, register, said};
use crate::problem::Problem;
use crate::state::AppState;

/// What led to the page.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Led {
    recorded: Option<String>,
}

/// The page of a sentence.
pub(super) async fn get(
    State(app): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(led): Query<Led>,
) -> Result<Page, PageError> {
    let found: Found<Sentence> = app.registry.show(&visitor.call, &id, visitor.as_of).await?;
    show(&visitor, &id, &found, led.recorded.is_some(), None).await
}

/// Imposes a proposed decision unchanged.
pub(super) async fn impose(
    State(app): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    typed: Typed,
) -> Result<Response, PageError> {
    let now = Instant::from_micros(app.registry.clock().now_us());
    let command = SentenceCommand::ImposeProposed {
        pronounced: Occurred::At(now),
    };
    let sent = app
        .registry
        .command::<Sentence>(&visitor.call, &id, command, done::options(&typed))
        .await;
    match sent {
        Ok(receipt) => {
            let address = format!("/sentences/{id}?recorded=1");
            Ok(done::then(&app, &receipt, &address).await.into_response())
        }
        Err(CommandError::Refused(refusal)) => {
            let found = app.registry.show(&visitor.call, &id, visitor.as_of).await?;
            let page = show(&visitor, &id, &found, false, Some(refusal.to_string())).await?;
            Ok(page.into_response())
        }
        Err(other) => Err(other.into()),
    }
}

async fn show(
    visitor: &Visitor,
    id: &str,
    found: &Found<Sentence>,
    recorded: bool,
    refused: Option<String>,
) -> Result<Page, PageError> {
    let laws = Laws::of(&visitor.app, &found.entries).await?;
    let law = found.entries.iter().rev().find_map(|entry| laws.at(entry));
    let Some((law, decision)) = law.zip(found.state.decision()) else {
        return Ok(withdrawn(visitor, id, found, &laws));
    };
    let frame = frame(visitor, id, found, law, decision);
    let imposing = imposing(visitor, id, found, &frame, refused);
    let mut page = Page::new(frame);
    if recorded {
        page = page.part(&confirmation(visitor, id, found, decision));
    }
    if let Some(form) = imposing {
        page = page.form(&form);
    }
    page = page.part(&facts(visitor, found, law, decision));
    page = page
        .heading("Reasons")
        .part(&reasons(visitor, decision).await?);
    page = findings(page, found);
    page = page
        .heading("Orders under this decision")
        .part(&orders(visitor, id).await?);
    let history = said::history(&found.entries, &laws, |entry| {
        format!("/sentences/{id}?as_of={}", entry.index)
    });
    Ok(page.heading("History").part(&history))
}

/// The state in one sentence, and where to go from here.
fn frame(
    visitor: &Visitor,
    id: &str,
    found: &Found<Sentence>,
    law: &Pack,
    decision: &Decision,
) -> Frame {
    let words = register::sentence_case(&decision.in_words(law));
    let name = decision
        .case
        .as_ref()
        .map_or_else(|| register::short(id), ToString::to_string);
    let state = found.state.title();
    let when = found
        .state
        .imposed()
        .map(|imposed| match imposed.pronounced {
            Occurred::At(at) => day_in_words(law.day(at).into()),
            Occurred::On(date) => day_in_words(date),
        })
        .map_or_else(String::new, |day| format!(" Decided on {day}."));
    let mut siblings = vec![
        Link::new(visitor.to(&format!("/sentences/{id}")), "Decision").current(),
        Link::new(
            visitor.to(&format!("/sentences/{id}/sheet")),
            "Printed sheet",
        ),
    ];
    if let Some(person) = found.state.person() {
        siblings.push(Link::new(
            visitor.to(&format!("/persons/{person}")),
            "Person",
        ));
    }
    let frame = visitor
        .frame(format!("Sentence {name}"))
        .kicker("Sentence")
        .lede(format!("{words}. It is {state}.{when}"))
        .trail(vec![Link::new(visitor.to("/sentences"), "Register")])
        .siblings(siblings)
        .reference(name);
    let may = allow(&visitor.call, Action::KeepSentence).is_ok();
    if may && found.state.imposed().is_some() {
        frame.primary(format!("/sentences/{id}/correct"), "Correct a slip")
    } else {
        frame
    }
}

fn confirmation(
    visitor: &Visitor,
    id: &str,
    found: &Found<Sentence>,
    decision: &Decision,
) -> Panel {
    let entry = found.entries.last().map_or(0, |entry| entry.index);
    let reference = decision
        .case
        .as_ref()
        .map_or_else(|| id.to_owned(), ToString::to_string);
    let (title, mut next) = match &found.state {
        Sentence::Imposed(_) if found.entries.last().is_some_and(is_correction) => (
            "The slip is corrected",
            vec![
                "Yesterday's views keep what was known yesterday; today's show the correction."
                    .to_owned(),
            ],
        ),
        Sentence::Imposed(_) => ("The decision is recorded", Vec::new()),
        Sentence::Proposed(_) | Sentence::Unrecorded | Sentence::Withdrawn => (
            "The proposal is recorded",
            vec!["It waits for its pronouncement in the list of the court.".to_owned()],
        ),
    };
    let orders = decision
        .components()
        .any(|(_, c)| !c.sanction.requirements().is_empty());
    if orders && found.state.imposed().is_some() {
        next.push("The register makes the order that the decision states; the probation office finds it in its worklist.".to_owned());
    }
    if found.state.imposed().is_some() {
        next.push("Figures count the decision from this entry on.".to_owned());
    }
    Panel {
        title: title.to_owned(),
        reference,
        proof: Proof::Recorded {
            entry,
            href: format!("/sentences/{id}?as_of={entry}"),
        },
        next,
        links: vec![Link::new(
            visitor.to(&format!("/sentences/{id}/sheet")),
            "Print the sheet",
        )],
    }
}

fn is_correction(entry: &infra::record::Recorded) -> bool {
    use domain::record::AnyEvent;
    use domain::sentence::SentenceEvent;
    matches!(
        &entry.event,
        AnyEvent::Sentence(SentenceEvent::Corrected { .. })
    )
}

/// Imposing a proposal, for those who decide.
fn imposing(
    visitor: &Visitor,
    id: &str,
    found: &Found<Sentence>,
    frame: &Frame,
    refused: Option<String>,
) -> Option<Form> {
    let proposed = matches!(found.state, Sentence::Proposed(_));
    if !proposed || allow(&visitor.call, Action::DecideSentence).is_err() {
        return None;
    }
    let guard = visitor.guard(frame).for_version(found.version);
    let form = Form::new(
        format!("/sentences/{id}/impose"),
        guard,
        "Impose this decision",
    )
    .heading("Pronounce it")
    .part(super::components::Part::Text(
        "The decision is imposed as it stands here, pronounced now.".to_owned(),
    ));
    Some(match refused {
        Some(said) => form.refused(register::sentence_case(&said)),
        None => form,
    })
}

/// The facts of a decision.
pub(super) fn facts(
    visitor: &Visitor,
    found: &Found<Sentence>,
    law: &Pack,
    decision: &Decision,
) -> SummaryList {
    let case = decision.case.as_ref();
    let mut list = SummaryList::default()
        .row(
            "State",
            Value::tag(
                register::sentence_case(found.state.title()),
                register::tone(found.state.title()),
            ),
        )
        .row(
            "Court",
            Value::text(law.court_title(decision.court.as_str())),
        )
        .row(
            "Case",
            case.map_or(Value::NotRecorded, |c| Value::name(c.to_string())),
        );
    if let Some(person) = found.state.person() {
        let id = person.to_string();
        list = list.row(
            "Person",
            Value::link(visitor.to(&format!("/persons/{id}")), register::short(&id)),
        );
    }
    if let Some(imposed) = found.state.imposed() {
        list = list.row("Pronounced", said::occurred(imposed.pronounced));
        let appeal = match &imposed.appeal {
            None => Value::None,
            Some(domain::sentence::Appeal::Pending(_)) => Value::tag("Pending", Tone::Attention),
            Some(domain::sentence::Appeal::Dismissed) => Value::text("Dismissed or withdrawn"),
            Some(domain::sentence::Appeal::Allowed) => Value::text("Allowed"),
        };
        list = list.row("Appeal", appeal);
        let remand = known(imposed.remand_days, |days| Value::text(days_in_words(days)));
        list = list.row("Custody credited", remand);
    }
    list = decision
        .counts
        .iter()
        .fold(list, |list, one| count(list, law, decision, one));
    circumstances(factors(list, law, decision), law, decision)
}

fn count(
    list: SummaryList,
    law: &Pack,
    decision: &Decision,
    count: &domain::sentence::Count,
) -> SummaryList {
    let several = decision.counts.len() > 1;
    let key = |name: &str| {
        if several {
            format!("{name}, count {}", count.no)
        } else {
            name.to_owned()
        }
    };
    let offence = match &count.offence.code {
        Known::Value(code) => register::offence(law, Some(code.as_str())),
        Known::NotRecorded | Known::NotAsked | Known::Declined => Value::NotRecorded,
    };
    let committed = known(count.offence.committed, |date| {
        Value::moment(date.to_string(), day_in_words(date))
    });
    let imposed: Vec<Value> = count
        .components
        .iter()
        .map(|c| Value::text(register::sentence_case(&c.in_words(law))))
        .collect();
    let gravity = count
        .gravity
        .as_ref()
        .map_or(Value::NotRecorded, |gravity| {
            Value::text(gravity_in_words(law, gravity))
        });
    let mut list = list
        .row(key("Offence"), offence)
        .row(key("Committed"), committed)
        .row(key("Imposed"), Value::Many(imposed))
        .row(key("Gravity"), gravity);
    if let Some(range) = &count.range {
        let words = format!(
            "{} to {}, by {}",
            domain::sentence::length_in_words(range.lowest),
            domain::sentence::length_in_words(range.highest),
            range.guideline
        );
        list = list.row(key("Guideline range"), Value::text(words));
    }
    if let Some(departure) = &count.departure {
        let why = departure
            .reasons
            .iter()
            .map(|code| Value::text(title(&law.sentencing.departure_reasons, code.as_str())));
        list = list.row(key("Departure"), Value::Many(why.collect()));
    }
    list
}

/// A level of gravity with the policy that ranks it.
pub(super) fn gravity_in_words(law: &Pack, gravity: &domain::values::Gravity) -> String {
    let policy = law
        .catalogue
        .gravity
        .iter()
        .find(|p| p.policy == gravity.policy);
    let level = policy.and_then(|p| p.levels.iter().find(|l| l.code == gravity.level));
    match policy.zip(level) {
        Some((policy, level)) => format!("{} ({})", level.title, policy.title),
        None => format!("{} ({})", gravity.level, gravity.policy),
    }
}

fn factors(list: SummaryList, law: &Pack, decision: &Decision) -> SummaryList {
    let name = |code: &domain::values::Code| {
        let rule = law.sentencing.factors.iter().find(|f| &f.code == code);
        Value::text(rule.map_or_else(|| code.to_string(), |f| f.title.clone()))
    };
    let named = |codes: &[domain::values::Code]| {
        if codes.is_empty() {
            Value::NotRecorded
        } else {
            Value::Many(codes.iter().map(name).collect())
        }
    };
    let alternatives = decision
        .alternatives_considered
        .iter()
        .map(|code| Value::text(title(&law.sentencing.alternatives, code.as_str())));
    let alternatives: Vec<Value> = alternatives.collect();
    list.row("What made it graver", named(&decision.aggravating))
        .row("What made it lighter", named(&decision.mitigating))
        .row(
            "Alternatives considered",
            if alternatives.is_empty() {
                Value::NotRecorded
            } else {
                Value::Many(alternatives)
            },
        )
}

fn circumstances(list: SummaryList, law: &Pack, decision: &Decision) -> SummaryList {
    let rules = law.sentencing.circumstances.iter();
    rules.fold(list, |list, rule| {
        let Some(answer) = decision.circumstances.get(&rule.code) else {
            return list;
        };
        let value = known(answer.clone(), |code| {
            Value::text(title(&rule.values, code.as_str()))
        });
        list.row(rule.title.clone(), value)
    })
}

fn known<T>(known: Known<T>, value: impl FnOnce(T) -> Value) -> Value {
    match known {
        Known::NotRecorded => Value::NotRecorded,
        Known::NotAsked => Value::NotAsked,
        Known::Declined => Value::Declined,
        Known::Value(known) => value(known),
    }
}

/// Days in words.
fn days_in_words(days: u32) -> String {
    match days {
        0 => "None".to_owned(),
        1 => "1 day".to_owned(),
        n => format!("{n} days"),
    }
}

/// The reasons, opened for those they are for.
async fn reasons(visitor: &Visitor, decision: &Decision) -> Result<SummaryList, PageError> {
    let sealed: Vec<Sealed> = decision
        .reasons
        .iter()
        .filter_map(|r| r.sealed().cloned())
        .collect();
    let value = disclosed(visitor, Action::ReadWords, &sealed).await?.pop();
    Ok(SummaryList::default().row("In words", value.unwrap_or(Value::NotRecorded)))
}

/// Sealed values as a page shows them: clear, erased or withheld.
pub(super) async fn disclosed(
    visitor: &Visitor,
    action: Action,
    sealed: &[Sealed],
) -> Result<Vec<Value>, PageError> {
    use domain::personal::Disclosed;
    let opened = visitor
        .app
        .registry
        .disclose(&visitor.call, action, sealed)
        .await?;
    let values = opened.into_iter().map(|value| match value {
        Disclosed::Clear(text) => Value::name(text),
        Disclosed::Erased { on, basis } => {
            let on = Instant::from_micros(on);
            Value::Erased {
                on: super::components::Moment::new(on.to_string(), in_words(on)),
                basis,
            }
        }
        Disclosed::Withheld => Value::text("Withheld: your role and purpose do not reach it"),
    });
    Ok(values.collect())
}

fn findings(page: Page, found: &Found<Sentence>) -> Page {
    let noticed = match &found.state {
        Sentence::Imposed(imposed) => &imposed.findings,
        Sentence::Proposed(proposed) => &proposed.findings,
        Sentence::Unrecorded | Sentence::Withdrawn => return page,
    };
    page.heading("What the register noticed")
        .part(&noticed_table(noticed))
}

/// Findings in a table.
pub(super) fn noticed_table(noticed: &[domain::act::Finding]) -> Table {
    let columns = vec![
        Column::text("What"),
        Column::text("Rule"),
        Column::text("Weight"),
    ];
    let table = Table::new("Findings", columns)
        .quiet_caption()
        .empty("Nothing was noticed.");
    noticed.iter().fold(table, |table, finding| {
        let weight = match finding.weight {
            domain::act::Weight::Critical => Value::tag("Critical", Tone::Grave),
            domain::act::Weight::Notice => Value::tag("Notice", Tone::Attention),
        };
        let rule = finding
            .safeguard
            .clone()
            .unwrap_or_else(|| finding.code.clone());
        table.row(vec![
            Value::text(register::sentence_case(&finding.said)),
            Value::text(rule),
            weight,
        ])
    })
}

async fn orders(visitor: &Visitor, id: &str) -> Result<Table, PageError> {
    let query = LedgerQuery {
        as_of: visitor.as_of,
        sentence: Some(id.to_owned()),
        limit: 20,
        ..LedgerQuery::default()
    };
    let orders = visitor.app.registry.orders(&visitor.call, &query).await?;
    let columns = vec![
        Column::text("Order"),
        Column::text("State"),
        Column::text("From"),
        Column::text("To"),
    ];
    let table = Table::new("Orders", columns)
        .quiet_caption()
        .empty("No order hangs on this decision.");
    let day = |text: &str| register::decided(Some(text));
    Ok(orders.rows.iter().fold(table, |table, order| {
        table.row(vec![
            Value::link(
                visitor.to(&format!("/orders/{}", order.id)),
                format!("Order {}", register::short(&order.id)),
            ),
            Value::text(register::sentence_case(&order.state)),
            day(&order.starts),
            order.ends.as_deref().map_or(Value::NotRecorded, day),
        ])
    }))
}

/// A proposal that was taken back: its history is all there is.
fn withdrawn(visitor: &Visitor, id: &str, found: &Found<Sentence>, laws: &Laws) -> Page {
    let frame = visitor
        .frame(format!("Sentence {}", register::short(id)))
        .kicker("Sentence")
        .lede(format!("It is {}.", found.state.title()));
    let history = said::history(&found.entries, laws, |entry| {
        format!("/sentences/{id}?as_of={}", entry.index)
    });
    Page::new(frame).heading("History").part(&history)
}

/// A page for what somebody may not do.
pub(super) fn problem<E: Into<Problem>>(error: E) -> PageError {
    PageError(error.into())
}
