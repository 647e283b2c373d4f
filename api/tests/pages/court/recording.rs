//! Recording a decision: a minor fine, several counts, what the rules say while it is drafted, a proposal gone on with.

use domain::act::Door;
use domain::record::AnyEvent;
use domain::sentence::{DepartureDirection, Runs, Sanction, Sentence, SentenceEvent};
use domain::values::Known;

use crate::Failure;
use crate::desk::Desk;
use crate::html::{Answer, Form};

const NEW: &str = "/sentences/new";

/// The id of the sentence that a page leads to.
fn id_of(answer: &Answer) -> Result<String, Failure> {
    let location = answer.location.as_deref().ok_or_else(|| answer.text())?;
    let id = location.trim_start_matches("/sentences/");
    Ok(id.split('?').next().unwrap_or(id).to_owned())
}

/// The form after its first step: who, which offence, which disposal.
async fn begun(desk: &Desk, by: &str, offence: &str, disposal: &str) -> Result<Form, Failure> {
    let empty = desk.get(by, NEW).await?;
    let form = empty.form().with("name", "A. Reed").with("sex", "female");
    let form = form.with("offence", offence).with("disposal", disposal);
    let asked = desk.post(by, NEW, &form).await?;
    assert_eq!(asked.status, 200, "{}", asked.text());
    Ok(asked.form())
}

#[tokio::test]
async fn a_minor_fine_is_recorded_in_two_steps_and_at_most_ten_fields() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let empty = desk.get("judge", NEW).await?;
    let first = empty.form().with("name", "A. Reed").with("sex", "male");
    let first = first.with("offence", "M403").with("disposal", "fine");
    let asked = desk.post("judge", NEW, &first).await?;
    assert!(asked.questions() <= 10, "{}", asked.questions());
    assert!(asked.html.contains("name=\"amount\" value=\"\"") && asked.html.contains("autofocus"));
    let form = asked.form().with("amount", "250");
    let done = desk.sent("judge", NEW, &form).await?;
    let said = done.text();
    for words in [
        "Decision imposed",
        "Recorded as entry",
        "Fine of 250 EUR. It is in force",
        "within 28 days",
    ] {
        assert!(said.contains(words), "{words} in {said}");
    }
    Ok(())
}

#[tokio::test]
async fn the_rules_speak_while_a_decision_is_drafted_and_refuse_each_at_its_field()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let form = begun(&desk, "judge", "M102", "custody").await?;
    let form = form.with("term_months", "12").with("reasons", "Kept words");
    let checked = desk
        .post("judge", NEW, &form.clone().also("act", "check"))
        .await?;
    let said = checked.text();
    assert_eq!(checked.status, 200);
    for words in [
        "As it stands, it would be refused",
        "Midland guideline: 1 month to 9 months of custody, starting point 5 months",
        "The sentence lies above the range",
        "Why the sentence lies above the range",
    ] {
        assert!(said.contains(words), "{words} in {said}");
    }
    let refused = desk.post("judge", NEW, &form).await?;
    assert_eq!(refused.status, 422);
    let fields: Vec<String> = refused.errors().into_iter().map(|(href, _)| href).collect();
    for field in [
        "#f-committed",
        "#f-departure",
        "#f-alternatives",
        "#f-remand",
        "#f-aggravating",
        "#f-c-age-band",
    ] {
        assert!(fields.contains(&field.to_owned()), "{field} in {fields:?}");
    }
    assert_eq!(refused.field("Reasons").as_deref(), Some("Kept words"));
    assert_eq!(refused.form().value("term_months"), Some("12"));
    Ok(())
}

