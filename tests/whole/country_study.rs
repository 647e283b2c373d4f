//! What a published study of a whole country found, read from the register's own figures: `../shared/statistics.md` §6,
//! A1 and A2. Severities above 132 months count as 132 by a wish of the question; nothing of it was imported.
#![expect(
    clippy::indexing_slicing,
    reason = "what a JSON value lacks reads as null, and the step that needs it fails"
)]

use serde_json::Value;
use tests::{Failure, Place, Served, Typed};

/// Sample A: sex, age, education, work, category, earlier convictions and severity are recorded, and the person is of age.
const SAMPLE_A: [&str; 7] = [
    "sex!=not_recorded",
    "age-band!=not_recorded,under-14,14-15,16-17",
    "education!=not_recorded",
    "employed!=not_recorded",
    "category!=not_recorded",
    "prior-record!=not_recorded",
    "severity=known",
];

/// Everything of the study that the figures have to give.
pub(crate) async fn is_reproduced(place: &Place) -> Result<(), Failure> {
    everybody(place)?;
    sample(place)?;
    means(place)?;
    custody_by_category(place)?;
    same_article(place)?;
    wherever_it_is_asked(place).await
}

fn view(place: &Place, args: &[&str]) -> Result<Value, Failure> {
    let typed = Typed::of(place, &[&["view"][..], args, &["--json"]].concat())?;
    assert_eq!(typed.code, Some(0), "{typed:?}");
    Ok(serde_json::from_str(&typed.stdout)?)
}

/// A view of sample A.
fn of_sample(place: &Place, args: &[&str]) -> Result<Value, Failure> {
    let conditions = SAMPLE_A.iter().flat_map(|condition| ["--where", condition]);
    let args: Vec<&str> = args.iter().copied().chain(conditions).collect();
    view(place, &args)
}

fn number(value: &Value, pointer: &str) -> Result<f64, Failure> {
    let found = value.pointer(pointer).and_then(Value::as_f64);
    found.ok_or_else(|| format!("no number {pointer}").into())
}

/// A figure is the published one, to a billionth of it.
#[track_caller]
fn near(found: Result<f64, Failure>, expected: f64) -> Result<(), Failure> {
    let found = found?;
    let off = (found - expected).abs();
    assert!(
        off <= 1e-9 * expected.abs().min(1.0),
        "{found} is not {expected}"
    );
    Ok(())
}

/// The entry of a list that a code names.
fn named<'a>(value: &'a Value, list: &str, at: &str, code: &str) -> Result<&'a Value, Failure> {
    let entries = value.pointer(list).and_then(Value::as_array);
    let mut entries = entries.ok_or_else(|| format!("no list {list}"))?.iter();
    let found = entries.find(|entry| entry.pointer(at) == Some(&code.into()));
    found.ok_or_else(|| format!("no {code} in {list}").into())
}

/// So many decisions of a disposal, and of 100 of its group.
fn disposal(group: &Value, code: &str) -> Result<(u64, f64), Failure> {
    let found = named(group, "/disposals", "/disposal/code", code)?;
    let n = found["n"].as_u64().ok_or("no count")?;
    Ok((n, number(found, "/per_100/value")?))
}

/// A1: all decisions; 13.0 of 100 whose sex is known are of women.
fn everybody(place: &Place) -> Result<(), Failure> {
    let known = view(place, &["disposals", "--where", "sex!=not_recorded"])?;
    assert_eq!(known["total"]["n"], 61_364);
    let women = named(&known, "/groups", "/key/0/code", "female")?;
    assert_eq!(women["n"], 7_995);
    near(
        number(women, "/of_all_per_100/value"),
        100.0 * 7_995.0 / 61_364.0,
    )?;
    let all = view(place, &["disposals"])?;
    for (code, n) in [
        ("fine", 42_517_u32),
        ("custody", 11_859),
        ("community_order", 7_653),
        ("suspended_custody", 7_498),
    ] {
        let (found, share) = disposal(&all["total"], code)?;
        assert_eq!(found, u64::from(n), "{code}");
        near(Ok(share), 100.0 * f64::from(n) / 69_527.0)?;
    }
    Ok(())
}

