use super::{
    activate, agreed, complete, consent, discharging, facts, facts_of, informed, offer, offered,
    offering, on, returning, running, withdraw, withdrawn,
};
use crate::act::{Objection, Reference, Weight};
use crate::actor::Role;
use crate::diversion::{
    Diversion, DiversionCommand, DiversionRefusal, DiversionStanding, OfferDiversion,
};
use crate::personal::{Personal, Seal};
use crate::stream::Stream;
use crate::testing::doors::{
    after, after_just_now, just_now, noticed, passes, refused, refused_at_every_door,
    refused_live_and_noticed, told_with,
};
use crate::testing::samples::{code, midland, person};
use crate::testing::stored::Sealing;
use crate::values::{Consent, InformedConsent, Known, LegalAid, Told};

/// An offer to somebody, and the consent that was given to it.
fn agreed_with(
    change: impl Fn(&mut OfferDiversion),
    inform: impl Fn(&mut InformedConsent),
) -> Diversion {
    let mut given = informed();
    inform(&mut given);
    let history = [
        offering(change)(on("2026-01-05")),
        DiversionCommand::GiveConsent(given),
    ];
    after(&facts(), history)
}

/// DV-2, DV-3, TR-3.4
#[test]
fn obligations_begin_after_informed_consent_and_end_when_all_is_done() {
    passes(&offered(), consent(), &facts());
    passes(&agreed(), activate(just_now()), &facts());
    passes(&running(), complete(just_now()), &facts_of(Role::Probation));
    let done = running().decide(complete(just_now()), &facts()).unwrap();
    let done = done.iter().fold(running(), Stream::evolve);
    assert_eq!(done.title(), "completed");
}

/// TR-3.4
#[test]
fn obligations_need_informed_consent_before_them() {
    let refusal = || Objection::hard(DiversionRefusal::ConsentMissing);
    refused_live_and_noticed(&offered(), activate, &facts(), refusal());
    let unexplained = agreed_with(|_| {}, |given| given.consequences = Told::No);
    refused_live_and_noticed(&unexplained, activate, &facts(), refusal());
    let alone = agreed_with(|_| {}, |given| given.counsel = LegalAid::None);
    refused_live_and_noticed(&alone, activate, &facts(), refusal());
    let before_it = noticed(&agreed(), activate(on("2026-01-11")), &facts());
    assert_eq!(before_it.len(), 1, "consent came a day later");
}

/// TR-3.4
#[test]
fn a_consent_that_was_not_informed_can_be_given_again() {
    let unexplained = agreed_with(|_| {}, |given| given.consequences = Told::No);
    let events = unexplained.decide(consent(), &facts()).unwrap();
    let explained = events.iter().fold(unexplained, Stream::evolve);
    passes(&explained, activate(just_now()), &facts());
}

/// TR-3.4
#[test]
fn a_childs_guardian_consents_too() {
    let young = |wish: &mut OfferDiversion| wish.age_at_offence = Known::Value(16);
    let alone = agreed_with(young, |_| {});
    let refusal = Objection::hard(DiversionRefusal::GuardianMissing);
    refused_live_and_noticed(&alone, activate, &facts(), refusal);
    let together = agreed_with(young, |given| {
        given.guardian = Known::Value(Consent::Given);
    });
    passes(&together, activate(just_now()), &facts());
    let of_age = agreed_with(
        |wish| wish.age_at_offence = Known::Value(facts().law.ages.majority),
        |_| {},
    );
    passes(&of_age, activate(just_now()), &facts());
}

/// TR-3.4w
#[test]
fn consent_can_be_withdrawn_by_every_hand_at_every_door_and_closes_the_obligations() {
    let unconsented = after::<Diversion>(
        &facts(),
        [offer(on("2026-01-05")), activate(on("2026-01-15"))],
    );
    for role in Role::ALL {
        for diversion in [agreed(), running(), unconsented.clone()] {
            passes(&diversion, withdraw(just_now()), &facts_of(*role));
            passes(&diversion, withdraw(on("2026-02-19")), &facts_of(*role));
        }
    }
    let closed = withdrawn();
    assert_eq!(closed.title(), "closed by a withdrawal");
    assert_eq!(closed.clocks(&midland()), []);
    let refusal = DiversionRefusal::NotPossible {
        state: "closed by a withdrawal",
        wish: "completing",
    };
    refused_at_every_door(&closed, complete, &facts(), &refusal);
}

/// TR-3.4w
#[test]
fn a_withdrawal_alone_is_no_failure() {
    for reason in ["failed", "new-offence"] {
        let refusal = DiversionRefusal::WithdrawalIsNoFailure {
            reason: code(reason),
        };
        refused_at_every_door(&withdrawn(), returning(reason), &facts(), &refusal);
    }
    passes(&withdrawn(), returning("withdrawn")(just_now()), &facts());
}

/// DV-6
#[test]
fn the_reason_of_a_return_fits_what_happened() {
    let reason = || code("failed");
    let nothing_ran = DiversionRefusal::NothingRan { reason: reason() };
    refused_at_every_door(&agreed(), returning("failed"), &facts(), &nothing_ran);
    passes(&running(), returning("failed")(just_now()), &facts());
    let reason = code("withdrawn");
    let refusal = DiversionRefusal::NothingWithdrawn { reason };
    refused_at_every_door(&running(), returning("withdrawn"), &facts(), &refusal);
    passes(&offered(), returning("declined")(just_now()), &facts());
}

