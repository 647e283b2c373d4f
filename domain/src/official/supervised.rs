//! Measures under the supervision of a probation agency, as SPACE II counts them.

use std::collections::BTreeSet;

use crate::jurisdiction::{Exit, Pack, SpaceCategory};
use crate::order::{self, Ending, Made};
use crate::pretrial::{Case, CaseEnd, Liberty, Pretrial, PretrialEvent};
use crate::sentence::{Imposed, SanctionKind};
use crate::stream::{Stream, StreamEvent};
use crate::supervision::{Started, SupervisionCause, SupervisionStanding};
use crate::values::{Day, Occurred};

/// A measure under supervision: from a day on, and until the day with which it was over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// Its category.
    pub category: SpaceCategory,
    /// Its first day.
    pub from: Day,
    /// The first day without it, and how it ended; it goes on without.
    pub ended: Option<(Day, Exit)>,
}

impl Measure {
    /// Whether it is in force at the end of a day.
    pub fn holds_on(&self, day: Day) -> bool {
        self.from <= day && self.ended.is_none_or(|(over, _)| over > day)
    }
}

fn day(law: &Pack, done: Occurred) -> Option<Day> {
    law.date(done).latest()
}

/// The end by what was recorded, or else by the last day, once that is over by the day of the question.
fn ended(recorded: Option<(Day, Exit)>, last: Option<Day>, today: Day) -> Option<(Day, Exit)> {
    let by_itself = last.filter(|last| *last < today);
    let by_itself = by_itself.map(|last| (last.plus_days(1), Exit::Completed));
    match (recorded, by_itself) {
        (Some(recorded), Some(by_itself)) if by_itself.0 < recorded.0 => Some(by_itself),
        (recorded, by_itself) => recorded.or(by_itself),
    }
}

/// An order as SPACE II counts it: by its requirements that are carried out under a probation agency, or as a suspended
/// sentence. Monitoring beside another measure enforces it, and several others together are mixed.
pub fn order_measure(
    made: &Made,
    sentence: Option<&Imposed>,
    law: &Pack,
    today: Day,
) -> Option<Measure> {
    let named = &law.official.supervised_requirements;
    let in_force = made.requirements.values();
    let in_force = in_force.filter(|one| one.ended.is_none() || made.over.is_some());
    let mut categories: BTreeSet<SpaceCategory> = in_force
        .filter_map(|one| named.get(&one.terms.kind).copied())
        .collect();
    if categories.len() > 1 {
        categories.remove(&SpaceCategory::MONITORING);
    }
    let alone = match categories.len() {
        0 => return None,
        1 => categories.first().copied()?,
        _ => SpaceCategory::MIXED,
    };
    let component = sentence.and_then(|one| one.decision.component(made.component));
    let is_suspended = component
        .is_some_and(|component| component.sanction.kind() == SanctionKind::SuspendedCustody);
    let category = match sentence.filter(|_| is_suspended) {
        Some(sentence) => {
            let mut kinds = sentence.decision.components();
            let served = kinds.any(|(_, one)| one.sanction.kind() == SanctionKind::Custody);
            if served {
                SpaceCategory::PARTLY_SUSPENDED
            } else {
                SpaceCategory::SUSPENDED
            }
        }
        None => alone,
    };
    let exit = match made.standing {
        order::Standing::InForce => None,
        order::Standing::Over(how) => Some(match how {
            Ending::Completed | Ending::DischargedEarly => Exit::Completed,
            Ending::Revoked => Exit::Revoked,
            Ending::WithSentence(_) => Exit::Other,
        }),
    };
    let over = made.over.and_then(|over| day(law, over)).zip(exit);
    Some(Measure {
        category,
        from: made.starts.latest()?,
        ended: ended(over, made.ends, today),
    })
}

/// The categories that measures under these rules can come to; of the others nothing is known.
pub fn told_categories(law: &Pack) -> BTreeSet<SpaceCategory> {
    let rules = &law.official;
    let mut told: BTreeSet<SpaceCategory> =
        rules.supervised_requirements.values().copied().collect();
    if told.len() > 1 {
        told.insert(SpaceCategory::MIXED);
    }
    let sanctions = &law.sentencing.sanctions;
    let suspends = sanctions.is_empty() || sanctions.contains(&SanctionKind::SuspendedCustody);
    if suspends && !told.is_empty() {
        told.extend([SpaceCategory::SUSPENDED, SpaceCategory::PARTLY_SUSPENDED]);
    }
    if !rules.supervised_alternatives.is_empty() {
        told.insert(SpaceCategory::BEFORE_JUDGMENT);
    }
    told.insert(SpaceCategory::CONDITIONAL_RELEASE);
    told
}

/// A supervision as SPACE II counts it: that of somebody who was released before the end of a sentence. One that hangs on
/// an order is counted with the order.
pub fn supervision_measure(started: &Started, law: &Pack, today: Day) -> Option<Measure> {
    match started.cause {
        SupervisionCause::Sentence(_) => {}
        SupervisionCause::Order(_) => return None,
    }
    let over = match &started.standing {
        SupervisionStanding::InForce => None,
        SupervisionStanding::Recalled { pronounced } => {
            day(law, *pronounced).map(|on| (on, Exit::Imprisoned))
        }
        SupervisionStanding::Ended { done, reason } => day(law, *done).map(|on| {
            let exit = law.official.ends.get(reason).copied();
            (on, exit.unwrap_or(Exit::Other))
        }),
    };
    Some(Measure {
        category: SpaceCategory::CONDITIONAL_RELEASE,
        from: started.starts.latest()?,
        ended: ended(over, started.expected_end, today),
    })
}

/// The times in which somebody was at liberty before judgment under measures that a probation agency supervises.
pub fn pretrial_measures(events: &[PretrialEvent], law: &Pack) -> Vec<Measure> {
    let mut found: Vec<Measure> = Vec::new();
    let mut so_far = Pretrial::default();
    for event in events {
        so_far = so_far.evolve(event);
        let Some(on) = event.occurred().and_then(|done| day(law, done)) else {
            continue;
        };
        let is_supervised = so_far.opened().is_some_and(|case| supervised(case, law));
        let open = found.last_mut().filter(|last| last.ended.is_none());
        match (open, is_supervised) {
            (None, true) => found.push(Measure {
                category: SpaceCategory::BEFORE_JUDGMENT,
                from: on,
                ended: None,
            }),
            (Some(open), false) => {
                let exit = match so_far.opened().map(|case| (&case.ended, &case.liberty)) {
                    Some((None, Liberty::Detained { .. })) => Exit::Imprisoned,
                    Some((Some(end), _)) => match end.how {
                        CaseEnd::Died => Exit::Died,
                        CaseEnd::Sentenced(_)
                        | CaseEnd::Acquitted
                        | CaseEnd::Discontinued
                        | CaseEnd::Diverted => Exit::Completed,
                    },
                    Some((None, Liberty::Undecided | Liberty::Free | Liberty::Alternative(_)))
                    | None => Exit::Other,
                };
                open.ended = Some((on, exit));
            }
            (Some(_), true) | (None, false) => {}
        }
    }
    found
}

fn supervised(case: &Case, law: &Pack) -> bool {
    let named = &law.official.supervised_alternatives;
    match (&case.ended, &case.liberty) {
        (None, Liberty::Alternative(measures)) => measures
            .iter()
            .any(|measure| named.contains(&measure.alternative)),
        (None, Liberty::Undecided | Liberty::Free | Liberty::Detained { .. }) | (Some(_), _) => {
            false
        }
    }
}
