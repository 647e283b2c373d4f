//! Counted from an export by `DuckDB`, and by Spark on two workers, the figures are those of the register, as of every entry
//! asked; and an export is the same whenever it is made.

use std::collections::BTreeMap;
use std::fs::{create_dir, read, read_dir, write};
use std::path::{Path, PathBuf};
use std::process::Command;

use domain::person::Person;
use domain::sentence::Sentence;
use infra::registry::Registry;
use serde_json::{Value, json};
use tests::{Failure, Place, Served, Typed, loud, not_here, person, receipt, root};

use super::imposed;

/// So many decisions.
const DECISIONS: u32 = 60;
/// The name of somebody, and words of a judge; neither may be in any export.
const NAME: &str = "Philippa Exported-Canary";
const WORDS: &str = "the exported-umber reasons of the pardon";

/// Decisions, and what changes them afterwards: a slip, a pardon, a quashed one, a person's sex put right, two records of one
/// person, a record expunged. Answers the entries as of which figures are asked.
async fn history(registry: &Registry) -> Result<Vec<u64>, Failure> {
    let mut asked = Vec::new();
    let mut ids = Vec::new();
    let mut people = Vec::new();
    for n in 0..DECISIONS {
        let (sex, mut decision) = imposed(n);
        if n % 4 == 0 {
            *decision
                .pointer_mut("/counts/0/components/0/sanction")
                .ok_or("a sanction")? =
                json!({"custody": {"term": if n % 8 == 0 { "P1Y2M" } else { "P6W" }}});
        }
        let who = person(registry, sex).await?;
        let pronounced = ["2023-02-01", "2024-05-03", "2024-11-30"];
        let pronounced = pronounced.get(usize::try_from(n % 3)?).ok_or("a day")?;
        let impose =
            json!({"impose": {"person": who, "pronounced": pronounced, "decision": decision}});
        let id = registry.new_stream_id().to_string();
        let done = receipt::<Sentence>(registry, "judge", &id, impose).await?;
        asked.push(done.indexes.start);
        ids.push(id);
        people.push(who.to_string());
    }
    let (_, decision) = imposed(7);
    let changes = [
        json!({"correct_slip": {"corrects": 1, "pronounced": "2026-03-02", "reason": "typing", "decision": decision}}),
        json!({"pardon": {"pronounced": "2026-03-02", "note": WORDS}}),
        json!({"quash": {"pronounced": "2026-03-02"}}),
    ];
    for (id, change) in ids.iter().zip(changes) {
        let done = receipt::<Sentence>(registry, "judge", id, change).await?;
        asked.push(done.indexes.start);
    }
    let of_persons = [
        json!({"correct_attributes": {"sex": "declined", "reason": "typing"}}),
        json!({"record_identity": {"identity": {"name": NAME}, "reason": "typing"}}),
        json!({"merge_into": {"surviving": people.last(), "basis": "duplicate"}}),
        json!({"expunge": {"basis": "amnesty"}}),
    ];
    for (who, change) in people.iter().skip(5).zip(of_persons) {
        let done = receipt::<Person>(registry, "judge", who, change).await?;
        asked.push(done.indexes.start);
    }
    let kept = asked.iter().rev().take(8).chain(asked.iter().step_by(17));
    let kept = kept.copied().collect();
    registry.projections().catch_up().await?;
    registry.projections().release().await?;
    Ok(kept)
}

fn exported(place: &Place, args: &[&str]) -> Result<Typed, Failure> {
    Typed::of(place, &[&["export"], args].concat())
}

fn done(place: &Place, args: &[&str]) -> Result<String, Failure> {
    let typed = exported(place, args)?;
    assert_eq!(typed.code, Some(0), "{typed:?}");
    Ok(typed.stdout)
}

/// The files of a folder with their bytes, by their paths in it; of a file itself.
fn bytes(folder: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>, Failure> {
    let mut found = BTreeMap::new();
    if folder.is_file() {
        return Ok(BTreeMap::from([(PathBuf::new(), read(folder)?)]));
    }
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        for entry in read_dir(&next)? {
            let path = entry?.path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                found.insert(path.strip_prefix(folder)?.to_owned(), read(&path)?);
            }
        }
    }
    Ok(found)
}

/// What the register itself counts as of an entry, as the scripts read it.
async fn question(served: &Served, index: u64, by: &[&str]) -> Result<Value, Failure> {
    let columns: Vec<&str> = by
        .iter()
        .copied()
        .filter(|name| *name != "disposal")
        .collect();
    let path = format!("/v1/views/disposals?by={}&as_of={index}", columns.join(","));
    let view = served.get("statistician", &path).await?.json()?;
    assert_eq!(
        view.pointer("/header/as_of/index"),
        Some(&json!(index)),
        "{view}"
    );
    let mut cells = Vec::new();
    for group in view
        .get("groups")
        .and_then(Value::as_array)
        .ok_or("groups")?
    {
        let key = group["key"].as_array().into_iter().flatten();
        let words: Vec<Value> = key.map(|term| term["code"].clone()).collect();
        if !by.contains(&"disposal") {
            cells.push(json!({"words": words, "n": group["n"]}));
            continue;
        }
        for disposal in group["disposals"].as_array().into_iter().flatten() {
            let mut words = words.clone();
            words.push(
                disposal
                    .pointer("/disposal/code")
                    .cloned()
                    .unwrap_or_default(),
            );
            if disposal["n"] != 0 {
                cells.push(json!({"words": words, "n": disposal["n"]}));
            }
        }
    }
    Ok(json!({"index": index, "by": by, "cells": cells}))
}

