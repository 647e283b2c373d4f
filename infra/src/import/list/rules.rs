//! The rules that a list's fields are read by: those of every mapping, and three of its own.

use std::borrow::Cow;
use std::marker::PhantomData;

use csv::ByteRecord;
use domain::order::{Account, ExplanationForm};
use domain::release::ReleaseEnd;
use domain::values::{Consent, Enforceable, LegalAid, Return};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;

use crate::import::mapping::{
    Checker, CodeRule, DateRule, IdentityRule, NumberRule, QuantityRule, WORK,
};
use crate::import::plan::{Cells, Field, Findings, IdentityPlan};
use crate::import::report::RuleReport;
use crate::import::row::{FileDate, Identity, Known, QuantityRow, RowKey, Word};

/// A rule of a mapping, for one field of a row.
pub(in crate::import) trait Rule {
    /// What reads the field.
    type Plan: Reads;
    /// Says what is wrong with the rule.
    fn check(&self, checker: &mut Checker, path: &str);
    /// Makes what reads the field of one file.
    fn compile(&self, cells: &mut Cells<'_>, path: &str) -> Self::Plan;
}

/// What reads a field of a row.
pub(in crate::import) trait Reads: Send {
    /// What a field says; its default is silence.
    type Value: Clone + Default + Send + Sync;
    /// What the row says. A fault goes to the findings.
    fn read(&mut self, cells: &ByteRecord, findings: &mut Findings) -> Self::Value;
    /// What it has met.
    fn reports(&self, reports: &mut Vec<RuleReport>);
}

/// What a field says that a row cannot do without.
pub(in crate::import) trait Needed {
    /// The answer itself.
    type Sure;
    /// The answer, if the row gives one.
    fn sure(self) -> Option<Self::Sure>;
}

impl<T> Needed for Known<T> {
    type Sure = T;
    fn sure(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::NotRecorded | Self::NotAsked | Self::Declined => None,
        }
    }
}

impl<T> Needed for Option<T> {
    type Sure = T;
    fn sure(self) -> Self {
        self
    }
}

impl<T: Clone + Send + Sync> Reads for Field<T> {
    type Value = Known<T>;

    fn read(&mut self, cells: &ByteRecord, findings: &mut Findings) -> Known<T> {
        Self::read(self, cells, findings)
    }

    fn reports(&self, reports: &mut Vec<RuleReport>) {
        reports.push(self.report().clone());
    }
}

impl<R: Reads> Reads for Option<R> {
    type Value = R::Value;

    fn read(&mut self, cells: &ByteRecord, findings: &mut Findings) -> R::Value {
        self.as_mut()
            .map_or_else(R::Value::default, |plan| plan.read(cells, findings))
    }

    fn reports(&self, reports: &mut Vec<RuleReport>) {
        if let Some(plan) = self {
            plan.reports(reports);
        }
    }
}

impl Rule for DateRule {
    type Plan = Field<FileDate>;

    fn check(&self, checker: &mut Checker, path: &str) {
        checker.date(path, Some(self));
    }

    fn compile(&self, cells: &mut Cells<'_>, path: &str) -> Self::Plan {
        cells.date(path, self)
    }
}

impl Rule for CodeRule {
    type Plan = Option<Field<Word>>;

    fn check(&self, checker: &mut Checker, path: &str) {
        checker.code_rule(path, Some(self), None);
    }

    fn compile(&self, cells: &mut Cells<'_>, path: &str) -> Self::Plan {
        cells.code(path, Some(self))
    }
}

impl Rule for QuantityRule {
    type Plan = Option<Field<QuantityRow>>;

    fn check(&self, checker: &mut Checker, path: &str) {
        checker.quantity(path, Some(self), WORK);
    }

    fn compile(&self, cells: &mut Cells<'_>, path: &str) -> Self::Plan {
        cells.quantity(path, Some(self))
    }
}

impl Rule for NumberRule {
    type Plan = Field<u16>;

    fn check(&self, checker: &mut Checker, path: &str) {
        checker.no_keep(path, self.unlisted);
        checker.missing(&format!("{path}.missing"), self.missing.as_ref());
    }

