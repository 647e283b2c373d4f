//! The time, as UTC microseconds since 1970. Nothing else in the project reads a clock.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// A source of instants.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// The machine's clock.
    #[default]
    System,
    /// A clock that stands still until it is told to move.
    Fixed(FixedClock),
}

/// A clock for tests and rehearsals; clones share the time.
#[derive(Clone, Debug)]
pub struct FixedClock {
    now_us: Arc<AtomicI64>,
    step_us: i64,
}

impl FixedClock {
    /// Shows `now_us` until advanced.
    pub fn at(now_us: i64) -> Self {
        Self::stepping(now_us, 0)
    }

    /// Shows `now_us` first and `step_us` more at each further look.
    pub fn stepping(now_us: i64, step_us: i64) -> Self {
        Self {
            now_us: Arc::new(AtomicI64::new(now_us)),
            step_us,
        }
    }

    /// Moves the time by `by_us`, backwards too.
    pub fn advance(&self, by_us: i64) {
        self.now_us.fetch_add(by_us, Ordering::SeqCst);
    }
}

impl Clock {
    /// A clock that stands at `now_us`.
    pub fn fixed(now_us: i64) -> Self {
        Self::Fixed(FixedClock::at(now_us))
    }

    /// UTC microseconds since 1970.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that reads the machine's clock"
    )]
    pub fn now_us(&self) -> i64 {
        match self {
            Self::System => SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .ok()
                .and_then(|since| i64::try_from(since.as_micros()).ok())
                .unwrap_or(0),
            Self::Fixed(clock) => clock.now_us.fetch_add(clock.step_us, Ordering::SeqCst),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_clock_moves_only_when_told() {
        let hand = FixedClock::at(5);
        let clock = Clock::Fixed(hand.clone());
        assert_eq!((clock.now_us(), clock.now_us()), (5, 5));
        hand.advance(-2);
        assert_eq!(clock.now_us(), 3);
    }

    #[test]
    fn a_stepping_clock_never_shows_an_instant_twice() {
        let clock = Clock::Fixed(FixedClock::stepping(10, 7));
        assert_eq!([clock.now_us(), clock.now_us()], [10, 17]);
    }

    #[test]
    fn the_system_clock_is_past_2026() {
        assert!(Clock::System.now_us() > 1_767_225_600_000_000);
    }
}
