//! Who is held in prisons, who came and left, and how many places and posts there are.

use std::collections::{BTreeMap, BTreeSet};

use domain::custody::{Custody, HoldingBasis, Stay};
use domain::official::{
    Fact, Facts, LegalStatus, Population, age_group, age_on, age_status, length_band, section,
    sentence_behind, sex_word, status,
};
use domain::person::Sex;
use domain::pretrial::Pretrial;
use domain::sentence::{Sentence, SentenceEvent};
use domain::values::{Day, Known, PersonId};

use super::history::{as_known, on_day};
use super::places::{no_prisons, tell_places};
use super::{Asked, OfficialError, record};
use crate::error::StoreError;
use crate::projections::signed;
use crate::registry::Registry;

/// What a table asks of prisons.
const OF_PRISONS: [Population; 8] = [
    Population::Held,
    Population::HeldInPlaces,
    Population::Places,
    Population::Over,
    Population::Free,
    Population::Staff,
    Population::Entered,
    Population::Left,
];

/// Which day of a stay's places a question is about.
enum Days {
    /// Those in which somebody was at the end of a day.
    At(Day),
    /// Those that began in a year.
    BegunIn(i32),
    /// Those that were left in a year.
    LeftIn(i32),
}

impl Registry {
    /// Tells what is asked of prisons.
    pub(super) async fn tell_prisons(
        &self,
        populations: &BTreeSet<Population>,
        asked: &Asked<'_>,
        facts: &mut Facts,
    ) -> Result<(), OfficialError> {
        if populations.contains(&Population::Inhabitants) {
            match asked.law.official.inhabitants_on(asked.day) {
                Some(counted) => facts.tell(
                    Population::Inhabitants,
                    vec![Fact::amount(counted.people, Vec::new())],
                ),
                None => facts.cannot_tell(
                    Population::Inhabitants,
                    "The rules do not say how many people live there (official.inhabitants).",
                ),
            }
        }
        if !OF_PRISONS.iter().any(|one| populations.contains(one)) {
            return Ok(());
        }
        let facilities = self.facilities(asked).await?;
        let outside = no_prisons(&facilities, asked);
        let held = self.held(asked, &outside).await?;
        let stays = held.is_some();
        tell_places(&facilities, held.as_deref(), asked, facts);
        match held {
            Some(held) => facts.tell(Population::Held, held),
            None => facts.cannot_tell(Population::Held, NO_STAYS),
        }
        if !stays {
            for flow in [Population::Entered, Population::Left] {
                facts.cannot_tell(flow, NO_STAYS);
            }
        } else if populations.contains(&Population::Entered)
            || populations.contains(&Population::Left)
        {
            self.tell_moves(asked, &outside, facts).await?;
        }
        Ok(())
    }

    /// The stays of which a place meets a question about days.
    async fn stays_of(
        &self,
        asked: &Asked<'_>,
        days: &Days,
    ) -> Result<BTreeSet<String>, StoreError> {
        let generation = self.projections().live_generation("stays").await?;
        let mut params = vec![
            generation.into(),
            signed(asked.index).into(),
            signed(asked.index).into(),
            asked.law.jurisdiction.as_str().into(),
        ];
        let of_year = |year: i32| [format!("{year:04}-01-01"), format!("{year:04}-12-31")];
        let (condition, bounds) = match days {
            Days::At(day) => (
                "from_day <= $5 AND (left_day IS NULL OR left_day > $6)",
                [day.to_string(), day.to_string()],
            ),
            Days::BegunIn(year) => ("from_day >= $5 AND from_day <= $6", of_year(*year)),
            Days::LeftIn(year) => ("left_day >= $5 AND left_day <= $6", of_year(*year)),
        };
        params.extend(bounds.into_iter().map(Into::into));
        let sql = format!(
            "SELECT DISTINCT custody_id FROM stays WHERE generation = $1 AND from_index <= $2 AND to_index > $3 \
             AND jurisdiction = $4 AND {condition}"
        );
        let rows = self.store().database().query(&sql, &params).await?;
        let ids = rows.iter().map(|row| row.text(0).map(str::to_owned));
        ids.collect()
    }

