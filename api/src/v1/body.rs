//! The body of a command: read within its limit, every fault named with its field.

use aide::OperationInput;
use aide::generate::GenContext;
use aide::openapi::Operation;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use crate::problem::Problem;
use crate::server::BODY_LIMIT;

/// A command as it came, and its bytes.
#[derive(Debug, Clone)]
pub(super) struct Command<T> {
    /// The command.
    pub command: T,
    /// The request's own bytes, by which a repetition is recognised.
    pub bytes: Vec<u8>,
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Command<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(|_| Problem::too_large(BODY_LIMIT))?;
        Ok(Self {
            command: parse(&bytes)?,
            bytes: bytes.to_vec(),
        })
    }
}

/// Reads JSON; the problem names the field and what stands there.
pub(super) fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().to_string();
        let field = if path == "." { String::new() } else { path };
        Problem::usage("malformed", &field, &error.inner().to_string())
    })
}

impl<T: JsonSchema> OperationInput for Command<T> {
    fn operation_input(ctx: &mut GenContext, operation: &mut Operation) {
        Json::<T>::operation_input(ctx, operation);
    }
}
