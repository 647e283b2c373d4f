//! Who consulted what, why and when: an append-only table, chained by hash per process and day.

use std::collections::BTreeSet;

use domain::values::Instant;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use super::{Action, Call, Gate};
use crate::clock::Clock;
use crate::error::{Damage, StoreError};
use crate::ids::IdSource;
use crate::store::database::{Database, Row, Value};

const WRITING: &str = "writing down a consultation";
/// Consultations that may wait; a reader beyond waits to be let in.
const QUEUE: usize = 4_096;
const GROUP: usize = 256;
/// What one look asks is asked within a minute: a request is answered by then.
const LOOK_US: i64 = 60_000_000;
const COLUMNS: &[&str] = &["process", "day", "sequence", "at_us", "entry", "hash"];

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
    /// For which reason, and to what, the gate to children's cases was asked to open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gate: Option<String>,
    /// The look that it belongs to: one view of a page asks several things.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub look: Option<Uuid>,
    /// What else was done in the same look.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
}

impl Consultation {
    /// Takes up what was done before in the same look: what it began with comes first.
    fn join(&mut self, earlier: Self) {
        let own = std::mem::replace(&mut self.action, earlier.action);
        self.also.insert(0, own);
        let mut seen = vec![self.action.clone()];
        self.also.retain(|action| {
            let is_new = !seen.contains(action);
            seen.push(action.clone());
            is_new
        });
        let later = std::mem::replace(&mut self.shown, earlier.shown);
        for shown in later {
            if !self.shown.contains(&shown) {
                self.shown.push(shown);
            }
        }
        self.at = earlier.at;
        self.gate = self.gate.take().or(earlier.gate);
    }
}

/// Consultations, newest first, with what belongs to one look told as one.
pub fn by_look(rows: Vec<Consultation>) -> Vec<Consultation> {
    let mut looks: Vec<Consultation> = Vec::with_capacity(rows.len());
    for row in rows {
        let same = row.look.and_then(|look| {
            looks
                .iter_mut()
                .rev()
                .find(|known| known.look == Some(look))
        });
        match same {
            Some(known) => known.join(row),
            None => looks.push(row),
        }
    }
    looks
}

/// The looks that these belong to.
fn looks(rows: &[Consultation]) -> BTreeSet<Uuid> {
    rows.iter().filter_map(|row| row.look).collect()
}

/// Which consultations are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Not before this moment, in microseconds.
    pub since_us: i64,
    /// Not after this moment, in microseconds.
    pub until_us: i64,
    /// Only in this role.
    pub role: Option<String>,
    /// Only those that showed any of these.
    pub ids: Option<Vec<String>>,
}

impl Wanted {
    /// What is asked of a row, with its values.
    fn condition(&self) -> (String, Vec<Value>) {
        let mut params = vec![Value::Int(self.since_us), Value::Int(self.until_us)];
        let mut sql = "at_us >= $1 AND at_us <= $2".to_owned();
        if let Some(role) = &self.role {
            params.push(format!("%\"role\":\"{}\"%", role.replace(['%', '_'], "")).into());
            sql.push_str(&format!(" AND entry LIKE ${}", params.len()));
        }
        if let Some(ids) = &self.ids {
            let any: Vec<String> = ids
                .iter()
                .map(|id| {
                    params.push(format!("%/{id}%").into());
                    format!("entry LIKE ${}", params.len())
                })
                .collect();
            let any = if any.is_empty() {
                "1 = 0".to_owned()
            } else {
                any.join(" OR ")
            };
            sql.push_str(&format!(" AND ({any})"));
        }
        (sql, params)
    }
}

/// The log of consultations of one process; clones share it. Whoever waits is written down together.
#[derive(Clone)]
pub struct Consultations {
    database: Database,
    clock: Clock,
    queue: mpsc::Sender<Waiting>,
}

struct Waiting {
    entry: Consultation,
    reply: oneshot::Sender<Result<(), StoreError>>,
}

impl Consultations {
    /// A log that begins a chain of its own.
    pub fn new(database: Database, clock: Clock, ids: &IdSource) -> Self {
        let (queue, waiting) = mpsc::channel(QUEUE);
        let writer = Writer {
            database: database.clone(),
            chain: Chain::new(ids.person_id()),
            ids: ids.clone(),
            waiting,
        };
        tokio::spawn(writer.run());
        Self {
            database,
            clock,
            queue,
        }
    }

