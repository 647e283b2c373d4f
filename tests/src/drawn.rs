//! Facts drawn at random, the same for the same number of rows, as events that are filed in ledger order.
//!
//! Each person has one of four entries for the sex; each decision is of one of ten grades and twelve courts, for 1 to
//! 3,650 days of custody. One in ten is quashed, up to a million entries of the ledger later.

use std::path::Path;
use std::sync::Arc;

use domain::record::AnyEvent;
use domain::sentence::{Sanction, SentenceEvent};
use domain::values::PersonId;
use infra::facts::{FactTable, Penalty, Selection};
use infra::record::{Recorded, Told};
use serde_json::json;
use uuid::Uuid;

use crate::Failure;

/// Entries for the sex of a person.
const SEXES: [Option<&str>; 4] = [None, Some("female"), Some("male"), Some("another")];
const GRADES: u32 = 10;
const COURTS: u32 = 12;
const DAYS: u32 = 3_650;
/// A decision that is not quashed.
pub const STANDS: u32 = u32::MAX;

/// Decisions, by columns. The first opens at the index behind the registration of the last person.
#[derive(Debug, Default)]
pub struct Drawn {
    /// The entry for the sex of each person.
    persons: Vec<u8>,
    /// The person of each decision.
    person: Vec<u32>,
    /// The grade.
    pub gravity: Vec<u8>,
    /// The court.
    pub court: Vec<u8>,
    /// Days of custody.
    pub days: Vec<u32>,
    /// The index at which it is quashed.
    pub to: Vec<u32>,
}

/// The next number of a sequence that looks drawn (splitmix64).
fn drawn(state: &mut u64, below: u32) -> u32 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    u32::try_from((z ^ (z >> 31)) % u64::from(below)).unwrap_or_default()
}

impl Drawn {
    /// So many decisions, of a quarter as many persons.
    pub fn of(rows: u32) -> Result<Self, Failure> {
        let (mut state, mut all) = (1, Self::default());
        let persons = rows / 4 + 1;
        for _ in 0..persons {
            all.persons.push(u8::try_from(drawn(&mut state, 4))?);
        }
        for row in 0..rows {
            all.person.push(drawn(&mut state, persons));
            all.gravity.push(u8::try_from(drawn(&mut state, GRADES))?);
            all.court.push(u8::try_from(drawn(&mut state, COURTS))?);
            all.days.push(drawn(&mut state, DAYS) + 1);
            let (closes, later) = (drawn(&mut state, 10) == 0, drawn(&mut state, 1_000_000));
            let to = if closes {
                persons + row + 1 + later
            } else {
                STANDS
            };
            all.to.push(to);
        }
        Ok(all)
    }

    /// How many decisions.
    pub fn len(&self) -> usize {
        self.days.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.days.is_empty()
    }

    /// The index at which a decision opens.
    pub fn from(&self, row: usize) -> Result<u32, Failure> {
        Ok(u32::try_from(self.persons.len() + row)?)
    }

    /// The entry for the sex of a decision's person.
    pub fn sex(&self, row: usize) -> u8 {
        let person = self
            .person
            .get(row)
            .and_then(|no| usize::try_from(*no).ok());
        let sex = person.and_then(|no| self.persons.get(no));
        sex.copied().unwrap_or_default()
    }

    /// The words of a group.
    pub fn words(sex: u8, gravity: u8, court: u8) -> Vec<String> {
        let sex = SEXES.get(usize::from(sex)).copied().flatten();
        let sex = sex.unwrap_or("not_recorded").to_owned();
        vec![sex, format!("drawn/1 g{gravity}"), format!("court-{court}")]
    }

    /// The columns by which everything is counted.
    pub fn selection() -> Selection {
        Selection {
            by: ["sex", "gravity", "court"].map(str::to_owned).into(),
            ..Selection::default()
        }
    }

    /// The columns as files of little-endian numbers in a folder.
    pub fn write(&self, folder: &Path) -> Result<(), Failure> {
        let rows = 0..self.len();
        let from = rows.clone().map(|row| self.from(row));
        let from = from.collect::<Result<Vec<u32>, _>>()?;
        let sex: Vec<u8> = rows.map(|row| self.sex(row)).collect();
        let wide = |column: &[u32]| -> Vec<u8> {
            column.iter().flat_map(|one| one.to_le_bytes()).collect()
        };
        std::fs::write(folder.join("from_index"), wide(&from))?;
        std::fs::write(folder.join("to_index"), wide(&self.to))?;
        std::fs::write(folder.join("days"), wide(&self.days))?;
        std::fs::write(folder.join("sex"), sex)?;
        std::fs::write(folder.join("gravity"), &self.gravity)?;
        std::fs::write(folder.join("court"), &self.court)?;
        std::fs::write(folder.join("person"), wide(&self.person))?;
        let decisions = (0_u64..).take(self.len()).map(|no| id(1, no));
        let decisions: Vec<u8> = decisions.flat_map(Uuid::into_bytes).collect();
        std::fs::write(folder.join("decision"), decisions)?;
        Ok(())
    }

