//! What a complaint asks besides: which official it is about, who answers, and what is never offered because the rules
//! refuse it.

use std::any::Any;
use std::collections::BTreeMap;

use domain::complaint::{Complaint, ComplaintEvent, Described, Matter, Submitter};
use domain::jurisdiction::Pack;
use domain::record::AnyEvent;
use domain::stream::Stream;
use domain::values::{Code, Occurred};
use infra::access::{Action, Call, allow};
use infra::record::Recorded;
use infra::registry::Found;

use super::act::Act;
use super::shape::Part;
use crate::identity::SAMPLES;
use crate::pages::casework::{Wrong, marked};
use crate::pages::components::{Choice, Control, Field, Part as FormPart, SummaryList};
use crate::pages::laws::{self, Books};
use crate::pages::page::{PageError, Typed, Visitor, day_in_words};
use crate::pages::{register, sentence};

/// Somebody who has no sign-in that anybody knows, and is described.
const DESCRIBED: &str = "?described";
/// What is said to whoever handed in a complaint about the own conduct.
pub(super) const CLOSED: &str =
    "The complaint is about you: it is closed to you from now on, and somebody else answers it.";
/// The button that names who acted in the record complained about.
pub(super) const WHO_ACTED: &str = "add-who-acted";
/// Which record a complaint is about.
pub(super) const RECORD: [&str; 2] = ["about.record.kind", "about.record.id"];

/// What a form about a complaint asks besides.
#[derive(Default)]
pub(super) struct Fit {
    /// Out of whom an official is chosen, by the field.
    officials: BTreeMap<&'static str, Vec<Choice>>,
    /// Words that may not be chosen, by the field.
    refused: BTreeMap<&'static str, Vec<String>>,
    /// Parts that are not asked.
    without: Vec<&'static str>,
    /// What is said above the fields.
    said: Vec<FormPart>,
    declares: Option<Field>,
    /// Whether the record complained about can be looked at for who acted in it.
    asks_who_acted: bool,
}

impl Fit {
    /// What the form of an act asks; nothing besides for another kind of case.
    pub(super) async fn of<K: Stream>(
        visitor: &Visitor,
        act: &Act,
        on: Option<&Found<K>>,
        typed: &Typed,
    ) -> Result<Self, PageError> {
        if <K as Stream>::TYPE != Complaint::TYPE {
            return Ok(Self::default());
        }
        let state = on.map(|found| -> &dyn Any { &found.state });
        let matter = state
            .and_then(|state| state.downcast_ref::<Complaint>())
            .and_then(Complaint::submitted);
        let mut fit = Self::default();
        let word = act.word.as_str();
        match (word, matter) {
            ("submit" | "submit_without_person", _) => {
                fit.complained_about(visitor, word, typed).await?;
            }
            ("assign", Some(matter)) => {
                let all = answering(Some(matter));
                fit.officials
                    .insert("responder", choices(typed, "responder", None, all));
                fit.refused
                    .insert("office", not_fitting(visitor, matter).await?);
            }
            ("answer" | "resolve", Some(matter)) => {
                fit.answered(visitor, word, matter, typed).await?;
            }
            ("withdraw", Some(matter)) => {
                fit.refused.insert("by", not_withdrawing(matter));
            }
            ("escalate", Some(matter)) => {
                let level = matter.level.iter().map(|(level, _)| level.to_string());
                fit.refused.insert("level", level.collect());
                fit.refused
                    .insert("to", not_fitting(visitor, matter).await?);
            }
            _ => {}
        }
        Ok(fit)
    }

    /// The officials who acted in the record, everybody who signs in, and somebody who is described.
    async fn complained_about(
        &mut self,
        visitor: &Visitor,
        word: &str,
        typed: &Typed,
    ) -> Result<(), PageError> {
        let [kind, id] = RECORD.map(|name| typed.get(name));
        let mut all = match kind.zip(id) {
            Some((kind, id)) => acted(visitor, kind, id).await?,
            None => Vec::new(),
        };
        for (subject, title) in signing_in(|_| true) {
            if !all.iter().any(|(known, _)| *known == subject) {
                all.push((subject, title));
            }
        }
        let described = if word == "submit" {
            "Somebody else, whom I describe in words"
        } else {
            self.without.push("described");
            "Somebody else, who is described on the paper"
        };
        all.push((DESCRIBED.to_owned(), described.to_owned()));
        self.officials.insert(
            "subject_of",
            choices(typed, "subject_of", Some("Nobody in particular"), all),
        );
        self.asks_who_acted = true;
        Ok(())
    }

