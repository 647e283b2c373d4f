//! Loading on PostgreSQL: everything waiting is answered by one statement.

use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Row};
use tokio::sync::{Mutex, mpsc, oneshot};

use super::super::append::{IdempotencyKey, Stored};
use super::super::database::Postgres;
use super::super::database::postgres::{SILENCE, failed, within};
use super::super::envelope::StreamName;
use super::super::load::{KnownKey, Loaded, StreamEvent};
use super::append::unsigned;
use crate::error::StoreError;

const QUEUE: usize = 4_096;
const GROUP: usize = 256;
const LIMIT: Duration = Duration::from_secs(8);
/// A table without statistics must not tempt the planner to scan it for each stream.
pub(super) const PLANNER: &[(&str, &str)] = &[
    ("plan_cache_mode", "force_generic_plan"),
    ("enable_seqscan", "off"),
];
const LOADING: &str = "loading a stream";

const LOAD: &str = "
    SELECT u.ord, e.sequence, e.event_type, e.event_version, e.payload::text, e.metadata::text,
        NULL::bytea, NULL::bigint, NULL::bigint
    FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS u (stream_type, stream_id, ord)
    CROSS JOIN LATERAL (
        SELECT sequence, event_type, event_version, payload, metadata FROM events
        WHERE aggregate_type = u.stream_type AND aggregate_id = u.stream_id ORDER BY sequence) e
    UNION ALL
    SELECT u.ord, k.first_index, NULL, NULL, NULL, NULL, k.request_hash, k.count, k.stored_us
    FROM unnest($3::text[], $4::text[]) WITH ORDINALITY AS u (subject, key, ord)
    JOIN idempotency_keys k ON k.subject = u.subject AND k.key = u.key";

struct Waiting {
    stream: StreamName,
    key: Option<IdempotencyKey>,
    reply: oneshot::Sender<Result<Loaded, StoreError>>,
}

/// The way to the loaders; clones lead to the same ones.
#[derive(Clone, Debug)]
pub(crate) struct Loader {
    queue: mpsc::Sender<Waiting>,
}

impl Loader {
    /// Starts `width` loaders that share one queue.
    pub(crate) fn start(database: &Postgres, width: usize) -> Self {
        let (queue, waiting) = mpsc::channel(QUEUE);
        let waiting = Arc::new(Mutex::new(waiting));
        for _ in 0..width {
            let task = Task {
                database: database.clone(),
                queue: Arc::clone(&waiting),
                connection: None,
            };
            tokio::spawn(task.run());
        }
        Self { queue }
    }

    pub(crate) async fn load(
        &self,
        stream: StreamName,
        key: Option<IdempotencyKey>,
    ) -> Result<Loaded, StoreError> {
        let stopped = || StoreError::unavailable(LOADING, std::io::Error::other("it has stopped"));
        let (reply, answer) = oneshot::channel();
        let waiting = Waiting { stream, key, reply };
        self.queue.send(waiting).await.map_err(|_| stopped())?;
        answer.await.map_err(|_| stopped())?
    }
}

/// One of the loaders: it takes all that waits, answers it, and comes back.
struct Task {
    database: Postgres,
    queue: Arc<Mutex<mpsc::Receiver<Waiting>>>,
    connection: Option<PgConnection>,
}

impl Task {
    async fn run(mut self) {
        loop {
            let mut group = Vec::new();
            let taken = self.queue.lock().await.recv_many(&mut group, GROUP).await;
            if taken == 0 {
                return;
            }
            self.answer(group).await;
        }
    }

    async fn answer(&mut self, group: Vec<Waiting>) {
        match self.fetch(&group).await {
            Ok(loaded) => {
                for (waiting, loaded) in group.into_iter().zip(loaded) {
                    // A caller that stopped waiting needs no answer.
                    drop(waiting.reply.send(loaded.checked(&waiting.stream)));
                }
            }
            Err(error) => {
                for waiting in group {
                    drop(waiting.reply.send(Err(error.clone())));
                }
            }
        }
    }

    /// One retry on a fresh connection: the server may have been restarted since the last load.
    async fn fetch(&mut self, group: &[Waiting]) -> Result<Vec<Loaded>, StoreError> {
        let had_one = self.connection.is_some();
        match self.fetch_once(group).await {
            Err(StoreError::Unavailable { .. }) if had_one => self.fetch_once(group).await,
            answer => answer,
        }
    }

    async fn fetch_once(&mut self, group: &[Waiting]) -> Result<Vec<Loaded>, StoreError> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.database.dedicated(LIMIT, PLANNER).await?,
        };
        let rows = within(SILENCE, LOADING, ask(&mut connection, group)).await?;
        self.connection = Some(connection);
        let mut loaded = vec![Loaded::default(); group.len()];
        for row in &rows {
            sort_in(row, group, &mut loaded)?;
        }
        Ok(loaded)
    }
}

async fn ask(connection: &mut PgConnection, group: &[Waiting]) -> sqlx::Result<Vec<PgRow>> {
    let (mut kinds, mut ids) = (Vec::new(), Vec::new());
    let (mut subjects, mut keys) = (Vec::new(), Vec::new());
    for waiting in group {
        kinds.push(waiting.stream.kind.as_str());
        ids.push(waiting.stream.id.as_str());
        subjects.push(waiting.key.as_ref().map(|key| key.subject.as_str()));
        keys.push(waiting.key.as_ref().map(|key| key.key.as_str()));
    }
    let query = sqlx::query(LOAD)
        .bind(kinds)
        .bind(ids)
        .bind(subjects)
        .bind(keys);
    query.fetch_all(connection).await
}

fn sort_in(row: &PgRow, group: &[Waiting], loaded: &mut [Loaded]) -> Result<(), StoreError> {
    let read = failed(LOADING);
    let ord: i64 = row.try_get(0).map_err(&read)?;
    let place = usize::try_from(ord - 1).unwrap_or(usize::MAX);
    let (Some(asked), Some(loaded)) = (group.get(place), loaded.get_mut(place)) else {
        return Ok(());
    };
    let number: i64 = row.try_get(1).map_err(&read)?;
    let Some(hash) = row.try_get::<Option<&[u8]>, _>(6).map_err(&read)? else {
        loaded.events.push(StreamEvent {
            sequence: unsigned(number)?,
            event_type: row.try_get(2).map_err(&read)?,
            event_version: row.try_get(3).map_err(&read)?,
            payload: row.try_get(4).map_err(&read)?,
            metadata: row.try_get(5).map_err(&read)?,
        });
        return Ok(());
    };
    let same = asked
        .key
        .as_ref()
        .is_some_and(|key| key.request_hash == hash);
    loaded.known = Some(if same {
        KnownKey::Repeated(Stored {
            first_index: unsigned(number)?,
            count: unsigned(row.try_get(7).map_err(&read)?)?,
            stored_us: row.try_get(8).map_err(&read)?,
        })
    } else {
        KnownKey::Reused
    });
    Ok(())
}