/// DV-4, TR-3.3
#[test]
fn a_case_is_returned_for_a_reason_of_the_pack_by_whoever_may() {
    let unknown = DiversionRefusal::UnknownCode {
        list: "reasons",
        code: code("spite"),
        known: crate::jurisdiction::codes_of(&midland().diversion.reasons()),
    };
    let refusal = Objection::hard(unknown);
    refused_live_and_noticed(&running(), returning("spite"), &facts(), refusal);
    let role = Role::Probation;
    let refusal = DiversionRefusal::NotCompetent { role };
    let give_back = returning("failed");
    refused(&running(), give_back(just_now()), &facts_of(role), &refusal);
    passes(&running(), give_back(on("2026-02-19")), &facts_of(role));
}

/// DV-2
#[test]
fn no_step_is_taken_before_what_it_follows_and_one_that_was_is_seen() {
    let early = |done: &str, follows, on: &str| DiversionRefusal::TooEarly {
        done: done.parse().unwrap(),
        follows,
        on: on.parse().unwrap(),
    };
    let before = early("2026-01-04", "offer", "2026-01-05");
    told_with(&agreed(), activate(on("2026-01-04")), &facts(), before);
    let before = early("2026-01-14", "beginning of the obligations", "2026-01-15");
    told_with(&running(), complete(on("2026-01-14")), &facts(), before);
    let before = early("2026-01-31", "withdrawal of consent", "2026-02-01");
    let give_back = returning("withdrawn")(on("2026-01-31"));
    told_with(&withdrawn(), give_back, &facts(), before);
    let fresh = after::<Diversion>(&facts(), [offer(after_just_now())]);
    let before = early("2026-03-05", "offer", "2026-03-05");
    refused(&fresh, activate(just_now()), &facts(), &before);
    let done = on("2026-03-06");
    let refusal = DiversionRefusal::InTheFuture { done };
    refused(&running(), withdraw(done), &facts(), &refusal);
}

/// DV-3
#[test]
fn a_step_is_possible_only_in_the_state_that_allows_it() {
    let refusal = |state, wish| DiversionRefusal::NotPossible { state, wish };
    let never = Diversion::default();
    let no = refusal("not recorded", "letting the obligations begin");
    refused_at_every_door(&never, activate, &facts(), &no);
    let no = refusal("offered", "withdrawing consent");
    refused_at_every_door(&offered(), withdraw, &facts(), &no);
    let no = refusal("running", "letting the obligations begin");
    refused_at_every_door(&running(), activate, &facts(), &no);
    let no = refusal("agreed to", "completing");
    refused_at_every_door(&agreed(), complete, &facts(), &no);
    let discharge = discharging(|_| {})(on("2026-01-05"));
    let discharged = after::<Diversion>(&facts(), [discharge]);
    let no = refusal("discharged", "returning");
    refused_at_every_door(&discharged, returning("new-facts"), &facts(), &no);
}

#[test]
fn an_offer_waits_for_consent_and_obligations_end_on_their_last_day() {
    let law = midland();
    let due = |diversion: &Diversion| -> Vec<(&str, String, Role, Weight)> {
        let clocks = diversion.clocks(&law).into_iter();
        clocks
            .map(|c| (c.code, c.due.to_string(), c.role, c.weight))
            .collect()
    };
    let clock = |code, due: &str| (code, due.to_owned(), Role::Prosecutor, Weight::Notice);
    assert_eq!(due(&offered()), [clock("diversion.consent", "2026-01-26")]);
    assert_eq!(due(&agreed()), []);
    assert_eq!(due(&running()), [clock("diversion.end", "2026-08-31")]);
    assert_eq!(due(&withdrawn()), []);
}

#[test]
fn an_offer_and_a_discharge_refer_to_the_person() {
    let never = Diversion::default();
    let discharge = discharging(|_| {});
    for wish in [offer(just_now()), discharge(just_now())] {
        assert_eq!(never.refers(&wish), [Reference::Person(person(1))]);
    }
    assert_eq!(offered().refers(&withdraw(just_now())), []);
    assert_eq!(offered().person(), Some(person(1)));
}

#[test]
fn what_was_noticed_stays_with_the_case() {
    let unconsented = [offer(on("2026-01-05")), activate(on("2026-01-15"))];
    let diversion = after::<Diversion>(&facts(), unconsented);
    assert_eq!(diversion.findings().len(), 1);
    let standing = diversion.offered().unwrap().standing;
    assert_eq!(standing, DiversionStanding::Running);
}

#[test]
fn what_is_asked_and_said_is_sealed() {
    let mut wish = offering(|wish| {
        wish.obligations[0].terms = Some(Personal::Clear("Pay it back".to_owned()));
        wish.obligations[1].terms = Some(Personal::Clear("  ".to_owned()));
        wish.reasons = Some(Personal::Clear("A first time".to_owned()));
    })(just_now());
    wish.seal(&mut Sealing).unwrap();
    let DiversionCommand::Offer(sealed) = wish else {
        panic!("an offer stays an offer")
    };
    let terms = |no: usize| sealed.obligations[no].terms.as_ref();
    assert!(terms(0).unwrap().sealed().is_some());
    assert_eq!(terms(1), None, "space says nothing");
    assert!(sealed.reasons.unwrap().sealed().is_some());
}
