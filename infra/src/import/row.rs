//! What one decision of a file says, typed and checked, before the register's own rules see it.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use zeroize::Zeroizing;

use super::Decimal;

/// A value that may be absent in three ways. Absence never reads as "no".
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Known<T> {
    /// The file does not say.
    #[default]
    NotRecorded,
    /// Nobody asked.
    NotAsked,
    /// The person was asked and chose not to answer.
    Declined,
    /// The answer.
    Value(T),
}

impl<T> Known<T> {
    /// The answer, if one was given.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::NotRecorded | Self::NotAsked | Self::Declined => None,
        }
    }

    /// The answer in other words; the kind of absence stays.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Known<U> {
        match self {
            Self::NotRecorded => Known::NotRecorded,
            Self::NotAsked => Known::NotAsked,
            Self::Declined => Known::Declined,
            Self::Value(value) => Known::Value(f(value)),
        }
    }
}

/// A short text that many rows share: a code, a court, an article. Copies are cheap.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Word(Arc<str>);

impl Word {
    /// The text, shared.
    pub fn shared(&self) -> &Arc<str> {
        &self.0
    }
}

impl From<&str> for Word {
    fn from(text: &str) -> Self {
        Self(Arc::from(text))
    }
}

impl Deref for Word {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

/// A civil date as exactly as the file knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileDate {
    /// Known to the year.
    Year(u16),
    /// Known to the month.
    Month {
        /// The year.
        year: u16,
        /// 1 to 12.
        month: u8,
    },
    /// Known to the day; the day exists in the calendar.
    Day {
        /// The year.
        year: u16,
        /// 1 to 12.
        month: u8,
        /// 1 to 31.
        day: u8,
    },
}

impl fmt::Display for FileDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month { year, month } => write!(f, "{year:04}-{month:02}"),
            Self::Day { year, month, day } => write!(f, "{year:04}-{month:02}-{day:02}"),
        }
    }
}

/// What distinguishes a row for ever, whatever the file is called and however often it is read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowKey {
    /// The values of the mapping's key columns.
    Columns(Box<str>),
    /// The row itself, where no columns identify it.
    Content {
        /// SHA-256 of all the row's cells.
        sha256: [u8; 32],
        /// 1 for the first such row of the file, 2 for an exact duplicate, and so on: duplicates are
        /// decisions of their own.
        occurrence: u32,
    },
}

impl RowKey {
    /// The key in these columns of a row.
    pub(super) fn of_columns(cells: &csv::ByteRecord, columns: &[usize]) -> Self {
        let cells = columns.iter().map(|at| {
            let cell = cells.get(*at).unwrap_or_default().trim_ascii();
            std::str::from_utf8(cell).unwrap_or_default()
        });
        let cells: Vec<&str> = cells.collect();
        Self::Columns(cells.join(Self::BETWEEN).into())
    }

    /// Between the values of several columns; no file holds it as text.
    const BETWEEN: &str = "\u{1f}";

    /// Whether every column of it is empty.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Columns(text) => text.split(Self::BETWEEN).all(str::is_empty),
            Self::Content { .. } => false,
        }
    }

    /// The key as people read it.
    pub(super) fn in_words(&self) -> String {
        match self {
            Self::Columns(text) => text.replace(Self::BETWEEN, " + "),
            Self::Content { .. } => String::new(),
        }
    }

    /// The key as bytes from which ids are derived; no two keys share them.
    pub fn to_bytes(&self) -> Vec<u8> {
        match self {
            Self::Columns(text) => [b"columns\0", text.as_bytes()].concat(),
            Self::Content { sha256, occurrence } => {
                [b"content\0", sha256.as_slice(), &occurrence.to_be_bytes()].concat()
            }
        }
    }
}

