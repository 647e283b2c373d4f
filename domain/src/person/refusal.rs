//! What may stand in the way of a change to a person's record.

use crate::act::Refusal;
use crate::personal::DataClass;
use crate::values::{Code, PersonId};

fn classes() -> String {
    DataClass::ALL.map(DataClass::word).join(", ")
}

/// A rule that stands in the way, with its values.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PersonRefusal {
    /// P-1.
    #[error("the person is registered already: record what is new, or take a new id")]
    AlreadyRegistered,
    /// P-1.
    #[error("no person is registered under this id: register the person first")]
    NotRegistered,
    /// P-2.
    #[error("the record was merged into {surviving}: go on there")]
    MergedAway {
        /// The record that goes on.
        surviving: PersonId,
    },
    /// P-2.
    #[error("this record was expunged: nothing can be added; its data can still be erased")]
    WasExpunged,
    /// DP-16x.
    #[error("a legal hold under {basis} stands: lift it before anything is erased")]
    OnHold {
        /// The basis of the hold.
        basis: Code,
    },
    /// DP-16x.
    #[error(
        "a legal hold may stand on {surviving}, into which this record was merged: lift it there first"
    )]
    HeldElsewhere {
        /// The record that goes on.
        surviving: PersonId,
    },
    /// P-3.
    #[error("no class of data is named: name at least one of {}", classes())]
    NothingToErase,
    /// P-4.
    #[error("there is no {what} that could be lifted or withdrawn")]
    NothingToLift {
        /// A seal, a hold, a consent.
        what: &'static str,
    },
    /// P-5.
    #[error("{surviving} is not another registered person: merge into the record that goes on")]
    NotAnotherPerson {
        /// The record named.
        surviving: PersonId,
    },
    /// P-5.
    #[error(
        "a {what} stands on this record and would be lost by the merge: lift or settle it first"
    )]
    Encumbered {
        /// A seal, a legal hold or a contest.
        what: &'static str,
    },
    /// P-6.
    #[error("{code} is not among the circumstances and answers of this jurisdiction")]
    UnknownCircumstance {
        /// The code given.
        code: Code,
    },
    /// P-7.
    #[error("the correction changes nothing: give what should read differently")]
    ChangesNothing {
        /// What was to be corrected.
        field: &'static str,
    },
    /// P-8.
    #[error("{subject} is contested already: it is settled first")]
    AlreadyContested {
        /// What is contested.
        subject: Code,
    },
    /// P-8.
    #[error("{subject} is not contested")]
    NotContested {
        /// What was to be settled.
        subject: Code,
    },
    /// P-9.
    #[error("a correction of {subject} is refused without reasons: give them in writing")]
    ReasonsMissing {
        /// What is contested.
        subject: Code,
    },
    /// P-9.
    #[error(
        "a correction of {subject} is refused, and nothing says where that can be reviewed: name the route"
    )]
    RouteMissing {
        /// What is contested.
        subject: Code,
    },
    /// P-9.
    #[error("{route} is not among the routes of review of this jurisdiction")]
    UnknownRoute {
        /// The code given.
        route: Code,
    },
    /// P-10.
    #[error("the day of birth lies in the future: correct it, or leave it out")]
    BornInTheFuture,
    /// P-10.
    #[error("the day of birth lies more than {years} years ago: correct it, or leave it out")]
    BornTooLongAgo {
        /// The most that it can lie ago.
        years: u16,
    },
    /// P-11.
    #[error("the {what} has {long} characters, and {most} are the most: shorten it")]
    TooLong {
        /// The name, the number or the address.
        what: &'static str,
        /// How long it is.
        long: usize,
        /// The most that is kept.
        most: usize,
    },
}

impl Refusal for PersonRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::AlreadyRegistered => "person.already-registered",
            Self::NotRegistered => "person.not-registered",
            Self::MergedAway { .. } => "person.merged-away",
            Self::WasExpunged => "person.was-expunged",
            Self::OnHold { .. } => "person.on-hold",
            Self::HeldElsewhere { .. } => "person.held-elsewhere",
            Self::NothingToErase => "person.nothing-to-erase",
            Self::NothingToLift { .. } => "person.nothing-to-lift",
            Self::NotAnotherPerson { .. } => "person.not-another-person",
            Self::Encumbered { .. } => "person.encumbered",
            Self::UnknownCircumstance { .. } => "person.unknown-circumstance",
            Self::ChangesNothing { .. } => "person.changes-nothing",
            Self::AlreadyContested { .. } => "person.already-contested",
            Self::NotContested { .. } => "person.not-contested",
            Self::ReasonsMissing { .. } => "person.reasons-missing",
            Self::RouteMissing { .. } => "person.route-missing",
            Self::UnknownRoute { .. } => "person.unknown-route",
            Self::BornInTheFuture => "person.born-in-the-future",
            Self::BornTooLongAgo { .. } => "person.born-too-long-ago",
            Self::TooLong { .. } => "person.too-long",
        }
    }

    fn rule(&self) -> &'static str {
        match self {
            Self::AlreadyRegistered | Self::NotRegistered => "P-1",
            Self::MergedAway { .. } | Self::WasExpunged => "P-2",
            Self::NothingToErase => "P-3",
            Self::OnHold { .. } | Self::HeldElsewhere { .. } => "DP-16x",
            Self::NothingToLift { .. } => "P-4",
            Self::NotAnotherPerson { .. } | Self::Encumbered { .. } => "P-5",
            Self::UnknownCircumstance { .. } => "P-6",
            Self::ChangesNothing { .. } => "P-7",
            Self::AlreadyContested { .. } | Self::NotContested { .. } => "P-8",
            Self::ReasonsMissing { .. } | Self::RouteMissing { .. } | Self::UnknownRoute { .. } => {
                "P-9"
            }
            Self::BornInTheFuture | Self::BornTooLongAgo { .. } => "P-10",
            Self::TooLong { .. } => "P-11",
        }
    }

    fn field(&self) -> String {
        match self {
            Self::NothingToErase => "classes",
            Self::NotAnotherPerson { .. } => "surviving",
            Self::UnknownCircumstance { .. } => "answers",
            Self::ChangesNothing { field } => field,
            Self::AlreadyContested { .. } | Self::NotContested { .. } => "subject",
            Self::ReasonsMissing { .. } => "reasons",
            Self::RouteMissing { .. } | Self::UnknownRoute { .. } => "route",
            Self::BornInTheFuture | Self::BornTooLongAgo { .. } => "identity.born",
            Self::TooLong { what, .. } => match *what {
                "name" => "identity.name",
                "number" => "identity.number",
                _ => "identity.contact",
            },
            Self::AlreadyRegistered
            | Self::NotRegistered
            | Self::MergedAway { .. }
            | Self::WasExpunged
            | Self::OnHold { .. }
            | Self::HeldElsewhere { .. }
            | Self::Encumbered { .. }
            | Self::NothingToLift { .. } => "",
        }
        .to_owned()
    }
}
