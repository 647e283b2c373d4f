//! What a court weighs besides the offence: criteria, the victim, counsel, carers, children.

use std::sync::Arc;

use super::{brought_in, existing, impose, live};
use crate::act::{Facts, Grade, Objection};
use crate::actor::Role;
use crate::childhood::{Childhood, Minor};
use crate::jurisdiction::{Ask, Pack};
use crate::personal::DataClass;
use crate::sentence::{
    Component, CorrectSlip, Count, Decision, Sanction, SanctionKind, Sentence, SentenceCommand,
    SentenceRefusal,
};
use crate::stream::Stream;
use crate::testing::samples::{
    after, code, community_order, component, count, custody, decision, decision_on, facts, fine,
    just_now, length, long_ago, midland, midland_with, on, sealed, under, unpaid_work, with_count,
};
use crate::testing::{Then, doors, given};
use crate::values::{
    CarerWeighed, ChildWeighed, ComponentNo, Gravity, Known, Occurred, SocialInquiry, Told,
    VictimHeard,
};

/// The rules, which ask one thing more of a sanction.
fn asking(kind: SanctionKind, ask: Ask) -> Arc<Pack> {
    midland_with(|pack| pack.sentencing.asks.entry(kind).or_default().push(ask))
}

fn under_rules(law: &Arc<Pack>, decided: Decision, pronounced: Occurred) -> Then<Sentence> {
    let facts = under(Arc::clone(law));
    given([]).when(impose(decided, pronounced)).at(facts)
}

fn without_reasons(decided: Decision) -> Decision {
    Decision {
        reasons: None,
        ..decided
    }
}

/// The rules, which do not ask for reasons in words: a safeguard asks for them by itself.
fn asking_no_reasons() -> Arc<Pack> {
    midland_with(|pack| {
        let asks = pack.sentencing.asks.values_mut();
        asks.for_each(|asks| asks.retain(|ask| *ask != Ask::Reasons));
    })
}

/// The decision after something was answered.
fn answering(decided: Decision, question: &str, answer: Known<&str>) -> Decision {
    let mut decided = decided;
    let answer = answer.map(code);
    decided.circumstances.insert(code(question), answer);
    decided
}

fn in_custody() -> Decision {
    decision([custody(1, "P6M")])
}

/// Refused without reasons; with reasons in words it passes, and is noticed all the same.
#[track_caller]
fn asks_for_reasons(decided: &Decision, refusal: &SentenceRefusal, seen: Grade) {
    let silent = without_reasons(decided.clone());
    under_rules(&asking_no_reasons(), silent, just_now()).then_refused(refusal.clone());
    let stands = || Objection {
        grade: seen,
        refusal: refusal.clone(),
    };
    live(decided.clone()).then_noticed(vec![stands()]);
    existing(decided.clone()).then_noticed(vec![stands()]);
    brought_in(decided.clone()).then_noticed(vec![stands()]);
    brought_in(without_reasons(decided.clone())).then_noticed(Vec::new());
}

/// TR-2.6
#[test]
fn where_the_policy_asks_a_lighter_option_is_considered_or_reasons_are_given() {
    let law = asking(SanctionKind::CommunityOrder, Ask::Lighter);
    let order = || community_order(1, "P1Y", [unpaid_work(80)]);
    let considered = decision([order()]);
    let not = Decision {
        alternatives_considered: Vec::new(),
        ..considered.clone()
    };
    under_rules(&law, considered, just_now()).then_accepted();
    let refusal = SentenceRefusal::LighterNotConsidered;
    let noticed = || vec![Objection::notice(refusal.clone())];
    under_rules(&law, not.clone(), just_now()).then_noticed(noticed());
    under_rules(&law, not.clone(), long_ago()).then_noticed(noticed());
    let silent = midland_with(|pack| {
        let asks = vec![Ask::Lighter];
        pack.sentencing
            .asks
            .insert(SanctionKind::CommunityOrder, asks);
    });
    under_rules(&silent, without_reasons(not), just_now()).then_refused(refusal.clone());
    // Where custody is imposed it is asked once, as TR-8.2.
    let both = Decision {
        alternatives_considered: Vec::new(),
        ..decision([order(), custody(2, "P6M")])
    };
    under_rules(&silent, both, just_now()).then_refused(SentenceRefusal::AlternativesNotConsidered);
}

