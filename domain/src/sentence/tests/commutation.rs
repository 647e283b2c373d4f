use super::{commute, imposing, step};
use crate::act::{Door, Objection};
use crate::sentence::{Sanction, SanctionKind, Sentence, SentenceEvent, SentenceRefusal};
use crate::testing::samples::{
    code, component, custody, day_fines, euros, facts, fine, just_now, lasting, length, on,
    ordering, suspended_for, unpaid_work,
};
use crate::testing::{Then, given};
use crate::values::{ComponentNo, Occurred};

fn term(text: &str) -> Sanction {
    custody(1, text).sanction
}

fn a_fine(minor: u64) -> Sanction {
    fine(1, minor).sanction
}

/// One component commuted to another sanction.
fn commuted(from: Sanction, to: Sanction, pronounced: Occurred) -> Then<Sentence> {
    given([imposing(component(1, from))])
        .when(commute(1, to, pronounced))
        .at(facts())
}

fn not_lighter(from: &str, to: &str) -> SentenceRefusal {
    SentenceRefusal::NotAReduction {
        component: ComponentNo(1),
        from: from.to_owned(),
        to: to.to_owned(),
    }
}

/// S-14
#[test]
fn accepts_a_commutation_that_shortens_the_term() {
    commuted(term("P2Y"), term("P1Y"), just_now()).then_events([SentenceEvent::Commuted {
        component: ComponentNo(1),
        from: term("P2Y"),
        to: term("P1Y"),
        pronounced: just_now(),
        door: Door::Live,
        note: None,
        findings: vec![],
    }]);
}

/// S-14
#[test]
fn refuses_a_commutation_that_lengthens_the_term() {
    commuted(term("P1Y"), term("P2Y"), just_now())
        .then_refused(not_lighter("custody of 1 year", "custody of 2 years"));
}

/// S-14
#[test]
fn records_a_commutation_that_lengthened_the_term_with_a_critical_finding() {
    let refusal = not_lighter("custody of 1 year", "custody of 2 years");
    commuted(term("P1Y"), term("P2Y"), on("2026-02-20"))
        .then_noticed(vec![Objection::hard(refusal)]);
}

/// S-14
#[test]
fn the_component_reads_as_commuted_and_the_others_as_imposed() {
    let history = [super::imposed(crate::testing::samples::decision([
        custody(1, "P2Y"),
        fine(2, 500),
    ]))];
    let state = given::<Sentence>(history)
        .when(commute(1, a_fine(100), just_now()))
        .at(facts())
        .then_state();
    let components = state.decision().unwrap().components();
    let now: Vec<Sanction> = components.map(|(_, c)| c.sanction.clone()).collect();
    assert_eq!(now, [a_fine(100), a_fine(500)]);
}

/// S-14
#[test]
fn accepts_whatever_is_certainly_lighter() {
    let curfew = |term: &str| ordering("P1Y", [unpaid_work(100), lasting("curfew", term)]);
    for (from, to) in [
        (Sanction::Death {}, term("P6Y")),
        (term("life"), term("P6Y")),
        (term("indeterminate"), term("P6Y")),
        (term("P2Y"), suspended_for("P2Y", "P2Y")),
        (term("P1M"), a_fine(9_000_000)),
        (term("P1M"), ordering("P3Y", [unpaid_work(300)])),
        (suspended_for("P6M", "P2Y"), suspended_for("P6M", "P1Y")),
        (suspended_for("P6M", "P2Y"), suspended_for("P5M", "P2Y")),
        (curfew("P6M"), curfew("P3M")),
        (curfew("P6M"), ordering("P1Y", [unpaid_work(100)])),
        (curfew("P6M"), ordering("P6M", [unpaid_work(100)])),
        (
            ordering("P1Y", [unpaid_work(100)]),
            ordering("P1Y", [unpaid_work(99)]),
        ),
        (a_fine(200), a_fine(199)),
        (day_fines(20, 1000), day_fines(10, 1000)),
        (day_fines(20, 1000), a_fine(19_999)),
        (a_fine(20_000), day_fines(19, 1000)),
        (a_fine(100), Sanction::Admonition {}),
        (conditional(Some("P2Y")), conditional(Some("P1Y"))),
        (conditional(Some("P2Y")), conditional(None)),
        (compensation(200), compensation(100)),
        (disqualification("P2Y"), disqualification("P1Y")),
    ] {
        commuted(from, to, just_now()).then_accepted();
    }
}

