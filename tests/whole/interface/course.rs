//! From a decision to a figure: a judge records, probation runs the order, a failure is excused, oversight looks.

use serde_json::{Value, json};
use tests::{Client, Failure, Place, Served};

use super::{entry, recorded, registered, unpaid_work};

/// The order that a sentence led to, from the feed; the register makes it by itself.
async fn order_of(client: &Client, sentence: &str) -> Result<String, Failure> {
    let mut feed = client.follow("oversight", "/v1/feed", "").await?;
    while let Some(told) = feed.next().await? {
        let made = told.data.pointer("/data/payload/made/order/sentence");
        if made.and_then(Value::as_str) == Some(sentence) {
            let id = told.data.pointer("/data/id").and_then(Value::as_str);
            return Ok(id.ok_or("an order has an id")?.to_owned());
        }
    }
    Err("the feed ended before the order was made".into())
}

/// An order that runs: the requests of a probation officer to it.
struct Run<'a> {
    client: &'a Client,
    path: String,
}

impl Run<'_> {
    /// What the order's events are after a command.
    async fn asks(&self, command: Value) -> Result<Value, Failure> {
        let answer = self.client.post("probation", &self.path, &command).await?;
        answer.done()?.at("/events")
    }

    /// The order as oversight reads it.
    async fn reads(&self, pointer: &str) -> Result<Value, Failure> {
        let answer = self.client.get("oversight", &self.path).await?;
        answer.done()?.at(pointer)
    }
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a journey, step by step")]
async fn a_failure_is_warned_of_and_an_acceptable_reason_reverses_what_hung_on_it()
-> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let served = Served::within(place.midland().await?).await?;
        let person = registered(&served, "female").await?;
        let sentence = recorded(&served, &person, unpaid_work())
            .await?
            .text("/id")?;
        let order = order_of(&served, &sentence).await?;
        let run = Run {
            client: &served,
            path: format!("/v1/orders/{order}"),
        };
        let credited = run.asks(json!({"credit_hours": {
            "requirement": 1, "quantity": {"minutes": 180}, "reason": "work-done", "done": "2026-02-20"
        }}));
        assert_eq!(credited.await?, json!(["order.hours_credited"]));
        let missed = run.asks(json!({"record_attendance": {
            "meeting": {"unscheduled": {"requirement": 1, "on": "2026-02-24"}},
            "outcome": "absent-unacceptable", "enforceable": {"value": "yes"}, "done": "2026-02-24"
        }}));
        assert_eq!(missed.await?, json!(["order.attendance_recorded"]));
        let warned = run.asks(json!({"issue_warning": {
            "appointments": [1], "kind": "first", "done": "2026-02-25"
        }}));
        assert_eq!(warned.await?, json!(["order.warning_issued"]));
        assert_eq!(
            run.reads("/state/made/warnings/1/withdrawn").await?,
            Value::Null
        );

        let correction = |consequences: Value| {
            json!({"correct_attendance": {
                "appointment": 1, "outcome": "absent-medical", "reason": "evidence-accepted",
                "done": "2026-03-02", "consequences": consequences
            }})
        };
        // Whoever corrects says what hangs on it; a warning that was overlooked is a refusal.
        let unseen = served
            .post("probation", &run.path, &correction(json!({})))
            .await?;
        assert_eq!(
            (unseen.status, unseen.text("/code")?.as_str()),
            (422, "order.consequences-differ")
        );
        let asked = format!(
            "{}/consequences?appointment=1&outcome=absent-medical",
            run.path
        );
        let touched = served.get("probation", &asked).await?.done()?.json()?;
        assert_eq!(
            touched,
            json!({"warnings": [{"warning": 1, "then": "withdrawn"}]})
        );
        let events = run.asks(correction(touched)).await?;
        assert_eq!(
            events,
            json!(["order.attendance_corrected", "order.warning_withdrawn"])
        );
        assert_ne!(
            run.reads("/state/made/warnings/1/withdrawn").await?,
            Value::Null
        );
        // What was worked stays worked.
        assert_eq!(
            run.reads("/state/made/requirements/1/credited/minutes")
                .await?,
            json!(180)
        );
    }
    Ok(())
}

#[tokio::test]
async fn a_recorded_sentence_is_counted_in_the_figure_of_its_own_entry() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let served = Served::within(place.midland().await?).await?;
        let mut counted = Vec::new();
        for sex in ["female", "male"] {
            let person = registered(&served, sex).await?;
            let receipt = recorded(&served, &person, unpaid_work()).await?;
            // A receipt's entry is waited for until the figures hold it.
            let path = format!("/v1/views/disposals?by=sex&as_of={}", entry(&receipt)?);
            let view = served.get("oversight", &path).await?.done()?;
            counted.push(view.at("/total/n")?);
        }
        assert_eq!(counted, [json!(1), json!(2)]);
    }
    Ok(())
}

#[tokio::test]
async fn whoever_is_entitled_reads_the_reasons_and_after_an_erasure_nobody() -> Result<(), Failure>
{
    for mut place in Place::everywhere().await? {
        let served = Served::within(place.midland().await?).await?;
        let person = json!({"register": {"identity": {"name": "Ann Example"}}});
        let person = served
            .post("judge", "/v1/persons", &person)
            .await?
            .done()?
            .text("/id")?;
        let path = format!("/v1/persons/{person}?disclose=true");
        let name = "/state/registered/identity/name";
        let read = |by: &'static str| served.get(by, &path);
        assert_eq!(
            read("judge").await?.done()?.at(name)?,
            json!({"clear": "Ann Example"})
        );
        assert_eq!(
            read("oversight").await?.done()?.at(name)?,
            json!("withheld")
        );
        let sealed = served
            .get("judge", &format!("/v1/persons/{person}"))
            .await?
            .done()?;
        assert!(!sealed.body.contains("Ann Example"), "{}", sealed.body);
        let erase = json!({"erase_data": {"classes": ["identity"], "basis": "data-act-17"}});
        served
            .post("judge", &format!("/v1/persons/{person}"), &erase)
            .await?
            .done()?;
        let erased = read("judge").await?.done()?.at(name)?;
        assert_eq!(erased.pointer("/erased/basis"), Some(&json!("data-act-17")));
        // Who read the name is written down, in the log that only oversight reads.
        let log = served.get("oversight", "/v1/consultations").await?.done()?;
        assert!(
            log.body.contains(&format!("person/{person}/identity")),
            "{}",
            log.body
        );
        assert_eq!(served.get("judge", "/v1/consultations").await?.status, 403);
    }
    Ok(())
}
