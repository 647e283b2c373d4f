//! An emergency on its pages: everybody who is held is screened from a form, and what it came to is read by anybody.

use domain::custody::Custody;
use domain::emergency::Emergency;
use domain::person::Person;
use serde_json::json;

use crate::Failure;
use crate::desk::Desk;

const VERSION: &str = "a1";

/// An emergency of 1 March 2026 with a right that is cut; its address.
async fn declared(desk: &Desk) -> Result<String, Failure> {
    let id = desk.registry.new_stream_id().to_string();
    for command in [
        json!({"declare": {
            "done": "2026-03-01", "basis": "mea-4", "justice_authority": "justice-ministry",
            "health_authority": {"value": "health-institute"}, "from": "2026-03-01",
            "ends": "2026-07-31", "announced": 40
        }}),
        json!({"cut_right": {
            "decided": "2026-03-01", "right": "visits", "basis": "mea-12", "necessity": "infection",
            "until": "2026-05-31"
        }}),
    ] {
        desk.tell::<Emergency>("judge", &id, command).await?;
    }
    Ok(format!("/emergencies/{id}"))
}

async fn published(desk: &Desk, emergency: &str) -> Result<(), Failure> {
    let publish = json!({"publish_criteria": {"done": "2026-03-01", "version": VERSION, "criteria": [
        {"code": "low-level", "reads": "level", "asks": {"one_of": ["low"]}, "effect": "requires"},
        {"code": "expecting", "reads": "pregnant", "asks": {"one_of": ["yes"]}, "effect": "protects"}
    ]}});
    let id = emergency.rsplit('/').next().unwrap_or_default();
    desk.tell::<Emergency>("judge", id, publish).await?;
    Ok(())
}

/// Somebody who is held at a level of security; the person.
async fn held(desk: &Desk, level: &str) -> Result<String, Failure> {
    let person = desk.person("Ana Ash").await?;
    let asked = json!({"record_circumstances": {
        "answers": {"pregnant": {"value": "no"}}, "basis": "reception"
    }});
    desk.tell::<Person>("clerk", &person, asked).await?;
    let stay = desk.registry.new_stream_id().to_string();
    let admit = json!({"admit": {
        "person": person, "admitted": "2026-02-03", "facility": "dunmore-women",
        "commitment": {"basis": {"other": {"provision": "mpa-5"}}, "authority": "ashby"},
        "reception": {"group": {"value": "other"}}
    }});
    desk.tell::<Custody>("prison", &stay, admit).await?;
    let classify = json!({"classify": {"decided": "2026-02-05", "level": level}});
    desk.tell::<Custody>("prison", &stay, classify).await?;
    Ok(person)
}

#[tokio::test]
async fn everybody_held_is_screened_from_a_form_and_asked_again_nothing_is_new()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let emergency = declared(&desk).await?;
    published(&desk, &emergency).await?;
    held(&desk, "low").await?;
    let person = held(&desk, "high").await?;
    desk.settle().await?;
    let page = desk.get("release", &emergency).await?;
    let cohort = page
        .link("Who was screened, who left, and how many are held")
        .ok_or("the way to what came of it")?;
    let page = desk.get("release", cohort).await?;
    let form = page
        .link("Screen everybody who is held")
        .ok_or("the way to the form")?;
    let asked = desk.get("release", form).await?.form();
    assert_eq!(asked.value("version"), Some(VERSION));
    let screened = desk.sent("release", form, &asked).await?.text();
    for words in [
        "Everybody who is held was screened",
        "Something new was recorded of 2 people",
        "Nothing is decided by that",
        "2 were screened, 1 are eligible",
        "Low level",
    ] {
        assert!(screened.contains(words), "{words} in {screened}");
    }
    let again = desk.sent("prison", form, &asked).await?.text();
    assert!(again.contains("nothing new was recorded"), "{again}");
    let own = desk.get("clerk", &format!("/persons/{person}")).await?;
    assert!(own.text().contains("Emergency: screened"), "{}", own.text());
    Ok(())
}

