//! Whatever is counted is what a pass row by row counts, on any table, as of every index; and a table is what its blocks say.

use std::collections::BTreeMap;

use domain::values::Day;
use proptest::prelude::*;
use serde_json::json;

use super::bytes::Writer;
use super::table::{Dimension, FactTable, OPEN};
use super::{Cells, Filter, Middle, Running, Selection, Total};
use crate::views::tests::support::Ledger;

/// How many words each column has: the second is too long for one byte.
const COLUMNS: [(&str, u32); 3] = [("sex", 3), ("court", 300), ("disposal", 5)];
/// How many penalties there are.
const PENALTIES: u32 = 12;
/// Dates that are known to the day, the month, the year and not at all.
const DATES: [u32; 6] = [
    20_240_503, 20_240_531, 20_240_500, 20_240_000, 20_231_231, 0,
];

/// A row: how much later than the one before it opens, after how long it closes, its codes, penalty and date.
type Row = (u32, Option<u32>, [u32; 3], u32, usize);

fn table(rows: &[Row]) -> FactTable {
    let mut table = FactTable::new();
    for (name, words) in COLUMNS {
        let column = table.dimensions.get_mut(name).unwrap();
        (1..words).for_each(|no| assert_eq!(column.words.code(&format!("{name}-{no}")), no));
    }
    (1..PENALTIES).for_each(|no| assert_eq!(table.penalties.code(&format!("penalty-{no}")), no));
    let mut from = 0;
    for (later, lasts, codes, penalty, date) in rows {
        from += later;
        table.from.push(from);
        table.to.push(lasts.map_or(OPEN, |lasts| from + lasts));
        table.penalty.push(*penalty);
        table.date.push(DATES[*date]);
        for ((name, _), code) in COLUMNS.iter().zip(codes) {
            table.dimensions.get_mut(*name).unwrap().codes.push(*code);
        }
    }
    let closed = (0_u32..).zip(&table.to).filter(|(_, to)| **to != OPEN);
    table.closings = closed.map(|(row, _)| row).collect();
    let to = table.to.clone();
    table
        .closings
        .sort_by_key(|row| to[usize::try_from(*row).unwrap()]);
    table
}

/// Row by row, by words and penalty.
fn by_hand(table: &FactTable, selection: &Selection, at: u32) -> Cells {
    let mut cells = Cells::default();
    let column = |name: &String| -> &Dimension { &table.dimensions[name] };
    let word = |name: &String, row: usize| {
        let column = column(name);
        column.words.word(column.codes.at(row)).to_owned()
    };
    for row in 0..table.from.len() {
        let stands = table.from[row] <= at && at < table.to[row];
        let mut filters = selection.filters.iter();
        let meets = filters.all(|f| f.words.contains(&word(&f.dimension, row)) == f.keep);
        // The conditions' day is the end of May 2024: of 2024 and of no date it is not known whether they were before.
        let decided =
            selection.decided_until.is_none() || !matches!(table.date[row], 20_240_000 | 0);
        if stands && meets && decided {
            let group = selection.by.iter().map(|name| word(name, row)).collect();
            let cells = cells.groups.entry(group).or_default();
            *cells.entry(table.penalty.at(row)).or_default() += 1;
        }
    }
    cells
}

/// Days by penalty code: two penalties alike, one without.
fn numbers() -> Vec<Option<u32>> {
    let number = |code: u32| match code {
        3 => None,
        4 => Some(5),
        11 => Some(u32::MAX),
        code => Some(code * 7 % 13),
    };
    (0..PENALTIES).map(number).collect()
}

fn check(table: &FactTable, selection: &Selection, at: u32) {
    let cells = by_hand(table, selection, at);
    let as_of = u64::from(at);
    assert_eq!(table.cells(selection, as_of).unwrap(), cells);
    let mut counts = BTreeMap::new();
    let mut totals = BTreeMap::new();
    let mut middles = BTreeMap::new();
    for (group, cells) in cells.groups {
        counts.insert(group.clone(), cells.values().sum());
        let mut days: Vec<u32> = Vec::new();
        for (penalty, n) in cells {
            let number = numbers()[usize::try_from(penalty).unwrap()];
            days.extend((0..n).filter_map(|_| number));
        }
        days.sort_unstable();
        if days.is_empty() {
            continue;
        }
        let n = days.len();
        totals.insert(
            group.clone(),
            Total {
                n: n.try_into().unwrap(),
                sum: days.iter().copied().map(u64::from).sum(),
            },
        );
        let (lower, upper) = (days[(n - 1) / 2], days[n / 2]);
        let n = n.try_into().unwrap();
        middles.insert(group, Middle { n, lower, upper });
    }
    assert_eq!(table.counts(selection, as_of).unwrap(), counts);
    assert_eq!(table.totals(selection, &numbers(), as_of).unwrap(), totals);
    assert_eq!(
        table.middles(selection, &numbers(), as_of).unwrap(),
        middles
    );
}

