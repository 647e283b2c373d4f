//! A disk that is full, and a file that may only be read.

use std::fmt::Write;
use std::process::Command;

use tests::{Failure, Place, Typed, setting};

use super::cases::MAPPING;

/// Decisions that need more room than the small disk has.
fn many() -> Result<String, Failure> {
    let mut rows = "date,court,sex,offence,fine\n".to_owned();
    for n in 0..9_000 {
        writeln!(rows, "2024-03-{:02},ashby,f,M101,{}", n % 28 + 1, 100 + n)?;
    }
    Ok(rows)
}

/// What is typed on a disk of its own: filled by an import, then enlarged. While it is full nothing is shown, because
/// nobody could write down that it was.
const SCRIPT: &str = r#"
mount -t tmpfs -o size=6m tmpfs full || exit 99
export ASSIZE_DB=sqlite://full/register.db
"$0" migrate >migrated 2>&1
"$0" import many.csv --mapping courts.toml --batch 1000 >first 2>&1
echo $? >code
"$0" view disposals --json >seen 2>&1
echo $? >>code
mount -o remount,size=64m full
"$0" import many.csv --mapping courts.toml --batch 1000 >second 2>&1
echo $? >>code
"$0" doctor >doctor 2>&1
echo $? >>code
"#;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_stops_an_import_that_goes_on_when_there_is_room() -> Result<(), Failure> {
    let place = Place::on_file()?;
    let folder = place.folder();
    std::fs::create_dir(folder.join("full"))?;
    std::fs::write(folder.join("many.csv"), many()?)?;
    std::fs::write(folder.join("courts.toml"), MAPPING)?;
    let program = Typed::command(&place)?.get_program().to_owned();
    let mut apart = Command::new("unshare");
    apart.args(["--map-root-user", "--mount", "sh", "-c", SCRIPT]);
    apart.arg(program).current_dir(folder);
    apart.env("ASSIZE_KEY_FILE", place.key_file());
    let ended = apart.status();
    if !ended.is_ok_and(|status| status.success()) {
        if setting("ASSIZE_TESTS_RUN").is_some() {
            loud("NOT RUN: a disk of its own cannot be mounted here, so a full one was not tried");
        }
        return Ok(());
    }
    let said = |name: &str| std::fs::read_to_string(folder.join(name));
    assert_eq!(
        said("code")?,
        "1\n1\n0\n0\n",
        "{}{}",
        said("first")?,
        said("second")?
    );
    let first = said("first")?;
    assert!(
        first.contains("full") && first.contains("the same command goes on"),
        "{first}"
    );
    let second = said("second")?;
    assert!(second.starts_with("9,000 decisions recorded"), "{second}");
    Ok(())
}

#[expect(clippy::print_stderr, reason = "a test that is not run says so")]
fn loud(what: &str) {
    eprintln!("{what}");
}

#[tokio::test]
async fn what_cannot_be_printed_is_no_success() -> Result<(), Failure> {
    let place = Place::on_file()?;
    for args in [
        ["schema", "safeguards", "--json"].as_slice(),
        &["completions", "bash"],
    ] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full")?;
        let mut command = Typed::command(&place)?;
        let told: Typed = command.args(args).stdout(full).output()?.into();
        assert_eq!(told.code, Some(1), "{told:?}");
        assert!(told.stderr.contains("could not be written"), "{told:?}");
    }
    Ok(())
}
