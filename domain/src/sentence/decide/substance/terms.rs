//! Terms of custody beside each other: the guideline range, chains, remand.

use super::Objections;
use crate::act::{Facts, Grade, Objection, Reference};
use crate::jurisdiction::Pack;
use crate::sentence::decision::{
    Component, Count, Decision, DepartureDirection, Runs, SanctionKind,
};
use crate::sentence::refusal::SentenceRefusal;
use crate::sentence::stay::{Custody, custody, is_term_of_custody, stays};
use crate::values::{CivilDate, Code, ComponentNo, Day, Length, Term};

/// S-13: outside the range, reasons are given that say which way the sentence leaves it.
pub(super) fn range(count: &Count, found: &mut Objections) {
    let Some((range, direction)) = count.range.as_ref().zip(count.departs()) else {
        return;
    };
    let reasoned = count
        .departure
        .as_ref()
        .is_some_and(|d| d.direction == direction && !d.reasons.is_empty());
    if !reasoned {
        found.push(Objection::reasons(SentenceRefusal::DepartureUnreasoned {
            count: count.no,
            direction: direction.as_str(),
            lowest: range.lowest,
            highest: range.highest,
        }));
    }
}

/// S-13: a reason fits the way in which the sentence leaves its range, where the rules say which way it fits.
pub(super) fn departure(count: &Count, law: &Pack, found: &mut Objections) {
    let Some(departure) = &count.departure else {
        return;
    };
    let rules = &law.sentencing.departure_reasons;
    let fits_not = |code: &&Code| {
        let rule = rules.iter().find(|rule| &rule.code == *code);
        let fits = rule.and_then(|rule| rule.fits);
        fits.is_some_and(|fits| fits != departure.direction)
    };
    for reason in departure.reasons.iter().filter(fits_not) {
        let refusal = SentenceRefusal::DepartureContradicted {
            count: count.no,
            reason: reason.clone(),
            direction: departure.direction.as_str(),
        };
        found.push(Objection::notice(refusal));
    }
}

/// S-13: a court starts from a point within the range.
pub(super) fn starting_point(count: &Count, found: &mut Objections) {
    let Some(range) = &count.range else { return };
    let Some(start) = range.starting_point else {
        return;
    };
    if start.exceeds(range.highest) || range.lowest.exceeds(start) {
        found.push(Objection::hard(SentenceRefusal::StartsOutsideRange {
            count: count.no,
            start,
            lowest: range.lowest,
            highest: range.highest,
        }));
    }
}

impl Count {
    /// Which way the count certainly leaves its guideline range, if it has one.
    pub fn departs(&self) -> Option<DepartureDirection> {
        let range = self.range.as_ref()?;
        departs(self, range.lowest, range.highest)
    }
}

/// Which way a count certainly leaves its range. A deferred sentence is not yet one, and a length that was not
/// recorded lies nowhere. A suspended term counts with its length: it is custody whose serving is suspended.
fn departs(count: &Count, lowest: Length, highest: Length) -> Option<DepartureDirection> {
    let components: Vec<&Component> = count.components.iter().collect();
    let stays = stays(&components);
    let above = |(_, stay): &(_, Custody)| match stay {
        Custody::Endless => true,
        Custody::For(length) => length.exceeds(highest),
        Custody::No | Custody::Unrecorded => false,
    };
    let reaches = |(component, stay): &(&Component, Custody)| match stay {
        Custody::Endless | Custody::Unrecorded => true,
        Custody::For(length) => !lowest.exceeds(*length),
        Custody::No => lowest.is_zero() || component.sanction.kind() == SanctionKind::Deferred,
    };
    if stays.iter().any(above) {
        Some(DepartureDirection::Above)
    } else if stays.iter().any(reaches) {
        None
    } else {
        Some(DepartureDirection::Below)
    }
}

