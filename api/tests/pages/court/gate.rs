//! The gate to children's cases, as a page.

use domain::person::Person;
use domain::sentence::Sentence;
use serde_json::json;

use crate::Failure;
use crate::desk::Desk;

/// A child's decision by the juvenile court, on somebody with a name.
async fn childs(desk: &Desk) -> Result<(String, String), Failure> {
    let person = desk.registry.new_person_id().to_string();
    let register = json!({"register": {
        "sex": {"value": "male"}, "identity": {"name": "Dorian Dale"}}});
    desk.tell::<Person>("youth-judge", &person, register)
        .await?;
    let sentence = desk.registry.new_stream_id().to_string();
    let impose = json!({"impose": {
        "person": person, "pronounced": "2026-02-02", "decision": {
            "court": "fenwick", "circumstances": {"age-band": {"value": "14-15"}},
            "counts": [{
                "no": 1,
                "offence": {"code": {"value": "M102"}, "category": {"value": "property"}},
                "components": [{"no": 1, "sanction": {"admonition": {}}}]}]}}});
    desk.tell::<Sentence>("youth-judge", &sentence, impose)
        .await?;
    desk.settle().await?;
    Ok((person, sentence))
}

#[tokio::test]
async fn a_childs_case_is_shown_through_the_gate_for_a_reason_and_not_before() -> Result<(), Failure>
{
    let desk = Desk::open().await?;
    let (person, sentence) = childs(&desk).await?;
    let page = format!("/sentences/{sentence}");
    assert_eq!(desk.get("youth-judge", &page).await?.status, 200);
    let closed = desk.get("probation", &page).await?;
    assert_eq!(closed.status, 404);
    assert_eq!(closed.link("The gate to children's cases"), Some("/gate"));
    let find = desk.get("clerk", "/persons").await?.form();
    let found = desk
        .post("clerk", "/persons", &find.with("who", "Dorian"))
        .await?;
    assert!(found.text().contains("Nobody is found"), "{}", found.text());

    let form = desk.get("probation", "/gate").await?.form();
    let silent = desk
        .post("probation", "/gate", &form.clone().with("case", &sentence))
        .await?;
    silent.refuses_at("gate", "#f-reason", ("Reference of the case", &sentence));
    let chosen = form.clone().with("reason", "child-supervision");
    let nowhere = desk
        .post(
            "probation",
            "/gate",
            &chosen.clone().with("case", "nowhere"),
        )
        .await?;
    nowhere.refuses_at("gate", "#f-case", ("Reference of the case", "nowhere"));
    let through = desk
        .post("probation", "/gate", &chosen.with("case", &sentence))
        .await?;
    assert_eq!(through.status, 303);
    assert_eq!(through.location.as_deref(), Some(page.as_str()));
    let cookie = through.cookie.ok_or("a cookie")?;
    let shown = desk.get_keeping("probation", &page, &cookie).await?;
    assert_eq!(shown.status, 200, "{}", shown.text());
    assert!(
        shown.text().contains("is open: child-supervision"),
        "{}",
        shown.text()
    );
    let timeline = format!("/persons/{person}");
    assert_eq!(
        desk.get_keeping("probation", &timeline, &cookie)
            .await?
            .status,
        200
    );
    // Whoever acts in another role has not been let through.
    assert_eq!(desk.get_keeping("clerk", &page, &cookie).await?.status, 403);

    let log = desk.get("oversight", "/consultations").await?.text();
    let said = format!("Through the gate: child-supervision sentence/{sentence}");
    assert!(log.to_lowercase().contains(&said.to_lowercase()), "{log}");
    let close = desk
        .get_keeping("probation", "/gate", &cookie)
        .await?
        .form();
    let closing = desk.post("probation", "/gate/close", &close).await?;
    assert!(closing.cookie.ok_or("a cookie")?.contains("Max-Age=0"));
    Ok(())
}

#[tokio::test]
async fn whom_the_rules_do_not_name_the_gate_says_so() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let (_, sentence) = childs(&desk).await?;
    let page = desk.get("judge", "/gate").await?;
    assert!(
        page.text().contains("The rules let nobody through"),
        "{}",
        page.text()
    );
    let form = [("reason", "appeal"), ("case", sentence.as_str())];
    let refused = desk.post("judge", "/gate", &form[..]).await?;
    assert_eq!((refused.status, refused.cookie), (422, None));
    let oversight = desk.get("oversight", "/gate").await?.form();
    let all = desk
        .post(
            "oversight",
            "/gate",
            &oversight.with("reason", "inspection"),
        )
        .await?;
    let cookie = all.cookie.ok_or("a cookie")?;
    let register = desk.get_keeping("oversight", "/sentences", &cookie).await?;
    assert!(register.html.contains(&sentence));
    let without = desk.get("oversight", "/sentences").await?;
    assert!(!without.html.contains(&sentence));
    Ok(())
}
