use super::{
    after, after_eligible, by_law, condition, day, defer, facts, facts_of, grant, granting, on,
    refuse, refusing, text,
};
use crate::act::{About, Facts, Grade, Objection};
use crate::actor::Role;
use crate::release::{CorrectEligibility, Release, ReleaseCommand, ReleaseRefusal, Standing};
use crate::stream::Stream;
use crate::testing::doors::{
    self, just_now, long_ago, noticed, noticed_at_every_door, passes, refused,
    refused_at_every_door, refused_live_and_noticed,
};
use crate::testing::samples::{code, known, person, sentence_id};
use crate::values::{Known, Occurred, OfficeCode, Told};

/// TR-3.1, TR-3.3, TR-12.2, RL-4, RL-5, RL-7
#[test]
fn a_grant_with_a_basis_in_force_and_precise_conditions_passes() {
    passes(&after([]), grant(just_now()), &facts());
    let furlough = granting(|wish| wish.expires = Some(day("2026-03-20")));
    let possible = after_eligible("furlough", []);
    passes(&possible, furlough(just_now()), &facts());
}

/// TR-3.1
#[test]
fn a_release_rests_on_a_provision_in_force() {
    let refusal = |on| {
        Objection::hard(ReleaseRefusal::NotInForce {
            basis: code("pea-30"),
            on,
        })
    };
    let old = granting(|wish| wish.basis = code("pea-30"));
    let on_the_day = refusal("2026-03-05".parse().unwrap());
    refused(&after([]), old(just_now()), &facts(), &on_the_day.refusal);
    let found = noticed(&after([]), old(long_ago()), &facts());
    let expected = refusal("2026-02-19".parse().unwrap()).refusal;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].said, expected.to_string());
    let by_old_law = by_law(|wish| wish.basis = code("pea-30"));
    let wish = by_old_law(just_now());
    refused(&Release::default(), wish, &facts(), &on_the_day.refusal);
}

/// TR-3.3
#[test]
fn a_court_or_a_board_decides() {
    let probation = facts_of(Role::Probation);
    let role = Role::Probation;
    let refusal = Objection::hard(ReleaseRefusal::NotCompetent { role }).refusal;
    refused(&after([]), grant(just_now()), &probation, &refusal);
    refused(&after([]), refuse(just_now()), &probation, &refusal);
    passes(&after([]), grant(long_ago()), &probation);
}

/// DP-7
#[test]
fn software_neither_grants_nor_refuses() {
    let software = facts_of(Role::System);
    let refusal = ReleaseRefusal::NotForSoftware;
    refused_at_every_door(&after([]), refuse, &software, &refusal);
    refused_at_every_door(&after([]), grant, &software, &refusal);
    refused_at_every_door(&after([]), defer("2026-04-01"), &software, &refusal);
    let by_law = by_law(|_| {});
    refused_at_every_door(&Release::default(), by_law, &software, &refusal);
    passes(&after([]), refuse(just_now()), &facts());
}

/// TR-12.2
#[test]
fn a_condition_says_what_it_asks_and_there_are_not_too_many() {
    let vague = granting(|wish| wish.conditions[0].terms = None);
    let condition_of = code("contact");
    let refusal = Objection::notice(ReleaseRefusal::TermsMissing {
        condition: condition_of,
    });
    noticed_at_every_door(&after([]), vague, &facts(), refusal);
    let many = granting(|wish| wish.conditions = vec![condition("contact"); 7]);
    let refusal = Objection::notice(ReleaseRefusal::TooMany {
        conditions: 7,
        most: 6,
    });
    noticed_at_every_door(&after([]), many, &facts(), refusal);
    let six = granting(|wish| wish.conditions = vec![condition("contact"); 6]);
    passes(&after([]), six(just_now()), &facts());
}

/// RL-4
#[test]
fn conditions_criteria_reasons_and_offices_are_those_of_the_pack() {
    let odd = granting(|wish| wish.conditions = vec![condition("be-good")]);
    let refusal = Objection::hard(ReleaseRefusal::UnknownCode {
        list: "conditions",
        code: code("be-good"),
        known: known(|law| &law.release.conditions),
    });
    refused_live_and_noticed(&after([]), odd, &facts(), refusal);
    let felt = refusing(|wish| wish.criterion = code("a-feeling"));
    let refusal = Objection::hard(ReleaseRefusal::UnknownCode {
        list: "criteria",
        code: code("a-feeling"),
        known: known(|law| &law.release.criteria),
    });
    refused_live_and_noticed(&after([]), felt, &facts(), refusal);
    let atlantis = OfficeCode::parse("atlantis").unwrap();
    let office = atlantis.clone();
    let elsewhere = granting(move |wish| wish.supervision = Some(office.clone()));
    let refusal = Objection::hard(ReleaseRefusal::UnknownOffice { office: atlantis });
    refused_live_and_noticed(&after([]), elsewhere, &facts(), refusal);
}

