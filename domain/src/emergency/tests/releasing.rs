use super::{
    after, breach, check, come_back, cut, declare, declared, effect, end_by_law, facts, facts_of,
    grant, grant_for_good, granting, on, publish, publishing, refusing, screened, screening, until,
};
use crate::act::Objection;
use crate::actor::Role;
use crate::emergency::{
    Asks, Cohort, Criterion, Effect, Emergency, EmergencyCommand, EmergencyRefusal, Outcome,
    Screened, Stage,
};
use crate::jurisdiction::{AttributeReading, Coded, ReadFrom};
use crate::testing::doors::{
    self, just_now, noticed_at_every_door, passes, refused, refused_at_every_door,
    refused_live_and_noticed,
};
use crate::testing::samples::{code, known, midland_with, person};
use crate::values::{Known, Occurred, Provided, Told};

/// TR-2.2, EM-2
#[test]
fn a_protected_trait_is_read_only_to_protect() {
    passes(&declared(), publishing(|_| {})(just_now()), &facts());
    for effect in [Effect::Excludes, Effect::Requires] {
        for reads in ["age", "sex", "nationality"] {
            let adverse = publishing(move |wish| {
                wish.criteria[0].reads = code(reads);
                wish.criteria[0].effect = effect;
            });
            let refusal = EmergencyRefusal::AdverseUse {
                criterion: code("short-term"),
                reads: code(reads),
            };
            refused_at_every_door(&declared(), adverse, &facts(), &refusal);
        }
    }
    // To call it a protection changes nothing where it favours some people by what others are.
    for (reads, of) in [
        ("sex", "male"),
        ("sex", "female"),
        ("nationality", "domestic"),
        ("pregnant", "no"),
        ("illness", "no"),
        ("disability", "no"),
    ] {
        let refusal = EmergencyRefusal::AdverseUse {
            criterion: code("odd"),
            reads: code(reads),
        };
        let favouring = asking(reads, one_of(&[of]));
        refused_at_every_door(&declared(), favouring, &facts(), &refusal);
    }
    for (reads, asks) in [
        ("age", Asks::AtLeast(65)),
        ("pregnant", one_of(&["yes"])),
        ("infant", one_of(&["yes"])),
        ("illness", one_of(&["yes"])),
        ("disability", one_of(&["yes"])),
    ] {
        passes(&declared(), asking(reads, asks)(just_now()), &facts());
    }
}

/// TR-2.2, EM-2
#[test]
fn another_name_for_a_protected_trait_or_a_pack_without_a_list_changes_nothing() {
    let renamed = midland_with(|pack| {
        let rules = &mut pack.emergency;
        rules.attributes.push(Coded {
            code: code("of-men"),
            title: "Is a man".to_owned(),
        });
        rules
            .readings
            .retain(|reading| reading.from != ReadFrom::Sex);
        rules.readings.push(AttributeReading {
            attribute: code("of-men"),
            from: ReadFrom::Sex,
        });
    });
    let law = crate::act::Facts {
        law: renamed,
        ..facts()
    };
    let refusal = EmergencyRefusal::AdverseUse {
        criterion: code("odd"),
        reads: code("of-men"),
    };
    let favouring = asking("of-men", one_of(&["male"]));
    refused_at_every_door(&declared(), favouring, &law, &refusal);
    // A pack without a list softens nothing of what the rule itself names.
    let silent =
        midland_with(|pack| pack.emergency = crate::jurisdiction::EmergencyRules::default());
    let facts = crate::act::Facts {
        law: silent,
        ..facts()
    };
    let adverse = publishing(|wish| wish.criteria[0].reads = code("religion"));
    let refusal = EmergencyRefusal::AdverseUse {
        criterion: code("short-term"),
        reads: code("religion"),
    };
    refused_at_every_door(&declared(), adverse, &facts, &refusal);
}

