//! What the rules say of a decision while it is drafted, all of it at once, each at its field.

use std::sync::Arc;

use domain::act::{Door, Facts, Grade, Objection, PersonAsked, Reference, Refusal};
use domain::jurisdiction::{Ask, Pack};
use domain::sentence::{Decision, Impose, Sentence, SentenceCommand, SentenceRefusal};
use domain::stream::Stream;
use domain::values::{Code, ComponentNo, CountNo, Day, Instant, Known, Occurred, PersonId};

use super::ask::first_field;
use super::read::{Errors, REQUIREMENTS, requirement_names};
use super::shape::{Place, Placed, kind, of_count};
use crate::pages::components::{Column, Part, Table, Tone, Value};
use crate::pages::page::{Typed, Visitor};
use crate::pages::refusal::{in_full, written};

/// A decision held against the rules.
#[derive(Debug, Default)]
pub(super) struct Checked {
    /// Everything that stands against it.
    pub(super) objections: Vec<Objection<SentenceRefusal>>,
    /// What it would be refused for.
    pub(super) refused: Option<SentenceRefusal>,
    /// Whether it would be an act of today, or enter as a fact that already happened.
    is_live: bool,
}

/// What a decision is checked on.
pub(super) struct Matter<'a> {
    pub(super) state: &'a Sentence,
    /// When its last proposal was entered.
    pub(super) proposed: Option<Instant>,
    pub(super) person: PersonId,
    /// The date of birth of somebody who is registered with the decision.
    pub(super) born: Option<Day>,
    pub(super) pronounced: Occurred,
    pub(super) decision: &'a Decision,
}

/// Holds a decision against the rules; nothing is recorded.
pub(super) async fn check(visitor: &Visitor, law: &Arc<Pack>, matter: &Matter<'_>) -> Checked {
    let now = Instant::from_micros(visitor.app.registry.clock().now_us());
    let mut facts = Facts::at(now, visitor.call.actor.clone(), Arc::clone(law));
    facts.proposed = matter.proposed;
    facts.found.insert(Reference::Person(matter.person));
    for reference in matter.decision.earlier() {
        if stands(visitor, reference).await {
            facts.found.insert(reference);
        }
    }
    let registry = &visitor.app.registry;
    let born = registry.born_for_draft(&visitor.call, matter.person).await;
    // What it would say is said when the decision is recorded, at the latest.
    facts.born = born.ok().flatten().or(matter.born.map(Into::into));
    let (decision, pronounced) = (matter.decision, matter.pronounced);
    let asked = PersonAsked::When(pronounced);
    let about = registry.about_for_draft(&visitor.call, matter.person, asked, &facts);
    facts.about = about.await.unwrap_or_default();
    let door = matter.state.door(decision, pronounced, &facts);
    let mut objections = decision.objections(door, facts.date(pronounced), &facts);
    let wish = SentenceCommand::Impose(Impose {
        person: matter.person,
        pronounced,
        decision: decision.clone(),
        comparison: Known::NotRecorded,
    });
    let refused = matter.state.decide(wish, &facts).err();
    if let Some(refusal) = &refused
        && !objections.iter().any(|o| &o.refusal == refusal)
    {
        objections.insert(0, Objection::hard(refusal.clone()));
    }
    Checked {
        objections,
        refused,
        is_live: door == Door::Live,
    }
}

/// Whether an earlier sentence is there and in force, as far as the visitor may know.
async fn stands(visitor: &Visitor, reference: Reference) -> bool {
    let Reference::Sentence(id) = reference else {
        return false;
    };
    let shown = visitor
        .app
        .registry
        .show::<Sentence>(&visitor.call, &id.to_string(), visitor.as_of)
        .await;
    shown.is_ok_and(|found| {
        let imposed = found.state.imposed();
        imposed.is_some_and(|i| i.standing != domain::sentence::Standing::Quashed)
    })
}

impl Checked {
    /// The objections by which it would be refused, each at its field.
    pub(super) fn errors(&self, fields: &Fields<'_>) -> Errors {
        let mut errors = Errors::default();
        let Some(refused) = &self.refused else {
            return errors;
        };
        let stands = |o: &&Objection<SentenceRefusal>| {
            &o.refusal == refused || (self.is_live && o.grade != Grade::Notice)
        };
        for objection in self.objections.iter().filter(stands) {
            let refusal = &objection.refusal;
            errors.say(&fields.of(refusal), in_full(fields.law, &said(refusal)));
        }
        errors
    }

    /// What would be noted with it, in a form that a page can carry: once it was seen, it needs no second look.
    pub(super) fn noted(&self) -> String {
        let codes: Vec<&str> = self.objections.iter().map(|o| o.refusal.code()).collect();
        codes.join(" ")
    }

    /// What the rules say, to be read while drafting.
    pub(super) fn parts(&self) -> Vec<Part> {
        let mut parts = vec![Part::Heading("Checked so far".to_owned())];
        if self.objections.is_empty() {
            let said = "No rule stands in the way, and the register notices nothing.";
            parts.push(Part::Text(said.to_owned()));
            return parts;
        }
        let said = match (&self.refused, self.is_live) {
            (Some(_), _) => {
                "As it stands, it would be refused: it cannot be imposed yet. A proposal can be kept all the same."
            }
            (None, true) => "It can be imposed; this will be noted with it.",
            (None, false) => {
                "It was pronounced before it is entered: it can be recorded, and this will be noted with it."
            }
        };
        parts.push(Part::Text(said.to_owned()));
        parts.push(Part::Table(self.table()));
        parts
    }

