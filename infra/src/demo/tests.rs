//! The demonstration is plausible, repeats itself, and has a past that can be asked.

use std::collections::BTreeMap;

use domain::actor::Role;
use domain::values::Day;
use tempfile::TempDir;

use super::*;
use crate::access::Call;
use crate::facts::Selection;
use crate::registry::{AsOf, LedgerQuery, RegisterQuery};

/// Noon of 24 November 2026.
const NOON: i64 = 1_795_521_600_000_000;
const DAY: i64 = 86_400_000_000;

fn opening(folder: &TempDir) -> Opening {
    let path = folder.path().join("demo.db");
    let mut opening = Opening::at(format!("sqlite://{}", path.display()));
    opening.clock = Clock::fixed(NOON);
    opening
}

async fn demonstration(sentences: u32, seed: u64) -> (Registry, DemoReport, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let demo = Demo { sentences, seed };
    let made = open(opening(&folder), demo, |_| {}).await;
    let (registry, report) = made.unwrap();
    (registry, report, folder)
}

async fn by_event(registry: &Registry) -> BTreeMap<String, i64> {
    let sql = "SELECT event_type, COUNT(*) FROM events GROUP BY 1";
    let rows = registry.store().database().query(sql, &[]).await.unwrap();
    let counted = rows
        .iter()
        .map(|row| (row.text(0).unwrap().to_owned(), row.int(1).unwrap()));
    counted.collect()
}

async fn many(registry: &Registry, question: &str) -> i64 {
    let row = registry.store().database().query_one(question, &[]).await;
    row.unwrap().unwrap().int(0).unwrap()
}

