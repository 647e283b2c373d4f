//! Measures without custody, and who was sentenced again: as a terminal and a spreadsheet show them.

use domain::statistics::Interval;
use infra::views::alternatives::{Alternatives, ChosenShare};
use infra::views::figure::Shown;
use infra::views::reconviction::{GroupBack, Reconviction};

use super::rows::{Place, Rows, key};
use super::sheet::Sheet;
use super::text::{NONE, line, mark, named, titles, written};
use crate::pages::numbers::{count, share};

pub(super) fn reconviction(view: &Reconviction, out: &mut String) {
    line(out, &view.headed);
    let days = count(view.window_days.into());
    line(out, &format!("Sentenced again within {days} days\n"));
    let mut sheet = Sheet::new(named(&view.columns));
    sheet.columns(["at risk", "sentenced again", "followed for less", "of 100"]);
    sheet.columns(["95 % interval", "of 100 followed"]);
    for group in view.groups.iter().chain([&view.total]) {
        let n = group.at_risk;
        let limits = match group.interval_per_100.value {
            Some(i) => format!("{} to {}", share(i.low, n), share(i.high, n)),
            None => NONE.to_owned(),
        };
        let value = written(&group.per_100, |value| share(value, n));
        let followed = group.reconvicted + group.not_reconvicted;
        sheet.row(
            titles(&group.key),
            vec![
                count(n),
                count(group.reconvicted),
                count(group.censored),
                format!("{value}{}", mark(group.reliability)),
                limits,
                written(&group.of_followed_per_100, |value| share(value, followed)),
            ],
        );
    }
    sheet.write(out);
}

pub(super) fn alternatives(view: &Alternatives, out: &mut String) {
    let sheet = |title: &str| {
        let mut sheet = Sheet::new(title);
        sheet.columns(["without custody", "custody", "not recorded", "of 100 known"]);
        sheet.columns(["95 % interval", "known of 100", "at least and at most"]);
        sheet
    };
    let mut by_stage = sheet("Stage");
    for stage in &view.stages {
        by_stage.row(stage.title.clone(), chosen(&stage.share));
    }
    by_stage.write(out);
    let mut by_group = sheet(&named(&view.columns));
    for group in view.groups.iter().chain([&view.total]) {
        by_group.row(titles(&group.key), chosen(&group.share));
    }
    by_group.write(out);
}

fn chosen(found: &ChosenShare) -> Vec<String> {
    let (known, all) = (found.chosen.known(), found.chosen.n());
    let limits = |interval: &Shown<Interval>, n| match interval.value {
        Some(i) => format!("{} to {}", share(i.low, n), share(i.high, n)),
        None => NONE.to_owned(),
    };
    let value = written(&found.non_custodial_per_100, |value| share(value, known));
    vec![
        count(found.chosen.non_custodial),
        count(found.chosen.custodial),
        count(found.chosen.not_recorded),
        format!("{value}{}", mark(found.reliability)),
        limits(&found.interval_per_100, known),
        written(&found.known_per_100, |value| share(value, all)),
        limits(&found.bounds_per_100, all),
    ]
}

impl Rows {
    pub(super) fn alternatives(&mut self, view: &Alternatives) {
        for stage in &view.stages {
            let code = serde_json::to_value(stage.stage).unwrap_or_default();
            let group = format!("stage={}", code.as_str().unwrap_or_default());
            self.chosen(Place::of("stages", &group), &stage.share);
        }
        for group in view.groups.iter().chain([&view.total]) {
            let group_key = key(&view.columns, &group.key);
            self.chosen(Place::of("groups", &group_key), &group.share);
        }
    }

    pub(super) fn reconviction(&mut self, view: &Reconviction) {
        let place = Place::of("view", "");
        self.count(place, "", "window_days", view.window_days.into());
        self.count(place, "", "without_day", view.without_day);
        for group in view.groups.iter().chain([&view.total]) {
            self.back(&key(&view.columns, &group.key), group);
        }
    }

    fn chosen(&mut self, place: Place<'_>, found: &ChosenShare) {
        let chosen = &found.chosen;
        self.count(place, "", "non_custodial", chosen.non_custodial);
        self.count(place, "", "custodial", chosen.custodial);
        self.count(place, "", "not_recorded", chosen.not_recorded);
        let of = Some((&found.interval_per_100, chosen.known()));
        self.figure(
            place,
            "non_custodial_per_100",
            &found.non_custodial_per_100,
            of,
        );
        let bounds = Some((&found.bounds_per_100, chosen.n()));
        self.figure(place, "known_per_100", &found.known_per_100, bounds);
    }

    fn back(&mut self, group: &str, found: &GroupBack) {
        let place = Place::of("groups", group);
        self.count(place, "", "at_risk", found.at_risk);
        self.count(place, "", "reconvicted", found.reconvicted);
        self.count(place, "", "censored", found.censored);
        self.count(place, "", "not_reconvicted", found.not_reconvicted);
        let of = Some((&found.interval_per_100, found.at_risk));
        self.figure(place, "per_100", &found.per_100, of);
        self.figure(
            place,
            "of_followed_per_100",
            &found.of_followed_per_100,
            None,
        );
    }
}
