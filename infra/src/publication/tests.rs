use std::collections::{BTreeMap, BTreeSet};

use domain::statistics::disclosure::{ShownCount, ShownShare};
use domain::values::{Instant, PublicationNo};
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{ALL, At, Before, Published, PublishedRow, make};
use crate::views::tests::support::Ledger;

const SECRET: [u8; 32] = [7; 32];
const QUARTER_US: i64 = 92 * 86_400_000_000;

fn decision(court: &str, category: &str, custody: bool) -> Value {
    let sanction = if custody {
        json!({"custody": {"term": "P30D"}})
    } else {
        json!({"fine": {"amount": {"minor": 8_000, "currency": "EUR"}}})
    };
    json!({"court": court, "counts": [{"no": 1,
        "offence": {"code": {"value": "M101"}, "category": {"value": category}},
        "components": [{"no": 1, "sanction": sanction}]}]})
}

/// A register with so many decisions, no two on one person, in two courts.
fn register(many: usize) -> (Ledger, Vec<Uuid>) {
    let mut ledger = Ledger::under("midland");
    let recorded = (0..many).map(|at| {
        let sex = ["male", "female", "male"][at % 3];
        let court = ["ashby", "calder"][at / 2 % 2];
        let category = ["property", "violence"][(at / 4) % 2];
        let day = format!("202{}-0{}-03", 3 + at % 2, 1 + at % 6);
        ledger.imposed(Some(sex), &day, &decision(court, category, at % 5 < 2))
    });
    let recorded = recorded.collect();
    (ledger, recorded)
}

fn release(ledger: &Ledger, number: u16, before: Option<&Published>) -> Published {
    let at = At {
        number: PublicationNo(number),
        index: ledger.last(),
        instant: Instant::from_micros(i64::from(number) * QUARTER_US),
    };
    let indexes: BTreeMap<_, _> = before.map(|b| (b.number, b.index)).into_iter().collect();
    let before = before.map(|published| Before {
        published,
        indexes: &indexes,
    });
    make(&ledger.facts, &ledger.packs, at, before, &SECRET)
}

fn quash(ledger: &mut Ledger, sentence: Uuid) {
    let quashed = json!({"quashed": {"pronounced": "2026-03-02"}});
    ledger.file("sentence", sentence, "2026-03-02", &quashed);
}

/// The rows of every table, each with the table's name before its key.
fn rows(published: &Published) -> BTreeMap<Vec<String>, PublishedRow> {
    let tables = published.jurisdictions.iter().flat_map(|own| &own.tables);
    let rows = tables.flat_map(|table| {
        table.rows.iter().map(|row| {
            let name = std::iter::once(table.table.code.clone());
            (name.chain(row.key.iter().cloned()).collect(), row.clone())
        })
    });
    rows.collect()
}

fn count(published: &Published, table: &str, key: &[&str]) -> ShownCount {
    let at = std::iter::once(table)
        .chain(key.iter().copied())
        .map(str::to_owned);
    rows(published)[&at.collect::<Vec<_>>()].cell.n
}

#[test]
fn what_is_shown_is_rounded_and_few_persons_are_hidden() {
    let (ledger, _) = register(120);
    let first = release(&ledger, 1, None);
    let all = count(&first, "by-year", &[ALL, ALL, ALL]);
    assert!(matches!(all, ShownCount::Rounded(120)), "{all:?}");
    let men = count(&first, "by-year", &["2023", ALL, "male"]);
    assert!(matches!(men, ShownCount::Rounded(n) if n % 5 == 0 && (36..=44).contains(&n)));
    // Nobody is in this cell, and it reads as one with a few does.
    let nobody = count(&first, "by-year", &["2023", "death", "male"]);
    assert_eq!(nobody, ShownCount::FewerThan(10));
    let small = release(&register(9).0, 1, None);
    for row in rows(&small).values() {
        assert_eq!(row.cell.n, ShownCount::FewerThan(10));
        assert!(matches!(row.cell.custody, None | Some(ShownShare::TooFew)));
    }
}

