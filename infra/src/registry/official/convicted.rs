//! Who was convicted in a year, each person once.

use std::collections::{BTreeMap, BTreeSet};

use domain::official::{Fact, Facts, NOT_RECORDED, Population, section_of, status_of_group};
use domain::sentence::{SanctionKind, Sentence};
use domain::values::PersonId;
use uuid::Uuid;

use super::{Asked, OfficialError, record};
use crate::registry::Registry;

/// A decision of the year, as its last version tells it.
struct Convicted {
    decision: Uuid,
    person: PersonId,
    /// The earliest entry of it.
    began: u64,
    /// Whether it stands; one that was quashed counts like any other.
    stands: bool,
    weight: usize,
    words: [(&'static str, String); 4],
}

impl Registry {
    /// Tells who was convicted in the year: by the facts, of which a decision that was quashed keeps its last version.
    pub(super) async fn tell_convicted(
        &self,
        populations: &BTreeSet<Population>,
        asked: &Asked<'_>,
        facts: &mut Facts,
    ) -> Result<(), OfficialError> {
        if !populations.contains(&Population::Convicted) {
            return Ok(());
        }
        let Some(decisions) = self.decisions_of(asked) else {
            facts.cannot_tell(
                Population::Convicted,
                "No sentencing decision is recorded in this register.",
            );
            return Ok(());
        };
        // A decision no longer stands because it was quashed, or because the person's record was expunged.
        let mut expunged = BTreeSet::new();
        let fallen = decisions.iter().filter(|one| !one.stands);
        let fallen: BTreeSet<PersonId> = fallen.map(|one| one.person).collect();
        for person in fallen {
            if self.look().is_expunged(person).await? {
                expunged.insert(person);
            }
        }
        let mut most_serious: BTreeMap<PersonId, &Convicted> = BTreeMap::new();
        for decision in &decisions {
            if expunged.contains(&decision.person) {
                continue;
            }
            let rank = |one: &Convicted| (one.weight, one.began, one.decision);
            let known = most_serious.get(&decision.person);
            if known.is_none_or(|known| rank(decision) < rank(known)) {
                most_serious.insert(decision.person, decision);
            }
        }
        let each = most_serious.values().map(|one| {
            let behind = vec![record::<Sentence>(one.decision)];
            let fact = Fact::of(one.person.to_string(), behind);
            one.words
                .iter()
                .fold(fact, |fact, (name, word)| fact.with(name, word.clone()))
        });
        facts.tell(Population::Convicted, each.collect());
        Ok(())
    }

    /// The decisions of the year; nothing where no decision of any year is recorded.
    fn decisions_of(&self, asked: &Asked<'_>) -> Option<Vec<Convicted>> {
        let table = self.projections().facts();
        let jurisdiction = asked.law.jurisdiction.as_str();
        let year = asked.year.to_string();
        let mut any = false;
        let mut last: BTreeMap<Uuid, Convicted> = BTreeMap::new();
        for version in table.versions(asked.index) {
            if version.word("jurisdiction") != jurisdiction {
                continue;
            }
            any = true;
            if version.word("year") != year {
                // A version that tells another year takes the place of the one before.
                last.remove(&version.decision());
                continue;
            }
            let disposal = version.word("disposal");
            let mut kinds = SanctionKind::ALL.into_iter();
            let weight = kinds.position(|kind| kind.word() == disposal);
            let sex = match version.word("sex") {
                known @ ("female" | "male" | "another") => known,
                _ => NOT_RECORDED,
            };
            let age = status_of_group(version.word("age-band"), asked.law);
            let began = last
                .get(&version.decision())
                .map_or_else(|| version.began(), |known| known.began);
            last.insert(
                version.decision(),
                Convicted {
                    decision: version.decision(),
                    person: PersonId(version.person()),
                    began,
                    stands: version.ended().is_none(),
                    weight: weight.unwrap_or(SanctionKind::ALL.len()),
                    words: [
                        ("sex", sex.to_owned()),
                        ("age_status", age.to_owned()),
                        ("iccs", section_of(version.word("iccs")).to_owned()),
                        ("sanction", disposal.to_owned()),
                    ],
                },
            );
        }
        any.then(|| last.into_values().collect())
    }
}
