//! What was shown as comparable before a decision was final: the same again, for the parties and on appeal.

use axum::extract::{Path, State};
use domain::sentence::Sentence;
use infra::registry::{Found, ShownAgain};

use super::components::{Link, SummaryList, Value};
use super::numbers::count;
use super::page::{Page, PageError, Visitor};
use super::record::{distribution, in_words};
use super::register::short;
use super::sentence::name_of;
use crate::state::AppState;

/// The page.
pub(super) async fn get(
    State(app): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Page, PageError> {
    let found: Found<Sentence> = app.registry.show(&visitor.call, &id, visitor.as_of).await?;
    let registry = &app.registry;
    let compared = registry
        .sentence_comparison(&visitor.call, &id, visitor.as_of)
        .await?;
    let home = format!("/sentences/{id}");
    let name = name_of(&id, found.state.decision());
    let frame = visitor
        .frame(format!("Compared before sentence {name}"))
        .kicker("Sentence")
        .trail(vec![
            Link::new(visitor.to("/sentences"), "Register"),
            Link::new(visitor.to(&home), format!("Sentence {name}")),
        ])
        .reference(short(&id));
    let Some(again) = &compared.again else {
        let lede =
            "No comparable decisions were shown before it. Whoever decides need not look at any.";
        return Ok(Page::new(frame.lede(lede)));
    };
    let shown = &again.shown;
    let lede = format!(
        "{} past decisions were shown before it was final, as of entry {}. This is the same again: nothing that was corrected, \
         quashed or adopted since changes it. They describe; they recommend nothing.",
        count(shown.decisions),
        count(shown.index)
    );
    let json = visitor.to(&format!("/v1{home}/comparison"));
    let page = Page::new(frame.lede(lede)).part(&cohort(again));
    Ok(rows(page, again).part(
        &SummaryList::default().row("The same comparison", Value::link(json, "Show as JSON")),
    ))
}

/// What made the cases comparable, and how far it was widened.
fn cohort(again: &ShownAgain) -> SummaryList {
    let shown = &again.shown;
    let steps = again
        .law
        .as_ref()
        .map(|law| &law.sentencing.comparison.steps);
    let keys = steps.and_then(|steps| steps.get(usize::from(shown.step)));
    let keys = keys.map_or_else(|| format!("step {}", shown.step), |keys| in_words(keys));
    let words = shown
        .cohort
        .iter()
        .map(|(column, word)| format!("{column}: {word}"));
    let rules = shown.policies.iter().map(ToString::to_string);
    SummaryList::default()
        .row("Comparable by", Value::text(keys))
        .row(
            "In this case",
            Value::text(words.collect::<Vec<_>>().join("; ")),
        )
        .row(
            "Under the rules",
            Value::text(rules.collect::<Vec<_>>().join(", ")),
        )
}

fn rows(page: Page, again: &ShownAgain) -> Page {
    let Some(law) = &again.law else {
        return page.text("The register no longer has the text of these rules, so the distribution cannot be shown again.");
    };
    let least = law.sentencing.comparison.least;
    if again.shown.decisions < u64::from(least) {
        return page.text(format!(
            "There were fewer than {least}: no distribution was shown."
        ));
    }
    page.part(&distribution(law, &again.counts))
}
