use super::{
    asked, asked_and, code, consent, day, ending, facts, facts_of, granted, granted_by, granting,
    homeward, informed, judgment, mandatory, midland, on, postponing, refusing, reopen, request,
    surrender, withdraw,
};
use crate::act::{Objection, Weight};
use crate::actor::Role;
use crate::cooperation::{
    Authority, Cooperation, CooperationCommand, CooperationRefusal, CooperationStanding, Direction,
    Matter, RequestCooperation, Side,
};
use crate::jurisdiction::{Coded, codes_of};
use crate::stream::{Goes, Stream};
use crate::testing::doors::{
    after, after_just_now, just_now, noticed, passes, refused, refused_at_every_door,
    refused_live_and_noticed, told_with,
};
use crate::values::{Consent, InformedConsent, Known, LegalAid, Occurred, Told};

fn by_court(decided: Occurred) -> CooperationCommand {
    granting(Matter::Transfer, Authority::Court, |_| {})(decided)
}

fn consenting(change: impl Fn(&mut InformedConsent)) -> CooperationCommand {
    let mut given = informed();
    change(&mut given);
    CooperationCommand::GiveConsent(given)
}

fn agreed() -> Cooperation {
    asked_and(|_| {}, [consent()])
}

fn extradited(change: impl Fn(&mut RequestCooperation)) -> Cooperation {
    asked_and(
        |wish| {
            surrender(wish);
            change(wish);
        },
        [],
    )
}

/// IC-2, IC-3, IC-5, IC-6, IC-7, IC-8, IC-9, TR-3.3
#[test]
fn both_states_and_the_person_agree_to_a_transfer() {
    passes(&agreed(), by_court(just_now()), &facts());
    let one = after::<Cooperation>(
        &facts(),
        [
            request(on("2026-01-05")),
            consent(),
            granted_by(Authority::Court, "2026-02-02"),
        ],
    );
    assert_eq!(one.title(), "asked for");
    let missing: Vec<Side> = one.requested().unwrap().undecided().collect();
    assert_eq!(missing, [Side::OtherState]);
    let theirs = granting(Matter::Transfer, Authority::OtherState, |wish| {
        wish.examined.clear();
    });
    passes(&one, theirs(just_now()), &facts_of(Role::Prison));
    assert_eq!(granted().title(), "granted");
    let refuse = refusing(Authority::Court, &["no-tie"]);
    passes(&granted(), refuse(just_now()), &facts());
    let silent = refusing(Authority::OtherState, &[]);
    passes(&agreed(), silent(just_now()), &facts());
}

/// IC-2
#[test]
fn no_decision_is_taken_before_what_it_follows_and_one_that_was_is_seen() {
    let early = |done: &str, follows, on: &str| CooperationRefusal::TooEarly {
        done: done.parse().unwrap(),
        follows,
        on: on.parse().unwrap(),
    };
    let no = early("2026-01-04", "request", "2026-01-05");
    let (asked, granted) = (asked(), granted());
    told_with(&asked, by_court(on("2026-01-04")), &facts(), no.clone());
    told_with(&asked, withdraw(on("2026-01-04")), &facts(), no);
    let no = early("2026-02-01", "last decision", "2026-02-02");
    told_with(&granted, by_court(on("2026-02-01")), &facts(), no.clone());
    told_with(&granted, ending("served")(on("2026-02-01")), &facts(), no);
    let fresh = after::<Cooperation>(&facts(), [request(after_just_now())]);
    let no = early("2026-03-05", "request", "2026-03-05");
    refused(&fresh, by_court(just_now()), &facts(), &no);
    refused(&fresh, withdraw(just_now()), &facts(), &no);
}

/// IC-3
#[test]
fn nothing_is_decided_of_what_is_not_asked_or_is_over() {
    let never = Cooperation::default();
    let no = |state, wish| CooperationRefusal::NotPossible { state, wish };
    let refusal = no("not recorded", "granting");
    refused_at_every_door(&never, by_court, &facts(), &refusal);
    let over = asked_and(|_| {}, [ending("died")(on("2026-01-20"))]);
    let refusal = no("ended", "granting");
    refused_at_every_door(&over, by_court, &facts(), &refusal);
    let refusal = no("asked for", "setting the refusal aside");
    refused_at_every_door(&asked(), reopen, &facts(), &refusal);
    let refusal = no("asked for", "carrying it out later");
    let later = postponing("health", "2026-06-01");
    refused_at_every_door(&asked(), later, &facts(), &refusal);
}

