//! The database goes away in the middle of things.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UnixStream};

use super::super::{Outcome, Store};
use super::sample::{append, keyed};
use super::support::{Place, contract, on_server};
use crate::error::StoreError;

/// A wire to the server that can be told to cut the next answer, or to hold every answer back.
struct Wire {
    url: String,
    cut: Arc<AtomicBool>,
    hold: Arc<AtomicBool>,
}

impl Wire {
    async fn to(place: &Place) -> Self {
        let (_, address) = place.url.rsplit_once('@').unwrap();
        let (server, name) = address.split_once('/').unwrap();
        let (listener, server) = (
            TcpListener::bind("127.0.0.1:0").await.unwrap(),
            server.to_owned(),
        );
        let port = listener.local_addr().unwrap().port();
        let (cut, hold) = (Arc::default(), Arc::default());
        let told = (Arc::clone(&cut), Arc::clone(&hold));
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let told = told.clone();
                // A server may be named by the folder of its socket, its slashes escaped.
                if server.contains("%2F") {
                    let socket = format!("{}/.s.PGSQL.5432", server.replace("%2F", "/"));
                    let server = UnixStream::connect(socket).await.unwrap();
                    tokio::spawn(carry(client, server, told));
                } else {
                    let server = TcpStream::connect(&server).await.unwrap();
                    tokio::spawn(carry(client, server, told));
                }
            }
        });
        let user = place
            .url
            .split("://")
            .nth(1)
            .unwrap()
            .split('@')
            .next()
            .unwrap();
        Self {
            url: format!("postgres://{user}@127.0.0.1:{port}/{name}"),
            cut,
            hold,
        }
    }
}

/// What a wire is told: to cut the next answer, to hold answers back.
type Told = (Arc<AtomicBool>, Arc<AtomicBool>);

/// Carries bytes both ways. Told to cut, it swallows the next answer and hangs up; told to hold, it keeps every answer
/// and stays on the line, as a paused server does.
async fn carry<S>(client: TcpStream, server: S, (cut, hold): Told)
where
    S: AsyncRead + AsyncWrite + Send + 'static,
{
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = tokio::io::split(server);
    let up = tokio::spawn(async move {
        tokio::io::copy(&mut from_client, &mut to_server).await.ok();
    });
    let mut bytes = vec![0; 1 << 16];
    while let Ok(read) = from_server.read(&mut bytes).await {
        if read == 0 || cut.swap(false, Ordering::SeqCst) {
            break;
        }
        if hold.load(Ordering::SeqCst) {
            continue;
        }
        if to_client.write_all(&bytes[..read]).await.is_err() {
            break;
        }
    }
    up.abort();
}

async fn wired() -> Option<(Store, Store, Wire)> {
    let place = on_server().await?;
    let direct = place.open().await;
    let wire = Wire::to(&place).await;
    let store = Place::at(&wire.url).open().await;
    Some((store, direct, wire))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_answer_is_settled_by_the_leaf() {
    let Some((store, direct, wire)) = wired().await else {
        return;
    };
    store.append(append("a", 0, 1)).await.unwrap();
    wire.cut.store(true, Ordering::SeqCst);
    let outcome = store.append(append("a", 1, 2)).await.unwrap();
    assert!(matches!(outcome, Outcome::Stored(stored) if stored.indexes() == (1..3)));
    assert!(!wire.cut.load(Ordering::SeqCst), "the answer was never cut");
    wire.cut.store(true, Ordering::SeqCst);
    let outcome = store.append(keyed("b", 0, "k", 1)).await.unwrap();
    assert!(matches!(outcome, Outcome::Stored(stored) if stored.indexes() == (3..4)));
    assert_eq!(direct.head().await.unwrap(), 4);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_answer_to_a_conflict_stays_a_conflict() {
    let Some((store, direct, wire)) = wired().await else {
        return;
    };
    store.append(append("a", 0, 1)).await.unwrap();
    let mut other = append("a", 0, 1);
    other.context.actor = "judge-8".to_owned();
    wire.cut.store(true, Ordering::SeqCst);
    let outcome = store.append(other).await.unwrap();
    assert_eq!(outcome, Outcome::Conflict { actual: 1 });
    assert_eq!(direct.head().await.unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn terminated_backends_lose_and_repeat_nothing() {
    let Some(place) = on_server().await else {
        return;
    };
    let (store, other) = (place.open().await, place.open().await);
    let writing = async {
        let writers = (0..8).map(|writer| {
            let store = store.clone();
            tokio::spawn(async move {
                for n in 0..40 {
                    let stream = format!("{writer}-{n}");
                    let outcome = store.append(append(&stream, 0, 1)).await.unwrap();
                    assert!(matches!(outcome, Outcome::Stored(_)), "{outcome:?}");
                }
            })
        });
        for writer in writers.collect::<Vec<_>>() {
            writer.await.unwrap();
        }
    };
    let terminating = async {
        let sql = "SELECT count(*) FROM (SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
            WHERE datname = current_database() AND pid <> pg_backend_pid() \
            AND query LIKE '%ledger_append%') t";
        for _ in 0..20 {
            other.database().query(sql, &[]).await.unwrap();
            tokio::task::yield_now().await;
        }
    };
    tokio::join!(writing, terminating);
    assert_eq!(other.page(0, 1_000).await.unwrap().len(), 320);
}

contract! {
    a_restart_continues_where_the_ledger_ends: a_restart_rule;
}

async fn a_restart_rule(place: Place) {
    let store = place.open().await;
    store.append(keyed("a", 0, "k", 1)).await.unwrap();
    drop(store);
    let store = place.open().await;
    let again = store.append(keyed("a", 0, "k", 1)).await.unwrap();
    assert!(matches!(again, Outcome::Repeated(stored) if stored.first_index == 0));
    let next = store.append(append("a", 1, 1)).await.unwrap();
    assert!(matches!(next, Outcome::Stored(stored) if stored.first_index == 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_falls_silent_is_waited_for_no_longer_than_the_limit() {
    let Some((store, direct, wire)) = wired().await else {
        return;
    };
    store.append(append("a", 0, 1)).await.unwrap();
    assert_eq!(store.head().await.unwrap(), 1);
    wire.hold.store(true, Ordering::SeqCst);
    let stream = super::sample::stream("a");
    let (head, loaded, page, written) = tokio::join!(
        store.head(),
        store.load(&stream, None),
        store.page(0, 10),
        store.append(append("b", 0, 1)),
    );
    for answer in [head.map(drop), loaded.map(drop), page.map(drop)] {
        assert!(
            matches!(answer, Err(StoreError::Unavailable { .. })),
            "{answer:?}"
        );
    }
    // It may have been stored: only the caller's key, sent again, tells.
    assert!(
        matches!(written, Err(StoreError::Unsettled { .. })),
        "{written:?}"
    );
    wire.hold.store(false, Ordering::SeqCst);
    let again = store.append(append("b", 0, 1)).await.unwrap();
    assert!(
        matches!(again, Outcome::Conflict { actual: 1 }),
        "{again:?}"
    );
    assert_eq!(store.head().await.unwrap(), direct.head().await.unwrap());
}
