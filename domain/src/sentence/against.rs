//! Where what was imposed on a count lies against its guideline range, and how far outside it (G1 and G2).

use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedMul};

use super::decision::{Component, Count, DepartureDirection, SanctionKind};
use super::stay::{Custody, stays};
use crate::statistics::departure::{Case, Range};
use crate::statistics::exact::Exact;
use crate::values::{Length, TermUnit};

/// Where what was imposed on a count lies against its guideline range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Against {
    /// The count has no range.
    NoRange,
    /// It has one, and what was imposed has no length to set beside it.
    NotComparable,
    /// In the range, its bounds included.
    Within,
    /// Outside it.
    Outside {
        /// Which way.
        direction: DepartureDirection,
        /// Whether the court gave coded reasons for leaving it that way.
        reasoned: bool,
        /// By what part of the bound that was passed: −1/3 is a third less than the lower bound. None where there is no
        /// length, as for life, and where the bound is zero.
        extent: Option<Exact>,
    },
}

impl Count {
    /// Where it lies against its range. What a court recorded of leaving it stands where the lengths do not tell for
    /// certain, as with 180 days beside six months.
    pub fn against(&self) -> Against {
        let Some(range) = &self.range else {
            return Against::NoRange;
        };
        let recorded = self.departure.as_ref();
        let Some(direction) = self.departs().or(recorded.map(|own| own.direction)) else {
            return if self.is_comparable(range.lowest) {
                Against::Within
            } else {
                Against::NotComparable
            };
        };
        let case = Case {
            sentence: self.longest(),
            range: mean_days(range.lowest)
                .zip(mean_days(range.highest))
                .map(|(low, high)| Range { low, high }),
            reasoned: recorded
                .is_some_and(|own| own.direction == direction && !own.reasons.is_empty()),
        };
        let extent = case.extent_exact();
        let fits = |extent: &Exact| match direction {
            DepartureDirection::Above => *extent > Exact::from(0),
            DepartureDirection::Below => *extent < Exact::from(0),
        };
        Against::Outside {
            direction,
            reasoned: case.reasoned,
            extent: extent.filter(fits),
        }
    }

    /// Whether something imposed certainly reaches the range.
    fn is_comparable(&self, lowest: Length) -> bool {
        let components: Vec<&Component> = self.components.iter().collect();
        let reaches = |(component, stay): &(&Component, Custody)| match stay {
            Custody::For(length) => !lowest.exceeds(*length),
            Custody::No => lowest.is_zero() && component.sanction.kind() != SanctionKind::Deferred,
            Custody::Endless | Custody::Unrecorded => false,
        };
        stays(&components).iter().any(reaches)
    }

    /// Its longest stay in days; none where one of them has no number. Without custody it is none at all.
    fn longest(&self) -> Option<Exact> {
        let components: Vec<&Component> = self.components.iter().collect();
        let days = |(_, stay): &(&Component, Custody)| match stay {
            Custody::For(length) => mean_days(*length),
            Custody::No => Some(Exact::from(0)),
            Custody::Endless | Custody::Unrecorded => None,
        };
        let days: Option<Vec<Exact>> = stays(&components).iter().map(days).collect();
        days?.into_iter().max()
    }
}

