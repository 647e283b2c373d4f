//! The pages as people use them: in a browser, on a wide screen, on a telephone and on paper, by keyboard, without script.

mod examiner;
mod journeys;
pub(crate) mod pictures;
mod routes;
mod walk;

use std::collections::BTreeSet;
use std::sync::Mutex;

use infra::clock::{Clock, FixedClock};
use infra::demo::Demo;
use tests::{Chromium, Failure, Place, Served, person};

use self::examiner::{Examiner, ask};
use self::routes::Routes;
use self::walk::{Found, Walk};
use crate::imports::bring_in;

/// The sample identities for whom it is walked, those who reach most first.
const ROLES: [&str; 9] = [
    "judge",
    "probation",
    "oversight",
    "clerk",
    "prison",
    "release",
    "prosecutor",
    "administrator",
    "statistician",
];

/// A served register, with what a browser needs to look at it.
struct Stage {
    served: Served,
    _place: Place,
    examiner: Examiner,
    /// An entry of the past, when everything was there that a link leads to.
    before: u64,
}

impl Stage {
    /// A small demonstration, as of today, with a few decisions from a file.
    fn of_demonstration(examiner: Examiner) -> Result<Self, Failure> {
        let mut place = Place::on_file()?;
        place.clock = FixedClock::stepping(Clock::System.now_us(), 1);
        let demo = Demo {
            sentences: 600,
            ..Demo::default()
        };
        let runtime = tokio::runtime::Runtime::new()?;
        drop(runtime.block_on(infra::demo::open(place.opening(), demo, |_| {}))?);
        bring_in(&place)?;
        let before = runtime.block_on(async {
            let registry = place.open().await?;
            registry.processes().catch_up().await?;
            let (entries, _) = registry.head().await?;
            person(&registry, "female").await?;
            Ok::<_, Failure>(entries.saturating_sub(1))
        })?;
        Ok(Self {
            served: Served::start(&place)?,
            _place: place,
            examiner,
            before,
        })
    }
}

#[test]
fn every_page_is_reached_by_links_and_nothing_is_wrong_with_it() -> Result<(), Failure> {
    let Some((examiner, browsers)) =
        Examiner::new()?.zip(Chromium::start()?.zip(Chromium::start()?))
    else {
        return Ok(());
    };
    let stage = Stage::of_demonstration(examiner)?;
    let routes = Routes::read()?;
    let (found, roles) = (Mutex::new(Found::default()), Mutex::new(ROLES.iter()));
    let walk = |mut browser: Chromium| -> Result<(), Failure> {
        let next = || roles.lock().ok().and_then(|mut roles| roles.next());
        while let Some(role) = next() {
            let walk = Walk {
                host: &stage.served.host(),
                role,
                routes: &routes,
                examiner: &stage.examiner,
                before: stage.before,
                found: &found,
            };
            walk.walk(&mut browser.open()?)?;
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let walking = scope.spawn(|| walk(browsers.1));
        walk(browsers.0)?;
        walking.join().map_err(|_| "a walk broke off")?
    })?;
    let found = found.into_inner()?;
    assert!(found.faults.is_empty(), "{:#?}", found.faults);
    let unseen: Vec<_> = routes
        .iter()
        .filter(|route| !found.routes.contains(*route))
        .collect();
    assert!(unseen.is_empty(), "no link and no form leads to {unseen:?}");
    Ok(())
}

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
