//! A hundredth of what the benchmark `facts` counts: the answers are those of a count by hand.

use std::collections::BTreeMap;

use infra::facts::{FactTable, Running};
use tests::{Drawn, Failure};

/// The days of each group that stand at an index, in order.
fn by_hand(drawn: &Drawn, at: u32) -> Result<BTreeMap<Vec<String>, Vec<u32>>, Failure> {
    let mut groups: BTreeMap<Vec<String>, Vec<u32>> = BTreeMap::new();
    let columns = drawn.gravity.iter().zip(&drawn.court);
    let rows = columns.zip(drawn.days.iter().zip(&drawn.to)).enumerate();
    for (row, ((gravity, court), (days, to))) in rows {
        if drawn.from(row)? <= at && at < *to {
            let group = Drawn::words(drawn.sex(row), *gravity, *court);
            groups.entry(group).or_default().push(*days);
        }
    }
    for days in groups.values_mut() {
        days.sort_unstable();
    }
    Ok(groups)
}

#[test]
fn a_hundred_thousand_facts_are_counted_as_by_hand() -> Result<(), Failure> {
    let drawn = Drawn::of(100_000)?;
    let facts = drawn.file()?;
    let mut again = FactTable::with_room(facts.len());
    for block in facts.blocks(30_000)? {
        again.add_segment(&block.bytes)?;
    }
    let by = Drawn::selection();
    let mut running = Running::by(&["sex", "gravity", "court"]);
    running.keep(&again, &Drawn::days_of(&again)?)?;
    let last = u32::try_from(drawn.len())? + drawn.from(0)?;
    for at in [
        drawn.from(0)?,
        drawn.from(drawn.len() / 2)?,
        last,
        last + 500_000,
    ] {
        let expected = by_hand(&drawn, at)?;
        let known = running.as_of(&again, at.into())?;
        for facts in [&facts, &again] {
            let numbers = Drawn::days_of(facts)?;
            let totals = facts.totals(&by, &numbers, at.into())?;
            let counts = facts.counts(&by, at.into())?;
            let middles = facts.middles(&by, &numbers, at.into())?;
            assert_eq!(totals, known);
            assert!(totals.keys().eq(expected.keys()) && counts.keys().eq(expected.keys()));
            for (group, days) in &expected {
                let sum: u64 = days.iter().copied().map(u64::from).sum();
                let n = u64::try_from(days.len())?;
                let total = totals.get(group).ok_or("a total")?;
                let middle = middles.get(group).ok_or("a median")?;
                assert_eq!((total.n, total.sum, counts.get(group)), (n, sum, Some(&n)));
                let at = |rank: usize| days.get(rank).copied().unwrap_or_default();
                let (lower, upper) = (at((days.len() - 1) / 2), at(days.len() / 2));
                assert_eq!((middle.n, middle.lower, middle.upper), (n, lower, upper));
            }
        }
    }
    Ok(())
}