#[tokio::test]
async fn what_is_complete_is_imposed_with_departure_circumstances_and_reasons()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let form = begun(&desk, "judge", "M102", "custody").await?;
    let form = form
        .with("term_months", "12")
        .with("reasons", "Planned for weeks");
    let form = form.with("committed_year", "2026").with("remand", "20");
    let form = form
        .with("c_prior-record", "some")
        .with("c_education", "?declined");
    let form = form.with("c_employed", "?not-asked");
    let form = form
        .also("aggravating", "planned")
        .also("aggravating", "group");
    let form = form
        .also("alternatives", "fine")
        .also("departure", "exceptional-gravity");
    let answer = desk.post("judge", NEW, &form).await?;
    let found = desk.standing(&id_of(&answer)?).await?;
    let imposed = found.state.imposed().ok_or("it is imposed")?;
    let decision = &imposed.decision;
    assert_eq!(imposed.door, Door::Live);
    let departure = decision.counts[0]
        .departure
        .as_ref()
        .ok_or("it is reasoned")?;
    assert_eq!(departure.direction, DepartureDirection::Above);
    assert_eq!(decision.aggravating.len(), 2);
    let answers: Vec<String> = decision
        .circumstances
        .values()
        .map(|a| format!("{a:?}"))
        .collect();
    assert!(answers.contains(&"Declined".to_owned()) && answers.contains(&"NotAsked".to_owned()));
    assert_eq!(imposed.remand_days, Known::Value(20));
    Ok(())
}

#[tokio::test]
async fn several_counts_and_parts_are_recorded_with_how_their_terms_run() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let form = begun(&desk, "judge", "M101", "suspended_custody").await?;
    let form = form.with("term_months", "2").with("period_years", "1");
    let grown = desk
        .post("judge", NEW, &form.clone().also("act", "add-part-1"))
        .await?;
    assert_eq!(grown.status, 200);
    let form = grown.form().with("disposal_1_2", "compensation");
    let grown = desk
        .post("judge", NEW, &form.also("act", "add-count"))
        .await?;
    let form = grown
        .form()
        .with("offence_2", "M201")
        .with("disposal_2_1", "custody");
    let asked = desk.post("judge", NEW, &form).await?;
    assert_eq!(
        asked.form().value("term_months"),
        Some("2"),
        "{}",
        asked.text()
    );
    let form = asked
        .form()
        .with("amount_1_2", "80.50")
        .with("term_2_1_months", "1");
    let form = form.with("runs_2_1", "1.1").with("committed_year", "2025");
    let form = form
        .with("committed_2_year", "2025")
        .with("reasons", "Both together");
    let form = form.with("remand", "0").also("alternatives", "fine");
    let form = form
        .also("mitigating", "remorse")
        .with("c_prior-record", "none");
    let answer = desk.post("judge", NEW, &form).await?;
    let found = desk.standing(&id_of(&answer)?).await?;
    let decision = found.state.decision().ok_or("it is there")?;
    let parts: Vec<(u16, u16)> = decision
        .components()
        .map(|(n, c)| (n.no.0, c.no.0))
        .collect();
    assert_eq!(parts, [(1, 1), (1, 2), (2, 3)]);
    let last = &decision.counts[1].components[0];
    assert_eq!(
        last.runs,
        Some(Runs::ConsecutiveTo(domain::values::ComponentNo(1)))
    );
    assert!(matches!(
        decision.counts[0].components[1].sanction,
        Sanction::Compensation { .. }
    ));
    Ok(())
}

#[tokio::test]
async fn a_part_that_follows_what_is_not_imposed_is_refused_at_its_field() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let form = begun(&desk, "judge", "M101", "custody").await?;
    let form = form.with("term_months", "2").with("runs", "2.1");
    let answer = desk.post("judge", NEW, &form).await?;
    assert_eq!(answer.status, 422);
    assert_eq!(answer.errors()[0].0, "#f-runs");
    Ok(())
}

#[tokio::test]
async fn a_decision_that_was_pronounced_before_is_recorded_once_its_findings_were_read()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let form = begun(&desk, "judge", "M403", "custody").await?;
    let form = form
        .with("term_months", "2")
        .with("pronounced_year", "2025");
    let shown = desk.post("judge", NEW, &form).await?;
    let said = shown.text();
    assert_eq!(shown.status, 200, "{said}");
    assert!(said.contains("Record it with what is noted"), "{said}");
    assert!(said.contains("M403 allows no custody"), "{said}");
    let done = desk.sent("judge", NEW, &shown.form()).await?;
    let said = done.text();
    assert!(
        said.contains("as a fact that had already happened"),
        "{said}"
    );
    assert!(said.contains("Critical"), "{said}");
    Ok(())
}

