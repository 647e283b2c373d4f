use super::{
    capacity, count, day, declare, declared, facts, on, open, opened, opening, suspending,
};
use crate::act::{Objection, Weight};
use crate::actor::Role;
use crate::facility::{
    CloseFacility, Facility, FacilityCommand, FacilityRefusal, RecordHealthStatus, Visits,
};
use crate::stream::Stream;
use crate::testing::doors::{
    after, just_now, noticed_at_every_door, passes, refused, refused_at_every_door,
    refused_live_and_noticed,
};
use crate::testing::samples::{code, known, midland};
use crate::values::{Known, Occurred};

fn close(closed: Occurred) -> FacilityCommand {
    FacilityCommand::Close(CloseFacility {
        closed,
        reason: code("rebuilt"),
    })
}

fn health(since: Occurred) -> FacilityCommand {
    FacilityCommand::RecordHealthStatus(RecordHealthStatus {
        since,
        status: code("outbreak"),
    })
}

/// FA-1
#[test]
fn a_place_is_opened_once() {
    passes(&Facility::default(), open(), &facts());
    let refusal = FacilityRefusal::AlreadyOpened;
    refused_at_every_door(&opened(), |_| open(), &facts(), &refusal);
}

/// FA-2
#[test]
fn nothing_is_recorded_of_the_future_nor_of_before_the_opening() {
    let tomorrow = on("2026-03-06");
    let refusal = FacilityRefusal::InTheFuture { done: tomorrow };
    refused(&opened(), health(tomorrow), &facts(), &refusal);
    let refusal = FacilityRefusal::BeforeTheOpening {
        done: "2026-01-04".parse().unwrap(),
        opened: "2026-01-05".parse().unwrap(),
    };
    refused(&opened(), health(on("2026-01-04")), &facts(), &refusal);
    passes(&opened(), health(on("2026-01-05")), &facts());
    let backwards = suspending(|regime| regime.until = Some(day("2026-02-09")));
    let refusal = FacilityRefusal::EndsTooEarly {
        from: day("2026-02-10"),
        until: day("2026-02-09"),
    };
    refused_at_every_door(&opened(), backwards, &facts(), &refusal);
    let early = suspending(|regime| regime.from = day("2026-01-04"));
    let refusal = FacilityRefusal::BeforeTheOpening {
        done: "2026-01-04".parse().unwrap(),
        opened: "2026-01-05".parse().unwrap(),
    };
    refused_at_every_door(&opened(), early, &facts(), &refusal);
}

/// FA-3
#[test]
fn nothing_is_recorded_of_a_place_that_is_closed_or_was_never_opened() {
    let refusal = |state| FacilityRefusal::NotPossible {
        state,
        wish: "recording the state of health",
    };
    let never = Facility::default();
    refused_at_every_door(&never, health, &facts(), &refusal("not recorded"));
    passes(&opened(), close(just_now()), &facts());
    let closed = after::<Facility>(&facts(), [open(), close(on("2026-02-01"))]);
    refused_at_every_door(&closed, health, &facts(), &refusal("closed"));
}

/// FA-4
#[test]
fn places_and_their_codes_are_those_of_the_pack() {
    let elsewhere = |opened| {
        let mut wish = opening();
        wish.opened = opened;
        wish.facility = "atlantis".parse().unwrap();
        FacilityCommand::Open(wish)
    };
    let refusal = Objection::hard(FacilityRefusal::UnknownPlace {
        facility: "atlantis".parse().unwrap(),
    });
    refused_live_and_noticed(&Facility::default(), elsewhere, &facts(), refusal);
    let felt = |declared| {
        let mut wish = capacity(declared, 100);
        wish.definition = code("felt");
        FacilityCommand::DeclareCapacity(wish)
    };
    let refusal = Objection::hard(FacilityRefusal::UnknownCode {
        list: "definitions",
        code: code("felt"),
        known: known(|pack| &pack.facility.definitions),
    });
    refused_live_and_noticed(&opened(), felt, &facts(), refusal);
    passes(&opened(), declare(100), &facts());
}

