//! Places of detention and those held in them: how full they are, when release is possible, who was never considered.

use domain::custody::Custody;
use domain::facility::Facility;
use domain::pretrial::Pretrial;
use domain::release::Release;
use domain::sentence::Sentence;
use serde_json::{Value, json};

use crate::Failure;
use crate::desk::Desk;

/// A prison with one place in use, which counted 40 people.
async fn prison(desk: &Desk) -> Result<String, Failure> {
    let id = desk.registry.new_stream_id().to_string();
    for told in [
        json!({"open": {
            "facility": "calder-prison", "opened": "2026-01-01", "kind": "prison", "holds": ["convicted"]
        }}),
        json!({"declare_capacity": {
            "declared": "2026-01-01", "definition": "operational", "places": 1, "from": "2026-01-01"
        }}),
        json!({"record_population": {"counted": "2026-02-20", "held": 40}}),
    ] {
        desk.tell::<Facility>("prison", &id, told).await?;
    }
    Ok(id)
}

/// Somebody sentenced to 18 months for theft, with so many days of earlier detention; the person and the sentence.
async fn sentenced(desk: &Desk, name: &str, remand: Value) -> Result<[String; 2], Failure> {
    let person = desk.person(name).await?;
    let sentence = desk.registry.new_stream_id().to_string();
    let impose = json!({"impose": {
        "person": person, "pronounced": "2025-06-02", "decision": {
            "court": "ashby", "remand_days": remand,
            "counts": [{"no": 1, "offence": {"code": {"value": "M102"}, "category": {"value": "property"}},
                "components": [{"no": 1, "sanction": {"custody": {"term": "P18M"}}}]}]}}});
    desk.tell::<Sentence>("judge", &sentence, impose).await?;
    Ok([person, sentence])
}

/// Held on the sentence since 2 June 2025; the stay.
async fn held(desk: &Desk, [person, sentence]: &[String; 2]) -> Result<String, Failure> {
    let stay = desk.registry.new_stream_id().to_string();
    let admit = json!({"admit": {
        "person": person, "admitted": "2025-06-02", "facility": "calder-prison",
        "commitment": {"basis": {"sentence": sentence}, "authority": "ashby", "until": "2026-10-22"},
        "reception": {"age": {"value": 30}}
    }});
    desk.tell::<Custody>("prison", &stay, admit).await?;
    desk.settle().await?;
    Ok(stay)
}

const ARITHMETIC: &str =
    "Arithmetic on known end dates, no forecast: people who will come are not in it.";

#[tokio::test]
async fn the_page_of_a_place_says_how_full_it_is_by_each_meaning_and_how_many_will_be_left()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let place = prison(&desk).await?;
    for name in ["Ana Ash", "Bea Birch"] {
        let one = sentenced(&desk, name, json!({"value": 0})).await?;
        held(&desk, &one).await?;
    }
    let page = desk.get("prison", &format!("/facilities/{place}")).await?;
    assert_eq!(page.status, 200);
    let text = page.text();
    for said in [
        "At the end of 2 March 2026 it holds 2 people by the stays in this register; its own last count, 20 February 2026, was 40.",
        "Places in use",
        "2, 200.0 for each 100 places",
        "1 too many",
        "39 too many",
        "61 of 61",
        ARITHMETIC,
        "Of 2 people held at the end of 2 March 2026, the last day is known of 2; of 0 it is not known",
        "23 October 2026",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(page.html.contains("<svg"), "there is a picture");
    let longer = desk
        .get(
            "statistician",
            &format!("/facilities/{place}/occupancy?days=365"),
        )
        .await?;
    assert_eq!(longer.status, 200);
    assert!(
        longer.text().contains("of the last 365"),
        "{}",
        longer.text()
    );
    let file = desk
        .get(
            "statistician",
            &format!("/facilities/{place}/occupancy/csv?days=30"),
        )
        .await?;
    assert!(
        file.html.contains("calder-prison,held,2026-03-02,2,0,0\n"),
        "{}",
        file.html
    );
    assert!(
        file.html
            .contains("left by known last days,2026-10-23,0,,2\n"),
        "{}",
        file.html
    );
    let denied = desk
        .get("statistician", &format!("/facilities/{place}"))
        .await?;
    assert_eq!(denied.status, 403);
    Ok(())
}

