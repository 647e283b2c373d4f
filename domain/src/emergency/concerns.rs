//! Whom an event concerns, and what of it is about one of them: a list of a thousand is nobody's own record.

use std::collections::BTreeSet;

use super::command::{Item, Screen};
use super::event::{EmergencyEvent, EndByLaw};
use crate::stream::Entered;
use crate::values::PersonId;

impl EmergencyEvent {
    /// Everybody whom the event names.
    pub fn people(&self) -> BTreeSet<PersonId> {
        let one: Option<PersonId> = match self {
            Self::Screened(entered) => {
                let results = entered.told.results.iter();
                return results.map(|result| result.person).collect();
            }
            Self::EndedByLaw(entered) => {
                return entered.told.open.iter().filter_map(Item::person).collect();
            }
            Self::ReleaseDecided(entered) => Some(entered.told.person),
            Self::ReleaseEffected(entered) => Some(entered.told.person),
            Self::Returned(entered) => Some(entered.told.person),
            Self::Breached(entered) => Some(entered.told.person),
            Self::RightCut(entered) => entered.told.person,
            Self::RightRestored(entered) => entered.told.person,
            Self::MeasureClosed(entered) => entered.told.item.person(),
            Self::Declared(_) | Self::CriteriaPublished(_) | Self::Extended(_) | Self::Ended(_) => {
                None
            }
        };
        one.into_iter().collect()
    }

    /// The event as far as it is about somebody: of a list, that person's own lines.
    #[must_use]
    pub fn about(&self, person: PersonId) -> Option<Self> {
        if !self.people().contains(&person) {
            return None;
        }
        Some(match self {
            Self::Screened(entered) => Self::Screened(of_one(entered, |told| {
                let own = told.results.iter().filter(|result| result.person == person);
                Screen {
                    done: told.done,
                    version: told.version.clone(),
                    results: own.cloned().collect(),
                }
            })),
            Self::EndedByLaw(entered) => Self::EndedByLaw(of_one(entered, |told| {
                let own = told
                    .open
                    .iter()
                    .filter(|item| item.person() == Some(person));
                EndByLaw {
                    done: told.done,
                    basis: told.basis.clone(),
                    open: own.cloned().collect(),
                }
            })),
            Self::Declared(_)
            | Self::CriteriaPublished(_)
            | Self::Extended(_)
            | Self::ReleaseDecided(_)
            | Self::ReleaseEffected(_)
            | Self::Returned(_)
            | Self::Breached(_)
            | Self::RightCut(_)
            | Self::RightRestored(_)
            | Self::MeasureClosed(_)
            | Self::Ended(_) => self.clone(),
        })
    }
}

fn of_one<T>(entered: &Entered<T>, told: impl Fn(&T) -> T) -> Entered<T> {
    Entered {
        told: told(&entered.told),
        door: entered.door,
        findings: entered.findings.clone(),
    }
}
