use super::{
    accepted, after, attended, code, court_step, day, just_now, lasting, long_ago, on, order_with,
    passes, refused, refused_at_every_door, refused_live_and_noticed, running, scheduled, terms,
    with,
};
use crate::act::{Door, Objection};
use crate::jurisdiction::OutcomeKind;
use crate::order::{
    EndRequirement, Meeting, Order, OrderCommand, OrderEvent, OrderRefusal, RecordAttendance,
    ScheduleAppointment,
};
use crate::testing::samples::midland;
use crate::values::{AppointmentNo, Enforceable, Known, Occurred, Quantity, RequirementNo};

fn appointment_on(requirement: u16, text: &str) -> impl Fn(Occurred) -> OrderCommand {
    let on = day(text);
    move |done| {
        OrderCommand::ScheduleAppointment(ScheduleAppointment {
            requirement: RequirementNo(requirement),
            on,
            at: None,
            place: None,
            enforceable: Known::NotRecorded,
            done,
        })
    }
}

fn unscheduled(text: &str, outcome: &str) -> impl Fn(Occurred) -> OrderCommand {
    let (on, outcome) = (text.parse().unwrap(), code(outcome));
    move |done| {
        OrderCommand::RecordAttendance(RecordAttendance {
            meeting: Meeting::Unscheduled {
                requirement: RequirementNo(1),
                on,
            },
            outcome: outcome.clone(),
            credit: None,
            enforceable: Known::Value(Enforceable::No),
            done,
            note: None,
        })
    }
}

/// O-7
#[test]
fn an_appointment_lies_between_the_first_day_and_the_last() {
    let order = after(running());
    passes(&order, appointment_on(1, "2026-01-05")(just_now()));
    passes(&order, appointment_on(1, "2027-01-04")(just_now()));
    let refusal = OrderRefusal::BeforeTheStart {
        on: "2026-01-04".parse().unwrap(),
        starts: "2026-01-05".parse().unwrap(),
    };
    let early = appointment_on(1, "2026-01-04");
    refused_live_and_noticed(&order, early, Objection::hard(refusal));
}

/// TR-11.1
#[test]
fn nothing_is_asked_after_the_last_day() {
    let order = after(running());
    let after_the_end = |on: &str, ends: &str| {
        Objection::hard(OrderRefusal::AfterTheEnd {
            on: on.parse().unwrap(),
            ends: ends.parse().unwrap(),
        })
    };
    let late = appointment_on(1, "2027-01-05");
    refused_live_and_noticed(&order, late, after_the_end("2027-01-05", "2027-01-04"));
    let curfew = appointment_on(2, "2026-07-05");
    refused_live_and_noticed(&order, curfew, after_the_end("2026-07-05", "2026-07-04"));
}

/// TR-11.1
#[test]
fn nothing_is_asked_after_a_requirement_or_the_order_was_ended() {
    let end = OrderCommand::EndRequirement(EndRequirement {
        requirement: RequirementNo(1),
        pronounced: on("2026-02-10"),
        reason: code("health"),
        note: None,
    });
    let refusal = Objection::hard(OrderRefusal::AfterTheEnd {
        on: "2026-02-11".parse().unwrap(),
        ends: "2026-02-10".parse().unwrap(),
    });
    let order = after(with(running(), [end]));
    let attendance = || unscheduled("2026-02-11", "complied");
    refused_live_and_noticed(&order, attendance(), refusal.clone());
    let revoked = OrderCommand::Revoke(court_step("breach", on("2026-02-10")));
    let order = after(with(running(), [revoked]));
    refused_live_and_noticed(&order, attendance(), refusal);
    passes(
        &order,
        unscheduled("2026-02-10", "absent-medical")(just_now()),
    );
}

/// O-3
#[test]
fn an_appointment_belongs_to_a_requirement_of_the_order() {
    let requirement = RequirementNo(9);
    let refusal = OrderRefusal::NoSuchRequirement { requirement };
    let wish = appointment_on(9, "2026-02-01");
    refused_at_every_door(&after(running()), wish, &refusal);
}

