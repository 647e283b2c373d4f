//! Figures: allowed, computed as of a moment, written down, then answered. Every caller gets the same numbers.

use std::sync::Arc;

use domain::jurisdiction::Pack;
use domain::values::JurisdictionCode;

use super::Registry;
use super::moment::AsOf;
use crate::access::{Action, Call, allow};
use crate::packs::PacksError;
use crate::views::{Stamp, View, ViewError, ViewRequest, compute, jurisdictions};

/// Whether a view waits for the projections.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Freshness {
    /// What is filed is shown, and how many entries are not; for a service whose projections follow the ledger.
    #[default]
    AsFiled,
    /// Everything up to the moment is filed first; for a command that stands alone.
    CaughtUp,
}

impl Registry {
    /// A view as of a moment.
    pub async fn view(
        &self,
        call: &Call,
        request: &ViewRequest,
        as_of: AsOf,
        freshness: Freshness,
    ) -> Result<View, ViewError> {
        allow(call, Action::ReadFigures)?;
        if freshness == Freshness::CaughtUp {
            self.projections().catch_up().await?;
        }
        let stamp = self.stamp(as_of).await?;
        let counted = jurisdictions(&self.projections().facts(), request, stamp.index)?;
        let packs = self.rules_of(&counted).await?;
        let view = {
            let facts = self.projections().facts();
            compute(&facts, request, &packs, stamp, &self.inner.severities)?
        };
        let index = stamp
            .index
            .map_or_else(|| "none".to_owned(), |i| i.to_string());
        let shown = vec![format!("{}&as_of={index}", request.line())];
        self.inner
            .consultations
            .write(call, Action::ReadFigures, shown)
            .await?;
        Ok(view)
    }

    /// The moment, as far as the facts are filed.
    async fn stamp(&self, as_of: AsOf) -> Result<Stamp, ViewError> {
        let moment = self.moment(as_of).await?;
        let filed = self.projections().facts().next_index();
        let asked = moment.index.map_or(0, |index| index.saturating_add(1));
        Ok(Stamp {
            index: asked.min(filed).checked_sub(1),
            instant: moment.instant,
            past: moment.past,
            behind: asked.saturating_sub(filed),
        })
    }

    /// The rules in force of the jurisdictions counted; of none, those of the only one there is.
    async fn rules_of(&self, counted: &[String]) -> Result<Vec<Arc<Pack>>, ViewError> {
        if counted.is_empty() {
            return match self.packs().in_force(None).await {
                Ok(pack) => Ok(vec![pack]),
                Err(PacksError::NotAdopted(_) | PacksError::Several(_)) => Ok(Vec::new()),
                Err(error) => Err(error.into()),
            };
        }
        let mut packs = Vec::with_capacity(counted.len());
        for code in counted {
            let code =
                JurisdictionCode::parse(code).map_err(|_| PacksError::NotAdopted(code.clone()))?;
            packs.push(self.packs().in_force(Some(&code)).await?);
        }
        Ok(packs)
    }
}
