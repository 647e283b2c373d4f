//! One sentence: its state in a sentence, its facts, the acts that are open, what hangs on it, its history.

mod acts;
mod told;

use axum::extract::{Path, State};
use axum::response::Response;
use domain::jurisdiction::Pack;
use domain::personal::{PersonalText, Sealed};
use domain::record::AnyEvent;
use domain::sentence::{Appeal, Decision, RequirementTerms, Sentence, SentenceEvent};
use domain::values::{Known, Occurred, days_in_words};
use infra::access::{Action, allow};
use infra::record::Recorded;
use infra::registry::{Found, LedgerQuery};
use serde::Deserialize;

pub(super) use self::told::{WITHHELD, changes, committed, gravity_in_words, range_in_words, told};
use super::casework::{People, contested, with_held};
use super::components::{
    Column, Frame, History, Link, Moment, Panel, Proof, SummaryList, Table, Tone, Value,
};
use super::laws::Laws;
use super::page::{Page, PageError, Typed, Visitor, day_in_words, in_words};
use super::person::duplicates;
use super::{dates, record, register, said, sheet};
use crate::pages::query::Query;
use crate::state::AppState;

/// What led to the page.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Led {
    recorded: Option<String>,
}

/// The page of a sentence.
pub(super) async fn get(
    State(app): State<AppState>,
    Query(led): Query<Led>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Page, PageError> {
    let found: Found<Sentence> = app.registry.show(&visitor.call, &id, visitor.as_of).await?;
    let laws = Laws::of(&app, &found.entries).await?;
    let law = found.entries.iter().rev().find_map(|entry| laws.at(entry));
    let view = View {
        visitor: &visitor,
        id: &id,
        found: &found,
        laws: &laws,
    };
    match law.zip(found.state.decision()) {
        Some((law, decision)) => view.page(law, decision, led.recorded.is_some()).await,
        None => view.withdrawn().await,
    }
}

/// The form of what may follow.
pub(super) async fn step(
    state: State<AppState>,
    visitor: Visitor,
    Path((id, word)): Path<(String, String)>,
) -> Result<Page, PageError> {
    match record::Revision::named(&word) {
        Some(revision) => record::revision(state, visitor, id, revision).await,
        None => acts::get(state, visitor, id, &word).await,
    }
}

/// What follows.
pub(super) async fn stepped(
    state: State<AppState>,
    visitor: Visitor,
    Path((id, word)): Path<(String, String)>,
    typed: Typed,
) -> Result<Response, PageError> {
    match record::Revision::named(&word) {
        Some(revision) => record::revise(state, visitor, id, revision, typed).await,
        None => acts::post(state, visitor, id, &word, typed).await,
    }
}

/// A sentence as it is looked at.
struct View<'a> {
    visitor: &'a Visitor,
    id: &'a str,
    found: &'a Found<Sentence>,
    laws: &'a Laws,
}

