//! A case for another authority: to whom it is given, what is in it, and that it is the same whenever it is made.

use domain::person::Person;
use infra::registry::Registry;
use serde_json::{Value, json};
use tests::{Answer, Failure, Place, Served, call, impose, receipt, run};

const NAME: &str = "Wilhelmina Exportwright-Canary";
const WORDS: &str = "the export-cobalt reasons of the request";

/// Somebody with a sentence, an order under it, and another sentence that has nothing to do with either.
struct Told {
    registry: Registry,
    served: Served,
    person: String,
    sentence: String,
    order: String,
    other: String,
}

impl Told {
    async fn at(place: &mut Place) -> Result<Self, Failure> {
        let registry = place.midland().await?;
        let who = registry.new_person_id();
        let register =
            json!({"register": {"sex": {"value": "female"}, "identity": {"name": NAME}}});
        receipt::<Person>(&registry, "judge", &who.to_string(), register).await?;
        let order = json!({"community_order": {"period": "P1Y", "requirements": [
            {"kind": "unpaid-work", "quantity": {"minutes": 6000}}]}});
        let (sentence, _) = impose(&registry, who, order).await?;
        let fine = json!({"fine": {"amount": {"minor": 20000, "currency": "EUR"}}});
        let (other, _) = impose(&registry, who, fine).await?;
        registry.catch_up().await?;
        let served = Served::within(registry.clone()).await?;
        let orders = served
            .get("judge", &format!("/v1/orders?sentence={sentence}"))
            .await?;
        Ok(Self {
            order: orders.text("/rows/0/id")?,
            person: who.to_string(),
            registry,
            served,
            sentence,
            other,
        })
    }

    async fn exported(&self, by: &str, id: &str, query: &str) -> Result<Answer, Failure> {
        let path = format!("/v1/cases/{id}/export{query}");
        self.served.get(by, &path).await
    }

    /// The extradition of the person is asked for, with words about the person.
    async fn wanted(&self) -> Result<String, Failure> {
        let request = json!({"request": {
            "person": self.person, "done": "2026-02-02", "matter": "extradition",
            "direction": "outward", "state": "FR", "basis": "ica-5",
            "office": "central-authority", "reasons": WORDS,
            "offences": [{"code": {"value": "311-1"}, "iccs": "0502", "here": "M102"}]}});
        let address = "/v1/matters-with-other-states";
        let answer = self.served.post("clerk", address, &request).await?;
        self.registry.catch_up().await?;
        answer.text("/id")
    }
}

fn ids(case: &Value) -> Vec<&str> {
    let records = case["records"].as_array().into_iter().flatten();
    records.filter_map(|record| record["id"].as_str()).collect()
}

#[tokio::test]
async fn a_case_is_what_hangs_together_and_a_persons_is_everything() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let told = Told::at(&mut place).await?;
        let case = told.exported("clerk", &told.sentence, "").await?.json()?;
        assert_eq!(ids(&case), [&told.sentence, &told.order]);
        let of_order = told.exported("clerk", &told.order, "").await?.json()?;
        assert_eq!(ids(&of_order), ids(&case));
        assert_eq!(
            case["case"],
            json!({"kind": "sentence", "id": told.sentence})
        );
        assert_eq!(case["schema"], "urn:assize:case-export");
        let all = told.exported("clerk", &told.person, "").await?.json()?;
        for id in [&told.person, &told.sentence, &told.order, &told.other] {
            assert!(ids(&all).contains(&id.as_str()), "{id}");
        }
        assert_eq!(all["person"]["id"], told.person.as_str());
        // Each event under its own id, with both its times, the rules, and its codes in words.
        let imposed = &case["records"][0]["events"][0];
        for field in ["id", "recorded", "effective"] {
            assert!(imposed[field].is_string(), "{field}: {imposed}");
        }
        assert_eq!(imposed["policy"], "midland/1");
        assert_eq!(case["rules"][0]["version"], "midland/1");
        let offence = &imposed["legal_basis"][0];
        assert_eq!(
            (&offence["list"], &offence["code"]),
            (&json!("offences"), &json!("M102"))
        );
        assert_eq!(
            offence["labels"][0],
            json!({"language": "en", "text": "Theft"})
        );
        let at = offence["at"].as_str().unwrap_or_default();
        assert_eq!(imposed["content"].pointer(at), Some(&json!("M102")));
        Ok::<(), Failure>(())?;
    }
    Ok(())
}

#[tokio::test]
async fn what_has_no_word_in_a_language_says_why() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let told = Told::at(&mut place).await?;
        let case = told
            .exported("clerk", &told.sentence, "?languages=en,tlh")
            .await?;
        let case = case.json()?;
        assert_eq!(case["languages"], json!(["en", "tlh"]));
        let label = &case["records"][0]["events"][0]["legal_basis"][0]["labels"][1];
        assert_eq!(label["text"], Value::Null);
        let missing = label["missing"].as_str().unwrap_or_default();
        assert!(
            missing.contains("midland/1") && missing.contains("tlh"),
            "{missing}"
        );
        let one = told
            .exported("clerk", &told.sentence, "?languages=en")
            .await?;
        assert_eq!(one.status, 400, "{}", one.body);
        assert!(one.body.contains("two languages"), "{}", one.body);
    }
    Ok(())
}

