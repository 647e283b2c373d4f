use std::sync::Arc;

use super::{existing, live};
use crate::act::{Grade, Objection};
use crate::sentence::{
    CodeList, Component, Decision, RequirementTerms, Sanction, SanctionKind, Sentence,
    SentenceRefusal,
};
use crate::testing::given;
use crate::testing::samples::known;
use crate::testing::samples::{
    after, code, component, custody, day_fines, decision, euros, fine, just_now, length,
    midland_with, ordering, requirement, suspended_for, under, unpaid_work, with_count,
};
use crate::values::{ComponentNo, Known, Length, Money, Quantity};

fn missing(kind: SanctionKind) -> SentenceRefusal {
    let component = ComponentNo(1);
    SentenceRefusal::QuantityMissing { component, kind }
}

fn zero(kind: SanctionKind) -> SentenceRefusal {
    let component = ComponentNo(1);
    SentenceRefusal::QuantityZero { component, kind }
}

fn imposing(sanction: Sanction) -> Decision {
    decision([component(1, sanction)])
}

fn unmeasured() -> [Sanction; 7] {
    [
        Sanction::Custody { term: None },
        Sanction::SuspendedCustody {
            term: None,
            operational_period: Some(length("P2Y")),
            requirements: vec![],
        },
        Sanction::CommunityOrder {
            period: None,
            requirements: vec![],
        },
        Sanction::Fine { amount: None },
        Sanction::DayFine {
            units: Some(20),
            unit_value: None,
        },
        Sanction::Compensation { amount: None },
        Sanction::Deferred { until: None },
    ]
}

/// S-6
#[test]
fn refuses_a_sanction_without_the_quantity_it_is_measured_by() {
    for sanction in unmeasured() {
        let kind = sanction.kind();
        live(imposing(sanction)).then_refused(missing(kind));
    }
}

/// S-6
#[test]
fn records_a_sanction_whose_quantity_is_unknown_with_a_critical_finding() {
    for sanction in unmeasured() {
        let kind = sanction.kind();
        existing(imposing(sanction)).then_noticed(vec![Objection::hard(missing(kind))]);
    }
}

/// S-6
#[test]
fn accepts_every_sanction_of_the_jurisdiction_with_its_quantity() {
    let kind = code("disqualification");
    for sanction in [
        custody(1, "P6M").sanction,
        suspended_for("P6M", "P2Y"),
        ordering("P1Y", [unpaid_work(60)]),
        Sanction::CommunityOrder {
            period: None,
            requirements: vec![unpaid_work(60)],
        },
        fine(1, 1).sanction,
        day_fines(20, 1500),
        Sanction::Compensation {
            amount: Some(euros(100)),
        },
        Sanction::Discharge {
            conditional_for: None,
        },
        Sanction::Discharge {
            conditional_for: Some(length("P1Y")),
        },
        Sanction::Admonition {},
        Sanction::Deferred {
            until: Some("2026-09".parse().unwrap()),
        },
        Sanction::Ancillary { kind, length: None },
    ] {
        live(imposing(sanction)).then_accepted();
    }
}

fn nothings() -> Vec<Sanction> {
    let none = Some(length("P0D"));
    let lasting_nothing = RequirementTerms {
        length: none,
        ..requirement("supervision")
    };
    let no_days = RequirementTerms {
        quantity: Some(Quantity::Days(0)),
        ..requirement("nowhere")
    };
    vec![
        custody(1, "P0D").sanction,
        suspended_for("P0D", "P2Y"),
        suspended_for("P6M", "P0D"),
        ordering("P0D", [unpaid_work(60)]),
        ordering("P1Y", [lasting_nothing]),
        fine(1, 0).sanction,
        day_fines(0, 1500),
        day_fines(20, 0),
        Sanction::Compensation {
            amount: Some(euros(0)),
        },
        Sanction::Discharge {
            conditional_for: none,
        },
        Sanction::Ancillary {
            kind: code("disqualification"),
            length: none,
        },
        ordering("P1Y", [no_days]),
    ]
}

/// S-6
#[test]
fn refuses_a_quantity_of_zero() {
    for sanction in nothings() {
        let kind = sanction.kind();
        live(imposing(sanction)).then_refused(zero(kind));
    }
}

/// S-6
#[test]
fn records_a_fine_of_nothing_with_a_critical_finding() {
    existing(decision([fine(1, 0)])).then_noticed(vec![Objection::hard(zero(SanctionKind::Fine))]);
}

