//! Figures: allowed, computed as of a moment, written down, then answered. Every caller gets the same numbers.

use std::sync::Arc;

use domain::jurisdiction::Pack;
use domain::values::JurisdictionCode;

use super::moment::{AsOf, Moment};
use super::read::{Page, ReadError, RegisterQuery};
use super::{ListedSentence, Registry};
use crate::access::{Action, Call, allow};
use crate::error::{Damage, StoreError};
use crate::packs::PacksError;
use crate::views::{
    Offered, Stamp, View, ViewError, ViewRequest, behind, compute, jurisdictions, offered,
};

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
        let packs = self.rules_of(request, stamp.index).await?;
        let mut view = {
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

    /// By what figures may be asked, in the words that decisions use at a moment.
    pub async fn figures_offered(
        &self,
        call: &Call,
        request: &ViewRequest,
        as_of: AsOf,
    ) -> Result<Offered, ViewError> {
        allow(call, Action::ReadFigures)?;
        let stamp = self.stamp(as_of).await?;
        let packs = self.rules_of(request, stamp.index).await?;
        Ok(offered(&self.projections().facts(), &packs, stamp.index))
    }

    /// A page of the decisions that a view counts, the last changed first, for somebody who may read the register.
    pub async fn decisions_behind(
        &self,
        call: &Call,
        request: &ViewRequest,
        as_of: AsOf,
        (skipped, most): (u32, u32),
    ) -> Result<Page<ListedSentence>, ViewError> {
        allow(call, Action::ReadRegister)?;
        let stamp = self.stamp(as_of).await?;
        let packs = self.rules_of(request, stamp.index).await?;
        let place = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
        let mut ids = {
            let facts = self.projections().facts();
            let one_more = place(most).saturating_add(1);
            let severities = &self.inner.severities;
            let page = (place(skipped), one_more);
            behind(&facts, request, &packs, (stamp, severities), page)?
        };
        let more = ids.len() > place(most);
        ids.truncate(place(most));
        let query = RegisterQuery {
            as_of: stamp.index.map_or(as_of, AsOf::Index),
            among: Some(ids.clone()),
            limit: most,
            ..RegisterQuery::default()
        };
        let mut page = self.sentences(call, &query).await.map_err(unread)?;
        let order = |row: &ListedSentence| ids.iter().position(|id| id.to_string() == row.id);
        page.rows.sort_by_key(order);
        page.moment = Moment {
            index: stamp.index,
            instant: stamp.instant,
            past: stamp.past,
        };
        page.next = more.then(|| i64::from(skipped.saturating_add(most)));
        Ok(page)
    }

    /// The rules that were in force at a moment in the jurisdictions whose decisions are counted; of none, those of
    /// the only jurisdiction there is.
    async fn rules_of(
        &self,
        request: &ViewRequest,
        index: Option<u64>,
    ) -> Result<Vec<Arc<Pack>>, ViewError> {
        let Some(index) = index else {
            return Ok(Vec::new());
        };
        let adopted = self.packs().jurisdictions().await?;
        if let Some(wanted) = &request.jurisdiction
            && !adopted.contains(wanted)
        {
            return Err(ViewError::Jurisdiction {
                wanted: wanted.clone(),
                known: adopted.join(", "),
            });
        }
        let mut codes = jurisdictions(&self.projections().facts(), request, index)?;
        if codes.is_empty() && adopted.len() == 1 {
            codes = adopted;
        }
        let mut packs = Vec::with_capacity(codes.len());
        for code in codes {
            let known = JurisdictionCode::parse(&code).map_err(|_| PacksError::NotAdopted(code))?;
            match self.packs().in_force_at(&known, index).await {
                Ok(pack) => packs.push(pack),
                // Before its rules were adopted a jurisdiction has no decision to count.
                Err(PacksError::NotAdopted(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(packs)
    }
}

/// Why a page of the register cannot be read, as a view says it.
fn unread(error: ReadError) -> ViewError {
    match error {
        ReadError::Denied(denied) => denied.into(),
        ReadError::Rules(error) => error.into(),
        ReadError::Store(error) => error.into(),
        // A list names no single record.
        ReadError::Unknown { .. } => StoreError::from(Damage::new(error.to_string())).into(),
    }
}
