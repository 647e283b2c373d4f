use super::{
    admit, admitting, facts, held, held_with, isolate, noticed_once, on, release, text, transfer,
};
use crate::act::Sex;
use crate::act::{Facts, Grade, Objection};
use crate::childhood::ChildNoted;
use crate::custody::{
    Answer, AnswersLater, Classify, Custody, CustodyCommand, CustodyRefusal, FamilyContact,
    ReleaseFromCustody, TransferPerson,
};
use crate::stream::Stream;
use crate::testing::doors::{
    after, after_just_now, just_now, long_ago, noticed_at_every_door, passes, refused,
    refused_at_every_door, refused_live_and_noticed, told_with,
};
use crate::testing::samples::{code, known, person};
use crate::testing::stored;
use crate::values::{Day, Known, Occurred, Told};

fn classification(decided: Occurred) -> Classify {
    Classify {
        decided,
        level: code("medium"),
        instrument: Some(code("midland-security-women")),
        violence_suffered: Known::Value(Answer::Yes),
        mental_health: Known::Value(Answer::No),
        substance_use: Known::Declined,
        caretaking: Known::Value(Answer::Yes),
        unit: None,
        with_adults: None,
        reasons: None,
    }
}

fn classifying(change: impl Fn(&mut Classify)) -> impl Fn(Occurred) -> CustodyCommand {
    move |decided| {
        let mut wish = classification(decided);
        change(&mut wish);
        CustodyCommand::Classify(wish)
    }
}

fn contact(held: Occurred) -> CustodyCommand {
    CustodyCommand::RecordContact(FamilyContact {
        held,
        kind: code("visit"),
    })
}

fn answering(change: impl Fn(&mut AnswersLater)) -> impl Fn(Occurred) -> CustodyCommand {
    move |asked| {
        let mut wish = AnswersLater {
            asked,
            identity_checked: Known::NotRecorded,
            injuries: Known::NotRecorded,
            injuries_seen: None,
            injuries_documented: Known::NotRecorded,
            injuries_reported: Known::NotRecorded,
            property_listed: Known::NotRecorded,
            family_told: Known::NotRecorded,
            children: Known::NotRecorded,
            each_child: Vec::new(),
            circumstances: std::collections::BTreeMap::new(),
            revises: Known::NotRecorded,
        };
        change(&mut wish);
        CustodyCommand::RecordAnswers(wish)
    }
}

/// CU-14, CU-7
#[test]
fn what_was_not_asked_at_the_reception_is_asked_later() {
    let asked = answering(|wish| {
        wish.children = Known::Value(1);
        wish.property_listed = Known::Value(Answer::Yes);
    });
    let silent = admitting(|wish| {
        wish.reception.children = Known::Declined;
        wish.reception.property_listed = Known::NotAsked;
    });
    let stay: Custody = after(&facts(), [silent(long_ago()), asked(just_now())]);
    let Custody::Begun(stay) = stay else {
        panic!("the stay began");
    };
    assert_eq!(stay.reception.children, Known::Value(1));
    assert_eq!(stay.reception.property_listed, Known::Value(Answer::Yes));
    // What nobody asked now stays as it was.
    assert_eq!(stay.reception.identity_checked, Known::Value(Answer::Yes));
    let declined = answering(|wish| wish.children = Known::Declined);
    let unasked: Custody = after(
        &facts(),
        [admitting(|wish| wish.reception.children = Known::NotAsked)(
            long_ago(),
        )],
    );
    passes(&unasked, declined(just_now()), &facts());
    let nothing = answering(|_| {});
    refused_at_every_door(&held(), nothing, &facts(), &CustodyRefusal::NothingAnswered);
    let miscounted = CustodyRefusal::Miscounted {
        described: 1,
        children: 0,
    };
    let more = answering(|wish| {
        wish.children = Known::Value(0);
        wish.each_child = vec![ChildNoted::default()];
    });
    refused_at_every_door(&held(), more, &facts(), &miscounted);
    // As many as were counted at the reception, where nobody counts anew.
    let described_again = answering(|wish| wish.each_child = vec![ChildNoted::default()]);
    refused_at_every_door(&held(), described_again, &facts(), &miscounted);
}

