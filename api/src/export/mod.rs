//! A case for another authority, as one document: what is in it, under which law, each code in words of two languages.
//!
//! The same as of the same entry, to the byte, for whoever asks with the same reach: nothing in it tells when it was made.

mod document;
mod words;

use domain::person::Registered;
use domain::values::{Code, Instant};
use infra::access::Call;
use infra::record::Recorded;
use infra::registry::{AsOf, Exported, ExportedRecord, ReadError, Registry};
use schemars::schema_for;
use serde_json::Value;

use crate::personal;

pub(crate) use document::CaseExport;
use document::{AsOfEntry, ExportedEvent, ExportedPerson, Record, RegisterItself, Rules, Subject};
use words::Speaker;

/// The name of the document's form.
const SCHEMA: &str = "urn:assize:case-export";
/// The version of the form: a reader of version 1 finds in every later one of it what it knew.
const VERSION: u16 = 1;
/// The languages in which codes are told unless others are asked for.
pub(crate) const LANGUAGES: &str = "en,fr";

/// What is wished of an export.
#[derive(Debug, Clone)]
pub(crate) struct Wished {
    /// As of when.
    pub(crate) as_of: AsOf,
    /// The languages in which codes are told.
    pub(crate) languages: Vec<String>,
    /// To whom it goes.
    pub(crate) recipient: Option<Code>,
    /// Whether personal values are opened, as far as the role and purpose reach.
    pub(crate) disclose: bool,
}

/// The languages of a list with commas: two or more, each by its tag.
pub(crate) fn languages(text: &str) -> Result<Vec<String>, String> {
    let all: Vec<String> = text.split(',').map(|tag| tag.trim().to_owned()).collect();
    let is_tag = |tag: &String| {
        (2..=12).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    if let Some(none) = all.iter().find(|tag| !is_tag(tag)) {
        return Err(format!(
            "{none:?} is no language: write the tags with a comma between them, such as en,fr"
        ));
    }
    let twice = |(at, tag): &(usize, &String)| all.iter().take(*at).any(|before| before == *tag);
    if let Some((_, tag)) = all.iter().enumerate().find(twice) {
        return Err(format!(
            "{tag} is named twice: name two languages, such as en,fr"
        ));
    }
    if all.len() < 2 {
        return Err("a case is told in two languages: name another, such as en,fr".to_owned());
    }
    Ok(all)
}

/// A case for another authority.
pub(crate) async fn case(
    registry: &Registry,
    call: &Call,
    id: &str,
    wished: &Wished,
) -> Result<CaseExport, ReadError> {
    let recipient = wished.recipient.as_ref();
    let exported = registry
        .export_case(call, id, wished.as_of, recipient)
        .await?;
    let mut case = document(&exported, call, wished);
    let mut values = personal_values(&mut case);
    if wished.disclose {
        personal::disclose(registry, call, &mut values).await?;
    } else {
        personal::withhold(&mut values);
    }
    Ok(case)
}

/// The schema of the document.
pub(crate) fn schema() -> Value {
    schema_for!(CaseExport).to_value()
}

/// Every place of the document that may hold personal values.
fn personal_values(case: &mut CaseExport) -> Vec<&mut Value> {
    let events = case
        .records
        .iter_mut()
        .flat_map(|record| &mut record.events);
    let contents = events.map(|event| &mut event.content);
    case.person.identity.iter_mut().chain(contents).collect()
}

fn document(exported: &Exported, call: &Call, wished: &Wished) -> CaseExport {
    let known = exported.known.registered();
    CaseExport {
        schema: SCHEMA.to_owned(),
        version: VERSION,
        register: exported.register.as_ref().map(|(id, name)| RegisterItself {
            id: id.clone(),
            name: name.to_string(),
        }),
        as_of: AsOfEntry {
            entry: exported.index,
            instant: exported.instant.to_string(),
        },
        case: Subject {
            kind: exported.kind.clone(),
            id: exported.id.clone(),
        },
        recipient: wished.recipient.as_ref().map(ToString::to_string),
        purpose: call.purpose.to_string(),
        languages: wished.languages.clone(),
        person: ExportedPerson {
            id: exported.person.to_string(),
            sex: known.and_then(|known| known.sex.value()).map(written),
            identity: known
                .and_then(|known| known.identity.as_ref())
                .and_then(|identity| serde_json::to_value(identity).ok()),
            contested: contested(known),
        },
        rules: rules(exported),
        records: exported
            .records
            .iter()
            .map(|record| of_record(record, exported, known, &wished.languages))
            .collect(),
    }
}

/// What the person contests and is not settled.
fn contested(known: Option<&Registered>) -> Vec<String> {
    let contested = known.into_iter().flat_map(|known| &known.contested);
    contested.map(ToString::to_string).collect()
}

fn written<T: serde::Serialize>(value: &T) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

fn rules(exported: &Exported) -> Vec<Rules> {
    let laws = exported.laws.iter();
    laws.map(|(version, law)| Rules {
        version: version.clone(),
        title: law.title.clone(),
        in_force_from: law.in_force_from.to_string(),
        language: law.language.clone(),
        sources: law.sources.clone(),
    })
    .collect()
}

fn of_record(
    record: &ExportedRecord,
    exported: &Exported,
    known: Option<&Registered>,
    languages: &[String],
) -> Record {
    let last = record.entries.last().map(|entry| entry.sequence);
    Record {
        kind: record.kind.clone(),
        id: record.id.clone(),
        version: last.unwrap_or_default(),
        contested: known.is_some_and(|known| known.contests_any(&record.kind)),
        events: record
            .entries
            .iter()
            .map(|entry| of_entry(entry, exported, languages))
            .collect(),
    }
}

fn of_entry(entry: &Recorded, exported: &Exported, languages: &[String]) -> ExportedEvent {
    let policy = entry.told.policy.clone();
    let law = policy
        .as_ref()
        .and_then(|version| exported.laws.get(version));
    let speaker = Speaker {
        law: law.map(AsRef::as_ref),
        version: policy.as_deref(),
        languages,
    };
    let codes = speaker.codes(&entry.event);
    let (legal_basis, codes) = codes
        .into_iter()
        .partition(|code| words::is_basis(&code.list));
    ExportedEvent {
        id: entry.told.event_id.to_string(),
        entry: entry.index,
        version: entry.sequence,
        event: entry.event.name().to_owned(),
        recorded: Instant::from_micros(entry.recorded_us).to_string(),
        effective: entry.told.occurred.clone(),
        role: entry.told.role.clone(),
        office: entry.told.office.clone(),
        policy,
        legal_basis,
        codes,
        content: entry.event.to_value(),
    }
}

#[cfg(test)]
mod tests {
    use super::languages;

    #[test]
    fn a_case_is_told_in_two_languages_that_are_not_the_same() {
        assert_eq!(
            languages("en, fr"),
            Ok(vec!["en".to_owned(), "fr".to_owned()])
        );
        for (wrong, said) in [
            ("en", "name another"),
            ("en,en", "en is named twice"),
            ("en,f r", "is no language"),
        ] {
            let refused = languages(wrong).unwrap_err();
            assert!(refused.contains(said), "{wrong}: {refused}");
        }
    }
}
