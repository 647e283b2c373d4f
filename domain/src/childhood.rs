//! Whether a case is one of a child, and who works on it: what decides who may see it.
//!
//! A case is a child's when the person was, or may have been, younger than the law's majority at the time that the case
//! itself tells. What tells no age is as what it hangs on: an order as its sentence, a finding as the record that it is
//! about.
//!
//! A date of birth is sealed. While an act is decided on it is opened as a fact; what is recorded with the act is no more
//! than whether the person was a child ([`Minor`]).

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::act::Reference;
use crate::jurisdiction::Pack;
use crate::personal::PersonalText;
use crate::stream::{Goes, Listed};
use crate::values::{Answer, CivilDate, Code, CourtCode, Day, Known};

/// That somebody was a child, without the age in years.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Minor {
    /// When the offence was committed, and no longer now.
    AtOffence,
    /// Still now.
    Still,
}

/// A date of birth, opened for one decision. It is compared, and neither shown nor written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Born(Day);

impl fmt::Debug for Born {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Born(opened)")
    }
}

impl From<Day> for Born {
    fn from(day: Day) -> Self {
        Self(day)
    }
}

impl Born {
    /// The least age in completed years that the person can have had at a time.
    pub(crate) fn youngest(self, at: CivilDate) -> Option<u16> {
        at.earliest().map(|day| self.0.years_until(day))
    }

    /// The greatest age in completed years that the person can have had at a time.
    pub(crate) fn oldest(self, at: CivilDate) -> Option<u16> {
        at.latest().map(|day| self.0.years_until(day))
    }

    /// Whether the person was, or may have been, a child at a time.
    fn may_be_a_child(self, at: CivilDate, law: &Pack) -> bool {
        self.youngest(at).is_some_and(|age| age < law.ages.majority)
    }

    /// When the person was a child, of an act at a time that may be about offences of earlier times.
    pub(crate) fn minor(
        self,
        offences: impl IntoIterator<Item = CivilDate>,
        now: CivilDate,
        law: &Pack,
    ) -> Option<Minor> {
        let was = |at| self.may_be_a_child(at, law);
        if was(now) {
            return Some(Minor::Still);
        }
        offences.into_iter().any(was).then_some(Minor::AtOffence)
    }
}

/// Whether somebody is known to be or to have been a child, by the age that was told or by what is known without it.
pub(crate) fn is_child(age: Known<u16>, minor: Option<Minor>, law: &Pack) -> bool {
    minor.is_some() || Childhood::by_age(age, law) == Childhood::Child
}

/// Whether a case is one of a child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Childhood {
    /// The person was a child, or may have been.
    Child,
    /// It is as this one is.
    As(Parent),
    /// Nothing says so.
    Untold,
}

/// What a case hangs on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parent {
    /// The kind of stream.
    pub kind: String,
    /// Its id.
    pub id: String,
}

impl Childhood {
    /// By the age in completed years.
    pub fn by_age(age: Known<u16>, law: &Pack) -> Self {
        match age {
            Known::Value(years) if years < law.ages.majority => Self::Child,
            Known::Value(_) | Known::NotRecorded | Known::NotAsked | Known::Declined => {
                Self::Untold
            }
        }
    }

    /// By the age in completed years, or by what is known without it.
    pub fn told(age: Known<u16>, minor: Option<Minor>, law: &Pack) -> Self {
        match minor {
            Some(_) => Self::Child,
            None => Self::by_age(age, law),
        }
    }

    /// As a record of another stream is.
    pub fn of(kind: impl Into<String>, id: impl ToString) -> Self {
        Self::As(Parent {
            kind: kind.into(),
            id: id.to_string(),
        })
    }

    /// Where nothing was told, as what it refers to is.
    #[must_use]
    pub fn or_as(self, reference: Option<Reference>) -> Self {
        let (Self::Untold, Some(reference)) = (&self, reference) else {
            return self;
        };
        match reference {
            Reference::Sentence(id) => Self::of("sentence", id),
            Reference::Order(id) => Self::of("order", id),
            Reference::Pretrial(id) => Self::of("pretrial", id),
            Reference::Person(_) | Reference::Unheld(_) => self,
        }
    }
}

/// Who works on a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hand {
    /// Nobody any more: it is over.
    Nobody,
    /// The office that began it.
    Beginner,
    /// The court, office or facility that has it, and the office that began it.
    At(String),
    /// The authority that has it, the court that decides in it, and the office that began it.
    AtWithCourt {
        /// The authority, court or office.
        place: String,
        /// The court.
        court: String,
    },
}