/// CU-14
#[test]
fn an_answer_that_is_recorded_already_adds_nothing() {
    let pregnant = |answer: &'static str| {
        answering(move |wish| {
            wish.circumstances = [(code("pregnant"), Known::Value(code(answer)))].into();
        })
    };
    let stay: Custody = after(&facts(), [admit(long_ago()), pregnant("no")(long_ago())]);
    let refusal = CustodyRefusal::AnsweredAlready;
    refused_at_every_door(&stay, pregnant("no"), &facts(), &refusal);
    let same = answering(|wish| {
        wish.injuries = Known::Value(Answer::No);
        wish.revises = Known::Value(Answer::Yes);
    });
    refused_at_every_door(&stay, same, &facts(), &refusal);
    // What had not been done is done.
    let untold = admitting(|wish| wish.reception.family_told = Known::Value(Told::No));
    let untold: Custody = after(&facts(), [untold(long_ago())]);
    let told = answering(|wish| wish.family_told = Known::Value(Told::Yes));
    passes(&untold, told(just_now()), &facts());
}

/// CU-14
#[test]
fn another_answer_says_that_it_takes_the_place_of_the_first() {
    let other = |revises| {
        answering(move |wish| {
            wish.children = Known::Value(2);
            wish.property_listed = Known::Value(Answer::No);
            wish.circumstances = [(code("pregnant"), Known::Value(code("yes")))].into();
            wish.revises = revises;
        })
    };
    let before = answering(|wish| {
        wish.circumstances = [(code("pregnant"), Known::Value(code("no")))].into();
    });
    let stay: Custody = after(&facts(), [admit(long_ago()), before(long_ago())]);
    let refusal = CustodyRefusal::AnsweredOtherwise {
        what: ["property", "children", "pregnant"]
            .map(str::to_owned)
            .into(),
    };
    for silent in [Known::NotRecorded, Known::Value(Answer::No)] {
        refused_at_every_door(&stay, other(silent), &facts(), &refusal);
    }
    let revised = other(Known::Value(Answer::Yes))(just_now());
    passes(&stay, revised.clone(), &facts());
    let now = stay.decide(revised, &facts()).unwrap();
    let now = now.iter().fold(stay, Custody::evolve);
    assert_eq!(now.begun().unwrap().reception.children, Known::Value(2));
}

