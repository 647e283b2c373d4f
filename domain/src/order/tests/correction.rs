use super::{
    accepted, after, attended, code, correcting, facts, just_now, long_ago, on,
    refused_at_every_door, refused_live_and_noticed, running, said, scheduled, two_failures, with,
};
use crate::act::Objection;
use crate::order::{
    Account, AllegeBreach, Becomes, BreachStep, BreachTouched, Consequences, CorrectAttendance,
    CreditMoved, Explanation, ExplanationForm, IssueWarning, NotProvenGround, Order, OrderCommand,
    OrderEvent, OrderRefusal, ProveBreach, Then, WarningKind, WarningTouched,
};
use crate::stream::StreamEvent;
use crate::testing::samples::known;
use crate::values::{
    AppointmentNo, BreachNo, Enforceable, Known, Occurred, Quantity, RequirementNo, Told, Unit,
    WarningNo,
};

fn warning(appointments: &[u16], kind: WarningKind) -> OrderCommand {
    OrderCommand::IssueWarning(IssueWarning {
        appointments: appointments.iter().map(|no| AppointmentNo(*no)).collect(),
        kind,
        done: on("2026-01-20"),
        note: None,
    })
}

fn allegation(appointments: &[u16]) -> OrderCommand {
    allegation_of(&[], appointments)
}

fn allegation_of(requirements: &[u16], appointments: &[u16]) -> OrderCommand {
    OrderCommand::AllegeBreach(AllegeBreach {
        requirements: requirements.iter().map(|no| RequirementNo(*no)).collect(),
        appointments: appointments.iter().map(|no| AppointmentNo(*no)).collect(),
        alleged: on("2026-02-02"),
        explained: Known::Value(Explanation {
            on: "2026-01-05".parse().unwrap(),
            form: ExplanationForm::OralAndWritten,
        }),
        statement: None,
    })
}

fn proof() -> OrderCommand {
    OrderCommand::ProveBreach(ProveBreach {
        breach: BreachNo(1),
        pronounced: on("2026-02-16"),
        officer_account: Known::Value(Account::Given),
        person_account: Known::Value(Account::Given),
        explained: Known::NotRecorded,
        responses: vec![code("warning")],
        alternatives_considered: Vec::new(),
        appeal_told: Known::Value(Told::Yes),
        note: None,
    })
}

/// The correction with everything that hangs on it, as a page would show it.
fn shown(order: &Order, wish: CorrectAttendance) -> CorrectAttendance {
    let becomes = Becomes::by(&wish, &facts().law);
    CorrectAttendance {
        consequences: order.consequences(wish.appointment, &becomes),
        ..wish
    }
}

fn names(events: &[OrderEvent]) -> Vec<&'static str> {
    events.iter().map(StreamEvent::name).collect()
}

/// Whatever the correction lists, and nothing else.
#[track_caller]
fn carried_out(order: &Order, wish: CorrectAttendance) -> Vec<OrderEvent> {
    accepted(order, OrderCommand::CorrectAttendance(shown(order, wish)))
}

/// O-12
#[test]
fn an_acceptable_reason_withdraws_the_warning_that_hung_on_the_failure() {
    let history = with(two_failures(), [warning(&[1], WarningKind::First)]);
    let order = after(history);
    let wish = shown(&order, correcting(1, "absent-medical", just_now()));
    let touched = WarningTouched {
        warning: WarningNo(1),
        then: Then::Withdrawn,
    };
    assert_eq!(wish.consequences.warnings, [touched]);
    let events = accepted(&order, OrderCommand::CorrectAttendance(wish));
    assert_eq!(
        names(&events),
        ["order.attendance_corrected", "order.warning_withdrawn"]
    );
    let order = events.iter().fold(order, crate::stream::Stream::evolve);
    assert_eq!(order.made().unwrap().open_warnings().count(), 0);
}

/// O-12
#[test]
fn a_warning_for_two_failures_stands_on_the_other() {
    let history = with(two_failures(), [warning(&[1, 2], WarningKind::Final)]);
    let order = after(history);
    let wish = shown(&order, correcting(1, "absent-medical", just_now()));
    assert_eq!(
        wish.consequences.warnings.first().unwrap().then,
        Then::Stands
    );
    let events = accepted(&order, OrderCommand::CorrectAttendance(wish));
    assert_eq!(names(&events), ["order.attendance_corrected"]);
}

