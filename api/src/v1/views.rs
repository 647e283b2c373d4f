//! Figures for machines: the same numbers as the pages.

use aide::OperationInput;
use aide::generate::GenContext;
use aide::openapi::Operation;
use aide::operation::{ParamLocation, add_parameters, parameters_from_schema};
use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use infra::registry::{AsOf, Freshness};
use infra::views::{Between, Quantile, View, ViewName, ViewRequest};
use schemars::{JsonSchema, json_schema};
use serde::Deserialize;
use serde_json::{Value, json};

use super::asked::{Path, once_each};
use super::moment::{Source, filed_as_of};
use crate::identity::Caller;
use crate::problem::Problem;
use crate::state::AppState;

/// The name of a view in an address.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(super) struct ViewPath {
    /// Which view.
    #[schemars(with = "ViewName")]
    pub name: String,
}

/// What a query asks of a view, in its order.
pub(super) struct Asked(Vec<(String, String)>);

/// What a query asks of a view at two moments.
pub(super) struct AskedBetween(Vec<(String, String)>);

fn pairs(parts: &Parts) -> Result<Vec<(String, String)>, Problem> {
    let query = parts.uri.query().unwrap_or_default();
    once_each(query, &["by", "where"])?;
    let pairs = form_urlencoded::parse(query.as_bytes());
    Ok(pairs.into_owned().collect())
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        pairs(parts).map(Self)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for AskedBetween {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        pairs(parts).map(Self)
    }
}

impl OperationInput for Asked {
    fn operation_input(ctx: &mut GenContext, operation: &mut Operation) {
        let moments = json!({"as_of": {
            "type": "string",
            "description": "An entry number of the ledger, a day such as 2026-03-05, or an instant; now without it."
        }});
        describe(ctx, operation, moments);
    }
}

impl OperationInput for AskedBetween {
    fn operation_input(ctx: &mut GenContext, operation: &mut Operation) {
        let moments = json!({
            "from": {
                "type": "string",
                "description": "The earlier moment: an entry number of the ledger, a day such as 2026-03-05, or an instant."
            },
            "to": {"type": "string", "description": "The later moment, written in the same way; now without it."}
        });
        describe(ctx, operation, moments);
    }
}

/// Describes what a view may be asked, and as of when.
fn describe(ctx: &mut GenContext, operation: &mut Operation, moments: Value) {
    let mut properties = json!({
            "by": {
                "type": "array", "items": {"type": "string"},
                "description": "The columns of the groups or strata, with commas between or repeated: `category,court`."
            },
            "where": {
                "type": "array", "items": {"type": "string"},
                "description": "A condition, for example `sex=female,male` or `category!=not_recorded`; all hold."
            },
            "scale": {"type": "string", "description": "The severity scale, by its version."},
            "quantile": {
                "type": "integer", "enum": [1, 2, 7], "default": 1,
                "description": "How medians and quartiles are taken (Hyndman and Fan 1996)."
            },
            "jurisdiction": {"type": "string", "description": "Only decisions of this jurisdiction."},
            "at_most": {
                "type": "string",
                "description": "Severities above this count as this, in the unit of the scale: `132`, `5.5` or `487/16`."
            },
            "fewest": {
                "type": "integer", "minimum": 1,
                "description": "Offences with fewer decisions than this are put together by chapter, among like cases."
            },
            "window": {
                "type": "integer", "minimum": 1, "default": 730,
                "description": "Within how many days of a decision somebody is said to be sentenced again, in the view reconviction."
            },
            "decided_until": {
                "type": "string",
                "description": "Only decisions taken by this day, or by the end of this month or year, as they are known at the moment asked for."
            }
    });
    if let (Value::Object(properties), Value::Object(moments)) = (&mut properties, moments) {
        properties.extend(moments);
    }
    let query = json_schema!({"type": "object", "properties": properties});
    let query = parameters_from_schema(ctx, query, ParamLocation::Query);
    add_parameters(ctx, operation, query);
}

