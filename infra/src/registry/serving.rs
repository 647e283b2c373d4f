//! The dates of a sentence as of a moment: its decision, those it follows, and the stays on it, under the rules that
//! were in force then.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::act::Facts;
use domain::jurisdiction::Pack;
use domain::record::AnyEvent;
use domain::rehabilitation::{OfDecision, Spent, spent};
use domain::sentence::{Imposed, Sentence, SentenceEvent, Standing};
use domain::serving::{Calculation, Decided, calculate};
use domain::stream::Stream;
use domain::values::{
    Code, ComponentNo, Day, JurisdictionCode, Known, Occurred, PersonId, SentenceId,
};

use super::Registry;
use super::moment::{AsOf, Moment};
use super::read::{Found, ReadError};
use crate::access::{Action, Call, allow};
use crate::error::{Damage, StoreError};
use crate::packs::PacksError;
use crate::record::Recorded;
use crate::store::database::Value;

/// How many decisions may follow each other; no chain of earlier terms is longer.
const CHAIN: usize = 50;

/// The dates of a sentence.
#[derive(Debug, Clone)]
pub struct SentenceDates {
    /// The sentence.
    pub sentence: SentenceId,
    /// Whom it concerns.
    pub person: Option<PersonId>,
    /// The dates, once it is imposed.
    pub calculation: Option<Calculation>,
    /// The moment.
    pub moment: Moment,
}

/// When a conviction is spent.
#[derive(Debug, Clone)]
pub struct SentenceSpent {
    /// The sentence.
    pub sentence: SentenceId,
    /// The answer, where the rules have periods and the decision stands.
    pub spent: Option<Spent>,
    /// The moment.
    pub moment: Moment,
}

/// What is used of a sentence.
pub(in crate::registry) struct Used {
    sentence: SentenceId,
    imposed: Imposed,
    began: Vec<(ComponentNo, Occurred)>,
    completed: Option<Occurred>,
    stays: Stays,
}

/// The stays on a sentence: when each began to rest on it, by its id, and the age that was recorded first.
#[derive(Debug, Clone, Default)]
pub(super) struct Stays {
    admitted: BTreeMap<String, Occurred>,
    age: Known<u16>,
}

/// The stays on each sentence, by its id.
pub(super) type StaysOn = BTreeMap<String, Stays>;

impl Used {
    fn decided(&self) -> Decided<'_> {
        Decided {
            sentence: self.sentence,
            imposed: &self.imposed,
            began: self.began.clone(),
            admitted: self.stays.admitted.values().copied().collect(),
            age: self.stays.age,
        }
    }

    /// The earlier decisions that its terms follow.
    pub(super) fn follows(&self) -> impl Iterator<Item = SentenceId> + use<> {
        named(&self.imposed).into_iter()
    }

    /// Everything that was read of it, for the log of consultations.
    fn shown(&self) -> impl Iterator<Item = String> {
        let stays = self.stays.admitted.keys().map(|id| format!("custody/{id}"));
        [format!("sentence/{}", self.sentence)]
            .into_iter()
            .chain(stays)
    }
}

impl Registry {
    /// When release from a sentence is possible, and when it ends, as of a moment: to be certified by whoever answers
    /// for it.
    pub async fn sentence_dates(
        &self,
        call: &Call,
        id: &str,
        as_of: AsOf,
    ) -> Result<SentenceDates, ReadError> {
        allow(call, Action::ReadCase)?;
        let moment = self.moment(as_of).await?;
        let found = self.found::<Sentence>(id, moment).await?;
        let person = found.state.person();
        self.let_to(call, id, &found).await?;
        let sentence = sentence_id(id, moment)?;
        let law = self.law_of(&found, moment).await?;
        let mut dates = SentenceDates {
            sentence,
            person,
            calculation: None,
            moment,
        };
        let mut shown = vec![format!("sentence/{sentence}")];
        let stays = self.stays_on(moment, Some(sentence)).await?;
        if let Some(used) = used_of(sentence, &found, &stays) {
            let earlier = self.earlier(&used, moment).await?;
            dates.calculation = Some(worked_out(&used, &earlier, &law));
            let read = earlier.iter().chain([&used]);
            shown = read.flat_map(Used::shown).collect();
        }
        let log = &self.inner.consultations;
        log.write(call, Action::ReadCase, shown).await?;
        Ok(dates)
    }

