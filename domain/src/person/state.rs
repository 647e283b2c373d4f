//! What a person's record is after what happened to it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::command::{Identity, Sex};
use super::event::PersonEvent;
use crate::childhood::ChildNoted;
use crate::personal::DataClass;
use crate::values::{Answer, Code, Known, PersonId};

/// A person's record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Person {
    /// Nothing is recorded under this id.
    #[default]
    Unregistered,
    /// Registered.
    Registered(Box<Registered>),
    /// Merged into another record.
    Merged {
        /// The record that goes on.
        surviving: PersonId,
    },
    /// Expunged.
    Expunged,
}

/// A registered person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registered {
    /// Sex as recorded.
    pub sex: Known<Sex>,
    /// Who the person is, sealed.
    pub identity: Option<Identity>,
    /// Answers about circumstances.
    pub circumstances: BTreeMap<Code, Known<Code>>,
    /// Children who depend on the person.
    pub dependent_children: Known<u8>,
    /// What is known of each of them.
    #[serde(default)]
    pub children: Vec<ChildNoted>,
    /// Consents that stand.
    pub consents: BTreeSet<Code>,
    /// What is contested.
    pub contested: BTreeSet<Code>,
    /// Whether the record is sealed, and under which basis.
    pub sealed: Option<Code>,
    /// The legal holds that stand, each by its basis: lifting one leaves the others.
    pub held: BTreeSet<Code>,
    /// Classes whose keys were destroyed.
    pub erased: BTreeSet<DataClass>,
}

/// What a person who contests a record of a kind calls it: a sentence is a *decision*.
pub fn subject_of(kind: &str) -> &str {
    match kind {
        "sentence" => "decision",
        other => other,
    }
}

impl Registered {
    /// Whether a contest of a subject concerns records of a kind: a contested *decision* is a sentence.
    pub fn contests(&self, kind: &str, subject: &Code) -> bool {
        subject.as_str() == subject_of(kind) && self.contested.contains(subject)
    }

    /// Whether a child who depends on the person is said to have nobody who cares for it.
    pub fn leaves_a_child_alone(&self) -> bool {
        let mut children = self.children.iter();
        children.any(|child| child.cared_for == Known::Value(Answer::No))
    }

    /// Whether anything of records of a kind is contested and not settled.
    pub fn contests_any(&self, kind: &str) -> bool {
        self.contested
            .iter()
            .any(|subject| self.contests(kind, subject))
    }
}

impl Person {
    /// The registered person.
    pub fn registered(&self) -> Option<&Registered> {
        match self {
            Self::Registered(registered) => Some(registered),
            Self::Unregistered | Self::Merged { .. } | Self::Expunged => None,
        }
    }

    pub(super) fn after(self, event: &PersonEvent) -> Self {
        let mut registered = match (self, event) {
            (_, PersonEvent::Registered(register)) => {
                return Self::Registered(Box::new(Registered {
                    sex: register.sex,
                    identity: register.identity.clone(),
                    ..Registered::default()
                }));
            }
            (Self::Registered(registered), _) => registered,
            (other, _) => return other,
        };
        match event {
            PersonEvent::Merged { surviving, .. } => {
                return Self::Merged {
                    surviving: *surviving,
                };
            }
            PersonEvent::Expunged(_) => return Self::Expunged,
            PersonEvent::CircumstancesRecorded(recorded) => {
                registered.circumstances.extend(recorded.answers.clone());
            }
            PersonEvent::ChildrenRecorded {
                dependent,
                each_child,
                ..
            } => {
                registered.dependent_children = *dependent;
                registered.children.clone_from(each_child);
            }
            PersonEvent::ConsentGiven { to } => {
                registered.consents.insert(to.clone());
            }
            PersonEvent::ConsentWithdrawn { to } => {
                registered.consents.remove(to);
            }
            PersonEvent::AttributesCorrected(correction) => registered.sex = correction.sex,
            PersonEvent::IdentityRecorded(recorded) => {
                let identity = registered.identity.take().unwrap_or_default();
                registered.identity = Some(identity.renewed_by(&recorded.identity));
            }
            PersonEvent::DataContested(contest) => {
                registered.contested.insert(contest.subject.clone());
            }
            PersonEvent::ContestSettled(settled) => {
                registered.contested.remove(&settled.subject);
            }
            PersonEvent::RecordSealed(seal) => registered.sealed = Some(seal.basis.clone()),
            PersonEvent::RecordUnsealed(_) => registered.sealed = None,
            PersonEvent::HoldPlaced { basis, .. } => {
                registered.held.insert(basis.clone());
            }
            PersonEvent::HoldLifted(lifted) => {
                registered.held.remove(&lifted.basis);
            }
            PersonEvent::DataErased(erased) => registered.erased.extend(&erased.classes),
            PersonEvent::Registered(_) => {}
        }
        Self::Registered(registered)
    }
}
