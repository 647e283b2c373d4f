//! The content of a sentencing decision: counts, components, circumstances, reasons.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::act::{Facts, Reference};
use crate::childhood::Minor;
use crate::personal::{DataClass, PersonalText, Seal, Sealer};
use crate::values::{
    CaseReference, CivilDate, Code, ComponentNo, Consent, CountNo, CourtCode, Gravity,
    GuidelineRange, HearingReference, Known, Length, Money, Offence, PolicyVersion, Quantity,
    SentenceId, Weighed,
};

/// The circumstance that tells the age at the decision, by the bands of the pack.
pub(super) const AGE_BAND: &str = "age-band";

/// Everything decided about one person at one hearing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// The court.
    #[schemars(extend("x-list" = "courts"))]
    pub court: CourtCode,
    /// The court's reference of the case; never a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseReference>,
    /// The hearing; a proposal for it makes the decision live.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hearing: Option<HearingReference>,
    /// The counts, each with what was imposed for it.
    pub counts: Vec<Count>,
    /// The component that characterises the decision; by default the weightiest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub principal: Option<ComponentNo>,
    /// Coded circumstances of the person and the case, by the pack's list. What is missing was not recorded.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(extend("x-list" = "sentencing.circumstances"))]
    pub circumstances: BTreeMap<Code, Known<Code>>,
    /// When the person was a child: at the offence, or still at the decision. The date of birth says it, where the
    /// register keeps one; without it, whoever records the decision may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minor: Option<Minor>,
    /// What made the case graver, coded.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-list" = "sentencing.factors"))]
    pub aggravating: Vec<Code>,
    /// What made it lighter, coded.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-list" = "sentencing.factors"))]
    pub mitigating: Vec<Code>,
    /// Non-custodial options considered (Tokyo Rules 8.2), coded.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-list" = "sentencing.alternatives"))]
    pub alternatives_considered: Vec<Code>,
    /// Days already spent in custody that are credited.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub remand_days: Known<u32>,
    /// What the court weighed besides: purposes, the victim, a carer's child, the person's being a child.
    #[serde(default, skip_serializing_if = "Weighed::is_empty")]
    pub weighed: Weighed,
    /// The reasons in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasons: Option<PersonalText>,
}

/// One count: an offence, its gravity, the guideline and what was imposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Count {
    /// From 1.
    pub no: CountNo,
    /// The offence.
    pub offence: Offence,
    /// How grave, under a named policy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gravity: Option<Gravity>,
    /// The guideline's range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<GuidelineRange>,
    /// Why the court left the range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub departure: Option<Departure>,
    /// What was imposed.
    pub components: Vec<Component>,
}

/// A departure from the guideline range.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Departure {
    /// Which way.
    pub direction: DepartureDirection,
    /// Why, coded by the pack.
    #[schemars(extend("x-list" = "sentencing.departure_reasons"))]
    pub reasons: Vec<Code>,
}

/// Which way a sentence leaves its range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DepartureDirection {
    /// More than the range.
    Above,
    /// Less than the range.
    Below,
}

impl DepartureDirection {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Above => "above",
            Self::Below => "below",
        }
    }
}

/// One component of a decision, with a life of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Component {
    /// From 1, across all counts.
    pub no: ComponentNo,
    /// What was imposed.
    pub sanction: Sanction,
    /// How a term runs beside the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub runs: Option<Runs>,
    /// The rule that lets a term exceed the statutory maximum, for example of recidivism.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-list" = "sentencing.uplifts"))]
    pub uplift: Option<Code>,
}

/// How a term runs beside others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Runs {
    /// At the same time as the others.
    Concurrent,
    /// After another component of this decision.
    ConsecutiveTo(ComponentNo),
    /// After a term of an earlier decision; its days are counted there, not here.
    ConsecutiveToEarlier(EarlierTerm),
}

/// A term of an earlier decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EarlierTerm {
    /// The earlier decision.
    pub sentence: SentenceId,
    /// Its component.
    pub component: ComponentNo,
}

