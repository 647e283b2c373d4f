//! The children who depend on a person (Bangkok Rule 3): asked one by one, each answer also as declined.

use domain::childhood::ChildNoted;
use domain::jurisdiction::Pack;
use domain::person::Registered;
use domain::values::{Answer, Code, Known};

use crate::pages::components::{Choice, Field, SummaryList, Tone, Value};
use crate::pages::page::Typed;
use crate::pages::record::Errors;
use crate::pages::sentence;

/// How many children more than are known the form asks about; whoever has more records again.
const MORE: usize = 3;

/// Adds what is recorded of each child to the facts about a person; a special category.
pub(super) fn told(
    list: SummaryList,
    known: &Registered,
    law: &Pack,
    sees_special: bool,
) -> SummaryList {
    known
        .children
        .iter()
        .zip(1_u32..)
        .fold(list, |list, (child, no)| {
            let value = if sees_special {
                of_child(child, law)
            } else {
                Value::text(sentence::WITHHELD)
            };
            list.row(format!("Child {no}"), value)
        })
}

/// What is recorded of a child, and whether nobody cares for it.
pub(in crate::pages) fn of_child(child: &ChildNoted, law: &Pack) -> Value {
    let age = said("age", &child.age, |age| match age {
        0 => "under one year".to_owned(),
        1 => "1 year".to_owned(),
        years => format!("{years} years"),
    });
    let placement = said("placement", &child.placement, |code| {
        law.titled("custody.placements", code.as_str()).to_owned()
    });
    let mut told = vec![Value::text(format!("{age}; {placement}"))];
    told.push(match child.cared_for {
        Known::Value(Answer::No) => Value::tag("nobody cares for the child", Tone::Grave),
        Known::Value(Answer::Yes) => Value::text("somebody cares for the child"),
        Known::NotRecorded | Known::NotAsked | Known::Declined => Value::text(said(
            "whether somebody cares for the child",
            &child.cared_for,
            |_| String::new(),
        )),
    });
    Value::Many(told)
}

fn said<T>(what: &str, known: &Known<T>, words: impl Fn(&T) -> String) -> String {
    match known {
        Known::Value(value) => words(value),
        Known::NotRecorded => format!("{what} not recorded"),
        Known::NotAsked => format!("{what} not asked"),
        Known::Declined => format!("{what}: declined to say"),
    }
}

/// What stands of each child, as if it had been typed.
pub(super) fn standing(known: &Registered, typed: &mut Typed) {
    for (child, no) in known.children.iter().zip(1_u32..) {
        let fields = [
            (format!("age_{no}"), word(&child.age, ToString::to_string)),
            (
                format!("placement_{no}"),
                word(&child.placement, ToString::to_string),
            ),
            (
                format!("carer_{no}"),
                word(&child.cared_for, |answer| match answer {
                    Answer::Yes => "yes".to_owned(),
                    Answer::No => "no".to_owned(),
                }),
            ),
        ];
        for (name, word) in fields {
            if let Some(word) = word {
                typed.add(&name, &word);
            }
        }
    }
}

fn word<T>(known: &Known<T>, words: impl Fn(&T) -> String) -> Option<String> {
    match known {
        Known::Value(value) => Some(words(value)),
        Known::NotAsked => Some("?not-asked".to_owned()),
        Known::Declined => Some("?declined".to_owned()),
        Known::NotRecorded => None,
    }
}

/// What is asked of each child: those who are known, and some more.
pub(super) fn fields(known: &Registered, law: &Pack, typed: &Typed) -> Vec<Field> {
    let asked = known.children.len().saturating_add(MORE);
    (1..=asked)
        .flat_map(|no| {
            let age = typed.get(&format!("age_{no}")).unwrap_or_default();
            let age = match age {
                "?not-asked" => "not asked",
                "?declined" => "declined",
                years => years,
            };
            let placements = law.custody.placements.iter();
            let placements = placements.map(|p| (p.code.to_string(), p.title.clone()));
            let answers = [("yes", "Yes"), ("no", "No")];
            let answers = answers.map(|(code, title)| (code.to_owned(), title.to_owned()));
            [
                Field::reference(format!("age_{no}"), format!("Child {no}: age"), age)
                    .hint("In completed years, not asked, or declined.")
                    .optional(),
                choice(
                    typed,
                    format!("placement_{no}"),
                    format!("Child {no}: where the child lives"),
                    placements,
                ),
                choice(
                    typed,
                    format!("carer_{no}"),
                    format!("Child {no}: whether somebody cares for the child"),
                    answers,
                ),
            ]
        })
        .collect()
}

fn choice(
    typed: &Typed,
    name: String,
    label: String,
    values: impl IntoIterator<Item = (String, String)>,
) -> Field {
    let absent = [
        ("?not-asked", "Not asked"),
        ("?declined", "Declined to answer"),
    ];
    let absent = absent.map(|(code, title)| (code.to_owned(), title.to_owned()));
    let chosen = typed.get(&name).unwrap_or_default();
    let choices = std::iter::once((String::new(), "Not recorded".to_owned()))
        .chain(values)
        .chain(absent)
        .map(|(value, title)| {
            let is_chosen = value == chosen;
            Choice::new(value, title).chosen_if(is_chosen)
        });
    let choices = choices.collect();
    Field::select(name, label, choices)
}

/// The children that were told of; one of whom nothing is told is none.
pub(super) fn read(known: &Registered, typed: &Typed, errors: &mut Errors) -> Vec<ChildNoted> {
    let asked = known.children.len().saturating_add(MORE);
    let mut children = Vec::new();
    for no in 1..=asked {
        let child = ChildNoted {
            age: age(typed, &format!("age_{no}"), errors),
            placement: answered(typed.get(&format!("placement_{no}")), |text| {
                Code::parse(text).ok()
            }),
            cared_for: answered(typed.get(&format!("carer_{no}")), |text| match text {
                "yes" => Some(Answer::Yes),
                "no" => Some(Answer::No),
                _ => None,
            }),
            // Words about a child are sealed; what was said before stays as it was.
            details: known
                .children
                .get(no.saturating_sub(1))
                .and_then(|child| child.details.clone()),
        };
        if child != ChildNoted::default() {
            children.push(child);
        }
    }
    children
}

fn age(typed: &Typed, name: &str, errors: &mut Errors) -> Known<u16> {
    match typed.get(name) {
        None => Known::NotRecorded,
        Some("not asked") => Known::NotAsked,
        Some("declined") => Known::Declined,
        Some(text) => {
            if let Ok(years) = text.parse() {
                return Known::Value(years);
            }
            errors.say(name, "Give the completed years, not asked, or declined");
            Known::NotRecorded
        }
    }
}

fn answered<T>(text: Option<&str>, read: impl Fn(&str) -> Option<T>) -> Known<T> {
    match text {
        None => Known::NotRecorded,
        Some("?not-asked") => Known::NotAsked,
        Some("?declined") => Known::Declined,
        Some(text) => read(text).map_or(Known::NotRecorded, Known::Value),
    }
}
