//! Every part with every sample on one page, and one complete page: what the tests look at, and
//! what a reader of the code can open in a browser. Nothing here is served.

mod charts;
mod forms;
mod lists;
mod page;
mod pictures;

use askama::Template;

use super::components::{
    AsOf, Details, ErrorSummary, Exit, Figure, Filter, Form, Frame, History, Identity, Inset, Link,
    Moment, Pagination, Panel, Progress, Proof, Sheet, SummaryList, Table, Tag, TaskList, Tone,
    Warning, Worklist,
};

pub use page::sample_page;

#[derive(Template)]
#[template(path = "gallery.html")]
struct Gallery {
    frame: Frame,
    errors: ErrorSummary,
    figures: Vec<Figure>,
    progress: Vec<Progress>,
    forms: Vec<Form>,
    filter: Filter,
    summary: SummaryList,
    tables: Vec<Table>,
    histories: Vec<History>,
    worklists: Vec<Worklist>,
    tasks: TaskList,
    tags: Vec<Tag>,
    proofs: Vec<Proof>,
    insets: Vec<Inset>,
    warning: Warning,
    details: Details,
    pages: Vec<Pagination>,
    panel: Panel,
    sheet: Sheet,
}

/// The gallery, in the present or as a past view.
#[doc(hidden)]
pub fn gallery(is_past: bool) -> askama::Result<String> {
    let form = forms::refused();
    let frame = frame("Every part of a page", is_past)
        .kicker("Gallery")
        .refused(true);
    let closed = Form::new(
        "/x",
        AsOf::past(moment(), 41_220, "/x", "/x").guard(forms::guard()),
        "Record",
    );
    Gallery {
        errors: form.summary(),
        frame,
        figures: charts::figures(),
        progress: lists::progress(),
        forms: vec![form, closed],
        filter: forms::filter(),
        summary: lists::summary(),
        tables: lists::tables(),
        histories: vec![lists::history(), History { events: Vec::new(), empty: "Nothing has happened yet.".into() }],
        worklists: lists::worklists(),
        tasks: lists::tasks(),
        tags: [("Proposed", Tone::Plain), ("In force", Tone::Good), ("Due today", Tone::Attention), ("In breach", Tone::Grave)]
            .map(|(word, tone)| Tag::new(word, tone))
            .to_vec(),
        proofs: lists::proofs(),
        insets: lists::insets(),
        warning: Warning { text: "Imposing is final. What is wrong afterwards is corrected, varied or quashed, and stays in the history.".into() },
        details: Details {
            summary: "What is a standardised difference?".into(),
            paragraphs: vec!["The difference there would be if women and men had been sentenced for the same mix of offences.".into()],
        },
        pages: lists::pagination(),
        panel: lists::panel(),
        sheet: lists::sheet(),
    }
    .render()
}

fn moment() -> Moment {
    Moment::new("2026-03-03T14:02:00Z", "3 March 2026, 14:02")
}

fn frame(title: &str, is_past: bool) -> Frame {
    let path = "/orders/8f2c";
    let as_of = if is_past {
        AsOf::past(
            Moment::new("2026-01-14T09:00:00Z", "14 January 2026, 09:00"),
            41_220,
            path,
            path,
        )
    } else {
        AsOf::now(moment(), 69_527, path)
    };
    let identity = Identity {
        name: "Ines Okafor".into(),
        acting: "Probation officer, Northmoor office".into(),
        exit: Exit::Switch {
            href: "/identities".into(),
        },
    };
    Frame::new(
        title,
        "Register of Northmoor",
        as_of.keeping(vec![("tab".into(), "hours".into())]),
    )
    .identity(identity)
    .navigation(vec![
        Link::new("/worklist", "My worklist"),
        Link::new("/orders", "Orders").current(),
        Link::new("/sentences", "Sentences"),
        Link::new("/figures", "Figures"),
    ])
    .search("/search", "Find a case or person", "")
    .help("/help/order")
    .reference("NM-2026-00114")
}

#[cfg(test)]
mod tests;