/// S-8: several terms of custody, immediate or suspended, say how they run; one of them may be the first.
pub(super) fn runs(decision: &Decision, facts: &Facts, found: &mut Objections) {
    let unsaid = decision
        .components()
        .map(|(_, component)| component)
        .filter(|c| is_term_of_custody(c) && c.runs.is_none());
    for component in unsaid.skip(1) {
        found.push(Objection::hard(SentenceRefusal::RunsUnsaid {
            component: component.no,
        }));
    }
    for (_, component) in decision.components() {
        match component.runs {
            Some(Runs::ConsecutiveTo(before)) => follows(decision, component, before, found),
            Some(Runs::ConsecutiveToEarlier(term)) => {
                if !facts.found.contains(&Reference::Sentence(term.sentence)) {
                    found.push(Objection::notice(SentenceRefusal::EarlierTermUnknown {
                        component: component.no,
                        earlier: term.sentence,
                    }));
                }
            }
            Some(Runs::Concurrent) | None => {}
        }
    }
}

fn follows(decision: &Decision, after: &Component, before: ComponentNo, found: &mut Objections) {
    let lasts = |component: &Component| match component.sanction.kind() {
        SanctionKind::Custody
        | SanctionKind::SuspendedCustody
        | SanctionKind::CommunityOrder
        | SanctionKind::Discharge
        | SanctionKind::Ancillary
        | SanctionKind::Other => true,
        SanctionKind::Death
        | SanctionKind::Fine
        | SanctionKind::DayFine
        | SanctionKind::Deferred
        | SanctionKind::Admonition
        | SanctionKind::Compensation => false,
    };
    if !lasts(after) || !decision.component(before).is_some_and(lasts) {
        found.push(Objection::hard(SentenceRefusal::FollowsNoTerm {
            component: after.no,
            before,
        }));
    }
}

/// S-6: no more days are credited than the longest stay in custody lasts, nor than lie between the earliest offence and the
/// decision.
pub(in crate::sentence::decide) fn remand(
    decision: &Decision,
    days: u32,
    decided: CivilDate,
    found: &mut Objections,
) {
    if let Some(most) = days_since_offence(decision, decided).filter(|most| days > *most) {
        found.push(Objection::notice(SentenceRefusal::RemandBeforeOffence {
            days,
            most,
        }));
    }
    let components: Vec<&Component> = decision.components().map(|(_, c)| c).collect();
    let boundless =
        |c: &&Component| matches!(custody(&c.sanction), Custody::Endless | Custody::Unrecorded);
    if components.iter().any(boundless) {
        return;
    }
    let mut longest: Option<(ComponentNo, Length)> = None;
    for (component, stay) in stays(&components) {
        if let Custody::For(length) = stay
            && longest.is_none_or(|(_, so_far)| length.exceeds(so_far))
        {
            longest = Some((component.no, length));
        }
    }
    let spent = Length::Calendar(Term::of_days(days));
    if let Some((component, length)) = longest
        && spent.exceeds(length)
    {
        found.push(Objection::notice(SentenceRefusal::RemandExceedsTerm {
            days,
            component,
        }));
    }
}

/// The most days that can lie between the earliest offence and the decision, both counted; nothing where the day of an
/// offence or of the decision is open.
fn days_since_offence(decision: &Decision, decided: CivilDate) -> Option<u32> {
    let mut earliest: Option<Day> = None;
    for count in &decision.counts {
        let CivilDate::Day(committed) = *count.offence.committed.value()? else {
            return None;
        };
        earliest = Some(earliest.map_or(committed, |so_far| so_far.min(committed)));
    }
    let CivilDate::Day(decided) = decided else {
        return None;
    };
    let between = earliest?.days_until(decided).saturating_add(1);
    u32::try_from(between).ok()
}

/// S-20: the days credited are those that the register knows. Fewer weigh more: somebody would be held longer than the
/// sentence says.
pub(in crate::sentence::decide) fn remand_differs(
    credited: u32,
    known: Option<u32>,
) -> Option<Objection<SentenceRefusal>> {
    let known = known.filter(|known| *known != credited)?;
    let grade = if credited < known {
        Grade::Alarm
    } else {
        Grade::Notice
    };
    Some(Objection {
        grade,
        refusal: SentenceRefusal::RemandDiffers { credited, known },
    })
}
