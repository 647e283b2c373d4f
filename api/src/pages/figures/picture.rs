//! Views as sentences and pictures.

use infra::views::View;
use infra::views::figure::{Difference, Quantity, Rate};
use infra::views::gender::{Gender, SexRate};
use infra::views::proportionality::Level;

use crate::pages::chart::{DotRow, Dots, Point, Reference, Unit, Who};
use crate::pages::components::{Column, Details, Figure, Table, Value};
use crate::pages::numbers::{count, decimal, signed};
use crate::pages::page::Page;

/// What a view says, in one sentence.
pub(super) fn finding(view: &View) -> String {
    match view {
        View::Disposals(view) => share("All decisions", &view.total.custody),
        View::Proportionality(view) => match &view.order.sentence {
            Some(sentence) => sentence.clone(),
            None => share("All decisions", &view.total.custody),
        },
        View::Gender(view) => {
            let gap =
                |what: &str, gap: &Difference| match (gap.per_100.value, gap.per_100.undefined) {
                    (Some(value), _) => format!("{what} {} of 100", signed(value, 1)),
                    (None, Some(why)) => format!("{what} not defined: {why}"),
                    (None, None) => format!("{what} not defined"),
                };
            format!(
                "Women's rate of immediate custody less men's: {}, {}.",
                gap("crude", &view.custody.crude),
                gap("among like cases", &view.custody.adjusted.difference)
            )
        }
    }
}

fn share(who: &str, rate: &Rate) -> String {
    match (rate.per_100.value, rate.per_100.undefined) {
        (Some(value), _) => format!(
            "{who}: {} of 100 ended in immediate custody ({} of {}).",
            decimal(value, 1),
            count(rate.custody),
            count(rate.n)
        ),
        (None, Some(why)) => format!("{who}: no rate of custody is shown, {why}."),
        (None, None) => format!("{who}: no rate of custody is shown."),
    }
}

/// The pictures of a view, each with its table.
pub(super) fn figures(page: Page, view: &View) -> Page {
    match view {
        View::Disposals(view) => {
            let rows = view.groups.iter();
            let rows = rows.map(|group| row(group.key.iter().map(|t| &t.title), &group.custody));
            page.part(&custody(rows.collect(), &view.total.custody))
        }
        View::Proportionality(view) => {
            let rows = view.groups.iter();
            let rows = rows.map(|level| row(level.key.iter().map(|t| &t.title), &level.custody));
            let levels = view.groups.iter().chain([&view.total]);
            page.part(&custody(rows.collect(), &view.total.custody))
                .part(&severity(levels))
        }
        View::Gender(view) => gender(page, view),
    }
}

fn label<'a>(key: impl Iterator<Item = &'a String>) -> String {
    let titles: Vec<&str> = key.map(String::as_str).collect();
    if titles.is_empty() {
        "All".to_owned()
    } else {
        titles.join(", ")
    }
}

fn point(rate: &Rate) -> Point {
    match (rate.per_100.value, rate.per_100.undefined) {
        (Some(value), _) => {
            let interval = rate.interval_per_100.value.as_ref();
            Point::at(value, interval.map(|i| (i.low, i.high)), rate.n)
        }
        (None, why) => Point::Undefined(why.map_or_else(String::new, |why| why.to_string())),
    }
}

fn row<'a>(key: impl Iterator<Item = &'a String>, rate: &Rate) -> DotRow {
    DotRow::stratum(label(key), vec![(Who::All, point(rate))])
}

fn custody(mut rows: Vec<DotRow>, total: &Rate) -> Figure {
    rows.push(DotRow::summary("All", vec![(Who::All, point(total))]));
    let dots = Dots {
        title: "Immediate custody, of 100 decisions, with 95% intervals".to_owned(),
        of: "Group".to_owned(),
        unit: Unit::Percent,
        rows,
        reference: None,
    };
    Figure::of("custody", share("All decisions", total), &dots)
}

