//! The appender: one task that writes everything waiting in one go, under the ledger's lock.
//!
//! Grouping pays for the lock. A conflict fails alone, and so does a command that the database
//! refuses. Two commands on one stream, or with one idempotency key, are never in one group. When
//! the connection goes before the answer comes, the group is sent again and each command is settled
//! by the leaf that stands at its stream and version: event ids are unique, so an equal leaf is the
//! same command.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::{Instant, sleep, timeout_at};

use super::append::{Outcome, SealedAppend, Stored};
use super::{postgres, sqlite};
use crate::clock::Clock;
use crate::error::StoreError;

/// Commands that may wait; a caller beyond waits to be let in.
const QUEUE: usize = 4_096;
const GROUP_EVENTS: usize = 1_000;
const GROUP_BYTES: usize = 4 << 20;
/// How long a group is tried for when the database is away.
const PATIENCE: Duration = Duration::from_secs(10);
/// A commit slower than this makes lingering worthwhile: else the clients split into halves that
/// take turns, and each group is half as large as it could be.
const SLOW_COMMIT: Duration = Duration::from_millis(2);
const LONGEST_LINGER: Duration = Duration::from_millis(2);
const STORING: &str = "storing events";

type Reply = oneshot::Sender<Result<Outcome, StoreError>>;

struct Waiting {
    append: Arc<SealedAppend>,
    reply: Reply,
}

/// The way to the appender; clones lead to the same one. It ends with the last of them.
#[derive(Clone, Debug)]
pub(super) struct Appender {
    queue: mpsc::Sender<Waiting>,
    size: Arc<watch::Sender<u64>>,
}

impl Appender {
    pub(super) fn start(writer: Writer, clock: Clock) -> Self {
        let (queue, waiting) = mpsc::channel(QUEUE);
        let size = Arc::new(watch::Sender::new(0));
        let task = Task {
            size: Arc::clone(&size),
            writer,
            clock,
            queue: waiting,
            waiting: VecDeque::new(),
            last_took: Duration::ZERO,
            last_crowd: 0,
        };
        tokio::spawn(task.run());
        Self { queue, size }
    }

    /// Stores the events of one command. They are durable, or not there, when this returns.
    pub(super) async fn append(&self, append: SealedAppend) -> Result<Outcome, StoreError> {
        let (reply, answer) = oneshot::channel();
        let append = Arc::new(append);
        let stopped = || StoreError::unavailable(STORING, std::io::Error::other("it has stopped"));
        let sent = self.queue.send(Waiting { append, reply }).await;
        sent.map_err(|_| stopped())?;
        answer.await.map_err(|_| stopped())?
    }

    /// Tells of the ledger's growth.
    pub(super) fn growth(&self) -> watch::Receiver<u64> {
        self.size.subscribe()
    }

    /// Tells followers that the ledger has at least `size` events.
    pub(super) fn announce(&self, size: u64) {
        announce(&self.size, size);
    }
}

fn announce(known: &watch::Sender<u64>, size: u64) {
    known.send_if_modified(|known| {
        let grown = size > *known;
        *known = size.max(*known);
        grown
    });
}

/// What writes a group.
pub(super) enum Writer {
    Sqlite(sqlite::Writer),
    Postgres(Box<postgres::Writer>),
}

/// How writing a group failed.
pub(super) enum Failure {
    /// Nothing of it is stored.
    Undone(StoreError),
    /// Nothing of it is stored, and it is worth trying again at once.
    Passing(StoreError),
    /// Nobody knows.
    Lost(StoreError),
}

impl Writer {
    async fn write(
        &mut self,
        group: &[Arc<SealedAppend>],
        now_us: i64,
    ) -> Result<Vec<Outcome>, Failure> {
        match self {
            Self::Sqlite(writer) => writer.write(group.to_vec(), now_us).await,
            Self::Postgres(writer) => writer.write(group, now_us).await,
        }
    }

    /// The stored form of an append, if it is in the ledger.
    async fn find(&mut self, append: &SealedAppend) -> Result<Option<Stored>, StoreError> {
        match self {
            // SQLite answers from this process; its word is never lost.
            Self::Sqlite(_) => Ok(None),
            Self::Postgres(writer) => writer.find(append).await,
        }
    }
}