/// O-12
#[test]
fn an_allegation_that_rests_on_no_failure_any_more_is_withdrawn() {
    let order = after(with(two_failures(), [allegation(&[1, 2])]));
    let first = shown(&order, correcting(1, "absent-medical", just_now()));
    let breach = BreachNo(1);
    let then = Then::Stands;
    assert_eq!(
        first.consequences.breaches,
        [BreachTouched { breach, then }]
    );
    let order = after(with(
        two_failures(),
        [allegation(&[1, 2]), OrderCommand::CorrectAttendance(first)],
    ));
    let events = carried_out(&order, correcting(2, "absent-court", just_now()));
    assert_eq!(
        names(&events),
        ["order.attendance_corrected", "order.breach_not_proven"]
    );
    let order = events.iter().fold(order, crate::stream::Stream::evolve);
    let breach = &order.made().unwrap().breaches[&BreachNo(1)];
    assert_eq!(breach.step.title(), "withdrawn");
    let BreachStep::NotProven { ground, .. } = &breach.step else {
        panic!("{:?}", breach.step);
    };
    let expected = NotProvenGround::FailureCorrected {
        appointment: AppointmentNo(2),
        reason: code("evidence-accepted"),
    };
    assert_eq!(ground, &expected);
}

/// O-12
#[test]
fn an_allegation_that_rests_on_a_requirement_too_stands_without_the_appointment() {
    let order = after(with(two_failures(), [allegation_of(&[1], &[1])]));
    let wish = shown(&order, correcting(1, "absent-medical", just_now()));
    let breach = BreachNo(1);
    let then = Then::Stands;
    assert_eq!(wish.consequences.breaches, [BreachTouched { breach, then }]);
    let events = accepted(&order, OrderCommand::CorrectAttendance(wish));
    assert_eq!(names(&events), ["order.attendance_corrected"]);
    let order = events.iter().fold(order, crate::stream::Stream::evolve);
    let made = order.made().unwrap();
    let breach = &made.breaches[&breach];
    assert_eq!(breach.step, BreachStep::Alleged);
    assert_eq!(breach.requirements, [RequirementNo(1)]);
    assert_eq!(made.failures_of(breach), []);
}

/// O-12
#[test]
fn a_decided_breach_goes_on_naming_what_it_was_decided_on() {
    let order = after(with(two_failures(), [allegation(&[1, 2]), proof()]));
    let events = carried_out(&order, correcting(1, "absent-medical", just_now()));
    let order = events.iter().fold(order, crate::stream::Stream::evolve);
    let made = order.made().unwrap();
    let failures = made.failures_of(&made.breaches[&BreachNo(1)]);
    assert_eq!(failures, [AppointmentNo(1), AppointmentNo(2)]);
}

/// O-12
#[test]
fn a_proven_breach_is_left_to_the_court_and_noticed() {
    let order = after(with(two_failures(), [allegation(&[1, 2]), proof()]));
    let events = carried_out(&order, correcting(1, "absent-medical", just_now()));
    assert_eq!(names(&events), ["order.attendance_corrected"]);
    let refusal = OrderRefusal::RestsOnCorrected {
        breach: BreachNo(1),
        appointment: AppointmentNo(1),
    };
    assert_eq!(super::found(&events), said(Objection::notice(refusal)));
}

/// O-12
#[test]
fn a_reversed_attendance_reverses_its_credit() {
    let history = [
        scheduled("2026-02-10"),
        attended(1, "complied", Some(420), on("2026-02-10")),
    ];
    let order = after(with(running(), history));
    let wish = shown(&order, correcting(1, "absent-unacceptable", just_now()));
    let moved = CreditMoved {
        requirement: RequirementNo(1),
        quantity: Quantity::Minutes(420),
    };
    assert_eq!(wish.consequences.reversed, Some(moved));
    let events = accepted(&order, OrderCommand::CorrectAttendance(wish));
    assert_eq!(
        names(&events),
        ["order.attendance_corrected", "order.hours_reversed"]
    );
    let order = events.iter().fold(order, crate::stream::Stream::evolve);
    let requirement = &order.made().unwrap().requirements[&RequirementNo(1)];
    assert_eq!(requirement.credited_in(Unit::Minutes), 0);
}

/// O-10, O-12
#[test]
fn a_corrected_credit_is_reversed_and_given_anew_and_no_more_than_is_owed() {
    let history = [
        scheduled("2026-02-10"),
        attended(1, "complied", Some(420), on("2026-02-10")),
    ];
    let entries = std::iter::repeat_n(super::crediting(558, long_ago()), 10);
    let order = after(with(with(running(), history), entries));
    let to = |minutes| CorrectAttendance {
        credit: Some(Quantity::Minutes(minutes)),
        ..correcting(1, "complied", just_now())
    };
    let events = carried_out(&order, to(300));
    assert_eq!(
        names(&events),
        [
            "order.attendance_corrected",
            "order.hours_reversed",
            "order.hours_credited"
        ]
    );
    let refusal = OrderRefusal::MoreThanOwed {
        requirement: RequirementNo(1),
        credit: Quantity::Minutes(421),
        owed: Quantity::Minutes(420),
    };
    let at = |done| {
        let wish = CorrectAttendance { done, ..to(421) };
        OrderCommand::CorrectAttendance(shown(&order, wish))
    };
    refused_live_and_noticed(&order, at, Objection::hard(refusal));
}