fn decisions(registry: &Registry, by: &str, index: u64) -> BTreeMap<String, u64> {
    let selection = Selection {
        by: vec![by.to_owned()],
        filters: vec![],
        ..Selection::default()
    };
    let cells = registry.projections().facts().cells(&selection, index);
    let groups = cells.unwrap().groups.into_iter();
    groups
        .map(|(words, cells)| (words.concat(), cells.values().sum()))
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_demonstration_holds_whole_lives_in_plausible_shares() {
    let (registry, report, _folder) = demonstration(1_500, 2026).await;
    assert_eq!(report.sentences, 1_506);
    let events = by_event(&registry).await;
    println!("{report:?} {events:#?}");
    let many = |name: &str| events.get(name).copied().unwrap_or_default();
    let of_lives = many("sentence.imposed") - 1_500;
    assert!((10..100).contains(&of_lives), "{of_lives}");
    assert!(many("sentence.proposed") > 100);
    assert!(
        (200..320).contains(&many("order.made")),
        "{}",
        many("order.made")
    );
    for name in [
        "order.appointment_scheduled",
        "order.attendance_recorded",
        "order.attendance_corrected",
        "order.hours_credited",
        "order.warning_issued",
        "order.breach_alleged",
        "order.completed",
        "supervision.started",
        "supervision.contact_recorded",
        "supervision.review_held",
        "sentence.appeal_lodged",
        "sentence.varied_on_appeal",
        "sentence.quashed",
        "sentence.corrected",
        "sentence.custody_started",
        "person.attributes_corrected",
    ] {
        assert!(many(name) > 0, "{name}");
    }
    // Some of those with an earlier conviction were convicted here, and hardly anybody many times.
    let sql = "SELECT COUNT(*) FROM (SELECT person_id FROM sentence_register GROUP BY person_id HAVING COUNT(DISTINCT sentence_id) > 1) AS again";
    let again = self::many(&registry, sql).await;
    assert!((60..300).contains(&again), "{again}");
    let sexes = decisions(&registry, "sex", 1 << 30);
    assert!((150..270).contains(&sexes["female"]), "{sexes:?}");
    assert!(
        decisions(&registry, "departure", 1 << 30)["above"] > 0,
        "departures have reasons"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_is_recorded_when_it_would_have_been() {
    let (registry, report, _folder) = demonstration(600, 5).await;
    let recorded = "SELECT COUNT(*) FROM events WHERE recorded_us BETWEEN";
    for year in 0..6 {
        let from = 1_609_459_200_000_000 + year * 365 * DAY;
        let sql = format!("{recorded} {from} AND {}", from + 300 * DAY);
        assert!(many(&registry, &sql).await > 100, "year {year}");
    }
    let rows = registry.store().page(0, 100_000).await.unwrap();
    assert_eq!(
        u64::try_from(rows.len()).unwrap(),
        report.events + 1,
        "and the rules"
    );
    assert!(rows.is_sorted_by_key(|row| row.recorded_us));
    assert!(rows.is_sorted_by_key(|row| row.stored_us));
    for row in &rows {
        row.as_ref().check().unwrap();
        assert_eq!(
            row.recorded_us.div_euclid(DAY),
            row.stored_us.div_euclid(DAY)
        );
        assert!(row.recorded_us <= NOON);
    }
    // The register of three years ago knew fewer decisions, and knew them otherwise.
    let then = AsOf::Instant(Instant::from_micros(NOON - 1_095 * DAY));
    let then = registry.moment(then).await.unwrap().index.unwrap();
    let (then, now) = (
        decisions(&registry, "standing", then),
        decisions(&registry, "standing", 1 << 30),
    );
    let all = |counts: &BTreeMap<String, u64>| counts.values().sum::<u64>();
    assert!((200..400).contains(&all(&then)), "{then:?}");
    assert!(all(&now) > 550, "{now:?}");
}

fn as_of(name: &str) -> Call {
    let mut chance = chance::Chance::of(1, 1);
    match name {
        "judge" => people::judge("ashby", &mut chance),
        _ => people::officer("ashby-probation", &mut chance),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn something_waits_for_the_sample_officer_and_the_sample_judge() {
    let (registry, _, _folder) = demonstration(3_000, 2029).await;
    let query = LedgerQuery {
        office: Some("ashby-probation".to_owned()),
        state: Some("in force".to_owned()),
        limit: 1_000,
        ..LedgerQuery::default()
    };
    let orders = registry.orders(&as_of("officer"), &query).await.unwrap();
    let due = |day: fn(&str) -> bool| {
        let next = orders.rows.iter().filter_map(|o| o.next_on.as_deref());
        next.filter(|next| day(next)).count()
    };
    let (overdue, today) = (due(|on| on < "2026-11-24"), due(|on| on == "2026-11-24"));
    let coming = due(|on| on > "2026-11-24");
    let breaches = orders.rows.iter().filter(|o| o.breaches > 0).count();
    println!("{overdue} overdue, {today} today, {coming} to come, {breaches} in breach");
    assert!(overdue > 0 && today > 0 && coming > 5 && breaches > 0);
    let waiting = RegisterQuery {
        state: Some("proposed".to_owned()),
        court: Some("ashby".to_owned()),
        limit: 10,
        ..RegisterQuery::default()
    };
    let drafts = registry.sentences(&as_of("judge"), &waiting).await.unwrap();
    assert_eq!(drafts.rows.len(), 6);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_seed_is_the_same_country_and_is_left_as_it_is() {
    let (one, _, folder) = demonstration(120, 7).await;
    let (other, _, _other_folder) = demonstration(120, 7).await;
    assert_eq!(by_event(&one).await, by_event(&other).await);
    let head = one.store().head().await.unwrap();
    let demo = Demo {
        sentences: 120,
        seed: 7,
    };
    let (again, report) = open(opening(&folder), demo, |_| {}).await.unwrap();
    assert_eq!(report, DemoReport::default());
    assert_eq!(again.store().head().await.unwrap(), head);
    let undone = "UPDATE import_progress SET done = 0";
    let database = one.store().database();
    database.execute(undone, Vec::new()).await.unwrap();
    let broken_off = open(opening(&folder), demo, |_| {}).await;
    assert!(matches!(broken_off, Err(DemoFailure::HalfMade)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_name_stands_clear_in_the_ledger() {
    let (registry, _, _folder) = demonstration(120, 3).await;
    let rows = registry.store().page(0, 50_000).await.unwrap();
    let named = rows
        .iter()
        .filter(|row| row.payload.contains("\"identity\""));
    assert!(named.count() > 30);
    for row in &rows {
        for part in [
            "stead\"",
            "holt\"",
            "mere\"",
            "combe\"",
            "thwaite\"",
            "weighed the gravity",
            "ticket was bought",
            "daughter",
        ] {
            assert!(!row.payload.contains(part), "{}", row.payload);
        }
    }
}

/// What is coded of everything that happened; the ids of findings come from a secret of each register, and how published
/// figures are rounded does.
async fn coded(registry: &Registry) -> Vec<String> {
    let rows = registry.store().page(0, 100_000).await.unwrap();
    let lives = rows.iter().filter(|row| {
        row.stream.kind != "finding" && row.event_type != "registry.release_published"
    });
    let told = lives.map(|row| {
        let mut payload = serde_json::from_str(&row.payload).unwrap();
        unseal(&mut payload);
        let (stream, at) = (&row.stream, row.recorded_us);
        format!("{}/{}: {payload} at {at}", stream.kind, stream.id)
    });
    told.collect()
}

/// Leaves out of a payload what chance seals.
fn unseal(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(table) if table.contains_key("sealed") => {
            table.retain(|name, _| name == "class");
        }
        serde_json::Value::Object(table) => table.values_mut().for_each(unseal),
        serde_json::Value::Array(list) => list.iter_mut().for_each(unseal),
        _ => {}
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_seed_tells_the_same_lives_and_another_seed_others() {
    // Of sentences only the drafts: the ids of orders come from a secret of each register.
    let (one, report, _folder) = demonstration(0, 7).await;
    let (again, repeated, _again_folder) = demonstration(0, 7).await;
    let (other, _, _other_folder) = demonstration(0, 8).await;
    assert!(report.lives > 100, "{report:?}");
    assert_eq!(report, repeated);
    let told = coded(&one).await;
    let differs = |other: Vec<String>| told.iter().zip(other).find(|(one, other)| *one != other);
    assert_eq!(differs(coded(&again).await), None);
    assert!(differs(coded(&other).await).is_some());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_stream_is_in_the_demonstration() {
    macro_rules! streams {
        ($($state:ident $module:ident $event:ident,)*) => { [$(stringify!($module)),*] };
    }
    let streams = domain::for_every_stream!(streams);
    let (registry, _, _folder) = demonstration(60, 2026).await;
    let sql = "SELECT aggregate_type, COUNT(*) FROM events GROUP BY 1";
    let rows = registry.store().database().query(sql, &[]).await.unwrap();
    let shown: BTreeMap<&str, i64> = rows
        .iter()
        .map(|row| (row.text(0).unwrap(), row.int(1).unwrap()))
        .collect();
    for stream in streams {
        let events = shown.get(stream).copied().unwrap_or_default();
        assert!(
            events > 0,
            "nothing of {stream} is shown: tell a life of it"
        );
    }
}

/// Those in whose worklists cases stand.
const WORKLISTS: [Role; 7] = [
    Role::Judge,
    Role::Clerk,
    Role::Prosecutor,
    Role::Probation,
    Role::Prison,
    Role::ReleaseAuthority,
    Role::Oversight,
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn something_is_overdue_and_something_comes_in_every_worklist() {
    let (registry, _, _folder) = demonstration(60, 2026).await;
    let today: Day = "2026-11-24".parse().unwrap();
    let overseer = people::official(Role::Oversight, "oversight");
    for role in WORKLISTS {
        let due = registry.due(&overseer, AsOf::Now, role, today.plus_days(60));
        let rows = due.await.unwrap().rows;
        let clocks: Vec<_> = rows.iter().flat_map(|case| &case.clocks).collect();
        let days = clocks.iter().map(|clock| clock.due.parse().unwrap());
        let (overdue, coming): (Vec<_>, Vec<_>) = days.partition(|day: &Day| *day < today);
        println!(
            "{role}: {} overdue, {} to come",
            overdue.len(),
            coming.len()
        );
        assert!(
            !overdue.is_empty() && !coming.is_empty(),
            "{role}: {clocks:#?}"
        );
    }
}