/// O-8, O-9
#[test]
fn an_attendance_is_recorded_with_its_credit_as_an_event_of_its_own() {
    let order = after(with(running(), [scheduled("2026-03-05")]));
    let events = accepted(&order, attended(1, "complied", Some(420), just_now()));
    assert_eq!(
        events,
        [
            OrderEvent::AttendanceRecorded {
                appointment: AppointmentNo(1),
                requirement: RequirementNo(1),
                on: "2026-03-05".parse().unwrap(),
                outcome: code("complied"),
                kind: Some(OutcomeKind::Attended),
                enforceable: Known::Value(Enforceable::Yes),
                done: just_now(),
                door: Door::Live,
                note: None,
                findings: Vec::new(),
            },
            OrderEvent::HoursCredited {
                requirement: RequirementNo(1),
                quantity: Quantity::Minutes(420),
                appointment: Some(AppointmentNo(1)),
                reason: None,
                done: just_now(),
                door: Door::Live,
                note: None,
                findings: Vec::new(),
            },
        ]
    );
}

/// O-8
#[test]
fn an_attendance_without_appointment_gets_the_next_number() {
    let history = with(
        running(),
        [
            scheduled("2026-02-10"),
            unscheduled("2026-02-03", "complied")(long_ago()),
        ],
    );
    let order = after(history);
    let appointment = &order.made().unwrap().appointments[&AppointmentNo(2)];
    assert_eq!(appointment.on, "2026-02-03".parse().unwrap());
    assert_eq!(appointment.enforceable, Known::Value(Enforceable::No));
}

/// O-8
#[test]
fn an_appointment_is_recorded_once() {
    let once = attended(1, "complied", None, on("2026-02-10"));
    let order = after(with(running(), [scheduled("2026-02-10"), once]));
    let appointment = AppointmentNo(1);
    refused_at_every_door(
        &order,
        |done| attended(1, "failed", None, done),
        &OrderRefusal::AlreadyRecorded { appointment },
    );
}

/// O-3
#[test]
fn refuses_the_attendance_at_an_appointment_that_does_not_exist() {
    let appointment = AppointmentNo(5);
    refused_at_every_door(
        &after(running()),
        |done| attended(5, "complied", None, done),
        &OrderRefusal::NoSuchAppointment { appointment },
    );
}

/// O-2
#[test]
fn refuses_the_attendance_at_an_appointment_still_to_come() {
    let order = after(with(running(), [scheduled("2026-03-06")]));
    let done = on("2026-03-06");
    refused_at_every_door(
        &order,
        |done| attended(1, "complied", None, done),
        &OrderRefusal::InTheFuture { done },
    );
}

/// O-9
#[test]
fn only_attendance_gives_credit() {
    let order = after(with(running(), [scheduled("2026-02-10")]));
    for outcome in [
        "failed",
        "absent-unacceptable",
        "absent-medical",
        "moved-service",
    ] {
        let refusal = OrderRefusal::GivesNoCredit {
            outcome: code(outcome),
            credit: Quantity::Minutes(60),
        };
        refused_live_and_noticed(
            &order,
            |done| attended(1, outcome, Some(60), done),
            Objection::hard(refusal),
        );
    }
    passes(&order, attended(1, "late-complied", Some(60), just_now()));
}

/// O-16
#[test]
fn an_outcome_is_a_code_of_the_pack() {
    let order = after(with(running(), [scheduled("2026-02-10")]));
    let refusal = OrderRefusal::UnknownCode {
        list: "outcome",
        code: code("vanished"),
        known: midland()
            .orders
            .outcomes
            .iter()
            .map(|o| o.code.clone())
            .collect(),
    };
    refused_live_and_noticed(
        &order,
        |done| attended(1, "vanished", None, done),
        Objection::hard(refusal),
    );
}

/// O-10
#[test]
fn a_credit_at_an_attendance_is_in_the_unit_of_the_requirement() {
    let order = after(with(running(), [scheduled("2026-02-10")]));
    let sessions = |done| {
        OrderCommand::RecordAttendance(RecordAttendance {
            meeting: Meeting::Scheduled(AppointmentNo(1)),
            outcome: code("complied"),
            credit: Some(Quantity::Sessions(1)),
            enforceable: Known::NotRecorded,
            done,
            note: None,
        })
    };
    let refusal = OrderRefusal::WrongUnit {
        kind: code("unpaid-work"),
        unit: "minutes",
    };
    refused_at_every_door(&order, sessions, &refusal);
}

