//! Operative paragraph 2: a cross-cutting response; justice together with health.

use serde_json::json;
use tests::Failure;

use super::journey::everywhere;

#[tokio::test]
async fn op_2_an_emergency_is_answered_by_justice_together_with_health() -> Result<(), Failure> {
    everywhere(include_str!("op_02.toml"), async |it| {
        // An emergency has a basis in law that is in force, and an end.
        it.refused("justice declares an emergency that has no end", "EM-1")
            .await?;
        it.refused(
            "justice declares an emergency under an act that is law no more",
            "EM-1",
        )
        .await?;

        // Without the health authority it stands, and somebody has to look at it.
        it.noticed("justice declares an emergency alone", &["EM-1"])
            .await?;
        let alone = it.entry();
        it.meets(
            "justice and health declare an emergency together, for ninety days",
            "EM-1",
        )
        .await?;
        assert!(it.findings("emergency-alone").await?.contains("EM-1"));
        assert!(it.findings("emergency").await?.is_empty());
        it.calls("entry", alone);
        it.done("oversight takes the missing health authority up")
            .await?;
        it.done("oversight passes it to the court that declared the emergency")
            .await?;
        let assigned = it.list("clerk", "/v1/findings?state=assigned").await?;
        assert_eq!(assigned.len(), 1);
        assert_eq!(assigned[0]["owner"], json!("sample-clerk"));

        // Ill health may open a door and close none.
        it.refused("the criteria leave out whoever is ill", "TR-2.2")
            .await?;
        it.done("the criteria protect whoever is ill or pregnant")
            .await?;

        // Of health there is a category, never a diagnosis; and nobody has to tell it.
        it.done("a clerk registers a woman").await?;
        it.has_no_place(
            "an officer wants to write her diagnosis into the record",
            "diagnosis",
        )
        .await?;
        it.done("she is asked whether she is pregnant, and would rather not say")
            .await?;
        let person = it.get("clerk", "/v1/persons/@person").await?;
        let said = &person["state"]["registered"]["circumstances"];
        assert_eq!(said["pregnant"], json!("declined"));
        assert_eq!(said["victim-of-violence"], json!("not_asked"));
        assert_eq!(said["carer"], json!({"value": "no"}));

        // Whoever opens the emergency reads which authorities answer for it.
        let page = it.page("judge", "/emergencies/@emergency").await?;
        page.says("Ministry of Justice")?;
        page.says("Institute of Public Health")
    })
    .await
}
