//! How a stay begins, and on what somebody is held.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Answer;
use crate::act::Reference;
use crate::childhood::{ChildNoted, Minor};
use crate::personal::PersonalText;
use crate::values::{
    CaseReference, Code, CourtCode, Day, FacilityCode, Known, Occurred, OfficeCode, OrderId,
    PersonId, PretrialId, SentenceId, Told,
};

/// An admission on an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Admit {
    /// Whom it concerns.
    pub person: PersonId,
    /// When the person was received, with the hour.
    pub admitted: Occurred,
    /// The place of detention.
    #[schemars(extend("x-list" = "facilities"))]
    pub facility: FacilityCode,
    /// The order on which the person is held.
    pub commitment: Commitment,
    /// How the person came.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub arrival: Known<Arrival>,
    /// What was asked and noted at the reception.
    #[serde(default)]
    pub reception: Reception,
}

/// The order on which somebody is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Commitment {
    /// On what the person is held.
    pub basis: HoldingBasis,
    /// The reference of the order; never a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<CaseReference>,
    /// Who gave the order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-list" = "custody.authorities"))]
    pub authority: Option<OfficeCode>,
    /// The last day on which the person may be held, where one is fixed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// The reasons in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasons: Option<PersonalText>,
}

/// On what somebody is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HoldingBasis {
    /// A sentence.
    Sentence(SentenceId),
    /// A case before judgment.
    Pretrial(PretrialId),
    /// An arrest for the breach of an order.
    Breach(BreachArrest),
    /// Something else that the law provides for.
    Other(OtherBasis),
}

impl HoldingBasis {
    /// What it refers to in another stream.
    pub fn reference(&self) -> Option<Reference> {
        match self {
            Self::Sentence(sentence) => Some(Reference::Sentence(*sentence)),
            Self::Pretrial(case) => Some(Reference::Pretrial(*case)),
            Self::Breach(breach) => Some(Reference::Order(breach.order)),
            Self::Other(_) => None,
        }
    }

    /// The words that people read.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Sentence(_) => "sentence",
            Self::Pretrial(_) => "case before judgment",
            Self::Breach(_) => "order",
            Self::Other(_) => "other basis in law",
        }
    }

    /// The provision that is named for it.
    pub fn provision(&self) -> Option<&Code> {
        match self {
            Self::Breach(breach) => breach.provision.as_ref(),
            Self::Other(other) => Some(&other.provision),
            Self::Sentence(_) | Self::Pretrial(_) => None,
        }
    }
}

/// An arrest for the breach of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BreachArrest {
    /// The order that was breached.
    pub order: OrderId,
    /// The provision that allows the arrest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-list" = "custody.provisions"))]
    pub provision: Option<Code>,
    /// By when a court hears the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hearing_by: Option<Day>,
}

/// Another basis in law.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OtherBasis {
    /// The provision it rests on.
    #[schemars(extend("x-list" = "custody.provisions"))]
    pub provision: Code,
}

/// How somebody came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Arrival {
    /// The person was arrested.
    Arrested(Arrest),
    /// The person came when called.
    CameWhenCalled,
}

/// An arrest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Arrest {
    /// When the person was arrested.
    pub arrested: Occurred,
    /// Where.
    #[schemars(extend("x-list" = "custody.districts"))]
    pub district: Code,
}

/// What is asked and noted at a reception (Nelson Mandela Rules 7). No answer has to be given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Reception {
    /// Whether the person's identity was checked.
    #[serde(skip_serializing_if = "Known::is_not_recorded")]
    pub identity_checked: Known<Answer>,
    /// Age in completed years.
    #[serde(skip_serializing_if = "Known::is_not_recorded")]
    pub age: Known<u16>,
    /// When the person was a child: at the offence, or still now. The date of birth says it, where the register keeps one;
    /// without it, whoever records this may.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minor: Option<Minor>,
    /// How the person's case stands.
    #[serde(skip_serializing_if = "Known::is_not_recorded")]
    #[schemars(extend("x-list" = "custody.groups"))]
    pub group: Known<Code>,
    /// In which part of the place, where one is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-list" = "facility.units"))]
    pub unit: Option<Code>,
    /// The provision that allows a child to be held with adults, where the child is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-list" = "custody.child_with_adults"))]
    pub with_adults: Option<Code>,
    /// Whether injuries or signs of ill-treatment were seen.
    #[serde(skip_serializing_if = "Known::is_not_recorded")]
    pub injuries: Known<Answer>,
    /// What was seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub injuries_seen: Option<PersonalText>,
    /// Whether a doctor examined the person and documented them.
    #[serde(skip_serializing_if = "Known::is_not_recorded")]
    pub injuries_documented: Known<Answer>,
    /// Whether they were reported to the competent authority.
    #[serde(skip_serializing_if = "Known::is_not_recorded")]
    pub injuries_reported: Known<Answer>,
    /// Whether the person's property was listed.
    #[serde(skip_serializing_if = "Known::is_not_recorded")]
    pub property_listed: Known<Answer>,
    /// Whether the family was told.
    #[serde(skip_serializing_if = "Known::is_not_recorded")]
    pub family_told: Known<Told>,
    /// How many children depend on the person.
    #[serde(skip_serializing_if = "Known::is_not_recorded")]
    pub children: Known<u8>,
    /// What is known of each child.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub each_child: Vec<ChildNoted>,
    /// What is known of the person's circumstances.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("x-list" = "sentencing.circumstances"))]
    pub circumstances: BTreeMap<Code, Known<Code>>,
}

