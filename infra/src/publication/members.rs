//! Who is counted in each cell of a public table.

use std::collections::{BTreeMap, BTreeSet};

use domain::jurisdiction::{Every, PublicTable};
use domain::statistics::disclosure::{CellKey, CountedCell};
use hmac::Mac as _;

use super::words::{ALL, Columns};
use crate::facts::{FactTable, StandingFact};
use crate::registry::hmac_under;

/// A decision that is counted in a cell.
#[derive(Debug, Clone, Copy)]
struct Member {
    no: u32,
    person: u32,
    court: u32,
    is_custody: bool,
    key: u64,
}

/// The members of each cell of a table, as of an index. A cell without members is not there.
#[derive(Debug, Default)]
pub(super) struct Members(BTreeMap<Vec<String>, Vec<Member>>);

/// The period in which a decision was taken; none where it is not known closely enough.
fn period(date: u32, every: Every) -> Option<String> {
    let (year, month) = (date / 10_000, date / 100 % 100);
    match (every, month) {
        _ if year == 0 => None,
        (Every::Year, _) => Some(year.to_string()),
        (Every::Quarter, 0) => None,
        (Every::Quarter, month) => Some(format!("{year}-Q{}", (month - 1) / 3 + 1)),
    }
}

impl Members {
    /// Counts the decisions of a jurisdiction by a table's columns, each also under *all* of every column.
    pub(super) fn of(
        facts: &FactTable,
        jurisdiction: &str,
        table: &PublicTable,
        columns: &Columns,
        (as_of, secret): (u64, &[u8; 32]),
    ) -> Self {
        let mut courts: BTreeMap<&str, u32> = BTreeMap::new();
        let mut cells: BTreeMap<Vec<String>, Vec<Member>> = BTreeMap::new();
        for fact in facts.facts_standing(jurisdiction, &columns.asked(), as_of) {
            let next = u32::try_from(courts.len()).unwrap_or(u32::MAX);
            let member = Member {
                no: fact.no,
                person: fact.person,
                court: *courts.entry(fact.court).or_insert(next),
                is_custody: fact.is_custody,
                key: record_key(&fact, secret),
            };
            let period = period(fact.date, table.period);
            for key in in_all_cells(&columns.words(period, &fact.words)) {
                cells.entry(key).or_default().push(member);
            }
        }
        Self(cells)
    }

    /// The cells there are.
    pub(super) fn keys(&self) -> impl Iterator<Item = &Vec<String>> {
        self.0.keys()
    }

    /// What a cell counts.
    pub(super) fn count(&self, key: &[String]) -> CountedCell {
        let members = self.members(key);
        let distinct = |what: fn(&Member) -> u32| {
            let found: BTreeSet<u32> = members.iter().map(what).collect();
            number(found.len())
        };
        let empty = CellKey::empty(CellKey::PUBLISHED_MODULUS);
        CountedCell {
            decisions: number(members.len()),
            persons: distinct(|member| member.person),
            courts: distinct(|member| member.court),
            custody: number(members.iter().filter(|member| member.is_custody).count()),
            key: members
                .iter()
                .fold(empty, |key, member| key.with(member.key)),
        }
    }

    /// How many decisions came into a cell and how many left it since an earlier index.
    pub(super) fn changed(&self, earlier: &Self, key: &[String]) -> (u64, u64) {
        let of = |members: &[Member]| members.iter().map(|one| one.no).collect::<BTreeSet<_>>();
        let (before, after) = (of(earlier.members(key)), of(self.members(key)));
        (
            number(after.difference(&before).count()),
            number(before.difference(&after).count()),
        )
    }

    fn members(&self, key: &[String]) -> &[Member] {
        self.0.get(key).map_or(&[], Vec::as_slice)
    }
}

fn number(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

/// The cells in which a decision with these words is counted: each word itself, and *all*.
fn in_all_cells(words: &[String]) -> Vec<Vec<String>> {
    let mut keys = vec![Vec::with_capacity(words.len())];
    for word in words {
        let with = |last: &str| {
            let last = last.to_owned();
            keys.iter().cloned().map(move |mut key: Vec<String>| {
                key.push(last.clone());
                key
            })
        };
        keys = with(ALL).chain(with(word)).collect();
    }
    keys
}

/// The key of a decision, fixed for ever (P4, P8): it comes from the decision and not from what was recorded of it last.
fn record_key(fact: &StandingFact<'_>, secret: &[u8; 32]) -> u64 {
    let mut hmac = hmac_under(secret);
    hmac.update(fact.decision.as_bytes());
    let bytes = hmac.finalize().into_bytes();
    let first = bytes.first_chunk::<8>().copied().unwrap_or_default();
    u64::from_be_bytes(first)
}
