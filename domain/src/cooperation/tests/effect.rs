use super::{
    asked_and, code, consent, custody, effect, effecting, facts, facts_of, granted, granted_by,
    granting, homeward, judgment, on, penalty, refusing, reopen, surrender, withdraw,
};
use crate::act::{Grade, Objection};
use crate::actor::Role;
use crate::cooperation::{
    Authority, Cooperation, CooperationCommand, CooperationRefusal, Direction, Enforcement, Matter,
    Penalty, PenaltyKind, RequestCooperation, Side,
};
use crate::stream::{Goes, Stream};
use crate::testing::doors::{
    just_now, noticed, noticed_at_every_door, passes, refused, refused_at_every_door,
    refused_live_and_noticed, told_with,
};
use crate::testing::samples::length;
use crate::values::{Answer, Known};

/// A transfer of somebody whose judgment imposed some penalties, granted by all.
fn granted_of(penalties: &[Penalty]) -> Cooperation {
    let mut judged = judgment();
    judged.penalties = penalties.to_vec();
    let both = [
        consent(),
        granted_by(Authority::OtherState, "2026-01-20"),
        granted_by(Authority::Court, "2026-02-02"),
    ];
    asked_and(|wish| wish.judgment = Some(judged.clone()), both)
}

/// A surrender that this State granted with some assurances.
fn surrendered(death_penalty: Known<Answer>, assurances: &'static [&'static str]) -> Cooperation {
    let grant = granting(Matter::Extradition, Authority::Court, |wish| {
        wish.assurances = assurances.iter().copied().map(code).collect();
    });
    asked_and(
        |wish| {
            surrender(wish);
            wish.death_penalty = death_penalty;
        },
        [grant(on("2026-02-02"))],
    )
}

/// IC-3, IC-6, IC-9, IC-10, IC-11
#[test]
fn what_was_granted_is_carried_out() {
    passes(&granted(), effect(just_now()), &facts_of(Role::Prison));
    let events = granted().decide(effect(just_now()), &facts()).unwrap();
    let over = events.iter().fold(granted(), Stream::evolve);
    assert_eq!(over.title(), "carried out");
    assert_eq!(over.listed().unwrap().goes, Goes::Over);
    let refusal = CooperationRefusal::NotPossible {
        state: "carried out",
        wish: "withdrawing consent",
    };
    refused_at_every_door(&over, withdraw, &facts(), &refusal);
    let handed_over = effecting(|wish| {
        wish.enforcement = None;
        wish.left = None;
        wish.served_days = Known::NotRecorded;
    });
    let harmless = surrendered(Known::Value(Answer::No), &[]);
    passes(&harmless, handed_over(just_now()), &facts());
    let assured = surrendered(Known::Value(Answer::Yes), &["speciality", "no-death"]);
    passes(&assured, handed_over(just_now()), &facts());
    // Whoever comes to this State is not surrendered by it.
    let theirs = granting(Matter::Extradition, Authority::OtherState, |_| {});
    let fetched = asked_and(
        |wish| {
            surrender(wish);
            wish.direction = Direction::Inward;
            wish.death_penalty = Known::Value(Answer::Yes);
        },
        [theirs(on("2026-02-02"))],
    );
    passes(&fetched, handed_over(just_now()), &facts());
    // What is left there of a sentence of this State, the other State works out.
    let home = asked_and(
        homeward,
        [
            consent(),
            granted_by(Authority::Court, "2026-01-20"),
            granted_by(Authority::OtherState, "2026-02-02"),
        ],
    );
    passes(&home, handed_over(just_now()), &facts());
}

/// IC-6
#[test]
fn nothing_is_carried_out_before_every_state_has_granted_it() {
    let ours = [consent(), granted_by(Authority::Court, "2026-02-02")];
    let half = asked_and(|_| {}, ours);
    let side = Side::OtherState;
    let refusal = Objection::hard(CooperationRefusal::GrantMissing { side });
    refused_live_and_noticed(&half, effect, &facts(), refusal);
}

/// IC-9
#[test]
fn nobody_is_transferred_who_agrees_no_longer() {
    let events = granted()
        .decide(withdraw(on("2026-02-10")), &facts())
        .unwrap();
    let withdrawn = events.iter().fold(granted(), Stream::evolve);
    let refusal = Objection::hard(CooperationRefusal::ConsentMissing);
    refused_live_and_noticed(&withdrawn, effect, &facts(), refusal);
}

