//! A view as text for a terminal.

use infra::views::View;
use infra::views::disposals::{DisposalGroup, Disposals};
use infra::views::figure::{Difference, Quantity, Rate, Reliability, Shown};
use infra::views::gender::{Gender, MeanGap, SeverityPanel, SexRate};
use infra::views::group::{DisposalCount, Spread};
use infra::views::header::Header;
use infra::views::proportionality::{Level, Proportionality};
use infra::views::sensitivity::Sensitivity;
use infra::views::words::Term;

use super::against::departures;
use super::alike::parity;
use super::shares::{alternatives, reconviction};
use super::sheet::Sheet;
use crate::pages::numbers::{amount, amount_gap, count, decimal, share, share_gap};

/// A view as text: what it says of itself, its tables, and what to read with them.
pub fn render_text(view: &View) -> String {
    let mut out = head(view.header());
    if let Some(said) = view.header().nothing() {
        line(&mut out, said);
        return out;
    }
    match view {
        View::Disposals(view) => disposals(view, &mut out),
        View::Proportionality(view) => proportionality(view, &mut out),
        View::Gender(view) => gender(view, &mut out),
        View::Alternatives(view) => alternatives(view, &mut out),
        View::Reconviction(view) => reconviction(view, &mut out),
        View::Parity(view) => parity(view, &mut out),
        View::Departures(view) => departures(view, &mut out),
    }
    foot(view.header(), &mut out);
    out
}

pub(super) fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

fn head(header: &Header) -> String {
    let mut out = String::new();
    line(&mut out, &header.title);
    line(&mut out, &format!("{}.", header.population));
    let entry = match header.as_of.index {
        Some(index) => format!("entry {index}"),
        None => "before the first entry".to_owned(),
    };
    let (instant, decisions) = (header.as_of.instant, count(header.decisions));
    line(
        &mut out,
        &format!("As of {entry}, {instant}: {decisions} decisions."),
    );
    let policies = &header.policies;
    line(&mut out, &format!("Rules: {}.", policies.rules.join(", ")));
    if let Some(scale) = &policies.scale {
        let text = match (&scale.value, scale.undefined) {
            (Some(s), _) => format!(
                "{} ({}), in {}.\n  {}.",
                s.version, s.title, s.unit, s.source
            ),
            (None, Some(why)) => format!("{why}."),
            (None, None) => String::new(),
        };
        line(&mut out, &format!("Severity scale: {text}"));
    }
    if let Some(gravity) = &policies.gravity {
        let text = match (&gravity.value, gravity.undefined) {
            (Some(g), _) => format!("{} ({}).\n  {}.", g.version, g.title, g.source),
            (None, Some(why)) => format!("{why}."),
            (None, None) => String::new(),
        };
        line(&mut out, &format!("Gravity: {text}"));
    }
    out.push('\n');
    out
}

fn foot(header: &Header, out: &mut String) {
    let silent = &header.sex_not_recorded;
    let mut text = format!(
        "Sex not recorded: {} of {} ({} of 100)",
        count(silent.not_recorded),
        count(silent.n),
        shown(&silent.per_100, 1)
    );
    let years: Vec<String> = header
        .sex_not_recorded_by_year
        .iter()
        .map(|year| format!("{} {}", year.year.title, shown(&year.share.per_100, 1)))
        .collect();
    if !years.is_empty() {
        text.push_str(&format!("; by year {}", years.join(", ")));
    }
    line(out, &format!("{text}."));
    line(
        out,
        "An asterisk marks figures that rest on 10 to 29 decisions.",
    );
    for statement in &header.statements {
        line(out, &format!("- {}", statement.text));
    }
}

pub(super) const NONE: &str = "–";

pub(super) fn shown(figure: &Shown<f64>, places: usize) -> String {
    written(figure, |value| decimal(value, places))
}

pub(super) fn written(figure: &Shown<f64>, write: impl Fn(f64) -> String) -> String {
    match (figure.value, figure.undefined) {
        (Some(value), _) => write(value),
        (None, Some(why)) => format!("{NONE} ({why})"),
        (None, None) => NONE.to_owned(),
    }
}

pub(super) fn mark(reliability: Reliability) -> &'static str {
    match reliability {
        Reliability::Few => "*",
        Reliability::CountsOnly | Reliability::Enough => "",
    }
}

fn rate(rate: &Rate) -> [String; 2] {
    let limits = match rate.interval_per_100.value {
        Some(i) => format!("{} to {}", share(i.low, rate.n), share(i.high, rate.n)),
        None => NONE.to_owned(),
    };
    let value = written(&rate.per_100, |value| share(value, rate.n));
    [format!("{value}{}", mark(rate.reliability)), limits]
}

fn difference(gap: &Difference) -> [String; 2] {
    let n = gap.smaller;
    let limits = match gap.interval_per_100.value {
        Some(i) => format!("{} to {}", share_gap(i.low, n), share_gap(i.high, n)),
        None => NONE.to_owned(),
    };
    let value = written(&gap.per_100, |value| share_gap(value, n));
    [format!("{value}{}", mark(gap.reliability)), limits]
}

