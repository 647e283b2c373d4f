//! As of when something is asked: a moment of the ledger that exists.

use std::time::Duration;

use infra::registry::{AsOf, Registry};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::problem::Problem;
use crate::state::AppState;

/// How long a read waits until the entry it names is filed.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long a read of now waits for what was stored before it; figures say how far they are behind.
const GLANCE: Duration = Duration::from_millis(250);

/// The moment that a read asks about.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AsOfQuery {
    /// An entry number of the ledger, a day such as 2026-03-05, or an instant; now without it.
    #[serde(default)]
    pub as_of: Option<String>,
}

/// The moment; one that has not come is refused, because its answer would be another tomorrow.
pub(crate) async fn as_of(app: &AppState, text: Option<&str>) -> Result<AsOf, Problem> {
    moment_of(&app.registry, text.unwrap_or_default()).await
}

/// The moment, for whoever asks in whichever way.
pub(crate) async fn moment_of(registry: &Registry, text: &str) -> Result<AsOf, Problem> {
    let as_of: AsOf = text
        .parse()
        .map_err(|said: String| Problem::usage("as-of", "as_of", &said))?;
    match as_of {
        AsOf::Now => {}
        AsOf::Index(index) => {
            let (entries, _) = registry.head().await?;
            if index >= entries {
                let last = entries.checked_sub(1);
                let said = match last {
                    Some(last) => format!(
                        "entry {index} is not there yet, the last is {last}: ask for one up to {last}"
                    ),
                    None => format!("entry {index} is not there yet: the ledger is empty"),
                };
                return Err(ahead(&said));
            }
        }
        AsOf::Instant(instant) => {
            if instant.micros() > registry.clock().now_us() {
                return Err(not_come(text));
            }
        }
        // A day means its end; today may be asked for before it is over.
        AsOf::Day(day) => {
            if day > registry.today(AsOf::Now).await? {
                return Err(not_come(text));
            }
        }
    }
    Ok(as_of)
}

fn not_come(text: &str) -> Problem {
    let asked = text.trim();
    ahead(&format!(
        "{asked} has not come yet: ask for a day up to today"
    ))
}

fn ahead(said: &str) -> Problem {
    Problem::usage(
        "as-of-ahead",
        "as_of",
        &format!("{said}, or leave as_of out to see the present"),
    )
}

/// What a read is answered from, and so what has to be filed before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// A read model, by its name.
    Model(&'static str),
    /// The facts in memory.
    Facts,
}

/// The moment of a list or figure, once it holds what had happened by then. Of now it holds what was stored before the
/// question, as far as that is filed at a glance.
pub(super) async fn filed_as_of(
    app: &AppState,
    text: Option<&str>,
    source: Source,
) -> Result<AsOf, Problem> {
    let as_of = as_of(app, text).await?;
    let moment = app.registry.moment(as_of).await?;
    let wanted = moment.index.map_or(0, |index| index.saturating_add(1));
    let patience = if as_of == AsOf::Now { GLANCE } else { PATIENCE };
    let reached = reaches(app, source, wanted, patience).await?;
    if !reached && as_of != AsOf::Now {
        return Err(Problem::not_filed(moment.index.unwrap_or_default()));
    }
    Ok(as_of)
}

/// Waits until so many entries are filed; says whether they are.
async fn reaches(
    app: &AppState,
    source: Source,
    wanted: u64,
    at_most: Duration,
) -> Result<bool, Problem> {
    if filed(app, source).await? >= wanted {
        return Ok(true);
    }
    app.registry.projections().wait_for(wanted, at_most).await;
    Ok(filed(app, source).await? >= wanted)
}

/// Every entry below this number is filed.
async fn filed(app: &AppState, source: Source) -> Result<u64, Problem> {
    let projections = app.registry.projections();
    let Source::Model(name) = source else {
        return Ok(projections.facts().next_index());
    };
    let standings = projections.standings().await?;
    let live = standings.iter().find(|s| s.live && s.name == name);
    Ok(live.map_or(0, |s| s.checkpoint))
}
