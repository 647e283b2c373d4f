//! The safeguards: what the law asks before liberty is taken, while it is taken and until it is given back.
//!
//! Each stands here as data, with its source, the acts that meet it, what is recorded and what happens; the checks stand
//! beside them, a function for each stream. How firmly a safeguard stands that the law leaves to policy, its
//! jurisdiction's pack decides; one that is hard cannot be softened.

pub(crate) mod apart;
mod catalogue;
pub(crate) mod clocks;
pub(crate) mod complaint;
pub(crate) mod cooperation;
pub(crate) mod custody;
pub(crate) mod diversion;
pub(crate) mod emergency;
pub(crate) mod facility;
pub(crate) mod finding;
pub(crate) mod order;
pub(crate) mod person;
pub(crate) mod policy;
pub(crate) mod pretrial;
pub(crate) mod registry;
pub(crate) mod release;
pub(crate) mod report;
pub(crate) mod restorative;
pub(crate) mod sentence;
mod shown;
pub(crate) mod supervision;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use self::catalogue::SAFEGUARDS;
pub use self::clocks::milder_law;
pub use self::shown::{Kind, Listed, list};
use crate::act::{Grade, Objection, Refusal};
use crate::jurisdiction::{Pack, PackError};

/// Who decides how firmly a safeguard stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// The law of nations, or the integrity of the record: nobody can soften it.
    Hard,
    /// In one part hard, in the other as the policy says; a finding where it says nothing.
    HardAndPolicy,
    /// As the policy says; a finding where it says nothing.
    Policy,
    /// As the policy says; where it says nothing, reasons are asked, and always suffice.
    Reasons,
}

/// What becomes of it when the act has happened already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondDoor {
    /// A critical finding.
    Critical,
    /// A finding.
    Finding,
    /// There is no second door.
    Closed,
}

/// A safeguard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Safeguard {
    /// Its stable name.
    pub id: &'static str,
    /// What it says.
    pub says: &'static str,
    /// The instrument it comes from.
    pub instrument: &'static str,
    /// The rule, article or paragraph.
    pub provision: &'static str,
    /// Who decides how firmly it stands.
    pub class: Class,
    /// What becomes of it when the act has happened already.
    pub second_door: SecondDoor,
    /// The acts that meet it: commands, as `pretrial.order_detention`, or what the register itself does, as `read`.
    pub acts: &'static [&'static str],
    /// What is recorded for it.
    pub record: &'static str,
    /// What happens where it is not met.
    pub effect: &'static str,
    /// Where it is seen.
    pub view: &'static str,
}

impl Safeguard {
    /// The instrument and the provision, as they are cited.
    pub fn source(&self) -> String {
        format!("{}, {}", self.instrument, self.provision)
    }
}

/// How firmly a jurisdiction lets a safeguard stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stands {
    /// Not at all.
    Off,
    /// A finding.
    Finding,
    /// Refused until reasons are given.
    Reasons,
    /// Refused.
    Refused,
}

/// What a jurisdiction says of the safeguards that are left to it, by their names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct SafeguardRules(BTreeMap<String, Stands>);

impl SafeguardRules {
    /// What a policy says.
    pub fn of(rules: BTreeMap<String, Stands>) -> Self {
        Self(rules)
    }

    pub(crate) fn check(&self) -> Result<(), PackError> {
        for id in self.0.keys() {
            match of(id).map(|safeguard| safeguard.class) {
                None => {
                    let said = format!("safeguards names {id}, which is none: leave it out");
                    return Err(PackError::Unreadable(said));
                }
                Some(Class::Hard) => {
                    let said =
                        format!("safeguards names {id}, which no policy can soften: leave it out");
                    return Err(PackError::Unreadable(said));
                }
                Some(Class::HardAndPolicy | Class::Policy | Class::Reasons) => {}
            }
        }
        Ok(())
    }
}

/// The safeguard of a name.
pub fn of(id: &str) -> Option<&'static Safeguard> {
    SAFEGUARDS.iter().find(|safeguard| safeguard.id == id)
}

/// The safeguards that an act meets: `pretrial.order_detention`.
pub fn met_by(act: &str) -> impl Iterator<Item = &'static Safeguard> {
    SAFEGUARDS
        .iter()
        .filter(move |safeguard| safeguard.acts.contains(&act))
}

/// Whether reasons were given for an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reasoned {
    /// They were.
    Yes,
    /// They were not.
    No,
}

impl Reasoned {
    /// Yes where something stands.
    pub fn by<T>(reasons: Option<&T>) -> Self {
        if reasons.is_some() {
            Self::Yes
        } else {
            Self::No
        }
    }
}

/// How a safeguard stands: as the policy sets it, else by its class; nothing for an id that is none.
fn stands(id: &str, law: &Pack) -> Option<Stands> {
    let by_class = match of(id)?.class {
        Class::Hard => Stands::Refused,
        Class::HardAndPolicy | Class::Policy => Stands::Finding,
        Class::Reasons => Stands::Reasons,
    };
    Some(law.safeguards.0.get(id).copied().unwrap_or(by_class))
}

/// Whether an act taken through the register is refused without what a safeguard asks for.
pub fn is_asked(id: &str, law: &Pack) -> bool {
    matches!(stands(id, law), Some(Stands::Reasons | Stands::Refused))
}

/// Something that a safeguard left to policy has against an act; nothing where the policy switches it off.
pub fn objection<R: Refusal>(refusal: R, reasoned: Reasoned, law: &Pack) -> Option<Objection<R>> {
    let grade = match stands(refusal.rule(), law)? {
        Stands::Off => return None,
        Stands::Reasons if reasoned == Reasoned::No => Grade::Reasons,
        Stands::Finding | Stands::Reasons => Grade::Notice,
        Stands::Refused => Grade::Hard,
    };
    Some(Objection { grade, refusal })
}
