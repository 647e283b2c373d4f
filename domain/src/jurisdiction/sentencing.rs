//! What a jurisdiction asks of a sentence.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Coded, PackError, once};
use crate::sentence::{DepartureDirection, SanctionKind};
use crate::statistics::severity::ScalePolicy;
use crate::values::{Code, Known, Length};

/// A field that the policy asks for, by disposal.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    /// Reasons in words.
    Reasons,
    /// The non-custodial options considered (Tokyo Rules 8.2).
    Alternatives,
    /// When the offence was committed.
    Committed,
    /// The guideline range.
    Range,
    /// Aggravating and mitigating factors.
    Factors,
    /// Time already spent in custody.
    Remand,
    /// The circumstances of the pack.
    Circumstances,
    /// A lighter option that was considered (Tokyo Rules 2.6).
    Lighter,
    /// Each of the criteria of Tokyo Rules 3.2.
    Criteria,
    /// Whether the victim was heard (Tokyo Rules 8.1).
    Victim,
}

/// The circumstance that tells the age at the decision, by the bands of the pack.
const AGE_BAND: &str = "age-band";

/// Which way a factor weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FactorDirection {
    /// It makes the case graver.
    Aggravating,
    /// It makes it lighter.
    Mitigating,
}

/// A factor that a court may name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FactorRule {
    /// The code.
    pub code: Code,
    /// The words.
    pub title: String,
    /// Which way it weighs.
    pub direction: FactorDirection,
}

/// A reason for a sentence outside the guideline range.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DepartureReason {
    /// The code.
    pub code: Code,
    /// The words.
    pub title: String,
    /// Which way the sentence leaves the range for it; either way without it.
    #[serde(rename = "for", default, skip_serializing_if = "Option::is_none")]
    pub fits: Option<DepartureDirection>,
}

/// A circumstance of the person or the case that rules or figures need: a closed list of values, each of which
/// may also be not recorded, not asked or declined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CircumstanceRule {
    /// The code.
    pub code: Code,
    /// The question as people read it.
    pub title: String,
    /// The possible answers.
    pub values: Vec<Coded>,
    /// Whether it is of a special category (LED art. 10), shown only to roles that need it.
    #[serde(default)]
    pub special: bool,
    /// What it means to a safeguard where the answer is `yes`.
    #[serde(default)]
    pub means: Option<Meaning>,
}

/// What a circumstance means to a safeguard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    /// The person is pregnant.
    Pregnant,
    /// The person breastfeeds a child.
    Breastfeeding,
    /// A child depends on the person.
    DependentChild,
    /// The person cares for somebody.
    Carer,
    /// The person has suffered violence.
    ViolenceSuffered,
    /// The person has counsel.
    Counsel,
}

/// An age group, in completed years at the decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgeBand {
    /// The code, for example `25-34`.
    pub code: Code,
    /// The youngest, in years.
    pub from: u16,
    /// The oldest, in years; absent for the last band.
    #[serde(default)]
    pub to: Option<u16>,
}

/// What makes two cases comparable.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ComparisonKey {
    /// The same offence.
    Offence,
    /// The same broad category.
    Category,
    /// The same gravity.
    Gravity,
    /// The same court.
    Court,
    /// The same record of earlier convictions.
    PriorRecord,
}

/// How comparable cases are found for a court.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ComparisonRules {
    /// The steps, narrowest first; each is a set of keys.
    pub steps: Vec<Vec<ComparisonKey>>,
    /// The fewest cases that are shown.
    pub least: u32,
}

impl Default for ComparisonRules {
    fn default() -> Self {
        use ComparisonKey::{Category, Court, Offence, PriorRecord};
        Self {
            steps: vec![
                vec![Offence, PriorRecord, Court],
                vec![Offence, PriorRecord],
                vec![Offence],
                vec![Category],
            ],
            least: 10,
        }
    }
}

/// On whom, and for how long, a kind of sanction may be imposed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SanctionLimits {
    /// The longest term, for example of suspended custody.
    pub longest: Option<Length>,
    /// The longest period, for example of a suspension or of a condition.
    pub longest_period: Option<Length>,
    /// The most that is imposed, in minor units of the currency: of a day-fine, all its units together.
    pub most: Option<u64>,
    /// The youngest person it is imposed on, in completed years at the decision.
    pub youngest: Option<u16>,
}

/// Which components of a decision a severity scale weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    /// The component that characterises the decision, and no other.
    Principal,
    /// Every component.
    All,
}

