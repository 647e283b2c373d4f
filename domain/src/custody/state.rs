//! What a stay is after what happened in it.

use serde::{Deserialize, Serialize};

use super::command::{
    Answer, BasisFallen, Classify, Commitment, FallenDecision, Isolate, NewCommitment, PlaceChild,
    Reception, ReleaseFromCustody, SeparateChild,
};
use super::event::CustodyEvent;
use crate::act::Finding;
use crate::childhood::ChildNoted;
use crate::stream::StreamEvent;
use crate::values::{ChildNo, Code, CourtCode, FacilityCode, Known, Occurred, PersonId};

/// A stay in its life cycle.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Custody {
    /// Nothing is recorded under this id.
    #[default]
    Unopened,
    /// The stay began.
    Begun(Box<Stay>),
}

/// On what footing somebody is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Footing {
    /// On an order.
    Order {
        /// Since when it holds.
        since: Occurred,
        /// Which.
        commitment: Commitment,
    },
    /// Without a valid order.
    Irregular {
        /// What is missing.
        missing: Vec<Code>,
    },
    /// At her own request.
    AtRequest {
        /// The court that watches over it.
        court: Option<CourtCode>,
    },
    /// She asked, and no longer wants it.
    Withdrawn {
        /// When she said so.
        since: Occurred,
    },
}

/// Where somebody was from a time on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whereabouts {
    /// Since when.
    pub from: Occurred,
    /// The place of detention.
    pub facility: FacilityCode,
}

/// A time alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Isolation {
    /// How it began.
    pub told: Isolate,
    /// When it ended; it goes on without it.
    pub ended: Option<Occurred>,
}

/// A child of somebody who is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Child {
    /// Its number.
    pub no: ChildNo,
    /// What is known of it.
    pub noted: ChildNoted,
    /// How it came to live with its mother, if it does.
    pub with_her: Option<PlaceChild>,
}

/// A stay that began. Each list is in the order of entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stay {
    /// Whom it concerns.
    pub person: PersonId,
    /// When it began.
    pub began: Occurred,
    /// On what footing the person is held.
    pub footing: Footing,
    /// How the decision fell on which the stay rests, until it goes on, on another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallen: Option<BasisFallen>,
    /// How the person's case stands.
    pub group: Known<Code>,
    /// What was asked and noted at the reception.
    pub reception: Reception,
    /// When injuries or signs of ill-treatment were seen, as was told first. It stays when the answer is taken back: what
    /// somebody saw is documented and reported all the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub injured: Option<Occurred>,
    /// Where the person was.
    pub places: Vec<Whereabouts>,
    /// In which part of the place the person is, where that was said.
    #[serde(default)]
    pub unit: Option<Code>,
    /// How the person was classified last.
    pub level: Option<Classify>,
    /// The times alone.
    pub isolations: Vec<Isolation>,
    /// The children, by number.
    pub children: Vec<Child>,
    /// When there was a contact with the family.
    pub contacts: Vec<Occurred>,
    /// How it ended.
    pub released: Option<ReleaseFromCustody>,
    /// Findings of every event, oldest first.
    pub findings: Vec<Finding>,
}

impl Custody {
    /// The words for the state, whatever the day.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Unopened => "not recorded",
            Self::Begun(stay) => stay.title(),
        }
    }

    /// Whom it concerns.
    pub fn person(&self) -> Option<PersonId> {
        self.begun().map(|stay| stay.person)
    }

    /// The stay, once it began.
    pub fn begun(&self) -> Option<&Stay> {
        match self {
            Self::Begun(stay) => Some(stay),
            Self::Unopened => None,
        }
    }

    pub(super) fn after(self, event: &CustodyEvent) -> Self {
        let begun = match event {
            CustodyEvent::Admitted(entered) => {
                let told = &entered.told;
                let footing = Footing::Order {
                    since: told.admitted,
                    commitment: told.commitment.clone(),
                };
                let at = (told.admitted, &told.facility);
                Some(Stay::of(told.person, at, footing, &told.reception))
            }
            CustodyEvent::IrregularHoldingRecorded(entered) => {
                let told = &entered.told;
                let missing = told.missing.clone();
                let at = (told.since, &told.facility);
                let footing = Footing::Irregular { missing };
                Some(Stay::of(told.person, at, footing, &told.reception))
            }
            CustodyEvent::ProtectiveCustodyStarted(entered) => {
                let told = &entered.told;
                let court = told.court.clone();
                let at = (told.taken_in, &told.facility);
                let footing = Footing::AtRequest { court };
                Some(Stay::of(told.person, at, footing, &told.reception))
            }
            CustodyEvent::Regularised(_)
            | CustodyEvent::Continued(_)
            | CustodyEvent::Classified(_)
            | CustodyEvent::Isolated(_)
            | CustodyEvent::IsolationEnded(_)
            | CustodyEvent::ProtectionWithdrawn(_)
            | CustodyEvent::ChildPlaced(_)
            | CustodyEvent::ChildSeparated(_)
            | CustodyEvent::Transferred(_)
            | CustodyEvent::ContactRecorded(_)
            | CustodyEvent::AnswersRecorded(_)
            | CustodyEvent::BasisFell(_)
            | CustodyEvent::Released(_) => None,
        };
        match (begun, self) {
            (Some(mut stay), _) => {
                stay.findings.extend(event.findings().iter().cloned());
                Self::Begun(Box::new(stay))
            }
            (None, Self::Begun(stay)) => Self::Begun(Box::new(stay.after(event))),
            (None, Self::Unopened) => Self::Unopened,
        }
    }
}

