//! Imports as they are remembered: who brought which source in, and what became of it.

use domain::actor::Actor;
use domain::values::Instant;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Registry;
use super::moment::{AsOf, Moment};
use super::read::{Page, ReadError};
use crate::access::{Action, Call, allow};
use crate::error::{Damage, StoreError};
use crate::import::ImportReport;
use crate::store::database::Row;

/// An import of the past, or one that goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListedImport {
    /// Its id.
    pub id: Uuid,
    /// The source, as the mapping names it.
    pub source: String,
    /// What the mapping was called.
    pub mapping: String,
    /// The rules under which the decisions were read.
    pub policy: String,
    /// Who brought it in.
    pub by: Actor,
    /// When it began.
    pub begun: Instant,
    /// When it last stored something.
    pub updated: Instant,
    /// How it stands.
    pub state: ImportState,
    /// What became of the file, without what stood in its cells. Empty as of a moment before `updated`: what it had
    /// come to by then is not kept.
    pub report: ImportReport,
}

impl ListedImport {
    /// Whether what it had come to is known as of the moment that was asked about.
    pub fn is_known(&self) -> bool {
        self.updated > self.begun
    }
}

/// How an import stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportState {
    /// The file was read to its end.
    Finished,
    /// It goes on, or was interrupted.
    Unfinished,
}

/// What of it is kept as one text.
#[derive(Serialize, Deserialize)]
pub(crate) struct Entry {
    pub(crate) mapping: String,
    pub(crate) policy: String,
    pub(crate) by: Actor,
    pub(crate) report: ImportReport,
}

/// What [`listed`] reads of `import_reports`.
pub(crate) const COLUMNS: &str = "id, source, begun_us, updated_us, done, entry";

impl Registry {
    /// The imports begun by a moment, the newest first. `before` is where an earlier page ended.
    pub async fn imports(
        &self,
        call: &Call,
        as_of: AsOf,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Page<ListedImport>, ReadError> {
        allow(call, Action::ReadImports)?;
        let moment = self.moment(as_of).await?;
        let limit = limit.clamp(1, 1_000);
        let sql = format!(
            "SELECT {COLUMNS} FROM import_reports WHERE begun_us <= $1 AND begun_us < $2 \
             ORDER BY begun_us DESC LIMIT {}",
            limit.saturating_add(1)
        );
        let before = before.unwrap_or(i64::MAX);
        let params = [latest(moment).into(), before.into()];
        let rows = self.store().database().query(&sql, &params).await?;
        let mut rows: Vec<_> = rows.iter().map(listed).collect::<Result<_, _>>()?;
        let most = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = rows.len() > most;
        rows.truncate(most);
        let next = rows.last().filter(|_| more).map(|row| row.begun.micros());
        let known = |row| for_reader(as_known(row, moment), call);
        let rows: Vec<_> = rows.into_iter().map(known).collect();
        let shown = rows.iter().map(|row| format!("import/{}", row.id));
        self.consulted(call, shown.collect()).await?;
        Ok(Page { rows, next, moment })
    }

    /// One import as of a moment.
    pub async fn import_report(
        &self,
        call: &Call,
        id: &str,
        as_of: AsOf,
    ) -> Result<ListedImport, ReadError> {
        allow(call, Action::ReadImports)?;
        let moment = self.moment(as_of).await?;
        let sql = format!("SELECT {COLUMNS} FROM import_reports WHERE id = $1 AND begun_us <= $2");
        let params = [id.into(), latest(moment).into()];
        let row = self.store().database().query_one(&sql, &params).await?;
        let row = row.ok_or_else(|| ReadError::Unknown {
            what: "import",
            id: id.to_owned(),
            past: moment.past,
        })?;
        let import = for_reader(as_known(listed(&row)?, moment), call);
        let shown = vec![format!("import/{}", import.id)];
        self.consulted(call, shown).await?;
        Ok(import)
    }

    async fn consulted(&self, call: &Call, shown: Vec<String>) -> Result<(), StoreError> {
        let log = &self.inner.consultations;
        log.write(call, Action::ReadImports, shown).await
    }
}

/// Until when something may have happened to be known at a moment.
fn latest(moment: Moment) -> i64 {
    if moment.past {
        moment.instant.micros()
    } else {
        i64::MAX
    }
}

/// An import as it was known at a moment.
fn as_known(mut import: ListedImport, moment: Moment) -> ListedImport {
    if import.updated.micros() > latest(moment) {
        import.state = ImportState::Unfinished;
        import.updated = import.begun;
        import.report = ImportReport {
            id: import.report.id,
            kind: import.report.kind,
            source: import.report.source,
            attribution: import.report.attribution,
            ..ImportReport::default()
        };
    }
    import
}

/// An import without the way to cases, for somebody who may not read them.
fn for_reader(mut import: ListedImport, call: &Call) -> ListedImport {
    if allow(call, Action::ReadCase).is_err() {
        import.report.rules.forget_sentences();
    }
    import
}

/// An import from its row.
pub(crate) fn listed(row: &Row) -> Result<ListedImport, StoreError> {
    let unreadable = |what: &str| StoreError::from(Damage::new(format!("an import's {what}")));
    let id = row.text(0)?.parse().map_err(|_| unreadable("id"))?;
    let entry: Entry = serde_json::from_str(row.text(5)?)
        .map_err(|error| unreadable(&format!("report cannot be read: {error}")))?;
    Ok(ListedImport {
        id,
        source: row.text(1)?.to_owned(),
        mapping: entry.mapping,
        policy: entry.policy,
        by: entry.by,
        begun: Instant::from_micros(row.int(2)?),
        updated: Instant::from_micros(row.int(3)?),
        state: match row.int(4)? {
            0 => ImportState::Unfinished,
            _ => ImportState::Finished,
        },
        report: entry.report,
    })
}
