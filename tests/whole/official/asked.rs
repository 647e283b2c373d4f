//! For whom the tables are, what a wrong question is told, and the files.

use infra::access::Denied;
use infra::registry::{AsOf, OfficialError, cell_named};
use tests::{Failure, Place, Served, call, run};

use super::country::{fill, on};

/// TR-3.12
#[tokio::test]
async fn a_table_is_for_statisticians_and_oversight_and_what_is_behind_a_number_for_oversight_alone()
-> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let told = fill(&registry).await?;
        let query = on("sdg-16-3-2", "2026-01-31")?;
        for other in ["judge", "clerk", "prison", "administrator"] {
            let denied = registry.official(&call(other)?, &query, AsOf::Now).await;
            let is_denied = matches!(
                denied,
                Err(OfficialError::Denied(
                    Denied::Role { .. } | Denied::Purpose { .. }
                ))
            );
            assert!(is_denied, "{other}");
        }
        let behind = |who, cell: &'static str| {
            let (registry, query) = (registry.clone(), query.clone());
            async move {
                let cell = cell_named(cell).ok_or("no cell")?;
                let by = call(who)?;
                let found = registry.official_behind(&by, &query, &cell, AsOf::Now, (0, 50));
                Ok::<_, Failure>(found.await)
            }
        };
        let statistician = behind("statistician", "UNSENTENCED.sex:male").await?;
        assert!(matches!(statistician, Err(OfficialError::Denied(_))));
        let men = behind("oversight", "UNSENTENCED.sex:male").await??;
        let kinds: Vec<&str> = men
            .records
            .iter()
            .filter_map(|record| record.split('/').next())
            .collect();
        assert_eq!((kinds, men.closed), (vec!["custody", "sentence"], 0));
        // The girl's stay and her case are counted, and open to nobody who does not come through the gate.
        let girls = behind("oversight", "UNSENTENCED.sex:female").await??;
        assert_eq!((girls.records, girls.closed), (Vec::new(), 2));
        assert_eq!(girls.cell.value.shown(), "1");
        let places = behind("oversight", "CAPACITY").await?;
        assert!(matches!(places, Err(OfficialError::UnknownCell { .. })));
        let log = registry
            .consultations(&call("oversight")?, AsOf::Now, None, 200)
            .await?;
        let shown: Vec<&String> = log.rows.iter().flat_map(|look| &look.shown).collect();
        let is_shown = |what: &str| shown.iter().any(|one| one.contains(what));
        assert!(is_shown(
            "official/sdg-16-3-2?jurisdiction=midland&day=2026-01-31"
        ));
        assert!(is_shown(&men.records[0]));
        assert!(!is_shown(&told.untried) && !is_shown(&told.case));
    }
    Ok(())
}

#[tokio::test]
async fn a_wrong_question_is_answered_with_the_field_and_a_way_out() -> Result<(), Failure> {
    let mut place = Place::on_file()?;
    let registry = place.midland().await?;
    let served = Served::within(registry.clone()).await?;
    for (address, status, field, way_out) in [
        ("space-iii", 404, None, "one of sdg-16-3-2, un-cts-prisons"),
        (
            "space-i?day=2026-03-03",
            400,
            Some("day"),
            "name an earlier one",
        ),
        ("space-i?year=2027", 400, Some("day"), "name an earlier one"),
        ("space-i?year=soon", 400, Some("year"), "write it as 2026"),
        (
            "space-i?year=2025&day=2026-01-31",
            400,
            Some("day"),
            "name one of them",
        ),
        (
            "space-i?jurisdiction=atlantis",
            400,
            Some("jurisdiction"),
            "name one of midland",
        ),
        ("space-i?month=1", 400, None, "month"),
        (
            "space-i/behind?cell=HELD.sex",
            400,
            Some("cell"),
            "such as HELD.sex:female",
        ),
    ] {
        let path = format!("/v1/official/{address}");
        let answer = served.get("oversight", &path).await?;
        assert_eq!(answer.status, status, "{address}: {answer:?}");
        let problem = answer.json()?;
        let detail = problem["detail"].as_str().unwrap_or_default();
        assert!(detail.contains(way_out), "{address}: {detail}");
        if let Some(field) = field {
            assert_eq!(problem["field"], field, "{address}");
        }
    }
    // Of a register that holds no stay nothing is known: no zero, and no share.
    let answer = served
        .get("statistician", "/v1/official/sdg-16-3-2")
        .await?
        .json()?;
    for cell in answer["cells"].as_array().into_iter().flatten() {
        assert_eq!(cell["shown"], "…", "{cell}");
        let why = &cell["value"]["nothing"]["why"];
        assert_eq!(
            why,
            "No stay in a place of detention is recorded in this register."
        );
    }
    assert_eq!(answer["day"], "2025-12-31");
    Ok(())
}

