//! Women and men among like cases: three panels that stand together.
//!
//! The custody rate, how long those who received custody received, and the severity over everybody may point in
//! different directions, so none is shown alone. What compares within strata takes women against men; every other
//! entry, and silence, is a group beside them.

mod custody;
mod lengths;
mod specialists;

use std::collections::BTreeMap;

use domain::statistics::strata::{Comparison, Stratum, compare, coverage};
use domain::values::thousands;
use schemars::JsonSchema;
use serde::Serialize;

pub use custody::{
    Agreement, CaseMix, CustodyPanel, CustodyStratum, FewParts, Headline, MixInCommon, MixPart,
    SexRate, StandardisedRates,
};
pub use lengths::{MeanGap, SeverityPanel, SeverityStratum, SexSpread, Student};
pub use specialists::{Specialists, StratumRatio};

use super::figure::{Shown, per_100};
use super::frame::Frame;
use super::group::{Group, Groups, Part};
use super::header::{Header, Statement, header};
use super::request::ViewError;
use super::sensitivity::{Sensitivity, sensitivity};
use super::words::Term;

const WOMEN: &str = "female";
const MEN: &str = "male";

/// Women and men among like cases.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Gender {
    /// What the view says of itself.
    pub header: Header,
    /// The columns that make cases alike.
    pub columns: Vec<Term>,
    /// How many women and men have a like case of the other sex.
    pub comparable: Comparable,
    /// First panel: who receives immediate custody.
    pub custody: CustodyPanel,
    /// Second panel: how long, of those who received it.
    pub length: SeverityPanel,
    /// Third panel: the severity of everything imposed, over everybody.
    pub everybody: SeverityPanel,
    /// The difference of means among like cases, over everybody, under each scale of the rules; null without one.
    pub sensitivity: Option<Sensitivity>,
    /// For specialists: ratios, which mislead where strata disagree.
    pub specialists: Specialists,
}

/// How much can be compared at all.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Comparable {
    /// Women in strata with men.
    pub women: u64,
    /// All women.
    pub of_women: u64,
    /// How many of 100.
    pub women_per_100: Shown<f64>,
    /// Men in strata with women.
    pub men: u64,
    /// All men.
    pub of_men: u64,
    /// How many of 100.
    pub men_per_100: Shown<f64>,
    /// Strata that hold both.
    pub strata: usize,
    /// Strata that do not.
    pub strata_left_out: usize,
}

/// A stratum of like cases: what each sex received.
struct Like<'a> {
    key: Vec<Term>,
    sexes: Vec<(Term, &'a Group)>,
}

impl<'a> Like<'a> {
    fn of(&self, sex: &str) -> Option<&'a Group> {
        let found = self.sexes.iter().find(|(term, _)| term.code == sex);
        found.map(|(_, group)| *group)
    }

    /// The decisions of the sex that has fewer.
    fn smaller(&self) -> u64 {
        let n = |sex| self.of(sex).map_or(0, |group| group.n);
        n(WOMEN).min(n(MEN))
    }

    /// Women and men with and without custody.
    fn stratum(&self) -> Result<Stratum, ViewError> {
        let mut counts = [0; 4];
        for (at, sex) in [(0, WOMEN), (2, MEN)] {
            if let (Some(group), Some([with, without])) = (self.of(sex), counts.get_mut(at..at + 2))
            {
                let share = group.share()?;
                *with = share.events();
                *without = group.n.saturating_sub(share.events());
            }
        }
        Ok(Stratum::new(counts)?)
    }
}

/// Everything that the panels are made of.
struct Compared<'a> {
    frame: &'a Frame<'a>,
    /// All cases together.
    crude: Like<'a>,
    likes: Vec<Like<'a>>,
    comparison: Comparison,
}

impl Compared<'_> {
    /// The decisions of the sex that has fewer.
    fn smaller(&self) -> u64 {
        self.crude.smaller()
    }
}

pub(super) fn gender(frame: &Frame<'_>) -> Result<Gender, ViewError> {
    let own = frame.gravity().map_or("category", |_| "gravity");
    let columns = frame.columns(own)?;
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    let mut crossed = columns.clone();
    crossed.push("sex");
    let crude = Groups::by(frame, &["sex"])?;
    let groups = Groups::by(frame, &crossed)?;
    let crude = Like {
        key: Vec::new(),
        sexes: crude
            .sorted()
            .into_iter()
            .filter_map(|(mut key, group)| Some((key.pop()?, group)))
            .collect(),
    };
    let likes = likes(&groups);
    let strata: Vec<Stratum> = likes.iter().map(Like::stratum).collect::<Result<_, _>>()?;
    let compared = Compared {
        frame,
        comparison: compare(&strata)?,
        crude,
        likes,
    };
    let comparable = comparable(&compared, &strata);
    let custody = custody::panel(&compared)?;
    let mut head = header(frame)?;
    head.statements.extend(statements(&comparable, &custody));
    Ok(Gender {
        header: head,
        columns: frame.titles(&columns),
        comparable,
        length: lengths::panel(&compared, |group| &group.given_custody)?,
        everybody: lengths::panel(&compared, |group| &group.everybody)?,
        specialists: specialists::specialists(&compared),
        sensitivity: under_scales(frame, &compared, &crossed)?,
        custody,
    })
}