/// What an engine says of an export of Midland; none where Python is not here.
fn compute(place: &Place, engine: &str, expected: &str) -> Result<std::process::Output, Failure> {
    let said = Command::new(root().join("tests/.venv/bin/python"))
        .arg(root().join("tests/whole/recomputed/exported.py"))
        .current_dir(place.folder())
        .args([engine, expected, "facts", "csv/facts.csv"])
        .output()?;
    Ok(said)
}

#[tokio::test]
async fn duckdb_and_spark_count_the_same_from_an_export_as_of_any_entry() -> Result<(), Failure> {
    let python = root().join("tests/.venv/bin/python");
    if !python.exists() {
        not_here::<()>("DUCKDB", "tests/.venv is not installed")?;
        return Ok(());
    }
    let mut place = Place::on_file()?;
    let registry = place.midland().await?;
    let indexes = history(&registry).await?;
    let served = Served::within(registry.clone()).await?;
    let mut questions = Vec::new();
    for index in indexes {
        for by in [
            ["sex", "gravity", "disposal"].as_slice(),
            &["severity"],
            &["standing", "court"],
        ] {
            questions.push(question(&served, index, by).await?);
        }
    }
    registry.projections().release().await?;
    write(
        place.folder().join("asked.json"),
        serde_json::to_vec(&questions)?,
    )?;
    done(&place, &["facts", "--out", "facts"])?;
    done(&place, &["facts", "--out", "csv", "--format", "csv"])?;

    let said = compute(&place, "duckdb", "asked.json")?;
    let told = format!(
        "{}{}",
        String::from_utf8(said.stdout)?,
        String::from_utf8(said.stderr)?
    );
    assert!(said.status.success(), "{told}");
    let cells: u32 = told.split(' ').next().unwrap_or_default().parse()?;
    assert!(cells > 500, "{told}");
    assert!(!told.contains(" of 0 that"), "{told}");

    // One decision more in what the register says, and they no longer agree.
    let mut more = questions.clone();
    *more
        .first_mut()
        .and_then(|one| one.pointer_mut("/cells/0/n"))
        .ok_or("a cell")? = json!(61);
    write(place.folder().join("more.json"), serde_json::to_vec(&more)?)?;
    assert!(!compute(&place, "duckdb", "more.json")?.status.success());

    let has = Command::new(&python)
        .args(["-c", "import pyspark"])
        .output()?;
    let java = Command::new("java").arg("-version").output();
    if !has.status.success() || java.is_err() {
        loud("NOT RUN ON SPARK: Java or PySpark is not here; see docs/exports.md");
        return Ok(());
    }
    let said = compute(&place, "spark", "asked.json")?;
    let spark = String::from_utf8(said.stdout)?;
    assert!(
        said.status.success(),
        "{spark}{}",
        String::from_utf8(said.stderr)?
    );
    assert_eq!(spark.lines().last(), told.lines().next());
    Ok(())
}

#[tokio::test]
async fn an_export_is_the_same_to_the_byte_whenever_it_is_made() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let last = *history(&registry).await?.first().ok_or("an entry")?;
        let at = last.to_string();
        let export = |name: &str| -> Result<BTreeMap<PathBuf, Vec<u8>>, Failure> {
            let folder = place.folder().join(name);
            create_dir(&folder)?;
            let out = |what: &str| format!("{name}/{what}");
            done(&place, &["facts", "--as-of", &at, "--out", &out("facts")])?;
            let csv = [
                "facts",
                "--as-of",
                &at,
                "--format",
                "csv",
                "--out",
                &out("csv"),
            ];
            done(&place, &csv)?;
            done(
                &place,
                &["indicators", "--as-of", &at, "--out", &out("indicators")],
            )?;
            let research = out("decisions.csv");
            let research = [
                "research",
                "--as-of",
                &at,
                "--where",
                "sex=female",
                "--out",
                &research,
            ];
            done(&place, &research)?;
            bytes(&folder)
        };
        let first = export("first")?;
        let again = export("again")?;
        assert!(first == again, "{:?}", first.keys());

        // What is recorded later changes nothing as of an earlier entry: a new word, a decision that no longer stands.
        let who = person(&registry, "another").await?;
        let (_, mut decision) = imposed(3);
        decision["circumstances"] = json!({"employed": {"value": "yes"}});
        let impose =
            json!({"impose": {"person": who, "pronounced": "2022-05-03", "decision": decision}});
        let id = registry.new_stream_id().to_string();
        receipt::<Sentence>(&registry, "judge", &id, impose).await?;
        registry.projections().catch_up().await?;
        registry.projections().release().await?;
        let later = export("later")?;
        assert!(first == later, "{:?}", later.keys());

        for (path, bytes) in &first {
            let text = String::from_utf8_lossy(bytes);
            for hidden in [NAME, "Exported-Canary", WORDS, "2024-05-03"] {
                assert!(!text.contains(hidden), "{hidden} in {}", path.display());
            }
        }
        described(&first)?;
    }
    Ok(())
}

