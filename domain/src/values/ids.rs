//! Identities. A person's id is random and derived from nothing.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
        )]
        #[schemars(inline)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )*};
}

ids! {
    /// A person, by a random pseudonym.
    PersonId;
    /// One sentencing decision on one person at one hearing.
    SentenceId;
    /// A community order.
    OrderId;
    /// A period under a probation or parole authority.
    SupervisionId;
    /// A case before judgment.
    PretrialId;
    /// A case kept out of court.
    DiversionId;
    /// A report to a court.
    ReportId;
    /// A restorative process.
    RestorativeId;
    /// A place of detention.
    FacilityId;
    /// A stay in a place of detention.
    CustodyId;
    /// A complaint.
    ComplaintId;
    /// A release after sentence.
    ReleaseId;
    /// A declared emergency.
    EmergencyId;
    /// Something that the register noticed.
    FindingId;
    /// The register itself.
    RegistryId;
    /// An event.
    EventId;
}

macro_rules! numbers {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
        )]
        #[schemars(inline)]
        pub struct $name(pub u16);

        impl $name {
            /// The number that follows; the last one stays the last.
            #[must_use]
            pub fn next(self) -> Self {
                Self(self.0.saturating_add(1))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, std::num::ParseIntError> {
                text.parse().map(Self)
            }
        }
    )*};
}

numbers! {
    /// A count of a decision, numbered from 1.
    CountNo;
    /// A component of a decision, numbered from 1 across all its counts.
    ComponentNo;
    /// A requirement of an order, numbered from 1.
    RequirementNo;
    /// An appointment under an order, numbered from 1.
    AppointmentNo;
    /// An allegation of breach, numbered from 1.
    BreachNo;
    /// A warning under an order, numbered from 1.
    WarningNo;
    /// A child noted in a stay in a place of detention, numbered from 1.
    ChildNo;
    /// A contact under a supervision, numbered from 1.
    ContactNo;
    /// An assessment under a supervision, numbered from 1.
    AssessmentNo;
    /// A programme under a supervision, numbered from 1.
    ProgrammeNo;
    /// A violation under a supervision, numbered from 1.
    ViolationNo;
    /// A request for recall, numbered from 1.
    RecallNo;
    /// A statement of a report, numbered from 1 as it is filed.
    StatementNo;
    /// A point of an agreement, numbered from 1.
    PointNo;
    /// A publication of figures, numbered from 1.
    PublicationNo;
}