/// TR-3.2
#[test]
fn where_the_policy_asks_each_criterion_of_the_choice_is_looked_at() {
    let law = asking(SanctionKind::Custody, Ask::Criteria);
    let graded = |decided: Decision| {
        with_count(decided, |count: &mut Count| {
            count.gravity = Some(Gravity {
                policy: "midland-schedule-1/1".parse().unwrap(),
                level: code("3"),
            });
        })
    };
    let mut whole = graded(in_custody());
    whole.weighed.purposes = vec![code("rehabilitation")];
    whole.weighed.victim = Known::Value(VictimHeard::Heard);
    under_rules(&law, whole.clone(), just_now()).then_accepted();
    let (mut only_against, mut only_for) = (whole.clone(), whole.clone());
    only_against.mitigating.clear();
    only_for.aggravating.clear();
    for one_sided in [only_against, only_for] {
        under_rules(&law, one_sided, just_now()).then_accepted();
    }
    let mut halved = whole.clone();
    halved.weighed.purposes.clear();
    halved.weighed.victim = Known::NotRecorded;
    let missing = |what: &[&'static str]| SentenceRefusal::CriteriaMissing {
        what: what.to_vec(),
    };
    under_rules(&law, halved, just_now()).then_noticed(vec![Objection::notice(missing(&[
        "the purposes",
        "the victim",
    ]))]);
    let bare = without_reasons(Decision {
        aggravating: Vec::new(),
        mitigating: Vec::new(),
        circumstances: [].into(),
        ..in_custody()
    });
    let only = midland_with(|pack| {
        pack.sentencing.asks = [(SanctionKind::Custody, vec![Ask::Criteria])].into();
    });
    under_rules(&only, bare, just_now()).then_refused(missing(&[
        "the background",
        "the gravity of the offence",
        "the purposes",
        "the victim",
        "what speaks for and against the person",
    ]));
    let of_a_file = Facts {
        reported: true,
        ..under(law)
    };
    given::<Sentence>([])
        .when(impose(without_reasons(in_custody()), long_ago()))
        .at(of_a_file)
        .then_accepted();
}

/// S-11
#[test]
fn refuses_a_purpose_outside_the_list_of_the_pack() {
    let mut decided = in_custody();
    decided.weighed.purposes = vec![code("revenge")];
    let refusal = SentenceRefusal::UnknownCode {
        list: crate::sentence::CodeList::Purposes,
        code: code("revenge"),
        known: crate::testing::samples::known(|law| &law.sentencing.purposes),
    };
    live(decided.clone()).then_refused(refusal.clone());
    existing(decided).then_noticed(vec![Objection::hard(refusal)]);
}

/// TR-8.1
#[test]
fn where_the_policy_asks_the_record_says_whether_the_victim_was_heard() {
    let law = asking(SanctionKind::Fine, Ask::Victim);
    let fined = || decision([fine(1, 100)]);
    let untold = || vec![Objection::notice(SentenceRefusal::VictimNotHeard)];
    under_rules(&law, fined(), just_now()).then_noticed(untold());
    under_rules(&law, fined(), long_ago()).then_noticed(untold());
    for answer in [
        VictimHeard::Heard,
        VictimHeard::NotWished,
        VictimHeard::NoVictim,
    ] {
        let mut told = fined();
        told.weighed.victim = Known::Value(answer);
        under_rules(&law, told, just_now()).then_accepted();
    }
}

/// TR-3.5
#[test]
fn that_nobody_was_told_how_to_have_the_decision_reviewed_is_seen() {
    let mut fined = decision([fine(1, 100)]);
    for said in [Known::NotRecorded, Known::Value(Told::Yes)] {
        fined.weighed.review_told = said;
        live(fined.clone()).then_accepted();
    }
    fined.weighed.review_told = Known::Value(Told::No);
    let untold = || vec![Objection::notice(SentenceRefusal::ReviewUntold)];
    live(fined.clone()).then_noticed(untold());
    existing(fined).then_noticed(untold());
}

/// TR-3.3
#[test]
fn a_court_decides_and_others_record_what_it_decided() {
    let by = |role, pronounced| {
        let facts = doors::facts_of(role, []);
        given::<Sentence>([])
            .when(impose(decision([fine(1, 100)]), pronounced))
            .at(facts)
    };
    for role in [Role::Judge, Role::Clerk] {
        by(role, just_now()).then_accepted();
    }
    let role = Role::Probation;
    by(role, just_now()).then_refused(SentenceRefusal::NotCompetent { role });
    by(role, long_ago()).then_accepted();
}

