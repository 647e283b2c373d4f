//! Beside the rows of a list: who contests what they tell. The pages say it beside each name; a program reads it here.

use std::collections::BTreeSet;

use domain::values::PersonId;
use infra::registry::{Moment, Page};

use super::types::ListBody;
use crate::identity::Caller;
use crate::problem::Problem;
use crate::state::AppState;

/// Whom a row is about, and of which kind the record is that it tells.
pub(super) type Told<'a> = (&'a str, &'a str);

/// Those of the persons whom rows are about who contest who they are, or such a record, where that is not settled.
pub(super) async fn contesting<'a>(
    app: &AppState,
    caller: &Caller,
    rows: impl IntoIterator<Item = Told<'a>>,
    moment: Moment,
) -> Result<Vec<String>, Problem> {
    let rows: BTreeSet<(PersonId, &str)> = rows
        .into_iter()
        .filter_map(|(person, kind)| Some((person.parse().ok()?, kind)))
        .collect();
    let persons: BTreeSet<PersonId> = rows.iter().map(|(person, _)| *person).collect();
    let marks = app.registry.marks(&caller.call, &persons, moment).await?;
    let contests = |(person, kind): &&(PersonId, &str)| {
        marks.get(person).is_some_and(|marks| marks.contests(kind))
    };
    let contesting: BTreeSet<PersonId> = rows.iter().filter(contests).map(|row| row.0).collect();
    Ok(contesting.iter().map(ToString::to_string).collect())
}

/// A page of a list of records of one kind, with those who contest them.
pub(super) async fn with_contested<T>(
    app: &AppState,
    caller: &Caller,
    page: Page<T>,
    kind: &str,
    person: impl Fn(&T) -> Option<&str>,
) -> Result<ListBody<T>, Problem> {
    let rows = page
        .rows
        .iter()
        .filter_map(|row| Some((person(row)?, kind)));
    let contested = contesting(app, caller, rows, page.moment).await?;
    Ok(ListBody {
        contested: Some(contested),
        ..page.into()
    })
}
