//! A mapping of lists: several files of an office, joined by their keys, as one readable TOML file.

use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::kind::Kind;
use super::kinds::{
    AppointmentList, EndingList, List, OrderList, PretrialList, ReleaseList, RequirementList,
    ViolationList,
};
use crate::import::mapping::{
    Checker, FileRule, MappingErrors, MissingRule, RowsPerDecision, Written, read, without_folders,
};

/// How the lists of an office become what happened in the register: a table for each kind of list that it has.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lists {
    /// The name of the source. Ids derive from it and from the rows' keys, never from a file's path: a later file of the
    /// same source finds what an earlier one recorded. A code, for example `norland-probation`.
    pub source: String,
    /// The jurisdiction, by the code of its pack.
    pub jurisdiction: String,
    /// The version of the jurisdiction's rules under which the rows are read.
    pub policy: String,
    /// Whom the data come from and under which licence; shown with every report of the import.
    pub attribution: Option<String>,
    /// How all the files are written. Their keys stand with each kind.
    #[serde(default)]
    file: FileRule,
    /// What an absent value looks like, in every column that has no rule of its own.
    #[serde(default)]
    missing: MissingRule,
    pub(in crate::import) orders: Option<OrderList>,
    pub(in crate::import) requirements: Option<RequirementList>,
    pub(in crate::import) appointments: Option<AppointmentList>,
    pub(in crate::import) violations: Option<ViolationList>,
    pub(in crate::import) endings: Option<EndingList>,
    pub(in crate::import) pretrial: Option<PretrialList>,
    pub(in crate::import) releases: Option<ReleaseList>,
    #[serde(skip)]
    text: [u8; 32],
    #[serde(skip)]
    name: String,
}

impl Lists {
    /// Reads and checks a mapping; on failure every fault is listed with its path. `name` is what the reader calls the
    /// file, for messages.
    pub fn parse(name: &str, toml: &str) -> Result<Self, MappingErrors> {
        let mut lists: Self = read(name, toml)?;
        lists.text = Sha256::digest(toml.as_bytes()).into();
        lists.name = without_folders(name);
        Ok(lists)
    }

    /// Whether a text is a mapping of lists, right or wrong: it has a table for one of their kinds.
    pub fn is_meant(toml: &str) -> bool {
        let table = toml.parse::<toml::Table>().unwrap_or_default();
        table
            .keys()
            .any(|key| Kind::of(key).is_some_and(|kind| kind != Kind::Sentences))
    }

    /// The kinds that it maps, each after what it refers to.
    pub fn kinds(&self) -> Vec<Kind> {
        let mapped = |kind: &Kind| self.named(*kind).is_some();
        Kind::ALL.into_iter().filter(mapped).collect()
    }

    /// The files of a kind in a folder, in the order of their names.
    pub fn files_of(&self, kind: Kind, folder: &Path) -> std::io::Result<Vec<PathBuf>> {
        let Some(named) = self.named(kind) else {
            return Ok(Vec::new());
        };
        let Some((before, after)) = named.split_once('*') else {
            return Ok(vec![folder.join(named)]);
        };
        let mut files = Vec::new();
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let rest = name.strip_prefix(before);
            if rest.is_some_and(|rest| rest.ends_with(after)) {
                files.push(entry.path());
            }
        }
        files.sort();
        Ok(files)
    }

    /// The name of a kind's files, as the mapping writes it.
    pub fn named(&self, kind: Kind) -> Option<&str> {
        fn named<L: List>(list: Option<&L>) -> Option<&str> {
            list.map(|list| list.head().0)
        }
        match kind {
            Kind::Sentences => None,
            Kind::Orders => named(self.orders.as_ref()),
            Kind::Requirements => named(self.requirements.as_ref()),
            Kind::Appointments => named(self.appointments.as_ref()),
            Kind::Violations => named(self.violations.as_ref()),
            Kind::Endings => named(self.endings.as_ref()),
            Kind::Pretrial => named(self.pretrial.as_ref()),
            Kind::Releases => named(self.releases.as_ref()),
        }
    }

    /// What the mapping is called, without its folders.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What tells this mapping of a kind from every other: an interrupted import may only go on under the same, and one
    /// file may hold the rows of several kinds.
    pub(in crate::import) fn digest(&self, kind: Kind) -> [u8; 32] {
        let mut digest = Sha256::new();
        digest.update(kind.word());
        digest.update(self.text);
        digest.finalize().into()
    }

    /// How the files of a list are written, with its key.
    pub(in crate::import) fn file(&self, key: &[String]) -> FileRule {
        FileRule {
            key: key.to_vec(),
            ..self.file.clone()
        }
    }

    pub(in crate::import) fn missing(&self) -> &MissingRule {
        &self.missing
    }
}

impl Written for Lists {
    fn faults(&self) -> Vec<(String, String)> {
        fn list<L: List>(list: Option<&L>, checker: &mut Checker) {
            if let Some(list) = list {
                let (file, ..) = list.head();
                let word = L::KIND.word();
                if file.is_empty() || file.contains(['/', '\\']) || file.matches('*').count() > 1 {
                    let text = format!(
                        "{file:?} is no file's name: write it without folders, with one * at most"
                    );
                    checker.fault(&format!("{word}.file"), text);
                }
                list.check(checker);
            }
        }
        let mut c = Checker::default();
        c.code("source", &self.source);
        c.code("jurisdiction", &self.jurisdiction);
        c.code("policy", &self.policy);
        c.file(&self.file);
        c.missing("missing", Some(&self.missing));
        if !self.file.key.is_empty() {
            c.fault("file.key", "stands with each kind: write it there");
        }
        if self.file.rows_per_decision != RowsPerDecision::One || self.file.header.is_some() {
            let text = "header and rows_per_decision belong to a mapping of decisions";
            c.fault("file", text);
        }
        if self.kinds().is_empty() {
            let text = "no list is mapped: write a table for one of orders, requirements, appointments, violations, \
                        endings, pretrial, releases";
            c.fault("", text);
        }
        list(self.orders.as_ref(), &mut c);
        list(self.requirements.as_ref(), &mut c);
        list(self.appointments.as_ref(), &mut c);
        list(self.violations.as_ref(), &mut c);
        list(self.endings.as_ref(), &mut c);
        list(self.pretrial.as_ref(), &mut c);
        list(self.releases.as_ref(), &mut c);
        c.faults
    }
}

/// The schema of a mapping of lists; `infra/maps/lists.schema.json` is its text.
pub fn lists_schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(Lists).to_value();
    if let Some(root) = schema.as_object_mut() {
        let title = "A mapping of an office's lists, joined by their keys";
        root.insert("title".to_owned(), title.into());
    }
    schema
}