/// CU-15
#[test]
fn injuries_that_were_seen_wait_for_a_doctor_and_a_report() {
    let injured = admitting(|wish| wish.reception.injuries = Known::Value(Answer::Yes));
    let finding = Objection::notice(CustodyRefusal::InjuriesSeen);
    noticed_at_every_door(&Custody::default(), injured, &facts(), finding.clone());
    let injured = admitting(|wish| wish.reception.injuries = Known::Value(Answer::Yes));
    let waits = |custody: &Custody| -> Vec<(&'static str, String)> {
        let clocks = custody.clocks(&facts().law).into_iter();
        let shown = clocks.map(|clock| (clock.code, clock.due.to_string()));
        shown
            .filter(|(code, _)| *code == "custody.injuries")
            .collect()
    };
    let stay: Custody = after(&facts(), [injured(on("2026-02-19"))]);
    let due = [("custody.injuries", "2026-02-19".to_owned())];
    assert_eq!(waits(&stay), due);
    let documented = answering(|wish| wish.injuries_documented = Known::Value(Answer::Yes));
    let reported = answering(|wish| wish.injuries_reported = Known::Value(Answer::Yes));
    let half: Custody = after(
        &facts(),
        [injured(on("2026-02-19")), documented(just_now())],
    );
    assert_eq!(waits(&half), due);
    let whole: Custody = after(
        &facts(),
        [
            injured(on("2026-02-19")),
            documented(just_now()),
            reported(just_now()),
        ],
    );
    assert_eq!(waits(&whole), []);
    let at_once = admitting(|wish| {
        wish.reception.injuries = Known::Value(Answer::Yes);
        wish.reception.injuries_documented = Known::Value(Answer::Yes);
        wish.reception.injuries_reported = Known::Value(Answer::Yes);
    });
    passes(&Custody::default(), at_once(just_now()), &facts());
    // Told later, they wait from the day on which it was told.
    let unasked = admitting(|wish| wish.reception.injuries = Known::NotAsked);
    let seen = answering(|wish| wish.injuries = Known::Value(Answer::Yes));
    let stay: Custody = after(&facts(), [unasked(long_ago())]);
    noticed_at_every_door(&stay, &seen, &facts(), finding);
    let stay: Custody = after(&facts(), [unasked(long_ago()), seen(on("2026-02-25"))]);
    assert_eq!(
        waits(&stay),
        [("custody.injuries", "2026-02-25".to_owned())]
    );
    // Taken back, they wait as before until a doctor documented them and they were reported, and somebody looks why.
    let stay: Custody = after(&facts(), [injured(on("2026-02-19"))]);
    let taken_back = answering(|wish| {
        wish.injuries = Known::Value(Answer::No);
        wish.revises = Known::Value(Answer::Yes);
    });
    let alarm = Objection {
        grade: Grade::Alarm,
        refusal: CustodyRefusal::InjuriesTakenBack,
    };
    noticed_at_every_door(&stay, &taken_back, &facts(), alarm);
    let denied = || [injured(on("2026-02-19")), taken_back(just_now())];
    assert_eq!(waits(&after(&facts(), denied())), due);
    let met = [documented(just_now()), reported(just_now())];
    assert_eq!(waits(&after(&facts(), denied().into_iter().chain(met))), []);
}

/// CU-15
#[test]
fn where_no_injuries_were_seen_none_are_taken_back() {
    let unasked = admitting(|wish| wish.reception.injuries = Known::NotAsked);
    let stay: Custody = after(&facts(), [unasked(long_ago())]);
    let none = answering(|wish| {
        wish.injuries = Known::Value(Answer::No);
        wish.revises = Known::Value(Answer::Yes);
    });
    passes(&stay, none(just_now()), &facts());
}

fn releasing(change: impl Fn(&mut ReleaseFromCustody)) -> impl Fn(Occurred) -> CustodyCommand {
    move |released| {
        let CustodyCommand::Release(mut wish) = release(released) else {
            panic!("another command");
        };
        change(&mut wish);
        CustodyCommand::Release(wish)
    }
}

fn of_sex(sex: Known<Sex>) -> Facts {
    let mut facts = facts();
    facts.about.sex = sex;
    facts
}

fn contacting(held: Occurred) -> CustodyCommand {
    let kind = code("visit");
    CustodyCommand::RecordContact(FamilyContact { held, kind })
}

/// CU-2
#[test]
fn no_time_in_a_place_begins_before_the_stay_and_what_is_told_of_before_it_is_seen() {
    let refusal = CustodyRefusal::BeforeTheStay {
        done: "2026-01-09".parse().unwrap(),
        began: "2026-01-10".parse().unwrap(),
    };
    refused(&held(), transfer(on("2026-01-09")), &facts(), &refusal);
    told_with(&held(), contacting(on("2026-01-09")), &facts(), refusal);
    let fresh = held_with(|wish| wish.admitted = after_just_now());
    let refusal = CustodyRefusal::BeforeTheStay {
        done: "2026-03-05".parse().unwrap(),
        began: "2026-03-05".parse().unwrap(),
    };
    refused(&fresh, contacting(just_now()), &facts(), &refusal);
    passes(&held(), transfer(on("2026-01-10")), &facts());
}

