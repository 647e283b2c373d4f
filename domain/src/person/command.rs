//! What may be asked of a person's record.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use super::refusal::PersonRefusal;
use crate::childhood::ChildNoted;
use crate::personal::{DataClass, Personal, PersonalText, Seal, Sealer};
use crate::values::{Code, Day, Known, PersonId};

/// Sex as recorded by the authority that supplied it; it is not gender identity.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
    /// Another entry of the civil register.
    Another,
}

impl Sex {
    /// Every entry.
    pub const ALL: [Self; 3] = [Self::Female, Self::Male, Self::Another];

    /// The word under which figures hold it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Female => "female",
            Self::Male => "male",
            Self::Another => "another",
        }
    }
}

/// What may be asked of a person's record.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum PersonCommand {
    /// Register a person.
    Register(Register),
    /// Record what was asked about the person's circumstances.
    RecordCircumstances(Circumstances),
    /// Record the person's children.
    RecordChildren {
        /// How many depend on the person; "declined" is always an answer (Bangkok Rule 3).
        dependent: Known<u8>,
        /// What else was said, under the class of children.
        #[serde(default)]
        details: Option<PersonalText>,
        /// What is known of each child; an answer may also be "declined".
        #[serde(default)]
        each_child: Vec<ChildNoted>,
    },
    /// Record a consent.
    GiveConsent {
        /// To what, coded.
        to: Code,
    },
    /// Record that a consent was withdrawn.
    WithdrawConsent {
        /// To what, coded.
        to: Code,
    },
    /// Correct coded attributes.
    CorrectAttributes(CorrectAttributes),
    /// Record who the person is, or put it right: a name misspelt, a new address.
    RecordIdentity(RecordIdentity),
    /// Record that the person contests something.
    ContestData(ContestData),
    /// Settle what was contested.
    SettleContest(SettleContest),
    /// Seal the record.
    SealRecord(WithBasis),
    /// Unseal it.
    UnsealRecord(WithBasis),
    /// Place a legal hold under a basis, or set its review anew.
    PlaceHold {
        /// Under which basis.
        basis: Code,
        /// When it is reviewed.
        review_on: Day,
    },
    /// Lift the hold that was placed under this basis.
    LiftHold(WithBasis),
    /// Erase personal data by destroying keys.
    EraseData(EraseData),
    /// Expunge the record: today's figures lose it, history does not.
    Expunge(WithBasis),
    /// Merge this record into another of the same human being.
    MergeInto {
        /// The record that goes on.
        surviving: PersonId,
        /// Under which basis.
        basis: Code,
    },
}

/// A registration.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Register {
    /// Sex as recorded.
    #[serde(skip_serializing_if = "Known::is_not_recorded")]
    pub sex: Known<Sex>,
    /// Who the person is, under the class of identity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity: Option<Identity>,
}

/// Who a person is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Identity {
    /// The full name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<PersonalText>,
    /// The date of birth, as `1990-02-28`.
    #[serde(
        default,
        deserialize_with = "born",
        skip_serializing_if = "Option::is_none"
    )]
    pub born: Option<PersonalText>,
    /// A number of the civil register.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<PersonalText>,
    /// Where to reach the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<PersonalText>,
}

/// A date of birth is a day; once it is sealed no rule could tell.
fn born<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<PersonalText>, D::Error> {
    let said = Option::<PersonalText>::deserialize(deserializer)?;
    if let Some(PersonalText::Clear(text)) = &said
        && !text.trim().is_empty()
        && text.trim().parse::<Day>().is_err()
    {
        let said = "this is no day of birth: write it as 1990-02-28, or leave it out";
        return Err(serde::de::Error::custom(said));
    }
    Ok(said)
}

/// Answers about a person's circumstances, by the pack's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Circumstances {
    /// Code of the question to the answer.
    #[schemars(extend("x-list" = "sentencing.circumstances"))]
    pub answers: BTreeMap<Code, Known<Code>>,
    /// The consent or legal basis on which it was asked.
    pub basis: Code,
}

/// A correction of coded attributes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectAttributes {
    /// Sex as it should read.
    pub sex: Known<Sex>,
    /// Why, coded.
    pub reason: Code,
}

/// Who the person is, recorded later or put right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordIdentity {
    /// What reads so from now on; what is left out stays as it was.
    pub identity: Identity,
    /// Why, coded.
    pub reason: Code,
}

/// Something that the person contests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ContestData {
    /// What, coded.
    pub subject: Code,
    /// In the person's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<PersonalText>,
}

/// The answer to what was contested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SettleContest {
    /// What, coded.
    pub subject: Code,
    /// Whether the record was corrected or stands.
    pub outcome: Settlement,
    /// Reasons, as they were given in writing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasons: Option<PersonalText>,
    /// Where the answer can be reviewed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-list" = "contest_routes"))]
    pub route: Option<Code>,
}

