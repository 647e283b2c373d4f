use super::{
    accepted, after, code, court_step, crediting, found, just_now, lasting, long_ago, on,
    only_noticed, order_with, passes, refused, refused_at_every_door, refused_live_and_noticed,
    running, said, software, today, two_failures, unpaid_work, with,
};
use crate::act::Objection;
use crate::order::{
    AllegeBreach, Complete, CourtStep, EndBySentence, EndCause, Make, Order, OrderCommand,
    OrderRefusal, TransferOrder,
};
use crate::stream::Stream;
use crate::testing::samples::{known, midland_with};
use crate::values::{
    AppointmentNo, BreachNo, Known, Occurred, OfficeCode, Quantity, RequirementNo,
};

fn completing(reason: Option<&str>) -> impl Fn(Occurred) -> OrderCommand + use<> {
    let reason = reason.map(code);
    move |done| {
        OrderCommand::Complete(Complete {
            done,
            reason: reason.clone(),
        })
    }
}

fn transferring(to: &str) -> impl Fn(Occurred) -> OrderCommand + use<> {
    let to = OfficeCode::parse(to).unwrap();
    move |done| {
        OrderCommand::Transfer(TransferOrder {
            to: to.clone(),
            done,
        })
    }
}

fn ending(cause: EndCause) -> impl Fn(Occurred) -> OrderCommand {
    move |done| OrderCommand::EndBySentence(EndBySentence { done, cause })
}

/// An order of 40 hours, of which so many minutes are credited.
fn forty_hours(credited: u32) -> Order {
    let make = OrderCommand::Make(order_with([unpaid_work(40)]));
    let entries = std::iter::repeat_n(crediting(600, on("2026-02-01")), 3);
    let rest = credited.saturating_sub(1800);
    after(with(
        with(vec![make], entries),
        [crediting(rest, long_ago())],
    ))
}

#[track_caller]
fn open_without_a_reason(order: &Order, refusal: OrderRefusal) {
    let objection = Objection::reasons(refusal.clone());
    refused_live_and_noticed(order, completing(None), objection);
    only_noticed(order, completing(Some("expired")), refusal);
}

/// O-15
#[test]
fn an_order_is_complete_when_all_is_credited() {
    passes(&forty_hours(2400), completing(None)(just_now()));
    let refusal = OrderRefusal::StillOwed {
        requirement: RequirementNo(1),
        owed: Quantity::Minutes(1),
    };
    open_without_a_reason(&forty_hours(2399), refusal);
}

/// O-15
#[test]
fn an_order_is_complete_when_what_only_lasts_has_lasted() {
    let order = |length: &str| {
        let make = order_with([lasting("curfew", length)]);
        after([OrderCommand::Make(make)])
    };
    passes(&order("P1M"), completing(None)(just_now()));
    let refusal = OrderRefusal::StillLasts {
        what: "curfew".to_owned(),
        ends: "2026-04-04".parse().unwrap(),
    };
    open_without_a_reason(&order("P3M"), refusal);
}

/// O-15
#[test]
fn an_order_is_not_complete_while_a_breach_waits() {
    let make = OrderCommand::Make(Make {
        period: None,
        ..order_with([])
    });
    let allegation = OrderCommand::AllegeBreach(AllegeBreach {
        requirements: vec![RequirementNo(1)],
        appointments: vec![AppointmentNo(1), AppointmentNo(2)],
        alleged: on("2026-02-02"),
        explained: Known::NotRecorded,
        statement: None,
    });
    let ended = |requirement| {
        OrderCommand::EndRequirement(crate::order::EndRequirement {
            requirement: RequirementNo(requirement),
            pronounced: on("2026-02-03"),
            reason: code("health"),
            note: None,
        })
    };
    let order = after(with(two_failures(), [allegation, ended(1), ended(2)]));
    let breach = BreachNo(1);
    open_without_a_reason(&order, OrderRefusal::BreachOpen { breach });
    passes(&after([make]), completing(None)(just_now()));
}

/// O-16
#[test]
fn an_order_ends_for_a_reason_of_the_pack() {
    let order = forty_hours(2400);
    let refusal = OrderRefusal::UnknownCode {
        list: "reason",
        code: code("whim"),
        known: known(|law| &law.orders.ending_reasons),
    };
    let steps: [fn(CourtStep) -> OrderCommand; 2] =
        [OrderCommand::Revoke, OrderCommand::DischargeEarly];
    for step in steps {
        let wish = |pronounced| step(court_step("whim", pronounced));
        refused_live_and_noticed(&order, wish, Objection::hard(refusal.clone()));
        passes(&order, step(court_step("good-progress", just_now())));
    }
    let objection = Objection::hard(refusal);
    refused_live_and_noticed(&order, completing(Some("whim")), objection);
}

/// O-8, O-16
#[test]
fn an_order_is_transferred_to_another_office_of_the_pack() {
    let order = after(running());
    passes(&order, transferring("elmet-probation")(just_now()));
    let same = transferring("ashby-probation");
    refused_at_every_door(&order, same, &OrderRefusal::ChangesNothing);
    let office = OfficeCode::parse("nowhere").unwrap();
    let unknown = Objection::hard(OrderRefusal::UnknownOffice { office });
    refused_live_and_noticed(&order, transferring("nowhere"), unknown);
    let moved = after(with(
        running(),
        [transferring("elmet-probation")(long_ago())],
    ));
    assert_eq!(moved.made().unwrap().office.as_str(), "elmet-probation");
}

