//! How often is custody avoided?

use infra::views::Alternatives;
use infra::views::alternatives::{ChosenShare, GroupShare};

use super::parts::{label, named, pictured};
use super::proportionality::told;
use crate::pages::chart::{DotRow, Dots, Point, Unit, Who};
use crate::pages::components::{Column, Figure, Table, Value};
use crate::pages::numbers::{count, share};
use crate::pages::page::Page;

pub(super) fn finding(view: &Alternatives) -> String {
    let found = &view.total.share;
    let of = format!(
        "{} of {} of which it is recorded",
        count(found.chosen.non_custodial),
        count(found.chosen.known())
    );
    match found.non_custodial_per_100.value {
        Some(value) => format!(
            "At sentence courts chose a measure without custody in {} of 100 decisions ({of}).",
            share(value, found.chosen.known())
        ),
        None => {
            format!(
                "At sentence courts chose a measure without custody in {of}: too few to give a share."
            )
        }
    }
}

pub(super) fn figures(page: Page, view: &Alternatives) -> Page {
    let statements = view.header.statements.iter();
    let beside =
        statements.filter(|s| ["non_custodial", "vulnerability"].contains(&s.code.as_str()));
    let page = beside.fold(page, |page, statement| page.text(&statement.text));
    page.heading("For each group, at sentence")
        .part(&groups(view))
        .heading("At each stage of a case")
        .part(&stages(view))
}

fn point(found: &ChosenShare) -> Point {
    match (
        found.non_custodial_per_100.value,
        found.non_custodial_per_100.undefined,
    ) {
        (Some(value), _) => {
            let interval = found.interval_per_100.value;
            Point::at(
                value,
                interval.map(|i| (i.low, i.high)),
                found.chosen.known(),
            )
        }
        (None, why) => Point::Undefined(why.map_or_else(String::new, |why| why.to_string())),
    }
}

/// The share of each group, and of all.
fn groups(view: &Alternatives) -> Figure {
    let sizes: Vec<u64> = view
        .groups
        .iter()
        .map(|group| group.share.chosen.n())
        .collect();
    let row = |group: &GroupShare| {
        DotRow::stratum(label(&group.key), vec![(Who::All, point(&group.share))])
    };
    let dots = |places: &[usize]| {
        let rows = places.iter().filter_map(|place| view.groups.get(*place));
        let all = DotRow::summary("All", vec![(Who::All, point(&view.total.share))]);
        Dots {
            title: "Measures without custody, of 100 decisions at sentence".to_owned(),
            of: named(&view.columns),
            unit: Unit::Percent,
            dot: "share",
            span: "95% interval",
            rows: rows.map(row).chain([all]).collect(),
            reference: None,
        }
    };
    pictured("groups", known(&view.total.share), &sizes, dots)
}

/// Of how many it is recorded, and what the others could change.
fn known(found: &ChosenShare) -> String {
    let n = found.chosen.n();
    let (Some(known), Some(bounds)) = (found.known_per_100.value, found.bounds_per_100.value)
    else {
        return format!(
            "{} of {} decisions say what was imposed.",
            count(found.chosen.known()),
            count(n)
        );
    };
    format!(
        "{} of 100 decisions say what was imposed; whatever the others imposed, the share lies between {} and {} of 100.",
        share(known, n),
        share(bounds.low, n),
        share(bounds.high, n)
    )
}

fn stages(view: &Alternatives) -> Table {
    let columns = vec![
        Column::text("Stage"),
        Column::number("Without custody"),
        Column::number("Custody"),
        Column::number("Not recorded or not decided"),
        Column::number("Without custody, of 100 known"),
        Column::number("Known, of 100"),
    ];
    let table = Table::new("Measures without custody at each stage", columns).quiet_caption();
    view.stages.iter().fold(table, |table, stage| {
        let found = &stage.share;
        table.row(vec![
            Value::text(&stage.title),
            Value::count(found.chosen.non_custodial),
            Value::count(found.chosen.custodial),
            Value::count(found.chosen.not_recorded),
            told(&found.non_custodial_per_100, |value| {
                share(value, found.chosen.known())
            }),
            told(&found.known_per_100, |value| share(value, found.chosen.n())),
        ])
    })
}
