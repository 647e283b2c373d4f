//! The dates of a sentence: from which day each kind of release is possible and when it ends, with every step in words.
//!
//! Each is a calculation to be certified. Where one cannot be worked out, the page says what is missing.

use axum::extract::{Path, State};
use domain::release::dates::LABEL;
use domain::sentence::Sentence;
use domain::serving::{Calculation, Possible, TermSteps, UnderRule};
use domain::values::Day;
use infra::registry::{Found, SentenceDates};

use super::components::{Column, Details, Inset, Link, SummaryList, Table, Tag, Tone, Value};
use super::page::{Page, PageError, Visitor, day_in_words};
use super::register::{sentence_case, short};
use super::sentence::name_of;
use crate::state::AppState;

/// The page.
pub(super) async fn get(
    State(app): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Page, PageError> {
    let found: Found<Sentence> = app.registry.show(&visitor.call, &id, visitor.as_of).await?;
    let dates = read(&visitor, &id).await?;
    let home = format!("/sentences/{id}");
    let name = name_of(&id, found.state.decision());
    let frame = visitor
        .frame(format!("Dates of sentence {name}"))
        .kicker("Sentence")
        .trail(vec![
            Link::new(visitor.to("/sentences"), "Register"),
            Link::new(visitor.to(&home), format!("Sentence {name}")),
        ])
        .reference(short(&id));
    let Some(calculation) = dates.calculation else {
        return Ok(Page::new(frame.lede("It is not imposed: it has no dates.")));
    };
    let lede = format!(
        "What follows is a {LABEL} by whoever answers for it. It is worked out under the rules {}.",
        calculation.policy
    );
    let json = visitor.to(&format!("/v1{home}/dates"));
    let page = Page::new(frame.lede(lede)).part(&summary(&calculation));
    Ok(whole(page, &calculation)
        .part(&SummaryList::default().row("The same dates", Value::link(json, "Show as JSON"))))
}

/// What the page of a sentence says of its dates; nothing of one under which no custody is served.
pub(super) async fn section(page: Page, visitor: &Visitor, id: &str) -> Result<Page, PageError> {
    let dates = read(visitor, id).await?;
    let told = dates.calculation.filter(|calculation| {
        let why = calculation.why_not.as_ref();
        why.is_none_or(|why| why.code != "no-custody")
    });
    let Some(calculation) = told else {
        return Ok(page);
    };
    let steps = visitor.to(&format!("/sentences/{id}/dates"));
    let link = Value::link(steps, "How they were worked out, step by step");
    Ok(page
        .heading("Release and end")
        .part(&summary(&calculation))
        .part(&SummaryList::default().row("Also", link)))
}

/// What the page of a sentence says of when it is spent; nothing under rules without periods.
pub(super) async fn spent(page: Page, visitor: &Visitor, id: &str) -> Result<Page, PageError> {
    let registry = &visitor.app.registry;
    let found = registry
        .sentence_spent(&visitor.call, id, visitor.as_of)
        .await?;
    let Some(spent) = found.spent else {
        return Ok(page);
    };
    let page = page.heading("When it is spent").text(format!(
        "As the law stands on {}, with the {} of this person that the register holds.",
        day_in_words(spent.as_of.into()),
        match spent.decisions {
            1 => "one decision".to_owned(),
            several => format!("{several} decisions"),
        }
    ));
    Ok(spent.answers.iter().fold(page, |page, answer| {
        let what = match answer.provided {
            Some(provided) => format!("If {provided}"),
            None => "Spent".to_owned(),
        };
        let said = match answer.day {
            Some(day) => dated(day),
            None => Value::text(sentence_case(&answer.said)),
        };
        let steps = Details {
            summary: "Step by step".to_owned(),
            paragraphs: answer
                .steps
                .iter()
                .map(|step| sentence_case(step))
                .collect(),
        };
        page.part(&SummaryList::default().row(what, said))
            .part(&steps)
    }))
}

async fn read(visitor: &Visitor, id: &str) -> Result<SentenceDates, PageError> {
    let registry = &visitor.app.registry;
    let dates = registry
        .sentence_dates(&visitor.call, id, visitor.as_of)
        .await?;
    Ok(dates)
}

/// A date, with what has to stand beside it.
pub(super) fn dated(day: Day) -> Value {
    Value::Many(vec![
        Value::text(day_in_words(day.into())),
        Value::Tag(Tag::new(LABEL, Tone::Attention)),
    ])
}

/// Every date, or why there is none.
fn summary(calculation: &Calculation) -> SummaryList {
    if let Some(why) = &calculation.why_not {
        let why = Value::Undefined(sentence_case(&why.said));
        return SummaryList::default().row("Dates", why);
    }
    let releases = calculation.releases.iter();
    let list = releases.fold(SummaryList::default(), |list, possible| {
        list.row(possible.title.clone(), possible_from(possible))
    });
    match calculation.ends {
        Some(ends) => list.row("End of the term", dated(ends)),
        None => list,
    }
}

fn possible_from(possible: &Possible) -> Value {
    match (&possible.eligible, &possible.why_not) {
        (Some(day), _) => dated(*day),
        (None, Some(why)) => Value::Undefined(sentence_case(&why.said)),
        (None, None) => Value::Undefined("No date can be worked out".to_owned()),
    }
}

/// What was used, and the steps of every date.
fn whole(page: Page, calculation: &Calculation) -> Page {
    if calculation.why_not.is_some() {
        return page.text(
            "No date is shown, as nothing is guessed here. Once what is missing is recorded, the dates follow.",
        );
    }
    let used = calculation.from.iter().map(|line| {
        let (what, said) = line.split_once(": ").unwrap_or((line, ""));
        (sentence_case(what), said.to_owned())
    });
    let used = used.fold(SummaryList::default(), |list, (what, said)| {
        list.row(what, Value::text(said))
    });
    let page = page.heading("What is recorded and was used").part(&used);
    let releases = calculation.releases.iter();
    let page = releases.fold(page, steps_of);
    let page = steps(
        page.heading("End of the term"),
        "End of the term",
        &calculation.steps,
    );
    if calculation.without_rule.is_empty() {
        return page;
    }
    page.heading("No date").text(format!(
        "For these kinds of release the rules name no part of a term: {}.",
        calculation.without_rule.join("; ")
    ))
}

fn steps_of(page: Page, possible: &Possible) -> Page {
    let page = page.heading(possible.title.clone());
    let page = match &possible.why_not {
        Some(why) => page.text(format!(
            "No date: {}. Under each rule that may hold it would be this.",
            why.said
        )),
        None => page,
    };
    let page = if possible.by_law {
        page.text("The law itself brings it: nobody decides.")
    } else {
        page
    };
    possible.under.iter().fold(page, |page, under| {
        let UnderRule {
            rule,
            eligible,
            steps: of_terms,
        } = under;
        let page = page.part(&Inset {
            text: format!("{rule}: {}, {LABEL}.", day_in_words((*eligible).into())),
            source: None,
        });
        steps(page, rule, of_terms)
    })
}

/// The steps of each term, numbered.
fn steps(page: Page, what: &str, of_terms: &[TermSteps]) -> Page {
    of_terms.iter().fold(page, |page, of_term| {
        let columns = vec![Column::text("Step"), Column::text("What")];
        let caption = format!("{}: {what}", sentence_case(&of_term.term));
        let table = Table::new(caption, columns);
        let steps = (1..).zip(&of_term.steps);
        let table = steps.fold(table, |table: Table, (number, step): (u32, &String)| {
            table.row(vec![
                Value::text(number.to_string()),
                Value::text(sentence_case(step)),
            ])
        });
        page.part(&table)
    })
}
