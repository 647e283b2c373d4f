use super::{
    accepted, after, code, ended, facts, facts_of, found, just_now, long_ago, office, on,
    only_noticed, passes, refused, refused_at_every_door, refused_live_and_noticed, said, start,
    subject, today,
};
use crate::act::{Door, Facts, Objection};
use crate::actor::Role;
use crate::stream::Stream;
use crate::supervision::{
    AssignOfficer, EndSupervision, MoveEnd, StartSupervision, Supervision, SupervisionCommand,
    SupervisionEvent, SupervisionRefusal, TransferSupervision, Volunteer,
};
use crate::testing::samples::known;
use crate::values::{Answer, Known, Occurred};

fn starting(wish: &StartSupervision) -> impl Fn(Occurred) -> SupervisionCommand + use<> {
    let wish = wish.clone();
    move |done| {
        let wish = wish.clone();
        SupervisionCommand::Start(StartSupervision { done, ..wish })
    }
}

fn assigning(officer: &str, to: &str) -> impl Fn(Occurred) -> SupervisionCommand + use<> {
    let (officer, office) = (subject(officer), office(to));
    move |done| {
        SupervisionCommand::AssignOfficer(AssignOfficer {
            officer: officer.clone(),
            office: office.clone(),
            volunteer: None,
            done,
        })
    }
}

fn transferring(to: &str) -> impl Fn(Occurred) -> SupervisionCommand + use<> {
    let to = office(to);
    move |done| {
        let to = to.clone();
        SupervisionCommand::Transfer(TransferSupervision { to, done })
    }
}

fn ending(reason: &str) -> impl Fn(Occurred) -> SupervisionCommand + use<> {
    let reason = code(reason);
    move |done| {
        SupervisionCommand::End(EndSupervision {
            done,
            reason: reason.clone(),
            note: None,
        })
    }
}

/// SU-1
#[test]
fn a_supervision_is_started_by_what_is_in_force() {
    let wish = StartSupervision {
        done: just_now(),
        ..start()
    };
    let begin = SupervisionCommand::Start(wish.clone());
    let events = accepted(&Supervision::Unstarted, begin);
    let expected = SupervisionEvent::Started {
        start: wish,
        door: Door::Live,
        findings: Vec::new(),
    };
    assert_eq!(events, [expected]);
    let nothing_found = Facts {
        found: std::collections::BTreeSet::new(),
        ..facts()
    };
    let live = starting(&start())(just_now());
    let refused = Supervision::Unstarted.decide(live, &nothing_found);
    assert_eq!(refused, Err(SupervisionRefusal::CauseNotInForce));
    let existing = starting(&start())(long_ago());
    let events = Supervision::Unstarted
        .decide(existing, &nothing_found)
        .unwrap();
    let critical = Objection::hard(SupervisionRefusal::CauseNotInForce);
    assert_eq!(found(&events), said(critical));
}

/// SU-1
#[test]
fn refuses_to_start_a_supervision_twice() {
    let refusal = SupervisionRefusal::AlreadyStarted;
    refused_at_every_door(&after([]), starting(&start()), &refusal);
}

/// SU-2
#[test]
fn refuses_what_lies_in_the_future() {
    let done = on("2026-03-06");
    let refusal = SupervisionRefusal::InTheFuture { done };
    refused(&after([]), ending("completed")(done), &refusal);
    passes(&after([]), ending("completed")(just_now()));
}

/// SU-4
#[test]
fn a_supervision_ends_no_earlier_than_it_starts() {
    let wish = StartSupervision {
        expected_end: Some("2026-01-04".parse().unwrap()),
        ..start()
    };
    let refusal = SupervisionRefusal::EndsBeforeStart {
        ends: "2026-01-04".parse().unwrap(),
        starts: "2026-01-05".parse().unwrap(),
    };
    let objection = Objection::hard(refusal);
    refused_live_and_noticed(&Supervision::Unstarted, starting(&wish), objection);
    let one_day = StartSupervision {
        expected_end: Some("2026-01-05".parse().unwrap()),
        ..start()
    };
    passes(&Supervision::Unstarted, starting(&one_day)(just_now()));
}

fn moving(expected_end: &str) -> impl Fn(Occurred) -> SupervisionCommand {
    let expected_end = expected_end.parse().unwrap();
    move |done| SupervisionCommand::MoveEnd(MoveEnd { expected_end, done })
}

