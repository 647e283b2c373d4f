//! Entries of the ledger in plain words.

use std::collections::BTreeMap;

use domain::act::Door;
use domain::actor::Role;
use domain::jurisdiction::Pack;
use domain::person::{PersonEvent, Settlement};
use domain::personal::Sealed;
use domain::record::AnyEvent;
use domain::sentence::{Appellant, Decision, Sentence, SentenceEvent, length_in_words};
use domain::stream::{Stream, StreamEvent};
use domain::values::{ComponentNo, DaysHeld, Instant, Occurred};
use infra::access::Action;
use infra::record::Recorded;
use uuid::Uuid;

use super::casework;
use super::components::{EventKind, History, HistoryEvent, Moment, Proof, Value};
use super::laws::Laws;
use super::numbers::count;
use super::page::{PageError, Visitor, day_in_words, in_words};
use super::{kinds, person, register, sentence};

/// A history of entries; `link` turns an entry into the address its number leads to.
pub(super) fn history(
    entries: &[Recorded],
    laws: &Laws,
    link: impl Fn(&Recorded) -> String,
) -> History {
    Telling {
        laws,
        sees_special: false,
        words: BTreeMap::new(),
        sentences: BTreeMap::new(),
    }
    .history(entries, link)
}

/// A history for a visitor: with the words that are sealed in it, as far as the visitor may read them.
pub(super) async fn history_for(
    visitor: &Visitor,
    entries: &[Recorded],
    laws: &Laws,
    link: impl Fn(&Recorded) -> String,
) -> Result<History, PageError> {
    let sealed: Vec<Sealed> = entries.iter().filter_map(words_of).cloned().collect();
    let opened = sentence::disclosed(visitor, Action::ReadWords, &sealed).await?;
    let telling = Telling {
        laws,
        sees_special: sentence::sees_special(visitor),
        words: sealed.iter().map(|s| s.id).zip(opened).collect(),
        sentences: BTreeMap::new(),
    };
    Ok(telling.history(entries, link))
}

/// The words in an entry that say why, or what a person said.
fn words_of(entry: &Recorded) -> Option<&Sealed> {
    let text = match &entry.event {
        AnyEvent::Sentence(event) => match event {
            SentenceEvent::ProposalWithdrawn(step)
            | SentenceEvent::AppealDismissed(step)
            | SentenceEvent::Quashed(step)
            | SentenceEvent::Pardoned(step) => step.note.as_ref(),
            SentenceEvent::Commuted { note, .. } => note.as_ref(),
            SentenceEvent::SuspendedTermActivated { activation, .. } => activation.note.as_ref(),
            SentenceEvent::Proposed { .. }
            | SentenceEvent::Imposed { .. }
            | SentenceEvent::Corrected { .. }
            | SentenceEvent::AppealLodged(_)
            | SentenceEvent::VariedOnAppeal { .. }
            | SentenceEvent::RemandCredited { .. }
            | SentenceEvent::RemandKnown { .. }
            | SentenceEvent::CustodyStarted(_)
            | SentenceEvent::CustodyEnded(_)
            | SentenceEvent::Resentenced { .. }
            | SentenceEvent::Completed { .. } => None,
        },
        AnyEvent::Person(PersonEvent::DataContested(contest)) => contest.statement.as_ref(),
        AnyEvent::Person(PersonEvent::ContestSettled(settled)) => settled.reasons.as_ref(),
        // Orders and supervisions are told in casework; what kinds tell is read from their schema.
        _ => None,
    };
    text?.sealed()
}

/// A history while it is told: what each sentence was before the next entry.
struct Telling<'a> {
    laws: &'a Laws,
    sees_special: bool,
    words: BTreeMap<Uuid, Value>,
    sentences: BTreeMap<String, Sentence>,
}