/// A term of custody: a length, life, or indeterminate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", inline, extend("examples" = ["P1Y6M", "life", "indeterminate"]))]
pub enum CustodyTerm {
    /// So long.
    Determinate(Length),
    /// For life.
    Life,
    /// Until a competent authority decides.
    Indeterminate,
}

impl CustodyTerm {
    /// In words: "custody of 9 years".
    pub fn in_words(self) -> String {
        match self {
            Self::Determinate(length) => format!("custody of {}", length.in_words()),
            Self::Life => "custody for life".to_owned(),
            Self::Indeterminate => "custody for an indeterminate term".to_owned(),
        }
    }
}

impl fmt::Display for CustodyTerm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Determinate(length) => length.fmt(f),
            Self::Life => f.write_str("life"),
            Self::Indeterminate => f.write_str("indeterminate"),
        }
    }
}

impl FromStr for CustodyTerm {
    type Err = crate::values::LengthError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "life" => Ok(Self::Life),
            "indeterminate" => Ok(Self::Indeterminate),
            length => length.parse().map(Self::Determinate),
        }
    }
}

impl TryFrom<String> for CustodyTerm {
    type Error = crate::values::LengthError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<CustodyTerm> for String {
    fn from(term: CustodyTerm) -> Self {
        term.to_string()
    }
}

/// What a court imposes. A quantity may be missing only in a fact that already happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Sanction {
    /// Death, which some laws still know; it is never a number in a figure.
    Death {},
    /// Immediate custody.
    Custody {
        /// How long.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        term: Option<CustodyTerm>,
    },
    /// Custody that is served only if it is activated.
    SuspendedCustody {
        /// How long if activated.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        term: Option<Length>,
        /// For how long it hangs over the person.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        operational_period: Option<Length>,
        /// Requirements during that period.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        requirements: Vec<RequirementTerms>,
    },
    /// A community order.
    CommunityOrder {
        /// How long it lasts.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        period: Option<Length>,
        /// Its requirements.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        requirements: Vec<RequirementTerms>,
    },
    /// A fine.
    Fine {
        /// How much.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        amount: Option<Money>,
    },
    /// A day-fine: so many units of so much.
    DayFine {
        /// Units.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        units: Option<u32>,
        /// The value of one, by the person's means.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit_value: Option<Money>,
    },
    /// Compensation to a victim.
    Compensation {
        /// How much.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        amount: Option<Money>,
    },
    /// A discharge, absolute or on condition of no further offence.
    Discharge {
        /// The period of the condition; absent when absolute.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        conditional_for: Option<Length>,
    },
    /// An admonition, reprimand or warning.
    Admonition {},
    /// Sentence deferred.
    Deferred {
        /// Until when.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<CivilDate>,
    },
    /// Something beside a penalty: a disqualification, a confiscation.
    Ancillary {
        /// What, coded by the pack.
        #[schemars(extend("x-list" = "sentencing.measures"))]
        kind: Code,
        /// For how long.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        length: Option<Length>,
    },
    /// Any other measure of the pack.
    Other {
        /// What, coded by the pack.
        #[schemars(extend("x-list" = "sentencing.measures"))]
        kind: Code,
        /// For how long.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        length: Option<Length>,
    },
}

/// A requirement as the court words it; it lives on in the order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequirementTerms {
    /// The kind, by the pack, for example `unpaid-work`.
    #[schemars(extend("x-list" = "orders.requirements"))]
    pub kind: Code,
    /// How much, with its unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Quantity>,
    /// How long.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<Length>,
    /// Whether the person agreed, where consent is needed.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub consent: Known<Consent>,
    /// What exactly is asked, where and when: the place of an exclusion, the hours of a curfew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<PersonalText>,
}

/// Kinds of sanction, from the weightiest down: the order that picks the principal component.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum SanctionKind {
    /// Death.
    Death,
    /// Immediate custody.
    Custody,
    /// Suspended custody.
    SuspendedCustody,
    /// A community order.
    CommunityOrder,
    /// A fine.
    Fine,
    /// A day-fine.
    DayFine,
    /// Another measure.
    Other,
    /// Deferred.
    Deferred,
    /// A discharge.
    Discharge,
    /// An admonition.
    Admonition,
    /// Compensation.
    Compensation,
    /// Ancillary.
    Ancillary,
}