#[tokio::test]
async fn what_is_cut_stands_beside_what_is_released_and_the_numbers_can_be_taken_along()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let emergency = declared(&desk).await?;
    held(&desk, "low").await?;
    desk.settle().await?;
    let page = desk
        .get("oversight", &format!("{emergency}/cohort"))
        .await?;
    for words in [
        "0 left, of 40 announced. One right is cut.",
        "1 people were held on 2 March 2026, as many as on the day before the declaration.",
        "No place of detention has declared how many places it has.",
    ] {
        assert!(page.text().contains(words), "{words} in {}", page.text());
    }
    assert!(page.link("Screen everybody who is held").is_none());
    let file = page.link("Download as CSV").ok_or("the file")?;
    let file = desk.get("oversight", file).await?.html;
    assert!(file.starts_with("part,what,day,value\n"), "{file}");
    assert!(file.contains("before,held,2026-02-28,1\n"), "{file}");
    Ok(())
}

#[tokio::test]
async fn a_screening_is_asked_for_by_those_who_may_and_once_criteria_are_published()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let emergency = declared(&desk).await?;
    let form = format!("{emergency}/screening");
    let none = desk.get("release", &form).await?;
    assert!(none.text().contains("no criteria are published"));
    published(&desk, &emergency).await?;
    assert_eq!(desk.get("judge", &form).await?.status, 403);
    let asked = desk.get("release", &form).await?.form();
    assert_eq!(desk.post("oversight", &form, &asked).await?.status, 403);
    let other = asked.with("version", "b2");
    let refused = desk.post("release", &form, &other).await?;
    assert_eq!(refused.status, 422);
    assert!(
        refused
            .text()
            .contains("version b2 of the criteria is not published")
    );
    Ok(())
}

#[tokio::test]
async fn an_earlier_moment_shows_what_was_known_then_and_changes_nothing() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let emergency = declared(&desk).await?;
    published(&desk, &emergency).await?;
    held(&desk, "low").await?;
    let (entries, _) = desk.registry.head().await?;
    let before = entries.saturating_sub(1);
    desk.settle().await?;
    let form = format!("{emergency}/screening");
    let asked = desk.get("release", &form).await?.form();
    desk.sent("release", &form, &asked).await?;
    desk.settle().await?;
    let page = format!("{emergency}/cohort");
    let now = desk.get("release", &page).await?;
    assert!(now.text().contains("1 were screened"), "{}", now.text());
    let then = desk
        .get("release", &format!("{page}?as_of={before}"))
        .await?;
    assert!(then.text().contains("0 were screened"), "{}", then.text());
    assert!(then.link("Screen everybody who is held").is_none());
    Ok(())
}

#[tokio::test]
async fn criteria_are_tried_before_they_are_published_and_nothing_is_recorded()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let emergency = declared(&desk).await?;
    held(&desk, "low").await?;
    held(&desk, "high").await?;
    desk.settle().await?;
    let (before, _) = desk.registry.head().await?;
    let screening = desk
        .get("release", &format!("{emergency}/screening"))
        .await?;
    let way = "Try criteria first: nobody is screened, nothing is recorded";
    let form = screening
        .link(way)
        .ok_or("the way to a rehearsal")?
        .to_owned();
    let empty = desk.get("judge", &form).await?.text();
    assert!(!empty.contains("What they would come to"), "{empty}");
    let asked = format!("{form}?reads_1=level&asks_1=one_of&value_1=low&effect_1=requires");
    let tried = desk.get("judge", &asked).await?.text();
    for words in [
        "Of 2 people who are held now, 1 could be released, 1 could not, and of 0 the register alone cannot say.",
        "Level of security: low everybody has to meet it 1 1 0 1 0",
    ] {
        assert!(tried.contains(words), "{words} in {tried}");
    }
    let adverse = format!("{form}?reads_1=sex&asks_1=one_of&value_1=male&effect_1=requires");
    let refused = desk.get("judge", &adverse).await?.text();
    assert!(
        refused.contains("may be read, and only to protect whoever needs it"),
        "{refused}"
    );
    let wrong = format!("{form}?reads_1=age&asks_1=at_least&value_1=old&effect_1=protects");
    let wrong = desk.get("judge", &wrong).await?.text();
    assert!(
        wrong.contains("Criterion 1: write a whole number"),
        "{wrong}"
    );
    assert_eq!(desk.get("oversight", &form).await?.status, 403);
    published(&desk, &emergency).await?;
    let (published, _) = desk.registry.head().await?;
    assert_eq!(published, before + 1);
    let by_version = desk
        .get("release", &format!("{form}?version={VERSION}"))
        .await?
        .text();
    assert!(
        by_version.contains("Of 2 people who are held now, 1 could be released"),
        "{by_version}"
    );
    assert_eq!(
        desk.registry.head().await?.0,
        published,
        "no event was stored"
    );
    Ok(())
}

