//! What changed in a figure between two moments, and which decisions did it.

use askama::Template;
use axum::extract::{Path, State};
use infra::facts::Became;
use infra::registry::Freshness;
use infra::views::Between;
use infra::views::between::ChangedDecision;

use super::asked::Asked;
use super::{question, spoken};
use crate::cli::view::{differences, read};
use crate::pages::components::{Column, Link, Table, Tone, Value};
use crate::pages::numbers::count;
use crate::pages::page::{Page, PageError, Visitor};
use crate::pages::query::Open;
use crate::pages::register::{decided, sentence_case, short, tone};
use crate::state::AppState;
use crate::v1::views::two_moments;

/// So many figures that differ are shown; JSON holds all.
const FIGURES: usize = 40;
/// So many decisions are listed; JSON names more.
const DECISIONS: usize = 25;

/// The two moments.
#[derive(Template)]
#[template(path = "figures/between.html")]
struct Moments {
    action: String,
    carried: Vec<(String, String)>,
    from: String,
    to: String,
}

/// A view at two moments; without an earlier one, the form that asks for it.
pub(super) async fn get(
    State(app): State<AppState>,
    open: Open,
    visitor: Visitor,
    Path(name): Path<String>,
) -> Result<Page, PageError> {
    let typed: Vec<(String, String)> = serde_urlencoded::from_str(open.sent()).unwrap_or_default();
    let (mut moments, kept): (Vec<_>, Vec<_>) = typed
        .into_iter()
        .partition(|(name, _)| name == "from" || name == "to");
    let kept = serde_urlencoded::to_string(kept).unwrap_or_default();
    let asked = Asked::read(&visitor, &name, Some(&kept)).map_err(PageError)?;
    let request = asked.request().map_err(PageError)?;
    let told = |name: &str| {
        let found = moments.iter().find(|(n, _)| n == name);
        found.map_or_else(String::new, |(_, value)| value.trim().to_owned())
    };
    let (from, to) = (told("from"), told("to"));
    let ask = Moments {
        action: format!("/figures/{}/between", asked.view),
        carried: asked.all(),
        from: from.clone(),
        to: to.clone(),
    };
    let frame = visitor
        .frame(format!("What changed: {}", question(asked.view).0))
        .kicker("Figures")
        .trail(vec![
            Link::new(visitor.to("/figures"), "Figures"),
            Link::new(asked.page(), question(asked.view).0),
            Link::new(
                asked.at(&format!("/figures/{}/between", asked.view)),
                "What changed",
            )
            .current(),
        ]);
    if from.is_empty() {
        let said = "Name an earlier moment. This page then tells which figures are different, and which decisions did it.";
        return Ok(Page::new(frame.lede(said)).part(&ask));
    }
    if to.is_empty()
        && let Some((_, moment)) = asked.moment()
    {
        moments.retain(|(name, _)| name == "from");
        moments.push(("to".to_owned(), moment));
    }
    let moments = two_moments(&app, &moments).await.map_err(PageError)?;
    let found = app
        .registry
        .view_between(&visitor.call, &request, moments, Freshness::AsFiled)
        .await?;
    let page = Page::new(frame.lede(crate::cli::view::sentence(&found))).part(&ask);
    Ok(told_in(page, &visitor, &found))
}

fn told_in(page: Page, visitor: &Visitor, found: &Between) -> Page {
    let said = |view| spoken(view).unwrap_or_else(|| "Nothing was counted.".to_owned());
    let page = page
        .heading(format!("Then: {}", moment(found.from.instant.to_string())))
        .text(said(&found.before))
        .heading(format!("Later: {}", moment(found.to.instant.to_string())))
        .text(said(&found.after))
        .heading("The figures that differ")
        .part(&figures(found))
        .heading("The decisions that made the difference");
    match &found.changed.decisions {
        Some(decisions) => page.part(&changed(visitor, decisions, found.changed.all())),
        None => page.text("Which decisions they are is open to those who may read the register."),
    }
}

fn changed(visitor: &Visitor, decisions: &[ChangedDecision], all: u64) -> Table {
    let columns = [
        "Sentence",
        "What became of it",
        "Decision",
        "Decided",
        "State",
        "Entries",
    ];
    let shown = decisions.iter().take(DECISIONS);
    let caption = format!(
        "{} of {}, the last changed first",
        count(u64::try_from(shown.len()).unwrap_or_default()),
        count(all)
    );
    let table = Table::new(caption, columns.map(Column::text).to_vec())
        .empty("No decision made a difference.");
    shown.fold(table, |table, decision| {
        let became = match decision.became {
            Became::Added => Value::tag("Came in", Tone::Plain),
            Became::Revised => Value::tag("Revised", Tone::Attention),
            Became::Left => Value::tag("No longer counted", Tone::Attention),
        };
        let address = visitor.to(&format!("/sentences/{}", decision.sentence));
        let entries: Vec<String> = decision.entries.iter().map(|entry| count(*entry)).collect();
        table.row(vec![
            Value::link(address, short(&decision.sentence)),
            became,
            Value::text(sentence_case(&decision.summary)),
            decided(decision.decided.as_deref()),
            Value::tag(sentence_case(&decision.state), tone(&decision.state)),
            Value::text(entries.join(", ")),
        ])
    })
}

fn figures(found: &Between) -> Table {
    let differences = differences(found);
    let caption = match differences.len() {
        n if n > FIGURES => format!("The first {FIGURES} of {n} figures that differ"),
        _ => "Figures that differ".to_owned(),
    };
    let columns = vec![
        Column::text("Figure"),
        Column::number("Then"),
        Column::number("Later"),
    ];
    let table = Table::new(caption, columns).empty("No figure differs.");
    differences
        .iter()
        .take(FIGURES)
        .fold(table, |table, difference| {
            table.row(vec![
                Value::text(sentence_case(&difference.named())),
                Value::text(read(&difference.before)),
                Value::text(read(&difference.after)),
            ])
        })
}

/// An instant as people read it.
fn moment(instant: String) -> String {
    let day = instant.split('T').next().unwrap_or_default().parse();
    day.map_or(instant, crate::pages::page::day_in_words)
}
