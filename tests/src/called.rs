//! On whose behalf, and the commands that most stories begin with.

use api::identity::Sample;
use domain::person::{Person, PersonCommand};
use domain::sentence::{Sentence, SentenceCommand};
use domain::values::{JurisdictionCode, PersonId};
use infra::access::Call;
use infra::registry::{Kept, Options, Receipt, Registry, Wish};
use serde_json::{Value, json};

use crate::Failure;

/// A call by a sample identity for its usual purpose.
pub fn call(name: &str) -> Result<Call, Failure> {
    let sample = Sample::named(name).ok_or_else(|| format!("no sample identity {name}"))?;
    Ok(sample.call(None))
}

/// A command as a program would send it, carried out.
pub async fn receipt<S>(
    registry: &Registry,
    by: &str,
    id: &str,
    command: Value,
) -> Result<Receipt, Failure>
where
    S: Kept,
    Wish<S>: serde::de::DeserializeOwned,
    <S as domain::stream::Stream>::Refusal: Send + Sync + 'static,
{
    let command: Wish<S> = serde_json::from_value(command)?;
    let receipt = registry
        .command::<S>(&call(by)?, id, command, Options::default())
        .await?;
    Ok(receipt)
}

/// Registers a person under the rules of Midland.
pub async fn person(registry: &Registry, sex: &str) -> Result<PersonId, Failure> {
    let id = registry.new_person_id();
    let register: PersonCommand =
        serde_json::from_value(json!({"register": {"sex": {"value": sex}}}))?;
    let options = Options {
        jurisdiction: Some(JurisdictionCode::parse("midland")?),
        ..Options::default()
    };
    registry
        .command::<Person>(&call("judge")?, &id.to_string(), register, options)
        .await?;
    Ok(id)
}

/// Records a sentence for one theft that was pronounced on 3 May 2024, with one component; gives its id.
pub async fn impose(
    registry: &Registry,
    person: PersonId,
    sanction: Value,
) -> Result<(String, Receipt), Failure> {
    let impose: SentenceCommand = serde_json::from_value(json!({"impose": {
        "person": person, "pronounced": "2024-05-03", "decision": theft(sanction)
    }}))?;
    let id = registry.new_stream_id().to_string();
    let receipt = registry
        .command::<Sentence>(&call("judge")?, &id, impose, Options::default())
        .await?;
    Ok((id, receipt))
}

/// A decision of Ashby on one theft.
pub fn theft(sanction: Value) -> Value {
    json!({"court": "ashby", "counts": [{
        "no": 1,
        "offence": {"code": {"value": "M102"}, "category": {"value": "property"}},
        "components": [{"no": 1, "sanction": sanction}]
    }]})
}
