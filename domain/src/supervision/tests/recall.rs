use super::{
    accepted, after, code, facts_of, just_now, long_ago, note, on, only_noticed, passes, refused,
    refused_at_every_door, refused_live_and_noticed,
};
use crate::act::Objection;
use crate::actor::Role;
use crate::stream::Stream;
use crate::supervision::{
    ContactKind, ContactOutcome, DecideRecall, RecallOutcome, RecordContact, RequestRecall,
    Supervision, SupervisionCommand, SupervisionRefusal,
};
use crate::testing::samples::known;
use crate::values::{Known, Occurred, RecallNo};

fn request() -> RequestRecall {
    RequestRecall {
        done: on("2026-02-02"),
        grounds: vec![code("out-of-contact")],
        alternatives_tried: vec![code("warning-letter")],
        note: None,
    }
}

fn requesting(wish: &RequestRecall) -> impl Fn(Occurred) -> SupervisionCommand + use<> {
    let wish = wish.clone();
    move |done| {
        let wish = wish.clone();
        SupervisionCommand::RequestRecall(RequestRecall { done, ..wish })
    }
}

fn requested() -> Supervision {
    after([SupervisionCommand::RequestRecall(request())])
}

fn deciding(
    recall: u16,
    outcome: RecallOutcome,
    is_reasoned: bool,
) -> impl Fn(Occurred) -> SupervisionCommand {
    move |pronounced| {
        SupervisionCommand::DecideRecall(DecideRecall {
            recall: RecallNo(recall),
            pronounced,
            outcome,
            reasons: is_reasoned.then(note),
        })
    }
}

/// SU-9
#[test]
fn recall_is_requested_on_a_ground() {
    passes(&after([]), requesting(&request())(just_now()));
    let groundless = RequestRecall {
        grounds: Vec::new(),
        ..request()
    };
    let objection = Objection::hard(SupervisionRefusal::GroundMissing);
    refused_live_and_noticed(&after([]), requesting(&groundless), objection);
}

/// SU-10
#[test]
fn grounds_and_alternatives_are_codes_of_the_pack() {
    let unknown = |list, text: &str| {
        let code = code(text);
        Objection::hard(SupervisionRefusal::UnknownCode {
            list,
            code,
            known: known(|law| {
                if list == "grounds" {
                    &law.supervision.recall_grounds
                } else {
                    &law.supervision.recall_alternatives
                }
            }),
        })
    };
    let ground = RequestRecall {
        grounds: vec![code("dislike")],
        ..request()
    };
    let objection = unknown("grounds", "dislike");
    refused_live_and_noticed(&after([]), requesting(&ground), objection);
    let tried = RequestRecall {
        alternatives_tried: vec![code("prayer")],
        ..request()
    };
    let objection = unknown("alternatives_tried", "prayer");
    refused_live_and_noticed(&after([]), requesting(&tried), objection);
}

/// TR-14.4
#[test]
fn a_request_names_what_was_tried_or_says_why_nothing_was() {
    let untried = RequestRecall {
        alternatives_tried: Vec::new(),
        ..request()
    };
    let refusal = SupervisionRefusal::NothingTried;
    let objection = Objection::reasons(refusal.clone());
    refused_live_and_noticed(&after([]), requesting(&untried), objection);
    let reasoned = RequestRecall {
        note: Some(note()),
        ..untried
    };
    only_noticed(&after([]), requesting(&reasoned), refusal);
}

/// SU-9
#[test]
fn recall_is_requested_once_at_a_time_and_decided_once() {
    let recall = RecallNo(1);
    let open = SupervisionRefusal::RecallOpen { recall };
    refused_at_every_door(&requested(), requesting(&request()), &open);
    let refuse = |pronounced| deciding(1, RecallOutcome::Refused, false)(pronounced);
    passes(&requested(), refuse(just_now()));
    let decided = after([
        SupervisionCommand::RequestRecall(request()),
        refuse(on("2026-02-09")),
    ]);
    assert_eq!(decided.title(), "in force");
    let gone = SupervisionRefusal::NoSuchRecall { recall };
    refused_at_every_door(&decided, refuse, &gone);
    passes(&decided, requesting(&request())(just_now()));
}

/// SU-3
#[test]
fn refuses_a_decision_on_a_request_that_was_not_made() {
    let recall = RecallNo(2);
    let refusal = SupervisionRefusal::NoSuchRecall { recall };
    let other = deciding(2, RecallOutcome::Refused, false);
    refused_at_every_door(&requested(), other, &refusal);
}

/// SU-9
#[test]
fn a_recall_is_granted_with_reasons() {
    let objection = Objection::reasons(SupervisionRefusal::ReasonsMissing);
    let silent = deciding(1, RecallOutcome::Granted, false);
    refused_live_and_noticed(&requested(), silent, objection);
    let reasoned = deciding(1, RecallOutcome::Granted, true);
    passes(&requested(), reasoned(just_now()));
}

/// TR-14.3
#[test]
fn no_process_requests_or_decides_recall() {
    let software = facts_of(Role::System);
    let decision = deciding(1, RecallOutcome::Granted, true);
    for pronounced in [just_now(), long_ago()] {
        let refused = requested().decide(decision(pronounced), &software);
        assert_eq!(refused, Err(SupervisionRefusal::NotForSoftware));
        let refused = after([]).decide(requesting(&request())(pronounced), &software);
        assert_eq!(refused, Err(SupervisionRefusal::NotForSoftware));
    }
}

