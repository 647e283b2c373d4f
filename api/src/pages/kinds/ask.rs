//! A form made from a shape, and a value read from what was typed into it.

use domain::jurisdiction::Pack;
use serde_json::{Map, Value as Json, json};

use super::limits::{limit, needed};
use super::shape::{Part, Shape, Variant};
use crate::pages::casework::{marked, moment, moment_field, now_field, options, text, typed_date};
use crate::pages::components::{Choice, Field, Part as FormPart};
use crate::pages::page::Typed;
use crate::pages::register::sentence_case;
use crate::pages::states;

/// How many of several things a form may hold.
pub(super) const MOST: usize = 50;
/// So many choices stand beside each other; more are chosen from a list.
const BESIDE: usize = 7;
/// Where it is asked of which kind a record is that is named.
const RECORD_KIND: &str = "record.kind";
/// How a value may be absent.
const ABSENT: [(&str, &str); 2] = [("not_asked", "Not asked"), ("declined", "Declined to say")];

/// Asks the parts of a record.
pub(super) struct Asking<'a> {
    pub(super) law: &'a Pack,
    pub(super) typed: &'a Typed,
    /// Now, for what is done now.
    pub(super) now: String,
    /// Parts that are asked openly although they may be left out.
    pub(super) open: &'static [&'static str],
    /// The kind of case and the act, whose limits are said beside the fields.
    pub(super) of: (&'static str, &'a str),
}

/// What is said beside a field for the reference of a record.
const REFERENCE: &str = "The reference of the record, whole or the end that pages and letters show";

