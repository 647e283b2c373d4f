//! What was measured, by whom, at how many at a time.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tests::Failure;

/// One measure: `n` things in `seconds`. For a percentile the seconds are the percentile itself.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Line {
    pub(crate) system: String,
    pub(crate) measure: String,
    pub(crate) n: u64,
    pub(crate) concurrency: u64,
    pub(crate) seconds: f64,
    pub(crate) per_second: f64,
}

impl Line {
    pub(crate) fn of(system: &str, measure: &str, n: u64, concurrency: u64, seconds: f64) -> Self {
        #[expect(
            clippy::as_conversions,
            clippy::cast_precision_loss,
            reason = "a rate, far below 2^53"
        )]
        let per_second = n as f64 / seconds;
        Self {
            system: system.to_owned(),
            measure: measure.to_owned(),
            n,
            concurrency,
            seconds,
            per_second,
        }
    }
}

/// Everything measured in a sitting.
#[derive(Debug, Default)]
pub(crate) struct Measured(BTreeMap<(String, String, u64), Vec<Line>>);

/// The least, the middle and the greatest of what was measured.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spread {
    pub(crate) least: f64,
    pub(crate) middle: f64,
    pub(crate) greatest: f64,
}

impl Measured {
    /// Keeps a line and prints it.
    pub(crate) fn keep(&mut self, line: Line) {
        tell(&line);
        let key = (line.system.clone(), line.measure.clone(), line.concurrency);
        self.0.entry(key).or_default().push(line);
    }

    /// The rates of a measure.
    pub(crate) fn rates(&self, system: &str, measure: &str, at: u64) -> Option<Spread> {
        self.spread(system, measure, at, |line| line.per_second)
    }

    /// The seconds of a measure.
    pub(crate) fn seconds(&self, system: &str, measure: &str, at: u64) -> Option<Spread> {
        self.spread(system, measure, at, |line| line.seconds)
    }

    fn spread(
        &self,
        system: &str,
        measure: &str,
        at: u64,
        of: impl Fn(&Line) -> f64,
    ) -> Option<Spread> {
        let key = (system.to_owned(), measure.to_owned(), at);
        let mut all: Vec<f64> = self.0.get(&key)?.iter().map(of).collect();
        all.sort_by(f64::total_cmp);
        Some(Spread {
            least: *all.first()?,
            middle: *all.get(all.len() / 2)?,
            greatest: *all.last()?,
        })
    }
}

#[expect(clippy::print_stdout, reason = "the lines are what is asked for")]
fn tell(line: &Line) {
    if let Ok(text) = serde_json::to_string(line) {
        println!("{text}");
    }
}

/// A memory of this process in bytes, by its name in the system's account: `VmRSS:` what it holds, `VmHWM:` the most that it
/// held.
pub(crate) fn memory(of: &str) -> Result<u64, Failure> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix(of));
    let kib: u64 = line
        .and_then(|line| line.split_whitespace().next())
        .ok_or("the system does not tell the memory")?
        .parse()?;
    Ok(kib * 1_024)
}
