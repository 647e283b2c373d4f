//! Who could be released for a while and was never considered.
//!
//! Everybody whose term is being served, by a stay in custody or by a mark on the decision, has the dates of the
//! sentence worked out. Whoever is past the day of a kind of release, and has no release of that kind that anybody has
//! considered, is listed, the longest first. Where a date cannot be worked out the reasons are counted beside the list.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::jurisdiction::Pack;
use domain::release::{Release, Standing};
use domain::sentence::Sentence;
use domain::serving::{Calculation, Reason};
use domain::values::{Day, SentenceId};
use schemars::JsonSchema;
use serde::Serialize;

use super::Registry;
use super::moment::{AsOf, Moment};
use super::read::ReadError;
use super::serving::{StaysOn, used_of, worked_out};
use crate::access::{Action, Call, allow};
use crate::error::{Damage, StoreError};
use crate::store::database::Value;

/// Somebody past the day on which a kind of release was possible, whom nobody has considered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Unconsidered {
    /// The person.
    pub person: String,
    /// The sentence that is served.
    pub sentence: String,
    /// The stay in custody, where the register holds one.
    pub stay: Option<String>,
    /// The place of detention, where the register holds the stay.
    pub facility: Option<String>,
    /// The jurisdiction.
    pub jurisdiction: String,
    /// The kind of release.
    pub kind: String,
    /// In words.
    pub title: String,
    /// Whether the law itself brings it: then nobody has to consider it, and the person is held past the day.
    pub by_law: bool,
    /// The day from which it is possible: a calculation to be certified.
    pub eligible: Day,
    /// How many days ago that was.
    pub days: u32,
    /// The release in which nobody has considered anything yet, where one is recorded.
    pub release: Option<String>,
}

/// Why dates could not be worked out, and for how many decisions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct NotWorkedOut {
    /// The kind of release in words; none where no date at all can be worked out.
    pub kind: Option<String>,
    /// A stable word for the reason.
    pub code: String,
    /// The reason in words.
    pub why: String,
    /// Of how many decisions.
    pub decisions: u64,
}

/// A page of those who were never considered.
#[derive(Debug, Clone)]
pub struct UnconsideredPage {
    /// The rows of the page.
    pub rows: Vec<Unconsidered>,
    /// How many there are in all.
    pub of: usize,
    /// How many decisions are being served.
    pub served: usize,
    /// Where no date could be worked out.
    pub not_worked_out: Vec<NotWorkedOut>,
    /// The moment.
    pub moment: Moment,
}

/// A decision that is being served.
struct Served {
    sentence: String,
    person: String,
    jurisdiction: String,
    stay: Option<String>,
    facility: Option<String>,
}

/// A release that is recorded of somebody.
struct Recorded {
    release: String,
    sentence: SentenceId,
    considered: bool,
}

/// The rules in force, by the jurisdiction.
type Laws = BTreeMap<String, Arc<Pack>>;

/// Releases by the person and the kind.
type Releases = BTreeMap<(String, String), Vec<String>>;

/// The reasons, each by the kind of release and its word.
type Reasons = BTreeMap<(Option<String>, &'static str), (&'static str, u64)>;

impl Registry {
    /// A page of those who are past the day of a kind of release and were never considered, the longest first; so many
    /// rows before it are left out.
    pub async fn never_considered(
        &self,
        call: &Call,
        as_of: AsOf,
        skip: usize,
        limit: usize,
    ) -> Result<UnconsideredPage, ReadError> {
        allow(call, Action::ReadRegister)?;
        let moment = self.moment(as_of).await?;
        let served = self.being_served(call, moment).await?;
        let releases = self.releases_of_persons(moment).await?;
        let stays = self.stays_on(moment, None).await?;
        let mut laws = Laws::new();
        let mut reasons = Reasons::new();
        let mut rows = Vec::new();
        for one in &served {
            let known = (&stays, &mut laws);
            let Some((calculation, today)) = self.dates_of(one, known, moment).await? else {
                continue;
            };
            count(&calculation, &mut reasons);
            rows.extend(
                self.past(one, &calculation, today, &releases, moment)
                    .await?,
            );
        }
        rows.sort_by(|a, b| {
            let key = |row: &Unconsidered| (row.eligible, row.sentence.clone(), row.kind.clone());
            key(a).cmp(&key(b))
        });
        let of = rows.len();
        let rows: Vec<Unconsidered> = rows.into_iter().skip(skip).take(limit).collect();
        let shown = rows.iter().map(|row| format!("sentence/{}", row.sentence));
        let log = &self.inner.consultations;
        log.write(call, Action::ReadRegister, shown.collect())
            .await?;
        Ok(UnconsideredPage {
            rows,
            of,
            served: served.len(),
            not_worked_out: told(reasons),
            moment,
        })
    }

