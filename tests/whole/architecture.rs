//! The walls: who may know whom, and what stands nowhere.

use std::collections::BTreeSet;

use tests::{Failure, files, rust_sources};

/// The names under `[dependencies]` of a member's manifest.
fn dependencies(member: &str) -> Result<BTreeSet<String>, Failure> {
    let path = tests::root().join(member).join("Cargo.toml");
    let text = std::fs::read_to_string(path)?;
    let (_, section) = text
        .split_once("\n[dependencies]\n")
        .ok_or("no dependencies")?;
    let section = section.split("\n[").next().unwrap_or_default();
    let names = section
        .lines()
        .filter_map(|line| line.split(['.', ' ', '=']).next());
    Ok(names
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect())
}

fn none_of(member: &str, banned: &[&str]) -> Result<(), Failure> {
    let listed = dependencies(member)?;
    let found: Vec<_> = banned
        .iter()
        .filter(|name| listed.contains(**name))
        .collect();
    assert!(found.is_empty(), "{member} lists {found:?}");
    Ok(())
}

/// Lines of code, not of comment, that hold one of some words: `path:line`.
fn lines_with(words: &[&str], concerned: impl Fn(&str) -> bool) -> Result<Vec<String>, Failure> {
    let mut found = Vec::new();
    for (path, text) in rust_sources()? {
        if path == "tests/whole/architecture.rs" || !concerned(&path) {
            continue;
        }
        let code = text
            .lines()
            .zip(1..)
            .filter(|(line, _)| !line.trim_start().starts_with("//"));
        for (_, number) in code.filter(|(line, _)| words.iter().any(|word| line.contains(word))) {
            found.push(format!("{path}:{number}"));
        }
    }
    Ok(found)
}

#[test]
fn the_rules_know_no_database_no_network_and_no_chance() -> Result<(), Failure> {
    let io = [
        "sqlx",
        "rusqlite",
        "tokio",
        "axum",
        "rand",
        "postgres-es",
        "reqwest",
        "hyper",
        "infra",
        "api",
    ];
    none_of("domain", &io)
}

#[test]
fn the_interface_reaches_the_ledger_through_the_facade_alone() -> Result<(), Failure> {
    none_of("api", &["sqlx", "rusqlite", "cqrs-es", "postgres-es"])?;
    none_of("infra", &["axum", "askama", "aide", "clap", "api"])
}

#[test]
fn the_library_of_aggregates_is_known_only_where_it_is_adapted() -> Result<(), Failure> {
    let adapted = |path: &str| {
        let adapter = path.ends_with("/aggregate.rs") || path.ends_with("/tests.rs");
        path == "domain/src/stream.rs"
            || (path.starts_with("domain/src/") && adapter)
            || path.starts_with("infra/src/store/")
            || path.starts_with("infra/src/registry/")
            || path.starts_with("infra/src/processes/")
    };
    assert_eq!(
        lines_with(&["cqrs_es"], |path| !adapted(path))?,
        Vec::<String>::new()
    );
    Ok(())
}

#[test]
fn only_the_store_speaks_to_a_database_driver() -> Result<(), Failure> {
    let outside = |path: &str| !path.starts_with("infra/src/store/");
    assert_eq!(
        lines_with(&["sqlx::", "rusqlite::"], outside)?,
        Vec::<String>::new()
    );
    Ok(())
}

#[test]
fn no_snapshot_and_no_reader_that_ends_silently_is_used() -> Result<(), Failure> {
    let banned = [
        "snapshot_cqrs",
        "aggregate_cqrs",
        "new_snapshot_store",
        "new_aggregate_store",
        "QueryReplay",
        "stream_all_events",
    ];
    // The repository has to have these methods, and refuses them.
    let used =
        |path: &str| !path.starts_with("infra/src/store/") || !path.ends_with("repository.rs");
    assert_eq!(lines_with(&banned, used)?, Vec::<String>::new());
    Ok(())
}

#[test]
fn every_text_on_a_page_is_escaped() -> Result<(), Failure> {
    let mut found = Vec::new();
    for (path, text) in files()? {
        let escapes = ["|safe", "| safe", "escape=\"none\"", "escape = \"none\""];
        let rendered = path.starts_with("api/templates/") || path.starts_with("api/src/");
        if rendered && escapes.iter().any(|word| text.contains(word)) {
            found.push(path);
        }
    }
    assert_eq!(found, Vec::<String>::new());
    Ok(())
}

