//! Stories are told whole, and what they leave open is filled in.

use serde_json::{Value, json};

use super::super::chance::Chance;
use super::super::tale::Present;
use super::story::Story;
use super::teller::{Teller, When};
use super::*;
use domain::values::{Day, Instant};

/// 24 November 2026.
fn today() -> Day {
    Day::of(2026, 11, 24).unwrap()
}

fn noon() -> Present {
    Present {
        now: Instant::from_micros(Instant::start_of(today()).micros() + 43_200_000_000),
        today: today(),
    }
}

fn teller(story: &str) -> Teller {
    let story = Story::read("told", story).unwrap();
    Teller::new(&story, today(), Chance::of(1, 1)).unwrap()
}

const ONE: &str = "begins = [1, 1]\nage = [30, 30]\n[chosen]\ncourt = { any = ['brook'] }\n\
                   [[step]]\nday = 0\nby = 'clerk'\nperson.register = {}\n";

fn when() -> When {
    When {
        now: Instant::start_of(today()),
        day: today(),
    }
}

#[test]
fn every_story_has_happened_by_today_whatever_the_seed() {
    for seed in [1, 7, 2026] {
        let lives = Lives::plan(seed, noon()).unwrap();
        let steps = lives.told.iter().flat_map(|life| &life.story.steps);
        let told: usize = steps.map(|step| step.numbers().len()).sum();
        assert_eq!(
            lives.acts.len(),
            told,
            "an act of seed {seed} is still to come"
        );
    }
}

#[test]
fn what_a_day_holds_is_played_in_working_hours_and_within_a_minute() {
    let lives = Lives::plan(2026, noon()).unwrap();
    let of = |act: &plan::Act| act.at.micros() - Instant::start_of(act.day).micros();
    let hour = 3_600_000_000;
    for act in &lives.acts {
        assert!((8 * hour..16 * hour).contains(&of(act)), "{:?}", act.at);
    }
    let acts: Vec<_> = lives.acts.iter().collect();
    for pair in acts.windows(2) {
        let [one, next] = pair else { unreachable!() };
        assert!(one.at < next.at);
        assert!(
            one.day != next.day || of(one) / 60_000_000 == of(next) / 60_000_000,
            "the acts of {} take more than a minute",
            one.day
        );
    }
}

#[test]
fn days_ages_ids_and_choices_are_filled_in() {
    let mut teller = teller(ONE);
    let mut fill = |text: &str| teller.fill(&json!(text), when(), Some(7)).unwrap();
    assert_eq!(fill("@day"), "2026-11-24");
    assert_eq!(fill("@day+14"), "2026-12-08");
    assert_eq!(fill("@day-24"), "2026-10-31");
    assert_eq!(fill("@now"), "2026-11-24T00:00:00.000000Z");
    assert_eq!(fill("@court"), "brook");
    assert_eq!(fill("@age"), 30);
    let born = fill("@born");
    assert!(born.as_str().unwrap().starts_with("199"), "{born}");
    assert_eq!(fill("@person-#"), fill("@person-7"), "one person");
    assert_ne!(fill("@person-7"), fill("@person"), "and another");
    assert_eq!(fill("as it stands"), "as it stands");
}

#[test]
fn one_of_a_list_is_chosen_and_an_entry_stands_for_several() {
    let mut teller = teller(ONE);
    let mut fill = |value: Value| teller.fill(&value, when(), None).unwrap();
    assert_eq!(fill(json!({"any": ["only"]})), "only");
    let each = fill(json!([{"each": [2, 4], "of": "@age-#"}, "last"]));
    assert_eq!(each, json!([30, 30, 30, "last"]));
}

#[test]
fn what_cannot_be_told_is_said() {
    let mut teller = teller(ONE);
    let mut refuse = |text: &str| teller.fill(&json!(text), when(), None).unwrap_err();
    assert_eq!(refuse("@nobody"), "nothing says what @nobody stands for");
    assert_eq!(refuse("@day+soon"), "@day+soon is no day: write @day+14");
    let read = |story: String| Story::read("told", &story).unwrap_err().to_string();
    let on_two = read(format!("{ONE}sentence.complete = {{}}\n"));
    assert!(on_two.contains("one stream each"), "{on_two}");
    let earlier = ONE.replace("day = 0", "day = 3");
    let earlier = read(format!(
        "{earlier}[[step]]\nday = 2\nby = 'clerk'\nperson.register = {{}}\n"
    ));
    assert!(
        earlier.contains("not in the order of their days"),
        "{earlier}"
    );
}
