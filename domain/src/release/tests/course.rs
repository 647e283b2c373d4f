use super::{
    after, after_eligible, by_law, come_back, consider, day, defer, effect, eligible, end, facts,
    facts_of, furlough, grant, on, refuse,
};
use crate::act::{Door, Objection, Reference, Weight, through};
use crate::actor::Role;
use crate::release::{
    EffectRelease, EndRelease, RecordReturn, Release, ReleaseCommand, ReleaseEnd, ReleaseRefusal,
    Standing,
};
use crate::stream::Stream;
use crate::testing::doors::{
    after_just_now, just_now, long_ago, noticed, noticed_at_every_door, passes, refused,
    refused_at_every_door, told_with,
};
use crate::testing::samples::{midland, person, sentence_id};
use crate::values::{Known, Occurred, Provided, Readiness, Return};

/// RL-2
#[test]
fn nothing_is_of_the_future_and_a_step_told_of_before_the_one_it_follows_is_seen() {
    let tomorrow = on("2026-03-06");
    let refusal = ReleaseRefusal::InTheFuture { done: tomorrow };
    refused(&after([]), grant(tomorrow), &facts(), &refusal);
    let granted = after([grant(on("2026-02-12"))]);
    let refusal = ReleaseRefusal::BeforeTheLastStep {
        done: "2026-02-11".parse().unwrap(),
        last: "2026-02-12".parse().unwrap(),
    };
    told_with(&granted, effect(on("2026-02-11")), &facts(), refusal);
    let fresh = after([grant(after_just_now())]);
    let refusal = ReleaseRefusal::BeforeTheLastStep {
        done: "2026-03-05".parse().unwrap(),
        last: "2026-03-05".parse().unwrap(),
    };
    refused(&fresh, effect(just_now()), &facts(), &refusal);
    passes(&granted, effect(on("2026-02-12")), &facts());
}

/// RL-3
#[test]
fn a_step_is_possible_only_in_the_state_that_allows_it() {
    let refusal = |state, wish| ReleaseRefusal::NotPossible { state, wish };
    let never = refusal("not recorded", "granting");
    refused_at_every_door(&Release::default(), grant, &facts(), &never);
    let refused_once = after([refuse(on("2026-02-12"))]);
    let again = refusal("refused", "granting");
    refused_at_every_door(&refused_once, grant, &facts(), &again);
    passes(&refused_once, consider(just_now()), &facts());
    let considered = after([refuse(on("2026-02-12")), consider(on("2026-02-13"))]);
    passes(&considered, grant(just_now()), &facts());
    let twice = refusal("considered", "considering");
    refused_at_every_door(&considered, consider, &facts(), &twice);
    let not_granted = refusal("not considered yet", "carrying it out");
    refused_at_every_door(&after([]), effect, &facts(), &not_granted);
    let inside = refusal("not considered yet", "recording a return");
    refused_at_every_door(&after([]), come_back, &facts(), &inside);
    let over = after([end(on("2026-02-12"))]);
    let ended = refusal("ended", "ending it");
    refused_at_every_door(&over, end, &facts(), &ended);
    let out = after([by_law(|_| {})(on("2026-02-15"))]);
    let by_law_twice = refusal("carried out", "a release by law");
    refused_at_every_door(&out, by_law(|_| {}), &facts(), &by_law_twice);
}

/// Refused as an act, and a critical finding as a fact of 19 February; how it stands is left as it is.
#[track_caller]
fn called_back_late(over: &Release, wish: impl Fn(Occurred) -> ReleaseCommand, act: &'static str) {
    let refusal = ReleaseRefusal::NotPossible {
        state: "ended",
        wish: act,
    };
    refused(over, wish(just_now()), &facts(), &refusal);
    let objection = Objection::hard(ReleaseRefusal::AfterTheEnd {
        done: "2026-02-19".parse().unwrap(),
        ended: "2026-02-15".parse().unwrap(),
    });
    let expected = through(Door::Existing, vec![objection]).unwrap();
    assert_eq!(noticed(over, wish(long_ago()), &facts()), expected);
    let events = over.decide(wish(long_ago()), &facts()).unwrap();
    let noted = events.iter().fold(over.clone(), Release::evolve);
    // It goes on standing as it did, and how it ended is kept.
    let course = noted.recorded().unwrap();
    assert_eq!(course.standing, Standing::Ended);
    assert_eq!(course.ended.unwrap().how, ReleaseEnd::Served);
    assert_eq!(course.findings.len(), 1);
}

