//! From what was typed to a decision, with every error at its field.

use std::collections::BTreeMap;

use domain::jurisdiction::{Ask, CircumstanceRule, FactorDirection, Pack};
use domain::person::{Identity, Register, Sex};
use domain::personal::PersonalText;
use domain::sentence::{
    Component, Count, CustodyTerm, Decision, RequirementTerms, Sanction, SanctionKind,
};
use domain::values::{
    CaseReference, CivilDate, Code, ComponentNo, Consent, CountNo, CourtCode, Decimal, Known,
    Length, Money, Offence, OffenceCode, PersonId, Quantity, Term, Unit,
};

use crate::pages::page::Typed;

/// How many requirements the form has room for.
pub(super) const REQUIREMENTS: usize = 3;

/// What is wrong, by field; what concerns no field stands under the empty name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::pages) struct Errors(pub(in crate::pages) BTreeMap<String, String>);

impl Errors {
    pub(super) fn say(&mut self, field: &str, said: impl Into<String>) {
        self.0
            .entry(field.to_owned())
            .or_insert_with(|| said.into());
    }

    pub(super) fn at(&self, field: &str) -> Option<String> {
        self.0.get(field).cloned()
    }
}

/// A decision as typed.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    /// Whom it concerns.
    pub(super) person: PersonId,
    /// The registration that comes first, for a person not yet registered.
    pub(super) register: Option<Register>,
    /// The date of pronouncement; absent for a decision pronounced now.
    pub(super) pronounced: Option<CivilDate>,
    /// The decision.
    pub(super) decision: Decision,
}

/// The disposal that was chosen, if it is one that the form knows.
pub(super) fn disposal(typed: &Typed, law: &Pack) -> Option<SanctionKind> {
    let word = typed.get("disposal")?;
    offered(law).into_iter().find(|kind| kind.word() == word)
}

/// The disposals that the form offers: those of the pack whose quantities it can ask for.
pub(super) fn offered(law: &Pack) -> Vec<SanctionKind> {
    use SanctionKind::{
        Admonition, CommunityOrder, Compensation, Custody, DayFine, Deferred, Discharge, Fine,
        SuspendedCustody,
    };
    let known = [
        Fine,
        DayFine,
        Compensation,
        Admonition,
        Discharge,
        Deferred,
        CommunityOrder,
        SuspendedCustody,
        Custody,
    ];
    let listed = &law.sentencing.sanctions;
    known
        .into_iter()
        .filter(|kind| listed.is_empty() || listed.contains(kind))
        .collect()
}

/// Reads the whole form; `fresh` is the pseudonym of a person not yet registered.
pub(super) fn read(
    typed: &Typed,
    law: &Pack,
    kind: SanctionKind,
    fresh: PersonId,
) -> Result<Wanted, Errors> {
    let mut errors = Errors::default();
    let (person, register) = person(typed, fresh, &mut errors);
    let pronounced = date(typed, "pronounced", &mut errors);
    let court = required(typed, "court", "Choose the court", &mut errors)
        .and_then(|text| CourtCode::parse(&text).ok());
    let case = optional(
        typed,
        "case",
        |text| CaseReference::parse(text).map_err(|e| e.to_string()),
        &mut errors,
    );
    let offence = offence(typed, law, &mut errors);
    let sanction = sanction(typed, law, kind, &mut errors);
    let remand = optional(
        typed,
        "remand",
        |t| whole(t, "the days in custody"),
        &mut errors,
    );
    let (Some(court), Some(offence), Some(sanction), true) =
        (court, offence, sanction, errors.0.is_empty())
    else {
        return Err(errors);
    };
    let first = one_count(law, offence, sanction);
    let asked = |ask| law.sentencing.asks(kind, ask);
    let decision = Decision {
        court,
        case,
        hearing: None,
        counts: vec![first],
        principal: None,
        circumstances: if asked(Ask::Circumstances) {
            circumstances(typed, law)
        } else {
            BTreeMap::new()
        },
        aggravating: factors(typed, law, FactorDirection::Aggravating),
        mitigating: factors(typed, law, FactorDirection::Mitigating),
        alternatives_considered: codes(typed, "alternatives"),
        remand_days: remand.into(),
        reasons: typed
            .get("reasons")
            .map(|text| PersonalText::Clear(text.to_owned())),
    };
    Ok(Wanted {
        person,
        register,
        pronounced,
        decision,
    })
}

/// A decision of one count and one component, its gravity from the pack.
fn one_count(law: &Pack, offence: Offence, sanction: Sanction) -> Count {
    let gravity = offence
        .code
        .value()
        .and_then(|code| law.catalogue.gravity(code));
    Count {
        no: CountNo(1),
        offence,
        gravity,
        range: None,
        departure: None,
        components: vec![Component {
            no: ComponentNo(1),
            sanction,
            runs: None,
            uplift: None,
        }],
    }
}