/// EG-6
#[test]
fn a_version_is_published_once_names_each_criterion_once_and_says_who_can_be_released() {
    let published = after([]);
    let again = publishing(|_| {});
    let version = code("1");
    let refusal = EmergencyRefusal::VersionTaken { version };
    refused_at_every_door(&published, again, &facts(), &refusal);
    let newer = publishing(|wish| wish.version = code("2"));
    passes(&published, newer(just_now()), &facts());
    let double = publishing(|wish| wish.criteria[1].code = code("short-term"));
    let criterion = code("short-term");
    let refusal = EmergencyRefusal::CriterionTwice { criterion };
    refused_at_every_door(&declared(), double, &facts(), &refusal);
    let nobody = publishing(|wish| wish.criteria.retain(|c| c.effect == Effect::Excludes));
    let refusal = EmergencyRefusal::IncludesNobody;
    refused_at_every_door(&declared(), nobody, &facts(), &refusal);
    let only_protecting = publishing(|wish| {
        wish.criteria.retain(|c| c.effect == Effect::Protects);
        wish.criteria[0].asks = Asks::OneOf(vec![code("yes")]);
    });
    passes(&declared(), only_protecting(just_now()), &facts());
}

/// Criteria with one more that protects whoever an attribute is so of.
fn asking(reads: &'static str, asks: Asks) -> impl Fn(Occurred) -> EmergencyCommand {
    publishing(move |wish| {
        wish.criteria.push(Criterion {
            code: code("odd"),
            reads: code(reads),
            asks: asks.clone(),
            effect: Effect::Protects,
        });
    })
}

fn one_of(codes: &[&str]) -> Asks {
    Asks::OneOf(codes.iter().map(|c| code(c)).collect())
}

/// The facts under rules that do not say what symptoms can be.
fn anything_of_symptoms() -> crate::act::Facts {
    let law = midland_with(|pack| {
        let symptoms = code("symptoms");
        pack.emergency
            .answers
            .retain(|answers| answers.attribute != symptoms);
    });
    crate::act::Facts { law, ..facts() }
}

/// EG-10
#[test]
fn a_criterion_asks_for_the_codes_that_its_attribute_can_be() {
    let yes_no = || vec![code("yes"), code("no")];
    for (reads, asked, known) in [
        ("pregnant", &["yes", "maybe"][..], yes_no()),
        ("danger", &["much"], yes_no()),
        ("infant", &["two"], yes_no()),
        ("level", &["1"], known(|law| &law.custody.levels)),
        ("group", &["women"], known(|law| &law.custody.groups)),
        (
            "offence-category",
            &["felony"],
            known(|law| &law.sentencing.categories),
        ),
    ] {
        let refusal = EmergencyRefusal::NeverSo {
            criterion: code("odd"),
            reads: code(reads),
            asked: code(asked.last().unwrap()),
            known,
        };
        let wish = asking(reads, one_of(asked));
        refused_live_and_noticed(&declared(), wish, &facts(), Objection::hard(refusal));
    }
    let facts = anything_of_symptoms();
    for (reads, codes) in [
        ("pregnant", &["no", "yes"][..]),
        ("level", &["high"]),
        ("symptoms", &["a-cough"]),
    ] {
        passes(
            &declared(),
            asking(reads, one_of(codes))(just_now()),
            &facts,
        );
    }
}

/// EG-10
#[test]
fn a_criterion_asks_for_a_number_of_a_number_and_for_a_code_of_a_code() {
    let criterion = || code("odd");
    for (reads, asks, refusal) in [
        (
            "days-left",
            one_of(&["long"]),
            EmergencyRefusal::CodeAsked {
                criterion: criterion(),
                reads: code("days-left"),
            },
        ),
        (
            "pregnant",
            Asks::AtLeast(1),
            EmergencyRefusal::NumberAsked {
                criterion: criterion(),
                reads: code("pregnant"),
                known: vec![code("yes"), code("no")],
            },
        ),
        (
            "symptoms",
            one_of(&[]),
            EmergencyRefusal::AsksForNothing {
                criterion: criterion(),
                reads: code("symptoms"),
            },
        ),
    ] {
        let wish = asking(reads, asks);
        refused_live_and_noticed(&declared(), wish, &facts(), Objection::hard(refusal));
    }
    for (reads, asks) in [
        ("days-left", Asks::AtLeast(0)),
        ("age", Asks::AtMost(17)),
        ("symptoms", Asks::AtLeast(1)),
    ] {
        let facts = anything_of_symptoms();
        passes(&declared(), asking(reads, asks)(just_now()), &facts);
    }
}

