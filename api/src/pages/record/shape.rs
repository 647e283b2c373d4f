//! How many counts and parts the form has, and what each field is called: the first part's fields have plain names,
//! those of others name their count and part.

use std::collections::BTreeMap;

use domain::jurisdiction::Pack;
use domain::sentence::{Decision, SanctionKind};
use domain::values::{ComponentNo, CountNo};

use super::read::offered;
use crate::pages::page::Typed;

/// The most counts and parts of a count that a form has room for.
const MOST: usize = 9;

/// One part of a count, both from 1: what becomes a component of the decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) count: usize,
    pub(super) part: usize,
}

impl Place {
    pub(super) const FIRST: Self = Self { count: 1, part: 1 };

    /// What a field of this part is called.
    pub(super) fn name(self, field: &str) -> String {
        if self == Self::FIRST {
            field.to_owned()
        } else {
            format!("{field}_{}_{}", self.count, self.part)
        }
    }

    /// The word by which other parts refer to it.
    pub(super) fn word(self) -> String {
        format!("{}.{}", self.count, self.part)
    }

    /// The place of a word.
    pub(super) fn named(word: &str) -> Option<Self> {
        let (count, part) = word.split_once('.')?;
        Some(Self {
            count: count.parse().ok()?,
            part: part.parse().ok()?,
        })
    }
}

/// What a field of a count is called.
pub(super) fn of_count(field: &str, count: usize) -> String {
    if count == 1 {
        field.to_owned()
    } else {
        format!("{field}_{count}")
    }
}

/// How many parts each count of the form has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shape(Vec<usize>);

impl Shape {
    /// The shape that a form says it has, grown by what its button asked for.
    pub(super) fn of(typed: &Typed) -> Self {
        let number = |name: &str| {
            let number = typed.get(name).and_then(|text| text.parse().ok());
            number.unwrap_or(1_usize).clamp(1, MOST)
        };
        let counts = 1..=number("counts");
        let mut parts: Vec<usize> = counts.map(|n| number(&of_count("parts", n))).collect();
        match typed.get("act") {
            Some("add-count") => parts.push(1),
            Some(act) => {
                let grown = act.strip_prefix("add-part-").and_then(|n| n.parse().ok());
                let grown = grown.and_then(|n: usize| parts.get_mut(n.checked_sub(1)?));
                if let Some(parts) = grown {
                    *parts = parts.saturating_add(1).min(MOST);
                }
            }
            None => {}
        }
        parts.truncate(MOST);
        Self(parts)
    }

    /// The shape of a decision.
    pub(super) fn standing(decision: &Decision) -> Self {
        let parts = decision.counts.iter().map(|c| c.components.len().max(1));
        Self(parts.collect())
    }

    /// The counts, from 1.
    pub(super) fn counts(&self) -> std::ops::RangeInclusive<usize> {
        1..=self.0.len()
    }

    /// The parts of a count.
    pub(super) fn parts(&self, count: usize) -> impl Iterator<Item = Place> + use<> {
        let parts = count.checked_sub(1).and_then(|at| self.0.get(at).copied());
        (1..=parts.unwrap_or(0)).map(move |part| Place { count, part })
    }

    /// Every part.
    pub(super) fn places(&self) -> impl Iterator<Item = Place> + '_ {
        self.counts().flat_map(|count| self.parts(count))
    }

    /// Whether the button asked for more room.
    pub(super) fn is_growing(typed: &Typed) -> bool {
        typed
            .get("act")
            .is_some_and(|act| act == "add-count" || act.starts_with("add-part-"))
    }

    /// The numbers by which the form says its shape.
    pub(super) fn carried(&self) -> Vec<(String, String)> {
        let counts = ("counts".to_owned(), self.0.len().to_string());
        let parts = self.0.iter().zip(1..);
        let parts = parts.map(|(parts, n)| (of_count("parts", n), parts.to_string()));
        std::iter::once(counts).chain(parts).collect()
    }

    /// What is imposed in each part, as far as it is chosen: other disposals ask other things.
    pub(super) fn kinds(&self, typed: &Typed, law: &Pack) -> Vec<(Place, SanctionKind)> {
        self.places()
            .filter_map(|place| Some((place, kind(typed, law, place)?)))
            .collect()
    }
}

