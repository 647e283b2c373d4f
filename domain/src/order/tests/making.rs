use super::{
    accepted, after, code, day, facts, just_now, lasting, long_ago, on, only_noticed, order_with,
    passes, refused, refused_at_every_door, refused_live_and_noticed, running, software, terms,
    unpaid_work, with,
};
use crate::act::{Door, Facts, Objection};
use crate::order::{
    AddRequirement, EndRequirement, Make, Order, OrderCommand, OrderEvent, OrderRefusal, Terms,
    VaryPeriod, VaryRequirement,
};
use crate::stream::{Stream, StreamEvent};
use crate::testing::samples::known;
use crate::values::{CivilDate, Consent, Known, Occurred, OfficeCode, Quantity, RequirementNo};

/// The same order, made at another time.
fn at(make: &Make) -> impl Fn(Occurred) -> OrderCommand {
    let make = make.clone();
    move |made| {
        OrderCommand::Make(Make {
            made,
            ..make.clone()
        })
    }
}

#[track_caller]
fn stands_against(make: &Make, refusal: OrderRefusal) {
    refused_live_and_noticed(&Order::Unmade, at(make), Objection::hard(refusal));
}

fn adding(terms: Terms) -> impl Fn(Occurred) -> OrderCommand {
    move |pronounced| {
        OrderCommand::AddRequirement(AddRequirement {
            terms: terms.clone(),
            pronounced,
        })
    }
}

fn varying(requirement: u16, terms: Terms) -> impl Fn(Occurred) -> OrderCommand {
    move |pronounced| {
        OrderCommand::VaryRequirement(VaryRequirement {
            requirement: RequirementNo(requirement),
            terms: terms.clone(),
            pronounced,
        })
    }
}

fn lasting_in_all(period: &str) -> impl Fn(Occurred) -> OrderCommand {
    let period = period.parse().unwrap();
    move |pronounced| OrderCommand::VaryPeriod(VaryPeriod { period, pronounced })
}

/// O-4
#[test]
fn accepts_an_order_lengthened_or_shortened_and_then_what_fits_into_it() {
    let order = after(running());
    for (period, ends) in [("P18M", "2027-07-04"), ("P6M", "2026-07-04")] {
        passes(&order, lasting_in_all(period)(just_now()));
        let varied = after(with(running(), [lasting_in_all(period)(just_now())]));
        assert_eq!(varied.made().unwrap().ends, Some(day(ends)));
    }
    let longer = after(with(running(), [lasting_in_all("P18M")(just_now())]));
    passes(&longer, adding(lasting("residence", "P18M"))(just_now()));
}

/// O-5
#[test]
fn refuses_an_order_shorter_than_a_requirement_that_goes_on_or_longer_than_the_law_allows() {
    let order = after(running());
    refused_live_and_noticed(
        &order,
        lasting_in_all("P5M"),
        Objection::hard(OrderRefusal::OrderEndsFirst {
            order: day("2026-06-04"),
            kind: code("curfew"),
            requirement: day("2026-07-04"),
        }),
    );
    let ended = after(with(running(), [ending(2, "done")(just_now())]));
    passes(&ended, lasting_in_all("P5M")(just_now()));
    refused_live_and_noticed(
        &order,
        lasting_in_all("P4Y"),
        Objection::hard(OrderRefusal::TooLong {
            what: "the order".to_owned(),
            length: "P4Y".parse().unwrap(),
            longest: "P3Y".parse().unwrap(),
        }),
    );
    refused_at_every_door(&order, lasting_in_all("P1Y"), &OrderRefusal::ChangesNothing);
}

fn ending(requirement: u16, reason: &str) -> impl Fn(Occurred) -> OrderCommand {
    let reason = code(reason);
    move |pronounced| {
        OrderCommand::EndRequirement(EndRequirement {
            requirement: RequirementNo(requirement),
            pronounced,
            reason: reason.clone(),
            note: None,
        })
    }
}

/// O-1, O-4
#[test]
fn an_order_is_made_with_requirements_numbered_from_one() {
    let year = order_with([unpaid_work(100), lasting("curfew", "P6M")]);
    let wish = Make {
        made: just_now(),
        ..year
    };
    let events = accepted(&Order::Unmade, OrderCommand::Make(wish.clone()));
    let event = OrderEvent::Made {
        order: wish,
        door: Door::Live,
        findings: Vec::new(),
    };
    assert_eq!(events, std::slice::from_ref(&event));
    let order = Order::Unmade.evolve(&event);
    let order = order.made().unwrap();
    assert_eq!(order.ends, Some(day("2027-01-04")));
    let ends: Vec<_> = order
        .requirements
        .iter()
        .map(|(no, r)| (no.0, r.ends))
        .collect();
    assert_eq!(ends, [(1, None), (2, Some(day("2026-07-04")))]);
}

