//! What of a decision is mapped to dates, and what is said where it cannot be.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Calculation, Decided, Possible, calculate};
use crate::act::Door;
use crate::jurisdiction::{BUILT_IN, Consecutive, Pack};
use crate::release::dates::LABEL;
use crate::sentence::{Component, Decision, EarlierTerm, Imposed, Runs, Standing};
use crate::testing::samples::{
    after, concurrent, count, custody, decision, decision_on, fine, length, midland, midland_with,
    on, person, sentence_id, suspended,
};
use crate::values::{ComponentNo, Day, Known, Occurred};

const FIRST: ComponentNo = ComponentNo(1);

fn imposed(decision: Decision) -> Imposed {
    Imposed {
        person: person(1),
        pronounced: on("2024-05-03"),
        door: Door::Existing,
        remand_days: decision.remand_days,
        decision: decision.into(),
        standing: Standing::InForce,
        appeal: None,
        remand_known: BTreeMap::new(),
        in_custody: BTreeMap::new(),
        activated: BTreeMap::new(),
        findings: Vec::new(),
    }
}

/// A decision under whose first component custody began on 3 May 2024, of somebody aged 30.
fn served(imposed: &Imposed) -> Decided<'_> {
    Decided {
        sentence: sentence_id(1),
        imposed,
        began: vec![(FIRST, on("2024-05-03"))],
        admitted: Vec::new(),
        age: Known::Value(30),
    }
}

fn of(components: impl IntoIterator<Item = Component>, remand: u32) -> Imposed {
    let mut imposed = imposed(decision(components));
    imposed.remand_days = Known::Value(remand);
    imposed
}

fn worked(imposed: &Imposed) -> Calculation {
    calculate(&served(imposed), &[], &midland())
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "compared with a day that may be missing"
)]
fn day(text: &str) -> Option<Day> {
    Some(text.parse().unwrap())
}

fn kind<'a>(calculation: &'a Calculation, kind: &str) -> &'a Possible {
    let mut releases = calculation.releases.iter();
    releases.find(|found| found.kind.as_str() == kind).unwrap()
}

fn why_not(calculation: &Calculation) -> (&'static str, String) {
    let why = calculation.why_not.clone().unwrap();
    assert_eq!(calculation.ends, None);
    assert!(calculation.releases.is_empty());
    (why.code, why.said)
}

#[test]
fn a_term_with_credited_detention_has_an_end_and_a_day_for_each_kind_of_release_step_by_step() {
    let eighteen_months = of([custody(1, "P18M")], 40);
    let found = worked(&eighteen_months);
    assert_eq!(found.label, LABEL);
    assert_eq!(found.policy, midland().version);
    assert_eq!(found.ends, day("2025-09-23"));
    assert_eq!(
        found.from,
        [
            "component 1: 18 months of custody, from 3 May 2024, as custody under it is recorded to have begun",
            "earlier detention: 40 days",
        ]
    );
    let parole = kind(&found, "parole");
    assert_eq!(parole.eligible, day("2024-12-22"));
    assert!(!parole.by_law);
    let [under] = parole.under.as_slice() else {
        panic!("{:?}", parole.under);
    };
    assert_eq!(under.rule, "Any other term, section 5(1) (fictional)");
    assert_eq!(under.steps[0].term, "component 1");
    assert_eq!(
        under.steps[0].steps[2],
        "half of 549 days, rounded down: 274 days"
    );
    assert!(kind(&found, "automatic").by_law);
    assert!(found.without_rule.contains(&"Furlough".to_owned()));
}

#[test]
fn the_first_rule_that_fits_holds_and_the_age_and_the_offence_decide_which() {
    let robbery = imposed(decision_on([count(1, "M204", [custody(1, "P3Y")])]));
    let found = worked(&robbery);
    let under = &kind(&found, "parole").under[0];
    assert!(under.rule.contains("serious violence"), "{}", under.rule);
    let mut of_a_child = served(&robbery);
    of_a_child.age = Known::Value(16);
    let found = calculate(&of_a_child, &[], &midland());
    let under = &kind(&found, "parole").under[0];
    assert!(under.rule.contains("children"), "{}", under.rule);
}

