//! The documents: decisions are numbered and indexed, words to avoid are avoided.

use std::collections::BTreeSet;

use tests::{Failure, files, files_of, rust_sources};

fn document(wanted: &str) -> Result<String, Failure> {
    let found = files()?.into_iter().find(|(path, _)| path == wanted);
    Ok(found.ok_or_else(|| format!("{wanted} is missing"))?.1)
}

#[test]
fn decisions_are_numbered_without_a_gap_and_listed() -> Result<(), Failure> {
    let index = document("docs/decisions/README.md")?;
    let all = files()?;
    let decisions = all.iter().filter_map(|(path, text)| {
        let name = path.strip_prefix("docs/decisions/")?;
        (name != "README.md").then_some((name, text))
    });
    let mut count = 0;
    for ((name, text), number) in decisions.zip(1..) {
        assert!(
            name.starts_with(&format!("{number:04}-")),
            "{name} should be number {number:04}"
        );
        assert!(
            index.contains(&format!("]({name})")),
            "the list lacks {name}"
        );
        for heading in [
            "Context",
            "Options",
            "Decision",
            "Consequences",
            "How to reverse",
        ] {
            assert!(
                text.contains(&format!("\n## {heading}\n")),
                "{name} lacks {heading}"
            );
        }
        assert!(text.contains("\nStatus: "), "{name} lacks its status");
        count += 1;
    }
    assert!(count >= 15, "{count} decisions");
    assert_eq!(
        index.matches("](0").count(),
        count,
        "the list names what is not there"
    );
    Ok(())
}

/// The words in backticks of the glossary's last column.
fn avoided() -> Result<BTreeSet<String>, Failure> {
    let glossary = document("docs/glossary.md")?;
    let mut words = BTreeSet::new();
    for line in glossary.lines().filter(|line| line.starts_with("| ")) {
        let last = line
            .trim_end_matches(" |")
            .rsplit(" | ")
            .next()
            .unwrap_or_default();
        words.extend(last.split('`').skip(1).step_by(2).map(str::to_owned));
    }
    Ok(words)
}

#[test]
fn no_command_event_or_refusal_uses_a_word_that_the_glossary_avoids() -> Result<(), Failure> {
    let avoided = avoided()?;
    assert!(
        avoided.contains("Created") && avoided.contains("Delete"),
        "{avoided:?}"
    );
    for (path, text) in rust_sources()? {
        let vocabulary = ["/command.rs", "/event.rs", "/refusal.rs"];
        if !path.starts_with("domain/src/") || !vocabulary.iter().any(|end| path.ends_with(end)) {
            continue;
        }
        for line in text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
        {
            let words = line.split(|c: char| !c.is_alphanumeric() && c != '_');
            let found: Vec<_> = words.filter(|word| avoided.contains(*word)).collect();
            assert!(found.is_empty(), "{path} says {found:?}: {line}");
        }
    }
    Ok(())
}

#[test]
fn every_link_between_documents_leads_somewhere() -> Result<(), Failure> {
    let mut broken = Vec::new();
    for (path, text) in files_of("md")? {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for target in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split([')', '#', ' ']).next())
        {
            let outside =
                target.is_empty() || target.contains("://") || target.starts_with("mailto:");
            if !outside && !tests::root().join(folder).join(target).exists() {
                broken.push(format!("{path}: {target}"));
            }
        }
    }
    assert_eq!(broken, Vec::<String>::new());
    Ok(())
}
