//! Whom a prison population holds, and how each case stands on a day.

use std::collections::BTreeMap;

use crate::custody::{Footing, HoldingBasis, Stay};
use crate::jurisdiction::{GroupMeaning, Pack};
use crate::pretrial::{Case, CaseEnd};
use crate::sentence::{CustodyTerm, Imposed, Runs, Sanction, SanctionKind, Standing};
use crate::values::{ComponentNo, Day, Known, Length, SentenceId, Term, TermUnit};

use super::count::NOT_RECORDED;

/// How the case of somebody who is held stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LegalStatus {
    /// On another basis in law, and how the case stands is not recorded.
    Other,
    /// No decision stands on which the person is held.
    NoDecision,
    /// No decision on conviction or acquittal yet.
    Untried,
    /// Found guilty, not sentenced yet.
    Convicted,
    /// Sentenced, and arrested for a breach of the order.
    Breach,
    /// Sentenced, and an appeal waits.
    Appeal,
    /// Sentenced, and no appeal waits.
    Final,
}

impl LegalStatus {
    /// The word of the tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Other => "other",
            Self::NoDecision => "no_decision",
            Self::Untried => "untried",
            Self::Convicted => "convicted",
            Self::Breach => "breach",
            Self::Appeal => "appeal",
            Self::Final => "final",
        }
    }
}

/// The sentence that a stay rests on, directly or as the end of the case that it rests on; nothing where it rests on none.
pub fn sentence_behind(stay: &Stay, case: Option<&Case>) -> Option<SentenceId> {
    match stay.sentence() {
        Some((sentence, _)) => Some(sentence),
        None => ended_with(case?),
    }
}

fn ended_with(case: &Case) -> Option<SentenceId> {
    match case.ended?.how {
        CaseEnd::Sentenced(sentence) => Some(sentence),
        CaseEnd::Acquitted | CaseEnd::Discontinued | CaseEnd::Diverted | CaseEnd::Died => None,
    }
}

/// How the case of somebody stands who is held, by what the stay, the case before judgment and the sentence were on the
/// day; nothing of somebody who is in no prison population: held without criminal proceedings here, or at her own request.
pub fn status(
    stay: &Stay,
    case: Option<&Case>,
    sentence: Option<&Imposed>,
    law: &Pack,
) -> Option<LegalStatus> {
    let Footing::Order { commitment, .. } = &stay.footing else {
        return matches!(stay.footing, Footing::Irregular { .. })
            .then_some(LegalStatus::NoDecision);
    };
    Some(match &commitment.basis {
        HoldingBasis::Sentence(_) => by_sentence(sentence),
        HoldingBasis::Pretrial(_) => match case {
            Some(case) if ended_with(case).is_some() => by_sentence(sentence),
            Some(case) if case.ended.is_some() => LegalStatus::NoDecision,
            Some(_) | None => by_group(stay, law)
                .filter(|status| *status == LegalStatus::Convicted)
                .unwrap_or(LegalStatus::Untried),
        },
        HoldingBasis::Breach(_) => LegalStatus::Breach,
        HoldingBasis::Other(other) => {
            if law.official.not_criminal.contains(&other.provision) {
                return None;
            }
            by_group(stay, law).unwrap_or(LegalStatus::Other)
        }
    })
}

/// By the sentence as it stood; one that was not imposed by then is no decision yet.
fn by_sentence(sentence: Option<&Imposed>) -> LegalStatus {
    let Some(sentence) = sentence else {
        return LegalStatus::Untried;
    };
    if sentence.standing == Standing::Quashed {
        return LegalStatus::NoDecision;
    }
    if sentence.pending_appeal().is_some() {
        return LegalStatus::Appeal;
    }
    if sentence.decision.disposal() == Some(SanctionKind::Deferred) {
        return LegalStatus::Convicted;
    }
    LegalStatus::Final
}

/// By the group in which the person is held, where the rules say what it means.
fn by_group(stay: &Stay, law: &Pack) -> Option<LegalStatus> {
    match law.custody.group_means.get(stay.group.value()?)? {
        GroupMeaning::Untried => Some(LegalStatus::Untried),
        GroupMeaning::Convicted => Some(LegalStatus::Convicted),
        GroupMeaning::Women
        | GroupMeaning::Men
        | GroupMeaning::Children
        | GroupMeaning::Girls
        | GroupMeaning::Boys => None,
    }
}

