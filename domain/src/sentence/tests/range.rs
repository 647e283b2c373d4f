use super::{existing, live};
use crate::act::Objection;
use crate::sentence::{
    Component, Decision, Departure, DepartureDirection, Sanction, SanctionKind, SentenceRefusal,
};
use crate::testing::samples::{
    after, code, community_order, component, custody, decision, fine, length, suspended,
    unpaid_work, with_count,
};
use crate::values::{ComponentNo, CountNo, GuidelineRange};

/// A decision on one count whose guideline range is from six months to two years of custody.
fn ranged(components: impl IntoIterator<Item = Component>) -> Decision {
    within("P6M", "P2Y", components)
}

fn within(
    lowest: &str,
    highest: &str,
    components: impl IntoIterator<Item = Component>,
) -> Decision {
    with_count(decision(components), |c| {
        c.range = Some(GuidelineRange {
            guideline: "fraud/1".parse().unwrap(),
            lowest: length(lowest),
            highest: length(highest),
            starting_point: None,
        });
    })
}

fn departing(decided: Decision, direction: DepartureDirection, reasons: &[&str]) -> Decision {
    with_count(decided, |c| {
        c.departure = Some(Departure {
            direction,
            reasons: reasons.iter().map(|reason| code(reason)).collect(),
        });
    })
}

fn unreasoned(direction: &'static str) -> SentenceRefusal {
    SentenceRefusal::DepartureUnreasoned {
        count: CountNo(1),
        direction,
        lowest: length("P6M"),
        highest: length("P2Y"),
    }
}

/// S-13
#[test]
fn refuses_a_term_outside_the_range_without_reasons() {
    live(ranged([custody(1, "P25M")])).then_refused(unreasoned("above"));
    live(ranged([custody(1, "P5M")])).then_refused(unreasoned("below"));
}

/// S-13
#[test]
fn sees_a_reason_that_contradicts_the_way_the_sentence_leaves_its_range() {
    let below = ranged([custody(1, "P5M")]);
    let grave = departing(
        below.clone(),
        DepartureDirection::Below,
        &["exceptional-gravity"],
    );
    let contradicted = vec![Objection::notice(SentenceRefusal::DepartureContradicted {
        count: CountNo(1),
        reason: code("exceptional-gravity"),
        direction: "below",
    })];
    live(grave.clone()).then_noticed(contradicted.clone());
    existing(grave).then_noticed(contradicted);
    // A reason of which the rules say nothing fits either way.
    for reason in ["exceptional-mitigation", "totality"] {
        live(departing(
            below.clone(),
            DepartureDirection::Below,
            &[reason],
        ))
        .then_accepted();
    }
}

/// S-13
#[test]
fn records_a_term_outside_the_range_with_a_notice() {
    existing(ranged([custody(1, "P25M")]))
        .then_noticed(vec![Objection::reasons(unreasoned("above"))]);
}

/// S-13
#[test]
fn accepts_a_term_within_the_range_its_ends_included() {
    for term in ["P6M", "P1Y", "P2Y", "P24M"] {
        live(ranged([custody(1, term)])).then_accepted();
    }
}

/// S-13
#[test]
fn accepts_a_departure_with_a_coded_reason() {
    let above = ranged([custody(1, "P3Y")]);
    let reasons = ["exceptional-gravity"];
    live(departing(above, DepartureDirection::Above, &reasons)).then_accepted();
}

/// S-13
#[test]
fn refuses_reasons_for_a_departure_the_other_way() {
    let above = ranged([custody(1, "P3Y")]);
    let reasons = ["exceptional-mitigation"];
    live(departing(above, DepartureDirection::Below, &reasons)).then_refused(unreasoned("above"));
}

/// S-13
#[test]
fn refuses_a_departure_that_names_no_reason() {
    let above = ranged([custody(1, "P3Y")]);
    live(departing(above, DepartureDirection::Above, &[])).then_refused(unreasoned("above"));
}

