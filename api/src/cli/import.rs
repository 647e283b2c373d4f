//! `assize import`: a country's file, by a mapping.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use infra::import::{ImportFailure, ImportProgress, ImportReport, ImportRequest, Mapping};

use super::output::{Failed, data, json, talk};
use super::{Place, operator};

/// Bring existing decisions in from a file: CSV (plain, .gz, .xz, .zst) or Parquet.
#[derive(Debug, Args)]
pub(super) struct Import {
    /// The file.
    file: PathBuf,
    /// How the file is read: a mapping file, or the name of one that comes with the register (mongolia).
    #[arg(long)]
    mapping: String,
    /// Only say what would be recorded, recorded with findings, or rejected.
    #[arg(long)]
    dry_run: bool,
    /// Where rejected rows are written; by default beside the file.
    #[arg(long)]
    rejects: Option<PathBuf>,
    /// Read every row again, although an import of this file has come further.
    #[arg(long)]
    from_start: bool,
    /// The report as JSON.
    #[arg(long)]
    json: bool,
}

impl Import {
    pub(super) async fn run(self, place: &Place) -> Result<ExitCode, Failed> {
        let mapping = mapping(&self.mapping)?;
        let registry = place.open().await?;
        let mut request = ImportRequest::new(self.file.clone(), mapping);
        request.dry_run = self.dry_run;
        request.from_start = self.from_start;
        request.rejects = Some(
            self.rejects
                .clone()
                .unwrap_or_else(|| rejects_beside(&self.file)),
        );
        let mut shown = Shown::new();
        let imported = registry
            .import(&operator(), request, |progress| shown.tell(progress))
            .await;
        shown.end();
        let report = imported.map_err(failed)?;
        if !self.dry_run {
            registry.catch_up().await.map_err(Failed::failure)?;
        }
        if self.json {
            json(&report);
        } else {
            tell(&report);
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn mapping(named: &str) -> Result<Mapping, Failed> {
    let text = match Mapping::built_in(named) {
        Some(text) => text.to_owned(),
        None => std::fs::read_to_string(named).map_err(|error| {
            Failed::usage(format!(
                "{named} is neither a mapping that comes with the register nor a file that can be read: {error}"
            ))
        })?,
    };
    Mapping::parse(named, &text).map_err(Failed::usage)
}

fn rejects_beside(file: &std::path::Path) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".rejects.csv");
    PathBuf::from(name)
}

fn failed(error: ImportFailure) -> Failed {
    match error {
        ImportFailure::Denied(denied) => Failed::refused(denied),
        other => Failed::failure(other),
    }
}

fn tell(report: &ImportReport) {
    let would = if report.dry_run { "would be " } else { "" };
    data(format!(
        "{} decisions {would}recorded, {} of them with findings",
        report.recorded, report.with_findings
    ));
    data(format!("{} were recorded before", report.existing));
    data(format!("{} rows {would}rejected", report.rejected));
    for (code, count) in &report.findings {
        data(format!("{count:>10}  {code}"));
    }
    if let Some(attribution) = &report.attribution {
        talk(format!("Source: {attribution}"));
    }
    talk(format!("{} events in {} ms", report.events, report.millis));
}

/// The progress on a terminal as a bar; otherwise a line every ten seconds.
struct Shown {
    bar: ProgressBar,
    told: Option<std::time::Instant>,
}

impl Shown {
    fn new() -> Self {
        let bar = ProgressBar::new(0);
        let style = ProgressStyle::with_template("{bar:30} {msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self { bar, told: None }
    }

    fn tell(&mut self, progress: &ImportProgress) {
        let left = progress
            .seconds_left
            .map_or_else(String::new, |s| format!(", {s} s left"));
        let said = format!(
            "{} rows, {} rows/s{left}",
            progress.rows, progress.rows_per_second
        );
        if !self.bar.is_hidden() {
            self.bar.set_length(progress.size);
            self.bar.set_position(progress.bytes);
            self.bar.set_message(said);
            return;
        }
        let due = self
            .told
            .is_none_or(|last| last.elapsed() > Duration::from_secs(10));
        if due {
            if self.told.is_some() {
                talk(said);
            }
            self.told = Some(std::time::Instant::now());
        }
    }

    fn end(&self) {
        self.bar.finish_and_clear();
    }
}