/// TR-10.2
#[test]
fn recall_is_decided_by_a_court_or_board_whoever_records_it_later() {
    let decision = deciding(1, RecallOutcome::Granted, true);
    for role in [Role::Judge, Role::Clerk] {
        let decided = requested().decide(decision(just_now()), &facts_of(role));
        assert!(decided.is_ok(), "{role}");
    }
    let role = Role::Probation;
    let live = requested().decide(decision(just_now()), &facts_of(role));
    assert_eq!(live, Err(SupervisionRefusal::NotCompetent { role }));
    let existing = requested().decide(decision(long_ago()), &facts_of(role));
    assert_eq!(super::found(&existing.unwrap()), Vec::new());
}

/// SU-11, TR-11.1
#[test]
fn after_a_recall_nothing_more_is_asked_here() {
    let events = accepted(
        &requested(),
        deciding(1, RecallOutcome::Granted, true)(long_ago()),
    );
    let recalled = events.iter().fold(requested(), Supervision::evolve);
    assert_eq!(recalled.title(), "recalled");
    let again = SupervisionRefusal::NotPossible {
        state: "recalled",
        wish: "requesting recall",
    };
    refused(&recalled, requesting(&request())(just_now()), &again);
    // Another recall that is told of the same day or later is seen.
    let told = |done: &str| super::found(&accepted(&recalled, requesting(&request())(on(done))));
    assert_eq!(told("2026-02-19"), []);
    for day in ["2026-02-20", "2026-02-21"] {
        let refusal = SupervisionRefusal::AfterTheEnd {
            on: day.parse().unwrap(),
            ends: "2026-02-20".parse().unwrap(),
        };
        assert_eq!(told(day), super::said(Objection::hard(refusal)));
    }
    let contact = SupervisionCommand::RecordContact(RecordContact {
        on: "2026-02-21".parse().unwrap(),
        kind: ContactKind::InPerson,
        outcome: ContactOutcome::Completed,
        enforceable: Known::NotRecorded,
        done: just_now(),
        note: None,
    });
    let late = SupervisionRefusal::AfterTheEnd {
        on: "2026-02-21".parse().unwrap(),
        ends: "2026-02-20".parse().unwrap(),
    };
    refused(&recalled, contact, &late);
}

/// TR-11.1
#[test]
fn a_recall_of_an_ended_supervision_is_recorded_with_a_finding_and_never_taken() {
    // It ended on 20 February 2026, and somebody was recalled a week later.
    let over = super::ended();
    let later = on("2026-02-27");
    let impossible = |wish| SupervisionRefusal::NotPossible {
        state: "ended",
        wish,
    };
    let live = requesting(&request())(just_now());
    refused(&over, live, &impossible("requesting recall"));
    let late = |on: &str| {
        super::said(Objection::hard(SupervisionRefusal::AfterTheEnd {
            on: on.parse().unwrap(),
            ends: "2026-02-20".parse().unwrap(),
        }))
    };
    let events = accepted(&over, requesting(&request())(later));
    assert_eq!(super::found(&events), late("2026-02-27"));
    let asked = events.iter().fold(over, Supervision::evolve);
    let granted = deciding(1, RecallOutcome::Granted, true);
    refused(
        &asked,
        granted(just_now()),
        &impossible("deciding on recall"),
    );
    let events = accepted(&asked, granted(on("2026-02-28")));
    assert_eq!(super::found(&events), late("2026-02-28"));
    // It goes on standing as it did: what has ended is not ended again.
    let recalled = events.iter().fold(asked, Supervision::evolve);
    assert_eq!(recalled.title(), "ended");
    let started = recalled.started().unwrap();
    let recall = &started.recalls[&RecallNo(1)];
    assert_eq!(
        recall.decided,
        Some((on("2026-02-28"), RecallOutcome::Granted))
    );
    assert_eq!(started.findings.len(), 2);
}

/// TR-11.1
#[test]
fn a_recall_of_the_day_of_the_end_is_noticed_and_one_from_before_it_is_not() {
    let found =
        |done: &str| super::found(&accepted(&super::ended(), requesting(&request())(on(done))));
    assert_eq!(found("2026-02-20").len(), 1);
    assert_eq!(found("2026-02-19"), []);
}

/// TR-11.1
#[test]
fn no_recall_is_granted_after_the_last_day_though_nothing_else_ended_it() {
    let moved = |ends: &str| {
        SupervisionCommand::MoveEnd(crate::supervision::MoveEnd {
            expected_end: ends.parse().unwrap(),
            done: on("2026-02-10"),
        })
    };
    let short = after([
        SupervisionCommand::RequestRecall(request()),
        moved("2026-02-15"),
    ]);
    let granted = deciding(1, RecallOutcome::Granted, true);
    let objection = |on: &str| {
        Objection::hard(SupervisionRefusal::AfterTheEnd {
            on: on.parse().unwrap(),
            ends: "2026-02-15".parse().unwrap(),
        })
    };
    let live = objection("2026-03-05").refusal;
    refused(&short, granted(just_now()), &live);
    let events = accepted(&short, granted(long_ago()));
    let noticed = super::said(objection("2026-02-20"));
    assert_eq!(super::found(&events), noticed);
    passes(
        &short,
        deciding(1, RecallOutcome::Refused, false)(just_now()),
    );
}
