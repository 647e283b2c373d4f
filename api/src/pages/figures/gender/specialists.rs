//! The same question by the methods that specialists ask for.

use infra::views::Gender;
use infra::views::figure::Shown;

use super::super::parts::{label, named};
use super::super::proportionality::told;
use super::limits;
use crate::pages::components::{Column, Table, Value};
use crate::pages::numbers::{decimal, share_gap};

/// The difference and ratios over all strata, then the ratio of each.
pub(super) fn specialists(view: &Gender) -> Table {
    let columns = vec![
        Column::text("Women against men"),
        Column::number("Value"),
        Column::number("95% interval"),
    ];
    let table = Table::new("Ratios and tests", columns).folded();
    let of = named(&view.columns).to_lowercase();
    let strata = view.specialists.strata.iter().map(|stratum| {
        let name = format!("Odds ratio, {of}: {}", label(&stratum.key));
        (Value::text(name), ratio(&stratum.odds_ratio), Value::None)
    });
    let rows = pooled(view).into_iter().chain(means(view)).chain(strata);
    rows.fold(table, |table, (name, value, limits)| {
        table.row(vec![name, value, limits])
    })
}

/// What is said over all strata: its name, its value, its interval.
fn pooled(view: &Gender) -> [(Value, Value, Value); 8] {
    let found = &view.specialists;
    let difference = &view.custody.mantel_haenszel;
    let gap = |value| share_gap(value, difference.smaller);
    [
        (
            "Difference of 100, Mantel–Haenszel".into(),
            told(&difference.per_100, gap),
            limits(&difference.interval_per_100, gap),
        ),
        (
            "Odds ratio, all cases".into(),
            ratio(&found.crude_odds_ratio),
            Value::None,
        ),
        (
            "Odds ratio, Mantel–Haenszel".into(),
            ratio(&found.mantel_haenszel_odds_ratio),
            limits(&found.mantel_haenszel_odds_ratio_interval, three),
        ),
        (
            "Risk ratio, Mantel–Haenszel".into(),
            ratio(&found.mantel_haenszel_risk_ratio),
            limits(&found.mantel_haenszel_risk_ratio_interval, three),
        ),
        (
            "Sex and custody within strata, Cochran–Mantel–Haenszel χ²".into(),
            ratio(&found.cochran_mantel_haenszel_chi2),
            Value::None,
        ),
        (
            "Do the strata agree? Breslow–Day–Tarone χ²".into(),
            ratio(&found.tarone_chi2),
            Value::None,
        ),
        (
            "The probability of that χ² by chance".into(),
            told(&found.tarone_p, probability),
            Value::None,
        ),
        (
            "E-value: how strong an unobserved cause of both would have to be".into(),
            ratio(&found.e_value),
            Value::None,
        ),
    ]
}

/// How the means of severities were tested.
fn means(view: &Gender) -> [(Value, Value, Value); 4] {
    [
        (
            "Severity given custody, men less women: Student’s t".into(),
            ratio(&view.length.student.t),
            Value::None,
        ),
        (
            "Severity over everybody, men less women: Student’s t".into(),
            ratio(&view.everybody.student.t),
            Value::None,
        ),
        (
            "The probability of the last t by chance".into(),
            told(&view.everybody.student.p, probability),
            Value::None,
        ),
        (
            "Standard error HC1 of the difference of means among like cases".into(),
            ratio(&view.everybody.adjusted.error_hc1),
            Value::None,
        ),
    ]
}

fn ratio(figure: &Shown<f64>) -> Value {
    told(figure, three)
}

fn three(value: f64) -> String {
    decimal(value, 3)
}

/// A probability that is never shown as nothing.
fn probability(p: f64) -> String {
    if p < 0.001 {
        "under 0.001".to_owned()
    } else {
        three(p)
    }
}
