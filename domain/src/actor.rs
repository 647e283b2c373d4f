//! Who acts: subject, role and office, always with a purpose.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{OfficeCode, SubjectId};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
        )]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$vdoc])* $variant,)*
        }

        impl $name {
            /// Every one of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word under which it is stored.
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.word())
            }
        }

        impl FromStr for $name {
            type Err = String;
            fn from_str(text: &str) -> Result<Self, String> {
                match text {
                    $($word => Ok(Self::$variant),)*
                    other => Err(format!(
                        "{other:?} is not known here: one of {}",
                        [$($word),*].join(", ")
                    )),
                }
            }
        }
    };
}

words! {
    /// The role in which somebody acts.
    Role {
        /// Decides on sentences, breaches and recalls.
        Judge = "judge",
        /// Prepares and corrects the court's record.
        Clerk = "clerk",
        /// Decides whether a case goes to court, and what is asked in place of a trial.
        Prosecutor = "prosecutor",
        /// Runs orders and supervision.
        Probation = "probation",
        /// Runs a place of detention: receives, classifies, keeps and lets go on what others decided.
        Prison = "prison",
        /// Considers and decides on release.
        ReleaseAuthority = "release_authority",
        /// Inspects, replays and compares; decides nothing.
        Oversight = "oversight",
        /// Computes and publishes figures.
        Statistician = "statistician",
        /// Brings existing facts in, adopts policies, runs the service; sees no case.
        Administrator = "administrator",
        /// The registry's own processes, which carry out what a decision states and decide nothing.
        System = "system",
    }
}

impl Role {
    /// What people read.
    pub fn title(self) -> &'static str {
        match self {
            Self::Judge => "Judge",
            Self::Clerk => "Clerk",
            Self::Prosecutor => "Prosecutor",
            Self::Probation => "Probation officer",
            Self::Prison => "Prison service",
            Self::ReleaseAuthority => "Release authority",
            Self::Oversight => "Oversight body",
            Self::Statistician => "Statistician",
            Self::Administrator => "Administrator",
            Self::System => "The register itself",
        }
    }
}

words! {
    /// Why somebody reads or writes (LED art. 4): a closed list.
    Purpose {
        /// A hearing and its decision.
        Hearing = "hearing",
        /// A report to a court.
        Report = "report",
        /// Supervision and the running of orders.
        Supervision = "supervision",
        /// Enforcement after a failure.
        Enforcement = "enforcement",
        /// Release and recall.
        Release = "release",
        /// A request or complaint.
        Complaint = "complaint",
        /// Inspection and oversight.
        Inspection = "inspection",
        /// Statistics and research.
        Research = "research",
        /// Correction of the record.
        Correction = "correction",
        /// A declared emergency.
        Emergency = "emergency",
        /// Bringing existing records in, and running the service.
        Administration = "administration",
    }
}

/// Whoever acts or asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Actor {
    /// The signed-in subject; never a name.
    pub subject: SubjectId,
    /// The role acted in.
    pub role: Role,
    /// The office acted for.
    pub office: OfficeCode,
}
