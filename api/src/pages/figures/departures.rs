//! Where are departures, and are they reasoned?

use infra::views::Departures;
use infra::views::departures::{Departing, ExtentBand};

use super::parts::{Context, drawn, label, left_out, named, with_notes};
use super::proportionality::told;
use crate::pages::chart::{Bin, Category, Chart, Histogram, Part, ShareBar, ShareRow, Unit};
use crate::pages::components::{Column, Figure, Table, Value};
use crate::pages::numbers::{count, decimal, share};
use crate::pages::page::Page;

pub(super) fn finding(view: &Departures) -> String {
    let total = &view.total;
    let departures = total.below.saturating_add(total.above);
    let of = format!("{} of {}", count(departures), count(total.n));
    if total.n == 0 {
        return "No decision that is counted has a guideline range and a length to set beside it."
            .to_owned();
    }
    let Some(within) = total.within_per_100.value else {
        return format!("{of} sentences left their guideline range: too few to give a share.");
    };
    let outside = share(100.0 - within, total.n);
    let reasons = match total.reasoned_per_100.value {
        Some(value) => format!(
            "of 100 that left it, {} have reasons recorded",
            share(value, departures)
        ),
        None => format!(
            "{} have reasons recorded",
            count(total.below_reasoned.saturating_add(total.above_reasoned))
        ),
    };
    format!("Of 100 sentences with a guideline range {outside} left it ({of}); {reasons}.")
}

pub(super) fn figures(page: Page, context: &Context<'_>, view: &Departures) -> Page {
    let said = |page: Page, code: &str| {
        let mut statements = view.header.statements.iter();
        match statements.find(|statement| statement.code == code) {
            Some(statement) => page.text(&statement.text),
            None => page,
        }
    };
    let of = named(&view.columns).to_lowercase();
    let page = page.heading(format!("Below, within and above, by {of}"));
    let page = said(page.part(&bars(context, view)), "range");
    let page = page
        .heading("Are departures reasoned?")
        .part(&reasons(view));
    let page = said(page, "reasoned").heading("How far outside the range");
    said(page.part(&extents(view)), "extent")
}

/// The shares below, within and above of each group and of all; with and without reasons stand apart.
fn bars(context: &Context<'_>, view: &Departures) -> Figure {
    let category = |title: &str, short: &str| Category::new(title, short);
    let row = |group: &Departing| {
        let parts = [
            group.below_reasoned,
            group.below.saturating_sub(group.below_reasoned),
            group.within,
            group.above.saturating_sub(group.above_reasoned),
            group.above_reasoned,
        ];
        ShareRow::new(label(&group.key), parts.map(Part::Count).to_vec())
            .cases(context.cases(&view.columns, &group.key))
    };
    let bar = |places: &[usize]| {
        let rows = places.iter().filter_map(|place| view.groups.get(*place));
        ShareBar {
            title: format!(
                "Against the guideline range, by {}",
                named(&view.columns).to_lowercase()
            ),
            of: named(&view.columns),
            categories: vec![
                category("Below, with reasons", "Below"),
                category("Below, no reasons", "No reasons"),
                category("Within", "Within"),
                category("Above, no reasons", "No reasons"),
                category("Above, with reasons", "Above"),
            ],
            rows: rows.chain([&view.total]).map(row).collect(),
        }
    };
    let sizes: Vec<u64> = view.groups.iter().map(|group| group.n).collect();
    let all: Vec<usize> = (0..sizes.len()).collect();
    let mut figure = Figure::of("against", finding(view), &bar(&drawn(&sizes)));
    figure.table = bar(&all).table();
    let total = &view.total;
    let beside = format!(
        "Left out: {} without a guideline range, {} without a length to set beside it.",
        count(total.without_range),
        count(total.without_length)
    );
    with_notes(figure, left_out(sizes.len()).into_iter().chain([beside]))
}

/// How many departures have reasons, group by group.
fn reasons(view: &Departures) -> Table {
    let columns = vec![
        Column::text(named(&view.columns)),
        Column::number("Below"),
        Column::number("Below, with reasons"),
        Column::number("Above"),
        Column::number("Above, with reasons"),
        Column::number("With reasons, of 100 departures"),
        Column::number("Left out"),
    ];
    let table = Table::new("Departures with and without reasons", columns).quiet_caption();
    view.groups
        .iter()
        .chain([&view.total])
        .fold(table, |table, group| {
            let departures = group.below.saturating_add(group.above);
            table.row(vec![
                Value::text(label(&group.key)),
                Value::count(group.below),
                Value::count(group.below_reasoned),
                Value::count(group.above),
                Value::count(group.above_reasoned),
                told(&group.reasoned_per_100, |value| share(value, departures)),
                Value::count(group.without_range.saturating_add(group.without_length)),
            ])
        })
}

/// How far outside, as a histogram: below zero what lies under the range, above zero what lies over it.
fn extents(view: &Departures) -> Figure {
    let total = &view.total;
    let beyond = view.extents.iter().find(|band| band.to_per_100.is_none());
    let bin = |band: &ExtentBand| {
        let to = band.to_per_100?;
        Some(Bin::new(
            f64::from(band.from_per_100),
            f64::from(to),
            band.n,
        ))
    };
    let histogram = Histogram {
        title: "How far outside the range, of 100 of the bound".to_owned(),
        unit: Unit::Percent,
        counted: Unit::Decisions,
        bins: view.extents.iter().filter_map(bin).collect(),
        range: None,
        note: None,
    };
    let mean = |value: f64| decimal(value.abs(), 0);
    let finding = match (
        total.mean_below_per_100.value,
        total.mean_above_per_100.value,
    ) {
        (Some(below), Some(above)) => format!(
            "Those below lie on average {}% under the lower bound, those above {}% over the upper one.",
            mean(below),
            mean(above)
        ),
        (Some(below), None) => format!(
            "Those below lie on average {}% under the lower bound.",
            mean(below)
        ),
        (None, Some(above)) => format!(
            "Those above lie on average {}% over the upper bound.",
            mean(above)
        ),
        (None, None) => {
            "There are too few departures to say how far they lie outside on average.".to_owned()
        }
    };
    let further = beyond.filter(|band| band.n > 0).map(|band| {
        let n = count(band.n);
        format!("{n} more received twice the upper bound or more, and are not drawn.")
    });
    let without = (total.without_extent > 0).then(|| {
        let n = count(total.without_extent);
        format!("{n} have no extent: life, a length that is not told, or a bound of zero.")
    });
    let free = (total.without_custody > 0).then(|| {
        let n = count(total.without_custody);
        format!("{n} of those below are sentences without custody under a range of custody: they lie the whole bound below it.")
    });
    let mut figure = Figure::of("extents", finding, &histogram);
    if let Some(band) = beyond {
        let row = vec![Value::text("100% and more"), Value::count(band.n)];
        figure.table = figure.table.row(row);
    }
    with_notes(figure, free.into_iter().chain(further).chain(without))
}
