//! Figures over many facts beside those of `DuckDB`, in one sitting: the rival, Assize, the rival, Assize, three times, and
//! the ratios.
//!
//! ```text
//! cargo bench -p tests --bench facts --profile production -- --baselines FOLDER [--rows 10000000] [--runs 3]
//! ```
//!
//! The folder holds `common.sh`, which installs the rivals. Both sides count the same facts (`tests::Drawn`) with every
//! core, and every cell is compared. Nothing else may run meanwhile. A floor that is missed ends the program with 1.

#[path = "../speed/measured.rs"]
mod measured;
#[path = "../speed/ratios.rs"]
mod ratios;
mod rival;
mod start;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use clap::Parser;
use domain::jurisdiction::Pack;
use infra::facts::{FactTable, Running};
use infra::views::{Severities, Stamp, ViewName, ViewRequest, compute};
use tests::{Drawn, Failure};

use measured::{Line, Measured};
use ratios::{Target, share, time};
use rival::{Answers, Rival};

/// What the sitting is made of.
#[derive(Debug, Parser)]
#[command(about = "Figures over many facts, beside DuckDB")]
struct Sitting {
    /// The folder with the script that installs the rivals.
    #[arg(long)]
    baselines: Option<PathBuf>,
    /// How many decisions are counted.
    #[arg(long, default_value_t = 10_000_000)]
    rows: u32,
    /// How often each side is measured.
    #[arg(long, default_value_t = 3)]
    runs: u32,
    /// Only loads the facts of this folder and tells how long that took, as a process of its own.
    #[arg(long, hide = true)]
    start_from: Option<PathBuf>,
    /// Only reads and hashes the bytes of the facts of this folder.
    #[arg(long, hide = true)]
    hash_from: Option<PathBuf>,
    /// Cargo says so to every benchmark.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> Result<ExitCode, Failure> {
    let sitting = Sitting::parse();
    if let Some(folder) = &sitting.start_from {
        start::tell(folder, sitting.rows)?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(folder) = &sitting.hash_from {
        start::hash(folder)?;
        return Ok(ExitCode::SUCCESS);
    }
    let Some(baselines) = &sitting.baselines else {
        say("nothing measured: say by --baselines where the rivals' scripts are");
        return Ok(ExitCode::SUCCESS);
    };
    let folder = tempfile::tempdir()?;
    let rival = Rival::install(baselines, folder.path())?;
    let drawn = Drawn::of(sitting.rows)?;
    drawn.write(folder.path())?;
    let mut measured = Measured::default();
    let began = Instant::now();
    let facts = drawn.file()?;
    keep(&mut measured, "filed", u64::from(sitting.rows), began);
    let size = start::write(&facts, folder.path())?;
    measured.keep(Line::of("assize", "bytes", size, 1, 1.0));
    let days = Drawn::days_of(&facts)?;
    let first = u64::from(drawn.from(0)?);
    let moments = [
        first + u64::from(sitting.rows / 2),
        first + u64::from(sitting.rows),
    ];
    for run in 1..=sitting.runs {
        say(&format!("run {run} of {}", sitting.runs));
        let answers = rival.answers(folder.path(), moments, &mut measured)?;
        compare(&facts, &days, moments, &answers, &mut measured)?;
        known(&facts, &days, &mut measured)?;
        gender(&facts, moments, &mut measured)?;
        start::measure(folder.path(), (sitting.rows, size), &mut measured)?;
    }
    Ok(ratios::tell(&targets(&measured, sitting.rows)))
}

/// Times the same questions and compares every cell.
fn compare(
    facts: &FactTable,
    days: &[Option<u32>],
    moments: [u64; 2],
    answers: &Answers,
    into: &mut Measured,
) -> Result<(), Failure> {
    let by = Drawn::selection();
    let rows = u64::try_from(facts.len())?;
    let expected = [&answers.middle, &answers.head];
    for ((name, at), expected) in ["totals_middle", "totals_head"]
        .into_iter()
        .zip(moments)
        .zip(expected)
    {
        let totals = timed(name, rows, into, || Ok(facts.totals(&by, days, at)?))?;
        let found = totals
            .into_iter()
            .map(|(words, total)| (words, (total.n, total.sum)));
        let found: BTreeMap<_, _> = found.collect();
        let expected = expected.iter().map(|(sex, gravity, court, n, sum)| {
            (Drawn::words(*sex, *gravity, *court), (*n, *sum))
        });
        if found != expected.collect() {
            return Err(format!("{name}: the answers differ").into());
        }
    }
    let middles = timed("medians_middle", rows, into, || {
        Ok(facts.middles(&by, days, moments[0])?)
    })?;
    let found = middles
        .into_iter()
        .map(|(words, middle)| (words, u64::from(middle.lower) + u64::from(middle.upper)));
    let found: BTreeMap<_, _> = found.collect();
    let expected = answers
        .medians
        .iter()
        .map(|(sex, gravity, court, twice)| (Drawn::words(*sex, *gravity, *court), *twice));
    if found != expected.collect() {
        return Err("medians: the answers differ".into());
    }
    Ok(())
}

/// Times a table that is kept as rows open and close, as of a hundred indexes, and compares each with a pass.
fn known(facts: &FactTable, days: &[Option<u32>], into: &mut Measured) -> Result<(), Failure> {
    const INDEXES: u64 = 100;
    let mut running = Running::by(&["sex", "gravity", "court"]);
    let began = Instant::now();
    running.keep(facts, days)?;
    keep(into, "known_built", u64::try_from(facts.len())?, began);
    let indexes: Vec<u64> = (1..=INDEXES)
        .map(|no| facts.next_index() * no / INDEXES)
        .collect();
    let began = Instant::now();
    let answers = indexes.iter().map(|at| running.as_of(facts, *at));
    let answers = answers.collect::<Result<Vec<_>, _>>()?;
    let mean = began.elapsed().as_secs_f64() / f64::from(u32::try_from(INDEXES)?);
    into.keep(Line::of("assize", "known", INDEXES, 1, mean));
    for (at, answer) in indexes.iter().zip(answers) {
        if answer != facts.totals(&Drawn::selection(), days, *at)? {
            return Err(format!("as of {at} a pass counts otherwise").into());
        }
    }
    Ok(())
}

/// Times everything that is shown of women and men among like cases, computed from the facts with nothing kept from
/// before, as of the middle and of the head.
fn gender(facts: &FactTable, moments: [u64; 2], into: &mut Measured) -> Result<(), Failure> {
    let midland = domain::jurisdiction::BUILT_IN
        .iter()
        .find(|(name, _)| *name == "midland")
        .ok_or("the rules are built in")?;
    let packs = [Arc::new(Pack::parse(midland.1)?)];
    let request = ViewRequest::of(ViewName::Gender);
    let rows = u64::try_from(facts.len())?;
    for (name, at) in ["gender_middle", "gender_head"].into_iter().zip(moments) {
        let stamp = Stamp {
            index: Some(at),
            instant: domain::values::Instant::from_micros(0),
            past: false,
            behind: 0,
        };
        let shown = timed(name, rows, into, || {
            let kept = Severities::default();
            Ok(compute(facts, &request, &packs, stamp, &kept)?)
        })?;
        if shown.header().decisions == 0 {
            return Err("no decision is shown".into());
        }
    }
    Ok(())
}

/// The median of seven passes after one that is left out.
fn timed<T>(
    measure: &str,
    rows: u64,
    into: &mut Measured,
    work: impl Fn() -> Result<T, Failure>,
) -> Result<T, Failure> {
    let mut answer = work()?;
    let mut took = Vec::new();
    for _ in 0..7 {
        let began = Instant::now();
        answer = work()?;
        took.push(began.elapsed().as_secs_f64());
    }
    took.sort_by(f64::total_cmp);
    let middle = took.get(3).copied().ok_or("seven passes")?;
    into.keep(Line::of("assize", measure, rows, 1, middle));
    Ok(answer)
}

/// Numbers 11 to 16 of the targets.
fn targets(m: &Measured, rows: u32) -> Vec<Target> {
    let took = |system, measure| m.seconds(system, measure, 1);
    let size = |system, measure| m.rates(system, measure, 1);
    let head = took("duckdb", "totals_head");
    let (us, theirs) = ("assize", "duckdb");
    let memory = size(us, "memory").map(|of| share(of, f64::from(rows)));
    vec![
        time(
            "11 totals at the middle / DuckDB at the head",
            took(us, "totals_middle"),
            head,
            1.0 / 3.0,
            0.2,
        ),
        time(
            "11 totals at the head / DuckDB",
            took(us, "totals_head"),
            head,
            1.0 / 3.0,
            0.2,
        ),
        time(
            "12 known in advance / DuckDB",
            took(us, "known"),
            head,
            1.0 / 50.0,
            1.0 / 150.0,
        ),
        time(
            "13 medians / DuckDB",
            took(us, "medians_middle"),
            took(theirs, "medians_middle"),
            0.5,
            0.25,
        ),
        Target {
            what: "14 memory, bytes a row",
            ratio: memory,
            floor: 64.0,
            aim: 48.0,
            low: true,
        },
        time(
            "15 start / reading and hashing",
            took(us, "start"),
            took("file", "hashed"),
            3.0,
            1.5,
        ),
        time(
            "16 durable size / Parquet",
            size(us, "bytes"),
            size("parquet", "bytes"),
            3.0,
            1.5,
        ),
        page(m, "gender as of the middle / 300 ms", "gender_middle"),
        page(m, "gender as of the head / 300 ms", "gender_head"),
    ]
}

/// All figures of a page, against what somebody who opens it should wait at most.
fn page(m: &Measured, what: &'static str, measure: &str) -> Target {
    const LIMIT: f64 = 0.3;
    let took = m.seconds("assize", measure, 1);
    Target {
        what,
        ratio: took.map(|of| share(of, LIMIT)),
        floor: 1.0,
        aim: 1.0,
        low: true,
    }
}

fn keep(into: &mut Measured, measure: &str, n: u64, began: Instant) {
    into.keep(Line::of(
        "assize",
        measure,
        n,
        1,
        began.elapsed().as_secs_f64(),
    ));
}

#[expect(clippy::print_stderr, reason = "what is being done")]
fn say(what: &str) {
    eprintln!("{what}");
}
