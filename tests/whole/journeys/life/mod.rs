//! A life: a woman with a child, arrested, released on an alternative, sentenced to a community order, breached, the
//! order varied, a short custody, an emergency, a release for a while, the return, supervision, completion,
//! rehabilitation, sealing, erasure.

mod traces;

use std::collections::BTreeSet;

use domain::jurisdiction::{BUILT_IN, Pack};
use domain::rehabilitation::{
    Conviction, ConvictionNo, Disposal, End, Held, Outcome, Standing, view,
};
use domain::values::{Code, Day, Known};
use serde_json::json;
use tests::{Chromium, Failure};

use self::traces::Traces;
use super::journey::{Journey, everywhere};
use crate::browser::pictures;

/// What is known of her in clear, by the name that the file has for it: something of every class of data.
const CLEAR: [(&str, &str); 8] = [
    ("name", "Seraphine Okonkwo-Larkspur"),
    ("born", "1998-06-21"),
    ("number", "ML-7734-QX-0091"),
    ("home", "9 Heliotrope Mews, behind the tannery"),
    ("child", "Balthazar, two years old, asleep on her arm"),
    ("reasons", "the marmalade-kestrel reasons"),
    ("plan", "the ochre-pangolin plan"),
    ("health", "a bruise like a tamarind leaf"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_life_from_arrest_to_erasure_leaves_every_figure_as_it_was_and_nothing_of_her()
-> Result<(), Failure> {
    let log = crate::searched::Log::kept();
    everywhere(include_str!("life.toml"), async |it| {
        for (name, clear) in CLEAR {
            it.calls(name, clear);
        }
        let traces = Traces::from_now_on(it, log.clone()).await?;
        arrested(it).await?;
        let convicted = sentenced(it).await?;
        breached(it).await?;
        breached_again(it).await?;
        in_custody(it).await?;
        in_an_emergency(it).await?;
        let done = released(it).await?;
        told_on_her_page(it).await?;
        rehabilitated(it, convicted, done).await?;
        traces.are_read_by_whoever_may(it).await?;
        sealed(it).await?;
        erased(it, &traces).await
    })
    .await
}

async fn arrested(it: &mut Journey) -> Result<(), Failure> {
    it.done("a clerk registers her").await?;
    it.done("she says who depends on her").await?;
    it.done("she is asked about herself, and tells what she wants to tell")
        .await?;
    it.done("she is arrested, and brought before the court")
        .await?;
    it.refused(
        "detention is asked for, and nobody thinks of the child",
        "BR-64",
    )
    .await?;
    it.done("the court lets her go home, where the child is, under supervision")
        .await
}

/// Gives the day of her conviction.
async fn sentenced(it: &mut Journey) -> Result<Day, Failure> {
    it.done("the court asks who would care for the child")
        .await?;
    it.days_pass(20).await?;
    it.done("the report says it").await?;
    it.done("the report is finalised").await?;
    it.days_pass(40).await?;
    it.done("she is sentenced to a community order").await?;
    it.done("the case before judgment is over").await?;
    it.follows("order", "/v1/orders?sentence=@sentence").await?;
    it.follows("supervision", "/v1/supervisions?person=@person")
        .await?;
    it.done("an officer takes her on").await?;
    it.done("what she needs is assessed").await?;
    it.done("a plan is agreed").await?;
    it.today().await
}

async fn breached(it: &mut Journey) -> Result<(), Failure> {
    it.days_pass(14).await?;
    it.done("she works a day").await?;
    it.days_pass(7).await?;
    it.done("she does not come").await?;
    it.done("she is warned").await?;
    it.days_pass(7).await?;
    it.done("she does not come again").await?;
    it.done("a breach is alleged").await?;
    it.days_pass(7).await?;
    it.refused(
        "the court finds the breach proven, and nobody has explained the order to her",
        "TR-12.3",
    )
    .await?;
    it.refused("the court finds it proven without hearing her", "TR-14.2")
        .await?;
    it.done("the court hears both, finds it proven, and asks more of her")
        .await?;
    it.done("the order is varied: twenty hours more").await?;
    let order = it.get("probation", "/v1/orders/@order").await?;
    let asked = &order["state"]["made"]["requirements"]["1"]["terms"]["quantity"];
    assert_eq!(asked, &json!({"minutes": 7200}));
    Ok(())
}

async fn breached_again(it: &mut Journey) -> Result<(), Failure> {
    it.days_pass(28).await?;
    it.done("she stays away once more").await?;
    it.done("another breach is alleged").await?;
    it.refused("the court wants custody for it at once", "TR-14.4")
        .await?;
    it.done("the court says why nothing else suits").await?;
    // The court's finding leads nowhere by itself: it is a judge who sentences anew.
    assert_eq!(it.stands("order").await?, "in force");
    it.done("she is sentenced anew, to forty-five days").await?;
    assert_eq!(it.stands("order").await?, "ended with its sentence");
    let supervision = it.get("probation", "/v1/supervisions/@supervision").await?;
    assert!(
        supervision["state"]["started"]["standing"]
            .to_string()
            .contains("new-sentence")
    );
    Ok(())
}

async fn in_custody(it: &mut Journey) -> Result<(), Failure> {
    it.done("she is received in the women's prison").await?;
    it.done("her term begins").await?;
    it.done("she is classified as a woman").await
}

async fn in_an_emergency(it: &mut Journey) -> Result<(), Failure> {
    it.days_pass(5).await?;
    it.done("an infection is abroad, and an emergency is declared")
        .await?;
    it.done("criteria of release are published").await?;
    it.done("she is screened, and meets them").await?;
    it.done("the board lets her go home for two weeks").await?;
    it.done("the gate opens for her").await?;
    it.days_pass(14).await?;
    it.done("she comes back in time").await?;
    it.done("what was learnt of the criteria is kept").await?;
    it.done("the emergency is over").await
}

/// Gives the day on which everything was done.
async fn released(it: &mut Journey) -> Result<Day, Failure> {
    it.days_pass(11).await?;
    it.done("remission is possible").await?;
    it.done("the board considers it").await?;
    it.done("fifteen days are remitted, and an officer goes along")
        .await?;
    it.done("she leaves").await?;
    it.done("the stay ends, and she takes a copy of her file along")
        .await?;
    it.done("her term in custody is over").await?;
    it.done("she is under supervision outside").await?;
    it.days_pass(30).await?;
    it.done("she keeps in touch").await?;
    it.days_pass(30).await?;
    it.done("the supervision is completed").await?;
    it.done("the release is over").await?;
    it.done("everything that was imposed is done").await?;
    it.today().await
}

/// Her page tells it all in its order; on file it is looked at in a browser, and a picture taken where one is wanted.
async fn told_on_her_page(it: &Journey) -> Result<(), Failure> {
    let timeline = it.get("judge", "/v1/persons/@person/timeline").await?;
    let entries = timeline["entries"].as_array().ok_or("entries")?;
    let told: BTreeSet<&str> = entries
        .iter()
        .filter_map(|e| e["stream"].as_str())
        .collect();
    for stream in [
        "person",
        "pretrial",
        "report",
        "sentence",
        "order",
        "supervision",
        "custody",
        "release",
    ] {
        assert!(
            told.contains(stream),
            "her timeline does not tell of {stream}: {told:?}"
        );
    }
    let (place, _, served) = it.behind();
    if place.is_on_server() {
        return Ok(());
    }
    let Some(mut browser) = Chromium::start()? else {
        return Ok(());
    };
    let mut page = browser.open()?;
    page.carry(&served.host(), "assize_identity", "judge")?;
    page.go(&format!("{}/persons/{}", served.host(), it.id("person")?))?;
    assert_eq!(page.status()?, 200);
    let read = page.text()?;
    for words in [
        "Seraphine Okonkwo-Larkspur",
        "History",
        "Dunmore Prison for Women",
    ] {
        assert!(
            read.contains(words),
            "her page does not say {words}: {read}"
        );
    }
    assert!(page.complaints().is_empty(), "{:?}", page.complaints());
    assert!(page.picture()?.starts_with(b"\x89PNG"));
    pictures::take(&mut page, "a-life", "/persons/{id}")
}

/// A year after the sentence is done her conviction is spent. No interface tells it yet: it is worked out from the
/// rules of the jurisdiction.
async fn rehabilitated(it: &Journey, convicted: Day, done: Day) -> Result<(), Failure> {
    let (_, text) = BUILT_IN
        .iter()
        .find(|(name, _)| *name == "midland")
        .ok_or("Midland")?;
    let law = Pack::parse(text)?;
    let conviction = Conviction {
        no: ConvictionNo(1),
        on: convicted.into(),
        age: Known::Value(27),
        offence: Known::Value(BTreeSet::new()),
        disposals: vec![Disposal {
            kind: Code::parse("custody")?,
            terms: vec!["P45D".parse()?],
            begins: None,
            end: End::On(done),
            paid: None,
        }],
    };
    let spent_from = done.plus_days(366);
    let stands = |day| {
        let answers = view(&law, std::slice::from_ref(&conviction), day);
        let answer = answers.into_iter().next().ok_or("an answer")?;
        assert_eq!(answer.outcome, Outcome::SpentFrom(spent_from));
        assert!(!answer.explained().is_empty());
        Ok::<_, Failure>(answer.standing(Held::Ordinarily))
    };
    it.days_pass(365).await?;
    assert_eq!(stands(it.today().await?)?, Some(Standing::Active));
    it.days_pass(1).await?;
    assert_eq!(stands(it.today().await?)?, Some(Standing::Spent));
    Ok(())
}

/// Sealed, her record is there for the court alone.
async fn sealed(it: &mut Journey) -> Result<(), Failure> {
    let lists = [
        "/v1/sentences",
        "/v1/orders",
        "/v1/supervisions",
        "/v1/stays-in-custody",
    ];
    for list in lists {
        assert!(!it.list("probation", list).await?.is_empty(), "{list}");
    }
    it.done("the record is sealed").await?;
    for by in ["probation", "prosecutor", "prison", "release", "oversight"] {
        for hers in [
            "/v1/persons/@person",
            "/v1/persons/@person/timeline",
            "/v1/sentences/@sentence",
        ] {
            assert_eq!(it.asked(by, hers).await?.status, 404, "{by} reads {hers}");
        }
        for list in lists {
            assert!(
                it.list(by, list).await?.is_empty(),
                "{by} sees her in {list}"
            );
        }
    }
    for list in lists {
        assert!(!it.list("judge", list).await?.is_empty(), "{list}");
    }
    Ok(())
}

/// Erased, nothing of her can be read anywhere; the ledger is as it was and one entry longer, and no figure is another.
async fn erased(it: &mut Journey, traces: &Traces) -> Result<(), Failure> {
    it.done("a hold is placed, for an inquiry of the ombudsman")
        .await?;
    it.refused("somebody wants to erase under the hold", "person.on-hold")
        .await?;
    it.done("the hold is lifted").await?;
    it.days_pass(0).await?;
    let ledger = traces::ledger(it).await?;
    let figures = traces::figures(it).await?;
    it.done("what was known of her is erased").await?;
    let after = traces::ledger(it).await?;
    let (order, erasure) = after.split_at(ledger.len());
    assert_eq!(order, ledger);
    let events: Vec<&str> = erasure.iter().map(|entry| entry.event.as_str()).collect();
    assert_eq!(events, ["person.data_erased"]);
    assert_eq!(traces::figures(it).await?, figures);
    traces.are_nowhere(it).await
}
