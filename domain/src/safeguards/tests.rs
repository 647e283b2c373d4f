//! The catalogue is whole, and every safeguard is met where the catalogue says.

use std::collections::BTreeSet;

use schemars::schema_for;

use super::{Class, SAFEGUARDS, SafeguardRules, SecondDoor, Stands, list, met_by};
use crate::for_every_stream;
use crate::jurisdiction::{BUILT_IN, Pack};
use crate::schemas::event_schemas;
use crate::sentence::SanctionKind;
use crate::stream::Stream;

/// What the register itself does.
const OF_THE_REGISTER: [&str; 5] = ["read", "export", "store", "build", "clock"];

/// Every command of every stream: `pretrial.order_detention`.
fn commands() -> BTreeSet<String> {
    fn of<S: Stream>() -> impl Iterator<Item = String>
    where
        S::Command: schemars::JsonSchema,
    {
        let schema = schema_for!(S::Command).to_value();
        let variants = schema.get("oneOf").and_then(serde_json::Value::as_array);
        let names = variants.into_iter().flatten().filter_map(|variant| {
            let name = variant.get("required")?.get(0)?.as_str()?;
            Some(format!("{}.{name}", S::TYPE))
        });
        names.collect::<Vec<_>>().into_iter()
    }
    macro_rules! of_every_stream {
        ($($stream:ident $module:ident $event:ident,)*) => {
            std::iter::empty()$(.chain(of::<crate::$module::$stream>()))*.collect()
        };
    }
    for_every_stream!(of_every_stream)
}

#[test]
fn an_act_is_refused_without_what_a_safeguard_asks_only_where_it_asks_for_reasons_or_refuses() {
    let mut law = Pack::parse(BUILT_IN[1].1).unwrap();
    let asked = [
        (Stands::Off, false),
        (Stands::Finding, false),
        (Stands::Reasons, true),
        (Stands::Refused, true),
    ];
    for (stands, expected) in asked {
        law.safeguards.0.insert("EM-5".to_owned(), stands);
        assert_eq!(super::is_asked("EM-5", &law), expected, "{stands:?}");
    }
    assert!(!super::is_asked("no safeguard", &law));
}

#[test]
fn there_are_eighty_safeguards_each_with_its_source() {
    assert_eq!(SAFEGUARDS.len(), 80);
    let ids: BTreeSet<&str> = SAFEGUARDS.iter().map(|s| s.id).collect();
    assert_eq!(ids.len(), 80, "an id is used twice");
    for safeguard in SAFEGUARDS {
        let texts = [
            safeguard.instrument,
            safeguard.provision,
            safeguard.says,
            safeguard.record,
            safeguard.effect,
            safeguard.view,
        ];
        assert!(
            texts.iter().all(|text| !text.is_empty()),
            "{}",
            safeguard.id
        );
        assert!(
            !safeguard.acts.is_empty(),
            "{} is met by nothing",
            safeguard.id
        );
    }
}

#[test]
fn every_act_that_meets_a_safeguard_is_a_command_of_a_stream() {
    let commands = commands();
    let streams: BTreeSet<&str> = commands
        .iter()
        .filter_map(|c| c.split('.').next())
        .collect();
    for safeguard in SAFEGUARDS {
        for act in safeguard.acts {
            let stream = act.split('.').next().unwrap();
            let known = OF_THE_REGISTER.contains(act)
                || commands.contains(*act)
                || !streams.contains(stream);
            assert!(known, "{}: {act} is no command", safeguard.id);
        }
    }
}

#[test]
fn every_safeguard_is_listed_with_at_least_one_test_that_names_it() {
    let listed = list();
    let ids: Vec<&str> = listed.iter().map(|listed| listed.id).collect();
    let known: Vec<&str> = SAFEGUARDS.iter().map(|safeguard| safeguard.id).collect();
    assert_eq!(ids, known);
    let unshown = listed.iter().filter(|listed| listed.tests.is_empty());
    let unshown: Vec<&str> = unshown.map(|listed| listed.id).collect();
    assert_eq!(unshown, Vec::<&str>::new());
}

#[test]
fn the_list_says_in_words_what_a_safeguard_does_where_it_is_not_met() {
    for listed in list() {
        let class = SAFEGUARDS.iter().find(|known| known.id == listed.id);
        let title = match class.unwrap().class {
            Class::Hard => "refusal",
            Class::HardAndPolicy => "refusal and finding",
            Class::Policy => "finding",
            Class::Reasons => "reasons",
        };
        assert_eq!(listed.kind.title(), title, "{}", listed.id);
    }
}

/// TR-20.3
#[test]
fn every_measure_is_counted_in_a_figure() {
    let words: BTreeSet<&str> = SanctionKind::ALL.map(SanctionKind::word).into();
    assert_eq!(words.len(), SanctionKind::ALL.len());
    for kind in SanctionKind::ALL {
        // What is stored is what figures count under.
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.word());
    }
    for (name, text) in BUILT_IN {
        let pack = Pack::parse(text).unwrap();
        let sanctions = &pack.sentencing.sanctions;
        assert!(
            sanctions
                .iter()
                .all(|kind| SanctionKind::ALL.contains(kind)),
            "{name}"
        );
    }
}

/// TR-3.11
#[test]
fn no_record_holds_where_somebody_moves() {
    for (name, schema) in event_schemas() {
        for property in properties(&schema) {
            let tells = ["latitude", "longitude", "coordinates", "gps", "location"];
            let told = tells.iter().any(|word| property.contains(word));
            assert!(!told, "{name} holds {property}");
        }
    }
}

fn properties(schema: &serde_json::Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut left = vec![schema];
    while let Some(value) = left.pop() {
        if let Some(properties) = value.get("properties").and_then(|p| p.as_object()) {
            found.extend(properties.keys().cloned());
        }
        left.extend(
            value
                .as_object()
                .into_iter()
                .flat_map(|fields| fields.values()),
        );
        left.extend(value.as_array().into_iter().flatten());
    }
    found
}

#[test]
fn an_order_of_detention_meets_what_the_catalogue_says() {
    let met: Vec<&str> = met_by("pretrial.order_detention").map(|s| s.id).collect();
    for id in [
        "TR-3.1", "TR-6.1", "TR-6.2", "TR-6.3", "BR-64", "BJ-17", "CRC-40", "KD-LA", "DP-7",
    ] {
        assert!(met.contains(&id), "{id}");
    }
}

#[test]
fn there_are_as_many_of_each_class_as_the_law_has() {
    let count = |class| SAFEGUARDS.iter().filter(|s| s.class == class).count();
    assert_eq!(count(Class::Hard), 38);
    assert_eq!(count(Class::Policy), 20);
    assert_eq!(count(Class::Reasons), 15);
    assert_eq!(count(Class::HardAndPolicy), 7);
    let critical = SAFEGUARDS
        .iter()
        .filter(|s| s.second_door == SecondDoor::Critical);
    assert_eq!(critical.count(), 21);
}

#[test]
fn no_policy_softens_what_is_hard_or_names_what_is_none() {
    let check = |id: &str| SafeguardRules::of([(id.to_owned(), Stands::Off)].into()).check();
    assert!(check("TR-3.1").is_err());
    assert!(check("TR-99").is_err());
    assert!(check("TR-6.1").is_ok());
    assert!(check("PR-1").is_ok());
}
