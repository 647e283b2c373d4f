//! Figures for machines: the same numbers as the pages.

use aide::OperationInput;
use aide::generate::GenContext;
use aide::openapi::Operation;
use axum::Json;
use axum::extract::{FromRequestParts, Path, Query, State};
use axum::http::request::Parts;
use infra::registry::Freshness;
use infra::views::{Quantile, View, ViewRequest};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::identity::Caller;
use crate::problem::Problem;
use crate::state::AppState;

/// The name of a view in an address.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(super) struct ViewPath {
    /// `disposals`, `proportionality` or `gender`.
    pub name: String,
}

/// What a view may be asked.
#[derive(JsonSchema)]
#[expect(
    dead_code,
    reason = "the shape that the document describes; a query repeats names, which no struct reads"
)]
struct ViewQuery {
    /// The columns of the groups or strata, with commas between or repeated: `category,court`.
    by: Option<String>,
    /// A condition, `column=word,word` or `column!=word,word`; may be repeated, and all hold.
    r#where: Option<Vec<String>>,
    /// The severity scale by its version; by itself the first of the rules.
    scale: Option<String>,
    /// How medians and quartiles are taken: 1 (always a penalty imposed), 2 (averaged at ties) or 7 (linear).
    quantile: Option<u8>,
    /// Only decisions of this jurisdiction.
    jurisdiction: Option<String>,
    /// As of an entry number, a day or an instant; by itself now.
    as_of: Option<String>,
}

/// The pairs of a query in their order, some names repeated.
pub(super) struct Asked(Vec<(String, String)>);

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        serde_urlencoded::from_str(parts.uri.query().unwrap_or_default())
            .map(Self)
            .map_err(|e| Problem::usage("query", "", &e.to_string()))
    }
}

impl OperationInput for Asked {
    fn operation_input(context: &mut GenContext, operation: &mut Operation) {
        Query::<ViewQuery>::operation_input(context, operation);
    }
}

/// A view.
pub(super) async fn get(
    caller: Caller,
    State(app): State<AppState>,
    Path(path): Path<ViewPath>,
    Asked(asked): Asked,
) -> Result<Json<View>, Problem> {
    let request = request(&path.name, &asked)?;
    let as_of = asked.iter().find(|(name, _)| name == "as_of");
    let as_of = as_of.map_or("", |(_, value)| value.as_str());
    let as_of = as_of
        .parse()
        .map_err(|said: String| Problem::usage("as-of", "as_of", &said))?;
    let view = app
        .registry
        .view(&caller.call, &request, as_of, Freshness::AsFiled)
        .await?;
    Ok(Json(view))
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
            "as_of" => {}
            other => {
                let said = format!(
                    "{other:?} is not asked here: by, where, scale, quantile, jurisdiction or as_of"
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
