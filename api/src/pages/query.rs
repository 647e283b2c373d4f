//! What the address of a page asks beside the moment: nothing unknown is passed over, as under `/v1`. A name that is
//! misspelt would show a page that looks like the answer and is another one.

use std::collections::BTreeMap;

use axum::extract::FromRequestParts;
use axum::http::Method;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::page::{PageError, Typed};
use crate::problem::Problem;
use crate::v1::{asked, shape};

/// The moment, which every page takes.
const MOMENT: &str = "as_of";

/// What the address asks. It stands before the visitor among what a page takes: a page that says nothing of its address
/// asks nothing, and the visitor refuses what is asked all the same.
pub(crate) struct Query<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Response> {
        parts.extensions.insert(Said);
        let query = parts.uri.query().unwrap_or_default();
        read(query)
            .map(Self)
            .map_err(|problem| PageError(problem).into_response())
    }
}

/// What the address asks of a page whose names are those of what it shows: the page says which it knows.
pub(crate) struct Open(String);

impl<S: Send + Sync> FromRequestParts<S> for Open {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Response> {
        parts.extensions.insert(Said);
        Ok(Self(parts.uri.query().unwrap_or_default().to_owned()))
    }
}

impl Open {
    /// What is asked, as it was sent.
    pub(crate) fn sent(&self) -> &str {
        &self.0
    }

    /// What is asked beside the moment, where every name is one of these, or one of those that are numbered, with a number.
    pub(crate) fn only(&self, known: &[&str], numbered: &[&str]) -> Result<Typed, PageError> {
        let asked: BTreeMap<String, String> = read(&self.0).map_err(PageError)?;
        let is_known = |name: &str| {
            let parts = name.rsplit_once('_');
            let counts = parts.is_some_and(|(of, no)| {
                numbered.contains(&of) && no.parse::<u16>().is_ok_and(|no| no > 0)
            });
            counts || known.contains(&name)
        };
        match asked.keys().find(|name| !is_known(name)) {
            Some(name) => {
                let first = numbered.iter().map(|name| format!("{name}_1"));
                let known = known.iter().map(|name| (*name).to_owned()).chain(first);
                Err(PageError(unknown(name, &known.collect::<Vec<_>>())))
            }
            None => Ok(Typed::from(asked)),
        }
    }
}

fn unknown(name: &str, known: &[String]) -> Problem {
    let said = match known {
        [] => format!("{name} is not known here: leave it out"),
        known => {
            let known = known.join(", ");
            format!("{name} is not known here: leave it out, or use one of {known}")
        }
    };
    Problem::usage("query", name, &said)
}

/// That the address of a page without a visitor asks nothing.
pub(crate) struct Nothing;

impl<S: Send + Sync> FromRequestParts<S> for Nothing {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Response> {
        nothing_else(parts).map_err(IntoResponse::into_response)?;
        Ok(Self)
    }
}

/// That a page says what its address asks.
#[derive(Clone)]
struct Said;

/// Refuses an address that asks anything beside the moment of a page that says nothing of it.
pub(crate) fn nothing_else(parts: &Parts) -> Result<(), PageError> {
    let says = parts.extensions.get::<Said>().is_some();
    if says || parts.method == Method::POST {
        return Ok(());
    }
    let asked = parts.uri.query().unwrap_or_default();
    let mut asked = form_urlencoded::parse(asked.as_bytes());
    match asked.find(|(name, _)| name != MOMENT) {
        Some((name, _)) => Err(PageError(unknown(&name, &[]))),
        None => Ok(()),
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
    fn a_page_that_says_nothing_of_its_address_asks_nothing() {
        let sent = |method: Method, address: &str| {
            let request = axum::http::Request::builder().method(method).uri(address);
            request.body(()).unwrap().into_parts().0
        };
        let refused = |parts: &Parts| nothing_else(parts).map_err(|no| no.0);
        for address in ["/", "/?as_of=41", "/?"] {
            assert!(refused(&sent(Method::GET, address)).is_ok(), "{address}");
        }
        let mut parts = sent(Method::GET, "/?as_of=41&al=yes");
        let problem = refused(&parts).err().unwrap();
        assert_eq!(
            (problem.status, problem.field.as_deref()),
            (400, Some("al"))
        );
        assert_eq!(problem.detail, "al is not known here: leave it out");
        assert!(refused(&sent(Method::POST, "/?al=yes")).is_ok());
        parts.extensions.insert(Said);
        assert!(refused(&parts).is_ok());
    }

    #[test]
    fn a_page_may_say_itself_which_names_it_knows() {
        let asked = |query: &str| Open(query.to_owned()).only(&["person", "kind"], &["row"]);
        let typed = asked("person=7&as_of=41&row_12=x")
            .map_err(|no| no.0)
            .unwrap();
        assert_eq!(typed.get("person"), Some("7"));
        assert_eq!(typed.get("as_of"), None);
        for name in ["row_0", "row", "row_x", "rows_1"] {
            assert!(asked(&format!("{name}=7")).is_err(), "{name}");
        }
        let problem = asked("persn=7").map_err(|no| no.0).err().unwrap();
        assert_eq!(
            (problem.status, problem.field.as_deref()),
            (400, Some("persn"))
        );
        assert_eq!(
            problem.detail,
            "persn is not known here: leave it out, or use one of person, kind, row_1"
        );
    }

    #[test]
    fn a_character_that_nobody_types_is_refused() {
        let problem = read::<Search>("state=%00").unwrap_err();
        assert_eq!(problem.code, "request.control-character");
        assert_eq!(problem.field.as_deref(), Some("state"));
    }
}
