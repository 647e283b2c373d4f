//! A child's case: sealed, invisible in an adult's case, and reached through the policy's gate, which logs (acceptance 4).

use infra::registry::Registry;
use serde_json::{Value, json};
use tests::{Answer, Failure, Place, Served};

/// A child and what the juvenile court decided, with somebody grown up who was a child once.
struct Told {
    registry: Registry,
    served: Served,
    /// Known to the register as a child only.
    child: String,
    /// The child's case, and the order under it.
    case: String,
    order: String,
    /// Grown up: a case as a child, and one as an adult.
    grown: String,
    before: String,
    now: String,
}

/// A sentence for theft of 2 February 2026 with a community order.
async fn sentenced(
    served: &Served,
    by: &str,
    person: &str,
    court: &str,
    band: &str,
) -> Result<String, Failure> {
    let order = json!({"community_order": {"period": "P1Y", "requirements": [
        {"kind": "unpaid-work", "quantity": {"minutes": 6000}}]}});
    let impose = json!({"impose": {
        "person": person, "pronounced": "2026-02-02", "decision": {
            "court": court, "circumstances": {"age-band": {"value": band}},
            "counts": [{
                "no": 1,
                "offence": {"code": {"value": "M102"}, "category": {"value": "property"}},
                "components": [{"no": 1, "sanction": order}]}]}}});
    served
        .post(by, "/v1/sentences", &impose)
        .await?
        .done()?
        .text("/id")
}

async fn registered(served: &Served, by: &str, name: &str) -> Result<String, Failure> {
    let register = json!({"register": {
        "sex": {"value": "male"}, "identity": {"name": name}}});
    served
        .post(by, "/v1/persons", &register)
        .await?
        .done()?
        .text("/id")
}

impl Told {
    async fn at(place: &mut Place) -> Result<Self, Failure> {
        let registry = place.midland().await?;
        let served = Served::within(registry.clone()).await?;
        let child = registered(&served, "youth-judge", "Dorian Dale").await?;
        let case = sentenced(&served, "youth-judge", &child, "fenwick", "16-17").await?;
        let grown = registered(&served, "youth-judge", "Gray Gorse").await?;
        let before = sentenced(&served, "youth-judge", &grown, "fenwick", "14-15").await?;
        let now = sentenced(&served, "judge", &grown, "ashby", "21-24").await?;
        registry.catch_up().await?;
        let orders = format!("/v1/orders?sentence={case}");
        let orders = served.get("youth-judge", &orders).await?.done()?;
        let order = orders.text("/rows/0/id")?;
        Ok(Self {
            registry,
            served,
            child,
            case,
            order,
            grown,
            before,
            now,
        })
    }

    /// What an identity is answered, asking at the gate or not.
    async fn asked(&self, by: &str, path: &str, gate: &str) -> Result<Answer, Failure> {
        let header = if gate.is_empty() {
            String::new()
        } else {
            format!("Assize-Gate: {gate}\r\n")
        };
        self.served
            .ask(&format!("GET {path}"), by, &header, "")
            .await
    }

    /// Whether an answer names any of the children's cases or what hangs on them.
    fn names(&self, answer: &Answer) -> bool {
        let ids = [&self.child, &self.case, &self.order, &self.before];
        ids.iter().any(|id| answer.body.contains(id.as_str()))
    }
}

#[tokio::test]
async fn an_adult_court_sees_no_childs_case_and_the_juvenile_court_sees_its_own()
-> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let told = Told::at(&mut place).await?;
        let lists = [
            "/v1/sentences?limit=100".to_owned(),
            "/v1/orders?limit=100".to_owned(),
            format!("/v1/sentences?person={}", told.grown),
            format!("/v1/persons/{}/timeline", told.grown),
        ];
        for path in &lists {
            let answer = told.asked("judge", path, "").await?.done()?;
            assert!(!told.names(&answer), "{path}: {}", answer.body);
            assert!(answer.body.contains(&told.now) || path.contains("orders"));
            let own = told.asked("youth-judge", path, "").await?.done()?;
            assert!(told.names(&own), "{path}: {}", own.body);
        }
        for path in [
            format!("/v1/sentences/{}", told.case),
            format!("/v1/orders/{}", told.order),
            format!("/v1/persons/{}", told.child),
            format!("/v1/persons/{}/timeline", told.child),
        ] {
            let answer = told.asked("judge", &path, "").await?;
            let unknown = path.replace(&told.case, "00000000-0000-4000-8000-000000000000");
            let unknown = unknown.replace(&told.order, "00000000-0000-4000-8000-000000000000");
            let unknown = unknown.replace(&told.child, "00000000-0000-4000-8000-000000000000");
            let nothing = told.asked("judge", &unknown, "").await?;
            // Word for word what is said of what does not exist.
            assert_eq!((answer.status, nothing.status), (404, 404), "{path}");
            let said = answer.text("/detail")?;
            let id = path.split('/').nth(3).unwrap_or_default();
            let as_nothing = said.replace(id, "00000000-0000-4000-8000-000000000000");
            assert_eq!(as_nothing, nothing.text("/detail")?);
            if !path.contains("/persons/") {
                told.asked("youth-judge", &path, "").await?.done()?;
            }
        }
    }
    Ok(())
}