/// S-6
#[test]
fn refuses_unpaid_work_without_its_hours_though_the_order_has_a_period() {
    let order = ordering("P1Y", [requirement("unpaid-work")]);
    let refusal = missing(SanctionKind::CommunityOrder);
    live(imposing(order.clone())).then_refused(refusal.clone());
    existing(imposing(order)).then_noticed(vec![Objection::hard(refusal)]);
}

/// S-6
#[test]
fn accepts_a_requirement_that_lasts_as_long_as_its_order() {
    live(imposing(ordering("P1Y", [requirement("supervision")]))).then_accepted();
}

/// S-7
#[test]
fn refuses_a_decimal_term_and_records_one_with_a_critical_finding() {
    let refusal = SentenceRefusal::NotACalendarTerm {
        component: ComponentNo(1),
        length: length("P7.4M"),
    };
    let decided = decision([custody(1, "P7.4M")]);
    live(decided.clone()).then_refused(refusal.clone());
    existing(decided).then_noticed(vec![Objection::hard(refusal)]);
}

/// S-7
#[test]
fn accepts_a_term_of_years_months_and_days() {
    assert!(matches!(length("P1Y2M3D"), Length::Calendar(_)));
    live(decision([custody(1, "P1Y2M3D")])).then_accepted();
}

/// S-7
#[test]
fn refuses_a_decimal_in_any_length_of_a_sanction() {
    let decimal = Some(length("P1.5Y"));
    for sanction in [
        suspended_for("P6M", "P1.5Y"),
        ordering("P1.5Y", [unpaid_work(60)]),
        Sanction::Discharge {
            conditional_for: decimal,
        },
        Sanction::Ancillary {
            kind: code("disqualification"),
            length: decimal,
        },
    ] {
        live(imposing(sanction)).then_refused(SentenceRefusal::NotACalendarTerm {
            component: ComponentNo(1),
            length: length("P1.5Y"),
        });
    }
}

/// S-11
#[test]
fn refuses_a_sanction_that_the_jurisdiction_does_not_know() {
    let refusal = SentenceRefusal::UnknownSanction {
        kind: SanctionKind::Death,
    };
    let decided = imposing(Sanction::Death {});
    live(decided.clone()).then_refused(refusal.clone());
    existing(decided).then_noticed(vec![Objection::hard(refusal)]);
}

/// S-11
#[test]
fn a_pack_that_lists_no_sanctions_knows_all_but_death() {
    let open = midland_with(|pack| pack.sentencing.sanctions.clear());
    let when = |sanction| {
        given::<Sentence>([])
            .when(super::impose(imposing(sanction), just_now()))
            .at(under(Arc::clone(&open)))
    };
    let kind = code("confiscation");
    when(Sanction::Other { kind, length: None }).then_accepted();
    when(Sanction::Death {}).then_refused(SentenceRefusal::UnknownSanction {
        kind: SanctionKind::Death,
    });
}

/// S-11
#[test]
fn refuses_a_fine_in_a_foreign_currency() {
    let amount = Some(Money {
        minor: 100,
        currency: "MNT".parse().unwrap(),
    });
    let refusal = SentenceRefusal::UnknownCode {
        list: CodeList::Currencies,
        code: code("MNT"),
        known: vec![code("EUR")],
    };
    let decided = imposing(Sanction::Fine { amount });
    live(decided.clone()).then_refused(refusal.clone());
    existing(decided).then_noticed(vec![Objection::hard(refusal)]);
}

/// Days credited for an offence of long ago.
fn remand(days: u32, decided: Decision) -> Decision {
    let decided = with_count(decided, |count| {
        count.offence.committed = Known::Value("2023-01-10".parse().unwrap());
    });
    Decision {
        remand_days: Known::Value(days),
        ..decided
    }
}

/// S-6
#[test]
fn notices_remand_that_is_certainly_longer_than_the_term() {
    let refusal = SentenceRefusal::RemandExceedsTerm {
        days: 187,
        component: ComponentNo(1),
    };
    let noticed = vec![Objection::notice(refusal)];
    let decided = remand(187, decision([custody(1, "P6M")]));
    live(decided.clone()).then_noticed(noticed.clone());
    existing(decided).then_noticed(noticed);
}

/// S-6
#[test]
fn accepts_remand_within_the_term_or_beside_what_has_no_length() {
    live(remand(180, decision([custody(1, "P6M")]))).then_accepted();
    live(remand(900, decision([fine(1, 100)]))).then_accepted();
    let for_life = Component {
        uplift: Some(code("recidivism")),
        ..custody(1, "life")
    };
    live(remand(900, decision([for_life]))).then_accepted();
}

/// S-6
#[test]
fn remand_is_compared_with_consecutive_terms_together() {
    let chain = [custody(1, "P6M"), after(1, custody(2, "P6M"))];
    live(remand(300, decision(chain))).then_accepted();
}