struct Task {
    size: Arc<watch::Sender<u64>>,
    writer: Writer,
    clock: Clock,
    queue: mpsc::Receiver<Waiting>,
    waiting: VecDeque<Waiting>,
    last_took: Duration,
    last_crowd: usize,
}

impl Task {
    async fn run(mut self) {
        loop {
            if self.waiting.is_empty() {
                match self.queue.recv().await {
                    Some(first) => self.waiting.push_back(first),
                    None => return,
                }
            }
            self.gather();
            self.linger().await;
            let crowd = self.waiting.len();
            let (group, replies) = next_group(&mut self.waiting);
            let begun = Instant::now();
            let answers = self.store(&group).await;
            self.last_took = begun.elapsed();
            self.last_crowd = crowd;
            let ends = answers.iter().filter_map(|answer| match answer {
                Ok(Outcome::Stored(stored)) => Some(stored.last_index() + 1),
                _ => None,
            });
            announce(&self.size, ends.max().unwrap_or(0));
            for (reply, answer) in replies.into_iter().zip(answers) {
                // A caller that stopped waiting does not undo what is stored.
                drop(reply.send(answer));
            }
            // Whoever was answered and has more to store comes first: else the callers split into halves that take turns.
            tokio::task::yield_now().await;
        }
    }

    fn gather(&mut self) {
        while self.waiting.len() < QUEUE {
            match self.queue.try_recv() {
                Ok(more) => self.waiting.push_back(more),
                Err(_) => return,
            }
        }
    }

    async fn linger(&mut self) {
        if self.last_took <= SLOW_COMMIT {
            return;
        }
        let until = Instant::now() + LONGEST_LINGER.min(self.last_took.mul_f32(0.4));
        while self.waiting.len() < self.last_crowd {
            match timeout_at(until, self.queue.recv()).await {
                Ok(Some(more)) => self.waiting.push_back(more),
                Ok(None) | Err(_) => return,
            }
        }
    }

    async fn store(&mut self, group: &[Arc<SealedAppend>]) -> Vec<Result<Outcome, StoreError>> {
        match self.store_together(group).await {
            Ok(outcomes) => outcomes.into_iter().map(Ok).collect(),
            Err(StoreError::Rejected { .. }) if group.len() > 1 => {
                let mut answers = Vec::with_capacity(group.len());
                for append in group {
                    let alone = self.store_together(std::slice::from_ref(append)).await;
                    answers.push(
                        alone.and_then(|outcomes| outcomes.first().copied().ok_or_else(unanswered)),
                    );
                }
                answers
            }
            Err(error) => group.iter().map(|_| Err(error.clone())).collect(),
        }
    }

    async fn store_together(
        &mut self,
        group: &[Arc<SealedAppend>],
    ) -> Result<Vec<Outcome>, StoreError> {
        let deadline = Instant::now() + PATIENCE;
        let mut pause = Duration::from_millis(5);
        let mut lost = false;
        loop {
            let now_us = self.clock.now_us();
            let error = match self.writer.write(group, now_us).await {
                Ok(outcomes) if lost => match self.settle(group, outcomes).await {
                    Ok(outcomes) => return Ok(outcomes),
                    Err(error) => error,
                },
                Ok(outcomes) if outcomes.len() == group.len() => return Ok(outcomes),
                Ok(_) => return Err(unanswered()),
                Err(Failure::Undone(error)) if lost => return Err(unsettled(error)),
                Err(Failure::Undone(error)) => return Err(error),
                Err(Failure::Passing(error)) => error,
                Err(Failure::Lost(error)) => {
                    lost = true;
                    error
                }
            };
            tracing::warn!(%error, lost, "the database did not store a group; trying again");
            if Instant::now() + pause > deadline {
                return Err(if lost { unsettled(error) } else { error });
            }
            sleep(pause).await;
            pause = (pause * 2).min(Duration::from_millis(500));
        }
    }