#[tokio::test]
async fn findings_the_feed_and_worklists_hold_no_childs_case() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let told = Told::at(&mut place).await?;
        for (by, path) in [
            ("oversight", "/v1/findings?limit=1000"),
            ("oversight", "/v1/events?limit=1000"),
            ("oversight", "/v1/events?limit=2"),
            ("administrator", "/v1/events?limit=1000"),
            ("judge", "/v1/due?by=2030-01-01"),
        ] {
            let answer = told.asked(by, path, "").await?.done()?;
            assert!(!told.names(&answer), "{path}: {}", answer.body);
        }
        // The pages of the feed still lead to its end.
        let (mut path, mut last) = ("/v1/events?limit=2".to_owned(), 0);
        loop {
            let page = told.asked("oversight", &path, "").await?.done()?.json()?;
            let entries = page["entries"].as_array().ok_or("entries")?;
            last = entries
                .last()
                .map_or(Some(last), |e| e["entry"].as_u64())
                .ok_or("entry")?;
            match page["next"].as_u64() {
                Some(next) => path = format!("/v1/events?limit=2&from={next}"),
                None => break,
            }
        }
        let sentence = told
            .asked("judge", &format!("/v1/sentences/{}", told.now), "")
            .await?
            .done()?;
        let adults = sentence.at("/entries/0/entry")?.as_u64().ok_or("entry")?;
        assert!(last >= adults, "{last} {adults}");
        let all = told
            .asked("oversight", "/v1/events?limit=1000", "inspection all")
            .await?
            .done()?;
        assert!(all.body.contains(&told.case), "{}", all.body);
    }
    Ok(())
}

#[tokio::test]
async fn the_gate_opens_for_whom_the_policy_names_and_writes_down_who_why_and_when()
-> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let told = Told::at(&mut place).await?;
        let path = format!("/v1/sentences/{}", told.case);
        let reason = format!("child-supervision sentence/{}", told.case);
        let through = told.asked("probation", &path, &reason).await?.done()?;
        assert_eq!(through.text("/id")?, told.case);
        // Narrow: it opens this person's cases, and no other child's.
        let list = told
            .asked("probation", "/v1/sentences?limit=100", &reason)
            .await?
            .done()?;
        assert!(list.body.contains(&told.case) && !list.body.contains(&told.before));
        for (by, gate) in [
            ("probation", format!("appeal sentence/{}", told.case)),
            ("judge", format!("appeal sentence/{}", told.case)),
            ("probation", "child-supervision all".to_owned()),
        ] {
            let refused = told.asked(by, &path, &gate).await?;
            assert_eq!(refused.status, 403, "{by} {gate}: {}", refused.body);
            assert!(!refused.body.contains(&told.case), "{}", refused.body);
        }
        let unreadable = told.asked("probation", &path, "please").await?;
        assert_eq!(unreadable.status, 400);

        let log = told
            .asked("oversight", "/v1/consultations?limit=1000", "")
            .await?
            .done()?;
        let log = log.json()?;
        let rows = log["rows"].as_array().ok_or("rows")?;
        let look = rows.iter().find(|row| {
            row["gate"] == json!(reason)
                && row["shown"] == json!([format!("sentence/{}", told.case)])
        });
        let look = look.ok_or_else(|| format!("no log line in {log}"))?;
        assert_eq!(look["subject"], "sample-probation");
        assert_eq!(look["purpose"], "supervision");
        assert!(
            look["at"]
                .as_str()
                .ok_or("when")?
                .starts_with("2026-03-02T")
        );
    }
    Ok(())
}

