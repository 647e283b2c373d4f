//! How often custody is avoided, at each stage of a case: command line, interface and page.
#![expect(
    clippy::indexing_slicing,
    reason = "what a JSON value lacks reads as null, and the step that needs it fails"
)]

use domain::pretrial::Pretrial;
use domain::release::Release;
use infra::registry::Registry;
use serde_json::{Value, json};
use tests::{Failure, Place, Served, Typed, impose, person, receipt};

/// Opens a case before judgment, and does in it what is told.
async fn case(registry: &Registry, steps: &[Value]) -> Result<(), Failure> {
    let id = registry.new_stream_id().to_string();
    let person = person(registry, "female").await?;
    let open = json!({"open": {
        "person": person, "done": "2026-02-01", "court": "ashby", "offences": ["M102"]
    }});
    for wish in [open].iter().chain(steps) {
        receipt::<Pretrial>(registry, "judge", &id, wish.clone()).await?;
    }
    Ok(())
}

/// Twelve women fined and four men in custody; before judgment one is detained until the case ends, two are at liberty and
/// of one nothing is decided; after the sentence one release is granted.
async fn fill(registry: &Registry) -> Result<(), Failure> {
    let fine = json!({"fine": {"amount": {"minor": 20_000, "currency": "EUR"}}});
    for _ in 0..12 {
        let person = person(registry, "female").await?;
        impose(registry, person, fine.clone()).await?;
    }
    let mut served = None;
    for _ in 0..4 {
        let person = person(registry, "male").await?;
        let custody = json!({"custody": {"term": "P18M"}});
        let (sentence, _) = impose(registry, person, custody).await?;
        served = Some((person, sentence));
    }
    let detain = json!({"order_detention": {
        "decided": "2026-02-01", "basis": "pca-12", "grounds": [{"ground": "flight"}],
        "next_review": "2026-02-20", "until": "2026-06-15"
    }});
    let end = json!({"end": {"done": "2026-02-20", "how": "discontinued"}});
    case(registry, &[detain, end]).await?;
    let free = json!({"release_unconditionally": {"decided": "2026-02-01"}});
    for _ in 0..2 {
        case(registry, std::slice::from_ref(&free)).await?;
    }
    case(registry, &[]).await?;
    let (person, sentence) = served.ok_or("nobody serves")?;
    let release = registry.new_stream_id().to_string();
    for wish in [
        json!({"record_eligibility": {
            "person": person, "sentence": sentence, "kind": "parole",
            "eligible_on": "2026-01-21", "done": "2026-02-01"
        }}),
        json!({"consider": {"done": "2026-02-20"}}),
        json!({"grant": {"decided": "2026-02-25", "basis": "rel-3"}}),
    ] {
        receipt::<Release>(registry, "release", &release, wish).await?;
    }
    registry.projections().catch_up().await?;
    registry.projections().release().await?;
    Ok(())
}

fn view(place: &Place, args: &[&str]) -> Result<Value, Failure> {
    let args = [&["view", "alternatives"], args, &["--json"]].concat();
    let typed = Typed::of(place, &args)?;
    assert_eq!(typed.code, Some(0), "{typed:?}");
    Ok(serde_json::from_str(&typed.stdout)?)
}

/// The counts of each stage: without custody, custody, not recorded.
fn stages(view: &Value) -> Vec<(Value, [Value; 3])> {
    let stages = view["stages"].as_array().cloned().unwrap_or_default();
    let counts = |stage: Value| {
        let counted = ["non_custodial", "custodial", "not_recorded"];
        let counted = counted.map(|name| stage[name].clone());
        (stage["stage"].clone(), counted)
    };
    stages.into_iter().map(counts).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_stage_counts_what_was_decided_last_and_says_of_how_many_it_is_known()
-> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let (before, _) = registry.head().await?;
        fill(&registry).await?;
        let shown = view(&place, &["--by", "sex"])?;
        let expected = [
            ("before_judgment", [2, 1, 1]),
            ("sentence", [12, 4, 0]),
            ("after_sentence", [1, 0, 0]),
        ];
        let expected = expected.map(|(stage, n)| (stage.into(), n.map(Value::from)));
        assert_eq!(stages(&shown), expected);
        assert_eq!(shown["total"]["non_custodial_per_100"]["value"], 75.0);
        let few = &shown["groups"][1];
        assert_eq!(
            (&few["custodial"], &few["key"][0]["code"]),
            (&4.into(), &"male".into())
        );
        assert_eq!(few["non_custodial_per_100"]["undefined"], "fewer_than_ten");

        // By themselves the groups are crossed, and silence is a group.
        let crossed = view(&place, &[])?;
        let columns = crossed["columns"].as_array().cloned().unwrap_or_default();
        let columns: Vec<&str> = columns.iter().filter_map(|c| c["code"].as_str()).collect();
        assert_eq!(columns, ["sex", "age-band", "category", "vulnerability"]);
        let key = crossed["groups"][0]["key"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let key: Vec<&str> = key
            .iter()
            .filter_map(|word| word["code"].as_str())
            .collect();
        assert_eq!(key, ["female", "not_recorded", "property", "not_recorded"]);

        let then = view(&place, &["--as-of", &before.saturating_sub(1).to_string()])?;
        let nobody = stages(&then).into_iter().flat_map(|(_, counts)| counts);
        assert!(nobody.into_iter().all(|n| n == 0), "{then}");
        let elsewhere = Typed::of(
            &place,
            &["view", "alternatives", "--jurisdiction", "mongolia"],
        )?;
        assert_eq!(elsewhere.code, Some(2), "{elsewhere:?}");
        let own = view(&place, &["--by", "sex", "--jurisdiction", "midland"])?;
        assert_eq!(stages(&own), expected);

        let served = Served::start(&place)?;
        let page = served
            .get("oversight", "/figures/alternatives")
            .await?
            .done()?;
        for said in [
            "At sentence courts chose a measure without custody in 75 of 100 decisions (12 of 16",
            "Before judgment",
            "Vulnerable is whoever one of these is recorded of: Is breastfeeding; Cares for a dependant",
        ] {
            assert!(page.body.contains(said), "{said} is not in {}", page.body);
        }
    }
    Ok(())
}