#[tokio::test]
async fn the_court_says_where_an_exclusion_applies_and_the_sheet_says_it_to_the_person()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let form = begun(&desk, "judge", "M101", "community_order").await?;
    let form = form
        .with("period_years", "1")
        .with("r1_kind", "unpaid-work")
        .with("r1_amount", "80")
        .with("r2_kind", "exclusion")
        .with("r2_terms", "The market of Ashby, on Saturdays")
        .with("r3_kind", "curfew")
        .with("r3_months", "3")
        .with("committed_year", "2025")
        .with("reasons", "Why");
    // What there is no amount of is not left out in silence.
    let refused = desk
        .post("judge", NEW, &form.clone().with("r3_amount", "12"))
        .await?;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.errors()[0].0, "#f-r3-amount");

    let id = id_of(&desk.post("judge", NEW, &form).await?)?;
    let sheet = desk
        .get("judge", &format!("/sentences/{id}/sheet"))
        .await?
        .text();
    for words in [
        "Unpaid work. 80 h, as the office that supervises you arranges.",
        "The market of Ashby, on Saturdays",
        "For 3 months. The decision does not say exactly what: ask the court.",
    ] {
        assert!(sheet.contains(words), "{words} in {sheet}");
    }
    let page = desk.get("judge", &format!("/sentences/{id}")).await?.text();
    assert!(page.contains("The market of Ashby"), "{page}");
    // Who may not read reasons reads no place either.
    let hidden = desk
        .get("statistician", &format!("/sentences/{id}/sheet"))
        .await?;
    assert!(!hidden.html.contains("market"), "{}", hidden.text());

    // A correction of something else leaves it as it is.
    let path = format!("/sentences/{id}/correct");
    let form = desk.get("judge", &path).await?.form();
    assert_eq!(form.value("r2_terms"), Some(""));
    let form = form.with("r1_amount", "90").with("reason", "typing");
    let shown = desk.post("judge", &path, &form).await?;
    let done = desk.sent("judge", &path, &shown.form()).await?;
    assert!(done.text().contains("90 h"), "{}", done.text());
    let sheet = desk
        .get("judge", &format!("/sentences/{id}/sheet"))
        .await?
        .text();
    assert!(sheet.contains("The market of Ashby"), "{sheet}");
    Ok(())
}

#[tokio::test]
async fn a_proposal_is_kept_gone_on_with_and_imposed_with_what_was_compared() -> Result<(), Failure>
{
    let desk = Desk::open().await?;
    let form = begun(&desk, "clerk", "M101", "community_order").await?;
    let form = form
        .with("period_years", "1")
        .with("reasons", "Sealed words");
    let form = form.with("r1_kind", "unpaid-work").with("r1_amount", "80");
    let form = form.with("r1_terms", "At the library");
    let answer = desk.post("clerk", NEW, &form).await?;
    let id = id_of(&answer)?;
    desk.settle().await?;
    let list = desk.get("clerk", "/").await?;
    let draft = format!("/sentences/{id}/draft");
    assert_eq!(
        list.link("Continue"),
        Some(draft.as_str()),
        "{}",
        list.text()
    );

    let again = desk.get("clerk", &draft).await?;
    assert_eq!(again.field("Reasons").as_deref(), Some("Sealed words"));
    assert_eq!(again.form().value("r1_amount"), Some("80"));
    assert_eq!(again.form().value("r1_terms"), Some("At the library"));
    let form = again
        .form()
        .with("r1_amount", "100")
        .with("committed_year", "2025");
    let redrawn = desk.sent("clerk", &draft, &form).await?;
    let redrawn = redrawn.text();
    assert!(redrawn.contains("Decision proposed"), "{redrawn}");
    assert!(
        redrawn.contains("80 h") && redrawn.contains("100 h"),
        "{redrawn}"
    );

    let before = format!("/sentences/{id}/impose");
    let final_page = desk.get("judge", &before).await?;
    let said = final_page.text();
    for words in [
        "Before it is final",
        "Unpaid work, 100 h",
        "Comparable past decisions",
        "fewer than 10",
    ] {
        assert!(said.contains(words), "{words} in {said}");
    }
    let done = desk.sent("judge", &before, &final_page.form()).await?;
    assert!(done.text().contains("Decision imposed"), "{}", done.text());
    let found = desk.standing(&id).await?;
    let shown = found.entries.iter().find_map(|entry| match &entry.event {
        AnyEvent::Sentence(SentenceEvent::Imposed {
            comparison, door, ..
        }) => Some((comparison.value().is_some(), *door)),
        _ => None,
    });
    assert_eq!(shown, Some((true, Door::Live)));
    Ok(())
}