#[tokio::test]
async fn nobody_writes_on_a_childs_case_that_is_closed_to_them_and_figures_count_it()
-> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let told = Told::at(&mut place).await?;
        let path = format!("/v1/sentences/{}", told.case);
        let appeal = json!({"lodge_appeal": {"lodged": "2026-02-10", "by": "person"}});
        let refused = told.served.post("judge", &path, &appeal).await?;
        assert_eq!(refused.status, 404, "{}", refused.body);
        told.served
            .post("youth-judge", &path, &appeal)
            .await?
            .done()?;
        // The answer is the one that a case which is not there has.
        let unknown = "/v1/sentences/00000000-0000-7000-8000-000000000000";
        let nothing = told.served.post("judge", unknown, &appeal).await?;
        assert_eq!(nothing.status, 404, "{}", nothing.body);
        assert_eq!(refused.text("/code")?, nothing.text("/code")?);
        // The office that runs the order works on it, and goes on doing so.
        let order = format!("/v1/orders/{}", told.order);
        let schedule = json!({"schedule_appointment": {
            "requirement": 1, "on": "2026-03-12", "done": "2026-02-12"}});
        told.served
            .post("probation", &order, &schedule)
            .await?
            .done()?;
        told.registry.catch_up().await?;
        let figures = told
            .asked("statistician", "/v1/views/disposals", "")
            .await?
            .done()?;
        assert!(!told.names(&figures), "{}", figures.body);
        let counted = figures.at("/header/decisions")?;
        assert_eq!(counted, Value::from(3), "{}", figures.body);
    }
    Ok(())
}

#[tokio::test]
async fn a_childs_case_is_handed_to_another_authority_through_the_gate_alone() -> Result<(), Failure>
{
    for mut place in Place::everywhere().await? {
        let told = Told::at(&mut place).await?;
        for id in [&told.case, &told.order, &told.before, &told.child] {
            let path = format!("/v1/cases/{id}/export");
            let answer = told.asked("judge", &path, "").await?;
            assert_eq!(answer.status, 404, "{path}: {}", answer.body);
        }
        let own = format!("/v1/cases/{}/export", told.case);
        let own = told.asked("youth-judge", &own, "").await?.done()?;
        assert!(own.body.contains(&told.order), "{}", own.body);
        // Of somebody grown up the adult's case is handed over, and the child's is not.
        let grown = format!("/v1/cases/{}/export", told.grown);
        let adult = told.asked("judge", &grown, "").await?.done()?;
        assert!(adult.body.contains(&told.now) && !told.names(&adult));
        let gate = format!("child-case sentence/{}", told.case);
        let path = format!("/v1/cases/{}/export", told.case);
        let through = told.asked("prosecutor", &path, &gate).await?;
        assert_eq!(through.status, 200, "{}", through.body);
        let log = told
            .asked("oversight", "/v1/consultations", "")
            .await?
            .done()?;
        let looks = log.at("/rows")?;
        let export = looks
            .as_array()
            .into_iter()
            .flatten()
            .find(|look| look["action"] == "ExportCase" && look["role"] == "prosecutor");
        let export = export.ok_or("it is written down")?;
        assert!(
            export["gate"].to_string().contains("child-case"),
            "{export}"
        );
    }
    Ok(())
}

/// A person whose date of birth is kept, sealed like the name.
async fn born(served: &Served, day: &str) -> Result<String, Failure> {
    let register = json!({"register": {
        "sex": {"value": "male"}, "identity": {"name": "Rowan Reed", "born": day}}});
    served
        .post("youth-judge", "/v1/persons", &register)
        .await?
        .done()?
        .text("/id")
}

