//! What the safeguards ask for the person who is sentenced: a carer, a child.

use super::super::{Reasoned, objection};
use super::Found;
use super::choice::is_custodial;
use crate::act::{Grade, Objection};
use crate::jurisdiction::{AgeBand, Meaning, Pack};
use crate::sentence::{CustodyTerm, Decision, Sanction, SentenceRefusal};
use crate::values::{Known, SocialInquiry};

/// What the record says of whether the person is a child.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Childhood {
    /// The person is.
    Child,
    /// Nobody knows: whoever may be a child is treated as one.
    Unknown,
    /// The person is not, or the record says nothing of it.
    No,
}

fn childhood(decision: &Decision, law: &Pack) -> Childhood {
    let is_child = |band: &AgeBand| band.from < law.ages.majority;
    match law.sentencing.age_told(&decision.circumstances) {
        Known::Value(band) if is_child(band) => Childhood::Child,
        Known::NotAsked | Known::Declined => Childhood::Unknown,
        Known::Value(_) | Known::NotRecorded => Childhood::No,
    }
}

/// What no sentence of a child holds, whatever the reasons: CRC-37a, CRC-40.
pub(crate) fn children(decision: &Decision, law: &Pack, found: &mut Found) {
    let told = law.sentencing.age_told(&decision.circumstances);
    let Some(oldest) = told.value().and_then(|band| band.to) else {
        return;
    };
    under_age(oldest, law, found);
    never(decision, oldest, law, found);
}

/// CRC-40: whoever is under the age of criminal responsibility is not tried.
fn under_age(oldest: u16, law: &Pack, found: &mut Found) {
    let minimum = law.ages.criminal_responsibility;
    if oldest < minimum {
        found.push(Objection::hard(SentenceRefusal::UnderAge { minimum }));
    }
}

/// CRC-37a: no death, and no life without release, for whoever was certainly under the age of majority.
fn never(decision: &Decision, oldest: u16, law: &Pack, found: &mut Found) {
    if oldest >= law.ages.majority {
        return;
    }
    for (_, component) in decision.components() {
        let endless = match &component.sanction {
            Sanction::Death {} => true,
            Sanction::Custody { term } => {
                *term == Some(CustodyTerm::Life) && !law.sentencing.releases_from_life
            }
            Sanction::SuspendedCustody { .. }
            | Sanction::CommunityOrder { .. }
            | Sanction::Fine { .. }
            | Sanction::DayFine { .. }
            | Sanction::Compensation { .. }
            | Sanction::Discharge { .. }
            | Sanction::Admonition {}
            | Sanction::Deferred { .. }
            | Sanction::Ancillary { .. }
            | Sanction::Other { .. } => false,
        };
        if endless {
            found.push(Objection::hard(SentenceRefusal::NeverOfAChild {
                component: component.no,
                majority: law.ages.majority,
            }));
        }
    }
}

/// What the custody of a carer meets. BR-61: what speaks for her was considered. BR-64: the danger and the child's best
/// interests were weighed.
pub(super) fn carer(decision: &Decision, law: &Pack, found: &mut Found) {
    if !is_custodial(decision) {
        return;
    }
    let is = |meanings: &[Meaning]| law.sentencing.says(&decision.circumstances, meanings);
    let with_child = [
        Meaning::Pregnant,
        Meaning::Breastfeeding,
        Meaning::DependentChild,
    ];
    let reasoned = Reasoned::by(decision.reasons.as_ref());
    if is(&with_child) && decision.weighed.carer.is_none() {
        found.extend(objection(SentenceRefusal::CarerNotWeighed, reasoned, law));
    }
    let caring = is(&with_child) || is(&[Meaning::Carer]);
    if caring && decision.mitigating.is_empty() {
        let refusal = SentenceRefusal::MitigationNotConsidered;
        found.extend(objection(refusal, reasoned, law));
    }
}

/// What the sentence of somebody meets who is, or may be, a child: BJ-16, BJ-17, CRC-AGE.
pub(super) fn child(decision: &Decision, law: &Pack, found: &mut Found) {
    match childhood(decision, law) {
        Childhood::No => return,
        Childhood::Unknown => {
            found.extend(objection(SentenceRefusal::AgeUnknown, Reasoned::No, law));
        }
        Childhood::Child => {}
    }
    let reasoned = Reasoned::by(decision.reasons.as_ref());
    inquiry(decision, reasoned, law, found);
    if is_custodial(decision) && decision.weighed.child.is_none() {
        let stands = objection(SentenceRefusal::ChildNotWeighed, reasoned, law);
        found.extend(stands.map(seen));
    }
}

/// BJ-16: a child's background is looked into before the decision, unless the case is minor.
fn inquiry(decision: &Decision, reasoned: Reasoned, law: &Pack, found: &mut Found) {
    let looked = matches!(
        decision.weighed.inquiry,
        Known::Value(SocialInquiry::Reported | SocialInquiry::MinorCase)
    );
    if !looked {
        found.extend(objection(SentenceRefusal::NotInquired, reasoned, law));
    }
}

/// BJ-17: what reasons overcome is seen all the same.
fn seen(stands: Objection<SentenceRefusal>) -> Objection<SentenceRefusal> {
    match stands.grade {
        Grade::Notice => Objection {
            grade: Grade::Alarm,
            ..stands
        },
        Grade::Hard | Grade::Reasons | Grade::Alarm => stands,
    }
}
