//! Are women and men treated alike among like cases? Three panels that stand together.

use infra::views::Gender;
use infra::views::figure::{Difference, Shown};
use infra::views::gender::{CustodyStratum, MeanGap, SeverityPanel, SexRate, SexSpread};
use infra::views::words::Term;

use super::parts::{MIDDLE_HALF, label, middle, named, pictured, rate};
use super::proportionality::told;
use crate::pages::chart::{DotRow, Dots, Point, Reference, Unit, Who};
use crate::pages::components::{Column, Figure, Table, Value};
use crate::pages::numbers::{amount, amount_gap, decimal, share, share_gap};
use crate::pages::page::Page;

pub(super) fn finding(view: &Gender) -> String {
    let rates = &view.custody.standardised;
    let n = rates.difference.smaller;
    match rates.women_per_100.value.zip(rates.men_per_100.value) {
        Some((women, men)) => format!(
            "Of 100 women and 100 men with the same mix of cases, {} women and {} men received immediate custody.",
            share(women, n),
            share(men, n)
        ),
        None => "There are too few like cases of women and men to compare them.".to_owned(),
    }
}

pub(super) fn figures(page: Page, view: &Gender) -> Page {
    let statements = view.header.statements.iter();
    let beside = statements
        .filter(|s| ["recorded_decisions", "comparable", "agreement"].contains(&s.code.as_str()));
    let page = beside.fold(page, |page, statement| page.text(&statement.text));
    let page = page
        .heading("1. Who receives immediate custody")
        .part(&rates(view))
        .part(&differences(view));
    let page = panel(
        page.heading("2. How long, of those who received it"),
        &view.columns,
        ("length", &view.length),
    );
    let page = panel(
        page.heading("3. Everything imposed, over everybody"),
        &view.columns,
        ("everybody", &view.everybody),
    );
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
        .heading("Ratios, for specialists")
        .text(
            "A ratio of odds is easily misread, and one for all strata misleads where they differ.",
        )
        .part(&ratios(view))
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
    let same_mix = [
        (Who::Women, &standardised.women_per_100),
        (Who::Men, &standardised.men_per_100),
    ];
    let same_mix = same_mix.map(|(who, figure)| (who, point(figure, None, n)));
    let dots = |places: &[usize]| {
        let strata = places.iter().filter_map(|place| custody.strata.get(*place));
        let rows = strata.map(|s| DotRow::stratum(label(&s.key), rate_points(&s.sexes)));
        let summaries = [
            DotRow::summary("All, crude", rate_points(&custody.sexes)),
            DotRow::summary("All, same mix of cases", same_mix.to_vec()),
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
    pictured("rates", finding(view), &sizes(&custody.strata), dots)
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

/// Women's rate less men's: the gap of each stratum, then crude and adjusted side by side.
fn differences(view: &Gender) -> Figure {
    let custody = &view.custody;
    let dots = |places: &[usize]| {
        let strata = places.iter().filter_map(|place| custody.strata.get(*place));
        let rows = strata.map(|s| DotRow::stratum(label(&s.key), gap(&s.gap)));
        let summaries = [
            ("All, crude", &custody.crude),
            ("Within strata (Mantel–Haenszel)", &custody.mantel_haenszel),
            (
                "Same mix of cases (standardised)",
                &custody.standardised.difference,
            ),
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

/// Crude and adjusted in one sentence.
fn side_by_side(view: &Gender) -> String {
    let words = |gap: &Difference| match (gap.per_100.value, gap.per_100.undefined) {
        (Some(value), _) => format!("{} of 100", share_gap(value, gap.smaller)),
        (None, Some(why)) => format!("not defined ({why})"),
        (None, None) => "not defined".to_owned(),
    };
    format!(
        "Women’s rate less men’s is {} over all cases and {} among like cases.",
        words(&view.custody.crude),
        words(&view.custody.adjusted.difference)
    )
}

fn severity_points(sexes: &[SexSpread]) -> Vec<(Who, Point)> {
    let known = sexes.iter();
    known
        .filter_map(|found| Some((who(&found.sex)?, middle(&found.spread))))
        .collect()
}

/// A panel of severities: medians of women and men in each stratum, then the differences of means.
fn panel(page: Page, columns: &[Term], (id, panel): (&str, &SeverityPanel)) -> Page {
    let Some(unit) = &panel.unit.value else {
        return page.text("No severity scale is in force, so penalties have no common measure.");
    };
    let dots = |places: &[usize]| {
        let strata = places.iter().filter_map(|place| panel.strata.get(*place));
        let rows = strata.map(|s| DotRow::stratum(label(&s.key), severity_points(&s.sexes)));
        Dots {
            title: format!("Median of women and men, in {unit}"),
            of: named(columns),
            unit: Unit::Amount(unit.clone()),
            dot: "median",
            span: MIDDLE_HALF,
            rows: rows
                .chain([DotRow::summary("All, crude", severity_points(&panel.sexes))])
                .collect(),
            reference: None,
        }
    };
    let sizes: Vec<u64> = panel
        .strata
        .iter()
        .map(|s| s.sexes.iter().map(|sex| sex.spread.n).sum())
        .collect();
    page.part(&pictured(
        &format!("{id}-medians"),
        medians(panel, unit),
        &sizes,
        dots,
    ))
    .part(&means(id, panel, unit))
}

fn medians(panel: &SeverityPanel, unit: &str) -> String {
    let median = |code: &str| {
        let found = panel.sexes.iter().find(|found| found.sex.code == code);
        found
            .and_then(|found| found.spread.median.value)
            .map(amount)
    };
    match (median("female"), median("male")) {
        (Some(women), Some(men)) => {
            format!(
                "Half of the women received at most {women} {unit}, half of the men at most {men}."
            )
        }
        _ => "So few women or men say nothing about a median.".to_owned(),
    }
}

/// Women's mean less men's: crude and among like cases.
fn means(id: &str, panel: &SeverityPanel, unit: &str) -> Figure {
    let row = |name: &str, gap: &MeanGap| {
        let interval = gap.interval.value.map(|i| (i.low, i.high));
        let point = point(&gap.difference, interval, gap.smaller);
        DotRow::summary(name, vec![(Who::All, point)])
    };
    let dots = Dots {
        title: format!("Women’s mean less men’s, in {unit}"),
        of: "Comparison".to_owned(),
        unit: Unit::AmountGap(unit.to_owned()),
        dot: "difference",
        span: "95% interval",
        rows: vec![
            row("All, crude", &panel.crude),
            row("Among like cases", &panel.adjusted),
        ],
        reference: Some(no_difference()),
    };
    let words = |gap: &MeanGap| match (gap.difference.value, gap.difference.undefined) {
        (Some(value), _) => amount_gap(value),
        (None, Some(why)) => format!("not defined ({why})"),
        (None, None) => "not defined".to_owned(),
    };
    let finding = format!(
        "Women’s mean less men’s is {} over all cases and {} among like cases, in {unit}.",
        words(&panel.crude),
        words(&panel.adjusted)
    );
    Figure::of(format!("{id}-means"), finding, &dots)
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
    let table = Table::new("Each sex as it was recorded", columns).quiet_caption();
    view.custody.sexes.iter().fold(table, |table, found| {
        let n = found.rate.n;
        let limits = found
            .rate
            .interval_per_100
            .value
            .map(|i| format!("{} to {}", share(i.low, n), share(i.high, n)));
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
            limits.map_or(Value::None, Value::Number),
            median.map_or(Value::None, |median| Value::Number(amount(median))),
        ])
    })
}

/// Ratios, women against men.
fn ratios(view: &Gender) -> Table {
    let found = &view.specialists;
    let columns = vec![
        Column::text("Women against men"),
        Column::number("Value"),
        Column::number("95% interval"),
    ];
    let table = Table::new("Ratios of immediate custody", columns).quiet_caption();
    let interval = |limits: &Shown<domain::statistics::Interval>| match limits.value {
        Some(i) => Value::Number(format!("{} to {}", decimal(i.low, 3), decimal(i.high, 3))),
        None => Value::None,
    };
    let three = |figure: &Shown<f64>| told(figure, |value| decimal(value, 3));
    let table = table
        .row(vec![
            "Odds ratio, crude".into(),
            three(&found.crude_odds_ratio),
            Value::None,
        ])
        .row(vec![
            "Odds ratio, Mantel–Haenszel".into(),
            three(&found.mantel_haenszel_odds_ratio),
            interval(&found.mantel_haenszel_odds_ratio_interval),
        ])
        .row(vec![
            "Risk ratio, Mantel–Haenszel".into(),
            three(&found.mantel_haenszel_risk_ratio),
            interval(&found.mantel_haenszel_risk_ratio_interval),
        ])
        .row(vec![
            "Do the strata agree? Breslow–Day–Tarone χ²".into(),
            three(&found.tarone_chi2),
            Value::None,
        ])
        .row(vec![
            "The probability of that χ² by chance".into(),
            told(&found.tarone_p, probability),
            Value::None,
        ])
        .row(vec![
            "E-value: how strong an unobserved cause of both would have to be".into(),
            three(&found.e_value),
            Value::None,
        ]);
    let columns = view.columns.as_slice();
    found.strata.iter().fold(table, |table, stratum| {
        let name = format!(
            "Odds ratio, {}: {}",
            named(columns).to_lowercase(),
            label(&stratum.key)
        );
        table.row(vec![
            Value::text(name),
            three(&stratum.odds_ratio),
            Value::None,
        ])
    })
}

/// A probability that is never shown as nothing.
fn probability(p: f64) -> String {
    if p < 0.001 {
        "under 0.001".to_owned()
    } else {
        decimal(p, 3)
    }
}
