use super::{
    admission, admitting, case_id, commitment, facts, held, held_irregularly, irregular,
    noticed_once, on, on_a_sentence, protected, protection, reception, release, text,
};
use crate::act::{Grade, Objection, Reference};
use crate::custody::{
    Answer, BasisFallen, Custody, CustodyCommand, CustodyRefusal, FallenDecision, Footing,
    HoldingBasis, IrregularHolding, NewCommitment, Protect, ReleaseFromCustody, WithdrawProtection,
};
use crate::personal::{DataClass, Personal, Seal};
use crate::stream::Stream;
use crate::testing::doors::{
    after, just_now, long_ago, noticed_at_every_door, passes, refused_at_every_door,
    refused_live_and_noticed,
};
use crate::testing::samples::{code, sentence_id};
use crate::testing::stored::Sealing;
use crate::values::{Known, Occurred};

fn recording(change: impl Fn(&mut IrregularHolding)) -> impl Fn(Occurred) -> CustodyCommand {
    move |since| {
        let mut wish = irregular(since);
        change(&mut wish);
        CustodyCommand::RecordIrregularHolding(wish)
    }
}

fn protecting(change: impl Fn(&mut Protect)) -> impl Fn(Occurred) -> CustodyCommand {
    move |taken_in| {
        let mut wish = protection(taken_in);
        change(&mut wish);
        CustodyCommand::Protect(wish)
    }
}

fn new_commitment(done: Occurred) -> NewCommitment {
    NewCommitment {
        done,
        commitment: on_a_sentence(),
        group: Known::Value(code("sentenced")),
    }
}

fn regularise(done: Occurred) -> CustodyCommand {
    CustodyCommand::Regularise(new_commitment(done))
}

fn go_on(done: Occurred) -> CustodyCommand {
    CustodyCommand::ContinueOn(new_commitment(done))
}

fn withdraw(withdrawn: Occurred) -> CustodyCommand {
    CustodyCommand::WithdrawProtection(WithdrawProtection { withdrawn })
}

/// HR-20/MR-7
#[test]
fn an_irregular_holding_is_never_refused_and_always_critical() {
    let alarm = || Objection {
        grade: Grade::Alarm,
        refusal: CustodyRefusal::HeldIrregularly {
            missing: vec![code("order"), code("reasons")],
        },
    };
    let state = Custody::default();
    noticed_at_every_door(&state, recording(|_| {}), &facts(), alarm());
    // Not even where the place is unknown, or the person is known to no other stream.
    let nowhere = recording(|wish| wish.facility = "atlantis".parse().unwrap());
    let unknown = crate::testing::doors::facts_of(crate::actor::Role::Clerk, []);
    assert!(state.decide(nowhere(just_now()), &unknown).is_ok());
    passes(&held_irregularly(), regularise(just_now()), &facts());
}

/// CU-5
#[test]
fn an_irregular_holding_says_what_is_missing_and_what_is_known_of_it() {
    let state = Custody::default();
    // One that says both is recorded, and can be put right.
    passes(&held_irregularly(), regularise(just_now()), &facts());
    let refusal = CustodyRefusal::NothingMissing;
    let nothing = recording(|wish| wish.missing.clear());
    refused_at_every_door(&state, nothing, &facts(), &refusal);
    let refusal = CustodyRefusal::NoteMissing;
    let silent = recording(|wish| wish.note = None);
    refused_at_every_door(&state, silent, &facts(), &refusal);
}

/// CU-3
#[test]
fn an_order_that_was_missing_is_recorded_once_and_another_follows_an_order() {
    let refusal = |state, wish| CustodyRefusal::NotPossible { state, wish };
    let twice = refusal("held on an order", "recording the order that was missing");
    refused_at_every_door(&held(), regularise, &facts(), &twice);
    let first = refusal("held without a valid order", "going on on another order");
    refused_at_every_door(&held_irregularly(), go_on, &facts(), &first);
    passes(&held(), go_on(just_now()), &facts());
    let unbegun = refusal("not recorded", "releasing");
    refused_at_every_door(&Custody::default(), release, &facts(), &unbegun);
}

/// TR-3.10, HR-20/MR-7
#[test]
fn an_order_that_follows_meets_what_the_first_one_met() {
    let with = |change: fn(&mut NewCommitment)| {
        move |done| {
            let mut wish = new_commitment(done);
            change(&mut wish);
            CustodyCommand::ContinueOn(wish)
        }
    };
    let unknown = with(|w| w.commitment.basis = HoldingBasis::Sentence(sentence_id(8)));
    let refusal = Objection::hard(CustodyRefusal::BasisNotFound { what: "sentence" });
    refused_live_and_noticed(&held(), unknown, &facts(), refusal);
    let silent = with(|w| w.commitment.reasons = None);
    let refusal = Objection::hard(CustodyRefusal::ReasonsMissing);
    refused_live_and_noticed(&held(), silent, &facts(), refusal);
    let sentence = Reference::Sentence(sentence_id(7));
    assert_eq!(held().refers(&go_on(just_now())), [sentence]);
}

