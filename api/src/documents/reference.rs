//! The reference of `/v1`: every address with what it is asked, what may be wished there and what it answers.
//!
//! Made from the OpenAPI document, once for `docs/api.md` and once for the page at `/v1`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::markdown::{cell, named, table};
use super::shape::{Field, Named, Shapes};

/// The reference.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reference {
    /// What holds for every address.
    pub about: String,
    /// The addresses.
    pub operations: Vec<Described>,
    /// What fields are made of, by name.
    pub words: BTreeMap<String, Named>,
}

/// One address asked in one way.
#[derive(Debug, Clone)]
pub(crate) struct Described {
    /// `GET /v1/sentences`.
    pub address: String,
    /// What it does.
    pub summary: String,
    /// What the address, its query and its headers say.
    pub parameters: Vec<Field>,
    /// What stands in the body.
    pub body: Option<Body>,
    /// Statuses and what they mean.
    pub answers: Vec<(String, String)>,
    /// The names of what its body is made of.
    words: BTreeSet<String>,
}

impl Described {
    /// What it is about: `sentences` for everything under `/v1/sentences`.
    pub(crate) fn thing(&self) -> &str {
        let path = self.address.split(' ').next_back().unwrap_or_default();
        path.split('/').nth(2).unwrap_or_default()
    }
}

/// The body of a command.
#[derive(Debug, Clone)]
pub(crate) struct Body {
    /// Its media type.
    pub media: String,
    /// What may be wished, for JSON.
    pub wishes: Named,
    /// The name of the wishes, shown with their address and not again as a word.
    name: Option<String>,
}

impl Reference {
    /// Reads the OpenAPI document.
    pub(crate) fn read(openapi: &str) -> Self {
        let document: Value = serde_json::from_str(openapi).unwrap_or_default();
        let none = Map::new();
        let definitions = document.pointer("/components/schemas");
        let shapes = Shapes(definitions.and_then(Value::as_object).unwrap_or(&none));
        let mut reference = Self {
            about: text(&document, "/info/description"),
            ..Self::default()
        };
        let paths = document.get("paths").and_then(Value::as_object);
        for (path, item) in paths.into_iter().flatten() {
            for (method, operation) in item.as_object().into_iter().flatten() {
                let address = format!("{} {path}", method.to_uppercase());
                let mut described = described(address, operation, &document, shapes);
                // What an answer holds of stored events is told in docs/events.md.
                if let Some(body) = operation.pointer("/requestBody") {
                    let mut words = BTreeMap::new();
                    shapes.reached(body, &mut words);
                    described.words = words.keys().cloned().collect();
                    reference.words.append(&mut words);
                }
                reference.operations.push(described);
            }
        }
        let wished = reference.operations.iter().filter_map(|o| o.body.as_ref());
        for wish in wished.filter_map(|body| body.name.as_ref()) {
            reference.words.remove(wish);
        }
        reference
    }

    /// What the addresses are about, each once.
    pub(crate) fn things(&self) -> BTreeSet<&str> {
        self.operations.iter().map(Described::thing).collect()
    }

    /// The addresses of one thing, and what their bodies are made of; nothing where there is no such thing.
    pub(crate) fn only(mut self, thing: &str) -> Option<Self> {
        self.operations.retain(|o| o.thing() == thing);
        let words: BTreeSet<_> = self.operations.iter().flat_map(|o| &o.words).collect();
        self.words.retain(|name, _| words.contains(name));
        (!self.operations.is_empty()).then_some(self)
    }

    /// `docs/api.md`.
    pub(super) fn markdown(&self) -> String {
        let mut page = format!("# The interface\n\n{OPENING}\n\n{}\n", self.about);
        page.push_str(CONVENTIONS);
        for operation in &self.operations {
            page.push_str(&operation.markdown());
        }
        page.push_str("\n## Words\n\nWhat the fields above are made of.\n");
        for (name, word) in &self.words {
            page.push_str(&named(name, word));
        }
        page
    }
}

const OPENING: &str = "\
The JSON interface under `/v1`. Written from the program by `assize schema write`; the running register shows the same at
`/v1` and as OpenAPI 3.1 at `/v1/openapi.json`.";

const CONVENTIONS: &str = "
## What holds everywhere

- **Who and why.** `Assize-Identity` names a sample identity until there is sign-in, `Assize-Purpose` the purpose of the
  request. Every consultation is written down before it is answered.
- **As of.** Each read takes `as_of`. An entry that is not there yet and an instant that has not come are refused, because
  their answer would be another one tomorrow. A day means its end. Who may see something is judged today, always.
- **Versions.** A thing is answered with its version as `ETag`. A command may name it in `If-Match`: if the stream has
  moved, nothing is done and the answer is 412, as RFC 9110 gives it to a condition of the request that does not hold.
  409 is a conflict that the request did not foresee: two writers met too often, or the state does not allow the act.
- **Once.** A command with an `Idempotency-Key` is stored once however often it is sent within 30 days, and answered alike.
  The key belongs to the subject; with another address, another body or under other rules it is refused.
- **Pages.** A list gives `next`; sent as `before` (of the ledger: as `from`) it gives the page that follows. At most 1,000
  rows are given at once.
- **The feed** sends each entry as a CloudEvent and waits at the head of the ledger. A reader that comes back with
  `Last-Event-ID` misses nothing and sees nothing twice. The ledger has no gap, so neither has the feed.
- **Problems** are RFC 9457 documents (`application/problem+json`): `code` is stable, `rule` names the rule or safeguard,
  `field` the place in the request, `detail` the values and the way out.
