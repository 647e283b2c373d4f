//! One complete page, composed as every page is: a community order.

use askama::Template;

use super::{forms, frame, lists};
use crate::pages::components::{Form, Frame, History, Link, Progress, SummaryList};

#[derive(Template)]
#[template(path = "gallery_page.html")]
struct OrderPage {
    frame: Frame,
    progress: Vec<Progress>,
    record: Form,
    facts: SummaryList,
    history: History,
}

/// A page as a probation officer sees it, in the present or as a past view.
#[doc(hidden)]
pub fn sample_page(is_past: bool) -> askama::Result<String> {
    let frame = frame("Rowan Ash", is_past)
        .kicker("Community order")
        .lede("In force since 12 January 2026. Two of three requirements are on course; unpaid work is 6 hours behind.")
        .trail(vec![Link::new("/worklist", "My worklist"), Link::new("/orders", "Orders"), Link::new("/orders/8f2c", "Rowan Ash").current()])
        .siblings(vec![
            Link::new("/orders/8f2c", "Progress").current(),
            Link::new("/orders/8f2c/appointments", "Appointments"),
            Link::new("/orders/8f2c/breach", "Breach"),
            Link::new("/sentences/51ab", "The sentence"),
        ]);
    sample_with(frame)
}

pub(super) fn sample_with(frame: Frame) -> askama::Result<String> {
    let guard = frame.as_of.guard(forms::guard());
    OrderPage {
        progress: lists::progress(),
        record: forms::attendance(guard),
        facts: lists::summary(),
        history: lists::history(),
        frame,
    }
    .render()
}