#[test]
fn where_it_is_not_known_which_rule_holds_each_day_is_shown_and_none_is_chosen() {
    let fraud = of([custody(1, "P18M")], 0);
    let mut of_unknown_age = served(&fraud);
    of_unknown_age.age = Known::Declined;
    let found = calculate(&of_unknown_age, &[], &midland());
    let parole = kind(&found, "parole");
    assert_eq!(parole.eligible, None);
    assert_eq!(parole.why_not.as_ref().unwrap().code, "age");
    let rules: Vec<&str> = parole.under.iter().map(|u| u.rule.as_str()).collect();
    assert_eq!(
        rules,
        [
            "Terms of children, section 5(3) (fictional)",
            "Any other term, section 5(1) (fictional)"
        ]
    );
    // What does not depend on the age is known.
    assert!(kind(&found, "automatic").eligible.is_some());
    // Who was of age at the decision was so when the stay began; of a child the other way round it is not known.
    for (band, reason) in [
        ("25-34", None),
        ("18-20", None),
        ("16-17", Some("age")),
        ("no-band", Some("age")),
    ] {
        let told = imposed({
            let mut decision = decision([custody(1, "P18M")]);
            let band = Known::Value(band.parse().unwrap());
            decision
                .circumstances
                .insert("age-band".parse().unwrap(), band);
            decision
        });
        let mut by_band = served(&told);
        by_band.age = Known::NotRecorded;
        let found = calculate(&by_band, &[], &midland());
        let parole = kind(&found, "parole");
        assert_eq!(
            parole.why_not.as_ref().map(|why| why.code),
            reason,
            "{band}"
        );
        assert_eq!(parole.eligible.is_some(), reason.is_none(), "{band}");
    }
    let unnamed = imposed({
        let mut decision = decision([custody(1, "P18M")]);
        decision.counts[0].offence.code = Known::NotRecorded;
        decision
    });
    let found = worked(&unnamed);
    let why = kind(&found, "parole").why_not.clone().unwrap();
    assert_eq!(why.code, "offence");
}

#[test]
fn a_pack_whose_rules_the_register_cannot_tell_apart_chooses_none_of_them() {
    let (_, text) = BUILT_IN
        .into_iter()
        .find(|(name, _)| *name == "england-wales")
        .unwrap();
    let law = Pack::parse(text).unwrap();
    let two_years = of([custody(1, "P2Y")], 0);
    let found = calculate(&served(&two_years), &[], &law);
    assert_eq!(found.ends, day("2026-05-02"));
    for possible in &found.releases {
        assert_eq!(possible.eligible, None);
        assert_eq!(possible.why_not.as_ref().unwrap().code, "certified");
    }
    let automatic = kind(&found, "automatic");
    assert_eq!(automatic.under.len(), 3);
    assert_eq!(automatic.under[1].eligible, "2025-05-02".parse().unwrap());
}

#[test]
fn a_pack_without_rules_of_release_gives_an_end_and_no_other_date() {
    let law = midland_with(|pack| pack.release.served.clear());
    let year = of([custody(1, "P1Y")], 0);
    let found = calculate(&served(&year), &[], &law);
    assert_eq!(found.ends, day("2025-05-02"));
    assert!(found.releases.is_empty());
    assert_eq!(found.without_rule.len(), law.release.kinds.len());
}

#[test]
fn the_pack_says_whether_terms_that_follow_each_other_are_added_up_before_their_part_is_taken() {
    let row = of([custody(1, "P5D"), after(1, custody(2, "P5D"))], 0);
    let eligible = |consecutive| {
        let law = midland_with(|pack| pack.release.consecutive = consecutive);
        let found = calculate(&served(&row), &[], &law);
        assert_eq!(found.ends, day("2024-05-12"));
        kind(&found, "automatic").eligible
    };
    assert_eq!(eligible(Consecutive::Each), day("2024-05-08"));
    assert_eq!(eligible(Consecutive::Together), day("2024-05-09"));
}

#[test]
fn terms_follow_each_other_run_at_the_same_time_and_are_served_as_far_as_they_were_activated() {
    let row = of([custody(1, "P6M"), after(1, custody(2, "P6M"))], 30);
    let found = worked(&row);
    assert_eq!(found.ends, day("2025-04-02"));
    assert!(
        found.from[1].ends_with("after component 1"),
        "{:?}",
        found.from
    );
    let beside = of(
        [
            concurrent(custody(1, "P6M")),
            concurrent(custody(2, "P1Y")),
            fine(3, 100),
        ],
        30,
    );
    let found = worked(&beside);
    assert_eq!(found.ends, day("2025-04-02"));
    assert!(
        found.from[1].contains("with the others"),
        "{:?}",
        found.from
    );
    assert!(
        found.from[2].contains("each of the terms"),
        "{:?}",
        found.from
    );
    let mut activated = of([suspended(1, "P8M")], 0);
    activated.activated.insert(FIRST, Some(length("P3M")));
    let found = worked(&activated);
    assert_eq!(found.ends, day("2024-08-02"));
    assert!(found.from[0].contains("which was activated"));
}

