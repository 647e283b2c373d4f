//! What the readme tells a newcomer to type works as it is written.

use std::process::Command;

use tests::{Failure, Served, program, root};

/// The commands of a section, in their order.
fn commands(heading: &str) -> Result<String, Failure> {
    let readme = std::fs::read_to_string(root().join("README.md"))?;
    let (_, section) = readme
        .split_once(&format!("\n## {heading}\n"))
        .ok_or_else(|| format!("the readme has no section {heading:?}"))?;
    let section = section.split("\n## ").next().unwrap_or_default();
    let blocks: Vec<&str> = section.split("```").skip(1).step_by(2).collect();
    Ok(blocks.concat())
}

/// The numbers that a shell printed after a word.
fn numbers(said: &str, word: &str) -> Vec<u64> {
    let after = said.split(word).skip(1);
    let digits = after.map(|rest| {
        rest.chars()
            .take_while(char::is_ascii_digit)
            .collect::<String>()
    });
    digits.filter_map(|digits| digits.parse().ok()).collect()
}

#[test]
fn one_sentence_recorded_as_the_readme_says_raises_the_figure_by_one() -> Result<(), Failure> {
    let mut demo = Command::new(program()?);
    demo.args(["demo", "--listen", "127.0.0.1:0", "--sentences", "2000"]);
    let served = Served::run(demo)?;
    let script = commands("Record one sentence")?;
    let address = format!("A=http://{}\n", served.address());
    let usual = "A=http://127.0.0.1:8090\n";
    assert!(script.contains(usual), "{script}");
    let said = Command::new("bash")
        .args(["-euo", "pipefail", "-c", &script.replace(usual, &address)])
        .output()?;
    let said = format!(
        "{}{}",
        String::from_utf8(said.stdout)?,
        String::from_utf8(said.stderr)?
    );
    let counted = numbers(&said, "\"n\":");
    let [before, after] = counted.as_slice() else {
        return Err(format!("two figures were expected in {said}").into());
    };
    // Some of the 2,000 sentences are still proposed, others were quashed, others resentenced.
    assert!((1_900..2_100).contains(before), "{said}");
    assert_eq!(*after, before + 1, "{said}");
    assert_eq!(said.matches("\"sentence.imposed\"").count(), 1, "{said}");
    Ok(())
}

#[test]
fn every_command_of_the_map_is_one_that_the_program_knows() -> Result<(), Failure> {
    let readme = std::fs::read_to_string(root().join("README.md"))?;
    let tasks: Vec<&str> = readme
        .split("`cargo assize --db ")
        .skip(1)
        .filter_map(|rest| rest.split(['`', ' ']).nth(1))
        .collect();
    assert!(tasks.len() >= 5, "{tasks:?}");
    for task in tasks {
        let help = Command::new(program()?).args([task, "--help"]).output()?;
        assert!(help.status.success(), "assize {task}");
    }
    Ok(())
}
