//! What an operator does wrong, or what is wrong with a file: each with its recorded answer, and nothing half done
//! after it.

mod cases;
mod databases;
mod disk;

use std::collections::BTreeMap;

use tests::{Failure, Place, Typed, dump, recorded};

use cases::{Case, MAPPING, ROWS, cases};

/// Everything that a command could have changed: the database, and the files beside it.
async fn state(place: &Place) -> Result<(String, BTreeMap<String, u64>), Failure> {
    let held = dump(&place.database().await?).await?;
    let mut files = BTreeMap::new();
    for file in std::fs::read_dir(place.folder())? {
        let file = file?;
        let name = file.file_name().to_string_lossy().into_owned();
        // The database speaks for itself; a log is emptied by whoever closes it last.
        let own = name.starts_with("register.db") || name.ends_with("-wal");
        if !own && !name.ends_with("-shm") {
            files.insert(name, file.metadata()?.len());
        }
    }
    Ok((held, files))
}

/// A register of Midland with three decisions in it.
async fn register(place: &mut Place) -> Result<(), Failure> {
    let registry = place.midland().await?;
    registry.catch_up().await?;
    drop(registry);
    for (name, text) in [("courts.toml", MAPPING), ("good.csv", ROWS)] {
        std::fs::write(place.folder().join(name), text)?;
    }
    let imported = Typed::of(place, &["import", "good.csv", "--mapping", "courts.toml"])?;
    assert_eq!(imported.code, Some(0), "{imported:?}");
    Ok(())
}

async fn answer(place: &Place, case: &Case) -> Result<String, Failure> {
    for (name, content) in &case.files {
        std::fs::write(place.folder().join(name), content)?;
    }
    let before = state(place).await?;
    let typed = Typed::of(place, &case.args)?;
    let after = state(place).await?;
    assert_ne!(typed.code, Some(0), "{}", case.title);
    assert_eq!(before.1, after.1, "{} leaves other files", case.title);
    assert!(before.0 == after.0, "{} changes the database", case.title);
    for (name, _) in &case.files {
        std::fs::remove_file(place.folder().join(name))?;
    }
    let line = case.args.join(" ");
    Ok(format!(
        "# {}\n$ assize {line}\n{}\n",
        case.title,
        typed.record()
    ))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bad_input_is_answered_as_recorded_and_leaves_nothing_half_done() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        register(&mut place).await?;
        let mut said = String::new();
        for case in cases()? {
            said.push_str(&answer(&place, &case).await?);
        }
        recorded("bad-input.txt", &said)?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bad_rows_are_rejected_alone_and_listed_as_recorded() -> Result<(), Failure> {
    let mut place = Place::on_file()?;
    register(&mut place).await?;
    std::fs::write(place.folder().join("rows.csv"), cases::BAD_ROWS)?;
    let import = ["import", "rows.csv", "--mapping", "courts.toml"];
    let mut said = String::new();
    for args in [&[&import[..], &["--dry-run"]].concat()[..], &import] {
        let typed = Typed::of(&place, args)?;
        let talk: Vec<&str> = typed
            .stderr
            .lines()
            .filter(|line| !line.starts_with("The report is kept"))
            .collect();
        let line = args.join(" ");
        said.push_str(&format!(
            "$ assize {line}\n{}{}\n\n",
            typed.stdout,
            talk.join("\n")
        ));
    }
    said.push_str("$ cat rows.csv.rejects.csv\n");
    said.push_str(&std::fs::read_to_string(
        place.folder().join("rows.csv.rejects.csv"),
    )?);
    recorded("bad-rows.txt", &said)
}