/// The description of a CSV file tells its columns, and the index of the indicators its files.
fn described(files: &BTreeMap<PathBuf, Vec<u8>>) -> Result<(), Failure> {
    let file = |path: &str| {
        files
            .get(Path::new(path))
            .ok_or_else(|| format!("no {path}"))
    };
    let metadata: Value = serde_json::from_slice(file("csv/facts.csv-metadata.json")?)?;
    let columns = metadata
        .pointer("/tableSchema/columns")
        .and_then(Value::as_array);
    let columns = columns.ok_or("columns")?;
    let names: Vec<&str> = columns
        .iter()
        .filter_map(|column| column["name"].as_str())
        .collect();
    let csv = String::from_utf8(file("csv/facts.csv")?.clone())?;
    assert_eq!(csv.lines().next(), Some(names.join(",").as_str()));
    for column in columns {
        for told in ["titles", "datatype", "null", "dc:description", "dc:source"] {
            assert!(!column[told].is_null(), "{told} of {column}");
        }
    }
    let research = String::from_utf8(file("decisions.csv")?.clone())?;
    assert_eq!(research.lines().next(), csv.lines().next());
    assert!(files.contains_key(Path::new("decisions.csv-metadata.json")));
    assert!(
        research
            .lines()
            .skip(1)
            .all(|line| line.contains(",female,"))
    );
    // Who is in both is so under one number.
    let rows: Vec<&str> = csv.lines().collect();
    assert!(research.lines().all(|line| rows.contains(&line)));

    let index: Value = serde_json::from_slice(file("indicators/index.json")?)?;
    let listed = index
        .get("files")
        .and_then(Value::as_array)
        .ok_or("files")?;
    assert_eq!(listed.len(), infra::views::ViewName::ALL.len(), "{index}");
    for of in ["rules", "scale", "gravity"] {
        assert!(
            index
                .pointer(&format!("/jurisdictions/0/{of}"))
                .is_some_and(Value::is_string),
            "{of} in {index}"
        );
    }
    for listed in listed {
        let path = listed["path"].as_str().ok_or("a path")?;
        assert!(
            files.contains_key(&Path::new("indicators").join(path)),
            "{path}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn an_export_replaces_nothing_and_is_written_down() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        registry.projections().catch_up().await?;
        registry.projections().release().await?;
        let nothing = exported(&place, &["facts", "--out", "facts"])?;
        assert_eq!(nothing.code, Some(2), "{nothing:?}");
        assert!(nothing.stderr.contains("nothing to export"), "{nothing:?}");
        let who = person(&registry, "female").await?;
        tests::impose(&registry, who, json!({"custody": {"term": "P30D"}})).await?;
        registry.projections().catch_up().await?;
        registry.projections().release().await?;
        for identity in ["judge", "clerk", "prosecutor", "prison", "administrator"] {
            for what in ["facts", "research", "indicators"] {
                let refused =
                    exported(&place, &[what, "--out", "refused", "--identity", identity])?;
                assert_eq!(refused.code, Some(1), "{refused:?}");
                assert!(
                    refused.stderr.contains("may not export figures"),
                    "{refused:?}"
                );
            }
        }
        assert!(!place.folder().join("refused").exists());
        for what in ["facts", "research", "indicators"] {
            done(&place, &[what, "--out", what, "--identity", "oversight"])?;
            let before = bytes(&place.folder().join(what))?;
            let again = exported(&place, &[what, "--out", what])?;
            assert_eq!(again.code, Some(1), "{again:?}");
            assert!(again.stderr.contains("is there already"), "{again:?}");
            let after = bytes(&place.folder().join(what))?;
            assert!(before == after);
        }
        create_dir(place.folder().join(".begun.unfinished"))?;
        let begun = exported(&place, &["facts", "--out", "begun"])?;
        assert_eq!(begun.code, Some(1), "{begun:?}");
        assert!(begun.stderr.contains("broken off"), "{begun:?}");
        assert!(!place.folder().join("begun").exists());

        // The program writes down by its own clock, which is not the test's.
        let database = place.database().await?;
        let rows = database
            .query("SELECT entry FROM consultations", &[])
            .await?;
        let mut log = String::new();
        for row in &rows {
            log.push_str(row.text(0)?);
        }
        for shown in [
            "figures/facts?as_of=",
            "figures/research?by=&as_of=",
            "figures/gender?by=&jurisdiction=midland",
        ] {
            assert!(log.contains(shown), "{shown} in {log}");
        }
        assert!(log.contains("ExportFigures"), "{log}");
    }
    Ok(())
}