    /// The first day on which a kind of release from a sentence is possible, as the rules of a command work it out; nothing
    /// where the register does not hold the sentence or the day cannot be worked out.
    pub(super) async fn possible_from(
        &self,
        sentence: SentenceId,
        kind: &Code,
        facts: &Facts,
    ) -> Result<Option<Day>, StoreError> {
        let worked_out = self.worked_out_now(sentence, &facts.law).await;
        match worked_out {
            Ok(calculation) => {
                let calculation = calculation.into_iter();
                let mut possible = calculation.flat_map(|calculation| calculation.releases);
                let of_kind = possible.find(|possible| possible.kind == *kind);
                Ok(of_kind.and_then(|possible| possible.eligible))
            }
            Err(ReadError::Store(error)) => Err(error),
            // A sentence that is not there, or whose rules are not: nothing can be worked out from it.
            Err(ReadError::Unknown { .. } | ReadError::Rules(_) | ReadError::Denied(_)) => Ok(None),
        }
    }

    async fn worked_out_now(
        &self,
        sentence: SentenceId,
        law: &Pack,
    ) -> Result<Option<Calculation>, ReadError> {
        let moment = self.moment(AsOf::Now).await?;
        let found = self
            .found::<Sentence>(&sentence.to_string(), moment)
            .await?;
        let stays = self.stays_on(moment, Some(sentence)).await?;
        let Some(used) = used_of(sentence, &found, &stays) else {
            return Ok(None);
        };
        let earlier = self.earlier(&used, moment).await?;
        Ok(Some(worked_out(&used, &earlier, law)))
    }

    /// When a conviction is spent, as the law of the day of the moment stands, with every decision of the person that
    /// the register holds: to be certified by whoever answers for it.
    pub async fn sentence_spent(
        &self,
        call: &Call,
        id: &str,
        as_of: AsOf,
    ) -> Result<SentenceSpent, ReadError> {
        allow(call, Action::ReadCase)?;
        let moment = self.moment(as_of).await?;
        let found = self.found::<Sentence>(id, moment).await?;
        let person = found.state.person();
        self.let_to(call, id, &found).await?;
        let law = self.law_of(&found, moment).await?;
        let sentence = sentence_id(id, moment)?;
        let mut answer = SentenceSpent {
            sentence,
            spent: None,
            moment,
        };
        let mut shown = vec![format!("sentence/{sentence}")];
        let has_periods = law.rehabilitation.table(law.day(moment.instant)).is_some();
        if let (Some(person), true) = (person, has_periods) {
            let all = self.convictions(call, person, moment).await?;
            let which = all.iter().position(|used| used.sentence == sentence);
            let mut decisions = Vec::new();
            for used in &all {
                let earlier = self.earlier(used, moment).await?;
                decisions.push(OfDecision {
                    decided: used.decided(),
                    ends: worked_out(used, &earlier, &law).ends,
                    completed: used.completed.and_then(|done| law.date(done).day()),
                });
            }
            if let Some(which) = which {
                answer.spent = spent(&law, &decisions, which, law.day(moment.instant));
            }
            shown = all.iter().flat_map(Used::shown).collect();
        }
        let log = &self.inner.consultations;
        log.write(call, Action::ReadCase, shown).await?;
        Ok(answer)
    }

    /// Every decision about a person that was imposed and not quashed.
    async fn convictions(
        &self,
        call: &Call,
        person: PersonId,
        moment: Moment,
    ) -> Result<Vec<Used>, ReadError> {
        let mut all = Vec::new();
        for stream in self.streams_about(call, person, moment).await? {
            if stream.kind != <Sentence as Stream>::TYPE {
                continue;
            }
            let sentence = sentence_id(&stream.id, moment)?;
            let found = self.found::<Sentence>(&stream.id, moment).await?;
            let stays = self.stays_on(moment, Some(sentence)).await?;
            let used = used_of(sentence, &found, &stays);
            all.extend(used.filter(|used| used.imposed.standing != Standing::Quashed));
        }
        Ok(all)
    }

    /// The decisions of the same person that the terms of one follow, and those that these follow.
    pub(super) async fn earlier(
        &self,
        used: &Used,
        moment: Moment,
    ) -> Result<Vec<Used>, ReadError> {
        let mut found: Vec<Used> = Vec::new();
        let mut next: Vec<SentenceId> = named(&used.imposed);
        while let Some(sentence) = next.pop() {
            let is_known = |known: &Used| known.sentence == sentence;
            if found.len() >= CHAIN || is_known(used) || found.iter().any(is_known) {
                continue;
            }
            let read = match self.found::<Sentence>(&sentence.to_string(), moment).await {
                Ok(read) => read,
                Err(ReadError::Unknown { .. }) => continue,
                Err(other) => return Err(other),
            };
            let stays = self.stays_on(moment, Some(sentence)).await?;
            if let Some(earlier) = used_of(sentence, &read, &stays)
                && earlier.imposed.person == used.imposed.person
            {
                next.extend(named(&earlier.imposed));
                found.push(earlier);
            }
        }
        Ok(found)
    }

