//! Who was sentenced again?

use infra::views::Reconviction;
use infra::views::reconviction::GroupBack;

use super::parts::{label, named, pictured};
use super::proportionality::told;
use crate::pages::chart::{DotRow, Dots, Point, Unit, Who};
use crate::pages::components::{Column, Figure, Inset, Table, Value};
use crate::pages::numbers::{count, share};
use crate::pages::page::Page;

pub(super) fn finding(view: &Reconviction) -> String {
    let (found, days) = (&view.total, count(view.window_days.into()));
    let people = count(found.at_risk);
    match found.per_100.value {
        Some(value) => format!(
            "Of 100 people {} were sentenced again within {days} days of their decision ({people} people followed). \
             It is not an effect of the sentence.",
            share(value, found.at_risk)
        ),
        None => format!(
            "{people} people were followed: too few to say how many were sentenced again within {days} days."
        ),
    }
}

pub(super) fn figures(page: Page, view: &Reconviction) -> Page {
    let statements = view.header.statements.iter();
    let beside = statements
        .filter(|s| ["reconviction", "at_risk", "without_day"].contains(&s.code.as_str()));
    let page = page.part(&Inset {
        text: view.headed.clone(),
        source: None,
    });
    let page = beside.fold(page, |page, statement| page.text(&statement.text));
    page.heading("For each group, by its first decision")
        .part(&groups(view))
        .heading("How many were followed")
        .part(&followed(view))
}

fn point(found: &GroupBack) -> Point {
    match (found.per_100.value, found.per_100.undefined) {
        (Some(value), _) => {
            let interval = found.interval_per_100.value;
            Point::at(value, interval.map(|i| (i.low, i.high)), found.at_risk)
        }
        (None, why) => Point::Undefined(why.map_or_else(String::new, |why| why.to_string())),
    }
}

/// The share of each group, and of all.
fn groups(view: &Reconviction) -> Figure {
    let sizes: Vec<u64> = view.groups.iter().map(|group| group.at_risk).collect();
    let row =
        |group: &GroupBack| DotRow::stratum(label(&group.key), vec![(Who::All, point(group))]);
    let dots = |places: &[usize]| {
        let rows = places.iter().filter_map(|place| view.groups.get(*place));
        let all = DotRow::summary("All", vec![(Who::All, point(&view.total))]);
        Dots {
            title: format!(
                "Sentenced again within {} days, of 100 people",
                view.window_days
            ),
            of: named(&view.columns),
            unit: Unit::Percent,
            dot: "share",
            span: "95% interval",
            rows: rows.map(row).chain([all]).collect(),
            reference: None,
        }
    };
    pictured("groups", finding(view), &sizes, dots)
}

fn followed(view: &Reconviction) -> Table {
    let columns = vec![
        Column::text(named(&view.columns)),
        Column::number("At risk"),
        Column::number("Sentenced again"),
        Column::number("Followed for less"),
        Column::number("Sentenced again, of 100 followed for the whole time"),
    ];
    let table = Table::new("People at risk, and how long they were followed", columns).folded();
    view.groups
        .iter()
        .chain([&view.total])
        .fold(table, |table, group| {
            table.row(vec![
                Value::text(label(&group.key)),
                Value::count(group.at_risk),
                Value::count(group.reconvicted),
                Value::count(group.censored),
                told(&group.of_followed_per_100, |value| {
                    share(value, group.reconvicted + group.not_reconvicted)
                }),
            ])
        })
}
