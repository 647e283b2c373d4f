//! Migrations.

use super::super::Store;
use super::super::migrations::{migrate, pending};
use super::support::{Place, contract};
use crate::clock::Clock;
use crate::error::{SchemaMismatch, StoreError};

contract! {
    migrating_twice_changes_nothing_the_second_time: twice_rule;
    two_processes_migrate_one_database_once: two_processes_rule;
    a_database_without_its_schema_is_not_opened: without_rule;
    a_database_of_a_newer_program_is_refused: newer_rule;
    a_database_with_other_tables_is_left_as_it_is: foreign_rule;
}

async fn twice_rule(place: Place) {
    let database = place.database().await;
    let steps = pending(&database).await.unwrap();
    assert!(steps.is_sorted() && !steps.is_empty(), "{steps:?}");
    assert_eq!(migrate(&database).await.unwrap(), steps);
    assert_eq!(pending(&database).await.unwrap(), Vec::<String>::new());
    assert_eq!(migrate(&database).await.unwrap(), Vec::<String>::new());
}

async fn two_processes_rule(place: Place) {
    let databases = [place.database().await, place.database().await];
    let both = databases.map(|database| tokio::spawn(async move { migrate(&database).await }));
    let mut taken = Vec::new();
    for migrated in both {
        taken.extend(migrated.await.unwrap().unwrap());
    }
    let mut once = taken.clone();
    once.dedup();
    assert_eq!(taken, once);
}

async fn without_rule(place: Place) {
    let refused = Store::open(place.database().await, Clock::System).await;
    let Err(StoreError::Schema(SchemaMismatch::Pending { first, .. })) = refused else {
        panic!("opened without tables");
    };
    assert_eq!(first, "20261201090000");
}

async fn newer_rule(place: Place) {
    let database = place.database().await;
    migrate(&database).await.unwrap();
    let sql = "INSERT INTO migrations (number, name) VALUES ('29991231000000', 'later')";
    database.execute(sql, vec![]).await.unwrap();
    let refused = Store::open(database.clone(), Clock::System).await;
    let number = "29991231000000".to_owned();
    let expected = SchemaMismatch::Newer { number };
    assert!(matches!(refused, Err(StoreError::Schema(why)) if why == expected));
    assert!(matches!(
        migrate(&database).await,
        Err(StoreError::Schema(_))
    ));
}

async fn foreign_rule(place: Place) {
    let database = place.database().await;
    let sql = "CREATE TABLE payroll (n BIGINT)";
    database.script(sql).await.unwrap();
    let found = "payroll".to_owned();
    let expected = SchemaMismatch::Foreign { found };
    for refused in [migrate(&database).await, pending(&database).await] {
        assert!(matches!(refused, Err(StoreError::Schema(why)) if why == expected));
    }
    let made = database.query("SELECT number FROM migrations", &[]).await;
    assert!(made.is_err());
}
