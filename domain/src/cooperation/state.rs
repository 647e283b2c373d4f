//! What a matter with another State is after what happened in it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::command::{
    ArrestProvisionally, Authority, Direction, EffectMatter, EndMatter, GrantCooperation, Matter,
    NotifyJudgment, RefuseCooperation, RequestCooperation, Side,
};
use super::event::CooperationEvent;
use crate::act::Finding;
use crate::stream::{Entered, StreamEvent};
use crate::values::{Code, Day, InformedConsent, Occurred, PersonId};

/// A matter with another State in its life cycle.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cooperation {
    /// Nothing is recorded under this id.
    #[default]
    Unrecorded,
    /// Another State told of a judgment.
    Notified(Box<Notified>),
    /// Somebody was arrested before the request that is to follow.
    Arrested(Box<Arrested>),
    /// Something was asked.
    Requested(Box<Requested>),
}

/// A judgment of which another State told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notified {
    /// What was told.
    pub notice: NotifyJudgment,
    /// Why it no longer stands.
    pub ended: Option<EndMatter>,
    /// What the register noticed.
    pub findings: Vec<Finding>,
}

/// A provisional arrest that no request has followed yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrested {
    /// What was told of it.
    pub arrest: ArrestProvisionally,
    /// Why it ended without a request.
    pub ended: Option<EndMatter>,
    /// What the register noticed.
    pub findings: Vec<Finding>,
}

/// How what was asked stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CooperationStanding {
    /// Not every State that has to has decided.
    Asked,
    /// Every State that has to has granted it.
    Granted,
    /// It was refused.
    Refused,
    /// It was carried out.
    Effected,
    /// It ended without being carried out.
    Ended,
}

/// Something that was asked, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requested {
    /// What was asked.
    pub request: RequestCooperation,
    /// When the person was arrested before it was asked, if that was so.
    #[serde(default)]
    pub arrested: Option<Occurred>,
    /// How it stands.
    pub standing: CooperationStanding,
    /// What the person agreed to, and how; nothing once that was withdrawn.
    pub consent: Option<InformedConsent>,
    /// The States that have granted it.
    pub granted_by: BTreeSet<Side>,
    /// Who granted it.
    #[serde(default)]
    pub granters: BTreeSet<Authority>,
    /// The last grant.
    pub granted: Option<GrantCooperation>,
    /// The grounds of refusal that were examined in all grants.
    pub examined: BTreeSet<Code>,
    /// The assurances of all grants.
    pub assurances: BTreeSet<Code>,
    /// Why it was refused last.
    pub refused: Option<RefuseCooperation>,
    /// By when it has to be carried out, where a decision says so.
    pub carry_out_by: Option<Day>,
    /// When something was decided last.
    pub decided: Option<Occurred>,
    /// How it was carried out.
    pub effected: Option<EffectMatter>,
    /// Why it ended.
    pub ended: Option<EndMatter>,
    /// Findings of every event, oldest first.
    pub findings: Vec<Finding>,
}

impl CooperationStanding {
    /// The words that people read.
    pub fn title(self) -> &'static str {
        match self {
            Self::Asked => "asked for",
            Self::Granted => "granted",
            Self::Refused => "refused",
            Self::Effected => "carried out",
            Self::Ended => "ended",
        }
    }
}

impl Cooperation {
    /// The words for the state, whatever the day.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Unrecorded => "not recorded",
            Self::Notified(notified) if notified.ended.is_some() => "ended",
            Self::Notified(_) => "told",
            Self::Arrested(arrested) if arrested.ended.is_some() => "ended",
            Self::Arrested(_) => "arrested",
            Self::Requested(requested) => requested.standing.title(),
        }
    }

    /// Whom it concerns.
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Self::Unrecorded => None,
            Self::Notified(notified) => Some(notified.notice.person),
            Self::Arrested(arrested) => Some(arrested.arrest.person),
            Self::Requested(requested) => Some(requested.request.person),
        }
    }

    /// What was asked, where anything was.
    pub fn requested(&self) -> Option<&Requested> {
        match self {
            Self::Requested(requested) => Some(requested),
            Self::Unrecorded | Self::Notified(_) | Self::Arrested(_) => None,
        }
    }

    /// The arrest before a request that has still to follow.
    pub fn arrested(&self) -> Option<&ArrestProvisionally> {
        match self {
            Self::Arrested(arrested) if arrested.ended.is_none() => Some(&arrested.arrest),
            Self::Arrested(_) | Self::Unrecorded | Self::Notified(_) | Self::Requested(_) => None,
        }
    }

    /// The judgment of which another State told, where that still stands.
    pub fn told(&self) -> Option<&NotifyJudgment> {
        match self {
            Self::Notified(notified) if notified.ended.is_none() => Some(&notified.notice),
            Self::Notified(_) | Self::Unrecorded | Self::Arrested(_) | Self::Requested(_) => None,
        }
    }

    /// Findings of every event, oldest first.
    pub fn findings(&self) -> &[Finding] {
        match self {
            Self::Unrecorded => &[],
            Self::Notified(notified) => &notified.findings,
            Self::Arrested(arrested) => &arrested.findings,
            Self::Requested(requested) => &requested.findings,
        }
    }

    pub(super) fn after(self, event: &CooperationEvent) -> Self {
        match (self, event) {
            (Self::Arrested(arrested), CooperationEvent::Requested(entered)) => {
                let mut requested = Requested::of(entered);
                requested.arrested = Some(arrested.arrest.done);
                requested.findings.splice(0..0, arrested.findings);
                Self::Requested(Box::new(requested))
            }
            (_, CooperationEvent::Requested(entered)) => {
                Self::Requested(Box::new(Requested::of(entered)))
            }
            (_, CooperationEvent::ProvisionallyArrested(entered)) => {
                Self::Arrested(Box::new(Arrested {
                    arrest: entered.told.clone(),
                    ended: None,
                    findings: entered.findings.clone(),
                }))
            }
            (_, CooperationEvent::JudgmentNotified(entered)) => {
                Self::Notified(Box::new(Notified {
                    notice: entered.told.clone(),
                    ended: None,
                    findings: entered.findings.clone(),
                }))
            }
            (Self::Requested(requested), _) => Self::Requested(Box::new(requested.after(event))),
            (Self::Notified(notified), _) => Self::Notified(Box::new(notified.after(event))),
            (Self::Arrested(arrested), _) => Self::Arrested(Box::new(arrested.after(event))),
            (Self::Unrecorded, _) => Self::Unrecorded,
        }
    }
}

