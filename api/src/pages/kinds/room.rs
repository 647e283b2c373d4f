//! How much room a form has: for how many of several things, and whether something large that may be left out is asked.

use super::ask::{Asking, MOST, asked_as, joined};
use super::shape::{Part, Shape};
use crate::pages::register::sentence_case;

/// How many of several things are asked at once, where there has to be one of it; of what belongs to something else, and
/// of what may be left out, one.
const AT_ONCE: usize = 3;
/// What two people do, each for themselves, has room for both of them from the start (EM-3).
const CHECKED_BY_TWO: [&str; 1] = ["identity"];
/// From so many parts on, what may be left out is asked only once somebody wants to say it.
const LARGE: usize = 6;

/// Room that a form has for several things, or for something that may be left out.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Room {
    /// The name of the part.
    name: String,
    /// What it asks.
    label: String,
    /// How many it has room for.
    size: usize,
    /// Whether there are several of it.
    several: bool,
}

impl Room {
    /// The field under which a form carries it, and its value.
    pub(super) fn carried(&self) -> (String, String) {
        (format!("room.{}", self.name), self.size.to_string())
    }

    /// The button for more of it, as its value and its words; nothing where there is no more.
    pub(super) fn button(&self) -> Option<(String, String)> {
        let label = sentence_case(&self.label);
        let words = match (self.several, self.size) {
            (true, MOST..) | (false, 1..) => return None,
            (true, _) => format!("More room: {label}"),
            (false, _) => format!("Add: {label}"),
        };
        Some((format!("add-{}", self.name), words))
    }
}

impl Asking<'_> {
    /// Every room of a form, in its order.
    pub(super) fn rooms(&self, parts: &[Part], before: &str) -> Vec<Room> {
        let mut rooms = Vec::new();
        for part in parts {
            let name = asked_as(before, &part.name);
            self.rooms_of(
                &part.shape,
                &name,
                &part.label,
                part.is_required,
                &mut rooms,
            );
        }
        rooms
    }

    fn rooms_of(
        &self,
        shape: &Shape,
        name: &str,
        label: &str,
        is_required: bool,
        rooms: &mut Vec<Room>,
    ) {
        let room = |size: usize, several: bool| Room {
            name: name.to_owned(),
            label: label.to_owned(),
            size,
            several,
        };
        match shape {
            Shape::Record(parts) => {
                if self.is_folded(parts, name, is_required) {
                    rooms.push(room(0, false));
                    return;
                }
                if is_large(parts) && !is_required {
                    rooms.push(room(1, false));
                }
                rooms.extend(self.rooms(parts, name));
            }
            Shape::List(inner) => {
                if let Shape::Record(parts) = inner.as_ref() {
                    let size = self.room(name, is_required);
                    rooms.push(room(size, true));
                    for no in 0..size {
                        rooms.extend(self.rooms(parts, &joined(name, &no.to_string())));
                    }
                }
            }
            Shape::Choice(variants) => {
                for variant in variants {
                    if let Some(shape) = &variant.holds {
                        let below = joined(name, &variant.word);
                        self.rooms_of(shape, &below, &variant.title, true, rooms);
                    }
                }
            }
            Shape::Words
            | Shape::Code(_)
            | Shape::State
            | Shape::Day
            | Shape::Date
            | Shape::When
            | Shape::Length
            | Shape::Number
            | Shape::Id
            | Shape::Known(_)
            | Shape::Answers(_) => {}
        }
    }

    /// How many of several things are asked: as many as are filled in, as the form had room for, and one more where its
    /// button asked for it.
    pub(super) fn room(&self, name: &str, is_required: bool) -> usize {
        let mut filled = (0..MOST).filter(|no| self.is_typed(&joined(name, &no.to_string())));
        let filled = filled.next_back().map_or(0, |no| no.saturating_add(1));
        let first = match () {
            () if CHECKED_BY_TWO.contains(&name) => 2,
            () if is_required && !name.contains('.') => AT_ONCE,
            () => 1,
        };
        let more = usize::from(self.wants(name));
        let room = self.had(name).max(filled).max(first);
        room.saturating_add(more).min(MOST)
    }

    fn had(&self, name: &str) -> usize {
        let had = self.typed.get(&format!("room.{name}"));
        had.and_then(|had| had.parse().ok()).unwrap_or_default()
    }

    /// Whether a button asked for more of it.
    fn wants(&self, name: &str) -> bool {
        let act = self.typed.get("act");
        act.and_then(|act| act.strip_prefix("add-")) == Some(name)
    }

    /// Whether something large that may be left out is not asked yet.
    pub(super) fn is_folded(&self, parts: &[Part], name: &str, is_required: bool) -> bool {
        let asked = is_required || self.wants(name) || self.had(name) > 0 || self.is_typed(name);
        is_large(parts) && !asked && !self.open.contains(&name)
    }
}

fn is_large(parts: &[Part]) -> bool {
    parts.len() >= LARGE
}
