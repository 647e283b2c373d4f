//! Several changes that happen together or not at all.

use std::borrow::Cow;

use super::Value;

/// One change.
#[derive(Clone, Debug)]
pub(crate) enum Op {
    Run {
        sql: Cow<'static, str>,
        params: Vec<Value>,
        expected: Option<u64>,
    },
    RunEach {
        sql: Cow<'static, str>,
        rows: Vec<Vec<Value>>,
    },
    InsertMany {
        table: Cow<'static, str>,
        columns: &'static [&'static str],
        rows: Vec<Vec<Value>>,
    },
}

/// Changes in the order they are made, committed as one.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    pub(crate) ops: Vec<Op>,
    pub(crate) redoable: bool,
}

impl Batch {
    /// No change yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.ops.is_empty()
    }

    /// Says that these changes are made again from the ledger if they are lost: who commits them need not wait for the
    /// disk. They are still there as one or not at all.
    pub fn can_be_redone(&mut self) -> &mut Self {
        self.redoable = true;
        self
    }

    /// One statement with `$1` placeholders.
    pub fn run(&mut self, sql: impl Into<Cow<'static, str>>, params: Vec<Value>) -> &mut Self {
        self.push(Op::Run {
            sql: sql.into(),
            params,
            expected: None,
        })
    }

    /// One statement that must change exactly `rows` rows, or the whole batch is undone and
    /// answered by `StoreError::Moved`: how a checkpoint is held by one writer at a time.
    pub fn run_expecting(
        &mut self,
        rows: u64,
        sql: impl Into<Cow<'static, str>>,
        params: Vec<Value>,
    ) -> &mut Self {
        self.push(Op::Run {
            sql: sql.into(),
            params,
            expected: Some(rows),
        })
    }

    /// The same statement once per row of parameters.
    pub fn run_each(
        &mut self,
        sql: impl Into<Cow<'static, str>>,
        rows: Vec<Vec<Value>>,
    ) -> &mut Self {
        self.push(Op::RunEach {
            sql: sql.into(),
            rows,
        })
    }

    /// New rows, by the quickest way the database has. A row that exists undoes the batch.
    pub fn insert_many(
        &mut self,
        table: impl Into<Cow<'static, str>>,
        columns: &'static [&'static str],
        rows: Vec<Vec<Value>>,
    ) -> &mut Self {
        self.push(Op::InsertMany {
            table: table.into(),
            columns,
            rows,
        })
    }

    /// The changes of another batch after these.
    pub fn also(&mut self, other: Self) -> &mut Self {
        self.ops.extend(other.ops);
        self
    }

    fn push(&mut self, op: Op) -> &mut Self {
        self.ops.push(op);
        self
    }
}
