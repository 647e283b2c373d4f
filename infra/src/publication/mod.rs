//! Figures that are published: fixed tables, as of numbered releases, protected so that nobody can be found in them.
//!
//! A release is made from the facts as of an entry of the ledger, from the release before it and from a secret of the
//! register; made again from the same, it is the same to the byte. The rules are those of `docs/statistics.md` §4.2, P1 to P9.

mod members;
mod words;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::jurisdiction::{Every, Pack, PublicTable};
use domain::statistics::disclosure::{DisclosurePolicy, ShownCell, change_may_show};
use domain::values::{Instant, PublicationNo};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use self::members::Members;
use self::words::Columns;
pub use self::words::{ALL, UNKNOWN};
use crate::facts::FactTable;
use crate::views::words::Term;

/// How figures are made and protected; a change of it is another method.
pub const METHOD: &str = "public-figures/1";
/// After so many days everything is published anew (P7).
const REBASED_AFTER: i64 = 365;
const DAY_US: i64 = 86_400_000_000;

/// A release of figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// Its number.
    pub number: PublicationNo,
    /// The last entry of the ledger that counts.
    pub index: u64,
    /// When that was.
    pub instant: Instant,
    /// How the figures were made and protected.
    pub method: String,
    /// The release in which everything was last published anew.
    pub anew_in: PublicationNo,
    /// When that was.
    pub anew: Instant,
    /// The figures of each jurisdiction.
    pub jurisdictions: Vec<PublishedJurisdiction>,
}

/// The figures of a jurisdiction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishedJurisdiction {
    /// The jurisdiction.
    pub jurisdiction: Term,
    /// The version of its rules.
    pub rules: String,
    /// The thresholds under which nothing is shown.
    pub disclosure: DisclosurePolicy,
    /// Its tables.
    pub tables: Vec<PublishedTable>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishedTable {
    /// The table.
    pub table: Term,
    /// Its columns with their words.
    pub columns: Vec<PublishedColumn>,
    /// A row for each combination of words.
    pub rows: Vec<PublishedRow>,
}

/// A column with its words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishedColumn {
    /// The column.
    pub column: Term,
    /// Its words.
    pub words: Vec<Term>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishedRow {
    /// One word for each column.
    pub key: Vec<String>,
    /// What is shown.
    #[serde(flatten)]
    pub cell: ShownCell,
    /// The release whose figure it is: an earlier one where too little has changed since.
    pub of: PublicationNo,
}

/// The release that came before: what it showed, and as of which entry each release that it still shows figures of was.
#[derive(Debug, Clone, Copy)]
pub struct Before<'a> {
    /// What it showed.
    pub published: &'a Published,
    /// The index of each release by its number.
    pub indexes: &'a BTreeMap<PublicationNo, u64>,
}

/// As of when a release is.
#[derive(Debug, Clone, Copy)]
pub struct At {
    /// Its number.
    pub number: PublicationNo,
    /// The last entry that counts.
    pub index: u64,
    /// When that was.
    pub instant: Instant,
}

/// Makes a release of the figures of some jurisdictions.
pub fn make(
    facts: &FactTable,
    packs: &[Arc<Pack>],
    at: At,
    before: Option<Before<'_>>,
    secret: &[u8; 32],
) -> Published {
    let before = before.filter(|before| {
        let since = at
            .instant
            .micros()
            .saturating_sub(before.published.anew.micros());
        since < REBASED_AFTER.saturating_mul(DAY_US) && before.published.method == METHOD
    });
    let of_each = packs.iter().map(|pack| {
        let tables = pack.publication.tables.iter();
        PublishedJurisdiction {
            jurisdiction: Term {
                code: pack.jurisdiction.to_string(),
                title: pack.title.clone(),
            },
            rules: pack.version.to_string(),
            disclosure: pack.publication.disclosure,
            tables: tables
                .map(|table| {
                    Making {
                        facts,
                        pack,
                        table,
                        at,
                        secret,
                    }
                    .table(before)
                })
                .collect(),
        }
    });
    Published {
        number: at.number,
        index: at.index,
        instant: at.instant,
        method: METHOD.to_owned(),
        anew_in: before.map_or(at.number, |before| before.published.anew_in),
        anew: before.map_or(at.instant, |before| before.published.anew),
        jurisdictions: of_each.collect(),
    }
}

/// A table in the making.
#[derive(Clone, Copy)]
struct Making<'a> {
    facts: &'a FactTable,
    pack: &'a Arc<Pack>,
    table: &'a PublicTable,
    at: At,
    secret: &'a [u8; 32],
}

