//! What may be asked of a complaint.
//!
//! Words are sealed under the key of the person whom a complaint concerns. A complaint that names nobody therefore holds
//! no words; the number of the paper that holds them leads to them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::dated;
use crate::jurisdiction::Complained;
use crate::personal::{DataClass, PersonalText, Seal, Sealer};
use crate::values::{
    CaseReference, Code, CourtCode, Day, Known, Occurred, OfficeCode, PersonId, SubjectId, Told,
};

/// What may be asked of a complaint.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ComplaintCommand {
    /// Submit a complaint.
    Submit(SubmitComplaint),
    /// Submit a complaint that names nobody.
    SubmitWithoutPerson(SubmitWithoutPerson),
    /// Give the complaint to somebody to answer.
    Assign(AssignComplaint),
    /// Answer the complaint.
    Answer(AnswerComplaint),
    /// Take the complaint to a higher level.
    Escalate(EscalateComplaint),
    /// Settle the complaint.
    Resolve(ResolveComplaint),
    /// Open the complaint again.
    Reopen(ReopenComplaint),
    /// Withdraw the complaint.
    Withdraw(WithdrawComplaint),
}

/// Who complains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Submitter {
    /// The person whom it concerns.
    Person,
    /// Somebody whom the person chose.
    Representative,
    /// A member of the person's family.
    Family,
    /// The person's lawyer.
    Lawyer,
    /// Somebody on the staff.
    Staff,
    /// Anybody else.
    Anybody,
    /// Somebody who gave no name.
    Anonymous,
}

impl Submitter {
    /// The words that people read.
    pub fn title(self) -> &'static str {
        match self {
            Self::Person => "the person",
            Self::Representative => "a representative",
            Self::Family => "the family",
            Self::Lawyer => "the lawyer",
            Self::Staff => "the staff",
            Self::Anybody => "somebody else",
            Self::Anonymous => "somebody without a name",
        }
    }
}

/// A record that a complaint is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordNamed {
    /// The kind of record, such as sentence or order.
    pub kind: Code,
    /// Its id.
    pub id: Code,
}

/// What a complaint is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// A record of the register, or what was decided in it.
    Record(RecordNamed),
    /// A place where people are held.
    Facility(#[schemars(extend("x-list" = "facilities"))] Code),
    /// An office.
    Office(#[schemars(extend("x-list" = "offices"))] OfficeCode),
    /// A court.
    Court(#[schemars(extend("x-list" = "courts"))] CourtCode),
    /// Something else.
    Other,
}

impl About {
    /// What sort of thing it is.
    pub fn sort(&self) -> Complained {
        match self {
            Self::Record(_) => Complained::Record,
            Self::Facility(_) => Complained::Facility,
            Self::Office(_) => Complained::Office,
            Self::Court(_) => Complained::Court,
            Self::Other => Complained::Other,
        }
    }

    /// The place, office or court that it is about.
    pub fn body(&self) -> Option<&str> {
        match self {
            Self::Facility(code) => Some(code.as_str()),
            Self::Office(code) => Some(code.as_str()),
            Self::Court(code) => Some(code.as_str()),
            Self::Record(_) | Self::Other => None,
        }
    }
}

/// A complaint on behalf of somebody who is named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SubmitComplaint {
    /// Whom it concerns.
    pub person: PersonId,
    /// When it was submitted.
    pub done: Occurred,
    /// Who complains.
    pub by: Submitter,
    /// What kind of complaint it is.
    #[schemars(extend("x-list" = "complaint.kinds"))]
    pub kind: Code,
    /// What it is about.
    pub about: About,
    /// The official complained about, by the name used to sign in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject_of: Option<SubjectId>,
    /// The official complained about in words, where nobody knows the name used to sign in. Whoever answers then declares
    /// not to be that person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub described: Option<PersonalText>,
    /// The complaint in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<PersonalText>,
    /// The number of the paper that holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<CaseReference>,
}

/// A complaint that names nobody. Its words stay on paper: there is nobody under whose key they could be sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SubmitWithoutPerson {
    /// When it was submitted.
    pub done: Occurred,
    /// Who complains.
    pub by: Submitter,
    /// What kind of complaint it is.
    #[schemars(extend("x-list" = "complaint.kinds"))]
    pub kind: Code,
    /// What it is about.
    pub about: About,
    /// The official complained about, by the name used to sign in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject_of: Option<SubjectId>,
    /// Whether the paper describes the official complained about, where nobody knows the name used to sign in. Whoever
    /// answers then declares not to be that person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub described: Option<OnPaper>,
    /// The number of the paper that holds its words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<CaseReference>,
}

