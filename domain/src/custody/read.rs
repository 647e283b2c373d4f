//! What is read of a stay: whether somebody was held, where, and for how long alone.

use super::command::HoldingBasis;
use super::state::{Custody, Footing, Stay};
use crate::act::{Finding, Reference, Weight};
use crate::childhood::{Minor, is_child};
use crate::jurisdiction::Pack;
use crate::values::{CivilDate, Day, FacilityCode, Occurred, SentenceId};

impl Custody {
    /// Whether the person was held at the end of a day, as a stock is counted: who came counts, who left does not. A
    /// time that is known less exactly than to the day counts from its last day.
    pub fn held_on(&self, on: Day, date: impl Fn(Occurred) -> CivilDate) -> bool {
        self.facility_on(on, date).is_some()
    }

    /// Where the person was at the end of a day.
    pub fn facility_on(
        &self,
        on: Day,
        date: impl Fn(Occurred) -> CivilDate,
    ) -> Option<&FacilityCode> {
        let stay = self.begun()?;
        let day = |done| date(done).latest();
        let left = stay.released.as_ref().and_then(|out| day(out.released));
        if left.is_some_and(|left| left <= on) {
            return None;
        }
        let so_far = stay.places.iter().filter(|at| {
            let from = day(at.from);
            from.is_some_and(|from| from <= on)
        });
        so_far.max_by_key(|at| day(at.from)).map(|at| &at.facility)
    }
}

impl Stay {
    /// Where the person is now.
    pub fn facility(&self) -> Option<&FacilityCode> {
        self.places.last().map(|at| &at.facility)
    }

    /// Since when the person is alone for so many hours a day, where that goes on. One isolation that follows another
    /// without a day between them goes on.
    pub fn alone_since(&self, hours: u8, date: impl Fn(Occurred) -> CivilDate) -> Option<Day> {
        self.isolated()
            .filter(|now| now.told.hours_a_day >= hours)?;
        let mut alone: Option<(Day, Option<Day>)> = None;
        let solitary = self.isolations.iter();
        for isolation in solitary.filter(|i| i.told.hours_a_day >= hours) {
            let from = date(isolation.told.from).latest()?;
            let ended = isolation.ended.and_then(|ended| date(ended).latest());
            let unbroken =
                alone.filter(|(_, ended)| ended.is_some_and(|ended| ended.plus_days(1) >= from));
            alone = Some((unbroken.map_or(from, |(since, _)| since), ended));
        }
        alone.map(|(since, _)| since)
    }

    /// The days alone up to a day, the first and the last included.
    pub fn days_alone(
        &self,
        hours: u8,
        on: Day,
        date: impl Fn(Occurred) -> CivilDate,
    ) -> Option<u32> {
        let since = self.alone_since(hours, date)?;
        let days = since.days_until(on).saturating_add(1).max(0);
        Some(u32::try_from(days).unwrap_or(u32::MAX))
    }

    /// The critical findings of what goes on, each as it was found last: of the isolation, of holding without a valid order.
    /// What is over is history.
    pub fn weighing_now(&self) -> Vec<&Finding> {
        if self.released.is_some() {
            return Vec::new();
        }
        let going_on = [
            ("custody.committal-missing", self.lacks_committal()),
            (
                "custody.held-on-what-fell",
                self.fallen.is_some() && !self.lacks_committal(),
            ),
            (
                "custody.held-irregularly",
                matches!(self.footing, Footing::Irregular { .. }),
            ),
            ("custody.carer-isolated", self.isolated().is_some()),
        ];
        let going_on = going_on.into_iter().filter(|(_, goes_on)| *goes_on);
        let last = |(code, _): (&str, bool)| {
            let mut found = self.findings.iter().rev();
            found.find(|finding| finding.code == code && finding.weight == Weight::Critical)
        };
        going_on.filter_map(last).collect()
    }

    /// Whether the person is held on a decision of another stream.
    pub fn rests_on(&self, decision: Reference) -> bool {
        match &self.footing {
            Footing::Order { commitment, .. } => commitment.basis.reference() == Some(decision),
            Footing::Irregular { .. } | Footing::AtRequest { .. } | Footing::Withdrawn { .. } => {
                false
            }
        }
    }

    /// On what the person is held, or was held last; nothing without an order.
    pub fn basis(&self) -> Option<&HoldingBasis> {
        match &self.footing {
            Footing::Order { commitment, .. } => Some(&commitment.basis),
            Footing::Irregular { .. } | Footing::AtRequest { .. } | Footing::Withdrawn { .. } => {
                None
            }
        }
    }

    /// The decision on which the person is held, or was held last, and since when.
    pub fn sentence(&self) -> Option<(SentenceId, Occurred)> {
        let Footing::Order { since, commitment } = &self.footing else {
            return None;
        };
        match commitment.basis {
            HoldingBasis::Sentence(sentence) => Some((sentence, *since)),
            HoldingBasis::Pretrial(_) | HoldingBasis::Breach(_) | HoldingBasis::Other(_) => None,
        }
    }

    /// The last day on which the person may be held, where the order fixes one.
    pub fn until(&self) -> Option<Day> {
        match &self.footing {
            Footing::Order { commitment, .. } => commitment.until,
            Footing::Irregular { .. } | Footing::AtRequest { .. } | Footing::Withdrawn { .. } => {
                None
            }
        }
    }

    /// By when a court hears somebody who was arrested for a breach: the day that was fixed, no later than so many days
    /// after the arrest.
    pub(super) fn hearing(
        &self,
        within: Option<u32>,
        date: impl Fn(Occurred) -> CivilDate,
    ) -> Option<Day> {
        let Footing::Order { since, commitment } = &self.footing else {
            return None;
        };
        let HoldingBasis::Breach(arrest) = &commitment.basis else {
            return None;
        };
        let latest = date(*since).latest().zip(within);
        let latest = latest.map(|(since, days)| since.plus_days(days));
        let fixed = arrest.hearing_by;
        fixed.map_or(latest, |fixed| {
            Some(latest.map_or(fixed, |latest| latest.min(fixed)))
        })
    }

    /// The last contact with the family, or else the beginning of the stay.
    pub(crate) fn last_contact(&self, date: impl Fn(Occurred) -> CivilDate) -> Option<Day> {
        let all = self.contacts.iter().copied().chain([self.began]);
        all.filter_map(|done| date(done).latest()).max()
    }

    /// Whether the person is known to have been a child when the stay began.
    pub(crate) fn is_of_a_child(&self, law: &Pack) -> bool {
        let still = self.reception.minor.filter(|minor| *minor == Minor::Still);
        is_child(self.reception.age, still, law)
    }

    /// The least age in completed years that the person can have at a time, by the age at the reception.
    pub(crate) fn least_age(
        &self,
        at: Occurred,
        date: impl Fn(Occurred) -> CivilDate,
    ) -> Option<u16> {
        let age = *self.reception.age.value()?;
        let (began, at) = (date(self.began).latest(), date(at).earliest());
        let years = began.zip(at).map_or(0, |(began, at)| began.years_until(at));
        Some(age.saturating_add(years))
    }

    /// Whether a child lives with the person in the place of detention.
    pub(crate) fn has_a_child_here(&self) -> bool {
        self.children.iter().any(|child| child.with_her.is_some())
    }
}
