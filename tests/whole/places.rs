//! Places of detention and those who are held in them: how full they are, when release is possible, who was never
//! considered; on SQLite and on PostgreSQL, today and as of the past.
#![expect(
    clippy::indexing_slicing,
    reason = "what a JSON value lacks reads as null, and the step that needs it fails"
)]

use domain::custody::Custody;
use domain::facility::Facility;
use domain::person::Person;
use domain::release::Release;
use domain::sentence::Sentence;
use infra::registry::{AsOf, PlaceFigures, ReadError, Registry};
use serde_json::{Value, json};
use tests::{Failure, Place, Served, call, dump_read_models, person, receipt, theft};

/// A prison with so many places in use since the beginning of 2026.
async fn opened(registry: &Registry, facility: &str, places: u32) -> Result<String, Failure> {
    let id = registry.new_stream_id().to_string();
    let open = json!({"open": {
        "facility": facility, "opened": "2026-01-01", "kind": "prison", "holds": ["convicted"]
    }});
    receipt::<Facility>(registry, "prison", &id, open).await?;
    let declare = json!({"declare_capacity": {
        "declared": "2026-01-01", "definition": "operational", "places": places, "from": "2026-01-01"
    }});
    receipt::<Facility>(registry, "prison", &id, declare).await?;
    Ok(id)
}

/// Somebody sentenced to so long, with the decision's days of earlier detention.
async fn sentenced(registry: &Registry, term: &str, remand: Value) -> Result<[String; 2], Failure> {
    let person = person(registry, "male").await?;
    let mut decision = theft(json!({"custody": {"term": term}}));
    decision["remand_days"] = remand;
    let impose = json!({"impose": {
        "person": person, "pronounced": "2025-06-02", "decision": decision
    }});
    let sentence = registry.new_stream_id().to_string();
    receipt::<Sentence>(registry, "judge", &sentence, impose).await?;
    Ok([person.to_string(), sentence])
}

/// Held on a sentence from a day on.
async fn held(
    registry: &Registry,
    [person, sentence]: &[String; 2],
    (facility, from, until): (&str, &str, Option<&str>),
) -> Result<String, Failure> {
    let stay = registry.new_stream_id().to_string();
    let mut admit = json!({"admit": {
        "person": person, "admitted": from, "facility": facility,
        "commitment": {"basis": {"sentence": sentence}, "authority": "ashby"},
        "reception": {"age": {"value": 30}}
    }});
    if let Some(until) = until {
        admit["admit"]["commitment"]["until"] = json!(until);
    }
    receipt::<Custody>(registry, "prison", &stay, admit).await?;
    Ok(stay)
}

async fn moved(registry: &Registry, stay: &str, on: &str, to: &str) -> Result<(), Failure> {
    let transfer = json!({"transfer": {"moved": on, "to": to, "reason": "nearer-family"}});
    receipt::<Custody>(registry, "prison", stay, transfer).await?;
    Ok(())
}

fn named<'a>(places: &'a [PlaceFigures], facility: &str) -> Result<&'a PlaceFigures, Failure> {
    let found = places.iter().find(|place| place.facility == facility);
    found.ok_or_else(|| format!("{facility} is not listed").into())
}

