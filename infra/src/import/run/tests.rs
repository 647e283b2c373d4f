//! Files brought in: once, twice, interrupted, with bad rows; and the first real country.

use std::collections::BTreeMap;
use std::path::PathBuf;

use domain::actor::{Actor, Purpose, Role};
use domain::values::{OfficeCode, SubjectId};
use tokio::sync::Notify;

use super::*;
use crate::facts::Selection;
use crate::registry::{AsOf, ImportState, Opening, ReadError};

const MAPPING: &str = "source = \"courts\"\njurisdiction = \"midland\"\npolicy = \"midland/1\"\n\
    [file]\nkey = [\"id\"]\n[decision]\ndecided = { column = \"date\" }\ncourt = { column = \"court\" }\n\
    [person]\nsex = { column = \"sex\", values = { f = \"female\", m = \"male\" } }\nage = { column = \"age\" }\n\
    identity = { scheme = \"state-number\", columns = [\"number\"] }\n\
    [circumstances]\nhousehold = { column = \"household\", kind = \"number\" }\n\
    education = { column = \"education\", kind = \"code\" }\n\
    [[counts]]\nname = \"count\"\noffence = { column = \"offence\" }\n\
    [[components]]\nname = \"fine\"\nkind = \"fine\"\nwhen = [{ column = \"fine\", greater_than = \"0\" }]\n\
    amount = { column = \"fine\", unit = \"money\", currency = \"EUR\" }\n\
    [[components]]\nname = \"order\"\nkind = \"community_order\"\n\
    when = [{ column = \"hours\", greater_than = \"0\" }]\n\
    [[components.requirements]]\nkind = \"unpaid-work\"\namount = { column = \"hours\", unit = \"hours\" }\n";

const HEAD: &str = "id,number,date,court,sex,age,household,education,offence,fine,hours\n";

struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { folder }
    }

    async fn open(&self) -> Registry {
        let file = self.folder.path().join("register.db");
        let url = format!("sqlite://{}", file.display());
        Registry::open(Opening::at(url)).await.unwrap()
    }

    fn file(&self, name: &str, content: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }
}

/// A register on the server that `TEST_DATABASE_URL` names, or none, said loudly.
async fn on_server(place: &Place) -> Option<Registry> {
    let server = crate::store::tests::support::on_server().await?;
    let mut opening = Opening::at(server.url.clone());
    opening.key_file = Some(place.folder.path().join("server.key"));
    Some(Registry::open(opening).await.unwrap())
}

fn administrator() -> Call {
    let actor = Actor {
        subject: SubjectId::parse("somebody").unwrap(),
        role: Role::Administrator,
        office: OfficeCode::parse("registry").unwrap(),
    };
    Call::new(actor, Purpose::Administration)
}

fn mapping(text: &str) -> Mapping {
    Mapping::parse("test.toml", text).unwrap_or_else(|errors| panic!("{errors}"))
}

fn rows(count: u32) -> String {
    let mut text = HEAD.to_owned();
    for n in 0..count {
        let (sex, hours) = match n % 3 {
            0 => ("f", 0),
            1 => ("m", 0),
            _ => ("", 60),
        };
        let (fine, day) = (if hours == 0 { 100 + n } else { 0 }, n % 28 + 1);
        let (number, age, household) = (n % 50, 14 + n % 60, n % 13);
        let row = [
            format!("{n},{number},2024-03-{day:02},ashby,{sex}"),
            format!("{age},{household},basic,M101,{fine},{hours}\n"),
        ];
        text.push_str(&row.join(","));
    }
    text
}

async fn import(
    registry: &Registry,
    request: ImportRequest,
) -> Result<ImportReport, ImportFailure> {
    registry.import(&administrator(), request, |_| {}).await
}

async fn table(registry: &Registry) -> crate::facts::Cells {
    registry.projections().catch_up().await.unwrap();
    let by = ["sex", "disposal", "age-band"].map(str::to_owned).to_vec();
    let selection = Selection {
        by,
        filters: vec![],
        ..Selection::default()
    };
    let facts = registry.projections().facts();
    let cells = facts.cells(&selection, u64::from(u32::MAX) - 1);
    cells.unwrap_or_else(|error| panic!("{error}"))
}