#[test]
fn a_stay_goes_on_from_detention_before_judgment_to_a_sentence() {
    let mut wish = admission(on("2026-01-10"));
    wish.commitment = commitment(HoldingBasis::Pretrial(case_id()));
    wish.reception.group = Known::Value(code("untried"));
    let admitted = CustodyCommand::Admit(wish);
    let sentenced = after::<Custody>(&facts(), [admitted, go_on(on("2026-02-10"))]);
    let stay = sentenced.begun().unwrap();
    assert_eq!(stay.group, Known::Value(code("sentenced")));
    let Footing::Order { since, commitment } = &stay.footing else {
        panic!("{:?}", stay.footing);
    };
    assert_eq!(*since, on("2026-02-10"));
    assert_eq!(commitment.basis, HoldingBasis::Sentence(sentence_id(7)));
    assert_eq!(stay.began, on("2026-01-10"), "it is one stay");
}

/// BR-59
#[test]
fn nobody_is_held_to_protect_her_unless_she_asks_and_a_court_watches() {
    let state = Custody::default();
    passes(&state, protecting(|_| {})(just_now()), &facts());
    for silence in [
        Known::NotRecorded,
        Known::Declined,
        Known::Value(Answer::No),
    ] {
        let unasked = protecting(move |wish| wish.requested = silence);
        let refusal = Objection::hard(CustodyRefusal::NotRequested);
        refused_live_and_noticed(&state, unasked, &facts(), refusal);
    }
    let unwatched = protecting(|wish| wish.court = None);
    let refusal = Objection::hard(CustodyRefusal::NoCourt);
    refused_live_and_noticed(&state, unwatched, &facts(), refusal);
}

/// BR-59
#[test]
fn protection_ends_when_she_says_so_and_no_sooner_than_it_began() {
    passes(&protected(), withdraw(just_now()), &facts());
    passes(&protected(), withdraw(long_ago()), &facts());
    let history = [
        CustodyCommand::Protect(protection(on("2026-01-10"))),
        withdraw(on("2026-02-10")),
    ];
    let withdrawn = after::<Custody>(&facts(), history);
    assert_eq!(withdrawn.title(), "held after she withdrew her request");
    let refusal = CustodyRefusal::NotPossible {
        state: "held after she withdrew her request",
        wish: "withdrawing the request",
    };
    refused_at_every_door(&withdrawn, withdraw, &facts(), &refusal);
    passes(&withdrawn, release(just_now()), &facts());
}

/// BR-3
#[test]
fn whoever_is_protected_or_held_irregularly_is_asked_about_her_children_too() {
    let unasked = protecting(|wish| wish.reception.children = Known::NotAsked);
    let refusal = Objection::notice(CustodyRefusal::ChildrenNotAsked);
    noticed_once(&Custody::default(), unasked(just_now()), &facts(), refusal);
    let unasked = recording(|wish| wish.reception.children = Known::NotAsked);
    let found = crate::testing::doors::noticed(&Custody::default(), unasked(just_now()), &facts());
    assert_eq!(found.len(), 2);
}

#[test]
fn what_is_said_in_words_is_sealed_under_its_class_and_blanks_are_left_out() {
    let clear = |text: &str| Some(Personal::Clear(text.to_owned()));
    let mut wish = irregular(just_now());
    wish.note = clear(" ");
    wish.reception = reception();
    wish.reception.injuries_seen = clear("a broken arm");
    wish.reception.each_child = vec![crate::childhood::ChildNoted {
        details: clear("Ana, with her grandmother"),
        ..Default::default()
    }];
    let mut command = CustodyCommand::RecordIrregularHolding(wish);
    command.seal(&mut Sealing).unwrap();
    let CustodyCommand::RecordIrregularHolding(sealed) = command else {
        panic!("another command");
    };
    assert_eq!(sealed.note, None);
    let class = |text: &Option<crate::personal::PersonalText>| {
        text.as_ref().unwrap().sealed().unwrap().class
    };
    assert_eq!(class(&sealed.reception.injuries_seen), DataClass::Health);
    let child = &sealed.reception.each_child[0];
    assert_eq!(class(&child.details), DataClass::Children);
    let mut leaving = CustodyCommand::Release(ReleaseFromCustody {
        released: just_now(),
        ground: code("served"),
        copy_offered: Known::NotRecorded,
        plan: clear("a room at her sister's"),
    });
    leaving.seal(&mut Sealing).unwrap();
    let CustodyCommand::Release(leaving) = leaving else {
        panic!("another command");
    };
    assert_eq!(class(&leaving.plan), DataClass::Supervision);
    assert_ne!(leaving.plan, Some(text()));
}

fn fallen(decision: FallenDecision) -> impl Fn(Occurred) -> CustodyCommand {
    move |fell| CustodyCommand::RecordBasisFallen(BasisFallen { fell, decision })
}

fn quashed() -> FallenDecision {
    FallenDecision::Quashed(sentence_id(7))
}

