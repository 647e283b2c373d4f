//! Operative paragraph 11: agencies work together, each within its own task; preparedness.

use serde_json::json;
use tests::Failure;

use super::journey::{Journey, everywhere};

#[tokio::test]
async fn op_11_every_agency_does_its_own_part_and_what_one_decides_the_next_carries_out()
-> Result<(), Failure> {
    everywhere(include_str!("op_11.toml"), async |it| {
        each_its_own_task(it).await?;

        // What the court decides is with the probation service the same moment, and goes where the person goes.
        it.done("the court makes a community order with supervision")
            .await?;
        it.follows("order", "/v1/orders?sentence=@sentence").await?;
        it.follows("supervision", "/v1/supervisions?person=@person")
            .await?;
        it.done("an officer of the probation service takes him on")
            .await?;
        it.refused(
            "he moves, and the order goes with him to an office that is none",
            "O-16",
        )
        .await?;
        it.done("the order goes with him to the office of Calder")
            .await?;
        let moved = it
            .list("probation", "/v1/supervisions?person=@person")
            .await?;
        assert_eq!(moved[0]["office"], json!("calder-probation"));

        // Every agency reads the same case, and that it did is written down.
        for agency in [
            "prosecutor",
            "judge",
            "clerk",
            "probation",
            "prison",
            "release",
            "oversight",
        ] {
            it.get(agency, "/v1/orders/@order").await?;
        }
        let log = it.list("oversight", "/v1/consultations").await?;
        for agency in ["sample-prosecutor", "sample-prison", "sample-release"] {
            let read = log.iter().any(|look| {
                look["subject"] == agency
                    && look.to_string().contains(it.id("order").unwrap_or("?"))
            });
            assert!(read, "{agency} read the order, and the log does not say so");
        }
        prepared(it).await
    })
    .await
}

/// Each authority has its own task; none takes another's.
async fn each_its_own_task(it: &mut Journey) -> Result<(), Failure> {
    it.done("a clerk registers a man").await?;
    it.done("his case is opened").await?;
    it.forbidden("the prosecution wants to detain him").await?;
    it.forbidden("the prison wants to let him go").await?;
    it.done("the court lets him go").await?;
    it.forbidden("the probation service wants to sentence him")
        .await
}

/// Criteria come before people, a list decides nothing, and only the authority decides.
async fn prepared(it: &mut Journey) -> Result<(), Failure> {
    it.done("an emergency is prepared for: it is declared in a rehearsal's register")
        .await?;
    it.refused(
        "somebody is screened before the criteria are published",
        "EM-2",
    )
    .await?;
    it.done("the criteria are published first").await?;
    it.done("then people are screened: a list, on which nobody is decided on")
        .await?;
    let emergency = it.get("oversight", "/v1/emergencies/@emergency").await?;
    let people = &emergency["state"]["declared"]["people"];
    let candidate = people.as_object().and_then(|people| people.values().next());
    assert_eq!(candidate.ok_or("a candidate")?["decision"], json!(null));
    it.forbidden("the prison wants to decide whom the emergency releases")
        .await
}
