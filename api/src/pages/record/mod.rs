//! Recording a decision: asked step by step, checked while it is drafted, imposed or kept as a proposal, and gone on
//! with later.

mod alone;
mod ask;
mod before;
mod check;
mod compare;
mod known;
mod read;
mod revise;
mod shape;
mod standing;
mod twice;

pub(super) use compare::{distribution, in_words};

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::jurisdiction::Pack;
use domain::person::{Person, PersonCommand, Register};
use domain::sentence::{Decision, Impose, Propose, Sentence, SentenceCommand, SentenceRefusal};
use domain::values::{Instant, Occurred, PersonId};
use infra::access::{Action, allow};
use infra::registry::{AsOf, CommandError, Found, Options, Receipt};
use serde::Deserialize;

pub(super) use self::alone::{
    fields as sanction_fields, moved as sanction_moved, read as sanction,
};
use self::ask::Asking;
pub(super) use self::ask::{date_field, length_field, position, unplaced};
pub(super) use self::before::{get as before, post as impose};
pub(super) use self::check::said as refusal_in_words;
use self::check::{Checked, Fields, Matter};
use self::known::KnownBefore;
pub(super) use self::read::{Errors, date, length, when, whole};
pub(super) use self::revise::{Revision, get as revision, post as revise};
use self::shape::{Placed, Shape, asked};
use super::casework::{People, now_field};
use super::components::{Field, Form, Link, Part, SummaryList, Value};
use super::laws;
use super::page::{Page, PageError, Typed, Visitor};
use super::person::register as registration;
use super::register::sentence_case;
use super::{done, said, sentence};
use crate::pages::query::Query;
use crate::problem::Problem;
use crate::state::AppState;

/// Whether the visitor may draft decisions.
pub(super) fn may_record(visitor: &Visitor) -> bool {
    allow(&visitor.call, Action::ProposeSentence).is_ok()
}

fn may_impose(visitor: &Visitor) -> bool {
    allow(&visitor.call, Action::DecideSentence).is_ok()
}

/// What a link to the form already says.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Begun {
    person: Option<String>,
    jurisdiction: Option<String>,
}

/// A draft that is gone on with.
struct Draft {
    id: String,
    person: PersonId,
    found: Found<Sentence>,
}

/// One look at the form.
struct Step<'a> {
    visitor: &'a Visitor,
    law: &'a Arc<Pack>,
    typed: &'a Typed,
    draft: Option<&'a Draft>,
}

/// The empty form.
pub(super) async fn get(
    State(app): State<AppState>,
    Query(begun): Query<Begun>,
    visitor: Visitor,
) -> Result<Page, PageError> {
    allow(&visitor.call, Action::ProposeSentence)?;
    let law = laws::chosen(&app, &visitor, begun.jurisdiction.as_deref()).await?;
    let mut typed = Typed::empty();
    if let Some(person) = &begun.person {
        typed = typed.with("person", person);
    }
    let step = Step {
        visitor: &visitor,
        law: &law,
        typed: &typed,
        draft: None,
    };
    step.page(&Errors::default(), None).await
}

/// The next step: more questions, a check, or the record.
pub(super) async fn post(
    State(app): State<AppState>,
    visitor: Visitor,
    typed: Typed,
) -> Result<Response, PageError> {
    allow(&visitor.call, Action::ProposeSentence)?;
    let law = laws::chosen(&app, &visitor, typed.get("jurisdiction")).await?;
    let typed = in_full(&visitor, typed).await?;
    let step = Step {
        visitor: &visitor,
        law: &law,
        typed: &typed,
        draft: None,
    };
    step.taken().await
}

/// With the person's reference in full, where its end was typed as pages and lists show it and it is one person's.
async fn in_full(visitor: &Visitor, typed: Typed) -> Result<Typed, PageError> {
    let Some(text) = typed.get("person") else {
        return Ok(typed);
    };
    if text.parse::<PersonId>().is_ok() {
        return Ok(typed);
    }
    let registry = &visitor.app.registry;
    let found = registry
        .people_referred(&visitor.call, text, visitor.as_of)
        .await?;
    Ok(match found.as_slice() {
        [only] => typed.with("person", &only.to_string()),
        _ => typed,
    })
}

