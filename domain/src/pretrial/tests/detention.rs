use super::{
    day, detain, detained, detaining, facts, facts_of, just_now, on, open, opened, opened_with,
    text,
};
use crate::act::{Grade, Objection};
use crate::actor::Role;
use crate::pretrial::{
    AppealTold, ExtendDetention, Pretrial, PretrialCommand, PretrialRefusal, Review,
};
use crate::safeguards::{Reasoned, SafeguardRules, Stands};
use crate::testing::doors::{
    after, noticed_at_every_door, passes, refused, refused_at_every_door, refused_live_and_noticed,
};
use crate::testing::samples::{code, midland_with, under};
use crate::values::{CarerWeighed, ChildWeighed, Known, LegalAid, Occurred, Told};

fn finding(refusal: PretrialRefusal) -> Objection<PretrialRefusal> {
    Objection::notice(refusal)
}

/// TR-6.1, TR-6.2, TR-6.3, TR-3.1, TR-3.3, KD-LA, BR-64, BJ-17, CRC-40
#[test]
fn detention_with_its_grounds_and_what_alternatives_lack_passes() {
    passes(&opened(), detain(just_now()), &facts());
}

/// TR-6.1
#[test]
fn detention_names_its_grounds_and_the_facts_for_each() {
    let groundless = detaining(|order| order.grounds.clear());
    let refusal = Objection::reasons(PretrialRefusal::NoGround);
    refused_live_and_noticed(&opened(), groundless, &facts(), refusal);
    let factless = detaining(|order| order.grounds[0].facts = None);
    let ground = code("flight");
    let refusal = Objection::reasons(PretrialRefusal::FactsMissing { ground });
    refused_live_and_noticed(&opened(), factless, &facts(), refusal);
}

/// TR-6.1
#[test]
fn detention_says_of_each_alternative_why_it_does_not_suffice() {
    let silent = detaining(|order| order.alternatives.clear());
    let refusal = Objection::reasons(PretrialRefusal::AlternativesNotConsidered);
    refused_live_and_noticed(&opened(), silent, &facts(), refusal);
    let unreasoned = detaining(|order| order.alternatives[0].why = None);
    let alternative = code("reporting");
    let refusal = Objection::reasons(PretrialRefusal::AlternativeUnreasoned { alternative });
    refused_live_and_noticed(&opened(), unreasoned, &facts(), refusal);
}

/// TR-6.1
#[test]
fn a_policy_may_let_the_last_resort_be_only_noticed_or_always_refused() {
    let groundless = detaining(|order| order.grounds.clear());
    let set = |stands| {
        let rules = [("TR-6.1".to_owned(), stands)].into();
        midland_with(|pack| pack.safeguards = SafeguardRules::of(rules))
    };
    let noticed = under(set(Stands::Finding));
    let refusal = finding(PretrialRefusal::NoGround);
    noticed_at_every_door(&opened(), &groundless, &noticed, refusal);
    passes(&opened(), groundless(just_now()), &under(set(Stands::Off)));
    let refusal = Objection::hard(PretrialRefusal::NoGround);
    refused_live_and_noticed(&opened(), groundless, &under(set(Stands::Refused)), refusal);
}

/// TR-6.2
#[test]
fn detention_lasts_no_longer_than_the_law_allows_in_all() {
    let wish = |until: &'static str| {
        detaining(move |order| {
            order.until = day(until);
            order.next_review = day("2026-03-10");
        })
    };
    let facts = facts();
    // 180 days from 5 March: to 31 August.
    passes(&opened(), wish("2026-08-31")(just_now()), &facts);
    let refusal = PretrialRefusal::AboveMaximum {
        until: day("2026-09-01"),
        latest: day("2026-08-31"),
    };
    refused(&opened(), wish("2026-09-01")(just_now()), &facts, &refusal);
    let above = Objection::hard(PretrialRefusal::AboveMaximum {
        until: day("2026-09-01"),
        latest: day("2026-08-17"),
    });
    refused_existing(wish("2026-09-01"), above);
}

fn refused_existing(
    wish: impl Fn(Occurred) -> PretrialCommand,
    objection: Objection<PretrialRefusal>,
) {
    use crate::act::{Door, through};
    use crate::testing::doors::{long_ago, noticed};
    let expected = through(Door::Existing, vec![objection]).unwrap();
    assert_eq!(noticed(&opened(), wish(long_ago()), &facts()), expected);
}

