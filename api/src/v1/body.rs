//! The body of a command: read within its limits, every fault named with its field.

use aide::OperationInput;
use aide::generate::GenContext;
use aide::openapi::Operation;
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, FailedToBufferBody};
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use domain::stream::FromJson;
use schemars::JsonSchema;
use serde_json::Value;

use super::{shape, strict};
use crate::problem::Problem;
use crate::request;
use crate::server::BODY_LIMIT;

/// A command as it came, and its bytes.
#[derive(Debug, Clone)]
pub(super) struct Command<T> {
    /// What is to be done.
    pub wish: T,
    /// What was asked of which address: by these bytes a repetition is recognised.
    pub request: Vec<u8>,
    /// The body: in it a rule's field is looked up.
    pub sent: Bytes,
}

impl<T: FromJson, S: Send + Sync> FromRequest<S> for Command<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        if let Some(query) = request.uri().query() {
            let named = form_urlencoded::parse(query.as_bytes()).next();
            let (name, _) = named.unwrap_or_default();
            let said =
                format!("a command is said in the body alone: leave {name} out of the address");
            return Err(Problem::usage("query", &name, &said));
        }
        // A page of another site can send a form in the reader's name, but no JSON.
        of_kind(&request, "application/json")?;
        let mut asked = request.uri().path().as_bytes().to_vec();
        asked.push(b'\n');
        let bytes = bytes(request, state).await?;
        let wish = parse(&bytes)?;
        asked.extend_from_slice(&bytes);
        Ok(Self {
            wish,
            request: asked,
            sent: bytes,
        })
    }
}

/// Refuses a body of another kind than is read.
pub(super) fn of_kind(request: &Request, wanted: &str) -> Result<(), Problem> {
    let found = request.headers().get(CONTENT_TYPE);
    let found = found.map(|kind| kind.to_str().unwrap_or("unreadable"));
    let essence = found.map(|kind| kind.split(';').next().unwrap_or_default().trim());
    if essence.is_some_and(|kind| kind.eq_ignore_ascii_case(wanted)) {
        Ok(())
    } else {
        Err(Problem::wrong_content_type(wanted, found))
    }
}

/// The whole body, within its limit.
pub(super) async fn bytes<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Problem> {
    Bytes::from_request(request, state)
        .await
        .map_err(|rejection| match rejection {
            BytesRejection::FailedToBufferBody(FailedToBufferBody::LengthLimitError(_)) => {
                Problem::too_large(BODY_LIMIT)
            }
            _ => Problem::usage(
                "broken-off",
                "",
                "the body ended before its length: send it whole",
            ),
        })
}

/// Reads JSON; the problem names the field and what stands there.
fn parse<T: FromJson>(bytes: &[u8]) -> Result<T, Problem> {
    let text = strict::check(bytes)?;
    request::read(text).map_err(|(path, said)| {
        let sent = serde_json::from_slice(bytes).unwrap_or_default();
        not_one(&sent).unwrap_or_else(|| shape::problem("malformed", &path, &said, &sent))
    })
}

/// A body that is not one command.
fn not_one(sent: &Value) -> Option<Problem> {
    let Value::Object(commands) = sent else {
        let said = "the body is no group of fields: send one command in braces; /v1 lists them";
        return Some(Problem::usage("malformed", "", said));
    };
    let names: Vec<&str> = commands.keys().map(String::as_str).collect();
    let said = match names.as_slice() {
        [_] => return None,
        [] => {
            let said = "the body names no command: send one; /v1 lists them";
            return Some(Problem::usage("no-command", "", said));
        }
        [one, other] => format!("two commands, {one} and {other}"),
        more => format!("{} commands", more.len()),
    };
    let said = format!("the body holds {said}: send one at a time");
    Some(Problem::usage("several-commands", "", &said))
}

impl<T: JsonSchema> OperationInput for Command<T> {
    fn operation_input(ctx: &mut GenContext, operation: &mut Operation) {
        Json::<T>::operation_input(ctx, operation);
    }
}
