//! What a page of the ledger asks the processes for.

use std::collections::BTreeMap;

use domain::person::Person;
use domain::policy::Policy;
use domain::stream::Stream;
use domain::supervision::Supervision;

use super::consequences::may_state;
use crate::error::StoreError;
use crate::record::Recorded;
use crate::store::EventRow;

/// The event that stopped the processes, and why.
pub(super) type Stopped = (u64, String);

/// What a page asks for: the events of each stream that state something. What one stream states is carried out in its
/// order; different streams do not wait for each other.
pub(super) struct Due {
    pub(super) streams: BTreeMap<String, Vec<Recorded>>,
    pub(super) stopped: Option<Stopped>,
}

impl Due {
    /// Nothing after an event that cannot be read, if it may have stated something.
    pub(super) fn of(rows: &[EventRow]) -> Result<Self, StoreError> {
        let mut due = Self {
            streams: BTreeMap::new(),
            stopped: None,
        };
        for row in rows {
            match Recorded::read_row(row) {
                Ok(recorded) if may_state(&recorded.event) => {
                    let of_stream = due.streams.entry(recorded.stream_id.clone()).or_default();
                    of_stream.push(recorded);
                }
                Ok(_) => {}
                Err(StoreError::Corrupt(_)) if states_nothing(&row.stream.kind) => {}
                Err(StoreError::Corrupt(damage)) => {
                    due.stop((row.index, damage.to_string()));
                    break;
                }
                Err(other) => return Err(other),
            }
        }
        Ok(due)
    }

    /// Of several events that stop, the first counts.
    pub(super) fn stop(&mut self, at: Stopped) {
        if self.stopped.as_ref().is_none_or(|(index, _)| at.0 < *index) {
            self.stopped = Some(at);
        }
    }
}

/// Streams whose events never state anything about others.
fn states_nothing(kind: &str) -> bool {
    [Person::TYPE, Supervision::TYPE, Policy::TYPE].contains(&kind)
}
