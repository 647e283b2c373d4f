//! The official tables: a register of which the answer of every cell is known; as of the past; for whom they are; and the
//! files as the bodies that ask for them read them.
#![expect(
    clippy::indexing_slicing,
    reason = "what a JSON value lacks reads as null, and the step that needs it fails"
)]

use std::collections::BTreeMap;

use domain::custody::Custody;
use domain::facility::Facility;
use domain::pretrial::Pretrial;
use domain::sentence::Sentence;
use domain::supervision::Supervision;
use infra::access::Denied;
use infra::registry::{
    AsOf, OfficialError, OfficialQuery, OfficialTable, Registry, cell_name, cell_named,
};
use serde_json::{Value, json};
use tests::{Failure, Place, Served, call, person, receipt, run};

/// Somebody of whom the tables tell.
#[derive(Clone)]
struct Someone {
    person: String,
    record: String,
}

/// A place of detention of a kind, with so many places in use since the beginning of 2025.
async fn opened(
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
async fn sentenced(
    registry: &Registry,
    (sex, age): (&str, &str),
    sanction: Value,
) -> Result<Someone, Failure> {
    let person = person(registry, sex).await?.to_string();
    let record = decided(registry, &person, age, sanction).await?;
    Ok(Someone { person, record })
}

async fn decided(
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
async fn detained(
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
async fn held(
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

async fn released(registry: &Registry, stay: &str, on: &str, ground: &str) -> Result<(), Failure> {
    let release = json!({"release": {"released": on, "ground": ground}});
    receipt::<Custody>(registry, "prison", stay, release).await?;
    Ok(())
}

/// What the tables are asked about: five people in two prisons on 31 January 2026.
struct Told {
    /// The stay of the woman who is untried.
    untried: String,
    /// Her case.
    case: String,
    /// The entry after which nothing had been recorded of what happened in February.
    january: u64,
}

#[expect(clippy::too_many_lines, reason = "a small country, person by person")]
async fn fill(registry: &Registry) -> Result<Told, Failure> {
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
fn cells(made: &OfficialTable) -> BTreeMap<String, String> {
    let shown = made.cells.iter().map(|cell| {
        let name = cell_name(&cell.line, &cell.key);
        (name, cell.value.shown())
    });
    shown
        .filter(|(_, shown)| shown != "0" && shown != "0.0")
        .collect()
}

fn known(cells: &[(&str, &str)]) -> BTreeMap<String, String> {
    let cells = cells.iter();
    cells
        .map(|(name, shown)| ((*name).to_owned(), (*shown).to_owned()))
        .collect()
}

fn on(table: &str, day: &str) -> Result<OfficialQuery, Failure> {
    Ok(OfficialQuery {
        table: table.to_owned(),
        day: Some(day.parse()?),
        ..OfficialQuery::default()
    })
}

const SDG: &[(&str, &str)] = &[
    ("HELD", "5"),
    ("HELD.sex:female", "2"),
    ("HELD.sex:male", "3"),
    ("HELD.age_status:juvenile", "1"),
    ("HELD.age_status:adult", "4"),
    ("HELD.age_status:juvenile.sex:female", "1"),
    ("HELD.age_status:adult.sex:female", "1"),
    ("HELD.age_status:adult.sex:male", "3"),
    ("UNSENTENCED", "2"),
    ("UNSENTENCED.sex:female", "1"),
    ("UNSENTENCED.sex:male", "1"),
    ("UNSENTENCED.age_status:juvenile", "1"),
    ("UNSENTENCED.age_status:adult", "1"),
    ("UNSENTENCED.age_status:juvenile.sex:female", "1"),
    ("UNSENTENCED.age_status:adult.sex:male", "1"),
    ("UNSENTENCED_SHARE", "40.0"),
    ("UNSENTENCED_SHARE.sex:female", "50.0"),
    ("UNSENTENCED_SHARE.sex:male", "33.3"),
    ("UNSENTENCED_SHARE.age_status:juvenile", "100.0"),
    ("UNSENTENCED_SHARE.age_status:adult", "25.0"),
    ("UNSENTENCED_SHARE.age_status:juvenile.sex:female", "100.0"),
    ("UNSENTENCED_SHARE.age_status:adult.sex:male", "33.3"),
    ("UNSENTENCED_SHARE_APPEALS", "60.0"),
    ("UNSENTENCED_SHARE_APPEALS.sex:female", "50.0"),
    ("UNSENTENCED_SHARE_APPEALS.sex:male", "66.7"),
    ("UNSENTENCED_SHARE_APPEALS.age_status:juvenile", "100.0"),
    ("UNSENTENCED_SHARE_APPEALS.age_status:adult", "50.0"),
    (
        "UNSENTENCED_SHARE_APPEALS.age_status:juvenile.sex:female",
        "100.0",
    ),
    (
        "UNSENTENCED_SHARE_APPEALS.age_status:adult.sex:male",
        "66.7",
    ),
];

/// ST-2
#[tokio::test]
async fn every_cell_of_indicator_16_3_2_is_the_one_that_is_known_in_both_readings()
-> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let told = fill(&registry).await?;
        let statistician = call("statistician")?;
        let query = on("sdg-16-3-2", "2026-01-31")?;
        // What happened in February changes nothing of January, whether it was known or not.
        for as_of in [AsOf::Now, AsOf::Index(told.january)] {
            let made = registry.official(&statistician, &query, as_of).await?;
            let mut found = cells(&made);
            // Of nobody there is no share.
            found.retain(|_, shown| shown != "not computable");
            assert_eq!(found, known(SDG), "{as_of:?}");
            let nobody = made.cells.iter().find(|cell| {
                cell_name(&cell.line, &cell.key) == "UNSENTENCED_SHARE.sex:not_recorded"
            });
            let nobody = nobody.ok_or("the cell of nobody is missing")?;
            assert_eq!(nobody.value.shown(), "not computable");
        }
        // On the last day of February the appeal is over, and the girl has left.
        let later = on("sdg-16-3-2", "2026-02-28")?;
        let made = registry.official(&statistician, &later, AsOf::Now).await?;
        let found = cells(&made);
        assert_eq!(found["HELD"], "4");
        assert_eq!(found["UNSENTENCED_SHARE"], "25.0");
        assert_eq!(found["UNSENTENCED_SHARE_APPEALS"], "25.0");
    }
    Ok(())
}

const PRISONS: &[(&str, &str)] = &[
    ("HELD", "5"),
    ("HELD.sex:female", "2"),
    ("HELD.sex:male", "3"),
    ("HELD.age_status:juvenile", "1"),
    ("HELD.age_status:adult", "4"),
    ("HELD.age_status:juvenile.sex:female", "1"),
    ("HELD.age_status:adult.sex:female", "1"),
    ("HELD.age_status:adult.sex:male", "3"),
    ("UNSENTENCED", "2"),
    ("UNSENTENCED.sex:female", "1"),
    ("UNSENTENCED.sex:male", "1"),
    ("UNSENTENCED.age_status:juvenile", "1"),
    ("UNSENTENCED.age_status:adult", "1"),
    ("UNSENTENCED.age_status:juvenile.sex:female", "1"),
    ("UNSENTENCED.age_status:adult.sex:male", "1"),
    ("SENTENCED", "3"),
    ("SENTENCED.sex:female", "1"),
    ("SENTENCED.sex:male", "2"),
    ("SENTENCED.age_status:adult", "3"),
    ("SENTENCED.age_status:adult.sex:female", "1"),
    ("SENTENCED.age_status:adult.sex:male", "2"),
    ("FOREIGN", "…"),
    ("CAPACITY", "13"),
    ("OCCUPANCY", "38.5"),
    // Four on three places in one prison, one on ten in the other.
    ("EXCESS_BY_SITE", "1"),
    ("EXCESS_NET", "-8"),
    // Nobody has counted the posts.
    ("STAFF", "…"),
    ("SUICIDES", "…"),
];

const PERSONS: &[(&str, &str)] = &[
    ("CONVICTED", "7"),
    ("CONVICTED.sex:female", "1"),
    ("CONVICTED.sex:male", "6"),
    ("CONVICTED.age_status:adult", "7"),
    ("CONVICTED.age_status:adult.sex:female", "1"),
    ("CONVICTED.age_status:adult.sex:male", "6"),
    ("CONVICTED.iccs:05", "7"),
    ("CONVICTED.iccs:05.sex:female", "1"),
    ("CONVICTED.iccs:05.sex:male", "6"),
    ("CONVICTED.sanction:custody", "7"),
    ("CONVICTED.sanction:custody.sex:female", "1"),
    ("CONVICTED.sanction:custody.sex:male", "6"),
    ("PROSECUTED", "…"),
    ("FORMAL_CONTACT", "…"),
    ("BEFORE_COURTS_BY_COUNSEL", "…"),
    ("CONVICTED_FOREIGN", "…"),
];

const SPACE_I: &[(&str, &str)] = &[
    ("HELD", "5"),
    ("HELD.sex:female", "2"),
    ("HELD.sex:male", "3"),
    ("HELD.age:16-17", "1"),
    ("HELD.age:18-20", "1"),
    ("HELD.age:30-39", "2"),
    ("HELD.age:40-49", "1"),
    ("HELD.status:untried", "1"),
    ("HELD.status:appeal", "1"),
    ("HELD.status:final", "2"),
    ("HELD.status:no_decision", "1"),
    ("HELD.sex:female.status:untried", "1"),
    ("HELD.sex:female.status:final", "1"),
    ("HELD.sex:male.status:appeal", "1"),
    ("HELD.sex:male.status:final", "1"),
    ("HELD.sex:male.status:no_decision", "1"),
    ("SENTENCED", "2"),
    // Exactly twelve months, and eighteen.
    ("SENTENCED.length:1-3-years", "2"),
    ("SENTENCED.length:1-3-years.sex:female", "1"),
    ("SENTENCED.length:1-3-years.sex:male", "1"),
    ("SENTENCED.iccs:05", "2"),
    // 5 of 1,204,000.
    ("RATE", "0.4"),
    ("FEMALE_SHARE", "40.0"),
    ("FOREIGN", "…"),
    ("CAPACITY", "13"),
    ("DENSITY", "38.5"),
    ("ENTRIES", "7"),
    ("ENTRIES.sex:female", "1"),
    ("ENTRIES.sex:male", "6"),
    ("RELEASES", "1"),
    ("RELEASES.sex:male", "1"),
    ("ESCAPES", "1"),
    ("DEATHS", "1"),
    ("DEATHS.sex:male", "1"),
    ("SUICIDES", "…"),
    ("STAFF", "…"),
];

#[tokio::test]
async fn every_cell_of_the_tables_of_prisons_and_convictions_is_the_one_that_is_known()
-> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        fill(&registry).await?;
        let statistician = call("statistician")?;
        for (table, day, answer) in [
            ("un-cts-prisons", "2026-01-31", PRISONS),
            ("un-cts-persons", "2025-12-31", PERSONS),
            ("space-i", "2026-01-31", SPACE_I),
        ] {
            let query = on(table, day)?;
            let made = registry.official(&statistician, &query, AsOf::Now).await?;
            let mut found = cells(&made);
            found.retain(|_, shown| shown != "not computable");
            assert_eq!(found, known(answer), "{table}");
        }
    }
    Ok(())
}

/// TR-3.12
#[tokio::test]
async fn a_table_is_for_statisticians_and_oversight_and_what_is_behind_a_number_for_oversight_alone()
-> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let told = fill(&registry).await?;
        let query = on("sdg-16-3-2", "2026-01-31")?;
        for other in ["judge", "clerk", "prison", "administrator"] {
            let denied = registry.official(&call(other)?, &query, AsOf::Now).await;
            let is_denied = matches!(
                denied,
                Err(OfficialError::Denied(
                    Denied::Role { .. } | Denied::Purpose { .. }
                ))
            );
            assert!(is_denied, "{other}");
        }
        let behind = |who, cell: &'static str| {
            let (registry, query) = (registry.clone(), query.clone());
            async move {
                let cell = cell_named(cell).ok_or("no cell")?;
                let call = call(who)?;
                let found = registry.official_behind(&call, &query, &cell, AsOf::Now, (0, 50));
                Ok::<_, Failure>(found.await)
            }
        };
        let statistician = behind("statistician", "UNSENTENCED.sex:male").await?;
        assert!(matches!(statistician, Err(OfficialError::Denied(_))));
        let men = behind("oversight", "UNSENTENCED.sex:male").await??;
        let kinds: Vec<&str> = men
            .records
            .iter()
            .filter_map(|record| record.split('/').next())
            .collect();
        assert_eq!((kinds, men.closed), (vec!["custody", "sentence"], 0));
        // The girl's stay and her case are counted, and open to nobody who does not come through the gate.
        let girls = behind("oversight", "UNSENTENCED.sex:female").await??;
        assert_eq!((girls.records, girls.closed), (Vec::new(), 2));
        assert_eq!(girls.cell.value.shown(), "1");
        let places = behind("oversight", "CAPACITY").await?;
        assert!(matches!(places, Err(OfficialError::UnknownCell { .. })));
        let log = registry
            .consultations(&call("oversight")?, AsOf::Now, None, 200)
            .await?;
        let shown: Vec<&String> = log.rows.iter().flat_map(|look| &look.shown).collect();
        let is_shown = |what: &str| shown.iter().any(|one| one.contains(what));
        assert!(is_shown(
            "official/sdg-16-3-2?jurisdiction=midland&day=2026-01-31"
        ));
        assert!(is_shown(&men.records[0]));
        assert!(!is_shown(&told.untried) && !is_shown(&told.case));
    }
    Ok(())
}

