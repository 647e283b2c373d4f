//! What the register holds of her: the ledger, the figures, and every place in which her clear text could stand.

use std::collections::BTreeMap;

use serde_json::Value;
use tests::{Failure, dump};

use super::CLEAR;
use crate::journeys::journey::Journey;
use crate::searched::{Log, files_that_hold, holds, server_files, text};

/// What is recorded of her, as the interface shows it to whoever may open it.
const HERS: [&str; 13] = [
    "/v1/persons/@person?disclose=true",
    "/v1/persons/@person/timeline",
    "/v1/pretrial-cases/@pretrial?disclose=true",
    "/v1/reports/@report?disclose=true",
    "/v1/sentences/@sentence?disclose=true",
    "/v1/orders/@order?disclose=true",
    "/v1/supervisions/@supervision?disclose=true",
    "/v1/supervisions/@supervision-after?disclose=true",
    "/v1/stays-in-custody/@custody?disclose=true",
    "/v1/releases/@release?disclose=true",
    "/v1/emergencies/@emergency?disclose=true",
    "/persons/@person",
    "/sentences/@sentence",
];

/// Figures, each for everybody and by what she was.
const FIGURES: [&str; 5] = [
    "disposals",
    "disposals?by=sex",
    "disposals?by=dependent-child",
    "proportionality",
    "gender",
];

/// An entry of the ledger as it is stored.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stored {
    index: i64,
    pub(super) event: String,
    /// The hash of everything in it.
    leaf: Vec<u8>,
}

/// The ledger as it is stored, in its order.
pub(super) async fn ledger(it: &Journey) -> Result<Vec<Stored>, Failure> {
    let (place, ..) = it.behind();
    let sql = "SELECT ledger_index, event_type, leaf FROM events ORDER BY ledger_index";
    let rows = place.database().await?.query(sql, &[]).await?;
    let stored = rows.iter().map(|row| {
        Ok(Stored {
            index: row.int(0)?,
            event: row.text(1)?.to_owned(),
            leaf: row.blob(2)?.to_vec(),
        })
    });
    stored.collect()
}

/// Every figure and its file, without the moment at which it was asked for.
pub(super) async fn figures(
    it: &Journey,
) -> Result<BTreeMap<&'static str, (Value, String)>, Failure> {
    let mut figures = BTreeMap::new();
    for asked in FIGURES {
        let mut figure = it
            .get("statistician", &format!("/v1/views/{asked}"))
            .await?;
        if let Some(header) = figure["header"].as_object_mut() {
            header.remove("as_of");
        }
        let file = match asked.split_once('?') {
            Some((view, query)) => format!("/figures/{view}/csv?{query}"),
            None => format!("/figures/{asked}/csv"),
        };
        let file = it.asked("statistician", &file).await?.body;
        let of_values = |line: &&str| !line.contains("as_of");
        let file: Vec<&str> = file.lines().filter(of_values).collect();
        figures.insert(asked, (figure, file.join("\n")));
    }
    Ok(figures)
}

/// Where her clear text could stand.
pub(super) struct Traces {
    log: Log,
    /// Where the server's own log of what it writes began.
    since: String,
}

impl Traces {
    pub(super) async fn from_now_on(it: &Journey, log: Log) -> Result<Self, Failure> {
        let (place, ..) = it.behind();
        let since = if place.is_on_server() {
            let now = "SELECT pg_walfile_name(pg_current_wal_lsn())";
            text(&place.database().await?, now).await?
        } else {
            String::new()
        };
        Ok(Self { log, since })
    }

    /// Everything of her is opened for the court; so that to find nothing later says something.
    pub(super) async fn are_read_by_whoever_may(&self, it: &Journey) -> Result<(), Failure> {
        let shown = shown(it).await?;
        for (what, clear) in CLEAR {
            let read = shown.iter().any(|(_, body)| body.contains(clear));
            assert!(read, "nobody can read the {what}");
        }
        self.are_in_no_store(it).await
    }

    /// Nothing of her is in any answer, table, file or log.
    pub(super) async fn are_nowhere(&self, it: &Journey) -> Result<(), Failure> {
        for (path, body) in shown(it).await? {
            for (what, clear) in CLEAR {
                assert!(!body.contains(clear), "{path} shows the {what}: {body}");
            }
        }
        let events = it
            .get("oversight", "/v1/events?limit=1000")
            .await?
            .to_string();
        for (what, clear) in CLEAR {
            assert!(!events.contains(clear), "the feed holds the {what}");
        }
        for (figure, (values, file)) in figures(it).await? {
            for (what, clear) in CLEAR {
                let within = values.to_string().contains(clear) || file.contains(clear);
                assert!(!within, "the figure {figure} holds the {what}");
            }
        }
        self.are_in_no_store(it).await
    }

    async fn are_in_no_store(&self, it: &Journey) -> Result<(), Failure> {
        let (place, ..) = it.behind();
        let database = place.database().await?;
        let (tables, log) = (dump(&database).await?, self.log.text());
        assert!(
            tables.contains(it.id("person")?),
            "the dump shows what is there"
        );
        for (what, clear) in CLEAR {
            assert!(!holds(tables.as_bytes(), clear), "a table holds the {what}");
            assert!(!log.contains(clear), "the log holds the {what}");
            let none: [String; 0] = [];
            assert_eq!(files_that_hold(place.folder(), clear)?, none, "the {what}");
            if place.is_on_server() {
                let found = server_files(&database, &self.since, clear).await?;
                assert_eq!(found, none, "the {what}");
            }
        }
        Ok(())
    }
}

/// What a judge is shown of her, by its address.
async fn shown(it: &Journey) -> Result<Vec<(&'static str, String)>, Failure> {
    let mut shown = Vec::new();
    for path in HERS {
        let answer = it.asked("judge", path).await?;
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        shown.push((path, answer.body));
    }
    Ok(shown)
}
