use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::arbitrary::{commands, events, makes};
use super::facts;
use crate::act::Facts;
use crate::actor::Role;
use crate::jurisdiction::Pack;
use crate::order::{Becomes, CorrectAttendance, Order, OrderCommand, OrderEvent};
use crate::stream::{Stream, StreamEvent};
use crate::values::{Day, Quantity, RequirementNo, Unit};

fn any_facts() -> impl Strategy<Value = Facts> {
    let roles = select(vec![Role::Judge, Role::Probation, Role::System]);
    (roles, any::<bool>()).prop_map(|(role, found)| {
        let known = facts();
        Facts {
            actor: super::actor(role),
            found: if found {
                known.found.clone()
            } else {
                BTreeSet::new()
            },
            ..known
        }
    })
}

/// A correction as a page sends it: with what hangs on it.
fn with_consequences(order: &Order, wish: OrderCommand, law: &Pack) -> OrderCommand {
    let OrderCommand::CorrectAttendance(correction) = wish else {
        return wish;
    };
    let becomes = Becomes::by(&correction, law);
    OrderCommand::CorrectAttendance(CorrectAttendance {
        consequences: order.consequences(correction.appointment, &becomes),
        ..correction
    })
}

fn read_everything(order: &Order) {
    let day = Day::of(2026, 3, 5).unwrap();
    let Some(made) = order.made() else { return };
    for progress in made.progress(day) {
        assert!(progress.per_cent().is_none_or(|share| share <= 100));
    }
    assert!(made.failures(day, 12).len() <= made.appointments.len());
    assert!(made.open_warnings().count() <= made.warnings.len());
    assert!(!made.title_on(day).is_empty());
    assert!(
        made.next_appointment(day)
            .is_none_or(|(_, a)| a.attendance.is_none())
    );
}

/// The credits of the events, added up without any of the rules.
fn sums(events: &[OrderEvent]) -> BTreeMap<(RequirementNo, Unit), i64> {
    let mut sums = BTreeMap::new();
    let mut add = |no: RequirementNo, quantity: Quantity, sign: i64| {
        let sum: &mut i64 = sums.entry((no, quantity.unit())).or_default();
        let amount = i64::from(quantity.amount());
        *sum = sum.saturating_add(amount.saturating_mul(sign));
    };
    for event in events {
        if let OrderEvent::HoursCredited {
            requirement,
            quantity,
            ..
        } = event
        {
            add(*requirement, *quantity, 1);
        }
        if let OrderEvent::HoursReversed {
            requirement,
            quantity,
            ..
        } = event
        {
            add(*requirement, *quantity, -1);
        }
    }
    sums
}

proptest! {
    #[test]
    fn an_order_is_read_from_any_list_of_events(events in vec(events(), 0..40)) {
        let order = events.iter().fold(Order::default(), Order::evolve);
        read_everything(&order);
        let kept: Order = serde_json::from_str(&serde_json::to_string(&order).unwrap()).unwrap();
        prop_assert_eq!(kept, order);
    }

    #[test]
    fn a_decision_on_any_history_never_panics(
        events in vec(events(), 0..30), wish in commands(), facts in any_facts(),
    ) {
        let order = events.iter().fold(Order::default(), Order::evolve);
        let wish = with_consequences(&order, wish, &facts.law);
        if let Ok(decided) = order.decide(wish, &facts) {
            prop_assert!(!decided.is_empty());
            read_everything(&decided.iter().fold(order, Order::evolve));
        }
    }

    #[test]
    fn whatever_is_decided_is_taken_up_and_never_credits_below_zero(
        make in makes(), wishes in vec((commands(), any_facts()), 0..40),
    ) {
        let mut order = Order::default();
        let mut history: Vec<OrderEvent> = Vec::new();
        let first = (OrderCommand::Make(make), facts());
        for (wish, facts) in std::iter::once(first).chain(wishes) {
            let wish = with_consequences(&order, wish, &facts.law);
            let Ok(decided) = order.decide(wish, &facts) else { continue };
            let before = order.clone();
            order = decided.iter().fold(order, Order::evolve);
            prop_assert!(order != before, "{decided:?} changed nothing");
            history.extend(decided);
            for ((no, unit), sum) in sums(&history) {
                prop_assert!(sum >= 0, "{no}: {sum}");
                let kept = order.made().unwrap().requirements[&no].credited_in(unit);
                prop_assert_eq!(i64::from(kept), sum.min(i64::from(u32::MAX)));
            }
        }
    }

    #[test]
    fn every_event_is_written_and_read_again(event in events()) {
        let text = serde_json::to_string(&event).unwrap();
        prop_assert_eq!(&serde_json::from_str::<OrderEvent>(&text).unwrap(), &event);
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&serde_json::from_value::<OrderEvent>(value.clone()).unwrap(), &event);
        prop_assert!(OrderEvent::names().contains(&event.name()));
        let word = value.as_object().and_then(|o| o.keys().next().cloned()).unwrap();
        prop_assert_eq!(format!("order.{word}"), event.name());
    }
}
