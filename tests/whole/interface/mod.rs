//! The JSON interface over real HTTP, on both databases.

mod bad_input;
mod correction;
mod course;
mod document;
mod every_answer;
mod feed;
mod lists;
mod repeating;
mod rules;

use serde_json::{Value, json};
use tests::{Answer, Client, Failure, theft};

/// A community order of 100 hours of unpaid work.
fn unpaid_work() -> Value {
    json!({"community_order": {"period": "P1Y", "requirements": [
        {"kind": "unpaid-work", "quantity": {"minutes": 6000}}
    ]}})
}

fn fine(minor: i64) -> Value {
    json!({"fine": {"amount": {"minor": minor, "currency": "EUR"}}})
}

/// A judge registers a person; the id.
async fn registered(client: &Client, sex: &str) -> Result<String, Failure> {
    let register = json!({"register": {"sex": {"value": sex}}});
    let answer = client.post("judge", "/v1/persons", &register).await?;
    answer.done()?.text("/id")
}

/// A judge records a sentence of 2 February 2026 for one theft; the receipt.
async fn recorded(client: &Client, person: &str, sanction: Value) -> Result<Answer, Failure> {
    let impose = json!({"impose": {
        "person": person, "pronounced": "2026-02-02", "decision": theft(sanction)
    }});
    let answer = client.post("judge", "/v1/sentences", &impose).await?;
    answer.done()
}

/// The entry of what a receipt says was recorded first.
fn entry(receipt: &Answer) -> Result<u64, Failure> {
    let entry = receipt.at("/entries/0")?;
    entry.as_u64().ok_or_else(|| "an entry is a number".into())
}
