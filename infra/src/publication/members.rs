//! Who is counted in each cell of a public table.

use std::collections::{BTreeMap, BTreeSet};

use domain::jurisdiction::{Every, PublicTable};
use domain::sentence::SanctionKind;
use domain::statistics::disclosure::{CellKey, CountedCell};
use hmac::Mac as _;
use uuid::Uuid;

use super::words::{ALL, Columns};
use crate::facts::{FactTable, NOT_RECORDED, Version};
use crate::registry::hmac_under;

/// A decision that is counted in a cell.
#[derive(Debug, Clone, Copy)]
struct Member {
    decision: Uuid,
    person: Uuid,
    court: u32,
    is_custody: bool,
    key: u64,
}

/// The members of each cell of a table, as of an index. A cell without members is not there.
#[derive(Debug, Default)]
pub(super) struct Members(BTreeMap<Vec<String>, Vec<Member>>);

/// The period in which a decision was taken; none where it is not known closely enough.
fn period(version: &Version<'_>, every: Every) -> Option<String> {
    let year = Some(version.word("year")).filter(|year| *year != NOT_RECORDED)?;
    match every {
        Every::Year => Some(year.to_owned()),
        Every::Quarter => Some(format!("{year}-Q{}", (version.month()? - 1) / 3 + 1)),
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
        let standing = facts.versions(as_of).filter(|version| {
            version.ended().is_none() && version.word("jurisdiction") == jurisdiction
        });
        let asked = columns.asked();
        for version in standing {
            let next = u32::try_from(courts.len()).unwrap_or(u32::MAX);
            let member = Member {
                decision: version.decision(),
                person: version.person(),
                court: *courts.entry(version.word("court")).or_insert(next),
                is_custody: version.word("disposal") == SanctionKind::Custody.word(),
                key: record_key(version.decision(), secret),
            };
            let told: Vec<&str> = asked.iter().map(|column| version.word(column)).collect();
            let words = columns.words(period(&version, table.period), &told);
            for key in in_all_cells(&words) {
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
        let persons: BTreeSet<Uuid> = members.iter().map(|member| member.person).collect();
        let courts: BTreeSet<u32> = members.iter().map(|member| member.court).collect();
        let empty = CellKey::empty(CellKey::PUBLISHED_MODULUS);
        CountedCell {
            decisions: number(members.len()),
            persons: number(persons.len()),
            courts: number(courts.len()),
            custody: number(members.iter().filter(|member| member.is_custody).count()),
            key: members
                .iter()
                .fold(empty, |key, member| key.with(member.key)),
        }
    }

    /// How many decisions came into a cell and how many left it since an earlier index.
    pub(super) fn changed(&self, earlier: &Self, key: &[String]) -> (u64, u64) {
        let of = |members: &[Member]| {
            members
                .iter()
                .map(|one| one.decision)
                .collect::<BTreeSet<_>>()
        };
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
fn record_key(decision: Uuid, secret: &[u8; 32]) -> u64 {
    let mut hmac = hmac_under(secret);
    hmac.update(decision.as_bytes());
    let bytes = hmac.finalize().into_bytes();
    let first = bytes.first_chunk::<8>().copied().unwrap_or_default();
    u64::from_be_bytes(first)
}