/// O-17
#[test]
fn an_order_is_ended_once_and_what_is_told_of_another_end_is_recorded_with_a_finding() {
    let ends = [
        (completing(Some("expired"))(long_ago()), "completed"),
        (
            OrderCommand::Revoke(court_step("breach", long_ago())),
            "revoked",
        ),
        (
            OrderCommand::DischargeEarly(court_step("good-progress", long_ago())),
            "discharged early",
        ),
        (
            ending(EndCause::Quashed)(long_ago()),
            "ended with its sentence",
        ),
    ];
    for (end, state) in ends {
        let order = after(with(running(), [end]));
        assert_eq!(order.title(), state);
        let not_possible = |wish| OrderRefusal::NotPossible { state, wish };
        let again = not_possible("ending it with its sentence");
        refused_at_every_door(&order, ending(EndCause::Pardoned), &again);
        told_of_another_end(&order, state);
        let steps: [(&'static str, &dyn Fn(Occurred) -> OrderCommand); 2] = [
            ("a transfer", &transferring("elmet-probation")),
            ("crediting", &|done| crediting(60, done)),
        ];
        for (wish, step) in steps {
            refused(&order, step(just_now()), &not_possible(wish));
            refused(&order, step(today()), &not_possible(wish));
            // One of before the end is only told late; one of after it is seen.
            passes(&order, step(on("2026-02-19")));
            passes(&order, step(long_ago()));
            let late = OrderRefusal::AfterTheEnd {
                on: "2026-02-21".parse().unwrap(),
                ends: "2026-02-20".parse().unwrap(),
            };
            let events = accepted(&order, step(on("2026-02-21")));
            assert_eq!(found(&events), said(Objection::hard(late)));
        }
    }
}

/// Another end is refused as an act, and recorded with a finding when it is told; the order goes on standing as it did.
#[track_caller]
fn told_of_another_end(order: &Order, state: &'static str) {
    let revoke = |done| OrderCommand::Revoke(court_step("breach", done));
    let discharge = |done| OrderCommand::DischargeEarly(court_step("good-progress", done));
    let ends: [(&'static str, &dyn Fn(Occurred) -> OrderCommand); 3] = [
        ("revoking the order", &revoke),
        ("discharging the order", &discharge),
        ("completion", &completing(Some("expired"))),
    ];
    for (wish, end) in ends {
        let refusal = OrderRefusal::NotPossible { state, wish };
        refused(order, end(just_now()), &refusal);
        refused(order, end(today()), &refusal);
        for day in ["2026-02-10", "2026-02-20", "2026-02-25"] {
            let objection = Objection::hard(OrderRefusal::EndedAlready {
                state,
                ended: "2026-02-20".parse().unwrap(),
                wish,
                done: day.parse().unwrap(),
            });
            let events = accepted(order, end(on(day)));
            let noticed = found(&events);
            assert!(noticed.contains(&said(objection)[0]), "{wish} {noticed:?}");
            let told = events.iter().fold(order.clone(), Order::evolve);
            assert_eq!(told.title(), state);
            assert_eq!(told.made().unwrap().over, order.made().unwrap().over);
        }
    }
}

/// TR-14.3
#[test]
fn no_process_revokes_or_discharges_an_order_but_one_ends_it_with_its_sentence() {
    let order = after(running());
    let revoke = OrderCommand::Revoke(court_step("breach", just_now()));
    let discharge = OrderCommand::DischargeEarly(court_step("done", long_ago()));
    for (wish, wished) in [
        (revoke, "revoking the order"),
        (discharge, "discharging the order"),
    ] {
        let refused = order.decide(wish, &software());
        assert_eq!(refused, Err(OrderRefusal::NotForSoftware { wish: wished }));
    }
    let ended = order.decide(ending(EndCause::Quashed)(just_now()), &software());
    assert!(ended.is_ok());
}

/// TR-11.2
#[test]
fn an_order_of_which_the_policys_part_is_over_is_looked_at_unless_it_is_supervised() {
    let due = |order: &Order, part: Option<&str>, supervised: bool| -> Vec<String> {
        let law = midland_with(|pack| {
            pack.orders.early_end = part.map(|part| part.parse().unwrap());
            for rule in &mut pack.orders.requirements {
                rule.supervision = supervised && rule.kind == code("curfew");
            }
        });
        let clocks = order.clocks(&law).into_iter();
        clocks
            .map(|clock| format!("{} {} {}", clock.safeguard, clock.code, clock.due))
            .collect()
    };
    let running = after(running());
    let nothing = Vec::<String>::new();
    // 364 days from 5 January 2026 to 4 January 2027.
    let half = ["TR-11.2 order.review-for-early-end 2026-07-06"];
    assert_eq!(due(&running, Some("1/2"), false), half);
    assert_eq!(due(&running, None, false), nothing);
    assert_eq!(due(&running, Some("1/2"), true), nothing);
    assert_eq!(due(&Order::default(), Some("1/2"), false), nothing);
    let over = after(with(
        super::running(),
        [completing(Some("served"))(on("2026-02-01"))],
    ));
    assert_eq!(due(&over, Some("1/2"), false), nothing);
}
