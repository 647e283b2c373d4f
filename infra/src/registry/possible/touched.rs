//! Which decisions that are served an entry of the ledger touches.

use std::collections::{BTreeMap, BTreeSet};

use domain::custody::Custody;
use domain::policy::Policy;
use domain::release::Release;
use domain::sentence::Sentence;
use domain::stream::Stream;
use domain::values::Instant;

use crate::error::StoreError;
use crate::projections::signed;
use crate::registry::Registry;
use crate::registry::moment::Moment;
use crate::registry::read::ReadError;
use crate::store::EventRow;
use crate::store::database::{Value, quoted};

impl Registry {
    /// The entries that may touch decisions that are or were served, each with those decisions, as far as they are stored.
    pub(super) async fn touched<'a>(
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
                Release::TYPE => self.sentence_of_release(entry).await?,
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

    async fn sentence_of_release(&self, entry: &EventRow) -> Result<BTreeSet<String>, ReadError> {
        let found = self
            .found::<Release>(&entry.stream.id, as_of(entry))
            .await?;
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
}

/// As of an entry.
pub(super) fn as_of(entry: &EventRow) -> Moment {
    Moment {
        index: Some(entry.index),
        instant: Instant::from_micros(entry.stored_us),
        past: true,
    }
}
