use super::{
    accepted, after, attended, code, crediting, just_now, lasting, long_ago, on, order_with,
    passes, refused_at_every_door, refused_live_and_noticed, running, scheduled, with,
};
use crate::act::Objection;
use crate::order::{CreditHours, EndRequirement, OrderCommand, OrderRefusal, ReverseHours};
use crate::testing::samples::known;
use crate::values::{AppointmentNo, Occurred, Quantity, RequirementNo, Unit};

fn reversing(minutes: u32, appointment: Option<u16>) -> impl Fn(Occurred) -> OrderCommand {
    move |done| {
        OrderCommand::ReverseHours(ReverseHours {
            requirement: RequirementNo(1),
            quantity: Quantity::Minutes(minutes),
            appointment: appointment.map(AppointmentNo),
            reason: code("correction"),
            done,
            note: None,
        })
    }
}

fn credited(commands: Vec<OrderCommand>) -> u32 {
    let order = after(commands);
    order.made().unwrap().requirements[&RequirementNo(1)].credited_in(Unit::Minutes)
}

/// O-10, O-11
#[test]
fn credits_add_up_and_are_reversed() {
    let history = with(
        running(),
        [
            crediting(420, long_ago()),
            crediting(60, just_now()),
            reversing(30, None)(just_now()),
        ],
    );
    assert_eq!(credited(history), 450);
}

/// O-10
#[test]
fn refuses_a_credit_of_nothing() {
    let order = after(running());
    refused_at_every_door(&order, |done| crediting(0, done), &OrderRefusal::CreditZero);
    refused_at_every_door(&order, reversing(0, None), &OrderRefusal::CreditZero);
}

/// O-6, O-10
#[test]
fn a_credit_is_in_the_unit_of_its_requirement() {
    let credit = |requirement, quantity| {
        move |done| {
            OrderCommand::CreditHours(CreditHours {
                requirement: RequirementNo(requirement),
                quantity,
                reason: code("work-done"),
                done,
                note: None,
            })
        }
    };
    let order = after(running());
    let wrong = OrderRefusal::WrongUnit {
        kind: code("unpaid-work"),
        unit: "minutes",
    };
    refused_at_every_door(&order, credit(1, Quantity::Days(1)), &wrong);
    let kind = code("curfew");
    let uncounted = OrderRefusal::NotCounted { kind };
    refused_at_every_door(&order, credit(2, Quantity::Days(1)), &uncounted);
    let requirement = RequirementNo(3);
    let unknown = OrderRefusal::NoSuchRequirement { requirement };
    refused_at_every_door(&order, credit(3, Quantity::Minutes(1)), &unknown);
}

/// O-10
#[test]
fn a_kind_that_the_pack_does_not_know_is_counted_as_it_was_first() {
    let history = [OrderCommand::Make(order_with([lasting("penance", "P1M")]))];
    let history = with(history.to_vec(), [crediting(60, long_ago())]);
    let order = after(history);
    passes(&order, crediting(60, just_now()));
    let days = |done| {
        OrderCommand::CreditHours(CreditHours {
            requirement: RequirementNo(1),
            quantity: Quantity::Days(1),
            reason: code("work-done"),
            done,
            note: None,
        })
    };
    let kind = code("penance");
    let unit = "minutes";
    refused_at_every_door(&order, days, &OrderRefusal::WrongUnit { kind, unit });
}

/// O-10
#[test]
fn one_entry_credits_no_more_than_the_ceiling() {
    let order = after(running());
    passes(&order, crediting(600, just_now()));
    let refusal = OrderRefusal::AboveCeiling {
        credit: Quantity::Minutes(601),
        most: Quantity::Minutes(600),
    };
    refused_live_and_noticed(
        &order,
        |done| crediting(601, done),
        Objection::hard(refusal),
    );
}

/// O-10
#[test]
fn no_more_is_credited_than_is_owed() {
    let entries = std::iter::repeat_n(crediting(590, long_ago()), 10);
    let order = after(with(running(), entries));
    passes(&order, crediting(100, just_now()));
    let refusal = OrderRefusal::MoreThanOwed {
        requirement: RequirementNo(1),
        credit: Quantity::Minutes(101),
        owed: Quantity::Minutes(100),
    };
    refused_live_and_noticed(
        &order,
        |done| crediting(101, done),
        Objection::hard(refusal),
    );
}

