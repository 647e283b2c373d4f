use super::{
    after, assessment, code, ended, just_now, long_ago, note, on, only_noticed, passes,
    refused_at_every_door, refused_live_and_noticed,
};
use crate::act::{Facts, Objection};
use crate::stream::Stream;
use crate::supervision::{
    AgreePlan, ChangeLevel, Completeness, HoldReview, RecordAssessment, Supervision,
    SupervisionCommand, SupervisionRefusal,
};
use crate::testing::samples::{known, midland_with};
use crate::values::{AssessmentNo, Occurred};

fn assessing(wish: &RecordAssessment) -> impl Fn(Occurred) -> SupervisionCommand + use<> {
    let wish = wish.clone();
    move |done| {
        let wish = wish.clone();
        SupervisionCommand::RecordAssessment(RecordAssessment { done, ..wish })
    }
}

fn assessed() -> Supervision {
    let incomplete = RecordAssessment {
        completeness: Completeness::LockedIncomplete,
        level: Some(code("high")),
        ..assessment("2026-02-02")
    };
    after([
        SupervisionCommand::RecordAssessment(assessment("2026-01-12")),
        SupervisionCommand::RecordAssessment(incomplete),
    ])
}

fn planning(assessment: Option<u16>, has_goals: bool) -> impl Fn(Occurred) -> SupervisionCommand {
    move |done| {
        SupervisionCommand::AgreePlan(AgreePlan {
            done,
            assessment: assessment.map(AssessmentNo),
            goals: has_goals.then(note),
        })
    }
}

fn changing(level: &str, reason: &str) -> impl Fn(Occurred) -> SupervisionCommand + use<> {
    let (level, reason) = (code(level), code(reason));
    move |done| {
        SupervisionCommand::ChangeLevel(ChangeLevel {
            level: level.clone(),
            reason: reason.clone(),
            done,
        })
    }
}

fn reviewing(next: Option<&str>) -> impl Fn(Occurred) -> SupervisionCommand + use<> {
    let next_review = next.map(|day| day.parse().unwrap());
    move |done| {
        SupervisionCommand::HoldReview(HoldReview {
            done,
            next_review,
            note: None,
        })
    }
}

/// SU-5
#[test]
fn an_assessment_is_recorded_as_it_was_made_elsewhere() {
    let supervision = assessed();
    let started = supervision.started().unwrap();
    let (no, latest) = started.latest_assessment().unwrap();
    assert_eq!(
        (no, latest.instrument_version.as_str()),
        (AssessmentNo(1), "3.1")
    );
    assert_eq!(started.assessments.len(), 2);
    // A level that was never completed binds nobody.
    assert_eq!(started.level, Some(code("medium")));
}

/// SU-5
#[test]
fn a_complete_assessment_names_its_level() {
    let without = RecordAssessment {
        level: None,
        ..assessment("2026-02-02")
    };
    let objection = Objection::hard(SupervisionRefusal::LevelMissing);
    refused_live_and_noticed(&after([]), assessing(&without), objection);
    let locked = RecordAssessment {
        completeness: Completeness::LockedIncomplete,
        ..without
    };
    passes(&after([]), assessing(&locked)(just_now()));
}

/// SU-10
#[test]
fn instruments_needs_and_levels_are_codes_of_the_pack() {
    let unknown = |list, text: &str| {
        let code = code(text);
        Objection::hard(SupervisionRefusal::UnknownCode {
            list,
            code,
            known: known(|law| match list {
                "instrument" => &law.supervision.instruments,
                "needs" => &law.supervision.needs,
                _ => &law.supervision.levels,
            }),
        })
    };
    let base = || assessment("2026-02-02");
    let instrument = RecordAssessment {
        instrument: code("tea-leaves"),
        ..base()
    };
    let objection = unknown("instrument", "tea-leaves");
    refused_live_and_noticed(&after([]), assessing(&instrument), objection);
    let needs = RecordAssessment {
        needs: vec![code("housing"), code("luck")],
        ..base()
    };
    refused_live_and_noticed(&after([]), assessing(&needs), unknown("needs", "luck"));
    let level = RecordAssessment {
        level: Some(code("eleven")),
        ..base()
    };
    refused_live_and_noticed(&after([]), assessing(&level), unknown("level", "eleven"));
    passes(&after([]), assessing(&base())(just_now()));
}

/// SU-2
#[test]
fn refuses_an_assessment_still_to_come() {
    let refusal = SupervisionRefusal::InTheFuture {
        done: on("2026-03-06"),
    };
    let early = assessing(&assessment("2026-03-06"));
    refused_at_every_door(&after([]), early, &refusal);
}

/// SU-6
#[test]
fn a_plan_states_its_goals_and_rests_on_a_completed_assessment() {
    let supervision = assessed();
    passes(&supervision, planning(Some(1), true)(just_now()));
    let objection = Objection::hard(SupervisionRefusal::GoalsMissing);
    refused_live_and_noticed(&supervision, planning(Some(1), false), objection);
    let assessment = AssessmentNo(2);
    let objection = Objection::hard(SupervisionRefusal::AssessmentIncomplete { assessment });
    refused_live_and_noticed(&supervision, planning(Some(2), true), objection);
    let refusal = SupervisionRefusal::AssessmentMissing;
    only_noticed(&supervision, planning(None, true), refusal);
}

/// SU-3
#[test]
fn a_plan_rests_on_an_assessment_of_this_supervision() {
    let assessment = AssessmentNo(3);
    let refusal = SupervisionRefusal::NoSuchAssessment { assessment };
    refused_at_every_door(&assessed(), planning(Some(3), true), &refusal);
}

