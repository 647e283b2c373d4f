//! The path of a command through the facade, on the embedded database.

use std::time::Duration;

use domain::actor::{Actor, Purpose, Role};
use domain::person::{Person, PersonCommand, Register, Sex};
use domain::policy::{Adopt, Policy, PolicyCommand};
use domain::pretrial::{Pretrial, PretrialCommand};
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
    opened(Opening::at("sqlite://:memory:")).await
}

async fn opened(opening: Opening) -> Registry {
    let registry = Registry::open(opening).await.unwrap();
    let (name, text) = domain::jurisdiction::BUILT_IN[1];
    let hash = registry.packs().keep(text.as_bytes()).await.unwrap();
    let adopt = PolicyCommand::Adopt(Adopt {
        version: "midland/1".parse().unwrap(),
        hash,
        in_force_from: "2020-01-01".parse().unwrap(),
        unruled: Vec::new(),
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
        ..Selection::default()
    };
    let cells = registry.projections().facts().cells(&by, 100).unwrap();
    let groups: Vec<_> = cells.groups.keys().cloned().collect();
    assert_eq!(groups, [vec!["female".to_owned(), "fine".to_owned()]]);
}

#[tokio::test]
async fn an_act_on_what_another_office_has_is_recorded_and_noticed() {
    let registry = midland().await;
    let clerk = call(Role::Clerk, Purpose::Hearing);
    let person = registry.new_person_id();
    let register = PersonCommand::Register(Register::default());
    registry
        .command::<Person>(&clerk, &person.to_string(), register, Options::default())
        .await
        .unwrap();
    let open = |court: &str| -> PretrialCommand {
        serde_json::from_value(serde_json::json!({"open": {
            "person": person, "done": "2026-01-07", "court": court, "offences": ["M102"],
            "age_at_offence": {"value": 200}
        }}))
        .unwrap()
    };
    for (court, expected) in [
        ("ashby", &["plausible.too-old"][..]),
        ("brook", &["office.not-its-own", "plausible.too-old"]),
    ] {
        let id = registry.new_stream_id().to_string();
        let receipt = registry
            .command::<Pretrial>(&clerk, &id, open(court), Options::default())
            .await
            .unwrap();
        let found: Vec<&str> = receipt.findings.iter().map(|f| f.code.as_str()).collect();
        assert_eq!(found, expected, "{court}");
        // It is kept with the event, so that it stands in the list of findings and in the state.
        let shown: Found<Pretrial> = registry.show(&clerk, &id, AsOf::Now).await.unwrap();
        assert_eq!(shown.state.opened().unwrap().findings, receipt.findings);
    }
}

#[tokio::test]
async fn nobody_is_registered_who_is_not_born_yet() {
    let registry = midland().await;
    let judge = call(Role::Judge, Purpose::Hearing);
    let register = |born: &str| -> PersonCommand {
        serde_json::from_value(serde_json::json!({"register": {"identity": {"born": born}}}))
            .unwrap()
    };
    let id = registry.new_person_id().to_string();
    let refused = registry
        .command::<Person>(&judge, &id, register("2950-01-01"), Options::default())
        .await;
    let refusal = domain::person::PersonRefusal::BornInTheFuture;
    assert!(matches!(refused, Err(CommandError::Refused(said)) if said == refusal));
    registry
        .command::<Person>(&judge, &id, register("1990-02-28"), Options::default())
        .await
        .unwrap();
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

fn consent(to: &str) -> PersonCommand {
    serde_json::from_value(serde_json::json!({"give_consent": {"to": to}})).unwrap()
}

fn with_key(key: &str, request: &[u8]) -> Options {
    Options {
        key: Some((key.to_owned(), request.to_vec())),
        ..Options::default()
    }
}

#[tokio::test]
async fn a_request_that_begins_a_record_is_answered_alike_when_it_comes_again() {
    let registry = midland().await;
    let clerk = call(Role::Clerk, Purpose::Hearing);
    let register = || PersonCommand::Register(Register::default());
    // As the API does it: a new id is drawn for each request, before anybody knows that it came before.
    let (one, other) = (registry.new_person_id(), registry.new_person_id());
    let first = registry
        .command::<Person>(&clerk, &one.to_string(), register(), with_key("k", b"r"))
        .await
        .unwrap();
    let again = registry
        .command::<Person>(&clerk, &other.to_string(), register(), with_key("k", b"r"))
        .await
        .unwrap();
    let expected = Receipt {
        repeated: true,
        ..first.clone()
    };
    assert_eq!((again.id.as_str(), again.version), (first.id.as_str(), 1));
    assert_eq!(again, expected);
    let reused = registry
        .command::<Person>(&clerk, &other.to_string(), register(), with_key("k", b"x"))
        .await;
    assert!(matches!(reused, Err(CommandError::KeyReused)), "{reused:?}");
}

#[tokio::test]
async fn a_repeated_request_is_answered_alike_though_the_record_went_on() {
    let registry = midland().await;
    let clerk = call(Role::Clerk, Purpose::Hearing);
    let id = registry.new_person_id().to_string();
    let say =
        |to: &'static str, options| registry.command::<Person>(&clerk, &id, consent(to), options);
    let register = PersonCommand::Register(Register::default());
    registry
        .command::<Person>(&clerk, &id, register, Options::default())
        .await
        .unwrap();
    let first = say("a", with_key("k", b"a")).await.unwrap();
    say("b", Options::default()).await.unwrap();
    // The consent stands already, so deciding anew would record nothing: the key is asked first.
    let again = say("a", with_key("k", b"a")).await.unwrap();
    assert_eq!((again.version, again.indexes), (2, first.indexes));
    assert!(again.repeated);
}

#[tokio::test]
async fn what_one_process_remembers_yields_to_what_another_recorded() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("register.db").display());
    let one = Registry::open(Opening::at(url.clone())).await.unwrap();
    let other = Registry::open(Opening::at(url)).await.unwrap();
    let admin = call(Role::Administrator, Purpose::Administration);
    let (name, text) = domain::jurisdiction::BUILT_IN[1];
    let adopt = PolicyCommand::Adopt(Adopt {
        version: "midland/1".parse().unwrap(),
        hash: one.packs().keep(text.as_bytes()).await.unwrap(),
        in_force_from: "2020-01-01".parse().unwrap(),
        unruled: Vec::new(),
    });
    one.command::<Policy>(&admin, name, adopt, Options::default())
        .await
        .unwrap();
    let clerk = call(Role::Clerk, Purpose::Hearing);
    let id = one.new_person_id().to_string();
    let register = PersonCommand::Register(Register::default());
    one.command::<Person>(&clerk, &id, register, Options::default())
        .await
        .unwrap();
    let give = |to: &str| consent(to);
    let withdraw = |to: &str| -> PersonCommand {
        serde_json::from_value(serde_json::json!({"withdraw_consent": {"to": to}})).unwrap()
    };
    let mut version = 1;
    for (registry, command) in [
        (&one, give("a")),
        (&other, withdraw("a")),
        // The first remembers a consent that was withdrawn meanwhile.
        (&one, give("a")),
        (&other, give("b")),
        (&one, withdraw("b")),
    ] {
        let done = registry
            .command::<Person>(&clerk, &id, command, Options::default())
            .await
            .unwrap();
        version += 1;
        assert_eq!((done.version, done.events.len()), (version, 1));
    }
    let seen = Options {
        expected: Some(4),
        ..Options::default()
    };
    let late = other.command::<Person>(&clerk, &id, give("c"), seen).await;
    let conflict = matches!(
        late,
        Err(CommandError::Conflict {
            expected: 4,
            actual: 6,
            ..
        })
    );
    assert!(conflict, "{late:?}");
}