#[expect(clippy::too_many_lines, reason = "each file beside what it says")]
#[tokio::test]
async fn a_table_is_written_as_the_body_that_asks_reads_it_and_the_same_whenever_it_is()
-> Result<(), Failure> {
    for mut place in Place::everywhere().await? {
        let registry = place.midland().await?;
        let told = fill(&registry).await?;
        registry.projections().release().await?;
        let as_of = told.january.to_string();
        let write = |name: &str, more: &[&str]| -> Result<String, Failure> {
            let out = place.folder().join(name);
            let out = out.to_str().ok_or("no name")?;
            let fixed = ["export", "official", "sdg-16-3-2", "--day", "2026-01-31"];
            let args = [&fixed[..], more, &["--out", out]].concat();
            let (code, said, error) = run(&place, &args)?;
            assert_eq!(code, 0, "{said}{error}");
            Ok(std::fs::read_to_string(out)?)
        };
        let sdmx = write("now.csv", &["--format", "sdmx-csv"])?;
        let mut lines = sdmx.lines();
        assert_eq!(
            lines.next(),
            Some(
                "STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,INDICATOR,SEX,AGE_STATUS,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MEASURE,NUMERATOR,DENOMINATOR,COMMENT_OBS"
            )
        );
        let start = "dataflow,ASSIZE:SDG_16_3_2(1.0),I,midland";
        for line in [
            format!("{start},HELD,_T,_T,2026-01-31,5,A,NUMBER,,,"),
            format!("{start},UNSENTENCED_SHARE,_T,_T,2026-01-31,40.0,A,PT,2,5,"),
            format!("{start},UNSENTENCED_SHARE_APPEALS,M,_T,2026-01-31,66.7,A,PT,2,3,"),
            format!(
                "{start},UNSENTENCED_SHARE,_U,_T,2026-01-31,,O,PT,,,There is nobody and nothing of which it could be a part."
            ),
        ] {
            assert!(sdmx.lines().any(|own| own == line), "{line}\n{sdmx}");
        }
        // As of an entry of January the same numbers, and the same bytes whenever they are asked.
        let then = ["--format", "sdmx-csv", "--as-of", &as_of];
        assert_eq!(write("then.csv", &then)?, sdmx);
        let plain = write("plain.csv", &[])?;
        let line = "sdg-16-3-2,midland,2026-01-31,UNSENTENCED_SHARE,\"Unsentenced of 100 held, whoever has appealed counting as sentenced\",male,all,33.3,,,1,3,100";
        assert!(plain.lines().any(|own| own == line), "{plain}");
        // It replaces nothing, and is for those who may export figures.
        let out = place.folder().join("plain.csv");
        let out = out.to_str().ok_or("no name")?;
        let args = [
            "export", "official", "space-i", "--year", "2026", "--out", out,
        ];
        let (code, _, error) = run(&place, &args)?;
        assert_eq!((code, error.contains("plain.csv")), (1, true), "{error}");
        let clerk = [
            "export",
            "official",
            "space-i",
            "--out",
            "no.csv",
            "--identity",
            "clerk",
        ];
        let (code, _, error) = run(&place, &clerk)?;
        assert_eq!(
            (code, error.contains("may not export")),
            (1, true),
            "{error}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn each_offence_of_the_rules_has_its_class_and_says_whether_it_was_checked()
-> Result<(), Failure> {
    let mut place = Place::on_file()?;
    let registry = place.midland().await?;
    let served = Served::within(registry.clone()).await?;
    let list = served
        .get("clerk", "/v1/official/iccs-crosswalk")
        .await?
        .json()?;
    assert_eq!(list["classification"], "ICCS 1.0");
    let offences = list["offences"].as_array().cloned().unwrap_or_default();
    assert_eq!(offences.len(), 18);
    let of = |code: &str| {
        let mut all = offences.iter();
        all.find(|one| one["offence"] == code)
            .cloned()
            .unwrap_or_default()
    };
    assert_eq!(of("M203")["class_title"], "Serious assault");
    assert_eq!(of("M203")["verified"], true);
    assert_eq!(of("M401")["verified"], false);
    registry.projections().release().await?;
    let out = place.folder().join("crosswalk.csv");
    let out = out.to_str().ok_or("no name")?;
    let (code, said, error) = run(
        &place,
        &["export", "official", "iccs-crosswalk", "--out", out],
    )?;
    assert_eq!(code, 0, "{said}{error}");
    let line = "midland,midland/1,M102,Theft,,,0502,0502,Theft,true,ICCS 1.0";
    let written = std::fs::read_to_string(out)?;
    assert!(written.lines().any(|own| own == line), "{written}");
    let sdmx = [
        "export",
        "official",
        "iccs-crosswalk",
        "--format",
        "sdmx-csv",
        "--out",
        "no.csv",
    ];
    let (code, _, error) = run(&place, &sdmx)?;
    assert_eq!(
        (code, error.contains("leave out --format")),
        (2, true),
        "{error}"
    );
    Ok(())
}

#[tokio::test]
async fn a_page_tells_the_numbers_and_leads_oversight_to_what_is_behind_them() -> Result<(), Failure>
{
    let mut place = Place::on_file()?;
    let registry = place.midland().await?;
    fill(&registry).await?;
    let served = Served::within(registry).await?;
    let list = served
        .get("statistician", "/figures/official")
        .await?
        .done()?;
    for table in [
        "sdg-16-3-2",
        "un-cts-prisons",
        "un-cts-persons",
        "space-i",
        "space-ii",
    ] {
        let address = format!("/figures/official/{table}");
        assert!(list.body.contains(&address), "{table}");
        served.get("statistician", &address).await?.done()?;
    }
    let address = "/figures/official/sdg-16-3-2?day=2026-01-31";
    let number = "behind?jurisdiction=midland&amp;day=2026-01-31&amp;cell=UNSENTENCED_SHARE";
    let table = served.get("statistician", address).await?.done()?;
    assert!(table.body.contains("40.0") && table.body.contains("66.7"));
    assert!(!table.body.contains("/behind?"), "{}", table.body);
    let table = served.get("oversight", address).await?.done()?;
    assert!(
        table.body.replace("&#38;", "&amp;").contains(number),
        "{}",
        table.body
    );
    let behind = "/figures/official/sdg-16-3-2/behind?day=2026-01-31&cell=UNSENTENCED.sex%3Amale";
    let behind = served.get("oversight", behind).await?.done()?;
    assert!(behind.body.contains("/stays-in-custody/") && behind.body.contains("/sentences/"));
    let classes = served
        .get("clerk", "/figures/official/iccs-crosswalk")
        .await?
        .done()?;
    assert!(classes.body.contains("Serious assault"));
    for (by, path) in [
        ("clerk", "/figures/official"),
        ("judge", "/figures/official/space-i"),
        ("statistician", "/figures/official/space-i/behind?cell=HELD"),
    ] {
        assert_eq!(served.get(by, path).await?.status, 403, "{by} {path}");
    }
    for file in ["csv", "sdmx/csv"] {
        let path = format!("/figures/official/sdg-16-3-2/{file}?day=2026-01-31");
        let answer = served.get("statistician", &path).await?.done()?;
        assert!(answer.body.contains("UNSENTENCED_SHARE"), "{file}");
    }
    Ok(())
}
