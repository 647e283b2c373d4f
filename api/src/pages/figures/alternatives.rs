//! How often is custody avoided?

use infra::views::Alternatives;
use infra::views::alternatives::{ChosenShare, GroupShare};
use infra::views::words::Term;

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
    let page = page.heading("For each group, at sentence");
    let page = groups(view).iter().fold(page, Page::part);
    page.heading("At each stage of a case").part(&stages(view))
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

/// The share of each group, and of all. Where sex tells groups apart each sex has a picture of its own: the largest groups
/// of all would nearly all be men.
fn groups(view: &Alternatives) -> Vec<Figure> {
    let all: Vec<usize> = (0..view.groups.len()).collect();
    let sex = view.columns.iter().position(|column| column.code == "sex");
    let Some(at) = sex.filter(|_| view.columns.len() > 1) else {
        return vec![groups_of(view, "groups", known(&view.total.share), &all)];
    };
    let mut parts: Vec<(&Term, Vec<usize>)> = Vec::new();
    for (place, group) in view.groups.iter().enumerate() {
        let Some(sex) = group.key.get(at) else {
            continue;
        };
        match parts.iter_mut().find(|(term, _)| term.code == sex.code) {
            Some((_, places)) => places.push(place),
            None => parts.push((sex, vec![place])),
        }
    }
    let parts = parts.iter().map(|(sex, places)| {
        let id = format!("groups-{}", sex.code.replace('_', "-"));
        groups_of(view, &id, of_sex(view, sex, places), places)
    });
    parts.collect()
}

/// How often custody was avoided of one sex.
fn of_sex(view: &Alternatives, sex: &Term, places: &[usize]) -> String {
    let groups = places.iter().filter_map(|place| view.groups.get(*place));
    let chosen = groups.map(|group| &group.share.chosen);
    let (without, known) = chosen.fold((0_u64, 0_u64), |(without, known), chosen| {
        (
            without.saturating_add(chosen.non_custodial),
            known.saturating_add(chosen.known()),
        )
    });
    format!(
        "{}: without custody in {} of {} decisions of which it is recorded.",
        sex.title,
        count(without),
        count(known)
    )
}

fn groups_of(view: &Alternatives, id: &str, finding: String, all: &[usize]) -> Figure {
    let sizes: Vec<u64> = all
        .iter()
        .filter_map(|place| view.groups.get(*place))
        .map(|group| group.share.chosen.n())
        .collect();
    let row = |group: &GroupShare| {
        DotRow::stratum(label(&group.key), vec![(Who::All, point(&group.share))])
    };
    let dots = |places: &[usize]| {
        let places = places.iter().filter_map(|place| all.get(*place));
        let rows = places.filter_map(|place| view.groups.get(*place));
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
    pictured(id, finding, &sizes, dots)
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
