//! What a sentence is after what happened to it.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::command::{ActivateSuspended, LodgeAppeal};
use super::decision::{Decision, Sanction};
use super::event::SentenceEvent;
use crate::act::{Door, Finding};
use crate::safeguards::sentence as safeguards;
use crate::values::{ComponentNo, DaysHeld, Known, Length, Occurred, PersonId, PretrialId};

/// A sentence in its life cycle.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sentence {
    /// Nothing is recorded under this id.
    #[default]
    Unrecorded,
    /// A draft waits for its pronouncement.
    Proposed(Box<Proposed>),
    /// The draft was taken back.
    Withdrawn,
    /// A decision was imposed.
    Imposed(Box<Imposed>),
}

/// A draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposed {
    /// Whom it concerns.
    pub person: PersonId,
    /// The draft.
    pub decision: Arc<Decision>,
    /// What the register noticed.
    pub findings: Vec<Finding>,
}

/// How an imposed decision stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// In force.
    InForce,
    /// Everything imposed is done.
    Completed,
    /// Pardoned.
    Pardoned,
    /// Quashed: it counts no more.
    Quashed,
}

impl Standing {
    /// The words that people read.
    pub fn title(self) -> &'static str {
        match self {
            Self::InForce => "in force",
            Self::Completed => "completed",
            Self::Pardoned => "pardoned",
            Self::Quashed => "quashed",
        }
    }
}

/// An appeal and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Appeal {
    /// It waits.
    Pending(LodgeAppeal),
    /// It was dismissed or withdrawn.
    Dismissed,
    /// It succeeded.
    Allowed,
}

/// An imposed decision, as it reads after corrections, variations and commutations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imposed {
    /// Whom it concerns.
    pub person: PersonId,
    /// When it was first pronounced.
    pub pronounced: Occurred,
    /// Through which door it entered; what is corrected of it stays behind that door.
    pub door: Door,
    /// The decision.
    pub decision: Arc<Decision>,
    /// How it stands.
    pub standing: Standing,
    /// The appeal, if there was one.
    pub appeal: Option<Appeal>,
    /// Days spent in custody that are credited.
    pub remand_days: Known<u32>,
    /// The times in detention that the register knows of each case before judgment that ended with it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub remand_known: BTreeMap<PretrialId, Vec<DaysHeld>>,
    /// Components being served in custody, each since when.
    pub in_custody: BTreeMap<ComponentNo, Occurred>,
    /// What was activated of suspended terms; absent length: the whole.
    pub activated: BTreeMap<ComponentNo, Option<Length>>,
    /// Findings of every event, oldest first, without those that a later event settled.
    pub findings: Vec<Finding>,
}

impl Imposed {
    /// The appeal that waits for its decision.
    pub fn pending_appeal(&self) -> Option<&LodgeAppeal> {
        match &self.appeal {
            Some(Appeal::Pending(appeal)) => Some(appeal),
            Some(Appeal::Dismissed | Appeal::Allowed) | None => None,
        }
    }
}

impl Sentence {
    /// The words for the state.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Unrecorded => "not recorded",
            Self::Proposed(_) => "proposed",
            Self::Withdrawn => "withdrawn",
            Self::Imposed(imposed) => imposed.standing.title(),
        }
    }

    /// Whom it concerns.
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Self::Unrecorded | Self::Withdrawn => None,
            Self::Proposed(proposed) => Some(proposed.person),
            Self::Imposed(imposed) => Some(imposed.person),
        }
    }

    /// The decision as it reads.
    pub fn decision(&self) -> Option<&Decision> {
        match self {
            Self::Unrecorded | Self::Withdrawn => None,
            Self::Proposed(proposed) => Some(&proposed.decision),
            Self::Imposed(imposed) => Some(&imposed.decision),
        }
    }

    /// The imposed decision.
    pub fn imposed(&self) -> Option<&Imposed> {
        match self {
            Self::Imposed(imposed) => Some(imposed),
            Self::Unrecorded | Self::Proposed(_) | Self::Withdrawn => None,
        }
    }

    pub(super) fn after(self, event: &SentenceEvent) -> Self {
        match event {
            SentenceEvent::Proposed {
                person,
                decision,
                findings,
            } => match self {
                Self::Unrecorded | Self::Proposed(_) | Self::Withdrawn => {
                    Self::Proposed(Box::new(Proposed {
                        person: *person,
                        decision: Arc::clone(decision),
                        findings: findings.clone(),
                    }))
                }
                Self::Imposed(imposed) => Self::Imposed(imposed),
            },
            SentenceEvent::ProposalWithdrawn(_) => match self {
                Self::Unrecorded | Self::Proposed(_) | Self::Withdrawn => Self::Withdrawn,
                Self::Imposed(imposed) => Self::Imposed(imposed),
            },
            SentenceEvent::Imposed {
                person,
                pronounced,
                door,
                decision,
                findings,
                ..
            } => Self::Imposed(Box::new(Imposed {
                person: *person,
                pronounced: *pronounced,
                door: *door,
                decision: Arc::clone(decision),
                standing: Standing::InForce,
                appeal: None,
                remand_days: decision.remand_days,
                remand_known: BTreeMap::new(),
                in_custody: BTreeMap::new(),
                activated: BTreeMap::new(),
                findings: findings.clone(),
            })),
            SentenceEvent::Corrected { .. }
            | SentenceEvent::AppealLodged(_)
            | SentenceEvent::AppealDismissed(_)
            | SentenceEvent::VariedOnAppeal { .. }
            | SentenceEvent::Quashed(_)
            | SentenceEvent::Commuted { .. }
            | SentenceEvent::Pardoned(_)
            | SentenceEvent::RemandCredited { .. }
            | SentenceEvent::RemandKnown { .. }
            | SentenceEvent::CustodyStarted(_)
            | SentenceEvent::CustodyEnded(_)
            | SentenceEvent::SuspendedTermActivated { .. }
            | SentenceEvent::Resentenced { .. }
            | SentenceEvent::Completed { .. } => match self {
                Self::Imposed(imposed) => Self::Imposed(Box::new(imposed.after(event))),
                Self::Unrecorded | Self::Proposed(_) | Self::Withdrawn => self,
            },
        }
    }
}