fn custody_after(earlier: Option<&str>) -> serde_json::Value {
    let runs = earlier.map(|sentence| {
        serde_json::json!({"consecutive_to_earlier": {"sentence": sentence, "component": 1}})
    });
    let mut component = serde_json::json!({"no": 1, "sanction": {"custody": {"term": "P6M"}}});
    if let (Some(fields), Some(runs)) = (component.as_object_mut(), runs) {
        fields.insert("runs".to_owned(), runs);
    }
    serde_json::json!({"court": "ashby", "counts": [{"no": 1,
        "offence": {"code": {"value": "M104"}, "category": {"value": "property"}},
        "components": [component]}]})
}

#[tokio::test]
async fn no_correction_makes_two_sentences_wait_for_each_other() {
    let registry = midland().await;
    let judge = call(Role::Judge, Purpose::Hearing);
    let person = registry.new_person_id();
    let register = PersonCommand::Register(Register::default());
    registry
        .command::<Person>(&judge, &person.to_string(), register, Options::default())
        .await
        .unwrap();
    let say = |id: &str, wish: serde_json::Value| {
        let (registry, judge, id) = (registry.clone(), judge.clone(), id.to_owned());
        async move {
            let wish: SentenceCommand = serde_json::from_value(wish).unwrap();
            registry
                .command::<Sentence>(&judge, &id, wish, Options::default())
                .await
        }
    };
    let impose = |earlier: Option<&str>| {
        serde_json::json!({"impose": {"person": person, "pronounced": "2024-05-03",
            "decision": custody_after(earlier)}})
    };
    let ids: Vec<String> = (0..3)
        .map(|_| registry.new_stream_id().to_string())
        .collect();
    say(&ids[0], impose(None)).await.unwrap();
    say(&ids[1], impose(Some(&ids[0]))).await.unwrap();
    say(&ids[2], impose(Some(&ids[1]))).await.unwrap();
    let correct = serde_json::json!({"correct_slip": {"corrects": 1, "decision": custody_after(Some(&ids[2])),
        "reason": "typing", "pronounced": "2024-05-10"}});
    let refused = say(&ids[0], correct).await;
    let circular = matches!(
        &refused,
        Err(CommandError::Refused(
            domain::sentence::SentenceRefusal::CircularTerms { .. }
        ))
    );
    assert!(circular, "{refused:?}");
}