/// IC-4
#[test]
fn grounds_assurances_and_reasons_are_of_the_pack_and_of_the_matter() {
    let unknown = |list, name, known: &[Coded]| {
        Objection::hard(CooperationRefusal::UnknownCode {
            list,
            code: code(name),
            known: codes_of(known),
        })
    };
    let rules = &midland().cooperation;
    let of_transfers = rules.grounds_of(Matter::Transfer);
    let own = refusing(Authority::Court, &["own-national"]);
    let no = unknown("grounds", "own-national", &of_transfers);
    refused_live_and_noticed(&asked(), own, &facts(), no);
    let examined = granting(Matter::Transfer, Authority::Court, |wish| {
        wish.examined.push(code("wealth"));
    });
    let no = unknown("grounds", "wealth", &of_transfers);
    refused_live_and_noticed(&agreed(), examined, &facts(), no);
    let assured = granting(Matter::Transfer, Authority::Court, |wish| {
        wish.assurances.push(code("good-will"));
    });
    let assurances = rules.assured();
    let no = unknown("assurances", "good-will", &assurances);
    refused_live_and_noticed(&agreed(), assured, &facts(), no);
    let no = unknown("postponements", "mood", &rules.postponements);
    let later = postponing("mood", "2026-06-01");
    refused_live_and_noticed(&granted(), later, &facts(), no);
    let no = unknown("end reasons", "mood", &rules.end_reasons);
    refused_live_and_noticed(&asked(), ending("mood"), &facts(), no);
}

/// IC-5
#[test]
fn a_judgment_is_served_here_once_it_is_final() {
    let mut open = judgment();
    open.final_since = None;
    let open = asked_and(|wish| wish.judgment = Some(open.clone()), [consent()]);
    let refusal = Objection::hard(CooperationRefusal::JudgmentNotFinal);
    refused_live_and_noticed(&open, by_court, &facts(), refusal);
}

/// IC-6
#[test]
fn a_state_decides_what_is_its_to_decide() {
    let refusal = |side, matter| CooperationRefusal::NotTheirs { side, matter };
    let theirs = granting(Matter::Extradition, Authority::OtherState, |_| {});
    let no = refusal(Side::OtherState, Matter::Extradition);
    refused_at_every_door(&extradited(|_| {}), &theirs, &facts(), &no);
    let wanted = extradited(|wish| wish.direction = Direction::Inward);
    passes(&wanted, theirs(just_now()), &facts());
    let ours = granting(Matter::Extradition, Authority::Court, |_| {});
    let no = refusal(Side::ThisState, Matter::Extradition);
    refused_at_every_door(&wanted, ours, &facts(), &no);
    let there = asked_and(
        |wish| {
            homeward(wish);
            wish.matter = Matter::Recognition;
        },
        [],
    );
    let ours = refusing(Authority::CentralAuthority, &["not-final"]);
    let no = refusal(Side::ThisState, Matter::Recognition);
    refused_at_every_door(&there, ours, &facts(), &no);
}

/// IC-7
#[test]
fn a_refusal_of_this_state_names_its_grounds() {
    let silent = refusing(Authority::Court, &[]);
    let refusal = Objection::hard(CooperationRefusal::GroundMissing);
    refused_live_and_noticed(&asked(), silent, &facts(), refusal);
}

