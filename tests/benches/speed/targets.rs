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

/// A rate of ours against one of theirs.
fn rate(
    what: &'static str,
    ours: Option<Spread>,
    theirs: Option<Spread>,
    floor: f64,
    aim: f64,
) -> Target {
    Target {
        what,
        ratio: over(ours, theirs),
        floor,
        aim,
        low: false,
    }
}

/// A time of ours against one of theirs.
fn time(
    what: &'static str,
    ours: Option<Spread>,
    theirs: Option<Spread>,
    floor: f64,
    aim: f64,
) -> Target {
    Target {
        low: true,
        ..rate(what, ours, theirs, floor, aim)
    }
}

/// Numbers 1 to 5, 7, 8 and 17 of the targets, what the import of a country may take, and an emergency.
fn targets(m: &Measured) -> Vec<Target> {
    let mut all = commands(m);
    all.extend(history(m));
    all.push(memory(m));
    all.extend(emergency(m));
    all
}

/// Everybody who is held is screened within two seconds, and in few times what reading the same ledger once takes.
fn emergency(m: &Measured) -> Vec<Target> {
    const LIMIT: f64 = 2.0;
    let seconds = |system, measure| m.seconds(system, measure, 1);
    let screened = seconds("assize-sqlite", "screening");
    vec![
        Target {
            what: "screening of everybody held / 2 s",
            ratio: screened.map(|of| share(of, LIMIT)),
            floor: 1.0,
            aim: 1.0,
            low: true,
        },
        time(
            "screening / reading the ledger once",
            screened,
            seconds("ledger-sqlite", "read_once"),
            10.0,
            5.0,
        ),
    ]
}

/// What was measured as a share of a limit.
fn share(of: Spread, limit: f64) -> Spread {
    Spread {
        least: of.least / limit,
        middle: of.middle / limit,
        greatest: of.greatest / limit,
    }
}

fn commands(m: &Measured) -> Vec<Target> {
    let did = |system, at| m.rates(system, "command", at);
    let took =
        |system, percent: &str, at| m.seconds(system, &format!("command_latency_{percent}"), at);
    let (us, file) = ("assize", "assize-sqlite");
    let (es, db, py) = ("postgres-es", "message-db", "eventsourcing-py-sqlite");
    vec![
        rate(
            "1 commands/s at 8 / postgres-es",
            did(us, 8),
            did(es, 8),
            1.3,
            1.8,
        ),
        rate(
            "2 commands/s at 32 / postgres-es",
            did(us, 32),
            did(es, 32),
            2.5,
            4.5,
        ),
        rate(
            "3 commands/s at 8 / message-db",
            did(us, 8),
            did(db, 8),
            1.8,
            2.5,
        ),
        time(
            "4 p50 at 1 / postgres-es",
            took(us, "p50", 1),
            took(es, "p50", 1),
            1.3,
            0.8,
        ),
        time(
            "5 p99 at 8 / postgres-es",
            took(us, "p99", 8),
            took(es, "p99", 8),
            1.5,
            0.7,
        ),
        rate(
            "17 SQLite commands/s at 8 / eventsourcing",
            did(file, 8),
            did(py, 8),
            3.0,
            6.0,
        ),
    ]
}

fn history(m: &Measured) -> Vec<Target> {
    let per_second = |system, measure| m.rates(system, measure, 1);
    let seconds = |system, measure| m.seconds(system, measure, 1);
    let copied = ("copy", "same_rows");
    vec![
        rate(
            "7 import, events/s / COPY",
            per_second("assize", "import_recorded"),
            per_second(copied.0, copied.1),
            0.3,
            0.5,
        ),
        rate(
            "8 replay, events/s / postgres-es",
            per_second("assize", "replay"),
            per_second("postgres-es", "replay"),
            2.5,
            4.0,
        ),
        time(
            "country until a view answers / COPY",
            seconds("assize", "import_answered"),
            seconds(copied.0, copied.1),
            2.5,
            2.5,
        ),
    ]
}

/// The most memory that the import of the country held, against what it may hold.
fn memory(m: &Measured) -> Target {
    const LIMIT: f64 = 600e6;
    Target {
        what: "country, memory / 600 MB",
        ratio: m
            .rates("assize", "import_memory", 1)
            .map(|of| share(of, LIMIT)),
        floor: 1.0,
        aim: 1.0,
        low: true,
    }
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
