//! A view as CSV: one figure a row, unrounded, so that a spreadsheet may arrange it.

use domain::statistics::Interval;
use infra::views::View;
use infra::views::bands::Band;
use infra::views::disposals::DisposalGroup;
use infra::views::figure::{Difference, Quantity, Rate, Shown, Why};
use infra::views::gender::{CustodyPanel, Gender, SeverityPanel};
use infra::views::group::{DisposalCount, Spread};
use infra::views::header::Header;
use infra::views::proportionality::Level;
use infra::views::sensitivity::Sensitivity;
use infra::views::words::Term;

const HEAD: [&str; 10] = [
    "panel",
    "group",
    "sex",
    "disposal",
    "measure",
    "value",
    "low",
    "high",
    "n",
    "undefined",
];

/// One figure of a view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// Where it stands and what it measures: panel, group, sex, disposal and measure.
    pub words: [String; 5],
    /// Value, lower and upper limit, how many it rests on, and why there is no value.
    pub figures: [String; 5],
}

/// Where a figure stands.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    panel: &'a str,
    group: &'a str,
    sex: &'a str,
}

/// A view as CSV.
pub fn render_csv(view: &View) -> String {
    let mut csv = line(&HEAD);
    for Row { words, figures } in rows(view) {
        let cells: Vec<&str> = words.iter().chain(&figures).map(String::as_str).collect();
        csv.push_str(&line(&cells));
    }
    csv
}

/// A line of CSV.
pub(super) fn line(cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
    format!("{}\n", cells.join(","))
}

/// Every figure of a view, with what the view says of itself.
pub(crate) fn rows(view: &View) -> Vec<Row> {
    let mut rows = Rows(Vec::new());
    rows.header(view.header());
    match view {
        View::Disposals(view) => {
            for group in view.groups.iter().chain([&view.total]) {
                rows.disposals(&view.columns, group);
            }
        }
        View::Proportionality(view) => {
            for level in view.groups.iter().chain([&view.total]) {
                rows.level("groups", &view.columns, level);
                rows.bands(&view.columns, &view.bands, level);
            }
            let columns = ["category", "offence"].map(|code| Term {
                code: code.to_owned(),
                title: String::new(),
            });
            for level in &view.offences {
                rows.level("offences", &columns, level);
            }
            let order = Place::of("order", "");
            rows.figure(
                order,
                "inversion_per_100",
                &view.order.inversion_per_100,
                None,
            );
            rows.figure(order, "flat_per_100", &view.order.flat_per_100, None);
            rows.figure(order, "tau_b", &view.order.tau_b, None);
            rows.count(order, "", "not_compared", view.order.not_compared);
            rows.steps(view);
            rows.sensitivity(view.sensitivity.as_ref());
        }
        View::Gender(view) => rows.gender(view),
        View::Alternatives(view) => rows.alternatives(view),
        View::Reconviction(view) => rows.reconviction(view),
        View::Parity(view) => rows.parity(view),
        View::Departures(view) => rows.departures(view),
    }
    rows.0
}

impl<'a> Place<'a> {
    pub(super) fn of(panel: &'a str, group: &'a str) -> Self {
        Self {
            panel,
            group,
            sex: "",
        }
    }
}

pub(super) struct Rows(Vec<Row>);

impl Rows {
    fn row(&mut self, place: Place<'_>, disposal: &str, measure: &str, figures: [String; 5]) {
        let words = [place.panel, place.group, place.sex, disposal, measure];
        self.0.push(Row {
            words: words.map(str::to_owned),
            figures,
        });
    }

    pub(super) fn count(&mut self, place: Place<'_>, disposal: &str, measure: &str, n: u64) {
        let none = String::new;
        self.row(
            place,
            disposal,
            measure,
            [n.to_string(), none(), none(), none(), none()],
        );
    }

    pub(super) fn figure(
        &mut self,
        place: Place<'_>,
        measure: &str,
        figure: &Shown<f64>,
        of: Option<(&Shown<Interval>, u64)>,
    ) {
        let interval = of.and_then(|(interval, _)| interval.value);
        let number = |value: Option<f64>| value.map_or_else(String::new, |v| v.to_string());
        self.row(
            place,
            "",
            measure,
            [
                number(figure.value),
                number(interval.map(|i| i.low)),
                number(interval.map(|i| i.high)),
                of.map_or_else(String::new, |(_, n)| n.to_string()),
                code(figure.undefined),
            ],
        );
    }

    pub(super) fn quantity(
        &mut self,
        place: Place<'_>,
        measure: &str,
        quantity: &Quantity,
        n: u64,
    ) {
        let value = quantity.value.map_or_else(String::new, |v| v.to_string());
        let none = String::new;
        let figures = [
            value,
            none(),
            none(),
            n.to_string(),
            code(quantity.undefined),
        ];
        self.row(place, "", measure, figures);
    }

