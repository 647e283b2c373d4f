//! A rebuild of a whole country equals what its import left, row for row.

use infra::facts::{Cells, Selection};
use infra::registry::Registry;
use tests::{Failure, Place, dump_read_models};

fn figures(registry: &Registry) -> Result<Cells, Failure> {
    let facts = registry.projections().facts();
    let by = Selection {
        by: facts.dimensions().keys().cloned().collect(),
        filters: Vec::new(),
        ..Selection::default()
    };
    Ok(facts.cells(&by, facts.next_index())?)
}

/// Rebuilds the read models of a place and compares them with the live ones.
pub(crate) async fn equals_the_live_one(
    place: &Place,
    registry: &Registry,
    decisions: usize,
) -> Result<(), Failure> {
    registry.catch_up().await?;
    let database = place.database().await?;
    let (live, drawn) = (dump_read_models(&database).await?, figures(registry)?);
    assert!(live.len() > decisions * 3 / 2, "{} rows", live.len());
    let (head, _) = registry.head().await?;
    assert_eq!(registry.projections().rebuild().await?, head);
    registry.projections().catch_up().await?;
    let rebuilt = dump_read_models(&database).await?;
    assert_eq!(rebuilt.len(), live.len());
    for (rebuilt, live) in rebuilt.iter().zip(&live) {
        assert_eq!(rebuilt, live);
    }
    assert!(figures(registry)? == drawn, "the figures differ");
    Ok(())
}