#[test]
fn what_one_court_alone_decided_is_hidden() {
    let mut ledger = Ledger::under("midland");
    for _ in 0..40 {
        ledger.imposed(
            Some("male"),
            "2023-05-03",
            &decision("ashby", "property", false),
        );
    }
    let first = release(&ledger, 1, None);
    let hidden = count(&first, "by-year", &["2023", ALL, ALL]);
    assert_eq!(hidden, ShownCount::OneDecider);
}

#[test]
fn the_same_people_are_shown_by_the_same_number_in_every_table() {
    let (ledger, _) = register(120);
    let first = release(&ledger, 1, None);
    for year in ["2023", "2024", ALL] {
        for sex in ["female", "male", ALL] {
            let by_year = count(&first, "by-year", &[year, ALL, sex]);
            let by_category = count(&first, "by-category", &[year, ALL, ALL, sex]);
            assert_eq!(by_year, by_category, "{year} {sex}");
        }
    }
}

#[test]
fn made_again_from_the_same_it_is_the_same_to_the_byte() {
    let (mut ledger, sentences) = register(120);
    let first = release(&ledger, 1, None);
    for sentence in &sentences[..15] {
        quash(&mut ledger, *sentence);
    }
    let second = release(&ledger, 2, Some(&first));
    let again = release(&ledger, 2, Some(&first));
    let text = |published: &Published| serde_json::to_string(published).unwrap();
    assert_eq!(text(&second), text(&again));
    let read: Published = serde_json::from_str(&text(&second)).unwrap();
    assert_eq!(text(&read), text(&second));
}

/// P7: whichever one decision is quashed between two releases, nobody sees it.
#[test]
fn no_single_decision_shows_between_two_releases() {
    let (ledger, sentences) = register(60);
    let first = release(&ledger, 1, None);
    let shown = |published: &Published| {
        let rows = rows(published).into_iter();
        rows.map(|(key, row)| (key, row.cell, row.of))
            .collect::<Vec<_>>()
    };
    for sentence in sentences {
        let (mut without, _) = register(60);
        quash(&mut without, sentence);
        let second = release(&without, 2, Some(&first));
        assert_eq!(shown(&second), shown(&first), "{sentence}");
    }
}

#[test]
fn enough_that_changed_are_shown_and_the_rest_is_carried_forward() {
    let (mut ledger, sentences) = register(120);
    let first = release(&ledger, 1, None);
    // Ten of 2023, of which five are women's at most.
    let of_2023 = sentences.iter().step_by(2).take(10);
    for sentence in of_2023 {
        quash(&mut ledger, *sentence);
    }
    let second = release(&ledger, 2, Some(&first));
    let row = |published: &Published, key: &[&str]| {
        let at = ["by-year"].iter().chain(key).map(|word| (*word).to_owned());
        rows(published)[&at.collect::<Vec<_>>()].clone()
    };
    assert_eq!(row(&second, &["2023", ALL, ALL]).of, PublicationNo(2));
    for carried in [["2024", ALL, ALL], ["2023", ALL, "female"]] {
        assert_eq!(row(&second, &carried).of, PublicationNo(1));
        assert_eq!(row(&second, &carried), row(&first, &carried));
    }
    // A year later everything is published anew.
    let mut later = second.clone();
    later.anew = Instant::from_micros(second.instant.micros() - 5 * QUARTER_US);
    let third = release(&ledger, 3, Some(&later));
    assert_eq!(third.anew_in, PublicationNo(3));
    assert!(rows(&third).values().all(|row| row.of == PublicationNo(3)));
}

