//! Why it was decided so: what the policy asks, by everything that is imposed.

use domain::jurisdiction::{Ask, FactorDirection};
use domain::sentence::DepartureDirection;

use super::Asking;
use crate::pages::components::{Choice, Field, Form, Part};
use crate::pages::record::shape::of_count;

impl Asking<'_> {
    /// Whether the policy asks for something, given what is imposed in any part.
    pub(super) fn asks(&self, ask: Ask) -> bool {
        let mut kinds = self.kinds.iter();
        kinds.any(|(_, kind)| self.law.sentencing.asks(*kind, ask))
    }

    /// Whether something stands that was not asked: it is shown, so that it can be changed.
    pub(super) fn stands(&self, name: &str) -> bool {
        self.typed.get(name).is_some()
    }

    pub(super) fn several(
        &self,
        name: &str,
        listed: impl Iterator<Item = (String, String)>,
    ) -> Vec<Choice> {
        let listed: Vec<(String, String)> = listed.collect();
        let unlisted = self
            .typed
            .all(name)
            .filter(|code| !listed.iter().any(|(known, _)| known == code));
        let unlisted: Vec<(String, String)> = unlisted
            .map(|code| (code.to_owned(), code.to_owned()))
            .collect();
        let all = listed.into_iter().chain(unlisted);
        all.map(|(code, title)| {
            let is_chosen = self.typed.all(name).any(|chosen| chosen == code);
            Choice::new(code, title).chosen_if(is_chosen)
        })
        .collect()
    }

    /// When it was committed, and why the sentence leaves its range.
    pub(super) fn about_count(&self, form: Form, n: usize) -> Form {
        let committed = of_count("committed", n);
        let form = if self.asks(Ask::Committed) || self.stands(&format!("{committed}_year")) {
            let label = Self::of_count("When the offence was committed", n);
            let field = self.date(&committed, &label);
            self.put(
                form,
                field.hint("The year alone will do where no more is known."),
            )
        } else {
            form
        };
        self.departure(form, n)
    }

    fn departure(&self, form: Form, n: usize) -> Form {
        let name = of_count("departure", n);
        let leaves = self.drafted(n).and_then(domain::sentence::Count::departs);
        if leaves.is_none() && !self.stands(&name) {
            return form;
        }
        let label = match leaves {
            Some(DepartureDirection::Above) => "Why the sentence lies above the range",
            Some(DepartureDirection::Below) => "Why the sentence lies below the range",
            None => "Why the sentence leaves the range",
        };
        let reasons = self.law.sentencing.departure_reasons.iter();
        let reasons = reasons.map(|r| (r.code.to_string(), r.title.clone()));
        let field = Field::checkboxes(
            name.clone(),
            Self::of_count(label, n),
            self.several(&name, reasons),
        );
        self.put(form, field)
    }

    /// Factors, alternatives, remand, circumstances and reasons, as far as the policy asks for them.
    pub(in crate::pages::record) fn why(&self, form: Form) -> Form {
        let begins = form.parts.len();
        let mut form = self.told(form);
        if form.parts.len() > begins {
            form.parts.insert(begins, Part::Heading("Why".to_owned()));
        }
        form
    }

    fn told(&self, mut form: Form) -> Form {
        for (name, label, direction) in [
            (
                "aggravating",
                "What made it graver",
                FactorDirection::Aggravating,
            ),
            (
                "mitigating",
                "What made it lighter",
                FactorDirection::Mitigating,
            ),
        ] {
            if self.asks(Ask::Factors) || self.stands(name) {
                let listed = self.law.sentencing.factors.iter();
                let listed = listed.filter(|f| f.direction == direction);
                let listed = listed.map(|f| (f.code.to_string(), f.title.clone()));
                let field = Field::checkboxes(name, label, self.several(name, listed));
                form = self.put(form, field);
            }
        }
        let considered = self.asks(Ask::Alternatives) || self.asks(Ask::Lighter);
        if considered || self.stands("alternatives") {
            let options = self.law.sentencing.alternatives.iter();
            let options = options.map(|o| (o.code.to_string(), o.title.clone()));
            let choices = self.several("alternatives", options);
            let label = "Alternatives to custody considered";
            form = self.put(form, Field::checkboxes("alternatives", label, choices));
        }
        if self.asks(Ask::Remand) || self.stands("remand") {
            let remand = self.number("remand", "Days already spent in custody", "days");
            form = self.put(form, remand.hint(self.known.beside_days()));
        }
        form = self.circumstances(form);
        form = self.weighed(form);
        if self.asks(Ask::Reasons) || self.stands("reasons") {
            let value = self.value("reasons");
            let reasons = Field::textarea("reasons", "Reasons", 6, value)
                .hint("Stored encrypted. It can be erased later; the decision itself stays.");
            form = self.put(form, reasons);
        }
        form
    }

    fn circumstances(&self, form: Form) -> Form {
        let rules = &self.law.sentencing.circumstances;
        let stand = |code: &str| self.stands(&format!("c_{code}"));
        let asked = self.asks(Ask::Circumstances);
        if !asked && !rules.iter().any(|rule| stand(rule.code.as_str())) {
            return form;
        }
        rules
            .iter()
            .fold(form.heading("Circumstances"), |form, rule| {
                let name = format!("c_{}", rule.code);
                let values = rule.values.iter();
                let values = values.map(|v| self.choice(&name, v.code.as_str(), &v.title));
                let absent = [
                    self.choice(&name, "?not-asked", "Not asked"),
                    self.choice(&name, "?declined", "Declined to answer"),
                ];
                let first = self.none(&name, "Not recorded");
                let choices = std::iter::once(first).chain(values).chain(absent).collect();
                let field = self.select(&name, &rule.title, choices);
                let field = match self.known.beside(&rule.code, self.law) {
                    Some(known) => field.hint(known),
                    None => field,
                };
                self.put(form, field)
            })
    }
}