fn person(typed: &Typed, fresh: PersonId, errors: &mut Errors) -> (PersonId, Option<Register>) {
    if let Some(text) = typed.get("person") {
        let Ok(id) = text.parse() else {
            errors.say("person", "This is not a reference of a person: copy it from the person's page, or leave it empty and give a name");
            return (fresh, None);
        };
        return (id, None);
    }
    let Some(name) = typed.get("name") else {
        errors.say(
            "name",
            "Give the name, or the reference of a person already registered",
        );
        return (fresh, None);
    };
    let born = date(typed, "born", errors);
    let sex = match typed.get("sex") {
        Some("female") => Known::Value(Sex::Female),
        Some("male") => Known::Value(Sex::Male),
        Some("another") => Known::Value(Sex::Another),
        _ => Known::NotRecorded,
    };
    let identity = Identity {
        name: Some(PersonalText::Clear(name.to_owned())),
        born: born.map(|date| PersonalText::Clear(date.to_string())),
        ..Identity::default()
    };
    (
        fresh,
        Some(Register {
            sex,
            identity: Some(identity),
        }),
    )
}

fn offence(typed: &Typed, law: &Pack, errors: &mut Errors) -> Option<Offence> {
    let committed = date(typed, "committed", errors);
    let text = required(typed, "offence", "Choose the offence", errors)?;
    let code = OffenceCode::parse(&text).ok()?;
    let entry = law.catalogue.offence(&code);
    Some(Offence {
        code: Known::Value(code.clone()),
        catalogue: law.catalogue.version.clone(),
        iccs: entry.and_then(|e| e.iccs.clone()),
        category: entry.and_then(|e| e.category.clone()).into(),
        committed: committed.into(),
    })
}

fn sanction(
    typed: &Typed,
    law: &Pack,
    kind: SanctionKind,
    errors: &mut Errors,
) -> Option<Sanction> {
    match kind {
        SanctionKind::Custody => Some(Sanction::Custody {
            term: Some(CustodyTerm::Determinate(length(
                typed, "term", "the term", errors,
            )?)),
        }),
        SanctionKind::SuspendedCustody => Some(Sanction::SuspendedCustody {
            term: Some(length(typed, "term", "the term", errors)?),
            operational_period: Some(length(typed, "period", "the operational period", errors)?),
            requirements: requirements(typed, law, errors),
        }),
        SanctionKind::CommunityOrder => Some(Sanction::CommunityOrder {
            period: Some(length(typed, "period", "the period", errors)?),
            requirements: requirements(typed, law, errors),
        }),
        SanctionKind::Fine => Some(Sanction::Fine {
            amount: Some(money(typed, law, "amount", errors)?),
        }),
        SanctionKind::Compensation => Some(Sanction::Compensation {
            amount: Some(money(typed, law, "amount", errors)?),
        }),
        SanctionKind::DayFine => {
            let units = required(typed, "units", "Give the number of units", errors)?;
            let unit_value = money(typed, law, "unit_value", errors);
            let units = whole(&units, "the units")
                .map_err(|said| errors.say("units", said))
                .ok()?;
            Some(Sanction::DayFine {
                units: Some(units),
                unit_value: Some(unit_value?),
            })
        }
        SanctionKind::Discharge => {
            let conditional_for = has_length(typed, "period")
                .then(|| length(typed, "period", "the period", errors))
                .flatten();
            Some(Sanction::Discharge { conditional_for })
        }
        SanctionKind::Admonition => Some(Sanction::Admonition {}),
        SanctionKind::Deferred => Some(Sanction::Deferred {
            until: date(typed, "until", errors),
        }),
        SanctionKind::Death | SanctionKind::Ancillary | SanctionKind::Other => None,
    }
}

fn requirements(typed: &Typed, law: &Pack, errors: &mut Errors) -> Vec<RequirementTerms> {
    let mut read = Vec::new();
    for n in 1..=REQUIREMENTS {
        let Some(kind) = typed
            .get(&format!("r{n}_kind"))
            .and_then(|text| Code::parse(text).ok())
        else {
            continue;
        };
        let unit = law
            .orders
            .requirements
            .iter()
            .find(|rule| rule.kind == kind)
            .and_then(|rule| rule.unit);
        let field = format!("r{n}_amount");
        let amount = optional(typed, &field, |text| whole(text, "how much"), errors);
        let months = format!("r{n}_months");
        let length = optional(typed, &months, |text| whole(text, "the months"), errors);
        let consented = typed.get(&format!("r{n}_consent")) == Some("given");
        read.push(RequirementTerms {
            kind,
            quantity: amount
                .zip(unit)
                .map(|(amount, unit)| quantity(amount, unit)),
            length: length
                .and_then(|n| u16::try_from(n).ok())
                .map(|n| Length::Calendar(Term::of_months(n))),
            consent: if consented {
                Known::Value(Consent::Given)
            } else {
                Known::NotRecorded
            },
        });
    }
    read
}

