//! What is recorded about a person and who read it, in the words of the sheet.

use std::collections::BTreeMap;

use domain::actor::{Purpose, Role};
use domain::childhood::ChildNoted;
use domain::jurisdiction::title;
use domain::person::{Identity, Registered, Sex};
use domain::personal::{Disclosed, PersonalText, Sealed};
use domain::sentence::{CustodyTerm, Decision, Sanction, Sentence};
use domain::stream::Stream;
use domain::values::{Answer, CivilDate, Instant, Known};
use infra::access::{Action, Consultation};
use infra::record::Recorded;
use infra::registry::ToldRecord;

use super::duties::{Asking, sentence_of};
use super::words::{Words, fill};
use crate::pages::laws::Books;
use crate::pages::page::{PageError, Visitor};

/// Something that is recorded, with whether the person contests it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) what: String,
    pub(super) said: Vec<String>,
    pub(super) contested: bool,
}

/// Looks of an office in a role for a purpose.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) office: String,
    pub(super) role: String,
    pub(super) purpose: String,
    pub(super) times: String,
    pub(super) last: String,
}

/// Which text of an identity.
type Text = fn(&Identity) -> Option<&PersonalText>;

/// Name and date of birth, as far as the office may read them.
pub(super) async fn who(
    visitor: &Visitor,
    words: &Words,
    known: Option<&Registered>,
) -> Result<Vec<(String, String)>, PageError> {
    let identity = known.and_then(|known| known.identity.as_ref());
    let texts: [(&str, Text); 2] = [
        (&words.who.name, |identity| identity.name.as_ref()),
        (&words.who.born, |identity| identity.born.as_ref()),
    ];
    let mut rows = Vec::new();
    for (key, text) in texts {
        let sealed = identity.and_then(text).and_then(PersonalText::sealed);
        let sealed: Vec<Sealed> = sealed.cloned().into_iter().collect();
        let opened = visitor
            .app
            .registry
            .disclose(&visitor.call, Action::ReadIdentity, &sealed)
            .await?;
        let said = match opened.into_iter().next() {
            None => words.absent.not_recorded.clone(),
            Some(Disclosed::Withheld) => words.absent.withheld.clone(),
            Some(Disclosed::Erased { on, .. }) => {
                let on = words.day_of(on);
                fill(&words.absent.erased, &[("when", &on)])
            }
            Some(Disclosed::Clear(text)) => match text.parse::<CivilDate>() {
                Ok(date) => words.date(date),
                Err(_) => text,
            },
        };
        rows.push((key.to_owned(), said));
    }
    Ok(rows)
}

/// What is recorded of the person as such.
pub(super) fn personal(asking: &Asking<'_>, known: &Registered) -> Vec<Line> {
    let words = asking.words;
    let recorded = &words.recorded;
    let contests = |subject: &str| known.contested.iter().any(|code| code.as_str() == subject);
    let line = |what: &str, said: String, contested: bool| Line {
        what: what.to_owned(),
        said: vec![said],
        contested,
    };
    let sex = match known.sex {
        Known::Value(Sex::Female) => words.sexes.female.clone(),
        Known::Value(Sex::Male) => words.sexes.male.clone(),
        Known::Value(Sex::Another) => words.sexes.another.clone(),
        ref absent => absence(words, absent).to_owned(),
    };
    let children = match known.dependent_children {
        Known::Value(children) => words.number(u64::from(children)),
        ref absent => absence(words, absent).to_owned(),
    };
    let number = |n: usize| words.number(u64::try_from(n).unwrap_or(u64::MAX));
    let mut lines = vec![
        line(&recorded.sex, sex, contests("sex")),
        line(&recorded.children, children, contests("circumstances")),
    ];
    let told = known.children.iter();
    lines.extend(told.map(|noted| child(asking, noted, contests("circumstances"))));
    lines.extend(answers(asking, known, contests("circumstances")));
    if !known.consents.is_empty() {
        let consents = known.consents.iter().map(ToString::to_string);
        lines.push(Line {
            what: recorded.consents.clone(),
            said: consents.collect(),
            contested: false,
        });
    }
    if !known.held.is_empty() {
        lines.push(line(&recorded.holds, number(known.held.len()), false));
    }
    if known.sealed.is_some() {
        lines.push(line(&recorded.sealed, recorded.sealed_words.clone(), false));
    }
    if !known.erased.is_empty() {
        let classes = number(known.erased.len());
        let said = fill(&recorded.classes, &[("count", &classes)]);
        lines.push(line(&recorded.erased, said, false));
    }
    lines
}