/// CU-3
#[test]
fn nothing_happens_in_a_stay_that_is_over() {
    let over = after::<Custody>(
        &facts(),
        [admit(on("2026-01-10")), release(on("2026-02-01"))],
    );
    assert_eq!(over.title(), "released");
    let refusal = |wish| CustodyRefusal::NotPossible {
        state: "released",
        wish,
    };
    let moving = refusal("moving the person");
    refused_at_every_door(&over, transfer, &facts(), &moving);
    refused_at_every_door(&over, isolate, &facts(), &refusal("isolating"));
    // A contact that is told late changes nothing in the stay; one of after it is seen.
    let late = || refusal("recording a contact");
    refused(&over, contacting(just_now()), &facts(), &late());
    passes(&over, contacting(on("2026-01-31")), &facts());
    told_with(&over, contacting(on("2026-02-02")), &facts(), late());
    passes(&held(), release(just_now()), &facts());
}

/// CU-6
#[test]
fn a_transfer_leads_elsewhere() {
    passes(&held(), transfer(just_now()), &facts());
    let nowhere = |moved| {
        CustodyCommand::Transfer(TransferPerson {
            moved,
            to: "calder-prison".parse().unwrap(),
            reason: code("room"),
            unit: None,
            with_adults: None,
            family_told: Known::Value(Told::Yes),
        })
    };
    let refusal = CustodyRefusal::SamePlace {
        facility: "calder-prison".parse().unwrap(),
    };
    refused_at_every_door(&held(), nowhere, &facts(), &refusal);
}

/// CU-9
#[test]
fn the_family_is_told_of_a_transfer() {
    let untold = |moved| {
        CustodyCommand::Transfer(TransferPerson {
            moved,
            to: "elmet-open".parse().unwrap(),
            reason: code("room"),
            unit: None,
            with_adults: None,
            family_told: Known::NotRecorded,
        })
    };
    let refusal = Objection::notice(CustodyRefusal::FamilyUntold);
    noticed_at_every_door(&held(), untold, &facts(), refusal);
    passes(&held(), transfer(just_now()), &facts());
}

/// BR-41
#[test]
fn a_woman_is_classified_above_the_lowest_level_by_what_is_true_of_women() {
    let woman = of_sex(Known::Value(Sex::Female));
    passes(&held(), classifying(|_| {})(just_now()), &woman);
    let unasked = |wish: &mut Classify| {
        wish.caretaking = Known::NotAsked;
        wish.mental_health = Known::NotRecorded;
    };
    let refusal = || CustodyRefusal::FactorsMissing {
        level: code("medium"),
        missing: vec!["mental health", "caretaking"],
    };
    let objection = Objection::reasons(refusal());
    refused_live_and_noticed(&held(), classifying(unasked), &woman, objection);
    let reasoned = classifying(move |wish| {
        unasked(wish);
        wish.reasons = Some(text());
    });
    noticed_once(
        &held(),
        reasoned(just_now()),
        &woman,
        Objection::notice(refusal()),
    );
    let open = classifying(move |wish| {
        unasked(wish);
        wish.level = code("open");
    });
    passes(&held(), open(just_now()), &woman);
    for sex in [Known::NotRecorded, Known::Value(Sex::Male)] {
        passes(&held(), classifying(unasked)(just_now()), &of_sex(sex));
    }
}

/// CU-4
#[test]
fn levels_and_grounds_are_those_of_the_pack() {
    let refusal = Objection::hard(CustodyRefusal::UnknownCode {
        list: "levels",
        code: "dungeon".to_owned(),
        known: known(|pack| &pack.custody.levels),
    });
    let deep = classifying(|wish| wish.level = code("dungeon"));
    refused_live_and_noticed(&held(), deep, &facts(), refusal);
    passes(&held(), classifying(|_| {})(just_now()), &facts());
}

