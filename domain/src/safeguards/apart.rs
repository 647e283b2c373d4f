//! What stands against holding somebody with people from whom the law holds them apart: children from adults, people not
//! tried yet from people convicted, women from men (Nelson Mandela Rules 11; Beijing Rules 13.4 and 26.3; ICCPR art. 10).
//!
//! For whom a place is meant, its own record says; what its groups mean, the jurisdiction's rules. Where one of the two is
//! not known, nothing is compared and nothing is noticed.

use std::collections::BTreeSet;

use crate::act::{Facts, Grade, Objection};
use crate::childhood::Minor;
use crate::custody::{CustodyRefusal, Footing, HoldingBasis, NewCommitment, Reception, Stay};
use crate::jurisdiction::{GroupMeaning, codes_of_provisions};
use crate::person::Sex;
use crate::values::{Code, Known, Occurred};

type Found = Vec<Objection<CustodyRefusal>>;

/// Somebody who is, or comes to be, in a place.
struct Held<'a> {
    /// The least age in completed years that the person can have, where it is known.
    age: Option<u16>,
    /// What is known of it without the age.
    minor: Option<Minor>,
    group: Option<&'a Code>,
    basis: Option<&'a HoldingBasis>,
    with_adults: Option<&'a Code>,
    done: Occurred,
}

/// What a reception meets: CU-11, CU-12.
pub(crate) fn received(
    reception: &Reception,
    basis: Option<&HoldingBasis>,
    done: Occurred,
    facts: &Facts,
    found: &mut Found,
) {
    let held = Held {
        age: reception.age.value().copied(),
        minor: reception.minor,
        group: reception.group.value(),
        basis,
        with_adults: reception.with_adults.as_ref(),
        done,
    };
    held.tell_groups_apart(facts, found);
    held.keep_from_adults(facts, found);
}

/// What another place, or another part of it, meets: CU-11, CU-12.
pub(crate) fn moved(
    stay: &Stay,
    with_adults: Option<&Code>,
    done: Occurred,
    facts: &Facts,
    found: &mut Found,
) {
    let held = Held {
        age: stay.least_age(done, |done| facts.date(done)),
        minor: None,
        group: stay.group.value(),
        basis: basis(stay),
        with_adults,
        done,
    };
    held.tell_groups_apart(facts, found);
    held.keep_from_adults(facts, found);
}

/// What an order meets after which the person's case stands otherwise, in the same place: CU-11.
pub(crate) fn stands_otherwise(
    stay: &Stay,
    wish: &NewCommitment,
    facts: &Facts,
    found: &mut Found,
) {
    let held = Held {
        age: stay.least_age(wish.done, |done| facts.date(done)),
        minor: None,
        group: wish.group.value(),
        basis: Some(&wish.commitment.basis),
        with_adults: None,
        done: wish.done,
    };
    held.tell_groups_apart(facts, found);
}

fn basis(stay: &Stay) -> Option<&HoldingBasis> {
    match &stay.footing {
        Footing::Order { commitment, .. } => Some(&commitment.basis),
        Footing::Irregular { .. } | Footing::AtRequest { .. } | Footing::Withdrawn { .. } => None,
    }
}

