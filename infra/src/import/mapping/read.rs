//! From text to a mapping, with every fault found in one go.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue, Deserializer};

use crate::import::file::newlines;

/// Everything that is wrong with a mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappingErrors {
    /// What the mapping is called.
    pub name: String,
    /// The faults, in the order of the file; at least one.
    pub faults: Vec<MappingFault>,
}

/// One thing that is wrong with a mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappingFault {
    /// Where, for example `components[2].amount.unit`; empty for the whole file.
    pub path: String,
    /// The line in the mapping, from 1.
    pub line: u64,
    /// What is wrong and what would be right.
    pub text: String,
}

impl fmt::Display for MappingErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let many = if self.faults.len() == 1 {
            "fault"
        } else {
            "faults"
        };
        write!(
            f,
            "the mapping {} has {} {many}",
            self.name,
            self.faults.len()
        )?;
        for MappingFault { path, line, text } in &self.faults {
            let colon = if path.is_empty() { "" } else { ": " };
            write!(f, "\n  line {line}: {path}{colon}{text}")?;
        }
        Ok(())
    }
}

impl std::error::Error for MappingErrors {}

/// What is written as a mapping.
pub(in crate::import) trait Written: DeserializeOwned {
    /// What is wrong with it beyond its shape, each with its path.
    fn faults(&self) -> Vec<(String, String)>;
}

/// Reads the whole mapping; what is wrong in one place does not hide what is wrong in another.
pub(in crate::import) fn read<M: Written>(name: &str, text: &str) -> Result<M, MappingErrors> {
    let mut faults = Faults {
        text,
        list: Vec::new(),
        taken: BTreeSet::new(),
    };
    let failed = |faults: Faults<'_>| {
        let mut list = faults.list;
        list.sort_by_key(|fault| fault.line);
        MappingErrors {
            name: name.to_owned(),
            faults: list,
        }
    };
    let whole = match DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => {
            faults.add("", error.span(), error.message());
            return Err(failed(faults));
        }
    };
    match by_elimination::<M>(&whole, &mut faults) {
        Some(mapping) => {
            for (path, wrong) in mapping.faults() {
                let path = faults.in_the_file(&path);
                // A rule that was put aside as faulty leaves others incomplete: say only the cause.
                if !faults
                    .list
                    .iter()
                    .any(|fault| fault.path.starts_with(&path))
                {
                    let span = span_of(&whole, &path);
                    faults.add(&path, Some(span), &wrong);
                }
            }
            if faults.list.is_empty() {
                Ok(mapping)
            } else {
                Err(failed(faults))
            }
        }
        None => Err(failed(faults)),
    }
}

struct Faults<'t> {
    text: &'t str,
    list: Vec<MappingFault>,
    /// The elements taken out of lists: the list's path and the element's number in the file.
    taken: BTreeSet<(String, usize)>,
}

impl Faults<'_> {
    /// A path in what is left of the mapping, as it is in the file.
    fn in_the_file(&self, path: &str) -> String {
        let mut whole = String::new();
        for (nth, part) in path.split('[').enumerate() {
            match part.split_once(']') {
                Some((number, rest)) if nth > 0 => {
                    let number = number.parse().unwrap_or(0);
                    let there = |at: &usize| !self.taken.contains(&(whole.clone(), *at));
                    let at = (0..usize::MAX).filter(there).nth(number).unwrap_or(number);
                    whole.extend(["[", &at.to_string(), "]", rest]);
                }
                _ => whole.push_str(part),
            }
        }
        whole
    }

    fn add(&mut self, path: &str, span: Option<Range<usize>>, text: &str) {
        let start = span.map_or(0, |span| span.start);
        let before = self.text.as_bytes().get(..start).unwrap_or_default();
        let line = newlines(before).saturating_add(1);
        self.list.push(MappingFault {
            path: path.to_owned(),
            line,
            text: text.to_owned(),
        });
    }
}

