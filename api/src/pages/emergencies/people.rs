//! Everybody who was screened or decided on in an emergency: what the criteria say, what was decided, what comes next.

use std::collections::BTreeSet;

use axum::extract::{Path, State};
use domain::emergency::{
    Candidate, DecideRelease, Declaration, Emergency, Outcome, Stage, Verdict,
};
use domain::jurisdiction::Pack;
use domain::values::{Code, PersonId};
use infra::access::{Action, allow};
use infra::registry::Found;
use serde::Deserialize;

use super::{home, trail};
use crate::pages::casework::People;
use crate::pages::components::{Column, Link, Pagination, Table, Tag, Tone, Value};
use crate::pages::laws;
use crate::pages::numbers::count;
use crate::pages::page::{Page, PageError, Visitor, day_in_words};
use crate::pages::query::Query;
use crate::state::AppState;

/// How many of them a page shows.
const ROWS: usize = 25;

/// Which page, as the address says it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Which {
    #[serde(default)]
    after: usize,
}

/// The list.
pub(super) async fn get(
    State(app): State<AppState>,
    Query(which): Query<Which>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Page, PageError> {
    let found: Found<Emergency> = app.registry.show(&visitor.call, &id, visitor.as_of).await?;
    let law = laws::of_entries(&app, &found.entries).await?;
    let declared = found.state.declared();
    let all: BTreeSet<PersonId> = declared
        .into_iter()
        .flat_map(|declared| declared.people.keys().copied())
        .collect();
    let closed = app.registry.closed_to(&visitor.call, &all).await?;
    let open = declared.map_or_else(Vec::new, |declared| in_order(declared, &closed));
    let shown: Vec<_> = open.iter().skip(which.after).take(ROWS).collect();
    let ids: Vec<String> = shown.iter().map(|(id, _)| id.to_string()).collect();
    let people = People::of(&visitor, ids.iter().map(String::as_str)).await?;
    let may_decide = declared.is_some_and(|declared| declared.ended.is_none())
        && allow(&visitor.call, Action::DecideRelease).is_ok()
        && !visitor.moment.past;
    let columns = ["Who", "By the criteria", "What was decided", "Next"].map(Column::text);
    let table = Table::new("Whoever waits for a decision stands first", columns.into())
        .empty("Nobody was screened or decided on.");
    let table = shown.iter().fold(table, |table, (person, candidate)| {
        let reference = person.to_string();
        let address = visitor.to(&format!("/persons/{reference}"));
        let next = if may_decide && candidate.stage() == Stage::Undecided {
            let address = format!("{}/decide-release?person={reference}", home(&id));
            Value::link(address, "Decide on the release")
        } else {
            next(candidate)
        };
        table.row(vec![
            Value::link(address, people.name(&reference)),
            by_criteria(candidate),
            decided(candidate, &law),
            next,
        ])
    });
    let frame = visitor
        .frame("Everybody who was screened or decided on")
        .kicker("Emergency")
        .lede(lede(&open, closed.len()))
        .trail(trail(&visitor, &id));
    let pages = pages(&visitor, &id, which.after, shown.len(), open.len());
    Ok(Page::new(frame).part(&table).part(&pages))
}

/// Everybody whose record is open: whoever waits for a decision first, then whoever is to leave or to come back.
fn in_order<'a>(
    declared: &'a Declaration,
    closed: &BTreeSet<PersonId>,
) -> Vec<(PersonId, &'a Candidate)> {
    let people = declared.people.iter();
    let open = people.filter(|(person, _)| !closed.contains(person));
    let mut open: Vec<_> = open.map(|(person, known)| (*person, known)).collect();
    open.sort_by_key(|(person, known)| (place(known), known.back_by(), *person));
    open
}

fn place(known: &Candidate) -> u8 {
    let outcome = known.screened.as_ref().map(|(_, outcome)| outcome);
    match (known.stage(), outcome) {
        (Stage::Undecided, Some(Outcome::Eligible) | None) => 0,
        (Stage::Undecided, Some(Outcome::Unclear(_))) => 1,
        (Stage::Granted, _) => 2,
        (Stage::Out, _) => 3,
        (Stage::Undecided, Some(Outcome::Excluded(_))) => 4,
        (Stage::Refused, _) => 5,
        (Stage::Back | Stage::Closed, _) => 6,
    }
}

fn lede(open: &[(PersonId, &Candidate)], closed: usize) -> String {
    let waits = open.iter().filter(|(_, known)| place(known) <= 1).count();
    let number = |people: usize| count(u64::try_from(people).unwrap_or(u64::MAX));
    let said = match waits {
        0 => "Nobody waits for a decision.".to_owned(),
        1 => "One person waits for a decision.".to_owned(),
        several => format!("{} people wait for a decision.", number(several)),
    };
    match closed {
        0 => said,
        several => format!(
            "{said} Not listed are {} whose record is closed to you.",
            number(several)
        ),
    }
}

fn by_criteria(known: &Candidate) -> Value {
    let Some((version, outcome)) = &known.screened else {
        return Value::text("Not screened");
    };
    let codes = |codes: &[Code]| {
        let words = codes
            .iter()
            .map(|code| code.as_str().replace(['-', '_'], " "));
        words.collect::<Vec<_>>().join(", ")
    };
    let said = match outcome {
        Outcome::Eligible => "can be released".to_owned(),
        Outcome::Excluded(which) => format!("cannot be released: {}", codes(which)),
        Outcome::Unclear(which) => format!("cannot be said yet: {}", codes(which)),
    };
    Value::text(format!("Version {version}: {said}"))
}

fn decided(known: &Candidate, law: &Pack) -> Value {
    let Some(decision) = &known.decision else {
        return Value::text("Nothing");
    };
    let on = day_in_words(law.date(decision.decided));
    Value::text(verdict(decision, &on, law))
}

fn verdict(decision: &DecideRelease, on: &str, law: &Pack) -> String {
    match &decision.verdict {
        Verdict::Granted(_) => format!("Granted on {on}"),
        Verdict::Refused(refused) => {
            let ground = law.titled("emergency.grounds", refused.ground.as_str());
            format!("Refused on {on}: {ground}")
        }
    }
}

fn next(known: &Candidate) -> Value {
    match known.stage() {
        Stage::Granted => Value::text("To leave"),
        Stage::Out => match known.back_by() {
            Some(day) => Value::text(format!("To be back by {}", day_in_words(day.into()))),
            None => Value::Tag(Tag::new("left", Tone::Good)),
        },
        Stage::Back => Value::Tag(Tag::new("back", Tone::Plain)),
        Stage::Closed => Value::Tag(Tag::new("closed", Tone::Plain)),
        Stage::Undecided | Stage::Refused => Value::text(""),
    }
}

fn pages(visitor: &Visitor, id: &str, after: usize, rows: usize, of: usize) -> Pagination {
    let number = |people: usize| count(u64::try_from(people).unwrap_or(u64::MAX));
    let last = after.saturating_add(rows);
    let at = |after: usize| visitor.to(&format!("{}/people?after={after}", home(id)));
    let shown = match rows {
        0 => "Nobody".to_owned(),
        _ => format!(
            "{} to {} of {}",
            number(after.saturating_add(1)),
            number(last),
            number(of)
        ),
    };
    Pagination {
        shown,
        previous: (after > 0).then(|| Link::new(at(after.saturating_sub(ROWS)), "Previous page")),
        next: (last < of).then(|| Link::new(at(last), "Next page")),
    }
}
