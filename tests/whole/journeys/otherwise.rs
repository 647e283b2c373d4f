//! A journey fails where something comes out otherwise than it is told.

use tests::{Failure, Place};

use super::journey::{Journey, everywhere};

/// A journey on file, in which nothing has been told yet.
async fn begun() -> Result<Journey, Failure> {
    Journey::begin(Place::on_file()?, include_str!("otherwise.toml")).await
}

/// What a journey fails with.
fn failed(told: Result<(), Failure>) -> Result<String, Failure> {
    match told {
        Ok(()) => Err("it should have failed".into()),
        Err(failure) => Ok(failure.to_string()),
    }
}

#[tokio::test]
async fn what_comes_out_otherwise_fails_the_journey() -> Result<(), Failure> {
    let mut it = begun().await?;
    let refused = it.refused("a clerk registers somebody", "P-1").await;
    assert!(failed(refused)?.contains("should be refused under P-1"));
    it.done("a clerk registers somebody").await?;
    let forbidden = it.forbidden("a clerk writes down the children").await;
    assert!(failed(forbidden)?.contains("should be for others to do"));
    let noticed = it
        .noticed("a clerk writes down the children", &["BR-3"])
        .await;
    assert!(failed(noticed)?.contains("should be noticed under BR-3"));
    let done = it.done("a statistician writes down the children").await;
    assert!(failed(done)?.contains("should be done, and is answered 403"));
    let refused = it
        .refused("a statistician writes down the children", "BR-3")
        .await;
    assert!(failed(refused)?.contains("is answered 403"));
    let no_place = it
        .has_no_place("a clerk writes down the children", "dependent")
        .await;
    assert!(failed(no_place)?.contains("should find no place for dependent"));
    let held = it.done("somebody is found held without an order").await;
    assert!(failed(held)?.contains("is done, and critical"));
    let met = it
        .meets("somebody else is found so too", "HR-20/MR-7")
        .await;
    assert!(failed(met)?.contains("should meet HR-20/MR-7"));
    let page = it.page("clerk", "/persons/@person").await?;
    assert!(failed(page.says("Nobody says this"))?.contains("does not say"));
    it.is_told()
}

#[tokio::test]
async fn a_sentence_of_the_file_that_nobody_tells_fails_the_journey() -> Result<(), Failure> {
    let told = everywhere(include_str!("otherwise.toml"), async |it| {
        it.done("a clerk registers somebody").await
    });
    let failure = failed(told.await)?;
    assert!(
        failure.contains("nobody tells") && failure.contains("the children"),
        "{failure}"
    );
    let mut it = begun().await?;
    let failure = failed(it.done("nobody has written this").await)?;
    assert!(failure.contains("nothing says what"), "{failure}");
    let failure = failed(it.done("somebody is found held without an order").await)?;
    assert!(
        failure.contains("nothing says what @person stands for"),
        "{failure}"
    );
    Ok(())
}
