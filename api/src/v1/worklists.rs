//! What waits in an office or for a court: the same lists as on its first page, each counted whole.

use axum::Json;
use axum::extract::State;
use infra::registry::{
    Counted, ListedAppointment, ListedOrder, ListedSentence, ListedSupervision, WorkQuery,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::asked::{Query, Rows};
use super::contested::{Told, contesting};
use super::lists::{PAGE, filled, office_known};
use super::moment::{Source, filed_as_of};
use super::types::AsOfBody;
use crate::identity::Caller;
use crate::problem::Problem;
use crate::state::AppState;

/// Whose work is asked for.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct WorklistQuery {
    /// An entry number of the ledger, a day such as 2026-03-05, or an instant.
    pub as_of: Option<String>,
    /// Of which office or court; that of whoever asks without it.
    pub office: Option<String>,
    /// How many rows of each list, at most 1,000; 50 without it.
    pub limit: Option<Rows>,
}

/// What waits for a court.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct CourtWorklist {
    /// As of when.
    pub as_of: AsOfBody,
    /// Proposed decisions that wait for their pronouncement, the oldest first.
    pub proposed: Counted<ListedSentence>,
    /// Decisions of the court on which an appeal waits, the one lodged first coming first.
    pub appeals: Counted<ListedSentence>,
    /// Orders of the court with an alleged breach that waits for its hearing, the one alleged first coming first.
    pub breaches: Counted<ListedOrder>,
    /// Of the persons whom the rows are about, by id: who contests who they are, or such a record, where that is not settled.
    pub contested: Vec<String>,
}

/// What waits in an office.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct OfficeWorklist {
    /// As of when.
    pub as_of: AsOfBody,
    /// Appointments of earlier days without an outcome, the oldest first.
    pub overdue: Counted<ListedAppointment>,
    /// Appointments of the day without an outcome.
    pub today: Counted<ListedAppointment>,
    /// Absences for which evidence is awaited, by the last day on which it is in time.
    pub unverified: Counted<ListedAppointment>,
    /// Reviews that are due, the oldest first.
    pub reviews: Counted<ListedSupervision>,
    /// Supervisions of which enough is over that somebody asks whether they end early.
    pub may_end: Counted<ListedSupervision>,
    /// Orders of which enough is over, likewise.
    pub orders_may_end: Counted<ListedOrder>,
    /// Orders in force whose last day is in the month of the day.
    pub orders_ending: Counted<ListedOrder>,
    /// Supervisions, likewise.
    pub ending: Counted<ListedSupervision>,
    /// Orders with an alleged breach that waits for the court.
    pub breaches: Counted<ListedOrder>,
    /// Supervisions with a request for recall that waits.
    pub recalls: Counted<ListedSupervision>,
    /// New orders for which nothing is scheduled.
    pub unscheduled: Counted<ListedOrder>,
    /// Supervisions without an officer.
    pub unassigned: Counted<ListedSupervision>,
    /// The next day on which somebody is due or a review is.
    pub next: Option<String>,
    /// Of the persons whom the rows are about, by id: who contests who they are, or such a record, where that is not settled.
    pub contested: Vec<String>,
}

/// What waits for a court.
pub(super) async fn court(
    caller: Caller,
    State(app): State<AppState>,
    Query(asked): Query<WorklistQuery>,
) -> Result<Json<CourtWorklist>, Problem> {
    let query = query(
        &caller,
        &app,
        &asked,
        &["sentence_register", "order_ledger"],
    )
    .await?;
    let work = app.registry.court_work(&caller.call, &query).await?;
    let found = work.proposed.rows.len() + work.appeals.rows.len() + work.breaches.rows.len();
    office_known(&app, "court", filled(asked.office).as_deref(), found).await?;
    let sentences = [&work.proposed, &work.appeals]
        .into_iter()
        .flat_map(|list| of(list, "sentence", |row| &row.person));
    let told = sentences.chain(of(&work.breaches, "order", |row| &row.person));
    let contested = contesting(&app, &caller, told, work.moment).await?;
    Ok(Json(CourtWorklist {
        contested,
        as_of: work.moment.into(),
        proposed: work.proposed,
        appeals: work.appeals,
        breaches: work.breaches,
    }))
}

/// What waits in an office.
pub(super) async fn office(
    caller: Caller,
    State(app): State<AppState>,
    Query(asked): Query<WorklistQuery>,
) -> Result<Json<OfficeWorklist>, Problem> {
    let models = ["order_ledger", "diary", "caseload", "findings"];
    let query = query(&caller, &app, &asked, &models).await?;
    let work = app.registry.work(&caller.call, &query).await?;
    let found = work.overdue.rows.len() + work.today.rows.len() + work.unassigned.rows.len();
    office_known(&app, "office", filled(asked.office).as_deref(), found).await?;
    let appointments = [&work.overdue, &work.today, &work.unverified]
        .into_iter()
        .flat_map(|list| of(list, "order", |row| &row.person));
    let orders = [
        &work.orders_may_end,
        &work.orders_ending,
        &work.breaches,
        &work.unscheduled,
    ]
    .into_iter()
    .flat_map(|list| of(list, "order", |row| &row.person));
    let supervisions = [
        &work.reviews,
        &work.may_end,
        &work.ending,
        &work.recalls,
        &work.unassigned,
    ]
    .into_iter()
    .flat_map(|list| of(list, "supervision", |row| &row.person));
    let told = appointments.chain(orders).chain(supervisions);
    let contested = contesting(&app, &caller, told, work.moment).await?;
    Ok(Json(OfficeWorklist {
        contested,
        as_of: work.moment.into(),
        overdue: work.overdue,
        today: work.today,
        unverified: work.unverified,
        reviews: work.reviews,
        may_end: work.may_end,
        orders_may_end: work.orders_may_end,
        orders_ending: work.orders_ending,
        ending: work.ending,
        breaches: work.breaches,
        recalls: work.recalls,
        unscheduled: work.unscheduled,
        unassigned: work.unassigned,
        next: work.next,
    }))
}

/// Whom the rows of a list are about, and which kind of record they tell.
fn of<'a, T>(
    list: &'a Counted<T>,
    kind: &'a str,
    person: impl Fn(&'a T) -> &'a String + 'a,
) -> impl Iterator<Item = Told<'a>> {
    list.rows
        .iter()
        .map(move |row| (person(row).as_str(), kind))
}

/// The query as the facade takes it, on the day of the moment asked about, once these read models hold it.
async fn query(
    caller: &Caller,
    app: &AppState,
    asked: &WorklistQuery,
    models: &[&'static str],
) -> Result<WorkQuery, Problem> {
    let mut as_of = infra::registry::AsOf::Now;
    for model in models {
        as_of = filed_as_of(app, asked.as_of.as_deref(), Source::Model(model)).await?;
    }
    let office = filled(asked.office.clone());
    Ok(WorkQuery {
        as_of,
        office: office.unwrap_or_else(|| caller.call.actor.office.to_string()),
        day: app.registry.today(as_of).await?,
        rows: Rows::or(asked.limit, PAGE),
    })
}
