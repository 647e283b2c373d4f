use super::{held, imposing, mark};
use crate::act::{Door, Objection};
use crate::personal::DataClass;
use crate::sentence::{
    ActivateSuspended, SanctionKind, Sentence, SentenceCommand, SentenceEvent, SentenceRefusal,
};
use crate::testing::samples::{
    community_order, custody, facts, fine, just_now, length, on, sealed, suspended, unpaid_work,
};
use crate::testing::{Then, given};
use crate::values::{ComponentNo, Occurred};

fn activation(part: Option<&str>, pronounced: Occurred) -> ActivateSuspended {
    ActivateSuspended {
        component: ComponentNo(1),
        part: part.map(length),
        pronounced,
        note: Some(sealed(DataClass::Judgment)),
    }
}

fn activated(part: Option<&str>) -> SentenceEvent {
    SentenceEvent::SuspendedTermActivated {
        activation: activation(part, just_now()),
        door: Door::Live,
        findings: vec![],
    }
}

/// A part of a suspended term of six months is activated.
fn activating(part: Option<&str>, pronounced: Occurred) -> Then<Sentence> {
    let wish = SentenceCommand::ActivateSuspended(activation(part, pronounced));
    given([imposing(suspended(1, "P6M"))])
        .when(wish)
        .at(facts())
}

/// S-15
#[test]
fn accepts_the_activation_of_the_whole_of_all_of_it_and_of_a_part() {
    for part in [None, Some("P6M"), Some("P1M")] {
        activating(part, just_now()).then_events([activated(part)]);
    }
}

/// S-15
#[test]
fn refuses_to_activate_more_than_is_suspended() {
    let refusal = SentenceRefusal::MoreThanSuspended {
        component: ComponentNo(1),
        part: length("P7M"),
        suspended: length("P6M"),
    };
    activating(Some("P7M"), just_now()).then_refused(refusal.clone());
    activating(Some("P7M"), on("2026-02-20")).then_noticed(vec![Objection::hard(refusal)]);
}

/// S-6
#[test]
fn refuses_to_activate_nothing() {
    let refusal = SentenceRefusal::QuantityZero {
        component: ComponentNo(1),
        kind: SanctionKind::SuspendedCustody,
    };
    activating(Some("P0D"), just_now()).then_refused(refusal.clone());
    activating(Some("P0D"), on("2026-02-20")).then_noticed(vec![Objection::hard(refusal)]);
}

/// S-7
#[test]
fn refuses_to_activate_a_decimal_part() {
    activating(Some("P1.5M"), just_now()).then_refused(SentenceRefusal::NotACalendarTerm {
        component: ComponentNo(1),
        length: length("P1.5M"),
    });
}

/// S-15
#[test]
fn refuses_to_activate_what_is_not_suspended_at_either_door() {
    let component = ComponentNo(1);
    for pronounced in [just_now(), on("2026-02-20")] {
        given::<Sentence>([imposing(custody(1, "P6M"))])
            .when(SentenceCommand::ActivateSuspended(activation(
                None, pronounced,
            )))
            .at(facts())
            .then_refused(SentenceRefusal::NothingSuspended { component });
    }
}

/// S-15
#[test]
fn refuses_to_activate_a_term_twice() {
    let component = ComponentNo(1);
    given::<Sentence>([imposing(suspended(1, "P6M")), activated(Some("P3M"))])
        .when(SentenceCommand::ActivateSuspended(activation(
            Some("P3M"),
            just_now(),
        )))
        .at(facts())
        .then_refused(SentenceRefusal::NothingSuspended { component });
}

#[test]
fn an_activated_term_is_served_by_its_own_event() {
    given::<Sentence>([imposing(suspended(1, "P6M")), activated(None)])
        .when(SentenceCommand::StartCustody(mark(1, just_now())))
        .at(facts())
        .then_events([held(1, just_now())]);
}

/// TR-14.4
#[test]
fn refuses_an_activation_without_reasons_and_records_one_of_the_past_with_a_notice() {
    let refusal = SentenceRefusal::ActivationUnreasoned {
        component: ComponentNo(1),
    };
    let silent = |pronounced| {
        let activation = ActivateSuspended {
            note: None,
            ..activation(None, pronounced)
        };
        given::<Sentence>([imposing(suspended(1, "P6M"))])
            .when(SentenceCommand::ActivateSuspended(activation))
            .at(facts())
    };
    silent(just_now()).then_refused(refusal.clone());
    silent(on("2026-02-20")).then_noticed(vec![Objection::reasons(refusal)]);
}

/// TR-3.10
#[test]
fn refuses_custody_under_a_component_that_imposes_none() {
    for component in [
        suspended(1, "P6M"),
        fine(1, 100),
        community_order(1, "P1Y", [unpaid_work(60)]),
    ] {
        let refusal = SentenceRefusal::NoCustodyImposed {
            component: ComponentNo(1),
            kind: component.sanction.kind(),
        };
        let starting = |on| {
            given::<Sentence>([imposing(component.clone())])
                .when(SentenceCommand::StartCustody(mark(1, on)))
                .at(facts())
        };
        starting(just_now()).then_refused(refusal.clone());
        starting(on("2026-02-20")).then_noticed(vec![Objection::hard(refusal)]);
    }
}

/// TR-3.10
#[test]
fn accepts_custody_under_a_term_of_custody() {
    given::<Sentence>([imposing(custody(1, "P6M"))])
        .when(SentenceCommand::StartCustody(mark(1, just_now())))
        .at(facts())
        .then_accepted();
}
