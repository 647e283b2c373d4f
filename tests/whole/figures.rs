//! A figure has the same numbers wherever it is asked for: command line, interface, page and file.

use serde_json::{Value, json};
use tests::{Failure, Place, Served, impose, person, run};

use crate::imports::bring_in;

/// Twelve women and twelve men for theft, three and six of them in custody; gives the entry of the last.
async fn twenty_four(place: &mut Place) -> Result<u64, Failure> {
    let registry = place.midland().await?;
    let fine = json!({"fine": {"amount": {"minor": 20_000, "currency": "EUR"}}});
    let mut last = 0;
    for (sex, in_custody) in [("female", 3), ("male", 6)] {
        for n in 0..12 {
            let sanction = if n < in_custody {
                json!({"custody": {"term": "P3M"}})
            } else {
                fine.clone()
            };
            let person = person(&registry, sex).await?;
            let (_, receipt) = impose(&registry, person, sanction).await?;
            last = receipt.indexes.start;
        }
    }
    // One more, so that the moment looked at is the past and its instant is fixed.
    let person = person(&registry, "male").await?;
    impose(&registry, person, fine).await?;
    registry.projections().catch_up().await?;
    registry.projections().release().await?;
    Ok(last)
}

/// The value of a measure in a file.
fn cell<'a>(csv: &'a str, beginning: &str) -> Result<&'a str, Failure> {
    let line = csv.lines().find_map(|line| line.strip_prefix(beginning));
    let rest = line.ok_or_else(|| format!("no line begins with {beginning} in {csv}"))?;
    Ok(rest.split(',').next().unwrap_or_default())
}

#[tokio::test]
async fn a_figure_has_the_same_numbers_wherever_it_is_asked_for() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let entry = twenty_four(&mut place).await?;
        let (as_of, entry) = (entry.to_string(), format!("as_of={entry}"));
        for view in [
            "disposals",
            "proportionality",
            "gender",
            "alternatives",
            "reconviction",
            "parity",
            "departures",
        ] {
            let ask = [
                "view",
                view,
                "--by",
                "category",
                "--where",
                "court=ashby",
                "--where",
                "severity=known",
                "--at-most",
                "60",
                "--as-of",
                &as_of,
            ];
            let asked = |format: &'static str| run(&place, &[ask.as_slice(), &[format]].concat());
            let (_, printed, said) = asked("--json")?;
            let printed: Value =
                serde_json::from_str(&printed).map_err(|e| format!("{e}: {said}"))?;
            let (_, csv, _) = asked("--csv")?;
            let served = Served::start(&place)?;
            let query = format!(
                "{view}?by=category&where=court%3Dashby&where=severity%3Dknown&at_most=60&{entry}"
            );
            let answered = served
                .get("oversight", &format!("/v1/views/{query}"))
                .await?
                .json()?;
            assert_eq!(answered, printed);
            let query = query.replace('?', "/csv?");
            let file = served
                .get("oversight", &format!("/figures/{query}"))
                .await?;
            assert_eq!(file.body, csv);
            assert!(
                file.header("content-disposition")
                    .is_some_and(|h| h.contains(".csv"))
            );
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_page_shows_the_numbers_of_the_file_and_leads_to_the_decisions_behind_them()
-> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let entry = twenty_four(&mut place).await?;
        let as_of = entry.to_string();
        let (_, csv, _) = run(
            &place,
            &[
                "view", "gender", "--by", "category", "--as-of", &as_of, "--csv",
            ],
        )?;
        assert_eq!(
            cell(&csv, "custody,category=property,female,,custody_per_100,")?,
            "25"
        );
        assert_eq!(
            cell(&csv, "custody,category=property,male,,custody_per_100,")?,
            "50"
        );
        let served = Served::start(&place)?;
        let page = served
            .get(
                "oversight",
                &format!("/figures/gender?by=category&as_of={entry}"),
            )
            .await?;
        assert_eq!(page.status, 200);
        let said = "Of 100 women and 100 men with the same mix of cases, 25 women and 50 men received immediate custody";
        assert!(page.body.contains(said), "{}", page.body);
        assert!(page.body.contains("Property: women 25%") && page.body.contains("men 50%"));

        let path = format!("/figures/disposals?by=sex&as_of={entry}");
        let cases = format!("/figures/cases?where=sex%3Dfemale&as_of={entry}");
        let shown = served.get("oversight", &path).await?.body;
        assert!(shown.contains(&cases.replace('&', "&#38;")), "{shown}");
        let listed = served.get("oversight", &cases).await?.body;
        assert_eq!(
            listed.matches("<tr role=\"row\">").count(),
            1 + 12,
            "{listed}"
        );
        let hidden = served.get("statistician", &path).await?.body;
        assert!(hidden.contains("Immediate custody") && !hidden.contains("/figures/cases"));
        assert_eq!(served.get("statistician", &cases).await?.status, 403);
    }
    Ok(())
}

