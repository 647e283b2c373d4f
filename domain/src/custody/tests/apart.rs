use super::{
    admit, admitting, commitment, facts, held_with, irregular, on, on_a_sentence, protection,
    transfer,
};
use crate::act::{Facts, Grade, Objection, Refusal as _, Sex};
use crate::custody::{
    Admit, Arrival, Classify, Custody, CustodyCommand, CustodyRefusal, HoldingBasis, NewCommitment,
};
use crate::stream::Stream;
use crate::testing::doors::{
    after, just_now, long_ago, noticed, noticed_at_every_door, passes, refused_live_and_noticed,
};
use crate::testing::samples::code;
use crate::values::{Code, Known, Occurred};

/// The facts of an act in a place that is meant for these.
fn meant_for(groups: &[&str]) -> Facts {
    Facts {
        meant_for: Some(groups.iter().map(|group| code(group)).collect()),
        ..facts()
    }
}

/// The same, of somebody of a sex.
fn of(sex: Sex, groups: &[&str]) -> Facts {
    let mut facts = meant_for(groups);
    facts.about.sex = Known::Value(sex);
    facts
}

fn codes(groups: &[&str]) -> Vec<Code> {
    groups.iter().map(|group| code(group)).collect()
}

fn not_apart(whom: &'static str, groups: &[&str]) -> Objection<CustodyRefusal> {
    Objection::notice(CustodyRefusal::NotApart {
        whom,
        meant: codes(groups),
    })
}

fn with_adults(groups: &[&str]) -> Objection<CustodyRefusal> {
    Objection::hard(CustodyRefusal::ChildWithAdults {
        meant: codes(groups),
    })
}

fn untried(wish: &mut Admit) {
    wish.reception.group = Known::Value(code("untried"));
}

fn child(wish: &mut Admit) {
    wish.reception.age = Known::Value(15);
}

/// Moved to another part of the same place, with a new classification.
fn classify(decided: Occurred, unit: Option<&str>) -> CustodyCommand {
    CustodyCommand::Classify(Classify {
        decided,
        level: code("low"),
        instrument: None,
        violence_suffered: Known::Declined,
        mental_health: Known::Declined,
        substance_use: Known::Declined,
        caretaking: Known::Declined,
        unit: unit.map(code),
        with_adults: None,
        reasons: None,
    })
}

/// CU-11
#[test]
fn an_untried_person_in_a_place_for_convicted_people_only_is_noticed() {
    let state = Custody::default();
    let convicted = ["convicted", "men"];
    let wish = admitting(untried);
    let objection = Objection::notice(CustodyRefusal::NotApart {
        whom: "not tried yet",
        meant: codes(&convicted),
    });
    noticed_at_every_door(&state, &wish, &meant_for(&convicted), objection);
    passes(&state, wish(just_now()), &meant_for(&["untried", "men"]));
    passes(
        &state,
        wish(just_now()),
        &meant_for(&["untried", "convicted"]),
    );
    // What is said of nobody, or of nothing that the rules hold apart, is compared with nothing.
    passes(&state, wish(just_now()), &meant_for(&[]));
    passes(&state, wish(just_now()), &facts());
    let objection = not_apart("convicted", &["untried"]);
    noticed_at_every_door(&state, admit, &meant_for(&["untried"]), objection);
}

/// CU-11
#[test]
fn whoever_is_held_before_judgment_is_untried_where_nothing_else_is_said() {
    let unsaid = |basis: HoldingBasis| {
        admitting(move |wish| {
            wish.reception.group = Known::NotAsked;
            wish.commitment = commitment(basis.clone());
        })
    };
    let before_judgment = unsaid(HoldingBasis::Pretrial(super::case_id()));
    let objection = not_apart("not tried yet", &["convicted"]);
    let state = Custody::default();
    noticed_at_every_door(
        &state,
        before_judgment,
        &meant_for(&["convicted"]),
        objection,
    );
    let on_sentence = unsaid(on_a_sentence().basis);
    let objection = not_apart("convicted", &["untried"]);
    noticed_at_every_door(&state, on_sentence, &meant_for(&["untried"]), objection);
    // So it is wherever the person is moved later.
    let stay = after::<Custody>(
        &facts(),
        [unsaid(HoldingBasis::Pretrial(super::case_id()))(on(
            "2026-01-10",
        ))],
    );
    let objection = not_apart("not tried yet", &["convicted"]);
    noticed_at_every_door(&stay, transfer, &meant_for(&["convicted"]), objection);
    // One of whom it is said that the case stands in another way is neither.
    let otherwise = admitting(|wish| wish.reception.group = Known::Value(code("other")));
    passes(&state, otherwise(just_now()), &meant_for(&["untried"]));
}

