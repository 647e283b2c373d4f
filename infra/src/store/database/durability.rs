//! The settings of a database on which its promises rest: what is committed stays, what is erased goes.

use super::{Database, Row};
use crate::error::StoreError;

/// A setting as it is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Its name.
    pub name: String,
    /// Its value.
    pub found: String,
    /// Whether the promises hold under it.
    pub well: bool,
}

const SQLITE: &str = "SELECT 'journal_mode', journal_mode FROM pragma_journal_mode \
    UNION ALL SELECT 'synchronous', CAST(synchronous AS TEXT) FROM pragma_synchronous \
    UNION ALL SELECT 'secure_delete', CAST(secure_delete AS TEXT) FROM pragma_secure_delete";
const POSTGRES: &str = "SELECT name, setting FROM pg_settings WHERE name IN \
    ('fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums') ORDER BY name";

impl Database {
    /// The settings on which its promises rest.
    pub async fn durability(&self) -> Result<Vec<Setting>, StoreError> {
        let sql = match self {
            Self::Sqlite(_) => SQLITE,
            Self::Postgres(_) => POSTGRES,
        };
        self.query(sql, &[]).await?.iter().map(setting).collect()
    }
}

fn setting(row: &Row) -> Result<Setting, StoreError> {
    let (name, found) = (row.text(0)?, row.text(1)?);
    let well = match name {
        "journal_mode" => found == "wal",
        // 2 is FULL.
        "synchronous" => found == "2",
        "secure_delete" => found == "1",
        "synchronous_commit" => !matches!(found, "off" | "local"),
        _ => found == "on",
    };
    Ok(Setting {
        name: name.to_owned(),
        found: found.to_owned(),
        well,
    })
}
