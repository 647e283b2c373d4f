//! Events filed by hand into a fact table.

use std::sync::Arc;

use domain::jurisdiction::{BUILT_IN, Pack};
use domain::record::AnyEvent;
use domain::values::Instant;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::facts::FactTable;
use crate::record::{Recorded, Told};
use crate::views::{Severities, Stamp, View, ViewError, ViewRequest, compute};

pub(crate) fn pack(name: &str) -> Arc<Pack> {
    let found = BUILT_IN.iter().find(|(built_in, _)| *built_in == name);
    Arc::new(Pack::parse(found.unwrap().1).unwrap())
}

/// A fact table and the rules its decisions were recorded under.
pub(crate) struct Ledger {
    pub(crate) facts: FactTable,
    pub(crate) packs: Vec<Arc<Pack>>,
    next_id: u128,
}

impl Ledger {
    pub(crate) fn under(name: &str) -> Self {
        Self {
            facts: FactTable::new(),
            packs: vec![pack(name)],
            next_id: 1,
        }
    }

    fn id(&mut self) -> Uuid {
        self.next_id += 1;
        Uuid::from_u128(self.next_id)
    }

    pub(crate) fn file(&mut self, stream: &str, id: Uuid, occurred: &str, event: &Value) {
        let policy = self.packs[0].version.to_string();
        self.file_under(&policy, stream, id, occurred, event);
    }

    pub(crate) fn file_under(
        &mut self,
        policy: &str,
        stream: &str,
        id: Uuid,
        occurred: &str,
        event: &Value,
    ) {
        let event = AnyEvent::parse(stream, &event.to_string()).unwrap();
        self.facts.file(&Recorded {
            index: self.facts.next_index(),
            stream_type: stream.to_owned(),
            stream_id: id.to_string(),
            sequence: 1,
            recorded_us: 0,
            stored_us: 0,
            told: Told {
                event_id: id,
                occurred: Some(occurred.to_owned()),
                actor: "somebody".to_owned(),
                role: "judge".to_owned(),
                office: None,
                purpose: None,
                policy: Some(policy.to_owned()),
                correlation: None,
                causation: None,
            },
            event,
        });
    }

    /// Registers a person and files what was imposed on the person; answers the sentence.
    pub(crate) fn imposed(&mut self, sex: Option<&str>, year: &str, decision: &Value) -> Uuid {
        let (person, sentence) = (self.id(), self.id());
        let registered = match sex {
            Some(sex) => json!({"registered": {"sex": {"value": sex}}}),
            None => json!({"registered": {}}),
        };
        self.file("person", person, year, &registered);
        let imposed = json!({"imposed": {
            "person": person, "pronounced": year, "door": "existing", "decision": decision,
        }});
        self.file("sentence", sentence, year, &imposed);
        sentence
    }

    pub(crate) fn last(&self) -> u64 {
        self.facts.next_index() - 1
    }

    pub(crate) fn view(&self, request: &ViewRequest) -> Result<View, ViewError> {
        self.view_as_of(request, Some(self.last()))
    }

    pub(crate) fn view_as_of(
        &self,
        request: &ViewRequest,
        index: Option<u64>,
    ) -> Result<View, ViewError> {
        let stamp = Stamp {
            index,
            instant: Instant::from_micros(0),
            past: false,
            behind: 0,
        };
        compute(
            &self.facts,
            request,
            &self.packs,
            stamp,
            &Severities::default(),
        )
    }
}

pub(crate) fn near(found: Option<f64>, expected: f64) {
    let found = found.unwrap();
    assert!(
        (found - expected).abs() <= 1e-12 * expected.abs().max(1.0),
        "{found} is not {expected}"
    );
}
