//! What criteria say of people.

use super::{criteria, criterion};
use crate::emergency::screening::{rehearse, screen};
use crate::emergency::{Asks, Attribute, Attributes, Effect, Outcome};
use crate::testing::samples::code;
use crate::values::{Code, Known};

/// A person of whom some things are known.
fn who(known: &[(&str, Attribute)]) -> Attributes {
    let value = |(name, value): &(&str, Attribute)| (code(name), Known::Value(value.clone()));
    known.iter().map(value).collect()
}

fn says(word: &str) -> Attribute {
    Attribute::Is(code(word))
}

/// A term of so many days, so many of them left, and what else is known.
fn serving(term: u32, left: u32, danger: &str, pregnant: &str) -> Attributes {
    who(&[
        ("term-days", Attribute::Counts(term)),
        ("days-left", Attribute::Counts(left)),
        ("danger", says(danger)),
        ("pregnant", says(pregnant)),
    ])
}

fn codes(names: &[&str]) -> Vec<Code> {
    names.iter().map(|name| code(name)).collect()
}

#[test]
fn whoever_meets_every_requirement_and_no_exclusion_is_eligible() {
    let eligible = serving(1826, 90, "no", "no");
    assert_eq!(screen(&criteria(), &eligible), Outcome::Eligible);
    let too_long = serving(1827, 91, "no", "no");
    let failing = codes(&["short-term", "near-the-end"]);
    assert_eq!(screen(&criteria(), &too_long), Outcome::Excluded(failing));
    let dangerous = serving(100, 10, "yes", "no");
    let failing = codes(&["dangerous"]);
    assert_eq!(screen(&criteria(), &dangerous), Outcome::Excluded(failing));
}

#[test]
fn a_criterion_that_protects_opens_a_way_of_its_own_but_no_way_past_an_exclusion() {
    let expecting = serving(3000, 2000, "no", "yes");
    assert_eq!(screen(&criteria(), &expecting), Outcome::Eligible);
    let dangerous = serving(3000, 2000, "yes", "yes");
    let failing = codes(&["dangerous"]);
    assert_eq!(screen(&criteria(), &dangerous), Outcome::Excluded(failing));
}

#[test]
fn what_is_not_known_neither_includes_nor_excludes() {
    let mut unasked = serving(100, 10, "no", "no");
    unasked.insert(code("danger"), Known::NotAsked);
    let open = Outcome::Unclear(codes(&["dangerous"]));
    assert_eq!(screen(&criteria(), &unasked), open);
    let nothing_known = Attributes::new();
    let all = ["dangerous", "short-term", "near-the-end", "expecting"];
    let open = Outcome::Unclear(codes(&all));
    assert_eq!(screen(&criteria(), &nothing_known), open);
    // Too long a term, and whether she is pregnant is not known: only that can still open a way.
    let mut declined = serving(3000, 2000, "no", "no");
    declined.insert(code("pregnant"), Known::Declined);
    let open = Outcome::Unclear(codes(&["expecting"]));
    assert_eq!(screen(&criteria(), &declined), open);
    // A number where a word is asked for says nothing.
    let mut wrong = serving(100, 10, "no", "no");
    wrong.insert(code("danger"), Known::Value(Attribute::Counts(1)));
    let open = Outcome::Unclear(codes(&["dangerous"]));
    assert_eq!(screen(&criteria(), &wrong), open);
}

#[test]
fn where_only_some_are_protected_nobody_else_is_eligible() {
    let elderly = [criterion(
        "elderly",
        "age",
        Asks::AtLeast(65),
        Effect::Protects,
    )];
    let aged = |age| who(&[("age", Attribute::Counts(age))]);
    assert_eq!(screen(&elderly, &aged(65)), Outcome::Eligible);
    let failing = Outcome::Excluded(codes(&["elderly"]));
    assert_eq!(screen(&elderly, &aged(64)), failing);
    let open = Outcome::Unclear(codes(&["elderly"]));
    assert_eq!(screen(&elderly, &Attributes::new()), open);
}

#[test]
fn ten_thousand_people_are_screened_at_once() {
    let criteria = criteria();
    let people = (0..10_000_u32).map(|n| serving(n % 3000, n % 365, "no", "no"));
    let eligible = people.filter(|p| screen(&criteria, p) == Outcome::Eligible);
    let by_hand = (0..10_000_u32).filter(|n| n % 3000 <= 1826 && n % 365 <= 90);
    assert_eq!(eligible.count(), by_hand.count());
}

/// EM-2
#[test]
fn a_rehearsal_counts_what_each_criterion_comes_to_as_a_screening_would() {
    let mut unasked = serving(100, 10, "no", "no");
    unasked.insert(code("danger"), Known::NotAsked);
    let people = [
        serving(1826, 90, "no", "no"),
        serving(1827, 91, "no", "no"),
        serving(100, 10, "yes", "no"),
        serving(3000, 2000, "no", "yes"),
        unasked,
    ];
    let tried = rehearse(&criteria(), people.iter().cloned());
    let all = (tried.people, tried.eligible, tried.excluded, tried.unclear);
    assert_eq!(all, (5, 2, 2, 1));
    let of = |name: &str| {
        let named = tried
            .criteria
            .iter()
            .find(|tried| tried.criterion.code == code(name));
        let of = named.unwrap();
        (
            of.met,
            of.not_met,
            of.unknown,
            of.excluded_by,
            of.unclear_by,
        )
    };
    assert_eq!(of("short-term"), (3, 2, 0, 1, 0));
    assert_eq!(of("near-the-end"), (3, 2, 0, 1, 0));
    assert_eq!(of("dangerous"), (1, 3, 1, 1, 1));
    for (person, outcome) in people
        .iter()
        .map(|person| (person, screen(&criteria(), person)))
    {
        let alone = rehearse(&criteria(), [person.clone()].into_iter());
        assert_eq!(alone.eligible == 1, outcome == Outcome::Eligible);
    }
    assert_eq!(rehearse(&[], std::iter::empty()).people, 0);
}
