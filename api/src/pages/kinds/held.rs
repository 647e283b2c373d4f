//! The first page of a place of detention: whose liberty is at stake, then what else is due.

use domain::actor::Role;
use infra::registry::{ListedCase, ListedClock};

use super::due::{AHEAD, table};
use super::overview::kinds;
use crate::pages::components::Table;
use crate::pages::page::{Page, PageError, Visitor};

/// What waits where somebody is held without a valid order, or against her wish.
const WITHOUT_ORDER: [&str; 4] = [
    "custody.irregular",
    "custody.basis-fallen",
    "custody.committal",
    "custody.end-protection",
];
/// What waits where somebody may not be held any longer; of those before judgment it is the court that decides.
const PAST_LIMIT: [&str; 3] = ["custody.last-day", "pretrial.last-day", "release.effect"];
/// The days alone on which somebody has to look.
const ALONE: [&str; 1] = ["custody.isolation"];

/// The page.
pub(super) async fn home(visitor: &Visitor) -> Result<Page, PageError> {
    let registry = &visitor.app.registry;
    let today = registry.today(visitor.as_of).await?;
    let by = today.plus_days(AHEAD);
    let (call, as_of) = (&visitor.call, visitor.as_of);
    let own = registry.due(call, as_of, Role::Prison, by).await?;
    // Who is held before judgment past the limit stands in the list of the court too; the prison holds the person.
    let yesterday = today.minus_days(1);
    let courts = registry.due(call, as_of, Role::Judge, yesterday).await?;
    let over = today.to_string();
    let without_order = those(&own.rows, |clock| is_among(clock, &WITHOUT_ORDER));
    let past = |clock: &ListedClock| is_among(clock, &PAST_LIMIT) && clock.due < over;
    let mut past_limit = those(&own.rows, past);
    let at_court = those(&courts.rows, past);
    for case in at_court {
        if past_limit.iter().all(|told| told.person != case.person) {
            past_limit.push(case);
        }
    }
    let alone = those(&own.rows, |clock| is_among(clock, &ALONE));
    let rest = those(&own.rows, |clock| {
        !is_among(clock, &WITHOUT_ORDER) && !is_among(clock, &ALONE) && !past(clock)
    });
    let mut page = Page::new(visitor.frame("My list").lede(lede(
        without_order.len(),
        past_limit.len(),
        alone.len(),
    )));
    for (caption, cases, nobody) in [
        (
            "Held without a valid order",
            &without_order,
            "Nobody is held without a valid order.",
        ),
        (
            "Held past the last day or the limit",
            &past_limit,
            "Nobody is held past a last day that is known.",
        ),
        (
            "Alone, and when somebody has to look",
            &alone,
            "Nobody is alone so long that somebody has to look within a week.",
        ),
        (
            "Else due within a week",
            &rest,
            "Nothing else is due within a week.",
        ),
    ] {
        let table: Table = table(visitor, today, caption, cases).await?;
        page = page
            .heading(caption)
            .part(&table.quiet_caption().empty(nobody));
    }
    Ok(page.heading("Everything").part(&kinds(visitor).await?))
}

fn lede(without_order: usize, past_limit: usize, alone: usize) -> String {
    let total = without_order
        .saturating_add(past_limit)
        .saturating_add(alone);
    if total == 0 {
        return "Nobody is held without a valid order or past the limit, and nobody is alone for long.".to_owned();
    }
    format!(
        "Held without a valid order: {without_order}. Past the last day or the limit: {past_limit}. Alone, so that somebody has to look: {alone}."
    )
}

fn is_among(clock: &ListedClock, codes: &[&str]) -> bool {
    codes.contains(&clock.code.as_str())
}

/// The cases in which such a clock waits, each with those clocks alone.
fn those(cases: &[ListedCase], wanted: impl Fn(&ListedClock) -> bool) -> Vec<ListedCase> {
    let mut found = cases.to_vec();
    for case in &mut found {
        case.clocks.retain(|clock| wanted(clock));
    }
    found.retain(|case| !case.clocks.is_empty());
    found
}
