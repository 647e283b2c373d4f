//! When release is possible, and who was never considered.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use domain::rehabilitation::Spent;
use domain::release::dates::LABEL;
use domain::sentence::Shown;
use domain::serving::Calculation;
use domain::values::SentenceId;
use infra::registry::{NotWorkedOut, Unconsidered};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::asked::{Cursor, IdPath, Path, Query, Rows};
use super::lists::PAGE;
use super::moment::{AsOfQuery, Source, filed_as_of};
use super::types::AsOfBody;
use crate::identity::Caller;
use crate::problem::Problem;
use crate::state::AppState;

/// The dates of a sentence.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct DatesBody {
    /// As of when.
    pub as_of: AsOfBody,
    /// The sentence.
    pub sentence: SentenceId,
    /// What has to stand beside every date.
    pub label: &'static str,
    /// The dates, each step by step; none before the sentence is imposed.
    pub calculation: Option<Calculation>,
}

/// The dates of a sentence.
pub(super) async fn sentence(
    caller: Caller,
    State(app): State<AppState>,
    Path(IdPath { id }): Path<IdPath>,
    Query(query): Query<AsOfQuery>,
) -> Result<Json<DatesBody>, Problem> {
    let as_of = filed_as_of(&app, query.as_of.as_deref(), Source::Model("stays")).await?;
    let id = id.to_string();
    let found = app
        .registry
        .sentence_dates(&caller.call, &id, as_of)
        .await?;
    Ok(Json(DatesBody {
        as_of: found.moment.into(),
        sentence: found.sentence,
        label: LABEL,
        calculation: found.calculation,
    }))
}

/// When a conviction is spent.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct SpentBody {
    /// As of when.
    pub as_of: AsOfBody,
    /// The sentence.
    pub sentence: SentenceId,
    /// What has to stand beside every date.
    pub label: &'static str,
    /// The answer; none where the rules have no periods, or the decision is not imposed or quashed.
    pub spent: Option<Spent>,
}

/// When a conviction is spent.
pub(super) async fn spent(
    caller: Caller,
    State(app): State<AppState>,
    Path(IdPath { id }): Path<IdPath>,
    Query(query): Query<AsOfQuery>,
) -> Result<Json<SpentBody>, Problem> {
    let source = Source::Model("person_timeline");
    let as_of = filed_as_of(&app, query.as_of.as_deref(), source).await?;
    let id = id.to_string();
    let found = app
        .registry
        .sentence_spent(&caller.call, &id, as_of)
        .await?;
    Ok(Json(SpentBody {
        as_of: found.moment.into(),
        sentence: found.sentence,
        label: LABEL,
        spent: found.spent,
    }))
}

/// What was shown as comparable before a decision was final.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct ComparisonBody {
    /// As of when.
    pub as_of: AsOfBody,
    /// The sentence.
    pub sentence: SentenceId,
    /// What the decision says of it; none where nothing was shown.
    pub shown: Option<Shown>,
    /// Past decisions by disposal, counted again as of the entry that the decision names; none where there were fewer than
    /// the rules show, or the register no longer has the text of the rules.
    pub decisions: Option<BTreeMap<String, u64>>,
}

/// What was shown as comparable before a decision was final.
pub(super) async fn comparison(
    caller: Caller,
    State(app): State<AppState>,
    Path(IdPath { id }): Path<IdPath>,
    Query(query): Query<AsOfQuery>,
) -> Result<Json<ComparisonBody>, Problem> {
    let as_of = filed_as_of(&app, query.as_of.as_deref(), Source::Facts).await?;
    let id = id.to_string();
    let found = app
        .registry
        .sentence_comparison(&caller.call, &id, as_of)
        .await?;
    let decisions = found.again.as_ref().and_then(|again| {
        let least = again.law.as_ref()?.sentencing.comparison.least;
        (again.shown.decisions >= u64::from(least)).then(|| again.counts.clone())
    });
    Ok(Json(ComparisonBody {
        as_of: found.moment.into(),
        sentence: found.sentence,
        shown: found.again.map(|again| again.shown),
        decisions,
    }))
}

/// Which page of those who were never considered.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct UnconsideredQuery {
    /// An entry number of the ledger, a day such as 2026-03-05, or an instant.
    pub as_of: Option<String>,
    /// The `next` of an earlier page: how many rows come before.
    pub after: Option<Cursor>,
    /// How many rows, at most 1,000; 50 without it.
    pub limit: Option<Rows>,
}

/// Those who were never considered.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct UnconsideredBody {
    /// As of when.
    pub as_of: AsOfBody,
    /// What has to stand beside every date.
    pub label: &'static str,
    /// How many rows there are in all.
    pub of: usize,
    /// How many of them are held past the day on which the law itself lets them go.
    pub held_past: usize,
    /// How many are past it of whom no stay says whether they are held at all.
    pub held_unknown: usize,
    /// How many decisions are being served.
    pub served: usize,
    /// Each person and kind of release: first whoever is held past the day of the law, then whoever is past
    /// it and not known to be held, then the longest first.
    pub rows: Vec<Unconsidered>,
    /// Where the next page begins; absent on the last.
    pub next: Option<usize>,
    /// Why dates could not be worked out, and of how many decisions.
    pub not_worked_out: Vec<NotWorkedOut>,
}

/// Who could be released for a while and was never considered.
pub(super) async fn never_considered(
    caller: Caller,
    State(app): State<AppState>,
    Query(query): Query<UnconsideredQuery>,
) -> Result<Json<UnconsideredBody>, Problem> {
    let as_of = filed_as_of(&app, query.as_of.as_deref(), Source::Model("stays")).await?;
    let after = query.after.map_or(0, Cursor::entry);
    let skip = usize::try_from(after).unwrap_or(usize::MAX);
    let limit = usize::try_from(Rows::or(query.limit, PAGE)).unwrap_or(usize::MAX);
    let found = app
        .registry
        .never_considered(&caller.call, as_of, skip, limit)
        .await?;
    let shown = skip.saturating_add(found.rows.len());
    Ok(Json(UnconsideredBody {
        as_of: found.moment.into(),
        label: LABEL,
        of: found.of,
        held_past: found.held_past,
        held_unknown: found.held_unknown,
        served: found.served,
        next: (shown < found.of).then_some(shown),
        rows: found.rows,
        not_worked_out: found.not_worked_out,
    }))
}
