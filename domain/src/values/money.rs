//! Money in whole minor units.

use std::fmt;

use num_rational::Ratio;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CurrencyCode, Decimal};

/// Why an amount of money cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// More digits after the point than the currency has.
    #[error("{amount} {currency} has more decimals than the currency: it has {decimals}")]
    TooFine {
        /// The amount given.
        amount: Decimal,
        /// The currency.
        currency: CurrencyCode,
        /// Decimals of the currency's minor unit (ISO 4217).
        decimals: u32,
    },
    /// Not three capital letters.
    #[error("{0} is not a currency: give the three letters of ISO 4217, for example MNT")]
    Currency(String),
}

/// An amount of money: an integer of the currency's minor unit (ISO 4217), never a fraction.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// Minor units, for example cents.
    pub minor: u64,
    /// The currency.
    pub currency: CurrencyCode,
}

impl Money {
    /// Reads an amount in major units, exactly.
    pub fn from_major(amount: Decimal, currency: CurrencyCode) -> Result<Self, MoneyError> {
        let code = currency.as_str();
        if code.len() != 3 || !code.bytes().all(|b| b.is_ascii_uppercase()) {
            return Err(MoneyError::Currency(code.to_owned()));
        }
        let decimals = minor_decimals(code);
        let factor = 10_u64.pow(decimals);
        match amount.times_exact(factor) {
            Some(minor) => Ok(Self { minor, currency }),
            None => Err(MoneyError::TooFine {
                amount,
                currency,
                decimals,
            }),
        }
    }

    /// The amount in major units, as an exact fraction.
    pub fn major(&self) -> Ratio<i128> {
        Ratio::new(
            i128::from(self.minor),
            10_i128.pow(minor_decimals(self.currency.as_str())),
        )
    }
}

/// Decimals of a currency's minor unit: two unless ISO 4217 says otherwise.
fn minor_decimals(currency: &str) -> u32 {
    match currency {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX"
        | "VND" | "VUV" | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        _ => 2,
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = minor_decimals(self.currency.as_str());
        let unit = 10_u64.pow(decimals);
        let whole = self.minor.checked_div(unit).unwrap_or_default();
        let rest = self.minor.checked_rem(unit).unwrap_or_default();
        let digits = whole.to_string();
        let mut grouped = String::with_capacity(digits.len().saturating_mul(2));
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && digits.len().saturating_sub(at).checked_rem(3) == Some(0) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        if rest == 0 {
            write!(f, "{grouped} {}", self.currency)
        } else {
            let width = usize::try_from(decimals).unwrap_or(2);
            write!(f, "{grouped}.{rest:0width$} {}", self.currency)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_whole_minor_units() {
        let mnt = CurrencyCode::parse("MNT").unwrap();
        let fine = Money::from_major(Decimal::parse("450000.0").unwrap(), mnt.clone()).unwrap();
        assert_eq!(fine.minor, 45_000_000);
        assert_eq!(fine.to_string(), "450,000 MNT");
        assert_eq!(fine.major(), Ratio::from_integer(450_000));
        assert!(Money::from_major(Decimal::parse("1.005").unwrap(), mnt).is_err());
        assert!(
            Money::from_major(Decimal::whole(1), CurrencyCode::parse("euro").unwrap()).is_err()
        );
    }
}
