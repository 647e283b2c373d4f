//! Refusals and failures as problem documents (RFC 9457), with stable codes that name the rule.

use aide::generate::GenContext;
use aide::openapi::{MediaType, Operation, Response as Described, SchemaObject};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::act::Refusal;
use infra::access::Denied;
use infra::error::StoreError;
use infra::packs::PacksError;
use infra::registry::{CommandError, OfficialError, ReadError};
use infra::vault::SealError;
use infra::views::ViewError;
use schemars::JsonSchema;
use serde::Serialize;

use crate::identity::SAMPLES;

/// The media type of a problem document.
pub const MEDIA_TYPE: &str = "application/problem+json";

const VERSION_CONFLICT: &str = "request.version-conflict";

/// Why a request was not carried out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Problem {
    /// A stable name of the kind of problem.
    #[serde(rename = "type")]
    pub kind: String,
    /// What it is, in a few words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// The stable code, for example `sentence.above-maximum`.
    pub code: String,
    /// The values, and the way out.
    pub detail: String,
    /// The rule or safeguard, for example `PR-1`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The field it concerns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The value that it is about, where the field is wherever that stands.
    #[serde(skip)]
    pub named: Option<String>,
}

impl Problem {
    fn new(status: StatusCode, code: &str, title: &str, detail: impl Into<String>) -> Self {
        Self {
            kind: format!("urn:assize:problem:{code}"),
            title: title.to_owned(),
            status: status.as_u16(),
            code: code.to_owned(),
            detail: detail.into(),
            rule: None,
            field: None,
            named: None,
        }
    }

    /// The same at a field; at none if it is empty.
    fn at(mut self, field: &str) -> Self {
        self.field = Some(field.to_owned()).filter(|f| !f.is_empty());
        self
    }

    /// The same under a rule.
    fn under(mut self, rule: &str) -> Self {
        self.rule = Some(rule.to_owned());
        self
    }

    /// A request that does not say what it should.
    pub fn usage(code: &str, field: &str, detail: &str) -> Self {
        let title = "The request cannot be read";
        let code = format!("request.{code}");
        Self::new(StatusCode::BAD_REQUEST, &code, title, detail).at(field)
    }

    /// A rule that stands in the way.
    fn refused<R: Refusal>(refusal: &R) -> Self {
        let status = if refusal.code().ends_with("not-possible") {
            StatusCode::CONFLICT
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        };
        let title = "A rule stands in the way";
        let problem = Self::new(status, refusal.code(), title, refusal.to_string())
            .under(refusal.rule())
            .at(&refusal.field());
        Self {
            named: refusal.named(),
            ..problem
        }
    }

    /// Something that the register does not hold.
    pub(crate) fn unknown(said: String) -> Self {
        let title = "There is no such thing";
        Self::new(StatusCode::NOT_FOUND, "register.unknown", title, said)
    }

    /// An address that names a record by what is no number of the register.
    pub(crate) fn no_number(id: &str) -> Self {
        Self::unknown(format!(
            "{id:?} is no number of the register: search for what you have of it at the top of a page, at least its last \
             four signs, or follow a link of a list"
        ))
    }