#[tokio::test]
async fn all_places_stand_on_one_page_with_what_is_too_many_added_up() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let place = prison(&desk).await?;
    let one = sentenced(&desk, "Ana Ash", json!({"value": 0})).await?;
    held(&desk, &one).await?;
    for by in ["oversight", "prison"] {
        let page = desk.get(by, "/places").await?;
        assert_eq!(page.status, 200, "{by}");
        let text = page.text();
        assert!(
            text.contains("39 too many together, by their own counts"),
            "{text}"
        );
        assert!(text.contains("39 in 1 of 1"), "{text}");
        assert_eq!(
            page.link("Calder Prison"),
            Some(format!("/facilities/{place}").as_str())
        );
    }
    let file = desk.get("oversight", "/places/csv").await?;
    let row = "calder-prison,Calder Prison,2026-03-02,1,2026-02-20,40,operational,Places in use,1,2026-01-01,\
               100.0,0,4000.0,39,0,61\n";
    assert!(file.html.ends_with(row), "{}", file.html);
    let json = desk.get("oversight", "/v1/places").await?;
    let body: Value = serde_json::from_str(&json.html)?;
    assert_eq!(
        body["places"][0]["capacities"][0]["by_own_count"]["over"],
        39
    );
    let days = format!("/v1/facilities/{place}/occupancy?from=2026-03-01&to=2026-03-02");
    let days = desk.get("oversight", &days).await?;
    let body: Value = serde_json::from_str(&days.html)?;
    assert_eq!(body["days"].as_array().map(Vec::len), Some(2));
    assert_eq!(body["ahead"]["what"], ARITHMETIC);
    let wrong = format!("/v1/facilities/{place}/occupancy?from=2026-03-02&to=2026-03-01");
    let wrong = desk.get("oversight", &wrong).await?;
    assert_eq!(wrong.status, 400);
    assert!(
        wrong.html.contains("lies before the first"),
        "{}",
        wrong.html
    );
    Ok(())
}

#[expect(clippy::too_many_lines, reason = "one page, from top to bottom")]
#[tokio::test]
async fn the_dates_of_a_sentence_are_shown_step_by_step_and_labelled_to_be_certified()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let one = sentenced(&desk, "Ana Ash", json!({"value": 40})).await?;
    let page = desk.get("judge", &format!("/sentences/{}", one[1])).await?;
    assert!(
        page.text()
            .contains("When custody under component 1 began is not recorded"),
        "{}",
        page.text()
    );
    let stay = held(&desk, &one).await?;
    let page = desk.get("judge", &format!("/sentences/{}", one[1])).await?;
    let text = page.text();
    assert!(
        text.contains("21 January 2026 calculation to be certified"),
        "{text}"
    );
    assert!(
        text.contains("22 October 2026 calculation to be certified"),
        "{text}"
    );
    let dates = format!("/sentences/{}/dates", one[1]);
    assert!(page.html.contains(&format!("href=\"{dates}\"")));
    let page = desk.get("judge", &dates).await?;
    let text = page.text();
    for said in [
        "18 months of custody, from 2 June 2025, the day of the admission on the decision",
        "Earlier detention 40 days",
        "18 months from 2 June 2025 end on 1 December 2026",
        "Half of 548 days: 274 days",
        "Less 40 days of detention: 21 January 2026",
        "Any other term, section 5(1) (fictional): 21 January 2026, calculation to be certified.",
        "the rules name no part of a term: Furlough",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let release = desk.registry.new_stream_id().to_string();
    let eligible = json!({"record_eligibility": {
        "person": one[0], "sentence": one[1], "kind": "parole",
        "eligible_on": "2026-01-21", "done": "2026-02-01"
    }});
    desk.tell::<Release>("release", &release, eligible).await?;
    for case in [
        format!("/releases/{release}"),
        format!("/stays-in-custody/{stay}"),
    ] {
        let page = desk.get("release", &case).await?;
        assert_eq!(
            page.link("Release and end, step by step"),
            Some(dates.as_str()),
            "{case}"
        );
    }
    let json = desk.get("release", &format!("/v1{dates}")).await?;
    let body: Value = serde_json::from_str(&json.html)?;
    assert_eq!(body["calculation"]["label"], "calculation to be certified");
    assert_eq!(body["calculation"]["ends"], "2026-10-22");
    let fined = desk
        .sentence(
            json!([{"no": 1, "sanction": {"fine": {"amount": {"minor": 100, "currency": "EUR"}}}}]),
        )
        .await?;
    let page = desk.get("judge", &format!("/sentences/{fined}")).await?;
    assert!(!page.text().contains("Release and end"), "{}", page.text());
    Ok(())
}