    fn compile(&self, cells: &mut Cells<'_>, path: &str) -> Self::Plan {
        cells.number(path, self, u16::MAX)
    }
}

/// Codes of which a row may have several, each from a column of its own.
impl Rule for Vec<CodeRule> {
    type Plan = Vec<Field<Word>>;

    fn check(&self, checker: &mut Checker, path: &str) {
        for (at, rule) in self.iter().enumerate() {
            rule.check(checker, &format!("{path}[{at}]"));
        }
    }

    fn compile(&self, cells: &mut Cells<'_>, path: &str) -> Self::Plan {
        let each = self.iter();
        each.filter_map(|rule| cells.code(path, Some(rule)))
            .collect()
    }
}

impl Reads for Vec<Field<Word>> {
    type Value = Vec<Word>;

    fn read(&mut self, cells: &ByteRecord, findings: &mut Findings) -> Vec<Word> {
        let said = self.iter_mut().map(|field| field.read(cells, findings));
        said.filter_map(Needed::sure).collect()
    }

    fn reports(&self, reports: &mut Vec<RuleReport>) {
        reports.extend(self.iter().map(|field| field.report().clone()));
    }
}

impl Rule for IdentityRule {
    type Plan = IdentityPlan;

    fn check(&self, checker: &mut Checker, path: &str) {
        checker.identity(path, self);
    }

    fn compile(&self, cells: &mut Cells<'_>, path: &str) -> Self::Plan {
        cells.identity(path, self)
    }
}

impl Reads for IdentityPlan {
    type Value = Option<Identity>;

    fn read(&mut self, cells: &ByteRecord, _findings: &mut Findings) -> Option<Identity> {
        Self::read(self, cells)
    }

    fn reports(&self, reports: &mut Vec<RuleReport>) {
        reports.push(self.report.clone());
    }
}

/// The columns that hold the key of a row of another list.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(transparent)]
pub(in crate::import) struct KeyOf(Vec<String>);

/// Reads the key of another row.
pub(in crate::import) struct KeyPlan {
    columns: Vec<usize>,
    report: RuleReport,
}

impl Rule for KeyOf {
    type Plan = KeyPlan;

    fn check(&self, checker: &mut Checker, path: &str) {
        checker.some_columns(path, &self.0);
    }

    fn compile(&self, cells: &mut Cells<'_>, path: &str) -> Self::Plan {
        let find = |name: &String| cells.columns.find(name, path);
        KeyPlan {
            columns: self.0.iter().map(find).collect(),
            report: RuleReport {
                rule: path.into(),
                column: self.0.join(" + ").into(),
                ..RuleReport::default()
            },
        }
    }
}

impl Reads for KeyPlan {
    type Value = Option<RowKey>;

    fn read(&mut self, cells: &ByteRecord, _findings: &mut Findings) -> Option<RowKey> {
        let key = RowKey::of_columns(cells, &self.columns);
        let there = !key.is_empty();
        let counter = if there {
            &mut self.report.recorded
        } else {
            &mut self.report.not_recorded
        };
        *counter = counter.saturating_add(1);
        there.then_some(key)
    }

    fn reports(&self, reports: &mut Vec<RuleReport>) {
        reports.push(self.report.clone());
    }
}

/// The sentence behind a row, by the source that it was imported under and its key there.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::import) struct SentenceRule {
    /// The name of the source under which the sentences were imported.
    pub source: String,
    /// The columns that hold the sentence's key in that source, in the order of its mapping's `file.key`.
    pub columns: KeyOf,
}

/// Reads which sentence is meant.
pub(in crate::import) struct SentencePlan {
    source: Word,
    columns: KeyPlan,
}

impl Rule for SentenceRule {
    type Plan = SentencePlan;

    fn check(&self, checker: &mut Checker, path: &str) {
        checker.code(&format!("{path}.source"), &self.source);
        self.columns.check(checker, &format!("{path}.columns"));
    }

    fn compile(&self, cells: &mut Cells<'_>, path: &str) -> Self::Plan {
        SentencePlan {
            source: Word::from(self.source.as_str()),
            columns: self.columns.compile(cells, path),
        }
    }
}

impl Reads for SentencePlan {
    type Value = Option<(Word, RowKey)>;