    /// Nobody said who asks.
    pub fn unauthenticated() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "request.unauthenticated",
            "Say who you are",
            format!(
                "choose a sample identity on the first page, or send one of {} in the header",
                sample_names()
            ),
        )
        .at("Assize-Identity")
    }

    /// Somebody whom the register does not know asks.
    pub fn unknown_identity(name: &str) -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "request.unauthenticated",
            "This identity is not known",
            format!(
                "{name:?} is not a sample identity: send one of {}",
                sample_names()
            ),
        )
        .at("Assize-Identity")
    }

    /// A request that is too large.
    pub fn too_large(limit: usize) -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "request.too-large",
            "The request is too large",
            format!(
                "the body is larger than {limit} bytes ({} KiB): shorten the texts in it",
                limit / 1024
            ),
        )
    }

    /// Headers that are too large.
    pub fn headers_too_large(limit: usize) -> Self {
        Self::new(
            StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            "request.headers-too-large",
            "The headers are too large",
            format!("at most {limit} bytes of headers are read: send fewer or shorter ones"),
        )
    }

    /// A body of another kind than is read here.
    pub fn wrong_content_type(wanted: &str, found: Option<&str>) -> Self {
        let what = if wanted == "application/json" {
            "JSON"
        } else {
            "it"
        };
        let found = found.map_or_else(
            || "no Content-Type".to_owned(),
            |kind| format!("the Content-Type {kind}"),
        );
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "request.content-type",
            "The body is of another kind",
            format!("the body was sent with {found}: send {what} with Content-Type: {wanted}"),
        )
        .at("Content-Type")
    }

    /// Nothing lives at this address.
    pub fn no_such_address() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "request.no-such-address",
            "There is nothing at this address",
            "the reference at /v1 lists every address",
        )
    }

    /// Something lives at this address, and is not asked in this way.
    pub fn method_not_allowed(method: &Method) -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "request.method",
            &format!("{method} is not answered at this address"),
            "the header Allow names the methods of this address; the reference at /v1 says what each does",
        )
    }

    /// More requests in a second than one subject is answered.
    pub fn too_many(what: &str, a_second: u32) -> Self {
        Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "request.too-many",
            "Too many requests",
            format!(
                "{a_second} {what} a second are answered: wait as Retry-After says, then go on"
            ),
        )
    }

    /// A request that took longer than is waited for.
    pub fn too_slow(seconds: u64) -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "register.too-slow",
            "The answer took too long",
            format!(
                "a request has {seconds} s; a command may have been stored all the same: send it again with the \
                 same Idempotency-Key and you are told"
            ),
        )
    }

    /// A read of a moment that the lists and figures have not reached.
    pub fn not_filed(entry: u64) -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "register.not-filed",
            "Lists and figures are behind the ledger",
            format!(
                "entry {entry} is stored and not filed yet: ask again; /v1/head shows how far they are"
            ),
        )
    }

    /// The program stopped over a request: a fault of ours.
    pub fn broken_off() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "register.broken-off",
            "The register broke off",
            "this is a fault of the program and is in its log; send a command again with the same Idempotency-Key \
             and you are told whether it was stored",
        )
    }

    /// A version was named in `If-Match`, and the stream is at another: the condition failed (RFC 9110, 15.5.13).
    #[must_use]
    pub fn as_failed_condition(mut self) -> Self {
        if self.status == StatusCode::CONFLICT && self.code == VERSION_CONFLICT {
            self.status = StatusCode::PRECONDITION_FAILED.as_u16();
            self.field = Some("If-Match".to_owned());
        }
        self
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

/// The sample identities, for whoever has to choose one.
fn sample_names() -> String {
    let names: Vec<&str> = SAMPLES.iter().map(|sample| sample.name).collect();
    names.join(", ")
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = (self.status(), body).into_response();
        let headers = response.headers_mut();
        let mut say = |name, value| headers.insert(name, HeaderValue::from_static(value));
        say(header::CONTENT_TYPE, MEDIA_TYPE);
        match self.status {
            401 => say(header::WWW_AUTHENTICATE, "Assize-Identity"),
            429 => say(header::RETRY_AFTER, "1"),
            503 => say(header::RETRY_AFTER, "2"),
            _ => None,
        };
        // A browser gets a page made of it.
        response.extensions_mut().insert(self);
        response
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match &error {
            StoreError::Corrupt(damage) => {
                tracing::error!(%damage, "the register is damaged");
                Self::new(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "register.damaged",
                    "The register is damaged",
                    error.to_string(),
                )
            }
            StoreError::Unguarded { .. } => {
                tracing::error!(%error, "no list can be shown");
                Self::new(
                    StatusCode::SERVICE_UNAVAILABLE,
                    "register.unguarded",
                    "Lists cannot be shown",
                    error.to_string(),
                )
            }
            StoreError::Unacceptable(reason) => {
                Self::usage("unacceptable", "", &reason.to_string())
            }
            StoreError::Unavailable { .. }
            | StoreError::NoServer { .. }
            | StoreError::NoFolder { .. }
            | StoreError::Unsettled { .. }
            | StoreError::Rejected { .. }
            | StoreError::Moved { .. }
            | StoreError::Schema(_) => {
                tracing::warn!(%error, "the database did not answer");
                Self::new(
                    StatusCode::SERVICE_UNAVAILABLE,
                    "register.unavailable",
                    "The register cannot be reached",
                    format!("{error}; nothing is lost: try again, with the same Idempotency-Key"),
                )
            }
        }
    }
}

