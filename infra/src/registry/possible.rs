//! From when each decision that is being served allows which kind of release, and whether anybody has considered it: kept as
//! a read model of its own, so that a list costs what it shows.
//!
//! It follows the read models that tell who is held on what, and fills one entry of the ledger after the other: what a
//! decision came to under the rules and records of an entry is worked out as of that entry and stays the answer for it.
//! An entry that touches no decision that is served costs nothing but its look.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use domain::custody::Custody;
use domain::jurisdiction::Pack;
use domain::policy::Policy;
use domain::release::{Release, Standing as ReleaseStanding};
use domain::sentence::Sentence;
use domain::serving::Calculation;
use domain::stream::Stream;
use domain::values::{Day, Instant, SentenceId};

use super::Registry;
use super::moment::Moment;
use super::read::ReadError;
use super::serving::{used_of, worked_out};
use crate::error::{Damage, StoreError};
use crate::projections::{OPEN, signed};
use crate::store::EventRow;
use crate::store::database::{Batch, Row, Value};

/// How many entries are filled together.
const PAGE: u64 = 500;
/// How long the service waits before it looks again.
const PATIENCE: Duration = Duration::from_secs(5);
/// The read models that this one rests on.
const RESTS_ON: [&str; 3] = ["stays", "serving", "cases"];

const COLUMNS: [&str; 17] = [
    "possible_id",
    "from_index",
    "to_index",
    "sentence_id",
    "person_id",
    "jurisdiction",
    "custody_id",
    "facility",
    "nth",
    "kind",
    "title",
    "by_law",
    "eligible",
    "considered",
    "release_id",
    "why",
    "why_title",
];

/// The rules in force, by the jurisdiction, as of one entry.
type Laws = BTreeMap<String, Arc<Pack>>;

/// What stands of a decision that is being served: once for itself, with `nth` 0, and once for each kind of release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Possible {
    pub(super) sentence: String,
    pub(super) person: String,
    pub(super) jurisdiction: String,
    pub(super) stay: Option<String>,
    pub(super) facility: Option<String>,
    pub(super) nth: i64,
    pub(super) kind: Option<String>,
    pub(super) title: Option<String>,
    pub(super) by_law: bool,
    pub(super) eligible: Option<Day>,
    pub(super) considered: bool,
    pub(super) release: Option<String>,
    pub(super) why: Option<(String, String)>,
}

impl Possible {
    fn values(&self, index: u64) -> Vec<Value> {
        let (why, why_title) = self.why.clone().unzip();
        let id = format!("{}/{}", self.sentence, self.nth);
        vec![
            id.into(),
            signed(index).into(),
            OPEN.into(),
            self.sentence.as_str().into(),
            self.person.as_str().into(),
            self.jurisdiction.as_str().into(),
            self.stay.clone().into(),
            self.facility.clone().into(),
            self.nth.into(),
            self.kind.clone().into(),
            self.title.clone().into(),
            i64::from(self.by_law).into(),
            self.eligible.map(|day| day.to_string()).into(),
            i64::from(self.considered).into(),
            self.release.clone().into(),
            why.into(),
            why_title.into(),
        ]
    }

    /// From a row of [`READ`].
    pub(super) fn read(row: &Row) -> Result<Self, StoreError> {
        let own = |column: usize| row.text(column).map(str::to_owned);
        let maybe = |column: usize| Ok::<_, StoreError>(row.maybe_text(column)?.map(str::to_owned));
        let eligible = row.maybe_text(9)?.map(str::parse::<Day>).transpose();
        let eligible = eligible.map_err(|_| Damage::new("a day of release cannot be read"))?;
        Ok(Self {
            sentence: own(0)?,
            person: own(1)?,
            jurisdiction: own(2)?,
            stay: maybe(3)?,
            facility: maybe(4)?,
            nth: row.int(5)?,
            kind: maybe(6)?,
            title: maybe(7)?,
            by_law: row.int(8)? == 1,
            eligible,
            considered: row.int(10)? == 1,
            release: maybe(11)?,
            why: maybe(12)?.zip(maybe(13)?),
        })
    }
}

