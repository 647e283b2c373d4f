//! Who consulted what, why and when: an append-only table, chained by hash per process and day.

use std::sync::Arc;

use domain::values::Instant;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tokio::sync::Mutex;
use uuid::Uuid;

use super::{Action, Call};
use crate::clock::Clock;
use crate::error::{Damage, StoreError};
use crate::ids::IdSource;
use crate::store::database::{Database, Value};

/// One consultation, as it is read back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Consultation {
    /// When.
    pub at: Instant,
    /// Who.
    pub subject: String,
    /// In which role.
    pub role: String,
    /// For which office.
    pub office: String,
    /// Why.
    pub purpose: String,
    /// What was done.
    pub action: String,
    /// What was shown: ids only.
    pub shown: Vec<String>,
}

/// The log of consultations of one process.
#[derive(Clone)]
pub struct Consultations {
    database: Database,
    clock: Clock,
    process: Uuid,
    chain: Arc<Mutex<Chain>>,
}

#[derive(Default)]
struct Chain {
    day: String,
    sequence: i64,
    last: [u8; 32],
}

impl Consultations {
    /// A log that begins a chain of its own.
    pub fn new(database: Database, clock: Clock, ids: &IdSource) -> Self {
        let process = ids.person_id();
        Self {
            database,
            clock,
            process,
            chain: Arc::default(),
        }
    }

    /// Writes that a call was shown something. Durable when it returns; only then may the data be returned.
    pub async fn write(
        &self,
        call: &Call,
        action: Action,
        shown: Vec<String>,
    ) -> Result<(), StoreError> {
        let now = self.clock.now_us();
        let entry = Consultation {
            at: Instant::from_micros(now),
            subject: call.actor.subject.to_string(),
            role: call.actor.role.to_string(),
            office: call.actor.office.to_string(),
            purpose: call.purpose.to_string(),
            action: format!("{action:?}"),
            shown,
        };
        let text = serde_json::to_string(&entry).unwrap_or_default();
        let day = entry.at.to_string().chars().take(10).collect::<String>();
        // One at a time: the chain has one end.
        let mut chain = self.chain.lock().await;
        if chain.day != day {
            *chain = Chain {
                day: day.clone(),
                ..Chain::default()
            };
        }
        let hash: [u8; 32] = Sha256::new()
            .chain_update(chain.last)
            .chain_update(text.as_bytes())
            .finalize()
            .into();
        let row = vec![
            self.process.to_string().into(),
            day.into(),
            Value::Int(chain.sequence),
            Value::Int(now),
            text.into(),
            hash.as_slice().into(),
        ];
        let insert = "INSERT INTO consultations (process, day, sequence, at_us, entry, hash) \
                      VALUES ($1, $2, $3, $4, $5, $6)";
        self.database.execute(insert, row).await?;
        chain.sequence = chain.sequence.saturating_add(1);
        chain.last = hash;
        Ok(())
    }

    /// Consultations up to a moment, newest first: so many, and with the last one all of its microsecond, so that a
    /// page may go on before it.
    pub async fn latest(&self, until_us: i64, limit: i64) -> Result<Vec<Consultation>, StoreError> {
        let sql = "SELECT entry FROM consultations WHERE at_us <= $1 AND at_us >= \
                   (SELECT COALESCE(MIN(at_us), 0) FROM (SELECT at_us FROM consultations \
                   WHERE at_us <= $2 ORDER BY at_us DESC LIMIT $3) AS page) \
                   ORDER BY at_us DESC, process, sequence DESC";
        let params = [until_us, until_us, limit].map(Value::Int);
        let rows = self.database.query(sql, &params).await?;
        rows.iter().map(|row| parse(row.text(0)?)).collect()
    }
}

fn parse(text: &str) -> Result<Consultation, StoreError> {
    serde_json::from_str(text)
        .map_err(|e| Damage::new(format!("a consultation cannot be read: {e}")).into())
}