/// TR-8.2m
#[test]
fn terms_that_follow_each_other_stay_under_the_cap_together() {
    let law = midland_with(|pack| pack.sentencing.longest_together = Some(length("P2Y")));
    let two = |first: &str, then: &str| {
        let counts = [
            count(1, "M104", [custody(1, first)]),
            count(2, "M104", [after(1, custody(2, then))]),
        ];
        decision_on(counts)
    };
    under_rules(&law, two("P1Y", "P1Y"), just_now()).then_accepted();
    let refusal = SentenceRefusal::AboveCap {
        component: ComponentNo(2),
        total: length("P2Y2D"),
        cap: length("P2Y"),
    };
    under_rules(&law, two("P1Y", "P1Y2D"), just_now()).then_refused(refusal.clone());
    under_rules(&law, two("P1Y", "P1Y2D"), long_ago()).then_noticed(vec![Objection::hard(refusal)]);
}

/// BR-61
#[test]
fn a_carer_is_held_only_after_what_speaks_for_the_person_was_considered() {
    let caring = |answer| answering(in_custody(), "carer", Known::Value(answer));
    live(caring("yes")).then_accepted();
    let nothing = Decision {
        mitigating: Vec::new(),
        ..caring("yes")
    };
    let refusal = SentenceRefusal::MitigationNotConsidered;
    asks_for_reasons(&nothing, &refusal, Grade::Notice);
    let nobody = Decision {
        mitigating: Vec::new(),
        ..caring("no")
    };
    live(nobody).then_accepted();
    let fined = answering(decision([fine(1, 100)]), "carer", Known::Value("yes"));
    live(Decision {
        mitigating: Vec::new(),
        ..fined
    })
    .then_accepted();
}

/// BR-64
#[test]
fn pregnancy_and_dependent_children_are_weighed_before_custody() {
    for circumstance in ["pregnant", "dependent-child"] {
        let held = |answer| answering(in_custody(), circumstance, answer);
        let refusal = SentenceRefusal::CarerNotWeighed;
        asks_for_reasons(&held(Known::Value("yes")), &refusal, Grade::Notice);
        let mut weighed = held(Known::Value("yes"));
        weighed.weighed.carer = Some(CarerWeighed {
            necessity: code("continuing-danger"),
            best_interests: sealed(DataClass::Children),
        });
        live(weighed).then_accepted();
        for answer in [Known::Value("no"), Known::Declined, Known::NotAsked] {
            live(held(answer)).then_accepted();
        }
    }
}

/// A child of a band of ages, with everything that is weighed of a child.
fn child(age: &str, parts: impl IntoIterator<Item = Component>) -> Decision {
    let mut decided = answering(decision(parts), "age-band", Known::Value(age));
    decided.weighed.inquiry = Known::Value(SocialInquiry::Reported);
    decided.weighed.child = Some(ChildWeighed {
        ground: code("grave-violence"),
        last_resort: sealed(DataClass::Judgment),
    });
    decided
}

/// BJ-16
#[test]
fn a_childs_background_is_looked_into_before_the_decision() {
    let mut fined = child("16-17", [fine(1, 100)]);
    for inquiry in [SocialInquiry::Reported, SocialInquiry::MinorCase] {
        fined.weighed.inquiry = Known::Value(inquiry);
        live(fined.clone()).then_accepted();
    }
    for none in [Known::NotRecorded, Known::Value(SocialInquiry::None)] {
        fined.weighed.inquiry = none;
        let refusal = SentenceRefusal::NotInquired;
        under_rules(
            &asking_no_reasons(),
            without_reasons(fined.clone()),
            just_now(),
        )
        .then_refused(refusal.clone());
        live(fined.clone()).then_noticed(vec![Objection::notice(refusal)]);
    }
    let mut grown = child("18-20", [fine(1, 100)]);
    grown.weighed.inquiry = Known::NotRecorded;
    live(grown).then_accepted();
}

/// BJ-17
#[test]
fn a_child_is_held_only_on_a_ground_for_a_child_and_that_is_seen() {
    let mut held = child("16-17", [custody(1, "P6M")]);
    live(held.clone()).then_accepted();
    held.weighed.child = None;
    let refusal = SentenceRefusal::ChildNotWeighed;
    let silent = without_reasons(held.clone());
    under_rules(&asking_no_reasons(), silent, just_now()).then_refused(refusal.clone());
    let seen = || {
        vec![Objection {
            grade: Grade::Alarm,
            refusal: refusal.clone(),
        }]
    };
    live(held.clone()).then_noticed(seen());
    existing(held).then_noticed(seen());
    let mut fined = child("16-17", [fine(1, 100)]);
    fined.weighed.child = None;
    live(fined).then_accepted();
}

