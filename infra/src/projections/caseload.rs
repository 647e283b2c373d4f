//! The caseload: every supervision with its officer, level and clocks.

use domain::supervision::{Started, Supervision, SupervisionCause, SupervisionStanding};
use serde_json::json;

use super::changes::{Changes, Versioned};
use super::order_ledger::number;
use super::signed;
use crate::record::Recorded;

static TABLE: Versioned = Versioned {
    table: "caseload",
    key: "supervision_id",
    columns: &[
        "generation",
        "supervision_id",
        "from_index",
        "to_index",
        "first_index",
        "person_id",
        "cause",
        "jurisdiction",
        "office",
        "officer",
        "level",
        "state",
        "starts",
        "ends",
        "next_review",
        "last_contact",
        "recall_open",
        "findings",
        "programmes",
    ],
};

/// Files the state of a supervision after an event.
pub(super) fn file(changes: &mut Changes, recorded: &Recorded, state: &Supervision, first: u64) {
    let Some(started) = state.started() else {
        return;
    };
    let cause = match started.cause {
        SupervisionCause::Order(id) => format!("order/{id}"),
        SupervisionCause::Sentence(id) => format!("sentence/{id}"),
    };
    let row = vec![
        signed(first).into(),
        started.person.to_string().into(),
        cause.into(),
        recorded.jurisdiction().into(),
        started.office.as_str().into(),
        started
            .officer
            .as_ref()
            .map(|o| o.subject.to_string())
            .into(),
        started.level.as_ref().map(ToString::to_string).into(),
        started.standing.title().into(),
        started.starts.to_string().into(),
        started.expected_end.map(|d| d.to_string()).into(),
        started
            .next_review
            .filter(|_| started.standing == SupervisionStanding::InForce)
            .map(|d| d.to_string())
            .into(),
        started
            .last_contact()
            .map(|(_, contact)| contact.on.to_string())
            .into(),
        number(usize::from(started.open_recall().is_some())),
        number(started.findings.len()),
        programmes(started).into(),
    ];
    changes.put(&TABLE, recorded, row);
}

/// The programmes that the person was referred to, each as far as it has come.
fn programmes(started: &Started) -> String {
    let told = started.programmes.iter().map(|(no, programme)| {
        json!({
            "no": no.0,
            "programme": programme.programme,
            "referred": programme.referred,
            "step": programme.step.title(),
            "before": programme.before,
            "after": programme.after,
        })
    });
    json!(told.collect::<Vec<_>>()).to_string()
}
