//! What an emergency came to. Rights that are cut stand on the page as loudly as releases.

use axum::extract::Path;
use infra::access::{Action, allow};
use infra::registry::EmergencyCohort;
use serde::Deserialize;

use super::{held, home, stages, trail};
use crate::pages::components::{Details, Panel, Proof, SummaryList, Value, Warning};
use crate::pages::numbers::count;
use crate::pages::page::{Page, PageError, Visitor};
use crate::pages::query::Query;
use crate::pages::register;

/// What led to the page: a screening.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Led {
    /// Of how many people something new was recorded.
    recorded: Option<u64>,
    /// The first entry in which it was.
    entry: Option<u64>,
    /// How many are held whose record is sealed to the visitor.
    sealed: Option<u64>,
}

/// How the numbers are to be read.
const READ: [&str; 4] = [
    "What was announced is not what was done: each is counted apart, and none is computed from the other.",
    "Screening lists whom the published criteria let go. Somebody decides on each person, and two others check who it is.",
    "How many are held is counted at the end of a day from the stays in custody: who came counts, who left does not.",
    "Who came and who left stand beside it, because courts that work less change how many are held as releases do.",
];

/// The page.
pub(super) async fn get(
    Query(led): Query<Led>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Page, PageError> {
    let registry = &visitor.app.registry;
    let told = registry.cohort(&visitor.call, &id, visitor.as_of).await?;
    let mut frame = visitor
        .frame("Who left, and how many are held")
        .kicker("Emergency")
        .lede(stages::lede(&told))
        .trail(trail(&visitor, &id))
        .reference(register::short(&id));
    if may_screen(&visitor, &told) {
        let address = format!("{}/screening", home(&id));
        frame = frame.primary(address, "Screen everybody who is held");
    }
    let mut page = Page::new(frame);
    if !visitor.moment.past {
        page = confirmed(page, &id, &led);
    }
    page = page
        .heading("From the announcement to the return")
        .part(&stages::figure(&told));
    if told.still_recorded_as_held > 0 {
        page = page.part(&still_held(told.still_recorded_as_held));
    }
    page = page
        .heading("Rights that were cut")
        .part(&stages::rights(&visitor, &told))
        .heading("Why not")
        .part(&stages::criteria(&told));
    if !told.people.refused_on.is_empty() {
        page = page.part(&stages::refusals(&told));
    }
    Ok(page
        .heading("How many are held")
        .part(&held::figure(&told))
        .part(&held::by_place(&told))
        .part(&held::places(&told))
        .heading("About these numbers")
        .part(&Details {
            summary: "How to read them".to_owned(),
            paragraphs: READ.map(str::to_owned).into(),
        })
        .part(&about(&visitor, &id, &told)))
}

/// Whether the visitor may ask for a screening that would be let through.
fn may_screen(visitor: &Visitor, told: &EmergencyCohort) -> bool {
    let goes_on = told.ended.is_none() && !told.criteria.is_empty();
    goes_on && allow(&visitor.call, Action::ScreenInEmergency).is_ok()
}

fn still_held(people: usize) -> Warning {
    let people = count(u64::try_from(people).unwrap_or(u64::MAX));
    Warning {
        text: format!(
            "{people} who left in this emergency are still held by the record of custody: the end of their stay is to be \
             recorded, or their release was not carried out."
        ),
    }
}

/// What a screening that led here has recorded.
fn confirmed(page: Page, id: &str, led: &Led) -> Page {
    let Some(recorded) = led.recorded else {
        return page;
    };
    let sealed = led.sealed.filter(|sealed| *sealed > 0).map(|sealed| {
        format!(
            "{} more are held whose record is sealed to you; a judge or a clerk screens them.",
            count(sealed)
        )
    });
    let Some(entry) = led.entry else {
        let nothing = "Everybody who is held was looked at again: nothing new was recorded.";
        let page = page.text(nothing);
        return sealed.into_iter().fold(page, Page::text);
    };
    let said = format!("Something new was recorded of {} people.", count(recorded));
    let nobody = "Nothing is decided by that: somebody decides on each of them.";
    let next = [said, nobody.to_owned()].into_iter().chain(sealed);
    page.part(&Panel {
        title: "Everybody who is held was screened".to_owned(),
        reference: register::short(id),
        proof: Proof::Recorded {
            entry,
            href: format!("{}?as_of={entry}", home(id)),
        },
        next: next.collect(),
        links: Vec::new(),
    })
}

fn about(visitor: &Visitor, id: &str, told: &EmergencyCohort) -> SummaryList {
    let file = visitor.to(&format!("{}/cohort/csv", home(id)));
    let json = visitor.to(&format!("/v1/emergencies/{id}/cohort"));
    let numbers = vec![
        Value::link(file, "Download as CSV"),
        Value::link(json, "Show as JSON"),
    ];
    let list = SummaryList::default().row("Rules", Value::text(&told.law.title));
    let list = match told.moment.index {
        Some(entry) => {
            let lasting = format!("{}/cohort?as_of={entry}", home(id));
            let words = format!(
                "This page as of entry {}, whenever it is opened",
                count(entry)
            );
            list.row("Lasting address", Value::link(lasting, words))
        }
        None => list,
    };
    list.row("The same numbers", Value::Many(numbers))
}