impl Imposed {
    fn after(mut self, event: &SentenceEvent) -> Self {
        use crate::stream::StreamEvent;
        if let Some(settled) = event.settles() {
            self.findings.retain(|finding| finding.code != settled);
        }
        self.findings.extend(event.findings().iter().cloned());
        match event {
            SentenceEvent::Corrected { decision, .. } => self.rewritten(decision),
            SentenceEvent::VariedOnAppeal { decision, .. } => {
                self.appeal = Some(Appeal::Allowed);
                self.rewritten(decision);
            }
            SentenceEvent::Resentenced { decision, .. } => {
                self.activated.clear();
                self.rewritten(decision);
            }
            SentenceEvent::AppealLodged(appeal) => {
                self.appeal = Some(Appeal::Pending(LodgeAppeal {
                    lodged: appeal.lodged,
                    by: appeal.by,
                }));
            }
            SentenceEvent::AppealDismissed(_) => self.appeal = Some(Appeal::Dismissed),
            SentenceEvent::Quashed(_) => {
                // Who is still held is told by custody alone: a quashed decision ends no custody by itself.
                self.standing = Standing::Quashed;
                if self.appeal.is_some() {
                    self.appeal = Some(Appeal::Allowed);
                }
            }
            SentenceEvent::Commuted { component, to, .. } => self.replaced(*component, to),
            // What is told late takes nothing back of what was decided afterwards.
            SentenceEvent::Pardoned(_) => self.standing = self.standing.max(Standing::Pardoned),
            SentenceEvent::RemandCredited { days, .. } => self.remand_days = Known::Value(*days),
            SentenceEvent::RemandKnown { known, .. } => {
                self.remand_known.insert(known.case, known.held.clone());
            }
            SentenceEvent::CustodyStarted(start) => {
                self.in_custody.insert(start.component, start.on);
            }
            SentenceEvent::CustodyEnded(mark) => {
                self.in_custody.remove(&mark.component);
            }
            SentenceEvent::SuspendedTermActivated {
                activation:
                    ActivateSuspended {
                        component, part, ..
                    },
                ..
            } => {
                self.activated.insert(*component, *part);
            }
            SentenceEvent::Completed { .. } => {
                self.standing = self.standing.max(Standing::Completed);
            }
            SentenceEvent::Proposed { .. }
            | SentenceEvent::ProposalWithdrawn(_)
            | SentenceEvent::Imposed { .. } => {}
        }
        self
    }

    /// Whether somebody can be held under it.
    pub fn allows_custody(&self) -> bool {
        let mut components = self.decision.components();
        components.any(|(_, component)| {
            let activated = self.activated.contains_key(&component.no);
            safeguards::allows_custody(component, activated)
        })
    }

    /// How many days in detention the register knows of the cases before judgment that ended with it, where one did.
    pub fn remand_in_all(&self) -> Option<u32> {
        let times = self.remand_known.values().flatten().copied();
        (!self.remand_known.is_empty()).then(|| DaysHeld::counted(times))
    }

    fn rewritten(&mut self, decision: &Arc<Decision>) {
        if !decision.remand_days.is_not_recorded() {
            self.remand_days = decision.remand_days;
        }
        self.decision = Arc::clone(decision);
    }

    fn replaced(&mut self, no: ComponentNo, to: &Sanction) {
        let counts = &mut Arc::make_mut(&mut self.decision).counts;
        let components = counts.iter_mut().flat_map(|c| c.components.iter_mut());
        for component in components.filter(|c| c.no == no) {
            component.sanction = to.clone();
        }
    }
}
