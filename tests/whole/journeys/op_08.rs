//! Operative paragraph 8: Havana, Bangkok and Mandela Rules; conditions; staff; health in custody.

use serde_json::json;
use tests::Failure;

use super::journey::{Journey, everywhere};

#[tokio::test]
async fn op_8_nobody_is_received_without_an_order_and_children_and_complaints_are_guarded()
-> Result<(), Failure> {
    everywhere(include_str!("op_08.toml"), async |it| {
        reception(it).await?;
        children(it).await?;
        conditions(it).await?;
        complaints(it).await
    })
    .await
}

/// An order, a known person, an hour (Mandela Rule 7); and whoever is held without them is seen.
async fn reception(it: &mut Journey) -> Result<(), Failure> {
    it.done("a clerk registers a man").await?;
    it.done("his sentence is recorded").await?;
    it.refused(
        "a prison receives him, and nobody has checked who he is",
        "HR-20/MR-7",
    )
    .await?;
    it.refused("a prison receives him on no order", "HR-20/MR-7")
        .await?;
    it.refused(
        "a prison receives him for a sentence that is nobody's",
        "TR-3.10",
    )
    .await?;
    it.noticed(
        "a prison receives him on the order of the court; injuries and property are not noted",
        &["HR-20/MR-7"],
    )
    .await?;
    it.days_pass(61).await?;
    assert_eq!(it.raised("custody").await?, ["custody.last-day"]);
    it.days_pass(6).await?;
    it.noticed(
        "he leaves a week late, and nobody offers him a copy of his file",
        &["TR-11.1", "MR-9"],
    )
    .await?;

    it.done("another man is registered").await?;
    it.noticed(
        "he is found in the police cells, held without an order",
        &["HR-20/MR-7"],
    )
    .await?;
    assert_eq!(
        it.due("prison", "custody-held").await?,
        ["custody.irregular"]
    );
    it.page("prison", "/")
        .await?
        .says("End of holding without a valid order")
}

/// No child is tried too young, or held as a grown person is (Havana Rules 1, 2; Beijing Rule 17).
async fn children(it: &mut Journey) -> Result<(), Failure> {
    it.done("a boy of thirteen is registered").await?;
    it.done("his case comes before the court").await?;
    it.refused("the court detains the boy of thirteen", "CRC-40")
        .await?;
    it.done("a girl of sixteen is registered").await?;
    it.done("her case comes before the court").await?;
    it.refused(
        "the court detains the girl as it would a grown woman",
        "BJ-17",
    )
    .await?;
    it.meets(
        "the court detains the girl for grave violence, when nothing else will do, and looks at it again in two weeks",
        "BJ-17",
    )
    .await?;
    it.done("the home for young people receives her").await?;
    it.days_pass(32).await?;
    assert_eq!(it.raised("custody-girl").await?, ["custody.contact"]);
    assert_eq!(it.raised("pretrial-girl").await?, ["pretrial.review"]);
    Ok(())
}

/// The untried live apart; staff and posts for health are counted.
async fn conditions(it: &mut Journey) -> Result<(), Failure> {
    it.done("a prison for convicted men is entered in the register")
        .await?;
    it.done("its places are declared").await?;
    it.noticed(
        "it counts its people, and some of them are not tried yet",
        &["FA-8"],
    )
    .await?;
    it.done("it counts its staff, and how many of the posts for health are filled")
        .await?;
    let place = it.get("oversight", "/v1/facilities/@facility").await?;
    let staff = &place["state"]["opened"]["staff"][0];
    assert_eq!(
        (&staff["health_posts"], &staff["health_filled"]),
        (&json!(9), &json!(6))
    );
    Ok(())
}

/// Anybody complains, nobody answers about themselves, and silence is noticed (Mandela Rules 56, 57).
async fn complaints(it: &mut Journey) -> Result<(), Failure> {
    it.done("somebody without a name complains of the cells")
        .await?;
    it.done("a lawyer complains that an officer beat him")
        .await?;
    it.refused("the officer himself is to answer it", "TR-3.7")
        .await?;
    it.days_pass(3).await?;
    assert!(it.findings("complaint").await?.contains("MR-57"));
    assert!(!it.findings("complaint-cells").await?.contains("MR-57"));
    it.days_pass(12).await?;
    assert!(it.findings("complaint-cells").await?.contains("MR-57"));
    Ok(())
}