impl From<Denied> for Problem {
    fn from(denied: Denied) -> Self {
        let field = match denied {
            Denied::Role { .. } => "",
            Denied::Purpose { .. } => "Assize-Purpose",
            Denied::Gate { .. } => "Assize-Gate",
        };
        Self::new(
            StatusCode::FORBIDDEN,
            "access.denied",
            "This is not allowed to you",
            denied.to_string(),
        )
        .at(field)
    }
}

impl From<PacksError> for Problem {
    fn from(error: PacksError) -> Self {
        match error {
            PacksError::Store(error) => error.into(),
            PacksError::Pack(_) => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "policy.unreadable",
                "The rules cannot be read",
                error.to_string(),
            ),
            PacksError::Unknown { .. } => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "policy.not-adopted",
                "This jurisdiction has no rules here",
                error.to_string(),
            )
            .at("Assize-Jurisdiction"),
            PacksError::NotAdopted(_) => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "policy.not-adopted",
                "No rules are in force",
                error.to_string(),
            ),
            PacksError::Several(_) => {
                let said = format!("{error} in the header Assize-Jurisdiction");
                Self::usage("jurisdiction", "Assize-Jurisdiction", &said)
            }
        }
    }
}

impl<R: Refusal> From<CommandError<R>> for Problem {
    fn from(error: CommandError<R>) -> Self {
        let said = error.to_string();
        let unfit =
            |code, title, said| Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, title, said);
        match error {
            CommandError::Denied(denied) => denied.into(),
            CommandError::Refused(refusal) => Self::refused(&refusal),
            CommandError::Conflict { .. } => Self::new(
                StatusCode::CONFLICT,
                VERSION_CONFLICT,
                "It is at another version",
                said,
            ),
            CommandError::KeyReused => {
                unfit("request.key-reused", "The key was used before", said).at("Idempotency-Key")
            }
            CommandError::Unknown { stream, id } if is_no_number(stream, &id) => {
                Self::no_number(&id)
            }
            CommandError::Unknown { .. } => Self::unknown(said),
            CommandError::UnknownPerson(_) => {
                let title = "The person is not registered";
                unfit("person.not-registered", title, said)
                    .under("P-1")
                    .at("person")
            }
            CommandError::Expunged(_) => {
                unfit("person.was-expunged", "The record was expunged", said)
                    .under("P-2")
                    .at("person")
            }
            CommandError::Merged { .. } => {
                let title = "The record was merged into another";
                unfit("person.merged-away", title, said)
                    .under("P-2")
                    .at("person")
            }
            CommandError::Seal(SealError::AlreadySealed) => {
                Self::usage("already-sealed", "", &said)
            }
            CommandError::Seal(SealError::TooLong { .. }) => {
                unfit("request.text-too-long", "A text is too long", said)
            }
            CommandError::Rules(error) => error.into(),
            CommandError::Store(error) => error.into(),
        }
    }
}

/// Whether a record of a kind is asked for by what is no number; rules go by the name of their jurisdiction.
fn is_no_number(kind: &str, id: &str) -> bool {
    kind != "policy" && uuid::Uuid::parse_str(id).is_err()
}

