//! Lists brought into the register: each file by itself, every batch whole.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::jurisdiction::Pack;

use super::desk::{Desk, OfOrders};
use super::kind::Kind;
use super::kinds::{List, ReadsRow};
use super::mapping::Lists;
use super::source::{Given, ListRow, ListSource};
use super::tell::Tells;
use crate::access::{Action, Call, allow};
use crate::bulk::{EVENTS_AT_ONCE, Refused, store_following};
use crate::import::run::{
    ImportFailure, ImportProgress, ImportReport, Logbook, Of, Part, Place, Rejected, Totals,
};
use crate::import::{DryRun, Example, Rejection};
use crate::registry::Registry;
use crate::store::Stored;

/// How many events a row becomes at most, roughly: batches are counted in rows.
const EVENTS_A_ROW: usize = 4;

/// How often a batch is decided anew because a stream of it moved meanwhile.
const TRIES: u32 = 8;

/// Rows of requirements read at once, before orders are made with them.
const ROWS_AHEAD: usize = 1_000;

/// Which lists are to be imported, and how.
#[derive(Debug, Clone)]
pub struct ListsRequest {
    /// The files, each after those that it refers to.
    pub files: Vec<Listed>,
    /// How they are read.
    pub mapping: Lists,
    /// Whether only to say what would be recorded.
    pub dry_run: bool,
    /// Whether every row is read again although an import of a file under this mapping has come further. What is
    /// recorded is recognised either way.
    pub from_start: bool,
    /// Events stored together, about.
    pub events_at_once: usize,
}

/// A file of one kind of list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// What its rows are.
    pub kind: Kind,
    /// The file.
    pub path: PathBuf,
    /// Where rejected rows are written; nowhere by default.
    pub rejects: Option<PathBuf>,
}

impl ListsRequest {
    /// The import of files.
    pub fn new(files: Vec<Listed>, mapping: Lists) -> Self {
        Self {
            files,
            mapping,
            dry_run: false,
            from_start: false,
            events_at_once: EVENTS_AT_ONCE,
        }
    }

    fn of(&self, kind: Kind) -> Of {
        Of {
            kind,
            source: self.mapping.source.clone(),
            attribution: self.mapping.attribution.clone(),
            policy: self.mapping.policy.clone(),
            mapping: self.mapping.name().to_owned(),
            digest: self.mapping.digest(kind),
            dry_run: self.dry_run,
        }
    }

    fn rows_at_once(&self) -> usize {
        self.events_at_once.div_ceil(EVENTS_A_ROW).max(1)
    }
}

impl Registry {
    /// Brings lists in, and what follows from them; a report for each file. `progress` is called after each batch.
    pub async fn import_lists(
        &self,
        call: &Call,
        request: &ListsRequest,
        mut progress: impl FnMut(&ImportProgress) + Send,
    ) -> Result<Vec<ImportReport>, ImportFailure> {
        allow(call, Action::Import)?;
        let rules = self.import_rules(&request.mapping.policy).await?;
        let law: Arc<Pack> = self.adopted(call, rules, request.dry_run).await?;
        let source = &request.mapping.source;
        let mut work = Work {
            desk: Desk::new(self, call, law, source, request.dry_run).await?,
            registry: self,
            call,
            request,
        };
        if !request.dry_run {
            self.processes().catch_up().await?;
        }
        let mut reports = Vec::new();
        for listed in &request.files {
            reports.push(Box::pin(work.list(listed, &mut progress)).await?);
        }
        if !request.dry_run {
            self.processes().catch_up().await?;
        }
        Ok(reports)
    }
}

/// The import of lists under way.
struct Work<'w> {
    desk: Desk,
    registry: &'w Registry,
    call: &'w Call,
    request: &'w ListsRequest,
}

/// A file of a list under way.
struct Open<'w, P> {
    kind: Kind,
    source: ListSource<P>,
    place: Place,
    rejects: Rejected,
    rejects_to: Option<PathBuf>,
    logbook: Logbook,
    totals: Totals,
    /// What the register's own rules have found.
    own: DryRun,
    progress: &'w mut (dyn FnMut(&ImportProgress) + Send),
}

