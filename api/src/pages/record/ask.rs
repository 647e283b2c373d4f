//! The form: what is asked grows with the disposal, by the policy.

use std::collections::BTreeSet;

use domain::jurisdiction::{Ask, FactorDirection, Pack, RequirementRule};
use domain::sentence::SanctionKind;
use domain::values::{OffenceCode, Unit};

use super::read::{Errors, REQUIREMENTS, offered};
use crate::pages::components::{
    Choice, Column, Field, Form, Guard, Inset, Part, Table, TypedDate, Value,
};
use crate::pages::page::Typed;
use crate::pages::register::sentence_case;

/// What a form is made of.
pub(super) struct Asking<'a> {
    pub(super) typed: &'a Typed,
    pub(super) errors: &'a Errors,
    pub(super) law: &'a Pack,
    /// The disposal, once it is chosen.
    pub(super) kind: Option<SanctionKind>,
    /// The court that is chosen until another is.
    pub(super) court: &'a str,
    /// Whether the visitor may impose, or only propose.
    pub(super) imposes: bool,
    /// The comparison and what was noticed, to be read before the end.
    pub(super) beside: Vec<Part>,
}

/// The form, in the order in which a decision is told.
pub(super) fn form(asking: &Asking<'_>, guard: Guard, carried: [(&str, String); 2]) -> Form {
    let submit = match (asking.kind, asking.imposes) {
        (None, _) => "Continue",
        (Some(_), true) => "Impose this decision",
        (Some(_), false) => "Propose this decision",
    };
    let mut form = Form::new("/sentences/new", guard, submit);
    for (name, value) in carried {
        form = form.carry(name, value);
    }
    form = asking.person(form);
    form = asking.case(form);
    if let Some(kind) = asking.kind {
        form = form.carry("asked", kind.word());
        form = asking.disposal(form, kind);
        form = asking.beside.iter().cloned().fold(form, Form::part);
        form = asking.reasons(form, kind);
        form = form.also("check", "Check");
        if asking.imposes {
            form = form.also("propose", "Keep as a proposal");
        }
    }
    unplaced(form, asking.errors).cancel("/sentences", "Cancel")
}

/// An error whose field is not on the form concerns the form as a whole.
fn unplaced(form: Form, errors: &Errors) -> Form {
    let linked: BTreeSet<String> = form
        .summary()
        .errors
        .into_iter()
        .map(|e| e.message)
        .collect();
    let rest = errors.0.values().filter(|said| !linked.contains(*said));
    rest.fold(form, |form, said| form.refused(said.clone()))
}

