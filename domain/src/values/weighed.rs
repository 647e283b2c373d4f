//! What a court weighed before it took somebody's liberty.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Code, Known, Told};
use crate::personal::{DataClass, PersonalText, Seal, Sealer};

/// What was weighed before a woman who is pregnant, or anybody with a dependent child, is held (Bangkok Rules 64).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CarerWeighed {
    /// The gravity or the danger that makes it necessary.
    #[schemars(extend("x-list" = "pretrial.dangers"))]
    pub necessity: Code,
    /// The child's best interests, and who cares for it.
    pub best_interests: PersonalText,
}

/// What was weighed before a child is held (Beijing Rules 17.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChildWeighed {
    /// Grave violence against another, or persistence in other serious offences.
    #[schemars(extend("x-list" = "pretrial.child_grounds"))]
    pub ground: Code,
    /// Why nothing else will do, and why it is as brief as can be.
    pub last_resort: PersonalText,
}

/// Whether a child's background was looked into before the decision (Beijing Rules 16.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SocialInquiry {
    /// A social inquiry report was before the court.
    Reported,
    /// The case is minor and needs none.
    MinorCase,
    /// There was none.
    None,
}

/// Whether the victim was heard (Tokyo Rules 8.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum VictimHeard {
    /// The victim was heard.
    Heard,
    /// The victim was asked and did not wish to be.
    NotWished,
    /// There is no victim who could be heard.
    NoVictim,
}

/// What a sentencing court weighed besides the offence.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Weighed {
    /// What the sentence is for, by the purposes of the pack.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-list" = "sentencing.purposes"))]
    pub purposes: Vec<Code>,
    /// Whether the victim was heard.
    #[serde(skip_serializing_if = "Known::is_not_recorded")]
    pub victim: Known<VictimHeard>,
    /// Whether the person was told how the decision can be reviewed.
    #[serde(skip_serializing_if = "Known::is_not_recorded")]
    pub review_told: Known<Told>,
    /// Whether a child's background was looked into.
    #[serde(skip_serializing_if = "Known::is_not_recorded")]
    pub inquiry: Known<SocialInquiry>,
    /// What was weighed of a pregnancy or a dependent child.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carer: Option<CarerWeighed>,
    /// What was weighed of the person's being a child.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub child: Option<ChildWeighed>,
}

impl Seal for CarerWeighed {
    fn seal<S: Sealer>(&mut self, sealer: &mut S) -> Result<(), S::Error> {
        self.best_interests.seal_as(DataClass::Children, sealer)
    }
}

impl Seal for ChildWeighed {
    fn seal<S: Sealer>(&mut self, sealer: &mut S) -> Result<(), S::Error> {
        self.last_resort.seal_as(DataClass::Judgment, sealer)
    }
}

impl Seal for Weighed {
    fn seal<S: Sealer>(&mut self, sealer: &mut S) -> Result<(), S::Error> {
        if let Some(carer) = &mut self.carer {
            carer.seal(sealer)?;
        }
        match &mut self.child {
            Some(child) => child.seal(sealer),
            None => Ok(()),
        }
    }
}

impl Weighed {
    /// Whether nothing of it is recorded; it is not written then.
    pub fn is_empty(&self) -> bool {
        self == &Self::default()
    }

    /// With what stood where nothing is said anew.
    #[must_use]
    pub fn or(self, stood: &Self) -> Self {
        fn known<T: Copy>(said: Known<T>, stood: Known<T>) -> Known<T> {
            if said.is_not_recorded() { stood } else { said }
        }
        Self {
            purposes: if self.purposes.is_empty() {
                stood.purposes.clone()
            } else {
                self.purposes
            },
            victim: known(self.victim, stood.victim),
            review_told: known(self.review_told, stood.review_told),
            inquiry: known(self.inquiry, stood.inquiry),
            carer: self.carer.or_else(|| stood.carer.clone()),
            child: self.child.or_else(|| stood.child.clone()),
        }
    }

    /// What it says in words.
    pub fn texts(&self) -> impl Iterator<Item = &PersonalText> {
        let carer = self.carer.as_ref().map(|carer| &carer.best_interests);
        let child = self.child.as_ref().map(|child| &child.last_resort);
        carer.into_iter().chain(child)
    }
}