/// O-7
#[test]
fn a_requirement_that_begins_later_asks_nothing_before() {
    let later = crate::order::Terms {
        starts: Some("2026-02-01".parse().unwrap()),
        ..lasting("curfew", "P1M")
    };
    let order = after([OrderCommand::Make(order_with([
        later,
        terms("unpaid-work"),
    ]))]);
    let refusal = OrderRefusal::BeforeTheStart {
        on: "2026-01-31".parse().unwrap(),
        starts: "2026-02-01".parse().unwrap(),
    };
    let early = appointment_on(1, "2026-01-31");
    refused_live_and_noticed(&order, early, Objection::hard(refusal));
}

/// O-17
#[test]
fn an_appointment_dated_today_without_its_hour_is_live() {
    let order = after(running());
    let wish = appointment_on(1, "2026-01-04")(on("2026-03-05"));
    let refusal = OrderRefusal::BeforeTheStart {
        on: "2026-01-04".parse().unwrap(),
        starts: "2026-01-05".parse().unwrap(),
    };
    refused(&order, wish, &refusal);
}

/// O-17
#[test]
fn nothing_is_recorded_of_an_order_that_was_not_made() {
    let refusal = OrderRefusal::NotPossible {
        state: "not recorded",
        wish: "recording an attendance",
    };
    refused_at_every_door(
        &Order::Unmade,
        |done| attended(1, "complied", None, done),
        &refusal,
    );
    let made = after(with(running(), [scheduled("2026-03-02")]));
    passes(&made, attended(1, "complied", Some(0), just_now()));
}

/// O-2
#[test]
fn what_came_of_an_appointment_is_recorded_from_its_hour_on() {
    let at = |hour: &str| {
        let OrderCommand::ScheduleAppointment(today) = scheduled("2026-03-05") else {
            panic!("an appointment is scheduled");
        };
        let wish = OrderCommand::ScheduleAppointment(ScheduleAppointment {
            at: Some(hour.parse().unwrap()),
            ..today
        });
        after(with(running(), [wish]))
    };
    // It is ten o'clock of 5 March.
    passes(&at("10:00"), attended(1, "complied", Some(0), just_now()));
    let missed = |done| attended(1, "absent-unacceptable", None, done);
    let expected = OrderRefusal::BeforeItsHour {
        appointment: AppointmentNo(1),
        on: day("2026-03-05"),
        at: "10:01".parse().unwrap(),
    };
    refused_at_every_door(&at("10:01"), missed, &expected);
    let said = expected.to_string();
    assert!(said.contains("from 10:01 on 2026-03-05"), "{said}");
    // That it was moved to another day is known before.
    passes(&at("17:00"), attended(1, "moved-service", None, just_now()));
}

/// O-2
#[test]
fn what_is_moved_or_excused_in_advance_is_recorded_before_its_day() {
    let order = after(with(running(), [scheduled("2026-03-12")]));
    for outcome in ["moved-service", "absent-medical"] {
        passes(&order, attended(1, outcome, None, just_now()));
    }
    let missed = |done| attended(1, "absent-unacceptable", None, done);
    let refusal = OrderRefusal::InTheFuture {
        done: on("2026-03-12"),
    };
    refused_at_every_door(&order, missed, &refusal);
}

/// O-9
#[test]
fn an_act_says_how_much_is_credited_or_that_nothing_is() {
    let order = after(with(running(), [scheduled("2026-03-04")]));
    passes(&order, attended(1, "complied", Some(60), just_now()));
    passes(&order, attended(1, "complied", Some(0), just_now()));
    passes(&order, attended(1, "absent-medical", None, just_now()));
    let refusal = OrderRefusal::CreditUnsaid {
        outcome: code("complied"),
        unit: "minutes",
    };
    let unsaid = attended(1, "complied", None, just_now());
    refused(&order, unsaid, &refusal);
    // An old file may not say it.
    passes(&order, attended(1, "complied", None, on("2026-03-04")));
}

#[test]
fn a_time_of_day_has_hours_and_minutes() {
    use crate::order::ClockTime;
    assert_eq!("09:05".parse::<ClockTime>().unwrap().to_string(), "09:05");
    for text in ["9:05", "24:00", "12:60", "1200", "12:0", "ab:cd", ""] {
        assert!(text.parse::<ClockTime>().is_err(), "{text}");
    }
}