/// CRC-37a
#[test]
fn no_child_is_sentenced_to_death_or_to_life_without_release() {
    let law = midland_with(|pack| pack.sentencing.sanctions.push(SanctionKind::Death));
    let death = || component(1, Sanction::Death {});
    let refusal = SentenceRefusal::NeverOfAChild {
        component: ComponentNo(1),
        majority: 18,
    };
    let life = || Component {
        uplift: Some(code("recidivism")),
        ..custody(1, "life")
    };
    let killing = |age: &str, part: Component| {
        with_count(child(age, [part]), |count| {
            count.offence.code = Known::Value("M701".parse().unwrap());
        })
    };
    for part in [death(), life()] {
        under_rules(&law, killing("16-17", part.clone()), just_now()).then_refused(refusal.clone());
        under_rules(&law, killing("16-17", part), long_ago())
            .then_noticed(vec![Objection::hard(refusal.clone())]);
    }
    let released = midland_with(|pack| pack.sentencing.releases_from_life = true);
    under_rules(&released, killing("16-17", life()), just_now()).then_accepted();
    under_rules(&law, killing("18-20", life()), just_now()).then_accepted();
}

/// CRC-40
#[test]
fn nobody_under_the_age_of_criminal_responsibility_is_tried() {
    let refusal = SentenceRefusal::UnderAge { minimum: 14 };
    let young = || child("under-14", [fine(1, 100)]);
    live(young()).then_refused(refusal.clone());
    existing(young()).then_noticed(vec![Objection::hard(refusal)]);
    live(child("14-15", [fine(1, 100)])).then_accepted();
    let of_fifteen = midland_with(|pack| pack.ages.criminal_responsibility = 15);
    let of_that_age = child("14-15", [fine(1, 100)]);
    under_rules(&of_fifteen, of_that_age, just_now()).then_accepted();
}

/// CRC-AGE
#[test]
fn whoever_may_be_a_child_is_treated_as_one() {
    let unknown = || {
        let mut decided = child("16-17", [custody(1, "P6M")]);
        decided
            .circumstances
            .insert(code("age-band"), Known::Declined);
        decided
    };
    let age = || Objection::notice(SentenceRefusal::AgeUnknown);
    live(unknown()).then_noticed(vec![age()]);
    existing(unknown()).then_noticed(vec![age()]);
    let mut unweighed = unknown();
    unweighed.weighed.inquiry = Known::NotRecorded;
    live(unweighed).then_noticed(vec![age(), Objection::notice(SentenceRefusal::NotInquired)]);
    let mut grown = child("18-20", [custody(1, "P6M")]);
    grown.weighed.inquiry = Known::NotRecorded;
    live(grown).then_accepted();
}

/// Imposed just now on somebody who was born on a day.
fn on_somebody_born(day: &str, decided: Decision) -> Then<Sentence> {
    let facts = doors::born(day, facts());
    given([]).when(impose(decided, just_now())).at(facts)
}

/// BJ-16, BJ-17
#[test]
fn whom_the_date_of_birth_makes_a_child_is_one_without_a_coded_age() {
    let plain = || decision([custody(1, "P6M")]);
    live(plain()).then_accepted();
    let unweighed = Objection {
        grade: Grade::Alarm,
        refusal: SentenceRefusal::ChildNotWeighed,
    };
    let uninquired = Objection::notice(SentenceRefusal::NotInquired);
    on_somebody_born("2009-06-01", plain()).then_noticed(vec![uninquired, unweighed]);
    let sentence = on_somebody_born("2009-06-01", plain()).then_state();
    assert_eq!(sentence.decision().unwrap().minor, Some(Minor::Still));
    assert_eq!(sentence.childhood(&midland()), Childhood::Child);
    let grown = on_somebody_born("1990-06-01", plain()).then_state();
    assert_eq!(grown.decision().unwrap().minor, None);
    assert_eq!(grown.childhood(&midland()), Childhood::Untold);
}

