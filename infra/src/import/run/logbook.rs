//! What is remembered of an import, written with each of its batches: a killed import has a report too.

use domain::actor::Actor;
use uuid::Uuid;

use super::report::ImportReport;
use super::{ImportFailure, Of, Place};
use crate::access::Call;
use crate::error::StoreError;
use crate::registry::Registry;
use crate::registry::imports::{COLUMNS, Entry, ListedImport, listed};
use crate::store::database::{Batch, Value};

/// The entry of one import.
pub(in crate::import) struct Logbook {
    id: Uuid,
    begun_us: i64,
    mapping: String,
    policy: String,
    by: Actor,
}

impl Logbook {
    pub(in crate::import) fn entry(
        &self,
        place: &Place,
        report: &ImportReport,
        now_us: i64,
    ) -> Batch {
        let kept = Entry {
            mapping: self.mapping.clone(),
            policy: self.policy.clone(),
            by: self.by.clone(),
            report: ImportReport {
                rules: report.rules.without_cells(),
                ..report.clone()
            },
        };
        let mut values = vec![self.id.to_string().into()];
        values.extend(place.key());
        values.extend([self.begun_us, now_us, i64::from(place.done)].map(Value::Int));
        values.push(serde_json::to_string(&kept).unwrap_or_default().into());
        let mut batch = Batch::new();
        batch.run(
            "INSERT INTO import_reports (id, source, file_sha256, mapping_sha256, begun_us, updated_us, done, entry) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO UPDATE SET \
             updated_us = excluded.updated_us, done = excluded.done, entry = excluded.entry",
            values,
        );
        batch
    }
}

impl Registry {
    /// The logbook of an import, and what it had come to before an interruption.
    pub(in crate::import) async fn logbook(
        &self,
        call: &Call,
        of: &Of,
        place: &Place,
    ) -> Result<(Logbook, ImportReport), ImportFailure> {
        let interrupted = match place.last_row {
            0 => None,
            _ => self.interrupted(place).await?,
        };
        let begun_us = self.clock().now_us();
        let (id, begun_us, mut report) = match interrupted {
            Some(import) => (import.id, import.begun.micros(), import.report),
            None => (self.new_stream_id(), begun_us, ImportReport::of(of)),
        };
        report.id = (!of.dry_run).then_some(id);
        report.continued_after = place.last_row;
        let logbook = Logbook {
            id,
            begun_us,
            mapping: of.mapping.clone(),
            policy: of.policy.clone(),
            by: call.actor.clone(),
        };
        Ok((logbook, report))
    }

    async fn interrupted(&self, place: &Place) -> Result<Option<ListedImport>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM import_reports WHERE source = $1 AND file_sha256 = $2 \
             AND mapping_sha256 = $3 AND done = 0 ORDER BY begun_us DESC LIMIT 1"
        );
        let row = self
            .store()
            .database()
            .query_one(&sql, &place.key())
            .await?;
        row.as_ref().map(listed).transpose()
    }
}
