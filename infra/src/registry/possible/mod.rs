//! From when each decision that is being served allows which kind of release, and whether anybody has considered it: kept as
//! a read model of its own, so that a list costs what it shows.
//!
//! It follows the read models that tell who is held on what, and fills one entry of the ledger after the other: what a
//! decision came to under the rules and records of an entry is worked out as of that entry and stays the answer for it.
//! An entry that touches no decision that is served costs nothing but its look.

mod touched;
mod worked;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use domain::values::Day;

use self::worked::Laws;
use super::Registry;
use super::read::ReadError;
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
    pub(crate) async fn fill_possible(&self) -> Result<(), ReadError> {
        // One at a time: what another works out meanwhile need not be worked out twice.
        let _filling = self.inner.filling.lock().await;
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
            // Who comes second finds that at once, before anything of theirs meets what the first has filled.
            let mut batch = Batch::new();
            batch.run_expecting(
                1,
                "UPDATE possible_progress SET filled = $1 WHERE filled = $2",
                vec![signed(last.saturating_add(1)).into(), signed(from).into()],
            );
            batch.also(self.filled(&entries).await?);
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
            let moment = touched::as_of(entry);
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

    /// What stands of a decision now, as far as it is filled.
    async fn possible_now(&self, sentence: &str) -> Result<Vec<Possible>, StoreError> {
        let sql = format!(
            "SELECT {READ} FROM possible WHERE sentence_id = $1 AND to_index = $2 ORDER BY nth"
        );
        let params = [sentence.into(), OPEN.into()];
        let rows = self.store().database().query(&sql, &params).await?;
        rows.iter().map(Possible::read).collect()
    }
}