    fn header(&mut self, header: &Header) {
        let place = Place::of("view", "");
        let said = |text: String| {
            let none = String::new;
            [text, none(), none(), none(), none()]
        };
        self.row(place, "", "view", said(header.view.to_string()));
        let index = header
            .as_of
            .index
            .map_or_else(String::new, |i| i.to_string());
        self.row(place, "", "as_of_entry", said(index));
        self.row(
            place,
            "",
            "as_of_instant",
            said(header.as_of.instant.to_string()),
        );
        self.row(place, "", "population", said(header.population.clone()));
        self.row(place, "", "rules", said(header.policies.rules.join(" ")));
        let scale = header
            .policies
            .scale
            .as_ref()
            .and_then(|s| s.value.as_ref());
        if let Some(scale) = scale {
            self.row(place, "", "severity_scale", said(scale.version.clone()));
        }
        if let Some(most) = &header.policies.severity_at_most {
            self.row(place, "", "severity_at_most", said(most.clone()));
        }
        if let Some(fewest) = header.policies.fewest {
            self.count(place, "", "fewest", fewest);
        }
        self.count(place, "", "decisions", header.decisions);
        for year in &header.sex_not_recorded_by_year {
            let group = format!("year={}", year.year.code);
            let place = Place::of("sex_not_recorded", &group);
            self.count(place, "", "not_recorded", year.share.not_recorded);
            self.count(place, "", "decisions", year.share.n);
        }
    }

    fn counts(&mut self, place: Place<'_>, counts: &[DisposalCount]) {
        for count in counts {
            self.count(place, &count.disposal.code, "decisions", count.n);
        }
    }

    fn rate(&mut self, place: Place<'_>, rate: &Rate) {
        let of = Some((&rate.interval_per_100, rate.n));
        self.figure(place, "custody_per_100", &rate.per_100, of);
    }

    fn gap(&mut self, place: Place<'_>, measure: &str, gap: &Difference) {
        let interval = gap.interval_per_100.value;
        let number = |value: Option<f64>| value.map_or_else(String::new, |v| v.to_string());
        let figures = [
            number(gap.per_100.value),
            number(interval.map(|i| i.low)),
            number(interval.map(|i| i.high)),
            gap.smaller.to_string(),
            code(gap.per_100.undefined),
        ];
        self.row(place, "", measure, figures);
    }

    fn spread(&mut self, place: Place<'_>, name: &str, spread: &Spread) {
        for (part, quantity) in [
            ("lower_quartile", &spread.lower_quartile),
            ("median", &spread.median),
            ("upper_quartile", &spread.upper_quartile),
        ] {
            self.quantity(place, &format!("{name}_{part}"), quantity, spread.n);
        }
        self.figure(
            place,
            &format!("{name}_known_per_100"),
            &spread.known_per_100,
            None,
        );
        for (part, quantity) in [
            ("median_at_least", &spread.median_at_least),
            ("median_at_most", &spread.median_at_most),
        ] {
            self.quantity(place, &format!("{name}_{part}"), quantity, spread.n);
        }
        self.figure(place, &format!("{name}_mean"), &spread.mean, None);
    }

    fn disposals(&mut self, columns: &[Term], group: &DisposalGroup) {
        let key = key(columns, &group.key);
        let place = Place::of("disposals", &key);
        self.counts(place, &group.disposals);
        self.figure(place, "of_all_per_100", &group.of_all_per_100, None);
        self.rate(place, &group.custody);
    }

    fn level(&mut self, panel: &str, columns: &[Term], level: &Level) {
        let key = key(columns, &level.key);
        let place = Place::of(panel, &key);
        self.counts(place, &level.disposals);
        self.rate(place, &level.custody);
        self.spread(place, "severity", &level.severity);
        self.spread(place, "given_custody", &level.given_custody);
        for sex in &level.sexes {
            let place = Place {
                sex: &sex.sex.code,
                ..place
            };
            self.counts(place, &sex.disposals);
            self.rate(place, &sex.custody);
        }
    }

