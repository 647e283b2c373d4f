use super::{
    admit, admitting, case_id, commitment, facts, held, held_with, isolate, isolation,
    noticed_once, on, release,
};
use crate::act::{About, Facts, Grade, Objection};
use crate::custody::{
    Answer, Custody, CustodyCommand, CustodyRefusal, EndIsolation, HoldingBasis, Isolate,
};
use crate::safeguards::{SafeguardRules, Stands};
use crate::stream::Stream;
use crate::testing::doors::{
    after, just_now, noticed_at_every_door, passes, refused, refused_at_every_door,
};
use crate::testing::samples::{code, midland_with};
use crate::values::{Day, Known, Occurred};

fn isolating(change: impl Fn(&mut Isolate)) -> impl Fn(Occurred) -> CustodyCommand {
    move |from| {
        let mut wish = isolation(from);
        change(&mut wish);
        CustodyCommand::Isolate(wish)
    }
}

fn end(ended: Occurred) -> CustodyCommand {
    CustodyCommand::EndIsolation(EndIsolation { ended })
}

/// Somebody alone since a day.
fn alone(since: &str) -> Custody {
    after(&facts(), [admit(on("2026-01-10")), isolate(on(since))])
}

fn policy(id: &str, stands: Stands) -> Facts {
    let law = midland_with(|pack| {
        pack.safeguards = SafeguardRules::of([(id.to_owned(), stands)].into());
    });
    Facts { law, ..facts() }
}

fn alarm(refusal: CustodyRefusal) -> Objection<CustodyRefusal> {
    Objection {
        grade: Grade::Alarm,
        refusal,
    }
}

/// CU-3
#[test]
fn somebody_is_isolated_once_at_a_time() {
    passes(&held(), isolate(just_now()), &facts());
    let refusal = |state, wish| CustodyRefusal::NotPossible { state, wish };
    let again = refusal("isolated", "isolating");
    refused_at_every_door(&alone("2026-02-10"), isolate, &facts(), &again);
    let none = refusal("not isolated", "ending an isolation");
    refused_at_every_door(&held(), end, &facts(), &none);
}

/// CU-6
#[test]
fn an_isolation_ends_no_earlier_than_it_begins() {
    let refusal = CustodyRefusal::EndsTooEarly {
        ended: "2026-02-24".parse().unwrap(),
        began: "2026-02-25".parse().unwrap(),
    };
    let state = alone("2026-02-25");
    refused(&state, end(on("2026-02-24")), &facts(), &refusal);
    passes(&state, end(on("2026-02-25")), &facts());
}

/// CU-8
#[test]
fn a_day_has_twenty_four_hours() {
    let hours = |hours| isolating(move |wish| wish.hours_a_day = hours);
    passes(&held(), hours(24)(just_now()), &facts());
    let refusal = CustodyRefusal::TooManyHours { hours: 25 };
    refused_at_every_door(&held(), hours(25), &facts(), &refusal);
}

/// BR-22
#[test]
fn isolating_somebody_pregnant_or_with_a_child_here_is_critical_as_the_policy_says() {
    let pregnant = |answer: Known<&'static str>| {
        held_with(move |wish| {
            let answer = answer.map(code);
            wish.reception.circumstances = [(code("pregnant"), answer)].into();
        })
    };
    let refusal = || alarm(CustodyRefusal::CarerIsolated);
    let woman = pregnant(Known::Value("yes"));
    noticed_at_every_door(&woman, isolate, &facts(), refusal());
    for answer in [Known::Value("no"), Known::Declined, Known::NotAsked] {
        passes(&pregnant(answer), isolate(just_now()), &facts());
    }
    // It stands in her record, whatever was asked at the reception.
    let mut known = facts();
    known.about.circumstances = [(code("pregnant"), Known::Value(code("yes")))].into();
    noticed_at_every_door(&held(), isolate, &known, refusal());
    let mother = super::children::with_a_child();
    noticed_at_every_door(&mother, isolate, &facts(), refusal());
    passes(&woman, isolate(just_now()), &policy("BR-22", Stands::Off));
    let law = policy("BR-22", Stands::Refused);
    refused(
        &woman,
        isolate(just_now()),
        &law,
        &CustodyRefusal::CarerIsolated,
    );
}

