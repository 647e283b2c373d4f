//! The database goes away in the middle of things.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UnixStream};

use super::super::{Outcome, Store};
use super::sample::{append, keyed};
use super::support::{Place, contract, on_server};

/// A wire to the server that can be told to cut the next answer.
struct Wire {
    url: String,
    cut: Arc<AtomicBool>,
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
        let cut = Arc::new(AtomicBool::new(false));
        let cutting = Arc::clone(&cut);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let cutting = Arc::clone(&cutting);
                // A server may be named by the folder of its socket, its slashes escaped.
                if server.contains("%2F") {
                    let socket = format!("{}/.s.PGSQL.5432", server.replace("%2F", "/"));
                    let server = UnixStream::connect(socket).await.unwrap();
                    tokio::spawn(carry(client, server, cutting));
                } else {
                    let server = TcpStream::connect(&server).await.unwrap();
                    tokio::spawn(carry(client, server, cutting));
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
        }
    }
}

/// Carries bytes both ways; when told to cut, swallows the next answer and hangs up.
async fn carry<S>(client: TcpStream, server: S, cut: Arc<AtomicBool>)
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