    /// Who answers: whoever fills the form in, unless it was answered before by somebody else.
    async fn answered(
        &mut self,
        visitor: &Visitor,
        word: &str,
        matter: &Matter,
        typed: &Typed,
    ) -> Result<(), PageError> {
        let name = if word == "answer" { "responder" } else { "by" };
        let own = visitor.call.actor.subject.to_string();
        let typed = if typed.get(name).is_none() {
            typed.clone().with(name, &own)
        } else {
            typed.clone()
        };
        self.officials
            .insert(name, choices(&typed, name, None, answering(Some(matter))));
        if matter.person.is_none() {
            self.without.push("reasons");
            let said = "The complaint names nobody under whose key words could be sealed: keep the reasons on its paper.";
            self.said.push(FormPart::Text(said.to_owned()));
        }
        match &matter.described {
            None => self.without.push("declares"),
            Some(described) => {
                let who = match described {
                    Described::InWords(text) => {
                        let sealed: Vec<_> = text.sealed().cloned().into_iter().collect();
                        let opened =
                            sentence::disclosed(visitor, Action::ReadWords, &sealed).await?;
                        opened.into_iter().next()
                    }
                    Described::OnPaper => None,
                };
                self.said.push(match who {
                    Some(who) => {
                        FormPart::Summary(SummaryList::default().row("The official complained about", who))
                    }
                    None => FormPart::Text(
                        "The official complained about is described on the paper of the complaint: read it first."
                            .to_owned(),
                    ),
                });
                let all = [("not_the_one_described", "I am not the person described")];
                self.declares = Some(Field::checkboxes(
                    "declares",
                    "What whoever answers declares",
                    marked(&typed, "declares", all),
                ));
            }
        }
        Ok(())
    }

    /// The parts that are asked.
    pub(super) fn parts(&self, all: Vec<Part>) -> Vec<Part> {
        let mut all = all;
        all.retain(|part| !self.without.contains(&part.name.as_str()));
        all
    }

    /// The fields, with what may be chosen in them.
    pub(super) fn fields(&self, parts: &mut [FormPart]) {
        for part in parts {
            let FormPart::Field(field) = part else {
                continue;
            };
            if let Some(choices) = self.officials.get(field.name.as_str()) {
                let (choices, told) = (choices.clone(), told_of(&field.name));
                field.label = told.0.to_owned();
                field.hint = told.1.map(str::to_owned);
                field.control = Control::Select(choices);
            }
            if let Some(refused) = self.refused.get(field.name.as_str())
                && let Control::Radios(all) | Control::Select(all) = &mut field.control
            {
                all.retain(|choice| !refused.contains(&choice.value));
            }
            if let Some(declares) = self.declares.as_ref().filter(|own| own.name == field.name) {
                *field = declares.clone();
            }
        }
    }

    /// What is said above the fields.
    pub(super) fn said(&self) -> impl Iterator<Item = FormPart> + '_ {
        self.said.iter().cloned()
    }

    /// The button that names who acted in the record.
    pub(super) fn button(&self) -> Option<(&'static str, &'static str)> {
        let words = "Name who acted in the record above";
        self.asks_who_acted.then_some((WHO_ACTED, words))
    }

    /// What is typed, as the command holds it; or the field in which somebody stands who was not offered.
    pub(super) fn sent(&self, act: &Act, typed: &Typed) -> Result<Typed, Vec<Wrong>> {
        for (name, choices) in &self.officials {
            let chosen = typed.get(name);
            let is_offered = |said: &str| choices.iter().any(|choice| choice.value == said);
            if chosen.is_some_and(|chosen| !is_offered(chosen)) {
                let said = "Nobody signs in under this name: choose one of the list";
                return Err(vec![((*name).to_owned(), said.to_owned())]);
            }
        }
        if typed.get("subject_of") != Some(DESCRIBED) {
            return Ok(typed.clone());
        }
        let sent = typed.clone().with("subject_of", "");
        match act.word.as_str() {
            "submit_without_person" => Ok(sent.with("described", "described")),
            _ if typed.get("described").is_none() => {
                let said = "Say in words who the official is, or choose one of the list";
                Err(vec![("described".to_owned(), said.to_owned())])
            }
            _ => Ok(sent),
        }
    }
}

/// What an official is asked as, and what is said beside it.
fn told_of(field: &str) -> (&'static str, Option<&'static str>) {
    match field {
        "subject_of" => (
            "The official complained about",
            Some("Whoever is chosen neither reads the complaint nor takes part in answering it"),
        ),
        "responder" | "by" => (
            "Who answers",
            Some(
                "Whoever answers records it; an answer that somebody else gave on paper before is recorded with its day",
            ),
        ),
        _ => ("Who it is", None),
    }
}

/// Everybody who signs in and may do something, by role and office.
fn signing_in(may: impl Fn(&Call) -> bool) -> Vec<(String, String)> {
    let all = SAMPLES.iter().filter(|sample| may(&sample.call(None)));
    all.map(|sample| (sample.subject.to_owned(), sample.title.to_owned()))
        .collect()
}

/// The bodies that answer no complaints about what a complaint is about.
async fn not_fitting(visitor: &Visitor, matter: &Matter) -> Result<Vec<String>, PageError> {
    let law = laws::chosen(&visitor.app, visitor, None).await?;
    let bodies = law.complaint.bodies.iter();
    let others = bodies.filter(|body| !body.answers_about(matter.about.sort()));
    Ok(others.map(|body| body.code.to_string()).collect())
}