    /// Whether any stay is recorded at all by the moment: without one nothing is known of who is held.
    async fn has_stays(&self, asked: &Asked<'_>) -> Result<bool, StoreError> {
        let generation = self.projections().live_generation("stays").await?;
        let rows = self
            .store()
            .database()
            .query(
                "SELECT custody_id FROM stays WHERE generation = $1 AND from_index <= $2 AND jurisdiction = $3 LIMIT 1",
                &[
                    generation.into(),
                    signed(asked.index).into(),
                    asked.law.jurisdiction.as_str().into(),
                ],
            )
            .await?;
        Ok(!rows.is_empty())
    }

    /// Everybody held in a prison at the end of the day, each once; nothing where no stay is recorded.
    #[expect(
        clippy::too_many_lines,
        reason = "from a stay to what it rests on, step by step"
    )]
    async fn held(
        &self,
        asked: &Asked<'_>,
        outside: &BTreeSet<String>,
    ) -> Result<Option<Vec<Fact>>, StoreError> {
        if !self.has_stays(asked).await? {
            return Ok(None);
        }
        let ids = self.stays_of(asked, &Days::At(asked.day)).await?;
        let known = self.histories::<Custody>(&ids, asked.index).await?;
        let mut stays: Vec<(String, Stay)> = Vec::new();
        for (id, events) in &known {
            let then: Custody = on_day(events, asked.day, asked.law, |_| false);
            let stay = then.begun().filter(|stay| stay.released.is_none());
            let stay = stay.filter(|stay| {
                let at = stay.places.last().map(|at| at.facility.as_str());
                at.is_none_or(|at| !outside.contains(at))
            });
            if let Some(stay) = stay {
                stays.push((id.clone(), stay.clone()));
            }
        }
        let cases = stays.iter().filter_map(|(_, stay)| case_of(stay)).collect();
        let cases = self.histories::<Pretrial>(&cases, asked.index).await?;
        let cases: BTreeMap<&String, Pretrial> = cases
            .iter()
            .map(|(id, events)| (id, on_day(events, asked.day, asked.law, |_| false)))
            .collect();
        let resting = stays.iter().map(|(_, stay)| {
            let case = case_of(stay);
            let case = case.as_ref().and_then(|id| cases.get(id)?.opened());
            (case, sentence_behind(stay, case))
        });
        let resting: Vec<_> = resting.collect();
        let ids = resting.iter().filter_map(|(_, sentence)| *sentence);
        let ids = ids.map(|sentence| sentence.to_string()).collect();
        let sentences = self.histories::<Sentence>(&ids, asked.index).await?;
        let sentences: BTreeMap<&String, Sentence> = sentences
            .iter()
            .map(|(id, events)| (id, on_day(events, asked.day, asked.law, is_slip)))
            .collect();
        let people = stays.iter().map(|(_, stay)| stay.person).collect();
        let people = self.standing_people(&people, asked.index).await?;
        let mut strongest: BTreeMap<PersonId, (LegalStatus, Fact)> = BTreeMap::new();
        for ((id, stay), (case, sentence)) in stays.iter().zip(resting) {
            let sentence = sentence.map(|sentence| sentence.to_string());
            let imposed = sentence
                .as_ref()
                .and_then(|id| sentences.get(id)?.imposed());
            let Some(status) = status(stay, case, imposed, asked.law) else {
                continue;
            };
            let (person, sex) = standing(&people, stay.person);
            let mut behind = vec![record::<Custody>(id)];
            behind.extend(case_of(stay).map(record::<Pretrial>));
            behind.extend(
                sentence
                    .filter(|_| imposed.is_some())
                    .map(record::<Sentence>),
            );
            let mut fact = of_stay(stay, person, sex, asked, behind).with("status", status.word());
            if let Some(imposed) = imposed.filter(|_| is_sentenced(status)) {
                fact = fact
                    .with("length", length_band(imposed))
                    .with("iccs", section(imposed));
            }
            let stronger = strongest
                .get(&person)
                .is_none_or(|(known, _)| *known < status);
            if stronger {
                strongest.insert(person, (status, fact));
            }
        }
        Ok(Some(
            strongest.into_values().map(|(_, fact)| fact).collect(),
        ))
    }

    /// Who came into prison in the year, and who left it: by the first place of a stay that is a prison, and by its end in one.
    async fn tell_moves(
        &self,
        asked: &Asked<'_>,
        outside: &BTreeSet<String>,
        facts: &mut Facts,
    ) -> Result<(), StoreError> {
        let mut ids = self.stays_of(asked, &Days::BegunIn(asked.year)).await?;
        ids.extend(self.stays_of(asked, &Days::LeftIn(asked.year)).await?);
        let known = self.histories::<Custody>(&ids, asked.index).await?;
        let stays = known.iter().filter_map(|(id, events)| {
            let now: Custody = as_known(events);
            Some((id, now.begun()?.clone()))
        });
        let stays: Vec<(&String, Stay)> =
            stays.filter(|(_, stay)| is_criminal(stay, asked)).collect();
        let people = stays.iter().map(|(_, stay)| stay.person).collect();
        let people = self.standing_people(&people, asked.index).await?;
        let in_year = |done| {
            let day = asked.law.date(done).latest();
            day.is_some_and(|day| day.year() == asked.year)
        };
        let is_prison = |code: &str| !outside.contains(code);
        let (mut entered, mut left) = (Vec::new(), Vec::new());
        for (id, stay) in &stays {
            let (person, sex) = standing(&people, stay.person);
            let fact = || of_stay(stay, person, sex, asked, vec![record::<Custody>(id)]);
            let mut places = stay.places.iter();
            let first = places.find(|at| is_prison(at.facility.as_str()));
            if first.is_some_and(|first| in_year(first.from)) {
                entered.push(fact());
            }
            let last = stay.places.last().map(|at| at.facility.as_str());
            if let Some(released) = &stay.released
                && last.is_some_and(is_prison)
                && in_year(released.released)
            {
                let rules = &asked.law.official;
                let exit = if rules.died.contains(&released.ground) {
                    "died"
                } else if rules.escaped.contains(&released.ground) {
                    "absconded"
                } else {
                    "other"
                };
                left.push(fact().with("exit", exit));
            }
        }
        facts.tell(Population::Entered, entered);
        facts.tell(Population::Left, left);
        Ok(())
    }
}

