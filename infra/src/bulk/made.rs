//! An event that was decided here: as it is stored, and as it was said.

use std::sync::Arc;

use domain::record::AnyEvent;

use crate::error::StoreError;
use crate::record::{Recorded, Told};
use crate::store::SealedEvent;

/// An event on its way into the ledger. What has just been said need not be read from its own bytes to be filed.
#[derive(Clone, Debug)]
pub(crate) struct Made {
    /// As it is stored.
    pub(crate) sealed: Arc<SealedEvent>,
    /// As it was said; nothing where that was not worth keeping.
    said: Option<Arc<(Told, AnyEvent)>>,
}

impl Made {
    pub(super) fn new(sealed: SealedEvent, told: Told, event: AnyEvent) -> Self {
        let made = Self {
            sealed: Arc::new(sealed),
            said: Some(Arc::new((told, event))),
        };
        debug_assert_eq!(
            made.clone().recorded(0, 0).ok(),
            made.clone().lean().recorded(0, 0).ok(),
            "what is stored reads as what was said"
        );
        made
    }

    /// The event alone as it is stored, for whoever lets many wait.
    pub(crate) fn lean(mut self) -> Self {
        self.said = None;
        self
    }

    /// The event at its place in the ledger, as it would be read from there.
    pub(crate) fn recorded(self, index: u64, stored_us: i64) -> Result<Recorded, StoreError> {
        let row = self.sealed.row(index, stored_us);
        match self.said {
            Some(said) => {
                let (told, event) = Arc::unwrap_or_clone(said);
                Ok(Recorded::of(&row, told, event))
            }
            None => Recorded::read(&row),
        }
    }
}
