//! What a jurisdiction asks of matters with other States.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Coded, PackError, Provision, once};
use crate::cooperation::Matter;
use crate::values::Code;

/// A ground on which a request of another State, or to one, is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ground {
    /// The code.
    pub code: Code,
    /// The words.
    pub title: String,
    /// In which matters it is meant; in every one where none is named.
    #[serde(default)]
    pub matters: Vec<Matter>,
    /// Whether it always has to be examined before a grant.
    #[serde(default)]
    pub mandatory: bool,
}

impl Ground {
    fn is_of(&self, matter: Matter) -> bool {
        self.matters.is_empty() || self.matters.contains(&matter)
    }
}

/// What an assurance of the other State protects from, as far as a rule asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Against {
    /// Death is not imposed, or not carried out.
    Death,
    /// Nobody is tortured, or treated cruelly or inhumanly.
    Torture,
}

/// An assurance that the other State gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Assurance {
    /// The code.
    pub code: Code,
    /// The words.
    pub title: String,
    /// What it protects from, where a rule asks for it.
    #[serde(default)]
    pub against: Option<Against>,
}

/// What a jurisdiction asks of matters with other States. An empty list of codes holds every code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CooperationRules {
    /// Treaties and statutes on which requests rest.
    pub bases: Vec<Provision>,
    /// The words for the matters, by `extradition`, `transfer`, `recognition` and `notification`.
    pub matters: Vec<Coded>,
    /// The authorities through which this State speaks with others.
    pub authorities: Vec<Coded>,
    /// Grounds on which a request is refused.
    pub grounds: Vec<Ground>,
    /// Assurances that the other State may give.
    pub assurances: Vec<Assurance>,
    /// Reasons why what was granted is carried out later.
    pub postponements: Vec<Coded>,
    /// Reasons why a matter ends without being carried out.
    pub end_reasons: Vec<Coded>,
    /// Within how many days of a provisional arrest the request has to follow.
    pub request_days: Option<u32>,
    /// Within how many days of a request this State decides.
    pub decision_days: Option<u32>,
    /// Within how many days of the last grant it is carried out.
    pub carrying_out_days: Option<u32>,
}

impl CooperationRules {
    /// The grounds of a matter, as a list of codes.
    pub(crate) fn grounds_of(&self, matter: Matter) -> Vec<Coded> {
        let grounds = self.grounds.iter().filter(|ground| ground.is_of(matter));
        let coded = |ground: &Ground| Coded {
            code: ground.code.clone(),
            title: ground.title.clone(),
        };
        grounds.map(coded).collect()
    }

    /// The grounds that have to be examined before a matter is granted.
    pub(crate) fn mandatory(&self, matter: Matter) -> impl Iterator<Item = &Code> {
        let grounds = self.grounds.iter();
        let mandatory = grounds.filter(move |ground| ground.mandatory && ground.is_of(matter));
        mandatory.map(|ground| &ground.code)
    }

    /// The assurances, as a list of codes.
    pub(crate) fn assured(&self) -> Vec<Coded> {
        let coded = |assurance: &Assurance| Coded {
            code: assurance.code.clone(),
            title: assurance.title.clone(),
        };
        self.assurances.iter().map(coded).collect()
    }

    /// Whether an assurance protects from something.
    pub(crate) fn protects(&self, assurance: &Code, from: Against) -> bool {
        let mut all = self.assurances.iter();
        all.any(|known| &known.code == assurance && known.against == Some(from))
    }

    pub(super) fn check(&self) -> Result<(), PackError> {
        once("cooperation.bases", self.bases.iter().map(|b| &b.code))?;
        let words = Matter::ALL.map(Matter::word);
        let known = |code: &Code| words.contains(&code.as_str()) || code.as_str() == "notification";
        if let Some(unknown) = self.matters.iter().find(|matter| !known(&matter.code)) {
            return Err(PackError::Dangling {
                at: "cooperation.matters".to_owned(),
                code: unknown.code.to_string(),
            });
        }
        let grounds = self.grounds.iter().map(|ground| &ground.code);
        once("cooperation.grounds", grounds)?;
        let assurances = self.assurances.iter().map(|assurance| &assurance.code);
        once("cooperation.assurances", assurances)?;
        for (at, list) in [
            ("cooperation.matters", &self.matters),
            ("cooperation.authorities", &self.authorities),
            ("cooperation.postponements", &self.postponements),
            ("cooperation.end_reasons", &self.end_reasons),
        ] {
            once(at, list.iter().map(|coded| &coded.code))?;
        }
        Ok(())
    }
}