#[tokio::test]
async fn a_wrong_question_is_answered_with_the_field_and_a_way_out() -> Result<(), Failure> {
    let mut place = Place::on_file()?;
    let registry = place.midland().await?;
    let served = Served::within(registry.clone()).await?;
    for (address, status, field, way_out) in [
        ("space-iii", 404, None, "one of sdg-16-3-2, un-cts-prisons"),
        (
            "space-i?day=2026-03-03",
            400,
            Some("day"),
            "name an earlier one",
        ),
        ("space-i?year=2027", 400, Some("day"), "name an earlier one"),
        ("space-i?year=soon", 400, Some("year"), "write it as 2026"),
        (
            "space-i?year=2025&day=2026-01-31",
            400,
            Some("day"),
            "name one of them",
        ),
        (
            "space-i?jurisdiction=atlantis",
            400,
            Some("jurisdiction"),
            "name one of midland",
        ),
        ("space-i?month=1", 400, None, "month"),
        (
            "space-i/behind?cell=HELD.sex",
            400,
            Some("cell"),
            "such as HELD.sex:female",
        ),
    ] {
        let path = format!("/v1/official/{address}");
        let answer = served.get("oversight", &path).await?;
        assert_eq!(answer.status, status, "{address}: {answer:?}");
        let problem = answer.json()?;
        let detail = problem["detail"].as_str().unwrap_or_default();
        assert!(detail.contains(way_out), "{address}: {detail}");
        if let Some(field) = field {
            assert_eq!(problem["field"], field, "{address}");
        }
    }
    // Of a register that holds no stay nothing is known: no zero, and no share.
    let answer = served
        .get("statistician", "/v1/official/sdg-16-3-2")
        .await?
        .json()?;
    for cell in answer["cells"].as_array().into_iter().flatten() {
        assert_eq!(cell["shown"], "…", "{cell}");
        let why = &cell["value"]["nothing"]["why"];
        assert_eq!(
            why,
            "No stay in a place of detention is recorded in this register."
        );
    }
    assert_eq!(answer["day"], "2025-12-31");
    Ok(())
}