    fn gender(&mut self, view: &Gender) {
        let custody = &view.custody;
        let crude = std::iter::once((String::new(), &custody.sexes, &custody.crude));
        let strata = custody
            .strata
            .iter()
            .map(|s| (key(&view.columns, &s.key), &s.sexes, &s.gap));
        for (key, sexes, gap) in strata.chain(crude) {
            let place = Place::of("custody", &key);
            for sex in sexes {
                let place = Place {
                    sex: &sex.sex.code,
                    ..place
                };
                self.rate(place, &sex.rate);
            }
            self.gap(place, "women_less_men_per_100", gap);
        }
        self.bounds(custody);
        let place = Place::of("custody", "");
        let standardised = &custody.standardised;
        for (sex, rate) in [
            ("female", &standardised.women_per_100),
            ("male", &standardised.men_per_100),
        ] {
            let place = Place { sex, ..place };
            self.figure(place, "standardised_rate_per_100", rate, None);
        }
        self.gap(place, "standardised_per_100", &standardised.difference);
        self.gap(place, "mantel_haenszel_per_100", &custody.mantel_haenszel);
        self.case_mix(&view.columns, custody);
        self.panel("length", &view.columns, &view.length);
        self.panel("everybody", &view.columns, &view.everybody);
        self.sensitivity(view.sensitivity.as_ref());
        let place = Place::of("specialists", "");
        let ratios = &view.specialists;
        self.figure(place, "crude_odds_ratio", &ratios.crude_odds_ratio, None);
        let interval = &ratios.mantel_haenszel_odds_ratio_interval;
        let n = view.header.decisions;
        let pooled = &ratios.mantel_haenszel_odds_ratio;
        self.figure(
            place,
            "mantel_haenszel_odds_ratio",
            pooled,
            Some((interval, n)),
        );
        let association = &ratios.cochran_mantel_haenszel_chi2;
        self.figure(place, "cochran_mantel_haenszel_chi2", association, None);
        let by_chance = &ratios.cochran_mantel_haenszel_p;
        self.figure(place, "cochran_mantel_haenszel_p", by_chance, None);
        self.figure(place, "tarone_chi2", &ratios.tarone_chi2, None);
        self.figure(place, "tarone_p", &ratios.tarone_p, None);
        self.figure(place, "e_value", &ratios.e_value, None);
    }

    /// What silence about the sex could hide; there is no value between the limits.
    fn bounds(&mut self, custody: &CustodyPanel) {
        let bounds = Shown {
            value: None,
            undefined: custody.crude_bounds_per_100.undefined,
        };
        let of = Some((&custody.crude_bounds_per_100, custody.crude.smaller));
        self.figure(
            Place::of("custody", ""),
            "women_less_men_bounds_per_100",
            &bounds,
            of,
        );
    }

    fn panel(&mut self, name: &str, columns: &[Term], panel: &SeverityPanel) {
        let all = std::iter::once((String::new(), &panel.sexes));
        let strata = panel
            .strata
            .iter()
            .map(|s| (key(columns, &s.key), &s.sexes));
        for (key, sexes) in strata.chain(all) {
            for sex in sexes {
                let place = Place {
                    sex: &sex.sex.code,
                    ..Place::of(name, &key)
                };
                self.spread(place, "severity", &sex.spread);
            }
        }
        for stratum in &panel.strata {
            let key = key(columns, &stratum.key);
            let place = Place::of(name, &key);
            let gaps = [
                ("women_less_men_of_medians", &stratum.gap_of_medians),
                ("women_less_men_of_means", &stratum.gap_of_means),
            ];
            for (measure, gap) in gaps {
                self.figure(place, measure, gap, None);
            }
        }
        for (measure, gap) in [
            ("women_less_men_of_means", &panel.crude),
            ("women_less_men_of_means_like_cases", &panel.adjusted),
        ] {
            let of = Some((&gap.interval, gap.smaller));
            self.figure(Place::of(name, ""), measure, &gap.difference, of);
            let measure = format!("{measure}_error_hc1");
            self.figure(Place::of(name, ""), &measure, &gap.error_hc1, None);
        }
        let place = Place::of(name, "");
        self.figure(place, "student_t", &panel.student.t, None);
        self.figure(place, "student_p", &panel.student.p, None);
    }

    fn sensitivity(&mut self, found: Option<&Sensitivity>) {
        for under in found.iter().flat_map(|found| &found.scales) {
            let group = format!("scale={}", under.scale.code);
            self.figure(
                Place::of("sensitivity", &group),
                "headline",
                &under.headline,
                None,
            );
        }
    }

    fn bands(&mut self, columns: &[Term], bands: &[Band], level: &Level) {
        let group = key(columns, &level.key);
        for (band, n) in bands.iter().zip(&level.bands) {
            let measure = format!("severity {}", band.title);
            self.count(Place::of("bands", &group), "", &measure, *n);
        }
    }
}

/// `category=violent;prior-record=none`; empty for everybody.
pub(super) fn key(columns: &[Term], key: &[Term]) -> String {
    let words = columns.iter().zip(key);
    let words: Vec<String> = words
        .map(|(column, word)| format!("{}={}", column.code, word.code))
        .collect();
    words.join(";")
}

fn code(why: Option<Why>) -> String {
    let json = why.and_then(|why| serde_json::to_value(why).ok());
    json.and_then(|json| json.as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// A cell as RFC 4180 has it. A text that a spreadsheet would take for a formula begins with an apostrophe; numbers
/// stay numbers.
pub(crate) fn quoted(text: &str) -> String {
    let is_formula =
        text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err();
    let text = if is_formula {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_a_spreadsheet_would_compute_stays_a_text() {
        assert_eq!(quoted("=1+1"), "'=1+1");
        assert_eq!(quoted("@sum"), "'@sum");
        assert_eq!(quoted("-x,\"y\""), "\"'-x,\"\"y\"\"\"");
        assert_eq!(quoted("-12.5"), "-12.5");
        assert_eq!(quoted("theft"), "theft");
    }
}
