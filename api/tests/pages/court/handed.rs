//! The person's own sheet, in three languages.

use domain::order::Order;
use domain::person::Person;
use serde_json::json;

use super::acted;
use crate::Failure;
use crate::desk::Desk;

/// Somebody under a community order with an appointment, and with a fine.
async fn ordered(desk: &Desk) -> Result<String, Failure> {
    let person = desk.person("Ana Ash").await?;
    let components = json!([
        {"no": 1, "sanction": {"community_order": {"period": "P1Y", "requirements": [
            {"kind": "unpaid-work", "quantity": {"minutes": 6000}}]}}},
        {"no": 2, "sanction": {"fine": {"amount": {"minor": 1_234_500, "currency": "EUR"}}}}
    ]);
    let sentence = desk.sentence_of(&person, components).await?;
    let orders = desk
        .get("probation", &format!("/sentences/{sentence}"))
        .await?;
    let order = orders.html.split("/orders/").nth(1).ok_or("an order")?;
    let order = order
        .split(['"', '?', '/'])
        .next()
        .unwrap_or_default()
        .to_owned();
    let schedule = json!({"schedule_appointment": {
        "requirement": 1, "on": "2026-03-12", "at": "09:30", "place": "workshop",
        "enforceable": {"value": "yes"}, "done": "2026-02-10"}});
    desk.tell::<Order>("probation", &order, schedule).await?;
    desk.settle().await?;
    Ok(person)
}

#[tokio::test]
async fn the_sheet_says_what_must_be_done_how_to_challenge_it_what_is_recorded_and_who_read_it()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let person = ordered(&desk).await?;
    let path = format!("/persons/{person}");
    desk.get("oversight", &path).await?;
    let page = desk.get("clerk", &path).await?;
    let sheet = page
        .link("Sheet for the person")
        .ok_or("a link")?
        .to_owned();
    assert_eq!(sheet, format!("{path}/sheet"));
    let said = desk.get("clerk", &sheet).await?;
    assert_eq!(said.status, 200, "{}", said.text());
    assert!(said.html.contains("<html lang=\"en\" dir=\"ltr\">"));
    // What is filled in is set apart by marks of direction, which say nothing to a reader of this test.
    let said = said.text().replace(['\u{2068}', '\u{2069}'], "");
    for words in [
        "Name Ana Ash",
        "Unpaid work – until 1 February 2027",
        "100 hours in all",
        "Next appointment: 12 March 2026, 09:30",
        "12,345",
        "a failure without a good reason is first answered by a warning",
        "ask the Midland Court of Appeal to review it. For the decision of 2 February 2026 you can ask until 2 March 2026.",
        "Midland Data Commissioner",
        "A complaint about anything or anyone can be handed in at any time",
        "Decision of a court",
        "Order that you carry out in the community",
        "by Ashby District Court",
        "Oversight body",
        "I was given this on",
    ] {
        assert!(said.contains(words), "{words} in {said}");
    }
    assert!(!said.contains("contested until"), "{said}");
    Ok(())
}

#[tokio::test]
async fn the_sheet_is_read_in_french_and_in_arabic_from_right_to_left() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let person = ordered(&desk).await?;
    let path = format!("/persons/{person}/sheet");
    let french = desk
        .get("probation", &format!("{path}?language=fr"))
        .await?;
    assert!(french.html.contains("<html lang=\"fr\" dir=\"ltr\">"));
    let said = french.text().replace(['\u{2068}', '\u{2069}'], "");
    for words in [
        "Ce que vous devez faire",
        "Travail non rémunéré",
        "100 heures en tout",
        "le 12 mars 2026 à 09:30",
        "12 345 EUR",
    ] {
        assert!(said.contains(words), "{words} in {said}");
    }
    let arabic = desk
        .get("probation", &format!("{path}?language=ar"))
        .await?;
    assert!(arabic.html.contains("<html lang=\"ar\" dir=\"rtl\">"));
    let said = arabic.text().replace(['\u{2068}', '\u{2069}'], "");
    for words in ["ما عليك فعله", "عمل بلا أجر", "١٠٠ ساعة", "١٢ مارس ٢٠٢٦"]
    {
        assert!(said.contains(words), "{words} in {said}");
    }
    // Each language is offered under its own name, from each of the others.
    for page in [&french, &arabic] {
        for name in ["English", "Français", "العربية"] {
            assert!(page.link(name).is_some(), "{name}");
        }
    }
    let other = desk.get("clerk", &format!("{path}?language=tlh")).await?;
    assert!(other.html.contains("lang=\"en\""));
    Ok(())
}

#[tokio::test]
async fn handing_the_sheet_over_is_a_consultation_and_not_for_everybody() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let person = desk.person("Ana Ash").await?;
    let path = format!("/persons/{person}/sheet");
    for other in ["oversight", "prosecutor", "statistician"] {
        assert_eq!(desk.get(other, &path).await?.status, 403, "{other}");
    }
    let empty = desk.get("clerk", &path).await?.text();
    assert!(empty.contains("Nothing is asked of you now"), "{empty}");
    let log = desk.get("oversight", "/consultations").await?.text();
    assert!(
        log.contains("Clerk, Ashby District Court Hearing Hand a person the sheet"),
        "{log}"
    );
    // The next sheet tells of the one before.
    let next = desk.get("clerk", &path).await?.text();
    assert!(
        next.contains("Ashby District Court In which role Clerk of court"),
        "{next}"
    );
    Ok(())
}

#[tokio::test]
async fn what_is_contested_is_marked_on_the_sheet_in_its_language() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let person = ordered(&desk).await?;
    acted(
        &desk,
        &format!("/persons/{person}/contest"),
        &[("subject", "decision")],
    )
    .await?;
    for (language, heading) in [
        ("en", "Decision of a court contested"),
        ("fr", "Décision d'un tribunal contesté"),
        ("ar", "قرار محكمة معترَض عليه"),
    ] {
        let path = format!("/persons/{person}/sheet?language={language}");
        let said = desk.get("clerk", &path).await?.text();
        assert!(said.contains(heading), "{heading} in {said}");
    }
    let corrected = json!({"settle_contest": {"subject": "decision", "outcome": "corrected"}});
    desk.tell::<Person>("judge", &person, corrected).await?;
    let path = format!("/persons/{person}/sheet");
    let said = desk.get("clerk", &path).await?.text();
    assert!(!said.contains("Decision of a court contested"), "{said}");
    Ok(())
}
