//! What is corrected, quashed, expunged or erased leaves the figures exactly as far as the law takes it out of them: after
//! 1,700 such acts on a country, every figure is the one that is computed from scratch over what the records say, now and
//! as of moments of the past.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::jurisdiction::Pack;
use domain::person::{Person, Register};
use domain::record::AnyEvent;
use domain::sentence::{Decision, Sentence, SentenceEvent, Standing};
use domain::stream::Stream as _;
use domain::values::{Code, Instant, Known};
use infra::clock::Clock;
use infra::facts::FactTable;
use infra::record::Recorded;
use infra::registry::Registry;
use infra::store::Store;
use infra::views::{Severities, Stamp, View, ViewName, ViewRequest, compute};
use serde_json::{Value, json};
use tests::{Failure, Place, receipt};

/// How many of each are drawn.
const CORRECTED: usize = 1_000;
const QUASHED: usize = 500;
const EXPUNGED: usize = 100;
const ERASED: usize = 100;
/// At how many moments of the past the figures are computed again.
const MOMENTS: usize = 20;

/// Numbers without a pattern, the same ones in every run (Knuth's linear congruential generator).
struct Drawn(u64);

impl Drawn {
    fn below(&mut self, most: usize) -> Result<usize, Failure> {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        Ok(usize::try_from(self.0 >> 33)? % most)
    }

    /// Takes so many out of a list.
    fn out_of<T>(&mut self, list: &mut Vec<T>, many: usize) -> Result<Vec<T>, Failure> {
        (0..many)
            .map(|_| Ok(list.swap_remove(self.below(list.len())?)))
            .collect()
    }
}

/// Adds what the ledger has beyond the entries that were read.
async fn read_on(place: &Place, entries: &mut Vec<Recorded>) -> Result<(), Failure> {
    let store = Store::open(place.database().await?, Clock::Fixed(place.clock.clone())).await?;
    loop {
        let next = entries.last().map_or(0, |last| last.index + 1);
        let page = store.page(next, 10_000).await?;
        if page.is_empty() {
            return Ok(());
        }
        for row in &page {
            entries.push(Recorded::read_row(row)?);
        }
    }
}

/// What the records say after some of the entries.
#[derive(Default)]
struct Records {
    people: BTreeMap<String, (Person, usize)>,
    sentences: BTreeMap<String, (Sentence, usize)>,
}

impl Records {
    /// Goes on to the state after the entry at a place of the list.
    fn follow(&mut self, at: usize, entry: &Recorded) {
        match &entry.event {
            AnyEvent::Person(event) => {
                let first = (Person::default(), at);
                let kept = self.people.entry(entry.stream_id.clone()).or_insert(first);
                kept.0 = std::mem::take(&mut kept.0).evolve(event);
            }
            AnyEvent::Sentence(event) => {
                let first = (Sentence::default(), at);
                let kept = self
                    .sentences
                    .entry(entry.stream_id.clone())
                    .or_insert(first);
                kept.0 = std::mem::take(&mut kept.0).evolve(event);
            }
            _ => {}
        }
    }

    /// The facts of these states alone, as if each decision had been recorded once and as it now reads.
    fn facts(&self, entries: &[Recorded]) -> Result<FactTable, Failure> {
        let mut facts = FactTable::new();
        let mut file = |like: &Recorded, event: AnyEvent| {
            let index = facts.next_index();
            facts.file(&Recorded {
                index,
                event,
                ..like.clone()
            });
        };
        for (person, first) in self.people.values() {
            let Some(known) = person.registered() else {
                continue;
            };
            let register = Register {
                sex: known.sex,
                identity: None,
            };
            let like = entries.get(*first).ok_or("an entry")?;
            file(
                like,
                domain::person::PersonEvent::Registered(register).into(),
            );
        }
        for (sentence, first) in self.sentences.values() {
            let Some(imposed) = sentence.imposed() else {
                continue;
            };
            let whose = self.people.get(&imposed.person.to_string());
            let known = whose.is_some_and(|(person, _)| person.registered().is_some());
            if imposed.standing == Standing::Quashed || !known {
                continue;
            }
            let event = SentenceEvent::Imposed {
                person: imposed.person,
                pronounced: imposed.pronounced,
                door: imposed.door,
                decision: Arc::clone(&imposed.decision),
                comparison: Known::NotRecorded,
                findings: Vec::new(),
            };
            file(entries.get(*first).ok_or("an entry")?, event.into());
        }
        Ok(facts)
    }
}

/// Whether the person was a child: such a case is open to nobody by the way.
fn of_a_child(decision: &Decision) -> bool {
    let mut told = decision.circumstances.iter();
    told.any(|(code, answer)| {
        let band = answer.value().map(Code::as_str);
        code.as_str() == "age-band" && matches!(band, Some("under-14" | "14-15" | "16-17"))
    })
}