/// A severity scale, with where it comes from.
///
/// The kinds of [`ScalePolicy`] are: `death`, `custody`, `suspended_custody`, `community_order` (one whose
/// requirements are not recorded), `fine`, `day_fine`, `compensation`, `absolute_discharge`,
/// `conditional_discharge`, `admonition`, `deferred`, `ancillary/KIND` or else `ancillary`, `other/KIND` or else
/// `other`, and for the requirements of an order `requirement/KIND` or else `requirement`. A kind that the scale does
/// not name has no weight, and a decision that holds it no number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SeverityScale {
    /// Its title.
    pub title: String,
    /// Its unit in the words that people read, in the plural: `days of custody`.
    pub unit_title: String,
    /// The statute, publication or judgement behind its weights; mandatory.
    pub source: String,
    /// Which components it weighs.
    pub counts: Counted,
    /// Its weights.
    pub scale: ScalePolicy,
}

/// How a decision can be reviewed, as it is told to the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewRule {
    /// The court that reviews.
    pub to: String,
    /// What it is called in other languages, by their tags.
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
    /// Within how many days of the pronouncement.
    pub within_days: u32,
    /// How to ask for it, in a sentence.
    pub how: String,
}

impl ReviewRule {
    /// The court that reviews, in a language where the rules name it in that, else as they name it.
    pub fn court(&self, language: &str) -> &str {
        self.labels.get(language).unwrap_or(&self.to)
    }
}

/// What a jurisdiction asks of a sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SentencingRules {
    /// The sanctions its courts may impose; empty means all but death.
    pub sanctions: Vec<SanctionKind>,
    /// On whom, and for how long, each sanction may be imposed; one that is not named is limited by its offence alone.
    pub limits: BTreeMap<SanctionKind, SanctionLimits>,
    /// What is asked, by sanction; it grows with the gravity of the disposal.
    pub asks: BTreeMap<SanctionKind, Vec<Ask>>,
    /// Factors that may be named.
    pub factors: Vec<FactorRule>,
    /// Reasons for leaving the guideline range.
    pub departure_reasons: Vec<DepartureReason>,
    /// Rules that let a term exceed the statutory maximum of its offence.
    pub uplifts: Vec<Coded>,
    /// Reasons for correcting a slip.
    pub correction_reasons: Vec<Coded>,
    /// Reasons for taking a draft back, dismissing an appeal, quashing and pardoning.
    pub step_reasons: Vec<Coded>,
    /// What a sentence can be for.
    pub purposes: Vec<Coded>,
    /// The longest that terms which follow each other last together.
    pub longest_together: Option<Length>,
    /// Whether everybody who is held for life is considered for release one day; only then can a child be.
    pub releases_from_life: bool,
    /// Non-custodial options that may be named as considered.
    pub alternatives: Vec<Coded>,
    /// Circumstances that may be recorded.
    pub circumstances: Vec<CircumstanceRule>,
    /// Age groups.
    pub age_bands: Vec<AgeBand>,
    /// Broad categories of offences.
    pub categories: Vec<Coded>,
    /// Measures beside or in place of a penalty: a disqualification, a confiscation.
    pub measures: Vec<Coded>,
    /// How comparable cases are found.
    pub comparison: ComparisonRules,
    /// How a decision can be reviewed.
    pub review: Option<ReviewRule>,
    /// Severity scales, the first being the one shown first.
    pub severity: Vec<SeverityScale>,
}

impl SentencingRules {
    /// Whether one of some things is known to be so.
    pub(crate) fn says(
        &self,
        circumstances: &BTreeMap<Code, Known<Code>>,
        meanings: &[Meaning],
    ) -> bool {
        let means = |rule: &CircumstanceRule| rule.means.is_some_and(|m| meanings.contains(&m));
        self.circumstances
            .iter()
            .filter(|rule| means(rule))
            .any(|rule| {
                let answer = circumstances.get(&rule.code).and_then(Known::value);
                answer.is_some_and(|answer| answer.as_str() == "yes")
            })
    }

    /// The questions that ask something, each answered by yes.
    pub(crate) fn affirmed(&self, meaning: Meaning) -> BTreeMap<Code, Known<Code>> {
        let rules = self.circumstances.iter();
        let rules = rules.filter(|rule| rule.means == Some(meaning));
        let yes = rules.filter_map(|rule| {
            let answer = rule
                .values
                .iter()
                .find(|value| value.code.as_str() == "yes")?;
            Some((rule.code.clone(), Known::Value(answer.code.clone())))
        });
        yes.collect()
    }