impl Asking<'_> {
    /// The names of the fields in which a record is named by its reference.
    pub(super) fn references(&self, parts: &[Part]) -> Vec<String> {
        let fields = self.parts(parts, "").into_iter();
        fields
            .filter_map(|part| match part {
                FormPart::Field(field) if field.hint.as_deref() == Some(REFERENCE) => {
                    Some(field.name)
                }
                _ => None,
            })
            .collect()
    }

    /// The fields of a record's parts; `before` names the record they belong to.
    pub(super) fn parts(&self, parts: &[Part], before: &str) -> Vec<FormPart> {
        let asked = parts.iter().flat_map(|part| {
            let name = asked_as(before, &part.name);
            self.part(&part.shape, &name, &part.label, part.is_required)
        });
        let mut asked: Vec<FormPart> = asked.collect();
        if before.is_empty() {
            for part in &mut asked {
                self.limited(part);
            }
        }
        asked
    }

    /// Whether the act is refused without the field, though its command lets it be left out.
    fn is_needed(&self, name: &str) -> bool {
        let (stream, word) = self.of;
        needed(self.law, stream, word, name)
    }

    /// What the rules allow at most, beside the field; and what they ask for is no choice, of several in the first.
    fn limited(&self, part: &mut FormPart) {
        let FormPart::Field(field) = part else {
            return;
        };
        let is_another = (1..MOST).any(|no| field.name.contains(&format!(".{no}.")));
        if self.is_needed(&field.name) && !is_another {
            field.is_optional = false;
        }
        let (stream, word) = self.of;
        if let Some(said) = limit(self.law, stream, word, &field.name) {
            let hint = field.hint.take().map(|hint| format!("{hint}. {said}"));
            field.hint = Some(hint.unwrap_or(said));
        }
    }

    fn part(&self, shape: &Shape, name: &str, label: &str, is_required: bool) -> Vec<FormPart> {
        let typed = self.typed;
        let field = |field: Field| {
            let field = if is_required { field } else { field.optional() };
            vec![FormPart::Field(field)]
        };
        match shape {
            Shape::Words => field(Field::textarea(name, label, 3, text(typed, name))),
            Shape::Code(list) => field(self.coded(list.as_deref(), name, label)),
            Shape::State => {
                let all = states::all("en");
                field(Field::select(name, label, options(typed, name, all)))
            }
            Shape::Day | Shape::Date => field(Field::date(name, label, typed_date(typed, name))),
            Shape::When => {
                let asked = if is_required {
                    now_field(typed, name, (label, "done now"), self.law)
                } else {
                    moment_field(typed, name, label, self.law).optional()
                };
                vec![FormPart::Field(asked)]
            }
            Shape::Length => field(
                Field::reference(name, label, text(typed, name))
                    .hint("Years, months and days, such as P1Y6M or P30D"),
            ),
            Shape::Number => field(Field::number(name, label, "", text(typed, name))),
            Shape::Id => field(Field::reference(name, label, text(typed, name)).hint(REFERENCE)),
            Shape::Choice(variants) => {
                let all = variants.iter().map(|v| (v.word.clone(), v.title.clone()));
                let asked = if variants.len() > BESIDE {
                    Field::select(name, label, options(typed, name, all))
                } else {
                    Field::radios(name, label, marked(typed, name, all))
                };
                let mut parts = field(asked);
                parts.extend(self.held(variants, name));
                parts
            }
            Shape::Known(inner) => self.known(inner, name, label),
            Shape::List(inner) => self.list(inner, name, label, is_required),
            Shape::Answers(_) => self.answers(name, label),
            Shape::Record(parts) if self.is_folded(parts, name, is_required) => Vec::new(),
            Shape::Record(parts) => {
                let mut asked = vec![FormPart::Heading(headed(label, is_required))];
                asked.extend(self.parts(parts, name));
                asked
            }
        }
    }

    /// A code, chosen in words where there is a list of them.
    fn coded(&self, list: Option<&str>, name: &str, label: &str) -> Field {
        let typed = self.typed;
        if list.is_none() && name.ends_with(RECORD_KIND) {
            let all = super::every_stream();
            return Field::select(name, label, options(typed, name, all));
        }
        match list.and_then(|list| self.law.lists.get(list)) {
            Some(list) => {
                let all = list.iter().map(|c| (c.code.to_string(), c.title.clone()));
                Field::select(name, label, options(typed, name, all))
            }
            None => Field::reference(name, label, text(typed, name)),
        }
    }

    /// What a choice holds besides its word, asked below it.
    fn held(&self, variants: &[Variant], name: &str) -> Vec<FormPart> {
        let held = variants.iter().filter_map(|v| Some((v, v.holds.as_ref()?)));
        let asked = held.flat_map(|(variant, shape)| {
            let below = joined(name, &variant.word);
            match shape {
                Shape::Record(parts) => {
                    let mut asked = vec![FormPart::Heading(headed(&variant.title, false))];
                    asked.extend(self.parts(parts, &below));
                    asked
                }
                shape => self.part(shape, &below, &variant.title, false),
            }
        });
        asked.collect()
    }

    /// A value that may be absent: the value, and why it is not known.
    fn known(&self, inner: &Shape, name: &str, label: &str) -> Vec<FormPart> {
        let absent = || ABSENT.map(|(word, title)| (word.to_owned(), title.to_owned()));
        if let Shape::Choice(variants) = inner
            && variants.iter().all(|variant| variant.holds.is_none())
        {
            let all = variants.iter().map(|v| (v.word.clone(), v.title.clone()));
            let all: Vec<(String, String)> = all.chain(absent()).collect();
            let radios = Field::radios(name, label, marked(self.typed, name, all));
            return vec![FormPart::Field(radios.optional())];
        }
        let mut asked = self.part(inner, name, label, false);
        let why = format!("{name}.absent");
        let title = format!("{label}: if it is not known");
        let choices = std::iter::once(Choice::new("", "It is known, or the record is silent"))
            .chain(marked(self.typed, &why, absent()))
            .collect();
        asked.push(FormPart::Field(
            Field::select(why, title, choices).optional(),
        ));
        asked
    }

    fn list(&self, inner: &Shape, name: &str, label: &str, is_required: bool) -> Vec<FormPart> {
        match inner {
            Shape::Code(Some(list)) if self.law.lists.contains_key(list) => {
                let list = self.law.lists.get(list).into_iter().flatten();
                let all = list.map(|c| (c.code.to_string(), c.title.clone()));
                let boxes = Field::checkboxes(name, label, marked(self.typed, name, all));
                let boxes = if is_required { boxes } else { boxes.optional() };
                vec![FormPart::Field(boxes)]
            }
            Shape::Record(parts) => {
                let count = self.room(name, is_required);
                let is_asked = is_required || self.is_needed(name);
                let mut asked = Vec::new();
                for no in 0..count {
                    let number = no.saturating_add(1);
                    // What is asked is said once; below it stands only which of several it is.
                    let title = match (count, no) {
                        (1, _) => label.to_owned(),
                        (_, 0) => format!("{label} ({number} of {count})"),
                        _ => format!("another, {number} of {count}"),
                    };
                    asked.push(FormPart::Heading(headed(&title, is_asked && no == 0)));
                    let below = joined(name, &no.to_string());
                    for part in parts {
                        // Of several, only the first has to be filled.
                        let needed = part.is_required && is_asked && no == 0;
                        let name = joined(&below, &part.name);
                        asked.extend(self.part(&part.shape, &name, &part.label, needed));
                    }
                }
                asked
            }
            _ => {
                let several = Field::text(name, label, text(self.typed, name));
                let several = several.hint("Several with a comma between them");
                let several = if is_required {
                    several
                } else {
                    several.optional()
                };
                vec![FormPart::Field(several)]
            }
        }
    }

    /// The circumstances that the rules ask about, each with its answers.
    fn answers(&self, name: &str, label: &str) -> Vec<FormPart> {
        let mut asked = vec![FormPart::Heading(sentence_case(label))];
        for rule in &self.law.sentencing.circumstances {
            let name = joined(name, rule.code.as_str());
            let values = rule
                .values
                .iter()
                .map(|v| (v.code.to_string(), v.title.clone()));
            let absent = ABSENT.map(|(word, title)| (word.to_owned(), title.to_owned()));
            let all: Vec<(String, String)> = values.chain(absent).collect();
            let first = Choice::new("", "Not recorded").chosen_if(self.typed.get(&name).is_none());
            let choices = std::iter::once(first).chain(marked(self.typed, &name, all));
            let field = Field::select(name.clone(), rule.title.clone(), choices.collect());
            asked.push(FormPart::Field(field.optional()));
        }
        asked
    }

    /// Whether anything was typed under a name.
    pub(super) fn is_typed(&self, name: &str) -> bool {
        let below = format!("{name}.");
        let parts = format!("{name}_");
        let mut fields = self.typed.fields();
        fields.any(|(n, _)| n == name || n.starts_with(&below) || n.starts_with(&parts))
    }

    /// What was typed, as the value of a record.
    pub(super) fn record(&self, parts: &[Part], before: &str) -> Json {
        let mut fields = Map::new();
        for part in parts {
            let name = asked_as(before, &part.name);
            if let Some(value) = self.value(&part.shape, &name, part.is_required) {
                fields.insert(part.name.clone(), value);
            }
        }
        Json::Object(fields)
    }

    pub(super) fn value(&self, shape: &Shape, name: &str, is_required: bool) -> Option<Json> {
        let typed = self.typed;
        match shape {
            Shape::Words | Shape::Code(_) | Shape::State | Shape::Id | Shape::Length => {
                typed.get(name).map(Json::from)
            }
            Shape::Day | Shape::Date => typed.date(name).map(Json::from),
            Shape::When => match moment(typed, name, self.law) {
                Ok(None) if is_required => Some(Json::from(self.now.clone())),
                Ok(moment) => moment.map(|moment| Json::from(moment.to_string())),
                // What cannot be read is said at its field before this is asked.
                Err(_) => Some(Json::Null),
            },
            Shape::Number => typed.get(name).map(|text| {
                text.parse::<u64>()
                    .map_or_else(|_| Json::from(text), Json::from)
            }),
            Shape::Choice(variants) => {
                let word = typed.get(name)?;
                let held = variants.iter().find(|v| v.word == word)?.holds.as_ref();
                Some(match held {
                    None => Json::from(word),
                    Some(shape) => {
                        let below = joined(name, word);
                        let inner = self.value(shape, &below, true).unwrap_or(Json::Null);
                        json!({ word: inner })
                    }
                })
            }
            Shape::Known(inner) => {
                let own = typed.get(name).filter(|word| is_absence(word));
                let why = typed
                    .get(&format!("{name}.absent"))
                    .filter(|word| is_absence(word));
                match own.or(why) {
                    Some(word) => Some(Json::from(word)),
                    None => Some(json!({"value": self.value(inner, name, false)?})),
                }
            }
            Shape::List(inner) => self.several(inner, name, is_required),
            Shape::Answers(_) => {
                let rules = &self.law.sentencing.circumstances;
                let answers = rules.iter().filter_map(|rule| {
                    let word = typed.get(&joined(name, rule.code.as_str()))?;
                    let answer = if is_absence(word) {
                        Json::from(word)
                    } else {
                        json!({ "value": word })
                    };
                    Some((rule.code.to_string(), answer))
                });
                let answers: Map<String, Json> = answers.collect();
                (!answers.is_empty()).then_some(Json::Object(answers))
            }
            Shape::Record(parts) => {
                (is_required || self.is_typed(name)).then(|| self.record(parts, name))
            }
        }
    }

    fn several(&self, inner: &Shape, name: &str, is_required: bool) -> Option<Json> {
        let all: Vec<Json> = if let Shape::Record(parts) = inner {
            let below = (0..MOST).map(|no| joined(name, &no.to_string()));
            let filled = below.filter(|below| self.is_typed(below));
            filled.map(|below| self.record(parts, &below)).collect()
        } else {
            let typed = self.typed.all(name).flat_map(|text| text.split(','));
            let typed = typed.map(str::trim).filter(|text| !text.is_empty());
            typed.map(Json::from).collect()
        };
        (is_required || !all.is_empty()).then_some(Json::Array(all))
    }
}