/// FA-6
#[test]
fn visits_are_not_suspended_for_long_with_nothing_in_their_place() {
    let lasting = |until: &'static str| suspending(move |r| r.until = Some(day(until)));
    // Fourteen days: from 10 to 23 February.
    passes(&opened(), lasting("2026-02-23")(just_now()), &facts());
    let refusal = || {
        Objection::notice(FacilityRefusal::VisitsSuspended {
            since: day("2026-02-10"),
            days: 14,
        })
    };
    noticed_at_every_door(&opened(), lasting("2026-02-24"), &facts(), refusal());
    // Without an end it has lasted until today, 5 March.
    noticed_at_every_door(&opened(), suspending(|_| {}), &facts(), refusal());
    let replaced = suspending(|r| r.substitute = Known::Value(code("video")));
    passes(&opened(), replaced(just_now()), &facts());
    let by_video = suspending(|r| r.visits = Visits::Video);
    passes(&opened(), by_video(just_now()), &facts());
}

/// FA-6
#[test]
fn a_suspension_that_follows_another_goes_on() {
    let first = suspending(|r| r.until = Some(day("2026-02-19")))(on("2026-02-10"));
    let suspended = after::<Facility>(&facts(), [open(), first]);
    let second = |from: &'static str| {
        suspending(move |r| {
            r.from = day(from);
            r.until = Some(day("2026-02-28"));
        })
    };
    let refusal = Objection::notice(FacilityRefusal::VisitsSuspended {
        since: day("2026-02-10"),
        days: 14,
    });
    noticed_at_every_door(&suspended, second("2026-02-20"), &facts(), refusal);
    passes(&suspended, second("2026-02-22")(just_now()), &facts());
}

#[test]
fn a_capacity_is_declared_in_time_and_visits_come_back_in_time() {
    let law = midland();
    let due = |place: &Facility| -> Vec<(&str, &str, String, Weight)> {
        let clocks = place.clocks(&law).into_iter();
        clocks
            .map(|c| (c.safeguard, c.code, c.due.to_string(), c.weight))
            .collect()
    };
    let capacity = |due: &str| ("MR-10", "facility.capacity", due.to_owned(), Weight::Notice);
    let visits = (
        "FA-6",
        "facility.visits",
        "2026-02-24".to_owned(),
        Weight::Notice,
    );
    assert_eq!(due(&opened()), [capacity("2026-01-05")]);
    assert_eq!(due(&declared()), [capacity("2027-01-05")]);
    let history = [open(), declare(100), suspending(|_| {})(on("2026-02-10"))];
    let suspended = after::<Facility>(&facts(), history.clone());
    assert_eq!(due(&suspended), [capacity("2027-01-05"), visits]);
    // The last day of a suspension that is fixed: in time, on the day itself, and too late.
    for (until, clocks) in [("2026-02-20", 1), ("2026-02-24", 2), ("2026-03-31", 2)] {
        let ending = suspending(move |r| r.until = Some(day(until)))(on("2026-02-10"));
        let ending = after::<Facility>(&facts(), [open(), declare(100), ending]);
        assert_eq!(due(&ending).len(), clocks, "{until}");
    }
    let back = suspending(|r| {
        r.visits = Visits::InPerson;
        r.from = day("2026-02-20");
    });
    let again = after::<Facility>(
        &facts(),
        history.into_iter().chain([back(on("2026-02-20"))]),
    );
    assert_eq!(due(&again), [capacity("2027-01-05")]);
    let roles: Vec<Role> = suspended.clocks(&law).iter().map(|c| c.role).collect();
    assert_eq!(roles, [Role::Prison, Role::Oversight]);
    let closed = after::<Facility>(&facts(), [open(), close(on("2026-02-01"))]);
    assert_eq!(due(&closed), []);
}

#[test]
fn an_act_on_a_place_refers_to_nothing_elsewhere() {
    assert_eq!(opened().refers(&count(1)(just_now())), []);
}