#[tokio::test]
async fn a_proposal_that_was_changed_meanwhile_is_not_overwritten_and_nothing_typed_is_lost()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let form = begun(&desk, "clerk", "M403", "fine")
        .await?
        .with("amount", "100");
    let id = id_of(&desk.post("clerk", NEW, &form).await?)?;
    let draft = format!("/sentences/{id}/draft");
    let mine = desk
        .get("clerk", &draft)
        .await?
        .form()
        .with("amount", "120");
    let theirs = desk
        .get("judge", &draft)
        .await?
        .form()
        .with("amount", "300");
    desk.sent("judge", &draft, &theirs.also("act", "propose"))
        .await?;
    let answer = desk.post("clerk", &draft, &mine).await?;
    assert_eq!(answer.status, 422);
    let errors = answer.errors();
    assert!(
        errors[0].1.contains("changed since you opened this page"),
        "{errors:?}"
    );
    assert_eq!(answer.field("Amount").as_deref(), Some("120"));
    Ok(())
}

#[tokio::test]
async fn nothing_is_asked_of_a_person_who_is_registered_but_the_reference() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let person = desk.person("Bo Birch").await?;
    let page = desk.get("judge", &format!("/persons/{person}")).await?;
    let link = format!("/sentences/new?person={person}");
    assert!(
        page.html.contains(&format!("href=\"{link}\"")),
        "the person's page leads on"
    );
    let form = desk.get("judge", &link).await?;
    assert_eq!(form.form().value("person"), Some(person.as_str()));
    assert_eq!(form.form().value("name"), None);
    let unknown = "0190a0a0-0000-4000-8000-0000000000ff";
    let form = form.form().with("person", unknown).with("offence", "M403");
    let asked = desk
        .post("judge", NEW, &form.with("disposal", "admonition"))
        .await?;
    let answer = desk.post("judge", NEW, &asked.form()).await?;
    assert_eq!(answer.status, 422, "{}", answer.text());
    assert_eq!(answer.errors()[0].0, "#f-person");
    Ok(())
}

#[tokio::test]
async fn every_field_that_cannot_be_read_is_named_at_once_and_keeps_what_was_typed()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let form = begun(&desk, "judge", "M403", "fine").await?;
    let form = form
        .with("amount", "-5")
        .with("name", "")
        .with("pronounced_day", "3");
    let answer = desk.post("judge", NEW, &form).await?;
    assert_eq!(answer.status, 422);
    let fields: Vec<String> = answer.errors().into_iter().map(|(href, _)| href).collect();
    assert_eq!(fields, ["#f-name", "#f-pronounced", "#f-amount"]);
    assert_eq!(answer.field("Amount").as_deref(), Some("-5"));
    Ok(())
}

#[tokio::test]
async fn a_repeated_form_is_recorded_once() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let form = begun(&desk, "judge", "M403", "fine")
        .await?
        .with("amount", "90");
    let first = id_of(&desk.post("judge", NEW, &form).await?)?;
    let second = id_of(&desk.post("judge", NEW, &form).await?)?;
    assert_eq!(first, second);
    assert_eq!(desk.standing(&first).await?.version, 1);
    Ok(())
}