/// What a reader can tell of a count at the least and at the most.
fn feasible(shown: ShownCount) -> (i64, i64) {
    let number = |n: u64| i64::try_from(n).unwrap();
    match shown {
        ShownCount::FewerThan(threshold) => (0, number(threshold) - 1),
        ShownCount::Rounded(n) => (number(n) - 4, number(n) + 4),
        ShownCount::StructuralZero => (0, 0),
        ShownCount::OneDecider => (0, i64::MAX / 4),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// P11: on small registers no two cells of any tables or releases, put together, tell how many of fewer than ten people
    /// are meant; and which rows there are tells of nobody.
    #[test]
    fn no_two_cells_together_single_out_a_few(
        drawn in proptest::collection::vec((0_usize..3, 0_usize..2, 0_usize..2, 0_usize..2, any::<bool>()), 20..70),
        quashed in proptest::collection::btree_set(0_usize..20, 0..15),
    ) {
        let mut ledger = Ledger::under("midland");
        let mut cells: BTreeMap<(usize, Vec<String>), BTreeSet<usize>> = BTreeMap::new();
        let mut sentences = Vec::new();
        for (sex, court, category, year, custody) in &drawn {
            let sex = [Some("male"), Some("female"), None][*sex];
            let decided = ["2023-02-03", "2024-02-03"][*year];
            let made = decision(["ashby", "calder"][*court], ["property", "violence"][*category], *custody);
            sentences.push(ledger.imposed(sex, decided, &made));
        }
        let first = release(&ledger, 1, None);
        for at in &quashed {
            quash(&mut ledger, sentences[*at]);
        }
        let second = release(&ledger, 2, Some(&first));
        // Who is in each cell, told again from what was drawn.
        for (who, (sex, _, category, year, custody)) in drawn.iter().enumerate() {
            let words = [
                ["2023", "2024"][*year],
                ["property", "violence"][*category],
                if *custody { "custody" } else { "fine" },
                ["male", "female", "unknown"][*sex],
            ];
            for mask in 0..16_usize {
                let key: Vec<String> = (0..4)
                    .map(|at| if mask >> at & 1 == 1 { ALL } else { words[at] }.to_owned())
                    .collect();
                for number in 1..=2 {
                    if number == 1 || !quashed.contains(&who) {
                        cells.entry((number, key.clone())).or_default().insert(who);
                    }
                }
            }
        }
        let releases = [rows(&first), rows(&second)];
        let shown: Vec<(ShownCount, &BTreeSet<usize>)> = cells
            .iter()
            .filter_map(|((number, key), members)| {
                let at = std::iter::once("by-category".to_owned()).chain(key.iter().cloned());
                let row = releases[number - 1].get(&at.collect::<Vec<_>>())?;
                // A figure that is carried forward tells of whoever was counted when it was made.
                let members = match row.of {
                    PublicationNo(1) => cells.get(&(1, key.clone()))?,
                    _ => members,
                };
                Some((row.cell.n, members))
            })
            .collect();
        for (count, members) in &shown {
            let n = i64::try_from(members.len()).unwrap();
            let (least, most) = feasible(*count);
            prop_assert!(least <= n && n <= most, "{count:?} {n}");
            prop_assert!(members.len() >= 10 || *count == ShownCount::FewerThan(10));
        }
        for (one, larger) in &shown {
            for (other, smaller) in &shown {
                let apart = larger.difference(smaller).count();
                if !smaller.is_subset(larger) || apart >= 10 {
                    continue;
                }
                if apart == 0 {
                    prop_assert_eq!(one, other, "the same people, other numbers");
                    continue;
                }
                let (a, b) = (feasible(*one), feasible(*other));
                let told = (a.0 - b.1).max(1)..=(a.1 - b.0).min(9);
                prop_assert!(told.clone().count() > 1, "{:?} less {:?} tells {:?}", one, other, told);
            }
        }
        let of_year = |year| drawn.iter().filter(|told| told.3 == year).count();
        if of_year(0) >= 10 && of_year(1) >= 10 && quashed.is_empty() {
            let keys = |published: &Published| {
                let mut keys: BTreeSet<_> = rows(published).into_keys().collect();
                // Quarters are others in the one and the other.
                keys.retain(|key| key[0] != "by-quarter");
                keys
            };
            prop_assert!(keys(&first) == keys(&release(&register(120).0, 1, None)));
        }
    }
}