/// Where an official is described whom a complaint is about that names nobody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OnPaper {
    /// The paper describes who it is.
    Described,
}

/// What somebody declares who answers a complaint about an official who is described.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Declares {
    /// Whoever answers is not the person described.
    NotTheOneDescribed,
}

/// Who is to answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignComplaint {
    /// When it was given to them.
    pub done: Occurred,
    /// Who is to answer, by the name used to sign in.
    pub responder: SubjectId,
    /// The office that answers.
    #[schemars(extend("x-list" = "complaint.bodies"))]
    pub office: OfficeCode,
    /// Whether whoever complained was told that it arrived and who answers.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub acknowledged: Known<Told>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerComplaint {
    /// When it was answered.
    pub done: Occurred,
    /// Who answers, by the name used to sign in.
    pub responder: SubjectId,
    /// What came of it.
    #[schemars(extend("x-list" = "complaint.outcomes"))]
    pub outcome: Code,
    /// How it is made good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-list" = "complaint.redress"))]
    pub redress: Option<Code>,
    /// The reasons in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasons: Option<PersonalText>,
    /// Whether whoever complained was told where to go next.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub route_told: Known<Told>,
    /// What whoever answers declares, where the complaint describes an official in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declares: Option<Declares>,
}

/// A step to a higher level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EscalateComplaint {
    /// When it was taken there.
    pub done: Occurred,
    /// The level it is taken to.
    #[schemars(extend("x-list" = "complaint.levels"))]
    pub level: Code,
    /// The office that answers there.
    #[schemars(extend("x-list" = "complaint.bodies"))]
    pub to: OfficeCode,
    /// Why it is taken there.
    #[schemars(extend("x-list" = "complaint.reasons"))]
    pub reason: Code,
}

/// The settlement of a complaint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResolveComplaint {
    /// When it was settled.
    pub done: Occurred,
    /// Who settles it, by the name used to sign in.
    pub by: SubjectId,
    /// What came of it in the end.
    #[schemars(extend("x-list" = "complaint.outcomes"))]
    pub outcome: Code,
    /// How it was made good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-list" = "complaint.redress"))]
    pub redress: Option<Code>,
    /// The reasons in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasons: Option<PersonalText>,
    /// What whoever settles it declares, where the complaint describes an official in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declares: Option<Declares>,
}

/// A complaint that is not over after all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReopenComplaint {
    /// When it was opened again.
    pub done: Occurred,
    /// Why it is opened again.
    #[schemars(extend("x-list" = "complaint.reasons"))]
    pub reason: Code,
}

/// The wish of whoever complained to go no further.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawComplaint {
    /// When it was withdrawn.
    pub done: Occurred,
    /// Who withdraws it.
    pub by: Submitter,
    /// How that one declared it, by the officer who records it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared: Option<Declared>,
}

/// How whoever complained declared that it goes no further.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Declared {
    /// In which form.
    pub form: DeclaredIn,
    /// On which day.
    pub on: Day,
    /// The number of the paper that holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<CaseReference>,
}

/// The form of a declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeclaredIn {
    /// In writing.
    Writing,
    /// By voice, to the officer.
    Voice,
}

dated! {
    SubmitComplaint: done,
    SubmitWithoutPerson: done,
    AssignComplaint: done,
    AnswerComplaint: done,
    EscalateComplaint: done,
    ResolveComplaint: done,
    ReopenComplaint: done,
}

impl Seal for ComplaintCommand {
    fn seal<S: Sealer>(&mut self, sealer: &mut S) -> Result<(), S::Error> {
        let mut said = |text: &mut Option<PersonalText>| {
            PersonalText::seal_said(text, DataClass::Supervision, sealer)
        };
        match self {
            Self::Submit(c) => {
                said(&mut c.described)?;
                said(&mut c.text)
            }
            Self::Answer(c) => said(&mut c.reasons),
            Self::Resolve(c) => said(&mut c.reasons),
            Self::SubmitWithoutPerson(_)
            | Self::Assign(_)
            | Self::Escalate(_)
            | Self::Reopen(_)
            | Self::Withdraw(_) => Ok(()),
        }
    }
}
