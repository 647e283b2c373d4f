//! What was shown as comparable before a decision was final, shown again: to the parties, and on appeal.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::jurisdiction::Pack;
use domain::record::AnyEvent;
use domain::sentence::{Sentence, SentenceEvent, Shown};
use domain::values::SentenceId;

use super::Registry;
use super::moment::{AsOf, Moment};
use super::read::{Found, ReadError};
use super::serving::sentence_id;
use crate::access::{Action, Call, allow};
use crate::error::{Damage, StoreError};
use crate::packs::PacksError;
use crate::record::Recorded;
use crate::views::comparable::shown_again;

/// What was shown before a decision.
#[derive(Debug, Clone)]
pub struct SentenceComparison {
    /// The sentence.
    pub sentence: SentenceId,
    /// The comparison, where one was shown.
    pub again: Option<ShownAgain>,
    /// The moment.
    pub moment: Moment,
}

/// A comparison, counted again.
#[derive(Debug, Clone)]
pub struct ShownAgain {
    /// What the decision says of it.
    pub shown: Shown,
    /// The rules that it was shown under; none where the register no longer has their text.
    pub law: Option<Arc<Pack>>,
    /// Decisions by disposal, by its word; empty without the rules.
    pub counts: BTreeMap<String, u64>,
}

impl Registry {
    /// What was shown as comparable before a decision was final, counted again as of the entry and under the rules that the
    /// decision names. Whatever was corrected, quashed or adopted since changes nothing in it; a count that is not
    /// the one that was shown is damage.
    pub async fn sentence_comparison(
        &self,
        call: &Call,
        id: &str,
        as_of: AsOf,
    ) -> Result<SentenceComparison, ReadError> {
        allow(call, Action::ReadCase)?;
        let moment = self.moment(as_of).await?;
        let found = self.found::<Sentence>(id, moment).await?;
        self.let_to(call, id, &found).await?;
        let sentence = sentence_id(id, moment)?;
        let again = match shown_before(&found) {
            Some(shown) => Some(self.again(shown.clone()).await?),
            None => None,
        };
        let log = &self.inner.consultations;
        let seen = vec![format!("sentence/{sentence}")];
        log.write(call, Action::ReadCase, seen).await?;
        Ok(SentenceComparison {
            sentence,
            again,
            moment,
        })
    }

    async fn again(&self, shown: Shown) -> Result<ShownAgain, ReadError> {
        let law = match shown.policies.first() {
            Some(policy) => match self.packs().version(policy).await {
                Ok(law) => Some(law),
                Err(PacksError::Store(error)) => return Err(ReadError::Store(error)),
                Err(_) => None,
            },
            None => None,
        };
        let Some(rules) = law.clone() else {
            return Ok(ShownAgain {
                shown,
                law,
                counts: BTreeMap::new(),
            });
        };
        if self.projections().facts().next_index() <= shown.index {
            self.projections()
                .catch_up()
                .await
                .map_err(ReadError::Store)?;
        }
        let counts = shown_again(&self.projections().facts(), &rules, &shown);
        let counts = counts.unwrap_or_default();
        let n: u64 = counts.values().sum();
        if n != shown.decisions {
            let what = format!(
                "{} comparable decisions were shown as of entry {}, and {n} are counted as of it now",
                shown.decisions, shown.index
            );
            return Err(ReadError::Store(StoreError::Corrupt(Damage::new(what))));
        }
        Ok(ShownAgain { shown, law, counts })
    }
}

/// What was shown before the decision, if anything was.
fn shown_before(found: &Found<Sentence>) -> Option<&Shown> {
    found.entries.iter().rev().find_map(|entry: &Recorded| {
        let AnyEvent::Sentence(SentenceEvent::Imposed { comparison, .. }) = &entry.event else {
            return None;
        };
        comparison.value()
    })
}