/// IC-8
#[test]
fn each_mandatory_ground_is_examined_before_a_grant() {
    let but_torture = granting(Matter::Extradition, Authority::Court, |wish| {
        wish.examined.retain(|ground| *ground != code("torture"));
    });
    let grounds = vec![code("torture")];
    let refusal = Objection::reasons(CooperationRefusal::NotExamined { grounds });
    refused_live_and_noticed(&extradited(|_| {}), but_torture, &facts(), refusal);
    assert!(mandatory(Matter::Extradition).len() > 5);
    // What the court examined, the central authority need not examine again.
    let sent = asked_and(
        surrender,
        [granting(Matter::Extradition, Authority::Court, |_| {})(on(
            "2026-02-02",
        ))],
    );
    let by_minister = granting(Matter::Extradition, Authority::CentralAuthority, |wish| {
        wish.examined.clear();
    });
    passes(&sent, by_minister(just_now()), &facts_of(Role::Prosecutor));
}

/// IC-9
#[test]
fn a_transfer_is_granted_with_informed_consent() {
    let refusal = || Objection::hard(CooperationRefusal::ConsentMissing);
    refused_live_and_noticed(&asked(), by_court, &facts(), refusal());
    let untold = asked_and(|_| {}, [consenting(|given| given.consequences = Told::No)]);
    refused_live_and_noticed(&untold, by_court, &facts(), refusal());
    let alone = asked_and(|_| {}, [consenting(|given| given.counsel = LegalAid::None)]);
    refused_live_and_noticed(&alone, by_court, &facts(), refusal());
    let before_it = noticed(&agreed(), by_court(on("2026-01-11")), &facts());
    assert_eq!(before_it.len(), 1, "consent came a day later");
    assert_eq!(before_it[0].weight, Weight::Critical);
    let withdrawn = asked_and(|_| {}, [consent(), withdraw(on("2026-01-20"))]);
    refused_live_and_noticed(&withdrawn, by_court, &facts(), refusal());
    // Nobody has to agree to be surrendered, or to the recognition of a judgment.
    let ours = granting(Matter::Extradition, Authority::Court, |_| {});
    passes(&extradited(|_| {}), ours(just_now()), &facts());
}

/// IC-9
#[test]
fn a_childs_guardian_consents_too() {
    let young = |wish: &mut RequestCooperation| wish.age = Known::Value(17);
    let alone = asked_and(young, [consent()]);
    let refusal = Objection::hard(CooperationRefusal::GuardianMissing);
    refused_live_and_noticed(&alone, by_court, &facts(), refusal);
    let together = consenting(|given| given.guardian = Known::Value(Consent::Given));
    passes(
        &asked_and(young, [together]),
        by_court(just_now()),
        &facts(),
    );
}

/// TR-3.4w
#[test]
fn consent_can_be_withdrawn_by_every_hand_at_every_door_until_it_is_carried_out() {
    for role in Role::ALL {
        for matter in [agreed(), granted()] {
            passes(&matter, withdraw(just_now()), &facts_of(*role));
            passes(&matter, withdraw(on("2026-02-19")), &facts_of(*role));
        }
    }
    let events = granted().decide(withdraw(just_now()), &facts()).unwrap();
    let withdrawn = events.iter().fold(granted(), Stream::evolve);
    assert_eq!(withdrawn.requested().unwrap().consent, None);
}

/// IC-3
#[test]
fn nobody_withdraws_a_consent_that_nobody_gave_and_that_somebody_did_is_seen() {
    let refusal = || CooperationRefusal::NotPossible {
        state: "not agreed to",
        wish: "withdrawing consent",
    };
    let no_longer = asked_and(|_| {}, [consent(), withdraw(on("2026-01-20"))]);
    for matter in [asked(), no_longer] {
        let objection = Objection::hard(refusal());
        refused_live_and_noticed(&matter, withdraw, &facts(), objection);
    }
}

/// IC-12
#[test]
fn no_day_for_carrying_it_out_lies_before_the_decision() {
    let due = day("2026-02-18");
    let early = granting(Matter::Transfer, Authority::Court, move |wish| {
        wish.carry_out_by = Some(due);
    });
    let refusal = |on: &str| CooperationRefusal::DueTooEarly {
        due,
        on: on.parse().unwrap(),
    };
    let no = refusal("2026-02-19");
    told_with(&agreed(), early(on("2026-02-19")), &facts(), no.clone());
    let later = postponing("health", "2026-02-18");
    told_with(&granted(), later(on("2026-02-19")), &facts(), no);
    refused(
        &granted(),
        later(just_now()),
        &facts(),
        &refusal("2026-03-05"),
    );
}