/// A1: sample A with its counts, shares and median.
fn sample(place: &Place) -> Result<(), Failure> {
    let shown = of_sample(place, &["disposals"])?;
    assert_eq!(shown["total"]["n"], 29_132);
    let women = named(&shown, "/groups", "/key/0/code", "female")?;
    assert_eq!(women["n"], 3_911);
    for (code, n) in [("fine", 20_887), ("custody", 5_521)] {
        assert_eq!(disposal(&shown["total"], code)?.0, n, "{code}");
    }
    let shown = of_sample(place, &["proportionality", "--quantile", "7"])?;
    assert_eq!(shown["total"]["severity"]["n"], 29_132);
    assert_eq!(shown["total"]["severity"]["median"]["exact"], "14/9");
    Ok(())
}

/// A1: means of the severity that counts at most 132 months, and Student's t.
fn means(place: &Place) -> Result<(), Failure> {
    let shown = of_sample(place, &["gender", "--at-most", "132"])?;
    assert_eq!(shown["header"]["policies"]["severity_at_most"], "132");
    let everybody = &shown["everybody"];
    for (sex, n, mean) in [
        ("female", 3_911, 8.463_054_445_978_58),
        ("male", 25_221, 9.625_519_977_144_267),
    ] {
        let found = named(everybody, "/sexes", "/sex/code", sex)?;
        assert_eq!(found["n"], n, "{sex}");
        near(number(found, "/mean/value"), mean)?;
    }
    near(number(everybody, "/student/t/value"), 3.415_825_496_729_549)?;
    near(
        number(everybody, "/student/p/value"),
        0.000_636_757_339_089_125_9,
    )?;
    assert_eq!(everybody["student"]["degrees_of_freedom"]["value"], 29_130);
    let crude = number(everybody, "/crude/difference/value");
    near(crude, 8.463_054_445_978_58 - 9.625_519_977_144_267)?;
    let plain = of_sample(place, &["gender"])?;
    let plain = named(&plain["everybody"], "/sexes", "/sex/code", "male")?;
    assert!(number(plain, "/mean/value")? > 9.7, "{plain}");
    Ok(())
}

/// Of a category: women and men with and without custody, the difference of 100, the odds ratio.
const CATEGORIES: [(&str, [u64; 4], f64, f64); 5] = [
    (
        "violent",
        [98, 1_670, 1_517, 13_864],
        -4.319_831_336_834_744,
        0.536_305_898_420_693_2,
    ),
    (
        "property",
        [340, 986, 2_573, 2_725],
        -22.924_470_772_715_39,
        0.365_198_279_212_511_9,
    ),
    (
        "traffic",
        [51, 356, 425, 2_026],
        -4.809_148_750_397_22,
        0.682_921_348_314_606_7,
    ),
    (
        "drug",
        [28, 43, 306, 174],
        -24.313_380_281_690_14,
        0.370_269_037_847_697_2,
    ),
    (
        "other",
        [29, 310, 154, 1_457],
        -1.004_707_678_954_972,
        0.885_064_935_064_935_1,
    ),
];

