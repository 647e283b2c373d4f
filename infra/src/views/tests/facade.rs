//! A view through the facade, on the embedded database.

use domain::actor::{Actor, Purpose, Role};
use domain::person::{Person, PersonCommand, Register, Sex};
use domain::policy::{Adopt, Policy, PolicyCommand};
use domain::sentence::{Sentence, SentenceCommand};
use domain::values::{Known, OfficeCode, SubjectId};

use crate::access::Call;
use crate::registry::{AsOf, Freshness, Opening, Options, Registry};
use crate::views::{ViewError, ViewName, ViewRequest};

fn call(role: Role, purpose: Purpose) -> Call {
    let actor = Actor {
        subject: SubjectId::parse("somebody").unwrap(),
        role,
        office: OfficeCode::parse("ashby").unwrap(),
    };
    Call::new(actor, purpose)
}

async fn with_one_fine() -> Registry {
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
    let adopted = registry.command::<Policy>(&admin, name, adopt, Options::default());
    adopted.await.unwrap();
    let judge = call(Role::Judge, Purpose::Hearing);
    let person = registry.new_person_id();
    let register = PersonCommand::Register(Register {
        sex: Known::Value(Sex::Female),
        identity: None,
    });
    let id = person.to_string();
    let registered = registry.command::<Person>(&judge, &id, register, Options::default());
    registered.await.unwrap();
    let impose: SentenceCommand = serde_json::from_value(serde_json::json!({"impose": {
        "person": person, "pronounced": "2024-05-03",
        "decision": {"court": "ashby", "counts": [{"no": 1,
            "offence": {"code": {"value": "M101"}, "category": {"value": "property"}},
            "components": [{"no": 1, "sanction": {"fine": {"amount": {"minor": 20000, "currency": "EUR"}}}}]}]}
    }}))
    .unwrap();
    let id = registry.new_stream_id().to_string();
    let imposed = registry.command::<Sentence>(&judge, &id, impose, Options::default());
    imposed.await.unwrap();
    registry
}

#[tokio::test]
async fn a_view_is_allowed_written_down_and_says_how_far_it_reaches() {
    let registry = with_one_fine().await;
    let oversight = call(Role::Oversight, Purpose::Inspection);
    let request = ViewRequest::of(ViewName::Disposals);
    let filed = registry.view(&oversight, &request, AsOf::Now, Freshness::AsFiled);
    let header = filed.await.unwrap().header().clone();
    assert_eq!((header.decisions, header.as_of.behind), (0, 3));
    let caught_up = registry.view(&oversight, &request, AsOf::Now, Freshness::CaughtUp);
    let header = caught_up.await.unwrap().header().clone();
    assert_eq!((header.decisions, header.as_of.index), (1, Some(2)));
    assert_eq!(header.jurisdictions[0].title, "Midland (fictional)");
    let earlier = registry.view(&oversight, &request, AsOf::Index(1), Freshness::AsFiled);
    assert_eq!(earlier.await.unwrap().header().decisions, 0);
    let log = registry.consultations(&oversight, 10).await.unwrap();
    let shown: Vec<&str> = log
        .iter()
        .flat_map(|c| &c.shown)
        .map(String::as_str)
        .collect();
    assert!(
        shown.contains(&"figures/disposals?by=&as_of=2"),
        "{shown:?}"
    );
}

#[tokio::test]
async fn a_role_without_figures_sees_none() {
    let registry = with_one_fine().await;
    let service = call(Role::System, Purpose::Supervision);
    let request = ViewRequest::of(ViewName::Gender);
    let denied = registry
        .view(&service, &request, AsOf::Now, Freshness::AsFiled)
        .await;
    assert!(matches!(denied, Err(ViewError::Denied(_))));
}