#[tokio::test]
async fn a_table_is_written_as_the_body_that_asks_reads_it_and_the_same_whenever_it_is()
-> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let told = fill(&registry).await?;
        registry.projections().release().await?;
        let as_of = told.january.to_string();
        let write = |name: &str, more: &[&str]| -> Result<String, Failure> {
            let out = place.folder().join(name);
            let out = out.to_str().ok_or("no name")?;
            let fixed = ["export", "official", "sdg-16-3-2", "--day", "2026-01-31"];
            let args = [&fixed[..], more, &["--out", out]].concat();
            let (code, said, error) = run(&place, &args)?;
            assert_eq!(code, 0, "{said}{error}");
            Ok(std::fs::read_to_string(out)?)
        };
        let sdmx = write("now.csv", &["--format", "sdmx-csv"])?;
        let mut lines = sdmx.lines();
        assert_eq!(
            lines.next(),
            Some(
                "STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,INDICATOR,SEX,AGE_STATUS,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MEASURE,NUMERATOR,DENOMINATOR,COMMENT_OBS"
            )
        );
        let start = "dataflow,ASSIZE:SDG_16_3_2(1.0),I,midland";
        for line in [
            format!("{start},HELD,_T,_T,2026-01-31,5,A,NUMBER,,,"),
            format!("{start},UNSENTENCED_SHARE,_T,_T,2026-01-31,40.0,A,PT,2,5,"),
            format!("{start},UNSENTENCED_SHARE_APPEALS,M,_T,2026-01-31,66.7,A,PT,2,3,"),
            format!(
                "{start},UNSENTENCED_SHARE,_U,_T,2026-01-31,,O,PT,,,There is nobody and nothing of which it could be a part."
            ),
        ] {
            assert!(sdmx.lines().any(|own| own == line), "{line}\n{sdmx}");
        }
        // As of an entry of January the same numbers, and the same bytes whenever they are asked.
        let then = ["--format", "sdmx-csv", "--as-of", &as_of];
        assert_eq!(write("then.csv", &then)?, sdmx);
        let plain = write("plain.csv", &[])?;
        let line = "sdg-16-3-2,midland,2026-01-31,UNSENTENCED_SHARE,\"Unsentenced of 100 held, whoever has appealed counting as sentenced\",male,all,33.3,,,1,3,100";
        assert!(plain.lines().any(|own| own == line), "{plain}");
        // It replaces nothing, and is for those who may export figures.
        let out = place.folder().join("plain.csv");
        let out = out.to_str().ok_or("no name")?;
        let args = [
            "export", "official", "space-i", "--year", "2026", "--out", out,
        ];
        let (code, _, error) = run(&place, &args)?;
        assert_eq!((code, error.contains("plain.csv")), (1, true), "{error}");
        let clerk = [
            "export",
            "official",
            "space-i",
            "--out",
            "no.csv",
            "--identity",
            "clerk",
        ];
        let (code, _, error) = run(&place, &clerk)?;
        assert_eq!(
            (code, error.contains("may not export")),
            (1, true),
            "{error}"
        );
    }
    Ok(())
}