/// The age on a day: the completed years at the reception and the full years since.
pub fn age_on(stay: &Stay, day: Day, law: &Pack) -> Option<u16> {
    let age = *stay.reception.age.value()?;
    let since = law.date(stay.began).earliest()?;
    Some(age.saturating_add(since.years_until(day)))
}

/// The age group of SPACE I.
pub fn age_group(age: Option<u16>) -> &'static str {
    match age {
        None => NOT_RECORDED,
        Some(0..14) => "0-13",
        Some(14..16) => "14-15",
        Some(16..18) => "16-17",
        Some(18..21) => "18-20",
        Some(21..25) => "21-24",
        Some(25..30) => "25-29",
        Some(30..40) => "30-39",
        Some(40..50) => "40-49",
        Some(50..65) => "50-64",
        Some(65..) => "65-over",
    }
}

/// Whether somebody is a juvenile: under 18, whatever the majority of national law.
pub fn age_status(age: Option<u16>) -> &'static str {
    match age {
        None => NOT_RECORDED,
        Some(0..18) => "juvenile",
        Some(18..) => "adult",
    }
}

/// The age status of an age group of the rules; not recorded of one that lies on both sides of 18.
pub fn status_of_group(word: &str, law: &Pack) -> &'static str {
    let mut groups = law.sentencing.age_bands.iter();
    match groups.find(|group| group.code.as_str() == word) {
        Some(group) if group.from >= 18 => "adult",
        Some(group) if group.to.is_some_and(|to| to < 18) => "juvenile",
        Some(_) | None => NOT_RECORDED,
    }
}

/// How much custody a decision imposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Served {
    For(Length),
    Life,
    Indeterminate,
    Death,
}

/// The band of the custody that a decision imposed: that of SPACE I, half open, so that exactly 12 months is one year to less
/// than 3. Terms that run one after the other are added; of terms at the same time the longest counts.
pub fn length_band(sentence: &Imposed) -> &'static str {
    let mut by_component: BTreeMap<ComponentNo, (Served, Option<ComponentNo>)> = BTreeMap::new();
    for (_, component) in sentence.decision.components() {
        let served = match &component.sanction {
            Sanction::Death {} => Some(Served::Death),
            Sanction::Custody { term: Some(term) } => Some(match term {
                CustodyTerm::Determinate(length) => Served::For(*length),
                CustodyTerm::Life => Served::Life,
                CustodyTerm::Indeterminate => Served::Indeterminate,
            }),
            Sanction::SuspendedCustody { term, .. } => {
                match sentence.activated.get(&component.no) {
                    Some(part) => part.or(*term).map(Served::For),
                    None => None,
                }
            }
            Sanction::Custody { term: None }
            | Sanction::CommunityOrder { .. }
            | Sanction::Fine { .. }
            | Sanction::DayFine { .. }
            | Sanction::Compensation { .. }
            | Sanction::Discharge { .. }
            | Sanction::Admonition {}
            | Sanction::Deferred { .. }
            | Sanction::Ancillary { .. }
            | Sanction::Other { .. } => None,
        };
        let after = match component.runs {
            Some(Runs::ConsecutiveTo(no)) => Some(no),
            Some(Runs::Concurrent | Runs::ConsecutiveToEarlier(_)) | None => None,
        };
        if let Some(served) = served {
            by_component.insert(component.no, (served, after));
        }
    }
    let mut longest = None;
    for no in by_component.keys() {
        let Some(served) = in_a_row(*no, &by_component) else {
            return NOT_RECORDED;
        };
        let band = band(served);
        longest = longest.max(Some(band));
    }
    longest.map_or(NOT_RECORDED, |band| {
        BANDS.get(band).map_or(NOT_RECORDED, |(word, _)| word)
    })
}

/// A term with those before it; nothing where they cannot be added exactly.
fn in_a_row(
    no: ComponentNo,
    all: &BTreeMap<ComponentNo, (Served, Option<ComponentNo>)>,
) -> Option<Served> {
    let (served, mut after) = *all.get(&no)?;
    let Served::For(mut length) = served else {
        return Some(served);
    };
    // A chain is no longer than there are components; one that bites its tail was refused when it was recorded.
    for _ in 0..all.len() {
        let Some((before, next)) = after.and_then(|no| all.get(&no)) else {
            break;
        };
        match before {
            Served::For(earlier) => length = earlier.plus(length)?,
            Served::Life | Served::Indeterminate | Served::Death => return Some(*before),
        }
        after = *next;
    }
    Some(Served::For(length))
}

