//! How an address is described in the document: its name, what it may answer, and in which headers.

use aide::OperationOutput;
use aide::generate::{GenContext, in_context};
use aide::openapi::{
    ApiKeyLocation, Header, HeaderStyle, Operation, ParameterSchemaOrContent, ReferenceOr,
    Response, SchemaObject, SecurityScheme, StatusCode,
};
use aide::transform::{TransformOpenApi, TransformOperation};
use axum::Json;
use schemars::{JsonSchema, json_schema};

use crate::problem::Problem;

/// Every status of a problem: its name in the document, and what it means.
const PROBLEMS: [(u16, &str, &str); 12] = [
    (
        400,
        "Unreadable",
        "The request cannot be read: `field` says where",
    ),
    (401, "Unidentified", "Nobody said who asks"),
    (
        403,
        "NotAllowed",
        "The role or purpose does not reach this, or the record is sealed",
    ),
    (
        404,
        "Unknown",
        "There is no such thing, now or at that moment",
    ),
    (
        409,
        "NotPossible",
        "Its state does not allow it, or it was changed meanwhile",
    ),
    (
        412,
        "Moved",
        "It is at another version than `If-Match` names: read it again and decide anew",
    ),
    (413, "TooLarge", "The body is larger than is read"),
    (415, "OtherKind", "The body is of another kind than is read"),
    (422, "Refused", "A rule stands in the way: `rule` names it"),
    (
        429,
        "TooMany",
        "More requests a second than one subject is answered",
    ),
    (500, "Broken", "A fault of the register"),
    (
        503,
        "Unavailable",
        "The register cannot answer now; nothing is lost",
    ),
];

const READ: &[u16] = &[400, 401, 403, 404, 429, 500, 503];
const LIST: &[u16] = &[400, 401, 403, 429, 500, 503];
const COMMAND: &[u16] = &[400, 401, 403, 409, 412, 413, 415, 422, 429, 500, 503];

/// The scheme by which a request says who asks.
const IDENTITY: &str = "identity";

/// One thing.
pub(super) fn read<'a>(
    o: TransformOperation<'a>,
    id: &str,
    summary: &str,
) -> TransformOperation<'a> {
    with(o, id, summary, READ)
}

/// A list.
pub(super) fn list<'a>(
    o: TransformOperation<'a>,
    id: &str,
    summary: &str,
) -> TransformOperation<'a> {
    with(o, id, summary, LIST)
}

/// A command.
pub(super) fn command<'a>(
    o: TransformOperation<'a>,
    id: &str,
    summary: &str,
) -> TransformOperation<'a> {
    with(o, id, summary, COMMAND)
}

fn with<'a>(
    operation: TransformOperation<'a>,
    id: &str,
    summary: &str,
    problems: &[u16],
) -> TransformOperation<'a> {
    let mut operation = operation
        .id(id)
        .summary(summary)
        .security_requirement(IDENTITY);
    let responses = operation.inner_mut().responses.get_or_insert_default();
    for (status, name, _) in PROBLEMS
        .iter()
        .filter(|(status, ..)| problems.contains(status))
    {
        let reference = ReferenceOr::ref_(&format!("#/components/responses/{name}"));
        responses
            .responses
            .insert(StatusCode::Code(*status), reference);
    }
    operation
}

/// What every operation refers to: the problems, and who asks.
#[expect(
    clippy::default_trait_access,
    reason = "the maps are of a crate that only aide names"
)]
pub(super) fn shared(mut api: TransformOpenApi<'_>) -> TransformOpenApi<'_> {
    let scheme = SecurityScheme::ApiKey {
        location: ApiKeyLocation::Header,
        name: "Assize-Identity".to_owned(),
        description: Some(
            "A sample identity, until there is sign-in: judge, clerk, probation, oversight, statistician or \
             administrator. On loopback only."
                .to_owned(),
        ),
        extensions: Default::default(),
    };
    api = api.security_scheme(IDENTITY, scheme);
    let described = in_context(|ctx| Problem::operation_response(ctx, &mut Operation::default()));
    let components = api.inner_mut().components.get_or_insert_default();
    for (status, name, means) in PROBLEMS {
        let mut response = described.clone().unwrap_or_default();
        means.clone_into(&mut response.description);
        let headers: &[&str] = match status {
            401 => &["WWW-Authenticate"],
            429 | 503 => &["Retry-After"],
            _ => &[],
        };
        say(&mut response, headers);
        components
            .responses
            .insert(name.to_owned(), ReferenceOr::Item(response));
    }
    api
}

/// An answer in JSON under a status, with headers.
pub(super) fn answered<T: JsonSchema>(
    ctx: &mut GenContext,
    operation: &mut Operation,
    status: u16,
    headers: &[&str],
) -> Vec<(Option<StatusCode>, Response)> {
    let response = Json::<T>::operation_response(ctx, operation).map(|mut response| {
        say(&mut response, headers);
        (Some(StatusCode::Code(status)), response)
    });
    response.into_iter().collect()
}

#[expect(
    clippy::default_trait_access,
    reason = "the maps are of a crate that only aide names"
)]
fn say(response: &mut Response, headers: &[&str]) {
    for name in headers {
        let header = Header {
            description: Some(meaning(name).to_owned()),
            style: HeaderStyle::Simple,
            required: true,
            deprecated: None,
            format: ParameterSchemaOrContent::Schema(SchemaObject {
                json_schema: json_schema!({"type": "string"}),
                external_docs: None,
                example: None,
            }),
            example: None,
            examples: Default::default(),
            extensions: Default::default(),
        };
        response
            .headers
            .insert((*name).to_owned(), ReferenceOr::Item(header));
    }
}

fn meaning(header: &str) -> &'static str {
    match header {
        "ETag" => "The version of the stream, for If-Match",
        "Location" => "Where the thing is read",
        "Retry-After" => "In how many seconds to ask again",
        _ => "How to say who asks",
    }
}