/// A view.
pub(super) async fn get(
    caller: Caller,
    State(app): State<AppState>,
    Path(ViewPath { name }): Path<ViewPath>,
    Asked(asked): Asked,
) -> Result<Json<View>, Problem> {
    let request = request(&name, &asked)?;
    let as_of = asked.iter().find(|(name, _)| name == "as_of");
    let as_of = as_of.map(|(_, value)| value.as_str());
    let as_of = filed_as_of(&app, as_of, Source::Facts).await?;
    let view = app
        .registry
        .view(&caller.call, &request, as_of, Freshness::AsFiled)
        .await?;
    Ok(Json(view))
}

/// A view at two moments.
pub(super) async fn between(
    caller: Caller,
    State(app): State<AppState>,
    Path(ViewPath { name }): Path<ViewPath>,
    AskedBetween(asked): AskedBetween,
) -> Result<Json<Between>, Problem> {
    let (moments, asked): (Vec<_>, Vec<_>) = asked
        .into_iter()
        .partition(|(name, _)| name == "from" || name == "to");
    if asked.iter().any(|(name, _)| name == "as_of") {
        let said = "figures at two moments are asked for by from and to, and have no as_of";
        return Err(Problem::usage("query", "as_of", said));
    }
    let request = request(&name, &asked)?;
    let moments = two_moments(&app, &moments).await?;
    let shown = app
        .registry
        .view_between(&caller.call, &request, moments, Freshness::AsFiled)
        .await?;
    Ok(Json(shown))
}

/// The two moments that are compared.
pub(crate) async fn two_moments(
    app: &AppState,
    asked: &[(String, String)],
) -> Result<(AsOf, AsOf), Problem> {
    let told = |wanted: &str| {
        let mut named = asked.iter().filter(|(name, _)| name == wanted);
        let value = named.next().map(|(_, value)| value.trim());
        value.filter(|value| !value.is_empty())
    };
    let Some(from) = told("from") else {
        let said =
            "from is missing: name the earlier moment by an entry number, a day or an instant";
        return Err(Problem::usage("query", "from", said));
    };
    let named = |field: &'static str, problem: Problem| Problem {
        detail: problem.detail.replace("as_of", field),
        ..problem
    };
    let from = filed_as_of(app, Some(from), Source::Facts).await;
    let from = from.map_err(|problem| named("from", problem))?;
    let to = filed_as_of(app, told("to"), Source::Facts).await;
    Ok((from, to.map_err(|problem| named("to", problem))?))
}

/// What a query asks of a view.
pub(crate) fn request(name: &str, asked: &[(String, String)]) -> Result<ViewRequest, Problem> {
    let mut request = ViewRequest::of(name.parse()?);
    for (name, value) in asked {
        let value = value.trim();
        if value.is_empty() {
            continue;
        }
        match name.as_str() {
            "by" => request = request.by(value),
            "where" => request = request.with(value)?,
            "scale" => request.scale = Some(value.to_owned()),
            "jurisdiction" => request.jurisdiction = Some(value.to_owned()),
            "quantile" => request.quantile = value.parse::<Quantile>()?,
            "at_most" => request = request.at_most(value)?,
            "fewest" => request = request.fewest(value)?,
            "window" => request = request.window(value)?,
            "decided_until" => request = request.decided_until(value)?,
            "as_of" => {}
            other => {
                let said = format!(
                    "{other:?} is not asked here: by, where, scale, quantile, jurisdiction, at_most, \
                     fewest, window, decided_until or as_of"
                );
                return Err(Problem::usage("query", other, &said));
            }
        }
    }
    Ok(request)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        all.iter().map(own).collect()
    }

    #[test]
    fn conditions_add_up_and_empty_fields_say_nothing() {
        let asked = pairs(&[
            ("by", "category, court"),
            ("where", "sex=female"),
            ("where", "category!=violent"),
            ("scale", ""),
        ]);
        let request = request("gender", &asked).unwrap();
        assert_eq!(request.by, ["category", "court"]);
        assert_eq!(request.filters.len(), 2);
        assert_eq!(request.scale, None);
    }

    #[test]
    fn refuses_a_question_that_no_view_knows() {
        let refused = request("gender", &pairs(&[("wher", "sex=female")])).unwrap_err();
        assert_eq!(refused.status, 400);
    }
}
