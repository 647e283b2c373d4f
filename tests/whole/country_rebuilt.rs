//! The whole country, when its file is at hand: a rebuild equals what the import left, row for row.

use infra::facts::{Cells, Selection};
use infra::import::{ImportRequest, Mapping};
use infra::registry::Registry;
use tests::{Failure, Place, call, dump_read_models};

use crate::country::data;

const DECISIONS: u64 = 69_527;

fn figures(registry: &Registry) -> Result<Cells, Failure> {
    let facts = registry.projections().facts();
    let by = Selection {
        by: facts.dimensions().keys().cloned().collect(),
        filters: Vec::new(),
    };
    Ok(facts.cells(&by, facts.next_index())?)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rebuilt_read_models_of_a_country_equal_the_live_ones() -> Result<(), Failure> {
    let Some(path) = data() else { return Ok(()) };
    let text = Mapping::built_in("mongolia").ok_or("the mapping is built in")?;
    for mut place in Place::everywhere().await? {
        let registry = place.open().await?;
        let request = ImportRequest::new(&path, Mapping::parse("mongolia", text)?);
        let report = registry
            .import(&call("administrator")?, request, |_| {})
            .await?;
        assert_eq!((report.recorded, report.rejected), (DECISIONS, 0));
        registry.catch_up().await?;
        let database = place.database().await?;
        let (live, drawn) = (dump_read_models(&database).await?, figures(&registry)?);
        assert!(live.len() > 2 * 69_527, "{} rows", live.len());
        let (head, _) = registry.head().await?;
        assert_eq!(registry.projections().rebuild().await?, head);
        registry.projections().catch_up().await?;
        let rebuilt = dump_read_models(&database).await?;
        assert_eq!(rebuilt.len(), live.len());
        for (rebuilt, live) in rebuilt.iter().zip(&live) {
            assert_eq!(rebuilt, live);
        }
        assert!(figures(&registry)? == drawn, "the figures differ");
    }
    Ok(())
}
