//! A journey of each role, by keyboard alone and with the pages' scripts switched off.

use domain::order::Order;
use domain::sentence::Sentence;
use domain::values::{ComponentNo, Instant, SentenceId};
use infra::clock::{Clock, FixedClock};
use infra::registry::Registry;
use serde_json::json;
use tests::{Chromium, Failure, Page, Place, Served, impose, person, receipt, theft};

use super::examiner::Examiner;

const DAY: i64 = 86_400_000_000;

/// Somebody in front of the register.
struct Visit<'b> {
    page: Page<'b>,
    examiner: &'b Examiner,
    host: String,
}

impl Visit<'_> {
    /// Chooses a sample identity.
    fn be(&mut self, identity: &str) -> Result<(), Failure> {
        self.page.allow_script(false)?;
        self.page.go(&format!("{}/identity", self.host))?;
        self.page.choose(identity)?;
        self.page.send("Continue")
    }

    /// The page says so, and nothing is wrong with it.
    fn reads(&mut self, words: &str) -> Result<(), Failure> {
        let text = self.page.text()?;
        assert!(text.contains(words), "{words:?} in {text}");
        // The eyes of the test are a script too.
        self.page.allow_script(true)?;
        let faults = self.examiner.faults(&mut self.page)?;
        self.page.allow_script(false)?;
        assert!(faults.is_empty(), "{}: {faults:#?}", self.page.address()?);
        Ok(())
    }

    /// The number of fields that the page asks for.
    fn fields(&mut self) -> Result<usize, Failure> {
        self.page
            .ask("document.querySelectorAll('main .field').length")
    }
}

/// A register under the rules of Midland whose clock stood, while it was prepared, that many days ago.
fn visit(
    days_ago: i64,
    prepare: impl AsyncFnOnce(&Registry, &FixedClock) -> Result<(), Failure>,
    story: impl FnOnce(&mut Visit<'_>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let Some((examiner, mut browser)) = Examiner::new()?.zip(Chromium::start()?) else {
        return Ok(());
    };
    let mut place = Place::on_file()?;
    let then = Clock::System
        .now_us()
        .saturating_sub(DAY.saturating_mul(days_ago));
    place.clock = FixedClock::stepping(then, 1);
    tokio::runtime::Runtime::new()?.block_on(async {
        let registry = place.midland().await?;
        prepare(&registry, &place.clock).await?;
        registry.catch_up().await?;
        Ok::<_, Failure>(())
    })?;
    let served = Served::start(&place)?;
    story(&mut Visit {
        page: browser.open()?,
        examiner: &examiner,
        host: served.host(),
    })
}

#[test]
fn a_judge_records_a_minor_fine_in_ten_fields_and_corrects_a_slip() -> Result<(), Failure> {
    visit(
        0,
        async |_, _| Ok(()),
        |judge| {
            judge.be("Judge")?;
            judge.page.follow("Record a decision")?;
            judge.page.send("Continue")?;
            judge.reads("There is a problem")?;
            judge.page.fill("Name", "Rowan Ash")?;
            judge.page.pick("Offence", "Careless driving")?;
            judge.page.choose("Fine")?;
            judge.page.send("Continue")?;
            assert!(judge.fields()? <= 10, "{} fields", judge.fields()?);
            judge.page.fill("Amount", "300")?;
            judge.page.send("Impose this decision")?;
            judge.reads("Decision imposed")?;
            judge.page.follow("Print the sheet")?;
            judge.reads("Fine of 300 EUR")?;
            judge.page.follow("Sentence")?;
            judge.page.follow("Correct a slip")?;
            judge.page.fill("Amount", "330")?;
            judge.page.pick("Why it is corrected", "Typing error")?;
            judge.page.send("Show before and after")?;
            judge.reads("330")?;
            judge.page.send("Record the correction")?;
            judge.reads("330 EUR")
        },
    )
}

#[test]
fn a_clerk_proposes_and_a_judge_imposes() -> Result<(), Failure> {
    visit(
        0,
        async |_, _| Ok(()),
        |office| {
            office.be("Clerk")?;
            office.page.follow("Record a decision")?;
            office.page.fill("Name", "Rowan Ash")?;
            office.page.pick("Offence", "Theft from a shop")?;
            office.page.choose("Fine")?;
            office.page.send("Continue")?;
            office.page.fill("Amount", "200")?;
            office.page.send("Keep as a proposal")?;
            office.reads("Decision proposed")?;
            office.be("Judge")?;
            office.reads("One proposed decision waits")?;
            let first = office
                .page
                .ask::<String>("document.querySelector('tbody a').innerText")?;
            office.page.follow(&first)?;
            office.page.follow("Check and impose")?;
            office.page.send("Impose this decision")?;
            office.reads("Decision imposed")
        },
    )
}