/// TR-6.2
#[test]
fn an_extension_counts_the_days_already_held() {
    let extend = |until: &'static str| {
        move |decided| {
            PretrialCommand::Extend(ExtendDetention {
                decided,
                basis: code("pca-14"),
                until: day(until),
                next_review: day("2026-03-19"),
                necessity: Some(text()),
            })
        }
    };
    // Held since 10 February, so to 8 August.
    passes(&detained(), extend("2026-08-08")(just_now()), &facts());
    let refusal = PretrialRefusal::AboveMaximum {
        until: day("2026-08-09"),
        latest: day("2026-08-08"),
    };
    refused(
        &detained(),
        extend("2026-08-09")(just_now()),
        &facts(),
        &refusal,
    );
}

/// TR-6.2
#[test]
fn the_next_review_comes_within_the_days_of_the_policy() {
    let late = detaining(|order| {
        order.next_review = day("2026-04-03");
        order.until = day("2026-04-30");
    });
    let refusal = PretrialRefusal::ReviewTooLate {
        next: day("2026-04-03"),
        latest: day("2026-04-02"),
    };
    let noticed = crate::testing::doors::noticed(&opened(), late(just_now()), &facts());
    assert_eq!(noticed.len(), 1);
    assert_eq!(noticed[0].said, refusal.to_string());
    let on_the_last_day = detaining(|order| {
        order.next_review = day("2026-04-02");
        order.until = day("2026-04-30");
    });
    passes(&opened(), on_the_last_day(just_now()), &facts());
    let child = opened_with(|case| case.age_at_offence = Known::Value(16));
    let sooner = detaining(|order| {
        order.next_review = day("2026-03-20");
        order.child = Some(ChildWeighed {
            ground: code("grave-violence"),
            last_resort: text(),
        });
    });
    let refusal = PretrialRefusal::ReviewTooLate {
        next: day("2026-03-20"),
        latest: day("2026-03-19"),
    };
    let noticed = crate::testing::doors::noticed(&child, sooner(just_now()), &facts());
    assert_eq!(noticed[0].said, refusal.to_string());
}

/// TR-6.2
#[test]
fn no_process_of_the_register_orders_reviews_or_extends_detention() {
    let refusal = PretrialRefusal::NotForSoftware;
    let system = facts_of(Role::System);
    refused_at_every_door(&opened(), detain, &system, &refusal);
    let review = |held| {
        PretrialCommand::Review(Review {
            held,
            next_review: day("2026-03-19"),
            reasons: None,
        })
    };
    refused_at_every_door(&detained(), review, &system, &refusal);
}

/// TR-3.3
#[test]
fn a_court_orders_detention_whoever_records_it_later() {
    let officer = facts_of(Role::Probation);
    let refusal = PretrialRefusal::NotCompetent {
        role: Role::Probation,
    };
    refused(&opened(), detain(just_now()), &officer, &refusal);
    passes(&opened(), detain(on("2026-02-19")), &officer);
}

/// TR-3.1
#[test]
fn detention_rests_on_a_provision_in_force_on_its_day() {
    let old = detaining(|order| order.basis = code("cpa-88"));
    let refusal = |on: &str| PretrialRefusal::NotInForce {
        basis: code("cpa-88"),
        on: on.parse().unwrap(),
    };
    refused(&opened(), old(just_now()), &facts(), &refusal("2026-03-05"));
    refused_existing(old, Objection::hard(refusal("2026-02-19")));
}

/// TR-6.3
#[test]
fn whoever_is_held_is_told_how_to_appeal() {
    for silence in [Known::NotRecorded, Known::NotAsked, Known::Value(Told::No)] {
        let untold = detaining(move |order| order.appeal_told = silence);
        let refusal = finding(PretrialRefusal::AppealUntold);
        noticed_at_every_door(&opened(), untold, &facts(), refusal);
    }
}

/// TR-6.3, PT-3
#[test]
fn that_the_person_was_told_how_to_appeal_is_recorded_later() {
    let saying = |told| move |done| PretrialCommand::RecordAppealTold(AppealTold { done, told });
    let untold = detaining(|order| order.appeal_told = Known::NotAsked)(on("2026-02-01"));
    let untold = after::<Pretrial>(&facts(), [open(), untold]);
    passes(&untold, saying(Told::Yes)(just_now()), &facts());
    let told = after::<Pretrial>(
        &facts(),
        [
            open(),
            detain(on("2026-02-01")),
            saying(Told::No)(just_now()),
        ],
    );
    let stands = told.opened().and_then(|case| case.appeal_told);
    assert_eq!(stands, Some(Told::No));
    let refusal = finding(PretrialRefusal::AppealUntold);
    noticed_at_every_door(&detained(), saying(Told::No), &facts(), refusal);
    let wish = "recording what was told of the appeal";
    let free = PretrialRefusal::NotPossible {
        state: "undecided",
        wish,
    };
    refused_at_every_door(&opened(), saying(Told::Yes), &facts(), &free);
}

