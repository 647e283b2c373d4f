//! What each event opens or closes.
//!
//! Imposed, corrected, varied, commuted, resentenced, a person's corrected attribute: a new version. Quashed and
//! expunged: closed. Pardoned: a new version, marked. Merged: new versions under the surviving person. Everything
//! else: nothing.

use std::borrow::Cow;

use domain::act::Door;
use domain::person::{PersonEvent, Sex};
use domain::record::AnyEvent;
use domain::sentence::{Against, Decision, DepartureDirection, SentenceEvent};
use domain::values::{CivilDate, ComponentNo, Known, PersonId, SentenceId};
use serde::Serialize;
use uuid::Uuid;

use super::dictionary::NOT_RECORDED;
use super::table::{FactTable, NONE, NewRow, Penalty, index_of, narrow, number, without_words};
use crate::record::Recorded;

impl FactTable {
    /// Files one event. Events come once each, in ledger order.
    pub fn file(&mut self, recorded: &Recorded) {
        self.find_open_rows();
        let index = u32::try_from(recorded.index).unwrap_or(u32::MAX - 1);
        match &recorded.event {
            AnyEvent::Person(event) => self.file_person(index, recorded.stream_uuid(), event),
            AnyEvent::Sentence(event) => self.file_sentence(index, recorded, event),
            // Figures are of sentences and of whom they concern.
            _ => {}
        }
        self.next_index = recorded.index.saturating_add(1);
    }

    fn file_person(&mut self, index: u32, id: Uuid, event: &PersonEvent) {
        let person = self.person_code(PersonId(id));
        match event {
            PersonEvent::Registered(registered) => self.set_sex(person, registered.sex),
            PersonEvent::AttributesCorrected(correction) => {
                self.set_sex(person, correction.sex);
                for decision in self.open_decisions_of(person) {
                    self.reopen(decision, index, |_| {});
                }
            }
            PersonEvent::Merged { surviving, .. } => {
                let surviving = self.person_code(*surviving);
                for decision in self.open_decisions_of(person) {
                    self.reopen(decision, index, |row| row.person = surviving);
                }
            }
            PersonEvent::Expunged(_) => {
                for decision in self.open_decisions_of(person) {
                    self.close(decision, index);
                }
            }
            PersonEvent::CircumstancesRecorded(_)
            | PersonEvent::ChildrenRecorded { .. }
            | PersonEvent::ConsentGiven { .. }
            | PersonEvent::ConsentWithdrawn { .. }
            | PersonEvent::DataContested(_)
            | PersonEvent::IdentityRecorded(_)
            | PersonEvent::ContestSettled(_)
            | PersonEvent::RecordSealed(_)
            | PersonEvent::RecordUnsealed(_)
            | PersonEvent::HoldPlaced { .. }
            | PersonEvent::HoldLifted(_)
            | PersonEvent::DataErased(_) => {}
        }
    }

    fn set_sex(&mut self, person: u32, sex: Known<Sex>) {
        let Some(column) = self.dimensions.get_mut("sex") else {
            return;
        };
        let code = narrow(column.words.code(known_word(sex.map(Sex::word))));
        if let Some(kept) = self.person_sex.get_mut(index_of(person)) {
            *kept = code;
            self.sexes.push((person, u32::from(code)));
        }
    }

