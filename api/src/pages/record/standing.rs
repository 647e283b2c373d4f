//! A decision that stands, as if it had been typed: the form of a draft, a correction or a variation begins with it.

use std::collections::BTreeMap;

use domain::personal::PersonalText;
use domain::sentence::{Component, Count, CustodyTerm, Decision, RequirementTerms, Runs, Sanction};
use domain::values::{
    CivilDate, ComponentNo, Consent, Decimal, Known, Length, Money, Quantity, Term, TermUnit,
    Weighed,
};
use serde::Serialize;

use super::read::{UNNAMED, requirement_names};
use super::shape::{Place, Shape, of_count};
use crate::pages::page::Typed;

/// The decision as typed; reasons in words are sealed, and are not among it.
pub(super) fn typed(decision: &Decision) -> Typed {
    let places = places(decision);
    let mut writing = Writing(Typed::empty());
    for (name, value) in Shape::standing(decision).carried() {
        writing.put(&name, value);
    }
    writing.put("court", decision.court.to_string());
    writing.maybe("case", decision.case.as_ref());
    writing.maybe("remand", decision.remand_days.value());
    let lists = [
        ("aggravating", &decision.aggravating),
        ("mitigating", &decision.mitigating),
        ("alternatives", &decision.alternatives_considered),
        ("purposes", &decision.weighed.purposes),
    ];
    for (name, codes) in lists {
        writing.all(name, codes);
    }
    writing.weighed(&decision.weighed);
    for (code, answer) in &decision.circumstances {
        let answer = match answer {
            Known::NotRecorded => continue,
            Known::NotAsked => "?not-asked",
            Known::Declined => "?declined",
            Known::Value(code) => code.as_str(),
        };
        writing.put(&format!("c_{code}"), answer);
    }
    for (n, count) in (1..).zip(&decision.counts) {
        writing.count(n, count, &places);
    }
    writing.0
}

/// The fields in which is typed what exactly each requirement asks, with what stands there, sealed.
pub(super) fn terms(decision: &Decision) -> Vec<(String, Option<&PersonalText>)> {
    let places = places(decision);
    let mut said = Vec::new();
    for (_, component) in decision.components() {
        let Some(place) = places.get(&component.no) else {
            continue;
        };
        for (n, required) in (1..).zip(component.sanction.requirements()) {
            let [.., terms] = requirement_names(*place, n);
            said.push((terms, required.terms.as_ref()));
        }
    }
    said
}

/// Where each component stands on the form.
fn places(decision: &Decision) -> BTreeMap<ComponentNo, Place> {
    let counts = (1..).zip(&decision.counts);
    counts
        .flat_map(|(count, c)| {
            (1..)
                .zip(&c.components)
                .map(move |(part, component)| (component.no, Place { count, part }))
        })
        .collect()
}

struct Writing(Typed);

impl Writing {
    fn put(&mut self, name: &str, value: impl Into<String>) {
        self.0.add(name, &value.into());
    }

    fn maybe(&mut self, name: &str, value: Option<impl ToString>) {
        if let Some(value) = value {
            self.put(name, value.to_string());
        }
    }

    fn all<T: ToString>(&mut self, name: &str, values: &[T]) {
        for value in values {
            self.put(name, value.to_string());
        }
    }

    /// What was weighed, as far as it is coded; the words are sealed.
    fn weighed(&mut self, weighed: &Weighed) {
        self.answer("victim", &weighed.victim);
        self.answer("review_told", &weighed.review_told);
        self.answer("inquiry", &weighed.inquiry);
        let (carer, child) = (&weighed.carer, &weighed.child);
        self.maybe("carer_necessity", carer.as_ref().map(|c| &c.necessity));
        self.maybe("child_ground", child.as_ref().map(|c| &c.ground));
    }

    fn answer<T: Serialize>(&mut self, name: &str, answer: &Known<T>) {
        let word = answer.value().map(serde_json::to_value);
        if let Some(Ok(serde_json::Value::String(word))) = word {
            self.put(name, word);
        }
    }

    fn count(&mut self, n: usize, count: &Count, places: &BTreeMap<ComponentNo, Place>) {
        let code = count.offence.code.value();
        let code = code.map_or_else(|| UNNAMED.to_owned(), ToString::to_string);
        self.put(&of_count("offence", n), code);
        if let Some(date) = count.offence.committed.value() {
            self.date(&of_count("committed", n), *date);
        }
        if let Some(departure) = &count.departure {
            self.all(&of_count("departure", n), &departure.reasons);
        }
        for (part, component) in (1..).zip(&count.components) {
            self.part(Place { count: n, part }, component, places);
        }
    }

    fn part(&mut self, place: Place, component: &Component, places: &BTreeMap<ComponentNo, Place>) {
        self.put(
            &place.name("disposal"),
            component.sanction.kind().word().to_owned(),
        );
        self.sanction(place, &component.sanction);
        self.maybe(&place.name("uplift"), component.uplift.as_ref());
        match component.runs {
            None => {}
            Some(Runs::Concurrent) => self.put(&place.name("runs"), "concurrent"),
            Some(Runs::ConsecutiveTo(no)) => {
                let before = places.get(&no).map(|place| place.word());
                self.maybe(&place.name("runs"), before);
            }
            Some(Runs::ConsecutiveToEarlier(term)) => {
                self.put(&place.name("runs"), "earlier");
                self.put(&place.name("earlier"), term.sentence.to_string());
                self.put(&place.name("earlier_part"), term.component.to_string());
            }
        }
    }

