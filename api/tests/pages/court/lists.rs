//! The court's own list, the register, what was noticed, and who looked.

use domain::complaint::Complaint;
use domain::order::Order;
use domain::person::Person;
use domain::pretrial::Pretrial;
use domain::sentence::Sentence;
use infra::registry::Options;
use serde_json::{Value, json};

use crate::Failure;
use crate::desk::Desk;

fn fine() -> Value {
    json!([{"no": 1, "sanction": {"fine": {"amount": {"minor": 25_000, "currency": "EUR"}}}}])
}

#[tokio::test]
async fn a_search_keeps_its_filters_and_its_moment_in_every_link() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let id = desk.sentence(fine()).await?;
    let first = desk.standing(&id).await?.entries[0].index;
    desk.sentence(json!([{"no": 1, "sanction": {"custody": {"term": "P6M"}}}]))
        .await?;
    let path = format!("/sentences?disposal=fine&court=ashby&as_of={first}");
    let page = desk.get("judge", &path).await?;
    let said = page.text();
    assert!(
        said.contains("The only decision that fits") && said.contains("Past view"),
        "{said}"
    );
    assert!(!said.contains("Immediate custody of"), "{said}");
    let clear = page.link("Clear all").ok_or("filters can be cleared")?;
    assert_eq!(clear, format!("/sentences?as_of={first}"));
    let without = page
        .link("Remove Fine ×")
        .ok_or("one filter can be taken away")?;
    assert!(
        without.contains("court=ashby") && without.contains("as_of"),
        "{without}"
    );
    assert!(
        page.html
            .contains(&format!("href=\"/sentences/{id}?as_of={first}\""))
    );
    assert!(
        page.html
            .contains(&format!("name=\"as_of\" value=\"{first}\""))
    );
    Ok(())
}

#[tokio::test]
async fn the_reference_of_a_person_finds_the_decisions() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let id = desk.sentence(fine()).await?;
    let person = desk.standing(&id).await?.state.person().ok_or("somebody")?;
    let page = desk
        .get("judge", &format!("/sentences?text={person}"))
        .await?;
    assert!(
        page.text().contains("The only decision that fits"),
        "{}",
        page.text()
    );
    let case = desk.get("judge", "/sentences?text=2026%2F11").await?;
    assert!(case.link("2026/114").is_some(), "{}", case.text());
    Ok(())
}

#[tokio::test]
async fn a_page_of_the_register_says_what_it_holds_and_that_more_follows() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    for _ in 0..52 {
        desk.sentence(fine()).await?;
    }
    let page = desk.get("judge", "/sentences?state=in+force").await?;
    assert!(
        page.text()
            .contains("The newest 50 decisions; earlier ones follow")
    );
    let next = page
        .link("Next page")
        .ok_or("there is more")?
        .replace("&#38;", "&");
    assert!(next.contains("state=in+force"), "{next}");
    let rest = desk.get("judge", &next).await?;
    assert!(
        rest.text().contains("The 2 earliest decisions that fit"),
        "{}",
        rest.text()
    );
    Ok(())
}

#[tokio::test]
async fn each_row_has_the_words_of_its_own_jurisdiction() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    desk.adopt("mongolia").await?;
    desk.sentence(fine()).await?;
    let page = desk.get("oversight", "/sentences").await?.text();
    assert!(
        page.contains("Theft (M102)") && page.contains("Ashby District Court"),
        "{page}"
    );
    Ok(())
}

#[tokio::test]
async fn nothing_waits_until_something_is_proposed() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let empty = desk.get("judge", "/").await?.text();
    assert!(empty.contains("Nothing waits for you."), "{empty}");
    let person = desk.person("Ana Ash").await?;
    let id = desk.registry.new_stream_id().to_string();
    let propose = json!({"propose": {"person": person, "decision": {"court": "ashby", "counts": [{
        "no": 1, "offence": {"code": {"value": "M102"}}, "components": fine()}]}}});
    desk.tell::<Sentence>("clerk", &id, propose).await?;
    desk.settle().await?;
    let page = desk.get("judge", "/").await?;
    assert!(
        page.text().contains("One proposed decision waits"),
        "{}",
        page.text()
    );
    assert_eq!(
        page.link("Check and impose"),
        Some(format!("/sentences/{id}/impose").as_str())
    );
    Ok(())
}