/// A proposal, to be gone on with.
pub(super) async fn draft(
    State(app): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Page, PageError> {
    allow(&visitor.call, Action::ProposeSentence)?;
    let (draft, law) = drafted(&app, &visitor, id, visitor.as_of).await?;
    let typed = as_typed(&visitor, &law, &draft).await?;
    let step = Step {
        visitor: &visitor,
        law: &law,
        typed: &typed,
        draft: Some(&draft),
    };
    step.page(&Errors::default(), None).await
}

/// The next step of a proposal that is gone on with.
pub(super) async fn redraft(
    State(app): State<AppState>,
    visitor: Visitor,
    Path(id): Path<String>,
    typed: Typed,
) -> Result<Response, PageError> {
    allow(&visitor.call, Action::ProposeSentence)?;
    let (draft, law) = drafted(&app, &visitor, id, AsOf::Now).await?;
    let step = Step {
        visitor: &visitor,
        law: &law,
        typed: &typed,
        draft: Some(&draft),
    };
    step.taken().await
}

async fn drafted(
    app: &AppState,
    visitor: &Visitor,
    id: String,
    as_of: AsOf,
) -> Result<(Draft, Arc<Pack>), PageError> {
    let (found, law) = standing_of(app, visitor, &id, as_of).await?;
    let Sentence::Proposed(proposed) = &found.state else {
        let said =
            "only a proposal is gone on with: an imposed decision is corrected, varied or quashed";
        return Err(PageError(Problem::usage("no-proposal", "", said)));
    };
    let person = proposed.person;
    Ok((Draft { id, person, found }, law))
}

/// What was proposed, as if it had been typed, with its reasons for those who may read them.
async fn as_typed(visitor: &Visitor, law: &Pack, draft: &Draft) -> Result<Typed, PageError> {
    let Some(decision) = draft.found.state.decision() else {
        return Ok(Typed::empty());
    };
    let mut typed = standing::typed(decision);
    let (carer, child) = (&decision.weighed.carer, &decision.weighed.child);
    let own = [
        ("reasons", decision.reasons.as_ref()),
        ("carer_interests", carer.as_ref().map(|c| &c.best_interests)),
        ("child_last_resort", child.as_ref().map(|c| &c.last_resort)),
    ];
    let own = own.map(|(name, said)| (name.to_owned(), said));
    let required = standing::terms(decision);
    for (name, said) in own.into_iter().chain(required) {
        let sealed: Vec<_> = said
            .into_iter()
            .filter_map(|r| r.sealed().cloned())
            .collect();
        for value in sentence::disclosed(visitor, Action::ReadWords, &sealed).await? {
            if let Value::Name(text) = value {
                typed = typed.with(&name, &text);
            }
        }
    }
    let kinds = Shape::of(&typed).kinds(&typed, law);
    Ok(typed.with("asked", &asked(&kinds)))
}

/// The person of a form: somebody registered, or to be registered first.
struct Whom {
    id: PersonId,
    register: Option<Register>,
}

impl Step<'_> {
    fn now(&self) -> Instant {
        Instant::from_micros(self.visitor.app.registry.clock().now_us())
    }

    fn base(&self) -> Option<&Decision> {
        self.draft.and_then(|draft| draft.found.state.decision())
    }

    /// When it was or is pronounced: now, unless a date is typed.
    fn pronounced(&self, errors: &mut Errors) -> Occurred {
        when(self.typed, "pronounced", (self.law, self.now()), errors)
    }

    fn fresh(&self) -> PersonId {
        let carried = self.typed.get("fresh").and_then(|text| text.parse().ok());
        carried.unwrap_or_else(|| self.visitor.app.registry.new_person_id())
    }

    fn whom(&self, errors: &mut Errors) -> Whom {
        if let Some(draft) = self.draft {
            return Whom {
                id: draft.person,
                register: None,
            };
        }
        let fresh = self.fresh();
        let Some(text) = self.typed.get("person") else {
            return Whom {
                id: fresh,
                register: registration::read(self.typed, self.law.day(self.now()), errors),
            };
        };
        // A form that comes back after somebody was registered carries both.
        let is_fresh = text == fresh.to_string();
        if !is_fresh && self.typed.get("name").is_some() {
            let said = "A reference and a name are given: the decision would be recorded under the reference, whoever the name means. Leave one of the two empty";
            errors.say("person", said);
        }
        if text.parse::<PersonId>().is_err() {
            let said = "This is not a reference of a person: copy it from the person's page, or leave it empty and give a name";
            errors.say("person", said);
        }
        Whom {
            id: text.parse().unwrap_or(fresh),
            register: None,
        }
    }

    async fn checked(
        &self,
        person: PersonId,
        pronounced: Occurred,
        decision: &Decision,
        known: &KnownBefore,
    ) -> Checked {
        let unrecorded = Sentence::default();
        let entries = self.draft.map_or(&[][..], |draft| &draft.found.entries);
        let last = entries.iter().rev().find(|entry| said::is_proposal(entry));
        let matter = Matter {
            state: self.draft.map_or(&unrecorded, |draft| &draft.found.state),
            proposed: last.map(|entry| Instant::from_micros(entry.recorded_us)),
            person,
            born: self.typed.date("born").and_then(|text| text.parse().ok()),
            pronounced,
            decision,
        };
        let mut checked = check::check(self.visitor, self.law, &matter).await;
        checked.objections.extend(known.against(decision));
        checked
    }

    /// What the form leads to.
    async fn taken(&self) -> Result<Response, PageError> {
        let shape = Shape::of(self.typed);
        let kinds = shape.kinds(self.typed, self.law);
        let mut unread = Errors::default();
        self.whom(&mut unread);
        // Whoever is meant comes first: what the rules say of somebody who cannot be is of no use.
        for field in ["person", "born"] {
            if let Some(said) = unread.at(field) {
                let mut errors = Errors::default();
                errors.say(field, said);
                return Ok(self.page(&errors, None).await?.into_response());
            }
        }
        if kinds.is_empty() {
            let errors = self.lacking();
            return Ok(self.page(&errors, None).await?.into_response());
        }
        // Another disposal asks other things: they are asked before anything is recorded.
        let is_asked = self.typed.get("asked") == Some(asked(&kinds).as_str());
        if Shape::is_growing(self.typed) || !is_asked {
            return Ok(self.page(&Errors::default(), None).await?.into_response());
        }
        if let Some(said) = self.moved() {
            let mut errors = Errors::default();
            errors.say("", said);
            return Ok(self.page(&errors, None).await?.into_response());
        }
        let mut errors = Errors::default();
        let whom = self.whom(&mut errors);
        let pronounced = self.pronounced(&mut errors);
        let read = read::decision(self.typed, self.law, self.base());
        let decision = match (read, errors.0.is_empty()) {
            (Ok(decision), true) => decision,
            (Ok(_), false) => return Ok(self.page(&errors, None).await?.into_response()),
            (Err(more), _) => {
                errors.0.extend(more.0);
                return Ok(self.page(&errors, None).await?.into_response());
            }
        };
        self.decided(whom, pronounced, decision).await
    }

    /// All that a first form lacks, or that cannot be read in it, at once: what is asked follows from the disposal.
    fn lacking(&self) -> Errors {
        let mut errors = Errors::default();
        self.whom(&mut errors);
        self.pronounced(&mut errors);
        if let Err(unread) = read::decision(self.typed, self.law, self.base()) {
            errors.0.extend(unread.0);
        }
        if self.typed.get("offence").is_none() {
            let said = if self.law.catalogue.complete {
                "Choose the offence"
            } else {
                "Give the code of the offence, or ? where it is not recorded"
            };
            errors.say("offence", said);
        }
        errors.say("disposal", "Choose the disposal");
        errors
    }

    /// A decision that can be read: checked, proposed, imposed or recorded.
    async fn decided(
        &self,
        whom: Whom,
        pronounced: Occurred,
        decision: Decision,
    ) -> Result<Response, PageError> {
        let act = self.typed.get("act");
        let proposes = act == Some("propose") || !may_impose(self.visitor);
        let known = self.known().await?;
        let checked = self.checked(whom.id, pronounced, &decision, &known).await;
        if act == Some("check") {
            return Ok(self
                .page_with(&Errors::default(), None, &known)
                .await?
                .into_response());
        }
        if !proposes {
            let placed = Placed::of(self.typed, self.law, &Shape::of(self.typed), &decision);
            let fields = Fields {
                typed: self.typed,
                law: self.law,
                placed: &placed,
                decision: &decision,
            };
            let errors = checked.errors(&fields);
            if !errors.0.is_empty() {
                return Ok(self.page_with(&errors, None, &known).await?.into_response());
            }
            // What will be noted is read once before it is recorded.
            let noted = checked.noted();
            if !noted.is_empty() && self.typed.get("noted") != Some(noted.as_str()) {
                let page = self
                    .page_with(&Errors::default(), Some(noted), &known)
                    .await?;
                return Ok(page.into_response());
            }
        }
        self.record(whom, pronounced, decision, proposes).await
    }

    /// What happened to the proposal since the page was made.
    fn moved(&self) -> Option<String> {
        let found = &self.draft?.found;
        let seen: u64 = self.typed.get("version")?.parse().ok()?;
        let since = said::since(&found.entries, seen)?;
        Some(format!(
            "The proposal was changed since you opened this page ({since}). What you typed is kept; look at the proposal's page for what stands now, and send again"
        ))
    }

    /// Registers the person where needed, then records the decision.
    async fn record(
        &self,
        whom: Whom,
        pronounced: Occurred,
        decision: Decision,
        proposes: bool,
    ) -> Result<Response, PageError> {
        let registry = &self.visitor.app.registry;
        let options = Options {
            jurisdiction: Some(self.law.jurisdiction.clone()),
            ..done::options(self.typed)
        };
        if let Some(register) = whom.register {
            let key = options.key.clone();
            let key = key.map(|(key, bytes)| (format!("{key}-person"), bytes));
            let options = Options {
                key,
                ..options.clone()
            };
            let command = PersonCommand::Register(register);
            let id = whom.id.to_string();
            registry
                .command::<Person>(&self.visitor.call, &id, command, options)
                .await?;
        }
        let id = match self.draft {
            Some(draft) => draft.id.clone(),
            None => self.sentence(),
        };
        let command = if proposes {
            SentenceCommand::Propose(Propose {
                person: whom.id,
                decision,
            })
        } else {
            let case = compare::case(&decision);
            SentenceCommand::Impose(Impose {
                person: whom.id,
                pronounced,
                comparison: compare::shown(self.visitor, self.law, &case, self.typed),
                decision,
            })
        };
        let sent = registry
            .command::<Sentence>(&self.visitor.call, &id, command, options)
            .await;
        self.answered(&id, whom.id, sent).await
    }

    /// The id that the sentence will have, carried by the form.
    fn sentence(&self) -> String {
        let carried = self.typed.get("sentence");
        let carried = carried.and_then(|text| text.parse::<uuid::Uuid>().ok());
        carried
            .unwrap_or_else(|| self.visitor.app.registry.new_stream_id())
            .to_string()
    }

    async fn answered(
        &self,
        id: &str,
        person: PersonId,
        sent: Result<Receipt, CommandError<SentenceRefusal>>,
    ) -> Result<Response, PageError> {
        let mut errors = Errors::default();
        match sent {
            Ok(receipt) => {
                let address = format!("/sentences/{id}?recorded=1");
                let then = done::then(&self.visitor.app, &receipt, &address).await;
                return Ok(then.into_response());
            }
            Err(CommandError::Refused(refusal)) => errors.say("", check::said(&refusal)),
            Err(CommandError::UnknownPerson(_)) => errors.say(
                "person",
                "Nobody is registered under this reference: leave it empty and give a name",
            ),
            Err(gone @ (CommandError::Expunged(_) | CommandError::Merged { .. })) => {
                errors.say("person", sentence_case(&gone.to_string()));
            }
            Err(other) => return Err(other.into()),
        }
        let typed = if errors.at("person").is_none() {
            self.typed.clone().with("person", &person.to_string())
        } else {
            self.typed.clone()
        };
        let again = Step {
            typed: &typed,
            ..*self
        };
        Ok(again.page(&errors, None).await?.into_response())
    }

    /// The page, at whatever step the form is.
    async fn page(&self, errors: &Errors, noted: Option<String>) -> Result<Page, PageError> {
        let known = self.known().await?;
        self.page_with(errors, noted, &known).await
    }

    /// The same with what the register knows; `noted` is what the reader is about to have read.
    async fn page_with(
        &self,
        errors: &Errors,
        noted: Option<String>,
        known: &KnownBefore,
    ) -> Result<Page, PageError> {
        // What is known is chosen where the question is put for the first time; what somebody chose stays.
        let answered = if self.typed.get("asked").is_none() {
            known.answer(self.typed)
        } else {
            self.typed.clone()
        };
        let step = Step {
            typed: &answered,
            ..*self
        };
        step.page_knowing(errors, noted, known).await
    }

    /// What the register knows of the person, once the questions about her are put.
    async fn known(&self) -> Result<KnownBefore, PageError> {
        let mut unread = Errors::default();
        let whom = self.whom(&mut unread);
        let is_asked = !Shape::of(self.typed).kinds(self.typed, self.law).is_empty();
        let is_known = self.draft.is_some() || self.typed.get("person").is_some();
        if !(is_asked && is_known && unread.0.is_empty()) {
            return Ok(KnownBefore::default());
        }
        let pronounced = self.pronounced(&mut unread);
        KnownBefore::of(self.visitor, self.law, whom.id, pronounced).await
    }

    async fn page_knowing(
        &self,
        errors: &Errors,
        noted: Option<String>,
        known: &KnownBefore,
    ) -> Result<Page, PageError> {
        let shape = Shape::of(self.typed);
        let kinds = shape.kinds(self.typed, self.law);
        let read = read::decision(self.typed, self.law, self.base()).ok();
        let checked = match &read {
            Some(decision) if !kinds.is_empty() => {
                let mut unread = Errors::default();
                let pronounced = self.pronounced(&mut unread);
                let person = self.whom(&mut unread).id;
                Some(self.checked(person, pronounced, decision, known).await)
            }
            Some(_) | None => None,
        };
        let placed = read
            .as_ref()
            .map(|d| Placed::of(self.typed, self.law, &shape, d));
        let objections = checked.as_ref().map_or(&[][..], |c| &c.objections);
        let asking = Asking {
            typed: self.typed,
            errors,
            law: self.law,
            focus: self.focus(&shape, &kinds),
            shape,
            kinds,
            draft: read.as_ref(),
            placed: placed.unwrap_or_default(),
            objections,
            known,
            court: self.visitor.sample.office,
        };
        let frame = self.frame().await?;
        let person = self.draft.map(|draft| draft.person.to_string());
        let person = person.or_else(|| self.typed.get("person").map(str::to_owned));
        let people = People::of(self.visitor, person.as_deref()).await?;
        let mut form = self.form(&asking, self.guard(&frame), checked.as_ref(), &people);
        if checked.is_some() {
            let whom = self.whom(&mut Errors::default());
            for part in twice::parts(self.visitor, &whom, self.typed).await? {
                form = form.part(part);
            }
        }
        if let Some(noted) = noted {
            form = form.carry("noted", noted);
            "Record it with what is noted".clone_into(&mut form.submit);
        }
        let form = unplaced(form, errors).cancel("/sentences", "Cancel");
        Ok(Page::new(frame).form(&form))
    }

    fn guard(&self, frame: &super::components::Frame) -> super::components::Guard {
        let guard = self.visitor.guard(frame);
        match self.draft {
            Some(draft) => guard.for_version(draft.found.version),
            None => guard,
        }
    }

    async fn frame(&self) -> Result<super::components::Frame, PageError> {
        let Some(draft) = self.draft else {
            let several = laws::choices(&self.visitor.app).await?;
            let lede =
                "Nothing is recorded until you save it. A proposal can be kept and finished later.";
            let link = |(code, title): (String, String)| {
                let address = format!("/sentences/new?jurisdiction={code}");
                let link = Link::new(self.visitor.to(&address), title);
                if code == self.law.jurisdiction.as_str() {
                    link.current()
                } else {
                    link
                }
            };
            let frame = self.visitor.frame("Record a decision").lede(lede);
            return Ok(frame.siblings(several.into_iter().map(link).collect()));
        };
        let name = sentence::name_of(&draft.id, self.base());
        let home = self.visitor.to(&format!("/sentences/{}", draft.id));
        Ok(self
            .visitor
            .frame("Change the proposal")
            .kicker(format!("Sentence {name}"))
            .lede("Change what is to be decided. Each time it is kept, the proposal before stays in the history.")
            .trail(vec![
                Link::new(self.visitor.to("/sentences"), "Register"),
                Link::new(home, "Sentence"),
            ])
            .reference(name))
    }

    /// The field to go on with: what was just asked for the first time.
    fn focus(
        &self,
        shape: &Shape,
        kinds: &[(shape::Place, domain::sentence::SanctionKind)],
    ) -> Option<String> {
        match self.typed.get("act") {
            Some("add-count") => {
                return shape.counts().last().map(|n| shape::of_count("offence", n));
            }
            Some(act) if act.starts_with("add-part-") => {
                let count = act.trim_start_matches("add-part-").parse().ok()?;
                return shape
                    .parts(count)
                    .last()
                    .map(|place| place.name("disposal"));
            }
            Some(_) | None => {}
        }
        let before = self.typed.get("asked").unwrap_or_default();
        let fresh = kinds
            .iter()
            .find(|(place, kind)| !before.contains(&format!("{} {}", place.word(), kind.word())));
        fresh.map(|(place, kind)| ask::first_field(*kind, *place))
    }

    fn form(
        &self,
        asking: &Asking<'_>,
        guard: super::components::Guard,
        checked: Option<&Checked>,
        people: &People,
    ) -> Form {
        let imposes = may_impose(self.visitor);
        let submit = match (asking.kinds.is_empty(), imposes) {
            (true, _) => "Continue",
            (false, true) => "Impose this decision",
            (false, false) => "Keep as a proposal",
        };
        let action = self.draft.map_or_else(
            || "/sentences/new".to_owned(),
            |d| format!("/sentences/{}/draft", d.id),
        );
        let mut form = Form::new(action, guard, submit)
            .carry("fresh", self.fresh().to_string())
            .carry("sentence", self.sentence())
            .carry("jurisdiction", self.law.jurisdiction.to_string());
        for (name, value) in asking.shape.carried() {
            form = form.carry(name, value);
        }
        form = self.who(asking, form, people);
        form = asking.case(form);
        let words = ("Pronounced on", "pronounced now");
        let pronounced = now_field(self.typed, "pronounced", words, self.law);
        form = asking.put(form, pronounced);
        form = asking.counts(form);
        if asking.kinds.is_empty() {
            return form;
        }
        form = form.carry("asked", asked(&asking.kinds));
        form = asking.why(form);
        for part in checked.into_iter().flat_map(Checked::parts) {
            form = form.part(part);
        }
        let case = asking
            .draft
            .map_or_else(|| compare::typed(self.typed), compare::case);
        for part in compare::parts(self.visitor, self.law, &case) {
            form = form.part(part);
        }
        if let Some(index) = self.visitor.moment.index {
            form = form.carry(compare::SHOWN_AT, index.to_string());
        }
        form = form.also("check", "Check");
        if imposes {
            form = form.also("propose", "Keep as a proposal");
        }
        grown(form, &asking.shape)
    }

    fn who(&self, asking: &Asking<'_>, form: Form, people: &People) -> Form {
        let form = form.heading("Who");
        if let Some(draft) = self.draft {
            let id = draft.person.to_string();
            let link = Value::link(format!("/persons/{id}"), people.name(&id));
            return form.part(Part::Summary(SummaryList::default().row("Person", link)));
        }
        let value = self.typed.get("person").unwrap_or_default();
        let reference = Field::reference("person", "Person already registered", value)
            .hint("The reference, found under Persons. Leave it empty for somebody new.")
            .optional();
        let form = asking.put(form, reference);
        if asking.errors.at("person").is_none()
            && let Some(id) = self.typed.get("person")
        {
            let link = Value::link(format!("/persons/{id}"), people.name(id));
            return form.part(Part::Summary(SummaryList::default().row("Person", link)));
        }
        let fields = registration::fields(self.typed);
        fields
            .into_iter()
            .fold(form, |form, field| asking.put(form, field))
    }
}

/// Buttons for what is not on the form yet.
fn grown(form: Form, shape: &Shape) -> Form {
    let several = shape.counts().count() > 1;
    let form = shape.counts().fold(form, |form, n| {
        let words = if several {
            format!("Add a part to count {n}")
        } else {
            "Add another part".to_owned()
        };
        form.also(format!("add-part-{n}"), words)
    });
    form.also("add-count", "Add another count")
}

/// A sentence as of a moment, with the rules that its words are taken from.
async fn standing_of(
    app: &AppState,
    visitor: &Visitor,
    id: &str,
    as_of: AsOf,
) -> Result<(Found<Sentence>, Arc<Pack>), PageError> {
    let found: Found<Sentence> = app.registry.show(&visitor.call, id, as_of).await?;
    let law = laws::of_entries(app, &found.entries).await?;
    Ok((found, law))
}