/// Somebody at liberty before judgment under a measure since a day.
async fn at_liberty(
    registry: &Registry,
    alternative: &str,
    since: &str,
) -> Result<String, Failure> {
    let person = person(registry, "male").await?.to_string();
    let case = registry.new_stream_id().to_string();
    for wish in [
        json!({"open": {"person": person, "done": since, "court": "ashby", "offences": ["M102"]}}),
        json!({"impose_alternative": {
            "decided": since, "basis": "pca-20", "measures": [{"alternative": alternative}]
        }}),
    ] {
        receipt::<Pretrial>(registry, "judge", &case, wish).await?;
    }
    Ok(case)
}

/// The supervision of somebody who was released from a sentence.
async fn supervised(registry: &Registry, sex: &str, from: &str) -> Result<String, Failure> {
    let custody = json!({"custody": {"term": "P18M"}});
    let released = sentenced(registry, (sex, "25-34"), custody).await?;
    let supervision = registry.new_stream_id().to_string();
    let start = json!({"start": {
        "person": released.person, "cause": {"sentence": released.record},
        "office": "ashby-probation", "done": from, "starts": from
    }});
    receipt::<Supervision>(registry, "probation", &supervision, start).await?;
    Ok(supervision)
}

const SPACE_II: &[(&str, &str)] = &[
    // One man has two orders, and counts once in all.
    ("STOCK", "5"),
    ("STOCK.sex:female", "2"),
    ("STOCK.sex:male", "3"),
    ("STOCK.category:1", "1"),
    ("STOCK.category:5", "1"),
    ("STOCK.category:10", "1"),
    ("STOCK.category:11", "1"),
    ("STOCK.category:12", "1"),
    ("STOCK.category:14", "1"),
    ("STOCK.category:1.sex:male", "1"),
    ("STOCK.category:5.sex:male", "1"),
    ("STOCK.category:10.sex:male", "1"),
    ("STOCK.category:11.sex:male", "1"),
    ("STOCK.category:12.sex:female", "1"),
    ("STOCK.category:14.sex:female", "1"),
    ("BEGAN", "8"),
    ("BEGAN.sex:female", "2"),
    ("BEGAN.sex:male", "6"),
    ("BEGAN.category:1", "2"),
    ("BEGAN.category:5", "1"),
    ("BEGAN.category:10", "1"),
    ("BEGAN.category:11", "1"),
    ("BEGAN.category:12", "2"),
    ("BEGAN.category:14", "1"),
    ("ENDED", "2"),
    ("ENDED.sex:male", "2"),
    ("ENDED.category:1", "1"),
    ("ENDED.category:12", "1"),
    ("ENDED.exit:completed", "1"),
    ("ENDED.exit:imprisoned", "1"),
    ("ENDED.category:1.exit:imprisoned", "1"),
    ("ENDED.category:12.exit:completed", "1"),
    ("MINORS", "…"),
    ("FOREIGN", "…"),
    // No report is recorded.
    ("REPORTS", "…"),
    ("STAFF", "…"),
];