#[tokio::test]
async fn findings_of_one_rule_are_found_by_its_code() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    desk.sentence(json!([{"no": 1, "sanction": {"custody": {"term": "P9Y"}}}]))
        .await?;
    let page = desk
        .get("oversight", "/findings?code=sentence.above-maximum")
        .await?;
    let said = page.text();
    assert!(
        said.contains("1 finding") && said.contains("PR-1"),
        "{said}"
    );
    let json = page.link("Show as JSON").ok_or("programs read it too")?;
    let told: Value = serde_json::from_str(&desk.get("oversight", json).await?.html)?;
    assert_eq!(told["rows"].as_array().map(Vec::len), Some(1), "{told}");
    assert_eq!(told["rows"][0]["safeguard"], "PR-1", "{told}");
    let other = desk
        .get("oversight", "/findings?code=sentence.no-count")
        .await?;
    assert!(other.text().contains("No finding"), "{}", other.text());
    let odd = desk
        .get("oversight", "/findings?code=a%26before%3D1")
        .await?;
    assert_eq!(odd.status, 200);
    Ok(())
}

#[tokio::test]
async fn who_looked_is_shown_with_role_and_purpose() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let id = desk.sentence(fine()).await?;
    desk.get("clerk", &format!("/sentences/{id}")).await?;
    let page = desk.get("oversight", "/consultations").await?;
    assert!(
        page.text().contains("Clerk, Ashby District Court")
            && page.text().contains("Read a case")
            && page.html.contains(&format!("href=\"/sentences/{id}\"")),
        "{}",
        page.text()
    );
    let denied = desk.get("clerk", "/consultations").await?;
    assert_eq!(denied.status, 403);
    Ok(())
}

#[tokio::test]
async fn a_past_overview_says_what_the_ledger_held_then() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    desk.sentence(fine()).await?;
    let page = desk.get("oversight", "/?as_of=1").await?.text();
    assert!(page.contains("The ledger held 2 entries then."), "{page}");
    Ok(())
}

/// TR-2.7
#[tokio::test]
async fn a_court_sees_first_which_of_its_sentences_the_law_became_milder_for() -> Result<(), Failure>
{
    let desk = Desk::open().await?;
    desk.sentence(fine()).await?;
    let heading = "In force, and the law has become milder since";
    let before = desk.get("judge", "/").await?.text();
    assert!(!before.contains(heading), "{before}");
    let (_, text) = domain::jurisdiction::BUILT_IN[1];
    let theft = "{ code = \"M102\", title = \"Theft\", iccs = \"0502\", category = \"property\", longest_custody = \"P2Y\" }";
    assert!(text.contains(theft));
    let milder = text
        .replace(theft, &theft.replace("P2Y", "P3M"))
        .replace("version = \"midland/1\"", "version = \"midland/2\"")
        .replace(
            "in_force_from = \"2020-01-01\"",
            "in_force_from = \"2026-02-15\"",
        );
    let administrator = crate::desk::call("administrator")?;
    desk.registry
        .adopt(&administrator, &milder, Options::default())
        .await?;
    assert_eq!(desk.registry.scheduler().run().await?, 1);
    desk.settle().await?;
    let page = desk.get("judge", "/").await?.text();
    assert!(page.contains(heading), "{page}");
    Ok(())
}