/// RL-5
#[test]
fn a_release_for_a_while_says_when_the_person_is_back() {
    let possible = after_eligible("furlough", []);
    let kind = code("furlough");
    let refusal = Objection::hard(ReleaseRefusal::NoEnd { kind });
    refused_live_and_noticed(&possible, grant, &facts(), refusal);
}

/// RL-6
#[test]
fn what_the_law_brings_nobody_decides_and_what_somebody_decides_it_does_not_bring() {
    let automatic = after_eligible("automatic", []);
    let kind = code("automatic");
    let refusal = Objection::hard(ReleaseRefusal::ByLaw { kind });
    refused_live_and_noticed(&automatic, grant, &facts(), refusal.clone());
    refused_live_and_noticed(&automatic, refuse, &facts(), refusal);
    let parole = by_law(|wish| {
        wish.kind = code("parole");
        wish.basis = code("rel-5");
    });
    let kind = code("parole");
    let refusal = Objection::hard(ReleaseRefusal::NotByLaw { kind });
    refused_live_and_noticed(&Release::default(), parole, &facts(), refusal);
    let automatic_by_law = by_law(|wish| {
        wish.kind = code("automatic");
        wish.basis = code("rel-9");
    });
    passes(&automatic, automatic_by_law(just_now()), &facts());
}

/// RL-7
#[test]
fn nothing_ends_before_it_is_decided() {
    let early = granting(|wish| wish.conditions[0].until = Some(day("2026-03-04")));
    let refusal = |until, decided: &str| ReleaseRefusal::EndsTooEarly {
        until: day(until),
        decided: decided.parse().unwrap(),
    };
    let no = refusal("2026-03-04", "2026-03-05");
    refused(&after([]), early(just_now()), &facts(), &no);
    let back_at_once = granting(|wish| wish.expires = Some(day("2026-02-18")));
    let found = noticed(&after([]), back_at_once(long_ago()), &facts());
    assert_eq!(
        found[0].said,
        refusal("2026-02-18", "2026-02-19").to_string()
    );
    let again = refusing(|wish| wish.next_consideration = day("2026-03-04"));
    refused(&after([]), again(just_now()), &facts(), &no);
    let no = refusal("2026-03-01", "2026-03-05");
    refused(&after([]), defer("2026-03-01")(just_now()), &facts(), &no);
}

/// RL-9, TR-9.3, TR-9.4, BR-63
#[test]
fn a_refusal_gives_its_reasons() {
    passes(&after([]), refuse(just_now()), &facts());
    let silent = refusing(|wish| wish.reasons = None);
    let refusal = Objection::reasons(ReleaseRefusal::ReasonsMissing);
    refused_live_and_noticed(&after([]), silent, &facts(), refusal);
}

/// TR-9.3
#[test]
fn whoever_is_refused_is_told_how_to_have_it_reviewed_pardon_excepted() {
    let untold = refusing(|wish| wish.review_told = Known::Value(Told::No));
    let refusal = Objection::notice(ReleaseRefusal::ReviewUntold);
    noticed_at_every_door(&after([]), &untold, &facts(), refusal);
    let pardon = after_eligible("pardon", []);
    passes(&pardon, untold(just_now()), &facts());
}

/// TR-9.4
#[test]
fn release_is_considered_again_within_the_days_of_the_policy() {
    // 180 days from 5 March.
    let wish = |next: &'static str| refusing(move |wish| wish.next_consideration = day(next));
    passes(&after([]), wish("2026-09-01")(just_now()), &facts());
    let too_late = |next| ReleaseRefusal::AgainTooLate {
        next: day(next),
        latest: day("2026-09-01"),
    };
    let found = noticed(&after([]), wish("2026-09-02")(just_now()), &facts());
    assert_eq!(found[0].said, too_late("2026-09-02").to_string());
    let found = noticed(&after([]), defer("2027-01-01")(just_now()), &facts());
    assert_eq!(found[0].said, too_late("2027-01-01").to_string());
}

