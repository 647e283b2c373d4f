//! Pictures that several views share: disposals as shares, custody with intervals, severities as strips, silence.

use infra::views::figure::{Quantity, Rate};
use infra::views::group::{DisposalCount, Spread};
use infra::views::header::Header;
use infra::views::words::Term;

use super::asked::Asked;
use crate::pages::chart::{
    Category, Datum, DotRow, Dots, Part, Point, Series, ShareBar, ShareRow, StepLine, Unit, Who,
};
use crate::pages::components::Figure;
use crate::pages::numbers::{count, per_hundred, share};
use crate::pages::register::sentence_case;

/// So many groups a picture holds and stays readable; the table holds all.
pub(super) const PICTURED: usize = 16;
/// What the line through a median spans.
pub(super) const MIDDLE_HALF: &str = "middle half of the decisions";
/// So many kinds of disposal have a colour of their own.
const KINDS: usize = 5;

/// Whose figures are drawn: the question, and whether the visitor may read the decisions behind a group.
pub(super) struct Context<'a> {
    pub(super) asked: &'a Asked,
    pub(super) may_read: bool,
}

impl Context<'_> {
    /// Where the decisions of a group are listed.
    pub(super) fn cases(&self, columns: &[Term], key: &[Term]) -> Option<String> {
        self.may_read.then(|| self.asked.cases(columns, key))
    }
}

/// The words of a group.
pub(super) fn label(key: &[Term]) -> String {
    if key.is_empty() {
        return "All".to_owned();
    }
    let titles: Vec<&str> = key.iter().map(|term| term.title.as_str()).collect();
    sentence_case(&titles.join(", "))
}

/// The words of the columns of groups.
pub(super) fn named(columns: &[Term]) -> String {
    let titles: Vec<&str> = columns.iter().map(|term| term.title.as_str()).collect();
    titles.join(", ")
}

/// The places of the groups that are drawn: all, or the largest, in their order.
pub(super) fn drawn(sizes: &[u64]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..sizes.len()).collect();
    places.sort_by_key(|place| std::cmp::Reverse(sizes.get(*place)));
    places.truncate(PICTURED);
    places.sort_unstable();
    places
}

/// What is said where a picture does not hold every group.
pub(super) fn left_out(groups: usize) -> Option<String> {
    let text = format!(
        "The {PICTURED} groups with most decisions are drawn; all {groups} are in the table and in the download."
    );
    (groups > PICTURED).then_some(text)
}

/// A group with what it received.
pub(super) struct Received<'a> {
    pub(super) key: &'a [Term],
    pub(super) n: u64,
    pub(super) disposals: &'a [DisposalCount],
}

/// Disposals of groups as shares. The first of `rows` that is not pictured still stands in the table.
pub(super) fn shares(
    context: &Context<'_>,
    (id, title): (&str, &str),
    columns: &[Term],
    rows: &[Received<'_>],
    total: &Received<'_>,
) -> Figure {
    let (kinds, rest) = kinds(total.disposals);
    let mut categories: Vec<Category> = kinds.iter().map(|kind| category(kind)).collect();
    if !rest.is_empty() {
        categories.push(Category::new(
            format!("Other ({})", rest.join(", ")),
            "Other",
        ));
    }
    let row = |received: &Received<'_>| {
        let n = |kind: &Term| {
            let found = received
                .disposals
                .iter()
                .find(|d| d.disposal.code == kind.code);
            found.map_or(0, |d| d.n)
        };
        let mut parts: Vec<Part> = kinds.iter().map(|kind| Part::Count(n(kind))).collect();
        if !rest.is_empty() {
            let named: u64 = kinds.iter().map(|kind| n(kind)).sum();
            parts.push(Part::Count(received.n.saturating_sub(named)));
        }
        ShareRow::new(label(received.key), parts).cases(context.cases(columns, received.key))
    };
    let bar = |rows: Vec<ShareRow>| ShareBar {
        title: title.to_owned(),
        of: named(columns),
        categories: categories.clone(),
        rows,
    };
    let all: Vec<ShareRow> = rows.iter().chain([total]).map(row).collect();
    let sizes: Vec<u64> = rows.iter().map(|received| received.n).collect();
    let mut pictured = drawn(&sizes);
    pictured.push(rows.len());
    let pictured = pictured
        .into_iter()
        .filter_map(|place| all.get(place).cloned());
    let mut figure = Figure::of(id, most_frequent(total), &bar(pictured.collect()));
    figure.table = crate::pages::chart::Chart::table(&bar(all));
    with_notes(figure, left_out(rows.len()))
}