    /// The questions whose answers make somebody a carer to the rules (Bangkok Rules 61 and 64).
    pub fn of_carers(&self) -> impl Iterator<Item = &CircumstanceRule> {
        self.circumstances.iter().filter(|rule| match rule.means {
            Some(
                Meaning::Pregnant
                | Meaning::Breastfeeding
                | Meaning::DependentChild
                | Meaning::Carer,
            ) => true,
            Some(Meaning::ViolenceSuffered | Meaning::Counsel) | None => false,
        })
    }

    /// Whether something is known not to be so.
    pub(crate) fn denies(
        &self,
        circumstances: &BTreeMap<Code, Known<Code>>,
        meaning: Meaning,
    ) -> bool {
        let rules = self.circumstances.iter();
        rules
            .filter(|rule| rule.means == Some(meaning))
            .filter_map(|rule| circumstances.get(&rule.code)?.value())
            .any(|answer| answer.as_str() == "no")
    }

    /// The age group that circumstances tell; one that is no band of the pack tells nothing.
    pub(crate) fn age_told(&self, circumstances: &BTreeMap<Code, Known<Code>>) -> Known<&AgeBand> {
        let mut answers = circumstances.iter();
        let told = answers.find(|(question, _)| question.as_str() == AGE_BAND);
        match told.map(|(_, answer)| answer) {
            Some(Known::Value(answer)) => {
                let mut bands = self.age_bands.iter();
                bands.find(|band| &band.code == answer).into()
            }
            Some(Known::NotAsked) => Known::NotAsked,
            Some(Known::Declined) => Known::Declined,
            Some(Known::NotRecorded) | None => Known::NotRecorded,
        }
    }

    /// Whether a field is asked for a sanction.
    pub fn asks(&self, kind: SanctionKind, ask: Ask) -> bool {
        self.asks.get(&kind).is_some_and(|asks| asks.contains(&ask))
    }

    /// The age group of an age in completed years.
    pub fn age_band(&self, years: u16) -> Option<&AgeBand> {
        self.age_bands
            .iter()
            .find(|band| band.from <= years && band.to.is_none_or(|to| years <= to))
    }

    /// The rule of a circumstance.
    pub fn circumstance(&self, code: &Code) -> Option<&CircumstanceRule> {
        self.circumstances.iter().find(|c| &c.code == code)
    }

    pub(super) fn check(&self) -> Result<(), PackError> {
        once("sentencing.factors", self.factors.iter().map(|f| &f.code))?;
        once(
            "sentencing.age_bands",
            self.age_bands.iter().map(|b| &b.code),
        )?;
        let reasons = self.departure_reasons.iter();
        once("sentencing.departure_reasons", reasons.map(|r| &r.code))?;
        for (at, list) in [
            ("sentencing.uplifts", &self.uplifts),
            ("sentencing.correction_reasons", &self.correction_reasons),
            ("sentencing.step_reasons", &self.step_reasons),
            ("sentencing.purposes", &self.purposes),
            ("sentencing.alternatives", &self.alternatives),
            ("sentencing.categories", &self.categories),
            ("sentencing.measures", &self.measures),
        ] {
            once(at, list.iter().map(|coded| &coded.code))?;
        }
        let questions = self.circumstances.iter();
        once(
            "sentencing.circumstances",
            questions.clone().map(|c| &c.code),
        )?;
        for question in questions {
            let at = format!("sentencing.circumstances.{}", question.code);
            once(&at, question.values.iter().map(|value| &value.code))?;
        }
        let scales = self.severity.iter().map(|s| &s.scale.version);
        once("sentencing.severity", scales)?;
        self.severity.iter().try_for_each(SeverityScale::check)
    }

    /// A severity scale by its version; without one, the first.
    pub fn scale(&self, version: Option<&str>) -> Option<&SeverityScale> {
        match version {
            Some(version) => self.severity.iter().find(|s| s.scale.version == version),
            None => self.severity.first(),
        }
    }
}

impl SeverityScale {
    fn check(&self) -> Result<(), PackError> {
        let version = &self.scale.version;
        if self.source.trim().is_empty() {
            return Err(PackError::Unreadable(format!(
                "severity scale {version} cites no source: say where its weights come from"
            )));
        }
        self.scale
            .validate()
            .map_err(|e| PackError::Unreadable(format!("severity scale {version}: {e}")))
    }
}
