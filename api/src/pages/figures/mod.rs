//! Figures: a sentence in words, then the picture, then the table behind it, with the numbers of the interface.

mod picture;

use axum::extract::{Path, RawQuery, State};
use axum::routing::get;
use infra::registry::Freshness;
use infra::views::{View, ViewName};

use super::components::{Details, Field, Filter, Inset, SummaryList, Value};
use super::numbers::{count, decimal};
use super::page::{Page, PageError, Visitor};
use crate::state::AppState;
use crate::v1::views::request;

/// The questions, and the figures that answer them.
pub(super) fn figures_routes() -> axum::Router<AppState> {
    axum::Router::new()
        .route("/figures", get(index))
        .route("/figures/{view}", get(show))
}

/// The index of questions.
async fn index(visitor: Visitor) -> Page {
    let questions = [
        ("disposals", "What do courts impose?"),
        (
            "proportionality",
            "Are graver offences answered more severely?",
        ),
        (
            "gender",
            "Are women and men treated alike among like cases?",
        ),
    ];
    let list = questions
        .into_iter()
        .fold(SummaryList::default(), |list, (word, question)| {
            let address = visitor.to(&format!("/figures/{word}"));
            list.row(question, Value::link(address, "Show the figures"))
        });
    Page::new(visitor.frame("Figures")).part(&list)
}

/// One view.
async fn show(
    State(app): State<AppState>,
    visitor: Visitor,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Page, PageError> {
    let asked: Vec<(String, String)> =
        serde_urlencoded::from_str(query.as_deref().unwrap_or_default()).unwrap_or_default();
    let request = request(&name, &asked).map_err(PageError)?;
    let view = app
        .registry
        .view(&visitor.call, &request, visitor.as_of, Freshness::AsFiled)
        .await?;
    let header = view.header();
    let frame = visitor.frame(&header.title).lede(picture::finding(&view));
    let mut page = Page::new(frame).part(&filter(&visitor, request.view, &asked));
    if let View::Proportionality(_) = &view
        && let Some(gravity) = &header.policies.gravity
        && let Some(why) = gravity.undefined
    {
        let text = format!(
            "There is {why} in force: offences are not ranked here, because gravity is never made from sentences."
        );
        page = page.part(&Inset { text, source: None });
    }
    page = picture::figures(page, &view);
    Ok(foot(page, &view, &name, query.as_deref()))
}

/// What limits the figures, and where the same numbers are for machines.
fn foot(page: Page, view: &View, name: &str, query: Option<&str>) -> Page {
    let header = view.header();
    let silent = &header.sex_not_recorded;
    let mut said = format!(
        "Sex is not recorded in {} of {} decisions.",
        count(silent.not_recorded),
        count(silent.n)
    );
    let years: Vec<String> = header
        .sex_not_recorded_by_year
        .iter()
        .filter_map(|year| {
            let share = year.share.per_100.value?;
            Some(format!("{} {}%", year.year.title, decimal(share, 1)))
        })
        .collect();
    if !years.is_empty() {
        said.push_str(&format!(" By year: {}.", years.join(", ")));
    }
    let read_with = Details {
        summary: "How to read these figures".to_owned(),
        paragraphs: header.statements.iter().map(|s| s.text.clone()).collect(),
    };
    let address = format!("/v1/views/{name}?{}", query.unwrap_or_default());
    let links = SummaryList::default()
        .row("Counted", Value::text(&header.population))
        .row("Rules", Value::text(header.policies.rules.join(", ")))
        .row("The same numbers", Value::link(address, "as JSON"));
    page.text(said).part(&read_with).part(&links)
}

fn filter(visitor: &Visitor, view: ViewName, asked: &[(String, String)]) -> Filter {
    let of = |name: &str| {
        let found = asked.iter().find(|(n, _)| n == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let carried = asked
        .iter()
        .filter(|(name, _)| name == "as_of" || name == "jurisdiction" || name == "quantile")
        .cloned()
        .collect();
    let address = format!("/figures/{view}");
    Filter {
        fields: vec![
            Field::reference("by", "Grouped by", of("by"))
                .hint("Columns with commas between, for example category,court")
                .optional(),
            Field::reference("where", "Only where", of("where"))
                .hint("For example category=violent or sex!=not_recorded")
                .optional(),
            Field::reference("scale", "Severity scale", of("scale")).optional(),
        ],
        submit: "Show".to_owned(),
        applied: Vec::new(),
        clear: visitor.to(&address),
        action: address,
        carried,
    }
}