/// Deserialises; when something is wrong, notes it, takes it out and tries again.
fn by_elimination<M: Written>(whole: &Spanned<DeTable<'_>>, faults: &mut Faults<'_>) -> Option<M> {
    let mut rest = whole.clone();
    let mut removed: Vec<String> = Vec::new();
    loop {
        let error = match M::deserialize(Deserializer::from(rest.clone())) {
            Ok(mapping) => return Some(mapping),
            Err(error) => error,
        };
        let span = error.span().unwrap_or(0..0);
        let missing = error
            .message()
            .strip_prefix("missing field `")
            .and_then(|m| m.strip_suffix('`'));
        let at_top = missing.is_some() && (span.is_empty() || span == whole.span());
        let place = |table| {
            if at_top {
                Vec::new()
            } else {
                locate(table, &span)
            }
        };
        let found = place(whole.get_ref());
        let shown = dotted(&found, missing.unwrap_or_default());
        if missing.is_none() || !removed.contains(&shown) {
            let text = if missing.is_some() {
                "is missing".to_owned()
            } else {
                in_words(error.message())
            };
            faults.add(&shown, Some(span.clone()), &text);
        }
        removed.push(dotted(&found, ""));
        if let Some((Step::Index(at), list)) = found.split_last() {
            faults.taken.insert((dotted(list, ""), *at));
        }
        let path = place(rest.get_ref());
        let on = match missing {
            Some(field) if path.is_empty() => stand_in(rest.get_mut(), field),
            _ => remove(rest.get_mut(), path),
        };
        if !on {
            return None;
        }
    }
}

/// What the reader of the mapping says, for whoever wrote it.
fn in_words(said: &str) -> String {
    let (said, known) = said.split_once(", expected ").unwrap_or((said, ""));
    let listed: Vec<&str> = known.split('`').skip(1).step_by(2).collect();
    let one_of = listed.join(", ");
    if said.starts_with("unknown field `") {
        return format!("is no key here: use one of {one_of}");
    }
    if let Some(word) = said.strip_prefix("unknown variant `") {
        return format!(
            "{} is not known here: use one of {one_of}",
            word.trim_end_matches('`')
        );
    }
    let found = said
        .strip_prefix("invalid type: ")
        .or_else(|| said.strip_prefix("invalid value: "));
    match found {
        Some(found) => format!(
            "{} stands here: give {}",
            found.replace('`', ""),
            wanted(known)
        ),
        None if known.is_empty() => said.to_owned(),
        None => format!("{said}, expected {known}"),
    }
}

fn wanted(known: &str) -> &str {
    match known {
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number, 0 or more",
        "i8" | "i16" | "i32" | "i64" => "a whole number",
        "a string" => "text in quotation marks",
        "a boolean" => "true or false",
        "a sequence" => "a list in square brackets",
        table if table.starts_with("struct") || table == "a map" => "a table",
        other => other,
    }
}

/// Puts something in place of what every mapping needs, so that the rest can be checked as well.
fn stand_in(table: &mut DeTable<'_>, field: &str) -> bool {
    let spanned = |value| Spanned::new(0..0, value);
    let text = |text: &'static str| spanned(DeValue::String(Cow::Borrowed(text)));
    let one = |key: &'static str, value| {
        let mut table = DeTable::new();
        table.insert(Spanned::new(0..0, Cow::Borrowed(key)), value);
        spanned(DeValue::Table(table))
    };
    let value = match field {
        "source" | "jurisdiction" | "policy" => text("unknown"),
        "decision" => one("decided", one("constant", text("2000"))),
        "components" => spanned(DeValue::Array(DeArray::new())),
        _ => return false,
    };
    table
        .insert(Spanned::new(0..0, Cow::Owned(field.to_owned())), value)
        .is_none()
}

/// A step from a table to a key or from a list to an element.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Key(String),
    Index(usize),
}

fn dotted(path: &[Step], last: &str) -> String {
    let mut text = String::new();
    for step in path {
        match step {
            Step::Key(key) if text.is_empty() => text.push_str(key),
            Step::Key(key) => text.extend([".", key]),
            Step::Index(at) => text.extend(["[", &at.to_string(), "]"]),
        }
    }
    if !last.is_empty() {
        text.push_str(if text.is_empty() { "" } else { "." });
        text.push_str(last);
    }
    text
}

