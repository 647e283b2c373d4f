//! What do courts impose?

use infra::views::Disposals;
use infra::views::disposals::DisposalGroup;

use super::parts::{Context, Received, custody, most_frequent, shares};
use crate::pages::page::Page;

fn received(group: &DisposalGroup) -> Received<'_> {
    Received {
        key: &group.key,
        n: group.n,
        disposals: &group.disposals,
    }
}

pub(super) fn finding(view: &Disposals) -> String {
    most_frequent(&received(&view.total))
}

pub(super) fn figures(page: Page, context: &Context<'_>, view: &Disposals) -> Page {
    let rows: Vec<Received<'_>> = view.groups.iter().map(received).collect();
    let rates = view
        .groups
        .iter()
        .map(|group| (group.key.as_slice(), &group.custody));
    let rates: Vec<_> = rates.collect();
    page.heading("What each group received")
        .part(&shares(
            context,
            ("shares", "Disposals of each group"),
            &view.columns,
            &rows,
            &received(&view.total),
        ))
        .heading("How many received immediate custody")
        .part(&custody(&view.columns, &rates, &view.total.custody))
}