/// SU-4, SU-8
#[test]
fn its_end_moves_with_the_decision_that_it_hangs_on() {
    let supervision = after([moving("2027-07-04")(long_ago())]);
    let started = supervision.started().unwrap();
    assert_eq!(started.expected_end, Some("2027-07-04".parse().unwrap()));
    passes(&supervision, moving("2026-12-31")(just_now()));
    let same = moving("2027-07-04");
    refused_at_every_door(&supervision, same, &SupervisionRefusal::ChangesNothing);
    let refusal = SupervisionRefusal::EndsBeforeStart {
        ends: "2026-01-04".parse().unwrap(),
        starts: "2026-01-05".parse().unwrap(),
    };
    let objection = Objection::hard(refusal);
    refused_live_and_noticed(&supervision, moving("2026-01-04"), objection);
}

/// SU-4
#[test]
fn nothing_lies_before_the_start() {
    let later = StartSupervision {
        starts: "2026-03-10".parse().unwrap(),
        ..start()
    };
    let supervision = Supervision::Unstarted.evolve(&SupervisionEvent::Started {
        start: later,
        door: Door::Live,
        findings: Vec::new(),
    });
    for wish in [
        assigning("officer-2", "ashby-probation")(just_now()),
        transferring("elmet-probation")(just_now()),
        ending("completed")(just_now()),
    ] {
        let refusal = SupervisionRefusal::BeforeTheStart {
            on: "2026-03-05".parse().unwrap(),
            starts: "2026-03-10".parse().unwrap(),
        };
        refused(&supervision, wish, &refusal);
    }
}

/// SU-8, TR-10.2
#[test]
fn an_officer_of_a_competent_office_is_assigned() {
    let supervision = after([assigning("officer-2", "ashby-probation")(long_ago())]);
    let officer = supervision.started().unwrap().officer.as_ref().unwrap();
    assert_eq!(officer.subject.as_str(), "officer-2");
    let same = assigning("officer-2", "ashby-probation");
    refused_at_every_door(&supervision, same, &SupervisionRefusal::ChangesNothing);
    passes(
        &supervision,
        assigning("officer-3", "ashby-probation")(just_now()),
    );
    let office = office("nowhere");
    let refusal = SupervisionRefusal::UnknownOffice { office };
    let unknown = assigning("officer-3", "nowhere");
    refused_live_and_noticed(&supervision, unknown, Objection::hard(refusal));
}

/// SU-8, TR-10.2
#[test]
fn a_transfer_goes_to_another_competent_office_and_waits_for_its_officer() {
    let assigned = assigning("officer-2", "ashby-probation")(on("2026-01-06"));
    let supervision = after([assigned, transferring("elmet-probation")(long_ago())]);
    let started = supervision.started().unwrap();
    assert_eq!(started.office.as_str(), "elmet-probation");
    assert_eq!(started.officer, None);
    let same = transferring("elmet-probation");
    refused_at_every_door(&supervision, same, &SupervisionRefusal::ChangesNothing);
    let office = office("nowhere");
    let refusal = SupervisionRefusal::UnknownOffice { office };
    let unknown = transferring("nowhere");
    refused_live_and_noticed(&supervision, unknown, Objection::hard(refusal));
}

/// TR-10.2
#[test]
fn a_start_under_an_unknown_office_is_noticed() {
    let office = office("nowhere");
    let wish = StartSupervision {
        office: office.clone(),
        ..start()
    };
    let refusal = SupervisionRefusal::UnknownOffice { office };
    only_noticed(&Supervision::Unstarted, starting(&wish), refusal);
}

/// SU-10
#[test]
fn a_supervision_ends_for_a_reason_of_the_pack() {
    let refusal = SupervisionRefusal::UnknownCode {
        list: "reason",
        code: code("whim"),
        known: known(|law| &law.supervision.ending_reasons),
    };
    refused_live_and_noticed(&after([]), ending("whim"), Objection::hard(refusal));
    passes(&after([]), ending("quashed")(just_now()));
}

fn not_possible(wish: &'static str) -> SupervisionRefusal {
    SupervisionRefusal::NotPossible {
        state: "ended",
        wish,
    }
}

