//! The rules a mapping is made of. Their comments are the schema's descriptions.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::import::{ComponentKind, Effect};

/// How the file is written.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FileRule {
    /// CSV or Parquet; found by the file's content where it is left out.
    pub format: Option<Format>,
    /// The encoding of a CSV file.
    #[serde(default)]
    pub encoding: Encoding,
    /// What separates the columns of a CSV file: one character, `tab` for a tabulator. Left out, it is
    /// found from the header line among comma, semicolon, tabulator and bar.
    pub delimiter: Option<String>,
    /// The names of the columns, in order, for a CSV file whose first line is already a row.
    pub header: Option<Vec<String>>,
    /// Lines above the header that are not part of the table, such as a title.
    #[serde(default)]
    pub skip_lines: u8,
    /// The columns that identify a row for ever, for example a case number and a defendant's number.
    /// Without them a row is identified by its content and by how often it has occurred before.
    #[serde(default)]
    pub key: Vec<String>,
    /// Whether each row is a decision, or consecutive rows of one key are the counts of one decision.
    #[serde(default)]
    pub rows_per_decision: RowsPerDecision,
    /// The mark before decimals: a point, unless set.
    pub decimal_mark: Option<char>,
    /// The mark between thousands, where the file writes one.
    pub thousands_mark: Option<char>,
}

/// The format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Text with separated columns; plain, or compressed with gzip, xz or zstd.
    Csv,
    /// Apache Parquet.
    Parquet,
}

/// The encoding of a text file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    #[default]
    #[serde(rename = "utf-8")]
    Utf8,
    /// Windows code page 1252, western Europe; ISO 8859-1 is read by it as well.
    #[serde(rename = "windows-1252")]
    Windows1252,
}

/// How rows make decisions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RowsPerDecision {
    /// Each row is a decision.
    #[default]
    One,
    /// Consecutive rows with the same key are one decision, a count each. What belongs to no count is
    /// taken from the first of them.
    Several,
}

/// What an absent value looks like. A cell is compared whole, without the spaces around it. An empty
/// cell is "not recorded" unless it is listed otherwise.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MissingRule {
    /// Cells that mean: the file does not say.
    #[serde(default)]
    pub not_recorded: Vec<String>,
    /// Cells that mean: nobody asked.
    #[serde(default)]
    pub not_asked: Vec<String>,
    /// Cells that mean: the person was asked and chose not to answer.
    #[serde(default)]
    pub declined: Vec<String>,
}

/// Cells that mean yes or no.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct YesNoWords {
    /// Cells that mean yes.
    #[serde(default)]
    pub yes: Vec<String>,
    /// Cells that mean no. An empty cell never does.
    #[serde(default)]
    pub no: Vec<String>,
}

/// What becomes of a cell that no table lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unlisted {
    /// The row is rejected, so that the table can be completed.
    Reject,
    /// The row is recorded with a note, and the value counts as not recorded.
    NotRecorded,
    /// The cell itself is the code.
    Keep,
}

/// How a text that is no code becomes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rewrite {
    /// Letters, digits and the characters `. _ - / :` stay, each run of others becomes one `_`.
    Underscores,
}

/// A code from a column, through a value table or as it stands.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CodeRule {
    /// The column.
    pub column: Option<String>,
    /// The same code for every row, in place of a column.
    pub constant: Option<String>,
    /// The value table: what a cell becomes.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
    /// What becomes of a cell outside the table: `reject` with a table, `keep` without one.
    pub unlisted: Option<Unlisted>,
    /// How a kept cell becomes a code.
    pub rewrite: Option<Rewrite>,
    /// What an absent value looks like in this column.
    pub missing: Option<MissingRule>,
}

/// A whole number from a column; `27.0` is 27.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NumberRule {
    /// The column.
    pub column: String,
    /// What becomes of a cell that is no such number: `reject` unless set.
    pub unlisted: Option<Unlisted>,
    /// What an absent value looks like in this column.
    pub missing: Option<MissingRule>,
}

/// A date, as exactly as the file knows it: one column with a format, or columns for its parts.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DateRule {
    /// The column of a whole date.
    pub column: Option<String>,
    /// How that column writes dates: `iso` unless set.
    pub format: Option<DateFormat>,
    /// The column of the year, in place of `column`.
    pub year: Option<String>,
    /// The column of the month, 1 to 12, beside `year`.
    pub month: Option<String>,
    /// The column of the day, beside `month`.
    pub day: Option<String>,
    /// The same date for every row: `2024`, `2024-05` or `2024-05-31`.
    pub constant: Option<String>,
    /// The best precision that the file's dates deserve, for example `year` where every day is a
    /// placeholder. What is finer is dropped.
    pub precision: Option<Precision>,
    /// What an absent value looks like in these columns.
    pub missing: Option<MissingRule>,
}