fn quantity(quantity: &Quantity) -> Value {
    match (quantity.value, quantity.undefined) {
        (Some(value), _) => Value::Number(decimal(value, 2)),
        (None, Some(why)) => Value::text(why.to_string()),
        (None, None) => Value::None,
    }
}

fn severity<'a>(levels: impl Iterator<Item = &'a Level>) -> Table {
    let columns = vec![
        Column::text("Group"),
        Column::number("Decisions"),
        Column::number("Lower quartile"),
        Column::number("Median"),
        Column::number("Upper quartile"),
    ];
    let table = Table::new("Severity under the scale", columns).empty("No decision is counted.");
    levels.fold(table, |table, level| {
        table.row(vec![
            Value::text(label(level.key.iter().map(|t| &t.title))),
            Value::count(level.severity.n),
            quantity(&level.severity.lower_quartile),
            quantity(&level.severity.median),
            quantity(&level.severity.upper_quartile),
        ])
    })
}

fn who(rate: &SexRate) -> Option<Who> {
    match rate.sex.code.as_str() {
        "female" => Some(Who::Women),
        "male" => Some(Who::Men),
        _ => None,
    }
}

fn gap(difference: &Difference) -> Point {
    match (difference.per_100.value, difference.per_100.undefined) {
        (Some(value), _) => {
            let interval = difference.interval_per_100.value.as_ref();
            Point::At(crate::pages::chart::Estimate {
                value,
                interval: interval.map(|i| (i.low, i.high)),
                n: 0,
            })
        }
        (None, why) => Point::Undefined(why.map_or_else(String::new, |why| why.to_string())),
    }
}

fn points(rates: &[SexRate]) -> Vec<(Who, Point)> {
    let known = rates.iter();
    known
        .filter_map(|rate| Some((who(rate)?, point(&rate.rate))))
        .collect()
}

fn gender(page: Page, view: &Gender) -> Page {
    let strata = view.custody.strata.iter();
    let mut rows: Vec<DotRow> = strata
        .map(|stratum| {
            DotRow::stratum(
                label(stratum.key.iter().map(|t| &t.title)),
                points(&stratum.sexes),
            )
        })
        .collect();
    rows.push(DotRow::summary("All, crude", points(&view.custody.sexes)));
    let dots = Dots {
        title: "Immediate custody of women and men, of 100 decisions".to_owned(),
        of: "Like cases".to_owned(),
        unit: Unit::Percent,
        rows,
        reference: None,
    };
    let differences = Dots {
        title: "Women's rate less men's, of 100".to_owned(),
        of: "Comparison".to_owned(),
        unit: Unit::Points,
        rows: vec![
            DotRow::summary("Crude", vec![(Who::All, gap(&view.custody.crude))]),
            DotRow::summary(
                "Among like cases",
                vec![(Who::All, gap(&view.custody.adjusted.difference))],
            ),
        ],
        reference: Some(Reference {
            at: 0.0,
            label: "no difference".to_owned(),
        }),
    };
    let said = finding(&View::Gender(Box::new(view.clone())));
    page.part(&Figure::of(
        "strata",
        "Rates within each kind of like case",
        &dots,
    ))
    .part(&Figure::of("gap", said, &differences))
    .part(&ratios(view))
}

fn ratios(view: &Gender) -> Details {
    let said = |name: &str, value: Option<f64>| {
        let value = value.map_or_else(|| "not defined".to_owned(), |v| decimal(v, 2));
        format!("{name}: {value}.")
    };
    let specialists = &view.specialists;
    Details {
        summary: "Ratios for specialists".to_owned(),
        paragraphs: vec![
            said("Crude odds ratio", specialists.crude_odds_ratio.value),
            said(
                "Mantel-Haenszel odds ratio",
                specialists.mantel_haenszel_odds_ratio.value,
            ),
            said(
                "Mantel-Haenszel risk ratio",
                specialists.mantel_haenszel_risk_ratio.value,
            ),
        ],
    }
}
