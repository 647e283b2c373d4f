//! An emergency over real HTTP: everybody who is held is screened, somebody decides on each, and what it came to is
//! counted. Whoever bears the same name is somebody else.
#![expect(
    clippy::indexing_slicing,
    reason = "what a JSON value lacks reads as null, and the step that needs it fails"
)]

use domain::emergency::Emergency;
use domain::values::Code;
use infra::registry::AsOf;
use serde_json::{Value, json};
use tests::{Answer, Client, Failure, Place, Served, call, hold, receipt, theft};

/// Short terms let somebody go, and whoever is old or pregnant goes anyhow; nobody who is not tried yet.
fn criteria() -> Value {
    let yes = json!({"one_of": ["yes"]});
    json!([
        {"code": "short-rest", "reads": "days-left", "asks": {"at_most": 120}, "effect": "requires"},
        {"code": "untried", "reads": "group", "asks": {"one_of": ["untried"]}, "effect": "excludes"},
        {"code": "old", "reads": "age", "asks": {"at_least": 65}, "effect": "protects"},
        {"code": "expecting", "reads": "pregnant", "asks": yes, "effect": "protects"}
    ])
}

fn declare() -> Value {
    json!({"declare": {
        "done": "2026-03-01", "basis": "mea-4", "justice_authority": "justice-ministry",
        "health_authority": {"value": "health-institute"}, "from": "2026-03-01", "ends": "2026-07-31",
        "announced": 40
    }})
}

fn publish() -> Value {
    json!({"publish_criteria": {"done": "2026-03-01", "version": "a1", "criteria": criteria()}})
}

/// A prison, a clerk, a judge and a release authority at a register.
struct Desk {
    served: Served,
    emergency: String,
}

impl Desk {
    async fn open(place: &mut Place) -> Result<Self, Failure> {
        let served = Served::within(place.midland().await?).await?;
        let declared = served.post("judge", "/v1/emergencies", &declare()).await?;
        let emergency = declared.done()?.text("/id")?;
        let desk = Self { served, emergency };
        desk.act("judge", publish()).await?.done()?;
        Ok(desk)
    }

    async fn act(&self, by: &str, command: Value) -> Result<Answer, Failure> {
        let path = format!("/v1/emergencies/{}", self.emergency);
        self.served.post(by, &path, &command).await
    }

    async fn begin(&self, by: &str, path: &str, command: Value) -> Result<String, Failure> {
        let path = format!("/v1/{path}");
        self.served
            .post(by, &path, &command)
            .await?
            .done()?
            .text("/id")
    }

    async fn person(&self, name: &str, born: &str) -> Result<String, Failure> {
        let register = json!({"register": {
            "sex": {"value": "female"}, "identity": {"name": name, "born": born}
        }});
        self.begin("clerk", "persons", register).await
    }

    async fn asked(&self, person: &str, pregnant: &str) -> Result<(), Failure> {
        let path = format!("/v1/persons/{person}");
        let answers = json!({"pregnant": {"value": pregnant}});
        let asked = json!({"record_circumstances": {"answers": answers, "basis": "reception"}});
        self.served.post("clerk", &path, &asked).await?.done()?;
        Ok(())
    }

    /// Somebody who serves a sentence until a day, if one is fixed; gives the stay.
    async fn serves(&self, person: &str, until: Option<&str>) -> Result<String, Failure> {
        let impose = json!({"impose": {
            "person": person, "pronounced": "2026-02-02",
            "decision": theft(json!({"custody": {"term": "P2Y"}}))
        }});
        let sentence = self.begin("judge", "sentences", impose).await?;
        let mut commitment = json!({"basis": {"sentence": sentence}, "authority": "ashby"});
        if let Some(until) = until {
            commitment["until"] = json!(until);
        }
        self.admitted(person, commitment, "sentenced").await
    }

    async fn admitted(
        &self,
        person: &str,
        commitment: Value,
        group: &str,
    ) -> Result<String, Failure> {
        let admit = json!({"admit": {
            "person": person, "admitted": "2026-02-03", "facility": "dunmore-women",
            "commitment": commitment, "reception": {"group": {"value": group}}
        }});
        self.begin("prison", "stays-in-custody", admit).await
    }

