//! Courts beside their mix of cases, the penalties of like cases, and what order and mix add to a view, as a terminal and a spreadsheet show them.

use infra::views::figure::{Quantity, Shown};
use infra::views::gender::{CustodyPanel, MixInCommon};
use infra::views::parity::{Court, Parity, Strip};
use infra::views::proportionality::Proportionality;
use infra::views::words::Term;

use super::rows::{Place, Rows, key};
use super::sheet::Sheet;
use super::text::{NONE, line, mark, named, quantity, shown, titles, written};
use crate::pages::numbers::{amount, count, share, share_gap};

pub(super) fn parity(view: &Parity, out: &mut String) {
    line(
        out,
        "Courts beside what their cases let expect, of 100 in immediate custody",
    );
    let mut sheet = Sheet::new("Court");
    sheet.columns([
        "decisions",
        "of 100",
        "expected",
        "difference",
        "by chance, 95 of 100",
        "lies",
    ]);
    for court in &view.courts {
        sheet.row(court.court.title.clone(), beside(court));
    }
    sheet.write(out);
    let found = &view.funnel;
    if let Some(sentence) = &found.sentence {
        line(out, sentence);
    }
    let phi = shown(&found.phi, 2);
    let (left_out, silent) = (count(found.left_out), count(found.court_not_recorded));
    line(
        out,
        &format!(
            "φ {phi}; {left_out} decisions left out because no other court has such cases, {silent} without a court.\n"
        ),
    );
    line(out, "How far the penalties of like cases lie apart");
    let mut sheet = Sheet::new(named(&view.columns));
    sheet.columns([
        "known",
        "p10",
        "p25",
        "p50",
        "p75",
        "p90",
        "median distance",
        "ancillary",
    ]);
    for strip in view.groups.iter().chain([&view.total]) {
        sheet.row(titles(&strip.key), spread(strip));
    }
    sheet.write(out);
    let different = written(&view.different_per_100, |value| share(value, view.total.n));
    line(
        out,
        &format!("Of 100 pairs of like cases with different penalties: {different}\n"),
    );
}

fn beside(court: &Court) -> Vec<String> {
    let n = court.n;
    let limits = match court.limits_95.value {
        Some(i) => format!("{} to {}", share_gap(i.low, n), share_gap(i.high, n)),
        None => NONE.to_owned(),
    };
    let value = written(&court.per_100, |value| share(value, n));
    vec![
        count(n),
        format!("{value}{}", mark(court.reliability)),
        written(&court.expected_per_100, |value| share(value, n)),
        written(&court.difference_per_100, |value| share_gap(value, n)),
        limits,
        word(&court.place),
    ]
}

/// The word of a place, as JSON has it.
fn word<T: serde::Serialize>(place: &Shown<T>) -> String {
    let json = place
        .value
        .as_ref()
        .and_then(|place| serde_json::to_value(place).ok());
    let word = json.and_then(|json| json.as_str().map(str::to_owned));
    word.unwrap_or_else(|| NONE.to_owned())
}

fn spread(strip: &Strip) -> Vec<String> {
    let mut cells = vec![count(strip.n)];
    cells.extend(parts(strip).map(|(_, part)| quantity(part)));
    cells.push(written(&strip.median_distance, amount));
    cells.push(count(strip.ancillary));
    cells
}