pub(super) fn is_absence(word: &str) -> bool {
    ABSENT.iter().any(|(known, _)| *known == word)
}

/// What a form carries of its own under these names.
const OF_THE_FORM: [&str; 4] = ["csrf_token", "version", "idempotency_key", "act"];

/// Under which name a part is asked: its own, unless the form carries something under it.
pub(super) fn asked_as(before: &str, name: &str) -> String {
    if before.is_empty() && OF_THE_FORM.contains(&name) {
        format!("its_{name}")
    } else {
        joined(before, name)
    }
}

pub(super) fn joined(before: &str, name: &str) -> String {
    if before.is_empty() {
        name.to_owned()
    } else {
        format!("{before}.{name}")
    }
}

fn headed(label: &str, is_required: bool) -> String {
    let label = sentence_case(label);
    if is_required {
        label
    } else {
        format!("{label} (if there is any)")
    }
}

/// The field of a form that a rule or a reader names: the field itself, or the first that belongs to it.
pub(super) fn place(parts: &[FormPart], named: &str) -> Option<usize> {
    let named = asked_as("", &named.replace('[', ".").replace(']', ""));
    let fields = || {
        parts
            .iter()
            .enumerate()
            .filter_map(|(nth, part)| match part {
                FormPart::Field(field) => Some((nth, field.name.as_str())),
                FormPart::Heading(_)
                | FormPart::Text(_)
                | FormPart::Table(_)
                | FormPart::Summary(_)
                | FormPart::Inset(_)
                | FormPart::Warning(_) => None,
            })
    };
    let below = format!("{named}.");
    let within = |name: &str| {
        named
            .strip_prefix(name)
            .is_some_and(|rest| rest.starts_with('.'))
    };
    let exact = fields().find(|(_, name)| *name == named);
    let inner = || fields().find(|(_, name)| name.starts_with(&below));
    let outer = || fields().find(|(_, name)| within(name));
    let found = exact.or_else(inner).or_else(outer);
    found.filter(|_| !named.is_empty()).map(|(nth, _)| nth)
}