    /// Every decision that is being served, by a stay or by a mark, each once.
    async fn being_served(&self, call: &Call, moment: Moment) -> Result<Vec<Served>, ReadError> {
        let guard = self.guard(call).await?.rows("person_id", "sentence_id");
        let last: Value = moment.last().into();
        let mut found: BTreeMap<String, Served> = BTreeMap::new();
        for (table, columns, condition) in [
            (
                "stays",
                "sentence_id, person_id, jurisdiction, custody_id, facility",
                "goes_on = 1 AND sentence_id IS NOT NULL",
            ),
            (
                "serving",
                "sentence_id, person_id, jurisdiction, NULL, NULL",
                "serves = 1",
            ),
        ] {
            let generation = self.projections().live_generation(table).await?;
            let sql = format!(
                "SELECT {columns} FROM {table} WHERE generation = $1 AND from_index <= $2 AND to_index > $3 \
                 AND {condition}{guard}"
            );
            let params = [generation.into(), last.clone(), last.clone()];
            for row in self.store().database().query(&sql, &params).await? {
                let maybe =
                    |column| Ok::<_, StoreError>(row.maybe_text(column)?.map(str::to_owned));
                let sentence = row.text(0)?.to_owned();
                let served = Served {
                    sentence: sentence.clone(),
                    person: row.text(1)?.to_owned(),
                    jurisdiction: row.text(2)?.to_owned(),
                    stay: maybe(3)?,
                    facility: maybe(4)?,
                };
                found.entry(sentence).or_insert(served);
            }
        }
        Ok(found.into_values().collect())
    }

    /// Every release that is recorded, by the person and the kind.
    async fn releases_of_persons(&self, moment: Moment) -> Result<Releases, StoreError> {
        let generation = self.projections().live_generation("cases").await?;
        let sql = "SELECT person_id, what, case_id FROM cases WHERE generation = $1 AND from_index <= $2 \
                   AND to_index > $3 AND kind = $4";
        let last: Value = moment.last().into();
        let params = [generation.into(), last.clone(), last, "release".into()];
        let mut releases = Releases::new();
        for row in self.store().database().query(sql, &params).await? {
            if let (Some(person), Some(kind)) = (row.maybe_text(0)?, row.maybe_text(1)?) {
                let key = (person.to_owned(), kind.to_owned());
                let id = row.text(2)?.to_owned();
                releases.entry(key).or_default().push(id);
            }
        }
        Ok(releases)
    }

    /// The dates of a decision that is being served, and the day of the moment where it is served.
    async fn dates_of(
        &self,
        served: &Served,
        (stays, laws): (&StaysOn, &mut Laws),
        moment: Moment,
    ) -> Result<Option<(Calculation, Day)>, ReadError> {
        let id: SentenceId = served
            .sentence
            .parse()
            .map_err(|_| StoreError::from(Damage::new("the id of a sentence cannot be read")))?;
        let found = match self.found::<Sentence>(&served.sentence, moment).await {
            Ok(found) => found,
            // Somebody may be held on a decision that the register does not hold yet.
            Err(ReadError::Unknown { .. }) => return Ok(None),
            Err(other) => return Err(other),
        };
        let Some(used) = used_of(id, &found, stays) else {
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
        let today = law.day(moment.instant);
        Ok(Some((worked_out(&used, &earlier, &law), today)))
    }

    /// The kinds of release whose day is past, and in which nobody has considered the person.
    async fn past(
        &self,
        served: &Served,
        calculation: &Calculation,
        today: Day,
        releases: &Releases,
        moment: Moment,
    ) -> Result<Vec<Unconsidered>, ReadError> {
        let mut rows = Vec::new();
        for possible in &calculation.releases {
            let Some(eligible) = possible.eligible.filter(|day| *day <= today) else {
                continue;
            };
            let kind = possible.kind.to_string();
            let key = (served.person.clone(), kind.clone());
            let mut unconsidered = None;
            let mut considered = false;
            for id in releases.get(&key).into_iter().flatten() {
                let found = self.release(id, moment).await?;
                let of_this = found.filter(|found| found.sentence.to_string() == served.sentence);
                match of_this {
                    Some(found) if found.considered => considered = true,
                    Some(found) => unconsidered = Some(found.release),
                    None => {}
                }
            }
            if considered {
                continue;
            }
            let days = u32::try_from(eligible.days_until(today)).unwrap_or_default();
            rows.push(Unconsidered {
                person: served.person.clone(),
                sentence: served.sentence.clone(),
                stay: served.stay.clone(),
                facility: served.facility.clone(),
                jurisdiction: served.jurisdiction.clone(),
                kind,
                title: possible.title.clone(),
                by_law: possible.by_law,
                eligible,
                days,
                release: unconsidered,
            });
        }
        Ok(rows)
    }

    async fn release(&self, id: &str, moment: Moment) -> Result<Option<Recorded>, ReadError> {
        let found = self.found::<Release>(id, moment).await?;
        Ok(found.state.recorded().map(|course| Recorded {
            release: id.to_owned(),
            sentence: course.sentence,
            considered: course.standing != Standing::Eligible,
        }))
    }
}

/// Counts why dates of a decision could not be worked out.
fn count(calculation: &Calculation, reasons: &mut Reasons) {
    let mut add = |kind: Option<String>, why: &Reason| {
        let (_, number) = reasons.entry((kind, why.code)).or_insert((why.title, 0));
        *number = number.saturating_add(1);
    };
    if let Some(why) = &calculation.why_not {
        add(None, why);
    }
    for possible in &calculation.releases {
        if let Some(why) = &possible.why_not {
            add(Some(possible.title.clone()), why);
        }
    }
}

/// The reasons, the most frequent first.
fn told(reasons: Reasons) -> Vec<NotWorkedOut> {
    let told = reasons
        .into_iter()
        .map(|((kind, code), (why, decisions))| NotWorkedOut {
            kind,
            code: code.to_owned(),
            why: why.to_owned(),
            decisions,
        });
    let mut told: Vec<NotWorkedOut> = told.collect();
    told.sort_by_key(|reason| std::cmp::Reverse(reason.decisions));
    told
}
