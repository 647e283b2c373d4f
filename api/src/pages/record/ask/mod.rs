//! The form of a decision: what is asked grows with the disposal, by the policy.

mod part;
#[cfg(test)]
mod tests;
mod weighed;
mod why;

use std::collections::BTreeSet;

use domain::act::Objection;
use domain::jurisdiction::Pack;
use domain::sentence::{Decision, SanctionKind, SentenceRefusal};

use super::known::KnownBefore;
use super::read::{Errors, offered};
use super::shape::{Place, Placed, Shape, of_count};
use crate::pages::components::{Choice, Field, Form, TypedDate, TypedLength};
use crate::pages::page::Typed;
use crate::pages::register::sentence_case;

pub(super) use self::part::first_field;
pub(in crate::pages) use self::part::position;

/// What a form is made of.
pub(super) struct Asking<'a> {
    pub(super) typed: &'a Typed,
    pub(super) errors: &'a Errors,
    pub(super) law: &'a Pack,
    pub(super) shape: Shape,
    /// What is imposed in each part, as far as it is chosen.
    pub(super) kinds: Vec<(Place, SanctionKind)>,
    /// The decision, as far as it can be read.
    pub(super) draft: Option<&'a Decision>,
    /// Where its counts and components stand on the form.
    pub(super) placed: Placed,
    /// What stands against it.
    pub(super) objections: &'a [Objection<SentenceRefusal>],
    /// What the register knows before the decision.
    pub(super) known: &'a KnownBefore,
    /// The court that is chosen until another is.
    pub(super) court: &'a str,
    /// The field that takes the focus.
    pub(super) focus: Option<String>,
}

/// An error whose field is not on the form concerns the form as a whole.
pub(in crate::pages) fn unplaced(form: Form, errors: &Errors) -> Form {
    let linked: BTreeSet<String> = form
        .summary()
        .errors
        .into_iter()
        .map(|e| e.message)
        .collect();
    let rest = errors.0.values().filter(|said| !linked.contains(*said));
    rest.fold(form, |form, said| form.refused(said.clone()))
}

/// A date in three boxes, as it was typed.
pub(in crate::pages) fn date_field(typed: &Typed, name: &str, label: &str) -> Field {
    let part = |which: &str| {
        let part = typed.get(&format!("{name}_{which}"));
        part.unwrap_or_default().to_owned()
    };
    let boxes = TypedDate {
        hour: None,
        day: part("day"),
        month: part("month"),
        year: part("year"),
    };
    Field::date(name, label, boxes)
}

/// A length in three boxes, as it was typed.
pub(in crate::pages) fn length_field(typed: &Typed, name: &str, label: &str) -> Field {
    let part = |which: &str| {
        let part = typed.get(&format!("{name}_{which}"));
        part.unwrap_or_default().to_owned()
    };
    let boxes = TypedLength {
        years: part("years"),
        months: part("months"),
        days: part("days"),
    };
    Field::length(name, label, boxes)
}