/// HR-20/MR-7, CU-13
#[test]
fn whoever_is_held_on_a_decision_that_fell_is_seen_and_released_by_nobody() {
    for fell in [just_now(), long_ago()] {
        let alarm = Objection {
            grade: Grade::Alarm,
            refusal: CustodyRefusal::HeldOnWhatFell {
                what: "the sentence was quashed",
                fell: facts().date(fell),
            },
        };
        noticed_once(&held(), fallen(quashed())(fell), &facts(), alarm);
    }
    let stands = after::<Custody>(
        &facts(),
        [
            super::admit(on("2026-01-10")),
            fallen(quashed())(on("2026-02-10")),
        ],
    );
    let stay = stands.begun().unwrap();
    assert_eq!(stay.title(), "held on a decision that fell");
    assert!(stay.released.is_none());
    let waits = |custody: &Custody| -> Vec<(&'static str, String)> {
        let clocks = custody.clocks(&facts().law).into_iter();
        let clocks = clocks.filter(|clock| clock.code == "custody.basis-fallen");
        clocks
            .map(|clock| (clock.safeguard, clock.due.to_string()))
            .collect()
    };
    assert_eq!(waits(&stands), [("HR-20/MR-7", "2026-02-10".to_owned())]);
    // Another order, or the end of the stay, settles it.
    passes(&stands, go_on(just_now()), &facts());
    passes(&stands, release(just_now()), &facts());
    for settles in [go_on(just_now()), release(just_now())] {
        let events = stands.decide(settles, &facts()).unwrap();
        let settled = events.iter().fold(stands.clone(), Custody::evolve);
        assert_eq!(waits(&settled), []);
    }
}

/// CU-13, CU-3
#[test]
fn a_decision_that_fell_is_recorded_once_and_of_the_stay_that_rests_on_it() {
    let other = fallen(FallenDecision::Quashed(sentence_id(8)));
    refused_at_every_door(&held(), other, &facts(), &CustodyRefusal::RestsOnAnother);
    let of_case = fallen(FallenDecision::CaseEnded(case_id()));
    refused_at_every_door(&held(), of_case, &facts(), &CustodyRefusal::RestsOnAnother);
    let irregular = held_irregularly();
    refused_at_every_door(
        &irregular,
        fallen(quashed()),
        &facts(),
        &CustodyRefusal::RestsOnAnother,
    );
    let stands = after::<Custody>(
        &facts(),
        [
            super::admit(on("2026-01-10")),
            fallen(quashed())(on("2026-02-10")),
        ],
    );
    let twice = CustodyRefusal::NotPossible {
        state: "held on a decision that fell",
        wish: "recording that its decision fell",
    };
    refused_at_every_door(&stands, fallen(quashed()), &facts(), &twice);
}

/// HR-20/MR-7, CU-13
#[test]
fn after_a_sentence_the_committal_on_it_is_asked_for() {
    let on_a_case = |admitted| {
        admitting(|wish| wish.commitment = commitment(HoldingBasis::Pretrial(case_id())))(admitted)
    };
    let held = after::<Custody>(&facts(), [on_a_case(on("2026-01-10"))]);
    let sentenced = fallen(FallenDecision::Sentenced(case_id()));
    let alarm = |refusal| Objection {
        grade: Grade::Alarm,
        refusal,
    };
    let ended = facts().date(just_now());
    let missing = alarm(CustodyRefusal::CommittalMissing { ended });
    noticed_once(&held, sentenced(just_now()), &facts(), missing);
    let without = fallen(FallenDecision::SentencedWithoutCustody(case_id()));
    let on_nothing = alarm(CustodyRefusal::HeldOnWhatFell {
        what: "the case before judgment ended with a sentence that holds no custody",
        fell: ended,
    });
    noticed_once(&held, without(just_now()), &facts(), on_nothing);
    let stands = after::<Custody>(
        &facts(),
        [on_a_case(on("2026-01-10")), sentenced(on("2026-02-10"))],
    );
    let stay = stands.begun().unwrap();
    assert_eq!(stay.title(), "held after a sentence without its committal");
    assert_eq!(stay.weighing_now().len(), 1);
    let waits = |custody: &Custody| -> Vec<&'static str> {
        let clocks = custody.clocks(&facts().law).into_iter();
        clocks.map(|clock| clock.code).collect()
    };
    assert_eq!(waits(&stands), ["custody.committal"]);
    let events = stands.decide(go_on(just_now()), &facts()).unwrap();
    let settled = events.iter().fold(stands.clone(), Custody::evolve);
    assert_eq!(waits(&settled), Vec::<&str>::new());
    assert_eq!(settled.begun().unwrap().title(), "held on an order");
}

#[test]
fn a_decision_that_fell_is_told_in_words() {
    let case = case_id();
    let titles = [
        FallenDecision::CaseEnded(case),
        FallenDecision::DetentionEnded(case),
        FallenDecision::Pardoned(sentence_id(7)),
    ]
    .map(FallenDecision::title);
    assert_eq!(
        titles,
        [
            "the case before judgment ended without a sentence",
            "the court ended the detention",
            "the person was pardoned",
        ]
    );
}
