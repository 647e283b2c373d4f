//! The matrix of the sample roles.

use domain::actor::{Purpose, Role};

use super::Call;

/// Something that may be done or seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// Register a person, record circumstances, consents and what is contested.
    RecordPerson,
    /// Seal, hold, merge, expunge or erase a person's record.
    GuardPerson,
    /// Draft a decision.
    ProposeSentence,
    /// Impose, vary, quash, commute, pardon, activate, resentence.
    DecideSentence,
    /// Correct a slip and record what happened to a sentence.
    KeepSentence,
    /// Make and change an order by a court.
    DecideOrder,
    /// Record attendance, hours, warnings and allegations.
    RunOrder,
    /// Run a supervision.
    RunSupervision,
    /// Decide on a recall.
    DecideRecall,
    /// Adopt or supersede a jurisdiction's rules.
    AdoptPolicy,
    /// Bring existing records in by the thousand.
    Import,
    /// Read one case: a sentence, an order, a supervision, a person's timeline.
    ReadCase,
    /// Read lists of cases.
    ReadRegister,
    /// Read a person's name and other identity.
    ReadIdentity,
    /// Read words about a person: reasons, notes.
    ReadWords,
    /// Read figures.
    ReadFigures,
    /// Read the feed of events.
    ReadFeed,
    /// Read findings.
    ReadFindings,
    /// Read who consulted what.
    ReadConsultations,
    /// Read what became of imports.
    ReadImports,
    /// Read the rules in force and the state of the service.
    ReadRules,
    /// Rebuild projections and look after the service.
    Operate,
}

/// A "no" to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// It is others who may.
    #[error("{role} may not {}: {} may", described(*action), listed(roles(*action)))]
    Role {
        /// The role.
        role: Role,
        /// What was wished.
        action: Action,
    },
    /// The role has no such purpose.
    #[error(
        "{role} may not act for the purpose {purpose}: name one of {}", listed(purposes(*role))
    )]
    Purpose {
        /// The role.
        role: Role,
        /// The purpose given.
        purpose: Purpose,
    },
}

fn listed<T: std::fmt::Display>(all: &[T]) -> String {
    let all: Vec<String> = all.iter().map(ToString::to_string).collect();
    all.join(", ")
}

/// Lets a call through, or says why not.
pub fn allow(call: &Call, action: Action) -> Result<(), Denied> {
    let (role, purpose) = (call.actor.role, call.purpose);
    if !roles(action).contains(&role) {
        Err(Denied::Role { role, action })
    } else if !purposes(role).contains(&purpose) {
        Err(Denied::Purpose { role, purpose })
    } else {
        Ok(())
    }
}

fn roles(action: Action) -> &'static [Role] {
    use Role::{Administrator, Clerk, Judge, Oversight, Probation, Statistician, System};
    match action {
        Action::RecordPerson => &[Judge, Clerk, Probation, Administrator],
        Action::GuardPerson => &[Judge, Clerk],
        Action::ProposeSentence => &[Judge, Clerk],
        Action::DecideSentence => &[Judge],
        Action::KeepSentence => &[Judge, Clerk],
        Action::DecideOrder => &[Judge, System],
        Action::RunOrder => &[Probation],
        Action::RunSupervision => &[Probation, System],
        Action::DecideRecall => &[Judge],
        Action::AdoptPolicy | Action::Import | Action::Operate => &[Administrator],
        Action::ReadCase => &[Judge, Clerk, Probation, Oversight],
        Action::ReadRegister => &[Judge, Clerk, Probation, Oversight],
        Action::ReadIdentity => &[Judge, Clerk, Probation],
        Action::ReadWords => &[Judge, Clerk, Probation, Oversight],
        Action::ReadFigures => &[
            Judge,
            Clerk,
            Probation,
            Oversight,
            Statistician,
            Administrator,
        ],
        Action::ReadFeed => &[Oversight, Administrator],
        Action::ReadFindings => &[Judge, Clerk, Oversight],
        Action::ReadConsultations => &[Oversight],
        Action::ReadImports => &[Oversight, Statistician, Administrator],
        Action::ReadRules => &[
            Judge,
            Clerk,
            Probation,
            Oversight,
            Statistician,
            Administrator,
            System,
        ],
    }
}

