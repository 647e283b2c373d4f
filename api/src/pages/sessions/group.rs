//! A group of a day: those who are due for one kind of requirement at one place.

use domain::jurisdiction::Pack;
use domain::values::{CivilDate, Code, Day, Unit};
use infra::registry::{DiaryQuery, ListedAppointment};
use serde::{Deserialize, Serialize};

use crate::pages::page::{PageError, Visitor, day_in_words};
use crate::problem::Problem;

/// Which group, as the address says it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
pub(super) struct Group {
    /// On which day.
    pub(super) day: Day,
    /// For which kind of requirement.
    pub(super) kind: String,
    /// At which place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) place: Option<String>,
}

impl Group {
    /// The group that an appointment of a day belongs to.
    pub(super) fn of(day: Day, appointment: &ListedAppointment) -> Self {
        Self {
            day,
            kind: appointment.kind.clone(),
            place: appointment.place.clone(),
        }
    }

    /// The address of its sheet.
    pub(super) fn address(&self) -> String {
        let query = serde_urlencoded::to_string(self).unwrap_or_default();
        format!("/sessions/sheet?{query}")
    }

    /// *Unpaid work, workshop*.
    pub(super) fn title(&self, law: &Pack) -> String {
        let code = Code::parse(&self.kind).ok();
        let rule = code.as_ref().and_then(|code| law.orders.requirement(code));
        let kind = rule.map_or(self.kind.as_str(), |rule| rule.title.as_str());
        match &self.place {
            Some(place) => format!("{kind}, {}", place.replace('-', " ")),
            None => kind.to_owned(),
        }
    }

    /// The unit in which its requirement is counted.
    pub(super) fn unit(&self, law: &Pack) -> Option<Unit> {
        let code = Code::parse(&self.kind).ok()?;
        law.orders.requirement(&code)?.unit
    }

    /// The day in words.
    pub(super) fn day_in_words(&self) -> String {
        day_in_words(CivilDate::Day(self.day))
    }

    /// Those who are due in it.
    pub(super) async fn appointments(
        &self,
        visitor: &Visitor,
    ) -> Result<Vec<ListedAppointment>, PageError> {
        let mut due = day(visitor, self.day).await?;
        due.retain(|appointment| Self::of(self.day, appointment) == *self);
        Ok(due)
    }
}

/// Everybody who is due in the visitor's office on a day.
pub(super) async fn day(visitor: &Visitor, day: Day) -> Result<Vec<ListedAppointment>, PageError> {
    let query = DiaryQuery {
        as_of: visitor.as_of,
        office: visitor.sample.office.to_owned(),
        day,
    };
    let registry = &visitor.app.registry;
    Ok(registry.diary(&visitor.call, &query).await?.rows)
}

/// A day of an address.
pub(super) fn parsed(text: &str) -> Result<Day, PageError> {
    text.parse().map_err(|_| {
        let said = format!("{text:?} is not a day: write it as 2026-03-05");
        PageError(Problem::usage("day", "day", &said))
    })
}