/// BR-22
#[test]
fn what_was_told_in_the_case_on_which_a_stay_rests_is_known_in_the_stay() {
    let on_a_case =
        held_with(|wish| wish.commitment = commitment(HoldingBasis::Pretrial(case_id())));
    assert_eq!(on_a_case.rests_on_case(), Some(case_id()));
    assert_eq!(held().rests_on_case(), None);
    assert_eq!(Custody::default().rests_on_case(), None);
    let told = |answer: &str| [(code("pregnant"), Known::Value(code(answer)))].into();
    let about = |own: Option<&str>| {
        let circumstances = own.map_or_else(Default::default, told);
        let mut about = About {
            circumstances,
            ..About::default()
        };
        about.add(&told("yes"));
        about.circumstances[&code("pregnant")].clone()
    };
    assert_eq!(about(None), Known::Value(code("yes")));
    assert_eq!(about(Some("no")), Known::Value(code("no")));
}

#[test]
fn what_weighs_in_a_stay_is_what_goes_on() {
    let weighs = |custody: &Custody| -> Vec<String> {
        let found = custody.begun().unwrap().weighing_now();
        found
            .into_iter()
            .map(|finding| finding.code.clone())
            .collect()
    };
    let pregnant = |wish: &mut crate::custody::Admit| {
        wish.reception.circumstances = [(code("pregnant"), Known::Value(code("yes")))].into();
    };
    let admitted = || admitting(pregnant)(on("2026-01-10"));
    let isolated = after(&facts(), [admitted(), isolate(on("2026-02-01"))]);
    assert_eq!(weighs(&isolated), ["custody.carer-isolated"]);
    let ended = after(
        &facts(),
        [admitted(), isolate(on("2026-02-01")), end(on("2026-02-03"))],
    );
    assert!(weighs(&ended).is_empty());
    let left = after(
        &facts(),
        [admitted(), isolate(on("2026-02-01")), release(just_now())],
    );
    assert!(weighs(&left).is_empty());
    let irregular = super::held_irregularly();
    assert_eq!(weighs(&irregular), ["custody.held-irregularly"]);
    assert!(weighs(&held()).is_empty());
}

/// MR-44
#[test]
fn health_is_checked_before_an_isolation() {
    passes(&held(), isolate(just_now()), &facts());
    for silence in [Known::NotRecorded, Known::Value(Answer::No)] {
        let unchecked = isolating(move |wish| wish.health_checked = silence);
        let refusal = Objection::notice(CustodyRefusal::HealthUnchecked);
        noticed_at_every_door(&held(), unchecked, &facts(), refusal);
    }
}

/// MR-44
#[test]
fn more_than_fifteen_days_alone_are_critical_and_their_end_is_never_refused() {
    // Fifteen days: from 5 to 19 February.
    passes(&alone("2026-02-05"), end(on("2026-02-19")), &facts());
    let refusal = |days| alarm(CustodyRefusal::AloneTooLong { days, most: 15 });
    let state = alone("2026-02-04");
    noticed_once(&state, end(on("2026-02-19")), &facts(), refusal(16));
    noticed_once(&state, end(just_now()), &facts(), refusal(30));
    noticed_once(&state, release(just_now()), &facts(), refusal(30));
    let strict = policy("MR-44", Stands::Refused);
    noticed_once(&state, end(just_now()), &strict, refusal(30));
    let fewer = isolating(|wish| wish.hours_a_day = 21)(on("2026-02-04"));
    let fewer = after::<Custody>(&facts(), [admit(on("2026-01-10")), fewer]);
    passes(&fewer, end(just_now()), &facts());
}

#[test]
fn days_alone_go_on_where_no_day_lies_between_two_isolations() {
    let days = |commands: &[CustodyCommand], today: &str| {
        let history = [&[admit(on("2026-01-10"))], commands].concat();
        let custody = after::<Custody>(&facts(), history);
        let today: Day = today.parse().unwrap();
        let stay = custody.begun().unwrap();
        stay.days_alone(22, today, |done| facts().date(done))
    };
    let first = [isolate(on("2026-02-01")), end(on("2026-02-05"))];
    assert_eq!(days(&first[..1], "2026-02-03"), Some(3));
    assert_eq!(days(&first, "2026-02-06"), None);
    let next = |from| [&first[..], &[isolate(on(from))]].concat();
    assert_eq!(days(&next("2026-02-06"), "2026-02-10"), Some(10));
    assert_eq!(days(&next("2026-02-07"), "2026-02-10"), Some(4));
}