    async fn screen(&self, by: &str) -> Result<Answer, Failure> {
        let path = format!("/v1/emergencies/{}/screenings", self.emergency);
        let wish = json!({"screen_everybody_held": {"version": "a1"}});
        self.served.post(by, &path, &wish).await
    }

    /// The last entry: what is asked as of it waits until it is filed.
    async fn last(&self) -> Result<u64, Failure> {
        let head = self.served.get("oversight", "/v1/head").await?.done()?;
        let entries = head.at("/entries")?.as_u64().ok_or("a number")?;
        Ok(entries.saturating_sub(1))
    }

    async fn cohort(&self) -> Result<Value, Failure> {
        self.cohort_as_of(self.last().await?).await
    }

    async fn cohort_as_of(&self, entry: u64) -> Result<Value, Failure> {
        let path = format!("/v1/emergencies/{}/cohort?as_of={entry}", self.emergency);
        self.served
            .get("oversight", &path)
            .await?
            .done()?
            .at("/cohort")
    }

    async fn timeline(&self, by: &str, person: &str) -> Result<Vec<Value>, Failure> {
        let path = format!("/v1/persons/{person}/timeline?as_of={}", self.last().await?);
        let told = self.served.get(by, &path).await?.done()?.at("/entries")?;
        Ok(told.as_array().cloned().unwrap_or_default())
    }
}

/// Who is held: two of one name, one of whom has little left to serve; an old woman; one of whom too little is known;
/// one who is not tried yet.
struct Wing {
    little: String,
    namesake: String,
    unknown: String,
    stay: String,
}

impl Wing {
    async fn of(desk: &Desk) -> Result<Self, Failure> {
        let little = desk.person("Ana Ash", "1990-05-03").await?;
        let stay = desk.serves(&little, Some("2026-05-01")).await?;
        let namesake = desk.person("Ana Ash", "1991-06-04").await?;
        desk.asked(&namesake, "no").await?;
        desk.serves(&namesake, Some("2028-09-01")).await?;
        let old = desk.person("Olga Oak", "1950-01-01").await?;
        desk.serves(&old, Some("2028-09-01")).await?;
        let unknown = desk.person("Una Elm", "1992-07-05").await?;
        desk.serves(&unknown, None).await?;
        let untried = desk.person("Ute Yew", "1993-08-06").await?;
        let open = json!({"open": {
            "person": untried, "done": "2026-02-02", "court": "ashby", "offences": ["M102"]
        }});
        let case = desk.begin("judge", "pretrial-cases", open).await?;
        let order =
            json!({"basis": {"pretrial": case}, "authority": "ashby", "until": "2026-04-01"});
        desk.admitted(&untried, order, "untried").await?;
        Ok(Self {
            little,
            namesake,
            unknown,
            stay,
        })
    }
}

fn numbers(answer: &Answer) -> Result<Vec<u64>, Failure> {
    let names = ["screened", "eligible", "excluded", "unclear", "recorded"];
    let number = |name| Ok(answer.at(&format!("/{name}"))?.as_u64().ok_or("a number")?);
    names.into_iter().map(number).collect()
}

fn decide(person: &str, checks: &[&str]) -> Value {
    let check = |by: &&str| json!({"by": by, "compared": ["photo", "name-birth"]});
    let yes = json!({"value": "yes"});
    json!({"decide_release": {
        "decided": "2026-03-02", "person": person, "version": "a1",
        "identity": checks.iter().map(check).collect::<Vec<_>>(),
        "verdict": {"granted": {
            "period": {"temporary": {"expires": "2026-05-01", "return_plan": "Back at the gate by noon"}},
            "ready": {"housing": yes, "health": yes, "documents": yes}
        }}
    }})
}

