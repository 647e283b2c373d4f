//! The pages as people use them: in a browser, on a wide screen, on a telephone and on paper, by keyboard, without script.

mod examiner;
mod journeys;

use std::collections::BTreeSet;

use tests::{Chromium, Failure};

use self::examiner::{Examiner, ask};

#[test]
fn a_fault_that_is_planted_is_seen() -> Result<(), Failure> {
    let Some((examiner, mut browser)) = Examiner::new()?.zip(Chromium::start()?) else {
        return Ok(());
    };
    let mut page = browser.open()?;
    page.go(
        "data:text/html,<html lang=en><title>Planted</title><main><h1>Another</h1>\
         <img src=missing><input><a href='http://planted/'>A link</a><p style='width:2000px'>Wide</p>\
         <style>a{outline:none!important}</style><script>console.error('planted')</script></main>",
    )?;
    let faults = examiner.faults(&mut page)?;
    for planted in [
        "image-alt at img",
        "label at input",
        "\"planted\"",
        "pixels too wide",
        "focus is not seen on <a> A link",
        "the title Planted does not hold the heading",
    ] {
        assert!(
            faults.iter().any(|fault| fault.contains(planted)),
            "{planted} in {faults:#?}"
        );
    }
    let past = ask(&mut page, "past")?;
    assert!(
        past.iter()
            .any(|fault| fault == "a past page does not say so"),
        "{past:?}"
    );
    Ok(())
}

#[test]
fn every_part_of_a_page_stands_in_both_directions() -> Result<(), Failure> {
    let Some((examiner, mut browser)) = Examiner::new()?.zip(Chromium::start()?) else {
        return Ok(());
    };
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("assize.css"), api::pages::STYLESHEET)?;
    let mut page = browser.open()?;
    let mut faults = BTreeSet::new();
    for (name, html) in [
        ("now.html", api::pages::gallery(false)?),
        ("past.html", api::pages::gallery(true)?),
    ] {
        let html = html.replace(api::pages::STYLESHEET_PATH, "assize.css");
        for direction in ["ltr", "rtl"] {
            let file = folder.path().join(format!("{direction}-{name}"));
            std::fs::write(
                &file,
                html.replace("dir=\"ltr\"", &format!("dir=\"{direction}\"")),
            )?;
            page.go(&format!("file://{}", file.display()))?;
            faults.extend(examiner.faults(&mut page)?);
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    Ok(())
}