impl View<'_> {
    async fn page(
        &self,
        law: &Pack,
        decision: &Decision,
        recorded: bool,
    ) -> Result<Page, PageError> {
        let mut page = Page::new(self.frame(law, decision));
        if recorded && !self.visitor.moment.past {
            let panel = self.confirmation(law, decision);
            let panel = match self.found.entries.last() {
                Some(last) => with_held(self.visitor, law, panel, last).await?,
                None => panel,
            };
            // Whoever was registered with the decision may be registered already.
            let panel = match self.found.state.person() {
                Some(person) => duplicates(self.visitor, person, panel).await?,
                None => panel,
            };
            page = page.part(&panel);
        }
        let person = self.found.state.person().map(|person| person.to_string());
        let people = People::of(self.visitor, person.as_deref()).await?;
        let mut facts = self.facts(law, decision, &people);
        facts = contested(self.visitor, self.id, self.found, facts).await?;
        page = page.part(&facts);
        let acts = acts::offered(self.visitor, self.id, &self.found.state);
        if !acts.is_empty() {
            let list = SummaryList::default().row("Record", Value::Many(acts));
            page = page.heading("What may follow").part(&list);
        }
        page = page
            .heading("Reasons")
            .part(&reasons(self.visitor, law, decision).await?);
        page = dates::section(page, self.visitor, self.id).await?;
        page = dates::spent(page, self.visitor, self.id).await?;
        page = findings(page, self.found);
        page = page
            .heading("Orders under this decision")
            .part(&orders(self.visitor, self.id).await?);
        Ok(page.heading("History").part(&self.history().await?))
    }

    async fn history(&self) -> Result<History, PageError> {
        let at = |entry: &Recorded| format!("/sentences/{}?as_of={}", self.id, entry.index);
        said::history_for(self.visitor, &self.found.entries, self.laws, at).await
    }

    /// The state in one sentence, and where to go from here.
    fn frame(&self, law: &Pack, decision: &Decision) -> Frame {
        let (visitor, id) = (self.visitor, self.id);
        let home = format!("/sentences/{id}");
        let name = name_of(id, Some(decision));
        let mut siblings = vec![
            Link::new(visitor.to(&home), "Decision").current(),
            Link::new(visitor.to(&format!("{home}/sheet")), "Printed sheet"),
            Link::new(visitor.to(&format!("{home}/dates")), "Dates"),
        ];
        if self.found.state.imposed().is_some() {
            let compared = visitor.to(&format!("{home}/comparison"));
            siblings.push(Link::new(compared, "Compared with"));
        }
        if let Some(person) = self.found.state.person() {
            let person = visitor.to(&format!("/persons/{person}"));
            siblings.push(Link::new(person, "Person"));
        }
        let frame = visitor
            .frame(format!("Sentence {name}"))
            .kicker("Sentence")
            .lede(self.lede(law, decision))
            .trail(vec![Link::new(visitor.to("/sentences"), "Register")])
            .siblings(siblings)
            .reference(name);
        let may = |action| allow(&visitor.call, action).is_ok();
        match &self.found.state {
            Sentence::Imposed(_) if may(Action::KeepSentence) => {
                frame.primary(format!("{home}/correct"), "Correct a slip")
            }
            Sentence::Proposed(_) if may(Action::DecideSentence) => {
                frame.primary(format!("{home}/impose"), "Check and impose")
            }
            Sentence::Proposed(_) if may(Action::ProposeSentence) => {
                frame.primary(format!("{home}/draft"), "Change the proposal")
            }
            Sentence::Imposed(_)
            | Sentence::Proposed(_)
            | Sentence::Unrecorded
            | Sentence::Withdrawn => frame,
        }
    }

    fn lede(&self, law: &Pack, decision: &Decision) -> String {
        let words = register::sentence_case(&decision.in_words(law));
        let imposed = self.found.state.imposed();
        let when = imposed.map_or_else(String::new, |imposed| {
            let day = match imposed.pronounced {
                Occurred::At(at) => law.day(at).into(),
                Occurred::On(date) => date,
            };
            format!(" Decided on {}.", day_in_words(day))
        });
        let appealed = match imposed.and_then(|i| i.appeal.as_ref()) {
            Some(Appeal::Pending(_)) => " and under appeal",
            Some(Appeal::Dismissed | Appeal::Allowed) | None => "",
        };
        let held = match imposed.map_or(0, |i| i.in_custody.len()) {
            0 => "",
            _ => " A term of it is being served in custody.",
        };
        let state = self.found.state.title();
        format!("{words}. It is {state}{appealed}.{when}{held}")
    }

    /// What was just recorded, and what happens next.
    fn confirmation(&self, law: &Pack, decision: &Decision) -> Panel {
        let last = self.found.entries.last();
        let entry = last.map_or(0, |entry| entry.index);
        let event = last.map(|last| &last.event);
        let orders = decision
            .components()
            .any(|(_, c)| !c.sanction.requirements().is_empty());
        let next = match event {
            Some(AnyEvent::Sentence(event)) => next(event, orders, law),
            _ => Vec::new(),
        };
        let sheet = format!("/sentences/{}/sheet", self.id);
        let mut links = vec![Link::new(sheet, "Print the sheet")];
        if matches!(self.found.state, Sentence::Proposed(_)) {
            let draft = format!("/sentences/{}/draft", self.id);
            links.push(Link::new(draft, "Change the proposal"));
        }
        Panel {
            title: last.map_or_else(String::new, said::title_of),
            reference: name_of(self.id, Some(decision)),
            proof: Proof::Recorded {
                entry,
                href: format!("/sentences/{}?as_of={entry}", self.id),
            },
            next,
            links,
        }
    }

    /// The facts of a decision.
    fn facts(&self, law: &Pack, decision: &Decision, people: &People) -> SummaryList {
        let state = self.found.state.title();
        let tag = Value::tag(register::sentence_case(state), register::tone(state));
        let mut list = SummaryList::default().row("State", tag);
        if let Some(person) = self.found.state.person() {
            let id = person.to_string();
            let href = self.visitor.to(&format!("/persons/{id}"));
            list = list.row("Person", Value::link(href, people.name(&id)));
        }
        list = list.row("Reference", Value::name(self.id));
        if let Some(imposed) = self.found.state.imposed() {
            list = list.row("Pronounced", said::occurred(imposed.pronounced));
            let appeal = match &imposed.appeal {
                None => None,
                Some(Appeal::Pending(_)) => Some(Value::tag("Pending", Tone::Attention)),
                Some(Appeal::Dismissed) => Some(Value::text("Dismissed or withdrawn")),
                Some(Appeal::Allowed) => Some(Value::text("Allowed")),
            };
            if let Some(appeal) = appeal {
                list = list.row("Appeal", appeal);
            }
            let credited = match imposed.remand_days {
                Known::NotRecorded => Value::NotRecorded,
                Known::NotAsked => Value::NotAsked,
                Known::Declined => Value::Declined,
                Known::Value(0) => Value::text("None"),
                Known::Value(days) => Value::text(days_in_words(days)),
            };
            list = list.row("Custody credited", credited);
        }
        let sees = sees_special(self.visitor);
        told(law, decision)
            .into_iter()
            .fold(list, |list, row| list.row(row.key.clone(), row.value(sees)))
    }

    /// A proposal that was taken back: its history is all there is.
    async fn withdrawn(&self) -> Result<Page, PageError> {
        let frame = self
            .visitor
            .frame(format!("Sentence {}", register::short(self.id)))
            .kicker("Sentence")
            .lede(format!("It is {}.", self.found.state.title()))
            .trail(vec![Link::new(self.visitor.to("/sentences"), "Register")]);
        let history = self.history().await?;
        Ok(Page::new(frame).heading("History").part(&history))
    }
}

