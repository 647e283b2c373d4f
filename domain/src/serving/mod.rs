//! When release from a sentence is possible and when it ends: what is recorded, mapped to the terms that the dates are
//! worked out from.
//!
//! What [`dates`] needs is gathered from the decision, from the marks of custody on it and from the stays that rest on
//! it, under the rules of a pack. Nothing is guessed: where an input is missing, or the pack has no rule, there is no
//! date, and words say why.
//!
//! - A term begins on the day on which custody under it is recorded to have begun; without that, on the day on which
//!   somebody was admitted on the decision. What runs at the same time as the others begins with them.
//! - A consecutive term follows the one that it names, a term of an earlier decision too.
//! - A suspended term is served as far as it was activated.
//! - Detention that is credited counts once in a row of terms; how it counts for several rows, the pack says.
//! - Of several rules for a kind of release the first that fits holds. Where it is not known which fits, the day under
//!   each of them is shown and none is chosen.

mod missing;
mod possible;
mod terms;
#[cfg(test)]
mod tests;

use schemars::JsonSchema;
use serde::Serialize;

pub use self::missing::{Missing, Reason};
pub use self::possible::{Possible, UnderRule};

use self::terms::Gathered;
use crate::jurisdiction::Pack;
use crate::release::dates::{self, Dates, LABEL};
use crate::sentence::Imposed;
use crate::values::{ComponentNo, Day, Known, Occurred, PolicyVersion, SentenceId};

/// A decision of which terms are served, or which the terms of another follow.
#[derive(Debug, Clone)]
pub struct Decided<'a> {
    /// Which decision.
    pub sentence: SentenceId,
    /// As it reads.
    pub imposed: &'a Imposed,
    /// When custody under a component began, as it is marked on the decision. What was interrupted began again.
    pub began: Vec<(ComponentNo, Occurred)>,
    /// When somebody was admitted to a place of detention on it.
    pub admitted: Vec<Occurred>,
    /// The age of the person when the stay began, in completed years.
    pub age: Known<u16>,
}

/// The dates of a sentence, with all that they were worked out from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Calculation {
    /// What has to stand beside every date.
    pub label: &'static str,
    /// Under which rules.
    pub policy: PolicyVersion,
    /// What is recorded and was used, in words.
    pub from: Vec<String>,
    /// The last day of all terms together.
    pub ends: Option<Day>,
    /// How the last day was worked out, term by term.
    pub steps: Vec<TermSteps>,
    /// Why no date at all can be worked out.
    pub why_not: Option<Reason>,
    /// From which day each kind of release is possible for which the rules name a part of the term.
    pub releases: Vec<Possible>,
    /// The kinds of release for which they name none.
    pub without_rule: Vec<String>,
}

/// The steps of one term, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TermSteps {
    /// Which term.
    pub term: String,
    /// Its steps.
    pub steps: Vec<String>,
}

/// Works out the dates of a decision. Those that its terms follow are given beside it.
pub fn calculate(decided: &Decided<'_>, earlier: &[Decided<'_>], law: &Pack) -> Calculation {
    let mut found = Calculation {
        label: LABEL,
        policy: law.version.clone(),
        from: Vec::new(),
        ends: None,
        steps: Vec::new(),
        why_not: None,
        releases: Vec::new(),
        without_rule: possible::without_rule(law),
    };
    match whole(decided, earlier, law) {
        Ok((gathered, dates)) => {
            found.ends = Some(dates.ends);
            found.steps = gathered.steps(&dates);
            found.releases = possible::of_every_kind(&gathered, law);
            found.from = gathered.from;
        }
        Err(missing) => found.why_not = Some(Reason::of(&missing)),
    }
    found
}

/// The terms, and their dates when all of each is served.
fn whole<'a>(
    decided: &'a Decided<'a>,
    earlier: &'a [Decided<'a>],
    law: &'a Pack,
) -> Result<(Gathered<'a>, Dates), Missing> {
    let gathered = terms::gather(decided, earlier, law)?;
    let dates = dates::calculate(&gathered.terms, law.release.consecutive)?;
    Ok((gathered, dates))
}