#[tokio::test]
async fn a_page_refuses_what_its_address_asks_and_it_does_not_know() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    desk.sentence(fine()).await?;
    for (by, path, said) in [
        ("judge", "/sentences?stat=quashed", "stat is not known here"),
        (
            "judge",
            "/sentences?state=pending",
            "state is never so: use one of proposed",
        ),
        (
            "judge",
            "/sentences?text=%00",
            "text holds a control character",
        ),
        (
            "probation",
            "/orders?ofice=ashby",
            "ofice is not known here",
        ),
        (
            "probation",
            "/supervisions?due=tomorrow",
            "due is never so: use one of review, recall",
        ),
        (
            "oversight",
            "/findings?state=new",
            "state is never so: use one of open",
        ),
        ("oversight", "/imports?page=2", "page is not known here"),
    ] {
        let page = desk.get(by, path).await?;
        assert_eq!(page.status, 400, "{path}");
        assert!(page.text().contains(said), "{path}: {}", page.text());
    }
    for path in [
        "/sentences?state=quashed&court=&as_of=",
        "/sentences?findings=yes",
    ] {
        let page = desk.get("judge", path).await?;
        assert_eq!(page.status, 200, "{path}: {}", page.text());
    }
    Ok(())
}

#[tokio::test]
async fn of_those_who_wait_for_judgment_the_longest_waiting_stand_first_and_before_them_the_overdue()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    for (name, court, review) in [
        ("First Waiting", "ashby", "2026-04-10"),
        ("Second Waiting", "ashby", "2026-02-20"),
        ("Third Waiting", "ashby", "2026-02-15"),
        ("Elsewhere Waiting", "brook", "2026-02-18"),
    ] {
        let person = desk.person(name).await?;
        let id = desk.registry.new_stream_id().to_string();
        let open = json!({"open": {"person": person, "done": "2026-01-20", "court": court, "offences": ["M102"]}});
        desk.tell::<Pretrial>("judge", &id, open).await?;
        let detain = json!({"order_detention": {"decided": "2026-01-20", "basis": "pca-12",
            "grounds": [{"ground": "flight"}], "next_review": review, "until": "2026-05-10"}});
        desk.tell::<Pretrial>("judge", &id, detain).await?;
    }
    desk.settle().await?;
    let page = desk.get("judge", "/pretrial-cases").await?.text();
    let at = |words: &str| page.find(words).ok_or_else(|| format!("{words} in {page}"));
    let overdue = at("Something is overdue, the longest first")?;
    let all = at("who waits longest first")?;
    assert!(overdue < all, "{page}");
    let (urgent, listed) = page.split_at(all);
    let place = |text: &str, name: &str| text.find(name);
    assert!(
        place(urgent, "Third Waiting") < place(urgent, "Second Waiting"),
        "{page}"
    );
    assert_eq!(place(urgent, "First Waiting"), None, "{page}");
    // What stands above is not listed a second time.
    assert!(place(listed, "First Waiting").is_some(), "{page}");
    for above in ["Second Waiting", "Third Waiting"] {
        assert_eq!(place(listed, above), None, "{page}");
    }
    // A judge's own list tells of the own court.
    let home = desk.get("judge", "/").await?.text();
    assert!(home.contains("Third Waiting"), "{home}");
    assert!(!home.contains("Elsewhere Waiting"), "{home}");
    Ok(())
}

#[tokio::test]
async fn a_page_that_nobody_searches_in_refuses_what_it_does_not_know() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    desk.sentence(fine()).await?;
    for (by, path, said) in [
        (
            "judge",
            "/?page=2",
            "page is not known here: leave it out, or use one of all",
        ),
        ("probation", "/?al=yes", "al is not known here"),
        (
            "judge",
            "/cases?x=1&as_of=1",
            "x is not known here: leave it out",
        ),
        (
            "judge",
            "/persons/new?persn=1",
            "persn is not known here: leave it out",
        ),
        ("judge", "/gate?cas=1", "cas is not known here"),
        ("judge", "/identity?x=1", "x is not known here"),
        ("judge", "/figures?x=1", "x is not known here"),
        ("judge", "/figures/disposals?x=1", "is not asked here"),
        ("judge", "/figures/cases?x=1", "is not asked here"),
        (
            "judge",
            "/pretrial-cases/new/open?persn=1",
            "persn is not known here: leave it out, or use one of person, done",
        ),
    ] {
        let page = desk.get(by, path).await?;
        assert_eq!(page.status, 400, "{path}");
        assert!(page.text().contains(said), "{path}: {}", page.text());
    }
    for path in [
        "/?as_of=1",
        "/cases?as_of=1",
        "/pretrial-cases/new/open?person=7&as_of=1",
        "/gate?case=7",
    ] {
        let page = desk.get("judge", path).await?;
        assert_eq!(page.status, 200, "{path}: {}", page.text());
    }
    Ok(())
}

