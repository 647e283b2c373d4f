//! Who was held where, and on which decision: a row for each place of a stay.

use domain::custody::{Custody, CustodyEvent, Stay};
use domain::jurisdiction::Pack;
use domain::record::AnyEvent;
use domain::values::Known;

use super::changes::{Changes, Versioned};
use crate::record::Recorded;
use crate::store::database::Value;

static TABLE: Versioned = Versioned {
    table: "stays",
    key: "stay_id",
    columns: &[
        "generation",
        "stay_id",
        "from_index",
        "to_index",
        "custody_id",
        "person_id",
        "jurisdiction",
        "facility",
        "from_day",
        "left_day",
        "until_day",
        "sentence_id",
        "held_since",
        "age",
        "goes_on",
    ],
};

/// Files the places of a stay that an event touches.
pub(super) fn file(
    changes: &mut Changes,
    recorded: &Recorded,
    custody: &Custody,
    law: Option<&Pack>,
) {
    let (AnyEvent::Custody(event), Some(stay), Some(law)) = (&recorded.event, custody.begun(), law)
    else {
        return;
    };
    let last = stay.places.len();
    for number in touched(event, last) {
        let Some(row) = row(recorded, stay, number, law) else {
            continue;
        };
        let key = format!("{}/{number}", recorded.stream_id);
        let begins = matches!(
            event,
            CustodyEvent::Admitted(_)
                | CustodyEvent::IrregularHoldingRecorded(_)
                | CustodyEvent::ProtectiveCustodyStarted(_)
                | CustodyEvent::Transferred(_)
        );
        if begins && number == last {
            changes.begin(&TABLE, &key, recorded.index, row);
        } else {
            changes.open(&TABLE, &key, recorded.index, row);
        }
    }
}

/// The places, by number from 1, whose row an event changes.
fn touched(event: &CustodyEvent, last: usize) -> Vec<usize> {
    match event {
        CustodyEvent::Transferred(_) => vec![last.saturating_sub(1), last],
        CustodyEvent::Admitted(_)
        | CustodyEvent::IrregularHoldingRecorded(_)
        | CustodyEvent::ProtectiveCustodyStarted(_)
        | CustodyEvent::Regularised(_)
        | CustodyEvent::Continued(_)
        | CustodyEvent::ProtectionWithdrawn(_)
        | CustodyEvent::Released(_) => vec![last],
        CustodyEvent::Classified(_)
        | CustodyEvent::Isolated(_)
        | CustodyEvent::IsolationEnded(_)
        | CustodyEvent::ChildPlaced(_)
        | CustodyEvent::ChildSeparated(_)
        | CustodyEvent::ContactRecorded(_)
        | CustodyEvent::AnswersRecorded(_)
        | CustodyEvent::BasisFell(_) => Vec::new(),
    }
}

fn row(recorded: &Recorded, stay: &Stay, number: usize, law: &Pack) -> Option<Vec<Value>> {
    let at = stay.places.get(number.checked_sub(1)?)?;
    let next = stay.places.get(number);
    let day = |done| law.date(done).latest().map(|day| day.to_string());
    let released = stay.released.as_ref().map(|released| released.released);
    let left = next.map(|next| next.from).or(released);
    let (sentence, since) = stay.sentence().unzip();
    let age = match stay.reception.age {
        Known::Value(age) => Some(Value::Int(i64::from(age))),
        Known::NotRecorded | Known::NotAsked | Known::Declined => None,
    };
    Some(vec![
        recorded.stream_id.as_str().into(),
        stay.person.to_string().into(),
        recorded.jurisdiction().into(),
        at.facility.as_str().into(),
        day(at.from).into(),
        left.and_then(day).into(),
        stay.until().map(|day| day.to_string()).into(),
        sentence.map(|sentence| sentence.to_string()).into(),
        since.map(|since| since.to_string()).into(),
        age.unwrap_or(Value::Null),
        Value::Int(i64::from(left.is_none())),
    ])
}
