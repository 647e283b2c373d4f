//! Sentences against the guideline range, as a terminal and a spreadsheet show them.

use infra::views::departures::{Departing, Departures};

use super::rows::{Place, Rows, key};
use super::sheet::Sheet;
use super::text::{mark, named, titles, written};
use crate::pages::numbers::{count, share};

pub(super) fn departures(view: &Departures, out: &mut String) {
    let mut sheet = Sheet::new(named(&view.columns));
    sheet.columns(["below", "with reasons", "within", "above", "with reasons"]);
    sheet.columns(["within of 100", "reasoned of 100", "no range", "no length"]);
    for group in view.groups.iter().chain([&view.total]) {
        sheet.row(titles(&group.key), cells(group));
    }
    sheet.write(out);
    let mut sheet = Sheet::new("How far outside, of 100 of the bound");
    sheet.columns(["departures"]);
    for band in &view.extents {
        let name = match band.to_per_100 {
            Some(to) => format!("{} to {to}", band.from_per_100),
            None => format!("{} and more", band.from_per_100),
        };
        sheet.row(name, vec![count(band.n)]);
    }
    sheet.write(out);
}

fn cells(found: &Departing) -> Vec<String> {
    let departures = found.below.saturating_add(found.above);
    let within = written(&found.within_per_100, |value| share(value, found.n));
    vec![
        count(found.below),
        count(found.below_reasoned),
        count(found.within),
        count(found.above),
        count(found.above_reasoned),
        format!("{within}{}", mark(found.reliability)),
        written(&found.reasoned_per_100, |value| share(value, departures)),
        count(found.without_range),
        count(found.without_length),
    ]
}

impl Rows {
    pub(super) fn departures(&mut self, view: &Departures) {
        for group in view.groups.iter().chain([&view.total]) {
            let name = key(&view.columns, &group.key);
            let place = Place::of("groups", &name);
            for (measure, n) in [
                ("compared", group.n),
                ("without_range", group.without_range),
                ("without_length", group.without_length),
                ("below", group.below),
                ("below_reasoned", group.below_reasoned),
                ("within", group.within),
                ("above", group.above),
                ("above_reasoned", group.above_reasoned),
                ("without_custody", group.without_custody),
                ("without_extent", group.without_extent),
            ] {
                self.count(place, "", measure, n);
            }
            for (measure, figure) in [
                ("within_per_100", &group.within_per_100),
                ("reasoned_per_100", &group.reasoned_per_100),
                ("mean_below_per_100", &group.mean_below_per_100),
                ("mean_above_per_100", &group.mean_above_per_100),
            ] {
                self.figure(place, measure, figure, None);
            }
        }
        for band in &view.extents {
            let group = format!("from={}", band.from_per_100);
            self.count(Place::of("extents", &group), "", "departures", band.n);
        }
    }
}
