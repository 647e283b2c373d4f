//! What the address of a page asks beside the moment: nothing unknown is passed over, as under `/v1`. A name that is
//! misspelt would show a page that looks like the answer and is another one.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::page::PageError;
use crate::problem::Problem;
use crate::v1::{asked, shape};

/// The moment, which every page takes.
const MOMENT: &str = "as_of";

/// What the address asks.
pub(crate) struct Query<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Response> {
        let query = parts.uri.query().unwrap_or_default();
        read(query)
            .map(Self)
            .map_err(|problem| PageError(problem).into_response())
    }
}

fn read<T: DeserializeOwned>(query: &str) -> Result<T, Problem> {
    let pairs = || form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name != MOMENT);
    for (name, text) in pairs() {
        asked::readable(&name, &text)?;
    }
    let asked: Vec<(String, String)> = pairs()
        .map(|(name, text)| (name.into_owned(), text.into_owned()))
        .collect();
    let again = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(&asked)
        .finish();
    let reader = serde_urlencoded::Deserializer::new(form_urlencoded::parse(again.as_bytes()));
    serde_path_to_error::deserialize(reader).map_err(|error| {
        let sent = asked
            .into_iter()
            .map(|(name, text)| (name, Value::from(text)));
        let (path, said) = (error.path().to_string(), error.inner().to_string());
        shape::problem("query", &path, &said, &Value::Object(sent.collect()))
    })
}

/// A filter's value that is none of those it can have; nothing looks for it.
pub(crate) fn one_of(name: &str, asked: &str, known: &[&str]) -> Result<(), PageError> {
    asked::one_of(name, Some(asked).filter(|asked| !asked.is_empty()), known).map_err(PageError)
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Default, PartialEq, Eq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Search {
        #[serde(default)]
        state: String,
        before: Option<i64>,
    }

    #[test]
    fn a_name_that_the_page_does_not_know_is_refused_and_the_moment_is_not() {
        let found: Search = read("state=in+force&before=7&as_of=41").unwrap();
        let expected = Search {
            state: "in force".to_owned(),
            before: Some(7),
        };
        assert_eq!(found, expected);
        let problem = read::<Search>("stat=quashed").unwrap_err();
        assert_eq!(problem.status, 400);
        assert_eq!(problem.field.as_deref(), Some("stat"));
        assert_eq!(
            problem.detail,
            "stat is not known here: leave it out, or use one of state, before"
        );
    }

    #[test]
    fn a_character_that_nobody_types_is_refused() {
        let problem = read::<Search>("state=%00").unwrap_err();
        assert_eq!(problem.code, "request.control-character");
        assert_eq!(problem.field.as_deref(), Some("state"));
    }
}