/// O-1
#[test]
fn refuses_to_make_an_order_twice() {
    let make = order_with([unpaid_work(100)]);
    refused_at_every_door(&after(running()), at(&make), &OrderRefusal::AlreadyMade);
}

/// O-1, TR-3.1
#[test]
fn an_order_hangs_on_a_sentence_that_is_in_force() {
    let make = order_with([unpaid_work(100)]);
    let sentence = make.sentence;
    let facts = Facts {
        found: std::collections::BTreeSet::new(),
        ..facts()
    };
    let live = Order::Unmade.decide(at(&make)(just_now()), &facts);
    assert_eq!(live, Err(OrderRefusal::SentenceNotInForce { sentence }));
    let existing = Order::Unmade.decide(at(&make)(long_ago()), &facts).unwrap();
    let refusal = OrderRefusal::SentenceNotInForce { sentence };
    assert_eq!(
        super::found(&existing),
        super::said(Objection::hard(refusal))
    );
}

/// O-1
#[test]
fn an_order_that_asks_nothing_is_noticed() {
    only_noticed(
        &Order::Unmade,
        at(&order_with([])),
        OrderRefusal::NoRequirement,
    );
}

/// O-2
#[test]
fn refuses_what_lies_in_the_future() {
    let done = on("2026-03-05T10:00:01Z");
    let wish = at(&order_with([unpaid_work(100)]))(done);
    refused(&Order::Unmade, wish, &OrderRefusal::InTheFuture { done });
}

/// O-2
#[test]
fn a_step_from_before_the_order_was_made_is_recorded_with_a_finding_and_never_taken() {
    let (done, made) = (on("2026-01-04"), on("2026-01-05"));
    let order = after(running());
    let early = |done, made| OrderRefusal::BeforeTheMaking { done, made };
    let objection = Objection::hard(early(done, made));
    let events = accepted(&order, ending(1, "done")(done));
    assert_eq!(super::found(&events), super::said(objection));
    // An order of a minute ago: a step entered at once is taken through the register.
    let (done, made) = (just_now(), on("2026-03-05T09:55:00Z"));
    let fresh = after([at(&order_with([unpaid_work(100)]))(made)]);
    refused(&fresh, ending(1, "done")(done), &early(done, made));
    passes(&order, ending(1, "done")(made));
    passes(&order, ending(1, "done")(on("2026")));
}

/// O-4
#[test]
fn an_order_ends_where_its_start_and_period_say() {
    let make = order_with([unpaid_work(100)]);
    let ending = |text| Make {
        ends: Some(day(text)),
        ..make.clone()
    };
    passes(&Order::Unmade, at(&ending("2027-01-04"))(just_now()));
    stands_against(
        &ending("2027-01-05"),
        OrderRefusal::EndsElsewhere {
            what: "the order".to_owned(),
            given: day("2027-01-05"),
            counted: day("2027-01-04"),
        },
    );
    stands_against(
        &ending("2026-01-04"),
        OrderRefusal::EndsBeforeStart {
            what: "the order".to_owned(),
            ends: day("2026-01-04"),
            starts: make.starts,
        },
    );
}

/// O-4
#[test]
fn a_decimal_length_is_kept_only_of_an_existing_order() {
    stands_against(
        &order_with([lasting("curfew", "P4.5M")]),
        OrderRefusal::NotACalendarTerm {
            what: "curfew".to_owned(),
            length: "P4.5M".parse().unwrap(),
        },
    );
}

/// O-5
#[test]
fn an_order_ends_no_earlier_than_each_requirement() {
    passes(
        &Order::Unmade,
        at(&order_with([lasting("curfew", "P1Y")]))(just_now()),
    );
    let late = Terms {
        starts: Some("2026-01-06".parse().unwrap()),
        ..lasting("curfew", "P1Y")
    };
    let refusal = OrderRefusal::OrderEndsFirst {
        order: day("2027-01-04"),
        kind: code("curfew"),
        requirement: day("2027-01-05"),
    };
    stands_against(&order_with([late.clone()]), refusal.clone());
    let order = after(running());
    refused_live_and_noticed(&order, adding(late), Objection::hard(refusal));
}

/// O-5, TR-11.1
#[test]
fn an_order_and_a_requirement_last_no_longer_than_the_law_allows() {
    let too_long = |what: &str, length: &str, longest: &str| OrderRefusal::TooLong {
        what: what.to_owned(),
        length: length.parse().unwrap(),
        longest: longest.parse().unwrap(),
    };
    let four_years = Make {
        period: Some("P4Y".parse().unwrap()),
        ..order_with([unpaid_work(100)])
    };
    stands_against(&four_years, too_long("the order", "P4Y", "P3Y"));
    let two_years = Make {
        period: Some("P2Y".parse().unwrap()),
        ..order_with([lasting("curfew", "P13M")])
    };
    stands_against(&two_years, too_long("curfew", "P13M", "P1Y"));
}

