//! What a view says of itself: what was counted, as of when, under which policies.

use std::collections::BTreeMap;

use domain::jurisdiction::Counted;
use domain::statistics::rate::Share;
use domain::values::{Instant, thousands};
use schemars::JsonSchema;
use serde::Serialize;

use super::figure::{Gap, Shown, Why, per_100};
use super::frame::Frame;
use super::request::{Quantile, ViewError, ViewName};
use super::words::{self, Term};
use crate::facts::NOT_RECORDED;

/// As of when a view is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Stamp {
    /// The last ledger index that counts; null before the first event.
    pub index: Option<u64>,
    /// The instant that was asked for.
    pub instant: Instant,
    /// Whether it is the past.
    pub past: bool,
    /// How many entries up to the moment asked for are not in the figures yet.
    pub behind: u64,
}

/// The severity scale of a view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ScaleUsed {
    /// Its version.
    pub version: String,
    /// Its title.
    pub title: String,
    /// Its unit, in words.
    pub unit: String,
    /// Whether it weighs the principal component alone or all.
    pub counts: Counted,
    /// Where its weights come from.
    pub source: String,
}

/// The gravity policy of a view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct GravityUsed {
    /// Its version.
    pub version: String,
    /// Its title.
    pub title: String,
    /// Where the ranking comes from.
    pub source: String,
}

/// Under which policies the figures are.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Policies {
    /// The rules of each jurisdiction.
    pub rules: Vec<String>,
    /// The severity scale; absent in a view without severity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scale: Option<Shown<ScaleUsed>>,
    /// The gravity policy; absent in a view without gravity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gravity: Option<Shown<GravityUsed>>,
    /// Severities above this count as this, as an exact number in the unit of the scale; absent for severities as they
    /// are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity_at_most: Option<String>,
    /// An offence with fewer decisions than this is put together with the others of its chapter; absent for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fewest: Option<u64>,
}

/// Something that has to be read with the figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Statement {
    /// A stable name, for translations.
    pub code: String,
    /// The words.
    pub text: String,
}

impl Statement {
    pub(super) fn new(code: &str, text: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            text: text.into(),
        }
    }
}

/// Of how many decisions the sex is not recorded.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SexNotRecorded {
    /// Decisions without it.
    pub not_recorded: u64,
    /// Decisions.
    pub n: u64,
    /// How many of 100.
    pub per_100: Shown<f64>,
}

impl SexNotRecorded {
    fn of(not_recorded: u64, n: u64) -> Result<Self, ViewError> {
        Ok(Self {
            not_recorded,
            n,
            per_100: per_100(Share::new(not_recorded, n)?.rate()).of_at_least_ten(n),
        })
    }
}

/// The same in one year.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct YearNotRecorded {
    /// The year of the decision.
    pub year: Term,
    /// The share.
    #[serde(flatten)]
    pub share: SexNotRecorded,
}

/// What a view says of itself.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Header {
    /// Which view.
    pub view: ViewName,
    /// Its title.
    pub title: String,
    /// As of when.
    pub as_of: Stamp,
    /// What was known when, about which time, in words.
    pub known: String,
    /// Whose decisions are counted, in words.
    pub population: String,
    /// The conditions, in words.
    pub conditions: Vec<String>,
    /// What one count is, in words.
    pub unit: String,
    /// The jurisdictions.
    pub jurisdictions: Vec<Term>,
    /// Under which policies.
    pub policies: Policies,
    /// How medians and quartiles are taken.
    pub quantile: Quantile,
    /// All decisions counted.
    pub decisions: u64,
    /// Where the sex is not recorded.
    pub sex_not_recorded: SexNotRecorded,
    /// The same by year.
    pub sex_not_recorded_by_year: Vec<YearNotRecorded>,
    /// What has to be read with the figures.
    pub statements: Vec<Statement>,
}

impl Header {
    /// What is said in place of figures where nothing is counted, with the way out.
    pub fn nothing(&self) -> Option<&'static str> {
        match (self.decisions, self.conditions.is_empty(), self.as_of.past) {
            (1.., _, _) => None,
            (0, false, _) => Some("No decision meets these conditions. Take one away."),
            (0, true, true) => {
                Some("No decision stood in the register at this moment. Choose a later one.")
            }
            (0, true, false) => Some(
                "No decision is in the register yet. Record one, or bring decisions in with `assize import`.",
            ),
        }
    }
}

/// The head of a view, with the statements that every view ships.
pub(super) fn header(frame: &Frame<'_>) -> Result<Header, ViewError> {
    let view = frame.request.view;
    let mut years: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    let mut found: BTreeMap<String, u64> = BTreeMap::new();
    for (words, counted) in frame.counts(&["year", "sex", "jurisdiction"])? {
        if let [year, sex, jurisdiction] = words.as_slice() {
            let silent = if sex == NOT_RECORDED { counted } else { 0 };
            let (not_recorded, n) = years.entry(year.clone()).or_default();
            *not_recorded = not_recorded.saturating_add(silent);
            *n = n.saturating_add(counted);
            *found.entry(jurisdiction.clone()).or_default() += counted;
        }
    }
    let not_recorded = years.values().map(|(silent, _)| *silent).sum();
    let decisions = years.values().map(|(_, n)| *n).sum();
    let jurisdictions: Vec<Term> = found
        .into_keys()
        .map(|code| Term {
            title: words::jurisdiction(frame.packs, &code).to_owned(),
            code,
        })
        .collect();
    let by_year = years.into_iter().map(|(year, (silent, n))| {
        let title = words::absence(&year).map_or_else(|| year.clone(), str::to_owned);
        Ok(YearNotRecorded {
            year: Term { code: year, title },
            share: SexNotRecorded::of(silent, n)?,
        })
    });
    Ok(Header {
        view,
        title: title(view).to_owned(),
        as_of: frame.stamp,
        known: known(frame),
        population: population(frame, &jurisdictions),
        conditions: frame.conditions(),
        unit: "one sentencing decision about one person, with everything it imposed, as it stood at the moment"
            .to_owned(),
        jurisdictions,
        policies: policies(frame),
        quantile: frame.request.quantile,
        decisions,
        sex_not_recorded: SexNotRecorded::of(not_recorded, decisions)?,
        sex_not_recorded_by_year: by_year.collect::<Result<_, ViewError>>()?,
        statements: statements(frame, not_recorded)?,
    })
}