#[test]
fn a_term_that_follows_an_earlier_decision_is_counted_from_its_end() {
    let earlier = of([custody(1, "P1Y")], 10);
    let runs = Runs::ConsecutiveToEarlier(EarlierTerm {
        sentence: sentence_id(2),
        component: FIRST,
    });
    let follows = Component {
        runs: Some(runs),
        ..custody(1, "P6M")
    };
    let later = of([follows], 5);
    let mut unbegun = served(&later);
    unbegun.began.clear();
    let before = Decided {
        sentence: sentence_id(2),
        ..served(&earlier)
    };
    let found = calculate(&unbegun, std::slice::from_ref(&before), &midland());
    assert_eq!(found.ends, day("2025-10-18"), "{:?}", found.why_not);
    let said = &found.from[0];
    assert!(said.contains("after component 1 of the decision"), "{said}");
    let (code, _) = why_not(&calculate(&unbegun, &[], &midland()));
    assert_eq!(code, "earlier");
    let mut quashed = earlier.clone();
    quashed.standing = Standing::Quashed;
    let before = Decided {
        imposed: &quashed,
        ..before
    };
    let (_, said) = why_not(&calculate(&unbegun, &[before], &midland()));
    assert!(said.contains("quashed"), "{said}");
}

#[test]
fn a_term_begins_with_its_mark_or_else_with_the_admission_on_the_decision() {
    let year = of([custody(1, "P1Y")], 0);
    let begun = |began: &[&str], admitted: &[&str]| {
        let at = |days: &[&str]| days.iter().map(|day| on(day)).collect::<Vec<Occurred>>();
        let decided = Decided {
            began: at(began).into_iter().map(|on| (FIRST, on)).collect(),
            admitted: at(admitted),
            ..served(&year)
        };
        calculate(&decided, &[], &midland())
    };
    let admitted = begun(&[], &["2024-05-03T09:00:00Z"]);
    assert_eq!(admitted.ends, day("2025-05-02"));
    assert!(
        admitted.from[0].contains("admission"),
        "{:?}",
        admitted.from
    );
    let marked = begun(&["2024-05-03"], &["2024-05-10", "2024-06-10"]);
    assert_eq!(marked.ends, day("2025-05-02"));
    for (began, admitted, expected) in [
        (&[][..], &[][..], "begun"),
        (&["2024-05"][..], &[][..], "begun-about"),
        (&["2024-05-03", "2024-07-01"][..], &[][..], "interrupted"),
        (&[][..], &["2024-05-03", "2024-07-01"][..], "interrupted"),
    ] {
        let (code, said) = why_not(&begun(began, admitted));
        assert_eq!(code, expected, "{said}");
    }
}

#[test]
fn what_is_missing_is_named_and_nothing_is_guessed() {
    let expect = |imposed: &Imposed, expected: &str| {
        let (code, said) = why_not(&worked(imposed));
        assert_eq!(code, expected, "{said}");
    };
    let year = || of([custody(1, "P1Y")], 0);
    for remand in [Known::NotRecorded, Known::NotAsked, Known::Declined] {
        let mut unsaid = year();
        unsaid.remand_days = remand;
        expect(&unsaid, "remand");
    }
    for standing in [Standing::Completed, Standing::Pardoned, Standing::Quashed] {
        let mut over = year();
        over.standing = standing;
        expect(&over, "over");
    }
    expect(&of([fine(1, 100)], 0), "no-custody");
    expect(&of([suspended(1, "P8M")], 0), "no-custody");
    expect(&of([custody(1, "life")], 0), "unlimited");
    expect(&of([custody(1, "indeterminate")], 0), "unlimited");
    expect(&of([custody(1, "P7.4M")], 0), "not-countable");
    expect(&of([custody(1, "P1Y"), custody(2, "P1Y")], 0), "runs");
    expect(
        &of(
            [custody(1, "P1Y"), after(3, custody(2, "P1Y")), fine(3, 1)],
            0,
        ),
        "follows",
    );
    let mut lengthless = year();
    Arc::make_mut(&mut lengthless.decision).counts[0].components[0].sanction =
        crate::sentence::Sanction::Custody { term: None };
    expect(&lengthless, "length");
}

#[test]
fn detention_is_not_credited_to_several_rows_where_the_pack_does_not_say_how() {
    let law = midland_with(|pack| pack.release.credited = None);
    let beside = of(
        [concurrent(custody(1, "P6M")), concurrent(custody(2, "P1Y"))],
        30,
    );
    let (code, said) = why_not(&calculate(&served(&beside), &[], &law));
    assert_eq!(code, "several-rows");
    assert!(said.contains("30 days"), "{said}");
    let none = of(
        [concurrent(custody(1, "P6M")), concurrent(custody(2, "P1Y"))],
        0,
    );
    assert_eq!(calculate(&served(&none), &[], &law).ends, day("2025-05-02"));
    let one_row = of([custody(1, "P6M"), after(1, custody(2, "P6M"))], 30);
    assert_eq!(
        calculate(&served(&one_row), &[], &law).ends,
        day("2025-04-02")
    );
}
