//! Personal data: sealed under a key of the person and the data class before it is stored or hashed.

use std::fmt;
use std::marker::PhantomData;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

use crate::values::{Instant, PersonId};

/// A class of personal data; each has its own key per person, so that one can be destroyed before another.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum DataClass {
    /// Name, date of birth, identity numbers.
    Identity,
    /// Addresses and ways to reach the person.
    Contact,
    /// Reasons and other free text about the person in a judgment.
    Judgment,
    /// Free text about the person in supervision.
    Supervision,
    /// Health, pregnancy, victimisation in detail.
    Health,
    /// What concerns the person's children.
    Children,
}

impl DataClass {
    /// Every class.
    pub const ALL: [Self; 6] = [
        Self::Identity,
        Self::Contact,
        Self::Judgment,
        Self::Supervision,
        Self::Health,
        Self::Children,
    ];

    /// The word under which keys are kept.
    pub fn word(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Contact => "contact",
            Self::Judgment => "judgment",
            Self::Supervision => "supervision",
            Self::Health => "health",
            Self::Children => "children",
        }
    }
}

/// A sealed value: everything needed to open it except the key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sealed {
    /// The value's own id; with person and class it is the associated data.
    pub id: Uuid,
    /// The person whose key seals it, as sealed; a merge keeps both persons' keys.
    pub person: PersonId,
    /// The data class.
    pub class: DataClass,
    /// Which key.
    pub key: Uuid,
    /// XChaCha20-Poly1305 nonce and ciphertext, in base64.
    pub sealed: String,
}

/// A value of personal data: clear only on its way in, sealed in every event.
///
/// The clear form cannot be serialised: a value that was not sealed can reach no event, log or export.
#[derive(Clone, PartialEq, Eq)]
pub enum Personal<T> {
    /// As entered; the facade seals it before any rule sees the command.
    Clear(T),
    /// As stored.
    Sealed(Sealed, PhantomData<T>),
}

impl<T> Personal<T> {
    /// A stored value.
    pub fn stored(sealed: Sealed) -> Self {
        Self::Sealed(sealed, PhantomData)
    }

    /// The sealed form, if it has been sealed.
    pub fn sealed(&self) -> Option<&Sealed> {
        match self {
            Self::Clear(_) => None,
            Self::Sealed(sealed, _) => Some(sealed),
        }
    }
}

impl<T> fmt::Debug for Personal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Clear(_) => f.write_str("Personal(clear)"),
            Self::Sealed(sealed, _) => write!(f, "Personal({})", sealed.class.word()),
        }
    }
}

impl<T> Serialize for Personal<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Clear(_) => Err(serde::ser::Error::custom(
                "personal data must be sealed before it is written",
            )),
            Self::Sealed(sealed, _) => sealed.serialize(serializer),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Personal<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged, expecting = "text is expected here")]
        enum Form<T> {
            Sealed(Sealed),
            Clear(T),
        }
        Ok(match Form::deserialize(deserializer)? {
            Form::Sealed(sealed) => Self::stored(sealed),
            Form::Clear(value) => Self::Clear(value),
        })
    }
}

impl<T: JsonSchema> JsonSchema for Personal<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("Personal_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let clear = generator.subschema_for::<T>();
        let sealed = generator.subschema_for::<Sealed>();
        schemars::json_schema!({
            "description": "In a request the value itself; in a stored event its sealed form.",
            "anyOf": [clear, sealed],
        })
    }
}

/// Seals values on their way in.
pub trait Sealer {
    /// Why a value could not be sealed.
    type Error;

    /// Seals one clear text of a person's class.
    fn seal(&mut self, class: DataClass, clear: &str) -> Result<Sealed, Self::Error>;

    /// Called for a value that arrives already sealed from outside, which a request may never do.
    fn refuse_sealed(&mut self) -> Self::Error;
}

/// A command whose personal values can be sealed in place.
pub trait Seal {
    /// Replaces every clear value by its sealed form.
    fn seal<S: Sealer>(&mut self, sealer: &mut S) -> Result<(), S::Error>;
}

/// Free text about a person: never in the clear outside the vault.
pub type PersonalText = Personal<String>;

impl PersonalText {
    /// Seals the text under the class.
    pub fn seal_as<S: Sealer>(&mut self, class: DataClass, sealer: &mut S) -> Result<(), S::Error> {
        match self {
            Self::Clear(text) => {
                *self = Self::stored(sealer.seal(class, text)?);
                Ok(())
            }
            Self::Sealed(..) => Err(sealer.refuse_sealed()),
        }
    }

    /// Seals a text that may be left out. One of nothing but space says nothing and is left out too: once it is
    /// sealed no rule could tell it from reasons.
    pub fn seal_said<S: Sealer>(
        said: &mut Option<Self>,
        class: DataClass,
        sealer: &mut S,
    ) -> Result<(), S::Error> {
        if said.as_ref().is_some_and(Self::is_blank) {
            *said = None;
        }
        match said {
            Some(text) => text.seal_as(class, sealer),
            None => Ok(()),
        }
    }

    fn is_blank(&self) -> bool {
        matches!(self, Self::Clear(text) if text.trim().is_empty())
    }
}

/// What became of a personal value when somebody entitled asks for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Disclosed<T> {
    /// The value.
    Clear(T),
    /// The key was destroyed.
    Erased {
        /// When.
        on: Instant,
        /// Under which authority or article.
        basis: String,
    },
    /// The reader's role or purpose does not reach this class.
    Withheld,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::stored;

    #[test]
    fn a_clear_value_can_not_be_serialised() {
        let clear: PersonalText = Personal::Clear("Anna".to_owned());
        assert!(serde_json::to_string(&clear).is_err());
        assert_eq!(format!("{clear:?}"), "Personal(clear)");
    }

    #[test]
    fn a_text_of_nothing_but_space_is_left_out() {
        let seal = |text: &str| {
            let mut said = Some(Personal::Clear(text.to_owned()));
            PersonalText::seal_said(&mut said, DataClass::Judgment, &mut stored::Sealing).unwrap();
            said
        };
        assert_eq!(seal(" \n\t"), None);
        assert!(seal("sorry").unwrap().sealed().is_some());
    }

    #[test]
    fn a_request_brings_text_and_a_store_brings_sealed_values() {
        let clear: PersonalText = serde_json::from_str("\"Anna\"").unwrap();
        assert_eq!(clear, Personal::Clear("Anna".to_owned()));
        let sealed = Sealed {
            id: Uuid::nil(),
            person: PersonId(Uuid::nil()),
            class: DataClass::Judgment,
            key: Uuid::nil(),
            sealed: "AAAA".to_owned(),
        };
        let stored: PersonalText = Personal::stored(sealed);
        let text = serde_json::to_string(&stored).unwrap();
        assert_eq!(serde_json::from_str::<PersonalText>(&text).unwrap(), stored);
    }
}