pub(super) fn with_notes(figure: Figure, notes: impl IntoIterator<Item = String>) -> Figure {
    notes.into_iter().fold(figure, Figure::note)
}

/// The kinds with a colour of their own in their order, and the words of the others.
fn kinds(counts: &[DisposalCount]) -> (Vec<&Term>, Vec<&str>) {
    let mut by_size: Vec<&DisposalCount> = counts.iter().collect();
    by_size.sort_by_key(|count| std::cmp::Reverse(count.n));
    let most = if counts.len() > KINDS + 1 {
        KINDS
    } else {
        counts.len()
    };
    by_size.truncate(most);
    let has_own = |count: &&DisposalCount| by_size.iter().any(|own| own.disposal == count.disposal);
    let (own, rest): (Vec<_>, Vec<_>) = counts.iter().partition(has_own);
    (
        own.into_iter().map(|count| &count.disposal).collect(),
        rest.into_iter()
            .map(|count| count.disposal.title.as_str())
            .collect(),
    )
}

fn category(kind: &Term) -> Category {
    let title = sentence_case(&kind.title);
    let short = match kind.code.as_str() {
        "custody" => "Custody".to_owned(),
        _ => title.split(' ').next().unwrap_or_default().to_owned(),
    };
    Category::new(title, short)
}

/// What was imposed most, in a sentence.
pub(super) fn most_frequent(total: &Received<'_>) -> String {
    let Some(first) = total.disposals.iter().max_by_key(|count| count.n) else {
        return "No disposal is counted.".to_owned();
    };
    let (title, n) = (sentence_case(&first.disposal.title), count(first.n));
    if total.n < infra::views::figure::FEWEST {
        return format!(
            "{title} is the most frequent disposal: {n} of {} decisions.",
            count(total.n)
        );
    }
    let of_100 = share(per_hundred(first.n, total.n), total.n);
    format!("{title} is the most frequent disposal: {of_100} of 100 decisions ({n}).")
}

/// How many received immediate custody, in a sentence.
pub(super) fn custody_rate(who: &str, rate: &Rate) -> String {
    let of = format!("{} of {}", count(rate.custody), count(rate.n));
    match rate.per_100.value {
        Some(value) => format!(
            "{who}, {} of 100 ended in immediate custody ({of}).",
            share(value, rate.n)
        ),
        None => format!("{who}, {of} ended in immediate custody: too few to give a rate."),
    }
}

/// A rate as a point.
pub(super) fn rate(rate: &Rate) -> Point {
    match (rate.per_100.value, rate.per_100.undefined) {
        (Some(value), _) => {
            let interval = rate.interval_per_100.value;
            Point::at(value, interval.map(|i| (i.low, i.high)), rate.n)
        }
        (None, why) => Point::Undefined(why.map_or_else(String::new, |why| why.to_string())),
    }
}

/// The custody rate of groups and of all, each with its interval.
pub(super) fn custody(columns: &[Term], rows: &[(&[Term], &Rate)], total: &Rate) -> Figure {
    let row = |(key, found): &(&[Term], &Rate)| {
        DotRow::stratum(label(key), vec![(Who::All, rate(found))])
    };
    let sizes: Vec<u64> = rows.iter().map(|(_, rate)| rate.n).collect();
    let dots = |places: &[usize]| {
        let rows = places.iter().filter_map(|place| rows.get(*place));
        let mut rows: Vec<DotRow> = rows.map(row).collect();
        rows.push(DotRow::summary("All", vec![(Who::All, rate(total))]));
        Dots {
            title: "Immediate custody, of 100 decisions".to_owned(),
            of: named(columns),
            unit: Unit::Percent,
            dot: "share",
            span: "95% interval",
            rows,
            reference: None,
        }
    };
    pictured(
        "custody",
        custody_rate("Of all decisions", total),
        &sizes,
        dots,
    )
}