/// What is typed in hours is kept in minutes.
fn quantity(amount: u32, unit: Unit) -> Quantity {
    match unit {
        Unit::Minutes => Quantity::Minutes(amount.saturating_mul(60)),
        Unit::Days | Unit::Sessions => Quantity::of(amount, unit),
    }
}

fn circumstances(typed: &Typed, law: &Pack) -> BTreeMap<Code, Known<Code>> {
    let answer = |rule: &CircumstanceRule| {
        let known = match typed.get(&format!("c_{}", rule.code))? {
            "?not-asked" => Known::NotAsked,
            "?declined" => Known::Declined,
            code => Known::Value(Code::parse(code).ok()?),
        };
        Some((rule.code.clone(), known))
    };
    law.sentencing
        .circumstances
        .iter()
        .filter_map(answer)
        .collect()
}

fn factors(typed: &Typed, law: &Pack, direction: FactorDirection) -> Vec<Code> {
    let name = match direction {
        FactorDirection::Aggravating => "aggravating",
        FactorDirection::Mitigating => "mitigating",
    };
    let listed = |code: &Code| {
        law.sentencing
            .factors
            .iter()
            .any(|f| &f.code == code && f.direction == direction)
    };
    codes(typed, name).into_iter().filter(listed).collect()
}

fn codes(typed: &Typed, name: &str) -> Vec<Code> {
    typed
        .all(name)
        .filter_map(|text| Code::parse(text).ok())
        .collect()
}

pub(super) fn has_length(typed: &Typed, name: &str) -> bool {
    ["years", "months", "days"]
        .iter()
        .any(|part| typed.get(&format!("{name}_{part}")).is_some())
}

/// A length typed as years, months and days.
pub(in crate::pages) fn length(
    typed: &Typed,
    name: &str,
    words: &str,
    errors: &mut Errors,
) -> Option<Length> {
    let field = |unit: &str| format!("{name}_{unit}");
    if !has_length(typed, name) {
        errors.say(
            &field("years"),
            format!("Give {words} in years, months or days"),
        );
        return None;
    }
    let mut part = |unit: &str| {
        let read = typed
            .get(&field(unit))
            .map_or(Ok(0), |text| whole(text, words));
        read.map_err(|said| errors.say(&field(unit), said)).ok()
    };
    let (years, months, days) = (part("years"), part("months"), part("days"));
    let term = Term {
        years: u16::try_from(years?).ok()?,
        months: u16::try_from(months?).ok()?,
        days: days?,
    };
    Some(Length::Calendar(term))
}

/// An amount in the pack's currency, typed in its major unit.
pub(super) fn money(typed: &Typed, law: &Pack, field: &str, errors: &mut Errors) -> Option<Money> {
    let text = required(typed, field, "Give the amount", errors)?;
    let read = Decimal::parse(&text)
        .map_err(|_| format!("{text:?} is not an amount: write it as 250 or 250.50"))
        .and_then(|amount| {
            Money::from_major(amount, law.currency.clone()).map_err(|e| e.to_string())
        });
    read.map_err(|said| errors.say(field, said)).ok()
}

fn date(typed: &Typed, name: &str, errors: &mut Errors) -> Option<CivilDate> {
    let part = |which: &str| typed.get(&format!("{name}_{which}"));
    if part("year").is_none() && (part("month").is_some() || part("day").is_some()) {
        errors.say(name, "Give the year too");
        return None;
    }
    let text = typed.date(name)?;
    text.parse()
        .map_err(|_| {
            errors.say(
                name,
                format!("{text} is not a date: give day, month and a year of four digits"),
            );
        })
        .ok()
}

fn whole(text: &str, words: &str) -> Result<u32, String> {
    text.parse().map_err(|_| {
        format!("{text:?} is not a whole number: give {words} in digits, without a sign")
    })
}

fn required(typed: &Typed, field: &str, said: &str, errors: &mut Errors) -> Option<String> {
    let text = typed.get(field).map(str::to_owned);
    if text.is_none() {
        errors.say(field, said);
    }
    text
}

fn optional<T>(
    typed: &Typed,
    field: &str,
    read: impl FnOnce(&str) -> Result<T, String>,
    errors: &mut Errors,
) -> Option<T> {
    read(typed.get(field)?)
        .map_err(|said| errors.say(field, said))
        .ok()
}

