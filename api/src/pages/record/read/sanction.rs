//! What is imposed in one part: the quantities of its disposal, and its requirements.

use domain::jurisdiction::Pack;
use domain::personal::PersonalText;
use domain::sentence::{CustodyTerm, RequirementTerms, Sanction, SanctionKind};
use domain::values::{Code, Consent, Decimal, Known, Length, Quantity, TermUnit, Unit};

use super::parts::{Errors, date, length, money, whole};
use crate::pages::page::Typed;
use crate::pages::record::shape::Place;

/// The most requirements that a part has room for.
pub(in crate::pages::record) const REQUIREMENTS: usize = 8;

const FIELDS: [&str; 6] = [
    "disposal",
    "measure",
    "term_kind",
    "amount",
    "units",
    "unit_value",
];
/// Fields of several boxes, and what follows their names.
const BOXES: [(&str, [&str; 3]); 3] = [
    ("term", ["years", "months", "days"]),
    ("period", ["years", "months", "days"]),
    ("until", ["year", "month", "day"]),
];

/// The fields of one requirement of a part.
pub(in crate::pages::record) fn requirement_names(place: Place, n: usize) -> [String; 5] {
    ["kind", "amount", "months", "consent", "terms"]
        .map(|field| place.name(&format!("r{n}_{field}")))
}

/// Every field that says what is imposed in a part.
pub(super) fn names(place: Place) -> Vec<String> {
    let requirements = (1..=REQUIREMENTS).flat_map(|n| requirement_names(place, n));
    let own = FIELDS.iter().map(|field| place.name(field));
    let boxes = BOXES.iter().flat_map(|(field, boxes)| {
        boxes
            .iter()
            .map(move |part| format!("{}_{part}", place.name(field)))
    });
    own.chain(boxes).chain(requirements).collect()
}

/// The reading of one part.
pub(super) struct Reading<'a> {
    pub(super) typed: &'a Typed,
    pub(super) law: &'a Pack,
    pub(super) place: Place,
    /// What stands here, and how it would be typed.
    pub(super) stands: Option<(&'a Sanction, &'a Typed)>,
    pub(super) errors: &'a mut Errors,
}

impl Reading<'_> {
    /// What is imposed; nothing where a code is missing without which there is nothing to impose.
    pub(super) fn read(mut self, kind: SanctionKind) -> Option<Sanction> {
        Some(match kind {
            SanctionKind::Death => Sanction::Death {},
            SanctionKind::Custody => Sanction::Custody { term: self.term() },
            SanctionKind::SuspendedCustody => Sanction::SuspendedCustody {
                term: self.length("term"),
                operational_period: self.length("period"),
                requirements: self.requirements(),
            },
            SanctionKind::CommunityOrder => Sanction::CommunityOrder {
                period: self.length("period"),
                requirements: self.requirements(),
            },
            SanctionKind::Fine => Sanction::Fine {
                amount: self.money("amount"),
            },
            SanctionKind::Compensation => Sanction::Compensation {
                amount: self.money("amount"),
            },
            SanctionKind::DayFine => Sanction::DayFine {
                units: self.units(),
                unit_value: self.money("unit_value"),
            },
            SanctionKind::Discharge => Sanction::Discharge {
                conditional_for: self.length("period"),
            },
            SanctionKind::Admonition => Sanction::Admonition {},
            SanctionKind::Deferred => Sanction::Deferred {
                until: date(self.typed, &self.place.name("until"), self.errors),
            },
            SanctionKind::Ancillary => Sanction::Ancillary {
                kind: self.measure()?,
                length: self.length("period"),
            },
            SanctionKind::Other => Sanction::Other {
                kind: self.measure()?,
                length: self.length("period"),
            },
        })
    }

    fn get(&self, field: &str) -> Option<&str> {
        self.typed.get(&self.place.name(field))
    }

    fn term(&mut self) -> Option<CustodyTerm> {
        match self.get("term_kind") {
            Some("life") => Some(CustodyTerm::Life),
            Some("indeterminate") => Some(CustodyTerm::Indeterminate),
            _ => self.length("term").map(CustodyTerm::Determinate),
        }
    }

    fn length(&mut self, field: &str) -> Option<Length> {
        length(self.typed, &self.place.name(field), self.errors)
    }

    fn money(&mut self, field: &str) -> Option<domain::values::Money> {
        money(self.typed, self.law, &self.place.name(field), self.errors)
    }

    fn units(&mut self) -> Option<u32> {
        let name = self.place.name("units");
        let read = whole(self.typed.get(&name)?, "the units");
        read.map_err(|said| self.errors.say(&name, said)).ok()
    }

    fn measure(&mut self) -> Option<Code> {
        let name = self.place.name("measure");
        let code = self.typed.get(&name).and_then(|t| Code::parse(t).ok());
        if code.is_none() {
            self.errors.say(&name, "Choose the measure");
        }
        code
    }

    fn requirements(&mut self) -> Vec<RequirementTerms> {
        (1..=REQUIREMENTS)
            .filter_map(|n| self.requirement(n))
            .collect()
    }

    fn requirement(&mut self, n: usize) -> Option<RequirementTerms> {
        let names = requirement_names(self.place, n);
        if let Some((stands, stood)) = self.stands
            && names.iter().all(|f| self.typed.get(f) == stood.get(f))
            && let Some(terms) = stands.requirements().get(n.checked_sub(1)?)
        {
            return Some(terms.clone());
        }
        let [kind, amount, months, consent, terms] = &names;
        let kind = Code::parse(self.typed.get(kind)?).ok()?;
        let unit = self.law.orders.requirement(&kind).and_then(|r| r.unit);
        let consent = match self.typed.get(consent) {
            Some("given") => Known::Value(Consent::Given),
            Some("refused") => Known::Value(Consent::Refused),
            Some("?not-asked") => Known::NotAsked,
            _ => Known::NotRecorded,
        };
        if unit.is_none() && self.typed.get(amount).is_some() {
            let said = "There is no amount of this: say how long it lasts, or say it in words";
            self.errors.say(amount, said.to_owned());
        }
        let terms = self.typed.get(terms);
        Some(RequirementTerms {
            quantity: unit.and_then(|unit| self.quantity(amount, unit)),
            length: self.months(months),
            kind,
            consent,
            terms: terms.map(|said| PersonalText::Clear(said.to_owned())),
        })
    }

    /// What is typed in hours is kept in minutes.
    fn quantity(&mut self, name: &str, unit: Unit) -> Option<Quantity> {
        let text = self.typed.get(name)?;
        let factor = if unit == Unit::Minutes { 60 } else { 1 };
        let amount = Decimal::parse(text).ok();
        let amount = amount.and_then(|n| n.times_exact(factor));
        let amount = amount.and_then(|n| u32::try_from(n).ok());
        if amount.is_none() {
            let said = format!("{text:?} is not an amount: give it in digits, without a sign");
            self.errors.say(name, said);
        }
        amount.map(|amount| Quantity::of(amount, unit))
    }

    fn months(&mut self, name: &str) -> Option<Length> {
        let read = Decimal::parse(self.typed.get(name)?);
        let read = read.map_err(|e| {
            let said = crate::pages::register::sentence_case(&e.to_string());
            self.errors.say(name, said);
        });
        Some(Length::of(read.ok()?, TermUnit::Months))
    }
}
