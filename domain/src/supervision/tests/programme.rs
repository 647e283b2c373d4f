use super::{
    assessment, code, just_now, long_ago, on, only_noticed, passes, refused_at_every_door,
    refused_live_and_noticed,
};
use crate::act::{Objection, Refusal};
use crate::stream::{Stream, StreamEvent};
use crate::supervision::{
    Completeness, EndProgramme, Measured, MoveProgramme, RecordAssessment, ReferToProgramme,
    Supervision, SupervisionCommand, SupervisionRefusal, TreatmentKind,
};
use crate::testing::samples::known;
use crate::values::{Answer, Known, Occurred, ProgrammeNo};

/// A supervision after an assessment and a few more commands.
fn after(commands: impl IntoIterator<Item = SupervisionCommand>) -> Supervision {
    let assessed = SupervisionCommand::RecordAssessment(assessment("2026-01-08"));
    super::after(std::iter::once(assessed).chain(commands))
}

fn referring(programme: &str) -> impl Fn(Occurred) -> SupervisionCommand + use<> {
    let programme = code(programme);
    move |done| {
        SupervisionCommand::ReferToProgramme(ReferToProgramme {
            programme: programme.clone(),
            treatment: Known::NotRecorded,
            contraindicated: Known::NotRecorded,
            done,
        })
    }
}

fn starting(programme: u16) -> impl Fn(Occurred) -> SupervisionCommand {
    let programme = ProgrammeNo(programme);
    move |done| {
        SupervisionCommand::StartProgramme(MoveProgramme {
            programme,
            done,
            measured: Vec::new(),
        })
    }
}

fn completing(programme: u16) -> impl Fn(Occurred) -> SupervisionCommand {
    let programme = ProgrammeNo(programme);
    move |done| {
        SupervisionCommand::CompleteProgramme(MoveProgramme {
            programme,
            done,
            measured: Vec::new(),
        })
    }
}

fn ending(programme: u16, reason: &str) -> impl Fn(Occurred) -> SupervisionCommand + use<> {
    let reason = code(reason);
    move |done| {
        SupervisionCommand::EndProgramme(EndProgramme {
            programme: ProgrammeNo(programme),
            done,
            reason: reason.clone(),
            measured: Vec::new(),
            note: None,
        })
    }
}

fn elsewhere(step: &'static str, wish: &'static str) -> SupervisionRefusal {
    SupervisionRefusal::ProgrammeElsewhere {
        programme: ProgrammeNo(1),
        step,
        wish,
    }
}

/// SU-7
#[test]
fn a_programme_is_referred_to_then_started_then_completed() {
    let referral = || referring("thinking-skills")(on("2026-01-12"));
    let supervision = after([referral()]);
    passes(&supervision, starting(1)(just_now()));
    let early = elsewhere("referred", "completing it");
    refused_at_every_door(&supervision, completing(1), &early);
    let started = || starting(1)(on("2026-01-19"));
    let supervision = after([referral(), started()]);
    passes(&supervision, completing(1)(just_now()));
    let twice = elsewhere("started", "starting it");
    refused_at_every_door(&supervision, starting(1), &twice);
    let supervision = after([referral(), started(), completing(1)(on("2026-02-16"))]);
    let over = elsewhere("completed", "ending it");
    refused_at_every_door(&supervision, ending(1, "health"), &over);
    assert_eq!(supervision.started().unwrap().open_programmes().count(), 0);
}

/// SU-7, SU-10
#[test]
fn a_programme_ends_early_for_a_reason_of_the_pack() {
    let supervision = after([referring("parenting")(on("2026-01-12"))]);
    passes(&supervision, ending(1, "not-suitable")(just_now()));
    let refusal = SupervisionRefusal::UnknownCode {
        list: "reason",
        code: code("boredom"),
        known: known(|law| &law.supervision.programme_reasons),
    };
    let unknown = ending(1, "boredom");
    refused_live_and_noticed(&supervision, unknown, Objection::hard(refusal));
    let supervision = after([
        referring("parenting")(on("2026-01-12")),
        ending(1, "not-suitable")(on("2026-02-02")),
    ]);
    let over = elsewhere("ended", "starting it");
    refused_at_every_door(&supervision, starting(1), &over);
}

/// SU-10
#[test]
fn refuses_a_measure_of_outcome_that_the_jurisdiction_does_not_know() {
    let supervision = after([referring("parenting")(on("2026-01-12"))]);
    let measuring = |measure: &str| {
        let measured = vec![Measured {
            measure: code(measure),
            value: 17,
        }];
        move |done| {
            SupervisionCommand::StartProgramme(MoveProgramme {
                programme: ProgrammeNo(1),
                done,
                measured: measured.clone(),
            })
        }
    };
    passes(&supervision, measuring("wellbeing")(just_now()));
    let refusal = SupervisionRefusal::UnknownCode {
        list: "measure",
        code: code("mood"),
        known: known(|law| &law.supervision.measures),
    };
    let unknown = measuring("mood");
    refused_live_and_noticed(&supervision, unknown, Objection::hard(refusal));
    let supervision = after([
        referring("parenting")(on("2026-01-12")),
        measuring("wellbeing")(on("2026-01-19")),
    ]);
    let programmes = &supervision.started().unwrap().programmes;
    assert_eq!(programmes[&ProgrammeNo(1)].before[0].value, 17);
}

