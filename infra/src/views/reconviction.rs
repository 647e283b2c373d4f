//! How many of those sentenced were sentenced again within a window. It is not an effect of the sentence.

use domain::statistics::Interval;
use domain::statistics::reconviction::{Followed, Reconviction as Counted};
use domain::values::Day;
use schemars::JsonSchema;
use serde::Serialize;

use super::figure::{Reliability, Shown, interval_per_100, per_100};
use super::frame::Frame;
use super::header::{Header, Statement, header};
use super::request::ViewError;
use super::words::{Term, standing, terms};

/// The columns that the groups are by themselves shown by.
const OWN: [&str; 3] = ["disposal", "sex", "gravity"];
/// The window in days where none is asked for: two years.
const TWO_YEARS: u32 = 730;

/// What stands above the figures.
const HEADED: &str = "Not an effect of the sentence: courts choose the sentence for the person, and whoever is held can \
                      hardly be sentenced again.";

/// Who was sentenced again within a window.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Reconviction {
    /// What the view says of itself.
    pub header: Header,
    /// What stands above the figures: they are not an effect of the sentence.
    pub headed: String,
    /// The window in days from the decision.
    pub window_days: u32,
    /// The last day of which anything is known: the latest day of a decision. Nobody is followed beyond it.
    pub followed_until: Option<Day>,
    /// Persons whose first decision is not known to the day, and who are not followed.
    pub without_day: u64,
    /// The columns of the groups.
    pub columns: Vec<Term>,
    /// The groups, by the person's first decision that meets the conditions.
    pub groups: Vec<GroupBack>,
    /// Everybody.
    pub total: GroupBack,
}

/// The persons of one group.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct GroupBack {
    /// Its words, one for each column.
    pub key: Vec<Term>,
    /// Persons at risk.
    pub at_risk: u64,
    /// Those who were sentenced again within the window.
    pub reconvicted: u64,
    /// Those who were followed for less than the window and were not sentenced again.
    pub censored: u64,
    /// Those who were followed for the whole window and were not sentenced again.
    pub not_reconvicted: u64,
    /// Of 100 persons, how many were sentenced again, allowing for those who are censored (Kaplan and Meier).
    pub per_100: Shown<f64>,
    /// Its interval at 95 %, of 100.
    pub interval_per_100: Shown<Interval>,
    /// Of 100 persons who came back or were followed for the whole window, how many came back.
    pub of_followed_per_100: Shown<f64>,
    /// How far the figures can be relied on.
    pub reliability: Reliability,
}

impl GroupBack {
    fn of(key: Vec<Term>, found: Counted) -> Self {
        let n = found.at_risk;
        Self {
            key,
            at_risk: n,
            reconvicted: found.reconvicted,
            censored: found.censored,
            not_reconvicted: found.not_reconvicted,
            per_100: per_100(found.estimate).of_at_least_ten(n),
            interval_per_100: interval_per_100(found.interval).of_at_least_ten(n),
            of_followed_per_100: per_100(found.share_of_followed)
                .of_at_least_ten(found.reconvicted + found.not_reconvicted),
            reliability: Reliability::of(n),
        }
    }
}

pub(super) fn reconviction(frame: &Frame<'_>) -> Result<Reconviction, ViewError> {
    let columns = if frame.request.by.is_empty() {
        OWN.map(str::to_owned).to_vec()
    } else {
        frame.columns("disposal")?
    };
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    let window = frame.request.window.unwrap_or(TWO_YEARS);
    let courses = frame.courses(&columns)?;
    let lexicons = frame.lexicons(&columns);
    let mut all = Followed::default();
    let mut groups = Vec::new();
    for (words, followed) in &courses.groups {
        all.merge(followed)?;
        let back = GroupBack::of(terms(&lexicons, words), followed.within(window)?);
        groups.push((standing(&lexicons, words), back));
    }
    groups.sort_by(|a, b| a.0.cmp(&b.0));
    let mut head = header(frame)?;
    "one person, followed from the first sentencing decision that meets the conditions"
        .clone_into(&mut head.unit);
    head.statements
        .extend(statements(window, courses.without_day));
    Ok(Reconviction {
        header: head,
        headed: HEADED.to_owned(),
        window_days: window,
        followed_until: courses.until,
        without_day: courses.without_day,
        columns: frame.titles(&columns),
        groups: groups.into_iter().map(|(_, group)| group).collect(),
        total: GroupBack::of(Vec::new(), all.within(window)?),
    })
}

fn statements(window: u32, without_day: u64) -> Vec<Statement> {
    let mut statements = vec![
        Statement::new("not_an_effect", HEADED),
        Statement::new(
            "reconviction",
            format!(
                "Each person counts once, from the day of the first decision that meets the conditions. Sentenced again is \
                 whoever has another decision of a later day within {window} days, whatever it is about and whenever the \
                 offence was."
            ),
        ),
        Statement::new(
            "at_risk",
            "Nobody is followed beyond the last day of a decision in the register; whoever was followed for less than the \
             window is censored. Time in custody counts as time at risk, so groups that were held longer seem to come back \
             later.",
        ),
    ];
    if without_day > 0 {
        statements.push(Statement::new(
            "without_day",
            format!("{without_day} persons are not followed: the day of their first decision is not known."),
        ));
    }
    statements
}
