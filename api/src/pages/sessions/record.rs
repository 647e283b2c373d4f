//! Recording a session: one command a person, and a report on each.

use std::collections::BTreeSet;

use axum::response::{IntoResponse, Response};
use domain::act::Refusal;
use domain::jurisdiction::Pack;
use domain::order::{Meeting, Order, OrderCommand, OrderRefusal, RecordAttendance};
use domain::values::{AppointmentNo, Code, Instant, Known, Occurred, Quantity, Unit};
use infra::registry::{CommandError, Options, Receipt};

use super::group::Group;
use super::sheet::{Sheet, Wanted, WrongRow};
use crate::pages::casework::{hours, refused, whole};
use crate::pages::page::{Page, PageError, Typed, Visitor};
use crate::pages::query::Query;
use crate::pages::{done, laws};

const RECORDED_BEFORE: &str =
    "an outcome was recorded before, and stands: change it where it is shown";

/// Records what the rows say. When every row is recorded, leads to the sheet with its confirmation.
pub(super) async fn post(
    Query(wanted): Query<Wanted>,
    visitor: Visitor,
    typed: Typed,
) -> Result<Response, PageError> {
    let law = laws::in_force(&visitor.app).await?;
    let group = wanted.group()?;
    let rows: BTreeSet<&str> = typed.all("row").collect();
    let (mut receipts, mut wrong) = (Vec::new(), Vec::new());
    for row in rows {
        if typed.get(&format!("outcome-{row}")).is_none() {
            continue;
        }
        match one(&visitor, &law, &group, row, &typed).await? {
            Ok(receipt) => receipts.push(receipt),
            Err(said) => wrong.push(said),
        }
    }
    let nothing = receipts.is_empty() && wrong.is_empty();
    let from = receipts.iter().map(|r| r.indexes.start).min();
    let last = receipts.iter().max_by_key(|r| r.indexes.end);
    if let (Some(from), Some(last), true) = (from, last, wrong.is_empty()) {
        let to = last.indexes.end.saturating_sub(1);
        let address = format!("{}&recorded={from}-{to}", group.address());
        return Ok(done::then(&visitor.app, last, &address)
            .await
            .into_response());
    }
    if let Some(last) = last {
        done::filed(&visitor.app, last).await;
    }
    let sheet = Sheet::of(&visitor, &law, &group, &typed).await?;
    Ok(again(&sheet, receipts.len(), wrong, nothing).into_response())
}

/// The sheet again, with what was not recorded and why.
fn again(sheet: &Sheet<'_>, recorded: usize, wrong: Vec<WrongRow>, nothing: bool) -> Page {
    if nothing {
        let said = "Say what came of at least one person".to_owned();
        let row = String::new();
        let nobody = WrongRow {
            row,
            at_amount: false,
            said,
        };
        return sheet.page(None, vec![nobody], None);
    }
    let report = match (recorded, wrong.len()) {
        (0, _) => "Nothing was recorded yet.".to_owned(),
        (1, _) => "One outcome was recorded. What is marked below was not.".to_owned(),
        (several, _) => format!("{several} outcomes were recorded. What is marked below was not."),
    };
    let named = wrong.into_iter().map(|wrong| WrongRow {
        said: match sheet.who(&wrong.row) {
            Some(who) => format!("{who}: {}", wrong.said),
            None => wrong.said,
        },
        ..wrong
    });
    sheet.page(None, named.collect(), Some(report))
}

/// Records one row; or says what is wrong with it.
async fn one(
    visitor: &Visitor,
    law: &Pack,
    group: &Group,
    row: &str,
    typed: &Typed,
) -> Result<Result<Receipt, WrongRow>, PageError> {
    let wrong = |at_amount, said: String| WrongRow {
        row: row.to_owned(),
        at_amount,
        said,
    };
    let Some((order, number)) = parts(row) else {
        return Ok(Err(wrong(
            false,
            format!("{row:?} is no row of this sheet: open it again"),
        )));
    };
    let said = typed.get(&format!("outcome-{row}")).unwrap_or_default();
    let Ok(outcome) = Code::parse(said) else {
        return Ok(Err(wrong(false, "Choose one of the outcomes".to_owned())));
    };
    let credit = match credit(law, group, row, &outcome, typed) {
        Ok(credit) => credit,
        Err(said) => return Ok(Err(wrong(true, said))),
    };
    let now = Instant::from_micros(visitor.app.registry.clock().now_us());
    let options = Options {
        key: typed.get("idempotency_key").map(|key| {
            let request = format!("{row} {outcome} {credit:?}");
            (format!("{key}/{row}"), request.into_bytes())
        }),
        ..Options::default()
    };
    let command = OrderCommand::RecordAttendance(RecordAttendance {
        meeting: Meeting::Scheduled(number),
        outcome,
        credit,
        enforceable: Known::NotRecorded,
        done: Occurred::At(now),
        note: None,
    });
    let registry = &visitor.app.registry;
    match registry
        .command::<Order>(&visitor.call, order, command, options)
        .await
    {
        Ok(receipt) => Ok(Ok(receipt)),
        Err(
            CommandError::Refused(OrderRefusal::AlreadyRecorded { .. }) | CommandError::KeyReused,
        ) => Ok(Err(wrong(false, RECORDED_BEFORE.to_owned()))),
        Err(CommandError::Refused(refusal)) => {
            let at_amount = matches!(refusal.field().as_str(), "credit" | "quantity");
            Ok(Err(wrong(at_amount, refused(&refusal).1)))
        }
        Err(CommandError::Conflict { .. }) => Ok(Err(wrong(
            false,
            "was changed at the same moment: send it again".to_owned(),
        ))),
        Err(other) => Err(other.into()),
    }
}

/// The order and the appointment of a row.
fn parts(row: &str) -> Option<(&str, AppointmentNo)> {
    let (order, number) = row.rsplit_once('-')?;
    Some((order, number.parse().ok()?))
}

/// What is credited for a row: what the row says, else what everybody gets who came. Somebody who came gets something,
/// or a nought that somebody wrote.
fn credit(
    law: &Pack,
    group: &Group,
    row: &str,
    outcome: &Code,
    typed: &Typed,
) -> Result<Option<Quantity>, String> {
    let Some(unit) = group.unit(law) else {
        return Ok(None);
    };
    let came = law
        .orders
        .outcome(outcome)
        .is_some_and(|o| o.kind.gives_credit());
    let own = typed.get(&format!("amount-{row}"));
    let text = own.or(typed.get("amount").filter(|_| came));
    let Some(text) = text else {
        let what = match unit {
            Unit::Minutes => "hours",
            Unit::Days => "days",
            Unit::Sessions => "sessions",
        };
        let said = format!("enter the {what}, or 0 where nothing is credited");
        return if came { Err(said) } else { Ok(None) };
    };
    let amount = match unit {
        Unit::Minutes => hours(text)?,
        Unit::Days | Unit::Sessions => whole(text)?,
    };
    Ok((amount > 0 || came).then(|| Quantity::of(amount, unit)))
}