#[tokio::test]
async fn criteria_are_tried_on_the_present_and_not_on_a_moment_of_the_past() -> Result<(), Failure>
{
    let desk = Desk::open().await?;
    let form = format!("{}/rehearsal", declared(&desk).await?);
    let (entries, _) = desk.registry.head().await?;
    held(&desk, "low").await?;
    desk.settle().await?;
    let past = format!("{form}?as_of={}", entries.saturating_sub(1));
    let past = desk.get("judge", &past).await?;
    assert!(
        past.text().contains("tried on those who are held now"),
        "{}",
        past.text()
    );
    assert!(!past.html.contains("name=\"reads_1\""));
    let misspelt = desk.get("judge", &format!("{form}?red_1=sex")).await?;
    assert_eq!(misspelt.status, 400);
    let said = "red_1 is not known here: leave it out, or use one of version, reads_1";
    assert!(misspelt.text().contains(said), "{}", misspelt.text());
    Ok(())
}

/// Somebody who is out by a release of an emergency until 30 June 2026.
async fn out(desk: &Desk, emergency: &str, person: &str) -> Result<(), Failure> {
    let id = emergency.rsplit('/').next().unwrap_or_default();
    let check = |by: &str| json!({"by": by, "compared": ["name-birth"]});
    let a_while = json!({"granted": {"period": {"temporary": {"expires": "2026-06-30"}}}});
    let grant = json!({"decide_release": {
        "decided": "2026-03-01", "person": person, "version": VERSION, "verdict": a_while,
        "identity": [check("one"), check("two")]}});
    desk.tell::<Emergency>("release", id, grant).await?;
    let leave = json!({"effect": {"done": "2026-03-01", "person": person}});
    desk.tell::<Emergency>("prison", id, leave).await?;
    desk.settle().await
}

#[tokio::test]
async fn what_has_to_happen_says_whose_return_but_not_to_whom_the_record_is_sealed()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let emergency = declared(&desk).await?;
    published(&desk, &emergency).await?;
    let person = desk.person("Cato Cedar").await?;
    out(&desk, &emergency, &person).await?;
    let page = desk.get("probation", &emergency).await?.text();
    let whose = "Return of a person who was released for a while Cato Cedar 30 June 2026";
    assert!(page.contains(whose), "{page}");
    assert!(
        page.contains("End of the limit on a right Everybody"),
        "{page}"
    );
    let seal = json!({"seal_record": {"basis": "court-order"}});
    desk.tell::<Person>("judge", &person, seal).await?;
    desk.settle().await?;
    for path in [emergency.clone(), format!("{emergency}/people")] {
        let closed = desk.get("probation", &path).await?.text();
        assert!(closed.contains("whose record is closed to you"), "{closed}");
        assert!(!closed.contains("Cato Cedar"), "{closed}");
    }
    let open = desk.get("judge", &emergency).await?.text();
    assert!(open.contains("Cato Cedar"), "{open}");
    Ok(())
}