impl Hand {
    /// Who works on what is listed so.
    pub fn of(listed: Option<Listed>) -> Self {
        match listed {
            Some(Listed {
                goes: Goes::On,
                place,
                ..
            }) => place.map_or(Self::Beginner, Self::At),
            Some(Listed {
                goes: Goes::Over, ..
            })
            | None => Self::Nobody,
        }
    }

    /// With the court that decides, where one is named and somebody works on it.
    #[must_use]
    pub fn with_court(self, court: Option<&CourtCode>) -> Self {
        match (self, court) {
            (Self::At(place), Some(court)) => Self::AtWithCourt {
                place,
                court: court.to_string(),
            },
            (hand, _) => hand,
        }
    }
}

/// A child who depends on somebody.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ChildNoted {
    /// Age in completed years.
    #[serde(skip_serializing_if = "Known::is_not_recorded")]
    pub age: Known<u16>,
    /// Where the child lives.
    #[serde(skip_serializing_if = "Known::is_not_recorded")]
    #[schemars(extend("x-list" = "custody.placements"))]
    pub placement: Known<Code>,
    /// Whether somebody cares for the child.
    #[serde(skip_serializing_if = "Known::is_not_recorded")]
    pub cared_for: Known<Answer>,
    /// The child's name, and who cares for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details: Option<PersonalText>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentence::{Sentence, SentenceEvent};
    use crate::stream::Stream;
    use crate::testing::samples::{self, code, decision, fine};
    use crate::values::{PretrialId, SentenceId};

    #[test]
    fn a_date_of_birth_says_when_somebody_was_a_child_and_shows_itself_to_nobody() {
        let law = samples::midland();
        let born = Born::from("2008-03-05".parse::<Day>().unwrap());
        let at = |text: &str| -> CivilDate { text.parse().unwrap() };
        let minor = |offence: &str, now| born.minor([at(offence)], at(now), &law);
        assert_eq!(minor("2026-01-01", "2026-03-04"), Some(Minor::Still));
        assert_eq!(minor("2026-03-04", "2026-03-05"), Some(Minor::AtOffence));
        assert_eq!(minor("2026-03-05", "2026-03-05"), None);
        // Whoever may have been a child is taken for one.
        assert_eq!(minor("2026-03", "2026-05-01"), Some(Minor::AtOffence));
        assert_eq!(minor("2026-04", "2026-05-01"), None);
        assert_eq!(format!("{born:?}"), "Born(opened)");
    }

    fn sentenced(band: Option<&str>) -> Sentence {
        let mut decision = decision([fine(1, 10_000)]);
        if let Some(band) = band {
            let answer = Known::Value(code(band));
            decision.circumstances.insert(code("age-band"), answer);
        }
        Sentence::default().evolve(&SentenceEvent::Proposed {
            person: samples::person(1),
            decision: decision.into(),
            findings: Vec::new(),
        })
    }

    #[test]
    fn a_case_is_a_childs_below_the_majority_of_the_law_and_not_from_it_on() {
        let law = samples::midland();
        let by_age = |years| Childhood::by_age(Known::Value(years), &law);
        assert_eq!(by_age(17), Childhood::Child);
        assert_eq!(by_age(18), Childhood::Untold);
        for absent in [Known::NotRecorded, Known::NotAsked, Known::Declined] {
            assert_eq!(Childhood::by_age(absent, &law), Childhood::Untold);
        }
    }

    #[test]
    fn a_sentence_is_a_childs_by_the_age_group_even_where_the_group_reaches_past_the_majority() {
        let mut law = (*samples::midland()).clone();
        assert_eq!(sentenced(Some("16-17")).childhood(&law), Childhood::Child);
        assert_eq!(sentenced(Some("18-20")).childhood(&law), Childhood::Untold);
        assert_eq!(sentenced(None).childhood(&law), Childhood::Untold);
        law.ages.majority = 19;
        assert_eq!(sentenced(Some("18-20")).childhood(&law), Childhood::Child);
    }

    #[test]
    fn what_tells_no_age_is_as_what_it_refers_to() {
        let sentence = Reference::Sentence(SentenceId(samples::person(7).0));
        let as_it = Childhood::of("sentence", samples::person(7));
        assert_eq!(Childhood::Untold.or_as(Some(sentence)), as_it);
        assert_eq!(Childhood::Child.or_as(Some(sentence)), Childhood::Child);
        assert_eq!(Childhood::Untold.or_as(None), Childhood::Untold);
        let case = Reference::Pretrial(PretrialId(samples::person(7).0));
        let as_case = Childhood::of("pretrial", samples::person(7));
        assert_eq!(Childhood::Untold.or_as(Some(case)), as_case);
        let person = Reference::Person(samples::person(7));
        assert_eq!(Childhood::Untold.or_as(Some(person)), Childhood::Untold);
    }
}