#[expect(clippy::too_many_lines, reason = "one place, then and now")]
#[tokio::test]
async fn a_place_is_as_full_as_its_stays_make_it_day_by_day_and_as_of_the_past()
-> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let calder = opened(&registry, "calder-prison", 1).await?;
        opened(&registry, "elmet-open", 10).await?;
        let one = sentenced(&registry, "P2Y", json!({"value": 0})).await?;
        held(
            &registry,
            &one,
            ("calder-prison", "2026-02-01", Some("2026-03-10")),
        )
        .await?;
        let other = sentenced(&registry, "P2Y", json!({"value": 0})).await?;
        let stay = held(&registry, &other, ("calder-prison", "2026-02-03", None)).await?;
        registry.catch_up().await?;
        let (before, _) = registry.head().await?;
        moved(&registry, &stay, "2026-02-20", "elmet-open").await?;
        registry.catch_up().await?;

        let statistician = call("statistician")?;
        let found = registry.places(&statistician, AsOf::Now).await?;
        let calder_now = named(&found.places, "calder-prison")?;
        assert_eq!(calder_now.held, 1);
        // Two on one place from the 3rd to the 19th of February.
        assert_eq!(
            (
                calder_now.capacities[0].days_over,
                calder_now.capacities[0].days_said
            ),
            (17, 61)
        );
        assert_eq!(calder_now.capacities[0].title, "Places in use");
        assert_eq!(named(&found.places, "elmet-open")?.held, 1);
        let stays: Vec<_> = found
            .together
            .iter()
            .filter(|all| all.by == "stays")
            .collect();
        assert_eq!((stays[0].places, stays[0].held, stays[0].over), (11, 2, 0));

        let then = registry
            .places(&statistician, AsOf::Index(before - 1))
            .await?;
        let full = named(&then.places, "calder-prison")?.capacities[0]
            .by_stays
            .clone();
        let full = full.ok_or("the number of places is declared")?;
        assert_eq!(
            (full.held, full.per_hundred.as_str(), full.over),
            (2, "200.0", 1)
        );

        let operational = "operational".parse()?;
        let by_day = registry
            .places_by_day(&statistician, AsOf::Now, (Some(&operational), 61))
            .await?;
        assert_eq!(by_day.days[0], "2026-01-01".parse()?);
        let mut places = by_day.places.iter();
        let own = places.find(|place| place.id.as_deref() == Some(&calder));
        let own = own.ok_or("it is among all places")?;
        let over = own.held.iter().zip(&own.places);
        assert_eq!(
            over.filter(|(held, places)| **places < Some(**held))
                .count(),
            17
        );
        let served = Served::start(&place)?;
        let page = served.get("statistician", "/figures/occupancy").await?;
        let told = "None of 2 places of detention holds more people than there are places for at the end of";
        assert!(page.body.contains(told), "{}", page.body);
        let address = format!("/figures/occupancy?days=30&as_of={}", before - 1);
        let page = served.get("statistician", &address).await?;
        assert!(
            page.body
                .contains("1 of 2 places of detention holds more people"),
            "{}",
            page.body
        );
        assert!(
            page.body
                .contains("All together hold 2 for 11 places, 18.2 for each 100.")
        );
        let lasting = format!("days=30&#38;as_of={}", before - 1);
        assert!(page.body.contains(&lasting), "{}", page.body);
        drop(served);

        let period = (Some("2026-02-01".parse()?), Some("2026-02-21".parse()?));
        let days = registry
            .occupied(&statistician, &calder, AsOf::Now, period)
            .await?;
        let held: Vec<u32> = days.days.iter().map(|stock| stock.held).collect();
        assert_eq!(held[..4], [1, 1, 2, 2]);
        assert_eq!(held[17..], [2, 2, 1, 1]);
        let now = registry
            .occupied(&statistician, &calder, AsOf::Now, (None, None))
            .await?;
        assert_eq!((now.ahead.held, now.ahead.without_last_day), (1, 0));
        assert_eq!(now.ahead.steps[0].day, "2026-03-11".parse()?);
        assert_eq!(now.ahead.steps[0].held, 0);
        let stranger = registry.new_stream_id().to_string();
        let unknown = registry
            .occupied(&statistician, &stranger, AsOf::Now, (None, None))
            .await;
        assert!(matches!(unknown, Err(ReadError::Unknown { .. })));

        // Filed anew from the ledger, the rows are the same.
        let database = place.database().await?;
        let live = dump_read_models(&database).await?;
        registry.projections().rebuild().await?;
        assert_eq!(dump_read_models(&database).await?, live);
    }
    Ok(())
}

#[tokio::test]
async fn the_dates_of_a_sentence_rest_on_the_stay_or_on_the_mark_and_say_what_is_missing()
-> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let judge = call("judge")?;
        let one = sentenced(&registry, "P18M", json!({"value": 40})).await?;
        registry.catch_up().await?;
        let dates = registry.sentence_dates(&judge, &one[1], AsOf::Now).await?;
        let missing = dates.calculation.and_then(|found| found.why_not);
        assert_eq!(missing.ok_or("nothing is missing")?.code, "begun");
        held(&registry, &one, ("calder-prison", "2025-06-02", None)).await?;
        registry.catch_up().await?;
        let dates = registry.sentence_dates(&judge, &one[1], AsOf::Now).await?;
        let found = dates.calculation.ok_or("it is imposed")?;
        assert_eq!(found.ends, Some("2026-10-22".parse()?), "{found:?}");
        let parole = found
            .releases
            .iter()
            .find(|kind| kind.kind.as_str() == "parole");
        let parole = parole.ok_or("the rules name parole")?;
        assert_eq!(parole.eligible, Some("2026-01-21".parse()?), "{parole:?}");

        let marked = sentenced(&registry, "P1Y", json!("not_recorded")).await?;
        let start = json!({"start_custody": {"component": 1, "on": "2025-06-02"}});
        receipt::<Sentence>(&registry, "clerk", &marked[1], start).await?;
        let dates = registry
            .sentence_dates(&judge, &marked[1], AsOf::Now)
            .await?;
        let missing = dates.calculation.and_then(|found| found.why_not);
        assert_eq!(missing.ok_or("nothing is missing")?.code, "remand");
        let credit = json!({"credit_remand": {"days": 0, "pronounced": "2025-06-03"}});
        receipt::<Sentence>(&registry, "clerk", &marked[1], credit).await?;
        let dates = registry
            .sentence_dates(&judge, &marked[1], AsOf::Now)
            .await?;
        let found = dates.calculation.ok_or("it is imposed")?;
        assert_eq!(found.ends, Some("2026-06-01".parse()?));
    }
    Ok(())
}