    /// The rules in force at a moment in the jurisdiction of a decision.
    pub(super) async fn law_of(
        &self,
        found: &Found<Sentence>,
        moment: Moment,
    ) -> Result<Arc<Pack>, ReadError> {
        let last = found.entries.last().map_or("", Recorded::jurisdiction);
        self.law_at(last, moment).await
    }

    /// The rules in force at a moment in a jurisdiction.
    pub(super) async fn law_at(
        &self,
        jurisdiction: &str,
        moment: Moment,
    ) -> Result<Arc<Pack>, ReadError> {
        let code = JurisdictionCode::parse(jurisdiction)
            .map_err(|_| PacksError::NotAdopted(jurisdiction.to_owned()))?;
        let law = match moment.index {
            Some(index) if moment.past => self.packs().in_force_at(&code, index).await?,
            Some(_) | None => self.packs().in_force(Some(&code)).await?,
        };
        Ok(law)
    }

    /// The stays on each sentence, or on one of them.
    pub(super) async fn stays_on(
        &self,
        moment: Moment,
        only: Option<SentenceId>,
    ) -> Result<StaysOn, StoreError> {
        let generation = self.projections().live_generation("stays").await?;
        let last: Value = moment.last().into();
        let mut params = vec![generation.into(), last.clone(), last];
        let mut sql =
            "SELECT sentence_id, custody_id, held_since, age FROM stays WHERE generation = $1 \
                       AND from_index <= $2 AND to_index > $3 AND sentence_id "
                .to_owned();
        match only {
            Some(sentence) => {
                params.push(sentence.to_string().into());
                sql.push_str("= $4");
            }
            None => sql.push_str("IS NOT NULL"),
        }
        sql.push_str(" ORDER BY stay_id");
        let mut found = StaysOn::new();
        for row in self.store().database().query(&sql, &params).await? {
            let stays = found.entry(row.text(0)?.to_owned()).or_default();
            let since = row.text(2)?.parse().map_err(|_| {
                Damage::new("a stay rests on a sentence since a time that cannot be read")
            })?;
            stays.admitted.insert(row.text(1)?.to_owned(), since);
            let age = row.maybe_int(3)?.and_then(|age| u16::try_from(age).ok());
            if stays.age.is_not_recorded() {
                stays.age = age.into();
            }
        }
        Ok(found)
    }
}

/// What is used of a sentence, where it is imposed.
pub(super) fn used_of(
    sentence: SentenceId,
    found: &Found<Sentence>,
    stays: &StaysOn,
) -> Option<Used> {
    let imposed = found.state.imposed()?;
    let stays = stays.get(&sentence.to_string());
    Some(Used {
        sentence,
        imposed: imposed.clone(),
        began: marks(&found.entries),
        completed: completed(&found.entries),
        stays: stays.cloned().unwrap_or_default(),
    })
}

/// The dates of a decision under rules.
pub(super) fn worked_out(used: &Used, earlier: &[Used], law: &Pack) -> Calculation {
    let earlier: Vec<Decided<'_>> = earlier.iter().map(Used::decided).collect();
    calculate(&used.decided(), &earlier, law)
}

/// When custody under each component began, as it is marked on the decision.
fn marks(entries: &[Recorded]) -> Vec<(ComponentNo, Occurred)> {
    let began = entries.iter().filter_map(|entry| match &entry.event {
        AnyEvent::Sentence(SentenceEvent::CustodyStarted(start)) => {
            Some((start.component, start.on))
        }
        _ => None,
    });
    began.collect()
}

/// When everything imposed was done.
fn completed(entries: &[Recorded]) -> Option<Occurred> {
    entries.iter().rev().find_map(|entry| match &entry.event {
        AnyEvent::Sentence(SentenceEvent::Completed { on, .. }) => Some(*on),
        _ => None,
    })
}

pub(super) fn sentence_id(id: &str, moment: Moment) -> Result<SentenceId, ReadError> {
    id.parse().map_err(|_| ReadError::Unknown {
        what: "sentence",
        id: id.to_owned(),
        past: moment.past,
    })
}

/// The earlier decisions that a decision names.
fn named(imposed: &Imposed) -> Vec<SentenceId> {
    let named = imposed
        .decision
        .earlier()
        .filter_map(|reference| match reference {
            domain::act::Reference::Sentence(sentence) => Some(sentence),
            _ => None,
        });
    named.collect()
}