impl Work<'_> {
    async fn list(
        &mut self,
        listed: &Listed,
        progress: &mut (dyn FnMut(&ImportProgress) + Send),
    ) -> Result<ImportReport, ImportFailure> {
        let lists = &self.request.mapping;
        match listed.kind {
            Kind::Sentences => Err(not_mapped(lists, listed.kind)),
            Kind::Orders => {
                self.with_requirements(listed).await?;
                Box::pin(self.bring_in(lists.orders.as_ref(), listed, progress)).await
            }
            Kind::Requirements => {
                let list = lists.requirements.as_ref();
                Box::pin(self.bring_in(list, listed, progress)).await
            }
            Kind::Appointments => {
                let list = lists.appointments.as_ref();
                Box::pin(self.bring_in(list, listed, progress)).await
            }
            Kind::Violations => {
                let list = lists.violations.as_ref();
                Box::pin(self.bring_in(list, listed, progress)).await
            }
            Kind::Endings => {
                Box::pin(self.bring_in(lists.endings.as_ref(), listed, progress)).await
            }
            Kind::Pretrial => {
                Box::pin(self.bring_in(lists.pretrial.as_ref(), listed, progress)).await
            }
            Kind::Releases => {
                Box::pin(self.bring_in(lists.releases.as_ref(), listed, progress)).await
            }
        }
    }

    /// An order is made with its requirements: where they are mapped, their rows are read first.
    async fn with_requirements(&mut self, orders: &Listed) -> Result<(), ImportFailure> {
        let lists = self.request.mapping.clone();
        let folder = orders.path.parent().unwrap_or(Path::new("")).to_owned();
        let read = move || requirements(&lists, &folder);
        let read = tokio::task::spawn_blocking(read).await;
        self.desk.requirements = read.map_err(|_| ImportFailure::Stopped)??;
        Ok(())
    }

    async fn bring_in<L: List>(
        &mut self,
        list: Option<&L>,
        listed: &Listed,
        progress: &mut (dyn FnMut(&ImportProgress) + Send),
    ) -> Result<ImportReport, ImportFailure>
    where
        <L::Plan as ReadsRow>::Row: Tells,
    {
        let (registry, request) = (self.registry, self.request);
        let list = list.ok_or_else(|| not_mapped(&request.mapping, listed.kind))?;
        let of = request.of(listed.kind);
        // What is wrong with a file shows in its first rows mostly, and before all of it is read for its fingerprint.
        let open = || ListSource::open(&listed.path, &request.mapping, list);
        let mut source = open().map_err(ImportFailure::File)?;
        let mut place = registry.place(&listed.path, &of).await?;
        if place.done && !request.from_start && !request.dry_run {
            return Ok(place.repeated(&of));
        }
        if request.from_start || request.dry_run {
            place.begin_anew();
        }
        let rejects = Rejected::open(listed.rejects.as_deref(), place.last_row)?;
        let (logbook, earlier) = registry.logbook(self.call, &of, &place).await?;
        source.continue_after(place.last_row);
        let open = Open {
            kind: listed.kind,
            source,
            place,
            rejects,
            rejects_to: listed.rejects.clone(),
            logbook,
            totals: Totals::new(registry.clock().clone(), earlier),
            own: DryRun::default(),
            progress,
        };
        let projections = registry.projections();
        projections.follow_while(self.all(open)).await
    }

    /// Every batch of a file, to its end.
    async fn all<P: ReadsRow>(
        &mut self,
        mut open: Open<'_, P>,
    ) -> Result<ImportReport, ImportFailure>
    where
        P::Row: Tells,
    {
        let most = self.request.rows_at_once();
        loop {
            let mut source = open.source;
            let read = move || {
                let (given, fault) = source.some(most);
                (source, given, fault)
            };
            let read = tokio::task::spawn_blocking(read).await;
            let (source, given, fault) = read.map_err(|_| ImportFailure::Stopped)?;
            open.source = source;
            let last = fault.is_none() && given.len() < most;
            // What was read before a fault stands.
            self.batch(&mut open, &given, last).await?;
            if let Some(fault) = fault {
                return Err(ImportFailure::File(fault));
            }
            if last {
                self.noted(&open).await?;
                return Ok(open.totals.so_far);
            }
        }
    }

    /// Notes what the file came to, with the entries that it became.
    async fn noted<P>(&self, open: &Open<'_, P>) -> Result<(), ImportFailure> {
        if self.request.dry_run {
            return Ok(());
        }
        let now = self.registry.clock().now_us();
        let last = open.logbook.entry(&open.place, &open.totals.so_far, now);
        self.registry.store().database().transaction(last).await?;
        Ok(())
    }

    /// Decides a batch and stores it; decides it anew where somebody else went on with a stream of it meanwhile.
    async fn batch<P: ReadsRow>(
        &mut self,
        open: &mut Open<'_, P>,
        given: &[Given<P::Row>],
        last: bool,
    ) -> Result<(), ImportFailure>
    where
        P::Row: Tells,
    {
        let before = open.place.clone();
        for _ in 0..TRIES {
            let (part, own) = self.decided(open, given, last).await?;
            open.place = before.clone();
            open.place.take(&part);
            open.rejects.write(&part)?;
            let report = open.totals.with(&part, &BTreeSet::new());
            if self.request.dry_run {
                open.told(&part, own, report, None);
                return Ok(());
            }
            let now = self.registry.clock().now_us();
            let mut also = open.place.checkpoint(now);
            also.also(open.logbook.entry(&open.place, &report, now));
            let kept = store_following(self.registry, &part.blocks, also).await?;
            self.desk.clear();
            if let Some(kept) = kept {
                open.told(&part, own, report, kept.stored);
                return Ok(());
            }
            open.take_back_rejects(before.last_row)?;
        }
        Err(ImportFailure::Busy)
    }

    /// Decides the rows of a batch, each whole or not at all; with it what the register's own rules have found by then.
    async fn decided<P: ReadsRow>(
        &mut self,
        open: &Open<'_, P>,
        given: &[Given<P::Row>],
        last: bool,
    ) -> Result<(Part, DryRun), ImportFailure>
    where
        P::Row: Tells,
    {
        let mut part = Part {
            blocks: Vec::new(),
            rejections: Vec::new(),
            existing: 0,
            passed_over: 0,
            last_row: open.source.row(),
            progress: open.source.progress(),
            report: open.source.report(),
            last,
        };
        let mut own = open.own.clone();
        for given in given {
            match given {
                Given::PassedOver => part.passed_over = part.passed_over.saturating_add(1),
                Given::Rejected(rejection) => part.rejections.push(rejection.clone()),
                Given::Row(row) => self.row(open.kind, row, &mut part, &mut own).await?,
            }
        }
        let recorded = u64::try_from(part.blocks.len()).unwrap_or(u64::MAX);
        own.decisions = open.own.decisions.saturating_add(recorded);
        part.report.decisions = own.decisions;
        part.report.rejected = part.report.rejected.saturating_add(own.rejected);
        part.report.rules.extend(own.rules.iter().cloned());
        Ok((part, own))
    }

    async fn row<R: Tells>(
        &mut self,
        kind: Kind,
        row: &ListRow<R>,
        part: &mut Part,
        own: &mut DryRun,
    ) -> Result<(), ImportFailure> {
        let example = |reason: String| Example {
            line: row.line,
            reason,
            ..Example::default()
        };
        let mut telling = self.desk.row(kind, &row.key);
        match row.said.tell(&mut telling).await {
            Ok(()) => {
                let told = telling.finish();
                if told.is_known() {
                    part.existing = part.existing.saturating_add(1);
                    return Ok(());
                }
                let (block, notes) = self.desk.keep(told);
                for note in notes {
                    own.note(note.rule, || example(note.said));
                }
                for finding in &block.findings {
                    own.note(&finding.code, || example(finding.said.clone()));
                }
                part.blocks.push(block);
            }
            Err(Refused::Rule {
                code,
                field,
                named,
                said,
                ..
            }) => {
                own.reject(code, 1, || example(said.clone()));
                let rejection = Rejection::by_rule(
                    (row.rows(), row.line),
                    code,
                    &field,
                    named.as_deref(),
                    said,
                );
                part.rejections.push(rejection);
            }
            Err(Refused::Store(error)) => return Err(error.into()),
        }
        Ok(())
    }
}