/// A length in days, a year being 1461/4 and a month 487/16 of them, so that twelve months are a year; none beyond all
/// numbers.
fn mean_days(length: Length) -> Option<Exact> {
    let of = |amount: Exact, unit| {
        let days = match unit {
            TermUnit::Years => Ratio::new(1_461, 4),
            TermUnit::Months => Ratio::new(487, 16),
            TermUnit::Weeks => Ratio::from_integer(7),
            TermUnit::Days => Ratio::from_integer(1),
        };
        amount.checked_mul(&days)
    };
    match length {
        Length::Decimal { amount, unit } => of(amount.ratio(), unit),
        Length::Calendar(term) => {
            let whole = |n: u32| Exact::from(i128::from(n));
            let months = of(whole(term.whole_months()), TermUnit::Months)?;
            months.checked_add(&whole(term.days))
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    /// A count with a range of six months to two years.
    fn count(sanctions: &[Value], departure: &Value) -> Count {
        let components: Vec<Value> = (1..)
            .zip(sanctions)
            .map(|(no, sanction)| json!({"no": no, "sanction": sanction}))
            .collect();
        let mut count = json!({"no": 1, "offence": {"code": {"value": "M104"}},
            "range": {"guideline": "g/1", "lowest": "P6M", "highest": "P2Y"}, "components": components});
        if !departure.is_null() {
            count["departure"] = departure.clone();
        }
        serde_json::from_value(count).unwrap()
    }

    fn custody(term: &str) -> Value {
        json!({"custody": {"term": term}})
    }

    fn outside(found: Against) -> (DepartureDirection, bool, Option<String>) {
        match found {
            Against::Outside {
                direction,
                reasoned,
                extent,
            } => (direction, reasoned, extent.map(|e| e.to_string())),
            other @ (Against::NoRange | Against::NotComparable | Against::Within) => {
                panic!("{other:?}")
            }
        }
    }

    #[test]
    fn the_extent_is_a_part_of_the_bound_that_was_passed() {
        let none = Value::Null;
        let below = count(&[custody("P4M")], &none).against();
        assert_eq!(
            outside(below),
            (DepartureDirection::Below, false, Some("-1/3".to_owned()))
        );
        let above = count(&[custody("P3Y")], &none).against();
        assert_eq!(
            outside(above),
            (DepartureDirection::Above, false, Some("1/2".to_owned()))
        );
        let fined = count(
            &[json!({"fine": {"amount": {"minor": 100, "currency": "EUR"}}})],
            &none,
        );
        assert_eq!(
            outside(fined.against()),
            (DepartureDirection::Below, false, Some("-1".to_owned()))
        );
    }

    #[test]
    fn bounds_belong_to_the_range_and_life_lies_above_without_a_number() {
        for term in ["P6M", "P2Y", "P1Y"] {
            assert_eq!(
                count(&[custody(term)], &Value::Null).against(),
                Against::Within
            );
        }
        let life = count(&[custody("life")], &Value::Null).against();
        assert_eq!(outside(life), (DepartureDirection::Above, false, None));
    }

    #[test]
    fn reasons_count_where_they_are_given_for_the_way_it_was_left() {
        let given = json!({"direction": "below", "reasons": ["cooperation"]});
        let (_, reasoned, _) = outside(count(&[custody("P4M")], &given).against());
        assert!(reasoned);
        let (_, reasoned, _) = outside(count(&[custody("P3Y")], &given).against());
        assert!(!reasoned, "reasons for less explain no more");
        let empty = json!({"direction": "below", "reasons": []});
        let (_, reasoned, _) = outside(count(&[custody("P4M")], &empty).against());
        assert!(!reasoned);
    }

    #[test]
    fn where_lengths_do_not_tell_for_certain_the_court_does() {
        let given = json!({"direction": "below", "reasons": ["cooperation"]});
        assert_eq!(
            count(&[custody("P181D")], &Value::Null).against(),
            Against::Within
        );
        let (direction, reasoned, extent) = outside(count(&[custody("P181D")], &given).against());
        assert_eq!((direction, reasoned), (DepartureDirection::Below, true));
        // 181 days beside 182.625.
        assert_eq!(extent.as_deref(), Some("-13/1461"));
    }

    #[test]
    fn without_a_range_or_a_length_nothing_is_compared() {
        let deferred = count(&[json!({"deferred": {}})], &Value::Null);
        assert_eq!(deferred.against(), Against::NotComparable);
        assert_eq!(
            count(&[json!({"custody": {}})], &Value::Null).against(),
            Against::NotComparable
        );
        let free = Count {
            range: None,
            ..deferred
        };
        assert_eq!(free.against(), Against::NoRange);
    }
}
