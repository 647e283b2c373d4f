//! What was brought in from files, as oversight, statisticians and administrators see it.

use tests::{Failure, Place, Served, Typed, root};

/// Brings the judgments of Eastmark in, as its office would.
pub(crate) fn bring_in(place: &Place) -> Result<(), Failure> {
    let example = root().join("infra/maps/examples/eastmark");
    for name in ["judgments.csv", "mapping.toml", "pack.toml"] {
        std::fs::copy(example.join(name), place.folder().join(name))?;
    }
    let import = ["import", "judgments.csv", "--mapping", "mapping.toml"];
    for args in [&["policy", "adopt", "pack.toml"][..], &import] {
        assert_eq!(Typed::of(place, args)?.code, Some(0));
    }
    Ok(())
}

/// The link to the first import of a list.
fn first(list: &str) -> Result<String, Failure> {
    let (_, rest) = list
        .split_once("href=\"/imports/")
        .ok_or("no import listed")?;
    let id = rest.split(['"', '?']).next().unwrap_or_default();
    Ok(format!("/imports/{id}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_is_listed_with_what_each_rule_met_and_with_its_sentences() -> Result<(), Failure>
{
    for place in Place::everywhere().await? {
        bring_in(&place)?;
        let served = Served::start(&place)?;
        let list = served.get("oversight", "/imports").await?;
        assert_eq!(list.status, 200);
        assert!(list.body.contains("eastmark-judgments") && list.body.contains("Finished"));
        let address = first(&list.body)?;
        let report = served.get("oversight", &address).await?.body;
        for said in [
            "8 decisions were recorded",
            "2 rows were rejected",
            "mapping.toml",
            "eastmark/1",
            "components.custody.amount",
            "names a day that no calendar has: correct it at the source, or list the cell under missing",
            "href=\"/sentences?before=",
        ] {
            assert!(report.contains(said), "{said} is not in {report}");
        }
        assert!(!report.contains("2025-02-30"), "a cell is shown");
        for by in ["statistician", "administrator"] {
            let report = served.get(by, &address).await?;
            assert_eq!(report.status, 200, "{by}");
            assert!(!report.body.contains("/sentences"), "{by} is led to cases");
        }
        let denied = served.get("judge", &address).await?;
        assert_eq!(denied.status, 403);
        let before = served.get("oversight", "/imports?as_of=0").await?.body;
        assert!(
            before.contains("Nothing was brought in from a file"),
            "{before}"
        );
        let unknown = served.get("oversight", "/imports/nobody").await?;
        assert_eq!(unknown.status, 404);
    }
    Ok(())
}