/// Where the counts and components of a decision stand on the form that it was read from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Placed {
    counts: BTreeMap<usize, CountNo>,
    parts: BTreeMap<Place, ComponentNo>,
}

impl Placed {
    /// Follows the form as its reading does: counts and parts that are empty become nothing.
    pub(super) fn of(typed: &Typed, law: &Pack, shape: &Shape, decision: &Decision) -> Self {
        let mut placed = Self::default();
        let present = shape.counts().filter(|n| is_count(typed, *n));
        for (n, count) in present.zip(&decision.counts) {
            placed.counts.insert(n, count.no);
            let parts = shape.parts(n).filter(|p| kind(typed, law, *p).is_some());
            let parts = parts.zip(&count.components);
            placed.parts.extend(parts.map(|(place, c)| (place, c.no)));
        }
        placed
    }

    /// The count that a count of the form becomes.
    pub(super) fn count(&self, n: usize) -> Option<CountNo> {
        self.counts.get(&n).copied()
    }

    /// The component that a part becomes.
    pub(super) fn component(&self, place: Place) -> Option<ComponentNo> {
        self.parts.get(&place).copied()
    }

    /// Where a component stands.
    pub(super) fn place(&self, no: ComponentNo) -> Option<Place> {
        let mut parts = self.parts.iter();
        parts.find(|(_, at)| **at == no).map(|(place, _)| *place)
    }

    /// Where a count stands.
    pub(super) fn at(&self, no: CountNo) -> Option<usize> {
        let mut counts = self.counts.iter();
        counts.find(|(_, at)| **at == no).map(|(n, _)| *n)
    }
}

/// Whether a count is there: the first always is, another when it has an offence.
pub(super) fn is_count(typed: &Typed, count: usize) -> bool {
    count == 1 || typed.get(&of_count("offence", count)).is_some()
}

/// The disposal chosen in a part.
pub(super) fn kind(typed: &Typed, law: &Pack, place: Place) -> Option<SanctionKind> {
    let name = place.name("disposal");
    let word = typed.get(&name)?;
    let mut known = offered(law).into_iter().chain(SanctionKind::ALL);
    known.find(|kind| kind.word() == word)
}

/// The disposals for which a form has asked.
pub(super) fn asked(kinds: &[(Place, SanctionKind)]) -> String {
    let said = kinds
        .iter()
        .map(|(place, kind)| format!("{} {}", place.word(), kind.word()));
    said.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_part_has_plain_names_and_the_others_say_where_they_stand() {
        let second = Place { count: 2, part: 1 };
        assert_eq!(Place::FIRST.name("amount"), "amount");
        assert_eq!(second.name("amount"), "amount_2_1");
        assert_eq!(of_count("offence", 2), "offence_2");
        assert_eq!(Place::named(&second.word()), Some(second));
    }

    #[test]
    fn a_form_grows_by_a_count_or_a_part_and_says_so_in_what_it_carries() {
        let typed = Typed::of(&[("counts", "2"), ("parts_2", "2"), ("act", "add-part-2")]);
        let shape = Shape::of(&typed);
        assert_eq!(shape.places().count(), 4);
        let carried = shape.carried();
        assert!(carried.contains(&("parts_2".to_owned(), "3".to_owned())));
        let grown = Shape::of(&typed.with("act", "add-count"));
        assert_eq!(grown.counts(), 1..=3);
    }

    #[test]
    fn a_form_says_no_more_counts_than_it_has_room_for() {
        let shape = Shape::of(&Typed::of(&[("counts", "4000000000"), ("parts", "-1")]));
        assert_eq!(shape.counts(), 1..=MOST);
    }
}