/// One decision of the file: everything decided about one person at one hearing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedRow {
    /// The number of the decision's first row in the file, from 1; the header is not counted.
    pub row: u64,
    /// The number of its last row: the same, unless several rows make one decision. An interrupted
    /// import continues after this row.
    pub last_row: u64,
    /// The line on which the first row begins, from 1; in Parquet the row number.
    pub line: u64,
    /// What ids are derived from, together with the mapping's source name.
    pub key: RowKey,
    /// The person.
    pub person: PersonRow,
    /// What else the file tells about person and case, in the order of their names; each name of the
    /// mapping occurs once, absent or not.
    pub circumstances: Vec<CircumstanceRow>,
    /// The court.
    pub court: Known<Word>,
    /// When it was decided; a row without at least a year is rejected.
    pub decided: FileDate,
    /// The hearing, as the court refers to it.
    pub hearing: Known<Word>,
    /// The case, as the court refers to it.
    pub case: Known<Word>,
    /// What the person was sentenced for.
    pub counts: Vec<CountRow>,
    /// What was imposed.
    pub components: Vec<ComponentRow>,
    /// Aggravating and mitigating factors.
    pub factors: Vec<FactorRow>,
    /// Time in detention before judgment that counts towards the sentence.
    pub remand_credit: Known<QuantityRow>,
    /// What was read with reservations; the row is recorded all the same.
    pub notes: Vec<Note>,
}

/// The person, as the row describes them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonRow {
    /// Links rows about one person; `None` makes the row's person somebody of their own.
    pub identity: Option<Identity>,
    /// Sex or gender, as coded by the mapping.
    pub sex: Known<Word>,
    /// Date of birth.
    pub born: Known<FileDate>,
    /// Completed years at the decision.
    pub age: Known<u16>,
}

/// An identity column's value: hashed under the vault's key, never stored, shown or logged.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    scheme: Word,
    text: Zeroizing<String>,
}

impl Identity {
    pub(super) fn new(scheme: Word, text: String) -> Self {
        Self {
            scheme,
            text: Zeroizing::new(text),
        }
    }

    /// What kind of number it is: equal texts of different schemes are different people.
    pub fn scheme(&self) -> &Word {
        &self.scheme
    }

    /// The clear text; only for the keyed hash.
    pub fn reveal(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Identity({}, withheld)", self.scheme)
    }
}

/// One circumstance of person or case, under the name the jurisdiction's pack gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CircumstanceRow {
    /// The name, for example `employed`.
    pub name: Word,
    /// What the file says of it.
    pub answer: Known<AnswerRow>,
}

/// An answer to a circumstance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnswerRow {
    /// It is so.
    Yes,
    /// It is not so, and the file says it.
    No,
    /// One of several.
    Code(Word),
    /// So many.
    Number(u64),
}

/// A count: one offence of the decision.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CountRow {
    /// The code in national law.
    pub offence: Known<Word>,
    /// The version of the catalogue that the code is read under.
    pub catalogue: Option<Word>,
    /// The jurisdiction's own broad category.
    pub category: Known<Word>,
    /// The international class (ICCS).
    pub iccs: Known<Word>,
    /// When it was committed.
    pub committed: Known<FileDate>,
    /// Its gravity under each policy that the mapping names.
    pub gravity: Vec<GravityRow>,
    /// The guideline's range.
    pub range: Option<RangeRow>,
    /// Departure from the range.
    pub departure: Option<DepartureRow>,
}

/// How grave a count is under one policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GravityRow {
    /// The policy, for example `statutory-class/1`.
    pub policy: Word,
    /// The level within it.
    pub level: Known<Word>,
}

/// The range that a guideline gives for a count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RangeRow {
    /// The guideline and its version.
    pub guideline: Word,
    /// The lower end.
    pub lowest: Known<QuantityRow>,
    /// The upper end.
    pub highest: Known<QuantityRow>,
    /// Where the court starts before aggravation and mitigation.
    pub starting_point: Known<QuantityRow>,
}

/// Where the sentence lies against the range, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DepartureRow {
    /// Below, within or above.
    pub direction: Known<Direction>,
    /// The coded reasons that the file gives.
    pub reasons: Vec<Word>,
}

/// A sentence against its range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Under the lower end.
    Below,
    /// Inside the range.
    Within,
    /// Over the upper end.
    Above,
}

