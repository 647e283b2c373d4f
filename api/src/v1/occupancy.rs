//! How full places of detention are.

use axum::Json;
use axum::extract::State;
use domain::facility::{Remaining, RunDown, Stock};
use domain::values::Day;
use infra::registry::{Occupied, PlaceFigures, PlacesFigures, Together};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::asked::{IdPath, Path, Query};
use super::lists::filled;
use super::moment::{AsOfQuery, Source, filed_as_of};
use super::types::AsOfBody;
use crate::identity::Caller;
use crate::problem::Problem;
use crate::state::AppState;

/// How those held are counted.
pub(crate) const COUNTED: &str = "Counted at the end of a day from the stays in this register: who came counts, who left does not. Stays that are not recorded here are not in it.";
/// What stands beside every number of those who will be left.
pub(crate) const ARITHMETIC: &str =
    "Arithmetic on known end dates, no forecast: people who will come are not in it.";
/// The longest period that is answered at once, in days.
const LONGEST: i64 = 731;

/// All places.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct PlacesBody {
    /// As of when.
    pub as_of: AsOfBody,
    /// How those held are counted.
    pub counted: &'static str,
    /// In how many days, the last included, days over capacity are counted.
    pub days: u32,
    /// Each place, the fullest first.
    pub places: Vec<PlaceFigures>,
    /// All together, by each meaning of a number of places.
    pub together: Vec<Together>,
}

/// Every place of detention.
pub(super) async fn places(
    caller: Caller,
    State(app): State<AppState>,
    Query(query): Query<AsOfQuery>,
) -> Result<Json<PlacesBody>, Problem> {
    let as_of = filed_as_of(&app, query.as_of.as_deref(), Source::Model("stays")).await?;
    let found = app.registry.places(&caller.call, as_of).await?;
    let PlacesFigures {
        places,
        together,
        days,
        moment,
    } = found;
    Ok(Json(PlacesBody {
        as_of: moment.into(),
        counted: COUNTED,
        days,
        places,
        together,
    }))
}

/// Which days.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct DaysQuery {
    /// An entry number of the ledger, a day such as 2026-03-05, or an instant.
    pub as_of: Option<String>,
    /// The first day; the 90th before the last without it.
    #[schemars(with = "Option<Day>")]
    pub from: Option<String>,
    /// The last day; that of the moment without it, and no later.
    #[schemars(with = "Option<Day>")]
    pub to: Option<String>,
}

/// How many were held on a day.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct DayBody {
    /// The day.
    pub day: Day,
    /// How many were held at its end.
    pub held: u32,
    /// How many came on it.
    pub came: u32,
    /// How many left on it.
    pub left: u32,
}

impl From<&Stock> for DayBody {
    fn from(stock: &Stock) -> Self {
        let Stock {
            day,
            held,
            came,
            left,
        } = *stock;
        Self {
            day,
            held,
            came,
            left,
        }
    }
}

/// What is left after a last day that is known.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct LeftBody {
    /// The first day without them.
    pub day: Day,
    /// For how many the day before was the last.
    pub ended: u32,
    /// How many are left.
    pub held: u32,
}

impl From<&Remaining> for LeftBody {
    fn from(left: &Remaining) -> Self {
        let Remaining { day, ended, held } = *left;
        Self { day, ended, held }
    }
}

/// How the stock of the last day runs down.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct AheadBody {
    /// What the numbers are.
    pub what: &'static str,
    /// How many are held on the last day.
    pub held: u32,
    /// How many of them have no last day that is known. They stay counted.
    pub without_last_day: u32,
    /// How many of them are held although their last day is over. They stay counted.
    pub past_last_day: u32,
    /// After each last day that is known.
    pub left: Vec<LeftBody>,
}

impl From<&RunDown> for AheadBody {
    fn from(ahead: &RunDown) -> Self {
        Self {
            what: ARITHMETIC,
            held: ahead.held,
            without_last_day: ahead.without_last_day,
            past_last_day: ahead.past_last_day,
            left: ahead.steps.iter().map(LeftBody::from).collect(),
        }
    }
}

/// One place, day by day.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct OccupancyBody {
    /// As of when.
    pub as_of: AsOfBody,
    /// How those held are counted.
    pub counted: &'static str,
    /// How full it is on the last day, with the days over capacity in the period.
    pub place: PlaceFigures,
    /// Each day of the period.
    pub days: Vec<DayBody>,
    /// How many stays begin on a day that is not known, and are in no number here.
    pub undated: u32,
    /// How many will be left.
    pub ahead: AheadBody,
}

/// A place of detention day by day.
pub(super) async fn one(
    caller: Caller,
    State(app): State<AppState>,
    Path(IdPath { id }): Path<IdPath>,
    Query(query): Query<DaysQuery>,
) -> Result<Json<OccupancyBody>, Problem> {
    let as_of = filed_as_of(&app, query.as_of.as_deref(), Source::Model("stays")).await?;
    let period = (day("from", query.from)?, day("to", query.to)?);
    in_order(period)?;
    let id = id.to_string();
    let found: Occupied = app
        .registry
        .occupied(&caller.call, &id, as_of, period)
        .await?;
    Ok(Json(OccupancyBody {
        as_of: found.moment.into(),
        counted: COUNTED,
        place: found.figures,
        days: found.days.iter().map(DayBody::from).collect(),
        undated: found.undated,
        ahead: (&found.ahead).into(),
    }))
}

fn day(name: &str, text: Option<String>) -> Result<Option<Day>, Problem> {
    let read = |text: String| {
        text.parse()
            .map_err(|_| Problem::usage("query", name, "this is no day: write it as 2026-03-05"))
    };
    filled(text).map(read).transpose()
}

/// A period ends no earlier than it begins, and is no longer than is answered at once.
fn in_order((from, to): (Option<Day>, Option<Day>)) -> Result<(), Problem> {
    match from.zip(to).map(|(from, to)| from.days_until(to)) {
        Some(days) if days < 0 => Err(Problem::usage(
            "query",
            "to",
            "the last day lies before the first: change the days round",
        )),
        Some(days) if days >= LONGEST => Err(Problem::usage(
            "query",
            "from",
            &format!("that is more than {LONGEST} days: ask for fewer at once"),
        )),
        Some(_) | None => Ok(()),
    }
}
