//! Are women and men treated alike among like cases? Three panels that stand together.

mod lengths;
mod mix;
mod specialists;

use domain::statistics::Interval;
use infra::views::Gender;
use infra::views::figure::{Difference, Shown};
use infra::views::gender::{CustodyStratum, SexRate};
use infra::views::words::Term;

use self::lengths::Panel;
use self::specialists::specialists;
use super::parts::{label, named, pictured, rate};
use super::proportionality::told;
use crate::pages::chart::{DotRow, Dots, Point, Reference, Unit, Who};
use crate::pages::components::{Column, Figure, Table, Value};
use crate::pages::numbers::{amount, share};
use crate::pages::page::Page;

const TOO_FEW: &str = "There are too few like cases of women and men to compare them.";

pub(super) fn finding(view: &Gender) -> String {
    same_mix(view) + &uncertainty(view)
}

/// Women and men with the same mix of cases.
fn same_mix(view: &Gender) -> String {
    let rates = &view.custody.standardised;
    let n = rates.difference.smaller;
    match rates.women_per_100.value.zip(rates.men_per_100.value) {
        Some((women, men)) => format!(
            "Of 100 women and 100 men with the same mix of cases, {} women and {} men received immediate custody.",
            share(women, n),
            share(men, n)
        ),
        None => TOO_FEW.to_owned(),
    }
}

fn uncertainty(view: &Gender) -> String {
    let gap = &view.custody.standardised.difference;
    let write = |size| share(size, gap.smaller);
    uncertain(&gap.interval_per_100, write, "women of 100")
}

/// What follows a difference whose interval holds no difference; nothing where it does not.
fn uncertain(interval: &Shown<Interval>, write: impl Fn(f64) -> String, what: &str) -> String {
    match interval.value {
        Some(Interval { low, high }) if low <= 0.0 && high >= 0.0 => format!(
            " The difference among like cases is uncertain: between {} and {} {what} (95% interval), so it may be chance.",
            fewer_or_more(low, &write),
            fewer_or_more(high, &write)
        ),
        Some(_) | None => String::new(),
    }
}

/// A difference of women from men in words: *7 fewer*; of what is written as nothing there are about as many.
fn fewer_or_more(gap: f64, write: impl Fn(f64) -> String) -> String {
    let word = if gap < 0.0 { "fewer" } else { "more" };
    let written = write(gap.abs());
    let digits = written.chars().filter(char::is_ascii_digit);
    if digits.clone().count() > 0 && digits.clone().all(|digit| digit == '0') {
        return "about as many".to_owned();
    }
    format!("{written} {word}")
}

pub(super) fn figures(page: Page, view: &Gender) -> Page {
    let statements = view.header.statements.iter();
    let beside = statements
        .filter(|s| ["recorded_decisions", "comparable", "agreement"].contains(&s.code.as_str()));
    let page = beside.fold(page, |page, statement| page.text(&statement.text));
    let page = page
        .heading("1. Who receives immediate custody")
        .part(&rates(view))
        .folded("The difference in each group", &differences(view));
    let page = mix::on(page, view);
    let lengths = Panel {
        id: "length",
        whose: "who received custody",
        few: "received custody, so lengths are not compared",
        columns: &view.columns,
        severity: &view.length,
    };
    let penalties = Panel {
        id: "everybody",
        whose: "over everything imposed",
        few: "are counted, so penalties are not compared",
        columns: &view.columns,
        severity: &view.everybody,
    };
    let page = lengths.on(page.heading("2. How long, of those who received it"));
    let page = penalties.on(page.heading("3. Everything imposed, over everybody"));
    let sentence = view
        .sensitivity
        .as_ref()
        .and_then(|found| found.sentence.clone());
    let page = match sentence {
        Some(sentence) => page.text(sentence),
        None => page,
    };
    page.heading("Each sex as it was recorded")
        .part(&recorded(view))
        .heading("For specialists")
        .text(
            "A ratio of odds is easily misread, and one for all strata misleads where they differ.",
        )
        .part(&specialists(view))
}

fn who(sex: &Term) -> Option<Who> {
    match sex.code.as_str() {
        "female" => Some(Who::Women),
        "male" => Some(Who::Men),
        _ => None,
    }
}

fn rate_points(rates: &[SexRate]) -> Vec<(Who, Point)> {
    let known = rates.iter();
    known
        .filter_map(|found| Some((who(&found.sex)?, rate(&found.rate))))
        .collect()
}

/// The rates of women and men in each stratum, then crude and with the same mix of cases.
fn rates(view: &Gender) -> Figure {
    let custody = &view.custody;
    let standardised = &custody.standardised;
    let n = standardised.difference.smaller;
    let mixed = [
        (Who::Women, &standardised.women_per_100),
        (Who::Men, &standardised.men_per_100),
    ];
    let mixed = mixed.map(|(who, figure)| (who, point(figure, None, n)));
    let dots = |places: &[usize]| {
        let rows = rows(&custody.strata, places, |s| rate_points(&s.sexes));
        let summaries = [
            DotRow::summary("All cases", rate_points(&custody.sexes)),
            DotRow::summary("Same mix of cases", mixed.to_vec()),
        ];
        Dots {
            title: "Immediate custody of women and men, of 100 decisions".to_owned(),
            of: named(&view.columns),
            unit: Unit::Percent,
            dot: "share",
            span: "95% interval",
            rows: rows.chain(summaries).collect(),
            reference: None,
        }
    };
    pictured(
        "rates",
        "Women and men, group by group.",
        &sizes(&custody.strata),
        dots,
    )
}