#[test]
fn every_stream_is_a_folder_of_the_same_eight_names() -> Result<(), Failure> {
    let sources = rust_sources()?;
    let paths: BTreeSet<&str> = sources.iter().map(|(path, _)| path.as_str()).collect();
    for stream in streams(&sources) {
        for name in [
            "mod",
            "command",
            "event",
            "refusal",
            "state",
            "decide",
            "aggregate",
            "tests",
        ] {
            let file = format!("domain/src/{stream}/{name}.rs");
            let folder = format!("domain/src/{stream}/{name}/mod.rs");
            let there = paths.contains(file.as_str()) || paths.contains(folder.as_str());
            assert!(there, "{stream} has no {name}");
        }
    }
    Ok(())
}

/// Every stream of the domain, by its folder.
fn streams(sources: &[(String, String)]) -> Vec<&str> {
    let folders = sources.iter().filter_map(|(path, _)| {
        path.strip_prefix("domain/src/")?
            .strip_suffix("/aggregate.rs")
    });
    let folders: Vec<&str> = folders.collect();
    assert!(folders.len() >= 6, "{folders:?}");
    folders
}

#[test]
fn streams_do_not_import_each_other() -> Result<(), Failure> {
    let sources = rust_sources()?;
    let streams = streams(&sources);
    for own in &streams {
        for other in streams.iter().filter(|other| *other != own) {
            let within = |path: &str| path.starts_with(&format!("domain/src/{own}/"));
            let import = format!("use crate::{other}::");
            let found = lines_with(&[import.as_str()], within)?;
            assert_eq!(found, Vec::<String>::new(), "{own} imports {other}");
        }
    }
    Ok(())
}

#[test]
fn a_refusal_code_is_used_once_and_begins_with_its_stream() -> Result<(), Failure> {
    let mut seen = BTreeSet::new();
    for (path, text) in rust_sources()? {
        let Some(stream) = path
            .strip_prefix("domain/src/")
            .and_then(|p| p.strip_suffix("/refusal.rs"))
        else {
            continue;
        };
        // Either a match over the refusals, or a table with a row for each: `"PT-1" "pretrial.no-offence" at …`.
        let words: Vec<&str> = if let Some((_, code)) = text.split_once("fn code(&self)") {
            let code = code.split("\n    }").next().unwrap_or_default();
            code.split('"').skip(1).step_by(2).collect()
        } else {
            let rows = text.lines().filter(|line| line.contains("\" at \""));
            rows.filter_map(|row| row.split('"').nth(3)).collect()
        };
        assert!(!words.is_empty(), "{path} has no code");
        for word in words {
            assert!(word.starts_with(&format!("{stream}.")), "{word} in {path}");
            assert!(seen.insert(word.to_owned()), "{word} is used twice");
        }
    }
    assert!(seen.len() > 50, "{} codes", seen.len());
    Ok(())
}

#[test]
fn migrations_come_in_pairs() -> Result<(), Failure> {
    let of = |database: &str| -> Result<Vec<String>, Failure> {
        let folder = format!("infra/migrations/{database}/");
        let names = files()?.into_iter().filter_map(|(path, text)| {
            let name = path.strip_prefix(&folder)?.to_owned();
            assert!(
                text.starts_with("--"),
                "{path} does not begin by saying why it is safe"
            );
            Some(name)
        });
        Ok(names.collect())
    };
    let (sqlite, postgres) = (of("sqlite")?, of("postgres")?);
    assert_eq!(sqlite, postgres);
    for name in sqlite {
        let number = name.split('_').next().unwrap_or_default();
        assert!(
            number.len() == 14 && number.bytes().all(|b| b.is_ascii_digit()),
            "{name}"
        );
    }
    Ok(())
}

#[test]
fn no_machines_path_and_no_unfinished_note_is_kept() -> Result<(), Failure> {
    // Joined here, so that this file may say what it looks for.
    let banned = [
        ["/t", "mp/"].concat(),
        ["/ho", "me/"].concat(),
        ["/ro", "ot/"].concat(),
        ["/wo", "rk/"].concat(),
        ["TO", "DO"].concat(),
        ["FIX", "ME"].concat(),
        ["XX", "X:"].concat(),
    ];
    let mut found = Vec::new();
    for (path, text) in files()? {
        for (line, number) in text.lines().zip(1..) {
            if banned.iter().any(|word| line.contains(word.as_str())) {
                found.push(format!("{path}:{number}"));
            }
        }
    }
    assert_eq!(found, Vec::<String>::new());
    Ok(())
}

#[test]
fn every_member_takes_the_workspaces_lints() -> Result<(), Failure> {
    for member in ["domain", "infra", "api", "tests"] {
        let manifest = std::fs::read_to_string(tests::root().join(member).join("Cargo.toml"))?;
        assert!(manifest.contains("[lints]\nworkspace = true"), "{member}");
    }
    Ok(())
}