impl Held<'_> {
    /// CU-11: people not tried yet and people convicted, women and men, adults among children.
    fn tell_groups_apart(&self, facts: &Facts, found: &mut Found) {
        let meant = meant(facts);
        let named = |any: &[GroupMeaning]| any.iter().any(|one| meant.contains(one));
        let mut apart_from = |whom: &'static str| {
            found.push(Objection::notice(CustodyRefusal::NotApart {
                whom,
                meant: facts.meant_for.clone().unwrap_or_default(),
            }));
        };
        match self.trial(facts) {
            Some(Trial::Untried) if named(&[CONVICTED]) && !named(&[UNTRIED]) => {
                apart_from("not tried yet");
            }
            Some(Trial::Convicted) if named(&[UNTRIED]) && !named(&[CONVICTED]) => {
                apart_from("convicted");
            }
            Some(Trial::Untried | Trial::Convicted) | None => {}
        }
        let is_child = self.is_child(facts);
        let female = [GroupMeaning::Women, GroupMeaning::Girls];
        let male = [GroupMeaning::Men, GroupMeaning::Boys];
        let both = named(&[GroupMeaning::Children]) && is_child != Some(false);
        match facts.about.sex {
            Known::Value(Sex::Female) if named(&male) && !named(&female) && !both => {
                apart_from("a woman or a girl");
            }
            Known::Value(Sex::Male) if named(&female) && !named(&male) && !both => {
                apart_from("a man or a boy");
            }
            Known::Value(_) | Known::NotRecorded | Known::NotAsked | Known::Declined => {}
        }
        if is_child == Some(false) && named(&CHILDREN) && !named(&ADULTS) {
            apart_from("no child");
        }
    }

    /// CU-12: a child is held apart from adults. A place that names no children is one for adults.
    fn keep_from_adults(&self, facts: &Facts, found: &mut Found) {
        let on = facts.date(self.done);
        let allowing = &facts.law.custody.child_with_adults;
        if let Some(named) = self.with_adults
            && !allowing.iter().any(|provision| &provision.code == named)
        {
            found.push(Objection::hard(CustodyRefusal::UnknownCode {
                list: "child_with_adults",
                code: named.to_string(),
                known: codes_of_provisions(allowing),
            }));
        }
        let meant = meant(facts);
        if meant.is_empty() || self.is_child(facts) != Some(true) {
            return;
        }
        let named = |any: &[GroupMeaning]| any.iter().any(|one| meant.contains(one));
        if !named(&CHILDREN) {
            let is_allowed = self.with_adults.is_some_and(|named| {
                let mut known = allowing.iter();
                known.any(|provision| &provision.code == named && provision.may_hold(on))
            });
            let meant = facts.meant_for.clone().unwrap_or_default();
            found.push(Objection {
                grade: if is_allowed {
                    Grade::Notice
                } else {
                    Grade::Hard
                },
                refusal: CustodyRefusal::ChildWithAdults { meant },
            });
        } else if named(&ADULTS) {
            found.push(Objection::notice(CustodyRefusal::ChildNotSaidApart));
        }
    }

    /// Whether the person is a child, or may be one: by the age that was told, or by the date of birth.
    fn is_child(&self, facts: &Facts) -> Option<bool> {
        if facts.minor(self.minor, self.done) == Some(Minor::Still) {
            return Some(true);
        }
        let told = self.age.map(|age| age < facts.law.ages.majority);
        told.or_else(|| facts.born.map(|_| false))
    }

    /// How the person's case stands: as it was said, or as what the person is held on.
    fn trial(&self, facts: &Facts) -> Option<Trial> {
        if let Some(group) = self.group {
            return match facts.law.custody.group_means.get(group)? {
                GroupMeaning::Untried => Some(Trial::Untried),
                GroupMeaning::Convicted => Some(Trial::Convicted),
                GroupMeaning::Women
                | GroupMeaning::Men
                | GroupMeaning::Children
                | GroupMeaning::Girls
                | GroupMeaning::Boys => None,
            };
        }
        match self.basis? {
            HoldingBasis::Sentence(_) => Some(Trial::Convicted),
            HoldingBasis::Pretrial(_) => Some(Trial::Untried),
            HoldingBasis::Breach(_) | HoldingBasis::Other(_) => None,
        }
    }
}

/// How somebody's case stands.
enum Trial {
    Untried,
    Convicted,
}

const UNTRIED: GroupMeaning = GroupMeaning::Untried;
const CONVICTED: GroupMeaning = GroupMeaning::Convicted;
const ADULTS: [GroupMeaning; 2] = [GroupMeaning::Women, GroupMeaning::Men];
const CHILDREN: [GroupMeaning; 3] = [
    GroupMeaning::Children,
    GroupMeaning::Girls,
    GroupMeaning::Boys,
];

/// Whom the place is meant for, as far as the rules say what its groups mean.
fn meant(facts: &Facts) -> BTreeSet<GroupMeaning> {
    let means = &facts.law.facility.group_means;
    let groups = facts.meant_for.iter().flatten();
    groups
        .filter_map(|group| means.get(group).copied())
        .collect()
}