/// The bands from the shortest, each with the months from which it begins.
const BANDS: [(&str, u32); 12] = [
    ("under-1-month", 0),
    ("1-3-months", 1),
    ("3-6-months", 3),
    ("6-12-months", 6),
    ("1-3-years", 12),
    ("3-5-years", 36),
    ("5-10-years", 60),
    ("10-20-years", 120),
    ("20-years-over", 240),
    ("indeterminate", u32::MAX),
    ("life", u32::MAX),
    ("death", u32::MAX),
];

fn band(served: Served) -> usize {
    match served {
        Served::Indeterminate => 9,
        Served::Life => 10,
        Served::Death => 11,
        Served::For(length) => {
            let bands = BANDS.iter().take(9);
            let reached = bands.filter(|(_, months)| reaches(length, *months));
            reached.count().saturating_sub(1)
        }
    }
}

/// Whether a length is as long as so many months, of which 12 are a year. Of a length told in days 30 are a month and 365 a
/// year.
fn reaches(length: Length, months: u32) -> bool {
    let days = |months: u32| {
        let (years, rest) = (months.checked_div(12), months.checked_rem(12));
        let (years, rest) = (years.unwrap_or_default(), rest.unwrap_or_default());
        u64::from(years)
            .saturating_mul(365)
            .saturating_add(u64::from(rest).saturating_mul(30))
    };
    match length {
        Length::Calendar(term) => {
            let Term { days: more, .. } = term;
            days(term.whole_months()).saturating_add(u64::from(more)) >= days(months)
        }
        Length::Decimal { amount, unit } => {
            let whole = |n: u64| num_rational::Ratio::from_integer(i128::from(n));
            let least = match unit {
                TermUnit::Years => num_rational::Ratio::new(i128::from(months), 12),
                TermUnit::Months => whole(u64::from(months)),
                TermUnit::Weeks => num_rational::Ratio::new(i128::from(days(months)), 7),
                TermUnit::Days => whole(days(months)),
            };
            amount.ratio() >= least
        }
    }
}

/// The section of the International Classification of Crime of the principal offence, where the rules name one.
pub fn section(sentence: &Imposed) -> &str {
    let count = sentence.decision.principal_count();
    let class = count.and_then(|count| count.offence.iccs.as_ref());
    class.map_or(NOT_RECORDED, |class| section_of(class.as_str()))
}

/// The section of a class of the classification: its first two digits.
pub fn section_of(class: &str) -> &str {
    class
        .get(..2)
        .filter(|_| class != NOT_RECORDED)
        .unwrap_or(NOT_RECORDED)
}

