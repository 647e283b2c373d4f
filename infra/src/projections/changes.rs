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
        let pending = self
            .versioned
            .entry(table.table)
            .or_insert_with(|| Pending {
                table,
                rows: Vec::new(),
                open: BTreeMap::new(),
                ended: Vec::new(),
            });
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