/// CU-11
#[test]
fn a_woman_among_men_and_a_man_among_women_are_noticed() {
    let state = Custody::default();
    for (sex, whom, own, other) in [
        (Sex::Female, "a woman or a girl", "women", "men"),
        (Sex::Male, "a man or a boy", "men", "women"),
    ] {
        let among_others = of(sex, &["convicted", other]);
        let objection = not_apart(whom, &["convicted", other]);
        noticed_at_every_door(&state, admit, &among_others, objection);
        passes(&state, admit(just_now()), &of(sex, &["convicted", own]));
        passes(&state, admit(just_now()), &of(sex, &["women", "men"]));
        passes(&state, admit(just_now()), &of(sex, &["convicted"]));
    }
    passes(&state, admit(just_now()), &of(Sex::Another, &["women"]));
    // A place for children is for girls and boys, and for no grown person of either sex; an unknown age excuses nothing
    // where no children are named.
    let among_children = ["women", "children"];
    let objection = not_apart("a man or a boy", &among_children);
    noticed_at_every_door(&state, admit, &of(Sex::Male, &among_children), objection);
    let unasked = admitting(|wish| wish.reception.age = Known::NotAsked);
    let objection = not_apart("a woman or a girl", &["men"]);
    noticed_at_every_door(&state, &unasked, &of(Sex::Female, &["men"]), objection);
    passes(
        &state,
        unasked(just_now()),
        &of(Sex::Female, &["men", "children"]),
    );
    // Of whom it is not known, nothing is guessed.
    passes(&state, admit(just_now()), &meant_for(&["women"]));
}

/// CU-12
#[test]
fn a_child_with_adults_is_refused_and_as_a_fact_critical() {
    let state = Custody::default();
    let adults = ["convicted", "men"];
    let objection = with_adults(&adults);
    refused_live_and_noticed(&state, admitting(child), &meant_for(&adults), objection);
    for age in [14, 17] {
        let young = admitting(|wish| wish.reception.age = Known::Value(age));
        assert!(
            state
                .decide(young(just_now()), &meant_for(&adults))
                .is_err()
        );
        passes(&state, young(just_now()), &meant_for(&["children"]));
    }
    // From the majority on, and where nobody asked, the rule says nothing.
    for age in [Known::Value(18), Known::NotAsked] {
        let grown = admitting(move |wish| wish.reception.age = age);
        passes(&state, grown(just_now()), &meant_for(&adults));
    }
}

/// CU-12
#[test]
fn a_child_stays_with_adults_where_a_provision_in_force_allows_it_and_that_is_noticed() {
    let allowed = |provision: &'static str| {
        admitting(move |wish| {
            child(wish);
            wish.reception.with_adults = Some(code(provision));
        })
    };
    let state = Custody::default();
    let adults = meant_for(&["convicted"]);
    let refusal = with_adults(&["convicted"]).refusal;
    let objection = Objection::notice(refusal.clone());
    noticed_at_every_door(&state, allowed("mpa-12"), &adults, objection);
    // One that is not in the list allows nothing, not even where the list is empty.
    let unknown = CustodyRefusal::UnknownCode {
        list: "child_with_adults",
        code: "mpa-5".to_owned(),
        known: codes(&["mpa-12"]),
    };
    let refused = state.decide(allowed("mpa-5")(just_now()), &adults);
    assert_eq!(refused, Err(unknown));
    let law = crate::testing::samples::midland_with(|pack| {
        pack.custody.child_with_adults.clear();
    });
    let none = Facts { law, ..adults };
    assert!(state.decide(allowed("mpa-12")(just_now()), &none).is_err());
    assert!(state.decide(allowed("mpa-12")(long_ago()), &none).is_ok());
    // Nor does one that was not in force on the day.
    let law = crate::testing::samples::midland_with(|pack| {
        pack.custody.child_with_adults[0].to = Some("2020-01-01".parse().unwrap());
    });
    let over = Facts { law, ..none };
    let refused = state.decide(allowed("mpa-12")(just_now()), &over);
    assert_eq!(refused, Err(refusal));
}

/// CU-12
#[test]
fn a_child_in_a_place_for_both_is_noticed_until_the_part_for_children_is_named() {
    let state = Custody::default();
    let both = ["men", "children"];
    let objection = Objection::notice(CustodyRefusal::ChildNotSaidApart);
    noticed_at_every_door(&state, admitting(child), &meant_for(&both), objection);
    // In that part, which is meant for children alone, a child is apart; an adult is not.
    passes(
        &state,
        admitting(child)(just_now()),
        &meant_for(&["children"]),
    );
    let objection = not_apart("no child", &["children"]);
    noticed_at_every_door(&state, admit, &meant_for(&["children"]), objection);
}