/// Why nothing is told of who is held.
pub(super) const NO_STAYS: &str = "No stay in a place of detention is recorded in this register.";

/// A stay as a fact about a person.
fn of_stay(
    stay: &Stay,
    person: PersonId,
    sex: Known<Sex>,
    asked: &Asked<'_>,
    behind: Vec<String>,
) -> Fact {
    let age = age_on(stay, asked.day, asked.law);
    let place = stay.places.last().map(|at| at.facility.to_string());
    Fact::of(person.to_string(), behind)
        .with("sex", sex_word(sex))
        .with("age", age_group(age))
        .with("age_status", age_status(age))
        .with("place", place.unwrap_or_default())
}

pub(super) fn standing(
    people: &BTreeMap<PersonId, (PersonId, Known<Sex>)>,
    person: PersonId,
) -> (PersonId, Known<Sex>) {
    let known = people.get(&person).copied();
    known.unwrap_or((person, Known::NotRecorded))
}

/// The case before judgment that a stay rests on.
fn case_of(stay: &Stay) -> Option<String> {
    match stay.basis()? {
        HoldingBasis::Pretrial(case) => Some(case.to_string()),
        HoldingBasis::Sentence(_) | HoldingBasis::Breach(_) | HoldingBasis::Other(_) => None,
    }
}

fn is_slip(event: &SentenceEvent) -> bool {
    matches!(event, SentenceEvent::Corrected { .. })
}

/// Whether a status follows from a sentence.
fn is_sentenced(status: LegalStatus) -> bool {
    matches!(
        status,
        LegalStatus::Final | LegalStatus::Appeal | LegalStatus::Convicted
    )
}

/// Whether somebody who comes or leaves is in the prison population: as the stay stands, whatever the case.
fn is_criminal(stay: &Stay, asked: &Asked<'_>) -> bool {
    status(stay, None, None, asked.law).is_some()
}
