//! What silence could hide: between which values a figure would lie, whatever the decisions without a record are
//! (`docs/statistics.md` §5). Nothing is guessed; both ends are possible, and neither is likely.
//!
//! Source: Manski 1990, "Nonparametric bounds on treatment effects", American Economic Review 80(2): 319–323 (worst-case
//! bounds).

use super::damage::CountError;
use super::rate::Share;
use super::undefined::{Figure, Interval, Undefined};

/// Between which values a difference of rates lies, from −1 to 1, where of some decisions it is not recorded to which group
/// they belong: rate of the first less rate of the second. It is largest if every such decision with the event belongs to
/// the first group and every one without it to the second, and smallest the other way round. Undefined where a group
/// would be empty.
///
/// ```text
/// high = (a + u)/(n1 + u) − c/(n2 + v)        low = a/(n1 + v) − (c + u)/(n2 + u)
/// ```
///
/// with a of n1 and c of n2 events recorded, and u events and v without among those not recorded.
pub fn gap_bounds(
    first: Share,
    second: Share,
    not_recorded: Share,
) -> Result<Figure<Interval>, CountError> {
    let with = not_recorded.events();
    let without = not_recorded.n() - with;
    let gap = |of_first: (u64, u64), of_second: (u64, u64)| {
        let rate = |share: Share, (events, more): (u64, u64)| {
            Share::new(share.events() + events, share.n() + more).map(Share::rate)
        };
        Ok::<_, CountError>((rate(first, of_first)?, rate(second, of_second)?))
    };
    let high = gap((with, with), (0, without))?;
    let low = gap((0, without), (with, with))?;
    Ok(
        match (
            low.0.result(),
            low.1.result(),
            high.0.result(),
            high.1.result(),
        ) {
            (Ok(a), Ok(c), Ok(b), Ok(d)) => Figure::Value(Interval {
                low: a - c,
                high: b - d,
            }),
            _ => Figure::Undefined(Undefined::EmptyGroup),
        },
    )
}

/// At which ranks, counted from 1 in ascending order, the median (type 1) of all decisions lies among those with a value:
/// first if everything without one lay below all values, then if it lay above them. Nothing where it would be one of
/// those without a value.
pub fn median_ranks(with_value: u64, without: u64) -> (Option<u64>, Option<u64>) {
    let middle = (with_value + without).div_ceil(2);
    let below = middle.checked_sub(without).filter(|rank| *rank > 0);
    let above = Some(middle).filter(|rank| (1..=with_value).contains(rank));
    (below, above)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(events: u64, n: u64) -> Share {
        Share::new(events, n).unwrap()
    }

    fn bounds(first: Share, second: Share, silent: Share) -> (f64, f64) {
        let found = gap_bounds(first, second, silent).unwrap().result().unwrap();
        (found.low, found.high)
    }

    #[test]
    fn with_nothing_missing_both_ends_are_the_difference_itself() {
        let (low, high) = bounds(share(3, 10), share(5, 20), share(0, 0));
        assert!((low - 0.05).abs() < 1e-15 && (high - 0.05).abs() < 1e-15);
    }

    #[test]
    fn no_way_of_dividing_what_is_missing_leaves_the_bounds_and_each_end_is_reached() {
        let (first, second, silent) = (share(2, 7), share(4, 9), share(3, 8));
        let (low, high) = bounds(first, second, silent);
        let (mut least, mut most) = (f64::MAX, f64::MIN);
        for with in 0..=3_u64 {
            for without in 0..=5_u64 {
                let one = share(2 + with, 7 + with + without).rate().result().unwrap();
                let other = share(4 + 3 - with, 9 + 8 - with - without);
                let gap = one - other.rate().result().unwrap();
                least = least.min(gap);
                most = most.max(gap);
            }
        }
        assert!((low - least).abs() < 1e-15, "{low} {least}");
        assert!((high - most).abs() < 1e-15, "{high} {most}");
    }

    #[test]
    fn of_an_empty_group_there_are_no_bounds() {
        let found = gap_bounds(share(0, 0), share(1, 4), share(0, 3)).unwrap();
        assert_eq!(found.undefined(), Some(Undefined::EmptyGroup));
    }

    #[test]
    fn the_median_moves_as_far_as_what_is_missing_could_push_it() {
        // Of seven values the fourth; with two more below them the third, with two above the fifth.
        assert_eq!(median_ranks(7, 0), (Some(4), Some(4)));
        assert_eq!(median_ranks(7, 2), (Some(3), Some(5)));
        // Where as many are missing as there are values the median may be one of the missing.
        assert_eq!(median_ranks(4, 4), (None, Some(4)));
        assert_eq!(median_ranks(4, 5), (None, None));
        assert_eq!(median_ranks(0, 0), (None, None));
    }
}
