//! The store's SQL on SQLite.

mod append;
mod bulk;
mod read;

pub(super) use append::Writer;
pub(super) use bulk::store_bulk;
pub(super) use read::{head, index_as_of, load, page, replay, stream_events};
