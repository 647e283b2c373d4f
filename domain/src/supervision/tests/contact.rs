use super::{
    after, code, ended, just_now, long_ago, note, on, passes, refused_at_every_door,
    refused_live_and_noticed,
};
use crate::act::Objection;
use crate::supervision::{
    ContactKind, ContactOutcome, CorrectContact, RecordContact, RecordViolation, Supervision,
    SupervisionCommand, SupervisionRefusal,
};
use crate::testing::samples::known;
use crate::values::{ContactNo, Enforceable, Known, Occurred};

fn contact(on: &str, outcome: ContactOutcome) -> RecordContact {
    RecordContact {
        on: on.parse().unwrap(),
        kind: ContactKind::Telephone,
        outcome,
        enforceable: Known::Value(Enforceable::Yes),
        done: long_ago(),
        note: Some(note()),
    }
}

fn recording(on: &str) -> impl Fn(Occurred) -> SupervisionCommand + use<> {
    let wish = contact(on, ContactOutcome::Completed);
    move |done| {
        let wish = wish.clone();
        SupervisionCommand::RecordContact(RecordContact { done, ..wish })
    }
}

fn missed() -> Supervision {
    let wish = contact("2026-02-16", ContactOutcome::Missed);
    after([SupervisionCommand::RecordContact(wish)])
}

fn correction(outcome: ContactOutcome) -> CorrectContact {
    CorrectContact {
        contact: ContactNo(1),
        kind: ContactKind::Telephone,
        outcome,
        enforceable: Known::NotRecorded,
        reason: code("entered-wrongly"),
        done: just_now(),
        note: None,
    }
}

fn correcting(wish: &CorrectContact) -> impl Fn(Occurred) -> SupervisionCommand + use<> {
    let wish = wish.clone();
    move |done| {
        let wish = wish.clone();
        SupervisionCommand::CorrectContact(CorrectContact { done, ..wish })
    }
}

fn violating(on: &str, kind: &str) -> impl Fn(Occurred) -> SupervisionCommand + use<> {
    let (on, kind) = (on.parse().unwrap(), code(kind));
    move |done| {
        SupervisionCommand::RecordViolation(RecordViolation {
            on,
            kind: kind.clone(),
            done,
            note: None,
        })
    }
}

/// SU-4, TR-11.1
#[test]
fn a_contact_lies_within_the_life_of_the_supervision() {
    passes(&after([]), recording("2026-01-05")(just_now()));
    let early = Objection::hard(SupervisionRefusal::BeforeTheStart {
        on: "2026-01-04".parse().unwrap(),
        starts: "2026-01-05".parse().unwrap(),
    });
    refused_live_and_noticed(&after([]), recording("2026-01-04"), early);
    let late = Objection::hard(SupervisionRefusal::AfterTheEnd {
        on: "2026-02-21".parse().unwrap(),
        ends: "2026-02-20".parse().unwrap(),
    });
    refused_live_and_noticed(&ended(), recording("2026-02-21"), late.clone());
    let violation = violating("2026-02-21", "technical");
    refused_live_and_noticed(&ended(), violation, late);
    passes(&ended(), recording("2026-02-20")(just_now()));
}

/// TR-11.1
#[test]
fn nothing_is_asked_after_the_day_that_the_decision_fixed() {
    use crate::stream::Stream;
    use crate::supervision::{StartSupervision, SupervisionEvent};
    let supervision = Supervision::Unstarted.evolve(&SupervisionEvent::Started {
        start: StartSupervision {
            expected_end: Some("2026-02-15".parse().unwrap()),
            ..super::start()
        },
        door: crate::act::Door::Live,
        findings: Vec::new(),
    });
    let late = Objection::hard(SupervisionRefusal::AfterTheEnd {
        on: "2026-02-16".parse().unwrap(),
        ends: "2026-02-15".parse().unwrap(),
    });
    refused_live_and_noticed(&supervision, recording("2026-02-16"), late);
    let started = supervision.started().unwrap();
    assert_eq!(started.title_on("2026-02-15".parse().unwrap()), "in force");
    assert_eq!(started.title_on("2026-02-16".parse().unwrap()), "expired");
}

/// SU-2
#[test]
fn refuses_a_contact_or_violation_still_to_come() {
    let done = on("2026-03-06");
    let refusal = SupervisionRefusal::InTheFuture { done };
    refused_at_every_door(&after([]), recording("2026-03-06"), &refusal);
    let violation = violating("2026-03-06", "technical");
    refused_at_every_door(&after([]), violation, &refusal);
}

/// SU-8
#[test]
fn a_contact_is_corrected_and_counts_as_it_really_was() {
    let day = "2026-03-05".parse().unwrap();
    assert_eq!(
        missed().started().unwrap().failures(day, 12),
        [ContactNo(1)]
    );
    let wish = correction(ContactOutcome::Completed);
    let supervision = after([
        SupervisionCommand::RecordContact(contact("2026-02-16", ContactOutcome::Missed)),
        SupervisionCommand::CorrectContact(wish),
    ]);
    let started = supervision.started().unwrap();
    assert!(started.failures(day, 12).is_empty());
    let (no, contact) = started.last_contact().unwrap();
    assert_eq!((no, contact.corrections), (ContactNo(1), 1));
    assert_eq!(contact.enforceable, Known::Value(Enforceable::Yes));
    assert_eq!(contact.note, Some(note()));
}

/// SU-3, SU-8
#[test]
fn a_correction_names_a_contact_and_changes_something() {
    let same = correction(ContactOutcome::Missed);
    let refusal = SupervisionRefusal::ChangesNothing;
    refused_at_every_door(&missed(), correcting(&same), &refusal);
    let marked = CorrectContact {
        enforceable: Known::Value(Enforceable::No),
        ..same
    };
    passes(&missed(), correcting(&marked)(just_now()));
    let contact = ContactNo(2);
    let elsewhere = CorrectContact { contact, ..marked };
    let refusal = SupervisionRefusal::NoSuchContact { contact };
    refused_at_every_door(&missed(), correcting(&elsewhere), &refusal);
}

/// SU-10
#[test]
fn a_correction_and_a_violation_are_coded_by_the_pack() {
    let wish = CorrectContact {
        reason: code("mercy"),
        ..correction(ContactOutcome::Completed)
    };
    let unknown = |list, text: &str| {
        let code = code(text);
        Objection::hard(SupervisionRefusal::UnknownCode {
            list,
            code,
            known: known(|law| {
                if list == "kind" {
                    &law.supervision.violations
                } else {
                    &law.supervision.correction_reasons
                }
            }),
        })
    };
    refused_live_and_noticed(&missed(), correcting(&wish), unknown("reason", "mercy"));
    let insolence = violating("2026-02-16", "insolence");
    refused_live_and_noticed(&missed(), insolence, unknown("kind", "insolence"));
    passes(&missed(), violating("2026-02-16", "no-contact")(just_now()));
}
