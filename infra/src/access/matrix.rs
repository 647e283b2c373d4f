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
    /// Decide on liberty before judgment.
    DecidePretrial,
    /// Open a case before judgment and record its course.
    KeepPretrial,
    /// Keep a case out of court, or send it back.
    DecideDiversion,
    /// Record consent to a diversion and its course.
    RunDiversion,
    /// Ask for a report, or ask for it no longer.
    RequestReport,
    /// Write a report.
    WriteReport,
    /// Record what is contested of a report, and what becomes of that.
    ContestReport,
    /// Refer a case to a restorative process and record its course.
    RunRestorative,
    /// Grant, refuse or put off what is asked between this State and another.
    DecideCooperation,
    /// Record what is asked between this State and another, what the person says to it, and what becomes of it.
    RunCooperation,
    /// Receive, keep and let go somebody in a place of detention.
    RunCustody,
    /// Say what a place of detention is and how many it holds.
    RunFacility,
    /// Record when a release is possible, that it was carried out, and the return.
    PrepareRelease,
    /// Consider, grant, refuse or end a release.
    DecideRelease,
    /// Declare an emergency, its criteria and its end; cut and restore rights in it.
    GovernEmergency,
    /// Record who meets the criteria of an emergency.
    ScreenInEmergency,
    /// Try the criteria of an emergency on those who are held, to see what they would come to.
    RehearseCriteria,
    /// Hand in a complaint, take it to a higher level or withdraw it.
    SubmitComplaint,
    /// Answer a complaint and settle it.
    AnswerComplaint,
    /// Say that a clock ran out.
    RaiseFinding,
    /// Take up what was noticed, give it to somebody, close it, open it again.
    HandleFinding,
    /// Record what happens to the register itself.
    KeepRegister,
    /// Publish figures, and withdraw them.
    PublishFigures,
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
    /// Read what happened to the register itself.
    ReadKeeping,
    /// Read who consulted what.
    ReadConsultations,
    /// Hand a person the sheet of what the register holds, and of who read it.
    HandSheet,
    /// Hand a case to another authority.
    ExportCase,
    /// Take figures out for statistics, and decisions one by one under numbers that stand for persons.
    ExportFigures,
    /// Come through the gate to a child's case.
    PassGate,
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
    #[error("{role} may not {}: {} may", action.described(), listed(roles(*action)))]
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
    /// The gate to children's cases stays closed.
    #[error(
        "{role} comes to no child's case for the purpose {purpose} and the reason given: the rules name who does, and why"
    )]
    Gate {
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

/// Whoever works on cases or watches over them.
const CASEWORK: &[Role] = &[
    Role::Judge,
    Role::Clerk,
    Role::Prosecutor,
    Role::Probation,
    Role::Prison,
    Role::ReleaseAuthority,
    Role::Oversight,
];

/// Every human being who signs in.
const EVERYBODY: &[Role] = &[
    Role::Judge,
    Role::Clerk,
    Role::Prosecutor,
    Role::Probation,
    Role::Prison,
    Role::ReleaseAuthority,
    Role::Oversight,
    Role::Statistician,
    Role::Administrator,
];

fn roles(action: Action) -> &'static [Role] {
    use Role::{
        Administrator, Clerk, Judge, Oversight, Prison, Probation, Prosecutor, ReleaseAuthority,
        Statistician, System,
    };
    match action {
        Action::RecordPerson => &[Judge, Clerk, Probation, Administrator],
        Action::GuardPerson | Action::ProposeSentence | Action::KeepSentence => &[Judge, Clerk],
        Action::DecideOrder => &[Judge, System],
        Action::RunOrder => &[Probation],
        Action::RunSupervision => &[Probation, System],
        Action::DecideSentence | Action::DecideRecall | Action::DecidePretrial => &[Judge],
        Action::KeepPretrial => &[Judge, Clerk, Probation],
        Action::DecideDiversion => &[Prosecutor, Judge],
        Action::RunDiversion => &[Prosecutor, Clerk, Probation],
        Action::RequestReport => &[Judge, Clerk],
        Action::WriteReport => &[Probation],
        Action::ContestReport => &[Judge, Clerk, Probation],
        Action::RunRestorative => &[Judge, Prosecutor, Probation],
        Action::DecideCooperation => &[Judge, Clerk, Prosecutor],
        Action::RunCooperation => &[Judge, Clerk, Prosecutor, Prison],
        Action::RunCustody => &[Prison],
        Action::RunFacility => &[Prison, Administrator],
        Action::PrepareRelease => &[ReleaseAuthority, Prison, Clerk, Probation],
        Action::DecideRelease => &[ReleaseAuthority, Judge],
        Action::GovernEmergency => &[Judge, Clerk, ReleaseAuthority],
        Action::ScreenInEmergency => &[ReleaseAuthority, Prison, Clerk],
        Action::RehearseCriteria => &[Judge, Clerk, ReleaseAuthority, Prison],
        // Anybody complains of anything at any time; what becomes of it is read by whoever works on cases.
        Action::SubmitComplaint => EVERYBODY,
        Action::AnswerComplaint => &[Judge, Clerk, Prison, Oversight],
        Action::RaiseFinding => &[System],
        Action::HandleFinding | Action::ReadFindings => CASEWORK,
        Action::KeepRegister => &[Administrator, System, Oversight],
        Action::PublishFigures => &[Statistician, Administrator],
        Action::ExportFigures => &[Statistician, Oversight],
        Action::ReadKeeping => &[Administrator, Oversight],
        Action::AdoptPolicy | Action::Import | Action::Operate => &[Administrator],
        Action::ReadCase | Action::ReadRegister | Action::ReadWords | Action::PassGate => CASEWORK,
        Action::ReadIdentity => &[
            Judge,
            Clerk,
            Prosecutor,
            Probation,
            Prison,
            ReleaseAuthority,
        ],
        Action::ReadFigures => EVERYBODY,
        Action::ReadFeed => &[Oversight, Administrator],
        Action::ReadConsultations => &[Oversight],
        Action::HandSheet => &[Judge, Clerk, Probation, Prison],
        Action::ExportCase => &[Judge, Clerk, Prosecutor, ReleaseAuthority],
        Action::ReadImports => &[Oversight, Statistician, Administrator],
        Action::ReadRules => Role::ALL,
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
        Role::Prosecutor => &[Hearing, Complaint, Emergency],
        Role::Probation => &[Report, Supervision, Enforcement, Correction, Emergency],
        Role::Prison => &[Supervision, Release, Correction, Complaint, Emergency],
        Role::ReleaseAuthority => &[Release, Correction, Complaint, Emergency],
        Role::Oversight => &[Inspection, Complaint],
        Role::Statistician => &[Research],
        Role::Administrator => &[Administration],
        Role::System => &[Hearing, Supervision, Enforcement, Administration],
    }
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 50] = [
        Self::RecordPerson,
        Self::GuardPerson,
        Self::ProposeSentence,
        Self::DecideSentence,
        Self::KeepSentence,
        Self::DecideOrder,
        Self::RunOrder,
        Self::RunSupervision,
        Self::DecideRecall,
        Self::DecidePretrial,
        Self::KeepPretrial,
        Self::DecideDiversion,
        Self::RunDiversion,
        Self::RequestReport,
        Self::WriteReport,
        Self::ContestReport,
        Self::RunRestorative,
        Self::DecideCooperation,
        Self::RunCooperation,
        Self::RunCustody,
        Self::RunFacility,
        Self::PrepareRelease,
        Self::DecideRelease,
        Self::GovernEmergency,
        Self::ScreenInEmergency,
        Self::RehearseCriteria,
        Self::SubmitComplaint,
        Self::AnswerComplaint,
        Self::RaiseFinding,
        Self::HandleFinding,
        Self::KeepRegister,
        Self::PublishFigures,
        Self::AdoptPolicy,
        Self::Import,
        Self::ReadCase,
        Self::ReadRegister,
        Self::ReadIdentity,
        Self::ReadWords,
        Self::ReadFigures,
        Self::ReadFeed,
        Self::ReadFindings,
        Self::ReadKeeping,
        Self::ReadConsultations,
        Self::HandSheet,
        Self::ExportCase,
        Self::ExportFigures,
        Self::PassGate,
        Self::ReadImports,
        Self::ReadRules,
        Self::Operate,
    ];

    /// The action of an entry in the log of consultations.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|action| format!("{action:?}") == name)
    }

    /// What somebody does, in words.
    pub fn described(self) -> &'static str {
        match self {
            Self::RecordPerson => "record a person's circumstances",
            Self::GuardPerson => "seal, hold, merge or erase a person's record",
            Self::ProposeSentence => "draft a decision",
            Self::DecideSentence => "decide on a sentence",
            Self::KeepSentence => "correct a sentence or record its course",
            Self::DecideOrder => "decide on an order",
            Self::RunOrder => "record attendance, hours and warnings",
            Self::RunSupervision => "run a supervision",
            Self::DecideRecall => "decide on a recall",
            Self::DecidePretrial => "decide on liberty before judgment",
            Self::KeepPretrial => "record the course of a case before judgment",
            Self::DecideDiversion => "decide on keeping a case out of court",
            Self::RunDiversion => "record the course of a case kept out of court",
            Self::RequestReport => "ask for a report",
            Self::WriteReport => "write a report",
            Self::ContestReport => "record what is contested of a report",
            Self::RunRestorative => "record a restorative process",
            Self::DecideCooperation => "decide on what is asked between States",
            Self::RunCooperation => "record what is asked between States",
            Self::RunCustody => "record a stay in custody",
            Self::RunFacility => "describe a place of detention",
            Self::PrepareRelease => "record what leads to a release and what follows it",
            Self::DecideRelease => "decide on a release",
            Self::GovernEmergency => "declare an emergency and what it changes",
            Self::ScreenInEmergency => "record who meets the criteria of an emergency",
            Self::RehearseCriteria => "try the criteria of an emergency without recording anything",
            Self::SubmitComplaint => "hand in a complaint",
            Self::AnswerComplaint => "answer a complaint",
            Self::RaiseFinding => "say that a clock ran out",
            Self::HandleFinding => "look at what was noticed",
            Self::KeepRegister => "record what happens to the register itself",
            Self::PublishFigures => "publish figures",
            Self::AdoptPolicy => "adopt rules",
            Self::Import => "bring existing records in",
            Self::ReadCase => "read a case",
            Self::ReadRegister => "read the register",
            Self::ReadIdentity => "read who a person is",
            Self::ReadWords => "read words about a person",
            Self::ReadFigures => "read figures",
            Self::ReadFeed => "read the feed of events",
            Self::ReadFindings => "read findings",
            Self::ReadKeeping => "read what happened to the register itself",
            Self::ReadConsultations => "read who consulted what",
            Self::HandSheet => "hand a person the sheet of what is recorded",
            Self::ExportCase => "hand a case to another authority",
            Self::ExportFigures => "export figures and the decisions behind them",
            Self::PassGate => "come through the gate to a child's case",
            Self::ReadImports => "read what became of imports",
            Self::ReadRules => "read the rules",
            Self::Operate => "operate the service",
        }
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

    /// TR-3.12
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

    /// DP-7
    #[test]
    fn the_software_decides_on_nobodys_liberty() {
        for action in [
            Action::DecideSentence,
            Action::DecideRecall,
            Action::RunOrder,
            Action::DecidePretrial,
            Action::DecideRelease,
            Action::PrepareRelease,
            Action::RunCustody,
            Action::DecideCooperation,
            Action::RunCooperation,
            Action::GovernEmergency,
            Action::ScreenInEmergency,
            Action::RehearseCriteria,
            Action::HandleFinding,
        ] {
            for purpose in Purpose::ALL {
                assert!(allow(&call(Role::System, *purpose), action).is_err());
            }
        }
    }

    /// ST-1
    #[test]
    fn decisions_are_exported_by_statisticians_and_oversight_alone() {
        let may = |role| {
            let mut own = purposes(role).iter();
            own.any(|purpose| allow(&call(role, *purpose), Action::ExportFigures).is_ok())
        };
        let found: Vec<Role> = Role::ALL
            .iter()
            .copied()
            .filter(|role| may(*role))
            .collect();
        assert_eq!(found, [Role::Oversight, Role::Statistician]);
    }

    /// TR-3.12
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
