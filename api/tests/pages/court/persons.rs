//! A person: registered, asked, corrected, contesting, guarded, and told of across all streams.

use domain::person::{Person, Sex};
use domain::values::Known;
use serde_json::json;

use super::acted;
use crate::Failure;
use crate::desk::Desk;

/// Where an act has its form.
fn at(id: &str, act: &str) -> String {
    format!("/persons/{id}/{act}")
}

#[tokio::test]
async fn a_person_is_registered_and_read_by_those_entitled() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let form = desk.get("clerk", "/persons/new").await?.form();
    let nameless = desk
        .post("clerk", "/persons/new", &form.clone().with("sex", "male"))
        .await?;
    assert_eq!(nameless.status, 422);
    assert_eq!(nameless.errors()[0].0, "#f-name");
    assert_eq!(nameless.field("Sex as recorded").as_deref(), Some("Male"));
    let form = form
        .with("name", "Cy Cole")
        .with("sex", "?declined")
        .with("born_year", "1990");
    let form = form.with("born_month", "5").with("born_day", "3");
    let page = desk.sent("clerk", "/persons/new", &form).await?;
    let said = page.text();
    for words in [
        "Person registered",
        "Cy Cole",
        "3 May 1990",
        "Declined to say",
    ] {
        assert!(said.contains(words), "{words} in {said}");
    }
    let id = page.form().value("fresh").map(str::to_owned);
    assert_eq!(id, None);
    let path = page
        .html
        .split("/persons/")
        .nth(1)
        .and_then(|p| p.split(['/', '?', '"']).next());
    let path = format!("/persons/{}", path.ok_or("a link to the person")?);
    let seen = desk.get("oversight", &path).await?.text();
    assert!(
        seen.contains("Not shown to your role") && !seen.contains("Cy Cole"),
        "{seen}"
    );
    Ok(())
}

#[tokio::test]
async fn somebody_is_found_by_name_and_by_nobody_else_and_no_more_after_erasure()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let id = desk.person("Ana Maria Ash").await?;
    desk.person("Bo Birch").await?;
    let form = desk.get("clerk", "/persons").await?.form();
    let page = desk
        .post("clerk", "/persons", &form.clone().with("who", "ash, ana"))
        .await?;
    let said = page.text();
    assert!(
        said.contains("Ana Maria Ash") && !said.contains("Bo Birch"),
        "{said}"
    );
    assert!(page.html.contains(&format!("/sentences/new?person={id}")));
    let nobody = desk
        .post("clerk", "/persons", &form.clone().with("who", "Ana Birch"))
        .await?;
    assert!(
        nobody.text().contains("Nobody is found"),
        "{}",
        nobody.text()
    );
    let empty = desk
        .post("clerk", "/persons", &form.clone().with("who", " "))
        .await?;
    assert_eq!(
        (empty.status, empty.errors()[0].0.as_str()),
        (422, "#f-who")
    );
    assert_eq!(desk.get("oversight", "/persons").await?.status, 403);
    let looked = desk.get("oversight", "/consultations").await?.html;
    assert!(
        looked.contains(&format!("/persons/{id}")) && !looked.contains("ash, ana"),
        "{looked}"
    );

    let erase = json!({"erase_data": {"classes": ["identity"], "basis": "erasure-law"}});
    desk.tell::<Person>("judge", &id, erase).await?;
    let gone = desk
        .post("clerk", "/persons", &form.with("who", "ash"))
        .await?;
    assert!(gone.text().contains("Nobody is found"), "{}", gone.text());
    Ok(())
}