impl Notified {
    fn after(mut self, event: &CooperationEvent) -> Self {
        self.findings.extend_from_slice(event.findings());
        if let CooperationEvent::Ended(entered) = event {
            self.ended = Some(entered.told.clone());
        }
        self
    }
}

impl Arrested {
    fn after(mut self, event: &CooperationEvent) -> Self {
        self.findings.extend_from_slice(event.findings());
        if let CooperationEvent::Ended(entered) = event {
            self.ended = Some(entered.told.clone());
        }
        self
    }
}

impl Requested {
    fn of(entered: &Entered<RequestCooperation>) -> Self {
        Self {
            request: entered.told.clone(),
            arrested: None,
            standing: CooperationStanding::Asked,
            consent: None,
            granted_by: BTreeSet::new(),
            granters: BTreeSet::new(),
            granted: None,
            examined: BTreeSet::new(),
            assurances: BTreeSet::new(),
            refused: None,
            carry_out_by: None,
            decided: None,
            effected: None,
            ended: None,
            findings: entered.findings.clone(),
        }
    }

    /// The States whose grant is still missing.
    pub fn undecided(&self) -> impl Iterator<Item = Side> {
        let needed = self.request.matter.needs(self.request.direction).iter();
        needed
            .copied()
            .filter(|side| !self.granted_by.contains(side))
    }

    /// Whether a person sentenced in one State goes to serve in the other.
    pub fn is_transfer(&self) -> bool {
        self.request.matter == Matter::Transfer
    }

    /// Whether the person leaves this State for the other: surrendered, or to serve there.
    pub fn is_sent_there(&self) -> bool {
        self.request.matter != Matter::Recognition && self.request.direction == Direction::Outward
    }

    /// Whether a grant holds nothing that an earlier one of the same authority does not.
    pub fn is_granted_again(&self, grant: &GrantCooperation) -> bool {
        let is_new =
            |known: &BTreeSet<Code>, told: &[Code]| !told.iter().all(|code| known.contains(code));
        self.granters.contains(&grant.by)
            && !is_new(&self.examined, &grant.examined)
            && !is_new(&self.assurances, &grant.assurances)
    }

    /// Whether a judgment of the other State is served or recognised here.
    pub fn is_served_here(&self) -> bool {
        self.request.matter != Matter::Extradition && self.request.direction == Direction::Inward
    }

    fn after(mut self, event: &CooperationEvent) -> Self {
        use CooperationStanding as Standing;
        self.findings.extend_from_slice(event.findings());
        match event {
            CooperationEvent::ConsentGiven(entered) => self.consent = Some(entered.told.clone()),
            CooperationEvent::ConsentWithdrawn(_) => self.consent = None,
            CooperationEvent::Granted(entered) => self.grant(&entered.told),
            CooperationEvent::Refused(entered) => {
                self.standing = Standing::Refused;
                let side = entered.told.by.side();
                self.granted_by.remove(&side);
                self.granters.retain(|by| by.side() != side);
                self.decided = Some(entered.told.decided);
                self.refused = Some(entered.told.clone());
            }
            CooperationEvent::Reopened(entered) => {
                self.standing = Standing::Asked;
                self.decided = Some(entered.told.decided);
            }
            CooperationEvent::Postponed(entered) => {
                self.carry_out_by = Some(entered.told.until);
                self.decided = Some(entered.told.decided);
            }
            CooperationEvent::Effected(entered) => {
                self.standing = Standing::Effected;
                self.effected = Some(entered.told.clone());
            }
            CooperationEvent::Ended(entered) => {
                self.standing = Standing::Ended;
                self.ended = Some(entered.told.clone());
            }
            CooperationEvent::ProvisionallyArrested(_)
            | CooperationEvent::Requested(_)
            | CooperationEvent::JudgmentNotified(_) => {}
        }
        self
    }

    fn grant(&mut self, grant: &GrantCooperation) {
        self.granted_by.insert(grant.by.side());
        self.granters.insert(grant.by);
        self.examined.extend(grant.examined.iter().cloned());
        self.assurances.extend(grant.assurances.iter().cloned());
        self.carry_out_by = grant.carry_out_by.or(self.carry_out_by);
        self.decided = Some(grant.decided);
        self.granted = Some(grant.clone());
        if self.undecided().next().is_none() {
            self.standing = CooperationStanding::Granted;
        }
    }
}