/// What was asked after the reception, and what was answered (Nelson Mandela Rules 7, Bangkok Rule 3). No answer has to be
/// given; what is left out stays as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswersLater {
    /// When it was asked.
    pub asked: Occurred,
    /// Whether the person's identity was checked.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub identity_checked: Known<Answer>,
    /// Whether injuries or signs of ill-treatment were seen.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub injuries: Known<Answer>,
    /// What was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub injuries_seen: Option<PersonalText>,
    /// Whether a doctor examined the person and documented them.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub injuries_documented: Known<Answer>,
    /// Whether they were reported to the competent authority.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub injuries_reported: Known<Answer>,
    /// Whether the person's property was listed.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub property_listed: Known<Answer>,
    /// Whether the family was told.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub family_told: Known<Told>,
    /// How many children depend on the person.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub children: Known<u8>,
    /// What is known of each child that was not noted before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub each_child: Vec<ChildNoted>,
    /// What is known of the person's circumstances.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("x-list" = "sentencing.circumstances"))]
    pub circumstances: BTreeMap<Code, Known<Code>>,
    /// Whether it takes the place of another answer that was recorded before.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub revises: Known<Answer>,
}

impl AnswersLater {
    /// Whether nothing is answered, nor said to have been asked.
    pub fn is_empty(&self) -> bool {
        let said = [
            !self.identity_checked.is_not_recorded(),
            !self.injuries.is_not_recorded(),
            self.injuries_seen.is_some(),
            !self.injuries_documented.is_not_recorded(),
            !self.injuries_reported.is_not_recorded(),
            !self.property_listed.is_not_recorded(),
            !self.family_told.is_not_recorded(),
            !self.children.is_not_recorded(),
            !self.each_child.is_empty(),
            !self.circumstances.is_empty(),
        ];
        !said.contains(&true)
    }
}

impl Reception {
    /// Whether injuries were seen of which nothing says yet that a doctor documented them and that they were reported.
    pub(crate) fn waits_for_report(&self) -> bool {
        self.injuries == Known::Value(Answer::Yes) && !self.is_reported()
    }

    /// Whether a doctor documented injuries and they were reported.
    pub(in crate::custody) fn is_reported(&self) -> bool {
        let done = Known::Value(Answer::Yes);
        self.injuries_documented == done && self.injuries_reported == done
    }

    /// With what was answered later, and the rest as it was.
    pub(in crate::custody) fn renewed_by(&mut self, later: &AnswersLater) {
        renew(&mut self.identity_checked, &later.identity_checked);
        renew(&mut self.injuries, &later.injuries);
        if later.injuries_seen.is_some() {
            self.injuries_seen.clone_from(&later.injuries_seen);
        }
        renew(&mut self.injuries_documented, &later.injuries_documented);
        renew(&mut self.injuries_reported, &later.injuries_reported);
        renew(&mut self.property_listed, &later.property_listed);
        renew(&mut self.family_told, &later.family_told);
        renew(&mut self.children, &later.children);
        self.each_child.extend(later.each_child.iter().cloned());
        let circumstances = later.circumstances.clone();
        self.circumstances.extend(circumstances);
    }
}

/// What a later answer means beside the one that was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::custody) enum Beside {
    /// Nothing is answered.
    Silent,
    /// It is the same.
    Same,
    /// There was none, or what had not been done was done.
    Further,
    /// There is another answer.
    Otherwise,
}