impl Telling<'_> {
    fn history(mut self, entries: &[Recorded], link: impl Fn(&Recorded) -> String) -> History {
        let events = entries.iter().map(|entry| self.event(entry, link(entry)));
        History {
            events: events.collect(),
            empty: "Nothing is recorded yet.".to_owned(),
        }
    }

    fn event(&mut self, entry: &Recorded, href: String) -> HistoryEvent {
        let recorded = Instant::from_micros(entry.recorded_us);
        let entered = Moment::new(recorded.to_string(), in_words(recorded));
        let on = entry
            .occurred_date()
            .map(|date| Moment::new(date.to_string(), day_in_words(date)));
        let name = entry.event.name();
        HistoryEvent {
            kind: kind(name),
            title: title(name),
            recorded: on.is_some().then(|| entered.clone()),
            on: on.unwrap_or(entered),
            by: by(entry, self.laws.at(entry)),
            details: self.details(entry),
            proof: Proof::Recorded {
                entry: entry.index,
                href,
            },
        }
    }

    fn details(&mut self, entry: &Recorded) -> Vec<(String, Value)> {
        let law = self.laws.at(entry);
        let (mut said, findings) = match &entry.event {
            AnyEvent::Sentence(event) => {
                let before = self.sentences.remove(&entry.stream_id).unwrap_or_default();
                let after = before.clone().evolve(event);
                let said = self.of_sentence(event, law, before.decision(), after.decision());
                self.sentences.insert(entry.stream_id.clone(), after);
                (said, event.findings())
            }
            AnyEvent::Order(event) => (texts(casework::of_order(event, law)), event.findings()),
            AnyEvent::Supervision(event) => {
                let said = texts(casework::of_supervision(event, law));
                (said, event.findings())
            }
            AnyEvent::Person(event) => (self.of_person(event, law), event.findings()),
            // What kinds tell is read from their schema.
            other => (Vec::new(), other.findings()),
        };
        if let Some(words) = words_of(entry).and_then(|sealed| self.words.get(&sealed.id)) {
            said.push(("In words".to_owned(), words.clone()));
        }
        let noticed = findings.iter();
        said.extend(noticed.map(|f| ("Noticed".to_owned(), Value::text(f.said.clone()))));
        said
    }

    fn of_sentence(
        &self,
        event: &SentenceEvent,
        law: Option<&Pack>,
        before: Option<&Decision>,
        after: Option<&Decision>,
    ) -> Vec<(String, Value)> {
        let Some(law) = law else { return Vec::new() };
        let row = |key: &str, words: String| vec![(key.to_owned(), Value::text(words))];
        match event {
            SentenceEvent::Proposed { decision, .. } => {
                let reads = row("Decision", decision.in_words(law));
                [reads, self.changes(law, before, after)].concat()
            }
            SentenceEvent::Imposed {
                decision,
                door,
                comparison,
                ..
            } => {
                let entered = through(*door);
                let shown = comparison.value().map(|shown| {
                    let (past, entry) = (count(shown.decisions), count(shown.index));
                    row(
                        "Compared with",
                        format!("{past} past decisions, as of entry {entry}"),
                    )
                });
                let reads = row("Decision", decision.in_words(law));
                [
                    reads,
                    row("Entered", entered.to_owned()),
                    shown.unwrap_or_default(),
                ]
                .concat()
            }
            SentenceEvent::Corrected { reason, .. } => {
                let why = title_of_reason(law, reason.as_str());
                [self.changes(law, before, after), row("Reason", why)].concat()
            }
            SentenceEvent::VariedOnAppeal { .. }
            | SentenceEvent::Resentenced { .. }
            | SentenceEvent::Commuted { .. } => self.changes(law, before, after),
            SentenceEvent::AppealLodged(appeal) => row("By", appellant(appeal.by).to_owned()),
            SentenceEvent::RemandCredited { days, .. } => row("Days", days.to_string()),
            SentenceEvent::RemandKnown { known, .. } => {
                let days = DaysHeld::counted(known.held.iter().copied());
                row("Days that the register knows", days.to_string())
            }
            SentenceEvent::CustodyStarted(start) => {
                row("Component", component(law, after, start.component))
            }
            SentenceEvent::CustodyEnded(end) => {
                row("Component", component(law, after, end.component))
            }
            SentenceEvent::SuspendedTermActivated { activation, .. } => {
                let which = row("Component", component(law, after, activation.component));
                let whole = || "the whole".to_owned();
                let part = activation.part.map_or_else(whole, length_in_words);
                [which, row("Activated", part)].concat()
            }
            SentenceEvent::ProposalWithdrawn(_)
            | SentenceEvent::AppealDismissed(_)
            | SentenceEvent::Quashed(_)
            | SentenceEvent::Pardoned(_)
            | SentenceEvent::Completed { .. } => Vec::new(),
        }
    }

    /// What an entry changed of a decision that stood before it.
    fn changes(
        &self,
        law: &Pack,
        before: Option<&Decision>,
        after: Option<&Decision>,
    ) -> Vec<(String, Value)> {
        let Some((before, after)) = before.zip(after) else {
            return Vec::new();
        };
        let (before, after) = (sentence::told(law, before), sentence::told(law, after));
        let changes = sentence::changes(&before, &after, self.sees_special);
        changes
            .rows
            .into_iter()
            .map(|row| (row.key, row.value))
            .collect()
    }

    fn of_person(&self, event: &PersonEvent, law: Option<&Pack>) -> Vec<(String, Value)> {
        let row = |key: &str, words: String| vec![(key.to_owned(), Value::text(words))];
        match event {
            PersonEvent::Registered(register) => {
                row("Sex as recorded", person::sex_in_words(register.sex))
            }
            PersonEvent::AttributesCorrected(corrected) => {
                let sex = row("Sex as recorded", person::sex_in_words(corrected.sex));
                [sex, row("Reason", corrected.reason.to_string())].concat()
            }
            PersonEvent::IdentityRecorded(recorded) => row("Reason", recorded.reason.to_string()),
            PersonEvent::CircumstancesRecorded(recorded) => recorded
                .answers
                .iter()
                .map(|(code, answer)| person::circumstance(law, code, answer, self.sees_special))
                .collect(),
            PersonEvent::ChildrenRecorded {
                dependent,
                each_child,
                ..
            } => {
                let many = person::dependent(*dependent, self.sees_special);
                let each = each_child.iter().zip(1_u32..).filter_map(|(child, no)| {
                    let law = law.filter(|_| self.sees_special)?;
                    Some((format!("Child {no}"), person::of_child(child, law)))
                });
                let many = ("Dependent children".to_owned(), many);
                std::iter::once(many).chain(each).collect()
            }
            PersonEvent::ConsentGiven { to } | PersonEvent::ConsentWithdrawn { to } => {
                row("To", to.to_string())
            }
            PersonEvent::DataContested(contest) => row("Subject", contest.subject.to_string()),
            PersonEvent::ContestSettled(settled) => {
                let outcome = match settled.outcome {
                    Settlement::Corrected => "corrected",
                    Settlement::Refused => "the record stands",
                };
                let subject = row("Subject", settled.subject.to_string());
                let route = settled.route.as_ref().map(|route| {
                    let words = law.map_or(route.as_str(), |law| {
                        domain::jurisdiction::title(&law.contest_routes, route.as_str())
                    });
                    ("Review".to_owned(), Value::text(words))
                });
                let outcome = row("Outcome", outcome.to_owned());
                [subject, outcome, route.into_iter().collect()].concat()
            }
            PersonEvent::RecordSealed(basis)
            | PersonEvent::RecordUnsealed(basis)
            | PersonEvent::HoldLifted(basis)
            | PersonEvent::Expunged(basis) => row("Basis", basis.basis.to_string()),
            PersonEvent::HoldPlaced { basis, .. } => row("Basis", basis.to_string()),
            PersonEvent::DataErased(erased) => row("Basis", erased.basis.to_string()),
            PersonEvent::Merged { surviving, basis } => [
                row("Into", surviving.to_string()),
                row("Basis", basis.to_string()),
            ]
            .concat(),
        }
    }
}