#[cfg(test)]
mod tests {
    use domain::custody::CustodyCommand;
    use domain::pretrial::PretrialCommand;

    use domain::safeguards::{SafeguardRules, Stands};

    use super::super::shape::variants;
    use super::*;
    use crate::pages::casework::midland;

    fn command(word: &str, typed: &Typed) -> Json {
        let law = midland();
        let all = variants::<PretrialCommand>();
        let variant = all.iter().find(|variant| variant.word == word).unwrap();
        let Some(Shape::Record(parts)) = &variant.holds else {
            panic!("{word} holds no parts");
        };
        let asking = Asking {
            law: &law,
            typed,
            now: "2026-03-05T10:00:00.000000Z".to_owned(),
            open: &[],
            of: ("", ""),
        };
        json!({ word: asking.record(parts, "") })
    }

    #[test]
    fn a_filled_form_is_a_command() {
        let typed = Typed::of(&[
            ("basis", "pca-12"),
            ("grounds.0.ground", "flight"),
            ("grounds.0.facts", "A ticket was bought"),
            ("alternatives.1.alternative", "reporting"),
            ("next_review_day", "1"),
            ("next_review_month", "4"),
            ("next_review_year", "2026"),
            ("until_day", "30"),
            ("until_month", "4"),
            ("until_year", "2026"),
            ("counsel", "granted"),
            ("appeal_told", "declined"),
            ("carer.necessity", "continuing-danger"),
            ("carer.best_interests", "The grandmother cares"),
        ]);
        let sent = command("order_detention", &typed);
        assert_eq!(
            sent,
            json!({"order_detention": {
                "decided": "2026-03-05T10:00:00.000000Z",
                "basis": "pca-12",
                "grounds": [{"ground": "flight", "facts": "A ticket was bought"}],
                "alternatives": [{"alternative": "reporting"}],
                "next_review": "2026-04-01",
                "until": "2026-04-30",
                "counsel": {"value": "granted"},
                "appeal_told": "declined",
                "carer": {
                    "necessity": "continuing-danger",
                    "best_interests": "The grandmother cares"
                }
            }})
        );
        let read: PretrialCommand = serde_json::from_value(sent).unwrap();
        assert!(matches!(read, PretrialCommand::OrderDetention(_)));
    }

