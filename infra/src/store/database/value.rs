//! The four kinds of value that both databases store alike, and rows of them.

use crate::error::{Damage, StoreError};

/// A column's value or a statement's parameter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// Nothing.
    Null,
    /// BIGINT.
    Int(i64),
    /// TEXT.
    Text(String),
    /// BLOB on SQLite, BYTEA on PostgreSQL.
    Blob(Vec<u8>),
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<i32> for Value {
    fn from(value: i32) -> Self {
        Self::Int(i64::from(value))
    }
}

impl From<u32> for Value {
    fn from(value: u32) -> Self {
        Self::Int(i64::from(value))
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Blob(value)
    }
}

impl From<&[u8]> for Value {
    fn from(value: &[u8]) -> Self {
        Self::Blob(value.to_vec())
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// A ledger index or count as a parameter. Both databases count in 63 bits; what lies beyond
/// is beyond every row, and so is the largest value they know.
pub fn count(value: u64) -> Value {
    Value::Int(i64::try_from(value).unwrap_or(i64::MAX))
}

/// One row of an answer, its columns by position from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row(Vec<Value>);

impl Row {
    pub(super) fn new(values: Vec<Value>) -> Self {
        Self(values)
    }

    /// The values, given away.
    pub fn into_values(self) -> Vec<Value> {
        self.0
    }

    /// The values.
    pub fn values(&self) -> &[Value] {
        &self.0
    }

    /// The integer in a column that is never null.
    pub fn int(&self, column: usize) -> Result<i64, StoreError> {
        self.maybe_int(column)?
            .ok_or_else(|| self.unlike(column, "an integer"))
    }

    /// The integer in a column, if any.
    pub fn maybe_int(&self, column: usize) -> Result<Option<i64>, StoreError> {
        match self.0.get(column) {
            Some(Value::Int(value)) => Ok(Some(*value)),
            Some(Value::Null) => Ok(None),
            _ => Err(self.unlike(column, "an integer")),
        }
    }

    /// The integer in a column that is never null nor negative: a count or a ledger index.
    pub fn count(&self, column: usize) -> Result<u64, StoreError> {
        u64::try_from(self.int(column)?).map_err(|_| self.unlike(column, "a count"))
    }

    /// The text in a column that is never null.
    pub fn text(&self, column: usize) -> Result<&str, StoreError> {
        self.maybe_text(column)?
            .ok_or_else(|| self.unlike(column, "text"))
    }

    /// The text in a column, if any.
    pub fn maybe_text(&self, column: usize) -> Result<Option<&str>, StoreError> {
        match self.0.get(column) {
            Some(Value::Text(value)) => Ok(Some(value)),
            Some(Value::Null) => Ok(None),
            _ => Err(self.unlike(column, "text")),
        }
    }

    /// The bytes in a column that is never null.
    pub fn blob(&self, column: usize) -> Result<&[u8], StoreError> {
        self.maybe_blob(column)?
            .ok_or_else(|| self.unlike(column, "bytes"))
    }

    /// The bytes in a column, if any.
    pub fn maybe_blob(&self, column: usize) -> Result<Option<&[u8]>, StoreError> {
        match self.0.get(column) {
            Some(Value::Blob(value)) => Ok(Some(value)),
            Some(Value::Null) => Ok(None),
            _ => Err(self.unlike(column, "bytes")),
        }
    }

    /// Names the column and the kind, never the value: it may be about a person.
    fn unlike(&self, column: usize, wanted: &str) -> StoreError {
        let found = match self.0.get(column) {
            None => "no such column",
            Some(Value::Null) => "null",
            Some(Value::Int(_)) => "an integer",
            Some(Value::Text(_)) => "text",
            Some(Value::Blob(_)) => "bytes",
        };
        Damage::new(format!("column {column} should be {wanted} and is {found}")).into()
    }
}
