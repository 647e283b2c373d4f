//! A complaint is closed to the official whom it is about: it cannot be read, is in no list, and is acted on by others.

use domain::complaint::Complaint;
use infra::registry::{
    AsOf, CasesQuery, CommandError, FindingsQuery, Options, ReadError, Registry,
};
use serde_json::{Value, json};
use tests::{Failure, Place, call, person, receipt};

/// A complaint about an official; its id.
async fn about(registry: &Registry, subject: &str) -> Result<String, Failure> {
    let person = person(registry, "male").await?;
    let submit = json!({"submit": {
        "person": person, "done": "2026-02-25", "by": "anonymous", "kind": "no-such-kind",
        "about": "other", "subject_of": subject
    }});
    let complaint = registry.new_stream_id().to_string();
    receipt::<Complaint>(registry, "oversight", &complaint, submit).await?;
    registry.projections().catch_up().await?;
    Ok(complaint)
}

async fn lists_it(registry: &Registry, by: &str, id: &str) -> Result<[bool; 2], Failure> {
    let query = CasesQuery {
        limit: 100,
        ..CasesQuery::default()
    };
    let cases = registry.cases::<Complaint>(&call(by)?, &query).await?.rows;
    let listed = cases.iter().any(|case| case.id == id);
    let query = FindingsQuery {
        limit: 100,
        ..FindingsQuery::default()
    };
    let noticed = match registry.findings(&call(by)?, &query).await {
        Ok(found) => found.rows.iter().any(|finding| finding.id == id),
        Err(ReadError::Denied(_)) => false,
        Err(other) => return Err(other.into()),
    };
    Ok([listed, noticed])
}

#[tokio::test]
async fn a_complaint_of_nobody_is_not_found_by_whoever_it_is_about() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let complaint = registry.new_stream_id().to_string();
        let submit = json!({"submit_without_person": {
            "done": "2026-02-25", "by": "anonymous", "kind": "no-such-kind", "about": "other",
            "subject_of": "sample-oversight"
        }});
        receipt::<Complaint>(&registry, "clerk", &complaint, submit).await?;
        registry.projections().catch_up().await?;
        assert_eq!(
            lists_it(&registry, "oversight", &complaint).await?,
            [false; 2]
        );
        let [listed, _] = lists_it(&registry, "clerk", &complaint).await?;
        assert!(listed);
        let end = complaint.rsplit('-').next().unwrap_or_default();
        for (by, known) in [("oversight", 0), ("clerk", 1)] {
            let found = registry.referred(&call(by)?, end, AsOf::Now).await?;
            assert_eq!(found.len(), known, "{by}: {found:?}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_complaint_is_closed_to_whoever_it_is_about() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        // The name under which the sample oversight body signs in.
        let complaint = about(&registry, "sample-oversight").await?;
        let of_another = about(&registry, "somebody-else").await?;
        let subject = call("oversight")?;
        let shown = |id: String| {
            let (registry, subject) = (registry.clone(), subject.clone());
            async move { registry.show::<Complaint>(&subject, &id, AsOf::Now).await }
        };
        let closed = shown(complaint.clone()).await;
        assert!(
            matches!(closed, Err(ReadError::Unknown { .. })),
            "{closed:?}"
        );
        assert!(shown(of_another.clone()).await.is_ok());
        assert_eq!(
            lists_it(&registry, "oversight", &complaint).await?,
            [false; 2]
        );
        assert_eq!(
            lists_it(&registry, "oversight", &of_another).await?,
            [true; 2]
        );
        // Others read it.
        let clerk = call("clerk")?;
        registry
            .show::<Complaint>(&clerk, &complaint, AsOf::Now)
            .await?;
        let [listed, _] = lists_it(&registry, "clerk", &complaint).await?;
        assert!(listed);
        // To whom it is closed, it is not there to be acted on either.
        for done in ["2026-02-26", "2026-03-02"] {
            let withdraw = json!({"withdraw": {"done": done, "by": "person", "declared": {
                "form": "writing", "on": "2026-02-26"
            }}});
            let wish = serde_json::from_value::<domain::complaint::ComplaintCommand>(withdraw)?;
            let tried = registry
                .command::<Complaint>(&subject, &complaint, wish, Options::default())
                .await;
            assert!(
                matches!(tried, Err(CommandError::Unknown { .. })),
                "{tried:?}"
            );
        }
        let withdraw: Value = json!({"withdraw": {"done": "2026-03-02", "by": "person", "declared": {
            "form": "voice", "on": "2026-03-02"
        }}});
        receipt::<Complaint>(&registry, "clerk", &complaint, withdraw).await?;
    }
    Ok(())
}