impl SanctionKind {
    /// Every kind, weightiest first.
    pub const ALL: [Self; 12] = [
        Self::Death,
        Self::Custody,
        Self::SuspendedCustody,
        Self::CommunityOrder,
        Self::Fine,
        Self::DayFine,
        Self::Other,
        Self::Deferred,
        Self::Discharge,
        Self::Admonition,
        Self::Compensation,
        Self::Ancillary,
    ];

    /// The word under which figures hold it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Death => "death",
            Self::Custody => "custody",
            Self::SuspendedCustody => "suspended_custody",
            Self::CommunityOrder => "community_order",
            Self::Fine => "fine",
            Self::DayFine => "day_fine",
            Self::Other => "other",
            Self::Deferred => "deferred",
            Self::Discharge => "discharge",
            Self::Admonition => "admonition",
            Self::Compensation => "compensation",
            Self::Ancillary => "ancillary",
        }
    }

    /// The words that people read.
    pub fn title(self) -> &'static str {
        match self {
            Self::Death => "death",
            Self::Custody => "immediate custody",
            Self::SuspendedCustody => "suspended custody",
            Self::CommunityOrder => "community order",
            Self::Fine => "fine",
            Self::DayFine => "day-fine",
            Self::Other => "other measure",
            Self::Deferred => "deferred sentence",
            Self::Discharge => "discharge",
            Self::Admonition => "admonition",
            Self::Compensation => "compensation",
            Self::Ancillary => "ancillary order",
        }
    }
}

impl fmt::Display for SanctionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.title())
    }
}

impl Sanction {
    /// Its kind.
    pub fn kind(&self) -> SanctionKind {
        match self {
            Self::Death {} => SanctionKind::Death,
            Self::Custody { .. } => SanctionKind::Custody,
            Self::SuspendedCustody { .. } => SanctionKind::SuspendedCustody,
            Self::CommunityOrder { .. } => SanctionKind::CommunityOrder,
            Self::Fine { .. } => SanctionKind::Fine,
            Self::DayFine { .. } => SanctionKind::DayFine,
            Self::Compensation { .. } => SanctionKind::Compensation,
            Self::Discharge { .. } => SanctionKind::Discharge,
            Self::Admonition {} => SanctionKind::Admonition,
            Self::Deferred { .. } => SanctionKind::Deferred,
            Self::Ancillary { .. } => SanctionKind::Ancillary,
            Self::Other { .. } => SanctionKind::Other,
        }
    }

    /// The requirements it brings.
    pub fn requirements(&self) -> &[RequirementTerms] {
        match self {
            Self::SuspendedCustody { requirements, .. }
            | Self::CommunityOrder { requirements, .. } => requirements,
            Self::Death {}
            | Self::Custody { .. }
            | Self::Fine { .. }
            | Self::DayFine { .. }
            | Self::Compensation { .. }
            | Self::Discharge { .. }
            | Self::Admonition {}
            | Self::Deferred { .. }
            | Self::Ancillary { .. }
            | Self::Other { .. } => &[],
        }
    }

    /// The requirements it brings, to be changed.
    pub fn requirements_mut(&mut self) -> &mut [RequirementTerms] {
        match self {
            Self::SuspendedCustody { requirements, .. }
            | Self::CommunityOrder { requirements, .. } => requirements,
            Self::Death {}
            | Self::Custody { .. }
            | Self::Fine { .. }
            | Self::DayFine { .. }
            | Self::Compensation { .. }
            | Self::Discharge { .. }
            | Self::Admonition {}
            | Self::Deferred { .. }
            | Self::Ancillary { .. }
            | Self::Other { .. } => &mut [],
        }
    }

    /// Whether it is carried out as an order.
    pub fn makes_an_order(&self) -> bool {
        matches!(self, Self::CommunityOrder { .. }) || !self.requirements().is_empty()
    }

