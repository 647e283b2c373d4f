//! What is asked of one part of a count: the quantities of its disposal, its requirements, how a term runs.

use domain::jurisdiction::RequirementRule;
use domain::sentence::{Count, DepartureDirection, SanctionKind, SentenceRefusal, length_in_words};
use domain::values::{GuidelineRange, OffenceCode, Unit};

use super::{Asking, length_field};
use crate::pages::components::{Choice, Column, Field, Form, Inset, Part, Table, Value};
use crate::pages::record::read::{REQUIREMENTS, requirement_names};
use crate::pages::record::shape::{Place, of_count};
use crate::pages::register::sentence_case;

/// The field that a disposal asks first.
pub(in crate::pages::record) fn first_field(kind: SanctionKind, place: Place) -> String {
    match kind {
        SanctionKind::Custody | SanctionKind::SuspendedCustody => place.name("term"),
        SanctionKind::CommunityOrder | SanctionKind::Discharge => place.name("period"),
        SanctionKind::Fine | SanctionKind::Compensation => place.name("amount"),
        SanctionKind::DayFine => place.name("units"),
        SanctionKind::Deferred => place.name("until"),
        SanctionKind::Ancillary | SanctionKind::Other => place.name("measure"),
        SanctionKind::Death | SanctionKind::Admonition => place.name("disposal"),
    }
}

fn is_term(kind: SanctionKind) -> bool {
    matches!(kind, SanctionKind::Custody | SanctionKind::SuspendedCustody)
}