#[tokio::test]
async fn where_two_jurisdictions_are_adopted_each_has_its_own_words() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    desk.adopt("mongolia").await?;
    let own = desk.get("judge", NEW).await?;
    assert!(
        own.text().contains("Ashby District Court"),
        "{}",
        own.text()
    );
    let other = own
        .link("Mongolia")
        .ok_or("the other is offered")?
        .to_owned();
    let other = desk.get("judge", &other).await?;
    assert!(!other.html.contains("M403") && !other.text().contains("Ashby District Court,"));
    let form = other
        .form()
        .with("name", "B")
        .with("court", "ulaanbaatar-1");
    let form = form.with("offence", "17.1").with("disposal", "fine");
    let asked = desk.post("judge", NEW, &form).await?;
    assert!(asked.html.contains(">MNT</span>"), "{}", asked.text());
    let id = id_of(
        &desk
            .post("judge", NEW, &asked.form().with("amount", "450000"))
            .await?,
    )?;
    let found = desk.standing(&id).await?;
    assert_eq!(found.entries[0].jurisdiction(), "mongolia");
    assert!(matches!(found.state, Sentence::Imposed(_)));
    Ok(())
}

#[tokio::test]
async fn a_date_of_birth_that_makes_somebody_a_child_has_the_form_ask_what_is_asked_of_children()
-> Result<(), Failure> {
    const ASKED: &str = "The child's background";
    let desk = Desk::open().await?;
    // Of somebody who is registered with the decision, by the date that is typed.
    let form = begun(&desk, "judge", "M102", "custody").await?;
    let form = form.with("term_months", "3").with("committed_year", "2025");
    let grown = desk
        .post("judge", NEW, &form.clone().also("act", "check"))
        .await?;
    assert!(!grown.text().contains(ASKED), "{}", grown.text());
    let young = form
        .with("born_day", "3")
        .with("born_month", "5")
        .with("born_year", "2010");
    let asked = desk
        .post("judge", NEW, &young.clone().also("act", "check"))
        .await?;
    assert!(asked.text().contains(ASKED), "{}", asked.text());
    // What is answered stays, once nothing more is to be asked.
    let said = asked
        .form()
        .with("inquiry", "reported")
        .with("act", "check");
    let said = desk.post("judge", NEW, &said).await?;
    assert_eq!(said.form().value("inquiry"), Some("reported"));
    // Of somebody who is registered already, by the date that is kept, which is not shown.
    let person = desk.registry.new_person_id().to_string();
    let register = serde_json::json!({"register": {
        "sex": {"value": "female"}, "identity": {"name": "Ana Ash", "born": "2010-05-03"}}});
    desk.tell::<domain::person::Person>("judge", &person, register)
        .await?;
    let known = young
        .with("name", "")
        .with("born_day", "")
        .with("born_month", "")
        .with("born_year", "")
        .with("person", &person)
        .also("act", "check");
    let known = desk.post("judge", NEW, &known).await?;
    let text = known.text();
    assert!(text.contains(ASKED), "{text}");
    assert!(text.contains("Ana Ash") && !text.contains("2010"), "{text}");
    Ok(())
}

#[tokio::test]
async fn a_date_of_birth_in_the_future_is_named_before_any_other_rule() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let form = begun(&desk, "judge", "M102", "custody").await?;
    let form = form.with("term_months", "3").with("committed_year", "2025");
    let unborn = form
        .with("born_day", "3")
        .with("born_month", "5")
        .with("born_year", "2030");
    for act in ["check", "impose"] {
        let asked = desk
            .post("judge", NEW, &unborn.clone().also("act", act))
            .await?;
        let text = asked.text();
        assert!(
            text.contains("The day of birth lies in the future"),
            "{text}"
        );
        assert!(!text.contains("criminal responsibility"), "{text}");
    }
    Ok(())
}

#[tokio::test]
async fn an_empty_form_names_everything_that_it_lacks_at_once() -> Result<(), Failure> {
    let desk = Desk::open().await?;
    let form = desk.get("judge", NEW).await?.form();
    let refused = desk.post("judge", NEW, &form).await?;
    assert_eq!(refused.status, 422);
    let fields: Vec<String> = refused.errors().into_iter().map(|(href, _)| href).collect();
    assert_eq!(fields, ["#f-name", "#f-offence", "#f-disposal"]);
    Ok(())
}
