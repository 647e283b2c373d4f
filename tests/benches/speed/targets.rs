//! The ratios, beside their floors and aims.

use std::process::ExitCode;

use crate::measured::Measured;
use crate::ratios::{self, Target, rate, share, time};

/// Numbers 1 to 5, 7 to 9 and 17 of the targets, what the import of a country may take, and an emergency.
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
        rate(
            "9 rebuild of the facts, events/s / replay of the same ledger",
            per_second("assize", "facts_rebuilt"),
            per_second("assize", "country_replayed"),
            0.4,
            0.7,
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

/// Prints the ratios. Fails where a floor is missed or nothing was measured.
pub(crate) fn tell(measured: &Measured) -> ExitCode {
    ratios::tell(&targets(measured))
}
