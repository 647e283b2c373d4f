//! Lives beside the twenty thousand sentences: stories of a few people, places and emergencies, told as data.
//!
//! Each file of this folder is a story: when it begins, in how many copies it is told, and step by step on which day who
//! does what, with the command as `/v1` takes it. A [`story::Story`] is what such a file says; the [`plan::Lives`] are all
//! copies of all stories with their days; a [`teller::Teller`] fills in what differs from copy to copy; and [`play`] sends
//! each command through the register at its moment, between the days of everything else.

mod plan;
mod play;
mod story;
mod teller;
#[cfg(test)]
mod tests;

pub(super) use plan::Lives;

use super::DemoFailure;

/// Something in a story that cannot be told: a fault of the demonstration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the story {story}: {said}")]
pub(super) struct Untold {
    story: &'static str,
    said: String,
}

impl Untold {
    fn of(story: &'static str, said: String) -> Self {
        Self { story, said }
    }
}

impl From<Untold> for DemoFailure {
    fn from(untold: Untold) -> Self {
        Self::Refused(untold.to_string())
    }
}

macro_rules! stories {
    ($($name:literal,)*) => {
        /// Every story, by the name of its file.
        const STORIES: &[(&str, &str)] = &[$(($name, include_str!(concat!($name, ".toml"))),)*];
    };
}

// Places first: people are received in them.
stories! {
    "places/register",
    "places/ashby-police",
    "places/ashby-remand",
    "places/brook-halfway",
    "places/calder-prison",
    "places/dunmore-women",
    "places/elmet-open",
    "places/fenwick-juvenile",
    "pretrial/appeal-allowed",
    "pretrial/breached",
    "pretrial/child",
    "pretrial/extended",
    "pretrial/mother",
    "pretrial/review-overdue",
    "pretrial/reviewed-in-time",
    "pretrial/sentenced",
    "pretrial/set-free",
    "pretrial/undecided",
    "diversion/child-completed",
    "diversion/consent-waits",
    "diversion/discharged",
    "diversion/running",
    "diversion/withdrawn",
    "report/contested",
    "report/finalised",
    "report/in-hand",
    "report/withdrawn",
    "restorative/agreement",
    "restorative/ended",
    "restorative/referred",
    "restorative/victim-withdraws",
    "custody/before-judgment",
    "custody/child-of-sixteen",
    "custody/isolated",
    "custody/mother-with-her-child",
    "custody/on-a-sentence",
    "custody/protected",
    "custody/put-in-order",
    "custody/served",
    "custody/without-an-order",
    "release/by-law",
    "release/came-back",
    "release/deferred",
    "release/furlough",
    "release/granted",
    "release/never-considered",
    "release/on-parole",
    "release/refused",
    "emergency/this-year",
    "emergency/winter-2021",
    "complaint/about-nobody",
    "complaint/escalated",
    "complaint/resolved",
    "complaint/urgent",
    "complaint/waiting",
    "cooperation/surrender-waits",
    "cooperation/told-of-a-judgment",
    "cooperation/transferred-home",
}
