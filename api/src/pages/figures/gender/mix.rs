//! What each kind of case adds to the crude difference of women and men (Kitagawa).

use infra::views::Gender;
use infra::views::gender::MixPart;

use crate::pages::chart::{Chart, Fall, Unit, Waterfall};
use crate::pages::components::Figure;
use crate::pages::figures::parts::{PICTURED, label, named};
use crate::pages::numbers::signed;
use crate::pages::page::Page;

/// The parts that add up to the crude difference, or why they cannot be told.
pub(super) fn on(page: Page, view: &Gender) -> Page {
    let page = page.heading("What adds to the difference over all cases");
    let mix = &view.custody.in_common;
    let Some(found) = &mix.value else {
        let why = mix
            .undefined
            .map_or_else(String::new, |why| why.to_string());
        return page.text(format!(
            "It is not taken apart: {why}. Ask for groups of cases in which women and men were sentenced."
        ));
    };
    let waterfall = |parts: Vec<Fall>| Waterfall {
        title: "What each kind of case adds to women’s rate of immediate custody less men’s"
            .to_owned(),
        of: named(&view.columns),
        made_of: [
            "Difference in like cases".to_owned(),
            "Difference in the mix of cases".to_owned(),
        ],
        unit: Unit::Points,
        // With a place after the point, so that the parts are seen to add up.
        n: u64::MAX,
        rows: parts,
        sum: "All cases".to_owned(),
    };
    let fall = |part: &MixPart| Fall {
        label: label(&part.key),
        parts: [part.like_cases_per_100, part.mix_per_100],
    };
    let mut all: Vec<Fall> = found.mix.strata.iter().map(fall).collect();
    let (like, mix, alone) = (
        found.mix.like_cases_per_100,
        found.mix.mix_per_100,
        found.one_sex_alone_per_100,
    );
    let is_whole = alone == 0.0;
    let few = &found.mix.few;
    if few.strata > 0 {
        all.push(Fall {
            label: "Groups of under 10 women or men".to_owned(),
            parts: [few.like_cases_per_100, few.mix_per_100],
        });
    }
    if !is_whole {
        all.push(Fall {
            label: "Cases of one sex alone".to_owned(),
            parts: [0.0, alone],
        });
    }
    let finding = format!(
        "Of the difference of {} of 100 women and men, {} is a difference in like cases and {} one in the mix of cases.",
        signed(like + mix + alone, 1),
        signed(like, 1),
        signed(mix + alone, 1)
    );
    let mut figure = Figure::of("mix", finding, &waterfall(largest(&all)));
    figure.table = waterfall(all).table();
    page.part(&figure.note("The mix of cases is how often women and men have cases of each kind."))
}

/// The parts that add or take most, in their order, and what all others come to.
fn largest(all: &[Fall]) -> Vec<Fall> {
    if all.len() <= PICTURED {
        return all.to_vec();
    }
    let size = |fall: &Fall| fall.parts.iter().sum::<f64>().abs();
    let mut sizes: Vec<f64> = all.iter().map(size).collect();
    sizes.sort_by(|one, other| other.total_cmp(one));
    let least = sizes.get(PICTURED - 2).copied().unwrap_or_default();
    let (mut shown, rest): (Vec<Fall>, Vec<Fall>) =
        all.iter().cloned().partition(|fall| size(fall) >= least);
    let rest = rest.iter().fold([0.0, 0.0], |[one, other], fall| {
        let [like, mix] = fall.parts;
        [one + like, other + mix]
    });
    shown.push(Fall {
        label: "All others together".to_owned(),
        parts: rest,
    });
    shown
}