/// A table that was kept when half of the rows were there, and again now.
fn running(half: &FactTable, table: &FactTable) -> Running {
    let mut running = Running::by(&["sex", "disposal"]);
    for facts in [half, table] {
        running.keep(facts, &numbers()).unwrap();
    }
    running
}

fn check_running(running: &Running, table: &FactTable, at: u32) {
    let selection = &selections()[1];
    let totals = table.totals(selection, &numbers(), at.into()).unwrap();
    assert_eq!(running.as_of(table, at.into()).unwrap(), totals, "{at}");
}

#[test]
fn a_running_table_of_too_many_groups_is_counted_when_it_is_asked_for() {
    let table = long(9_000);
    let mut running = Running::by(&["sex", "court", "disposal"]);
    running.keep(&table, &numbers()).unwrap();
    let by = ["sex", "court", "disposal"].map(str::to_owned).into();
    let selection = Selection {
        by,
        ..Selection::default()
    };
    for at in [0, 4_000, 9_000] {
        let totals = table.totals(&selection, &numbers(), at).unwrap();
        assert_eq!(running.as_of(&table, at).unwrap(), totals, "{at}");
    }
    assert!(!running.as_of(&table, 4_000).unwrap().is_empty());
}

#[test]
fn counts_that_every_view_asks_for_are_those_of_a_pass_while_facts_are_filed() {
    let (mut ledger, _) = grown();
    for more in [false, true] {
        if more {
            let last = *ledger.facts.decisions.get(7).unwrap();
            let quashed = json!({"quashed": {"pronounced": "2024-07-01"}});
            ledger.file("sentence", last, "2024-07-01", &quashed);
        }
        for by in [
            ["year", "sex", "jurisdiction"].as_slice(),
            &["jurisdiction"],
            &["disposal"],
            &["sex", "disposal"],
            &["category", "disposal"],
        ] {
            let by = by.iter().map(|name| (*name).to_owned()).collect();
            let selection = Selection {
                by,
                ..Selection::default()
            };
            for at in 0..=ledger.facts.next_index() {
                let counts = ledger.facts.counts(&selection, at).unwrap();
                let cells = ledger.facts.cells(&selection, at).unwrap().groups;
                let cells = cells
                    .into_iter()
                    .map(|(group, cells)| (group, cells.values().sum()));
                assert_eq!(counts, cells.collect::<BTreeMap<_, u64>>(), "as of {at}");
            }
        }
    }
}

