//! Offences against each other where only aggregates are published: does a graver offence carry
//! the heavier expected sentence? Every offence counts once, whatever its decisions.

use super::exact::{Exact, as_real, real, tally};
use super::undefined::{Figure, Undefined, quotient};
use num_traits::{Signed, Zero};
use schemars::JsonSchema;
use serde::Serialize;
use std::cmp::Ordering;

/// One offence: its gravity and what those sentenced for it received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offence {
    /// The gravity weight.
    pub weight: Exact,
    /// The share sentenced to custody, 0 to 1.
    pub custody_rate: Exact,
    /// The average custodial sentence length; `None` where nobody received custody.
    pub mean_months: Option<Exact>,
}

impl Offence {
    /// Custody rate in whole thousandths (half to even) times mean length: thousandths of a month
    /// expected. `None` where custody was imposed and its length is not known.
    pub fn expected_severity(&self) -> Option<Exact> {
        let rate = half_to_even(self.custody_rate * Exact::from(1000));
        if rate.is_zero() {
            return Some(Exact::zero());
        }
        self.mean_months.map(|months| rate * months)
    }
}

fn half_to_even(value: Exact) -> Exact {
    let whole = value.floor();
    let rest = value - whole;
    let odd = !(whole / Exact::from(2)).is_integer();
    match rest.cmp(&Exact::new(1, 2)) {
        Ordering::Less => whole,
        Ordering::Equal if !odd => whole,
        Ordering::Equal | Ordering::Greater => whole + Exact::from(1),
    }
}

/// How the order of offences by gravity and by expected severity agree.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct OffenceRanks {
    /// The expected severity of each offence, in thousandths of a month; null where unknown.
    pub expected_severity_thousandths: Vec<Figure>,
    /// Pairs in which the graver offence carries more.
    pub concordant: u64,
    /// Pairs in which it carries less.
    pub discordant: u64,
    /// Pairs tied on gravity, on severity or on both.
    pub tied: u64,
    /// Kendall's tau-b. Null when all are equal on either axis.
    pub tau_b: Figure,
    /// Spearman's rho on average ranks. Null likewise.
    pub spearman: Figure,
    /// D/(C + D + tied). Null under two offences.
    pub inversion_rate: Figure,
}

/// Compares every two offences once. O(offences²): offences are hundreds.
pub fn offence_ranks(offences: &[Offence]) -> OffenceRanks {
    let expected: Vec<Option<Exact>> = offences.iter().map(Offence::expected_severity).collect();
    let known: Vec<(Exact, Exact)> = offences
        .iter()
        .zip(&expected)
        .filter_map(|(offence, severity)| Some((offence.weight, (*severity)?)))
        .collect();
    let (mut concordant, mut discordant, mut by_gravity, mut by_severity, mut pairs) =
        (0_u64, 0_u64, 0_u64, 0_u64, 0_u64);
    for (at, one) in known.iter().enumerate() {
        for other in &known[at + 1..] {
            let sign = (one.0 - other.0).signum() * (one.1 - other.1).signum();
            concordant += u64::from(sign.is_positive());
            discordant += u64::from(sign.is_negative());
            by_gravity += u64::from(one.0 == other.0);
            by_severity += u64::from(one.1 == other.1);
            pairs += 1;
        }
    }
    let net = real(concordant) - real(discordant);
    let span = real(u128::from(pairs - by_gravity) * u128::from(pairs - by_severity)).sqrt();
    let reason = match known.len() {
        0 => Undefined::NoDecisions,
        1 => Undefined::FewerThanTwoLevels,
        _ if by_gravity == pairs => Undefined::SingleGravity,
        _ => Undefined::SingleSeverity,
    };
    OffenceRanks {
        expected_severity_thousandths: expected
            .iter()
            .map(|severity| {
                severity
                    .map(|s| as_real(&s))
                    .ok_or(Undefined::MissingQuantity)
                    .into()
            })
            .collect(),
        concordant,
        discordant,
        tied: pairs - concordant - discordant,
        tau_b: quotient(net, span, reason),
        spearman: spearman(&known, reason),
        inversion_rate: quotient(real(discordant), real(pairs), reason),
    }
}

fn spearman(pairs: &[(Exact, Exact)], reason: Undefined) -> Figure {
    let gravity = doubled_ranks(pairs.iter().map(|pair| pair.0).collect());
    let severity = doubled_ranks(pairs.iter().map(|pair| pair.1).collect());
    // Doubled ranks have the mean n + 1, so every deviation is a whole number.
    let mean = i128::from(tally(pairs.len())) + 1;
    let product = |one: &[i128], other: &[i128]| -> i128 {
        one.iter()
            .zip(other)
            .map(|(x, y)| (x - mean) * (y - mean))
            .sum()
    };
    let spread = product(&gravity, &gravity) * product(&severity, &severity);
    quotient(
        real(product(&gravity, &severity)),
        real(spread).sqrt(),
        reason,
    )
}

/// Twice the average rank of each value.
fn doubled_ranks(values: Vec<Exact>) -> Vec<i128> {
    let count = |ordering: Ordering, value: &Exact| {
        i128::from(tally(
            values
                .iter()
                .filter(|other| (*other).cmp(value) == ordering)
                .count(),
        ))
    };
    values
        .iter()
        .map(|value| 2 * count(Ordering::Less, value) + count(Ordering::Equal, value) + 1)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offence(weight: i128, thousandths: i128, months: i128) -> Offence {
        Offence {
            weight: Exact::from(weight),
            custody_rate: Exact::new(thousandths, 1000),
            mean_months: Some(Exact::from(months)),
        }
    }

    #[test]
    fn offences_in_order_agree_perfectly() {
        let found = offence_ranks(&[offence(3, 900, 60), offence(1, 100, 3), offence(2, 500, 12)]);
        assert_eq!((found.concordant, found.discordant, found.tied), (3, 0, 0));
        assert_eq!(
            (found.tau_b, found.inversion_rate),
            (Figure::Value(1.0), Figure::Value(0.0))
        );
        assert_eq!(found.spearman, Figure::Value(1.0));
    }

    #[test]
    fn an_offence_of_unknown_length_is_not_compared() {
        let unknown = Offence {
            mean_months: None,
            ..offence(9, 400, 1)
        };
        let found = offence_ranks(&[unknown, offence(1, 100, 3), offence(2, 500, 12)]);
        assert_eq!(found.concordant + found.discordant + found.tied, 1);
        assert_eq!(
            found.expected_severity_thousandths[0].undefined(),
            Some(Undefined::MissingQuantity)
        );
        let never = Offence {
            custody_rate: Exact::zero(),
            ..unknown
        };
        assert_eq!(never.expected_severity(), Some(Exact::zero()));
    }

    #[test]
    fn one_offence_and_equal_gravity_leave_the_order_undefined() {
        let one = offence_ranks(&[offence(1, 100, 3)]);
        assert_eq!(
            one.inversion_rate.undefined(),
            Some(Undefined::FewerThanTwoLevels)
        );
        let same = offence_ranks(&[offence(1, 100, 3), offence(1, 200, 3)]);
        assert_eq!(same.tau_b.undefined(), Some(Undefined::SingleGravity));
        assert_eq!(same.spearman.undefined(), Some(Undefined::SingleGravity));
    }
}
