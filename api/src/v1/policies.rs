//! A jurisdiction's rules: adopted whole, as the text of their pack, so that no adoption lacks its bytes.

use aide::OperationInput;
use aide::generate::GenContext;
use aide::openapi::{MediaType, Operation, RequestBody, SchemaObject};
use aide::operation::set_body;
use axum::Json;
use axum::extract::{FromRequest, Request, State};
use domain::policy::{Policy, PolicyCommand, Supersede};
use domain::values::JurisdictionCode;
use infra::access::Action;
use schemars::{JsonSchema, json_schema};
use serde::{Deserialize, Serialize};

use super::asked::{Nothing, Path, Query};
use super::body::{Command, bytes, of_kind};
use super::commands::{Answer, to_its_end};
use super::conditions::Conditions;
use super::places::placed;
use crate::identity::Caller;
use crate::problem::Problem;
use crate::state::AppState;

const TOML: &str = "application/toml";

/// The jurisdiction in an address.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(super) struct JurisdictionPath {
    /// The jurisdiction, for example `midland`.
    pub id: JurisdictionCode,
}

/// The text of a pack.
pub(super) struct PackText {
    text: String,
    request: Vec<u8>,
}

impl<S: Send + Sync> FromRequest<S> for PackText {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        of_kind(&request, TOML)?;
        let mut asked = request.uri().path().as_bytes().to_vec();
        let bytes = bytes(request, state).await?;
        asked.extend_from_slice(&bytes);
        let text = String::from_utf8(bytes.to_vec())
            .map_err(|_| Problem::usage("not-utf8", "", "send the pack in UTF-8"))?;
        Ok(Self {
            text,
            request: asked,
        })
    }
}

impl OperationInput for PackText {
    #[expect(
        clippy::default_trait_access,
        reason = "the maps are of a crate that only aide names"
    )]
    fn operation_input(ctx: &mut GenContext, operation: &mut Operation) {
        let schema = SchemaObject {
            json_schema: json_schema!({"type": "string"}),
            external_docs: None,
            example: None,
        };
        let media = MediaType {
            schema: Some(schema),
            ..MediaType::default()
        };
        let body = RequestBody {
            description: Some("The pack, as `assize policy check` accepts it.".to_owned()),
            content: std::iter::once((TOML.to_owned(), media)).collect(),
            required: true,
            extensions: Default::default(),
        };
        set_body(ctx, operation, body);
    }
}

/// Adopts a pack: its bytes are kept, then its adoption is recorded.
pub(super) async fn adopt(
    caller: Caller,
    State(app): State<AppState>,
    Query(Nothing {}): Query<Nothing>,
    conditions: Conditions,
    pack: PackText,
) -> Result<Answer<201>, Problem> {
    let names_a_version = conditions.names_a_version();
    let options = conditions.for_request(pack.request);
    let command = async move { app.registry.adopt(&caller.call, &pack.text, options).await };
    to_its_end(command, names_a_version).await.map(Answer)
}

/// What may be asked of a jurisdiction's rules once they are adopted.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum PolicyWish {
    /// Supersede a version by another.
    Supersede(Supersede),
}

domain::read_from_json!(PolicyWish);

/// Supersedes a version.
pub(super) async fn supersede(
    caller: Caller,
    State(app): State<AppState>,
    Path(JurisdictionPath { id }): Path<JurisdictionPath>,
    conditions: Conditions,
    body: Command<PolicyWish>,
) -> Result<Answer<200>, Problem> {
    let names_a_version = conditions.names_a_version();
    let options = conditions.for_request(body.request);
    let PolicyWish::Supersede(supersede) = body.wish;
    let command = async move {
        let id = id.to_string();
        let wish = PolicyCommand::Supersede(supersede);
        app.registry
            .command::<Policy>(&caller.call, &id, wish, options)
            .await
    };
    to_its_end(command, names_a_version)
        .await
        .map(Answer)
        .map_err(|problem| placed(problem, &body.sent))
}

/// The jurisdictions whose rules were adopted.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct Jurisdictions {
    /// Their codes.
    pub jurisdictions: Vec<String>,
}

/// The jurisdictions.
pub(super) async fn list(
    caller: Caller,
    State(app): State<AppState>,
    Query(Nothing {}): Query<Nothing>,
) -> Result<Json<Jurisdictions>, Problem> {
    infra::access::allow(&caller.call, Action::ReadRules)
        .map_err(infra::registry::ReadError::Denied)?;
    let jurisdictions = app.registry.packs().jurisdictions().await?;
    Ok(Json(Jurisdictions { jurisdictions }))
}