fn conditional(period: Option<&str>) -> Sanction {
    let conditional_for = period.map(length);
    Sanction::Discharge { conditional_for }
}

fn compensation(minor: u64) -> Sanction {
    let amount = Some(euros(minor));
    Sanction::Compensation { amount }
}

fn disqualification(term: &str) -> Sanction {
    Sanction::Ancillary {
        kind: code("disqualification"),
        length: Some(length(term)),
    }
}

/// S-14
#[test]
fn refuses_whatever_is_not_certainly_lighter() {
    let other_kind = Sanction::Ancillary {
        kind: code("confiscation"),
        length: Some(length("P1Y")),
    };
    for (from, to) in [
        (term("P1Y"), term("P1Y")),
        (term("P1M"), term("P30D")),
        (term("P6Y"), term("life")),
        (term("indeterminate"), term("life")),
        (Sanction::Custody { term: None }, term("P1Y")),
        (term("P1Y"), suspended_for("P2Y", "P2Y")),
        (suspended_for("P6M", "P2Y"), term("P1M")),
        (suspended_for("P6M", "P1Y"), suspended_for("P5M", "P2Y")),
        (
            ordering("P1Y", [unpaid_work(60)]),
            ordering("P6M", [unpaid_work(61)]),
        ),
        (
            ordering("P1Y", [unpaid_work(60)]),
            ordering("P6M", [unpaid_work(40), lasting("curfew", "P1M")]),
        ),
        (a_fine(100), a_fine(100)),
        (Sanction::Fine { amount: None }, day_fines(10, 1000)),
        (day_fines(20, 1000), day_fines(19, 2000)),
        (a_fine(100), day_fines(10, 1000)),
        (conditional(None), conditional(Some("P1Y"))),
        (Sanction::Admonition {}, Sanction::Admonition {}),
        (disqualification("P2Y"), other_kind),
        (a_fine(100), term("P1D")),
    ] {
        let outcome = commuted(from.clone(), to.clone(), just_now());
        let code = outcome.then_code();
        assert_eq!(code, Some("sentence.not-a-reduction"), "{from:?} to {to:?}");
    }
}

/// S-6
#[test]
fn refuses_a_commutation_to_a_fine_of_nothing() {
    commuted(term("P1Y"), a_fine(0), just_now()).then_refused(SentenceRefusal::QuantityZero {
        component: ComponentNo(1),
        kind: SanctionKind::Fine,
    });
}

/// S-11
#[test]
fn refuses_a_commutation_to_what_the_jurisdiction_does_not_know() {
    let to = Sanction::Other {
        kind: code("exile"),
        length: None,
    };
    commuted(term("P1Y"), to, just_now()).then_refused(SentenceRefusal::UnknownSanction {
        kind: SanctionKind::Other,
    });
}

/// S-3
#[test]
fn refuses_a_commutation_of_a_component_that_does_not_exist() {
    let component = ComponentNo(7);
    given::<Sentence>([imposing(custody(1, "P1Y"))])
        .when(commute(7, a_fine(1), just_now()))
        .at(facts())
        .then_refused(SentenceRefusal::NoSuchComponent { component });
}

/// S-17
#[test]
fn refuses_a_commutation_after_a_pardon() {
    let pardoned = SentenceEvent::Pardoned(super::taken(step(on("2026-02-20"))));
    given::<Sentence>([imposing(custody(1, "P1Y")), pardoned])
        .when(commute(1, a_fine(1), just_now()))
        .at(facts())
        .then_refused(SentenceRefusal::NotPossible {
            state: "pardoned",
            wish: "a commutation",
        });
}
