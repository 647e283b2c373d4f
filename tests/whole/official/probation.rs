//! Probation: every cell.

use domain::pretrial::Pretrial;
use domain::supervision::Supervision;
use infra::registry::{AsOf, OfficialTable, Registry};
use serde_json::{Value, json};
use tests::{Failure, Place, call, person, receipt};

use super::country::{cells, decided, known, on, sentenced};

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
        // The rules of Midland have no measure of these: no figure, and no zero.
        let is_untold = |category: Option<&String>| {
            category.is_some_and(|category| ["2", "3", "4", "7", "13"].contains(&category.as_str()))
        };
        let (untold, told): (Vec<_>, Vec<_>) = made
            .cells
            .iter()
            .cloned()
            .partition(|cell| is_untold(cell.key.get("category")));
        assert!(
            untold.iter().all(|cell| cell.value.shown() == "…"),
            "{untold:?}"
        );
        assert!(!untold.is_empty());
        let told = OfficialTable {
            cells: told,
            ..made
        };
        assert_eq!(cells(&told), known(SPACE_II));
    }
    Ok(())
}
