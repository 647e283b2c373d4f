//! The lists of an office: all of a folder, or one.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use infra::import::{ImportReport, Kind, Listed, Lists, ListsRequest};
use serde::Serialize;

use super::{Import, Shown, default_rejects, failed, tell, tell_rejects, tell_source};
use crate::cli::output::{Failed, data, json};
use crate::cli::{Place, operator};

impl Import {
    /// Brings the lists of a mapping in.
    pub(super) async fn lists(self, place: &Place, text: &str) -> Result<ExitCode, Failed> {
        let lists = Lists::parse(&self.mapping, text).map_err(Failed::usage)?;
        let files = self.listed(&lists)?;
        let registry = self.register(place).await?;
        let mut request = ListsRequest::new(files, lists);
        request.dry_run = self.dry_run;
        request.from_start = self.from_start;
        request.events_at_once = usize::from(self.batch);
        let mut shown = Shown::new();
        let operator = operator();
        let importing = registry.import_lists(&operator, &request, |progress| shown.tell(progress));
        let imported = tokio::select! {
            imported = importing => imported,
            _ = tokio::signal::ctrl_c() => return Err(self.interrupted(&shown)),
        };
        shown.end();
        let reports = imported.map_err(|error| failed(&self.mapping, error))?;
        if !self.dry_run {
            registry.catch_up().await.map_err(Failed::failure)?;
        }
        let of_files = request.files.iter().zip(&reports);
        if self.json {
            json(&of_files.map(OfFile::from).collect::<Vec<_>>());
        } else {
            tell_all(of_files);
        }
        Ok(ExitCode::SUCCESS)
    }

    /// The files that are meant, each after those that it refers to.
    fn listed(&self, lists: &Lists) -> Result<Vec<Listed>, Failed> {
        let folder = self.file.is_dir();
        let kinds = match self.kind {
            Some(kind) => vec![kind],
            None if folder => lists.kinds(),
            None => return Err(self.which(lists)),
        };
        let mut files = Vec::new();
        for kind in kinds {
            let of_kind = if folder {
                let read = lists.files_of(kind, &self.file);
                let unread = |error| format!("{} cannot be read: {error}", self.file.display());
                read.map_err(|error| Failed::failure(unread(error)))?
            } else {
                vec![self.file.clone()]
            };
            files.extend(of_kind.into_iter().map(|path| (kind, path)));
        }
        if files.is_empty() {
            let (folder, mapping) = (self.file.display(), &self.mapping);
            let text = format!("{folder} holds no file of the kind that {mapping} names");
            return Err(Failed::usage(text));
        }
        if files.len() > 1 && self.rejects.is_some() {
            let text = "--rejects names one file, and each list has rejected rows of its own: leave it out";
            return Err(Failed::usage(text));
        }
        let with_rejects = files.into_iter().map(|(kind, path)| Listed {
            kind,
            rejects: Some(match &self.rejects {
                Some(named) => named.clone(),
                None => rejects_of(kind, &path),
            }),
            path,
        });
        Ok(with_rejects.collect())
    }

    fn which(&self, lists: &Lists) -> Failed {
        let kinds = lists.kinds();
        let kinds: Vec<&str> = kinds.iter().map(|kind| kind.word()).collect();
        Failed::usage(format!(
            "{} maps {}: say with --kind which of them {} is, or give the folder that holds all of them",
            self.mapping,
            kinds.join(", "),
            self.file.display()
        ))
    }
}

/// One file may hold the rows of several lists: each has rejected rows of its own.
fn rejects_of(kind: Kind, file: &Path) -> PathBuf {
    let mut name = OsString::from(kind.word());
    name.push("-");
    name.push(default_rejects(file));
    PathBuf::from(name)
}

fn tell_all<'r>(of_files: impl Iterator<Item = (&'r Listed, &'r ImportReport)>) {
    let mut last = None;
    for (at, (listed, report)) in of_files.enumerate() {
        let between = if at == 0 { "" } else { "\n" };
        let (name, kind) = (name_of(&listed.path), listed.kind.word());
        data(format!("{between}{name} ({kind})"));
        tell(report);
        if let Some(rejects) = &listed.rejects {
            tell_rejects(report, rejects);
        }
        last = Some(report);
    }
    last.into_iter().for_each(tell_source);
}

fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

/// A report with the name of its file.
#[derive(Serialize)]
struct OfFile<'r> {
    file: String,
    #[serde(flatten)]
    report: &'r ImportReport,
}

impl<'r> From<(&'r Listed, &'r ImportReport)> for OfFile<'r> {
    fn from((listed, report): (&'r Listed, &'r ImportReport)) -> Self {
        let file = name_of(&listed.path);
        Self { file, report }
    }
}