#[tokio::test]
async fn a_command_that_is_only_checked_is_told_all_that_stands_against_it_and_stores_nothing() {
    let registry = midland().await;
    let judge = call(Role::Judge, Purpose::Hearing);
    let person = registry.new_person_id();
    let register = PersonCommand::Register(Register::default());
    registry
        .command::<Person>(&judge, &person.to_string(), register, Options::default())
        .await
        .unwrap();
    let id = registry.new_stream_id().to_string();
    let open: PretrialCommand = serde_json::from_value(serde_json::json!({"open": {
        "person": person, "done": "2024-05-03", "court": "ashby", "offences": ["M101"]}}))
    .unwrap();
    registry
        .command::<Pretrial>(&judge, &id, open, Options::default())
        .await
        .unwrap();
    let today = registry.packs().in_force(None).await.unwrap();
    let today = today.day(domain::values::Instant::from_micros(
        registry.clock().now_us(),
    ));
    let detain: PretrialCommand = serde_json::from_value(serde_json::json!({"order_detention": {
        "decided": today, "basis": "nowhere", "grounds": [],
        "next_review": today.plus_days(1), "until": today.plus_days(2)}}))
    .unwrap();
    let head = registry.head().await.unwrap();
    let options = Options::default();
    let checked = registry
        .check::<Pretrial>(&judge, &id, detain.clone(), &options)
        .await
        .unwrap();
    let refused = checked.refused.as_ref().map(domain::act::Refusal::code);
    assert_eq!(refused, Some("pretrial.not-in-force"));
    let said: Vec<&str> = checked.findings.iter().map(|f| f.code.as_str()).collect();
    for code in [
        "pretrial.not-in-force",
        "pretrial.no-ground",
        "pretrial.appeal-untold",
    ] {
        assert!(said.contains(&code), "{code} in {said:?}");
    }
    // What refuses is critical, and is not told twice.
    let weight = |code: &str| {
        let found = checked.besides().find(|finding| finding.code == code);
        found.map(|finding| finding.weight)
    };
    assert_eq!(
        weight("pretrial.no-ground"),
        Some(domain::act::Weight::Critical)
    );
    assert_eq!(
        weight("pretrial.appeal-untold"),
        Some(domain::act::Weight::Notice)
    );
    assert_eq!(weight("pretrial.not-in-force"), None);
    assert_eq!(registry.head().await.unwrap(), head);
    let clerk = call(Role::Statistician, Purpose::Research);
    let denied = registry
        .check::<Pretrial>(&clerk, &id, detain, &options)
        .await;
    assert!(matches!(denied, Err(CommandError::Denied(_))));
}

/// 1 July 2026, half past ten in the evening in UTC: half past eleven by the clocks of Midland.
const LATE_EVENING: i64 = 1_782_945_000_000_000;
const HALF_AN_HOUR: i64 = 1_800_000_000;

#[tokio::test]
async fn a_day_ends_where_the_jurisdiction_ends_it() {
    let hand = crate::clock::FixedClock::at(LATE_EVENING);
    let clock = Clock::Fixed(hand.clone());
    let registry = opened(Opening {
        clock,
        ..Opening::at("sqlite://:memory:")
    })
    .await;
    let judge = call(Role::Judge, Purpose::Hearing);
    let register = || {
        PersonCommand::Register(Register {
            sex: Known::Value(Sex::Female),
            identity: None,
        })
    };
    let mut stored = Vec::new();
    for _ in 0..2 {
        let person = registry.new_person_id().to_string();
        let wish = registry.command::<Person>(&judge, &person, register(), Options::default());
        stored.push(wish.await.unwrap().indexes.start);
        // The second is registered at half past midnight of 2 July, which in UTC is still 1 July.
        hand.advance(2 * HALF_AN_HOUR);
    }
    let first = registry
        .moment("2026-07-01".parse().unwrap())
        .await
        .unwrap();
    assert_eq!(first.index, stored.first().copied());
    assert_eq!(first.instant.to_string(), "2026-07-01T22:59:59.999999Z");
    assert!(first.past);
    let first_day = registry.today("2026-07-01".parse().unwrap()).await.unwrap();
    assert_eq!(first_day.to_string(), "2026-07-01");
    let second = registry
        .moment("2026-07-02".parse().unwrap())
        .await
        .unwrap();
    assert_eq!(second.index, stored.get(1).copied());
}