/// CU-10
#[test]
fn a_child_who_is_held_is_in_touch_with_its_family_at_least_once_a_month() {
    let aged = |age| held_with(move |wish| wish.reception.age = Known::Value(age));
    // 10 January to 10 February: 31 days.
    passes(&aged(16), contact(on("2026-02-10")), &facts());
    let refusal = CustodyRefusal::NoContact { days: 32, most: 31 };
    let late = contact(on("2026-02-11"));
    noticed_once(
        &aged(16),
        late.clone(),
        &facts(),
        Objection::notice(refusal),
    );
    passes(&aged(18), late, &facts());
}

/// MR-9
#[test]
fn whoever_leaves_is_offered_a_copy_of_the_file() {
    passes(&held(), release(just_now()), &facts());
    let silent = releasing(|wish| wish.copy_offered = Known::NotRecorded);
    let refusal = Objection::notice(CustodyRefusal::CopyNotOffered);
    noticed_at_every_door(&held(), silent, &facts(), refusal);
    let declined = releasing(|wish| wish.copy_offered = Known::Declined);
    passes(&held(), declined(just_now()), &facts());
}

/// TR-11.1
#[test]
fn whoever_was_held_longer_than_the_order_allows_is_released_and_seen() {
    let until = |day: &'static str| {
        held_with(move |wish| wish.commitment.until = Some(day.parse().unwrap()))
    };
    passes(&until("2026-03-05"), release(just_now()), &facts());
    let refusal = CustodyRefusal::HeldTooLong {
        until: "2026-02-10".parse().unwrap(),
        released: "2026-03-05".parse().unwrap(),
    };
    let alarm = Objection {
        grade: Grade::Alarm,
        refusal,
    };
    noticed_once(&until("2026-02-10"), release(just_now()), &facts(), alarm);
}

#[test]
fn a_stay_says_where_somebody_is_at_the_end_of_a_day() {
    let history = [
        admit(on("2026-01-10")),
        transfer(on("2026-02-01")),
        release(on("2026-02-20")),
    ];
    let custody = after::<Custody>(&facts(), history);
    let date = |done| facts().date(done);
    let at = |day: &str| {
        let day: Day = day.parse().unwrap();
        assert_eq!(
            custody.held_on(day, date),
            custody.facility_on(day, date).is_some()
        );
        custody.facility_on(day, date).map(ToString::to_string)
    };
    assert_eq!(at("2026-01-09"), None);
    assert_eq!(at("2026-01-10").as_deref(), Some("calder-prison"));
    assert_eq!(at("2026-01-31").as_deref(), Some("calder-prison"));
    assert_eq!(at("2026-02-01").as_deref(), Some("elmet-open"));
    assert_eq!(at("2026-02-19").as_deref(), Some("elmet-open"));
    assert_eq!(at("2026-02-20"), None, "who was released is not counted");
    assert!(!Custody::default().held_on("2026-02-01".parse().unwrap(), date));
}

#[test]
fn a_whole_stay_is_stored_and_read_back_unchanged() {
    let commands = [
        admitting(|wish| wish.reception.children = Known::Declined)(on("2026-01-10")),
        classifying(|wish| wish.reasons = Some(text()))(on("2026-01-12")),
        isolate(on("2026-01-15")),
        transfer(on("2026-01-16")),
        contact(long_ago()),
        release(just_now()),
    ];
    let mut custody = Custody::default();
    for wish in commands {
        for event in custody.decide(wish, &facts()).unwrap() {
            stored::unchanged(&event).unwrap();
            custody = custody.evolve(&event);
        }
    }
    let stay = custody.begun().unwrap();
    assert_eq!(
        stay.isolations[0].ended,
        Some(just_now()),
        "a release ends it"
    );
}

#[test]
fn a_stay_concerns_the_person_who_is_held() {
    assert_eq!(Custody::default().person(), None);
    assert_eq!(held().person(), Some(person(1)));
}