/// What is recorded of a child who depends on the person.
fn child(asking: &Asking<'_>, noted: &ChildNoted, contested: bool) -> Line {
    let words = asking.words;
    let age = match noted.age {
        Known::Value(age) => words.number(u64::from(age)),
        ref absent => absence(words, absent).to_owned(),
    };
    let placement = match &noted.placement {
        Known::Value(code) => asking.label("custody.placements", code.as_str()),
        absent => absence(words, absent).to_owned(),
    };
    let alone = noted.cared_for == Known::Value(Answer::No);
    let alone = alone.then(|| words.recorded.child_alone.clone());
    let age = fill(&words.recorded.child_age, &[("age", &age)]);
    Line {
        what: words.recorded.child.clone(),
        said: [age, placement].into_iter().chain(alone).collect(),
        contested,
    }
}

/// What was asked about the person's circumstances, in the words of the rules.
fn answers(asking: &Asking<'_>, known: &Registered, contested: bool) -> Vec<Line> {
    let answers = known.circumstances.iter();
    let told = answers.map(|(code, answer)| {
        let rule = asking.law.sentencing.circumstance(code);
        let question = rule.map_or_else(
            || code.to_string(),
            |_| asking.label("sentencing.circumstances", code.as_str()),
        );
        let said = match answer {
            Known::Value(value) => {
                rule.map_or(value.as_str(), |rule| title(&rule.values, value.as_str()))
            }
            absent => absence(asking.words, absent),
        };
        Line {
            what: question,
            said: vec![said.to_owned()],
            contested,
        }
    });
    told.collect()
}

fn absence<'w, T>(words: &'w Words, known: &Known<T>) -> &'w str {
    match known {
        Known::NotAsked => &words.absent.not_asked,
        Known::Declined => &words.absent.declined,
        Known::NotRecorded | Known::Value(_) => &words.absent.not_recorded,
    }
}

/// What is recorded in a record: since when, how it stands, by whom, and of a decision what was imposed.
pub(super) fn record(asking: &Asking<'_>, record: &ToldRecord) -> Option<Line> {
    let words = asking.words;
    let recorded = &words.recorded;
    let first = record.entries.first()?;
    let last = record.entries.last()?;
    let since = begun(asking, record, first);
    let state = if record.goes_on {
        &recorded.goes_on
    } else {
        &recorded.over
    };
    let by = fill(&recorded.by, &[("office", &by(asking, first))]);
    let when = day_of(words, last);
    let entries = match record.entries.len() {
        1 => fill(&recorded.entry, &[("when", &when)]),
        several => {
            let count = words.number(u64::try_from(several).unwrap_or(u64::MAX));
            fill(&recorded.entries, &[("count", &count), ("when", &when)])
        }
    };
    let done = match record.kind.as_str() {
        "sentence" => imposed(asking, record),
        "emergency" => asking.told_of_emergency(record),
        "cooperation" => asking.told_of_matter(record),
        _ => Vec::new(),
    };
    let said = done.into_iter().chain([since, state.clone()]);
    Some(Line {
        what: words.stream(&record.kind)?.to_owned(),
        said: said.chain([by, entries]).collect(),
        contested: record.contested,
    })
}

/// Who recorded it: the office, or the role where no rules name the office.
fn by(asking: &Asking<'_>, entry: &Recorded) -> String {
    let office = entry.told.office.as_deref().unwrap_or_default();
    let place = asking.place(office);
    if place != office {
        return place;
    }
    match entry.told.role.parse::<Role>() {
        Ok(role) => asking.words.role(role).to_owned(),
        Err(_) => entry.told.role.clone(),
    }
}