/// CU-12
#[test]
fn every_way_into_a_place_and_to_another_part_of_it_is_held_to_this() {
    let adults = meant_for(&["convicted"]);
    let young = held_with(child);
    let objection = with_adults(&["convicted"]);
    refused_live_and_noticed(&young, transfer, &adults, objection.clone());
    let part = |decided| classify(decided, Some("main"));
    refused_live_and_noticed(&young, part, &adults, objection.clone());
    // A classification that leaves the child where it is asks nothing of the place.
    passes(&young, classify(just_now(), None), &adults);
    let protecting = |taken_in| {
        let mut wish = protection(taken_in);
        wish.reception.age = Known::Value(15);
        CustodyCommand::Protect(wish)
    };
    refused_live_and_noticed(&Custody::default(), protecting, &adults, objection.clone());
    // Whoever is held without an order is seen, and nothing stands in the way of that.
    let mut wish = irregular(just_now());
    wish.reception.age = Known::Value(15);
    let wish = CustodyCommand::RecordIrregularHolding(wish);
    let found = noticed(&Custody::default(), wish, &adults);
    let said: Vec<&str> = found.iter().map(|found| found.code.as_str()).collect();
    assert!(said.contains(&objection.refusal.code()), "{said:?}");
}

/// CU-12
#[test]
fn a_child_who_has_grown_up_in_the_stay_is_no_child_any_more() {
    let adults = meant_for(&["convicted"]);
    let entering = admitting(|wish| {
        wish.reception.age = Known::Value(17);
        wish.arrival = Known::Value(Arrival::CameWhenCalled);
    });
    let young = |began: &str| after::<Custody>(&facts(), [entering(on(began))]);
    // Seventeen on a day: eighteen a year later at the latest.
    let now = crate::testing::samples::instant(crate::testing::samples::NOW);
    let today = adults.law.day(now);
    let a_year_ago = today.minus_days(366).to_string();
    passes(&young(&a_year_ago), transfer(just_now()), &adults);
    let not_yet = today.minus_days(364).to_string();
    assert!(
        young(&not_yet)
            .decide(transfer(just_now()), &adults)
            .is_err()
    );
}

/// CU-11
#[test]
fn an_order_after_which_the_case_stands_otherwise_is_compared_with_the_place() {
    let convicted = |done| {
        CustodyCommand::ContinueOn(NewCommitment {
            done,
            commitment: on_a_sentence(),
            group: Known::NotRecorded,
        })
    };
    let remand = held_with(untried);
    let objection = not_apart("convicted", &["untried"]);
    noticed_at_every_door(&remand, convicted, &meant_for(&["untried"]), objection);
    passes(&remand, convicted(just_now()), &meant_for(&["convicted"]));
}

/// CU-11
#[test]
fn the_place_that_is_asked_is_the_one_where_the_person_comes_to_be() {
    let entering = admitting(|wish| wish.reception.unit = Some(code("young")));
    let asked = |state: &Custody, wish: CustodyCommand| {
        let asked = state.asks_of_place(&wish).unwrap();
        let unit = asked.unit.map(|unit| unit.to_string());
        (asked.facility.to_string(), unit)
    };
    let at = |facility: &str, unit: Option<&str>| (facility.to_owned(), unit.map(str::to_owned));
    let state = Custody::default();
    let admitted = entering(just_now());
    assert_eq!(asked(&state, admitted), at("calder-prison", Some("young")));
    let stay = after::<Custody>(&facts(), [entering(on("2026-01-10"))]);
    let moved = asked(&stay, transfer(just_now()));
    assert_eq!(moved, at("elmet-open", None));
    let classified = classify(just_now(), Some("main"));
    assert_eq!(
        asked(&stay, classified.clone()),
        at("calder-prison", Some("main"))
    );
    // An order asks of where the person is: the part that was named last, until a transfer.
    let order = || {
        CustodyCommand::ContinueOn(NewCommitment {
            done: just_now(),
            commitment: on_a_sentence(),
            group: Known::NotRecorded,
        })
    };
    assert_eq!(asked(&stay, order()), at("calder-prison", Some("young")));
    let stay = after::<Custody>(&facts(), [entering(on("2026-01-10")), classified]);
    assert_eq!(asked(&stay, order()), at("calder-prison", Some("main")));
    let history = [entering(on("2026-01-10")), transfer(on("2026-01-20"))];
    let stay = after::<Custody>(&facts(), history);
    assert_eq!(asked(&stay, order()), at("elmet-open", None));
}

/// CU-4
#[test]
fn a_part_of_a_place_is_one_of_the_pack() {
    let unknown = admitting(|wish| wish.reception.unit = Some(code("dungeon")));
    let refusal = CustodyRefusal::UnknownCode {
        list: "units",
        code: "dungeon".to_owned(),
        known: crate::testing::samples::known(|pack| &pack.facility.units),
    };
    let objection = Objection {
        grade: Grade::Hard,
        refusal,
    };
    refused_live_and_noticed(&Custody::default(), unknown, &facts(), objection);
}
