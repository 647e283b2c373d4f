//! How many of those sentenced were sentenced again within a time (`docs/statistics.md` §5, view `reconviction`).
//!
//! It describes who came back and says nothing of why: courts choose the sentence for the person, and whoever is in custody
//! can hardly come back. No figure here is an effect of a sentence.
//!
//! A person is at risk from the day of one decision until the day of the next, or until nothing more is known of anybody,
//! whichever is first. Whoever was followed for less than the window and did not come back is censored. Source: Kaplan &
//! Meier 1958; the error is Greenwood's (1926).

use super::damage::CountError;
use super::exact::{MOST_DECISIONS, Z95, real};
use super::rate::Share;
use super::undefined::{Figure, Interval, Undefined};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// Persons by the day, counted from their decision, on which they came back or were last followed. Counts merge by
/// addition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Followed {
    back: BTreeMap<u32, u64>,
    last: BTreeMap<u32, u64>,
    n: u64,
}

/// Who came back within a window.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Reconviction {
    /// Persons at risk on the day after their decision.
    pub at_risk: u64,
    /// Those who were sentenced again within the window.
    pub reconvicted: u64,
    /// Those who were followed for less than the window and were not sentenced again.
    pub censored: u64,
    /// Those who were followed for the whole window and were not sentenced again.
    pub not_reconvicted: u64,
    /// Reconvicted ÷ (reconvicted + not reconvicted), from 0 to 1: too high where many are censored, because whoever comes
    /// back early is known early. Null where nobody is left.
    pub share_of_followed: Figure,
    /// One less the product over days of (1 − came back ÷ at risk on that day), from 0 to 1: the share that allows for
    /// those who are censored, as if they would come back like the others. Null where nobody is at risk.
    pub estimate: Figure,
    /// Its interval at 95 % by Greenwood's error, within [0, 1]. Null where the estimate is, and where nobody or
    /// everybody at risk has come back.
    pub interval: Figure<Interval>,
}

impl Followed {
    /// Adds persons who came back, or were last followed without it, on a day counted from their decision.
    pub fn add(&mut self, day: u32, is_back: bool, persons: u64) -> Result<(), CountError> {
        let n = self.n.saturating_add(persons);
        if n > MOST_DECISIONS {
            return Err(CountError::TooMany {
                limit: MOST_DECISIONS,
            });
        }
        self.n = n;
        let days = if is_back {
            &mut self.back
        } else {
            &mut self.last
        };
        *days.entry(day).or_default() += persons;
        Ok(())
    }

    /// Both together.
    pub fn merge(&mut self, other: &Self) -> Result<(), CountError> {
        for (days, is_back) in [(&other.back, true), (&other.last, false)] {
            for (day, persons) in days {
                self.add(*day, is_back, *persons)?;
            }
        }
        Ok(())
    }

    /// Persons.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// Who came back in the first so many days. A person last followed on a day was at risk on that day.
    pub fn within(&self, window: u32) -> Result<Reconviction, CountError> {
        let reconvicted: u64 = self.back.range(..=window).map(|(_, n)| n).sum();
        let censored: u64 = self.last.range(..window).map(|(_, n)| n).sum();
        let not_reconvicted = self.n - reconvicted - censored;
        let (estimate, interval) = self.product(window);
        Ok(Reconviction {
            at_risk: self.n,
            reconvicted,
            censored,
            not_reconvicted,
            share_of_followed: Share::new(reconvicted, reconvicted + not_reconvicted)?.rate(),
            estimate,
            interval,
        })
    }

