//! What a court is told after it let a decision fall on which somebody is held, and after somebody is registered twice.

use domain::custody::Custody;
use domain::person::Person;
use serde_json::json;

use super::acted;
use crate::Failure;
use crate::desk::Desk;

#[tokio::test]
async fn whoever_is_held_on_a_decision_that_falls_is_named_where_it_is_confirmed()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let person = desk.person("Wren Ash").await?;
    let custody = json!([{"no": 1, "sanction": {"custody": {"term": "P1Y"}}}]);
    let sentence = desk.sentence_of(&person, custody).await?;
    let stay = desk.registry.new_stream_id().to_string();
    let admit = json!({"admit": {
        "person": person, "admitted": "2026-02-03", "facility": "dunmore-women",
        "commitment": {"basis": {"sentence": sentence}, "authority": "ashby"}
    }});
    desk.tell::<Custody>("prison", &stay, admit).await?;
    desk.settle().await?;
    let path = format!("/sentences/{sentence}/quash");
    let said = acted(&desk, &path, &[("note", "The appeal was allowed")]).await?;
    assert!(
        said.contains("Wren Ash is in custody on this decision at Dunmore"),
        "{said}"
    );
    let page = desk
        .get("judge", &format!("/sentences/{sentence}?recorded=1"))
        .await?;
    assert!(page.html.contains(&format!("/stays-in-custody/{stay}")));
    Ok(())
}

#[tokio::test]
async fn somebody_with_the_same_name_and_birth_is_shown_where_a_registration_is_confirmed()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let register = |name: &str, born: &str| {
        json!({"register": {
            "sex": {"value": "female"}, "identity": {"name": name, "born": born}
        }})
    };
    let mut ids = Vec::new();
    for (name, born) in [
        ("Zoë O’Brien Ash", "1990-05-03"),
        ("Zoe O'Brien Ash", "1990-05-03"),
        ("Zoe O'Brien Ash", "1991-05-03"),
    ] {
        let id = desk.registry.new_person_id().to_string();
        desk.tell::<Person>("clerk", &id, register(name, born))
            .await?;
        ids.push(id);
    }
    desk.settle().await?;
    let [first, second, third] = ids.as_slice() else {
        return Err("three people".into());
    };
    let page = |id: &str| format!("/persons/{id}?recorded=1");
    let shown = desk.get("clerk", &page(second)).await?;
    assert!(
        shown.text().contains("same name and date of birth"),
        "{}",
        shown.text()
    );
    assert!(shown.html.contains(&format!("/persons/{first}")));
    assert!(!shown.html.contains(&format!("/persons/{third}")));
    let shown = desk.get("clerk", &page(third)).await?.text();
    assert!(!shown.contains("same name and date of birth"), "{shown}");
    // Programs ask for it at an address of its own.
    for (id, other) in [(second, Some(first)), (third, None)] {
        let path = format!("/v1/persons/{id}/duplicates");
        let answer: serde_json::Value =
            serde_json::from_str(&desk.get("clerk", &path).await?.html)?;
        let expected: Vec<&String> = other.into_iter().collect();
        assert_eq!(answer, json!({ "possible": expected }));
    }
    // A record is merged on a provision that fits, and corrected for a reason that fits.
    let merge = desk
        .get("clerk", &format!("/persons/{second}/merge"))
        .await?;
    assert!(merge.html.contains("one record for one person"));
    assert!(!merge.html.contains("mutual legal assistance"));
    let correct = desk
        .get("clerk", &format!("/persons/{second}/correct"))
        .await?;
    assert!(correct.html.contains("It concerned somebody else"));
    assert!(!correct.html.contains("A count was entered wrongly"));
    Ok(())
}