fn selections() -> Vec<Selection> {
    let by = |names: &[&str]| Selection {
        by: names.iter().map(|name| (*name).to_owned()).collect(),
        ..Selection::default()
    };
    let filter = |dimension: &str, words: &[&str], keep| Filter {
        dimension: dimension.to_owned(),
        words: words.iter().map(|word| (*word).to_owned()).collect(),
        keep,
    };
    let some = vec![
        filter("court", &["court-1", "court-299", "not_recorded"], false),
        filter("sex", &["sex-1", "sex-2"], true),
    ];
    // The same column again and again, until its words fit no number.
    let many = ["court"; 5];
    vec![
        by(&[]),
        by(&["sex", "disposal"]),
        by(&["court", "disposal"]),
        by(&many),
        Selection {
            filters: some,
            decided_until: Day::of(2024, 5, 31),
            ..by(&["disposal", "court"])
        },
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    #[test]
    fn every_count_is_that_of_a_pass_row_by_row(
        rows in proptest::collection::vec(
            (0_u32..3, proptest::option::of(1_u32..12), [0_u32..3, 0_u32..300, 0_u32..5], 0..PENALTIES, 0..DATES.len()),
            0..40,
        ),
    ) {
        let (half, table) = (table(&rows[..rows.len() / 2]), table(&rows));
        let running = running(&half, &table);
        let last = table.from.last().copied().unwrap_or_default();
        for at in 0..last + 14 {
            check_running(&running, &table, at);
            for selection in selections() {
                check(&table, &selection, at);
            }
        }
    }
}

/// A row for each number, with codes that repeat in no step with one another.
fn long(rows: u32) -> FactTable {
    let row = |no: u32| {
        let closes = (no % 10 == 3).then_some(1 + no * 7_919 % 100_000);
        let date = usize::try_from(no % 6).unwrap();
        (
            1,
            closes,
            [no % 3, no * 31 % 300, no / 3 % 5],
            no * 17 % PENALTIES,
            date,
        )
    };
    let rows: Vec<Row> = (0..rows).map(row).collect();
    table(&rows)
}

#[test]
fn tables_of_several_blocks_and_parts_count_the_same() {
    let table = long(140_000);
    // What closed by then closed in the first half, too.
    let mut half = long(70_000);
    let to = half.to.clone();
    half.closings
        .retain(|row| to[usize::try_from(*row).unwrap()] < 70_001);
    let running = running(&half, &table);
    for at in [
        0,
        65_535,
        65_536,
        65_537,
        131_072,
        139_999,
        200_000,
        u32::MAX - 1,
    ] {
        check_running(&running, &table, at);
    }
    for at in [2_048, 139_999] {
        for selection in selections() {
            check(&table, &selection, at);
        }
    }
}

/// Decisions, a correction of a person's sex and what was quashed, as a table and as the blocks that it grew by.
fn grown() -> (Ledger, Vec<Vec<u8>>) {
    let mut ledger = Ledger::under("midland");
    let mut blocks = Vec::new();
    let mut sentences = Vec::new();
    for no in 0..9_u64 {
        let decision = json!({"court": format!("court-{no}"), "counts": [{"no": 1,
            "offence": {"code": {"value": "M101"}, "category": {"value": "property"}},
            "components": [{"no": 1, "sanction": {"custody": {"term": format!("P{}D", no / 2 + 1)}}}]}]});
        let sex = (no % 3 > 0).then_some("female");
        sentences.push(ledger.imposed(sex, "2024-05-03", &decision));
        if no % 2 == 1 {
            let quashed = json!({"quashed": {"pronounced": "2024-06-01"}});
            let earlier = sentences[usize::try_from(no / 2).unwrap()];
            ledger.file("sentence", earlier, "2024-06-01", &quashed);
        }
        if no % 3 == 2 {
            blocks.push(ledger.facts.take_segment().unwrap().bytes);
        }
    }
    (ledger, blocks)
}

fn read(blocks: &[Vec<u8>]) -> FactTable {
    let mut table = FactTable::new();
    for block in blocks {
        table.add_segment(block).unwrap();
    }
    table
}

/// The block that registers wrote before columns were kept apart.
fn in_the_first_format(table: &FactTable) -> Vec<u8> {
    let mut out = Writer::default();
    out.u32(1);
    out.u64(table.next_index);
    out.length(table.from.len());
    for column in [
        &table.from,
        &table.to,
        &table.decision,
        &table.person,
        &table.date,
    ] {
        for one in column {
            out.u32(*one);
        }
    }
    (0..table.len()).for_each(|row| out.u32(table.penalty.at(row)));
    out.words(table.penalties.words_from(1));
    for ids in [
        table.decisions.among(0..table.decisions.len()),
        table.persons.among(0..table.persons.len()),
    ] {
        out.length(ids.len());
        for id in ids {
            out.0.extend_from_slice(id.as_bytes());
        }
    }
    out.pairs(&[]);
    let sexes = (0_u32..).zip(&table.person_sex);
    let sexes: Vec<(u32, u32)> = sexes.map(|(no, sex)| (no, u32::from(*sex))).collect();
    out.pairs(&sexes);
    out.length(table.dimensions.len());
    for (name, column) in &table.dimensions {
        out.text(name);
        out.words(column.words.words_from(1));
        for row in 0..table.len() {
            let code = u16::try_from(column.codes.at(row)).unwrap();
            out.0.extend_from_slice(&code.to_le_bytes());
        }
        out.length(column.codes.len());
    }
    zstd::bulk::compress(&out.0, 1).unwrap()
}

#[test]
fn a_table_is_what_its_blocks_say_and_grows_on() {
    let (mut ledger, blocks) = grown();
    assert_eq!(blocks.len(), 3);
    let first = vec![in_the_first_format(&ledger.facts)];
    let mut tables = vec![read(&blocks), read(&first)];
    for rows in [1, 2, 3, 5, 9, 100] {
        let again = ledger.facts.blocks(rows).unwrap();
        let indexes: Vec<u64> = again.iter().map(|block| block.next_index).collect();
        assert!(indexes.is_sorted_by(|one, next| one < next), "{indexes:?}");
        assert_eq!(indexes.last(), Some(&ledger.facts.next_index()));
        assert!(again.len() >= 9 / rows, "{indexes:?}");
        let again: Vec<Vec<u8>> = again.into_iter().map(|block| block.bytes).collect();
        tables.push(read(&again));
    }
    for table in &mut tables {
        table.find_open_rows();
        assert_eq!(table, &ledger.facts);
    }
    // Filed on, each gives known persons and decisions the codes that they have.
    let last = *ledger.facts.decisions.get(8).unwrap();
    let quashed = json!({"quashed": {"pronounced": "2024-07-01"}});
    let index = ledger.facts.next_index();
    ledger.file("sentence", last, "2024-07-01", &quashed);
    for table in &mut tables {
        let code = table.decision_code(domain::values::SentenceId(last));
        table.close(code, u32::try_from(index).unwrap());
        table.reach(index + 1);
        assert_eq!(table, &ledger.facts);
    }
}

#[test]
fn a_block_with_another_byte_is_refused() {
    let (ledger, _) = grown();
    let block = ledger.facts.blocks(100).unwrap().remove(0).bytes;
    let mut refused = 0;
    for at in 0..block.len() {
        let mut damaged = block.clone();
        damaged[at] ^= 0x10;
        let mut table = FactTable::new();
        if table.add_segment(&damaged).is_err() {
            refused += 1;
        } else {
            // A byte that says how much memory reading may take, and nothing of what is read.
            table.find_open_rows();
            assert_eq!(table, ledger.facts, "byte {at}");
        }
    }
    assert!(
        refused > block.len() * 9 / 10,
        "{refused} of {}",
        block.len()
    );
}
