//! Rules are adopted over HTTP with their bytes, by whoever may, and a decision finds them.

use serde_json::json;
use tests::{Failure, Place, Served};

use super::{fine, recorded, registered};

fn midland() -> Result<&'static str, Failure> {
    let built_in = domain::jurisdiction::BUILT_IN.iter();
    let mut found = built_in.filter(|(name, _)| *name == "midland");
    Ok(found.next().ok_or("the rules of Midland are built in")?.1)
}

const TOML: &str = "Content-Type: application/toml\r\n";

#[tokio::test]
async fn a_pack_is_adopted_by_its_text_and_decisions_are_taken_under_it() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let served = Served::within(place.open().await?).await?;
        let adopt = "POST /v1/policies";
        let denied = served.ask(adopt, "judge", TOML, midland()?).await?;
        assert_eq!(
            (denied.status, denied.text("/code")?.as_str()),
            (403, "access.denied")
        );
        let adopted = served
            .ask(adopt, "administrator", TOML, midland()?)
            .await?
            .done()?;
        assert_eq!(adopted.header("location"), Some("/v1/policies/midland"));
        let again = served.ask(adopt, "administrator", TOML, midland()?).await?;
        assert_eq!((again.status, again.text("/rule")?.as_str()), (422, "PO-1"));

        let listed = served.get("judge", "/v1/policies").await?.done()?;
        assert_eq!(listed.at("/jurisdictions")?, json!(["midland"]));
        let person = registered(&served, "female").await?;
        recorded(&served, &person, fine(20_000)).await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_text_that_is_no_pack_is_refused_with_what_is_wrong() -> Result<(), Failure> {
    let mut place = Place::on_file()?;
    let served = Served::within(place.open().await?).await?;
    let adopt = "POST /v1/policies";
    let wrong = served
        .ask(adopt, "administrator", TOML, "jurisdiction = 7")
        .await?;
    assert_eq!(
        (wrong.status, wrong.text("/code")?.as_str()),
        (422, "policy.unreadable")
    );
    let json = "Content-Type: application/json\r\n";
    let kind = served.ask(adopt, "administrator", json, "{}").await?;
    assert_eq!(
        (kind.status, kind.text("/field")?.as_str()),
        (415, "Content-Type")
    );
    // An adoption without bytes cannot be asked for: only what is adopted can be superseded.
    let bare =
        json!({"adopt": {"version": "midland/9", "hash": "00", "in_force_from": "2026-01-01"}});
    let bare = served
        .post("administrator", "/v1/policies/midland", &bare)
        .await?;
    assert_eq!(
        (bare.status, bare.text("/code")?.as_str()),
        (400, "request.malformed")
    );
    Ok(())
}