#[tokio::test]
async fn everybody_held_is_screened_once_and_what_the_register_cannot_say_is_left_to_people()
-> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let desk = Desk::open(&mut place).await?;
        let wing = Wing::of(&desk).await?;
        for by in ["judge", "probation", "oversight", "statistician"] {
            assert_eq!(desk.screen(by).await?.status, 403, "{by}");
        }
        let screened = desk.screen("release").await?.done()?;
        assert_eq!(numbers(&screened)?, [5, 2, 2, 1, 5]);
        let again = desk.screen("prison").await?.done()?;
        assert_eq!(numbers(&again)?, [5, 2, 2, 1, 0]);
        assert_eq!(again.at("/version")?, screened.at("/version")?);

        let people = desk.cohort().await?["people"].clone();
        assert_eq!(people["announced"], json!(40));
        assert_eq!(
            people["excluded_by"],
            json!({"short-rest": 1, "untried": 1})
        );
        assert_eq!(
            people["unclear_by"],
            json!({"expecting": 1, "short-rest": 1})
        );

        // Somebody asks her; what is known then is recorded, of her alone.
        desk.asked(&wing.unknown, "yes").await?;
        let known = desk.screen("release").await?.done()?;
        assert_eq!(numbers(&known)?, [5, 3, 2, 0, 1]);

        let path = format!("/v1/emergencies/{}/screenings", desk.emergency);
        let other = json!({"screen_everybody_held": {"version": "b2"}});
        let refused = desk.served.post("release", &path, &other).await?;
        assert_eq!(
            (refused.status, refused.text("/rule")?.as_str()),
            (422, "EM-2")
        );
        assert_eq!(refused.text("/field")?, "screen_everybody_held.version");
        let wish = json!({"screen_everybody_held": {"version": "a1"}});
        let old = "If-Match: \"1\"\r\n";
        let moved = desk.served.post_with("release", &path, old, &wish).await?;
        assert_eq!(moved.status, 412);
    }
    Ok(())
}

#[tokio::test]
async fn a_sealed_record_is_screened_by_those_who_may_lift_the_seal_and_every_look_is_written_down()
-> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let desk = Desk::open(&mut place).await?;
        let Wing { little, .. } = Wing::of(&desk).await?;
        let seal = json!({"seal_record": {"basis": "court-order"}});
        let path = format!("/v1/persons/{little}");
        desk.served.post("judge", &path, &seal).await?.done()?;
        let screened = desk.screen("release").await?.done()?;
        assert_eq!(numbers(&screened)?, [4, 1, 2, 1, 4]);
        assert_eq!(screened.at("/sealed")?, json!(1));
        let screened = desk.screen("clerk").await?.done()?;
        assert_eq!(numbers(&screened)?, [5, 2, 2, 1, 1]);
        assert_eq!(screened.at("/sealed")?, json!(0));
        let log = desk.served.get("oversight", "/v1/consultations?limit=1000");
        let log = log.await?.done()?.at("/rows")?;
        let looked = |by: &str, at: &str| {
            let mut rows = log.as_array().into_iter().flatten();
            rows.any(|row| row["subject"] == by && row["shown"].to_string().contains(at))
        };
        let own = format!("person/{little}");
        assert!(looked("sample-clerk", &own) && !looked("sample-release", &own));
        // A criterion reads an age, so dates of birth were opened.
        assert!(looked("sample-clerk", &format!("{own}/identity")));
    }
    Ok(())
}