/// How a column writes dates. Between the parts any of `- / . ` may stand; a time of day after the date is
/// ignored; a month or day that is 00 or left out is unknown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DateFormat {
    /// `2024-05-31`, `2024-05` or `2024`.
    #[default]
    Iso,
    /// `31.05.2024`
    DayMonthYear,
    /// `05/31/2024`
    MonthDayYear,
    /// `20240531`, `202405` or `2024`.
    Compact,
    /// `05/2024`
    MonthYear,
}

/// How exactly a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// To the year.
    Year,
    /// To the month.
    Month,
    /// To the day.
    Day,
}

/// A quantity with its unit: one column, several columns of one term, or a constant.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuantityRule {
    /// The column of the number.
    pub column: Option<String>,
    /// The same number for every row, written as text: `"12"`.
    pub constant: Option<String>,
    /// The columns of a term's parts, in place of `column`.
    pub parts: Option<PartsRule>,
    /// The unit of the number.
    pub unit: Option<UnitName>,
    /// The column that names the unit, in place of `unit`.
    pub unit_column: Option<String>,
    /// What the cells of `unit_column` mean.
    #[serde(default)]
    pub units: BTreeMap<String, UnitName>,
    /// The currency (ISO 4217, three capital letters) where the unit is `money`. Amounts are in its major
    /// unit and become whole minor units.
    pub currency: Option<String>,
    /// A whole number by which the column's number is multiplied, for example 1000 where a file counts in
    /// thousands.
    pub times: Option<u32>,
    /// Cells of the column that are no number but a length of another kind.
    #[serde(default)]
    pub special: BTreeMap<String, SpecialLength>,
    /// What an absent value looks like in these columns.
    pub missing: Option<MissingRule>,
}

/// Columns for the parts of one term: years, months, weeks and days, whole numbers each. An empty part adds
/// nothing if another is filled.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartsRule {
    /// The column of years.
    pub years: Option<String>,
    /// The column of months.
    pub months: Option<String>,
    /// The column of weeks.
    pub weeks: Option<String>,
    /// The column of days.
    pub days: Option<String>,
}

/// A unit of quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum UnitName {
    /// Calendar years.
    Years,
    /// Calendar months.
    Months,
    /// Weeks.
    Weeks,
    /// Days.
    Days,
    /// Hours of work or activity.
    Hours,
    /// Minutes of work or activity.
    Minutes,
    /// Sessions of a programme.
    Sessions,
    /// Units of a day-fine.
    FineUnits,
    /// Money, with `currency`.
    Money,
}

/// A length that is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SpecialLength {
    /// For life.
    Life,
    /// Without a fixed end.
    Indeterminate,
}

/// A question about one column: exactly one of `equals`, `one_of`, `present` and `greater_than`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// The column.
    pub column: String,
    /// The cell is this.
    pub equals: Option<String>,
    /// The cell is one of these.
    pub one_of: Option<Vec<String>>,
    /// `true`: the cell holds a value. `false`: it is absent, by the mapping's `missing`.
    pub present: Option<bool>,
    /// The cell is a number greater than this one, written as text: `"0"`. An absent cell is not.
    pub greater_than: Option<String>,
}

/// Where and when it was decided.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionRule {
    /// The date of the decision. A row without at least a year is rejected.
    pub decided: DateRule,
    /// The court.
    pub court: Option<CodeRule>,
    /// The reference of the hearing, as the court writes it.
    pub hearing: Option<CodeRule>,
    /// The reference of the case, as the court writes it; never a name.
    pub case: Option<CodeRule>,
    /// Detention before judgment that counts towards the sentence.
    pub remand_credit: Option<QuantityRule>,
}

/// Who was sentenced.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonRule {
    /// The columns by which one person is recognised in several rows. Without it each row's person is
    /// somebody of their own.
    pub identity: Option<IdentityRule>,
    /// Sex or gender.
    pub sex: Option<CodeRule>,
    /// Date of birth.
    pub born: Option<DateRule>,
    /// Completed years at the decision.
    pub age: Option<NumberRule>,
}

/// How one person is recognised: by a number of the state, never by a name. The values are hashed under
/// the register's key and stored nowhere.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IdentityRule {
    /// What kind of number it is. Files that name the same scheme share their people.
    pub scheme: String,
    /// The columns that together identify a person. A row in which one is absent has a person of its own.
    pub columns: Vec<String>,
    /// What an absent value looks like in these columns.
    pub missing: Option<MissingRule>,
}

/// One circumstance of person or case.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CircumstanceRule {
    /// The column.
    pub column: String,
    /// What kind of answer it holds.
    pub kind: AnswerKind,
    /// For codes, the value table.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
    /// For yes and no, the cells that mean yes; the mapping's `yes_no` unless set.
    pub yes: Option<Vec<String>>,
    /// For yes and no, the cells that mean no; the mapping's `yes_no` unless set.
    pub no: Option<Vec<String>>,
    /// What becomes of a cell that is no such answer: `reject`, and `keep` for codes without a table,
    /// unless set.
    pub unlisted: Option<Unlisted>,
    /// For codes, how a kept cell becomes one.
    pub rewrite: Option<Rewrite>,
    /// What an absent value looks like in this column.
    pub missing: Option<MissingRule>,
}

