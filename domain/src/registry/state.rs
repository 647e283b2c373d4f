//! What the register is after what happened to it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::command::{
    AcknowledgeLoss, OpenRegister, RecordBundleHandedOver, RecordConsultationsSealed,
    RecordReleasePublished, RecordReleaseWithdrawn,
};
use super::event::RegistryEvent;
use crate::act::Finding;
use crate::stream::StreamEvent;
use crate::values::{Code, PublicationNo};

/// The register in its life.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Register {
    /// It has not begun.
    #[default]
    Unopened,
    /// It runs.
    Open(Box<Opened>),
}

/// Figures that were published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// What was published.
    pub published: RecordReleasePublished,
    /// How it was withdrawn, if it was.
    pub withdrawn: Option<RecordReleaseWithdrawn>,
}

/// A register that runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// How it was opened.
    pub opening: OpenRegister,
    /// Keys that took the place of another.
    pub keys: BTreeSet<Code>,
    /// The last seal on consultations.
    pub sealed: Option<RecordConsultationsSealed>,
    /// Records that were handed over, oldest first.
    pub bundles: Vec<RecordBundleHandedOver>,
    /// Figures that were published, by number.
    pub publications: BTreeMap<PublicationNo, Publication>,
    /// What was lost, oldest first.
    pub losses: Vec<AcknowledgeLoss>,
    /// Findings of every event, oldest first.
    pub findings: Vec<Finding>,
}

impl Register {
    /// The words for the state.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Unopened => "not open",
            Self::Open(_) => "open",
        }
    }

    /// The register that runs.
    pub fn opened(&self) -> Option<&Opened> {
        match self {
            Self::Open(opened) => Some(opened),
            Self::Unopened => None,
        }
    }

    pub(super) fn after(self, event: &RegistryEvent) -> Self {
        match (self, event) {
            (_, RegistryEvent::Opened(entered)) => Self::Open(Box::new(Opened {
                opening: entered.told.clone(),
                keys: BTreeSet::new(),
                sealed: None,
                bundles: Vec::new(),
                publications: BTreeMap::new(),
                losses: Vec::new(),
                findings: entered.findings.clone(),
            })),
            (Self::Open(opened), _) => Self::Open(Box::new(opened.after(event))),
            (Self::Unopened, _) => Self::Unopened,
        }
    }
}

impl Opened {
    /// The number of the publication that follows.
    pub fn next_publication(&self) -> PublicationNo {
        let last = self.publications.keys().next_back().copied();
        last.unwrap_or(PublicationNo(0)).next()
    }

    fn after(mut self, event: &RegistryEvent) -> Self {
        self.findings.extend(event.findings().iter().cloned());
        match event {
            RegistryEvent::KeyRotated(entered) => {
                self.keys.insert(entered.told.key.clone());
            }
            RegistryEvent::ConsultationsSealed(entered) => {
                self.sealed = Some(entered.told.clone());
            }
            RegistryEvent::BundleHandedOver(entered) => self.bundles.push(entered.told.clone()),
            RegistryEvent::ReleasePublished(entered) => {
                let publication = Publication {
                    published: entered.told.clone(),
                    withdrawn: None,
                };
                self.publications.insert(entered.told.number, publication);
            }
            RegistryEvent::ReleaseWithdrawn(entered) => {
                if let Some(publication) = self.publications.get_mut(&entered.told.number) {
                    publication.withdrawn = Some(entered.told.clone());
                }
            }
            RegistryEvent::LossAcknowledged(entered) => self.losses.push(entered.told.clone()),
            RegistryEvent::Opened(_) => {}
        }
        self
    }
}