/// C11.3: a rehearsal emits no decision event.
#[tokio::test]
async fn criteria_are_rehearsed_on_the_present_stock_and_the_ledger_does_not_move()
-> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let served = Served::within(place.midland().await?).await?;
        let declared = served.post("judge", "/v1/emergencies", &declare()).await?;
        let emergency = declared.done()?.text("/id")?;
        let desk = Desk { served, emergency };
        Wing::of(&desk).await?;
        let path = format!("/v1/emergencies/{}/rehearsals", desk.emergency);
        let before = desk.last().await?;

        // Before anything is published.
        let given = json!({"try_criteria": {"criteria": criteria()}});
        let tried = desk.served.post("judge", &path, &given).await?.done()?;
        let rehearsal = tried.at("/rehearsal")?;
        let counts = ["people", "eligible", "excluded", "unclear"];
        let counts = counts.map(|name| rehearsal[name].clone());
        assert_eq!(counts, [5, 2, 2, 1].map(|n| json!(n)));
        assert_eq!(tried.at("/unpublishable")?, Value::Null);
        let of = |nth: usize, name: &str| rehearsal["criteria"][nth][name].clone();
        assert_eq!(of(0, "excluded_by"), json!(1), "{rehearsal}");
        assert_eq!(of(1, "met"), json!(1));
        assert_eq!(of(1, "excluded_by"), json!(1));
        assert_eq!(of(2, "met"), json!(1));
        // Nobody is named.
        assert!(!tried.body.contains("person"), "{}", tried.body);

        // What could not be published is not tried, and says why.
        let worse = json!({"try_criteria": {"criteria": [
            {"code": "men", "reads": "sex", "asks": {"one_of": ["male"]}, "effect": "requires"}
        ]}});
        let refused = desk.served.post("judge", &path, &worse).await?;
        assert_eq!(
            (refused.status, refused.text("/code")?.as_str()),
            (422, "emergency.adverse-use")
        );
        let unpublished = json!({"try_published": {"version": "a1"}});
        let refused = desk.served.post("judge", &path, &unpublished).await?;
        assert_eq!(refused.status, 422);
        for by in ["oversight", "statistician", "probation", "administrator"] {
            let denied = desk.served.post(by, &path, &given).await?;
            assert_eq!(denied.status, 403, "{by}");
        }
        assert_eq!(desk.last().await?, before, "no event was stored");

        // Published they come to the same, and a screening then to what was rehearsed.
        desk.act("judge", publish()).await?.done()?;
        let before = desk.last().await?;
        let again = desk
            .served
            .post("release", &path, &unpublished)
            .await?
            .done()?;
        assert_eq!(again.at("/rehearsal")?, rehearsal);
        assert_eq!(desk.last().await?, before);
        let screened = desk.screen("release").await?.done()?;
        assert_eq!(numbers(&screened)?, [5, 2, 2, 1, 5]);

        // Who asked is written down.
        let log = desk.served.get("oversight", "/v1/consultations?limit=1000");
        let log = log.await?.done()?.at("/rows")?;
        let mut rows = log.as_array().into_iter().flatten();
        assert!(rows.any(|row| row["action"] == "RehearseCriteria"), "{log}");
    }
    Ok(())
}

/// In 2020 releases were stopped in England and Wales after six people had been let go by error.
#[tokio::test]
async fn somebody_of_the_same_name_is_not_released_in_anothers_place() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let desk = Desk::open(&mut place).await?;
        let Wing {
            little, namesake, ..
        } = Wing::of(&desk).await?;
        let two = ["officer-1", "officer-2"];
        let refused = async |command: Value, status: u16, code: &str| -> Result<(), Failure> {
            let answer = desk.act("release", command).await?;
            assert_eq!(
                (answer.status, answer.text("/code")?.as_str()),
                (status, code)
            );
            Ok(())
        };
        refused(decide(&little, &two), 422, "emergency.not-eligible").await?;
        desk.screen("release").await?.done()?;
        refused(decide(&namesake, &two), 422, "emergency.not-eligible").await?;
        let unchecked = "emergency.identity-unchecked";
        refused(decide(&little, &two[..1]), 422, unchecked).await?;
        refused(decide(&little, &["officer-1", "officer-1"]), 422, unchecked).await?;
        desk.act("release", decide(&little, &two)).await?.done()?;
        let go = |person: &str| json!({"effect": {"done": "2026-03-02", "person": person}});
        let not_possible = "emergency.release-not-possible";
        refused(go(&namesake), 409, not_possible).await?;
        desk.act("prison", go(&little)).await?.done()?;
        refused(go(&little), 409, not_possible).await?;
        let people = desk.cohort().await?["people"].clone();
        assert_eq!(
            (&people["granted"], &people["effected"]),
            (&json!(1), &json!(1))
        );
    }
    Ok(())
}

fn events(entries: &[Value]) -> Vec<&str> {
    let of_it = entries
        .iter()
        .filter(|entry| entry["stream"] == "emergency");
    of_it.filter_map(|entry| entry["event"].as_str()).collect()
}