#[tokio::test]
async fn appeals_and_breach_hearings_wait_in_the_courts_list_until_they_are_decided()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let appealed = desk.sentence(fine()).await?;
    let case = desk.case("Tam Bramley").await?;
    desk.expect(&case.order, "2026-02-16").await?;
    desk.attend(&case.order, 1, "absent-unacceptable").await?;
    let quiet = desk.get("judge", "/").await?.text();
    assert!(quiet.contains("Nothing waits for you."), "{quiet}");
    let lodge = json!({"lodge_appeal": {"lodged": "2026-02-10", "by": "person"}});
    desk.tell::<Sentence>("judge", &appealed, lodge).await?;
    let allege = json!({"allege_breach": {
        "appointments": [1], "alleged": "2026-02-25", "statement": "He did not come."}});
    desk.tell::<Order>("probation", &case.order, allege).await?;
    desk.settle().await?;

    let page = desk.get("judge", "/").await?;
    let said = page.text();
    let lede =
        "One order waits for the hearing of an alleged breach. One appeal waits for its decision.";
    assert!(said.contains(lede), "{said}");
    assert!(said.contains("Breach hearings"), "{said}");
    assert!(said.contains("25 February 2026"), "{said}");
    assert!(said.contains("Appeals that wait"), "{said}");
    assert!(said.contains("10 February 2026"), "{said}");
    let to_order = format!("href=\"/orders/{}\"", case.order);
    assert!(page.html.contains(&to_order), "{}", page.html);

    let told = desk.get("judge", "/v1/worklists/court").await?.html;
    let told: Value = serde_json::from_str(&told)?;
    for (list, id) in [("appeals", &appealed), ("breaches", &case.order)] {
        assert_eq!(told[list]["of"], 1, "{list}: {told}");
        assert_eq!(told[list]["rows"][0]["id"], **id, "{list}: {told}");
    }
    assert_eq!(told["breaches"]["rows"][0]["alleged"], "2026-02-25");
    let listed = desk.get("judge", "/v1/sentences?appealed=true").await?.html;
    let listed: Value = serde_json::from_str(&listed)?;
    assert_eq!(listed["rows"].as_array().map(Vec::len), Some(1));
    assert_eq!(listed["rows"][0]["appealed"], "2026-02-10");

    let dismiss = json!({"dismiss_appeal": {"pronounced": "2026-02-27"}});
    desk.tell::<Sentence>("judge", &appealed, dismiss).await?;
    let ended = json!({"find_breach_not_proven": {
        "breach": 1, "pronounced": "2026-02-27"}});
    desk.tell::<Order>("judge", &case.order, ended).await?;
    desk.settle().await?;
    let said = desk.get("judge", "/").await?.text();
    assert!(said.contains("Nothing waits for you."), "{said}");
    Ok(())
}

