//! What a correction of an attendance would touch: to be read, and then said in the correction itself.

use axum::Json;
use axum::extract::State;
use domain::order::{Becomes, Consequences, Order};
use domain::values::{AppointmentNo, Code, Enforceable, JurisdictionCode, Known, Quantity};
use infra::record::Recorded;
use infra::registry::{AsOf, Found};
use schemars::JsonSchema;
use serde::Deserialize;

use super::asked::{IdPath, Path, Query};
use crate::identity::Caller;
use crate::problem::Problem;
use crate::state::AppState;

/// What really came of an appointment.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ConsequencesQuery {
    /// Which appointment.
    pub appointment: AppointmentNo,
    /// What really came of it, by the pack's outcomes.
    pub outcome: Code,
    /// Whether a failure may be enforced; what stood holds without it.
    #[serde(default)]
    pub enforceable: Option<Enforceable>,
    /// Minutes credited for it, in all.
    #[serde(default)]
    pub minutes: Option<u32>,
    /// Days credited for it, in all.
    #[serde(default)]
    pub days: Option<u32>,
    /// Sessions credited for it, in all.
    #[serde(default)]
    pub sessions: Option<u32>,
}

impl ConsequencesQuery {
    fn credit(&self) -> Result<Option<Quantity>, Problem> {
        match (self.minutes, self.days, self.sessions) {
            (None, None, None) => Ok(None),
            (Some(minutes), None, None) => Ok(Some(Quantity::Minutes(minutes))),
            (None, Some(days), None) => Ok(Some(Quantity::Days(days))),
            (None, None, Some(sessions)) => Ok(Some(Quantity::Sessions(sessions))),
            _ => {
                let said = "a credit has one unit: say minutes, days or sessions";
                Err(Problem::usage("query", "minutes", said))
            }
        }
    }
}

/// Every credit, warning and breach step that the correction touches.
pub(super) async fn get(
    caller: Caller,
    State(app): State<AppState>,
    Path(IdPath { id }): Path<IdPath>,
    Query(query): Query<ConsequencesQuery>,
) -> Result<Json<Consequences>, Problem> {
    let credit = query.credit()?;
    let id = id.to_string();
    let order: Found<Order> = app.registry.show(&caller.call, &id, AsOf::Now).await?;
    let jurisdiction = order.entries.first().map(Recorded::jurisdiction);
    let jurisdiction = jurisdiction.and_then(|code| JurisdictionCode::parse(code).ok());
    let law = app.registry.packs().in_force(jurisdiction.as_ref()).await?;
    let becomes = Becomes {
        kind: law
            .orders
            .outcome(&query.outcome)
            .map(|outcome| outcome.kind),
        enforceable: Known::from(query.enforceable),
        credit,
    };
    Ok(Json(order.state.consequences(query.appointment, &becomes)))
}
