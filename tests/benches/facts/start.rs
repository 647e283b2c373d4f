//! From nothing to the first statistic, with no byte of the facts in memory; and reading and hashing the same bytes.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use infra::facts::FactTable;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tests::{Drawn, Failure};

use crate::measured::{Line, Measured, memory};

/// What a process that starts tells.
#[derive(Debug, Serialize, Deserialize)]
struct Told {
    seconds: f64,
    /// The memory that it holds more than before, in bytes.
    memory: u64,
}

/// Measures both.
pub(crate) fn measure(file: &Path, into: &mut Measured) -> Result<(), Failure> {
    let size = std::fs::metadata(file)?.len();
    forget(file)?;
    let began = Instant::now();
    std::hint::black_box(Sha256::digest(std::fs::read(file)?));
    into.keep(Line::of(
        "file",
        "hashed",
        size,
        1,
        began.elapsed().as_secs_f64(),
    ));
    forget(file)?;
    let mut apart = Command::new(std::env::current_exe()?);
    let output = apart.arg("--start-from").arg(file).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    let told: Told = serde_json::from_slice(&output.stdout)?;
    into.keep(Line::of("assize", "start", size, 1, told.seconds));
    into.keep(Line::of("assize", "memory", told.memory, 1, 1.0));
    Ok(())
}

/// What the process apart does.
pub(crate) fn tell(file: &Path) -> Result<(), Failure> {
    let before = memory("VmRSS:")?;
    let began = Instant::now();
    let mut facts = FactTable::new();
    {
        let bytes = std::fs::read(file)?;
        facts.add_segment(&bytes)?;
    }
    let days = vec![Some(1); facts.penalties().len()];
    let last = facts.next_index();
    std::hint::black_box(facts.totals(&Drawn::selection(), &days, last)?);
    let seconds = began.elapsed().as_secs_f64();
    let memory = memory("VmRSS:")?.saturating_sub(before);
    print(&Told { seconds, memory })
}

/// Lets the system forget the bytes of a file, so that they are read from the disk.
fn forget(file: &Path) -> Result<(), Failure> {
    let mut command = Command::new("dd");
    let mut of = std::ffi::OsString::from("of=");
    of.push(file);
    command.arg(of).args([
        "oflag=nocache",
        "conv=notrunc,fdatasync",
        "count=0",
        "status=none",
    ]);
    let output = command.arg("if=/dev/null").output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "read by the process that asked")]
fn print(told: &Told) -> Result<(), Failure> {
    println!("{}", serde_json::to_string(told)?);
    Ok(())
}