/// S-13
#[test]
fn refuses_a_non_custodial_sentence_below_a_range_of_custody_without_reasons() {
    live(ranged([fine(1, 100)])).then_refused(unreasoned("below"));
    let order = community_order(1, "P1Y", [unpaid_work(60)]);
    live(ranged([order])).then_refused(unreasoned("below"));
}

/// S-13
#[test]
fn accepts_a_non_custodial_sentence_where_the_range_begins_below_custody() {
    live(within("P0D", "P2Y", [fine(1, 100)])).then_accepted();
}

/// S-13
#[test]
fn accepts_a_fine_beside_a_term_within_the_range() {
    live(ranged([custody(1, "P1Y"), fine(2, 100)])).then_accepted();
}

/// S-13
#[test]
fn a_suspended_term_counts_with_its_length() {
    live(ranged([suspended(1, "P1Y")])).then_accepted();
    live(ranged([suspended(1, "P3Y")])).then_refused(unreasoned("above"));
    live(ranged([suspended(1, "P3M")])).then_refused(unreasoned("below"));
}

/// S-13
#[test]
fn consecutive_terms_of_one_offence_count_together() {
    let parts = || [custody(1, "P4M"), after(1, custody(2, "P4M"))];
    live(ranged(parts())).then_accepted();
    live(within("P6M", "P7M", parts())).then_refused(SentenceRefusal::DepartureUnreasoned {
        count: CountNo(1),
        direction: "above",
        lowest: length("P6M"),
        highest: length("P7M"),
    });
}

/// S-13
#[test]
fn life_lies_above_every_range_and_not_below() {
    let for_life = Component {
        uplift: Some(code("recidivism")),
        ..custody(1, "life")
    };
    live(ranged([for_life])).then_refused(unreasoned("above"));
}

/// S-13
#[test]
fn a_deferred_sentence_has_not_left_its_range() {
    let until = Some("2026-09-01".parse().unwrap());
    live(ranged([component(1, Sanction::Deferred { until })])).then_accepted();
}

/// S-13
#[test]
fn a_term_whose_length_is_not_recorded_lies_nowhere() {
    let unrecorded = component(1, Sanction::Custody { term: None });
    existing(ranged([unrecorded])).then_noticed(vec![Objection::hard(
        SentenceRefusal::QuantityMissing {
            component: ComponentNo(1),
            kind: SanctionKind::Custody,
        },
    )]);
}

/// S-13
#[test]
fn a_term_that_may_lie_within_the_range_is_not_said_to_leave_it() {
    // A hundred and eighty-two days may be six months; so may be seven hundred and thirty-one two years.
    live(ranged([custody(1, "P182D")])).then_accepted();
    live(ranged([custody(1, "P731D")])).then_accepted();
    live(ranged([custody(1, "P732D")])).then_refused(unreasoned("above"));
}

/// S-13
#[test]
fn refuses_a_starting_point_outside_the_range() {
    let starting = |start: &str| {
        with_count(ranged([custody(1, "P1Y")]), |c| {
            let range = c.range.as_mut().unwrap();
            range.starting_point = Some(length(start));
        })
    };
    for start in ["P5M", "P25M"] {
        let refusal = SentenceRefusal::StartsOutsideRange {
            count: CountNo(1),
            start: length(start),
            lowest: length("P6M"),
            highest: length("P2Y"),
        };
        live(starting(start)).then_refused(refusal.clone());
        existing(starting(start)).then_noticed(vec![Objection::hard(refusal)]);
    }
    for start in ["P6M", "P1Y", "P2Y"] {
        live(starting(start)).then_accepted();
    }
}

/// S-13
#[test]
fn refuses_a_range_that_ends_below_its_beginning_at_either_door() {
    let refusal = SentenceRefusal::RangeReversed {
        count: CountNo(1),
        lowest: length("P2Y"),
        highest: length("P1Y"),
    };
    let reversed = within("P2Y", "P1Y", [custody(1, "P18M")]);
    live(reversed.clone()).then_refused(refusal.clone());
    existing(reversed).then_refused(refusal);
}
