use proptest::collection::vec;
use proptest::prelude::*;

use super::{Adopt, Policy, PolicyCommand, PolicyEvent, PolicyRefusal, Supersede};
use crate::jurisdiction::{BUILT_IN, Pack};
use crate::personal::DataClass;
use crate::stream::Stream;
use crate::testing::arbitrary::{self, facts as any_facts};
use crate::testing::samples::facts;
use crate::testing::{Then, given, state, stored};
use crate::values::PolicyVersion;

fn version(text: &str) -> PolicyVersion {
    text.parse().unwrap()
}

fn adoption(of: &str) -> Adopt {
    Adopt {
        version: version(of),
        hash: "ab".repeat(32),
        in_force_from: "2026-01-01".parse().unwrap(),
        unruled: Vec::new(),
    }
}

fn adopted(of: &str) -> PolicyEvent {
    PolicyEvent::Adopted(adoption(of))
}

fn supersession(of: &str, by: &str) -> Supersede {
    Supersede {
        version: version(of),
        by: version(by),
        from: "2026-02-01".parse().unwrap(),
    }
}

fn after<const N: usize>(history: [PolicyEvent; N], wish: PolicyCommand) -> Then<Policy> {
    given(history).when(wish).at(facts())
}

/// PO-1
#[test]
fn accepts_the_adoption_of_a_version() {
    after([], PolicyCommand::Adopt(adoption("midland/1"))).then_events([adopted("midland/1")]);
}

/// PO-1
#[test]
fn refuses_to_adopt_a_version_twice_whatever_its_bytes() {
    let changed = Adopt {
        hash: "cd".repeat(32),
        ..adoption("midland/1")
    };
    after([adopted("midland/1")], PolicyCommand::Adopt(changed)).then_refused(
        PolicyRefusal::AlreadyAdopted {
            version: version("midland/1"),
        },
    );
}

/// PO-1
#[test]
fn refuses_a_hash_that_is_none() {
    for hash in [String::new(), "ab".repeat(31), "xy".repeat(32)] {
        let wish = Adopt {
            hash: hash.clone(),
            ..adoption("midland/1")
        };
        after([], PolicyCommand::Adopt(wish)).then_refused(PolicyRefusal::NotAHash { hash });
    }
}

/// DP-2
#[test]
fn accepts_only_rules_that_say_how_long_each_class_of_data_is_kept() {
    let unruled = Adopt {
        unruled: vec![DataClass::Health],
        ..adoption("midland/1")
    };
    after([], PolicyCommand::Adopt(unruled)).then_refused(PolicyRefusal::NoRetention {
        classes: vec![DataClass::Health],
    });
    after([], PolicyCommand::Adopt(adoption("midland/1"))).then_events([adopted("midland/1")]);
    for (name, text) in BUILT_IN {
        let pack = Pack::parse(text).unwrap();
        assert_eq!(pack.retention.unruled(), [], "{name}");
    }
}

/// PO-2
#[test]
fn accepts_the_supersession_of_a_version_by_another_adopted_one() {
    let wish = supersession("midland/1", "midland/2");
    after(
        [adopted("midland/1"), adopted("midland/2")],
        PolicyCommand::Supersede(wish.clone()),
    )
    .then_events([PolicyEvent::Superseded(wish)]);
}

/// PO-2
#[test]
fn refuses_to_supersede_what_is_not_in_force_or_by_what_is_not_adopted() {
    for (of, by, missing) in [
        ("midland/3", "midland/1", "midland/3"),
        ("midland/1", "midland/3", "midland/3"),
    ] {
        after(
            [adopted("midland/1")],
            PolicyCommand::Supersede(supersession(of, by)),
        )
        .then_refused(PolicyRefusal::NotInForce {
            version: version(missing),
        });
    }
}

/// PO-2
#[test]
fn refuses_to_go_back_to_a_version_that_was_superseded() {
    let gone = PolicyEvent::Superseded(supersession("midland/1", "midland/2"));
    after(
        [adopted("midland/1"), adopted("midland/2"), gone],
        PolicyCommand::Supersede(supersession("midland/2", "midland/1")),
    )
    .then_refused(PolicyRefusal::NotInForce {
        version: version("midland/1"),
    });
}

/// PO-2
#[test]
fn refuses_a_version_that_follows_itself() {
    after(
        [adopted("midland/1")],
        PolicyCommand::Supersede(supersession("midland/1", "midland/1")),
    )
    .then_refused(PolicyRefusal::FollowsItself {
        version: version("midland/1"),
    });
}

/// PO-3
#[test]
fn refuses_a_version_whose_day_has_not_come() {
    let from = "2027-01-01".parse().unwrap();
    let refusal = || PolicyRefusal::NotYet {
        version: version("midland/2"),
        from,
    };
    let early = Adopt {
        in_force_from: from,
        ..adoption("midland/2")
    };
    after([], PolicyCommand::Adopt(early)).then_refused(refusal());
    let early = Supersede {
        from,
        ..supersession("midland/1", "midland/2")
    };
    let history = [adopted("midland/1"), adopted("midland/2")];
    after(history, PolicyCommand::Supersede(early)).then_refused(refusal());
}

/// PO-3
#[test]
fn accepts_a_version_on_the_day_that_has_begun_somewhere() {
    for day in ["2026-03-05", "2026-03-06"] {
        let today = Adopt {
            in_force_from: day.parse().unwrap(),
            ..adoption("midland/2")
        };
        after([], PolicyCommand::Adopt(today.clone())).then_events([PolicyEvent::Adopted(today)]);
    }
}

#[test]
fn the_version_in_force_is_the_latest_that_nothing_followed() {
    let second = Adopt {
        in_force_from: "2026-06-01".parse().unwrap(),
        ..adoption("midland/2")
    };
    let history = [
        adopted("midland/1"),
        PolicyEvent::Adopted(second.clone()),
        PolicyEvent::Superseded(supersession("midland/1", "midland/2")),
    ];
    let policy: Policy = state(history);
    assert_eq!(policy.in_force(), Some(&second));
    assert_eq!(Policy::default().in_force(), None);
}

#[test]
fn a_command_names_its_unknown_field() {
    let text = r#"{"adopt":{"version":"a/1","hash":"","in_force_from":"2026-01-01","until":"x"}}"#;
    let error = serde_json::from_str::<PolicyCommand>(text).unwrap_err();
    assert!(error.to_string().contains("`until`"), "{error}");
}

proptest! {
    #[test]
    fn evolve_is_total_over_any_list_of_events(events in vec(arbitrary::policy::events(), 0..16)) {
        let adoptions = events.iter().filter(|e| matches!(e, PolicyEvent::Adopted(_))).count();
        let policy: Policy = state(events);
        prop_assert!(policy.adopted.len() <= adoptions);
    }

    #[test]
    fn every_event_is_stored_and_read_unchanged_without_floats(event in arbitrary::policy::events()) {
        stored::unchanged(&event)?;
    }

    #[test]
    fn whatever_decide_emits_is_accepted_and_stored_unchanged(
        story in vec((arbitrary::policy::commands(), any_facts()), 0..12),
    ) {
        let mut policy = Policy::default();
        for (command, facts) in story {
            for event in policy.decide(command, &facts).unwrap_or_default() {
                stored::unchanged(&event)?;
                policy = policy.evolve(&event);
                let known = match &event {
                    PolicyEvent::Adopted(adopted) => policy.adopted.contains_key(&adopted.version),
                    PolicyEvent::Superseded(gone) => policy.superseded.contains_key(&gone.version),
                };
                prop_assert!(known, "{event:?}");
            }
        }
    }
}