    /// The objections, each with what it does.
    pub(super) fn table(&self) -> Table {
        let columns = vec![
            Column::text("What"),
            Column::text("Rule"),
            Column::text("Result"),
        ];
        let table = Table::new("What the rules say", columns).quiet_caption();
        self.objections.iter().fold(table, |table, objection| {
            let refuses = (self.is_live && matches!(objection.grade, Grade::Hard | Grade::Reasons))
                || self.refused.as_ref() == Some(&objection.refusal);
            let so = match (refuses, objection.grade) {
                (true, _) => Value::tag("Refused", Tone::Grave),
                (false, Grade::Hard | Grade::Alarm) => {
                    Value::tag("Noted, critical", Tone::Attention)
                }
                (false, Grade::Reasons | Grade::Notice) => Value::tag("Noted", Tone::Plain),
            };
            let refusal = &objection.refusal;
            table.row(vec![
                Value::text(written(&refusal.to_string())),
                Value::text(format!("Rule {}", refusal.rule())),
                so,
            ])
        })
    }
}

/// A refusal with its rule, as it stands at a field.
pub(in crate::pages) fn said(refusal: &SentenceRefusal) -> String {
    format!("{} ({})", written(&refusal.to_string()), refusal.rule())
}

/// Which field of the form a rule concerns.
pub(super) struct Fields<'a> {
    pub(super) typed: &'a Typed,
    pub(super) law: &'a Pack,
    pub(super) placed: &'a Placed,
    pub(super) decision: &'a Decision,
}

impl Fields<'_> {
    /// The field that a refusal concerns; empty for the form as a whole.
    pub(super) fn of(&self, refusal: &SentenceRefusal) -> String {
        use SentenceRefusal as No;
        match refusal {
            No::OutsideLimits {
                component, kind, ..
            }
            | No::WrongUnit {
                component, kind, ..
            } => self.requirement(*component, kind, 1),
            No::RequirementTooLong {
                component, kind, ..
            }
            | No::OrderEndsFirst {
                component, kind, ..
            } => self.requirement(*component, kind, 2),
            No::ConsentMissing { component, kind } => self.requirement(*component, kind, 3),
            No::UnknownRequirement { component, kind } => self.requirement(*component, kind, 0),
            No::Asked {
                ask: Ask::Committed,
                ..
            } => self.uncommitted(),
            _ => self.at(&refusal.field()),
        }
    }

    /// The field of the form for a field of the request.
    fn at(&self, path: &str) -> String {
        let path = path.strip_prefix("decision.").unwrap_or(path);
        let words: Vec<&str> = path.split('.').collect();
        let own = match words.as_slice() {
            ["components", no, "runs"] => return self.place(no).name("runs"),
            ["components", no, ..] => return self.quantity(self.place(no)),
            ["counts", no, "offence", "committed"] => return self.of_count("committed", no),
            ["counts", no, "departure", ..] => return self.of_count("departure", no),
            ["counts", "departure", ..] => "departure",
            ["counts", "components", "uplift"] => "uplift",
            ["counts", "components", ..] => return self.quantity(Place::FIRST),
            ["counts", no, ..] => return self.of_count("offence", no),
            ["alternatives_considered"] => "alternatives",
            ["remand_days"] => "remand",
            ["circumstances"] => return self.circumstance(),
            ["components"] => "disposal",
            ["weighed", "carer"] => "carer_necessity",
            ["weighed", "child"] => "child_ground",
            [
                "weighed",
                own @ ("purposes" | "victim" | "review_told" | "inquiry"),
            ] => own,
            [
                own @ ("aggravating" | "mitigating" | "reasons" | "pronounced" | "person"
                | "reason"),
            ] => own,
            _ => "",
        };
        own.to_owned()
    }

    fn of_count(&self, field: &str, no: &str) -> String {
        let no = no.parse().ok().map(CountNo);
        of_count(field, no.and_then(|no| self.placed.at(no)).unwrap_or(1))
    }

    fn uncommitted(&self) -> String {
        let counts = &self.decision.counts;
        let lacks = counts
            .iter()
            .find(|c| c.offence.committed.value().is_none());
        let n = lacks.and_then(|c| self.placed.at(c.no)).unwrap_or(1);
        of_count("committed", n)
    }

    fn circumstance(&self) -> String {
        let first = self.law.sentencing.circumstances.first();
        first.map_or_else(String::new, |rule| format!("c_{}", rule.code))
    }

    fn place(&self, no: &str) -> Place {
        let no = no.parse().ok().map(ComponentNo);
        let place = no.and_then(|no| self.placed.place(no));
        place.unwrap_or(Place::FIRST)
    }

    /// The first field of a part's quantity.
    fn quantity(&self, place: Place) -> String {
        kind(self.typed, self.law, place)
            .map_or_else(|| place.name("disposal"), |kind| first_field(kind, place))
    }

    /// The nth field of the row of a kind of requirement.
    fn requirement(&self, component: ComponentNo, kind: &Code, nth: usize) -> String {
        let place = self.placed.place(component).unwrap_or(Place::FIRST);
        let mut rows = (1..=REQUIREMENTS).map(|n| requirement_names(place, n));
        let row = rows.find(|[name, ..]| self.typed.get(name) == Some(kind.as_str()));
        row.and_then(|row| row.get(nth).cloned())
            .unwrap_or_else(|| self.quantity(place))
    }
}
