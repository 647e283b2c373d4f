//! People who are held, by the hundred: each with a record, a sentence and a stay in custody.

use domain::custody::Custody;
use domain::person::Person;
use domain::values::{Day, PersonId};
use infra::registry::Registry;
use serde_json::json;

use crate::{Failure, impose, receipt};

/// Since when they are held.
pub const HELD_SINCE: &str = "2024-05-03";

/// Holds a person of a number for theft, two years. What is known of people differs by their number: days left
/// until the end are 60, 100 or 600 in turn; every tenth was never asked whether she is pregnant, every tenth after
/// those said that she is; every seventh is 65 or older.
pub async fn hold(registry: &Registry, number: u32, today: Day) -> Result<PersonId, Failure> {
    let person = registry.new_person_id();
    let id = person.to_string();
    let born = if number.is_multiple_of(7) {
        "1950-02-03"
    } else {
        "1990-02-03"
    };
    let register = json!({"register": {
        "sex": {"value": "female"}, "identity": {"name": format!("Held {number}"), "born": born}
    }});
    receipt::<Person>(registry, "clerk", &id, register).await?;
    if !number.is_multiple_of(10) {
        let pregnant = if number % 10 == 1 { "yes" } else { "no" };
        let asked = json!({"record_circumstances": {
            "answers": {"pregnant": {"value": pregnant}}, "basis": "reception"
        }});
        receipt::<Person>(registry, "clerk", &id, asked).await?;
    }
    let (sentence, _) = impose(registry, person, json!({"custody": {"term": "P2Y"}})).await?;
    let left = match number % 3 {
        0 => 60,
        1 => 100,
        _ => 600,
    };
    let admit = json!({"admit": {
        "person": id, "admitted": HELD_SINCE, "facility": "dunmore-women",
        "commitment": {
            "basis": {"sentence": sentence}, "authority": "ashby", "until": today.plus_days(left)
        },
        "reception": {"group": {"value": "sentenced"}}
    }});
    let stay = registry.new_stream_id().to_string();
    receipt::<Custody>(registry, "prison", &stay, admit).await?;
    Ok(person)
}