impl Asking<'_> {
    fn value(&self, name: &str) -> String {
        self.typed.get(name).unwrap_or_default().to_owned()
    }

    fn number(&self, name: &str, label: &str, unit: &str) -> Field {
        Field::number(name, label, unit, self.value(name)).error(self.errors.at(name))
    }

    fn date(&self, name: &str, label: &str) -> Field {
        let part = |which: &str| self.value(&format!("{name}_{which}"));
        let typed = TypedDate {
            day: part("day"),
            month: part("month"),
            year: part("year"),
        };
        Field::date(name, label, typed).error(self.errors.at(name))
    }

    fn choice(&self, name: &str, value: &str, label: &str) -> Choice {
        Choice::new(value, label).chosen_if(self.typed.get(name) == Some(value))
    }

    fn several(&self, name: &str, value: &str, label: &str) -> Choice {
        Choice::new(value, label).chosen_if(self.typed.all(name).any(|chosen| chosen == value))
    }

    fn person(&self, form: Form) -> Form {
        let reference =
            Field::reference("person", "Person already registered", self.value("person"))
                .hint("The reference on the person's page. Leave it empty for somebody new.")
                .optional()
                .error(self.errors.at("person"));
        let form = form.heading("Who").field(reference);
        if self.typed.get("person").is_some() && self.errors.at("person").is_none() {
            return form;
        }
        let sexes = vec![
            Choice::new("", "Not recorded").chosen_if(self.typed.get("sex").is_none()),
            self.choice("sex", "female", "Female"),
            self.choice("sex", "male", "Male"),
            self.choice("sex", "another", "Another entry of the civil register"),
        ];
        let name = Field::text("name", "Name", self.value("name")).error(self.errors.at("name"));
        form.field(name)
            .field(self.date("born", "Date of birth").optional())
            .field(Field::select("sex", "Sex as recorded", sexes))
    }

    fn case(&self, form: Form) -> Form {
        let chosen = self.typed.get("court").unwrap_or(self.court);
        let courts = self.law.courts.iter().map(|court| {
            let code = court.code.as_str();
            Choice::new(code, court.title.clone()).chosen_if(code == chosen)
        });
        let none =
            Choice::new("", "Choose an offence").chosen_if(self.typed.get("offence").is_none());
        let offences = self.law.catalogue.offences.iter().map(|offence| {
            let code = offence.code.as_str();
            self.choice("offence", code, &format!("{} ({code})", offence.title))
        });
        let kinds = offered(self.law)
            .into_iter()
            .map(|kind| self.choice("disposal", kind.word(), &sentence_case(kind.title())));
        let case = Field::reference("case", "Case reference", self.value("case"))
            .hint("As the court writes it; never a name.")
            .optional()
            .error(self.errors.at("case"));
        let pronounced = self
            .date("pronounced", "Pronounced on")
            .hint("Leave it empty when it is pronounced now.")
            .optional();
        form.heading("The case")
            .field(Field::select("court", "Court", courts.collect()).error(self.errors.at("court")))
            .field(case)
            .field(pronounced)
            .field(
                Field::select(
                    "offence",
                    "Offence",
                    std::iter::once(none).chain(offences).collect(),
                )
                .error(self.errors.at("offence")),
            )
            .field(
                Field::radios("disposal", "Disposal", kinds.collect())
                    .error(self.errors.at("disposal")),
            )
    }

    fn length(&self, form: Form, name: &str, words: &str) -> Form {
        let field = |unit: &str, plural: &str| {
            self.number(
                &format!("{name}_{unit}"),
                &format!("{words}: {plural}"),
                plural,
            )
        };
        form.field(field("years", "years"))
            .field(field("months", "months").optional())
            .field(field("days", "days").optional())
    }

    fn disposal(&self, form: Form, kind: SanctionKind) -> Form {
        let form = form.heading(sentence_case(kind.title()));
        let form = match self.gravity() {
            Some(said) => form.part(Part::Inset(said)),
            None => form,
        };
        let currency = self.law.currency.as_str();
        match kind {
            SanctionKind::Custody => self.length(form, "term", "Term"),
            SanctionKind::SuspendedCustody => {
                let form = self.length(form, "term", "Term if activated");
                let form = self.length(form, "period", "Suspended for");
                self.requirements(form)
            }
            SanctionKind::CommunityOrder => {
                let form = self.length(form, "period", "Order lasts");
                self.requirements(form)
            }
            SanctionKind::Fine | SanctionKind::Compensation => {
                form.field(self.number("amount", "Amount", currency))
            }
            SanctionKind::DayFine => form
                .field(self.number("units", "Units", "units"))
                .field(self.number("unit_value", "Value of a unit", currency)),
            SanctionKind::Discharge => {
                let absolute =
                    Part::Text("Leave the period empty for an absolute discharge.".to_owned());
                self.length(form.part(absolute), "period", "On condition for")
            }
            SanctionKind::Deferred => form.field(self.date("until", "Deferred until")),
            SanctionKind::Admonition
            | SanctionKind::Death
            | SanctionKind::Ancillary
            | SanctionKind::Other => form,
        }
    }

    /// The gravity of the offence, with the policy that ranks it and its source.
    fn gravity(&self) -> Option<Inset> {
        let code = OffenceCode::parse(self.typed.get("offence")?).ok()?;
        let gravity = self.law.catalogue.gravity(&code)?;
        let entry = self.law.catalogue.offence(&code)?;
        let longest = match entry.longest_custody {
            Some(longest) => format!(
                "The statute allows custody up to {}.",
                domain::sentence::length_in_words(longest)
            ),
            None => "The statute allows no custody.".to_owned(),
        };
        let policy = self
            .law
            .catalogue
            .gravity
            .iter()
            .find(|p| p.policy == gravity.policy)?;
        let words = crate::pages::sentence::gravity_in_words(self.law, &gravity);
        Some(Inset {
            text: format!(
                "{}: gravity {words}. {longest} Source: {}.",
                entry.title, policy.source
            ),
            source: None,
        })
    }

    fn requirements(&self, form: Form) -> Form {
        let columns = vec![
            Column::text("Requirement"),
            Column::text("How much"),
            Column::text("How long"),
            Column::text("Consent"),
        ];
        let mut table = Table::new("Requirements", columns);
        for n in 1..=REQUIREMENTS {
            table = table.row(self.requirement(n));
        }
        form.part(Part::Table(table))
    }

    fn requirement(&self, n: usize) -> Vec<Value> {
        let name = |part: &str| format!("r{n}_{part}");
        let none = Choice::new("", "None").chosen_if(self.typed.get(&name("kind")).is_none());
        let kinds = self
            .law
            .orders
            .requirements
            .iter()
            .map(|rule| self.choice(&name("kind"), rule.kind.as_str(), &in_words(rule)));
        let consents = vec![
            Choice::new("", "Not needed").chosen_if(self.typed.get(&name("consent")).is_none()),
            self.choice(&name("consent"), "given", "Given"),
        ];
        let kind = Field::select(
            name("kind"),
            format!("Requirement {n}"),
            std::iter::once(none).chain(kinds).collect(),
        );
        let amount = self.number(&name("amount"), &format!("How much, requirement {n}"), "");
        let months = self.number(
            &name("months"),
            &format!("How long, requirement {n}"),
            "months",
        );
        let consent = Field::select(
            name("consent"),
            format!("Consent, requirement {n}"),
            consents,
        );
        [kind, amount, months, consent]
            .into_iter()
            .map(|field| Value::field(field.quiet()))
            .collect()
    }

    fn reasons(&self, form: Form, kind: SanctionKind) -> Form {
        let asks = |ask| self.law.sentencing.asks(kind, ask);
        let mut form = form;
        if asks(Ask::Committed) {
            form = form.field(self.date("committed", "When the offence was committed"));
        }
        if asks(Ask::Factors) {
            form = form
                .field(self.factors(
                    "aggravating",
                    "What made it graver",
                    FactorDirection::Aggravating,
                ))
                .field(self.factors(
                    "mitigating",
                    "What made it lighter",
                    FactorDirection::Mitigating,
                ));
        }
        if asks(Ask::Alternatives) {
            let options = self.law.sentencing.alternatives.iter();
            let options = options.map(|o| self.several("alternatives", o.code.as_str(), &o.title));
            form = form.field(
                Field::checkboxes(
                    "alternatives",
                    "Alternatives to custody considered",
                    options.collect(),
                )
                .error(self.errors.at("alternatives")),
            );
        }
        if asks(Ask::Remand) {
            let remand = self.number("remand", "Days already spent in custody", "days");
            form = form.field(remand.hint("0 when none."));
        }
        if asks(Ask::Circumstances) {
            form = self.circumstances(form);
        }
        if asks(Ask::Reasons) {
            let reasons = Field::textarea("reasons", "Reasons", 6, self.value("reasons"))
                .hint("Sealed under a key of the person; it can be erased without touching the decision.")
                .error(self.errors.at("reasons"));
            form = form.field(reasons);
        }
        form
    }

    fn factors(&self, name: &str, label: &str, direction: FactorDirection) -> Field {
        let listed = self
            .law
            .sentencing
            .factors
            .iter()
            .filter(|f| f.direction == direction);
        let choices = listed.map(|f| self.several(name, f.code.as_str(), &f.title));
        Field::checkboxes(name, label, choices.collect()).error(self.errors.at(name))
    }

    fn circumstances(&self, form: Form) -> Form {
        let form = form.heading("Circumstances");
        self.law
            .sentencing
            .circumstances
            .iter()
            .fold(form, |form, rule| {
                let name = format!("c_{}", rule.code);
                let none =
                    Choice::new("", "Not recorded").chosen_if(self.typed.get(&name).is_none());
                let absent = [
                    self.choice(&name, "?not-asked", "Not asked"),
                    self.choice(&name, "?declined", "Declined to answer"),
                ];
                let values = rule
                    .values
                    .iter()
                    .map(|v| self.choice(&name, v.code.as_str(), &v.title));
                let choices = std::iter::once(none).chain(values).chain(absent).collect();
                form.field(Field::select(name.clone(), rule.title.clone(), choices))
            })
    }
}

