//! What may be asked of a matter with another State.
//!
//! Each act says when it was done: an instant for what is done now, a date for what already happened. That chooses
//! the door.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::judgment::{ForeignJudgment, ForeignOffence, Penalty};
use crate::childhood::Minor;
use crate::dated;
use crate::personal::{DataClass, PersonalText, Seal, Sealer};
use crate::values::{
    Answer, CaseReference, Code, CountryCode, CourtCode, Day, InformedConsent, Known, Occurred,
    OfficeCode, PersonId, PretrialId, SentenceId, Told,
};

/// What may be asked of a matter with another State.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum CooperationCommand {
    /// Record that somebody was arrested before the request for extradition that is to follow.
    ArrestProvisionally(ArrestProvisionally),
    /// Record what is asked of another State, or by one.
    Request(RequestCooperation),
    /// Record that another State told of a judgment.
    NotifyJudgment(NotifyJudgment),
    /// Record that the person agrees.
    GiveConsent(InformedConsent),
    /// Record that the person agrees no longer.
    WithdrawConsent(WithdrawConsent),
    /// Grant what is asked.
    Grant(GrantCooperation),
    /// Refuse what is asked.
    Refuse(RefuseCooperation),
    /// Open it again after a refusal was set aside.
    Reopen(ReopenMatter),
    /// Carry it out later.
    Postpone(PostponeMatter),
    /// Record that it was carried out.
    Effect(EffectMatter),
    /// End it without carrying it out.
    End(EndMatter),
}

/// What two States do for each other about a person.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Matter {
    /// Somebody is surrendered to be tried, or to serve a sentence.
    Extradition,
    /// Somebody goes to another State to serve a sentence there.
    Transfer,
    /// A judgment of one State is recognised or enforced in the other, and nobody goes anywhere.
    Recognition,
}

impl Matter {
    /// Every one of them.
    pub const ALL: [Self; 3] = [Self::Extradition, Self::Transfer, Self::Recognition];

    /// The word under which it is stored.
    pub fn word(self) -> &'static str {
        match self {
            Self::Extradition => "extradition",
            Self::Transfer => "transfer",
            Self::Recognition => "recognition",
        }
    }

    /// The States whose grant it needs: a transfer that of both, everything else that of whoever is asked.
    pub fn needs(self, direction: Direction) -> &'static [Side] {
        match (self, direction) {
            (Self::Transfer, _) => &[Side::ThisState, Side::OtherState],
            (Self::Extradition, Direction::Outward) | (Self::Recognition, Direction::Inward) => {
                &[Side::ThisState]
            }
            (Self::Extradition, Direction::Inward) | (Self::Recognition, Direction::Outward) => {
                &[Side::OtherState]
            }
        }
    }
}

impl fmt::Display for Matter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Extradition => "an extradition",
            Self::Transfer => "a transfer",
            Self::Recognition => "a recognition",
        })
    }
}

/// Which way a person or a judgment goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// To the other State: it asks for an extradition; a person sentenced here serves there; a judgment given here is
    /// recognised there.
    Outward,
    /// To this State: it asks for an extradition; a person sentenced there serves here; a judgment given there is
    /// recognised here.
    Inward,
}

/// One of the two States.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// This State.
    ThisState,
    /// The other State.
    OtherState,
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ThisState => "this State",
            Self::OtherState => "the other State",
        })
    }
}

/// Who decides.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Authority {
    /// A court of this State.
    Court,
    /// The authority through which this State speaks with others.
    CentralAuthority,
    /// The other State, by whichever of its authorities.
    OtherState,
}

impl fmt::Display for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Court => "the court",
            Self::CentralAuthority => "the central authority",
            Self::OtherState => "the other State",
        })
    }
}

impl Authority {
    /// For which State it decides.
    pub fn side(self) -> Side {
        match self {
            Self::Court | Self::CentralAuthority => Side::ThisState,
            Self::OtherState => Side::OtherState,
        }
    }
}

/// What in this register a matter hangs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HangsOn {
    /// A sentence.
    Sentence(SentenceId),
    /// A case before judgment.
    Pretrial(PretrialId),
}