async fn streams(registry: &Registry) -> BTreeMap<String, i64> {
    let sql = "SELECT aggregate_type, COUNT(DISTINCT aggregate_id) FROM events GROUP BY 1";
    let rows = registry.store().database().query(sql, &[]).await.unwrap();
    let mut streams = BTreeMap::new();
    for row in rows {
        streams.insert(row.text(0).unwrap().to_owned(), row.int(1).unwrap());
    }
    streams
}

fn counts(streams: &BTreeMap<String, i64>) -> Vec<(&str, i64)> {
    streams
        .iter()
        .map(|(kind, count)| (kind.as_str(), *count))
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_imported_again_adds_nothing() {
    let place = Place::new();
    let registry = place.open().await;
    let path = place.file("a.csv", &rows(120));
    let request = ImportRequest::new(&path, mapping(MAPPING));
    let first = import(&registry, request.clone()).await.unwrap();
    assert_eq!(
        (first.recorded, first.existing, first.rejected),
        (120, 0, 0)
    );
    let kept = streams(&registry).await;
    let expected = [
        ("order", 40),
        ("person", 50),
        ("policy", 1),
        ("sentence", 120),
    ];
    assert_eq!(counts(&kept), expected);
    let head = registry.store().head().await.unwrap();

    let again = import(&registry, request.clone()).await.unwrap();
    assert_eq!((again.recorded, again.existing), (0, 120));
    let from_start = ImportRequest {
        from_start: true,
        ..request
    };
    let again = import(&registry, from_start).await.unwrap();
    assert_eq!((again.recorded, again.existing), (0, 120));
    // Another edition of the mapping and a longer file know the rows again too.
    let longer = place.file("b.csv", &rows(121));
    let edited = mapping(&format!("# edited\n{MAPPING}"));
    let again = import(&registry, ImportRequest::new(longer, edited))
        .await
        .unwrap();
    assert_eq!((again.recorded, again.existing), (1, 120));
    assert_eq!(registry.store().head().await.unwrap(), head + 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_interrupted_import_goes_on_and_equals_one_that_was_not() {
    let (whole, cut) = (Place::new(), Place::new());
    let text = rows(300);
    let one_run = whole.open().await;
    let request = ImportRequest::new(whole.file("a.csv", &text), mapping(MAPPING));
    import(&one_run, request).await.unwrap();

    let stopped = cut.open().await;
    let mut request = ImportRequest::new(cut.file("a.csv", &text), mapping(MAPPING));
    request.events_at_once = 100;
    let (stop, mut parts) = (Notify::new(), 0);
    let administrator = administrator();
    let running = stopped.import(&administrator, request.clone(), |_| {
        parts += 1;
        if parts == 2 {
            stop.notify_one();
        }
    });
    tokio::select! {
        biased;
        () = stop.notified() => {}
        _ = running => panic!("the import ended before it was stopped"),
    }
    let held = streams(&stopped).await.remove("sentence").unwrap();
    assert!((1..300).contains(&held), "{held}");
    drop(stopped);

    let registry = cut.open().await;
    let rest = import(&registry, request).await.unwrap();
    assert!(rest.continued_after > 0);
    assert_eq!((rest.recorded, rest.rules.rows), (300, 300));
    assert_eq!(streams(&registry).await, streams(&one_run).await);
    assert_eq!(table(&registry).await, table(&one_run).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bad_row_is_rejected_alone_and_said_where_and_why() {
    let place = Place::new();
    let registry = place.open().await;
    let mut text = rows(3);
    text.push_str("x1,7,someday,ashby,f,30,1,basic,M101,100,0\n");
    text.push_str("x2,8,2024-03-01,ashby,f,30,1,basic,M101,-5,0\n");
    let rejects = place.folder.path().join("rejects.csv");
    let mut request = ImportRequest::new(place.file("a.csv", &text), mapping(MAPPING));
    request.rejects = Some(rejects.clone());
    let report = import(&registry, request).await.unwrap();
    assert_eq!((report.recorded, report.rejected), (3, 2));
    let said = std::fs::read_to_string(rejects).unwrap();
    assert!(
        said.starts_with("line,row,column,value,rule,reason\n5,4,date,someday,"),
        "{said}"
    );
    assert_eq!(streams(&registry).await["sentence"], 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_that_goes_on_keeps_each_rejected_row_once() {
    let place = Place::new();
    let registry = place.open().await;
    let bad = |n: u32| format!("x{n},7,someday,ashby,f,30,1,basic,M101,100,0\n");
    let text = rows(3) + &bad(1) + &bad(2);
    let rejects = place.folder.path().join("rejects.csv");
    let mut request = ImportRequest::new(place.file("a.csv", &text), mapping(MAPPING));
    request.rejects = Some(rejects.clone());
    import(&registry, request.clone()).await.unwrap();
    let said = std::fs::read_to_string(&rejects).unwrap();
    assert_eq!(said.lines().count(), 3);
    // As a kill before the last batch was stored, and in the middle of a line, leaves it.
    std::fs::write(&rejects, format!("{said}6,5,da")).unwrap();
    let back = "UPDATE import_progress SET last_row = 4, done = 0";
    let database = registry.store().database();
    database.execute(back, vec![]).await.unwrap();
    import(&registry, request).await.unwrap();
    assert_eq!(std::fs::read_to_string(&rejects).unwrap(), said);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rejected_rows_overwrite_nothing_else_and_leave_no_empty_file() {
    let place = Place::new();
    let registry = place.open().await;
    let path = place.file("a.csv", &rows(3));
    let mut request = ImportRequest::new(&path, mapping(MAPPING));
    request.rejects = Some(path.clone());
    let refused = import(&registry, request.clone()).await;
    assert!(matches!(refused, Err(ImportFailure::NotRejects { .. })));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), rows(3));
    let rejects = place.folder.path().join("rejects.csv");
    request.rejects = Some(rejects.clone());
    import(&registry, request).await.unwrap();
    assert!(!rejects.exists());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_report_of_an_import_is_kept_without_cells_for_those_who_may_read_it() {
    let place = Place::new();
    let registry = place.open().await;
    let text = rows(3)
        + "x1,7,someday,ashby,f,30,1,Anna Smith,M101,100,0\n"
        + "x2,8,2024-03-01,ashby,f,30,1,Zyxwvut,M101,100,0\n";
    let request = ImportRequest::new(place.file("a.csv", &text), mapping(MAPPING));
    let report = import(&registry, request).await.unwrap();
    let call = |role, purpose| {
        let mut call = administrator();
        (call.actor.role, call.purpose) = (role, purpose);
        call
    };
    let oversight = call(Role::Oversight, Purpose::Inspection);
    let listed = registry.imports(&oversight, AsOf::Now, None, 10).await;
    let listed = listed.unwrap().rows;
    assert_eq!(listed.len(), 1);
    let [kept] = listed.as_slice() else { panic!() };
    assert_eq!(
        (kept.mapping.as_str(), kept.policy.as_str()),
        ("test.toml", "midland/1")
    );
    assert_eq!(
        (kept.state, kept.by.role),
        (ImportState::Finished, Role::Administrator)
    );
    assert_eq!(kept.report.indexes, report.indexes);
    assert_eq!((kept.report.recorded, kept.report.rejected), (4, 1));
    let id = kept.id.to_string();
    let shown = registry.import_report(&oversight, &id, AsOf::Now).await;
    let text = serde_json::to_string(&shown.unwrap()).unwrap();
    assert!(
        text.contains("decision.decided") && text.contains("sentence\""),
        "{text}"
    );
    assert!(
        !text.contains("Anna") && !text.contains("someday"),
        "{text}"
    );
    let statistician = call(Role::Statistician, Purpose::Research);
    let shown = registry.import_report(&statistician, &id, AsOf::Now).await;
    let text = serde_json::to_string(&shown.unwrap()).unwrap();
    assert!(!text.contains("sentence\""), "{text}");
    let judge = call(Role::Judge, Purpose::Hearing);
    let denied = registry.imports(&judge, AsOf::Now, None, 10).await;
    assert!(matches!(denied, Err(ReadError::Denied(_))));
    let before = registry.imports(&oversight, AsOf::Index(0), None, 10).await;
    assert_eq!(
        before.unwrap().rows.len(),
        0,
        "the adoption of the rules came before"
    );
    let looked = registry.consultations(&oversight, AsOf::Now, None, 10);
    let looked = looked.await.unwrap().rows;
    let shown = format!("import/{id}");
    assert!(looked.iter().any(|look| look.shown.contains(&shown)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_recognised_later_is_registered_before_anything_refers_to_them() {
    let place = Place::new();
    let registry = place.open().await;
    let nameless = "identity = { scheme = \"state-number\", columns = [\"number\"] }\n";
    let without = mapping(&MAPPING.replace(nameless, ""));
    let path = place.file("a.csv", &rows(10));
    import(&registry, ImportRequest::new(path, without))
        .await
        .unwrap();
    // The later edition tells who is who, and number 3 is sentenced again.
    let longer = rows(10) + "new,3,2024-04-01,ashby,f,30,1,basic,M101,100,0\n";
    let path = place.file("b.csv", &longer);
    let report = import(&registry, ImportRequest::new(path, mapping(MAPPING))).await;
    let report = report.unwrap();
    assert_eq!((report.recorded, report.existing), (1, 10));
    let sql = "SELECT count(*) FROM events s WHERE event_type = 'sentence.imposed' AND NOT EXISTS \
               (SELECT 1 FROM events p WHERE p.aggregate_type = 'person' \
               AND s.payload LIKE '%' || p.aggregate_id || '%')";
    let row = registry
        .store()
        .database()
        .query_one(sql, &[])
        .await
        .unwrap();
    assert_eq!(row.unwrap().int(0).unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_date_of_birth_gives_the_age_group_where_only_one_is_possible() {
    let place = Place::new();
    let registry = place.open().await;
    let born = MAPPING.replace("age = { column = \"age\" }", "born = { column = \"age\" }");
    let row =
        |id: u32, born: &str| format!("{id},{id},2024-03-10,ashby,f,{born},1,basic,M101,100,0\n");
    // 17 and 18 on the day before and on the birthday; a year that leaves 20 or 21 open; one that does not.
    let text = HEAD.to_owned()
        + &row(1, "2006-03-11")
        + &row(2, "2006-03-10")
        + &row(3, "2003")
        + &row(4, "1990");
    let request = ImportRequest::new(place.file("a.csv", &text), mapping(&born));
    let report = import(&registry, request).await.unwrap();
    assert_eq!((report.recorded, report.rejected), (4, 0));
    let found = table(&registry).await;
    let bands: BTreeMap<&str, u64> = found
        .groups
        .iter()
        .map(|(group, by)| (group[2].as_str(), by.values().sum()))
        .collect();
    let expected = [
        ("16-17", 1),
        ("18-20", 1),
        ("25-34", 1),
        ("not_recorded", 1),
    ];
    assert_eq!(bands, BTreeMap::from(expected));
    let rows = registry.store().page(0, 50).await.unwrap();
    assert!(rows.iter().all(|row| !row.payload.contains("2006-03-1")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_date_of_birth_says_who_was_a_child_and_is_kept_nowhere() {
    let place = Place::new();
    let registry = place.open().await;
    let born = MAPPING
        .replace("age = { column = \"age\" }", "born = { column = \"age\" }")
        .replace(
            "offence = { column = \"offence\" }",
            "offence = { column = \"offence\" }\ncommitted = { column = \"committed\" }",
        );
    let row = |id: u32, born: &str| {
        format!("{id},{id},2024-03-10,ashby,f,{born},1,basic,M101,100,0,2023-06-01\n")
    };
    // 17 at the decision; 18 then, and 17 at the offence; a month, which is not the day; grown up at both.
    let text = HEAD.replace("hours\n", "hours,committed\n")
        + &row(1, "2006-03-11")
        + &row(2, "2006-03-10")
        + &row(3, "2006-01")
        + &row(4, "1990-01-01");
    let request = ImportRequest::new(place.file("a.csv", &text), mapping(&born));
    let report = import(&registry, request).await.unwrap();
    assert_eq!((report.recorded, report.rejected), (4, 0));
    let rows = registry.store().page(0, 50).await.unwrap();
    let imposed = rows
        .iter()
        .filter(|row| row.event_type == "sentence.imposed");
    let minors: Vec<serde_json::Value> = imposed
        .map(|row| {
            let event: serde_json::Value = serde_json::from_str(&row.payload).unwrap();
            event["imposed"]["decision"]["minor"].clone()
        })
        .collect();
    let none = serde_json::Value::Null;
    assert_eq!(
        minors,
        ["still".into(), "at_offence".into(), none.clone(), none]
    );
    let mut payloads = rows.iter().map(|row| row.payload.as_str());
    assert!(payloads.all(|kept| !kept.contains("2006-03-1") && !kept.contains("1990-01-01")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rehearsal_says_what_would_be_and_records_nothing() {
    let place = Place::new();
    let registry = place.open().await;
    let mut request = ImportRequest::new(place.file("a.csv", &rows(30)), mapping(MAPPING));
    request.dry_run = true;
    let report = import(&registry, request).await.unwrap();
    assert_eq!((report.recorded, report.rules.decisions), (30, 30));
    assert_eq!(registry.store().head().await.unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_could_be_a_name_reaches_no_event() {
    let place = Place::new();
    let registry = place.open().await;
    let text = format!("{HEAD}1,77001,2024-03-01,ashby,f,30,12,Zyxwvut,M101,100,0\n");
    let request = ImportRequest::new(place.file("a.csv", &text), mapping(MAPPING));
    let report = import(&registry, request).await.unwrap();
    let noted = report
        .rules
        .rules
        .iter()
        .find(|rule| &*rule.rule == "circumstances");
    assert_eq!(noted.map(|rule| rule.with_notes), Some(1));
    let rows = registry.store().page(0, 10).await.unwrap();
    let texts = rows
        .iter()
        .flat_map(|row| [row.payload.as_str(), row.metadata.as_str()]);
    let all: String = texts.collect();
    assert!(!all.contains("Zyxwvut") && !all.contains("77001"), "{all}");
    assert!(
        all.contains("\"household\":{\"value\":\"10-over\"}"),
        "{all}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_needs_an_administrator_and_rules() {
    let place = Place::new();
    let registry = place.open().await;
    let path = place.file("a.csv", &rows(1));
    let mut judge = administrator();
    judge.actor.role = Role::Judge;
    let request = ImportRequest::new(&path, mapping(MAPPING));
    let denied = registry.import(&judge, request, |_| {}).await;
    assert!(matches!(denied, Err(ImportFailure::Denied(_))));
    let other = mapping(&MAPPING.replace("midland/1", "elsewhere/7"));
    let refused = import(&registry, ImportRequest::new(&path, other)).await;
    let said = refused.map_or_else(|error| error.to_string(), |_| String::new());
    assert!(
        said.contains("elsewhere/7 is neither adopted nor built in"),
        "{said}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_is_the_same_register_on_both_databases() {
    let place = Place::new();
    let Some(on_server) = on_server(&place).await else {
        return;
    };
    let embedded = place.open().await;
    let request = ImportRequest::new(place.file("a.csv", &rows(300)), mapping(MAPPING));
    for registry in [&on_server, &embedded] {
        let report = import(registry, request.clone()).await.unwrap();
        assert_eq!((report.recorded, report.existing), (300, 0));
        let again = ImportRequest {
            from_start: true,
            ..request.clone()
        };
        let report = import(registry, again).await.unwrap();
        assert_eq!((report.recorded, report.existing), (0, 300));
    }
    assert_eq!(streams(&on_server).await, streams(&embedded).await);
    assert_eq!(table(&on_server).await, table(&embedded).await);
}