/// O-6
#[test]
fn a_requirement_is_of_a_known_kind() {
    let make = order_with([lasting("penance", "P1M")]);
    stands_against(
        &make,
        OrderRefusal::UnknownKind {
            kind: code("penance"),
        },
    );
}

/// O-6, TR-12.2
#[test]
fn a_requirement_says_how_much_or_how_long() {
    let kind = code("curfew");
    let refusal = OrderRefusal::QuantityMissing { kind };
    only_noticed(
        &Order::Unmade,
        at(&order_with([terms("curfew")])),
        refusal.clone(),
    );
    refused_live_and_noticed(
        &after(running()),
        adding(terms("curfew")),
        Objection::hard(refusal),
    );
}

/// O-6
#[test]
fn a_requirement_of_nothing_is_none() {
    let what = |what: &str| OrderRefusal::Nothing {
        what: what.to_owned(),
    };
    stands_against(&order_with([unpaid_work(0)]), what("unpaid-work"));
    stands_against(&order_with([lasting("curfew", "P0D")]), what("curfew"));
    let make = Make {
        period: Some("P0D".parse().unwrap()),
        ..order_with([unpaid_work(100)])
    };
    stands_against(&make, what("the order"));
}

/// O-6
#[test]
fn a_requirement_is_counted_in_its_unit_and_within_its_limits() {
    let days = Terms {
        quantity: Some(Quantity::Days(10)),
        ..terms("unpaid-work")
    };
    stands_against(
        &order_with([days]),
        OrderRefusal::WrongUnit {
            kind: code("unpaid-work"),
            unit: "minutes",
        },
    );
    passes(
        &Order::Unmade,
        at(&order_with([unpaid_work(300)]))(just_now()),
    );
    stands_against(
        &order_with([unpaid_work(301)]),
        OrderRefusal::OutsideLimits {
            kind: code("unpaid-work"),
            amount: Quantity::Minutes(18_060),
            least: Quantity::Minutes(2400),
            most: Quantity::Minutes(18_000),
        },
    );
    let counted_curfew = Terms {
        quantity: Some(Quantity::Days(10)),
        ..lasting("curfew", "P1M")
    };
    stands_against(
        &order_with([counted_curfew]),
        OrderRefusal::NotCounted {
            kind: code("curfew"),
        },
    );
}

/// O-6
#[test]
fn treatment_needs_consent() {
    let treatment = |consent| Terms {
        consent,
        ..lasting("treatment", "P6M")
    };
    let given = order_with([treatment(Known::Value(Consent::Given))]);
    passes(&Order::Unmade, at(&given)(just_now()));
    for silent in [
        Known::NotRecorded,
        Known::Declined,
        Known::Value(Consent::Refused),
    ] {
        stands_against(
            &order_with([treatment(silent)]),
            OrderRefusal::ConsentMissing {
                kind: code("treatment"),
            },
        );
    }
}

/// O-6, O-5
#[test]
fn what_stands_against_the_terms_of_a_decision_is_noticed_with_the_decision_alone() {
    let treatment = Terms {
        consent: Known::NotRecorded,
        ..lasting("treatment", "P6M")
    };
    let make = OrderCommand::Make(Make {
        period: Some("P9Y".parse().unwrap()),
        made: long_ago(),
        ..order_with([treatment, terms("singing")])
    });
    let noticed = |stated| {
        let facts = Facts { stated, ..facts() };
        let events = Order::Unmade.decide(make.clone(), &facts).unwrap();
        let found = events.iter().flat_map(StreamEvent::findings);
        found
            .map(|finding| finding.code.clone())
            .collect::<Vec<_>>()
    };
    let told = [
        "order.too-long",
        "order.consent-missing",
        "order.unknown-kind",
    ];
    for code in told {
        assert!(noticed(false).iter().any(|found| found == code), "{code}");
        assert!(!noticed(true).iter().any(|found| found == code), "{code}");
    }
    // That nothing says how much or how long is for whoever supervises the order to see.
    assert_eq!(noticed(true), ["order.quantity-missing"]);
}

/// O-6
#[test]
fn an_old_order_known_to_the_year_is_recorded_as_far_as_it_is_known() {
    let make = Make {
        made: on("2019"),
        period: None,
        starts: "2019".parse().unwrap(),
        ..order_with([terms("unpaid-work")])
    };
    let order = after([OrderCommand::Make(make)]);
    let order = order.made().unwrap();
    assert_eq!(order.starts, CivilDate::Year(2019));
    assert_eq!((order.ends, order.findings.len()), (None, 1));
}