#[tokio::test]
async fn what_was_asked_and_what_was_not_stay_apart() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let id = desk.person("Ana Ash").await?;
    let path = format!("/persons/{id}/circumstances");
    let form = desk
        .get("judge", &path)
        .await?
        .form()
        .with("c_employed", "yes");
    let unfounded = desk.post("judge", &path, &form).await?;
    assert_eq!(unfounded.status, 422);
    assert_eq!(unfounded.errors()[0].0, "#f-basis");
    assert_eq!(unfounded.field("In work").as_deref(), Some("Yes"));
    let form = unfounded
        .form()
        .with("c_pregnant", "?declined")
        .with("c_carer", "?not-asked");
    desk.sent("judge", &path, &form.with("basis", "consent"))
        .await?;
    acted(&desk, &at(&id, "children"), &[("children", "declined")]).await?;
    let judge = desk.get("judge", &format!("/persons/{id}")).await?.text();
    for words in [
        "In work Yes",
        "Is pregnant Declined to say",
        "Cares for a dependant Not asked",
    ] {
        assert!(judge.contains(words), "{words} in {judge}");
    }
    let oversight = desk
        .get("oversight", &format!("/persons/{id}"))
        .await?
        .text();
    assert!(
        oversight.contains("Is pregnant Not shown to your role"),
        "{oversight}"
    );
    assert!(
        oversight.contains("Dependent children Not shown to your role"),
        "{oversight}"
    );
    Ok(())
}

#[tokio::test]
async fn a_correction_a_contest_and_a_consent_are_entries_with_their_reasons() -> Result<(), Failure>
{
    let desk = Desk::open().await?;
    let id = desk.person("Ana Ash").await?;
    let unchanged = format!("/persons/{id}/correct");
    let form = desk.get("judge", &unchanged).await?.form();
    assert_eq!(form.value("sex"), Some("female"));
    let answer = desk
        .post("judge", &unchanged, &form.with("reason", "typing"))
        .await?;
    assert_eq!(answer.status, 422);
    assert_eq!(answer.errors()[0].0, "#f-sex");
    acted(
        &desk,
        &at(&id, "correct"),
        &[("sex", "male"), ("reason", "typing")],
    )
    .await?;
    acted(&desk, &at(&id, "consent"), &[("to", "treatment")]).await?;
    acted(&desk, &at(&id, "withdraw-consent"), &[("to", "treatment")]).await?;
    acted(
        &desk,
        &at(&id, "contest"),
        &[("subject", "decision"), ("words", "It was not me")],
    )
    .await?;
    let said = acted(
        &desk,
        &at(&id, "settle"),
        &[
            ("subject", "decision"),
            ("outcome", "refused"),
            ("words", "It stands"),
            ("route", "data-commissioner"),
        ],
    )
    .await?;
    for words in [
        "Attributes corrected",
        "Consent withdrawn",
        "It was not me",
        "It stands",
        "the record stands",
        "Midland Data Commissioner",
    ] {
        assert!(said.contains(words), "{words} in {said}");
    }
    let found = desk.record(&id).await?;
    let known = found.state.registered().ok_or("registered")?;
    assert_eq!(known.sex, Known::Value(Sex::Male));
    assert!(known.consents.is_empty() && known.contested.is_empty());
    Ok(())
}

#[tokio::test]
async fn a_correction_is_refused_in_writing_with_reasons_and_a_route() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let id = desk.person("Ana Ash").await?;
    acted(&desk, &at(&id, "contest"), &[("subject", "sex")]).await?;
    let path = at(&id, "settle");
    let form = desk.get("judge", &path).await?.form();
    let form = form.with("subject", "sex").with("outcome", "refused");
    let silent = desk.post("judge", &path, &form).await?;
    silent.refuses_at("settle", "#f-words", ("What is settled", "Sex as recorded"));
    let nowhere = desk
        .post(
            "judge",
            &path,
            &silent.form().with("words", "It was checked"),
        )
        .await?;
    nowhere.refuses_at(
        "settle",
        "#f-route",
        (
            "Reasons, as the person is given them in writing",
            "It was checked",
        ),
    );
    let settled = nowhere.form().with("route", "district-court");
    let said = desk.sent("judge", &path, &settled).await?.text();
    assert!(said.contains("It was checked"), "{said}");
    assert!(said.contains("A district court, within 30 days"), "{said}");
    Ok(())
}