/// KD-LA
#[test]
fn nobody_is_held_without_counsel_unless_it_is_waived_or_said_why() {
    for counsel in [LegalAid::None, LegalAid::Refused, LegalAid::Requested] {
        let alone = move |order: &mut crate::pretrial::OrderDetention| {
            order.counsel = Known::Value(counsel);
        };
        let reasoned = finding(PretrialRefusal::NoCounsel {
            reasoned: Reasoned::Yes,
        });
        noticed_at_every_door(&opened(), detaining(alone), &facts(), reasoned);
        let silent = detaining(move |order| {
            alone(order);
            order.reasons = None;
        });
        let refusal = Objection::reasons(PretrialRefusal::NoCounsel {
            reasoned: Reasoned::No,
        });
        refused_live_and_noticed(&opened(), silent, &facts(), refusal);
    }
    // Reasons that were given are not asked for again.
    let said = |reasoned| PretrialRefusal::NoCounsel { reasoned }.to_string();
    assert!(said(Reasoned::No).contains("say why"));
    assert!(!said(Reasoned::Yes).contains("say why"));
    for counsel in [LegalAid::Waived, LegalAid::OwnCounsel, LegalAid::Granted] {
        let with = detaining(move |order| order.counsel = Known::Value(counsel));
        passes(&opened(), with(just_now()), &facts());
    }
}

/// KD-LA
#[test]
fn what_nobody_recorded_of_counsel_is_asked_for_and_is_no_no() {
    for silence in [Known::NotRecorded, Known::NotAsked, Known::Declined] {
        let unsaid = detaining(move |order| order.counsel = silence);
        let asked = finding(PretrialRefusal::CounselNotRecorded);
        noticed_at_every_door(&opened(), unsaid, &facts(), asked);
        let silent = detaining(move |order| {
            order.counsel = silence;
            order.reasons = None;
        });
        let refusal = Objection::reasons(PretrialRefusal::CounselNotRecorded);
        refused_live_and_noticed(&opened(), silent, &facts(), refusal);
    }
}

/// BR-64
#[test]
fn pregnancy_and_dependent_children_are_weighed_before_detention() {
    for circumstance in ["pregnant", "dependent-child"] {
        let answered = |answer: &str| {
            let answers = [(code(circumstance), Known::Value(code(answer)))];
            opened_with(|case| case.circumstances = answers.into())
        };
        let refusal = Objection::reasons(PretrialRefusal::CarerNotWeighed);
        refused_live_and_noticed(&answered("yes"), detain, &facts(), refusal);
        let weighed = detaining(|order| {
            order.carer = Some(CarerWeighed {
                necessity: code("continuing-danger"),
                best_interests: text(),
            });
        });
        passes(&answered("yes"), weighed(just_now()), &facts());
        passes(&answered("no"), detain(just_now()), &facts());
    }
    let declined = [(code("pregnant"), Known::Declined)];
    let silent = opened_with(|case| case.circumstances = declined.into());
    passes(&silent, detain(just_now()), &facts());
}

/// BJ-17
#[test]
fn a_child_is_held_only_on_a_ground_for_a_child() {
    let aged = |age| opened_with(|case| case.age_at_offence = Known::Value(age));
    let soon = |order: &mut crate::pretrial::OrderDetention| {
        order.next_review = day("2026-03-05");
    };
    let refusal = Objection::reasons(PretrialRefusal::ChildNotWeighed);
    refused_live_and_noticed(&aged(17), detaining(soon), &facts(), refusal);
    let weighed = detaining(move |order| {
        soon(order);
        order.child = Some(ChildWeighed {
            ground: code("persistence"),
            last_resort: text(),
        });
    });
    passes(&aged(17), weighed(just_now()), &facts());
    passes(&aged(18), detain(just_now()), &facts());
}

/// CRC-40
#[test]
fn nobody_under_the_age_of_criminal_responsibility_is_held() {
    let child = opened_with(|case| case.age_at_offence = Known::Value(13));
    let weighed = detaining(|order| {
        order.next_review = day("2026-03-05");
        order.child = Some(ChildWeighed {
            ground: code("grave-violence"),
            last_resort: text(),
        });
    });
    let refusal = Objection {
        grade: Grade::Hard,
        refusal: PretrialRefusal::UnderAge { minimum: 14 },
    };
    refused_live_and_noticed(&child, weighed, &facts(), refusal);
}

