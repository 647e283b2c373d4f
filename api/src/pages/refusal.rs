//! A refusal as people read it on a page: dates as they are written, and codes of the rules by their words. Programs get the
//! same sentence with its codes, and each of them as a field.

use std::collections::BTreeSet;

use domain::jurisdiction::Pack;
use domain::values::{Day, Instant};

use super::page::{day_in_words, in_words};
use super::register::sentence_case;

/// What is said before a list of codes.
const CHOOSE: [&str; 2] = ["use one of ", "use "];

/// A sentence with its dates as people write them, and its first letter large.
pub(super) fn written(text: &str) -> String {
    sentence_case(&each_word(text, |word| {
        let day = word.parse::<Day>().map(|day| day_in_words(day.into()));
        let instant = || word.parse::<Instant>().map(in_words);
        day.ok().or_else(|| instant().ok())
    }))
}

/// The same with the codes of the rules by their words: those that no other word can be taken for, and those that are
/// listed to be chosen from.
pub(super) fn in_full(law: &Pack, text: &str) -> String {
    let said = each_word(text, |word| {
        let is_code = word.contains('-') || word.contains(|c: char| c.is_ascii_digit());
        title(law, word).filter(|_| is_code)
    });
    for choose in CHOOSE {
        if let Some((before, listed)) = said.rsplit_once(choose) {
            let (listed, rest) = listed.split_at(end_of(listed));
            let all = listed.split(", ");
            let titles: Vec<String> = all
                .map(|code| title(law, code).unwrap_or_else(|| code.to_owned()))
                .collect();
            return format!("{before}{choose}{}{rest}", titles.join(", "));
        }
    }
    said
}

/// Where a list of codes ends in a sentence: before its rule, or before what follows.
fn end_of(listed: &str) -> usize {
    [" (", ";", ". ", ": "]
        .iter()
        .filter_map(|end| listed.find(end))
        .min()
        .unwrap_or(listed.len())
}

/// The words for a code, where every list of the rules that has it says the same.
fn title(law: &Pack, code: &str) -> Option<String> {
    let all = law.lists.values().flatten();
    let titles: BTreeSet<&str> = all
        .filter(|coded| coded.code.as_str() == code)
        .map(|coded| coded.title.as_str())
        .collect();
    let mut titles = titles.into_iter();
    match (titles.next(), titles.next()) {
        (Some(only), None) => Some(format!("\u{201c}{only}\u{201d}")),
        (_, _) => None,
    }
}

/// A text in which some words are said otherwise.
fn each_word(text: &str, said: impl Fn(&str) -> Option<String>) -> String {
    let is_of_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '.');
    let mut whole = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_of_word) {
        let (before, from) = rest.split_at(start);
        let end = from.find(|c| !is_of_word(c)).unwrap_or(from.len());
        let (word, after) = from.split_at(end);
        let bare = word.trim_end_matches(['.', ':']);
        let (_, stop) = word.split_at(bare.len());
        whole.push_str(before);
        whole.push_str(&said(bare).unwrap_or_else(|| bare.to_owned()));
        whole.push_str(stop);
        rest = after;
    }
    whole.push_str(rest);
    whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::casework::midland;

    #[test]
    fn dates_stand_in_a_refusal_as_people_write_them() {
        assert_eq!(
            written(
                "2026-03-09 lies before the complaint was submitted on 2026-03-12: give a later date"
            ),
            "9 March 2026 lies before the complaint was submitted on 12 March 2026: give a later date"
        );
        assert_eq!(
            written("it was noted at 2026-03-09T10:00:00.000000Z."),
            "It was noted at 9 March 2026, 10:00 UTC."
        );
        assert_eq!(
            written("report to the court: 2026-10-01 has passed"),
            "Report to the court: 1 October 2026 has passed"
        );
        assert_eq!(
            written("the end on 2026-10-01: nothing more"),
            "The end on 1 October 2026: nothing more"
        );
        assert_eq!(written("12 of 40 hours"), "12 of 40 hours");
        assert_eq!(written("rule TR-3.7 of 2026/17"), "Rule TR-3.7 of 2026/17");
    }

    #[test]
    fn codes_of_the_rules_stand_in_a_refusal_by_their_words() {
        let law = midland();
        let said = in_full(
            &law,
            "who-knows is not in the list of outcomes of this jurisdiction: use one of upheld, not-upheld, settled (CO-4)",
        );
        assert!(said.starts_with("who-knows is not"), "{said}");
        assert!(said.ends_with(" (CO-4)"), "{said}");
        assert!(!said.contains("not-upheld"), "{said}");
        assert_eq!(
            in_full(&law, "leave it to somebody else"),
            "leave it to somebody else"
        );
    }
}
