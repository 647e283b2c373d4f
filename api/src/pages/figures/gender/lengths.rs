//! How long, of those who received custody, and everything imposed: a panel of severities each.

use infra::views::figure::FEWEST;
use infra::views::gender::{MeanGap, SeverityPanel, SexSpread};
use infra::views::words::Term;

use super::super::parts::{MIDDLE_HALF, label, middle, named, pictured};
use super::{TOO_FEW, fewer_or_more, no_difference, point, uncertain, who};
use crate::pages::chart::{DotRow, Dots, Point, Unit, Who};
use crate::pages::components::Figure;
use crate::pages::numbers::amount;
use crate::pages::page::Page;

/// A panel of severities: medians of women and men in each stratum, then the differences of means.
pub(super) struct Panel<'a> {
    pub(super) id: &'static str,
    /// Who is counted, in words.
    pub(super) whose: &'static str,
    /// What is said of a sex with too few decisions.
    pub(super) few: &'static str,
    pub(super) columns: &'a [Term],
    pub(super) severity: &'a SeverityPanel,
}

impl Panel<'_> {
    pub(super) fn on(&self, page: Page) -> Page {
        let Some(unit) = &self.severity.unit.value else {
            return page
                .text("No severity scale is in force, so penalties have no common measure.");
        };
        let page = page
            .text(self.halves(unit))
            .folded("Women and men in each group", &self.medians(unit));
        if self.severity.crude.smaller < FEWEST {
            return page;
        }
        page.folded("The difference on average", &self.means(unit))
    }

    fn medians(&self, unit: &str) -> Figure {
        let SeverityPanel { sexes, strata, .. } = self.severity;
        let dots = |places: &[usize]| {
            let strata = places.iter().filter_map(|place| strata.get(*place));
            let rows = strata.map(|s| DotRow::stratum(label(&s.key), severity_points(&s.sexes)));
            Dots {
                title: format!("Median of women and men {}, in {unit}", self.whose),
                of: named(self.columns),
                unit: Unit::Amount(unit.to_owned()),
                dot: "median",
                span: MIDDLE_HALF,
                rows: rows
                    .chain([DotRow::summary("All cases", severity_points(sexes))])
                    .collect(),
                reference: None,
            }
        };
        let n = |sexes: &[SexSpread]| sexes.iter().map(|sex| sex.spread.n).sum();
        let sizes: Vec<u64> = strata.iter().map(|stratum| n(&stratum.sexes)).collect();
        let id = format!("{}-medians", self.id);
        pictured(&id, "Women and men, group by group.", &sizes, dots)
    }

    /// What half of the women and half of the men received at most.
    fn halves(&self, unit: &str) -> String {
        let median = |code: &str| {
            let mut sexes = self.severity.sexes.iter();
            let found = sexes.find(|found| found.sex.code == code)?;
            found.spread.median.value.map(amount)
        };
        let few = |who: &str| format!("Fewer than {FEWEST} {who} {}.", self.few);
        match (median("female"), median("male")) {
            (Some(women), Some(men)) => format!(
                "Half of the women received at most {women} {unit}, half of the men at most {men}."
            ),
            (None, _) => few("women"),
            (_, None) => few("men"),
        }
    }

    /// Women's mean less men's: crude and among like cases.
    fn means(&self, unit: &str) -> Figure {
        let SeverityPanel {
            crude, adjusted, ..
        } = self.severity;
        let row = |name: &str, gap: &MeanGap| {
            let interval = gap.interval.value.map(|i| (i.low, i.high));
            let point = point(&gap.difference, interval, gap.smaller);
            DotRow::summary(name, vec![(Who::All, point)])
        };
        let dots = Dots {
            title: format!("Women’s average less men’s {}, in {unit}", self.whose),
            of: "Comparison".to_owned(),
            unit: Unit::AmountGap(unit.to_owned()),
            dot: "difference",
            span: "95% interval",
            rows: vec![row("All cases", crude), row("Among like cases", adjusted)],
            reference: Some(no_difference()),
        };
        Figure::of(format!("{}-means", self.id), self.on_average(unit), &dots)
    }

    /// How far women's average is from men's.
    fn on_average(&self, unit: &str) -> String {
        let fewer = |gap: &MeanGap| Some(fewer_or_more(gap.difference.value?, amount));
        let adjusted = &self.severity.adjusted;
        match (fewer(&self.severity.crude), fewer(adjusted)) {
            (Some(crude), Some(like)) => format!(
                "Women received on average {crude} {unit} than men over all cases, and {like} among like cases.{}",
                uncertain(&adjusted.interval, amount, unit)
            ),
            (Some(crude), None) => format!(
                "Women received on average {crude} {unit} than men over all cases. {TOO_FEW}"
            ),
            (None, _) => TOO_FEW.to_owned(),
        }
    }
}

fn severity_points(sexes: &[SexSpread]) -> Vec<(Who, Point)> {
    let known = sexes.iter();
    known
        .filter_map(|found| Some((who(&found.sex)?, middle(&found.spread))))
        .collect()
}