#[tokio::test]
async fn whom_the_date_of_birth_makes_a_child_is_sealed_as_one_whatever_is_coded()
-> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let served = Served::within(registry.clone()).await?;
        let person = born(&served, "2009-06-01").await?;
        let uncoded = json!({"impose": {
            "person": person, "pronounced": "2026-02-02", "decision": {"court": "fenwick", "counts": [{
                "no": 1,
                "offence": {"code": {"value": "M102"}, "category": {"value": "property"}},
                "components": [{"no": 1, "sanction": {"admonition": {}}}]}]}}});
        let uncoded = served.post("youth-judge", "/v1/sentences", &uncoded);
        let uncoded = uncoded.await?.done()?.text("/id")?;
        let coded_otherwise =
            sentenced(&served, "youth-judge", &person, "fenwick", "25-34").await?;
        registry.catch_up().await?;
        for sentence in [&uncoded, &coded_otherwise] {
            let path = format!("/v1/sentences/{sentence}");
            assert_eq!(served.get("judge", &path).await?.status, 404, "{path}");
            let own = served.get("youth-judge", &path).await?.done()?;
            // What is recorded is that somebody was a child, and not the day of birth.
            assert!(own.body.contains("\"minor\":\"still\""), "{}", own.body);
            assert!(!own.body.contains("2009"), "{}", own.body);
        }
        let list = served
            .get("judge", "/v1/sentences?limit=100")
            .await?
            .done()?;
        assert!(!list.body.contains(&uncoded) && !list.body.contains(&coded_otherwise));
        // Only where something else is coded is there anything to settle.
        for (sentence, contradicted) in [(&uncoded, false), (&coded_otherwise, true)] {
            let path = format!("/v1/sentences/{sentence}");
            let told = served.get("youth-judge", &path).await?.done()?;
            let found = told.body.contains("sentence.age-contradicted");
            assert_eq!(found, contradicted, "{}", told.body);
        }
        let grown = born(&served, "1990-06-01").await?;
        let of_age = sentenced(&served, "youth-judge", &grown, "fenwick", "35-44").await?;
        registry.catch_up().await?;
        let path = format!("/v1/sentences/{of_age}");
        served.get("judge", &path).await?.done()?;
    }
    Ok(())
}

/// What another State asks about somebody of sixteen, as the prosecutor records it.
async fn asked_about_a_child(served: &Served, court: Option<&str>) -> Result<String, Failure> {
    let person = born(served, "2009-06-01").await?;
    let request = json!({
        "person": person, "done": "2026-02-02", "matter": "extradition", "direction": "outward", "state": "FR",
        "basis": "ica-5", "office": "central-authority", "court": court,
        "offences": [{"code": {"value": "311-1"}, "here": "M102"}]});
    let path = "/v1/matters-with-other-states";
    let request = json!({"request": request});
    let answer = served.post("prosecutor", path, &request).await?;
    answer.done()?.text("/id")
}

#[tokio::test]
async fn a_matter_with_another_state_about_a_child_is_open_to_the_court_that_decides()
-> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let served = Served::within(registry.clone()).await?;
        let refuse = json!({"refuse": {
            "decided": "2026-03-01", "by": "court", "grounds": ["too-young"], "review_told": {"value": "yes"}}});
        let of = |id: &str| format!("/v1/matters-with-other-states/{id}");

        let heard = asked_about_a_child(&served, Some("fenwick")).await?;
        registry.catch_up().await?;
        let list = "/v1/matters-with-other-states?limit=100";
        let own = served.get("youth-judge", list).await?.done()?;
        assert!(own.body.contains(&heard), "{}", own.body);
        let others = served.get("judge", list).await?.done()?;
        assert!(!others.body.contains(&heard), "{}", others.body);
        let answer = served.post("judge", &of(&heard), &refuse).await?;
        assert_eq!(answer.status, 404, "{}", answer.body);
        served.get("youth-judge", &of(&heard)).await?.done()?;
        served
            .post("youth-judge", &of(&heard), &refuse)
            .await?
            .done()?;

        // Where no court is named, the gate leads there whoever decides on children; and the answer to others invites
        // nobody to record it a second time.
        let unheard = asked_about_a_child(&served, None).await?;
        let closed = served.post("youth-judge", &of(&unheard), &refuse).await?;
        assert_eq!(closed.status, 404, "{}", closed.body);
        let said = closed.text("/detail")?;
        assert!(said.contains("through the gate"), "{said}");
        assert!(said.contains("that you may see"), "{said}");
        let nothing = "00000000-0000-7000-8000-000000000000";
        let unknown = served.post("youth-judge", &of(nothing), &refuse).await?;
        assert_eq!(unknown.text("/detail")?, said.replace(&unheard, nothing));
        let gate = format!("Assize-Gate: child-case cooperation/{unheard}\r\n");
        let path = of(&unheard);
        let through = served.post_with("youth-judge", &path, &gate, &refuse);
        through.await?.done()?;
        let barred = served.post_with("judge", &path, &gate, &refuse).await?;
        assert_eq!(barred.status, 403, "{}", barred.body);
    }
    Ok(())
}
