//! What a person is sentenced for, how grave it is, and the range the guideline gives.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    CatalogueVersion, CivilDate, Code, IccsCode, Known, Length, OffenceCode, PolicyVersion,
};

/// An offence: the national code under a version of the catalogue, and its international class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Offence {
    /// The code in national law; an existing fact may lack it.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    #[schemars(extend("x-list" = "offences"))]
    pub code: Known<OffenceCode>,
    /// The version of the catalogue the code is read under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub catalogue: Option<CatalogueVersion>,
    /// The international class (ICCS), by the catalogue's correspondence table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iccs: Option<IccsCode>,
    /// The jurisdiction's own broad category, for example `property`.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    #[schemars(extend("x-list" = "sentencing.categories"))]
    pub category: Known<Code>,
    /// When it was committed.
    #[serde(default, skip_serializing_if = "Known::is_not_recorded")]
    pub committed: Known<CivilDate>,
}

/// How grave an offence is, under a named policy; never derived from sentences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Gravity {
    /// The gravity policy, for example `statutory-class/1`.
    pub policy: PolicyVersion,
    /// The level within it.
    pub level: Code,
}

/// The range that a guideline gives for a count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GuidelineRange {
    /// The guideline and its version.
    pub guideline: PolicyVersion,
    /// The lower end of custody; zero where the range begins below custody.
    pub lowest: Length,
    /// The upper end of custody.
    pub highest: Length,
    /// Where the court starts before aggravation and mitigation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starting_point: Option<Length>,
}
