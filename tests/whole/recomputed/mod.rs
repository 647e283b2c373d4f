//! The figures are those that scipy and statsmodels compute from an export of the same decisions.

mod exported;

use std::fs::write;
use std::process::Command;

use domain::sentence::{Sentence, SentenceCommand};
use infra::registry::{Options, Registry};
use serde_json::{Value, json};
use tests::{Failure, Place, Typed, call, not_here, person, root};

/// So many decisions; with fewer some figures rest on too few to be shown.
const DECISIONS: u32 = 420;

/// What the n-th decision imposes: the graver offence more often and longer custody, women a little less often.
fn imposed(n: u32) -> (&'static str, Value) {
    let chance = (n * 37 + 11) % 101;
    let (sex, off) = if n % 5 < 2 {
        ("female", 8)
    } else {
        ("male", 0)
    };
    let (offence, level, custody) = match n % 3 {
        0 => ("M101", "1", 25),
        1 => ("M104", "3", 45),
        _ => ("M302", "4", 75),
    };
    let sanction = if chance + off < custody {
        json!({"custody": {"term": format!("P{}D", 5 + chance * (1 + n % 3))}})
    } else if chance.is_multiple_of(3) {
        json!({"suspended_custody": {"term": format!("P{}D", 21 + chance)}})
    } else {
        json!({"fine": {"amount": {"minor": 3_100 * (1 + chance % 9), "currency": "EUR"}}})
    };
    let decision = json!({"court": "ashby", "counts": [{
        "no": 1,
        "offence": {"code": {"value": offence}},
        "gravity": {"policy": "midland-schedule-1/1", "level": level},
        "components": [{"no": 1, "sanction": sanction}]
    }]});
    (sex, decision)
}

async fn fill(registry: &Registry) -> Result<(), Failure> {
    let judge = call("judge")?;
    for n in 0..DECISIONS {
        let (sex, decision) = imposed(n);
        let person = person(registry, sex).await?;
        let impose: SentenceCommand = serde_json::from_value(json!({"impose": {
            "person": person, "pronounced": "2024-05-03", "decision": decision
        }}))?;
        let id = registry.new_stream_id().to_string();
        registry
            .command::<Sentence>(&judge, &id, impose, Options::default())
            .await?;
    }
    registry.projections().catch_up().await?;
    registry.projections().release().await?;
    Ok(())
}

fn shown(place: &Place, args: &[&str]) -> Result<String, Failure> {
    let typed = Typed::of(place, &[&["view"], args].concat())?;
    assert_eq!(typed.code, Some(0), "{typed:?}");
    Ok(typed.stdout)
}

#[tokio::test]
async fn scipy_and_statsmodels_compute_the_same_figures_from_an_export() -> Result<(), Failure> {
    let python = root().join("tests/.venv/bin/python");
    if !python.exists() {
        not_here::<()>("scipy AND statsmodels", "tests/.venv is not installed")?;
        return Ok(());
    }
    let mut place = Place::on_file()?;
    let registry = place.midland().await?;
    fill(&registry).await?;
    let folder = place.folder();
    let export = shown(
        &place,
        &["disposals", "--by", "gravity,sex,severity", "--csv"],
    )?;
    write(folder.join("export.csv"), &export)?;
    for view in ["gender", "proportionality"] {
        let json = shown(&place, &[view, "--quantile", "7", "--json"])?;
        write(folder.join(format!("{view}.json")), json)?;
    }
    let compute = |export: &str| {
        Command::new(&python)
            .arg(root().join("tests/whole/recomputed/recompute.py"))
            .current_dir(folder)
            .args([export, "gender.json", "proportionality.json"])
            .output()
    };
    let said = compute("export.csv")?;
    let (out, err) = (
        String::from_utf8(said.stdout)?,
        String::from_utf8(said.stderr)?,
    );
    assert!(said.status.success(), "{out}{err}");
    let (figures, rest) = out.split_once(' ').ok_or("nothing was said")?;
    assert!(figures.parse::<u32>()? >= 20, "{out}");
    assert!(rest.contains(&format!("of {DECISIONS} decisions")), "{out}");

    // One decision more in the export than in the views, and they no longer agree.
    let line = export
        .lines()
        .find(|line| line.contains(",custody,decisions,"));
    let line = line.ok_or("no custody in the export")?;
    write(
        folder.join("more.csv"),
        export.replacen(line, &format!("{line}\n{line}"), 1),
    )?;
    assert!(!compute("more.csv")?.status.success());
    Ok(())
}
