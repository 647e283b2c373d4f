//! One small way of speaking SQL to either database.
//!
//! Statements use `$1` placeholders and the types TEXT, BIGINT and BLOB or BYTEA; what differs
//! between the dialects beyond that belongs to the two files here and to the store's own two.

mod batch;
mod durability;
pub(crate) mod postgres;
pub(crate) mod sqlite;
mod value;

use std::borrow::Cow;
use std::fmt;

pub use batch::Batch;
pub(crate) use batch::Op;
pub use durability::Setting;
pub use postgres::Postgres;
pub use sqlite::Sqlite;
pub use value::{Row, Value, count};

use crate::error::{StoreError, Unacceptable};

/// A database, chosen by its address. Clones share the connections.
#[derive(Clone, Debug)]
pub enum Database {
    /// One file, or memory for tests.
    Sqlite(Sqlite),
    /// A server.
    Postgres(Postgres),
}

impl Database {
    /// Opens `sqlite://FILE`, `sqlite://:memory:` or `postgres://…`. A missing file is made; its
    /// schema is the business of `migrations`.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        // To SQLite an empty name is a different, passing file for each connection.
        if let Some(path) = url
            .strip_prefix("sqlite://")
            .filter(|path| !path.is_empty())
        {
            return Sqlite::open(path).await.map(Self::Sqlite);
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Postgres::open(url).await.map(Self::Postgres);
        }
        let kind = url.split_once("://").map_or("", |(kind, _)| kind);
        // What is no word may be part of a password.
        let word = kind.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let kind = if word { kind.to_owned() } else { String::new() };
        Err(Unacceptable::Address { kind }.into())
    }

    /// The rows that answer a question, all of them in memory.
    pub async fn query(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>, StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.query(sql, params).await,
            Self::Postgres(postgres) => postgres.query(sql, params).await,
        }
    }

    /// The first row that answers a question, if any.
    pub async fn query_one(&self, sql: &str, params: &[Value]) -> Result<Option<Row>, StoreError> {
        Ok(self.query(sql, params).await?.into_iter().next())
    }

    /// One change; the number of rows it touched.
    pub async fn execute(
        &self,
        sql: impl Into<Cow<'static, str>>,
        params: Vec<Value>,
    ) -> Result<u64, StoreError> {
        let mut batch = Batch::new();
        batch.run(sql, params);
        Ok(self.transaction(batch).await?.into_iter().sum())
    }

    /// All changes of a batch or none, durable on return; the rows each touched.
    pub async fn transaction(&self, batch: Batch) -> Result<Vec<u64>, StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.transaction(batch).await,
            Self::Postgres(postgres) => postgres.transaction(batch).await,
        }
    }

    /// Takes what was overwritten out of the files as well, as far as that is in this program's power: on SQLite out
    /// of the write-ahead log. PostgreSQL's own log and backups keep it as long as they are kept.
    pub(crate) async fn scrub(&self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.truncate_log().await,
            Self::Postgres(_) => Ok(()),
        }
    }

    /// New rows by the quickest way the database has, all or none.
    pub async fn insert_many(
        &self,
        table: impl Into<Cow<'static, str>>,
        columns: &'static [&'static str],
        rows: Vec<Vec<Value>>,
    ) -> Result<u64, StoreError> {
        let mut batch = Batch::new();
        batch.insert_many(table, columns, rows);
        Ok(self.transaction(batch).await?.into_iter().sum())
    }

    /// Several statements without parameters, separated by semicolons, all or none.
    pub async fn script(&self, sql: impl Into<Cow<'static, str>>) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.script(sql.into()).await,
            Self::Postgres(postgres) => postgres.script(&sql.into()).await,
        }
    }
}

/// Words as texts of SQL, with commas between them.
pub(crate) fn quoted<T: fmt::Display>(words: impl IntoIterator<Item = T>) -> String {
    let quoted = |word: T| format!("'{}'", word.to_string().replace('\'', "''"));
    let words: Vec<String> = words.into_iter().map(quoted).collect();
    words.join(", ")
}