#[tokio::test]
async fn what_an_emergency_records_of_somebody_stands_on_that_timeline_and_of_nobody_else()
-> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let desk = Desk::open(&mut place).await?;
        let wing = Wing::of(&desk).await?;
        desk.screen("release").await?.done()?;
        let two = ["officer-1", "officer-2"];
        desk.act("release", decide(&wing.little, &two))
            .await?
            .done()?;
        let go = json!({"effect": {"done": "2026-03-02", "person": wing.little}});
        desk.act("prison", go).await?.done()?;
        let back = json!({"record_return": {"done": "2026-03-02", "person": wing.little, "how": "in_time"}});
        desk.act("prison", back).await?.done()?;
        let told = desk.timeline("clerk", &wing.little).await?;
        assert_eq!(
            events(&told),
            [
                "emergency.screened",
                "emergency.release_decided",
                "emergency.release_effected",
                "emergency.returned"
            ]
        );
        let others = desk.timeline("clerk", &wing.namesake).await?;
        assert_eq!(events(&others), ["emergency.screened"]);
        let text = serde_json::to_string(&others)?;
        assert!(text.contains("short-rest") && !text.contains(&wing.little));
    }
    Ok(())
}

#[tokio::test]
async fn a_restorative_process_stands_on_the_timeline_of_whoever_suffered_the_harm()
-> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let desk = Desk::open(&mut place).await?;
        let offender = desk.person("Ode Oak", "1990-01-02").await?;
        let victim = desk.person("Vera Vine", "1991-02-03").await?;
        let refer = json!({"refer": {
            "person": offender, "victim": victim, "done": "2026-03-01", "office": "ashby-probation",
            "kind": "mediation"
        }});
        desk.begin("judge", "restorative-processes", refer).await?;
        let is_told = |entries: &[Value]| {
            let mut entries = entries.iter();
            entries.any(|entry| entry["event"] == "restorative.referred")
        };
        for (by, person) in [("probation", &victim), ("probation", &offender)] {
            assert!(is_told(&desk.timeline(by, person).await?), "{person}");
        }
        // The seal of one record is not to be got round by the other.
        let seal = json!({"seal_record": {"basis": "court-order"}});
        let path = format!("/v1/persons/{offender}");
        desk.served.post("judge", &path, &seal).await?.done()?;
        assert!(!is_told(&desk.timeline("probation", &victim).await?));
        assert!(is_told(&desk.timeline("judge", &victim).await?));
    }
    Ok(())
}

async fn capacity(client: &Client) -> Result<(), Failure> {
    let open = json!({"open": {
        "facility": "dunmore-women", "opened": "2001-01-01", "kind": "prison", "holds": ["women"]
    }});
    let opened = client
        .post("prison", "/v1/facilities", &open)
        .await?
        .done()?;
    let path = format!("/v1/facilities/{}", opened.text("/id")?);
    let declare = json!({"declare_capacity": {
        "declared": "2026-01-02", "definition": "operational", "places": 4, "from": "2026-01-02"
    }});
    client.post("prison", &path, &declare).await?.done()?;
    Ok(())
}