impl Stay {
    fn of(
        person: PersonId,
        (began, facility): (Occurred, &FacilityCode),
        footing: Footing,
        reception: &Reception,
    ) -> Self {
        let mut stay = Self {
            person,
            began,
            footing,
            fallen: None,
            group: reception.group.clone(),
            reception: reception.clone(),
            injured: (reception.injuries == Known::Value(Answer::Yes)).then_some(began),
            places: Vec::new(),
            unit: reception.unit.clone(),
            level: None,
            isolations: Vec::new(),
            children: Vec::new(),
            contacts: Vec::new(),
            released: None,
            findings: Vec::new(),
        };
        stay.moved(began, facility);
        for noted in &reception.each_child {
            stay.note(noted.clone(), None);
        }
        stay
    }

    /// The words that people read.
    pub fn title(&self) -> &'static str {
        match (&self.released, &self.footing) {
            (Some(_), _) => "released",
            (None, Footing::Order { .. }) => match self.fallen {
                None => "held on an order",
                Some(_) if self.lacks_committal() => "held after a sentence without its committal",
                Some(_) => "held on a decision that fell",
            },
            (None, Footing::Irregular { .. }) => "held without a valid order",
            (None, Footing::AtRequest { .. }) => "held at her own request",
            (None, Footing::Withdrawn { .. }) => "held after she withdrew her request",
        }
    }

    /// Since when injuries that were seen wait for a doctor or for a report, whatever was answered later.
    pub(super) fn injuries_wait(&self) -> Option<Occurred> {
        self.injured.filter(|_| !self.reception.is_reported())
    }

    /// Whether the case ended with a sentence on which no committal is recorded.
    pub fn lacks_committal(&self) -> bool {
        let fallen = self.fallen.map(|fallen| fallen.decision);
        matches!(fallen, Some(FallenDecision::Sentenced(_)))
    }

    /// The isolation that goes on.
    pub fn isolated(&self) -> Option<&Isolation> {
        let last = self.isolations.last();
        last.filter(|isolation| isolation.ended.is_none())
    }

    /// The child of a number.
    pub fn child(&self, no: ChildNo) -> Option<&Child> {
        self.children.iter().find(|child| child.no == no)
    }

    fn after(mut self, event: &CustodyEvent) -> Self {
        self.findings.extend(event.findings().iter().cloned());
        match event {
            CustodyEvent::Regularised(entered) | CustodyEvent::Continued(entered) => {
                self.rest_on(&entered.told);
            }
            CustodyEvent::Classified(entered) => {
                let told = &entered.told;
                self.unit = told.unit.clone().or(self.unit);
                self.level = Some(told.clone());
            }
            CustodyEvent::Isolated(entered) => self.isolations.push(Isolation {
                told: entered.told.clone(),
                ended: None,
            }),
            CustodyEvent::IsolationEnded(entered) => self.end_isolation(entered.told.ended),
            CustodyEvent::ProtectionWithdrawn(entered) => {
                let since = entered.told.withdrawn;
                self.footing = Footing::Withdrawn { since };
            }
            CustodyEvent::ChildPlaced(entered) => self.place(&entered.told),
            CustodyEvent::ChildSeparated(entered) => self.separate(&entered.told),
            CustodyEvent::Transferred(entered) => {
                self.unit.clone_from(&entered.told.unit);
                self.moved(entered.told.moved, &entered.told.to);
            }
            CustodyEvent::ContactRecorded(entered) => self.contacts.push(entered.told.held),
            CustodyEvent::AnswersRecorded(entered) => {
                self.reception.renewed_by(&entered.told);
                if self.reception.injuries == Known::Value(Answer::Yes) {
                    self.injured = self.injured.or(Some(entered.told.asked));
                }
                for noted in &entered.told.each_child {
                    self.note(noted.clone(), None);
                }
            }
            CustodyEvent::BasisFell(entered) => self.fallen = Some(entered.told),
            CustodyEvent::Released(entered) => {
                self.end_isolation(entered.told.released);
                self.released = Some(entered.told.clone());
            }
            CustodyEvent::Admitted(_)
            | CustodyEvent::IrregularHoldingRecorded(_)
            | CustodyEvent::ProtectiveCustodyStarted(_) => {}
        }
        self
    }

    fn rest_on(&mut self, order: &NewCommitment) {
        self.footing = Footing::Order {
            since: order.done,
            commitment: order.commitment.clone(),
        };
        self.fallen = None;
        if order.group.value().is_some() {
            self.group = order.group.clone();
        }
    }

    fn end_isolation(&mut self, ended: Occurred) {
        if let Some(isolation) = self.isolations.last_mut()
            && isolation.ended.is_none()
        {
            isolation.ended = Some(ended);
        }
    }

    fn moved(&mut self, from: Occurred, facility: &FacilityCode) {
        let facility = facility.clone();
        self.places.push(Whereabouts { from, facility });
    }

    fn note(&mut self, noted: ChildNoted, with_her: Option<PlaceChild>) {
        let last = self.children.last().map_or(ChildNo(0), |child| child.no);
        let no = last.next();
        self.children.push(Child {
            no,
            noted,
            with_her,
        });
    }

    fn place(&mut self, told: &PlaceChild) {
        let mut known = self.children.iter_mut();
        if let Some(child) = known.find(|child| Some(child.no) == told.child) {
            child.with_her = Some(told.clone());
        } else {
            let noted = ChildNoted {
                age: told.age,
                ..ChildNoted::default()
            };
            self.note(noted, Some(told.clone()));
        }
    }

    fn separate(&mut self, told: &SeparateChild) {
        let mut known = self.children.iter_mut();
        if let Some(child) = known.find(|child| child.no == told.child) {
            child.with_her = None;
            if let Some(placement) = &told.placement {
                child.noted.placement = Known::Value(placement.clone());
            }
        }
    }
}