#[tokio::test]
async fn whoever_is_past_a_day_of_release_is_listed_until_somebody_considers_it()
-> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let authority = call("release")?;
        let one = sentenced(&registry, "P18M", json!({"value": 40})).await?;
        held(&registry, &one, ("calder-prison", "2025-06-02", None)).await?;
        let silent = sentenced(&registry, "P1Y", json!("not_recorded")).await?;
        held(&registry, &silent, ("calder-prison", "2025-06-02", None)).await?;
        registry.catch_up().await?;
        let kinds = async |skip: usize, limit: usize| {
            let found = registry
                .never_considered(&authority, AsOf::Now, skip, limit)
                .await?;
            let kinds: Vec<String> = found.rows.iter().map(|row| row.kind.clone()).collect();
            Ok::<_, Failure>((kinds, found))
        };
        let (listed, found) = kinds(0, 10).await?;
        assert_eq!(listed, ["half-way-house", "parole"]);
        assert_eq!((found.served, found.of), (2, 2));
        assert_eq!(found.rows[1].eligible, "2026-01-21".parse()?);
        assert_eq!(found.rows[1].days, 40);
        assert_eq!(found.rows[1].facility.as_deref(), Some("calder-prison"));
        let [missing] = found.not_worked_out.as_slice() else {
            return Err(format!("{:?}", found.not_worked_out).into());
        };
        assert_eq!((missing.code.as_str(), missing.decisions), ("remand", 1));
        assert_eq!(kinds(1, 10).await?.0, ["parole"]);

        let release = registry.new_stream_id().to_string();
        let eligible = json!({"record_eligibility": {
            "person": one[0], "sentence": one[1], "kind": "parole",
            "eligible_on": "2026-01-21", "done": "2026-02-01"
        }});
        receipt::<Release>(&registry, "release", &release, eligible).await?;
        registry.catch_up().await?;
        let (listed, found) = kinds(0, 10).await?;
        assert_eq!(listed, ["half-way-house", "parole"]);
        assert_eq!(found.rows[1].release.as_deref(), Some(release.as_str()));
        let (before, _) = registry.head().await?;
        let consider = json!({"consider": {"done": "2026-02-20"}});
        receipt::<Release>(&registry, "release", &release, consider).await?;
        registry.catch_up().await?;
        assert_eq!(kinds(0, 10).await?.0, ["half-way-house"]);
        let then = registry
            .never_considered(&authority, AsOf::Index(before - 1), 0, 10)
            .await?;
        assert_eq!(then.rows.len(), 2);
    }
    Ok(())
}

#[tokio::test]
async fn nobody_whose_record_is_sealed_is_listed_and_whoever_reads_is_written_down()
-> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let one = sentenced(&registry, "P18M", json!({"value": 40})).await?;
        held(&registry, &one, ("calder-prison", "2025-06-02", None)).await?;
        registry.catch_up().await?;
        let authority = call("release")?;
        let seen = registry
            .never_considered(&authority, AsOf::Now, 0, 10)
            .await?;
        assert_eq!(seen.rows.len(), 2);
        let oversight = call("oversight")?;
        let looked = registry
            .consultations(&oversight, AsOf::Now, None, 10)
            .await?;
        let shown: Vec<&String> = looked.rows.iter().flat_map(|look| &look.shown).collect();
        assert!(
            shown.iter().any(|shown| shown.contains(&one[1])),
            "{shown:?}"
        );
        let denied = registry
            .never_considered(&call("statistician")?, AsOf::Now, 0, 10)
            .await;
        assert!(matches!(denied, Err(ReadError::Denied(_))));
        let seal = json!({"seal_record": {"basis": "youth"}});
        receipt::<Person>(&registry, "judge", &one[0], seal).await?;
        registry.catch_up().await?;
        let unseen = registry
            .never_considered(&authority, AsOf::Now, 0, 10)
            .await?;
        assert_eq!((unseen.rows.len(), unseen.served), (0, 0));
        let dates = registry
            .sentence_dates(&authority, &one[1], AsOf::Now)
            .await;
        assert!(matches!(dates, Err(ReadError::Unknown { .. })));
    }
    Ok(())
}

