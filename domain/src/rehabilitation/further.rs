//! What a further conviction does to a period that still runs.

use super::outcome::Limit;
use super::{Conviction, Gap, Step};
use crate::jurisdiction::FurtherRule;
use crate::values::Code;

/// The period of a conviction.
#[derive(Debug)]
pub(super) struct Period<'a> {
    pub(super) conviction: &'a Conviction,
    /// The longest of all its disposals.
    pub(super) all: Limit,
    /// The longest of those that prolong the period of another conviction.
    pub(super) lent: Option<Limit>,
    /// Whether it has nothing to do with other convictions, as a caution.
    pub(super) alone: bool,
    pub(super) steps: Vec<Step>,
}

impl Period<'_> {
    /// Makes it as long as what another lends; says whether that changed anything.
    fn take(&mut self, lent: Option<&Limit>, from: &Conviction) -> bool {
        let Some(lent) = lent else {
            return false;
        };
        let longer = |own: &Limit| own.length() < lent.length();
        let mut changed = false;
        if longer(&self.all) {
            self.all = lent.clone();
            self.steps.push(Step::Prolonged {
                by: from.no,
                on: from.on,
                to: lent.last(),
            });
            changed = true;
        }
        if self.lent.as_ref().is_some_and(longer) {
            self.lent = Some(lent.clone());
            changed = true;
        }
        changed
    }

    /// What cannot be told of it because another conviction is not known well enough.
    fn doubt(&mut self, gap: Gap, from: &Conviction) -> bool {
        self.take(Some(&Limit::Unknown(gap)), from)
    }
}

/// Prolongs the periods into which a further conviction fell, until no one is prolonged any more; they are in the order
/// of their days.
pub(super) fn prolong(rule: &FurtherRule, periods: &mut [Period<'_>]) {
    let mut changed = true;
    while changed {
        changed = false;
        for at in 1..periods.len() {
            let (before, rest) = periods.split_at_mut(at);
            let Some(later) = rest.first_mut() else {
                continue;
            };
            for earlier in before {
                changed |= pair(rule, earlier, later);
            }
        }
    }
    if rule.never {
        never(rule, periods);
    }
}

/// Whether a later conviction fell into the period of an earlier one.
#[derive(PartialEq)]
enum Fell {
    Into,
    Outside,
    Unclear,
}

fn fell(earlier: &Period<'_>, later: &Period<'_>) -> Fell {
    if earlier.alone || later.alone {
        return Fell::Outside;
    }
    match (earlier.conviction.on.day(), later.conviction.on.day()) {
        (Some(first), Some(second)) if first >= second => Fell::Outside,
        (Some(_), Some(second)) => match &earlier.all {
            Limit::Last(last) if second <= *last => Fell::Into,
            Limit::Last(_) | Limit::Never => Fell::Outside,
            Limit::Open(_) => Fell::Into,
            Limit::Unknown(_) => Fell::Unclear,
        },
        (None, _) | (_, None) => Fell::Unclear,
    }
}

/// An earlier and a later conviction; says whether anything changed.
fn pair(rule: &FurtherRule, earlier: &mut Period<'_>, later: &mut Period<'_>) -> bool {
    let (theirs, ours) = (later.lent.clone(), earlier.lent.clone());
    let longer = |lent: &Option<Limit>, than: &Limit| {
        lent.as_ref()
            .is_some_and(|lent| lent.length() > than.length())
    };
    let (first, second) = (later.conviction, earlier.conviction);
    match (fell(earlier, later), prolongs(rule, first)) {
        (Fell::Outside, _) | (_, Some(false)) => false,
        (Fell::Into, _) if later.all == Limit::Never => false,
        (Fell::Into, Some(true)) => {
            let changed = earlier.take(theirs.as_ref(), first);
            later.take(ours.as_ref(), second) || changed
        }
        (Fell::Into, None) => {
            let gap = || Gap::Offence(first.no);
            let (one, other) = (longer(&theirs, &earlier.all), longer(&ours, &later.all));
            let changed = one && earlier.doubt(gap(), first);
            (other && later.doubt(gap(), second)) || changed
        }
        (Fell::Unclear, _) => {
            let changed = theirs.is_some() && earlier.doubt(Gap::Other(first.no), first);
            (ours.is_some() && later.doubt(Gap::Other(second.no), second)) || changed
        }
    }
}

/// Whether a conviction prolongs others; nothing where the class of its offence decides and is not known.
fn prolongs(rule: &FurtherRule, conviction: &Conviction) -> Option<bool> {
    if rule.without.is_empty() {
        return Some(true);
    }
    let classes = conviction.offence.value()?;
    let without = |class: &Code| rule.without.contains(class);
    Some(!classes.iter().any(without))
}

/// A further conviction that is never spent keeps those before it unspent into whose period it fell.
fn never(rule: &FurtherRule, periods: &mut [Period<'_>]) {
    for at in 1..periods.len() {
        let (before, rest) = periods.split_at_mut(at);
        let Some(later) = rest.first() else {
            continue;
        };
        if later.all != Limit::Never || prolongs(rule, later.conviction) == Some(false) {
            continue;
        }
        for earlier in before {
            if fell(earlier, later) == Fell::Into {
                earlier.steps.push(Step::KeptUnspent {
                    by: later.conviction.no,
                    on: later.conviction.on,
                });
                earlier.all = Limit::Never;
            }
        }
    }
}