#[tokio::test]
async fn a_figure_without_decisions_says_so_and_shows_no_zeros() -> Result<(), Failure> {
    let mut place = Place::on_file()?;
    place.midland().await?;
    let (code, text, _) = run(&place, &["view", "gender"])?;
    assert_eq!(code, 0);
    assert!(
        text.contains("No decision is in the register yet"),
        "{text}"
    );
    let served = Served::start(&place)?;
    for view in [
        "disposals",
        "proportionality",
        "gender",
        "alternatives",
        "reconviction",
        "parity",
        "departures",
    ] {
        let page = served.get("judge", &format!("/figures/{view}")).await?;
        assert_eq!(page.status, 200);
        assert!(
            page.body.contains("No decision is in the register yet"),
            "{}",
            page.body
        );
        assert!(!page.body.contains("<svg class=\"chart"), "{}", page.body);
    }
    Ok(())
}

#[tokio::test]
async fn a_wish_that_cannot_be_met_says_what_can_and_ends_with_the_exit_code_of_usage()
-> Result<(), Failure> {
    let mut place = Place::on_file()?;
    twenty_four(&mut place).await?;
    for (arguments, possible) in [
        (
            ["view", "genders", "--json"].as_slice(),
            "disposals, proportionality, gender, alternatives, reconviction, parity, departures",
        ),
        (&["view", "gender", "--by", "colour"], "category"),
        (
            &["view", "gender", "--by", "sex"],
            "such as category or court",
        ),
        (&["view", "gender", "--where", "sex=femal"], "female"),
        (&["view", "gender", "--where", "sex"], "dimension=word"),
        (&["view", "gender", "--scale", "felt/1"], "custody-day/1"),
        (
            &["view", "gender", "--quantile", "3"],
            "2 (averaged at ties)",
        ),
        (&["view", "gender", "--jurisdiction", "atlantis"], "midland"),
        (&["view", "gender", "--at-most", "much"], "such as 132"),
        (&["view", "gender", "--fewest", "50"], "name no chapter"),
        (&["view", "gender", "--by", "vulnerability"], "alternatives"),
        (
            &["view", "reconviction", "--window", "long"],
            "730 for two years",
        ),
        (&["view", "gender", "--window", "365"], "view reconviction"),
        (
            &["view", "gender", "--as-of", "yesterday"],
            "an entry number",
        ),
    ] {
        let (code, _, said) = run(&place, arguments)?;
        assert_eq!(code, 2, "{arguments:?}: {said}");
        assert!(said.contains(possible), "{arguments:?}: {said}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_several_jurisdictions_a_court_sees_its_own_and_others_choose() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        twenty_four(&mut place).await?;
        bring_in(&place)?;
        let served = Served::start(&place)?;
        let own = served.get("judge", "/figures/gender").await?;
        assert_eq!(own.status, 303);
        let leads = own.head.to_lowercase();
        let address = "/figures/gender?jurisdiction=midland";
        assert!(leads.contains(&format!("location: {address}")), "{leads}");
        let shown = served.get("judge", address).await?;
        assert!(shown.body.contains("of 12"), "{}", shown.body);
        let others = served.get("oversight", "/figures/gender").await?;
        assert_eq!(others.status, 200);
        assert!(others.body.contains("Choose one"), "{}", others.body);
    }
    Ok(())
}

#[tokio::test]
async fn two_moments_are_compared_and_the_decisions_that_made_the_difference_are_named()
-> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let entry = twenty_four(&mut place).await?;
        let moments = format!("{entry}..now");
        let ask = ["view", "disposals", "--by", "sex", "--between", &moments];
        let (code, printed, said) = run(&place, &[ask.as_slice(), &["--json"]].concat())?;
        assert_eq!(code, 0, "{said}");
        let printed: Value = serde_json::from_str(&printed)?;
        let changed = json!({"added": 1, "revised": 0, "left": 0, "not_named": 1});
        assert_eq!(printed["changed"], changed);
        let (_, text, _) = run(&place, &ask)?;
        assert!(
            text.contains("1 decision made the difference: 1 came in"),
            "{text}"
        );
        let (_, csv, _) = run(&place, &[ask.as_slice(), &["--csv"]].concat())?;
        assert!(
            csv.contains("\ndisposals,sex=male,,fine,decisions,6,7\n"),
            "{csv}"
        );
        assert!(!csv.contains("sex=female,,fine"), "{csv}");
        let served = Served::start(&place)?;
        let address = format!("/v1/views/disposals/between?by=sex&from={entry}");
        let of_statistician = served.get("statistician", &address).await?.json()?;
        assert_eq!(of_statistician["before"], printed["before"]);
        assert_eq!(of_statistician["changed"], printed["changed"]);
        let of_oversight = served.get("oversight", &address).await?.json()?;
        let named = &of_oversight["changed"]["decisions"];
        assert_eq!(named.as_array().map(Vec::len), Some(1), "{named}");
        assert_eq!(named[0]["became"], "added");
        assert_eq!(of_oversight["changed"]["not_named"], 0);
        let page = format!("/figures/disposals/between?by=sex&from={entry}");
        let page = served.get("oversight", &page).await?;
        assert_eq!(page.status, 200);
        let sentence = named[0]["sentence"].as_str().unwrap_or_default();
        assert!(
            page.body.contains(&format!("/sentences/{sentence}")),
            "{}",
            page.body
        );
        assert!(page.body.contains("Came in"), "{}", page.body);
        let backwards = format!("/v1/views/disposals/between?from={}&to={entry}", entry + 1);
        let refused = served.get("statistician", &backwards).await?;
        assert_eq!(refused.status, 400);
        assert_eq!(refused.json()?["code"], "request.view-backwards");
        let without = served
            .get("statistician", "/v1/views/disposals/between")
            .await?;
        assert_eq!(without.status, 400);
    }
    Ok(())
}

#[tokio::test]
async fn what_is_known_now_of_an_earlier_time_can_be_asked_for() -> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        twenty_four(&mut place).await?;
        let ask = ["view", "disposals", "--decided-until", "2019", "--json"];
        let (_, printed, said) = run(&place, &ask)?;
        let printed: Value = serde_json::from_str(&printed).map_err(|e| format!("{e}: {said}"))?;
        assert_eq!(printed["header"]["decisions"], 0);
        let known = "What is known now of decisions taken by 2019-12-31";
        assert_eq!(printed["header"]["known"], known);
        let served = Served::start(&place)?;
        let now = served.get("statistician", "/figures/disposals").await?.body;
        assert!(now.contains("What is known now of all decisions"), "{now}");
        let refused = served
            .get("statistician", "/v1/views/gender?decided_until=soon")
            .await?;
        assert_eq!(refused.json()?["code"], "request.view-decided-until");
        let ahead = served
            .get("statistician", "/v1/views/gender?decided_until=9999")
            .await?;
        assert_eq!(ahead.status, 400);
        assert_eq!(ahead.json()?["code"], "request.view-decided-ahead");
    }
    Ok(())
}
