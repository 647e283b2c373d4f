//! The guide's example is read as the guide says.

use super::*;

const GUIDE: &str = include_str!("../../../../docs/import.md");

/// The text of a fenced block of the guide, without the indentation it stands in.
fn block(language: &str) -> String {
    let (_, rest) = GUIDE.split_once(&format!("```{language}\n")).unwrap();
    let (text, _) = rest.split_once("```").unwrap();
    let lines = text
        .lines()
        .map(|line| line.strip_prefix("   ").unwrap_or(line));
    let lines: Vec<&str> = if language == "rejects" {
        lines.collect()
    } else {
        text.lines().collect()
    };
    lines.join("\n").trim_end().to_owned() + "\n"
}

fn example() -> (Vec<ImportedRow>, Vec<Rejection>) {
    let folder = Folder::new();
    let file = folder.file(
        "norland.csv",
        encoding_rs::WINDOWS_1252.encode(&block("csv")).0,
    );
    let mapping = Mapping::parse("norland.toml", &block("toml")).unwrap();
    let (decisions, rejections, error) = read_all(&file, &mapping);
    assert!(error.is_none(), "{error:?}");
    (decisions, rejections)
}

#[test]
fn the_guides_example_is_recorded_as_the_guide_says() {
    let (decisions, _) = example();
    let [first, second, third, fourth] = decisions.as_slice() else {
        panic!("{decisions:?}")
    };
    let term = QuantityRow::Calendar {
        years: 1,
        months: 6,
        weeks: 0,
        days: 0,
    };
    assert_eq!(first.components[0].amount, Known::Value(term));
    assert_eq!(
        first.counts[0].gravity[0].level,
        Known::Value(Word::from("A2"))
    );
    assert_eq!(first.court, Known::Value(Word::from("Østerby_tingrett")));
    assert_eq!(first.counts[0].offence, Known::Value(Word::from("242_1")));
    assert_eq!(first.factors[0].present, Known::Value(true));
    let rate = QuantityRow::Money {
        minor: 125_050,
        currency: Word::from("NOK"),
    };
    assert_eq!(second.components[0].daily_rate, Known::Value(rate));
    assert_eq!(second.circumstances[0].answer, Known::Declined);
    assert_eq!(third.person.identity, first.person.identity);
    let standings: Vec<_> = third
        .components
        .iter()
        .map(|c| (&*c.rule, c.standing))
        .collect();
    assert_eq!(
        standings,
        [
            ("suspended", Standing::Principal),
            ("work", Standing::Beside)
        ]
    );
    assert_eq!(
        fourth.decided,
        FileDate::Month {
            year: 2025,
            month: 4
        }
    );
    assert_eq!(
        (&fourth.person.identity, &fourth.person.sex),
        (&None, &Known::NotRecorded)
    );
    assert_eq!(fourth.circumstances[1].answer, Known::NotAsked);
}

#[test]
fn the_guides_rules_know_what_its_mapping_names() {
    let pack = domain::jurisdiction::Pack::parse(&block("toml pack")).unwrap();
    let mapping = Mapping::parse("norland.toml", &block("toml")).unwrap();
    assert_eq!(pack.version.to_string(), mapping.policy);
    for name in mapping.circumstances.keys() {
        let code = name.parse().unwrap();
        assert!(pack.sentencing.circumstance(&code).is_some(), "{name}");
    }
    for factor in &mapping.factors {
        let known = pack.sentencing.factors.iter();
        assert_eq!(known.filter(|f| f.code.as_str() == factor.code).count(), 1);
    }
}

#[test]
fn the_guides_rejects_are_the_ones_that_are_written() {
    let (_, rejections) = example();
    let mut bytes = Vec::new();
    let mut rejects = Rejects::new(&mut bytes).unwrap();
    for rejection in &rejections {
        rejects.write(rejection).unwrap();
    }
    rejects.flush().unwrap();
    drop(rejects);
    assert_eq!(String::from_utf8(bytes).unwrap(), block("rejects"));
}
