//! `assize import`: a country's file, by a mapping.

mod lists;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use indicatif::{ProgressBar, ProgressStyle};
use infra::import::{
    Example, ImportFailure, ImportProgress, ImportReport, ImportRequest, Kind, Lists, Mapping,
    RuleReport,
};
use infra::registry::Registry;

use super::output::{Failed, data, json, talk};
use super::{Place, operator};
use crate::pages::numbers::count;

/// Where no terminal shows a bar, the progress is a line after so long.
const BETWEEN_LINES: Duration = Duration::from_secs(10);

/// Bring existing decisions in from a file: CSV (plain, .gz, .xz, .zst) or Parquet.
///
/// Every decision enters as an existing fact, through the register's own rules: what they would have refused of an
/// act becomes a finding. A repeated import adds nothing, an interrupted one goes on where it stopped. How to write
/// a mapping: docs/import.md.
///
/// Where the mapping is of lists, FILE is the folder that holds all of them, or with --kind one of them.
#[derive(Debug, Args)]
pub(super) struct Import {
    /// The file, or the folder of a mapping's lists.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// What the rows of FILE are; decisions of courts, unless the mapping is of lists.
    #[arg(long, value_name = "KIND", value_parser = kinds())]
    kind: Option<Kind>,
    /// How the file is read: a mapping file, or the name of one that comes with the register (mongolia).
    #[arg(long, value_name = "MAPPING")]
    mapping: String,
    /// Only say what would be recorded, recorded with findings, or rejected.
    #[arg(long)]
    dry_run: bool,
    /// Where rejected rows are written; by default FILE.rejects.csv in the current folder.
    #[arg(long, value_name = "REJECTS")]
    rejects: Option<PathBuf>,
    /// Read every row again, although an import of this file has come further.
    #[arg(long)]
    from_start: bool,
    /// Events stored together: 1000 leaves others their turn on a register in use.
    #[arg(long, value_name = "EVENTS", default_value_t = 4_000, value_parser = events)]
    batch: u16,
    /// The report as JSON.
    #[arg(long)]
    json: bool,
}

impl Import {
    pub(super) async fn run(self, place: &Place) -> Result<ExitCode, Failed> {
        let text = mapping_text(&self.mapping)?;
        let of_lists = match self.kind {
            Some(kind) => kind != Kind::Sentences,
            None => Lists::is_meant(&text),
        };
        if of_lists {
            return Box::pin(self.lists(place, &text)).await;
        }
        let mapping = Mapping::parse(&self.mapping, &text).map_err(Failed::usage)?;
        let registry = self.register(place).await?;
        let rejects = self.rejects.clone();
        let rejects = rejects.unwrap_or_else(|| default_rejects(&self.file));
        let mut request = ImportRequest::new(self.file.clone(), mapping);
        request.dry_run = self.dry_run;
        request.from_start = self.from_start;
        request.events_at_once = usize::from(self.batch);
        request.rejects = Some(rejects.clone());
        let mut shown = Shown::new();
        let operator = operator();
        let importing = registry.import(&operator, request, |progress| shown.tell(progress));
        let imported = tokio::select! {
            imported = importing => imported,
            _ = tokio::signal::ctrl_c() => return Err(self.interrupted(&shown)),
        };
        shown.end();
        let report = imported.map_err(|error| failed(&self.mapping, error))?;
        if !self.dry_run {
            registry.catch_up().await.map_err(Failed::failure)?;
        }
        if self.json {
            json(&report);
        } else {
            tell(&report);
            tell_source(&report);
            tell_rejects(&report, &rejects);
        }
        Ok(ExitCode::SUCCESS)
    }

    async fn register(&self, place: &Place) -> Result<Registry, Failed> {
        if self.dry_run {
            place.open_or_empty().await
        } else {
            place.open_or_make().await
        }
    }

    /// What is stored stands, batch by batch whole.
    fn interrupted(&self, shown: &Shown) -> Failed {
        shown.end();
        let kept = if self.dry_run {
            "interrupted: a rehearsal keeps nothing"
        } else {
            "interrupted: what was recorded stands, and the same command goes on after it"
        };
        let kind = self.kind.map(|kind| format!(" --kind {}", kind.word()));
        Failed::interrupted(format!(
            "{kept}:\n  assize import {}{} --mapping {}",
            self.file.display(),
            kind.unwrap_or_default(),
            self.mapping
        ))
    }
}

fn kinds() -> impl TypedValueParser<Value = Kind> {
    let words = PossibleValuesParser::new(Kind::ALL.map(Kind::word));
    words.map(|word| Kind::of(&word).unwrap_or_default())
}

fn events(text: &str) -> Result<u16, &'static str> {
    let events = text.parse().ok();
    events
        .filter(|events| (1..=10_000).contains(events))
        .ok_or("give 1 to 10000 events")
}

