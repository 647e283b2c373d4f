use super::{
    alternative, day, facts, imposing, just_now, measure, on, opened, opened_with, under_measures,
};
use crate::act::Objection;
use crate::pretrial::{PretrialCommand, PretrialRefusal, VaryAlternative};
use crate::testing::doors::{
    noticed, noticed_at_every_door, passes, refused, refused_at_every_door,
    refused_live_and_noticed,
};
use crate::testing::samples::code;
use crate::values::{Consent, Known, LegalAid, Told};

/// TR-3.1, TR-3.4, TR-3.5, TR-12.2, PT-5
#[test]
fn an_alternative_with_informed_consent_passes() {
    let wish = PretrialCommand::ImposeAlternative(alternative(just_now()));
    passes(&opened(), wish, &facts());
}

/// TR-3.4
#[test]
fn an_obligation_before_trial_needs_informed_consent_before_it() {
    let refusal = || Objection::hard(PretrialRefusal::ConsentMissing);
    let without = imposing(|wish| wish.consent = None);
    refused_live_and_noticed(&opened(), without, &facts(), refusal());
    let unexplained = imposing(|wish| {
        wish.consent.as_mut().unwrap().consequences = Told::No;
    });
    refused_live_and_noticed(&opened(), unexplained, &facts(), refusal());
    let alone = imposing(|wish| wish.consent.as_mut().unwrap().counsel = LegalAid::None);
    refused_live_and_noticed(&opened(), alone, &facts(), refusal());
    let later = imposing(|wish| wish.consent.as_mut().unwrap().given = on("2026-03-06"));
    refused_live_and_noticed(&opened(), later, &facts(), refusal());
}

/// TR-3.4
#[test]
fn a_measure_that_asks_nothing_but_to_appear_needs_no_consent() {
    let wish = imposing(|wish| {
        wish.consent = None;
        wish.measures = vec![measure("own-recognisance")];
    });
    passes(&opened(), wish(just_now()), &facts());
}

/// TR-3.4
#[test]
fn a_childs_guardian_consents_too() {
    let child = opened_with(|case| case.age_at_offence = Known::Value(17));
    let alone = imposing(|_| {});
    let refusal = Objection::hard(PretrialRefusal::GuardianMissing);
    refused_live_and_noticed(&child, alone, &facts(), refusal);
    let together = imposing(|wish| {
        wish.consent.as_mut().unwrap().guardian = Known::Value(Consent::Given);
    });
    passes(&child, together(just_now()), &facts());
}

/// TR-3.5
#[test]
fn the_person_is_told_how_to_have_it_reviewed() {
    let untold = imposing(|wish| wish.review_told = Known::NotRecorded);
    let refusal = Objection::notice(PretrialRefusal::ReviewUntold);
    noticed_at_every_door(&opened(), untold, &facts(), refusal);
}

/// TR-12.2
#[test]
fn a_measure_says_what_it_asks_and_there_are_not_too_many() {
    let vague = imposing(|wish| wish.measures[0].terms = None);
    let alternative = code("curfew");
    let refusal = Objection::notice(PretrialRefusal::TermsMissing { alternative });
    noticed_at_every_door(&opened(), vague, &facts(), refusal);
    let six = [
        "curfew",
        "reporting",
        "residence",
        "no-contact",
        "area-ban",
        "surety",
    ];
    let many = imposing(move |wish| wish.measures = six.map(measure).to_vec());
    let refusal = Objection::notice(PretrialRefusal::TooMany {
        measures: 6,
        most: 5,
    });
    noticed_at_every_door(&opened(), many, &facts(), refusal);
    let five = imposing(move |wish| wish.measures = six.map(measure)[..5].to_vec());
    passes(&opened(), five(just_now()), &facts());
}

/// PT-5
#[test]
fn a_measure_is_named() {
    let nothing = imposing(|wish| wish.measures.clear());
    let refusal = Objection::hard(PretrialRefusal::NothingImposed);
    refused_live_and_noticed(&opened(), nothing, &facts(), refusal);
}

fn vary(
    measures: &[&str],
    has_consent: bool,
) -> impl Fn(crate::values::Occurred) -> PretrialCommand {
    let measures: Vec<_> = measures.iter().map(|name| measure(name)).collect();
    move |decided| {
        PretrialCommand::VaryAlternative(VaryAlternative {
            decided,
            measures: measures.clone(),
            consent: has_consent.then(super::consent),
            reasons: None,
        })
    }
}

/// PT-5
#[test]
fn a_variation_changes_something() {
    let same = vary(&["curfew", "reporting"], true);
    let refusal = PretrialRefusal::ChangesNothing;
    refused_at_every_door(&under_measures(), same, &facts(), &refusal);
}

/// TR-3.4
#[test]
fn a_variation_that_asks_more_needs_consent_and_one_that_asks_less_does_not() {
    passes(
        &under_measures(),
        vary(&["reporting"], false)(just_now()),
        &facts(),
    );
    passes(
        &under_measures(),
        vary(&["curfew"], false)(just_now()),
        &facts(),
    );
    for measures in [["curfew", "monitoring"], ["reporting", "monitoring"]] {
        let refusal = Objection::hard(PretrialRefusal::ConsentMissing);
        let more = vary(&measures, false);
        refused_live_and_noticed(&under_measures(), more, &facts(), refusal);
    }
    passes(
        &under_measures(),
        vary(&["monitoring"], true)(just_now()),
        &facts(),
    );
}

/// CRC-40
#[test]
fn nobody_under_the_age_of_criminal_responsibility_is_put_under_measures() {
    let child = opened_with(|case| case.age_at_offence = Known::Value(12));
    let wish = imposing(|wish| {
        wish.consent.as_mut().unwrap().guardian = Known::Value(Consent::Given);
    });
    let refusal = Objection::hard(PretrialRefusal::UnderAge { minimum: 14 });
    refused_live_and_noticed(&child, &wish, &facts(), refusal);
    let of_that_age = opened_with(|case| case.age_at_offence = Known::Value(14));
    passes(&of_that_age, wish(just_now()), &facts());
}

/// PT-6
#[test]
fn a_measure_ends_no_earlier_than_it_is_decided() {
    let wish = imposing(|wish| wish.measures[0].until = Some(day("2026-01-31")));
    let refusal = PretrialRefusal::EndsTooEarly {
        until: day("2026-01-31"),
        decided: "2026-03-05".parse().unwrap(),
    };
    refused(&opened(), wish(just_now()), &facts(), &refusal);
    assert_eq!(
        noticed(&opened(), wish(on("2026-02-19")), &facts()).len(),
        1
    );
}