/// The acts: of the records drawn, each through the registry as somebody would.
async fn act(registry: &Registry, entries: &[Recorded], drawn: &mut Drawn) -> Result<(), Failure> {
    let mut imposed = Vec::new();
    for entry in entries {
        if let AnyEvent::Sentence(SentenceEvent::Imposed {
            person, decision, ..
        }) = &entry.event
            && !of_a_child(decision)
        {
            imposed.push((
                entry.stream_id.clone(),
                person.to_string(),
                Arc::clone(decision),
            ));
        }
    }
    let others = drawn.out_of(&mut imposed.clone(), CORRECTED)?;
    let corrected = drawn.out_of(&mut imposed, CORRECTED)?;
    for ((id, _, _), (_, _, decision)) in corrected.iter().zip(&others) {
        let correct = json!({"correct_slip": {"corrects": 1, "pronounced": "2026-03-02",
            "reason": "typing", "decision": decision}});
        receipt::<Sentence>(registry, "judge", id, correct).await?;
    }
    // Of those that were corrected some are quashed after all, and of those that were quashed some persons erased.
    imposed.extend(corrected);
    let quashed = drawn.out_of(&mut imposed.clone(), QUASHED)?;
    for (id, _, _) in &quashed {
        let quash = json!({"quash": {"pronounced": "2026-03-02"}});
        receipt::<Sentence>(registry, "judge", id, quash).await?;
    }
    for (_, person, _) in drawn.out_of(&mut imposed.clone(), ERASED)? {
        let erase = json!({"erase_data": {"classes": ["identity", "judgment"], "basis": "law"}});
        receipt::<Person>(registry, "judge", &person, erase).await?;
    }
    for (_, person, _) in drawn.out_of(&mut imposed, EXPUNGED)? {
        let expunge = json!({"expunge": {"basis": "law"}});
        receipt::<Person>(registry, "judge", &person, expunge).await?;
    }
    Ok(())
}

/// Every view of the facts at an index, without the moment it is as of.
fn figures(
    facts: &FactTable,
    packs: &[Arc<Pack>],
    severities: &Severities,
    index: u64,
) -> Result<Vec<Value>, Failure> {
    let stamp = Stamp {
        index: Some(index),
        instant: Instant::from_micros(0),
        past: true,
        behind: 0,
    };
    let views = ViewName::ALL.into_iter().map(|name| {
        let request = ViewRequest::of(name);
        let view: View = compute(facts, &request, packs, stamp, severities)?;
        let mut told = serde_json::to_value(view)?;
        if let Some(header) = told.get_mut("header").and_then(Value::as_object_mut) {
            header.remove("as_of");
        }
        Ok(told)
    });
    views.collect()
}

/// Corrects, quashes, erases and expunges, and compares every figure with the one from scratch.
pub(crate) async fn leaves_every_figure_right(
    place: &Place,
    registry: &Registry,
) -> Result<(), Failure> {
    // A program that was stopped may hold the filing by the machine's clock, long after this register's, which stands still.
    let free = "UPDATE projection_lease SET until_us = 0";
    place.database().await?.execute(free, Vec::new()).await?;
    let mut drawn = Drawn(76_184);
    let mut entries = Vec::new();
    read_on(place, &mut entries).await?;
    let before = entries.len();
    act(registry, &entries, &mut drawn).await?;
    registry.catch_up().await?;
    read_on(place, &mut entries).await?;
    assert!(entries.len() >= before + CORRECTED + QUASHED + EXPUNGED + ERASED);
    let packs = [registry.packs().version(&"mongolia/1".parse()?).await?];
    // Half of the moments lie among the acts, where every entry changes something, half in all of the history.
    let mut moments = vec![entries.len() - 1];
    for at in 0..MOMENTS {
        let from = if at % 2 == 0 { before } else { 0 };
        moments.push(from + drawn.below(entries.len() - from)?);
    }
    moments.sort_unstable();
    let severities = Severities::default();
    let (mut records, mut done) = (Records::default(), 0);
    for moment in moments {
        for at in done..=moment {
            records.follow(at, entries.get(at).ok_or("an entry")?);
        }
        done = moment + 1;
        let index = entries.get(moment).ok_or("an entry")?.index;
        let scratch = records.facts(&entries)?;
        let last = scratch.next_index().saturating_sub(1);
        let expected = figures(&scratch, &packs, &Severities::default(), last)?;
        let facts = registry.projections().facts();
        let found = figures(&facts, &packs, &severities, index)?;
        for (found, expected) in found.iter().zip(&expected) {
            assert_eq!(found, expected, "as of entry {index}");
        }
    }
    Ok(())
}