#[tokio::test]
async fn whoever_was_never_considered_stands_on_the_first_page_of_the_release_authority()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let one = sentenced(&desk, "Ana Ash", json!({"value": 40})).await?;
    held(&desk, &one).await?;
    let silent = sentenced(&desk, "Bea Birch", json!("not_recorded")).await?;
    held(&desk, &silent).await?;
    let home = desk.get("release", "/").await?.text();
    assert!(home.contains("Eligible and never considered"), "{home}");
    let long = "21 January 2026: possible for 40 days, and not considered";
    assert!(home.contains(long), "{home}");
    assert!(!home.contains("Bea Birch"), "{home}");
    let page = desk.get("release", "/never-considered").await?;
    let text = page.text();
    assert!(text.contains("1 to 2 of 2"), "{text}");
    assert!(
        text.contains(
            "The days of earlier detention that are credited are not recorded Every date 1"
        ),
        "{text}"
    );
    let record = page
        .link("Record that it is possible")
        .ok_or("it can be recorded")?;
    let form = desk
        .get("release", &record.replace("&#38;", "&"))
        .await?
        .form();
    assert_eq!(form.value("person"), Some(one[0].as_str()));
    let json = desk.get("release", "/v1/never-considered?limit=1").await?;
    let body: Value = serde_json::from_str(&json.html)?;
    assert_eq!((&body["of"], &body["next"]), (&json!(2), &json!(1)));
    let rest = desk.get("release", "/v1/never-considered?after=1").await?;
    let body: Value = serde_json::from_str(&rest.html)?;
    assert_eq!(body["rows"][0]["kind"], "parole");
    Ok(())
}

#[tokio::test]
async fn whoever_is_held_past_the_day_of_the_law_stands_before_those_who_wait_longer()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let waits = sentenced(&desk, "Ana Ash", json!({"value": 40})).await?;
    held(&desk, &waits).await?;
    let past = sentenced(&desk, "Bea Birch", json!({"value": 200})).await?;
    held(&desk, &past).await?;
    let page = desk.get("release", "/never-considered").await?.text();
    let lede = "One person is held past the day on which the law lets them go.";
    assert!(page.contains(lede), "{page}");
    let days = "past the day on which the law lets the person go";
    let (first, rest) = page.split_once("Bea Birch").ok_or(page.clone())?;
    assert!(!first.contains("Ana Ash"), "{page}");
    let (row, _) = rest.split_once("Bea Birch").ok_or(page.clone())?;
    assert!(
        row.contains("held past the day") && row.contains(days),
        "{page}"
    );
    let json = desk.get("release", "/v1/never-considered").await?;
    let body: Value = serde_json::from_str(&json.html)?;
    assert_eq!(body["held_past"], 1);
    assert_eq!(body["rows"][0]["by_law"], true);
    let eligible = |row: usize| body["rows"][row]["eligible"].as_str().unwrap_or_default();
    assert!(eligible(1) < eligible(0), "{body}");
    Ok(())
}

#[tokio::test]
async fn of_whom_no_stay_is_recorded_it_is_not_said_that_anybody_is_held() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let served = sentenced(&desk, "Ana Ash", json!({"value": 220})).await?;
    let start = json!({"start_custody": {"component": 1, "on": "2025-06-02"}});
    desk.tell::<Sentence>("judge", &served[1], start).await?;
    desk.settle().await?;
    let past = sentenced(&desk, "Bea Birch", json!({"value": 200})).await?;
    held(&desk, &past).await?;
    let page = desk.get("release", "/never-considered").await?.text();
    let lede = "One person is held past the day on which the law lets them go. One more is past it, and whether that \
                person is held is not known.";
    assert!(page.contains(lede), "{page}");
    let (_, rows) = page.split_once("Next").ok_or(page.clone())?;
    let (first, second) = rows.split_once("Ana Ash").ok_or(page.clone())?;
    assert!(first.contains("held past the day"), "{page}");
    assert!(second.contains("not known whether held"), "{page}");
    assert!(!second.contains("held past the day"), "{page}");
    let json = desk.get("release", "/v1/never-considered").await?;
    let body: Value = serde_json::from_str(&json.html)?;
    assert_eq!(
        (&body["held_past"], &body["held_unknown"]),
        (&json!(1), &json!(1))
    );
    Ok(())
}