/// O-7
#[test]
fn a_requirement_begins_no_earlier_than_its_order() {
    let early = Terms {
        starts: Some("2026-01-04".parse().unwrap()),
        ..lasting("curfew", "P1M")
    };
    let refusal = OrderRefusal::BeforeTheStart {
        on: "2026-01-04".parse().unwrap(),
        starts: "2026-01-05".parse().unwrap(),
    };
    stands_against(&order_with([early]), refusal);
}

/// O-16
#[test]
fn an_order_made_for_an_unknown_office_is_noticed() {
    let office = OfficeCode::parse("nowhere").unwrap();
    let make = Make {
        office: office.clone(),
        ..order_with([unpaid_work(100)])
    };
    only_noticed(
        &Order::Unmade,
        at(&make),
        OrderRefusal::UnknownOffice { office },
    );
}

/// O-3, O-8
#[test]
fn a_requirement_is_added_varied_and_ended() {
    let order = after(with(
        running(),
        [
            adding(lasting("exclusion", "P3M"))(long_ago()),
            varying(3, lasting("exclusion", "P6M"))(long_ago()),
            ending(1, "not-workable")(just_now()),
        ],
    ));
    let made = order.made().unwrap();
    assert_eq!(
        made.requirements[&RequirementNo(3)].ends,
        Some(day("2026-07-04"))
    );
    assert!(made.requirements[&RequirementNo(1)].ended.is_some());
    let same = varying(3, lasting("exclusion", "P6M"));
    refused_at_every_door(&order, same, &OrderRefusal::ChangesNothing);
    let requirement = RequirementNo(1);
    let gone = OrderRefusal::RequirementEnded { requirement };
    refused_at_every_door(&order, varying(1, unpaid_work(50)), &gone);
    refused_at_every_door(&order, ending(1, "done"), &gone);
    let requirement = RequirementNo(4);
    let unknown = OrderRefusal::NoSuchRequirement { requirement };
    refused_at_every_door(&order, varying(4, unpaid_work(50)), &unknown);
    refused_at_every_door(&order, ending(4, "done"), &unknown);
}

/// O-16
#[test]
fn a_requirement_ends_for_a_reason_of_the_pack() {
    let order = after(running());
    let refusal = OrderRefusal::UnknownCode {
        list: "reason",
        code: code("whim"),
        known: known(|law| &law.orders.ending_reasons),
    };
    refused_live_and_noticed(&order, ending(1, "whim"), Objection::hard(refusal));
    passes(&order, ending(1, "health")(just_now()));
}

/// TR-14.3
#[test]
fn no_process_adds_varies_or_ends_a_requirement() {
    let order = after(running());
    for (wish, wished) in [
        (
            adding(lasting("exclusion", "P3M"))(just_now()),
            "adding a requirement",
        ),
        (
            varying(1, unpaid_work(120))(just_now()),
            "varying a requirement",
        ),
        (ending(1, "done")(long_ago()), "ending a requirement"),
        (lasting_in_all("P2Y")(just_now()), "varying its period"),
    ] {
        let refused = order.decide(wish, &software());
        assert_eq!(refused, Err(OrderRefusal::NotForSoftware { wish: wished }));
    }
    let make = at(&order_with([unpaid_work(100)]))(just_now());
    assert!(Order::Unmade.decide(make, &software()).is_ok());
}

/// O-17
#[test]
fn nothing_is_asked_of_an_order_that_was_not_made() {
    let refusal = OrderRefusal::NotPossible {
        state: "not recorded",
        wish: "adding a requirement",
    };
    refused_at_every_door(&Order::Unmade, adding(unpaid_work(50)), &refusal);
}

/// O-4
#[test]
fn a_period_is_varied_where_either_it_or_its_last_day_becomes_another() {
    let vary = |period: &str| {
        OrderCommand::VaryPeriod(VaryPeriod {
            period: period.parse().unwrap(),
            pronounced: just_now(),
        })
    };
    // Known to the year: neither period has a last day that can be told.
    let by_year = after([OrderCommand::Make(Make {
        starts: "2026".parse().unwrap(),
        ..order_with([])
    })]);
    accepted(&by_year, vary("P18M"));
    refused(&by_year, vary("P1Y"), &OrderRefusal::ChangesNothing);
    // Its last day was fixed otherwise than its period says.
    let fixed = after([OrderCommand::Make(Make {
        ends: Some(day("2026-12-31")),
        ..order_with([])
    })]);
    accepted(&fixed, vary("P1Y"));
}
