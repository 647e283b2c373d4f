//! From a version of a decision to the cells of its row.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use domain::sentence::{Component, CustodyTerm, Sanction};
use domain::statistics::exact::thousandths;
use domain::values::Length;
use hmac::Mac as _;
use uuid::Uuid;

use super::columns::{Column, Holds, columns};
use super::{ExportError, Laws};
use crate::error::Damage;
use crate::facts::{FactTable, NOT_RECORDED, Penalty, Version};
use crate::registry::hmac_under;
use crate::views::Severities;
use crate::views::severity::Weighed;

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell<'a> {
    /// Nothing.
    None,
    /// A text.
    Text(Cow<'a, str>),
    /// A whole number.
    Whole(i64),
}

impl Cell<'_> {
    fn whole<T: TryInto<i64>>(number: Option<T>) -> Self {
        let number = number.and_then(|number| number.try_into().ok());
        number.map_or(Self::None, Cell::Whole)
    }
}

/// Gives persons and decisions the numbers that stand for them.
pub(crate) struct Pseudonyms([u8; 32]);

impl Pseudonyms {
    /// The name of the secret in the vault.
    pub(crate) const SECRET: &'static str = "exports";

    /// Under a secret of the register.
    pub(crate) fn under(secret: [u8; 32]) -> Self {
        Self(secret)
    }

    /// The number of a record: 128 bits in hexadecimal. What is numbered is part of it, so that a person and a decision of
    /// the same id have nothing in common.
    pub(super) fn of(&self, what: &str, id: Uuid) -> String {
        let mut hmac = hmac_under(&self.0);
        hmac.update(what.as_bytes());
        hmac.update(&[0]);
        hmac.update(id.as_bytes());
        let bytes = hmac.finalize().into_bytes();
        hex::encode(bytes.first_chunk::<16>().copied().unwrap_or_default())
    }
}

/// What a jurisdiction's scale says of each penalty code.
struct Scale {
    version: String,
    weighed: Arc<Vec<Weighed>>,
}

/// How rows are told.
pub(crate) struct Rows<'a> {
    pub(super) columns: Vec<Column>,
    pseudonyms: &'a Pseudonyms,
    scales: BTreeMap<String, Scale>,
    /// By penalty code, the term in days.
    days: Vec<Option<u64>>,
}

impl<'a> Rows<'a> {
    /// Rows of versions under the rules of their jurisdictions. Of all versions there are as of the entry, so that a table of
    /// some has the columns of the table of all.
    pub(crate) fn of(
        facts: &FactTable,
        versions: &[Version<'_>],
        laws: &Laws,
        severities: &Severities,
        pseudonyms: &'a Pseudonyms,
    ) -> Result<Self, ExportError> {
        let mut scales = BTreeMap::new();
        for (jurisdiction, law) in laws {
            let Some(law) = law else { continue };
            if let Some(scale) = law.sentencing.scale(None) {
                let weighed = severities.of(law.version.as_str(), scale, facts.penalties())?;
                let version = scale.scale.version.clone();
                scales.insert(jurisdiction.clone(), Scale { version, weighed });
            }
        }
        let days = facts.penalties().words_from(0).map(term_days);
        let used: Vec<&str> = facts.dimensions().keys().map(String::as_str).collect();
        Ok(Self {
            columns: columns(laws, versions, &used),
            pseudonyms,
            scales,
            days: days.collect::<Result<_, _>>()?,
        })
    }

    /// The cells of a version, in the order of the columns.
    pub(super) fn cells<'v>(&'v self, version: &Version<'v>) -> Vec<Cell<'v>> {
        let cells = self.columns.iter().map(|column| self.cell(column, version));
        cells.collect()
    }

    fn cell<'v>(&'v self, column: &Column, version: &Version<'v>) -> Cell<'v> {
        let pseudonym = |what, id| Cell::Text(Cow::Owned(self.pseudonyms.of(what, id)));
        let scale = self.scales.get(version.word("jurisdiction"));
        let code = usize::try_from(version.penalty()).unwrap_or(usize::MAX);
        let severity = scale.and_then(|scale| scale.weighed.get(code));
        let severity = severity.map(|weighed| &weighed.severity);
        match &column.holds {
            Holds::Jurisdiction => Cell::Text(version.word("jurisdiction").into()),
            Holds::Year => Cell::whole(version.word("year").parse::<i64>().ok()),
            Holds::Quarter => Cell::whole(version.month().map(|month| month.div_ceil(3))),
            Holds::Decision => pseudonym("decision", version.decision()),
            Holds::Person => pseudonym("person", version.person()),
            Holds::FromIndex => Cell::whole(Some(version.began())),
            Holds::ToIndex => Cell::whole(version.ended()),
            Holds::Word(name) => Cell::Text(version.word(name).into()),
            Holds::Severity => {
                let exact = severity.and_then(|severity| severity.exact);
                exact.map_or(Cell::None, |exact| Cell::Text(exact.to_string().into()))
            }
            Holds::Thousandths => {
                let exact = severity.and_then(|severity| severity.exact);
                Cell::whole(exact.map(|exact| thousandths(&exact)))
            }
            Holds::SeverityIs => {
                let word = match severity {
                    Some(severity) if severity.death > 0 => "death",
                    Some(severity) if severity.exact.is_some() && severity.ordinal_top => "cap",
                    Some(severity) if severity.exact.is_some() => "exact",
                    Some(_) | None => "not_known",
                };
                Cell::Text(word.into())
            }
            Holds::Scale => scale.map_or(Cell::None, |scale| Cell::Text((&scale.version).into())),
            Holds::TermDays => Cell::whole(self.days.get(code).copied().flatten()),
        }
    }
}

/// The term in days of the principal component of a penalty; a penalty that cannot be read is damage.
fn term_days(text: &str) -> Result<Option<u64>, ExportError> {
    if text == NOT_RECORDED {
        return Ok(None);
    }
    let penalty: Penalty = serde_json::from_str(text).map_err(|error| {
        let said = format!(
            "a penalty of the fact table cannot be read ({error}); rebuild the projection `facts`"
        );
        ExportError::from(crate::error::StoreError::from(Damage::new(said)))
    })?;
    let length = penalty.principal_component().and_then(term);
    Ok(length.and_then(Length::exact_days))
}

fn term(component: &Component) -> Option<Length> {
    match &component.sanction {
        Sanction::Custody { term } => match term {
            Some(CustodyTerm::Determinate(length)) => Some(*length),
            Some(CustodyTerm::Life | CustodyTerm::Indeterminate) | None => None,
        },
        Sanction::SuspendedCustody { term, .. } => *term,
        Sanction::Death {}
        | Sanction::CommunityOrder { .. }
        | Sanction::Fine { .. }
        | Sanction::DayFine { .. }
        | Sanction::Compensation { .. }
        | Sanction::Discharge { .. }
        | Sanction::Admonition {}
        | Sanction::Deferred { .. }
        | Sanction::Ancillary { .. }
        | Sanction::Other { .. } => None,
    }
}
