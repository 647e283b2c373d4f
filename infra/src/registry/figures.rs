//! Figures: allowed, computed as of a moment, written down, then answered. Every caller gets the same numbers.

use std::sync::Arc;

use domain::jurisdiction::Pack;
use domain::statistics::alternatives::Chosen;

use super::moment::{AsOf, Moment};
use super::read::{Page, ReadError, RegisterQuery};
use super::{ListedSentence, Registry};
use crate::access::{Action, Call, allow};
use crate::error::{Damage, StoreError};
use crate::store::database::{Value, quoted};
use crate::views::between::Changed;
use crate::views::{
    Between, Offered, Stamp, View, ViewError, ViewRequest, behind, changes, compute, jurisdictions,
    offered,
};

/// How many of the decisions that changed a view are named.
const NAMED: usize = 500;

/// By what a stage beside the sentence is told in the register of cases.
struct Decided {
    /// The kind of case.
    kind: &'static str,
    /// The states of a case in which the decision was for custody.
    custodial: &'static [&'static str],
    /// The states in which it was for liberty.
    non_custodial: &'static [&'static str],
}

const BEFORE_JUDGMENT: Decided = Decided {
    kind: "pretrial",
    custodial: &["detained"],
    non_custodial: &["at liberty", "at liberty under measures"],
};
const AFTER_SENTENCE: Decided = Decided {
    kind: "release",
    custodial: &["refused", "put off"],
    non_custodial: &["granted", "carried out", "over, the person is back"],
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
        self.has_come(request).await?;
        let stamp = self.stamp(as_of).await?;
        let packs = self.rules_of(request, stamp.index).await?;
        let view = self.figure(request, &packs, stamp).await?;
        let shown = vec![format!("{}&as_of={}", request.line(), entry(stamp))];
        self.inner
            .consultations
            .write(call, Action::ReadFigures, shown)
            .await?;
        Ok(view)
    }

    /// A view at two moments, with the decisions that changed it; they are named for those who may read the register.
    pub async fn view_between(
        &self,
        call: &Call,
        request: &ViewRequest,
        (from, to): (AsOf, AsOf),
        freshness: Freshness,
    ) -> Result<Between, ViewError> {
        allow(call, Action::ReadFigures)?;
        if freshness == Freshness::CaughtUp {
            self.projections().catch_up().await?;
        }
        self.has_come(request).await?;
        let (from, to) = (self.stamp(from).await?, self.stamp(to).await?);
        if from.index > to.index {
            return Err(ViewError::Backwards);
        }
        let rules_then = self.rules_of(request, from.index).await?;
        let rules_now = self.rules_of(request, to.index).await?;
        let before = self.figure(request, &rules_then, from).await?;
        let after = self.figure(request, &rules_now, to).await?;
        let found = {
            let facts = self.projections().facts();
            let severities = &self.inner.severities;
            changes(
                &facts,
                request,
                severities,
                (from, &rules_then),
                (to, &rules_now),
            )?
        };
        let mut changed = Changed::counted(&found);
        if allow(call, Action::ReadRegister).is_ok() {
            let last = found.iter().rev().take(NAMED).map(|change| change.decision);
            let query = RegisterQuery {
                as_of: to.index.map_or(AsOf::Now, AsOf::Index),
                among: Some(last.collect()),
                limit: u32::try_from(NAMED).unwrap_or(u32::MAX),
                ..RegisterQuery::default()
            };
            let listed = self.sentences(call, &query).await.map_err(unread)?;
            changed.name(&found, &listed.rows);
        }
        let shown = format!("{}&from={}&to={}", request.line(), entry(from), entry(to));
        self.inner
            .consultations
            .write(call, Action::ReadFigures, vec![shown])
            .await?;
        Ok(Between {
            from,
            to,
            changed,
            before,
            after,
        })
    }

    /// A view as of a moment, for whoever was allowed it.
    pub(super) async fn figure(
        &self,
        request: &ViewRequest,
        packs: &[Arc<Pack>],
        stamp: Stamp,
    ) -> Result<View, ViewError> {
        let mut view = {
            let facts = self.projections().facts();
            compute(&facts, request, packs, stamp, &self.inner.severities)?
        };
        if let View::Alternatives(view) = &mut view {
            let jurisdiction = request.jurisdiction.as_deref();
            let before = self.chosen(&BEFORE_JUDGMENT, jurisdiction, stamp.index);
            let after = self.chosen(&AFTER_SENTENCE, jurisdiction, stamp.index);
            view.beside(before.await?, after.await?)?;
        }
        Ok(view)
    }

    /// Cases of a stage by their last decision, as of an entry. A case counts whoever it concerns, like a sentence.
    async fn chosen(
        &self,
        decided: &Decided,
        jurisdiction: Option<&str>,
        index: Option<u64>,
    ) -> Result<Chosen, ViewError> {
        let Some(last) = index.and_then(|index| i64::try_from(index).ok()) else {
            return Ok(Chosen::default());
        };
        let generation = self.projections().live_generation("cases").await?;
        let states = |list: &[&str]| quoted(list.iter().copied());
        let all = [decided.custodial, decided.non_custodial].concat();
        // The last decision of a case is known after the case has ended: it stands in an earlier version of its row.
        let sql = format!(
            "SELECT CASE WHEN decided.state IN ({custodial}) THEN 'custodial' WHEN decided.state IS NULL THEN 'silent' \
             ELSE 'at liberty' END AS chosen, COUNT(*) FROM cases shown LEFT JOIN cases decided \
             ON decided.generation = shown.generation AND decided.case_id = shown.case_id AND decided.from_index <= $1 \
             AND decided.state IN ({all}) AND NOT EXISTS (SELECT 1 FROM cases later \
             WHERE later.generation = shown.generation AND later.case_id = shown.case_id AND later.from_index <= $2 \
             AND later.from_index > decided.from_index AND later.state IN ({all})) \
             WHERE shown.generation = $3 AND shown.from_index <= $4 AND shown.to_index > $5 AND shown.kind = $6{own} \
             GROUP BY 1",
            custodial = states(decided.custodial),
            all = states(&all),
            own = jurisdiction.map_or("", |_| " AND shown.jurisdiction = $7"),
        );
        let mut params: Vec<Value> = vec![
            last.into(),
            last.into(),
            generation.into(),
            last.into(),
            last.into(),
            decided.kind.into(),
        ];
        params.extend(jurisdiction.map(Value::from));
        let mut chosen = Chosen::default();
        for row in self.store().database().query(&sql, &params).await? {
            let n = u64::try_from(row.int(1)?).unwrap_or_default();
            match row.text(0)? {
                "custodial" => chosen.custodial = n,
                "at liberty" => chosen.non_custodial = n,
                _ => chosen.not_recorded = n,
            }
        }
        Ok(chosen)
    }

    /// Decisions are counted up to a day that has come.
    async fn has_come(&self, request: &ViewRequest) -> Result<(), ViewError> {
        let Some(until) = request.decided_until else {
            return Ok(());
        };
        let today = self.today(AsOf::Now).await?;
        if until > today {
            return Err(ViewError::DecidedAhead { until, today });
        }
        Ok(())
    }

    /// The moment, as far as the facts are filed.
    pub(super) async fn stamp(&self, as_of: AsOf) -> Result<Stamp, ViewError> {
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
        self.has_come(request).await?;
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
    pub(super) async fn rules_of(
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
            packs.extend(self.packs().known_at(&code, index).await?);
        }
        Ok(packs)
    }
}

/// The entry of a moment, as the log of consultations has it.
fn entry(stamp: Stamp) -> String {
    let index = stamp.index;
    index.map_or_else(|| "none".to_owned(), |index| index.to_string())
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
