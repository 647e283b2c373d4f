//! What may stand in the way of a change to a jurisdiction's rules.

use crate::act::Refusal;
use crate::personal::DataClass;
use crate::values::{Day, PolicyVersion};

/// The version that a changed pack could have: midland/2 after midland/1.
fn next(version: &PolicyVersion) -> String {
    let text = version.as_str();
    let (name, number) = text.rsplit_once('/').unwrap_or((text, "1"));
    let number: u32 = number.parse().unwrap_or(1);
    format!("{name}/{}", number.saturating_add(1))
}

fn words(classes: &[DataClass]) -> String {
    let words: Vec<&str> = classes.iter().map(|class| class.word()).collect();
    words.join(", ")
}

/// A rule that stands in the way, with its values.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyRefusal {
    /// PO-1.
    #[error(
        "{version} is adopted already: give a changed pack a new version, such as {}",
        next(version)
    )]
    AlreadyAdopted {
        /// The version.
        version: PolicyVersion,
    },
    /// PO-1.
    #[error("{hash:?} is not a SHA-256: 64 hexadecimal digits are expected")]
    NotAHash {
        /// The text given.
        hash: String,
    },
    /// PO-2.
    #[error("{version} cannot follow itself: name the version that comes after it")]
    FollowsItself {
        /// The version.
        version: PolicyVersion,
    },
    /// PO-2.
    #[error("{version} is not an adopted version that is still in force")]
    NotInForce {
        /// The version.
        version: PolicyVersion,
    },
    /// PO-3.
    #[error("{version} applies from {from}: put it in force when that day has come")]
    NotYet {
        /// The version.
        version: PolicyVersion,
        /// From when it applies.
        from: Day,
    },
    /// DP-2.
    #[error(
        "the rules do not say how long {} are kept: add it under [retention]",
        words(classes)
    )]
    NoRetention {
        /// The classes without a rule.
        classes: Vec<DataClass>,
    },
}

impl Refusal for PolicyRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::AlreadyAdopted { .. } => "policy.already-adopted",
            Self::NotAHash { .. } => "policy.not-a-hash",
            Self::FollowsItself { .. } => "policy.follows-itself",
            Self::NotInForce { .. } => "policy.not-in-force",
            Self::NotYet { .. } => "policy.not-yet",
            Self::NoRetention { .. } => "policy.no-retention",
        }
    }

    fn rule(&self) -> &'static str {
        match self {
            Self::AlreadyAdopted { .. } | Self::NotAHash { .. } => "PO-1",
            Self::FollowsItself { .. } | Self::NotInForce { .. } => "PO-2",
            Self::NotYet { .. } => "PO-3",
            Self::NoRetention { .. } => "DP-2",
        }
    }

    fn field(&self) -> String {
        match self {
            Self::AlreadyAdopted { .. } | Self::NotInForce { .. } | Self::NotYet { .. } => {
                "version"
            }
            Self::FollowsItself { .. } => "by",
            Self::NotAHash { .. } => "hash",
            Self::NoRetention { .. } => "unruled",
        }
        .to_owned()
    }
}