fn mean_gap(gap: &MeanGap) -> String {
    let value = written(&gap.difference, amount_gap);
    match gap.interval.value {
        Some(i) => format!("{value} ({} to {})", amount_gap(i.low), amount_gap(i.high)),
        None => value,
    }
}

pub(super) fn quantity(quantity: &Quantity) -> String {
    quantity.value.map_or_else(|| NONE.to_owned(), amount)
}

fn spread(spread: &Spread) -> [String; 4] {
    [
        count(spread.n),
        format!("{}{}", quantity(&spread.median), mark(spread.reliability)),
        quantity(&spread.lower_quartile),
        quantity(&spread.upper_quartile),
    ]
}

pub(super) fn titles(key: &[Term]) -> String {
    if key.is_empty() {
        return "all".to_owned();
    }
    let titles: Vec<&str> = key.iter().map(|term| term.title.as_str()).collect();
    titles.join(" · ")
}

pub(super) fn named(columns: &[Term]) -> String {
    let titles: Vec<&str> = columns.iter().map(|term| term.title.as_str()).collect();
    titles.join(" · ")
}

/// The counts of the disposals of the total, in its order.
fn counts(kinds: &[DisposalCount], disposals: &[DisposalCount]) -> Vec<String> {
    let n = |kind: &DisposalCount| {
        let found = disposals.iter().find(|d| d.disposal == kind.disposal);
        count(found.map_or(0, |d| d.n))
    };
    kinds.iter().map(n).collect()
}

fn disposal_sheet(columns: &[Term], kinds: &[DisposalCount]) -> Sheet {
    let mut sheet = Sheet::new(named(columns));
    sheet.columns(kinds.iter().map(|kind| kind.disposal.title.clone()));
    sheet.columns(["all", "custody of 100", "95 % interval"]);
    sheet
}

fn disposals(view: &Disposals, out: &mut String) {
    let kinds = &view.total.disposals;
    let mut sheet = disposal_sheet(&view.columns, kinds);
    let row = |sheet: &mut Sheet, group: &DisposalGroup| {
        let mut cells = counts(kinds, &group.disposals);
        cells.push(count(group.n));
        cells.extend(rate(&group.custody));
        sheet.row(titles(&group.key), cells);
    };
    view.groups.iter().for_each(|group| row(&mut sheet, group));
    row(&mut sheet, &view.total);
    sheet.write(out);
}

fn levels(columns: &[Term], groups: &[&Level], kinds: &[DisposalCount], out: &mut String) {
    let mut by_sex = disposal_sheet(columns, kinds);
    let mut severity = Sheet::new(named(columns));
    severity.columns(["known", "median", "lower quartile", "upper quartile"]);
    severity.columns(["in custody", "median", "lower quartile", "upper quartile"]);
    for level in groups {
        let mut cells = counts(kinds, &level.disposals);
        cells.push(count(level.n));
        cells.extend(rate(&level.custody));
        by_sex.row(titles(&level.key), cells);
        for sex in &level.sexes {
            let mut cells = counts(kinds, &sex.disposals);
            cells.push(count(sex.n));
            cells.extend(rate(&sex.custody));
            by_sex.row(format!("  {}", sex.sex.title), cells);
        }
        let mut cells = spread(&level.severity).to_vec();
        cells.extend(spread(&level.given_custody));
        severity.row(titles(&level.key), cells);
    }
    by_sex.write(out);
    line(
        out,
        "Severity over everybody, then how long, of those in custody",
    );
    severity.write(out);
}

/// So many offences a terminal shows; the others are in JSON and CSV.
const OFFENCES: usize = 20;

fn proportionality(view: &Proportionality, out: &mut String) {
    let kinds = &view.total.disposals;
    let groups: Vec<&Level> = view.groups.iter().chain([&view.total]).collect();
    levels(&view.columns, &groups, kinds, out);
    if !view.offences.is_empty() {
        let mut offences: Vec<&Level> = view.offences.iter().collect();
        offences.sort_by_key(|level| std::cmp::Reverse(level.n));
        let more = offences.len().saturating_sub(OFFENCES);
        offences.truncate(OFFENCES);
        let shown = offences.len();
        line(
            out,
            &format!("The {shown} most frequent offences; {more} more as JSON and CSV"),
        );
        let columns = ["Category", "Offence"].map(|title| Term {
            code: title.to_lowercase(),
            title: title.to_owned(),
        });
        levels(&columns, &offences, kinds, out);
    }
    let order = &view.order;
    let mut sheet = Sheet::new("Does the graver case get more?");
    sheet.columns(["inversions of 100", "flat of 100", "tau-b", "not compared"]);
    let cells = vec![
        shown(&order.inversion_per_100, 1),
        shown(&order.flat_per_100, 1),
        shown(&order.tau_b, 3),
        count(order.not_compared),
    ];
    sheet.row("all pairs of different gravity".to_owned(), cells);
    sheet.write(out);
    if let Some(sentence) = &order.sentence {
        line(out, &format!("{sentence}\n"));
    }
    sensitivity(view.sensitivity.as_ref(), out);
}