    /// Writes that a call was shown something. Durable when it returns; only then may the data be returned.
    pub async fn write(
        &self,
        call: &Call,
        action: Action,
        shown: Vec<String>,
    ) -> Result<(), StoreError> {
        let entry = Consultation {
            at: Instant::from_micros(self.clock.now_us()),
            subject: call.actor.subject.to_string(),
            role: call.actor.role.to_string(),
            office: call.actor.office.to_string(),
            purpose: call.purpose.to_string(),
            action: format!("{action:?}"),
            shown,
            gate: match &call.gate {
                Gate::Asked(asked) => Some(asked.to_string()),
                Gate::Closed | Gate::Consequence => None,
            },
            look: call.look,
            also: Vec::new(),
        };
        let stopped = || StoreError::unavailable(WRITING, std::io::Error::other("it has stopped"));
        let (reply, answer) = oneshot::channel();
        let sent = self.queue.send(Waiting { entry, reply }).await;
        sent.map_err(|_| stopped())?;
        answer.await.map_err(|_| stopped())?
    }

    /// The consultations that are wanted, newest first: so many, and with the last one all of its microsecond, so that a
    /// page may go on before it.
    pub async fn latest(
        &self,
        wanted: &Wanted,
        limit: i64,
    ) -> Result<Vec<Consultation>, StoreError> {
        let (condition, mut params) = wanted.condition();
        params.push(Value::Int(limit));
        let last = params.len();
        let sql = format!(
            "SELECT entry FROM consultations WHERE {condition} AND at_us >= \
             (SELECT COALESCE(MIN(at_us), 0) FROM (SELECT at_us FROM consultations \
             WHERE {condition} ORDER BY at_us DESC LIMIT ${last}) AS page) \
             ORDER BY at_us DESC, process, sequence DESC"
        );
        let rows = self.database.query(&sql, &params).await?;
        rows.iter().map(|row| parse(row.text(0)?)).collect()
    }

    /// A page of looks, newest first, and where the next page goes on, if `before` is where this one does. A look is told
    /// whole on the page that its last part falls on, and is left out of the next.
    pub async fn page(
        &self,
        wanted: &Wanted,
        before: Option<i64>,
        limit: i64,
    ) -> Result<(Vec<Consultation>, Option<i64>), StoreError> {
        let mut rows = self.latest(wanted, limit).await?;
        let full = i64::try_from(rows.len()).unwrap_or_default() >= limit;
        let next = rows.last().map(|row| row.at.micros()).filter(|_| full);
        if let Some(before) = before {
            let later = Wanted {
                since_us: before,
                until_us: before.saturating_add(LOOK_US),
                ..wanted.clone()
            };
            let told = looks(&self.within(&later).await?);
            rows.retain(|row| row.look.is_none_or(|look| !told.contains(&look)));
        }
        if let Some(next) = next {
            let earlier = Wanted {
                since_us: wanted.since_us.max(next.saturating_sub(LOOK_US)),
                until_us: next.saturating_sub(1),
                ..wanted.clone()
            };
            let here = looks(&rows);
            let rest = self.within(&earlier).await?.into_iter();
            rows.extend(rest.filter(|row| row.look.is_some_and(|look| here.contains(&look))));
        }
        Ok((by_look(rows), next))
    }

    /// Every consultation that is wanted, newest first.
    async fn within(&self, wanted: &Wanted) -> Result<Vec<Consultation>, StoreError> {
        let (condition, params) = wanted.condition();
        let sql = format!(
            "SELECT entry FROM consultations WHERE {condition} ORDER BY at_us DESC, process, sequence DESC"
        );
        let rows = self.database.query(&sql, &params).await?;
        rows.iter().map(|row| parse(row.text(0)?)).collect()
    }

    /// Consultations since a moment that showed any of these, newest first, at most so many. What was shown is named by
    /// ids alone, so an id finds what was shown of it.
    pub async fn of(
        &self,
        ids: &[String],
        since_us: i64,
        limit: i64,
    ) -> Result<Vec<Consultation>, StoreError> {
        let mut params = vec![Value::Int(since_us)];
        params.extend(ids.iter().map(|id| Value::from(format!("%/{id}%"))));
        let any: Vec<String> = (2..=params.len())
            .map(|place| format!("entry LIKE ${place}"))
            .collect();
        if any.is_empty() {
            return Ok(Vec::new());
        }
        let sql = format!(
            "SELECT entry FROM consultations WHERE at_us >= $1 AND ({}) \
             ORDER BY at_us DESC, process, sequence DESC LIMIT {limit}",
            any.join(" OR ")
        );
        let rows = self.database.query(&sql, &params).await?;
        rows.iter().map(|row| parse(row.text(0)?)).collect()
    }