/// What happens after an event, in the words of whoever recorded it.
fn next(event: &SentenceEvent, orders: bool, law: &Pack) -> Vec<String> {
    let said = |text: &str| vec![text.to_owned()];
    match event {
        SentenceEvent::Proposed { .. } => said(
            "It waits for its pronouncement in the list of the court, and can be changed until then.",
        ),
        SentenceEvent::Imposed { .. } => {
            let mut next = said("Figures count the decision from this entry on.");
            if orders {
                next.push("The register makes the order that the decision states; the probation office finds it in its worklist.".to_owned());
            }
            let review = law.sentencing.review.as_ref();
            next.extend(review.map(|rule| {
                format!(
                    "A review can be asked of the {} within {} days.",
                    rule.to, rule.within_days
                )
            }));
            next
        }
        SentenceEvent::Corrected { .. }
        | SentenceEvent::VariedOnAppeal { .. }
        | SentenceEvent::Commuted { .. }
        | SentenceEvent::Resentenced { .. } => {
            said("Yesterday's views keep what was known yesterday; today's show what stands now.")
        }
        SentenceEvent::Quashed(_) => said(
            "Today's figures lose the decision; orders under it end. Custody, if any, is ended by an entry of its own.",
        ),
        SentenceEvent::Pardoned(_) => said("Figures keep the decision, marked as pardoned."),
        SentenceEvent::AppealLodged(_) => {
            said("The appeal waits until it is dismissed, or the decision is varied or quashed.")
        }
        SentenceEvent::SuspendedTermActivated { .. } => {
            said("When the person is received in custody, record that custody began.")
        }
        SentenceEvent::ProposalWithdrawn(_)
        | SentenceEvent::AppealDismissed(_)
        | SentenceEvent::RemandCredited { .. }
        | SentenceEvent::RemandKnown { .. }
        | SentenceEvent::CustodyStarted(_)
        | SentenceEvent::CustodyEnded(_)
        | SentenceEvent::Completed { .. } => Vec::new(),
    }
}

/// What a sentence is called: the court's reference, else the end of its id.
pub(super) fn name_of(id: &str, decision: Option<&Decision>) -> String {
    let case = decision.and_then(|decision| decision.case.as_ref());
    case.map_or_else(|| register::short(id), ToString::to_string)
}

/// Whether the visitor's role and purpose reach special categories.
pub(super) fn sees_special(visitor: &Visitor) -> bool {
    allow(&visitor.call, Action::ReadIdentity).is_ok()
}

