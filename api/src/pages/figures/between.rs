//! What changed in a figure between two moments, and which decisions did it.

use askama::Template;
use axum::extract::{Path, State};
use infra::facts::Became;
use infra::registry::Freshness;
use infra::views::Between;
use infra::views::between::ChangedDecision;

use super::asked::Asked;
use super::questions::Question;
use super::spoken;
use crate::cli::view::{Difference, differences, read};
use crate::pages::components::{Column, Link, Pagination, Table, Tone, Value};
use crate::pages::numbers::count;
use crate::pages::page::{Page, PageError, Visitor};
use crate::pages::query::{Open, one_of};
use crate::pages::register::{decided, sentence_case, short, tone};
use crate::pages::written;
use crate::state::AppState;
use crate::v1::views::two_moments;

/// So many figures that differ are shown before all are asked for.
const FIGURES: usize = 10;
/// So many decisions are; each is a card on a telephone.
const DECISIONS: usize = 5;
/// Asks for all of one list, by its name.
const ALL: &str = "all";
/// The names of the lists.
const LISTS: [&str; 2] = ["figures", "decisions"];

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
        .partition(|(name, _)| ["from", "to", ALL].contains(&name.as_str()));
    let kept = serde_urlencoded::to_string(kept).unwrap_or_default();
    let asked = Asked::read(&visitor, &name, Some(&kept)).map_err(PageError)?;
    let request = asked.request().map_err(PageError)?;
    let told = |name: &str| {
        let found = moments.iter().find(|(n, _)| n == name);
        found.map_or_else(String::new, |(_, value)| value.trim().to_owned())
    };
    let (from, to) = (told("from"), told("to"));
    let all = told(ALL);
    one_of(ALL, &all, &LISTS)?;
    moments.retain(|(name, _)| name != ALL);
    let read = |(name, value): (String, String)| (name, written::moment(&value));
    moments = moments.into_iter().map(read).collect();
    let ask = Moments {
        action: format!("/figures/{}/between", asked.view),
        carried: asked.all(),
        from: from.clone(),
        to: to.clone(),
    };
    let question = Question::Of(asked.view).words().0;
    let frame = visitor
        .frame(format!("What changed: {question}"))
        .kicker("Figures")
        .trail(vec![
            Link::new(visitor.to("/figures"), "Figures"),
            Link::new(asked.page(), question),
            Link::new(asked.at(&ask.action), "What changed").current(),
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
    let shown = Shown {
        visitor: &visitor,
        first: asked.between(&from, &to, None),
        every: LISTS.map(|list| asked.between(&from, &to, Some(list))),
        all,
    };
    Ok(shown.told_in(page, &found))
}

/// How much of what differs a page shows, and where the rest and the first of it stand.
struct Shown<'a> {
    visitor: &'a Visitor,
    first: String,
    every: [String; 2],
    /// Of which list all is shown.
    all: String,
}

impl Shown<'_> {
    fn told_in(&self, page: Page, found: &Between) -> Page {
        let said = |view| spoken(view).unwrap_or_else(|| "Nothing was counted.".to_owned());
        let page = page
            .heading(format!("Then: {}", moment(found.from.instant.to_string())))
            .text(said(&found.before))
            .heading(format!("Later: {}", moment(found.to.instant.to_string())))
            .text(said(&found.after))
            .heading("The figures that differ");
        let differences = differences(found);
        let page = self
            .cut(
                page.part(&self.figures(&differences)),
                differences.len(),
                ("figures", FIGURES),
            )
            .heading("The decisions that made the difference");
        match &found.changed.decisions {
            Some(decisions) => {
                let page = page.part(&self.changed(decisions, found.changed.all()));
                self.cut(page, decisions.len(), ("decisions", DECISIONS))
            }
            None => {
                page.text("Which decisions they are is open to those who may read the register.")
            }
        }
    }

    /// How many rows of a list are shown.
    fn rows(&self, list: &str, first: usize) -> usize {
        if self.all == list { usize::MAX } else { first }
    }

    /// The way to what a list leaves out, and back.
    fn cut(&self, page: Page, of: usize, (list, first): (&str, usize)) -> Page {
        if of <= first {
            return page;
        }
        let of = count(u64::try_from(of).unwrap_or_default());
        let is_all = self.all == list;
        let every = LISTS
            .iter()
            .zip(&self.every)
            .find(|(name, _)| **name == list);
        let every = every.map(|(_, every)| Link::new(every, format!("Show all {of} {list}")));
        page.part(&Pagination {
            shown: if is_all {
                format!("All {of} {list}")
            } else {
                format!("The first {first} of {of} {list}")
            },
            previous: is_all
                .then(|| Link::new(&self.first, format!("Show the first {first} only"))),
            next: every.filter(|_| !is_all),
        })
    }

    fn changed(&self, decisions: &[ChangedDecision], all: u64) -> Table {
        let columns = [
            "Sentence",
            "What became of it",
            "Decision",
            "Decided",
            "State",
            "Entries",
        ];
        let shown = decisions.iter().take(self.rows("decisions", DECISIONS));
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
            let address = self
                .visitor
                .to(&format!("/sentences/{}", decision.sentence));
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

    fn figures(&self, differences: &[Difference]) -> Table {
        let columns = vec![
            Column::text("Figure"),
            Column::number("Then"),
            Column::number("Later"),
        ];
        let table = Table::new("Figures that differ", columns)
            .quiet_caption()
            .empty("No figure differs.");
        differences
            .iter()
            .take(self.rows("figures", FIGURES))
            .fold(table, |table, difference| {
                table.row(vec![
                    Value::text(sentence_case(&difference.named())),
                    Value::text(read(&difference.before)),
                    Value::text(read(&difference.after)),
                ])
            })
    }
}

/// An instant as people read it.
fn moment(instant: String) -> String {
    let day = instant.split('T').next().unwrap_or_default().parse();
    day.map_or(instant, crate::pages::page::day_in_words)
}
