//! What the facade has to know of each stream besides its rules.

use cqrs_es::Aggregate;
use domain::act::Submitted;
use domain::complaint::{Complaint, ComplaintCommand};
use domain::cooperation::{Cooperation, CooperationCommand};
use domain::custody::{Custody, CustodyCommand};
use domain::diversion::{Diversion, DiversionCommand};
use domain::emergency::{Emergency, EmergencyCommand};
use domain::facility::{Facility, FacilityCommand};
use domain::finding::{Finding, FindingCommand};
use domain::order::{Order, OrderCommand};
use domain::person::{Person, PersonCommand, PersonRefusal};
use domain::personal::Seal;
use domain::policy::{Policy, PolicyCommand};
use domain::pretrial::{Pretrial, PretrialCommand};
use domain::registry::{Register, RegistryCommand};
use domain::release::{Release, ReleaseCommand};
use domain::report::{Report, ReportCommand};
use domain::restorative::{Restorative, RestorativeCommand};
use domain::sentence::{Sentence, SentenceCommand};
use domain::stream::Stream;
use domain::supervision::{Supervision, SupervisionCommand};
use domain::values::{Day, PersonId};
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

    /// What stands in the way of a command in words that are sealed before any rule sees them; `today` is the latest
    /// civil day anywhere.
    fn check_clear(_command: &Wish<Self>, _today: Day) -> Result<(), No<Self>> {
        Ok(())
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

    fn check_clear(command: &PersonCommand, today: Day) -> Result<(), PersonRefusal> {
        command.check_clear(today)
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
            | SentenceCommand::CompareRemand(_)
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
            | SentenceCommand::CompareRemand(_)
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

/// A kind of stream whose pages are made from its commands: what each of them takes, and whom it names.
macro_rules! case {
    (
        $stream:ident $command:ident {
            $($action:ident: $($variant:ident),+;)*
        }
        names($wish:pat) $named:expr
    ) => {
        impl Kept for $stream {
            fn action(command: &$command) -> Action {
                match command {
                    $($($command::$variant(_))|+ => Action::$action,)*
                }
            }

            fn action_named(word: &str) -> Option<Action> {
                let variant = in_one_word(word);
                $(
                    if [$(stringify!($variant)),+].contains(&variant.as_str()) {
                        return Some(Action::$action);
                    }
                )*
                None
            }

            fn person(&self, id: &str, command: &$command) -> Option<PersonId> {
                let $wish = command;
                let named: Option<PersonId> = $named;
                named.or_else(|| self.person_shown(id))
            }

            fn person_shown(&self, _id: &str) -> Option<PersonId> {
                self.listed()?.person
            }
        }
    };
}

/// `order_detention` as the variant is written: `OrderDetention`.
fn in_one_word(word: &str) -> String {
    let capital = |part: &str| {
        let mut letters = part.chars();
        let first = letters.next().map(|first| first.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    };
    word.split('_').map(capital).collect()
}

case! {
    Pretrial PretrialCommand {
        DecidePretrial: ReleaseUnconditionally, ImposeAlternative, OrderDetention, Review, VaryAlternative, Extend,
            DecideAppeal;
        KeepPretrial: Open, RecordBreach, RecordLegalAid, RecordAppealTold, LodgeAppeal, End;
    }
    names(wish) match wish {
        PretrialCommand::Open(open) => Some(open.person),
        _ => None,
    }
}

case! {
    Diversion DiversionCommand {
        DecideDiversion: Offer, Discharge, ReturnToProsecution;
        RunDiversion: GiveConsent, WithdrawConsent, Activate, Complete;
    }
    names(wish) match wish {
        DiversionCommand::Offer(offer) => Some(offer.person),
        DiversionCommand::Discharge(discharge) => Some(discharge.person),
        _ => None,
    }
}

case! {
    Report ReportCommand {
        RequestReport: Request, Withdraw;
        WriteReport: FileStatement, Finalise;
        ContestReport: ContestStatement, SettleContest;
    }
    names(wish) match wish {
        ReportCommand::Request(request) => Some(request.person),
        _ => None,
    }
}

case! {
    Restorative RestorativeCommand {
        RunRestorative: Refer, GiveConsent, WithdrawConsent, Start, ReachAgreement, Fulfil, EndWithoutAgreement,
            EndUnfulfilled;
    }
    names(wish) match wish {
        RestorativeCommand::Refer(referral) => Some(referral.person),
        _ => None,
    }
}

case! {
    Custody CustodyCommand {
        RunCustody: Admit, RecordIrregularHolding, Protect, Regularise, ContinueOn, Classify, Isolate, EndIsolation,
            WithdrawProtection, PlaceChild, SeparateChild, Transfer, RecordContact, RecordAnswers, RecordBasisFallen, Release;
    }
    names(wish) match wish {
        CustodyCommand::Admit(admit) => Some(admit.person),
        CustodyCommand::RecordIrregularHolding(held) => Some(held.person),
        CustodyCommand::Protect(protect) => Some(protect.person),
        _ => None,
    }
}

case! {
    Release ReleaseCommand {
        DecideRelease: Consider, Grant, Refuse, Defer, End;
        PrepareRelease: RecordEligibility, CorrectEligibility, Effect, RecordReturn, RecordReleaseByLaw;
    }
    names(wish) match wish {
        ReleaseCommand::RecordEligibility(eligible) => Some(eligible.person),
        ReleaseCommand::RecordReleaseByLaw(by_law) => Some(by_law.person),
        _ => None,
    }
}

case! {
    Emergency EmergencyCommand {
        GovernEmergency: Declare, PublishCriteria, Extend, CutRight, RestoreRight, RecordMeasureClosed, End,
            RecordEndByLaw;
        ScreenInEmergency: Screen;
        DecideRelease: DecideRelease;
        PrepareRelease: Effect, RecordReturn, RecordBreach;
    }
    names(wish) wish.person()
}

case! {
    Facility FacilityCommand {
        RunFacility: Open, DeclareCapacity, ChangeRegime, RecordHealthStatus, RecordStaff, RecordPopulation, Close;
    }
    names(_) None
}

case! {
    Complaint ComplaintCommand {
        SubmitComplaint: Submit, SubmitWithoutPerson, Escalate, Withdraw;
        AnswerComplaint: Assign, Answer, Resolve, Reopen;
    }
    names(wish) match wish {
        ComplaintCommand::Submit(submit) => Some(submit.person),
        _ => None,
    }
}

case! {
    Cooperation CooperationCommand {
        DecideCooperation: Grant, Refuse, Reopen, Postpone;
        RunCooperation: ArrestProvisionally, Request, NotifyJudgment, GiveConsent, WithdrawConsent, Effect, End;
    }
    names(wish) match wish {
        CooperationCommand::Request(request) => Some(request.person),
        CooperationCommand::ArrestProvisionally(arrest) => Some(arrest.person),
        CooperationCommand::NotifyJudgment(notice) => Some(notice.person),
        _ => None,
    }
}

case! {
    Finding FindingCommand {
        RaiseFinding: Raise;
        HandleFinding: TakeUp, Assign, Close, Reopen;
    }
    names(_) None
}

case! {
    Register RegistryCommand {
        KeepRegister: Open, RecordKeyRotated, RecordConsultationsSealed, RecordBundleHandedOver, AcknowledgeLoss;
        PublishFigures: RecordReleasePublished, RecordReleaseWithdrawn;
    }
    names(_) None
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
