//! Entries of the ledger in plain words.

use domain::jurisdiction::Pack;
use domain::person::PersonEvent;
use domain::record::AnyEvent;
use domain::sentence::{CustodyStart, Decision, MarkCustody, SentenceEvent};
use domain::stream::StreamEvent;
use domain::values::{Instant, Occurred};
use infra::record::Recorded;

use super::components::{EventKind, History, HistoryEvent, Moment, Proof, Value};
use super::laws::Laws;
use super::page::{day_in_words, in_words};

/// A history of entries; `link` turns an entry into the address its number leads to.
pub(super) fn history(
    entries: &[Recorded],
    laws: &Laws,
    link: impl Fn(&Recorded) -> String,
) -> History {
    let events = entries.iter().map(|entry| event(entry, laws, link(entry)));
    History {
        events: events.collect(),
        empty: "Nothing is recorded yet.".to_owned(),
    }
}

fn event(entry: &Recorded, laws: &Laws, href: String) -> HistoryEvent {
    let recorded = Instant::from_micros(entry.recorded_us);
    let entered = Moment::new(recorded.to_string(), in_words(recorded));
    let on = entry
        .occurred_date()
        .map(|date| Moment::new(date.to_string(), day_in_words(date)));
    let name = name(&entry.event);
    HistoryEvent {
        kind: kind(name),
        title: title(name),
        recorded: on.is_some().then(|| entered.clone()),
        on: on.unwrap_or(entered),
        by: by(entry),
        details: details(entry, laws),
        proof: Proof::Recorded {
            entry: entry.index,
            href,
        },
    }
}

fn by(entry: &Recorded) -> String {
    match &entry.told.office {
        Some(office) => format!("{}, {office}", entry.told.role),
        None => entry.told.role.clone(),
    }
}

fn name(event: &AnyEvent) -> &'static str {
    match event {
        AnyEvent::Person(e) => e.name(),
        AnyEvent::Sentence(e) => e.name(),
        AnyEvent::Order(e) => e.name(),
        AnyEvent::Supervision(e) => e.name(),
        AnyEvent::Policy(e) => e.name(),
    }
}

/// The words for what an entry records.
pub(super) fn title_of(entry: &Recorded) -> String {
    title(name(&entry.event))
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
        "sentence.varied_on_appeal" => "Varied on appeal",
        "sentence.quashed" => "Decision quashed",
        "sentence.commuted" => "Component commuted",
        "sentence.remand_credited" => "Time in custody credited",
        "sentence.custody_started" => "Custody began",
        "sentence.custody_ended" => "Custody ended",
        "sentence.resentenced" => "Sentenced anew",
        "sentence.completed" => "Everything imposed is done",
        "person.registered" => "Person registered",
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

/// `order.warning_issued` as *Order: warning issued*.
fn plain(name: &str) -> String {
    let (stream, what) = name.split_once('.').unwrap_or(("", name));
    let mut letters = stream.chars();
    let stream: String = letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default();
    format!("{stream}: {}", what.replace('_', " "))
}

fn details(entry: &Recorded, laws: &Laws) -> Vec<(String, Value)> {
    let (mut said, findings) = match &entry.event {
        AnyEvent::Sentence(event) => (of_sentence(event, laws.at(entry)), event.findings()),
        AnyEvent::Order(event) => (Vec::new(), event.findings()),
        AnyEvent::Supervision(event) => (Vec::new(), event.findings()),
        AnyEvent::Person(PersonEvent::DataContested(contest)) => {
            (vec![("Subject", contest.subject.to_string())], &[][..])
        }
        AnyEvent::Person(_) | AnyEvent::Policy(_) => (Vec::new(), &[][..]),
    };
    said.extend(
        findings
            .iter()
            .map(|finding| ("Noticed", finding.said.clone())),
    );
    said.into_iter()
        .map(|(key, words)| (key.to_owned(), Value::text(words)))
        .collect()
}

fn of_sentence(event: &SentenceEvent, law: Option<&Pack>) -> Vec<(&'static str, String)> {
    let reads = |decision: &Decision| Some(("Decision", decision.in_words(law?)));
    let said = match event {
        SentenceEvent::Proposed { decision, .. }
        | SentenceEvent::Imposed { decision, .. }
        | SentenceEvent::VariedOnAppeal { decision, .. }
        | SentenceEvent::Resentenced { decision, .. } => vec![reads(decision)],
        SentenceEvent::Corrected {
            decision, reason, ..
        } => {
            let reason = reason_of(law, reason.as_str());
            vec![reads(decision), Some(("Reason", reason))]
        }
        SentenceEvent::Commuted { from, to, .. } => vec![
            law.map(|law| ("Before", from.in_words(law))),
            law.map(|law| ("After", to.in_words(law))),
        ],
        SentenceEvent::RemandCredited { days, .. } => vec![Some(("Days", days.to_string()))],
        SentenceEvent::CustodyStarted(CustodyStart { component, .. })
        | SentenceEvent::CustodyEnded(MarkCustody { component, .. }) => {
            vec![Some(("Component", component.to_string()))]
        }
        SentenceEvent::ProposalWithdrawn(_)
        | SentenceEvent::AppealLodged(_)
        | SentenceEvent::AppealDismissed(_)
        | SentenceEvent::Quashed(_)
        | SentenceEvent::Pardoned(_)
        | SentenceEvent::SuspendedTermActivated { .. }
        | SentenceEvent::Completed { .. } => Vec::new(),
    };
    said.into_iter().flatten().collect()
}

fn reason_of(law: Option<&Pack>, code: &str) -> String {
    law.map_or(code, |law| {
        domain::jurisdiction::title(&law.sentencing.correction_reasons, code)
    })
    .to_owned()
}

/// When something happened, as exactly as it is known.
pub(super) fn occurred(done: Occurred) -> Value {
    match done {
        Occurred::At(instant) => Value::moment(instant.to_string(), in_words(instant)),
        Occurred::On(date) => Value::moment(date.to_string(), day_in_words(date)),
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
