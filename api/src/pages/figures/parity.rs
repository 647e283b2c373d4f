//! Are like cases treated alike?

use infra::views::Parity;
use infra::views::figure::{Quantity, Shown};
use infra::views::parity::{Court, Strip};

use super::parts::{drawn, label, left_out, named, with_notes};
use super::proportionality::told;
use crate::pages::chart::{self, Chart, FunnelUnit, Placed, Strips, Unit};
use crate::pages::components::{Figure, SummaryList, Value};
use crate::pages::numbers::{count, decimal, share};
use crate::pages::page::Page;

pub(super) fn finding(view: &Parity) -> String {
    let pairs = view.different_per_100.value.map(|value| {
        format!(
            "Of 100 pairs of like cases {} received different penalties.",
            share(value, view.total.n)
        )
    });
    let courts = view.funnel.sentence.clone();
    let said: Vec<String> = pairs.into_iter().chain(courts).collect();
    if said.is_empty() {
        return "There are too few like cases, and too few courts, to compare.".to_owned();
    }
    said.join(" ")
}

pub(super) fn figures(page: Page, view: &Parity) -> Page {
    let said = |page: Page, code: &str| {
        let mut statements = view.header.statements.iter();
        match statements.find(|statement| statement.code == code) {
            Some(statement) => page.text(&statement.text),
            None => page,
        }
    };
    let page = page.heading("Do courts decide like cases alike?");
    let page = page.part(&funnel(view));
    let page = said(page, "over_dispersion").part(&together(view));
    let page = said(said(page, "case_mix"), "no_ranking");
    let of = named(&view.columns).to_lowercase();
    let page = page.heading(format!("How far penalties lie apart, by {of}"));
    match view.header.policies.scale.as_ref().and_then(|scale| scale.value.as_ref()) {
        Some(scale) => page.part(&strips(view, &scale.unit)),
        None => page.text("No severity scale is in force, so penalties of different kinds are not set side by side."),
    }
}

fn reason<T>(shown: &Shown<T>) -> String {
    shown
        .undefined
        .map_or_else(String::new, |why| why.to_string())
}

/// The courts beside what their mix of cases lets expect.
fn funnel(view: &Parity) -> Figure {
    let placed = |court: &Court| {
        use domain::statistics::funnel::Place;
        let limits = [court.limits_95.value?, court.limits_99_8.value?];
        let place = court.place.value?;
        Some(Placed {
            observed: court.per_100.value?,
            expected: court.expected_per_100.value?,
            limits: limits.map(|limits| (limits.low, limits.high)),
            is_outside: place != Place::Within,
            is_far_outside: matches!(place, Place::FarBelow | Place::FarAbove),
        })
    };
    let unit = |court: &Court| FunnelUnit {
        label: label(std::slice::from_ref(&court.court)),
        n: court.n,
        placed: placed(court).ok_or_else(|| reason(&court.place)),
    };
    let funnel = chart::Funnel {
        title: "Immediate custody beyond what the cases of each court let expect".to_owned(),
        of: "Court".to_owned(),
        units: view.courts.iter().map(unit).collect(),
    };
    let finding = view.funnel.sentence.clone();
    let finding = finding.unwrap_or_else(|| {
        "Fewer than two courts have 10 decisions in cases that another has too.".to_owned()
    });
    Figure::of("funnel", finding, &funnel)
}

/// How the courts stand together, and what is left out.
fn together(view: &Parity) -> SummaryList {
    let found = &view.funnel;
    let widened = match (
        found.outside_95_widened.value,
        found.outside_95_widened.undefined,
    ) {
        (Some(courts), _) => Value::count(courts),
        (None, Some(why)) => Value::Undefined(why.to_string()),
        (None, None) => Value::None,
    };
    SummaryList::default()
        .row("Courts compared", Value::count(found.compared))
        .row("Outside 95%", Value::count(found.outside_95))
        .row(
            "Outside 95% by chance alone",
            Value::Number(decimal(found.outside_95_by_chance, 1)),
        )
        .row("Outside 99.8%", Value::count(found.outside_99_8))
        .row(
            "How much more courts differ than by chance (φ; 1 is chance)",
            told(&found.phi, |value| decimal(value, 2)),
        )
        .row("Outside 95% once that is allowed for", widened)
        .row("Decisions compared", Value::count(found.decisions))
        .row(
            "Left out: no other court has such cases",
            Value::count(found.left_out),
        )
        .row(
            "Left out: no court recorded",
            Value::count(found.court_not_recorded),
        )
}

/// How far the penalties of like cases lie apart.
fn strips(view: &Parity, unit: &str) -> Figure {
    let row = |strip: &Strip, is_summary| chart::Strip {
        label: if is_summary {
            "All".to_owned()
        } else {
            label(&strip.key)
        },
        five: five(strip),
        distance: strip.median_distance.value,
        n: strip.n,
        ancillary: strip.ancillary,
        is_summary,
    };
    let strips = |places: &[usize]| {
        let rows = places.iter().filter_map(|place| view.groups.get(*place));
        let rows = rows
            .map(|strip| row(strip, false))
            .chain([row(&view.total, true)]);
        Strips {
            title: format!("Severity by {}", named(&view.columns).to_lowercase()),
            of: named(&view.columns),
            unit: Unit::Amount(unit.to_owned()),
            rows: rows.collect(),
        }
    };
    let sizes: Vec<u64> = view.groups.iter().map(|strip| strip.n).collect();
    let all: Vec<usize> = (0..sizes.len()).collect();
    let mut figure = Figure::of("strips", apart(view, unit), &strips(&drawn(&sizes)));
    figure.table = strips(&all).table();
    let silent = view.total.not_known.iter();
    let silent =
        silent.map(|known| format!("{} without a number: {}.", count(known.n), known.reason));
    let beside = (view.total.ancillary > 0).then(|| {
        format!(
            "{} of {} have an ancillary order beside the penalty, which has no number and is not in these figures.",
            count(view.total.ancillary),
            count(view.total.n)
        )
    });
    with_notes(
        figure,
        left_out(sizes.len())
            .into_iter()
            .chain(silent)
            .chain(beside),
    )
}

fn five(strip: &Strip) -> Result<chart::Five, String> {
    let parts = [
        &strip.tenth,
        &strip.lower_quartile,
        &strip.median,
        &strip.upper_quartile,
        &strip.ninetieth,
    ];
    let why = |quantity: &Quantity| {
        quantity
            .undefined
            .map_or_else(String::new, |why| why.to_string())
    };
    let known: Vec<f64> = parts.iter().filter_map(|part| part.value).collect();
    known.try_into().map_err(|_| why(&strip.median))
}

/// Of the largest group, how far its penalties lie apart.
fn apart(view: &Parity, unit: &str) -> String {
    let largest = view.groups.iter().max_by_key(|strip| strip.n);
    let found = largest.and_then(|strip| Some((strip, five(strip).ok()?)));
    match found {
        Some((strip, [tenth, _, half, _, nine])) => {
            let words = [tenth, half, nine].map(crate::pages::numbers::amount);
            let [tenth, half, nine] = words;
            format!(
                "{}, the most frequent: half received at most {half} {unit}; one in ten at most {tenth}, and one in ten more \
                 than {nine}.",
                label(&strip.key)
            )
        }
        None => "There are too few like cases to say how far penalties lie apart.".to_owned(),
    }
}
