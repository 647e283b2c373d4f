//! What an address and its query ask: every fault is named with its field, and nothing unknown is passed over.

use std::collections::BTreeSet;

use aide::OperationInput;
use aide::generate::GenContext;
use aide::openapi::Operation;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

use super::shape;
use crate::problem::Problem;

/// The id in an address.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
pub(super) struct IdPath {
    /// The id, as the register gave it.
    pub id: Uuid,
}

/// What the variable parts of an address say.
pub(super) struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        axum::extract::Path::from_request_parts(parts, state)
            .await
            .map(|axum::extract::Path(said)| Self(said))
            .map_err(|rejection| {
                let said = if rejection.body_text().contains("UUID") {
                    format!("the id in this address is not an id: {}", shape::ID)
                } else {
                    "the name in this address is none: write it as the register gave it, such as midland"
                        .to_owned()
                };
                Problem::usage("address", "id", &said)
            })
    }
}

impl<T: JsonSchema> OperationInput for Path<T> {
    fn operation_input(ctx: &mut GenContext, operation: &mut Operation) {
        axum::extract::Path::<T>::operation_input(ctx, operation);
    }
}

/// What the query of an address asks.
pub(super) struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        once_each(query, &[])?;
        let pairs = form_urlencoded::parse(query.as_bytes());
        serde_path_to_error::deserialize(serde_urlencoded::Deserializer::new(pairs))
            .map(Self)
            .map_err(|error| {
                let sent = form_urlencoded::parse(query.as_bytes());
                let sent = sent.map(|(name, text)| (name.into_owned(), text.into_owned().into()));
                let (path, said) = (error.path().to_string(), error.inner().to_string());
                shape::problem("query", &path, &said, &Value::Object(sent.collect()))
            })
    }
}

impl<T: JsonSchema> OperationInput for Query<T> {
    fn operation_input(ctx: &mut GenContext, operation: &mut Operation) {
        axum::extract::Query::<T>::operation_input(ctx, operation);
    }
}

/// An address without a query.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Nothing {}

/// Refuses a query that says the same thing twice, but for what may be: nobody can tell which was meant. What is said
/// empty is a value that got lost, and not everything.
pub(super) fn once_each(query: &str, repeatable: &[&str]) -> Result<(), Problem> {
    let mut seen = BTreeSet::new();
    for (name, text) in form_urlencoded::parse(query.as_bytes()) {
        if text.trim().is_empty() {
            let said = format!("{name} is empty: give a value, or leave {name} out");
            return Err(Problem::usage("empty-value", &name, &said));
        }
        readable(&name, &text)?;
        if !seen.insert(name.clone()) && !repeatable.contains(&&*name) {
            let said = format!("{name} is said twice: say it once");
            return Err(Problem::usage("repeated", &name, &said));
        }
    }
    Ok(())
}

/// Refuses a character that nobody types: a database drops it, and with it what was looked for.
pub(crate) fn readable(name: &str, text: &str) -> Result<(), Problem> {
    if text.contains(char::is_control) {
        let said = format!("{name} holds a control character: leave it out");
        return Err(Problem::usage("control-character", name, &said));
    }
    Ok(())
}

/// Refuses a value that what is looked for never has: it would look like "none found".
pub(crate) fn one_of(name: &str, asked: Option<&str>, known: &[&str]) -> Result<(), Problem> {
    let asked = asked.map(str::trim).filter(|asked| !asked.is_empty());
    match asked.filter(|asked| !known.contains(asked)) {
        Some(_) => {
            let known = known.join(", ");
            let said = format!("{name} is never so: use one of {known}, or leave {name} out");
            Err(Problem::usage("unknown-value", name, &said))
        }
        None => Ok(()),
    }
}

/// How many rows a page holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Rows(u32);

impl Rows {
    const MOST: u32 = 1_000;

    /// The number; so many unless another is asked for.
    pub(super) fn or(asked: Option<Self>, otherwise: u32) -> u32 {
        asked.map_or(otherwise, |Self(rows)| rows)
    }
}

impl TryFrom<String> for Rows {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let rows = text
            .parse()
            .ok()
            .filter(|rows| (1..=Self::MOST).contains(rows));
        rows.map(Self).ok_or_else(|| {
            format!(
                "a page has 1 to {} rows: ask for so many, and follow next",
                Self::MOST
            )
        })
    }
}

impl JsonSchema for Rows {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Rows".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_generator: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "integer", "minimum": 1, "maximum": Self::MOST})
    }
}

/// Where a page goes on: a ledger entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Cursor(u64);

impl Cursor {
    /// The entry.
    pub(super) fn entry(self) -> u64 {
        self.0
    }

    /// The entry as lists compare it.
    pub(super) fn signed(self) -> i64 {
        i64::try_from(self.0).unwrap_or(i64::MAX)
    }
}

impl TryFrom<String> for Cursor {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse().map(Self).map_err(|_| {
            "this is not an entry number: send what an earlier page gave as next, or leave it out"
                .to_owned()
        })
    }
}

impl JsonSchema for Cursor {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Cursor".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_generator: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "integer", "minimum": 0})
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Asked {
        limit: Option<Rows>,
        before: Option<Cursor>,
    }

    async fn asked(query: &str) -> Result<Asked, Problem> {
        let uri = format!("/v1/things?{query}");
        let (mut parts, ()) = Request::get(uri).body(()).unwrap().into_parts();
        Query::from_request_parts(&mut parts, &())
            .await
            .map(|Query(asked)| asked)
    }

    #[tokio::test]
    async fn a_page_is_asked_for_by_its_size_and_the_place_it_goes_on() {
        let asked = asked("limit=1000&before=17").await.unwrap();
        assert_eq!(
            (Rows::or(asked.limit, 50), asked.before.map(Cursor::signed)),
            (1_000, Some(17))
        );
        assert_eq!(Rows::or(None, 50), 50);
    }

    #[tokio::test]
    async fn a_fault_in_a_query_is_named_with_its_field() {
        for (query, code, field) in [
            ("limit=0", "request.query", Some("limit")),
            ("limit=1001", "request.query", Some("limit")),
            ("before=last", "request.query", Some("before")),
            ("limit=1&limit=2", "request.repeated", Some("limit")),
            ("limits=1", "request.query", Some("limits")),
        ] {
            let problem = asked(query).await.unwrap_err();
            assert_eq!(
                (problem.code.as_str(), problem.field.as_deref()),
                (code, field),
                "{query}"
            );
        }
    }
}