/// The kind of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AnswerKind {
    /// Yes or no.
    YesNo,
    /// One of several codes.
    Code,
    /// A whole number.
    Number,
}

/// A count that a row can hold.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CountRule {
    /// Its name in this mapping, by which components and factors refer to it.
    pub name: String,
    /// The count is there if all of these hold; always, without any.
    #[serde(default)]
    pub when: Vec<Condition>,
    /// The offence in national law.
    pub offence: Option<CodeRule>,
    /// The version of the offence catalogue, where it differs from the mapping's.
    pub catalogue: Option<String>,
    /// The jurisdiction's own broad category.
    pub category: Option<CodeRule>,
    /// The international class (ICCS): two, four, five or six digits.
    pub iccs: Option<CodeRule>,
    /// When the offence was committed.
    pub committed: Option<DateRule>,
    /// How grave it is, under each policy that the file supports. Never derived from sentences.
    #[serde(default)]
    pub gravity: Vec<GravityRule>,
    /// The range that a guideline gives.
    pub range: Option<RangeRule>,
    /// Departure from that range.
    pub departure: Option<DepartureRule>,
}

/// A level of gravity from one column or from the grid of two.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GravityRule {
    /// The gravity policy and its version, for example `culpability-harm/1`.
    pub policy: String,
    /// The columns: one with `values`, or two with `grid`.
    pub columns: Vec<String>,
    /// For one column: what level a cell means. Without it the cell is the level.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
    /// For two columns: the level for each cell of the first and each cell of the second.
    #[serde(default)]
    pub grid: BTreeMap<String, BTreeMap<String, String>>,
    /// What becomes of cells outside the table: `reject` with a table, `keep` without one.
    pub unlisted: Option<Unlisted>,
    /// What an absent value looks like in these columns.
    pub missing: Option<MissingRule>,
}

/// The range of a guideline.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RangeRule {
    /// The guideline and its version.
    pub guideline: String,
    /// The lower end.
    pub lowest: Option<QuantityRule>,
    /// The upper end.
    pub highest: Option<QuantityRule>,
    /// Where the court starts before aggravation and mitigation.
    pub starting_point: Option<QuantityRule>,
}

/// Departure from a range.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DepartureRule {
    /// Where the sentence lies: the table's values are `below`, `within` and `above`.
    pub direction: Option<CodeRule>,
    /// Coded reasons, one column each.
    #[serde(default)]
    pub reasons: Vec<CodeRule>,
}

/// A component that a row can hold.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ComponentRule {
    /// Its name in this mapping; reports count by it.
    pub name: String,
    /// What kind of disposal it is.
    pub kind: ComponentKind,
    /// The component is there if all of these hold.
    #[serde(default)]
    pub when: Vec<Condition>,
    /// And, where given, at least one of these.
    #[serde(default)]
    pub when_any: Vec<Condition>,
    /// It is the principal disposal of the decision if all of these hold; `[]` for always. Where any rule of
    /// the mapping has this, a component without it stands beside the principal one.
    pub principal_when: Option<Vec<Condition>>,
    /// The name of the count it belongs to; the whole decision, unless set.
    pub count: Option<String>,
    /// The national code of an ancillary or other disposal.
    pub code: Option<CodeRule>,
    /// Length, sum or units.
    pub amount: Option<QuantityRule>,
    /// For how long a suspension or discharge can be activated, or an order lasts.
    pub operational_period: Option<QuantityRule>,
    /// The money of one day-fine unit.
    pub daily_rate: Option<QuantityRule>,
    /// How it runs beside the others: the table's values are `forthwith`, `concurrent`, `consecutive`.
    pub runs: Option<CodeRule>,
    /// What the person has to do under an order.
    #[serde(default)]
    pub requirements: Vec<RequirementRule>,
}

/// A requirement of an order.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequirementRule {
    /// Its kind, by the jurisdiction's pack, for example `unpaid-work`.
    pub kind: String,
    /// It is there if all of these hold; always, without any.
    #[serde(default)]
    pub when: Vec<Condition>,
    /// How much of it.
    pub amount: Option<QuantityRule>,
    /// Within or for how long.
    pub period: Option<QuantityRule>,
}

/// A factor from a flag column.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FactorRule {
    /// The factor, by the jurisdiction's pack.
    pub code: String,
    /// Which way it weighs.
    pub effect: Effect,
    /// The column.
    pub column: String,
    /// The cells that mean it was found; the mapping's `yes_no` unless set.
    pub yes: Option<Vec<String>>,
    /// The cells that mean it was absent; the mapping's `yes_no` unless set.
    pub no: Option<Vec<String>>,
    /// The name of the count it belongs to; the whole decision, unless set.
    pub count: Option<String>,
    /// What becomes of other cells: `reject` unless set.
    pub unlisted: Option<Unlisted>,
    /// What an absent value looks like in this column.
    pub missing: Option<MissingRule>,
}
