//! The store's SQL on PostgreSQL.

mod append;
mod bulk;
mod load;
mod read;

pub(super) use append::Writer;
pub(super) use bulk::Importer;
pub(super) use load::Loader;
pub(super) use read::{head, index_as_of, page, replay, stream_events};
