//! Codes: short, public words of a jurisdiction. Never a name, never free text.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Why a text is not a code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// Nothing stands there.
    #[error("{0} is empty: give the code")]
    Empty(&'static str),
    /// Longer than a code may be.
    #[error("{what} has {length} characters: at most 64 are allowed")]
    TooLong {
        /// What the code stands for.
        what: &'static str,
        /// The length found, in characters.
        length: usize,
    },
    /// A character that no code may hold.
    #[error("{what} holds {found:?}: only letters, digits and . _ - / : are allowed")]
    Character {
        /// What the code stands for.
        what: &'static str,
        /// The character found.
        found: char,
    },
}

fn check(what: &'static str, text: &str) -> Result<(), CodeError> {
    if text.is_empty() {
        return Err(CodeError::Empty(what));
    }
    let length = text.chars().count();
    if length > 64 {
        return Err(CodeError::TooLong { what, length });
    }
    match text
        .chars()
        .find(|c| !(c.is_alphanumeric() || "._-/:".contains(*c)))
    {
        Some(found) => Err(CodeError::Character { what, found }),
        None => Ok(()),
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $what:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(try_from = "String", into = "String")]
        #[schemars(with = "String", inline)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Parses the code; refuses what could hide a name or a sentence.
            pub fn parse(text: &str) -> Result<Self, CodeError> {
                check($what, text)?;
                Ok(Self(Arc::from(text)))
            }

            /// The code as written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = CodeError;
            fn try_from(text: String) -> Result<Self, CodeError> {
                Self::parse(&text)
            }
        }

        impl FromStr for $name {
            type Err = CodeError;
            fn from_str(text: &str) -> Result<Self, CodeError> {
                Self::parse(text)
            }
        }

        impl From<$name> for String {
            fn from(code: $name) -> Self {
                code.0.as_ref().to_owned()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

codes! {
    /// A code of a jurisdiction's pack: a factor, a reason, a kind of requirement.
    Code = "the code";
    /// A court, as the jurisdiction numbers it.
    CourtCode = "the court";
    /// A reference of a case, as the court writes it; never a name.
    CaseReference = "the case reference";
    /// A hearing, as the court refers to it.
    HearingReference = "the hearing reference";
    /// An office: a court, a probation office, an inspectorate.
    OfficeCode = "the office";
    /// A place of detention, as the jurisdiction numbers it.
    FacilityCode = "the place of detention";
    /// Whoever is signed in, by the identity provider's subject; never a name.
    SubjectId = "the subject";
    /// A jurisdiction.
    JurisdictionCode = "the jurisdiction";
    /// A version of a jurisdiction's rules, for example `mongolia/1`.
    PolicyVersion = "the policy version";
    /// A version of an offence catalogue.
    CatalogueVersion = "the version of the offence catalogue";
    /// An offence in national law, for example `11.6.1`.
    OffenceCode = "the offence";
    /// An ISO 4217 currency, for example `MNT`.
    CurrencyCode = "the currency";
}

/// A category of the International Classification of Crime for Statistical Purposes (UNODC 2015):
/// two, four, five or six digits.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", inline)]
pub struct IccsCode(Arc<str>);

impl IccsCode {
    /// Parses two, four, five or six digits.
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        check("the ICCS code", text)?;
        if let Some(found) = text.chars().find(|c| !c.is_ascii_digit()) {
            return Err(CodeError::Character {
                what: "the ICCS code (digits only)",
                found,
            });
        }
        if !matches!(text.len(), 2 | 4 | 5 | 6) {
            return Err(CodeError::TooLong {
                what: "the ICCS code (2, 4, 5 or 6 digits)",
                length: text.len(),
            });
        }
        Ok(Self(Arc::from(text)))
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for IccsCode {
    type Error = CodeError;
    fn try_from(text: String) -> Result<Self, CodeError> {
        Self::parse(&text)
    }
}

impl From<IccsCode> for String {
    fn from(code: IccsCode) -> Self {
        code.0.as_ref().to_owned()
    }
}

impl fmt::Display for IccsCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_refuses_what_could_hide_a_name() {
        assert_eq!(
            Code::parse("Anna Smith"),
            Err(CodeError::Character {
                what: "the code",
                found: ' '
            })
        );
        assert_eq!(Code::parse(""), Err(CodeError::Empty("the code")));
        assert!(Code::parse(&"a".repeat(65)).is_err());
        assert_eq!(OffenceCode::parse("11.6.1").unwrap().as_str(), "11.6.1");
    }

    #[test]
    fn an_iccs_code_has_two_four_five_or_six_digits() {
        assert!(IccsCode::parse("020111").is_ok());
        assert!(IccsCode::parse("020").is_err());
        assert!(IccsCode::parse("02a1").is_err());
    }
}