/// What kind of disposal a component is.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ComponentKind {
    /// Custody served at once.
    Custody,
    /// Custody whose execution is suspended.
    Suspended,
    /// An order in the community, with requirements.
    CommunityOrder,
    /// A fine of a fixed sum.
    Fine,
    /// A fine of so many units of so much.
    DayFine,
    /// Money to the victim.
    Compensation,
    /// Discharge, absolute or conditional.
    Discharge,
    /// A reprimand or warning.
    Admonition,
    /// A sentence put off.
    Deferred,
    /// Disqualification, confiscation and the like, beside a penalty.
    Ancillary,
    /// Any other.
    Other,
}

/// One thing imposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComponentRow {
    /// The mapping's name for the rule that made it.
    pub rule: Word,
    /// What it is.
    pub kind: ComponentKind,
    /// Whether the file calls it the principal disposal.
    pub standing: Standing,
    /// Which of `counts` it belongs to, from 0; `None` for the whole decision.
    pub count: Option<usize>,
    /// The national code of the disposal.
    pub code: Known<Word>,
    /// Its length, sum or units. Absent: the file names the disposal without a quantity.
    pub amount: Known<QuantityRow>,
    /// For how long a suspension or discharge can be activated.
    pub operational_period: Known<QuantityRow>,
    /// The money of one day-fine unit.
    pub daily_rate: Known<QuantityRow>,
    /// How it runs beside the other components.
    pub runs: Known<Runs>,
    /// What the person has to do under an order.
    pub requirements: Vec<RequirementRow>,
}

impl ComponentRow {
    /// The quantity by which the file itself measures the disposal: its amount, or where it has none, the
    /// amount of its first requirement.
    pub fn principal_quantity(&self) -> &Known<QuantityRow> {
        match (&self.amount, self.requirements.first()) {
            (Known::Value(_), _) | (_, None) => &self.amount,
            (_, Some(requirement)) => &requirement.amount,
        }
    }
}

/// A component's place in the decision, as the file states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// The disposal that the file names for the decision.
    Principal,
    /// Imposed beside it.
    Beside,
    /// The mapping does not say which is principal.
    NotStated,
}

/// How a component runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Runs {
    /// At once, on its own.
    Forthwith,
    /// At the same time as the others.
    Concurrent,
    /// After another.
    Consecutive,
}

/// A requirement of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequirementRow {
    /// The kind, for example `unpaid-work`.
    pub kind: Word,
    /// How much of it.
    pub amount: Known<QuantityRow>,
    /// Within or for how long.
    pub period: Known<QuantityRow>,
}

/// A factor that the court weighed, or did not find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactorRow {
    /// The factor, coded.
    pub code: Word,
    /// Which way it weighs.
    pub effect: Effect,
    /// Which of `counts` it belongs to, from 0; `None` for the whole decision.
    pub count: Option<usize>,
    /// `Value(true)`: found. `Value(false)`: the file says it was absent.
    pub present: Known<bool>,
}

/// Which way a factor weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Makes the offence graver.
    Aggravating,
    /// Makes it less grave.
    Mitigating,
}

/// So much of something, with its unit. Nothing is converted but money, exactly, to minor units.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum QuantityRow {
    /// So many of one unit, exact: `7.4 months`.
    Amount {
        /// How many.
        amount: Decimal,
        /// Of what.
        unit: AmountUnit,
    },
    /// A term in several units: `1 year 6 months`.
    Calendar {
        /// Calendar years.
        years: u32,
        /// Calendar months.
        months: u32,
        /// Weeks.
        weeks: u32,
        /// Days.
        days: u32,
    },
    /// Money in whole minor units.
    Money {
        /// Minor units, for example cents.
        minor: u64,
        /// The currency (ISO 4217).
        currency: Word,
    },
    /// For life.
    Life,
    /// Without a fixed end.
    Indeterminate,
}

/// The unit of an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AmountUnit {
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
}

/// Something read with a reservation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The mapping's rule, by its path.
    pub rule: Arc<str>,
    /// The column, or columns.
    pub column: Arc<str>,
    /// What stands there, cut to a readable length.
    pub value: String,
    /// The reservation.
    pub reason: String,
}