/// A row for each of these strata.
fn rows<'a>(
    strata: &'a [CustodyStratum],
    places: &'a [usize],
    points: impl Fn(&'a CustodyStratum) -> Vec<(Who, Point)> + 'a,
) -> impl Iterator<Item = DotRow> + 'a {
    let strata = places.iter().filter_map(|place| strata.get(*place));
    strata.map(move |s| DotRow::stratum(label(&s.key), points(s)))
}

fn sizes(strata: &[CustodyStratum]) -> Vec<u64> {
    let n = |stratum: &CustodyStratum| stratum.sexes.iter().map(|sex| sex.rate.n).sum();
    strata.iter().map(n).collect()
}

fn point(figure: &Shown<f64>, interval: Option<(f64, f64)>, n: u64) -> Point {
    match (figure.value, figure.undefined) {
        (Some(value), _) => Point::at(value, interval, n),
        (None, why) => Point::Undefined(why.map_or_else(String::new, |why| why.to_string())),
    }
}

fn gap(gap: &Difference) -> Vec<(Who, Point)> {
    let interval = gap.interval_per_100.value.map(|i| (i.low, i.high));
    vec![(Who::All, point(&gap.per_100, interval, gap.smaller))]
}

/// Women's rate less men's: the gap of each stratum, then crude and with the same mix of cases.
fn differences(view: &Gender) -> Figure {
    let custody = &view.custody;
    let dots = |places: &[usize]| {
        let rows = rows(&custody.strata, places, |s| gap(&s.gap));
        let summaries = [
            ("All cases", &custody.crude),
            ("Same mix of cases", &custody.standardised.difference),
        ];
        let summaries = summaries.map(|(name, found)| DotRow::summary(name, gap(found)));
        Dots {
            title: "Women’s rate of immediate custody less men’s, of 100".to_owned(),
            of: named(&view.columns),
            unit: Unit::Points,
            dot: "difference",
            span: "95% interval",
            rows: rows.chain(summaries).collect(),
            reference: Some(no_difference()),
        }
    };
    let figure = pictured("gaps", side_by_side(view), &sizes(&custody.strata), dots);
    figure.note("Left of the line women received custody less often, right of it more often. n is the smaller group.")
}

fn no_difference() -> Reference {
    Reference {
        at: 0.0,
        label: "no difference".to_owned(),
    }
}

/// Crude and with the same mix of cases, side by side.
fn side_by_side(view: &Gender) -> String {
    let custody = &view.custody;
    let fewer = |gap: &Difference| {
        let value = gap.per_100.value?;
        Some(fewer_or_more(value, |size| share(size, gap.smaller)))
    };
    let mixed = fewer(&custody.standardised.difference);
    match (fewer(&custody.crude), mixed) {
        (Some(crude), Some(mixed)) => format!(
            "Of 100 women and 100 men, {crude} women received immediate custody over all cases, and {mixed} with \
             the same mix of cases."
        ),
        (Some(crude), None) => format!(
            "Of 100 women and 100 men, {crude} women received immediate custody over all cases. {TOO_FEW}"
        ),
        (None, _) => TOO_FEW.to_owned(),
    }
}

/// Every sex as recorded, silence among them.
fn recorded(view: &Gender) -> Table {
    let columns = vec![
        Column::text("Sex as recorded"),
        Column::number("Decisions"),
        Column::number("Immediate custody, of 100"),
        Column::number("95% interval"),
        Column::number("Median, over everybody"),
    ];
    let table = Table::new("Decisions, custody and penalties of each", columns).folded();
    view.custody.sexes.iter().fold(table, |table, found| {
        let n = found.rate.n;
        let spread = view
            .everybody
            .sexes
            .iter()
            .find(|spread| spread.sex == found.sex);
        let median = spread.and_then(|spread| spread.spread.median.value);
        table.row(vec![
            Value::text(label(std::slice::from_ref(&found.sex))),
            Value::count(n),
            told(&found.rate.per_100, |value| share(value, n)),
            limits(&found.rate.interval_per_100, |value| share(value, n)),
            median.map_or(Value::None, |median| Value::Number(amount(median))),
        ])
    })
}

/// An interval as people read it.
fn limits(interval: &Shown<Interval>, write: impl Fn(f64) -> String) -> Value {
    let limits = interval.value.as_ref();
    limits.map_or(Value::None, |Interval { low, high }| {
        Value::Number(format!("{} to {}", write(*low), write(*high)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_whose_interval_holds_no_difference_is_said_to_be_uncertain() {
        let said = |low, high| {
            let interval = Shown::some(Interval { low, high });
            uncertain(&interval, |size| share(size, 200), "women of 100")
        };
        assert_eq!(
            said(-11.8, 1.2),
            " The difference among like cases is uncertain: between 12 fewer and 1 more women of 100 (95% interval), so it may be chance."
        );
        assert_eq!([said(-12.0, -3.0), said(2.0, 9.0)], ["", ""]);
    }

    #[test]
    fn a_difference_that_is_written_as_nothing_is_neither_more_nor_less() {
        let said = |gap| fewer_or_more(gap, |size| share(size, 200));
        assert_eq!(said(0.2), "about as many");
        assert_eq!(said(-0.2), "about as many");
        assert_eq!(said(1.2), "1 more");
    }
}
