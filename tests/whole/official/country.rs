//! A small country of which every number is known.

use std::collections::BTreeMap;

use domain::custody::Custody;
use domain::facility::Facility;
use domain::pretrial::Pretrial;
use domain::sentence::Sentence;
use infra::registry::{OfficialQuery, OfficialTable, Registry, cell_name};
use serde_json::{Value, json};
use tests::{Failure, person, receipt};

/// Somebody of whom the tables tell.
#[derive(Clone)]
pub(super) struct Someone {
    pub(super) person: String,
    pub(super) record: String,
}

/// A place of detention of a kind, with so many places in use since the beginning of 2025.
pub(super) async fn opened(
    registry: &Registry,
    (facility, kind): (&str, &str),
    places: u32,
) -> Result<String, Failure> {
    let id = registry.new_stream_id().to_string();
    let open = json!({"open": {
        "facility": facility, "opened": "2025-01-01", "kind": kind, "holds": ["convicted", "untried"]
    }});
    receipt::<Facility>(registry, "prison", &id, open).await?;
    let declare = json!({"declare_capacity": {
        "declared": "2025-01-01", "definition": "operational", "places": places, "from": "2025-01-01"
    }});
    receipt::<Facility>(registry, "prison", &id, declare).await?;
    Ok(id)
}

/// Somebody sentenced on 2 June 2025 for theft, at the age of the group.
pub(super) async fn sentenced(
    registry: &Registry,
    (sex, age): (&str, &str),
    sanction: Value,
) -> Result<Someone, Failure> {
    let person = person(registry, sex).await?.to_string();
    let record = decided(registry, &person, age, sanction).await?;
    Ok(Someone { person, record })
}

pub(super) async fn decided(
    registry: &Registry,
    person: &str,
    age: &str,
    sanction: Value,
) -> Result<String, Failure> {
    let id = registry.new_stream_id().to_string();
    let impose = json!({"impose": {"person": person, "pronounced": "2025-06-02", "decision": {
        "court": "ashby",
        "circumstances": {"age-band": {"value": age}},
        "remand_days": {"value": 0},
        "counts": [{
            "no": 1,
            "offence": {"code": {"value": "M102"}, "iccs": "0502", "category": {"value": "property"}},
            "components": [{"no": 1, "sanction": sanction}]
        }]
    }}});
    receipt::<Sentence>(registry, "judge", &id, impose).await?;
    Ok(id)
}

/// Somebody of an age detained before judgment from a day on.
pub(super) async fn detained(
    registry: &Registry,
    (sex, age): (&str, u16),
    from: &str,
) -> Result<Someone, Failure> {
    let person = person(registry, sex).await?.to_string();
    let record = registry.new_stream_id().to_string();
    for wish in [
        json!({"open": {
            "person": person, "done": from, "court": "ashby", "offences": ["M102"],
            "age_at_offence": {"value": age}
        }}),
        json!({"order_detention": {
            "decided": from, "basis": "pca-12", "grounds": [{"ground": "flight"}],
            "next_review": "2026-02-10", "until": "2026-05-30"
        }}),
    ] {
        receipt::<Pretrial>(registry, "judge", &record, wish).await?;
    }
    Ok(Someone { person, record })
}

/// Held from a day on, on what the record says.
pub(super) async fn held(
    registry: &Registry,
    someone: &Someone,
    basis: Value,
    (facility, from, age): (&str, &str, u16),
) -> Result<String, Failure> {
    let stay = registry.new_stream_id().to_string();
    let admit = json!({"admit": {
        "person": someone.person, "admitted": from, "facility": facility,
        "commitment": {"basis": basis, "authority": "ashby"},
        "reception": {"age": {"value": age}}
    }});
    receipt::<Custody>(registry, "prison", &stay, admit).await?;
    Ok(stay)
}

pub(super) async fn released(
    registry: &Registry,
    stay: &str,
    on: &str,
    ground: &str,
) -> Result<(), Failure> {
    let release = json!({"release": {"released": on, "ground": ground}});
    receipt::<Custody>(registry, "prison", stay, release).await?;
    Ok(())
}

/// What the tables are asked about: five people in two prisons on 31 January 2026.
pub(super) struct Told {
    /// The stay of the woman who is untried.
    pub(super) untried: String,
    /// Her case.
    pub(super) case: String,
    /// The entry after which nothing had been recorded of what happened in February.
    pub(super) january: u64,
}

