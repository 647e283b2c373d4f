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

fn midland() -> (&'static str, &'static str) {
    let mut built_in = domain::jurisdiction::BUILT_IN.iter().copied();
    built_in.find(|(name, _)| *name == "midland").unwrap()
}

async fn adopt(registry: &Registry, text: &str, version: &str, from: &str) {
    let hash = registry.packs().keep(text.as_bytes()).await.unwrap();
    let adopt = PolicyCommand::Adopt(Adopt {
        version: version.parse().unwrap(),
        hash,
        in_force_from: from.parse().unwrap(),
        unruled: Vec::new(),
    });
    let admin = call(Role::Administrator, Purpose::Administration);
    let (name, _) = midland();
    let adopted = registry.command::<Policy>(&admin, name, adopt, Options::default());
    adopted.await.unwrap();
}

async fn with_one_fine() -> Registry {
    let registry = Registry::open(Opening::at("sqlite://:memory:"))
        .await
        .unwrap();
    adopt(&registry, midland().1, "midland/1", "2020-01-01").await;
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
    let log = registry.consultations(&oversight, AsOf::Now, None, 10);
    let log = log.await.unwrap().rows;
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
async fn decisions_are_counted_up_to_a_day_that_has_come() {
    let registry = with_one_fine().await;
    let oversight = call(Role::Oversight, Purpose::Inspection);
    let today = registry.today(AsOf::Now).await.unwrap();
    let tomorrow = today.plus_days(1);
    let asked = |until: &str| ViewRequest::of(ViewName::Disposals).decided_until(until);
    let ahead = asked(&tomorrow.to_string()).unwrap();
    let moments = (AsOf::Index(1), AsOf::Now);
    let refused = [
        registry
            .view(&oversight, &ahead, AsOf::Now, Freshness::CaughtUp)
            .await
            .err(),
        registry
            .view_between(&oversight, &ahead, moments, Freshness::CaughtUp)
            .await
            .err(),
        registry
            .decisions_behind(&oversight, &ahead, AsOf::Now, (0, 10))
            .await
            .err(),
    ];
    for error in refused {
        let said = error.unwrap().to_string();
        let way_out = format!("decided_until: {tomorrow} has not come yet");
        assert!(said.starts_with(&way_out), "{said}");
        assert!(said.contains(&format!("up to {today}")), "{said}");
    }
    let come = asked(&today.to_string()).unwrap();
    let view = registry.view(&oversight, &come, AsOf::Now, Freshness::CaughtUp);
    assert_eq!(view.await.unwrap().header().decisions, 1);
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

#[tokio::test]
async fn a_past_view_is_shown_under_the_rules_of_its_moment() {
    let registry = with_one_fine().await;
    let before = registry.moment(AsOf::Now).await.unwrap().index.unwrap();
    let later = midland().1.replace("midland/1", "midland/2");
    let later = later.replace("midland-schedule-1/1", "midland-schedule-1/2");
    adopt(&registry, &later, "midland/2", "2021-01-01").await;
    let oversight = call(Role::Oversight, Purpose::Inspection);
    let request = ViewRequest::of(ViewName::Proportionality);
    let mut used = Vec::new();
    for moment in [AsOf::Index(before), AsOf::Now] {
        let view = registry.view(&oversight, &request, moment, Freshness::CaughtUp);
        let policies = view.await.unwrap().header().policies.clone();
        let gravity = policies.gravity.unwrap().value.unwrap();
        used.push((policies.rules.join(" "), gravity.version));
    }
    let expected = [
        ("midland/1", "midland-schedule-1/1"),
        ("midland/2", "midland-schedule-1/2"),
    ];
    assert_eq!(
        used,
        expected.map(|(rules, gravity)| (rules.to_owned(), gravity.to_owned()))
    );
}

#[tokio::test]
async fn the_decisions_behind_a_figure_are_those_it_counts() {
    let registry = with_one_fine().await;
    let oversight = call(Role::Oversight, Purpose::Inspection);
    let request = ViewRequest::of(ViewName::Disposals);
    let caught_up = registry.view(&oversight, &request, AsOf::Now, Freshness::CaughtUp);
    assert_eq!(caught_up.await.unwrap().header().decisions, 1);
    for (condition, expected) in [("sex=female", 1), ("sex=male", 0), ("prior-record=none", 0)] {
        let request = request.clone().with(condition).unwrap();
        let found = registry.decisions_behind(&oversight, &request, AsOf::Now, (0, 10));
        assert_eq!(found.await.unwrap().rows.len(), expected, "{condition}");
    }
    let found = registry.decisions_behind(&oversight, &request, AsOf::Index(1), (0, 10));
    assert_eq!(found.await.unwrap().rows.len(), 0);
    let statistician = call(Role::Statistician, Purpose::Research);
    let denied = registry.decisions_behind(&statistician, &request, AsOf::Now, (0, 10));
    assert!(matches!(denied.await, Err(ViewError::Denied(_))));
}

#[tokio::test]
async fn what_is_offered_are_the_words_that_decisions_use() {
    let registry = with_one_fine().await;
    let oversight = call(Role::Oversight, Purpose::Inspection);
    let request = ViewRequest::of(ViewName::Gender);
    let caught_up = registry.view(&oversight, &request, AsOf::Now, Freshness::CaughtUp);
    caught_up.await.unwrap();
    let offered = registry.figures_offered(&oversight, &request, AsOf::Now);
    let offered = offered.await.unwrap();
    let words = |column: &str| -> Vec<String> {
        let found = offered
            .columns
            .iter()
            .find(|o| o.column.code == column)
            .unwrap();
        found.words.iter().map(|word| word.title.clone()).collect()
    };
    assert_eq!(words("sex"), ["women"]);
    assert_eq!(words("court"), ["Ashby District Court"]);
    let groupings: Vec<&str> = offered
        .groupings(ViewName::Gender)
        .map(|c| c.code.as_str())
        .collect();
    assert!(groupings.contains(&"category"), "{groupings:?}");
    assert!(
        !groupings.contains(&"sex") && !groupings.contains(&"disposal"),
        "{groupings:?}"
    );
    assert_eq!(offered.scales.len(), 2);
}

#[tokio::test]
async fn a_jurisdiction_without_rules_is_refused_with_those_there_are() {
    let registry = with_one_fine().await;
    let oversight = call(Role::Oversight, Purpose::Inspection);
    let request = ViewRequest {
        jurisdiction: Some("atlantis".to_owned()),
        ..ViewRequest::of(ViewName::Gender)
    };
    let refused = registry
        .view(&oversight, &request, AsOf::Now, Freshness::CaughtUp)
        .await;
    let said = refused.unwrap_err().to_string();
    assert!(
        said.contains("\"atlantis\"") && said.contains("midland"),
        "{said}"
    );
}