/// SU-12
#[test]
fn a_full_programme_is_not_started_and_who_is_referred_to_it_waits() {
    let programme = code("thinking-skills");
    let rules = &super::facts().law.supervision;
    let places = rules.places(programme.as_str(), "ashby-probation").unwrap();
    let supervision = after([referring("thinking-skills")(on("2026-01-12"))]);
    let with = |taken: u32, done: Occurred| {
        let mut facts = super::facts();
        facts.taking_part = Some(taken);
        supervision.decide(starting(1)(done), &facts)
    };
    let refusal = SupervisionRefusal::NoPlaceFree { programme, places };
    assert_eq!(with(places, just_now()), Err(refusal.clone()));
    let noticed = with(places, long_ago()).unwrap();
    let found = noticed.iter().flat_map(StreamEvent::findings);
    assert_eq!(
        found.map(|f| f.code.as_str()).collect::<Vec<_>>(),
        [refusal.code()]
    );
    assert!(with(places - 1, just_now()).is_ok());
    // Nothing stands against a referral: its programme is waited for.
    passes(&after([]), referring("thinking-skills")(just_now()));
}

/// SU-10
#[test]
fn what_is_measured_when_a_programme_ends_early_is_kept() {
    let supervision = after([
        referring("parenting")(on("2026-01-12")),
        starting(1)(on("2026-01-19")),
    ]);
    let ending = |measure: &str| {
        let measure = code(measure);
        move |done| {
            SupervisionCommand::EndProgramme(EndProgramme {
                programme: ProgrammeNo(1),
                done,
                reason: code("not-suitable"),
                measured: vec![Measured {
                    measure: measure.clone(),
                    value: 12,
                }],
                note: None,
            })
        }
    };
    let refusal = SupervisionRefusal::UnknownCode {
        list: "measure",
        code: code("mood"),
        known: known(|law| &law.supervision.measures),
    };
    refused_live_and_noticed(&supervision, ending("mood"), Objection::hard(refusal));
    let supervision = after([
        referring("parenting")(on("2026-01-12")),
        starting(1)(on("2026-01-19")),
        ending("wellbeing")(on("2026-02-02")),
    ]);
    let programmes = &supervision.started().unwrap().programmes;
    assert_eq!(programmes[&ProgrammeNo(1)].after[0].value, 12);
}

/// SU-3
#[test]
fn refuses_a_programme_that_was_never_referred_to() {
    let programme = ProgrammeNo(1);
    let refusal = SupervisionRefusal::NoSuchProgramme { programme };
    refused_at_every_door(&after([]), starting(1), &refusal);
    refused_at_every_door(&after([]), completing(1), &refusal);
    refused_at_every_door(&after([]), ending(1, "health"), &refusal);
}

/// SU-10
#[test]
fn a_programme_is_a_code_of_the_pack() {
    passes(&after([]), referring("safer-driving")(just_now()));
    let refusal = SupervisionRefusal::UnknownCode {
        list: "programme",
        code: code("boot-camp"),
        known: known(|law| &law.supervision.programmes),
    };
    let unknown = referring("boot-camp");
    refused_live_and_noticed(&after([]), unknown, Objection::hard(refusal));
}

/// SU-6
#[test]
fn a_referral_rests_on_an_assessment_that_was_completed() {
    let refusal = SupervisionRefusal::NotAssessed;
    only_noticed(&super::after([]), referring("parenting"), refusal.clone());
    let incomplete = RecordAssessment {
        completeness: Completeness::LockedIncomplete,
        ..assessment("2026-01-12")
    };
    let incomplete = super::after([SupervisionCommand::RecordAssessment(incomplete)]);
    only_noticed(&incomplete, referring("parenting"), refusal);
    passes(&after([]), referring("parenting")(just_now()));
}

/// SU-7
#[test]
fn programmes_are_numbered_in_the_order_of_their_referral() {
    let supervision = after([
        referring("parenting")(long_ago()),
        referring("safer-driving")(just_now()),
    ]);
    let started = supervision.started().unwrap();
    let codes: Vec<_> = started
        .open_programmes()
        .map(|(no, programme)| (no.0, programme.programme.as_str()))
        .collect();
    assert_eq!(codes, [(1, "parenting"), (2, "safer-driving")]);
}

/// TR-3.8
#[test]
fn nobody_is_experimented_on_and_what_speaks_against_a_treatment_is_seen() {
    let treated = |treatment, contraindicated| {
        move |done| {
            SupervisionCommand::ReferToProgramme(ReferToProgramme {
                programme: code("thinking-skills"),
                treatment,
                contraindicated,
                done,
            })
        }
    };
    let state = after([]);
    let (established, pilot) = (TreatmentKind::Established, TreatmentKind::Pilot);
    for kind in [established, pilot] {
        let wish = treated(Known::Value(kind), Known::Value(Answer::No));
        passes(&state, wish(just_now()));
    }
    let programme = || code("thinking-skills");
    let experiment = treated(Known::Value(TreatmentKind::Experiment), Known::NotRecorded);
    let refusal = Objection::hard(SupervisionRefusal::Experiment {
        programme: programme(),
    });
    refused_live_and_noticed(&state, experiment, refusal);
    let harmful = treated(Known::NotRecorded, Known::Value(Answer::Yes));
    let seen = SupervisionRefusal::Contraindicated {
        programme: programme(),
    };
    only_noticed(&state, harmful, seen);
}