/// Dora Dale, held on an order of detention since 1 May 2025 and sentenced on 2 June; the committal is not recorded.
async fn sentenced_in_detention(desk: &Desk) -> Result<(), Failure> {
    let [tried, sentence] = sentenced(desk, "Dora Dale", json!({"value": 0})).await?;
    let case = desk.registry.new_stream_id().to_string();
    for told in [
        json!({"open": {"person": tried, "done": "2025-05-01", "court": "ashby", "offences": ["M102"]}}),
        json!({"order_detention": {
            "decided": "2025-05-01", "basis": "pca-12", "grounds": [{"ground": "flight"}],
            "next_review": "2025-05-20", "until": "2025-07-01"
        }}),
    ] {
        desk.tell::<Pretrial>("judge", &case, told).await?;
    }
    let stay = desk.registry.new_stream_id().to_string();
    let admit = json!({"admit": {
        "person": tried, "admitted": "2025-05-01", "facility": "calder-prison",
        "commitment": {"basis": {"pretrial": case}, "authority": "ashby"},
        "reception": {"age": {"value": 30}}
    }});
    desk.tell::<Custody>("prison", &stay, admit).await?;
    let end = json!({"end": {"done": "2025-06-02", "how": {"sentenced": sentence}}});
    desk.tell::<Pretrial>("judge", &case, end).await?;
    desk.settle().await?;
    Ok(())
}

#[tokio::test]
async fn the_first_page_of_a_prison_begins_with_those_whose_liberty_is_at_stake()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let home = desk.get("prison", "/").await?.text();
    assert!(
        home.contains("Nobody is held without a valid order."),
        "{home}"
    );
    let without = desk.person("Ana Ash").await?;
    let stay = desk.registry.new_stream_id().to_string();
    let irregular = json!({"record_irregular_holding": {
        "person": without, "since": "2026-03-01", "facility": "calder-prison", "missing": ["order"],
        "note": "Nobody found the paper."
    }});
    desk.tell::<Custody>("prison", &stay, irregular).await?;
    let untried = desk.person("Bea Birch").await?;
    let case = desk.registry.new_stream_id().to_string();
    for told in [
        json!({"open": {"person": untried, "done": "2025-12-01", "court": "ashby", "offences": ["M102"]}}),
        json!({"order_detention": {
            "decided": "2025-12-01", "basis": "pca-12", "grounds": [{"ground": "flight"}],
            "next_review": "2026-04-01", "until": "2026-02-01"
        }}),
    ] {
        desk.tell::<Pretrial>("judge", &case, told).await?;
    }
    sentenced_in_detention(&desk).await?;
    let one = sentenced(&desk, "Cleo Cox", json!({"value": 0})).await?;
    let alone = held(&desk, &one).await?;
    let isolate = json!({"isolate": {
        "from": "2026-02-10", "hours_a_day": 23, "purpose": "protection", "ground": "threatened"
    }});
    desk.tell::<Custody>("prison", &alone, isolate).await?;
    desk.settle().await?;
    let home = desk.get("prison", "/").await?.text();
    let at = |said: &str| home.find(said).ok_or_else(|| format!("{said}: {home}"));
    assert!(
        home.contains("Held without a valid order: 2. Past the last day or the limit: 1. Alone, so that somebody has to look: 1."),
        "{home}"
    );
    assert!(at("Ana Ash")? < at("Bea Birch")?);
    assert!(at("Dora Dale")? < at("Bea Birch")?);
    assert!(
        home.contains("Committal on the sentence with which the case ended"),
        "{home}"
    );
    assert!(at("Bea Birch")? < at("Cleo Cox")?);
    Ok(())
}

#[tokio::test]
async fn the_sheet_of_somebody_held_says_where_on_what_and_until_when() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let [person, sentence] = sentenced(&desk, "Ana Ash", json!({"value": 0})).await?;
    held(&desk, &[person.clone(), sentence]).await?;
    let sheet = desk
        .get("clerk", &format!("/persons/{person}/sheet"))
        .await?;
    let said = sheet.text().replace(['\u{2068}', '\u{2069}'], "");
    for words in [
        "You are held at Calder Prison, since 2 June 2025.",
        "You are held on the sentence of 2 June 2025.",
        "The last day on which you may be held on it: 22 October 2026.",
        "The last day of your term, as it is worked out now: ",
        "You can always ask a court whether you are held lawfully.",
        "Nothing else is asked of you now.",
    ] {
        assert!(said.contains(words), "{words} in {said}");
    }
    let free = desk.person("Bea Birch").await?;
    desk.settle().await?;
    let sheet = desk
        .get("clerk", &format!("/persons/{free}/sheet"))
        .await?
        .text();
    assert!(!sheet.contains("Where you stand"), "{sheet}");
    Ok(())
}

#[tokio::test]
async fn a_prison_receives_somebody_from_the_page_of_the_person() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let person = desk.person("Ana Ash").await?;
    let page = desk.get("prison", &format!("/persons/{person}")).await?;
    let link = format!("/stays-in-custody/new/admit?person={person}");
    assert!(page.html.contains(&link), "{}", page.html);
    assert_eq!(desk.get("prison", &link).await?.status, 200);
    Ok(())
}