fn mapping_text(named: &str) -> Result<String, Failed> {
    match Mapping::built_in(named) {
        Some(text) => Ok(text.to_owned()),
        None => std::fs::read_to_string(named).map_err(|error| {
            Failed::usage(format!(
                "{named} is neither a mapping that comes with the register (mongolia) nor a file that can be \
                 read: {error}\n  how to write one: docs/import.md"
            ))
        }),
    }
}

/// In the current folder: the file's own may be somebody else's.
fn default_rejects(file: &Path) -> PathBuf {
    let mut name: OsString = file.file_name().unwrap_or_default().to_owned();
    name.push(".rejects.csv");
    PathBuf::from(name)
}

fn failed(mapping: &str, error: ImportFailure) -> Failed {
    match error {
        fault @ ImportFailure::NotMapped { .. } => Failed::usage(fault),
        fault @ (ImportFailure::NoRules(_) | ImportFailure::UnknownCircumstance { .. }) => {
            Failed::usage(format!("the mapping {mapping} has 1 fault\n  {fault}"))
        }
        ImportFailure::Denied(denied) => Failed::refused(denied),
        ImportFailure::Store(error) => Failed::failure(format!(
            "{}\n  what was recorded stands: the same command goes on after it",
            infra::error::chain(&error)
        )),
        other => Failed::failure(other),
    }
}

fn tell(report: &ImportReport) {
    let would = if report.dry_run { "would be " } else { "" };
    data(format!(
        "{} {would}recorded, {} of them with findings",
        counted(report.recorded, report.kind.nouns()),
        count(report.with_findings)
    ));
    if !report.dry_run {
        let were = if report.existing == 1 { "was" } else { "were" };
        data(format!("{} {were} recorded before", count(report.existing)));
    }
    if report.passed_over > 0 {
        let rows = counted(report.passed_over, ROWS);
        data(format!("{rows} {would}passed over, as the mapping says"));
    }
    let rows = counted(report.rejected, ROWS);
    data(format!("{rows} {would}rejected"));
    let rules = &report.rules.rules;
    if !rules.is_empty() {
        tell_rules(rules);
        tell_examples("Rejected", rules, |rule| &rule.rejections);
        tell_examples("Noted", rules, |rule| &rule.notes);
    }
}

/// What rows are called.
const ROWS: (&str, &str) = ("row", "rows");

fn tell_source(report: &ImportReport) {
    if let Some(attribution) = &report.attribution {
        talk(format!("Data from: {attribution}"));
    }
    if let Some(id) = report.id {
        talk(format!("The report is kept: /imports/{id}"));
    }
}

fn tell_rejects(report: &ImportReport, rejects: &Path) {
    if report.rules.rejected > 0 {
        talk(format!("Rejected rows: {}", rejects.display()));
    }
}

/// "1 decision", "2 decisions".
fn counted(number: u64, (one, several): (&str, &str)) -> String {
    let what = if number == 1 { one } else { several };
    format!("{} {what}", count(number))
}

fn tell_rules(rules: &[RuleReport]) {
    data("\n  recorded    absent     noted  rejected  rule");
    for rule in rules {
        data(format!(
            "{:>10}{:>10}{:>10}{:>10}  {}",
            count(rule.recorded),
            count(rule.absent()),
            count(rule.with_notes),
            count(rule.rejected),
            rule.rule
        ));
    }
}

fn tell_examples(what: &str, rules: &[RuleReport], of: impl Fn(&RuleReport) -> &Vec<Example>) {
    let mut head = Some(format!("\n{what}, first examples"));
    for rule in rules {
        for example in of(rule) {
            head.take().into_iter().for_each(data);
            let value = match example.value.as_str() {
                "" => String::new(),
                value => format!(" {value:?}"),
            };
            data(format!("  line {}, {}:{value}", example.line, rule.rule));
            data(format!("    {}", example.reason));
        }
    }
}

/// The progress on a terminal as a bar; otherwise a line every ten seconds.
struct Shown {
    bar: ProgressBar,
    told: Instant,
}

impl Shown {
    fn new() -> Self {
        let bar = ProgressBar::new(0);
        let style = ProgressStyle::with_template("{bar:30} {msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        let told = Instant::now();
        Self { bar, told }
    }

    fn tell(&mut self, progress: &ImportProgress) {
        if !self.bar.is_hidden() {
            self.bar.set_length(progress.size);
            self.bar.set_position(progress.bytes);
            self.bar.set_message(said(progress));
        } else if self.told.elapsed() >= BETWEEN_LINES {
            talk(said(progress));
            self.told = Instant::now();
        }
    }

    fn end(&self) {
        self.bar.finish_and_clear();
    }
}

fn said(progress: &ImportProgress) -> String {
    let left = progress
        .seconds_left
        .map_or_else(String::new, |seconds| format!(", {seconds} s left"));
    format!(
        "{} rows, {} rows/s{left}",
        count(progress.rows),
        count(progress.rows_per_second)
    )
}
