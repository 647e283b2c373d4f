//! Prisons and convictions: every cell.

use infra::registry::{AsOf, cell_name};
use tests::{Failure, Place, call};

use super::country::{cells, fill, known, on};

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
