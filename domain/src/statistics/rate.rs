//! Shares and their intervals: Wilson (1927), Clopper & Pearson (1934), and the hybrid score
//! interval of a difference (Newcombe 1998, method 10).

use super::damage::CountError;
use super::exact::{MOST_DECISIONS, Z95, real};
use super::normal::{TAIL95, beta_quantile};
use super::undefined::{Figure, Interval, Undefined, quotient};

/// So many events among so many decisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    events: u64,
    n: u64,
}

impl Share {
    /// Refuses more events than decisions.
    pub fn new(events: u64, n: u64) -> Result<Self, CountError> {
        if n > MOST_DECISIONS {
            return Err(CountError::TooMany {
                limit: MOST_DECISIONS,
            });
        }
        if events > n {
            return Err(CountError::MoreEventsThanDecisions { events, n });
        }
        Ok(Self { events, n })
    }

    /// Events.
    pub fn events(self) -> u64 {
        self.events
    }

    /// Decisions.
    pub fn n(self) -> u64 {
        self.n
    }

    /// x/n. Null when n = 0.
    pub fn rate(self) -> Figure {
        quotient(real(self.events), real(self.n), Undefined::NoDecisions)
    }

    /// The Wilson score interval at 95 %, within [0, 1]. Null when n = 0.
    pub fn wilson(self) -> Figure<Interval> {
        if self.n == 0 {
            return Figure::Undefined(Undefined::NoDecisions);
        }
        let (x, n, z2) = (real(self.events), real(self.n), Z95 * Z95);
        let centre = x + z2 / 2.0;
        let half = Z95 * (x * real(self.n - self.events) / n + z2 / 4.0).sqrt();
        let low = if self.events == 0 {
            0.0
        } else {
            (centre - half) / (n + z2)
        };
        let high = if self.events == self.n {
            1.0
        } else {
            (centre + half) / (n + z2)
        };
        Ok(Interval {
            low: low.max(0.0),
            high: high.min(1.0),
        })
        .into()
    }

    /// The exact interval at 95 %, from the beta distribution. Null when n = 0.
    pub fn clopper_pearson(self) -> Figure<Interval> {
        if self.n == 0 {
            return Figure::Undefined(Undefined::NoDecisions);
        }
        let (x, rest) = (real(self.events), real(self.n - self.events));
        let low = if self.events == 0 {
            0.0
        } else {
            beta_quantile(x, rest + 1.0, TAIL95, true)
        };
        let high = if self.events == self.n {
            1.0
        } else {
            beta_quantile(x + 1.0, rest, TAIL95, false)
        };
        Ok(Interval { low, high }).into()
    }
}

/// The risk difference x₁/n₁ − x₀/n₀. Null when a group is empty.
pub fn difference(exposed: Share, reference: Share) -> Figure {
    let net = i128::from(exposed.events) * i128::from(reference.n)
        - i128::from(reference.events) * i128::from(exposed.n);
    let product = i128::from(exposed.n) * i128::from(reference.n);
    quotient(real(net), real(product), Undefined::EmptyGroup)
}

/// Newcombe's hybrid score interval of the risk difference, at 95 %. Null when a group is empty.
pub fn newcombe(exposed: Share, reference: Share) -> Figure<Interval> {
    let limits = || -> Result<Interval, Undefined> {
        let d = difference(exposed, reference).result()?;
        let (p1, p0) = (exposed.rate().result()?, reference.rate().result()?);
        let (w1, w0) = (exposed.wilson().result()?, reference.wilson().result()?);
        Ok(Interval {
            low: d - (p1 - w1.low).hypot(w0.high - p0),
            high: d + (w1.high - p1).hypot(p0 - w0.low),
        })
    };
    limits().into()
}

/// How strong an unobserved common cause would have to be, on the scale of the risk ratio, to
/// explain the observed one away: RR + √(RR(RR−1)), RR below 1 inverted first (`VanderWeele` & Ding
/// 2017). Null for a ratio that is not positive.
pub fn e_value(risk_ratio: f64) -> Figure {
    if risk_ratio <= 0.0 || !risk_ratio.is_finite() {
        return Figure::Undefined(Undefined::OutOfDomain);
    }
    let ratio = if risk_ratio < 1.0 {
        1.0 / risk_ratio
    } else {
        risk_ratio
    };
    Ok(ratio + (ratio * (ratio - 1.0)).sqrt()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_more_events_than_decisions() {
        assert_eq!(
            Share::new(3, 2),
            Err(CountError::MoreEventsThanDecisions { events: 3, n: 2 })
        );
    }

    #[test]
    fn nobody_has_no_rate_and_no_interval() {
        let nobody = Share::new(0, 0).unwrap();
        assert_eq!(nobody.wilson().undefined(), Some(Undefined::NoDecisions));
        assert_eq!(
            nobody.clopper_pearson().undefined(),
            Some(Undefined::NoDecisions)
        );
        let one = Share::new(1, 1).unwrap();
        assert_eq!(
            newcombe(one, nobody).undefined(),
            Some(Undefined::EmptyGroup)
        );
    }

    #[test]
    fn the_exact_limits_of_none_and_of_all_have_a_closed_form() {
        let none = Share::new(0, 20)
            .unwrap()
            .clopper_pearson()
            .value()
            .unwrap();
        assert!((none.high - (1.0 - 0.025_f64.powf(0.05))).abs() < 1e-14);
        let all = Share::new(5, 5).unwrap().clopper_pearson().value().unwrap();
        assert!((all.low - 0.025_f64.powf(0.2)).abs() < 1e-14);
        assert_eq!((none.low, all.high), (0.0, 1.0));
    }

    #[test]
    fn limits_stand_at_tens_of_millions() {
        let share = Share::new(25_000_000, 50_000_000).unwrap();
        let (score, exact) = (
            share.wilson().value().unwrap(),
            share.clopper_pearson().value().unwrap(),
        );
        assert!((score.low - exact.low).abs() < 1e-7 && (score.high - exact.high).abs() < 1e-7);
    }

    #[test]
    fn the_e_value_reads_the_same_both_ways() {
        assert_eq!(e_value(1.0), Figure::Value(1.0));
        assert_eq!(e_value(2.0), e_value(0.5));
        assert_eq!(e_value(0.0).undefined(), Some(Undefined::OutOfDomain));
    }
}
