//! Does each step up in gravity receive more?

use infra::views::Proportionality;
use infra::views::steps::{StepLevel, Steps};
use infra::views::words::Term;

use super::parts::{Context, label};
use super::proportionality::told;
use crate::pages::chart::{Stair, StairRow, Stairs, Unit};
use crate::pages::components::{Figure, SummaryList, Value};
use crate::pages::numbers::{count, decimal};

fn many(n: usize) -> String {
    count(u64::try_from(n).unwrap_or(u64::MAX))
}

/// The medians from level to level, which are out of order, and how unequal the steps are.
pub(super) fn steps(
    context: &Context<'_>,
    view: &Proportionality,
) -> Option<(Figure, SummaryList)> {
    let steps = view.steps.value.as_ref()?;
    let scale = view.header.policies.scale.as_ref()?.value.as_ref()?;
    let row = |level: &StepLevel| StairRow {
        label: label(std::slice::from_ref(&level.level)),
        n: level.n,
        stair: stair(steps, level),
    };
    let stairs = Stairs {
        title: "Median severity from level to level of gravity".to_owned(),
        of: "Gravity".to_owned(),
        unit: Unit::Amount(scale.unit.clone()),
        rows: steps.levels.iter().map(row).collect(),
    };
    let figure = Figure::of("steps", finding(steps), &stairs).note(format!(
        "Ratios need numbers that can be divided: they are those of the scale {}.",
        scale.title
    ));
    Some((figure, beside(context, steps)))
}

fn stair(steps: &Steps, level: &StepLevel) -> Result<Stair, String> {
    let gap = level.median.undefined;
    let why = || gap.map_or_else(String::new, |why| why.to_string());
    let mut violations = steps.violations.iter();
    Ok(Stair {
        median: level.median.value.ok_or_else(why)?,
        fit: level.fit.value.ok_or_else(why)?,
        ratio: level.step.value,
        is_violation: violations.any(|[_, graver]| *graver == level.level),
    })
}

fn finding(steps: &Steps) -> String {
    let levels = steps.levels.iter();
    let compared = levels.filter(|level| level.fit.value.is_some()).count();
    let between = compared.saturating_sub(1);
    match steps.violations.len() {
        _ if between == 0 => {
            "Fewer than two levels have 10 decisions, so no step is compared.".to_owned()
        }
        0 => format!(
            "At each of {} steps up in gravity the median does not fall.",
            many(between)
        ),
        broken => format!(
            "At {} of {} steps up in gravity the graver level received less, by its median.",
            many(broken),
            many(between)
        ),
    }
}

/// The levels that are out of order, each with its decisions, and what is said of all steps.
fn beside(context: &Context<'_>, steps: &Steps) -> SummaryList {
    let gravity = [Term {
        code: "gravity".to_owned(),
        title: "Gravity".to_owned(),
    }];
    let cases = |level: &Term| {
        let key = std::slice::from_ref(level);
        match context.cases(&gravity, key) {
            Some(address) => Value::link(address, label(key)),
            None => Value::text(label(key)),
        }
    };
    let pair = |list: SummaryList, [lighter, graver]: &[Term; 2]| {
        let both = vec![cases(lighter), cases(graver)];
        list.row("The graver of these two received less", Value::Many(both))
    };
    let list = steps.violations.iter().fold(SummaryList::default(), pair);
    list.row(
        "What the order leaves unexplained: 0 where no median falls, 1 where none rises (isotonic loss)",
        told(&steps.isotonic_loss, |value| decimal(value, 2)),
    )
    .row(
        "Steps without any difference",
        Value::Number(many(steps.flat_steps)),
    )
    .row(
        "Largest step, times the level before",
        told(&steps.largest_step, |value| decimal(value, 1)),
    )
    .row(
        "How unequal the steps are: 0 where each is the same ratio (cliff index)",
        told(&steps.cliff_index, |value| decimal(value, 2)),
    )
}
