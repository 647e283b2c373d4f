//! The ratios, beside their floors and aims.

use std::process::ExitCode;

use crate::measured::{Measured, Spread};

/// One target: Assize against a baseline. A rate should be high, a time or a size low.
struct Target {
    what: &'static str,
    ratio: Option<Spread>,
    floor: f64,
    aim: f64,
    low: bool,
}

impl Target {
    fn verdict(&self) -> &'static str {
        let Some(ratio) = self.ratio else {
            return "not measured";
        };
        let reached = |bound: f64| {
            if self.low {
                ratio.middle <= bound
            } else {
                ratio.middle >= bound
            }
        };
        if reached(self.aim) {
            "aim"
        } else if reached(self.floor) {
            "floor"
        } else {
            "MISSED"
        }
    }
}

/// Middle against middle; the extremes say how far the sitting would let it move.
fn over(ours: Option<Spread>, theirs: Option<Spread>) -> Option<Spread> {
    let (ours, theirs) = (ours?, theirs?);
    Some(Spread {
        least: ours.least / theirs.greatest,
        middle: ours.middle / theirs.middle,
        greatest: ours.greatest / theirs.least,
    })
}

fn targets(m: &Measured) -> Vec<Target> {
    let (es, db) = ("postgres-es", "message-db");
    let rate = |what, ours, theirs, floor, aim| Target {
        what,
        ratio: over(ours, theirs),
        floor,
        aim,
        low: false,
    };
    let time = |what, ours, theirs, floor, aim| Target {
        what,
        ratio: over(ours, theirs),
        floor,
        aim,
        low: true,
    };
    let ours = |at| m.rates("assize", "command", at);
    let p =
        |system, percent: &str, at| m.seconds(system, &format!("command_latency_{percent}"), at);
    let same_rows = m.rates("copy", "same_rows", 1);
    let on_file = m.rates("assize-sqlite", "command", 8);
    let eventsourcing = m.rates("eventsourcing-py-sqlite", "command", 8);
    let mut all = vec![
        rate(
            "1 commands/s at 8 / postgres-es",
            ours(8),
            m.rates(es, "command", 8),
            1.3,
            1.8,
        ),
        rate(
            "2 commands/s at 32 / postgres-es",
            ours(32),
            m.rates(es, "command", 32),
            2.5,
            4.5,
        ),
        rate(
            "3 commands/s at 8 / message-db",
            ours(8),
            m.rates(db, "command", 8),
            1.8,
            2.5,
        ),
        time(
            "4 p50 at 1 / postgres-es",
            p("assize", "p50", 1),
            p(es, "p50", 1),
            1.3,
            0.8,
        ),
        time(
            "5 p99 at 8 / postgres-es",
            p("assize", "p99", 8),
            p(es, "p99", 8),
            1.5,
            0.7,
        ),
        rate(
            "7 import, events/s / COPY",
            m.rates("assize", "import_recorded", 1),
            same_rows,
            0.3,
            0.5,
        ),
        rate(
            "8 replay, events/s / postgres-es",
            m.rates("assize", "replay", 1),
            m.rates(es, "replay", 1),
            2.5,
            4.0,
        ),
        rate(
            "17 SQLite commands/s at 8 / eventsourcing",
            on_file,
            eventsourcing,
            3.0,
            6.0,
        ),
        time(
            "country until a view answers / COPY",
            m.seconds("assize", "import_answered", 1),
            m.seconds("copy", "same_rows", 1),
            2.5,
            2.5,
        ),
    ];
    let bytes = m.rates("assize", "import_memory", 1);
    let limit = 600e6;
    let share = |of: Spread| Spread {
        least: of.least / limit,
        middle: of.middle / limit,
        greatest: of.greatest / limit,
    };
    all.push(Target {
        what: "country, memory / 600 MB",
        ratio: bytes.map(share),
        floor: 1.0,
        aim: 1.0,
        low: true,
    });
    all
}

/// Prints the ratios: least, middle, greatest. Fails where a floor is missed or nothing was measured.
#[expect(clippy::print_stdout, reason = "the table is what is asked for")]
pub(crate) fn tell(measured: &Measured) -> ExitCode {
    let mut missed = false;
    println!(
        "{:<44} {:>7} {:>7} {:>7}   floor   aim",
        "", "least", "middle", "most"
    );
    for target in targets(measured) {
        let verdict = target.verdict();
        missed |= verdict == "MISSED" || verdict == "not measured";
        let shown = target.ratio.map_or_else(
            || format!("{:>7} {:>7} {:>7}", "-", "-", "-"),
            |r| format!("{:>7.2} {:>7.2} {:>7.2}", r.least, r.middle, r.greatest),
        );
        let (floor, aim) = (target.floor, target.aim);
        println!(
            "{:<44} {shown}   {floor:>5}  {aim:>4}   {verdict}",
            target.what
        );
    }
    if missed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}
