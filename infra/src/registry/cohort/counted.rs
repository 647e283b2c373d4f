//! What an emergency came to: people counted at every stage, the rights that were cut, and how many are held before it,
//! during it and after it.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::custody::Custody;
use domain::emergency::{
    Cohort, CutTold, Declaration, Emergency, EmergencyEvent, Ended, Stage, rights_cut,
};
use domain::facility::Facility;
use domain::jurisdiction::Pack;
use domain::record::AnyEvent;
use domain::stream::Stream;
use domain::values::{Code, Day, Occurred, PersonId};
use schemars::JsonSchema;
use serde::Serialize;

use super::jurisdiction;
use super::stock::Stock;
use crate::access::{Action, Call, allow};
use crate::error::{Damage, StoreError};
use crate::packs::PacksError;
use crate::record::Recorded;
use crate::registry::Registry;
use crate::registry::kept::Kept;
use crate::registry::moment::{AsOf, Moment};
use crate::registry::read::{Found, ReadError};
use crate::store::database::{Row, Value};

/// What an emergency came to.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct EmergencyCohort {
    /// The emergency.
    pub id: String,
    /// Under whose rules it was declared.
    pub jurisdiction: String,
    /// When it was declared.
    pub declared: Occurred,
    /// Its last day, extensions counted.
    pub ends: Option<Day>,
    /// When it ended, once it did.
    pub ended: Option<Occurred>,
    /// The versions of its criteria, oldest first.
    pub criteria: Vec<Code>,
    /// The people of the emergency, counted at every stage.
    pub people: Cohort,
    /// How many left by a release of the emergency while a stay in custody of theirs still goes on in the record.
    pub still_recorded_as_held: usize,
    /// Every right that was cut, oldest first.
    pub rights: Vec<CutTold>,
    /// How many people are held before, during and after it.
    pub stock: Stock,
    /// The moment.
    #[serde(skip)]
    #[schemars(skip)]
    pub moment: Moment,
    /// The rules its words are taken from.
    #[serde(skip)]
    #[schemars(skip)]
    pub law: Arc<Pack>,
}

/// An emergency that is recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedEmergency {
    /// Its record.
    pub id: String,
    /// Under whose rules it was declared.
    pub jurisdiction: String,
    /// Since when it is as it is: declared, or over.
    pub since: String,
    /// Whether it goes on.
    pub goes_on: bool,
}

impl Registry {
    /// What an emergency came to, as of a moment.
    pub async fn cohort(
        &self,
        call: &Call,
        id: &str,
        as_of: AsOf,
    ) -> Result<EmergencyCohort, ReadError> {
        let found: Found<Emergency> = self.show(call, id, as_of).await?;
        self.came_to(id, &found).await
    }

    /// The same for whoever reads figures: counts alone, in which nobody is named.
    pub async fn emergency_figures(
        &self,
        call: &Call,
        id: &str,
        as_of: AsOf,
    ) -> Result<EmergencyCohort, ReadError> {
        allow(call, Action::ReadFigures)?;
        let moment = self.moment(as_of).await?;
        let found = self.found::<Emergency>(id, moment).await?;
        let counted = self.came_to(id, &found).await?;
        let shown = vec![format!("figures/emergency/{id}")];
        let log = &self.inner.consultations;
        log.write(call, Action::ReadFigures, shown).await?;
        Ok(counted)
    }

    /// The emergencies that are recorded, the latest first.
    pub async fn emergencies(
        &self,
        call: &Call,
        as_of: AsOf,
    ) -> Result<Vec<ListedEmergency>, ReadError> {
        allow(call, Action::ReadFigures)?;
        let moment = self.moment(as_of).await?;
        let generation = self.projections().live_generation("cases").await?;
        let sql = "SELECT case_id, jurisdiction, since, goes_on FROM cases WHERE generation = $1 AND \
                   from_index <= $2 AND to_index > $3 AND kind = $4 ORDER BY first_index DESC";
        let last = moment.last();
        let kind = <Emergency as Stream>::TYPE;
        let params: [Value; 4] = [generation.into(), last.into(), last.into(), kind.into()];
        let rows = self.store().database().query(sql, &params).await?;
        let listed = |row: &Row| {
            Ok::<_, StoreError>(ListedEmergency {
                id: row.text(0)?.to_owned(),
                jurisdiction: row.text(1)?.to_owned(),
                since: row.text(2)?.to_owned(),
                goes_on: row.int(3)? == 1,
            })
        };
        Ok(rows.iter().map(listed).collect::<Result<_, _>>()?)
    }