    #[test]
    fn a_choice_that_holds_something_holds_it() {
        let id = "5b0f1c9e-5a3c-4f0e-9a51-000000000001";
        let typed = Typed::of(&[("how", "sentenced"), ("how.sentenced", id)]);
        let sent = command("end", &typed);
        assert_eq!(sent["end"]["how"], json!({ "sentenced": id }));
        let typed = Typed::of(&[("how", "acquitted")]);
        assert_eq!(command("end", &typed)["end"]["how"], json!("acquitted"));
    }

    #[test]
    fn circumstances_are_answers_or_say_how_they_are_absent() {
        let typed = Typed::of(&[
            ("circumstances.pregnant", "declined"),
            ("circumstances.dependent-child", "yes"),
            ("offences", "M203, M101"),
            ("age_at_offence.absent", "not_asked"),
        ]);
        let sent = command("open", &typed);
        let opened = &sent["open"];
        assert_eq!(
            opened["circumstances"],
            json!({"dependent-child": {"value": "yes"}, "pregnant": "declined"})
        );
        assert_eq!(opened["offences"], json!(["M203", "M101"]));
        assert_eq!(opened["age_at_offence"], json!("not_asked"));
    }

    #[test]
    fn what_the_law_asks_for_is_no_choice() {
        let mut law = midland();
        let all = variants::<PretrialCommand>();
        let detention = all.iter().find(|variant| variant.word == "order_detention");
        let Some(Shape::Record(parts)) = detention.and_then(|v| v.holds.as_ref()) else {
            panic!("it holds parts");
        };
        let optional = |law: &Pack| -> Vec<String> {
            let asking = Asking {
                law,
                typed: &Typed::of(&[("room.grounds", "2")]),
                now: String::new(),
                open: &[],
                of: ("pretrial", "order_detention"),
            };
            let asked = asking.parts(parts, "").into_iter();
            let fields = asked.filter_map(|part| match part {
                FormPart::Field(field) => Some(field),
                _ => None,
            });
            fields.filter(|f| f.is_optional).map(|f| f.name).collect()
        };
        let asked = [
            "grounds.0.facts",
            "alternatives.0.alternative",
            "alternatives.0.why",
            "counsel",
        ];
        let left = optional(&law);
        assert!(
            asked.iter().all(|name| !left.iter().any(|l| l == name)),
            "{left:?}"
        );
        assert!(
            left.iter().any(|name| name == "grounds.1.facts"),
            "{left:?}"
        );
        assert!(left.iter().any(|name| name == "reasons"), "{left:?}");
        // Where the policy only takes notice of it, it may be left out.
        let rules = ["TR-6.1", "KD-LA"].map(|id| (id.to_owned(), Stands::Finding));
        law.safeguards = SafeguardRules::of(rules.into());
        let left = optional(&law);
        assert!(
            asked.iter().all(|name| left.iter().any(|l| l == name)),
            "{left:?}"
        );
    }

