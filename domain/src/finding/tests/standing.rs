use super::{
    ENTRY, clock, close, entry, facts, facts_of, raised, raised_with, raising, somebody, taken_up,
    taking_up,
};
use crate::act::{Facts, Reference, Weight};
use crate::actor::Role;
use crate::finding::{Cause, Finding, FindingCommand, FindingRefusal, Standing, TakeUpFinding};
use crate::stream::Stream;
use crate::testing::doors::{just_now, passes, refused, refused_at_every_door};
use crate::testing::samples::{code, on, person};

/// FD-1
#[test]
fn a_finding_stands_once_under_the_id_of_its_cause() {
    let system = facts_of(Role::System);
    let stands = FindingRefusal::StandsAlready;
    passes(&Finding::default(), raising(|_| {})(just_now()), &system);
    refused_at_every_door(&raised(), raising(|_| {}), &system, &stands);
    passes(&Finding::default(), taking_up(0)(just_now()), &facts());
    refused_at_every_door(&taken_up(0), taking_up(0), &facts(), &stands);
    // One that is over stands all the same: it is opened again.
    let over = super::then(raised(), [close(on("2026-02-12"))]);
    refused(&over, raising(|_| {})(just_now()), &system, &stands);
}

/// FD-2
#[test]
fn only_the_register_itself_raises_what_a_clock_asks() {
    let wish = raising(|_| {});
    passes(
        &Finding::default(),
        wish(just_now()),
        &facts_of(Role::System),
    );
    let refusal = FindingRefusal::NotByPeople;
    for role in Role::ALL {
        if *role != Role::System {
            let theirs = facts_of(*role);
            refused_at_every_door(&Finding::default(), &wish, &theirs, &refusal);
        }
    }
}

/// FD-3
#[test]
fn a_clock_has_run_out_only_once_its_day_is_over() {
    let system = facts_of(Role::System);
    let due = |day: &'static str| raising(move |wish| wish.due = day.parse().unwrap());
    passes(&Finding::default(), due("2026-03-04")(just_now()), &system);
    for day in ["2026-03-05", "2026-03-06"] {
        let refusal = FindingRefusal::NotYetDue {
            due: day.parse().unwrap(),
            today: "2026-03-05".parse().unwrap(),
        };
        refused_at_every_door(&Finding::default(), due(day), &system, &refusal);
    }
}

/// FD-3
#[test]
fn a_finding_that_is_late_raises_no_other() {
    let wish = raising(|wish| wish.kind = code("finding"));
    let refusal = FindingRefusal::AboutAFinding;
    let system = facts_of(Role::System);
    refused_at_every_door(&Finding::default(), wish, &system, &refusal);
    passes(&Finding::default(), raising(|_| {})(just_now()), &system);
}

/// FD-4
#[test]
fn what_is_taken_up_is_a_finding_that_the_entry_carries() {
    for nth in [0, 1] {
        passes(&Finding::default(), taking_up(nth)(just_now()), &facts());
    }
    let refusal = |nth| FindingRefusal::NotCarried { entry: ENTRY, nth };
    refused_at_every_door(&Finding::default(), taking_up(2), &facts(), &refusal(2));
    // Another entry than the one asked for, or none.
    let mut other = entry();
    other.index = 42;
    for entry in [Some(other), None] {
        let without = Facts { entry, ..facts() };
        refused_at_every_door(&Finding::default(), taking_up(0), &without, &refusal(0));
    }
}

#[test]
fn what_is_told_of_an_entry_is_what_the_register_holds_of_it() {
    let finding = taken_up(1);
    let matter = finding.stands().unwrap();
    let Cause::Entry(taken) = &matter.cause else {
        panic!("an entry is the cause")
    };
    assert_eq!(taken.noticed, entry().findings[1]);
    assert_eq!((taken.entry, taken.event), (ENTRY, entry().event));
    assert_eq!(taken.recorded, entry().recorded);
    assert_eq!(taken.happened, code("sentence.imposed"));
    let record = (matter.cause.kind().as_str(), matter.cause.record().as_str());
    assert_eq!(record, ("sentence", "2a1b"));
    assert_eq!(taken.by_whom, Some(somebody("judge-3")));
    assert_eq!(matter.cause.weight(), Weight::Notice);
    assert_eq!(matter.cause.code(), "sentence.outside-range");
    assert_eq!(matter.cause.safeguard(), Some("PR-1"));
    assert_eq!(matter.cause.role(), Role::Clerk);
    assert_eq!(finding.person(), Some(person(1)));
}

#[test]
fn what_is_told_of_a_clock_is_what_its_record_says() {
    let finding = raised();
    let matter = finding.stands().unwrap();
    assert_eq!(matter.cause, Cause::Clock(clock()));
    assert_eq!(matter.cause.weight(), Weight::Critical);
    assert_eq!(matter.cause.code(), "pretrial.review");
    assert_eq!(matter.cause.safeguard(), Some("TR-6.2"));
    assert_eq!(matter.cause.role(), Role::Judge);
    let record = (matter.cause.kind().as_str(), matter.cause.record().as_str());
    assert_eq!(record, ("pretrial", "1f0c"));
    assert_eq!(matter.cause.by_whom(), None);
    assert_eq!(matter.standing, Standing::Open);
    assert_eq!(finding.person(), Some(person(1)));
    assert_eq!(raised_with(|wish| wish.person = None).person(), None);
}

#[test]
fn a_finding_asks_for_the_entry_it_is_about_and_refers_to_nothing_else() {
    let (done, entry, nth) = (just_now(), ENTRY, 0);
    let wish = FindingCommand::TakeUp(TakeUpFinding { done, entry, nth });
    assert_eq!(Finding::default().asks_of_entry(&wish), Some((entry, nth)));
    let raise = raising(|_| {})(done);
    assert_eq!(Finding::default().asks_of_entry(&raise), None);
    for wish in [wish, raise] {
        assert_eq!(Finding::default().refers(&wish), Vec::<Reference>::new());
    }
}

/// DP-7
#[test]
fn software_takes_up_no_finding() {
    let refusal = FindingRefusal::NotForSoftware;
    let system = facts_of(Role::System);
    refused_at_every_door(&Finding::default(), taking_up(0), &system, &refusal);
    passes(&Finding::default(), taking_up(0)(just_now()), &facts());
}

/// FD-5
#[test]
fn no_finding_stands_before_its_time() {
    let tomorrow = on("2026-03-06");
    let refusal = FindingRefusal::InTheFuture { done: tomorrow };
    let system = facts_of(Role::System);
    let raise = raising(|_| {});
    refused(&Finding::default(), raise(tomorrow), &system, &refusal);
    refused(
        &Finding::default(),
        taking_up(0)(tomorrow),
        &facts(),
        &refusal,
    );
    passes(&Finding::default(), raise(just_now()), &system);
}