/// Since when a record stands: a decision since it was pronounced, and a draft as what it is; the day on which it was
/// written is not the day of the decision.
fn begun(asking: &Asking<'_>, record: &ToldRecord, first: &Recorded) -> String {
    let recorded = &asking.words.recorded;
    let day = day_of(asking.words, first);
    if record.kind != Sentence::TYPE {
        return fill(&recorded.since, &[("when", &day)]);
    }
    match sentence_of(record).imposed() {
        Some(imposed) => {
            let pronounced = asking.words.date(asking.law.date(imposed.pronounced));
            fill(&recorded.since, &[("when", &pronounced)])
        }
        None => fill(&recorded.draft, &[("when", &day)]),
    }
}

/// What a decision imposed, each with how long or how much.
fn imposed(asking: &Asking<'_>, record: &ToldRecord) -> Vec<String> {
    let words = asking.words;
    let sentence = sentence_of(record);
    let decision = sentence.decision();
    let components = decision.into_iter().flat_map(Decision::components);
    components
        .map(|(_, component)| {
            let long = match &component.sanction {
                Sanction::Custody { term } => term.map(|term| match term {
                    CustodyTerm::Determinate(length) => words.length(length),
                    CustodyTerm::Life => words.recorded.life.clone(),
                    CustodyTerm::Indeterminate => words.recorded.indeterminate.clone(),
                }),
                Sanction::SuspendedCustody { term: length, .. }
                | Sanction::CommunityOrder { period: length, .. }
                | Sanction::Discharge {
                    conditional_for: length,
                }
                | Sanction::Ancillary { length, .. }
                | Sanction::Other { length, .. } => length.map(|length| words.length(length)),
                Sanction::Fine { amount } | Sanction::Compensation { amount } => {
                    amount.as_ref().map(|amount| words.money(amount))
                }
                Sanction::Death {}
                | Sanction::DayFine { .. }
                | Sanction::Admonition {}
                | Sanction::Deferred { .. } => None,
            };
            let kind = words.sanction(component.sanction.kind());
            match long {
                Some(long) => format!("{kind}: {long}"),
                None => kind.to_owned(),
            }
        })
        .collect()
}

/// The day of an entry: when it happened, or when the register was told.
fn day_of(words: &Words, entry: &Recorded) -> String {
    match entry.occurred_date() {
        Some(date) => words.date(date),
        None => words.day_of(Instant::from_micros(entry.recorded_us)),
    }
}

/// An office in the person's language, or in its rules' own words; nothing where no rules name it.
fn office_in(words: &Words, books: &Books, office: &str) -> Option<String> {
    books.all().find_map(|law| {
        let known = law.said("offices", office)?;
        let label = law.labelled(&words.tag, known.list, office);
        Some(label.unwrap_or(known.title).to_owned())
    })
}

/// Who looked, by office, role and purpose, the latest first.
pub(super) fn looks(words: &Words, books: &Books, looked: &[Consultation]) -> Vec<Look> {
    let mut grouped: BTreeMap<(&str, &str, &str, bool), (u64, Instant)> = BTreeMap::new();
    for look in looked {
        let through = look.gate.is_some();
        let key = (
            look.office.as_str(),
            look.role.as_str(),
            look.purpose.as_str(),
            through,
        );
        let group = grouped.entry(key).or_insert((0, look.at));
        group.0 = group.0.saturating_add(1);
        group.1 = group.1.max(look.at);
    }
    let mut groups: Vec<_> = grouped.into_iter().collect();
    groups.sort_by_key(|(_, (_, last))| std::cmp::Reverse(*last));
    let told = groups
        .into_iter()
        .map(|((office, role, purpose, through), (times, last))| {
            let why = match purpose.parse::<Purpose>() {
                Ok(purpose) => words.purpose(purpose).to_owned(),
                Err(_) => purpose.to_owned(),
            };
            Look {
                // An office that no rules name is told by its role alone.
                office: office_in(words, books, office).unwrap_or_default(),
                role: match role.parse::<Role>() {
                    Ok(role) => words.role(role).to_owned(),
                    Err(_) => role.to_owned(),
                },
                purpose: if through {
                    format!("{why} – {}", words.looked.gate)
                } else {
                    why
                },
                times: words.times(times),
                last: words.day_of(last),
            }
        });
    told.collect()
}