/// O-11, O-12
#[test]
fn a_credit_already_reversed_by_hand_is_not_reversed_twice() {
    let reversal = crate::order::ReverseHours {
        requirement: RequirementNo(1),
        quantity: Quantity::Minutes(400),
        appointment: None,
        reason: code("correction"),
        done: long_ago(),
        note: None,
    };
    let history = [
        scheduled("2026-02-10"),
        attended(1, "complied", Some(420), on("2026-02-10")),
        OrderCommand::ReverseHours(reversal),
    ];
    let order = after(with(running(), history));
    let wish = shown(&order, correcting(1, "absent-unacceptable", just_now()));
    let quantity = wish.consequences.reversed.unwrap().quantity;
    assert_eq!(quantity, Quantity::Minutes(20));
}

/// O-12
#[test]
fn refuses_a_correction_that_lists_something_else() {
    let order = after(with(two_failures(), [warning(&[1], WarningKind::First)]));
    let appointment = AppointmentNo(1);
    refused_at_every_door(
        &order,
        |done| OrderCommand::CorrectAttendance(correcting(1, "absent-medical", done)),
        &OrderRefusal::ConsequencesDiffer { appointment },
    );
}

/// O-12
#[test]
fn taking_the_enforceable_mark_away_excuses_too() {
    let order = after(with(two_failures(), [warning(&[1], WarningKind::First)]));
    let wish = CorrectAttendance {
        enforceable: Known::Value(Enforceable::No),
        ..correcting(1, "absent-unacceptable", just_now())
    };
    let events = carried_out(&order, wish);
    assert_eq!(
        names(&events),
        ["order.attendance_corrected", "order.warning_withdrawn"]
    );
}

/// O-8
#[test]
fn a_correction_needs_something_recorded_and_changes_it() {
    let order = after(with(
        running(),
        [
            scheduled("2026-02-10"),
            scheduled("2026-02-17"),
            attended(1, "absent-medical", None, on("2026-02-10")),
        ],
    ));
    let correction = |no: u16, outcome: &'static str| {
        move |done: Occurred| OrderCommand::CorrectAttendance(correcting(no, outcome, done))
    };
    let same = correction(1, "absent-medical");
    refused_at_every_door(&order, same, &OrderRefusal::ChangesNothing);
    let appointment = AppointmentNo(2);
    let early = OrderRefusal::NotYetRecorded { appointment };
    refused_at_every_door(&order, correction(2, "complied"), &early);
    let appointment = AppointmentNo(3);
    let unknown = OrderRefusal::NoSuchAppointment { appointment };
    refused_at_every_door(&order, correction(3, "complied"), &unknown);
    super::passes(&order, correction(1, "complied")(just_now()));
}

/// O-16
#[test]
fn a_correction_gives_a_reason_of_the_pack() {
    let order = after(two_failures());
    let wish = |done| {
        OrderCommand::CorrectAttendance(CorrectAttendance {
            reason: code("mercy"),
            ..correcting(1, "absent-medical", done)
        })
    };
    let refusal = OrderRefusal::UnknownCode {
        list: "reason",
        code: code("mercy"),
        known: known(|law| &law.orders.correction_reasons),
    };
    refused_live_and_noticed(&order, wish, Objection::hard(refusal));
}

/// O-12
#[test]
fn nothing_hangs_on_an_appointment_that_is_not_there() {
    let becomes = Becomes {
        kind: None,
        enforceable: Known::NotRecorded,
        credit: Some(Quantity::Minutes(60)),
    };
    let none = after(two_failures()).consequences(AppointmentNo(9), &becomes);
    assert_eq!(none, Consequences::default());
    assert!(
        Order::Unmade
            .consequences(AppointmentNo(1), &becomes)
            .is_empty()
    );
}

/// O-12
#[test]
fn an_attendance_is_corrected_after_the_order_was_revoked() {
    let revoked = OrderCommand::Revoke(super::court_step("breach", on("2026-02-20")));
    let order = after(with(two_failures(), [revoked]));
    let events = carried_out(&order, correcting(1, "absent-medical", just_now()));
    assert_eq!(names(&events), ["order.attendance_corrected"]);
}