#[tokio::test]
async fn the_search_in_the_header_finds_every_record_by_the_end_of_its_number()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let case = desk.case("Ana Ash").await?;
    let found = desk.order(&case.order).await?;
    let made = found.state.made().ok_or("it was made")?;
    let (person, sentence) = (made.person.to_string(), made.sentence.to_string());
    let complaint = desk.registry.new_stream_id().to_string();
    let submit = json!({"submit": {
        "person": person, "done": "2026-02-20", "by": "person", "kind": "delay",
        "about": "other"}});
    let told = desk.tell::<Complaint>("judge", &complaint, submit).await;
    told.map_err(|error| format!("{error}"))?;
    desk.settle().await?;
    for (id, path, kind) in [
        (&sentence, "/sentences", "Sentence"),
        (&case.order, "/orders", "Order"),
        (&case.supervision, "/supervisions", "Supervision"),
        (&complaint, "/complaints", "Complaint"),
        (&person, "/persons", "Person"),
    ] {
        let end = id.rsplit('-').next().unwrap_or_default().to_uppercase();
        let (half, rest) = end.split_at(6);
        let page = desk
            .get("judge", &format!("/search?text={half}+{rest}"))
            .await?;
        let to = format!("href=\"{path}/{id}\"");
        assert!(page.html.contains(&to), "{kind}: {}", page.text());
        assert!(
            page.text().contains("One record is found"),
            "{}",
            page.text()
        );
        assert!(page.text().contains(kind), "{kind}: {}", page.text());
    }
    let case = desk.get("judge", "/search?text=2026%2F11").await?;
    assert!(case.text().contains("Sentence 2026/114"), "{}", case.text());
    let none = desk.get("judge", "/search?text=ab").await?.text();
    assert!(none.contains("Nothing is found"), "{none}");
    let home = desk.get("judge", "/").await?;
    assert!(home.html.contains("action=\"/search\""), "{}", home.html);
    let sealed = json!({"seal_record": {"basis": "court-order"}});
    desk.tell::<Person>("judge", &person, sealed).await?;
    desk.settle().await?;
    let closed = desk
        .get("probation", &format!("/search?text={person}"))
        .await?;
    assert!(
        closed.text().contains("Nothing is found"),
        "{}",
        closed.text()
    );
    Ok(())
}

#[tokio::test]
async fn an_address_that_holds_no_number_says_so_and_how_to_search() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    for path in [
        "/sentences/abc",
        "/orders/abc",
        "/persons/abc",
        "/complaints/abc",
        "/sentences/abc/dates",
        "/persons/abc/sheet",
        "/persons/abc/contest",
    ] {
        let page = desk.get("judge", path).await?;
        assert_eq!(page.status, 404, "{path}");
        let said = page.text();
        assert!(
            said.contains("is no number of the register"),
            "{path}: {said}"
        );
        assert!(page.html.contains("action=\"/search\""), "{path}: {said}");
    }
    Ok(())
}

#[tokio::test]
async fn one_view_of_a_page_is_one_look_and_looks_are_found_by_day_role_and_person()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let case = desk.case("Ana Ash").await?;
    let found = desk.order(&case.order).await?;
    let person = found.state.made().ok_or("it was made")?.person.to_string();
    desk.get("probation", &format!("/orders/{}", case.order))
        .await?;
    desk.get("judge", "/sentences").await?;
    let rows = async |query: &str| -> Result<Vec<Value>, Failure> {
        let path = format!("/v1/consultations?{query}");
        let told: Value = serde_json::from_str(&desk.get("oversight", &path).await?.html)?;
        let rows = told["rows"].as_array().ok_or_else(|| told.to_string())?;
        Ok(rows.clone())
    };
    let looks = rows("role=probation").await?;
    let of_order: Vec<_> = looks.iter().filter(|row| row["look"].is_string()).collect();
    assert_eq!(of_order.len(), 1, "{looks:?}");
    assert_eq!(of_order[0]["action"], "ReadCase", "{looks:?}");
    assert!(
        of_order[0]["also"].to_string().contains("ReadIdentity"),
        "{looks:?}"
    );
    assert!(looks.iter().all(|row| row["role"] == "probation"));
    let of_person = rows(&format!("role=probation&person={person}")).await?;
    assert!(!of_person.is_empty());
    let nobody = desk.person("Bea Birch").await?;
    assert!(rows(&format!("person={nobody}")).await?.is_empty());
    assert!(rows("until=2026-03-01").await?.is_empty());
    assert!(!rows("from=2026-03-02&until=2026-03-02").await?.is_empty());
    let end = person.rsplit('-').next().unwrap_or_default();
    let path = format!("/consultations?role=probation&person={end}&from=2026-03-02");
    let page = desk.get("oversight", &path).await?;
    assert_eq!(page.field("From the day").as_deref(), Some("2026-03-02"));
    assert!(page.text().contains("Read a case"), "{}", page.text());
    let wrong = desk
        .get("oversight", "/consultations?from=yesterday")
        .await?;
    assert_eq!(wrong.status, 400);
    Ok(())
}

