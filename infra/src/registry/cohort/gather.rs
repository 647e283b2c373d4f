//! What the register itself can say of people who are held, for criteria that ask it. No more is read than they ask:
//! dates of birth are opened only where a criterion reads an age.

use std::collections::{BTreeMap, BTreeSet};

use domain::act::Reference;
use domain::custody::{HoldingBasis, Stay};
use domain::emergency::screening::screen;
use domain::emergency::{Attribute, Attributes, Criterion, Screened};
use domain::jurisdiction::{Pack, ReadFrom};
use domain::person::Registered;
use domain::personal::{Disclosed, PersonalText, Sealed};
use domain::pretrial::Pretrial;
use domain::release::dates::{Begins, TermToServe, calculate};
use domain::sentence::{CustodyTerm, Decision, Imposed, Runs, Sanction, Sentence, Standing};
use domain::stream::Stream;
use domain::values::{CivilDate, Code, Day, Known, OffenceCode, PersonId};

use crate::access::{Action, Call};
use crate::error::StoreError;
use crate::projections::OPEN;
use crate::registry::Registry;
use crate::registry::read::ReadError;

/// Somebody who is held: the record under which it stands now, and the stay.
pub(super) struct HeldPerson {
    pub(super) record: Registered,
    pub(super) stay: Stay,
}

/// Everybody who is held, by the record under which it stands now.
pub(super) type HeldPeople = BTreeMap<PersonId, HeldPerson>;

/// What is read beside the stay and the record.
#[derive(Default)]
struct Sources {
    sentences: BTreeMap<String, Sentence>,
    cases: BTreeMap<String, Pretrial>,
    /// The cases before judgment of a person that go on.
    waiting: BTreeMap<String, BTreeSet<String>>,
    born: BTreeMap<PersonId, CivilDate>,
}

impl Registry {
    /// What criteria say of everybody who is held.
    pub(super) async fn screened_by(
        &self,
        call: &Call,
        law: &Pack,
        today: Day,
        criteria: &[Criterion],
        held: &HeldPeople,
    ) -> Result<Vec<Screened>, ReadError> {
        let known = self.known_of(call, law, today, criteria, held).await?;
        let results = known.into_iter().map(|(person, attributes)| Screened {
            person,
            outcome: screen(criteria, &attributes),
        });
        Ok(results.collect())
    }

    /// What the register can say of everybody who is held, as far as criteria ask it.
    pub(super) async fn known_of(
        &self,
        call: &Call,
        law: &Pack,
        today: Day,
        criteria: &[Criterion],
        held: &HeldPeople,
    ) -> Result<Vec<(PersonId, Attributes)>, ReadError> {
        let readings: BTreeMap<&Code, &ReadFrom> = criteria
            .iter()
            .filter_map(|c| Some((&c.reads, law.emergency.reading(&c.reads)?)))
            .collect();
        let sources = self.sources(call, &readings, held).await?;
        let results = held.iter().map(|(person, of)| {
            let known = readings.iter().map(|(reads, from)| {
                let value = sources.value(from, *person, of, law, today);
                ((*reads).clone(), Known::from(value))
            });
            (*person, known.collect::<Attributes>())
        });
        Ok(results.collect())
    }

    async fn sources(
        &self,
        call: &Call,
        readings: &BTreeMap<&Code, &ReadFrom>,
        held: &HeldPeople,
    ) -> Result<Sources, ReadError> {
        let asks = |wanted: &ReadFrom| readings.values().any(|from| *from == wanted);
        let mut sources = Sources::default();
        if asks(&ReadFrom::TermDays) || asks(&ReadFrom::OffenceCategory) {
            let named = held.values().filter_map(|of| reference(&of.stay));
            let (mut sentences, mut cases) = (Vec::new(), Vec::new());
            for reference in named {
                match reference {
                    Reference::Sentence(id) => sentences.push(id.to_string()),
                    Reference::Pretrial(id) => cases.push(id.to_string()),
                    Reference::Person(_) | Reference::Unheld(_) | Reference::Order(_) => {}
                }
            }
            sources.sentences = self.states(&sentences, u64::MAX).await?;
            sources.cases = self.states(&cases, u64::MAX).await?;
        }
        if asks(&ReadFrom::OpenCase) {
            sources.waiting = self.waiting_cases().await?;
        }
        if asks(&ReadFrom::Age) {
            sources.born = self.born(call, held).await?;
        }
        Ok(sources)
    }

