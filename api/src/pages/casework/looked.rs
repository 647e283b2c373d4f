//! Searching a list: choices that narrow it, and the way through its pages.

use serde::Serialize;

use crate::pages::components::{Choice, Pagination};
use crate::pages::page::Visitor;

/// A choice that leaves a list as it is, and those that narrow it.
pub(in crate::pages) fn any_of(
    chosen: &str,
    any: &str,
    all: impl IntoIterator<Item = (String, String)>,
) -> Vec<Choice> {
    let first = Choice::new("", any).chosen_if(chosen.is_empty());
    let rest = all.into_iter().map(|(value, label)| {
        let is_chosen = value == chosen;
        Choice::new(value, label).chosen_if(is_chosen)
    });
    std::iter::once(first).chain(rest).collect()
}

/// What narrows a list, if anything was typed.
pub(in crate::pages) fn narrowed(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// The way through the pages of a list; `search` is what its address says.
pub(in crate::pages) fn through(
    visitor: &Visitor,
    path: &str,
    search: &impl Serialize,
    (rows, (one, several)): (usize, (&str, &str)),
    next: Option<i64>,
) -> Pagination {
    let said = serde_urlencoded::to_string(search).unwrap_or_default();
    let said: Vec<(String, String)> = serde_urlencoded::from_str(&said).unwrap_or_default();
    let is_later = said.iter().any(|(name, _)| name == "before");
    let kept: Vec<_> = said
        .into_iter()
        .filter(|(name, _)| name != "before")
        .collect();
    let address = |before: Option<i64>| {
        let mut pairs = kept.clone();
        pairs.extend(before.map(|before| ("before".to_owned(), before.to_string())));
        let query = serde_urlencoded::to_string(&pairs).unwrap_or_default();
        let joint = if query.is_empty() { "" } else { "?" };
        visitor.to(&format!("{path}{joint}{query}"))
    };
    let all = if next.is_none() && !is_later {
        "All"
    } else {
        "The newest"
    };
    let shown = match (rows, is_later) {
        (0, _) => format!("No {one}"),
        (1, false) if next.is_none() => format!("The only {one}"),
        (rows, false) => format!("{all} {rows} {several}"),
        (1, true) => format!("1 earlier {one}"),
        (rows, true) => format!("{rows} earlier {several}"),
    };
    Pagination::newest_first(shown, is_later, next, address)
}