/// The word of a sex that is or is not known; what was not asked or declined is not recorded here.
pub fn sex_word(sex: Known<crate::person::Sex>) -> &'static str {
    sex.value().map_or(NOT_RECORDED, |sex| sex.word())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jurisdiction::BUILT_IN;

    fn band_of(text: &str) -> &'static str {
        BANDS[band(Served::For(text.parse().unwrap()))].0
    }

    /// SPACE I: half-open bands.
    #[test]
    fn exactly_twelve_months_is_one_year_to_less_than_three() {
        for (length, word) in [
            ("P29D", "under-1-month"),
            ("P30D", "1-3-months"),
            ("P1M", "1-3-months"),
            ("P2M29D", "1-3-months"),
            ("P3M", "3-6-months"),
            ("P6M", "6-12-months"),
            ("P364D", "6-12-months"),
            ("P11.9M", "6-12-months"),
            ("P12M", "1-3-years"),
            ("P1Y", "1-3-years"),
            ("P365D", "1-3-years"),
            ("P2Y11M", "1-3-years"),
            ("P3Y", "3-5-years"),
            ("P60M", "5-10-years"),
            ("P10Y", "10-20-years"),
            ("P19Y11M", "10-20-years"),
            ("P20Y", "20-years-over"),
        ] {
            assert_eq!(band_of(length), word, "{length}");
        }
    }

    #[test]
    fn terms_one_after_the_other_are_added_and_those_at_the_same_time_are_not() {
        let months = |n: u16| Served::For(Length::Calendar(Term::of_months(n)));
        let no = |n: u16| ComponentNo(n);
        let all = BTreeMap::from([
            (no(1), (months(8), None)),
            (no(2), (months(6), Some(no(1)))),
            (no(3), (Served::Life, None)),
            (no(4), (months(3), Some(no(3)))),
            (no(5), (Served::For("P2.5M".parse().unwrap()), Some(no(1)))),
        ]);
        assert_eq!(in_a_row(no(1), &all), Some(months(8)));
        assert_eq!(in_a_row(no(2), &all), Some(months(14)));
        assert_eq!(in_a_row(no(4), &all), Some(Served::Life));
        // A decimal and a calendar term have no exact sum.
        assert_eq!(in_a_row(no(5), &all), None);
    }

    #[test]
    fn a_juvenile_is_under_18_whatever_the_groups_of_the_rules() {
        let law = Pack::parse(BUILT_IN[1].1).unwrap();
        assert_eq!(status_of_group("16-17", &law), "juvenile");
        assert_eq!(status_of_group("18-20", &law), "adult");
        assert_eq!(status_of_group("not_recorded", &law), NOT_RECORDED);
        let mut wider = law;
        wider.sentencing.age_bands[2].to = Some(19);
        let word = wider.sentencing.age_bands[2].code.to_string();
        assert_eq!(status_of_group(&word, &wider), NOT_RECORDED);
        assert_eq!(
            [17, 18].map(|age| age_status(Some(age))),
            ["juvenile", "adult"]
        );
        assert_eq!([20, 21].map(|age| age_group(Some(age))), ["18-20", "21-24"]);
    }

    fn stay(footing: serde_json::Value, group: serde_json::Value) -> Stay {
        let stay = serde_json::json!({
            "person": uuid::Uuid::from_u128(1), "began": "2025-03-05", "footing": footing, "group": group,
            "reception": {"age": {"value": 17}}, "places": [], "level": null, "isolations": [], "children": [],
            "contacts": [], "released": null, "findings": []
        });
        serde_json::from_value(stay).unwrap()
    }

    fn on_order(basis: serde_json::Value) -> serde_json::Value {
        serde_json::json!({"order": {"since": "2025-03-05", "commitment": {"basis": basis}}})
    }

    /// Whatever no sentence decides: what is missing, the case before judgment, an arrest for a breach, another basis.
    #[test]
    fn how_a_case_stands_follows_from_what_the_person_is_held_on() {
        let law = Pack::parse(BUILT_IN[1].1).unwrap();
        let id = uuid::Uuid::from_u128(2);
        let silent = serde_json::json!("not_recorded");
        let convicted = serde_json::json!({"value": "convicted"});
        let other =
            |provision: &str| on_order(serde_json::json!({"other": {"provision": provision}}));
        let case = || on_order(serde_json::json!({"pretrial": id}));
        for (footing, group, expected) in [
            (case(), &silent, Some(LegalStatus::Untried)),
            (case(), &convicted, Some(LegalStatus::Convicted)),
            (
                on_order(serde_json::json!({"breach": {"order": id}})),
                &silent,
                Some(LegalStatus::Breach),
            ),
            (
                serde_json::json!({"irregular": {"missing": ["order"]}}),
                &convicted,
                Some(LegalStatus::NoDecision),
            ),
            (other("va-2"), &silent, Some(LegalStatus::Other)),
            (other("va-2"), &convicted, Some(LegalStatus::Convicted)),
            // Holding for a transfer to another State is no criminal proceeding here; nor is her own request.
            (other("mpa-4"), &convicted, None),
            (
                serde_json::json!({"at_request": {"court": null}}),
                &silent,
                None,
            ),
            // A sentence that was not imposed by the day is no decision.
            (
                on_order(serde_json::json!({"sentence": id})),
                &silent,
                Some(LegalStatus::Untried),
            ),
        ] {
            let held = stay(footing.clone(), group.clone());
            assert_eq!(status(&held, None, None, &law), expected, "{footing}");
        }
    }

    #[test]
    fn an_age_grows_by_the_full_years_since_the_reception() {
        let law = Pack::parse(BUILT_IN[1].1).unwrap();
        let held = stay(
            serde_json::json!({"irregular": {"missing": []}}),
            serde_json::json!("not_recorded"),
        );
        let on = |day: &str| age_on(&held, day.parse().unwrap(), &law);
        assert_eq!(on("2026-03-04"), Some(17));
        assert_eq!(on("2026-03-05"), Some(18));
    }
}
