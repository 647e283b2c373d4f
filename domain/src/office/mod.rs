//! Whose act it is: what a court, an office or a place of detention has in hand is acted on from there.
//!
//! Nobody is refused for it. A duty judge sits in for another court, an officer covers for a colleague, a prison keeps a
//! stay while somebody is moved: the register cannot know who was asked to. It records the act with a finding, so that
//! somebody looks at it. What the register itself carries out, and what is brought in from elsewhere, is nobody's act here.
//!
//! | rule | what it says |
//! |---|---|
//! | OF-1 | an act on what another office has in hand is seen by somebody |

mod refusal;
#[cfg(test)]
mod tests;

pub use refusal::OfficeRefusal;

use crate::act::{Facts, Finding, Objection};
use crate::stream::Stream;

/// What is noticed of an act of another office than those that have it in hand.
pub fn outside<S: Stream>(state: &S, command: &S::Command, facts: &Facts) -> Option<Finding> {
    let own = facts.actor.office.as_str();
    let offices = state.offices(command, facts);
    let has = offices.first().filter(|_| !offices.contains(&own))?;
    let refusal = OfficeRefusal::NotItsOwn {
        office: own.to_owned(),
        has: (*has).to_owned(),
    };
    Some(Objection::notice(refusal).finding())
}