fn custody_row(sheet: &mut Sheet, name: String, sexes: &[SexRate], gap: &Difference) {
    let mut cells = Vec::new();
    for code in ["female", "male", "not_recorded"] {
        match sexes.iter().find(|sex| sex.sex.code == code) {
            Some(sex) => {
                let [share, _] = rate(&sex.rate);
                cells.push(format!(
                    "{} / {}",
                    count(sex.rate.custody),
                    count(sex.rate.n)
                ));
                cells.push(share);
            }
            None => cells.extend(["0 / 0".to_owned(), NONE.to_owned()]),
        }
    }
    cells.extend(difference(gap));
    sheet.row(name, cells);
}

fn gender(view: &Gender, out: &mut String) {
    custody(view, out);
    let (length, everybody) = (&view.length, &view.everybody);
    severities(
        "2. How long, of those who received custody",
        &view.columns,
        length,
        out,
    );
    severities("3. Severity over everybody", &view.columns, everybody, out);
    sensitivity(view.sensitivity.as_ref(), out);
    let ratios = &view.specialists;
    let mut sheet = Sheet::new("For specialists");
    sheet.columns(["women against men"]);
    for (name, figure) in [
        ("odds ratio, crude", &ratios.crude_odds_ratio),
        (
            "odds ratio, Mantel–Haenszel",
            &ratios.mantel_haenszel_odds_ratio,
        ),
        (
            "Cochran–Mantel–Haenszel χ²",
            &ratios.cochran_mantel_haenszel_chi2,
        ),
        ("Breslow–Day–Tarone χ²", &ratios.tarone_chi2),
        ("its probability by chance", &ratios.tarone_p),
        ("E-value", &ratios.e_value),
        (
            "Student’s t, given custody, men − women",
            &view.length.student.t,
        ),
        (
            "Student’s t, everybody, men − women",
            &view.everybody.student.t,
        ),
    ] {
        sheet.row(name.to_owned(), vec![shown(figure, 4)]);
    }
    sheet.write(out);
}

fn custody(view: &Gender, out: &mut String) {
    line(out, "1. Who receives immediate custody");
    let panel = &view.custody;
    let mut sheet = Sheet::new(named(&view.columns));
    sheet.columns(["women", "of 100", "men", "of 100", "not recorded", "of 100"]);
    sheet.columns(["women − men of 100", "95 % interval"]);
    for stratum in &panel.strata {
        let name = titles(&stratum.key);
        custody_row(&mut sheet, name, &stratum.sexes, &stratum.gap);
    }
    let all = "all, crude".to_owned();
    custody_row(&mut sheet, all, &panel.sexes, &panel.crude);
    sheet.write(out);
    let mut sheet = Sheet::new("women − men among like cases");
    sheet.columns(["of 100", "95 % interval"]);
    for (name, gap) in [
        ("standardised", &panel.standardised.difference),
        ("Mantel–Haenszel", &panel.mantel_haenszel),
    ] {
        sheet.row(name.to_owned(), difference(gap).to_vec());
    }
    sheet.write(out);
}

fn severities(caption: &str, columns: &[Term], panel: &SeverityPanel, out: &mut String) {
    let unit = panel.unit.value.as_deref().unwrap_or("no severity scale");
    line(out, &format!("{caption}, in {unit}"));
    let mut sheet = Sheet::new(format!("{} · sex", named(columns)));
    sheet.columns([
        "known",
        "median",
        "lower quartile",
        "upper quartile",
        "mean",
    ]);
    let strata = panel.strata.iter().map(|s| (titles(&s.key), &s.sexes));
    for (name, sexes) in strata.chain([("all".to_owned(), &panel.sexes)]) {
        for sex in sexes {
            let mut cells = spread(&sex.spread).to_vec();
            let mean = sex.spread.mean.value;
            cells.push(mean.map_or_else(|| NONE.to_owned(), amount));
            sheet.row(format!("{name} · {}", sex.sex.title), cells);
        }
    }
    sheet.write(out);
    let (crude, adjusted) = (mean_gap(&panel.crude), mean_gap(&panel.adjusted));
    line(
        out,
        &format!("Women's mean less men's: {crude} crude, {adjusted} among like cases.\n"),
    );
}

fn sensitivity(found: Option<&Sensitivity>, out: &mut String) {
    let Some(found) = found else { return };
    let mut sheet = Sheet::new("Under each severity scale");
    sheet.columns(["headline"]);
    for under in &found.scales {
        let name = format!("{} ({})", under.scale.code, under.scale.title);
        sheet.row(name, vec![written(&under.headline, amount_gap)]);
    }
    sheet.write(out);
    if let Some(sentence) = &found.sentence {
        line(out, &format!("{sentence}\n"));
    }
}
