//! Findings: what somebody has to look at, whether an entry carries it or a clock raised it, and what became of it.

use domain::act::{self, Weight};
use domain::finding::{Cause, FindingEvent, Matter, Standing};
use domain::record::AnyEvent;
use domain::values::Instant;
use domain::waiting::waits_for;

use super::changes::{Changes, Versioned};
use super::signed;
use super::states::AnyState;
use crate::record::Recorded;
use crate::store::database::Value;

static TABLE: Versioned = Versioned {
    table: "findings",
    key: "cause",
    columns: &[
        "generation",
        "cause",
        "from_index",
        "to_index",
        "place",
        "ledger_index",
        "nth",
        "stream_type",
        "stream_id",
        "event_type",
        "code",
        "safeguard",
        "weight",
        "said",
        "since",
        "state",
        "finding_id",
        "role",
        "owner",
        "office",
        "disposition",
    ],
};

/// By how much what is still open stands before what is closed in the order of the list, which goes down.
const OPEN_FIRST: i64 = 1 << 52;
/// By how much what weighs most stands before the rest of what is open.
const CRITICAL_FIRST: i64 = 1 << 51;
/// More than any entry's number: of what is open, the oldest stands first.
const OLDEST_FIRST: i64 = 1 << 50;

/// Files what an event carries, and how a finding reads after an event of its own.
pub(super) fn file(changes: &mut Changes, recorded: &Recorded, state: &AnyState, first: u64) {
    if let AnyEvent::Sentence(event) = &recorded.event
        && let Some(code) = event.settles()
    {
        // What somebody has taken up, they close themselves.
        let which = [("stream_id", recorded.stream_id.as_str()), ("code", code)];
        changes.end(&TABLE, which, "finding_id", recorded.index);
    }
    for (nth, finding) in (0_u16..).zip(recorded.event.findings()) {
        let cause = format!("{}/{nth}", recorded.told.event_id);
        let since = Instant::from_micros(recorded.recorded_us).to_string();
        let about = About {
            index: recorded.index,
            nth,
            kind: &recorded.stream_type,
            record: &recorded.stream_id,
            happened: recorded.event.name(),
        };
        let row = row(&about, finding, since, None);
        changes.begin(&TABLE, &cause, recorded.index, row);
    }
    if let (AnyEvent::Finding(event), AnyState::Finding(finding)) = (&recorded.event, state)
        && let Some(matter) = finding.stands()
    {
        stands(changes, recorded, event, matter, first);
    }
}

/// What a finding is about.
struct About<'a> {
    index: u64,
    nth: u16,
    kind: &'a str,
    record: &'a str,
    happened: &'a str,
}

/// What a clock asks has its row from when it is raised; what an entry carries has it from the entry on.
fn stands(
    changes: &mut Changes,
    recorded: &Recorded,
    event: &FindingEvent,
    matter: &Matter,
    first: u64,
) {
    let own = Some((recorded.stream_id.as_str(), matter));
    let (kind, record) = (matter.cause.kind().as_str(), matter.cause.record().as_str());
    match &matter.cause {
        Cause::Clock(clock) => {
            let about = About {
                index: first,
                nth: clock.nth,
                kind,
                record,
                happened: "finding.raised",
            };
            let noticed = act::Finding {
                code: clock.code.to_string(),
                safeguard: Some(clock.safeguard.to_string()),
                weight: clock.weight,
                said: passed(clock.code.as_str(), &clock.due.to_string()),
            };
            let row = row(&about, &noticed, matter.since.to_string(), own);
            if matches!(event, FindingEvent::Raised(_)) {
                changes.begin(&TABLE, &recorded.stream_id, recorded.index, row);
            } else {
                changes.open(&TABLE, &recorded.stream_id, recorded.index, row);
            }
        }
        Cause::Entry(taken) => {
            let about = About {
                index: taken.entry,
                nth: taken.nth,
                kind,
                record,
                happened: taken.happened.as_str(),
            };
            let cause = format!("{}/{}", taken.event, taken.nth);
            let row = row(&about, &taken.noticed, taken.recorded.to_string(), own);
            changes.open(&TABLE, &cause, recorded.index, row);
        }
    }
}

/// What a clock waited for and did not get: *report to the court: 2026-02-01 has passed*.
fn passed(code: &str, due: &str) -> String {
    format!("{}: {due} has passed", waits_for(code))
}

/// Where a finding stands in the list: of what is open, what weighs most and then the oldest first; of what is closed, the
/// latest first.
fn place(index: i64, is_open: bool, weight: Weight) -> i64 {
    if !is_open {
        return index;
    }
    let weight = match weight {
        Weight::Notice => 0,
        Weight::Critical => CRITICAL_FIRST,
    };
    let oldest = OLDEST_FIRST.saturating_sub(index);
    OPEN_FIRST.saturating_add(weight).saturating_add(oldest)
}

/// A row; what was taken up or raised brings its own id and how it stands.
fn row(
    about: &About<'_>,
    noticed: &act::Finding,
    since: String,
    own: Option<(&str, &Matter)>,
) -> Vec<Value> {
    let matter = own.map(|(_, matter)| matter);
    let standing = matter.map_or(Standing::Open, |matter| matter.standing);
    let index = signed(about.index);
    let is_open = match standing {
        Standing::Open | Standing::Assigned | Standing::Reopened => true,
        Standing::Closed => false,
    };
    let weight = match noticed.weight {
        Weight::Notice => "notice",
        Weight::Critical => "critical",
    };
    let owner = matter.and_then(|matter| matter.owner.as_ref());
    let closing = matter.and_then(Matter::closing);
    vec![
        place(index, is_open, noticed.weight).into(),
        index.into(),
        i64::from(about.nth).into(),
        about.kind.into(),
        about.record.into(),
        about.happened.into(),
        noticed.code.as_str().into(),
        noticed.safeguard.clone().into(),
        weight.into(),
        noticed.said.as_str().into(),
        since.into(),
        standing.title().into(),
        own.map(|(id, _)| id.to_owned()).into(),
        matter.map(|m| m.cause.role().word().to_owned()).into(),
        owner.map(|owner| owner.to.to_string()).into(),
        owner.map(|owner| owner.office.to_string()).into(),
        closing.map(|closed| closed.disposition.to_string()).into(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_open_and_weighs_most_and_is_oldest_stands_first() {
        let (notice, critical) = (Weight::Notice, Weight::Critical);
        let wanted = [
            place(3, true, critical),
            place(900, true, critical),
            place(1, true, notice),
            place(1_000_000_000, true, notice),
            place(1_000_000_000, false, critical),
            place(2, false, critical),
        ];
        assert!(
            wanted.is_sorted_by(|before, after| before > after),
            "{wanted:?}"
        );
    }
}
