//! The groups of a day in an office: which session is it?

use std::collections::BTreeMap;

use domain::values::Day;
use infra::registry::ListedAppointment;
use serde::Deserialize;

use super::group::{self, Group};
use crate::pages::components::{Link, Pagination, Tag, Task, TaskList, Tone};
use crate::pages::laws;
use crate::pages::page::{Page, PageError, Visitor, day_in_words};
use crate::pages::query::Query;

/// Which day; today without one.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    day: Option<String>,
}

/// The groups.
pub(super) async fn get(Query(wanted): Query<Wanted>, visitor: Visitor) -> Result<Page, PageError> {
    let law = laws::in_force(&visitor.app).await?;
    let today = law.day(visitor.moment.instant);
    let day = match wanted.day.as_deref() {
        None | Some("") => today,
        Some(text) => group::parsed(text)?,
    };
    let mut groups: BTreeMap<Group, Vec<ListedAppointment>> = BTreeMap::new();
    for appointment in group::day(&visitor, day).await? {
        groups
            .entry(Group::of(day, &appointment))
            .or_default()
            .push(appointment);
    }
    let waiting = groups.values().flatten().filter(|a| a.waits).count();
    let all = groups.values().flatten().count();
    let words = day_in_words(day.into());
    let said = match (all, waiting) {
        (0, _) => format!("Nobody is due in your office on {words}."),
        (1, 0) => format!("The outcome of {words} is recorded."),
        (_, 0) => format!("All {all} outcomes of {words} are recorded."),
        (1, 1) => format!("{words}: one person is due, whose outcome is to be recorded."),
        (_, 1) => {
            format!("{words}: {all} are due, one outcome is to be recorded. Which group is it?")
        }
        (_, _) => {
            format!(
                "{words}: {all} are due, {waiting} outcomes are to be recorded. Which group is it?"
            )
        }
    };
    let tasks = groups.iter().map(|(group, due)| Task {
        href: Some(visitor.to(&group.address())),
        name: group.title(&law),
        hint: times(due),
        state: Some(state(due)),
    });
    let tasks = TaskList {
        tasks: tasks.collect(),
    };
    let page = Page::new(visitor.frame("Session sheet").lede(said));
    let page = if tasks.tasks.is_empty() {
        page
    } else {
        page.part(&tasks)
    };
    Ok(page.part(&days(&visitor, day, today)))
}

/// From when to when a group meets.
fn times(due: &[ListedAppointment]) -> Option<String> {
    let mut times: Vec<&str> = due.iter().filter_map(|a| a.at.as_deref()).collect();
    times.dedup();
    (!times.is_empty()).then(|| times.join(", "))
}

fn state(due: &[ListedAppointment]) -> Tag {
    match due.iter().filter(|a| a.waits).count() {
        0 => Tag::new("recorded", Tone::Good),
        waiting => Tag::new(format!("{waiting} of {} to record", due.len()), Tone::Plain),
    }
}

/// The way to the days around.
fn days(visitor: &Visitor, day: Day, today: Day) -> Pagination {
    let address = |day: Day| visitor.to(&format!("/sessions?day={day}"));
    let words = if day == today {
        "Today".to_owned()
    } else {
        day_in_words(day.into())
    };
    Pagination {
        shown: words,
        previous: Some(Link::new(address(day.minus_days(1)), "Previous day")),
        next: Some(Link::new(address(day.plus_days(1)), "Next day")),
    }
}