fn appellant(by: Appellant) -> &'static str {
    match by {
        Appellant::Person => "the person sentenced",
        Appellant::Prosecution => "the prosecution",
        Appellant::Other => "another party",
    }
}

fn component(law: &Pack, decision: Option<&Decision>, no: ComponentNo) -> String {
    let component = decision.and_then(|decision| decision.component(no));
    component.map_or_else(|| no.to_string(), |c| format!("{no}: {}", c.in_words(law)))
}

fn title_of_reason(law: &Pack, code: &str) -> String {
    domain::jurisdiction::title(&law.sentencing.correction_reasons, code).to_owned()
}

/// Who acted: the role and the office, in words.
fn by(entry: &Recorded, law: Option<&Pack>) -> String {
    let office = entry.told.office.as_deref();
    let office = office.map(|code| law.map_or(code, |law| law.office_title(code)));
    acting(&entry.told.role, office)
}

/// A role and the title of its office.
pub(super) fn acting(role: &str, office: Option<&str>) -> String {
    let known = role.parse::<Role>();
    let role = known.map_or(role, |role| role.title());
    office.map_or_else(|| role.to_owned(), |office| format!("{role}, {office}"))
}

/// The words for what an entry records.
pub(super) fn title_of(entry: &Recorded) -> String {
    title(entry.event.name())
}

/// What an entry records, without the kind of case: *Warning issued*.
pub(super) fn what_of(entry: &Recorded) -> String {
    let name = entry.event.name();
    let (_, what) = name.split_once('.').unwrap_or(("", name));
    register::sentence_case(&what.replace('_', " "))
}