#[tokio::test]
async fn a_case_is_given_to_whoever_may_hand_it_over_and_written_down_with_whom_it_goes_to()
-> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let told = Told::at(&mut place).await?;
        for by in [
            "probation",
            "prison",
            "oversight",
            "statistician",
            "administrator",
        ] {
            let answer = told.exported(by, &told.sentence, "").await?;
            assert_eq!(answer.status, 403, "{by}: {}", answer.body);
        }
        let nothing = told.registry.new_person_id().to_string();
        let answer = told.exported("clerk", &nothing, "").await?;
        assert_eq!(answer.status, 404, "{}", answer.body);
        let answer = told
            .exported("clerk", &told.sentence, "?recipient=FR/bepi")
            .await?;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let log = told
            .served
            .get("oversight", "/v1/consultations")
            .await?
            .json()?;
        let looks = log["rows"].as_array().ok_or("rows")?;
        let export = looks.iter().find(|look| look["action"] == "ExportCase");
        let shown = export.ok_or("it is written down")?["shown"].clone();
        assert_eq!(
            shown,
            json!([
                format!("sentence/{}", told.sentence),
                format!("order/{}", told.order),
                format!("person/{}", told.person),
                "recipient/FR/bepi"
            ])
        );
        // Sealed, it is there for nobody but those who may lift the seal.
        let seal = json!({"seal_record": {"basis": "youth"}});
        receipt::<Person>(&told.registry, "judge", &told.person, seal).await?;
        told.registry.catch_up().await?;
        for id in [&told.sentence, &told.person] {
            let answer = told.exported("prosecutor", id, "").await?;
            assert_eq!(answer.status, 404, "{}", answer.body);
            let other = if *id == told.sentence {
                &told.person
            } else {
                &told.sentence
            };
            assert!(!answer.body.contains(other.as_str()), "{}", answer.body);
            let past = told.exported("prosecutor", id, "?as_of=3").await?;
            assert_eq!(past.status, 404, "{}", past.body);
            assert_eq!(told.exported("clerk", id, "").await?.status, 200);
        }
    }
    Ok(())
}

#[tokio::test]
async fn personal_values_are_opened_on_request_alone_and_read_erased_once_they_are()
-> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let told = Told::at(&mut place).await?;
        told.wanted().await?;
        let closed = told.exported("clerk", &told.person, "").await?.body;
        assert!(
            !closed.contains(NAME) && !closed.contains(WORDS),
            "{closed}"
        );
        assert!(!closed.contains("\"sealed\""), "{closed}");
        let open = told
            .exported("clerk", &told.person, "?disclose=true")
            .await?;
        let case = open.json()?;
        assert_eq!(case["person"]["identity"]["name"], json!({"clear": NAME}));
        assert!(open.body.contains(WORDS), "{}", open.body);
        let erase = json!({"erase_data": {"classes": ["identity"], "basis": "data-act-17"}});
        receipt::<Person>(&told.registry, "judge", &told.person, erase).await?;
        let erased = told
            .exported("clerk", &told.person, "?disclose=true")
            .await?;
        assert!(!erased.body.contains(NAME), "{}", erased.body);
        let name = &erased.json()?["person"]["identity"]["name"];
        assert_eq!(name["erased"]["basis"], "data-act-17");
        let on = name["erased"]["on"].as_str().unwrap_or_default();
        assert!(on.parse::<domain::values::Instant>().is_ok(), "{on}");
    }
    Ok(())
}

#[tokio::test]
async fn as_of_an_entry_a_case_is_the_same_to_the_byte_from_the_interface_and_from_the_program()
-> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let told = Told::at(&mut place).await?;
        let (entries, _) = told.registry.head().await?;
        let last = entries.saturating_sub(1);
        let as_of = format!("?as_of={last}");
        let once = told.exported("clerk", &told.person, &as_of).await?;
        told.wanted().await?;
        place.clock.advance(86_400_000_000);
        let again = told.exported("clerk", &told.person, &as_of).await?;
        assert_eq!(once.body, again.body);
        assert_eq!(once.json()?["as_of"]["entry"], last);
        let now = told.exported("clerk", &told.person, "").await?;
        assert_ne!(once.body, now.body);

        let clerk = call("clerk")?;
        assert_eq!(clerk.actor.subject.as_str(), "sample-clerk");
        let (person, expected) = (told.person.clone(), once.json()?);
        drop(told);
        let last = last.to_string();
        let export = ["export", "case", &person, "--as-of", &last];
        let (code, said, talk) = run(&place, &export)?;
        assert_eq!(code, 0, "{talk}");
        let case: Value = serde_json::from_str(&said)?;
        assert_eq!(case, expected);
        let denied = [&export[..], &["--identity", "statistician"]].concat();
        let (code, said, talk) = run(&place, &denied)?;
        assert_eq!((code, said.as_str()), (1, ""), "{talk}");
        assert!(talk.contains("may not hand a case"), "{talk}");
    }
    Ok(())
}