/// TR-11.1
#[test]
fn a_recall_from_a_release_that_has_ended_is_recorded_with_a_finding_and_never_taken() {
    let steps = [
        grant(on("2026-02-11")),
        effect(on("2026-02-12")),
        end(on("2026-02-15")),
    ];
    let over = after(steps);
    let revoke = |done| {
        let how = ReleaseEnd::Revoked;
        ReleaseCommand::End(EndRelease { done, how })
    };
    let brought_back = |done| {
        let how = Return::BroughtBack;
        ReleaseCommand::RecordReturn(RecordReturn { done, how })
    };
    called_back_late(&over, revoke, "ending it");
    called_back_late(&over, brought_back, "recording a return");
    // Any other end of what has ended is none, and who came back by themselves came from somewhere else.
    let again = ReleaseRefusal::NotPossible {
        state: "ended",
        wish: "ending it",
    };
    refused_at_every_door(&over, end, &facts(), &again);
    let back = ReleaseRefusal::NotPossible {
        state: "ended",
        wish: "recording a return",
    };
    refused_at_every_door(&over, come_back, &facts(), &back);
    let running = after([grant(on("2026-02-11")), effect(on("2026-02-12"))]);
    passes(&running, revoke(just_now()), &facts());
    passes(&running, brought_back(just_now()), &facts());
}

/// RL-8
#[test]
fn nobody_leaves_before_the_day_on_which_the_law_allows_it() {
    // A decision may come before that day, the release may not.
    let early = after([grant(on("2026-02-01"))]);
    let wish = effect(on("2026-02-09"));
    let refusal = ReleaseRefusal::TooEarly {
        done: "2026-02-09".parse().unwrap(),
        eligible: day("2026-02-10"),
    };
    let events = early.decide(wish, &facts()).unwrap();
    let found = crate::stream::StreamEvent::findings(&events[0]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].said, refusal.to_string());
    assert_eq!(found[0].weight, Weight::Critical);
    passes(&early, effect(on("2026-02-10")), &facts());
    let mut later = super::eligibility("parole");
    later.eligible_on = day("2026-04-01");
    let first = ReleaseCommand::RecordEligibility(later);
    let granted = crate::testing::doors::after::<Release>(&facts(), [first, grant(just_now())]);
    let refusal = ReleaseRefusal::TooEarly {
        done: "2026-03-05".parse().unwrap(),
        eligible: day("2026-04-01"),
    };
    refused(&granted, effect(just_now()), &facts(), &refusal);
}

/// RL-11
#[test]
fn whoever_leaves_has_somewhere_to_live_health_care_and_papers() {
    let granted = after([grant(on("2026-02-12"))]);
    passes(&granted, effect(just_now()), &facts());
    let ready = Readiness {
        housing: Known::Value(Provided::No),
        health: Known::Value(Provided::Yes),
        documents: Known::NotAsked,
    };
    let wish = |done| ReleaseCommand::Effect(EffectRelease { done, ready });
    let missing = "housing, papers".to_owned();
    let refusal = Objection::notice(ReleaseRefusal::NotReady { missing });
    noticed_at_every_door(&granted, wish, &facts(), refusal);
}

/// DP-7
#[test]
fn software_opens_no_door() {
    let granted = after([grant(on("2026-02-12"))]);
    let software = facts_of(Role::System);
    let refusal = ReleaseRefusal::NotForSoftware;
    refused_at_every_door(&granted, effect, &software, &refusal);
    passes(&granted, effect(just_now()), &facts());
}