/// How a contest was settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Settlement {
    /// The record is corrected by an event of its own.
    Corrected,
    /// The record stands.
    Refused,
}

/// A step with its legal basis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithBasis {
    /// The legal basis, coded.
    pub basis: Code,
}

/// An erasure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EraseData {
    /// Which classes.
    pub classes: Vec<DataClass>,
    /// The legal basis, coded.
    pub basis: Code,
}

impl Seal for PersonCommand {
    fn seal<S: Sealer>(&mut self, sealer: &mut S) -> Result<(), S::Error> {
        let said = match self {
            Self::Register(Register {
                identity: Some(identity),
                ..
            }) => return identity.seal(sealer),
            Self::RecordIdentity(wish) => return wish.identity.seal(sealer),
            Self::RecordChildren {
                details,
                each_child,
                ..
            } => {
                for child in each_child {
                    PersonalText::seal_said(&mut child.details, DataClass::Children, sealer)?;
                }
                (details, DataClass::Children)
            }
            Self::ContestData(contest) => (&mut contest.statement, DataClass::Judgment),
            Self::SettleContest(settle) => (&mut settle.reasons, DataClass::Judgment),
            Self::Register(_)
            | Self::RecordCircumstances(_)
            | Self::GiveConsent { .. }
            | Self::WithdrawConsent { .. }
            | Self::CorrectAttributes(_)
            | Self::SealRecord(_)
            | Self::UnsealRecord(_)
            | Self::PlaceHold { .. }
            | Self::LiftHold(_)
            | Self::EraseData(_)
            | Self::Expunge(_)
            | Self::MergeInto { .. } => return Ok(()),
        };
        let (text, class) = said;
        PersonalText::seal_said(text, class, sealer)
    }
}

/// How long ago somebody can be born of whom a record is begun, in years: longer than anybody lived, with time for
/// a record that is brought in late.
pub(super) const BORN_AT_MOST: u16 = 150;

/// How many characters are kept of a name, a number of the civil register, and a way to reach somebody.
const LONGEST: [(&str, usize); 3] = [("name", 1_000), ("number", 100), ("contact", 2_000)];

impl PersonCommand {
    /// P-10, P-11: what is asked of personal values before they are sealed, since no rule could tell afterwards; `today`
    /// is the latest civil day anywhere.
    pub fn check_clear(&self, today: Day) -> Result<(), PersonRefusal> {
        self.check_lengths()?;
        self.check_birth(today)
    }

    fn identity(&self) -> Option<&Identity> {
        if let Self::Register(register) = self {
            register.identity.as_ref()
        } else if let Self::RecordIdentity(wish) = self {
            Some(&wish.identity)
        } else {
            None
        }
    }

    fn check_lengths(&self) -> Result<(), PersonRefusal> {
        let Some(identity) = self.identity() else {
            return Ok(());
        };
        let said = [&identity.name, &identity.number, &identity.contact];
        for ((what, most), text) in LONGEST.into_iter().zip(said) {
            if let Some(Personal::Clear(text)) = text {
                let long = text.trim().chars().count();
                if long > most {
                    return Err(PersonRefusal::TooLong { what, long, most });
                }
            }
        }
        Ok(())
    }

    /// P-10: whether a day of birth that it tells can be one. It is asked before the day is sealed, since no rule could
    /// tell afterwards; `today` is the latest civil day anywhere.
    fn check_birth(&self, today: Day) -> Result<(), PersonRefusal> {
        let identity = self.identity();
        let Some(Personal::Clear(text)) = identity.and_then(|identity| identity.born.as_ref())
        else {
            return Ok(());
        };
        let born: Option<Day> = text.trim().parse().ok();
        match born {
            Some(born) if born > today => Err(PersonRefusal::BornInTheFuture),
            Some(born) if born.years_until(today) > BORN_AT_MOST => {
                Err(PersonRefusal::BornTooLongAgo {
                    years: BORN_AT_MOST,
                })
            }
            Some(_) | None => Ok(()),
        }
    }
}

impl Identity {
    /// With everything that the other says, and the rest as it was.
    pub(super) fn renewed_by(self, other: &Self) -> Self {
        Self {
            name: other.name.clone().or(self.name),
            born: other.born.clone().or(self.born),
            number: other.number.clone().or(self.number),
            contact: other.contact.clone().or(self.contact),
        }
    }
}

impl Seal for Identity {
    fn seal<S: Sealer>(&mut self, sealer: &mut S) -> Result<(), S::Error> {
        for said in [&mut self.name, &mut self.born, &mut self.number] {
            PersonalText::seal_said(said, DataClass::Identity, sealer)?;
        }
        PersonalText::seal_said(&mut self.contact, DataClass::Contact, sealer)
    }
}