#[tokio::test]
async fn every_cell_of_the_table_of_probation_is_the_one_that_is_known() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let order = |requirements: Value| json!({"community_order": {"period": "P1Y", "requirements": requirements}});
        let work = json!({"kind": "unpaid-work", "quantity": {"minutes": 6000}});
        let supervision = json!({"kind": "supervision", "length": "P1Y"});
        let one = sentenced(&registry, ("male", "25-34"), order(json!([work]))).await?;
        let treatment = json!([{"kind": "treatment", "length": "P1Y"}]);
        decided(&registry, &one.person, "25-34", order(treatment)).await?;
        let mixed = order(json!([work, supervision]));
        sentenced(&registry, ("female", "25-34"), mixed).await?;
        let suspended = json!({"suspended_custody": {
            "term": "P6M", "operational_period": "P1Y", "requirements": [supervision]
        }});
        sentenced(&registry, ("male", "25-34"), suspended).await?;
        let detained = at_liberty(&registry, "supervision", "2025-05-05").await?;
        let detain = json!({"order_detention": {
            "decided": "2025-07-01", "basis": "pca-12", "grounds": [{"ground": "flight"}],
            "next_review": "2025-07-20", "until": "2025-09-30"
        }});
        receipt::<Pretrial>(&registry, "judge", &detained, detain).await?;
        at_liberty(&registry, "monitoring", "2025-12-10").await?;
        // Reporting to the police is no supervision by a probation agency.
        at_liberty(&registry, "reporting", "2025-12-10").await?;
        supervised(&registry, "female", "2025-12-01").await?;
        let over = supervised(&registry, "male", "2025-12-02").await?;
        let end = json!({"end": {"done": "2025-12-20", "reason": "completed"}});
        receipt::<Supervision>(&registry, "probation", &over, end).await?;
        registry.catch_up().await?;
        let query = on("space-ii", "2026-01-31")?;
        let statistician = call("statistician")?;
        let made = registry.official(&statistician, &query, AsOf::Now).await?;
        assert_eq!(cells(&made), known(SPACE_II));
    }
    Ok(())
}