#[tokio::test]
async fn the_search_finds_several_references_and_leads_on_from_words_and_days()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let [one, other] = [desk.case("Ana Ash").await?, desk.case("Bea Birch").await?];
    desk.settle().await?;
    let end = |id: &str| id.rsplit('-').next().unwrap_or_default().to_owned();
    let both = format!("{}%2C+{}%2C+zzzz", end(&one.order), end(&other.order));
    let page = desk.get("judge", &format!("/search?text={both}")).await?;
    for id in [&one.order, &other.order] {
        assert!(page.html.contains(&format!("href=\"/orders/{id}\"")));
    }
    assert!(
        page.text().contains("Nothing is found under \"zzzz\""),
        "{}",
        page.text()
    );
    for written in ["3.3.2026", "3+March+2026", "03%2F03%2F2026", "2026-03-03"] {
        let page = desk
            .get("judge", &format!("/search?text={written}"))
            .await?;
        let link = page
            .link("Decisions of 3 March 2026")
            .ok_or_else(|| page.text())?;
        assert_eq!(link, "/sentences?decided=2026-03-03");
        assert_eq!(desk.get("judge", link).await?.status, 200);
    }
    let page = desk.get("judge", "/search?text=theft").await?;
    assert!(
        page.link("Decisions on Theft (M102)").is_some(),
        "{}",
        page.text()
    );
    Ok(())
}

#[tokio::test]
async fn a_page_that_cannot_be_shown_keeps_the_menu_of_the_role() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    for missing in ["/complaints/abc", "/sentences?decided=soon"] {
        let page = desk.get("judge", missing).await?;
        assert!(page.status >= 400, "{missing}");
        for (link, to) in [("My list", "/"), ("Before judgment", "/pretrial-cases")] {
            assert_eq!(page.link(link), Some(to), "{missing}: {}", page.text());
        }
    }
    Ok(())
}

#[tokio::test]
async fn an_entry_is_found_by_its_number_and_a_moment_is_asked_for_as_people_write_it()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let id = desk.sentence(fine()).await?;
    let entry = desk.standing(&id).await?.entries[0].index;
    let end = id.get(id.len() - 12..).ok_or("a whole number")?;
    for text in [format!("{entry}"), format!("entry+{entry}")] {
        let found = desk.get("judge", &format!("/search?text={text}")).await?;
        assert!(found.html.contains(end), "{text}: {}", found.text());
    }
    let none = desk.get("judge", "/search?text=entry+99999").await?.text();
    assert!(none.contains("Nothing is found"), "{none}");
    for (asked, said) in [
        (format!("entry+{entry}"), "Past view"),
        ("1+March+2026".to_owned(), "Past view"),
        ("1.3.2026,+4:02".to_owned(), "4:02"),
    ] {
        let page = desk
            .get("judge", &format!("/sentences?as_of={asked}"))
            .await?;
        assert!(page.text().contains(said), "{asked}: {}", page.text());
    }
    let wrong = desk.get("judge", "/sentences?as_of=soon").await?;
    assert!(
        wrong.text().contains("\"soon\" is neither"),
        "{}",
        wrong.text()
    );
    let page = desk.get("statistician", "/publications/x").await?;
    assert_eq!(page.status, 404, "{}", page.text());
    Ok(())
}