/// The columns that [`Possible::read`] takes, in their order.
pub(super) const READ: &str = "sentence_id, person_id, jurisdiction, custody_id, facility, nth, kind, title, by_law, \
     eligible, considered, release_id, why, why_title";

/// A decision that is being served.
struct Served {
    person: String,
    jurisdiction: String,
    stay: Option<String>,
    facility: Option<String>,
}

impl Registry {
    /// Follows the ledger for as long as the process lives.
    pub(super) async fn follow_possible(self) {
        let mut grown = self.store_grown();
        loop {
            if let Err(error) = self.fill_possible().await {
                tracing::error!(%error, "who could be released is not followed, and is tried again");
            }
            // Many entries are filled at once; whoever asks meanwhile fills what is missing.
            tokio::time::sleep(PATIENCE).await;
            if grown.changed().await.is_err() {
                return;
            }
        }
    }

    /// Fills what is missing, as far as the read models reach that it rests on.
    pub(super) async fn fill_possible(&self) -> Result<(), ReadError> {
        loop {
            let from = self.possible_up_to().await?;
            let standings = self.projections().standings().await?;
            let live = standings.iter().filter(|s| s.live);
            let live = live.filter(|s| RESTS_ON.contains(&s.name.as_str()));
            let filed = live.map(|s| s.checkpoint).min().unwrap_or_default();
            if from >= filed {
                return Ok(());
            }
            let entries = self
                .store()
                .page(from, PAGE.min(filed.saturating_sub(from)))
                .await?;
            let Some(last) = entries.last().map(|entry| entry.index) else {
                return Ok(());
            };
            let mut batch = self.filled(&entries).await?;
            batch.run_expecting(
                1,
                "UPDATE possible_progress SET filled = $1 WHERE filled = $2",
                vec![signed(last.saturating_add(1)).into(), signed(from).into()],
            );
            match self.store().database().transaction(batch).await {
                // Somebody else filled it meanwhile.
                Ok(_) | Err(StoreError::Moved { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Every entry below this number is filled.
    async fn possible_up_to(&self) -> Result<u64, StoreError> {
        let sql = "SELECT filled FROM possible_progress";
        let row = self.store().database().query_one(sql, &[]).await?;
        let row = row.ok_or_else(|| Damage::new("how far the dates of release reach is lost"))?;
        row.count(0)
    }

    /// Forgets everything that was filled, so that it is worked out anew.
    pub async fn clear_possible(&self) -> Result<(), StoreError> {
        let mut batch = Batch::new();
        batch.run("DELETE FROM possible", Vec::new());
        batch.run("DELETE FROM possible_follows", Vec::new());
        batch.run("UPDATE possible_progress SET filled = 0", Vec::new());
        self.store().database().transaction(batch).await.map(drop)
    }

    /// What some entries change.
    async fn filled(&self, entries: &[EventRow]) -> Result<Batch, ReadError> {
        let mut batch = Batch::new();
        let mut known: BTreeMap<String, Vec<Possible>> = BTreeMap::new();
        // What was found here to follow an earlier decision, and is not stored yet.
        let mut following: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (entry, mut sentences) in self.touched(entries).await? {
            let touched = sentences.iter().chain([&entry.stream.id]);
            let found = touched
                .filter_map(|earlier| following.get(earlier))
                .flatten();
            let found: Vec<String> = found.cloned().collect();
            sentences.extend(found);
            let moment = Moment {
                index: Some(entry.index),
                instant: Instant::from_micros(entry.stored_us),
                past: true,
            };
            let mut laws = Laws::new();
            for sentence in sentences {
                let (rows, follows) = self.possible_of(&sentence, moment, &mut laws).await?;
                let before = match known.get(&sentence) {
                    Some(before) => before.clone(),
                    None => self.possible_now(&sentence).await?,
                };
                for earlier in follows {
                    let of = following.entry(earlier.clone()).or_default();
                    of.insert(sentence.clone());
                    let sql = "INSERT INTO possible_follows (earlier_id, sentence_id) VALUES ($1, $2) \
                               ON CONFLICT DO NOTHING";
                    batch.run(sql, vec![earlier.into(), sentence.as_str().into()]);
                }
                if rows != before {
                    let sql = "UPDATE possible SET to_index = $1 WHERE sentence_id = $2 AND to_index = $3";
                    let params = vec![
                        signed(entry.index).into(),
                        sentence.as_str().into(),
                        OPEN.into(),
                    ];
                    batch.run(sql, params);
                    let values = rows.iter().map(|row| row.values(entry.index)).collect();
                    batch.insert_many("possible", &COLUMNS, values);
                }
                known.insert(sentence, rows);
            }
        }
        Ok(batch)
    }

    /// The entries that may touch decisions that are or were served, each with those decisions, as far as they are stored.
    async fn touched<'a>(
        &self,
        entries: &'a [EventRow],
    ) -> Result<Vec<(&'a EventRow, BTreeSet<String>)>, ReadError> {
        let of_kind = |kind: &str| -> Vec<&str> {
            let of_it = entries.iter().filter(|entry| entry.stream.kind == kind);
            let ids: BTreeSet<&str> = of_it.map(|entry| entry.stream.id.as_str()).collect();
            ids.into_iter().collect()
        };
        let stays = self.sentences_of_stays(&of_kind(Custody::TYPE)).await?;
        let served = self.ever_served(&of_kind(Sentence::TYPE)).await?;
        let mut touched = Vec::new();
        for entry in entries {
            let id = &entry.stream.id;
            let mut own: BTreeSet<String> = match entry.stream.kind.as_str() {
                Custody::TYPE => stays.get(id).cloned().unwrap_or_default(),
                Sentence::TYPE => served.get(id).cloned().unwrap_or_default(),
                Release::TYPE => self.sentence_of_release(id, entry.index).await?,
                Policy::TYPE => self.served_under(id, entry.index).await?,
                _ => continue,
            };
            if entry.stream.kind == Custody::TYPE {
                for sentence in own.clone() {
                    own.extend(self.following(&sentence).await?);
                }
            }
            touched.push((entry, own));
        }
        Ok(touched)
    }

    /// The decisions on which each of some stays ever rested.
    async fn sentences_of_stays(
        &self,
        stays: &[&str],
    ) -> Result<BTreeMap<String, BTreeSet<String>>, StoreError> {
        if stays.is_empty() {
            return Ok(BTreeMap::new());
        }
        let generation = self.projections().live_generation("stays").await?;
        let sql = format!(
            "SELECT DISTINCT custody_id, sentence_id FROM stays WHERE generation = $1 \
             AND sentence_id IS NOT NULL AND custody_id IN ({})",
            quoted(stays)
        );
        self.paired(&sql, vec![generation.into()]).await
    }

    /// Of some decisions those that were ever served, by themselves, and those that follow them.
    async fn ever_served(
        &self,
        sentences: &[&str],
    ) -> Result<BTreeMap<String, BTreeSet<String>>, StoreError> {
        if sentences.is_empty() {
            return Ok(BTreeMap::new());
        }
        let ids = quoted(sentences);
        let stays = self.projections().live_generation("stays").await?;
        let serving = self.projections().live_generation("serving").await?;
        let sql = format!(
            "SELECT sentence_id, sentence_id FROM stays WHERE generation = $1 AND sentence_id IN ({ids}) \
             UNION SELECT sentence_id, sentence_id FROM serving WHERE generation = $2 AND sentence_id IN ({ids}) \
             UNION SELECT earlier_id, sentence_id FROM possible_follows WHERE earlier_id IN ({ids})"
        );
        self.paired(&sql, vec![stays.into(), serving.into()]).await
    }

    /// Rows of two ids, by the first.
    async fn paired(
        &self,
        sql: &str,
        params: Vec<Value>,
    ) -> Result<BTreeMap<String, BTreeSet<String>>, StoreError> {
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for row in self.store().database().query(sql, &params).await? {
            let of = found.entry(row.text(0)?.to_owned()).or_default();
            of.insert(row.text(1)?.to_owned());
        }
        Ok(found)
    }

    /// The decisions that are served and follow another.
    async fn following(&self, earlier: &str) -> Result<BTreeSet<String>, StoreError> {
        let sql = "SELECT sentence_id FROM possible_follows WHERE earlier_id = $1";
        let rows = self
            .store()
            .database()
            .query(sql, &[earlier.into()])
            .await?;
        rows.iter().map(|row| Ok(row.text(0)?.to_owned())).collect()
    }

    async fn sentence_of_release(
        &self,
        id: &str,
        index: u64,
    ) -> Result<BTreeSet<String>, ReadError> {
        let moment = as_of(index);
        let found = self.found::<Release>(id, moment).await?;
        let course = found.state.recorded();
        Ok(course
            .map(|course| course.sentence.to_string())
            .into_iter()
            .collect())
    }

    /// The decisions that are served under the rules of a jurisdiction as of an entry.
    async fn served_under(
        &self,
        jurisdiction: &str,
        index: u64,
    ) -> Result<BTreeSet<String>, StoreError> {
        let mut found = BTreeSet::new();
        for (table, condition) in [
            ("stays", "goes_on = 1 AND sentence_id IS NOT NULL"),
            ("serving", "serves = 1"),
        ] {
            let generation = self.projections().live_generation(table).await?;
            let sql = format!(
                "SELECT DISTINCT sentence_id FROM {table} WHERE generation = $1 AND from_index <= $2 \
                 AND to_index > $3 AND jurisdiction = $4 AND {condition}"
            );
            let index: Value = signed(index).into();
            let params = [generation.into(), index.clone(), index, jurisdiction.into()];
            for row in self.store().database().query(&sql, &params).await? {
                found.insert(row.text(0)?.to_owned());
            }
        }
        Ok(found)
    }

    /// What stands of a decision now, as far as it is filled.
    async fn possible_now(&self, sentence: &str) -> Result<Vec<Possible>, StoreError> {
        let sql = format!(
            "SELECT {READ} FROM possible WHERE sentence_id = $1 AND to_index = $2 ORDER BY nth"
        );
        let params = [sentence.into(), OPEN.into()];
        let rows = self.store().database().query(&sql, &params).await?;
        rows.iter().map(Possible::read).collect()
    }

    /// What stands of a decision as of a moment, worked out, and the decisions that it follows; nothing of one that is not
    /// served.
    pub(super) async fn possible_of(
        &self,
        sentence: &str,
        moment: Moment,
        laws: &mut BTreeMap<String, Arc<Pack>>,
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
        let why =
            |reason: &domain::serving::Reason| (reason.code.to_owned(), reason.title.to_owned());
        let mut rows = vec![Possible {
            why: calculation.why_not.as_ref().map(why),
            ..row(0)
        }];
        for (possible, nth) in calculation.releases.iter().zip(1..) {
            let kind = possible.kind.to_string();
            let (considered, release) = self
                .considered(sentence, &served.person, &kind, moment)
                .await?;
            rows.push(Possible {
                kind: Some(kind),
                title: Some(possible.title.clone()),
                by_law: possible.by_law,
                eligible: possible.eligible,
                why: possible.why_not.as_ref().map(why),
                considered,
                release,
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
        let follows = used
            .follows()
            .chain(earlier.iter().flat_map(|used| used.follows()));
        let follows = follows.map(|earlier| earlier.to_string()).collect();
        Ok(Some((worked_out(&used, &earlier, &law), follows)))
    }

    /// Whether anybody has considered somebody for a kind of release from a decision, and the release in which nobody has.
    async fn considered(
        &self,
        sentence: &str,
        person: &str,
        kind: &str,
        moment: Moment,
    ) -> Result<(bool, Option<String>), ReadError> {
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
            match course.map(|course| course.standing) {
                Some(ReleaseStanding::Eligible) => waiting = Some(id.to_owned()),
                Some(_) => considered = true,
                None => {}
            }
        }
        Ok((considered, waiting))
    }
}

/// As of an entry, for what asks no instant.
fn as_of(index: u64) -> Moment {
    Moment {
        index: Some(index),
        instant: Instant::from_micros(0),
        past: true,
    }
}

fn quoted(ids: &[&str]) -> String {
    let ids: Vec<String> = ids
        .iter()
        .map(|id| format!("'{}'", id.replace('\'', "''")))
        .collect();
    ids.join(", ")
}