/// BR-63
#[test]
fn care_for_somebody_is_weighed_before_a_refusal() {
    let caring = refusing(|wish| {
        let yes = Known::Value(code("yes"));
        wish.circumstances = [(code("dependent-child"), yes)].into();
    });
    let refusal = Objection::reasons(ReleaseRefusal::CarerNotWeighed);
    refused_live_and_noticed(&after([]), caring, &facts(), refusal.clone());
    // What the person's own record says counts as well.
    let with_children = |children| Facts {
        about: About {
            dependent_children: Known::Value(children),
            ..About::default()
        },
        ..facts()
    };
    refused_live_and_noticed(&after([]), refuse, &with_children(1), refusal);
    passes(&after([]), refuse(just_now()), &with_children(0));
    let weighed = refusing(|wish| wish.caretaking = Some(text()));
    passes(&after([]), weighed(just_now()), &with_children(1));
}

/// RL-1
#[test]
fn a_release_is_recorded_once_of_a_sentence_in_force() {
    passes(&Release::default(), super::eligible("parole"), &facts());
    let again = |_| super::eligible("parole");
    let taken = ReleaseRefusal::AlreadyRecorded;
    refused_at_every_door(&after([]), again, &facts(), &taken);
    let of_another = |done| {
        let mut wish = super::eligibility("parole");
        wish.done = done;
        wish.sentence = sentence_id(8);
        ReleaseCommand::RecordEligibility(wish)
    };
    let sentence = sentence_id(8);
    let refusal = Objection::hard(ReleaseRefusal::SentenceNotInForce { sentence });
    refused_live_and_noticed(&Release::default(), of_another, &facts(), refusal);
}

/// RL-10
#[test]
fn a_release_by_law_is_of_the_person_of_whom_it_was_recorded() {
    let theirs = by_law(|_| {});
    passes(&after([]), theirs(just_now()), &facts());
    let other = by_law(|wish| wish.person = person(2));
    let refusal = ReleaseRefusal::SomebodyElse;
    refused_at_every_door(&after([]), other, &facts(), &refusal);
    passes(&Release::default(), theirs(on("2026-02-15")), &facts());
}

/// RL-12
#[test]
fn a_day_that_is_not_the_one_the_register_works_out_is_seen() {
    let refusal = |grade| Objection {
        grade,
        refusal: ReleaseRefusal::NotAsWorkedOut {
            eligible: day("2026-02-10"),
            worked_out: day(if grade == Grade::Alarm {
                "2021-02-10"
            } else {
                "2026-02-11"
            }),
        },
    };
    let eligible = |done| {
        let mut wish = super::eligibility("parole");
        wish.done = done;
        ReleaseCommand::RecordEligibility(wish)
    };
    for (worked_out, grade) in [("2021-02-10", Grade::Alarm), ("2026-02-11", Grade::Notice)] {
        let facts = working_out(worked_out);
        noticed_at_every_door(&Release::default(), eligible, &facts, refusal(grade));
        let correct = |done| correcting("2026-02-10", done);
        let other = doors::after::<Release>(
            &super::facts(),
            [
                super::eligible("parole"),
                correcting("2027-01-01", just_now()),
            ],
        );
        noticed_at_every_door(&other, correct, &facts, refusal(grade));
    }
    passes(
        &Release::default(),
        super::eligible("parole"),
        &working_out("2026-02-10"),
    );
    passes(&Release::default(), super::eligible("parole"), &facts());
}

/// RL-12
#[test]
fn a_mistaken_day_is_corrected_until_the_person_leaves() {
    let corrected = after([correcting("2031-02-10", just_now())]);
    let course = corrected.recorded().unwrap();
    assert_eq!(course.eligible_on, Some(day("2031-02-10")));
    assert_eq!(course.standing, Standing::Eligible);
    // What was decided before the correction is still recorded.
    passes(&corrected, super::consider(on("2026-02-12")), &facts());
    let eligible_on = day("2026-02-10");
    let same = ReleaseRefusal::SameDay { eligible_on };
    refused_at_every_door(
        &after([]),
        |done| correcting("2026-02-10", done),
        &facts(),
        &same,
    );
    let never = ReleaseRefusal::NotPossible {
        state: "not recorded",
        wish: "correcting the day",
    };
    let correct = |done| correcting("2026-03-10", done);
    refused_at_every_door(&Release::default(), correct, &facts(), &never);
    let considered = after([super::consider(on("2026-02-12"))]);
    let events = considered.decide(correct(just_now()), &facts()).unwrap();
    let considered = events.iter().fold(considered, Release::evolve);
    let course = considered.recorded().unwrap();
    assert_eq!(course.standing, Standing::Considered);
    assert_eq!(course.eligible_on, Some(day("2026-03-10")));
}

fn correcting(eligible_on: &str, done: Occurred) -> ReleaseCommand {
    ReleaseCommand::CorrectEligibility(CorrectEligibility {
        eligible_on: day(eligible_on),
        done,
    })
}

fn working_out(day_text: &str) -> Facts {
    Facts {
        possible_from: Some(day(day_text)),
        ..facts()
    }
}
