use super::{existing, live};
use crate::act::Objection;
use crate::sentence::{Decision, RequirementTerms, Sanction, SentenceRefusal};
use crate::testing::samples::{
    code, community_order, component, decision, lasting, length, requirement, treatment,
    unpaid_work,
};
use crate::values::{ComponentNo, Consent, Known, Quantity};

fn requiring(terms: RequirementTerms) -> Decision {
    decision([community_order(1, "P2Y", [terms])])
}

/// Refused live, and recorded with exactly that critical finding.
#[track_caller]
fn stands_against(decided: Decision, refusal: SentenceRefusal) {
    live(decided.clone()).then_refused(refusal.clone());
    existing(decided).then_noticed(vec![Objection::hard(refusal)]);
}

/// S-9
#[test]
fn refuses_a_requirement_that_the_jurisdiction_does_not_know() {
    let refusal = SentenceRefusal::UnknownRequirement {
        component: ComponentNo(1),
        kind: code("pillory"),
    };
    stands_against(requiring(requirement("pillory")), refusal);
}

/// S-9
#[test]
fn accepts_requirements_of_every_unit_within_their_limits() {
    let of = |kind: &str, quantity| RequirementTerms {
        quantity: Some(quantity),
        ..requirement(kind)
    };
    for terms in [
        unpaid_work(40),
        unpaid_work(300),
        of("activity-days", Quantity::Days(60)),
        of("programme", Quantity::Sessions(4)),
        lasting("curfew", "P1Y"),
        treatment(Known::Value(Consent::Given)),
    ] {
        live(requiring(terms)).then_accepted();
    }
}

/// S-9
#[test]
fn refuses_unpaid_work_counted_in_days() {
    let terms = RequirementTerms {
        quantity: Some(Quantity::Days(40)),
        ..requirement("unpaid-work")
    };
    let refusal = SentenceRefusal::WrongUnit {
        component: ComponentNo(1),
        kind: code("unpaid-work"),
        unit: "minutes".to_owned(),
    };
    stands_against(requiring(terms), refusal);
}

/// S-9
#[test]
fn refuses_an_amount_of_what_only_lasts() {
    let terms = RequirementTerms {
        quantity: Some(Quantity::Minutes(600)),
        ..lasting("curfew", "P3M")
    };
    let refusal = SentenceRefusal::WrongUnit {
        component: ComponentNo(1),
        kind: code("curfew"),
        unit: "years, months and days".to_owned(),
    };
    stands_against(requiring(terms), refusal);
}

/// S-9
#[test]
fn refuses_hours_outside_the_limits_of_the_law() {
    for hours in [39, 301] {
        let refusal = SentenceRefusal::OutsideLimits {
            component: ComponentNo(1),
            kind: code("unpaid-work"),
            amount: Quantity::Minutes(hours * 60),
            least: Quantity::Minutes(2400),
            most: Quantity::Minutes(18_000),
        };
        assert!(
            refusal.to_string().contains(&format!(
                "{hours} h of unpaid-work is outside the 40 h to 300 h"
            )),
            "{refusal}"
        );
        stands_against(requiring(unpaid_work(hours)), refusal);
    }
}

/// S-9
#[test]
fn refuses_a_requirement_that_lasts_longer_than_the_law_allows() {
    let refusal = SentenceRefusal::RequirementTooLong {
        component: ComponentNo(1),
        kind: code("curfew"),
        length: length("P13M"),
        longest: length("P1Y"),
    };
    stands_against(requiring(lasting("curfew", "P13M")), refusal);
}

/// S-9
#[test]
fn refuses_treatment_without_recorded_consent() {
    for consent in [
        Known::NotRecorded,
        Known::NotAsked,
        Known::Declined,
        Known::Value(Consent::Refused),
    ] {
        let refusal = SentenceRefusal::ConsentMissing {
            component: ComponentNo(1),
            kind: code("treatment"),
        };
        stands_against(requiring(treatment(consent)), refusal);
    }
}

/// S-9
#[test]
fn refuses_an_unlawful_requirement_of_a_suspended_term_too() {
    let suspended = Sanction::SuspendedCustody {
        term: Some(length("P6M")),
        operational_period: Some(length("P2Y")),
        requirements: vec![unpaid_work(301)],
    };
    let refusal = SentenceRefusal::OutsideLimits {
        component: ComponentNo(1),
        kind: code("unpaid-work"),
        amount: Quantity::Minutes(301 * 60),
        least: Quantity::Minutes(2400),
        most: Quantity::Minutes(18_000),
    };
    stands_against(decision([component(1, suspended)]), refusal);
}

/// S-10
#[test]
fn refuses_an_order_that_ends_before_its_requirement() {
    let refusal = SentenceRefusal::OrderEndsFirst {
        component: ComponentNo(1),
        order: length("P6M"),
        kind: code("supervision"),
        requirement: length("P7M"),
    };
    let order = community_order(1, "P6M", [lasting("supervision", "P7M")]);
    stands_against(decision([order]), refusal);
}

/// S-10
#[test]
fn accepts_an_order_that_ends_with_its_requirement() {
    for requirement in ["P6M", "P180D"] {
        let order = community_order(1, "P6M", [lasting("supervision", requirement)]);
        live(decision([order])).then_accepted();
    }
}

/// S-10
#[test]
fn refuses_an_order_longer_than_the_law_allows() {
    let refusal = SentenceRefusal::OrderTooLong {
        component: ComponentNo(1),
        order: length("P37M"),
        longest: length("P3Y"),
    };
    let order = community_order(1, "P37M", [unpaid_work(60)]);
    stands_against(decision([order]), refusal);
}

/// S-10
#[test]
fn accepts_an_order_as_long_as_the_law_allows() {
    live(decision([community_order(1, "P36M", [unpaid_work(60)])])).then_accepted();
}
