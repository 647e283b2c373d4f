//! What the tables hold, as text that can be compared.

use infra::store::database::{Database, Value};

use crate::Failure;

/// The read models in tables: the projection's name, its table and the columns that order it.
pub const TABLES: [(&str, &str, &str); 11] = [
    (
        "sentence_register",
        "sentence_register",
        "sentence_id, from_index",
    ),
    ("order_ledger", "order_ledger", "order_id, from_index"),
    ("diary", "diary", "appointment_id, from_index"),
    ("caseload", "caseload", "supervision_id, from_index"),
    ("cases", "cases", "case_id, from_index"),
    ("childs_cases", "childs_cases", "case_id, from_index"),
    ("persons", "persons", "person_id, from_index"),
    (
        "person_timeline",
        "person_timeline",
        "person_id, from_index",
    ),
    ("findings", "findings", "cause, from_index"),
    ("stays", "stays", "stay_id, from_index"),
    ("serving", "serving", "sentence_id, from_index"),
];

/// Every row of the live generation of every read model, without the generation's number.
pub async fn dump_read_models(database: &Database) -> Result<Vec<String>, Failure> {
    let mut lines = Vec::new();
    for (name, table, order) in TABLES {
        let sql = format!(
            "SELECT * FROM {table} WHERE generation = \
             (SELECT generation FROM projections WHERE name = '{name}' AND live = 1) ORDER BY {order}"
        );
        for row in database.query(&sql, &[]).await? {
            let values = row.into_values().split_off(1);
            lines.push(format!("{table} {values:?}"));
        }
    }
    Ok(lines)
}

/// Everything that a database holds in any table, as text; on PostgreSQL bytes are written in hexadecimal digits.
pub async fn dump(database: &Database) -> Result<String, Failure> {
    let (listed, row) = match database {
        Database::Sqlite(_) => ("SELECT name FROM sqlite_master WHERE type = 'table'", "*"),
        Database::Postgres(_) => (
            "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'",
            "row_to_json(t)::text",
        ),
    };
    let mut text = String::new();
    for table in database.query(listed, &[]).await? {
        let sql = format!("SELECT {row} FROM {} t", table.text(0)?);
        for row in database.query(&sql, &[]).await? {
            for value in row.into_values() {
                match value {
                    Value::Null => {}
                    Value::Int(number) => text.push_str(&number.to_string()),
                    Value::Text(words) => text.push_str(&words),
                    Value::Blob(bytes) => text.push_str(&String::from_utf8_lossy(&bytes)),
                }
                text.push('\n');
            }
        }
    }
    Ok(text)
}
