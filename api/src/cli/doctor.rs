//! `assize doctor` and `assize migrate`.

use std::process::ExitCode;

use infra::store::database::Database;
use infra::store::migrations;
use serde::Serialize;

use super::Place;
use super::output::{Failed, data, json};

#[derive(Debug, Serialize)]
struct Check {
    what: &'static str,
    well: bool,
    found: String,
    how_to_mend: &'static str,
}

/// Brings the tables up to date, or says what that would do.
pub(super) async fn migrate(place: &Place, check: bool) -> Result<ExitCode, Failed> {
    let database = Database::open(&place.db).await.map_err(Failed::failure)?;
    let steps = if check {
        migrations::pending(&database).await
    } else {
        migrations::migrate(&database).await
    };
    let steps = steps.map_err(Failed::failure)?;
    for step in &steps {
        data(step);
    }
    Ok(if check && !steps.is_empty() {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    })
}

/// Looks for what is wrong; exit 1 when something is.
pub(super) async fn run(place: &Place, as_json: bool) -> Result<ExitCode, Failed> {
    let checks = checks(place).await;
    if as_json {
        json(&checks);
    } else {
        for check in &checks {
            let sign = if check.well { "well" } else { "NOT WELL" };
            data(format!("{sign:<9} {}: {}", check.what, check.found));
            if !check.well {
                data(format!("          {}", check.how_to_mend));
            }
        }
    }
    let well = checks.iter().all(|check| check.well);
    Ok(if well {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}

async fn checks(place: &Place) -> Vec<Check> {
    let mut checks = Vec::new();
    let registry = match place.open().await {
        Ok(registry) => registry,
        Err(error) => {
            checks.push(Check {
                what: "database and key",
                well: false,
                found: format!("{error:?}"),
                how_to_mend: "check --db (or ASSIZE_DB), that the database answers, and the key file",
            });
            return checks;
        }
    };
    checks.push(Check {
        what: "database and key",
        well: true,
        found: "open".to_owned(),
        how_to_mend: "",
    });
    let head = registry.head().await;
    let entries = head.as_ref().map(|(n, _)| *n).unwrap_or_default();
    checks.push(Check {
        what: "ledger",
        well: head.is_ok(),
        found: head.map_or_else(|e| e.to_string(), |(n, _)| format!("{n} entries")),
        how_to_mend: "restore the newest backup and compare its head",
    });
    let standings = registry.projections().standings().await.unwrap_or_default();
    let stopped: Vec<String> = standings
        .iter()
        .filter_map(|s| Some(format!("{}: {}", s.name, s.poison.as_ref()?)))
        .collect();
    checks.push(Check {
        what: "projections",
        well: stopped.is_empty(),
        found: if stopped.is_empty() {
            "none stopped".to_owned()
        } else {
            stopped.join("; ")
        },
        how_to_mend: "look at the event that is named; nothing else is affected",
    });
    let behind = standings
        .iter()
        .filter(|s| s.live)
        .map(|s| entries.saturating_sub(s.checkpoint))
        .max();
    checks.push(Check {
        what: "projections behind",
        well: behind.unwrap_or_default() < 100_000,
        found: format!("{} entries", behind.unwrap_or_default()),
        how_to_mend: "run assize project --catch-up, or assize serve",
    });
    checks
}
