//! The person's own sheet, in three languages.

use domain::cooperation::Cooperation;
use domain::emergency::Emergency;
use domain::order::Order;
use domain::person::Person;
use domain::sentence::Sentence;
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

/// Somebody who was screened in an emergency, released for a while and whose visits are limited; and somebody refused.
async fn in_an_emergency(desk: &Desk) -> Result<[String; 2], Failure> {
    let released = desk.person("Ana Ash").await?;
    let refused = desk.person("Bo Birch").await?;
    let id = desk.registry.new_stream_id().to_string();
    let check = |by: &str| json!({"by": by, "compared": ["name-birth"]});
    let decide = |person: &str, verdict| {
        json!({"decide_release": {
            "decided": "2026-02-20", "person": person, "version": "a1", "verdict": verdict,
            "identity": [check("one"), check("two")]}})
    };
    let a_while = json!({"granted": {"period": {"temporary": {"expires": "2026-06-30"}}}});
    let no = json!({"refused": {"ground": "criteria", "review_told": {"value": "yes"}}});
    for (by, command) in [
        (
            "judge",
            json!({"declare": {
                "done": "2026-02-10", "basis": "mea-4", "justice_authority": "justice-ministry",
                "health_authority": {"value": "health-institute"}, "from": "2026-02-10", "ends": "2026-07-31"}}),
        ),
        (
            "judge",
            json!({"publish_criteria": {"done": "2026-02-10", "version": "a1", "criteria": [
                {"code": "short-rest", "reads": "days-left", "asks": {"at_most": 120}, "effect": "requires"}]}}),
        ),
        (
            "prison",
            json!({"screen": {"done": "2026-02-12", "version": "a1", "results": [
                {"person": released, "outcome": "eligible"},
                {"person": refused, "outcome": {"excluded": ["short-rest"]}}]}}),
        ),
        ("release", decide(&released, a_while)),
        ("release", decide(&refused, no)),
        (
            "prison",
            json!({"effect": {"done": "2026-02-21", "person": released}}),
        ),
        (
            "judge",
            json!({"cut_right": {
                "decided": "2026-02-15", "right": "visits", "basis": "mea-12", "person": refused,
                "necessity": "infection", "until": "2026-04-30"}}),
        ),
    ] {
        desk.tell::<Emergency>(by, &id, command).await?;
    }
    desk.settle().await?;
    Ok([released, refused])
}

#[expect(clippy::too_many_lines, reason = "three languages side by side")]
#[tokio::test]
async fn the_sheet_says_what_an_emergency_did_about_the_person_in_every_language()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let [released, refused] = in_an_emergency(&desk).await?;
    let wanted = [
        (
            "en",
            [
                "Looked at on 12 February 2026 by the published criteria, version a1",
                "By the criteria you can be released.",
                "Release for a while was granted on 20 February 2026: you must be back on 30 June 2026.",
                "Be back on 30 June 2026 – until 30 June 2026",
                "You left on 21 February 2026.",
                "What the criteria of an emergency said of you",
            ],
            [
                "By the criteria you cannot be released, for this reason:",
                "Days left to serve (criterion short-rest)",
                "Release was refused on 20 February 2026, for this reason: The criteria are not met",
                "Limited for you since 15 February 2026, until 30 April 2026: Visits",
            ],
        ),
        (
            "fr",
            [
                "Situation examinée le 12 février 2026 selon les critères publiés, version a1",
                "Selon les critères, vous pouvez être libéré(e).",
                "vous devez être de retour le 30 juin 2026.",
                "Être de retour le 30 juin 2026",
                "Vous êtes sorti(e) le 21 février 2026.",
                "Ce que les critères d’une situation d’urgence ont dit de vous",
            ],
            [
                "Selon les critères, vous ne pouvez pas être libéré(e)",
                "Jours restant à exécuter (critère short-rest)",
                "Les critères ne sont pas remplis",
                "Limité pour vous depuis le 15 février 2026, jusqu'au 30 avril 2026 : Visites",
            ],
        ),
        (
            "ar",
            [
                "نُظر في حالتك في ١٢ فبراير ٢٠٢٦",
                "يجوز الإفراج عنك وفق المعايير.",
                "عليك أن تعود في ٣٠ يونيو ٢٠٢٦.",
                "العودة في ٣٠ يونيو ٢٠٢٦",
                "خرجت في ٢١ فبراير ٢٠٢٦.",
                "ما قالته عنك معايير حالة طوارئ",
            ],
            [
                "لا يجوز الإفراج عنك وفق المعايير",
                "الأيام المتبقية من العقوبة (المعيار short-rest)",
                "المعايير غير مستوفاة",
                "مُقيَّد بالنسبة إليك منذ ١٥ فبراير ٢٠٢٦، حتى ٣٠ أبريل ٢٠٢٦: الزيارات",
            ],
        ),
    ];
    for (language, of_one, of_other) in wanted {
        let said = async |person: &str| -> Result<String, Failure> {
            let path = format!("/persons/{person}/sheet?language={language}");
            let sheet = desk.get("clerk", &path).await?;
            Ok(sheet.text().replace(['\u{2068}', '\u{2069}'], ""))
        };
        let (one, other) = (said(&released).await?, said(&refused).await?);
        for words in of_one {
            assert!(one.contains(words), "{words} in {one}");
        }
        for words in of_other {
            assert!(other.contains(words), "{words} in {other}");
        }
        // Nothing of one stands on the sheet of the other.
        assert!(!one.contains(of_other[0]) && !other.contains(of_one[1]));
    }
    Ok(())
}