/// PT-4
#[test]
fn grounds_and_alternatives_are_those_of_the_pack() {
    let wish = detaining(|order| order.grounds[0].ground = code("dislike"));
    let refusal = Objection::hard(PretrialRefusal::UnknownCode {
        list: "grounds",
        code: code("dislike"),
        known: crate::testing::samples::known(|pack| &pack.pretrial.grounds),
    });
    refused_live_and_noticed(&opened(), wish, &facts(), refusal);
    let wish = detaining(|order| order.alternatives[0].alternative = code("exile"));
    let refusal = Objection::hard(PretrialRefusal::UnknownCode {
        list: "alternatives",
        code: code("exile"),
        known: crate::testing::samples::known(|pack| &pack.pretrial.alternatives),
    });
    refused_live_and_noticed(&opened(), wish, &facts(), refusal);
    passes(&opened(), detain(just_now()), &facts());
}

/// PT-6
#[test]
fn detention_ends_no_earlier_than_it_is_decided_and_an_extension_is_longer() {
    let wish = detaining(|order| {
        order.until = day("2026-03-04");
        order.next_review = day("2026-03-04");
    });
    let refusal = PretrialRefusal::EndsTooEarly {
        until: day("2026-03-04"),
        decided: "2026-03-05".parse().unwrap(),
    };
    refused(&opened(), wish(just_now()), &facts(), &refusal);
    let extend = |until: &str| {
        let until = day(until);
        move |decided| {
            PretrialCommand::Extend(ExtendDetention {
                decided,
                basis: code("pca-14"),
                until,
                next_review: day("2026-03-15"),
                necessity: Some(text()),
            })
        }
    };
    let refusal = Objection::hard(PretrialRefusal::NotLonger {
        until: day("2026-03-31"),
        stands: day("2026-03-31"),
    });
    refused_live_and_noticed(&detained(), extend("2026-03-31"), &facts(), refusal);
    passes(&detained(), extend("2026-04-01")(just_now()), &facts());
}

/// PT-6
#[test]
fn the_next_review_comes_after_the_decision_and_by_the_last_day() {
    let reviewed = |next: &'static str, until: &'static str| {
        detaining(move |order| {
            order.next_review = day(next);
            order.until = day(until);
        })
    };
    let early = reviewed("2026-02-18", "2026-03-31");
    let refusal = |decided: &str| PretrialRefusal::ReviewTooEarly {
        next: day("2026-02-18"),
        decided: decided.parse().unwrap(),
    };
    refused(
        &opened(),
        early(just_now()),
        &facts(),
        &refusal("2026-03-05"),
    );
    refused_existing(early, Objection::hard(refusal("2026-02-19")));
    let ends_first = reviewed("2026-03-15", "2026-03-14");
    let refusal = Objection::hard(PretrialRefusal::EndsBeforeReview {
        until: day("2026-03-14"),
        next: day("2026-03-15"),
    });
    refused_live_and_noticed(&opened(), ends_first, &facts(), refusal);
    passes(
        &opened(),
        reviewed("2026-03-15", "2026-03-15")(just_now()),
        &facts(),
    );
    let review = |next_review: &'static str| {
        move |held| {
            PretrialCommand::Review(Review {
                held,
                next_review: day(next_review),
                reasons: None,
            })
        }
    };
    let refusal = PretrialRefusal::ReviewTooEarly {
        next: day("2026-03-04"),
        decided: "2026-03-05".parse().unwrap(),
    };
    refused(
        &detained(),
        review("2026-03-04")(just_now()),
        &facts(),
        &refusal,
    );
    passes(&detained(), review("2026-03-05")(just_now()), &facts());
}

/// TR-3.1
#[test]
fn detention_rests_on_no_provision_for_measures_in_place_of_it() {
    let basis = code("pca-20");
    let refusal = Objection::hard(PretrialRefusal::ForMeasures {
        basis: basis.clone(),
    });
    let wish = detaining(|order| order.basis = code("pca-20"));
    refused_live_and_noticed(&opened(), wish, &facts(), refusal.clone());
    let extend = |decided| {
        PretrialCommand::Extend(ExtendDetention {
            decided,
            basis: code("pca-20"),
            until: day("2026-04-30"),
            next_review: day("2026-03-15"),
            necessity: Some(text()),
        })
    };
    refused_live_and_noticed(&detained(), extend, &facts(), refusal);
}

/// EM-5
#[test]
fn an_extension_says_why_this_case_needs_it() {
    let extend = |necessity: Option<crate::personal::PersonalText>| {
        move |decided| {
            PretrialCommand::Extend(ExtendDetention {
                decided,
                basis: code("pca-14"),
                until: day("2026-04-30"),
                next_review: day("2026-03-15"),
                necessity: necessity.clone(),
            })
        }
    };
    let refusal = Objection::reasons(PretrialRefusal::NecessityMissing);
    refused_live_and_noticed(&detained(), extend(None), &facts(), refusal);
    passes(&detained(), extend(Some(text()))(just_now()), &facts());
}
