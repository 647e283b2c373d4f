//! What the register noticed is looked at by somebody; and what it records of itself.

use domain::registry::Register;
use serde_json::json;

use crate::Failure;
use crate::desk::Desk;

/// A decision above the maximum of its offence.
async fn noticed(desk: &Desk) -> Result<(), Failure> {
    desk.sentence(json!([{"no": 1, "sanction": {"custody": {"term": "P9Y"}}}]))
        .await?;
    Ok(())
}

const ABOVE: &str = "/findings?code=sentence.above-maximum";

#[tokio::test]
async fn a_finding_is_taken_up_from_the_list_and_closed_on_its_page() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    noticed(&desk).await?;
    let list = desk.get("clerk", ABOVE).await?;
    // Before anybody takes it up, it has an address that can be sent to somebody.
    let address = list
        .html
        .split("href=\"")
        .find(|rest| rest.starts_with("/findings/noticed/"));
    let address = address.and_then(|rest| rest.split('"').next());
    let alone = desk
        .get("oversight", address.ok_or("it has an address")?)
        .await?;
    assert_eq!(alone.status, 200);
    assert!(alone.link("Take up").is_some(), "{}", alone.text());
    let none = desk.get("oversight", "/findings/noticed/9999-7").await?;
    assert_eq!(none.status, 404);
    let link = list.link("Take up").ok_or("it can be taken up")?;
    let form = desk.get("clerk", &link.replace("&#38;", "&")).await?.form();
    assert_eq!(form.value("nth"), Some("0"));
    let taken = desk
        .sent("clerk", "/findings/new/take-up", &form)
        .await?
        .text();
    assert!(taken.contains("Recorded as entry"), "{taken}");
    desk.settle().await?;
    let list = desk.get("oversight", ABOVE).await?;
    assert!(list.link("Take up").is_none());
    let finding = list.link("Go on").ok_or("it stands")?.to_owned();
    let close = format!("{finding}/close");
    let form = desk.get("clerk", &close).await?.form();
    let wordless = form.clone().with("disposition", "put-right");
    let refused = desk.post("clerk", &close, &wordless).await?;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("give the reasons in words"));
    let worded = wordless.with("reasons", "The term was read out wrongly");
    let closed = desk.sent("clerk", &close, &worded).await?.text();
    assert!(closed.contains("Closed"), "{closed}");
    desk.settle().await?;
    let list = desk
        .get("oversight", &format!("{ABOVE}&state=closed"))
        .await?;
    assert!(list.text().contains("1 finding"), "{}", list.text());
    let list = desk
        .get("oversight", &format!("{ABOVE}&state=open"))
        .await?;
    assert!(list.text().contains("No finding"), "{}", list.text());
    Ok(())
}

#[tokio::test]
async fn whoever_decided_does_not_close_what_is_critical_about_it() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    noticed(&desk).await?;
    let list = desk.get("judge", ABOVE).await?;
    let link = list.link("Take up").ok_or("it can be taken up")?;
    let form = desk.get("judge", &link.replace("&#38;", "&")).await?.form();
    desk.sent("judge", "/findings/new/take-up", &form).await?;
    desk.settle().await?;
    let list = desk.get("judge", ABOVE).await?;
    let close = format!("{}/close", list.link("Go on").ok_or("it stands")?);
    let form = desk.get("judge", &close).await?.form();
    let form = form
        .with("disposition", "justified")
        .with("reasons", "It had to be");
    let refused = desk.post("judge", &close, &form).await?;
    assert_eq!(refused.status, 422);
    let said = refused.text();
    assert!(said.contains("leave it to somebody else"), "{said}");
    Ok(())
}

#[tokio::test]
async fn what_the_register_records_of_itself_administrators_and_oversight_read()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let id = desk.registry.new_stream_id().to_string();
    let open = json!({"open": {
        "done": "2026-03-02", "name": "register.midland", "jurisdictions": ["midland"]
    }});
    desk.tell::<Register>("administrator", &id, open).await?;
    let loss = json!({"acknowledge_loss": {
        "done": "2026-03-02", "what": "papers", "from": "2026-03-02", "to": "2026-03-02",
        "reason": "disaster"
    }});
    desk.tell::<Register>("oversight", &id, loss).await?;
    desk.settle().await?;
    for by in ["administrator", "oversight"] {
        let list = desk.get(by, "/registers").await?;
        assert!(list.text().contains("Open"), "{}", list.text());
        let page = desk.get(by, &format!("/registers/{id}")).await?;
        assert_eq!(page.status, 200, "{by}: {}", page.text());
    }
    let denied = desk.get("judge", "/registers").await?;
    assert_eq!(denied.status, 403);
    let denied = desk.get("judge", &format!("/registers/{id}")).await?;
    assert_eq!(denied.status, 403);
    Ok(())
}

#[tokio::test]
async fn oversight_sees_first_what_weighs_most_and_is_oldest_and_at_which_court()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    noticed(&desk).await?;
    let home = desk.get("oversight", "/").await?.text();
    let first = home
        .find("Critical Ashby District Court")
        .ok_or(home.clone())?;
    let technical = home
        .find("How far lists and figures are")
        .ok_or("the register")?;
    assert!(first < technical, "{home}");
    let lede = "The oldest critical finding that nobody has taken up stands since 2 March 2026 at Ashby District Court.";
    assert!(home.contains(lede), "{home}");
    let list = desk.get("oversight", ABOVE).await?.text();
    assert!(list.contains("Critical Ashby District Court"), "{list}");
    Ok(())
}