/// The difference over everybody among like cases, under each scale of the rules.
fn under_scales(
    frame: &Frame<'_>,
    compared: &Compared<'_>,
    crossed: &[&str],
) -> Result<Option<Sensitivity>, ViewError> {
    let Some(own) = frame.scale() else {
        return Ok(None);
    };
    let over_everybody = |likes: &[Like<'_>]| {
        lengths::within_strata(likes, |group| &group.everybody, Part::Thousandths).difference
    };
    let mut others = Vec::new();
    for (scale, frame) in frame.under_other_scales()? {
        let groups = Groups::by(&frame, crossed)?;
        others.push((scale, over_everybody(&likes(&groups))));
    }
    let own = (own, over_everybody(&compared.likes));
    Ok(Some(sensitivity(
        "The difference over everybody among like cases",
        own,
        others,
    )))
}

/// The strata in the order of their words.
fn likes(groups: &Groups) -> Vec<Like<'_>> {
    let mut likes: Vec<Like<'_>> = Vec::new();
    let mut places: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for (mut key, group) in groups.sorted() {
        let Some(sex) = key.pop() else { continue };
        let codes = key.iter().map(|term| term.code.clone()).collect();
        let at = *places.entry(codes).or_insert_with(|| {
            likes.push(Like {
                key,
                sexes: Vec::new(),
            });
            likes.len().saturating_sub(1)
        });
        if let Some(like) = likes.get_mut(at) {
            like.sexes.push((sex, group));
        }
    }
    likes
}

fn comparable(compared: &Compared<'_>, strata: &[Stratum]) -> Comparable {
    let covered = coverage(strata);
    let all = |sex: &str| compared.crude.of(sex).map_or(0, |group| group.n);
    let held = |sex: &str| -> u64 {
        let both = |like: &&Like<'_>| like.of(WOMEN).is_some() && like.of(MEN).is_some();
        let likes = compared.likes.iter().filter(both);
        likes
            .filter_map(|like| like.of(sex))
            .map(|group| group.n)
            .sum()
    };
    Comparable {
        women: held(WOMEN),
        of_women: all(WOMEN),
        women_per_100: per_100(covered.exposed_covered),
        men: held(MEN),
        of_men: all(MEN),
        men_per_100: per_100(covered.reference_covered),
        strata: covered.strata_contributing,
        strata_left_out: strata.len().saturating_sub(covered.strata_contributing),
    }
}

fn statements(comparable: &Comparable, custody: &CustodyPanel) -> Vec<Statement> {
    let mut statements = vec![Statement::new(
        "recorded_decisions",
        "These are decisions as recorded. The figures cannot tell why women and men differ: what a court knew and the \
         register does not hold, and what was settled earlier about charge, plea and bail, is not in them.",
    )];
    if let Some(share) = comparable.women_per_100.value {
        statements.push(Statement::new(
            "comparable",
            format!(
                "{} of {} women ({share:.1} of 100) had a case like that of a man recorded, and {} of {} men one like \
                 that of a woman; the others are not compared within strata.",
                thousands(comparable.women),
                thousands(comparable.of_women),
                thousands(comparable.men),
                thousands(comparable.of_men)
            ),
        ));
    }
    let rates = &custody.standardised;
    if let Some((women, men)) = rates.women_per_100.value.zip(rates.men_per_100.value) {
        statements.push(Statement::new(
            "of_100",
            format!(
                "Of 100 women and 100 men with the mix of cases that both have in common, {women:.1} and {men:.1} \
                 received immediate custody."
            ),
        ));
    }
    if let Some(bounds) = custody.crude_bounds_per_100.value
        && bounds.low < bounds.high
    {
        statements.push(Statement::new(
            "sex_bounds",
            format!(
                "Whatever the sex of those of whom none is recorded, women received immediate custody in between {:.1} and \
                 {:.1} of 100 cases more than men, over all cases; a number below zero means fewer.",
                bounds.low, bounds.high
            ),
        ));
    }
    statements.extend(custody.agreement.statement());
    statements.push(Statement::new(
        "sex_as_recorded",
        "Sex is what the authority recorded; it says nothing about gender identity.",
    ));
    statements
}