/// SU-11
#[test]
fn a_supervision_ends_once_and_what_is_told_of_another_end_is_recorded_with_a_finding() {
    // It ended on 20 February 2026.
    for done in [just_now(), today()] {
        refused(
            &ended(),
            ending("revoked")(done),
            &not_possible("ending it"),
        );
    }
    for day in ["2026-02-10", "2026-02-20", "2026-02-25"] {
        let objection = Objection::hard(SupervisionRefusal::EndedAlready {
            ended: "2026-02-20".parse().unwrap(),
            done: day.parse().unwrap(),
        });
        let wish = || ending("revoked")(on(day));
        let events = accepted(&ended(), wish());
        assert_eq!(found(&events), said(objection));
        let told = events.iter().fold(ended(), Supervision::evolve);
        let standing = &told.started().unwrap().standing;
        assert_eq!(standing, &ended().started().unwrap().standing);
        // What the register itself carries out is told nobody a second time.
        let by_process = ended().decide(wish(), &facts_of(Role::System));
        assert_eq!(by_process, Err(not_possible("ending it")));
    }
}

/// SU-11, TR-11.1
#[test]
fn what_was_done_before_or_after_the_end_is_recorded_once_it_has_happened() {
    let steps: [(&'static str, &dyn Fn(Occurred) -> SupervisionCommand); 3] = [
        ("a transfer", &transferring("elmet-probation")),
        (
            "assigning an officer",
            &assigning("officer-2", "ashby-probation"),
        ),
        ("another level", &|done| {
            SupervisionCommand::ChangeLevel(crate::supervision::ChangeLevel {
                level: code("low"),
                reason: code("good-progress"),
                done,
            })
        }),
    ];
    for (wish, step) in steps {
        for done in [just_now(), today()] {
            refused(&ended(), step(done), &not_possible(wish));
        }
        passes(&ended(), step(on("2026-02-19")));
        passes(&ended(), step(long_ago()));
        let late = Objection::hard(SupervisionRefusal::AfterTheEnd {
            on: "2026-02-21".parse().unwrap(),
            ends: "2026-02-20".parse().unwrap(),
        });
        let events = accepted(&ended(), step(on("2026-02-21")));
        assert_eq!(found(&events), said(late), "{wish}");
    }
}

/// SU-11
#[test]
fn nothing_is_asked_of_a_supervision_that_was_not_started() {
    let refusal = SupervisionRefusal::NotPossible {
        state: "not recorded",
        wish: "ending it",
    };
    refused_at_every_door(&Supervision::Unstarted, ending("completed"), &refusal);
}

/// TR-13.6
#[test]
fn a_supervision_without_a_case_cannot_be_said() {
    let wish = r#"{"start":{"person":"00000000-0000-0000-0000-000000000001","office":"ashby",
        "starts":"2026-01-05","done":"2026-01-05"}}"#;
    let error = serde_json::from_str::<SupervisionCommand>(wish).unwrap_err();
    assert!(error.to_string().contains("`cause`"), "{error}");
}

/// TR-19
#[test]
fn a_volunteer_is_screened_and_insured() {
    let volunteering = |screened, insured| {
        move |done| {
            SupervisionCommand::AssignOfficer(AssignOfficer {
                officer: subject("volunteer-1"),
                office: office("ashby-probation"),
                volunteer: Some(Volunteer { screened, insured }),
                done,
            })
        }
    };
    let started = after([]);
    let yes = Known::Value(Answer::Yes);
    passes(&started, volunteering(yes, yes)(just_now()));
    let unready = |what: &[&'static str]| SupervisionRefusal::VolunteerUnready {
        what: what.to_vec(),
    };
    let wish = volunteering(Known::Value(Answer::No), yes);
    only_noticed(&started, wish, unready(&["screened"]));
    let wish = volunteering(Known::NotRecorded, Known::NotAsked);
    only_noticed(&started, wish, unready(&["screened", "insured"]));
}

/// TR-13.5
#[test]
fn an_officer_has_no_more_cases_than_can_be_looked_after() {
    let started = after([]);
    let assign = || assigning("officer-2", "ashby-probation")(just_now());
    let noticed = |cases| {
        let facts = Facts { cases, ..facts() };
        let events = started.decide(assign(), &facts).unwrap();
        found(&events)
    };
    assert_eq!(noticed(None), []);
    assert_eq!(noticed(Some(59)), []);
    for cases in [60, 61] {
        let refusal = SupervisionRefusal::TooManyCases { cases, most: 60 };
        assert_eq!(noticed(Some(cases)), said(Objection::notice(refusal)));
    }
    passes(&started, assign());
}
