//! What a case kept out of court is after what happened in it.

use serde::{Deserialize, Serialize};

use super::command::{DischargeCase, OfferDiversion, ReturnToProsecution};
use super::event::DiversionEvent;
use crate::act::Finding;
use crate::stream::{Entered, StreamEvent};
use crate::values::{Day, InformedConsent, Occurred, PersonId};

/// A case kept out of court in its life cycle.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Diversion {
    /// Nothing is recorded under this id.
    #[default]
    Unrecorded,
    /// The case was discharged: neither a trial nor an obligation.
    Discharged(Box<Discharged>),
    /// It was offered to keep the case out of court.
    Offered(Box<Offered>),
}

/// A case that was discharged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discharged {
    /// What was decided.
    pub discharge: DischargeCase,
    /// What the register noticed.
    pub findings: Vec<Finding>,
}

/// How an offer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DiversionStanding {
    /// It waits for the person's consent.
    Offered,
    /// The person agreed; nothing has begun.
    Agreed,
    /// The obligations run.
    Running,
    /// Consent was withdrawn: nothing is asked any more.
    Withdrawn,
    /// All was done.
    Completed,
    /// The case went back to the prosecution.
    Returned,
}

/// An offer to keep a case out of court, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offered {
    /// The offer.
    pub offer: OfferDiversion,
    /// How it stands.
    pub standing: DiversionStanding,
    /// What the person agreed to, and how.
    pub consent: Option<InformedConsent>,
    /// When the obligations began.
    pub activated: Option<Occurred>,
    /// When consent was withdrawn.
    pub withdrawn: Option<Occurred>,
    /// When all was done.
    pub completed: Option<Occurred>,
    /// Why the case went back.
    pub returned: Option<ReturnToProsecution>,
    /// Findings of every event, oldest first.
    pub findings: Vec<Finding>,
}

impl DiversionStanding {
    /// The words that people read.
    pub fn title(self) -> &'static str {
        match self {
            Self::Offered => "offered",
            Self::Agreed => "agreed to",
            Self::Running => "running",
            Self::Withdrawn => "closed by a withdrawal",
            Self::Completed => "completed",
            Self::Returned => "returned to the prosecution",
        }
    }
}

impl Diversion {
    /// The words for the state, whatever the day.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Unrecorded => "not recorded",
            Self::Discharged(_) => "discharged",
            Self::Offered(offered) => offered.standing.title(),
        }
    }

    /// Whom it concerns.
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Self::Unrecorded => None,
            Self::Discharged(discharged) => Some(discharged.discharge.person),
            Self::Offered(offered) => Some(offered.offer.person),
        }
    }

    /// The offer, where one was made.
    pub fn offered(&self) -> Option<&Offered> {
        match self {
            Self::Offered(offered) => Some(offered),
            Self::Unrecorded | Self::Discharged(_) => None,
        }
    }

    /// Findings of every event, oldest first.
    pub fn findings(&self) -> &[Finding] {
        match self {
            Self::Unrecorded => &[],
            Self::Discharged(discharged) => &discharged.findings,
            Self::Offered(offered) => &offered.findings,
        }
    }

    pub(super) fn after(self, event: &DiversionEvent) -> Self {
        match (self, event) {
            (_, DiversionEvent::Offered(entered)) => Self::Offered(Box::new(Offered::of(entered))),
            (_, DiversionEvent::Discharged(entered)) => Self::Discharged(Box::new(Discharged {
                discharge: entered.told.clone(),
                findings: entered.findings.clone(),
            })),
            (Self::Offered(offered), _) => Self::Offered(Box::new(offered.after(event))),
            (other @ (Self::Unrecorded | Self::Discharged(_)), _) => other,
        }
    }
}

impl Offered {
    fn of(entered: &Entered<OfferDiversion>) -> Self {
        Self {
            offer: entered.told.clone(),
            standing: DiversionStanding::Offered,
            consent: None,
            activated: None,
            withdrawn: None,
            completed: None,
            returned: None,
            findings: entered.findings.clone(),
        }
    }

    /// The last day on which anything is asked, where the offer names one.
    pub fn last_day(&self) -> Option<Day> {
        let obligations = self.offer.obligations.iter();
        obligations.filter_map(|obligation| obligation.until).max()
    }

    fn after(mut self, event: &DiversionEvent) -> Self {
        self.findings.extend_from_slice(event.findings());
        match event {
            DiversionEvent::ConsentGiven(entered) => {
                self.standing = DiversionStanding::Agreed;
                self.consent = Some(entered.told.clone());
            }
            DiversionEvent::ConsentWithdrawn(entered) => {
                self.standing = DiversionStanding::Withdrawn;
                self.withdrawn = Some(entered.told.done);
            }
            DiversionEvent::Activated(entered) => {
                self.standing = DiversionStanding::Running;
                self.activated = Some(entered.told.done);
            }
            DiversionEvent::Completed(entered) => {
                self.standing = DiversionStanding::Completed;
                self.completed = Some(entered.told.done);
            }
            DiversionEvent::Returned(entered) => {
                self.standing = DiversionStanding::Returned;
                self.returned = Some(entered.told.clone());
            }
            DiversionEvent::Offered(_) | DiversionEvent::Discharged(_) => {}
        }
        self
    }
}
