//! An import is killed again and again in the middle: it ends as one that nobody disturbed.
#![expect(
    clippy::indexing_slicing,
    reason = "what a JSON value lacks reads as null, and the step that needs it fails"
)]

use std::fmt::Write;
use std::process::{Child, Stdio};
use std::time::Duration;

use infra::registry::AsOf;
use serde_json::Value;
use tests::{Failure, Place, Typed, call};

const KILLS: usize = 6;
const MAPPING: &str = "\
source = \"killed\"
jurisdiction = \"midland\"
policy = \"midland/1\"

[file]
key = [\"id\"]

[decision]
decided = { column = \"date\" }
court = { constant = \"ashby\" }

[person]
identity = { scheme = \"state-number\", columns = [\"number\"] }

[[components]]
name = \"fine\"
kind = \"fine\"
when = [{ column = \"fine\", greater_than = \"0\" }]
amount = { column = \"fine\", unit = \"money\", currency = \"EUR\" }

[[components]]
name = \"work\"
kind = \"community_order\"
when = [{ column = \"hours\", greater_than = \"0\" }]

[[components.requirements]]
kind = \"unpaid-work\"
amount = { column = \"hours\", unit = \"hours\" }
";

/// Fines and orders of a thousand people; every hundredth row cannot be read.
fn rows() -> Result<String, Failure> {
    let mut rows = "id,number,date,fine,hours\n".to_owned();
    for n in 0..15_000 {
        let (fine, hours) = if n % 3 == 0 { (0, 60) } else { (100 + n, 0) };
        let day = if n % 100 == 99 { 32 } else { n % 28 + 1 };
        writeln!(rows, "{n},{},2024-03-{day:02},{fine},{hours}", n % 1_000)?;
    }
    Ok(rows)
}

const IMPORT: [&str; 7] = [
    "import",
    "rows.csv",
    "--mapping",
    "killed.toml",
    "--batch",
    "400",
    "--json",
];

fn prepare(place: &Place) -> Result<(), Failure> {
    std::fs::write(place.folder().join("killed.toml"), MAPPING)?;
    std::fs::write(place.folder().join("rows.csv"), rows()?)?;
    let adopted = Typed::of(place, &["policy", "adopt", "midland"])?;
    assert_eq!(adopted.code, Some(0), "{adopted:?}");
    Ok(())
}

/// What is there in the end, whoever was disturbed: streams, figures, rejected rows, and the report.
async fn outcome(place: &mut Place) -> Result<Vec<String>, Failure> {
    let streams = "SELECT aggregate_type, COUNT(DISTINCT aggregate_id), COUNT(*) FROM events \
                   GROUP BY aggregate_type ORDER BY aggregate_type";
    let streams = place.database().await?.query(streams, &[]).await?;
    let mut all = vec![format!("{streams:?}")];
    let rejects = place.folder().join("rows.csv.rejects.csv");
    all.push(std::fs::read_to_string(rejects)?);
    let typed = Typed::of(place, &["view", "disposals", "--by", "court", "--json"])?;
    let figures: Value = serde_json::from_str(&typed.stdout)?;
    all.push(figures["groups"].to_string());
    let registry = place.open().await?;
    let kept = registry
        .imports(&call("oversight")?, AsOf::Now, None, 10)
        .await?;
    assert_eq!(kept.rows.len(), 1, "one import, one report");
    let kept = kept.rows.first().ok_or("no import")?;
    let mut report = serde_json::to_value(&kept.report)?;
    for own in ["id", "millis", "indexes", "continued_after"] {
        report[own] = Value::Null;
    }
    // Which sentences the first examples became is each register's own.
    let rules = report
        .pointer_mut("/rules/rules")
        .and_then(Value::as_array_mut);
    for rule in rules.ok_or("no rules")? {
        rule["notes"] = Value::Null;
    }
    all.push(report.to_string());
    Ok(all)
}

async fn reached(place: &Place) -> Result<i64, Failure> {
    let sql = "SELECT COALESCE(MAX(last_row), 0) FROM import_progress";
    let row = place.database().await?.query_one(sql, &[]).await?;
    Ok(row.ok_or("no answer")?.int(0)?)
}

fn start(place: &Place) -> Result<Child, Failure> {
    let mut command = Typed::command(place)?;
    command
        .args(IMPORT)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    Ok(command.spawn()?)
}

/// Kills an import once it has stored something more; whether it was killed.
async fn kill_in_the_middle(place: &Place, number: u64) -> Result<bool, Failure> {
    let before = reached(place).await?;
    let mut import = start(place)?;
    while reached(place).await? == before {
        if import.try_wait()?.is_some() {
            return Ok(false);
        }
    }
    // Different in each round; which instruction it meets is up to the machine.
    tokio::time::sleep(Duration::from_millis(number * 37 % 90)).await;
    import.kill()?;
    Ok(!import.wait()?.success())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_killed_in_the_middle_ends_as_one_that_was_not() -> Result<(), Failure> {
    let mut undisturbed = Place::on_file()?;
    prepare(&undisturbed)?;
    let whole = Typed::of(&undisturbed, &IMPORT)?;
    assert_eq!(whole.code, Some(0), "{whole:?}");
    let expected = outcome(&mut undisturbed).await?;
    for mut place in Place::everywhere().await? {
        prepare(&place)?;
        let mut killed = 0;
        for number in 0..u64::try_from(KILLS)? {
            killed += usize::from(kill_in_the_middle(&place, number).await?);
        }
        assert!(killed >= 3, "the import was killed {killed} times");
        let rest = Typed::of(&place, &IMPORT)?;
        assert_eq!(rest.code, Some(0), "{rest:?}");
        let rest: Value = serde_json::from_str(&rest.stdout)?;
        assert_eq!(
            (&rest["recorded"], &rest["rejected"]),
            (&14_850.into(), &150.into())
        );
        assert!(rest["continued_after"].as_u64() > Some(0));
        assert_eq!(outcome(&mut place).await?, expected);
        let again = Typed::of(&place, &IMPORT)?;
        let again: Value = serde_json::from_str(&again.stdout)?;
        assert_eq!(
            (&again["recorded"], &again["existing"]),
            (&0.into(), &14_850.into())
        );
    }
    Ok(())
}