/// The way to the innermost thing whose key or value covers a span.
fn locate(table: &DeTable<'_>, span: &Range<usize>) -> Vec<Step> {
    for (key, value) in table {
        let step = || Step::Key(key.get_ref().as_ref().to_owned());
        if covers(&key.span(), span) {
            return vec![step()];
        }
        if let Some(rest) = locate_in(value, span) {
            return std::iter::once(step()).chain(rest).collect();
        }
    }
    Vec::new()
}

fn locate_in(value: &Spanned<DeValue<'_>>, span: &Range<usize>) -> Option<Vec<Step>> {
    match value.get_ref() {
        DeValue::Array(items) => {
            let found = items.iter().enumerate().find_map(|(at, item)| {
                let rest = locate_in(item, span)?;
                Some(std::iter::once(Step::Index(at)).chain(rest).collect())
            });
            found.or_else(|| covers(&value.span(), span).then(Vec::new))
        }
        DeValue::Table(inner) => {
            let rest = locate(inner, span);
            (!rest.is_empty() || covers(&value.span(), span)).then_some(rest)
        }
        _ => covers(&value.span(), span).then(Vec::new),
    }
}

fn covers(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end && outer.start < outer.end
}

/// Takes out what stands at the end of a path; `false` if nothing stands there.
fn remove(table: &mut DeTable<'_>, mut path: Vec<Step>) -> bool {
    // An element of a list of plain values goes with its list, so that no list is read half.
    if matches!(path.last(), Some(Step::Index(_))) && !is_table_at(table, &path) {
        path.pop();
    }
    let Some((Step::Key(first), rest)) = path.split_first() else {
        return false;
    };
    if rest.is_empty() {
        return table.remove(first.as_str()).is_some();
    }
    table
        .get_mut(first.as_str())
        .is_some_and(|value| remove_in(value.get_mut(), rest))
}

fn remove_in(value: &mut DeValue<'_>, path: &[Step]) -> bool {
    match (value, path) {
        (DeValue::Table(table), [Step::Key(key)]) => table.remove(key.as_str()).is_some(),
        (DeValue::Table(table), [Step::Key(key), rest @ ..]) => table
            .get_mut(key.as_str())
            .is_some_and(|value| remove_in(value.get_mut(), rest)),
        (DeValue::Array(items), [Step::Index(at)]) if *at < items.len() => {
            let mut kept = DeArray::new();
            let others = items.iter().enumerate().filter(|(other, _)| other != at);
            others.for_each(|(_, item)| kept.push(item.clone()));
            *items = kept;
            true
        }
        (DeValue::Array(items), [Step::Index(at), rest @ ..]) => items
            .get_mut(*at)
            .is_some_and(|value| remove_in(value.get_mut(), rest)),
        _ => false,
    }
}

fn is_table_at(table: &DeTable<'_>, path: &[Step]) -> bool {
    let Some((Step::Key(first), rest)) = path.split_first() else {
        return false;
    };
    let mut value = table.get(first.as_str()).map(Spanned::get_ref);
    for step in rest {
        value = match (value, step) {
            (Some(DeValue::Table(inner)), Step::Key(key)) => {
                inner.get(key.as_str()).map(Spanned::get_ref)
            }
            (Some(DeValue::Array(items)), Step::Index(at)) => items.get(*at).map(Spanned::get_ref),
            _ => None,
        };
    }
    matches!(value, Some(DeValue::Table(_)))
}

/// Where a path stands in the text, or the nearest thing above it.
fn span_of(root: &Spanned<DeTable<'_>>, path: &str) -> Range<usize> {
    let mut span = 0..0;
    let mut table = Some(root.get_ref());
    let mut value: Option<&DeValue<'_>> = None;
    for part in path.split(['.', '[']) {
        if let Some(at) = part.strip_suffix(']') {
            let item = match (value, at.parse::<usize>()) {
                (Some(DeValue::Array(items)), Ok(at)) => items.get(at),
                _ => None,
            };
            let Some(item) = item else { return span };
            span = item.span();
            value = Some(item.get_ref());
        } else {
            let Some((key, inner)) = table.and_then(|table| table.get_key_value(part)) else {
                return span;
            };
            span = key.span();
            value = Some(inner.get_ref());
        }
        table = match value {
            Some(DeValue::Table(inner)) => Some(inner),
            _ => None,
        };
    }
    span
}