    /// The cases before judgment that go on, by person.
    async fn waiting_cases(&self) -> Result<BTreeMap<String, BTreeSet<String>>, StoreError> {
        let generation = self.projections().live_generation("cases").await?;
        let sql = "SELECT person_id, case_id FROM cases WHERE generation = $1 AND to_index = $2 AND goes_on = 1 \
                   AND kind = $3 AND person_id IS NOT NULL";
        let params = [
            generation.into(),
            OPEN.into(),
            <Pretrial as Stream>::TYPE.into(),
        ];
        let mut waiting: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for row in self.store().database().query(sql, &params).await? {
            let person = waiting.entry(row.text(0)?.to_owned()).or_default();
            person.insert(row.text(1)?.to_owned());
        }
        Ok(waiting)
    }

    /// The dates of birth, as far as they are recorded and the caller may know them.
    async fn born(
        &self,
        call: &Call,
        held: &HeldPeople,
    ) -> Result<BTreeMap<PersonId, CivilDate>, ReadError> {
        let sealed: Vec<(PersonId, Sealed)> = held
            .iter()
            .filter_map(|(person, of)| {
                let born = of.record.identity.as_ref()?.born.as_ref();
                Some((*person, born.and_then(PersonalText::sealed)?.clone()))
            })
            .collect();
        let (people, values): (Vec<PersonId>, Vec<Sealed>) = sealed.into_iter().unzip();
        let opened = self.disclose(call, Action::ReadIdentity, &values).await?;
        let born = people.into_iter().zip(opened);
        let born = born.filter_map(|(person, text)| match text {
            Disclosed::Clear(text) => Some((person, text.parse().ok()?)),
            Disclosed::Withheld | Disclosed::Erased { .. } => None,
        });
        Ok(born.collect())
    }
}

/// On what somebody is held, in another stream.
fn reference(stay: &Stay) -> Option<Reference> {
    stay.basis()?.reference()
}

impl Sources {
    /// What is known of an attribute; nothing where the register is silent, which is no answer.
    fn value(
        &self,
        from: &ReadFrom,
        person: PersonId,
        held: &HeldPerson,
        law: &Pack,
        today: Day,
    ) -> Option<Attribute> {
        let HeldPerson { record, stay } = held;
        match from {
            ReadFrom::Group => stay.group.value().cloned().map(Attribute::Is),
            ReadFrom::Level => Some(Attribute::Is(stay.level.as_ref()?.level.clone())),
            ReadFrom::DaysLeft => days_left(stay, today).map(Attribute::Counts),
            ReadFrom::TermDays => {
                let days = term_days(stay, self.sentence(stay)?, law);
                days.map(Attribute::Counts)
            }
            ReadFrom::OffenceCategory => self.category(stay, law).map(Attribute::Is),
            ReadFrom::OpenCase => {
                let waiting = self.waiting.get(&person.to_string());
                let own = match reference(stay) {
                    Some(Reference::Pretrial(id)) => Some(id.to_string()),
                    Some(_) | None => None,
                };
                let mut others = waiting.into_iter().flatten();
                yes_or_no(others.any(|id| Some(id) != own.as_ref()))
            }
            ReadFrom::Age => Some(Attribute::Counts(age(*self.born.get(&person)?, today)?)),
            ReadFrom::Sex if is_contested(record, "sex") => None,
            ReadFrom::Sex => word(record.sex.value()?.word()),
            ReadFrom::ChildInside => {
                yes_or_no(stay.children.iter().any(|child| child.with_her.is_some()))
            }
            ReadFrom::Circumstance(code) if is_contested(record, code.as_str()) => None,
            ReadFrom::Circumstance(code) => {
                let asked = record.circumstances.get(code);
                let noted = stay.reception.circumstances.get(code);
                // What was asked of the person stands before what was noted at the gate.
                let answer = asked.filter(|answer| answer.value().is_some()).or(noted)?;
                Some(Attribute::Is(answer.value()?.clone()))
            }
        }
    }

    /// The sentence in force on which somebody is held.
    fn sentence(&self, stay: &Stay) -> Option<&Imposed> {
        let Some(Reference::Sentence(id)) = reference(stay) else {
            return None;
        };
        let imposed = self.sentences.get(&id.to_string())?.imposed()?;
        (imposed.standing == Standing::InForce).then_some(imposed)
    }

