//! What the facade has to know of each stream besides its rules.

use cqrs_es::Aggregate;
use domain::act::Submitted;
use domain::order::{Order, OrderCommand};
use domain::person::{Person, PersonCommand};
use domain::personal::Seal;
use domain::policy::{Policy, PolicyCommand};
use domain::pretrial::{Pretrial, PretrialCommand};
use domain::sentence::{Sentence, SentenceCommand};
use domain::stream::Stream;
use domain::supervision::{Supervision, SupervisionCommand};
use domain::values::PersonId;
use uuid::Uuid;

use crate::access::Action;

/// What may be asked of a stream.
pub type Wish<S> = <S as Stream>::Command;

/// What may stand in the way.
pub type No<S> = <S as Stream>::Refusal;

/// A stream that the register keeps.
pub trait Kept:
    Stream<Command: Seal + Clone>
    + Aggregate<
        Command = Submitted<<Self as Stream>::Command>,
        Event = <Self as Stream>::Event,
        Error = <Self as Stream>::Refusal,
        Services = (),
    >
{
    /// What somebody needs to be allowed for a command.
    fn action(command: &Wish<Self>) -> Action;

    /// What somebody needs to be allowed for the command of a word, for what shows which acts there are before any is
    /// filled in; streams whose pages are not made from their commands say nothing.
    fn action_named(_word: &str) -> Option<Action> {
        None
    }

    /// Under whose keys the personal values of a command are sealed.
    fn person(&self, id: &str, command: &Wish<Self>) -> Option<PersonId>;

    /// Whom the stream is about, whose seal covers it.
    fn person_shown(&self, id: &str) -> Option<PersonId>;
}

impl Kept for Person {
    fn action(command: &PersonCommand) -> Action {
        match command {
            PersonCommand::Register(_)
            | PersonCommand::RecordCircumstances(_)
            | PersonCommand::RecordChildren { .. }
            | PersonCommand::GiveConsent { .. }
            | PersonCommand::WithdrawConsent { .. }
            | PersonCommand::CorrectAttributes(_)
            | PersonCommand::RecordIdentity(_)
            | PersonCommand::ContestData(_)
            | PersonCommand::SettleContest(_) => Action::RecordPerson,
            PersonCommand::SealRecord(_)
            | PersonCommand::UnsealRecord(_)
            | PersonCommand::PlaceHold { .. }
            | PersonCommand::LiftHold(_)
            | PersonCommand::EraseData(_)
            | PersonCommand::Expunge(_)
            | PersonCommand::MergeInto { .. } => Action::GuardPerson,
        }
    }

    fn person(&self, id: &str, _command: &PersonCommand) -> Option<PersonId> {
        Uuid::parse_str(id).ok().map(PersonId)
    }

    fn person_shown(&self, id: &str) -> Option<PersonId> {
        Uuid::parse_str(id).ok().map(PersonId)
    }
}

impl Kept for Sentence {
    fn action(command: &SentenceCommand) -> Action {
        match command {
            SentenceCommand::Propose(_) | SentenceCommand::WithdrawProposal(_) => {
                Action::ProposeSentence
            }
            SentenceCommand::Impose(_)
            | SentenceCommand::ImposeProposed { .. }
            | SentenceCommand::VaryOnAppeal(_)
            | SentenceCommand::Quash(_)
            | SentenceCommand::Commute(_)
            | SentenceCommand::Pardon(_)
            | SentenceCommand::ActivateSuspended(_)
            | SentenceCommand::Resentence(_) => Action::DecideSentence,
            SentenceCommand::CorrectSlip(_)
            | SentenceCommand::LodgeAppeal(_)
            | SentenceCommand::DismissAppeal(_)
            | SentenceCommand::CreditRemand { .. }
            | SentenceCommand::StartCustody(_)
            | SentenceCommand::EndCustody(_)
            | SentenceCommand::Complete { .. } => Action::KeepSentence,
        }
    }

    fn person(&self, _id: &str, command: &SentenceCommand) -> Option<PersonId> {
        match command {
            SentenceCommand::Propose(c) => Some(c.person),
            SentenceCommand::Impose(c) => Some(c.person),
            SentenceCommand::WithdrawProposal(_)
            | SentenceCommand::ImposeProposed { .. }
            | SentenceCommand::CorrectSlip(_)
            | SentenceCommand::LodgeAppeal(_)
            | SentenceCommand::DismissAppeal(_)
            | SentenceCommand::VaryOnAppeal(_)
            | SentenceCommand::Quash(_)
            | SentenceCommand::Commute(_)
            | SentenceCommand::Pardon(_)
            | SentenceCommand::CreditRemand { .. }
            | SentenceCommand::StartCustody(_)
            | SentenceCommand::EndCustody(_)
            | SentenceCommand::ActivateSuspended(_)
            | SentenceCommand::Resentence(_)
            | SentenceCommand::Complete { .. } => Sentence::person(self),
        }
    }