fn parts(strip: &Strip) -> [(&'static str, &Quantity); 5] {
    [
        ("severity_p10", &strip.tenth),
        ("severity_lower_quartile", &strip.lower_quartile),
        ("severity_median", &strip.median),
        ("severity_upper_quartile", &strip.upper_quartile),
        ("severity_p90", &strip.ninetieth),
    ]
}

impl Rows {
    pub(super) fn parity(&mut self, view: &Parity) {
        for court in &view.courts {
            let group = format!("court={}", court.court.code);
            let place = Place::of("courts", &group);
            self.count(place, "", "decisions", court.n);
            self.count(place, "", "left_out", court.left_out);
            self.count(place, "", "custody", court.custody);
            self.figure(place, "custody_per_100", &court.per_100, None);
            self.figure(place, "expected_per_100", &court.expected_per_100, None);
            for (measure, limits) in [
                ("difference_per_100", &court.limits_95),
                ("difference_per_100_limits_99_8", &court.limits_99_8),
            ] {
                self.figure(
                    place,
                    measure,
                    &court.difference_per_100,
                    Some((limits, court.n)),
                );
            }
        }
        let (found, place) = (&view.funnel, Place::of("funnel", ""));
        for (measure, n) in [
            ("decisions", found.decisions),
            ("left_out", found.left_out),
            ("court_not_recorded", found.court_not_recorded),
            ("compared", found.compared),
            ("outside_95", found.outside_95),
            ("outside_99_8", found.outside_99_8),
        ] {
            self.count(place, "", measure, n);
        }
        self.figure(place, "phi", &found.phi, None);
        let pairs = Place::of("groups", "");
        self.figure(pairs, "different_per_100", &view.different_per_100, None);
        for strip in view.groups.iter().chain([&view.total]) {
            let group = key(&view.columns, &strip.key);
            let place = Place::of("groups", &group);
            for (measure, part) in parts(strip) {
                self.quantity(place, measure, part, strip.n);
            }
            self.figure(
                place,
                "severity_median_distance",
                &strip.median_distance,
                None,
            );
            self.count(place, "", "ancillary", strip.ancillary);
        }
    }

    /// The median of each level of gravity, and the nearest that rises.
    pub(super) fn steps(&mut self, view: &Proportionality) {
        let Some(steps) = &view.steps.value else {
            return;
        };
        for level in &steps.levels {
            let group = format!("gravity={}", level.level.code);
            let place = Place::of("steps", &group);
            self.quantity(place, "severity_median", &level.median, level.n);
            self.figure(place, "isotonic_fit", &level.fit, None);
            self.figure(place, "step_ratio", &level.step, None);
        }
        let place = Place::of("steps", "");
        let violations = u64::try_from(steps.violations.len()).unwrap_or(u64::MAX);
        self.count(place, "", "violations", violations);
        let flat = u64::try_from(steps.flat_steps).unwrap_or(u64::MAX);
        self.count(place, "", "flat_steps", flat);
        self.figure(place, "isotonic_loss", &steps.isotonic_loss, None);
        self.figure(place, "largest_step", &steps.largest_step, None);
        self.figure(place, "cliff_index", &steps.cliff_index, None);
    }

    /// What each stratum that holds both sexes adds to the crude difference, and what the others add.
    pub(super) fn case_mix(&mut self, columns: &[Term], custody: &CustodyPanel) {
        let place = Place::of("case_mix", "");
        let found = custody.in_common.value.as_ref();
        let part = |of: fn(&MixInCommon) -> f64| Shown {
            value: found.map(of),
            undefined: custody.in_common.undefined,
        };
        for (measure, of) in [
            (
                "like_cases_per_100",
                part(|found| found.mix.like_cases_per_100),
            ),
            ("mix_per_100", part(|found| found.mix.mix_per_100)),
            (
                "one_sex_alone_per_100",
                part(|found| found.one_sex_alone_per_100),
            ),
        ] {
            self.figure(place, measure, &of, None);
        }
        if let Some(few) = found.map(|found| &found.mix.few) {
            let place = Place::of("case_mix", "few");
            self.count(place, "", "strata", few.strata.into());
            for (measure, value) in [
                ("like_cases_per_100", few.like_cases_per_100),
                ("mix_per_100", few.mix_per_100),
            ] {
                self.figure(place, measure, &Shown::some(value), None);
            }
        }
        for part in found.iter().flat_map(|found| &found.mix.strata) {
            let group = key(columns, &part.key);
            let place = Place::of("case_mix", &group);
            let (like, mix) = (part.like_cases_per_100, part.mix_per_100);
            self.figure(place, "like_cases_per_100", &Shown::some(like), None);
            self.figure(place, "mix_per_100", &Shown::some(mix), None);
        }
    }
}
