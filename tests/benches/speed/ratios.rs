//! Ratios beside their floors and aims.

use std::process::ExitCode;

use crate::measured::Spread;

/// One target: Assize against a baseline. A rate should be high, a time or a size low.
pub(crate) struct Target {
    pub(crate) what: &'static str,
    pub(crate) ratio: Option<Spread>,
    pub(crate) floor: f64,
    pub(crate) aim: f64,
    pub(crate) low: bool,
}

impl Target {
    fn verdict(&self) -> &'static str {
        let Some(ratio) = self.ratio else {
            return "not measured";
        };
        let reached = |bound: f64| {
            if self.low {
                ratio.middle <= bound
            } else {
                ratio.middle >= bound
            }
        };
        if reached(self.aim) {
            "aim"
        } else if reached(self.floor) {
            "floor"
        } else {
            "MISSED"
        }
    }
}

/// Middle against middle; the extremes say how far the sitting would let it move.
pub(crate) fn over(ours: Option<Spread>, theirs: Option<Spread>) -> Option<Spread> {
    let (ours, theirs) = (ours?, theirs?);
    Some(Spread {
        least: ours.least / theirs.greatest,
        middle: ours.middle / theirs.middle,
        greatest: ours.greatest / theirs.least,
    })
}

/// A rate of ours against one of theirs.
pub(crate) fn rate(
    what: &'static str,
    ours: Option<Spread>,
    theirs: Option<Spread>,
    floor: f64,
    aim: f64,
) -> Target {
    Target {
        what,
        ratio: over(ours, theirs),
        floor,
        aim,
        low: false,
    }
}

/// A time of ours against one of theirs.
pub(crate) fn time(
    what: &'static str,
    ours: Option<Spread>,
    theirs: Option<Spread>,
    floor: f64,
    aim: f64,
) -> Target {
    Target {
        low: true,
        ..rate(what, ours, theirs, floor, aim)
    }
}

/// What was measured as a share of a limit.
pub(crate) fn share(of: Spread, limit: f64) -> Spread {
    Spread {
        least: of.least / limit,
        middle: of.middle / limit,
        greatest: of.greatest / limit,
    }
}

/// Prints the ratios: least, middle, greatest. Fails where a floor is missed or nothing was measured.
#[expect(clippy::print_stdout, reason = "the table is what is asked for")]
pub(crate) fn tell(targets: &[Target]) -> ExitCode {
    let mut missed = false;
    println!(
        "{:<44} {:>7} {:>7} {:>7}   floor   aim",
        "", "least", "middle", "most"
    );
    for target in targets {
        let verdict = target.verdict();
        missed |= verdict == "MISSED" || verdict == "not measured";
        let shown = target.ratio.map_or_else(
            || format!("{:>7} {:>7} {:>7}", "-", "-", "-"),
            |r| format!("{:>7.2} {:>7.2} {:>7.2}", r.least, r.middle, r.greatest),
        );
        let (floor, aim) = (target.floor, target.aim);
        println!(
            "{:<44} {shown}   {floor:>5}  {aim:>4}   {verdict}",
            target.what
        );
    }
    if missed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}