/// Everybody who signs in and may answer, but for whoever the complaint is about and the place or court that it is about.
fn answering(matter: Option<&Matter>) -> Vec<(String, String)> {
    let subject = matter.and_then(|matter| matter.subject_of.as_ref());
    let body = matter.and_then(|matter| matter.about.body());
    let mut all = signing_in(|call| {
        let is_of_itself = body == Some(call.actor.office.as_str());
        !is_of_itself && allow(call, Action::AnswerComplaint).is_ok()
    });
    all.retain(|(known, _)| subject.is_none_or(|subject| subject.as_str() != known));
    all
}

fn choices(
    typed: &Typed,
    name: &str,
    nobody: Option<&str>,
    all: Vec<(String, String)>,
) -> Vec<Choice> {
    let first = Choice::new("", nobody.unwrap_or("Choose")).chosen_if(typed.get(name).is_none());
    std::iter::once(first)
        .chain(marked(typed, name, all))
        .collect()
}

/// Who acted in a record, as far as the visitor may read it, each by role and office.
async fn acted(
    visitor: &Visitor,
    kind: &str,
    id: &str,
) -> Result<Vec<(String, String)>, PageError> {
    let entries = super::entries_of(visitor, kind, id).await?;
    let books = Books::adopted(&visitor.app).await?;
    let mut all: Vec<(String, String)> = Vec::new();
    for entry in entries {
        let told = &entry.told;
        if told.role == "system" || all.iter().any(|(known, _)| *known == told.actor) {
            continue;
        }
        let mut samples = SAMPLES.iter();
        let title = if let Some(sample) = samples.find(|sample| sample.subject == told.actor) {
            sample.title.to_owned()
        } else {
            let role = told.role.parse::<domain::actor::Role>();
            let role = role.map_or("Official", domain::actor::Role::title);
            let office = told.office.as_deref().unwrap_or_default();
            let office = books.office_title(office);
            format!("{role}, {office}, who signs in as {}", told.actor)
        };
        all.push((told.actor.clone(), format!("{title} (acted in the record)")));
    }
    Ok(all)
}

/// Who cannot withdraw a complaint: anybody but whoever handed it in and the person it concerns.
fn not_withdrawing(matter: &Matter) -> Vec<String> {
    let may =
        |by: Submitter| by == Submitter::Person || (by == matter.by && by != Submitter::Anonymous);
    let all = [
        (Submitter::Person, "person"),
        (Submitter::Representative, "representative"),
        (Submitter::Family, "family"),
        (Submitter::Lawyer, "lawyer"),
        (Submitter::Staff, "staff"),
        (Submitter::Anybody, "anybody"),
        (Submitter::Anonymous, "anonymous"),
    ];
    let refused = all.into_iter().filter(|(by, _)| !may(*by));
    refused.map(|(_, word)| word.to_owned()).collect()
}

/// What is said of a complaint that was handed in a moment ago: the reference to note down, and what happens next.
pub(super) fn handed_in(law: &Pack, id: &str, entry: &Recorded) -> Vec<String> {
    let (kind, done) = match &entry.event {
        AnyEvent::Complaint(ComplaintEvent::Submitted(it)) => (&it.told.kind, it.told.done),
        AnyEvent::Complaint(ComplaintEvent::SubmittedWithoutPerson(it)) => {
            (&it.told.kind, it.told.done)
        }
        _ => return Vec::new(),
    };
    vec![to_note(id), next(law, kind, done)]
}

/// The reference, in one line to note down.
pub(super) fn to_note(id: &str) -> String {
    format!(
        "Note down the reference of this complaint: {}.",
        register::short(id)
    )
}

/// What happens next with a complaint, and by when.
pub(super) fn next(law: &Pack, kind: &Code, done: Occurred) -> String {
    let rules = &law.complaint;
    let by = law.date(done).latest().zip(rules.answer_within(kind));
    let by = by.map(|(day, days)| day.plus_days(days));
    let Some(by) = by else {
        return "Next, somebody is named who answers it.".to_owned();
    };
    let answer = format!(
        "Next, somebody is named who answers it, by {}.",
        day_in_words(by.into())
    );
    match rules.escalation_days {
        Some(days) => format!(
            "{answer} Without an answer it goes to a higher level by {}.",
            day_in_words(by.plus_days(days).into())
        ),
        None => answer,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::casework::midland;

    #[test]
    fn what_happens_next_with_a_complaint_is_said_with_its_days() {
        let law = midland();
        let said = |kind: &str| {
            let kind = Code::parse(kind).unwrap();
            next(&law, &kind, "2026-02-10".parse().unwrap())
        };
        assert_eq!(
            said("staff"),
            "Next, somebody is named who answers it, by 24 February 2026. Without an answer it goes to a higher level by 3 March 2026."
        );
        assert!(said("torture").contains("12 February 2026"));
    }

    #[test]
    fn whoever_answers_signs_in_and_may_answer() {
        let all = answering(None);
        let known: Vec<&str> = all.iter().map(|(subject, _)| subject.as_str()).collect();
        assert!(known.contains(&"sample-clerk") && !known.contains(&"sample-statistician"));
    }
}
