//! The numbers of an emergency as a file: counts alone, nobody is named.

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::emergency::Whose;
use domain::values::Code;
use infra::registry::{EmergencyCohort, HeldOn, Phase};

use crate::pages::page::{PageError, Visitor};

const HEAD: &str = "part,what,day,value\n";

/// The file.
pub(super) async fn get(visitor: Visitor, Path(id): Path<String>) -> Result<Response, PageError> {
    let registry = &visitor.app.registry;
    let told = registry.cohort(&visitor.call, &id, visitor.as_of).await?;
    let entry = told.moment.index.unwrap_or_default();
    let name = format!("attachment; filename=\"emergency-{id}-as-of-{entry}.csv\"");
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, csv(&told)).into_response())
}

/// One number a row; codes and days need no quotation marks.
struct Rows(String);

impl Rows {
    fn row(&mut self, part: &str, what: &str, day: &str, value: impl std::fmt::Display) {
        self.0.push_str(&format!("{part},{what},{day},{value}\n"));
    }

    fn by(&mut self, part: &str, counts: &BTreeMap<Code, usize>) {
        for (code, people) in counts {
            self.row(part, code.as_str(), "", people);
        }
    }
}

fn csv(told: &EmergencyCohort) -> String {
    let mut rows = Rows(HEAD.to_owned());
    let people = &told.people;
    if let Some(announced) = people.announced {
        rows.row("people", "announced", "", announced);
    }
    for (what, number) in [
        ("screened", people.screened),
        ("eligible", people.eligible),
        ("excluded", people.excluded),
        ("unclear", people.unclear),
        ("granted", people.granted),
        ("refused", people.refused),
        ("effected", people.effected),
        ("returned", people.returned),
        ("breached", people.breached),
        ("still_recorded_as_held", told.still_recorded_as_held),
    ] {
        rows.row("people", what, "", number);
    }
    rows.by("excluded_by", &people.excluded_by);
    rows.by("unclear_by", &people.unclear_by);
    rows.by("refused_on", &people.refused_on);
    rights(&mut rows, told);
    for held in &told.stock.days {
        stock(&mut rows, held);
    }
    for held in &told.stock.facilities {
        let facility = held.facility.as_str();
        rows.row("held_before", facility, "", held.before);
        rows.row("held_last", facility, "", held.last);
        if let Some(places) = held.places {
            rows.row("places", facility, "", places);
        }
    }
    rows.0
}

/// How many cuts of each right there were, and how many stand.
fn rights(rows: &mut Rows, told: &EmergencyCohort) {
    let mut cut: BTreeMap<&Code, [u32; 3]> = BTreeMap::new();
    for right in &told.rights {
        let [all, of_one, stands] = cut.entry(&right.right).or_default();
        *all = all.saturating_add(1);
        *of_one = of_one.saturating_add(u32::from(right.whose == Whose::OnePerson));
        *stands = stands.saturating_add(u32::from(right.over.is_none()));
    }
    for (code, [all, of_one, stands]) in cut {
        rows.row("right_cut", code.as_str(), "", all);
        rows.row("right_cut_for_one_person", code.as_str(), "", of_one);
        rows.row("right_still_cut", code.as_str(), "", stands);
    }
}

fn stock(rows: &mut Rows, held: &HeldOn) {
    let day = held.day.to_string();
    let part = match held.phase {
        Phase::Before => "before",
        Phase::During => "during",
        Phase::After => "after",
    };
    rows.row(part, "held", &day, held.held);
    let counted = [
        ("admitted", held.admitted),
        ("left", held.left),
        ("places", held.places),
        ("held_in_them", held.places.map(|_| held.held_in_them)),
        ("overcrowded", held.places.map(|_| held.overcrowded)),
    ];
    for (what, number) in counted {
        if let Some(number) = number {
            rows.row(part, what, &day, number);
        }
    }
}
