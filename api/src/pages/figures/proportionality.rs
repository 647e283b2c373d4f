//! Do graver offences receive more?

use infra::views::Proportionality;
use infra::views::figure::Shown;
use infra::views::group::Spread;
use infra::views::proportionality::{Level, Order};
use infra::views::words::Term;

use super::parts::{
    Context, Received, custody, custody_rate, drawn, label, left_out, named, shares, strips,
    with_notes,
};
use super::steps;
use crate::pages::chart::{Chart, HeatCell, HeatMap, HeatRow};
use crate::pages::components::{Figure, Inset, SummaryList, Value};
use crate::pages::numbers::{count, decimal, share};
use crate::pages::page::Page;
use crate::pages::register::sentence_case;

pub(super) fn finding(view: &Proportionality) -> String {
    let sentence = view.order.sentence.clone();
    sentence.unwrap_or_else(|| custody_rate("Of all decisions", &view.total.custody))
}

pub(super) fn figures(page: Page, context: &Context<'_>, view: &Proportionality) -> Page {
    let (of, graded) = (named(&view.columns), view.order.pairs.value.is_some());
    let page = if graded {
        order(page.heading("Does the graver case get more?"), view)
    } else {
        page.part(&no_gravity(view))
    };
    let page = match steps::steps(context, view) {
        Some((figure, list)) => page
            .heading("Does each step up receive more?")
            .part(&figure)
            .part(&list),
        None => page,
    };
    let page = match heat(view) {
        Some(figure) => page
            .heading(format!("Severity by {}", of.to_lowercase()))
            .part(&figure),
        None => page,
    };
    let title = format!("Disposals by {}", of.to_lowercase());
    let rows: Vec<Received<'_>> = view.groups.iter().map(received).collect();
    let total = received(&view.total);
    let figure = shares(context, ("shares", &title), &view.columns, &rows, &total);
    let page = page.heading(title).part(&figure);
    let page = severities(page, view);
    let rates: Vec<_> = view
        .groups
        .iter()
        .map(|l| (l.key.as_slice(), &l.custody))
        .collect();
    let page = page
        .heading("How many received immediate custody")
        .part(&custody(&view.columns, &rates, &view.total.custody));
    if view.offences.is_empty() {
        return page;
    }
    let columns = ["category", "offence"].map(|code| Term {
        code: code.to_owned(),
        title: sentence_case(code),
    });
    let rows: Vec<Received<'_>> = view.offences.iter().map(received).collect();
    let total = received(&view.total);
    let title = "Disposals by offence";
    page.heading(title).part(&shares(
        context,
        ("offences", title),
        &columns,
        &rows,
        &total,
    ))
}

/// What is said in place of an order where offences are not ranked.
fn no_gravity(view: &Proportionality) -> Inset {
    let gap = view.order.tau_b.undefined;
    let gap = gap.map_or_else(String::new, |why| why.to_string());
    let text = format!(
        "There is {gap} in force here: no ranking of these offences cites a source, and gravity is never made from \
         sentences. So it cannot be said whether graver offences receive more; what was imposed is shown by offence."
    );
    Inset { text, source: None }
}

/// The three figures that are read together, and under how many scales they point the same way.
fn order(page: Page, view: &Proportionality) -> Page {
    let Order {
        inversion_per_100,
        flat_per_100,
        tau_b,
        pairs,
        not_compared,
        ..
    } = &view.order;
    let n = pairs.value.map_or(0, |pairs| pairs.n);
    let of_100 = |figure: &Shown<f64>| told(figure, |value| format!("{} of 100", share(value, n)));
    let list = SummaryList::default()
        .row(
            "The graver case got less (inversion rate)",
            of_100(inversion_per_100),
        )
        .row("Both got the same (flat rate)", of_100(flat_per_100))
        .row(
            "Order over all pairs (tau-b): 1 where it always agrees, 0 where there is none",
            told(tau_b, |value| decimal(value, 2)),
        )
        .row("Decisions compared", Value::count(n))
        .row(
            "Not compared: gravity or severity not known",
            Value::count(*not_compared),
        );
    let page = page.part(&list).text(
        "The three are read together: one tariff for everything would have no inversion at all, and only its flat \
         rate would show it.",
    );
    let sentence = view
        .sensitivity
        .as_ref()
        .and_then(|found| found.sentence.clone());
    match sentence {
        Some(sentence) => page.text(sentence),
        None => page,
    }
}