/// The field of the form that a rule's field is asked in.
pub(super) fn field_of(path: &str, kind: SanctionKind) -> &'static str {
    match path {
        "person" => "person",
        "pronounced" => "pronounced",
        "decision.aggravating" => "aggravating",
        "decision.mitigating" => "mitigating",
        "decision.alternatives_considered" => "alternatives",
        "decision.remand_days" => "remand",
        "decision.reasons" => "reasons",
        path if path.ends_with("offence.code") => "offence",
        path if path.ends_with("offence.committed") => "committed",
        path if path.starts_with("decision.components") || path.contains("components") => {
            quantity_field(kind)
        }
        _ => "",
    }
}

/// The first field of a disposal's quantity.
pub(super) fn quantity_field(kind: SanctionKind) -> &'static str {
    match kind {
        SanctionKind::Custody | SanctionKind::SuspendedCustody => "term_years",
        SanctionKind::CommunityOrder | SanctionKind::Discharge => "period_years",
        SanctionKind::Fine | SanctionKind::Compensation => "amount",
        SanctionKind::DayFine => "units",
        SanctionKind::Deferred => "until",
        SanctionKind::Death
        | SanctionKind::Admonition
        | SanctionKind::Ancillary
        | SanctionKind::Other => "disposal",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn midland() -> Pack {
        let (_, text) = domain::jurisdiction::BUILT_IN[1];
        Pack::parse(text).unwrap()
    }

    fn fresh() -> PersonId {
        "0190a0a0-0000-4000-8000-000000000001".parse().unwrap()
    }

    fn fine(more: &[(&str, &str)]) -> Result<Wanted, Errors> {
        let base = [
            ("name", "A. Reed"),
            ("court", "ashby"),
            ("offence", "M403"),
            ("disposal", "fine"),
        ];
        let all: Vec<_> = base.iter().chain(more).copied().collect();
        read(&Typed::of(&all), &midland(), SanctionKind::Fine, fresh())
    }

    #[test]
    fn a_minor_fine_is_read_from_few_fields_with_gravity_from_the_pack() {
        let wanted = fine(&[("amount", "250.50")]).unwrap();
        let count = &wanted.decision.counts[0];
        let amount =
            Money::from_major(Decimal::parse("250.50").unwrap(), midland().currency).unwrap();
        assert_eq!(
            count.components[0].sanction,
            Sanction::Fine {
                amount: Some(amount)
            }
        );
        assert_eq!(count.gravity.as_ref().unwrap().level.as_str(), "1");
        assert_eq!(wanted.person, fresh());
        assert!(wanted.register.is_some() && wanted.pronounced.is_none());
    }

    #[test]
    fn an_amount_that_is_none_is_refused_at_its_field() {
        let errors = fine(&[("amount", "much")]).unwrap_err();
        assert_eq!(errors.0.keys().collect::<Vec<_>>(), ["amount"]);
    }

    #[test]
    fn every_missing_field_is_named_at_once() {
        let typed = Typed::of(&[("disposal", "fine")]);
        let errors = read(&typed, &midland(), SanctionKind::Fine, fresh()).unwrap_err();
        assert_eq!(
            errors.0.keys().collect::<Vec<_>>(),
            ["amount", "court", "name", "offence"]
        );
    }

    #[test]
    fn unpaid_work_typed_in_hours_is_kept_in_minutes() {
        let typed = Typed::of(&[
            ("person", "0190a0a0-0000-4000-8000-000000000002"),
            ("court", "ashby"),
            ("offence", "M102"),
            ("period_years", "1"),
            ("r1_kind", "unpaid-work"),
            ("r1_amount", "80"),
        ]);
        let wanted = read(&typed, &midland(), SanctionKind::CommunityOrder, fresh()).unwrap();
        let requirements = wanted.decision.counts[0].components[0]
            .sanction
            .requirements()
            .to_vec();
        assert_eq!(requirements[0].quantity, Some(Quantity::Minutes(4800)));
        assert_eq!(wanted.register, None);
    }

    #[test]
    fn a_date_without_its_year_is_refused_not_guessed() {
        let errors = fine(&[("amount", "10"), ("pronounced_day", "3")]).unwrap_err();
        assert_eq!(
            errors.at("pronounced").as_deref(),
            Some("Give the year too")
        );
    }

    #[test]
    fn an_answer_not_asked_or_declined_is_kept_as_such() {
        let typed = Typed::of(&[
            ("name", "A. Reed"),
            ("court", "ashby"),
            ("offence", "M102"),
            ("term_months", "6"),
            ("c_employed", "?not-asked"),
            ("c_education", "?declined"),
            ("c_prior-record", "none"),
        ]);
        let wanted = read(&typed, &midland(), SanctionKind::Custody, fresh()).unwrap();
        let answer =
            |code: &str| wanted.decision.circumstances[&Code::parse(code).unwrap()].clone();
        assert_eq!(answer("employed"), Known::NotAsked);
        assert_eq!(answer("education"), Known::Declined);
        assert_eq!(answer("prior-record").value().unwrap().as_str(), "none");
    }
}