/// CRC-37a
#[test]
fn whoever_was_a_child_at_the_offence_is_protected_as_one_ever_after() {
    let killing = |committed: &str| {
        let part = Component {
            uplift: Some(code("recidivism")),
            ..custody(1, "life")
        };
        with_count(child("21-24", [part]), |count| {
            count.offence.code = Known::Value("M701".parse().unwrap());
            count.offence.committed = Known::Value(committed.parse().unwrap());
        })
    };
    let refusal = SentenceRefusal::NeverOfAChild {
        component: ComponentNo(1),
        majority: 18,
    };
    on_somebody_born("2003-06-01", killing("2021-05-31")).then_refused(refusal);
    on_somebody_born("2003-06-01", killing("2021-06-01")).then_accepted();
    let fined = with_count(child("21-24", [fine(1, 100)]), |count| {
        count.offence.committed = Known::Value("2021-05-31".parse().unwrap());
    });
    let sentence = on_somebody_born("2003-06-01", fined).then_state();
    assert_eq!(sentence.decision().unwrap().minor, Some(Minor::AtOffence));
    assert_eq!(sentence.childhood(&midland()), Childhood::Child);
}

/// CRC-40
#[test]
fn whom_the_date_of_birth_puts_under_the_age_of_responsibility_is_not_tried() {
    let refusal = SentenceRefusal::UnderAge { minimum: 14 };
    on_somebody_born("2012-06-01", decision([fine(1, 100)])).then_refused(refusal);
}

/// CRC-AGE
#[test]
fn an_age_that_the_date_of_birth_contradicts_is_noticed_and_the_person_is_treated_as_a_child() {
    let contradicted = || vec![Objection::notice(SentenceRefusal::AgeContradicted)];
    let held = |age| child(age, [custody(1, "P6M")]);
    on_somebody_born("2009-06-01", held("16-17")).then_accepted();
    on_somebody_born("2008-06-01", held("16-17")).then_accepted();
    on_somebody_born("2009-06-01", held("25-34")).then_noticed(contradicted());
    let coded_otherwise = on_somebody_born("2009-06-01", held("25-34")).then_state();
    assert_eq!(coded_otherwise.childhood(&midland()), Childhood::Child);
    on_somebody_born("1990-06-01", held("16-17")).then_noticed(contradicted());
    // The date of birth answers what was declined.
    let mut declined = held("25-34");
    let answer = (code("age-band"), Known::Declined);
    declined.circumstances.extend([answer]);
    on_somebody_born("1990-06-01", declined).then_accepted();
}

#[test]
fn what_a_date_of_birth_said_stays_with_a_correction_after_it_is_erased() {
    let sentence = on_somebody_born("2009-06-01", child("16-17", [fine(1, 100)])).then_state();
    let correct = SentenceCommand::CorrectSlip(CorrectSlip {
        corrects: 1,
        pronounced: just_now(),
        reason: code("typing"),
        decision: child("16-17", [fine(1, 90)]),
    });
    let facts = Facts {
        version: 1,
        ..facts()
    };
    let events = sentence.decide(correct, &facts).unwrap();
    let corrected = events.iter().fold(sentence, Stream::evolve);
    assert_eq!(corrected.decision().unwrap().minor, Some(Minor::Still));
}

/// KD-LA
#[test]
fn nobody_is_sentenced_to_custody_without_counsel_unless_it_was_waived() {
    let counselled = |answer| answering(in_custody(), "legal-counsel", answer);
    let refusal = SentenceRefusal::NoCounsel;
    asks_for_reasons(&counselled(Known::Value("no")), &refusal, Grade::Notice);
    for answer in [Known::Value("yes"), Known::Declined, Known::NotRecorded] {
        live(counselled(answer)).then_accepted();
    }
    let fined = decision([fine(1, 100)]);
    live(answering(fined, "legal-counsel", Known::Value("no"))).then_accepted();
}

#[test]
fn what_was_weighed_stays_when_a_slip_is_corrected() {
    let mut held = child("16-17", [custody(1, "P6M")]);
    held.weighed.purposes = vec![code("rehabilitation")];
    let shorter = Decision {
        weighed: crate::values::Weighed::default(),
        ..child("16-17", [custody(1, "P5M")])
    };
    let wish = SentenceCommand::CorrectSlip(CorrectSlip {
        corrects: 1,
        pronounced: on("2026-03-05T09:55:00Z"),
        reason: code("typing"),
        decision: shorter,
    });
    let corrected = given::<Sentence>([super::imposed(held.clone())])
        .when(wish)
        .at(facts())
        .then_state();
    let stands = corrected.decision().map(|decided| &decided.weighed);
    assert_eq!(stands, Some(&held.weighed));
}
