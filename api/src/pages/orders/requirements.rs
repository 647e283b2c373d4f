//! How far each requirement of an order is met: bars for what is counted, a table for what only lasts.

use domain::jurisdiction::Pack;
use domain::order::{Made, Progress};
use domain::values::{CivilDate, Day, Quantity, Unit, days_in_words};

use super::show::kind_title;
use crate::pages::components::{Amount, Column, Link, Progress as Bar, Table, Tag, Tone, Value};
use crate::pages::page::{Page, day_in_words};

/// The requirements of an order on a day.
pub(super) fn parts(mut page: Page, made: &Made, law: &Pack, day: Day) -> Page {
    page = page.heading("Requirements");
    let (counted, lasting): (Vec<_>, Vec<_>) = made
        .progress(day)
        .into_iter()
        .partition(|progress| progress.owed.is_some() || progress.credited.is_some());
    for progress in &counted {
        page = page.part(&bar(made, progress, law, day));
    }
    if lasting.is_empty() {
        return page;
    }
    let columns = vec![
        Column::text("Requirement"),
        Column::text("From"),
        Column::text("Until"),
        Column::text("State"),
    ];
    let mut table = Table::new("What only lasts", columns);
    for progress in &lasting {
        table = table.row(vec![
            Value::text(name(progress, law)),
            Value::moment(progress.starts.to_string(), day_in_words(progress.starts)),
            until(progress),
            Value::Tag(state(progress)),
        ]);
    }
    page.part(&table)
}

fn name(progress: &Progress, law: &Pack) -> String {
    format!(
        "{}. {}",
        progress.requirement,
        kind_title(law, &progress.kind)
    )
}

fn until(progress: &Progress) -> Value {
    progress.ends.map_or(Value::NotRecorded, |end| {
        Value::moment(end.to_string(), day_in_words(CivilDate::from(end)))
    })
}

fn state(progress: &Progress) -> Tag {
    let left = progress.remaining.map(Quantity::amount);
    match (progress.is_ended, left, progress.days_left) {
        (true, _, _) => Tag::new("ended", Tone::Plain),
        (false, Some(0), _) => Tag::new("done", Tone::Good),
        (false, Some(_), Some(0)) => Tag::new("time is over", Tone::Attention),
        (false, None, Some(0)) => Tag::new("over", Tone::Plain),
        (false, _, Some(days)) => Tag::new(format!("{} left", days_in_words(days)), Tone::Plain),
        (false, _, None) => Tag::new("open", Tone::Plain),
    }
}

/// What was done at appointments, what was credited apart from them, what is owed, and how long there is.
fn bar(made: &Made, progress: &Progress, law: &Pack, day: Day) -> Bar {
    let unit = progress
        .owed
        .or(progress.credited)
        .map_or(Unit::Days, Quantity::unit);
    let amount =
        |amount: u32| Amount::new(f64::from(amount), Quantity::of(amount, unit).to_string());
    let credited = progress.credited.map_or(0, Quantity::amount);
    let done = attended(made, progress, unit).min(credited);
    let left = match (progress.days_left, progress.ends) {
        (Some(0), Some(end)) => {
            format!("It ended on {}", day_in_words(CivilDate::from(end)))
        }
        (Some(days), Some(end)) => {
            let end = day_in_words(CivilDate::from(end));
            format!("{} left, until {end}", days_in_words(days))
        }
        (_, _) => "No last day is recorded".to_owned(),
    };
    let id = format!("requirement-{}", progress.requirement);
    Bar {
        name: Link::new(format!("#{id}-name"), name(progress, law)),
        id,
        state: state(progress),
        ordered: amount(progress.owed.map_or(0, Quantity::amount)),
        done: amount(done),
        credited: amount(credited.saturating_sub(done)),
        owed: amount(progress.remaining.map_or(0, Quantity::amount)),
        left,
        expected: pace(progress, day).map(amount),
    }
}

/// What is credited for attendances at appointments.
fn attended(made: &Made, progress: &Progress, unit: Unit) -> u32 {
    let under = made
        .appointments
        .values()
        .filter(|a| a.requirement == progress.requirement);
    let credits = under.filter_map(|a| a.credited.filter(|c| c.unit() == unit));
    credits.fold(0, |sum: u32, credit| sum.saturating_add(credit.amount()))
}

/// Where a steady pace would be on a day, while the requirement runs and something is owed.
fn pace(progress: &Progress, day: Day) -> Option<u32> {
    let (start, end) = (progress.starts.day()?, progress.ends?);
    let owed = progress.owed?.amount();
    let open = !progress.is_ended && progress.remaining.is_some_and(|left| left.amount() > 0);
    let whole = u64::try_from(start.days_until(end)).ok()?.checked_add(1)?;
    let gone = u64::try_from(start.days_until(day)).ok()?;
    let pace = u64::from(owed).checked_mul(gone)?.checked_div(whole)?;
    let pace = u32::try_from(pace).ok()?;
    (open && gone < whole).then_some(pace)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn progress(owed: u32, remaining: u32) -> Progress {
        Progress {
            requirement: domain::values::RequirementNo(1),
            kind: "unpaid-work".parse().unwrap(),
            owed: Some(Quantity::Minutes(owed)),
            credited: Some(Quantity::Minutes(owed - remaining)),
            remaining: Some(Quantity::Minutes(remaining)),
            starts: "2026-03-01".parse().unwrap(),
            ends: Some("2026-03-10".parse().unwrap()),
            days_left: Some(5),
            is_ended: false,
        }
    }

    #[test]
    fn a_steady_pace_is_half_at_half_time_and_nothing_once_all_is_done() {
        let day = "2026-03-06".parse().unwrap();
        assert_eq!(pace(&progress(6_000, 4_000), day), Some(3_000));
        assert_eq!(pace(&progress(6_000, 0), day), None);
        assert_eq!(
            pace(&progress(6_000, 4_000), "2026-03-11".parse().unwrap()),
            None
        );
        assert_eq!(
            pace(&progress(6_000, 4_000), "2026-02-11".parse().unwrap()),
            None
        );
    }
}
