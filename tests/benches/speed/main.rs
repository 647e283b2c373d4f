//! Speed beside others, in one sitting: a baseline, Assize, a baseline, Assize, three times, and the ratios.
//!
//! ```text
//! cargo bench -p tests --bench speed --profile production -- --baselines FOLDER [--country FILE] [--runs 3] [--events 300000] [--held 10000]
//! ```
//!
//! The folder holds the scripts of the rivals, which bring their own PostgreSQL with full durability; Assize uses the
//! same server. The country is a file of the built-in mapping `mongolia`. Nothing else may run meanwhile. A floor that
//! is missed ends the program with 1.

mod country;
mod measured;
mod ratios;
mod replay;
mod rivals;
mod screening;
mod targets;
mod writing;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use tests::Failure;

use measured::Measured;
use rivals::Rivals;

/// What the sitting is made of.
#[derive(Debug, Parser)]
#[command(about = "Speed beside others, in one sitting")]
struct Sitting {
    /// The folder with the rivals' scripts.
    #[arg(long)]
    baselines: Option<PathBuf>,
    /// The file of the country that is imported.
    #[arg(long)]
    country: Option<PathBuf>,
    /// How often each side is measured.
    #[arg(long, default_value_t = 3)]
    runs: u32,
    /// The size of the rivals' bulk measures; a tenth of it is the number of commands at 8 and at 32.
    #[arg(long, default_value_t = 300_000)]
    events: u64,
    /// How many people are held and screened in an emergency.
    #[arg(long, default_value_t = 10_000)]
    held: u32,
    /// Only imports the country, into this database, as a process of its own whose memory can be told.
    #[arg(long, hide = true)]
    import_into: Option<String>,
    /// Only writes commands into this database and replays them, for whoever looks where the time goes.
    #[arg(long, hide = true)]
    write_into: Option<String>,
    /// Cargo says so to every benchmark.
    #[arg(long, hide = true)]
    bench: bool,
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<ExitCode, Failure> {
    let sitting = Sitting::parse();
    if let (Some(url), Some(file)) = (&sitting.import_into, &sitting.country) {
        country::import_and_tell(url, file).await?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(url) = &sitting.write_into {
        let (folder, mut measured) = (tempfile::tempdir()?, Measured::default());
        writing::into_database(url, folder.path(), &mut measured, sitting.events).await?;
        replay::measure(url, &mut measured).await?;
        return Ok(ExitCode::SUCCESS);
    }
    let Some(folder) = &sitting.baselines else {
        say("nothing measured: say by --baselines where the rivals' scripts are");
        return Ok(ExitCode::SUCCESS);
    };
    let rivals = Rivals::start(folder)?;
    let mut measured = Measured::default();
    for run in 1..=sitting.runs {
        say(&format!("run {run} of {}", sitting.runs));
        rivals.postgres_es(&mut measured, sitting.events)?;
        writing::on_server(&rivals, &mut measured, sitting.events).await?;
        rivals.message_db(&mut measured)?;
        writing::on_file(&mut measured, sitting.events / 10).await?;
        screening::measure(&mut measured, sitting.held).await?;
        rivals.eventsourcing(&mut measured)?;
        if let Some(file) = &sitting.country {
            country::measure(&rivals, &mut measured, file)?;
        }
    }
    drop(rivals);
    Ok(targets::tell(&measured))
}

#[expect(clippy::print_stderr, reason = "what is being done")]
fn say(what: &str) {
    eprintln!("{what}");
}