/// EM-2
#[test]
fn people_are_screened_and_decided_on_by_criteria_that_are_published() {
    let someone = || vec![screened(1, Outcome::Eligible)];
    let version = code("1");
    let refusal = EmergencyRefusal::NoSuchVersion { version };
    refused_at_every_door(&declared(), screening(someone()), &facts(), &refusal);
    refused_at_every_door(&declared(), grant, &facts(), &refusal);
    passes(&after([]), screening(someone())(just_now()), &facts());
}

/// EG-7
#[test]
fn a_list_names_each_person_once_and_a_thousand_at_most() {
    let people =
        |n: u128| -> Vec<Screened> { (1..=n).map(|no| screened(no, Outcome::Eligible)).collect() };
    let published = doors::after::<Emergency>(&facts(), [declare(), publish()]);
    passes(&published, screening(people(1000))(just_now()), &facts());
    for (list, size) in [(people(1001), 1001), (Vec::new(), 0)] {
        let refusal = EmergencyRefusal::ListSize {
            people: size,
            most: 1000,
        };
        refused_at_every_door(&published, screening(list), &facts(), &refusal);
    }
    let twice = [people(3), people(1)].concat();
    let refusal = EmergencyRefusal::ScreenedTwice { person: person(1) };
    refused_at_every_door(&published, screening(twice), &facts(), &refusal);
}

/// EM-3, EM-4
#[test]
fn whoever_is_eligible_is_released_by_a_person_after_two_checks() {
    passes(&after([]), grant(just_now()), &facts());
    passes(&after([]), grant_for_good(just_now()), &facts());
    let software = facts_of(Role::System);
    let refusal = EmergencyRefusal::NotForSoftware;
    refused_at_every_door(&after([]), grant, &software, &refusal);
    let granted = after([grant(on("2026-02-06"))]);
    refused_at_every_door(&granted, effect(1), &software, &refusal);
}

/// EM-3
#[test]
fn nobody_is_released_who_is_not_eligible_under_the_version_that_is_cited() {
    for (who, said) in [
        (2, "excluded"),
        (3, "neither eligible nor excluded"),
        (4, "not screened"),
    ] {
        let wish = granting(move |wish, _| wish.person = person(who));
        let refusal = Objection::hard(EmergencyRefusal::NotEligible {
            person: person(who),
            version: code("1"),
            said,
        });
        refused_live_and_noticed(&after([]), wish, &facts(), refusal);
    }
    let newer = publishing(|wish| wish.version = code("2"))(on("2026-02-10"));
    let under_the_newer = granting(|wish, _| wish.version = code("2"));
    let refusal = Objection::hard(EmergencyRefusal::NotEligible {
        person: person(1),
        version: code("2"),
        said: "not screened",
    });
    refused_live_and_noticed(&after([newer]), under_the_newer, &facts(), refusal);
}

/// EM-3
#[test]
fn two_people_check_who_it_is_and_say_what_they_compared() {
    let objection = |checks| Objection::hard(EmergencyRefusal::IdentityUnchecked { checks });
    let one = granting(|wish, _| wish.identity = vec![check("officer-1")]);
    refused_live_and_noticed(&after([]), one, &facts(), objection(1));
    let same = granting(|wish, _| wish.identity = vec![check("officer-1"), check("officer-1")]);
    refused_live_and_noticed(&after([]), same, &facts(), objection(1));
    let blind = granting(|wish, _| wish.identity[1].compared.clear());
    refused_live_and_noticed(&after([]), blind, &facts(), objection(1));
    let none = granting(|wish, _| wish.identity.clear());
    refused_live_and_noticed(&after([]), none, &facts(), objection(0));
}

/// EG-4
#[test]
fn what_is_compared_and_the_grounds_are_those_of_the_pack() {
    let shoes = granting(|wish, _| wish.identity[0].compared.push(code("shoes")));
    let refusal = Objection::hard(EmergencyRefusal::UnknownCode {
        list: "identity",
        code: code("shoes"),
        known: known(|law| &law.emergency.identity),
    });
    refused_live_and_noticed(&after([]), shoes, &facts(), refusal);
    let whim = refusing(|refused| refused.ground = code("a-whim"));
    let refusal = Objection::hard(EmergencyRefusal::UnknownCode {
        list: "grounds",
        code: code("a-whim"),
        known: known(|law| &law.emergency.grounds),
    });
    refused_live_and_noticed(&after([]), whim, &facts(), refusal);
}

