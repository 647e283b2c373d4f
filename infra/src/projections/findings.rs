//! Findings: what the register noticed, for somebody to look at.

use domain::act::Weight;

use super::changes::{Appended, Changes};
use super::signed;
use crate::record::Recorded;

static TABLE: Appended = Appended {
    table: "findings",
    columns: &[
        "generation",
        "ledger_index",
        "nth",
        "stream_type",
        "stream_id",
        "event_type",
        "code",
        "safeguard",
        "weight",
        "said",
    ],
};

/// Files the findings of an event.
pub(super) fn file(changes: &mut Changes, recorded: &Recorded) {
    for (nth, finding) in (0_i64..).zip(recorded.event.findings()) {
        let weight = match finding.weight {
            Weight::Notice => "notice",
            Weight::Critical => "critical",
        };
        changes.add(
            &TABLE,
            vec![
                signed(recorded.index).into(),
                nth.into(),
                recorded.stream_type.as_str().into(),
                recorded.stream_id.as_str().into(),
                recorded.event.name().into(),
                finding.code.as_str().into(),
                finding.safeguard.clone().into(),
                weight.into(),
                finding.said.as_str().into(),
            ],
        );
    }
}