/// The reasons, opened for those they are for.
async fn reasons(
    visitor: &Visitor,
    law: &Pack,
    decision: &Decision,
) -> Result<SummaryList, PageError> {
    let asked = asked(decision);
    let sealed = decision.reasons.iter().chain(decision.weighed.texts());
    let sealed = sealed.chain(asked.iter().map(|(_, said)| *said));
    let sealed: Vec<Sealed> = sealed.filter_map(|r| r.sealed().cloned()).collect();
    let mut values = disclosed(visitor, Action::ReadWords, &sealed)
        .await?
        .into_iter();
    let mut next = |there: bool| if there { values.next() } else { None };
    let words = next(decision.reasons.is_some()).unwrap_or(Value::NotRecorded);
    let carer = next(decision.weighed.carer.is_some());
    let child = next(decision.weighed.child.is_some());
    let mut list = SummaryList::default().row("In words", words);
    for (key, value) in [
        ("The child's best interests", carer),
        ("Why a child is held", child),
    ] {
        if let Some(value) = value {
            list = list.row(key, value);
        }
    }
    for ((required, _), value) in asked.into_iter().zip(values) {
        let what = sheet::requirement_title(law, &required.kind);
        list = list.row(format!("What exactly: {what}"), value);
    }
    Ok(list)
}

/// The requirements that say in words what exactly they ask, with those words, in the order of the decision.
pub(super) fn asked(decision: &Decision) -> Vec<(&RequirementTerms, &PersonalText)> {
    let components = decision.components().map(|(_, component)| component);
    let required = components.flat_map(|component| component.sanction.requirements());
    required
        .filter_map(|required| Some((required, required.terms.as_ref()?)))
        .collect()
}

/// Sealed values as a page shows them: clear, erased or withheld.
pub(super) async fn disclosed(
    visitor: &Visitor,
    action: Action,
    sealed: &[Sealed],
) -> Result<Vec<Value>, PageError> {
    use domain::personal::Disclosed;
    let opened = visitor
        .app
        .registry
        .disclose(&visitor.call, action, sealed)
        .await?;
    let values = opened.into_iter().map(|value| match value {
        Disclosed::Clear(text) => Value::name(text),
        Disclosed::Erased { on, basis } => Value::Erased {
            on: Moment::new(on.to_string(), in_words(on)),
            basis,
        },
        Disclosed::Withheld => Value::text(WITHHELD),
    });
    Ok(values.collect())
}

fn findings(page: Page, found: &Found<Sentence>) -> Page {
    let noticed = match &found.state {
        Sentence::Imposed(imposed) => &imposed.findings,
        Sentence::Proposed(proposed) => &proposed.findings,
        Sentence::Unrecorded | Sentence::Withdrawn => return page,
    };
    page.heading("What the register noticed")
        .part(&noticed_table(noticed))
}

/// Findings in a table.
fn noticed_table(noticed: &[domain::act::Finding]) -> Table {
    let columns = vec![
        Column::text("What"),
        Column::text("Rule"),
        Column::text("Weight"),
    ];
    let table = Table::new("Findings", columns)
        .quiet_caption()
        .empty("Nothing was noticed.");
    noticed.iter().fold(table, |table, finding| {
        let weight = match finding.weight {
            domain::act::Weight::Critical => Value::tag("Critical", Tone::Grave),
            domain::act::Weight::Notice => Value::tag("Notice", Tone::Attention),
        };
        let rule = finding
            .safeguard
            .clone()
            .unwrap_or_else(|| finding.code.clone());
        table.row(vec![
            Value::text(register::sentence_case(&finding.said)),
            Value::text(format!("Rule {rule}")),
            weight,
        ])
    })
}

async fn orders(visitor: &Visitor, id: &str) -> Result<Table, PageError> {
    let query = LedgerQuery {
        as_of: visitor.as_of,
        sentence: Some(id.to_owned()),
        limit: 20,
        ..LedgerQuery::default()
    };
    let orders = visitor.app.registry.orders(&visitor.call, &query).await?;
    let columns = vec![
        Column::text("Order"),
        Column::text("State"),
        Column::text("From"),
        Column::text("To"),
    ];
    let table = Table::new("Orders", columns)
        .quiet_caption()
        .empty("No order hangs on this decision.");
    let day = |text: &str| register::decided(Some(text));
    Ok(orders.rows.iter().fold(table, |table, order| {
        table.row(vec![
            Value::link(
                visitor.to(&format!("/orders/{}", order.id)),
                format!("Order {}", register::short(&order.id)),
            ),
            Value::text(register::sentence_case(&order.state)),
            day(&order.starts),
            order.ends.as_deref().map_or(Value::NotRecorded, day),
        ])
    }))
}