/// A2, R09: imprisonment of women and men over the categories of offences.
fn custody_by_category(place: &Place) -> Result<(), Failure> {
    let shown = of_sample(place, &["gender", "--by", "category"])?;
    let (custody, ratios) = (&shown["custody"], &shown["specialists"]);
    for (category, [a, b, c, d], gap, odds) in CATEGORIES {
        let stratum = named(custody, "/strata", "/key/0/code", category)?;
        for (sex, with, without) in [("female", a, b), ("male", c, d)] {
            let found = named(stratum, "/sexes", "/sex/code", sex)?;
            let counted = (found["custody"].as_u64(), found["n"].as_u64());
            assert_eq!(counted, (Some(with), Some(with + without)), "{category}");
        }
        near(number(stratum, "/gap/per_100/value"), gap)?;
        let ratio = named(ratios, "/strata", "/key/0/code", category)?;
        near(number(ratio, "/odds_ratio/value"), odds)?;
    }
    for (figure, expected) in [
        ("/crude/per_100/value", -5.765_001_589_477_528),
        ("/mantel_haenszel/per_100/value", -10.375_816_731_680_25),
        (
            "/mantel_haenszel/interval_per_100/value/low",
            -11.490_775_799_272_62,
        ),
        (
            "/mantel_haenszel/interval_per_100/value/high",
            -9.260_857_664_087_88,
        ),
        ("/standardised/women_per_100/value", 11.641_033_841_173_53),
        ("/standardised/men_per_100/value", 20.395_423_571_767_19),
        ("/standardised/per_100/value", -8.754_389_730_593_66),
        ("/case_mix/value/like_cases_per_100", -9.599_219_139_327_411),
        ("/case_mix/value/mix_per_100", 3.834_217_549_849_883),
    ] {
        near(number(custody, figure), expected)?;
    }
    for (figure, expected) in [
        ("crude_odds_ratio", 0.660_318_890_141_644_4),
        ("mantel_haenszel_odds_ratio", 0.452_134_196_593_281),
        ("mantel_haenszel_risk_ratio", 0.566_185_120_330_443_4),
        ("cochran_mantel_haenszel_chi2", 247.881_733_354_243_7),
        (
            "cochran_mantel_haenszel_chi2_corrected",
            247.166_379_796_911_2,
        ),
        ("breslow_day_chi2", 30.042_306_029_501_67),
        ("tarone_chi2", 29.798_400_420_727_92),
        ("tarone_p", 5.379_412_429_309_236e-6),
        ("degrees_of_freedom", 4.0),
    ] {
        near(number(&ratios[figure], "/value"), expected)?;
    }
    Ok(())
}

/// A2, R11: women's mean less men's for the same article; rare articles are put together by chapter.
fn same_article(place: &Place) -> Result<(), Failure> {
    let wish = [
        "gender",
        "--by",
        "offence",
        "--fewest",
        "50",
        "--at-most",
        "132",
    ];
    let shown = of_sample(place, &wish)?;
    let strata = shown["everybody"]["strata"].as_array().ok_or("no strata")?;
    assert_eq!(strata.len(), 91);
    let adjusted = &shown["everybody"]["adjusted"];
    near(
        number(adjusted, "/difference/value"),
        -1.002_880_909_320_112,
    )?;
    near(
        number(adjusted, "/error_hc1/value"),
        0.213_139_232_960_337_7,
    )
}

/// The interface answers with the figures of the command line, and the page says what it counts.
async fn wherever_it_is_asked(place: &Place) -> Result<(), Failure> {
    // A moment of the past, so that its instant is the same whenever it is asked.
    let now = view(place, &["disposals"])?;
    let last = now.pointer("/header/as_of/index").and_then(Value::as_u64);
    let entry = last.ok_or("no entry")? - 1;
    let as_of = entry.to_string();
    let wish = [
        "gender",
        "--by",
        "offence",
        "--fewest",
        "50",
        "--at-most",
        "132",
    ];
    let printed = of_sample(place, &[&wish[..], &["--as-of", &as_of]].concat())?;
    let conditions = SAMPLE_A.map(|condition| {
        let condition = condition.replace('=', "%3D").replace('!', "%21");
        format!("&where={}", condition.replace(',', "%2C"))
    });
    let query = format!(
        "gender?by=offence&fewest=50&at_most=132&as_of={entry}{}",
        conditions.concat()
    );
    let served = Served::start(place)?;
    let (json, page) = (format!("/v1/views/{query}"), format!("/figures/{query}"));
    let answered = served.get("statistician", &json).await?.done()?;
    assert_eq!(answered.json()?, printed);
    let page = served.get("statistician", &page).await?.done()?.body;
    for said in [
        "Severities above 132 months count as 132 months.",
        "An offence with fewer than 50 of the decisions counted",
        "Severity is known",
        "value=\"132\"",
    ] {
        assert!(page.contains(said), "{said} is not on the page");
    }
    Ok(())
}