#[expect(clippy::too_many_lines, reason = "a small country, person by person")]
pub(super) async fn fill(registry: &Registry) -> Result<Told, Failure> {
    opened(registry, ("calder-prison", "prison"), 3).await?;
    opened(registry, ("elmet-open", "open-prison"), 10).await?;
    opened(registry, ("ashby-police", "police"), 5).await?;
    let months = |term: &str| json!({"custody": {"term": term}});
    let sentence = |someone: &Someone| json!({"sentence": someone.record});
    let of_case = |someone: &Someone| json!({"pretrial": someone.record});
    // Two men and a woman who serve a term, one of the men with an appeal, and a man whose sentence was quashed.
    let serving = sentenced(registry, ("male", "25-34"), months("P18M")).await?;
    held(
        registry,
        &serving,
        sentence(&serving),
        ("calder-prison", "2025-06-02", 30),
    )
    .await?;
    let appealing = sentenced(registry, ("male", "25-34"), months("P2Y")).await?;
    held(
        registry,
        &appealing,
        sentence(&appealing),
        ("calder-prison", "2025-06-02", 30),
    )
    .await?;
    let appeal = json!({"lodge_appeal": {"lodged": "2025-06-10", "by": "person"}});
    receipt::<Sentence>(registry, "clerk", &appealing.record, appeal).await?;
    let woman = sentenced(registry, ("female", "35-44"), months("P12M")).await?;
    held(
        registry,
        &woman,
        sentence(&woman),
        ("calder-prison", "2025-11-03", 40),
    )
    .await?;
    let quashed = sentenced(registry, ("male", "18-20"), months("P6M")).await?;
    held(
        registry,
        &quashed,
        sentence(&quashed),
        ("calder-prison", "2025-12-01", 20),
    )
    .await?;
    let quash = json!({"quash": {"pronounced": "2026-01-20"}});
    receipt::<Sentence>(registry, "judge", &quashed.record, quash).await?;
    // A girl before judgment.
    let untried = detained(registry, ("female", 17), "2026-01-10").await?;
    let stay = held(
        registry,
        &untried,
        of_case(&untried),
        ("elmet-open", "2026-01-10", 17),
    )
    .await?;
    // In no prison population: police cells, contempt of court, her own request.
    let police = detained(registry, ("male", 50), "2026-01-28").await?;
    held(
        registry,
        &police,
        of_case(&police),
        ("ashby-police", "2026-01-28", 50),
    )
    .await?;
    let contempt = person(registry, "male").await?.to_string();
    let contempt = Someone {
        person: contempt,
        record: String::new(),
    };
    let basis = json!({"other": {"provision": "mpa-5"}});
    held(
        registry,
        &contempt,
        basis,
        ("calder-prison", "2026-01-15", 45),
    )
    .await?;
    let protect = json!({"protect": {
        "person": person(registry, "female").await?, "taken_in": "2026-01-20",
        "facility": "calder-prison", "court": "ashby"
    }});
    let protected = registry.new_stream_id().to_string();
    receipt::<Custody>(registry, "prison", &protected, protect).await?;
    // Three men who left in 2025: one had served, one died, one escaped.
    for ground in ["served", "died", "escaped"] {
        let gone = sentenced(registry, ("male", "25-34"), months("P3M")).await?;
        let stay = held(
            registry,
            &gone,
            sentence(&gone),
            ("calder-prison", "2025-06-03", 30),
        )
        .await?;
        released(registry, &stay, "2025-08-15", ground).await?;
    }
    // A second decision of the same year, which is lighter: each person counts once.
    let fine = json!({"fine": {"amount": {"minor": 20_000, "currency": "EUR"}}});
    decided(registry, &serving.person, "25-34", fine).await?;
    registry.catch_up().await?;
    let (entries, _) = registry.head().await?;
    // In February an appeal was dismissed and the woman who is serving left: 31 January stays as it was.
    let dismiss =
        json!({"dismiss_appeal": {"pronounced": "2026-02-10", "reason": "appeal-without-merit"}});
    receipt::<Sentence>(registry, "judge", &appealing.record, dismiss).await?;
    released(registry, &stay, "2026-02-20", "bail").await?;
    registry.catch_up().await?;
    Ok(Told {
        untried: stay,
        case: untried.record,
        january: entries - 1,
    })
}

/// What each cell shows, by its name; those that show 0 left out.
pub(super) fn cells(made: &OfficialTable) -> BTreeMap<String, String> {
    let shown = made.cells.iter().map(|cell| {
        let name = cell_name(&cell.line, &cell.key);
        (name, cell.value.shown())
    });
    shown
        .filter(|(_, shown)| shown != "0" && shown != "0.0")
        .collect()
}

pub(super) fn known(cells: &[(&str, &str)]) -> BTreeMap<String, String> {
    let cells = cells.iter();
    cells
        .map(|(name, shown)| ((*name).to_owned(), (*shown).to_owned()))
        .collect()
}

pub(super) fn on(table: &str, day: &str) -> Result<OfficialQuery, Failure> {
    Ok(OfficialQuery {
        table: table.to_owned(),
        day: Some(day.parse()?),
        ..OfficialQuery::default()
    })
}