/// A provisional arrest: in urgent cases somebody is arrested before the request for extradition comes (Model Treaty on
/// Extradition, article 9).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ArrestProvisionally {
    /// Whom it concerns.
    pub person: PersonId,
    /// When the person was arrested.
    pub done: Occurred,
    /// Which way the person is to go.
    pub direction: Direction,
    /// The other State, by its two letters.
    pub state: CountryCode,
    /// The authority of the other State, as that State numbers or names it in a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<OfficeCode>,
    /// The treaty or statute, with its article, on which it rests.
    #[schemars(extend("x-list" = "cooperation.bases"))]
    pub basis: Code,
    /// The authority, court or office of this State that has it.
    #[schemars(extend("x-list" = "cooperation.authorities"))]
    pub office: OfficeCode,
    /// The court of this State that decides, where one does; of a child's matter, the court for children.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-list" = "courts"))]
    pub court: Option<CourtCode>,
    /// The reference of the case here; never a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseReference>,
    /// The reference of the case in the other State; never a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub their_case: Option<CaseReference>,
    /// The offences it is about.
    pub offences: Vec<ForeignOffence>,
    /// Age of the person now, in completed years.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub age: Known<u16>,
    /// When the person was a child: at the offence, or still now. The date of birth says it, where the register keeps one;
    /// without it, whoever records this may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minor: Option<Minor>,
    /// By when the request has to follow; as the rules say without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_by: Option<Day>,
    /// Why it could not wait for the request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasons: Option<PersonalText>,
}

/// What is asked of another State, or by one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestCooperation {
    /// Whom it concerns.
    pub person: PersonId,
    /// When it was asked.
    pub done: Occurred,
    /// What is asked.
    pub matter: Matter,
    /// Which way the person or the judgment goes.
    pub direction: Direction,
    /// The other State, by its two letters.
    pub state: CountryCode,
    /// The authority of the other State, as that State numbers or names it in a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<OfficeCode>,
    /// The treaty or statute, with its article, on which it rests.
    #[schemars(extend("x-list" = "cooperation.bases"))]
    pub basis: Code,
    /// The authority, court or office of this State that has it.
    #[schemars(extend("x-list" = "cooperation.authorities"))]
    pub office: OfficeCode,
    /// The court of this State that decides, where one does; of a child's matter, the court for children.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-list" = "courts"))]
    pub court: Option<CourtCode>,
    /// The reference of the case here; never a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseReference>,
    /// The reference of the case in the other State; never a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub their_case: Option<CaseReference>,
    /// What in this register it hangs on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<HangsOn>,
    /// The offences it is about, where no judgment names them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offences: Vec<ForeignOffence>,
    /// The judgment of the other State, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judgment: Option<ForeignJudgment>,
    /// Age of the person now, in completed years.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub age: Known<u16>,
    /// When the person was a child: at the offence, or still now. The date of birth says it, where the register keeps one;
    /// without it, whoever records this may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minor: Option<Minor>,
    /// Whether the other State may punish the offence with death.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub death_penalty: Known<Answer>,
    /// Whether there are grounds to believe that the person would be in danger of torture in the other State (Convention
    /// against Torture, article 3).
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub torture_feared: Known<Answer>,
    /// By when it has to be decided; as the rules say without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decide_by: Option<Day>,
    /// Why it is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasons: Option<PersonalText>,
}

/// A judgment of which another State told, without asking for anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NotifyJudgment {
    /// Whom it concerns.
    pub person: PersonId,
    /// When it was told.
    pub done: Occurred,
    /// The State that gave the judgment, by its two letters.
    pub state: CountryCode,
    /// The authority of that State, as it numbers or names it in a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<OfficeCode>,
    /// The treaty or statute, with its article, on which it rests.
    #[schemars(extend("x-list" = "cooperation.bases"))]
    pub basis: Code,
    /// The authority, court or office of this State that was told.
    #[schemars(extend("x-list" = "cooperation.authorities"))]
    pub office: OfficeCode,
    /// The judgment.
    pub judgment: ForeignJudgment,
    /// Age of the person at the judgment, in completed years.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub age: Known<u16>,
    /// When the person was a child: at the offence, or still now. The date of birth says it, where the register keeps one;
    /// without it, whoever records this may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minor: Option<Minor>,
}