#[tokio::test]
async fn the_sheet_names_courts_in_its_language_and_a_draft_is_no_decision() -> Result<(), Failure>
{
    let desk = Desk::open().await?;
    let person = ordered(&desk).await?;
    let draft = desk.registry.new_stream_id().to_string();
    let propose = json!({"propose": {"person": person, "decision": {
        "court": "ashby", "case": "2026/115", "counts": [{
            "no": 1, "offence": {"code": {"value": "M102"}, "category": {"value": "property"}},
            "components": [{"no": 1, "sanction": {"custody": {"term": "P3M"}}}]}]}}});
    desk.tell::<Sentence>("judge", &draft, propose).await?;
    desk.settle().await?;
    for (language, court, drafted) in [
        (
            "en",
            "by Ashby District Court",
            "a draft of 2 March 2026: nothing is decided yet",
        ),
        (
            "fr",
            "par Tribunal de district d’Ashby",
            "un projet du 2 mars 2026",
        ),
        (
            "ar",
            "من محكمة مقاطعة آشبي",
            "مشروع قرار بتاريخ ٢ مارس ٢٠٢٦",
        ),
    ] {
        let path = format!("/persons/{person}/sheet?language={language}");
        let said = desk.get("clerk", &path).await?.text();
        let said = said.replace(['\u{2068}', '\u{2069}'], "");
        for words in [court, drafted] {
            assert!(said.contains(words), "{words} in {said}");
        }
        if language != "en" {
            assert!(!said.contains("Ashby District Court"), "{said}");
            assert!(!said.contains("Midland Court of Appeal"), "{said}");
        }
    }
    Ok(())
}

/// Somebody whom a court let be surrendered to France; where the matter is.
pub(crate) async fn to_be_surrendered(desk: &Desk, person: &str) -> Result<String, Failure> {
    let id = desk.registry.new_stream_id().to_string();
    let request = json!({"request": {
        "person": person, "done": "2026-02-10", "matter": "extradition", "direction": "outward",
        "state": "FR", "basis": "extradition-treaty-2", "office": "central-authority",
        "death_penalty": {"value": "no"},
        "offences": [{"code": {"value": "311-1"}, "here": "M102"}]}});
    desk.tell::<Cooperation>("clerk", &id, request).await?;
    let grant = json!({"grant": {
        "decided": "2026-02-20", "by": "court", "assurances": ["speciality"],
        "examined": MANDATORY}});
    desk.tell::<Cooperation>("judge", &id, grant).await?;
    desk.settle().await?;
    Ok(id)
}

/// The grounds of refusal that Midland always examines before somebody is surrendered.
const MANDATORY: [&str; 10] = [
    "political",
    "discrimination",
    "military",
    "ne-bis-in-idem",
    "lapse",
    "torture",
    "fair-trial",
    "absence",
    "double-criminality",
    "too-young",
];

#[tokio::test]
async fn the_sheet_of_somebody_to_be_surrendered_says_so_first_and_how_to_challenge_it()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let person = desk.person("Ana Ash").await?;
    to_be_surrendered(&desk, &person).await?;
    for (language, wanted) in [
        (
            "en",
            [
                "Extradition: France asks that you are surrendered to it.",
                "to be carried out by 22 March 2026",
                "Granted on 20 February 2026. Decided by: a court of this State",
                "Assurance of the other State: ",
                "ask this office how it can be reviewed, and until when: Midland Central Authority",
            ],
        ),
        (
            "fr",
            [
                "Extradition: France demande que vous lui soyez remis(e).",
                "à exécuter jusqu'au 22 mars 2026",
                "Accordé le 20 février 2026. Décidé par : un tribunal de cet État",
                "Assurance de l'autre État : Jugé pour aucun autre fait antérieur",
                "et jusqu'à quand : Autorité centrale de Midland (fictive)",
            ],
        ),
        (
            "ar",
            [
                "تطلب دولة أخرى تسليمك إليها: فرنسا",
                "يُنفَّذ حتى ٢٢ مارس ٢٠٢٦",
                "صدرت الموافقة في ٢٠ فبراير ٢٠٢٦. الجهة التي قررت: محكمة من هذه الدولة",
                "تعهد الدولة الأخرى: ",
                "اسأل هذه الجهة كيف تُطلب مراجعته وإلى متى: ",
            ],
        ),
    ] {
        let path = format!("/persons/{person}/sheet?language={language}");
        let sheet = desk.get("clerk", &path).await?;
        let said = sheet.text().replace(['\u{2068}', '\u{2069}'], "");
        for words in wanted {
            assert!(said.contains(words), "{words} in {said}");
        }
        // What weighs most stands before what has to be done.
        let place = |id: &str| sheet.html.find(&format!("id=\"{id}\""));
        assert!(place("abroad").ok_or("it is told")? < place("duties").ok_or("duties")?);
    }
    Ok(())
}

#[tokio::test]
async fn the_page_of_somebody_to_be_surrendered_says_so_and_leads_to_the_matter()
-> Result<(), Failure> {
    let desk = Desk::open().await?;
    let person = desk.person("Ana Ash").await?;
    let matter = to_be_surrendered(&desk, &person).await?;
    let page = desk.get("clerk", &format!("/persons/{person}")).await?;
    let said = page.text();
    let wanted = "Extradition, to France: granted, to be carried out by 22 March 2026.";
    assert!(said.contains(wanted), "{said}");
    let address = page.link("Extradition, to France").ok_or("the way to it")?;
    assert_eq!(address, format!("/matters-with-other-states/{matter}"));
    let said = desk.get("clerk", address).await?.text();
    assert!(said.contains(wanted), "{said}");
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
        log.contains("Clerk, Ashby District Court Hearing Read a case; hand a person the sheet"),
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