#[tokio::test]
async fn what_is_contested_says_so_on_every_page_until_it_is_settled() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let sentence = desk
        .sentence(json!([{"no": 1, "sanction": {"custody": {"term": "P3M"}}}]))
        .await?;
    let found = desk.standing(&sentence).await?;
    let id = found.state.person().ok_or("somebody")?.to_string();
    let pages = [
        format!("/persons/{id}"),
        format!("/sentences/{sentence}"),
        format!("/sentences/{sentence}/sheet"),
    ];
    for page in &pages {
        let said = desk.get("judge", page).await?.text();
        assert!(!said.contains("Contested"), "{page}: {said}");
    }
    acted(&desk, &at(&id, "contest"), &[("subject", "decision")]).await?;
    acted(&desk, &at(&id, "contest"), &[("subject", "identity")]).await?;
    for page in &pages {
        let said = desk.get("judge", page).await?.text();
        assert!(said.contains("Contested"), "{page}: {said}");
    }
    let person = desk.get("judge", &pages[0]).await?.text();
    assert!(person.contains("Name Ana Ash Contested"), "{person}");
    assert!(person.contains("A decision Who the person is"), "{person}");
    // The table of decisions, and each entry of the decision in the history.
    assert!(person.contains("In force Contested"), "{person}");
    assert!(person.contains("State Contested"), "{person}");
    let settle = [("subject", "decision"), ("outcome", "corrected")];
    acted(&desk, &at(&id, "settle"), &settle).await?;
    let settle = [("subject", "identity"), ("outcome", "corrected")];
    acted(&desk, &at(&id, "settle"), &settle).await?;
    for page in &pages[1..] {
        let said = desk.get("judge", page).await?.text();
        assert!(!said.contains("Contested"), "{page}: {said}");
    }
    let settled = desk.get("judge", &pages[0]).await?.text();
    assert!(!settled.contains("State Contested"), "{settled}");
    Ok(())
}

#[tokio::test]
async fn what_cannot_be_undone_wants_the_reference_typed() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let id = desk.person("Ana Ash").await?;
    let path = format!("/persons/{id}/erase");
    let form = desk.get("judge", &path).await?.form();
    let form = form
        .with("classes", "identity")
        .with("basis", "erasure-law");
    let refused = desk.post("judge", &path, &form).await?;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.errors()[0].0, "#f-again");
    assert_eq!(
        refused.field("Another legal basis").as_deref(),
        Some("erasure-law")
    );
    let done = desk.sent("judge", &path, &form.with("again", &id)).await?;
    let said = done.text();
    assert!(
        said.contains("Erased on") && !said.contains("Ana Ash"),
        "{said}"
    );
    Ok(())
}

#[tokio::test]
async fn a_record_is_sealed_and_opened_again_by_those_who_guard_it() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let id = desk.person("Ana Ash").await?;
    acted(&desk, &at(&id, "seal"), &[("basis", "youth")]).await?;
    let page = format!("/persons/{id}");
    let closed = desk.get("oversight", &page).await?;
    assert_eq!(closed.status, 404);
    let before = desk.get("oversight", &format!("{page}?as_of=1")).await?;
    assert_eq!(before.status, 404, "a past view opens no seal of today");
    let path = format!("{page}/unseal");
    let form = desk
        .get("judge", &path)
        .await?
        .form()
        .with("basis", "review");
    desk.sent("judge", &path, &form.with("again", &id)).await?;
    assert_eq!(desk.get("oversight", &page).await?.status, 200);
    Ok(())
}