/// IC-10
#[test]
fn what_is_left_and_how_it_is_served_is_said() {
    let unsaid = effecting(|wish| wish.enforcement = None);
    let refusal = Objection::hard(CooperationRefusal::EnforcementMissing);
    refused_live_and_noticed(&granted(), unsaid, &facts(), refusal);
    let unsaid = effecting(|wish| wish.left = None);
    let refusal = Objection::hard(CooperationRefusal::LeftMissing);
    refused_live_and_noticed(&granted(), unsaid, &facts(), refusal);
}

/// IC-10
#[test]
fn a_converted_sentence_is_never_heavier_than_the_one_it_stands_for() {
    let converted = |left: Penalty| {
        effecting(move |wish| {
            wish.enforcement = Some(Enforcement::Converted);
            wish.left = Some(left.clone());
            wish.served_days = Known::NotRecorded;
        })
    };
    let heavier = || Objection::hard(CooperationRefusal::Aggravated);
    for left in [
        custody("P2Y1D"),
        penalty(PenaltyKind::IndeterminateCustody, None),
        penalty(PenaltyKind::CustodyForLife, None),
        penalty(PenaltyKind::Death, None),
    ] {
        refused_live_and_noticed(&granted(), converted(left), &facts(), heavier());
    }
    for left in [
        custody("P2Y"),
        custody("P24M"),
        custody("P18M"),
        penalty(PenaltyKind::SuspendedCustody, Some("P2Y")),
        penalty(PenaltyKind::CommunityMeasure, Some("P3Y")),
    ] {
        passes(&granted(), converted(left)(just_now()), &facts());
    }
    // Two terms may have been meant one after the other.
    let twice = granted_of(&[custody("P2Y"), custody("P1Y")]);
    passes(&twice, converted(custody("P3Y"))(just_now()), &facts());
    let longer = converted(custody("P3Y1M"));
    refused_live_and_noticed(&twice, longer, &facts(), heavier());
    let suspended = granted_of(&[penalty(PenaltyKind::SuspendedCustody, Some("P2Y"))]);
    let served = converted(custody("P1M"));
    refused_live_and_noticed(&suspended, served, &facts(), heavier());
    let for_life = granted_of(&[penalty(PenaltyKind::CustodyForLife, None)]);
    passes(&for_life, converted(custody("P30Y"))(just_now()), &facts());
}

/// IC-10
#[test]
fn custody_is_not_turned_into_money() {
    let fined = || {
        effecting(|wish| {
            wish.enforcement = Some(Enforcement::Converted);
            wish.left = Some(penalty(PenaltyKind::Fine, None));
        })
    };
    let refusal = Objection::hard(CooperationRefusal::IntoMoney);
    refused_live_and_noticed(&granted(), fined(), &facts(), refusal);
    let fine = granted_of(&[penalty(PenaltyKind::Fine, None)]);
    passes(&fine, fined()(just_now()), &facts());
}

/// IC-10
#[test]
fn what_was_served_in_either_state_is_deducted_in_full() {
    let served = |days| {
        effecting(move |wish| {
            wish.left = Some(custody("P1Y6M"));
            wish.served_days = Known::Value(days);
        })
    };
    passes(&granted(), served(180)(just_now()), &facts());
    let refusal = CooperationRefusal::NotDeducted {
        left: length("P1Y6M"),
        served: 200,
    };
    let refusal = Objection::hard(refusal);
    refused_live_and_noticed(&granted(), served(200), &facts(), refusal);
}

/// A surrender to a State in which torture is feared.
fn sent_to_torture(then: impl IntoIterator<Item = CooperationCommand>) -> Cooperation {
    let feared = |wish: &mut RequestCooperation| {
        surrender(wish);
        wish.torture_feared = Known::Value(Answer::Yes);
    };
    asked_and(feared, then)
}