- **Limits.** 256 KiB a command, 32 levels of JSON, 16 KiB of headers, 30 seconds; 20 commands and 50 reads a second for one
  subject, five seconds' worth at once. A field, header or query that is said twice or is unknown is refused,
  and so is a state, a kind of disposal, a court or an office that a list is asked for and that there is none of.
";

impl Described {
    fn markdown(&self) -> String {
        let mut text = format!("\n## {}\n\n{}.\n", self.address, self.summary);
        if !self.parameters.is_empty() {
            text.push_str(&table(&Named {
                says: String::new(),
                is_choice: false,
                fields: self.parameters.clone(),
            }));
        }
        if let Some(body) = &self.body {
            text.push_str(&format!("\nThe body is `{}`.\n", body.media));
            if !body.wishes.fields.is_empty() {
                text.push_str(&table(&body.wishes));
            }
        }
        text.push_str("\n| answer | when |\n|---|---|\n");
        for (status, means) in &self.answers {
            text.push_str(&format!("| {status} | {} |\n", cell(means)));
        }
        text
    }
}

fn described<'a>(
    address: String,
    operation: &'a Value,
    document: &'a Value,
    shapes: Shapes<'a>,
) -> Described {
    let parameters = operation.get("parameters").and_then(Value::as_array);
    let content = operation
        .pointer("/requestBody/content")
        .and_then(Value::as_object);
    let body = content.and_then(|content| content.iter().next());
    let responses = operation.get("responses").and_then(Value::as_object);
    let mut answers: Vec<(String, String)> = responses
        .into_iter()
        .flatten()
        .map(|(status, response)| (status.clone(), means(response, document)))
        .collect();
    answers.sort();
    Described {
        address,
        summary: text(operation, "/summary"),
        parameters: parameters
            .into_iter()
            .flatten()
            .map(|parameter| parameter_of(parameter, shapes))
            .collect(),
        body: body.map(|(media, content)| Body {
            media: media.clone(),
            wishes: wishes(content, shapes),
            name: wished(content).map(str::to_owned),
        }),
        answers,
        words: BTreeSet::new(),
    }
}

fn parameter_of<'a>(parameter: &'a Value, shapes: Shapes<'a>) -> Field {
    let place = match parameter.get("in").and_then(Value::as_str) {
        Some("header") => "header, ",
        Some("path") => "address, ",
        _ => "",
    };
    let kind = parameter.get("schema").map(|schema| shapes.kind(schema));
    let needed = parameter.get("required").and_then(Value::as_bool);
    Field {
        name: text(parameter, "/name"),
        kind: format!("{place}{}", kind.unwrap_or_default()),
        optional: !needed.unwrap_or_default(),
        says: text(parameter, "/description"),
    }
}

/// The wishes that a body may be; of a body that is no JSON, none.
fn wishes<'a>(content: &'a Value, shapes: Shapes<'a>) -> Named {
    let named = wished(content).and_then(|name| shapes.0.get(name));
    match named.or(content.get("schema")) {
        Some(schema) => shapes.named(schema),
        None => Named {
            says: String::new(),
            is_choice: false,
            fields: Vec::new(),
        },
    }
}

/// The name of what may be wished.
fn wished(content: &Value) -> Option<&str> {
    let reference = content.pointer("/schema/$ref")?.as_str()?;
    reference.rsplit('/').next()
}

/// What an answer means; problems are described once for all.
fn means(response: &Value, document: &Value) -> String {
    let shared = response.get("$ref").and_then(Value::as_str);
    let shared = shared.and_then(|reference| document.pointer(reference.strip_prefix('#')?));
    text(shared.unwrap_or(response), "/description")
}

fn text(value: &Value, pointer: &str) -> String {
    let found = value.pointer(pointer).and_then(Value::as_str);
    found.unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_says_what_it_does_and_what_it_may_answer() {
        let (_, openapi) = crate::v1::documented();
        let reference = Reference::read(&openapi);
        assert!(
            reference.operations.len() > 20,
            "{}",
            reference.operations.len()
        );
        for operation in &reference.operations {
            let Described {
                address,
                summary,
                answers,
                ..
            } = operation;
            assert!(!summary.is_empty(), "{address}");
            assert!(
                answers.iter().all(|(_, means)| !means.is_empty()),
                "{address}: {answers:?}"
            );
            assert!(
                answers.iter().any(|(status, _)| status.starts_with('2')),
                "{address}"
            );
            let parameters = operation.parameters.iter();
            assert!(parameters.clone().all(|p| !p.says.is_empty()), "{address}");
        }
    }

    #[test]
    fn every_read_can_be_asked_as_of_a_moment() {
        let (_, openapi) = crate::v1::documented();
        for operation in Reference::read(&openapi).operations {
            let Described {
                address,
                parameters,
                ..
            } = operation;
            // The feed is the ledger itself; what was adopted is a list of names; a correction is made now, and so are
            // names and dates of birth compared; figures at two moments name both.
            let timeless = [
                "/feed",
                "/policies",
                "/consequences",
                "/duplicates",
                "/between",
            ];
            let is_read =
                address.starts_with("GET") && !timeless.iter().any(|end| address.ends_with(end));
            assert!(
                !is_read || parameters.iter().any(|p| p.name == "as_of"),
                "{address}"
            );
        }
    }

    #[test]
    fn every_command_says_what_may_be_wished() {
        let (_, openapi) = crate::v1::documented();
        let operations = Reference::read(&openapi).operations;
        let posts = operations.iter().filter(|o| o.address.starts_with("POST"));
        for operation in posts {
            let body = operation.body.as_ref().unwrap();
            let is_json = body.media == "application/json";
            assert!(
                !is_json || !body.wishes.fields.is_empty(),
                "{}",
                operation.address
            );
        }
    }
}