    fn person_shown(&self, _id: &str) -> Option<PersonId> {
        Sentence::person(self)
    }
}

impl Kept for Policy {
    fn action(_command: &PolicyCommand) -> Action {
        Action::AdoptPolicy
    }

    fn person(&self, _id: &str, _command: &PolicyCommand) -> Option<PersonId> {
        None
    }

    fn person_shown(&self, _id: &str) -> Option<PersonId> {
        None
    }
}

impl Kept for Order {
    fn action(command: &OrderCommand) -> Action {
        match command {
            OrderCommand::Make(_)
            | OrderCommand::VaryPeriod(_)
            | OrderCommand::AddRequirement(_)
            | OrderCommand::VaryRequirement(_)
            | OrderCommand::EndRequirement(_)
            | OrderCommand::ProveBreach(_)
            | OrderCommand::FindBreachNotProven(_)
            | OrderCommand::Revoke(_)
            | OrderCommand::DischargeEarly(_)
            | OrderCommand::EndBySentence(_) => Action::DecideOrder,
            OrderCommand::ScheduleAppointment(_)
            | OrderCommand::RecordAttendance(_)
            | OrderCommand::CorrectAttendance(_)
            | OrderCommand::CreditHours(_)
            | OrderCommand::ReverseHours(_)
            | OrderCommand::IssueWarning(_)
            | OrderCommand::WithdrawWarning(_)
            | OrderCommand::AllegeBreach(_)
            | OrderCommand::Transfer(_)
            | OrderCommand::Complete(_) => Action::RunOrder,
        }
    }

    fn person(&self, _id: &str, command: &OrderCommand) -> Option<PersonId> {
        match command {
            OrderCommand::Make(make) => Some(make.person),
            _ => Order::person(self),
        }
    }

    fn person_shown(&self, _id: &str) -> Option<PersonId> {
        Order::person(self)
    }
}

impl Kept for Pretrial {
    fn action_named(word: &str) -> Option<Action> {
        match word {
            "release_unconditionally"
            | "impose_alternative"
            | "order_detention"
            | "review"
            | "vary_alternative"
            | "extend"
            | "decide_appeal" => Some(Action::DecidePretrial),
            "open" | "record_breach" | "record_legal_aid" | "lodge_appeal" | "end" => {
                Some(Action::KeepPretrial)
            }
            _ => None,
        }
    }

    fn action(command: &PretrialCommand) -> Action {
        match command {
            PretrialCommand::ReleaseUnconditionally(_)
            | PretrialCommand::ImposeAlternative(_)
            | PretrialCommand::OrderDetention(_)
            | PretrialCommand::Review(_)
            | PretrialCommand::VaryAlternative(_)
            | PretrialCommand::Extend(_)
            | PretrialCommand::DecideAppeal(_) => Action::DecidePretrial,
            PretrialCommand::Open(_)
            | PretrialCommand::RecordBreach(_)
            | PretrialCommand::RecordLegalAid(_)
            | PretrialCommand::LodgeAppeal(_)
            | PretrialCommand::End(_) => Action::KeepPretrial,
        }
    }

    fn person(&self, _id: &str, command: &PretrialCommand) -> Option<PersonId> {
        match command {
            PretrialCommand::Open(open) => Some(open.person),
            _ => Pretrial::person(self),
        }
    }

    fn person_shown(&self, _id: &str) -> Option<PersonId> {
        Pretrial::person(self)
    }
}

impl Kept for Supervision {
    fn action(command: &SupervisionCommand) -> Action {
        match command {
            SupervisionCommand::DecideRecall(_) => Action::DecideRecall,
            SupervisionCommand::MoveEnd(_) => Action::DecideOrder,
            SupervisionCommand::Start(_)
            | SupervisionCommand::AssignOfficer(_)
            | SupervisionCommand::RecordAssessment(_)
            | SupervisionCommand::AgreePlan(_)
            | SupervisionCommand::ReferToProgramme(_)
            | SupervisionCommand::StartProgramme(_)
            | SupervisionCommand::CompleteProgramme(_)
            | SupervisionCommand::EndProgramme(_)
            | SupervisionCommand::RecordContact(_)
            | SupervisionCommand::CorrectContact(_)
            | SupervisionCommand::ChangeLevel(_)
            | SupervisionCommand::HoldReview(_)
            | SupervisionCommand::RecordViolation(_)
            | SupervisionCommand::RequestRecall(_)
            | SupervisionCommand::Transfer(_)
            | SupervisionCommand::End(_) => Action::RunSupervision,
        }
    }

    fn person(&self, _id: &str, command: &SupervisionCommand) -> Option<PersonId> {
        match command {
            SupervisionCommand::Start(start) => Some(start.person),
            _ => Supervision::person(self),
        }
    }

    fn person_shown(&self, _id: &str) -> Option<PersonId> {
        Supervision::person(self)
    }
}