    /// The estimate of Kaplan and Meier with its interval.
    fn product(&self, window: u32) -> (Figure, Figure<Interval>) {
        if self.n == 0 {
            let nobody = Undefined::NoDecisions;
            return (Figure::Undefined(nobody), Figure::Undefined(nobody));
        }
        let (mut left, mut greenwood) = (1.0, 0.0);
        let mut at_risk = self.n;
        let mut last = self.last.iter().peekable();
        for (day, back) in self.back.range(..=window) {
            while let Some((_, gone)) = last.next_if(|(until, _)| *until < day) {
                at_risk -= gone;
            }
            left *= 1.0 - real(*back) / real(at_risk);
            greenwood += real(*back) / (real(at_risk) * real(at_risk - back));
            at_risk -= back;
        }
        let estimate = 1.0 - left;
        let interval = if greenwood == 0.0 || left == 0.0 {
            Figure::Undefined(Undefined::NoVariation)
        } else {
            let half = Z95 * left * f64::sqrt(greenwood);
            Figure::Value(Interval {
                low: (estimate - half).max(0.0),
                high: (estimate + half).min(1.0),
            })
        };
        (Figure::Value(estimate), interval)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The arm with 6-mercaptopurine of Freireich et al. 1963, as Kaplan–Meier estimates are taught: weeks to relapse, and
    /// weeks at which patients were last seen in remission.
    fn freireich() -> Followed {
        let mut followed = Followed::default();
        for (week, back, persons) in [
            (6, true, 3),
            (7, true, 1),
            (10, true, 1),
            (13, true, 1),
            (16, true, 1),
            (22, true, 1),
            (23, true, 1),
        ] {
            followed.add(week, back, persons).unwrap();
        }
        for week in [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35] {
            followed.add(week, false, 1).unwrap();
        }
        followed
    }

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-12, "{found}");
    }

    #[test]
    fn a_published_survival_is_reproduced() {
        let left = |window| {
            1.0 - freireich()
                .within(window)
                .unwrap()
                .estimate
                .result()
                .unwrap()
        };
        near(left(5), 1.0);
        near(left(6), 18.0 / 21.0);
        near(left(7), 18.0 / 21.0 * 16.0 / 17.0);
        near(left(10), 18.0 / 21.0 * 16.0 / 17.0 * 14.0 / 15.0);
        // 0.448 at 23 weeks, with the error 0.1346.
        let last = freireich().within(23).unwrap();
        assert!((1.0 - last.estimate.result().unwrap() - 0.448).abs() < 5e-4);
        let limits = last.interval.result().unwrap();
        let error = (limits.high - limits.low) / (2.0 * Z95);
        assert!((error - 0.1346).abs() < 5e-5, "{error}");
    }

    #[test]
    fn whoever_was_followed_for_less_than_the_window_is_censored() {
        let found = freireich().within(10).unwrap();
        assert_eq!((found.at_risk, found.reconvicted), (21, 5));
        // The weeks 6 and 9; whoever was last seen in week 10 was followed for all of it.
        assert_eq!((found.censored, found.not_reconvicted), (2, 14));
        near(found.share_of_followed.result().unwrap(), 5.0 / 19.0);
    }

    #[test]
    fn without_censoring_the_estimate_is_the_share() {
        let mut followed = Followed::default();
        followed.add(3, true, 4).unwrap();
        followed.add(8, true, 2).unwrap();
        followed.add(20, false, 14).unwrap();
        let found = followed.within(10).unwrap();
        near(found.estimate.result().unwrap(), 0.3);
        near(found.share_of_followed.result().unwrap(), 0.3);
        near(followed.within(5).unwrap().estimate.result().unwrap(), 0.2);
    }

    #[test]
    fn of_nobody_there_is_no_share_and_where_all_came_back_no_interval() {
        let none = Followed::default().within(10).unwrap();
        assert_eq!(none.estimate.undefined(), Some(Undefined::NoDecisions));
        assert_eq!(none.at_risk, 0);
        let mut nobody = Followed::default();
        nobody.add(40, false, 3).unwrap();
        let found = nobody.within(10).unwrap();
        assert_eq!(found.estimate, Figure::Value(0.0));
        assert_eq!(found.interval.undefined(), Some(Undefined::NoVariation));
        let mut all = Followed::default();
        all.add(1, true, 3).unwrap();
        let found = all.within(10).unwrap();
        assert_eq!(found.estimate, Figure::Value(1.0));
        assert_eq!(found.interval.undefined(), Some(Undefined::NoVariation));
    }

    #[test]
    fn counts_merge_by_addition() {
        let mut twice = freireich();
        twice.merge(&freireich()).unwrap();
        assert_eq!(twice.n(), 42);
        let (one, two) = (freireich().within(23).unwrap(), twice.within(23).unwrap());
        near(
            two.estimate.result().unwrap(),
            one.estimate.result().unwrap(),
        );
    }
}
