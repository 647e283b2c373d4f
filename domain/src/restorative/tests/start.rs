use super::{consent, consented, facts, informed, on, refer, referred, referring, start, starting};
use crate::act::Objection;
use crate::personal::PersonalText;
use crate::restorative::{
    ConsentToProcess, Origin, ReferToProcess, Restorative, RestorativeCommand, RestorativeRefusal,
    Side,
};
use crate::testing::doors::{
    after, just_now, noticed, passes, refused_at_every_door, refused_live_and_noticed,
};
use crate::testing::samples::{code, known, person, sentence_id};
use crate::values::{Consent, InformedConsent, Known, LegalAid, Told};

fn consenting(side: Side, change: impl Fn(&mut InformedConsent)) -> RestorativeCommand {
    let mut consent = informed();
    change(&mut consent);
    RestorativeCommand::GiveConsent(ConsentToProcess { side, consent })
}

/// Both sides consented, the victim otherwise than usual.
fn consented_with(
    refer: impl Fn(&mut ReferToProcess),
    change: impl Fn(&mut InformedConsent),
) -> Restorative {
    let history = [
        referring(refer)(on("2026-01-05")),
        consent(Side::Offender),
        consenting(Side::Victim, change),
    ];
    after(&facts(), history)
}

/// RS-1, RS-4, RS-7
#[test]
fn a_process_is_referred_once() {
    let never = Restorative::default();
    passes(&never, refer(just_now()), &facts());
    let refusal = RestorativeRefusal::AlreadyReferred;
    refused_at_every_door(&referred(), refer, &facts(), &refusal);
}

/// RS-1
#[test]
fn a_process_hangs_on_a_sentence_only_while_that_is_in_force() {
    let never = Restorative::default();
    let hanging = |no| {
        let sentence = sentence_id(no);
        referring(move |wish| wish.origin = Some(Origin::Sentence(sentence)))
    };
    passes(&never, hanging(7)(just_now()), &facts());
    let sentence = sentence_id(8);
    let refusal = RestorativeRefusal::SentenceNotInForce { sentence };
    refused_at_every_door(&never, hanging(8), &facts(), &refusal);
}

/// RS-7
#[test]
fn nobody_meets_themselves() {
    let alone = referring(|wish| wish.victim = Some(person(1)));
    let refusal = RestorativeRefusal::SamePerson;
    let never = Restorative::default();
    refused_at_every_door(&never, alone, &facts(), &refusal);
    let unnamed = referring(|wish| wish.victim = None);
    passes(&never, unnamed(just_now()), &facts());
}

/// RS-4
#[test]
fn offices_and_kinds_are_those_of_the_pack() {
    let never = Restorative::default();
    let stranger = referring(|wish| wish.office = "anybody".parse().unwrap());
    let office = "anybody".parse().unwrap();
    let refusal = Objection::hard(RestorativeRefusal::UnknownOffice { office });
    refused_live_and_noticed(&never, stranger, &facts(), refusal);
    let court = referring(|wish| wish.office = "ashby".parse().unwrap());
    passes(&never, court(just_now()), &facts());
    let duel = referring(|wish| wish.kind = code("duel"));
    let refusal = Objection::hard(RestorativeRefusal::UnknownCode {
        list: "kinds",
        code: code("duel"),
        known: known(|law| &law.restorative.kinds),
    });
    refused_live_and_noticed(&never, duel, &facts(), refusal);
}

/// RJ-1
#[test]
fn a_process_with_both_consents_and_a_facilitator_starts() {
    passes(&consented(), start(just_now()), &facts());
}

/// RJ-1
#[test]
fn a_process_does_not_start_without_either_consent() {
    let alone = |side| super::referred_and([consent(side)]);
    let refusal = |side| Objection::hard(RestorativeRefusal::ConsentMissing { side });
    let no = refusal(Side::Victim);
    refused_live_and_noticed(&alone(Side::Offender), start, &facts(), no);
    let no = refusal(Side::Offender);
    refused_live_and_noticed(&alone(Side::Victim), start, &facts(), no);
    assert_eq!(
        noticed(&referred(), start(on("2026-01-20")), &facts()).len(),
        2
    );
}

/// RJ-1
#[test]
fn a_consent_is_informed_and_comes_before_the_start() {
    let side = Side::Victim;
    let refusal = || Objection::hard(RestorativeRefusal::ConsentMissing { side });
    let unexplained = consented_with(|_| {}, |given| given.consequences = Told::No);
    refused_live_and_noticed(&unexplained, start, &facts(), refusal());
    let alone = consented_with(|_| {}, |given| given.counsel = LegalAid::None);
    refused_live_and_noticed(&alone, start, &facts(), refusal());
    let later = consented_with(|_| {}, |given| given.given = on("2026-03-01"));
    assert_eq!(noticed(&later, start(on("2026-02-01")), &facts()).len(), 1);
    passes(&later, start(just_now()), &facts());
}

/// RJ-1
#[test]
fn a_childs_guardian_consents_too_on_either_side() {
    let young = |wish: &mut ReferToProcess| wish.victim_age = Known::Value(12);
    let side = Side::Victim;
    let refusal = Objection::hard(RestorativeRefusal::GuardianMissing { side });
    let alone = consented_with(young, |_| {});
    refused_live_and_noticed(&alone, start, &facts(), refusal);
    let together = consented_with(young, |given| {
        given.guardian = Known::Value(Consent::Given);
    });
    passes(&together, start(just_now()), &facts());
    let side = Side::Offender;
    let refusal = Objection::hard(RestorativeRefusal::GuardianMissing { side });
    let offender = consented_with(|wish| wish.age = Known::Value(15), |_| {});
    refused_live_and_noticed(&offender, start, &facts(), refusal);
    let of_age = facts().law.ages.majority;
    let grown = consented_with(|wish| wish.age = Known::Value(of_age), |_| {});
    passes(&grown, start(just_now()), &facts());
}

/// RJ-1
#[test]
fn somebody_leads_a_process_who_is_no_side_of_it() {
    let refusal = Objection::hard(RestorativeRefusal::FacilitatorMissing);
    refused_live_and_noticed(&consented(), starting(None), &facts(), refusal);
    for side in [person(1), person(2)] {
        let name = side.to_string();
        let led = starting(Some(&name));
        let refusal = Objection::hard(RestorativeRefusal::FacilitatorIsASide);
        refused_live_and_noticed(&consented(), led, &facts(), refusal);
    }
}

#[test]
fn a_consent_that_was_not_informed_can_be_given_again() {
    let history = [
        refer(on("2026-01-05")),
        consent(Side::Offender),
        consenting(Side::Victim, |given| given.consequences = Told::No),
        consent(Side::Victim),
    ];
    let explained = after::<Restorative>(&facts(), history);
    passes(&explained, start(just_now()), &facts());
}

#[test]
fn the_reasons_of_a_referral_are_sealed() {
    use crate::personal::Seal;
    let said = || Some(PersonalText::Clear("They want to talk".to_owned()));
    let mut wish = referring(move |wish| wish.reasons = said())(just_now());
    wish.seal(&mut crate::testing::stored::Sealing).unwrap();
    let RestorativeCommand::Refer(sealed) = wish else {
        panic!("a referral stays a referral")
    };
    assert!(sealed.reasons.unwrap().sealed().is_some());
}