/// S-11
#[test]
fn refuses_a_measure_that_the_pack_does_not_list() {
    let kind = code("banishment");
    let refusal = SentenceRefusal::UnknownCode {
        list: CodeList::Measures,
        code: kind.clone(),
        known: known(|law| &law.sentencing.measures),
    };
    let banished = imposing(Sanction::Ancillary { kind, length: None });
    live(banished.clone()).then_refused(refusal.clone());
    existing(banished.clone()).then_noticed(vec![Objection::hard(refusal)]);
    let open = midland_with(|pack| pack.sentencing.measures.clear());
    given::<Sentence>([])
        .when(super::impose(banished, just_now()))
        .at(under(open))
        .then_accepted();
}

/// S-18
#[test]
fn refuses_a_sanction_that_lasts_longer_than_the_law_allows_its_kind() {
    let conditional = |period: &str| Sanction::Discharge {
        conditional_for: Some(length(period)),
    };
    for (sanction, said, longest) in [
        (suspended_for("P37M", "P2Y"), "P37M", "P3Y"),
        (suspended_for("P1Y", "P4Y"), "P4Y", "P3Y"),
        (conditional("P4Y"), "P4Y", "P3Y"),
    ] {
        let refusal = SentenceRefusal::LastsTooLong {
            component: ComponentNo(1),
            kind: sanction.kind(),
            length: length(said),
            longest: length(longest),
        };
        live(imposing(sanction.clone())).then_refused(refusal.clone());
        existing(imposing(sanction)).then_noticed(vec![Objection::hard(refusal)]);
    }
    live(imposing(suspended_for("P3Y", "P36M"))).then_accepted();
    live(imposing(conditional("P3Y"))).then_accepted();
}

/// S-18, S-19
#[test]
fn refuses_more_money_than_the_law_allows_and_notices_what_is_hardly_possible() {
    let fined = |minor: u64| Sanction::Fine {
        amount: Some(euros(minor)),
    };
    let by_day = |units: u32, minor: u64| Sanction::DayFine {
        units: Some(units),
        unit_value: Some(euros(minor)),
    };
    live(imposing(fined(100_000_000))).then_accepted();
    for (sanction, amount) in [
        (fined(10_000_000_000_000), 10_000_000_000_000),
        (by_day(2_000, 60_000), 120_000_000),
    ] {
        let refusal = SentenceRefusal::MoreThanAllowed {
            component: ComponentNo(1),
            kind: sanction.kind(),
            amount,
            most: 100_000_000,
        };
        live(imposing(sanction.clone())).then_refused(refusal.clone());
        existing(imposing(sanction)).then_noticed(vec![Objection::hard(refusal)]);
    }
    // The law of Midland sets no limit to a compensation.
    let paid = |minor: u64| Sanction::Compensation {
        amount: Some(euros(minor)),
    };
    live(imposing(paid(999_999_999_999))).then_accepted();
    let sanction = paid(1_000_000_000_000);
    let refusal = SentenceRefusal::HardlyPossible {
        component: ComponentNo(1),
        kind: sanction.kind(),
        amount: 1_000_000_000_000,
    };
    live(imposing(sanction)).then_noticed(vec![Objection::notice(refusal)]);
}

/// S-18
#[test]
fn refuses_custody_of_somebody_certainly_younger_than_the_law_allows() {
    let aged = |answer: Known<&str>| {
        let mut decided = imposing(custody(1, "P3M").sanction);
        let answer = answer.map(code);
        decided.circumstances.insert(code("age-band"), answer);
        decided
    };
    let refusal = SentenceRefusal::TooYoung {
        component: ComponentNo(1),
        kind: SanctionKind::Custody,
        youngest: 14,
    };
    live(aged(Known::Value("under-14"))).then_refused(refusal.clone());
    let of_a_child = [SentenceRefusal::UnderAge { minimum: 14 }];
    let reasoned = [
        Objection::notice(SentenceRefusal::NotInquired),
        Objection {
            grade: Grade::Alarm,
            refusal: SentenceRefusal::ChildNotWeighed,
        },
    ];
    let hard = std::iter::once(refusal)
        .chain(of_a_child)
        .map(Objection::hard);
    existing(aged(Known::Value("under-14"))).then_noticed(hard.chain(reasoned.clone()).collect());
    live(aged(Known::Value("14-15"))).then_noticed(reasoned.to_vec());
    for answer in [Known::Value("65-over"), Known::NotRecorded] {
        live(aged(answer)).then_accepted();
    }
}