    fn read(&mut self, cells: &ByteRecord, findings: &mut Findings) -> Self::Value {
        let key = self.columns.read(cells, findings);
        key.map(|key| (self.source.clone(), key))
    }

    fn reports(&self, reports: &mut Vec<RuleReport>) {
        self.columns.reports(reports);
    }
}

/// One of a closed list of answers; the value table gives the list's own words.
#[derive(Debug, Clone, Deserialize)]
#[serde(transparent, bound = "")]
pub(in crate::import) struct Choice<T>(CodeRule, #[serde(skip)] PhantomData<fn() -> T>);

/// A closed list of answers, as a mapping names them.
pub(in crate::import) trait Chosen:
    Clone + Send + Sync + Sized + 'static
{
    /// The words.
    const WORDS: &'static [&'static str];
    /// The answer of a word.
    fn of(word: &str) -> Option<Self>;
}

impl<T: Chosen> JsonSchema for Choice<T> {
    fn schema_name() -> Cow<'static, str> {
        CodeRule::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        CodeRule::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        CodeRule::json_schema(generator)
    }
}

impl<T: Chosen> Rule for Choice<T> {
    type Plan = Field<T>;

    fn check(&self, checker: &mut Checker, path: &str) {
        checker.code_rule(path, Some(&self.0), Some(T::WORDS));
    }

    fn compile(&self, cells: &mut Cells<'_>, path: &str) -> Self::Plan {
        cells.choice(path, &self.0, T::of)
    }
}

/// Says by which words the answers of closed lists go.
macro_rules! chosen {
    ($($of:ty { $($word:literal = $answer:expr,)* })*) => {$(
        impl Chosen for $of {
            const WORDS: &'static [&'static str] = &[$($word),*];

            fn of(word: &str) -> Option<Self> {
                match word {
                    $($word => Some($answer),)*
                    _ => None,
                }
            }
        }
    )*};
}

/// What the court found of an alleged breach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) enum Found {
    /// It is proven.
    Proven,
    /// It is not.
    NotProven,
}

/// How an order ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) enum OrderEnd {
    /// All was done.
    Completed,
    /// The court discharged it before its end.
    Discharged,
    /// The court revoked it.
    Revoked,
}

/// How a case before judgment ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) enum PretrialEnd {
    /// With a sentence.
    Sentenced,
    /// With an acquittal.
    Acquitted,
    /// The prosecution went no further.
    Discontinued,
    /// It was kept out of court.
    Diverted,
    /// The person died.
    Died,
}

chosen! {
    Consent { "given" = Self::Given, "refused" = Self::Refused, }
    Enforceable { "yes" = Self::Yes, "no" = Self::No, }
    Account {
        "given" = Self::Given,
        "opportunity_declined" = Self::OpportunityDeclined,
        "absconded" = Self::Absconded,
    }
    ExplanationForm {
        "oral_and_written" = Self::OralAndWritten,
        "oral" = Self::Oral,
        "written" = Self::Written,
    }
    Found { "proven" = Self::Proven, "not_proven" = Self::NotProven, }
    OrderEnd {
        "completed" = Self::Completed,
        "discharged" = Self::Discharged,
        "revoked" = Self::Revoked,
    }
    LegalAid {
        "own_counsel" = Self::OwnCounsel,
        "requested" = Self::Requested,
        "eligible" = Self::Eligible,
        "granted" = Self::Granted,
        "refused" = Self::Refused,
        "waived" = Self::Waived,
        "none" = Self::None,
    }
    PretrialEnd {
        "sentenced" = Self::Sentenced,
        "acquitted" = Self::Acquitted,
        "discontinued" = Self::Discontinued,
        "diverted" = Self::Diverted,
        "died" = Self::Died,
    }
    Return {
        "in_time" = Self::InTime,
        "late" = Self::Late,
        "brought_back" = Self::BroughtBack,
    }
    ReleaseEnd {
        "served" = Self::Served,
        "came_back" = Self::CameBack,
        "revoked" = Self::Revoked,
        "declined" = Self::Declined,
        "sentence_lifted" = Self::SentenceLifted,
        "died" = Self::Died,
    }
}
