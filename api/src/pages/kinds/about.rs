//! What the form of an act is about: the case or the list it belongs to, and whom it concerns.

use std::any::Any;

use domain::custody::Custody;
use infra::access::{Action, allow};
use infra::registry::{Found, Wish};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use super::act::Act;
use super::{Kind, home_of};
use crate::pages::casework::People;
use crate::pages::page::{PageError, Typed, Visitor, day_in_words};
use crate::pages::register::sentence_case;

/// What a form is about.
pub(super) struct About {
    /// The address of the case, or of the list in which it will stand.
    pub(super) case: String,
    /// The way back, and its words.
    pub(super) to: String,
    pub(super) back: &'static str,
    /// Whom it concerns, and how the case stands.
    pub(super) lede: String,
}

/// What a form is about: a case, or nothing yet but whoever was named in it.
pub(super) async fn about<K: Kind>(
    visitor: &Visitor,
    on: Option<(&str, &Found<K>)>,
    typed: &Typed,
) -> Result<About, PageError>
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    let reads_cases = allow(&visitor.call, Action::ReadCase).is_ok();
    let person = match on {
        Some((id, found)) => found
            .state
            .person_shown(id)
            .map(|person| person.to_string()),
        None => typed
            .get("person")
            .filter(|_| reads_cases)
            .map(str::to_owned),
    };
    let people = People::of(visitor, person.as_deref()).await?;
    let who = person.map_or_else(String::new, |person| people.name(&person));
    let (case, back, lede) = if let Some((id, found)) = on {
        let state = found.state.listed().map_or("", |listed| listed.state);
        let lede = format!("{who}. {}.", sentence_case(state));
        (format!("{}/{id}", home_of::<K>()), "Back to the case", lede)
    } else {
        (home_of::<K>(), K::PLURAL, who)
    };
    // Whoever may not read cases has no list to go back to.
    let (to, back) = if reads_cases {
        (visitor.to(&case), back)
    } else {
        (visitor.to("/"), "First page")
    };
    Ok(About {
        case,
        to,
        back,
        lede: lede.trim_start_matches(". ").to_owned(),
    })
}

/// Which children an act on a stay in custody may be about, each by the number under which it was noted.
pub(super) fn children<K: Kind>(case: &K, act: &Act) -> Option<String>
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    let case: &dyn Any = case;
    let stay = case.downcast_ref::<Custody>()?.begun()?;
    act.parts.iter().find(|part| part.name == "child")?;
    let noted = stay.children.iter().map(|child| {
        let number = child.no.0;
        match &child.with_her {
            Some(placed) => {
                let until = placed.until.map(|day| day_in_words(day.into()));
                let until = until.map_or_else(String::new, |day| format!(" until {day}"));
                format!("child {number}, with its mother{until}")
            }
            None => format!("child {number}, not with its mother"),
        }
    });
    let noted: Vec<String> = noted.collect();
    Some(if noted.is_empty() {
        "No child was noted when the person came.".to_owned()
    } else {
        format!("Noted: {}.", noted.join("; "))
    })
}
