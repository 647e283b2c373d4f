//! What stands of a decision that is being served, worked out from the records themselves as of a moment.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::jurisdiction::Pack;
use domain::release::{Release, Standing as ReleaseStanding};
use domain::sentence::Sentence;
use domain::serving::{Calculation, Reason};
use domain::stream::Stream;
use domain::values::{Day, SentenceId};

use super::Possible;
use crate::error::{Damage, StoreError};
use crate::registry::Registry;
use crate::registry::moment::Moment;
use crate::registry::read::ReadError;
use crate::registry::serving::{Used, used_of, worked_out};
use crate::store::database::Value;

/// The rules in force, by the jurisdiction, as of one entry.
pub(super) type Laws = BTreeMap<String, Arc<Pack>>;

/// A decision that is being served.
struct Served {
    person: String,
    jurisdiction: String,
    stay: Option<String>,
    facility: Option<String>,
}

impl Registry {
    /// What stands of a decision as of a moment, worked out, and the decisions that it follows; nothing of one that is not
    /// served.
    pub(super) async fn possible_of(
        &self,
        sentence: &str,
        moment: Moment,
        laws: &mut Laws,
    ) -> Result<(Vec<Possible>, Vec<String>), ReadError> {
        let Some(served) = self.is_served(sentence, moment).await? else {
            return Ok((Vec::new(), Vec::new()));
        };
        let row = |nth: i64| Possible {
            sentence: sentence.to_owned(),
            person: served.person.clone(),
            jurisdiction: served.jurisdiction.clone(),
            stay: served.stay.clone(),
            facility: served.facility.clone(),
            nth,
            kind: None,
            title: None,
            by_law: false,
            eligible: None,
            considered: false,
            release: None,
            why: None,
        };
        let Some((calculation, follows)) = self.dates_of(sentence, &served, moment, laws).await?
        else {
            return Ok((vec![row(0)], Vec::new()));
        };
        let why = |reason: &Reason| (reason.code.to_owned(), reason.title.to_owned());
        let mut rows = vec![Possible {
            why: calculation.why_not.as_ref().map(why),
            ..row(0)
        }];
        for (possible, nth) in calculation.releases.iter().zip(1..) {
            let kind = possible.kind.to_string();
            let (considered, waiting) = self
                .considered(sentence, &served.person, &kind, moment)
                .await?;
            let recorded = waiting.as_ref().and_then(|(_, recorded)| *recorded);
            let days = possible.eligible.into_iter().chain(recorded);
            rows.push(Possible {
                kind: Some(kind),
                title: Some(possible.title.clone()),
                by_law: possible.by_law,
                // Neither a mistaken day nor a mistaken sentence hides anybody: the earlier of both counts.
                eligible: days.min(),
                why: possible.why_not.as_ref().map(why),
                considered,
                release: waiting.map(|(release, _)| release),
                ..row(nth)
            });
        }
        Ok((rows, follows))
    }

    /// Who serves a decision and where, by a stay or by a mark on the decision.
    async fn is_served(
        &self,
        sentence: &str,
        moment: Moment,
    ) -> Result<Option<Served>, StoreError> {
        let last: Value = moment.last().into();
        for (table, columns, condition) in [
            (
                "stays",
                "person_id, jurisdiction, custody_id, facility",
                "goes_on = 1 ORDER BY stay_id",
            ),
            (
                "serving",
                "person_id, jurisdiction, NULL, NULL",
                "serves = 1",
            ),
        ] {
            let generation = self.projections().live_generation(table).await?;
            let sql = format!(
                "SELECT {columns} FROM {table} WHERE generation = $1 AND from_index <= $2 AND to_index > $3 \
                 AND sentence_id = $4 AND {condition}"
            );
            let params = [
                generation.into(),
                last.clone(),
                last.clone(),
                sentence.into(),
            ];
            let rows = self.store().database().query(&sql, &params).await?;
            if let Some(row) = rows.first() {
                return Ok(Some(Served {
                    person: row.text(0)?.to_owned(),
                    jurisdiction: row.text(1)?.to_owned(),
                    stay: row.maybe_text(2)?.map(str::to_owned),
                    facility: row.maybe_text(3)?.map(str::to_owned),
                }));
            }
        }
        Ok(None)
    }

    /// The dates of a decision that is being served, and the decisions that it follows.
    async fn dates_of(
        &self,
        sentence: &str,
        served: &Served,
        moment: Moment,
        laws: &mut Laws,
    ) -> Result<Option<(Calculation, Vec<String>)>, ReadError> {
        let id: SentenceId = sentence
            .parse()
            .map_err(|_| StoreError::from(Damage::new("the id of a sentence cannot be read")))?;
        let found = match self.found::<Sentence>(sentence, moment).await {
            Ok(found) => found,
            // Somebody may be held on a decision that the register does not hold yet.
            Err(ReadError::Unknown { .. }) => return Ok(None),
            Err(other) => return Err(other),
        };
        let stays = self.stays_on(moment, Some(id)).await?;
        let Some(used) = used_of(id, &found, &stays) else {
            return Ok(None);
        };
        let earlier = self.earlier(&used, moment).await?;
        let law = if let Some(law) = laws.get(&served.jurisdiction) {
            Arc::clone(law)
        } else {
            let law = self.law_at(&served.jurisdiction, moment).await?;
            laws.insert(served.jurisdiction.clone(), Arc::clone(&law));
            law
        };
        let follows = used.follows().chain(earlier.iter().flat_map(Used::follows));
        let follows = follows.map(|earlier| earlier.to_string()).collect();
        Ok(Some((worked_out(&used, &earlier, &law), follows)))
    }

    /// Whether anybody has considered somebody for a kind of release from a decision, and the release in which nobody has,
    /// with the day that is recorded in it.
    async fn considered(
        &self,
        sentence: &str,
        person: &str,
        kind: &str,
        moment: Moment,
    ) -> Result<(bool, Option<(String, Option<Day>)>), ReadError> {
        let generation = self.projections().live_generation("cases").await?;
        let sql = "SELECT case_id FROM cases WHERE generation = $1 AND from_index <= $2 AND to_index > $3 \
                   AND person_id = $4 AND kind = $5 AND what = $6 ORDER BY first_index";
        let last: Value = moment.last().into();
        let params = [
            generation.into(),
            last.clone(),
            last,
            person.into(),
            Release::TYPE.into(),
            kind.into(),
        ];
        let (mut considered, mut waiting) = (false, None);
        for row in self.store().database().query(sql, &params).await? {
            let id = row.text(0)?;
            let found = self.found::<Release>(id, moment).await?;
            let course = found.state.recorded();
            let course = course.filter(|course| course.sentence.to_string() == sentence);
            match course {
                Some(course) if course.standing == ReleaseStanding::Eligible => {
                    waiting = Some((id.to_owned(), course.eligible_on));
                }
                Some(_) => considered = true,
                None => {}
            }
        }
        Ok((considered, waiting))
    }
}