    /// Follows every chain from its first entry; names the first that does not fit. How many entries there are.
    pub async fn check(&self) -> Result<u64, StoreError> {
        let sql = "SELECT process, day, sequence, entry, hash FROM consultations \
                   WHERE (process, day, sequence) > ($1, $2, $3) \
                   ORDER BY process, day, sequence LIMIT 5000";
        let mut checked = 0_u64;
        let mut end = (String::new(), String::new(), -1, [0; 32]);
        loop {
            let (process, day, sequence, _) = &end;
            let after = [
                process.as_str().into(),
                day.as_str().into(),
                Value::Int(*sequence),
            ];
            let rows = self.database.query(sql, &after).await?;
            if rows.is_empty() {
                return Ok(checked);
            }
            for row in &rows {
                end = followed(end, row)?;
                checked = checked.saturating_add(1);
            }
        }
    }
}

/// Process, day, place and hash of the last entry that was looked at.
type End = (String, String, i64, [u8; 32]);

/// The next entry, if it fits the one before it in its chain.
fn followed((process, day, sequence, hash): End, row: &Row) -> Result<End, StoreError> {
    let goes_on = row.text(0)? == process && row.text(1)? == day;
    let (expected, before) = if goes_on {
        (sequence.saturating_add(1), hash)
    } else {
        (0, [0; 32])
    };
    let (process, day, sequence) = (row.text(0)?, row.text(1)?, row.int(2)?);
    let hash = linked(&before, row.text(3)?);
    if sequence != expected || row.blob(4)? != hash {
        let what =
            format!("consultation {expected} of {day} by process {process} is missing or altered");
        return Err(Damage::new(what).into());
    }
    Ok((process.to_owned(), day.to_owned(), sequence, hash))
}

/// What writes, one group after the other: a chain has one end.
struct Writer {
    database: Database,
    chain: Chain,
    ids: IdSource,
    waiting: mpsc::Receiver<Waiting>,
}

impl Writer {
    async fn run(mut self) {
        let mut group = Vec::new();
        while self.waiting.recv_many(&mut group, GROUP).await > 0 {
            let (entries, replies): (Vec<_>, Vec<_>) =
                group.drain(..).map(|w| (w.entry, w.reply)).unzip();
            let written = self.write(&entries).await;
            for reply in replies {
                // Whoever stopped waiting is shown nothing.
                drop(reply.send(written.clone()));
            }
        }
    }

    async fn write(&mut self, entries: &[Consultation]) -> Result<(), StoreError> {
        let rows = entries.iter().map(|entry| self.chain.add(entry));
        let rows = rows.collect::<Result<_, _>>()?;
        let written = self
            .database
            .insert_many("consultations", COLUMNS, rows)
            .await;
        if written.is_err() {
            // Whether these rows are there is not known, so nothing may be chained to them.
            self.chain = Chain::new(self.ids.person_id());
        }
        written.map(drop)
    }
}

/// The end of a process's chain of one day.
struct Chain {
    process: Uuid,
    day: String,
    sequence: i64,
    last: [u8; 32],
}

impl Chain {
    fn new(process: Uuid) -> Self {
        Self {
            process,
            day: String::new(),
            sequence: 0,
            last: [0; 32],
        }
    }

    /// The next row, chained to the last.
    fn add(&mut self, entry: &Consultation) -> Result<Vec<Value>, StoreError> {
        let text = serde_json::to_string(entry);
        let text = text.map_err(|error| StoreError::rejected(WRITING, error))?;
        let day: String = entry.at.to_string().chars().take(10).collect();
        if self.day != day {
            *self = Self {
                day,
                ..Self::new(self.process)
            };
        }
        let hash = linked(&self.last, &text);
        let row = vec![
            self.process.to_string().into(),
            self.day.as_str().into(),
            Value::Int(self.sequence),
            Value::Int(entry.at.micros()),
            text.into(),
            hash.as_slice().into(),
        ];
        self.sequence = self.sequence.saturating_add(1);
        self.last = hash;
        Ok(row)
    }
}

/// The hash of an entry after the one before it.
fn linked(before: &[u8; 32], text: &str) -> [u8; 32] {
    Sha256::new()
        .chain_update(before)
        .chain_update(text.as_bytes())
        .finalize()
        .into()
}

fn parse(text: &str) -> Result<Consultation, StoreError> {
    serde_json::from_str(text)
        .map_err(|e| Damage::new(format!("a consultation cannot be read: {e}")).into())
}
