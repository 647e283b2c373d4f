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
    /// As it will be read, but for its place; nothing where that was not worth keeping.
    said: Option<Arc<Recorded>>,
}

impl Made {
    pub(super) fn new(sealed: SealedEvent, told: Told, event: AnyEvent) -> Self {
        let said = Recorded::of(&sealed.row(0, 0), told, event);
        debug_assert_eq!(
            Some(&said),
            Recorded::read(&sealed.row(0, 0)).ok().as_ref(),
            "what is stored reads as what was said"
        );
        Self {
            sealed: Arc::new(sealed),
            said: Some(Arc::new(said)),
        }
    }

    /// The event alone as it is stored, for whoever lets many wait.
    pub(crate) fn lean(mut self) -> Self {
        self.said = None;
        self
    }

    /// The event at its place in the ledger, as it would be read from there.
    pub(crate) fn recorded(self, index: u64, stored_us: i64) -> Result<Arc<Recorded>, StoreError> {
        let Some(mut said) = self.said else {
            return Ok(Arc::new(Recorded::read(
                &self.sealed.row(index, stored_us),
            )?));
        };
        let recorded = Arc::make_mut(&mut said);
        (recorded.index, recorded.stored_us) = (index, stored_us);
        Ok(said)
    }
}