/// A picture of the largest groups with the table of all.
pub(super) fn pictured(
    id: &str,
    finding: impl Into<String>,
    sizes: &[u64],
    dots: impl Fn(&[usize]) -> Dots,
) -> Figure {
    let all: Vec<usize> = (0..sizes.len()).collect();
    let mut figure = Figure::of(id, finding, &dots(&drawn(sizes)));
    figure.table = crate::pages::chart::Chart::table(&dots(&all));
    with_notes(figure, left_out(sizes.len()))
}

/// The median of severities with the middle half, as a point.
pub(super) fn middle(spread: &Spread) -> Point {
    let value = |quantity: &Quantity| quantity.value;
    let ends = value(&spread.lower_quartile).zip(value(&spread.upper_quartile));
    match (spread.median.value, spread.median.undefined) {
        (Some(median), _) => Point::at(median, ends, spread.n),
        (None, why) => Point::Undefined(why.map_or_else(String::new, |why| why.to_string())),
    }
}

/// The severities of groups as strips: the median, and between which values the middle half lies.
pub(super) fn strips(
    (id, title, unit): (&str, &str, &str),
    columns: &[Term],
    rows: &[(&[Term], &Spread)],
    total: &Spread,
) -> Figure {
    let row = |(key, spread): &(&[Term], &Spread)| {
        DotRow::stratum(label(key), vec![(Who::All, middle(spread))])
    };
    let dots = |places: &[usize]| {
        let rows = places.iter().filter_map(|place| rows.get(*place));
        let mut rows: Vec<DotRow> = rows.map(row).collect();
        rows.push(DotRow::summary("All", vec![(Who::All, middle(total))]));
        Dots {
            title: title.to_owned(),
            of: named(columns),
            unit: Unit::Amount(unit.to_owned()),
            dot: "median",
            span: MIDDLE_HALF,
            rows,
            reference: None,
        }
    };
    let sizes: Vec<u64> = rows.iter().map(|(_, spread)| spread.n).collect();
    let figure = pictured(id, half_received(title, unit, total), &sizes, dots);
    with_notes(figure, not_known(total))
}

fn half_received(title: &str, unit: &str, total: &Spread) -> String {
    let [low, median, high] = [&total.lower_quartile, &total.median, &total.upper_quartile]
        .map(|quantity| quantity.value.map(crate::pages::numbers::amount));
    match (low, median, high) {
        (Some(low), Some(median), Some(high)) => format!(
            "{title}: half received at most {median} {unit}, and the middle half between {low} and {high}."
        ),
        _ => format!("{title}: too few decisions to give a typical penalty."),
    }
}

/// What has no number, and what is a cap.
fn not_known(spread: &Spread) -> Vec<String> {
    let missing = spread.not_known.iter();
    let missing =
        missing.map(|known| format!("{} without a number: {}.", count(known.n), known.reason));
    let capped = (spread.capped > 0).then(|| {
        let n = count(spread.capped);
        format!(
            "{n} for life or without end: their number is a cap of the scale, and moves the mean."
        )
    });
    missing.chain(capped).collect()
}

/// How often the sex is not recorded, in a sentence and over the years.
pub(super) fn silence(header: &Header) -> (String, Figure) {
    let years = &header.sex_not_recorded_by_year;
    let datum = |year: &infra::views::header::YearNotRecorded| match (
        year.share.per_100.value,
        year.share.per_100.undefined,
    ) {
        (Some(value), _) => Datum::Value(value),
        (None, why) => Datum::Undefined(why.map_or_else(String::new, |why| why.to_string())),
    };
    let line = StepLine {
        title: "Sex not recorded, of 100 decisions, by year of the decision".to_owned(),
        unit: Unit::Percent,
        periods: years.iter().map(|year| year.year.title.clone()).collect(),
        series: vec![Series {
            who: Who::All,
            values: years.iter().map(datum).collect(),
        }],
        levels: Vec::new(),
        changes: Vec::new(),
    };
    let silent = &header.sex_not_recorded;
    let of = format!("{} of {}", count(silent.not_recorded), count(silent.n));
    let finding = match silent.per_100.value {
        Some(value) => format!(
            "The sex is not recorded in {} of 100 decisions ({of}).",
            share(value, silent.n)
        ),
        None => format!("The sex is not recorded in {of} decisions."),
    };
    let over_the_years = "Of 100 decisions of each year, those in which the sex is not recorded.";
    (finding, Figure::of("silence", over_the_years, &line))
}
