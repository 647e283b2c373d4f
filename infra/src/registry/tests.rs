//! The path of a command through the facade, on the embedded database.

use std::time::Duration;

use domain::actor::{Actor, Purpose, Role};
use domain::person::{Person, PersonCommand, Register, Sex};
use domain::policy::{Adopt, Policy, PolicyCommand};
use domain::sentence::{Sentence, SentenceCommand};
use domain::values::{Known, OfficeCode, SubjectId};

use super::*;
use crate::access::Call;
use crate::facts::Selection;

fn call(role: Role, purpose: Purpose) -> Call {
    let actor = Actor {
        subject: SubjectId::parse("somebody").unwrap(),
        role,
        office: OfficeCode::parse("ashby").unwrap(),
    };
    Call::new(actor, purpose)
}

async fn midland() -> Registry {
    let registry = Registry::open(Opening::at("sqlite://:memory:"))
        .await
        .unwrap();
    let (name, text) = domain::jurisdiction::BUILT_IN[1];
    let hash = registry.packs().keep(text.as_bytes()).await.unwrap();
    let adopt = PolicyCommand::Adopt(Adopt {
        version: "midland/1".parse().unwrap(),
        hash,
        in_force_from: "2020-01-01".parse().unwrap(),
    });
    let admin = call(Role::Administrator, Purpose::Administration);
    registry
        .command::<Policy>(&admin, name, adopt, Options::default())
        .await
        .unwrap();
    registry
}

#[tokio::test]
async fn a_sentence_that_is_imposed_stands_in_the_register_and_in_the_figures() {
    let registry = midland().await;
    let judge = call(Role::Judge, Purpose::Hearing);
    let person = registry.new_person_id();
    let register = PersonCommand::Register(Register {
        sex: Known::Value(Sex::Female),
        identity: None,
    });
    registry
        .command::<Person>(&judge, &person.to_string(), register, Options::default())
        .await
        .unwrap();
    let impose: SentenceCommand = serde_json::from_value(serde_json::json!({"impose": {
        "person": person, "pronounced": "2024-05-03",
        "decision": {"court": "ashby", "counts": [{"no": 1,
            "offence": {"code": {"value": "M101"}, "category": {"value": "property"}},
            "components": [{"no": 1, "sanction": {"fine": {"amount": {"minor": 20000, "currency": "EUR"}}}}]}]}
    }}))
    .unwrap();
    let id = registry.new_stream_id().to_string();
    let receipt = registry
        .command::<Sentence>(&judge, &id, impose, Options::default())
        .await
        .unwrap();
    assert_eq!(receipt.events, ["sentence.imposed"]);
    registry.projections().catch_up().await.unwrap();
    assert!(
        registry
            .projections()
            .wait_for(receipt.indexes.end, Duration::from_secs(5))
            .await
    );
    let page = registry
        .sentences(
            &judge,
            &RegisterQuery {
                limit: 10,
                ..RegisterQuery::default()
            },
        )
        .await
        .unwrap();
    assert_eq!(page.rows.len(), 1);
    assert_eq!(page.rows[0].summary, "fine of 200 EUR");
    let by = Selection {
        by: vec!["sex".to_owned(), "disposal".to_owned()],
        filters: vec![],
    };
    let cells = registry.projections().facts().cells(&by, 100).unwrap();
    let groups: Vec<_> = cells.groups.keys().cloned().collect();
    assert_eq!(groups, [vec!["female".to_owned(), "fine".to_owned()]]);
}

#[tokio::test]
async fn a_person_is_not_merged_into_itself() {
    let registry = midland().await;
    let judge = call(Role::Judge, Purpose::Correction);
    let person = registry.new_person_id();
    let id = person.to_string();
    let register = PersonCommand::Register(Register::default());
    registry
        .command::<Person>(&judge, &id, register, Options::default())
        .await
        .unwrap();
    let basis = "duplicate".parse().unwrap();
    let merge = PersonCommand::MergeInto {
        surviving: person,
        basis,
    };
    let refused = registry
        .command::<Person>(&judge, &id, merge, Options::default())
        .await;
    let refusal = domain::person::PersonRefusal::NotAnotherPerson { surviving: person };
    assert!(matches!(refused, Err(CommandError::Refused(said)) if said == refusal));
}