    #[test]
    fn what_an_admission_is_refused_without_is_no_choice() {
        let law = midland();
        let all = variants::<CustodyCommand>();
        let admission = all.iter().find(|variant| variant.word == "admit");
        let Some(Shape::Record(parts)) = admission.and_then(|v| v.holds.as_ref()) else {
            panic!("it holds parts");
        };
        let typed = Typed::empty();
        let left = |word: &'static str| -> Vec<String> {
            let asking = Asking {
                law: &law,
                typed: &typed,
                now: String::new(),
                open: &[],
                of: ("custody", word),
            };
            let asked = asking.parts(parts, "").into_iter();
            let fields = asked.filter_map(|part| match part {
                FormPart::Field(field) if field.is_optional => Some(field.name),
                _ => None,
            });
            fields.collect()
        };
        let asked = [
            "commitment.order",
            "commitment.authority",
            "commitment.reasons",
            "arrival",
        ];
        let choices = left("admit");
        assert!(
            asked.iter().all(|name| choices.iter().all(|l| l != name)),
            "{choices:?}"
        );
        assert!(choices.iter().any(|name| name == "commitment.until"));
        // Whoever is held without an order is recorded without one.
        let choices = left("record_irregular_holding");
        assert!(
            asked.iter().all(|name| choices.iter().any(|l| l == name)),
            "{choices:?}"
        );
    }

    #[test]
    fn an_error_leads_to_the_field_that_is_meant() {
        let law = midland();
        let all = variants::<PretrialCommand>();
        let detention = all.iter().find(|variant| variant.word == "order_detention");
        let Some(Shape::Record(parts)) = detention.and_then(|v| v.holds.as_ref()) else {
            panic!("it holds parts");
        };
        let typed = Typed::empty();
        let asking = Asking {
            law: &law,
            typed: &typed,
            now: String::new(),
            open: &[],
            of: ("", ""),
        };
        let asked = asking.parts(parts, "");
        let named = |field: &str| {
            let FormPart::Field(field) = &asked[place(&asked, field)?] else {
                return None;
            };
            Some(field.name.clone())
        };
        assert_eq!(named("until").as_deref(), Some("until"));
        assert_eq!(named("grounds").as_deref(), Some("grounds.0.ground"));
        assert_eq!(
            named("grounds[1].facts").as_deref(),
            Some("grounds.1.facts")
        );
        assert_eq!(named("carer").as_deref(), Some("carer.necessity"));
        assert_eq!(named(""), None);
    }
}