/// A kind of requirement with its limits, as the form counts them.
fn in_words(rule: &RequirementRule) -> String {
    let per = |n: u32, unit| {
        if unit == Unit::Minutes {
            n.checked_div(60).unwrap_or(n)
        } else {
            n
        }
    };
    let unit = match rule.unit {
        Some(Unit::Minutes) => "hours",
        Some(Unit::Days) => "days",
        Some(Unit::Sessions) => "sessions",
        None => return rule.title.clone(),
    };
    let limit = |n: Option<u32>| n.zip(rule.unit).map(|(n, unit)| per(n, unit));
    match (limit(rule.least), limit(rule.most)) {
        (Some(least), Some(most)) => format!("{}: {least} to {most} {unit}", rule.title),
        _ => format!("{}: {unit}", rule.title),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn midland() -> Pack {
        let (_, text) = domain::jurisdiction::BUILT_IN[1];
        Pack::parse(text).unwrap()
    }

    fn fields(kind: SanctionKind) -> usize {
        let law = midland();
        let asking = Asking {
            typed: &Typed::of(&[("offence", "M403")]),
            errors: &Errors::default(),
            law: &law,
            kind: Some(kind),
            court: "ashby",
            imposes: true,
            beside: Vec::new(),
        };
        let form = form(
            &asking,
            Guard::open("t"),
            [("fresh", String::new()), ("sentence", String::new())],
        );
        form.parts
            .iter()
            .filter(|part| matches!(part, Part::Field(_)))
            .count()
    }

    #[test]
    fn a_minor_fine_is_asked_in_at_most_ten_fields() {
        assert!(
            fields(SanctionKind::Fine) <= 10,
            "{}",
            fields(SanctionKind::Fine)
        );
    }

    #[test]
    fn what_is_asked_grows_with_the_disposal() {
        assert!(fields(SanctionKind::Fine) < fields(SanctionKind::CommunityOrder));
        assert!(fields(SanctionKind::CommunityOrder) < fields(SanctionKind::SuspendedCustody));
        assert!(fields(SanctionKind::SuspendedCustody) < fields(SanctionKind::Custody) + 4);
    }

    #[test]
    fn an_error_of_a_field_that_is_not_asked_is_said_of_the_whole() {
        let law = midland();
        let mut errors = Errors::default();
        errors.say("remand", "Give the days");
        let typed = Typed::empty();
        let asking = Asking {
            typed: &typed,
            errors: &errors,
            law: &law,
            kind: Some(SanctionKind::Fine),
            court: "ashby",
            imposes: true,
            beside: Vec::new(),
        };
        let form = form(
            &asking,
            Guard::open("t"),
            [("fresh", String::new()), ("sentence", String::new())],
        );
        assert_eq!(form.errors, ["Give the days"]);
    }
}