impl From<ReadError> for Problem {
    fn from(error: ReadError) -> Self {
        let said = error.to_string();
        match error {
            ReadError::Denied(denied) => denied.into(),
            ReadError::Unknown { what, id, .. } if is_no_number(what, &id) => Self::no_number(&id),
            ReadError::Unknown { .. } => Self::unknown(said),
            ReadError::Rules(error) => error.into(),
            ReadError::Store(error) => error.into(),
        }
    }
}

impl From<ViewError> for Problem {
    fn from(error: ViewError) -> Self {
        let said = error.to_string();
        match error {
            ViewError::Denied(denied) => denied.into(),
            ViewError::Rules(error) => error.into(),
            ViewError::Store(error) => error.into(),
            ViewError::UnknownView(_) => Self::new(
                StatusCode::NOT_FOUND,
                "request.unknown-view",
                "There is no such view",
                said,
            ),
            ViewError::Condition(_) | ViewError::Word { .. } => {
                Self::usage("view-where", "where", &said)
            }
            ViewError::Unknown { asked, .. } => Self::usage("view-dimension", asked, &said),
            ViewError::Dimension(_) | ViewError::Column { .. } => {
                Self::usage("view-dimension", "by", &said)
            }
            ViewError::Quantile(_) => Self::usage("view-quantile", "quantile", &said),
            ViewError::AtMost(_) => Self::usage("view-at-most", "at_most", &said),
            ViewError::Fewest(_) => Self::usage("view-fewest", "fewest", &said),
            ViewError::Window(_) => Self::usage("view-window", "window", &said),
            ViewError::Backwards => Self::usage("view-backwards", "from", &said),
            ViewError::DecidedUntil(_) => Self::usage("view-decided-until", "decided_until", &said),
            ViewError::DecidedAhead { .. } => {
                Self::usage("view-decided-ahead", "decided_until", &said)
            }
            ViewError::NotAsked { asked, .. } => Self::usage("view-not-asked", asked, &said),
            ViewError::Scale { .. } => Self::usage("view-scale", "scale", &said),
            ViewError::SeveralJurisdictions(_) | ViewError::Jurisdiction { .. } => {
                Self::usage("view-jurisdiction", "jurisdiction", &said)
            }
            ViewError::Count(_) | ViewError::Unfollowed(_) => Self::usage("view-count", "", &said),
        }
    }
}

impl From<OfficialError> for Problem {
    fn from(error: OfficialError) -> Self {
        let said = error.to_string();
        match error {
            OfficialError::Denied(denied) => denied.into(),
            OfficialError::Read(error) => error.into(),
            OfficialError::Unknown { .. } => Self::new(
                StatusCode::NOT_FOUND,
                "request.unknown-table",
                "There is no such table",
                said,
            ),
            OfficialError::UnknownCell { .. } => Self::usage("official-cell", "cell", &said),
            OfficialError::Jurisdiction { .. } => {
                Self::usage("official-jurisdiction", "jurisdiction", &said)
            }
            OfficialError::Ahead { .. } => Self::usage("official-ahead", "day", &said),
            OfficialError::Year(_) => Self::usage("official-year", "year", &said),
            OfficialError::Both { .. } => Self::usage("official-day", "day", &said),
        }
    }
}

impl aide::OperationOutput for Problem {
    type Inner = Self;

    fn operation_response(ctx: &mut GenContext, _operation: &mut Operation) -> Option<Described> {
        let schema = SchemaObject {
            json_schema: ctx.schema.subschema_for::<Self>(),
            external_docs: None,
            example: None,
        };
        let media = MediaType {
            schema: Some(schema),
            ..MediaType::default()
        };
        Some(Described {
            content: std::iter::once((MEDIA_TYPE.to_owned(), media)).collect(),
            ..Described::default()
        })
    }
}
