use super::{
    asked, ending, facts, facts_of, midland, on, person, request, requesting, surrender, text,
    theft,
};
use crate::act::{Objection, Weight};
use crate::actor::Role;
use crate::cooperation::{
    ArrestProvisionally, Cooperation, CooperationCommand, CooperationRefusal, Direction,
};
use crate::stream::{Goes, Stream};
use crate::testing::doors::{
    after, after_just_now, just_now, passes, refused, refused_at_every_door,
    refused_live_and_noticed, told_with,
};
use crate::testing::samples::code;
use crate::values::{Known, Occurred, OfficeCode};

/// An arrest with something changed, at any moment.
fn arresting(change: impl Fn(&mut ArrestProvisionally)) -> impl Fn(Occurred) -> CooperationCommand {
    move |done| {
        let mut wish = ArrestProvisionally {
            person: person(1),
            done,
            direction: Direction::Outward,
            state: "FR".parse().unwrap(),
            authority: None,
            basis: code("extradition-treaty-2"),
            office: OfficeCode::parse("central-authority").unwrap(),
            court: None,
            case: None,
            their_case: None,
            offences: vec![theft()],
            age: Known::Value(34),
            minor: None,
            request_by: None,
            reasons: Some(text()),
        };
        change(&mut wish);
        CooperationCommand::ArrestProvisionally(wish)
    }
}

/// Somebody arrested on 5 January 2026, and what followed.
fn arrested_and(then: impl IntoIterator<Item = CooperationCommand>) -> Cooperation {
    let first = arresting(|_| {})(on("2026-01-05"));
    after(&facts(), std::iter::once(first).chain(then))
}

/// IC-1, IC-2, IC-4, TR-3.1, DP-7
#[test]
fn a_provisional_arrest_opens_a_matter_of_its_own() {
    let nothing = Cooperation::default();
    passes(&nothing, arresting(|_| {})(just_now()), &facts());
    let refusal = CooperationRefusal::AlreadyRecorded;
    refused_at_every_door(&asked(), arresting(|_| {}), &facts(), &refusal);
    let offenceless = arresting(|wish| wish.offences.clear());
    let refusal = Objection::hard(CooperationRefusal::NoOffence);
    refused_live_and_noticed(&nothing, offenceless, &facts(), refusal);
    let software = facts_of(Role::System);
    let refusal = CooperationRefusal::NotForSoftware;
    refused_at_every_door(&nothing, arresting(|_| {}), &software, &refusal);
    let due = "2026-03-04".parse().unwrap();
    let early = arresting(move |wish| wish.request_by = Some(due));
    let refusal = CooperationRefusal::DueTooEarly {
        due,
        on: "2026-03-05".parse().unwrap(),
    };
    refused(&nothing, early(just_now()), &facts(), &refusal);
}

/// IC-1, IC-2
#[test]
fn the_request_follows_the_arrest_of_the_same_person() {
    let asking = requesting(surrender);
    passes(&arrested_and([]), asking(just_now()), &facts());
    let asked = arrested_and([asking(on("2026-02-02"))]);
    let requested = asked.requested().unwrap();
    assert_eq!(requested.arrested, Some(on("2026-01-05")));
    let early = CooperationRefusal::TooEarly {
        done: "2026-01-04".parse().unwrap(),
        follows: "arrest",
        on: "2026-01-05".parse().unwrap(),
    };
    told_with(&arrested_and([]), asking(on("2026-01-04")), &facts(), early);
    let arrest = arresting(|_| {})(after_just_now());
    let fresh = after::<Cooperation>(&facts(), [arrest]);
    let early = CooperationRefusal::TooEarly {
        done: "2026-03-05".parse().unwrap(),
        follows: "arrest",
        on: "2026-03-05".parse().unwrap(),
    };
    refused(&fresh, asking(just_now()), &facts(), &early);
    let another = requesting(|wish| {
        surrender(wish);
        wish.person = person(2);
    });
    let refusal = CooperationRefusal::AnotherPerson;
    refused_at_every_door(&arrested_and([]), another, &facts(), &refusal);
    let refusal = CooperationRefusal::AlreadyRecorded;
    let over = arrested_and([ending("released")(on("2026-02-14"))]);
    assert_eq!(over.listed().unwrap().goes, Goes::Over);
    refused_at_every_door(&over, request, &facts(), &refusal);
}

/// IC-12
#[test]
fn nothing_holds_whoever_was_arrested_once_the_days_for_the_request_are_over() {
    let law = midland();
    let due = |matter: &Cooperation| -> Vec<(&str, String, Weight, Role)> {
        let clocks = matter.clocks(&law).into_iter();
        clocks
            .map(|c| (c.code, c.due.to_string(), c.weight, c.role))
            .collect()
    };
    let request = |day: &str| {
        let day = day.to_owned();
        ("cooperation.request", day, Weight::Critical, Role::Judge)
    };
    // Forty days after the arrest.
    assert_eq!(due(&arrested_and([])), [request("2026-02-14")]);
    let sooner = arresting(|wish| wish.request_by = Some("2026-01-23".parse().unwrap()));
    let sooner = after::<Cooperation>(&facts(), [sooner(on("2026-01-05"))]);
    assert_eq!(due(&sooner), [request("2026-01-23")]);
    let released = arrested_and([ending("released")(on("2026-02-14"))]);
    assert_eq!(due(&released), []);
    let asked = arrested_and([requesting(surrender)(on("2026-02-02"))]);
    let codes: Vec<&str> = asked.clocks(&law).iter().map(|clock| clock.code).collect();
    assert_eq!(codes, ["cooperation.decision"]);
}