/// IC-11
#[test]
fn a_grant_without_an_assurance_is_refused_to_the_authority_and_seen_of_the_court() {
    let threatened = |wish: &mut RequestCooperation| {
        surrender(wish);
        wish.death_penalty = Known::Value(Answer::Yes);
    };
    let mortal = asked_and(threatened, []);
    let tortured = sent_to_torture([]);
    let minister = facts_of(Role::Prosecutor);
    for (matter, refusal, assurance) in [
        (mortal, CooperationRefusal::AssuranceMissing, "no-death"),
        (tortured, CooperationRefusal::TortureFeared, "no-torture"),
    ] {
        let by = |authority| granting(Matter::Extradition, authority, |_| {});
        let hard = Objection::hard(refusal.clone());
        let by_minister = by(Authority::CentralAuthority);
        refused_live_and_noticed(&matter, by_minister, &minister, hard);
        let seen = Objection {
            grade: Grade::Alarm,
            refusal,
        };
        noticed_at_every_door(&matter, by(Authority::Court), &facts(), seen);
        let assured = granting(Matter::Extradition, Authority::Court, |wish| {
            wish.assurances = vec![code(assurance)];
        });
        passes(&matter, assured(just_now()), &facts());
    }
}

/// IC-3
#[test]
fn an_authority_grants_again_only_with_something_that_came_since() {
    let by_court = granting(Matter::Extradition, Authority::Court, |_| {});
    let sent = asked_and(surrender, [by_court(on("2026-02-02"))]);
    let by = Authority::Court;
    let refusal = Objection::hard(CooperationRefusal::AlreadyGranted { by });
    refused_live_and_noticed(&sent, by_court, &facts(), refusal);
    let assured = granting(Matter::Extradition, by, |wish| {
        wish.assurances = vec![code("speciality")];
    });
    passes(&sent, assured(just_now()), &facts());
    let by_minister = granting(Matter::Extradition, Authority::CentralAuthority, |_| {});
    passes(&sent, by_minister(just_now()), &facts_of(Role::Prosecutor));
    // Once a refusal was set aside, it is decided anew.
    let course = [
        granting(Matter::Extradition, by, |_| {})(on("2026-02-02")),
        refusing(by, &["own-national"])(on("2026-02-10")),
        reopen(on("2026-02-12")),
    ];
    let again = granting(Matter::Extradition, by, |_| {});
    passes(&asked_and(surrender, course), again(just_now()), &facts());
}

/// IC-11
#[test]
fn nobody_is_surrendered_to_a_penalty_of_death_without_an_assurance() {
    let unassured = surrendered(Known::Value(Answer::Yes), &["speciality"]);
    let refusal = Objection::hard(CooperationRefusal::AssuranceMissing);
    refused_live_and_noticed(&unassured, effect, &facts(), refusal);
    let feared = sent_to_torture([granting(Matter::Extradition, Authority::Court, |_| {})(on(
        "2026-02-02",
    ))]);
    let refusal = Objection::hard(CooperationRefusal::TortureFeared);
    refused_live_and_noticed(&feared, effect, &facts(), refusal);
}

/// DP-7
#[test]
fn no_software_carries_out() {
    let software = facts_of(Role::System);
    let refusal = CooperationRefusal::NotForSoftware;
    refused_at_every_door(&granted(), effect, &software, &refusal);
}

/// IC-2
#[test]
fn nothing_is_carried_out_in_the_future_and_what_was_before_the_decision_is_seen() {
    let done = on("2026-03-06");
    let refusal = CooperationRefusal::InTheFuture { done };
    refused(&granted(), effect(done), &facts(), &refusal);
    let refusal = CooperationRefusal::TooEarly {
        done: "2026-02-01".parse().unwrap(),
        follows: "last decision",
        on: "2026-02-02".parse().unwrap(),
    };
    told_with(&granted(), effect(on("2026-02-01")), &facts(), refusal);
}

#[test]
fn what_was_noticed_stays_with_the_matter() {
    let unagreed = asked_and(|_| {}, [effect(on("2026-01-20"))]);
    let found = unagreed.findings();
    let codes: Vec<&str> = found.iter().map(|finding| finding.code.as_str()).collect();
    assert_eq!(
        codes,
        [
            "cooperation.grant-missing",
            "cooperation.grant-missing",
            "cooperation.consent-missing",
        ]
    );
    assert_eq!(noticed(&granted(), effect(on("2026-02-19")), &facts()), []);
}
