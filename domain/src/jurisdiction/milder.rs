//! How the law on offences became milder from one version of the rules to the next (Tokyo Rules 2.7; ICCPR art. 15).

use std::sync::Arc;

use super::{OffenceEntry, Pack};
use crate::values::{Day, OffenceCode};

/// An offence that is law no more, or for which less custody may be imposed than before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milder {
    /// The offence.
    pub offence: OffenceCode,
    /// The first day on which the milder law holds.
    pub since: Day,
}

/// Every change to a milder law in the versions of a jurisdiction's rules, by its day. A law that became stricter again
/// takes nothing back from whoever was to profit from the milder one.
pub fn milder_law(versions: &[Arc<Pack>]) -> Vec<Milder> {
    let mut versions: Vec<&Pack> = versions.iter().map(AsRef::as_ref).collect();
    versions.sort_by_key(|pack| (pack.in_force_from, pack.version.clone()));
    let mut found: Vec<Milder> = Vec::new();
    let mut add = |offence: &OffenceCode, since| {
        let milder = Milder {
            offence: offence.clone(),
            since,
        };
        if !found.contains(&milder) {
            found.push(milder);
        }
    };
    for (before, after) in versions.iter().zip(versions.iter().skip(1)) {
        for offence in &before.catalogue.offences {
            let is_milder = match after.catalogue.offence(&offence.code) {
                Some(now) => allows_less(now, offence),
                None => after.catalogue.complete,
            };
            if is_milder {
                add(&offence.code, after.in_force_from);
            }
        }
    }
    let last = versions.last().into_iter();
    for offence in last.flat_map(|last| &last.catalogue.offences) {
        if let Some(until) = offence.until {
            add(&offence.code, until.plus_days(1));
        }
    }
    found.sort_by(|a, b| (a.since, &a.offence).cmp(&(b.since, &b.offence)));
    found
}

/// Whether less custody may be imposed by one entry than by another.
fn allows_less(now: &OffenceEntry, before: &OffenceEntry) -> bool {
    if now.life || before.life {
        return before.life && !now.life;
    }
    match (before.longest_custody, now.longest_custody) {
        (Some(before), Some(now)) => before.exceeds(now),
        (Some(before), None) => !before.is_zero(),
        (None, _) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::samples::midland_with;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    /// The rules of Midland from a day on, with one offence changed.
    fn version(name: &str, from: &str, change: impl Fn(&mut OffenceEntry)) -> Arc<Pack> {
        midland_with(|pack| {
            pack.version = format!("midland/{name}").parse().unwrap();
            pack.in_force_from = day(from);
            change(&mut pack.catalogue.offences[0]);
        })
    }

    fn with_maximum(name: &str, from: &str, most: Option<&str>) -> Arc<Pack> {
        version(name, from, |offence| {
            offence.life = false;
            offence.longest_custody = most.map(|most| most.parse().unwrap());
        })
    }

    fn since(versions: &[Arc<Pack>]) -> Vec<String> {
        let found = milder_law(versions);
        let first = &versions[0].catalogue.offences[0].code;
        assert!(found.iter().all(|milder| &milder.offence == first));
        found
            .iter()
            .map(|milder| milder.since.to_string())
            .collect()
    }

    #[test]
    fn a_lower_maximum_is_a_milder_law_from_the_day_of_its_version() {
        let first = with_maximum("a", "2020-01-01", Some("P5Y"));
        let same = with_maximum("b", "2021-01-01", Some("P60M"));
        let lower = with_maximum("c", "2022-01-01", Some("P4Y"));
        let higher = with_maximum("d", "2023-01-01", Some("P6Y"));
        let all = [&first, &same, &lower, &higher].map(Arc::clone);
        assert_eq!(since(&all), ["2022-01-01"]);
        // Whatever the order in which they are told.
        assert_eq!(since(&[higher, lower, same, first]), ["2022-01-01"]);
    }

    #[test]
    fn no_custody_any_more_and_no_life_any_more_are_milder() {
        let life = version("a", "2020-01-01", |offence| offence.life = true);
        let term = with_maximum("b", "2021-01-01", Some("P20Y"));
        let none = with_maximum("c", "2022-01-01", None);
        let again = with_maximum("d", "2023-01-01", Some("P1Y"));
        let all = [life, term, none, again];
        assert_eq!(since(&all), ["2021-01-01", "2022-01-01"]);
    }

    #[test]
    fn an_offence_that_ends_is_law_no_more_from_the_next_day() {
        let first = version("a", "2020-01-01", |_| {});
        let ended = version("b", "2021-01-01", |offence| {
            offence.until = Some(day("2024-06-30"));
        });
        assert_eq!(since(&[Arc::clone(&first), ended]), ["2024-07-01"]);
        assert_eq!(since(&[first]), Vec::<String>::new());
    }

    #[test]
    fn an_offence_that_is_left_out_ends_where_the_list_is_complete() {
        let first = version("a", "2020-01-01", |_| {});
        let without = |complete| {
            midland_with(|pack| {
                pack.version = "midland/b".parse().unwrap();
                pack.in_force_from = day("2021-01-01");
                pack.catalogue.offences.remove(0);
                pack.catalogue.complete = complete;
            })
        };
        let left_out = [Arc::clone(&first), without(true)];
        assert_eq!(since(&left_out), ["2021-01-01"]);
        let not_listed = [first, without(false)];
        assert_eq!(since(&not_listed), Vec::<String>::new());
    }
}