/// TR-9.4
#[test]
fn a_release_that_waits_has_a_day_by_which_something_happens() {
    let law = midland();
    let due = |release: &Release| -> Vec<(&str, &str, u16, String, Weight)> {
        let clocks = release.clocks(&law).into_iter();
        clocks
            .map(|c| (c.safeguard, c.code, c.nth, c.due.to_string(), c.weight))
            .collect()
    };
    let clock = |safeguard, code, nth, due: &str, weight| {
        vec![(safeguard, code, nth, due.to_owned(), weight)]
    };
    let (notice, critical) = (Weight::Notice, Weight::Critical);
    let never = clock("TR-9.4", "release.consideration", 1, "2026-02-10", notice);
    assert_eq!(due(&after([])), never);
    let by_law_due = clock("TR-11.1", "release.by-law", 1, "2026-02-10", critical);
    assert_eq!(due(&after_eligible("automatic", [])), by_law_due);
    let considered = after([consider(on("2026-02-11"))]);
    let decision = clock("TR-9.4", "release.decision", 1, "2026-03-13", notice);
    assert_eq!(due(&considered), decision);
    let again = |due| clock("TR-9.4", "release.next-consideration", 2, due, notice);
    assert_eq!(due(&after([refuse(on("2026-02-11"))])), again("2026-06-01"));
    let put_off = after([defer("2026-04-01")(on("2026-02-11"))]);
    assert_eq!(due(&put_off), again("2026-04-01"));
    let granted = after([grant(on("2026-02-11"))]);
    let effect_due = clock("TR-3.10", "release.effect", 1, "2026-02-14", critical);
    assert_eq!(due(&granted), effect_due);
    let beforehand = after([grant(on("2026-01-20"))]);
    let on_the_day = clock("TR-3.10", "release.effect", 1, "2026-02-10", critical);
    assert_eq!(due(&beforehand), on_the_day);
    let out = after_eligible("furlough", [furlough(), effect(on("2026-02-12"))]);
    let back = clock("TR-11.1", "release.return", 1, "2026-02-20", critical);
    assert_eq!(due(&out), back);
    let on_parole = after([grant(on("2026-02-11")), effect(on("2026-02-12"))]);
    assert_eq!(due(&on_parole), []);
    let steps = [
        furlough(),
        effect(on("2026-02-12")),
        come_back(on("2026-02-20")),
    ];
    assert_eq!(due(&after_eligible("furlough", steps)), []);
    assert_eq!(due(&Release::default()), []);
}

#[test]
fn a_release_goes_from_eligible_to_back_and_keeps_how_it_went() {
    let steps = [
        consider(on("2026-02-10")),
        furlough(),
        effect(on("2026-02-12")),
        come_back(on("2026-02-20")),
    ];
    let back = after_eligible("furlough", steps);
    let course = back.recorded().unwrap();
    assert_eq!(course.standing, Standing::Back);
    assert_eq!(course.back_by(), None);
    assert!(course.granted.is_some() && course.effected.is_some());
    assert_eq!(back.title(), "over, the person is back");
    passes(&back, end(just_now()), &facts());
}

#[test]
fn a_release_by_law_pretends_no_decision() {
    let out = after([by_law(|_| {})(on("2026-02-15"))]);
    let course = out.recorded().unwrap();
    assert_eq!(course.standing, Standing::Out);
    assert_eq!(course.granted, None);
    assert!(course.by_law.is_some());
}

#[test]
fn an_eligibility_refers_to_the_person_and_to_the_sentence() {
    let release = Release::default();
    let both = [
        Reference::Person(person(1)),
        Reference::Sentence(sentence_id(7)),
    ];
    assert_eq!(release.refers(&eligible("parole")), both);
    assert_eq!(release.refers(&by_law(|_| {})(just_now())), both);
    assert_eq!(release.refers(&grant(just_now())), []);
    assert_eq!(after([]).person(), Some(person(1)));
}