    /// The length of custody it holds, immediate or suspended, when it is a length.
    pub fn custody_length(&self) -> Option<Length> {
        match self {
            Self::Custody {
                term: Some(CustodyTerm::Determinate(length)),
            } => Some(*length),
            Self::SuspendedCustody { term, .. } => *term,
            Self::Custody { .. }
            | Self::Death {}
            | Self::CommunityOrder { .. }
            | Self::Fine { .. }
            | Self::DayFine { .. }
            | Self::Compensation { .. }
            | Self::Discharge { .. }
            | Self::Admonition {}
            | Self::Deferred { .. }
            | Self::Ancillary { .. }
            | Self::Other { .. } => None,
        }
    }
}

impl Seal for Decision {
    fn seal<S: Sealer>(&mut self, sealer: &mut S) -> Result<(), S::Error> {
        self.weighed.seal(sealer)?;
        for count in &mut self.counts {
            for component in &mut count.components {
                component.sanction.seal(sealer)?;
            }
        }
        PersonalText::seal_said(&mut self.reasons, DataClass::Judgment, sealer)
    }
}

impl Seal for Sanction {
    fn seal<S: Sealer>(&mut self, sealer: &mut S) -> Result<(), S::Error> {
        let mut requirements = self.requirements_mut().iter_mut();
        requirements.try_for_each(|required| {
            PersonalText::seal_said(&mut required.terms, DataClass::Judgment, sealer)
        })
    }
}

impl Decision {
    /// When the person was a child: as the decision says, or as the date of birth says of the offences and of the date
    /// of the decision.
    pub(crate) fn minor_on(&self, decided: CivilDate, facts: &Facts) -> Option<Minor> {
        let offences = self
            .counts
            .iter()
            .filter_map(|count| count.offence.committed.value());
        let by_birth = facts
            .born
            .and_then(|born| born.minor(offences.copied(), decided, &facts.law));
        self.minor.max(by_birth)
    }

    /// The earlier decisions whose terms come first.
    pub fn earlier(&self) -> impl Iterator<Item = Reference> + '_ {
        self.components()
            .filter_map(|(_, component)| match component.runs {
                Some(Runs::ConsecutiveToEarlier(term)) => Some(Reference::Sentence(term.sentence)),
                Some(Runs::Concurrent | Runs::ConsecutiveTo(_)) | None => None,
            })
    }

    /// Every component with its count.
    pub fn components(&self) -> impl Iterator<Item = (&Count, &Component)> {
        self.counts
            .iter()
            .flat_map(|count| count.components.iter().map(move |c| (count, c)))
    }

    /// The component of a number.
    pub fn component(&self, no: ComponentNo) -> Option<&Component> {
        self.components().find(|(_, c)| c.no == no).map(|(_, c)| c)
    }

    /// The component that characterises the decision: the one named, else the weightiest, else the first.
    pub fn principal_component(&self) -> Option<&Component> {
        match self.principal {
            Some(no) => self.component(no),
            None => self
                .components()
                .map(|(_, c)| c)
                .min_by_key(|c| (c.sanction.kind(), c.no)),
        }
    }

    /// The count of the principal component.
    pub fn principal_count(&self) -> Option<&Count> {
        let no = self.principal_component()?.no;
        self.counts
            .iter()
            .find(|count| count.components.iter().any(|c| c.no == no))
    }

    /// The disposal: the kind of the principal component.
    pub fn disposal(&self) -> Option<SanctionKind> {
        self.principal_component().map(|c| c.sanction.kind())
    }
}

/// Comparable decisions that were shown before the decision was final, so that they can be shown again on appeal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Shown {
    /// What made the cases comparable: key and value.
    pub cohort: BTreeMap<Code, Code>,
    /// The step of widening, from 0.
    pub step: u16,
    /// As of which ledger index.
    pub index: u64,
    /// How many decisions.
    pub decisions: u64,
    /// The rules that defined cohort and severity.
    pub policies: Vec<PolicyVersion>,
}