#[tokio::test]
async fn an_emergency_names_no_child_to_whom_the_childs_case_is_closed() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let emergency = declared(&desk).await?;
    published(&desk, &emergency).await?;
    let child = desk.person("Dara Dale").await?;
    let stay = desk.registry.new_stream_id().to_string();
    let admit = json!({"admit": {
        "person": child, "admitted": "2026-02-03", "facility": "fenwick-juvenile",
        "commitment": {"basis": {"other": {"provision": "mpa-5"}}, "authority": "fenwick"},
        "reception": {"age": {"value": 15}, "group": {"value": "other"}}
    }});
    desk.tell::<Custody>("prison", &stay, admit).await?;
    out(&desk, &emergency, &child).await?;
    for path in [emergency.clone(), format!("{emergency}/people")] {
        let closed = desk.get("probation", &path).await?.text();
        assert!(closed.contains("whose record is closed to you"), "{closed}");
        assert!(!closed.contains("Dara Dale"), "{closed}");
        let open = desk.get("prison", &path).await?.text();
        assert!(open.contains("Dara Dale"), "{open}");
    }
    let own = desk.get("probation", &format!("/persons/{child}")).await?;
    assert_eq!(own.status, 404, "a screening opens no record");
    Ok(())
}

#[tokio::test]
async fn everybody_who_was_screened_is_listed_page_by_page_and_counted_in_the_history()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let emergency = declared(&desk).await?;
    published(&desk, &emergency).await?;
    let mut results = Vec::new();
    for no in 0..40 {
        let person = desk.person(&format!("Nobody Number {no}")).await?;
        let outcome = if no < 10 {
            json!("eligible")
        } else {
            json!({"excluded": ["low-level"]})
        };
        results.push(json!({"person": person, "outcome": outcome}));
    }
    let id = emergency.rsplit('/').next().unwrap_or_default();
    let screen = json!({"screen": {"done": "2026-03-01", "version": VERSION, "results": results}});
    desk.tell::<Emergency>("prison", id, screen).await?;
    desk.settle().await?;
    let page = desk.get("release", &emergency).await?;
    let said = page.text();
    assert!(
        said.contains("People screened 40 Can be released 10 Cannot be released 30"),
        "{said}"
    );
    let all = page
        .link("Everybody who was screened or decided on")
        .ok_or("the way to all")?;
    let list = desk.get("release", all).await?;
    let said = list.text();
    assert!(said.contains("10 people wait for a decision."), "{said}");
    assert!(said.contains("1 to 25 of 40"), "{said}");
    let next = list.link("Next page").ok_or("a second page")?;
    let second = desk.get("release", next).await?.text();
    assert!(second.contains("26 to 40 of 40"), "{second}");
    let decide = list
        .link("Decide on the release")
        .ok_or("it can be decided")?;
    let form = desk.get("release", decide).await?.form();
    assert!(
        form.value("person")
            .is_some_and(|person| !person.is_empty())
    );
    Ok(())
}

#[tokio::test]
async fn criteria_are_given_as_much_room_as_they_need() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let emergency = declared(&desk).await?;
    let publish = format!("{emergency}/publish-criteria");
    let form = desk.get("judge", &publish).await?;
    assert!(form.html.contains("name=\"criteria.2.code\""));
    let more = form
        .form()
        .with("its_version", "b2")
        .with("act", "add-criteria");
    let more = desk.post("judge", &publish, &more).await?;
    assert_eq!(more.status, 200, "{}", more.text());
    assert!(more.html.contains("name=\"criteria.3.code\""));
    let more = more.form().with("act", "add-criteria");
    let more = desk.post("judge", &publish, &more).await?;
    assert!(more.html.contains("name=\"criteria.4.code\""));
    assert_eq!(more.form().value("its_version"), Some("b2"));
    // What the form carries of its own is not what is published.
    let filled = more
        .form()
        .with("act", "")
        .with("criteria.0.code", "low-level")
        .with("criteria.0.reads", "level")
        .with("criteria.0.asks", "one_of")
        .with("criteria.0.asks.one_of", "low")
        .with("criteria.0.effect", "requires");
    let published = desk.sent("judge", &publish, &filled).await?.text();
    assert!(
        published.contains("The number of this version b2"),
        "{published}"
    );
    let rehearsal = desk.get("judge", &format!("{emergency}/rehearsal")).await?;
    assert!(rehearsal.html.contains("name=\"reads_5\""));
    Ok(())
}
