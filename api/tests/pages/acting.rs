//! Acts on cases whose pages are made from their commands: what a form asks, and what it says.

use crate::Failure;
use crate::desk::Desk;
use crate::html::{Answer, Form};

const ADMIT: &str = "/stays-in-custody/new/admit";

/// The admission of somebody on an order, filled in but for its hour.
async fn admission(desk: &Desk, person: &str) -> Result<Form, Failure> {
    let page = desk
        .get("prison", &format!("{ADMIT}?person={person}"))
        .await?;
    assert_eq!(page.status, 200, "{}", page.text());
    Ok(page
        .form()
        .with("admitted_day", "2")
        .with("admitted_month", "3")
        .with("admitted_year", "2026")
        .with("facility", "ashby-remand")
        .with("commitment.basis", "other")
        .with("commitment.basis.other.provision", "mpa-5")
        .with("commitment.order", "2026/77")
        .with("commitment.authority", "ashby")
        .with("commitment.reasons", "Held for a day")
        .with("arrival", "came_when_called")
        .with("reception.identity_checked", "yes")
        .with("reception.children", "0"))
}

fn said(page: &Answer) -> String {
    let errors = page.errors().into_iter();
    let lines: Vec<String> = errors.map(|(to, said)| format!("{to} {said}")).collect();
    lines.join("; ")
}

#[tokio::test]
async fn the_hour_that_a_rule_asks_is_given_on_the_page() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let person = desk.person("Ana Ash").await?;
    let form = admission(&desk, &person).await?;
    let without = desk.post("prison", ADMIT, &form).await?;
    assert_eq!(without.status, 422, "{}", without.text());
    assert!(
        said(&without).contains("The hour of the admission is missing"),
        "{}",
        said(&without)
    );
    let unread = form.clone().with("admitted_hour", "half nine");
    let unread = desk.post("prison", ADMIT, &unread).await?;
    assert!(
        said(&unread).contains("#f-admitted \"half nine\" is not an hour"),
        "{}",
        said(&unread)
    );
    assert_eq!(unread.field("Hour").as_deref(), Some("half nine"));
    let stay = desk
        .sent("prison", ADMIT, &form.with("admitted_hour", "9:30"))
        .await?;
    assert_eq!(stay.status, 200);
    Ok(())
}

#[tokio::test]
async fn all_that_stands_against_an_act_is_said_at_once_each_at_its_field() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let person = desk.person("Ana Ash").await?;
    let form = admission(&desk, &person)
        .await?
        .with("admitted_hour", "9:50");
    let lacking = form
        .clone()
        .with("commitment.reasons", "")
        .with("commitment.order", "")
        .with("reception.identity_checked", "no");
    for act in ["", "check"] {
        let refused = desk
            .post("prison", ADMIT, &lacking.clone().with("act", act))
            .await?;
        assert_eq!(refused.status, 422);
        for (leads, words) in [
            ("#f-commitment-order", "No order is named"),
            (
                "#f-commitment-reasons",
                "Nothing says why the person is held",
            ),
            (
                "#f-reception-identity-checked",
                "The person's identity was not checked",
            ),
        ] {
            let errors = refused.errors();
            let found = errors
                .iter()
                .any(|(to, said)| to == leads && said.starts_with(words));
            assert!(found, "{words} in {errors:?}");
        }
    }
    // What is only noted is said by a check, and nothing is recorded.
    let checked = desk
        .post("prison", ADMIT, &form.clone().with("act", "check"))
        .await?;
    assert_eq!(checked.status, 200, "{}", checked.text());
    let text = checked.text();
    assert!(
        text.contains("Checked: no rule stands in the way"),
        "{text}"
    );
    assert!(text.contains("The family was not told"), "{text}");
    assert_eq!(
        checked.field("The reasons in words").as_deref(),
        Some("Held for a day")
    );
    desk.settle().await?;
    let stays = desk.get("prison", "/stays-in-custody").await?.text();
    assert!(
        stays.contains("No stay") || !stays.contains("Ana Ash"),
        "{stays}"
    );
    Ok(())
}

#[tokio::test]
async fn what_was_not_asked_at_a_reception_is_asked_later_on_the_stay() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let person = desk.person("Ana Ash").await?;
    let form = admission(&desk, &person)
        .await?
        .with("admitted_hour", "9:50");
    let stay = desk.post("prison", ADMIT, &form).await?;
    let stay = stay.location.ok_or("it is recorded")?;
    let page = desk.get("prison", &stay).await?;
    let act = page.link("Ask, and record the answer: what was not asked or noted at the reception");
    let act = act.ok_or_else(|| page.text())?.to_owned();
    let form = desk.get("prison", &act).await?.form();
    let nothing = desk.post("prison", &act, &form).await?;
    assert!(
        said(&nothing).contains("Nothing is answered"),
        "{}",
        said(&nothing)
    );
    let told = desk
        .sent("prison", &act, &form.with("family_told", "yes"))
        .await?
        .text();
    assert!(told.contains("Whether the family was told"), "{told}");
    Ok(())
}