/// An order of 100 hours of unpaid work, made ten days ago, with an appointment the day before yesterday.
async fn order_with_an_appointment(registry: &Registry, clock: &FixedClock) -> Result<(), Failure> {
    let person = person(registry, "female").await?;
    let order = json!({"community_order": {"period": "P1Y", "requirements": [
        {"kind": "unpaid-work", "quantity": {"minutes": 6000}}
    ]}});
    let now = Clock::Fixed(clock.clone()).now_us();
    let day = |us: i64| {
        Instant::from_micros(us)
            .to_string()
            .split('T')
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    let sentence = registry.new_stream_id();
    let impose = json!({"impose": {"person": person, "pronounced": day(now.saturating_sub(DAY)), "decision": theft(order)}});
    receipt::<Sentence>(registry, "judge", &sentence.to_string(), impose).await?;
    registry.processes().catch_up().await?;
    let order = registry
        .processes()
        .order_id(SentenceId(sentence), ComponentNo(1));
    let schedule = json!({"schedule_appointment": {
        "requirement": 1, "on": day(now.saturating_add(8 * DAY)), "done": day(now)
    }});
    receipt::<Order>(registry, "probation", &order.to_string(), schedule).await?;
    Ok(())
}

#[test]
fn a_probation_officer_records_attendance() -> Result<(), Failure> {
    visit(10, order_with_an_appointment, |officer| {
        officer.be("Probation officer")?;
        officer.reads("1 overdue")?;
        officer.page.follow("Record what happened")?;
        officer.page.pick("Appointment", "1.")?;
        officer.page.pick("What came of it", "Came and complied")?;
        officer.page.fill("Hours credited", "6")?;
        officer.page.send("Record what happened")?;
        officer.reads("6 h of 100 h")?;
        officer.page.follow("Change 1")?;
        officer
            .page
            .pick("What really happened", "Moved by the service")?;
        officer.page.send("Show what this touches")?;
        officer
            .page
            .pick("One reason for all of it", "Entered wrongly")?;
        officer.page.send("Record the change")?;
        officer.reads("0 h of 100 h")
    })
}

#[test]
fn a_statistician_narrows_a_figure_and_goes_back_in_time() -> Result<(), Failure> {
    let fines = async |registry: &Registry, clock: &FixedClock| {
        for _ in 0..3 {
            let somebody = person(registry, "female").await?;
            let fine = json!({"fine": {"amount": {"minor": 20000, "currency": "EUR"}}});
            impose(registry, somebody, fine).await?;
            clock.advance(DAY);
        }
        Ok(())
    };
    visit(30, fines, |reader| {
        reader.be("Statistician")?;
        reader.page.follow("Figures")?;
        reader.page.follow("What do courts impose?")?;
        reader.reads("0 of 3")?;
        reader.page.unfold("Choose what is shown")?;
        reader.page.pick("Shown by", "Sex")?;
        reader.page.send("Show")?;
        reader.reads("0 of 3")?;
        reader.page.unfold("Change")?;
        reader.page.fill("Show this page as it was known", "2")?;
        reader.page.send("Show")?;
        reader.reads("Past view")?;
        reader.reads("0 of 1")?;
        reader.page.follow("Now")?;
        reader.reads("0 of 3")
    })
}

#[test]
fn an_overseer_reads_what_was_noticed_and_who_looked() -> Result<(), Failure> {
    let beyond_the_statute = async |registry: &Registry, _: &FixedClock| {
        let person = person(registry, "male").await?;
        impose(registry, person, json!({"custody": {"term": "P9Y"}})).await?;
        Ok(())
    };
    visit(0, beyond_the_statute, |overseer| {
        overseer.be("Oversight")?;
        overseer.page.follow("Findings")?;
        overseer.page.follow("Sentence")?;
        overseer.reads("What the register noticed")?;
        overseer.page.follow("Who looked")?;
        overseer.reads("Oversight")
    })
}

#[test]
fn a_name_of_900_letters_without_a_space_widens_no_page() -> Result<(), Failure> {
    visit(
        0,
        async |_, _| Ok(()),
        |judge| {
            let name = "Rhu".repeat(300);
            judge.be("Judge")?;
            judge.page.follow("Record a decision")?;
            judge.page.fill("Name", &name)?;
            judge.page.pick("Offence", "Careless driving")?;
            judge.page.choose("Fine")?;
            judge.page.send("Continue")?;
            judge.page.fill("Amount", "300")?;
            judge.page.send("Impose this decision")?;
            judge.reads("Decision imposed")?;
            judge.page.follow("Print the sheet")?;
            judge.reads(&name)?;
            judge.page.follow("Sentence")?;
            // The navigation has a page of persons: this is the link to the one.
            judge.page.allow_script(true)?;
            let person: String = judge
                .page
                .ask("[...document.links].find((a) => a.textContent.trim() === 'Person').href")?;
            judge.page.allow_script(false)?;
            judge.page.go(&person)?;
            judge.reads(&name)?;
            judge.page.follow("Sheet for the person")?;
            judge.reads(&name)?;
            judge.page.go(&format!("{}/persons", judge.host))?;
            judge.page.fill("Name, date of birth or number", &name)?;
            judge.page.send("Find")?;
            judge.reads(&name)
        },
    )
}
