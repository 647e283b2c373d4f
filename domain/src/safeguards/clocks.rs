//! Clocks of records that have a list of their own: sentences, orders and supervisions. Each asks that somebody looks;
//! what follows from it, people decide.

use crate::act::Weight;
use crate::actor::Role;
use crate::jurisdiction::{Fraction, Milder, Pack, Rounding};
use crate::order::{self, Made};
use crate::sentence::{Sentence, Standing};
use crate::stream::Clock;
use crate::supervision::{Started, SupervisionStanding};
use crate::values::Day;

/// TR-2.7: a sentence that is in force, for an offence on which the law became milder after the decision. One clock for
/// each count and change.
pub fn milder_law(sentence: &Sentence, changes: &[Milder], law: &Pack) -> Vec<Clock> {
    let Some(imposed) = sentence
        .imposed()
        .filter(|imposed| imposed.standing == Standing::InForce)
    else {
        return Vec::new();
    };
    let pronounced = law.date(imposed.pronounced);
    let mut clocks = Vec::new();
    for count in &imposed.decision.counts {
        let of_count = changes.iter().filter(|change| {
            count.offence.code.value() == Some(&change.offence)
                && pronounced.is_before(change.since.into())
        });
        clocks.extend(of_count.map(|change| Clock {
            safeguard: "TR-2.7",
            code: "sentence.milder-law",
            nth: count.no.0,
            due: change.since.minus_days(1),
            weight: Weight::Notice,
            role: Role::Judge,
        }));
    }
    clocks
}

/// TR-11.2: a supervision of which the policy's part is over, until a review was held since.
pub(crate) fn supervision(started: &Started, law: &Pack) -> Option<Clock> {
    if started.standing != SupervisionStanding::InForce {
        return None;
    }
    let part = law.supervision.early_end?;
    let due = early(part, started.starts.latest()?, started.expected_end?);
    let reviewed = started.reviewed.and_then(|held| law.date(held).latest());
    let is_reviewed = reviewed.is_some_and(|reviewed| reviewed >= due);
    (!is_reviewed).then(|| review("supervision.review-for-early-end", due))
}

/// TR-11.2: an order of which the policy's part is over. One that starts a supervision is looked at with it.
pub(crate) fn order(made: &Made, law: &Pack) -> Option<Clock> {
    if made.standing != order::Standing::InForce {
        return None;
    }
    let part = law.orders.early_end?;
    let mut running = made.requirements.values().filter(|r| r.ended.is_none());
    let is_supervised = running.any(|requirement| {
        let rule = law.orders.requirement(&requirement.terms.kind);
        rule.is_some_and(|rule| rule.supervision)
    });
    let due = early(part, made.starts.latest()?, made.ends?);
    (!is_supervised).then(|| review("order.review-for-early-end", due))
}

/// The day on which a part of the time from one day to another is over, what is left of a day rounded up.
pub(crate) fn early(part: Fraction, first: Day, last: Day) -> Day {
    let days = u32::try_from(first.days_until(last)).unwrap_or_default();
    first.plus_days(part.of_days(days, Rounding::Up))
}

fn review(code: &'static str, due: Day) -> Clock {
    Clock {
        safeguard: "TR-11.2",
        code,
        nth: 1,
        due,
        weight: Weight::Notice,
        role: Role::Probation,
    }
}
