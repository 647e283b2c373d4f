//! Whether an act can be taken in the state in which a case is. The rules themselves are asked, with an example of the
//! command: whether the state allows it does not depend on what the command holds.

use domain::act::{Facts, Refusal};
use infra::registry::Wish;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json, json};

use super::Kind;
use super::act::Act;
use super::shape::{Part, Shape};
use crate::request;

/// How every stream calls what it refuses for the state alone.
const NOT_POSSIBLE: &str = ".not-possible";
/// What whoever a complaint is about may never do, whatever the command holds.
const OF_ONESELF: [&str; 2] = ["complaint.about-oneself", "complaint.answers-oneself"];
/// A reference to nothing.
const NOTHING: &str = "00000000-0000-0000-0000-000000000000";

/// Whether the state of a case allows an act; where no example of it can be read, it is offered.
pub(super) fn is_possible<K: Kind>(case: &K, act: &Act, facts: &Facts) -> bool
where
    Wish<K>: JsonSchema + DeserializeOwned,
{
    let example = example_of(act, facts).to_string();
    match request::read::<Wish<K>>(&example) {
        Ok(command) => match case.decide(command, facts) {
            Ok(_) => true,
            Err(refusal) => {
                let code = refusal.code();
                !code.ends_with(NOT_POSSIBLE) && !OF_ONESELF.contains(&code)
            }
        },
        Err(_) => true,
    }
}

/// A command of an act in which every part that has to be said is said.
fn example_of(act: &Act, facts: &Facts) -> Json {
    json!({ act.word.clone(): record(&act.parts, facts) })
}

fn record(parts: &[Part], facts: &Facts) -> Json {
    let said = parts.iter().filter(|part| part.is_required);
    let said = said.map(|part| (part.name.clone(), value(&part.shape, facts)));
    Json::Object(said.collect::<Map<String, Json>>())
}

fn value(shape: &Shape, facts: &Facts) -> Json {
    match shape {
        Shape::Words => json!("in words"),
        Shape::Code(list) => {
            let list = list.as_ref().and_then(|list| facts.law.lists.get(list));
            let first = list.and_then(|list| list.first());
            first.map_or_else(|| json!("other"), |coded| json!(coded.code.as_str()))
        }
        Shape::State => json!("FR"),
        Shape::Day | Shape::Date | Shape::When => json!(facts.today.to_string()),
        Shape::Length => json!("P1D"),
        Shape::Number => json!(1),
        Shape::Id => json!(NOTHING),
        Shape::Choice(variants) => match variants.first() {
            Some(variant) => match &variant.holds {
                Some(inner) => json!({ variant.word.clone(): value(inner, facts) }),
                None => json!(variant.word),
            },
            None => Json::Null,
        },
        Shape::Known(_) => json!("not_asked"),
        Shape::List(inner) => json!([value(inner, facts)]),
        Shape::Answers(_) => json!({}),
        Shape::Record(parts) => record(parts, facts),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use domain::actor::{Actor, Role};
    use domain::complaint::Complaint;
    use domain::cooperation::{Cooperation, CooperationEvent};
    use domain::custody::Custody;
    use domain::diversion::Diversion;
    use domain::emergency::Emergency;
    use domain::facility::Facility;
    use domain::finding::Finding;
    use domain::pretrial::Pretrial;
    use domain::release::Release;
    use domain::report::Report;
    use domain::restorative::Restorative;
    use domain::stream::Stream;
    use domain::values::{Instant, OfficeCode, SubjectId};

    use super::super::act::acts;
    use super::*;
    use crate::pages::casework::midland;

    /// 2 March 2026, 10:00 in UTC.
    const NOW: i64 = 1_772_445_600_000_000;

    fn facts() -> Facts {
        let actor = Actor {
            subject: SubjectId::parse("somebody").unwrap(),
            role: Role::Judge,
            office: OfficeCode::parse("ashby").unwrap(),
        };
        Facts::at(Instant::from_micros(NOW), actor, Arc::new(midland()))
    }

    /// Every act of a kind can be asked about; of what is not recorded nothing can be done but begin it.
    fn asked<K: Kind>()
    where
        Wish<K>: JsonSchema + DeserializeOwned,
    {
        let facts = facts();
        for act in acts::<K>() {
            let example = example_of(&act, &facts).to_string();
            let read = request::read::<Wish<K>>(&example);
            assert!(read.is_ok(), "{} {example}: {:?}", act.word, read.err());
            if !act.begins {
                let possible = is_possible(&K::default(), &act, &facts);
                assert!(!possible, "{} of nothing", act.word);
            }
        }
    }

    #[test]
    fn of_what_is_not_recorded_no_act_but_a_beginning_is_possible() {
        asked::<Pretrial>();
        asked::<Diversion>();
        asked::<Report>();
        asked::<Restorative>();
        asked::<Custody>();
        asked::<Release>();
        asked::<Emergency>();
        asked::<Facility>();
        asked::<Complaint>();
        asked::<Cooperation>();
        asked::<Finding>();
    }

    #[test]
    fn whoever_a_complaint_is_about_is_offered_no_step_of_it() {
        let facts = facts();
        let submit = json!({"submit": {
            "person": NOTHING, "done": "2026-02-10", "by": "anonymous", "kind": "staff", "about": "other",
            "subject_of": "somebody"}});
        let submit = request::read(&submit.to_string()).unwrap();
        let events = Complaint::default().decide(submit, &facts).unwrap();
        let complaint = events.iter().fold(Complaint::default(), Complaint::evolve);
        let other = Actor {
            subject: SubjectId::parse("somebody-else").unwrap(),
            ..facts.actor.clone()
        };
        let other = Facts {
            actor: other,
            ..facts.clone()
        };
        let offered = |facts: &Facts| {
            let acts = acts::<Complaint>().into_iter().filter(|act| !act.begins);
            acts.filter(|act| is_possible(&complaint, act, facts))
                .count()
        };
        assert_eq!(offered(&facts), 0);
        assert!(offered(&other) > 3);
    }

    #[test]
    fn of_a_matter_that_ended_nothing_more_is_possible() {
        let facts = facts();
        let request = json!({"request": {
            "person": NOTHING, "done": "2026-02-10", "matter": "extradition", "direction": "outward", "state": "FR",
            "basis": "ica-5", "office": "central-authority", "offences": [{"here": "M102"}]}});
        let end = json!({"end": {"done": "2026-02-20", "reason": "request-withdrawn"}});
        let possible = |matter: &Cooperation| -> Vec<String> {
            let acts = acts::<Cooperation>().into_iter();
            let acts = acts.filter(|act| !act.begins && is_possible(matter, act, &facts));
            acts.map(|act| act.word).collect()
        };
        let decide = |matter: Cooperation, command: Json| -> Cooperation {
            let command = request::read(&command.to_string()).unwrap();
            let events: Vec<CooperationEvent> = matter.decide(command, &facts).unwrap();
            events.iter().fold(matter, Cooperation::evolve)
        };
        let asked = decide(Cooperation::default(), request);
        assert_eq!(
            possible(&asked),
            ["give_consent", "grant", "refuse", "effect", "end"]
        );
        let consent = json!({"give_consent": {"given": "2026-02-12", "language": "fr", "counsel": "granted",
            "consequences": "yes"}});
        let agreed = decide(asked.clone(), consent);
        assert!(possible(&agreed).contains(&"withdraw_consent".to_owned()));
        assert!(possible(&decide(asked, end)).is_empty());
    }
}