    fn sanction(&mut self, place: Place, sanction: &Sanction) {
        match sanction {
            Sanction::Custody { term } => match term {
                Some(CustodyTerm::Determinate(length)) => self.length(place, "term", *length),
                Some(CustodyTerm::Life) => self.put(&place.name("term_kind"), "life"),
                Some(CustodyTerm::Indeterminate) => {
                    self.put(&place.name("term_kind"), "indeterminate");
                }
                None => {}
            },
            Sanction::SuspendedCustody {
                term,
                operational_period,
                requirements,
            } => {
                self.maybe_length(place, "term", *term);
                self.maybe_length(place, "period", *operational_period);
                self.requirements(place, requirements);
            }
            Sanction::CommunityOrder {
                period,
                requirements,
            } => {
                self.maybe_length(place, "period", *period);
                self.requirements(place, requirements);
            }
            Sanction::Fine { amount } | Sanction::Compensation { amount } => {
                self.money(place, "amount", amount.as_ref());
            }
            Sanction::DayFine { units, unit_value } => {
                self.maybe(&place.name("units"), units.as_ref());
                self.money(place, "unit_value", unit_value.as_ref());
            }
            Sanction::Discharge { conditional_for } => {
                self.maybe_length(place, "period", *conditional_for);
            }
            Sanction::Deferred { until } => {
                if let Some(date) = until {
                    self.date(&place.name("until"), *date);
                }
            }
            Sanction::Ancillary { kind, length } | Sanction::Other { kind, length } => {
                self.put(&place.name("measure"), kind.to_string());
                self.maybe_length(place, "period", *length);
            }
            Sanction::Death {} | Sanction::Admonition {} => {}
        }
    }

    fn maybe_length(&mut self, place: Place, field: &str, length: Option<Length>) {
        if let Some(length) = length {
            self.length(place, field, length);
        }
    }

    /// Weeks have no box on the form: as long as nothing is typed, they stay as they are.
    fn length(&mut self, place: Place, field: &str, length: Length) {
        let name = |unit: &str| format!("{}_{unit}", place.name(field));
        match length {
            Length::Calendar(term) => {
                let parts = [
                    ("years", u32::from(term.years)),
                    ("months", u32::from(term.months)),
                    ("days", term.days),
                ];
                for (unit, n) in parts.into_iter().filter(|(_, n)| *n > 0) {
                    self.put(&name(unit), n.to_string());
                }
            }
            Length::Decimal { amount, unit } => match unit {
                TermUnit::Years => self.put(&name("years"), amount.to_string()),
                TermUnit::Months => self.put(&name("months"), amount.to_string()),
                TermUnit::Days => self.put(&name("days"), amount.to_string()),
                TermUnit::Weeks => {}
            },
        }
    }

    fn money(&mut self, place: Place, field: &str, amount: Option<&Money>) {
        let Some(amount) = amount else { return };
        let said = amount.to_string();
        let digits = said.chars().filter(|c| c.is_ascii_digit() || *c == '.');
        let digits: String = digits.collect();
        if let Ok(amount) = Decimal::parse(&digits) {
            self.put(&place.name(field), amount.to_string());
        }
    }

    fn date(&mut self, name: &str, date: CivilDate) {
        let (year, month, day) = match date {
            CivilDate::Year(year) => (year.to_string(), None, None),
            CivilDate::Month { year, month } => (year.to_string(), Some(month.to_string()), None),
            CivilDate::Day(day) => (
                day.year().to_string(),
                Some(day.month().to_string()),
                Some(day.day().to_string()),
            ),
        };
        self.put(&format!("{name}_year"), year);
        self.maybe(&format!("{name}_month"), month);
        self.maybe(&format!("{name}_day"), day);
    }

    fn requirements(&mut self, place: Place, requirements: &[RequirementTerms]) {
        for (n, terms) in (1..).zip(requirements) {
            let [kind, amount, months, consent, _] = requirement_names(place, n);
            self.put(&kind, terms.kind.to_string());
            self.maybe(&amount, terms.quantity.map(amount_of));
            let length = terms.length.and_then(Length::term);
            let whole = length.filter(|term| term.days == 0);
            self.maybe(&months, whole.map(Term::whole_months));
            let said = match terms.consent {
                Known::NotRecorded => continue,
                Known::NotAsked | Known::Declined => "?not-asked",
                Known::Value(Consent::Given) => "given",
                Known::Value(Consent::Refused) => "refused",
            };
            self.put(&consent, said);
        }
    }
}

/// Minutes are typed as hours.
fn amount_of(quantity: Quantity) -> String {
    match quantity {
        Quantity::Minutes(minutes) => {
            let hours = minutes.checked_div(60).unwrap_or_default();
            match minutes.checked_rem(60).unwrap_or_default() {
                0 => hours.to_string(),
                rest => {
                    // Three digits after the point; a minute that they cannot hold stays as it is while it is untouched.
                    let thousandths = rest.saturating_mul(1000).checked_div(60).unwrap_or(0);
                    format!("{hours}.{thousandths:03}")
                }
            }
        }
        Quantity::Days(n) | Quantity::Sessions(n) => n.to_string(),
    }
}
