//! What did the emergency change? How many were held before, during and after it, who left, and which rights were cut, which
//! stand on the page as loudly as the releases.

use axum::extract::State;
use domain::values::CivilDate;
use infra::registry::ListedEmergency;
use serde::Deserialize;

use super::questions::Question;
use crate::pages::components::{Choice, Field, Filter, SummaryList, Value};
use crate::pages::emergencies::figures as told;
use crate::pages::numbers::count;
use crate::pages::page::{Page, PageError, Visitor, day_in_words};
use crate::pages::query::{Query, one_of};
use crate::pages::register;
use crate::state::AppState;

/// Which emergency, as the address says it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Asked {
    emergency: String,
}

/// The page.
pub(super) async fn get(
    State(app): State<AppState>,
    Query(asked): Query<Asked>,
    visitor: Visitor,
) -> Result<Page, PageError> {
    let all = app
        .registry
        .emergencies(&visitor.call, visitor.as_of)
        .await?;
    let ids: Vec<&str> = all.iter().map(|one| one.id.as_str()).collect();
    one_of("emergency", &asked.emergency, &ids)?;
    let question = Question::Emergency;
    let frame = visitor
        .frame(question.words().0)
        .kicker("Figures")
        .siblings(question.siblings(&visitor));
    let named = all.iter().find(|one| one.id == asked.emergency);
    let Some(chosen) = named.or(all.first()) else {
        return Ok(Page::new(frame.lede("No emergency is recorded.")));
    };
    let found = app
        .registry
        .emergency_figures(&visitor.call, &chosen.id, visitor.as_of)
        .await?;
    let mut page = Page::new(frame.lede(told::lede(&found)));
    if all.len() > 1 {
        page = page.part(&filter(&visitor, &all, &chosen.id));
    }
    let page = page
        .heading("How many are held: before, during and after")
        .part(&told::held(&found))
        .part(&told::by_place(&found))
        .heading("Rights that were cut")
        .part(&told::rights(&visitor, &found))
        .heading("Who left, and who did not")
        .part(&told::stages(&found));
    Ok(page
        .heading("About these figures")
        .part(&about(&visitor, chosen, &found.law.title)))
}

fn filter(visitor: &Visitor, all: &[ListedEmergency], chosen: &str) -> Filter {
    let option = |one: &ListedEmergency| {
        let state = if one.goes_on { "goes on" } else { "is over" };
        let since = one.since.split('T').next();
        let since = since.and_then(|day| day.parse::<CivilDate>().ok());
        let since = since.map_or_else(|| register::short(&one.id), day_in_words);
        let words = format!("{since}, {} ({state})", one.jurisdiction);
        Choice::new(&one.id, words).chosen_if(one.id == chosen)
    };
    Filter {
        action: "/figures/emergency".to_owned(),
        fields: vec![Field::select(
            "emergency",
            "Emergency",
            all.iter().map(option).collect(),
        )],
        rows: Vec::new(),
        submit: "Show".to_owned(),
        applied: Vec::new(),
        clear: visitor.to("/figures/emergency"),
        carried: visitor.carried(),
    }
}

fn about(visitor: &Visitor, chosen: &ListedEmergency, rules: &str) -> SummaryList {
    let list = SummaryList::default().row("Rules", Value::text(rules)).row(
        "How those held are counted",
        Value::text(
            "At the end of a day, from the stays in custody: who came counts, who left does not.",
        ),
    );
    let Some(entry) = visitor.moment.index else {
        return list;
    };
    let address = format!("/figures/emergency?emergency={}&as_of={entry}", chosen.id);
    let words = format!(
        "This page as of entry {}, whenever it is opened",
        count(entry)
    );
    list.row("Lasting address", Value::link(address, words))
}