    fn reopen(&mut self, decision: u32, index: u32, change: impl FnOnce(&mut NewRow<'_>)) {
        if let Some(mut row) = self.reopened(decision) {
            change(&mut row);
            self.open_row(index, &row);
        }
    }

    fn file_sentence(&mut self, index: u32, recorded: &Recorded, event: &SentenceEvent) {
        let id = SentenceId(recorded.stream_uuid());
        match event {
            SentenceEvent::Imposed {
                person,
                door,
                decision,
                ..
            } => {
                let person = self.person_code(*person);
                let row = self.row(id, person, recorded, decision, *door);
                self.open_row(index, &row);
            }
            SentenceEvent::Corrected { decision, door, .. }
            | SentenceEvent::VariedOnAppeal { decision, door, .. }
            | SentenceEvent::Resentenced { decision, door, .. } => {
                let code = self.decision_code(id);
                let Some(before) = self.reopened(code) else {
                    return;
                };
                let mut row = self.row(id, before.person, recorded, decision, *door);
                // A later decision on the same hearing keeps the hearing's date, and a pardon stays one.
                row.date = before.date;
                for kept in ["year", "standing"] {
                    if let Some(word) = before.word(kept) {
                        row.put(kept, word.to_owned());
                    }
                }
                self.open_row(index, &row);
            }
            SentenceEvent::Commuted { component, to, .. } => {
                let code = self.decision_code(id);
                let Some(mut row) = self.reopened(code) else {
                    return;
                };
                self.commute(&mut row, *component, to);
                self.open_row(index, &row);
            }
            SentenceEvent::Pardoned(_) => {
                let code = self.decision_code(id);
                self.reopen(code, index, |row| row.put("standing", "pardoned"));
            }
            SentenceEvent::Quashed(_) => {
                let code = self.decision_code(id);
                self.close(code, index);
            }
            SentenceEvent::Proposed { .. }
            | SentenceEvent::ProposalWithdrawn(_)
            | SentenceEvent::AppealLodged(_)
            | SentenceEvent::AppealDismissed(_)
            | SentenceEvent::RemandCredited { .. }
            | SentenceEvent::RemandKnown { .. }
            | SentenceEvent::CustodyStarted(_)
            | SentenceEvent::CustodyEnded(_)
            | SentenceEvent::SuspendedTermActivated { .. }
            | SentenceEvent::Completed { .. } => {}
        }
    }

    fn commute(&mut self, row: &mut NewRow<'_>, no: ComponentNo, to: &domain::sentence::Sanction) {
        let text = self.penalties.word(row.penalty);
        let Ok(mut penalty) = serde_json::from_str::<Penalty>(text) else {
            return;
        };
        for component in penalty.components.iter_mut().filter(|c| c.no == no) {
            component.sanction = without_words(to.clone());
        }
        row.penalty = self.penalty_code(&penalty);
        if let Some(disposal) = penalty.disposal() {
            row.put("disposal", disposal.word());
        }
    }

    fn penalty_code<C: Serialize>(&mut self, penalty: &Penalty<C>) -> u32 {
        match serde_json::to_string(penalty) {
            Ok(text) => self.penalties.code(&text),
            Err(_) => 0,
        }
    }

    fn row<'a>(
        &mut self,
        id: SentenceId,
        person: u32,
        recorded: &'a Recorded,
        decision: &'a Decision,
        door: Door,
    ) -> NewRow<'a> {
        debug_assert_ne!(person, NONE);
        let penalty = Penalty::of(decision);
        let mut words = Vec::with_capacity(24);
        let mut put = |name: &'a str, word: Cow<'a, str>| {
            if word != NOT_RECORDED {
                words.push((Cow::Borrowed(name), word));
            }
        };
        let disposal = penalty.disposal().map_or(NOT_RECORDED, |d| d.word());
        put("jurisdiction", recorded.jurisdiction().into());
        put("court", decision.court.as_str().into());
        put("disposal", disposal.into());
        let door = match door {
            Door::Live | Door::Looked => "live",
            Door::Existing => "existing",
        };
        put("door", door.into());
        put("standing", "in_force".into());
        if let Some(count) = decision.principal_count() {
            let offence = &count.offence;
            put("offence", known_word(offence.code.as_str_known()).into());
            let category = known_word(offence.category.as_str_known());
            put("category", category.into());
            let iccs = offence.iccs.as_ref().map_or(NOT_RECORDED, |i| i.as_str());
            put("iccs", iccs.into());
            if let Some(gravity) = &count.gravity {
                let level = format!("{} {}", gravity.policy, gravity.level);
                put("gravity", level.into());
            }
            let (departure, extent) = departure(count);
            put("departure", departure.into());
            if let Some(extent) = extent {
                put("departure_extent", extent.into());
            }
        }
        for (code, answer) in &decision.circumstances {
            put(code.as_str(), known_word(answer.as_str_known()).into());
        }
        let date = recorded.occurred_date();
        if let Some(date) = date {
            put("year", date.year().to_string().into());
        }
        let penalty = self.penalty_code(&penalty);
        let date = date.map_or(0, |d: CivilDate| number(d));
        NewRow {
            decision: id,
            person,
            date,
            penalty,
            words,
        }
    }
}

/// How a count lies to its guideline range, and by what part of the bound it lies outside.
fn departure(count: &domain::sentence::Count) -> (&'static str, Option<String>) {
    match count.against() {
        Against::NoRange => (NOT_RECORDED, None),
        Against::NotComparable => ("not_comparable", None),
        Against::Within => ("within", None),
        Against::Outside {
            direction,
            reasoned,
            extent,
        } => {
            let word = match (direction, reasoned) {
                (DepartureDirection::Above, true) => "above",
                (DepartureDirection::Above, false) => "above_unreasoned",
                (DepartureDirection::Below, true) => "below",
                (DepartureDirection::Below, false) => "below_unreasoned",
            };
            (word, extent.map(|extent| extent.to_string()))
        }
    }
}

/// The word of a value or of its absence.
fn known_word(known: Known<&str>) -> &str {
    match known {
        Known::NotRecorded => NOT_RECORDED,
        Known::NotAsked => "not_asked",
        Known::Declined => "declined",
        Known::Value(word) => word,
    }
}

/// A known code as its text.
trait AsStrKnown {
    fn as_str_known(&self) -> Known<&str>;
}

macro_rules! as_str_known {
    ($($code:ty),*) => {$(
        impl AsStrKnown for Known<$code> {
            fn as_str_known(&self) -> Known<&str> {
                match self {
                    Self::NotRecorded => Known::NotRecorded,
                    Self::NotAsked => Known::NotAsked,
                    Self::Declined => Known::Declined,
                    Self::Value(code) => Known::Value(code.as_str()),
                }
            }
        }
    )*};
}

as_str_known!(domain::values::Code, domain::values::OffenceCode);
