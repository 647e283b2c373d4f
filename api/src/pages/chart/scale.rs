//! From values to places on the paper.

/// A linear scale from a domain of values to a range of places.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    pub domain: (f64, f64),
    pub range: (f64, f64),
}

impl Scale {
    /// A scale whose domain is widened to whole ticks around `low` and `high`.
    pub fn around(low: f64, high: f64, range: (f64, f64), about: u32) -> Self {
        let (low, high) = if high > low {
            (low, high)
        } else {
            (low, low + 1.0)
        };
        let step = step(low, high, about);
        Self {
            domain: ((low / step).floor() * step, (high / step).ceil() * step),
            range,
        }
    }

    /// The place of a value; outside values stop at the edge.
    pub fn at(&self, value: f64) -> f64 {
        let (low, high) = self.domain;
        let share = if high > low {
            ((value - low) / (high - low)).clamp(0.0, 1.0)
        } else {
            0.0
        };
        self.range.0 + share * (self.range.1 - self.range.0)
    }
}

/// Round values, about so many, from `low` to `high` inclusive.
pub fn ticks(low: f64, high: f64, about: u32) -> Vec<f64> {
    if !(low.is_finite() && high.is_finite()) || high <= low {
        return vec![low];
    }
    let step = step(low, high, about);
    let first = (low / step).ceil();
    // Counting in steps keeps the ticks exact; adding the step would gather rounding errors.
    (0..=64_u32)
        .map(|n| (first + f64::from(n)) * step)
        .take_while(|tick| *tick <= high + step * 1e-9)
        .map(|tick| tick + 0.0)
        .collect()
}

fn step(low: f64, high: f64, about: u32) -> f64 {
    let rough = (high - low) / f64::from(about.max(1));
    let magnitude = 10_f64.powf(rough.log10().floor());
    let factor = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .find(|f| f * magnitude >= rough * 0.999);
    factor.unwrap_or(10.0) * magnitude
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_stay_within_the_domain() {
        assert_eq!(ticks(0.0, 100.0, 5), [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
        assert_eq!(
            ticks(-3.0, 4.0, 7),
            [-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0]
        );
        assert_eq!(ticks(5.0, 5.0, 4), [5.0]);
        assert_eq!(ticks(0.0, f64::NAN, 4).len(), 1);
    }

    #[test]
    fn a_scale_is_widened_to_whole_ticks_and_stops_at_its_edges() {
        let scale = Scale::around(0.0, 87.0, (0.0, 200.0), 5);
        assert_eq!(scale.domain, (0.0, 100.0));
        let places = [50.0, -9.0, 400.0].map(|value| scale.at(value));
        assert_eq!(places.to_vec(), [100.0, 0.0, 200.0]);
    }

    #[test]
    fn a_scale_of_one_value_is_still_a_scale() {
        let scale = Scale::around(3.0, 3.0, (0.0, 10.0), 5);
        assert!(scale.domain.1 > scale.domain.0);
        assert!(scale.at(3.0).is_finite());
    }
}