#[tokio::test]
async fn each_offence_of_the_rules_has_its_class_and_says_whether_it_was_checked()
-> Result<(), Failure> {
    let mut place = Place::on_file()?;
    let registry = place.midland().await?;
    let served = Served::within(registry.clone()).await?;
    let list = served
        .get("clerk", "/v1/official/iccs-crosswalk")
        .await?
        .json()?;
    assert_eq!(list["classification"], "ICCS 1.0");
    let offences = list["offences"].as_array().cloned().unwrap_or_default();
    assert_eq!(offences.len(), 18);
    let of = |code: &str| {
        let mut all = offences.iter();
        all.find(|one| one["offence"] == code)
            .cloned()
            .unwrap_or_default()
    };
    assert_eq!(of("M203")["class_title"], "Serious assault");
    assert_eq!(of("M203")["verified"], true);
    assert_eq!(of("M401")["verified"], false);
    registry.projections().release().await?;
    let out = place.folder().join("crosswalk.csv");
    let out = out.to_str().ok_or("no name")?;
    let (code, said, error) = run(
        &place,
        &["export", "official", "iccs-crosswalk", "--out", out],
    )?;
    assert_eq!(code, 0, "{said}{error}");
    let line = "midland,midland/1,M102,Theft,,,0502,0502,Theft,true,ICCS 1.0";
    let written = std::fs::read_to_string(out)?;
    assert!(written.lines().any(|own| own == line), "{written}");
    let sdmx = [
        "export",
        "official",
        "iccs-crosswalk",
        "--format",
        "sdmx-csv",
        "--out",
        "no.csv",
    ];
    let (code, _, error) = run(&place, &sdmx)?;
    assert_eq!(
        (code, error.contains("leave out --format")),
        (2, true),
        "{error}"
    );
    Ok(())
}