fn beside<T: PartialEq>(was: &Known<T>, later: &Known<T>) -> Beside {
    match (was, later) {
        (_, Known::NotRecorded) => Beside::Silent,
        (was, later) if was == later => Beside::Same,
        (Known::Value(_), _) | (Known::Declined, Known::NotAsked) => Beside::Otherwise,
        (Known::NotRecorded | Known::NotAsked | Known::Declined, _) => Beside::Further,
    }
}

/// Of what somebody has to do: done later is further, and undone is another answer.
fn beside_deed<T: PartialEq>(was: &Known<T>, later: &Known<T>, [no, yes]: [T; 2]) -> Beside {
    if *was == Known::Value(no) && *later == Known::Value(yes) {
        Beside::Further
    } else {
        beside(was, later)
    }
}

impl Reception {
    /// Each question that is answered later, in words, and what the answer means beside the one recorded. Texts and children
    /// are sealed and cannot be compared: a text that follows another is another answer, a child is a further one.
    pub(in crate::custody) fn beside(&self, later: &AnswersLater) -> Vec<(String, Beside)> {
        let done = [Answer::No, Answer::Yes];
        let seen = match (&self.injuries_seen, &later.injuries_seen) {
            (_, None) => Beside::Silent,
            (None, Some(_)) => Beside::Further,
            (Some(_), Some(_)) => Beside::Otherwise,
        };
        let described = if later.each_child.is_empty() {
            Beside::Silent
        } else {
            Beside::Further
        };
        let deed = |was, later| beside_deed(was, later, done);
        let fixed = [
            (
                "identity",
                deed(&self.identity_checked, &later.identity_checked),
            ),
            ("injuries", beside(&self.injuries, &later.injuries)),
            ("what was seen", seen),
            (
                "whether injuries were documented",
                deed(&self.injuries_documented, &later.injuries_documented),
            ),
            (
                "whether injuries were reported",
                deed(&self.injuries_reported, &later.injuries_reported),
            ),
            (
                "property",
                deed(&self.property_listed, &later.property_listed),
            ),
            (
                "the family",
                beside_deed(&self.family_told, &later.family_told, [Told::No, Told::Yes]),
            ),
            ("children", beside(&self.children, &later.children)),
            ("each child", described),
        ];
        let fixed = fixed.map(|(what, beside)| (what.to_owned(), beside));
        let circumstances = later.circumstances.iter().map(|(question, answer)| {
            let was = self.circumstances.get(question);
            let was = was.unwrap_or(&Known::NotRecorded);
            (question.to_string(), beside(was, answer))
        });
        fixed.into_iter().chain(circumstances).collect()
    }
}

fn renew<T: Clone>(was: &mut Known<T>, later: &Known<T>) {
    if !later.is_not_recorded() {
        was.clone_from(later);
    }
}

/// A holding without a valid order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IrregularHolding {
    /// Whom it concerns.
    pub person: PersonId,
    /// Since when the person is held.
    pub since: Occurred,
    /// The place of detention.
    #[schemars(extend("x-list" = "facilities"))]
    pub facility: FacilityCode,
    /// What is missing.
    #[schemars(extend("x-list" = "custody.missing"))]
    pub missing: Vec<Code>,
    /// What is known of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<PersonalText>,
    /// What was asked and noted at the reception.
    #[serde(default)]
    pub reception: Reception,
}

/// Custody to protect somebody, at her own request (Bangkok Rules 59).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Protect {
    /// Whom it concerns.
    pub person: PersonId,
    /// When she was taken in.
    pub taken_in: Occurred,
    /// The place of detention.
    #[schemars(extend("x-list" = "facilities"))]
    pub facility: FacilityCode,
    /// Whether she asked for it herself.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub requested: Known<Answer>,
    /// What she asked for, in her own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<PersonalText>,
    /// The court that watches over it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-list" = "courts"))]
    pub court: Option<CourtCode>,
    /// What was asked and noted at the reception.
    #[serde(default)]
    pub reception: Reception,
}

/// The order on which a stay rests from then on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCommitment {
    /// Since when it holds.
    pub done: Occurred,
    /// The order on which the person is held.
    pub commitment: Commitment,
    /// How the person's case stands from then on.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    #[schemars(extend("x-list" = "custody.groups"))]
    pub group: Known<Code>,
}
