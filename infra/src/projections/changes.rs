//! What a batch of events changes in a read model.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::record::Recorded;
use crate::store::database::{Batch, Value};

/// A row that holds has no end yet.
pub const OPEN: i64 = i64::MAX;

/// A table whose rows carry an interval of the ledger: `generation`, a key, `from_index`, `to_index`, then the rest.
#[derive(Debug)]
pub(crate) struct Versioned {
    pub(crate) table: &'static str,
    pub(crate) key: &'static str,
    /// `generation`, the key, `from_index`, `to_index`, then the rest.
    pub(crate) columns: &'static [&'static str],
}

/// A table whose rows are only added.
#[derive(Debug)]
pub(crate) struct Appended {
    pub(crate) table: &'static str,
    /// `generation`, then the rest.
    pub(crate) columns: &'static [&'static str],
}

/// The changes of one batch to one generation of a read model.
#[derive(Debug)]
pub(crate) struct Changes {
    generation: i64,
    versioned: BTreeMap<&'static str, Pending>,
    appended: BTreeMap<&'static str, (&'static Appended, Vec<Vec<Value>>)>,
}

#[derive(Debug)]
struct Pending {
    table: &'static Versioned,
    rows: Vec<Vec<Value>>,
    open: BTreeMap<String, usize>,
    /// Rows of earlier batches that end in this one: the index, the key.
    ended: Vec<(i64, String)>,
    /// Rows of earlier batches that end in this one because of what they say.
    settled: Vec<Settled>,
}

/// Rows that end: those which say something in two columns, and nothing in a third.
#[derive(Debug)]
struct Settled {
    index: i64,
    which: [(&'static str, String); 2],
    empty: &'static str,
}

impl Changes {
    pub(crate) fn new(generation: i64) -> Self {
        Self {
            generation,
            versioned: BTreeMap::new(),
            appended: BTreeMap::new(),
        }
    }

    /// Files a row of a record: the first event of its stream ends none.
    pub(crate) fn put(&mut self, table: &'static Versioned, recorded: &Recorded, rest: Vec<Value>) {
        if recorded.sequence == 1 {
            self.begin(table, &recorded.stream_id, recorded.index, rest);
        } else {
            self.open(table, &recorded.stream_id, recorded.index, rest);
        }
    }

    /// Ends the row that holds for a key and opens the next.
    pub(crate) fn open(
        &mut self,
        table: &'static Versioned,
        key: &str,
        index: u64,
        rest: Vec<Value>,
    ) {
        self.enter(table, key, index, rest, false);
    }

    /// A key that never had a row: nothing has to be ended.
    pub(crate) fn begin(
        &mut self,
        table: &'static Versioned,
        key: &str,
        index: u64,
        rest: Vec<Value>,
    ) {
        self.enter(table, key, index, rest, true);
    }

    fn enter(
        &mut self,
        table: &'static Versioned,
        key: &str,
        index: u64,
        rest: Vec<Value>,
        is_first: bool,
    ) {
        let generation = self.generation;
        let index = signed(index);
        let pending = self.pending(table);
        match pending
            .open
            .get(key)
            .and_then(|at| pending.rows.get_mut(*at))
        {
            Some(row) => {
                if let Some(to) = row.get_mut(3) {
                    *to = Value::Int(index);
                }
            }
            None if is_first => {}
            None => pending.ended.push((index, key.to_owned())),
        }
        let mut row = Vec::with_capacity(rest.len().saturating_add(4));
        row.extend([generation.into(), key.into(), index.into(), OPEN.into()]);
        row.extend(rest);
        pending.open.insert(key.to_owned(), pending.rows.len());
        pending.rows.push(row);
    }

    /// Ends the rows that say something in two columns, and nothing in a third.
    pub(crate) fn end(
        &mut self,
        table: &'static Versioned,
        which: [(&'static str, &str); 2],
        empty: &'static str,
        index: u64,
    ) {
        let index = signed(index);
        let at = |name: &str| table.columns.iter().position(|column| *column == name);
        let pending = self.pending(table);
        let says = |row: &[Value], (name, wanted): (&str, &str)| {
            let said = at(name).and_then(|at| row.get(at));
            matches!(said, Some(Value::Text(text)) if text == wanted)
        };
        let is_empty =
            |row: &[Value]| matches!(at(empty).and_then(|at| row.get(at)), Some(Value::Null));
        let rows = &mut pending.rows;
        pending.open.retain(|_, at| {
            let Some(row) = rows.get_mut(*at) else {
                return true;
            };
            let ends = which.iter().all(|wanted| says(row, *wanted)) && is_empty(row);
            if ends && let Some(to) = row.get_mut(3) {
                *to = Value::Int(index);
            }
            !ends
        });
        pending.settled.push(Settled {
            index,
            which: which.map(|(name, wanted)| (name, wanted.to_owned())),
            empty,
        });
    }

    fn pending(&mut self, table: &'static Versioned) -> &mut Pending {
        self.versioned
            .entry(table.table)
            .or_insert_with(|| Pending {
                table,
                rows: Vec::new(),
                open: BTreeMap::new(),
                ended: Vec::new(),
                settled: Vec::new(),
            })
    }

    /// Adds a row that never changes; `generation` is put before it.
    pub(crate) fn add(&mut self, table: &'static Appended, rest: Vec<Value>) {
        let mut row = vec![Value::Int(self.generation)];
        row.extend(rest);
        self.appended
            .entry(table.table)
            .or_insert_with(|| (table, Vec::new()))
            .1
            .push(row);
    }

    /// Puts the changes into a transaction.
    pub(crate) fn put_into(self, batch: &mut Batch) {
        for mut pending in self.versioned.into_values() {
            in_order(&mut pending.rows);
            let Versioned {
                table,
                key,
                columns,
            } = *pending.table;
            if !pending.ended.is_empty() {
                // The sign keeps SQLite from an index that begins with what holds, which is nearly everything.
                let sql = format!(
                    "UPDATE {table} SET to_index = $1 \
                     WHERE generation = $2 AND {key} = $3 AND +to_index = {OPEN}"
                );
                let rows = pending.ended.into_iter().map(|(index, key)| {
                    vec![
                        Value::Int(index),
                        Value::Int(self.generation),
                        Value::Text(key),
                    ]
                });
                batch.run_each(Cow::Owned(sql), rows.collect());
            }
            for Settled {
                index,
                which: [one, other],
                empty,
            } in pending.settled
            {
                let sql = format!(
                    "UPDATE {table} SET to_index = $1 WHERE generation = $2 AND {} = $3 AND {} = $4 \
                     AND {empty} IS NULL AND +to_index = {OPEN}",
                    one.0, other.0
                );
                let (one, other) = (one.1.into(), other.1.into());
                batch.run(sql, vec![index.into(), self.generation.into(), one, other]);
            }
            batch.insert_many(table, columns, pending.rows);
        }
        for (table, mut rows) in self.appended.into_values() {
            in_order(&mut rows);
            batch.insert_many(table.table, table.columns, rows);
        }
    }
}

/// Puts rows in the order of their keys, which follow the generation: neighbours in an index are then written one after
/// the other.
fn in_order(rows: &mut [Vec<Value>]) {
    fn key(row: &[Value]) -> Option<&str> {
        match row.get(1) {
            Some(Value::Text(key)) => Some(key),
            _ => None,
        }
    }
    rows.sort_by(|one, other| key(one).cmp(&key(other)));
}

/// A ledger index as the databases hold it.
pub(crate) fn signed(index: u64) -> i64 {
    i64::try_from(index).unwrap_or(OPEN)
}