    async fn came_to(
        &self,
        id: &str,
        found: &Found<Emergency>,
    ) -> Result<EmergencyCohort, ReadError> {
        let moment = found.moment;
        let declaration = found.state.declared().ok_or_else(|| ReadError::Unknown {
            what: <Emergency as Stream>::TYPE,
            id: id.to_owned(),
            past: moment.past,
        })?;
        let code = jurisdiction(found)?;
        let index = moment.index.unwrap_or_default();
        let law = self.packs().in_force_at(&code, index).await;
        let law = law.map_err(without_rules)?;
        let stays: Vec<Custody> = self.recorded_in(code.as_str(), moment).await?;
        let places: Vec<Facility> = self.recorded_in(code.as_str(), moment).await?;
        let today = law.day(moment.instant);
        let declared = declaration.declared.done;
        let ended = declaration.ended.as_ref().map(|ended| match ended {
            Ended::Settled(end) => end.done,
            Ended::ByLaw(end) => end.done,
        });
        let first = law.date(declared).latest().unwrap_or(today);
        let last = ended.and_then(|ended| law.date(ended).latest());
        let stock = Stock::of(&stays, &places, &law, (first, last, today));
        Ok(EmergencyCohort {
            id: id.to_owned(),
            jurisdiction: code.to_string(),
            declared,
            ends: declaration.ends,
            ended,
            criteria: versions(declaration),
            people: declaration.cohort(),
            still_recorded_as_held: still_held(declaration, &stays, &law, today),
            rights: rights_cut(events(&found.entries)),
            stock,
            moment,
            law,
        })
    }

    /// Everything of a kind that is recorded in a jurisdiction, as it stood at a moment.
    async fn recorded_in<S: Kept>(
        &self,
        jurisdiction: &str,
        moment: Moment,
    ) -> Result<Vec<S>, StoreError> {
        let Some(index) = moment.index else {
            return Ok(Vec::new());
        };
        let generation = self.projections().live_generation("cases").await?;
        let sql = "SELECT case_id FROM cases WHERE generation = $1 AND from_index <= $2 AND to_index > $3 \
                   AND kind = $4 AND jurisdiction = $5";
        let last = moment.last();
        let params: [Value; 5] = [
            generation.into(),
            last.into(),
            last.into(),
            <S as Stream>::TYPE.into(),
            jurisdiction.into(),
        ];
        let rows = self.store().database().query(sql, &params).await?;
        let ids = rows.iter().map(|row| row.text(0).map(str::to_owned));
        let ids: Vec<String> = ids.collect::<Result<_, _>>()?;
        Ok(self.states(&ids, index).await?.into_values().collect())
    }
}

fn versions(declaration: &Declaration) -> Vec<Code> {
    let published = declaration.criteria.iter();
    published.map(|criteria| criteria.version.clone()).collect()
}

fn events(entries: &[Recorded]) -> impl Iterator<Item = &EmergencyEvent> {
    entries.iter().filter_map(|entry| match &entry.event {
        AnyEvent::Emergency(event) => Some(event),
        _ => None,
    })
}

/// Who is out by a release of the emergency, and held by the record of custody.
fn still_held(declaration: &Declaration, stays: &[Custody], law: &Pack, today: Day) -> usize {
    let held = stays
        .iter()
        .filter(|stay| stay.held_on(today, |done| law.date(done)));
    let held: BTreeSet<PersonId> = held.filter_map(Custody::person).collect();
    let people = declaration.people.iter();
    let out = people.filter(|(_, candidate)| candidate.stage() == Stage::Out);
    out.filter(|(person, _)| held.contains(person)).count()
}

/// An emergency that was recorded under rules that nobody adopted is damage.
fn without_rules(error: PacksError) -> StoreError {
    match error {
        PacksError::Store(error) => error,
        other => Damage::new(other.to_string()).into(),
    }
}
