//! What a row says, in the register's own words.

use domain::values::{Code, Day, Known, Length, Occurred, Quantity};

use super::desk::{Telling, refused};
use crate::bulk::Refused;
use crate::import::record::{civil, length, quantity};
use crate::import::row::{self, FileDate, QuantityRow, Word};

/// When something was done.
pub(super) fn done(date: FileDate) -> Occurred {
    Occurred::On(civil(date))
}

/// When something was done, if the row says.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "every value of a row is looked at where it stands"
)]
pub(super) fn done_if(date: &row::Known<FileDate>) -> Option<Occurred> {
    date.value().map(|date| done(*date))
}

/// A code that a row cannot do without.
pub(super) fn code(rule: &'static str, word: &Word) -> Result<Code, Refused> {
    Code::parse(word).map_err(|wrong| refused(rule, word, wrong.to_string()))
}

/// Codes from columns of their own.
pub(super) fn codes(rule: &'static str, words: &[Word]) -> Result<Vec<Code>, Refused> {
    words.iter().map(|word| code(rule, word)).collect()
}

/// The answer of a closed list.
pub(super) fn answer<T: Copy>(said: &row::Known<T>) -> Known<T> {
    crate::import::record::known(said).map(|answer| *answer)
}

impl Telling<'_> {
    /// A code, if the row gives one.
    #[expect(
        clippy::unused_self,
        reason = "read as its neighbours are, which leave notes"
    )]
    pub(super) fn code(
        &self,
        rule: &'static str,
        said: &row::Known<Word>,
    ) -> Result<Option<Code>, Refused> {
        said.value().map(|word| code(rule, word)).transpose()
    }

    /// A code that the record needs and the row does not give: the record then says so, and a finding with it.
    pub(super) fn code_or_not_recorded(
        &mut self,
        rule: &'static str,
        said: &row::Known<Word>,
    ) -> Result<Code, Refused> {
        if said.value().is_none() {
            self.note(rule, "it is not recorded");
        }
        code(rule, said.value().unwrap_or(&Word::from("not-recorded")))
    }

    /// A day that is known exactly; anything less is left out, and a note says so.
    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "every value of a row is looked at where it stands"
    )]
    pub(super) fn day(&mut self, rule: &'static str, said: &row::Known<FileDate>) -> Option<Day> {
        let FileDate::Day { year, month, day } = *said.value()? else {
            self.note(rule, "it is left out, since its day is not known");
            return None;
        };
        Day::of(year.into(), month.into(), day.into())
    }

    /// A length of time; anything else is left out, and a note says so.
    pub(super) fn length(
        &mut self,
        rule: &'static str,
        said: &row::Known<QuantityRow>,
    ) -> Option<Length> {
        let length = length(said.value()?);
        if length.is_none() {
            self.note(rule, "it is left out, since it is no length of time");
        }
        length
    }

    /// A quantity of work, days or sessions; anything else is left out, and a note says so.
    pub(super) fn quantity(
        &mut self,
        rule: &'static str,
        said: &row::Known<QuantityRow>,
    ) -> Option<Quantity> {
        let quantity = quantity(said.value()?);
        if quantity.is_none() {
            let said = "it is left out, since it is no whole number of minutes, days or sessions";
            self.note(rule, said);
        }
        quantity
    }
}