/// TR-3.3
#[test]
fn whoever_is_named_as_deciding_decides_live() {
    let refusal = |role| CooperationRefusal::NotCompetent { role };
    for role in [Role::Judge, Role::Clerk] {
        passes(&agreed(), by_court(just_now()), &facts_of(role));
    }
    let role = Role::Prosecutor;
    let no = refusal(role);
    refused(&agreed(), by_court(just_now()), &facts_of(role), &no);
    let minister = granting(Matter::Transfer, Authority::CentralAuthority, |_| {});
    passes(&agreed(), minister(just_now()), &facts_of(role));
    let role = Role::Judge;
    let no = refusal(role);
    refused(&agreed(), minister(just_now()), &facts_of(role), &no);
    let role = Role::Prison;
    let no = refusal(role);
    let refuse = refusing(Authority::Court, &["no-tie"]);
    refused(&agreed(), refuse(just_now()), &facts_of(role), &no);
    let refused_once = asked_and(|_| {}, [refuse(on("2026-01-20"))]);
    refused(&refused_once, reopen(just_now()), &facts_of(role), &no);
    // Whoever records a decision of the past need not have taken it.
    passes(&agreed(), by_court(on("2026-02-19")), &facts_of(role));
}

/// DP-7
#[test]
fn no_software_decides() {
    let software = facts_of(Role::System);
    let refusal = CooperationRefusal::NotForSoftware;
    refused_at_every_door(&agreed(), by_court, &software, &refusal);
    let refuse = refusing(Authority::Court, &["no-tie"]);
    refused_at_every_door(&agreed(), refuse, &software, &refusal);
    let later = postponing("health", "2026-06-01");
    refused_at_every_door(&granted(), later, &software, &refusal);
}

/// IC-3
#[test]
fn a_refusal_that_is_set_aside_opens_the_matter_again() {
    let refuse = refusing(Authority::Court, &["no-tie"]);
    let refused_once = asked_and(|_| {}, [consent(), refuse(on("2026-01-20"))]);
    let listed = refused_once.listed().unwrap();
    assert_eq!((listed.state, listed.goes), ("refused", Goes::Over));
    let events = refused_once.decide(reopen(just_now()), &facts()).unwrap();
    let again = events.iter().fold(refused_once, Stream::evolve);
    let standing = again.requested().unwrap().standing;
    assert_eq!(standing, CooperationStanding::Asked);
    assert_eq!(again.listed().unwrap().goes, Goes::On);
}

#[test]
fn what_waits_is_due_as_the_decision_says_or_as_the_rules_say() {
    let law = midland();
    let due = |matter: &Cooperation| -> Vec<(&str, String, Role)> {
        let clocks = matter.clocks(&law).into_iter();
        clocks
            .map(|c| (c.code, c.due.to_string(), c.role))
            .collect()
    };
    let decision = |due: &str| ("cooperation.decision", due.to_owned(), Role::Judge);
    let carrying = |due: &str| ("cooperation.carrying-out", due.to_owned(), Role::Clerk);
    assert_eq!(due(&asked()), [decision("2026-03-06")]);
    let said = asked_and(|wish| wish.decide_by = Some(day("2026-01-31")), []);
    assert_eq!(due(&said), [decision("2026-01-31")]);
    // What the other State alone decides is not due here.
    let wanted = extradited(|wish| wish.direction = Direction::Inward);
    assert_eq!(due(&wanted), []);
    assert_eq!(due(&granted()), [carrying("2026-03-04")]);
    let later = postponing("health", "2026-06-01")(just_now());
    let events = granted().decide(later, &facts()).unwrap();
    let postponed = events.iter().fold(granted(), Stream::evolve);
    assert_eq!(due(&postponed), [carrying("2026-06-01")]);
    let over = asked_and(|_| {}, [ending("died")(on("2026-01-20"))]);
    assert_eq!(due(&over), []);
}