/// O-10
#[test]
fn over_crediting_by_an_attendance_is_refused_with_the_whole_of_it() {
    let entries = std::iter::repeat_n(crediting(600, long_ago()), 10);
    let order = after(with(with(running(), [scheduled("2026-02-10")]), entries));
    let refusal = OrderRefusal::MoreThanOwed {
        requirement: RequirementNo(1),
        credit: Quantity::Minutes(60),
        owed: Quantity::Minutes(0),
    };
    refused_live_and_noticed(
        &order,
        |done| attended(1, "complied", Some(60), done),
        Objection::hard(refusal),
    );
    let events = accepted(&order, attended(1, "complied", Some(60), long_ago()));
    assert_eq!(events.len(), 2);
}

/// O-11
#[test]
fn no_more_is_reversed_than_is_credited() {
    let order = after(with(running(), [crediting(120, long_ago())]));
    passes(&order, reversing(120, None)(just_now()));
    let refusal = OrderRefusal::MoreThanCredited {
        quantity: Quantity::Minutes(121),
        credited: Quantity::Minutes(120),
    };
    refused_at_every_door(&order, reversing(121, None), &refusal);
}

/// O-11
#[test]
fn no_more_is_reversed_of_an_appointment_than_was_credited_for_it() {
    let history = [
        scheduled("2026-02-10"),
        attended(1, "complied", Some(60), on("2026-02-10")),
        crediting(300, long_ago()),
    ];
    let order = after(with(running(), history));
    passes(&order, reversing(60, Some(1))(just_now()));
    let refusal = OrderRefusal::MoreThanCredited {
        quantity: Quantity::Minutes(61),
        credited: Quantity::Minutes(60),
    };
    refused_at_every_door(&order, reversing(61, Some(1)), &refusal);
    let appointment = AppointmentNo(2);
    let unknown = OrderRefusal::NoSuchAppointment { appointment };
    refused_at_every_door(&order, reversing(60, Some(2)), &unknown);
}

/// O-3
#[test]
fn nothing_is_credited_to_a_requirement_that_was_ended() {
    let end = OrderCommand::EndRequirement(EndRequirement {
        requirement: RequirementNo(1),
        pronounced: on("2026-02-10"),
        reason: code("health"),
        note: None,
    });
    let order = after(with(running(), [end]));
    let requirement = RequirementNo(1);
    refused_at_every_door(
        &order,
        |done| crediting(60, done),
        &OrderRefusal::RequirementEnded { requirement },
    );
}

/// O-16
#[test]
fn a_credit_and_a_reversal_give_a_reason_of_the_pack() {
    let order = after(with(running(), [crediting(120, long_ago())]));
    let refusal = || {
        Objection::hard(OrderRefusal::UnknownCode {
            list: "reason",
            code: code("favour"),
            known: known(|law| &law.orders.credit_reasons),
        })
    };
    let credit = |done| {
        OrderCommand::CreditHours(CreditHours {
            requirement: RequirementNo(1),
            quantity: Quantity::Minutes(60),
            reason: code("favour"),
            done,
            note: None,
        })
    };
    refused_live_and_noticed(&order, credit, refusal());
    let reversal = |done| {
        OrderCommand::ReverseHours(ReverseHours {
            requirement: RequirementNo(1),
            quantity: Quantity::Minutes(60),
            appointment: None,
            reason: code("favour"),
            done,
            note: None,
        })
    };
    refused_live_and_noticed(&order, reversal, refusal());
}

/// O-10
#[test]
fn credits_beyond_any_quantity_are_still_added_up() {
    let make = OrderCommand::Make(order_with([lasting("penance", "P1M")]));
    let most = || crediting(u32::MAX, long_ago());
    let history = vec![make, most(), most(), reversing(u32::MAX, None)(long_ago())];
    assert_eq!(credited(history.clone()), u32::MAX);
    let all = with(history, [reversing(u32::MAX, None)(long_ago())]);
    assert_eq!(credited(all), 0);
}