#[tokio::test]
async fn a_record_goes_on_under_another_that_is_registered() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let (one, other) = (desk.person("Ana Ash").await?, desk.person("A. Ash").await?);
    let path = format!("/persons/{one}/merge");
    let form = desk
        .get("judge", &path)
        .await?
        .form()
        .with("basis", "same-person");
    let form = form
        .with("again", &one)
        .with("surviving", "not a reference");
    let refused = desk.post("judge", &path, &form).await?;
    assert_eq!(refused.errors()[0].0, "#f-surviving");
    desk.sent("judge", &path, &form.with("surviving", &other))
        .await?;
    assert!(matches!(
        desk.record(&one).await?.state,
        Person::Merged { .. }
    ));
    Ok(())
}

#[tokio::test]
async fn the_timeline_holds_the_streams_of_a_person_and_each_keeps_its_moment()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let sentence = desk
        .sentence(
            json!([{"no": 1, "sanction": {"community_order": {"period": "P1Y",
            "requirements": [{"kind": "unpaid-work", "quantity": {"minutes": 6000}}]}}}]),
        )
        .await?;
    let person = desk
        .standing(&sentence)
        .await?
        .state
        .person()
        .ok_or("somebody")?;
    let page = desk.get("judge", &format!("/persons/{person}")).await?;
    let said = page.text();
    for words in [
        "Person registered",
        "Decision imposed",
        "Order made",
        "2026/114",
    ] {
        assert!(said.contains(words), "{words} in {said}");
    }
    let imposed = desk.standing(&sentence).await?.entries[0].index;
    let entry = format!("/sentences/{sentence}?as_of={imposed}");
    assert!(page.html.contains(&entry), "{entry}");
    let past = desk
        .get("judge", &format!("/persons/{person}?as_of={imposed}"))
        .await?;
    assert!(!past.text().contains("Order made"), "{}", past.text());
    assert!(
        past.html
            .contains(&format!("/sentences/{sentence}?as_of={imposed}"))
    );
    Ok(())
}

#[tokio::test]
async fn children_are_told_one_by_one_and_one_without_a_carer_stands_out() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let case = desk.case("Ana Ash").await?;
    let found = desk.order(&case.order).await?;
    let id = found.state.made().ok_or("it was made")?.person.to_string();
    let answers = [("c_breastfeeding", "?declined"), ("basis", "consent")];
    let said = acted(&desk, &at(&id, "circumstances"), &answers).await?;
    assert!(said.contains("Is breastfeeding Declined"), "{said}");
    let caseload = desk.get("probation", "/supervisions").await?.text();
    assert!(!caseload.contains("Child without a carer"), "{caseload}");
    let children = [
        ("children", "2"),
        ("age_1", "4"),
        ("placement_1", "alone"),
        ("carer_1", "no"),
        ("age_2", "declined"),
        ("placement_2", "?declined"),
        ("carer_2", "?declined"),
    ];
    let said = acted(&desk, &at(&id, "children"), &children).await?;
    let first = "Child 1 4 years; Alone nobody cares for the child";
    assert!(said.contains(first), "{said}");
    let second = "Child 2 age: declined to say; placement: declined to say";
    assert!(said.contains(second), "{said}");
    let form = desk.get("judge", &at(&id, "children")).await?;
    assert_eq!(form.field("Child 1: age").as_deref(), Some("4"));
    desk.settle().await?;
    for page in ["/supervisions", "/"] {
        let said = desk.get("probation", page).await?.text();
        assert!(said.contains("Child without a carer"), "{page}: {said}");
    }
    let withheld = desk.get("oversight", &format!("/persons/{id}")).await?;
    let withheld = withheld.text();
    assert!(!withheld.contains("nobody cares"), "{withheld}");
    let sheet = desk.get("judge", &format!("/persons/{id}/sheet")).await?;
    let sheet = sheet.text();
    assert!(sheet.contains("One of your children"), "{sheet}");
    assert!(sheet.contains("nobody cares for the child"), "{sheet}");
    let wrong = desk.get("judge", &at(&id, "children")).await?.form();
    let wrong = wrong.with("age_1", "four");
    let refused = desk.post("judge", &at(&id, "children"), &wrong).await?;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.errors()[0].0, "#f-age-1");
    Ok(())
}