/// A figure as people read it, or why there is none.
pub(super) fn told(figure: &Shown<f64>, write: impl Fn(f64) -> String) -> Value {
    match (figure.value, figure.undefined) {
        (Some(value), _) => Value::Number(write(value)),
        (None, Some(why)) => Value::Undefined(why.to_string()),
        (None, None) => Value::None,
    }
}

/// The map of gravity and severity: what a reader sees first is whether the dark cells run down the diagonal.
fn heat(view: &Proportionality) -> Option<Figure> {
    if view.bands.is_empty() {
        return None;
    }
    let scale = view.header.policies.scale.as_ref()?.value.as_ref()?;
    let sizes: Vec<u64> = view.groups.iter().map(|level| level.n).collect();
    let used: Vec<usize> = (0..view.bands.len())
        .filter(|at| in_band(&view.total, *at) > 0)
        .collect();
    let row = |level: &Level| heat_row(level, &used);
    let map = |rows: Vec<HeatRow>| HeatMap {
        title: format!("{} and severity", named(&view.columns)),
        of: named(&view.columns),
        across: format!("Severity, converted to {}", scale.unit),
        bands: used
            .iter()
            .filter_map(|at| Some(view.bands.get(*at)?.title.clone()))
            .collect(),
        rows,
    };
    let pictured = drawn(&sizes)
        .into_iter()
        .filter_map(|at| view.groups.get(at))
        .map(row);
    let finding = view.order.sentence.clone();
    let finding = finding
        .unwrap_or_else(|| "Each row is a hundred decisions, by what they weigh.".to_owned());
    let mut figure = Figure::of("map", finding, &map(pictured.collect()));
    figure.table = map(view.groups.iter().map(row).collect()).table();
    let known = format!(
        "{} of {} decisions have a severity under this scale.",
        count(view.total.severity.n),
        count(view.total.n)
    );
    Some(with_notes(
        figure,
        left_out(sizes.len()).into_iter().chain([known]),
    ))
}

fn in_band(level: &Level, at: usize) -> u64 {
    level.bands.get(at).copied().unwrap_or_default()
}

/// The row of a level; the median lies in the first band that half of its decisions do not go beyond.
fn heat_row(level: &Level, used: &[usize]) -> HeatRow {
    let counts: Vec<u64> = used.iter().map(|at| in_band(level, *at)).collect();
    let n: u64 = counts.iter().sum();
    let mut reached = 0;
    let median = counts.iter().position(|count| {
        reached += count;
        reached >= n.div_ceil(2)
    });
    HeatRow {
        label: label(&level.key),
        cells: counts.into_iter().map(HeatCell::Count).collect(),
        median: median.filter(|_| n >= infra::views::figure::FEWEST),
    }
}

fn received(level: &Level) -> Received<'_> {
    Received {
        key: &level.key,
        n: level.n,
        disposals: &level.disposals,
    }
}

fn severities(page: Page, view: &Proportionality) -> Page {
    let scale = view.header.policies.scale.as_ref();
    let Some(scale) = scale.and_then(|scale| scale.value.as_ref()) else {
        return page.text("No severity scale is in force, so penalties of different kinds are not set side by side.");
    };
    let strip = |id, title, of: fn(&Level) -> &Spread| {
        let rows: Vec<_> = view
            .groups
            .iter()
            .map(|l| (l.key.as_slice(), of(l)))
            .collect();
        strips(
            (id, title, scale.unit.as_str()),
            &view.columns,
            &rows,
            of(&view.total),
        )
    };
    let everybody = strip("everybody", "Over everybody", |level| &level.severity);
    let given = strip("custody-length", "Of those in immediate custody", |level| {
        &level.given_custody
    });
    page.heading("How severe: half of the decisions, and the middle half")
        .part(&everybody)
        .part(&given)
}
