//! What the safeguards watch in the rules themselves, of which nobody's case is the cause.

use crate::act::Weight;
use crate::actor::Role;
use crate::jurisdiction::Pack;
use crate::stream::Clock;
use crate::values::Day;

/// TR-2.4: a new measure that is tried is evaluated by its day.
pub(crate) fn pilots(law: &Pack) -> Vec<Clock> {
    let waiting = law.pilots.iter().filter(|pilot| pilot.evaluated.is_none());
    let due = waiting.map(|pilot| pilot.evaluate_by);
    numbered("TR-2.4", "registry.evaluation", due)
}

/// TR-2.7: when an offence ceases to be one, somebody looks at the sentences that are served for it.
pub(crate) fn milder_law(law: &Pack) -> Vec<Clock> {
    let ended = law.catalogue.offences.iter();
    let due = ended.filter_map(|offence| offence.until);
    numbered("TR-2.7", "registry.milder-law", due)
}

fn numbered(
    safeguard: &'static str,
    code: &'static str,
    due: impl Iterator<Item = Day>,
) -> Vec<Clock> {
    due.zip(1..)
        .map(|(due, nth)| Clock {
            safeguard,
            code,
            nth,
            due,
            weight: Weight::Notice,
            role: Role::Oversight,
        })
        .collect()
}