fn purposes(role: Role) -> &'static [Purpose] {
    use Purpose::{
        Administration, Complaint, Correction, Emergency, Enforcement, Hearing, Inspection,
        Release, Report, Research, Supervision,
    };
    match role {
        Role::Judge => &[
            Hearing,
            Enforcement,
            Release,
            Correction,
            Complaint,
            Emergency,
        ],
        Role::Clerk => &[Hearing, Correction, Complaint, Emergency],
        Role::Probation => &[Report, Supervision, Enforcement, Correction, Emergency],
        Role::Oversight => &[Inspection, Complaint],
        Role::Statistician => &[Research],
        Role::Administrator => &[Administration],
        Role::System => &[Hearing, Supervision, Enforcement, Administration],
    }
}

fn described(action: Action) -> &'static str {
    match action {
        Action::RecordPerson => "record a person's circumstances",
        Action::GuardPerson => "seal, hold, merge or erase a person's record",
        Action::ProposeSentence => "draft a decision",
        Action::DecideSentence => "decide on a sentence",
        Action::KeepSentence => "correct a sentence or record its course",
        Action::DecideOrder => "decide on an order",
        Action::RunOrder => "record attendance, hours and warnings",
        Action::RunSupervision => "run a supervision",
        Action::DecideRecall => "decide on a recall",
        Action::AdoptPolicy => "adopt rules",
        Action::Import => "bring existing records in",
        Action::ReadCase => "read a case",
        Action::ReadRegister => "read the register",
        Action::ReadIdentity => "read who a person is",
        Action::ReadWords => "read words about a person",
        Action::ReadFigures => "read figures",
        Action::ReadFeed => "read the feed of events",
        Action::ReadFindings => "read findings",
        Action::ReadConsultations => "read who consulted what",
        Action::ReadImports => "read what became of imports",
        Action::ReadRules => "read the rules",
        Action::Operate => "operate the service",
    }
}

#[cfg(test)]
mod tests {
    use domain::actor::Actor;
    use domain::values::{OfficeCode, SubjectId};

    use super::*;

    fn call(role: Role, purpose: Purpose) -> Call {
        let subject = SubjectId::parse("somebody").unwrap();
        Call::new(
            Actor {
                subject,
                role,
                office: OfficeCode::parse("ashby").unwrap(),
            },
            purpose,
        )
    }

    #[test]
    fn a_judge_decides_at_a_hearing_and_not_out_of_curiosity() {
        assert_eq!(
            allow(&call(Role::Judge, Purpose::Hearing), Action::DecideSentence),
            Ok(())
        );
        let denied = allow(&call(Role::Judge, Purpose::Research), Action::ReadCase).unwrap_err();
        assert_eq!(
            denied.to_string(),
            "judge may not act for the purpose research: name one of hearing, enforcement, release, correction, \
             complaint, emergency"
        );
    }

    #[test]
    fn the_software_decides_no_sentence_and_no_recall() {
        for action in [
            Action::DecideSentence,
            Action::DecideRecall,
            Action::RunOrder,
        ] {
            for purpose in Purpose::ALL {
                assert!(allow(&call(Role::System, *purpose), action).is_err());
            }
        }
    }

    #[test]
    fn a_statistician_and_an_administrator_see_no_case() {
        for (role, purpose) in [
            (Role::Statistician, Purpose::Research),
            (Role::Administrator, Purpose::Administration),
        ] {
            for action in [Action::ReadCase, Action::ReadRegister, Action::ReadIdentity] {
                assert!(allow(&call(role, purpose), action).is_err());
            }
        }
    }
}