impl Asking<'_> {
    /// What is imposed in a part, and how it runs.
    pub(super) fn part(&self, form: Form, place: Place) -> Form {
        let form = self.imposed(form, place);
        match self.kind(place) {
            Some(kind) if is_term(kind) => self.term(form, place),
            Some(_) | None => form,
        }
    }

    /// What is imposed in a part.
    pub(in crate::pages::record) fn imposed(&self, form: Form, place: Place) -> Form {
        let form = self.put(form, self.disposal(place));
        match self.kind(place) {
            Some(kind) => self.quantities(form, place, kind),
            None => form,
        }
    }

    fn kind(&self, place: Place) -> Option<SanctionKind> {
        let chosen = self.kinds.iter().find(|(at, _)| *at == place);
        chosen.map(|(_, kind)| *kind)
    }

    fn quantities(&self, form: Form, place: Place, kind: SanctionKind) -> Form {
        let currency = self.law.currency.as_str();
        let label = |words: &str| self.of_part(words, place);
        let amount = |field: &str, words: &str, unit: &str| {
            self.number(&place.name(field), &label(words), unit)
        };
        match kind {
            SanctionKind::Custody => {
                let form = self.length(form, place, "term", "Term");
                self.put(form, self.endless(place))
            }
            SanctionKind::SuspendedCustody => {
                let form = self.length(form, place, "term", "Term if activated");
                let form = self.length(form, place, "period", "Suspended for");
                self.requirements(form, place)
            }
            SanctionKind::CommunityOrder => {
                let form = self.length(form, place, "period", "Order lasts");
                self.requirements(form, place)
            }
            SanctionKind::Fine | SanctionKind::Compensation => {
                self.put(form, amount("amount", "Amount", currency))
            }
            SanctionKind::DayFine => {
                let form = self.put(form, amount("units", "Units", "units"));
                self.put(form, amount("unit_value", "Value of a unit", currency))
            }
            SanctionKind::Discharge => {
                let label = label("On condition for");
                let period = length_field(self.typed, &place.name("period"), &label)
                    .hint("Leave it empty for an absolute discharge.");
                self.put(form, period)
            }
            SanctionKind::Deferred => {
                let until = self.date(&place.name("until"), &label("Deferred until"));
                self.put(form, until)
            }
            SanctionKind::Ancillary | SanctionKind::Other => {
                let form = self.put(form, self.measure(place));
                self.length(form, place, "period", "Lasts")
            }
            SanctionKind::Admonition | SanctionKind::Death => form,
        }
    }

    fn length(&self, form: Form, place: Place, field: &str, words: &str) -> Form {
        let label = self.of_part(words, place);
        self.put(form, length_field(self.typed, &place.name(field), &label))
    }

    fn endless(&self, place: Place) -> Field {
        let name = place.name("term_kind");
        let choices = vec![
            self.none(&name, "Of that length"),
            self.choice(&name, "life", "For life"),
            self.choice(&name, "indeterminate", "Until an authority decides"),
        ];
        let label = self.of_part("The term is", place);
        self.select(&name, &label, choices)
    }

    fn measure(&self, place: Place) -> Field {
        let name = place.name("measure");
        let measures = self.law.sentencing.measures.iter();
        let measures = measures.map(|m| self.choice(&name, m.code.as_str(), &m.title));
        let first = self.none(&name, "Choose the measure");
        let choices = std::iter::once(first).chain(measures).collect();
        self.select(&name, &self.of_part("Measure", place), choices)
    }

    /// How a term runs beside the others, where there are others or it follows an earlier sentence.
    fn term(&self, form: Form, place: Place) -> Form {
        let name = place.name("runs");
        let others = self
            .kinds
            .iter()
            .filter(|(at, kind)| *at != place && is_term(*kind));
        let others = others.map(|(at, kind)| {
            let said = format!("After the {} of count {}", kind.title(), at.count);
            let said = if self.shape.parts(at.count).count() > 1 {
                format!("{said}, part {}", at.part)
            } else {
                said
            };
            self.choice(&name, &at.word(), &said)
        });
        let mut choices = vec![
            self.none(&name, "By itself, or first"),
            self.choice(&name, "concurrent", "At the same time as the others"),
        ];
        choices.extend(others);
        choices.push(self.choice(&name, "earlier", "After a term of an earlier sentence"));
        let runs = self.select(&name, &self.of_part("How it runs", place), choices);
        let form = self.put(form, runs);
        let form = if self.typed.get(&name) == Some("earlier") {
            self.earlier(form, place)
        } else {
            form
        };
        self.uplift(form, place)
    }

    fn earlier(&self, form: Form, place: Place) -> Form {
        let (sentence, part) = (place.name("earlier"), place.name("earlier_part"));
        let label = self.of_part("Earlier sentence", place);
        let earlier = Field::reference(sentence.clone(), label, self.value(&sentence))
            .hint("The reference at the foot of its page. Its days are counted there, not here.");
        let label = self.of_part("Component of the earlier sentence", place);
        let part = self.number(&part, &label, "number").optional();
        let form = self.put(form, earlier);
        self.put(form, part)
    }

    /// The rule that lets a term exceed the maximum is asked for where the term does.
    fn uplift(&self, form: Form, place: Place) -> Form {
        let name = place.name("uplift");
        let no = self.placed.component(place);
        let above = self.objections.iter().any(|o| match &o.refusal {
            SentenceRefusal::AboveMaximum { component, .. }
            | SentenceRefusal::NotImprisonable { component, .. } => Some(*component) == no,
            _ => false,
        });
        if !above && self.typed.get(&name).is_none() {
            return form;
        }
        let label = self.of_part("Rule that allows more than the maximum", place);
        let rules = self.law.sentencing.uplifts.iter();
        let rules = rules.map(|rule| self.choice(&name, rule.code.as_str(), &rule.title));
        let choices = std::iter::once(self.none(&name, "None"))
            .chain(rules)
            .collect();
        self.put(form, self.select(&name, &label, choices))
    }

    /// A count as it reads so far.
    pub(super) fn drafted(&self, n: usize) -> Option<&Count> {
        let no = self.placed.count(n)?;
        self.draft?.counts.iter().find(|count| count.no == no)
    }

    /// The gravity of the offence and the guideline's range, with who ranks them.
    pub(super) fn ranking(&self, n: usize) -> Option<Part> {
        let code = OffenceCode::parse(self.typed.get(&of_count("offence", n))?).ok()?;
        let entry = self.law.catalogue.offence(&code)?;
        let longest = match entry.longest_custody {
            Some(longest) => format!(
                "the statute allows custody up to {}",
                length_in_words(longest)
            ),
            None if entry.life => "the statute allows custody for life".to_owned(),
            None => "the statute allows no custody".to_owned(),
        };
        let mut said = format!("{}: {longest}.", entry.title);
        if let Some(gravity) = self.law.catalogue.gravity(&code) {
            let words = crate::pages::sentence::gravity_in_words(self.law, &gravity);
            said = format!("{said} Gravity {words}.");
        }
        if let Some(range) = self.law.catalogue.range(&code) {
            said = format!("{said} {}", self.range(n, &range));
        }
        Some(Part::Inset(Inset {
            text: said,
            source: None,
        }))
    }

    fn range(&self, n: usize, range: &GuidelineRange) -> String {
        let position = self.drafted(n).and_then(position);
        let said = crate::pages::sentence::range_in_words(self.law, range);
        match position {
            Some(position) => format!("{said} {position}"),
            None => said,
        }
    }

    fn requirements(&self, form: Form, place: Place) -> Form {
        let columns = vec![
            Column::text("Requirement"),
            Column::text("How much"),
            Column::text("How long"),
            Column::text("Consent"),
            Column::text("What exactly: where, when"),
        ];
        let mut filled = (1..=REQUIREMENTS).filter(|n| {
            let [kind, ..] = requirement_names(place, *n);
            self.typed.get(&kind).is_some()
        });
        // One more than are filled, and three at least.
        let rows = filled
            .next_back()
            .map_or(3, |last| last.saturating_add(1).max(3));
        let table = Table::new(self.of_part("Requirements", place), columns);
        let table = (1..=rows.min(REQUIREMENTS))
            .fold(table, |table, n| table.row(self.requirement(place, n)));
        form.part(Part::Table(table))
    }

    fn requirement(&self, place: Place, n: usize) -> Vec<Value> {
        let [kind, amount, months, consent, terms] = requirement_names(place, n);
        let rules = self.law.orders.requirements.iter();
        let kinds = rules.map(|rule| self.choice(&kind, rule.kind.as_str(), &in_words(rule)));
        let kinds: Vec<Choice> = std::iter::once(self.none(&kind, "None"))
            .chain(kinds)
            .collect();
        let consents = vec![
            self.none(&consent, "Not recorded"),
            self.choice(&consent, "given", "Given"),
            self.choice(&consent, "refused", "Refused"),
            self.choice(&consent, "?not-asked", "Not asked"),
        ];
        let label = |words: &str| self.of_part(&format!("{words}, requirement {n}"), place);
        let which = self.of_part(&format!("Requirement {n}"), place);
        let fields = [
            self.select(&kind, &which, kinds)
                .error(self.errors.at(&kind)),
            self.number(&amount, &label("How much"), "")
                .optional()
                .error(self.errors.at(&amount)),
            self.number(&months, &label("How long"), "months")
                .optional(),
            self.select(&consent, &label("Consent"), consents),
            Field::textarea(&terms, label("What exactly"), 2, self.value(&terms)).optional(),
        ];
        fields
            .into_iter()
            .map(|field| Value::field(field.quiet()))
            .collect()
    }
}

/// Where a count lies by its guideline's range, in words.
pub(in crate::pages) fn position(count: &Count) -> Option<&'static str> {
    count.range.as_ref()?;
    Some(match count.departs() {
        Some(DepartureDirection::Above) => "The sentence lies above the range.",
        Some(DepartureDirection::Below) => "The sentence lies below the range.",
        None => "The sentence does not leave the range.",
    })
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
        _ => format!("{}: {unit}", sentence_case(&rule.title)),
    }
}