    /// The category of the offence on which somebody is held; none where several are of different categories.
    fn category(&self, stay: &Stay, law: &Pack) -> Option<Code> {
        let listed = |code: &OffenceCode| law.catalogue.offence(code)?.category.clone();
        match reference(stay)? {
            Reference::Sentence(_) => {
                let offence = &self.sentence(stay)?.decision.principal_count()?.offence;
                let named = offence.category.value().cloned();
                named.or_else(|| listed(offence.code.value()?))
            }
            Reference::Pretrial(id) => {
                let case = self.cases.get(&id.to_string())?.opened()?;
                let mut categories = case.opening.offences.iter().map(listed);
                let first = categories.next()??;
                categories
                    .all(|other| other.as_ref() == Some(&first))
                    .then_some(first)
            }
            Reference::Person(_) | Reference::Unheld(_) | Reference::Order(_) => None,
        }
    }
}

/// Whether the person says that it is not so, and nobody has settled it yet.
fn is_contested(record: &Registered, what: &str) -> bool {
    let mut contested = record.contested.iter();
    contested.any(|subject| subject.as_str() == what)
}

fn word(text: &str) -> Option<Attribute> {
    Code::parse(text).ok().map(Attribute::Is)
}

fn yes_or_no(is_so: bool) -> Option<Attribute> {
    word(if is_so { "yes" } else { "no" })
}

/// The days from tomorrow to the last day of a sentence, as the order of custody fixes it; detention before judgment has
/// a last day too, and that is no end of a sentence.
fn days_left(stay: &Stay, today: Day) -> Option<u32> {
    match stay.basis()? {
        HoldingBasis::Sentence(_) => {
            let left = today.days_until(stay.until()?).max(0);
            u32::try_from(left).ok()
        }
        HoldingBasis::Pretrial(_) | HoldingBasis::Breach(_) | HoldingBasis::Other(_) => None,
    }
}

/// The days of a sentence's terms from the first to the last; nothing where one of them is no calendar term, follows
/// an earlier decision, or was activated by a later one.
fn term_days(stay: &Stay, imposed: &Imposed, law: &Pack) -> Option<u32> {
    if !imposed.activated.is_empty() {
        return None;
    }
    let first = law.date(stay.began).latest()?;
    let terms = terms(&imposed.decision, first)?;
    let dates = calculate(&terms, law.release.consecutive).ok()?;
    let days = first.days_until(dates.ends).saturating_add(1);
    u32::try_from(days).ok()
}

fn terms(decision: &Decision, first: Day) -> Option<Vec<TermToServe>> {
    let mut terms = Vec::new();
    for (_, component) in decision.components() {
        let length = match &component.sanction {
            Sanction::Custody {
                term: Some(CustodyTerm::Determinate(length)),
            } => *length,
            Sanction::Custody { .. } | Sanction::Death {} => return None,
            Sanction::SuspendedCustody { .. }
            | Sanction::CommunityOrder { .. }
            | Sanction::Fine { .. }
            | Sanction::DayFine { .. }
            | Sanction::Compensation { .. }
            | Sanction::Discharge { .. }
            | Sanction::Admonition {}
            | Sanction::Deferred { .. }
            | Sanction::Ancillary { .. }
            | Sanction::Other { .. } => continue,
        };
        let begins = match component.runs {
            Some(Runs::ConsecutiveTo(after)) => Begins::After(after),
            Some(Runs::Concurrent) | None => Begins::On(first),
            Some(Runs::ConsecutiveToEarlier(_)) => return None,
        };
        terms.push(TermToServe {
            no: component.no,
            begins,
            length,
            remand_days: 0,
            share: None,
        });
    }
    Some(terms)
}

/// The age in completed years; nothing where what is known of the birth leaves two ages open.
fn age(born: CivilDate, today: Day) -> Option<u32> {
    let years = |born: Day| {
        let had_no_birthday = (today.month(), today.day()) < (born.month(), born.day());
        let years = today.year().saturating_sub(born.year());
        u32::try_from(years.saturating_sub(i32::from(had_no_birthday))).ok()
    };
    let oldest = years(born.earliest()?)?;
    let youngest = years(born.latest()?)?;
    (oldest == youngest).then_some(oldest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_known_once_it_can_be_only_one() {
        let on = |text: &str| -> Day { text.parse().unwrap() };
        let aged = |born: &str, today: &str| age(born.parse().unwrap(), on(today));
        assert_eq!(aged("1961-03-02", "2026-03-01"), Some(64));
        assert_eq!(aged("1961-03-02", "2026-03-02"), Some(65));
        assert_eq!(aged("1961-03", "2026-03-15"), None);
        assert_eq!(aged("1961-03", "2026-04-01"), Some(65));
        assert_eq!(aged("1961", "2026-12-31"), Some(65));
        assert_eq!(aged("1961", "2026-06-30"), None);
    }
}