impl Asking<'_> {
    /// A field, focused when it is its turn.
    pub(super) fn put(&self, form: Form, field: Field) -> Form {
        let error = self.errors.at(&field.name);
        let is_next = self.focus.as_ref() == Some(&field.name);
        form.field(field.error(error).focused_if(is_next))
    }

    fn value(&self, name: &str) -> String {
        self.typed.get(name).unwrap_or_default().to_owned()
    }

    fn number(&self, name: &str, label: &str, unit: &str) -> Field {
        Field::number(name, label, unit, self.value(name)).error(self.errors.at(name))
    }

    /// A date in three boxes.
    pub(super) fn date(&self, name: &str, label: &str) -> Field {
        date_field(self.typed, name, label)
    }

    fn choice(&self, name: &str, value: &str, label: &str) -> Choice {
        Choice::new(value, label).chosen_if(self.typed.get(name) == Some(value))
    }

    fn none(&self, name: &str, label: &str) -> Choice {
        Choice::new("", label).chosen_if(self.typed.get(name).is_none())
    }

    /// A select that keeps what was chosen, even where the pack does not list it.
    fn select(&self, name: &str, label: &str, mut choices: Vec<Choice>) -> Field {
        if let Some(typed) = self.typed.get(name)
            && !choices.iter().any(|choice| choice.value == typed)
        {
            choices.push(Choice::new(typed, typed).chosen_if(true));
        }
        Field::select(name, label, choices)
    }

    /// The court and its reference.
    pub(super) fn case(&self, form: Form) -> Form {
        let chosen = self.typed.get("court").unwrap_or(self.court);
        let court = if self.law.courts.is_empty() {
            Field::reference("court", "Court", chosen).hint("The court's code.")
        } else {
            let courts = self.law.courts.iter().map(|court| {
                let code = court.code.as_str();
                Choice::new(code, court.title.clone()).chosen_if(code == chosen)
            });
            self.select("court", "Court", courts.collect())
        };
        let case = Field::reference("case", "Case reference", self.value("case"))
            .hint("As the court writes it; never a name.")
            .optional();
        let form = self.put(form.heading("The case"), court);
        self.put(form, case)
    }

    /// The counts with what is imposed for each.
    pub(super) fn counts(&self, form: Form) -> Form {
        self.shape
            .counts()
            .fold(form, |form, n| self.count(form, n))
    }

    fn count(&self, form: Form, n: usize) -> Form {
        let form = if self.shape.counts().count() > 1 {
            form.heading(format!("Count {n}"))
        } else {
            form
        };
        let form = self.put(form, self.offence(n));
        let form = match self.ranking(n) {
            Some(said) => form.part(said),
            None => form,
        };
        let form = self
            .shape
            .parts(n)
            .fold(form, |form, place| self.part(form, place));
        self.about_count(form, n)
    }

    fn offence(&self, n: usize) -> Field {
        let name = of_count("offence", n);
        let label = Self::of_count("Offence", n);
        let catalogue = &self.law.catalogue;
        if catalogue.offences.is_empty() || !catalogue.complete {
            let field = Field::reference(name.clone(), label, self.value(&name));
            return if n == 1 {
                field.hint("Its code in national law; ? where it is not recorded.")
            } else {
                field.hint("Its code in national law; leave it empty to take this count out.")
            };
        }
        let first = if n == 1 {
            self.none(&name, "Choose an offence")
        } else {
            self.none(&name, "None: take this count out")
        };
        let offences = catalogue.offences.iter().map(|offence| {
            let code = offence.code.as_str();
            self.choice(&name, code, &format!("{} ({code})", offence.title))
        });
        let choices = std::iter::once(first).chain(offences).collect();
        self.select(&name, &label, choices)
    }

    /// A label that says its count, where there are several.
    fn of_count(words: &str, n: usize) -> String {
        if n == 1 {
            words.to_owned()
        } else {
            format!("{words}, count {n}")
        }
    }

    /// A label that says its part.
    fn of_part(&self, words: &str, place: Place) -> String {
        match (place, self.shape.parts(place.count).count()) {
            (Place::FIRST, _) => words.to_owned(),
            (Place { count, .. }, 1) => format!("{words}, count {count}"),
            (Place { count: 1, part }, _) => format!("{words}, part {part}"),
            (Place { count, part }, _) => format!("{words}, count {count} part {part}"),
        }
    }

    fn disposal(&self, place: Place) -> Field {
        let name = place.name("disposal");
        let kinds = offered(self.law).into_iter();
        let kinds = kinds.map(|k| self.choice(&name, k.word(), &sentence_case(k.title())));
        let label = self.of_part("Disposal", place);
        if place == Place::FIRST && !self.is_unlisted(&name) {
            return Field::radios(name.clone(), label, kinds.collect());
        }
        let first = if place.part == 1 {
            self.none(&name, "Choose the disposal")
        } else {
            self.none(&name, "None: take this part out")
        };
        let choices = std::iter::once(first).chain(kinds).collect();
        self.select(&name, &label, choices)
    }

    /// Whether a disposal stands that the form does not offer.
    fn is_unlisted(&self, name: &str) -> bool {
        let listed = |word| offered(self.law).iter().any(|kind| kind.word() == word);
        self.typed.get(name).is_some_and(|word| !listed(word))
    }
}
