//! From nothing to the first statistic, with no byte of the facts in memory; and reading and hashing the same bytes.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc;
use std::time::{Duration, Instant};

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

/// Versions of decisions in a block, as in a register that joined its blocks.
const BLOCK: usize = 1 << 20;

/// How long a process rests before its memory is told.
const REST: Duration = Duration::from_secs(2);

/// Writes the blocks of the facts into a folder; their size in bytes.
pub(crate) fn write(facts: &FactTable, folder: &Path) -> Result<u64, Failure> {
    let mut size = 0;
    for (no, block) in facts.blocks(BLOCK)?.into_iter().enumerate() {
        size += u64::try_from(block.bytes.len())?;
        std::fs::write(folder.join(format!("{no:04}.block")), block.bytes)?;
    }
    Ok(size)
}

/// The blocks of a folder, in their order.
fn blocks(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let files = std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
    let mut files = files.collect::<Result<Vec<_>, Failure>>()?;
    files.retain(|file| file.extension().is_some_and(|end| end == "block"));
    files.sort();
    Ok(files)
}

/// Measures both, each in a process of its own.
pub(crate) fn measure(
    folder: &Path,
    (rows, size): (u32, u64),
    into: &mut Measured,
) -> Result<(), Failure> {
    let hashed = apart("--hash-from", folder, rows)?;
    into.keep(Line::of("file", "hashed", size, 1, hashed.seconds));
    let told = apart("--start-from", folder, rows)?;
    into.keep(Line::of("assize", "start", size, 1, told.seconds));
    into.keep(Line::of("assize", "memory", told.memory, 1, 1.0));
    Ok(())
}

fn apart(what: &str, folder: &Path, rows: u32) -> Result<Told, Failure> {
    for file in blocks(folder)? {
        forget(&file)?;
    }
    let mut apart = Command::new(std::env::current_exe()?);
    apart.arg(what).arg(folder);
    let output = apart.args(["--rows", &rows.to_string()]).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// What the process apart does that reads and hashes the bytes.
pub(crate) fn hash(folder: &Path) -> Result<(), Failure> {
    let before = memory("VmRSS:")?;
    let began = Instant::now();
    let mut hash = Sha256::new();
    for file in blocks(folder)? {
        hash.update(std::fs::read(file)?);
    }
    std::hint::black_box(hash.finalize());
    let seconds = began.elapsed().as_secs_f64();
    let memory = memory("VmRSS:")?.saturating_sub(before);
    print(&Told { seconds, memory })
}

/// What the process apart does that starts.
pub(crate) fn tell(folder: &Path, rows: u32) -> Result<(), Failure> {
    let before = memory("VmRSS:")?;
    let began = Instant::now();
    let mut facts = FactTable::with_room(usize::try_from(rows)?);
    let files = blocks(folder)?;
    // As the register does: the next block is read while one is added.
    let (read, blocks) = mpsc::sync_channel(0);
    let reader = std::thread::spawn(move || {
        for file in files {
            if read.send(std::fs::read(file)).is_err() {
                break;
            }
        }
    });
    for block in blocks {
        facts.add_segment(&block?)?;
    }
    reader.join().map_err(|_| "the blocks were not read")?;
    let days = vec![Some(1); facts.penalties().len()];
    let last = facts.next_index();
    let answer = || facts.totals(&Drawn::selection(), &days, last);
    std::hint::black_box(answer()?);
    let seconds = began.elapsed().as_secs_f64();
    // At rest: the allocator gives back what it was given back a second ago, with the next work that it has.
    std::thread::sleep(REST);
    std::hint::black_box(answer()?);
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