/// A person received now, with everything said that is asked.
fn received(person: &str, sentence: &str, age: u16, reception: &Value) -> Value {
    let yes = json!({"value": "yes"});
    let mut told = json!({
        "identity_checked": yes, "age": {"value": age}, "group": {"value": "sentenced"},
        "injuries": {"value": "no"}, "property_listed": yes, "family_told": yes,
        "children": {"value": 0}
    });
    for (name, value) in reception.as_object().into_iter().flatten() {
        told[name] = value.clone();
    }
    json!({"admit": {
        "person": person, "admitted": "2026-03-02T09:55:00Z", "facility": "calder-prison",
        "commitment": {
            "basis": {"sentence": sentence}, "order": "A-2026-17", "authority": "ashby",
            "reasons": "A term to serve"
        },
        "arrival": {"value": {"arrested": {"arrested": "2026-03-01", "district": "ashby"}}},
        "reception": told
    }})
}

/// C8.3: children and people who are not tried yet are held apart.
#[tokio::test]
async fn a_child_is_received_among_children_and_an_untried_person_among_convicted_is_seen()
-> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let calder = opened(&registry, "calder-prison", 10).await?;
        let part = json!({"declare_capacity": {
            "declared": "2026-01-01", "definition": "operational", "places": 4, "from": "2026-01-01",
            "unit": "young", "holds": ["children"]
        }});
        receipt::<Facility>(&registry, "prison", &calder, part).await?;
        let [person, sentence] = sentenced(&registry, "P1Y", json!({"value": 0})).await?;
        registry.catch_up().await?;
        let served = Served::within(registry.clone()).await?;
        let admit = async |age: u16, reception: Value| {
            let wish = received(&person, &sentence, age, &reception);
            served.post("prison", "/v1/stays-in-custody", &wish).await
        };
        let refused = admit(16, json!({})).await?;
        assert_eq!(refused.status, 422, "{}", refused.body);
        assert_eq!(refused.text("/code")?, "custody.child-with-adults");
        assert_eq!(refused.text("/rule")?, "CU-12");
        // In the part that is for children nothing stands against it; nor, with a provision, among adults.
        let among_children = admit(16, json!({"unit": "young"})).await?;
        assert_eq!(among_children.status, 201, "{}", among_children.body);
        // But that the prison service of Ashby records it for Calder is seen.
        let seen = among_children.at("/findings")?;
        assert_eq!(seen.as_array().map(Vec::len), Some(1), "{seen}");
        assert_eq!(
            among_children.text("/findings/0/code")?,
            "office.not-its-own"
        );
        let allowed = admit(16, json!({"with_adults": "mpa-12"})).await?;
        assert_eq!(allowed.status, 201, "{}", allowed.body);
        assert_eq!(
            allowed.text("/findings/0/code")?,
            "custody.child-with-adults"
        );
        assert_eq!(allowed.text("/findings/0/weight")?, "notice");
        // Whoever is not tried yet is received, and that is seen.
        let untried = admit(30, json!({"group": {"value": "untried"}})).await?;
        assert_eq!(untried.status, 201, "{}", untried.body);
        assert_eq!(untried.text("/findings/0/code")?, "custody.not-apart");
        // A child who was among adults already is a fact, and a critical finding.
        let mut fact = received(&person, &sentence, 16, &json!({}));
        fact["admit"]["admitted"] = json!("2026-02-03");
        fact["admit"]["arrival"]["value"]["arrested"]["arrested"] = json!("2026-02-02");
        let recorded = served.post("prison", "/v1/stays-in-custody", &fact).await?;
        assert_eq!(recorded.status, 201, "{}", recorded.body);
        assert_eq!(
            recorded.text("/findings/0/code")?,
            "custody.child-with-adults"
        );
        assert_eq!(recorded.text("/findings/0/weight")?, "critical");
    }
    Ok(())
}