#[tokio::test]
async fn a_form_that_was_overtaken_says_what_was_recorded_and_keeps_what_was_typed()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let person = desk.person("Ana Ash").await?;
    let form = admission(&desk, &person)
        .await?
        .with("admitted_hour", "9:50");
    let stay = desk
        .post("prison", ADMIT, &form)
        .await?
        .location
        .ok_or("recorded")?;
    let stay = stay.split('?').next().unwrap_or_default().to_owned();
    let act = format!("{stay}/record-contact");
    let first = desk.get("prison", &act).await?.form().with("kind", "visit");
    let isolate = format!("{stay}/record-answers");
    let other = desk
        .get("prison", &isolate)
        .await?
        .form()
        .with("family_told", "yes");
    desk.sent("prison", &isolate, &other).await?;
    let overtaken = desk.post("prison", &act, &first).await?;
    assert_eq!(overtaken.status, 422);
    let words = said(&overtaken);
    assert!(
        words.contains("changed while you were writing") && words.contains("answers"),
        "{words}"
    );
    let again = overtaken.form();
    assert_eq!(again.value("kind"), Some("visit"));
    desk.sent("prison", &act, &again).await?;
    Ok(())
}

#[tokio::test]
async fn anybody_complains_and_is_told_the_reference() -> Result<(), Failure> {
    const COMPLAIN: &str = "/complaints/new/submit-without-person";
    let desk = Desk::open().await?;
    for by in ["statistician", "administrator", "judge"] {
        let page = desk.get(by, COMPLAIN).await?;
        assert_eq!(page.status, 200, "{by}: {}", page.text());
        assert!(
            page.html.contains("Ashby Remand Prison") && page.html.contains("Case before judgment")
        );
        let form = page
            .form()
            .with("by", "staff")
            .with("kind", "staff")
            .with("about", "other");
        let sent = desk.post(by, COMPLAIN, &form).await?;
        if by == "judge" {
            assert_eq!(sent.status, 303, "{}", sent.text());
        } else {
            assert_eq!(sent.status, 200, "{by}: {}", sent.text());
            assert!(
                sent.text().contains("Keep its reference"),
                "{}",
                sent.text()
            );
            for said in [
                "Note down the reference of this complaint: ",
                "Next, somebody is named who answers it, by ",
            ] {
                assert!(sent.text().contains(said), "{}", sent.text());
            }
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_complaint_about_whoever_hands_it_in_is_recorded_and_then_closed_to_them()
-> Result<(), Failure> {
    const COMPLAIN: &str = "/complaints/new/submit-without-person";
    let desk = Desk::open().await?;
    let page = desk.get("clerk", COMPLAIN).await?;
    let form = page
        .form()
        .with("by", "staff")
        .with("kind", "staff")
        .with("about", "other")
        .with("subject_of", "sample-clerk");
    let sent = desk.post("clerk", COMPLAIN, &form).await?;
    let text = sent.text();
    assert_eq!(sent.status, 200, "{text}");
    for said in [
        "Note down the reference of this complaint: ",
        "Next, somebody is named who answers it, by ",
        "it is closed to you from now on",
    ] {
        assert!(text.contains(said), "{text}");
    }
    Ok(())
}

#[tokio::test]
async fn an_official_is_chosen_by_role_and_office_or_described_and_whoever_answers_declares()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let person = desk.person("Ana Ash").await?;
    let act = format!("/complaints/new/submit?person={person}");
    let page = desk.get("clerk", &act).await?;
    for offered in [
        "Judge, Ashby District Court",
        "Somebody else, whom I describe in words",
        "A court",
    ] {
        assert!(page.html.contains(offered), "{offered}: {}", page.text());
    }
    // Whoever acted in the record is named first.
    let of_record = page
        .form()
        .with("about", "record")
        .with("about.record.kind", "person")
        .with("about.record.id", &person);
    let asked = desk
        .post("clerk", &act, &of_record.also("act", "add-who-acted"))
        .await?;
    assert_eq!(asked.status, 200, "{}", asked.text());
    assert!(
        asked.html.contains("(acted in the record)"),
        "{}",
        asked.text()
    );
    let form = page
        .form()
        .with("by", "person")
        .with("kind", "staff")
        .with("about", "court")
        .with("about.court", "fenwick");
    for (chosen, wrong) in [
        ("judge", "#f-subject-of Nobody signs in under this name"),
        (
            "?described",
            "#f-described Say in words who the official is",
        ),
    ] {
        let form = form.clone().with("subject_of", chosen);
        let refused = desk.post("clerk", &act, &form).await?;
        assert_eq!(refused.status, 422);
        assert!(said(&refused).contains(wrong), "{}", said(&refused));
    }
    let form = form
        .with("subject_of", "?described")
        .with("described", "The tall one at the counter");
    let complaint = desk.sent("clerk", &act, &form).await?;
    let text = complaint.text();
    assert!(
        text.contains("Note down the reference of this complaint: ")
            && text.contains("Next, somebody is named who answers it, by "),
        "{text}"
    );
    let answer = complaint
        .link("Answer the complaint")
        .ok_or("it is offered")?;
    answered_by_another(&desk, answer).await
}

/// Whoever answers says not to be the one who was described, and answers under the own name.
async fn answered_by_another(desk: &Desk, answer: &str) -> Result<(), Failure> {
    let page = desk.get("clerk", answer).await?;
    assert!(page.text().contains("The tall one at the counter"));
    let form = page
        .form()
        .with("outcome", "upheld")
        .with("route_told", "yes");
    let undeclared = desk.post("clerk", answer, &form).await?;
    assert_eq!(undeclared.status, 422);
    assert!(
        said(&undeclared).contains("#f-declares"),
        "{}",
        said(&undeclared)
    );
    let of_another = form
        .clone()
        .with("declares", "not_the_one_described")
        .with("responder", "sample-oversight");
    let of_another = desk.post("clerk", answer, &of_another).await?;
    assert!(
        said(&of_another).contains("#f-responder"),
        "{}",
        said(&of_another)
    );
    let declared = form.with("declares", "not_the_one_described");
    let answered = desk.sent("clerk", answer, &declared).await?.text();
    assert!(answered.contains("Answered."), "{answered}");
    Ok(())
}

#[tokio::test]
async fn words_that_the_rules_refuse_are_not_asked_of_a_complaint_that_names_nobody()
-> Result<(), Failure> {
    const COMPLAIN: &str = "/complaints/new/submit-without-person";
    let desk = Desk::open().await?;
    let form = desk.get("clerk", COMPLAIN).await?.form();
    let form = form
        .with("by", "lawyer")
        .with("kind", "staff")
        .with("about", "other")
        .with("subject_of", "?described");
    let complaint = desk.sent("clerk", COMPLAIN, &form).await?;
    let answer = complaint
        .link("Answer the complaint")
        .ok_or("it is offered")?;
    let page = desk.get("clerk", answer).await?;
    assert!(!page.html.contains("name=\"reasons\""), "{}", page.text());
    assert!(
        page.text().contains("keep the reasons on its paper")
            && page.text().contains("is described on the paper"),
        "{}",
        page.text()
    );
    let withdraw = complaint
        .link("Withdraw the complaint")
        .ok_or("it is offered")?;
    let page = desk.get("clerk", withdraw).await?;
    assert!(page.html.contains("value=\"lawyer\""));
    assert!(!page.html.contains("value=\"family\""));
    Ok(())
}

#[tokio::test]
async fn a_name_and_a_birth_date_are_put_right_on_the_persons_page() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let person = desk.person("Ana Ahs").await?;
    let page = desk.get("clerk", &format!("/persons/{person}")).await?;
    let act = page
        .link("Correct name, birth date or address")
        .ok_or("it is offered")?
        .to_owned();
    let form = desk.get("clerk", &act).await?.form();
    let empty = desk.post("clerk", &act, &form).await?;
    assert_eq!(empty.status, 422);
    let form = form.with("reason", "wrong-person-data");
    let long = desk
        .post(
            "clerk",
            &act,
            &form.clone().with("name", &"A".repeat(5_000)),
        )
        .await?;
    assert!(
        said(&long).contains("#f-name The name has 5000 characters, and 1000 are the most"),
        "{}",
        said(&long)
    );
    let right = form
        .with("name", "Ana Ash")
        .with("born_day", "3")
        .with("born_month", "5")
        .with("born_year", "1990");
    let page = desk.sent("clerk", &act, &right).await?.text();
    assert!(
        page.contains("Ana Ash") && page.contains("3 May 1990"),
        "{page}"
    );
    let refused = desk.get("statistician", &act).await?;
    assert_eq!(refused.status, 403);
    Ok(())
}

#[tokio::test]
async fn a_legal_basis_is_one_of_the_rules_or_another_one_that_is_named() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let person = desk.person("Ana Ash").await?;
    let seal = format!("/persons/{person}/seal");
    let page = desk.get("judge", &seal).await?;
    assert!(
        page.html
            .contains("Midland Judicial Records Act 2017, section 9")
    );
    let form = page.form();
    let unnamed = desk
        .post("judge", &seal, &form.clone().with("basis", "?other"))
        .await?;
    assert!(
        said(&unnamed).contains("#f-basis-other Name the other legal basis"),
        "{}",
        said(&unnamed)
    );
    let named = form
        .with("basis", "?other")
        .with("basis_other", "youth-records");
    let sealed = desk.sent("judge", &seal, &named).await?.text();
    assert!(sealed.contains("Sealed under youth-records"), "{sealed}");
    Ok(())
}
