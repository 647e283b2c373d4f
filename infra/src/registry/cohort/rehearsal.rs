//! Rehearsal: the criteria of an emergency are tried on everybody who is held, to see what they would come to. Nobody is
//! screened and nothing is decided; all that is written down is who asked.

use std::sync::Arc;

use domain::act::{Facts, Refusal};
use domain::emergency::screening::rehearse;
use domain::emergency::{
    Criterion, Emergency, EmergencyCommand, EmergencyRefusal, PublishCriteria, Rehearsal,
};
use domain::jurisdiction::Pack;
use domain::stream::Stream;
use domain::values::{Code, Instant, Occurred};

use super::{NotScreened, jurisdiction, unread};
use crate::access::{Action, Call, allow};
use crate::registry::moment::{AsOf, Moment};
use crate::registry::read::Found;
use crate::registry::{CommandError, Registry};

/// By which criteria is tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CriteriaTried {
    /// Those of a version that is published.
    Published(Code),
    /// These, which need not be published.
    Given(Vec<Criterion>),
}

/// What came of a rehearsal.
#[derive(Debug, Clone)]
pub struct Rehearsed {
    /// The counts.
    pub counts: Rehearsal,
    /// How many are held whose record is sealed to the caller, so that the criteria were not tried on them.
    pub sealed: usize,
    /// Why the criteria could not be published as they are, where they could not.
    pub unpublishable: Option<EmergencyRefusal>,
    /// The moment.
    pub moment: Moment,
    /// The rules its words are taken from.
    pub law: Arc<Pack>,
}

impl Registry {
    /// Tries criteria on everybody who is held now under the rules of an emergency. No event is stored.
    pub async fn rehearse(
        &self,
        call: &Call,
        id: &str,
        criteria: &CriteriaTried,
    ) -> Result<Rehearsed, NotScreened> {
        allow(call, Action::RehearseCriteria)?;
        let moment = self.moment(AsOf::Now).await?;
        let found: Found<Emergency> = self.found(id, moment).await.map_err(unread)?;
        let declared = found.state.declared();
        if declared.is_none() {
            let stream = <Emergency as Stream>::TYPE;
            let id = id.to_owned();
            return Err(CommandError::Unknown { stream, id });
        }
        let law = self.packs().in_force(Some(&jurisdiction(&found)?)).await?;
        let now = Instant::from_micros(self.clock().now_us());
        let (criteria, unpublishable) = match criteria {
            CriteriaTried::Published(version) => {
                let published = declared.and_then(|declared| declared.version(version));
                let no = || EmergencyRefusal::NoSuchVersion {
                    version: version.clone(),
                };
                let published = published.ok_or_else(no).map_err(CommandError::Refused)?;
                (published.criteria.clone(), None)
            }
            CriteriaTried::Given(given) => {
                let facts = Facts::at(now, call.actor.clone(), Arc::clone(&law));
                (given.clone(), unpublishable(&found.state, given, &facts)?)
            }
        };
        let held = self.everybody_held(call, law.jurisdiction.as_str()).await;
        let (held, sealed) = held.map_err(unread)?;
        let known = self
            .known_of(call, &law, law.day(now), &criteria, &held)
            .await
            .map_err(unread)?;
        let people = held.keys().map(|person| format!("person/{person}"));
        let shown = [format!("emergency/{id}")].into_iter().chain(people);
        let log = &self.inner.consultations;
        log.write(call, Action::RehearseCriteria, shown.collect())
            .await?;
        let known = known.into_iter().map(|(_, attributes)| attributes);
        Ok(Rehearsed {
            counts: rehearse(&criteria, known),
            sealed,
            unpublishable,
            moment,
            law,
        })
    }
}

/// Why criteria could not be published now: the emergency is over. Whatever else stands against them refuses to try them
/// too, criteria that read a protected trait against somebody first of all (Tokyo Rules 2.2).
fn unpublishable(
    emergency: &Emergency,
    criteria: &[Criterion],
    facts: &Facts,
) -> Result<Option<EmergencyRefusal>, NotScreened> {
    let wish = |version| PublishCriteria {
        done: Occurred::At(facts.entered),
        version,
        criteria: criteria.to_vec(),
    };
    let is_free = |version: &Code| {
        let declared = emergency.declared();
        declared.is_none_or(|declared| declared.version(version).is_none())
    };
    let mut names = (1_u32..).filter_map(|n| Code::parse(&format!("rehearsal-{n}")).ok());
    let Some(version) = names.find(is_free) else {
        return Ok(None);
    };
    let tried = emergency.decide(EmergencyCommand::PublishCriteria(wish(version)), facts);
    match tried {
        Err(refusal) if refusal.code().ends_with("not-possible") => Ok(Some(refusal)),
        Err(refusal) => Err(CommandError::Refused(refusal)),
        Ok(_) => Ok(None),
    }
}