/// EM-4
#[test]
fn a_release_for_a_while_says_until_when_and_nobody_is_released_into_nothing() {
    let endless = granting(|_, granted| granted.period = until(None));
    let refusal = Objection::hard(EmergencyRefusal::NoExpiry);
    refused_live_and_noticed(&after([]), endless, &facts(), refusal);
    let homeless = granting(|_, granted| granted.ready.housing = Known::Value(Provided::No));
    let missing = "housing".to_owned();
    let refusal = Objection::notice(EmergencyRefusal::NotReady { missing });
    noticed_at_every_door(&after([]), homeless, &facts(), refusal);
}

/// TR-9.3
#[test]
fn whoever_is_refused_is_told_how_to_have_it_reviewed() {
    passes(&after([]), refusing(|_| {})(just_now()), &facts());
    let untold = refusing(|refused| refused.review_told = Known::Value(Told::No));
    let refusal = Objection::notice(EmergencyRefusal::ReviewUntold);
    noticed_at_every_door(&after([]), untold, &facts(), refusal);
}

/// EG-3
#[test]
fn a_release_goes_step_by_step() {
    let refusal = |state, wish| EmergencyRefusal::ReleaseNotPossible {
        person: person(1),
        state,
        wish,
    };
    let undecided = refusal("undecided", "carrying it out");
    refused_at_every_door(&after([]), effect(1), &facts(), &undecided);
    let granted = after([grant(on("2026-02-06"))]);
    let twice = refusal("granted", "deciding on it");
    refused_at_every_door(&granted, grant, &facts(), &twice);
    let inside = refusal("granted", "recording a return");
    refused_at_every_door(&granted, come_back, &facts(), &inside);
    refused(
        &granted,
        breach(just_now()),
        &facts(),
        &refusal("granted", "recording a breach"),
    );
    let out = after([grant(on("2026-02-06")), effect(1)(on("2026-02-08"))]);
    passes(&out, breach(just_now()), &facts());
    passes(&out, come_back(just_now()), &facts());
    // Whoever was refused can be decided on again.
    let refused_once = after([refusing(|_| {})(on("2026-02-06"))]);
    passes(&refused_once, refusing(|_| {})(just_now()), &facts());
    // What was granted cannot be carried out once the emergency is over.
    let over = after([grant(on("2026-02-06")), end_by_law(on("2026-02-08"))]);
    let ended = EmergencyRefusal::NotPossible {
        state: "ended",
        wish: "carrying out a release",
    };
    refused_at_every_door(&over, effect(1), &facts(), &ended);
}

/// EG-5
#[test]
fn a_release_for_a_while_ends_after_it_is_decided() {
    let past = granting(|_, granted| granted.period = until(Some("2026-02-10")));
    let refusal = Objection::hard(EmergencyRefusal::EndsTooEarly {
        ends: "2026-02-10".parse().unwrap(),
        begins: "2026-03-05".parse().unwrap(),
    });
    refused(&after([]), past(just_now()), &facts(), &refusal.refusal);
    passes(&after([]), past(on("2026-02-10")), &facts());
}

#[test]
fn a_final_release_is_over_when_the_person_has_left() {
    let out = after([
        grant_for_good(on("2026-02-06")),
        effect(1)(on("2026-02-08")),
    ]);
    let candidate = &out.declared().unwrap().people[&person(1)];
    assert_eq!(candidate.stage(), Stage::Out);
    assert!(!candidate.is_open());
    assert_eq!(candidate.back_by(), None);
}

#[test]
fn what_was_done_is_counted_beside_what_was_announced() {
    let steps = [
        grant(on("2026-02-06")),
        refusing(|_| {})(on("2026-02-06")),
        effect(1)(on("2026-02-08")),
        breach(on("2026-02-10")),
        breach(on("2026-02-11")),
        come_back(on("2026-02-12")),
        cut(on("2026-02-12")),
    ];
    let counted = after(steps).declared().unwrap().cohort();
    let expected = Cohort {
        announced: Some(400),
        screened: 3,
        eligible: 1,
        excluded: 1,
        excluded_by: [(code("dangerous"), 1)].into(),
        unclear: 1,
        unclear_by: [(code("near-the-end"), 1)].into(),
        granted: 1,
        refused: 1,
        refused_on: [(code("criteria"), 1)].into(),
        effected: 1,
        returned: 1,
        breached: 1,
    };
    assert_eq!(counted, expected);
}
