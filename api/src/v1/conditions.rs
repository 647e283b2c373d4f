//! What the headers of a command say beside it: which version it relies on, by which key it is recognised, where.

use aide::OperationInput;
use aide::generate::GenContext;
use aide::openapi::Operation;
use aide::operation::{ParamLocation, add_parameters, parameters_from_schema};
use axum::extract::FromRequestParts;
use axum::http::header::IF_MATCH;
use axum::http::request::Parts;
use domain::values::JurisdictionCode;
use infra::registry::Options;
use schemars::{Schema, json_schema};

use crate::identity::{JURISDICTION, said};
use crate::problem::Problem;

const KEY: &str = "Idempotency-Key";
const KEY_LENGTH: usize = 200;

/// The headers of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Conditions {
    expected: Option<u64>,
    key: Option<String>,
    jurisdiction: Option<JurisdictionCode>,
}

impl Conditions {
    /// Whether the caller named the version it relies on.
    pub(super) fn names_a_version(&self) -> bool {
        self.expected.is_some()
    }

    /// The same for the facade, with the request that the key stands for.
    pub(super) fn for_request(self, mut request: Vec<u8>) -> Options {
        // The same words under other rules are another request.
        if let Some(code) = &self.jurisdiction {
            request.push(b'\n');
            request.extend_from_slice(code.to_string().as_bytes());
        }
        Options {
            expected: self.expected,
            key: self.key.map(|key| (key, request)),
            jurisdiction: self.jurisdiction,
            causation: None,
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Conditions {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let headers = &parts.headers;
        let jurisdiction = said(headers, JURISDICTION)?.map(|code| {
            JurisdictionCode::parse(code)
                .map_err(|error| Problem::usage("jurisdiction", JURISDICTION, &error.to_string()))
        });
        Ok(Self {
            expected: said(headers, IF_MATCH.as_str())?.map(version).transpose()?,
            key: said(headers, KEY)?.map(key).transpose()?,
            jurisdiction: jurisdiction.transpose()?,
        })
    }
}

/// The version in a strong entity tag; a stream has no weak ones.
fn version(tag: &str) -> Result<u64, Problem> {
    let digits = tag
        .trim()
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    digits
        .and_then(|digits| digits.parse().ok())
        .ok_or_else(|| {
            let said =
                "send one ETag as it was received, for example \"3\" with its quotation marks";
            Problem::usage("if-match", "If-Match", said)
        })
}

fn key(text: &str) -> Result<String, Problem> {
    let text = text.trim();
    if (1..=KEY_LENGTH).contains(&text.len()) {
        Ok(text.to_owned())
    } else {
        let said =
            format!("a key has 1 to {KEY_LENGTH} characters: a new UUID for each command serves");
        Err(Problem::usage("idempotency-key", KEY, &said))
    }
}

impl OperationInput for Conditions {
    fn operation_input(ctx: &mut GenContext, operation: &mut Operation) {
        let headers = parameters_from_schema(ctx, described(), ParamLocation::Header);
        add_parameters(ctx, operation, headers);
    }
}

fn described() -> Schema {
    json_schema!({
        "type": "object",
        "properties": {
            KEY: {
                "type": "string", "minLength": 1, "maxLength": KEY_LENGTH,
                "description": "Recognises the command if it comes again within 30 days: it is answered as before and \
                                stored once. The same key with another request is refused."
            },
            "If-Match": {
                "type": "string", "pattern": "^\"[0-9]+\"$",
                "description": "The ETag that the decision relies on; 412 if the stream has moved since."
            },
            JURISDICTION: {
                "type": "string",
                "description": "Under whose rules something new begins, where those of several jurisdictions are adopted."
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    async fn conditions(headers: &[(&str, &str)]) -> Result<Conditions, Problem> {
        let mut request = Request::post("/v1/sentences");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (mut parts, ()) = request.body(()).unwrap().into_parts();
        Conditions::from_request_parts(&mut parts, &()).await
    }

    #[tokio::test]
    async fn a_version_and_a_key_are_read_as_they_were_received() {
        let said = conditions(&[("if-match", "\"3\""), ("idempotency-key", "a")])
            .await
            .unwrap();
        assert!(said.names_a_version());
        let options = said.for_request(b"/v1/sentences\n{}".to_vec());
        assert_eq!(options.expected, Some(3));
        assert_eq!(
            options.key,
            Some(("a".to_owned(), b"/v1/sentences\n{}".to_vec()))
        );
    }

    #[tokio::test]
    async fn a_header_that_cannot_be_meant_is_refused_with_its_name() {
        let long = "k".repeat(KEY_LENGTH + 1);
        for (headers, code, field) in [
            (vec![("if-match", "3")], "request.if-match", "If-Match"),
            (
                vec![("if-match", "W/\"3\"")],
                "request.if-match",
                "If-Match",
            ),
            (vec![("if-match", "*")], "request.if-match", "If-Match"),
            (
                vec![("idempotency-key", " ")],
                "request.idempotency-key",
                KEY,
            ),
            (
                vec![("idempotency-key", long.as_str())],
                "request.idempotency-key",
                KEY,
            ),
            (
                vec![("idempotency-key", "a"), ("idempotency-key", "b")],
                "request.repeated",
                KEY,
            ),
            (
                vec![("idempotency-key", "schlüssel")],
                "request.header",
                KEY,
            ),
            (
                vec![("assize-jurisdiction", "No Such!")],
                "request.jurisdiction",
                JURISDICTION,
            ),
        ] {
            let problem = conditions(&headers).await.unwrap_err();
            assert_eq!(
                (problem.code.as_str(), problem.field.as_deref()),
                (code, Some(field))
            );
        }
    }
}