    /// Files everything, in ledger order.
    pub fn file(&self) -> Result<FactTable, Failure> {
        let mut facts = FactTable::new();
        for (index, sex) in (0_u64..).zip(&self.persons) {
            let sex = SEXES.get(usize::from(*sex)).copied().flatten();
            let event = match sex {
                Some(sex) => json!({"registered": {"sex": {"value": sex}}}),
                None => json!({"registered": {}}),
            };
            let event = AnyEvent::parse("person", &event.to_string())?;
            facts.file(&recorded("person", id(0, index), index, event));
        }
        let mut quashed: Vec<(u32, usize)> = self.to.iter().copied().zip(0..).collect();
        quashed.retain(|(to, _)| *to != STANDS);
        quashed.sort_unstable();
        let mut quashed = quashed.into_iter().peekable();
        let quash = json!({"quashed": {"pronounced": "2024-06-01"}});
        let quash = AnyEvent::parse("sentence", &quash.to_string())?;
        let mut close = |facts: &mut FactTable, until: u32| -> Result<(), Failure> {
            while let Some((to, row)) = quashed.next_if(|(to, _)| *to <= until) {
                let id = id(1, u64::try_from(row)?);
                facts.file(&recorded("sentence", id, u64::from(to), quash.clone()));
            }
            Ok(())
        };
        let sanctions: Vec<Sanction> = (0..=DAYS).map(sanction).collect::<Result<_, _>>()?;
        let mut event = imposed()?;
        for row in 0..self.len() {
            let from = self.from(row)?;
            close(&mut facts, from)?;
            self.fill(&mut event, row, &sanctions)?;
            let id = id(1, u64::try_from(row)?);
            facts.file(&recorded("sentence", id, u64::from(from), event.clone()));
        }
        close(&mut facts, STANDS - 1)?;
        Ok(facts)
    }

    fn fill(&self, event: &mut AnyEvent, row: usize, terms: &[Sanction]) -> Result<(), Failure> {
        let AnyEvent::Sentence(SentenceEvent::Imposed {
            person, decision, ..
        }) = event
        else {
            return Err("a decision".into());
        };
        let no = self.person.get(row).copied().unwrap_or_default();
        *person = PersonId(id(0, u64::from(no)));
        let of = |column: &[u8]| column.get(row).copied().unwrap_or_default();
        let decision = Arc::make_mut(decision);
        decision.court = format!("court-{}", of(&self.court)).parse()?;
        let count = decision.counts.first_mut().ok_or("a count")?;
        if let Some(gravity) = &mut count.gravity {
            gravity.level = format!("g{}", of(&self.gravity)).parse()?;
        }
        let days = self.days.get(row).copied().unwrap_or_default();
        let component = count.components.first_mut().ok_or("a component")?;
        component.sanction = terms.get(usize::try_from(days)?).ok_or("a term")?.clone();
        Ok(())
    }

    /// The days of each penalty of a table, by its code.
    pub fn days_of(facts: &FactTable) -> Result<Vec<Option<u32>>, Failure> {
        let days = facts
            .penalties()
            .words_from(0)
            .zip(0..)
            .map(|(text, code)| {
                if code == 0 {
                    return Ok(None);
                }
                let penalty: Penalty = serde_json::from_str(text)?;
                let term = serde_json::to_value(&penalty)?;
                let term = term.pointer("/components/0/sanction/custody/term");
                let term = term.and_then(|term| term.as_str()).ok_or("a term")?;
                let days = term
                    .strip_prefix('P')
                    .and_then(|term| term.strip_suffix('D'));
                Ok(Some(days.ok_or("days")?.parse()?))
            });
        days.collect()
    }
}

fn id(of: u64, no: u64) -> Uuid {
    // As spread as ids are that were drawn.
    let mut state = (of << 40) | no;
    let parts: [u32; 4] = std::array::from_fn(|_| drawn(&mut state, u32::MAX));
    let all = parts
        .iter()
        .fold(0_u128, |all, part| (all << 32) | u128::from(*part));
    Uuid::from_u128(all)
}

fn sanction(days: u32) -> Result<Sanction, Failure> {
    let term = json!({"custody": {"term": format!("P{}D", days.max(1))}});
    Ok(serde_json::from_value(term)?)
}

fn imposed() -> Result<AnyEvent, Failure> {
    let event = json!({"imposed": {
        "person": Uuid::nil(), "pronounced": "2024-05-03", "door": "existing",
        "decision": {"court": "court-0", "counts": [{"no": 1,
            "offence": {"code": {"value": "M101"}, "category": {"value": "property"}},
            "gravity": {"policy": "drawn/1", "level": "g0"},
            "components": [{"no": 1, "sanction": {"custody": {"term": "P1D"}}}]}]},
    }});
    Ok(AnyEvent::parse("sentence", &event.to_string())?)
}

fn recorded(stream: &str, id: Uuid, index: u64, event: AnyEvent) -> Recorded {
    Recorded {
        index,
        stream_type: stream.to_owned(),
        stream_id: id.to_string(),
        sequence: 1,
        recorded_us: 0,
        stored_us: 0,
        told: Told {
            event_id: id,
            occurred: Some("2024-05-03".to_owned()),
            actor: "somebody".to_owned(),
            role: "judge".to_owned(),
            office: None,
            purpose: None,
            policy: Some("drawn/1".to_owned()),
            correlation: None,
            causation: None,
        },
        event,
    }
}