/// A withdrawal of consent. Nothing has to be said for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawConsent {
    /// When it was withdrawn.
    pub done: Occurred,
    /// What the person wants to say about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<PersonalText>,
}

/// A grant of what is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GrantCooperation {
    /// When it was decided.
    pub decided: Occurred,
    /// Who decided.
    pub by: Authority,
    /// The grounds of refusal that were examined, and do not stand in the way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-list" = "cooperation.grounds"))]
    pub examined: Vec<Code>,
    /// The assurances that the other State gave.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-list" = "cooperation.assurances"))]
    pub assurances: Vec<Code>,
    /// By when it has to be carried out; as the rules say without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carry_out_by: Option<Day>,
    /// The reasons in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasons: Option<PersonalText>,
}

/// A refusal of what is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RefuseCooperation {
    /// When it was decided.
    pub decided: Occurred,
    /// Who decided.
    pub by: Authority,
    /// The grounds of refusal that stand in the way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-list" = "cooperation.grounds"))]
    pub grounds: Vec<Code>,
    /// The reasons in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasons: Option<PersonalText>,
    /// Whether the person was told how to have it reviewed.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub review_told: Known<Told>,
}

/// A refusal is set aside: it is decided anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReopenMatter {
    /// When that was decided.
    pub decided: Occurred,
    /// Who decided.
    pub by: Authority,
    /// The reasons in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasons: Option<PersonalText>,
}

/// What was granted is carried out later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PostponeMatter {
    /// When that was decided.
    pub decided: Occurred,
    /// Why.
    #[schemars(extend("x-list" = "cooperation.postponements"))]
    pub reason: Code,
    /// By when it has to be carried out instead.
    pub until: Day,
    /// The facts in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts: Option<PersonalText>,
}

/// How a sentence of one State is served in the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Enforcement {
    /// It is continued, in its nature and its length.
    Continued,
    /// It is converted into a penalty of the State in which it is served.
    Converted,
}

/// It is carried out: the person was surrendered or transferred, the judgment is recognised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EffectMatter {
    /// When it was carried out.
    pub done: Occurred,
    /// How the sentence is served.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enforcement: Option<Enforcement>,
    /// What is left to be served.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<Penalty>,
    /// How many days were served before, in either State.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub served_days: Known<u32>,
    /// A note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<PersonalText>,
}

/// An end without being carried out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndMatter {
    /// When it ended.
    pub done: Occurred,
    /// Why.
    #[schemars(extend("x-list" = "cooperation.end_reasons"))]
    pub reason: Code,
    /// A note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<PersonalText>,
}

dated! {
    ArrestProvisionally: done,
    RequestCooperation: done,
    NotifyJudgment: done,
    WithdrawConsent: done,
    GrantCooperation: decided,
    RefuseCooperation: decided,
    ReopenMatter: decided,
    PostponeMatter: decided,
    EffectMatter: done,
    EndMatter: done,
}

impl Seal for CooperationCommand {
    fn seal<S: Sealer>(&mut self, sealer: &mut S) -> Result<(), S::Error> {
        let said = match self {
            Self::ArrestProvisionally(c) => &mut c.reasons,
            Self::Request(c) => &mut c.reasons,
            Self::WithdrawConsent(c) => &mut c.said,
            Self::Grant(c) => &mut c.reasons,
            Self::Refuse(c) => &mut c.reasons,
            Self::Reopen(c) => &mut c.reasons,
            Self::Postpone(c) => &mut c.facts,
            Self::Effect(c) => &mut c.note,
            Self::End(c) => &mut c.note,
            Self::NotifyJudgment(_) | Self::GiveConsent(_) => return Ok(()),
        };
        PersonalText::seal_said(said, DataClass::Judgment, sealer)
    }
}