impl Making<'_> {
    fn members(&self, columns: &Columns, index: u64) -> Members {
        let jurisdiction = self.pack.jurisdiction.as_str();
        Members::of(
            self.facts,
            jurisdiction,
            self.table,
            columns,
            (index, self.secret),
        )
    }

    fn table(&self, before: Option<Before<'_>>) -> PublishedTable {
        let columns = Columns::of(self.pack, self.table);
        let now = self.members(&columns, self.at.index);
        let policy = &self.pack.publication.disclosure;
        let earlier = before
            .map(|before| self.earlier(&columns, before))
            .unwrap_or_default();
        let with_words = columns.with_periods(self.periods(&now));
        let disposal = with_words.len().saturating_sub(2);
        let rows = keys(&with_words).into_iter().map(|key| {
            let carried = earlier.rows.get(&key).filter(|row| {
                let Some(then) = earlier.members.get(&row.of) else {
                    return false;
                };
                let (added, removed) = now.changed(then, &key);
                !change_may_show(added, removed, policy.min_increment)
            });
            if let Some(row) = carried {
                return (*row).clone();
            }
            let with_share = key.get(disposal).is_some_and(|word| word == ALL);
            PublishedRow {
                cell: policy.cell(&now.count(&key), with_share),
                of: self.at.number,
                key,
            }
        });
        let rows = rows.collect();
        let columns = with_words.into_iter();
        PublishedTable {
            table: Term {
                code: self.table.code.to_string(),
                title: self.table.title.clone(),
            },
            columns: columns
                .map(|(column, words)| PublishedColumn { column, words })
                .collect(),
            rows,
        }
    }

    /// What the release before showed in this table, and who was counted in it; nothing where its thresholds were others.
    fn earlier<'b>(&self, columns: &Columns, before: Before<'b>) -> Earlier<'b> {
        let own = before.published.jurisdictions.iter().find(|own| {
            own.jurisdiction.code == self.pack.jurisdiction.as_str()
                && own.disclosure == self.pack.publication.disclosure
        });
        let table = own.and_then(|own| {
            let mut tables = own.tables.iter();
            tables.find(|table| table.table.code == self.table.code.as_str())
        });
        let mut earlier = Earlier::default();
        for row in table.into_iter().flat_map(|table| &table.rows) {
            earlier.rows.insert(row.key.clone(), row);
            if let Some(index) = before.indexes.get(&row.of) {
                let members = || self.members(columns, *index);
                earlier.members.entry(row.of).or_insert_with(members);
            }
        }
        earlier
    }

    /// The periods of the rows, from the first to the last in which enough persons were sentenced that it may be said.
    fn periods(&self, now: &Members) -> Vec<String> {
        let policy = &self.pack.publication.disclosure;
        let mut told: Vec<&str> = now
            .keys()
            .filter(|key| key.iter().skip(1).all(|word| word == ALL))
            .filter(|key| now.count(key).persons >= policy.threshold)
            .filter_map(|key| key.first().map(String::as_str))
            .filter(|period| ![ALL, UNKNOWN].contains(period))
            .collect();
        told.sort_unstable();
        let (Some(first), Some(last)) = (told.first(), told.last()) else {
            return Vec::new();
        };
        let mut periods = vec![(*first).to_owned()];
        while let Some(latest) = periods.last().filter(|latest| latest.as_str() < *last) {
            let Some(next) = after(latest, self.table.period) else {
                break;
            };
            periods.push(next);
        }
        periods
    }
}

/// What an earlier release showed in a table.
#[derive(Default)]
struct Earlier<'a> {
    rows: BTreeMap<Vec<String>, &'a PublishedRow>,
    members: BTreeMap<PublicationNo, Members>,
}

/// The period after one: `2024`, `2024-Q3`.
fn after(period: &str, every: Every) -> Option<String> {
    let (year, quarter) = match every {
        Every::Year => (period, 4),
        Every::Quarter => {
            let (year, quarter) = period.split_once("-Q")?;
            (year, quarter.parse::<u32>().ok()?)
        }
    };
    let year: u32 = year.parse().ok()?;
    Some(match every {
        Every::Year => (year + 1).to_string(),
        Every::Quarter if quarter < 4 => format!("{year}-Q{}", quarter + 1),
        Every::Quarter => format!("{}-Q1", year + 1),
    })
}

/// Every combination of the words of columns, in their order.
fn keys(columns: &[(Term, Vec<Term>)]) -> Vec<Vec<String>> {
    let mut keys: Vec<Vec<String>> = vec![Vec::new()];
    for (_, words) in columns {
        let longer = keys.iter().flat_map(|key| {
            words.iter().map(move |word| {
                let mut key = key.clone();
                key.push(word.code.clone());
                key
            })
        });
        keys = longer.collect();
    }
    keys
}

impl Published {
    /// The rows of every table as one CSV table: every table has the columns of the widest, empty where it lacks one.
    pub fn csv(&self) -> String {
        let mut out = String::from(
            "jurisdiction,table,period,column,word,disposal,sex,decisions,custody_per_100,figure_of_release\r\n",
        );
        for own in &self.jurisdictions {
            for table in &own.tables {
                for row in &table.rows {
                    let cell = |at: usize| row.key.get(at).map_or("", String::as_str);
                    let own_column = table.columns.len() > 3;
                    let column = table.columns.get(1).filter(|_| own_column);
                    let after = usize::from(own_column);
                    let share = row.cell.custody.map(|share| share.to_string());
                    let cells = [
                        own.jurisdiction.code.as_str(),
                        &table.table.code,
                        cell(0),
                        column.map_or("", |column| &column.column.code),
                        if own_column { cell(1) } else { "" },
                        cell(after.saturating_add(1)),
                        cell(after.saturating_add(2)),
                        &row.cell.n.to_string(),
                        share.as_deref().unwrap_or_default(),
                        &row.of.to_string(),
                    ];
                    out.push_str(&cells.join(","));
                    out.push_str("\r\n");
                }
            }
        }
        out
    }
}
