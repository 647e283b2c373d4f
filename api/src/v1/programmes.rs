//! Programmes of an office: places, who takes part, who waits and since when, and what was measured.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use domain::jurisdiction::Pack;
use infra::registry::{ListedReferral, ProgrammesQuery};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::asked::Query;
use super::contested::contesting;
use super::lists::{filled, office_known};
use super::moment::{Source, filed_as_of};
use super::types::AsOfBody;
use crate::identity::Caller;
use crate::pages::laws::Books;
use crate::problem::Problem;
use crate::state::AppState;

/// What is looked for.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ProgrammesListQuery {
    /// An entry number of the ledger, a day such as 2026-03-05, or an instant.
    pub as_of: Option<String>,
    /// Only this office.
    pub office: Option<String>,
}

/// How a programme of an office stands.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct ProgrammeStanding {
    /// The jurisdiction.
    pub jurisdiction: String,
    /// The office.
    pub office: String,
    /// The programme, by the code of the rules.
    pub programme: String,
    /// How many can take part at once; null where the rules name no number.
    pub places: Option<u32>,
    /// How many take part.
    pub taking_part: u64,
    /// How many wait for a place.
    pub waiting: u64,
    /// Since when the one who waits longest does.
    pub waiting_since: Option<String>,
    /// How many completed it.
    pub completed: u64,
    /// How many left it before.
    pub ended: u64,
}

impl ProgrammeStanding {
    /// How many places are free; none where the rules name no number.
    pub(crate) fn free(&self) -> Option<u64> {
        let places = u64::from(self.places?);
        Some(places.saturating_sub(self.taking_part))
    }
}

/// Programmes of an office, and everybody who was referred to one.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ProgrammesBody {
    /// As of when.
    pub as_of: AsOfBody,
    /// How each programme stands.
    pub programmes: Vec<ProgrammeStanding>,
    /// Everybody who was referred, who waits longest coming first.
    pub referrals: Vec<ListedReferral>,
    /// Of those, by id: who contests who they are, or the supervision, where that is not settled.
    pub contested: Vec<String>,
}

/// How each programme stands, by office.
pub(crate) fn standings(referrals: &[ListedReferral], books: &Books) -> Vec<ProgrammeStanding> {
    let mut standings: BTreeMap<(&str, &str, &str), ProgrammeStanding> = BTreeMap::new();
    for row in referrals {
        let key = (
            row.jurisdiction.as_str(),
            row.office.as_str(),
            row.programme.as_str(),
        );
        let standing = standings.entry(key).or_insert_with(|| ProgrammeStanding {
            jurisdiction: row.jurisdiction.clone(),
            office: row.office.clone(),
            programme: row.programme.clone(),
            places: places(books.of(&row.jurisdiction), row),
            taking_part: 0,
            waiting: 0,
            waiting_since: None,
            completed: 0,
            ended: 0,
        });
        let count = match row.step.as_str() {
            _ if row.waits() => {
                let since = standing.waiting_since.take();
                let earlier = since.into_iter().chain([row.referred.clone()]).min();
                standing.waiting_since = earlier;
                &mut standing.waiting
            }
            _ if row.takes_part() => &mut standing.taking_part,
            "completed" => &mut standing.completed,
            _ => &mut standing.ended,
        };
        *count = count.saturating_add(1);
    }
    standings.into_values().collect()
}

fn places(law: Option<&Pack>, row: &ListedReferral) -> Option<u32> {
    law?.supervision.places(&row.programme, &row.office)
}

/// The programmes of an office.
pub(super) async fn programmes(
    caller: Caller,
    State(app): State<AppState>,
    Query(asked): Query<ProgrammesListQuery>,
) -> Result<Json<ProgrammesBody>, Problem> {
    let as_of = filed_as_of(&app, asked.as_of.as_deref(), Source::Model("caseload")).await?;
    let query = ProgrammesQuery {
        as_of,
        office: filled(asked.office),
    };
    let (referrals, moment) = app.registry.referrals(&caller.call, &query).await?;
    office_known(&app, "office", query.office.as_deref(), referrals.len()).await?;
    let books = Books::adopted(&app).await?;
    let told = referrals
        .iter()
        .map(|row| (row.person.as_str(), "supervision"));
    let contested = contesting(&app, &caller, told, moment).await?;
    Ok(Json(ProgrammesBody {
        contested,
        as_of: moment.into(),
        programmes: standings(&referrals, &books),
        referrals,
    }))
}