fn kind(name: &str) -> EventKind {
    let (_, what) = name.split_once('.').unwrap_or(("", name));
    match what {
        "imposed"
        | "varied_on_appeal"
        | "commuted"
        | "pardoned"
        | "resentenced"
        | "made"
        | "suspended_term_activated"
        | "breach_proven"
        | "breach_not_proven"
        | "recall_decided"
        | "discharged_early"
        | "adopted" => EventKind::Decision,
        "corrected" | "attendance_corrected" | "contact_corrected" | "attributes_corrected" => {
            EventKind::Correction
        }
        "quashed" | "proposal_withdrawn" | "hours_reversed" | "warning_withdrawn" | "revoked"
        | "data_erased" | "expunged" => EventKind::Reversal,
        _ => EventKind::Act,
    }
}

/// The words for an event's name.
fn title(name: &str) -> String {
    let known = match name {
        "sentence.proposed" => "Decision proposed",
        "sentence.proposal_withdrawn" => "Proposal withdrawn",
        "sentence.imposed" => "Decision imposed",
        "sentence.corrected" => "Slip corrected",
        "sentence.appeal_lodged" => "Appeal lodged",
        "sentence.appeal_dismissed" => "Appeal dismissed or withdrawn",
        "sentence.varied_on_appeal" => "Varied on appeal",
        "sentence.pardoned" => "Pardoned",
        "sentence.suspended_term_activated" => "Suspended term activated",
        "sentence.quashed" => "Decision quashed",
        "sentence.commuted" => "Component commuted",
        "sentence.remand_credited" => "Time in custody credited",
        "sentence.remand_known" => "Time in custody before judgment known to the register",
        "sentence.custody_started" => "Custody began",
        "sentence.custody_ended" => "Custody ended",
        "sentence.resentenced" => "Sentenced anew",
        "sentence.completed" => "Everything imposed is done",
        "person.registered" => "Person registered",
        "person.circumstances_recorded" => "Circumstances recorded",
        "person.children_recorded" => "Children recorded",
        "person.consent_given" => "Consent given",
        "person.consent_withdrawn" => "Consent withdrawn",
        "person.attributes_corrected" => "Attributes corrected",
        "person.contest_settled" => "What was contested is settled",
        "person.hold_placed" => "Legal hold placed",
        "person.hold_lifted" => "Legal hold lifted",
        "person.expunged" => "Record expunged",
        "person.data_contested" => "Data contested",
        "person.record_sealed" => "Record sealed",
        "person.record_unsealed" => "Record unsealed",
        "person.data_erased" => "Personal data erased",
        "person.merged" => "Merged into another record",
        "order.made" => "Order made",
        "order.ended" => "Order ended",
        "supervision.started" => "Supervision began",
        "supervision.ended" => "Supervision ended",
        _ => "",
    };
    if known.is_empty() {
        plain(name)
    } else {
        known.to_owned()
    }
}

/// `pretrial.alternative_imposed` as *Case before judgment: alternative imposed*.
fn plain(name: &str) -> String {
    let (stream, what) = name.split_once('.').unwrap_or(("", name));
    format!("{}: {}", kinds::one(stream), what.replace('_', " "))
}

fn texts(said: Vec<(&'static str, String)>) -> Vec<(String, Value)> {
    let rows = said.into_iter();
    rows.map(|(key, words)| (key.to_owned(), Value::text(words)))
        .collect()
}

/// Whether an entry drafts a decision.
pub(super) fn is_proposal(entry: &Recorded) -> bool {
    matches!(
        &entry.event,
        AnyEvent::Sentence(SentenceEvent::Proposed { .. })
    )
}

/// What happened to a thing after the version that a page was made from; nothing where it has not moved.
pub(super) fn since(entries: &[Recorded], seen: u64) -> Option<String> {
    let since = entries.iter().filter(|entry| entry.sequence > seen);
    let titles: Vec<String> = since.map(title_of).collect();
    (!titles.is_empty()).then(|| titles.join("; "))
}

/// When something happened, as exactly as it is known.
pub(super) fn occurred(done: Occurred) -> Value {
    match done {
        Occurred::At(instant) => Value::moment(instant.to_string(), in_words(instant)),
        Occurred::On(date) => Value::moment(date.to_string(), day_in_words(date)),
    }
}

/// How a decision came into the register.
fn through(door: Door) -> &'static str {
    match door {
        Door::Live => "as an act taken through the register",
        Door::Looked | Door::Existing => "as a fact that had already happened",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_without_words_of_its_own_is_still_said_plainly() {
        assert_eq!(title("order.warning_issued"), "Order: warning issued");
        assert_eq!(title("sentence.quashed"), "Decision quashed");
    }

    #[test]
    fn a_quashing_reads_as_a_reversal_and_a_slip_as_a_correction() {
        assert_eq!(kind("sentence.quashed"), EventKind::Reversal);
        assert_eq!(kind("sentence.corrected"), EventKind::Correction);
        assert_eq!(kind("order.attendance_recorded"), EventKind::Act);
    }
}