impl<P> Open<'_, P> {
    /// A batch is told: what it came to stands.
    fn told(&mut self, part: &Part, own: DryRun, report: ImportReport, stored: Option<Stored>) {
        self.own = own;
        self.totals.take(report, stored);
        (self.progress)(&self.totals.progress(part.progress));
    }

    /// The rejected rows of a batch that is decided anew are written anew.
    fn take_back_rejects(&mut self, after: u64) -> Result<(), ImportFailure> {
        // Closed first: what closes removes a file without rows.
        self.rejects = Rejected::open(None, after)?;
        self.rejects = Rejected::open(self.rejects_to.as_deref(), after)?;
        Ok(())
    }
}

/// The rows of all requirements in a folder, by the key of their order.
fn requirements(lists: &Lists, folder: &Path) -> Result<OfOrders, ImportFailure> {
    let mut rows = OfOrders::new();
    let Some(list) = &lists.requirements else {
        return Ok(rows);
    };
    let mut seen = BTreeSet::new();
    let files = lists.files_of(Kind::Requirements, folder);
    for path in files.map_err(|source| ImportFailure::unread(folder, source))? {
        let mut source = ListSource::open(&path, lists, list).map_err(ImportFailure::File)?;
        loop {
            let (given, fault) = source.some(ROWS_AHEAD);
            if let Some(fault) = fault {
                return Err(ImportFailure::File(fault));
            }
            let is_last = given.len() < ROWS_AHEAD;
            for given in given {
                if let Given::Row(row) = given
                    && seen.insert(row.key.clone())
                {
                    rows.entry(row.said.order.clone()).or_default().push(row);
                }
            }
            if is_last {
                break;
            }
        }
    }
    Ok(rows)
}

/// The mapping has no such list.
fn not_mapped(lists: &Lists, kind: Kind) -> ImportFailure {
    let mapped = lists.kinds();
    let mapped: Vec<&str> = mapped.iter().map(|kind| kind.word()).collect();
    ImportFailure::NotMapped {
        named: lists.name().to_owned(),
        kind,
        mapped: mapped.join(", "),
    }
}