    /// After a lost answer, what looks like a conflict or a repetition may be this very group.
    async fn settle(
        &mut self,
        group: &[Arc<SealedAppend>],
        outcomes: Vec<Outcome>,
    ) -> Result<Vec<Outcome>, StoreError> {
        let mut settled = Vec::with_capacity(outcomes.len());
        for (append, outcome) in group.iter().zip(outcomes) {
            let found = match outcome {
                Outcome::Stored(_) => None,
                _ => self.writer.find(append).await?,
            };
            settled.push(found.map_or(outcome, Outcome::Stored));
        }
        Ok(settled)
    }
}

fn unanswered() -> StoreError {
    let error = std::io::Error::other("an answer is missing for a command of the group");
    StoreError::rejected(STORING, error)
}

fn unsettled(error: StoreError) -> StoreError {
    match error {
        StoreError::Unavailable { doing, source } | StoreError::Rejected { doing, source } => {
            StoreError::Unsettled { doing, source }
        }
        other => other,
    }
}

/// Takes from the front what may be stored together; the others keep their order.
fn next_group(waiting: &mut VecDeque<Waiting>) -> (Vec<Arc<SealedAppend>>, Vec<Reply>) {
    let fits = choose(waiting.iter().map(|waiting| waiting.append.as_ref()));
    let (mut group, mut replies) = (Vec::new(), Vec::new());
    for (one, fits) in std::mem::take(waiting).into_iter().zip(fits) {
        if fits {
            group.push(one.append);
            replies.push(one.reply);
        } else {
            waiting.push_back(one);
        }
    }
    (group, replies)
}

fn choose<'a>(appends: impl Iterator<Item = &'a SealedAppend>) -> Vec<bool> {
    let (mut streams, mut keys) = (BTreeSet::new(), BTreeSet::new());
    let (mut events, mut bytes) = (0, 0);
    appends
        .map(|append| {
            let fits = events == 0 || (events < GROUP_EVENTS && bytes < GROUP_BYTES);
            // A stream that is passed over stays noted, or a later command would overtake it.
            let stream_free = streams.insert(&append.stream);
            let key_free = append
                .key
                .as_ref()
                .is_none_or(|key| keys.insert((&key.subject, &key.key)));
            // Nobody relies on what the same group may move.
            let settled = append
                .relied
                .iter()
                .all(|(other, _)| !streams.contains(other));
            let chosen = fits && stream_free && key_free && settled;
            if chosen {
                events += append.events.len();
                bytes += append.events.iter().map(|e| e.payload.len()).sum::<usize>();
            }
            chosen
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::sample;
    use super::*;

    fn chosen(appends: &[SealedAppend]) -> Vec<bool> {
        choose(appends.iter())
    }

    #[test]
    fn two_commands_on_one_stream_never_share_a_group() {
        let append = |id: &str| sample::append(id, 0, 1).seal().unwrap();
        let group = chosen(&[append("a"), append("b"), append("a")]);
        assert_eq!(group, [true, true, false]);
    }

    #[test]
    fn a_command_never_shares_a_group_with_one_before_it_that_moves_what_it_relies_on() {
        let relying = |id: &str, on: &str| {
            let relied = vec![(sample::stream(on), 0)];
            let append = sample::append(id, 0, 1);
            super::super::Append { relied, ..append }.seal().unwrap()
        };
        let alone = |id: &str| sample::append(id, 0, 1).seal().unwrap();
        assert_eq!(chosen(&[alone("a"), relying("b", "a")]), [true, false]);
        assert_eq!(chosen(&[relying("b", "a"), alone("a")]), [true, true]);
    }

    #[test]
    fn two_commands_with_one_key_never_share_a_group() {
        let append = |id: &str, key: &str| sample::keyed(id, 0, key, 1).seal().unwrap();
        let group = chosen(&[append("a", "k"), append("b", "k"), append("c", "l")]);
        assert_eq!(group, [true, false, true]);
    }

    #[test]
    fn a_group_takes_no_more_than_its_limit_and_always_one() {
        let append = |id: usize| {
            sample::append(&id.to_string(), 0, GROUP_EVENTS)
                .seal()
                .unwrap()
        };
        assert_eq!(chosen(&[append(1), append(2)]), [true, false]);
    }
}
