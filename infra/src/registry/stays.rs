//! Who is held on a decision: the stays of the person that go on, under whichever of the person's records they stand.

use std::collections::BTreeSet;

use domain::custody::{BasisFallen, Custody, FallenDecision};
use domain::pretrial::{CaseEnd, Pretrial};
use domain::sentence::Sentence;
use domain::stream::Stream;
use domain::values::{FacilityCode, PersonId, PretrialId};

use super::Registry;
use super::read::ReadError;
use crate::access::{Action, Call, allow};
use crate::error::StoreError;
use crate::processes::falls;
use crate::projections::OPEN;
use crate::record::Recorded;
use crate::store::StreamName;
use crate::store::database::quoted;

/// Somebody who is held on a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StayFallen {
    /// The stay.
    pub stay: String,
    /// Who is held, by the record that goes on.
    pub person: PersonId,
    /// Where.
    pub facility: Option<FacilityCode>,
}

impl Registry {
    /// Who is held on the decision that an event lets fall; nobody for any other event. What is shown is written down.
    pub async fn held_on_what_fell(
        &self,
        call: &Call,
        event: &Recorded,
    ) -> Result<Vec<StayFallen>, ReadError> {
        allow(call, Action::ReadCase)?;
        let Some(fallen) = falls(&event.event, event.stream_uuid()) else {
            return Ok(Vec::new());
        };
        let Some((person, fallen)) = self.whom_it_held(fallen).await? else {
            return Ok(Vec::new());
        };
        if self.look().is_sealed_to(call, Some(person)).await? {
            return Ok(Vec::new());
        }
        let mut held = Vec::new();
        for stay in self.stays_resting_on(person, fallen.decision).await? {
            let stream = StreamName::new(<Custody as Stream>::TYPE, &stay.stay);
            if !self.is_closed(call, &stream).await? {
                held.push(stay);
            }
        }
        if !held.is_empty() {
            let shown = held.iter().map(|stay| format!("custody/{}", stay.stay));
            let log = &self.inner.consultations;
            log.write(call, Action::ReadCase, shown.collect()).await?;
        }
        Ok(held)
    }

    /// The stays that go on and rest on a decision, of the person and of the records that were merged into one with it.
    pub(crate) async fn stays_resting_on(
        &self,
        person: PersonId,
        decision: FallenDecision,
    ) -> Result<Vec<StayFallen>, StoreError> {
        let person = self.look().surviving(person).await?;
        let records: BTreeSet<PersonId> = self.merged_into(person).await?;
        let generation = self.projections().live_generation("stays").await?;
        let sql = format!(
            "SELECT DISTINCT custody_id FROM stays WHERE generation = $1 AND person_id IN ({}) \
             AND goes_on = 1 AND to_index = $2",
            quoted(records)
        );
        let params = [generation.into(), OPEN.into()];
        let mut found = Vec::new();
        for row in self.store().database().query(&sql, &params).await? {
            let id = row.text(0)?;
            let custody: Custody = self.look().state(id).await?;
            let Some(stay) = custody.begun().filter(|stay| stay.released.is_none()) else {
                continue;
            };
            if stay.rests_on(decision.reference()) {
                found.push(StayFallen {
                    stay: id.to_owned(),
                    person,
                    facility: stay.facility().cloned(),
                });
            }
        }
        Ok(found)
    }

    /// Whom a decision that fell can have held, and how it fell for them; nobody where no detention was ever ordered in the
    /// case, and nobody where the sentence still holds custody.
    pub(crate) async fn whom_it_held(
        &self,
        fallen: BasisFallen,
    ) -> Result<Option<(PersonId, BasisFallen)>, StoreError> {
        let look = self.look();
        let mut decision = fallen.decision;
        let person = match decision {
            FallenDecision::Sentenced(case) | FallenDecision::SentencedWithoutCustody(case) => {
                if self.holds_no_custody(case).await? {
                    decision = FallenDecision::SentencedWithoutCustody(case);
                }
                self.detained_in(case).await?
            }
            FallenDecision::CaseEnded(case) | FallenDecision::DetentionEnded(case) => {
                self.detained_in(case).await?
            }
            FallenDecision::Quashed(sentence)
            | FallenDecision::Pardoned(sentence)
            | FallenDecision::Completed(sentence) => {
                let sentence: Sentence = look.state(&sentence.to_string()).await?;
                sentence.person()
            }
            FallenDecision::NoCustodyLeft(sentence) => {
                let sentence: Sentence = look.state(&sentence.to_string()).await?;
                let imposed = sentence.imposed();
                let none_left = imposed.filter(|imposed| !imposed.allows_custody());
                none_left.map(|imposed| imposed.person)
            }
        };
        let fell = fallen.fell;
        Ok(person.map(|person| (person, BasisFallen { fell, decision })))
    }

    /// Whom a case before judgment concerns in which detention was ordered.
    async fn detained_in(&self, case: PretrialId) -> Result<Option<PersonId>, StoreError> {
        let case: Pretrial = self.look().state(&case.to_string()).await?;
        let case = case.opened().filter(|case| !case.held.is_empty());
        Ok(case.map(|case| case.opening.person))
    }

    /// Whether a case ended with a sentence that certainly holds no custody.
    async fn holds_no_custody(&self, case: PretrialId) -> Result<bool, StoreError> {
        let look = self.look();
        let case: Pretrial = look.state(&case.to_string()).await?;
        let end = case.opened().and_then(|case| case.ended.as_ref());
        let Some(CaseEnd::Sentenced(sentence)) = end.map(|end| end.how) else {
            return Ok(false);
        };
        let sentence: Sentence = look.state(&sentence.to_string()).await?;
        let imposed = sentence.imposed();
        Ok(imposed.is_some_and(|imposed| !imposed.allows_custody()))
    }
}
