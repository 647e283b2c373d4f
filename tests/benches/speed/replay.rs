//! Every event from the first to the last in ledger order, each to its type: the ledger that the commands wrote, whose
//! events are as long and whose streams are as long as the rivals'.

use std::time::Instant;

use domain::record::AnyEvent;
use infra::clock::Clock;
use infra::error::Damage;
use infra::store::database::Database;
use infra::store::{RowRef, Store};
use tests::Failure;

use crate::measured::{Line, Measured};

/// Times over, so that a small ledger is measured for as long as a large one.
const TIMES: u64 = 5;

pub(crate) async fn measure(url: &str, into: &mut Measured) -> Result<(), Failure> {
    let store = Store::open(Database::open(url).await?, Clock::System).await?;
    let size = store.head().await?;
    let began = Instant::now();
    for _ in 0..TIMES {
        let (_, seen) = store.replay(0, typed).await?;
        if seen != size {
            return Err(format!("{seen} of {size} events were replayed").into());
        }
    }
    let seconds = began.elapsed().as_secs_f64();
    into.keep(Line::of("assize", "replay", size * TIMES, 1, seconds));
    Ok(())
}

pub(crate) fn typed(row: RowRef<'_>) -> Result<(), infra::error::StoreError> {
    let event = AnyEvent::parse(row.stream_type, row.payload)
        .map_err(|error| Damage::new(error.to_string()).at(row.index))?;
    std::hint::black_box(event);
    Ok(())
}