/// SU-8, SU-10
#[test]
fn a_change_of_level_goes_to_another_level_of_the_pack() {
    let supervision = assessed();
    passes(&supervision, changing("low", "good-progress")(just_now()));
    let same = changing("medium", "review");
    refused_at_every_door(&supervision, same, &SupervisionRefusal::ChangesNothing);
    for (wish, list, text) in [
        (changing("eleven", "review"), "level", "eleven"),
        (changing("low", "mood"), "reason", "mood"),
    ] {
        let code = code(text);
        let refusal = SupervisionRefusal::UnknownCode {
            list,
            code,
            known: known(|law| {
                if list == "level" {
                    &law.supervision.levels
                } else {
                    &law.supervision.level_reasons
                }
            }),
        };
        refused_live_and_noticed(&supervision, wish, Objection::hard(refusal));
    }
    let changed = after([changing("low", "good-progress")(long_ago())]);
    assert_eq!(changed.started().unwrap().level, Some(code("low")));
}

/// TR-10.3
#[test]
fn a_review_fixes_the_next_one() {
    let refusal = SupervisionRefusal::NextReviewMissing;
    only_noticed(&after([]), reviewing(None), refusal);
    passes(&after([]), reviewing(Some("2026-06-05"))(just_now()));
    for (held, next) in [(just_now(), "2026-03-05"), (long_ago(), "2026-02-20")] {
        let refusal = SupervisionRefusal::NextReviewNotLater {
            next: next.parse().unwrap(),
            held: next.parse().unwrap(),
        };
        let wish = reviewing(Some(next))(held);
        if held == just_now() {
            super::refused(&after([]), wish, &refusal);
        } else {
            let noticed = super::found(&super::accepted(&after([]), wish));
            assert_eq!(noticed, super::said(Objection::hard(refusal)));
        }
    }
    let supervision = after([reviewing(Some("2026-03-04"))(long_ago())]);
    let started = supervision.started().unwrap();
    assert!(started.is_review_overdue("2026-03-05".parse().unwrap()));
    assert!(!started.is_review_overdue("2026-03-04".parse().unwrap()));
}

/// SU-11, TR-11.1
#[test]
fn no_plan_level_or_review_follows_the_end_and_one_that_did_is_seen() {
    let steps: [(&'static str, &dyn Fn(Occurred) -> SupervisionCommand); 3] = [
        ("agreeing a plan", &planning(None, true)),
        ("another level", &changing("low", "review")),
        ("a review", &reviewing(Some("2026-08-01"))),
    ];
    // It ended on 20 February 2026.
    for (wish, step) in steps {
        let state = "ended";
        let refusal = SupervisionRefusal::NotPossible { state, wish };
        super::refused(&ended(), step(just_now()), &refusal);
        let codes = |done: &str| {
            let found = super::found(&super::accepted(&ended(), step(on(done))));
            found.into_iter().map(|f| f.code).collect::<Vec<_>>()
        };
        let late = "supervision.after-the-end".to_owned();
        assert!(codes("2026-02-21").contains(&late), "{wish}");
        assert!(!codes("2026-02-19").contains(&late), "{wish}");
    }
}

/// TR-11.2
#[test]
fn a_review_sees_when_a_supervision_may_end_early() {
    let noticed = |part: Option<&str>, wish: SupervisionCommand| {
        let part = part.map(|part| part.parse().unwrap());
        let law = midland_with(|pack| pack.supervision.early_end = part);
        let facts = Facts {
            law,
            ..super::facts()
        };
        super::found(&after([]).decide(wish, &facts).unwrap())
    };
    let review = |done| reviewing(Some("2026-06-05"))(done);
    let seen = |part: &str| {
        super::said(Objection::notice(SupervisionRefusal::MayEndEarly {
            part: part.parse().unwrap(),
            ends: "2027-01-04".parse().unwrap(),
        }))
    };
    // 59 of the 364 days have passed.
    assert_eq!(noticed(Some("59/364"), review(just_now())), seen("59/364"));
    assert_eq!(noticed(Some("1/7"), review(just_now())), seen("1/7"));
    assert_eq!(noticed(Some("60/364"), review(just_now())), []);
    assert_eq!(noticed(None, review(just_now())), []);
    // Of a review of the past it is of no use to anybody.
    assert_eq!(noticed(Some("1/364"), review(long_ago())), []);
    passes(&after([]), review(just_now()));
}

/// TR-11.2
#[test]
fn a_supervision_of_which_the_policys_part_is_over_waits_for_a_review() {
    let law = |part: Option<&str>| {
        let part = part.map(|part| part.parse().unwrap());
        midland_with(|pack| pack.supervision.early_end = part)
    };
    let due = |supervision: &Supervision, part: Option<&str>| -> Vec<String> {
        let clocks = supervision.clocks(&law(part)).into_iter();
        clocks
            .map(|clock| format!("{} {} {}", clock.safeguard, clock.code, clock.due))
            .collect()
    };
    let waits = |day: &str| [format!("TR-11.2 supervision.review-for-early-end {day}")];
    // 364 days from 5 January 2026 to 4 January 2027.
    assert_eq!(due(&after([]), Some("1/2")), waits("2026-07-06"));
    assert_eq!(due(&after([]), Some("1/3")), waits("2026-05-07"));
    assert_eq!(due(&after([]), None), Vec::<String>::new());
    assert_eq!(due(&ended(), Some("1/2")), Vec::<String>::new());
    // A review before the day does not answer it; one since then does.
    let reviewed = |part: &str| due(&after([reviewing(None)(on("2026-02-20"))]), Some(part));
    assert_eq!(reviewed("47/364"), waits("2026-02-21"));
    assert_eq!(reviewed("46/364"), Vec::<String>::new());
}