fn title(view: ViewName) -> &'static str {
    match view {
        ViewName::Disposals => "What was imposed",
        ViewName::Proportionality => "Penalties by gravity",
        ViewName::Gender => "Women and men among like cases",
        ViewName::Alternatives => "Measures without custody",
        ViewName::Reconviction => "Sentenced again: not an effect of the sentence",
        ViewName::Departures => "Against the guideline range",
        ViewName::Parity => "Like cases, by court and by penalty",
    }
}

/// Which of the two times is meant: when it was known, and when it was decided.
fn known(frame: &Frame<'_>) -> String {
    let known = if frame.stamp.past {
        let instant = frame.stamp.instant.to_string();
        let day = instant.split('T').next().unwrap_or_default();
        format!("What was known on {day}")
    } else {
        "What is known now".to_owned()
    };
    match frame.request.decided_until {
        Some(until) => format!("{known} of decisions taken by {until}"),
        None => format!("{known} of all decisions"),
    }
}

fn population(frame: &Frame<'_>, jurisdictions: &[Term]) -> String {
    let names: Vec<&str> = jurisdictions.iter().map(|j| j.title.as_str()).collect();
    let place = if names.is_empty() {
        String::new()
    } else {
        format!(" of {}", names.join(", "))
    };
    let conditions = frame.conditions();
    let where_ = if conditions.is_empty() {
        String::new()
    } else {
        format!(", where {}", conditions.join(" and "))
    };
    format!(
        "Sentencing decisions{place} that stand{where_}; quashed ones and records expunged are not counted"
    )
}

fn policies(frame: &Frame<'_>) -> Policies {
    let rules = frame.packs.iter().map(|pack| pack.version.to_string());
    let graded = frame.request.view.weighs();
    let weighed = graded || frame.scale().is_some();
    let scale = || match frame.scale() {
        Some(scale) => Shown::some(ScaleUsed {
            version: scale.scale.version.clone(),
            title: scale.title.clone(),
            unit: scale.unit_title.clone(),
            counts: scale.counts,
            source: scale.source.clone(),
        }),
        None => Shown::none(Why::View(Gap::NoSeverityScale)),
    };
    let gravity = || match frame.gravity() {
        Some(policy) => Shown::some(GravityUsed {
            version: policy.policy.to_string(),
            title: policy.title.clone(),
            source: policy.source.clone(),
        }),
        None => Shown::none(Why::View(Gap::NoGravityPolicy)),
    };
    Policies {
        rules: rules.collect(),
        scale: weighed.then(scale),
        gravity: graded.then(gravity),
        severity_at_most: frame.request.at_most.map(|most| most.to_string()),
        fewest: frame.request.fewest,
    }
}

fn statements(frame: &Frame<'_>, sex_not_recorded: u64) -> Result<Vec<Statement>, ViewError> {
    let mut statements = vec![Statement::new(
        "interval",
        "An interval says how far a figure would move if the same courts decided another year of such cases; \
         it is not an error of measurement.",
    )];
    statements.push(Statement::new(
        "few",
        "Under 10 decisions only counts are shown; figures that rest on 10 to 29 are marked.",
    ));
    if sex_not_recorded > 0 {
        statements.push(Statement::new(
            "sex_not_recorded",
            "Where no sex was recorded the decision stays in a group of its own; nothing is guessed.",
        ));
    }
    if let (Some(most), Some(scale)) = (frame.request.at_most, frame.scale()) {
        let unit = &scale.unit_title;
        statements.push(Statement::new(
            "at_most",
            format!("Severities above {most} {unit} count as {most} {unit}."),
        ));
    }
    if let Some(fewest) = frame.request.fewest {
        statements.push(Statement::new(
            "fewest",
            format!(
                "An offence with fewer than {fewest} of the decisions counted is put together with the others of its chapter."
            ),
        ));
    }
    let undated = frame.undated()?;
    if let Some(until) = frame.request.decided_until.filter(|_| undated > 0) {
        statements.push(Statement::new(
            "decided_until",
            format!(
                "{undated} decisions are left out: of their date only the month or the year is known, so they may have \
                 been taken after {until}."
            ),
        ));
    }
    if frame.stamp.behind > 0 {
        let behind = frame.stamp.behind;
        statements.push(Statement::new(
            "behind",
            format!(
                "{} entries of the ledger are not in these figures yet.",
                thousands(behind)
            ),
        ));
    }
    Ok(statements)
}