#[expect(
    clippy::too_many_lines,
    reason = "one course of an emergency, step by step"
)]
#[tokio::test]
async fn the_stock_stands_before_and_during_with_what_is_cut_beside_what_is_released()
-> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let desk = Desk::open(&mut place).await?;
        capacity(&desk.served).await?;
        let wing = Wing::of(&desk).await?;
        let cut = json!({"cut_right": {
            "decided": "2026-03-02", "right": "visits", "basis": "mea-12", "necessity": "infection",
            "until": "2026-04-30"
        }});
        let cut = desk.act("judge", cut).await?.done()?.at("/entries/0")?;
        desk.screen("release").await?.done()?;
        let two = ["officer-1", "officer-2"];
        desk.act("release", decide(&wing.little, &two))
            .await?
            .done()?;
        let go = json!({"effect": {"done": "2026-03-02", "person": wing.little}});
        desk.act("prison", go).await?.done()?;
        let told = desk.cohort().await?;
        assert_eq!(told["still_recorded_as_held"], json!(1));
        let stay = format!("/v1/stays-in-custody/{}", wing.stay);
        let out = json!({"release": {"released": "2026-03-02", "ground": "early"}});
        desk.served.post("prison", &stay, &out).await?.done()?;
        let told = desk.cohort().await?;
        assert_eq!(told["still_recorded_as_held"], json!(0));
        let days = told["stock"]["days"].as_array().ok_or("days")?;
        let held: Vec<Value> = days
            .iter()
            .map(|day| {
                json!([
                    day["day"],
                    day["phase"],
                    day["held"],
                    day["overcrowded"],
                    day["left"]
                ])
            })
            .collect();
        assert_eq!(
            held,
            [
                json!(["2026-02-28", "before", 5, 1, null]),
                json!(["2026-03-01", "during", 5, 1, 0]),
                json!(["2026-03-02", "during", 4, 0, 1])
            ]
        );
        assert_eq!(told["stock"]["definition"], "operational");
        let places = told["stock"]["facilities"].as_array().ok_or("places")?;
        let own = places.iter().find(|own| own["facility"] == "dunmore-women");
        let own = own.ok_or("the place that is full")?;
        assert_eq!(own["held"], json!([5, 5, 4]));
        assert_eq!(own["capacities"], json!([4, 4, 4]));
        let page = desk
            .served
            .get("statistician", "/figures/emergency")
            .await?;
        for said in [
            "What did the emergency change?",
            "1 left, of 40 announced. One right is cut.",
            "4 people were held on 2 March 2026, 1 fewer than on the day before the declaration.",
            "Rights that were cut",
        ] {
            assert!(page.body.contains(said), "{said} in {}", page.body);
        }
        assert_eq!(days[0]["for_a_hundred_places"], json!(125.0));
        assert_eq!(days[2]["for_a_hundred_before"], json!(80.0));
        assert_eq!(told["rights"][0]["right"], "visits");
        assert_eq!(told["rights"][0]["over"], Value::Null);

        let cut = cut.as_u64().ok_or("an entry")?;
        let then = desk.cohort_as_of(cut).await?;
        assert_eq!(then["people"]["screened"], json!(0));
        assert_eq!(then["stock"]["days"][2]["held"], json!(5));
        let file = format!("/emergencies/{}/cohort/csv", desk.emergency);
        let file = desk.served.get("oversight", &file).await?.done()?.body;
        for row in [
            "people,effected,,1\n",
            "excluded_by,untried,,1\n",
            "right_still_cut,visits,,1\n",
            "before,held,2026-02-28,5\n",
        ] {
            assert!(file.contains(row), "{row} in {file}");
        }
    }
    Ok(())
}

/// What the criteria say of a person of a number, by another way than the register goes.
fn expected(number: u32) -> &'static str {
    let is_short = number % 3 != 2;
    match (is_short, number % 7, number % 10) {
        (true, _, _) | (false, 0, _) | (false, _, 1) => "eligible",
        (false, _, 0) => "unclear",
        (false, _, _) => "excluded",
    }
}

#[tokio::test]
async fn two_hundred_people_are_counted_as_the_criteria_say_of_each() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let today = registry.today(AsOf::Now).await?;
        for number in 0..200 {
            hold(&registry, number, today).await?;
        }
        let id = registry.new_stream_id().to_string();
        receipt::<Emergency>(&registry, "judge", &id, declare()).await?;
        receipt::<Emergency>(&registry, "judge", &id, publish()).await?;
        let release = call("release")?;
        let version: Code = "a1".parse()?;
        let screened = registry.screen(&release, &id, &version, None).await?;
        let count = |word| (0..200).filter(|number| expected(*number) == word).count();
        let wanted = (200, count("eligible"), count("excluded"), count("unclear"));
        let (eligible, excluded) = (screened.eligible, screened.excluded);
        assert_eq!(
            (screened.recorded, eligible, excluded, screened.unclear),
            wanted
        );
        assert_eq!(screened.entries.len(), 1);
        let told = registry.cohort(&release, &id, AsOf::Now).await?;
        assert_eq!(
            (told.people.screened, told.people.eligible),
            (200, eligible)
        );
        let day_before = told.stock.days.first().ok_or("a day")?;
        assert_eq!(day_before.held, 200);
        let again = registry.screen(&release, &id, &version, None).await?;
        assert_eq!((again.recorded, again.version), (0, screened.version));
    }
    Ok(())
}
